/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares, quantiles, ratios and times to an event: intervals of what is not a mean.
 *
 * None of them is symmetric about its estimate, so all are a low and a high end. An end that the
 * data cannot give is infinite, or NaN where there is no interval at all. */
#ifndef TAKT_ANALYSIS_RANGES_H
#define TAKT_ANALYSIS_RANGES_H

#include "../../sim/sim.h"

struct range {
    double value, low, high;
};

/* The chance of something that happened COUNT times in N trials (Wilson, Journal of the American
 * Statistical Association 22, 1927): honest for few trials and near 0 and 1, where the usual one
 * fails. Check value: 81 of 263 at 95 % gives 0.2552885 .. 0.3662096. */
struct range range_share(int64_t count, int64_t n, double confidence);

/* A quantile of independent values, whatever their law: two of the ordered values, chosen by the
 * binomial distribution (David & Nagaraja, Order Statistics, 2003, section 7.1). It holds at least
 * with this confidence; an end beyond all values is infinite. VALUES are sorted. */
struct range range_quantile(double *values, int32_t count, double share, double confidence);

/* The ratio of the means of pairs (Fieller, Journal of the Royal Statistical Society B 16, 1954).
 * When the mean of BELOW cannot be told from zero, no interval exists and the ends are infinite. */
struct range range_ratio(const double *above, const double *below, int32_t count,
                         double confidence);

/* Times to an event, some of which were not awaited (censored): how probable it is within T, by
 * Kaplan and Meier (Journal of the American Statistical Association 53, 1958), with Greenwood's
 * variance on the log-minus-log scale (Kalbfleisch & Prentice 1980), and the mean up to the longest
 * time seen. */
struct event_time {
    double time;
    bool happened; /* false: all that is known is that it had not by then */
};
struct range range_event_within(struct event_time *, int32_t count, double t, double confidence);
double event_time_mean(struct event_time *, int32_t count); /* both sort what they are given */

#endif
