/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the public struct takt_scenario. */
#ifndef TAKT_ANALYSIS_SCENARIO_H
#define TAKT_ANALYSIS_SCENARIO_H

#include "claims/claims.h"

struct takt_scenario {
    struct scenario *scenario;
    struct claims claims;
};

/* One arm, as it is or at a point of a sweep, made ready to run. */
struct prepared {
    struct scenario_arm arm;
    struct plant *plant;
    int32_t point;     /* of the sweep; -1: as it is */
    const bool *lacks; /* which factors the arm has no place for; NULL: it has all */
};

/* Builds the plants of the arms in NAMES (NULL: the base). Faults are added to the scenario.
 * TAKT_BAD_SCENARIO when there is any error; *OUT is made all the same. */
enum takt_status prepare_arms(struct takt_scenario *, const char *const *names, int32_t count,
                              struct prepared **out) MUST_USE;

/* Builds the plant of a point once more, for what the scenario says by now: see warm_up.h. */
void prepare_plant(struct takt_scenario *, struct prepared *);

/* The same for every point of the sweep of every arm, arm after arm; *POINTS are made in the arena
 * of the scenario. Without a sweep it is one point an arm. An arm that has no place for a factor
 * has each of its points once. A fault at several points is added once; one that stands elsewhere
 * in the file is followed by a note that names the point. */
enum takt_status prepare_points(struct takt_scenario *, const char *const *names, int32_t count,
                                enum sweep_scope, uint64_t seed, struct sweep_points *points,
                                struct prepared **out, int32_t *out_count) MUST_USE;
/* The only point of POINTS, in each of the arms. */
enum takt_status prepare_at(struct takt_scenario *, const char *const *names, int32_t count,
                            const struct sweep_points *points, struct prepared **out) MUST_USE;
void prepared_delete(struct prepared *, int32_t count);

/* Adds a warning for each station that would be busy nearly all its time, or more. */
void check_load(struct takt_scenario *, const struct prepared *);

#endif
