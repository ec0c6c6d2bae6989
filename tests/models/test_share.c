/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fair shares, sources that decide, and what a stock knows of demand: by hand. */
#include "world.h"

/* Three shops ask a store that has too little. */
#define SHOPS(STOCK, A, B, C, IF_SHORT)                                                            \
    "title: tiny\n"                                                                                \
    "run: {length: 2 d}\n"                                                                         \
    "items: {part: {}}\n"                                                                          \
    "stocks: {store: {holds: part, serve: share, " STOCK "}}\n"                                    \
    "customers:\n"                                                                                 \
    "  a: {buys: part, from: store, at: [1 d], size: " A ", if-short: " IF_SHORT "}\n"             \
    "  b: {buys: part, from: store, at: [1 d], size: " B ", if-short: " IF_SHORT "}\n"             \
    "  c: {buys: part, from: store, at: [1 d], size: " C ", if-short: " IF_SHORT "}\n"

static void expect_served(const char *text, double a, double b, double c) {
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "customers.a.served", a);
    expect_value(&world, "customers.b.served", b);
    expect_value(&world, "customers.c.served", c);
    world_close(&world);
}

Test(share, what_is_short_is_divided_as_what_is_open) {
    expect_served(SHOPS("start: 10", "10", "6", "4", "part-wait"), 5, 3, 2);
}

/* 3.33, 3.33 and 3.33 of 10: the first gets the tenth. */
Test(share, what_rounding_leaves_goes_to_who_came_first) {
    expect_served(SHOPS("start: 10", "9", "9", "9", "part-lose"), 4, 3, 3);
}

Test(share, all_are_served_when_there_is_enough) {
    expect_served(SHOPS("start: 20", "10", "6", "4", "lose"), 10, 6, 4);
}

/* The share of a whole order is too small; what is there is enough for the first. */
Test(share, who_takes_no_part_gets_all_or_nothing) {
    expect_served(SHOPS("start: 10", "8", "8", "2", "wait"), 8, 0, 2);
    expect_served(SHOPS("start: 10", "11", "8", "3", "lose"), 0, 8, 0);
}

Test(share, later_goods_are_divided_too) {
    expect_served(SHOPS("start: 10, shipped: [10 at 1.5 d]", "20", "12", "8", "part-wait"), 10, 6,
                  4);
}

Test(share, stocks_below_share_what_is_there) {
    struct world world;
    world_run(&world,
              "title: tiny\n"
              "run: {length: 2 d}\n"
              "items: {part: {}}\n"
              "stocks:\n"
              "  depot: {holds: part, start: 9, serve: share}\n"
              "  east: {holds: part, from: depot, reorder: {policy: base-stock, level: 12}}\n"
              "  west: {holds: part, from: depot, reorder: {policy: base-stock, level: 6}}\n");
    expect_value(&world, "stocks.east.on-hand.now", 6);
    expect_value(&world, "stocks.west.on-hand.now", 3);
    expect_value(&world, "stocks.depot.owed.now", 9);
    world_close(&world);
}

/* ---- vendor managed ---- */
Test(share, a_source_that_decides_sends_what_it_has_and_owes_nothing) {
    struct world world;
    world_run(&world,
              "title: tiny\n"
              "run: {length: 3.5 d}\n"
              "items: {part: {}}\n"
              "stocks:\n"
              "  depot: {holds: part, start: 8, shipped: [9 at 2.5 d]}\n"
              "  shop: {holds: part, from: depot, order-delay: 5 d, start: 6,\n"
              "         reorder: {policy: vmi, min: 3, max: 10, every: 1 d}}\n"
              "customers: {users: {buys: part, from: shop, every: 1 d, first: 0 d, size: 4}}\n");
    /* Day 0: 2 left, so 8. Day 1: 6. Day 2: 2, but the depot has nothing. Day 3: -2, so 9. */
    expect_value(&world, "stocks.shop.ordered", 17);
    expect_value(&world, "stocks.depot.owed.max", 0);
    expect_value(&world, "stocks.depot.stock-outs", 0);
    expect_value(&world, "stocks.shop.on-hand.now", 7);
    world_close(&world);
}

/* ---- what is asked ---- */
Test(share, the_bullwhip_compares_orders_with_what_was_asked) {
    struct world world;
    world_run(
        &world,
        "title: tiny\n"
        "run: {length: 5.5 d}\n"
        "items: {part: {}}\n"
        "suppliers: {maker: {supplies: part}}\n"
        "stocks: {shop: {holds: part, from: maker, start: 50, reorder: {policy: rule, every: 1 d,\n"
        "               order: \"2 * demand + mean(demand, 2)\"}}}\n"
        "customers: {users: {buys: part, from: shop, every: 1 d, first: 0 d,\n"
        "            size: sequence(4 0 2 6 0 6 then stop)}}\n");
    /* Asked 4 0 2 6 0 6; means of two 4 2 1 4 3 3; orders 12 2 5 16 3 15. */
    double asked = (1 + 9 + 1 + 9 + 9 + 9) / 5., mean = 53 / 6., orders = 0;
    static const double ordered[] = {12, 2, 5, 16, 3, 15};
    for (int i = 0; i < 6; i++) orders += (ordered[i] - mean) * (ordered[i] - mean) / 5;
    expect_value(&world, "stocks.shop.ordered-now", mean);
    expect_value(&world, "stocks.shop.ordered-now.max", 16);
    expect_value(&world, "stocks.shop.bullwhip", orders / asked);
    /* What is ordered is there at once, so days end with 50 - 4 + 12 and so on: 58 60 63 73 76,
     * 66 on average. */
    double net = (64 + 36 + 9 + 49 + 100) / 4.;
    expect_value(&world, "stocks.shop.net-bullwhip", net / asked);
    world_close(&world);
}

Test(share, an_echelon_sees_what_customers_ask) {
    struct world world;
    world_run(&world,
              "title: tiny\n"
              "run: {length: 3.5 d}\n"
              "items: {part: {}}\n"
              "suppliers: {maker: {supplies: part}}\n"
              "stocks:\n"
              "  depot: {holds: part, from: maker, start: 90, reorder: {policy: base-stock, level: "
              "80 + demand, every: 1 d, scope: echelon}}\n"
              "  shop: {holds: part, from: depot, start: 20, reorder: {policy: fixed, point: 10, "
              "quantity: 30}}\n"
              "customers: {users: {buys: part, from: shop, every: 1 d, first: 0 d, size: 9}}\n");
    /* 110 in all, less 9 a day: 83 on day 2, so 80 + 9 - 83 is ordered; then 9 a day. */
    expect_value(&world, "stocks.depot.ordered", 6 + 9);
    world_close(&world);
}
