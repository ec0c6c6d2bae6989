/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a sweep a claim is judged.
 *
 * A claim holds at every place of the sweep that its `at PATH VALUE` leaves: all of them when it
 * names none. A place is a point of the arm that has the most points among those that the claim
 * names; the other arms are looked at where no factor that both have differs, so that an arm which
 * lacks a factor is looked at wherever the other one is. */
#ifndef TAKT_ANALYSIS_CLAIMS_PLACES_H
#define TAKT_ANALYSIS_CLAIMS_PLACES_H

#include "claims.h"

/* The arms of results, each with its points, which stand together. */
struct claim_arms {
    const struct takt_results *results;
    int32_t count;
    const char **names;
    int32_t *first, *points;
};

void claim_arms_init(struct claim_arms *, const struct takt_results *, struct arena *);

/* The point of a path (that of its arm, of the base, or of the only arm) at the place of point AT;
 * *REST is the path behind the arm. */
int32_t claim_point(const struct claim_arms *, const char *name, int32_t at, const char **rest);

/* The places at which to judge, in ARENA; NULL with a reason when there are none. */
int32_t *claim_places(const struct claim_arms *, const struct claim *, struct arena *,
                      int32_t *count, const char **why);

/* Which of the values along a path is due at point AT; -1: none. */
int32_t claim_along(const struct claim_arms *, const struct claim *, int32_t at);

#endif
