/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch.h"

#include <math.h>
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
