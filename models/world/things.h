/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things: items, what they are made of, and the steps by which they are made. See world.h. */
#ifndef TAKT_MODELS_WORLD_THINGS_H
#define TAKT_MODELS_WORLD_THINGS_H

#include "people.h"
#include "fields.h"
#include "../floor/job.h"

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
    X(CHEAPEST, "cheapest",                                                                        \
      "that work at the `cost` of its stations, and the `cost` of its steps")                      \
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
    double weight, volume; /* kg, m3 */
    struct span shelf_life;
    int32_t lot;
    struct choice order;
    struct map uses;   /* of use_spec */
    struct map route;  /* of step_spec */
    struct map routes; /* of route_spec: instead */
    struct expr choose;
    struct planning_spec planning;
};

#endif
