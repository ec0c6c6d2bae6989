/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simple rules of lot sizing: lot for lot, multiples, fixed orders, periods, and the economic
 * order quantity (Harris, Factory 10 (1913) 135). Check: needs of 10 62 12 130 154 129 88 52 124
 * 160 238 41 with 54 an order and .4 a unit and period cost 648.00 lot for lot. */
#include "lots.h"

#include "../../sim/sim.h"

#include <math.h>

static int64_t rounded_up(int64_t amount, int64_t to) {
    return to > 0 ? (amount + to - 1) / to * to : amount;
}

/* sqrt(2 K D / h), D the mean need of a period. */
static int64_t economic(const struct lot_rule *rule, const int64_t *net, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += (double)net[i] / 1000;
    if (!(rule->holding > 0) || sum <= 0) return 0;
    double quantity = sqrt(2 * rule->order_cost * sum / count / rule->holding);
    return (int64_t)llrint(fmin(quantity, 1e12) * 1000 / (double)rule->grain) * rule->grain;
}

/* Whatever comes too much is kept for later. */
static void at_least(const int64_t *net, int32_t count, int64_t multiple, int64_t least,
                     int64_t *lots) {
    int64_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        int64_t need = net[i] - kept;
        lots[i] = need > 0 ? rounded_up(need > least ? need : least, multiple) : 0;
        kept = lots[i] - need;
    }
}

/* A lot comes in the first period that needs something, for so many from there on. */
static void by_periods(const int64_t *net, int32_t count, int32_t periods, int64_t *lots) {
    for (int32_t i = 0; i < count; i++) lots[i] = 0;
    for (int32_t i = 0; i < count; i++) {
        if (net[i] == 0) continue;
        int32_t end = i + periods < count ? i + periods : count;
        for (int32_t k = i; k < end; k++) lots[i] += net[k];
        i = end - 1;
    }
}

void lots_of(const struct lot_rule *rule, const int64_t *net, int32_t count, int64_t *lots) {
    CHECK(rule->grain > 0);
    switch ((enum lot_rule_kind)rule->kind) {
    case LOTS_LOT_FOR_LOT: at_least(net, count, rule->grain, 0, lots); break;
    case LOTS_MULTIPLE:
    case LOTS_FIXED: at_least(net, count, rule->size, 0, lots); break;
    case LOTS_PERIOD: by_periods(net, count, rule->periods, lots); break;
    case LOTS_EOQ: at_least(net, count, rule->grain, economic(rule, net, count), lots); break;
    case LOTS_SILVER_MEAL: silver_meal_lots(rule, net, count, lots); break;
    case LOTS_WAGNER_WHITIN: wagner_whitin_lots(rule, net, count, lots); break;
    case LOTS_COUNT: CHECK(false);
    }
    if (rule->kind >= LOTS_PERIOD) at_least(lots, count, rule->grain, 0, lots); /* whole grains */
}

double lots_cost(const struct lot_rule *rule, const int64_t *net, const int64_t *lots,
                 int32_t count) {
    int64_t kept = 0;
    double cost = 0;
    for (int32_t i = 0; i < count; i++) {
        kept += lots[i] - net[i];
        cost += (lots[i] > 0 ? rule->order_cost : 0) + rule->holding * (double)kept / 1000;
    }
    return cost;
}
