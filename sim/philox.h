/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x64-10: the source of all chance in takt.
 *
 * It is a function, not a machine: a key of 128 bits and a counter of 256 bits give four words of
 * 64 random bits, and any other counter gives four others. So a draw needs no state to be kept and
 * no order to be respected. Who knows *what* is drawn (the repair of this machine, its 7th, in
 * replication 3) has its random words at once. The same thing gets the same words however many
 * threads work and whatever else the model contains.
 *
 * Ten rounds; each multiplies two of the words to 128 bits, mixes the halves with the other two and
 * the key, and moves the key on by two constants (golden ratio, sqrt(3) - 1). J. K. Salmon, M. A.
 * Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as easy as 1, 2, 3. SC'11 (2011).
 *
 * Check: counter 0, key 0 gives 16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b
 * 7e68b68aec7ba23b. The tests compare it with the authors' library Random123. */
#ifndef TAKT_SIM_PHILOX_H
#define TAKT_SIM_PHILOX_H

#include "stream.h"

#include <stdint.h>

struct block {
    uint64_t word[4];
};

enum { PHILOX_ROUNDS = 10 };

/* The key of each round. Who draws often from one stream keeps them: that saves a fifth. */
struct schedule {
    uint64_t key[2 * PHILOX_ROUNDS];
};

static inline struct schedule schedule_of(struct stream stream) {
    struct schedule schedule;
#pragma GCC unroll 10
    for (uint64_t round = 0; round < PHILOX_ROUNDS; round++) {
        schedule.key[2 * round] = stream.key[0] + round * UINT64_C(0x9E3779B97F4A7C15);
        schedule.key[2 * round + 1] = stream.key[1] + round * UINT64_C(0xBB67AE8584CAA73B);
    }
    return schedule;
}

static inline __attribute__((always_inline)) struct block
philox_scheduled(const struct schedule *schedule, uint64_t draw, uint64_t sub, uint64_t replication,
                 uint64_t extra) {
    __extension__ typedef unsigned __int128 wide;
    uint64_t a = draw, b = sub, c = replication, d = extra;
#pragma GCC unroll 10 /* a third faster with gcc at -O2, which would keep the loop */
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        wide left = (wide)UINT64_C(0xD2E7470EE14C6C93) * a;
        wide right = (wide)UINT64_C(0xCA5A826395121157) * c;
        a = (uint64_t)(right >> 64) ^ b ^ schedule->key[2 * round];
        b = (uint64_t)right;
        c = (uint64_t)(left >> 64) ^ d ^ schedule->key[2 * round + 1];
        d = (uint64_t)left;
    }
    return (struct block){{a, b, c, d}};
}

static inline struct block philox(struct stream stream, uint64_t draw, uint64_t sub,
                                  uint64_t replication, uint64_t extra) {
    struct schedule schedule = schedule_of(stream);
    return philox_scheduled(&schedule, draw, sub, replication, extra);
}

#endif
