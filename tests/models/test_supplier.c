/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suppliers: small worlds whose every delivery can be followed by hand. */
#include "world.h"

#define HEAD                                                                                       \
    "title: tiny\n"                                                                                \
    "items: {part: {cost: 2 EUR}}\n"                                                               \
    "stocks: {store: {holds: part, from: maker, reorder: {policy: base-stock, level: 0}}}\n"       \
    "customers:\n"                                                                                 \
    "  shop: {buys: part, from: store, list: [{at: 0 h, size: 4}, {at: 1 h, size: 6}]}\n"

/* Owed at the end of a run of so many hours, with these terms of the supplier. */
static double owed_after(const char *hours, const char *terms) {
    char text[2000];
    snprintf(text, sizeof text,
             HEAD "run: {length: %s h}\nsuppliers: {maker: {supplies: part, %s}}\n", hours, terms);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    double owed = world_value(&world, "stocks.store.owed.now");
    world_close(&world);
    return owed;
}

static double value_of(const char *hours, const char *terms, const char *path) {
    char text[2000];
    snprintf(text, sizeof text,
             HEAD "run: {length: %s h}\nsuppliers: {maker: {supplies: part, %s}}\n", hours, terms);
    struct world world;
    world_run(&world, text);
    double value = world_value(&world, path);
    world_close(&world);
    return value;
}

Test(supplier, capacity_works_orders_one_after_the_other) {
    const char *terms = "capacity: 2 /h"; /* ready at 2 h and 5 h */
    cr_assert_eq(owed_after("1.9", terms), 10);
    cr_assert_eq(owed_after("2", terms), 6);
    cr_assert_eq(owed_after("4.9", terms), 6);
    cr_assert_eq(owed_after("5", terms), 0);
}

Test(supplier, processing_is_of_each_order_by_itself_and_follows_the_work) {
    cr_assert_eq(owed_after("2", "processing: 2 h"), 6);
    cr_assert_eq(owed_after("3", "processing: 2 h"), 0);
    cr_assert_eq(owed_after("6.9", "processing: 2 h, capacity: 2 /h"), 6);
    cr_assert_eq(owed_after("7", "processing: 2 h, capacity: 2 /h"), 0);
}

/* He stands from 1 h to 4 h: the order at hand has one hour left. */
Test(supplier, an_outage_of_orders_stops_the_work_at_hand) {
    const char *terms = "capacity: 2 /h, failures: {strike: {first: 1 h, after: 9 d, lasts: 3 h, "
                        "stops: orders}}";
    cr_assert_eq(owed_after("4.9", terms), 10);
    cr_assert_eq(owed_after("5", terms), 6);
    cr_assert_eq(owed_after("8", terms), 0);
}

Test(supplier, an_outage_of_shipments_keeps_what_is_ready) {
    const char *terms = "processing: 2 h, lead-time: 1 h, failures: {storm: {first: 1 h, after: 9 "
                        "d, lasts: 3 h, stops: shipments}}";
    cr_assert_eq(owed_after("4.9", terms), 10);
    cr_assert_eq(owed_after("5", terms), 0);
}

Test(supplier, an_outage_of_receipts_keeps_what_has_come) {
    const char *terms = "lead-time: 2 h, failures: {port: {first: 1 h, after: 9 d, lasts: 4 h, "
                        "stops: receipts}}";
    cr_assert_eq(owed_after("4.9", terms), 10);
    cr_assert_eq(owed_after("5", terms), 0);
    cr_assert_float_eq(value_of("10", terms, "suppliers.maker.up"), 0.6, 1e-12);
    cr_assert_eq(value_of("10", terms, "suppliers.maker.received-on-time"), 0);
}

/* What is missing is ordered again: 4 -> 2 -> 1 ... would go on for ever without lead time. */
Test(supplier, yield_delivers_and_is_paid_less) {
    const char *terms = "lead-time: 4 h, yield: 50 %";
    cr_assert_eq(value_of("4.5", terms, "stocks.store.net.now"), -8);
    cr_assert_eq(value_of("3", terms, "money.materials"), 10);
    cr_assert_eq(value_of("4.5", terms, "suppliers.maker.received-in-full"), 0);
    cr_assert_eq(value_of("4.5", terms, "stocks.store.on-order.now"), 8);
}

Test(supplier, who_does_not_deliver_in_part_makes_what_is_missing) {
    const char *terms = "yield: 75 %, partial: no, capacity: 1 /h"; /* 4 + 1 + .25 + ... = 5.33 */
    cr_assert_eq(owed_after("5.32", terms), 10);
    cr_assert_eq(owed_after("5.34", terms), 6);
}

Test(supplier, defects_are_paid_and_thrown_away) {
    const char *terms = "lead-time: 4 h, defects: 50 %";
    cr_assert_eq(value_of("4.5", terms, "stocks.store.net.now"), -8);
    cr_assert_eq(value_of("3", terms, "money.materials"), 20);
}

Test(supplier, a_price_break_is_for_all_or_for_the_increment) {
    const char *all = "price: 2 EUR, breaks: [{from: 6, price: 1 EUR}]";
    const char *more = "price: 2 EUR, breaks: [{from: 5, price: 1 EUR}], breaks-on: increment";
    cr_assert_eq(value_of("3", all, "money.materials"), 4 * 2 + 6 * 1);
    cr_assert_eq(value_of("3", more, "money.materials"), 4 * 2 + 5 * 2 + 1 * 1);
    cr_assert_eq(value_of("3", more, "suppliers.maker.expense"), 19);
}
