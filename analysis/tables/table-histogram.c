/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A histogram for a person at a terminal, and for a script.
 *
 * All points are drawn on one scale, so that arms compare at a glance. Rows are of one width, a
 * round number; what does not fit between the bins of the results is shared out evenly within them.
 * The last row holds what lies beyond 99.5 %. */
#include "friendly.h"
#include "grid.h"
#include "../json.h"
#include "../summary.h"
#include "../takt.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One histogram of one point. */
struct drawn {
    int32_t point, horizon, column;
    struct histogram histogram;
};

struct drawing {
    struct drawn *list;
    int32_t count;
    struct friendly_unit unit;
    double first, step; /* of the rows, in the shown unit */
    int32_t row_count;  /* without the last one, of what is beyond */
    double largest;     /* share of a row */
};

/* ---- What is drawn ---- */

/* The histogram of the column with this path, or -1. */
static int32_t index_of(const struct layout *layout, const char *path) {
    int32_t column = layout_find(layout, path);
    return column < 0 ? -1 : layout_histogram_of(layout, column);
}

static void collect(const struct takt_results *results, const char *path, bool all_horizons,
                    struct drawing *drawing) {
    size_t most = (size_t)results->point_count * (size_t)results->horizon_count;
    drawing->list = memory_zeroed(most + 1, sizeof *drawing->list);
    for (int32_t h = all_horizons ? 0 : results->horizon_count - 1; h < results->horizon_count; h++)
        for (int32_t p = 0; p < results->point_count; p++) {
            const struct layout *layout = results->points[p].layout;
            int32_t index = index_of(layout, path);
            if (index < 0) continue;
            struct drawn *drawn = &drawing->list[drawing->count++];
            *drawn = (struct drawn){.point = p, .horizon = h, .column = layout->histograms[index]};
            results_histogram(results, p, h, index, &drawn->histogram);
        }
}

static void drawing_clear(struct drawing *drawing) {
    for (int32_t i = 0; i < drawing->count; i++) histogram_clear(&drawing->list[i].histogram);
    free(drawing->list);
}

/* ---- The scale ---- */

static double value_below(const struct histogram *histogram, double share) {
    double want = share * (double)histogram->total, before = 0;
    for (int32_t i = 0; i < histogram->count; i++) {
        double here = (double)histogram->counts[i];
        double from = histogram->edges[i], to = histogram->edges[i + 1];
        if (before + here >= want && here > 0) return from + (to - from) * (want - before) / here;
        before += here;
    }
    return histogram->count ? histogram->edges[histogram->count] : 0;
}

/* The next of 1, 2, 2.5, 5 times a power of ten. */
static double round_up(double size) {
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(size)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= size * (1 - 1e-9)) return steps[i] * power;
    return 10 * power;
}

enum { ROWS_WANTED = 18 };

/* Half a tick apart counts as nothing. */
static double zeros_of(const struct histogram *histogram) {
    bool any = histogram->count && histogram->edges[0] == 0 && histogram->edges[1] == 1;
    return any ? (double)histogram->counts[0] : 0;
}

static double shown(const struct drawing *drawing, double ticks) {
    return ticks / (double)TICK_H * drawing->unit.factor;
}
static double ticks_of(const struct drawing *drawing, double value) {
    return value / drawing->unit.factor * (double)TICK_H;
}

/* The share of a drawn histogram in row I; row_count is what is beyond, -1 what is exactly 0. */
static double share_of(const struct drawing *drawing, const struct histogram *histogram,
                       int32_t row) {
    double zeros = zeros_of(histogram), total = (double)histogram->total;
    if (row < 0) return zeros / total;
    double from = drawing->first + row * drawing->step, before = zeros;
    if (from > 0) before = histogram_below(histogram, ticks_of(drawing, from));
    double until = total;
    if (row < drawing->row_count)
        until = histogram_below(histogram, ticks_of(drawing, from + drawing->step));
    return (until > before ? until - before : 0) / total;
}

static bool choose_scale(const struct takt_results *results, struct drawing *drawing) {
    double low = INFINITY, high = 0;
    for (int32_t i = 0; i < drawing->count; i++) {
        const struct histogram *histogram = &drawing->list[i].histogram;
        if (!histogram->total) continue;
        double here = value_below(histogram, 0.995), least = value_below(histogram, 0.0);
        if (here > high) high = here;
        if (least < low) low = least;
    }
    if (!isfinite(low)) return false;
    const struct column *column =
        &results->points[drawing->list[0].point].layout->columns[drawing->list[0].column];
    drawing->unit = friendly_unit(results, column, high / (double)TICK_H / 2);
    double from = shown(drawing, low), to = shown(drawing, high);
    if (from < to / 3) from = 0;
    if (!(to > from)) to = from + 1;
    drawing->step = round_up((to - from) / ROWS_WANTED);
    drawing->first = floor(from / drawing->step) * drawing->step;
    drawing->row_count = (int32_t)ceil((to - drawing->first) / drawing->step - 1e-9);
    for (int32_t i = 0; i < drawing->count; i++)
        for (int32_t row = -1; row <= drawing->row_count; row++) {
            double share = share_of(drawing, &drawing->list[i].histogram, row);
            if (share > drawing->largest) drawing->largest = share;
        }
    return true;
}

/* ---- The text ---- */

static int decimals_of(const struct drawing *drawing) {
    int decimals = 0;
    double step = drawing->step;
    while (decimals < 6 && fabs(step - round(step)) > 1e-6 * step) {
        step *= 10;
        decimals++;
    }
    return decimals;
}

/* Eighths of a place. */
static void print_bar(FILE *file, double share, double largest, int32_t width) {
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int eighths = (int)lround(8 * width * share / largest);
    if (eighths == 0 && share > 0) eighths = 1;
    for (int i = 0; i < eighths / 8; i++) fputs("█", file);
    fputs(parts[eighths % 8], file);
}

static void print_row(const struct drawing *drawing, const struct drawn *drawn, int32_t row,
                      int32_t number_width, int32_t bar_width, FILE *file) {
    char from[FRIENDLY_SIZE], to[FRIENDLY_SIZE];
    int decimals = decimals_of(drawing);
    double begins = drawing->first + row * drawing->step;
    double share = share_of(drawing, &drawn->histogram, row);
    friendly_fixed(from, begins, decimals);
    friendly_fixed(to, begins + drawing->step, decimals);
    if (row < 0)
        fprintf(file, "%*s   %*s", number_width, "0", number_width, "");
    else if (row == drawing->row_count)
        fprintf(file, "%*s – %*s", number_width, from, number_width, "");
    else
        fprintf(file, "%*s – %*s", number_width, from, number_width, to);
    fprintf(file, "  %5.1f  ", 100 * share);
    print_bar(file, share, drawing->largest, bar_width);
    fputc('\n', file);
}

/* A mean over the replications of another statistic of the same quantity. */
static void print_statistic(const struct takt_results *results, const struct drawing *drawing,
                            const struct drawn *drawn, const char *suffix, const char *words,
                            FILE *file) {
    char path[512], text[FRIENDLY_SIZE];
    const struct layout *layout = results->points[drawn->point].layout;
    snprintf(path, sizeof path, "%s%s", layout->columns[drawn->column].path, suffix);
    int32_t column = layout_find(layout, path);
    if (column < 0) return;
    struct interval interval = summary_interval(results, drawn->point, drawn->horizon, column);
    fprintf(file, "%s%s %s", suffix[0] ? ", " : "", words,
            friendly_number(text, interval.mean * drawing->unit.factor));
}

static void print_one(const struct takt_results *results, const struct drawing *drawing,
                      const struct drawn *drawn, int32_t width, FILE *file) {
    const struct point *point = &results->points[drawn->point];
    const struct histogram *histogram = &drawn->histogram;
    char total[FRIENDLY_SIZE], last[FRIENDLY_SIZE];
    fputc('\n', file);
    if (results->point_count > 1) {
        grid_text(file, point->arm);
        for (int32_t f = 0; f < results->factor_count; f++)
            if (results->factors[f].texts[drawn->point])
                fprintf(file, ", %s=%s", results->factors[f].path,
                        results->factors[f].texts[drawn->point]);
        fputs(", ", file);
    }
    fprintf(file, "after %s: %s values of %" PRId32 " replication%s\n",
            results->horizon_texts[drawn->horizon],
            friendly_fixed(total, (double)histogram->total, 0), point->replication_count,
            point->replication_count == 1 ? "" : "s");
    if (!histogram->total) return;
    print_statistic(results, drawing, drawn, "", "mean", file);
    print_statistic(results, drawing, drawn, ".p50", "median", file);
    print_statistic(results, drawing, drawn, ".p95", "95 % below", file);
    fprintf(file, " %s\n\n", drawing->unit.name);
    friendly_fixed(last, drawing->first + drawing->row_count * drawing->step, decimals_of(drawing));
    int32_t number_width = grid_width(last);
    int32_t unit_width = grid_width(drawing->unit.name);
    if (unit_width > number_width) number_width = unit_width;
    int32_t bar_width = width - 2 * number_width - 13;
    fprintf(file, "%*s   %*s  %5s\n", number_width, drawing->unit.name, number_width, "", "%");
    for (int32_t row = zeros_of(histogram) > 0 ? -1 : 0; row <= drawing->row_count; row++)
        print_row(drawing, drawn, row, number_width, bar_width < 10 ? 10 : bar_width, file);
}

/* ---- JSON ---- */

static void print_json(const struct takt_results *results, const char *path,
                       const struct drawing *drawing, FILE *file) {
    fputs("{\"path\":", file);
    json_text(file, path);
    fputs(",\"unit\":\"h\",\"histograms\":[", file);
    for (int32_t i = 0; i < drawing->count; i++) {
        const struct drawn *drawn = &drawing->list[i];
        fprintf(file, "%s\n  {\"point\":%" PRId32 ",\"arm\":", i ? "," : "", drawn->point);
        json_text(file, results->points[drawn->point].arm);
        fputs(",\"horizon\":", file);
        json_text(file, results->horizon_texts[drawn->horizon]);
        fprintf(file, ",\"replications\":%" PRId32 ",\"edges\":[",
                results->points[drawn->point].replication_count);
        for (int32_t b = 0; b <= drawn->histogram.count && drawn->histogram.count; b++) {
            if (b) fputs(",", file);
            json_number(file, drawn->histogram.edges[b] / (double)TICK_H);
        }
        fputs("],\"counts\":[", file);
        for (int32_t b = 0; b < drawn->histogram.count; b++)
            fprintf(file, "%s%" PRId64, b ? "," : "", drawn->histogram.counts[b]);
        fputs("]}", file);
    }
    fputs("\n]}\n", file);
}

/* ---- The door ---- */

static enum takt_status say_unknown(struct takt_results *results, const char *path) {
    for (int32_t p = 0; p < results->point_count; p++)
        if (layout_find(results->points[p].layout, path) >= 0)
            return results_fail(results, TAKT_USAGE,
                                "'%s' has no histogram: cycle times, waits and order cycles have",
                                path);
    return results_fail(results, TAKT_USAGE,
                        "there is no result '%s'; histograms have such as system.cycle-time, "
                        "stations.NAME.queue.wait, customers.NAME.order-cycle",
                        path);
}

enum takt_status takt_results_histogram(struct takt_results *results, const char *path, FILE *file,
                                        const struct takt_table_options *options) {
    struct drawing drawing = {0};
    int32_t width = options && options->width > 0 ? options->width : 80;
    collect(results, path, options && options->all, &drawing);
    enum takt_status status = drawing.count ? TAKT_OK : say_unknown(results, path);
    if (status == TAKT_OK && options && options->json)
        print_json(results, path, &drawing, file);
    else if (status == TAKT_OK) {
        grid_text(file, path);
        fputc('\n', file);
        bool any = choose_scale(results, &drawing);
        for (int32_t i = 0; i < drawing.count; i++)
            print_one(results, &drawing, &drawing.list[i], width > 100 ? 100 : width, file);
        if (!any) fputs("nothing was seen of it\n", file);
    }
    drawing_clear(&drawing);
    return status;
}
