/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See vehicle.h. */
#include "../chain/lane.h"
#include "people.h"
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
static void go_on(struct run *run, int32_t id, enum vehicle_phase phase, tick time) {
    struct vehicle *vehicle = &run->vehicles[id];
    struct fleet_state *state = &run->fleets[vehicle->fleet];
    bool was_empty = vehicle_drives_empty(vehicle->phase), is_empty = vehicle_drives_empty(phase);
    bool was_busy = vehicle_is_busy(vehicle->phase), is_busy = vehicle_is_busy(phase);
    bool charged = vehicle->phase == VEHICLE_CHARGES, charges = phase == VEHICLE_CHARGES;
    if (charged != charges) level_change(&state->charging, run->now, charges - charged);
    if (was_empty != is_empty) level_change(&state->empty, run->now, is_empty - was_empty);
    if (was_busy != is_busy) level_change(&state->busy, run->now, is_busy - was_busy);
    if (was_busy != is_busy) breakdowns_work(run, id, is_busy);
    vehicle->phase = phase;
    if (phase == VEHICLE_FREE) return;
    if (UNLIKELY(run->plant->fleets[vehicle->fleet].needs.count))
        time = vehicle_time(run, id, time);
    run_plan(run, run->plant->vehicle_slot + id, run->now + time, CLASS_RECEIVE);
}

static void drive_empty(struct run *run, int32_t id, int32_t to, enum vehicle_phase phase) {
    struct vehicle *vehicle = &run->vehicles[id];
    tick time = empty_time(run, vehicle->fleet, vehicle->spot, to);
    drive(run, vehicle, plant_distance(run->plant, vehicle->spot, to));
    vehicle->spot = to;
    go_on(run, id, phase, time);
}

static int32_t place_of(const struct run *run, const struct vehicle *vehicle,
                        enum vehicle_phase aim) {
    const struct plant *plant = run->plant;
    if (aim == VEHICLE_GOES_HOME) return plant->fleets[vehicle->fleet].home;
    if (aim == VEHICLE_GOES_TO_CHARGE) return battery_charger(run, vehicle);
    return plant->lanes[plant->ways[vehicle->way].lane].from;
}

void vehicle_sets_out(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    drive_empty(run, id, place_of(run, vehicle, vehicle->aim), vehicle->aim);
}

/* It sets out, at once or when who drives it has come. */
static void send(struct run *run, int32_t id, enum vehicle_phase aim) {
    struct vehicle *vehicle = &run->vehicles[id];
    vehicle->aim = aim;
    if (UNLIKELY(run->plant->fleets[vehicle->fleet].needs.count) && vehicle_is_called(run, id))
        return;
    vehicle_sets_out(run, id);
}

static void go_to_charge(struct run *run, int32_t id) {
    SAY(run, CLASS_COMPLETE, run->plant->fleets[run->vehicles[id].fleet].name,
        "%d goes to be charged", id - run->plant->fleets[run->vehicles[id].fleet].first + 1);
    send(run, id, VEHICLE_GOES_TO_CHARGE);
}

/* When nothing waits for it. */
void vehicle_goes_home(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    int32_t home = run->plant->fleets[vehicle->fleet].home;
    if (vehicle->phase != VEHICLE_FREE || vehicle->down) return;
    if (home == NOBODY || home == vehicle->spot) return;
    if (battery_takes_home(run, vehicle))
        send(run, id, VEHICLE_GOES_HOME);
    else
        go_to_charge(run, id);
}

static void be_free(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    bool unloaded = vehicle->phase == VEHICLE_UNLOADS;
    go_on(run, id, VEHICLE_FREE, 0);
    if (UNLIKELY(unloaded && battery_is_low(run, vehicle))) go_to_charge(run, id);
    vehicles_wanted(run, vehicle->fleet);
    vehicle_goes_home(run, id);
}

static void load(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    struct fleet_state *state = &run->fleets[vehicle->fleet];
    const struct way *way = &run->plant->ways[vehicle->way];
    run->ways[vehicle->way].coming--;
    /* another has taken all of it, or nothing may leave */
    if (run->ways[vehicle->way].first == NOBODY || !way_is_open(run, vehicle->way)) {
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
    vehicles_unwanted(run, vehicle->fleet);
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

static void phase_ends(struct run *run, int32_t id) {
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
    case VEHICLE_FREE:
    case VEHICLE_CALLED: CHECK(false);
    }
}

void vehicle_event(struct run *run, int32_t id) {
    if (LIKELY(run->plant->fleets[run->vehicles[id].fleet].needs.count == 0)) {
        phase_ends(run, id);
        return;
    }
    if (team_comes(run, team_of_vehicle(run, id)))
        team_arrives(run, team_of_vehicle(run, id));
    else
        phase_ends(run, id);
    vehicle_left_alone(run, id);
}

/* ---- who goes where ---- */
struct match {
    int32_t vehicle, way;
    double distance;
    tick since;
};

/* How many vehicles could leave now with what waits. */
static int64_t loads(const struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    const struct way_state *state = &run->ways[id];
    if (state->first == NOBODY || !way_is_open(run, id)) return 0;
    return way->load == INT64_MAX ? 1 : (state->size + way->load - 1) / way->load;
}

static bool wants(const struct run *run, int32_t fleet, int32_t id) {
    return run->plant->ways[id].by == fleet && run->ways[id].coming < loads(run, id);
}

/* It is free, or only waits for who drives it home. */
static bool may_be_sent(const struct vehicle *vehicle) {
    if (vehicle->down) return false;
    return vehicle->phase == VEHICLE_FREE ||
           (vehicle->phase == VEHICLE_CALLED && vehicle->aim == VEHICLE_GOES_HOME);
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
            if (!may_be_sent(&run->vehicles[v])) continue;
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
        if (may_be_sent(vehicle) && !battery_is_full(run, vehicle)) go_to_charge(run, v);
    }
}

static bool is_open(const struct run *run, int32_t fleet) {
    int32_t calendar = run->plant->fleets[fleet].calendar;
    return calendar == NOBODY || run->shift_is_open[calendar];
}

void vehicles_wanted(struct run *run, int32_t fleet) {
    if (!is_open(run, fleet)) return;
    for (;;) {
        struct match match = best_match(run, fleet);
        if (match.vehicle == NOBODY) break;
        struct vehicle *vehicle = &run->vehicles[match.vehicle];
        vehicle->way = match.way;
        run->ways[match.way].coming++;
        SAY(run, CLASS_COMPLETE, run->plant->fleets[fleet].name, "%d goes to %s",
            match.vehicle - run->plant->fleets[fleet].first + 1, run->plant->ways[match.way].name);
        send(run, match.vehicle, VEHICLE_COMES);
    }
    if (UNLIKELY(run->plant->fleets[fleet].range > 0)) charge_the_rest(run, fleet);
}

/* ---- who is called in vain ---- */
void vehicle_is_given_up(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    if (vehicle->aim == VEHICLE_COMES) run->ways[vehicle->way].coming--;
    vehicle_is_not_called(run, id);
}

/* Of those that wait for people, to fetch something there, the one that was called last. */
static int32_t called_last(const struct run *run, int32_t id, int32_t way) {
    const struct fleet *fleet = &run->plant->fleets[id];
    int32_t last = NOBODY;
    tick since = 0;
    for (int32_t v = fleet->first; v < fleet->first + fleet->number; v++) {
        const struct vehicle *vehicle = &run->vehicles[v];
        tick asked = run->teams[team_of_vehicle(run, v)].since;
        if (vehicle->phase != VEHICLE_CALLED || vehicle->aim != VEHICLE_COMES) continue;
        if (vehicle->way != way || (last != NOBODY && asked < since)) continue;
        last = v;
        since = asked;
    }
    return last;
}

void vehicles_unwanted(struct run *run, int32_t id) {
    const struct fleet *fleet = &run->plant->fleets[id];
    bool any = false;
    if (LIKELY(fleet->needs.count == 0)) return;
    for (int32_t w = 0; w < run->plant->way_count; w++) {
        int64_t wanted = run->plant->ways[w].by == id && is_open(run, id) ? loads(run, w) : 0;
        int32_t last = NOBODY;
        while (run->plant->ways[w].by == id && run->ways[w].coming > wanted &&
               (last = called_last(run, id, w)) != NOBODY) {
            vehicle_is_given_up(run, last);
            any = true;
        }
    }
    if (!any) return;
    vehicles_wanted(run, id);
    for (int32_t v = fleet->first; v < fleet->first + fleet->number; v++) vehicle_goes_home(run, v);
}

void vehicles_shift(struct run *run, int32_t shift, bool open) {
    for (int32_t f = 0; f < run->plant->fleet_count; f++)
        if (run->plant->fleets[f].calendar == shift)
            (open ? vehicles_wanted : vehicles_unwanted)(run, f);
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
        level_reset(&state->unmanned, run->now);
        state->trips = state->moved = state->expense_micro = 0;
        state->carried = state->room = state->driven = 0;
    }
}

/* Every vehicle that comes is counted where it is awaited, those that are busy are, they are in one
 * state each, and no battery is empty under way. */
void vehicles_conserved(const struct run *run) {
    int64_t coming = 0, awaited = 0;
    for (int32_t f = 0; f < run->plant->fleet_count; f++) {
        const struct fleet *fleet = &run->plant->fleets[f];
        int64_t busy = 0, down = 0, charging = 0, unmended = 0, unmanned = 0;
        for (int32_t v = fleet->first; v < fleet->first + fleet->number; v++) {
            busy += vehicle_is_busy(run->vehicles[v].phase) && !run->vehicles[v].unmanned;
            unmanned += run->vehicles[v].unmanned;
            manning_conserved(run, v);
            charging += run->vehicles[v].phase == VEHICLE_CHARGES;
            CHECK(fleet->range == 0 || run->vehicles[v].range >= -1e-3);
            down += run->vehicles[v].down > 0;
            unmended += run->vehicles[v].unmended;
            CHECK(run->vehicles[v].mended <= run->vehicles[v].down);
            coming +=
                run->vehicles[v].phase == VEHICLE_COMES ||
                (run->vehicles[v].phase == VEHICLE_CALLED && run->vehicles[v].aim == VEHICLE_COMES);
        }
        CHECK(busy == run->fleets[f].busy.now && down == run->fleets[f].down.now);
        CHECK(charging == run->fleets[f].charging.now);
        CHECK(unmanned == run->fleets[f].unmanned.now);
        CHECK(busy + charging + unmanned <= fleet->number);
        CHECK(unmended == run->fleets[f].unmended.now && unmended <= down);
    }
    for (int32_t w = 0; w < run->plant->way_count; w++) awaited += run->ways[w].coming;
    CHECK(coming == awaited);
    breakdowns_conserved(run);
}
