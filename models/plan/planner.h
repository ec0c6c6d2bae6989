/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans in a run: when they are computed and act, what they have seen, and what they say.
 *
 * Each plan owns three slots of the calendar: a period of what it sees ends, or the next of a
 * schedule is due; it is computed; it acts. All three run in the class of plans, in this order:
 * what is seen, what is decided, what is computed. The state of a run without plans is NULL. */
#ifndef TAKT_MODELS_PLAN_PLANNER_H
#define TAKT_MODELS_PLAN_PLANNER_H

#include "../run/run.h"
#include "lp.h"

enum plan_event { PLAN_SEES, PLAN_ACTS, PLAN_COMPUTES, PLAN_SLOTS };

struct seen_period {
    double asked;
    tick end;
};

struct outlook { /* a series in a run */
    struct forecaster forecaster;
    double asked;                         /* units since the period began */
    bool counting;                        /* a whole period lies behind that beginning */
    int32_t waiting_first, waiting_count; /* of periods that are over and not yet known */
    int64_t seen;                         /* periods */
    double square;  /* mean squared error of one period, recent ones weigh more */
    int64_t errors; /* in it */
    tick based,
        pending_based; /* end of the last period seen by what is said, by what is computed */
};

struct open_order { /* of a stock that a plan orders for */
    int64_t amount, open;
    tick due;
    bool judged;
};

struct node_state {
    struct open_order *orders;
    int32_t order_count, order_room;
    int64_t due; /* to be ordered now */
    /* Of a schedule without a list: its lots, those of them that are released, and of the one that
     * is being computed what is lacking and its lots. */
    int64_t lots, released, planned, next_lots;
    double carried; /* part of a lot for which the hours were not enough */
};

struct plan_state {
    bool acted;                           /* has acted once */
    tick computed;                        /* when it was computed last */
    tick from, until;                     /* of a schedule, and of sales and operations: the
                                           * period for which it has acted */
    int32_t row;                          /* of its list: the next */
    double error_sum, bias_sum, seen_sum; /* of forecasts: |error| / seen; error; seen */
    int64_t error_count;
    int64_t to_come, late;       /* of orders: thousandths */
    int64_t changed, cost_micro; /* releases that a plan changed; posted */
    double overload;             /* hours beyond the capacity, of all times it was computed; */
    int64_t checked;             /* how often that was */
    double makes, expects;       /* of sales and operations: units in its first period; its cost */
};

struct planning {
    struct plan_state *plans;
    struct outlook *outlooks;
    double *memory;              /* of forecasters */
    double *says, *computed;     /* forecasts of each series: `periods` of its plan */
    int64_t *says_at;            /* where those of a series begin */
    struct seen_period *waiting; /* rings of series: `lag` of their plans */
    int64_t *waiting_at;
    struct node_state *nodes;
    struct node_state *expected; /* of stocks that keep promises; the first to come first */
    int64_t *rows;               /* of plans of requirements: see requirements.c */
    int64_t *rows_at;            /* where those of a plan begin */
    /* Of what plans set: computed, and in force (numbers of shifts, or thousandths). */
    int64_t *sets_computed, *sets;
    int64_t *sets_from; /* of levels: what was there when the plan acted */
    struct lp_solver solver;
};

void planning_make(struct run *);
void planning_free(struct run *);
void planning_start(struct run *);
void planning_reset(struct run *); /* measuring begins */
void planning_event(struct run *, int32_t subject);

/* What was asked: AMOUNT thousandths of this item by a customer, or of this stock by anybody. */
void planning_ordered(struct run *, int32_t item, int32_t customer, int64_t amount);
void planning_asked(struct run *, int32_t stock, int32_t customer, int64_t amount);

/* ---- outlook.c: forecasts; amounts in units of the item ---- */
void outlook_start(struct run *, int32_t plan);
void outlook_sees(struct run *, int32_t plan);
void outlook_computes(struct run *, int32_t plan);
void outlook_acts(struct run *, int32_t plan);
double outlook_next(const struct run *, int32_t series); /* of its next period; NaN: none yet */
/* What comes from FROM to TO, two moments of the run; NaN before there is a forecast. */
double outlook_between(const struct run *, int32_t series, tick from, tick to);
/* Standard deviation of what comes in so long a time; NaN: not known. */
double outlook_sd(const struct run *, int32_t series, double ticks);

/* ---- rough.c: hours of stations ---- */
/* The hours that a calendar (NOBODY: always) is open between two moments, if it had these shifts
 * INSTEAD; NULL: as it is. */
double calendar_hours(const struct run *, int32_t calendar, const struct shift *instead, tick from,
                      tick to);
/* The hours that machines of a station are open and up, if its own calendar had these shifts;
 * INFINITY: no limit. */
double station_hours(const struct run *, int32_t station, const struct shift *instead, tick from,
                     tick to);
/* For every station one row of the plan's periods from now on. */
void rough_capacity(const struct run *, const struct plan *, double *hours);
/* What is loaded beyond them. */
void rough_judge(struct run *, int32_t plan, const double *hours, const double *load);

/* ---- requirements.c: MRP ---- */
/* Rows of each node; a plan has two more for scratch. */
enum requirement_row {
    ROW_GROSS,
    ROW_LEAST,
    ROW_COMING,
    ROW_EARLIER,
    ROW_RELEASES,
    ROW_RECEIPTS,
    ROW_PROJECTED,
    REQUIREMENT_ROWS
};
void requirements_start(struct run *, int32_t plan);
void requirements_compute(struct run *, int32_t plan);
void requirements_act(struct run *, int32_t plan);
void requirements_order(struct run *, int32_t stock, int64_t amount);
int64_t requirements_due(struct run *, int32_t stock); /* to be ordered now; once */

/* What a plan of requirements knows to come to the stock, and when. */
void requirements_supply(struct run *, int32_t stock,
                         void (*add)(void *context, tick at, int64_t amount), void *context);

void requirements_judge(struct run *, int32_t plan); /* what had come of what was to come */

/* ---- schedule.c ---- */
void schedule_start(struct run *, int32_t plan);
void schedule_compute(struct run *, int32_t plan);
void schedule_act(struct run *, int32_t plan);
void schedule_release(struct run *, int32_t plan); /* what is due */
tick schedule_next(struct run *, int32_t plan);    /* when the next is; TICK_NEVER */
void schedule_supply(struct run *, int32_t stock,
                     void (*add)(void *context, tick at, int64_t amount), void *context);

/* ---- aggregate.c: sales and operations ---- */
void aggregate_compute(struct run *, int32_t plan);
void aggregate_act(struct run *, int32_t plan);
void planning_apply(struct run *); /* what plans have set, to the settings */
/* What a stock that orders by a plan is to hold at least at this moment: its safety stock, or more
 * if a plan of sales and operations builds stock ahead. */
int64_t planned_least(const struct run *, int32_t node, tick at);

/* What customers are known to order of a stock: lists and moments by their dates, else what is
 * usual; units. known.c */
double known_demand(const struct run *, int32_t stock, tick from, tick to);

/* ---- promises.c ---- */
/* When a customer's order of this item at this stock (NOBODY: it is made) is due. */
tick promise_date(struct run *, int32_t customer, int32_t stock, int32_t item,
                  const struct order *);

/* By when an order of anybody at a stock that keeps promises could be given its goods. */
tick promise_own(struct run *, int32_t stock, const struct order *);

/* ---- kept.c: stocks that keep what is promised ---- */
void kept_start(struct run *);
void kept_note(struct run *, int32_t stock); /* something was ordered, or has come */
/* What is expected to come, and when. */
void kept_supply(struct run *, int32_t stock, void (*add)(void *context, tick at, int64_t amount),
                 void *context);
/* Serves all who may be; the next moment at which another may. */
tick kept_serve(struct run *, int32_t stock);

tick planned_lead(const struct run *, int32_t stock); /* from order to receipt */

/* What `forecast` is to the expression of a stock's policy; NaN: not known. */
double planning_next(const struct run *, int32_t stock);

/* The level that a stock with a forecast orders up to; less than 0: not known yet. */
int64_t planning_level(const struct run *, int32_t stock);

#endif
