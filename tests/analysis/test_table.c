/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees, to the letter. */
#include "../../analysis/tables/grid.h"
#include "../../analysis/summary.h"
#include "../../analysis/tables/table.h"
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_text(const char *got, const char *wanted) {
    cr_expect(strcmp(got, wanted) == 0, "got:\n%s\nwanted:\n%s", got, wanted);
}

static void expect_number(double mean, double half_width, const char *wanted) {
    char text[FRIENDLY_SIZE];
    struct interval interval = {.mean = mean, .half_width = half_width};
    expect_text(friendly_interval(text, interval, 1, false), wanted);
}

Test(table, a_number_has_the_digits_that_its_interval_carries) {
    expect_number(1234567.8, 1536, "1 234 568 ± 1 536");
    expect_number(4.0123, 0.0345, "4.012 ± 0.035");
    expect_number(45.04, 9.6, "45.0 ± 9.6");
    expect_number(22.0 / 39, 0, "0.564103");
    expect_number(719, 0, "719");
    expect_number(-1000, NAN, "-1 000");
    expect_number(-0.00001, 0.5, "0.00 ± 0.50");
    expect_number(NAN, NAN, "–");
    expect_number(1e300, 0, "1.00000e+300");
}

static void expect_unit(const char *path, double largest, const char *name, double factor) {
    static const char *const arms[] = {"base"};
    struct fixture fixture;
    fixture_init(&fixture, arms, 1, 1, NULL, 0);
    const struct column *column = &fixture.layout.columns[layout_find(&fixture.layout, path)];
    struct friendly_unit unit = friendly_unit(&fixture.results, column, largest);
    expect_text(unit.name, name);
    cr_expect(fabs(unit.factor - factor) < 1e-12 * factor, "%s: %g", path, unit.factor);
    fixture_clear(&fixture);
}

Test(table, units_follow_the_size_of_the_numbers) {
    expect_unit("stations.saw.queue.wait", 0.01, "s", 3600);
    expect_unit("stations.saw.queue.wait", 0.066, "min", 60);
    expect_unit("stations.saw.queue.wait", 20, "h", 1);
    expect_unit("stations.saw.queue.wait", 200, "d", 1.0 / 24);
    expect_unit("system.throughput", 3, "/h", 1);
    expect_unit("system.throughput", 0.3, "/d", 24);
    expect_unit("stations.saw.utilization", 0.8, "%", 100);
    expect_unit("money.cost-rate", 50, "EUR/d", 1);
    expect_unit("money.cost", 99999, "EUR", 1);
    expect_unit("money.cost", 100000, "kEUR", 1e-3);
    expect_unit("money.cost", 2e8, "MEUR", 1e-6);
}

Test(table, width_is_counted_on_the_screen) {
    cr_expect(grid_width("abc") == 3);
    cr_expect(grid_width("±–▲") == 3);
    cr_expect(grid_width("工場") == 4);
    cr_expect(grid_width("e\xcc\x81") == 1); /* e and a combining accent */
    cr_expect(grid_width("\x1b[31m") == 4);
}

static char *printed_grid(const struct grid *grid, int32_t width) {
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    grid_print(grid, file, width, false);
    fclose(file);
    return text;
}

Test(table, a_wide_grid_is_printed_in_parts) {
    struct grid grid;
    grid_init(&grid, 2, 4, 1);
    grid_set(&grid, 0, 0, "name");
    for (int32_t i = 1; i < 4; i++) grid_set(&grid, 0, i, "column%d", i);
    grid_set(&grid, 1, 0, "a\x1b[31m\n");
    grid_set(&grid, 1, 2, "± 1");
    char *text = printed_grid(&grid, 23);
    expect_text(text, "name   column1  column2\n"
                      "a[31m               ± 1\n"
                      "\n"
                      "name   column3\n"
                      "a[31m\n");
    free(text);
    grid_clear(&grid);
}

Test(table, a_star_stands_for_one_word) {
    cr_expect(summary_matches("stations.*.queue.wait", "stations.saw.queue.wait"));
    cr_expect(!summary_matches("stations.*.wait", "stations.saw.queue.wait"));
    cr_expect(!summary_matches("stations.*.queue.wait", "stations.saw.queue.wait.p95"));
    cr_expect(summary_matches("system.wip", "system.wip"));
    cr_expect(!summary_matches("stations.*", "stations."));
}

/* Every value is MEAN plus a spread that sums to zero, plus STEP for each point. */
static void fill(struct fixture *fixture) {
    static const struct {
        const char *path;
        double mean, spread, step;
    } rows[] = {{"system.throughput", 2.4, 0.05, 0.2},
                {"system.cycle-time", 0.75, 0.03, 0},
                {"system.wip", 1.8, 0.1, -0.3},
                {"stations.saw.utilization", 0.8, 0.01, -0.1},
                {"stations.saw.queue.wait", 0.066, 0.003, -0.02},
                {"stations.drill.utilization", 0.413, 0.01, 0},
                {"stations.drill.queue.wait", 0.01, 0.001, 0},
                {"money.cost", 1234567, 1200, 5000}};
    static const double spread[] = {-1, 0.3, 0.9, -0.2}, noise[] = {0.02, -0.02, 0.01, -0.01};
    for (int32_t p = 0; p < fixture->results.point_count; p++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            double values[4];
            for (int32_t r = 0; r < 4; r++)
                values[r] =
                    rows[i].mean + rows[i].spread * (spread[r] + p * noise[r]) + p * rows[i].step;
            fixture_set(fixture, p, rows[i].path, values);
        }
}

static char *printed(struct fixture *fixture, const struct takt_table_options *options) {
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    takt_results_table(&fixture->results, file, options);
    fclose(file);
    return text;
}

static const struct takt_table_options plain = {.width = 100};

Test(table, one_point_is_shown_by_horizon_with_its_stations_and_claims) {
    static const char *const arms[] = {"base"};
    static struct claim_result claims[] = {{.text = "stations.saw.queue.wait = 4 min",
                                            .verdict = VERDICT_UNDECIDED,
                                            .low = 3.5,
                                            .high = 4.4,
                                            .left = 3.96,
                                            .right = 4,
                                            .unit = "min",
                                            .why = "the interval is too wide: more replications"},
                                           {.text = "fast.system.wip < base.system.wip",
                                            .low = NAN,
                                            .high = NAN,
                                            .left = NAN,
                                            .right = NAN,
                                            .why = "judged by compare"}};
    struct fixture fixture;
    fixture_init(&fixture, arms, 1, 4, NULL, 0);
    fill(&fixture);
    fixture.results.claims = claims;
    fixture.results.claim_count = 2;
    char *text = printed(&fixture, &plain);
    expect_text(text,
                "Two stations\n"
                "4 replications, seed 1; ± is a 95 % interval\n"
                "\n"
                "quantity                          10 d           20 d\n"
                "system.throughput  /h    2.400 ± 0.064  2.400 ± 0.064\n"
                "system.cycle-time  min      45.0 ± 2.3     45.0 ± 2.3\n"
                "system.wip         lots    1.80 ± 0.13    1.80 ± 0.13\n"
                "money.cost         kEUR  1 234.6 ± 1.5  1 234.6 ± 1.5\n"
                "\n"
                "Stations after 20 d\n"
                "       utilization  wait\n"
                "                 %   min\n"
                "saw          80.00  3.96\n"
                "drill        41.30  0.60\n"
                "\n"
                "Claims\n"
                "undecided  stations.saw.queue.wait = 4 min\n"
                "             3.96 (3.5 .. 4.4) min; the interval is too wide: more replications\n"
                "undecided  fast.system.wip < base.system.wip  judged by compare\n"
                "0 supported, 2 undecided, 0 refuted\n"
                "\n"
                "kept nowhere: -o FILE.h5 keeps the results\n");
    free(text);
    fixture_clear(&fixture);
}

Test(table, arms_are_compared_and_the_best_is_named) {
    static const char *const arms[] = {"base", "fast"};
    struct fixture fixture;
    fixture_init(&fixture, arms, 2, 4, NULL, 0);
    fill(&fixture);
    char *text = printed(&fixture, &plain);
    expect_text(text,
                "Two stations\n"
                "4 replications, seed 1; ± is a 95 % interval\n"
                "\n"
                "After 10 d\n"
                "quantity                          base           fast\n"
                "system.throughput  /h    2.400 ± 0.064  2.600 ± 0.063\n"
                "system.cycle-time  min      45.0 ± 2.3     45.0 ± 2.3\n"
                "system.wip         lots    1.80 ± 0.13    1.50 ± 0.13\n"
                "money.cost         kEUR  1 234.6 ± 1.5  1 239.6 ± 1.5\n"
                "\n"
                "After 20 d\n"
                "quantity                          base           fast\n"
                "system.throughput  /h    2.400 ± 0.064  2.600 ± 0.063\n"
                "system.cycle-time  min      45.0 ± 2.3     45.0 ± 2.3\n"
                "system.wip         lots    1.80 ± 0.13    1.50 ± 0.13\n"
                "money.cost         kEUR  1 234.6 ± 1.5  1 239.6 ± 1.5\n"
                "\n"
                "More or less than base after 10 d, on the same luck\n"
                "quantity                             fast\n"
                "system.throughput  /h    +0.2000 ± 0.0019 ▲\n"
                "system.cycle-time  min      0.000 ± 0.069 ·\n"
                "system.wip         lots  -0.3000 ± 0.0038 ▲\n"
                "money.cost         kEUR    +5.000 ± 0.046 ▼\n"
                "\n"
                "More or less than base after 20 d, on the same luck\n"
                "quantity                             fast\n"
                "system.throughput  /h    +0.2000 ± 0.0019 ▲\n"
                "system.cycle-time  min      0.000 ± 0.069 ·\n"
                "system.wip         lots  -0.3000 ± 0.0038 ▲\n"
                "money.cost         kEUR    +5.000 ± 0.046 ▼\n"
                "▲ better, ▼ worse, ≠ different beyond doubt; · no difference shown. The "
                "intervals of one\n"
                "quantity hold together (95 %), those of several do not.\n"
                "\n"
                "Which is best\n"
                "quantity                  10 d    20 d\n"
                "more system.throughput  fast ★  fast ★\n"
                "less system.cycle-time       ·       ·\n"
                "less system.wip         fast ★  fast ★\n"
                "less money.cost         base ★  base ★\n"
                "★ the best beyond doubt; several names: the best is one of them; · not known "
                "yet.\n"
                "\n"
                "Better (+) or worse (-) than the best of the others after 20 d\n"
                "quantity                             base                fast\n"
                "system.throughput  /h          -0.20 .. 0          0 .. +0.20 ★\n"
                "system.cycle-time  min   -0.052 .. +0.052 ☆  -0.052 .. +0.052 ☆\n"
                "system.wip         lots        -0.30 .. 0          0 .. +0.30 ★\n"
                "money.cost         kEUR         0 .. +5.0 ★         -5.0 .. 0\n"
                "★ the best beyond doubt, ☆ may be the best, the others are not.\n"
                "The same luck is worth 3 851 times the replications (median; 3 851 to 3 851): "
                "arms with luck of\n"
                "their own would need so many more.\n"
                "\n"
                "kept nowhere: -o FILE.h5 keeps the results\n");
    free(text);
    fixture_clear(&fixture);
}

/* Noise that hides the difference between the first two, but not that to the third. */
Test(table, arms_that_cannot_be_told_apart_win_together) {
    static const char *const arms[] = {"base", "fast", "slow"};
    static const double wip[3][4] = {
        {2.0, 3.0, 2.5, 2.2}, {2.2, 2.9, 2.4, 2.3}, {5.0, 6.0, 5.5, 5.2}};
    struct fixture fixture;
    fixture_init(&fixture, arms, 3, 4, NULL, 0);
    for (int32_t p = 0; p < 3; p++) fixture_set(&fixture, p, "system.wip", wip[p]);
    static const char *show[] = {"system.wip"};
    fixture.results.show = show;
    fixture.results.show_count = 1;
    char *text = printed(&fixture, &plain);
    cr_expect(strstr(text, "less system.wip  base, fast  base, fast\n"), "%s", text);
    free(text);
    fixture_clear(&fixture);
}

Test(table, without_chance_every_difference_is_beyond_doubt) {
    static const char *const arms[] = {"base", "fast"};
    static const double wip[2] = {2, 1};
    struct fixture fixture;
    fixture_init(&fixture, arms, 2, 1, NULL, 0);
    for (int32_t p = 0; p < 2; p++) fixture_set(&fixture, p, "system.wip", &wip[p]);
    static const char *show[] = {"system.wip"};
    fixture.results.show = show;
    fixture.results.show_count = 1;
    fixture.results.chance = false;
    char *text = printed(&fixture, &plain);
    cr_expect(strstr(text, "system.wip  lots    -1 ▲\n"), "%s", text);
    cr_expect(strstr(text, "less system.wip  fast ★  fast ★\n"), "%s", text);
    cr_expect(strstr(text, "system.wip  lots    -1      +1 ★\n"), "%s", text);
    fixture.results.chance = true;
    free(text);
    text = printed(&fixture, &plain);
    cr_expect(strstr(text, "system.wip  lots    -1 ·\n") && !strstr(text, "best"), "%s", text);
    free(text);
    fixture_clear(&fixture);
}

Test(table, a_stopped_replication_is_named_and_leaves_no_mean) {
    static const char *const arms[] = {"base"};
    struct fixture fixture;
    fixture_init(&fixture, arms, 1, 4, NULL, 0);
    fill(&fixture);
    int32_t column = layout_find(&fixture.layout, "system.wip");
    for (int32_t h = 0; h < 2; h++)
        fixture.points[0].blocks[2][layout_at(&fixture.layout, h, column)] = NAN;
    fixture.points[0].stopped[2] = "deadlock: saw waits for drill, drill for saw";
    static const char *show[] = {"system.wip"};
    fixture.results.show = show;
    fixture.results.show_count = 1;
    struct takt_table_options options = {.kept = "two.h5"};
    char *text = printed(&fixture, &options);
    cr_expect(strstr(text, "stopped: base, replication 3: deadlock: saw waits for drill"), "%s",
              text);
    cr_expect(strstr(text, "system.wip  s  ") == NULL && strstr(text, "system.wip"), "%s", text);
    cr_expect(strstr(text, "–     –\n"), "%s", text);
    cr_expect(strstr(text, "kept in two.h5\n"), "%s", text);
    free(text);
    fixture_clear(&fixture);
}

Test(table, colour_is_never_the_only_sign) {
    static const char *const arms[] = {"base"};
    static struct claim_result claims[] = {{.text = "system.wip = 9",
                                            .verdict = VERDICT_REFUTED,
                                            .left = 1.8,
                                            .low = 1.6,
                                            .high = 2.0}};
    struct fixture fixture;
    fixture_init(&fixture, arms, 1, 4, NULL, 0);
    fill(&fixture);
    fixture.results.claims = claims;
    fixture.results.claim_count = 1;
    struct takt_table_options options = {.colour = true};
    char *coloured = printed(&fixture, &options), *without = printed(&fixture, &plain);
    cr_expect(strstr(coloured, "\033[31mrefuted    \033[0msystem.wip = 9"));
    cr_expect(strstr(without, "refuted    system.wip = 9") && !strchr(without, '\033'));
    cr_expect(takt_results_refuted(&fixture.results) == 1);
    free(coloured);
    free(without);
    fixture_clear(&fixture);
}
