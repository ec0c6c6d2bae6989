/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plant: a world made ready to run. Immutable, indices instead of names, shared by all threads.
 *
 * It holds structure (routes, indices, sizes, streams of chance) and the *first* settings. What may
 * change during a run (times, counts, levels, shares) lies in the settings block; a run starts with
 * a copy of it and reads settings only there. */
#ifndef TAKT_MODELS_PLANT_PLANT_H
#define TAKT_MODELS_PLANT_PLANT_H

#include "chain.h"
#include "question.h"
#include "routes.h"
#include "settings.h"
#include "stations.h"
#include "../chain/books.h"
#include "../chain/driver.h"
#include "../chain/programme.h"
#include "../measure/layout.h"
#include "../plan/plan.h"

/* Whose event a slot of the calendar is. */
struct slot {
    int32_t kind, subject;
};

/* What series and sequences look at. */
enum watch {
    WATCH_WIP,
    WATCH_ITEM_WIP,
    WATCH_QUEUE,
    WATCH_QUEUE_WORK,
    WATCH_ON_HAND,
    WATCH_OWED,
    WATCH_ON_ORDER,
    WATCH_NET,
    WATCH_CUSTOMER_OWED,
    WATCH_DEMAND, /* of the last period */
    WATCH_SATISFACTION,
    WATCH_CASH, /* at the ends of months: see money.c */
    WATCH_BALANCE,
    WATCH_INVENTORY,
    WATCH_WORKING_CAPITAL,
    WATCH_RECEIVABLE,
    WATCH_PAYABLE,
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
    bool owing_priced; /* customers may have a price for what they are owed: see chain/owing.c */
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
    int32_t *stop_of;           /* vehicles' stop at each spot, or NOBODY */
    double *drives;             /* stops: m from, to; NULL: plant_straight says it all */
    int32_t drive_stop_count;
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
    int32_t month_count;          /* months whose ends are measured; 0: cash by month is not kept */
    bool valued;                  /* some goods are worth something: see books.h */
    bool extra;                   /* do lots of any item know more than others? */
    bool stands_in_work;          /* are lots on machines when the run begins? */
    bool chance;                  /* does anything depend on chance? */
    bool reserves;                /* does any station keep machines for lots on their way? */
    bool activity;                /* are active periods asked for? see measure/active.h */
    bool batches;                 /* does any step work lots together? */
    bool backlogs;                /* is the work in queues asked for? see floor/backlog.h */
    bool echelons;                /* does any policy look at those below? */
    bool perishable;              /* has any stock goods that expire? */

    int32_t stream_count, stream_room; /* names and hashes of all streams */
    const char **stream_names;
    uint64_t *stream_hashes;
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
/* Of a unit, in the currency: its `cost` as it is now; without one, what it counts in the books. */
static inline double item_worth(const struct plant *plant, const struct settings *settings,
                                int32_t item) {
    double cost = settings->items[item].cost;
    return cost > 0 ? cost : (double)plant->items[item].cost_micro / 1e6;
}
/* Does this stop hold for this machine of its station? */
bool plant_stop_holds(const struct plant *, int32_t stop, int32_t machine);

void settings_copy(struct settings *to,
                   const struct settings *from); /* TO is zero, or a copy of the same plant's */

bool plant_contains(const struct plant *, int32_t spot, int32_t what); /* lies it in there? */
/* How far it is between two spots, m: 0 when one lies in the other, NaN when it is not known. */
double plant_straight(const struct plant *, int32_t from, int32_t to);
/* The same for vehicles, who also go round along other lanes: see drives.c. */
double plant_distance(const struct plant *, int32_t from, int32_t to);
/* The way that goods go, in m; NaN: not known, or one of the two has no place. */
double plant_away(const struct plant *, int32_t from, int32_t to);
/* The first way of a lane between exactly these spots, or in the other direction, or NOBODY. */
int32_t plant_way_between(const struct plant *, int32_t from, int32_t to);
/* The lane from one spot to another, or NOBODY. */
int32_t plant_lane(const struct plant *, int32_t from, int32_t to);
int32_t plant_leads(const struct plant *, int32_t from, int32_t to); /* the same of stations */

/* Can there be lots of this flow? Not where its item has no route: it is only bought and sold. */
static inline bool flow_has_lots(const struct plant *plant, int32_t flow) {
    return plant->flows[flow].first_step != NOBODY;
}

struct plant *plant_build(const struct world_spec *, const struct question *, struct faults *);
void plant_delete(struct plant *);

#endif
