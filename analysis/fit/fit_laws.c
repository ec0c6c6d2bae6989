/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maximum likelihood for the laws that have a formula or a single equation for it.
 *
 * Gamma after T. P. Minka, Estimating a Gamma distribution (2002); Weibull's profile equation after
 * A. C. Cohen, Technometrics 7 (1965); the normal cut at 0 by its two moments, which are sufficient
 * (A. C. Cohen, Annals of Mathematical Statistics 21, 1950). Check value: the lives of 23 ball
 * bearings (J. Lieblein, M. Zelen, J. of Research of the NBS 57, 1956) give weibull(shape=2.1021
 * scale=81.878) and a gamma of shape 4.0254 and scale 17.942. */
#include "fit.h"

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <stdlib.h>

/* ---- The sample ---- */

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double mean_of(const double *values, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += values[i];
    return sum / count;
}

static double variance_of(const double *values, int32_t count, double mean) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += (values[i] - mean) * (values[i] - mean);
    return sum / count;
}

void fit_sample_init(struct fit_sample *sample, double *values, double *logs, int32_t count) {
    CHECK(count > 0);
    qsort(values, (size_t)count, sizeof *values, by_size);
    *sample = (struct fit_sample){
        .sorted = values, .count = count, .low = values[0], .high = values[count - 1]};
    sample->mean = mean_of(values, count);
    sample->variance = variance_of(values, count, sample->mean);
    if (!(sample->low > 0)) return;
    for (int32_t i = 0; i < count; i++) logs[i] = log(values[i]);
    sample->logs = logs;
    sample->log_mean = mean_of(logs, count);
    sample->log_sd = sqrt(variance_of(logs, count, sample->log_mean));
}

bool fit_sample_whole(const struct fit_sample *sample) {
    for (int32_t i = 0; i < sample->count; i++)
        if (sample->sorted[i] != floor(sample->sorted[i])) return false;
    return sample->low >= 0;
}

/* Secants, with the value at an end that stays twice halved, so that it comes nearer as well
 * (Illinois: M. Dowell, P. Jarratt, BIT 11, 1971). */
double fit_root(double (*f)(double, const void *), const void *context, double low, double high) {
    double f_low = f(low, context), f_high = f(high, context);
    int32_t stayed = 0; /* 1: low, -1: high */
    for (int32_t i = 0; i < 200 && high - low > 1e-15 * (fabs(low) + fabs(high)); i++) {
        double x = (low * f_high - high * f_low) / (f_high - f_low);
        if (!(x > low && x < high)) x = low + (high - low) / 2;
        if (x <= low || x >= high) break;
        double f_x = f(x, context);
        if (f_x == 0) return x;
        if ((f_x > 0) == (f_high > 0)) {
            if (stayed == 1) f_low /= 2;
            high = x, f_high = f_x, stayed = 1;
        } else {
            if (stayed == -1) f_high /= 2;
            low = x, f_low = f_x, stayed = -1;
        }
    }
    return fabs(f_low) < fabs(f_high) ? low : high;
}

/* ---- Laws above 0 ---- */

static const char above_zero[] = "wants values above 0";
static const char not_alike[] = "wants values that are not all alike";

/* The shape of the gamma law, or 0 when there is none. */
static double gamma_shape(const struct fit_sample *sample) {
    double s = log(sample->mean) - sample->log_mean;
    if (!(s > 1e-12)) return 0;
    double shape = (3 - s + sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
    for (int32_t i = 0; i < 50; i++) {
        double slope = shape * shape * (1 / shape - gsl_sf_psi_1(shape));
        double inverse = 1 / shape + (log(shape) - gsl_sf_psi(shape) - s) / slope;
        double next = inverse > 0 ? 1 / inverse : shape / 2;
        bool done = fabs(next - shape) <= 1e-15 * shape;
        shape = next;
        if (done) break;
    }
    return shape;
}

static const char *fit_gamma(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!sample->logs) return above_zero;
    double shape = gamma_shape(sample);
    if (!(shape > 0)) return not_alike;
    value[LAW_ARGUMENT_MEAN] = sample->mean;
    value[LAW_ARGUMENT_CV] = 1 / sqrt(shape);
    return NULL;
}

/* The likelihood of gamma falls to both sides of its shape, so the best whole number is beside it.
 */
static const char *fit_erlang(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!sample->logs) return above_zero;
    double shape = gamma_shape(sample);
    if (!(shape > 0) || shape > 1e6) return not_alike;
    double best = fmax(1, floor(shape)), best_score = -INFINITY;
    for (double k = best; k <= ceil(shape); k++) {
        double score = k * (log(k) - log(sample->mean) - 1 + sample->log_mean) - gsl_sf_lngamma(k);
        if (score > best_score) best = k, best_score = score;
    }
    if (best == 1) return "has one phase here, which is exponential";
    value[LAW_ARGUMENT_K] = best;
    value[LAW_ARGUMENT_MEAN] = sample->mean;
    return NULL;
}

/* The slope of Weibull's profile likelihood at this shape, over n. Logarithms are taken less the
 * greatest of them, so that no power overflows. */
static double weibull_slope(double shape, const void *context) {
    const struct fit_sample *sample = context;
    double top = sample->logs[sample->count - 1], sum = 0, sum_log = 0;
    for (int32_t i = 0; i < sample->count; i++) {
        double off = sample->logs[i] - top, power = exp(shape * off);
        sum += power;
        sum_log += power * off;
    }
    return sum_log / sum - 1 / shape - (sample->log_mean - top);
}

static const char *fit_weibull(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!sample->logs) return above_zero;
    if (!(sample->log_sd > 1e-9)) return not_alike;
    double guess = M_PI / sqrt(6) / sample->log_sd, low = guess, high = guess;
    while (weibull_slope(low, sample) > 0) low /= 1.5;
    while (weibull_slope(high, sample) < 0) high *= 1.5;
    double shape = fit_root(weibull_slope, sample, low, high), sum = 0;
    double top = sample->logs[sample->count - 1];
    for (int32_t i = 0; i < sample->count; i++) sum += exp(shape * (sample->logs[i] - top));
    value[LAW_ARGUMENT_SHAPE] = shape;
    value[LAW_ARGUMENT_SCALE] = exp(top) * pow(sum / sample->count, 1 / shape);
    return NULL;
}

static const char *fit_lognormal(const struct fit_sample *sample,
                                 double value[LAW_ARGUMENT_COUNT]) {
    if (!sample->logs) return above_zero;
    double variance = sample->log_sd * sample->log_sd;
    if (!(variance > 1e-18)) return not_alike;
    value[LAW_ARGUMENT_MEAN] = exp(sample->log_mean + variance / 2);
    value[LAW_ARGUMENT_CV] = sqrt(expm1(variance));
    return NULL;
}

static const char *fit_exponential(const struct fit_sample *sample,
                                   double value[LAW_ARGUMENT_COUNT]) {
    if (sample->low < 0) return "wants values that are not below 0";
    if (!(sample->mean > 0)) return not_alike;
    value[LAW_ARGUMENT_MEAN] = sample->mean;
    return NULL;
}

/* ---- The bell ---- */

/* E(X^2) / E(X)^2 of a bell cut at 0 whose mean is ALPHA standard deviations above it; it falls
 * with ALPHA, from 2 (exponential) to 1. */
static double cut_moments(double alpha, const void *context) {
    double hazard = exp(-0.5 * alpha * alpha) * M_2_SQRTPI * M_SQRT1_2 / erfc(-alpha * M_SQRT1_2);
    double mean = alpha + hazard;
    return (1 + alpha * mean) / (mean * mean) - *(const double *)context;
}

/* Where no value is below 0 takt draws again below 0, so the bell is fitted as it is then. */
static const char *fit_normal(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    enum { CUT_COUNTS = 6 }; /* beyond so many standard deviations nothing is cut */
    double sd = sqrt(sample->variance), mean = sample->mean;
    if (!(sd > 1e-12 * fabs(mean))) return not_alike;
    if (sample->low >= 0 && mean < CUT_COUNTS * sd) {
        double ratio = 1 + sample->variance / (mean * mean);
        if (cut_moments(-3, &ratio) < 0) return "is no bell here: most of it would be below 0";
        double alpha = fit_root(cut_moments, &ratio, -3, 2 * CUT_COUNTS);
        double hazard =
            exp(-0.5 * alpha * alpha) * M_2_SQRTPI * M_SQRT1_2 / erfc(-alpha * M_SQRT1_2);
        sd = mean / (alpha + hazard);
        mean = alpha * sd;
    }
    value[LAW_ARGUMENT_MEAN] = mean;
    value[LAW_ARGUMENT_SD] = sd;
    return NULL;
}

static const char *fit_uniform(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!(sample->high > sample->low)) return not_alike;
    value[LAW_ARGUMENT_LOW] = sample->low;
    value[LAW_ARGUMENT_HIGH] = sample->high;
    return NULL;
}

static const char *fit_poisson(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!(sample->mean > 0)) return not_alike;
    value[LAW_ARGUMENT_MEAN] = sample->mean;
    return NULL;
}

static const char *fit_geometric(const struct fit_sample *sample,
                                 double value[LAW_ARGUMENT_COUNT]) {
    if (sample->low < 1) return "starts at 1";
    if (!(sample->mean > 1)) return not_alike;
    value[LAW_ARGUMENT_MEAN] = sample->mean;
    return NULL;
}

/* ---- All of them ---- */

/* X(kind, estimator, numbers that are free, law of counts) */
#define FITTED(X)                                                                                  \
    X(EXPONENTIAL, fit_exponential, 1, false)                                                      \
    X(GAMMA, fit_gamma, 2, false)                                                                  \
    X(ERLANG, fit_erlang, 2, false)                                                                \
    X(WEIBULL, fit_weibull, 2, false)                                                              \
    X(LOGNORMAL, fit_lognormal, 2, false)                                                          \
    X(NORMAL, fit_normal, 2, false)                                                                \
    X(UNIFORM, fit_uniform, 2, false)                                                              \
    X(TRIANGULAR, fit_triangular, 3, false)                                                        \
    X(PERT, fit_pert, 3, false)                                                                    \
    X(BETA, fit_beta, 4, false)                                                                    \
    X(POISSON, fit_poisson, 1, true)                                                               \
    X(GEOMETRIC, fit_geometric, 1, true)                                                           \
    X(BINOMIAL, fit_binomial, 2, true)                                                             \
    X(NEGATIVE_BINOMIAL, fit_negative_binomial, 2, true)

static const struct {
    const char *(*fit)(const struct fit_sample *, double value[LAW_ARGUMENT_COUNT]);
    int32_t parameters;
    bool counts;
} estimators[LAW_COUNT] = {
#define X(kind, function, parameters, counts) [LAW_##kind] = {function, parameters, counts},
    FITTED(X)
#undef X
};

bool fit_knows(enum law_kind kind) {
    return estimators[kind].fit != NULL;
}

int32_t fit_parameters(enum law_kind kind) {
    return estimators[kind].parameters;
}

void fit_usual(bool counts, bool tried[LAW_COUNT]) {
    for (int32_t i = 0; i < LAW_COUNT; i++)
        tried[i] = estimators[i].fit && estimators[i].counts == counts;
}

/* Estimators leave what a law does not take as NAN. */
const char *fit_arguments(const struct fit_sample *sample, enum law_kind kind,
                          struct law_arguments *arguments) {
    CHECK(fit_knows(kind));
    *arguments = (struct law_arguments){.non_negative = sample->low >= 0};
    if (estimators[kind].counts && !fit_sample_whole(sample)) return "wants counts: 0, 1, 2 ...";
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++) arguments->value[i] = NAN;
    const char *why = estimators[kind].fit(sample, arguments->value);
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++)
        arguments->given[i] = !isnan(arguments->value[i]);
    return why;
}

/* ---- Density ---- */

static double triangular_log_density(double low, double mode, double high, double x) {
    if (x < low || x > high) return -INFINITY;
    if (x < mode) return log(2 * (x - low) / ((high - low) * (mode - low)));
    if (x > mode) return log(2 * (high - x) / ((high - low) * (high - mode)));
    return log(2 / (high - low));
}

static double beta_log_density(const struct law *law, double x) {
    double width = law->d - law->c, u = (x - law->c) / width;
    if (u < 0 || u > 1) return -INFINITY;
    return (law->a - 1) * log(u) + (law->b - 1) * log1p(-u) - gsl_sf_lnbeta(law->a, law->b) -
           log(width);
}

static double normal_log_density(double z, double sd) {
    return -0.5 * z * z - 0.5 * log(2 * M_PI) - log(sd);
}

static double negative_binomial_log(double mean, double sd, double x) {
    double p = mean / (sd * sd), r = mean * p / (1 - p);
    return gsl_sf_lngamma(x + r) - gsl_sf_lngamma(r) - gsl_sf_lngamma(x + 1) + r * log(p) +
           x * log1p(-p);
}

static double binomial_log(double n, double p, double x) {
    return gsl_sf_lngamma(n + 1) - gsl_sf_lngamma(x + 1) - gsl_sf_lngamma(n - x + 1) + x * log(p) +
           (n - x) * log1p(-p);
}

double fit_log_density(const struct law *law, double x) {
    double a = law->a, b = law->b;
    if (x < law_low(law) || x > law_high(law)) return -INFINITY;
    switch ((enum law_kind)law->kind) {
    case LAW_EXPONENTIAL: return -x / a - log(a);
    case LAW_POISSON: return x * log(a) - a - gsl_sf_lngamma(x + 1);
    case LAW_GEOMETRIC: return (1 - x) / b + log(-expm1(-1 / b));
    case LAW_UNIFORM: return -log(b - a);
    case LAW_TRIANGULAR: return triangular_log_density(a, b, law->c, x);
    case LAW_PERT:
    case LAW_BETA: return beta_log_density(law, x);
    case LAW_NORMAL: {
        double cut = law->non_negative ? log(0.5 * erfc(-a / b * M_SQRT1_2)) : 0;
        return normal_log_density((x - a) / b, b) - cut;
    }
    case LAW_LOGNORMAL: return normal_log_density((log(x) - a) / b, b) - log(x);
    case LAW_GAMMA:
    case LAW_ERLANG: return (a - 1) * log(x) - x / b - a * log(b) - gsl_sf_lngamma(a);
    case LAW_WEIBULL: return log(a / b) + (a - 1) * log(x / b) - pow(x / b, a);
    case LAW_BINOMIAL: return binomial_log(a, b, x);
    case LAW_NEGATIVE_BINOMIAL: return negative_binomial_log(a, b, x);
    default: break; /* laws that are lists, or made of others, are never fitted */
    }
    CHECK(false);
}

double fit_log_likelihood(const struct law *law, const struct fit_sample *sample) {
    double sum = 0, last = NAN, density = 0;
    for (int32_t i = 0; i < sample->count; i++) {
        if (sample->sorted[i] != last) density = fit_log_density(law, sample->sorted[i]);
        last = sample->sorted[i];
        sum += density;
    }
    return sum;
}
