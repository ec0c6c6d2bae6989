/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things stand in a block of results, and how they are found by their paths. */
#include "../../models/models.h"

#include <criterion/criterion.h>
#include <string.h>

enum { STATIONS = 40 };

/* Every quantity of 40 stations, at two horizons, with two series and two sequences. */
static void fill(struct layout *layout) {
    static const tick horizons[] = {TICK_D, TICK_WK};
    static const struct series_column series[] = {{"a", RESULT_UNIT_LOTS}, {"b", RESULT_UNIT_LOTS}};
    static const struct sequence_column sequences[] = {{"c", 7}, {"d", 3}};
    *layout = (struct layout){.horizon_count = 2,
                              .horizons = horizons,
                              .series_count = 2,
                              .grid_count = 10,
                              .series = series,
                              .sequence_count = 2,
                              .sequences = sequences};
    size_t most = (size_t)(STATIONS * kpi_count * KPI_STAT_COUNT);
    struct column *columns = arena_take(&layout->arena, most * sizeof *columns);
    for (int32_t o = 0; o < STATIONS; o++)
        for (int32_t k = 0; k < kpi_count; k++)
            for (int s = 0; s < KPI_STAT_COUNT; s++) {
                if (kpis[k].section != RESULT_STATIONS || !kpi_has(kpis[k].shape, s)) continue;
                const char *name = arena_text(&layout->arena, "m%d", o);
                columns[layout->column_count++] =
                    (struct column){k, o, (enum kpi_stat)s,
                                    layout_path(&layout->arena, &kpis[k], name, (enum kpi_stat)s)};
            }
    layout->columns = columns;
    layout_finish(layout);
}

Test(layout, every_path_is_found_and_no_other) {
    struct layout layout;
    fill(&layout);
    cr_assert_gt(layout.column_count, STATIONS);
    for (int32_t i = 0; i < layout.column_count; i++)
        cr_expect_eq(layout_find(&layout, layout.columns[i].path), i);
    static const char *const others[] = {"",
                                         "stations",
                                         "stations.m1",
                                         "stations.m40.utilization",
                                         "stations.m1.utilization.",
                                         "zzz",
                                         "stations.m1.utilizatio"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect_eq(layout_find(&layout, others[i]), -1, "%s", others[i]);
    layout_clear(&layout);
    cr_expect_eq(layout.column_count, 0);
}

Test(layout, a_mean_may_be_called_by_name) {
    struct layout layout;
    fill(&layout);
    int32_t column = layout_find(&layout, "stations.m7.queue.wait");
    cr_expect_neq(column, -1);
    cr_expect_eq(layout_find(&layout, "stations.m7.queue.wait.mean"), column);
    cr_expect_eq(layout_find(&layout, "stations.m7.queue.wait.p95.mean"), -1);
    cr_expect_eq(layout_find(&layout, ".mean"), -1);
    layout_clear(&layout);
}

Test(layout, a_block_has_one_place_for_each_value) {
    struct layout layout;
    fill(&layout);
    int64_t next = 0;
    for (int32_t h = 0; h < 2; h++)
        for (int32_t c = 0; c < layout.column_count; c++)
            cr_expect_eq(layout_at(&layout, h, c), next++);
    for (int32_t s = 0; s < 2; s++)
        for (int32_t i = 0; i < 10; i++) cr_expect_eq(layout_series_at(&layout, s, i), next++);
    for (int32_t i = 0; i < 7; i++) cr_expect_eq(layout_sequence_at(&layout, 0, i), next++);
    for (int32_t i = 0; i < 3; i++) cr_expect_eq(layout_sequence_at(&layout, 1, i), next++);
    cr_expect_gt(layout.histogram_count, 0);
    for (int32_t h = 0; h < 2; h++)
        for (int32_t i = 0; i < layout.histogram_count; i++, next += HISTOGRAM_PART) {
            cr_expect_eq(layout_histogram_at(&layout, h, i), next);
            cr_expect_eq(layout_histogram_of(&layout, layout.histograms[i]), i);
        }
    cr_expect_eq(layout_histogram_of(&layout, layout.histograms[0] + 1), -1);
    cr_expect_eq(layout.value_count, next);
    layout_clear(&layout);
}

Test(layout, equal_layouts_share_their_memory_until_the_last_is_cleared) {
    struct layout layouts[4];
    for (int32_t i = 0; i < 4; i++) fill(&layouts[i]);
    layouts[3].grid_count--;
    for (int32_t i = 1; i < 4; i++) layout_share(&layouts[i], &layouts[i - 1]);
    cr_expect_eq(layouts[1].columns, layouts[0].columns);
    cr_expect_eq(layouts[2].columns, layouts[0].columns);
    cr_expect_neq(layouts[3].columns, layouts[0].columns);
    layout_clear(&layouts[0]);
    layout_clear(&layouts[2]);
    cr_expect_eq(layout_find(&layouts[1], layouts[1].columns[5].path), 5);
    layout_clear(&layouts[1]);
    layout_clear(&layouts[3]);
}

Test(layout, paths_read_as_in_the_language) {
    struct arena arena;
    arena_init(&arena);
    struct kpi kpi = {.section = RESULT_SYSTEM, .name = "cycle-time"};
    cr_expect_str_eq(layout_path(&arena, &kpi, NULL, STAT_MEAN), "system.cycle-time");
    cr_expect_str_eq(layout_path(&arena, &kpi, "", STAT_P95), "system.cycle-time.p95");
    kpi = (struct kpi){.section = RESULT_STATIONS, .name = "queue.wait"};
    cr_expect_str_eq(layout_path(&arena, &kpi, "saw", STAT_SD), "stations.saw.queue.wait.sd");
    kpi = (struct kpi){.section = RESULT_FAILURES, .name = "mttr"};
    cr_expect_str_eq(layout_path(&arena, &kpi, "saw.jam", STAT_MEAN),
                     "stations.saw.failures.jam.mttr");
    arena_clear(&arena);
}
