/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small worlds of stocks whose every move can be followed by hand: what their tests share. */
#ifndef TAKT_TESTS_MODELS_STOCKS_H
#define TAKT_TESTS_MODELS_STOCKS_H

#include "world.h"

/* Runs a world until this moment. */
__attribute__((unused)) static void world_until(struct world *world, const char *text,
                                                const char *until) {
    char whole[2000];
    int size = snprintf(whole, sizeof whole, "%schange: {run.length: %s}\n", text, until);
    cr_assert_lt(size, (int)sizeof whole);
    world_run(world, whole);
    cr_assert_null(world->why, "%s", world->why);
}

/* One value of a run that is needed for nothing else. */
__attribute__((unused)) static double value_at(const char *text, const char *until,
                                               const char *path) {
    struct world world;
    world_until(&world, text, until);
    double value = world_value(&world, path);
    world_close(&world);
    return value;
}

/* On hand, on order and not owed, of the first stock. */
__attribute__((unused)) static int64_t position(const struct world *world) {
    const struct stock_state *stock = &world->run->stocks[0];
    return stock->on_hand.now + stock->on_order.now - stock->owed.now;
}

#define HEAD                                                                                       \
                                                                                                   \
    "title: tiny\n"                                                                                \
    "run: {length: 1 d}\n"
#define ITEMS "items: {part: {}}\n"

#endif
