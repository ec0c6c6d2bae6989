/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batches.h"

#include "statistics/series.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

void batches_ask(struct layout *layout, int32_t replications, bool chance) {
    bool known = layout->horizons[layout->horizon_count - 1] != TICK_NEVER;
    if (replications == 1 && chance && known) layout_batches(layout, BATCH_COUNT);
}

/* What depends on the number of batches alone: found once for all columns. */
struct ruler {
    double t[BATCH_COUNT + 1], least[BATCH_COUNT + 1];
};

/* Are neighbours more alike than chance would have them? The squared steps between neighbours over
 * the squared deviations are 2 when all are independent, with a variance of 4 (n - 2) / (n^2 - 1)
 * (von Neumann, Annals of Mathematical Statistics 12, 1941). LEAST is what they reach at one in
 * ten. */
static bool are_alike(const double *values, int32_t count, double least) {
    double mean = 0, squares = 0, steps = 0;
    for (int32_t i = 0; i < count; i++) mean += values[i] / count;
    for (int32_t i = 0; i < count; i++) squares += (values[i] - mean) * (values[i] - mean);
    for (int32_t i = 1; i < count; i++)
        steps += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    if (squares == 0) return false;
    return steps / squares < least;
}

static struct ruler ruler_of(double confidence) {
    struct ruler ruler;
    for (int32_t n = BATCH_COUNT_LEAST; n <= BATCH_COUNT; n++) {
        ruler.t[n] = t_two_sided(confidence, n - 1);
        double sd = 2 * sqrt(((double)n - 2) / ((double)n * n - 1));
        ruler.least[n] = 2 - gsl_cdf_ugaussian_Qinv(0.1) * sd;
    }
    return ruler;
}

/* Of most of what is measured of a large model nothing happened in any batch. */
static bool is_still(const double *above, const double *below, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (above[i] != 0 || !(below[i] > 0)) return false;
    return true;
}

static struct batch_interval measured(const struct ruler *ruler, const double *sums, int64_t stride,
                                      int32_t count) {
    const struct batch_interval none = {.half_width = NAN};
    double above[BATCH_COUNT], below[BATCH_COUNT], parts[BATCH_COUNT], sums_before[2] = {0, 0};
    CHECK(count <= BATCH_COUNT);
    const double *last = sums + (count - 1) * stride;
    if (isnan(last[0]) || !(last[1] > 0)) return none;
    for (int32_t i = 0; i < count; i++, sums += stride) {
        above[i] = sums[0] - sums_before[0];
        below[i] = sums[1] - sums_before[1];
        sums_before[0] = sums[0];
        sums_before[1] = sums[1];
    }
    if (is_still(above, below, count)) return (struct batch_interval){0, count};
    for (; count >= BATCH_COUNT_LEAST; count /= 2) {
        struct interval interval = series_batch_ratio_at(above, below, count, ruler->t[count]);
        for (int32_t i = 0; i < count; i++) parts[i] = above[i] - interval.mean * below[i];
        if (!isnan(interval.half_width) && !are_alike(parts, count, ruler->least[count]))
            return (struct batch_interval){interval.half_width, count};
        for (int32_t i = 0; i < count / 2; i++) {
            above[i] = above[2 * i] + above[2 * i + 1];
            below[i] = below[2 * i] + below[2 * i + 1];
        }
    }
    return none;
}

struct batch_interval batch_interval(const double *sums, int64_t stride, int32_t count,
                                     double confidence) {
    const struct ruler ruler = ruler_of(confidence);
    return measured(&ruler, sums, stride, count);
}

static void judge_point(struct takt_results *results, const struct ruler *ruler,
                        struct point *point) {
    const struct layout *layout = point->layout;
    const double *block = point->blocks[0];
    size_t columns = (size_t)layout->column_count;
    point->batches = arena_take(&results->arena, columns * sizeof *point->batches);
    for (int32_t c = 0; c < layout->column_count; c++) {
        int64_t at = layout_batch_at(layout, 0, c);
        point->batches[c] =
            at < 0 ? (struct batch_interval){.half_width = NAN}
                   : measured(ruler, block + at, layout_batch_size(layout), layout->batch_count);
    }
}

void batches_judge(struct takt_results *results) {
    const struct ruler ruler = ruler_of(results->confidence);
    for (int32_t p = 0; p < results->point_count; p++) {
        struct point *point = &results->points[p];
        if (point->layout->batch_count && point->replication_count == 1)
            judge_point(results, &ruler, point);
    }
}
