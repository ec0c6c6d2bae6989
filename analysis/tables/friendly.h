/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people like to read them.
 *
 * Results are in hours, per hour and shares; a person reads 4.2 min, 3.1 /d and 80 %. One row of a
 * table has one unit, chosen by its largest number, so that its columns compare at a glance. A
 * number has as many digits as its half-width can carry: two digits of the half-width, and the mean
 * to the same place. */
#ifndef TAKT_ANALYSIS_FRIENDLY_H
#define TAKT_ANALYSIS_FRIENDLY_H

#include "../results/results.h"

struct friendly_unit {
    char name[16];
    double factor; /* shown = value * factor */
};

/* The unit in which a column's numbers read best when the largest is LARGEST (its sign does not
 * matter). */
struct friendly_unit friendly_unit(const struct takt_results *, const struct column *,
                                   double largest);

enum { FRIENDLY_SIZE = 64 };

/* "12 345.6 ± 7.8"; without half-width where there is none; a dash where there is no number. */
const char *friendly_interval(char text[FRIENDLY_SIZE], struct interval, double factor,
                              bool with_sign);

/* "-12.3 .. +4.5", with two digits of the half-width; an end that is zero is just 0. */
const char *friendly_range(char text[FRIENDLY_SIZE], double low, double high, double factor);

/* So many decimals, thousands apart: for columns of one unit. */
const char *friendly_fixed(char text[FRIENDLY_SIZE], double value, int decimals);

/* Four significant digits, thousands apart. */
const char *friendly_number(char text[FRIENDLY_SIZE], double value);

#endif
