/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranges.h"

#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static double normal_two_sided(double confidence) {
    return gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
}

struct range range_share(int64_t count, int64_t n, double confidence) {
    if (n <= 0) return (struct range){NAN, NAN, NAN};
    double z = normal_two_sided(confidence), trials = (double)n, share = (double)count / trials;
    double scale = 1 + z * z / trials, middle = (share + z * z / (2 * trials)) / scale;
    double half = z / scale * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
    return (struct range){share, count == 0 ? 0 : middle - half, count == n ? 1 : middle + half};
}

static int by_value(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The number of values below the quantile is binomial. Rank r (from 1) is a lower end when fewer
 * than r lie below it with at most half the risk, and the upper end mirrors it. */
struct range range_quantile(double *values, int32_t count, double share, double confidence) {
    struct range range = {NAN, NAN, NAN};
    if (count < 1 || !(share > 0 && share < 1)) return range;
    for (int32_t i = 0; i < count; i++)
        if (isnan(values[i])) return range;
    qsort(values, (size_t)count, sizeof *values, by_value);
    double at = share * (count - 1), risk = (1 - confidence) / 2;
    int32_t below = (int32_t)at;
    double next = values[below + 1 < count ? below + 1 : below];
    range.value = values[below] + (at - below) * (next - values[below]);
    int32_t low = 0, high = count + 1;
    unsigned n = (unsigned)count;
    while (low < count && gsl_cdf_binomial_P((unsigned)low, share, n) <= risk) low++;
    while (high > 1 && gsl_cdf_binomial_Q((unsigned)high - 2, share, n) <= risk) high--;
    range.low = low > 0 ? values[low - 1] : -INFINITY;
    range.high = high <= count ? values[high - 1] : INFINITY;
    return range;
}

/* The ratios that a t test of mean(above - ratio * below) = 0 does not reject: between the roots of
 * a quadratic. */
struct range range_ratio(const double *above, const double *below, int32_t count,
                         double confidence) {
    struct interval a = interval_t(above, count, confidence),
                    b = interval_t(below, count, confidence);
    struct range range = {a.mean / b.mean, NAN, NAN};
    if (count < 2 || isnan(range.value)) return range;
    double products = 0;
    for (int32_t i = 0; i < count; i++) products += (above[i] - a.mean) * (below[i] - b.mean);
    double t = t_two_sided(confidence, count - 1), scale = t * t / count;
    double square = b.mean * b.mean - scale * b.sd * b.sd,
           middle = a.mean * b.mean - scale * products / (count - 1),
           last = a.mean * a.mean - scale * a.sd * a.sd;
    if (square <= 0) return (struct range){range.value, -INFINITY, INFINITY};
    double root = sqrt(fmax(middle * middle - square * last, 0));
    range.low = (middle - root) / square;
    range.high = (middle + root) / square;
    return range;
}

/* ---- Times to an event ---- */

/* At equal times what happened comes first: who was still watched then was at risk. */
static int by_time(const void *a, const void *b) {
    const struct event_time *left = a, *right = b;
    if (left->time != right->time) return left->time < right->time ? -1 : 1;
    return (int)right->happened - (int)left->happened;
}

struct range range_event_within(struct event_time *times, int32_t count, double t,
                                double confidence) {
    if (count < 1) return (struct range){NAN, NAN, NAN};
    qsort(times, (size_t)count, sizeof *times, by_time);
    double survival = 1, greenwood = 0;
    for (int32_t i = 0; i < count && times[i].time <= t; i++) {
        if (!times[i].happened) continue;
        double at_risk = count - i;
        survival *= 1 - 1 / at_risk;
        greenwood += at_risk > 1 ? 1 / (at_risk * (at_risk - 1)) : INFINITY;
    }
    struct range range = {1 - survival, NAN, NAN};
    if (!(survival > 0 && survival < 1)) return range;
    double spread = normal_two_sided(confidence) * sqrt(greenwood) / -log(survival);
    range.low = 1 - pow(survival, exp(-spread));
    range.high = 1 - pow(survival, exp(spread));
    return range;
}

double event_time_mean(struct event_time *times, int32_t count) {
    if (count < 1) return NAN;
    qsort(times, (size_t)count, sizeof *times, by_time);
    double survival = 1, mean = 0, last = 0;
    for (int32_t i = 0; i < count; i++) {
        mean += survival * (times[i].time - last);
        last = times[i].time;
        if (times[i].happened) survival *= 1 - 1.0 / (count - i);
    }
    return mean;
}
