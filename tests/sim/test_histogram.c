/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histograms beside values counted one by one between the same edges. */
#include "../../sim/histogram.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST = 20000, PARTS_MOST = 8 };

static uint64_t dice(uint64_t *state) { /* xorshift64 (Marsaglia 2003) */
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double uniform(uint64_t *state) {
    return (double)(dice(state) >> 11) * 0x1p-53 + 0x1p-54;
}

/* Kinds of values: exponential with zeros, narrow, log-uniform over many octaves, all the same. */
static int64_t value_of(int kind, uint64_t *state) {
    double u = uniform(state);
    switch (kind) {
    case 0: return u < 0.3 ? 0 : (int64_t)(-3.6e9 * log(uniform(state)));
    case 1: return (int64_t)(1e9 + 1e8 * (u + uniform(state) + uniform(state)));
    case 2: return (int64_t)exp(35 * u);
    default: return 12345678;
    }
}

struct sample {
    int64_t values[VALUES_MOST];
    int32_t count;
    double parts[PARTS_MOST][HISTOGRAM_PART];
    const double *list[PARTS_MOST];
    int32_t part_count;
};

/* Another run of COUNT values. */
static void add_run(struct sample *sample, int kind, int32_t count, uint64_t seed) {
    struct sketch *sketch = calloc(1, sizeof *sketch);
    struct tally tally = {0};
    tally_reset(&tally);
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    for (int32_t i = 0; i < count; i++) {
        int64_t value = value_of(kind, &state);
        sample->values[sample->count++] = value;
        sketch_add(sketch, value);
        tally_add(&tally, value);
    }
    double *part = sample->parts[sample->part_count];
    histogram_part(sketch, &tally, part);
    sample->list[sample->part_count++] = part;
    free(sketch);
}

static double least_of(const struct sample *sample) {
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < sample->count; i++)
        if (sample->values[i] < least) least = sample->values[i];
    return (double)least;
}

static double most_of(const struct sample *sample) {
    int64_t most = 0;
    for (int32_t i = 0; i < sample->count; i++)
        if (sample->values[i] > most) most = sample->values[i];
    return (double)most;
}

/* Every bin has exactly the values between its edges, and no value is outside. */
static void expect_counts(const struct sample *sample, const struct histogram *histogram) {
    cr_assert_eq(histogram->total, sample->count);
    int64_t sum = 0;
    for (int32_t b = 0; b < histogram->count; b++) {
        int64_t count = 0;
        cr_assert_lt(histogram->edges[b], histogram->edges[b + 1]);
        for (int32_t i = 0; i < sample->count; i++)
            count += (double)sample->values[i] >= histogram->edges[b] &&
                     (double)sample->values[i] < histogram->edges[b + 1];
        cr_assert_eq(histogram->counts[b], count, "bin %d, %g to %g: %lld, not %lld", b,
                     histogram->edges[b], histogram->edges[b + 1], (long long)histogram->counts[b],
                     (long long)count);
        sum += count;
    }
    cr_assert_eq(sum, sample->count);
}

static struct sample *sample_new(void) {
    return calloc(1, sizeof(struct sample));
}

Test(histogram, bins_of_one_run_count_the_values_between_their_edges) {
    for (int kind = 0; kind < 4; kind++)
        for (int32_t count = 1; count <= 10000; count *= 10) {
            struct sample *sample = sample_new();
            struct histogram histogram;
            add_run(sample, kind, count, (uint64_t)(kind + 1));
            histogram_init(&histogram, sample->list, 1, least_of(sample), most_of(sample));
            expect_counts(sample, &histogram);
            if (histogram.counts[0]) cr_assert_eq(histogram.edges[0], least_of(sample));
            histogram_clear(&histogram);
            free(sample);
        }
}

Test(histogram, runs_are_put_together_without_an_error_in_any_order) {
    for (int kind = 0; kind < 4; kind++) {
        struct sample *sample = sample_new();
        struct histogram histogram, again;
        for (int32_t r = 0; r < 5; r++)
            add_run(sample, (kind + r / 4) % 4, 10 + 900 * r, (uint64_t)r + 7);
        histogram_init(&histogram, sample->list, 5, least_of(sample), most_of(sample));
        expect_counts(sample, &histogram);
        const double *backwards[5];
        for (int32_t r = 0; r < 5; r++) backwards[r] = sample->list[4 - r];
        histogram_init(&again, backwards, 5, least_of(sample), most_of(sample));
        cr_assert_eq(histogram.count, again.count);
        cr_assert_eq(
            memcmp(histogram.edges, again.edges, ((size_t)histogram.count + 1) * sizeof(double)),
            0);
        cr_assert_eq(
            memcmp(histogram.counts, again.counts, (size_t)histogram.count * sizeof(int64_t)), 0);
        histogram_clear(&again);
        histogram_clear(&histogram);
        free(sample);
    }
}

Test(histogram, few_values_are_lumped_together) {
    struct sample *sample = sample_new();
    struct histogram histogram;
    add_run(sample, 0, 10000, 3);
    histogram_init(&histogram, sample->list, 1, NAN, NAN);
    cr_expect_eq(histogram.edges[0], 0); /* the zeros have a bin of their own */
    cr_expect_eq(histogram.edges[1], 1);
    cr_expect_float_eq((double)histogram.counts[0] / 10000, 0.3, 0.02);
    cr_expect_leq(histogram.counts[1], 10000 / 50);
    cr_expect_geq(histogram.count, 30);
    histogram_clear(&histogram);
    free(sample);
}

/* Of an exponential law: 1 - exp(-t). */
Test(histogram, shares_below_are_those_of_the_law) {
    struct sample *sample = sample_new();
    struct histogram histogram;
    add_run(sample, 0, 20000, 11);
    histogram_init(&histogram, sample->list, 1, least_of(sample), most_of(sample));
    for (double t = 0.1; t < 5; t *= 1.5) {
        double share = histogram_below(&histogram, t * 3.6e9) / 20000;
        cr_expect_float_eq(share, 0.3 + 0.7 * (1 - exp(-t)), 0.012, "%g: %g", t, share);
    }
    cr_expect_eq(histogram_below(&histogram, 0), 0);
    cr_expect_eq(histogram_below(&histogram, 1e18), 20000);
    histogram_clear(&histogram);
    free(sample);
}

Test(histogram, nothing_and_runs_that_stopped_are_no_values) {
    struct sketch *empty = calloc(1, sizeof *empty);
    struct tally none = {0};
    double parts[2][HISTOGRAM_PART];
    tally_reset(&none);
    histogram_part(empty, &none, parts[0]);
    for (int i = 0; i < HISTOGRAM_PART; i++) parts[1][i] = NAN;
    struct histogram histogram;
    histogram_init(&histogram, (const double *const[]){parts[0], parts[1]}, 2, NAN, NAN);
    cr_expect_eq(histogram.count, 0);
    cr_expect_eq(histogram.total, 0);
    histogram_clear(&histogram);
    free(empty);
}
