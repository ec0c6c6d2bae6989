/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals and verdicts against published values. */
#include "../../analysis/statistics/statistics.h"

#include <criterion/criterion.h>
#include <math.h>

static void near(double got, double wanted, double tolerance) {
    cr_expect(fabs(got - wanted) <= tolerance, "%.12g, not %.12g", got, wanted);
}

/* Student's table: t for 95 % at 1, 4, 19 degrees of freedom, for 99.9 % at 10. */
Test(statistics, t_quantiles_are_those_of_the_table) {
    near(t_two_sided(0.95, 1), 12.706, 5e-4);
    near(t_two_sided(0.95, 4), 2.776, 5e-4);
    near(t_two_sided(0.95, 19), 2.093, 5e-4);
    near(t_two_sided(0.999, 10), 4.587, 5e-4);
    near(t_two_sided(0.95, 1e9), 1.959964, 1e-6);
    cr_expect(isnan(t_two_sided(0.95, 0)));
}

/* Law (2015), section 4.5: ten observations, 90 % interval 1.34 +- 0.24. */
Test(statistics, the_t_interval_is_that_of_the_textbook) {
    double values[] = {1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09};
    struct interval interval = interval_t(values, 10, 0.90);
    near(interval.mean, 1.343, 1e-9);
    near(interval.sd * interval.sd, 0.17, 5e-3);
    near(interval.half_width, 0.24, 5e-3);
    cr_expect(interval.n == 10);
}

Test(statistics, variance_survives_a_large_mean) {
    double values[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    struct interval interval = interval_t(values, 4, 0.95);
    near(interval.sd * interval.sd, 30, 1e-9);
}

Test(statistics, values_all_alike_have_no_width) {
    double values[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    struct interval interval = interval_t(values, 5, 0.95);
    cr_expect(interval.mean == 0.1 && interval.half_width == 0 && interval.sd == 0);
}

Test(statistics, one_value_has_a_mean_and_no_interval) {
    double value = 7;
    struct interval interval = interval_t(&value, 1, 0.95);
    cr_expect(interval.mean == 7 && isnan(interval.half_width) && interval.n == 1);
    interval = interval_t(&value, 0, 0.95);
    cr_expect(isnan(interval.mean) && interval.n == 0);
}

Test(statistics, a_missing_value_is_never_averaged_away) {
    double values[] = {1, NAN, 3};
    struct interval interval = interval_t(values, 3, 0.95);
    cr_expect(isnan(interval.mean) && isnan(interval.half_width));
    cr_expect(interval.n == 2);
}

/* Law (2015), section 10.2: two inventory policies, five pairs, 90 % intervals; paired 4.98
 * +- 3.33, Welch 4.98 +- 2.32. */
Test(statistics, pairing_is_by_replication) {
    double a[] = {126.97, 124.31, 126.68, 122.66, 127.23};
    double b[] = {118.21, 120.22, 122.45, 122.68, 119.40};
    struct interval paired = interval_paired(a, b, 5, 0.90);
    near(paired.mean, 4.98, 5e-3);
    near(paired.half_width, 3.33, 5e-3);
    struct interval independent = interval_independent(a, 5, b, 5, 0.90);
    near(independent.mean, 4.98, 5e-3);
    near(independent.half_width, 2.32, 5e-2);
}

Test(statistics, p_values_agree_with_intervals) {
    double values[] = {0.3, 0.9, -0.2, 1.1, 0.8, 0.4};
    struct interval interval = interval_t(values, 6, 0.95);
    double p = interval_p_value(interval);
    struct interval just = interval_widened(interval, 1 - p);
    near(just.half_width, just.mean, 1e-9);
    cr_expect(interval_p_value((struct interval){.mean = 0, .sd = 0, .n = 3}) == 1);
    cr_expect(interval_p_value((struct interval){.mean = 2, .sd = 0, .n = 3}) == 0);
}

/* Holm: 0.01 <= 0.05 / 4, 0.02 > 0.05 / 3, so only the first is rejected, also though 0.04 < 0.05.
 */
Test(statistics, holm_steps_down_and_stops) {
    double p[] = {0.04, 0.01, 0.03, 0.02}, levels[4];
    holm_levels(p, 4, 0.05, levels);
    near(levels[1], 0.05 / 4, 1e-15);
    for (int i = 0; i < 4; i++) cr_expect((p[i] <= levels[i]) == (i == 1), "hypothesis %d", i);
}

Test(statistics, holm_rejects_all_when_all_are_clear) {
    double p[] = {0.04, 0.001, 0.012, NAN, 0.012}, levels[5];
    holm_levels(p, 5, 0.05, levels);
    for (int i = 0; i < 5; i++) cr_expect((p[i] <= levels[i]) == !isnan(p[i]), "hypothesis %d", i);
    near(levels[0], 0.05, 1e-15);
    near(levels[1], 0.05 / 4, 1e-15);
}

Test(statistics, an_order_is_decided_when_zero_lies_outside) {
    struct interval below = {.mean = -3, .half_width = 1, .sd = 1, .n = 5};
    struct interval across = {.mean = -3, .half_width = 4, .sd = 4, .n = 5};
    struct interval equal = {.mean = 0, .half_width = 0, .sd = 0, .n = 5};
    cr_expect(verdict_order(below, ORDER_LESS) == VERDICT_SUPPORTED);
    cr_expect(verdict_order(below, ORDER_GREATER_EQUAL) == VERDICT_REFUTED);
    cr_expect(verdict_order(across, ORDER_LESS) == VERDICT_UNDECIDED);
    cr_expect(verdict_order(equal, ORDER_LESS_EQUAL) == VERDICT_SUPPORTED);
    cr_expect(verdict_order(equal, ORDER_GREATER) == VERDICT_REFUTED);
}

Test(statistics, an_equality_must_lie_inside_and_be_narrow) {
    struct equality four = {.value = 4};
    cr_expect(verdict_equal((struct interval){4.01, 0.02, 0.1, 9}, &four) == VERDICT_SUPPORTED);
    cr_expect(verdict_equal((struct interval){4.01, 0.03, 0.1, 9}, &four) == VERDICT_UNDECIDED);
    cr_expect(verdict_equal((struct interval){4.04, 0.03, 0.1, 9}, &four) == VERDICT_REFUTED);
    struct equality loose = {.value = 4, .within = 0.05};
    cr_expect(verdict_equal((struct interval){4.1, 0.15, 1, 9}, &loose) == VERDICT_SUPPORTED);
    cr_expect(verdict_equal((struct interval){4.3, 0.15, 1, 9}, &loose) == VERDICT_REFUTED);
}

Test(statistics, an_uncertain_source_widens_what_is_inside) {
    struct equality source = {.value = 17.77, .error = 0.06};
    struct interval left = {17.87, 0.05, 1, 9}; /* 0.10 away; hypot(0.05, 0.1008) is 0.1125 */
    cr_expect(verdict_equal(left, &source) == VERDICT_SUPPORTED);
    left.mean = 17.89; /* 0.12 away */
    cr_expect(verdict_equal(left, &source) == VERDICT_REFUTED);
    left = (struct interval){17.77, 0.1, 1, 9}; /* wider than 0.5 % (0.089) and than the error */
    cr_expect(verdict_equal(left, &source) == VERDICT_UNDECIDED);
}

Test(statistics, without_chance_the_digits_written_decide) {
    struct equality money = {.value = 102, .digits = 0.5};
    cr_expect(verdict_equal_exact(101.6, &money) == VERDICT_SUPPORTED);
    cr_expect(verdict_equal_exact(101.4, &money) == VERDICT_REFUTED);
    struct equality share = {.value = 0.564103, .digits = 5e-7};
    cr_expect(verdict_equal_exact(22.0 / 39, &share) == VERDICT_SUPPORTED);
    cr_expect(verdict_equal_exact(0.564104, &share) == VERDICT_REFUTED);
    struct equality sum = {.value = 0.3, .digits = 0};
    cr_expect(verdict_equal_exact(0.1 + 0.2, &sum) == VERDICT_SUPPORTED);
    cr_expect(verdict_equal_exact(NAN, &share) == VERDICT_UNDECIDED);
}
