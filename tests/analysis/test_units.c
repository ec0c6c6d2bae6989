/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of work: what is asked for is there, once, and nothing decides but the numbers. */
#include "../../analysis/summary.h"
#include "../../analysis/units.h"
#include "../models/world.h"

/* Two arms that differ in their second point's speed; a run takes well under a millisecond. */
static const char shop[] = "run: {length: 2 d, replications: 2}\n"
                           "items: {part: {route: {cut: exponential(5 min)}}}\n"
                           "stations: {cut: {}}\n"
                           "releases: {parts: {item: part, every: exponential(7 min)}}\n"
                           "arms: {quick: {change: {items.part.route.cut.time: 4 min}}}\n";

/* An experiment with two points that has not begun. */
struct bench {
    struct takt_scenario *scenario;
    struct prepared *points;
    struct takt_results *results;
    struct takt_run_options options;
    struct units *units;
    volatile int interrupt;
};

static void bench_init(struct bench *bench, int32_t jobs) {
    static const char *const arms[] = {"base", "quick"};
    *bench = (struct bench){.options = {.jobs = jobs}};
    bench->options.interrupt = &bench->interrupt;
    if (world_read(shop, &bench->scenario) != TAKT_OK)
        takt_scenario_faults(bench->scenario, stderr, false);
    cr_assert_eq(prepare_arms(bench->scenario, arms, 2, &bench->points), TAKT_OK);
    bench->results = results_create();
    results_size(bench->results, 2, 0);
    bench->results->seed = 1;
    static const char *horizon_texts[] = {"2 d"};
    static double horizon_hours[] = {48};
    bench->results->horizon_count = 1;
    bench->results->horizon_texts = horizon_texts;
    bench->results->horizon_hours = horizon_hours;
    for (int p = 0; p < 2; p++) { /* the results own the layouts, as after an experiment */
        struct point *point = &bench->results->points[p];
        point->arm = arms[p];
        point->layout = memory_zeroed(1, sizeof *point->layout);
        *point->layout = bench->points[p].plant->layout;
    }
    bench->units = units_create(bench->points, 2, &bench->options, bench->results);
}

static void bench_clear(struct bench *bench) {
    units_delete(bench->units);
    for (int p = 0; p < 2; p++) bench->points[p].plant->layout = (struct layout){0};
    takt_results_delete(bench->results);
    prepared_delete(bench->points, 2);
    takt_scenario_delete(bench->scenario);
}

static enum takt_status go(struct bench *bench, int32_t first, int32_t second) {
    return units_run(bench->units, (int32_t[]){first, second});
}

static void expect_counts(const struct bench *bench, int32_t first, int32_t second) {
    cr_expect_eq(bench->results->points[0].replication_count, first);
    cr_expect_eq(bench->results->points[1].replication_count, second);
    cr_expect_eq(bench->results->replication_count, first > second ? first : second);
}

static void expect_same(const struct takt_results *a, const struct takt_results *b) {
    for (int p = 0; p < 2; p++) {
        cr_assert_eq(a->points[p].replication_count, b->points[p].replication_count);
        size_t size = (size_t)a->points[p].layout->value_count * sizeof(double);
        for (int32_t r = 0; r < a->points[p].replication_count; r++)
            cr_expect_eq(memcmp(a->points[p].blocks[r], b->points[p].blocks[r], size), 0);
    }
}

Test(units, in_steps_are_those_at_once_on_any_number_of_threads) {
    struct bench at_once, in_steps;
    bench_init(&at_once, 1);
    cr_assert_eq(go(&at_once, 21, 30), TAKT_OK);
    expect_counts(&at_once, 21, 30);
    bench_init(&in_steps, 3);
    cr_assert_eq(go(&in_steps, 2, 2), TAKT_OK);
    cr_assert_eq(go(&in_steps, 2, 17), TAKT_OK);
    expect_counts(&in_steps, 2, 17);
    cr_assert_eq(go(&in_steps, 21, 5), TAKT_OK); /* a smaller target takes nothing away */
    expect_counts(&in_steps, 21, 17);
    cr_assert_eq(go(&in_steps, 21, 30), TAKT_OK);
    expect_same(at_once.results, in_steps.results);
    bench_clear(&at_once);
    bench_clear(&in_steps);
}

Test(units, known_before_are_not_done_again) {
    struct bench bench;
    bench_init(&bench, 2);
    int64_t value_count = bench.points[1].plant->layout.value_count;
    double *block = memory_zeroed((size_t)value_count, sizeof *block);
    for (int64_t i = 0; i < value_count; i++) block[i] = 4711;
    struct journal_unit unit = {
        .point = 1, .replication = 6, .values = block, .value_count = value_count};
    cr_expect(units_recall(bench.units, &unit));
    cr_expect_not(units_recall(bench.units, &unit), "it is there already");
    unit.point = 2;
    cr_expect_not(units_recall(bench.units, &unit), "there is no such point");
    unit.point = 0;
    unit.value_count--;
    cr_expect_not(units_recall(bench.units, &unit), "its block has another size");
    cr_assert_eq(go(&bench, 3, 5), TAKT_OK);
    expect_counts(&bench, 3, 5); /* what is known beyond the target is not asked for */
    cr_assert_eq(go(&bench, 3, 9), TAKT_OK);
    cr_expect_eq(bench.results->points[1].blocks[6][0], 4711);
    for (int r = 0; r < 9; r++) cr_expect_eq(bench.results->points[1].blocks[r][0] == 4711, r == 6);
    free(block);
    bench_clear(&bench);
}

static void interrupt_soon(void *context, const struct takt_progress *progress) {
    struct bench *bench = context;
    if (progress->done > 40) __atomic_store_n(&bench->interrupt, 1, __ATOMIC_RELAXED);
}

Test(units, interrupted_leave_what_all_points_have) {
    struct bench bench;
    bench_init(&bench, 2);
    cr_assert_eq(go(&bench, 11, 4), TAKT_OK);
    bench.interrupt = 1;
    cr_expect_eq(go(&bench, 50, 50), TAKT_INTERRUPTED);
    cr_expect_not(bench.results->complete);
    expect_counts(&bench, 11, 4); /* of complete calls, all */
    bench.interrupt = 0;
    bench.options.progress = interrupt_soon;
    bench.options.progress_context = &bench;
    cr_expect_eq(go(&bench, 2000000, 2000000), TAKT_INTERRUPTED);
    int32_t first = bench.results->points[0].replication_count;
    cr_expect_eq(first, bench.results->points[1].replication_count);
    cr_expect(first > 11 && first < 2000000);
    for (int p = 0; p < 2; p++)
        for (int32_t r = 0; r < first; r++) cr_assert(bench.results->points[p].blocks[r]);
    bench_clear(&bench);
}

Test(units, points_with_different_numbers_are_compared_over_what_both_have) {
    struct bench bench;
    bench_init(&bench, 2);
    cr_assert_eq(go(&bench, 12, 5), TAKT_OK);
    struct interval difference;
    cr_assert(summary_difference(bench.results, 0, 1, 0, "system.cycle-time", &difference));
    cr_expect_eq(difference.n, 5);
    double sum = 0;
    int32_t column = layout_find(bench.results->points[0].layout, "system.cycle-time");
    for (int r = 0; r < 5; r++)
        sum +=
            bench.results->points[0].blocks[r][column] - bench.results->points[1].blocks[r][column];
    cr_expect_float_eq(difference.mean, sum / 5, 1e-12);
    cr_expect_eq(summary_interval(bench.results, 0, 0, column).n, 12);
    cr_expect_eq(summary_interval(bench.results, 1, 0, column).n, 5);
    bench_clear(&bench);
}

Test(units, of_different_numbers_are_so_in_the_file_too) {
    struct bench bench;
    struct takt_results *read;
    bench_init(&bench, 2);
    cr_assert_eq(go(&bench, 3, 8), TAKT_OK);
    char path[] = "/tmp/takt-units-XXXXXX";
    cr_assert(mkdtemp(path));
    char file[64];
    snprintf(file, sizeof file, "%s/x.h5", path);
    cr_assert_eq(takt_results_write(bench.results, file, ""), TAKT_OK, "%s",
                 takt_results_message(bench.results));
    cr_assert_eq(takt_results_read(file, &read), TAKT_OK, "%s", takt_results_message(read));
    expect_same(bench.results, read);
    int32_t column = layout_find(read->points[0].layout, "system.wip");
    cr_expect_eq(summary_interval(read, 0, 0, column).n, 3);
    unlink(file);
    rmdir(path);
    takt_results_delete(read);
    bench_clear(&bench);
}
