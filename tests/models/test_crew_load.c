/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How busy crews would be, from means alone. */
#include "world.h"

static struct crew_load load_of(const char *text, int32_t crew) {
    struct world world;
    world_open(&world, text);
    struct station_load *stations =
        memory_zeroed((size_t)world.plant->station_count, sizeof *stations);
    struct crew_load *crews = memory_zeroed((size_t)world.plant->crew_count, sizeof *crews);
    load_stations(world.plant, stations);
    load_crews(world.plant, stations, crews);
    struct crew_load load = crews[crew];
    free(stations);
    free(crews);
    world_close(&world);
    return load;
}

#define SHOP(CREWS, STATION, RELEASE)                                                              \
    "run: {length: 10 h, start: 2027-01-04}\n"                                                     \
    "calendars: {day: {hours: 08:00-16:00}}\n"                                                     \
    "crews: {" CREWS "}\n"                                                                         \
    "items: {x: {lot: 2, route: [m]}}\n"                                                           \
    "stations: {m: {" STATION "}}\n"                                                               \
    "releases: {r: {item: x, " RELEASE "}}\n"

/* Half an hour of one person each hour; two are there a third of the time. */
Test(crew_load, is_what_work_asks_for_over_what_is_paid) {
    struct crew_load load = load_of(
        SHOP("hand: {people: 2, calendar: day}", "time: 1 h, needs: {run: hand}", "rate: 0.5 /h"),
        0);
    cr_expect_float_eq(load.hours, 0.5, 1e-12);
    cr_expect_float_eq(load.paid, 2.0 / 3, 1e-12);
    cr_expect_float_eq(load.load, 0.75, 1e-12);
}

/* Loading is for the lot, the run for each of its two pieces; a batch of four needs them once. */
Test(crew_load, counts_phases_and_batches) {
    struct crew_load load = load_of(
        SHOP("hand: 1", "time: 6 min/piece, load: 3 min, needs: {run: hand, load: {hand: 1}}",
             "rate: 2 /h"),
        0);
    cr_expect_float_eq(load.load, 2 * (0.2 + 0.05), 1e-12);
    load = load_of(
        SHOP("hand: 2", "time: 1 h, batch: {max: 4}, needs: {run: {hand: 2}}", "rate: 2 /h"), 0);
    cr_expect_float_eq(load.hours, 2 * 2 / 4.0, 1e-12);
}

/* A cycle of the clock up is ten hours long, with one of repair; of nine lots one stops it. */
Test(crew_load, counts_repairs) {
    struct crew_load load =
        load_of(SHOP("hand: 1",
                     "time: 1 h, failures: {f: {clock: up, after: 9 h, lasts: 1 h, needs: hand}}",
                     "rate: 0.5 /h"),
                0);
    cr_expect_float_eq(load.load, 0.1, 1e-12);
    load = load_of(SHOP("hand: 1",
                        "time: 1 h, failures: {f: {clock: cycles, after: 9, lasts: 1 h, "
                        "needs: hand}}",
                        "rate: 0.5 /h"),
                   0);
    cr_expect_float_eq(load.load, 0.5 / 9, 1e-12);
    load = load_of(SHOP("hand: 1",
                        "time: 1 h, failures: {f: {clock: pieces, after: 9, lasts: 1 h, "
                        "needs: hand}}",
                        "rate: 0.5 /h"),
                   0);
    cr_expect_float_eq(load.load, 2 * 0.5 / 9, 1e-12);
}

/* Both can do it; who is paid for a third of the time does a fourth of it, and takes twice as long.
 */
Test(crew_load, is_shared_by_the_paid_hours) {
    const char *text = SHOP("fast: {people: 1, skills: {weld: 100 %}}, "
                            "slow: {people: 1, calendar: day, skills: {weld: 50 %}}",
                            "time: 1 h, needs: {run: weld}", "rate: 0.4 /h");
    cr_expect_float_eq(load_of(text, 0).hours, 0.3, 1e-12);
    cr_expect_float_eq(load_of(text, 1).hours, 0.2, 1e-12);
}

Test(crew_load, is_unknown_where_work_comes_without_end) {
    struct crew_load load =
        load_of(SHOP("hand: 1", "time: 1 h, needs: {run: hand}", "when: always"), 0);
    cr_expect(isnan(load.load));
}
