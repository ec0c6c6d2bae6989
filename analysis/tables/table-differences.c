/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How arms differ, which is best, and what the same luck was worth.
 *
 * All arms met the same luck, so they are compared replication by replication. The intervals hold
 * together over all arms and horizons of a quantity. A difference whose interval holds zero is not
 * shown, which is not the same as there being none. So which is best may be several: all that the
 * comparisons with the best leave in the race. */
#include "table.h"

#include "../comparison.h"

#include "../summary.h"

#include <math.h>
#include <stdlib.h>
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
    int better = comparison_better(row->column), where = direction(results, difference);
    if (where == 0) return "·";
    if (better == 0) return "≠";
    return where == better ? "▲" : "▼";
}

const char *table_difference(const struct page *page, const struct table_row *row, int32_t a,
                             int32_t b, int32_t horizon, char text[TABLE_DIFFERENCE_SIZE]) {
    struct interval difference;
    if (!summary_difference(page->results, a, b, horizon, row->path, &difference)) return "–";
    friendly_interval(text, difference, row->unit.factor, true);
    strcat(text, " ");
    return strcat(text, marker(page->results, row, difference));
}

/* ---- Which is best ---- */

enum { WINNERS_SIZE = 256 };

/* Names of those that may be the best; a dot when that is everybody, or nothing is known. */
static void set_winners(struct grid *grid, int32_t at_row, const struct page *page,
                        const struct table_row *row, int32_t horizon) {
    const struct takt_results *results = page->results;
    struct best_interval *best = memory_zeroed((size_t)results->point_count, sizeof *best);
    comparison_best(results, horizon, row->path, best);
    int32_t rivals = comparison_rivals(results, best), point_count = results->point_count;
    char text[WINNERS_SIZE] = "";
    for (int32_t point = 0; point < point_count; point++) {
        bool may = best[point].verdict == BEST_MAY_BE || best[point].verdict == BEST_YES;
        size_t used = strlen(text);
        if (may)
            snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "",
                     results->points[point].arm);
    }
    bool open = rivals == 0 || rivals == point_count;
    grid_set(grid, at_row, 1 + horizon, "%s%s", open ? "·" : text, rivals == 1 ? " ★" : "");
    free(best);
}

static int32_t judged_count(const struct table_row *rows, int32_t row_count) {
    int32_t judged = 0;
    for (int32_t i = 0; i < row_count; i++) judged += comparison_better(rows[i].column) != 0;
    return judged;
}

/* One row a quantity of which more, or less, is better; one column a horizon. */
static void print_winners(const struct page *page, const struct table_row *rows,
                          int32_t row_count) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, 1 + judged_count(rows, row_count), 1 + results->horizon_count, 1);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t h = 0; h < results->horizon_count; h++)
        grid_set(&grid, 0, 1 + h, "%s", results->horizon_texts[h]);
    for (int32_t i = 0, at = 0; i < row_count; i++) {
        int better = comparison_better(rows[i].column);
        if (better == 0) continue;
        grid_set(&grid, ++at, 0, "%s %s", better > 0 ? "more" : "less", rows[i].path);
        for (int32_t h = 0; h < results->horizon_count; h++)
            set_winners(&grid, at, page, &rows[i], h);
    }
    table_title(page, "Which is best");
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
    table_note(page,
               "★ the best beyond doubt; several names: the best is one of them; · not known yet.");
}

static void set_distances(struct grid *grid, int32_t at_row, const struct page *page,
                          const struct table_row *row, int32_t horizon) {
    static const char *const stars[] = {
        [BEST_NOT_KNOWN] = "", [BEST_NO] = "  ", [BEST_MAY_BE] = " ☆", [BEST_YES] = " ★"};
    const struct takt_results *results = page->results;
    struct best_interval *best = memory_zeroed((size_t)results->point_count, sizeof *best);
    comparison_best(results, horizon, row->path, best);
    for (int32_t point = 0; point < results->point_count; point++) {
        char text[FRIENDLY_SIZE] = "–";
        const struct interval known = {.mean = best[point].mean, .half_width = 0};
        if (!results->chance)
            friendly_interval(text, known, row->unit.factor, true);
        else if (best[point].verdict != BEST_NOT_KNOWN)
            friendly_range(text, best[point].low, best[point].high, row->unit.factor);
        grid_set(grid, at_row, 2 + point, "%s%s", text, stars[best[point].verdict]);
    }
    free(best);
}

/* One row a quantity that is judged, one column an arm. */
static void print_distances(const struct page *page, const struct table_row *rows,
                            int32_t row_count, int32_t horizon) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, 1 + judged_count(rows, row_count), 2 + results->point_count, 2);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t p = 0; p < results->point_count; p++)
        grid_set(&grid, 0, 2 + p, "%s  ", results->points[p].arm);
    for (int32_t i = 0, at = 0; i < row_count; i++) {
        if (comparison_better(rows[i].column) == 0) continue;
        grid_set(&grid, ++at, 0, "%s", rows[i].path);
        grid_set(&grid, at, 1, "%s", rows[i].unit.name);
        set_distances(&grid, at, page, &rows[i], horizon);
    }
    table_title(page, "Better (+) or worse (-) than the best of the others after %s",
                results->horizon_texts[horizon]);
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
    table_note(page, "★ the best beyond doubt, ☆ may be the best, the others are not.");
}

/* ---- More or less than the base ---- */

/* One row a quantity, one column an arm. */
static void print_differences(const struct page *page, const struct table_row *rows,
                              int32_t row_count, int32_t horizon) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, 1 + row_count, 1 + results->point_count, 2);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t arm = 1; arm < results->point_count; arm++)
        grid_set(&grid, 0, 1 + arm, "%s  ", results->points[arm].arm);
    for (int32_t i = 0; i < row_count; i++) {
        grid_set(&grid, 1 + i, 0, "%s", rows[i].path);
        grid_set(&grid, 1 + i, 1, "%s", rows[i].unit.name);
        for (int32_t arm = 1; arm < results->point_count; arm++) {
            char text[TABLE_DIFFERENCE_SIZE];
            grid_set(&grid, 1 + i, 1 + arm, "%s",
                     table_difference(page, &rows[i], arm, 0, horizon, text));
        }
    }
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

/* ---- What the same luck was worth ---- */

static int compare_numbers(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static const char *times_text(char text[FRIENDLY_SIZE], double times) {
    return friendly_fixed(text, times, times < 9.95 ? 1 : 0);
}

/* One sentence for the quantities shown, after the last horizon. */
static void note_saving(const struct page *page, const struct table_row *rows, int32_t row_count) {
    const struct takt_results *results = page->results;
    size_t room = (size_t)row_count * (size_t)results->point_count, count = 0;
    double *saved = memory_zeroed(room, sizeof *saved);
    for (int32_t i = 0; i < row_count; i++)
        for (int32_t arm = 1; arm < results->point_count; arm++) {
            struct pairing pairing;
            if (!comparison_pairing(results, arm, 0, results->horizon_count - 1, rows[i].path,
                                    &pairing))
                continue;
            if (isfinite(pairing.saved)) saved[count++] = pairing.saved;
        }
    qsort(saved, count, sizeof *saved, compare_numbers);
    if (count > 0) {
        char median[FRIENDLY_SIZE], least[FRIENDLY_SIZE], most[FRIENDLY_SIZE];
        table_note(page,
                   "The same luck is worth %s times the replications (median; %s to %s): arms with "
                   "luck of their own would need so many more.",
                   times_text(median, saved[count / 2]), times_text(least, saved[0]),
                   times_text(most, saved[count - 1]));
    }
    free(saved);
}

/* One row a quantity, one column an arm: replications saved, and the correlation. */
static void print_savings(const struct page *page, const struct table_row *rows, int32_t row_count,
                          int32_t horizon) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, 1 + row_count, results->point_count, 1);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t arm = 1; arm < results->point_count; arm++)
        grid_set(&grid, 0, arm, "%s", results->points[arm].arm);
    for (int32_t i = 0; i < row_count; i++) {
        grid_set(&grid, 1 + i, 0, "%s", rows[i].path);
        for (int32_t arm = 1; arm < results->point_count; arm++) {
            struct pairing pairing;
            bool known = comparison_pairing(results, arm, 0, horizon, rows[i].path, &pairing);
            char text[FRIENDLY_SIZE];
            if (known && isfinite(pairing.saved) && isfinite(pairing.correlation))
                grid_set(&grid, 1 + i, arm, "%s× (%.2f)", times_text(text, pairing.saved),
                         pairing.correlation);
            else
                grid_set(&grid, 1 + i, arm, "–");
        }
    }
    table_title(page, "What the same luck saves after %s", results->horizon_texts[horizon]);
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
    table_note(page,
               "4× (0.75): with luck of their own, 4 times as many replications would give "
               "the same interval; the correlation with %s is 0.75.",
               results->points[0].arm);
}

/* ---- All of it ---- */

void table_legend(const struct page *page) {
    table_note(page,
               "▲ better, ▼ worse, ≠ different beyond doubt; · no difference shown. The "
               "intervals of one quantity hold together (%g %%), those of several do not.",
               100 * page->results->confidence);
}

void table_differences(const struct page *page, const struct table_row *rows, int32_t row_count) {
    const struct takt_results *results = page->results;
    if (row_count == 0) return;
    for (int32_t h = 0; h < results->horizon_count; h++) {
        table_title(page, "More or less than %s after %s, on the same luck", results->points[0].arm,
                    results->horizon_texts[h]);
        print_differences(page, rows, row_count, h);
    }
    table_legend(page);
    bool one = results->chance && results->replication_count < 2; /* says nothing of chance */
    if (judged_count(rows, row_count) > 0 && !one) {
        print_winners(page, rows, row_count);
        print_distances(page, rows, row_count, results->horizon_count - 1);
    }
    if (page->all)
        for (int32_t h = 0; h < results->horizon_count; h++)
            print_savings(page, rows, row_count, h);
    else
        note_saving(page, rows, row_count);
}
