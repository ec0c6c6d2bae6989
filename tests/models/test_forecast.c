/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecast methods against published and hand-made numbers. */
#include "../../models/plan/forecast.h"

#include <criterion/criterion.h>
#include <math.h>

static double memory[256];

static struct forecaster begun(const struct forecast_rule *rule) {
    struct forecaster forecaster;
    cr_assert_leq(forecaster_memory(rule), 256);
    forecaster_start(&forecaster, rule, memory);
    cr_assert(isnan(forecaster_ahead(&forecaster, 1)), "it says something before it has seen any");
    return forecaster;
}

static struct forecaster seen(const struct forecast_rule *rule, const double *values,
                              int32_t count) {
    struct forecaster forecaster = begun(rule);
    for (int32_t i = 0; i < count; i++) forecaster_see(&forecaster, values[i]);
    return forecaster;
}

#define SEEN(RULE, ...)                                                                            \
    seen(RULE, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / sizeof(double))

static void expect(double value, double right, double tolerance) {
    cr_expect(fabs(value - right) <= tolerance, "%.12g, not %.12g", value, right);
}

Test(forecast, naive_says_the_last_value) {
    struct forecast_rule rule = {.method = FORECAST_NAIVE};
    struct forecaster forecaster = SEEN(&rule, 3, 10, 12);
    expect(forecaster_ahead(&forecaster, 4), 12, 0);
}

Test(forecast, moving_average_is_the_mean_of_the_window) {
    struct forecast_rule rule = {.method = FORECAST_MOVING_AVERAGE, .window = 3};
    struct forecaster forecaster = SEEN(&rule, 3, 10);
    expect(forecaster_ahead(&forecaster, 1), 6.5, 0);
    forecaster = SEEN(&rule, 3, 10, 12, 13, 12);
    expect(forecaster_ahead(&forecaster, 2), 37 / 3., 1e-12);
}

Test(forecast, smoothing_gives_the_known_forecast_and_errors) {
    const double values[] = {3, 10, 12, 13, 12, 10, 12};
    struct forecast_rule rule = {.method = FORECAST_SES, .alpha = 0.3};
    struct forecaster forecaster = begun(&rule);
    double errors = 0;
    for (int32_t i = 0; i < 7; i++) {
        if (i) errors += pow(values[i] - forecaster_ahead(&forecaster, 1), 2);
        forecaster_see(&forecaster, values[i]);
    }
    expect(forecaster_ahead(&forecaster, 1), 10.523217, 1e-9);
    expect(errors, 144.566808, 1e-6);
}

Test(forecast, holt_gives_the_known_level_and_slope) {
    struct forecast_rule rule = {.method = FORECAST_HOLT, .alpha = 0.3, .beta = 0.2};
    struct forecaster forecaster = SEEN(&rule, 3, 10, 12, 13, 12, 10, 12);
    expect(forecaster.level, 21.87915936, 1e-8);
    expect(forecaster.slope, 3.47527571, 1e-8);
    expect(forecaster_ahead(&forecaster, 3), 21.87915936 + 3 * 3.47527571, 1e-7);
}

/* A line with a season is met exactly, whatever the constants. */
Test(forecast, holt_winters_continues_a_line_with_a_season) {
    static const double season[] = {5, -3, -2, 0};
    struct forecast_rule rule = {
        .method = FORECAST_HOLT_WINTERS, .alpha = 0.2, .beta = 0.1, .gamma = 0.3, .season = 4};
    struct forecaster forecaster = begun(&rule);
    for (int32_t i = 0; i < 8; i++) forecaster_see(&forecaster, 100 + season[i % 4]);
    for (int32_t h = 1; h <= 8; h++)
        expect(forecaster_ahead(&forecaster, h), 100 + season[(7 + h) % 4], 1e-9);
    expect(forecaster.slope, 0, 1e-12);
}

Test(forecast, holt_winters_with_factors_continues_them) {
    static const double season[] = {1.5, 0.5, 0.8, 1.2};
    struct forecast_rule rule = {.method = FORECAST_HOLT_WINTERS_TIMES,
                                 .alpha = 0.2,
                                 .beta = 0.1,
                                 .gamma = 0.3,
                                 .season = 4};
    struct forecaster forecaster = begun(&rule);
    for (int32_t i = 0; i < 11; i++) forecaster_see(&forecaster, 60 * season[i % 4]);
    for (int32_t h = 1; h <= 8; h++)
        expect(forecaster_ahead(&forecaster, h), 60 * season[(10 + h) % 4], 1e-9);
}

/* Season of two; begins with level 10, trend (24 - 20) / 2 / 2 = 1, summands -2 and 2; then by hand
 * with all constants one half: 10 -> level 11.5, trend 1.25, summand -1.5; 14 -> level 12.375,
 * trend 1.0625, summand 1.625. */
Test(forecast, holt_winters_follows_the_recursion_by_hand) {
    struct forecast_rule rule = {
        .method = FORECAST_HOLT_WINTERS, .alpha = 0.5, .beta = 0.5, .gamma = 0.5, .season = 2};
    struct forecaster forecaster = SEEN(&rule, 8, 12, 10, 14);
    expect(forecaster.level, 12.375, 1e-12);
    expect(forecaster.slope, 1.0625, 1e-12);
    expect(forecaster_ahead(&forecaster, 1), 12.375 + 1.0625 - 1.5, 1e-12);
    expect(forecaster_ahead(&forecaster, 2), 12.375 + 2 * 1.0625 + 1.625, 1e-12);
}

#define FEW 0, 1, 0, 11, 0, 0, 0, 0, 2, 0, 6, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0

Test(forecast, croston_gives_the_known_forecast) {
    struct forecast_rule rule = {.method = FORECAST_CROSTON, .alpha = 0.1};
    struct forecaster forecaster = SEEN(&rule, FEW);
    expect(forecaster_ahead(&forecaster, 1), 1.1523707834, 1e-10);
    rule.method = FORECAST_SBA;
    forecaster = SEEN(&rule, FEW);
    expect(forecaster_ahead(&forecaster, 1), 1.0947522442, 1e-10);
}

/* First demand 4 in the second period: size 4, chance 1/2; a zero: 3/8; demand 8: 17/32 and 5. */
Test(forecast, tsb_lets_the_chance_die_away) {
    struct forecast_rule rule = {.method = FORECAST_TSB, .alpha = 0.25, .beta = 0.25};
    struct forecaster forecaster = SEEN(&rule, 0, 4, 0, 8);
    expect(forecaster_ahead(&forecaster, 1), 5 * 17 / 32., 1e-12);
    for (int32_t i = 0; i < 40; i++) forecaster_see(&forecaster, 0);
    expect(forecaster_ahead(&forecaster, 1), 5 * 17 / 32. * pow(0.75, 40), 1e-12);
}

Test(forecast, best_believes_who_erred_least) {
    struct forecast_rule rule = {
        .method = FORECAST_BEST, .alpha = 0.2, .beta = 0.1, .gamma = 0.1, .window = 4, .season = 4};
    struct forecaster forecaster = begun(&rule);
    for (int32_t i = 0; i < 30; i++) forecaster_see(&forecaster, 10 + 3 * i); /* a line */
    cr_expect_eq(forecaster_method(&forecaster), FORECAST_HOLT);
    expect(forecaster_ahead(&forecaster, 2), 10 + 3 * 31, 1e-6);
    static const double season[] = {50, 0, 10, 20};
    forecaster = begun(&rule);
    for (int32_t i = 0; i < 40; i++) forecaster_see(&forecaster, 100 + season[i % 4]);
    cr_expect_eq(forecaster_method(&forecaster), FORECAST_HOLT_WINTERS);
    expect(forecaster_ahead(&forecaster, 1), 150, 1e-6);
}

/* What is always the same is forecast as that by every method. */
Test(forecast, every_method_knows_a_constant) {
    for (int32_t m = 0; m < FORECAST_COUNT; m++) {
        struct forecast_rule rule = {
            .method = m, .alpha = 0.3, .beta = 0.2, .gamma = 0.1, .window = 3, .season = 3};
        struct forecaster forecaster = SEEN(&rule, 7, 7, 7, 7, 7, 7, 7, 7);
        double right = m == FORECAST_SBA ? 7 * 0.85 : 7;
        for (int32_t h = 1; h < 5; h++) {
            double value = forecaster_ahead(&forecaster, h);
            cr_expect(fabs(value - right) < 1e-12, "%s says %g", forecast_methods[m].name, value);
        }
    }
}
