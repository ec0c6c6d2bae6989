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

static void expect_said(const char *text, const char *reason) {
    struct takt_scenario *scenario;
    cr_expect_eq(world_read(text, &scenario), TAKT_BAD_SCENARIO);
    char *said = NULL;
    size_t size;
    FILE *file = open_memstream(&said, &size);
    takt_scenario_faults(scenario, file, false);
    fclose(file);
    cr_expect(strstr(said, reason) != NULL, "%s", said);
    free(said);
    takt_scenario_delete(scenario);
}

Test(customer, patience_is_for_those_who_wait) {
    expect_said(STORE "stocks: {store: {holds: part}}\n"
                      "customers: {a: {buys: part, from: store, every: 1 h, if-short: lose,\n"
                      "                patience: 1 h}}\n",
                "who does not wait when goods are short needs no patience");
}
