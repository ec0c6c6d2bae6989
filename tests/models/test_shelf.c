/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goods that expire, in worlds that can be followed by hand. */
#include "world.h"

/* 4 at the start, 3 on day 1.5; they keep 3 days. */
#define SHELF(ISSUE, SIZES)                                                                        \
    "title: tiny\n"                                                                                \
    "run: {length: 9 d}\n"                                                                         \
    "items: {milk: {shelf-life: 3 d}}\n"                                                           \
    "stocks: {shop: {holds: milk, start: 4, shipped: [3 at 1.5 d], issue: " ISSUE "}}\n"           \
    "customers: {buyers: {buys: milk, from: shop, every: 1 d, size: sequence(" SIZES               \
    " then stop), if-short: part-lose}}\n"

static void expect_shelf(const char *text, double served, double waste) {
    struct world world;
    world_run(&world, text);
    expect_value(&world, "customers.buyers.served", served);
    expect_value(&world, "stocks.shop.waste", waste);
    expect_value(&world, "stocks.shop.on-hand.now", 0);
    world_close(&world);
}

/* Days 0 to 5: oldest first 1 1 1 1, and the last of the start has gone on day 3; then 1 and 1 of
 * the second delivery, whose last expires on day 4.5. */
Test(shelf, what_is_not_sold_in_time_is_waste) {
    expect_shelf(SHELF("oldest", "1 1 1 1 1 1"), 5, 2);
}

/* The newest first: on days 2, 3 and 4 those of day 1.5. */
Test(shelf, who_takes_the_newest_leaves_more_waste) {
    expect_shelf(SHELF("newest", "1 1 1 1 1 1"), 5, 2);
    expect_shelf(SHELF("newest", "0 0 3 1 9 0"), 4, 3);
    expect_shelf(SHELF("oldest", "0 0 3 1 9 0"), 7, 0);
}

Test(shelf, goods_can_be_used_at_the_moment_they_expire) {
    expect_shelf(SHELF("oldest", "0 0 0 4 3 0"), 7, 0);
    expect_shelf("change: {run.order-of-events: [expire, receive, demand, serve, order]}\n" SHELF(
                     "oldest", "0 0 0 4 3 0"),
                 3, 4);
}

Test(shelf, age_goes_with_the_goods_from_stock_to_stock) {
    struct world world;
    world_run(&world,
              "title: tiny\n"
              "run: {length: 9 d}\n"
              "items: {milk: {shelf-life: 3 d}}\n"
              "stocks:\n"
              "  depot: {holds: milk, start: 2, shipped: [5 at 1 d]}\n"
              "  shop: {holds: milk, from: depot, lead-time: 1.5 d,\n"
              "         reorder: {policy: base-stock, level: 4, every: 9 d, first: 1 d}}\n");
    /* On day 1 2 old and 2 fresh ones leave; 3 stay and expire on day 4. In the shop 2 expire on
     * day 3 and 2 on day 4. */
    expect_value(&world, "stocks.shop.on-hand", (4 * 0.5 + 2 * 1) / 9.);
    expect_value(&world, "stocks.shop.waste", 4);
    expect_value(&world, "stocks.depot.waste", 3);
    world_close(&world);
}

Test(shelf, waste_is_ordered_again) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 7 d}\n"
                      "items: {milk: {shelf-life: 2 d}}\n"
                      "suppliers: {dairy: {supplies: milk}}\n"
                      "stocks: {shop: {holds: milk, from: dairy, start: 5,\n"
                      "                reorder: {policy: base-stock, level: 5}}}\n");
    expect_value(&world, "stocks.shop.waste", 15);
    expect_value(&world, "stocks.shop.ordered", 15);
    expect_value(&world, "stocks.shop.on-hand.min", 5);
    world_close(&world);
}
