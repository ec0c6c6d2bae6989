/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places and the lanes between them. A lane leads from all places in one to all in another; between
 * two places the one counts whose ends are closest to them, and of those the one written first. */
#include "build.h"

#include <math.h>
#include <stdlib.h>

/* ---- spots: sites, and what lanes name by itself ---- */
static int32_t spot_of_site(const struct ref *site) {
    return site->index < 0 ? SPOT_ANY : 1 + site->index;
}

static bool contains(const struct plant *plant, int32_t spot, int32_t what) {
    while (what != spot && what != SPOT_ANY) what = plant->spots[what].in;
    return what == spot;
}

bool plant_contains(const struct plant *plant, int32_t spot, int32_t what) {
    return contains(plant, spot, what);
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
    plant->spots[plant->spot_count++] = (struct spot){SPOT_ANY, NAN, NAN, INT64_MAX, SIZE_UNITS};
    for (int32_t i = 0; i < sites->count; i++) {
        const struct site_spec *site = &THINGS(*sites, site)[i];
        const struct axis_spec *at = site->at.things;
        bool placed = site->at.count == 2;
        plant->spots[plant->spot_count++] =
            (struct spot){spot_of_site(&site->in), placed ? at[0].length : NAN,
                          placed ? at[1].length : NAN, INT64_MAX, SIZE_UNITS};
        struct spot *spot = &plant->spots[1 + i];
        if (site->room.given && !build_room_size(site->room, &spot->size, &spot->room))
            fault_error(build->faults, site->thing.place, "room: 900 pieces, 20 t or 60 m3",
                        "the room of site '%s' counts pieces, a mass or a volume",
                        site->thing.name);
        plant->settings.money->fixed_per_tick += site->cost.value;
    }
    plant->site_count = sites->count;
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
    if (*spot > plant->site_count) return *spot;
    struct spot site = plant->spots[*spot];
    site.in = *spot;
    site.room = INT64_MAX;
    plant->spots[plant->spot_count] = site;
    return *spot = plant->spot_count++;
}

static int32_t spot_of(struct plant *plant, const struct ref *ref) {
    if (ref->index < 0 || ref->section < 0) return SPOT_ANY;
    switch (ref->section) {
    case SECTION_SITES: return 1 + ref->index;
    case SECTION_STOCKS: return own_spot(plant, &plant->stock_spots[ref->index]);
    case SECTION_SUPPLIERS: return own_spot(plant, &plant->supplier_spots[ref->index]);
    case SECTION_CUSTOMERS: return own_spot(plant, &plant->customer_spots[ref->index]);
    default: return own_spot(plant, &plant->station_spots[ref->index]);
    }
}

static void build_spots(struct build *build) {
    struct plant *plant = build->plant;
    const struct world_spec *world = build->world;
    BUILD_TAKE(build, spots, 1 + world->sites.count + 2 * world->lanes.count);
    BUILD_TAKE(build, station_spots, plant->station_count);
    BUILD_TAKE(build, stock_spots, plant->stock_count);
    BUILD_TAKE(build, supplier_spots, plant->supplier_count);
    BUILD_TAKE(build, customer_spots, plant->customer_count);
    build_sites(build);
#define AT_SITE(TYPE)                                                                              \
    for (int32_t i = 0; i < plant->TYPE##_count; i++)                                              \
        plant->TYPE##_spots[i] = spot_of_site(&THINGS(world->TYPE##s, TYPE)[i].site);
    AT_SITE(station)
    AT_SITE(stock)
    AT_SITE(supplier)
    AT_SITE(customer)
#undef AT_SITE
    for (int32_t i = 0; i < plant->lane_count; i++) {
        const struct lane_spec *lane = &THINGS(world->lanes, lane)[i];
        plant->lanes[i].from = spot_of(plant, &lane->from);
        plant->lanes[i].to = spot_of(plant, &lane->to);
    }
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

bool build_room_size(struct amount amount, enum size_kind *kind, int64_t *size) {
    struct dimension d = amount.dimension;
    bool mass = dimension_same(d, (struct dimension){.mass = 1}),
         volume = dimension_same(d, (struct dimension){.length = 3});
    *kind = mass ? SIZE_MASS : volume ? SIZE_VOLUME : SIZE_UNITS;
    *size = llrint(amount.value * (volume ? 1e6 : 1e3)); /* of a m3 in l */
    return mass || volume || dimension_none(d);
}

/* Thousandths of a piece, of a kg, or of a l. */
static int64_t load_of(struct build *build, const struct amount *amount, struct way *way,
                       const struct lane_spec *lane) {
    static const char *const names[] = {"pieces", "a mass", "a volume"};
    enum size_kind kind;
    int64_t size;
    if (!amount->given) return INT64_MAX;
    if (!build_room_size(*amount, &kind, &size))
        fault_error(build->faults, lane->thing.place, "such as 240 pieces, 20 t or 60 m3",
                    "lane '%s' carries pieces, a mass or a volume", lane->thing.name);
    if (way->measured && way->size != kind)
        fault_error(build->faults, lane->thing.place, NULL, "lane '%s' counts %s here and %s there",
                    lane->thing.name, names[way->size], names[kind]);
    way->size = kind;
    way->measured = true;
    return size;
}

static void build_costs(struct build *build, struct way *way, const struct way_spec *spec,
                        const struct lane_spec *lane) {
    const struct lane_cost_spec *cost = spec->cost.block;
    if (!cost) return;
    way->order_cost = (double)cost->order.micro / 1e6;
    way->load_cost = (double)cost->load.micro / 1e6;
    way->tariff = cost->value;
    bool by_mass = cost->unit.dimension.mass == -1, by_volume = cost->unit.dimension.length == -3;
    if (by_volume)
        way->volume_cost = cost->unit.value / 1000;
    else
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

static void build_emissions(struct build *build, struct way *way, const struct way_spec *spec,
                            const struct lane_spec *lane) {
    bool by_distance = spec->co2.dimension.length != 0;
    if (!by_distance)
        way->co2_mass = spec->co2.value;
    else if (isnan(way->distance))
        fault_error(build->faults, lane->thing.place, "give it `distance`",
                    "lane '%s' emits by distance, and it is not known how far it is",
                    lane->thing.name);
    else
        way->co2_load = spec->co2.value * way->distance;
}

/* What a vehicle carries is the most of a trip, if the lane does not say less. */
static void build_carries(struct build *build, struct way *way, const struct lane_spec *lane) {
    const struct vehicle_spec *by = &THINGS(build->world->vehicles, vehicle)[way->by];
    int64_t carries = load_of(build, &by->carries, way, lane);
    if (!(by->carries.value > 0))
        fault_error(build->faults, by->thing.place, NULL, "vehicle '%s' carries nothing",
                    by->thing.name);
    else if (carries < way->load)
        way->load = carries;
    if (way->timed || (!isnan(way->distance) && by->speed > 0)) return;
    fault_error(build->faults, lane->thing.place,
                "give the lane a `time`, or a `distance` and the vehicle a `speed`",
                "it is not known how long '%s' takes along lane '%s'", by->thing.name,
                lane->thing.name);
}

static void build_way(struct build *build, int32_t self, int32_t lane_id,
                      const struct way_spec *spec, const char *name) {
    struct plant *plant = build->plant;
    const struct lane_spec *lane = &THINGS(build->world->lanes, lane)[lane_id];
    const struct hold_spec *hold = spec->hold.block;
    struct way *way = &plant->ways[self];
    *way = (struct way){.name = name,
                        .lane = lane_id,
                        .account = NOBODY,
                        .calendar = spec->calendar.index,
                        .distance = distance_of(plant, &plant->lanes[lane_id], spec),
                        .every = spec->every.ticks == ABSENT_TICKS ? 0 : spec->every.ticks,
                        .time_stream = build_stream(build, "lanes.%s/time", name)};
    way->by = spec->by.index;
    way->timed = !(law_constant(&spec->time) && spec->time.a == 0);
    way->load = load_of(build, &spec->load, way, lane);
    if (way->by >= 0) build_carries(build, way, lane);
    way->until = hold ? load_of(build, &hold->until, way, lane) : 0;
    way->wait = hold ? hold->wait.ticks : 0;
    build_costs(build, way, spec, lane);
    build_emissions(build, way, spec, lane);
    build_outages(build, &spec->failures, (struct outage){.supplier = NOBODY, .way = self},
                  arena_text(&plant->arena, "lanes.%s", name));
    plant->settings.ways[self].time = spec->time;
    plant->chance |= build_chance(&spec->time);
}

static void build_lane(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct lane_spec *spec = &THINGS(build->world->lanes, lane)[self];
    const struct mode_spec *modes = spec->modes.things;
    struct lane *lane = &plant->lanes[self];
    lane->name = plant->lane_accounts[self] = spec->thing.name;
    lane->way_first = plant->way_count;
    lane->way_count = spec->modes.count ? spec->modes.count : 1;
    plant->way_count += lane->way_count;
    if (!spec->modes.count) build_way(build, lane->way_first, self, &spec->way, lane->name);
    for (int32_t i = 0; i < spec->modes.count; i++) {
        const char *name =
            arena_text(&plant->arena, "%s.modes.%s", lane->name, modes[i].thing.name);
        build_way(build, lane->way_first + i, self, &modes[i].way, name);
        plant->ways[lane->way_first + i].mode = world_name_hash(modes[i].thing.name);
        plant->ways[lane->way_first + i].account = plant->lane_account_count;
        plant->lane_accounts[plant->lane_account_count++] = name;
    }
    build_modes(build, self);
}

void build_lanes(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, lanes, plant->lane_count);
    BUILD_TAKE(build, ways, plant->way_count);
    BUILD_TAKE(build, lane_accounts, plant->lane_account_count);
    BUILD_TAKE(build, outages, plant->outage_count);
    plant->outage_count = 0; /* counted before, now filled in */
    build_spots(build);
    plant->way_count = 0; /* counted before, now filled in */
    plant->lane_account_count = plant->lane_count;
    for (int32_t i = 0; i < plant->lane_count; i++) build_lane(build, i);
    if (plant->lane_count == 0) return;
    BUILD_TAKE(build, lane_between, plant->spot_count * plant->spot_count);
    for (int32_t from = 0; from < plant->spot_count; from++)
        for (int32_t to = 0; to < plant->spot_count; to++)
            plant->lane_between[from * plant->spot_count + to] = closest(plant, from, to);
}

/* ---- vehicles ---- */
double plant_away(const struct plant *plant, int32_t from, int32_t to) {
    if (from <= SPOT_ANY || to <= SPOT_ANY) return NAN;
    int32_t lane = plant_lane(plant, from, to);
    double way = lane == NOBODY ? NAN : plant->ways[plant->lanes[lane].way_first].distance;
    return isnan(way) ? plant_straight(plant, from, to) : way;
}

int32_t plant_way_between(const struct plant *plant, int32_t from, int32_t to) {
    for (int32_t back = 0; back < 2; back++)
        for (int32_t i = 0; i < plant->lane_count; i++) {
            const struct lane *lane = &plant->lanes[i];
            if (lane->from == (back ? to : from) && lane->to == (back ? from : to))
                return lane->way_first;
        }
    return NOBODY;
}

/* Every drive without cargo must have a time. */
static void check_drive(struct build *build, int32_t self, int32_t from, int32_t to) {
    const struct plant *plant = build->plant;
    const struct fleet *fleet = &plant->fleets[self];
    double distance = plant_distance(plant, from, to);
    if (distance == 0 || (!isnan(distance) && fleet->speed > 0)) return;
    int32_t way = plant_way_between(plant, from, to);
    if (way != NOBODY && plant->ways[way].timed) return;
    fault_error(build->faults, THINGS(build->world->vehicles, vehicle)[self].thing.place,
                "give it a `speed`, and its lanes a `distance` or its sites places on the map",
                "it is not known how long '%s' drives without cargo from one lane to the next",
                fleet->name);
}

static void check_drives(struct build *build, int32_t self) {
    const struct plant *plant = build->plant;
    int32_t home = plant->fleets[self].home, before = build->faults->error_count;
    for (int32_t i = 0; i < plant->way_count; i++) {
        if (plant->ways[i].by != self) continue;
        const struct lane *lane = &plant->lanes[plant->ways[i].lane];
        if (home != NOBODY) check_drive(build, self, home, lane->from);
        if (home != NOBODY) check_drive(build, self, lane->to, home);
        for (int32_t k = 0; k < plant->way_count; k++)
            if (plant->ways[k].by == self && build->faults->error_count == before)
                check_drive(build, self, lane->to, plant->lanes[plant->ways[k].lane].from);
    }
}

static int32_t first_place(const struct plant *plant, int32_t fleet) {
    for (int32_t i = 0; i < plant->way_count; i++)
        if (plant->ways[i].by == fleet) return plant->lanes[plant->ways[i].lane].from;
    return SPOT_ANY;
}

static void build_breakdowns(struct build *build, int32_t fleet) {
    struct plant *plant = build->plant;
    const struct vehicle_spec *spec = &THINGS(build->world->vehicles, vehicle)[fleet];
    for (int32_t i = 0; i < spec->failures.count; i++) {
        const struct breakdown_spec *said = &THINGS(spec->failures, breakdown)[i];
        const char *path = arena_text(&plant->arena, "vehicles.%s.failures.%s", spec->thing.name,
                                      said->thing.name);
        plant->breakdowns[plant->breakdown_count] =
            (struct breakdown){.name = said->thing.name,
                               .fleet = fleet,
                               .clock = said->at.count           ? BREAKDOWN_CALENDAR
                                        : said->clock.index >= 0 ? said->clock.index
                                                                 : BREAKDOWN_BUSY,
                               .moments = build_stop_moments(build, &said->at),
                               .first = plant->wreck_count,
                               .needs = build_needs(build, &said->needs, spec->home.index),
                               .after_stream = build_stream(build, "%s/after", path),
                               .lasts_stream = build_stream(build, "%s/lasts", path)};
        plant->settings.breakdowns[plant->breakdown_count++] =
            (struct breakdown_settings){said->after, said->first, said->lasts};
        plant->wreck_count += spec->number;
        plant->chance |= build_chance(&said->after) || build_chance(&said->lasts);
    }
}

/* Of a full battery, to here and on to where it is charged; how far is known. */
static void check_range(struct build *build, int32_t self, double need) {
    const struct fleet *fleet = &build->plant->fleets[self];
    struct place place = THINGS(build->world->vehicles, vehicle)[self].thing.place;
    if (isnan(need))
        fault_error(build->faults, place,
                    "give its lanes a `distance`, or its sites places on the map: at: [x km, y km]",
                    "'%s' has a battery, and it is not known how far it drives", fleet->name);
    else if (need > fleet->range)
        fault_error(
            build->faults, place, NULL,
            "'%s' drives %g m with a full battery, and needs %g m from charging to charging",
            fleet->name, fleet->range, need);
}

static void check_ranges(struct build *build, int32_t self) {
    const struct plant *plant = build->plant;
    const struct fleet *fleet = &plant->fleets[self];
    int32_t at = fleet->charged_at, before = build->faults->error_count;
    if (at != NOBODY) check_range(build, self, plant_distance(plant, fleet->start, at));
    for (int32_t i = 0; i < plant->way_count && build->faults->error_count == before; i++) {
        if (plant->ways[i].by != self) continue;
        const struct lane *lane = &plant->lanes[plant->ways[i].lane];
        double longest = 0, back = at == NOBODY ? 0 : plant_distance(plant, lane->to, at);
        if (at != NOBODY) longest = plant_distance(plant, at, lane->from);
        for (int32_t k = 0; k < plant->way_count; k++) {
            if (plant->ways[k].by != self) continue;
            double empty = plant_distance(plant, plant->lanes[plant->ways[k].lane].to, lane->from);
            if (isnan(empty) || (at == NOBODY && empty > longest)) longest = empty;
        }
        double on = plant->ways[i].distance + back;
        if (at != NOBODY && plant_distance(plant, lane->from, at) > on)
            on = plant_distance(plant, lane->from, at);
        check_range(build, self, longest + on);
        if (fleet->home != NOBODY)
            check_range(build, self, plant_distance(plant, lane->to, fleet->home));
        if (at == NOBODY) continue;
        check_drive(build, self, lane->to, at);
        check_drive(build, self, at, lane->from);
    }
    if (at != NOBODY && fleet->home != NOBODY) check_drive(build, self, fleet->home, at);
    if (at != NOBODY && fleet->home != NOBODY)
        check_range(build, self, 2 * plant_distance(plant, fleet->home, at));
}

/* In m. */
static double range_of(struct build *build, int32_t self, struct quantity range) {
    const struct fleet *fleet = &build->plant->fleets[self];
    if (range.dimension.length) return range.value;
    if (!(fleet->speed > 0))
        fault_error(build->faults, THINGS(build->world->vehicles, vehicle)[self].thing.place,
                    "give it a `speed`, or say how far: range: 8 km",
                    "'%s' drives so long with a full battery, and it is not known how fast",
                    fleet->name);
    return range.value * fleet->speed;
}

static void build_battery(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct vehicle_spec *spec = &THINGS(build->world->vehicles, vehicle)[self];
    const struct battery_spec *battery = spec->battery.block;
    struct fleet *fleet = &plant->fleets[self];
    fleet->charged_at = NOBODY;
    if (!battery) return;
    fleet->range = range_of(build, self, battery->range);
    fleet->low = battery->below * fleet->range;
    fleet->charge_stream = build_stream(build, "vehicles.%s/charge", fleet->name);
    if (battery->at.index >= 0) fleet->charged_at = 1 + battery->at.index;
    plant->settings.fleets[self].charge = battery->charge;
    plant->chance |= build_chance(&battery->charge);
    if (fleet->range > 0) check_ranges(build, self);
}

void build_fleets(struct build *build) {
    struct plant *plant = build->plant;
    int32_t first = 0;
    build_drives(build);
    BUILD_TAKE(build, fleets, plant->fleet_count);
    BUILD_TAKE(build, breakdowns, plant->breakdown_count);
    plant->breakdown_count = 0; /* counted before, now filled in */
    for (int32_t i = 0; i < plant->fleet_count; i++) {
        const struct vehicle_spec *spec = &THINGS(build->world->vehicles, vehicle)[i];
        const struct vehicle_cost_spec *cost = spec->cost.block;
        const char *path = arena_text(&plant->arena, "vehicles.%s", spec->thing.name);
        int32_t home = spec->home.index < 0 ? NOBODY : 1 + spec->home.index;
        plant->fleets[i] =
            (struct fleet){.name = spec->thing.name,
                           .first = first,
                           .number = spec->number,
                           .calendar = spec->calendar.index,
                           .home = home,
                           .needs = build_needs(build, &spec->needs, spec->home.index),
                           .start = home == NOBODY ? first_place(plant, i) : home,
                           .rule = (enum vehicle_rule)spec->rule.index,
                           .speed = isnan(spec->speed) ? 0 : spec->speed,
                           .hour_cost = cost ? cost->hour.value : 0,
                           .distance_cost = cost ? cost->distance.value : 0,
                           .load_stream = build_stream(build, "%s/load", path),
                           .unload_stream = build_stream(build, "%s/unload", path),
                           .empty_stream = build_stream(build, "%s/empty", path)};
        first += spec->number;
        plant->settings.fleets[i] =
            (struct fleet_settings){.load = spec->load, .unload = spec->unload};
        plant->chance |= build_chance(&spec->load) || build_chance(&spec->unload);
        build_breakdowns(build, i);
        check_drives(build, i);
        build_battery(build, i);
    }
}

/* ---- what goes along them ---- */
static bool weighs(const struct way *way) {
    return way->size == SIZE_MASS || way->mass_cost != 0 || way->co2_mass != 0;
}

static bool measures(const struct way *way) {
    return way->size == SIZE_VOLUME || way->volume_cost != 0;
}

void build_carried(struct build *build, int32_t lane, int32_t item) {
    const struct plant *plant = build->plant;
    const struct lane *of = &plant->lanes[lane];
    for (int32_t i = of->way_first; i < of->way_first + of->way_count; i++) {
        const struct way *way = &plant->ways[i];
        bool weight = weighs(way) && !(plant->items[item].weight > 0);
        if (!weight && (!measures(way) || plant->items[item].volume > 0)) continue;
        fault_error(build->faults, THINGS(build->world->items, item)[item].thing.place,
                    weight ? "weight: 6 kg" : "volume: 20 l",
                    "lane '%s' counts %s, and '%s' has no %s", of->name, weight ? "kg" : "volume",
                    plant->items[item].name, weight ? "weight" : "volume");
        return;
    }
}

static int32_t origin_spot(const struct plant *plant, const struct origin *origin) {
    if (origin->index == NOBODY) return NOBODY; /* the factory; or a supplier without the item */
    switch (origin->kind) {
    case FROM_SUPPLIER: return plant->supplier_spots[plant->supplies[origin->index].supplier];
    case FROM_STOCK: return plant->stock_spots[origin->index];
    default: return NOBODY;
    }
}

/* Where goods of a stock come along a lane, its own lead time has no place. */
static void build_origin_lanes(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct stock *stock = &plant->stocks[self];
    const struct law *lead = &plant->settings.stocks[self].lead_time;
    const char *lane = NULL;
    int32_t without = 0;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        struct origin *origin = &plant->origins[i];
        int32_t from = origin_spot(plant, origin);
        origin->away = plant_away(plant, from, plant->stock_spots[self]);
        if (isnan(origin->away) && stock->origin_count > 1 &&
            sourcing_looks_at(plant, self, CHOOSE_NEAREST))
            fault_error(build->faults, THINGS(build->world->stocks, stock)[self].thing.place,
                        "give both a site with a place on the map, or a lane with a `distance`",
                        "stock '%s' orders from the nearest, and it is not known how far away all "
                        "its sources are",
                        stock->name);
        origin->lane = from == NOBODY ? NOBODY : plant_lane(plant, from, plant->stock_spots[self]);
        if (origin->lane == NOBODY) {
            without += origin->kind != FROM_FACTORY;
            continue;
        }
        lane = plant->lanes[origin->lane].name;
        build_carried(build, origin->lane, stock->item);
    }
    if (lane && !without && !(law_constant(lead) && lead->a == 0))
        fault_error(build->faults, THINGS(build->world->stocks, stock)[self].thing.place,
                    "the time of the lane is the one that counts",
                    "stock '%s' has a lead time, and its goods come along lane '%s'", stock->name,
                    lane);
}

/* ---- room of sites ---- */
static void build_site_room(struct build *build, int32_t spot, const struct site_spec *site) {
    struct plant *plant = build->plant;
    static const struct dimension none = {0};
    enum size_kind kind = plant->spots[spot].size;
    int64_t start = 0;
    for (int32_t i = 0; i < plant->stock_count; i++) {
        struct stock *stock = &plant->stocks[i];
        if (!contains(plant, spot, plant->stock_spots[i]) || stock->item < 0) continue;
        const struct item *item = &plant->items[stock->item];
        stock->shares_room = true;
        start += size_taken(item_size(item, kind), stock->start);
        if (kind == SIZE_UNITS && !dimension_same(item->dimension, none))
            fault_error(build->faults, site->thing.place, "give the stocks a `room` of their own",
                        "the room of site '%s' counts pieces, and stock '%s' holds %s",
                        site->thing.name, stock->name, item->unit);
        if (!(item_size(item, kind) > 0))
            fault_error(build->faults, THINGS(build->world->items, item)[stock->item].thing.place,
                        kind == SIZE_MASS ? "weight: 6 kg" : "volume: 20 l",
                        "the room of site '%s' counts %s, and '%s' in stock '%s' has none",
                        site->thing.name, kind == SIZE_MASS ? "kg" : "volume", item->name,
                        stock->name);
    }
    if (start > plant->spots[spot].room)
        fault_error(build->faults, site->thing.place, NULL,
                    "site '%s' has no room for what its stocks hold at the start",
                    site->thing.name);
}

void build_site_rooms(struct build *build) {
    for (int32_t i = 0; i < build->world->sites.count; i++)
        if (build->plant->spots[1 + i].room != INT64_MAX)
            build_site_room(build, 1 + i, &THINGS(build->world->sites, site)[i]);
}

/* Cards that lie on goods come back with them in the instant in which a lot is finished. */
void build_lane_cards(struct build *build) {
    const struct plant *plant = build->plant;
    if (build->faults->error_count) return; /* the loops may not be whole */
    for (int32_t i = 0; i < plant->loop_count; i++) {
        int32_t stock = plant->loops[i].to_stock, lane = NOBODY;
        bool made = stock != NOBODY && plant->stocks[stock].made_origin != NOBODY;
        for (int32_t s = 0; made && s < plant->station_count && lane == NOBODY; s++)
            lane = plant_lane(plant, plant->station_spots[s], plant->stock_spots[stock]);
        if (lane == NOBODY) continue;
        fault_error(build->faults, THINGS(build->world->cards, cards)[i].thing.place,
                    "let them end at a station, or put the stock beside the last one",
                    "cards '%s' end at stock '%s', to which goods come along lane '%s'",
                    plant->loops[i].name, plant->stocks[stock].name, plant->lanes[lane].name);
    }
}

void build_lane_ends(struct build *build) {
    for (int32_t i = 0; i < build->plant->stock_count; i++) build_origin_lanes(build, i);
}

/* ---- steps ---- */
int32_t plant_leads(const struct plant *plant, int32_t from, int32_t to) {
    if (from == to) return NOBODY;
    return plant_lane(plant, plant->station_spots[from], plant->station_spots[to]);
}
