/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls: which there are, and that their mean is zero whatever the model does. */
#include "../../analysis/results/results.h"
#include "world.h"

#define PART     "items: {part: {route: [saw]}}\n"
#define ARRIVALS "releases: {arrivals: {item: part, every: exponential(75 min)}}\n"
#define SAW      "stations: {saw: {time: exponential(60 min)}}\n"

static void expect_controls(const char *text, int32_t count, const char *first) {
    struct world world;
    world_open(&world, text);
    cr_expect_eq(world.plant->control_count, count, "%d controls in\n%s",
                 world.plant->control_count, text);
    if (count) cr_expect_str_eq(world.plant->layout.controls[0], first);
    world_close(&world);
}

Test(control, sources_and_stations_of_one_law_are_controls) {
    expect_controls("run: {length: 9 h}\n" PART ARRIVALS SAW, 2, "releases.arrivals.orders");
    expect_controls("run: {length: 9 h}\n" PART SAW "releases: {many: {item: part, rate: 2 /h}}\n",
                    2, "releases.many.orders");
    expect_controls("run: {length: 9 h}\nitems: {part: {route: [saw]}}\n" SAW
                    "customers: {shop: {buys: part, from: factory, every: exponential(2 h)}}\n",
                    2, "customers.shop.orders");
}

Test(control, what_has_no_known_mean_is_none) {
    expect_controls("run: {length: 9 h}\n" PART ARRIVALS "stations: {saw: {time: 30 min}}\n", 1,
                    "releases.arrivals.orders");
    expect_controls("run: {length: 9 h}\n" PART
                    "releases: {pile: {item: part, when: always}}\n" SAW,
                    1, "stations.saw.work");
    expect_controls("run: {length: 9 h}\n" PART ARRIVALS
                    "stations: {saw: {time: exponential(60 min), batch: {max: 3}}}\n",
                    1, "releases.arrivals.orders");
    expect_controls("run: {length: 9 h}\n"
                    "items: {part: {route: {saw: {}, again: {at: saw}}}}\n" ARRIVALS SAW,
                    1, "releases.arrivals.orders");
}

/* Half of a gap may be behind the start already: only behind a warm-up is a gap like any other. */
Test(control, laws_with_memory_serve_behind_a_warm_up_only) {
    static const char rest[] = PART "releases: {arrivals: {item: part, every: uniform(1 2) h}}\n"
                                    "stations: {saw: {time: erlang(3 mean=60) min}}\n";
    char text[512];
    snprintf(text, sizeof text, "run: {length: 9 h}\n%s", rest);
    expect_controls(text, 0, NULL);
    snprintf(text, sizeof text, "run: {length: 9 h, warm-up: 9 h}\n%s", rest);
    expect_controls(text, 2, "releases.arrivals.orders");
}

/* The mean of each control over so many replications that its 99.9 % interval is well below one
 * order or hour. */
static void expect_centred(const char *text) {
    struct takt_scenario *scenario;
    struct takt_results *results;
    cr_assert_eq(world_read(text, &scenario), TAKT_OK);
    cr_assert_eq(takt_run(scenario, NULL, &results), TAKT_OK);
    const struct point *point = &results->points[0];
    const struct layout *layout = point->layout;
    cr_assert(layout->control_count > 0);
    double *values = calloc((size_t)point->replication_count, sizeof *values);
    for (int32_t c = 0; c < layout->control_count; c++) {
        for (int32_t r = 0; r < point->replication_count; r++)
            values[r] = point->blocks[r][layout_control_at(layout, c)];
        struct interval interval = interval_t(values, point->replication_count, 0.999);
        cr_expect(fabs(interval.mean) <= interval.half_width, "%s: %g +- %g", layout->controls[c],
                  interval.mean, interval.half_width);
        cr_expect(interval.half_width > 0 && interval.half_width < 0.3, "%s: +- %g",
                  layout->controls[c], interval.half_width);
    }
    free(values);
    takt_results_delete(results);
    takt_scenario_delete(scenario);
}

Test(control, controls_of_an_empty_start_have_mean_zero) {
    expect_centred("run: {length: 20 h, replications: 4000}\n" PART ARRIVALS SAW);
    expect_centred("run: {length: 20 h, replications: 4000}\n" PART ARRIVALS
                   "calendars: {day: {cycle: {work: 5 h, rest: 3 h}}}\n"
                   "stations: {saw: {time: exponential(60 min), machines: 2, calendar: day}}\n");
}

Test(control, controls_behind_a_warm_up_have_mean_zero) {
    expect_centred("run: {length: 20 h, warm-up: 50 h, replications: 4000}\n" PART
                   "releases: {arrivals: {item: part, every: uniform(1 2) h}}\n"
                   "stations: {saw: {time: erlang(3 mean=60) min, queue: {rule: spt}}}\n");
}

/* The sums of batches stand behind all else: a single run has the numbers of the first of many. */
Test(control, a_single_run_measures_what_the_first_of_many_does) {
    struct takt_scenario *scenario;
    struct takt_results *single, *many;
    static const char text[] =
        "run: {length: 500 h, warm-up: 50 h, horizons: [100 h]}\n"
        "items: {part: {route: [saw], holding: 1 EUR/d, cost: 3 EUR}}\n" ARRIVALS SAW;
    cr_assert_eq(world_read(text, &scenario), TAKT_OK);
    struct takt_run_options twice = {.replications = 2};
    cr_assert_eq(takt_run(scenario, NULL, &single), TAKT_OK);
    cr_assert_eq(takt_run(scenario, &twice, &many), TAKT_OK);
    const struct layout *layout = many->points[0].layout;
    cr_expect_gt(single->points[0].layout->value_count, layout->value_count);
    cr_expect_eq(memcmp(single->points[0].blocks[0], many->points[0].blocks[0],
                        (size_t)layout->value_count * sizeof(double)),
                 0);
    takt_results_delete(single);
    takt_results_delete(many);
    takt_scenario_delete(scenario);
}
