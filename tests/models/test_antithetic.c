/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opposite luck: where the mean of a pair is known exactly, and where it must vary less. */
#include "../../analysis/results/results.h"
#include "world.h"

#define PAIRS     "run: {length: 1000 h, antithetic: yes}\n"
#define NO_QUEUE  "releases: {arrivals: {item: part, every: 10 h}}\n"
#define PART(LAW) "items: {part: {route: {saw: {time: " LAW "}}}}\nstations: {saw: {}}\n"

static void expect_pair_mean(const char *text, const char *path, double wanted) {
    struct world world;
    world_open(&world, text);
    for (uint64_t r = 1; r <= 3; r++) {
        world_replicate(&world, 1, r, false);
        double value = world_value(&world, path);
        cr_expect(fabs(value - wanted) < 1e-8, "%s is %.12g, not %.12g", path, value, wanted);
    }
    world_close(&world);
}

/* u and 1 - u of a law that is symmetric lie on opposite sides of its middle, alike far. */
Test(antithetic, a_pair_of_symmetric_laws_has_exactly_their_mean) {
    expect_pair_mean(PAIRS PART("uniform(1 3) h") NO_QUEUE, "system.time-in.work", 2);
    expect_pair_mean(PAIRS PART("triangular(1 2 3) h") NO_QUEUE, "system.time-in.work", 2);
    expect_pair_mean(PAIRS PART("discrete(1=0.5 3=0.5) h") NO_QUEUE, "system.time-in.work", 2);
}

/* Of a fair choice, one of the pair goes left where the other goes right. */
Test(antithetic, what_is_decided_by_a_uniform_is_decided_the_other_way) {
    expect_pair_mean(PAIRS PART("1 h, scrap: 50 %") NO_QUEUE, "system.scrap-ratio", 0.5);
}

static double variance_of(const char *text, const char *path) {
    enum { PAIR_COUNT = 200 };
    double values[PAIR_COUNT];
    struct world world;
    world_open(&world, text);
    for (int32_t r = 0; r < PAIR_COUNT; r++) {
        world_replicate(&world, 1, (uint64_t)r + 1, false);
        values[r] = world_value(&world, path);
    }
    world_close(&world);
    double sd = interval_t(values, PAIR_COUNT, 0.95).sd;
    return sd * sd;
}

#define QUEUE(MORE)                                                                                \
    "run: {length: 200 h, warm-up: 50 h" MORE                                                      \
    "}\n" PART("exponential(1 h)") "releases: {arrivals: {item: part, rate: 0.5 /h}}\n"

/* More than twice as good as two independent runs would be. */
Test(antithetic, pairs_of_a_queue_vary_less_than_two_runs) {
    double one = variance_of(QUEUE(""), "system.wip");
    double pair = variance_of(QUEUE(", antithetic: yes"), "system.wip");
    cr_expect(pair < 0.8 * one / 2, "%g, and of one run %g", pair, one);
}

/* Each of the pair is a run like any other: the mean stays what it is. */
Test(antithetic, pairs_do_not_move_the_mean) {
    struct takt_scenario *scenario;
    struct takt_results *results;
    cr_assert_eq(world_read(QUEUE(", antithetic: yes, replications: 2000"), &scenario), TAKT_OK);
    cr_assert_eq(takt_run(scenario, NULL, &results), TAKT_OK);
    int32_t column = layout_find(results->points[0].layout, "system.wip");
    double values[2000];
    for (int32_t r = 0; r < 2000; r++)
        values[r] = results->points[0].blocks[r][layout_at(results->points[0].layout, 0, column)];
    struct interval interval = interval_t(values, 2000, 0.999);
    cr_expect(fabs(interval.mean - 1) < interval.half_width && interval.half_width < 0.03,
              "%g +- %g", interval.mean, interval.half_width);
    takt_results_delete(results);
    takt_scenario_delete(scenario);
}

Test(antithetic, a_law_without_inverse_is_refused) {
    struct takt_scenario *scenario;
    enum takt_status status = world_read(PAIRS PART("2 h * exponential(1)") NO_QUEUE, &scenario);
    cr_expect_eq(status, TAKT_BAD_SCENARIO);
    takt_scenario_delete(scenario);
}
