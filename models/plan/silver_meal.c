/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Silver & Meal, Production and Inventory Management 14 (1973) 64: a lot takes in one period more
 * as long as the mean cost of a period that it serves falls. Check: 501.20 on the needs of lots.c,
 * which is also the least possible. */
#include "lots.h"

/* The period after the last that a lot of period FIRST serves. */
static int32_t lot_ends(const struct lot_rule *rule, const int64_t *net, int32_t count,
                        int32_t first) {
    double cost = rule->order_cost, mean = cost;
    int32_t end = first + 1;
    for (; end < count; end++) {
        cost += rule->holding * (end - first) * (double)net[end] / 1000;
        double next = cost / (end - first + 1);
        if (next > mean) break;
        mean = next;
    }
    return end;
}

void silver_meal_lots(const struct lot_rule *rule, const int64_t *net, int32_t count,
                      int64_t *lots) {
    for (int32_t i = 0; i < count; i++) lots[i] = 0;
    for (int32_t i = 0; i < count;) {
        if (net[i] == 0) {
            i++;
            continue;
        }
        int32_t end = lot_ends(rule, net, count, i);
        for (int32_t k = i; k < end; k++) lots[i] += net[k];
        i = end;
    }
}
