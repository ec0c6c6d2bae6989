/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drivers: named numbers of the world that change with time.
 *
 * A driver is a pure function of the moment, the seed and the replication, so it may be asked about
 * any moment, also one to come: thinning does so. A random level is an autoregressive sequence
 * x(k) = a x(k-1) + e(k), where e(k) is drawn by the number of the period. It is summed from so far
 * back that what lies before has no weight, which makes x(k) a function of k alone: whoever asks
 * first, and whether the warm-up is long or short, changes nothing. */
#ifndef TAKT_MODELS_CHAIN_DRIVER_H
#define TAKT_MODELS_CHAIN_DRIVER_H

#include "../world/world.h"

enum driver_kind { DRIVER_FORMULA, DRIVER_TABLE, DRIVER_LEVEL, DRIVER_PULSES };

struct driver {
    enum driver_kind kind;
    const struct formula *formula;
    const struct driver_value_spec *values;
    int32_t value_count, then;
    struct span every;
    double correlation, sd;
    int32_t memory; /* periods back that have a weight */
    uint64_t stream;
    const struct pulse_spec *pulses;
    int32_t pulse_count;
};

/* What a run remembers of a random level: its value in the last periods that were asked about. */
enum { LEVELS_KEPT = 4 };
struct driver_memory {
    struct driver_level {
        int64_t period;
        double level;
        bool known;
    } levels[LEVELS_KEPT];
};

struct plant;
struct run;

double driver_value(const struct run *, int32_t driver);

/* The period of a table or level at this moment of the run; the one in which measuring begins is 0.
 */
int64_t driver_period(const struct plant *, const struct driver *, tick at);
double driver_table_value(const struct driver *, int64_t period);

/* The first moment after AT (of the run) at which a period begins: of the calendar (SPAN_WORD of
 * EVERY_...), or a multiple of a time, counted from the beginning of the run. */
tick cadence_next(const struct plant *, struct span every, tick at);

/* How long a period is; calendar months, quarters and years by their mean. */
tick cadence_length(struct span every);

/* Months of the Gregorian calendar from January of the year 0 to this second since 1970. */
int64_t calendar_months(int64_t second);

#endif
