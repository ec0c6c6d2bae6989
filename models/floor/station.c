/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations start work: the second half of phase C. A station takes the part that its rule puts
 * first onto the machine that has been idle longest; then it draws how long the work takes, and the
 * machine's phase begins. */
#include "quick.h"

/* Work of a batch: what is given a piece, of all pieces; what is given a lot or batch, once, with
 * the luck of the lot of least serial. */
tick work_of_batch(const struct run *run, int32_t first) {
    tick of_pieces = 0;
    const struct part *eldest = NULL;
    for (int32_t id = first; id != NOBODY; id = run->parts[id].next) {
        const struct part *part = &run->parts[id];
        if (run->settings.steps[part->step].time.per == LAW_PER_PIECE)
            of_pieces += work_time(run, part, part->step);
        else if (!eldest || part->serial < eldest->serial)
            eldest = part;
    }
    return of_pieces + (eldest ? work_time(run, eldest, eldest->step) : 0);
}

void machine_material(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    for (int32_t part_id = machine->part; part_id != NOBODY; part_id = run->parts[part_id].next) {
        struct part *part = &run->parts[part_id];
        const struct step *step = &run->plant->steps[part->step];
        if (!part->wants_parts) continue;
        if (!floor_uses(run, part, step, id)) {
            machine_state_set(run, machine, STATE_NO_MATERIAL);
            if (run->plant->reserves) machine_reserves_end(run, machine);
            return;
        }
        part->wants_parts = false;
    }
    for (int32_t part_id = machine->part; part_id != NOBODY; part_id = run->parts[part_id].next) {
        struct part *part = &run->parts[part_id];
        part->times[IN_MATERIAL] += run->now - part->since;
        part->since = run->now;
    }
    machine->began = run->now;
    if (run->plant->reserves) machine_reserves_begin(run, machine);
    work_begin(run, id);
}

/* Each of its lots wants what its step uses. */
void machine_wants_parts(struct run *run, int32_t id) {
    for (int32_t part = run->machines[id].part; part != NOBODY; part = run->parts[part].next)
        run->parts[part].wants_parts = true;
    machine_material(run, id);
}

/* Takes in another lot of a batch, behind LAST. */
static void take_in_with(struct run *run, int32_t id, int32_t last, int32_t more) {
    run->batch_waits[more].came = run->parts[more].since;
    take_in(run, id, more);
    run->parts[last].next = more;
}

/* Takes more parts like the first, as many as go in. Returns the flags of all their steps. */
static uint32_t fill_batch(struct run *run, int32_t id, int32_t first_id) {
    int32_t station = run->machines[id].station;
    const struct station *plan = &run->plant->stations[station];
    const struct part *first = &run->parts[first_id];
    int64_t room = run->settings.steps[first->step].batch_max;
    int64_t size = plan->batch_pieces ? first->pieces : 1;
    int32_t last = first_id;
    uint32_t flags = 0;
    for (int32_t more; room > size &&
                       (more = queue_pull_alike(run, station, id, first, room - size)) != NOBODY;) {
        size += plan->batch_pieces ? run->parts[more].pieces : 1;
        take_in_with(run, id, last, more);
        last = more;
        flags |= run->plant->steps[run->parts[more].step].flags;
    }
    tally_add(&run->stations[station].batch, size);
    return flags;
}

/* The rest of a batch that was chosen before: a list from REST on. */
static uint32_t take_rest(struct run *run, int32_t id, int32_t first, int32_t rest) {
    int32_t station = run->machines[id].station, last = first;
    bool pieces = run->plant->stations[station].batch_pieces;
    int64_t size = pieces ? run->parts[first].pieces : 1;
    uint32_t flags = 0;
    for (int32_t part = rest, next; part != NOBODY; part = next) {
        next = run->parts[part].next;
        size += pieces ? run->parts[part].pieces : 1;
        take_in_with(run, id, last, part);
        last = part;
        flags |= run->plant->steps[run->parts[part].step].flags;
    }
    tally_add(&run->stations[station].batch, size);
    return flags;
}

/* CHOSEN: all lots of its batch are out of the queue, in a list. */
static inline void start_on(struct run *run, int32_t id, int32_t part_id, bool chosen) {
    int32_t station = run->machines[id].station, rest = run->parts[part_id].next;
    const struct station *plan = &run->plant->stations[station];
    if (UNLIKELY(plan->has_batch)) run->batch_waits[part_id].came = run->parts[part_id].since;
    take_in(run, id, part_id);
    if (LIKELY(!plan->pipes)) run->machines[id].part = part_id;
    uint32_t flags = run->plant->steps[run->parts[part_id].step].flags;
    if (UNLIKELY(plan->has_batch)) {
        flags |= chosen ? take_rest(run, id, part_id, rest) : fill_batch(run, id, part_id);
        batch_formed(run, station, part_id);
    }
    if (UNLIKELY(plan->pipes))
        pipe_shut(run, id);
    else
        machine_busy(run, id);
    if (run->stations[station].room != INT32_MAX) floor_retry(run, station);
    if (UNLIKELY(flags & (STEP_LIMITED | STEP_RESERVES | STEP_BINDS)))
        extra_starts(run, part_id, id);
    if (UNLIKELY(plan->pipes)) {
        pipe_take(run, id, part_id);
        return;
    }
    if (UNLIKELY(flags & STEP_TRANSFER)) transfer_begin(run, id);
    bool resumes = UNLIKELY(plan->preempt != NULL) && preempt_resumes(run, part_id);
    if (flags & STEP_USES && !resumes)
        machine_wants_parts(run, id);
    else
        work_begin(run, id);
}

static inline int32_t idle_up(const struct run *run, const struct station_state *station) {
    int32_t id = station->idle_first;
    while (id != NOBODY && UNLIKELY(run->machines[id].stops)) id = run->machines[id].next_idle;
    return id;
}

/* The machine that may begin something, of those that are idle from ID on; NOBODY: none. When it
 * lacks lots for a batch, the station wakes when the oldest has waited long enough. */
static int32_t machine_for_work(struct run *run, int32_t station, int32_t id);

/* What the machine takes: with FIT, all lots of a batch in a list. One that is about to close may
 * leave it to the next. */
static inline int32_t pull_for(struct run *run, int32_t station, int32_t *id, bool *fit) {
    const struct station *plan = &run->plant->stations[station];
    for (;;) {
        *fit = UNLIKELY(plan->calendars) && fit_wanted(run, *id);
        int32_t part = UNLIKELY(*fit) ? fit_pull(run, station, *id) : queue_pull(run, station, *id);
        if (part != NOBODY || !plan->named) return part;
        *id = machine_for_work(run, station, run->machines[*id].next_idle);
        if (*id == NOBODY) return NOBODY;
    }
}

/* Machines that became idle in this instant and did not start again are starved. */
static void starve_fresh(struct run *run, struct station_state *station) {
    for (int32_t id = station->idle_first; id != NOBODY; id = run->machines[id].next_idle)
        machine_state_set(run, &run->machines[id], STATE_STARVED);
    station->fresh_idle = 0;
}

/* Nothing to start: the station falls asleep until a part, a machine or material comes. */
static inline bool fall_asleep(struct run *run, int32_t station) {
    struct station_state *state = &run->stations[station];
    run->awake[station >> 6] &= ~(UINT64_C(1) << (station & 63));
    level_extremes(&state->queue.length); /* the queue as the instant leaves it */
    if (UNLIKELY(run->plant->stations[station].setup_cycles)) setup_turn(run, station);
    if (UNLIKELY(run->plant->stations[station].reserve != NULL))
        reserve_show(run, station);
    else if (state->fresh_idle)
        starve_fresh(run, state);
    return false;
}

/* No machine is idle and up: an unlimited station makes another one for what waits, and a hot lot
 * may interrupt another. */
static int32_t another_machine(struct run *run, int32_t station) {
    const struct station *plan = &run->plant->stations[station];
    if (run->stations[station].queue.count == 0) return NOBODY;
    if (plan->unlimited) return station_new_machine(run, station);
    return UNLIKELY(plan->preempt != NULL) ? preempt_machine(run, station) : NOBODY;
}

/* Nothing waits: a saturated source has another one. */
static bool feed(struct run *run, int32_t station) {
    int32_t feeder = run->plant->stations[station].feeder;
    int32_t part = feeder == NOBODY ? NOBODY : release_feed(run, feeder);
    if (part == NOBODY) return false;
    if (UNLIKELY(run->plant->stations[station].pooled)) place_kept(run, part, station);
    queue_push(run, station, part);
    return true;
}

/* Can anything else start here in this instant? */
static inline bool more_to_start(const struct station_state *state, const struct station *plan) {
    if (state->queue.count > 0)
        return state->idle_count > 0 || plan->unlimited || UNLIKELY(plan->preempt != NULL);
    return state->idle_count > 0 && plan->feeder != NOBODY;
}

bool station_start(struct run *run, int32_t station) {
    struct station_state *state = &run->stations[station];
    const struct station *plan = &run->plant->stations[station];
    int32_t id = idle_up(run, state);
    if (UNLIKELY(id == NOBODY) && (id = another_machine(run, station)) == NOBODY)
        return fall_asleep(run, station);
    if (UNLIKELY(state->queue.count == 0) && !feed(run, station)) return fall_asleep(run, station);
    if (UNLIKELY(plan->has_batch || plan->choosy) &&
        (id = machine_for_work(run, station, id)) == NOBODY)
        return fall_asleep(run, station);
    if (UNLIKELY(plan->reserve != NULL) && !reserve_lets_start(run, station))
        return fall_asleep(run, station);
    bool fit;
    int32_t part = pull_for(run, station, &id, &fit);
    if (UNLIKELY(part == NOBODY)) return fall_asleep(run, station);
    start_on(run, id, part, fit);
    if (!more_to_start(&run->stations[station], plan)) (void)fall_asleep(run, station);
    return true;
}

/* ---- batches, and machines that do not work all that comes ---- */
static bool event_earlier(const struct run *run, int32_t slot, tick at) {
    event_key pending = calendar_pending(&run->calendar, slot);
    return pending != EVENT_NEVER && event_tick(pending) > run->now && event_tick(pending) <= at;
}

void station_wake_for_batch(struct run *run, int32_t station) {
    const struct station *plan = &run->plant->stations[station];
    if (!plan->has_batch) return;
    if (plan->batch_rule == BATCH_LOOK_AHEAD) { /* to look again, should it not come */
        tick comes = batch_next_comes(run, station);
        if (comes != TICK_NEVER) run_plan(run, plan->batch_slot, comes, CLASS_OPEN);
    }
    tick first = TICK_NEVER;
    for (int32_t part = run->stations[station].queue.first; part != NOBODY;
         part = run->parts[part].next) {
        tick wait = run->settings.steps[run->parts[part].step].batch_wait;
        if (wait >= TICK_NEVER - run->parts[part].since) continue;
        tick over = run->parts[part].since + wait;
        if (over > run->now && over < first) first = over; /* else no idle machine works it */
    }
    if (first == TICK_NEVER ||
        (plan->batch_rule == BATCH_LOOK_AHEAD && event_earlier(run, plan->batch_slot, first)))
        return;
    run_plan(run, plan->batch_slot, first, CLASS_OPEN);
}

static int32_t machine_for_work(struct run *run, int32_t station, int32_t id) {
    bool choosy = run->plant->stations[station].choosy;
    for (; id != NOBODY; id = run->machines[id].next_idle) {
        if (run->machines[id].stops) continue;
        if (queue_offers(run, station, id)) return id;
        if (!choosy) break; /* nor to the others */
    }
    station_wake_for_batch(run, station);
    return NOBODY;
}
