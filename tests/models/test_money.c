/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money: cash, discounting and taxes of small plants, worked out by hand. */
#include "world.h"

/* 100 paid at once, 30 at the ends of five years, at 10 %: the annuity formula. */
Test(money, an_annuity_is_worth_what_its_formula_says) {
    struct world world;
    world_run(&world, "run: {length: 5 y}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {}}\n"
                      "money: {rate: 10 %/y, flows: [-100 EUR at 0 y, 30 EUR at 1 y, 30 EUR at 2 "
                      "y, 30 EUR at 3 y, 30 EUR at 4 y, 30 EUR at 5 y]}\n");
    expect_value(&world, "money.npv", -100 + 30 * (1 - pow(1.1, -5)) / 0.1);
    expect_value(&world, "money.payback", (3 + 1.0 / 3) * 8760);
    double rate = world_value(&world, "money.irr"), worth = -100;
    for (int year = 1; year <= 5; year++) worth += 30 * pow(1 + rate, -year);
    cr_expect_lt(fabs(worth), 1e-9);
    cr_expect_lt(fabs(rate - 0.152382), 1e-6);
    world_close(&world);
}

/* What never pays back has no payback and loses at every rate; what costs nothing has no rate. */
Test(money, what_does_not_pay_back_says_so) {
    struct world world;
    world_run(&world, "run: {length: 3 y}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {}}\n"
                      "money: {cash: 7 EUR, flows: [-100 EUR at 0 y, 30 EUR at 1 y]}\n");
    cr_expect(isnan(world_value(&world, "money.payback")));
    expect_value(&world, "money.balance.min", -93);
    expect_value(&world, "money.balance.now", -63);
    cr_expect_lt(fabs(world_value(&world, "money.irr") - (0.3 - 1)), 1e-9);
    world_close(&world);
}

/* A year of overhead of 12 a year, paid at the ends of its months; months of 1970. */
Test(money, what_accrues_is_paid_at_the_end_of_the_month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct world world;
    world_run(&world, "run: {length: 365 d, start: 2026-01-01}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {}}\n"
                      "money: {rate: 20 %/y, fixed: 365 EUR/y}\n");
    double worth = 0;
    for (int month = 0, day = 0; month < 12; month++) {
        day += days[month];
        worth -= days[month] * pow(1.2, -day / 365.0);
    }
    cr_expect_lt(fabs(world_value(&world, "money.npv") - worth), 1e-5);
    expect_value(&world, "money.fixed-costs", 365);
    world_close(&world);
}

/* Losses first: 10 lost, then 30 won, so 20 are taxed. */
Test(money, taxes_look_at_the_profit_so_far) {
    struct world world;
    world_run(&world, "run: {length: 2 y}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {}}\n"
                      "money: {tax: 25 %, flows: [-10 EUR at 0 y, 30 EUR at 1 y]}\n");
    expect_value(&world, "money.taxes", 5);
    expect_value(&world, "money.profit", 15);
    world_close(&world);
}

static void run_priced(struct world *world, int times) {
    char text[2048];
    snprintf(text, sizeof text,
             "run: {length: 40 d, warm-up: 3 d}\n"
             "items: {raw: {cost: %d EUR, holding: %d EUR/y}, x: {price: %d EUR, uses: {raw: 2}, "
             "route: {saw: {time: exponential(40 min), cost: %d EUR}}}}\n"
             "stations: {saw: {cost: %d EUR/h, failures: {jam: {after: exponential(9 h), lasts: 1 "
             "h, cost: %d EUR}}, setup: {time: 1 min, cost: %d EUR}}}\n"
             "suppliers: {s: {supplies: raw, order-cost: %d EUR, lead-time: 1 d}}\n"
             "stocks: {r: {holds: raw, from: s, start: 90, reorder: {policy: min-max, min: 90, "
             "max: 200}}, g: {holds: x, from: factory, start: 4, reorder: {policy: base-stock, "
             "level: 4}}}\n"
             "customers: {c: {buys: x, from: g, rate: 1 /h, owed-cost: %d EUR/h, late-cost: %d "
             "EUR/h, due: 1 h}}\n"
             "crews: {men: {people: 2, wage: %d EUR/h}}\n"
             "money: {fixed: %d EUR/d, cash: %d EUR, tax: 20 %%, rate: 5 %%/y, flows: [%d EUR at 3 "
             "d]}\n"
             "programmes: {p: {at: 10 d, for: 9 d, capex: %d EUR, residual: 10 %%, cost: %d EUR/d, "
             "change: {stations.saw.machines: 2, items.x.price: times 1.5}}}\n",
             2 * times, 3 * times, 30 * times, times, 4 * times, 5 * times, times, 7 * times, times,
             2 * times, 9 * times, 11 * times, 500 * times, -40 * times, 200 * times, 6 * times);
    world_run(world, text);
    cr_assert_null(world->why, "%s", world->why);
}

/* The books balance (a run checks it), and money is only a unit. */
Test(money, all_prices_doubled_double_all_money) {
    struct world one, two;
    run_priced(&one, 1);
    run_priced(&two, 2);
    for (int32_t i = 0; i < one.plant->layout.column_count; i++) {
        const struct column *column = &one.plant->layout.columns[i];
        enum result_unit unit = kpis[column->kpi].unit;
        bool money = (unit == RESULT_UNIT_MONEY || unit == RESULT_UNIT_MONEY_PER_DAY ||
                      unit == RESULT_UNIT_MONEY_PER_UNIT) &&
                     column->stat != STAT_COUNT;
        double a = one.block[i], b = two.block[i], right = money ? 2 * a : a;
        if (isnan(a) && isnan(b)) continue;
        cr_expect(fabs(b - right) <= 1e-6 * fmax(1, fabs(right)), "%s: %.12g and %.12g",
                  column->path, a, b);
    }
    cr_expect_gt(world_value(&one, "money.revenue"), 0);
    cr_expect_gt(world_value(&one, "money.repairs"), 0);
    cr_expect_gt(world_value(&one, "money.capex"), 0);
    world_close(&one);
    world_close(&two);
}

/* ---- what has a price costs something, and nothing else changes ---- */
static const char busy[] =
    "run: {length: 40 d, warm-up: 3 d}\n"
    "items: {raw: {cost: 2 EUR, holding: 3 EUR/y, weight: 5 kg}, x: {price: 90 EUR, uses: {raw: "
    "2}, "
    "weight: 9 kg, route: {saw: {time: exponential(40 min), cost: 1 EUR, scrap: 5 %}, polish: "
    "{time: 5 min}}}}\n"
    "sites: {mine: {}, works: {}, town: {}}\n"
    "stations: {saw: {cost: 4 EUR/h, energy: {working: 7 kW}, site: works, failures: {jam: {after: "
    "exponential(9 h), lasts: 1 h, cost: 5 EUR}}, setup: {time: 1 min, cost: 1 EUR}}, polish: "
    "{site: "
    "works, setup: {when: every 3 pieces, time: 0 s, cost: 2 EUR}}}\n"
    "suppliers: {s: {supplies: raw, order-cost: 7 EUR, lead-time: 1 d, site: mine, pays: 9 d}}\n"
    "lanes: {road: {from: mine, to: works, time: 3 h, co2: 0.1, cost: {order: 1 EUR, unit: 0.1 "
    "EUR, "
    "value: 3 %}}, street: {from: works, to: town, time: 1 h, cost: {unit: 0.2 EUR}}}\n"
    "stocks: {r: {holds: raw, site: works, from: s, start: 90, reorder: {policy: min-max, min: 90, "
    "max: 200}}, g: {holds: x, site: works, from: factory, start: 4, reorder: {policy: base-stock, "
    "level: 4}}}\n"
    "customers: {c: {buys: x, from: g, site: town, rate: 1 /h, owed-cost: 2 EUR/h, late-cost: 7 "
    "EUR/h, due: 1 h, pays: 5 d}}\n"
    "crews: {men: {people: 2, wage: 9 EUR/h}}\n"
    "money: {fixed: 11 EUR/d, tax: 20 %, depreciation: 2 y, energy-price: 0.1 EUR/kWh, energy-co2: "
    "0.4 kg/kWh, carbon: 80 EUR/t}\n"
    "programmes: {p: {at: 10 d, capex: 200 EUR, cost: 6 EUR/d, change: {stations.saw.machines: "
    "2}}}\n";

static const struct {
    const char *free, *account;
} priced[] = {{"items.x.price: 0 EUR", "money.revenue"},
              {"items.raw.cost: 0 EUR", "money.materials"},
              {"items.raw.cost: 0 EUR", "money.sold"},
              {"items.raw.cost: 0 EUR", "money.scrap"},
              {"items.raw.holding: 0 EUR/y", "money.holding"},
              {"items.x.route.saw.cost: 0 EUR", "money.making"},
              {"stations.saw.cost: 0 EUR/h", "money.machines"},
              {"stations.saw.failures.jam.cost: 0 EUR", "money.repairs"},
              {"stations.saw.setup.cost: 0 EUR", "money.setups"},
              {"stations.polish.setup.cost: 0 EUR", "money.setups"},
              {"suppliers.s.order-cost: 0 EUR", "money.ordering"},
              {"lanes.road.cost.order: 0 EUR", "money.transport"},
              {"lanes.road.cost.unit: 0 EUR", "money.transport"},
              {"lanes.road.cost.value: 0 %", "money.tariffs"},
              {"lanes.road.cost.value: 0 %", "lanes.road.expense"},
              {"lanes.street.cost.unit: 0 EUR", "customers.c.cost-to-serve"},
              {"customers.c.owed-cost: 0 EUR/h", "money.penalties"},
              {"customers.c.late-cost: 0 EUR/h", "customers.c.cost-to-serve"},
              {"crews.men.wage: 0 EUR/h", "money.wages"},
              {"money.fixed: 0 EUR/d", "money.fixed-costs"},
              {"money.energy-price: 0 EUR/kWh", "money.energy"},
              {"money.energy-co2: 0 kg/kWh", "money.emissions"},
              {"lanes.road.co2: 0", "money.emissions"},
              {"money.tax: 0 %", "money.taxes"},
              {"programmes.p.capex: 0 EUR", "money.written-off"},
              {"programmes.p.cost: 0 EUR/d", "money.programmes"},
              {"suppliers.s.pays: 0 d", "money.payable"},
              {"customers.c.pays: 0 d", "money.receivable"}};

static void run_busy(struct world *world, const char *change) {
    char text[4000];
    int size = snprintf(text, sizeof text, "%schange: {run.replications: 1%s%s}\n", busy,
                        *change ? ", " : "", change);
    cr_assert_lt(size, (int)sizeof text);
    world_run(world, text);
    cr_assert_null(world->why, "%s", world->why);
}

Test(money, every_activity_that_has_a_price_costs_something) {
    struct world paid, free;
    run_busy(&paid, "");
    for (size_t i = 0; i < sizeof priced / sizeof *priced; i++) {
        run_busy(&free, priced[i].free);
        double with = world_value(&paid, priced[i].account),
               without = world_value(&free, priced[i].account);
        cr_expect_gt(with, without + 1e-9, "%s: %s is %g", priced[i].free, priced[i].account, with);
        cr_expect_eq(world_value(&paid, "system.output"), world_value(&free, "system.output"), "%s",
                     priced[i].free);
        world_close(&free);
    }
    world_close(&paid);
}

/* Prices are only prices: what has none changes nothing of what another has. */
Test(money, a_price_makes_no_other_account_vanish) {
    struct world paid, free;
    run_busy(&paid, "");
    for (size_t i = 0; i < sizeof priced / sizeof *priced; i++) {
        run_busy(&free, priced[i].free);
        for (size_t k = 0; k < sizeof priced / sizeof *priced; k++)
            if (world_value(&free, priced[k].account) > 0)
                cr_expect_gt(world_value(&paid, priced[k].account), 0, "%s with %s",
                             priced[k].account, priced[i].free);
        world_close(&free);
    }
    world_close(&paid);
}

/* What was spent on goods is sold, lost, a variance or still here; and the sheets add up. */
Test(money, the_sheets_add_up) {
    struct world world;
    run_busy(&world, "");
    double goods = world_value(&world, "money.raw") + world_value(&world, "money.in-process") +
                   world_value(&world, "money.finished"),
           profit = world_value(&world, "money.contribution");
    static const char *const costs[] = {"scrap",       "variance",    "machines", "setups",
                                        "wages",       "holding",     "ordering", "penalties",
                                        "energy",      "emissions",   "repairs",  "programmes",
                                        "written-off", "fixed-costs", "taxes"};
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
        char path[40];
        snprintf(path, sizeof path, "money.%s", costs[i]);
        profit -= world_value(&world, path);
    }
    cr_expect_float_eq(profit, world_value(&world, "money.profit"), 1e-5);
    cr_expect_float_eq(goods, world_value(&world, "money.inventory.now"), 1e-5);
    cr_expect_float_eq(goods + world_value(&world, "money.receivable.now") -
                           world_value(&world, "money.payable.now"),
                       world_value(&world, "money.working-capital.now"), 1e-5);
    cr_expect_float_eq(world_value(&world, "money.throughput") -
                           world_value(&world, "money.operating-expense"),
                       world_value(&world, "money.profit"), 1e-9);
    world_close(&world);
}

/* ---- a unit that is owed is charged once ---- */
/* Ten pieces are owed from day 1 to the end, day 9; the stock's price is 1, the customer's VALUE.
 */
static double owed_for(struct world *world, const char *price, const char *more) {
    char text[1024];
    snprintf(text, sizeof text,
             "run: {length: 9 d}\n"
             "items: {x: {}, y: {}}\n"
             "suppliers: {s: {supplies: [x, y], lead-time: 100 d}}\n"
             "stocks: {g: {holds: x, from: s, owed-cost: 1 EUR/d, reorder: {policy: base-stock, "
             "level: 1}}, h: {holds: y, from: s, owed-cost: 3 EUR/d, start: 0, reorder: {policy: "
             "base-stock, level: 1}}}\n"
             "customers: {c: {buys: x, from: [g, h], at: [1 d], size: 10%s}}\n%s",
             price, more);
    world_run(world, text);
    cr_assert_null(world->why, "%s", world->why);
    return world_value(world, "money.penalties");
}

Test(money, what_is_owed_is_charged_once_at_the_price_nearest_to_the_customer) {
    struct world world;
    cr_expect_eq(owed_for(&world, "", ""), 80);
    cr_expect_eq(world_value(&world, "stocks.g.expense"), 80);
    cr_expect_eq(world_value(&world, "customers.c.cost-to-serve"), 0);
    world_close(&world);
    cr_expect_eq(owed_for(&world, ", owed-cost: 5 EUR/d", ""), 400);
    cr_expect_eq(world_value(&world, "stocks.g.expense"), 400);
    cr_expect_eq(world_value(&world, "customers.c.cost-to-serve"), 400);
    world_close(&world);
    cr_expect_eq(owed_for(&world, ", owed-cost: 0 EUR/d", ""), 0);
    world_close(&world);
}

/* Days 3 to 5 at the customer's price, the other six at the stock's. */
Test(money, a_programme_may_give_a_customer_a_price_for_a_while) {
    static const char given[] =
        "programmes: {p: {at: 3 d, for: 2 d, change: {customers.c.owed-cost: 5 EUR/d}}}\n";
    struct world world;
    cr_expect_eq(owed_for(&world, "", given), 6 * 10 * 1 + 2 * 10 * 5);
    cr_expect_eq(world_value(&world, "stocks.g.expense"), 160);
    cr_expect_eq(world_value(&world, "customers.c.cost-to-serve"), 100);
    world_close(&world);
}

/* He is owed x, then y: what counts is what the stock that owes it says, or he himself. */
Test(money, what_is_taken_instead_is_owed_by_the_other_stock) {
    static const char start[] = "change: {stocks.h.start: 10, stocks.h.reorder.level: 10, "
                                "customers.c.at: [1 d, 2 d]}\n";
    struct world world;
    cr_expect_eq(owed_for(&world, ", instead: {y: 100 %}, owed-cost: 5 EUR/d", start), 350);
    cr_expect_eq(world_value(&world, "stocks.g.expense"), 350);
    cr_expect_eq(world_value(&world, "stocks.h.expense"), 0);
    world_close(&world);
    cr_expect_eq(owed_for(&world, ", instead: {y: 100 %}", start), 70);
    world_close(&world);
}

/* ---- cash over time ---- */
/* One person at 10 an hour, ten pieces of stock at 2 a day, one sold for 50 on days 1 and 2, paid a
 * day later. Without months what has accrued is gone at every look; what is asked for changes
 * nothing. */
#define CASH_OVER_TIME                                                                             \
    "run: {length: 4 d}\n"                                                                         \
    "items: {x: {price: 50 EUR, holding: 2 EUR/d}}\n"                                              \
    "crews: {men: {people: 1, wage: 10 EUR/h}}\n"                                                  \
    "stocks: {g: {holds: x, start: 10}}\n"                                                         \
    "customers: {c: {buys: x, from: g, at: [1 d, 2 d], pays: 1 d}}\n"

static double series_at(const struct world *world, int32_t series, int32_t point) {
    return world->block[layout_series_at(&world->plant->layout, series, point)];
}

Test(money, cash_over_time_is_what_was_paid_and_what_has_accrued) {
    static const double holding[] = {20, 38, 54, 70}, paid[] = {0, 50, 100, 100},
                        owed[] = {50, 50, 0, 0};
    struct world world;
    world_run(&world, CASH_OVER_TIME);
    double end = world_value(&world, "money.balance.now");
    world_close(&world);
    world_run(&world,
              CASH_OVER_TIME "record: {series: [money.balance, money.receivable], every: 1 d}\n");
    for (int32_t day = 0; day < 4; day++) {
        cr_expect_float_eq(series_at(&world, 0, day), paid[day] - holding[day] - 240 * (day + 1),
                           1e-6, "day %d: %.9g", day + 1, series_at(&world, 0, day));
        cr_expect_eq(series_at(&world, 1, day), owed[day]);
    }
    cr_expect_eq(world_value(&world, "money.balance.now"), end);
    world_close(&world);
}

/* With months wages are paid when one is over: on day 28 of February. */
Test(money, cash_over_time_steps_at_the_ends_of_months) {
    struct world world;
    world_run(
        &world,
        "change: {run: {length: 60 d, start: 2027-02-01}, money.cash: 100 EUR}\n" CASH_OVER_TIME
        "record: {series: [money.balance], every: 14 d}\n");
    cr_expect_eq(series_at(&world, 0, 0), 100 + 100);
    cr_expect_lt(series_at(&world, 0, 1), 200 - 28 * 240);
    cr_expect_eq(series_at(&world, 0, 2), series_at(&world, 0, 1));
    world_close(&world);
}
