/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "comparison.h"

#include "summary.h"

#include <math.h>
#include <stdlib.h>

int comparison_better(const struct column *column) {
    bool counts = column->stat == STAT_COUNT || column->stat == STAT_SD;
    return counts ? 0 : kpis[column->kpi].better;
}

/* The values of a quantity in all points, over the replications that all of them have. */
struct table_of_values {
    const double **rows; /* one a point */
    double *values;
    int32_t n;
    const struct column *column; /* NULL: no point has the quantity */
};

static void values_take(struct table_of_values *table, const struct takt_results *results,
                        int32_t horizon, const char *path) {
    size_t points = (size_t)results->point_count, room = (size_t)results->replication_count + 1;
    *table = (struct table_of_values){.n = INT32_MAX};
    table->rows = memory_zeroed(points, sizeof *table->rows);
    table->values = memory_zeroed(points * room, sizeof *table->values);
    for (size_t p = 0; p < points; p++) {
        const struct point *point = &results->points[p];
        double *row = table->values + p * room;
        int32_t column = layout_find(point->layout, path);
        table->rows[p] = row;
        if (column < 0) {
            for (size_t i = 0; i < room; i++) row[i] = NAN;
            continue;
        }
        table->column = &point->layout->columns[column];
        summary_values(results, (int32_t)p, horizon, column, row);
        if (point->replication_count < table->n) table->n = point->replication_count;
    }
}

static void values_clear(struct table_of_values *table) {
    free(table->values);
    free(table->rows);
}

bool comparison_best(const struct takt_results *results, int32_t horizon, const char *path,
                     struct best_interval *intervals) {
    struct table_of_values table;
    values_take(&table, results, horizon, path);
    int better = table.column ? comparison_better(table.column) : 0;
    double confidence = 1 - (1 - results->confidence) / results->horizon_count;
    best_intervals(table.rows, results->point_count, better == 0 ? 0 : table.n, better, confidence,
                   BEST_PAIRED, !results->chance, intervals);
    values_clear(&table);
    return better != 0;
}

int32_t comparison_rivals(const struct takt_results *results,
                          const struct best_interval *intervals) {
    int32_t count = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        count += intervals[p].verdict == BEST_MAY_BE || intervals[p].verdict == BEST_YES;
    return count;
}

bool comparison_pairing(const struct takt_results *results, int32_t a, int32_t b, int32_t horizon,
                        const char *path, struct pairing *pairing) {
    const int32_t points[2] = {a, b};
    size_t room = (size_t)results->replication_count + 1;
    double *values = memory_zeroed(2 * room, sizeof *values);
    int32_t n = INT32_MAX;
    bool both = true;
    for (int i = 0; i < 2 && both; i++) {
        const struct point *point = &results->points[points[i]];
        int32_t column = layout_find(point->layout, path);
        both = column >= 0;
        if (!both) break;
        summary_values(results, points[i], horizon, column, values + (size_t)i * room);
        if (point->replication_count < n) n = point->replication_count;
    }
    if (both) *pairing = pairing_of(values, values + room, n);
    free(values);
    return both;
}
