/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifts: a calendar of the scenario, compiled into merged open intervals.
 *
 * Weeks and days repeat, holidays do not; so a shift is a weekly pattern of open intervals (or a
 * cycle), less closed days, plus extra ones. Intervals that touch are merged: a calendar never
 * closes and opens at one tick. Times are those of the run (0 is the beginning of the warm-up). */
#ifndef TAKT_MODELS_FLOOR_SHIFT_H
#define TAKT_MODELS_FLOOR_SHIFT_H

#include "../../sim/sim.h"

struct interval_open {
    tick from, to;
};

struct shift {
    const char *name;
    tick period; /* the pattern repeats: a week, or work + rest */
    tick origin; /* run time at which a period begins (may be negative) */
    int32_t interval_count;
    struct interval_open *intervals; /* within a period, ascending, not touching; the last may reach
                                        into the next period */
    bool always;                     /* never closes */
    int32_t closed_count;
    struct interval_open *closed; /* run times of closed days, ascending */
    int32_t extra_count;
    struct interval_open *extras; /* run times that are open whatever the rest says */
};

/* Is it open at this moment (an opening counts, a closing does not)? */
bool shift_open(const struct shift *, tick at);
/* The next change after AT: TICK_NEVER when there is none. */
tick shift_next(const struct shift *, tick at);
/* How long it is open from one moment to another. O(openings between). */
tick shift_open_time(const struct shift *, tick from, tick to);
/* Share of time that is open, in the long run; closed and extra days are left out of account. */
double shift_share(const struct shift *);

#endif
