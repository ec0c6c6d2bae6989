/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: who waits, who leaves, who takes something else. */
#include "world.h"

#define STORE "items: {part: {}}\nrun: {length: 20 h}\n"

/* ---- patience ---- */
Test(customer, who_has_waited_as_long_as_he_may_leaves_before_he_is_served) {
    struct world world;
    world_run(&world, STORE "stocks: {store: {holds: part, start: 1, shipped: [1 at 4 h]}}\n"
                            "customers: {a: {buys: part, from: store, at: [0 h, 1 h, 2 h],\n"
                            "                patience: 3 h, lost-cost: 7 EUR}}\n");
    EXPECT_WHEN(&world, "a", "has waited too long", "4");
    EXPECT_WHEN(&world, "store", "serves", "0 4"); /* whoever came at 2 h */
    expect_value(&world, "customers.a.served", 2);
    expect_value(&world, "customers.a.lost", 1);
    expect_value(&world, "customers.a.gave-up", 1);
    expect_value(&world, "customers.a.owed", 5. / 20);
    expect_value(&world, "money.penalties", 7);
    world_close(&world);
}

Test(customer, of_an_order_in_parts_what_has_not_come_in_time_is_lost) {
    struct world world;
    world_run(&world, STORE "stocks: {store: {holds: part, start: 3, shipped: [4 at 9 h]}}\n"
                            "customers: {a: {buys: part, from: store, at: [1 h], size: 5,\n"
                            "                if-short: part-wait, patience: 2 h},\n"
                            "            b: {buys: part, from: store, at: [2 h], size: 4}}\n");
    expect_value(&world, "customers.a.served", 3);
    expect_value(&world, "customers.a.lost", 2);
    expect_value(&world, "customers.a.owed.now", 0);
    expect_value(&world, "stocks.store.owed", (2 * 2 + 4 * 7) / 20.);
    expect_value(&world, "customers.b.order-cycle", 7);
    world_close(&world);
}

Test(customer, when_one_leaves_those_behind_him_are_served) {
    struct world world;
    world_run(&world, STORE "stocks: {store: {holds: part, start: 2}}\n"
                            "customers: {a: {buys: part, from: store, at: [1 h], size: 5,\n"
                            "                patience: 4 h},\n"
                            "            b: {buys: part, from: store, at: [2 h]}}\n");
    expect_value(&world, "customers.a.lost", 5);
    expect_value(&world, "customers.b.order-cycle", 3);
    world_close(&world);
}

Test(customer, no_patience_at_all_is_as_good_as_losing) {
    struct world world;
    world_run(&world, STORE "stocks: {store: {holds: part, start: 1}}\n"
                            "customers: {a: {buys: part, from: store, at: [1 h, 2 h],\n"
                            "                patience: 0 h}}\n");
    expect_value(&world, "customers.a.fill", 0.5);
    expect_value(&world, "customers.a.lost", 1);
    world_close(&world);
}

Test(customer, what_is_made_for_who_has_left_is_finished_and_nobodys) {
    struct world world;
    world_run(&world,
              "items: {part: {lot: 2, price: 3 EUR, route: {saw: 4 h}}}\nstations: {saw: 1}\n"
              "run: {length: 20 h}\n"
              "customers: {a: {buys: part, from: factory, at: [0 h, 1 h], size: 4,\n"
              "                patience: 9 h, due: 8 h, late-cost: 1 EUR/h}}\n");
    /* Lots are done at 4, 8, 12 and 16 h; the second order leaves at 10 h, due at 9 h. */
    EXPECT_WHEN(&world, "a", "has waited too long", "10");
    expect_value(&world, "system.output", 8);
    expect_value(&world, "customers.a.served", 4);
    expect_value(&world, "customers.a.lost", 4);
    expect_value(&world, "customers.a.owed.now", 0);
    expect_value(&world, "money.revenue", 12);
    expect_value(&world, "money.penalties", 4); /* four units, one hour */
    world_close(&world);
}

/* ---- what is not earned ---- */
Test(customer, the_margin_of_what_is_lost_is_noted_and_in_no_sum) {
    struct world world;
    world_run(&world, "items: {part: {cost: 4 EUR, price: 9 EUR}}\nrun: {length: 20 h}\n"
                      "stocks: {store: {holds: part, start: 3}}\n"
                      "customers: {a: {buys: part, from: store, at: [1 h], size: 5,\n"
                      "                if-short: part-lose},\n"
                      "  b: {buys: part, from: store, at: [2 h], size: 2, price: 7 EUR,\n"
                      "      if-short: lose},\n"
                      "  c: {buys: part, from: store, at: [3 h, 19 h], patience: 2 h}}\n");
    expect_value(&world, "customers.a.lost-margin", 2 * (9 - 4));
    expect_value(&world, "customers.b.lost-margin", 2 * (7 - 4));
    expect_value(&world, "customers.c.lost-margin", 9 - 4); /* who came at 19 h waits still */
    expect_value(&world, "money.lost-margin", 10 + 6 + 5);
    expect_value(&world, "customers.a.margin", 3 * (9 - 4));
    expect_value(&world, "money.profit", 3 * (9 - 4));
    world_close(&world);
}

/* Two lots of two for each order; the second leaves at 10 h with all of it open. What is made
 * counts its parts and its work. Before measuring began nothing was lost. */
Test(customer, who_does_not_wait_for_what_is_made_loses_its_margin) {
    struct world world;
    world_run(&world, "items: {raw: {cost: 1 EUR}, part: {lot: 2, price: 8 EUR, uses: {raw: 2},\n"
                      "  route: {saw: {time: 4 h, cost: 3 EUR}}}}\nstations: {saw: 1}\n"
                      "stocks: {raw: {holds: raw, start: 99}}\n"
                      "run: {length: 20 h, warm-up: 1 h}\n"
                      "customers: {a: {buys: part, from: factory, at: [0 h, 1 h], size: 4,\n"
                      "                patience: 9 h},\n"
                      "  b: {buys: raw, from: raw, at: [-1 h, 1 h], size: 200, if-short: lose,\n"
                      "      price: 1.50 EUR}}\n");
    expect_value(&world, "customers.a.lost", 4);
    expect_value(&world, "customers.a.lost-margin", 4 * (8 - 2 - 3));
    expect_value(&world, "customers.b.lost-margin", 200 * 0.50);
    expect_value(&world, "money.lost-margin", 112);
    world_close(&world);
}

/* Whoever takes nothing else loses what he ordered, whatever the other would have cost. */
Test(customer, the_margin_of_what_is_taken_instead_is_not_lost) {
    struct world world;
    world_run(&world, "items: {red: {cost: 4 EUR, price: 9 EUR}, blue: {price: 6 EUR}}\n"
                      "run: {length: 20 h}\n"
                      "stocks: {r: {holds: red, start: 1}, b: {holds: blue, start: 1}}\n"
                      "customers: {a: {buys: {red: 100 %, blue: 0 %}, from: [r, b],\n"
                      "  at: [1 h, 2 h, 3 h], instead: {blue: 100 %}, if-short: lose}}\n");
    expect_value(&world, "customers.a.substituted", 1);
    expect_value(&world, "customers.a.lost", 1);
    expect_value(&world, "customers.a.lost-margin", 9 - 4);
    world_close(&world);
}

/* ---- several sources ---- */
#define TWO "items: {part: {}}\nrun: {length: 20 h}\n"

Test(customer, who_buys_where_there_is_most_buys_there) {
    struct world world;
    world_run(&world,
              TWO "stocks: {south: {holds: part, start: 3}, west: {holds: part, start: 5}}\n"
                  "customers: {a: {buys: part, from: [south, west], choose: most-stock,\n"
                  "                at: [1 h, 2 h, 3 h, 4 h], size: 2}}\n");
    EXPECT_WHEN(&world, "west", "serves", "1 3"); /* 5, then 3 against 3: south is written first */
    EXPECT_WHEN(&world, "south", "serves", "2");
    EXPECT_WHEN(&world, "south", "is asked", "2 4");
    world_close(&world);
}

Test(customer, the_first_that_is_able_is_asked_and_if_none_is_the_first) {
    struct world world;
    world_run(&world,
              TWO "stocks: {south: {holds: part, start: 3}, west: {holds: part, start: 5}}\n"
                  "customers: {a: {buys: part, from: [south, west], choose: first-able,\n"
                  "                at: [1 h, 2 h, 3 h, 4 h], size: 2}}\n");
    EXPECT_WHEN(&world, "south", "is asked", "1 4");
    EXPECT_WHEN(&world, "west", "serves", "2 3");
    expect_value(&world, "customers.a.owed.now", 2);
    world_close(&world);
}

Test(customer, what_no_stock_has_may_be_made) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\nitems: {part: {route: {saw: 2 h}}}\nstations: {saw: 1}\n"
              "stocks: {store: {holds: part, start: 1}}\n"
              "customers: {a: {buys: part, from: [store, factory], choose: first-able,\n"
              "                at: [1 h, 2 h, 3 h]}}\n");
    expect_value(&world, "customers.a.served", 3);
    expect_value(&world, "system.output", 2);
    expect_value(&world, "customers.a.order-cycle.max", 3); /* from 3 to 6 h */
    world_close(&world);
}

Test(customer, several_items_come_from_the_stocks_that_hold_them) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\nitems: {chair: {price: 5 EUR}, stool: {price: 3 EUR}}\n"
              "stocks: {chairs: {holds: chair, start: 9}, stools: {holds: stool, start: 9}}\n"
              "customers: {a: {buys: [chair, stool], from: [chairs, stools],\n"
              "                list: [{at: 1 h}, {at: 2 h}, {at: 3 h}, {at: 4 h}]}}\n");
    double chairs = 9 - world_value(&world, "stocks.chairs.on-hand.now"),
           stools = 9 - world_value(&world, "stocks.stools.on-hand.now");
    cr_expect_eq(chairs + stools, 4);
    expect_value(&world, "money.revenue", 5 * chairs + 3 * stools);
    world_close(&world);
}

Test(customer, a_source_that_cannot_have_the_item_is_a_fault) {
    world_expect_fault("run: {length: 1 h}\nitems: {part: {}, other: {}}\n"
                       "stocks: {a: {holds: other}, b: {holds: other}}\n"
                       "customers: {c: {buys: part, from: [a, b], every: 1 h}}\n",
                       "'c' buys 'part', and nothing that it buys from has it");
    world_expect_fault("run: {length: 1 h}\nitems: {part: {}, other: {}}\n"
                       "stocks: {a: {holds: part}, b: {holds: other}}\n"
                       "customers: {c: {buys: part, from: a, every: 1 h, instead: other}}\n",
                       "'c' would take 'other' instead, and no stock that it buys from holds that");
    world_expect_fault("run: {length: 1 h}\nitems: {part: {}, other: {unit: kg}}\n"
                       "stocks: {a: {holds: part}, b: {holds: other}}\n"
                       "customers: {c: {buys: part, from: [a, b], every: 1 h, instead: other}}\n",
                       "'other' and 'part' are not counted in the same unit");
}

/* ---- instead ---- */
Test(customer, what_is_taken_instead_must_be_there_for_all_of_it) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\nitems: {red: {price: 1 EUR}, blue: {price: 2 EUR}, green: "
              "{price: 4 EUR}}\n"
              "stocks: {reds: {holds: red, start: 3}, blues: {holds: blue, start: 1},\n"
              "         greens: {holds: green, start: 2, shipped: [9 at 9 h]}}\n"
              "customers: {a: {buys: red, from: [reds, blues, greens], instead: [blue, green],\n"
              "                at: [1 h, 2 h, 3 h], size: 2},\n"
              "            b: {buys: green, from: greens, at: [2.5 h]}}\n");
    /* 2 of 3 red; 1 blue is too little, so 2 green; then nothing is, so the last waits for red. */
    EXPECT_WHEN(&world, "a", "takes green instead", "2");
    expect_value(&world, "customers.a.substituted", 2);
    expect_value(&world, "customers.a.fill", 4 / 6.);
    expect_value(&world, "customers.a.owed.now", 2);
    expect_value(&world, "stocks.reds.owed.now", 2);
    expect_value(&world, "stocks.reds.stock-outs", 2);
    expect_value(&world, "stocks.greens.fill", 2 / 3.); /* b waited */
    expect_value(&world, "money.revenue", 2 * 1 + 2 * 4 + 4);
    world_close(&world);
}

Test(customer, the_rest_of_an_order_in_parts_may_be_something_else) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\nitems: {red: {}, blue: {}}\n"
                      "stocks: {reds: {holds: red, start: 3}, blues: {holds: blue, start: 4}}\n"
                      "customers: {a: {buys: red, from: [reds, blues], instead: blue,\n"
                      "                if-short: part-lose, at: [1 h], size: 5, due: 1 h}}\n");
    expect_value(&world, "customers.a.served", 5);
    expect_value(&world, "customers.a.substituted", 2);
    expect_value(&world, "customers.a.on-time", 1);
    expect_value(&world, "customers.a.in-full", 0);
    expect_value(&world, "stocks.reds.owed.now", 0);
    expect_value(&world, "stocks.blues.on-hand.now", 2);
    world_close(&world);
}

/* ---- returns ---- */
Test(customer, what_comes_back_is_in_stock_again_and_paid_back) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\nitems: {part: {price: 3 EUR}}\n"
                      "stocks: {store: {holds: part, start: 4}}\n"
                      "customers: {a: {buys: part, from: store, at: [1 h, 3 h], size: 4,\n"
                      "                returns: {share: 100 %, after: 5 h}}}\n");
    /* Goods go at 1 h, come back at 6 h and go again, come back at 11 h. */
    EXPECT_WHEN(&world, "a", "sends back", "6 11");
    expect_value(&world, "customers.a.served", 8);
    expect_value(&world, "customers.a.returned", 8);
    expect_value(&world, "customers.a.revenue", 0);
    expect_value(&world, "stocks.store.on-hand.now", 4);
    world_close(&world);
}

Test(customer, of_pieces_each_comes_back_by_chance_and_of_masses_the_share) {
    struct world world;
    world_run(&world,
              "run: {length: 2000 h}\nitems: {part: {}, sand: {unit: kg}}\n"
              "stocks: {store: {holds: part, start: 1000}, heap: {holds: sand, start: 99 kg}}\n"
              "customers: {a: {buys: part, from: store, every: 1 h, size: 10, first: 1 h,\n"
              "                returns: 20 %},\n"
              "            b: {buys: sand, from: heap, at: [3 h], size: 50 kg, returns: 10 %}}\n");
    expect_value(&world, "customers.b.returned", 5);
    expect_value(&world, "stocks.heap.on-hand.now", 54);
    /* About 1250 pieces go until the store is empty; 16 is one standard deviation. */
    double back = world_value(&world, "customers.a.returned"),
           served = world_value(&world, "customers.a.served");
    cr_expect_eq(1000 + back - served, world_value(&world, "stocks.store.on-hand.now"));
    cr_expect(fabs(back - 0.2 * served) < 4 * 15, "%g of %g", back, served);
    world_close(&world);
}

/* ---- service, satisfaction, leaving ---- */
Test(customer, a_perfect_order_is_on_time_whole_of_the_right_item_and_stays) {
    struct world world;
    world_run(
        &world,
        "run: {length: 20 h}\nitems: {red: {}, blue: {}}\n"
        "stocks: {reds: {holds: red, start: 9, shipped: [9 at 9 h]}, blues: {holds: blue, start: "
        "1}}\n"
        "customers: {a: {buys: red, from: reds, at: [1 h], size: 5},\n"
        "            back: {buys: red, from: reds, at: [2 h], size: 2, returns: 100 %},\n"
        "            parts: {buys: red, from: reds, at: [3 h], size: 5, if-short: part-wait},\n"
        "            other: {buys: red, from: [reds, blues], at: [4 h], instead: blue}}\n");
    static const char *const names[] = {"a", "back", "parts", "other"};
    static const double otif[] = {1, 1, 0, 1}, perfect[] = {1, 0, 0, 0};
    for (int32_t i = 0; i < 4; i++) {
        char path[64];
        snprintf(path, sizeof path, "customers.%s.otif", names[i]);
        expect_value(&world, path, otif[i]);
        snprintf(path, sizeof path, "customers.%s.perfect-order", names[i]);
        expect_value(&world, path, perfect[i]);
    }
    world_close(&world);
}

/* Worth of orders at 1, 3 and 6 h: 1, .5 (half of it comes back) and 0 (lost, at 7 h). */
Test(customer, satisfaction_is_the_mean_worth_of_orders_that_fade) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\nitems: {sand: {unit: kg}}\n"
                      "stocks: {heap: {holds: sand, start: 8 kg}}\n"
                      "customers: {a: {buys: sand, from: heap, at: [1 h, 3 h, 6 h], size: 4 kg,\n"
                      "                patience: 1 h, returns: {share: 50 %, after: 99 h},\n"
                      "                judges: {by: on-time * quality, over: 2 h}}}\n");
    double one = exp(-.5), two = exp(-1);
    double first = (one + .5) / (one + 1);
    double second = ((one + .5) * two + .5) / ((one + 1) * two + 1);
    double weight = ((one + 1) * two + 1) * exp(-2) + 1;
    double third = ((one + .5) * two + .5) * exp(-2) / weight;
    double mean = (1 * 1 + first * 2 + second * 4 + third * 3) / 10;
    cr_expect_float_eq(world_value(&world, "customers.a.satisfaction"), mean, 1e-6);
    cr_expect_float_eq(world_value(&world, "customers.a.satisfaction.now"), third, 1e-6);
    cr_expect(isnan(world_value(&world, "customers.a.churned")) ||
              world_value(&world, "customers.a.churned") == 0);
    world_close(&world);
}

Test(customer, those_who_have_left_come_back_when_it_is_good_again) {
    struct world world;
    world_run(&world,
              "run: {length: 10 h}\nitems: {part: {}}\n"
              "stocks: {store: {holds: part, start: 1, shipped: [9 at 3 h]}}\n"
              "customers: {a: {buys: part, from: store, at: [1 h, 2 h, 4 h], if-short: lose,\n"
              "                judges: {by: on-time, over: 1 min},\n"
              "                churn: {below: 50 %, rate: 0.1 /h, returns-above: 60 %}}}\n");
    /* Content until 2 h, not until 4 h, content again: memory is short. Whoever orders at 4 h does
     * so with chance .82, and did in this run. */
    cr_assert_eq(world.run->customers[0].orders, 3);
    cr_expect_float_eq(world.run->customers[0].opinion.present, exp(-.2), 1e-12);
    expect_value(&world, "customers.a.served", 2);
    world_close(&world);
}

Test(customer, who_leaves_says_what_satisfies) {
    world_expect_fault(STORE "stocks: {store: {holds: part}}\n"
                             "customers: {a: {buys: part, from: store, every: 1 h,\n"
                             "                churn: {below: 50 %, rate: 1 %/d}}}\n",
                       "who leaves for being dissatisfied must say what satisfies");
    world_expect_fault(STORE
                       "stocks: {store: {holds: part}}\n"
                       "customers: {a: {buys: part, from: store, every: 1 h,\n"
                       "                judges: {by: on-time, over: 1 d},\n"
                       "                churn: {below: 50 %, rate: 1 %/d, returns-above: 40 %}}}\n",
                       "customers would leave and come back at once");
}

Test(customer, patience_is_for_those_who_wait) {
    world_expect_fault(STORE
                       "stocks: {store: {holds: part}}\n"
                       "customers: {a: {buys: part, from: store, every: 1 h, if-short: lose,\n"
                       "                patience: 1 h}}\n",
                       "who does not wait when goods are short needs no patience");
}

/* ---- demand by period ---- */
#define FULL(LENGTH)                                                                               \
    "items: {part: {}}\nrun: {length: " LENGTH "}\nstocks: {store: {holds: part, start: 100}}\n"
#define DEMAND                                                                                     \
    "customers: {town: {buys: part, from: store, list: [{at: 0 d, size: 5}, {at: 0.9 d, size: "    \
    "2}, "                                                                                         \
    "{at: 2 d, size: 4}, {at: 3.2 d, size: 1}, {at: 4 d, size: 6}, {at: 4.1 d, size: 9}]}}\n"

/* What is asked for in an instant belongs to the day that it begins: 7 0 4 1. With a warm-up its
 * last instant is not measured: 2 0 4 1. */
Test(customer, demand_is_what_is_asked_for_in_whole_days) {
    struct world world;
    world_run(&world, FULL("4.5 d") DEMAND);
    expect_value(&world, "customers.town.ordered", 27);
    expect_value(&world, "customers.town.demand.count", 4);
    expect_value(&world, "customers.town.demand", 3);
    expect_value(&world, "customers.town.demand.sd", sqrt(10));
    expect_value(&world, "customers.town.demand.min", 0);
    expect_value(&world, "customers.town.demand.max", 7);
    world_close(&world);
    world_run(&world, FULL("4 d, warm-up: 30 h") DEMAND);
    expect_value(&world, "customers.town.ordered", 13);
    expect_value(&world, "customers.town.demand.count", 4);
    expect_value(&world, "customers.town.demand", 1.75);
    expect_value(&world, "customers.town.demand.max", 4);
    world_close(&world);
}

/* What a stock orders by is neither what another run has left, nor where measuring begins. */
#define BY_DEMAND(LENGTH)                                                                          \
    "items: {part: {}}\nrun: {length: " LENGTH "}\nsuppliers: {maker: {supplies: part}}\n"         \
    "stocks: {store: {holds: part, from: maker, start: 50, reorder: {policy: rule, every: 1 d, "   \
    "order: customers.town.demand}}}\n"                                                            \
    "customers: {town: {buys: part, from: store, rate: 9 /d}}\n"

Test(customer, the_day_before_is_of_this_run_and_known_through_the_warm_up) {
    struct world world;
    world_run(&world, BY_DEMAND("7 d"));
    double seen = world_value(&world, "stocks.store.on-hand.now"),
           ordered = world_value(&world, "stocks.store.ordered");
    cr_expect_gt(ordered, 20);
    world_replicate(&world, 1, 1, true);
    expect_value(&world, "stocks.store.ordered", ordered);
    world_close(&world);
    world_run(&world, BY_DEMAND("4 d, warm-up: 3 d"));
    expect_value(&world, "stocks.store.on-hand.now", seen);
    world_close(&world);
}

Test(customer, each_order_of_who_orders_by_the_clock_is_a_period) {
    struct world world;
    world_run(&world, FULL("6 wk, warm-up: 10 d") "customers: {town: {buys: part, from: store, "
                                                  "every: 1 wk, size: "
                                                  "sequence(1 9 8 3 1 0 4 5 6 then stop)}}\n");
    expect_value(&world, "customers.town.ordered", 8 + 3 + 1 + 0 + 4 + 5);
    expect_value(&world, "customers.town.demand.count", 6);
    expect_value(&world, "customers.town.demand", 21.0 / 6);
    expect_value(&world, "customers.town.demand.min", 0);
    world_close(&world);
}
