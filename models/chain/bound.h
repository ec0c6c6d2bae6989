/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The highest that a rate will be, which thinning must know beforehand.
 *
 * A formula is evaluated for a whole piece of time at once, with intervals in place of numbers
 * (Moore, Interval Analysis, 1966): what comes out holds at every moment of the piece, so a pulse
 * of a minute in a year is not missed. The piece with the highest bound is halved until the bound
 * is within 1 % of what is reached (branch and bound). Tables and pulses are known exactly, a
 * random level up to seven standard deviations, beyond which it is once in 10^12 periods. */
#ifndef TAKT_MODELS_CHAIN_BOUND_H
#define TAKT_MODELS_CHAIN_BOUND_H

#include "driver.h"

/* Not below any value of the rate from the beginning of the run to END. SURE says whether that is
 * proved; else (the formula divides by what may be 0, ...) it is the highest of many moments with a
 * margin. */
double bound_rate(const struct plant *, const struct formula *rate, tick end, bool *sure);

#endif
