/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tallies: what is seen many times in a run, each time a number of ticks (waits, cycle times, lead
 * times).
 *
 * Exact: sums and sums of squares are 128-bit integers, so tallies merge in any order to the same
 * bits and the variance does not cancel. A sketch beside the sums answers for quantiles. */
#ifndef TAKT_SIM_TALLY_H
#define TAKT_SIM_TALLY_H

#include "base.h"
#include "sketch.h"

struct tally {
    int64_t count;
    __int128 sum;
    unsigned __int128 squares; /* modulo 2^128 */
    int64_t min, max;
};

void tally_reset(struct tally *);
void tally_merge(struct tally *, const struct tally *);
double tally_mean(const struct tally *); /* ticks; NaN when nothing was seen */
double
tally_variance(const struct tally *); /* ticks squared, divided by count - 1; NaN below two */

static inline void tally_add(struct tally *tally, int64_t value) {
    tally->count++;
    tally->sum += value;
    tally->squares += (unsigned __int128)((__int128)value * value);
    if (value < tally->min) tally->min = value;
    if (value > tally->max) tally->max = value;
}

/* 0 so many times: neither of the sums grows. */
static inline void tally_add_zeros(struct tally *tally, int64_t count) {
    if (count == 0) return;
    tally->count += count;
    if (tally->min > 0) tally->min = 0;
    if (tally->max < 0) tally->max = 0;
}

#endif
