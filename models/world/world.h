/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world as a scenario describes it: typed, units converted, defaults applied.
 *
 * One struct a block of the language (LANGUAGE: the manual lists the keys); the rows that fill it
 * stand in the file of the same section beside. A world is only description: models/plant/plant.h
 * turns it into indices and settings to run. */
#ifndef TAKT_MODELS_WORLD_WORLD_H
#define TAKT_MODELS_WORLD_WORLD_H

#include "people.h"
#include "things.h"
#include "orders.h"
#include "stations.h"
#include "places.h"
#include "stocks.h"
#include "plans.h"
#include "fields.h"

/* Sections whose names other keys refer to: bits of struct target. The order is that of
 * world_section_keys. */
#define WORLD_SECTIONS(X)                                                                          \
    X(CALENDARS, calendars)                                                                        \
    X(CREWS, crews)                                                                                \
    X(DRIVERS, drivers)                                                                            \
    X(SITES, sites)                                                                                \
    X(LANES, lanes)                                                                                \
    X(VEHICLES, vehicles)                                                                          \
    X(ITEMS, items)                                                                                \
    X(RELEASES, releases)                                                                          \
    X(STATIONS, stations)                                                                          \
    X(CARDS, cards)                                                                                \
    X(STOCKS, stocks)                                                                              \
    X(SUPPLIERS, suppliers)                                                                        \
    X(CUSTOMERS, customers)                                                                        \
    X(PLANS, plans)                                                                                \
    X(PROGRAMMES, programmes)

enum world_section {
#define X(name, key) SECTION_##name,
    WORLD_SECTIONS(X)
#undef X
        SECTION_COUNT
};

extern const char *const world_section_keys[SECTION_COUNT];

struct world_spec {
    struct map calendars, crews, drivers, sites, lanes, vehicles, items, releases, stations, cards,
        stocks, suppliers, customers, plans, programmes;
    struct money_spec money;
};

extern const struct words plan_kind_words; /* enum plan_kind */
extern const struct rows world_rows;       /* of struct world_spec: INLINE in the scenario's root */

#endif
