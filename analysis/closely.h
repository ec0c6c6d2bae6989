/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One quantity looked at closely: more than its mean.
 *
 * A mean over replications says what to expect in the long run of decisions; whoever decides once
 * wants to know how bad and how good one future may be. For each point: quantiles over the
 * replications, each with an interval, and the mean of the worst twentieth. For each pair of points
 * that is compared: how many times the one is the other, and in what share of futures it is better.
 * Of one long run: whether its batches are alike, and what overlapping batches say.
 *
 * Of a time to an event that not every replication lived to see: in what share it has happened by
 * when (Kaplan and Meier), and quantiles over all replications, of which those that never saw it
 * are the latest.
 *
 * "Worst" is at the high end, unless more of the quantity is better. What cannot be known is NaN.
 */
#ifndef TAKT_ANALYSIS_CLOSELY_H
#define TAKT_ANALYSIS_CLOSELY_H

#include "results/results.h"
#include "statistics/ranges.h"

enum { CLOSELY_QUANTILE_COUNT = 5, CLOSELY_WORST_LEAST = 20, CLOSELY_PARTS = 4 };
extern const double closely_quantiles[CLOSELY_QUANTILE_COUNT]; /* shares */

struct closely {
    int32_t count, measured; /* replications, and those that have the quantity */
    struct interval mean;
    double least, most;
    double worst;       /* mean of the worst 5 %; from CLOSELY_WORST_LEAST replications on */
    struct range share; /* of replications that have the quantity */
    struct range quantiles[CLOSELY_QUANTILE_COUNT]; /* infinite: later than the horizon */
    double until; /* hours; of a time to an event: the horizon it was awaited to, else 0 */
    struct range within[CLOSELY_PARTS]; /* the share in which it came within each quarter of it */
    double mean_until;                  /* mean time that passed before it or the horizon */
};

/* Of a column of a point at a horizon. */
struct closely closely_point(const struct takt_results *, int32_t point, int32_t horizon,
                             int32_t column);

struct closely_pair {
    struct range ratio;  /* mean of A over mean of B (Fieller) */
    struct range better; /* share of replications in which A is better than B; where neither more
                            nor less is better, in which it is more */
};

/* Of the replications that both have. False when one point has not the quantity. */
bool closely_pair(const struct takt_results *, int32_t a, int32_t b, int32_t horizon,
                  const char *path, struct closely_pair *);

/* The batches of a single run, at the last horizon. */
struct closely_run {
    int32_t batch_count;         /* 0: the run kept none, or not of this quantity */
    double neighbours;           /* correlation of batches side by side */
    double effective;            /* independent batches that would tell as much */
    struct interval batch_mean;  /* the interval that tables show; `n`: batches that it is from */
    struct interval overlapping; /* from overlapping batches, each a tenth of the run */
};

struct closely_run closely_run(const struct takt_results *, int32_t point, int32_t column);

#endif
