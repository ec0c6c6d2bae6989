/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crews: how many are there, are paid and are at work, and their shifts. */
#include "people.h"
#include "quick.h"

int32_t crew_present(const struct run *run, int32_t id) {
    return (int32_t)(run->crews[id].employed.now - run->crews[id].away.now);
}

/* People of a closed crew who are at work for the overtime of a station. */
static int64_t at_work_for_overtime(const struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    int64_t sum = 0;
    for (int32_t i = 0; run->crews[id].brought && i < plant->staffing_count; i++) {
        if (plant->staffings[i].crew != id || run->brought[i].count == 0) continue;
        int32_t work = overtime_at_work(run, id, plant->staffings[i].station);
        sum += work < run->brought[i].count ? work : run->brought[i].count;
    }
    return sum;
}

/* Levels of who is there and who is paid follow the calendars. */
void crew_levels(struct run *run, int32_t id) {
    const struct crew_plan *plan = &run->plant->crews[id];
    struct crew_state *crew = &run->crews[id];
    int32_t present = crew_present(run, id);
    int64_t busy = present - crew->free_count;
    bool paid = plan->paid_shift == NOBODY ||
                shift_open(&run->settings.shifts[plan->paid_shift].shift, run->now);
    int64_t there = crew->open ? present : crew->brought + busy - at_work_for_overtime(run, id);
    level_change(&crew->busy, run->now, busy - crew->busy.now);
    level_change(&crew->there, run->now, there - crew->there.now);
    level_change(&crew->paid, run->now, (paid ? crew->employed.now : 0) - crew->paid.now);
    level_change(&crew->overtime, run->now,
                 (crew->open && !paid ? present : 0) - crew->overtime.now);
}

/* Mostly he goes to the end: others that became free at this moment are few. */
void person_is_free(struct run *run, int32_t p) {
    struct person *person = &run->persons[p];
    struct crew_state *crew = &run->crews[person->crew];
    int32_t before = crew->free_last;
    person->free_since = run->now;
    while (before > p && run->persons[before].free_since == run->now)
        before = run->persons[before].free_before;
    int32_t *link = before == NOBODY ? &crew->free_first : &run->persons[before].free_next;
    person->free_before = before;
    person->free_next = *link;
    *link = p;
    *(person->free_next == NOBODY ? &crew->free_last
                                  : &run->persons[person->free_next].free_before) = p;
    crew->free_count++;
}

void person_is_taken(struct run *run, int32_t p) {
    const struct person *person = &run->persons[p];
    struct crew_state *crew = &run->crews[person->crew];
    int32_t before = person->free_before, next = person->free_next;
    *(before == NOBODY ? &crew->free_first : &run->persons[before].free_next) = next;
    *(next == NOBODY ? &crew->free_last : &run->persons[next].free_before) = before;
    crew->free_count--;
}

void crews_start(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->staffing_count; i++) run->brought[i] = (struct brought){0};
    for (int32_t c = 0; c < plant->crew_count; c++) {
        const struct crew_plan *plan = &plant->crews[c];
        int32_t people = run->settings.crews[c].people;
        struct staff_change *changes = run->crews[c].staff_changes;
        int32_t room = run->crews[c].staff_change_room;
        run->crews[c] = (struct crew_state){.free_first = NOBODY,
                                            .free_last = NOBODY,
                                            .employed = {.now = people},
                                            .open = true,
                                            .staff_changes = changes,
                                            .staff_change_room = room};
        for (int32_t i = 0; i < plan->person_count; i++)
            run->persons[plan->person_first + i] = (struct person){.crew = c,
                                                                   .team = NOBODY,
                                                                   .next = NOBODY,
                                                                   .station = NOBODY,
                                                                   .left = TICK_NEVER,
                                                                   .employed = i < people};
        for (int32_t i = 0; i < people; i++) person_is_free(run, plan->person_first + i);
        crew_levels(run, c);
    }
}

/* People are at work, free, absent or not there at all. */
void crew_conserved(const struct run *run, int32_t id) {
    const struct crew_plan *plan = &run->plant->crews[id];
    const struct crew_state *crew = &run->crews[id];
    int64_t employed = 0, away = 0, free = 0, leaving = 0, listed = 0;
    for (int32_t p = crew->free_first; p != NOBODY; p = run->persons[p].free_next) {
        CHECK(run->persons[p].team == NOBODY && run->persons[p].crew == id);
        listed++;
    }
    CHECK(listed == crew->free_count);
    for (int32_t p = plan->person_first; p < plan->person_first + plan->person_count; p++) {
        const struct person *person = &run->persons[p];
        CHECK(person->employed || (person->team == NOBODY && !person->absent));
        CHECK(!person->absent || person->team == NOBODY);
        CHECK(!person->leaves || person->team != NOBODY);
        employed += person->employed;
        away += person->absent;
        leaving += person->leaves;
        free += person->employed && !person->absent && person->team == NOBODY;
    }
    CHECK(employed == crew->employed.now && away == crew->away.now);
    CHECK(free == crew->free_count && leaving == crew->leaving);
}

void people_reset(struct run *run) {
    for (int32_t c = 0; c < run->plant->crew_count; c++) {
        struct crew_state *crew = &run->crews[c];
        level_reset(&crew->busy, run->now);
        level_reset(&crew->there, run->now);
        level_reset(&crew->paid, run->now);
        level_reset(&crew->overtime, run->now);
        level_reset(&crew->employed, run->now);
        level_reset(&crew->away, run->now);
        crew->hire_micro = 0;
        tally_reset(&crew->wait);
    }
    for (int32_t i = 0; i < run->plant->staffing_count; i++)
        level_reset(&run->brought[i].people, run->now);
}

/* ---- results: its own overtime, and that for stations ---- */
__int128 crew_overtime(const struct run *run, int32_t id) {
    __int128 sum = level_area(&run->crews[id].overtime, run->now);
    for (int32_t i = 0; i < run->plant->staffing_count; i++)
        if (run->plant->staffings[i].crew == id)
            sum += level_area(&run->brought[i].people, run->now);
    return sum;
}

int64_t crew_expense_micro(const struct run *run, int32_t id) {
    const struct crew_state *crew = &run->crews[id];
    int64_t sum = crew->wages.posted + crew->extra_wages.posted + crew->hire_micro;
    for (int32_t i = 0; i < run->plant->staffing_count; i++)
        if (run->plant->staffings[i].crew == id) sum += run->brought[i].wages.posted;
    return sum;
}

/* ---- shifts ---- */
/* Those at work break off, unless they drive, finish what is at hand or stay for overtime. */
static void crew_goes(struct run *run, int32_t id) {
    const struct crew_plan *plan = &run->plant->crews[id];
    for (int32_t p = plan->person_first; p < plan->person_first + plan->person_count; p++) {
        int32_t team = run->persons[p].team;
        if (team == NOBODY || team_drives(run, team)) continue;
        int32_t station = team_station(run, team);
        bool is_vehicle = place_is_vehicle(run, station);
        bool suspends =
            is_vehicle || run->settings.stations[station].at_shift_end == SHIFT_END_SUSPEND;
        if (!suspends && !team_comes(run, team)) continue;
        int32_t stay = is_vehicle ? 0 : overtime_brought(run, id, station);
        if (stay && overtime_at_work(run, id, station) <= stay) continue;
        team_deserted(run, team);
    }
}

/* Is it there, after what the shift that opens or closes has done to it? */
static bool turned(struct run *run, int32_t id, int32_t shift) {
    const struct crew_plan *plan = &run->plant->crews[id];
    struct crew_state *crew = &run->crews[id];
    if (plan->shift != shift && plan->paid_shift != shift) return false;
    bool was = crew->open;
    crew->open = overtime_turn_crew(run, id);
    return crew->open != was;
}

void crews_shift(struct run *run, int32_t shift) {
    const struct plant *plant = run->plant;
    if (plant->crew_count == 0) return;
    for (int32_t c = 0; c < plant->crew_count; c++) run->crews[c].turned = turned(run, c, shift);
    overtime_staff(run);
    for (int32_t c = 0; c < plant->crew_count; c++) {
        bool open = run->crews[c].open;
        if (run->crews[c].turned) {
            SAY(run, open ? CLASS_OPEN : CLASS_CLOSE, plant->crews[c].name, "%s",
                open ? "come" : "go");
            if (!open) crew_goes(run, c);
        }
        crew_levels(run, c);
    }
    if (run->team_first != NOBODY) people_call(run);
}

/* Somebody has come or gone, or is away or back. */
void crew_differs(struct run *run, int32_t id) {
    if (!run->crews[id].open) overtime_staff(run);
    crew_levels(run, id);
    if (run->team_first != NOBODY) people_call(run);
}

/* The station has opened or closed: who stayed for its overtime alone goes. */
void crews_leave(struct run *run, int32_t station) {
    const struct station *plan = &run->plant->stations[station];
    for (int32_t i = plan->staffing_first; i < plan->staffing_first + plan->staffing_count; i++) {
        int32_t crew = run->plant->staffings[i].crew;
        if (run->crews[crew].open) continue;
        crew_goes(run, crew);
        crew_levels(run, crew);
    }
}
