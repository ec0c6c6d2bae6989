/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "selection.h"

#include "statistics/critical.h"
#include "statistics/kn.h"
#include "statistics/ocba.h"
#include "statistics/subset.h"
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct selecting {
    struct units *units;
    const struct selection_wanted *wanted;
    struct takt_results *results;
    struct selection_found *found;
    int32_t *targets;
    double **values;     /* of each point, one a replication */
    const double **seen; /* of those that take part, from their first replication that counts */
    int32_t *systems;    /* which points take part */
    int32_t count;
};

/* Runs to the targets and looks at the values. */
static enum takt_status look(struct selecting *selecting) {
    struct takt_results *results = selecting->results;
    const struct selection_wanted *wanted = selecting->wanted;
    enum takt_status status = units_run(selecting->units, selecting->targets);
    selecting->found->spent = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        size_t count = (size_t)results->points[p].replication_count;
        int32_t column = layout_find(results->points[p].layout, wanted->path);
        selecting->found->spent += (int64_t)count;
        selecting->values[p] =
            memory_grown(selecting->values[p], count + 1, sizeof **selecting->values);
        if (column >= 0)
            summary_values(results, p, wanted->horizon, column, selecting->values[p]);
        else
            for (size_t r = 0; r < count; r++) selecting->values[p][r] = NAN;
    }
    return status;
}

static struct interval interval_of(const struct selecting *selecting, int32_t point) {
    return interval_t(selecting->values[point], selecting->results->points[point].replication_count,
                      selecting->results->confidence);
}

/* The best mean of all points; -1 when none has one. */
static int32_t best_mean(const struct selecting *selecting) {
    int32_t best = -1;
    double best_value = 0;
    for (int32_t p = 0; p < selecting->results->point_count; p++) {
        double value = selecting->wanted->sign * interval_of(selecting, p).mean;
        if (isnan(value) || (best >= 0 && value <= best_value)) continue;
        best = p;
        best_value = value;
    }
    return best;
}

/* ---- KN ---- */

/* What Rinott's two-stage procedure would take, from the first stage: it looks at each point's own
 * variance, without common luck, and gives none up. For comparison. */
static double rinott_of(const struct selecting *selecting, double confidence) {
    const struct selection_wanted *wanted = selecting->wanted;
    int32_t points = selecting->results->point_count, first_stage = wanted->first_stage;
    double h = critical_rinott(points, first_stage, confidence), sum = 0;
    for (int32_t p = 0; p < points; p++) {
        double sd = interval_t(selecting->values[p], first_stage, 0.5).sd;
        double needed = ceil(pow(h * sd / wanted->zone, 2));
        if (!isnan(sd)) sum += fmax(first_stage, needed);
    }
    return sum;
}

/* Those that cannot be the best, by the first stage, take no part any more. */
static void screen(struct selecting *selecting, double confidence) {
    const struct selection_wanted *wanted = selecting->wanted;
    bool *kept = memory_zeroed((size_t)selecting->count, sizeof *kept);
    for (int32_t i = 0; i < selecting->count; i++)
        selecting->seen[i] = selecting->values[selecting->systems[i]];
    subset_paired(selecting->seen, selecting->count, wanted->first_stage, wanted->sign,
                  wanted->zone, confidence, kept);
    int32_t left = 0;
    for (int32_t i = 0; i < selecting->count; i++) {
        int32_t point = selecting->systems[i];
        if (kept[i])
            selecting->systems[left++] = point;
        else
            selecting->found->out[point] = wanted->first_stage;
    }
    selecting->count = left;
    selecting->found->screened = true;
    selecting->found->left = left;
    free(kept);
}

/* How far the next look goes: a tenth further, for looking costs a stop of all threads. It only
 * runs ahead: the procedure looks at every stage all the same. 0: the budget is spent. */
static int32_t next_stage(const struct selecting *selecting, const struct kn *kn, int32_t skipped) {
    if (kn->stage == 0 && skipped == 0) return kn->first_stage; /* they are there */
    int64_t step = kn->stage == 0 ? kn->first_stage : 1 + kn->stage / 10;
    int64_t budget = selecting->wanted->budget;
    int64_t room = budget > 0 ? (budget - selecting->found->spent) / kn->left : step;
    if (step > room) step = kn->stage == 0 ? 0 : room;
    return step > 0 ? kn->stage + (int32_t)step : 0;
}

static void note_out(struct selecting *selecting, const struct kn *kn, int32_t skipped) {
    for (int32_t i = 0; i < selecting->count; i++)
        if (kn->out[i]) selecting->found->out[selecting->systems[i]] = skipped + kn->out[i];
    selecting->found->left = kn->left;
}

/* KN among those that take part, from replication SKIPPED on. */
static enum takt_status run_kn(struct selecting *selecting, int32_t skipped, double confidence) {
    const struct selection_wanted *wanted = selecting->wanted;
    struct kn kn;
    kn_init(&kn, selecting->count, wanted->first_stage, wanted->sign, wanted->zone, confidence);
    enum takt_status status = TAKT_OK;
    while (status == TAKT_OK && !kn_is_over(&kn)) {
        int32_t stage = next_stage(selecting, &kn, skipped);
        if (stage == 0) break;
        for (int32_t i = 0; i < selecting->count; i++)
            if (!kn.out[i]) selecting->targets[selecting->systems[i]] = skipped + stage;
        status = look(selecting);
        if (status != TAKT_OK) break;
        for (int32_t i = 0; i < selecting->count; i++)
            selecting->seen[i] = selecting->values[selecting->systems[i]] + skipped;
        kn_advance(&kn, selecting->seen, stage);
    }
    note_out(selecting, &kn, skipped);
    int32_t best = kn_best(&kn);
    selecting->found->best = best < 0 || kn.stage == 0 ? -1 : selecting->systems[best];
    selecting->found->decided = kn_is_over(&kn) && best >= 0;
    kn_clear(&kn);
    return status;
}

static enum takt_status replicate_kn(struct selecting *selecting) {
    const struct selection_wanted *wanted = selecting->wanted;
    double confidence = selecting->results->confidence;
    int32_t points = selecting->results->point_count;
    for (int32_t p = 0; p < points; p++) selecting->targets[p] = wanted->first_stage;
    enum takt_status status = look(selecting);
    if (status != TAKT_OK) return status;
    selecting->found->rinott = rinott_of(selecting, confidence);
    if (points < SELECTION_SCREEN_FROM) return run_kn(selecting, 0, confidence);
    double half = 1 - (1 - confidence) / 2;
    screen(selecting, half);
    if (selecting->count > 1) return run_kn(selecting, wanted->first_stage, half);
    selecting->found->best = selecting->count ? selecting->systems[0] : -1;
    selecting->found->decided = selecting->count == 1;
    return TAKT_OK;
}

/* ---- OCBA ---- */

/* A point less another, over the replications that both have. */
static struct interval difference_of(const struct selecting *selecting, int32_t a, int32_t b) {
    const struct point *points = selecting->results->points;
    int32_t n = points[a].replication_count;
    if (points[b].replication_count < n) n = points[b].replication_count;
    return interval_paired(selecting->values[a], selecting->values[b], n,
                           selecting->results->confidence);
}

static int32_t most_replicated(const struct selecting *selecting) {
    int32_t most = -1;
    for (int32_t p = 0; p < selecting->results->point_count; p++) {
        int32_t count = selecting->results->points[p].replication_count;
        if (isnan(interval_of(selecting, p).mean)) continue;
        if (most < 0 || count > selecting->results->points[most].replication_count) most = p;
    }
    return most;
}

/* The best of all, each measured by its difference from one that has all replications that any
 * has. -1: none has a mean. */
static int32_t best_difference(const struct selecting *selecting) {
    int32_t yardstick = most_replicated(selecting), best = yardstick;
    double best_value = 0;
    for (int32_t p = 0; p < selecting->results->point_count && yardstick >= 0; p++) {
        double value = selecting->wanted->sign * difference_of(selecting, p, yardstick).mean;
        if (isnan(value) || value <= best_value) continue;
        best = p;
        best_value = value;
    }
    return best;
}

static enum takt_status replicate_ocba(struct selecting *selecting) {
    int32_t points = selecting->results->point_count, best = -1;
    struct interval *now = memory_zeroed((size_t)points, sizeof *now);
    double *shares = memory_zeroed((size_t)points, sizeof *shares);
    enum takt_status status = TAKT_OK;
    int64_t added = 1, spent = (int64_t)points * selecting->wanted->first_stage;
    for (int32_t p = 0; p < points; p++) selecting->targets[p] = selecting->wanted->first_stage;
    while (added > 0 && status == TAKT_OK) {
        status = look(selecting);
        best = best_difference(selecting);
        if (best < 0) break;
        for (int32_t p = 0; p < points; p++) now[p] = difference_of(selecting, p, best);
        int64_t next = spent + (spent / 10 > points ? spent / 10 : points);
        if (next > selecting->wanted->budget) next = selecting->wanted->budget;
        ocba_shares(now, points, best, OCBA_SAME_LUCK, (double)next, shares);
        added = ocba_targets(shares, selecting->targets, points, next, selecting->targets);
        spent += added;
    }
    selecting->found->best = best;
    selecting->found->decided = status == TAKT_OK && best >= 0;
    selecting->found->left = points;
    if (best >= 0)
        selecting->found->probability = ocba_probability(now, points, best, OCBA_SAME_LUCK);
    free(shares);
    free(now);
    return status;
}

/* ---- Both ---- */

/* Without chance one replication says all. */
static enum takt_status replicate_once(struct selecting *selecting) {
    for (int32_t p = 0; p < selecting->results->point_count; p++) selecting->targets[p] = 1;
    enum takt_status status = look(selecting);
    selecting->found->best = best_mean(selecting);
    selecting->found->decided = status == TAKT_OK && selecting->found->best >= 0;
    selecting->found->probability = 1;
    selecting->found->left = 1;
    return status;
}

enum takt_status selection_replicate(struct units *units, const struct selection_wanted *wanted,
                                     struct takt_results *results) {
    size_t points = (size_t)results->point_count;
    struct selecting selecting = {.units = units,
                                  .wanted = wanted,
                                  .results = results,
                                  .found = &results->selection,
                                  .count = results->point_count};
    results->selection = (struct selection_found){
        .path = arena_copy(&results->arena, wanted->path, strlen(wanted->path)),
        .horizon = wanted->horizon,
        .sign = wanted->sign,
        .ocba = wanted->method == SELECTION_OCBA,
        .zone = wanted->zone,
        .budget = wanted->budget,
        .first_stage = wanted->first_stage,
        .best = -1,
        .probability = NAN,
        .rinott = NAN,
        .out = arena_take(&results->arena, points * sizeof(int32_t))};
    selecting.targets = memory_zeroed(points, sizeof *selecting.targets);
    selecting.values = memory_zeroed(points, sizeof *selecting.values);
    selecting.seen = memory_zeroed(points, sizeof *selecting.seen);
    selecting.systems = memory_zeroed(points, sizeof *selecting.systems);
    for (int32_t p = 0; p < results->point_count; p++) selecting.systems[p] = p;
    enum takt_status status = !results->chance                   ? replicate_once(&selecting)
                              : wanted->method == SELECTION_OCBA ? replicate_ocba(&selecting)
                                                                 : replicate_kn(&selecting);
    for (size_t p = 0; p < points; p++) free(selecting.values[p]);
    free(selecting.values);
    free(selecting.seen);
    free(selecting.systems);
    free(selecting.targets);
    return status;
}
