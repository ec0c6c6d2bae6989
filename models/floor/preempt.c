/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots that do not wait for their turn: those that interrupt (`preempt`), and those that a machine
 * waits for (`reserve`).
 *
 * A lot for which `preempt` holds interrupts, when no machine is free, the work or setup of a lot
 * of lower priority: of the lowest, and of several the one that came onto its machine last. What is
 * interrupted goes back to the queue, and any machine may go on with it; or it begins again, or is
 * lost, as `interrupted` says. A setup that is interrupted was in vain. So that no lot is begun
 * only to be interrupted at once, a machine that is free takes such a lot before those of lower
 * priority, whatever the rule.
 *
 * A lot for which `reserve` holds is waited for from the moment when its work at the step before
 * begins until it is taken: so many idle machines are kept, and before any other lot it is taken
 * itself. Kept machines are `preempted` while others wait. One that has to wait on its way, for a
 * card or material, is not waited for, nor is any when the room before the station is full: it
 * might wait for those that wait. A pipelined tool is kept by taking nothing else in: what is
 * inside goes on. */
#include "people.h"
#include "quick.h"

static bool holds(const struct run *run, const struct formula *formula, int32_t part) {
    struct job job = {run, &run->parts[part], NOBODY};
    struct formula_env env = {.read = job_read, .context = &job};
    double value = formula_value(formula, &env);
    return value != 0 && value == value;
}

bool preempt_wanted(const struct run *run, int32_t station, int32_t part) {
    return holds(run, run->plant->stations[station].preempt, part);
}

/* Whom a machine was kept for is taken, whatever became of it on its way. */
bool reserve_wanted(const struct run *run, int32_t station, int32_t part) {
    if (run->extras[part].reserves == station) return true;
    return holds(run, run->plant->stations[station].reserve, part);
}

/* ---- preemption ---- */
/* The most urgent lot that may interrupt, or NOBODY; at one priority the first in the list. */
static int32_t who_interrupts(const struct run *run, int32_t station) {
    const struct formula *preempt = run->plant->stations[station].preempt;
    int32_t best = NOBODY;
    for (int32_t id = run->stations[station].queue.first; id != NOBODY; id = run->parts[id].next)
        if ((best == NOBODY || run->parts[id].priority > run->parts[best].priority) &&
            holds(run, preempt, id))
            best = id;
    return best;
}

/* The machine whose lot of lower priority is to be interrupted, or NOBODY. One whose lot is worked
 * again for lack of room is done with it (blocking.c). */
static int32_t whom_to_interrupt(const struct run *run, int32_t station, int32_t priority) {
    const struct station *plan = &run->plant->stations[station];
    int32_t best = NOBODY;
    for (int32_t id = plan->machine_first; id < plan->machine_first + plan->machine_count; id++) {
        const struct machine *machine = &run->machines[id];
        if (machine->ends == TICK_NEVER || machine->part == NOBODY || machine->finishing ||
            machine->again)
            continue;
        int32_t its = run->parts[machine->part].priority;
        if (its >= priority) continue;
        const struct machine *other = best == NOBODY ? NULL : &run->machines[best];
        int32_t least = other ? run->parts[other->part].priority : INT32_MAX;
        if (its < least || (its == least && machine->began >= other->began)) best = id;
    }
    return best;
}

/* What was done of it so far, and what is left; by the book where people are needed. */
struct so_far {
    tick setup, work, left;
};

static struct so_far so_far(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    tick left = machine->phased ? phases_end(run, id) : machine->left;
    if (machine->in_setup)
        return (struct so_far){machine->setup - (machine->phased ? left - machine->work : left), 0,
                               machine->work};
    return (struct so_far){machine->setup, machine->work - left, left};
}

/* The lot goes back to the queue; the times that it spent on the machine are its own. */
static void send_back(struct run *run, int32_t id, bool restart) {
    struct machine *machine = &run->machines[id];
    struct so_far done = so_far(run, id);
    int32_t part_id = machine->part;
    struct part *part = &run->parts[part_id];
    part->times[IN_SETUP] += done.setup;
    part->times[IN_WORK] += restart ? 0 : done.work;
    part->times[IN_REPAIR] += run->now - machine->began - done.setup - (restart ? 0 : done.work);
    if (restart) machine_wasted(run, id, done.work);
    if (machine->in_setup) machine->set_up = NOBODY;
    machine->in_setup = machine->phased = false;
    machine->part = NOBODY;
    TELL(run, preempted, id, part, restart ? done.work + done.left : done.left);
    part->has_waited |= WAS_INTERRUPTED;
    if (run->extras) reserve_end(run, part_id);
    queue_push(run, machine->station, part_id);
    if (!restart) run->parts[part_id].ahead = done.left;
    if (run->backlogs) backlog_recount(run, run->machines[id].station, part_id);
    machine_idle(run, id);
}

int32_t preempt_machine(struct run *run, int32_t station) {
    int32_t hot = who_interrupts(run, station);
    if (hot == NOBODY) return NOBODY;
    int32_t id = whom_to_interrupt(run, station, run->parts[hot].priority);
    if (id == NOBODY || (fit_wanted(run, id) && !fit_would(run, station, id, hot))) return NOBODY;
    int32_t then = run->plant->stations[station].interrupted;
    run->stations[station].preemptions++;
    machine_halt(run, id);
    if (then == THEN_SCRAP) {
        machine_lose(run, id); /* it is free when its lot is gone */
        return NOBODY;
    }
    send_back(run, id, then == THEN_RESTART);
    return run->machines[id].stops ? NOBODY : id;
}

bool preempt_resumes(struct run *run, int32_t part) {
    uint8_t *waited = &run->parts[part].has_waited;
    bool was = *waited & WAS_INTERRUPTED;
    *waited &= (uint8_t)~WAS_INTERRUPTED;
    return was;
}

/* ---- reservation ---- */
void reserve_begin(struct run *run, int32_t part) {
    int32_t next = run->plant->steps[run->parts[part].step].next;
    if (next == NOBODY || run->plant->steps[next].place_count) return;
    int32_t station = run->plant->steps[next].station;
    const struct formula *reserve = run->plant->stations[station].reserve;
    if (!reserve || run->extras[part].reserves != NOBODY || !holds(run, reserve, part)) return;
    run->extras[part].reserves = station;
    run->stations[station].expected++;
    station_wake(run, station); /* its idle machines are kept from now on */
}

void reserve_end(struct run *run, int32_t part) {
    int32_t station = run->extras[part].reserves;
    if (station == NOBODY) return;
    run->extras[part].reserves = NOBODY;
    run->stations[station].expected--;
    station_wake(run, station);
}

void reserves_begin(struct run *run, int32_t first) {
    for (int32_t part = first; part != NOBODY; part = run->parts[part].next)
        reserve_begin(run, part);
}

void machine_reserves_begin(struct run *run, const struct machine *machine) {
    reserves_begin(run, machine->part);
    if (machine->rest != NOBODY) reserve_begin(run, machine->rest);
}

void machine_reserves_end(struct run *run, const struct machine *machine) {
    for (int32_t part = machine->part; part != NOBODY; part = run->parts[part].next)
        reserve_end(run, part);
    if (machine->rest != NOBODY) reserve_end(run, machine->rest);
}

void reserve_goes(struct run *run, int32_t part) {
    int32_t step = run->parts[part].step, station = run->extras[part].reserves;
    if (station != NOBODY && (step == NOBODY || run->plant->steps[step].station != station))
        reserve_end(run, part);
}

/* Before a full station nobody is waited for, unless places are kept for who comes. */
static bool is_full(const struct run *run, int32_t station) {
    return run->stations[station].room == run->settings.stations[station].room &&
           !floor_has_room(run, station);
}

bool reserve_lets_start(const struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    if (is_full(run, station)) return true;
    int32_t kept = state->expected;
    for (int32_t id = state->idle_first; id != NOBODY; id = run->machines[id].next_idle)
        if (!run->machines[id].stops && kept-- == 0) return true; /* one more than are kept */
    for (int32_t id = state->queue.first; id != NOBODY; id = run->parts[id].next)
        if (reserve_wanted(run, station, id)) return true;
    return false;
}

void reserve_show(struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    int32_t kept = state->queue.count > 0 ? state->expected : 0;
    for (int32_t id = state->idle_first; id != NOBODY; id = run->machines[id].next_idle) {
        bool keeps = !run->machines[id].stops && kept-- > 0;
        if (run->plant->stations[station].pipes && pipe_works(run, id)) continue;
        machine_state_set(run, &run->machines[id], keeps ? STATE_PREEMPTED : STATE_STARVED);
    }
    people_seen(run);
}
