/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drivers: numbers of the world that change with time. */
#include "world.h"

#include <time.h>

static double at(struct world *world, double measured_hours) {
    world->run->now = world->plant->warm_up + (tick)(measured_hours * (double)TICK_H);
    return driver_value(world->run, 0);
}

#define REST                                                                                       \
    "items: {a: {route: [m]}}\nstations: {m: 1}\nreleases: {r: {item: a, rate: 1 /h * x}}\n"

Test(driver, a_table_by_the_month_follows_the_calendar) {
    struct world world;
    world_run(&world, "run: {length: 500 d, warm-up: 40 d, start: 2027-01-15 06:00}\n"
                      "drivers: {x: {table: [10, 11, 12], every: month, then: repeat}}\n" REST);
    static const struct {
        double day, value;
    } expected[] = {{0, 10},      {16.7499, 10}, {16.7501, 11}, /* the first of February */
                    {44.74, 11},  {44.76, 12},   {75.76, 10},
                    {-14.24, 10}, {-14.26, 12},  {-20, 12}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_expect_eq(at(&world, 24 * expected[i].day), expected[i].value, "day %g: %g",
                     expected[i].day, at(&world, 24 * expected[i].day));
    world_close(&world);
}

Test(driver, after_its_table_a_driver_stays_or_is_nothing) {
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "drivers: {x: {table: [3, 4], every: 2 h}}\n" REST);
    cr_expect_eq(at(&world, 1.99), 3);
    cr_expect_eq(at(&world, 2), 4);
    cr_expect_eq(at(&world, 4), 4);
    cr_expect_eq(at(&world, 29), 4);
    world_close(&world);
    world_run(&world, "run: {length: 30 h}\n"
                      "drivers: {x: {table: [3, 4], every: 2 h, then: stop}}\n" REST);
    cr_expect_eq(at(&world, 3.9), 4);
    cr_expect_eq(at(&world, 4), 0);
    world_close(&world);
}

Test(driver, pulses_hold_from_and_to_their_moments_and_multiply) {
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "drivers: {x: {pulses: [{value: 1.5, from: 2 h, to: 6 h},\n"
                      "                       {value: 0.5, from: 4 h, to: 8 h}]}}\n" REST);
    static const double expected[] = {1, 1, 1.5, 1.5, 0.75, 0.75, 0.5, 0.5, 1};
    for (int32_t hour = 0; hour < 9; hour++) cr_expect_eq(at(&world, hour), expected[hour]);
    world_close(&world);
}

Test(driver, a_rate_that_jumps_gives_what_its_table_says) {
    /* A pulse of three minutes in a year: no grid would find it. It gives 100 +- 10 orders. */
    struct world world;
    world_run(&world, "run: {length: 1 y}\n"
                      "drivers: {x: {pulses: [{value: 2001, from: 180 d, to: 4320.05 h}]}}\n"
                      "items: {a: {route: [m]}}\nstations: {m: unlimited}\n"
                      "releases: {r: {item: a, rate: 1 /h * (x - 1)}}\n");
    double orders = world_value(&world, "releases.r.orders");
    cr_expect(fabs(orders - 100) < 5 * 10, "%g orders", orders);
    world_close(&world);
}

/* The bound of a rate, as a multiple of 1 /h. */
static double bound_of(const char *drivers, const char *factor, bool *sure) {
    struct world world;
    char text[600];
    snprintf(text, sizeof text,
             "run: {length: 10 y, start: 2027-01-01 00:00}\n%s"
             "items: {a: {route: [m]}}\nstations: {m: unlimited}\n"
             "releases: {r: {item: a, rate: '1 /h * (%s)'}}\n",
             drivers, factor);
    world_open(&world, text);
    double bound = world.plant->sources[0].rate_max * (double)TICK_H;
    *sure = world.plant->sources[0].rate_sure;
    world_close(&world);
    return bound;
}

Test(driver, the_highest_rate_is_proved_and_within_a_hundredth) {
    static const struct {
        const char *drivers, *factor;
        double highest;
    } rates[] = {
        {"", "if now > 300 d and now < 300.001 d then 5 else 1", 5},
        {"", "if hour >= 8 and hour < 8.01 and weekday < 6 then 7 else 2", 7},
        {"", "if month = 2 or month = 12 then 3 else 1", 3},
        {"drivers: {x: 'sine(period=1 d swing=0.5)'}\n", "x * x", 2.25},
        {"drivers: {x: 1 + 0.06 /y * now}\n", "x ^ 2 + abs(x - 1.3) + sqrt(x) - exp(0)", 3.124911},
        {"drivers: {x: {table: [1, 9, 3], every: month, then: repeat}, y: 'max(x - 8, 0)'}\n",
         "clamp(y, 0.5, 4) + min(x, 2)", 3},
        {"drivers: {x: {pulses: [{value: 3, from: 1 d, to: 2 d}, {value: 0.5, from: 1.5 d, to: 9 "
         "d}]}}\n",
         "4 - x", 3.5},
        {"drivers: {x: {pulses: [{value: 3, from: 1000 d, to: 1000.00001 d}]}}\n", "x ^ 3 / 9", 3},
        {"drivers: {x: {ar1: 0.7, sd: 0.1, every: 1 wk}}\n", "2 * x", 3.4},
    };
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        bool sure;
        double bound = bound_of(rates[i].drivers, rates[i].factor, &sure);
        cr_expect(sure, "%s", rates[i].factor);
        cr_expect(bound >= rates[i].highest * (1 - 1e-6) && bound <= rates[i].highest * 1.0101,
                  "%s: %.8g, not %g", rates[i].factor, bound, rates[i].highest);
    }
}

Test(driver, a_rate_that_rises_beyond_what_was_foreseen_stops_the_run) {
    bool sure;
    double bound = bound_of("drivers: {x: {ar1: 0.7, sd: 0.5, every: 1 d}}\n", "1 / x", &sure);
    cr_expect(!sure && bound > 1, "%g", bound); /* it divides by what may be 0 */
    expect_stop("run: {length: 1 y}\n"
                "drivers: {x: {ar1: 0.7, sd: 0.5, every: 1 d}}\n"
                "items: {a: {route: [m]}}\nstations: {m: unlimited}\n"
                "releases: {r: {item: a, rate: 1 /h * (1 / x)}}\n",
                "the rate of r rises to");
}

Test(driver, a_random_level_has_the_mean_deviation_and_correlation_that_it_says) {
    enum { PERIODS = 40000 };
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "drivers: {x: {ar1: 0.6, sd: 0.15, every: 1 h}}\n" REST);
    double sum = 0, squares = 0, products = 0, before = at(&world, -1) - 1;
    for (int32_t i = 0; i < PERIODS; i++) {
        double level = at(&world, i) - 1;
        sum += level;
        squares += level * level;
        products += level * before;
        before = level;
    }
    /* Standard error of the mean: sd sqrt((1 + a) / (1 - a) / n) = 0.0015. */
    cr_expect(fabs(sum / PERIODS) < 4 * 0.0015, "%g", sum / PERIODS);
    cr_expect(fabs(sqrt(squares / PERIODS) - 0.15) < 0.0035, "%g", sqrt(squares / PERIODS));
    cr_expect(fabs(products / squares - 0.6) < 4 * sqrt((1 - 0.36) / PERIODS));
    world_close(&world);
}

Test(driver, a_random_level_is_the_same_whoever_asks_when) {
    struct world world, warm;
    world_run(&world, "run: {length: 30 h}\n"
                      "drivers: {x: {ar1: 0.9, sd: 0.2, every: 1 h}}\n" REST);
    world_run(&warm, "run: {length: 30 h, warm-up: 70 h}\n"
                     "drivers: {x: {ar1: 0.9, sd: 0.2, every: 1 h}}\n" REST);
    double fifth = at(&world, 5), last = at(&world, 29.5);
    cr_expect_neq(fifth, last);
    cr_expect_eq(at(&warm, 29.5), last);
    cr_expect_eq(at(&warm, 5.5), fifth);
    world_replicate(&world, 1, 2, false);
    cr_expect_neq(at(&world, 5), fifth);
    world_close(&world);
    world_close(&warm);
}

Test(driver, months_are_those_of_the_c_library) {
    for (int64_t second = -70000000000; second < 90000000000; second += 86399 * 977 + 12345) {
        struct tm date;
        time_t moment = (time_t)second;
        cr_assert(gmtime_r(&moment, &date));
        cr_assert_eq(calendar_months(second), 12 * (date.tm_year + INT64_C(1900)) + date.tm_mon);
    }
}
