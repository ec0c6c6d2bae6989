/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batches.h"

#include "statistics/series.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

void batches_ask(struct layout *layout, int32_t replications, bool chance) {
    bool known = layout->horizons[layout->horizon_count - 1] != TICK_NEVER;
    if (replications == 1 && chance && known) layout_batches(layout, BATCH_COUNT);
}

/* Are neighbours more alike than chance would have them? The squared steps between neighbours over
 * the squared deviations are 2 when all are independent, with a variance of 4 (n - 2) / (n^2 - 1)
 * (von Neumann, Annals of Mathematical Statistics 12, 1941). At one in ten. */
static bool are_alike(const double *values, int32_t count) {
    double mean = 0, squares = 0, steps = 0;
    for (int32_t i = 0; i < count; i++) mean += values[i] / count;
    for (int32_t i = 0; i < count; i++) squares += (values[i] - mean) * (values[i] - mean);
    for (int32_t i = 1; i < count; i++)
        steps += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    if (squares == 0) return false;
    double n = count, sd = 2 * sqrt((n - 2) / (n * n - 1));
    return steps / squares < 2 - gsl_cdf_ugaussian_Qinv(0.1) * sd;
}

struct batch_interval batch_interval(const double *sums, int64_t stride, int32_t count,
                                     double confidence) {
    const struct batch_interval none = {.half_width = NAN};
    double above[BATCH_COUNT], below[BATCH_COUNT], parts[BATCH_COUNT], sums_before[2] = {0, 0};
    CHECK(count <= BATCH_COUNT);
    for (int32_t i = 0; i < count; i++, sums += stride) {
        above[i] = sums[0] - sums_before[0];
        below[i] = sums[1] - sums_before[1];
        sums_before[0] = sums[0];
        sums_before[1] = sums[1];
    }
    if (isnan(sums_before[0]) || !(sums_before[1] > 0)) return none;
    for (; count >= BATCH_COUNT_LEAST; count /= 2) {
        struct interval interval = series_batch_ratio(above, below, count, confidence);
        for (int32_t i = 0; i < count; i++) parts[i] = above[i] - interval.mean * below[i];
        if (!isnan(interval.half_width) && !are_alike(parts, count))
            return (struct batch_interval){interval.half_width, count};
        for (int32_t i = 0; i < count / 2; i++) {
            above[i] = above[2 * i] + above[2 * i + 1];
            below[i] = below[2 * i] + below[2 * i + 1];
        }
    }
    return none;
}

static void judge_point(struct takt_results *results, struct point *point) {
    const struct layout *layout = point->layout;
    const double *block = point->blocks[0];
    size_t columns = (size_t)layout->column_count;
    point->batches = arena_take(&results->arena, columns * sizeof *point->batches);
    for (int32_t c = 0; c < layout->column_count; c++) {
        int64_t at = layout_batch_at(layout, 0, c);
        point->batches[c] = at < 0 ? (struct batch_interval){.half_width = NAN}
                                   : batch_interval(block + at, layout_batch_size(layout),
                                                    layout->batch_count, results->confidence);
    }
}

void batches_judge(struct takt_results *results) {
    for (int32_t p = 0; p < results->point_count; p++) {
        struct point *point = &results->points[p];
        if (point->layout->batch_count && point->replication_count == 1)
            judge_point(results, point);
    }
}
