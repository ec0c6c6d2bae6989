/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How arms differ, and which is best.
 *
 * All arms met the same luck, so they are compared replication by replication. The intervals hold
 * together over all arms and horizons of a quantity. A difference whose interval holds zero is not
 * shown, which is not the same as there being none; an arm is best only when it is better than
 * every other arm beyond doubt. */
#include "table.h"

#include "summary.h"

#include <math.h>

/* +1: more than the base beyond doubt, -1: less, 0: not shown. */
static int direction(struct interval difference) {
    if (isnan(difference.half_width)) return 0;
    if (difference.mean - difference.half_width > 0) return 1;
    if (difference.mean + difference.half_width < 0) return -1;
    return 0;
}

static const char *marker(const struct table_row *row, struct interval difference) {
    int better = kpis[row->column->kpi].better, where = direction(difference);
    if (where == 0) return "·";
    if (better == 0) return "≠";
    return where == better ? "▲" : "▼";
}

static void set_difference(struct grid *grid, int32_t at_row, const struct page *page,
                           const struct table_row *row, int32_t arm, int32_t horizon) {
    struct interval difference;
    if (!summary_difference(page->results, arm, 0, horizon, row->path, &difference)) {
        grid_set(grid, at_row, 3 + horizon, "–");
        return;
    }
    char text[FRIENDLY_SIZE];
    friendly_interval(text, difference, row->unit.factor, true);
    grid_set(grid, at_row, 3 + horizon, "%s %s", text, marker(row, difference));
}

/* One row a quantity and arm, one column a horizon. */
static void print_differences(const struct page *page, const struct table_row *rows,
                              int32_t row_count) {
    const struct takt_results *results = page->results;
    int32_t arms = results->point_count - 1;
    struct grid grid;
    grid_init(&grid, 1 + row_count * arms, 3 + results->horizon_count, 3);
    grid_set(&grid, 0, 0, "quantity");
    grid_set(&grid, 0, 1, "arm");
    for (int32_t h = 0; h < results->horizon_count; h++)
        grid_set(&grid, 0, 3 + h, "%s", results->horizon_texts[h]);
    for (int32_t i = 0; i < row_count; i++)
        for (int32_t arm = 1; arm <= arms; arm++) {
            int32_t at = i * arms + arm;
            if (arm == 1) grid_set(&grid, at, 0, "%s", rows[i].path);
            grid_set(&grid, at, 1, "%s", results->points[arm].arm);
            grid_set(&grid, at, 2, "%s", rows[i].unit.name);
            for (int32_t h = 0; h < results->horizon_count; h++)
                set_difference(&grid, at, page, &rows[i], arm, h);
        }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

static double mean_of(const struct takt_results *results, int32_t point, int32_t horizon,
                      const char *path) {
    int32_t column = layout_find(results->points[point].layout, path);
    return column < 0 ? NAN : summary_interval(results, point, horizon, column).mean;
}

/* The arm that is better than every other beyond doubt, or -1. */
static int32_t best_arm(const struct takt_results *results, const struct table_row *row,
                        int32_t horizon) {
    int better = kpis[row->column->kpi].better;
    int32_t best = -1;
    double best_mean = 0;
    for (int32_t point = 0; point < results->point_count; point++) {
        double mean = better * mean_of(results, point, horizon, row->path);
        if (isnan(mean) || (best >= 0 && mean <= best_mean)) continue;
        best = point;
        best_mean = mean;
    }
    for (int32_t other = 0; best >= 0 && other < results->point_count; other++) {
        struct interval difference;
        if (other == best) continue;
        if (!summary_difference(results, best, other, horizon, row->path, &difference)) continue;
        if (direction(difference) != better) return -1;
    }
    return best;
}

static int32_t count_judged(const struct table_row *rows, int32_t row_count) {
    int32_t count = 0;
    for (int32_t i = 0; i < row_count; i++)
        if (kpis[rows[i].column->kpi].better != 0) count++;
    return count;
}

static void print_best(const struct page *page, const struct table_row *rows, int32_t row_count) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, 1 + count_judged(rows, row_count), 1 + results->horizon_count, 1);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t h = 0; h < results->horizon_count; h++)
        grid_set(&grid, 0, 1 + h, "%s", results->horizon_texts[h]);
    int32_t at = 0;
    for (int32_t i = 0; i < row_count; i++) {
        if (kpis[rows[i].column->kpi].better == 0) continue;
        grid_set(&grid, ++at, 0, "%s", rows[i].path);
        for (int32_t h = 0; h < results->horizon_count; h++) {
            int32_t best = best_arm(results, &rows[i], h);
            grid_set(&grid, at, 1 + h, "%s", best < 0 ? "·" : results->points[best].arm);
        }
    }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

void table_differences(const struct page *page, const struct table_row *rows, int32_t row_count) {
    if (row_count == 0) return;
    table_title(page, "Against %s, on the same luck", page->results->points[0].arm);
    print_differences(page, rows, row_count);
    fprintf(page->file,
            "▲ better, ▼ worse, ≠ different beyond doubt; · no difference shown. "
            "The intervals of a quantity\nhold together (%g %%).\n",
            100 * page->results->confidence);
    if (count_judged(rows, row_count) == 0) return;
    table_title(page, "Best arm, where one is beyond doubt");
    print_best(page, rows, row_count);
}
