/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Critical values of comparisons of several systems at once, by quadrature.
 *
 * A t table has one row for each number of degrees of freedom; these have one for each number of
 * systems as well, and the published tables stop soon. So they are worked out: each is the root of
 * an integral over the chance in an estimated standard deviation (a chi over the root of its
 * degrees) and over what the compared means have in common. Both integrals are Gauss-Legendre sums
 * of 64 nodes over all but 1e-15 of the chance. Good to nine digits for a dozen systems, to four
 * for a thousand. O(64^2) a step of a dozen or two. */
#ifndef TAKT_ANALYSIS_CRITICAL_H
#define TAKT_ANALYSIS_CRITICAL_H

#include "../../sim/sim.h"

/* Rinott's constant h: the two-stage procedure that takes (h sd / zone)^2 replications of each of
 * COUNT systems, with the sd of a first stage of FIRST_STAGE (2 or more), finds the best with
 * PROBABILITY or more when it is a zone better than the rest. Y. Rinott, Communications in
 * Statistics A7 (1978). Check: 2.614, 3.166, 3.693, 4.290 for 2, 3, 5, 10 systems, first stage 10,
 * probability 0.95. */
double critical_rinott(int32_t count, int32_t first_stage, double probability);

/* Dunnett's critical values: COUNT means are compared with one control of the same size, all with
 * one pooled standard deviation of so many degrees of freedom. With CONFIDENCE no difference
 * exceeds its value times the standard error of a difference; one-sided, or in either direction.
 * C. W. Dunnett, J. American Statistical Association 50 (1955). Check: 2.192 and 2.540 for 3
 * comparisons, 20 degrees, 95 %. */
double critical_dunnett_one_sided(int32_t count, double degrees, double confidence);
double critical_dunnett_two_sided(int32_t count, double degrees, double confidence);

#endif
