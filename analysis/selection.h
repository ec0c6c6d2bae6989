/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selection of the best: which point is best in one quantity, with as few replications as that
 * takes.
 *
 * Points do not get the same number of replications: what falls behind gets no more. Two methods:
 *
 * kn     analysis/kn.h, with a zone of indifference: a difference that does not matter. It goes on
 *        until one point is left, and promises that this one is the best with the confidence, if it
 *        is better than all others by the zone. With 100 points or more the first stage only
 *        screens, at half of the risk (analysis/subset.h); those that stay begin anew, on
 *        replications of their own, so that the two risks add up (Nelson, Swann, Goldsman and Song,
 *        Operations Research 49, 2001; Boesel, Nelson and Kim, Operations Research 51, 2003).
 * ocba   analysis/ocba.h, with a budget of replications: they are shared out, a tenth more at a
 *        time, so that the best of the means is most probably the best. It promises nothing, and
 *        says how probable it is.
 *
 * Decisions are made on complete targets only (analysis/units.h), and on nothing but the values: so
 * they are the same for any number of threads. */
#ifndef TAKT_ANALYSIS_SELECTION_H
#define TAKT_ANALYSIS_SELECTION_H

#include "units.h"

enum selection_method { SELECTION_KN, SELECTION_OCBA };

struct selection_wanted {
    const char *path;
    int32_t horizon;
    int sign;    /* +1: more is better, -1: less */
    double zone; /* in the unit of results; 0: none was given */
    enum selection_method method;
    int32_t first_stage; /* replications that every point gets */
    int64_t budget;      /* replications in all; 0: as many as it takes */
};

/* Reads what the options ask for. TAKT_BAD_SCENARIO, with faults of the scenario, when that has no
 * meaning. The texts live as long as the scenario. */
enum takt_status selection_read(struct takt_scenario *, const struct prepared *points,
                                int32_t count, const struct takt_run_options *,
                                struct selection_wanted *) MUST_USE;

/* Replicates until the best is found or the budget spent; results->selection says what came of it.
 */
enum takt_status selection_replicate(struct units *, const struct selection_wanted *,
                                     struct takt_results *) MUST_USE;

/* From so many points on they are screened first. */
enum { SELECTION_SCREEN_FROM = 100 };

#endif
