/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sweep as tables: a row a point, what was set first, then what came of it; for several arms what
 * each does more or less than the first at the same place; and a tornado as bars. */
#include "table.h"

#include "../summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 200 }; /* printed, unless all are wanted */

static bool several_arms(const struct takt_results *results) {
    return strcmp(results->points[0].arm, results->points[results->point_count - 1].arm) != 0;
}

const char *table_factor(const struct takt_results *results, int32_t factor, int32_t point) {
    const char *text = results->factors[factor].texts[point];
    return text ? text : "–";
}

int32_t table_label_count(const struct takt_results *results) {
    return results->factor_count + several_arms(results);
}

int32_t table_label_headings(struct grid *grid, const struct takt_results *results) {
    int32_t labels = 0;
    if (several_arms(results)) grid_set(grid, 0, labels++, "arm");
    for (int32_t f = 0; f < results->factor_count; f++)
        grid_set(grid, 0, labels++, "%s", results->factors[f].path);
    return labels;
}

/* Rows 0 and 1: what a column is, and its unit. Returns the number of labels. */
static int32_t set_headings(struct grid *grid, const struct page *page,
                            const struct table_row *rows, int32_t row_count) {
    const struct takt_results *results = page->results;
    int32_t labels = table_label_headings(grid, results);
    for (int32_t k = 0; k < row_count; k++) {
        grid_set(grid, 0, labels + k, "%s", rows[k].path);
        grid_set(grid, 1, labels + k, "%s", rows[k].unit.name);
    }
    return labels;
}

void table_labels(struct grid *grid, int32_t at, const struct takt_results *results, int32_t point,
                  int32_t shown_factors_of) {
    int32_t column = 0;
    if (several_arms(results)) grid_set(grid, at, column++, "%s", results->points[point].arm);
    for (int32_t f = 0; f < results->factor_count; f++) {
        const char *text = results->factors[f].texts[point];
        if (!text) text = table_factor(results, f, shown_factors_of);
        grid_set(grid, at, column++, "%s", text);
    }
}

static void print_shown(const struct page *page, struct grid *grid, int32_t shown, int32_t count) {
    grid_print(grid, page->file, page->width, page->colour);
    grid_clear(grid);
    if (shown < count)
        fprintf(page->file, "and %" PRId32 " more: --all shows them\n", count - shown);
}

static void print_points(const struct page *page, const struct table_row *rows, int32_t row_count,
                         int32_t horizon) {
    const struct takt_results *results = page->results;
    int32_t count = results->point_count;
    int32_t shown = page->all || count < ROWS_MOST ? count : ROWS_MOST;
    int32_t labels = table_label_count(results);
    struct grid grid;
    grid_init(&grid, 2 + shown, labels + row_count, labels);
    set_headings(&grid, page, rows, row_count);
    for (int32_t p = 0; p < shown; p++) {
        table_labels(&grid, 2 + p, results, p, p);
        for (int32_t k = 0; k < row_count; k++) {
            int32_t column = layout_find(results->points[p].layout, rows[k].path);
            struct interval interval = {.mean = NAN, .half_width = NAN};
            if (column >= 0) interval = summary_interval(results, p, horizon, column);
            char text[FRIENDLY_SIZE];
            grid_set(&grid, 2 + p, labels + k, "%s",
                     friendly_interval(text, interval, rows[k].unit.factor, false));
        }
    }
    print_shown(page, &grid, shown, count);
}

static void print_pairs(const struct page *page, const struct table_row *rows, int32_t row_count,
                        int32_t horizon) {
    const struct takt_results *results = page->results;
    int32_t count, labels = table_label_count(results);
    struct pair *pairs = results_pairs(results, &count);
    int32_t shown = page->all || count < ROWS_MOST ? count : ROWS_MOST;
    struct grid grid;
    grid_init(&grid, 2 + shown, labels + row_count, labels);
    set_headings(&grid, page, rows, row_count);
    for (int32_t i = 0; i < shown; i++) {
        table_labels(&grid, 2 + i, results, pairs[i].a, pairs[i].b);
        for (int32_t k = 0; k < row_count; k++) {
            char text[TABLE_DIFFERENCE_SIZE];
            grid_set(&grid, 2 + i, labels + k, "%s",
                     table_difference(page, &rows[k], pairs[i].a, pairs[i].b, horizon, text));
        }
    }
    print_shown(page, &grid, shown, count);
    free(pairs);
}

/* ---- Tornado ---- */

enum { BAR_LEAST = 11, BAR_MOST = 41, BAR_SIZE = 3 * BAR_MOST + 1, TORNADOS_MOST = 4 };

/* One factor: its first and its last value, and what comes of them. */
struct arrow {
    int32_t factor, low, high; /* points */
    double at_low, at_high;
    struct interval swing;
};

static double mean_at(const struct page *page, const struct table_row *row, int32_t point) {
    const struct takt_results *results = page->results;
    int32_t column = layout_find(results->points[point].layout, row->path);
    if (column < 0) return NAN;
    return summary_interval(results, point, results->horizon_count - 1, column).mean;
}

static bool find_arrow(const struct page *page, const struct table_row *row, int32_t factor,
                       struct arrow *arrow) {
    const struct takt_results *results = page->results;
    *arrow = (struct arrow){.factor = factor, .low = -1, .high = -1};
    for (int32_t p = 0; p < results->point_count; p++) {
        if (!results->factors[factor].texts[p]) continue;
        if (arrow->low < 0) arrow->low = p;
        arrow->high = p;
    }
    if (arrow->low < 0) return false;
    arrow->at_low = mean_at(page, row, arrow->low);
    arrow->at_high = mean_at(page, row, arrow->high);
    return !isnan(arrow->at_low) && !isnan(arrow->at_high) &&
           summary_difference(results, arrow->high, arrow->low, results->horizon_count - 1,
                              row->path, &arrow->swing);
}

static int compare_arrows(const void *a, const void *b) {
    const struct arrow *x = a, *y = b;
    double left = fabs(x->swing.mean), right = fabs(y->swing.mean);
    if (left != right) return left < right ? 1 : -1;
    return x->factor - y->factor;
}

/* A line of so many places, from the least to the most result. */
struct bar {
    int32_t places;
    double base, least, most;
};

static int32_t place_of(const struct bar *bar, double value) {
    if (!(bar->most > bar->least)) return bar->places / 2;
    return (int32_t)lround((value - bar->least) / (bar->most - bar->least) * (bar->places - 1));
}

static void draw_bar(char text[BAR_SIZE], const struct bar *bar, const struct arrow *arrow) {
    int32_t middle = place_of(bar, bar->base);
    int32_t low = place_of(bar, arrow->at_low), high = place_of(bar, arrow->at_high);
    *text = 0;
    for (int32_t i = 0; i < bar->places; i++) {
        bool in_low = (i - low) * (i - middle) <= 0, in_high = (i - high) * (i - middle) <= 0;
        strcat(text, i == middle ? "│" : in_high ? "█" : in_low ? "░" : " ");
    }
}

enum { ARROW_FACTOR, ARROW_LOW, ARROW_HIGH, ARROW_BAR, ARROW_RESULTS, ARROW_SWING, ARROW_COLUMNS };

/* What the other columns leave of the line. */
static int32_t bar_room(const struct grid *grid, int32_t width) {
    for (int32_t column = 0; column < grid->column_count; column++) {
        int32_t widest = 0;
        for (int32_t row = 0; row < grid->row_count; row++) {
            const char *text = grid->cells[row * grid->column_count + column];
            if (text && grid_width(text) > widest) widest = grid_width(text);
        }
        width -= widest + 2;
    }
    return width < BAR_LEAST ? BAR_LEAST : width > BAR_MOST ? BAR_MOST : width;
}

static void set_arrow(struct grid *grid, int32_t at, const struct page *page,
                      const struct table_row *row, const struct arrow *arrow) {
    char low[FRIENDLY_SIZE], high[FRIENDLY_SIZE];
    double factor = row->unit.factor;
    grid_set(grid, at, ARROW_FACTOR, "%s", page->results->factors[arrow->factor].path);
    grid_set(grid, at, ARROW_LOW, "%s", table_factor(page->results, arrow->factor, arrow->low));
    grid_set(grid, at, ARROW_HIGH, "%s", table_factor(page->results, arrow->factor, arrow->high));
    grid_set(grid, at, ARROW_RESULTS, "%s .. %s", friendly_number(low, arrow->at_low * factor),
             friendly_number(high, arrow->at_high * factor));
    grid_set(grid, at, ARROW_SWING, "%s", friendly_interval(low, arrow->swing, factor, true));
}

static void print_arrows(const struct page *page, const struct table_row *row,
                         const struct arrow *arrows, int32_t count, double base) {
    struct bar bar = {.base = base, .least = base, .most = base};
    struct grid grid;
    grid_init(&grid, 1 + count, ARROW_COLUMNS, ARROW_RESULTS);
    grid_set(&grid, 0, ARROW_FACTOR, "factor");
    grid_set(&grid, 0, ARROW_LOW, "low ░");
    grid_set(&grid, 0, ARROW_HIGH, "high █");
    grid_set(&grid, 0, ARROW_RESULTS, "low .. high");
    grid_set(&grid, 0, ARROW_SWING, "swing%s%s", *row->unit.name ? " " : "", row->unit.name);
    for (int32_t i = 0; i < count; i++) {
        set_arrow(&grid, 1 + i, page, row, &arrows[i]);
        bar.least = fmin(bar.least, fmin(arrows[i].at_low, arrows[i].at_high));
        bar.most = fmax(bar.most, fmax(arrows[i].at_low, arrows[i].at_high));
    }
    bar.places = bar_room(&grid, page->width);
    for (int32_t i = 0; i < count; i++) {
        char text[BAR_SIZE];
        draw_bar(text, &bar, &arrows[i]);
        grid_set(&grid, 1 + i, ARROW_BAR, "%s", text);
    }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

/* One quantity: a bar a factor, the longest first. Point 0 is as it is. */
static void print_tornado(const struct page *page, const struct table_row *row) {
    const struct takt_results *results = page->results;
    size_t factors = (size_t)results->factor_count;
    struct arrow *arrows = memory_zeroed(factors, sizeof *arrows);
    int32_t count = 0;
    double base = mean_at(page, row, 0);
    for (int32_t f = 0; f < results->factor_count; f++)
        if (find_arrow(page, row, f, &arrows[count])) count++;
    if (count > 0 && !isnan(base)) {
        char text[FRIENDLY_SIZE];
        qsort(arrows, (size_t)count, sizeof *arrows, compare_arrows);
        table_title(page, "%s: %s %s as it is (│)", row->path,
                    friendly_number(text, base * row->unit.factor), row->unit.name);
        print_arrows(page, row, arrows, count, base);
    }
    free(arrows);
}

static bool is_tornado(const struct takt_results *results) {
    return strcmp(results->design, "tornado") == 0 && !several_arms(results);
}

static void print_tornados(const struct page *page, const struct table_row *rows,
                           int32_t row_count) {
    int32_t shown = page->all || row_count < TORNADOS_MOST ? row_count : TORNADOS_MOST;
    for (int32_t k = 0; k < shown; k++) print_tornado(page, &rows[k]);
    if (shown < row_count)
        fprintf(page->file, "\nand %" PRId32 " more quantities: --all shows them\n",
                row_count - shown);
}

/* Arms that do not follow a factor, each once. */
static void print_lacking(const struct page *page) {
    const struct takt_results *results = page->results;
    for (int32_t p = 0; p < results->point_count; p++) {
        if (p > 0 && strcmp(results->points[p].arm, results->points[p - 1].arm) == 0) continue;
        for (int32_t f = 0; f < results->factor_count; f++)
            if (!results->factors[f].texts[p])
                fprintf(page->file, "%s has no %s, so it does not follow it.\n",
                        results->points[p].arm, results->factors[f].path);
    }
}

void table_sweep(const struct page *page, const struct table_row *rows, int32_t row_count) {
    const struct takt_results *results = page->results;
    if (row_count == 0) return;
    bool bars = is_tornado(results);
    if (bars) print_tornados(page, rows, row_count);
    for (int32_t h = 0; (!bars || page->all) && h < results->horizon_count; h++) {
        table_title(page, "After %s", results->horizon_texts[h]);
        print_points(page, rows, row_count, h);
    }
    if (strcmp(results->design, "tornado") != 0) print_lacking(page);
    for (int32_t h = 0; results->pair_count && h < results->horizon_count; h++) {
        table_title(page, "More or less than %s after %s, on the same luck", results->points[0].arm,
                    results->horizon_texts[h]);
        print_pairs(page, rows, row_count, h);
    }
    if (results->pair_count) table_legend(page);
}
