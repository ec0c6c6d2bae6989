/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Mean and sum of squared deviations in one pass (Welford, Technometrics 4, 1962): of 1e9 + {4, 7,
 * 13, 16} the variance is 30, where sum and sum of squares would lose every digit. */
struct moments {
    double mean, squares;
    int32_t n;
    bool whole; /* no value was NaN */
};

static struct moments moments_of(const double *a, const double *b, int32_t count) {
    struct moments moments = {.whole = true};
    for (int32_t i = 0; i < count; i++) {
        double value = b ? a[i] - b[i] : a[i];
        if (isnan(value)) {
            moments.whole = false;
            continue;
        }
        moments.n++;
        double step = value - moments.mean;
        moments.mean += step / moments.n;
        moments.squares += step * (value - moments.mean);
    }
    return moments;
}

static struct interval interval_of(struct moments moments) {
    struct interval interval = {.mean = NAN, .half_width = NAN, .sd = NAN, .n = moments.n};
    if (!moments.whole || moments.n == 0) return interval;
    interval.mean = moments.mean;
    if (moments.n > 1) interval.sd = sqrt(moments.squares / (moments.n - 1));
    return interval;
}

static struct interval widened_by(struct interval interval, double t) {
    if (isnan(interval.sd))
        interval.half_width = NAN;
    else
        interval.half_width = interval.sd == 0 ? 0 : t * interval.sd / sqrt(interval.n);
    return interval;
}

struct interval interval_t(const double *values, int32_t count, double confidence) {
    return interval_widened(interval_of(moments_of(values, NULL, count)), confidence);
}

struct interval interval_at(const double *values, int32_t count, double t) {
    return widened_by(interval_of(moments_of(values, NULL, count)), t);
}

struct interval interval_paired(const double *a, const double *b, int32_t count,
                                double confidence) {
    return interval_widened(interval_of(moments_of(a, b, count)), confidence);
}

struct pairing pairing_of(const double *a, const double *b, int32_t count) {
    struct moments of_a = moments_of(a, NULL, count), of_b = moments_of(b, NULL, count);
    struct moments of_both = moments_of(a, b, count);
    struct pairing pairing = {.correlation = NAN, .saved = NAN};
    if (!of_both.whole || count < 2) return pairing;
    double apart = of_a.squares + of_b.squares;
    if (apart == 0) return pairing;
    bool constant = of_both.squares <= 1e-18 * apart; /* rounding moves the ninth digit */
    pairing.saved = constant ? INFINITY : apart / of_both.squares;
    double scale = sqrt(of_a.squares) * sqrt(of_b.squares);
    if (scale > 0) pairing.correlation = fmax(-1, fmin(1, (apart - of_both.squares) / (2 * scale)));
    return pairing;
}

struct interval interval_independent(const double *a, int32_t a_count, const double *b,
                                     int32_t b_count, double confidence) {
    struct interval left = interval_t(a, a_count, confidence);
    struct interval right = interval_t(b, b_count, confidence);
    double left_variance = left.sd * left.sd / left.n,
           right_variance = right.sd * right.sd / right.n;
    double variance = left_variance + right_variance;
    double degrees = variance * variance /
                     (left_variance * left_variance / (left.n - 1) +
                      right_variance * right_variance / (right.n - 1));
    struct interval difference = {.mean = left.mean - right.mean,
                                  .sd = sqrt(left.sd * left.sd + right.sd * right.sd),
                                  .n = left.n < right.n ? left.n : right.n};
    difference.half_width = variance == 0 ? 0 : t_two_sided(confidence, degrees) * sqrt(variance);
    return difference;
}

struct interval interval_widened(struct interval interval, double confidence) {
    bool varies = interval.sd > 0; /* else t is not asked for */
    return widened_by(interval, varies ? t_two_sided(confidence, interval.n - 1) : 0);
}

double t_two_sided(double confidence, double degrees) {
    if (!(degrees > 0) || !(confidence > 0 && confidence < 1)) return NAN;
    return gsl_cdf_tdist_Qinv((1 - confidence) / 2, degrees);
}

double interval_p_value(struct interval interval) {
    if (isnan(interval.sd)) return NAN;
    if (interval.sd == 0) return interval.mean == 0 ? 1 : 0;
    double t = fabs(interval.mean) / (interval.sd / sqrt(interval.n));
    return 2 * gsl_cdf_tdist_Q(t, interval.n - 1);
}

/* The smallest p above the last one taken; equal ones by position. -1 when none is left. */
static int32_t next_in_order(const double *p, int32_t count, int32_t last) {
    int32_t best = -1;
    for (int32_t i = 0; i < count; i++) {
        bool later = last < 0 || p[i] > p[last] || (p[i] == p[last] && i > last);
        if (!isnan(p[i]) && later && (best < 0 || p[i] < p[best])) best = i;
    }
    return best;
}

void holm_levels(const double *p, int32_t count, double alpha, double *levels) {
    int32_t left = 0;
    for (int32_t i = 0; i < count; i++) {
        levels[i] = alpha;
        if (!isnan(p[i])) left++;
    }
    bool stopped = false;
    double level = alpha;
    for (int32_t i = next_in_order(p, count, -1); i >= 0; i = next_in_order(p, count, i)) {
        if (!stopped) level = alpha / left--;
        levels[i] = level;
        if (p[i] > level) stopped = true;
    }
}

enum verdict verdict_order(struct interval difference, enum order_sign sign) {
    if (isnan(difference.half_width)) return VERDICT_UNDECIDED;
    double low = difference.mean - difference.half_width;
    double high = difference.mean + difference.half_width;
    bool less = sign == ORDER_LESS || sign == ORDER_LESS_EQUAL;
    if (difference.half_width == 0 && difference.mean == 0) {
        bool with_equal = sign == ORDER_LESS_EQUAL || sign == ORDER_GREATER_EQUAL;
        return with_equal ? VERDICT_SUPPORTED : VERDICT_REFUTED;
    }
    if (high < 0) return less ? VERDICT_SUPPORTED : VERDICT_REFUTED;
    if (low > 0) return less ? VERDICT_REFUTED : VERDICT_SUPPORTED;
    return VERDICT_UNDECIDED;
}

/* A half-width that supports an equality is at most this share of the value. */
static const double usual_share = 0.005;

enum verdict verdict_equal(struct interval left, const struct equality *expected) {
    if (isnan(left.half_width) || isnan(expected->value)) return VERDICT_UNDECIDED;
    double distance = fabs(left.mean - expected->value);
    if (distance > hypot(left.half_width, 1.68 * expected->error)) return VERDICT_REFUTED;
    double share = expected->within > 0 ? expected->within : usual_share;
    double widest = fmax(share * fabs(expected->value), expected->error);
    return left.half_width <= widest ? VERDICT_SUPPORTED : VERDICT_UNDECIDED;
}

/* Sums of doubles are rounded too: what differs in the 13th digit is the same number. */
static const double rounding = 1e-12;

enum verdict verdict_equal_exact(double left, const struct equality *expected) {
    if (isnan(left) || isnan(expected->value)) return VERDICT_UNDECIDED;
    double allowed = fmax(expected->digits, 1.68 * expected->error);
    allowed = fmax(allowed, expected->within * fabs(expected->value));
    allowed += rounding * fabs(expected->value);
    return fabs(left - expected->value) <= allowed ? VERDICT_SUPPORTED : VERDICT_REFUTED;
}
