/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crossovers: at which value of a parameter does another arm become the better one?
 *
 * The difference of two arms in one quantity is a function of the parameter. At each value both
 * arms are run on the same luck, so the difference has a narrow paired interval, and the luck is
 * also the same at all values: what is searched is one smooth function with a fixed sample, not a
 * new random one each time (Chen & Schmeiser, Stochastic root finding via retrospective
 * approximation, IIE Transactions 33, 2001).
 *
 * The range is halved as long as the interval of the middle says which arm is ahead there. Where it
 * does not, both borders of the doubt are searched, again by halving. Between `low` and `high` no
 * arm is ahead beyond doubt; at `low` and below, and at `high` and above, one is. So it is the set
 * of values that a test does not reject (as Fieller's: Journal of the Royal Statistical Society B
 * 16, 1954), provided that there is one crossover in the range. Every interval is widened for the
 * number of values that a search may look at, so all of its decisions hold together. `estimate` is
 * where the means cross, on a straight line between the values beside it. A parameter that counts
 * is halved in whole numbers; `estimate` is then the first value with the means the other way. */
#ifndef TAKT_ANALYSIS_CROSSOVER_H
#define TAKT_ANALYSIS_CROSSOVER_H

#include "results/results.h"
#include "scenario.h"
#include "takt.h"

/* Fills results->crossovers: those that OPTIONS ask for, every arm against the first, and those of
 * claims. As many replications as the results have; each is kept in the trials of the results, and
 * those that are known are not done again. Errors: TAKT_BAD_SCENARIO with faults, TAKT_INTERRUPTED
 * and TAKT_CANNOT_WRITE, after which the results are not complete. */
enum takt_status crossovers_find(struct takt_scenario *, const struct takt_run_options *,
                                 struct takt_results *) MUST_USE;

/* The verdict on a claim of a crossover, from what was found. */
void crossover_judge(const struct claim *, const struct takt_results *, struct claim_result *);

/* The objects of a JSON list. */
void crossovers_json(const struct takt_results *, FILE *);

#endif
