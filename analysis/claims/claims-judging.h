/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A claim on its way to its verdict, and what its sides are worth. */
#ifndef TAKT_ANALYSIS_CLAIMS_JUDGING_H
#define TAKT_ANALYSIS_CLAIMS_JUDGING_H

#include "claims-places.h"

#include "../spread.h"
#include "../theory/theory.h"

/* A statistic over replications that a claim names, one number a replication. */
struct judged_spread {
    struct judged_spread *next;
    int32_t point, column, horizon, count;
    enum spread spread;
    double *values; /* in base units */
};

/* A claim on its way to its verdict. */
struct judging {
    struct takt_results *results;
    const struct claim *claim;
    struct claim_result *result;
    const struct claim_arms *arms;
    int32_t at;        /* the place in the sweep: a point */
    int32_t places;    /* how many there are */
    double slack;      /* how far it is from failing, at the worst place so far */
    const char *place; /* of several, the one that decided; else NULL */
    int32_t horizon;
    int32_t count;                  /* replications that all points have which the claim names */
    double *left, *right;           /* one a replication, in base units */
    struct interval interval;       /* of the difference; for an order until Holm has spoken */
    struct judged_spread **spreads; /* of all claims so far */
    struct arena *arena;
    bool pending; /* an order that waits for Holm */
};

/* The point of the arm that NAME leads with, or of the place at hand; PATH is the rest. */
int32_t judging_point(const struct judging *, const char *name, const char **path);

/* What a value of the column is in base units. */
double judging_factor(const struct column *);

/* The formula that `theory(PATH)` means, or NULL. */
const struct theory_value *judging_theory(const struct judging *, const struct expression *);

/* An expression in one replication, in base units; NaN where something of it is not there. */
double judging_value(const struct judging *, const struct expression *, int32_t replication);

#endif
