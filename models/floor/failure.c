/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failures and maintenance: what stops machines by a clock or at moments, and lets them go.
 *
 * A stop of a machine has one slot: it strikes, and then is repaired (maintenance: done). Clocks:
 * `up` and `calendar` run with the time and are planned; `busy` runs only while the machine works,
 * and strikes only if it would run out before the work at hand ends; `pieces` and `cycles` are
 * counted when work ends. Times to failure and repairs are drawn by machine and occurrence, so that
 * no other choice shifts them.
 *
 * A stop may wait for the piece or lot at hand: it is *due*. Those that join begin with the first
 * other stop of their machine. A stop sets its own clock anew, and those that it renews: a calendar
 * clock when it begins, any other when it is over; until then they hold. */
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
    if (machine->stops & STOP_INACTIVE) return STATE_INACTIVE;
    if (machine->stops & 1) return STATE_OFF_SHIFT;
    const struct station *station = &run->plant->stations[machine->station];
    const struct stop *stops = run->plant->stops + station->stop_first;
    int32_t id = failure_of(run, (int32_t)(machine - run->machines), 0);
    bool planned = false;
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        if (!run->failures[id + mode].down || team_waits(run, id + mode)) continue;
        if (!stops[mode].planned) return STATE_FAILED;
        planned = true;
    }
    return planned ? STATE_MAINTENANCE : STATE_WAITING_REPAIR;
}

static double draw_of(const struct run *run, const struct law *law, uint64_t stream, int64_t number,
                      int32_t machine) {
    struct draw draw = draw_at(
        run_stream(run, stream), (uint64_t)number, 0, run->replication,
        (uint64_t)(machine - run->plant->stations[run->machines[machine].station].machine_first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_value(law, &draw, &env);
}

/* ---- clocks ---- */
static bool clock_runs_by_itself(int32_t clock) {
    return clock == CLOCK_UP || clock == CLOCK_CALENDAR;
}

static void cancel(struct run *run, int32_t id) {
    int32_t slot = run->plant->failure_slot + id;
    if (calendar_pending(&run->calendar, slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot);
}

/* Sets the clock anew: at the start of the run, and after a repair (a calendar clock: when it
 * strikes). */
static void clock_set(struct run *run, int32_t id, const struct law *law) {
    struct failure_place place = place_of(run, id);
    const struct stop *stop = &run->plant->stops[place.stop];
    struct failure *failure = &run->failures[id];
    tick after = TICK_NEVER;
    if (!plant_stop_holds(run->plant, place.stop, place.machine)) return; /* another's */
    if (!stop->moments)
        after = law_round(draw_of(run, law, stop->after_stream, failure->count + failure->renewed,
                                  place.machine));
    failure->left = after;
    if (!clock_runs_by_itself(stop->clock)) return;
    if (after != TICK_NEVER) failure->left = run->now + after;
    if (stop->moments && failure->moment_next < stop->moment_count)
        failure->left = stop->moments[failure->moment_next];
    if (failure->left != TICK_NEVER && !failure->down)
        run_plan(run, run->plant->failure_slot + id,
                 failure->left > run->now ? failure->left : run->now, CLASS_CLOSE);
}

void failures_start(struct run *run) {
    for (int32_t id = 0; id < run->plant->failure_count; id++) {
        struct failure_place place = place_of(run, id);
        int32_t stop = place.stop;
        run->failures[id].left = TICK_NEVER;
        const struct law *first = &run->settings.stops[stop].first;
        clock_set(run, id, first->kind == ABSENT_LAW ? &run->settings.stops[stop].after : first);
    }
    for (int32_t i = 0; i < run->machine_count; i++)
        if (run->machines[i].stops & STOP_INACTIVE) failures_away(run, i);
}

/* ---- whose clocks start anew ---- */
/* Is it renewed by another that holds at the moment? */
static bool clock_held(const struct run *run, const struct station *station, int32_t first,
                       int32_t mode) {
    for (int32_t other = 0; other < station->stop_count; other++)
        if (other != mode && run->failures[first + other].down &&
            run->plant->stops[station->stop_first + other].renews >> mode & 1)
            return true;
    return false;
}

static void clock_hold(struct run *run, int32_t id) {
    run->failures[id].left = TICK_NEVER;
    run->failures[id].due = false;
    cancel(run, id);
}

/* The stop begins: calendar clocks that it renews start anew, others hold until it is over. */
static void renewals_begin(struct run *run, int32_t id, const struct stop *stop) {
    int32_t first = id - (stop->bit - 1);
    for (uint64_t left = stop->renews; left; left &= left - 1) {
        int32_t mode = __builtin_ctzll(left), other = first + mode;
        int32_t at = run->plant->stations[stop->station].stop_first + mode;
        if (run->failures[other].down || run->plant->stops[at].moments) continue;
        clock_hold(run, other);
        if (run->plant->stops[at].clock != CLOCK_CALENDAR) continue;
        run->failures[other].renewed++;
        clock_set(run, other, &run->settings.stops[at].after);
    }
}

/* It is over: its own clock and those that it renews start, unless another holds them still. */
static void renewals_end(struct run *run, int32_t id, const struct stop *stop) {
    const struct station *station = &run->plant->stations[stop->station];
    int32_t own = stop->bit - 1, first = id - own;
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        const struct stop *other = &run->plant->stops[station->stop_first + mode];
        struct failure *failure = &run->failures[first + mode];
        bool renews = mode == own || (stop->renews >> mode & 1);
        if (!renews || other->clock == CLOCK_CALENDAR || failure->down) continue;
        if (clock_held(run, station, first, mode)) {
            clock_hold(run, first + mode);
            continue;
        }
        failure->renewed += mode != own;
        clock_set(run, first + mode, &run->settings.stops[station->stop_first + mode].after);
    }
}

/* ---- the piece at hand ---- */
/* By the book: how long after the beginning of the work the piece that is worked POSITION after it
 * is done; TICK_NEVER: the lot is worked as a whole. */
static tick piece_ends(const struct run *run, const struct machine *machine, tick position) {
    tick at = 0;
    double speed = own_speed(run, (int32_t)(machine - run->machines));
    for (int32_t id = machine->part; id != NOBODY; id = run->parts[id].next) {
        const struct part *part = &run->parts[id];
        const struct law *law = &run->settings.steps[part->step].time;
        uint64_t stream = run->plant->steps[part->step].time_stream;
        if (law->per != LAW_PER_PIECE) continue;
        if (!machine->phased) at += work_phase(run, part, PHASE_LOAD);
        for (int32_t piece = 0; piece < part->pieces; piece++) {
            at +=
                people_time(law_constant(law) ? law_round(law->a)
                                              : work_drawn(run, part, law, stream, (uint64_t)piece),
                            speed);
            if (at >= position) return at;
        }
        if (!machine->phased) at += work_phase(run, part, PHASE_UNLOAD);
    }
    return TICK_NEVER;
}

/* How long the machine works on until the piece at hand is done; TICK_NEVER: to the end of all that
 * is on it. */
static tick until_piece_done(const struct run *run, int32_t id) {
    const struct machine *machine = &run->machines[id];
    if (machine->in_setup || machine->again) return TICK_NEVER;
    tick left = machine->ends - run->now;
    double speed = 1;
    tick all = machine->phased ? phase_position(run, id, &speed)
                               : own_time(run, id, work_of_batch(run, machine->part),
                                          work_beside(run, machine->part));
    if (all == TICK_NEVER) return TICK_NEVER;
    tick book = (tick)((double)left * speed + 0.5), position = all - book;
    tick ends = piece_ends(run, machine, position);
    return ends >= all ? TICK_NEVER : people_time(ends - position, speed);
}

/* It waits for the piece or lot at hand; if for a piece, its end is planned. */
static void wait_for_part(struct run *run, int32_t id, const struct failure_place *place,
                          tick piece) {
    run->failures[id].due = true;
    run->machines[place->machine].after_part = run->machines[place->machine].stop_due = true;
    cancel(run, id);
    if (piece != TICK_NEVER)
        run_plan(run, run->plant->failure_slot + id, run->now + piece, CLASS_CLOSE);
}

/* ---- striking and repair ---- */
static int32_t then_of(const struct run *run, const struct failure_place *place) {
    int32_t then = run->settings.stops[place->stop].then;
    return then == THEN_STATION
               ? run->plant->stations[run->machines[place->machine].station].interrupted
               : then;
}

/* The people for it are asked for, or its end is planned. */
static void repair_begins(struct run *run, int32_t id, const struct stop *stop, tick repair) {
    if (stop->needs.count) {
        run->teams[id].spent = 0;
        team_ask(run, id, stop->needs, repair);
        return;
    }
    tally_add(&run->stops[place_of(run, id).stop].repair, repair);
    run_plan(run, run->plant->failure_slot + id, run->now + repair, CLASS_OPEN);
}

static void stop_begins(struct run *run, int32_t id, int32_t then) {
    struct failure_place place = place_of(run, id);
    const struct stop *stop = &run->plant->stops[place.stop];
    const struct stop_settings *settings = &run->settings.stops[place.stop];
    struct failure *failure = &run->failures[id];
    failure->down = true;
    failure->due = false;
    cancel(run, id);
    tick repair = law_round(
        draw_of(run, &settings->lasts, stop->lasts_stream, failure->count, place.machine));
    repair_begins(run, id, stop, repair);
    machine_stop(run, place.machine, stop->bit, then);
    ledger_post_micro(run, ACCOUNT_REPAIRS, settings->cost_micro);
    run->stops[place.stop].count++;
    SAY(run, CLASS_CLOSE, run->plant->stations[stop->station].name,
        "machine %d stops (%s) for %.6g h",
        place.machine - run->plant->stations[stop->station].machine_first + 1, stop->name,
        (double)repair / (double)TICK_H);
    TELL(run, stop, place.machine, place.stop, repair);
    failure->count++;
    failure->moment_next += stop->moments != NULL;
    if (stop->clock == CLOCK_CALENDAR) clock_set(run, id, &settings->after);
    if (stop->renews) renewals_begin(run, id, stop);
}

/* Those of the machine that join the first stop begin with it. */
static void others_join(struct run *run, int32_t id) {
    struct failure_place place = place_of(run, id);
    const struct station *station = &run->plant->stations[run->machines[place.machine].station];
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        int32_t other = failure_of(run, place.machine, mode);
        const struct stop *stop = &run->plant->stops[station->stop_first + mode];
        bool over = stop->moments && run->failures[other].moment_next >= stop->moment_count;
        if (stop->joins && !over && !run->failures[other].down &&
            plant_stop_holds(run->plant, station->stop_first + mode, place.machine))
            stop_begins(run, other, THEN_RESUME);
    }
}

static void strike(struct run *run, int32_t id) {
    struct failure_place place = place_of(run, id);
    int32_t stops = run->settings.stops[place.stop].stops, then = then_of(run, &place);
    if (run->machines[place.machine].ends != TICK_NEVER && stops != STOPS_NOW) {
        tick piece = stops == STOPS_AFTER_PART ? until_piece_done(run, place.machine) : TICK_NEVER;
        if (piece > 0) {
            wait_for_part(run, id, &place, piece);
            return;
        }
        then = THEN_RESUME; /* it stands between two pieces */
    }
    stop_begins(run, id, then);
    if (run->plant->stations[run->machines[place.machine].station].joins) others_join(run, id);
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
    if (team->state == TEAM_COMES) {
        team_leave(run, id);
        team_ask(run, id, team->needs, team->left);
        return;
    }
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
    if (stop->clock == CLOCK_CALENDAR && failure->left != TICK_NEVER)
        run_plan(run, run->plant->failure_slot + id,
                 failure->left > run->now ? failure->left : run->now, CLASS_CLOSE);
    renewals_end(run, id, stop);
    SAY(run, CLASS_OPEN, run->plant->stations[stop->station].name, "machine %d is repaired (%s)",
        place.machine - run->plant->stations[stop->station].machine_first + 1, stop->name);
    TELL(run, stop, place.machine, place.stop, -1);
    machine_clear(run, place.machine, stop->bit);
}

void failure_event(struct run *run, int32_t id) {
    if (UNLIKELY(run->plant->crew_count > 0) && run->failures[id].down && team_comes(run, id))
        team_arrives(run, id);
    else if (run->failures[id].down)
        repaired(run, id);
    else
        strike(run, id);
}

/* ---- clocks that count work ---- */
/* Nothing depends on when the machine works: nearly always, where stops only wait for the part. */
static bool work_is_free(const struct run *run, int32_t machine, const struct station *station) {
    return !station->work_counts && !run->machines[machine].stop_due;
}

void failures_resume(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    if (work_is_free(run, machine, station)) return;
    tick work_left = run->machines[machine].ends - run->now;
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        int32_t id = failure_of(run, machine, mode), at = station->stop_first + mode;
        struct failure *failure = &run->failures[id];
        if (UNLIKELY(failure->due) && run->settings.stops[at].stops == STOPS_AFTER_PART)
            wait_for_part(run, id, &(struct failure_place){machine, at},
                          until_piece_done(run, machine));
        if (run->plant->stops[at].clock != CLOCK_BUSY) continue;
        failure->since = run->now;
        if (failure->left <= work_left && !failure->due)
            run_plan(run, run->plant->failure_slot + id, run->now + failure->left, CLASS_CLOSE);
    }
}

void failures_pause(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    if (work_is_free(run, machine, station)) return;
    bool due = false;
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        int32_t id = failure_of(run, machine, mode);
        struct failure *failure = &run->failures[id];
        if (failure->due) cancel(run, id);
        due |= failure->due;
        if (run->plant->stops[station->stop_first + mode].clock != CLOCK_BUSY) continue;
        if (failure->down || failure->due || failure->left == TICK_NEVER) continue;
        failure->left -= run->now - failure->since;
        if (failure->left > 0) calendar_cancel(&run->calendar, run->plant->failure_slot + id);
    }
    run->machines[machine].stop_due = due;
}

/* The part at hand is done or gone: stops that have waited for it strike at the end of this
 * instant. */
void failures_due(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        int32_t id = failure_of(run, machine, mode);
        if (run->failures[id].due)
            run_plan(run, run->plant->failure_slot + id, run->now, CLASS_CLOSE);
    }
    run->machines[machine].after_part = false;
}

/* Work has ended: what it used up is counted; what is used up strikes at the end of this instant.
 */
void failures_count(struct run *run, int32_t machine, int32_t pieces) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    if (station->busy_stops && !station->pipes) failures_pause(run, machine);
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        const struct stop *stop = &run->plant->stops[station->stop_first + mode];
        int32_t id = failure_of(run, machine, mode);
        struct failure *failure = &run->failures[id];
        if (stop->clock != CLOCK_PIECES && stop->clock != CLOCK_CYCLES) continue;
        if (failure->left == TICK_NEVER) continue;
        failure->left -= stop->clock == CLOCK_PIECES ? pieces : 1;
        if (failure->left <= 0 && !failure->down)
            run_plan(run, run->plant->failure_slot + id, run->now, CLASS_CLOSE);
    }
    if (run->machines[machine].after_part) failures_due(run, machine);
}

/* ---- machines that are not always there ---- */
/* Clocks that run by themselves stand while the machine is away, and begin anew. */
void failures_away(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        int32_t id = failure_of(run, machine, mode);
        if (run->failures[id].down) continue;
        if (clock_runs_by_itself(run->plant->stops[station->stop_first + mode].clock))
            cancel(run, id);
    }
}

void failures_back(struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    for (int32_t mode = 0; mode < station->stop_count; mode++) {
        int32_t id = failure_of(run, machine, mode), stop = station->stop_first + mode;
        if (run->failures[id].down || !clock_runs_by_itself(run->plant->stops[stop].clock))
            continue;
        clock_set(run, id, &run->settings.stops[stop].after);
    }
}
