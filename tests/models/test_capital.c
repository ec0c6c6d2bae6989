/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Depreciation, energy and carbon, and the figures of throughput accounting, against tables. */
#include "world.h"

#define MACHINE(LENGTH, HOW, PROGRAMME)                                                            \
    "run: {length: " LENGTH "}\n"                                                                  \
    "items: {x: {route: {saw: 1 h}}}\n"                                                            \
    "releases: {in: {item: x, at: [0 h]}}\n"                                                       \
    "stations: {saw: {}}\n"                                                                        \
    "money: {depreciation: " HOW ", cash: 20 kEUR}\n"                                              \
    "programmes: {buy: {" PROGRAMME ", change: {stations.saw.machines: 2}}}\n"

static void expect_written_off(const char *text, double right) {
    struct world world;
    world_run(&world, text);
    expect_value(&world, "money.capex", 10000);
    expect_value(&world, "money.written-off", right);
    expect_value(&world, "money.equipment", 10000 - right);
    expect_value(&world, "money.profit", -right);
    expect_value(&world, "money.balance.now", 10000);
    world_close(&world);
}

Test(capital, straight_it_goes_evenly_until_nothing_is_left) {
    expect_written_off(MACHINE("1 y", "5 y", "capex: 10 kEUR"), 2000);
    expect_written_off(MACHINE("30 mo", "5 y", "capex: 10 kEUR"), 5000);
    expect_written_off(MACHINE("7 y", "5 y", "capex: 10 kEUR"), 10000);
    expect_written_off(MACHINE("2 y", "5 y", "capex: 10 kEUR, at: 1 y"), 2000);
}

/* The table of the textbooks for 10000 over five years: 4000, 2400, 1440, and what is left evenly,
 * 1080 and 1080, because that is more than two fifths of it. */
Test(capital, declining_it_is_twice_the_rate_of_what_is_left) {
    expect_written_off(MACHINE("1 y", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 4000);
    expect_written_off(MACHINE("2 y", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 6400);
    expect_written_off(MACHINE("3 y", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 7840);
    expect_written_off(MACHINE("42 mo", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 8380);
    expect_written_off(MACHINE("4 y", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 8920);
    expect_written_off(MACHINE("5 y", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 10000);
    expect_written_off(MACHINE("6 mo", "{over: 5 y, method: declining}", "capex: 10 kEUR"), 2000);
}

/* Sold after two of five years for 30 % of its price: 6000 were left of it, 3000 are lost. */
Test(capital, what_it_counted_more_than_it_brings_is_written_off) {
    struct world world;
    world_run(&world, MACHINE("3 y", "5 y", "capex: 10 kEUR, for: 2 y, residual: 30 %"));
    expect_value(&world, "money.written-off", 7000);
    expect_value(&world, "money.capex", 7000);
    expect_value(&world, "money.equipment", 0);
    expect_value(&world, "money.profit", -7000);
    world_close(&world);
}

/* A profit of 3000 a year but for the 2000 that are written off, of which a quarter goes. */
Test(capital, taxes_are_on_what_depreciation_leaves) {
    struct world world;
    world_run(
        &world,
        MACHINE("1 y", "5 y",
                "capex: 10 kEUR") "change: {money.tax: 25 %, money.flows: [3 kEUR at 1 d]}\n");
    expect_value(&world, "money.taxes", 250);
    expect_value(&world, "money.profit", 750);
    world_close(&world);
}

/* 6 h of work at 20 kW: 120 kWh for 0.25 each, and 60 kg at 100 a tonne. */
Test(capital, energy_is_paid_and_so_is_what_it_emits) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {x: {route: {saw: 6 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {energy: {working: 20 kW}}}\n"
                      "money: {energy-price: 0.25 EUR/kWh, energy-co2: 0.5 kg/kWh, carbon: 100 "
                      "EUR/t}\n");
    expect_value(&world, "system.energy", 120);
    expect_value(&world, "system.co2", 60);
    expect_value(&world, "system.energy-in.working", 120);
    expect_value(&world, "system.energy-in.starved", 0);
    expect_value(&world, "system.unit-energy", 120);
    expect_value(&world, "system.unit-co2", 60);
    expect_value(&world, "stations.saw.energy", 120);
    expect_value(&world, "money.energy", 30);
    expect_value(&world, "money.emissions", 6);
    expect_value(&world, "money.cost", 36);
    world_close(&world);
}

/* 10 sold for 5, bought for 2 and carried for 1; 7 of overhead: T 20, OE 7 and what was left to
 * carry, I what lies there. */
Test(capital, throughput_less_operating_expense_is_profit) {
    struct world world;
    world_run(&world,
              "run: {length: 10 d}\n"
              "items: {box: {cost: 2 EUR, price: 5 EUR}}\n"
              "sites: {a: {}, b: {}}\n"
              "suppliers: {far: {supplies: box, order-cost: 3 EUR}}\n"
              "lanes: {road: {from: a, to: b, time: 1 h, cost: {unit: 1 EUR}}}\n"
              "stocks: {shelf: {holds: box, site: a, from: far, start: 0, reorder: {policy: "
              "base-stock, level: 12}}}\n"
              "customers: {c: {buys: box, from: shelf, site: b, at: [1 d], size: 10, owed-cost: "
              "2.40 EUR/d}}\n"
              "money: {fixed: 0.70 EUR/d}\n");
    expect_value(&world, "money.throughput", 50 - 20 - 10);
    expect_value(&world, "money.operating-expense", 7 + 2 * 3 + 1); /* two orders; owed for 1 h */
    expect_value(&world, "money.investment", 24);
    expect_value(&world, "money.profit", 20 - 14);
    expect_value(&world, "customers.c.margin", 30);
    expect_value(&world, "customers.c.cost-to-serve", 10 + 1);
    world_close(&world);
}
