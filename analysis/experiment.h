/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replications of points that somebody else has made, for questions of their own: without a file of
 * results, claims or crossovers. */
#ifndef TAKT_ANALYSIS_EXPERIMENT_H
#define TAKT_ANALYSIS_EXPERIMENT_H

#include "results/results.h"
#include "scenario.h"
#include "takt.h"

/* Every point gets options->replications. Errors: as of takt_run; RESULTS take the layouts. */
enum takt_status experiment_replicate(struct takt_scenario *, struct prepared *points,
                                      int32_t count, const struct takt_run_options *,
                                      struct takt_results *results) MUST_USE;

#endif
