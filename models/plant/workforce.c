/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many people of a crew a plan may have that does not say: as many as all machines and vehicles
 * together can use at once, or as there are at first if that is more. */
#include "build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* People of one crew at each machine of each station. */
struct uses {
    const struct world_spec *world;
    const struct crew_spec *crew;
    int32_t *each; /* by station */
};

/* All that this crew can do of what is needed here at once. */
static int32_t wanted(const struct uses *uses, const struct map *needs) {
    const struct skill_spec *skills = uses->crew->skills.things;
    int32_t people = 0;
    for (int32_t i = 0; i < needs->count; i++) {
        const struct need_spec *need = &THINGS(*needs, need)[i];
        bool can = strcmp(uses->crew->thing.name, need->thing.name) == 0;
        for (int32_t s = 0; s < uses->crew->skills.count; s++)
            can |= strcmp(skills[s].thing.name, need->thing.name) == 0;
        if (can) people += need->people;
    }
    return people;
}

static int32_t greater(int32_t a, int32_t b) {
    return a > b ? a : b;
}

static int32_t wanted_by(const struct uses *uses, const struct needs_spec *needs) {
    const struct map *const maps[] = {&needs->run, &needs->load, &needs->unload, &needs->setup,
                                      &needs->repair};
    int32_t most = 0;
    for (int32_t i = 0; i < 5; i++) most = greater(most, wanted(uses, maps[i]));
    return most;
}

static int32_t wanted_by_stops(const struct uses *uses, const struct map *stops) {
    int32_t most = 0;
    for (int32_t i = 0; i < stops->count; i++)
        most = greater(most, wanted(uses, &THINGS(*stops, stop)[i].needs));
    return most;
}

static void count_station(const struct uses *uses, int32_t id) {
    const struct station_spec *station = &THINGS(uses->world->stations, station)[id];
    const struct setup_spec *setup = station->setup.block;
    int32_t most = wanted_by(uses, &station->needs);
    if (setup) most = greater(most, wanted(uses, &setup->needs));
    most = greater(most, wanted_by_stops(uses, &station->failures));
    most = greater(most, wanted_by_stops(uses, &station->maintenance));
    for (int32_t m = 0; m < station->named.count; m++) {
        const struct machine_spec *machine = &THINGS(station->named, machine)[m];
        most = greater(most, wanted_by_stops(uses, &machine->failures));
        most = greater(most, wanted_by_stops(uses, &machine->maintenance));
    }
    uses->each[id] = most;
}

static bool is_at(const struct step_spec *step, const struct station_spec *station, int32_t id) {
    const struct share_spec *at = step->at.things;
    for (int32_t i = 0; i < step->at.count; i++)
        if (at[i].self.index == id) return true;
    return step->at.count == 0 && strcmp(step->thing.name, station->thing.name) == 0;
}

static void count_step(const struct uses *uses, const struct step_spec *step) {
    int32_t most = wanted_by(uses, &step->needs);
    for (int32_t s = 0; most > 0 && s < uses->world->stations.count; s++)
        if (is_at(step, &THINGS(uses->world->stations, station)[s], s))
            uses->each[s] = greater(uses->each[s], most);
}

static void count_items(const struct uses *uses) {
    for (int32_t i = 0; i < uses->world->items.count; i++) {
        const struct item_spec *item = &THINGS(uses->world->items, item)[i];
        for (int32_t r = 0; r < build_route_count(item); r++) {
            const struct map *route = build_route(item, r);
            for (int32_t s = 0; s < route->count; s++) count_step(uses, &THINGS(*route, step)[s]);
        }
    }
}

static double used_by_vehicles(const struct uses *uses) {
    double sum = 0;
    for (int32_t i = 0; i < uses->world->vehicles.count; i++) {
        const struct vehicle_spec *fleet = &THINGS(uses->world->vehicles, vehicle)[i];
        int32_t most = wanted(uses, &fleet->needs);
        for (int32_t f = 0; f < fleet->failures.count; f++)
            most = greater(most, wanted(uses, &THINGS(fleet->failures, breakdown)[f].needs));
        sum += (double)most * fleet->number;
    }
    return sum;
}

/* ABSENT_COUNT: there is no bound, for a station with them has no number of machines. */
int32_t build_people_used(const struct build *build, int32_t crew) {
    struct uses uses = {.world = build->world, .crew = &THINGS(build->world->crews, crew)[crew]};
    int32_t stations = build->world->stations.count;
    uses.each = memory_zeroed((size_t)stations + 1, sizeof *uses.each);
    for (int32_t s = 0; s < stations; s++) count_station(&uses, s);
    count_items(&uses);
    double sum = used_by_vehicles(&uses);
    for (int32_t s = 0; s < stations; s++) {
        if (uses.each[s] == 0) continue;
        int32_t machines = build_machines_planned(build, s);
        sum += machines ? (double)uses.each[s] * machines : INFINITY;
    }
    free(uses.each);
    return sum > 1e4 ? ABSENT_COUNT : greater((int32_t)sum, uses.crew->people);
}
