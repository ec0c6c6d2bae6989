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
 * 45.126 25.383.
 *
 * With common random numbers a system is compared with the best replication by replication, so sd
 * and distance are those of its difference from the best, and the best needs just as many
 * replications as the one that has most of the others: what it has beyond finds no partner. (M. C.
 * Fu, J.-Q. Hu, C.-H. Chen and X. Xiong, INFORMS Journal on Computing 19, 2007, on correlated
 * sampling.) Means over different numbers of replications are never compared: they differ by their
 * luck. */
#ifndef TAKT_ANALYSIS_OCBA_H
#define TAKT_ANALYSIS_OCBA_H

#include "statistics.h"

enum ocba_luck { OCBA_OWN_LUCK, OCBA_SAME_LUCK };

/* The share of each system in the BUDGET, into shares[COUNT], which add up to it. With luck of
 * their own SYSTEMS are the systems; with the same luck they are the differences from system BEST.
 * Systems without a mean get nothing; a distance of zero counts as a hair. Where nothing varies all
 * goes to the best. */
void ocba_shares(const struct interval *systems, int32_t count, int32_t best, enum ocba_luck,
                 double budget, double *shares);

/* Whole replications for a round of a sequential use: at least what is DONE already, in all at most
 * BUDGET, as near to the shares as that allows. Returns how many are new; 0 when the budget is
 * spent. */
int64_t ocba_targets(const double *shares, const int32_t *done, int32_t count, int64_t budget,
                     int32_t *targets);

/* How probable it is that BEST is the best: the product of the probabilities that it is better than
 * each of the others, each by its t distribution with the same luck, by the normal one otherwise.
 * The comparisons share the best, so they hold together more often than that (Slepian, Bell System
 * Technical Journal 41, 1962); but the best was chosen from these very data, so it is an estimate.
 */
double ocba_probability(const struct interval *systems, int32_t count, int32_t best,
                        enum ocba_luck);

#endif
