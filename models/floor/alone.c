/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The straight way: the end of work that is alone in its instant.
 *
 * Nearly all events are: nothing else happens at their tick, nothing is awake and nobody is about
 * to move. What the phases would do then, step by step, is known beforehand: the lot leaves, or
 * stands in the next queue, or starts there on an idle machine, or blocks its own; and its own
 * machine takes the next lot, or falls idle. Here that is done in one go.
 *
 * It is the same to the last bit, and a test runs both ways side by side. So the order of the
 * phases is kept where it can be seen: of several stations that start, the one that comes first in
 * the scenario starts first. Where it is not so simple (a rule of the order book has to answer, a
 * waiting lot could overtake) nothing is done here, and the phases do it. */
#include "quick.h"

enum { CHAIN_MOST = 64 }; /* blocked machines that let go one after the other */

/* The lot at hand goes to another station. What becomes of it there? */
enum arrival { LEAVES, STARTS, WAITS, BLOCKS, UNCLEAR };

static inline enum arrival arrival_of(const struct run *run, const struct part *part,
                                      const struct step *step) {
    if (step->next == NOBODY) { /* who ordered it may order again, before the machine starts */
        bool ordered = part->order != NOBODY || run->plant->flows[part->flow].ordered;
        return UNLIKELY(ordered) ? UNCLEAR : LEAVES;
    }
    const struct station_state *next = &run->stations[step->next_station];
    if (next->idle_count > 0) return step->flags & STEP_ON_COMMON ? STARTS : UNCLEAR;
    bool room = next->room == INT32_MAX || next->queue.count < next->room;
    if (room || floor_room_before(run, step->next_station)) return WAITS;
    return step->next_station == step->station ? UNCLEAR : BLOCKS;
}

/* A lot that has come in this instant is taken onto this machine: its wait is nothing. */
ALWAYS_INLINE void take_in_at_once(struct run *run, int32_t id, int32_t part_id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[part_id];
    struct queue *queue = &run->stations[machine->station].queue;
    tally_add(&queue->wait, 0);
    sketch_add(queue->wait_sketch, 0);
    part->next = NOBODY;
    machine->began = run->now;
    machine->part = part_id;
}

/* The work of the lot on the machine begins: work_begin, where there is neither setup nor stop. */
ALWAYS_INLINE void begin(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    const struct part *part = &run->parts[machine->part];
    if (UNLIKELY(run->plant->steps[part->step].flags & STEP_USES)) {
        machine_wants_parts(run, id);
        return;
    }
    machine->work = LIKELY(part->ahead >= 0) ? part->ahead : work_time(run, part, part->step);
    if (machine->state != STATE_WORKING) machine_state_set(run, machine, STATE_WORKING);
    TELL(run, started, id);
    machine->ends = run->now + machine->work;
    run_plan(run, machine->slot, machine->ends, CLASS_COMPLETE);
}

static void start_idle(struct run *run, int32_t station, int32_t part_id) {
    int32_t id = run->stations[station].idle_first;
    machine_busy(run, id);
    take_in_at_once(run, id, part_id);
    begin(run, id);
}

/* The machine has given its lot away and takes the next one in. False: there is none. */
ALWAYS_INLINE bool take_next(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct station_state *station = &run->stations[machine->station];
    struct queue *queue = &station->queue;
    if (queue->count == 0) {
        int32_t fed = station->feeder == NOBODY ? NOBODY : release_feed(run, station->feeder);
        if (fed == NOBODY) {
            machine_rest(run, id);
            return false;
        }
        part_arrive(run, &run->parts[fed]);
        take_in_at_once(run, id, fed);
        return true;
    }
    int32_t next = queue_pull(run, machine->station, id);
    take_in(run, id, next);
    machine->part = next;
    return true;
}

/* Who waits for room before STATION, and for room behind him, and so on: are they all machines at
 * ordinary stations, each before the one that it feeds, so that phase C would start the last of
 * them first? A lot that comes in must not overtake, because the next one is taken before. At the
 * end there may be a door: what comes from it starts nothing. */
static bool chain_is_straight(const struct run *run, int32_t station) {
    for (int32_t links = 0; links < CHAIN_MOST; links++) {
        const struct queue *queue = &run->stations[station].queue;
        int32_t waiter = queue->waiters.first;
        if (waiter == NOBODY) return true;
        if (queue->count == 0 || queue->mode != QUEUE_LIST) return false;
        if (waiter < 0) return true;
        int32_t before = run->machines[waiter].station;
        if (before >= station || !run->stations[before].ordinary) return false;
        station = before;
    }
    return false;
}

/* A place before STATION is free: the first blocked machine puts its lot there and takes the next,
 * which frees a place before its own station. The chain is straight. */
static void let_machine_in(struct run *run, int32_t station, int32_t id);

static inline void let_in(struct run *run, int32_t station) {
    struct queue *queue = &run->stations[station].queue;
    int32_t waiter = queue->waiters.first;
    if (UNLIKELY(waiter != NOBODY) && queue->count < run->stations[station].room) {
        if (waiter >= 0)
            let_machine_in(run, station, waiter);
        else { /* a door */
            floor_retry(run, station);
            station_wake(run, station);
        }
    }
    if (!run->pending && queue->length.now < queue->length.min) /* as the instant leaves it */
        queue->length.min = queue->length.now;
}

static void let_machine_in(struct run *run, int32_t station, int32_t id) {
    struct queue *queue = &run->stations[station].queue;
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[machine->part];
    queue->waiters.first = machine->next_waiter;
    part->times[IN_BLOCKED] += run->now - part->since;
    machine->finished = false;
    queue_push(run, station, machine->part);
    machine->part = NOBODY;
    if (take_next(run, id)) {
        let_in(run, machine->station);
        begin(run, id);
    }
}

bool machine_ends_alone(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t part_id = machine->part, station_id = machine->station;
    struct part *part = &run->parts[part_id];
    const struct step *step = &run->plant->steps[part->step];
    if (UNLIKELY(!(step->flags & STEP_COMMON))) return false;
    struct station_state *station = &run->stations[station_id];
    enum arrival arrival = arrival_of(run, part, step);
    bool before = arrival == STARTS && step->next_station <= station_id;
    if (arrival == UNCLEAR) return false;
    if (arrival != BLOCKS && station->queue.waiters.first != NOBODY &&
        (before || !chain_is_straight(run, station_id)))
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
    else
        part_arrive(run, part);
    if (before) start_idle(run, step->next_station, part_id);
    if (take_next(run, id)) {
        let_in(run, station_id);
        begin(run, id);
    }
    if (arrival == STARTS && !before) start_idle(run, step->next_station, part_id);
    return true;
}
