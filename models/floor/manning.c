/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicles that people drive.
 *
 * Such a vehicle is *called*: it is to go somewhere, asks for its people as a machine does, and
 * sets out when they are there. They stay until it has unloaded, and if nothing waits for it, until
 * it is at home or where it is charged; then they are free, and it asks anew for the next trip. So
 * a driver is not held by a vehicle that waits, and between trips goes where he was asked for
 * first. They finish the trip when their crew goes home or they would be away, for nobody leaves a
 * vehicle on the road. But while it is broken down they are free, as at a machine that stands (they
 * may be who repairs it), and it waits where it stands for people to go on.
 *
 * The slowest of them sets the pace of driving, loading and unloading. */
#include "../chain/lane.h"
#include "people.h"
#include "quick.h"

static struct need_list needs_of(const struct run *run, int32_t id) {
    return run->plant->fleets[run->vehicles[id].fleet].needs;
}

void vehicle_unmanned(struct run *run, int32_t id, bool unmanned) {
    struct vehicle *vehicle = &run->vehicles[id];
    struct fleet_state *state = &run->fleets[vehicle->fleet];
    int by = unmanned - vehicle->unmanned;
    vehicle->unmanned = unmanned;
    level_change(&state->unmanned, run->now, by);
    if (vehicle_is_busy(vehicle->phase)) level_change(&state->busy, run->now, -by);
    if (vehicle_drives_empty(vehicle->phase)) level_change(&state->empty, run->now, -by);
}

static void ask(struct run *run, int32_t id, tick left) {
    const struct fleet *fleet = &run->plant->fleets[run->vehicles[id].fleet];
    SAY(run, CLASS_COMPLETE, fleet->name, "%d asks for people", id - fleet->first + 1);
    vehicle_unmanned(run, id, true);
    team_ask(run, team_of_vehicle(run, id), fleet->needs, left);
}

/* ---- between trips ---- */
bool vehicle_is_called(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    int32_t team = team_of_vehicle(run, id);
    bool stays =
        vehicle->aim == VEHICLE_GOES_TO_CHARGE && battery_charger(run, vehicle) == vehicle->spot;
    if (vehicle->phase == VEHICLE_CALLED && !stays) return true; /* elsewhere than it was to go */
    if (vehicle->phase == VEHICLE_CALLED) vehicle_is_not_called(run, id);
    if (stays || (team_works(run, team) && vehicle->aim != VEHICLE_COMES)) return false;
    team_leave(run, team);
    vehicle->phase = VEHICLE_CALLED;
    ask(run, id, 0);
    return true;
}

void vehicle_is_not_called(struct run *run, int32_t id) {
    vehicle_unmanned(run, id, false);
    run->vehicles[id].phase = VEHICLE_FREE;
    team_leave(run, team_of_vehicle(run, id));
}

void vehicle_left_alone(struct run *run, int32_t id) {
    enum vehicle_phase phase = run->vehicles[id].phase;
    int32_t team = team_of_vehicle(run, id);
    if ((phase == VEHICLE_FREE || phase == VEHICLE_CHARGES) && team_works(run, team))
        team_leave(run, team);
}

/* ---- who comes ---- */
void vehicle_staffed(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    const struct fleet *fleet = &run->plant->fleets[vehicle->fleet];
    vehicle_unmanned(run, id, false);
    SAY(run, CLASS_COMPLETE, fleet->name, "%d is driven", id - fleet->first + 1);
    if (vehicle->phase == VEHICLE_CALLED) {
        vehicle_sets_out(run, id);
        return;
    }
    breakdowns_work(run, id, true);
    run_plan(run, run->plant->vehicle_slot + id, run->now + vehicle_time(run, id, vehicle->left),
             CLASS_RECEIVE);
}

void vehicle_deserted(struct run *run, int32_t id) {
    int32_t team = team_of_vehicle(run, id);
    CHECK(team_comes(run, team));
    team_leave(run, team);
    team_ask(run, team, needs_of(run, id), run->teams[team].left);
}

tick vehicle_time(const struct run *run, int32_t id, tick by_the_book) {
    if (!vehicle_is_busy(run->vehicles[id].phase)) return by_the_book; /* it is charged */
    return people_time(by_the_book, run->teams[team_of_vehicle(run, id)].speed);
}

/* ---- on the road ---- */
void vehicle_stands(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    int32_t team = team_of_vehicle(run, id);
    if (vehicle->unmanned)
        vehicle_unmanned(run, id, false);
    else if (team_works(run, team))
        vehicle->left = (tick)((double)vehicle->left * run->teams[team].speed + 0.5);
    team_leave(run, team);
}

void vehicle_waits_to_go_on(struct run *run, int32_t id) {
    ask(run, id, run->vehicles[id].left);
}

/* It is driven by people who work, waits for them, or has nothing to do with them. */
void manning_conserved(const struct run *run, int32_t id) {
    const struct vehicle *vehicle = &run->vehicles[id];
    CHECK(vehicle->phase != VEHICLE_CALLED || vehicle->unmanned);
    CHECK(!vehicle->unmanned || !vehicle->down);
    if (needs_of(run, id).count == 0) {
        CHECK(!vehicle->unmanned);
        return;
    }
    int32_t team = team_of_vehicle(run, id);
    bool driven = vehicle_is_busy(vehicle->phase) && !vehicle->down && !vehicle->unmanned;
    CHECK(vehicle->unmanned == team_waits(run, team));
    CHECK(driven == team_works(run, team));
}
