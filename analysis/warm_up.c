/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "warm_up.h"

#include "statistics/series.h"
#include "units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PILOTS = 10 };

static const uint64_t pilot_seed = UINT64_C(1) << 63;

static bool is_automatic(const struct prepared *point) {
    return point->arm.spec->question.run.warm_up.ticks == SPAN_WORD(WARM_UP_AUTO);
}

/* ---- Running the pilots ---- */

/* Pilots of the points whose warm-up is to be found, into RESULTS. */
static enum takt_status run_pilots(const struct prepared *pilots, int32_t count,
                                   const struct takt_run_options *options, uint64_t seed,
                                   struct takt_results *results) {
    struct takt_run_options plain = {.jobs = options->jobs, .interrupt = options->interrupt};
    results->seed = pilot_seed + seed;
    results_size(results, count, 0);
    int32_t *targets = memory_zeroed((size_t)count, sizeof *targets);
    for (int32_t i = 0; i < count; i++) {
        targets[i] = PILOTS;
        results->points[i].layout = memory_zeroed(1, sizeof(struct layout));
        *results->points[i].layout = pilots[i].plant->layout;
    }
    struct units *units = units_create(pilots, count, &plain, results);
    enum takt_status status = units_run(units, targets);
    units_delete(units);
    for (int32_t i = 0; i < count; i++)
        pilots[i].plant->layout = (struct layout){0}; /* the results own it now */
    free(targets);
    return status;
}

/* ---- What they say ---- */

static bool any_missing(const double *values, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (isnan(values[i])) return true;
    return false;
}

/* Welch's window: a twentieth on each side. */
static struct pilot_series look_at(const struct takt_results *pilots, int32_t point, int32_t series,
                                   struct arena *arena) {
    const struct layout *layout = pilots->points[point].layout;
    const char *path = layout->series[series].path;
    struct pilot_series found = {.path = arena_copy(arena, path, strlen(path)),
                                 .unit = layout->series[series].unit,
                                 .step_hours = (double)layout->grid_step / (double)TICK_H,
                                 .count = layout->grid_count,
                                 .window = layout->grid_count / 20};
    size_t size = (size_t)found.count * sizeof(double);
    found.mean = arena_take(arena, size);
    found.welch = arena_take(arena, size);
    results_series(pilots, point, series, SERIES_MEAN, found.mean);
    int32_t smooth = series_welch(found.mean, found.count, found.window, found.welch);
    for (int32_t i = smooth; i < found.count; i++) found.welch[i] = NAN;
    if (any_missing(found.mean, found.count)) return found; /* a pilot stopped: nothing is known */
    struct truncation truncation = series_mser5(found.mean, found.count);
    found.deleted = truncation.deleted;
    found.settled = truncation.settled;
    return found;
}

/* The longest truncation, in ticks. POINTS says which point each pilot is. */
static tick judge(const struct takt_results *pilots, const int32_t *points,
                  struct takt_results *results) {
    struct warm_up_found *found = &results->warm_up;
    struct arena *arena = &results->arena;
    tick longest = 0;
    int32_t total = 0;
    for (int32_t p = 0; p < pilots->point_count; p++)
        total += pilots->points[p].layout->series_count;
    found->series = arena_take(arena, (size_t)total * sizeof *found->series);
    for (int32_t p = 0; p < pilots->point_count; p++)
        for (int32_t s = 0; s < pilots->points[p].layout->series_count; s++) {
            struct pilot_series *series = &found->series[found->series_count++];
            *series = look_at(pilots, p, s, arena);
            series->point = points[p];
            tick deleted = pilots->points[p].layout->grid_step * series->deleted;
            if (deleted > longest) longest = deleted;
        }
    return longest;
}

/* ---- The whole of it ---- */

static enum takt_status find(struct takt_scenario *scenario, struct prepared *points, int32_t count,
                             const struct takt_run_options *options, struct takt_results *results) {
    struct prepared *pilots = memory_zeroed((size_t)count, sizeof *pilots);
    int32_t *which = memory_zeroed((size_t)count, sizeof *which), pilot_count = 0;
    scenario->scenario->pilot = true;
    for (int32_t i = 0; i < count; i++) {
        if (!is_automatic(&points[i])) continue;
        which[pilot_count] = i;
        pilots[pilot_count] = points[i];
        prepare_plant(scenario, &pilots[pilot_count++]);
    }
    scenario->scenario->pilot = false;
    uint64_t seed = options->seed > 0 ? (uint64_t)options->seed
                                      : (uint64_t)scenario->scenario->base.spec->question.run.seed;
    struct takt_results *runs = results_create();
    enum takt_status status = run_pilots(pilots, pilot_count, options, seed, runs);
    if (status == TAKT_OK) {
        results->warm_up.automatic = true;
        results->warm_up.pilots = PILOTS;
        scenario->scenario->warm_up = judge(runs, which, results);
        for (int32_t i = 0; i < pilot_count; i++) {
            plant_delete(points[which[i]].plant);
            prepare_plant(scenario, &points[which[i]]);
        }
        if (scenario->scenario->faults.error_count) status = TAKT_BAD_SCENARIO;
    }
    takt_results_delete(runs);
    prepared_delete(pilots, pilot_count);
    free(which);
    return status;
}

enum takt_status warm_up_settle(struct takt_scenario *scenario, struct prepared *points,
                                int32_t count, const struct takt_run_options *options,
                                struct takt_results *results) {
    bool any = false;
    for (int32_t i = 0; i < count; i++) any = any || is_automatic(&points[i]);
    if (any) TAKT_TRY(find(scenario, points, count, options, results));
    results->warm_up.hours = (double)points[0].plant->warm_up / (double)TICK_H;
    return TAKT_OK;
}

bool warm_up_settled(const struct warm_up_found *found) {
    for (int32_t i = 0; i < found->series_count; i++)
        if (!found->series[i].settled) return false;
    return true;
}
