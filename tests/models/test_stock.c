/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stock, its supplier and its customers. */
#include "stocks.h"

/* ---- the inventory position ---- */
/* Ordered at 2 d and 3 d, received at 7 d and 8 d. */
static const char traced[] = HEAD
    "items: {part: {price: 10 EUR, cost: 3 EUR, holding: 1 EUR/d}}\n"
    "suppliers: {maker: {supplies: part, lead-time: 5 d, order-cost: 7 EUR}}\n"
    "stocks:\n"
    "  store: {holds: part, from: maker, start: 10, reorder: {policy: fixed, point: 4, "
    "quantity: 6}}\n"
    "customers:\n"
    "  shop:\n"
    "    buys: part\n"
    "    from: store\n"
    "    if-short: part-wait\n"
    "    owed-cost: 2 EUR/d\n"
    "    list: [{at: 1 d, size: 4}, {at: 2 d, size: 3}, {at: 3 d, size: 5}, {at: 4 d, size: 1}]\n";

Test(stock, position_follows_every_event) {
    static const struct {
        const char *until;
        int64_t on_hand, owed, on_order;
    } expected[] = {{"0 d", 10, 0, 0}, {"1 d", 6, 0, 0},  {"2 d", 3, 0, 6},
                    {"3 d", 0, 2, 12}, {"4 d", 0, 3, 12}, {"6 d", 0, 3, 12},
                    {"7 d", 3, 0, 6},  {"8 d", 9, 0, 0},  {"10 d", 9, 0, 0}};
    for (size_t i = 1; i < sizeof expected / sizeof *expected; i++) {
        struct world world;
        world_until(&world, traced, expected[i].until);
        const struct stock_state *stock = &world.run->stocks[0];
        cr_expect_eq(stock->on_hand.now, expected[i].on_hand * 1000, "%s", expected[i].until);
        cr_expect_eq(stock->owed.now, expected[i].owed * 1000, "%s", expected[i].until);
        cr_expect_eq(stock->on_order.now, expected[i].on_order * 1000, "%s", expected[i].until);
        cr_expect_eq(position(&world),
                     (expected[i].on_hand + expected[i].on_order - expected[i].owed) * 1000);
        world_close(&world);
    }
}

Test(stock, every_account_is_what_happened_times_its_price) {
    struct world world;
    world_until(&world, traced, "10 d");
    expect_value(&world, "money.revenue", 13 * 10);
    expect_value(&world, "customers.shop.revenue", 13 * 10);
    expect_value(&world, "money.materials", 12 * 3);
    expect_value(&world, "money.ordering", 2 * 7);
    expect_value(&world, "money.holding", 10 + 6 + 3 + 1 * 3 + 2 * 9); /* unit days */
    expect_value(&world, "money.penalties", 2 * (2 + 3 * 3));
    expect_value(&world, "money.cost", 36 + 14 + 40 + 22);
    expect_value(&world, "money.profit", 130 - 112 - 1 * 3); /* one less is in store */
    expect_value(&world, "money.cost-rate", 11.2);
    expect_value(&world, "stocks.store.expense", 40 + 22);
    world_close(&world);
}

Test(stock, service_counts_what_was_there_at_once) {
    struct world world;
    world_until(&world, traced, "10 d");
    expect_value(&world, "stocks.store.fill", 10. / 13);
    expect_value(&world, "stocks.store.stock-outs", 2);
    expect_value(&world, "stocks.store.ready", 2. / 4);
    expect_value(&world, "customers.shop.fill", 10. / 13);
    expect_value(&world, "customers.shop.in-full", 3. / 4);
    expect_value(&world, "customers.shop.otif", 2. / 4);
    expect_value(&world, "customers.shop.order-cycle.max", 4 * 24);
    expect_value(&world, "suppliers.maker.order-cycle", 5 * 24);
    world_close(&world);
}

Test(stock, a_sum_of_accounts_is_the_cost) {
    struct world world;
    world_until(&world, traced, "3.3333333 d");
    static const char *const accounts[] = {"materials", "machines", "setups",
                                           "making",    "holding",  "ordering",
                                           "penalties", "repairs",  "fixed-costs"};
    double sum = 0;
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
        char path[40];
        snprintf(path, sizeof path, "money.%s", accounts[i]);
        sum += world_value(&world, path);
    }
    cr_expect_float_eq(sum, world_value(&world, "money.cost"), 1e-9);
    world_close(&world);
}

/* ---- short ---- */
#define SHORT(WORD)                                                                                \
    HEAD ITEMS "stocks: {store: {holds: part, start: 3, shipped: [4 at 2 d]}}\n"                   \
               "customers: {shop: {buys: part, from: store, at: [1 d], size: 5, if-short: " WORD   \
               "}}\n"

Test(stock, four_words_say_what_becomes_of_a_short_order) {
    static const struct {
        const char *text;
        double served, lost, owed;          /* on the first day after the order */
        double served_later, on_hand_later; /* after the receipt */
    } expected[] = {{SHORT("wait"), 0, 0, 5, 5, 2},
                    {SHORT("lose"), 0, 5, 0, 0, 7},
                    {SHORT("part-wait"), 3, 0, 2, 5, 2},
                    {SHORT("part-lose"), 3, 2, 0, 3, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct world world;
        world_until(&world, expected[i].text, "1.5 d");
        expect_value(&world, "customers.shop.served", expected[i].served);
        expect_value(&world, "customers.shop.lost", expected[i].lost);
        expect_value(&world, "customers.shop.owed.now", expected[i].owed);
        expect_value(&world, "stocks.store.owed.now", expected[i].owed);
        world_close(&world);
        world_until(&world, expected[i].text, "3 d");
        expect_value(&world, "customers.shop.served", expected[i].served_later);
        expect_value(&world, "customers.shop.owed.now", 0);
        expect_value(&world, "stocks.store.on-hand.now", expected[i].on_hand_later);
        world_close(&world);
    }
}

Test(stock, what_is_lost_is_not_ordered_again) {
    static const char text[] = HEAD ITEMS
        "suppliers: {maker: {supplies: part, lead-time: 1 d}}\n"
        "stocks: {store: {holds: part, from: maker, start: 3, reorder: {policy: base-stock, "
        "level: 3}}}\n"
        "customers: {shop: {buys: part, from: store, at: [1 d], size: 5, if-short: lose, "
        "lost-cost: 2 EUR}}\n";
    struct world world;
    world_until(&world, text, "3 d");
    expect_value(&world, "stocks.store.orders", 0);
    expect_value(&world, "stocks.store.on-hand.now", 3);
    expect_value(&world, "money.penalties", 10);
    world_close(&world);
}

Test(stock, an_order_that_is_filled_at_once_was_never_owed) {
    static const char text[] = HEAD ITEMS
        "suppliers: {maker: {supplies: part}}\n"
        "stocks: {store: {holds: part, from: maker, start: 5, reorder: {policy: base-stock, "
        "level: 5}}}\n"
        "customers: {shop: {buys: part, from: store, every: 1 d, size: 2}}\n";
    struct world world;
    world_until(&world, text, "5 d");
    expect_value(&world, "stocks.store.owed.max", 0);
    expect_value(&world, "customers.shop.owed.max", 0);
    expect_value(&world, "stocks.store.on-hand.min", 5);
    expect_value(&world, "stocks.store.on-order.max", 0);
    expect_value(&world, "stocks.store.ordered", 12);
    world_close(&world);
    cr_expect_eq(value_at(traced, "10 d", "stocks.store.owed.max"), 3);
    cr_expect_eq(value_at(traced, "10 d", "stocks.store.net.min"), -3);
}

/* ---- who gets what ---- */
#define THREE_CUSTOMERS(SERVE)                                                                     \
    HEAD ITEMS "stocks: {store: {holds: part, shipped: [1 at 3 d, 1 at 4 d], serve: " SERVE "}}\n" \
               "customers:\n"                                                                      \
               "  early: {buys: part, from: store, at: [1 d]}\n"                                   \
               "  urgent: {buys: part, from: store, at: [2 d], priority: 1}\n"                     \
               "  late: {buys: part, from: store, at: [2.5 d]}\n"

static void expect_served(const char *text, const char *until, double early, double urgent) {
    struct world world;
    world_until(&world, text, until);
    expect_value(&world, "customers.early.served", early);
    expect_value(&world, "customers.urgent.served", urgent);
    expect_value(&world, "customers.late.served", 0);
    world_close(&world);
}

Test(stock, fifo_serves_who_waits_longest_and_priority_the_most_urgent) {
    expect_served(THREE_CUSTOMERS("fifo"), "3 d", 1, 0);
    expect_served(THREE_CUSTOMERS("fifo"), "4 d", 1, 1);
    expect_served(THREE_CUSTOMERS("priority"), "3 d", 0, 1);
    expect_served(THREE_CUSTOMERS("priority"), "4 d", 1, 1);
}

Test(stock, who_comes_behind_a_waiting_order_is_lost_by_its_own_rule_only) {
    static const char text[] =
        HEAD ITEMS "stocks: {store: {holds: part, start: 2}}\n"
                   "customers:\n"
                   "  big: {buys: part, from: store, at: [1 d], size: 3}\n"
                   "  small: {buys: part, from: store, at: [2 d], size: 1, if-short: lose}\n"
                   "  patient: {buys: part, from: store, at: [2 d], size: 1}\n";
    struct world world;
    world_until(&world, text, "3 d");
    expect_value(&world, "customers.small.lost", 1);
    expect_value(&world, "customers.patient.owed.now", 1);
    expect_value(&world, "stocks.store.on-hand.now", 2);
    world_close(&world);
}

Test(stock, a_lot_that_waits_for_material_was_not_served_at_once) {
    /* Three are there for the first lot of two; the second has to wait until 2 d. */
    static const char text[] =
        HEAD "items: {bolt: {}, frame: {uses: {bolt: 2}, route: [saw]}}\n"
             "stations: {saw: {time: 1 h, machines: 2}}\n"
             "stocks: {bolts: {holds: bolt, start: 3, shipped: [4 at 2 d]}}\n"
             "releases: {frames: {item: frame, at: [0 d, 1 d]}}\n";
    struct world world;
    world_until(&world, text, "1.5 d");
    expect_value(&world, "stocks.bolts.on-hand.now", 1);
    expect_value(&world, "stocks.bolts.owed.now", 2); /* it waits like any order: policies see it */
    expect_value(&world, "stocks.bolts.fill", 0.5);
    world_close(&world);
    world_until(&world, text, "3 d");
    expect_value(&world, "stocks.bolts.on-hand.now", 3);
    expect_value(&world, "stocks.bolts.owed.now", 0);
    expect_value(&world, "stocks.bolts.fill", 0.5);
    expect_value(&world, "system.output", 2);
    world_close(&world);
}

Test(stock, a_base_stock_orders_for_a_lot_that_needs_more_than_its_level) {
    static const char text[] =
        HEAD "items: {bolt: {}, frame: {uses: {bolt: 5}, route: [saw]}}\n"
             "stations: {saw: {time: 1 h}}\n"
             "suppliers: {maker: {supplies: bolt, lead-time: 1 d}}\n"
             "stocks: {bolts: {holds: bolt, from: maker, start: 3, reorder: {policy: base-stock, "
             "level: 3}}}\n"
             "releases: {frames: {item: frame, at: [0 d]}}\n";
    struct world world;
    world_until(&world, text, "0.5 d");
    expect_value(&world, "stocks.bolts.on-order.now", 5);
    expect_value(&world, "stocks.bolts.owed.now", 5);
    world_close(&world);
    world_until(&world, text, "2 d");
    expect_value(&world, "system.output", 1);
    expect_value(&world, "stocks.bolts.on-hand.now", 3);
    world_close(&world);
}

Test(stock, who_waits_for_a_reserve_lets_pass_from_whom_less_is_kept_back) {
    static const char text[] = HEAD ITEMS
        "stocks: {store: {holds: part, start: 2, shipped: [2 at 4 d], reserve: {low: 1}}}\n"
        "customers:\n"
        "  low: {buys: part, from: store, list: [{at: 1 d, size: 2}, {at: 2 d, size: 1}]}\n"
        "  high: {buys: part, from: store, at: [3 d]}\n";
    static const struct {
        const char *until;
        double low, high, on_hand;
    } expected[] = {{"1 d", 0, 0, 2}, {"2 d", 0, 0, 2}, {"3 d", 0, 1, 1}, {"4 d", 2, 1, 1}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct world world;
        world_until(&world, text, expected[i].until);
        expect_value(&world, "customers.low.served", expected[i].low);
        expect_value(&world, "customers.high.served", expected[i].high);
        expect_value(&world, "stocks.store.on-hand.now", expected[i].on_hand);
        world_close(&world);
    }
}

/* ---- orders ---- */
static double ordered(const char *policy, const char *supplier, int demand) {
    char text[800];
    snprintf(text, sizeof text,
             HEAD ITEMS "suppliers: {maker: {supplies: part, lead-time: 9 d, %s}}\n"
                        "stocks: {store: {holds: part, from: maker, start: 20, reorder: {policy: "
                        "%s, every: 1 d}}}\n"
                        "customers: {shop: {buys: part, from: store, at: [0 d], size: %d}}\n",
             supplier, policy, demand);
    return value_at(text, "0.5 d", "stocks.store.ordered");
}

Test(stock, orders_are_raised_to_the_minimum_and_then_to_multiples) {
    static const char level[] = "base-stock, level: 20";
    cr_expect_eq(ordered(level, "min-order: 0", 3), 3);
    cr_expect_eq(ordered(level, "min-order: 4", 3), 4);
    cr_expect_eq(ordered(level, "min-order: 4", 6), 6);
    cr_expect_eq(ordered(level, "multiple: 5", 3), 5);
    cr_expect_eq(ordered(level, "multiple: 5", 5), 5);
    cr_expect_eq(ordered(level, "multiple: 5", 6), 10);
    cr_expect_eq(ordered(level, "min-order: 7, multiple: 5", 3), 10);
    cr_expect_eq(ordered(level, "min-order: 7, multiple: 5", 0), 0);
}

Test(stock, a_fixed_quantity_is_ordered_as_often_as_it_takes_to_leave_the_point) {
    static const char fixed[] = "fixed, point: 10, quantity: 4";
    static const int demand[] = {9, 10, 13, 14, 18, 30}, expected[] = {0, 4, 4, 8, 12, 24};
    for (size_t i = 0; i < sizeof demand / sizeof *demand; i++)
        cr_expect_eq(ordered(fixed, "min-order: 0", demand[i]), expected[i], "%d", demand[i]);
}

Test(stock, from_the_minimum_on_it_is_ordered_up_to_the_maximum) {
    static const char limits[] = "min-max, min: 10, max: 25";
    static const int demand[] = {9, 10, 14, 24}, expected[] = {0, 15, 19, 29};
    for (size_t i = 0; i < sizeof demand / sizeof *demand; i++)
        cr_expect_eq(ordered(limits, "min-order: 0", demand[i]), expected[i], "%d", demand[i]);
}

Test(stock, a_rule_sees_its_stock) {
    static const struct {
        const char *order;
        double expected;
    } rules[] = {{"on-hand", 2},         {"owed", 7},          {"on-order", 2},
                 {"10 + net", 5},        {"10 + position", 7}, {"demand", 8},
                 {"lead-time / 1 d", 4}, {"net", 0},           {"now / 1 d + 0.5", 2.5}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char text[900];
        snprintf(text, sizeof text,
                 HEAD ITEMS
                 "suppliers: {maker: {supplies: part, lead-time: uniform(1 3) d}}\n"
                 "stocks: {store: {holds: part, from: maker, start: 3, shipped: [2 at 9 d], "
                 "lead-time: 1.5 d, order-delay: 0.5 d, reorder: {policy: rule, every: 1 d, "
                 "first: 2 d, order: %s}}}\n"
                 "customers:\n"
                 "  few: {buys: part, from: store, at: [1 d]}\n"
                 "  many: {buys: part, from: store, at: [1.5 d], size: 7}\n",
                 rules[i].order);
        cr_expect_eq(value_at(text, "2.2 d", "stocks.store.ordered"), rules[i].expected, "%s",
                     rules[i].order);
    }
}

Test(stock, what_a_rule_calls_demand_is_that_since_the_last_review) {
    static const char text[] = HEAD ITEMS
        "suppliers: {maker: {supplies: part, lead-time: 1 d}}\n"
        "stocks: {store: {holds: part, from: maker, start: 100, reorder: {policy: rule, every: 2 "
        "d, first: 0 d, order: demand}}}\n"
        "customers: {shop: {buys: part, from: store, every: 1 d, size: sequence(1 2 4 8 16 then "
        "stop)}}\n";
    cr_expect_eq(value_at(text, "1 d", "stocks.store.ordered"), 1);
    cr_expect_eq(value_at(text, "2 d", "stocks.store.ordered"), 1 + (2 + 4));
    cr_expect_eq(value_at(text, "4 d", "stocks.store.ordered"), 1 + (2 + 4) + (8 + 16));
}

Test(stock, an_order_to_make_that_is_scrapped_is_ordered_again) {
    /* Ordered at 1 d, cut off half done at 1.5 d, made again from 1.75 d to 2.75 d. */
    static const char text[] = HEAD
        "items: {part: {route: [saw]}}\n"
        "stations: {saw: {time: 1 d, failures: {jam: {clock: calendar, after: 1.5 d, lasts: 0.25 "
        "d, then: scrap}}}}\n"
        "stocks: {store: {holds: part, from: factory, start: 1, reorder: {policy: base-stock, "
        "level: 1}}}\n"
        "customers: {shop: {buys: part, from: store, at: [1 d]}}\n";
    static const struct {
        const char *until;
        double orders, on_hand, on_order;
    } expected[] = {{"0.5 d", 0, 1, 0},
                    {"1.2 d", 1, 0, 1},
                    {"1.5 d", 2, 0, 1},
                    {"2.7 d", 2, 0, 1},
                    {"2.75 d", 2, 1, 0}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct world world;
        world_until(&world, text, expected[i].until);
        expect_value(&world, "stocks.store.orders", expected[i].orders);
        expect_value(&world, "stocks.store.on-hand.now", expected[i].on_hand);
        expect_value(&world, "stocks.store.on-order.now", expected[i].on_order);
        cr_expect_eq(position(&world), 1000, "%s", expected[i].until);
        world_close(&world);
    }
}

Test(stock, what_is_made_is_ordered_in_whole_pieces) {
    static const char text[] =
        HEAD "items: {part: {route: [saw], lot: 2}}\n"
             "stations: {saw: {time: 1 d}}\n"
             "stocks: {store: {holds: part, from: factory, reorder: {policy: base-stock, level: "
             "2.5}}}\n";
    struct world world;
    world_until(&world, text, "1.5 d");
    expect_value(&world, "stocks.store.ordered", 3);
    expect_value(&world, "stocks.store.on-hand.now",
                 2); /* the first lot; the last one is smaller */
    expect_value(&world, "stocks.store.on-order.now", 1);
    world_close(&world);
}

/* ---- on the way ---- */
Test(stock, what_is_on_its_way_at_the_start_counts_and_arrives) {
    static const char text[] = HEAD ITEMS
        "suppliers: {maker: {supplies: part, lead-time: 3 d, order-cost: 5 EUR}}\n"
        "stocks: {store: {holds: part, from: maker, shipped: [4 at 2 d], ordered: [6 at 1 d], "
        "reorder: {policy: base-stock, level: 10}}}\n";
    static const struct {
        const char *until;
        double on_hand, on_order, paid;
    } expected[] = {{"0.5 d", 0, 10, 0},
                    {"1 d", 0, 10, 5},
                    {"2 d", 4, 6, 5},
                    {"3.9 d", 4, 6, 5},
                    {"4 d", 10, 0, 5}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct world world;
        world_until(&world, text, expected[i].until);
        expect_value(&world, "stocks.store.on-hand.now", expected[i].on_hand);
        expect_value(&world, "stocks.store.on-order.now", expected[i].on_order);
        expect_value(&world, "money.ordering", expected[i].paid);
        expect_value(&world, "stocks.store.orders", 0);
        world_close(&world);
    }
}

Test(stock, goods_under_way_are_charged_from_sending_to_receipt) {
    static const char text[] = HEAD ITEMS
        "stocks:\n"
        "  depot: {holds: part, start: 9}\n"
        "  shop: {holds: part, from: depot, lead-time: 2 d, order-delay: 1 d, holding-under-way: 3 "
        "EUR/d, reorder: {policy: base-stock, level: 4, every: 9 d}}\n";
    cr_expect_eq(value_at(text, "1 d", "money.holding"), 0);
    cr_expect_eq(value_at(text, "2 d", "money.holding"), 4 * 3);
    cr_expect_eq(value_at(text, "8 d", "money.holding"), 4 * 3 * 2);
}

#define TWO_ORDERS(CROSSING)                                                                       \
    HEAD ITEMS "suppliers: {maker: {supplies: part, lead-time: if now < 0.5 d then 5 d else 1 d, " \
               "crossing: " CROSSING "}}\n"                                                        \
               "stocks: {store: {holds: part, from: maker, start: 9, reorder: {policy: "           \
               "base-stock, level: 10, every: 1 d}}}\n"                                            \
               "customers: {shop: {buys: part, from: store, at: [1 d], size: 2}}\n"

Test(stock, a_later_order_may_arrive_first_unless_its_supplier_says_no) {
    struct world world;
    world_until(&world, TWO_ORDERS("yes"), "2 d");
    expect_value(&world, "stocks.store.on-hand.now", 9);
    expect_value(&world, "stocks.store.on-order.now", 1);
    world_close(&world);
    world_until(&world, TWO_ORDERS("no"), "4.9 d");
    expect_value(&world, "stocks.store.on-hand.now", 7);
    expect_value(&world, "stocks.store.on-order.now", 3);
    world_close(&world);
    cr_expect_eq(value_at(TWO_ORDERS("no"), "5 d", "stocks.store.on-hand.now"), 10);
}

Test(stock, orders_wait_for_earlier_ones_of_their_own_supplier_only) {
    static const char text[] = HEAD ITEMS
        "suppliers:\n"
        "  slow: {supplies: part, lead-time: 9 d, crossing: no}\n"
        "  fast: {supplies: part, lead-time: 1 d, crossing: no}\n"
        "stocks: {store: {holds: part, from: {slow: 1, fast: 1}, start: 10, reorder: {policy: "
        "base-stock, level: 10}}}\n"
        "customers: {shop: {buys: part, from: store, every: 1 d}}\n";
    struct world world;
    world_until(&world, text, "100 d");
    expect_value(&world, "suppliers.slow.order-cycle.min", 9 * 24);
    expect_value(&world, "suppliers.fast.order-cycle.max", 1 * 24);
    cr_expect_gt(world_value(&world, "suppliers.fast.order-cycle.count"), 20);
    cr_expect_gt(world_value(&world, "suppliers.slow.order-cycle.count"), 20);
    world_close(&world);
}

/* ---- late ---- */
Test(stock, lateness_costs_from_the_due_date_to_delivery) {
    static const char text[] = HEAD ITEMS
        "stocks: {store: {holds: part, start: 1, shipped: [2 at 4 d, 9 at 5 d]}}\n"
        "customers:\n"
        "  shop: {buys: part, from: store, list: [{at: 0 d, size: 5, due: 2 d}], if-short: "
        "part-wait, late-cost: 3 EUR/d}\n"
        "  other: {buys: part, from: store, list: [{at: 0 d, size: 1, due: 5 d}], late-cost: 3 "
        "EUR/d}\n";
    cr_expect_eq(value_at(text, "2 d", "money.penalties"), 0);
    cr_expect_eq(value_at(text, "3 d", "money.penalties"), 3 * 4 * 1);
    cr_expect_eq(value_at(text, "9 d", "money.penalties"), 3 * (4 * 2 + 2 * 1));
    cr_expect_eq(value_at(text, "9 d", "customers.shop.on-time"), 0);
    cr_expect_eq(value_at(text, "9 d", "customers.other.on-time"), 1);
}

/* ---- faults ---- */
Test(stock, chains_that_cannot_work_are_faults) {
    world_expect_fault(HEAD ITEMS "stocks: {store: {holds: part, ordered: [4 at 1 d]}}\n",
                       "stock 'store' has ordered from nowhere");
    world_expect_fault(HEAD ITEMS
                       "stocks: {store: {holds: part, reorder: {policy: base-stock, level: 4}}}\n",
                       "stock 'store' reorders from nowhere");
    world_expect_fault(HEAD ITEMS "suppliers: {maker: {supplies: part}}\n"
                                  "stocks: {store: {holds: part, from: {maker: 0}}}\n",
                       "the shares of the sources of stock 'store' are all 0");
    world_expect_fault(HEAD ITEMS "stocks:\n"
                                  "  a: {holds: part, from: b}\n"
                                  "  b: {holds: part, from: a}\n",
                       "stocks order from each other in a circle");
    world_expect_fault(HEAD "items: {part: {}, other: {}}\n"
                            "suppliers: {maker: {supplies: other}}\n"
                            "stocks: {store: {holds: part, from: maker}}\n",
                       "supplier 'maker' does not supply 'part'");
    world_expect_fault(
        HEAD ITEMS "suppliers: {maker: {supplies: part}}\n"
                   "stocks:\n"
                   "  depot: {holds: part, from: maker, reorder: {policy: base-stock, level: 4, "
                   "scope: echelon}}\n"
                   "  shop: {holds: part, from: {depot: 1, maker: 1}}\n",
        "what lies there does not belong to the echelon of 'depot' alone");
}

/* A warning: an arm may let him come. */
Test(stock, a_reserve_is_kept_from_nobody_where_the_customer_does_not_buy) {
    struct world world;
    world_open(&world, HEAD ITEMS
               "stocks: {a: {holds: part, start: 1, reserve: {shop: 1}}, b: {holds: part}}\n"
               "customers: {shop: {buys: part, from: b, every: 1 d}, other: {buys: part, from: a, "
               "every: 1 d}}\n");
    world_replicate(&world, 1, 1, false);
    cr_assert_null(world.why);
    expect_value(&world, "customers.other.served", 1);
    expect_value(&world, "customers.shop.served", 0);
    world_close(&world);
}

Test(stock, a_due_date_of_a_customer_cannot_ask_for_work_anywhere) {
    static const char *const dues[] = {"due: 3 * work", "due: exponential(work)",
                                       "due: exponential(if hour < 25 then 1 h else work)",
                                       "due: 2 * exponential(work) + 1 h",
                                       "list: [{at: 1 h, due: uniform(0.5 1) * work-left}]"};
    for (int32_t i = 0; i < 5; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "run: {length: 9 h}\nitems: {gear: {route: {saw: 1 h}}}\nstations: {saw: 1}\n"
                 "customers: {shop: {buys: gear, from: factory, %s%s}}\n",
                 i < 4 ? "every: 1 h, " : "", dues[i]);
        world_expect_fault(text, "a customer's due date cannot use 'work");
    }
}
