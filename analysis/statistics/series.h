/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One long series of observations: where it settles, and how sure its mean is.
 *
 * A run starts empty, or full, or in some other state that it will not often see again. What it
 * shows before it has forgotten its start must not be averaged: MSER-5 says how much to delete, and
 * Welch's moving average shows it to the eye. Behind that, neighbouring observations are still
 * alike, so that n of them tell less than n independent ones. Batch means cope: the averages of a
 * few long batches are nearly independent. */
#ifndef TAKT_ANALYSIS_SERIES_H
#define TAKT_ANALYSIS_SERIES_H

#include "statistics.h"

/* How many observations at the start to delete, and the least statistic. SETTLED: the least value
 * was not at the last place that was looked at; if it was, the series is too short to say. */
struct truncation {
    int32_t deleted;
    double statistic;
    bool settled;
};

/* MSER-5: of the means of batches of five, the first d are deleted, with d such that the sum of
 * squared deviations of the rest over the square of their number is least: the point where
 * deleting more costs more in variance than it gains in bias (White, Simulation 69, 1997; batches
 * of five: Spratt 1998). At most half is deleted, for behind it a few alike values look settled by
 * chance. Fewer than two batches: nothing is deleted. O(count). Check value: 10 * 0.9^i + 0.5
 * (-1)^i
 * + 0.3 sin i, i = 0..99 gives 35 and 9.468632903e-4. */
struct truncation series_mser5(const double *values, int32_t count);

/* Welch's moving averages (1983) over 2 WINDOW + 1 neighbours; near the start over as many as there
 * are on both sides, and out[] has count - WINDOW values. Returns how many. */
int32_t series_welch(const double *values, int32_t count, int32_t window, double *out);

/* Correlation of neighbours LAG apart, from -1 to 1; NaN when all values are alike. */
double series_autocorrelation(const double *values, int32_t count, int32_t lag);

/* How many independent observations would tell as much about the mean: count / (1 + 2 sum of the
 * autocorrelations), the sum ended by Geyer's initial positive sequence (Statistical Science 7,
 * 1992), or after some 10 sqrt(count) lags. At most COUNT. O(count^1.5). */
double series_effective_size(const double *values, int32_t count);

/* Interval of the mean from the means of BATCHES batches (Schmeiser, Operations Research 30, 1982:
 * between 10 and 30 serve nearly as well as more). Observations that do not fill the last batch are
 * left out at the start. `sd` and `n` are those of the batch means. */
struct interval series_batch_means(const double *values, int32_t count, int32_t batches,
                                   double confidence);

/* The same from all overlapping batches of SIZE observations: a third less variance of the
 * variance, with 1.5 (count / SIZE - 1) degrees of freedom (Meketon & Schmeiser, Proceedings of the
 * Winter Simulation Conference 1984). `n` is count / SIZE. */
struct interval series_overlapping_means(const double *values, int32_t count, int32_t size,
                                         double confidence);

/* A batch mean that is a ratio, such as waiting time over lots: sums of numerator and denominator,
 * one pair a batch. The interval is that of the ratio of all (the ratio estimator: Cochran,
 * Sampling Techniques, 1977, chapter 6), and of plain batch means where all denominators are alike.
 * NaN when a batch has no denominator. */
struct interval series_batch_ratio(const double *above, const double *below, int32_t batches,
                                   double confidence);

/* The same, where t (see t_two_sided) is known: who judges a million columns finds it once. At most
 * SERIES_BATCHES_MOST batches. */
enum { SERIES_BATCHES_MOST = 64 };
struct interval series_batch_ratio_at(const double *above, const double *below, int32_t batches,
                                      double t);

#endif
