/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results made by hand: a small system with known numbers, so that what is said about results can
 * be checked without running anything. */
#ifndef TAKT_TESTS_ANALYSIS_FIXTURE_H
#define TAKT_TESTS_ANALYSIS_FIXTURE_H

#include "../../analysis/results/results.h"
#include "../../analysis/takt.h"

#include <math.h>
#include <string.h>

enum { FIXTURE_POINTS = 4, FIXTURE_MOST = 32 };

static const struct {
    enum result_section section;
    int32_t object;
    const char *name;
    enum kpi_stat stat;
} fixture_columns[] = {
    {RESULT_SYSTEM, 0, "throughput", STAT_MEAN},    {RESULT_SYSTEM, 0, "cycle-time", STAT_MEAN},
    {RESULT_SYSTEM, 0, "cycle-time", STAT_P95},     {RESULT_SYSTEM, 0, "wip", STAT_MEAN},
    {RESULT_RELEASES, 0, "orders", STAT_MEAN},      {RESULT_RELEASES, 0, "lost", STAT_MEAN},
    {RESULT_STATIONS, 0, "utilization", STAT_MEAN}, {RESULT_STATIONS, 0, "queue.wait", STAT_MEAN},
    {RESULT_STATIONS, 1, "utilization", STAT_MEAN}, {RESULT_STATIONS, 1, "queue.wait", STAT_MEAN},
    {RESULT_MONEY, 0, "cost", STAT_MEAN},           {RESULT_MONEY, 0, "cost-rate", STAT_MEAN}};

enum { FIXTURE_COLUMNS = sizeof fixture_columns / sizeof *fixture_columns };

struct fixture {
    struct takt_results results;
    struct layout layout;
    struct point points[FIXTURE_POINTS];
};

static int32_t fixture_kpi(enum result_section section, const char *name) {
    for (int32_t i = 0; i < kpi_count; i++)
        if (kpis[i].section == section && strcmp(kpis[i].name, name) == 0) return i;
    CHECK(false); /* there is no such KPI */
    return -1;
}

static void fixture_layout(struct layout *layout, const struct sequence_column *sequences,
                           int32_t sequence_count) {
    static const char *unnamed[] = {""}, *releases[] = {"arrivals"}, *stations[] = {"saw", "drill"};
    static const tick horizons[] = {10 * TICK_D, 20 * TICK_D};
    struct column *columns = arena_take(&layout->arena, FIXTURE_COLUMNS * sizeof *columns);
    layout->object_counts[RESULT_SYSTEM] = layout->object_counts[RESULT_MONEY] = 1;
    layout->object_counts[RESULT_RELEASES] = 1;
    layout->object_counts[RESULT_STATIONS] = 2;
    layout->object_names[RESULT_SYSTEM] = layout->object_names[RESULT_MONEY] = unnamed;
    layout->object_names[RESULT_RELEASES] = releases;
    layout->object_names[RESULT_STATIONS] = stations;
    for (int32_t i = 0; i < FIXTURE_COLUMNS; i++) {
        enum result_section section = fixture_columns[i].section;
        int32_t kpi = fixture_kpi(section, fixture_columns[i].name);
        const char *object = layout->object_names[section][fixture_columns[i].object];
        columns[i] = (struct column){
            kpi, fixture_columns[i].object, fixture_columns[i].stat,
            layout_path(&layout->arena, &kpis[kpi], object, fixture_columns[i].stat)};
    }
    layout->columns = columns;
    layout->column_count = FIXTURE_COLUMNS;
    layout->horizons = horizons;
    layout->horizon_count = 2;
    layout->sequences = sequences;
    layout->sequence_count = sequence_count;
    layout_finish(layout);
}

/* All values are NaN until they are set. */
static void fixture_init(struct fixture *fixture, const char *const *arms, int32_t arm_count,
                         int32_t replications, const struct sequence_column *sequences,
                         int32_t sequence_count) {
    static const char *horizon_texts[] = {"10 d", "20 d"};
    static double horizon_hours[] = {240, 480};
    *fixture = (struct fixture){.results = {.title = "Two stations",
                                            .scenario_path = "two.yaml",
                                            .takt_version = TAKT_VERSION,
                                            .currency = "EUR",
                                            .seed = 1,
                                            .replication_count = replications,
                                            .horizon_count = 2,
                                            .point_count = arm_count,
                                            .horizon_texts = horizon_texts,
                                            .horizon_hours = horizon_hours,
                                            .points = fixture->points,
                                            .chance = true,
                                            .complete = true,
                                            .confidence = 0.95}};
    fixture_layout(&fixture->layout, sequences, sequence_count);
    struct arena *arena = &fixture->results.arena;
    for (int32_t p = 0; p < arm_count; p++) {
        struct point *point = &fixture->points[p];
        size_t count = (size_t)replications;
        *point = (struct point){.arm = arms[p],
                                .layout = &fixture->layout,
                                .replication_count = replications,
                                .blocks = arena_take(arena, count * sizeof(double *)),
                                .stopped = arena_take(arena, count * sizeof(char *))};
        for (int32_t r = 0; r < replications; r++) {
            size_t values = (size_t)fixture->layout.value_count;
            point->blocks[r] = arena_take(arena, values * sizeof(double));
            for (size_t i = 0; i < values; i++) point->blocks[r][i] = NAN;
        }
    }
}

__attribute__((unused)) static void fixture_clear(struct fixture *fixture) {
    arena_clear(&fixture->results.arena);
    layout_clear(&fixture->layout);
}

/* One value a replication, at both horizons. */
__attribute__((unused)) static void fixture_set(struct fixture *fixture, int32_t point,
                                                const char *path, const double *values) {
    int32_t column = layout_find(&fixture->layout, path);
    CHECK(column >= 0);
    for (int32_t r = 0; r < fixture->results.replication_count; r++)
        for (int32_t h = 0; h < fixture->layout.horizon_count; h++)
            fixture->points[point].blocks[r][layout_at(&fixture->layout, h, column)] = values[r];
}

#endif
