/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stream.h"

#include "draw.h"

#include <stdint.h>

static uint64_t spread(uint64_t hash) {
    hash = (hash ^ hash >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
    hash = (hash ^ hash >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 33;
}

uint64_t stream_hash(const char *name) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001B3);
    return spread(hash);
}

/* The golden ratio keeps 0 and 0 from giving 0 (Steele, Lea and Flood 2014). */
uint64_t stream_hash_join(uint64_t a, uint64_t b) {
    return spread(spread(a + UINT64_C(0x9E3779B97F4A7C15)) ^ b);
}

struct stream stream_named(uint64_t seed, const char *name) {
    return (struct stream){{seed, stream_hash(name)}};
}

/* The state of the GSL generator is a draw, which hands out words for as long as it is asked. */
static void rng_set(void *state, unsigned long seed) {
    *(struct draw *)state = draw_at(stream_named(seed, "gsl"), 0, 0, 0, 0);
}

static unsigned long rng_get(void *state) {
    return draw_word(state);
}

static double rng_uniform(void *state) {
    return draw_uniform(state);
}

static const gsl_rng_type type = {.name = "philox4x64-10",
                                  .max = UINT64_MAX,
                                  .size = sizeof(struct draw),
                                  .set = rng_set,
                                  .get = rng_get,
                                  .get_double = rng_uniform};
const gsl_rng_type *const stream_rng_type = &type;

gsl_rng stream_rng(struct draw *draw) {
    return (gsl_rng){.type = &type, .state = draw};
}

void feed_refill(struct feed *feed, uint64_t block_number) {
    feed->block = philox(feed->stream, block_number, 0, feed->replication, feed->extra);
    feed->block_number = block_number;
}

void quartet_refill(struct quartet *quartet, uint64_t number, uint64_t sub, uint64_t replication) {
    const uint64_t apart = UINT64_C(1) << 63;
    quartet->block = philox_scheduled(&quartet->schedule, number, sub | apart, replication, 0);
    quartet->number = number;
    quartet->sub = sub;
}
