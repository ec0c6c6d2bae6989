/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks, how they are refilled, and suppliers. See world.h. */
#ifndef TAKT_MODELS_WORLD_STOCKS_H
#define TAKT_MODELS_WORLD_STOCKS_H

#include "people.h"
#include "fields.h"

/* ---- stocks and suppliers ---- */
struct pipeline_entry_spec {
    struct amount amount;
    struct moment moment;
};

enum { SCOPE_LOCAL, SCOPE_ECHELON };

struct source_level_spec { /* level.SOURCE */
    struct thing thing;
    struct ref self;
    struct expr level;
};

struct base_stock_spec {
    struct expr level;
    struct map levels; /* of source_level_spec: `level` written out */
    struct span every;
    struct moment first;
    struct choice scope;
};
struct newsvendor_spec {
    double service;
    struct span every;
    struct moment first;
    struct choice scope;
};
struct min_max_spec {
    struct expr min, max;
    struct span every;
    struct moment first;
    struct choice scope;
};
struct fixed_spec {
    struct expr point, quantity;
    struct span every;
    struct moment first;
    struct choice scope;
};
struct rule_reorder_spec {
    struct expr order;
    struct ref forecast; /* plan */
    struct span every;
    struct moment first;
    struct choice scope;
};

struct forecast_reorder_spec {
    struct ref forecast; /* plan */
    double service;
    struct span every;
    struct moment first;
    struct choice scope;
};
struct plan_reorder_spec {
    struct ref plan;
};
struct ddmrp_spec {
    struct ref plan;
    double lead_time_factor, variability_factor, spike_threshold;
    struct amount min_order;
    struct span cycle, spike_horizon, every;
    struct moment first;
};

/* What an `order` expression sees of its stock: amounts in the item's unit, as plain numbers.
 * X(NAME, word, dimension of time, meaning) */
#define STOCK_NAMES(X)                                                                             \
    X(ON_HAND, "on-hand", 0, "what is there")                                                      \
    X(OWED, "owed", 0, "ordered from it and not yet filled")                                       \
    X(ON_ORDER, "on-order", 0, "ordered by it and not yet received")                               \
    X(NET, "net", 0, "on-hand less owed")                                                          \
    X(POSITION, "position", 0, "net and on-order; by the policy's scope")                          \
    X(DEMAND, "demand", 0, "what was asked of it since the review before")                         \
    X(MEAN_DEMAND, "mean-demand", 0,                                                               \
      "the mean of `demand` so far; `mean(demand, 5)` of the last five reviews, this one too")     \
    X(FORECAST, "forecast", 0, "what the plan `forecast` expects for its next period")             \
    X(LEAD_TIME, "lead-time", 1, "from order to receipt on average, if the source is not short")

enum stock_name {
#define X(name, word, in_time, help) STOCK_##name,
    STOCK_NAMES(X)
#undef X
        STOCK_NAME_COUNT
};

extern const struct scope stock_scope;

/* Rules that pick one of a stock's sources for an order, or divide it among them. An expression of
 * `choose` may name a source, or a rule that picks. X(NAME, word, does it divide?, meaning) */
#define CHOOSE_RULES(X)                                                                            \
    X(SHARE, "share", 0, "drawn by the shares of `from`")                                          \
    X(CHEAPEST, "cheapest", 0,                                                                     \
      "least price and order cost a unit; the item's cost at stocks and `factory`")                \
    X(FASTEST, "fastest", 0, "least time to receipt on average")                                   \
    X(NEAREST, "nearest", 0, "least way: `distance` of the lane, or between the sites")            \
    X(FIRST_ABLE, "first-able", 0,                                                                 \
      "the first written that has no outage, or enough on hand; if none has, the first")           \
    X(BASE_SURGE, "base-surge", 1,                                                                 \
      "the first gets `steady` at every review, the last what more is due")                        \
    X(DUAL_INDEX, "dual-index", 1,                                                                 \
      "each orders up to its own `level` what can be there when its goods come")                   \
    X(EMERGENCY, "emergency", 1, "the last gets what is owed, the first the rest")

enum choose_rule {
#define X(name, word, divides, help) CHOOSE_##name,
    CHOOSE_RULES(X)
#undef X
        CHOOSE_RULE_COUNT
};

extern const struct scope choose_scope; /* a rule is STOCK_NAME_COUNT and its number */

struct cards_reorder_spec {
    struct span every;
    struct moment first;
};

enum reorder_policy {
    REORDER_BASE_STOCK,
    REORDER_MIN_MAX,
    REORDER_FIXED,
    REORDER_RULE,
    REORDER_CARDS,
    REORDER_FORECAST,
    REORDER_PLAN,
    REORDER_NEWSVENDOR,
    REORDER_DDMRP,
    REORDER_VMI
};

enum { SERVE_FIFO, SERVE_PRIORITY, SERVE_SHARE };
enum { ISSUE_OLDEST, ISSUE_NEWEST };

struct reserve_spec { /* reserve.CUSTOMER */
    struct thing thing;
    struct ref self;
    struct amount amount;
};

struct stock_spec {
    struct thing thing;
    struct ref holds;
    struct map from; /* of share_spec: suppliers, stocks, factory */
    struct expr choose;
    struct amount steady;
    struct law lead_time, order_delay;
    struct choice if_short;
    struct amount start;
    struct list ordered, shipped; /* of pipeline_entry_spec */
    struct variant reorder;
    struct quantity holding, holding_under_way, owed_cost; /* money a unit a time */
    struct choice serve, issue;
    struct map reserve; /* of reserve_spec */
    struct ref site;
    struct amount room;
};

enum { OUTAGE_UP, OUTAGE_CALENDAR };
enum outage_part { OUTAGE_ORDERS, OUTAGE_SHIPMENTS, OUTAGE_RECEIPTS, OUTAGE_PART_COUNT };

struct outage_part_spec {
    struct choice what;
};

struct outage_spec { /* suppliers.NAME.failures.NAME, and of lanes and their modes */
    struct thing thing;
    struct choice clock; /* not given: up */
    struct law after, first, lasts;
    struct list at;    /* of moment_spec: instead of `after` */
    struct list stops; /* of outage_part_spec */
};

enum { BREAKS_ALL_UNITS, BREAKS_INCREMENT };

struct price_break_spec {
    struct amount from;
    struct quantity price;
};

struct supply_spec { /* supplies.ITEM: what is not given is the supplier's */
    struct thing thing;
    struct ref self;
    struct quantity price;
    struct list breaks; /* of price_break_spec */
    struct choice breaks_on;
    struct law lead_time, processing;
    struct quantity capacity;
    struct amount min_order, multiple;
};

struct supplier_spec {
    struct thing thing;
    struct map supplies; /* of supply_spec */
    struct quantity price;
    struct list breaks; /* of price_break_spec */
    struct choice breaks_on;
    struct law lead_time, processing, yield;
    struct quantity capacity; /* amount a time */
    struct money order_cost;
    struct amount min_order, multiple;
    double defects;
    bool crossing, partial;
    struct map failures; /* of outage_spec */
    struct ref calendar;
    struct ref site;
    struct span pays;
};

#endif
