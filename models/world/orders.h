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

/* What an expression of a customer's `choose` sees of his order, and rules that pick a source. It
 * may name a source, or a rule. X(NAME, word, dimension of time, meaning); X(NAME, word, meaning)
 */
#define BUYS_NAMES(X)                                                                              \
    X(PIECES, "pieces", 0, "what is ordered, in the unit of its item")                             \
    X(PRIORITY, "priority", 0, "of the order; larger is more urgent")                              \
    X(DUE, "due", 1, "date that he wants; without one it is far off")
#define BUYS_RULES(X)                                                                              \
    X(SHARE, "share", "drawn by their shares")                                                     \
    X(FIRST_ABLE, "first-able", "the first written that can fill it at once, else the first")      \
    X(MOST_STOCK, "most-stock",                                                                    \
      "the one with the most on hand less owed; the first written of those alike")                 \
    X(NEAREST, "nearest", "least way: `distance` of the lane, or between the sites")               \
    X(CHEAPEST, "cheapest", "least cost of carrying the order along the lane to the customer")     \
    X(FASTEST, "fastest",                                                                          \
      "soonest expected: the time along the lane, and that of new goods to the stock if it "       \
      "cannot fill the order; the first written of those alike")

enum buys_name {
#define X(name, word, in_time, help) BUYS_##name,
    BUYS_NAMES(X)
#undef X
        BUYS_NAME_COUNT
};
enum buys_rule {
#define X(name, word, help) BUYS_##name,
    BUYS_RULES(X)
#undef X
        BUYS_RULE_COUNT
};

extern const struct scope buys_scope; /* a rule is BUYS_NAME_COUNT and its number */

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
    struct expr choose;
    struct choice if_short;
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
