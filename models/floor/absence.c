/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who are away at times: a stop for each person of a crew.
 *
 * It is the same mechanism as the failures of machines, with one clock a person: `up` and
 * `calendar` run with the time, `busy` while he is with a machine or repair (his way there
 * included). What he was needed for breaks off, and whoever is free may go on with it; or
 * (`after-part`, and always who drives a vehicle) he goes when it is done. Draws are keyed by
 * person and occurrence. */
#include "people.h"
#include "quick.h"

static const struct crew_plan *crew_of(const struct run *run, int32_t p) {
    return &run->plant->crews[run->persons[p].crew];
}

static int32_t slot_of(const struct run *run, int32_t p) {
    const struct crew_plan *crew = crew_of(run, p);
    return run->plant->absence_slot + crew->absent_first + p - crew->person_first;
}

static int32_t person_of(const struct run *run, int32_t absent) {
    const struct crew_plan *crew = run->plant->crews;
    while (crew->absent_first == NOBODY || absent >= crew->absent_first + crew->person_count)
        crew++;
    return crew->person_first + absent - crew->absent_first;
}

static tick drawn(const struct run *run, int32_t p, const struct law *law, uint64_t stream) {
    struct draw draw = draw_at(run_stream(run, stream), (uint64_t)run->persons[p].absences, 0,
                               run->replication, (uint64_t)(p - crew_of(run, p)->person_first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_round(law_value(law, &draw, &env));
}

/* ---- the clock ---- */
static void plan_next(struct run *run, int32_t p) {
    tick at = run->persons[p].left;
    if (at != TICK_NEVER)
        run_plan(run, slot_of(run, p), at > run->now ? at : run->now, CLASS_CLOSE);
}

static void clock_set(struct run *run, int32_t p, const struct law *law) {
    struct person *person = &run->persons[p];
    const struct moments *moments = &crew_of(run, p)->absent_at;
    tick after =
        moments->at ? TICK_NEVER : drawn(run, p, law, crew_of(run, p)->absence_after_stream);
    bool busy = crew_of(run, p)->absence_clock == ABSENT_BUSY;
    person->left = busy || after == TICK_NEVER ? after : run->now + after;
    if (moments->at) person->left = moment_next(moments, person->absences);
    if (!busy && !person->absent) plan_next(run, p);
}

static void cancel(struct run *run, int32_t p) {
    if (calendar_pending(&run->calendar, slot_of(run, p)) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot_of(run, p));
}

void absences_start(struct run *run) {
    for (int32_t i = 0; i < run->plant->absent_count; i++) {
        int32_t p = person_of(run, i);
        const struct crew_settings *settings = &run->settings.crews[run->persons[p].crew];
        bool own = settings->absence_first.kind != (int32_t)ABSENT_LAW;
        if (run->persons[p].employed)
            clock_set(run, p, own ? &settings->absence_first : &settings->absence_after);
    }
}

void absence_comes(struct run *run, int32_t p) {
    if (crew_of(run, p)->absent_first == NOBODY) return;
    while (moment_next(&crew_of(run, p)->absent_at, run->persons[p].absences) < run->now)
        run->persons[p].absences++; /* he was not here yet */
    clock_set(run, p, &run->settings.crews[run->persons[p].crew].absence_after);
}

void absence_goes(struct run *run, int32_t p) {
    if (crew_of(run, p)->absent_first == NOBODY) return;
    cancel(run, p);
    run->persons[p].absent = run->persons[p].due = false;
}

/* ---- away and back ---- */
static void away(struct run *run, int32_t p, int32_t by) {
    struct crew_state *crew = &run->crews[run->persons[p].crew];
    level_change(&crew->away, run->now, by);
    crew_differs(run, run->persons[p].crew);
}

static void begin(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    const struct crew_settings *settings = &run->settings.crews[person->crew];
    tick lasts = drawn(run, p, &settings->absence_lasts, crew_of(run, p)->absence_lasts_stream);
    person->absent = true;
    person_is_taken(run, p);
    person->due = false;
    person->absences++;
    cancel(run, p);
    run_plan(run, slot_of(run, p), run->now + lasts, CLASS_OPEN);
    if (crew_of(run, p)->absence_clock == ABSENT_CALENDAR)
        clock_set(run, p, &settings->absence_after);
    SAY(run, CLASS_CLOSE, crew_of(run, p)->name, "person %d is away for %.6g h",
        p - crew_of(run, p)->person_first + 1, (double)lasts / (double)TICK_H);
    away(run, p, 1);
}

static void end(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    person->absent = false;
    person_is_free(run, p);
    SAY(run, CLASS_OPEN, crew_of(run, p)->name, "person %d is back",
        p - crew_of(run, p)->person_first + 1);
    if (crew_of(run, p)->absence_clock == ABSENT_CALENDAR)
        plan_next(run, p);
    else
        clock_set(run, p, &run->settings.crews[person->crew].absence_after);
    away(run, p, -1);
}

void absence_event(struct run *run, int32_t absent) {
    int32_t p = person_of(run, absent);
    struct person *person = &run->persons[p];
    if (person->absent) {
        end(run, p);
        return;
    }
    if (person->team != NOBODY &&
        (crew_of(run, p)->absence_stops == ABSENT_AFTER_PART || team_drives(run, person->team))) {
        person->due = true;
        return;
    }
    person->due = person->team != NOBODY; /* begins when his team breaks off */
    if (person->due)
        team_deserted(run, person->team);
    else
        begin(run, p);
}

/* ---- clocks that count work ---- */
void absence_work_begins(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    if (crew_of(run, p)->absence_clock != ABSENT_BUSY || person->left == TICK_NEVER) return;
    person->since = run->now;
    run_plan(run, slot_of(run, p), run->now + person->left, CLASS_CLOSE);
}

/* What is used up strikes at the end of this instant. */
void absence_work_ends(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    if (person->due) {
        begin(run, p);
        return;
    }
    if (crew_of(run, p)->absence_clock != ABSENT_BUSY || person->left == TICK_NEVER) return;
    person->left -= run->now - person->since;
    if (person->left > 0) cancel(run, p);
}
