/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The books of goods, worked out by hand: what lies in store and on the floor, what was sold and
 * what was lost. That they balance and that what is counted is what is booked is checked in every
 * run (books_conserved). */
#include "world.h"

/* A unit of 2 is sold for 5 on days 1, 3 and 12, and one is ordered for it; it comes two days
 * later. */
#define SHOP                                                                                       \
    "items: {box: {cost: 2 EUR, price: 5 EUR}}\n"                                                  \
    "suppliers: {far: {supplies: box, lead-time: 2 d}}\n"                                          \
    "stocks: {shelf: {holds: box, from: far, start: 10, reorder: {policy: base-stock, level: "     \
    "10}}}\n"

Test(books, what_was_bought_counts_when_it_is_sold) {
    struct world world;
    world_run(&world, "run: {length: 13 d}\n" SHOP
                      "customers: {c: {buys: box, from: shelf, at: [1 d, 3 d, 12 d]}}\n");
    expect_value(&world, "money.materials", 6);
    expect_value(&world, "money.sold", 6);
    expect_value(&world, "money.profit", 9);
    expect_value(&world, "money.contribution", 9);
    expect_value(&world, "money.finished", 20); /* one of them under way */
    expect_value(&world, "money.inventory", 20);
    expect_value(&world, "money.inventory.min", 20); /* it is ordered in the same instant */
    world_close(&world);
}

/* Without an order after it, the last sale takes from what was there: no cost, and yet no profit
 * out of nothing. */
Test(books, what_was_there_at_first_counts_when_it_is_sold) {
    struct world world;
    world_run(&world,
              "run: {length: 4 d, warm-up: 2 d}\n" SHOP "change: {stocks.shelf.reorder: none}\n"
              "customers: {c: {buys: box, from: shelf, at: [-1 d, 1 d, 2 d]}}\n");
    expect_value(&world, "money.cost", 0);
    expect_value(&world, "money.sold", 4);
    expect_value(&world, "money.profit", 10 - 4);
    expect_value(&world, "money.inventory", (18 * 1 + 16 * 1 + 14 * 2) / 4.0);
    world_close(&world);
}

/* Four bought for 3 instead of the standard of 2, of which one is bad. */
Test(books, what_goods_cost_beyond_their_standard_is_a_variance) {
    struct world world;
    world_run(
        &world,
        "run: {length: 9 d}\n" SHOP
        "change: {suppliers.far.price: 3 EUR, suppliers.far.defects: 25 %, stocks.shelf.reorder: "
        "{policy: min-max, min: 6, max: 10}}\n"
        "customers: {c: {buys: box, from: shelf, at: [1 d], size: 4}}\n");
    expect_value(&world, "money.materials", 4 * 3);
    expect_value(&world, "money.scrap", 3);
    expect_value(&world, "money.variance", 3 * 1);
    expect_value(&world, "money.sold", 8);
    world_close(&world);
}

/* Two parts of 3 and 1 for the work of each piece are its standard cost of 7. */
#define SAW                                                                                        \
    "items: {raw: {cost: 3 EUR}, x: {lot: 4, price: 20 EUR, uses: {raw: 2}, route: {cut: {time: "  \
    "1 h, cost: 1 EUR}, drill: {time: 2 h}}}}\n"                                                   \
    "stations: {cut: {}, drill: {}}\n"                                                             \
    "stocks: {r: {holds: raw, start: 100}, g: {holds: x, from: factory}}\n"

Test(books, what_is_made_costs_its_parts_and_its_work) {
    struct world world;
    world_run(&world,
              "run: {length: 10 h}\n" SAW "releases: {in: {item: x, at: [0 h, 8 h], to: g}}\n"
              "customers: {c: {buys: x, from: g, at: [4 h], size: 3}}\n");
    expect_value(&world, "money.making", 8);
    expect_value(&world, "money.sold", 3 * 7);
    expect_value(&world, "money.finished", 7);
    expect_value(&world, "money.in-process", 4 * 7);
    expect_value(&world, "money.raw", 84 * 3);
    expect_value(&world, "money.variance", 0);
    expect_value(&world, "money.profit", 60 - 21);
    expect_value(&world, "money.cost", 8);
    world_close(&world);
}

/* All of a lot is scrapped at drilling, with the parts and the work in it. */
Test(books, scrap_costs_what_went_into_it) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n" SAW "change: {items.x.route.drill.scrap: 100 %}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n");
    expect_value(&world, "money.scrap", 4 * 7);
    expect_value(&world, "money.profit", -4 * 7);
    expect_value(&world, "money.sold", 0);
    world_close(&world);
}

/* Made to order it is sold for what went into it, whatever its standard says. */
Test(books, what_is_made_to_order_is_sold_for_what_it_has_cost) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n" SAW "change: {items.x.cost: 50 EUR}\n"
                      "customers: {c: {buys: x, from: factory, at: [0 h], size: 6}}\n");
    expect_value(&world, "money.sold", 6 * 7);
    expect_value(&world, "money.variance", 0);
    expect_value(&world, "money.profit", 120 - 42);
    expect_value(&world, "items.x.unit-cost", 7);
    world_close(&world);
}

/* Lots of four with 28 in each; pieces of y with 5 of work; what was in one of z is lost with it.
 */
Test(books, items_and_releases_bear_what_is_in_their_own_lots) {
    struct world world;
    world_run(&world,
              "run: {length: 30 h}\n" SAW
              "change: {items.y: {route: {cut: {time: 1 h, cost: 5 EUR}}}, items.z: {uses: {raw: "
              "1}, route: {cut: {time: 1 h, cost: 6 EUR}, drill: {time: 1 h, scrap: 100 %}}}}\n"
              "releases: {a: {item: x, at: [0 h, 6 h]}, b: {item: y, at: [1 h, 2 h, 3 h]},\n"
              "  c: {item: z, at: [9 h]}}\n");
    expect_value(&world, "items.x.unit-cost", 7);
    expect_value(&world, "releases.a.unit-cost", 7);
    expect_value(&world, "items.y.unit-cost", 5);
    expect_value(&world, "releases.b.unit-cost", 5);
    cr_expect(isnan(world_value(&world, "items.z.unit-cost")));
    cr_expect(isnan(world_value(&world, "items.raw.unit-cost")));
    /* All costs of the system: work of 8, 3 and 1 pieces, over the 11 that were finished. */
    expect_value(&world, "system.unit-cost", (8 * 1 + 3 * 5 + 6) / 11.);
    world_close(&world);
}

/* Goods thrown away, and goods sent back. */
Test(books, waste_is_lost_and_what_comes_back_is_not) {
    struct world world;
    world_run(&world,
              "run: {length: 9 d}\n" SHOP
              "change: {items.box.shelf-life: 5 d, stocks.shelf.reorder: none}\n"
              "customers: {c: {buys: box, from: shelf, at: [1 d], size: 4, returns: {share: 100 %, "
              "after: 1 d}}}\n");
    expect_value(&world, "money.sold", 0);
    expect_value(&world, "money.scrap", 6 * 2 + 4 * 2); /* what came back keeps until day 7 */
    expect_value(&world, "money.profit", -20);
    world_close(&world);
}

/* Six units a day; ten days in store on average, paid by customers after 30 days, and bought on 20
 * days after the receipt: 10 + 30 - 20. The supplier delivers every 20 days, so a unit lies from 0
 * to 20 days. */
Test(books, cash_to_cash_is_days_in_store_and_receivable_less_payable) {
    struct world world;
    world_run(&world,
              "run: {length: 200 d, warm-up: 100 d}\n"
              "items: {box: {cost: 2 EUR, price: 5 EUR}}\n"
              "suppliers: {far: {supplies: box, pays: 20 d}}\n"
              "stocks: {shelf: {holds: box, from: far, start: 120, reorder: {policy: fixed, point: "
              "0, quantity: 120}}}\n"
              "customers: {c: {buys: box, from: shelf, every: 4 h, pays: 30 d}}\n");
    double days = world_value(&world, "money.cash-to-cash");
    cr_expect_lt(fabs(days - (10 + 30 - 20)), 0.1, "%g", days);
    world_close(&world);
}
