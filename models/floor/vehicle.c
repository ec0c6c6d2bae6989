/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See vehicle.h. */
#include "../chain/lane.h"
#include "quick.h"

#include <math.h>

/* ---- how far, and how long ---- */
static void drive(struct run *run, struct vehicle *vehicle, double distance) {
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    struct fleet_state *state = &run->fleets[vehicle->fleet];
    if (isnan(distance)) return;
    state->driven += distance;
    vehicle->range -= distance;
    if (fleet->distance_cost == 0) return;
    ledger_post(run, ACCOUNT_TRANSPORT, fleet->distance_cost * distance);
    state->expense_micro += llrint(fleet->distance_cost * distance * 1e6);
}

static tick drawn(const struct run *run, int32_t fleet, const struct law *law, uint64_t stream) {
    return supply_drawn(run, law, stream, run->fleets[fleet].number);
}

/* Without cargo: by its speed, or as long as the lane takes that leads there, or back. */
static tick empty_time(const struct run *run, int32_t id, int32_t from, int32_t to) {
    const struct plant *plant = run->plant;
    const struct fleet *fleet = &plant->fleets[id];
    double distance = plant_distance(plant, from, to);
    if (distance == 0) return 0;
    if (!isnan(distance) && fleet->speed > 0) return law_round(distance / fleet->speed);
    int32_t way = plant_way_between(plant, from, to);
    return way == NOBODY ? 0 : drawn(run, id, &run->settings.ways[way].time, fleet->empty_stream);
}

/* ---- phases ---- */
static bool drives_empty(enum vehicle_phase phase) {
    return phase == VEHICLE_COMES || phase == VEHICLE_GOES_HOME || phase == VEHICLE_GOES_TO_CHARGE;
}

static void go_on(struct run *run, int32_t id, enum vehicle_phase phase, tick time) {
    struct vehicle *vehicle = &run->vehicles[id];
    struct fleet_state *state = &run->fleets[vehicle->fleet];
    bool was_empty = drives_empty(vehicle->phase), is_empty = drives_empty(phase);
    bool was_busy = vehicle_is_busy(vehicle->phase), is_busy = vehicle_is_busy(phase);
    bool charged = vehicle->phase == VEHICLE_CHARGES, charges = phase == VEHICLE_CHARGES;
    if (charged != charges) level_change(&state->charging, run->now, charges - charged);
    if (was_empty != is_empty) level_change(&state->empty, run->now, is_empty - was_empty);
    if (was_busy != is_busy) level_change(&state->busy, run->now, is_busy - was_busy);
    if (was_busy != is_busy) breakdowns_work(run, id, is_busy);
    vehicle->phase = phase;
    if (phase != VEHICLE_FREE)
        run_plan(run, run->plant->vehicle_slot + id, run->now + time, CLASS_RECEIVE);
}

static void drive_empty(struct run *run, int32_t id, int32_t to, enum vehicle_phase phase) {
    struct vehicle *vehicle = &run->vehicles[id];
    tick time = empty_time(run, vehicle->fleet, vehicle->spot, to);
    drive(run, vehicle, plant_distance(run->plant, vehicle->spot, to));
    vehicle->spot = to;
    go_on(run, id, phase, time);
}

static void go_to_charge(struct run *run, int32_t id) {
    SAY(run, CLASS_COMPLETE, run->plant->fleets[run->vehicles[id].fleet].name,
        "%d goes to be charged", id - run->plant->fleets[run->vehicles[id].fleet].first + 1);
    drive_empty(run, id, battery_charger(run, &run->vehicles[id]), VEHICLE_GOES_TO_CHARGE);
}

static void be_free(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    int32_t home = run->plant->fleets[vehicle->fleet].home;
    bool unloaded = vehicle->phase == VEHICLE_UNLOADS;
    go_on(run, id, VEHICLE_FREE, 0);
    if (UNLIKELY(unloaded && battery_is_low(run, vehicle))) go_to_charge(run, id);
    vehicles_wanted(run, vehicle->fleet);
    if (vehicle->phase != VEHICLE_FREE || home == NOBODY || home == vehicle->spot) return;
    if (battery_takes_home(run, vehicle))
        drive_empty(run, id, home, VEHICLE_GOES_HOME);
    else
        go_to_charge(run, id);
}

static void load(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    struct fleet_state *state = &run->fleets[vehicle->fleet];
    const struct way *way = &run->plant->ways[vehicle->way];
    run->ways[vehicle->way].coming--;
    /* another has taken all of it, or nothing may leave */
    if (run->ways[vehicle->way].first == NOBODY || way_is_closed(run, vehicle->way)) {
        be_free(run, id);
        return;
    }
    int64_t size;
    vehicle->trip = way_load(run, vehicle->way, &size);
    state->trips++;
    state->carried += (double)size;
    state->room += way->load == INT64_MAX ? 0 : (double)way->load;
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    go_on(
        run, id, VEHICLE_LOADS,
        drawn(run, vehicle->fleet, &run->settings.fleets[vehicle->fleet].load, fleet->load_stream));
}

static void carry(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    const struct way *way = &run->plant->ways[vehicle->way];
    double speed = run->plant->fleets[vehicle->fleet].speed;
    tick time =
        way->timed ? way_time(run, vehicle->way, vehicle->trip) : law_round(way->distance / speed);
    drive(run, vehicle, way->distance);
    vehicle->spot = run->plant->lanes[way->lane].to;
    go_on(run, id, VEHICLE_CARRIES, time);
}

void vehicle_event(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    switch (vehicle->phase) {
    case VEHICLE_COMES: load(run, id); break;
    case VEHICLE_LOADS: carry(run, id); break;
    case VEHICLE_CARRIES:
        go_on(run, id, VEHICLE_UNLOADS,
              drawn(run, vehicle->fleet, &run->settings.fleets[vehicle->fleet].unload,
                    fleet->unload_stream));
        break;
    case VEHICLE_UNLOADS:
        run->fleets[vehicle->fleet].number++;
        trip_event(run, vehicle->trip);
        be_free(run, id);
        break;
    case VEHICLE_GOES_TO_CHARGE: go_on(run, id, VEHICLE_CHARGES, battery_charges(run, id)); break;
    case VEHICLE_GOES_HOME:
    case VEHICLE_CHARGES: be_free(run, id); break;
    case VEHICLE_FREE: CHECK(false);
    }
}

/* ---- who goes where ---- */
struct match {
    int32_t vehicle, way;
    double distance;
    tick since;
};

static bool wants(const struct run *run, int32_t fleet, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    const struct way_state *state = &run->ways[id];
    if (way->by != fleet || state->first == NOBODY || way_is_closed(run, id)) return false;
    return state->coming < (way->load == INT64_MAX ? 1 : (state->size + way->load - 1) / way->load);
}

static bool better(const struct match *a, const struct match *b, enum vehicle_rule rule) {
    if (b->vehicle == NOBODY) return true;
    if (rule == VEHICLE_OLDEST && a->since != b->since) return a->since < b->since;
    if (a->distance != b->distance) return a->distance < b->distance;
    return a->since < b->since;
}

/* How far the pick-up is: without distances all are as far. */
static double way_to(const struct run *run, const struct vehicle *vehicle, int32_t way) {
    double distance = plant_distance(run->plant, vehicle->spot,
                                     run->plant->lanes[run->plant->ways[way].lane].from);
    return isnan(distance) ? INFINITY : distance;
}

static struct match best_match(const struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    const struct fleet *fleet = &plant->fleets[id];
    struct match best = {NOBODY, NOBODY, 0, 0};
    for (int32_t w = 0; w < plant->way_count; w++) {
        if (!wants(run, id, w)) continue;
        tick since = run->cargos[run->ways[w].first].since;
        for (int32_t v = fleet->first; v < fleet->first + fleet->number; v++) {
            if (run->vehicles[v].phase != VEHICLE_FREE || run->vehicles[v].down) continue;
            if (!battery_reaches(run, &run->vehicles[v], w)) continue;
            struct match match = {v, w, way_to(run, &run->vehicles[v], w), since};
            if (better(&match, &best, fleet->rule)) best = match;
        }
    }
    return best;
}

/* Those that are free, and could do what waits if they were charged. */
static void charge_the_rest(struct run *run, int32_t id) {
    const struct fleet *fleet = &run->plant->fleets[id];
    bool any = false;
    for (int32_t w = 0; w < run->plant->way_count && !any; w++) any = wants(run, id, w);
    for (int32_t v = fleet->first; any && v < fleet->first + fleet->number; v++) {
        const struct vehicle *vehicle = &run->vehicles[v];
        if (vehicle->phase == VEHICLE_FREE && !vehicle->down && !battery_is_full(run, vehicle))
            go_to_charge(run, v);
    }
}

void vehicles_wanted(struct run *run, int32_t fleet) {
    int32_t calendar = run->plant->fleets[fleet].calendar;
    if (calendar != NOBODY && !run->shift_is_open[calendar]) return;
    for (;;) {
        struct match match = best_match(run, fleet);
        if (match.vehicle == NOBODY) break;
        struct vehicle *vehicle = &run->vehicles[match.vehicle];
        vehicle->way = match.way;
        run->ways[match.way].coming++;
        SAY(run, CLASS_COMPLETE, run->plant->fleets[fleet].name, "%d goes to %s",
            match.vehicle - run->plant->fleets[fleet].first + 1, run->plant->ways[match.way].name);
        drive_empty(run, match.vehicle, run->plant->lanes[run->plant->ways[match.way].lane].from,
                    VEHICLE_COMES);
    }
    if (UNLIKELY(run->plant->fleets[fleet].range > 0)) charge_the_rest(run, fleet);
}

void vehicles_shift(struct run *run, int32_t shift, bool open) {
    for (int32_t f = 0; f < run->plant->fleet_count; f++)
        if (open && run->plant->fleets[f].calendar == shift) vehicles_wanted(run, f);
}

/* ---- the beginning, and what is measured ---- */
void vehicles_start(struct run *run) {
    for (int32_t f = 0; f < run->plant->fleet_count; f++) {
        const struct fleet *fleet = &run->plant->fleets[f];
        run->fleets[f] = (struct fleet_state){0};
        for (int32_t v = fleet->first; v < fleet->first + fleet->number; v++)
            run->vehicles[v] = (struct vehicle){.fleet = f,
                                                .spot = fleet->start,
                                                .way = NOBODY,
                                                .trip = NOBODY,
                                                .range = fleet->range};
    }
}

void vehicles_reset(struct run *run) {
    for (int32_t f = 0; f < run->plant->fleet_count; f++) {
        struct fleet_state *state = &run->fleets[f];
        level_reset(&state->busy, run->now);
        level_reset(&state->empty, run->now);
        level_reset(&state->down, run->now);
        level_reset(&state->unmended, run->now);
        level_reset(&state->charging, run->now);
        state->trips = state->moved = state->expense_micro = 0;
        state->carried = state->room = state->driven = 0;
    }
}

/* Every vehicle that comes is counted where it is awaited, those that are busy are, and no battery
 * is empty under way. */
void vehicles_conserved(const struct run *run) {
    int64_t coming = 0, awaited = 0;
    for (int32_t f = 0; f < run->plant->fleet_count; f++) {
        const struct fleet *fleet = &run->plant->fleets[f];
        int64_t busy = 0, down = 0, charging = 0, unmended = 0;
        for (int32_t v = fleet->first; v < fleet->first + fleet->number; v++) {
            busy += vehicle_is_busy(run->vehicles[v].phase);
            charging += run->vehicles[v].phase == VEHICLE_CHARGES;
            CHECK(fleet->range == 0 || run->vehicles[v].range >= -1e-3);
            down += run->vehicles[v].down > 0;
            unmended += run->vehicles[v].unmended;
            CHECK(run->vehicles[v].mended <= run->vehicles[v].down);
            coming += run->vehicles[v].phase == VEHICLE_COMES;
        }
        CHECK(busy == run->fleets[f].busy.now && down == run->fleets[f].down.now);
        CHECK(charging == run->fleets[f].charging.now);
        CHECK(unmended == run->fleets[f].unmended.now && unmended <= down);
    }
    for (int32_t w = 0; w < run->plant->way_count; w++) awaited += run->ways[w].coming;
    CHECK(coming == awaited);
    breakdowns_conserved(run);
}
