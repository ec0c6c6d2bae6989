/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of the money of any chain: chains at random, each run again with one thing
 * changed. Every activity that has a price costs something, twice the prices are twice the money,
 * and a feature that is switched on makes no unrelated figure vanish. */
#include "world.h"

enum { CHAINS = 12 };

static uint32_t dice(uint64_t *state, uint32_t sides) { /* a linear congruence (Knuth, MMIX) */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % sides;
}

static const char *any(uint64_t *state, const char *const *texts, uint32_t count) {
    return texts[dice(state, count)];
}
#define ANY(STATE, ...)                                                                            \
    any(STATE, (const char *const[]){__VA_ARGS__},                                                 \
        sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

/* Two suppliers, a depot, a shop and two customers, one of whom is often late. */
static void make_chain(uint64_t seed, char *text, size_t size) {
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15);
    dice(&state, 2);
    snprintf(
        text, size,
        "title: a chain\n"
        "run: {length: 90 d, warm-up: %s}\n"
        "items: {part: {cost: 4 EUR, price: 9 EUR, holding: 1 EUR/mo}}\n"
        "suppliers:\n"
        "  far: {supplies: part, lead-time: %s, order-cost: 20 EUR}\n"
        "  near: {supplies: {part: {price: 5 EUR}}, lead-time: 1 d, order-cost: 10 EUR}\n"
        "stocks:\n"
        "  depot: {holds: part, from: {far: 70 %%, near: 30 %%}, choose: %s, start: 60,\n"
        "          holding-under-way: 0.50 EUR/mo, owed-cost: 1 EUR/d, reorder: {policy: %s}}\n"
        "  shop: {holds: part, from: depot, lead-time: 6 h, start: 8, owed-cost: 2 EUR/d,\n"
        "         reorder: {policy: base-stock, level: %u}}\n"
        "customers:\n"
        "  home: {buys: part, from: shop, rate: 6 /d, if-short: %s, owed-cost: 1 EUR/d, "
        "lost-cost: 3 EUR}\n"
        "  walk-in: {buys: part, from: shop, rate: 1 /d}\n"
        "  firm: {buys: part, from: depot, every: 2 d, size: %s, due: 6 h, late-cost: 4 EUR/d}\n",
        ANY(&state, "0 d", "10 d"), ANY(&state, "5 d", "gamma(mean=6 cv=0.5) d", "uniform(2 9) d"),
        ANY(&state, "share", "cheapest", "first-able", "if net < 20 then near else far"),
        ANY(&state, "min-max, min: 20, max: 70", "base-stock, level: 45, every: 2 d",
            "fixed, point: 25, quantity: 30"),
        2 + dice(&state, 5), ANY(&state, "wait", "part-wait", "part-lose", "lose"),
        ANY(&state, "poisson(12)", "uniform(5 25)", "10"));
}

static void run_changed(struct world *world, const char *chain, const char *change) {
    char text[4000];
    int size = snprintf(text, sizeof text, "%schange: {run.replications: 1%s%s}\n", chain,
                        *change ? ", " : "", change);
    cr_assert_lt(size, (int)sizeof text);
    world_run(world, text);
    cr_assert_null(world->why, "%s\n%s", world->why, text);
}

static double value_changed(const char *chain, const char *change, const char *path) {
    struct world world;
    run_changed(&world, chain, change);
    double value = world_value(&world, path);
    world_close(&world);
    return value;
}

Test(chain_money, twice_the_prices_are_twice_the_money) {
    static const char twice[] =
        "items.part.cost: 8 EUR, items.part.price: 18 EUR, items.part.holding: 2 EUR/mo, "
        "suppliers.*.order-cost: times 2, suppliers.near.supplies.part.price: 10 EUR, "
        "stocks.*.owed-cost: times 2, stocks.depot.holding-under-way: times 2, "
        "customers.home.owed-cost: times 2, customers.home.lost-cost: times 2, "
        "customers.firm.late-cost: times 2";
    static const char *const paths[] = {
        "money.revenue",         "money.materials",       "money.holding",
        "money.ordering",        "money.penalties",       "money.cost",
        "money.profit",          "money.cost-rate",       "stocks.depot.expense",
        "stocks.shop.expense",   "suppliers.far.expense", "suppliers.near.expense",
        "customers.home.revenue"};
    for (uint64_t seed = 1; seed <= CHAINS; seed++) {
        char chain[3000];
        struct world once, again;
        make_chain(seed, chain, sizeof chain);
        run_changed(&once, chain, "");
        run_changed(&again, chain, twice);
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
            double one = world_value(&once, paths[i]), two = world_value(&again, paths[i]);
            cr_expect(fabs(two - 2 * one) <= 2e-5, "chain %d: %s is %.9g and %.9g", (int)seed,
                      paths[i], one, two);
        }
        cr_expect_eq(world_value(&once, "stocks.depot.on-hand"),
                     world_value(&again, "stocks.depot.on-hand"));
        world_close(&once);
        world_close(&again);
    }
}

/* Its price, when it is free; the account; and how much of it there was. */
static const struct {
    const char *free, *account, *activity;
} activities[] = {
    {"suppliers.*.order-cost: 0 EUR", "money.ordering", "stocks.depot.orders"},
    {"items.part.cost: 0 EUR, suppliers.near.supplies.part.price: 0 EUR", "money.materials",
     "stocks.depot.ordered"},
    {"items.part.holding: 0 EUR/mo", "money.holding", "stocks.depot.on-hand"},
    {"stocks.depot.holding-under-way: 0 EUR/mo", "money.holding", "stocks.depot.on-order"},
    {"stocks.depot.owed-cost: 0 EUR/d", "money.penalties", "stocks.depot.owed"},
    {"stocks.shop.owed-cost: 0 EUR/d", "money.penalties", "customers.walk-in.owed"},
    {"customers.home.owed-cost: 0 EUR/d", "money.penalties", "customers.home.owed"},
    {"customers.home.lost-cost: 0 EUR", "money.penalties", "customers.home.lost"},
    {"items.part.price: 0 EUR", "money.revenue", "customers.home.served"},
};

Test(chain_money, every_activity_that_has_a_price_costs_something) {
    int seen[sizeof activities / sizeof *activities] = {0};
    for (uint64_t seed = 1; seed <= CHAINS; seed++) {
        char chain[3000];
        make_chain(seed, chain, sizeof chain);
        for (size_t i = 0; i < sizeof activities / sizeof *activities; i++) {
            if (!(value_changed(chain, "", activities[i].activity) > 0)) continue;
            double paid = value_changed(chain, "", activities[i].account),
                   free = value_changed(chain, activities[i].free, activities[i].account);
            seen[i]++;
            /* Who chooses the cheapest may choose another when one is free, but that is no more. */
            cr_expect_gt(paid, free, "chain %d: %s", (int)seed, activities[i].free);
        }
    }
    for (size_t i = 0; i < sizeof activities / sizeof *activities; i++)
        cr_expect_gt(seen[i], 0, "never tried: %s", activities[i].free);
}

/* Figures that a chain has, and features that have nothing to do with them. */
static const char *const figures[] = {
    "money.revenue",         "money.materials",
    "money.holding",         "money.ordering",
    "stocks.depot.on-hand",  "stocks.depot.ordered",
    "stocks.depot.turns",    "stocks.shop.on-hand",
    "stocks.shop.ordered",   "suppliers.far.expense",
    "customers.home.served", "customers.home.revenue",
    "customers.firm.served", "customers.firm.order-cycle",
};
static const char *const features[] = {
    "items.part.shelf-life: 40 d",
    "items.part.shelf-life: 40 d, stocks.*.issue: newest",
    "stocks.depot.serve: share",
    "stocks.depot.serve: priority, customers.firm.priority: 2",
    "stocks.depot.reserve: {firm: 0}",
    "stocks.depot.order-delay: 3 h",
    "stocks.shop.reorder: {policy: vmi, min: 4, max: 8}",
    "stocks.depot.reorder: {policy: newsvendor, service: 99 %, every: 2 d}",
    "stocks.depot.choose: emergency",
    "stocks.depot.choose: base-surge, stocks.depot.reorder: {policy: base-stock, level: 60, every: "
    "1 d}",
    "stocks.depot.choose: dual-index, stocks.depot.reorder: {policy: base-stock, level: {far: 90, "
    "near: 20}, every: 1 d}",
    "suppliers.far.yield: beta(mean=0.9 sd=0.05)",
    "suppliers.far.capacity: 30 /d",
    "suppliers.far.failures: {fire: {after: exponential(20 d), lasts: 1 d}}",
    "suppliers.*.crossing: no",
    "customers.firm.patience: 20 d",
};

Test(chain_money, a_feature_makes_no_unrelated_figure_vanish) {
    char chain[3000];
    for (size_t f = 0; f < sizeof features / sizeof *features; f++) {
        make_chain(1 + f % CHAINS, chain, sizeof chain);
        if (value_changed(chain, "", "suppliers.far.expense") == 0) continue;
        struct world off, on;
        run_changed(&off, chain, "");
        run_changed(&on, chain, features[f]);
        for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
            if (world_value(&off, figures[i]) > 0)
                cr_expect_gt(world_value(&on, figures[i]), 0, "%s with %s", figures[i],
                             features[f]);
        world_close(&off);
        world_close(&on);
    }
}

/* The sum of what is paid is what is said to be paid, whatever the chain. */
Test(chain_money, accounts_sum_to_the_cost) {
    static const char *const accounts[] = {"materials", "machines",   "setups",   "making",
                                           "wages",     "holding",    "ordering", "penalties",
                                           "repairs",   "fixed-costs"};
    for (uint64_t seed = 1; seed <= CHAINS; seed++) {
        char chain[3000], path[40];
        struct world world;
        make_chain(seed, chain, sizeof chain);
        run_changed(&world, chain, "");
        double sum = 0;
        for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
            snprintf(path, sizeof path, "money.%s", accounts[i]);
            sum += world_value(&world, path);
        }
        double cost = world_value(&world, "money.cost"),
               suppliers = world_value(&world, "suppliers.far.expense") +
                           world_value(&world, "suppliers.near.expense");
        cr_expect_float_eq(sum, cost, 1e-5);
        cr_expect_float_eq(
            suppliers,
            world_value(&world, "money.materials") + world_value(&world, "money.ordering"), 1e-5);
        world_close(&world);
    }
}
