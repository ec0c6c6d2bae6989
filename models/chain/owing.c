/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to owe: each unit that a stock owes is charged once.
 *
 * A stock's `owed-cost` is the price of what it owes to anybody: stocks below, the floor,
 * customers. A customer may have one of his own, and then that is the price of what he is owed,
 * instead of the stock's and until he has the goods. So that the stock does not charge it again,
 * what each stock owes to each customer is kept as a level of its own, where any customer has such
 * a price or a programme may give him one. */
#include "../floor/floor.h"

#include <math.h>

static bool has_price(const struct run *run, int32_t offer) {
    int32_t customer = run->plant->offers[offer].customer;
    return !isnan(run->settings.customers[customer].owed_cost_per_tick);
}

void owing_start(struct run *run) {
    for (int32_t i = 0; run->owings && i < run->plant->offer_count; i++)
        run->owings[i] = (struct owing){0};
}

void owing_reset(struct run *run) {
    for (int32_t i = 0; run->owings && i < run->plant->offer_count; i++)
        level_reset(&run->owings[i].owed, run->now);
}

void owing_shift(struct run *run, int32_t offer, int64_t by) {
    level_shift(&run->owings[offer].owed, run->now, by);
}

void owing_sum(struct run *run) {
    if (!run->owings) return;
    for (int32_t i = 0; i < run->plant->stock_count; i++) {
        run->stocks[i].priced = 0;
        run->stocks[i].priced_micro = 0;
    }
    for (int32_t i = 0; i < run->plant->offer_count; i++)
        if (run->plant->offers[i].stock != NOBODY && has_price(run, i))
            run->stocks[run->plant->offers[i].stock].priced +=
                level_area(&run->owings[i].owed, run->now);
}

void owing_conserved(const struct run *run) {
    int64_t owed = 0;
    for (int32_t i = 0; i < run->plant->offer_count; i++) owed += run->owings[i].owed.now;
    for (int32_t i = 0; i < run->plant->stock_count; i++)
        for (int32_t o = run->stocks[i].order_first; o != NOBODY; o = run->orders[o].next)
            if (run->orders[o].offer != NOBODY) owed -= run->orders[o].open;
    CHECK(owed == 0);
}
