/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Releases and customers with a calendar, in small worlds whose answers are worked out by hand.
 * Times are hours from Monday 00:00; the day is from 8 to 16. */
#include "world.h"

#include <math.h>

#define WORLD(RUN, RELEASE, MORE)                                                                  \
    "run: {" RUN "}\n"                                                                             \
    "calendars: {day: {hours: 08:00-16:00}}\n"                                                     \
    "items: {a: {route: [saw]}}\n"                                                                 \
    "releases: {in: {item: a, calendar: day, " RELEASE "}}\n"                                      \
    "stations: {saw: {machines: unlimited, time: 1 h}}\n" MORE

static void expect(const char *text, const char *leaves) {
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    world_close(&world);
}

Test(open_hours, are_the_time_that_counts_between_one_order_and_the_next) {
    /* At 8, 11 and 14; two of the next three hours pass until 16. */
    expect(WORLD("length: 48 h", "every: 3 h", ""), "0@9 1@12 2@15 3@34 4@37 5@40");
}

Test(open_hours, that_end_put_an_order_of_that_moment_off_to_the_next) {
    expect(WORLD("length: 48 h", "every: 4 h", ""), "0@9 1@13 2@33 3@37");
}

Test(open_hours, hold_for_the_first_order_too) {
    expect(WORLD("length: 48 h", "every: 6 h, first: 15 h", ""), "0@16 1@38");
    expect(WORLD("length: 48 h", "every: 6 h, first: 20 h", ""), "0@33 1@39");
}

Test(open_hours, that_change_leave_what_is_left_of_the_time_between) {
    /* At 10, two hours are left: from 10 to 11 on that day and on the next. */
    expect(WORLD("length: 60 h", "every: 4 h",
                 "programmes: {short: {at: 10 h, change: {calendars.day.hours: 10:00-11:00}}}\n"),
           "0@9 1@59");
}

Test(open_hours, are_those_of_a_rate) {
    /* Nobody comes before 8. In 100 days come 10 /h * 800 h, by chance 4 * sqrt(8000) more or less.
     */
    struct world world;
    world_run(&world, WORLD("length: 8 h", "rate: 1000 /h", ""));
    expect_value(&world, "releases.in.orders", 0);
    world_close(&world);
    world_run(&world, WORLD("length: 2400 h", "rate: 10 /h", ""));
    double orders = world_value(&world, "releases.in.orders");
    cr_expect(fabs(orders - 8000) < 4 * sqrt(8000), "%g", orders);
    world_close(&world);
}

Test(open_hours, are_not_for_moments) {
    world_expect_fault(WORLD("length: 8 h", "at: [1 h]", ""), "is for what comes by");
}
