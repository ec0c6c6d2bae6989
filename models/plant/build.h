/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that build a plant share. Each turns one part of the world into rows of the plant;
 * all report what does not fit together and go on. */
#ifndef TAKT_MODELS_PLANT_BUILD_H
#define TAKT_MODELS_PLANT_BUILD_H

#include "plant.h"

struct build {
    struct plant *plant;
    const struct world_spec *world;
    const struct question *question;
    struct faults *faults;
    const int32_t *machines_planned;           /* by station; NULL: those there are at first */
    const bool *machines_change;               /* or NULL */
    const int32_t *people_planned;             /* by crew; NULL: those there are at first */
    const struct source_list *sources_planned; /* by stock; NULL: those there are at first */
};

enum { SPOT_ANY }; /* every place: of what is at no site */

#define BUILD_TAKE(BUILD, MEMBER, COUNT)                                                           \
    ((BUILD)->plant->MEMBER =                                                                      \
         arena_take(&(BUILD)->plant->arena, (size_t)(COUNT) * sizeof *(BUILD)->plant->MEMBER))

#define THINGS(MAP, TYPE) ((const struct TYPE##_spec *)(MAP).things)

uint64_t build_stream(struct build *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* In the item's own unit, thousandths; a fault when the amount measures something else. */
int64_t build_amount(struct build *, struct amount, int32_t item, struct place, const char *what);
/* Money a unit of the item: a price of a kg is turned into one of the item's unit. */
double build_price(struct build *, struct quantity, int32_t item, struct place, const char *what);
bool dimension_none(struct dimension);
bool build_chance(const struct law *); /* does it depend on chance? */

/* The routes of an item as written: the one that it has, or several with names. */
int32_t build_route_count(const struct item_spec *);
const struct map *build_route(const struct item_spec *, int32_t route); /* of step_spec */
/* What is written of this step; NULL: it is a place of one, and not written. */
static inline const struct step_spec *build_written(const struct build *build, int32_t step) {
    return build->plant->steps[step].written == step ? build->plant->steps[step].spec : NULL;
}
/* The step of this name in the route that NEAR is a step of, or NOBODY. */
int32_t build_step_named(const struct build *, int32_t near, const char *name);
/* items.ITEM.route.STEP */
const char *build_step_path(struct build *, int32_t step);

void build_items(struct build *);
void build_steps(struct build *); /* after stations and stocks */
bool step_has_quality(const struct step_spec *);
void build_qualities(struct build *); /* after steps, before extras */
void build_choices(struct build *);   /* after machines and setups, before extras: see choice.c */
/* ---- places.c: steps with several stations ---- */
int32_t build_place_count(const struct step_spec *); /* 0: it has one station */
void build_choose(struct build *, int32_t step); /* the rule by which lots of it pick a station */
/* The rule that stands alone, of so many whose names begin at FIRST; or COUNT: an expression. */
int32_t build_rule_alone(const struct formula *, int32_t first, int32_t count);
void build_routing(struct build *); /* items with several routes: after steps; see routing.c */
void build_pools(struct build *);   /* after these */
void build_places(struct build *);  /* last of all that looks at steps: places are as their steps */
/* Is what is used made for the lot: has it a route, and does no stock hold it? */
bool build_is_kit(const struct build *, const struct use_spec *);
void build_kits(struct build *);      /* after steps, before extras: see floor/kit.h */
void build_kit_flows(struct build *); /* after all other flows */
void build_extras(struct build *);    /* after steps: what extra.h tells */
void build_shifts(struct build *);
void build_stations(struct build *);
/* What min and max say that batches of this station count; all that is said must be the same. */
void build_batch_counts(struct build *, int32_t station, const struct amount *min,
                        const struct amount *max, struct place);
void build_machines(struct build *);      /* those with a name */
void build_machine_items(struct build *); /* after steps */
void build_pipes(struct build *);         /* after steps */
void build_batches(struct build *);       /* after steps */
void build_setups(struct build *);        /* after steps */
int32_t build_machines_planned(const struct build *, int32_t station);
/* Sources of a stock in any of the worlds, those of the first world first. */
int32_t build_source_count(const struct build *, int32_t stock);
bool sourcing_divides_orders(int32_t rule); /* enum choose_rule, or CHOOSE_RULE_COUNT */
void build_crews(struct build *);           /* before stations */
void build_step_needs(struct build *);      /* after steps */
void build_staffings(struct build *);       /* after those */
/* The people that this map names, at a station of this site (or none). */
struct need_list build_needs(struct build *, const struct map *, int32_t site);
/* A calendar, longer by so much a day. */
void build_shift(struct build *, struct shift *, const struct calendar_spec *, tick overtime);
int32_t build_overtime_shift(struct build *, const struct ref *calendar, double up_to);
void build_loops(struct build *); /* after flows */
/* Of a time from the start of measuring, the moment of the run; TICK_NEVER if it is not given. */
tick build_run_time(const struct build *, tick measured);
void build_list(struct build *, struct source *, const struct list *);
void build_standing(struct build *); /* after sources: the steps at which lots of lists stand */
void build_sources(struct build *);
void build_lanes(struct build *);      /* after stations */
void build_fleets(struct build *);     /* after lanes */
void build_drives(struct build *);     /* after lanes: from stop to stop, see drives.c */
void build_lane_ends(struct build *);  /* after stocks */
void build_site_rooms(struct build *); /* after stocks */
/* What this amount counts and how much, in thousandths. False: neither pieces, mass nor volume. */
bool build_room_size(struct amount, enum size_kind *, int64_t *);
void build_lane_cards(struct build *); /* after loops of cards */
/* What may go along this lane: a fault when the lane weighs things and it has no weight. */
void build_carried(struct build *, int32_t lane, int32_t item);
/* What releases and customers share; see sources.c. */
void build_source(struct build *, int32_t self, const struct source_spec *, const struct thing *,
                  bool customer);
void build_shares(struct build *, struct source *, int32_t self, const struct map *shares);
void build_customers(struct build *); /* after stocks and releases */
/* A fault when the item, which BY would have made, has no route. */
void build_check_made(struct build *, int32_t item, struct place, const char *by);
/* Appends the outages of an owner, who is told in the first argument of that type; OF: his path. */
void build_outages(struct build *, const struct map *failures, struct outage owner, const char *of);
struct moments build_stop_moments(struct build *, const struct list *);
void build_suppliers(struct build *); /* after lanes; before the stocks that order from them */
void build_chain(struct build *);

void build_modes(struct build *, int32_t lane); /* which of its modes it takes: see modes.c */

/* ---- sourcing.c: which of its sources a stock orders from ---- */
void build_sourcing(struct build *, struct stock *, struct stock_settings *,
                    const struct stock_spec *);
/* Is this one of the rules (enum choose_rule) by which the stock picks a source? */
bool sourcing_looks_at(const struct plant *, int32_t stock, int32_t rule);
/* What a formula that names this source gives, and the origin of a stock that it is, or NOBODY. */
int32_t sourcing_thing(const struct ref *);
const char *sourcing_route(const struct ref *); /* of `factory.ROUTE`, or NULL */
int32_t sourcing_named(const struct plant *, const struct stock *, int32_t thing);

void build_standards(struct build *);               /* after sources */
void build_plans(struct build *);                   /* after sources */
void build_shares_up(struct build *);               /* for plans that look at capacities; once */
void build_aggregate(struct build *, int32_t plan); /* of sales and operations: what it is about */
void build_requirements(struct build *, int32_t plan);
void build_schedule(struct build *, int32_t plan);
const struct ref *build_reorder_plan(const struct stock_spec *);  /* that it orders by, or NULL */
int32_t build_periods(tick time, tick period, int32_t otherwise); /* whole ones */
int32_t build_people_set(const struct build *, int32_t crew);     /* the most that plans set */
/* The most of it that machines and vehicles can use at once, and not fewer than there are;
 * ABSENT_COUNT: without limit. */
int32_t build_people_used(const struct build *, int32_t crew);
void build_layout(struct build *);
void build_variants(struct build *);   /* before anything is counted */
void build_programmes(struct build *); /* after the layout */
/* The level at this path (`stocks.parts.net`); false: it is none. */
bool build_level_at(struct build *, const char *path, struct watched *);
void build_controls(struct build *);   /* after all that knows laws */
void build_antithetic(struct build *); /* last: changes laws */

#endif
