/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sales and operations planning in aggregate: how much to make in each period, and how (Holt,
 * Modigliani, Muth & Simon 1960; as a linear programme Hanssmann & Hess, Management Technology 1
 * (1960) 46).
 *
 * Demand of each period is met from stock, regular work, overtime and work given outside, each with
 * its cost a unit and its most a period; what is left at the end of a period costs holding, and
 * nothing is owed. `level` makes the same in every period, the least that never runs short; `chase`
 * makes what each period asks for; `cheapest` is the linear programme.
 *
 * Where the plan also says how many people there are (`crews`), regular work and overtime need
 * their hours, each of them is paid for all regular hours of a period, and who comes or goes costs
 * too.
 *
 * Check: demand 80 100 160 60; 100 regular at 10, 20 overtime at 15, outside 18 without limit, hold
 * 1: cheapest 4260, chase 4420. */
#ifndef TAKT_MODELS_PLAN_SOP_H
#define TAKT_MODELS_PLAN_SOP_H

#include "lp.h"

#define SOP_STRATEGIES(X)                                                                          \
    X(CHEAPEST, "cheapest", "the least cost: a linear programme")                                  \
    X(LEVEL, "level", "the same in every period, the least that never runs short")                 \
    X(CHASE, "chase", "in every period what it asks for")

enum sop_strategy {
#define X(name, word, help) SOP_##name,
    SOP_STRATEGIES(X)
#undef X
        SOP_STRATEGY_COUNT
};

enum sop_way { SOP_REGULAR, SOP_OVERTIME, SOP_OUTSIDE, SOP_WAY_COUNT };

struct sop_crew {                 /* whose number the plan decides; rows by period */
    const double *hours, *longer; /* of one person: regular, and with overtime */
    const double *others;         /* hours in overtime of people who are brought */
    const double *missed;         /* of one who is hired in the period, before he comes */
    double work;                  /* hours for a unit */
    double wage, hire, dismiss;   /* an hour; each who comes, and who goes */
    int32_t now, least, most;
};

struct sop {
    int32_t periods;
    const double *demand, *most[SOP_WAY_COUNT]; /* by period; INFINITY: without limit */
    double cost[SOP_WAY_COUNT];                 /* a unit */
    double holding;                             /* a unit left at the end of a period */
    double stock;                               /* at the beginning */
    double left;                                /* at least so much at the end */
    const struct sop_crew *crews;               /* `most` is what they can do at their most */
    int32_t crew_count;
};

struct sop_plan { /* one row of `periods` each, given by the caller */
    double *made[SOP_WAY_COUNT], *stock;
    double *people; /* a row a crew; NULL: there are none */
    double cost;
};

/* False: not possible with these limits (the plan then makes what it can), or SOLVER has no module
 * and the strategy is `cheapest`. */
bool sop_solve(const struct sop *, enum sop_strategy, const struct lp_solver *, struct sop_plan *);

#endif
