/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that every event takes, inline: parts come and go, wait and are taken, machines change
 * state. What is rare stands in the .c files; here is only the way that nearly all go. */
#ifndef TAKT_MODELS_FLOOR_QUICK_H
#define TAKT_MODELS_FLOOR_QUICK_H

#include "floor.h"

/* Where a call would cost as much as what is called. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define LIKELY(CONDITION)   __builtin_expect(!!(CONDITION), 1)
#define UNLIKELY(CONDITION) __builtin_expect(!!(CONDITION), 0)

/* ---- the pool of parts ---- */
static inline int32_t part_take(struct run *run) {
    int32_t id = run->part_free;
    if (UNLIKELY(id == NOBODY)) return part_take_new(run);
    run->part_free = run->parts[id].next;
    return id;
}

static inline void part_give(struct run *run, int32_t part) {
    if (UNLIKELY(run->extras != NULL)) extra_clear(run, part);
    run->parts[part].next = run->part_free;
    run->part_free = part;
}

/* A new part of this flow, not yet on the floor. */
ALWAYS_INLINE int32_t part_make(struct run *run, int32_t flow, uint64_t luck, int32_t pieces) {
    int32_t id = part_take(run);
    struct part *part = &run->parts[id];
    part->next = NOBODY;
    part->step = run->plant->flows[flow].first_step;
    part->since = part->born = run->now;
    part->ahead = -1;
    part->luck = luck;
    part->serial = run->serial++;
    part->due = TICK_NEVER;
    part->flow = flow;
    part->pieces = pieces;
    part->priority = 0;
    part->order = NOBODY;
    part->cards = NOBODY;
    part->visits = part->reworks = 0;
    part->is_short = part->wants_parts = false;
    part->has_waited = 0;
    for (int32_t i = 0; i < IN_PEOPLE; i++) part->times[i] = 0;
    return id;
}

/* Comes onto the floor: counts as work in process from now on. */
static inline void part_release(struct run *run, struct part *part) {
    const struct flow *flow = &run->plant->flows[part->flow];
    part->born = part->since = run->now;
    run->released++;
    for (int32_t i = 0; i < flow->wip_count; i++) level_up(&run->wips[flow->wips[i]], run->now);
}

/* ---- the end of a part ---- */
/* Takes the part out of the work in process. */
ALWAYS_INLINE void part_leave(struct run *run, const struct part *part) {
    const struct flow *flow = &run->plant->flows[part->flow];
    for (int32_t i = 0; i < flow->wip_count; i++) level_down(&run->wips[flow->wips[i]], run->now);
    run->makespan = run->now;
}

ALWAYS_INLINE void part_measure(struct run *run, const struct part *part) {
    struct flow_state *flow = &run->flows[part->flow];
    tick cycle = run->now - part->born;
    tally_add(&flow->cycle, cycle);
    sketch_add(flow->cycle_sketch, cycle);
    tally_add(&flow->times[IN_QUEUE], part->times[IN_QUEUE]);
    tally_add(&flow->times[IN_WORK], part->times[IN_WORK]);
    if (part->times[IN_SETUP] | part->times[IN_BLOCKED] | part->times[IN_REPAIR] |
        part->times[IN_MATERIAL] | part->has_waited)
        part_measure_rare_times(run, flow, part);
    flow->pieces += part->pieces;
    if (part->reworks == 0 && !part->is_short) flow->first_pass++;
    if (part->due != TICK_NEVER) part_measure_due(run, flow, part);
}

/* Has done its route: to whoever ordered it, or out. */
ALWAYS_INLINE void part_finish(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    TELL(run, left, part);
    part_leave(run, part);
    part_measure(run, part);
    run->finished++;
    bool ordered = part->order != NOBODY || run->plant->flows[part->flow].ordered;
    if (UNLIKELY(ordered))
        part_deliver(run, id);
    else
        part_give(run, id);
}

/* ---- work ---- */
static inline void part_done(struct run *run, struct part *part, const struct machine *machine) {
    TELL(run, ended, machine, part);
    tick stood = run->now - machine->began - machine->setup - machine->work;
    part->times[IN_WORK] += machine->work;
    if (machine->setup) part->times[IN_SETUP] += machine->setup;
    if (stood) part->times[IN_REPAIR] += stood;
    part->since = run->now;
}

/* A law of work for the lot: drawn once, or once for each piece and added. */
static inline tick work_of_lot(const struct run *run, const struct part *part,
                               const struct law *law, uint64_t stream) {
    if (UNLIKELY(law->per == LAW_PER_PIECE)) return work_of_pieces(run, part, law, stream);
    if (law_constant(law)) return law_round(law->a);
    return work_drawn(run, part, law, stream, (uint64_t)part_first_piece(run, part));
}

/* Work of a lot at a step, without load and unload. */
static inline tick work_at(const struct run *run, const struct part *part, int32_t at) {
    const struct law *law = &run->settings.steps[at].time;
    if (UNLIKELY(law->per == LAW_PER_PIECE))
        return work_of_pieces(run, part, law, run->plant->steps[at].time_stream);
    if (law_constant(law)) return law_round(law->a);
    if (law->kind == LAW_EXPONENTIAL) { /* jobs that follow each other share a block of words */
        uint64_t word =
            quartet_word(&run->quartets[at], part->luck, part->visits, run->replication);
        double value;
        if (LIKELY(ziggurat_exponential_at_once(word, &value))) return law_round(law->a * value);
    }
    return work_drawn_at(run, part, at);
}

/* Load, work and unload of a lot at a step. */
static inline tick work_time(const struct run *run, const struct part *part, int32_t at) {
    if (UNLIKELY(run->plant->steps[at].flags & (STEP_PHASES | STEP_EXTRA)))
        return work_in_full(run, part, at);
    return work_at(run, part, at);
}

/* ---- queues ---- */
/* A part comes to a station. Work that depends on nothing but the part is drawn now, when nobody
 * waits for the numbers. */
ALWAYS_INLINE void part_arrive(struct run *run, struct part *part) {
    TELL(run, queued, part);
    part->since = run->now;
    part->ahead =
        run->plant->steps[part->step].flags & STEP_AHEAD ? work_at(run, part, part->step) : -1;
}

/* It comes to wait. */
ALWAYS_INLINE void queue_push(struct run *run, int32_t station, int32_t id) {
    struct queue *queue = &run->stations[station].queue;
    struct part *part = &run->parts[id];
    int32_t last = queue->last;
    part_arrive(run, part);
    if (LIKELY(queue->appends && (last == NOBODY || run->parts[last].since != run->now))) {
        part->next = NOBODY;
        if (last == NOBODY)
            queue->first = id;
        else
            run->parts[last].next = id;
        queue->last = id;
    } else
        queue_push_ruled(run, station, id);
    queue->count++;
    queue->length.now++;
    queue->length.moment += run->now;
    if (run->alone && run->stations[station].idle_count == 0 && !queue->always_wakes) {
        if (queue->length.now > queue->length.max) queue->length.max = queue->length.now;
    } else
        station_wake(run, station); /* there its largest length is taken */
}

/* Takes the part that goes next on this machine. The queue is not empty. */
static inline int32_t queue_pull(struct run *run, int32_t station, int32_t machine) {
    struct queue *queue = &run->stations[station].queue;
    int32_t part = queue->first;
    if (LIKELY(queue->gives_first)) {
        queue->first = run->parts[part].next;
        if (queue->first == NOBODY) queue->last = NOBODY;
    } else
        part = queue_pull_ruled(run, station, machine);
    queue->count--;
    queue->length.now--;
    queue->length.moment -= run->now;
    return part;
}

/* May a lot come before this station? */
static inline bool floor_has_room(const struct run *run, int32_t station) {
    return run->stations[station].room == INT32_MAX || floor_room_before(run, station);
}

/* ---- moves ---- */
/* Tries this waiter in phase C. There is room: each waiter is in one list only. */
static inline void moves_push(struct run *run, int32_t waiter) {
    struct moves *moves = &run->moves;
    moves->list[moves->last] = waiter;
    moves->last = moves->last + 1 == moves->room ? 0 : moves->last + 1;
    run->pending = true;
}

/* A new part comes: straight to its first queue if nothing can keep it, else to this door. */
ALWAYS_INLINE void floor_bring(struct run *run, int32_t door, int32_t id) {
    struct part *part = &run->parts[id];
    int32_t station = run->plant->steps[part->step].station;
    if (LIKELY(run->plant->flows[part->flow].enters_freely &&
               run->stations[station].room == INT32_MAX && run->doors[door].count == 0)) {
        part_release(run, part);
        TELL(run, released, part);
        queue_push(run, station, id);
    } else
        door_push(run, door, id);
}

/* What the order with this number is for. */
static inline int32_t source_flow(const struct run *run, int32_t id, int64_t number) {
    const struct source *source = &run->plant->sources[id];
    return source->share_count == 1 ? source->flow_first : source_flow_drawn(run, id, number);
}

/* ---- states of machines ---- */
static inline void machine_state_update(struct run *run, struct machine *machine) {
    enum machine_state state = machine->condition;
    if (UNLIKELY(machine->stops)) state = machine_stopped(run, machine);
    if (state == machine->state) return;
    if (UNLIKELY(run->watches_states)) machine_state_watched(run, machine, state);
    struct station_state *station = &run->stations[machine->station];
    station->in_state[machine->state]--;
    clock_leave(&station->moment[machine->state], run->now);
    station->in_state[state]++;
    clock_enter(&station->moment[state], run->now);
    machine->state = (uint8_t)state;
}

static inline void machine_state_set(struct run *run, struct machine *machine,
                                     enum machine_state condition) {
    machine->condition = (uint8_t)condition;
    machine_state_update(run, machine);
}

/* ---- machines ---- */
/* It is taken for work: no longer idle. */
static inline void machine_busy(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct station_state *station = &run->stations[machine->station];
    if (LIKELY(station->idle_first == id)) {
        station->idle_first = machine->next_idle;
        if (station->idle_last == id) station->idle_last = NOBODY;
    } else
        machine_busy_behind(run, id);
    station->idle_count--;
    station->open_idle -= !(machine->stops & STOPS_AWAY);
}

/* The phase at hand takes so long; it stands while something stops the machine. */
static inline void machine_go(struct run *run, int32_t id, tick left) {
    struct machine *machine = &run->machines[id];
    if (UNLIKELY(machine->stops)) {
        machine->left = left;
        machine->ends = TICK_NEVER;
        return;
    }
    machine->ends = run->now + left;
    run_plan(run, machine->slot, machine->ends, CLASS_COMPLETE);
    if (UNLIKELY(run->plant->stations[machine->station].busy_stops) && !machine->in_setup)
        failures_resume(run, id);
}

/* The part leaves the queue and comes onto the machine. */
static inline void take_in(struct run *run, int32_t id, int32_t part_id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[part_id];
    struct queue *queue = &run->stations[machine->station].queue;
    tick wait = run->now - part->since;
    tally_add(&queue->wait, wait);
    sketch_add(queue->wait_sketch, wait);
    part->times[IN_QUEUE] += wait;
    part->since = run->now;
    part->next = NOBODY;
    machine->began = run->now;
}

/* What is on the machine is worked: its phases begin. */
static inline void work_begin(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    const struct part *part = &run->parts[machine->part];
    const struct station *plan = &run->plant->stations[machine->station];
    machine->work = LIKELY(part->ahead >= 0) ? part->ahead
                    : plan->has_batch        ? work_of_batch(run, machine->part)
                                             : work_time(run, part, part->step);
    if (UNLIKELY(plan->prepares) && machine_prepares(run, id)) return;
    machine_state_set(run, machine, STATE_WORKING);
    TELL(run, started, id);
    machine_go(run, id, machine->work);
}

#endif
