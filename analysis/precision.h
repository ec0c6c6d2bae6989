/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `run.precision`: how many replications are enough.
 *
 * All points replicate together until the half-width of every named quantity is at most the asked
 * share of its mean, at the last horizon, in every point. It is looked at after 10 replications
 * first, for the half-width of fewer is hardly known itself (Law, Simulation Modeling and Analysis,
 * 2015, section 9.4.1); then after as many as the half-widths so far say will be needed, but at
 * least a tenth more and at most twice as many. Looking seldom matters: who looks after every
 * replication stops when the spread happens to look small, and covers the truth less often than the
 * interval says. Every look is over complete targets, so no timing of threads can change it. */
#ifndef TAKT_ANALYSIS_PRECISION_H
#define TAKT_ANALYSIS_PRECISION_H

#include "units.h"

struct precision_wanted {
    double half_width; /* share of the mean */
    int32_t most;
    const char **paths; /* may hold `*`; none: what tables show */
    int32_t path_count;
};

/* Replicates, and says in results->precision what came of it. `most` replications without reaching
 * the half-width is no error. */
enum takt_status precision_replicate(struct units *, const struct precision_wanted *,
                                     struct takt_results *) MUST_USE;

/* The next number of replications to look at, when after N the half-width is RATIO times the one
 * wanted. */
int32_t precision_next(int32_t n, double ratio, int32_t most);

/* Adds a fault for each path of `run.precision.of` that names no result of any arm. */
void precision_check(struct takt_scenario *, const struct prepared *arms, int32_t count);

#endif
