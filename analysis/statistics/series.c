/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series.h"

#include <math.h>
#include <stdlib.h>

static double mean_of(const double *values, int32_t count) {
    double mean = 0;
    for (int32_t i = 0; i < count; i++) mean += (values[i] - mean) / (i + 1);
    return mean;
}

/* ---- Where it settles ---- */

enum { MSER_BATCH = 5 };

/* From the back, with Welford's update, so that one pass gives the statistic of every truncation.
 */
static struct truncation least_error(const double *means, int32_t count) {
    struct truncation best = {.statistic = INFINITY};
    double mean = 0, squares = 0;
    int32_t most = count / 2, best_batch = 0;
    for (int32_t d = count - 1; d >= 0; d--) {
        int32_t kept = count - d;
        double step = means[d] - mean;
        mean += step / kept;
        squares += step * (means[d] - mean);
        double statistic = squares / ((double)kept * kept);
        if (d <= most && statistic <= best.statistic) {
            best.statistic = statistic;
            best_batch = d;
        }
    }
    best.deleted = best_batch * MSER_BATCH;
    best.settled = best_batch < most;
    return best;
}

struct truncation series_mser5(const double *values, int32_t count) {
    int32_t batches = count / MSER_BATCH;
    if (batches < 2) return (struct truncation){.statistic = NAN};
    double *means = memory_zeroed((size_t)batches, sizeof *means);
    for (int32_t i = 0; i < batches; i++) means[i] = mean_of(values + i * MSER_BATCH, MSER_BATCH);
    struct truncation truncation = least_error(means, batches);
    free(means);
    return truncation;
}

int32_t series_welch(const double *values, int32_t count, int32_t window, double *out) {
    int32_t written = count - window;
    for (int32_t i = 0; i < written; i++) {
        int32_t side = i < window ? i : window;
        out[i] = mean_of(values + i - side, 2 * side + 1);
    }
    return written > 0 ? written : 0;
}

/* ---- How alike neighbours are ---- */

static double covariance(const double *values, int32_t count, double mean, int32_t lag) {
    double sum = 0;
    for (int32_t i = 0; i + lag < count; i++) sum += (values[i] - mean) * (values[i + lag] - mean);
    return sum / count;
}

double series_autocorrelation(const double *values, int32_t count, int32_t lag) {
    double mean = mean_of(values, count), variance = covariance(values, count, mean, 0);
    return variance > 0 ? covariance(values, count, mean, lag) / variance : NAN;
}

double series_effective_size(const double *values, int32_t count) {
    double mean = mean_of(values, count), variance = covariance(values, count, mean, 0);
    if (!(variance > 0)) return count;
    double sum = -1; /* pairs begin with lag 0, which is 1 */
    int32_t most = (int32_t)(10 * sqrt(count)) + 10;
    for (int32_t lag = 0; lag + 1 < count && lag < most; lag += 2) {
        double pair =
            covariance(values, count, mean, lag) + covariance(values, count, mean, lag + 1);
        if (pair <= 0) break;
        sum += 2 * pair / variance;
    }
    return sum > 1 ? count / sum : count;
}

/* ---- How sure the mean is ---- */

struct interval series_batch_means(const double *values, int32_t count, int32_t batches,
                                   double confidence) {
    int32_t size = batches > 0 ? count / batches : 0;
    if (size == 0) return interval_t(values, 0, confidence);
    double *means = memory_zeroed((size_t)batches, sizeof *means);
    values += count - batches * size;
    for (int32_t i = 0; i < batches; i++) means[i] = mean_of(values + i * size, size);
    struct interval interval = interval_t(means, batches, confidence);
    free(means);
    return interval;
}

/* The variance of the mean is size / ((count - size + 1) (count - size)) times the sum of squares.
 */
struct interval series_overlapping_means(const double *values, int32_t count, int32_t size,
                                         double confidence) {
    struct interval interval = {.mean = NAN, .half_width = NAN, .sd = NAN};
    if (size < 1 || count <= size) return interval;
    double squares = 0, degrees = 1.5 * ((double)count / size - 1);
    int32_t last = count - size;
    interval.mean = mean_of(values, count);
    interval.n = count / size;
    double sum = 0; /* of deviations from the mean, in the batch that begins at i */
    for (int32_t i = 0; i < size; i++) sum += values[i] - interval.mean;
    for (int32_t i = 0;; i++) {
        squares += sum / size * (sum / size);
        if (i == last) break;
        sum += values[i + size] - values[i];
    }
    double variance = squares * size / ((double)(last + 1) * last);
    interval.sd = sqrt(variance * interval.n);
    interval.half_width = variance == 0 ? 0 : t_two_sided(confidence, degrees) * sqrt(variance);
    return interval;
}

/* Deviations of each batch from the line through zero, in units of the mean denominator, stand for
 * batch means: their spread is that of the ratio to the first order. */
struct interval series_batch_ratio_at(const double *above, const double *below, int32_t batches,
                                      double t) {
    double above_sum = 0, below_sum = 0, means[SERIES_BATCHES_MOST];
    bool whole = batches > 0;
    CHECK(batches <= SERIES_BATCHES_MOST);
    for (int32_t i = 0; i < batches; i++) {
        if (!(below[i] > 0)) whole = false;
        above_sum += above[i];
        below_sum += below[i];
    }
    if (!whole) return interval_at(NULL, 0, t);
    double ratio = above_sum / below_sum, size = below_sum / batches;
    for (int32_t i = 0; i < batches; i++) means[i] = (above[i] - ratio * below[i]) / size;
    struct interval interval = interval_at(means, batches, t);
    interval.mean = ratio;
    return interval;
}

struct interval series_batch_ratio(const double *above, const double *below, int32_t batches,
                                   double confidence) {
    return series_batch_ratio_at(above, below, batches, t_two_sided(confidence, batches - 1));
}
