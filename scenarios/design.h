/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Designs of experiments in the unit cube: COUNT points with a number between 0 and 1 for each of
 * FACTORS factors, into out[point * factors + factor].
 *
 * Latin hypercube: each factor's range is cut into COUNT strata of equal width, each holds one
 * point, at a place left to chance, and the strata of the factors are matched at random. A factor
 * that matters is so seen at COUNT different values, however many others there are. M. D. McKay,
 * R. J. Beckman, W. J. Conover: A comparison of three methods for selecting values of input
 * variables in the analysis of output from a computer code. Technometrics 21 (1979) 239-245.
 *
 * Sobol: the first COUNT points of a sequence that fills the cube ever more evenly, without
 * chance; 64 and then 128 points begin alike. I. M. Sobol, USSR Computational Mathematics and
 * Mathematical Physics 7 (1967) 86-112, in the order of Antonov and Saleev (1979), as GSL has it
 * (Bratley and Fox, ACM Algorithm 659, 1988), which leaves out the point 0. In two dimensions it
 * begins (.5 .5) (.75 .25) (.25 .75) (.375 .375). Best with a power of two less one. */
#ifndef TAKT_SCENARIOS_DESIGN_H
#define TAKT_SCENARIOS_DESIGN_H

#include <stdint.h>

/* Each factor draws from the stream `sweep/NAME` of the seed, so that another factor changes
 * nothing. */
void design_latin(uint64_t seed, const char *const *names, int32_t factors, int32_t count,
                  double *out);

enum { DESIGN_SOBOL_FACTORS = 40 }; /* that GSL knows */

void design_sobol(int32_t factors, int32_t count, double *out);

#endif
