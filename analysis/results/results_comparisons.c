/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How points compare, in the file: beside mean, half_width and n of each quantity in /statistics
 * one column `comparison` with the dimensions (point, horizon [, object], compared), where the
 * scale `compared` names the numbers that follow. One column, not six: there are hundreds of
 * quantities, and HDF5 takes its thousand bytes for each column, however short. */
#include "../comparison.h"
#include "results_file.h"
#include "../summary.h"

#include <math.h>
#include <stdlib.h>

/* X(NAME, name in the file, in words) */
#define COMPARED(X)                                                                                \
    X(DIFFERENCE, "difference",                                                                    \
      "this point less that of the first arm at its place of the sweep, by replication")           \
    X(HALF_WIDTH, "half_width",                                                                    \
      "of the difference; intervals hold together over the points and horizons of a quantity")     \
    X(CORRELATION, "correlation", "with that point, from the same luck")                           \
    X(SAVED, "saved",                                                                              \
      "replications that luck of their own would need, for one with the same luck")                \
    X(BEST_LOW, "best_low",                                                                        \
      "least that it is better than the best of the other points; 0: none of them is better")      \
    X(BEST_HIGH, "best_high",                                                                      \
      "most that it is better than the best of the other points; 0: it is not the best")

enum compared {
#define X(name, text, words) COMPARED_##name,
    COMPARED(X)
#undef X
        COMPARED_COUNT
};

void results_comparisons_begin(struct results_writer *writer, struct hdf5_group statistics) {
#define X(name, text, words) text,
    static const char *const names[] = {COMPARED(X)};
#undef X
#define X(name, text, words) words,
    static const char *const meanings[] = {COMPARED(X)};
#undef X
    if (writer->results->point_count < 2) return;
    writer->compared =
        hdf5_scale(&writer->file, statistics, "compared", HDF5_TEXT, COMPARED_COUNT, names);
    hdf5_attribute_texts(&writer->file, statistics, "compared", "meanings", COMPARED_COUNT,
                         meanings);
}

static void fill_difference(double *to, const struct takt_results *results, int32_t point,
                            int32_t horizon, const char *path) {
    struct interval difference = {.mean = NAN, .half_width = NAN};
    struct pairing pairing = {.correlation = NAN, .saved = NAN};
    int32_t rival = results_rival(results, point);
    if (rival >= 0) {
        summary_difference(results, point, rival, horizon, path, &difference);
        comparison_pairing(results, point, rival, horizon, path, &pairing);
    }
    to[COMPARED_DIFFERENCE] = difference.mean;
    to[COMPARED_HALF_WIDTH] = difference.half_width;
    to[COMPARED_CORRELATION] = pairing.correlation;
    to[COMPARED_SAVED] = pairing.saved;
}

/* One object of the quantity: its rows in the table are those of points and horizons. BEST is room
 * for the comparisons with the best, or NULL where there are none. */
static void fill_object(double *table, const struct takt_results *results, size_t objects,
                        size_t object, const char *path, struct best_interval *best) {
    for (int32_t h = 0; h < results->horizon_count; h++) {
        if (best) comparison_best(results, h, path, best);
        for (int32_t p = 0; p < results->point_count; p++) {
            size_t row = (size_t)p * (size_t)results->horizon_count + (size_t)h;
            double *to = table + (row * objects + object) * COMPARED_COUNT;
            fill_difference(to, results, p, h, path);
            to[COMPARED_BEST_LOW] = best ? best[p].low : NAN;
            to[COMPARED_BEST_HIGH] = best ? best[p].high : NAN;
        }
    }
}

void results_comparisons_write(struct results_writer *writer, struct hdf5_group group,
                               struct hdf5_space space, int32_t key) {
    const struct takt_results *results = writer->results;
    if (!writer->compared) return;
    const struct kpi *kpi = &kpis[key / KPI_STAT_COUNT];
    enum kpi_stat stat = (enum kpi_stat)(key % KPI_STAT_COUNT);
    const struct column column = {.kpi = key / KPI_STAT_COUNT, .stat = stat};
    const struct names *objects = &writer->catalogue.objects[kpi->section];
    size_t object_count = (size_t)objects->count, points = (size_t)results->point_count;
    size_t rows = points * (size_t)results->horizon_count * object_count;
    bool judged = comparison_better(&column) != 0 && results->point_count < COMPARISON_POINTS_MOST;
    struct best_interval *best = judged ? memory_zeroed(points, sizeof *best) : NULL;
    double *table = memory_zeroed(rows * COMPARED_COUNT + 1, sizeof *table);
    for (size_t i = 0; i < object_count; i++) {
        const char *path = layout_path(&writer->file.arena, kpi, objects->list[i], stat);
        fill_object(table, results, object_count, i, path, best);
    }
    space.scales[space.count++] = writer->compared;
    hdf5_column(&writer->file, group, "comparison", HDF5_REAL, space, table);
    free(table);
    free(best);
}
