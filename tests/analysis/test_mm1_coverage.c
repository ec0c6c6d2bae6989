/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do intervals of a queue hold as often as they say?
 *
 * A thousand small experiments (COVERAGE in the environment says how many instead; `make oracles`
 * asks for more) on an M/M/1 queue whose answers are known: arrivals .5, work 1 h, so 1 lot inside
 * in the mean, inside at all with probability .5, and the last departure before any moment is
 * exponential with mean 2 h ago (Burke, Operations Research 4, 1956). How often the interval holds
 * the answer is a proportion; what it should be must lie in its own Wilson interval at 99.9 %. The
 * luck is fixed, so a test that passes, passes always. */
#include "../../analysis/batches.h"
#include "../../analysis/statistics/controls.h"
#include "../../analysis/statistics/ranges.h"
#include "../../analysis/statistics/series.h"
#include "../models/world.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static int64_t trials(void) {
    const char *text = getenv("COVERAGE");
    int64_t count = text ? atoll(text) : 0;
    return count > 0 ? count : 1000;
}

#define QUEUE(LENGTH)                                                                              \
    "run: {length: " LENGTH ", warm-up: 150 h}\n"                                                  \
    "items: {part: {route: [saw]}}\n"                                                              \
    "releases: {arrivals: {item: part, every: exponential(2 h)}}\n"                                \
    "stations: {saw: {time: exponential(1 h)}}\n"

static void expect_between(const char *what, int64_t hits, double low, double high) {
    struct range range = range_share(hits, trials(), 0.999);
    cr_expect(high >= range.low && low <= range.high,
              "%s: %g to %g of the intervals hold, and %g should", what, range.low, range.high,
              high);
}

static void expect_coverage(const char *what, int64_t hits, double promised) {
    expect_between(what, hits, promised, promised);
}

/* Control variates and batch means hold exactly when all is normal, which a mean becomes with the
 * length of the run: they may fall short by one in a hundred. */
static void expect_nearly(const char *what, int64_t hits) {
    expect_between(what, hits, 0.94, 0.95);
}

static bool holds(struct interval interval, double truth) {
    return fabs(interval.mean - truth) <= interval.half_width;
}

enum { REPLICATIONS = 20, CONTROLS = 2 };

/* What 20 replications give. */
struct experiment {
    double wip[REPLICATIONS], since_last[REPLICATIONS], controls[CONTROLS][REPLICATIONS];
    int32_t busy; /* replications that end with something inside */
};

static void run_experiment(struct world *world, int64_t trial, struct experiment *experiment) {
    experiment->busy = 0;
    for (int32_t r = 0; r < REPLICATIONS; r++) {
        world_replicate(world, 1, (uint64_t)(trial * REPLICATIONS + r + 1), false);
        experiment->wip[r] = world_value(world, "system.wip");
        experiment->since_last[r] = 1000 - world_value(world, "system.makespan");
        experiment->busy += world_value(world, "system.wip.now") > 0;
        for (int32_t c = 0; c < CONTROLS; c++)
            experiment->controls[c][r] = world->block[layout_control_at(&world->plant->layout, c)];
    }
}

/* How often intervals from N ordered values or trials hold is itself exact: the sum over all counts
 * whose interval holds. */
static double exact_wilson(int64_t n, double p) {
    double sum = 0;
    for (int64_t k = 0; k <= n; k++) {
        struct range range = range_share(k, n, 0.95);
        if (range.low <= p && p <= range.high)
            sum += gsl_ran_binomial_pdf((unsigned)k, p, (unsigned)n);
    }
    return sum;
}

/* Between the ranks 6 and 15 of 20. */
static double exact_median(void) {
    return gsl_cdf_binomial_P(14, 0.5, 20) - gsl_cdf_binomial_P(5, 0.5, 20);
}

Test(coverage, intervals_over_replications_hold_as_often_as_they_say, .timeout = 600) {
    struct world world;
    struct experiment experiment;
    world_open(&world, QUEUE("1000 h"));
    cr_assert_eq(world.plant->layout.control_count, CONTROLS);
    int64_t plain = 0, controlled = 0, share = 0, median = 0;
    double plain_width = 0, controlled_width = 0;
    for (int64_t trial = 0; trial < trials(); trial++) {
        run_experiment(&world, trial, &experiment);
        struct interval interval = interval_t(experiment.wip, REPLICATIONS, 0.95);
        struct control list[] = {{experiment.controls[0]}, {experiment.controls[1]}};
        struct controlled sharp =
            controlled_mean(experiment.wip, REPLICATIONS, list, CONTROLS, 0.95);
        struct range busy = range_share(experiment.busy, REPLICATIONS, 0.95);
        struct range middle = range_quantile(experiment.since_last, REPLICATIONS, 0.5, 0.95);
        plain += holds(interval, 1);
        controlled += holds(sharp.interval, 1);
        share += busy.low <= 0.5 && 0.5 <= busy.high;
        median += middle.low <= 2 * M_LN2 && 2 * M_LN2 <= middle.high;
        plain_width += interval.half_width;
        controlled_width += sharp.interval.half_width;
    }
    expect_coverage("t", plain, 0.95);
    expect_nearly("controlled", controlled);
    expect_coverage("Wilson", share, exact_wilson(REPLICATIONS, 0.5));
    expect_coverage("median", median, exact_median());
    cr_expect_lt(controlled_width, 0.8 * plain_width);
    world_close(&world);
}

/* Of one long run: batch means that the run keeps, and overlapping batches of its series. */
Test(coverage, intervals_from_batches_hold_as_often_as_they_say, .timeout = 600) {
    struct world world;
    world_open(&world, "record: {series: [system.wip], every: 40 h}\n" QUEUE("40000 h"));
    struct layout *layout = &world.prepared->plant->layout;
    layout_batches(layout, BATCH_COUNT);
    free(world.block);
    world.block = calloc((size_t)layout->value_count, sizeof(double));
    int32_t column = layout_find(layout, "system.wip"),
            time = layout_find(layout, "system.cycle-time");
    int64_t level = 0, ratio = 0, overlapping = 0;
    int64_t stride = layout_batch_size(layout);
    for (int64_t trial = 0; trial < trials(); trial++) {
        world_replicate(&world, 1, (uint64_t)trial + 1, false);
        const double *levels = world.block + layout_batch_at(layout, 0, column),
                     *times = world.block + layout_batch_at(layout, 0, time);
        double wip = world_value(&world, "system.wip"),
               cycle = world_value(&world, "system.cycle-time");
        level += fabs(wip - 1) <= batch_interval(levels, stride, BATCH_COUNT, 0.95).half_width;
        ratio += fabs(cycle - 2) <= batch_interval(times, stride, BATCH_COUNT, 0.95).half_width;
        const double *series = world.block + layout_series_at(layout, 0, 0);
        overlapping += holds(series_overlapping_means(series, layout->grid_count, 25, 0.95), 1);
    }
    expect_nearly("batch means of a level", level);
    expect_nearly("batch means of a ratio", ratio);
    expect_nearly("overlapping batch means", overlapping);
    world_close(&world);
}
