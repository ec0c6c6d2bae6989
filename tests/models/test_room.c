/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks that hold only so much: small worlds whose every move can be followed by hand. */
#include "world.h"

#define HEAD                                                                                       \
    "title: tiny\n"                                                                                \
    "run: {length: 40 h}\n"

/* Goods of one order that come in little by little. 6 lie there, 4 are taken at 1 h and ordered,
 * and so are 9 more at 2 h, when only 2 are there: they are owed 7. */
static const char delivery[] = HEAD
    "items: {part: {}}\n"
    "suppliers: {maker: {supplies: part, lead-time: 10 h}}\n"
    "stocks:\n"
    "  store: {holds: part, from: maker, start: 6, room: 6, reorder: {policy: base-stock, level: "
    "12}}\n"
    "customers: {users: {buys: part, from: store, if-short: part-wait, list: [{at: 1 h, size: 4}, "
    "{at: 14 h, size: 3}, {at: 20 h, size: 2}]}}\n";

Test(room, deliveries_come_in_as_far_as_there_is_room_and_the_rest_stands_at_the_door) {
    struct world world; /* ordered at 0 h: 6, at 1 h: 4, at 14 h: 3, at 20 h: 2 */
    world_run(&world, delivery);
    cr_assert_null(world.why, "%s", world.why);
    /* 10 h: 2 there and room for 4 of 6; 11 h: 4 more at the door; 14 h and 20 h: what is taken is
     * replaced at once; 24 h and 30 h: no room for anything that comes. */
    EXPECT_WHEN(&world, "store", "receives 4", "10");
    EXPECT_WHEN(&world, "store", "no room for 2 ", "10 30");
    EXPECT_WHEN(&world, "store", "no room for 4 ", "11");
    EXPECT_WHEN(&world, "store", "receives 2", "14 20");
    EXPECT_WHEN(&world, "store", "receives 1", "14");
    EXPECT_WHEN(&world, "store", "no room for 3 ", "24");
    const struct stock_state *stock = &world.run->stocks[0];
    cr_expect_eq(stock->on_hand.now, 6000);
    cr_expect_eq(stock->under_way.now, 6000); /* 1 of the order of 1 h, 3 and 2 behind */
    cr_expect_eq(stock->on_order.now, 6000);
    cr_expect_eq(world.run->suppliers[0].received, 1); /* the first has come whole */
    cr_expect_eq(world.run->suppliers[0].cycle.max, 14 * TICK_H);
    expect_value(&world, "stocks.store.on-hand.max", 6);
    world_close(&world);
}

/* Nothing is left of what is ordered at 2, 3 and 4 h: what comes of the next goes past it. */
Test(room, a_delivery_of_nothing_keeps_nobody_at_the_door) {
    struct world world;
    world_run(
        &world,
        HEAD "items: {part: {}}\n"
             "suppliers: {maker: {supplies: part, lead-time: 1 h, yield: \"min(1, floor(now / 5 "
             "h))\"}}\n"
             "stocks:\n"
             "  store: {holds: part, from: maker, start: 4, room: 6, reorder: {policy: base-stock, "
             "level: 4}}\n"
             "customers: {users: {buys: part, from: store, every: 8 h, first: 2 h, size: 3}}\n");
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "stocks.store.on-hand.min", 1);
    EXPECT_WHEN(&world, "store", "receives 3", "6 11 19 27 35");
    world_close(&world);
}

Test(room, what_is_owed_passes_through_a_room_that_is_smaller) {
    struct world world;
    world_run(&world, HEAD
              "items: {part: {}}\n"
              "suppliers: {maker: {supplies: part, lead-time: 10 h}}\n"
              "stocks: {store: {holds: part, from: maker, room: 2, reorder: {policy: base-stock, "
              "level: 2}}}\n"
              "customers: {users: {buys: part, from: store, if-short: part-wait, list: [{at: 1 h, "
              "size: 7}]}}\n");
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "customers.users.served", 7);
    expect_value(&world, "stocks.store.on-hand.max", 2);
    cr_expect_eq(world.run->stocks[0].on_hand.now, 2000);
    cr_expect_eq(world.run->stocks[0].under_way.now, 0);
    EXPECT_WHEN(&world, "store", "receives 2", "10 11 11 11");
    world_close(&world);
}

/* ---- lots ---- */
#define MADE(STORE, STATION)                                                                       \
    HEAD "items: {part: {route: [press]}}\n"                                                       \
         "stations: {press: {time: 1 h" STATION "}}\n"                                             \
         "stocks: {store: {holds: part, " STORE "}}\n"                                             \
         "releases: {work: {item: part, when: always, to: store}}\n"                               \
         "customers: {users: {buys: part, from: store, if-short: part-wait, list: [{at: 10 h}, "   \
         "{at: 20 h, size: 3}]}}\n"

Test(room, the_last_machine_is_blocked_while_the_store_is_full) {
    struct world world;
    world_run(&world, MADE("room: 2", ""));
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "press", "0/1/0 1/1/1 2/1/2 10/1/3 20/1/4 21/1/5 22/1/6");
    EXPECT_WHEN(&world, "press", "no room in store", "3 11 23");
    EXPECT_LEAVES(&world, "0@1 1@2 2@10 3@20 4@21 5@22");
    expect_value(&world, "stations.press.states.blocked", (7 + 9 + 17) / 40.0);
    world_close(&world);
}

Test(room, with_blocking_before_a_machine_starts_only_when_its_lot_has_a_place) {
    struct world world;
    world_run(&world, MADE("room: 2", ", blocking: before"));
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "press", "0/1/0 1/1/1 10/1/2 20/1/3 21/1/4 22/1/5");
    EXPECT_WHEN(&world, "press", "no room in store", "2 11 23");
    expect_value(&world, "stations.press.states.blocked", (8 + 9 + 17) / 40.0);
    world_close(&world);
}

Test(room, with_blocking_repeat_a_lot_is_worked_until_there_is_room_at_its_end) {
    struct world world;
    world_run(&world, MADE("room: 2", ", blocking: repeat"));
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, "0@1 1@2 2@10 3@20 4@21 5@22");
    expect_value(&world, "stations.press.states.blocked", 0);
    world_close(&world);
}

Test(room, a_large_lot_waits_until_it_fits_and_nobody_passes_it) {
    struct world world;
    world_run(&world,
              HEAD "items: {part: {route: [press]}}\n"
                   "stations: {press: {machines: 2, time: 1 h}}\n"
                   "stocks: {store: {holds: part, room: 5, start: 4}}\n"
                   "releases:\n"
                   "  large: {item: part, list: [{at: 0 h, size: 3}], lot: 3, to: store}\n"
                   "  small: {item: part, list: [{at: 1 h, size: 1}], to: store}\n"
                   "customers: {users: {buys: part, from: store, every: 5 h, first: 5 h}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, "0@10 1@15");
    world_close(&world);
}

Test(room, goods_at_the_door_come_in_before_lots_on_machines) {
    struct world world;
    world_run(
        &world,
        HEAD "items: {part: {route: [press]}}\n"
             "stations: {press: {time: 1 h}}\n"
             "suppliers: {maker: {supplies: part}}\n"
             "stocks: {store: {holds: part, from: maker, room: 2, start: 2, shipped: [1 at 3 h]}}\n"
             "releases: {work: {item: part, at: [0 h], to: store}}\n"
             "customers: {users: {buys: part, from: store, at: [5 h, 6 h]}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_WHEN(&world, "press", "no room in store", "1");
    EXPECT_WHEN(&world, "store", "receives 1", "5");
    EXPECT_LEAVES(&world, "0@6");
    world_close(&world);
}

Test(room, a_lot_that_goes_by_a_lane_sets_out_when_its_place_is_kept) {
    struct world world;
    world_run(&world, HEAD "items: {part: {route: [press]}}\n"
                           "sites: {a: {}, b: {}}\n"
                           "lanes: {road: {from: a, to: b, time: 2 h}}\n"
                           "stations: {press: {time: 1 h, site: a}}\n"
                           "stocks: {store: {holds: part, site: b, room: 2}}\n"
                           "releases: {work: {item: part, when: always, to: store}}\n"
                           "customers: {users: {buys: part, from: store, at: [10 h]}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, "0@1 1@2 2@10");
    EXPECT_WHEN(&world, "road", "takes", "1 2 10");
    cr_expect_eq(world.run->stocks[0].on_hand.now, 2000);
    cr_expect_eq(world.run->stocks[0].kept, 0);
    world_close(&world);
}

/* ---- what else comes ---- */
Test(room, what_customers_send_back_waits_for_room_too) {
    struct world world;
    world_run(&world, HEAD
              "items: {part: {}}\n"
              "suppliers: {maker: {supplies: part}}\n"
              "stocks: {store: {holds: part, from: maker, start: 3, room: 3, reorder: {policy: "
              "base-stock, level: 3}}}\n"
              "customers: {users: {buys: part, from: store, list: [{at: 1 h, size: 2}, {at: 9 h, "
              "size: 1}], returns: {share: 100 %, after: 4 h}}}\n");
    cr_assert_null(world.why, "%s", world.why);
    const struct stock_state *stock = &world.run->stocks[0];
    cr_expect_eq(stock->on_hand.now, 3000);
    cr_expect_eq(stock->unordered, 2000); /* 2 came at 5 h, of which 1 went in at 9 h; 1 at 13 h */
    cr_expect_eq(stock->under_way.now - stock->unordered, 1000); /* ordered at 9 h: behind them */
    world_close(&world);
}

Test(room, more_room_lets_in_what_waits) {
    struct world world;
    world_run(&world, MADE("room: 2",
                           "") "programmes: {larger: {at: 5 h, change: {stocks.store.room: 4}}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "press", "0/1/0 1/1/1 2/1/2 5/1/3 6/1/4 10/1/5 20/1/6 21/1/7 22/1/8");
    world_close(&world);
}

Test(room, a_room_that_shrinks_drains) {
    struct world world;
    world_run(
        &world,
        MADE("room: 4", "") "programmes: {smaller: {at: 6 h, change: {stocks.store.room: 1}}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, "0@1 1@2 2@3 3@4 4@20");
    world_close(&world);
}

/* ---- faults ---- */
Test(room, a_full_store_that_nobody_wants_is_no_fault_and_in_a_run_until_empty_it_is) {
    struct world world;
    world_run(&world, MADE("room: 2", ""));
    cr_expect_null(world.why, "%s", world.why);
    world_close(&world);
    expect_stop("title: tiny\n"
                "run: {length: until empty}\n"
                "items: {part: {route: [press]}}\n"
                "stations: {press: {time: 1 h}}\n"
                "stocks: {store: {holds: part, room: 2}}\n"
                "releases: {work: {item: part, at: [0 h, 1 h, 2 h], to: store}}\n",
                "press waits for room in stock store");
}

Test(room, what_can_never_fit_is_refused) {
    world_expect_fault(HEAD "items: {part: {}}\n"
                            "stocks: {store: {holds: part, start: 3, room: 2}}\n",
                       "no room for what it holds at the start");
    world_expect_fault(HEAD "items: {part: {lot: 5, route: [press]}}\n"
                            "stations: {press: {time: 1 h}}\n"
                            "stocks: {store: {holds: part, from: factory, room: 4, reorder: "
                            "{policy: base-stock, level: 4}}}\n",
                       "never has room for a lot");
    world_expect_fault(HEAD "items: {part: {route: [press]}}\n"
                            "stations: {press: {time: 1 h}}\n"
                            "stocks: {store: {holds: part, room: 4}}\n"
                            "releases: {work: {item: part, every: 1 h, lot: 5, to: store}}\n",
                       "never has room for a lot");
}

/* ---- sites ---- */
/* A site of 6 units holds bolts and nuts: 2 bolts of 4 at the start, 3 nuts of 4 wait at the door
 * from 1 h on. A bolt goes at 2, 4 and 6 h, and a nut comes in each time. */
Test(room, stocks_of_a_site_share_its_room) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 20 h}\n"
                      "sites: {yard: {room: 6}, shed: {in: yard}}\n"
                      "items: {bolt: {}, nut: {}}\n"
                      "suppliers: {maker: {supplies: nut, lead-time: 1 h}}\n"
                      "stocks:\n"
                      "  bolts: {holds: bolt, site: yard, start: 4}\n"
                      "  nuts: {holds: nut, site: shed, start: 1, from: maker, reorder: {policy: "
                      "base-stock, level: 5, every: 100 h}}\n"
                      "customers: {users: {buys: bolt, from: bolts, at: [2 h, 4 h, 6 h], size: "
                      "1}}\n");
    cr_assert_null(world.why, "%s", world.why);
    /* nuts: 1 until 1 h, 2 until 2 h, 3 until 4 h, 4 until 6 h, then 5 */
    expect_value(&world, "stocks.nuts.on-hand", (1 + 2 + 3 * 2 + 4 * 2 + 5 * 14) / 20.0);
    expect_value(&world, "stocks.nuts.on-hand.now", 5);
    expect_value(&world, "stocks.nuts.on-order", (4 * 1 + 3 + 2 * 2 + 1 * 2) / 20.0);
    world_close(&world);
}

/* The press is blocked from 3 h, when the site is full, until a bolt goes at 8 h. */
Test(room, a_full_site_blocks_what_makes_more) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 20 h}\n"
                      "sites: {yard: {room: 5}}\n"
                      "items: {bolt: {}, part: {route: [press]}}\n"
                      "stations: {press: {time: 1 h}}\n"
                      "stocks: {bolts: {holds: bolt, site: yard, start: 3}, store: {holds: part, "
                      "site: yard}}\n"
                      "releases: {work: {item: part, at: [0 h, 0 h, 0 h], to: store}}\n"
                      "customers: {users: {buys: bolt, from: bolts, at: [8 h]}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, "0@1 1@2 2@8");
    expect_value(&world, "stations.press.states.blocked", 5 / 20.0);
    world_close(&world);
}

Test(room, a_site_that_is_too_small_from_the_start_is_refused) {
    world_expect_fault(HEAD "sites: {yard: {room: 5}}\n"
                            "items: {bolt: {}, nut: {}}\n"
                            "stocks: {bolts: {holds: bolt, site: yard, start: 3}, nuts: {holds: "
                            "nut, site: yard, start: 3}}\n",
                       "no room for what its stocks hold at the start");
    world_expect_fault(HEAD "sites: {yard: {room: 5}}\n"
                            "items: {milk: {unit: l}}\n"
                            "stocks: {milk: {holds: milk, site: yard}}\n",
                       "counts pieces, and stock 'milk' holds l");
}
