/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the text of a scenario at random: dice, words, and what one block must know of another. The
 * blocks are in maker_floor.h and maker_chain.h. */
#ifndef TAKT_TESTS_MODELS_MAKER_H
#define TAKT_TESTS_MODELS_MAKER_H

#include "logged.h"

enum { STATIONS_MOST = 6, ITEMS_MOST = 3 };

struct maker {
    uint64_t state;
    char text[16384];
    size_t used;
    int32_t stations, items;
    int32_t last; /* station of the last step of the first item */
    bool until_empty, rooms, cards, cards_in_time, chain, scrap, crews, lanes, plans, requirements,
        big;
    bool quality;  /* bad pieces and inspections */
    bool shuffles; /* steps in random order */
    bool samples;  /* steps that lots pass */
    bool batches[STATIONS_MOST];
    bool bonds[STATIONS_MOST];  /* may another step here want the same machine? */
    bool others[STATIONS_MOST]; /* has it another beside it, to choose between? */
    bool standing;              /* work in process at the start */
    bool routes;                /* items with several routes */
    bool plain;                 /* has any item one route? */
    bool kits;                  /* parts that are made for lots */
    bool users;                 /* of the item at hand: uses some, */
    bool moved;                 /* and its pieces may have moved on one by one */
    bool carts;                 /* may this lane be one of vehicles? */
    bool setups[STATIONS_MOST], transfers[STATIONS_MOST];
    uint32_t pipes[STATIONS_MOST];   /* 1: pipelined, 2: a conveyor */
    int32_t machines[STATIONS_MOST]; /* of which no lot has taken one yet; 0: none, or unlimited */
    int32_t counts[STATIONS_MOST];   /* of machines, where they are a plain number */
    uint32_t steps[ITEMS_MOST];      /* a bit for each station of the route */
};

static uint32_t dice(struct maker *maker, uint32_t sides) { /* a linear congruence (Knuth, MMIX) */
    maker->state = maker->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(maker->state >> 33) % sides;
}

static bool one_in(struct maker *maker, uint32_t sides) {
    return dice(maker, sides) == 0;
}

__attribute__((format(printf, 2, 3))) static void say(struct maker *maker, const char *format,
                                                      ...) {
    va_list list;
    va_start(list, format);
    maker->used += (size_t)vsnprintf(maker->text + maker->used, sizeof maker->text - maker->used,
                                     format, list);
    va_end(list);
    cr_assert_lt(maker->used, sizeof maker->text);
}

static const char *any(struct maker *maker, const char *const *texts, uint32_t count) {
    return texts[dice(maker, count)];
}
#define ANY(MAKER, ...)                                                                            \
    any(MAKER, (const char *const[]){__VA_ARGS__},                                                 \
        sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static const char *work(struct maker *maker) {
    return ANY(maker, "4 min", "0 min", "uniform(1 7) min", "exponential(5) min",
               "triangular(1 3 9) min", "gamma(mean=4 cv=0.5) min", "lognormal(mean=4 cv=1) min");
}

static const char *lots(struct maker *maker) {
    return ANY(maker, "lot-for-lot", "multiple 5", "fixed 3", "period 4 h", "eoq", "silver-meal",
               "wagner-whitin");
}

#endif
