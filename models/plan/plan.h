/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans made ready to run: what the plant keeps of them.
 *
 * A plan is computed on its cadence, when demand of the instant is known and before stocks order;
 * of plans of one instant first that with the longest cadence, then forecasts, then as written. It
 * acts when it is decided: `takes` later. A forecast follows one series for each item that it is
 * of, and one for each stock that uses it; a series hears what is asked there through listeners. A
 * plan of requirements and a schedule have a node for each stock that orders by them. */
#ifndef TAKT_MODELS_PLAN_PLAN_H
#define TAKT_MODELS_PLAN_PLAN_H

#include "../world/world.h"
#include "forecast.h"
#include "mrp.h"
#include "promise.h"

struct plan {
    const char *name;
    enum plan_kind kind;
    int32_t rank; /* among plans of one instant */
    struct span every;
    tick period; /* how long one is; of calendar months a twelfth of a year */
    tick takes;
    int64_t cost_micro;
    int32_t periods; /* of its horizon */
    /* forecast */
    struct forecast_rule rule;
    struct span per; /* of what it sees */
    tick age;
    int32_t lag; /* most periods that are over and not yet known, and one */
    double error;
    uint64_t error_stream;
    int32_t series_first, series_count;
    int32_t own_count; /* the first of them are of the plan itself: they are measured */
    int32_t promises;  /* enum promise_method */
    /* mrp */
    int32_t forecast; /* plan, or NOBODY */
    int32_t frozen, slushy;
    int32_t node_first, node_count;
    int32_t part_first;
    bool checks;                  /* capacity */
    int32_t row_first, row_count; /* of a schedule's list */
    /* sop */
    int32_t strategy;
    int32_t set_first, set_count, good_first, good_count;
};

/* What a plan of sales and operations sets. */
enum plan_sets { SETS_LEVEL, SETS_STEADY, SETS_CREW_OVERTIME, SETS_STATION_OVERTIME, SETS_PEOPLE };
#define OVERTIME_STEP (TICK_H / 4)
struct plan_set {
    int32_t plan;
    enum plan_sets what;
    int32_t index;              /* stock, crew, station */
    int32_t shift;              /* of the settings, with overtime */
    const struct shift *shifts; /* without, and longer in steps of OVERTIME_STEP, up to the most */
    int32_t shift_count;
    int32_t least, most; /* people */
};

struct plan_good { /* a stock that a plan of sales and operations is about */
    int32_t plan, stock, series;
    const double *work; /* hours for one unit: stations, then people of crews; with its parts */
    double materials;   /* currency: what is bought for one unit */
};

struct plan_series {
    int32_t plan, item;
    int32_t memory; /* doubles before it */
    uint64_t key;   /* of the errors that it is seen with */
};

/* Who hears what is asked of a stock, or of an item by customers. */
struct plan_listener {
    int32_t next, series;
    int32_t customer; /* hears him alone; NOBODY: everybody */
    bool customers_only;
};

struct plan_row { /* of a schedule's list, by time */
    tick at;
    int32_t node;
    int64_t amount;
};

struct plan_node {
    int32_t plan, stock;
    int64_t lot;       /* of a schedule */
    int32_t series;    /* of customers' orders there, or NOBODY */
    int32_t set;       /* by which a plan of sales and operations says what it holds, or NOBODY */
    double order_cost; /* the rest of its lot rule is that of the node */
    struct mrp_node node;
};

struct promised { /* a customer's dates */
    int32_t plan; /* or NOBODY: as he wants */
    double share; /* of what is available */
};

struct plans {
    int32_t count, series_count, node_count, part_count, listener_count, memory_count;
    int32_t set_count, good_count;
    struct plan *list;
    struct plan_set *sets;
    struct plan_good *goods;
    const double *share_up; /* of stations; NULL: no plan asks */
    struct plan_series *series;
    struct plan_listener *listeners;
    int32_t *item_listeners, *stock_listeners; /* the first of each, or NOBODY */
    struct plan_node *nodes;
    struct plan_row *rows;
    int32_t row_count;
    struct mrp_part *parts; /* nodes counted from the first of their plan */
    int32_t *node_of;       /* of a stock, or NOBODY */
    int32_t *series_of;     /* that a stock orders by, or NOBODY */
    tick *leads;            /* of the items of stocks, planned; TICK_NEVER: what sources take */
    tick *item_leads;       /* planned; TICK_NEVER: not given */
    struct promised *promised;
    int32_t slot; /* PLAN_SLOTS of each plan: see planner.h */
};

#endif
