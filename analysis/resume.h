/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Resuming: what is known before an experiment begins.
 *
 * Finished units come from two places: the journal beside the results file, when a run was cut off,
 * and the results file itself, when a finished or interrupted experiment is to have more
 * replications. The file keeps whole blocks but for the series of later replications: of those it
 * has their sums, which more replications go on from. */
#ifndef TAKT_ANALYSIS_RESUME_H
#define TAKT_ANALYSIS_RESUME_H

#include "units.h"

/* With an output file in the options: opens its journal, which then belongs to the results, and
 * with --resume puts what is known into the units. The points have their sha256. After an error
 * the results have its message: TAKT_CANNOT_CREATE, TAKT_CANNOT_WRITE, TAKT_USAGE. */
enum takt_status resume(struct units *, struct takt_results *,
                        const struct takt_run_options *) MUST_USE;

/* When all is done: sums of series over more replications than the results have serve for nothing,
 * and their replications are done again, which is said. As units_run. */
enum takt_status resume_settle(struct units *, struct takt_results *,
                               const struct takt_run_options *) MUST_USE;

#endif
