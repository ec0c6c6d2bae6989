/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sketches: a quantile beside the exact one of the sorted values, off by at most 1/128 of it. */
#include "../../sim/sketch.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double shares[] = {0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};
enum { SHARES = sizeof shares / sizeof *shares, VALUES = 5000 };

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The smallest value with a share SHARE of all at or below it. */
static int64_t exact_quantile(const int64_t *sorted, int32_t count, double share) {
    int32_t rank = (int32_t)ceil(share * count);
    return sorted[rank < 1 ? 0 : rank - 1];
}

static uint64_t dice(uint64_t *state) { /* xorshift64 (Marsaglia 2003) */
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Values spread over all octaves up to BITS bits. */
static void fill(int64_t *values, int32_t count, int32_t bits, uint64_t seed) {
    uint64_t state = seed;
    for (int32_t i = 0; i < count; i++) {
        uint64_t word = dice(&state);
        values[i] = (int64_t)(word >> (64 - bits + (int32_t)(dice(&state) % (uint64_t)bits)));
    }
}

static struct sketch *sketch_of(const int64_t *values, int32_t count) {
    struct sketch *sketch = calloc(1, sizeof *sketch);
    for (int32_t i = 0; i < count; i++) sketch_add(sketch, values[i]);
    return sketch;
}

static void expect_near(double seen, int64_t exact) {
    double bound = exact < SKETCH_OCTAVE ? 0 : (double)exact / 128;
    cr_expect(fabs(seen - (double)exact) <= bound, "%.17g for %lld", seen, (long long)exact);
}

Test(sketch, every_quantile_is_within_a_128th_of_the_exact_one) {
    static const int32_t bits[] = {3, 6, 7, 12, 30, 50, 62, 63};
    int64_t *values = calloc(VALUES, sizeof *values);
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++)
        for (int32_t count = 1; count <= VALUES; count = count * 3 + 1) {
            fill(values, count, bits[b], 88172645463325252u + (uint64_t)count);
            struct sketch *sketch = sketch_of(values, count);
            qsort(values, (size_t)count, sizeof *values, ascending);
            for (int32_t i = 0; i < SHARES; i++)
                expect_near(sketch_quantile(sketch, count, shares[i]),
                            exact_quantile(values, count, shares[i]));
            free(sketch);
        }
    free(values);
}

Test(sketch, one_value_is_seen_within_a_128th_at_every_edge_of_a_bucket) {
    struct sketch *sketch = calloc(1, sizeof *sketch);
    for (int32_t octave = 0; octave < 63; octave++)
        for (int64_t step = 0; step < 128; step++)
            for (int64_t off = -1; off <= 1; off++) {
                int64_t low = INT64_C(1) << octave,
                        value = low + (octave > 7 ? (low >> 7) * step : step) + off;
                if (value < 0) continue;
                uint32_t bucket = sketch_bucket(value);
                cr_assert_lt(bucket, SKETCH_BUCKETS);
                sketch->buckets[bucket]++;
                expect_near(sketch_quantile(sketch, 1, 0.5), value);
                sketch->buckets[bucket]--;
            }
    free(sketch);
}

Test(sketch, a_larger_value_never_has_a_smaller_bucket) {
    uint32_t before = 0;
    for (int64_t value = 0; value < 1 << 16; value++) {
        uint32_t bucket = sketch_bucket(value);
        cr_assert_geq(bucket, before);
        cr_assert_leq(bucket, before + 1);
        before = bucket;
    }
    cr_expect_eq(sketch_bucket(INT64_MAX), SKETCH_BUCKETS - 1);
}

Test(sketch, values_below_64_ticks_are_exact) {
    for (int64_t value = 0; value < 64; value++) {
        struct sketch *sketch = sketch_of(&value, 1);
        cr_expect_eq(sketch_quantile(sketch, 1, 0.5), (double)value);
        free(sketch);
    }
}

Test(sketch, merged_is_the_sketch_of_all_values) {
    int64_t values[900];
    fill(values, 900, 40, 2463534242u);
    struct sketch *whole = sketch_of(values, 900), *first = sketch_of(values, 300),
                  *second = sketch_of(values + 300, 600);
    sketch_merge(first, second);
    for (int32_t i = 0; i < SKETCH_BUCKETS; i++) cr_assert_eq(first->buckets[i], whole->buckets[i]);
    free(whole);
    free(first);
    free(second);
}

Test(sketch, nothing_seen_is_not_a_number) {
    int64_t value = 100;
    struct sketch *sketch = sketch_of(&value, 1);
    sketch_reset(sketch);
    cr_expect(isnan(sketch_quantile(sketch, 0, 0.5)));
    for (int32_t i = 0; i < SKETCH_BUCKETS; i++) cr_assert_eq(sketch->buckets[i], 0);
    free(sketch);
}

Test(sketch, in_little_memory_it_holds_what_the_large_one_would) {
    static const int32_t bits[] = {1, 7, 30, 62};
    int64_t *values = calloc(VALUES, sizeof *values);
    struct sketch *spread = calloc(1, sizeof *spread);
    struct small_sketch small = {0};
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++) {
        fill(values, VALUES, bits[b], 4711);
        struct sketch *large = sketch_of(values, VALUES);
        small_sketch_reset(&small);
        for (int32_t i = 0; i < VALUES; i++) small_sketch_add(&small, values[i]);
        small_sketch_spread(&small, spread);
        cr_expect_eq(memcmp(large, spread, sizeof *large), 0, "%d bits", bits[b]);
        free(large);
    }
    small_sketch_clear(&small);
    small_sketch_add(&small, 1000000);
    cr_expect_leq(small.count, 16);
    small_sketch_clear(&small);
    free(spread);
    free(values);
}
