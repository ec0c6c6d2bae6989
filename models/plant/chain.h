/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where work and goods come from and go: releases and customers, cards, stocks, suppliers, lanes.
 * See plant.h. */
#ifndef TAKT_MODELS_PLANT_CHAIN_H
#define TAKT_MODELS_PLANT_CHAIN_H

#include "sizes.h"
#include "stations.h"

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
    int32_t calendar;     /* when it is open; negative: always */
    tick first, until;
};

/* A flow: the lots of one item from one source. Lots are measured by flow; items, releases and the
 * system are sums. */
struct flow {
    int32_t source, item, stock;      /* source NOBODY: made for a stock, */
    int32_t origin, route;            /* as this source of it, by this route; or NOBODY */
    int32_t kit_use;                  /* or for the lots of this use; else NOBODY */
    int32_t wips[4], wip_count;       /* levels of work in process that it counts in */
    int32_t first_step;               /* of its item */
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
    int32_t thing;       /* what a formula that names the source gives: see plant/sourcing.c */
    double away;         /* m from there to the customer; NaN: not known */
    int32_t customer;
};

struct substitute { /* an item that a customer takes instead */
    double share;   /* of those who do */
    int32_t offer_first, offer_count;
};

enum card_counts { CARD_LOTS, CARD_PIECES, CARD_WORK };

struct loop { /* of cards */
    const char *name;
    int32_t from, to; /* stations; NOBODY: another kind of place */
    int32_t to_stock; /* or NOBODY */
    enum card_counts counts;
    int64_t size;    /* thousandths of the goods' unit a card */
    int32_t work_at; /* station whose work is counted */
    bool when_taken; /* else it comes back at the end of `to` */
    bool orders;     /* its cards order goods: see REORDER_CARDS */
};

enum source_kind { FROM_NOWHERE, FROM_SUPPLIER, FROM_STOCK, FROM_FACTORY };

struct origin { /* a source of a stock, now or with some programme */
    enum source_kind kind;
    int32_t index; /* supply, stock */
    int32_t thing; /* what a formula that names it gives: see sourcing.c */
    int32_t lane;  /* from there to the stock, or NOBODY */
    double away;   /* m; NaN: not known */
    /* Of the factory: */
    const char *route_name; /* of `factory.ROUTE`, or NULL */
    int32_t flow;           /* of the lots made for it */
    tick work;              /* of a lot, on average */
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
    int32_t made_origin; /* the factory, the first time, among them, or NOBODY */
    uint64_t lead_stream, order_stream, origin_stream, rule_stream;
    int32_t history_first, history_count; /* reviews whose demand a formula looks back to */
    bool echelon; /* the policy also looks at the position of the stocks below */
    int32_t below_count;
    const int32_t *below; /* stocks that are refilled from it, directly or not */
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
    int64_t room; /* thousandths of a unit, kg or l, for all stocks in it; INT64_MAX: no limit */
    enum size_kind size; /* what that counts */
};

struct lane {
    const char *name;
    int32_t from, to; /* spots */
    int32_t way_first, way_count;
    uint64_t choose_stream; /* of an expression that draws */
};

struct way {          /* of going along a lane */
    const char *name; /* of the lane, or LANE.modes.MODE */
    int32_t lane;
    int32_t mode;              /* world_name_hash of its name: what a formula that names it gives */
    int32_t account;           /* of its own beside that of the lane, or NOBODY: what is measured */
    int32_t calendar;          /* of plant->shifts: when trips leave, or NOBODY */
    double co2_mass, co2_load; /* kg for a kg carried; of a trip */
    double distance;           /* m; NaN: not known */
    int64_t load;              /* most of a trip, thousandths of size; INT64_MAX: no limit */
    int64_t until;             /* a trip leaves when so much waits; 0: at once */
    tick wait, every;          /* longest wait for that; time between departures, or 0 */
    enum size_kind size;       /* what it counts */
    bool measured;             /* it says so */
    double order_cost, load_cost;             /* currency: of a cargo, of a trip */
    double unit_cost, mass_cost, volume_cost; /* of a unit, of a kg, of a l */
    double tariff;                            /* share of what it is worth */
    uint64_t time_stream;
    int32_t by; /* fleet, or NOBODY */
    bool timed; /* says how long it takes */
};

struct breakdown { /* of each vehicle of a fleet: see floor/breakdown.c */
    const char *name;
    int32_t fleet, clock;
    int32_t first; /* of the wrecks of the run: one a vehicle */
    struct moments moments;
    struct need_list needs; /* who repair it */
    uint64_t after_stream, lasts_stream;
};

struct fleet { /* of vehicles: see floor/vehicle.h */
    const char *name;
    int32_t first, number;  /* of the vehicles of the run */
    int32_t calendar;       /* of settings.shifts, or NOBODY */
    int32_t home, start;    /* spots; home NOBODY: they stay where they are */
    struct need_list needs; /* who drive one */
    enum vehicle_rule rule;
    double speed;                    /* m a tick; 0: not given */
    double hour_cost, distance_cost; /* currency a tick, a m */
    uint64_t load_stream, unload_stream, empty_stream, charge_stream;
    double range, low;  /* m, of a full battery, and of one that is charged; 0: without battery */
    int32_t charged_at; /* spot, or NOBODY: where it stands */
};

#endif
