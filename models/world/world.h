/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world as a scenario describes it: typed, units converted, defaults applied.
 *
 * One struct a block of the language (LANGUAGE: the manual lists the keys); the rows that fill it
 * stand in the world_*.c file beside. A world is only description: models/plant/plant.h turns it
 * into indices and settings to run. */
#ifndef TAKT_MODELS_WORLD_WORLD_H
#define TAKT_MODELS_WORLD_WORLD_H

#include "fields.h"
#include "../floor/job.h"

/* Sections whose names other keys refer to: bits of struct target. The order is that of
 * world_section_keys. */
#define WORLD_SECTIONS(X)                                                                          \
    X(CALENDARS, calendars)                                                                        \
    X(CREWS, crews)                                                                                \
    X(DRIVERS, drivers)                                                                            \
    X(SITES, sites)                                                                                \
    X(LANES, lanes)                                                                                \
    X(VEHICLES, vehicles)                                                                          \
    X(ITEMS, items)                                                                                \
    X(RELEASES, releases)                                                                          \
    X(STATIONS, stations)                                                                          \
    X(CARDS, cards)                                                                                \
    X(STOCKS, stocks)                                                                              \
    X(SUPPLIERS, suppliers)                                                                        \
    X(CUSTOMERS, customers)                                                                        \
    X(PLANS, plans)                                                                                \
    X(PROGRAMMES, programmes)

enum world_section {
#define X(name, key) SECTION_##name,
    WORLD_SECTIONS(X)
#undef X
        SECTION_COUNT
};

extern const char *const world_section_keys[SECTION_COUNT];

/* ---- outside: when, and what changes ---- */
/* 06:00-14:00 or 2027-05-01..2027-05-09. The reader turns the text into ticks: of the day, or days
 * of the calendar. */
struct clock_text_spec {
    const char *text;
    tick from, to;
};

struct cycle_spec {
    struct span work, rest;
};

struct calendar_spec {
    struct thing thing;
    const char *days;
    unsigned days_open;        /* `days` read: bit 0 is Monday */
    struct list hours, breaks; /* of clock_text_spec */
    struct list closed;        /* of clock_text_spec: dates and ranges */
    struct option cycle;       /* cycle_spec */
};

/* ---- people ---- */
struct need_spec { /* NAME of a crew or skill: how many */
    struct thing thing;
    int32_t people;
};

struct needs_spec { /* of a station, or a step: then without `repair` */
    struct map run, load, unload, setup, repair;
};

struct skill_spec { /* skills.NAME */
    struct thing thing;
    double share;
};

struct overtime_spec { /* of crews and stations */
    double up_to, pay;
    struct expr when;
};

enum absence_clock { ABSENT_UP, ABSENT_CALENDAR, ABSENT_BUSY };
enum { ABSENT_NOW, ABSENT_AFTER_PART };

struct absence_spec {           /* of each person of a crew */
    struct choice clock, stops; /* clock not given: up */
    struct law after, first, lasts;
    struct list at; /* of moment_spec: instead of `after` */
};

struct hire_spec {
    struct money cost;
    struct span delay, notice;
};

struct crew_spec {
    struct thing thing;
    int32_t people;
    struct law walk;
    struct option absence; /* absence_spec */
    struct option hire;    /* hire_spec */
    struct ref site;
    struct ref calendar;
    struct map skills; /* of skill_spec */
    struct quantity wage;
    struct option overtime; /* overtime_spec */
};

struct driver_value_spec { /* a row of `table` */
    double value;
};

struct pulse_spec {
    double value;
    struct moment from, to;
};

enum { EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_QUARTER, EVERY_YEAR }; /* SPAN_WORD(i) */
enum { DRIVER_THEN_LAST, DRIVER_THEN_REPEAT, DRIVER_THEN_STOP };

struct driver_spec {
    struct thing thing;
    struct expr value;
    struct list table; /* of driver_value_spec */
    struct span every;
    struct choice then;
    double ar1, sd;
    struct list pulses; /* of pulse_spec */
    const char *about;
};

/* ---- things: items and how they are made ---- */
struct use_spec {
    struct thing thing; /* the item needed */
    struct ref self;
    struct amount amount;
    struct ref from; /* stock */
    struct map or ;  /* of use_spec, which have none themselves */
};

struct make_spec {
    struct thing thing; /* what comes out */
    struct ref self;
    struct amount amount;
    struct ref to; /* stock */
};

struct share_spec { /* entries of {NAME: share} */
    struct thing thing;
    struct ref self; /* what the name refers to, where it refers to something */
    double share;
};

struct rework_spec {
    double share;   /* infinite: lots that the inspection here finds bad */
    const char *to; /* a step of the same route */
    int32_t times;
    struct choice then; /* scrap, pass */
};

struct measure_spec {
    struct law value;
    struct quantity low, high; /* NaN: none */
};

struct inspect_spec {
    double sample;
    int32_t pieces; /* instead of a share */
    int32_t accept; /* ABSENT_COUNT: pieces are judged, not lots */
    double finds, false_alarms;
};

struct limit_spec { /* start-within */
    struct law time;
    const char *of;        /* a step, or `release`; NULL: the step written before */
    const char *otherwise; /* report, scrap, out, or a step */
};

/* Rules that pick one of several stations for a lot. An expression of `choose` may name a station,
 * or a rule. X(NAME, word, meaning) */
#define PLACE_RULES(X)                                                                             \
    X(SHORTEST_QUEUE, "shortest-queue",                                                            \
      "the fewest lots there, waiting, on their way or on machines, for each machine")             \
    X(LEAST_WORK, "least-work",                                                                    \
      "the least work there, of those that wait and what is left on machines, for each machine")   \
    X(FASTEST, "fastest", "the shortest work of the lot there, as it is to be expected")           \
    X(CHEAPEST, "cheapest", "that work at the station's `cost`")                                   \
    X(NEAREST, "nearest", "least way: `distance` of the lane, or between the sites")               \
    X(SHARE, "share", "drawn by the shares, whether there is room or not")                         \
    X(FIRST_ABLE, "first-able",                                                                    \
      "the first written where it would start at once; if there is none, as shortest-queue")

enum place_rule {
#define X(name, word, help) PLACE_##name,
    PLACE_RULES(X)
#undef X
        PLACE_RULE_COUNT
};

extern const struct scope place_scope; /* a rule is JOB_NAME_COUNT and its number */

struct step_spec {
    struct thing thing;
    struct map at; /* of share_spec: stations; none: the one of the step's name */
    struct expr choose;
    struct law time, load, unload, cascade;
    double scrap; /* NaN: the station's */
    struct needs_spec needs;
    double defects;
    struct option measure; /* measure_spec */
    struct option inspect; /* inspect_spec */
    struct option rework;
    struct option start_within; /* limit_spec */
    struct map next;            /* of share_spec: names of steps, or `out` */
    struct map uses;            /* of use_spec */
    struct map makes;           /* of make_spec */
    struct money cost;
    int32_t transfer;
    const char *tool;
    struct option setup; /* step_setup_spec */
    struct option batch; /* step_batch_spec */
    double sample;
    const char *same_machine_as; /* step */
};

struct step_batch_spec { /* instead of the station's, as far as given */
    struct amount min, max;
    struct span wait;
};

struct step_setup_spec { /* instead of the station's */
    struct law time;
    struct money cost;
};

enum { ITEM_PIECE };
enum { ORDER_WRITTEN, ORDER_RANDOM };

/* The kinds of planning.lots are those of models/plan/lots.h, in their order. */
struct lots_amount_spec { /* multiple, fixed */
    struct amount amount;
};

struct lots_period_spec {
    struct span time;
};

struct planning_spec {
    struct span lead_time, safety_time;
    struct variant lots;
    struct money order_cost;
    struct amount safety_stock;
};

/* Rules that pick one of several routes for a lot. An expression of `choose` may name a route, or a
 * rule. X(NAME, word, meaning) */
#define ROUTE_RULES(X)                                                                             \
    X(SHARE, "share", "drawn by the shares, whether there is room or not")                         \
    X(SHORTEST_QUEUE, "shortest-queue",                                                            \
      "the fewest lots where it begins, waiting, on their way or on machines, for each machine")   \
    X(LEAST_WORK, "least-work",                                                                    \
      "the least work where it begins, of those that wait and what is left on machines, for each " \
      "machine")                                                                                   \
    X(FASTEST, "fastest", "the shortest work of the lot on it, as it is to be expected")           \
    X(CHEAPEST, "cheapest", "that work at the `cost` of its stations, and the `cost` of its steps")\
    X(FIRST_ABLE, "first-able",                                                                    \
      "the first written that would start at once; if there is none, as shortest-queue")

enum route_rule {
#define X(name, word, help) ROUTE_##name,
    ROUTE_RULES(X)
#undef X
        ROUTE_RULE_COUNT
};

extern const struct scope route_scope; /* a rule is JOB_NAME_COUNT and its number */

struct route_spec { /* routes.NAME */
    struct thing thing;
    struct map steps; /* of step_spec */
    double share;
};

struct item_spec {
    struct thing thing;
    const char *unit;
    struct quantity cost, price, holding;
    const char *family;
    double weight;
    struct span shelf_life;
    int32_t lot;
    struct choice order;
    struct map uses;   /* of use_spec */
    struct map route;  /* of step_spec */
    struct map routes; /* of route_spec: instead */
    struct expr choose;
    struct planning_spec planning;
};

/* ---- work that starts by itself, and customers ---- */
struct list_entry_spec { /* a row of `list` */
    struct moment at;
    struct ref item;
    struct amount size;
    int32_t pieces;
    struct law due;
    int32_t priority;
    const char *step;
    struct span work_left;
    struct moment released;
};

/* Is it work in process, on the floor already? */
bool list_entry_stands(const struct list_entry_spec *);

struct moment_spec {
    struct moment moment;
};

enum { WHEN_NEVER, WHEN_ALWAYS };

struct source_spec { /* rows that releases and customers share */
    struct law every;
    struct expr rate;
    struct list at;   /* of moment_spec */
    struct list list; /* of list_entry_spec */
    struct moment first, until;
    struct law size;
    struct law due;
    struct ref calendar;
    int32_t priority;
};

enum { IF_FULL_WAIT, IF_FULL_LOSE };

struct release_spec {
    struct thing thing;
    struct source_spec source;
    struct choice when;
    struct map item; /* of share_spec: names of items, or `each` */
    int32_t lot;
    struct ref to; /* stock */
    struct choice if_full;
    double weight;
};

enum { SHORT_WAIT, SHORT_LOSE, SHORT_PART_WAIT, SHORT_PART_LOSE };

enum { BUYS_BY_SHARE, BUYS_FIRST_ABLE, BUYS_MOST_STOCK, BUYS_NEAREST, BUYS_CHEAPEST, BUYS_FASTEST };

struct returns_spec { /* what customers send back */
    double share;
    struct law after;
};

/* What a customer judges an order by. X(NAME, word, dimension of time, meaning) */
#define JUDGE_NAMES(X)                                                                             \
    X(ON_TIME, "on-time", 0,                                                                       \
      "1 when it was delivered whole by its due date (without one, at once), else 0")              \
    X(IN_FULL, "in-full", 0, "1 when it was delivered in one piece, else 0")                       \
    X(QUALITY, "quality", 0,                                                                       \
      "share of the units ordered that were delivered and do not come back")                       \
    X(WAIT, "wait", 1, "from the order to its end: delivered whole, or lost")

enum judge_name {
#define X(name, word, in_time, help) JUDGE_##name,
    JUDGE_NAMES(X)
#undef X
        JUDGE_NAME_COUNT
};

extern const struct scope judge_scope;

struct judges_spec {
    struct expr by;
    struct span over;
};

struct churn_spec {
    double below, returns_above;
    struct quantity rate; /* share a time */
};

struct customer_spec {
    struct thing thing;
    struct ref promise; /* plan */
    struct source_spec source;
    struct map buys; /* of share_spec: names of items */
    struct map from; /* of share_spec: stocks, factory */
    struct choice choose, if_short;
    struct law patience;
    struct map instead;    /* of share_spec: names of items, in the order in which they are tried */
    struct option returns; /* returns_spec */
    struct option judges, churn;          /* judges_spec, churn_spec */
    struct quantity late_cost, owed_cost; /* money a unit a time */
    struct quantity lost_cost, price;     /* money a unit */
    struct span pays;
    struct ref site;
};

/* ---- stations ---- */
enum { CLOCK_BUSY, CLOCK_UP, CLOCK_CALENDAR, CLOCK_PIECES, CLOCK_CYCLES };
enum { THEN_STATION, THEN_RESUME, THEN_RESTART, THEN_SCRAP };
enum { STOPS_NOW, STOPS_AFTER_PART, STOPS_AFTER_LOT };

struct renew_spec { /* another stop of the same station */
    struct ref stop;
};

struct stop_spec { /* failures.NAME and maintenance.NAME, which have other defaults */
    struct thing thing;
    struct choice clock; /* not given: busy, of maintenance calendar */
    struct law after, first, lasts;
    struct list at;     /* of moment_spec: instead of `after` */
    struct map needs;   /* of need_spec */
    struct list renews; /* of renew_spec */
    bool join;
    struct choice stops, then;
    struct money cost;
    int32_t priority;
};

/* What names of formulas are besides those seen everywhere (sim/formula.h): the value of driver
 * `index`, or of the parameter `index` of the question, or a result of the run. */
enum { FORMULA_DRIVER = -100, FORMULA_PARAMETER = -101, FORMULA_RESULT = -102 };

/* Where a formula says which of several things: a thing of section s is FORMULA_THING - s with its
 * index, word w of the target FORMULA_THING + 1 + w. */
enum { FORMULA_THING = -200 };
/* A name that only the builder of the plant knows (a scope whose things are loose): its index is
 * world_name_hash. */
enum { FORMULA_LOOSE = -400 };
int32_t world_name_hash(const char *name);

struct rule_entry_spec {
    struct expr rule;
};

struct queue_spec {
    int32_t room;
    struct list
        rule; /* of rule_entry_spec: smallest first, each breaks the ties of the one before */
    struct expr preempt, reserve;
};

enum { SETUP_ITEM, SETUP_FAMILY, SETUP_STEP, SETUP_TOOL, SETUP_LOT, SETUP_EVERY };
enum { SETUP_STAYS, SETUP_CYCLES };

struct setup_change_spec { /* a cell of a matrix of setup times */
    const char *from, *to; /* `any` stands for all that no other cell names */
    struct law time;
    struct place place;
};

struct setup_spec {
    struct choice when;
    struct law time;
    struct list changes; /* of setup_change_spec: `time` written out */
    struct money cost;
    int32_t min_run;
    struct choice idle;
    struct map needs; /* of need_spec */
};

enum { BATCH_OF_ANY, BATCH_OF_ITEM, BATCH_OF_STEP, BATCH_OF_FAMILY, BATCH_OF_TOOL };
enum { BATCH_READY, BATCH_FULL, BATCH_BEST_FAMILY, BATCH_LOOK_AHEAD };

struct batch_spec {
    struct amount min, max; /* lots, or pieces */
    struct choice of, rule;
    struct span wait;
    struct choice counts;
};

struct power_spec { /* energy.STATE */
    struct thing thing;
    struct ref self; /* index: enum machine_state */
    struct quantity power;
};

struct conveyor_spec {
    struct quantity length, speed, spacing;
    bool accumulates;
};

enum { BLOCKING_AFTER, BLOCKING_BEFORE, BLOCKING_REPEAT };

enum { SHIFT_END_SUSPEND, SHIFT_END_FINISH, SHIFT_END_FIT };

struct machine_spec { /* machines.NAME */
    struct thing thing;
    double speed;
    struct map items; /* of machine_item_spec: names of items */
    struct ref calendar;
    struct map failures, maintenance; /* of stop_spec */
};

struct machine_item_spec {
    struct thing thing;
    struct ref self;
};

struct station_spec {
    struct thing thing;
    int32_t machines;
    struct map named; /* of machine_spec: `machines` written out */
    struct law time, load, unload, cascade;
    double scrap;
    struct option conveyor; /* conveyor_spec */
    struct queue_spec queue;
    struct needs_spec needs;
    struct option setup, batch;
    struct ref calendar;
    struct option overtime;
    struct choice at_shift_end, blocking;
    struct map failures, maintenance; /* of stop_spec */
    struct choice interrupted;
    struct quantity cost; /* money a time of work */
    struct map energy;    /* of power_spec */
    struct ref site;
    const char *tool; /* the setup at the start */
};

/* ---- cards ---- */
enum { BACK_AT_END, BACK_WHEN_TAKEN };

struct cards_spec {
    struct thing thing;
    struct quantity count; /* cards, or a time of work */
    struct ref from, to;   /* stations, stocks, suppliers; not found: a step; or a word: */
    struct choice back;
    const char *counts; /* lots, pieces, work at STATION */
    struct amount size;
    struct map of; /* of card_item_spec */
};

enum { CARD_PLACE_FACTORY, CARD_PLACE_BOTTLENECK };

struct card_item_spec {
    struct thing thing;
    struct ref self;
};

/* ---- places and ways between them ---- */
struct axis_spec {
    double length;
};

struct site_spec {
    struct thing thing;
    struct ref in;
    struct list at; /* of axis_spec: two, or none */
    struct amount room;
    struct quantity cost;
};

struct lane_cost_spec {
    struct money order, load;
    struct quantity unit, distance;
    double value;
};

struct hold_spec {
    struct amount until;
    struct span wait;
};

struct vehicle_cost_spec {
    struct quantity hour, distance;
};

enum vehicle_rule { VEHICLE_NEAREST, VEHICLE_OLDEST };

enum breakdown_clock { BREAKDOWN_UP, BREAKDOWN_CALENDAR, BREAKDOWN_BUSY };

struct breakdown_spec { /* vehicles.NAME.failures.NAME */
    struct thing thing;
    struct choice clock; /* not given: busy */
    struct law after, first, lasts;
    struct list at; /* of moment_spec: instead of `after` */
};

struct battery_spec { /* of each vehicle of a fleet */
    double range;     /* m */
    struct law charge;
    struct ref at;
    double below; /* share */
};

struct vehicle_spec {
    struct thing thing;
    struct option battery; /* battery_spec */
    struct ref calendar;
    struct map failures; /* of breakdown_spec */
    int32_t number;
    double speed;
    struct amount carries;
    struct law load, unload;
    struct choice rule;
    struct ref home;
    struct option cost; /* vehicle_cost_spec */
};

struct way_spec { /* of a lane */
    struct ref by;
    struct law time;
    double distance;
    struct amount load;
    struct option cost; /* lane_cost_spec */
    struct option hold; /* hold_spec */
    struct span every;
    struct ref calendar;
    struct map failures; /* of outage_spec */
    struct quantity co2;
};

struct mode_spec {
    struct thing thing;
    struct way_spec way;
};

enum lane_choose { LANE_CHEAPEST, LANE_FASTEST };

struct lane_spec {
    struct thing thing;
    struct ref from, to; /* sites, stations, stocks, suppliers, customers; or any */
    struct way_spec way;
    struct map modes; /* of mode_spec */
    struct choice choose;
};

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

/* ---- plans ---- */
enum plan_kind { PLAN_FORECAST, PLAN_SOP, PLAN_MRP, PLAN_SCHEDULE, PLAN_PROMISE, PLAN_KIND_COUNT };
enum { LEVEL_PRODUCTION, LEVEL_OPERATIONS };

struct class_spec { /* classes.CUSTOMER */
    struct thing thing;
    struct ref self;
    double share;
};

struct plan_of_spec { /* of.NAME: an item or a customer */
    struct thing thing;
    struct ref self;
};

struct sees_spec {
    struct span age, per;
    double error;
};

struct schedule_row_spec { /* a row of a schedule's `list` */
    struct moment at;
    struct ref stock;
    struct amount amount;
};

struct plan_set_spec {
    const char *path;
    int32_t least, most; /* of people */
};

struct plan_spec {
    struct thing thing;
    struct choice kind, level, method, strategy, capacity;
    struct span every, takes;
    struct money costs;
    struct option sees; /* sees_spec */
    struct map of;      /* of plan_of_spec */
    struct span horizon, season, window;
    double alpha, beta, gamma;
    struct ref forecast;
    struct span frozen, slushy;
    struct map classes; /* of class_spec */
    struct list sets;   /* of plan_set_spec */
    struct list list;   /* of schedule_row_spec */
};

struct flow_spec { /* `-100 EUR at 0 y` */
    struct money amount;
    struct moment moment;
};

enum { DEPRECIATION_STRAIGHT, DEPRECIATION_DECLINING };
struct depreciation_spec {
    struct span over;
    struct choice method;
};

struct money_spec {
    struct quantity fixed, energy_price, energy_co2, carbon;
    struct option depreciation; /* depreciation_spec */
    double rate;                /* a tick */
    struct money cash;
    double tax;
    struct list flows; /* of flow_spec */
};

/* ---- programmes ---- */
/* Formulas with this scope see results of the run, by their paths. */
extern const struct scope result_scope;

enum { REVIEW_SHIFT = EVERY_YEAR + 1, REVIEW_EVENT }; /* SPAN_WORD(i), behind EVERY_DAY ... */
enum { PROGRAMME_NEVER };                             /* the word of `at` */
enum { PROGRAMME_ONCE, PROGRAMME_AGAIN, PROGRAMME_STACKS };
enum ramp_shape { RAMP_STEP, RAMP_LINEAR, RAMP_EXPONENTIAL, RAMP_LEARNING };

struct programme_name_spec {
    struct ref programme;
};

struct dip_spec {
    struct span lasts;
    const struct node *change;
};

struct ramp_spec {
    struct choice shape;
    struct span over;
};

struct programme_spec {
    struct thing thing;
    struct choice level;
    const char *about;
    struct moment at; /* or PROGRAMME_NEVER */
    struct expr when, until;
    struct span lasts; /* `for` */
    struct span review;
    struct choice again;
    const struct node *change;
    struct money capex;
    struct quantity cost; /* money a time */
    struct span delay, life;
    double residual, success;
    struct option dip, ramp;
    struct list excludes, needs; /* of programme_name_spec */
};

struct world_spec {
    struct map calendars, crews, drivers, sites, lanes, vehicles, items, releases, stations, cards,
        stocks, suppliers, customers, plans, programmes;
    struct money_spec money;
};

extern const struct words plan_kind_words; /* enum plan_kind */
extern const struct rows world_rows;       /* of struct world_spec: INLINE in the scenario's root */

#endif
