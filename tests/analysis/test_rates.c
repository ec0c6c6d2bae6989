/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../analysis/fit/fit_arrivals.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 20000, DAY = 86400, WEEK = 7 * DAY };

/* 1970-01-05, a Monday. */
static const double monday = 4.0 * DAY;

static struct rates rates_of(struct arena *arena, const double *moments, int32_t count) {
    struct rates rates;
    rates_fit(&rates, arena, moments, count, 3600, true);
    return rates;
}

/* Moments of a Poisson stream whose rate is a function of the hour of the day and the weekday. */
static int32_t draw_moments(double *moments, double (*rate)(int32_t hour, int32_t day),
                            int32_t weeks) {
    int32_t count = 0;
    for (int32_t hour = 0; hour < weeks * 168; hour++) {
        struct draw draw = draw_at(stream_named(1, "moments"), (uint64_t)hour, 0, 0, 0);
        double per_hour = rate(hour % 24, hour / 24 % 7), at = 0;
        while (per_hour > 0 && (at -= log(draw_uniform(&draw)) / per_hour) < 1)
            moments[count++] = monday + (hour + at) * 3600;
    }
    cr_assert(count < MOST);
    return count;
}

static double constant_rate(int32_t hour, int32_t day) {
    (void)hour, (void)day;
    return 5;
}
static double day_rate(int32_t hour, int32_t day) {
    (void)day;
    return hour < 6 ? 0 : hour < 14 ? 8 : 3;
}
static double days_rate(int32_t hour, int32_t day) {
    return day_rate(hour, day) * (day < 5 ? 1 : 0.4);
}
static double week_rate(int32_t hour, int32_t day) {
    return (hour + 5 * day) % 24 < 12 ? 12 : 1;
}

Test(rates, the_pattern_of_a_stream_is_found) {
    static double moments[MOST];
    static double (*const kinds[])(int32_t, int32_t) = {constant_rate, day_rate, days_rate,
                                                        week_rate};
    for (int32_t kind = 0; kind < FIT_PATTERN_COUNT; kind++) {
        struct arena arena;
        arena_init(&arena);
        struct rates rates = rates_of(&arena, moments, draw_moments(moments, kinds[kind], 8));
        cr_assert_eq((int32_t)rates.best, kind, "pattern %d is taken for %d", kind, rates.best);
        cr_assert(rates.poisson, "pattern %d: dispersion p %g, memory p %g", kind,
                  rates.dispersion_p, rates.memory_p);
        arena_clear(&arena);
    }
}

Test(rates, slots_count_what_was_watched) {
    struct arena arena;
    arena_init(&arena);
    /* From Monday 00:30 to 02:00: half an hour, and an hour; the first arrival begins it. */
    const double moments[] = {monday + 1800, monday + 2000, monday + 3600, monday + 4000,
                              monday + 7200};
    struct rates rates = rates_of(&arena, moments, 5);
    const struct rate_slot *day = rates.patterns[FIT_DAY].slots;
    const struct rate_slot *week = rates.patterns[FIT_WEEK].slots;
    cr_assert_eq(day[0].watched_s, 1800);
    cr_assert_eq(day[0].count, 1);
    cr_assert_eq(day[1].watched_s, 3600);
    cr_assert_eq(day[1].count, 3, "the last arrival is of the last interval");
    cr_assert_eq(week[1].count, 3, "Monday comes first");
    cr_assert_float_eq(rates.patterns[FIT_CONSTANT].slots[0].rate, 4.0 / 5400, 1e-15);
    cr_assert_eq(rates.best, FIT_CONSTANT, "an hour and a half tells nothing of the day");
    arena_clear(&arena);
}

/* Counts that are a product in each slot give the product back, to the last digit. */
Test(rates, a_product_of_hour_and_weekday_is_found_exactly) {
    static double moments[MOST];
    int32_t count = 0;
    moments[count++] = monday;
    for (int32_t week = 0; week < 2; week++)
        for (int32_t day = 0; day < 7; day++)
            for (int32_t hour = 0; hour < 24; hour++) {
                int32_t many = (1 + day % 2) * (1 + hour % 3);
                for (int32_t i = 0; i < many; i++)
                    moments[count++] = monday + week * WEEK + day * DAY + hour * 3600 +
                                       3600 * (i + 1.0) / (many + 1);
            }
    moments[count - 1] = monday + 2 * WEEK;
    struct arena arena;
    arena_init(&arena);
    struct rates rates = rates_of(&arena, moments, count);
    const struct pattern_fit *days = &rates.patterns[FIT_DAYS];
    for (int32_t i = 0; i < 24; i++)
        cr_assert_float_eq(days->hours[i] / days->hours[0], 1 + i % 3, 1e-9);
    for (int32_t i = 0; i < 7; i++)
        cr_assert_float_eq(days->weekdays[i] / days->weekdays[0], 1 + i % 2, 1e-9);
    cr_assert(rates.dispersion < 0.1, "counts that never vary");
    arena_clear(&arena);
}

Test(rates, what_comes_evenly_or_in_bursts_is_no_poisson_stream) {
    static double moments[MOST];
    struct arena arena;
    arena_init(&arena);
    for (int32_t i = 0; i < 2000; i++) moments[i] = monday + i * 700.0;
    cr_assert(!rates_of(&arena, moments, 2000).poisson);
    for (int32_t i = 0; i < 2000; i++) moments[i] = monday + (i / 4) * 2800.0 + (i % 4) * 10;
    cr_assert(!rates_of(&arena, moments, 2000).poisson);
    arena_clear(&arena);
}

Test(rates, moments_without_dates_have_no_week) {
    static double moments[MOST];
    struct arena arena;
    struct rates rates;
    arena_init(&arena);
    for (int32_t i = 0; i < 2000; i++) moments[i] = i * 1800.0;
    rates_fit(&rates, &arena, moments, 2000, 3600, false);
    cr_assert(rates.patterns[FIT_DAY].eligible);
    cr_assert(!rates.patterns[FIT_DAYS].eligible);
    cr_assert(!rates.patterns[FIT_WEEK].eligible);
    arena_clear(&arena);
}
