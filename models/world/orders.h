/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that starts by itself, and customers. See world.h. */
#ifndef TAKT_MODELS_WORLD_ORDERS_H
#define TAKT_MODELS_WORLD_ORDERS_H

#include "things.h"
#include "fields.h"
#include "../floor/job.h"

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

#endif
