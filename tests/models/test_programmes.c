/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programmes: when they are decided, what they change and cost, and what they leave behind. All
 * answers are worked out by hand. */
#include "world.h"

#define SAW                                                                                        \
    "items: {x: {route: {saw: {}}}}\n"                                                             \
    "releases: {in: {item: x, when: always}}\n"

Test(programmes, a_machine_bought_in_the_middle_doubles_the_output_of_the_rest) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n" SAW "stations: {saw: {time: 1 h}}\n"
                      "programmes: {p: {at: 10 h, capex: 100 EUR, cost: 2 EUR/h, change: "
                      "{stations.saw.machines: plus 1}}}\n");
    EXPECT_WHEN(&world, "p", "introduced", "10");
    expect_value(&world, "system.output", 10 + 2 * 10);
    expect_value(&world, "stations.saw.utilization", 1);
    expect_value(&world, "programmes.p.live", 0.5);
    expect_value(&world, "programmes.p.effect", 0.5);
    expect_value(&world, "programmes.p.expense", 100 + 2 * 10);
    expect_value(&world, "money.capex", 100);
    expect_value(&world, "money.programmes", 20);
    world_close(&world);
}

/* All three machines go at 5 h: two are idle, the other finishes its lot first. */
Test(programmes, machines_that_go_finish_what_they_have) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: {saw: {}}}}\n"
              "releases: {in: {item: x, at: [0 h, 3 h, 6 h, 6 h]}}\n"
              "stations: {saw: {time: 4 h, machines: 3}}\n"
              "programmes: {p: {at: 5 h, for: 10 h, change: {stations.saw.machines: 0}}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/2/1 15/3/2 15/1/3");
    EXPECT_LEAVES(&world, "0@4 1@7 2@19 3@19");
    world_close(&world);
}

Test(programmes, what_has_ended_leaves_no_trace) {
    struct world world;
    world_run(&world, "run: {length: 12 h}\n" SAW "stations: {saw: {time: 1 h}}\n"
                      "programmes: {a: {at: 3 h, for: 4 h, change: {stations.saw.time: times 2}},\n"
                      "  b: {at: 5 h, life: 4 h, capex: 10 EUR, residual: 20 %, change: "
                      "{stations.saw.time: plus 1 h}}}\n");
    /* 1 h until 3, 2 h until 5, 3 h (1 times 2 plus 1), 2 h (1 plus 1), then 1 h again. */
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 2/1/2 3/1/3 5/1/4 8/1/5 10/1/6 11/1/7 12/1/8");
    expect_value(&world, "programmes.b.expense", 8);
    expect_value(&world, "programmes.b.live", 4.0 / 12);
    world_close(&world);
}

/* Decided at 2, introduced at 5; for two hours work takes longer. */
Test(programmes, a_delay_and_a_dip_come_before_the_effect) {
    struct world world;
    world_run(&world,
              "run: {length: 10 h}\n" SAW "stations: {saw: {time: 1 h}}\n"
              "programmes: {p: {at: 2 h, delay: 3 h, change: {stations.saw.time: times 0.5},\n"
              "  dip: {for: 2 h, change: {stations.saw.time: times 4}}}}\n");
    EXPECT_WHEN(&world, "p", "decided", "2");
    EXPECT_STARTS(&world, "saw",
                  "0/1/0 1/1/1 2/1/2 3/1/3 4/1/4 5/1/5 7/1/6 7.5/1/7 8/1/8 8.5/1/9 9/1/10 "
                  "9.5/1/11 10/1/12");
    world_close(&world);
}

/* A linear ramp has half of its effect on average, in twenty steps. */
Test(programmes, a_ramp_grows_evenly) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n" SAW "stations: {saw: {time: 1 h, cost: 10 EUR/h}}\n"
                      "programmes: {p: {at: 10 h, ramp: {over: 20 h}, change: "
                      "{stations.saw.cost: times 2}}}\n");
    expect_value(&world, "programmes.p.effect", (0.5 * 20 + 10) / 40);
    expect_value(&world, "money.machines", 10 * 10 + 15 * 20 + 20 * 10);
    world_close(&world);
}

Test(programmes, a_trigger_starts_and_ends_it_as_often_as_it_may) {
    static const char text[] =
        "run: {length: 40 h}\n"
        "items: {x: {route: {saw: {}}}}\n"
        "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h, 20 h, 20 h, 20 h, 20 h]}}\n"
        "stations: {saw: {time: 2 h}}\n"
        "programmes: {p: {when: stations.saw.queue.length > 2, until: stations.saw.queue.length < "
        "1, again: %s, change: {stations.saw.time: 1 h}}}\n";
    struct world world;
    char scenario[1024];
    snprintf(scenario, sizeof scenario, text, "yes");
    world_run(&world, scenario);
    EXPECT_WHEN(&world, "p", "introduced", "0 20");
    EXPECT_WHEN(&world, "p", "ends", "3 23");
    world_close(&world);
    snprintf(scenario, sizeof scenario, text, "no");
    world_run(&world, scenario);
    EXPECT_WHEN(&world, "p", "introduced", "0");
    world_close(&world);
}

/* Each doubles what the one before left: 1, 2, 3, 4 machines from one review to the next. */
Test(programmes, what_stacks_adds_up) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n" SAW "stations: {saw: {time: 1 h}}\n"
                      "programmes: {p: {at: 10 h, when: now < 35 h, review: 10 h, again: stack, "
                      "capex: 5 EUR, change: {stations.saw.machines: plus 1}}}\n");
    expect_value(&world, "system.output", 10 * (1 + 2 + 3 + 4));
    expect_value(&world, "money.capex", 15);
    world_close(&world);
}

Test(programmes, one_waits_for_what_it_needs_and_for_the_end_of_what_it_excludes) {
    struct world world;
    world_run(&world,
              "run: {length: 40 h}\n" SAW "stations: {saw: {time: 1 h}}\n"
              "programmes: {a: {at: 5 h, for: 10 h, change: {stations.saw.cost: 1 EUR/h}},\n"
              "  b: {needs: a, delay: 2 h, for: 1 h, change: {stations.saw.cost: 1 EUR/h}},\n"
              "  c: {at: 6 h, excludes: a, change: {stations.saw.cost: 1 EUR/h}}}\n");
    EXPECT_WHEN(&world, "b", "decided", "5");
    EXPECT_WHEN(&world, "b", "introduced", "7");
    EXPECT_WHEN(&world, "c", "decided", "15");
    world_close(&world);
}

Test(programmes, what_cannot_succeed_costs_and_does_nothing) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n" SAW "stations: {saw: {time: 1 h}}\n"
                      "programmes: {p: {capex: 7 EUR, success: 0 %, change: "
                      "{stations.saw.time: 1 min}}}\n");
    expect_value(&world, "system.output", 10);
    expect_value(&world, "programmes.p.expense", 7);
    expect_value(&world, "programmes.p.effect", 0);
    world_close(&world);
}

/* Open from 8 to 16; two hours more on the second day. */
Test(programmes, overtime_begins_with_the_day_of_its_programme) {
    struct world world;
    world_run(&world, "run: {length: 3 d}\n"
                      "calendars: {day: {hours: [08:00-16:00]}}\n" SAW
                      "stations: {saw: {time: 1 h, calendar: day, overtime: 0 h/d}}\n"
                      "programmes: {p: {at: 1 d, for: 1 d, change: {stations.saw.overtime.up-to: "
                      "2 h/d}}}\n");
    expect_value(&world, "system.output", 8 + 10 + 8);
    world_close(&world);
}

/* A rate from nothing: Poisson from the moment it is there. */
Test(programmes, a_rate_may_begin_in_the_middle) {
    struct world world;
    world_run(&world, "run: {length: 2000 h}\n"
                      "items: {x: {route: {saw: {}}}}\n"
                      "releases: {in: {item: x, rate: 1 /h}, more: {item: x, rate: 0 /h}}\n"
                      "stations: {saw: {time: 1 min}}\n"
                      "programmes: {p: {at: 1000 h, change: {releases.more.rate: 4 /h, "
                      "releases.in.rate: times 0.5}}}\n");
    double more = world_value(&world, "releases.more.orders");
    double in = world_value(&world, "releases.in.orders");
    cr_expect(fabs(more - 4000) < 4 * sqrt(4000), "%g orders", more);
    cr_expect(fabs(in - 1500) < 4 * sqrt(1500), "%g orders", in);
    world_close(&world);
}

/* Four wait with 2 h each when work becomes 1 h: the one at work keeps its time. */
Test(programmes, work_that_waits_is_drawn_anew_and_work_at_hand_is_not) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {saw: {}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {time: 2 h, queue: {rule: spt}}}\n"
                      "programmes: {p: {at: 1 h, change: {stations.saw.time: 1 h}}}\n");
    EXPECT_LEAVES(&world, "0@2 1@3 2@4");
    world_close(&world);
}

/* Lots enter at 0 .. 9 h, then every half hour, and those until 18 h are done at 20 h. */
Test(programmes, lots_follow_each_other_closer_into_a_pipelined_tool) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n" SAW "stations: {saw: {time: 2 h, cascade: 1 h}}\n"
                      "programmes: {p: {at: 10 h, change: {stations.saw.cascade: 30 min}}}\n");
    expect_value(&world, "system.output", 10 + 17);
    world_close(&world);
}

/* Six pieces an hour, two minutes each: two lots of 3 pieces until the programme, then three of 2,
 * for those that are released and for those that a stock orders. */
Test(programmes, lots_become_smaller_from_then_on) {
    static const char *const orders[] = {
        "releases: {r: {item: x, every: 1 h, first: 0 h, size: 6}}\n",
        "stocks: {s: {holds: x, from: factory, start: 6, reorder: {policy: base-stock, level: "
        "6}}}\n"
        "customers: {c: {buys: x, from: s, every: 1 h, first: 0 h, size: 6}}\n"};
    for (int i = 0; i < 2; i++) {
        char text[600];
        snprintf(text, sizeof text,
                 "run: {length: 1.9 h}\n"
                 "items: {x: {lot: 3, route: [m]}}\n"
                 "stations: {m: {time: 2 min/piece}}\n"
                 "programmes: {small: {at: 30 min, change: {items.x.lot: 2}}}\n%s",
                 orders[i]);
        struct world world;
        world_run(&world, text);
        cr_assert_null(world.why, "%s", world.why);
        EXPECT_STARTS(&world, "m", "0/1/0 0.1/1/1 1/1/2 1.06667/1/3 1.13333/1/4");
        world_close(&world);
    }
}

Test(programmes, room_that_is_added_is_used_at_once) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 1 h, mill: 10 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {}, mill: {queue: {room: 0}}}\n"
                      "programmes: {p: {at: 5 h, change: {stations.mill.queue.room: 1}}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 5/1/2");
    world_close(&world);
}

/* A programme that is never decided changes no bit of anything else. */
Test(programmes, one_that_never_starts_changes_nothing) {
    static const char text[] =
        "run: {length: 200 h}\n"
        "items: {x: {route: {saw: {}}}}\n"
        "releases: {in: {item: x, every: exponential(1 h)}}\n"
        "stations: {saw: {time: exponential(50 min), machines: 2, failures: {jam: {clock: up, "
        "after: exponential(9 h), lasts: 1 h}}}}\n";
    struct world with, without;
    char scenario[1024];
    snprintf(scenario, sizeof scenario,
             "%sprogrammes: {p: {at: never, change: {stations.saw.machines: plus 2, "
             "stations.saw.time: times 0.5, stations.saw.queue.room: 4}}}\n",
             text);
    world_run(&without, text);
    world_run(&with, scenario);
    static const char *const paths[] = {"system.output",
                                        "system.cycle-time",
                                        "system.wip",
                                        "stations.saw.failures.jam.count",
                                        "stations.saw.queue.wait.p95",
                                        "stations.saw.oee"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        cr_expect_eq(world_value(&with, paths[i]), world_value(&without, paths[i]), "%s", paths[i]);
    world_close(&with);
    world_close(&without);
}

/* Lots of 5, 1, 4, 2, 3 and 6 h wait from the start; a rule begins at 6 h and another ends it
 * at 14. Who came first: 0 until 5; before the change 1 is begun. Then by the rule, and from 14 h
 * on again who came first. */
static void expect_rules(const char *before, const char *then, const char *starts) {
    char text[2048];
    struct world world;
    snprintf(text, sizeof text,
             "run: {length: 40 h}\n"
             "items: {a: {route: {saw: 5 h}}, b: {route: {saw: 1 h}}, c: {route: {saw: 4 h}},\n"
             "  d: {route: {saw: 2 h}}, e: {route: {saw: 3 h}}, f: {route: {saw: 6 h}}}\n"
             "releases: {a: {item: a, at: [0 h]}, b: {item: b, at: [0.1 h]}, c: {item: c, at: "
             "[0.2 h]},\n  d: {item: d, at: [0.3 h]}, e: {item: e, at: [0.4 h]}, f: {item: f, at: "
             "[0.5 h, 15 h]}}\n"
             "stations: {saw: {queue: {rule: %s}}}\n"
             "programmes: {p: {at: 5.5 h, for: 8 h, change: {stations.saw.queue.rule: %s}}}\n",
             before, then);
    world_run(&world, text);
    EXPECT_STARTS(&world, "saw", starts);
    world_close(&world);
}

/* A list becomes a heap and a list again; a heap one that is looked through; and so on. */
Test(programmes, a_rule_changes_for_those_who_wait_already) {
    expect_rules("fifo", "spt", "0/1/0 5/1/1 6/1/3 8/1/4 11/1/2 15/1/5 21/1/6");
    expect_rules("fifo", "lpt", "0/1/0 5/1/1 6/1/5 12/1/2 16/1/3 18/1/4 21/1/6");
    expect_rules("spt", "[fifo]", "0/1/0 5/1/1 6/1/2 10/1/3 12/1/4 15/1/5 21/1/6");
    expect_rules("spt", "lpt", "0/1/0 5/1/1 6/1/5 12/1/2 16/1/3 18/1/4 21/1/6");
    expect_rules("[lpt]", "lifo", "0/1/0 5/1/5 11/1/4 14/1/2 18/1/6 24/1/3 26/1/1");
    expect_rules("lifo", "[slack, fifo]", "0/1/0 5/1/5 11/1/1 12/1/2 16/1/6 22/1/4 25/1/3");
}

/* From the first moment on it is as if the scenario had said so. */
Test(programmes, a_rule_from_the_start_is_the_rule_of_the_scenario) {
    static const char text[] =
        "run: {length: 400 h}\n"
        "items: {x: {route: {saw: exponential(50 min)}}}\n"
        "releases: {in: {item: x, every: exponential(1 h), due: uniform(2 9) h}}\n"
        "stations: {saw: {queue: {rule: %s}}}\n"
        "programmes: {p: {at: 0 h, change: {stations.saw.queue.rule: %s}}}\n";
    static const char *const rules[] = {"fifo", "edd",  "spt",      "[slack, spt]",
                                        "cr",   "lifo", "[random]", "[due + 2 * work-left, fifo]"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char scenario[1024];
        struct world changed, said;
        snprintf(scenario, sizeof scenario, text, i == 1 ? "lifo" : "edd", rules[i]);
        world_run(&changed, scenario);
        snprintf(scenario, sizeof scenario, text, rules[i], rules[i]);
        world_run(&said, scenario);
        expect_value(&changed, "stations.saw.queue.wait.mean",
                     world_value(&said, "stations.saw.queue.wait.mean"));
        cr_expect_gt(world_value(&said, "stations.saw.queue.wait.mean"), 0);
        world_close(&changed);
        world_close(&said);
    }
}

#define SHELF(POLICY, CHANGE, MORE)                                                                \
    "run: {length: 15.5 d}\nitems: {widget: {}}\n"                                                 \
    "suppliers: {maker: {supplies: widget, lead-time: 2 d}}\n"                                     \
    "stocks: {shelf: {holds: widget, from: maker, start: 50, reorder: {" POLICY "}}}\n"            \
    "customers: {shop: {buys: widget, from: shelf, every: 1 d, size: 10}}\n"                       \
    "programmes: {p: {at: 5.5 d, for: 5 d, change: {" CHANGE "}}}\n" MORE

/* Ten a day from 0 on. Reviews begin at the next moment of their own grid, and end with the
 * programme: then the position is above the level until day 13. */
Test(programmes, a_stock_changes_its_policy_and_goes_back) {
    struct world world;
    world_run(&world,
              SHELF("policy: base-stock, level: 50",
                    "stocks.shelf.reorder: {policy: base-stock, level: 80, every: 2 d}", ""));
    EXPECT_WHEN(&world, "shelf", "orders 10", "0 24 48 72 96 120 336 360");
    EXPECT_WHEN(&world, "shelf", "orders 40", "144");
    EXPECT_WHEN(&world, "shelf", "orders 20", "192 240");
    world_close(&world);
    /* At once: 50 is below 60; then 10 a day, and after the end nothing until 25 are left. */
    world_run(&world, SHELF("policy: min-max, min: 25, max: 50",
                            "stocks.shelf.reorder: {policy: fixed, point: 60, quantity: 15}", ""));
    EXPECT_WHEN(&world, "shelf", "orders 30", "48 120");
    EXPECT_WHEN(&world, "shelf", "orders 15", "132 144 168 216 240");
    EXPECT_WHEN(&world, "shelf", "orders 25", "360");
    world_close(&world);
    world_run(&world, SHELF("policy: base-stock, level: 50, every: 4 d, first: 1 d",
                            "stocks.shelf.reorder.every: 1 d", ""));
    EXPECT_WHEN(&world, "shelf", "orders", "24 120 144 168 192 216 240 312");
    world_close(&world);
    world_run(&world, SHELF("policy: base-stock, level: 50", "stocks.shelf.reorder: none", ""));
    EXPECT_WHEN(&world, "shelf", "orders 10", "0 24 48 72 96 120 264 288 312 336 360");
    EXPECT_WHEN(&world, "shelf", "orders 50", "252");
    world_close(&world);
}

/* What nobody orders by yet is forecast from the start: ten a day, and three days to cover. */
Test(programmes, a_stock_turns_to_a_forecast) {
    struct world world;
    world_run(&world,
              "run: {length: 20 d}\nitems: {widget: {}}\n"
              "suppliers: {maker: {supplies: widget, lead-time: 2 d}}\n"
              "stocks: {shelf: {holds: widget, from: maker, start: 50, reorder: {policy: min-max, "
              "min: 25, max: 60}}}\n"
              "customers: {shop: {buys: widget, from: shelf, every: 1 d, size: 10}}\n"
              "plans: {outlook: {kind: forecast, of: widget, every: 1 d}}\n"
              "programmes: {p: {at: 9.5 d, change: {stocks.shelf.reorder: {policy: forecast, "
              "forecast: outlook, service: 99 %, every: 1 d}}}}\n");
    expect_value(&world, "stocks.shelf.net.now", 10);
    expect_value(&world, "stocks.shelf.on-order.now", 20);
    world_close(&world);
}

/* From the first moment on it is as if the scenario had said so. */
Test(programmes, a_policy_from_the_start_is_the_policy_of_the_scenario) {
    static const char text[] =
        "run: {length: 200 d}\nitems: {widget: {}}\n"
        "suppliers: {maker: {supplies: widget, lead-time: 2 d}}\n"
        "stocks: {shelf: {holds: widget, from: maker, start: 50, reorder: {%s}}}\n"
        "customers: {shop: {buys: widget, from: shelf, every: exponential(1 d), size: "
        "poisson(10)}}\n"
        "plans: {outlook: {kind: forecast, of: widget, every: 1 d}}\n"
        "programmes: {p: {at: 0 d, change: {stocks.shelf.reorder: {%s}}}}\n";
    static const char *const policies[] = {
        "policy: base-stock, level: 60",
        "policy: base-stock, level: \"mean(demand, 5) * 3\", every: 1 d",
        "policy: min-max, min: 20, max: 70, every: 2 d, first: 6 h",
        "policy: fixed, point: 40, quantity: 35",
        "policy: rule, order: 45 - position, every: week",
        "policy: newsvendor, service: 95 %, every: 1 d",
        "policy: forecast, forecast: outlook, every: 1 d",
        "policy: ddmrp, plan: outlook, cycle: 3 d, every: 1 d"};
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        char scenario[2048];
        struct world changed, said;
        snprintf(scenario, sizeof scenario, text, policies[i == 0], policies[i]);
        world_run(&changed, scenario);
        snprintf(scenario, sizeof scenario, text, policies[i], policies[i]);
        world_run(&said, scenario);
        expect_value(&changed, "stocks.shelf.on-hand.mean",
                     world_value(&said, "stocks.shelf.on-hand.mean"));
        expect_value(&changed, "stocks.shelf.orders", world_value(&said, "stocks.shelf.orders"));
        cr_expect_gt(world_value(&said, "stocks.shelf.orders"), 5, "%s", policies[i]);
        world_close(&changed);
        world_close(&said);
    }
}

/* Ten a day, from one until day 5, then from two, who is a day faster, then from one again. */
Test(programmes, a_stock_turns_to_another_source) {
    static const char text[] =
        "run: {length: 12.5 d}\nitems: {widget: {}}\n"
        "suppliers: {one: {supplies: {widget: {price: 2 EUR}}, lead-time: 2 d}, two: {supplies: "
        "{widget: {price: 3 EUR}}, lead-time: 1 d}}\n"
        "stocks: {shelf: {holds: widget, from: %s, start: 50%s, reorder: {policy: base-stock, "
        "level: 50}}}\n"
        "customers: {shop: {buys: widget, from: shelf, every: 1 d, size: 10}}\n"
        "programmes: {p: {at: 4.5 d, for: 5 d, change: {stocks.shelf.from: %s}}}\n";
    static const struct {
        const char *from, *choose, *then;
        double one, two;
    } cases[] = {{"one", "", "two", 8, 5},
                 {"{one: 1}", "", "{two: 1}", 8, 5},
                 {"one", ", choose: fastest", "[one, two]", 8, 5},
                 {"[one, two]", ", choose: cheapest", "two", 8, 5},
                 {"two", ", choose: first-able", "[one, two]", 5, 8},
                 {"{one: 1, two: 0}", "", "{one: 0, two: 1}", 8, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char scenario[1024];
        struct world world;
        snprintf(scenario, sizeof scenario, text, cases[i].from, cases[i].choose, cases[i].then);
        world_run(&world, scenario);
        expect_value(&world, "suppliers.one.orders", cases[i].one);
        expect_value(&world, "suppliers.two.orders", cases[i].two);
        expect_value(&world, "stocks.shelf.orders", 13);
        world_close(&world);
    }
}

/* Half of some hundred orders go to each, and the rest of what is measured is as it was. */
Test(programmes, shares_of_sources_may_change) {
    struct world world;
    world_run(
        &world,
        "run: {length: 1000 d}\nitems: {widget: {}}\n"
        "suppliers: {one: {supplies: widget, lead-time: 2 d}, two: {supplies: widget}}\n"
        "stocks: {shelf: {holds: widget, from: {one: 3, two: 1}, start: 50, reorder: {policy: "
        "base-stock, level: 50}}}\n"
        "customers: {shop: {buys: widget, from: shelf, every: 1 d, size: 10}}\n"
        "programmes: {p: {at: 400.5 d, change: {stocks.shelf.from.one: 1}}}\n");
    double one = world_value(&world, "suppliers.one.orders"),
           two = world_value(&world, "suppliers.two.orders");
    expect_value(&world, "stocks.shelf.orders", one + two);
    cr_expect(fabs(one - (401 * 0.75 + 599 * 0.5)) < 4 * sqrt(401 * 0.1875 + 599 * 0.25), "%g",
              one);
    world_close(&world);
}

static void refused(const char *text, const char *why) {
    struct takt_scenario *scenario;
    struct prepared *prepared = NULL;
    const char *arm = NULL;
    enum takt_status status = world_read(text, &scenario);
    if (status == TAKT_OK) status = prepare_arms(scenario, &arm, 1, &prepared);
    cr_expect_eq(status, TAKT_BAD_SCENARIO, "%s", why);
    char *said = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&said, &size);
    takt_scenario_faults(scenario, to, false);
    fclose(to);
    cr_expect(strstr(said, why), "%s does not say: %s", said, why);
    free(said);
    prepared_delete(prepared, prepared ? 1 : 0);
    takt_scenario_delete(scenario);
}

Test(programmes, what_lies_under_a_policy_stays) {
    refused(SHELF("policy: base-stock, level: 50, scope: echelon",
                  "stocks.shelf.reorder.scope: local", ""),
            "cannot change during a run");
    refused(SHELF("policy: base-stock, level: 50, scope: echelon",
                  "stocks.shelf.reorder: {policy: base-stock, level: 80}", ""),
            "changes the scope of stock 'shelf'");
    refused(SHELF("policy: base-stock, level: 50",
                  "stocks.shelf.reorder: {policy: plan, plan: needs}",
                  "plans: {needs: {kind: mrp, every: 1 d}}\n"),
            "changes orders of a plan of requirements of stock 'shelf'");
    refused(
        SHELF("policy: forecast, forecast: one",
              "stocks.shelf.reorder: {policy: forecast, forecast: two}",
              "plans: {one: {kind: forecast, of: widget}, two: {kind: forecast, of: widget}}\n"),
        "changes the forecast of stock 'shelf'");
}

Test(programmes, sources_of_orders_that_are_divided_stay) {
    refused("run: {length: 9 d}\nitems: {widget: {}}\n"
            "suppliers: {one: {supplies: widget}, two: {supplies: widget}, more: {supplies: "
            "widget}}\n"
            "stocks: {shelf: {holds: widget, from: [one, two], choose: base-surge, reorder: "
            "{policy: base-stock, level: 50, every: 1 d}}}\n"
            "customers: {shop: {buys: widget, from: shelf, every: 1 d}}\n"
            "programmes: {p: {at: 1 d, change: {stocks.shelf.from: [one, more]}}}\n",
            "divides its orders between two");
    refused("run: {length: 9 d}\nitems: {widget: {}, other: {}}\n"
            "suppliers: {one: {supplies: widget}, two: {supplies: other}}\n"
            "stocks: {shelf: {holds: widget, from: one}}\n"
            "customers: {shop: {buys: widget, from: shelf, every: 1 d}}\n"
            "programmes: {p: {at: 1 d, change: {stocks.shelf.from: two}}}\n",
            "supplier 'two' does not supply 'widget'");
}

static void expect_fault(const char *change) {
    char text[1024];
    struct takt_scenario *scenario;
    struct prepared *prepared = NULL;
    const char *arm = NULL;
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n" SAW "stations: {saw: {time: exponential(1 h)}}\n"
             "programmes: {p: {%s}}\n",
             change);
    enum takt_status status = world_read(text, &scenario);
    if (status == TAKT_OK) status = prepare_arms(scenario, &arm, 1, &prepared);
    cr_expect_eq(status, TAKT_BAD_SCENARIO, "%s", change);
    prepared_delete(prepared, prepared ? 1 : 0);
    takt_scenario_delete(scenario);
}

Test(programmes, what_cannot_change_during_a_run_is_refused) {
    expect_fault("change: {stations.saw.queue.preempt: priority > 0}");
    expect_fault("change: {stations.saw.failures.jam: {after: 1 h, lasts: 1 h}}");
    expect_fault("change: {stations.saw.setup: 5 min}");
    expect_fault("change: {stations.mill.machines: 2}");
    expect_fault("change: {stations.saw.machines: unlimited}");
    expect_fault("change: {stations.saw.time: 1 h}, ramp: {over: 4 h}");
    expect_fault("change: {stations.saw.machines: 2}, when: stations.saw.utilization > 3");
    expect_fault("change: {stations.saw.machines: 2}, needs: q");
}
