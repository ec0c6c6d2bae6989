/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "closely.h"

#include "batches.h"
#include "comparison.h"
#include "statistics/series.h"
#include "summary.h"

#include <math.h>
#include <stdlib.h>

const double closely_quantiles[CLOSELY_QUANTILE_COUNT] = {0.05, 0.25, 0.5, 0.75, 0.95};

/* The mean of the worst 5 % of sorted values, the last of them in part (Rockafellar & Uryasev,
 * Journal of Banking & Finance 26, 2002: conditional value at risk of a discrete law). */
static double worst_mean(const double *sorted, int32_t count, bool more_is_better) {
    double left = 0.05 * count, sum = 0;
    if (count < CLOSELY_WORST_LEAST) return NAN;
    for (int32_t i = 0; left > 0; i++, left--)
        sum += (left < 1 ? left : 1) * sorted[more_is_better ? i : count - 1 - i];
    return sum / (0.05 * count);
}

/* Those that do not have it were watched until the horizon. */
static void look_at_event(struct closely *closely, const double *values, tick horizon,
                          double confidence) {
    struct event_time *times = memory_zeroed((size_t)closely->count, sizeof *times);
    closely->until = (double)horizon / (double)TICK_H;
    for (int32_t i = 0; i < closely->count; i++) {
        times[i].happened = !isnan(values[i]);
        times[i].time = times[i].happened ? values[i] : closely->until;
    }
    for (int32_t q = 0; q < CLOSELY_PARTS; q++)
        closely->within[q] = range_event_within(
            times, closely->count, closely->until * (q + 1) / CLOSELY_PARTS, confidence);
    closely->mean_until = event_time_mean(times, closely->count);
    free(times);
}

struct closely closely_point(const struct takt_results *results, int32_t point, int32_t horizon,
                             int32_t column) {
    int32_t count = results->points[point].replication_count;
    double *values = memory_zeroed((size_t)count, sizeof *values);
    summary_values(results, point, horizon, column, values);
    struct closely closely = {.count = count, .least = NAN, .most = NAN, .worst = NAN};
    closely.mean = summary_interval(results, point, horizon, column);
    for (int32_t i = 0; i < count; i++) closely.measured += !isnan(values[i]);
    closely.share = range_share(closely.measured, count, results->confidence);
    const struct layout *layout = results->points[point].layout;
    if (kpis[layout->columns[column].kpi].shape == KPI_EVENT && layout->horizons[horizon] > 0) {
        look_at_event(&closely, values, layout->horizons[horizon], results->confidence);
        for (int32_t i = 0; i < count; i++)
            if (isnan(values[i])) values[i] = INFINITY;
    }
    for (int32_t q = 0; q < CLOSELY_QUANTILE_COUNT; q++) /* which sorts the values */
        closely.quantiles[q] =
            range_quantile(values, count, closely_quantiles[q], results->confidence);
    for (int32_t q = 0; q < CLOSELY_QUANTILE_COUNT; q++) /* between two that never saw it */
        if (closely.until > 0 && isnan(closely.quantiles[q].value))
            closely.quantiles[q].value = INFINITY;
    if (closely.measured == count && count > 0) {
        const struct column *kind = &layout->columns[column];
        closely.least = values[0];
        closely.most = values[count - 1];
        closely.worst = worst_mean(values, count, comparison_better(kind) > 0);
    }
    free(values);
    return closely;
}

bool closely_pair(const struct takt_results *results, int32_t a, int32_t b, int32_t horizon,
                  const char *path, struct closely_pair *out) {
    const struct point *left = &results->points[a], *right = &results->points[b];
    int32_t column = layout_find(left->layout, path), other = layout_find(right->layout, path);
    if (column < 0 || other < 0) return false;
    int32_t both = left->replication_count;
    double *values = memory_zeroed((size_t)left->replication_count, sizeof *values);
    double *others = memory_zeroed((size_t)right->replication_count, sizeof *others);
    if (right->replication_count < both) both = right->replication_count;
    summary_values(results, a, horizon, column, values);
    summary_values(results, b, horizon, other, others);
    bool less = comparison_better(&left->layout->columns[column])<0, known = both> 0;
    int32_t better = 0;
    for (int32_t i = 0; i < both; i++) {
        better += less ? values[i] < others[i] : values[i] > others[i];
        if (isnan(values[i]) || isnan(others[i])) known = false;
    }
    out->ratio = range_ratio(values, others, both, results->confidence);
    out->better = range_share(better, known ? both : 0, results->confidence);
    free(values);
    free(others);
    return true;
}

/* Each batch's own mean, so that their mean is that of the run: what a batch has more than its
 * share of the numerator, over the mean denominator. */
static bool batch_values(const double *sums, int64_t stride, int32_t count, double *values) {
    double above = sums[(count - 1) * stride], below = sums[(count - 1) * stride + 1];
    if (isnan(above) || !(below > 0)) return false;
    double mean = above / below, before[2] = {0, 0};
    for (int32_t i = 0; i < count; i++, sums += stride) {
        values[i] = mean + (sums[0] - before[0] - mean * (sums[1] - before[1])) * count / below;
        before[0] = sums[0];
        before[1] = sums[1];
    }
    return true;
}

enum { OVERLAPPING_SIZE = BATCH_COUNT / 10 };

struct closely_run closely_run(const struct takt_results *results, int32_t index, int32_t column) {
    const struct point *point = &results->points[index];
    const struct layout *layout = point->layout;
    struct closely_run run = {0};
    double values[BATCH_COUNT];
    if (!point->batches || layout->batch_count != BATCH_COUNT) return run;
    int64_t at = layout_batch_at(layout, 0, column);
    if (at < 0) return run;
    const double *sums = point->blocks[0] + at;
    if (!batch_values(sums, layout_batch_size(layout), BATCH_COUNT, values)) return run;
    run.batch_count = BATCH_COUNT;
    run.batch_mean = summary_interval(results, index, layout->horizon_count - 1, column);
    run.batch_mean.n = summary_batches(results, index, layout->horizon_count - 1, column);
    run.neighbours = series_autocorrelation(values, BATCH_COUNT, 1);
    run.effective = series_effective_size(values, BATCH_COUNT);
    run.overlapping =
        series_overlapping_means(values, BATCH_COUNT, OVERLAPPING_SIZE, results->confidence);
    return run;
}
