/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One quantity looked at closely, for a person and for a script: a row a point, then a row a pair
 * of points, then the batches of a single run. closely.c knows the numbers. */
#include "table.h"

#include "../closely.h"
#include "../json.h"
#include "../summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* What is looked at. */
struct look {
    struct page page;
    const char *path;
    int32_t horizon;
    int32_t *columns; /* one a point; -1: it has not the quantity */
    struct closely *points;
    struct friendly_unit unit;
};

static void look_at(struct look *look, int32_t horizon) {
    const struct takt_results *results = look->page.results;
    double largest = 0;
    look->horizon = horizon;
    for (int32_t p = 0; p < results->point_count; p++) {
        if (look->columns[p] < 0) continue;
        look->points[p] = closely_point(results, p, horizon, look->columns[p]);
        if (fabs(look->points[p].mean.mean) > largest) largest = fabs(look->points[p].mean.mean);
        look->unit =
            friendly_unit(results, &results->points[p].layout->columns[look->columns[p]], largest);
    }
}

/* ---- Cells ---- */

static void set_number(struct grid *grid, int32_t row, int32_t column, const struct look *look,
                       double value) {
    char text[FRIENDLY_SIZE];
    grid_set(grid, row, column, "%s",
             isnan(value) ? "–" : friendly_number(text, value * look->unit.factor));
}

/* A value, and in brackets how far it may be off; an open end is a dash. */
static void set_range(struct grid *grid, int32_t row, int32_t column, struct range range,
                      double factor) {
    char value[FRIENDLY_SIZE], low[FRIENDLY_SIZE], high[FRIENDLY_SIZE];
    if (!isfinite(range.value)) {
        grid_set(grid, row, column, isnan(range.value) ? "–" : "later");
        return;
    }
    friendly_number(value, range.value * factor);
    friendly_number(low, range.low * factor);
    friendly_number(high, range.high * factor);
    grid_set(grid, row, column, "%s  (%s .. %s)", value, isfinite(range.low) ? low : "–",
             isfinite(range.high) ? high : "–");
}

static void set_percent(struct grid *grid, int32_t row, int32_t column, struct range share) {
    if (isnan(share.value))
        grid_set(grid, row, column, "–");
    else if (isnan(share.low))
        grid_set(grid, row, column, "%.1f", 100 * share.value);
    else
        grid_set(grid, row, column, "%.1f  (%.1f .. %.1f)", 100 * share.value, 100 * share.low,
                 100 * share.high);
}

/* ---- Tables ---- */

static void set_headings(struct grid *grid, const struct look *look, int32_t labels,
                         const char *const *headings, int32_t count) {
    table_label_headings(grid, look->page.results);
    for (int32_t i = 0; i < count; i++) grid_set(grid, 0, labels + i, "%s", headings[i]);
}

static void grid_done(struct grid *grid, const struct look *look) {
    grid_print(grid, look->page.file, look->page.width, look->page.colour);
    grid_clear(grid);
}

static bool some_miss(const struct look *look) {
    for (int32_t p = 0; p < look->page.results->point_count; p++)
        if (look->points[p].measured < look->points[p].count) return true;
    return false;
}

static void print_means(const struct look *look) {
    static const char *const headings[] = {"mean", "sd",        "least",
                                           "most", "worst 5 %", "happened in, %"};
    const struct takt_results *results = look->page.results;
    int32_t labels = table_label_count(results), row = 1, columns = some_miss(look) ? 6 : 5;
    struct grid grid;
    grid_init(&grid, 1 + results->point_count, labels + columns, labels);
    set_headings(&grid, look, labels, headings, columns);
    for (int32_t p = 0; p < results->point_count; p++, row++) {
        const struct closely *at = &look->points[p];
        char text[FRIENDLY_SIZE];
        table_labels(&grid, row, results, p, p);
        if (look->columns[p] < 0) continue;
        grid_set(&grid, row, labels, "%s",
                 friendly_interval(text, at->mean, look->unit.factor, false));
        set_number(&grid, row, labels + 1, look, at->mean.sd);
        set_number(&grid, row, labels + 2, look, at->least);
        set_number(&grid, row, labels + 3, look, at->most);
        set_number(&grid, row, labels + 4, look, at->worst);
        if (columns > 5) set_percent(&grid, row, labels + 5, at->share);
    }
    grid_done(&grid, look);
}

/* A time to an event: by when it came, in so many replications. */
static void print_event(const struct look *look) {
    const struct takt_results *results = look->page.results;
    int32_t labels = table_label_count(results), first = 0;
    while (first < results->point_count && !(look->points[first].until > 0)) first++;
    if (first == results->point_count) return;
    struct grid grid;
    table_title(&look->page, "It came within so long in so many of a hundred, and the mean time "
                             "before it or the end");
    grid_init(&grid, 1 + results->point_count, labels + CLOSELY_PARTS + 1, labels);
    set_headings(&grid, look, labels, NULL, 0);
    for (int32_t q = 0; q < CLOSELY_PARTS; q++) {
        char text[FRIENDLY_SIZE];
        friendly_number(text,
                        look->points[first].until * (q + 1) / CLOSELY_PARTS * look->unit.factor);
        grid_set(&grid, 0, labels + q, "%s %s", text, look->unit.name);
    }
    grid_set(&grid, 0, labels + CLOSELY_PARTS, "mean");
    for (int32_t p = 0; p < results->point_count; p++) {
        table_labels(&grid, 1 + p, results, p, p);
        if (look->columns[p] < 0) continue;
        for (int32_t q = 0; q < CLOSELY_PARTS; q++)
            set_percent(&grid, 1 + p, labels + q, look->points[p].within[q]);
        set_number(&grid, 1 + p, labels + CLOSELY_PARTS, look, look->points[p].mean_until);
    }
    grid_done(&grid, look);
}

static void print_quantiles(const struct look *look) {
    const struct takt_results *results = look->page.results;
    int32_t labels = table_label_count(results);
    struct grid grid;
    table_title(&look->page, "So many replications are below, with how far that may be off");
    grid_init(&grid, 1 + results->point_count, labels + CLOSELY_QUANTILE_COUNT, labels);
    set_headings(&grid, look, labels, NULL, 0);
    for (int32_t q = 0; q < CLOSELY_QUANTILE_COUNT; q++)
        grid_set(&grid, 0, labels + q, "%g %%", 100 * closely_quantiles[q]);
    for (int32_t p = 0; p < results->point_count; p++) {
        table_labels(&grid, 1 + p, results, p, p);
        if (look->columns[p] < 0) continue;
        for (int32_t q = 0; q < CLOSELY_QUANTILE_COUNT; q++)
            set_range(&grid, 1 + p, labels + q, look->points[p].quantiles[q], look->unit.factor);
    }
    grid_done(&grid, look);
}

static void print_pairs(const struct look *look) {
    static const char *const headings[] = {"times as much", "better in, %"};
    const struct takt_results *results = look->page.results;
    int32_t count, labels = table_label_count(results);
    struct pair *pairs = results_pairs(results, &count);
    struct grid grid;
    if (count > 0) {
        table_title(&look->page, "Against %s, on the same luck", results->points[pairs[0].b].arm);
        grid_init(&grid, 1 + count, labels + 2, labels);
        set_headings(&grid, look, labels, headings, 2);
        for (int32_t i = 0; i < count; i++) {
            struct closely_pair pair;
            table_labels(&grid, 1 + i, results, pairs[i].a, pairs[i].b);
            if (!closely_pair(results, pairs[i].a, pairs[i].b, look->horizon, look->path, &pair))
                continue;
            set_range(&grid, 1 + i, labels, pair.ratio, 1);
            set_percent(&grid, 1 + i, labels + 1, pair.better);
        }
        grid_done(&grid, look);
    }
    free(pairs);
}

static void print_run(const struct look *look, const struct closely_run *run) {
    char batches[FRIENDLY_SIZE], overlapping[FRIENDLY_SIZE];
    if (run->batch_count == 0) return;
    table_title(&look->page, "The batches of this one run");
    friendly_interval(batches, run->batch_mean, look->unit.factor, false);
    friendly_interval(overlapping, run->overlapping, look->unit.factor, false);
    if (run->batch_mean.n > 0)
        table_note(&look->page, "%s %s from %" PRId32 " batches, %s %s from overlapping tenths.",
                   batches, look->unit.name, run->batch_mean.n, overlapping, look->unit.name);
    else
        table_note(&look->page, "Even long batches are not independent: the run is too short.");
    table_note(&look->page,
               "Neighbours among %" PRId32
               " batches correlate by %.2f: together they tell as much as "
               "%.1f independent ones.",
               run->batch_count, run->neighbours, run->effective);
}

/* ---- JSON ---- */

static void print_range(FILE *file, const char *name, struct range range) {
    fprintf(file, ",\"%s\":{\"value\":", name);
    json_number(file, range.value);
    fputs(",\"low\":", file);
    json_number(file, range.low);
    fputs(",\"high\":", file);
    json_number(file, range.high);
    fputc('}', file);
}

static void print_member(FILE *file, const char *name, double value) {
    fprintf(file, ",\"%s\":", name);
    json_number(file, value);
}

static void print_json_point(const struct look *look, int32_t p) {
    const struct takt_results *results = look->page.results;
    const struct closely *at = &look->points[p];
    FILE *file = look->page.file;
    fprintf(file, "{\"point\":%" PRId32 ",\"arm\":", p);
    json_text(file, results->points[p].arm);
    fputs(",\"horizon\":", file);
    json_text(file, results->horizon_texts[look->horizon]);
    fprintf(file, ",\"replications\":%" PRId32 ",\"measured\":%" PRId32, at->count, at->measured);
    print_member(file, "mean", at->mean.mean);
    print_member(file, "half_width", at->mean.half_width);
    print_member(file, "sd", at->mean.sd);
    print_member(file, "least", at->least);
    print_member(file, "most", at->most);
    print_member(file, "worst", at->worst);
    print_range(file, "happened", at->share);
    for (int32_t q = 0; q < CLOSELY_QUANTILE_COUNT; q++) {
        char name[16];
        snprintf(name, sizeof name, "p%g", 100 * closely_quantiles[q]);
        print_range(file, name, at->quantiles[q]);
    }
    if (at->until > 0) {
        print_member(file, "mean_until", at->mean_until);
        fputs(",\"within\":[", file);
        for (int32_t q = 0; q < CLOSELY_PARTS; q++) {
            fprintf(file, "%s{\"time\":", q ? "," : "");
            json_number(file, at->until * (q + 1) / CLOSELY_PARTS);
            print_range(file, "share", at->within[q]);
            fputc('}', file);
        }
        fputc(']', file);
    }
    int32_t rival = results_rival(results, p);
    struct closely_pair pair;
    if (rival >= 0 && closely_pair(results, p, rival, look->horizon, look->path, &pair)) {
        fprintf(file, ",\"against\":%" PRId32, rival);
        print_range(file, "ratio", pair.ratio);
        print_range(file, "better", pair.better);
    }
    fputc('}', file);
}

/* ---- The door ---- */

static void print_text(struct look *look) {
    const struct takt_results *results = look->page.results;
    int32_t n = results->replication_count;
    table_title(&look->page, "%s%s%s after %s, %" PRId32 " replication%s", look->path,
                *look->unit.name ? ", " : "", look->unit.name,
                results->horizon_texts[look->horizon], n, n == 1 ? "" : "s");
    print_means(look);
    if (n > 1) print_event(look);
    if (n > 1) print_quantiles(look);
    if (n > 1) print_pairs(look);
    if (look->horizon == results->horizon_count - 1 && look->columns[0] >= 0) {
        struct closely_run run = closely_run(results, 0, look->columns[0]);
        print_run(look, &run);
    }
}

static void print_all(struct look *look, const struct takt_table_options *options) {
    const struct takt_results *results = look->page.results;
    bool json = options && options->json, first = true;
    FILE *file = look->page.file;
    if (json) {
        fputs("{\"path\":", file);
        json_text(file, look->path);
        fputs(",\"points\":[", file);
    }
    int32_t horizon = look->page.all ? 0 : results->horizon_count - 1;
    for (; horizon < results->horizon_count; horizon++) {
        look_at(look, horizon);
        if (!json) print_text(look);
        for (int32_t p = 0; json && p < results->point_count; p++) {
            if (look->columns[p] < 0) continue;
            fputs(first ? "\n  " : ",\n  ", file);
            first = false;
            print_json_point(look, p);
        }
    }
    if (json) fputs("\n]}\n", file);
}

enum takt_status takt_results_quantity(struct takt_results *results, const char *path, FILE *file,
                                       const struct takt_table_options *options) {
    struct look look = {.page = table_page(results, file, options), .path = path};
    size_t count = (size_t)results->point_count;
    look.columns = memory_zeroed(count, sizeof *look.columns);
    look.points = memory_zeroed(count, sizeof *look.points);
    bool any = false;
    for (int32_t p = 0; p < results->point_count; p++) {
        look.columns[p] = layout_find(results->points[p].layout, path);
        any |= look.columns[p] >= 0;
    }
    if (any) print_all(&look, options);
    free(look.columns);
    free(look.points);
    if (any) return TAKT_OK;
    const char *nearest = summary_nearest(results->points[0].layout, path);
    return results_fail(results, TAKT_USAGE, "there is no result '%s'; %s%s%s", path,
                        nearest ? "did you mean '" : "--all lists all", nearest ? nearest : "",
                        nearest ? "'?" : "");
}
