/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dimensions: what kind of quantity a number is, so that 20 EUR is never taken for a time.
 *
 * Inside takt every double that came from a user is in the base unit of its dimension: ticks for
 * time (so a rate is per tick), one unit of the file's currency for money, kg, m, m2, m3, kWh, and
 * 1 for shares, counts and ratios. */
#ifndef TAKT_SIM_DIMENSION_H
#define TAKT_SIM_DIMENSION_H

#include <stdbool.h>
#include <stdint.h>

struct dimension {
    int8_t time, money, mass, length,
        energy; /* exponents: a speed is {.length = 1, .time = -1}; m3 is length 3 */
};

static inline bool dimension_same(struct dimension a, struct dimension b) {
    return a.time == b.time && a.money == b.money && a.mass == b.mass && a.length == b.length &&
           a.energy == b.energy;
}

#endif
