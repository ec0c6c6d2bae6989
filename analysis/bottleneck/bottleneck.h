/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bottlenecks: what each way to find one says, and what more speed of each station is worth.
 *
 * The ways of the literature look at one run. They answer different questions, and often disagree:
 *
 *     load           work that comes over work that can be done (what `check` prints)
 *     utilization    the largest share of open time at work or setup
 *     active period  who is the bottleneck for most of the time (models/measure/active.h)
 *     arrows         an arrow from each station to the next points at the bottleneck: downstream
 *                    when the first is blocked more than the second is starved, else upstream; no
 *                    arrow leaves a bottleneck (Kuo, Lim and Meerkov 1996; Li and Meerkov,
 *                    Production Systems Engineering, 2009)
 *     turning point  of a line: stations before it are blocked more than starved, those behind it
 *                    starved more than blocked, and it is both together least (Li, Chang and Ni,
 *                    International Journal of Production Research 47, 2009)
 *     sensitivity    what a little more speed is worth: measured
 *
 * Sensitivity is the derivative that the others guess at. Every station is made STEP faster and as
 * much slower, on the same luck, and the difference is the derivative by central differences: how
 * many per cent the quantity changes when the station is one per cent faster. Where work comes
 * without end, or more than can be done, the quantity is the throughput; where what comes sets the
 * throughput it is the cycle time. */
#ifndef TAKT_ANALYSIS_BOTTLENECK_H
#define TAKT_ANALYSIS_BOTTLENECK_H

#include "../results/results.h"
#include "../scenario.h"
#include "../takt.h"

/* X(NAME, word, what its number says) */
#define BOTTLENECK_METHODS(X)                                                                      \
    X(LOAD, "load", "static load")                                                                 \
    X(UTILIZATION, "utilization", "share of open time at work or setup")                           \
    X(ACTIVE, "active period", "share of time as bottleneck, alone or shifting")                   \
    X(ARROWS, "arrows", "how much blocking and starving differ around it")                         \
    X(TURNING, "turning point", "share of time starved or blocked")                                \
    X(SENSITIVITY, "sensitivity", "what one per cent more speed changes, in per cent")

enum bottleneck_method {
#define X(name, word, meaning) METHOD_##name,
    BOTTLENECK_METHODS(X)
#undef X
        METHOD_COUNT
};

extern const char *const bottleneck_method_words[METHOD_COUNT];

/* Its numbers, over the replications of the scenario as it is. */
struct bottleneck_station {
    const char *name;
    bool works; /* it can be made faster */
    double load;
    struct interval utilization, blocked, starved, sole, shifting, sensitivity;
    double severity;          /* of arrows: NaN where one leaves */
    bool named[METHOD_COUNT]; /* the bottleneck by this method, or one of several */
    bool agreed;              /* by every method that says something */
};

struct bottleneck {
    struct arena arena;
    const struct takt_results *results;
    const char *quantity; /* path of what sensitivity is of */
    bool saturated;       /* loads are shares of the largest */
    int better;           /* of the quantity: +1 more, -1 less */
    double step;
    int32_t station_count, horizon;
    struct bottleneck_station *stations;
    const char *silent[METHOD_COUNT]; /* why a method says nothing; NULL: it says something */
    bool agree;                       /* on some station */
    const char *stopped;              /* why a run stopped before its end, or NULL */
};

/* Judges a run of takt_bottleneck. QUANTITY may be NULL. */
void bottleneck_make(struct bottleneck *, const struct plant *, const struct takt_results *,
                     const char *quantity, double step);
void bottleneck_clear(struct bottleneck *);

#endif
