/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items with several routes: which one lots go. Times are hours. */
#include "world.h"

Test(routing, lots_go_the_route_that_begins_where_fewest_are) {
    struct world world;
    /* 0 goes the first, 1 the second, 2 the first; at 3 h a is empty, and so is b: the first. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {routes: {one: [a, c], two: [b]}, choose: shortest-queue}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 4 h]}}\n"
                      "stations: {a: {time: 1 h}, b: {time: 3 h}, c: {time: 2 h}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/2 4/1/3");
    EXPECT_STARTS(&world, "b", "0/1/1");
    EXPECT_LEAVES(&world, "1@3 0@3 2@5 3@7");
    expect_value(&world, "system.output", 4);
    world_close(&world);
}

static void expect_route(const char *rule, const char *at_a, const char *at_b) {
    char text[600];
    snprintf(text, sizeof text,
             "run: {length: 40 h}\n"
             "items: {x: {routes: {one: {steps: {a: 2 h, c: 1 h}},\n"
             "  two: {steps: {b: {time: 4 h, cost: 1 EUR}}}}, choose: %s}}\n"
             "releases: {in: {list: [{item: x, at: 0 h, pieces: 5}, {item: x, at: 0 h}]}}\n"
             "stations: {a: {cost: 9 EUR/h}, b: {cost: 3 EUR/h}, c: {cost: 0 EUR/h}}\n",
             rule);
    struct world world;
    world_run(&world, text);
    EXPECT_STARTS(&world, "a", at_a);
    EXPECT_STARTS(&world, "b", at_b);
    world_close(&world);
}

Test(routing, each_rule_looks_at_what_it_says) {
    expect_route("fastest", "0/1/0 2/1/1", "");
    expect_route("cheapest", "", "0/1/0 4/1/1"); /* 18 EUR, or 12 and 1 a piece: 17 and 13 */
    expect_route("least-work", "0/1/0", "0/1/1");
    expect_route("first-able", "0/1/0", "0/1/1");
    expect_route("if pieces > 3 then two else one", "0/1/1", "0/1/0");
    expect_route("if pieces > 3 then two else shortest-queue", "0/1/1", "0/1/0");
}

/* Of 4000 lots about 30 % go the first route, and always the same. */
static double lots_at_a(const char *more) {
    char text[500];
    snprintf(
        text, sizeof text,
        "run: {length: until empty}\n"
        "items: {x: {routes: {one: {share: 30 %%, steps: [a]}, two: {share: 70 %%, steps: [b]}}}}\n"
        "releases: {in: {item: x, at: [0 h], size: 4000}}\n"
        "stations: {a: {time: 1 h%s}, b: {time: 1 h}}\n",
        more);
    struct world world;
    world_run(&world, text);
    double lots = world_value(&world, "stations.a.queue.wait.count");
    world_close(&world);
    return lots;
}

Test(routing, shares_are_drawn_by_the_luck_of_lots) {
    double lots = lots_at_a("");
    cr_expect(fabs(lots - 1200) < 3.3 * sqrt(4000 * 0.3 * 0.7), "%g lots", lots);
    cr_expect_eq(lots, lots_at_a(", machines: 3, queue: {room: 2, rule: lifo}"));
}

Test(routing, who_finds_no_room_anywhere_takes_the_first_that_there_is) {
    struct world world;
    /* Nobody may wait; 2 waits outside until 3 h, when b is free, 3 until a is at 5 h. */
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {x: {routes: {one: [a], two: [b]}, choose: shortest-queue}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h, 1 h, 1 h]}}\n"
              "stations: {a: {time: 5 h, queue: {room: 0}}, b: {time: 3 h, queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 5/1/3");
    EXPECT_STARTS(&world, "b", "0/1/1 3/1/2");
    world_close(&world);
}

Test(routing, a_lot_goes_where_a_card_is_free) {
    struct world world;
    world_run(&world, "run: {length: 12 h}\n"
                      "items: {x: {routes: {one: [a], two: [b]}, choose: shortest-queue}}\n"
                      "releases: {in: {item: x, when: always}}\n"
                      "cards: {one: {count: 1, from: a, to: a}, two: {count: 2, from: b, to: b}}\n"
                      "stations: {a: {time: 2 h}, b: {time: 3 h}}\n");
    expect_value(&world, "stations.a.utilization", 1);
    expect_value(&world, "stations.b.utilization", 1);
    expect_value(&world, "cards.one.in-use", 1);
    expect_value(&world, "cards.two.in-use", 2);
    world_close(&world);
}

Test(routing, steps_and_limits_are_those_of_the_route) {
    struct world world;
    /* The second route has a step of the same name, a limit of its own, and goes back to itself. */
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {x: {choose: if priority > 0 then two else one, routes: {\n"
              "  one: {steps: {\n"
              "    cut: {at: a, time: 1 h, start-within: {time: 10 min, of: release}},\n"
              "    pack: {at: c, time: 1 h}}},\n"
              "  two: {steps: {\n"
              "    cut: {at: b, time: 1 h,\n"
              "      rework: {share: 100 %, to: cut, times: 1, then: pass}},\n"
              "    pack: {at: c, time: 2 h, start-within: {time: 3 h, of: cut}}}}}}}\n"
              "releases: {in: {list: [{item: x, at: 0 h}, {item: x, at: 0 h, priority: 1},\n"
              "  {item: x, at: 0 h}]}}\n"
              "stations: {a: 1, b: 1, c: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/2");
    EXPECT_STARTS(&world, "b", "0/1/1 1/1/1");
    EXPECT_STARTS(&world, "c", "1/1/0 2/1/1 4/1/2");
    expect_value(&world, "system.late-starts", 1.0 / 3);
    world_close(&world);
}

Test(routing, rules_look_at_the_work_of_the_route_that_was_chosen) {
    struct world world;
    /* 1 has 1 h left, 2 has 6 h: at c, which begins to work at 3 h, 1 goes first. */
    world_run(
        &world,
        "run: {length: 40 h}\n"
        "items: {x: {choose: if priority > 0 then long else short, routes: {\n"
        "  short: {steps: {c: 1 h}}, long: {steps: {c: 1 h, d: 5 h}}}}, y: {route: {c: 3 h}}}\n"
        "releases: {first: {item: y, at: [0 h]},\n"
        "  in: {list: [{item: x, at: 1 h, priority: 1}, {item: x, at: 2 h}]}}\n"
        "stations: {c: {queue: {rule: lwkr}}, d: 1}\n");
    EXPECT_STARTS(&world, "c", "0/1/0 3/1/2 4/1/1");
    world_close(&world);
}

/* ---- what cannot be ---- */
#define FLOOR(ITEM)                                                                                \
    "run: {length: 40 h}\n"                                                                        \
    "items: {x: {" ITEM "}}\n"                                                                     \
    "releases: {in: {item: x, rate: 1 /h}}\n"                                                      \
    "stations: {a: {time: 1 h}, b: {time: 1 h}}\n"

Test(routing, what_makes_no_sense_is_refused) {
    world_expect_fault(FLOOR("route: [a], routes: {one: [a], two: [b]}"),
                       "'route' and 'routes' exclude each other");
    world_expect_fault(FLOOR("route: [a], choose: fastest"), "there is nothing to choose");
    world_expect_fault(FLOOR("routes: {one: [a], two: {share: 10 %, steps: [b]}}"),
                       "only some routes of item 'x' have a share");
    world_expect_fault(FLOOR("routes: {one: [a], two: {steps: {}}}"),
                       "route 'two' of item 'x' has no steps");
    world_expect_fault(
        FLOOR("routes: {one: [a], two: [b]}, choose: if pieces > 2 then one else tow"),
        "names what is neither a route of it nor known of a lot");
    world_expect_fault(FLOOR("routes: {one: [a], fastest: [b]}"), "is called like a rule");
    world_expect_fault(FLOOR("routes: {one: [a], two: [b]}, choose: pieces"), "names no route");
    world_expect_fault(FLOOR("routes: {one: [a], two: [b]}, order: random"), "one route is enough");
    world_expect_fault(FLOOR("routes: {one: {steps: {a: {next: b}}}, two: [b]}"),
                       "has no step 'b'");
    world_expect_fault("run: {length: 40 h}\n"
                       "items: {x: {routes: {one: [a], two: [b]}}}\n"
                       "releases: {in: {item: x, when: always}}\n"
                       "stations: {a: 1, b: 1}\n",
                       "no station is the first to be kept fed");
}

/* What is to be worked again stands behind the last step, and nobody says that lots leave there. */
Test(routing, lots_that_never_leave_are_warned_of) {
    world_expect_warning(
        "run: {length: 9 h}\n"
        "items: {x: {route: {a: 1 h, b: {time: 1 h, rework: {share: 9 %, to: c}},\n"
        "                    pack: 1 h, c: {time: 1 h, next: b}}}}\n"
        "stations: {a: 1, b: 1, pack: 1, c: 1}\n"
        "releases: {r: {item: x, every: 9 h}}\n",
        "no lot of 'x' comes to the end of its route: the last step, 'c', leads back");
}

/* ---- stocks that are made by one of the routes ---- */
/* Reviews at 0, 10, 20 ... h; asked for 3 at 5 h, 5 at 15 h and 2 at 25 h. */
#define MADE(FROM)                                                                                 \
    "run: {length: 40 h}\n"                                                                        \
    "items: {x: {lot: 9, choose: fastest, routes: {one: {steps: {a: 1 h/lot}},\n"                  \
    "  two: {steps: {b: 4 h/lot}}}}}\n"                                                            \
    "stations: {a: 1, b: 1}\n"                                                                     \
    "suppliers: {maker: {supplies: x}}\n"                                                          \
    "stocks: {shelf: {holds: x, start: 9, " FROM                                                   \
    ", reorder: {policy: base-stock, level: 9, every: 10 h}}}\n"                                   \
    "customers: {town: {buys: x, from: shelf, list: [{at: 5 h, size: 3}, {at: 15 h, size: 5},\n"   \
    "  {at: 25 h, size: 2}]}}\n"

static void expect_made(const char *text, const char *at_a, const char *at_b) {
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "a", at_a);
    EXPECT_STARTS(&world, "b", at_b);
    expect_value(&world, "stocks.shelf.on-hand.now", 9);
    expect_value(&world, "stocks.shelf.on-order.now", 0);
    world_close(&world);
}

Test(routing, a_stock_has_lots_made_by_the_route_that_it_names) {
    expect_made(MADE("from: factory"), "10/1/0 20/1/1 30/1/2", "");
    expect_made(MADE("from: factory.two"), "", "10/1/0 20/1/1 30/1/2");
    expect_made(MADE("from: [factory.two, factory.one], choose: if net < 5 then factory.two else "
                     "factory.one"),
                "10/1/0 30/1/2", "20/1/1");
    expect_made(MADE("from: [factory.two, factory.one], choose: fastest"), "10/1/0 20/1/1 30/1/2",
                "");
    /* The plain factory leaves the route to the item. */
    expect_made(MADE("from: [factory, factory.two], choose: if net < 5 then factory.two else "
                     "factory"),
                "10/1/0 30/1/2", "20/1/1");
}

/* Each source knows what is on order from it: the far one orders 5 up to 9, the near one what is
 * then missing from 7. */
Test(routing, routes_are_two_sources_of_a_dual_index) {
    struct world world;
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {x: {lot: 9, routes: {one: {steps: {a: 1 h/lot}},\n"
              "  two: {steps: {b: 4 h/lot}}}}}\n"
              "stations: {a: 1, b: 1}\n"
              "stocks: {shelf: {holds: x, start: 9, from: [factory.one, factory.two], choose: "
              "dual-index,\n"
              "  reorder: {policy: base-stock, level: {factory.one: 7, factory.two: 9}, every: 10 "
              "h}}}\n"
              "customers: {town: {buys: x, from: shelf, list: [{at: 5 h, size: 5}]}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "a", "10/1/0");
    EXPECT_STARTS(&world, "b", "10/1/1");
    expect_value(&world, "stocks.shelf.on-hand.now", 9);
    world_close(&world);
}

Test(routing, a_route_that_the_item_does_not_have_is_a_fault) {
    world_expect_fault(MADE("from: factory.three"), "item 'x' has no route 'three'");
    world_expect_fault(MADE("from: maker.two"), "there is no source 'maker.two'");
    world_expect_fault(MADE("from: [factory.one, maker], choose: if net < 5 then factory.two else "
                            "maker"),
                       "names what is no source of it");
}
