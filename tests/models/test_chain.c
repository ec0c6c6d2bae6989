/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks that order from stocks, and the order of events within an instant. */
#include "stocks.h"

/* ---- chains ---- */
#define CHAIN(IF_SHORT)                                                                            \
    HEAD ITEMS "stocks:\n"                                                                         \
               "  depot: {holds: part, start: 4, shipped: [5 at 2 d]}\n"                           \
               "  shop: {holds: part, from: depot, lead-time: 1 d, if-short: " IF_SHORT            \
               ", reorder: {policy: base-stock, level: 6, every: 9 d}}\n"

Test(chain, an_order_of_a_stock_is_filled_as_far_as_the_goods_reach) {
    struct world world;
    world_until(&world, CHAIN("wait"), "1 d");
    expect_value(&world, "stocks.shop.on-hand.now", 4);
    expect_value(&world, "stocks.shop.on-order.now", 2);
    expect_value(&world, "stocks.depot.owed.now", 2);
    world_close(&world);
    world_until(&world, CHAIN("wait"), "3 d");
    expect_value(&world, "stocks.shop.on-hand.now", 6);
    expect_value(&world, "stocks.depot.on-hand.now", 3);
    world_close(&world);
}

Test(chain, what_its_source_has_lost_is_no_longer_on_order) {
    struct world world;
    world_until(&world, CHAIN("part-lose"), "5 d");
    expect_value(&world, "stocks.shop.on-hand.now", 4);
    expect_value(&world, "stocks.shop.on-order.now", 0);
    expect_value(&world, "stocks.depot.on-hand.now", 5);
    world_close(&world);
    world_until(&world, CHAIN("lose"), "5 d");
    expect_value(&world, "stocks.shop.on-hand.now", 0);
    expect_value(&world, "stocks.shop.on-order.now", 0);
    expect_value(&world, "stocks.depot.on-hand.now", 9);
    world_close(&world);
}

Test(chain, an_echelon_knows_of_demand_before_the_order_comes) {
    /* The shop's order of day 1 reaches the depot on day 2; what it is owed then is no news. */
    static const char text[] = HEAD ITEMS
        "suppliers: {maker: {supplies: part, lead-time: 4 d}}\n"
        "stocks:\n"
        "  depot: {holds: part, from: maker, start: 5, reorder: {policy: base-stock, level: 10, "
        "scope: echelon}}\n"
        "  shop: {holds: part, from: depot, start: 5, order-delay: 1 d, lead-time: 1 d, reorder: "
        "{policy: base-stock, level: 5}}\n"
        "customers: {users: {buys: part, from: shop, at: [1 d], size: 3}}\n";
    static const char *const moments[] = {"1 d", "1.5 d", "2 d", "2.5 d", "3 d", "4 d", "6 d"};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct world world;
        world_until(&world, text, moments[i]);
        expect_value(&world, "stocks.depot.ordered", 3);
        world_close(&world);
    }
    cr_expect_eq(value_at(text, "0.9 d", "stocks.depot.ordered"), 0);
}

/* ---- the order of events ---- */
#define ORDER_OF_EVENTS(ORDER, REST)                                                               \
                                                                                                   \
    "title: tiny\n"                                                                                \
    "run: {length: 1 d, order-of-events: [" ORDER "]}\n" ITEMS REST

Test(chain, who_orders_before_the_demand_of_the_instant_does_not_see_it) {
#define REST                                                                                       \
    "suppliers: {maker: {supplies: part}}\n"                                                       \
    "stocks: {store: {holds: part, from: maker, reorder: {policy: base-stock, level: 5, every: 1 " \
    "d}}}\n"                                                                                       \
    "customers: {shop: {buys: part, from: store, every: 1 d, size: 4, if-short: lose}}\n"
    struct world world;
    world_until(&world, ORDER_OF_EVENTS("receive, order, demand, serve", REST), "0.5 d");
    expect_value(&world, "stocks.store.ordered", 5);
    expect_value(&world, "customers.shop.served", 4);
    world_close(&world);
    world_until(&world, ORDER_OF_EVENTS("demand, order, receive, serve", REST), "0.5 d");
    expect_value(&world, "stocks.store.ordered", 9);
    expect_value(&world, "customers.shop.served", 4);
    world_close(&world);
    world_until(&world, ORDER_OF_EVENTS("receive, demand, serve, order", REST), "0.5 d");
    expect_value(&world, "stocks.store.ordered", 5);
    expect_value(&world, "customers.shop.lost", 4);
    world_close(&world);
#undef REST
}

Test(chain, from_the_source_a_depot_orders_before_it_sees_the_orders_of_the_day) {
#define REST                                                                                       \
    "suppliers: {maker: {supplies: part}}\n"                                                       \
    "stocks: {depot: {holds: part, from: maker, start: 9, reorder: {policy: base-stock, level: "   \
    "9, every: 1 d}}, shop: {holds: part, from: depot, start: 9, reorder: {policy: base-stock, "   \
    "level: 9, every: 1 d}}}\n"                                                                    \
    "customers: {walker: {buys: part, from: shop, at: [12 h], size: 4}}\n"
    cr_expect_eq(value_at(ORDER_OF_EVENTS("receive, demand, serve, order", REST), "1.5 d",
                          "stocks.depot.ordered"),
                 4);
    const char *from_source = ORDER_OF_EVENTS("receive, demand, serve, order-from-source", REST);
    cr_expect_eq(value_at(from_source, "1.5 d", "stocks.depot.ordered"), 0);
    cr_expect_eq(value_at(from_source, "2.5 d", "stocks.depot.ordered"), 4);
    cr_expect_eq(value_at(from_source, "1.5 d", "stocks.shop.on-hand.now"), 9);
#undef REST
}

Test(chain, who_serves_before_it_receives_has_less_to_serve) {
#define REST                                                                                       \
    "stocks: {store: {holds: part, shipped: [5 at 1 d]}}\n"                                        \
    "customers: {shop: {buys: part, from: store, at: [1 d], size: 4, if-short: lose}}\n"
    cr_expect_eq(value_at(ORDER_OF_EVENTS("receive, demand, serve, order", REST), "2 d",
                          "customers.shop.served"),
                 4);
    cr_expect_eq(value_at(ORDER_OF_EVENTS("demand, serve, receive, order", REST), "2 d",
                          "customers.shop.lost"),
                 4);
#undef REST
}
