/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: what may change during a run. One block, copied by every run. */
#ifndef TAKT_MODELS_PLANT_SETTINGS_H
#define TAKT_MODELS_PLANT_SETTINGS_H

#include "../run/event.h"
#include "../floor/shift.h"
#include "../world/world.h"

enum { NOBODY = -1 };

/* How programmes and plans find their places in it: models/run/change.h. What is added to one of
 * these structs is added to the list there. */
struct step_settings {
    struct law time, load, unload, cascade;
    double scrap, rework_share;
    int32_t rework_times, rework_then;
    int32_t transfer; /* pieces that move on together; INT32_MAX: all */
    int64_t piece_cost_micro;
    struct law setup; /* ABSENT_LAW: the station's */
    int64_t setup_cost_micro;
    double sample;                /* share of the lots that do it */
    int64_t batch_min, batch_max; /* of batches that a lot here begins: lots or pieces */
    tick batch_wait;              /* TICK_NEVER: for ever */
    int32_t choose;               /* enum place_rule; PLACE_RULE_COUNT: by the formula */
    const struct formula *choose_formula;
};

struct stop_settings {
    struct law after, first, lasts;
    int64_t cost_micro;
    int32_t stops, then, priority;
};

struct quality_settings { /* of a step: see floor/quality.c */
    double defects;
    struct law measured;
    double low, high;
    double sample;         /* share of the pieces that is looked at, unless: */
    int32_t sample_pieces; /* so many of a lot */
    int32_t accept;        /* bad pieces of a lot that is good; ABSENT_COUNT: pieces are judged */
    double finds, false_alarms;
};

struct limit_settings {
    struct law time;
};

enum { RULE_KEYS_MOST = 4 };

struct queue_key {
    int32_t name; /* enum job_name, or JOB_NAME_COUNT for a formula */
    const struct formula *formula;
};

struct queue_rule { /* who goes next: smallest keys first; none: first come, first served */
    int32_t key_count;
    bool dynamic; /* keys depend on the moment or the machine: looked for when one is taken */
    struct queue_key keys[RULE_KEYS_MOST];
};

struct station_settings {
    struct law setup;
    int64_t setup_cost_micro;
    double work_cost_per_tick; /* currency per tick and machine */
    int32_t room;              /* INT32_MAX: unlimited */
    int32_t at_shift_end;
    int32_t min_run;  /* lots before the next setup */
    int32_t machines; /* that are there; unlimited: 0 */
    struct queue_rule rule;
    const struct formula *overtime_when; /* NULL: on every work day */
    double overtime_pay; /* to the wage of who comes for it; negative: as their crew says */
};

struct machine_settings {
    double speed;
};

struct setup_settings { /* a cell of a matrix of setups */
    struct law time;
};

struct source_settings {
    struct law every, size, due;
    const struct formula *rate; /* per tick; NULL: `every` */
    int32_t priority, lot, if_full;
    double weight; /* of its lots in queue rules */
};

struct customer_settings {
    double late_cost_per_tick,
        owed_cost_per_tick;  /* currency per unit and tick; NaN: the stock's */
    double lost_cost, price; /* currency per unit; NaN: the item's */
    tick pays;               /* after a delivery */
    int32_t if_short;
    int32_t choose; /* enum buys_rule; BUYS_RULE_COUNT: by the formula */
    const struct formula *choose_formula;
    struct law patience;
    double leaves_below, returns_above, churn_per_tick; /* churn 0: nobody leaves */
    double returned; /* share of what is delivered that comes back */
    struct law returned_after;
};

struct offer_settings {
    int64_t reserve; /* of the stock, kept back from this customer */
};

struct stock_settings {
    struct law lead_time, order_delay;
    int32_t policy; /* enum reorder_policy, or NOBODY */
    int32_t if_short, serve, issue;
    tick every, first; /* reviews; 0: at every change */
    tick calendar;     /* a span of the calendar that begins with one; 0: by `every` */
    int64_t level, min, max, point, quantity; /* thousandths of the item's unit */
    int64_t steady; /* of its first source; less than 0: its share of demand */
    double holding_per_tick, holding_under_way_per_tick,
        owed_cost_per_tick; /* currency per unit and tick */
    /* Amounts of the policy that are computed at every look; NULL: those of the settings. */
    struct stock_formulas {
        const struct formula *level, *min, *max, *point, *quantity;
    } formulas;
    const struct formula *order; /* of the policy `rule` */
    const struct formula *choose_formula;
    int32_t choose; /* enum choose_rule; CHOOSE_RULE_COUNT: by the formula */
    double service; /* of the policies `forecast` and `newsvendor` */
    /* Of the policy `ddmrp`, see chain/buffer.c: parts of usage, of the red base, of the red zone.
     */
    double lead_time_factor, variability_factor, spike_threshold;
    tick cycle, spike_horizon; /* the latter ABSENT_TICKS: a lead time */
    int64_t min_order;
    int64_t room; /* INT64_MAX: unlimited */
};

struct origin_settings {
    double upto;    /* shares of the sources of a stock, cumulative to 1 */
    int32_t listed; /* its place among the sources now, from 1; 0: it is none */
    int64_t level;  /* with dual-index: thousandths of the item's unit */
    const struct formula *level_formula; /* instead, or NULL */
};

struct supplier_settings {
    struct law lead_time, processing, yield;
    double price;    /* currency per unit, without breaks */
    double capacity; /* thousandths of the item's unit a tick; 0: unlimited */
    double defects;
    int64_t order_cost_micro, min_order, multiple;
    tick pays; /* after receipt; TICK_NEVER: with the order */
};

struct crew_settings {
    double wage_per_tick, overtime_pay;  /* currency per person and tick; relative to it */
    const struct formula *overtime_when; /* NULL: on every work day */
    int32_t people;
    struct law walk;
    struct law absence_after, absence_first, absence_lasts;
    int64_t hire_cost_micro;
    tick hire_delay, hire_notice;
};

struct outage_settings {
    struct law after, first, lasts;
};

struct lane_settings {
    int32_t choose; /* enum mode_rule; MODE_RULE_COUNT: by the formula */
    const struct formula *choose_formula;
};

struct loop_settings { /* how many cards there are, or how much work: one of the two is 0 */
    int32_t cards;
    tick work;
};

static inline int64_t loop_limit(const struct loop_settings *loop) {
    return loop->cards + loop->work;
}

struct way_settings {
    struct law time;
};

struct fleet_settings {
    struct law load, unload, charge;
};

struct breakdown_settings {
    struct law after, first, lasts;
};

struct item_settings {
    double cost, price; /* currency per unit */
    tick shelf_life;    /* TICK_NEVER: it keeps */
    int32_t lot;        /* pieces */
    int32_t choose;     /* enum route_rule; ROUTE_RULE_COUNT: by the formula */
    const struct formula *choose_formula;
};

struct money_settings {
    double fixed_per_tick;       /* overhead */
    double energy_price, carbon; /* of a kWh, of a kg */
};

struct parameter_settings { /* that formulas name by path */
    double value;
};

struct shift_settings {
    struct shift shift;
};

/* X(array, its count in the plant, struct) */
#define SETTINGS(X)                                                                                \
    X(steps, step_count, step_settings)                                                            \
    X(limits, limit_count, limit_settings)                                                         \
    X(qualities, quality_count, quality_settings)                                                  \
    X(stops, stop_count, stop_settings)                                                            \
    X(setups, setup_count, setup_settings)                                                         \
    X(stations, station_count, station_settings)                                                   \
    X(machines, machine_count, machine_settings)                                                   \
    X(sources, source_count, source_settings)                                                      \
    X(customers, customer_count, customer_settings)                                                \
    X(offers, offer_count, offer_settings)                                                         \
    X(stocks, stock_count, stock_settings)                                                         \
    X(origins, origin_count, origin_settings)                                                      \
    X(supplies, supply_count, supplier_settings)                                                   \
    X(loops, loop_count, loop_settings)                                                            \
    X(lanes, lane_count, lane_settings)                                                            \
    X(ways, way_count, way_settings)                                                               \
    X(fleets, fleet_count, fleet_settings)                                                         \
    X(breakdowns, breakdown_count, breakdown_settings)                                             \
    X(outages, outage_count, outage_settings)                                                      \
    X(items, item_count, item_settings)                                                            \
    X(crews, crew_count, crew_settings)                                                            \
    X(money, money_count, money_settings)                                                          \
    X(parameters, parameter_count, parameter_settings)                                             \
    X(shifts, shift_room, shift_settings)

/* The settings of a plant or run: arrays that lie in one block. */
struct settings {
    size_t size; /* bytes of the block */
    void *block;
#define X(array, count, type) struct type *array;
    SETTINGS(X)
#undef X
};

#endif
