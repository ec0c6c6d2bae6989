/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes, customers and stocks that choose by an expression, and what it sees of results. Small
 * worlds counted in hours. */
#include "world.h"

/* ---- modes of a lane ---- */
/* Lots come at 0, 1 and 2 h and are handed over to the road half an hour later; b works an hour. */
static void starts_at_b(const char *choose, const char *modes, const char *right) {
    char text[2000];
    snprintf(text, sizeof text,
             "run: {length: 100 h}\n"
             "sites: [hall, yard]\n"
             "items: {part: {route: {a: 0.5 h, b: 1 h}}}\n"
             "stations: {a: {site: hall}, b: {site: yard}}\n"
             "releases: {in: {item: part, every: 1 h, first: 0 h, until: 2 h}}\n"
             "lanes: {road: {from: hall, to: yard, choose: \"%s\", modes: {%s}}}\n",
             choose, modes);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "b", right);
    world_close(&world);
}

#define TWO_WAYS "quick: {time: 1.2 h}, slow: {time: 3 h}"

Test(modes, an_expression_names_a_mode_or_a_rule) {
    starts_at_b("if now > 1 h then slow else quick", TWO_WAYS, "1.7/1/0 4.5/1/1 5.5/1/2");
    starts_at_b("if now > 1 h then fastest else slow", "quick: {time: 1.2 h}, slow: {time: 3.6 h}",
                "2.7/1/1 3.7/1/2 4.7/1/0");
    starts_at_b("if pieces > 1 then slow else quick", TWO_WAYS, "1.7/1/0 2.7/1/1 3.7/1/2");
}

/* Lots inside when one is handed over: 1, 2 and 3. */
Test(modes, an_expression_sees_levels_as_they_are) {
    starts_at_b("if system.wip > 2 then slow else quick", TWO_WAYS, "1.7/1/0 2.7/1/1 5.5/1/2");
}

Test(modes, an_expression_sees_what_has_been_measured_so_far) {
    starts_at_b("if lanes.road.trips < 2 then slow else quick",
                "quick: {time: 1.2 h}, slow: {time: 3.4 h}", "3.7/1/2 4.7/1/0 5.7/1/1");
}

/* Lots inside in the hour before: 1, 1.5 and 2.5; since the beginning 1, 1.33 and 1.8. */
Test(modes, an_expression_sees_a_mean_over_the_last_time) {
    starts_at_b("if mean(system.wip, 1 h) > 2 then slow else quick", TWO_WAYS,
                "1.7/1/0 2.7/1/1 5.5/1/2");
    starts_at_b("if mean(system.wip, 9 h) > 2 then slow else quick", TWO_WAYS,
                "1.7/1/0 2.7/1/1 3.7/1/2");
}

/* The first lot leaves at 2.1 h: before there is no cycle time to compare. */
Test(modes, what_nobody_has_measured_is_neither_more_nor_less) {
    starts_at_b("if system.cycle-time > 0 h or system.cycle-time <= 0 h then slow else quick",
                "quick: {time: 0.6 h}, slow: {time: 3 h}", "1.1/1/0 2.1/1/1 5.5/1/2");
}

Test(modes, a_mode_that_is_named_but_closed_gives_way_to_one_that_is_open) {
    starts_at_b("if now < 9 h then quick else slow",
                "slow: {time: 3 h}, quick: {time: 1.2 h, failures: {a: {at: [1.2 h], lasts: 1 h, "
                "stops: shipments}}}",
                "1.7/1/0 3.7/1/2 4.7/1/1");
}

#define LANE(CHOOSE, MODES)                                                                        \
    "run: {length: 9 h}\nsites: [hall, yard]\n"                                                    \
    "items: {part: {route: {a: 1 h, b: 1 h}}}\nstations: {a: {site: hall}, b: {site: yard}}\n"     \
    "releases: {in: {item: part, at: [0 h]}}\n"                                                    \
    "lanes: {road: {from: hall, to: yard, choose: " CHOOSE ", " MODES "}}\n"

Test(modes, what_names_no_mode_is_a_fault) {
    world_expect_fault(LANE("if pieces > 2 then quick else slwo", "modes: {" TWO_WAYS "}"),
                       "names what is neither a mode of it nor known here");
    world_expect_fault(LANE("pieces + 1", "modes: {" TWO_WAYS "}"),
                       "`choose` of lane 'road' names no mode: pieces + 1");
    world_expect_fault(LANE("fastest", "time: 1 h"), "so there is nothing to choose");
    world_expect_fault(LANE("if now > 1 h then pieces else slow",
                            "modes: {slow: {time: 1 h}, pieces: {time: 1 h}}"),
                       "mode 'pieces' of lane 'road' is called like what `choose` knows already");
    world_expect_fault(LANE("if stocks.none.net > 2 then quick else slow", "modes: {" TWO_WAYS "}"),
                       "there is no result 'stocks.none.net'");
    expect_stop(LANE("quick + pieces", "modes: {" TWO_WAYS "}"),
                "`choose` of lane road gives no mode of it: quick + pieces");
}

/* What was chosen before stays. */
Test(modes, a_programme_may_change_the_rule) {
    struct world world;
    world_run(&world, LANE("fastest",
                           "modes: {" TWO_WAYS
                           "}") "programmes: {p: {at: 1.5 h, change: {lanes.road.choose: slow}}}\n"
                                "change: {releases.in.at: [0 h, 1 h]}\n");
    EXPECT_STARTS(&world, "b", "2.2/1/0 5/1/1");
    world_close(&world);
}

/* ---- sources of a customer ---- */
#define SHOPS                                                                                      \
    "run: {length: 20 h}\nitems: {part: {}}\n"                                                     \
    "stocks: {south: {holds: part, start: 9}, west: {holds: part, start: 5}}\n"
#define BUYER(CHOOSE)                                                                              \
    "customers: {a: {buys: part, from: [south, west], choose: \"" CHOOSE "\", list: [{at: 1 h, "   \
    "size: 2}, {at: 2 h, size: 4, priority: 1}, {at: 3 h, size: 3, due: 5 h}, {at: 4 h, size: "    \
    "1}]}}\n"

static void expect_asked(const char *text, const char *south, const char *west) {
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_WHEN(&world, "south", "is asked", south);
    EXPECT_WHEN(&world, "west", "is asked", west);
    world_close(&world);
}

Test(modes, a_customer_chooses_by_his_order) {
    expect_asked(SHOPS BUYER("if pieces > 2 then south else west"), "2 3", "1 4");
    expect_asked(SHOPS BUYER("if priority > 0 then west else south"), "1 3 4", "2");
    expect_asked(SHOPS BUYER("if due - now < 6 h then west else south"), "1 2 4", "3");
}

/* South has 9, 7, 3 and 3; west 5, 5, 5 and 2. */
Test(modes, a_customer_chooses_by_results) {
    expect_asked(SHOPS BUYER("if stocks.south.on-hand > 6 then south else west"), "1 2", "3 4");
    expect_asked(SHOPS BUYER("if stocks.south.on-hand > 6 then south else most-stock"), "1 2 4",
                 "3");
    expect_asked(SHOPS BUYER("if customers.a.orders < 2 then west else first-able"), "3 4", "1 2");
}

Test(modes, a_customer_has_some_orders_made) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\nitems: {part: {route: {saw: 2 h}}}\nstations: {saw: 1}\n"
              "stocks: {store: {holds: part, start: 9}}\n"
              "customers: {a: {buys: part, from: [store, factory], choose: if now > 1.5 h then "
              "factory else store, at: [1 h, 2 h, 3 h]}}\n");
    expect_value(&world, "customers.a.served", 3);
    expect_value(&world, "system.output", 2);
    expect_value(&world, "stocks.store.on-hand.now", 8);
    world_close(&world);
}

Test(modes, what_names_no_source_of_a_customer_is_a_fault) {
    world_expect_fault(SHOPS BUYER("pieces"), "`choose` of customer 'a' names no source: pieces");
    world_expect_fault(SHOPS BUYER("if pieces > 2 then south else factory"),
                       "`choose` of customer 'a' names what is no source of his");
    world_expect_fault(SHOPS BUYER("if pieces > 2 then south else nearest"),
                       "it is not known how far away all his sources are");
    expect_stop(SHOPS BUYER("south + pieces"),
                "`choose` of customer a gives no source of part for him: south + pieces");
}

/* ---- stocks that look at results ---- */
/* Reviews on days 0, 1, 2 and 3; 3 are asked for at half past 0 and 4 at half past 1. */
#define STORE(REORDER, MORE)                                                                       \
    "run: {length: 3.5 d}\nitems: {part: {}}\nsuppliers: {a: {supplies: part}, b: {supplies: "     \
    "part}}\n"                                                                                     \
    "stocks: {store: {holds: part, from: a, start: 10, reorder: " REORDER ", " MORE "}}\n"         \
    "customers: {shop: {buys: part, from: store, list: [{at: 0.5 d, size: 3}, {at: 1.5 d, size: "  \
    "4}]}}\n"

static void expect_end(const char *text, double on_hand) {
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "stocks.store.on-hand.now", on_hand);
    world_close(&world);
}

Test(modes, a_stock_orders_by_what_its_customers_asked_for) {
    /* Of the day before. */
    expect_end(STORE("{policy: rule, every: 1 d, order: customers.shop.demand}", "lead-time: 0 d"),
               10 - 7 + 0 + 3 + 4 + 0);
    /* No order has ended at day 0: fill is not known, and less than nothing. */
    expect_end(STORE("{policy: rule, every: 1 d, order: if customers.shop.fill <= 1 then 5 else 1}",
                     "lead-time: 0 d"),
               10 - 7 + 1 + 5 + 5 + 5);
    expect_end(STORE("{policy: base-stock, every: 1 d, level: 20 * customers.shop.fill}",
                     "lead-time: 0 d"),
               20);
    expect_end(
        STORE(
            "{policy: rule, every: 1 d, order: 2}",
            "choose: if customers.shop.orders > 1 then b else a, lead-time: 0 d") "change: "
                                                                                  "{stocks.store."
                                                                                  "from: [a, b]}\n",
        10 - 7 + 4 * 2);
}

/* From 9 to 10 h there are 10 for half an hour and then 6: 8 on average, and 9.8 since the
 * beginning. Nobody has looked before. */
#define LOOKS_BACK(RUN, PATH)                                                                      \
    "run: {length: 20 h" RUN "}\nitems: {part: {}}\nsuppliers: {a: {supplies: part}}\n"            \
    "stocks: {store: {holds: part, from: a, start: 10, reorder: {policy: rule, every: 99 h, "      \
    "first: " FIRST ", order: \"" PATH "\"}}}\n"                                                   \
    "customers: {shop: {buys: part, from: store, at: [" ASKED "], size: 4}}\n"
#define FIRST "10 h"
#define ASKED "9.5 h"
Test(modes, a_mean_knows_what_was_there_before_anybody_looked) {
    expect_end(LOOKS_BACK("", "mean(stocks.store.on-hand, 1 h)"), 6 + 8);
    expect_end(LOOKS_BACK("", "10 * mean(stocks.store.on-hand, 40 h)"), 6 + 98);
}
#undef FIRST
#undef ASKED
#define FIRST "-30 h"
#define ASKED "-30.5 h"
/* The same in the warm-up of 40 h. */
Test(modes, a_mean_looks_back_in_the_warm_up_too) {
    expect_end(LOOKS_BACK(", warm-up: 40 h", "mean(stocks.store.on-hand, 1 h)"), 6 + 8);
    expect_end(LOOKS_BACK(", warm-up: 40 h", "8 * suppliers.a.up"), 6 + 8);
}
