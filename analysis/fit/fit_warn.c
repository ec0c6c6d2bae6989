/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be wrong with data before any law is. */
#include "fit_report.h"

#include <math.h>

enum { FEW = 30, FAR_SHOWN = 3 };

static const double FAR_QUARTILES = 3;   /* Tukey's outer fences */
static const double ROUGH = 0.5;         /* different values over all values */
static const double NEIGHBOURS_SD = 2.6; /* one file in a hundred is warned of by chance */

double fit_quantile(const struct fit_sample *sample, double share) {
    double at = share * (sample->count - 1);
    int32_t i = (int32_t)at;
    if (i >= sample->count - 1) return sample->high;
    return sample->sorted[i] + (at - i) * (sample->sorted[i + 1] - sample->sorted[i]);
}

double fit_skewness(const struct fit_sample *sample) {
    double sum = 0;
    for (int32_t i = 0; i < sample->count; i++) sum += pow(sample->sorted[i] - sample->mean, 3);
    return sum / sample->count / pow(sample->variance, 1.5);
}

double fit_neighbours(const double *values, int32_t count) {
    double mean = 0, sum = 0, all = 0;
    for (int32_t i = 0; i < count; i++) mean += values[i] / count;
    for (int32_t i = 0; i < count; i++) {
        double off = values[i] - mean;
        all += off * off;
        if (i + 1 < count) sum += off * (values[i + 1] - mean);
    }
    return all > 0 ? sum / all : 0;
}

static int32_t different(const struct fit_sample *sample) {
    int32_t count = 1;
    for (int32_t i = 1; i < sample->count; i++) count += sample->sorted[i] != sample->sorted[i - 1];
    return count;
}

/* Beyond the fences of the values, and of their logarithms too where there are some: a long tail is
 * no mistake. */
static bool is_far(const struct fit_sample *sample, double value) {
    double first = fit_quantile(sample, 0.25), third = fit_quantile(sample, 0.75);
    double reach = FAR_QUARTILES * (third - first);
    if (!(reach > 0) || (value >= first - reach && value <= third + reach)) return false;
    if (!sample->logs) return true;
    double ratio = FAR_QUARTILES * log(third / first);
    return log(value / first) < -ratio || log(value / third) > ratio;
}

static void warn_far(struct fit_data *data, const struct fit_sample *sample, const double *values,
                     const struct place *places) {
    int32_t count = 0, shown = 0;
    for (int32_t i = 0; i < sample->count; i++) count += is_far(sample, values[i]);
    for (int32_t i = 0; i < sample->count && shown < FAR_SHOWN; i++) {
        if (!is_far(sample, values[i])) continue;
        const char *more = ++shown == FAR_SHOWN && count > FAR_SHOWN
                               ? arena_text(&data->arena, "; so do %d more", count - FAR_SHOWN)
                               : "";
        fault_warning(&data->faults, places[i], "a mistake, or a kind of its own?",
                      "%g lies far from the others, whose quartiles are %g and %g%s", values[i],
                      fit_quantile(sample, 0.25), fit_quantile(sample, 0.75), more);
    }
}

static void warn_rounded(struct fit_data *data, const struct fit_sample *sample,
                         struct place place) {
    int32_t count = different(sample);
    bool counts = !*data->unit && fit_sample_whole(sample);
    if (counts || count == 1 || count >= ROUGH * sample->count) return;
    fault_warning(&data->faults, place,
                  "measure more finely; or compare the distances and not the p-values",
                  "only %d of %d values are different: they are rounded, and the tests take that "
                  "against every law",
                  count, sample->count);
}

static bool is_sorted(const double *values, int32_t count) {
    bool rising = true, falling = true;
    for (int32_t i = 1; i < count; i++) {
        rising = rising && values[i] >= values[i - 1];
        falling = falling && values[i] <= values[i - 1];
    }
    return count > 2 && (rising || falling);
}

/* Zeros are often another kind of thing: work that was not needed. */
static void warn_zeros(struct fit_data *data, const struct fit_sample *sample, struct place place) {
    int32_t zeros = 0, n = sample->count;
    bool counts = !*data->unit && fit_sample_whole(sample);
    while (zeros < n && sample->sorted[zeros] == 0) zeros++;
    if (counts || zeros == 0 || zeros == n) return;
    const char *hint = arena_text(
        &data->arena, "fit the others alone, and write mixture(%.3g constant(0%s%s) %.3g LAW)",
        (double)zeros / n, *data->unit ? " " : "", data->unit, 1 - (double)zeros / n);
    fault_warning(&data->faults, place, hint,
                  "%d of %d values are 0, which most laws of times never are", zeros, n);
}

void fit_warn(struct fit_data *data, const struct fit_sample *sample, const double *values,
              const struct place *places) {
    struct place whole = {.source = data->places[0].source};
    int32_t n = sample->count;
    if (data->empty_count)
        fault_warning(&data->faults, whole, NULL, "%d empty cell%s left out", data->empty_count,
                      data->empty_count == 1 ? " is" : "s are");
    if (n < FEW)
        fault_warning(&data->faults, whole, "collect more, or judge by what makes the values",
                      "%d values are few: laws that differ much will all look possible", n);
    double neighbours = fit_neighbours(values, n);
    if (is_sorted(values, n))
        fault_warning(&data->faults, whole, "keep them in the order of their time",
                      "the values are sorted: whether they depend on each other is not to be seen");
    else if (n >= 10 && fabs(neighbours) > NEIGHBOURS_SD / sqrt(n))
        fault_warning(&data->faults, whole,
                      "a shift, a product or a trend? fit each kind of work by itself",
                      "neighbours are %s (correlation %.2f): the values are not independent, and "
                      "p-values are not to be trusted",
                      neighbours > 0 ? "alike" : "opposed", neighbours);
    if (data->dimension.time == 1 && sample->low < 0)
        fault_warning(&data->faults, whole, NULL, "there are times below 0, the least is %g",
                      sample->low);
    warn_zeros(data, sample, whole);
    if (places) warn_far(data, sample, values, places);
    warn_rounded(data, sample, whole);
}
