/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a machine does when there is no room ahead, other than to wait with the finished part.
 *
 * `before`: it takes a lot in and starts when there is room at the station where the lot will go,
 * which is known by its luck. The place is kept: that station has room for one less until the lot
 * comes. Until then the machine waits among those that are blocked, in the order of their coming.
 *
 * `repeat`: a lot that is done and finds no room is worked again, with work of a new draw, and
 * tries again at its end. Whether there is room is seen when all else of the instant has happened,
 * so what leaves at the very moment makes room. It is counted as done, scrapped or sent elsewhere
 * the first time; what follows is work and nothing else. */
#include "people.h"
#include "quick.h"

/* ---- before ---- */
static bool has_limit(const struct run *run, int32_t station) {
    return run->stations[station].room != INT32_MAX && !run->plant->stations[station].unlimited;
}

/* The same of a stock: the place of the whole lot. */
static bool keep_in_stock(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t stock = lot_stock(run, machine->part), pieces = run->parts[machine->part].pieces;
    if (stock == NOBODY || !room_limited(run, stock)) return true;
    machine->ahead = ahead_of_stock(stock);
    machine->ahead_pieces = pieces;
    machine->waits_ahead = !machine_finds_room(run, id, stock, (int64_t)pieces * 1000);
    if (machine->waits_ahead) {
        machine_stands(run, id);
        if (run->sink) tell_change(run);
        return false;
    }
    room_keep(run, stock, (int64_t)pieces * 1000);
    return true;
}

bool ahead_keep(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t step = route_ahead(run, &run->parts[machine->part]);
    if (step == NOBODY) return keep_in_stock(run, id);
    int32_t station = run->plant->steps[step].station, pool = run->plant->steps[step].pool;
    if (UNLIKELY(run->plant->steps[step].place_count)) {
        int32_t place = place_ahead(run, machine->part, step);
        if (place == NOBODY) {
            machine->ahead = station;
            machine->waits_ahead = true;
            machine_block_pool(run, id, pool);
            if (run->sink) tell_change(run);
            return false;
        }
        station = run->plant->steps[place].station;
    }
    if (machine_makes_room(run, id, &run->plant->steps[step])) return true;
    if (!has_limit(run, station)) {
        if (pool != NOBODY && run->stations[station].room == INT32_MAX) machine->ahead = station;
        return true;
    }
    machine->ahead = station;
    machine->waits_ahead = !floor_room_before(run, station);
    if (machine->waits_ahead) {
        machine_block(run, id, station);
        if (run->sink) tell_change(run);
        return false;
    }
    run->stations[station].room--;
    return true;
}

void ahead_again(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[machine->part];
    part->times[IN_BLOCKED] += run->now - part->since;
    part->since = machine->began = run->now;
    machine->waits_ahead = false;
    machine->ahead = NOBODY;
    work_begin(run, id);
}

void ahead_leave(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t station = machine->ahead;
    machine->ahead = NOBODY;
    if (station < 0) {
        room_keep(run, ahead_of_stock(station), -(int64_t)machine->ahead_pieces * 1000);
        return;
    }
    if (run->stations[station].room != INT32_MAX) run->stations[station].room++;
    floor_retry(run, station);
}

int32_t ahead_kept(const struct run *run, int32_t station) {
    int32_t kept = 0;
    for (int32_t id = 0; id < run->machine_count; id++)
        kept += run->machines[id].ahead == station && !run->machines[id].waits_ahead;
    return kept;
}

/* ---- repeat ---- */
void repeat_wait(struct run *run, int32_t id) {
    (void)id;
    run->repeating = run->pending = true;
}

static tick work_again(const struct run *run, int32_t id) {
    const struct machine *machine = &run->machines[id];
    const struct part *part = &run->parts[machine->part];
    const struct law *law = &run->settings.steps[machine->worked].time;
    uint64_t stream = run->plant->steps[machine->worked].time_stream,
             after = (uint64_t)machine->repeats << 32;
    int32_t draws = law->per == LAW_PER_PIECE ? part->pieces : 1;
    tick sum = 0;
    for (int32_t i = 0; i < draws; i++)
        sum += law_constant(law) ? law_round(law->a)
                                 : work_drawn(run, part, law, stream, after + (uint64_t)i);
    return people_time(sum, own_speed(run, id));
}

/* It is done, or done again, and nothing came of it. */
static void begin_again(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[machine->part];
    const struct station *station = &run->plant->stations[machine->station];
    machine->repeats++;
    tick work = work_again(run, id);
    if (work == 0 || machine->stops) return; /* it stands, blocked, until something changes */
    (void)machine_waits_no_more(run, id);
    part->times[IN_BLOCKED] += run->now - part->since;
    part->since = machine->began = run->now;
    machine->finished = false;
    machine->again = true;
    run->slots[machine->slot].kind = SLOT_AGAIN;
    machine->setup = 0;
    machine->work = work;
    SAY(run, CLASS_COMPLETE, station->name, "machine %d works lot %lld again: %.6g h",
        id - station->machine_first + 1, (long long)part->serial, (double)work / (double)TICK_H);
    if (run->sink) tell_change(run);
    if (station->has_needs) {
        phases_again(run, id);
        return;
    }
    machine_state_set(run, machine, STATE_WORKING);
    machine_go(run, id, work);
}

void repeat_over(struct run *run, int32_t id) {
    run->machines[id].again = false;
    run->slots[run->machines[id].slot].kind = SLOT_MACHINE;
}

void repeat_end(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[machine->part];
    tick stood = run->now - machine->began - machine->work;
    part->times[IN_WORK] += machine->work;
    part->times[IN_REPAIR] += stood;
    part->since = run->now;
    machine->ends = TICK_NEVER;
    repeat_over(run, id);
    machine->finished = true;
    if (run->plant->stations[machine->station].stop_count) failures_count(run, id, 0);
    if (run->sink) tell_change(run);
    moves_push(run, id);
}

void blocking_repeat(struct run *run) {
    run->repeating = false;
    for (int32_t s = 0; s < run->plant->station_count; s++) {
        const struct station *station = &run->plant->stations[s];
        if (station->blocking != BLOCKING_REPEAT) continue;
        for (int32_t id = 0; id < run->machine_count; id++) {
            struct machine *machine = &run->machines[id];
            if (machine->station != s || !machine->finished || machine->part == NOBODY) continue;
            if (machine->stops == 0) begin_again(run, id);
            if (machine->finished && machine->condition != STATE_BLOCKED) {
                machine_state_set(run, machine, STATE_BLOCKED);
                guard_block(run, id);
            }
        }
    }
}
