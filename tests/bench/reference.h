/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hand-written references share: random numbers, exponentials, and a tree of 16 clocks.
 *
 * The references say how fast a single-purpose program in C can be on this machine, and takt is
 * measured beside them. So they take every liberty that a general simulator cannot: sizes known to
 * the compiler, doubles for time, no order of simultaneous events, one model a program. Each is
 * built twice: with -DPHILOX it draws from Philox4x64-10, all four words of a block in turn
 * (Salmon, Moraes, Dror and Shaw 2011), which is what takt draws from, without it from xoshiro256++
 * (Blackman and Vigna 2021). */
#ifndef TAKT_BENCH_REFERENCE_H
#define TAKT_BENCH_REFERENCE_H

#include <Random123/philox.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Random numbers ---- */

#define LAYERS 256

struct chance {
#ifdef PHILOX
    philox4x64_ctr_t counter, words;
    philox4x64_key_t key;
    unsigned used;
#else
    uint64_t state[4];
#endif
    double width[LAYERS], height[LAYERS]; /* of the ziggurat: see chance_exponential */
    int64_t inside[LAYERS];
};

#ifdef PHILOX

static inline void chance_seed(struct chance *c, uint64_t seed) {
    c->key.v[0] = seed;
    c->used = 4;
}

static inline uint64_t chance_word(struct chance *c) {
    if (c->used == 4) {
        c->words = philox4x64(c->counter, c->key);
        c->counter.v[0]++;
        c->used = 0;
    }
    return c->words.v[c->used++];
}

#else

/* Fills the state by splitmix64, as its authors advise. */
static inline void chance_seed(struct chance *c, uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        c->state[i] = z ^ (z >> 31);
    }
}

static inline uint64_t rotate(uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
}

static inline uint64_t chance_word(struct chance *c) {
    uint64_t *s = c->state;
    uint64_t word = rotate(s[0] + s[3], 23) + s[0], shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return word;
}

#endif

static inline double chance_uniform(struct chance *c) {
    return (double)(int64_t)(chance_word(c) >> 11) * 0x1p-53;
}

/* ---- Exponentials of mean 1 by the ziggurat (Marsaglia and Tsang 2000) ----
 * The density is covered by 256 layers of equal area; the lowest one includes the tail beyond
 * ZIGGURAT_END. Bits 0 to 7 of a word pick the layer, bits 11 to 63 the place in it. */

#define ZIGGURAT_END  7.69711747013104972
#define ZIGGURAT_AREA 3.9496598225815571993e-3

static void chance_start(struct chance *c, uint64_t seed) {
    *c = (struct chance){0};
    chance_seed(c, seed);
    double x = ZIGGURAT_AREA / exp(-ZIGGURAT_END), next = ZIGGURAT_END;
    for (int i = 0; i < LAYERS; i++) {
        c->width[i] = x * 0x1p-53;
        c->inside[i] = (int64_t)(next / x * 0x1p53);
        c->height[i] = i ? exp(-x) : 0;
        x = next;
        next = i < LAYERS - 2 ? -log(exp(-x) + ZIGGURAT_AREA / x) : 0;
    }
}

static __attribute__((noinline)) double chance_outside(struct chance *c, unsigned layer, double x) {
    for (;;) {
        if (layer == 0) return ZIGGURAT_END - log(1 - chance_uniform(c));
        double low = c->height[layer], high = layer == LAYERS - 1 ? 1 : c->height[layer + 1];
        if (low + chance_uniform(c) * (high - low) < exp(-x)) return x;
        uint64_t word = chance_word(c);
        int64_t place = (int64_t)(word >> 11);
        layer = word & (LAYERS - 1);
        x = (double)place * c->width[layer];
        if (place < c->inside[layer]) return x;
    }
}

static inline double chance_exponential(struct chance *c) {
    uint64_t word = chance_word(c);
    int64_t place = (int64_t)(word >> 11);
    unsigned layer = word & (LAYERS - 1);
    double x = (double)place * c->width[layer];
    return __builtin_expect(place < c->inside[layer], 1) ? x : chance_outside(c, layer, x);
}

/* ---- A winner tree of 16 clocks ----
 * Each source of events owns a slot. Its key is the bits of the time, which order like integers for
 * times that are not negative, with the slot in the lowest four: an error of 2^-48 of the time. */

#define SLOTS 16

struct clocks {
    uint64_t tree[2 * SLOTS]; /* tree[1] is the earliest */
};

static inline void clocks_set(struct clocks *c, unsigned slot, double time) {
    uint64_t key;
    memcpy(&key, &time, sizeof key);
    key = (key & ~(uint64_t)(SLOTS - 1)) | slot;
    unsigned i = SLOTS + slot;
    c->tree[i] = key;
    for (int level = 0; level < 4; level++) {
        uint64_t other = c->tree[i ^ 1];
        key = other < key ? other : key;
        c->tree[i >>= 1] = key;
    }
}

static inline void clocks_init(struct clocks *c) {
    memset(c, 0xff, sizeof *c);
    for (unsigned slot = 0; slot < SLOTS; slot++) clocks_set(c, slot, INFINITY);
}

static inline unsigned clocks_first(const struct clocks *c, double *time) {
    memcpy(time, &c->tree[1], sizeof *time);
    return (unsigned)(c->tree[1] & (SLOTS - 1));
}

/* ---- The closing lines ---- */

static inline int64_t jobs_asked(int argc, char **argv, int64_t otherwise) {
    return argc > 1 ? (int64_t)atof(argv[1]) : otherwise;
}

static inline void print_speed(int64_t jobs) {
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    double seconds = (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
    printf("jobs %lld cpu_s %.6f jobs_per_s %.0f\n", (long long)jobs, seconds,
           (double)jobs / seconds);
}

#endif
