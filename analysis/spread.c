/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_LEAST = 20 };

const char *const spread_suffixes[SPREAD_COUNT] = {
#define X(name, suffix, share, meaning) suffix,
    SPREADS(X)
#undef X
};

static const double shares[SPREAD_COUNT] = {
#define X(name, suffix, share, meaning) share,
    SPREADS(X)
#undef X
};

int32_t spread_column(const struct layout *layout, const char *path, enum spread *spread) {
    const char *dot = strrchr(path, '.');
    if (!dot || layout_find(layout, path) >= 0) return -1;
    for (int32_t i = 0; i < SPREAD_COUNT; i++) {
        if (strcmp(dot, spread_suffixes[i]) != 0) continue;
        char base[256];
        size_t count = (size_t)(dot - path);
        if (count >= sizeof base) return -1;
        memcpy(base, path, count);
        base[count] = '\0';
        int32_t column = layout_find(layout, base);
        *spread = (enum spread)i;
        if (column < 0) return -1;
        enum kpi_shape shape = kpis[layout->columns[column].kpi].shape;
        if (shape != KPI_VALUE && shape != KPI_EVENT) return -1;
        return column;
    }
    return -1;
}

static void linear_sd(double *values, int32_t count) {
    double sum = 0, squares = 0;
    for (int32_t i = 0; i < count; i++) sum += values[i];
    double mean = sum / count, times = (double)count / (count - 1);
    for (int32_t i = 0; i < count; i++) squares += (values[i] - mean) * (values[i] - mean);
    double s = sqrt(squares / (count - 1));
    for (int32_t i = 0; i < count; i++) {
        double off = values[i] - mean;
        values[i] = s > 0 ? s + (off * off * times - s * s) / (2 * s) : 0;
    }
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The least value with at least this share at or below it, and the slope of the quantile there:
 * 1 / density, over neighbours as many as the square root of the count. */
static double quantile(const double *values, int32_t count, double share, double *slope) {
    double *sorted = memory_zeroed((size_t)count, sizeof *sorted);
    memcpy(sorted, values, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, rising);
    int32_t at = (int32_t)ceil(share * count - 1e-9) - 1, near = (int32_t)sqrt(count) / 2 + 1;
    if (at < 0) at = 0;
    int32_t low = at > near ? at - near : 0, high = at + near < count ? at + near : count - 1;
    double q = sorted[at];
    *slope = (sorted[high] - sorted[low]) * count / (high - low);
    free(sorted);
    return q;
}

static void linear_quantile(double *values, int32_t count, double share) {
    double slope, q = quantile(values, count, share, &slope);
    double below = 0;
    for (int32_t i = 0; i < count; i++) below += values[i] <= q;
    for (int32_t i = 0; i < count; i++)
        values[i] = q + (below / count - (values[i] <= q ? 1 : 0)) * slope;
}

static void linear_worst(double *values, int32_t count, double share, int better) {
    double sign = better > 0 ? -1 : 1, slope;
    for (int32_t i = 0; i < count; i++) values[i] *= sign;
    double q = quantile(values, count, share, &slope);
    for (int32_t i = 0; i < count; i++)
        values[i] = sign * (q + fmax(0, values[i] - q) / (1 - share));
}

void spread_linear(double *values, int32_t count, enum spread spread, int better) {
    bool known = count >= COUNT_LEAST;
    for (int32_t i = 0; i < count; i++) known = known && !isnan(values[i]);
    if (!known)
        for (int32_t i = 0; i < count; i++) values[i] = NAN;
    else if (spread == SPREAD_SD)
        linear_sd(values, count);
    else if (spread == SPREAD_CVAR95)
        linear_worst(values, count, shares[spread], better);
    else
        linear_quantile(values, count, shares[spread]);
}
