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
 * A lot that needs another setup of a pipelined tool is taken, and waits in it until it is empty:
 * then comes the setup, and then its work.
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
        run->pipes[i] =
            (struct pipe){.first = NOBODY, .last = NOBODY, .left_at = -TICK_NEVER, .runs = true};
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
    tick ready = run->insides[pipe->first].ready;
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
    tick next = run->machines[id].in_setup ? pipe->set_up_at : pipe->free_at;
    tick after = next - clock_of(run, pipe);
    place &= next != TICK_NEVER;
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

bool pipe_works(const struct run *run, int32_t id) {
    return pipe_of(run, id)->first != NOBODY;
}

/* The one lot inside is worked from now on. */
static void set_up(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    machine->in_setup = false;
    machine->part = run->insides[pipe_of(run, id)->first].part; /* for who listens */
    TELL(run, set_up_done, id);
    machine->part = NOBODY;
}

void pipe_update(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    const struct station *station = &run->plant->stations[machine->station];
    bool stands = machine->finished; /* or all of it was lost at this moment */
    bool held = stands && station->belt && !station->accumulates;
    if (UNLIKELY(machine->in_setup) && clock_of(run, pipe) >= pipe->set_up_at) set_up(run, id);
    set_clock(run, pipe, !machine->stops && !held, !machine->stops && held);
    plan_exit(run, id, stands);
    plan_entry(run, id, stands);
    bool works = !stands && pipe->first != NOBODY;
    if (!stands)
        machine_state_set(run, machine,
                          machine->in_setup ? STATE_SETUP
                          : works           ? STATE_WORKING
                                            : STATE_STARVED);
    if (UNLIKELY(station->reserve != NULL) && !works) station_wake(run, machine->station);
    count_work(run, id, works && pipe->runs && !machine->in_setup);
    if (run->sink) tell_change(run);
}

/* What is behind a lot that cannot leave is not waited for: that lot might wait for those whom a
 * machine is kept from. */
void pipe_expects(struct run *run, int32_t id) {
    struct pipe *pipe = pipe_of(run, id);
    bool stands = run->machines[id].finished, before = pipe->let_go;
    pipe->let_go = stands;
    if (!stands && !before) return;
    for (int32_t entry = pipe->first; entry != NOBODY; entry = run->insides[entry].next)
        for (int32_t part = run->insides[entry].part; part != NOBODY; part = run->parts[part].next)
            if (stands)
                reserve_end(run, part);
            else
                reserve_begin(run, part);
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

/* What is inside at its turn begins: its setup, for which the machine is empty, and its work. */
static void begin(struct run *run, int32_t id, int32_t entry) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    struct inside *inside = &run->insides[entry];
    int32_t at_end = machine->part;
    machine->part = inside->part; /* for setups, and for who listens */
    machine->work = inside->work;
    if (UNLIKELY(run->plant->stations[machine->station].has_setup) && setup_take(run, id))
        inside->setup = machine->setup;
    else
        TELL(run, started, id);
    machine->part = at_end;
    pipe->set_up_at = clock_of(run, pipe) + inside->setup;
    pipe->free_at = pipe->set_up_at + gap_behind(run, id, inside->part);
    inside->ready = pipe->set_up_at + inside->work;
}

static int32_t inside_new(struct run *run, int32_t id, int32_t first, tick work) {
    const struct pipe *pipe = pipe_of(run, id);
    int32_t entry = inside_take(run);
    run->insides[entry] = (struct inside){.next = NOBODY,
                                          .part = first,
                                          .entered = run->now,
                                          .at = clock_of(run, pipe),
                                          .stood = stood_of(run, pipe),
                                          .work = work,
                                          .ready = TICK_NEVER};
    return entry;
}

/* The machine is shut, and they are out of the queue. */
void pipe_take(struct run *run, int32_t id, int32_t first) {
    struct pipe *pipe = pipe_of(run, id);
    int32_t entry = inside_new(run, id, first, work_inside(run, id, first));
    if (pipe->last == NOBODY)
        pipe->first = entry;
    else
        run->insides[pipe->last].next = entry;
    pipe->last = entry;
    if (pipe->count++ > 0 && setup_time(run, &run->parts[first], id) > 0)
        pipe->free_at = TICK_NEVER; /* when the others have left */
    else
        begin(run, id, entry);
    if (UNLIKELY(run->plant->reserves)) pipe_expects(run, id);
    pipe_update(run, id);
}

/* ---- at the start ---- */
int32_t pipe_emptiest(const struct run *run, int32_t station) {
    const struct station *plan = &run->plant->stations[station];
    int32_t best = plan->machine_first;
    for (int32_t id = best + 1; id < plan->machine_first + plan->machine_count; id++)
        if (pipe_of(run, id)->count < pipe_of(run, best)->count) best = id;
    return best;
}

/* Behind those that have no more left. What it is set up for is what the last needs. */
static bool insert(struct run *run, struct pipe *pipe, int32_t entry) {
    int32_t before = NOBODY, next = pipe->first;
    while (next != NOBODY && run->insides[next].ready <= run->insides[entry].ready) {
        before = next;
        next = run->insides[next].next;
    }
    run->insides[entry].next = next;
    *(before == NOBODY ? &pipe->first : &run->insides[before].next) = entry;
    if (next == NOBODY) pipe->last = entry;
    pipe->count++;
    return next == NOBODY;
}

/* It went in as long ago as the rest of its work takes, and the next may go in an interval later.
 */
void pipe_stands(struct run *run, int32_t id, int32_t part, tick left) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    tick gone = work_inside(run, id, part) - left, clock = clock_of(run, pipe);
    int32_t entry = inside_new(run, id, part, left), was = machine->set_up;
    run->insides[entry].ready = clock + left;
    machine->part = part;
    machine->work = left;
    setup_stands(run, id);
    if (!insert(run, pipe, entry)) machine->set_up = was;
    tick free_at = clock + gap_behind(run, id, part) - (gone > 0 ? gone : 0);
    if (free_at > pipe->free_at) pipe->free_at = free_at;
    TELL(run, started, id);
    machine->part = NOBODY;
    pipe_update(run, id);
}

/* ---- out ---- */
/* Of the time inside, what is more than the work was spent behind others, behind what could not
 * leave, or in stops. */
void pipe_exit(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct pipe *pipe = pipe_of(run, id);
    int32_t entry = pipe->first;
    if (UNLIKELY(machine->in_setup)) set_up(run, id); /* the work takes no time */
    const struct inside gone = run->insides[entry];
    tick moved = clock_of(run, pipe) - gone.at, stood = stood_of(run, pipe) - gone.stood;
    tick stopped = run->now - gone.entered - moved - stood;
    pipe->first = gone.next;
    if (pipe->first == NOBODY) pipe->last = NOBODY;
    run->insides[entry].next = run->inside_free;
    run->inside_free = entry;
    for (int32_t part = gone.part; part != NOBODY; part = run->parts[part].next)
        run->parts[part].times[IN_BLOCKED] += stood + moved - gone.setup - gone.work;
    machine->part = gone.part;
    machine->setup = gone.setup;
    machine->work = gone.work;
    machine->began = run->now - gone.setup - gone.work - stopped;
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
    if (UNLIKELY(pipe->free_at == TICK_NEVER) && pipe->count == 1) begin(run, id, pipe->first);
    if (UNLIKELY(run->plant->reserves)) pipe_expects(run, id);
    pipe_update(run, id);
}
