/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps in random order. */
#include "world.h"

#define SHOP                                                                                       \
    "run: {length: until empty}\n"                                                                 \
    "items: {x: {order: random, route: {a: 1 h, b: 1 h, c: 1 h}}}\n"                               \
    "releases: {in: {item: x, at: [0 h], size: 6000}}\n"                                           \
    "stations: {a: {machines: unlimited}, b: {machines: unlimited}, c: {machines: unlimited}}\n"

/* Of all orders of three steps each is as likely: where lots are at 0, 1 and 2 h tells the order.
 */
Test(order, all_orders_are_as_likely) {
    struct world world;
    world_run(&world, SHOP);
    enum { LOTS = 6000 };
    char *ways = calloc(LOTS, 4);
    for (int32_t i = 0; i < world.said_count; i++) {
        int machine;
        long long lot;
        const struct said *said = &world.said[i];
        if (sscanf(said->what, "machine %d starts lot %lld", &machine, &lot) == 2)
            ways[4 * lot + (int64_t)strlen(ways + 4 * lot)] = said->who[0];
    }
    static const char *const orders[] = {"abc", "acb", "bac", "bca", "cab", "cba"};
    int32_t seen[6] = {0};
    for (int32_t lot = 0; lot < LOTS; lot++)
        for (int32_t i = 0; i < 6; i++) seen[i] += strcmp(ways + 4 * lot, orders[i]) == 0;
    double chi2 = 0;
    int32_t sum = 0;
    for (int32_t i = 0; i < 6; i++) {
        chi2 += (seen[i] - LOTS / 6.0) * (seen[i] - LOTS / 6.0) / (LOTS / 6.0);
        sum += seen[i];
    }
    cr_expect_eq(sum, LOTS);  /* each does each step once */
    cr_expect_lt(chi2, 20.5); /* 99.9 % of 5 degrees of freedom */
    expect_value(&world, "system.cycle-time.max", 3);
    free(ways);
    world_close(&world);
}

Test(order, what_needs_an_order_does_not_go_with_it) {
    world_expect_fault("run: {length: 20 h}\n"
                       "items: {x: {order: random, route: {a: {next: out}, b: 1 h}}}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n"
                       "stations: {a: 1, b: 1}\n",
                       "a step in random order has no next");
    world_expect_fault("run: {length: 20 h}\n"
                       "items: {x: {order: random, route: {a: 1 h, b: 1 h}}}\n"
                       "releases: {in: {item: x, when: always}}\n"
                       "stations: {a: 1, b: 1}\n",
                       "no station is the first to be kept fed");
}
