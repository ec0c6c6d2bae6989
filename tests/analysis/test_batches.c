/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals from the batches of one run: against plain intervals, and when there must be none. */
#include "../../analysis/batches.h"

#include <criterion/criterion.h>
#include <math.h>

static void near(double got, double wanted, double tolerance) {
    cr_expect(fabs(got - wanted) <= tolerance, "%.12g, not %.12g", got, wanted);
}

/* Numbers without order: the fractions of multiples of the golden section, stirred by a second
 * one. */
static double noise(int32_t i) {
    double x = fmod(i * i * 0.6180339887498949 + i * 0.4142135623730951, 1);
    return x - 0.5;
}

/* Numerators and denominators at the ends of batches, as a run keeps them. */
static void sums_of(const double *above, const double *below, double *sums) {
    double a = 0, b = 0;
    for (int32_t i = 0; i < BATCH_COUNT; i++) {
        sums[2 * i] = a += above[i];
        sums[2 * i + 1] = b += below[i];
    }
}

Test(batches, equal_batches_without_order_give_the_interval_of_their_means) {
    double above[BATCH_COUNT], below[BATCH_COUNT], means[BATCH_COUNT], sums[2 * BATCH_COUNT];
    for (int32_t i = 0; i < BATCH_COUNT; i++) {
        means[i] = 3 + noise(i + 1);
        below[i] = 100;
        above[i] = 100 * means[i];
    }
    sums_of(above, below, sums);
    struct batch_interval interval = batch_interval(sums, 2, BATCH_COUNT, 0.95);
    cr_expect(interval.batches == BATCH_COUNT, "%d", interval.batches);
    near(interval.half_width, interval_t(means, BATCH_COUNT, 0.95).half_width, 1e-9);
}

/* Twins side by side: 40 batches are alike, the 20 pairs are not. */
Test(batches, neighbours_that_are_alike_are_put_together) {
    double above[BATCH_COUNT], below[BATCH_COUNT], pairs[BATCH_COUNT / 2], sums[2 * BATCH_COUNT];
    for (int32_t i = 0; i < BATCH_COUNT; i++) {
        below[i] = 10;
        above[i] = 10 * (pairs[i / 2] = 3 + noise(i / 2 + 1));
    }
    sums_of(above, below, sums);
    struct batch_interval interval = batch_interval(sums, 2, BATCH_COUNT, 0.95);
    cr_expect(interval.batches == BATCH_COUNT / 2, "%d", interval.batches);
    near(interval.half_width, interval_t(pairs, BATCH_COUNT / 2, 0.95).half_width, 1e-9);
}

Test(batches, what_drifts_all_along_has_no_interval) {
    double above[BATCH_COUNT], below[BATCH_COUNT], sums[2 * BATCH_COUNT];
    for (int32_t i = 0; i < BATCH_COUNT; i++) {
        below[i] = 1;
        above[i] = i;
    }
    sums_of(above, below, sums);
    struct batch_interval interval = batch_interval(sums, 2, BATCH_COUNT, 0.95);
    cr_expect(interval.batches == 0 && isnan(interval.half_width));
}

Test(batches, what_is_no_ratio_or_never_happened_has_no_interval) {
    double sums[2 * BATCH_COUNT];
    for (int32_t i = 0; i < 2 * BATCH_COUNT; i++) sums[i] = NAN;
    cr_expect(batch_interval(sums, 2, BATCH_COUNT, 0.95).batches == 0);
    for (int32_t i = 0; i < 2 * BATCH_COUNT; i++) sums[i] = 0;
    cr_expect(batch_interval(sums, 2, BATCH_COUNT, 0.95).batches == 0);
}

/* Something that happens in every second batch only has no ratio in the others. */
Test(batches, batches_without_denominator_are_put_together) {
    double above[BATCH_COUNT], below[BATCH_COUNT], sums[2 * BATCH_COUNT];
    for (int32_t i = 0; i < BATCH_COUNT; i++) {
        below[i] = i % 2;
        above[i] = i % 2 ? 3 + noise(i / 2 + 1) : 0;
    }
    sums_of(above, below, sums);
    cr_expect(batch_interval(sums, 2, BATCH_COUNT, 0.95).batches == BATCH_COUNT / 2);
}

Test(batches, only_single_runs_of_chance_and_of_known_length_keep_batches) {
    tick week[] = {TICK_WK}, never[] = {TICK_NEVER};
    const int32_t batched[] = {0, -1, 1}; /* the second is a deviation, say */
    struct layout layout = {.horizons = week,
                            .horizon_count = 1,
                            .column_count = 3,
                            .batched = batched,
                            .batched_count = 2,
                            .value_count = 3};
    batches_ask(&layout, 2, true);
    batches_ask(&layout, 1, false);
    cr_expect(layout.value_count == 3);
    batches_ask(&layout, 1, true);
    cr_expect(layout.value_count == 3 + 2 * 2 * BATCH_COUNT && layout_batch_at(&layout, 0, 0) == 3);
    cr_expect(layout_batch_at(&layout, 0, 1) == -1 && layout_batch_at(&layout, 1, 2) == 9);
    struct layout open = {
        .horizons = never, .horizon_count = 1, .column_count = 3, .value_count = 3};
    batches_ask(&open, 1, true);
    cr_expect(open.value_count == 3);
}
