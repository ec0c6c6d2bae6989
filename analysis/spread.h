/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a quantity is over replications, when a run gives it once: money.cost.cvar95,
 * releases.orders.orders.sd, system.makespan.p95.
 *
 * A statistic of all replications has no value in one of them. It is given its linear part there:
 * numbers, one a replication, whose mean is the statistic and whose spread is that of its error, so
 * that means, pairs and intervals serve it like any other quantity (the infinitesimal jackknife:
 * Efron, The Jackknife, the Bootstrap and Other Resampling Plans, 1982, chapter 6).
 *
 * - sd: s + ((x - mean)^2 - s^2) / 2 s
 * - a quantile q of p: q + (p - [x <= q]) / f, with the density f at q from ordered values around
 * it (Bloch & Gastwirth, Annals of Mathematical Statistics 39, 1968)
 * - cvar95, the mean of the worst twentieth: q95 + max(0, x - q95) / 5 % (Rockafellar & Uryasev,
 *   Journal of Banking & Finance 26, 2002). The worst is at the high end, or at the low one where
 *   more is better. */
#ifndef TAKT_ANALYSIS_SPREAD_H
#define TAKT_ANALYSIS_SPREAD_H

#include "results/results.h"

/* X(NAME, suffix, share, meaning) */
#define SPREADS(X)                                                                                 \
    X(SD, ".sd", 0, "standard deviation")                                                          \
    X(P5, ".p5", 0.05, "5 % quantile")                                                             \
    X(P50, ".p50", 0.5, "median")                                                                  \
    X(P95, ".p95", 0.95, "95 % quantile")                                                          \
    X(CVAR95, ".cvar95", 0.95, "mean of the worst 5 %")

enum spread {
#define X(name, suffix, share, meaning) SPREAD_##name,
    SPREADS(X)
#undef X
        SPREAD_COUNT
};

extern const char *const spread_suffixes[SPREAD_COUNT];

/* The column that PATH is a statistic of over replications, or -1: it is none, or its quantity has
 * statistics within a run. */
int32_t spread_column(const struct layout *, const char *path, enum spread *);

/* Turns COUNT values into the numbers described above, in place. NaN when there are fewer than 20,
 * or one of them is NaN. BETTER > 0: more is better. O(COUNT log COUNT). */
void spread_linear(double *values, int32_t count, enum spread, int better);

#endif
