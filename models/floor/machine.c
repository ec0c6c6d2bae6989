/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines: idle or at work, and stops.
 *
 * A machine has at most one event pending: the end of the phase at hand (setup, then work). What
 * stops it sets a bit and takes the event away, keeping what is left; when the last bit is cleared
 * the phase goes on. */
#include "people.h"
#include "quick.h"

enum { INACTIVE_BIT = 63 };

/* It was to go, and is empty now. */
static void retire(struct run *run, int32_t id) {
    run->machines[id].retiring = false;
    run->machines[id].stops |= STOP_INACTIVE;
    failures_away(run, id);
}

/* ---- idle machines: longest idle first, at one instant by number ---- */
static void idle_push(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct station_state *station = &run->stations[machine->station];
    if (UNLIKELY(machine->retiring)) retire(run, id);
    machine->idle_since = run->now;
    machine->next_idle = NOBODY;
    station->idle_count++;
    if (!(machine->stops & STOPS_AWAY)) station->open_idle++;
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

/* It was not the one that has been idle longest: it was down, or another one was. */
void machine_busy_behind(struct run *run, int32_t id) {
    struct station_state *station = &run->stations[run->machines[id].station];
    int32_t before = station->idle_first;
    while (run->machines[before].next_idle != id) before = run->machines[before].next_idle;
    run->machines[before].next_idle = run->machines[id].next_idle;
    if (station->idle_last == id) station->idle_last = before;
}

/* Its parts have gone. It keeps its state until the station falls asleep: most machines start again
 * in the same instant, and what lasts no time is not worth two changes of the clocks. */
void machine_idle(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (UNLIKELY(machine->rest != NOBODY)) {
        transfer_next(run, id);
        return;
    }
    machine->goes_on = false;
    if (machine->finishing) { /* it had stayed open for this part */
        machine->finishing = false;
        machine->stops |= 1;
    }
    machine->finished = false;
    idle_push(run, id);
    run->stations[machine->station].fresh_idle++;
    station_wake(run, machine->station);
    if (run->stations[machine->station].room != INT32_MAX) floor_retry(run, machine->station);
}

void machine_open(struct run *run, int32_t id) {
    int32_t station = run->machines[id].station;
    idle_push(run, id);
    station_wake(run, station);
    if (run->stations[station].room != INT32_MAX) floor_retry(run, station);
}

void machine_rest(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    machine->ends = TICK_NEVER;
    idle_push(run, id);
    machine_state_set(run, machine, STATE_STARVED);
}

static struct machine new_machine(int32_t station, int32_t slot) {
    return (struct machine){.ends = TICK_NEVER,
                            .station = station,
                            .part = NOBODY,
                            .rest = NOBODY,
                            .slot = slot,
                            .set_up = NOBODY,
                            .ahead = NOBODY,
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
            run->machines[id].set_up = plan->setup_at_start;
            join_station(run, id);
            if (id - plan->machine_first >= run->settings.stations[station].machines)
                machine_stop(run, id, INACTIVE_BIT, THEN_RESUME);
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
        people_grow(run);
        moves_grow(run, run->machine_room + run->door_count + 1);
    }
    int32_t id = run->machine_count++, slot = run_take_slot(run, SLOT_MACHINE, id);
    run->machines[id] = new_machine(station, slot);
    people_join(run, id);
    join_station(run, id);
    return id;
}

/* ---- the phase at hand ---- */
/* What comes before the work: people and the setup that the part at hand needs. False: nothing. */
bool machine_prepares(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (run->plant->stations[machine->station].blocking == BLOCKING_BEFORE &&
        machine->ahead == NOBODY && !ahead_keep(run, id))
        return true;
    if (run->plant->stations[machine->station].named)
        machine->work = own_time(run, id, machine->work, work_beside(run, machine->part));
    if (run->plant->stations[machine->station].has_needs) {
        phases_begin(run, id);
        return true;
    }
    if (!run->plant->stations[machine->station].has_setup || !setup_take(run, id)) return false;
    machine_state_set(run, machine, STATE_SETUP);
    machine_go(run, id, machine->setup);
    return true;
}

static void stand(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (machine->ends == TICK_NEVER) return;
    machine->left = machine->ends - run->now;
    machine->ends = TICK_NEVER;
    calendar_cancel(&run->calendar, machine->slot);
    if (run->plant->stations[machine->station].busy_stops && !machine->in_setup)
        failures_pause(run, id);
    if (machine->phased) phase_stand(run, id, machine->left);
}

void machine_halt(struct run *run, int32_t id) {
    stand(run, id);
}

/* ---- stops ---- */
static bool takes_away(int32_t bit) {
    return bit == 0 || bit == INACTIVE_BIT;
}

static bool machine_is_idle(const struct machine *machine) {
    return machine->part == NOBODY && !machine->finished && !machine->in_setup && !machine->shut;
}

/* The part at hand begins again, or is lost. */
static void interrupt(struct run *run, int32_t id, int32_t then) {
    struct machine *machine = &run->machines[id];
    if (machine->phased)
        phase_interrupted(run, id, then);
    else if (then == THEN_RESTART) {
        if (!machine->in_setup) machine_wasted(run, id, machine->work - machine->left);
        machine->left = machine->in_setup ? machine->setup : machine->work;
    }
    if (then != THEN_SCRAP) return;
    machine->left = 0;
    setup_turn_ends(run, id);
    if (machine->rest != NOBODY) transfer_cut(run, machine->rest);
    while (machine->part != NOBODY) {
        int32_t part = machine->part;
        machine->part = run->parts[part].next;
        machine_cut_off(run, id, run->parts[part].pieces);
        cards_return(run, &run->parts[part]);
        part_lose(run, part, run->parts[part].pieces);
        machine = &run->machines[id];
    }
    if (machine->again) repeat_over(run, id);
    machine->finished = true; /* nothing to move: it becomes idle in phase C */
    if (machine->after_part) failures_due(run, id);
    moves_push(run, id);
}

void machine_lose(struct run *run, int32_t id) {
    interrupt(run, id, THEN_SCRAP);
}

void machine_stop(struct run *run, int32_t id, int32_t bit, int32_t then) {
    struct machine *machine = &run->machines[id];
    bool worked = machine->ends != TICK_NEVER, pipes = run->plant->stations[machine->station].pipes;
    if (UNLIKELY(pipes)) pipe_shut(run, id);
    if (takes_away(bit) && machine_is_idle(machine) && !(machine->stops & STOPS_AWAY))
        run->stations[machine->station].open_idle--;
    machine->stops |= UINT64_C(1) << bit;
    stand(run, id);
    if (worked) interrupt(run, id, then);
    if (UNLIKELY(pipes)) pipe_update(run, id);
    machine_state_update(run, &run->machines[id]);
}

/* Does its lot want to change places with one that waits before it? */
static bool goes_back(const struct run *run, int32_t id) {
    int32_t part = run->machines[id].part, step = part == NOBODY ? NOBODY : run->parts[part].step;
    return step != NOBODY && machine_makes_room(run, id, &run->plant->steps[step]);
}

void machine_clear(struct run *run, int32_t id, int32_t bit) {
    struct machine *machine = &run->machines[id];
    if (!(machine->stops >> bit & 1)) return;
    machine->stops &= ~(UINT64_C(1) << bit);
    if (takes_away(bit) && machine_is_idle(machine) && !(machine->stops & STOPS_AWAY))
        run->stations[machine->station].open_idle++;
    machine_state_update(run, machine);
    if (machine->stops) return;
    if (UNLIKELY(run->plant->stations[machine->station].pipes)) {
        if (machine->condition == STATE_BLOCKED) guard_block(run, id);
        pipe_update(run, id);
        return;
    }
    if (UNLIKELY(run->plant->stations[machine->station].preempt != NULL))
        station_wake(run, machine->station); /* a hot lot may have come meanwhile */
    if (machine_is_idle(machine) || (machine->part == NOBODY && machine->finished))
        station_wake(run, machine->station);
    else if (machine->phased && !machine->finished)
        phase_resume(run, id);
    else if (!machine->finished &&
             (machine->condition == STATE_WORKING || machine->condition == STATE_SETUP))
        machine_go(run, id, machine->left);
    else if (machine->finished &&
             run->plant->stations[machine->station].blocking == BLOCKING_REPEAT)
        repeat_wait(run, id);
    else if (machine->finished && goes_back(run, id))
        machine_move_again(run, id);
    else if (machine->condition == STATE_BLOCKED)
        guard_block(run, id); /* others may have come to wait for it while it stood */
    if (takes_away(bit) && run->stations[machine->station].room != INT32_MAX)
        floor_retry(run, machine->station);
}

/* ---- how many there are ---- */
static void bring_machine(struct run *run, int32_t id) {
    if (run->machines[id].retiring) {
        run->machines[id].retiring = false;
        return;
    }
    machine_clear(run, id, INACTIVE_BIT);
    failures_back(run, id);
}

static void take_machine(struct run *run, int32_t id) {
    if (!machine_is_idle(&run->machines[id])) {
        run->machines[id].retiring = true;
        return;
    }
    machine_stop(run, id, INACTIVE_BIT, THEN_RESUME);
    failures_away(run, id);
}

static bool stays(const struct machine *machine) {
    return !(machine->stops & STOP_INACTIVE) && !machine->retiring;
}

/* Those that come are first the ones that were about to go, those that go first the idle ones: the
 * ones at work finish what they have. */
void station_machines(struct run *run, int32_t station, int32_t count) {
    const struct station *plan = &run->plant->stations[station];
    int32_t first = plan->machine_first, last = first + plan->machine_count - 1, staying = 0;
    for (int32_t id = first; id <= last; id++) staying += stays(&run->machines[id]);
    for (int32_t round = 0; round < 2; round++)
        for (int32_t id = first; id <= last && staying < count; id++) {
            if (stays(&run->machines[id]) || (round == 0 && !run->machines[id].retiring)) continue;
            bring_machine(run, id);
            staying++;
        }
    for (int32_t round = 0; round < 2; round++)
        for (int32_t id = last; id >= first && staying > count; id--) {
            if (!stays(&run->machines[id])) continue;
            if (round == 0 && !machine_is_idle(&run->machines[id])) continue;
            take_machine(run, id);
            staying--;
        }
}
