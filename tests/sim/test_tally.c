/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tallies: exact beside sums of integers that are small enough to be right by themselves. */
#include "../../sim/tally.h"

#include <criterion/criterion.h>
#include <math.h>

static struct tally tally_of(const int64_t *values, int32_t count) {
    struct tally tally;
    tally_reset(&tally);
    for (int32_t i = 0; i < count; i++) tally_add(&tally, values[i]);
    return tally;
}

static void expect_same(const struct tally *a, const struct tally *b) {
    cr_expect_eq(a->count, b->count);
    cr_expect(a->sum == b->sum);
    cr_expect(a->squares == b->squares);
    cr_expect_eq(a->min, b->min);
    cr_expect_eq(a->max, b->max);
}

Test(tally, mean_and_variance_are_those_of_the_definition) {
    /* 2 4 4 4 5 5 7 9: mean 5, squares about it 32. */
    static const int64_t values[] = {2, 4, 4, 4, 5, 5, 7, 9};
    struct tally tally = tally_of(values, 8);
    cr_expect_eq(tally.count, 8);
    cr_expect_eq(tally_mean(&tally), 5);
    cr_expect_eq(tally_variance(&tally), 32.0 / 7);
    cr_expect_eq(tally.min, 2);
    cr_expect_eq(tally.max, 9);
}

Test(tally, nothing_seen_is_not_a_number) {
    struct tally tally;
    tally_reset(&tally);
    cr_expect(isnan(tally_mean(&tally)));
    cr_expect(isnan(tally_variance(&tally)));
    tally_add(&tally, -3);
    cr_expect_eq(tally_mean(&tally), -3);
    cr_expect(isnan(tally_variance(&tally)));
    cr_expect_eq(tally.min, -3);
    cr_expect_eq(tally.max, -3);
}

Test(tally, the_sign_of_values_changes_no_variance) {
    static const int64_t values[] = {-9, -7, -5, -5, -4, -4, -4, -2}, mixed[] = {-3, -1, 1, 3};
    struct tally tally = tally_of(values, 8);
    cr_expect_eq(tally_mean(&tally), -5);
    cr_expect_eq(tally_variance(&tally), 32.0 / 7);
    tally = tally_of(mixed, 4);
    cr_expect_eq(tally_mean(&tally), 0);
    cr_expect_eq(tally_variance(&tally), 20.0 / 3);
}

Test(tally, the_variance_does_not_cancel_far_from_zero) {
    /* The same eight values a million years later: doubles would have lost all of it. */
    static const int64_t small[] = {2, 4, 4, 4, 5, 5, 7, 9};
    int64_t values[8];
    for (int32_t i = 0; i < 8; i++) values[i] = INT64_C(9000000000000000000) + small[i];
    struct tally tally = tally_of(values, 8);
    cr_expect_eq(tally_variance(&tally), 32.0 / 7);
    for (int32_t i = 0; i < 8; i++) values[i] = -values[i];
    tally = tally_of(values, 8);
    cr_expect_eq(tally_variance(&tally), 32.0 / 7);
}

Test(tally, sums_of_the_largest_values_are_exact) {
    struct tally tally;
    tally_reset(&tally);
    for (int32_t i = 0; i < 1000; i++) tally_add(&tally, INT64_MAX - i % 2);
    cr_expect(tally.sum == (__int128)INT64_MAX * 1000 - 500);
    /* Half of the values one below the others: variance n / (n - 1) / 4. */
    cr_expect_eq(tally_variance(&tally), 250.0 / 999);
    cr_expect_eq(tally.max, INT64_MAX);
    cr_expect_eq(tally.min, INT64_MAX - 1);
}

Test(tally, merged_in_any_order_is_bit_for_bit_the_whole) {
    static const int64_t values[] = {5, -7, INT64_C(1) << 60, 0, 12, -(INT64_C(1) << 61), 3, 3, 8};
    struct tally whole = tally_of(values, 9), empty;
    tally_reset(&empty);
    for (int32_t cut = 0; cut <= 9; cut++) {
        struct tally first = tally_of(values, cut), second = tally_of(values + cut, 9 - cut);
        struct tally forward = first, backward = second;
        tally_merge(&forward, &second);
        tally_merge(&backward, &first);
        tally_merge(&backward, &empty);
        expect_same(&forward, &whole);
        expect_same(&backward, &whole);
    }
}
