/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "controls.h"

#include <math.h>
#include <stdlib.h>

static double mean_of(const double *values, int32_t count) {
    double mean = 0;
    for (int32_t i = 0; i < count; i++) mean += (values[i] - mean) / (i + 1);
    return mean;
}

static double product(const double *a, const double *b, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

/* A vector of deviations about its mean, and that mean: both are made orthogonal together. */
struct vector {
    double *at;
    double mean;
};

static struct vector vector_centred(double *at, const double *values, int32_t count) {
    double mean = mean_of(values, count);
    for (int32_t i = 0; i < count; i++) at[i] = values[i] - mean;
    return (struct vector){at, mean};
}

/* Takes from A its part along B. */
static void vector_clear_of(struct vector *a, const struct vector *b, int32_t count) {
    double share = product(a->at, b->at, count) / product(b->at, b->at, count);
    for (int32_t i = 0; i < count; i++) a->at[i] -= share * b->at[i];
    a->mean -= share * b->mean;
}

/* What is left of a control after those before it must be this share of it, or it tells nothing
 * new.
 */
static const double share_least = 1e-9;

/* Gram-Schmidt: the controls made orthogonal to each other, into vectors[]; returns how many. */
static int32_t orthogonal(struct vector *vectors, double *memory, const struct control *controls,
                          int32_t control_count, int32_t count) {
    int32_t used = 0;
    for (int32_t c = 0; c < control_count; c++) {
        struct vector *vector = &vectors[used];
        *vector =
            vector_centred(memory + (size_t)used * (size_t)count, controls[c].deviations, count);
        double before = product(vector->at, vector->at, count);
        for (int32_t i = 0; i < used; i++) vector_clear_of(vector, &vectors[i], count);
        if (product(vector->at, vector->at, count) > share_least * before) used++;
    }
    return used;
}

static bool whole(const double *values, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return false;
    return true;
}

static struct controlled nothing(int32_t count) {
    return (struct controlled){.interval = {.mean = NAN, .half_width = NAN, .sd = NAN, .n = count},
                               .reduction = NAN};
}

struct controlled controlled_mean(const double *values, int32_t count,
                                  const struct control *controls, int32_t control_count,
                                  double confidence) {
    struct controlled result = nothing(count);
    bool all = whole(values, count);
    for (int32_t c = 0; all && c < control_count; c++) all = whole(controls[c].deviations, count);
    if (!all || count < control_count + 3) return result;
    size_t places = (size_t)(control_count + 1) * (size_t)count;
    double *memory = memory_zeroed(places, sizeof *memory);
    struct vector *vectors = memory_zeroed((size_t)control_count + 1, sizeof *vectors);
    result.used = orthogonal(vectors, memory, controls, control_count, count);
    struct vector y = vector_centred(memory + (size_t)result.used * (size_t)count, values, count);
    double plain = product(y.at, y.at, count) / (count - 1) / count, leverage = 1.0 / count;
    for (int32_t i = 0; i < result.used; i++) {
        vector_clear_of(&y, &vectors[i], count);
        leverage +=
            vectors[i].mean * vectors[i].mean / product(vectors[i].at, vectors[i].at, count);
    }
    int32_t degrees = count - result.used - 1;
    double left = product(y.at, y.at, count) / degrees, variance = left * leverage;
    result.interval.mean = y.mean;
    result.interval.sd = sqrt(left);
    result.interval.half_width =
        variance == 0 ? 0 : t_two_sided(confidence, degrees) * sqrt(variance);
    result.reduction = plain == 0 ? 1 : plain / variance;
    free(vectors);
    free(memory);
    return result;
}
