/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Static load: where machines work some items only, and of what is made for others. */
#include "world.h"

static double load_at(const char *text, int32_t station) {
    struct world world;
    world_open(&world, text);
    struct station_load *loads = calloc((size_t)world.plant->station_count, sizeof *loads);
    load_stations(world.plant, loads);
    double load = loads[station].load;
    free(loads);
    world_close(&world);
    return load;
}

#define SHOP(MACHINES)                                                                             \
    "run: {length: 10 h}\n"                                                                        \
    "items: {a: {route: [m]}, b: {route: [m]}, c: {route: [m]}}\n"                                 \
    "stations: {m: {time: 1 h, machines: {" MACHINES "}}}\n"                                       \
    "releases:\n"                                                                                  \
    "  a: {item: a, rate: 0.9 /h}\n"                                                               \
    "  b: {item: b, rate: 0.3 /h}\n"                                                               \
    "  c: {item: c, rate: 0.3 /h}\n"

Test(load, work_that_all_may_do_is_shared) {
    cr_expect_float_eq(load_at(SHOP("x: {items: [a, b, c]}, y: {}"), 0), 0.75, 1e-12);
}

/* Only x works a: it has 0.9 of it, and the others have 0.6 between them. */
Test(load, the_busiest_has_what_nobody_else_may_do) {
    cr_expect_float_eq(load_at(SHOP("x: {}, y: {items: [b, c]}, z: {items: [b, c]}"), 0), 0.9,
                       1e-12);
}

/* b and c are for y alone, a for x and z: (0.3 + 0.3) / 1 and 0.9 / 2.5. */
Test(load, speeds_count) {
    cr_expect_float_eq(
        load_at(SHOP("x: {items: [a]}, y: {items: [b, c]}, z: {items: [a], speed: 1.5}"), 0), 0.6,
        1e-12);
    cr_expect_float_eq(
        load_at(SHOP("x: {items: [a]}, y: {items: [b, c], speed: 2}, z: {items: [a], speed: 0.5}"),
                0),
        0.6, 1e-12);
}

/* ---- against every set of kinds ---- */

/* The largest over all sets of kinds of their work over all who may do any of them. */
static double over_all_sets(const double *work, int32_t kinds, const double *capacity,
                            int32_t servers, const bool *may) {
    double most = 0;
    for (int32_t set = 1; set < 1 << kinds; set++) {
        double all = 0, can = 0;
        for (int32_t k = 0; k < kinds; k++) all += set >> k & 1 ? work[k] : 0;
        for (int32_t m = 0; m < servers; m++) {
            bool any = false;
            for (int32_t k = 0; k < kinds; k++) any |= (set >> k & 1) && may[k * servers + m];
            can += any ? capacity[m] : 0;
        }
        if (all > 0 && all / can > most) most = all / can;
    }
    return most;
}

Test(load, the_least_load_is_that_of_the_worst_set) {
    enum { KINDS = 7, SERVERS = 5 };
    uint32_t state = 5;
    for (int32_t trial = 0; trial < 2000; trial++) {
        double work[KINDS], capacity[SERVERS];
        bool may[KINDS * SERVERS];
        for (int32_t k = 0; k < KINDS; k++) {
            state = state * 1664525 + 1013904223;
            work[k] = (state >> 24) % 8;
        }
        for (int32_t m = 0; m < SERVERS; m++) {
            state = state * 1664525 + 1013904223;
            capacity[m] = 1 + (state >> 24) % 4;
        }
        for (int32_t i = 0; i < KINDS * SERVERS; i++) {
            state = state * 1664525 + 1013904223;
            may[i] = (state >> 24) % 3 == 0;
        }
        for (int32_t k = 0; k < KINDS; k++) may[k * SERVERS + k % SERVERS] = true;
        double right = over_all_sets(work, KINDS, capacity, SERVERS, may);
        double found = load_least(work, KINDS, capacity, SERVERS, may);
        cr_assert_float_eq(found, right, 1e-9 * right, "trial %d: %.15g, not %.15g", trial, found,
                           right);
    }
}

/* Half a chair an hour: each takes two legs when it is released and one seat at the first step,
 * which a quarter of them sees again; a seat takes three slats of its own. */
#define CHAIRS                                                                                     \
    "run: {length: 10 h}\n"                                                                        \
    "items:\n"                                                                                     \
    "  leg: {lot: 4, route: {turn: 1 min/piece}}\n"                                                \
    "  slat: {lot: 6, route: {plane: 1 min/piece}}\n"                                              \
    "  seat: {lot: 2, route: {bend: {time: 2 min/piece, uses: {slat: 3}}}}\n"                      \
    "  chair: {uses: {leg: 2}, route: {\n"                                                         \
    "    glue: {time: 10 min, uses: {seat: 1}, next: {glue: 25 %, out: 75 %}}}}\n"                 \
    "stations: {turn: 1, plane: 1, bend: 1, glue: 1}\n"                                            \
    "stocks:\n"                                                                                    \
    "  legs: {holds: leg, from: factory, start: 9, reorder: {policy: base-stock, level: 9}}\n"     \
    "  seats: {holds: seat, from: factory, start: 9, reorder: {policy: base-stock, level: 9}}\n"   \
    "  slats: {holds: slat, from: factory, start: 9, reorder: {policy: base-stock, level: 9}}\n"   \
    "releases: {chairs: {item: chair, rate: 0.5 /h}}\n"

Test(load, of_parts_is_what_others_use) {
    double seats = 0.5 / 0.75;
    cr_expect_float_eq(load_at(CHAIRS, 0), 0.5 * 2 / 60, 1e-12);
    cr_expect_float_eq(load_at(CHAIRS, 1), seats * 3 / 60, 1e-12);
    cr_expect_float_eq(load_at(CHAIRS, 2), seats * 2 / 60, 1e-12);
    cr_expect_float_eq(load_at(CHAIRS, 3), seats * 10 / 60, 1e-12);
}

/* Of 12 an hour a third is bought; of the rest three quarters go the second route. */
Test(load, of_a_stock_is_by_the_shares_of_its_sources) {
    const char *text = "run: {length: 8 h}\n"
                       "items: {box: {lot: 4, routes: {one: {steps: {cut: 1 min/lot}},\n"
                       "  two: {steps: {saw: 1 min/lot}}}}}\n"
                       "stations: {cut: 1, saw: 1}\n"
                       "suppliers: {maker: {supplies: box}}\n"
                       "stocks: {shelf: {holds: box, from: {factory.one: 1, factory.two: 3, maker: "
                       "2}, start: 9, reorder: {policy: base-stock, level: 9, every: 1 h}}}\n"
                       "customers: {town: {buys: box, from: shelf, rate: 12 /h}}\n";
    cr_expect_float_eq(load_at(text, 0), 12.0 / 6 / 4 / 60, 1e-12);
    cr_expect_float_eq(load_at(text, 1), 3 * 12.0 / 6 / 4 / 60, 1e-12);
}
