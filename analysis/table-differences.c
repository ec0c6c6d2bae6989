/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How arms differ, and which wins.
 *
 * All arms met the same luck, so they are compared replication by replication. The intervals hold
 * together over all arms and horizons of a quantity. A difference whose interval holds zero is not
 * shown, which is not the same as there being none. So who wins may be several: the arm with the
 * best mean, and all that it does not beat beyond doubt. */
#include "table.h"

#include "summary.h"

#include <math.h>
#include <string.h>

/* +1: more beyond doubt, -1: less, 0: not shown. Without chance every difference is beyond doubt.
 */
static int direction(const struct takt_results *results, struct interval difference) {
    double half_width = difference.half_width;
    if (isnan(half_width)) half_width = results->chance ? INFINITY : 0;
    if (difference.mean - half_width > 0) return 1;
    if (difference.mean + half_width < 0) return -1;
    return 0;
}

static const char *marker(const struct takt_results *results, const struct table_row *row,
                          struct interval difference) {
    int better = kpis[row->column->kpi].better, where = direction(results, difference);
    if (where == 0) return "·";
    if (better == 0) return "≠";
    return where == better ? "▲" : "▼";
}

static void set_difference(struct grid *grid, int32_t at_row, const struct page *page,
                           const struct table_row *row, int32_t arm, int32_t horizon) {
    struct interval difference;
    if (!summary_difference(page->results, arm, 0, horizon, row->path, &difference)) {
        grid_set(grid, at_row, 1 + arm, "–");
        return;
    }
    char text[FRIENDLY_SIZE];
    friendly_interval(text, difference, row->unit.factor, true);
    grid_set(grid, at_row, 1 + arm, "%s %s", text, marker(page->results, row, difference));
}

static double mean_of(const struct takt_results *results, int32_t point, int32_t horizon,
                      const char *path) {
    int32_t column = layout_find(results->points[point].layout, path);
    return column < 0 ? NAN : summary_interval(results, point, horizon, column).mean;
}

/* The arm with the best mean, or -1. */
static int32_t top_arm(const struct takt_results *results, const struct table_row *row,
                       int32_t horizon) {
    int better = kpis[row->column->kpi].better;
    int32_t top = -1;
    double top_mean = 0;
    for (int32_t point = 0; point < results->point_count; point++) {
        double mean = better * mean_of(results, point, horizon, row->path);
        if (isnan(mean) || (top >= 0 && mean <= top_mean)) continue;
        top = point;
        top_mean = mean;
    }
    return top;
}

/* Does TOP beat this arm beyond doubt? An arm that has not the quantity is no rival. */
static bool beaten(const struct takt_results *results, const struct table_row *row, int32_t horizon,
                   int32_t top, int32_t point) {
    struct interval difference;
    if (point == top) return false;
    if (!summary_difference(results, top, point, horizon, row->path, &difference)) return true;
    return direction(results, difference) == kpis[row->column->kpi].better;
}

enum { WINNERS_SIZE = 256 };

/* Names of those whom nobody beats; a dot when that is everybody. */
static void set_winners(struct grid *grid, int32_t at_row, const struct page *page,
                        const struct table_row *row, int32_t horizon) {
    const struct takt_results *results = page->results;
    int32_t top = top_arm(results, row, horizon), count = 0;
    char text[WINNERS_SIZE] = "";
    for (int32_t point = 0; top >= 0 && point < results->point_count; point++) {
        if (beaten(results, row, horizon, top, point)) continue;
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", count++ ? ", " : "",
                 results->points[point].arm);
    }
    grid_set(grid, at_row, 1 + horizon, "%s",
             count == results->point_count || count == 0 ? "·" : text);
}

static bool is_judged(const struct table_row *row) {
    return kpis[row->column->kpi].better != 0;
}

/* One row a quantity of which more, or less, is better; one column a horizon. */
static void print_winners(const struct page *page, const struct table_row *rows,
                          int32_t row_count) {
    const struct takt_results *results = page->results;
    int32_t judged = 0, at = 0;
    for (int32_t i = 0; i < row_count; i++) judged += is_judged(&rows[i]);
    if (judged == 0) return;
    struct grid grid;
    grid_init(&grid, 1 + judged, 1 + results->horizon_count, 1);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t h = 0; h < results->horizon_count; h++)
        grid_set(&grid, 0, 1 + h, "%s", results->horizon_texts[h]);
    for (int32_t i = 0; i < row_count; i++) {
        if (!is_judged(&rows[i])) continue;
        bool more = kpis[rows[i].column->kpi].better > 0;
        grid_set(&grid, ++at, 0, "%s %s", more ? "more" : "less", rows[i].path);
        for (int32_t h = 0; h < results->horizon_count; h++)
            set_winners(&grid, at, page, &rows[i], h);
    }
    table_title(page, "Who wins: the best, and all that it does not beat beyond doubt");
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

/* One row a quantity, one column an arm. */
static void print_differences(const struct page *page, const struct table_row *rows,
                              int32_t row_count, int32_t horizon) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, 1 + row_count, 1 + results->point_count, 2);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t arm = 1; arm < results->point_count; arm++)
        grid_set(&grid, 0, 1 + arm, "%s", results->points[arm].arm);
    for (int32_t i = 0; i < row_count; i++) {
        grid_set(&grid, 1 + i, 0, "%s", rows[i].path);
        grid_set(&grid, 1 + i, 1, "%s", rows[i].unit.name);
        for (int32_t arm = 1; arm < results->point_count; arm++)
            set_difference(&grid, 1 + i, page, &rows[i], arm, horizon);
    }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

void table_differences(const struct page *page, const struct table_row *rows, int32_t row_count) {
    if (row_count == 0) return;
    for (int32_t h = 0; h < page->results->horizon_count; h++) {
        table_title(page, "More or less than %s after %s, on the same luck",
                    page->results->points[0].arm, page->results->horizon_texts[h]);
        print_differences(page, rows, row_count, h);
    }
    fprintf(page->file,
            "▲ better, ▼ worse, ≠ different beyond doubt; · no difference shown. "
            "The intervals of a quantity\nhold together (%g %%).\n",
            100 * page->results->confidence);
    print_winners(page, rows, row_count);
}
