/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sketch of a distribution: quantiles of any number of values in fixed memory, mergeable, with
 * bounded relative error (DDSketch: Masson, Rim, Lee, VLDB 2019), over ticks.
 *
 * The logarithm of DDSketch is taken from the bits: a value's octave and the next six bits below
 * its leading one are its bucket, so a bucket is at most 1/64 of its value wide and a quantile is
 * off by at most 1/128. Values below 64 ticks are exact. Negative values (earliness) are kept as
 * their mirror. */
#ifndef TAKT_SIM_SKETCH_H
#define TAKT_SIM_SKETCH_H

#include "base.h"

enum {
    SKETCH_BITS = 6,
    SKETCH_OCTAVE = 1 << SKETCH_BITS,
    SKETCH_BUCKETS = (63 - SKETCH_BITS + 1) << SKETCH_BITS
};

struct sketch {
    uint32_t buckets[SKETCH_BUCKETS]; /* of values >= 0; no run sees 2^32 values: see CHECK in
                                         sketch_quantile */
};

static inline uint32_t sketch_bucket(int64_t value) {
    uint64_t bits = (uint64_t)value;
    int32_t shift = 63 - SKETCH_BITS - __builtin_clzll(bits | SKETCH_OCTAVE);
    return ((uint32_t)shift << SKETCH_BITS) + (uint32_t)(bits >> shift);
}

/* VALUE >= 0. */
static inline void sketch_add(struct sketch *sketch, int64_t value) {
    CHECK_SLOW(value >= 0);
    sketch->buckets[sketch_bucket(value)]++;
}

/* The smallest value of a bucket: sketch_bucket backwards. */
static inline int64_t sketch_low(int32_t bucket) {
    if (bucket < 2 * SKETCH_OCTAVE) return bucket;
    int32_t shift = (bucket >> SKETCH_BITS) - 1;
    return (int64_t)(bucket - (shift << SKETCH_BITS)) << shift;
}

void sketch_reset(struct sketch *);
void sketch_merge(struct sketch *, const struct sketch *);

/* How many values were VALUE, which is below 2 * SKETCH_OCTAVE: there a bucket is one value. */
static inline double sketch_count(const struct sketch *sketch, int64_t value) {
    CHECK(value >= 0 && value < 2 * SKETCH_OCTAVE);
    return sketch->buckets[value];
}

/* The value with a share SHARE (0..1) of the COUNT values at or below it, in ticks; NaN when COUNT
 * is 0. */
double sketch_quantile(const struct sketch *, int64_t count, double share);

/* ---- In little memory ---- */

/* The same of values that are nearly all 0, or nearly all of one size: zeros are counted, and there
 * are buckets only from the least to the largest of the others. Adding may take memory. */
struct small_sketch {
    int64_t zeros;
    int32_t first, count; /* of the buckets that there are */
    uint32_t *buckets;
};

void small_sketch_reset(struct small_sketch *); /* keeps its memory */
void small_sketch_clear(struct small_sketch *); /* gives it back */

/* Has no room for this value yet. */
void small_sketch_grow(struct small_sketch *, int32_t bucket);

/* VALUE >= 0. */
static inline void small_sketch_add(struct small_sketch *sketch, int64_t value) {
    CHECK_SLOW(value >= 0);
    if (value == 0) {
        sketch->zeros++;
        return;
    }
    int32_t bucket = (int32_t)sketch_bucket(value);
    if (bucket < sketch->first || bucket - sketch->first >= sketch->count)
        small_sketch_grow(sketch, bucket);
    sketch->buckets[bucket - sketch->first]++;
}

/* INTO is what it would be had it seen the same values. */
void small_sketch_spread(const struct small_sketch *, struct sketch *into);

#endif
