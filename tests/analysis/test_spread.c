/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a quantity is over replications: numbers whose mean is the statistic. */
#include "../../analysis/spread.h"

#include <criterion/criterion.h>
#include <math.h>

enum { COUNT = 100 };

/* 1 to 100 in a mixed order. */
static void fill(double *values) {
    for (int32_t i = 0; i < COUNT; i++) values[i] = 1 + i * 37 % 100;
}

static double mean_of(const double *values, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += values[i];
    return sum / count;
}

static double statistic(enum spread spread, int better) {
    double values[COUNT];
    fill(values);
    spread_linear(values, COUNT, spread, better);
    return mean_of(values, COUNT);
}

Test(spread, the_mean_of_the_numbers_is_the_statistic) {
    cr_expect_float_eq(statistic(SPREAD_SD, 0), sqrt(100 * 101 / 12.), 1e-12);
    cr_expect_float_eq(statistic(SPREAD_P5, 0), 5, 1e-12);
    cr_expect_float_eq(statistic(SPREAD_P50, 0), 50, 1e-12);
    cr_expect_float_eq(statistic(SPREAD_P95, 0), 95, 1e-12);
    cr_expect_float_eq(statistic(SPREAD_CVAR95, -1), (96 + 97 + 98 + 99 + 100) / 5., 1e-12);
    cr_expect_float_eq(statistic(SPREAD_CVAR95, 1), (1 + 2 + 3 + 4 + 5) / 5., 1e-12);
}

Test(spread, what_never_varies_has_no_spread) {
    for (int32_t s = 0; s < SPREAD_COUNT; s++) {
        double values[COUNT];
        for (int32_t i = 0; i < COUNT; i++) values[i] = 7;
        spread_linear(values, COUNT, (enum spread)s, 0);
        for (int32_t i = 0; i < COUNT; i++) cr_expect_eq(values[i], s == SPREAD_SD ? 0 : 7);
    }
}

Test(spread, few_replications_and_those_that_stopped_tell_nothing) {
    double values[COUNT];
    fill(values);
    spread_linear(values, 19, SPREAD_P50, 0);
    cr_expect(isnan(values[0]));
    fill(values);
    values[60] = NAN;
    spread_linear(values, COUNT, SPREAD_SD, 0);
    cr_expect(isnan(values[0]));
}
