/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truncation, batches and autocorrelation against exact values and long series of known law. */
#include "../../analysis/statistics/series.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static void near(double got, double wanted, double tolerance) {
    cr_expect(fabs(got - wanted) <= tolerance, "%.12g, not %.12g", got, wanted);
}

static void decay(double *values, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        values[i] = 10 * pow(0.9, i) + (i % 2 ? -0.5 : 0.5) + 0.3 * sin(i);
}

Test(series, mser5_finds_the_known_truncation) {
    double values[100];
    decay(values, 100);
    struct truncation truncation = series_mser5(values, 100);
    cr_expect(truncation.deleted == 35, "%d", truncation.deleted);
    near(truncation.statistic, 9.468632903e-4, 5e-14);
    cr_expect(truncation.settled);
}

/* The same by the definition, one truncation at a time. */
Test(series, mser5_is_the_least_of_its_definition) {
    double values[100], least = INFINITY;
    decay(values, 100);
    int32_t best = 0;
    for (int32_t d = 0; d <= 10; d++) {
        double mean = 0, squares = 0;
        for (int32_t i = 5 * d; i < 100; i++) mean += values[i] / (100 - 5 * d);
        for (int32_t b = d; b < 20; b++) {
            double batch = 0;
            for (int32_t i = 0; i < 5; i++) batch += values[5 * b + i] / 5;
            squares += (batch - mean) * (batch - mean);
        }
        if (squares / ((20.0 - d) * (20 - d)) >= least) continue;
        least = squares / ((20.0 - d) * (20 - d));
        best = 5 * d;
    }
    struct truncation truncation = series_mser5(values, 100);
    cr_expect(truncation.deleted == best);
    near(truncation.statistic, least, 1e-12);
}

Test(series, mser5_says_when_the_series_is_too_short) {
    double values[100];
    for (int32_t i = 0; i < 100; i++) values[i] = i;
    struct truncation truncation = series_mser5(values, 100);
    cr_expect(truncation.deleted == 50 && !truncation.settled);
    truncation = series_mser5(values, 9);
    cr_expect(truncation.deleted == 0 && !truncation.settled && isnan(truncation.statistic));
}

Test(series, mser5_deletes_nothing_of_what_is_settled_from_the_start) {
    double values[100];
    for (int32_t i = 0; i < 100; i++) values[i] = 3;
    struct truncation truncation = series_mser5(values, 100);
    cr_expect(truncation.deleted == 0 && truncation.statistic == 0 && truncation.settled);
}

Test(series, welch_averages_over_both_sides_and_over_fewer_at_the_start) {
    double values[] = {1, 2, 6, 3, 8, 10, 4}, out[7];
    cr_expect(series_welch(values, 7, 2, out) == 5);
    near(out[0], 1, 0);
    near(out[1], 3, 1e-15);
    near(out[2], 4, 1e-15);
    near(out[3], 5.8, 1e-15);
    near(out[4], 6.2, 1e-15);
    cr_expect(series_welch(values, 2, 3, out) == 0);
}

Test(series, autocorrelation_is_that_of_the_hand_computation) {
    double values[] = {1, 2, 3, 4, 5};
    near(series_autocorrelation(values, 5, 0), 1, 1e-15);
    near(series_autocorrelation(values, 5, 1), 0.4, 1e-15);
    near(series_autocorrelation(values, 5, 2), -0.1, 1e-15);
    double alike[] = {2, 2, 2};
    cr_expect(isnan(series_autocorrelation(alike, 3, 1)));
}

/* x' = phi x + e, from its own long-run law: the correlation at lag k is phi^k, and n observations
 * are worth n (1 - phi) / (1 + phi). */
static void autoregressive(double *values, int32_t count, double phi, uint64_t number) {
    struct stream stream = stream_named(1, "tests/autoregressive");
    struct draw draw = draw_at(stream, number, 0, 0, 0);
    double x = 0;
    for (int32_t i = -200; i < count; i++) {
        double u = draw_uniform(&draw), v = draw_uniform(&draw);
        x = phi * x + sqrt(-2 * log(u)) * cos(2 * M_PI * v);
        if (i >= 0) values[i] = x;
    }
}

Test(series, effective_size_is_that_of_an_autoregression) {
    enum { COUNT = 100000 };
    double *values = calloc(COUNT, sizeof *values);
    autoregressive(values, COUNT, 0.8, 1);
    near(series_autocorrelation(values, COUNT, 1), 0.8, 0.01);
    near(series_autocorrelation(values, COUNT, 3), 0.512, 0.02);
    near(series_effective_size(values, COUNT) / COUNT, 0.2 / 1.8, 0.01);
    for (int32_t i = 0; i < COUNT; i++) values[i] = i % 2 ? 1 : -1;
    cr_expect(series_effective_size(values, COUNT) == COUNT, "at most all of them");
    free(values);
}

Test(series, batch_means_leave_the_odd_ones_out_at_the_start) {
    double values[] = {100, 1, 3, 2, 6, 9, 3};
    struct interval interval = series_batch_means(values, 7, 3, 0.95), wanted;
    wanted = interval_t((double[]){2, 4, 6}, 3, 0.95);
    near(interval.mean, wanted.mean, 1e-15);
    near(interval.half_width, wanted.half_width, 1e-12);
    cr_expect(isnan(series_batch_means(values, 2, 3, 0.95).mean));
}

/* Batches of one are the observations; there the variance is the usual one. */
Test(series, overlapping_batches_of_one_give_the_usual_variance) {
    double values[] = {1, 2, 6, 3, 8, 10, 4};
    struct interval plain = interval_t(values, 7, 0.95),
                    overlapping = series_overlapping_means(values, 7, 1, 0.95);
    near(overlapping.mean, plain.mean, 1e-15);
    near(overlapping.sd, plain.sd, 1e-12);
    near(overlapping.half_width, t_two_sided(0.95, 9) * plain.sd / sqrt(7), 1e-12);
    /* by the definition: batches of 2 have means 1.5 4 4.5 5.5 9 7 about 34 / 7 */
    double squares = 0, means[] = {1.5, 4, 4.5, 5.5, 9, 7};
    for (int32_t i = 0; i < 6; i++) squares += pow(means[i] - 34 / 7.0, 2);
    overlapping = series_overlapping_means(values, 7, 2, 0.95);
    near(overlapping.half_width, t_two_sided(0.95, 3.75) * sqrt(2 * squares / 30), 1e-12);
}

Test(series, batch_ratios_with_equal_denominators_are_batch_means) {
    double above[] = {2, 4, 9, 5}, below[] = {2, 2, 2, 2};
    struct interval ratio = series_batch_ratio(above, below, 4, 0.9),
                    means = interval_t((double[]){1, 2, 4.5, 2.5}, 4, 0.9);
    near(ratio.mean, means.mean, 1e-15);
    near(ratio.half_width, means.half_width, 1e-12);
    below[2] = 0;
    cr_expect(isnan(series_batch_ratio(above, below, 4, 0.9).mean), "a batch without any");
}

/* Cochran's estimator by hand: ratio 20 / 10, deviations 0 -2 2 0 about a mean denominator of 2.5.
 */
Test(series, batch_ratios_weigh_batches_by_their_denominators) {
    double above[] = {2, 4, 8, 6}, below[] = {1, 3, 3, 3};
    struct interval ratio = series_batch_ratio(above, below, 4, 0.95);
    near(ratio.mean, 2, 1e-15);
    near(ratio.sd, sqrt((4 + 4) / 2.5 / 2.5 / 3), 1e-12);
}
