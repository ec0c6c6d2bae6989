/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OCBA: how to share out a budget of replications so that the best is found most probably.
 *
 * C.-H. Chen, J. Lin, E. Yucesan and S. E. Chick: Simulation budget allocation for further
 * enhancing the efficiency of ordinal optimization. Discrete Event Dynamic Systems 10 (2000). A
 * system far behind the best needs little, one close to it much: n is as (sd / distance)^2, and the
 * best itself gets its sd times the root of the sum of (n / sd)^2 over the others. The rule is that
 * of large budgets and of independent luck; with common random numbers it is on the safe side when
 * systems go up and down together.
 *
 * Check: means 1..5 of which the least is best, all with sd 1, budget 1000: 421.823 406.134 101.534
 * 45.126 25.383. */
#ifndef TAKT_ANALYSIS_OCBA_H
#define TAKT_ANALYSIS_OCBA_H

#include "statistics.h"

/* The share of each system in the BUDGET, into shares[COUNT], which add up to it. SIGN +1: more is
 * better. Systems without a mean get nothing. Returns the best, -1 when there is none. Systems with
 * the same mean as the best count as a hair apart from it. Where nothing varies all goes to the
 * best. */
int32_t ocba_shares(const struct interval *systems, int32_t count, int sign, double budget,
                    double *shares);

/* Whole replications for a round of a sequential use: at least what is DONE already, in all at most
 * BUDGET, as near to the shares as that allows. Returns how many are new; 0 when the budget is
 * spent. */
int64_t ocba_targets(const double *shares, const int32_t *done, int32_t count, int64_t budget,
                     int32_t *targets);

/* How probable it is that the one with the best mean is the best: at least 1 less the sum of the
 * chances that each of the others is better (Bonferroni), from normal means with these sd. */
double ocba_probability(const struct interval *systems, int32_t count, int sign);

#endif
