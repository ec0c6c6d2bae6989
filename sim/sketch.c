/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void sketch_reset(struct sketch *sketch) {
    memset(sketch, 0, sizeof *sketch);
}

void sketch_merge(struct sketch *into, const struct sketch *from) {
    for (int32_t i = 0; i < SKETCH_BUCKETS; i++) into->buckets[i] += from->buckets[i];
}

static double bucket_middle(int32_t bucket) {
    if (bucket < 2 * SKETCH_OCTAVE) return bucket;
    int32_t shift = (bucket >> SKETCH_BITS) - 1;
    return (double)sketch_low(bucket) + ((double)(INT64_C(1) << shift) - 1) / 2;
}

double sketch_quantile(const struct sketch *sketch, int64_t count, double share) {
    if (count <= 0) return NAN;
    CHECK(count < INT64_C(1) << 32);
    int64_t rank = (int64_t)ceil(share * (double)count);
    if (rank < 1) rank = 1;
    int64_t seen = 0;
    for (int32_t i = 0; i < SKETCH_BUCKETS; i++) {
        seen += sketch->buckets[i];
        if (seen >= rank) return bucket_middle(i);
    }
    return NAN;
}

/* ---- In little memory ---- */
enum { SMALL_STEP = 16 }; /* buckets that are added at once */

void small_sketch_reset(struct small_sketch *sketch) {
    sketch->zeros = 0;
    for (int32_t i = 0; i < sketch->count; i++) sketch->buckets[i] = 0;
}

void small_sketch_clear(struct small_sketch *sketch) {
    free(sketch->buckets);
    *sketch = (struct small_sketch){0};
}

void small_sketch_grow(struct small_sketch *sketch, int32_t bucket) {
    int32_t first = bucket / SMALL_STEP * SMALL_STEP, end = first + SMALL_STEP;
    if (sketch->count && sketch->first < first) first = sketch->first;
    if (sketch->count && sketch->first + sketch->count > end) end = sketch->first + sketch->count;
    uint32_t *buckets = memory_zeroed((size_t)(end - first), sizeof *buckets);
    for (int32_t i = 0; i < sketch->count; i++)
        buckets[sketch->first - first + i] = sketch->buckets[i];
    free(sketch->buckets);
    *sketch = (struct small_sketch){sketch->zeros, first, end - first, buckets};
}

void small_sketch_spread(const struct small_sketch *sketch, struct sketch *into) {
    sketch_reset(into);
    CHECK(sketch->zeros < INT64_C(1) << 32);
    into->buckets[0] = (uint32_t)sketch->zeros;
    for (int32_t i = 0; i < sketch->count; i++)
        into->buckets[sketch->first + i] += sketch->buckets[i];
}
