/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failures, repairs and shifts: what stops machines and lets them go.
 *
 * A failure mode of a machine has one slot: it strikes, and then is repaired. Clocks: `up` and
 * `calendar` run with the time and are planned; `busy` runs only while the machine works, and
 * strikes only if it would run out before the work at hand ends; `pieces` and `cycles` are counted
 * when work ends. Times to failure and repairs are drawn by machine and occurrence, so that no
 * other choice shifts them. */
#include "people.h"
#include "quick.h"

static int32_t failure_of(const struct run *run, int32_t machine, int32_t mode) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    return station->failure_first + (machine - station->machine_first) * station->stop_count + mode;
}

struct failure_place {
    int32_t machine, stop;
};

static struct failure_place place_of(const struct run *run, int32_t failure) {
    const struct plant *plant = run->plant;
    int32_t station = plant->failure_stations[failure];
    const struct station *plan = &plant->stations[station];
    int32_t at = failure - plan->failure_first;
    return (struct failure_place){plan->machine_first + at / plan->stop_count,
                                  plan->stop_first + at % plan->stop_count};
}

int32_t failure_machine(const struct run *run, int32_t failure) {
    return place_of(run, failure).machine;
}

int32_t failure_priority(const struct run *run, int32_t failure) {
    return run->settings.stops[place_of(run, failure).stop].priority;
}

/* What stops it, of the exclusive states the first that holds. */
enum machine_state machine_stopped(const struct run *run, const struct machine *machine) {
    if (machine->stops & 1) return STATE_OFF_SHIFT;
    const struct station *station = &run->plant->stations[machine->station];
    int32_t id = failure_of(run, (int32_t)(machine - run->machines), 0);
    for (int32_t mode = 0; mode < station->stop_count; mode++)
        if (run->failures[id + mode].down && !team_waits(run, id + mode)) return STATE_FAILED;
    return STATE_WAITING_REPAIR;
}

static double draw_of(const struct run *run, const struct law *law, uint64_t stream,
                      const struct failure *failure, int32_t machine) {
    struct draw draw = draw_at(
        run_stream(run, stream), (uint64_t)failure->count, 0, run->replication,
        (uint64_t)(machine - run->plant->stations[run->machines[machine].station].machine_first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_value(law, &draw, &env);
}

static bool clock_runs_by_itself(int32_t clock) {
    return clock == CLOCK_UP || clock == CLOCK_CALENDAR;
}

/* Sets the clock anew: at the start of the run, and after a repair (a calendar clock: when it
 * strikes). */
static void clock_set(struct run *run, int32_t id, const struct law *law) {
    struct failure_place place = place_of(run, id);
    const struct stop *stop = &run->plant->stops[place.stop];
    struct failure *failure = &run->failures[id];
    tick after = law_round(draw_of(run, law, stop->after_stream, failure, place.machine));
    failure->left = after;
    if (clock_runs_by_itself(stop->clock) && after != TICK_NEVER) {
        failure->left = run->now + after;
        if (!failure->down)
            run_plan(run, run->plant->failure_slot + id, failure->left, CLASS_CLOSE);
    }
}

void failures_start(struct run *run) {
    for (int32_t id = 0; id < run->plant->failure_count; id++) {
        int32_t stop = place_of(run, id).stop;
        const struct law *first = &run->settings.stops[stop].first;
        clock_set(run, id, first->kind == ABSENT_LAW ? &run->settings.stops[stop].after : first);
    }
}

/* ---- striking and repair ---- */
static int32_t then_of(const struct run *run, const struct failure_place *place) {
    int32_t then = run->settings.stops[place->stop].then;
    return then == THEN_STATION
               ? run->plant->stations[run->machines[place->machine].station].interrupted
               : then;
}

static void strike(struct run *run, int32_t id) {
    struct failure_place place = place_of(run, id);
    const struct stop *stop = &run->plant->stops[place.stop];
    const struct stop_settings *settings = &run->settings.stops[place.stop];
    struct failure *failure = &run->failures[id];
    struct machine *machine = &run->machines[place.machine];
    if (settings->stops == STOPS_AFTER_PART && machine->ends != TICK_NEVER) {
        machine->after_part = true; /* failures_count calls it again */
        failure->left = 0;
        return;
    }
    failure->down = true;
    tick repair =
        law_round(draw_of(run, &settings->lasts, stop->lasts_stream, failure, place.machine));
    bool waits = stop->needs.count > 0;
    if (waits) {
        run->teams[id].spent = 0;
        team_ask(run, id, stop->needs, repair);
    }
    machine_stop(run, place.machine, stop->bit, then_of(run, &place));
    ledger_post_micro(run, ACCOUNT_REPAIRS, settings->cost_micro);
    struct stop_state *state = &run->stops[place.stop];
    state->count++;
    if (!waits) tally_add(&state->repair, repair);
    SAY(run, CLASS_CLOSE, run->plant->stations[stop->station].name,
        "machine %d stops (%s) for %.6g h",
        place.machine - run->plant->stations[stop->station].machine_first + 1, stop->name,
        (double)repair / (double)TICK_H);
    TELL(run, stop, place.machine, place.stop, repair);
    failure->count++;
    if (stop->clock == CLOCK_CALENDAR) clock_set(run, id, &settings->after);
    if (!waits) run_plan(run, run->plant->failure_slot + id, run->now + repair, CLASS_OPEN);
}

/* The people for the repair are there. */
void repair_staffed(struct run *run, int32_t id) {
    struct team *team = &run->teams[id];
    struct failure_place place = place_of(run, id);
    tick time = people_time(team->left, team->speed);
    team->spent += time;
    run_plan(run, run->plant->failure_slot + id, run->now + time, CLASS_OPEN);
    machine_state_update(run, &run->machines[place.machine]);
    people_seen(run);
}

/* They go home: what is left of it waits for others. */
void repair_deserted(struct run *run, int32_t id) {
    struct team *team = &run->teams[id];
    int32_t slot = run->plant->failure_slot + id;
    tick left = event_tick(calendar_pending(&run->calendar, slot)) - run->now;
    calendar_cancel(&run->calendar, slot);
    team->spent -= left;
    team_leave(run, id);
    team_ask(run, id, team->needs, (tick)((double)left * team->speed + 0.5));
    machine_state_update(run, &run->machines[place_of(run, id).machine]);
    people_seen(run);
}

static void repaired(struct run *run, int32_t id) {
    struct failure_place place = place_of(run, id);
    const struct stop *stop = &run->plant->stops[place.stop];
    struct failure *failure = &run->failures[id];
    failure->down = false;
    if (stop->needs.count) {
        tally_add(&run->stops[place.stop].repair, run->teams[id].spent);
        team_leave(run, id);
    }
    if (stop->clock == CLOCK_CALENDAR) {
        if (failure->left != TICK_NEVER)
            run_plan(run, run->plant->failure_slot + id,
                     failure->left > run->now ? failure->left : run->now, CLASS_CLOSE);
    } else
        clock_set(run, id, &run->settings.stops[place.stop].after);
    SAY(run, CLASS_OPEN, run->plant->stations[stop->station].name, "machine %d is repaired (%s)",
        place.machine - run->plant->stations[stop->station].machine_first + 1, stop->name);
    TELL(run, stop, place.machine, place.stop, -1);
    machine_clear(run, place.machine, stop->bit);
}

void failure_event(struct run *run, int32_t id) {
    if (run->failures[id].down)
        repaired(run, id);
    else
        strike(run, id);
}

/* ---- clocks that count work ---- */
void failures_resume(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    tick work_left = run->machines[machine].ends - run->now;
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        if (run->plant->stops[station->stop_first + mode].clock != CLOCK_BUSY) continue;
        int32_t id = failure_of(run, machine, mode);
        struct failure *failure = &run->failures[id];
        failure->since = run->now;
        if (failure->left <= work_left)
            run_plan(run, run->plant->failure_slot + id, run->now + failure->left, CLASS_CLOSE);
    }
}

void failures_pause(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        if (run->plant->stops[station->stop_first + mode].clock != CLOCK_BUSY) continue;
        int32_t id = failure_of(run, machine, mode);
        struct failure *failure = &run->failures[id];
        if (failure->down) continue;
        failure->left -= run->now - failure->since;
        if (failure->left < 0) failure->left = 0; /* it is due and waits for the part */
        if (failure->left > 0) calendar_cancel(&run->calendar, run->plant->failure_slot + id);
    }
}

/* Work has ended: what it used up is counted; what is used up strikes at the end of this instant.
 */
void failures_count(struct run *run, int32_t machine, int32_t pieces) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    if (station->busy_stops) failures_pause(run, machine);
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        const struct stop *stop = &run->plant->stops[station->stop_first + mode];
        int32_t id = failure_of(run, machine, mode);
        struct failure *failure = &run->failures[id];
        bool due = run->machines[machine].after_part && failure->left <= 0;
        if (stop->clock == CLOCK_PIECES || stop->clock == CLOCK_CYCLES) {
            failure->left -= stop->clock == CLOCK_PIECES ? pieces : 1;
            due = due || failure->left <= 0;
        }
        if (due && !failure->down)
            run_plan(run, run->plant->failure_slot + id, run->now, CLASS_CLOSE);
    }
    run->machines[machine].after_part = false;
}

/* ---- shifts ---- */
static void shift_plan(struct run *run, int32_t shift) {
    tick next = shift_next(&run->plant->shifts[shift], run->now);
    if (next == TICK_NEVER) return;
    run_plan(run, run->plant->shift_slot + shift, next,
             shift_open(&run->plant->shifts[shift], next) ? CLASS_OPEN : CLASS_CLOSE);
}

static void close_machine(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (machine->ends != TICK_NEVER &&
        run->settings.stations[machine->station].at_shift_end == SHIFT_END_FINISH)
        machine->finishing = true;
    else
        machine_stop(run, id, 0, THEN_RESUME);
}

static void shift_apply(struct run *run, int32_t shift, bool open) {
    crews_shift(run, shift, open);
    suppliers_shift(run, shift, open);
    for (int32_t s = 0; s < run->plant->station_count; s++) {
        const struct station *station = &run->plant->stations[s];
        if (station->calendar != shift) continue;
        SAY(run, open ? CLASS_OPEN : CLASS_CLOSE, station->name, "%s", open ? "opens" : "closes");
        TELL(run, shift, s, open);
        for (int32_t i = 0; i < station->machine_count; i++) {
            int32_t id = station->machine_first + i;
            if (!open)
                close_machine(run, id);
            else if (run->machines[id].finishing)
                run->machines[id].finishing = false;
            else
                machine_clear(run, id, 0);
        }
    }
}

void shift_event(struct run *run, int32_t shift) {
    shift_apply(run, shift, shift_open(&run->plant->shifts[shift], run->now));
    shift_plan(run, shift);
}

void shifts_start(struct run *run) {
    for (int32_t shift = 0; shift < run->plant->shift_count; shift++) {
        if (!shift_open(&run->plant->shifts[shift], run->now)) shift_apply(run, shift, false);
        shift_plan(run, shift);
    }
}
