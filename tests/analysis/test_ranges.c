/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares, quantiles, ratios and times to an event against published and exact values. */
#include "../../analysis/statistics/ranges.h"

#include "../../analysis/statistics/controls.h"

#include <criterion/criterion.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

static void near(double got, double wanted, double tolerance) {
    cr_expect(fabs(got - wanted) <= tolerance, "%.12g, not %.12g", got, wanted);
}

Test(ranges, wilson_is_that_of_the_literature) {
    struct range range = range_share(81, 263, 0.95);
    near(range.value, 81.0 / 263, 1e-15);
    near(range.low, 0.2552885, 5e-8);
    near(range.high, 0.3662096, 5e-8);
}

/* Brown, Cai & DasGupta (2001): 0 of n ends at z^2 / (n + z^2). */
Test(ranges, wilson_of_none_and_of_all_stays_between_0_and_1) {
    double z = 1.959963984540054;
    struct range none = range_share(0, 10, 0.95), all = range_share(10, 10, 0.95);
    cr_expect(none.low == 0 && all.high == 1);
    near(none.high, z * z / (10 + z * z), 1e-12);
    near(all.low, 10 / (10 + z * z), 1e-12);
    cr_expect(isnan(range_share(0, 0, 0.95).value));
}

/* The median of 10 values: ranks 2 and 9, which hold with 0.9785 (Conover, Practical Nonparametric
 * Statistics, 1999, table A3). Ranks 3 and 8 hold with 0.8906. */
Test(ranges, quantiles_lie_between_the_ranks_of_the_binomial) {
    double values[] = {9, 1, 8, 2, 7, 3, 6, 4, 5, 10};
    struct range range = range_quantile(values, 10, 0.5, 0.95);
    cr_expect(range.value == 5.5 && range.low == 2 && range.high == 9, "%g %g", range.low,
              range.high);
    range = range_quantile(values, 10, 0.5, 0.89);
    cr_expect(range.low == 3 && range.high == 8, "%g %g", range.low, range.high);
}

/* At most three of five below the 95 % quantile: 1 - 0.95^5 - 5 * 0.95^4 * 0.05 = 0.0226, so rank 4
 * bounds it; all five below: 0.774, so no rank is above it. */
Test(ranges, few_values_cannot_bound_a_far_quantile) {
    double values[] = {3, 1, 2, 5, 4};
    struct range range = range_quantile(values, 5, 0.95, 0.95);
    cr_expect(range.value == 4.8 && range.high == INFINITY && range.low == 4, "%g %g", range.value,
              range.low);
    values[2] = NAN;
    cr_expect(isnan(range_quantile(values, 5, 0.5, 0.95).value));
}

/* The ends are where the t test of mean(above - ratio * below) is just rejected. */
Test(ranges, fieller_ends_where_the_t_test_rejects) {
    double above[] = {3.1, 4.0, 5.2, 2.7, 4.4, 3.9}, below[] = {1.0, 1.9, 2.2, 1.1, 1.7, 1.4};
    struct range range = range_ratio(above, below, 6, 0.95);
    near(range.value, 23.3 / 9.3, 1e-12);
    double ends[] = {range.low, range.high};
    for (int32_t end = 0; end < 2; end++) {
        double differences[6];
        for (int32_t i = 0; i < 6; i++) differences[i] = above[i] - ends[end] * below[i];
        struct interval interval = interval_t(differences, 6, 0.95);
        near(fabs(interval.mean), interval.half_width, 1e-9);
    }
    double noise[] = {-1, 1, -1, 1, -1, 1.5};
    cr_expect(range_ratio(above, noise, 6, 0.95).high == INFINITY, "may be zero below");
}

/* The 6-MP arm of Freireich et al. (Blood 21, 1963), 21 patients, the usual example: survival
 * 0.857 after 6, 0.627 after 13, 0.448 after 23 weeks, standard error 0.1346 at the last. */
static const double weeks[] = {6,   6,   6,   7,   10,  13,  16,  22,  23,  -6, -9,
                               -10, -11, -17, -19, -20, -25, -32, -32, -34, -35};
Test(ranges, kaplan_and_meier_follow_the_published_remissions) {
    struct event_time times[21];
    for (int32_t i = 0; i < 21; i++) times[i] = (struct event_time){fabs(weeks[i]), weeks[i] > 0};
    near(range_event_within(times, 21, 6, 0.95).value, 1 - 0.8571, 5e-5);
    near(range_event_within(times, 21, 13, 0.95).value, 1 - 0.6902, 5e-5);
    struct range range = range_event_within(times, 21, 23, 0.95);
    near(range.value, 1 - 0.4482, 5e-5);
    double spread = 1.959964 * 0.1346 / (0.4482 * -log(0.4482));
    near(range.low, 1 - pow(0.4482, exp(-spread)), 2e-4);
    near(range.high, 1 - pow(0.4482, exp(spread)), 2e-4);
}

Test(ranges, without_censoring_the_mean_time_is_the_mean) {
    struct event_time times[] = {{4, true}, {1, true}, {7, true}, {2, true}};
    near(event_time_mean(times, 4), 3.5, 1e-12);
    near(range_event_within(times, 4, 3, 0.95).value, 0.5, 1e-15);
    times[3].happened = false; /* the longest: the mean up to it is the same */
    near(event_time_mean(times, 4), 3.5, 1e-12);
}

/* ---- Control variates ---- */

static const double values[] = {5.1, 7.3, 6.2, 9.9, 4.0, 6.6, 8.1, 5.5, 7.7, 6.0};
static const double first[] = {-1.1, 0.9, 0.3, 2.8, -1.9, 0.1, 1.3, -0.4, 1.2, -0.2};
static const double second[] = {0.3, -0.2, 0.8, 1.0, -0.5, 0.6, -0.9, 0.2, 0.4, -1.1};

/* The controlled mean is the intercept of a regression, which GSL solves in another way. */
Test(controls, the_controlled_mean_is_the_intercept_of_the_regression) {
    gsl_matrix *x = gsl_matrix_alloc(10, 3), *covariance = gsl_matrix_alloc(3, 3);
    gsl_vector *coefficients = gsl_vector_alloc(3);
    gsl_multifit_linear_workspace *room = gsl_multifit_linear_alloc(10, 3);
    for (size_t i = 0; i < 10; i++) {
        gsl_matrix_set(x, i, 0, 1);
        gsl_matrix_set(x, i, 1, first[i]);
        gsl_matrix_set(x, i, 2, second[i]);
    }
    gsl_vector_const_view y = gsl_vector_const_view_array(values, 10);
    double squares;
    gsl_multifit_linear(x, &y.vector, coefficients, covariance, &squares, room);
    struct control controls[] = {{first}, {second}};
    struct controlled result = controlled_mean(values, 10, controls, 2, 0.95);
    near(result.interval.mean, gsl_vector_get(coefficients, 0), 1e-12);
    double variance = gsl_matrix_get(covariance, 0, 0);
    near(result.interval.half_width, t_two_sided(0.95, 7) * sqrt(variance), 1e-12);
    double plain = interval_t(values, 10, 0.95).sd;
    near(result.reduction, plain * plain / 10 / variance, 1e-9);
    cr_expect(result.used == 2);
    gsl_multifit_linear_free(room);
    gsl_vector_free(coefficients);
    gsl_matrix_free(covariance);
    gsl_matrix_free(x);
}

Test(controls, a_control_that_says_nothing_new_is_left_out) {
    double twice[10], constant[10] = {0};
    for (int32_t i = 0; i < 10; i++) twice[i] = 2 * first[i];
    struct control one[] = {{first}}, same[] = {{first}, {twice}, {constant}};
    struct controlled alone = controlled_mean(values, 10, one, 1, 0.95),
                      all = controlled_mean(values, 10, same, 3, 0.95);
    cr_expect(all.used == 1);
    near(all.interval.mean, alone.interval.mean, 1e-12);
    near(all.interval.half_width, alone.interval.half_width, 1e-12);
}

Test(controls, without_controls_the_mean_is_the_plain_one) {
    struct controlled none = controlled_mean(values, 10, NULL, 0, 0.95);
    struct interval plain = interval_t(values, 10, 0.95);
    near(none.interval.mean, plain.mean, 1e-12);
    near(none.interval.half_width, plain.half_width, 1e-12);
    near(none.reduction, 1, 1e-12);
}

Test(controls, a_missing_value_or_too_few_give_no_interval) {
    double missing[10] = {NAN};
    struct control controls[] = {{missing}};
    cr_expect(isnan(controlled_mean(values, 10, controls, 1, 0.95).interval.mean));
    struct control one[] = {{first}};
    cr_expect(isnan(controlled_mean(values, 3, one, 1, 0.95).interval.mean));
}
