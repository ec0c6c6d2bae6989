/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KN: finds the best of several systems, one replication after the other.
 *
 * S.-H. Kim and B. L. Nelson: A fully sequential procedure for indifference-zone selection in
 * simulation. ACM Transactions on Modeling and Computer Simulation 11 (2001), with c = 1. After a
 * first stage, which gives the variance of every difference, all systems that are left get one more
 * replication at a time, and one that lies far enough behind another is out. The one that remains
 * is the best with the confidence, if the best is better than the rest by the zone or more. Where
 * others are within the zone, it is usually one of them, which the theorem does not promise. Common
 * random numbers are welcome: only differences count, and what they save shows at once in fewer
 * replications.
 *
 * Check: 5 systems, first stage 10, confidence 95 %: eta 0.6349672652, h^2 11.4294108.
 *
 * The procedure asks for nothing: it is given as many replications as there are and goes as far as
 * they allow, one stage at a time. So whoever feeds it may run ahead, by any number, and the
 * decisions stay the same. */
#ifndef TAKT_ANALYSIS_KN_H
#define TAKT_ANALYSIS_KN_H

#include "../../sim/sim.h"

/* The two constants of the procedure. */
double kn_eta(int32_t count, int32_t first_stage, double confidence);
double kn_h2(int32_t count, int32_t first_stage, double confidence);

struct kn {
    int32_t count, first_stage;
    int sign; /* +1: more is better; -1 */
    double zone, h2;
    int32_t stage;     /* replications that are looked at; 0 before the first */
    int32_t left;      /* systems not yet out */
    int32_t *out;      /* of each: the stage at which it was out; 0 while it is in */
    double *sums;      /* of each, over its replications until stage or out */
    double *variances; /* of the differences of the first stage: count x count */
};

/* FIRST_STAGE is at least 2, ZONE more than 0. */
void kn_init(struct kn *, int32_t count, int32_t first_stage, int sign, double zone,
             double confidence);
void kn_clear(struct kn *);

/* Goes on with values[i][r], of which the systems that are in have at least AVAILABLE. A system
 * with a NaN is out. */
void kn_advance(struct kn *, const double *const *values, int32_t available);

bool kn_is_over(const struct kn *);

/* The system that is left, or the one with the best mean of those that are; -1 when none is. */
int32_t kn_best(const struct kn *);

/* The stage at which it is over at the latest; INT32_MAX when that is beyond counting. */
int32_t kn_longest(const struct kn *);

#endif
