/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally.h"

#include <math.h>

void tally_reset(struct tally *tally) {
    *tally = (struct tally){.min = INT64_MAX, .max = INT64_MIN};
}

void tally_merge(struct tally *into, const struct tally *from) {
    into->count += from->count;
    into->sum += from->sum;
    into->squares += from->squares;
    if (from->min < into->min) into->min = from->min;
    if (from->max > into->max) into->max = from->max;
}

double tally_mean(const struct tally *tally) {
    return tally->count ? (double)tally->sum / (double)tally->count : NAN;
}

double tally_variance(const struct tally *tally) {
    if (tally->count < 2) return NAN;
    /* Squares about the whole part of the mean: small, so exact also where the raw squares have
     * wrapped around. */
    __int128 count = tally->count, center = tally->sum / count, rest = tally->sum - center * count;
    unsigned __int128 middle = (unsigned __int128)center;
    unsigned __int128 about = tally->squares - 2 * middle * (unsigned __int128)tally->sum +
                              (unsigned __int128)count * middle * middle;
    double n = (double)count, d = (double)rest;
    double variance = ((double)about - d * d / n) / (n - 1);
    return variance > 0 ? variance : 0;
}
