/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Due dates that a plan promises to customers (promise.h), order by order, on what is known now.
 *
 * Time is cut into periods of the plan's cadence, counted from now: period 0 is this moment, period
 * p ends p cadences later, and what comes or is due in it stands at its end. Supply is what is on
 * hand, what is on order (a planned lead time after it was ordered; what is late, in the next
 * period), and what a plan of requirements will release. Against it stand the orders that are open
 * already, by the dates at which they are kept for (kept.c). `ctp` also makes what is not there: a
 * planned lead time from now, as much as is asked for. */
#include "../floor/quick.h"
#include "planner.h"
#include "promise.h"

#include <stdlib.h>

struct view { /* of one stock */
    tick now, period;
    int32_t periods;
    int64_t *supply, *orders;
};

static int32_t period_at(const struct view *view, tick at) {
    if (at <= view->now) return 0;
    tick period = 1 + (at - view->now - 1) / view->period;
    return period < view->periods ? (int32_t)period : view->periods;
}

static void add(const struct view *view, int64_t *row, tick at, int64_t amount) {
    int32_t period = period_at(view, at);
    if (period < view->periods) row[period] += amount;
}

static void supply_added(void *context, tick at, int64_t amount) {
    const struct view *view = context;
    add(view, view->supply, at > view->now ? at : view->now + 1, amount);
}

static void see_supply(struct run *run, int32_t stock, struct view *view) {
    view->supply[0] += run->stocks[stock].on_hand.now;
    kept_supply(run, stock, supply_added, view);
}

/* What is owed otherwise, to the floor, is wanted now. */
static void see_orders(const struct run *run, int32_t stock, const struct view *view) {
    int64_t now = run->stocks[stock].owed.now;
    for (int32_t id = run->stocks[stock].order_first; id != NOBODY; id = run->orders[id].next) {
        const struct order *order = &run->orders[id];
        add(view, view->orders, order->keep_by, order->open);
        now -= order->open;
    }
    view->orders[0] += now;
}

/* The first period in which so much can be given; PERIODS: in none. */
static int32_t first_period(struct run *run, const struct plan *plan, int32_t stock,
                            int64_t amount) {
    size_t count = (size_t)plan->periods + 1;
    int64_t *rows = memory_zeroed(3 * count, sizeof *rows);
    struct view view = {.now = run->now,
                        .period = plan->period,
                        .periods = plan->periods + 1,
                        .supply = rows,
                        .orders = rows + count};
    see_supply(run, stock, &view);
    see_orders(run, stock, &view);
    atp_of(view.supply, view.orders, view.periods, rows + 2 * count);
    struct capable none = {NULL, 0};
    int32_t first = promise_first(rows + 2 * count, view.periods, &none, amount);
    free(rows);
    return first;
}

/* A class may take only its share of what is available, so for it there is less. */
static int64_t shared(double share, int64_t amount) {
    return share >= 1 ? amount : share > 0 ? (int64_t)((double)amount / share) + 1 : INT64_MAX;
}

static tick made_by(const struct run *run, int32_t stock, int32_t item) {
    const struct plans *plans = &run->plant->plans;
    tick lead = stock != NOBODY ? planned_lead(run, stock) : plans->item_leads[item];
    return run->now + (lead == TICK_NEVER ? 0 : lead); /* a substitute need not have one */
}

tick promise_own(struct run *run, int32_t stock, const struct order *order) {
    const struct plan *plan = &run->plant->plans.list[run->plant->stocks[stock].keeper];
    tick date = run->now + first_period(run, plan, stock, order->open) * plan->period;
    return order->due == TICK_NEVER || order->due < date ? date : order->due;
}

tick promise_date(struct run *run, int32_t customer, int32_t stock, int32_t item,
                  const struct order *order) {
    const struct promised *promised = &run->plant->plans.promised[customer];
    if (promised->plan == NOBODY) return order->due;
    const struct plan *plan = &run->plant->plans.list[promised->plan];
    tick wished = order->due == TICK_NEVER ? run->now : order->due;
    if (plan->promises == PROMISE_FIXED) return wished;
    tick made = made_by(run, stock, item), date = made;
    if (stock != NOBODY) {
        int32_t first = first_period(run, plan, stock, shared(promised->share, order->amount));
        date = run->now + first * plan->period;
        if (plan->promises == PROMISE_CTP && made < date) date = made;
    }
    SAY(run, CLASS_DEMAND, plan->name, "promises it in %.6g h",
        (double)((date > wished ? date : wished) - run->now) / (double)TICK_H);
    return date > wished ? date : wished;
}
