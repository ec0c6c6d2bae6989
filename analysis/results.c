/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results.h"
#include "journal.h"
#include "takt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct takt_results *results_create(void) {
    struct takt_results *results = memory_zeroed(1, sizeof *results);
    arena_init(&results->arena);
    results->title = results->scenario_path = results->scenario_text = "";
    results->resolved_json = results->currency = results->arithmetic = results->message = "";
    results->takt_version = takt_version();
    results->revision = takt_revision();
    results->confidence = CONFIDENCE_ORDER;
    return results;
}

void results_size(struct takt_results *results, int32_t point_count, int32_t replication_count) {
    CHECK(!results->points && point_count >= 0 && replication_count >= 0);
    size_t points = (size_t)point_count;
    results->point_count = point_count;
    results->replication_count = replication_count;
    results->points = arena_take(&results->arena, points * sizeof *results->points);
    for (int32_t i = 0; i < point_count; i++) {
        results->points[i].arm = results->points[i].sha256 = "";
        results_room(results, i, replication_count);
        results->points[i].replication_count = replication_count;
    }
}

void results_room(struct takt_results *results, int32_t index, int32_t replications) {
    struct point *point = &results->points[index];
    size_t room = (size_t)replications, old = (size_t)point->room;
    if (room <= old && point->blocks) return;
    point->blocks = memory_grown(point->blocks, room, sizeof *point->blocks);
    point->stopped = memory_grown(point->stopped, room, sizeof *point->stopped);
    for (size_t r = old; r < room; r++) {
        point->blocks[r] = NULL;
        point->stopped[r] = NULL;
    }
    point->room = replications;
}

void results_count(struct takt_results *results, const int32_t *replications) {
    results->replication_count = 0;
    for (int32_t i = 0; i < results->point_count; i++) {
        CHECK(replications[i] <= results->points[i].room);
        results->points[i].replication_count = replications[i];
        if (replications[i] > results->replication_count)
            results->replication_count = replications[i];
    }
}

void takt_results_delete(struct takt_results *results) {
    if (!results) return;
    journal_close(results->journal);
    for (int32_t i = 0; i < results->point_count; i++) {
        struct point *point = &results->points[i];
        for (int32_t r = 0; r < point->room; r++) free(point->blocks[r]);
        free(point->blocks);
        free(point->stopped);
        for (int32_t l = 0; l < point->log_count; l++) log_clear(&point->logs[l]);
        if (point->layout) layout_clear(point->layout);
        free(point->layout);
    }
    arena_clear(&results->arena);
    free(results);
}

const char *takt_results_message(const struct takt_results *results) {
    return results->message;
}

enum takt_status results_fail(struct takt_results *results, enum takt_status status,
                              const char *format, ...) {
    va_list list;
    va_start(list, format);
    results->message = arena_text_va(&results->arena, format, list);
    va_end(list);
    return status;
}

/* The sum comes first and decides: it is NaN if any value is. */
static double over_replications(double *const *blocks, int64_t at, int32_t count,
                                enum series_stat stat) {
    double sum = 0, least = INFINITY, most = -INFINITY;
    for (int32_t r = 0; r < count; r++) {
        double value = blocks[r][at];
        sum += value;
        if (value < least) least = value;
        if (value > most) most = value;
    }
    double mean = sum / count;
    if (isnan(sum) || stat == SERIES_MEAN) return mean;
    if (stat == SERIES_MIN) return least;
    if (stat == SERIES_MAX) return most;
    double squares = 0;
    for (int32_t r = 0; r < count; r++) squares += (blocks[r][at] - mean) * (blocks[r][at] - mean);
    return count > 1 ? sqrt(squares / (count - 1)) : NAN;
}

void results_series(const struct takt_results *results, int32_t point, int32_t series,
                    enum series_stat stat, double *values) {
    const struct point *here = &results->points[point];
    int32_t count = here->layout->grid_count;
    const double *known = here->series[stat];
    if (known) {
        memcpy(values, known + (size_t)series * (size_t)count, (size_t)count * sizeof *values);
        return;
    }
    for (int32_t i = 0; i < count; i++)
        values[i] = over_replications(here->blocks, layout_series_at(here->layout, series, i),
                                      here->replication_count, stat);
}
