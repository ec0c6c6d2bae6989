/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many people a crew has, when a programme changes it.
 *
 * Who is wanted comes after the `delay` of `hire`, and costs then; who is no longer wanted goes
 * after `notice`, and is paid until then. A later change takes back what has not happened yet, the
 * latest first. Those who go are the last hired of those who are not at work, then those at work,
 * who finish what is at hand. */
#include "people.h"
#include "quick.h"

#include <stdlib.h>

static bool goes_before_others(const struct person *person, int32_t round) {
    return person->employed && !person->leaves && (round == 1 || person->team == NOBODY);
}

void person_goes(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    struct crew_state *crew = &run->crews[person->crew];
    crew->leaving -= person->leaves;
    level_change(&crew->away, run->now, -(int64_t)person->absent);
    level_change(&crew->employed, run->now, -1);
    if (!person->absent) person_is_taken(run, p);
    absence_goes(run, p);
    person->employed = person->leaves = false;
}

static void person_comes(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    struct crew_state *crew = &run->crews[person->crew];
    int64_t cost = run->settings.crews[person->crew].hire_cost_micro;
    person->employed = true;
    person->station = NOBODY;
    person_is_free(run, p);
    level_change(&crew->employed, run->now, 1);
    crew->hire_micro += cost;
    ledger_post_micro(run, ACCOUNT_WAGES, cost);
    absence_comes(run, p);
}

static void people_come(struct run *run, int32_t id, int32_t count) {
    const struct crew_plan *plan = &run->plant->crews[id];
    int32_t first = plan->person_first, end = first + plan->person_count;
    for (int32_t p = first; p < end && count > 0; p++)
        if (run->persons[p].leaves) { /* he stays after all */
            run->persons[p].leaves = false;
            run->crews[id].leaving--;
            count--;
        }
    for (int32_t p = first; p < end && count > 0; p++)
        if (!run->persons[p].employed) {
            person_comes(run, p);
            count--;
        }
    CHECK(count == 0);
}

static void people_go(struct run *run, int32_t id, int32_t count) {
    const struct crew_plan *plan = &run->plant->crews[id];
    int32_t first = plan->person_first, last = first + plan->person_count - 1;
    for (int32_t round = 0; round < 2; round++)
        for (int32_t p = last; p >= first && count > 0; p--) {
            if (!goes_before_others(&run->persons[p], round)) continue;
            count--;
            if (run->persons[p].team == NOBODY) {
                person_goes(run, p);
                continue;
            }
            run->persons[p].leaves = true;
            run->crews[id].leaving++;
        }
    CHECK(count == 0);
}

static void staff(struct run *run, int32_t id, int32_t change) {
    SAY(run, change > 0 ? CLASS_OPEN : CLASS_CLOSE, run->plant->crews[id].name, "%d %s",
        abs(change), change > 0 ? "are hired" : "are dismissed");
    if (change > 0)
        people_come(run, id, change);
    else
        people_go(run, id, -change);
    crew_differs(run, id);
}

/* ---- what is decided and still to come ---- */
static void plan_first(struct run *run, int32_t id) {
    const struct crew_state *crew = &run->crews[id];
    int32_t slot = run->plant->hire_slot + id;
    if (calendar_pending(&run->calendar, slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot);
    if (crew->staff_change_count)
        run_plan(run, slot, crew->staff_changes[0].at,
                 crew->staff_changes[0].people > 0 ? CLASS_OPEN : CLASS_CLOSE);
}

/* In the order of time; of two at one moment the first decided. */
static void add_change(struct run *run, int32_t id, tick at, int32_t people) {
    struct crew_state *crew = &run->crews[id];
    if (crew->staff_change_count == crew->staff_change_room) {
        crew->staff_change_room = crew->staff_change_room ? 2 * crew->staff_change_room : 4;
        crew->staff_changes = memory_grown(crew->staff_changes, (size_t)crew->staff_change_room,
                                           sizeof *crew->staff_changes);
    }
    int32_t place = crew->staff_change_count++;
    for (; place > 0 && crew->staff_changes[place - 1].at > at; place--)
        crew->staff_changes[place] = crew->staff_changes[place - 1];
    crew->staff_changes[place] = (struct staff_change){at, people};
}

/* Takes back up to so many of the other kind; what is left to do. */
static int32_t take_back(struct crew_state *crew, int32_t change) {
    while (change != 0 && crew->staff_change_count) {
        struct staff_change *last = &crew->staff_changes[crew->staff_change_count - 1];
        if ((last->people > 0) == (change > 0)) break;
        int32_t some = abs(change) < abs(last->people) ? change : -last->people;
        last->people += some;
        change -= some;
        if (last->people == 0) crew->staff_change_count--;
    }
    return change;
}

/* Several changes on top of each other may come to less than nobody. */
void crew_wanted(struct run *run, int32_t id, int32_t people) {
    struct crew_state *crew = &run->crews[id];
    if (people < 0) people = 0;
    const struct crew_settings *settings = &run->settings.crews[id];
    int32_t change = people - (int32_t)crew->employed.now + crew->leaving;
    for (int32_t i = 0; i < crew->staff_change_count; i++) change -= crew->staff_changes[i].people;
    change = take_back(crew, change);
    tick takes = change > 0 ? settings->hire_delay : settings->hire_notice;
    if (change != 0 && takes > 0)
        add_change(run, id, run->now + takes, change);
    else if (change != 0)
        staff(run, id, change);
    plan_first(run, id);
}

void hire_event(struct run *run, int32_t id) {
    struct crew_state *crew = &run->crews[id];
    int32_t people = crew->staff_changes[0].people;
    crew->staff_change_count--;
    for (int32_t i = 0; i < crew->staff_change_count; i++)
        crew->staff_changes[i] = crew->staff_changes[i + 1];
    staff(run, id, people);
    plan_first(run, id);
}

void hires_free(struct run *run) {
    for (int32_t i = 0; i < run->plant->crew_count; i++) free(run->crews[i].staff_changes);
}
