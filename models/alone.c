/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The straight way: the end of work that is alone in its instant.
 *
 * Nearly all events are: nothing else happens at their tick, nothing is awake and nobody is about
 * to move. What the phases would do then, step by step, is known beforehand: the lot leaves, or
 * stands in the next queue, or starts there on an idle machine, or blocks its own; and its own
 * machine takes the next lot, or falls idle. Here that is done in one go.
 *
 * It is the same to the last bit, and a test runs both ways side by side. So the order of the
 * phases is kept where it can be seen: what moves, moves first, and of two stations that start, the
 * one that comes first in the scenario starts first. Where more than these two would have to be
 * looked at (somebody waits for the room that the lot leaves, a rule of the order book has to
 * answer), the rest is left to phase C, or all of it (`false`). */
#include "quick.h"

/* The lot at hand goes to another station. What becomes of it there? */
enum arrival { LEAVES, STARTS, WAITS, BLOCKS, UNCLEAR };

static inline enum arrival arrival_of(const struct run *run, const struct part *part,
                                      const struct step *step) {
    if (step->next == NOBODY) { /* who ordered it may order again, before the machine starts */
        bool ordered = part->order != NOBODY || run->plant->flows[part->flow].stock != NOBODY;
        return UNLIKELY(ordered) ? UNCLEAR : LEAVES;
    }
    const struct station_state *next = &run->stations[step->next_station];
    if (next->idle_count > 0) return step->flags & STEP_ON_COMMON ? STARTS : UNCLEAR;
    return next->room == INT32_MAX || floor_room_before(run, step->next_station) ? WAITS : BLOCKS;
}

/* The work of the lot on this machine begins: work_begin, where there is neither setup nor stop. */
ALWAYS_INLINE void begin(struct run *run, int32_t id, const struct part *part) {
    struct machine *machine = &run->machines[id];
    machine->work = LIKELY(part->ahead >= 0) ? part->ahead : work_time(run, part, part->step);
    if (machine->state != STATE_WORKING) machine_state_set(run, machine, STATE_WORKING);
    TELL(run, started, id);
    machine->ends = run->now + machine->work;
    run_plan(run, machine->slot, machine->ends, CLASS_COMPLETE);
}

/* A lot that comes in this instant starts on this machine: its wait is nothing. */
ALWAYS_INLINE void start_at_once(struct run *run, int32_t id, int32_t part_id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[part_id];
    struct queue *queue = &run->stations[machine->station].queue;
    part_arrive(run, part);
    tally_add(&queue->wait, 0);
    sketch_add(queue->wait_sketch, 0);
    part->next = NOBODY;
    machine->began = run->now;
    machine->part = part_id;
    begin(run, id, part);
}

static void start_idle(struct run *run, int32_t station, int32_t part_id) {
    int32_t id = run->stations[station].idle_first;
    machine_busy(run, id);
    start_at_once(run, id, part_id);
}

/* The machine has given its lot away and takes another one, if there is any. */
static inline void take_next(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t station_id = machine->station;
    struct station_state *station = &run->stations[station_id];
    if (station->queue.count == 0) {
        int32_t fed = station->feeder == NOBODY ? NOBODY : release_feed(run, station->feeder);
        if (fed == NOBODY)
            machine_rest(run, id);
        else
            start_at_once(run, id, fed);
        return;
    }
    int32_t next = queue_pull(run, station_id, id);
    if (station->queue.length.now < station->queue.length.min)
        station->queue.length.min = station->queue.length.now;
    take_in(run, id, next);
    machine->part = next;
    if (station->room != INT32_MAX) floor_retry(run, station_id);
    if (UNLIKELY(run->plant->steps[run->parts[next].step].flags & STEP_USES))
        machine_wants_parts(run, id);
    else
        begin(run, id, &run->parts[next]);
}

bool machine_ends_alone(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t part_id = machine->part, station_id = machine->station;
    struct part *part = &run->parts[part_id];
    const struct step *step = &run->plant->steps[part->step];
    if (UNLIKELY(!(step->flags & STEP_COMMON))) return false;
    struct station_state *station = &run->stations[station_id];
    enum arrival arrival = arrival_of(run, part, step);
    if (arrival == UNCLEAR || (arrival == STARTS && station->queue.waiters.first != NOBODY))
        return false;
    station->lots++;
    station->pieces += part->pieces;
    part_done(run, part, machine);
    if (step->next <= part->step && arrival != LEAVES) part->visits++;
    part->step = step->next;
    if (arrival == BLOCKS) {
        machine->ends = TICK_NEVER;
        machine->finished = true;
        machine_block(run, id, step->next_station);
        return true;
    }
    machine->part = NOBODY;
    if (arrival == LEAVES)
        part_finish(run, part_id);
    else if (arrival == WAITS)
        queue_push(run, step->next_station, part_id);
    else if (step->next_station <= station_id)
        start_idle(run, step->next_station, part_id);
    take_next(run, id);
    if (arrival == STARTS && step->next_station > station_id)
        start_idle(run, step->next_station, part_id);
    return true;
}
