/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipes: machines that hold lots one behind the other. A pipelined tool (`cascade`) takes the next
 * lot after an interval; a conveyor when the one before has moved on by the spacing, as long as
 * there is a place on it. Lots come out in the order in which they went in.
 *
 * Each has a clock that runs while it moves: not while a stop holds, and for a conveyor that does
 * not accumulate not while what is at its end cannot leave. By this clock a lot is at the end after
 * its work; on a conveyor that accumulates not before one spacing after the one in front left, for
 * that is where it stood: front k is at the smaller of its own way and one spacing behind front
 * k - 1. A pipelined tool takes nothing in while what is done cannot leave.
 *
 * The lot at the end is the machine's part, finished, and moves and waits as that of any machine. A
 * machine is among the idle when it may take the next one in. */
#include "quick.h"

static struct pipe *pipe_of(const struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    return &run->pipes[station->pipe_first + machine - station->machine_first];
}

static tick clock_of(const struct run *run, const struct pipe *pipe) {
    return pipe->clock + (pipe->runs ? run->now - pipe->since : 0);
}

static tick stood_of(const struct run *run, const struct pipe *pipe) {
    return pipe->stood + (pipe->stands ? run->now - pipe->since : 0);
}

void pipes_start(struct run *run) {
    for (int32_t i = 0; i < run->plant->pipe_count; i++)
        run->pipes[i] = (struct pipe){.first = NOBODY, .last = NOBODY, .runs = true};
}

static int32_t inside_take(struct run *run) {
    int32_t id = run->inside_free;
    if (id != NOBODY) {
        run->inside_free = run->insides[id].next;
        return id;
    }
    if (run->inside_count == run->inside_room) {
        run->inside_room = run->inside_room ? 2 * run->inside_room : 1;
        run->insides = memory_grown(run->insides, (size_t)run->inside_room, sizeof *run->insides);
    }
    return run->inside_count++;
}

/* ---- what moves ---- */
static void set_clock(struct run *run, struct pipe *pipe, bool runs, bool stands) {
    pipe->clock = clock_of(run, pipe);
    pipe->stood = stood_of(run, pipe);
    pipe->since = run->now;
    pipe->runs = runs;
    pipe->stands = stands;
}

static void plan_at(struct run *run, int32_t slot, tick after) {
    if (after < 0) after = 0;
    run_plan(run, slot, run->now + after, CLASS_COMPLETE);
}

static void cancel(struct run *run, int32_t slot) {
    if (calendar_pending(&run->calendar, slot) != EVENT_NEVER &&
        event_tick(calendar_pending(&run->calendar, slot)) > run->now)
        calendar_cancel(&run->calendar, slot);
}

static void plan_exit(struct run *run, int32_t id, bool stands) {
    const struct pipe *pipe = pipe_of(run, id);
    const struct station *station = &run->plant->stations[run->machines[id].station];
    int32_t slot = run->plant->exit_slot + (int32_t)(pipe - run->pipes);
    if (!pipe->runs || stands || pipe->first == NOBODY) {
        cancel(run, slot);
        return;
    }
    const struct inside *first = &run->insides[pipe->first];
    tick ready = first->at + first->work;
    if (station->accumulates && ready < pipe->left_at + station->belt_gap)
        ready = pipe->left_at + station->belt_gap;
    plan_at(run, slot, ready - clock_of(run, pipe));
}

void pipe_shut(struct run *run, int32_t id) {
    if (run->machines[id].shut) return;
    machine_busy(run, id);
    run->machines[id].shut = true;
}

static void plan_entry(struct run *run, int32_t id, bool stands) {
    const struct pipe *pipe = pipe_of(run, id);
    const struct station *station = &run->plant->stations[run->machines[id].station];
    int32_t slot = run->plant->entry_slot + (int32_t)(pipe - run->pipes);
    bool place = pipe->runs && pipe->count < station->places && (station->belt || !stands);
    tick after = pipe->free_at - clock_of(run, pipe);
    if (place && after > 0)
        plan_at(run, slot, after);
    else
        cancel(run, slot);
    if (!place || after > 0)
        pipe_shut(run, id);
    else if (run->machines[id].shut) {
        run->machines[id].shut = false;
        machine_open(run, id);
    }
}

static void count_work(struct run *run, int32_t id, bool works) {
    struct pipe *pipe = pipe_of(run, id);
    if (!run->plant->stations[run->machines[id].station].busy_stops || pipe->counts == works)
        return;
    pipe->counts = works;
    if (works)
        failures_resume(run, id);
    else
        failures_pause(run, id);
}

void pipe_update(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    const struct station *station = &run->plant->stations[machine->station];
    bool stands = machine->finished; /* or all of it was lost at this moment */
    bool held = stands && station->belt && !station->accumulates;
    set_clock(run, pipe, !machine->stops && !held, !machine->stops && held);
    plan_exit(run, id, stands);
    plan_entry(run, id, stands);
    if (!stands)
        machine_state_set(run, machine, pipe->first != NOBODY ? STATE_WORKING : STATE_STARVED);
    count_work(run, id, pipe->runs && !stands && pipe->first != NOBODY);
    if (run->sink) tell_change(run);
}

/* ---- in ---- */
static tick work_inside(const struct run *run, int32_t id, int32_t first) {
    const struct part *part = &run->parts[first];
    const struct station *station = &run->plant->stations[run->machines[id].station];
    if (station->belt) return own_time(run, id, station->belt_time, 0);
    tick work = part->ahead >= 0     ? part->ahead
                : station->has_batch ? work_of_batch(run, first)
                                     : work_time(run, part, part->step);
    return own_time(run, id, work, work_beside(run, first));
}

static tick gap_behind(const struct run *run, int32_t id, int32_t first) {
    const struct part *part = &run->parts[first];
    const struct station *station = &run->plant->stations[run->machines[id].station];
    tick gap = station->belt ? station->belt_gap
                             : work_of_lot(run, part, &run->settings.steps[part->step].cascade,
                                           run->plant->steps[part->step].cascade_stream);
    return own_time(run, id, gap, 0);
}

/* The machine is shut, and they are out of the queue. */
void pipe_take(struct run *run, int32_t id, int32_t first) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    int32_t entry = inside_take(run), at_end = machine->part;
    tick clock = clock_of(run, pipe), work = work_inside(run, id, first);
    run->insides[entry] = (struct inside){.next = NOBODY,
                                          .part = first,
                                          .entered = run->now,
                                          .at = clock,
                                          .stood = stood_of(run, pipe),
                                          .work = work};
    if (pipe->last == NOBODY)
        pipe->first = entry;
    else
        run->insides[pipe->last].next = entry;
    pipe->last = entry;
    pipe->count++;
    pipe->free_at = clock + gap_behind(run, id, first);
    machine->part = first; /* for who listens */
    machine->work = work;
    TELL(run, started, id);
    machine->part = at_end;
    pipe_update(run, id);
}

/* ---- out ---- */
/* Of the time inside, what is more than the work was spent behind others, behind what could not
 * leave, or in stops. */
void pipe_exit(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    int32_t entry = pipe->first;
    const struct inside gone = run->insides[entry];
    tick moved = clock_of(run, pipe) - gone.at, stood = stood_of(run, pipe) - gone.stood;
    tick stopped = run->now - gone.entered - moved - stood;
    pipe->first = gone.next;
    if (pipe->first == NOBODY) pipe->last = NOBODY;
    run->insides[entry].next = run->inside_free;
    run->inside_free = entry;
    for (int32_t part = gone.part; part != NOBODY; part = run->parts[part].next)
        run->parts[part].times[IN_BLOCKED] += stood + moved - gone.work;
    machine->part = gone.part;
    machine->setup = 0;
    machine->work = gone.work;
    machine->began = run->now - gone.work - stopped;
    count_work(run, id, false);
    machine_work_ends(run, id);
}

void pipe_left(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    machine->finished = false;
    pipe->count--;
    set_clock(run, pipe, pipe->runs, pipe->stands);
    pipe->left_at = pipe->clock;
    pipe_update(run, id);
}
