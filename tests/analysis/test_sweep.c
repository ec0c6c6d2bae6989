/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps from their text to their points, and to their results. */
#include "../../analysis/scenario.h"
#include "../../analysis/takt.h"
#include "../../scenarios/reader/print.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A shop with an arm that has no cards. The sweep follows. */
static const char shop[] = "takt: 1\n"
                           "run: {length: 100 h, replications: 3}\n"
                           "items: {part: {route: [saw, drill]}}\n"
                           "stations: {saw: {time: exponential(6 min)}, drill: {time: 5 min}}\n"
                           "releases: {pile: {item: part, when: always}}\n"
                           "cards: {loop: {count: 2, from: saw, to: drill}}\n"
                           "arms: {free: {change: {cards: none, releases.pile: {item: part, "
                           "every: exponential(8 min)}}}}\n";

static enum takt_status read_shop(const char *sweep, const char *const *sets, int32_t set_count,
                                  struct takt_scenario **scenario) {
    char path[] = "/tmp/takt-sweep-XXXXXX.yaml";
    int file = mkstemps(path, 5);
    cr_assert(file >= 0);
    dprintf(file, "%s%s", shop, sweep);
    close(file);
    struct takt_scenario_options options = {.sets = sets, .set_count = set_count};
    enum takt_status status = takt_scenario_read(path, &options, scenario);
    unlink(path);
    return status;
}

/* What an arm runs, as "count 2, saw 6 min; ...": its factors as they were written. */
static const char *points_of(const char *sweep, const char *set, const char *arm,
                             enum sweep_scope scope) {
    static char said[4096];
    struct takt_scenario *scenario;
    struct sweep_points points;
    struct prepared *prepared;
    int32_t count;
    size_t used = 0;
    enum takt_status status = read_shop(sweep, &set, set != NULL, &scenario);
    if (status == TAKT_OK)
        status = prepare_points(scenario, &arm, 1, scope, 1, &points, &prepared, &count);
    if (status != TAKT_OK) takt_scenario_faults(scenario, stderr, false);
    cr_assert_eq(status, TAKT_OK);
    *said = 0;
    for (int32_t p = 0; p < count; p++) {
        const char *comma = p ? "; " : "";
        for (int32_t f = 0; f < points.factor_count; f++) {
            const struct node *value = sweep_value(&points, prepared[p].point, f);
            bool lacks = !value || (prepared[p].lacks && prepared[p].lacks[f]);
            used += (size_t)snprintf(said + used, sizeof said - used, "%s%s", comma,
                                     lacks ? "-" : sweep_text(&scenario->scenario->arena, value));
            comma = ", ";
        }
    }
    prepared_delete(prepared, count);
    takt_scenario_delete(scenario);
    return said;
}

/* All that is said of a faulty sweep: `line:column reason · hint` each. */
static const char *faults_of(const char *sweep, const char *set) {
    static char said[4096];
    struct takt_scenario *scenario;
    size_t used = 0;
    enum takt_status status = read_shop(sweep, &set, set != NULL, &scenario);
    if (status == TAKT_OK) {
        struct takt_results *results;
        status = takt_sweep(scenario, NULL, &results);
        cr_assert_null(results, "it runs");
    }
    cr_assert_eq(status, TAKT_BAD_SCENARIO);
    const struct faults *faults = &scenario->scenario->faults;
    *said = 0;
    for (int32_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        used += (size_t)snprintf(said + used, sizeof said - used, "%s%d:%d %s%s%s", i ? "\n" : "",
                                 fault->place.line, fault->place.column, fault->reason,
                                 fault->hint ? " · " : "", fault->hint ? fault->hint : "");
    }
    takt_scenario_delete(scenario);
    return said;
}

TestSuite(sweep, .init = takt_start);

#define OVER "sweep: {over: {cards.loop.count: 1..3, stations.saw.time: [6 min, 7 min]}}\n"

Test(sweep, full_has_all_combinations) {
    cr_expect_str_eq(points_of(OVER, NULL, NULL, SWEEP_ALL),
                     "1, 6 min; 1, 7 min; 2, 6 min; 2, 7 min; 3, 6 min; 3, 7 min");
    cr_expect_str_eq(
        points_of("sweep: {over: {cards.*.count: 4..20 step 4}}\n", NULL, NULL, SWEEP_ALL),
        "4; 8; 12; 16; 20");
    cr_expect_str_eq(points_of("sweep: {over: {stations.saw.time: 1 min .. 300 s step 0.1 h}}\n",
                               NULL, NULL, SWEEP_ALL),
                     "0.0166666667 h");
    cr_expect_str_eq(points_of("sweep: {over: {stations.saw.time: 0.1..0.5 min step 0.1 min}}\n",
                               NULL, NULL, SWEEP_ALL),
                     "0.1 min; 0.2 min; 0.3 min; 0.4 min; 0.5 min");
}

Test(sweep, an_arm_that_lacks_a_factor_has_each_of_its_points_once) {
    cr_expect_str_eq(points_of(OVER, NULL, "free", SWEEP_ALL), "-, 6 min; -, 7 min");
    cr_expect_str_eq(points_of("sweep: {over: {cards.*.count: 1..3}}\n", NULL, "free", SWEEP_ALL),
                     "-");
}

Test(sweep, a_tornado_moves_one_factor_at_a_time) {
    cr_expect_str_eq(points_of("sweep: {over: {cards.loop.count: 1..4, stations.saw.time: [times "
                               "0.9, times 1.1]}, design: tornado}\n",
                               NULL, NULL, SWEEP_ALL),
                     "-, -; 1, -; 4, -; -, times 0.9; -, times 1.1");
}

Test(sweep, sobol_fills_ranges_and_counts_stay_whole) {
    cr_expect_str_eq(points_of("sweep: {over: {cards.loop.count: 1..4, stations.saw.time: 4 .. 8 "
                               "min}, design: sobol, points: 3}\n",
                               NULL, NULL, SWEEP_ALL),
                     "3, 6 min; 4, 5 min; 2, 7 min");
}

/* Sobol's numbers begin 1/2, 3/4, 1/4, 3/8, 7/8, 5/8, 1/8: of four steps each has two of eight. */
Test(sweep, sobol_lands_on_steps_and_values_of_lists) {
    cr_expect_str_eq(points_of("sweep: {over: {cards.loop.count: 4..16 step 4}, design: sobol, "
                               "points: 7}\n",
                               NULL, NULL, SWEEP_ALL),
                     "12; 16; 8; 8; 16; 12; 4");
    cr_expect_str_eq(points_of("sweep: {over: {cards.loop.count: 4..17 step 4}, design: sobol, "
                               "points: 3}\n",
                               NULL, NULL, SWEEP_ALL),
                     "12; 16; 8");
    cr_expect_str_eq(points_of("sweep: {over: {stations.saw.time: [5 min, exponential(6 min)]}, "
                               "design: sobol, points: 4}\n",
                               NULL, NULL, SWEEP_ALL),
                     "exponential(6 min); exponential(6 min); 5 min; 5 min");
}

/* Twelve strata on three steps and on four values: four and three of each. */
Test(sweep, latin_gives_steps_and_values_of_lists_the_same_number_of_points) {
    const char *points = points_of("sweep: {over: {cards.loop.count: 1..3 step 1, "
                                   "stations.saw.time: [6 min, 7 min, 8 min, 9 min]}, design: "
                                   "latin, points: 12}\n",
                                   NULL, NULL, SWEEP_ALL);
    static const struct {
        const char *text;
        int32_t times;
    } parts[] = {{"1, ", 4}, {"2, ", 4}, {"3, ", 4}, {"6 min", 3}, {"9 min", 3}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int32_t times = 0;
        for (const char *at = points; (at = strstr(at, parts[i].text)); at++) times++;
        cr_expect_eq(times, parts[i].times, "%s: %d", parts[i].text, times);
    }
}

Test(sweep, set_with_several_values_makes_a_factor) {
    cr_expect_str_eq(points_of("", "cards.loop.count=1..3", NULL, SWEEP_SETTINGS), "1; 2; 3");
    cr_expect_str_eq(
        points_of("", "stations.saw.time=[5 min, exponential(5 min)]", NULL, SWEEP_SETTINGS),
        "5 min; exponential(5 min)");
    cr_expect_str_eq(points_of(OVER, "stations.saw.time=[5 min, 4 min]", NULL, SWEEP_SETTINGS),
                     "5 min; 4 min");
    cr_expect_str_eq(points_of(OVER, "stations.saw.time=[5 min, 4 min]", NULL, SWEEP_ALL),
                     "1, 5 min; 1, 4 min; 2, 5 min; 2, 4 min; 3, 5 min; 3, 4 min");
    cr_expect_str_eq(points_of(OVER, "stations.saw.time=5 min", NULL, SWEEP_ALL), "1; 2; 3");
}

Test(sweep, set_with_a_list_where_a_list_is_due_is_the_value) {
    cr_expect_str_eq(points_of(OVER, "stations.saw.queue.rule=[edd, spt]", NULL, SWEEP_SETTINGS),
                     "");
    cr_expect_str_eq(points_of(OVER, "items.part.route=[drill, saw]", NULL, SWEEP_SETTINGS), "");
}

Test(sweep, faults_stand_at_the_sweep_and_once) {
    cr_expect_str_eq(faults_of("sweep: {over: {cards.lop.count: 1..3}}\n", NULL),
                     "8:16 there is no cards 'lop' at 'cards.lop.count' · did you mean 'loop'?");
    cr_expect_str_eq(faults_of("sweep: {over: {cards.loop.count: -2..3}}\n", NULL),
                     "8:34 'count' in cards.loop must be at least 1");
    cr_expect_str_eq(faults_of("sweep: {over: {stations.saw.time: [5 min, 5 EUR]}}\n", NULL),
                     "8:43 a time is wanted, this is money");
    cr_expect_str_eq(faults_of("sweep: {over: {stations.saw.time: 5 .. 6 min}}\n", NULL),
                     "8:35 how many values this range has is not said · say `step`, or take "
                     "`design: latin` or `sobol`");
    cr_expect_str_eq(faults_of("sweep: {over: {run.length: [5 h]}}\n", NULL),
                     "8:16 'run.length' is part of the question, which is the same at all points "
                     "· sweep what stands in the world");
    cr_expect_str_eq(faults_of("sweep: {over: {cards.loop.count: [1, 2]}, points: 5}\n", NULL),
                     "8:1 'full' has as many points as its values make; it takes no number · "
                     "design: latin or design: sobol");
    cr_expect_str_eq(faults_of("", "stations.saw.time=[5 min, 5 h, 5]"),
                     "1:21 a time needs a unit · 5 min? 5 h?");
}

Test(sweep, a_fault_elsewhere_names_its_point) {
    cr_expect_str_eq(
        faults_of("sweep: {over: {stations.saw: [{time: 1 min}, none]}}\n", NULL),
        "3:24 there is no station 'saw' · a step has the name of its station, or says it: "
        "{at: NAME}\n"
        "8:16 this is so with stations.saw none");
}

/* ---- Results ---- */

static struct takt_results *sweep_results(const char *sweep, int32_t jobs) {
    struct takt_scenario *scenario;
    struct takt_results *results;
    struct takt_run_options options = {.jobs = jobs};
    cr_assert_eq(read_shop(sweep, NULL, 0, &scenario), TAKT_OK);
    cr_assert_eq(takt_compare(scenario, &options, &results), TAKT_OK);
    takt_scenario_delete(scenario);
    return results;
}

Test(sweep, results_are_the_same_for_any_number_of_threads) {
    struct takt_results *one = sweep_results(OVER, 1), *four = sweep_results(OVER, 4);
    cr_assert_eq(one->point_count, 8);
    for (int32_t p = 0; p < one->point_count; p++)
        for (int32_t r = 0; r < 3; r++)
            cr_expect_arr_eq(one->points[p].blocks[r], four->points[p].blocks[r],
                             (size_t)one->points[p].layout->value_count * sizeof(double));
    takt_results_delete(one);
    takt_results_delete(four);
}

Test(sweep, a_point_is_what_the_file_says_with_these_values) {
    struct takt_results *swept =
        sweep_results("sweep: {over: {stations.saw.time: [6 min, 7 min]}}\n", 1);
    struct takt_results *plain;
    struct takt_scenario *scenario;
    const char *set = "stations.saw.time=7 min";
    cr_assert_eq(read_shop("", &set, 1, &scenario), TAKT_OK);
    cr_assert_eq(takt_run(scenario, NULL, &plain), TAKT_OK);
    for (int32_t r = 0; r < 3; r++)
        cr_expect_arr_eq(swept->points[1].blocks[r], plain->points[0].blocks[r],
                         (size_t)plain->points[0].layout->value_count * sizeof(double));
    takt_scenario_delete(scenario);
    takt_results_delete(plain);
    takt_results_delete(swept);
}

Test(sweep, numbers_are_in_the_unit_of_the_manual) {
    struct takt_results *results = sweep_results(OVER, 1);
    cr_assert_eq(results->factor_count, 2);
    cr_expect_str_eq(results->factors[0].unit, "1");
    cr_expect_str_eq(results->factors[1].unit, "h");
    cr_expect(fabs(results->factors[1].numbers[1] - 7.0 / 60) < 1e-15);
    cr_expect(isnan(results->factors[0].numbers[6]), "the arm without cards");
    takt_results_delete(results);
}

Test(sweep, arms_are_compared_at_the_same_place) {
    struct takt_results *results = sweep_results(OVER, 1);
    static const struct pair right[] = {{6, 0}, {6, 2}, {6, 4}, {7, 1}, {7, 3}, {7, 5}};
    int32_t count;
    struct pair *pairs = results_pairs(results, &count);
    cr_assert_eq(count, 6);
    for (int32_t i = 0; i < count; i++)
        cr_expect(pairs[i].a == right[i].a && pairs[i].b == right[i].b, "pair %d", i);
    free(pairs);
    takt_results_delete(results);
}

Test(sweep, a_file_of_results_keeps_the_factors) {
    char path[] = "/tmp/takt-sweep-XXXXXX";
    cr_assert(mkdtemp(path));
    char file[64];
    snprintf(file, sizeof file, "%s/s.h5", path);
    struct takt_results *results = sweep_results(OVER, 1), *again;
    cr_assert_eq(takt_results_write(results, file, ""), TAKT_OK);
    cr_assert_eq(takt_results_read(file, &again), TAKT_OK, "%s", takt_results_message(again));
    cr_assert_eq(again->factor_count, 2);
    cr_expect_str_eq(again->design, "full");
    cr_expect_eq(again->pair_count, 6);
    for (int32_t f = 0; f < 2; f++) {
        cr_expect_str_eq(again->factors[f].path, results->factors[f].path);
        cr_expect_str_eq(again->factors[f].unit, results->factors[f].unit);
        for (int32_t p = 0; p < results->point_count; p++) {
            const char *text = again->factors[f].texts[p], *right = results->factors[f].texts[p];
            cr_expect(text == right || strcmp(text, right) == 0);
            double number = again->factors[f].numbers[p], other = results->factors[f].numbers[p];
            cr_expect(number == other || (isnan(number) && isnan(other)));
        }
    }
    takt_results_delete(results);
    takt_results_delete(again);
    unlink(file);
    rmdir(path);
}
