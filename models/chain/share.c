/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fair shares: a stock that cannot fill everything divides what it has in proportion to what is
 * open (Lee, Padmanabhan and Whang 1997 on what that makes of orders).
 *
 * Counted items go in whole units; what rounding leaves goes one by one to those who came first.
 * Who takes no part gets his order when the rest of all is enough for it. */
#include "../floor/quick.h"

static int64_t open_sum(const struct run *run, int32_t stock) {
    int64_t sum = 0;
    for (int32_t id = run->stocks[stock].order_first; id != NOBODY; id = run->orders[id].next)
        sum += run->orders[id].open;
    return sum;
}

/* Of what is there, for an order with so much open of the SUM. */
static int64_t share_of(int64_t there, int64_t open, int64_t sum, int64_t unit) {
    int64_t share = (int64_t)((__int128)there * open / sum);
    return share / unit * unit;
}

/* One unit more for each in turn who takes parts, or the whole for who does not. */
static void serve_rest(struct run *run, int32_t stock, int64_t unit) {
    for (int64_t before = INT64_MAX; run->stocks[stock].on_hand.now < before;) {
        before = run->stocks[stock].on_hand.now;
        for (int32_t id = run->stocks[stock].order_first; id != NOBODY; id = run->orders[id].next) {
            if (run->orders[id].open == 0) continue;
            bool parts = stock_serves_parts(run, &run->orders[id]);
            stock_serve_some(run, stock, id, parts ? unit : INT64_MAX);
        }
    }
}

void stock_serve_shares(struct run *run, int32_t stock) {
    const struct dimension none = {0};
    const struct item *item = &run->plant->items[run->plant->stocks[stock].item];
    int64_t unit = dimension_same(item->dimension, none) ? 1000 : 1;
    int64_t there = run->stocks[stock].on_hand.now, sum = open_sum(run, stock);
    if (there == 0) return;
    for (int32_t id = run->stocks[stock].order_first; id != NOBODY; id = run->orders[id].next)
        stock_serve_some(run, stock, id,
                         there >= sum ? INT64_MAX
                                      : share_of(there, run->orders[id].open, sum, unit));
    serve_rest(run, stock, unit);
}
