/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results.h"
#include "../journal.h"
#include "../takt.h"
#include "../trials.h"

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
    results->design = "";
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
    trials_delete(results->trials);
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

/* One moment of a series over replications: mean and squared deviations as each one comes (Welford,
 * Technometrics 4, 1962), so that one can go on from what is known of those before. */
struct summed {
    int32_t count;
    double mean, squares, least, most;
};

static struct summed summed_before(const struct point *point, size_t at) {
    if (!point->summed) return (struct summed){.least = INFINITY, .most = -INFINITY};
    return (struct summed){.count = point->summed,
                           .mean = point->series[SERIES_MEAN][at],
                           .squares = point->series[SERIES_SQUARES][at],
                           .least = point->series[SERIES_MIN][at],
                           .most = point->series[SERIES_MAX][at]};
}

static void summed_add(struct summed *summed, double value) {
    double away = value - summed->mean;
    summed->mean += away / ++summed->count;
    summed->squares += away * (value - summed->mean);
    if (value < summed->least) summed->least = value;
    if (value > summed->most) summed->most = value;
}

/* The mean decides: it is NaN if any value is. */
static double summed_stat(const struct summed *summed, enum series_stat stat) {
    if (summed->count == 0 || isnan(summed->mean)) return NAN;
    switch (stat) {
    case SERIES_MEAN: return summed->mean;
    case SERIES_SD: return summed->count > 1 ? sqrt(summed->squares / (summed->count - 1)) : NAN;
    case SERIES_MIN: return summed->least;
    case SERIES_MAX: return summed->most;
    default: return summed->squares;
    }
}

void results_series(const struct takt_results *results, int32_t point, int32_t series,
                    enum series_stat stat, double *values) {
    const struct point *here = &results->points[point];
    int32_t count = here->layout->grid_count;
    for (int32_t i = 0; i < count; i++) {
        struct summed summed = summed_before(here, (size_t)series * (size_t)count + (size_t)i);
        int64_t at = layout_series_at(here->layout, series, i);
        for (int32_t r = here->summed; r < here->replication_count; r++)
            summed_add(&summed, here->blocks[r][at]);
        values[i] = summed_stat(&summed, stat);
    }
}

/* ---- Which points are compared ---- */

/* Is no factor that both have different? *WHOLE: they have the same factors. In a tornado each
 * point has one, and what it has not is as it is. */
static bool same_place(const struct takt_results *results, int32_t a, int32_t b, bool *whole) {
    bool tornado = results->factor_count && strcmp(results->design, "tornado") == 0;
    *whole = true;
    for (int32_t f = 0; f < results->factor_count; f++) {
        const char *x = results->factors[f].texts[a], *y = results->factors[f].texts[b];
        if (x && y && x != y && strcmp(x, y) != 0) return false;
        if (!x != !y) *whole = false;
    }
    return *whole || !tornado;
}

bool results_same_place(const struct takt_results *results, int32_t a, int32_t b) {
    bool whole;
    return same_place(results, a, b, &whole);
}

struct pairs {
    struct pair *list;
    int32_t count, room;
};

static void add_pair(struct pairs *pairs, int32_t a, int32_t b) {
    if (pairs->count == pairs->room) {
        pairs->room = pairs->room ? 2 * pairs->room : 16;
        pairs->list = memory_grown(pairs->list, (size_t)pairs->room, sizeof *pairs->list);
    }
    pairs->list[pairs->count++] = (struct pair){a, b};
}

/* Arms mostly have the same points in the same order, so the place in the arm is tried first. */
static void add_pairs(struct pairs *pairs, const struct takt_results *results, int32_t point,
                      int32_t place, int32_t first_count) {
    bool whole;
    if (place < first_count && same_place(results, point, place, &whole) && whole) {
        add_pair(pairs, point, place);
        return;
    }
    for (int32_t i = 0; i < first_count; i++)
        if (same_place(results, point, i, &whole)) add_pair(pairs, point, i);
}

struct pair *results_pairs(const struct takt_results *results, int32_t *count) {
    struct pairs pairs = {0};
    int32_t first_count = 0, arm_begin = 0;
    while (first_count < results->point_count &&
           strcmp(results->points[first_count].arm, results->points[0].arm) == 0)
        first_count++;
    for (int32_t p = first_count; p < results->point_count; p++) {
        if (strcmp(results->points[p].arm, results->points[p - 1].arm) != 0) arm_begin = p;
        add_pairs(&pairs, results, p, p - arm_begin, first_count);
    }
    *count = pairs.count;
    return pairs.list ? pairs.list : memory_zeroed(1, sizeof *pairs.list);
}

void results_pair_points(struct takt_results *results) {
    struct pair *pairs = results_pairs(results, &results->pair_count);
    for (int32_t p = 0; p < results->point_count; p++) results->points[p].rival = -1;
    for (int32_t i = results->pair_count - 1; i >= 0; i--)
        results->points[pairs[i].a].rival = pairs[i].b;
    free(pairs);
}

int32_t results_rival(const struct takt_results *results, int32_t p) {
    if (results->factor_count) return results->points[p].rival;
    return p > 0 ? 0 : -1;
}

const char *results_point_name(const struct takt_results *results, int32_t point,
                               struct arena *arena) {
    const char *name = results->points[point].arm;
    const char *between = " at ";
    for (int32_t f = 0; f < results->factor_count; f++) {
        const char *text = results->factors[f].texts[point];
        if (!text) continue;
        name = arena_text(arena, "%s%s%s %s", name, between, results->factors[f].path, text);
        between = ", ";
    }
    return name;
}
