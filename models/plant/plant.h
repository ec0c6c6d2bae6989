/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plant: a world made ready to run. Immutable, indices instead of names, shared by all threads.
 *
 * It holds structure (routes, indices, sizes, streams of chance) and the *first* settings. What may
 * change during a run (times, counts, levels, shares) lies in the settings block; a run starts with
 * a copy of it and reads settings only there. */
#ifndef TAKT_MODELS_PLANT_PLANT_H
#define TAKT_MODELS_PLANT_PLANT_H

#include "../chain/books.h"
#include "../chain/driver.h"
#include "../chain/programme.h"
#include "../run/event.h"
#include "../measure/layout.h"
#include "../floor/shift.h"
#include "../plan/plan.h"
#include "../world/world.h"

enum { NOBODY = -1 };

/* ---- settings: one block, copied by every run ---- */
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

struct station_settings {
    struct law setup;
    int64_t setup_cost_micro;
    double work_cost_per_tick; /* currency per tick and machine */
    int32_t room;              /* INT32_MAX: unlimited */
    int32_t at_shift_end;
    int32_t min_run;                     /* lots before the next setup */
    int32_t machines;                    /* that are there; unlimited: 0 */
    const struct formula *overtime_when; /* NULL: on every work day */
    double overtime_pay;                 /* relative to the wage of who comes for it */
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
    double late_cost_per_tick, owed_cost_per_tick; /* currency per unit and tick */
    double lost_cost, price;                       /* currency per unit; NaN: the item's */
    tick pays;                                     /* after a delivery */
    int32_t if_short, choose;
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
    int64_t min_order;
    int32_t if_short, serve, issue;
    int64_t room; /* INT64_MAX: unlimited */
};

struct origin_settings {
    int64_t level;                       /* with dual-index: thousandths of the item's unit */
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

/* ---- structure ---- */
struct use {
    int32_t item, stock;
    int64_t amount;             /* thousandths for one piece */
    int32_t or_first, or_count; /* what may be taken instead: of plant->uses */
};

struct make { /* what comes out beside the item */
    int32_t stock;
    int64_t amount;
};

struct kit_use { /* an item that is made for each lot that uses it: see floor/kit.h */
    int32_t item, flow;
    int64_t amount; /* thousandths for one piece */
    int32_t user;   /* the item that uses it */
    uint64_t luck;
};

struct branch {
    double share;
    int32_t step;
}; /* shares cumulate to 1; step NOBODY: out */

enum step_flag {
    STEP_PHASES = 1, /* has load or unload */
    STEP_SCRAP = 2,
    STEP_REWORK = 4,
    STEP_BRANCH = 8,
    STEP_USES = 16,
    STEP_COST = 32,
    STEP_AHEAD = 64,      /* its work depends on the part alone: drawn when the part comes */
    STEP_COMMON = 128,    /* nothing here needs a second look at its end: see alone.c */
    STEP_ON_COMMON = 256, /* nor does the start of the next written step */
    STEP_EXTRA = 512,     /* of an item whose lots know more than others: see extra.h */
    STEP_LIMITED = 1024,  /* its start ends a limit */
    STEP_RESERVES = 4096, /* its start begins or ends a reservation: see preempt.c */
    STEP_LED_TO = 2048,   /* a lane leads to its station from another of its route */
    STEP_TRANSFER = 8192, /* pieces move on before the rest of their lot */
    STEP_QUALITY = 16384, /* makes pieces bad, or looks for them */
    STEP_SAMPLED = 32768, /* some lots pass it */
    STEP_BINDS = 65536,   /* its machine has to do another step too: see choice.c */
    STEP_MAKES = 262144,  /* something comes out beside the item */
    STEP_KIT = 131072     /* lots may have to wait here for parts that are made for them */
};

/* A step with several stations is in the plant once as written, for lots that have not chosen yet,
 * and once more for each of its stations, for those that have: these are its *places*. */
struct step {
    int32_t item, station; /* as written, with several stations: the first */
    int32_t next;          /* the next written, or NOBODY: leaves */
    uint32_t flags;
    int32_t next_station; /* of the next written, or NOBODY */
    uint64_t time_stream; /* hash of its name */
    uint64_t cascade_stream, load_stream, unload_stream, setup_stream, scrap_stream, rework_stream,
        next_stream;
    int32_t rework_to;
    int32_t branch_first, branch_count;
    int32_t use_first, use_count; /* out of stocks: of plant->uses */
    int32_t kit_first, kit_count; /* made for the lot: of plant->kit_uses */
    int32_t make_first, make_count;
    int32_t take_first,
        take_count; /* loops whose card a lot needs to come here: of plant->loop_lists */
    int32_t give_first, give_count; /* loops whose way ends here */
    int32_t position, steps_in_route;
    int32_t batch_kind; /* steps of one kind may be worked together: see plant/batches.c */
    int32_t setup; /* what its station has to be set up for: see struct station; NOBODY: anything */
    int32_t quality;     /* of plant->qualities, with STEP_QUALITY */
    uint64_t bad_stream; /* which pieces of a lot are bad */
    uint64_t sample_stream;
    int32_t binds, bound; /* bonds of its item that it makes and that hold for it, or NOBODY */
    const char *name;
    const struct step_spec *spec; /* of the step as written */
    int32_t written;              /* the step that it is a place of, or itself */
    int32_t route;                /* of its item's, from 0 */
    int32_t place_first, place_count;
    double place_upto; /* of a place: shares, cumulative to 1 */
    int32_t pool;      /* of plant->pools; NOBODY: it has one station */
    uint64_t choose_stream;
    char even[16]; /* makes it 256 bytes: steps are found by their number at every event */
};

struct quality { /* of a step that makes pieces bad, or looks for them */
    bool makes_bad, measures, inspects, reworks;
    uint64_t defects_stream, measure_stream, inspect_stream;
};

/* What becomes of a lot that has not started in time. */
enum { LATE_REPORT, LATE_SCRAP, LATE_OUT, LATE_GOES };

struct pool { /* stations among which lots of some steps choose: of plant->pool_stations */
    int32_t first, count;
};

struct route { /* one of several of an item */
    const char *name;
    int32_t first_step; /* as written */
    double upto;        /* shares, cumulative to 1 */
};

struct limit {          /* how long lots may wait for a step */
    int32_t step, from; /* since the end of this step; NOBODY: since the release */
    int32_t otherwise, to;
    uint64_t stream;
};

struct item {
    const char *name, *unit;
    /* The steps of its routes as written, one route behind the other, then all places of these.
     * first_step NOBODY: bought. */
    int32_t first_step, step_count;
    int32_t lot, use_first, use_count, kit_first, kit_count;
    bool kits; /* it or a step of it uses parts that are made for its lots */
    struct dimension dimension;
    double unit_scale; /* base units (kg, m, m3) in one unit of the item */
    int32_t stock;     /* the one that holds it, or NOBODY */
    int32_t limit_first, limit_count;
    int32_t route_first, route_count; /* of plant->routes; 0: it has one, without a name */
    int32_t pool;                     /* of the stations at which its routes begin */
    uint64_t choose_stream;
    double weight;         /* kg of a unit */
    int64_t cost_micro;    /* what a unit counts in the books: see costs.c */
    int32_t book;          /* enum book: where its stock is counted */
    bool extra;            /* see extra.h */
    bool shuffled;         /* its steps are done in an order of each job: see order.c */
    bool chooses;          /* where its lots go next is more than what is written: see choice.c */
    uint64_t order_stream; /* of that order */
};

/* ---- people ---- */
/* What people do at a machine, one after the other: each phase needs its own. */
enum work_phase { PHASE_NONE, PHASE_SETUP, PHASE_LOAD, PHASE_RUN, PHASE_UNLOAD, PHASE_COUNT };

struct need_option { /* a crew that can do it, and how fast: 1 is by the book */
    int32_t crew;
    double speed;
};

struct need { /* so many people of the options, fastest crew first */
    int32_t people, option_first, option_count;
};

struct need_list { /* all of them at once; count 0: nobody */
    int32_t first, count;
};

struct moments {    /* at which something stops, instead of by a clock */
    const tick *at; /* of the run, ascending; NULL: by a clock */
    int32_t count;
};

/* The one after so many. */
static inline tick moment_next(const struct moments *moments, int64_t number) {
    return number < moments->count ? moments->at[number] : TICK_NEVER;
}

struct crew_plan {
    const char *name;
    int32_t person_first, person_count; /* places for people: as many as there will be at most */
    int32_t shift, paid_shift;          /* with and without overtime; NOBODY: always there */
    bool changes;                       /* some programme changes how many there are */
    int32_t absent_first; /* of its people among all that are away at times, or NOBODY */
    int32_t absence_clock, absence_stops;
    struct moments absent_at;
    uint64_t absence_after_stream, absence_lasts_stream, walk_stream;
};

/* A crew that may work at a station, and how many people its overtime brings if they have gone: for
 * each machine what its most demanding work needs, and what one repair needs. Needs take the
 * fastest crew first. */
struct staffing {
    int32_t station, crew;
    int32_t each_machine, one_repair;
};

struct stop { /* a failure mode or a maintenance plan of a station: failures come first */
    const char *name;
    int32_t station, clock;
    int32_t bit; /* of the machine's stops */
    bool planned;
    int32_t object;      /* among the failures or the maintenance plans of the plant */
    bool joins;          /* begins with another that comes first */
    uint64_t renews;     /* others of the station whose clocks start anew with it: bits by place */
    const tick *moments; /* ascending, instead of a clock */
    int32_t moment_count;
    struct need_list needs;
    uint64_t after_stream, lasts_stream;
    int32_t machine; /* whose own it is; NOBODY: of all that have none of this name */
};

struct machine_plan { /* of a machine with a name */
    const char *name;
    int32_t station, calendar; /* calendar: of settings.shifts, or NOBODY */
    const bool *works;         /* by item; NULL: all that come */
    int32_t own;               /* place of what is measured of it: see struct own_state */
};

enum { RULE_KEYS_MOST = 4 };

struct queue_rule { /* one key */
    int32_t name;   /* enum job_name, or JOB_NAME_COUNT for a formula */
    const struct formula *formula;
};

struct station {
    const char *name;
    int32_t machine_first, machine_count; /* count of places planned; unlimited: grows by need */
    bool unlimited;
    int32_t stop_first, stop_count;
    int32_t calendar; /* index of settings.shifts, or NOBODY */
    int32_t regular;  /* the same without overtime; NOBODY: it has no overtime */
    int32_t staffing_first, staffing_count;
    bool fifo;    /* the commonest rule: no keys */
    bool dynamic; /* keys depend on the moment or the machine: looked for when one is taken */
    int32_t key_count;
    struct queue_rule keys[RULE_KEYS_MOST];
    bool machines_change;                    /* some programme changes how many there are */
    uint64_t random_stream;                  /* for the rule `random` */
    const struct formula *preempt, *reserve; /* NULL: never */
    bool has_setup, setup_each_lot;
    int32_t setup_when, setup_every;
    int32_t setup_count; /* things that it may be set up for: items, families, steps, tools */
    const char **setup_names;
    const int32_t
        *setup_cells;       /* a matrix: from (row 0: nothing yet), to; NULL: one time for all */
    int32_t setup_at_start; /* or NOBODY */
    bool setup_cycles;      /* turns to the next when nothing waits */
    bool setup_plain;       /* one law for every change of item or lot */
    uint64_t turn_stream;
    bool has_batch, batch_pieces;
    int32_t batch_slot;
    int32_t batch_of, batch_rule;
    int32_t interrupted; /* enum THEN_ */
    int32_t blocking;    /* enum BLOCKING_ */
    int32_t feeder;      /* release with `when: always` that keeps it fed, or NOBODY */
    bool pipes;          /* lots are in its machines one behind the other: see pipe.c */
    bool belt, accumulates;
    tick belt_time, belt_gap;   /* of a conveyor: from end to end, and between two lots */
    int32_t places, pipe_first; /* lots on one; the first of its machines among all such */
    bool named;                 /* its machines have names, and may differ: see own.c */
    bool calendars;             /* it or some machine of it has a calendar */
    bool choosy;                /* some machine of it does not work all that comes */
    bool busy_stops;            /* has stops that count work or wait for a piece of it */
    bool joins, renews;         /* has stops that do */
    bool has_needs;             /* people must be there for some phase: see phase.c */
    bool prepares;              /* work does not simply begin: see machine_prepares */
    bool ordinary;         /* lots come and go, machines work whenever there is one; no cards */
    bool pooled;           /* some lots choose between it and others */
    const double *power;   /* kWh a tick and machine, by state (run.h); NULL: draws none */
    int32_t failure_first; /* failures of machine m, mode k: first + m * stop_count + k */
};

/* A source of lots or orders: releases first, then customers. */
struct source {
    const char *name;
    const struct source_spec *spec;
    bool is_customer, always, each;
    bool one_lot;  /* each order is one lot of the usual size */
    int32_t feeds; /* always: the station that it keeps fed, or NOBODY when cards do */
    int32_t index; /* in releases or customers */
    uint64_t luck; /* hash of its name: luck of lot n is luck + n */
    uint64_t every_stream, item_stream, size_stream, due_stream, patience_stream, choose_stream,
        instead_stream, returns_stream, churn_stream, after_stream;
    int32_t share_first, share_count; /* items: of plant->shares */
    int32_t to;                       /* stock where finished lots go, or NOBODY */
    int32_t from; /* customers: stock, or NOBODY: made to order; of several, the first */
    bool several; /* buys from more than one place: see offers */
    const struct formula *judged_by; /* or NULL */
    tick remembers;
    int32_t substitute_first, substitute_count; /* of plant->substitutes, as they are tried */
    int32_t flow_first;                         /* flows of this source: one an item share */
    double rate_max;   /* the highest that its rate will be, for thinning; */
    bool rate_sure;    /* proved, else looked for: see chain/bound.h */
    bool rate_changes; /* a programme changes it */
    const struct list_entry_spec *list;
    int32_t list_count;
    const int32_t *list_order; /* entries by time, those that stand on the floor at first before */
    const int32_t *list_steps; /* releases, by entry: the step where it stands, or NOBODY */
    int32_t standing_count;    /* entries that stand on the floor when the run begins */
    tick *moments;
    int32_t moment_count; /* of `at`, ascending, from the beginning of the run */
    tick first, until;
};

/* A flow: the lots of one item from one source. Lots are measured by flow; items, releases and the
 * system are sums. */
struct flow {
    int32_t source, item, stock;      /* source NOBODY: made for a stock, */
    int32_t kit_use;                  /* or for the lots of this use; else NOBODY */
    int32_t wips[4], wip_count;       /* levels of work in process that it counts in */
    int32_t first_step, lot;          /* of its item */
    int32_t offer_first, offer_count; /* a customer's: where its item is to be had */
    bool ordered; /* lots of it go to a stock, or to the lot that they are made for; or are worth
                     something, so that somebody has to see them go */
    bool enters_freely; /* needs neither parts nor a card to be released, nor begins a limit */
    bool extra;         /* its item's: see extra.h */
};

struct share {
    double upto;
    int32_t index;
}; /* cumulative to 1 */

/* Where a customer may have an item from. */
struct offer {
    double upto;         /* shares of the offers of a flow, cumulative to 1 */
    int32_t item, stock; /* stock NOBODY: made to order */
    double away;         /* m from there to the customer; NaN: not known */
};

struct substitute { /* an item that a customer takes instead */
    double share;   /* of those who do */
    int32_t offer_first, offer_count;
};

enum card_counts { CARD_LOTS, CARD_PIECES, CARD_WORK };

struct loop { /* of cards */
    const char *name;
    int64_t count;    /* cards; ticks of work */
    int32_t from, to; /* stations; NOBODY: another kind of place */
    int32_t to_stock; /* or NOBODY */
    enum card_counts counts;
    int64_t size;    /* thousandths of the goods' unit a card */
    int32_t work_at; /* station whose work is counted */
    bool when_taken; /* else it comes back at the end of `to` */
    bool orders;     /* its cards order goods: see REORDER_CARDS */
};

enum source_kind { FROM_NOWHERE, FROM_SUPPLIER, FROM_STOCK, FROM_FACTORY };

struct origin { /* a source of a stock */
    double upto;
    enum source_kind kind;
    int32_t index; /* supply, stock */
    int32_t thing; /* what a formula that names it gives: see sourcing.c */
    int32_t lane;  /* from there to the stock, or NOBODY */
    double away;   /* m; NaN: not known */
};

/* On its way at the start: goods to a stock, or its order to its source. */
struct pipeline {
    int64_t amount;
    tick at;
    bool is_order;
};

struct stock {
    const char *name;
    int32_t item;
    int32_t origin_first, origin_count;
    int32_t made_origin; /* the factory among them, or NOBODY */
    tick made_expected;  /* work of a lot, on average */
    uint64_t lead_stream, order_stream, origin_stream, rule_stream;
    int32_t policy;                       /* enum reorder_policy, or NOBODY */
    int32_t history_first, history_count; /* reviews whose demand a formula looks back to */
    tick cycle, spike_horizon;            /* of the policy `ddmrp`; TICK_NEVER: a lead time */
    bool echelon; /* the policy also looks at the position of the stocks below */
    int32_t below_count;
    const int32_t *below; /* stocks that are refilled from it, directly or not */
    tick every, first;    /* 0: at every change */
    struct span calendar; /* reviews at its beginnings; 0: by `every` */
    int32_t rank; /* place in the chain: 0 serves customers only; larger is nearer the source */
    int64_t start;
    int32_t pipeline_first, pipeline_count;
    int32_t loop_first, loop_count; /* loops whose cards lie on its goods: of plant->loop_lists */
    bool keeps;                     /* what is promised: see models/plan/kept.c */
    int32_t keeper;                 /* the plan that promises from it, or NOBODY */
    bool perishable;                /* its goods expire: see shelf.c */
    bool made;                      /* some of it comes from the factory */
    bool replaces;                  /* is used instead of others */
    bool shares_room;               /* with others of its site */
    int32_t flow;                   /* of lots made for it, or NOBODY */
    uint64_t luck;                  /* of lots made for it */
};

struct price_break {
    int64_t from; /* thousandths of the item's unit */
    double price;
};

struct supply { /* what one supplier delivers of one item */
    int32_t supplier, item;
    uint64_t lead_stream, processing_stream, yield_stream;
    const struct price_break *breaks;
    int32_t break_count, breaks_on;
};

struct outage { /* of a supplier, or of a way of a lane: the other is NOBODY */
    const char *name, *path;
    int32_t supplier, way, clock;
    uint32_t stops; /* bits of enum outage_part */
    struct moments moments;
    uint64_t after_stream, lasts_stream;
};

struct supplier {
    const char *name;
    bool crossing, partial;
    bool plain; /* goods leave when they are ordered, all of them: see supplier.c */
    int32_t supply_first, supply_count;
    int32_t calendar; /* of settings.shifts, or NOBODY */
};

/* ---- places and lanes: see chain/lane.h ---- */
struct spot {     /* a site, or what a lane names; the first is every place */
    int32_t in;   /* the one that it lies in */
    double x, y;  /* on the map, m; NaN: not there */
    int64_t room; /* thousandths of a unit, for all stocks in it; INT64_MAX: no limit */
};

struct lane {
    const char *name;
    int32_t from, to; /* spots */
    int32_t way_first, way_count;
    enum lane_choose choose;
};

struct way {          /* of going along a lane */
    const char *name; /* of the lane, or LANE.modes.MODE */
    int32_t lane;
    int32_t account;           /* of its own beside that of the lane, or NOBODY: what is measured */
    int32_t calendar;          /* of plant->shifts: when trips leave, or NOBODY */
    double co2_mass, co2_load; /* kg for a kg carried; of a trip */
    double distance;           /* m; NaN: not known */
    int64_t load;           /* most of a trip, thousandths of a piece or kg; INT64_MAX: no limit */
    int64_t until;          /* a trip leaves when so much waits; 0: at once */
    tick wait, every;       /* longest wait for that; time between departures, or 0 */
    bool weighed, measured; /* counts kg; says so, or pieces */
    double order_cost, load_cost; /* currency: of a cargo, of a trip */
    double unit_cost, mass_cost;  /* of a unit, of a kg */
    double value_cost;            /* share of the item's cost */
    uint64_t time_stream;
    int32_t by; /* fleet, or NOBODY */
    bool timed; /* says how long it takes */
};

struct breakdown { /* of each vehicle of a fleet: see floor/breakdown.c */
    const char *name;
    int32_t fleet, clock;
    int32_t first; /* of the wrecks of the run: one a vehicle */
    struct moments moments;
    uint64_t after_stream, lasts_stream;
};

struct fleet { /* of vehicles: see floor/vehicle.h */
    const char *name;
    int32_t first, number; /* of the vehicles of the run */
    int32_t calendar;      /* of settings.shifts, or NOBODY */
    int32_t home, start;   /* spots; home NOBODY: they stay where they are */
    enum vehicle_rule rule;
    double speed;                    /* m a tick; 0: not given */
    double hour_cost, distance_cost; /* currency a tick, a m */
    uint64_t load_stream, unload_stream, empty_stream, charge_stream;
    double range, low;  /* m, of a full battery, and of one that is charged; 0: without battery */
    int32_t charged_at; /* spot, or NOBODY: where it stands */
};

/* Whose event a slot of the calendar is. */
struct slot {
    int32_t kind, subject;
};

/* What series and sequences look at. */
enum watch {
    WATCH_WIP,
    WATCH_ITEM_WIP,
    WATCH_QUEUE,
    WATCH_ON_HAND,
    WATCH_OWED,
    WATCH_ON_ORDER,
    WATCH_NET,
    WATCH_CUSTOMER_OWED,
    WATCH_SATISFACTION,
    WATCH_ORDERED_NOW
};
struct watched {
    enum watch what;
    int32_t index;
};

struct known_mean {
    int32_t source, station; /* one of the two, the other NOBODY */
    double mean;             /* ticks between orders, or of work */
};

struct plant {
    struct arena arena;
    const struct world_spec *world;
    tick warm_up, length; /* length TICK_NEVER: until empty without a limit */
    bool until_empty;
    bool antithetic;               /* see antithetic.c */
    uint8_t class_of[CLASS_COUNT]; /* order-of-events: the class at which an event is planned */
    bool orders_from_source;       /* and of the stocks the one nearest the source orders first */

    int32_t item_count, step_count, station_count, machine_count, stop_count, failure_count;
    int32_t source_count, release_count, customer_count, flow_count, share_count, loop_count;
    int32_t history_count;
    int32_t stock_count, origin_count, pipeline_count, supplier_count, supply_count, use_count,
        branch_count;
    int32_t mode_count, plan_count; /* stops that are failures, and maintenance plans */
    int32_t shift_count, driver_count, setup_count, outage_count, limit_count, crew_count,
        person_count, need_count, need_option_count, own_count, spot_count, site_count, lane_count,
        way_count, lane_account_count, fleet_count, vehicle_count, offer_count, substitute_count;
    int32_t staffing_count, absent_count;
    int32_t need_most; /* options of the list with the most */
    int32_t bond_most; /* bonds of the item with the most: see floor/choice.c */
    struct item *items;
    struct step *steps;
    struct limit *limits;
    int32_t quality_count;
    struct quality *qualities;
    int32_t pool_count, route_count;
    struct pool *pools;
    int32_t *pool_stations;
    struct route *routes;
    struct station *stations;
    struct machine_plan *machines; /* by machine; NULL: none has a name */
    struct stop *stops;
    struct source *sources;
    struct flow *flows;
    int32_t wip_count, *item_wips, *source_wips; /* one level for each set of flows: */
    int32_t all_wip, system_wip;                 /* all; those that are not made for other lots */
    struct share *shares;
    struct offer *offers;
    struct substitute *substitutes;
    struct loop *loops;
    int32_t *loop_lists; /* loops of steps and stocks */
    struct stock *stocks;
    struct origin *origins;
    struct pipeline *pipelines;
    struct supplier *suppliers;
    struct supply *supplies;
    struct outage *outages;
    struct spot *spots;
    struct lane *lanes;
    struct way *ways;
    struct fleet *fleets;
    struct breakdown *breakdowns;
    int32_t breakdown_count, wreck_count, breakdown_slot;
    int32_t *station_spots, *stock_spots, *supplier_spots, *customer_spots;
    const char **lane_accounts; /* names: lanes, then LANE.modes.MODE */
    int32_t *lane_between;      /* spots: from, to; or NOBODY */
    struct plans plans;
    struct use *uses;
    bool use_choices; /* may anything be used instead of another? */
    struct make *makes;
    int32_t make_count, kit_use_count;
    struct kit_use *kit_uses;
    struct branch *branches;
    int32_t money_count, parameter_count, shift_room;
    struct driver *drivers;
    struct crew_plan *crews;
    struct need *needs;
    struct need_option *need_options;
    struct need_list *step_needs; /* by step and phase; NULL without crews */
    struct staffing *staffings;   /* by station, then by crew */

    /* slots of the calendar, by kind: first slot of each; machines from 0 */
    int32_t pipe_count, entry_slot, exit_slot;
    int32_t slot_count, failure_slot, shift_slot, source_slot, review_slot, serve_slot, expire_slot,
        outage_slot, absence_slot, hire_slot, way_slot, vehicle_slot, programme_slot, money_slot;
    struct slot *slots;

    struct settings settings;
    struct layout layout;
    int64_t start_second; /* of the calendar, at which measuring begins; 0 when none is given */
    tick day_start;       /* time of day and week at which the run begins, from a Monday 00:00 */
    int32_t *failure_stations;
    struct watched *watched; /* of series, then of sequences */
    int32_t control_count;
    struct known_mean *controls;
    int32_t programme_count, result_count, variant_count;
    struct plant **variants;      /* whose laws and calendars changes point to */
    struct result *results;       /* that formulas look at */
    struct programme *programmes; /* see programme.h */
    bool keeps_months;            /* see money.c */
    bool valued;                  /* some goods are worth something: see books.h */
    bool extra;                   /* do lots of any item know more than others? */
    bool stands_in_work;          /* are lots on machines when the run begins? */
    bool chance;                  /* does anything depend on chance? */
    bool reserves;                /* does any station keep machines for lots on their way? */
    bool activity;                /* are active periods asked for? see measure/active.h */
    bool echelons;                /* does any policy look at those below? */
    bool perishable;              /* has any stock goods that expire? */

    int32_t stream_count, stream_room; /* names and hashes of all streams */
    const char **stream_names;
    uint64_t *stream_hashes;
};

/* A result that a formula names: as it is, or its mean over the last WINDOW. */
struct result_name {
    const char *path;
    tick window;
    double scale; /* from its unit to base units */
    struct place place;
    bool often; /* looked at after every event: only levels can be */
};

/* How a change was written: as a value, or as what the value is multiplied by or grows by. */
enum change_kind { CHANGE_SETS, CHANGE_TIMES, CHANGE_PLUS };

/* The world with one change of a programme made: what differs is what the change does. */
struct programme_variant {
    int32_t programme;
    bool dip; /* one of its dip */
    const char *path;
    struct place place;
    int32_t kind; /* enum change_kind */
    const struct world_spec *world;
    const struct parameter_value *parameters; /* as many as the question has */
};

struct question { /* what of the question shapes a plant */
    tick warm_up, length;
    bool antithetic;
    bool activity; /* results of active periods are wanted: see measure/active.h */
    bool until_empty;
    const tick *horizons;
    int32_t horizon_count;
    const char *const *order_of_events;
    int32_t order_of_events_count;
    struct place order_place;
    bool start_given;
    int64_t start_second;
    const char *const *series;
    int32_t series_count;
    const struct parameter_value *parameters; /* that formulas name */
    int32_t parameter_count;
    const int32_t *machines_planned; /* by station: places; NULL: those there are at first */
    const bool *machines_change;
    const int32_t *people_planned;            /* the same of crews */
    const struct programme_variant *variants; /* by programme, in the order written */
    int32_t variant_count;
    const struct result_name *results; /* that triggers look at */
    int32_t result_count;
    struct place series_place, sequences_place;
    tick series_every;
    const struct sequence_column *sequences;
    int32_t sequence_count;
};

/* Builds the plant of a world. Adds faults for what does not fit together; the plant is made all
 * the same and must be deleted, but may only run when no error was added. O(size of the world). */
/* The thing of this variable of a formula that names sources: of `origin.thing`. */
double sourcing_value(int32_t what, int32_t index);
/* The source of a stock that is called like this rule (enum choose_rule), or NOBODY. In an
 * expression it is meant, and not the rule. */
int32_t sourcing_called(const struct plant *, const struct stock *, int32_t rule);
/* Where the route of a step begins, and where it ends: one behind its last step. */
static inline int32_t plant_route_first(const struct plant *plant, int32_t step) {
    return plant->steps[step].written - plant->steps[step].position;
}
static inline int32_t plant_route_end(const struct plant *plant, int32_t step) {
    return plant_route_first(plant, step) + plant->steps[step].steps_in_route;
}
/* Does this stop hold for this machine of its station? */
bool plant_stop_holds(const struct plant *, int32_t stop, int32_t machine);

void settings_copy(struct settings *to,
                   const struct settings *from); /* TO is zero, or a copy of the same plant's */

/* How far it is between two spots, m: 0 when one lies in the other, NaN when it is not known. */
bool plant_contains(const struct plant *, int32_t spot, int32_t what); /* lies it in there? */
double plant_distance(const struct plant *, int32_t from, int32_t to);
/* The way that goods go, in m; NaN: not known, or one of the two has no place. */
double plant_away(const struct plant *, int32_t from, int32_t to);
/* The first way of a lane between exactly these spots, or in the other direction, or NOBODY. */
int32_t plant_way_between(const struct plant *, int32_t from, int32_t to);
/* The lane from one spot to another, or NOBODY. */
int32_t plant_lane(const struct plant *, int32_t from, int32_t to);
int32_t plant_leads(const struct plant *, int32_t from, int32_t to); /* the same of stations */

struct plant *plant_build(const struct world_spec *, const struct question *, struct faults *);
void plant_delete(struct plant *);

#endif
