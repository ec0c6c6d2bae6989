/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks with several sources: small worlds whose orders can be followed by hand. */
#include "world.h"

/* A store of 10 that is asked for on days 1, 2, 3 ... */
#define STORE(SUPPLIERS, CHOICE, POLICY, SIZES)                                                    \
    "title: tiny\n"                                                                                \
    "run: {length: 4.5 d}\n"                                                                       \
    "items: {part: {cost: 3 EUR}}\n"                                                               \
    "suppliers:\n" SUPPLIERS "stocks:\n"                                                           \
    "  store: {holds: part, start: 10, " CHOICE ", reorder: " POLICY "}\n"                         \
    "customers: {shop: {buys: part, from: store, every: 1 d, first: 1 d, size: sequence(" SIZES    \
    " then stop), if-short: part-wait}}\n"
#define ONE_FOR_ONE "{policy: base-stock, level: 10}"
#define TWO         "from: {a: 50 %, b: 50 %}"

static void expect_orders(const char *text, double a, double b) {
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "suppliers.a.orders", a);
    expect_value(&world, "suppliers.b.orders", b);
    world_close(&world);
}

/* The cost of a unit with its part of the order cost: 6 at a, 5 + 5 / size at b. */
Test(sourcing, cheapest_looks_at_the_whole_order) {
    expect_orders(STORE("  a: {supplies: part, price: 6 EUR}\n"
                        "  b: {supplies: part, price: 5 EUR, order-cost: 5 EUR}\n",
                        TWO ", choose: cheapest", ONE_FOR_ONE, "1 5 6 7"),
                  2, 2); /* at 5 they cost the same: the first written */
}

Test(sourcing, fastest_counts_lead_time_processing_and_work) {
    expect_orders(STORE("  a: {supplies: part, lead-time: 1 d, capacity: 2 /d}\n"
                        "  b: {supplies: part, lead-time: 1 d, processing: 1 d}\n",
                        TWO ", choose: fastest", ONE_FOR_ONE, "1 3 4 1"),
                  2, 2);
}

Test(sourcing, the_first_able_has_no_outage) {
    expect_orders(STORE("  a: {supplies: part, failures: {fire: {first: 1.5 d, after: 99 d, lasts: "
                        "2 d, stops: shipments}}}\n"
                        "  b: {supplies: part}\n",
                        TWO ", choose: first-able", ONE_FOR_ONE, "1 1 1 1"),
                  2, 2);
}

Test(sourcing, an_expression_names_a_source_or_a_rule) {
    expect_orders(STORE("  a: {supplies: part, price: 2 EUR}\n  b: {supplies: part}\n",
                        TWO ", choose: if now > 2.5 d then b else cheapest", ONE_FOR_ONE,
                        "1 1 1 1"),
                  2, 2);
}

Test(sourcing, what_is_owed_is_an_emergency) {
    struct world world;
    world_run(&world, STORE("  a: {supplies: part, lead-time: 9 d}\n"
                            "  b: {supplies: part, lead-time: 1 d}\n",
                            TWO ", choose: emergency", ONE_FOR_ONE, "8 4 0 6"));
    /* Day 2: 2 are left for 4, so 2 come from b on day 3. Day 4: 6 are owed, 6 from b. */
    expect_value(&world, "suppliers.a.orders", 2);
    expect_value(&world, "suppliers.b.orders", 2);
    expect_value(&world, "suppliers.a.expense", 3 * (8 + 2));
    expect_value(&world, "suppliers.b.expense", 3 * (2 + 6));
    world_close(&world);
}

/* Reviews on days 0 .. 4 before the demand of the day is seen at the next. */
Test(sourcing, a_steady_flow_goes_on_and_the_rest_surges) {
    struct world world;
    world_run(&world, STORE("  a: {supplies: part, lead-time: 2 d}\n  b: {supplies: part}\n",
                            TWO ", choose: base-surge, steady: 2",
                            "{policy: base-stock, level: 12, every: 1 d}", "8 0 9 1"));
    expect_value(&world, "suppliers.a.orders", 5);
    expect_value(&world, "suppliers.a.expense", 3 * 2 * 5);
    /* The position before orders: 10, 4, 12, 5 ... day 0: 2 and 0. Day 1: 12 - 8 = 4, so 2 and 6.
     * Day 2: 12, so 2 and 0. Day 3: 14 - 9 = 5, so 2 and 5. Day 4: 12 - 1, so 2 and 0. */
    expect_value(&world, "suppliers.b.expense", 3 * (6 + 5));
    world_close(&world);
}

Test(sourcing, a_steady_flow_is_by_itself_a_share_of_the_demand_so_far) {
    struct world world;
    world_run(&world, STORE("  a: {supplies: part, lead-time: 9 d}\n  b: {supplies: part}\n",
                            TWO ", choose: base-surge",
                            "{policy: base-stock, level: 10, every: 1 d}", "8 0 9 1"));
    /* Half of 8 / 1, 8 / 2, 17 / 3 and 18 / 4, in whole pieces. */
    expect_value(&world, "suppliers.a.expense", 3 * (4 + 2 + 3 + 2));
    world_close(&world);
}

/* The fast source sees the slow order of day 0 only when it should be there. */
Test(sourcing, a_dual_index_sees_what_will_be_there_in_time) {
    struct world world;
    world_run(&world, STORE("  a: {supplies: part, lead-time: 3 d}\n"
                            "  b: {supplies: part, lead-time: 1 d}\n",
                            TWO ", choose: dual-index",
                            "{policy: base-stock, level: {a: 20, b: 6}, every: 1 d}", "7 1 0 0"));
    /* Day 0: 10 on hand, so 10 from a. Day 1: 3 are left, 3 from b and 4 from a. Day 2: 5, 1 from
     * b; what a brings on day 3 comes in time, so none. */
    expect_value(&world, "suppliers.a.expense", 3 * (10 + 4 + 1));
    expect_value(&world, "suppliers.b.expense", 3 * 3);
    world_close(&world);
}

Test(sourcing, stocks_are_able_when_they_have_enough) {
    struct world world;
    world_run(&world,
              "title: tiny\n"
              "run: {length: 5 d}\n"
              "items: {part: {}}\n"
              "suppliers: {maker: {supplies: part}}\n"
              "stocks:\n"
              "  shop: {holds: part, from: [near, far], choose: first-able, start: 3,\n"
              "         reorder: {policy: base-stock, level: 3}}\n"
              "  near: {holds: part, start: 4}\n"
              "  far: {holds: part, start: 99}\n"
              "customers: {users: {buys: part, from: shop, every: 1 d, first: 1 d, size: 2}}\n");
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "stocks.near.on-hand.now", 0);
    expect_value(&world, "stocks.far.on-hand.now", 99 - 6);
    world_close(&world);
}

/* ---- levels that are computed ---- */
Test(sourcing, a_level_may_follow_what_was_asked) {
    struct world world;
    world_run(&world, STORE("  a: {supplies: part}\n", "from: a",
                            "{policy: base-stock, level: 2 * demand + 1, every: 1 d}", "9 3 0 5"));
    /* Day 0: 10 lie there, level 1. Day 1: 1 is left, 19. Day 2: 16 left, 7. Day 3: 16, 1. Day 4:
     * 11 left, 11. */
    expect_value(&world, "stocks.store.ordered", 18);
    expect_value(&world, "stocks.store.orders", 1);
    world_close(&world);
}

Test(sourcing, a_level_may_be_in_another_unit_than_the_item) {
    struct world world;
    world_run(
        &world,
        "title: tiny\n"
        "run: {length: 1 d}\n"
        "items: {sand: {unit: t}}\n"
        "suppliers: {pit: {supplies: sand}}\n"
        "stocks: {heap: {holds: sand, from: pit,\n"
        "                reorder: {policy: base-stock, level: \"max(500 kg, 20 kg * 30)\"}}}\n");
    expect_value(&world, "stocks.heap.on-hand.now", 0.6);
    world_close(&world);
}

Test(sourcing, a_programme_changes_what_is_computed_and_chosen) {
    struct world world;
    world_run(&world,
              "programmes:\n"
              "  more: {at: 2.5 d, change: {stocks.store.reorder.level: 4 * demand + 12}}\n"
              "  other: {at: 2.5 d, change: {stocks.store.choose: b}}\n" STORE(
                  "  a: {supplies: part}\n  b: {supplies: part}\n", TWO ", choose: first-able",
                  "{policy: base-stock, level: 10, every: 1 d}", "2 2 2 2"));
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "suppliers.a.orders", 2);
    expect_value(&world, "suppliers.b.orders", 2);
    expect_value(&world, "stocks.store.on-hand.now", 4 * 2 + 12);
    world_close(&world);
}

/* ---- places ---- */
/* The near one lies 5 km away on the map; a road to the far one is shorter than it looks. */
#define PLACES(LANES, BUYER)                                                                       \
    "title: tiny\n"                                                                                \
    "run: {length: 9 d}\n"                                                                         \
    "items: {part: {}}\n"                                                                          \
    "sites: {here: {at: [0 km, 0 km]}, near: {at: [3 km, 4 km]}, far: {at: [6 km, 8 km]}}\n" LANES \
    "suppliers: {a: {supplies: part, site: far}, b: {supplies: part, site: near}}\n"               \
    "stocks:\n"                                                                                    \
    "  store: {holds: part, site: here, from: [a, b], choose: nearest, start: 9, reorder: "        \
    "{policy: base-stock, level: 9}}\n"                                                            \
    "  other: {holds: part, site: far, start: 9}\n"                                                \
    "customers: {users: {buys: part, from: [other, store], " BUYER ", every: 1 d, first: 1 d}}\n"

Test(sourcing, the_nearest_is_found_on_the_map_and_by_the_distance_of_lanes) {
    struct world world;
    world_run(&world, PLACES("", "choose: nearest, site: near"));
    cr_assert_null(world.why, "%s", world.why); /* both lie 5 km away: the one written first */
    expect_value(&world, "stocks.other.on-hand.now", 0);
    world_close(&world);
    world_run(&world, PLACES("", "choose: nearest, site: here"));
    expect_value(&world, "stocks.other.on-hand.now", 9);
    expect_value(&world, "suppliers.a.orders", 0);
    expect_value(&world, "suppliers.b.orders", 9);
    world_close(&world);
    world_run(&world, PLACES("lanes: {road: {from: far, to: here, distance: 4 km, time: 1 h}}\n",
                             "choose: nearest, site: here"));
    expect_value(&world, "stocks.other.on-hand.now", 9);
    expect_value(&world, "suppliers.a.orders", 9);
    expect_value(&world, "suppliers.b.orders", 0);
    world_close(&world);
}

Test(sourcing, the_nearest_of_what_has_no_place_is_refused) {
    world_expect_fault(PLACES("", "choose: nearest"), "buys from the nearest");
    world_expect_fault("title: tiny\n"
                       "run: {length: 9 d}\n"
                       "items: {part: {}}\n"
                       "suppliers: {a: {supplies: part}, b: {supplies: part}}\n"
                       "stocks: {store: {holds: part, from: [a, b], choose: if net < 1 then "
                       "nearest else a, reorder: {policy: base-stock, level: 9}}}\n",
                       "orders from the nearest");
}

Test(sourcing, a_steady_order_that_the_source_does_not_sell_is_a_warning) {
    world_expect_warning(STORE("  a: {supplies: part, min-order: 5}\n  b: {supplies: part}\n",
                               TWO ", choose: base-surge, steady: 2",
                               "{policy: base-stock, level: 12, every: 1 d}", "1"),
                         "orders 2 at each review of a source whose `min-order` is 5");
    world_expect_warning(STORE("  a: {supplies: part, multiple: 4}\n  b: {supplies: part}\n",
                               TWO ", choose: base-surge, steady: 6",
                               "{policy: base-stock, level: 12, every: 1 d}", "1"),
                         "orders 6 at each review of a source that sells multiples of 4");
}

/* ---- what is refused ---- */
#define A_AND_B "  a: {supplies: part}\n  b: {supplies: part}\n"

Test(sourcing, what_cannot_be_is_refused) {
    world_expect_fault(
        STORE(A_AND_B "  c: {supplies: part}\n", TWO ", choose: c", ONE_FOR_ONE, "1"),
        "names what is no source of it");
    world_expect_fault(STORE(A_AND_B, TWO ", choose: net + 1", ONE_FOR_ONE, "1"),
                       "names no source");
    world_expect_fault(STORE(A_AND_B, TWO ", choose: base-surge", ONE_FOR_ONE, "1"),
                       "orders at every review");
    world_expect_fault(STORE(A_AND_B, "from: a, choose: emergency", ONE_FOR_ONE, "1"),
                       "is for two sources");
    world_expect_fault(STORE(A_AND_B, TWO ", choose: dual-index", ONE_FOR_ONE, "1"),
                       "a level for each source");
    world_expect_fault(STORE(A_AND_B, TWO, "{policy: base-stock, level: {a: 1, b: 2}}", "1"),
                       "only dual-index looks at");
    world_expect_fault(
        STORE(A_AND_B, "from: a, choose: if net < 1 then emergency else a", ONE_FOR_ONE, "1"),
        "stands alone");
}

/* ---- customers: by what it costs and how long it takes ---- */
/* From a: 5 for an order and 1 a unit in 1 h; from b: 3 a unit in 4 h; both start with 20. */
#define TWO_WAYS(CHOOSE, ORDERS)                                                                   \
    "run: {length: 30 h}\nitems: {part: {price: 9 EUR}}\nsites: {one: {}, two: {}, home: {}}\n"    \
    "suppliers: {far: {supplies: part, lead-time: 9 h}}\n"                                         \
    "lanes: {from-one: {from: one, to: home, time: 1 h, cost: {order: 5 EUR, unit: 1 EUR}},\n"     \
    "        from-two: {from: two, to: home, time: 4 h, cost: {unit: 3 EUR}}}\n"                   \
    "stocks: {a: {holds: part, site: one, start: 20, from: far, reorder: {policy: base-stock, "    \
    "level: 20}},\n"                                                                               \
    "         b: {holds: part, site: two, start: 20, from: far, reorder: {policy: base-stock, "    \
    "level: 20}}}\n"                                                                               \
    "customers: {c: {buys: part, from: [a, b], site: home, choose: " CHOOSE ", list: [" ORDERS     \
    "]}}\n"

Test(sourcing, a_customer_buys_where_the_way_of_this_order_is_cheapest) {
    struct world world;
    /* Of 2: 7 and 6; of 3: 8 and 9. */
    world_run(&world, TWO_WAYS("cheapest", "{at: 1 h, size: 2}, {at: 2 h, size: 3}"));
    EXPECT_WHEN(&world, "b", "is asked for 2", "1");
    EXPECT_WHEN(&world, "a", "is asked for 3", "2");
    expect_value(&world, "money.transport", 6 + 8);
    world_close(&world);
}

Test(sourcing, a_customer_buys_where_his_order_is_expected_soonest) {
    struct world world;
    /* 25 wait 9 h for goods wherever they are ordered, 1 h of way comes behind that; when a has 5
     * left, 6 would take 10 h from there and 4 h from b. */
    world_run(&world, TWO_WAYS("fastest", "{at: 1 h, size: 15}, {at: 2 h, size: 6}, "
                                          "{at: 3 h, size: 25}, {at: 20 h, size: 6}"));
    EXPECT_WHEN(&world, "a", "is asked for", "1 3 20");
    EXPECT_WHEN(&world, "b", "is asked for", "2");
    world_close(&world);
}

Test(sourcing, the_factory_has_no_lane_that_is_cheapest) {
    world_expect_fault("run: {length: 9 h}\nitems: {part: {route: {cut: 1 h}}}\n"
                       "stations: {cut: {}}\nstocks: {a: {holds: part, from: factory}}\n"
                       "customers: {c: {buys: part, from: [a, factory], choose: cheapest, every: 1 "
                       "h}}\n",
                       "`cheapest` cannot choose the factory");
}
