/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multiple comparisons with the best: of several systems, which may be the best, and by how much?
 *
 * For each system the interval of its mean less the best mean of the *others*, where more is
 * better. It is constrained: it holds zero or ends there. An interval from 0 up says that the
 * system is the best beyond doubt, one that ends at 0 that it is not, and one with zero inside that
 * it may be. All intervals hold together with the confidence.
 *
 * J. C. Hsu, Annals of Statistics 12 (1984); D. G. Edwards and J. C. Hsu, J. American Statistical
 * Association 78 (1983), for standard errors that differ from pair to pair. The systems share their
 * luck (common random numbers), so they are compared replication by replication. Two ways to the
 * allowance of a pair:
 *
 * paired      t of the differences of the pair, at (1 - confidence) / (count - 1), one-sided:
 *             Bonferroni over the comparisons of the one that is truly best with all others. It
 *             holds whatever variances and correlations the systems have; takt reports this one.
 * spherical   one pooled variance of all differences, and Dunnett's one-sided value with
 *             (count - 1)(n - 1) degrees of freedom: B. L. Nelson and F. J. Matejcik, Management
 *             Science 41 (1995). Sharper when n is small, exact only when all differences have
 *             the same variance. Arms of a factory seldom do. */
#ifndef TAKT_ANALYSIS_BEST_H
#define TAKT_ANALYSIS_BEST_H

#include "statistics.h"

enum best_way { BEST_PAIRED, BEST_SPHERICAL };

enum best_verdict { BEST_NOT_KNOWN, BEST_NO, BEST_MAY_BE, BEST_YES };

/* A system against the best of the others. NaN and BEST_NOT_KNOWN for one without a mean. */
struct best_interval {
    double mean, low, high; /* of the difference; low <= 0 <= high */
    enum best_verdict verdict;
};

/* values[i][r] is what system I gave in replication R; SIGN is +1 when more is better, else -1, and
 * the intervals are in the sense of the values times SIGN. Systems with a NaN do not take part. Of
 * fewer than two replications nothing is known, unless EXACT says that there is no chance in the
 * values: then the means are the truth. O(count^2 n). */
void best_intervals(const double *const *values, int32_t count, int32_t n, int sign,
                    double confidence, enum best_way, bool exact, struct best_interval *);

#endif
