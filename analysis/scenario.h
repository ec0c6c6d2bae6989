/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the public struct takt_scenario. */
#ifndef TAKT_ANALYSIS_SCENARIO_H
#define TAKT_ANALYSIS_SCENARIO_H

#include "claims.h"

struct takt_scenario {
    struct scenario *scenario;
    struct claims claims;
};

/* One arm made ready to run. */
struct prepared {
    struct scenario_arm arm;
    struct plant *plant;
};

/* Builds the plants of the arms in NAMES (NULL: the base). Faults are added to the scenario.
 * TAKT_BAD_SCENARIO when there is any error; *OUT is made all the same. */
enum takt_status prepare_arms(struct takt_scenario *, const char *const *names, int32_t count,
                              struct prepared **out) MUST_USE;

/* Builds the plant of a point once more, for what the scenario says by now: see warm_up.h. */
void prepare_plant(struct takt_scenario *, struct prepared *);

void prepared_delete(struct prepared *, int32_t count);

/* Adds a warning for each station that would be busy nearly all its time, or more. */
void check_load(struct takt_scenario *, const struct prepared *);

#endif
