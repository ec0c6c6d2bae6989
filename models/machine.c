/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines: states, the start and the end of work, and stops.
 *
 * A machine has at most one event pending: the end of the phase at hand (setup, then work). What
 * stops it sets a bit and takes the event away, keeping what is left; when the last bit is cleared
 * the phase goes on. */
#include "floor.h"

/* ---- states ---- */
static enum machine_state state_of(const struct machine *machine) {
    if (machine->stops) return machine->stops & 1 ? STATE_OFF_SHIFT : STATE_FAILED;
    return machine->condition;
}

static void state_update(struct run *run, struct machine *machine) {
    enum machine_state state = state_of(machine);
    if (state == machine->state) return;
    struct station_state *station = &run->stations[machine->station];
    station->in_state[machine->state]--;
    clock_leave(&station->moment[machine->state], run->now);
    station->in_state[state]++;
    clock_enter(&station->moment[state], run->now);
    machine->state = (uint8_t)state;
}

void machine_state_set(struct run *run, struct machine *machine, enum machine_state condition) {
    machine->condition = (uint8_t)condition;
    state_update(run, machine);
}

/* ---- idle machines: longest idle first, at one instant by number ---- */
static void idle_push(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct station_state *station = &run->stations[machine->station];
    machine->idle_since = run->now;
    machine->next_idle = NOBODY;
    station->idle_count++;
    if (!(machine->stops & 1)) station->open_idle++;
    int32_t last = station->idle_last;
    if (last == NOBODY) {
        station->idle_first = station->idle_last = id;
        return;
    }
    if (last < id || run->machines[last].idle_since < run->now) {
        run->machines[last].next_idle = id;
        station->idle_last = id;
        return;
    }
    int32_t *link = &station->idle_first; /* rare: several became idle at this instant */
    while (run->machines[*link].idle_since < run->now || *link < id)
        link = &run->machines[*link].next_idle;
    machine->next_idle = *link;
    *link = id;
}

static void idle_remove(struct run *run, int32_t id) {
    struct station_state *station = &run->stations[run->machines[id].station];
    int32_t before = NOBODY;
    for (int32_t at = station->idle_first; at != id; at = run->machines[at].next_idle) before = at;
    int32_t next = run->machines[id].next_idle;
    if (before == NOBODY)
        station->idle_first = next;
    else
        run->machines[before].next_idle = next;
    if (station->idle_last == id) station->idle_last = before;
    station->idle_count--;
    if (!(run->machines[id].stops & 1)) station->open_idle--;
}

void machine_idle(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (machine->finishing) { /* it had stayed open for this part */
        machine->finishing = false;
        machine->stops |= 1;
    }
    idle_push(run, id);
    machine_state_set(run, machine, STATE_STARVED);
    station_wake(run, machine->station);
    if (run->settings.stations[machine->station].room != INT32_MAX)
        floor_retry(run, machine->station);
}

static struct machine new_machine(int32_t station, int32_t slot) {
    return (struct machine){.ends = TICK_NEVER,
                            .station = station,
                            .part = NOBODY,
                            .slot = slot,
                            .last_item = NOBODY,
                            .condition = STATE_STARVED,
                            .state = STATE_STARVED};
}

static void join_station(struct run *run, int32_t id) {
    struct station_state *station = &run->stations[run->machines[id].station];
    station->in_state[STATE_STARVED]++;
    clock_enter(&station->moment[STATE_STARVED], run->now);
    idle_push(run, id);
}

void machines_start(struct run *run) {
    for (int32_t station = 0; station < run->plant->station_count; station++) {
        const struct station *plan = &run->plant->stations[station];
        for (int32_t id = plan->machine_first; id < plan->machine_first + plan->machine_count;
             id++) {
            run->machines[id] = new_machine(station, id);
            join_station(run, id);
        }
        station_wake(run, station);
    }
    run->machine_count = run->plant->machine_count;
}

/* An unlimited station makes machines as it needs them. */
int32_t station_new_machine(struct run *run, int32_t station) {
    if (run->machine_count == run->machine_room) {
        run->machine_room *= 2;
        run->machines =
            memory_grown(run->machines, (size_t)run->machine_room, sizeof *run->machines);
        moves_grow(run, run->machine_room + run->plant->source_count + run->plant->stock_count + 1);
    }
    int32_t id = run->machine_count++, slot = run_take_slot(run, SLOT_MACHINE, id);
    run->machines[id] = new_machine(station, slot);
    join_station(run, id);
    return id;
}

/* ---- the phase at hand ---- */
static void phase_go(struct run *run, int32_t id, tick left) {
    struct machine *machine = &run->machines[id];
    if (machine->stops) {
        machine->left = left;
        machine->ends = TICK_NEVER;
        return;
    }
    machine->ends = run->now + left;
    run_plan(run, machine->slot, machine->ends, CLASS_COMPLETE);
    if (run->plant->stations[machine->station].busy_stops && !machine->in_setup)
        failures_resume(run, id);
}

static void phase_stand(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (machine->ends == TICK_NEVER) return;
    machine->left = machine->ends - run->now;
    machine->ends = TICK_NEVER;
    calendar_cancel(&run->calendar, machine->slot);
    if (run->plant->stations[machine->station].busy_stops && !machine->in_setup)
        failures_pause(run, id);
}

/* ---- start ---- */
/* Work of a batch: what is given a piece, of all pieces; what is given a lot or batch, once, with
 * the luck of the lot of least serial. */
static tick batch_work(const struct run *run, int32_t first) {
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

static void work_begin(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    const struct part *part = &run->parts[machine->part];
    const struct station *plan = &run->plant->stations[machine->station];
    machine->work =
        plan->has_batch ? batch_work(run, machine->part) : work_time(run, part, part->step);
    machine->setup = plan->has_setup ? work_setup(run, part, id) : 0;
    machine->last_item = run->plant->steps[part->step].item;
    machine->in_setup = machine->setup > 0;
    if (machine->in_setup) {
        run->stations[machine->station].setups++;
        ledger_post_micro(run, ACCOUNT_SETUPS,
                          run->settings.stations[machine->station].setup_cost_micro);
    }
    machine_state_set(run, machine, machine->in_setup ? STATE_SETUP : STATE_WORKING);
    SAY(run, CLASS_COMPLETE, plan->name, "machine %d starts lot %lld: %.6g h",
        id - plan->machine_first + 1, (long long)part->serial,
        (double)machine->work / (double)TICK_H);
    phase_go(run, id, machine->in_setup ? machine->setup : machine->work);
}

void machine_material(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[machine->part];
    const struct step *step = &run->plant->steps[part->step];
    if (!floor_uses(run, part, step->use_first, step->use_count, id)) {
        machine_state_set(run, machine, STATE_NO_MATERIAL);
        return;
    }
    part->times[IN_MATERIAL] += run->now - part->since;
    part->since = machine->began = run->now;
    work_begin(run, id);
}

/* The part leaves the queue and comes onto the machine. */
static void take_in(struct run *run, int32_t id, int32_t part_id) {
    struct machine *machine = &run->machines[id];
    struct part *part = &run->parts[part_id];
    struct queue *queue = &run->stations[machine->station].queue;
    tick wait = run->now - part->since;
    tally_add(&queue->wait, wait);
    sketch_add(queue->wait_sketch, wait);
    part->times[IN_QUEUE] += wait;
    part->since = run->now;
    part->next = machine->part;
    machine->part = part_id;
    machine->began = run->now;
}

static void start_on(struct run *run, int32_t id, int32_t part_id) {
    int32_t station = run->machines[id].station;
    const struct station *plan = &run->plant->stations[station];
    take_in(run, id, part_id);
    if (plan->has_batch) {
        const struct part *first = &run->parts[part_id];
        int64_t room = run->settings.stations[station].batch_max,
                size = plan->batch_pieces ? first->pieces : 1;
        for (int32_t more; room > size &&
                           (more = queue_pull_alike(run, station, first, room - size)) != NOBODY;) {
            size += plan->batch_pieces ? run->parts[more].pieces : 1;
            take_in(run, id, more);
        }
        tally_add(&run->stations[station].batch, size);
    }
    idle_remove(run, id);
    if (run->settings.stations[station].room != INT32_MAX) floor_retry(run, station);
    if (run->plant->steps[run->parts[part_id].step].flags & STEP_USES)
        machine_material(run, id);
    else
        work_begin(run, id);
}

static int32_t idle_up(const struct run *run, const struct station_state *station) {
    int32_t id = station->idle_first;
    while (id != NOBODY && run->machines[id].stops) id = run->machines[id].next_idle;
    return id;
}

/* What waits is enough for a batch, or has waited long enough. */
static bool batch_ready(struct run *run, int32_t station);

/* Would the part that goes next be done before the station closes? */
static bool part_fits(struct run *run, int32_t station, int32_t machine, int32_t part) {
    const struct station *plan = &run->plant->stations[station];
    if (plan->calendar == NOBODY || run->settings.stations[station].at_shift_end != SHIFT_END_FIT)
        return true;
    tick need = work_setup(run, &run->parts[part], machine) +
                work_time(run, &run->parts[part], run->parts[part].step);
    tick closes = shift_next(&run->plant->shifts[plan->calendar], run->now);
    return closes == TICK_NEVER || need <= closes - run->now;
}

/* Nothing to start: the station falls asleep until a part, a machine or material comes. */
static bool fall_asleep(struct run *run, int32_t station) {
    run->awake[station >> 6] &= ~(UINT64_C(1) << (station & 63));
    level_extremes(&run->stations[station].queue.length); /* the queue as the instant leaves it */
    return false;
}

bool station_start(struct run *run, int32_t station) {
    struct station_state *state = &run->stations[station];
    const struct station *plan = &run->plant->stations[station];
    int32_t id = idle_up(run, state);
    if (id == NOBODY) {
        if (!plan->unlimited || state->queue.count == 0) return fall_asleep(run, station);
        id = station_new_machine(run, station);
        state = &run->stations[station];
    }
    if (state->queue.count == 0) {
        int32_t part = plan->feeder == NOBODY ? NOBODY : release_feed(run, plan->feeder);
        if (part == NOBODY) return fall_asleep(run, station);
        queue_push(run, station, part);
    }
    if (plan->has_batch && !batch_ready(run, station)) return fall_asleep(run, station);
    int32_t part = queue_pull(run, station, id);
    if (!part_fits(run, station, id, part)) {
        queue_put_back(run, station, part);
        return fall_asleep(run, station);
    }
    start_on(run, id, part);
    return true;
}

/* ---- batches ---- */
static bool batch_ready(struct run *run, int32_t station) {
    const struct station_settings *settings = &run->settings.stations[station];
    const struct queue *queue = &run->stations[station].queue;
    const struct part *first = &run->parts[queue->first];
    if (queue_alike(run, station, first) >= settings->batch_min) return true;
    if (settings->batch_wait == TICK_NEVER) return false;
    tick until = first->since + settings->batch_wait;
    if (until <= run->now) return true;
    run_plan(run, run->plant->batch_slot + station, until, CLASS_OPEN);
    return false;
}

/* ---- end of work ---- */
static int32_t good_pieces(const struct run *run, const struct part *part, const struct step *step,
                           double scrap) {
    struct draw draw = draw_at(run_stream(run, step->scrap_stream), part->luck,
                               (uint64_t)part->visits, run->replication, 0);
    int32_t good = 0;
    for (int32_t i = 0; i < part->pieces; i++) good += draw_uniform(&draw) >= scrap;
    return good;
}

static double uniform_at(const struct run *run, const struct part *part, uint64_t stream) {
    struct draw draw =
        draw_at(run_stream(run, stream), part->luck, (uint64_t)part->visits, run->replication, 0);
    return draw_uniform(&draw);
}

static int32_t branch_taken(const struct run *run, const struct part *part,
                            const struct step *step) {
    const struct branch *branches = run->plant->branches + step->branch_first;
    double u = uniform_at(run, part, step->next_stream);
    int32_t i = 0;
    while (i < step->branch_count - 1 && u >= branches[i].share) i++;
    return branches[i].step;
}

/* Where the part goes after the step: sets part->step. False: all of it is lost. */
static bool route_on(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    int32_t at = part->step;
    const struct step *step = &run->plant->steps[at];
    const struct step_settings *settings = &run->settings.steps[at];
    if (step->flags & STEP_COST)
        ledger_post_micro(run, ACCOUNT_MAKING, settings->piece_cost_micro * part->pieces);
    if (step->flags & STEP_SCRAP) {
        int32_t lost = part->pieces - good_pieces(run, part, step, settings->scrap);
        bool all = lost == part->pieces;
        run->stations[step->station].scrapped += lost;
        if (all) loop_return(run, part, NOBODY);
        if (lost) part_lose(run, id, lost);
        if (all) return false;
        part = &run->parts[id];
    }
    if (step->flags & STEP_REWORK &&
        uniform_at(run, part, step->rework_stream) < settings->rework_share) {
        if (part->reworks >= settings->rework_times && settings->rework_then == 0) {
            loop_return(run, part, NOBODY);
            part_lose(run, id, part->pieces);
            return false;
        }
        if (part->reworks < settings->rework_times) {
            if (part->reworks++ == 0) run->flows[part->flow].reworked++;
            part->visits++;
            part->step = step->rework_to;
            return true;
        }
    }
    int32_t next = step->flags & STEP_BRANCH ? branch_taken(run, part, step) : step->next;
    if (next != NOBODY && next <= at) part->visits++;
    part->step = next;
    return true;
}

static void part_done(struct run *run, int32_t id, const struct machine *machine) {
    struct part *part = &run->parts[id];
    tick stood = run->now - machine->began - machine->setup - machine->work;
    part->times[IN_WORK] += machine->work;
    if (machine->setup) part->times[IN_SETUP] += machine->setup;
    if (stood) part->times[IN_REPAIR] += stood;
    part->since = run->now;
    if (part->cards) loop_return(run, part, machine->station);
}

/* The part or batch is done: each lot gets its next step, and the machine waits to be emptied. */
static void work_end(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct station_state *station = &run->stations[machine->station];
    machine->ends = TICK_NEVER;
    machine->finished = true;
    int32_t pieces = 0;
    for (int32_t *link = &machine->part; *link != NOBODY;) {
        int32_t part = *link;
        part_done(run, part, machine);
        station->lots++;
        pieces += run->parts[part].pieces;
        int32_t next = run->parts[part].next;
        if (route_on(run, part))
            link = &run->parts[part].next;
        else
            *link = next;
        machine = &run->machines[id];
    }
    station->pieces += pieces;
    if (run->plant->stations[machine->station].stop_count) failures_count(run, id, pieces);
    moves_push(run, id);
}

void machine_event(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (!machine->in_setup) {
        work_end(run, id);
        return;
    }
    machine->in_setup = false;
    machine_state_set(run, machine, STATE_WORKING);
    phase_go(run, id, machine->work);
}

/* ---- stops ---- */
/* The part at hand begins again, or is lost. */
static void interrupt(struct run *run, int32_t id, int32_t then) {
    struct machine *machine = &run->machines[id];
    if (then == THEN_RESTART) machine->left = machine->in_setup ? machine->setup : machine->work;
    if (then != THEN_SCRAP) return;
    machine->left = 0;
    machine->in_setup = false;
    while (machine->part != NOBODY) {
        int32_t part = machine->part;
        machine->part = run->parts[part].next;
        run->stations[machine->station].scrapped += run->parts[part].pieces;
        loop_return(run, &run->parts[part], NOBODY);
        part_lose(run, part, run->parts[part].pieces);
        machine = &run->machines[id];
    }
    machine->finished = true; /* nothing to move: it becomes idle in phase C */
    moves_push(run, id);
}

void machine_stop(struct run *run, int32_t id, int32_t bit, int32_t then) {
    struct machine *machine = &run->machines[id];
    bool worked = machine->ends != TICK_NEVER;
    if (bit == 0 && machine->condition == STATE_STARVED && !(machine->stops & 1))
        run->stations[machine->station].open_idle--;
    machine->stops |= UINT64_C(1) << bit;
    phase_stand(run, id);
    if (worked) interrupt(run, id, then);
    state_update(run, &run->machines[id]);
}

void machine_clear(struct run *run, int32_t id, int32_t bit) {
    struct machine *machine = &run->machines[id];
    if (!(machine->stops >> bit & 1)) return;
    machine->stops &= ~(UINT64_C(1) << bit);
    if (bit == 0 && machine->condition == STATE_STARVED)
        run->stations[machine->station].open_idle++;
    state_update(run, machine);
    if (machine->stops) return;
    if (machine->condition == STATE_WORKING || machine->condition == STATE_SETUP) {
        if (!machine->finished) phase_go(run, id, machine->left);
    } else
        station_wake(run, machine->station);
    if (bit == 0 && run->settings.stations[machine->station].room != INT32_MAX)
        floor_retry(run, machine->station);
}
