/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places and the lanes between them. A lane leads from all places in one to all in another; between
 * two places the one counts whose ends are closest to them, and of those the one written first. */
#include "build.h"

#include <math.h>
#include <stdlib.h>

enum { SPOT_ANY };

/* ---- spots: sites, and what lanes name by itself ---- */
static int32_t spot_of_site(const struct ref *site) {
    return site->index < 0 ? SPOT_ANY : 1 + site->index;
}

static bool contains(const struct plant *plant, int32_t spot, int32_t what) {
    while (what != spot && what != SPOT_ANY) what = plant->spots[what].in;
    return what == spot;
}

/* How many places lie between. */
static int32_t distance_up(const struct plant *plant, int32_t from, int32_t to) {
    int32_t count = 0;
    for (; from != to; from = plant->spots[from].in) count++;
    return count;
}

static void build_sites(struct build *build) {
    struct plant *plant = build->plant;
    const struct map *sites = &build->world->sites;
    plant->spots[plant->spot_count++] = (struct spot){SPOT_ANY, NAN, NAN};
    for (int32_t i = 0; i < sites->count; i++) {
        const struct site_spec *site = &THINGS(*sites, site)[i];
        const struct axis_spec *at = site->at.things;
        bool placed = site->at.count == 2;
        plant->spots[plant->spot_count++] = (struct spot){
            spot_of_site(&site->in), placed ? at[0].length : NAN, placed ? at[1].length : NAN};
        plant->settings.money->fixed_per_tick += site->cost.value;
    }
    for (int32_t i = 0; i < sites->count; i++) {
        int32_t spot = 1 + i, steps = 0;
        while (spot != SPOT_ANY && steps++ <= sites->count) spot = plant->spots[spot].in;
        if (spot == SPOT_ANY) continue;
        fault_error(build->faults, THINGS(*sites, site)[i].thing.place, NULL,
                    "site '%s' lies in itself", THINGS(*sites, site)[i].thing.name);
        plant->spots[1 + i].in = SPOT_ANY;
    }
}

/* A thing that a lane names has a spot of its own, in that of its site. */
static int32_t own_spot(struct plant *plant, int32_t *spot) {
    struct spot site = plant->spots[*spot];
    site.in = *spot;
    plant->spots[plant->spot_count] = site;
    return *spot = plant->spot_count++;
}

static int32_t spot_of(struct plant *plant, const struct ref *ref, bool *own) {
    if (ref->index < 0 || ref->section < 0) return SPOT_ANY;
    if (ref->section == SECTION_SITES) return 1 + ref->index;
    int32_t *spot = &plant->station_spots[ref->index];
    bool first = !own[ref->index];
    own[ref->index] = true;
    return first ? own_spot(plant, spot) : *spot;
}

static void build_spots(struct build *build) {
    struct plant *plant = build->plant;
    const struct world_spec *world = build->world;
    BUILD_TAKE(build, spots, 1 + world->sites.count + 2 * world->lanes.count);
    BUILD_TAKE(build, station_spots, plant->station_count);
    build_sites(build);
    for (int32_t i = 0; i < plant->station_count; i++)
        plant->station_spots[i] = spot_of_site(&THINGS(world->stations, station)[i].site);
    bool *own = memory_zeroed((size_t)plant->station_count + 1, sizeof *own);
    for (int32_t i = 0; i < plant->lane_count; i++) {
        const struct lane_spec *lane = &THINGS(world->lanes, lane)[i];
        plant->lanes[i].from = spot_of(plant, &lane->from, own);
        plant->lanes[i].to = spot_of(plant, &lane->to, own);
    }
    free(own);
}

/* ---- which lane ---- */
/* A lane into a place does not serve who is there already, nor one out of it who stays inside. */
static bool serves(const struct plant *plant, const struct lane *lane, int32_t from, int32_t to) {
    if (!contains(plant, lane->from, from) || !contains(plant, lane->to, to)) return false;
    if (lane->from == lane->to) return true;
    if (contains(plant, lane->from, lane->to) && contains(plant, lane->to, from)) return false;
    return !(contains(plant, lane->to, lane->from) && contains(plant, lane->from, to));
}

static int32_t closest(const struct plant *plant, int32_t from, int32_t to) {
    int32_t best = NOBODY, least = INT32_MAX;
    for (int32_t i = 0; i < plant->lane_count; i++) {
        const struct lane *lane = &plant->lanes[i];
        if (!serves(plant, lane, from, to)) continue;
        int32_t away = distance_up(plant, from, lane->from) + distance_up(plant, to, lane->to);
        if (away >= least) continue;
        best = i;
        least = away;
    }
    return best;
}

int32_t plant_lane(const struct plant *plant, int32_t from, int32_t to) {
    return plant->lane_count ? plant->lane_between[from * plant->spot_count + to] : NOBODY;
}

/* ---- ways ---- */
static double distance_of(const struct plant *plant, const struct lane *lane,
                          const struct way_spec *spec) {
    if (!isnan(spec->distance)) return spec->distance;
    const struct spot *from = &plant->spots[lane->from], *to = &plant->spots[lane->to];
    return hypot(to->x - from->x, to->y - from->y);
}

/* Thousandths of a piece, or of a kg. */
static int64_t load_of(struct build *build, const struct amount *amount, struct way *way,
                       const struct lane_spec *lane) {
    static const struct dimension mass = {.mass = 1};
    if (!amount->given) return INT64_MAX;
    bool weighed = dimension_same(amount->dimension, mass);
    if (!weighed && !dimension_none(amount->dimension))
        fault_error(build->faults, lane->thing.place, "such as 240 pieces or 20 t",
                    "lane '%s' carries pieces or a mass", lane->thing.name);
    if (way->measured && way->weighed != weighed)
        fault_error(build->faults, lane->thing.place, NULL,
                    "lane '%s' counts pieces here and a mass there", lane->thing.name);
    way->weighed = weighed;
    way->measured = true;
    return llrint(amount->value * 1000);
}

static void build_costs(struct build *build, struct way *way, const struct way_spec *spec,
                        const struct lane_spec *lane) {
    const struct lane_cost_spec *cost = spec->cost.block;
    if (!cost) return;
    way->order_cost = (double)cost->order.micro / 1e6;
    way->load_cost = (double)cost->load.micro / 1e6;
    way->value_cost = cost->value;
    bool by_mass = cost->unit.dimension.mass == -1;
    *(by_mass ? &way->mass_cost : &way->unit_cost) = cost->unit.value;
    if (cost->distance.value == 0) return;
    if (isnan(way->distance))
        fault_error(build->faults, lane->thing.place,
                    "give it `distance`, or its sites places on the map: at: [x km, y km]",
                    "lane '%s' costs by distance, and it is not known how far it is",
                    lane->thing.name);
    else
        way->load_cost += cost->distance.value * way->distance;
}

static void build_way(struct build *build, int32_t self, int32_t lane_id,
                      const struct way_spec *spec) {
    struct plant *plant = build->plant;
    const struct lane_spec *lane = &THINGS(build->world->lanes, lane)[lane_id];
    const struct hold_spec *hold = spec->hold.block;
    struct way *way = &plant->ways[self];
    *way = (struct way){.name = lane->thing.name,
                        .lane = lane_id,
                        .distance = distance_of(plant, &plant->lanes[lane_id], spec),
                        .every = spec->every.ticks == ABSENT_TICKS ? 0 : spec->every.ticks,
                        .time_stream = build_stream(build, "lanes.%s/time", lane->thing.name)};
    way->load = load_of(build, &spec->load, way, lane);
    way->until = hold ? load_of(build, &hold->until, way, lane) : 0;
    way->wait = hold ? hold->wait.ticks : 0;
    build_costs(build, way, spec, lane);
    plant->settings.ways[self].time = spec->time;
    plant->chance |= build_chance(&spec->time);
}

void build_lanes(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, lanes, plant->lane_count);
    BUILD_TAKE(build, ways, plant->way_count);
    build_spots(build);
    for (int32_t i = 0; i < plant->lane_count; i++) {
        plant->lanes[i].name = THINGS(build->world->lanes, lane)[i].thing.name;
        plant->lanes[i].way_first = i;
        plant->lanes[i].way_count = 1;
        build_way(build, i, i, &THINGS(build->world->lanes, lane)[i].way);
    }
    if (plant->lane_count == 0) return;
    BUILD_TAKE(build, lane_between, plant->spot_count * plant->spot_count);
    for (int32_t from = 0; from < plant->spot_count; from++)
        for (int32_t to = 0; to < plant->spot_count; to++)
            plant->lane_between[from * plant->spot_count + to] = closest(plant, from, to);
}

/* ---- steps ---- */
bool plant_leads(const struct plant *plant, int32_t from, int32_t to) {
    return from != to &&
           plant_lane(plant, plant->station_spots[from], plant->station_spots[to]) != NOBODY;
}
