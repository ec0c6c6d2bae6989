/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void summary_values(const struct takt_results *results, int32_t point, int32_t horizon,
                    int32_t column, double *values) {
    const struct point *here = &results->points[point];
    int64_t at = layout_at(here->layout, horizon, column);
    for (int32_t i = 0; i < here->replication_count; i++) values[i] = here->blocks[i][at];
}

struct interval summary_interval(const struct takt_results *results, int32_t point, int32_t horizon,
                                 int32_t column) {
    int32_t count = results->points[point].replication_count;
    double *values = memory_zeroed((size_t)count, sizeof *values);
    summary_values(results, point, horizon, column, values);
    struct interval interval = interval_t(values, count, results->confidence);
    free(values);
    if (summary_batches(results, point, horizon, column))
        interval.half_width = results->points[point].batches[column].half_width;
    return interval;
}

int32_t summary_batches(const struct takt_results *results, int32_t point, int32_t horizon,
                        int32_t column) {
    const struct point *here = &results->points[point];
    bool any =
        here->batches && here->replication_count == 1 && horizon == results->horizon_count - 1;
    return any ? here->batches[column].batches : 0;
}

bool summary_difference(const struct takt_results *results, int32_t a, int32_t b, int32_t horizon,
                        const char *path, struct interval *difference) {
    int32_t a_column = layout_find(results->points[a].layout, path);
    int32_t b_column = layout_find(results->points[b].layout, path);
    if (a_column < 0 || b_column < 0) return false;
    int32_t a_count = results->points[a].replication_count;
    int32_t b_count = results->points[b].replication_count;
    int32_t count = a_count < b_count ? a_count : b_count;
    double *values = memory_zeroed((size_t)a_count + (size_t)b_count, sizeof *values);
    summary_values(results, a, horizon, a_column, values);
    summary_values(results, b, horizon, b_column, values + a_count);
    int32_t pairs = results->factor_count ? results->pair_count : results->point_count - 1;
    int32_t comparisons = pairs * results->horizon_count;
    double confidence = 1 - (1 - results->confidence) / (comparisons > 1 ? comparisons : 1);
    *difference = interval_paired(values, values + a_count, count, confidence);
    free(values);
    return true;
}

enum result_unit summary_unit_of(const struct column *column) {
    return column->stat == STAT_COUNT ? RESULT_UNIT_COUNT : kpis[column->kpi].unit;
}

const char *summary_unit(const struct takt_results *results, enum result_unit unit, char text[16]) {
    static const char money[] = "money";
    const char *name = result_unit_names[unit];
    bool named = results->currency && results->currency[0];
    if (!named || strncmp(name, money, strlen(money)) != 0) return name;
    snprintf(text, 16, "%s%s", results->currency, name + strlen(money));
    return text;
}

bool summary_matches(const char *pattern, const char *path) {
    while (*pattern) {
        if (pattern[0] == '*') {
            size_t word = strcspn(path, ".");
            if (word == 0) return false;
            pattern++;
            path += word;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == 0;
}

/* ---- What is of interest when nobody says ---- */

static const char *const interesting[] = {
    "system.throughput", "system.cycle-time", "system.wip",    "system.makespan",
    "customers.*.fill",  "customers.*.otif",  "money.cost",    "money.profit",
    "stocks.*.on-hand",  "stocks.*.owed",     "stocks.*.fill", "system.scrap-ratio"};

/* When work stops at a horizon, the last finish says no more than the horizon. */
static bool ends_by_itself(const struct takt_results *results) {
    return results->horizon_hours[results->horizon_count - 1] == 0;
}

static bool anywhere_nonzero(const struct takt_results *results, const char *path) {
    for (int32_t point = 0; point < results->point_count; point++) {
        int32_t column = layout_find(results->points[point].layout, path);
        for (int32_t h = 0; column >= 0 && h < results->horizon_count; h++) {
            double mean = summary_interval(results, point, h, column).mean;
            if (!isnan(mean) && mean != 0) return true;
        }
    }
    return false;
}

const char *summary_nearest(const struct layout *layout, const char *path) {
    size_t room = (size_t)(layout->column_count + layout->sequence_count) + 1;
    const char **paths = memory_zeroed(room, sizeof *paths);
    int32_t count = 0;
    for (int32_t i = 0; i < layout->column_count; i++) paths[count++] = layout->columns[i].path;
    for (int32_t i = 0; i < layout->sequence_count; i++) paths[count++] = layout->sequences[i].path;
    const char *nearest = value_nearest(path, paths, count);
    free(paths);
    return nearest;
}

int32_t summary_choose(const struct takt_results *results, const char **paths, int32_t capacity) {
    const struct layout *layout = results->points[0].layout;
    int32_t count = 0;
    for (size_t i = 0; i < sizeof interesting / sizeof *interesting; i++) {
        if (strcmp(interesting[i], "system.makespan") == 0 && !ends_by_itself(results)) continue;
        for (int32_t column = 0; column < layout->column_count && count < capacity; column++) {
            const char *path = layout->columns[column].path;
            if (summary_matches(interesting[i], path) && anywhere_nonzero(results, path))
                paths[count++] = path;
        }
    }
    return count;
}
