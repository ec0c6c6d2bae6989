/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crews, their people, and who is needed where. A need names a crew or a skill; either way it
 * becomes a list of the crews that can do it, the fastest first. */
#include "build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Maps of needs that the world has, and names in them. */
static void count_map(const struct map *map, int32_t *names) {
    *names += map->count;
}

static void count_stops(const struct station_spec *station, const struct map *stops,
                        int32_t *names) {
    for (int32_t s = 0; s < stops->count; s++) {
        count_map(&THINGS(*stops, stop)[s].needs, names);
        count_map(&station->needs.repair, names);
    }
}

static void count_route(const struct map *route, int32_t *names) {
    for (int32_t s = 0; s < route->count; s++) {
        const struct step_spec *step = &THINGS(*route, step)[s];
        const struct needs_spec *needs = &step->needs;
        const struct map *maps[] = {&needs->run, &needs->load, &needs->unload, &needs->setup};
        for (int32_t m = 0; m < 4; m++) *names += maps[m]->count * (1 + build_place_count(step));
    }
}

static int32_t count_needs(const struct world_spec *world) {
    int32_t names = 0;
    for (int32_t i = 0; i < world->stations.count; i++) {
        const struct station_spec *station = &THINGS(world->stations, station)[i];
        const struct setup_spec *setup = station->setup.block;
        const struct map *maps[] = {&station->needs.run, &station->needs.load,
                                    &station->needs.unload, &station->needs.setup};
        for (int32_t m = 0; m < 4; m++) count_map(maps[m], &names);
        if (setup) count_map(&setup->needs, &names);
        count_stops(station, &station->failures, &names);
        count_stops(station, &station->maintenance, &names);
        for (int32_t m = 0; m < station->named.count; m++) {
            count_stops(station, &THINGS(station->named, machine)[m].failures, &names);
            count_stops(station, &THINGS(station->named, machine)[m].maintenance, &names);
        }
    }
    for (int32_t i = 0; i < world->items.count; i++) {
        const struct item_spec *item = &THINGS(world->items, item)[i];
        for (int32_t r = 0; r < build_route_count(item); r++)
            count_route(build_route(item, r), &names);
    }
    for (int32_t i = 0; i < world->vehicles.count; i++) {
        const struct map *failures = &THINGS(world->vehicles, vehicle)[i].failures;
        count_map(&THINGS(world->vehicles, vehicle)[i].needs, &names);
        for (int32_t f = 0; f < failures->count; f++)
            count_map(&THINGS(*failures, breakdown)[f].needs, &names);
    }
    return names;
}

static int32_t people_planned(const struct build *build, int32_t crew) {
    if (build->people_planned) return build->people_planned[crew];
    int32_t first = THINGS(build->world->crews, crew)[crew].people;
    int32_t set = build_people_set(build, crew);
    return set > first ? set : first;
}

static void build_absence(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct crew_spec *spec = &THINGS(build->world->crews, crew)[self];
    const struct absence_spec *absence = spec->absence.block;
    struct crew_plan *crew = &plant->crews[self];
    struct crew_settings *settings = &plant->settings.crews[self];
    crew->absent_first = NOBODY;
    if (!absence) return;
    crew->absent_first = plant->absent_count;
    plant->absent_count += crew->person_count;
    crew->absent_at = build_stop_moments(build, &absence->at);
    crew->absence_clock = absence->at.count           ? ABSENT_CALENDAR
                          : absence->clock.index >= 0 ? absence->clock.index
                                                      : ABSENT_UP;
    crew->absence_stops = absence->stops.index;
    crew->absence_after_stream = build_stream(build, "crews.%s.absence/after", crew->name);
    crew->absence_lasts_stream = build_stream(build, "crews.%s.absence/lasts", crew->name);
    settings->absence_after = absence->after;
    settings->absence_first = absence->first;
    settings->absence_lasts = absence->lasts;
    plant->chance |= build_chance(&absence->after) || build_chance(&absence->lasts);
}

static void build_crew(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct crew_spec *spec = &THINGS(build->world->crews, crew)[self];
    const struct overtime_spec *overtime = spec->overtime.block;
    const struct hire_spec *hire = spec->hire.block;
    bool always = spec->calendar.index < 0;
    if (overtime && always)
        fault_error(build->faults, spec->thing.place, "add `calendar`",
                    "crew '%s' has overtime and no calendar", spec->thing.name);
    plant->crews[self] =
        (struct crew_plan){.name = spec->thing.name,
                           .person_first = plant->person_count,
                           .person_count = people_planned(build, self),
                           .walk_stream = build_stream(build, "crews.%s/walk", spec->thing.name),
                           .paid_shift = always ? NOBODY : spec->calendar.index,
                           .shift = always ? NOBODY
                                           : build_overtime_shift(build, &spec->calendar,
                                                                  overtime ? overtime->up_to : -1)};
    plant->settings.crews[self] = (struct crew_settings){
        .wage_per_tick = spec->wage.value,
        .overtime_pay = overtime && !isnan(overtime->pay) ? overtime->pay : 1,
        .overtime_when = overtime ? overtime->when.formula : NULL,
        .people = spec->people,
        .walk = spec->walk,
        .hire_cost_micro = hire ? hire->cost.micro : 0,
        .hire_delay = hire ? hire->delay.ticks : 0,
        .hire_notice = hire ? hire->notice.ticks : 0};
    plant->person_count += plant->crews[self].person_count;
    plant->chance |= build_chance(&spec->walk);
    build_absence(build, self);
}

void build_crews(struct build *build) {
    struct plant *plant = build->plant;
    int32_t names = count_needs(build->world);
    BUILD_TAKE(build, crews, plant->crew_count);
    BUILD_TAKE(build, needs, names);
    BUILD_TAKE(build, need_options, names * plant->crew_count);
    for (int32_t i = 0; i < plant->crew_count; i++) build_crew(build, i);
}

/* ---- needs ---- */
/* How fast a crew does what is called like this; 0: it cannot. */
static double speed_of(const struct crew_spec *crew, const char *name) {
    const struct skill_spec *skills = crew->skills.things;
    for (int32_t i = 0; i < crew->skills.count; i++)
        if (strcmp(skills[i].thing.name, name) == 0) return skills[i].share;
    return strcmp(crew->thing.name, name) == 0 ? 1 : 0;
}

/* Do they come to a station of this site? */
static bool comes_to(const struct build *build, const struct crew_spec *crew, int32_t site) {
    const struct map *sites = &build->world->sites;
    if (crew->site.index < 0 || site < 0) return true;
    for (int32_t depth = 0; site >= 0 && depth <= sites->count; depth++) {
        if (site == crew->site.index) return true;
        site = THINGS(*sites, site)[site].in.index;
    }
    return false;
}

/* The crews that can do it: the fastest first, then as written. */
static void build_options(struct build *build, struct need *need, const char *name, int32_t site) {
    struct plant *plant = build->plant;
    need->option_first = plant->need_option_count;
    for (int32_t i = 0; i < plant->crew_count; i++) {
        double speed = speed_of(&THINGS(build->world->crews, crew)[i], name);
        if (speed == 0 || !comes_to(build, &THINGS(build->world->crews, crew)[i], site)) continue;
        struct need_option *options = plant->need_options + need->option_first;
        int32_t at = need->option_count++;
        for (; at > 0 && options[at - 1].speed < speed; at--) options[at] = options[at - 1];
        options[at] = (struct need_option){i, speed};
        plant->need_option_count++;
    }
}

/* Needs that fewer crews can fill are filled first. */
static void sort_needs(struct plant *plant, struct need_list list) {
    struct need *needs = plant->needs + list.first;
    for (int32_t i = 1; i < list.count; i++)
        for (int32_t k = i; k > 0 && needs[k].option_count < needs[k - 1].option_count; k--) {
            struct need swap = needs[k];
            needs[k] = needs[k - 1];
            needs[k - 1] = swap;
        }
}

/* Would they be there if nobody else needed anybody? If not, the work could never begin. */
static void check_needs(struct build *build, struct need_list list, const struct map *map) {
    struct plant *plant = build->plant;
    int32_t *left = memory_zeroed((size_t)plant->crew_count + 1, sizeof *left);
    for (int32_t i = 0; i < plant->crew_count; i++) left[i] = plant->crews[i].person_count;
    for (int32_t i = 0; i < list.count; i++) {
        const struct need *need = &plant->needs[list.first + i];
        int32_t want = need->people;
        for (int32_t o = 0; o < need->option_count && want; o++) {
            int32_t crew = plant->need_options[need->option_first + o].crew;
            int32_t some = left[crew] < want ? left[crew] : want;
            left[crew] -= some;
            want -= some;
        }
        if (!want) continue;
        fault_error(build->faults, THINGS(*map, need)[0].thing.place,
                    "crews: give the crew more people, or need fewer",
                    "there are never as many people as are needed here at once");
        break;
    }
    free(left);
}

static bool known_elsewhere(const struct build *build, const char *name) {
    for (int32_t i = 0; i < build->world->crews.count; i++)
        if (speed_of(&THINGS(build->world->crews, crew)[i], name) > 0) return true;
    return false;
}

struct need_list build_needs(struct build *build, const struct map *map, int32_t site) {
    struct plant *plant = build->plant;
    struct need_list list = {plant->need_count, 0};
    bool known = true;
    int32_t options = plant->need_option_count;
    for (int32_t i = 0; i < map->count; i++) {
        const struct need_spec *spec = &THINGS(*map, need)[i];
        struct need *need = &plant->needs[plant->need_count];
        *need = (struct need){.people = spec->people};
        build_options(build, need, spec->thing.name, site);
        if (need->option_count == 0) {
            bool elsewhere = known_elsewhere(build, spec->thing.name);
            fault_error(build->faults, spec->thing.place,
                        elsewhere ? "a crew without `site` works everywhere"
                                  : "name a crew, or a skill that some crew has",
                        elsewhere ? "no crew or skill '%s' comes to the site where it is wanted"
                                  : "there is no crew or skill '%s'",
                        spec->thing.name);
            known = false;
            continue;
        }
        plant->need_count++;
        list.count++;
    }
    options = plant->need_option_count - options;
    if (options > plant->need_most) plant->need_most = options;
    sort_needs(plant, list);
    if (known) check_needs(build, list, map);
    return list;
}

/* ---- steps: their own needs, or those of their station ---- */
struct station_needs {
    struct need_list phases[PHASE_COUNT];
};

static struct station_needs needs_of_station(struct build *build, const struct station_spec *spec) {
    const struct setup_spec *setup = spec->setup.block;
    bool own = setup && setup->needs.count;
    int32_t site = spec->site.index;
    struct station_needs needs = {
        {[PHASE_SETUP] = build_needs(build, own ? &setup->needs : &spec->needs.setup, site),
         [PHASE_LOAD] = build_needs(build, &spec->needs.load, site),
         [PHASE_RUN] = build_needs(build, &spec->needs.run, site),
         [PHASE_UNLOAD] = build_needs(build, &spec->needs.unload, site)}};
    return needs;
}

static void needs_of_step(struct build *build, int32_t self, const struct step_spec *spec,
                          const struct station_needs *at) {
    struct plant *plant = build->plant;
    const struct map *maps[PHASE_COUNT] = {[PHASE_SETUP] = &spec->needs.setup,
                                           [PHASE_LOAD] = &spec->needs.load,
                                           [PHASE_RUN] = &spec->needs.run,
                                           [PHASE_UNLOAD] = &spec->needs.unload};
    struct need_list *needs = plant->step_needs + (size_t)self * PHASE_COUNT;
    struct station *station = &plant->stations[plant->steps[self].station];
    int32_t site = THINGS(build->world->stations, station)[plant->steps[self].station].site.index;
    for (int32_t phase = PHASE_SETUP; phase < PHASE_COUNT; phase++) {
        needs[phase] =
            maps[phase]->count ? build_needs(build, maps[phase], site) : at->phases[phase];
        station->has_needs |= needs[phase].count > 0;
    }
}

void build_step_needs(struct build *build) {
    struct plant *plant = build->plant;
    const struct world_spec *world = build->world;
    struct station_needs *stations =
        memory_zeroed((size_t)plant->station_count + 1, sizeof *stations);
    for (int32_t i = 0; i < plant->station_count; i++)
        stations[i] = needs_of_station(build, &THINGS(world->stations, station)[i]);
    BUILD_TAKE(build, step_needs, plant->step_count * PHASE_COUNT);
    for (int32_t i = 0; i < plant->step_count; i++)
        if (plant->steps[i].place_count == 0) /* else its places are worked */
            needs_of_step(build, i, plant->steps[i].spec, &stations[plant->steps[i].station]);
    free(stations);
    for (int32_t i = 0; i < plant->station_count; i++)
        plant->stations[i].prepares = plant->stations[i].has_setup ||
                                      plant->stations[i].has_needs || plant->stations[i].named ||
                                      plant->stations[i].blocking == BLOCKING_BEFORE;
}
