/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lot sizing: what is needed in each period becomes orders.
 *
 * Given are net requirements, period by period: what would have to come if nothing but what is
 * needed came, each in its period. A rule says what is to come instead; what comes too much serves
 * later periods. Amounts are thousandths of the item's unit, and orders are made of whole grains
 * (1000 where pieces are counted). Goods that come in a period serve its own need and cost holding
 * for each period that they lie until they are needed. */
#ifndef TAKT_MODELS_PLAN_LOTS_H
#define TAKT_MODELS_PLAN_LOTS_H

#include <stdint.h>

/* X(NAME, word, in words) */
#define LOT_RULES(X)                                                                               \
    X(LOT_FOR_LOT, "lot-for-lot", "what each period needs")                                        \
    X(MULTIPLE, "multiple", "rounded up to a multiple of an amount")                               \
    X(FIXED, "fixed", "orders of one size, as many as it takes")                                   \
    X(PERIOD, "period", "what so much time needs, together")                                       \
    X(EOQ, "eoq", "the economic order quantity of mean needs, or what is needed if that is more")  \
    X(SILVER_MEAL, "silver-meal", "periods together as long as the mean cost of a period falls")   \
    X(WAGNER_WHITIN, "wagner-whitin", "the least cost over all periods of the plan")

enum lot_rule_kind {
#define X(name, word, help) LOTS_##name,
    LOT_RULES(X)
#undef X
        LOTS_COUNT
};

struct lot_rule {
    int32_t kind;    /* enum lot_rule_kind */
    int64_t size;    /* multiple, fixed */
    int32_t periods; /* period */
    int64_t grain;
    double order_cost, holding; /* of an order; of a unit and period */
};

/* Writes what is to come in each of COUNT periods. O(count), Wagner-Whitin O(count^2). */
void lots_of(const struct lot_rule *, const int64_t *net, int32_t count, int64_t *lots);

/* Of orders and of what lies at the ends of periods. */
double lots_cost(const struct lot_rule *, const int64_t *net, const int64_t *lots, int32_t count);

void silver_meal_lots(const struct lot_rule *, const int64_t *net, int32_t count, int64_t *lots);
void wagner_whitin_lots(const struct lot_rule *, const int64_t *net, int32_t count, int64_t *lots);

#endif
