/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subset.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static int32_t count_of(const bool *flags, int32_t count) {
    int32_t set = 0;
    for (int32_t i = 0; i < count; i++) set += flags[i];
    return set;
}

int32_t subset_paired(const double *const *values, int32_t count, int32_t n, int sign, double zone,
                      double confidence, bool *kept) {
    CHECK(n >= 2 && zone >= 0);
    int32_t rivals = 0;
    for (int32_t i = 0; i < count; i++) {
        kept[i] = !isnan(interval_t(values[i], n, 0.5).mean);
        rivals += kept[i];
    }
    if (rivals < 2) return rivals;
    double t = t_two_sided(1 - 2 * (1 - confidence) / (rivals - 1), n - 1);
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = 0; j < i; j++) {
            struct interval difference = interval_paired(values[i], values[j], n, 0.5);
            if (isnan(difference.mean)) continue;
            double allowance = fmax(0, t * difference.sd / sqrt(n) - zone);
            if (sign * difference.mean > allowance) kept[j] = false;
            if (sign * difference.mean < -allowance) kept[i] = false;
        }
    return count_of(kept, count);
}

int32_t subset_independent(const struct interval *systems, int32_t count, int sign,
                           double confidence, bool *kept) {
    double *allowed = memory_zeroed((size_t)count + 1, sizeof *allowed); /* its square, of each */
    int32_t rivals = 0;
    for (int32_t i = 0; i < count; i++) {
        kept[i] = !isnan(systems[i].sd);
        rivals += kept[i];
    }
    double one = pow(confidence, 1.0 / (rivals > 1 ? rivals - 1 : 1));
    for (int32_t i = 0; i < count; i++) {
        if (!kept[i]) continue;
        double t = gsl_cdf_tdist_Pinv(one, systems[i].n - 1);
        allowed[i] = t * t * systems[i].sd * systems[i].sd / systems[i].n;
    }
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = 0; j < i; j++) {
            if (isnan(systems[i].sd) || isnan(systems[j].sd)) continue;
            double gap = sign * (systems[i].mean - systems[j].mean);
            double allowance = sqrt(allowed[i] + allowed[j]);
            if (gap > allowance) kept[j] = false;
            if (gap < -allowance) kept[i] = false;
        }
    free(allowed);
    return count_of(kept, count);
}
