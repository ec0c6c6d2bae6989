/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When stocks look at their position: after a time, or at the beginning of a part of the calendar.
 */
#include "world.h"

/* 2027-01-04 is a Monday; the run begins on Wednesday at noon. A case a day is used. */
#define STORE(EVERY)                                                                               \
    "run: {length: 70 d, start: 2027-01-06 12:00}\nitems: {beer: {unit: case}}\n"                  \
    "suppliers: {brewery: {supplies: beer}}\n"                                                     \
    "customers: {a: {buys: beer, from: store, every: 1 d, first: 1 h}}\n"                          \
    "stocks: {store: {holds: beer, from: brewery, start: 99,\n"                                    \
    "  reorder: {policy: base-stock, level: 99, every: " EVERY "}}}\n"

Test(review, by_the_week_it_is_on_mondays) {
    struct world world;
    world_run(&world, STORE("week"));
    /* Monday 00:00 is 4.5 days after the start; five are gone by then, and then seven a week. */
    EXPECT_WHEN(&world, "store", "receives", "108 276 444 612 780 948 1116 1284 1452 1620");
    expect_value(&world, "stocks.store.on-hand.min", 92);
    world_close(&world);
}

Test(review, by_the_month_it_is_on_the_first) {
    struct world world;
    world_run(&world, STORE("month"));
    EXPECT_WHEN(&world, "store", "receives", "612 1284"); /* 1 February, 1 March */
    world_close(&world);
}

Test(review, behind_its_first_it_is_at_the_next_beginning) {
    struct world world;
    world_run(&world, STORE("week, first: 20 d"));
    EXPECT_WHEN(&world, "store", "receives", "612 780 948 1116 1284 1452 1620");
    world_close(&world);
}

Test(review, a_week_of_the_calendar_is_a_week_for_what_is_expected) {
    struct world world;
    world_run(&world, "run: {length: 70 d}\nitems: {beer: {price: 3 EUR, cost: 2 EUR, "
                      "holding: 1 EUR/wk}}\n"
                      "suppliers: {brewery: {supplies: beer}}\n"
                      "customers: {a: {buys: beer, from: store, every: 1 d, first: 1 h}}\n"
                      "stocks: {store: {holds: beer, from: brewery, start: 9,\n"
                      "  reorder: {policy: base-stock, level: 9, every: week}}}\n");
    cr_expect_eq(world.plant->settings.stocks[0].every, TICK_WK);
    EXPECT_WHEN(&world, "store", "receives", "168 336 504 672 840 1008 1176 1344 1512 1680");
    world_close(&world);
}
