/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "histogram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BINS = HISTOGRAM_PART - PART_BINS,
    SHIFT_MOST = 4, /* 4 bins an octave, so BINS of them span a factor of 2 000 */
    SMALL_SHARE = 50
};

/* ---- One run ---- */

/* Buckets of the least value that is not 0 and of the largest; high 0: there is none. */
struct reach {
    int32_t low, high;
};

static struct reach reach_of(const struct sketch *sketch, const struct tally *tally) {
    if (tally->count == 0 || tally->max <= 0) return (struct reach){0};
    struct reach reach = {1, (int32_t)sketch_bucket(tally->max)};
    if (tally->min > 0) reach.low = (int32_t)sketch_bucket(tally->min);
    while (!sketch->buckets[reach.low]) reach.low++;
    return reach;
}

/* The smallest shift with which nearly all values have bins. */
static int32_t shift_for(const struct sketch *sketch, struct reach reach, int64_t few) {
    for (int32_t shift = 0; shift < SHIFT_MOST; shift++) {
        int32_t first = (reach.high >> shift) - BINS + 1;
        int64_t below = 0;
        for (int32_t i = reach.low; (i >> shift) < first && below <= few; i++)
            below += sketch->buckets[i];
        if (below <= few) return shift;
    }
    return SHIFT_MOST;
}

void histogram_part(const struct sketch *sketch, const struct tally *tally,
                    double part[HISTOGRAM_PART]) {
    for (int32_t i = 0; i < HISTOGRAM_PART; i++) part[i] = 0;
    part[PART_ZEROS] = sketch->buckets[0];
    struct reach reach = reach_of(sketch, tally);
    if (!reach.high) return;
    int32_t shift = shift_for(sketch, reach, tally->count / SMALL_SHARE);
    int32_t first = (reach.high >> shift) - BINS + 1;
    if (first < reach.low >> shift) first = reach.low >> shift;
    part[PART_SHIFT] = shift;
    part[PART_FIRST] = first;
    for (int32_t i = reach.low; i <= reach.high; i++) {
        int32_t bin = (i >> shift) - first;
        part[bin < 0 ? PART_BELOW : PART_BINS + bin] += sketch->buckets[i];
    }
}

/* ---- Several runs ---- */

static bool is_part(const double *part) {
    double shift = part[PART_SHIFT], first = part[PART_FIRST], sum = 0;
    for (int32_t i = PART_ZEROS; i < HISTOGRAM_PART; i++) {
        if (!(part[i] >= 0) || part[i] != floor(part[i])) return false;
        sum += part[i];
    }
    return shift >= 0 && shift <= SHIFT_MOST && shift == floor(shift) && first >= 0 &&
           first < SKETCH_BUCKETS && first == floor(first) && sum < 0x1p53;
}

static int32_t bucket_of(const double *part, int32_t bin) {
    return ((int32_t)part[PART_FIRST] + bin) << (int32_t)part[PART_SHIFT];
}

/* What all parts together span: buckets, of 2^shift each a bin. */
struct span {
    int32_t shift, low, high; /* low and high: bins; high is not in it */
    int64_t zeros, below;
};

static struct span span_of(const double *const *parts, int32_t count) {
    struct span span = {.low = INT32_MAX};
    int32_t limit =
        0; /* a part that counts what is below together says nothing of the bins there */
    for (int32_t p = 0; p < count; p++)
        if (is_part(parts[p]) && parts[p][PART_SHIFT] > span.shift)
            span.shift = (int32_t)parts[p][PART_SHIFT];
    for (int32_t p = 0; p < count; p++) {
        if (!is_part(parts[p])) continue;
        for (int32_t i = 0; i < BINS; i++) {
            int32_t bin = bucket_of(parts[p], i) >> span.shift;
            if (parts[p][PART_BINS + i] == 0) continue;
            if (bin < span.low) span.low = bin;
            if (bin >= span.high) span.high = bin + 1;
        }
        int32_t whole = (1 << span.shift) - 1;
        int32_t from = (bucket_of(parts[p], 0) + whole) >> span.shift;
        if (parts[p][PART_BELOW] > 0 && from > limit) limit = from;
    }
    if (span.low < limit) span.low = limit;
    if (span.high < span.low) span.high = span.low;
    return span;
}

static void add_part(struct span *span, const double *part, int64_t *bins) {
    span->zeros += (int64_t)part[PART_ZEROS];
    span->below += (int64_t)part[PART_BELOW];
    for (int32_t i = 0; i < BINS; i++) {
        int64_t count = (int64_t)part[PART_BINS + i];
        int32_t bin = bucket_of(part, i) >> span->shift;
        if (!count) continue;
        if (bin < span->low)
            span->below += count;
        else
            bins[bin - span->low] += count;
    }
}

static void add_bin(struct histogram *histogram, double upto, int64_t count) {
    histogram->counts[histogram->count++] = count;
    histogram->edges[histogram->count] = upto;
    histogram->total += count;
}

void histogram_init(struct histogram *histogram, const double *const *parts, int32_t part_count,
                    double least, double most) {
    struct span span = span_of(parts, part_count);
    bool any = span.low < INT32_MAX;
    size_t bin_count = any ? (size_t)(span.high - span.low) : 0;
    int64_t *bins = memory_zeroed(bin_count + 1, sizeof *bins);
    for (int32_t p = 0; p < part_count; p++)
        if (is_part(parts[p])) add_part(&span, parts[p], bins);
    *histogram = (struct histogram){.edges = memory_zeroed(bin_count + 4, sizeof(double)),
                                    .counts = memory_zeroed(bin_count + 3, sizeof(int64_t))};
    double low = any ? (double)sketch_low(span.low << span.shift) : 1;
    if (span.zeros) add_bin(histogram, 1, span.zeros);
    if (span.below || (span.zeros && low > 1)) add_bin(histogram, low, span.below);
    if (!histogram->count) histogram->edges[0] = low;
    for (size_t i = 0; i < bin_count; i++)
        add_bin(histogram, (double)sketch_low((span.low + (int32_t)i + 1) << span.shift), bins[i]);
    if (histogram->count && least > histogram->edges[0] && least < histogram->edges[1])
        histogram->edges[0] = least;
    double last = histogram->count ? histogram->edges[histogram->count - 1] : 0;
    if (bin_count && most >= last && most < histogram->edges[histogram->count])
        histogram->edges[histogram->count] = most + 1;
    if (!histogram->total) histogram->count = 0;
    free(bins);
}

void histogram_clear(struct histogram *histogram) {
    free(histogram->edges);
    free(histogram->counts);
    *histogram = (struct histogram){0};
}

double histogram_below(const struct histogram *histogram, double at) {
    double sum = 0;
    for (int32_t i = 0; i < histogram->count; i++) {
        double from = histogram->edges[i], to = histogram->edges[i + 1];
        if (at <= from) break;
        double share = at >= to ? 1 : (at - from) / (to - from);
        sum += share * (double)histogram->counts[i];
    }
    return sum;
}
