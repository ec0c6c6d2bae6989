/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans in a run: what they see and when, what they say, and what follows from it. */
#include "world.h"

/* The demand of one more day than smoothing is to see: that of the beginning belongs to no period.
 */
#define DEMAND "sequence(0 3 10 12 13 12 10 12 then stop)"

static void run_outlook(struct world *world, const char *more) {
    char text[1024];
    snprintf(text, sizeof text,
             "run: {length: 7 d}\n"
             "items: {widget: {}}\n"
             "stocks: {store: {holds: widget, start: 500}}\n"
             "customers: {shop: {buys: widget, from: store, every: 1 d, size: " DEMAND "}}\n"
             "plans: {outlook: {kind: forecast, of: widget, every: 1 d, alpha: 0.3%s}}\n",
             more);
    world_run(world, text);
}

/* SES with its level from the first value. */
static double smoothed(int32_t days, double *error) {
    static const double demand[] = {3, 10, 12, 13, 12, 10, 12};
    double level = demand[0];
    *error = 0;
    for (int32_t i = 1; i < days; i++) {
        *error += fabs(demand[i] - level) / demand[i] / (days - 1);
        level += 0.3 * (demand[i] - level);
    }
    return level;
}

static void expect_near(const struct world *world, const char *path, double right) {
    double value = world_value(world, path);
    cr_expect(fabs(value - right) < 1e-9, "%s is %.12g, not %.12g", path, value, right);
}

Test(plans, a_forecast_sees_each_period_when_it_is_over) {
    struct world world;
    double error;
    run_outlook(&world, "");
    expect_near(&world, "plans.outlook.next", smoothed(7, &error));
    expect_near(&world, "plans.outlook.error", error);
    cr_expect(fabs(world_value(&world, "plans.outlook.next") - 10.523217) < 1e-9);
    world_close(&world);
}

Test(plans, an_old_view_is_old) {
    struct world world;
    double error;
    run_outlook(&world, ", sees: {age: 2 d}");
    expect_near(&world, "plans.outlook.next", smoothed(5, &error));
    world_close(&world);
}

Test(plans, a_plan_acts_when_it_is_decided) {
    struct world world;
    double error;
    run_outlook(&world, ", takes: 6 h, costs: 5 EUR");
    expect_near(&world, "plans.outlook.next", smoothed(6, &error));
    expect_value(&world, "plans.outlook.expense", 40); /* on the days 0 to 7 */
    expect_value(&world, "money.planning-costs", 40);
    world_close(&world);
}

/* Two days a period: 3 + 10, 12 + 13, 12 + 10. */
Test(plans, a_coarse_view_counts_longer_periods) {
    struct world world;
    run_outlook(&world, ", sees: {per: 2 d}, method: moving-average, window: 4 d");
    expect_near(&world, "plans.outlook.next", (25 + 22) / 2.);
    world_close(&world);
}

/* Ten a day are forecast without error. What is expected until the receipt of the next order, a day
 * later: two days of lead time and one of review, 30. */
Test(plans, a_stock_orders_up_to_what_is_expected) {
    struct world world;
    world_run(&world, "run: {length: 20 d}\n"
                      "items: {widget: {}}\n"
                      "suppliers: {maker: {supplies: widget, lead-time: 2 d}}\n"
                      "stocks: {store: {holds: widget, from: maker, start: 50, reorder: {policy: "
                      "forecast, forecast: outlook, service: 99 %, every: 1 d}}}\n"
                      "customers: {shop: {buys: widget, from: store, every: 1 d, size: 10}}\n"
                      "plans: {outlook: {kind: forecast, of: widget, every: 1 d}}\n");
    expect_value(&world, "stocks.store.net.now", 10);
    expect_value(&world, "stocks.store.on-order.now", 20);
    expect_value(&world, "stocks.store.owed.max", 0);
    world_close(&world);
}

/* Ten a day at noon, ten a day are forecast; lead time 4 d: red 30, yellow 40, green 25. On day 6
 * 45 are there, 30 come, and 60 more are asked for in one order, due in three days. */
static void run_spike(struct world *world, const char *more) {
    char text[1024];
    snprintf(text, sizeof text,
             "run: {length: 7 d}\n"
             "items: {widget: {}}\n"
             "suppliers: {maker: {supplies: widget, lead-time: 4 d}}\n"
             "stocks: {store: {holds: widget, from: maker, start: 75, reorder: {policy: ddmrp, "
             "plan: usage, min-order: 25, every: 1 d, first: 6 h%s}}}\n"
             "customers:\n"
             "  shop: {buys: widget, from: store, every: 1 d, first: 12 h, size: 10}\n"
             "  big: {buys: widget, from: store, due: 3 d, list: [{at: 6 d, size: 60}]}\n"
             "plans: {usage: {kind: forecast, of: shop, every: day}}\n",
             more);
    world_run(world, text);
}

Test(plans, a_buffer_sees_a_spike_before_it_is_due) {
    struct world world;
    run_spike(&world, "");
    EXPECT_WHEN(&world, "store", "orders 80", "150"); /* 95 - (45 + 30 - 60) */
    world_close(&world);
    run_spike(&world, ", spike-threshold: 199 %"); /* 59.7 */
    EXPECT_WHEN(&world, "store", "orders 80", "150");
    world_close(&world);
}

Test(plans, what_is_no_spike_waits_for_its_day) {
    struct world world;
    run_spike(&world, ", spike-threshold: 200 %");
    EXPECT_WHEN(&world, "store", "orders", "30 102");
    world_close(&world);
    run_spike(&world, ", spike-horizon: 1 d");
    EXPECT_WHEN(&world, "store", "orders", "30 102");
    world_close(&world);
}

/* Green is the usage of six days: the top is 130. */
Test(plans, a_buffer_orders_for_a_cycle) {
    struct world world;
    run_spike(&world, ", cycle: 6 d");
    EXPECT_WHEN(&world, "store", "orders 65", "30");
    world_close(&world);
}

/* On hand 20, 50 in two weeks and 50 in five; orders by weeks 15 3 25 10 5 20 10: ATP 2, 10 and 20.
 * Then three: in two weeks (7 remain), eight: with the two that are there; three: in five weeks. */
Test(plans, dates_are_promised_from_what_is_available) {
    struct world world;
    world_run(
        &world,
        "run: {length: 8 wk}\n"
        "items: {widget: {}}\n"
        "suppliers: {maker: {supplies: widget, lead-time: 9 wk}}\n"
        "stocks: {store: {holds: widget, from: maker, start: 20, shipped: [50 at 2 wk, 50 at "
        "5 wk], reorder: {policy: plan, plan: mrp}}}\n"
        "customers:\n"
        "  known: {buys: widget, from: store, list: [{at: 0 h, size: 15, due: 0 h}, {at: 0 "
        "h, size: 3, due: 1 wk}, {at: 0 h, size: 25, due: 2 wk}, {at: 0 h, size: 10, due: 3 "
        "wk}, {at: 0 h, size: 5, due: 4 wk}, {at: 0 h, size: 20, due: 5 wk}, {at: 0 h, size: "
        "10, due: 6 wk}]}\n"
        "  new: {buys: widget, from: store, promise: dates, list: [{at: 1 h, size: 3}, {at: 2 "
        "h, size: 8}, {at: 3 h, size: 3}]}\n"
        "plans:\n"
        "  mrp: {kind: mrp, every: 1 wk, horizon: 8 wk}\n"
        "  dates: {kind: promise, every: 1 wk}\n");
    EXPECT_WHEN(&world, "dates", "in 336 h", "1 2");
    EXPECT_WHEN(&world, "dates", "in 840 h", "3");
    world_close(&world);
}

/* Ten are there. Four: now; eight: a lead time of five days; six by who may take half: also. */
Test(plans, what_is_not_there_is_promised_when_it_can_come) {
    struct world world;
    world_run(
        &world,
        "run: {length: 4 wk}\n"
        "items: {widget: {}}\n"
        "suppliers: {maker: {supplies: widget, lead-time: 5 d}}\n"
        "stocks: {store: {holds: widget, from: maker, start: 10, reorder: {policy: "
        "base-stock, level: 10}}}\n"
        "customers:\n"
        "  all: {buys: widget, from: store, promise: dates, list: [{at: 1 h, size: 4}, {at: 2 "
        "h, size: 8}, {at: 3 wk, size: 3, due: 9 d}]}\n"
        "  half: {buys: widget, from: store, promise: dates, list: [{at: 2 wk, size: 6}]}\n"
        "plans: {dates: {kind: promise, method: ctp, every: 1 d, classes: {half: 50 %}}}\n");
    EXPECT_WHEN(&world, "dates", "in 0 h", "1");
    EXPECT_WHEN(&world, "dates", "in 120 h", "2 336");
    EXPECT_WHEN(&world, "dates", "in 216 h", "504");
    expect_value(&world, "customers.all.on-time", 1);
    world_close(&world);
}

/* Four hours a day, 28 a week; 30 are asked for in the week and 5 are there: 25 are to be made, of
 * them none in overtime. In the second week 40, of them 12 in overtime: of 14 hours 12, 2 h/d would
 * be all; 1.714 is rounded up to 1.75. */
#define AGGREGATE(SETS, MORE)                                                                      \
    "run: {length: 2 wk}\n"                                                                        \
    "calendars: {day: {hours: 08:00-12:00}}\n"                                                     \
    "crews: {hands: {calendar: day, overtime: 2 h/d}}\n"                                           \
    "items: {widget: {route: {cut: 1 h/piece}, planning: {lead-time: 0 h}}}\n"                     \
    "stations: {cut: {needs: {run: hands}}}\n"                                                     \
    "stocks: {store: {holds: widget, from: factory, start: 5, reorder: {policy: base-stock, "      \
    "level: 99, every: 1 wk}}}\n"                                                                  \
    "customers: {shop: {buys: widget, from: store, due: 6 d, list: [{at: 1 h, size: 30}, {at: "    \
    "169 h, size: 40}]}}\n"                                                                        \
    "plans: {big: {kind: sop, strategy: chase, every: 1 wk, horizon: 3 wk, sets: [" SETS           \
    "]}}\n" MORE

Test(plans, sales_and_operations_set_levels_and_overtime) {
    struct world world;
    world_run(&world, AGGREGATE("stocks.store.reorder.level, crews.hands.overtime.up-to", ""));
    EXPECT_WHEN(&world, "store", "orders 25", "0");
    EXPECT_WHEN(&world, "store", "orders 40", "168");
    expect_value(&world, "crews.hands.overtime-hours", 7 * 1.75);
    expect_value(&world, "plans.big.next", 0); /* of the third week */
    world_close(&world);
}

Test(plans, a_programme_acts_on_top_of_what_a_plan_sets) {
    struct world world;
    world_run(&world, AGGREGATE("stocks.store.reorder.level, crews.hands.overtime.up-to",
                                "programmes: {more: {at: 167 h, for: 2 h, change: "
                                "{stocks.store.reorder.level: plus 7}}}\n"));
    EXPECT_WHEN(&world, "store", "orders 25", "0");
    EXPECT_WHEN(&world, "store", "orders 47", "168");
    expect_value(&world, "crews.hands.overtime-hours", 7 * 1.75);
    world_close(&world);
}

Test(plans, sales_and_operations_set_what_they_can) {
    world_expect_fault(AGGREGATE("stocks.store.start", ""), "cannot set 'stocks.store.start'");
    world_expect_fault(AGGREGATE("stocks.shop.steady", ""), "there is no 'shop'");
    world_expect_fault(AGGREGATE("stocks.store.steady", ""), "with the factory as its first");
    world_expect_fault(AGGREGATE("stations.cut.overtime.up-to", ""), "there is no overtime");
    world_expect_fault(AGGREGATE("crews.hands.people", "change: {stations.cut.machines: "
                                                       "unlimited}\n"),
                       "how many there can be at most");
    world_expect_fault(AGGREGATE("{path: crews.hands.people, least: 3, most: 2}", ""),
                       "at least 3 and at most 2");
    world_expect_fault(AGGREGATE("{path: stocks.store.reorder.level, most: 2}", ""),
                       "are for people");
}

/* 25 are to be made in the first week, 40 in the second; a man makes 28, or 42 with overtime, which
 * is not set here and belongs to the regular hours. */
#define STAFF(HOURS, MORE)                                                                         \
    "run: {length: 2 wk}\n"                                                                        \
    "calendars: {day: {hours: 08:00-12:00}}\n"                                                     \
    "crews: {hands: {people: 1, calendar: day, wage: 10 EUR/h, hire: {cost: 90 EUR, " HOURS        \
    "}}}\n"                                                                                        \
    "items: {widget: {route: {cut: 1 h/piece}, planning: {lead-time: 0 h}}}\n"                     \
    "stations: {cut: {machines: 9, needs: {run: hands}}}\n"                                        \
    "stocks: {store: {holds: widget, from: factory, start: 5, reorder: {policy: base-stock, "      \
    "level: 99, every: 1 wk}}}\n"                                                                  \
    "customers: {shop: {buys: widget, from: store, due: 6 d, list: [{at: 1 h, size: 30}, {at: "    \
    "169 h, size: 40}]}}\n"                                                                        \
    "plans: {big: {kind: sop, strategy: chase, every: 1 wk, horizon: 3 wk, sets: "                 \
    "[stocks.store.reorder.level, {path: crews.hands.people, most: 3}]}}\n" MORE

Test(plans, sales_and_operations_hire_and_dismiss) {
    struct world world;
    world_run(&world, STAFF("delay: 0 h", ""));
    EXPECT_WHEN(&world, "hands", "1 are hired", "168");
    expect_value(&world, "money.wages", 28 * 10 + 2 * 28 * 10 + 90);
    world_close(&world);
    /* He comes a day later. */
    world_run(&world, STAFF("delay: 1 d", ""));
    EXPECT_WHEN(&world, "hands", "1 are hired", "192");
    expect_value(&world, "money.wages", 28 * 10 + (28 + 24) * 10 + 90);
    world_close(&world);
}

Test(plans, a_programme_adds_people_to_those_that_a_plan_sets) {
    struct world world;
    world_run(&world, STAFF("delay: 0 h", "programmes: {more: {at: 1 d, for: 12 d, change: "
                                          "{crews.hands.people: plus 3}}}\n"));
    EXPECT_WHEN(&world, "hands", "3 are hired", "24");
    EXPECT_WHEN(&world, "hands", "1 are hired", "168");
    EXPECT_WHEN(&world, "hands", "3 are dismissed", "312");
    world_close(&world);
}

/* Four are on hand and ten come on day 3. The shop, to whom nothing is promised, asks for ten
 * first; the firm for four, and on day 2 for five more. The shop could have ten on day 3, so of the
 * four on hand and the ten four are free: at once. The other five are not there while the shop
 * waits. */
#define KEPT(SHOP, STORE)                                                                          \
    "run: {length: 6 d}\n"                                                                         \
    "items: {widget: {planning: {lead-time: 1 wk}}}\n"                                             \
    "suppliers: {north: {supplies: widget}}\n"                                                     \
    "stocks: {store: {holds: widget, from: north, start: 4, shipped: [10 at 3 d]" STORE "}}\n"     \
    "customers:\n"                                                                                 \
    "  shop: {buys: widget, from: store, list: [{at: 0 d, size: 10}]" SHOP "}\n"                   \
    "  firm: {buys: widget, from: store, promise: dates, list: [{at: 1 d, size: 4}, {at: 2 d, "    \
    "size: 5}]}\n"                                                                                 \
    "plans: {dates: {kind: promise, every: 1 d}}\n"

Test(plans, what_others_wait_for_is_kept_as_if_it_were_promised) {
    struct world world;
    world_run(&world, KEPT("", ""));
    EXPECT_WHEN(&world, "store", "serves 4", "24");
    EXPECT_WHEN(&world, "store", "serves 10", "72");
    EXPECT_WHEN(&world, "store", "serves 5", "");
    expect_value(&world, "stocks.store.owed.now", 5);
    world_close(&world);
    /* Who takes parts has all four at once, and the firm has to wait for the ten. */
    world_run(&world, KEPT(", if-short: part-wait", ""));
    EXPECT_WHEN(&world, "store", "serves 4", "0 72");
    EXPECT_WHEN(&world, "store", "serves 6", "72");
    world_close(&world);
    /* He who leaves leaves his goods to others: on day 3 there are ten for the five. */
    world_run(&world, KEPT(", patience: 60 h", ""));
    EXPECT_WHEN(&world, "store", "serves 5", "72");
    world_close(&world);
}

/* Three machines with two people each and a repair by four, two with one who can weld, a fleet of
 * two with a driver each: twelve and two and two; with machines that a programme adds, 16 more. */
static int32_t most_people(const char *more) {
    struct world world;
    char text[2048];
    snprintf(text, sizeof text,
             "run: {length: 1 wk}\n"
             "crews: {hands: {people: 1, wage: 10 EUR/h, skills: {weld: 80 %%, hands: 100 %%}}}\n"
             "items: {widget: {route: {cut: {}, join: {at: bench, needs: {run: weld}}}}}\n"
             "sites: {a: {at: [0 km, 0 km]}, b: {at: [1 km, 0 km]}}\n"
             "vehicles: {carts: {number: 2, speed: 1 m/s, needs: hands}}\n"
             "lanes: {way: {from: a, to: b, by: carts}}\n"
             "stations:\n"
             "  cut: {site: a, machines: 3, time: 1 h, needs: {run: {hands: 2}}, failures: {jam: "
             "{after: 9 h, lasts: 1 h, needs: {hands: 4}}}}\n"
             "  bench: {site: b, machines: 2, time: 1 h}\n"
             "stocks: {store: {holds: widget, from: factory, site: b, reorder: {policy: "
             "base-stock, level: 9, every: 1 wk}}}\n"
             "customers: {shop: {buys: widget, from: store, rate: 1 /d}}\n"
             "plans: {big: {kind: sop, every: 1 wk, sets: [crews.hands.people]}}\n%s",
             more);
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    int32_t count = world.plant->crews[0].person_count;
    world_close(&world);
    return count;
}

Test(plans, there_are_no_more_people_than_can_be_used_at_once) {
    cr_expect_eq(most_people(""), 12 + 2 + 2);
    cr_expect_eq(most_people("programmes: {more: {at: 1 d, change: {stations.cut.machines: 7}}}\n"),
                 28 + 2 + 2);
    cr_expect_eq(most_people("change: {crews.hands.people: 40}\n"), 40);
}

/* Four and two are to be there, and nothing is: of four lots a day the first comes when an eighth
 * of it is over, of two when a quarter is. Three are asked for on the second day, and made on the
 * third. With two hours a day for six pieces a third of them is scheduled: of the four 1.33, of the
 * two 0.67, and what is left of one is carried over. The next days it is 1.53 and 1.47 of 5, 2.2
 * and 0.8 of 6, 1.7 and 1.3 of 4, and on the last all of 2. */
#define SCHEDULE(STATION, PLAN)                                                                    \
    "run: {length: 4 d}\n"                                                                         \
    "calendars: {short: {hours: 08:00-10:00}}\n"                                                   \
    "items:\n"                                                                                     \
    "  big: {route: {cut: 1 h/piece}, planning: {lead-time: 0 h, safety-stock: 4}}\n"              \
    "  small: {route: {cut: 1 h/piece}, planning: {lead-time: 0 h, safety-stock: 2}}\n"            \
    "stations: {cut: {machines: 1" STATION "}}\n"                                                  \
    "stocks:\n"                                                                                    \
    "  bigs: {holds: big, from: factory, reorder: {policy: plan, plan: board}}\n"                  \
    "  smalls: {holds: small, from: factory, reorder: {policy: plan, plan: board}}\n"              \
    "customers: {shop: {buys: big, from: bigs, list: [{at: 30 h, size: 3}]}}\n"                    \
    "plans: {board: {kind: schedule" PLAN "}}\n"

Test(plans, a_schedule_is_level) {
    struct world world;
    world_run(&world, SCHEDULE("", ", every: 1 d"));
    EXPECT_WHEN(&world, "bigs", "orders 1", "3 9 15 21 52 60 68");
    EXPECT_WHEN(&world, "smalls", "orders 1", "6 18");
    expect_value(&world, "stocks.bigs.on-hand.now", 4);
    world_close(&world);
    /* It acts three hours later, over the day from then on. */
    world_run(&world, SCHEDULE("", ", every: 1 d, takes: 3 h"));
    EXPECT_WHEN(&world, "bigs", "orders 1", "6 12 18 24 55 63 71");
    world_close(&world);
    world_run(&world, SCHEDULE(", calendar: short", ", every: 1 d, capacity: check"));
    EXPECT_WHEN(&world, "board", "schedules 1 for bigs", "0 24 72");
    EXPECT_WHEN(&world, "board", "schedules 2 for bigs", "48 96");
    EXPECT_WHEN(&world, "board", "schedules 1 for smalls", "24 72");
    world_close(&world);
}

Test(plans, a_schedule_from_a_list_goes_by_time) {
    struct world world;
    world_run(&world, SCHEDULE("", ", every: 1 d, list: [{at: 3 d, stock: smalls, amount: 1}, {at: "
                                   "1 d, stock: bigs, amount: 2}]"));
    EXPECT_WHEN(&world, "bigs", "orders 2", "24");
    EXPECT_WHEN(&world, "smalls", "orders 1", "72");
    /* All are there when the schedule is looked at again, a day later. */
    expect_value(&world, "plans.board.adherence", 1);
    world_close(&world);
}

Test(plans, a_list_of_a_schedule_is_of_its_stocks) {
    world_expect_fault(SCHEDULE("", ", list: [{at: 3 d, amount: 1}]"),
                       "a row of its list says none");
    world_expect_fault(SCHEDULE("", ", list: [{at: 3 d, stock: shop, amount: 1}]"), "shop");
    world_expect_fault(SCHEDULE("", "}, needs: {kind: mrp, list: [{at: 1 d, amount: 2}]"),
                       "belongs to a plan with `kind: schedule`");
}

Test(plans, what_is_shared_out_cannot_be_promised) {
    world_expect_fault(KEPT("", ", serve: share"), "nothing of it can be promised");
}

Test(plans, what_is_made_to_order_is_promised_by_its_lead_time) {
    struct world world;
    world_run(&world, "run: {length: 4 d}\n"
                      "items: {widget: {route: {cut: 3 h}, planning: {lead-time: 2 d}}}\n"
                      "stations: [cut]\n"
                      "customers: {shop: {buys: widget, from: factory, promise: dates, due: 1 d, "
                      "list: [{at: 1 h, size: 1}]}}\n"
                      "plans: {dates: {kind: promise}}\n");
    EXPECT_WHEN(&world, "dates", "in 48 h", "1");
    expect_value(&world, "customers.shop.on-time", 1);
    world_close(&world);
}

/* A part whose parents no plan orders is asked for only when they are made. Of the two stocks that
 * the plan orders for, the upper takes from the lower: four legs a stool. */
Test(plans, requirements_go_down_to_what_is_refilled_and_used) {
    struct world world;
    world_run(&world,
              "run: {length: 6 wk}\n"
              "items: {stool: {uses: {leg: 4}, route: {join: 0 h}, planning: {lead-time: 1 wk}}, "
              "leg: {}}\n"
              "stations: {join: {machines: unlimited}}\n"
              "suppliers: {turner: {supplies: leg, lead-time: 2 wk}}\n"
              "stocks:\n"
              "  shop: {holds: stool, from: works, lead-time: 1 wk, start: 5, reorder: {policy: "
              "plan, plan: mrp}}\n"
              "  works: {holds: stool, from: factory, start: 0, reorder: {policy: plan, plan: "
              "mrp}}\n"
              "  legs: {holds: leg, from: turner, start: 0, reorder: {policy: plan, plan: mrp}}\n"
              "customers: {firm: {buys: stool, from: shop, list: [{at: 0 h, size: 12, due: 5 "
              "wk}]}}\n"
              "plans: {mrp: {kind: mrp, every: 1 wk, horizon: 6 wk}}\n");
    EXPECT_WHEN(&world, "legs", "orders 28", "168"); /* 7 stools, 1 + 1 + 2 weeks before week 5 */
    EXPECT_WHEN(&world, "works", "orders 7", "504");
    EXPECT_WHEN(&world, "shop", "orders 7", "672");
    expect_value(&world, "customers.firm.otif", 1);
    expect_value(&world, "stocks.legs.ordered", 28);
    world_close(&world);
}

/* ---- faults ---- */
#define WORLD                                                                                      \
    "run: {length: 1 wk}\n"                                                                        \
    "items: {a: {}, b: {}}\n"                                                                      \
    "suppliers: {m: {supplies: [a, b]}}\n"                                                         \
    "customers: {c: {buys: a, from: s, rate: 1 /d}}\n"

Test(plans, what_does_not_fit_is_said) {
    world_expect_fault(WORLD "stocks: {s: {holds: a, from: m, reorder: {policy: plan, plan: p}}}\n"
                             "plans: {p: {kind: forecast, of: a}}\n",
                       "a plan with `kind: mrp` is wanted; 'p' is forecast");
    world_expect_fault(WORLD
                       "stocks: {s: {holds: a, from: m, reorder: {policy: forecast, forecast: "
                       "p}}}\n"
                       "plans: {p: {kind: forecast, of: b}}\n",
                       "plan 'p' does not forecast 'a'");
    world_expect_fault(WORLD "stocks: {s: {holds: a, from: m}}\nplans: {p: {kind: mrp}}\n",
                       "no stock orders by plan 'p'");
    world_expect_fault(WORLD "stocks: {s: {holds: a, from: m}}\nplans: {p: {kind: mrp, of: a}}\n",
                       "`of` belongs to a plan with `kind: forecast`, this is mrp");
    world_expect_fault(WORLD "stocks: {s: {holds: a, from: m}}\n"
                             "plans: {p: {kind: forecast, of: a, method: ctp}}\n",
                       "`method` belongs to a plan with `kind: promise`, this is forecast");
    world_expect_fault(WORLD "stocks: {s: {holds: a, from: m}}\n"
                             "plans: {p: {kind: forecast, of: a, method: holt-winters}}\n",
                       "holt-winters needs a season of at least two periods");
    world_expect_fault(WORLD "stocks: {s: {holds: a, from: m}}\n"
                             "plans: {p: {kind: forecast, of: a, every: 1 d, takes: 1 d}}\n",
                       "'p' is not decided before it is computed anew");
}
