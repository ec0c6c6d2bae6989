/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work where people are needed: setup, load, run and unload one after the other, each with its own
 * people. What takes no time needs nobody. People stay from one phase to the next when both need
 * the same.
 *
 * Times are drawn by the book and stretched by the speed of who comes; what is left of a phase that
 * is broken off is kept by the book, so that others may go on with it. */
#include "people.h"
#include "quick.h"

#include <math.h>

static struct team *team_of(struct run *run, int32_t machine) {
    return &run->teams[team_of_machine(run, machine)];
}

static struct need_list needs_of(const struct run *run, int32_t machine, int32_t phase) {
    const struct machine *at = &run->machines[machine];
    int32_t step = at->again ? at->worked : run->parts[at->part].step;
    return run->plant->step_needs[(size_t)step * PHASE_COUNT + (size_t)phase];
}

/* Load or unload of all that is on the machine, counted as work_of_batch counts its work. */
static tick phase_of_batch(const struct run *run, int32_t first, int32_t phase) {
    tick sum = 0;
    const struct part *eldest = NULL;
    for (int32_t id = first; id != NOBODY; id = run->parts[id].next) {
        const struct part *part = &run->parts[id];
        if (run->settings.steps[part->step].time.per == LAW_PER_PIECE)
            sum += work_phase(run, part, phase);
        else if (!eldest || part->serial < eldest->serial)
            eldest = part;
    }
    return sum + (eldest ? work_phase(run, eldest, phase) : 0);
}

tick work_beside(const struct run *run, int32_t first) {
    return phase_of_batch(run, first, PHASE_LOAD) + phase_of_batch(run, first, PHASE_UNLOAD);
}

/* ---- a phase ---- */
/* Its people are there, or it needs none. */
static void phase_go(struct run *run, int32_t id) {
    struct team *team = team_of(run, id);
    struct machine *machine = &run->machines[id];
    tick time = people_time(team->left, team->speed);
    *(machine->in_setup ? &machine->setup : &machine->work) += time - team->left;
    machine_state_set(run, machine, machine->in_setup ? STATE_SETUP : STATE_WORKING);
    people_seen(run);
    if (!machine->in_setup && !team->told) {
        team->told = true;
        TELL(run, started, id);
    }
    machine_go(run, id, time);
    if (UNLIKELY(run->plant->stations[machine->station].preempt != NULL))
        station_wake(run, machine->station); /* a hot lot may have come meanwhile */
}

static void phase_enter(struct run *run, int32_t id, int32_t phase) {
    struct team *team = team_of(run, id);
    struct machine *machine = &run->machines[id];
    struct need_list needs = needs_of(run, id, phase);
    bool stay = team->state == TEAM_WORKS && team->needs.count == needs.count &&
                team->needs.first == needs.first;
    machine->in_setup = phase == PHASE_SETUP;
    team->phase = (uint8_t)phase;
    if (!stay) team_leave(run, team_of_machine(run, id));
    if (stay || needs.count == 0) {
        team->needs = needs;
        team->left = team->times[phase];
        if (!stay) team->speed = 1;
        phase_go(run, id);
        return;
    }
    machine_state_set(run, machine, STATE_NO_PEOPLE);
    people_seen(run);
    team_ask(run, team_of_machine(run, id), needs, team->times[phase]);
}

/* The first phase after BEFORE that takes time; the run itself always is one. */
static int32_t next_phase(const struct team *team, int32_t before) {
    for (int32_t phase = before + 1; phase < PHASE_COUNT; phase++)
        if (phase == PHASE_RUN || team->times[phase] > 0) return phase;
    return PHASE_NONE;
}

/* A lot that was interrupted goes on: what was done of its phases is left out. */
static void leave_out_done(const struct run *run, const struct machine *machine,
                           struct team *team) {
    const struct part *part = &run->parts[machine->part];
    tick done = work_time(run, part, part->step) - machine->work;
    if (done <= 0) return;
    team->times[PHASE_RUN] += done;
    for (int32_t phase = PHASE_LOAD; phase <= PHASE_UNLOAD && done > 0; phase++) {
        tick some = team->times[phase] < done ? team->times[phase] : done;
        team->times[phase] -= some;
        done -= some;
    }
}

/* The work on the machine is drawn. */
void phases_begin(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct team *team = team_of(run, id);
    bool setup = setup_take(run, id);
    team->times[PHASE_SETUP] = setup ? machine->setup : 0;
    team->times[PHASE_LOAD] = phase_of_batch(run, machine->part, PHASE_LOAD);
    team->times[PHASE_UNLOAD] = phase_of_batch(run, machine->part, PHASE_UNLOAD);
    team->times[PHASE_RUN] = machine->work - team->times[PHASE_LOAD] - team->times[PHASE_UNLOAD];
    if (run->plant->stations[machine->station].preempt) leave_out_done(run, machine, team);
    team->told = false;
    machine->phased = true;
    phase_enter(run, id, next_phase(team, PHASE_NONE));
}

/* The lot on the machine is in the midst of its run. */
void phases_begin_midway(struct run *run, int32_t id, tick left) {
    struct team *team = team_of(run, id);
    for (int32_t phase = 0; phase < PHASE_COUNT; phase++) team->times[phase] = 0;
    team->times[PHASE_RUN] = left;
    team->told = false;
    run->machines[id].phased = true;
    phase_enter(run, id, PHASE_RUN);
}

void phases_again(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct team *team = team_of(run, id);
    for (int32_t phase = 0; phase < PHASE_COUNT; phase++) team->times[phase] = 0;
    team->times[PHASE_RUN] = machine->work;
    team->told = machine->phased = true;
    phase_enter(run, id, PHASE_RUN);
}

bool phase_end(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct team *team = team_of(run, id);
    if (UNLIKELY(team->state == TEAM_COMES)) {
        team_arrives(run, team_of_machine(run, id));
        return true;
    }
    int32_t next = next_phase(team, team->phase);
    if (next == PHASE_NONE) {
        machine->phased = false;
        team->phase = PHASE_NONE;
        team_leave(run, team_of_machine(run, id));
        return false;
    }
    if (run->plant->stations[machine->station].busy_stops && !machine->in_setup)
        failures_pause(run, id);
    machine->ends = TICK_NEVER;
    phase_enter(run, id, next);
    return true;
}

void phase_staffed(struct run *run, int32_t id) {
    phase_waited(run, id);
    phase_go(run, id);
}

/* It is neither work nor a stand of the machine. */
void phase_waited(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    tick waited = run->now - team_of(run, id)->since;
    machine->began += waited;
    for (int32_t part = machine->part; part != NOBODY && waited; part = run->parts[part].next)
        part_waited_for_people(run, part, waited);
}

/* ---- what breaks it off ---- */
/* LEFT is what was left of it with the people at hand. */
static void phase_break(struct run *run, int32_t id, tick left) {
    struct machine *machine = &run->machines[id];
    struct team *team = team_of(run, id);
    team->left = (tick)llrint((double)left * team->speed);
    *(machine->in_setup ? &machine->setup : &machine->work) += team->left - left;
    team_leave(run, team_of_machine(run, id));
    machine->condition = STATE_NO_PEOPLE; /* shown when nothing else stops it */
}

void phase_stand(struct run *run, int32_t id, tick left) {
    phase_break(run, id, left);
}

/* What is left of the phase at hand, and those behind it. */
static tick work_to_come(const struct team *team) {
    tick left = team->left;
    for (int32_t phase = team->phase + 1; phase < PHASE_COUNT; phase++) left += team->times[phase];
    return left;
}

void phase_interrupted(struct run *run, int32_t id, int32_t then) {
    struct machine *machine = &run->machines[id];
    struct team *team = team_of(run, id);
    if (then == THEN_SCRAP) {
        machine->phased = false;
        team->phase = PHASE_NONE;
        return;
    }
    if (then != THEN_RESTART) return;
    if (machine->in_setup)
        machine->setup = team->times[PHASE_SETUP];
    else {
        machine_wasted(run, id, machine->work - work_to_come(team));
        team->phase = (uint8_t)next_phase(team, PHASE_SETUP);
        machine->work =
            team->times[PHASE_LOAD] + team->times[PHASE_RUN] + team->times[PHASE_UNLOAD];
    }
    team->left = team->times[team->phase];
}

bool phase_has_begun(const struct run *run, int32_t id) {
    const struct team *team = &run->teams[team_of_machine(run, id)];
    return team->told || team->phase > next_phase(team, PHASE_NONE) ||
           team->left < team->times[team->phase];
}

tick phases_end(struct run *run, int32_t id) {
    struct team *team = team_of(run, id);
    tick left = work_to_come(team);
    team->phase = PHASE_NONE;
    return left;
}

tick phase_position(const struct run *run, int32_t id, double *speed) {
    const struct team *team = &run->teams[team_of_machine(run, id)];
    *speed = team->speed;
    return team->phase == PHASE_RUN ? team->times[PHASE_RUN] : TICK_NEVER;
}

/* Nothing stops the machine any more. */
void phase_resume(struct run *run, int32_t id) {
    struct team *team = team_of(run, id);
    if (team->state == TEAM_WAITS) people_call(run);
    if (team->state == TEAM_WAITS || team->state == TEAM_COMES) return;
    struct need_list needs = needs_of(run, id, team->phase);
    machine_state_set(run, &run->machines[id], STATE_NO_PEOPLE);
    people_seen(run);
    if (needs.count)
        team_ask(run, team_of_machine(run, id), needs, team->left);
    else {
        team->speed = 1;
        phase_go(run, id);
    }
}

/* The machine's people leave it in the middle of a phase, or turn round on their way. */
void phase_deserted(struct run *run, int32_t id) {
    if (team_of(run, id)->state == TEAM_COMES) {
        phase_waited(run, id);
        team_leave(run, team_of_machine(run, id));
        if (run->machines[id].stops) return; /* they are asked for when it goes on */
    } else
        machine_halt(run, id);
    phase_resume(run, id);
}
