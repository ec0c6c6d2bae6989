/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include "../controlled.h"
#include "../selected.h"
#include "../stopping.h"
#include "../summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which quantities ---- */

struct row_list {
    struct table_row *rows;
    int32_t count, room;
};

static double largest_mean(const struct takt_results *results, const char *path) {
    double largest = 0;
    for (int32_t point = 0; point < results->point_count; point++) {
        int32_t column = layout_find(results->points[point].layout, path);
        for (int32_t h = 0; column >= 0 && h < results->horizon_count; h++)
            largest = fmax(largest, fabs(summary_interval(results, point, h, column).mean));
    }
    return largest;
}

static void add_row(struct row_list *list, const struct takt_results *results,
                    const struct column *column) {
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 16;
        list->rows = memory_grown(list->rows, (size_t)list->room, sizeof *list->rows);
    }
    double largest = largest_mean(results, column->path);
    list->rows[list->count++] = (struct table_row){
        .path = column->path, .column = column, .unit = friendly_unit(results, column, largest)};
}

static bool in_earlier_point(const struct takt_results *results, int32_t point, const char *path) {
    for (int32_t i = 0; i < point; i++)
        if (layout_find(results->points[i].layout, path) >= 0) return true;
    return false;
}

/* All columns of all points that the pattern means, each once; every one when there is no pattern.
 */
static void add_matching(struct row_list *list, const struct takt_results *results,
                         const char *pattern) {
    for (int32_t point = 0; point < results->point_count; point++) {
        const struct layout *layout = results->points[point].layout;
        for (int32_t i = 0; i < layout->column_count; i++) {
            const struct column *column = &layout->columns[i];
            if (pattern && !summary_matches(pattern, column->path)) continue;
            if (!in_earlier_point(results, point, column->path)) add_row(list, results, column);
        }
    }
}

enum { CHOSEN_MOST = 12 };

static struct row_list rows_to_show(const struct takt_results *results, bool all) {
    struct row_list list = {0};
    const char *chosen[CHOSEN_MOST];
    const char **show = results->show;
    int32_t count = results->show_count;
    if (count == 0) {
        show = chosen;
        count = summary_choose(results, chosen, CHOSEN_MOST);
    }
    if (all)
        add_matching(&list, results, NULL);
    else
        for (int32_t i = 0; i < count; i++) add_matching(&list, results, show[i]);
    return list;
}

/* ---- Quantities ---- */

static void set_heading(struct grid *grid, const char *const *names, int32_t first) {
    grid_set(grid, 0, 0, "quantity");
    for (int32_t column = first; column < grid->column_count; column++)
        grid_set(grid, 0, column, "%s", names[column - first]);
}

static void set_interval(struct grid *grid, int32_t at_row, int32_t at_column,
                         const struct page *page, const struct table_row *row, int32_t point,
                         int32_t horizon) {
    int32_t column = layout_find(page->results->points[point].layout, row->path);
    struct interval interval = {.mean = NAN, .half_width = NAN};
    if (column >= 0) interval = summary_interval(page->results, point, horizon, column);
    char text[FRIENDLY_SIZE];
    grid_set(grid, at_row, at_column, "%s",
             friendly_interval(text, interval, row->unit.factor, false));
}

static void set_labels(struct grid *grid, const struct table_row *rows, int32_t row_count) {
    for (int32_t i = 0; i < row_count; i++) {
        grid_set(grid, i + 1, 0, "%s", rows[i].path);
        grid_set(grid, i + 1, 1, "%s", rows[i].unit.name);
    }
}

static void one_point(const struct page *page, const struct table_row *rows, int32_t row_count) {
    struct grid grid;
    grid_init(&grid, row_count + 1, 2 + page->results->horizon_count, 2);
    set_heading(&grid, page->results->horizon_texts, 2);
    set_labels(&grid, rows, row_count);
    for (int32_t i = 0; i < row_count; i++)
        for (int32_t h = 0; h < page->results->horizon_count; h++)
            set_interval(&grid, i + 1, 2 + h, page, &rows[i], 0, h);
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

static void all_points(const struct page *page, const struct table_row *rows, int32_t row_count,
                       int32_t horizon) {
    const struct takt_results *results = page->results;
    struct grid grid;
    grid_init(&grid, row_count + 1, 2 + results->point_count, 2);
    grid_set(&grid, 0, 0, "quantity");
    for (int32_t p = 0; p < results->point_count; p++)
        grid_set(&grid, 0, 2 + p, "%s", results->points[p].arm);
    set_labels(&grid, rows, row_count);
    for (int32_t i = 0; i < row_count; i++)
        for (int32_t p = 0; p < results->point_count; p++)
            set_interval(&grid, i + 1, 2 + p, page, &rows[i], p, horizon);
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

void table_quantities(const struct page *page, const struct table_row *rows, int32_t row_count) {
    if (row_count == 0) return;
    if (page->results->point_count == 1) {
        fputc('\n', page->file);
        one_point(page, rows, row_count);
        return;
    }
    for (int32_t h = 0; h < page->results->horizon_count; h++) {
        table_title(page, "After %s", page->results->horizon_texts[h]);
        all_points(page, rows, row_count, h);
    }
}

/* ---- The page ---- */

void table_title(const struct page *page, const char *format, ...) {
    va_list list;
    fprintf(page->file, "\n%s", page->colour ? "\033[1m" : "");
    va_start(list, format);
    vfprintf(page->file, format, list);
    va_end(list);
    fprintf(page->file, "%s\n", page->colour ? "\033[0m" : "");
}

enum { NOTE_SIZE = 1000, NOTE_WIDTH = 96 /* longer lines are hard to read */ };

void table_note(const struct page *page, const char *format, ...) {
    char text[NOTE_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    int32_t width = page->width < NOTE_WIDTH ? page->width : NOTE_WIDTH, used = 0;
    char *rest = text;
    for (char *word = strsep(&rest, " "); word; word = strsep(&rest, " ")) {
        int32_t places = grid_width(word);
        if (used > 0 && used + 1 + places > width) {
            fputc('\n', page->file);
            used = 0;
        }
        if (used > 0) fputc(' ', page->file);
        used += (used > 0) + places;
        grid_text(page->file, word);
    }
    fputc('\n', page->file);
}

static const char *plural(int32_t count) {
    return count == 1 ? "" : "s";
}

enum { TITLE_SIZE = 400 }; /* bytes of it that are shown */

static void print_heading(const struct page *page) {
    const struct takt_results *results = page->results;
    const char *title = results->title ? results->title : results->scenario_path;
    char line[TITLE_SIZE];
    snprintf(line, sizeof line, "%s", title);
    if (page->colour) fputs("\033[1m", page->file);
    grid_text(page->file, line);
    if (page->colour) fputs("\033[0m", page->file);
    int32_t n = results->replication_count, least = n;
    for (int32_t i = 0; i < results->point_count; i++)
        if (results->points[i].replication_count < least)
            least = results->points[i].replication_count;
    fputc('\n', page->file);
    if (least < n) fprintf(page->file, "%" PRId32 " to ", least);
    fprintf(page->file, "%" PRId32 " %s%s, seed %" PRIu64, n,
            results->antithetic ? "antithetic pair" : "replication", plural(n), results->seed);
    if (results->factor_count) fprintf(page->file, "; %" PRId32 " points", results->point_count);
    if (results->point_count == 1 && strcmp(results->points[0].arm, "base") != 0)
        fprintf(page->file, ", arm %s", results->points[0].arm);
    if (n > 1) fprintf(page->file, "; ± is a %g %% interval", 100 * results->confidence);
    fputc('\n', page->file);
    if (results->point_count && results->points[0].batches)
        fprintf(page->file,
                "± is a %g %% interval of the mean in the long run, from batches of this one run\n",
                100 * results->confidence);
    stopping_print(results, page->file);
    if (!results->complete)
        fputs("interrupted: these are the replications that were finished\n", page->file);
}

enum { STOPPED_MOST = 5 }; /* named; the rest is counted */

static void print_stopped(const struct page *page) {
    const struct takt_results *results = page->results;
    int32_t count = 0;
    struct arena arena;
    arena_init(&arena);
    for (int32_t point = 0; point < results->point_count; point++)
        for (int32_t i = 0; i < results->points[point].replication_count; i++) {
            const char *why = results->points[point].stopped[i];
            if (!why || count++ >= STOPPED_MOST) continue;
            fprintf(page->file, "stopped: %s, replication %" PRId32 ": ",
                    results_point_name(results, point, &arena), i + 1);
            grid_text(page->file, why);
            fputc('\n', page->file);
        }
    if (count > STOPPED_MOST)
        fprintf(page->file, "stopped: %" PRId32 " more\n", count - STOPPED_MOST);
    if (count > 0)
        fputs("An arm with a stopped replication has no means (–). "
              "takt trace --arm NAME --replication N shows how it came.\n",
              page->file);
    arena_clear(&arena);
}

/* Logs that were too long. */
static void print_cut(const struct page *page) {
    const struct takt_results *results = page->results;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t i = 0; i < results->points[p].log_count; i++) {
            const struct log *log = &results->points[p].logs[i];
            if (!log->cut) continue;
            fprintf(page->file,
                    "log: %s, replication %" PRId32 " ends at %.6g h of %.6g h: all logs together "
                    "have room for %d rows\n",
                    results->points[p].arm, log->replication, (double)log->to / (double)TICK_H,
                    results->horizon_hours[results->horizon_count - 1], LOG_ROWS_MOST);
        }
}

static void print_end(const struct page *page, const struct takt_table_options *options) {
    fputc('\n', page->file);
    if (page->results->wall_seconds > 0) {
        fprintf(page->file, "%.3g s", page->results->wall_seconds);
        if (options->jobs > 0)
            fprintf(page->file, " on %" PRId32 " thread%s", options->jobs, plural(options->jobs));
        fputs("; ", page->file);
    }
    if (options->kept)
        fprintf(page->file, "kept in %s\n", options->kept);
    else
        fputs("kept nowhere: -o FILE.h5 keeps the results\n", page->file);
}

static void controlled_rows(const struct page *page) {
    struct row_list list = rows_to_show(page->results, false);
    table_controlled(page, list.rows, list.count);
    free(list.rows);
}

static void print_quantities(const struct page *page) {
    const struct takt_results *results = page->results;
    struct row_list list = rows_to_show(results, page->all);
    if (results->factor_count) {
        table_sweep(page, list.rows, list.count);
    } else {
        table_quantities(page, list.rows, list.count);
        if (results->point_count == 1 || page->all) {
            table_objects(page);
            table_money(page);
        }
        if (results->point_count == 1 && page->all) controlled_rows(page);
        if (results->point_count > 1) table_differences(page, list.rows, list.count);
    }
    free(list.rows);
}

enum { USUAL_WIDTH = 100 };

struct page table_page(const struct takt_results *results, FILE *file,
                       const struct takt_table_options *options) {
    struct page page = {.results = results, .file = file, .width = USUAL_WIDTH};
    if (!options) return page;
    if (options->width > 0) page.width = options->width;
    page.colour = options->colour;
    page.all = options->all;
    return page;
}

void takt_results_table(const struct takt_results *results, FILE *file,
                        const struct takt_table_options *options) {
    static const struct takt_table_options usual = {.colour = false};
    if (!options) options = &usual;
    struct page page = table_page(results, file, options);
    print_heading(&page);
    print_stopped(&page);
    selected_print(&page);
    if (!results->selection.path || options->all) print_quantities(&page);
    table_crossovers(&page);
    table_claims(&page);
    print_cut(&page);
    print_end(&page, options);
}
