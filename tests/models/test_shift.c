/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars as compiled, minute by minute beside what the words of the scenario say. */
#include "world.h"

enum { MINUTES_A_DAY = 24 * 60, RANGES_MOST = 4 };

struct range { /* minutes of the day; TO may lie in the next day */
    int32_t from, to;
};

/* A calendar said twice: as text for the reader, and as numbers for the reference. */
struct said_calendar {
    const char *text, *overtime;
    uint32_t days; /* bit 0 is Monday */
    struct range hours[RANGES_MOST], breaks[RANGES_MOST];
    int32_t hour_count, break_count;
    int32_t overtime_minutes;
    int32_t closed_from, closed_to;   /* days after 2027-01-04, a Monday; none if TO is less */
    struct range extras[RANGES_MOST]; /* minutes after that Monday */
    int32_t extra_count;
};

static const struct said_calendar calendars[] = {
    {.text = "days: Mon-Fri, hours: 06:00-14:00",
     .days = 0x1f,
     .hours = {{360, 840}},
     .hour_count = 1,
     .closed_to = -1},
    {.text = "days: Mon-Fri, hours: [06:00-14:00, 14:00-22:00]", /* they touch */
     .days = 0x1f,
     .hours = {{360, 840}, {840, 1320}},
     .hour_count = 2,
     .closed_to = -1},
    {.text = "days: Mon-Sun, hours: [06:00-14:00, 14:00-22:00, 22:00-06:00]", /* never closes */
     .days = 0x7f,
     .hours = {{360, 840}, {840, 1320}, {1320, 1800}},
     .hour_count = 3,
     .closed_to = -1},
    {.text = "days: Fri-Sun, hours: 22:00-06:00", /* over midnight, and over the end of the week */
     .days = 0x70,
     .hours = {{1320, 1800}},
     .hour_count = 1,
     .closed_to = -1},
    {.text = "days: Mon-Fri, hours: [06:00-14:00, 22:00-06:00], breaks: [09:00-09:15, 12:00-12:30, "
             "02:00-02:30]",
     .days = 0x1f,
     .hours = {{360, 840}, {1320, 1800}},
     .hour_count = 2,
     .breaks = {{540, 555}, {720, 750}, {120, 150}},
     .break_count = 3,
     .closed_to = -1},
    {.text = "days: Mon-Fri, hours: 06:00-14:00, breaks: [05:00-06:10, 13:50-15:00, 09:00-09:15, "
             "09:15-09:30]", /* pauses over the edges, and two that touch */
     .days = 0x1f,
     .hours = {{360, 840}},
     .hour_count = 1,
     .breaks = {{300, 370}, {830, 900}, {540, 555}, {555, 570}},
     .break_count = 4,
     .closed_to = -1},
    {.text = "days: Mon-Sat, hours: 06:00-22:00, closed: 2027-01-06..2027-01-07",
     .days = 0x3f,
     .hours = {{360, 1320}},
     .hour_count = 1,
     .closed_from = 2,
     .closed_to = 3},
    {.text = "closed: 2027-01-08",
     .days = 0x7f,
     .hours = {{0, 1440}},
     .hour_count = 1,
     .closed_from = 4,
     .closed_to = 4},
    {.text = "days: Mon-Fri, hours: 22:00-06:00, closed: 2027-01-07", /* half of two nights */
     .days = 0x1f,
     .hours = {{1320, 1800}},
     .hour_count = 1,
     .closed_from = 3,
     .closed_to = 3},
    {.text =
         "days: Mon-Fri, hours: 06:00-14:00, open: [2027-01-09 14:00-06:00, 2027-01-12 "
         "13:00-16:00, 2027-01-16..2027-01-17 08:00-12:00]", /* one touches a night, one a day */
     .days = 0x1f,
     .hours = {{360, 840}},
     .hour_count = 1,
     .closed_to = -1,
     .extras = {{5 * 1440 + 840, 6 * 1440 + 360},
                {8 * 1440 + 780, 8 * 1440 + 960},
                {12 * 1440 + 480, 12 * 1440 + 720},
                {13 * 1440 + 480, 13 * 1440 + 720}},
     .extra_count = 4},
    {.text = "closed: 2027-01-08, open: 2027-01-08 06:00-10:00", /* on a holiday */
     .days = 0x7f,
     .hours = {{0, 1440}},
     .hour_count = 1,
     .closed_from = 4,
     .closed_to = 4,
     .extras = {{4 * 1440 + 360, 4 * 1440 + 600}},
     .extra_count = 1},
    {.text = "days: Mon-Fri, hours: [06:00-10:00, 11:00-14:00]",
     .overtime = "2.5 h/d",
     .days = 0x1f,
     .hours = {{360, 600}, {660, 840}},
     .hour_count = 2,
     .overtime_minutes = 150,
     .closed_to = -1},
    {.text = "days: Mon-Sun, hours: [14:00-23:00, 01:00-05:00]", /* overtime up to the next shift */
     .overtime = "2 h/d",
     .days = 0x7f,
     .hours = {{840, 1380}, {60, 300}},
     .hour_count = 2,
     .overtime_minutes = 120,
     .closed_to = -1},
};
enum { CALENDARS = sizeof calendars / sizeof *calendars };

static bool within(const struct range *ranges, int32_t count, int32_t minute) {
    for (int32_t i = 0; i < count; i++)
        if (minute >= ranges[i].from && minute < ranges[i].to) return true;
    return false;
}

/* MINUTE is after Monday 2027-01-04 00:00. Work of a day may reach into the next one; a pause is a
 * pause of the clock. */
static bool should_be_open(const struct said_calendar *said, int32_t minute) {
    int32_t day = minute / MINUTES_A_DAY, clock = minute % MINUTES_A_DAY, last = 0;
    if (minute < 0) day = -1, clock = minute + MINUTES_A_DAY;
    if (within(said->extras, said->extra_count, minute)) return true;
    if (day >= said->closed_from && day <= said->closed_to) return false;
    for (int32_t i = 0; i < said->hour_count; i++)
        if (said->hours[i].to > last) last = said->hours[i].to;
    struct range overtime = {last, last + said->overtime_minutes};
    for (int32_t ago = 0; ago < 2; ago++) {
        int32_t at = clock + ago * MINUTES_A_DAY;
        if (!(said->days >> ((day - ago + 14) % 7) & 1)) continue;
        if (within(said->breaks, said->break_count, clock)) continue;
        if (within(said->hours, said->hour_count, at) || within(&overtime, 1, at)) return true;
    }
    return false;
}

static const struct shift *open_world(struct world *world, const struct said_calendar *said,
                                      const char *start) {
    char text[700];
    snprintf(text, sizeof text,
             "run: {length: 3 wk, warm-up: 1 d, start: %s}\n"
             "calendars: {c: {%s}}\n"
             "items: {x: {route: {saw: 1 h}}}\n"
             "releases: {in: {item: x, at: [0 h]}}\n"
             "stations: {saw: {calendar: c%s%s}}\n",
             start, said->text, said->overtime ? ", overtime: " : "",
             said->overtime ? said->overtime : "");
    world_open(world, text);
    return &world->plant->settings.shifts[world->plant->stations[0].calendar].shift;
}

/* Run times are counted from the warm-up's beginning: a day before the start. */
static void beside_reference(const struct said_calendar *said, const char *start, int32_t offset) {
    struct world world;
    const struct shift *shift = open_world(&world, said, start);
    bool before = shift_open(shift, 0);
    tick next = shift_next(shift, 0);
    for (int32_t minute = 0; minute < 22 * MINUTES_A_DAY; minute++) {
        tick at = minute * TICK_MIN;
        bool open = shift_open(shift, at);
        cr_assert_eq(open, should_be_open(said, minute + offset), "%s, minute %d", said->text,
                     minute);
        cr_assert_eq(shift_open(shift, at + TICK_MIN - 1), open);
        if (minute) cr_assert_eq(open != before, next == at, "%s, minute %d", said->text, minute);
        if (next == at) next = shift_next(shift, at);
        cr_assert_gt(next, at);
        before = open;
    }
    world_close(&world);
}

Test(shift, is_open_when_the_calendar_says_so) {
    for (int32_t i = 0; i < CALENDARS; i++) {
        beside_reference(&calendars[i], "2027-01-05", 0); /* begins with Monday 00:00 */
        beside_reference(&calendars[i], "2027-01-08 07:45", 3 * MINUTES_A_DAY + 465);
    }
}

/* Each change is one: open and closed alternate, and never meet at one tick. */
Test(shift, never_closes_and_opens_at_one_tick) {
    for (int32_t i = 0; i < CALENDARS; i++) {
        struct world world;
        const struct shift *shift = open_world(&world, &calendars[i], "2027-01-05");
        bool open = shift_open(shift, 0);
        tick at = 0;
        for (int32_t k = 0; k < 200 && (at = shift_next(shift, at)) != TICK_NEVER; k++) {
            cr_assert_neq(shift_open(shift, at), open);
            cr_assert_eq(shift_open(shift, at - 1), open);
            open = !open;
        }
        world_close(&world);
    }
}

Test(shift, one_that_never_closes_has_no_next_change) {
    struct world world;
    const struct shift *shift = open_world(&world, &calendars[2], "2027-01-05");
    cr_expect(shift_open(shift, 12345));
    cr_expect_eq(shift_next(shift, 0), TICK_NEVER);
    cr_expect_eq(shift_share(shift), 1);
    world_close(&world);
}

Test(shift, the_share_of_open_time_is_that_of_its_week) {
    for (int32_t i = 0; i < CALENDARS; i++) {
        if (calendars[i].closed_to >= 0 || calendars[i].extra_count) continue;
        struct world world;
        const struct shift *shift = open_world(&world, &calendars[i], "2027-01-05");
        int32_t open = 0;
        for (int32_t minute = 0; minute < 7 * MINUTES_A_DAY; minute++)
            open += should_be_open(&calendars[i], minute + 7 * MINUTES_A_DAY);
        cr_expect_float_eq(shift_share(shift), open / (7.0 * MINUTES_A_DAY), 1e-12);
        world_close(&world);
    }
}

static const struct shift *open_cycle(struct world *world, const char *work, const char *rest) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 3 wk, warm-up: 5 h}\n"
             "calendars: {c: {cycle: {work: %s, rest: %s}}}\n"
             "items: {x: {route: {saw: 1 h}}}\n"
             "releases: {in: {item: x, at: [0 h]}}\n"
             "stations: {saw: {calendar: c}}\n",
             work, rest);
    world_open(world, text);
    return &world->plant->settings.shifts[0].shift;
}

Test(shift, a_cycle_counts_from_the_start_of_measuring) {
    struct world world;
    const struct shift *shift = open_cycle(&world, "7 h", "3 h");
    for (int32_t hour = 0; hour < 100; hour++)
        cr_assert_eq(shift_open(shift, hour * TICK_H), (hour - 5 + 10) % 10 < 7, "%d", hour);
    cr_expect_eq(shift_next(shift, 0), 2 * TICK_H); /* -5 + 7 */
    cr_expect_eq(shift_next(shift, 2 * TICK_H), 5 * TICK_H);
    cr_expect_eq(shift_next(shift, 5 * TICK_H), 12 * TICK_H);
    cr_expect_float_eq(shift_share(shift), 0.7, 1e-15);
    world_close(&world);
}

Test(shift, a_cycle_without_rest_never_closes) {
    struct world world;
    const struct shift *shift = open_cycle(&world, "7 h", "0 h");
    cr_expect(shift_open(shift, 0));
    cr_expect_eq(shift_next(shift, 0), TICK_NEVER);
    world_close(&world);
}

/* The machine stands exactly when the calendar is closed. */
Test(shift, machines_are_off_shift_for_the_closed_time) {
    for (int32_t i = 0; i < CALENDARS; i++) {
        struct world world;
        open_world(&world, &calendars[i], "2027-01-05");
        world_replicate(&world, 1, 1, false);
        int32_t closed = 0;
        for (int32_t minute = 0; minute < 21 * MINUTES_A_DAY; minute++)
            closed += !should_be_open(&calendars[i], minute + MINUTES_A_DAY);
        expect_value(&world, "stations.saw.states.off-shift", closed / (21.0 * MINUTES_A_DAY));
        world_close(&world);
    }
}

Test(shift, an_extra_day_says_its_hours) {
#define OPEN_ON(DAYS, START)                                                                       \
    "run: {length: 1 wk" START "}\n"                                                               \
    "calendars: {c: {hours: 06:00-14:00, open: [" DAYS "]}}\n"                                     \
    "items: {x: {route: {saw: 1 h}}}\n"                                                            \
    "releases: {in: {item: x, at: [0 h]}}\n"                                                       \
    "stations: {saw: {calendar: c}}\n"
    world_expect_fault(OPEN_ON("2027-01-09", ", start: 2027-01-04"), "a date with hours is wanted");
    world_expect_fault(OPEN_ON("2027-01-09 08:00", ", start: 2027-01-04"),
                       "a date with hours is wanted");
    world_expect_fault(OPEN_ON("2027-01-09..2027-01-08 08:00-09:00", ", start: 2027-01-04"),
                       "this range ends before it begins");
    world_expect_fault(OPEN_ON("2027-01-09 08:00-09:00", ""), "dates need run.start");
}
