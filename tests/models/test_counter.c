/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sales over the counter: what nobody listens to is sold by the straight way, and every digit is
 * that of the long way, on which each order is put down, served and told of. */
#include "world.h"

enum { WORLDS = 100 };

/* Runs the same replication heard and unheard: the long way, and the straight one. */
static void expect_same(const char *text, uint64_t seed) {
    struct world world;
    world_open(&world, text);
    size_t size = (size_t)world.plant->layout.value_count * sizeof(double);
    double *heard = malloc(size);
    world_replicate(&world, seed, 1, true);
    cr_assert_null(world.why, "%s\n%s", world.why, text);
    memcpy(heard, world.block, size);
    world_replicate(&world, seed, 1, false);
    for (int64_t i = 0; i < world.plant->layout.value_count; i++)
        if (memcmp(&heard[i], &world.block[i], sizeof(double)) != 0) {
            const char *path = i < world.plant->layout.column_count
                                   ? world.plant->layout.columns[i].path
                                   : "(not a column)";
            cr_assert_fail("%s: %.17g heard, %.17g unheard, seed %llu\n%s", path, heard[i],
                           world.block[i], (unsigned long long)seed, text);
        }
    free(heard);
    world_close(&world);
}

static uint64_t dice(uint64_t *state, uint64_t sides) { /* xorshift64 (Marsaglia 2003) */
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state % sides;
}

/* Two echelons, and customers of all kinds: most, but not all, could buy over the counter. */
static void make_network(char *text, size_t room, uint64_t seed) {
    static const char *const policies[] = {
        "policy: base-stock, level: 12, every: 3 d", "policy: base-stock, level: 9",
        "policy: min-max, min: 4, max: 15, every: 2 d", "policy: fixed, point: 5, quantity: 8"};
    static const char *const leads[] = {"lead-time: 2 d", "lead-time: 0 d",
                                        "lead-time: exponential(1 d)",
                                        "lead-time: 1 d, order-delay: 1 d"};
    static const char *const orders[] = {"every: 1 d",
                                         "every: 1 d",
                                         "every: 2 d",
                                         "rate: 1 /d",
                                         "every: 1 d, until: 30 d",
                                         "every: exponential(1 d)",
                                         "at: [1 d, 2 d, 3 d, 3 d]"};
    static const char *const sizes[] = {"size: poisson(2)", "size: 1",
                                        "size: sequence(3 0 1 then repeat)"};
    static const char *const shorts[] = {"if-short: lose", "if-short: wait", "if-short: part-wait",
                                         "if-short: part-lose", "if-short: wait, patience: 1 d"};
    static const char *const more[] = {"",
                                       ", priority: 2",
                                       ", due: 1 d, late-cost: 2 EUR/d",
                                       ", pays: 9 d",
                                       ", returns: 10 %",
                                       ", judges: {by: on-time, over: 5 d}"};
    static const char *const serves[] = {"", "", ", serve: priority", ", serve: share"};
    uint64_t state = seed * 0x9e3779b97f4a7c15 | 1;
    int at =
        snprintf(text, room,
                 "run: {length: 60 d, warm-up: %d d}\n"
                 "money: {rate: 8 %%/y}\n"
                 "items: {a: {cost: 3 EUR, price: 7.10 EUR, holding: 20 %%/y}, b: {price: 2 EUR}}\n"
                 "suppliers: {maker: {supplies: [a, b], lead-time: exponential(2 d)}}\nstocks:\n",
                 (int)dice(&state, 2) * 10);
    for (int i = 0; i < 4; i++)
        at += snprintf(text + at, room - (size_t)at,
                       "  s%d: {holds: %s, from: %s, start: 10, %s%s%s, reorder: {%s}}\n", i,
                       i % 2 ? "b" : "a",
                       i < 2    ? "maker"
                       : i == 2 ? "s0"
                                : "s1",
                       i < 2 ? "" : leads[dice(&state, 4)], i < 2 ? "order-delay: 0 d" : "",
                       serves[dice(&state, 4)], policies[dice(&state, 4)]);
    at += snprintf(text + at, room - (size_t)at, "customers:\n");
    for (int i = 0; i < 8; i++) {
        int stock = (int)dice(&state, 4);
        at += snprintf(text + at, room - (size_t)at,
                       "  c%d: {buys: %s, from: s%d, %s, %s, %s%s, lost-cost: 1.5 EUR}\n", i,
                       stock % 2 ? "b" : "a", stock, orders[dice(&state, 7)],
                       sizes[dice(&state, 3)], shorts[dice(&state, 5)], more[dice(&state, 6)]);
    }
    cr_assert_lt((size_t)at, room);
}

Test(counter, in_any_network_every_digit_is_that_of_the_long_way) {
    char *text = malloc(8000);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        make_network(text, 8000, seed);
        expect_same(text, seed);
    }
    free(text);
}

#define STORE                                                                                      \
    "run: {length: 3 d}\nitems: {part: {price: 10 EUR}}\n"                                         \
    "stocks: {store: {holds: part, start: 5}}\n"

static void run_unheard(struct world *world, const char *text) {
    world_open(world, text);
    world_replicate(world, 1, 1, false);
    cr_assert_null(world->why);
}

Test(counter, goods_are_sold_until_there_are_none) {
    struct world world;
    run_unheard(&world, STORE "customers: {a: {buys: part, from: store, every: 1 d, size: 2,\n"
                              "                if-short: lose}}\n");
    cr_expect(world.run->sources[0].straight);
    expect_value(&world, "customers.a.orders", 4); /* at 0, 1, 2 and 3 d */
    expect_value(&world, "customers.a.served", 4);
    expect_value(&world, "customers.a.lost", 4);
    expect_value(&world, "customers.a.fill", 0.5);
    expect_value(&world, "customers.a.order-cycle.count", 2);
    expect_value(&world, "customers.a.order-cycle.p99", 0);
    expect_value(&world, "stocks.store.on-hand", (3 + 1 + 1) / 3.);
    expect_value(&world, "stocks.store.on-hand.min", 1);
    expect_value(&world, "money.revenue", 40);
    world_close(&world);
}

Test(counter, who_stands_together_and_orders_alike_shares_one_event) {
    struct world world;
    run_unheard(&world, STORE "customers:\n"
                              "  a: {buys: part, from: store, every: 1 d}\n"
                              "  b: {buys: part, from: store, every: 1 d}\n"
                              "  c: {buys: part, from: store, every: 2 d}\n"
                              "  d: {buys: part, from: store, every: 1 d}\n");
    const struct source_state *sources = world.run->sources;
    cr_expect(!sources[0].led && sources[1].led && !sources[2].led && !sources[3].led);
    cr_expect_eq(sources[0].together, 2);
    expect_value(&world, "customers.b.orders", 4);
    expect_value(&world, "customers.c.orders", 2);
    /* At the second instant the five are gone: first a, b, c, d, and then a. */
    expect_value(&world, "customers.a.served", 2);
    expect_value(&world, "customers.b.served", 1);
    world_close(&world);
}

Test(counter, who_is_told_of_his_date_or_chooses_goes_the_long_way) {
    struct world world;
    run_unheard(&world,
                STORE "customers: {a: {buys: part, from: store, every: 1 d, returns: 10 %}}\n");
    cr_expect(!world.run->sources[0].straight);
    world_close(&world);
    run_unheard(&world, "run: {length: 3 d, order-of-events: [demand, receive, serve, order]}\n"
                        "items: {part: {}}\nstocks: {store: {holds: part, start: 5}}\n"
                        "customers: {a: {buys: part, from: store, every: 1 d}}\n");
    cr_expect(!world.run->sources[0].straight);
    world_close(&world);
}
