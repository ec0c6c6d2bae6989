/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setups: what a machine is set up for, when that has to change, and how long it takes.
 *
 * Each station with setups numbers the things that it may be set up for: items, families, steps or
 * tools (plant/setups.c). A machine keeps the number of its last setup. Whether a lot needs another
 * one is known before it is taken, so rules can ask (`setup-here`); the time is drawn by the lot.
 *
 * A machine that cycles when nothing waits is the server of a polling system: it goes on to the
 * next in turn, and the time of such a turn is drawn by machine and occurrence. */
#include "quick.h"

static bool setup_due(const struct run *run, const struct part *part, int32_t id) {
    const struct machine *machine = &run->machines[id];
    const struct station *station = &run->plant->stations[machine->station];
    int32_t wanted = run->plant->steps[part->step].setup;
    switch (station->setup_when) {
    case SETUP_LOT: return !machine->goes_on;
    case SETUP_EVERY: return machine->run_pieces >= station->setup_every;
    default: return wanted != NOBODY && machine->set_up != wanted;
    }
}

/* The time of a change; NULL: the matrix has nothing to say about it, so it takes none. */
static const struct law *law_of_change(const struct run *run, int32_t id, int32_t to) {
    int32_t from = run->machines[id].set_up, at = run->machines[id].station;
    const struct station *station = &run->plant->stations[at];
    if (!station->setup_cells) return &run->settings.stations[at].setup;
    int32_t cell = station->setup_cells[(from + 1) * station->setup_count + to];
    return cell == NOBODY ? NULL : &run->settings.setups[cell].time;
}

/* Of the setup that this lot needs on the machine; NULL: none. */
static const struct law *law_due(const struct run *run, const struct part *part, int32_t id) {
    const struct step *step = &run->plant->steps[part->step];
    if (!run->plant->stations[step->station].has_setup || !setup_due(run, part, id)) return NULL;
    const struct law *own = &run->settings.steps[part->step].setup;
    return own->kind != ABSENT_LAW ? own : law_of_change(run, id, step->setup);
}

static tick time_drawn(const struct run *run, const struct part *part, const struct law *law) {
    return law ? work_of_lot(run, part, law, run->plant->steps[part->step].setup_stream) : 0;
}

tick setup_time(const struct run *run, const struct part *part, int32_t id) {
    return time_drawn(run, part, law_due(run, part, id));
}

bool setups_alike(const struct run *run, const struct part *a, const struct part *b) {
    const struct step *steps = run->plant->steps;
    return steps[a->step].setup == steps[b->step].setup;
}

bool setup_held(const struct run *run, int32_t id) {
    const struct machine *machine = &run->machines[id];
    if (machine->run_lots >= run->settings.stations[machine->station].min_run) return false;
    const struct queue *queue = &run->stations[machine->station].queue;
    bool has_batch = run->plant->stations[machine->station].has_batch;
    struct queue_kinds kinds;
    kinds.count = 0;
    for (int32_t at = queue->first; at != NOBODY; at = run->parts[at].next) {
        const struct part *part = &run->parts[at];
        if (run->plant->steps[part->step].setup == machine->set_up && own_works(run, id, part) &&
            (!has_batch || queue_batch_ready(run, machine->station, id, part, &kinds)))
            return true;
    }
    return false;
}

/* A run begins with a setup, and counts what is begun in it. */
static void count_run(struct run *run, struct machine *machine, bool due) {
    if (due) machine->run_lots = machine->run_pieces = 0;
    for (int32_t id = machine->part; id != NOBODY; id = run->parts[id].next) {
        machine->run_lots += !machine->goes_on;
        machine->run_pieces += run->parts[id].pieces;
    }
}

/* Also one that takes no time. */
static void pay_setup(struct run *run, const struct machine *machine) {
    const struct step_settings *settings = &run->settings.steps[run->parts[machine->part].step];
    ledger_post_micro(run, ACCOUNT_SETUPS,
                      settings->setup.kind != ABSENT_LAW
                          ? settings->setup_cost_micro
                          : run->settings.stations[machine->station].setup_cost_micro);
}

bool setup_take(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    const struct part *part = &run->parts[machine->part];
    int32_t wanted = run->plant->steps[part->step].setup;
    bool due = setup_due(run, part, id);
    const struct law *law = law_due(run, part, id);
    machine->setup = time_drawn(run, part, law);
    if (wanted != NOBODY) machine->set_up = wanted;
    count_run(run, machine, due);
    if (law) pay_setup(run, machine);
    if (machine->setup == 0) return false;
    machine->in_setup = true;
    TELL(run, set_up, id);
    return true;
}

void setup_stands(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    int32_t wanted = run->plant->steps[run->parts[machine->part].step].setup;
    if (wanted != NOBODY) machine->set_up = wanted;
    count_run(run, machine, false);
}

/* ---- polling ---- */
/* A turn is an event of its own kind, for the end of work has a lot. */
void setup_turn_ends(struct run *run, int32_t id) {
    run->slots[run->machines[id].slot].kind = SLOT_MACHINE;
    run->machines[id].in_setup = false;
}

void setup_turned(struct run *run, int32_t id) {
    setup_turn_ends(run, id);
    run->machines[id].ends = TICK_NEVER;
    machine_idle(run, id);
    if (run->sink) tell_change(run);
}

static tick turn_time(struct run *run, int32_t id, int32_t to) {
    struct machine *machine = &run->machines[id];
    const struct station *station = &run->plant->stations[machine->station];
    const struct law *law = law_of_change(run, id, to);
    struct draw draw = draw_at(run_stream(run, station->turn_stream), (uint64_t)machine->turns++, 0,
                               run->replication, (uint64_t)(id - station->machine_first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law ? law_ticks(law, &draw, &env) : 0;
}

static void turn_machine(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    const struct station *station = &run->plant->stations[machine->station];
    int32_t to = machine->set_up + 1 < station->setup_count ? machine->set_up + 1 : 0;
    machine->setup = turn_time(run, id, to);
    machine->set_up = to;
    machine->run_lots = machine->run_pieces = 0;
    machine_busy(run, id);
    run->slots[machine->slot].kind = SLOT_TURN;
    machine->in_setup = true;
    ledger_post_micro(run, ACCOUNT_SETUPS,
                      run->settings.stations[machine->station].setup_cost_micro);
    SAY(run, CLASS_COMPLETE, station->name, "machine %d turns to %s: %.6g h",
        id - station->machine_first + 1, station->setup_names[to],
        (double)machine->setup / (double)TICK_H);
    machine_state_set(run, machine, STATE_SETUP);
    machine_go(run, id, machine->setup);
    if (run->sink) tell_change(run);
}

void setup_turn(struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    if (state->queue.count > 0 || run->plant->stations[station].setup_count < 2) return;
    for (int32_t id = state->idle_first, next; id != NOBODY; id = next) {
        next = run->machines[id].next_idle;
        if (!run->machines[id].stops) turn_machine(run, id);
    }
}
