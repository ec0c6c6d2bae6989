/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subset selection: from many systems, those that may be the best; the rest is not worth more work.
 *
 * The subset holds the truly best system with the confidence, and is as small as the data allow. A
 * system stays when no other beats it by more than chance explains. The idea is S. S. Gupta's
 * (Technometrics 7, 1965). Two forms:
 *
 * paired        the systems share their luck, all with n replications: the allowance of a pair
 *               is t of its differences at (1 - confidence) / (count - 1), less the zone (the
 *               difference that does not matter), but not below 0. B. L. Nelson, J. Swann,
 *               D. Goldsman and W. Song, Operations Research 49 (2001).
 * independent   each with its own number of replications and its own variance: t at
 *               confidence^(1 / (count - 1)) with each system's own degrees of freedom. J. Boesel,
 *               B. L. Nelson and S.-H. Kim, Operations Research 51 (2003). */
#ifndef TAKT_ANALYSIS_SUBSET_H
#define TAKT_ANALYSIS_SUBSET_H

#include "statistics.h"

/* Both write whether each system stays into kept[], and return how many do. More is better when
 * SIGN is +1, less when it is -1. A system with a NaN does not stay. */

/* values[i][r]: system I in replication R of N. O(count^2 n). */
int32_t subset_paired(const double *const *values, int32_t count, int32_t n, int sign, double zone,
                      double confidence, bool *kept);

/* From the mean, sd and n of each. O(count^2). */
int32_t subset_independent(const struct interval *systems, int32_t count, int sign,
                           double confidence, bool *kept);

#endif
