/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment terms: what is receivable, what is payable, and when cash comes and goes. */
#include "world.h"

/* A unit is sold on days 1, 3 and 12, and one is ordered for it; it comes two days later. */
#define SHOP                                                                                       \
    "items: {box: {cost: 2 EUR, price: 5 EUR}}\n"                                                  \
    "suppliers: {far: {supplies: box, lead-time: 2 d, pays: 5 d}}\n"                               \
    "stocks: {shelf: {holds: box, from: far, start: 10, reorder: {policy: base-stock, level: "     \
    "10}}}\n"                                                                                      \
    "money: {cash: 100 EUR}\n"

/* Bills are paid on days 8, 10 and 19, and by the customer on days 11, 13 and 22. */
Test(bills, cash_comes_and_goes_when_bills_are_paid) {
    struct world world;
    world_run(&world,
              "run: {length: 20 d}\n" SHOP
              "customers: {c: {buys: box, from: shelf, at: [1 d, 3 d, 12 d], pays: 10 d}}\n");
    expect_value(&world, "money.revenue", 15);
    expect_value(&world, "money.materials", 6);
    expect_value(&world, "money.balance.now", 100 - 6 + 10);
    expect_value(&world, "money.balance.min", 100 - 4);
    expect_value(&world, "money.receivable", 5 * (10 + 10 + 8) / 20.0);
    expect_value(&world, "money.receivable.now", 5);
    expect_value(&world, "money.payable", 2 * 3 * 7 / 20.0);
    expect_value(&world, "money.payable.now", 0);
    world_close(&world);
}

/* What is open when measuring begins is paid in measured time. */
Test(bills, what_is_open_after_the_warm_up_is_paid_all_the_same) {
    struct world world;
    world_run(&world,
              "run: {length: 18 d, warm-up: 2 d}\n" SHOP
              "customers: {c: {buys: box, from: shelf, at: [-1 d, 1 d, 10 d], pays: 10 d}}\n");
    expect_value(&world, "money.revenue", 10);
    expect_value(&world, "money.materials", 4);
    expect_value(&world, "money.balance.now", 100 - 6 + 10);
    expect_value(&world, "money.receivable.max", 10);
    expect_value(&world, "money.receivable.now", 5);
    world_close(&world);
}

/* Goods that go in two trips are paid as they come; the order counts as payable at once. */
Test(bills, what_comes_in_two_trips_is_paid_in_two_parts) {
    struct world world;
    world_run(&world,
              "run: {length: 30 d}\n"
              "items: {box: {cost: 2 EUR}}\n"
              "sites: {a: {}, b: {}}\n"
              "suppliers: {far: {supplies: box, site: a, pays: 4 d}}\n"
              "lanes: {road: {from: a, to: b, time: 1 d, load: 6, every: 2 d}}\n"
              "stocks: {shelf: {holds: box, from: far, site: b, start: 0, reorder: {policy: "
              "base-stock, level: 10}}}\n");
    expect_value(&world, "money.payable.max", 20);
    expect_value(&world, "money.payable", (12 * 5 + 8 * 7) / 30.0);
    expect_value(&world, "money.balance.now", -20);
    world_close(&world);
}

/* What comes back on day 4 is not paid on day 14; what was paid is. */
Test(bills, what_is_sent_back_is_credited_after_the_same_time) {
    struct world world;
    world_run(&world,
              "run: {length: 20 d}\n" SHOP
              "customers: {c: {buys: box, from: shelf, at: [1 d], pays: 10 d, returns: {share: "
              "100 %, after: 3 d}}}\n");
    expect_value(&world, "money.revenue", 0);
    expect_value(&world, "money.receivable", 0); /* 3 days of 5, and 3 of -5 */
    expect_value(&world, "money.receivable.min", -5);
    expect_value(&world, "money.balance.max", 100 + 5 - 2);
    expect_value(&world, "money.balance.now", 100 - 2);
    world_close(&world);
}

/* By themselves customers pay at delivery, and suppliers are paid with the order; `0 d` is paid
 * when the goods are there. */
Test(bills, a_term_of_nothing_is_at_the_receipt) {
    struct world world;
    world_run(&world, "run: {length: 20 d}\n" SHOP "change: {suppliers.far.pays: 0 d}\n"
                      "customers: {c: {buys: box, from: shelf, at: [1 d]}}\n");
    expect_value(&world, "money.payable", 2 * 2 / 20.0);
    expect_value(&world, "money.receivable.max", 0);
    world_close(&world);
}

/* Who pays sooner because a programme says so pays before those who owe since longer. */
Test(bills, a_shorter_term_overtakes) {
    struct world world;
    world_run(&world, "run: {length: 20 d}\n" SHOP
                      "customers: {c: {buys: box, from: shelf, at: [1 d, 3 d], pays: 10 d}}\n"
                      "programmes: {discount: {at: 2 d, change: {customers.c.pays: 2 d}}}\n");
    expect_value(&world, "money.receivable", 5 * (10 + 2) / 20.0);
    world_close(&world);
}
