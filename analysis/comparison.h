/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons of the points of an experiment, one quantity at a time.
 *
 * All points met the same luck, so they are compared replication by replication, as far as all have
 * them. Three things are said of a quantity, and tables, JSON and the file all ask here:
 *
 * difference   each point less the first one (summary_difference): how much it changes things;
 * best         each point against the best of the others (analysis/best.h): who wins, and is it
 *              sure? Only where more, or less, is better;
 * pairing      what the same luck was worth to a difference: correlation, and how many replications
 *              independent luck would need for one.
 *
 * Differences hold together over all points and horizons of a quantity, and so do the comparisons
 * with the best: each family with the confidence of the results. Those of several quantities do
 * not; claims are judged together (Holm), and are the place for what must be sure. */
#ifndef TAKT_ANALYSIS_COMPARISON_H
#define TAKT_ANALYSIS_COMPARISON_H

#include "statistics/best.h"
#include "results/results.h"

/* +1: more of it is better, -1: less, 0: neither, as of counts and standard deviations. */
int comparison_better(const struct column *);

/* Against the best of the others at a horizon, into intervals[point_count]; more is better there,
 * whatever the quantity: a positive number is so much better. A point without the quantity, or with
 * a replication that stopped, does not take part. False, with nothing known, where neither more nor
 * less is better. O(points^2 replications). */
bool comparison_best(const struct takt_results *, int32_t horizon, const char *path,
                     struct best_interval *intervals);

/* How many points may be the best: 1 when it is sure; 0 when nothing is known. */
int32_t comparison_rivals(const struct takt_results *, const struct best_interval *intervals);

/* What the same luck was worth to the difference of A and B. False when one has not the quantity.
 */
bool comparison_pairing(const struct takt_results *, int32_t a, int32_t b, int32_t horizon,
                        const char *path, struct pairing *);

/* With so many points and more, JSON and the file leave comparisons with the best out: their work
 * grows with the square. */
enum { COMPARISON_POINTS_MOST = 64 };

#endif
