/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `run.warm-up: auto`: when to begin to measure.
 *
 * Ten pilot runs of every point start as the real ones will, without warm-up, are as long as what
 * is to be measured, and keep their work in process and net stocks (or what `record.series` names)
 * on a grid of 1000 moments. The mean of the ten at each moment is a smooth series, from which
 * MSER-5 says how much of the start to delete (averaging replications first: Hoad, Robinson &
 * Davies, Journal of the Operational Research Society 61, 2010). The longest of all series of all
 * points is the warm-up of all, so that points differ in nothing but their change. When a series
 * has not settled in the first half, the run is too short to say, and a warning says that.
 *
 * Pilots have replication numbers 1 to 10 of a seed of their own, which no experiment can have
 * (2^63 more than that of the results), so what they decide is independent of what is then
 * measured. */
#ifndef TAKT_ANALYSIS_WARM_UP_H
#define TAKT_ANALYSIS_WARM_UP_H

#include "results/results.h"
#include "scenario.h"
#include "takt.h"

/* Fills results->warm_up. If any of the points has `warm-up: auto`, runs the pilots, makes what
 * they found the warm-up of the scenario, and builds the plants of these points anew. Errors:
 * TAKT_INTERRUPTED, TAKT_BAD_SCENARIO. */
enum takt_status warm_up_settle(struct takt_scenario *, struct prepared *points, int32_t count,
                                const struct takt_run_options *, struct takt_results *) MUST_USE;

/* Has every series of the pilots settled in the first half? */
bool warm_up_settled(const struct warm_up_found *);

#endif
