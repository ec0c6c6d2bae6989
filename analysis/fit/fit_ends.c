/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws between two limits.
 *
 * The limits of triangular and pert are searched for (J. A. Nelder, R. Mead, Computer Journal 7,
 * 1965), by how far they lie outside of the values; for given limits the likelihood has its
 * greatest value at a mode that is easy to find: of triangular at one of the values (D. Johnson,
 * The Statistician 46, 1997), of pert where a rising function is 0.
 *
 * The likelihood of beta has no greatest value when its limits are free, so they are set: to 0 and
 * 1 for shares, else outside of the values by one part in (count - 1) of their range, as far as the
 * limits of uniform are on average. */
#include "fit.h"

#include <gsl/gsl_multimin.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <stdlib.h>

static const char not_alike[] = "wants values that are not all alike";
static const char no_room[] = "wants room below the least value, which is 0";

/* A kind of law with its best mode for given limits: the logarithm of the likelihood. */
typedef double profile(const struct fit_sample *, double low, double high, double *mode,
                       double *scratch);

struct search {
    const struct fit_sample *sample;
    profile *profile;
    double *scratch; /* count doubles */
};

struct ends {
    double low, high;
};

/* Limits from the logarithms of what lies outside of the values, in ranges of the values. Where no
 * value is below 0 the law is not. */
static struct ends ends_at(const struct fit_sample *sample, const gsl_vector *at) {
    const double least = -14, most = 4;
    double range = sample->high - sample->low, out[2];
    for (size_t i = 0; i < 2; i++)
        out[i] = range * exp(fmin(fmax(gsl_vector_get(at, i), least), most));
    double low = sample->low - out[0];
    if (low < 0 && sample->low >= 0) low = 0;
    return (struct ends){low, sample->high + out[1]};
}

static double search_value(const gsl_vector *at, void *context) {
    const struct search *search = context;
    struct ends ends = ends_at(search->sample, at);
    double mode;
    double value = search->profile(search->sample, ends.low, ends.high, &mode, search->scratch);
    return isfinite(value) ? -value : 1e300; /* GSL stops at infinity */
}

/* Finds the limits of greatest likelihood. */
static struct ends search_ends(const struct search *search) {
    gsl_multimin_function f = {search_value, 2, (void *)search};
    gsl_multimin_fminimizer *simplex =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_vector *start = gsl_vector_alloc(2), *steps = gsl_vector_alloc(2);
    CHECK(simplex && start && steps);
    gsl_vector_set_all(start, -log(search->sample->count));
    gsl_vector_set_all(steps, 1);
    const double SIZE = 1e-4; /* of the logarithms of what lies outside */
    gsl_multimin_fminimizer_set(simplex, &f, start, steps);
    for (int32_t i = 0; i < 300; i++)
        if (gsl_multimin_fminimizer_iterate(simplex) != 0 ||
            gsl_multimin_fminimizer_size(simplex) < SIZE)
            break;
    struct ends ends = ends_at(search->sample, simplex->x);
    gsl_vector_free(start);
    gsl_vector_free(steps);
    gsl_multimin_fminimizer_free(simplex);
    return ends;
}

static const char *fit_three_points(const struct fit_sample *sample, profile *best_mode,
                                    double value[LAW_ARGUMENT_COUNT]) {
    if (!(sample->high > sample->low)) return not_alike;
    if (sample->low == 0) return no_room;
    struct search search = {sample, best_mode,
                            memory_zeroed((size_t)sample->count, sizeof(double))};
    struct ends ends = search_ends(&search);
    value[LAW_ARGUMENT_LOW] = ends.low;
    value[LAW_ARGUMENT_HIGH] = ends.high;
    best_mode(sample, ends.low, ends.high, &value[LAW_ARGUMENT_MODE], search.scratch);
    free(search.scratch);
    return NULL;
}

/* ---- Triangular ---- */

/* With the mode at value r, those below it count log((x - low) / (mode - low)), those above
 * log((high - x) / (high - mode)). The sums from above come first, then those from below join. */
static double triangular_profile(const struct fit_sample *sample, double low, double high,
                                 double *mode, double *above) {
    int32_t count = sample->count;
    double sum = 0, best = -INFINITY;
    for (int32_t i = count - 1; i >= 0; i--) {
        double share = log(high - sample->sorted[i]);
        above[i] = sum - (count - 1 - i) * share;
        sum += share;
    }
    sum = 0;
    for (int32_t i = 0; i < count; i++) {
        double share = log(sample->sorted[i] - low);
        double score = above[i] + sum - i * share;
        if (score > best) best = score, *mode = sample->sorted[i];
        sum += share;
    }
    return best + count * log(2 / (high - low));
}

const char *fit_triangular(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    return fit_three_points(sample, triangular_profile, value);
}

/* ---- Pert: a beta law with a + b = 6 ---- */

static double pert_slope(double a, const void *log_odds) {
    return gsl_sf_psi(a) - gsl_sf_psi(6 - a) - *(const double *)log_odds;
}

static double pert_profile(const struct fit_sample *sample, double low, double high, double *mode,
                           double *scratch) {
    (void)scratch;
    double below = 0, above = 0, count = sample->count;
    for (int32_t i = 0; i < sample->count; i++) {
        below += log(sample->sorted[i] - low);
        above += log(high - sample->sorted[i]);
    }
    double odds = (below - above) / count, a = 3;
    if (pert_slope(1, &odds) >= 0)
        a = 1;
    else if (pert_slope(5, &odds) <= 0)
        a = 5;
    else
        a = fit_root(pert_slope, &odds, 1, 5);
    *mode = low + (high - low) * (a - 1) / 4;
    return (a - 1) * below + (5 - a) * above -
           count * (5 * log(high - low) + gsl_sf_lnbeta(a, 6 - a));
}

const char *fit_pert(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    return fit_three_points(sample, pert_profile, value);
}

/* ---- Beta ---- */

/* Newton's steps for the two equations psi(a) - psi(a + b) = LOG_LOW and psi(b) - psi(a + b) =
 * LOG_HIGH, halved while they lead below 0. */
static bool solve_beta(double log_low, double log_high, double *a, double *b) {
    for (int32_t i = 0; i < 200; i++) {
        double both = gsl_sf_psi(*a + *b), curve = gsl_sf_psi_1(*a + *b);
        double f = gsl_sf_psi(*a) - both - log_low, g = gsl_sf_psi(*b) - both - log_high;
        double f_a = gsl_sf_psi_1(*a) - curve, g_b = gsl_sf_psi_1(*b) - curve;
        double determinant = f_a * g_b - curve * curve;
        double step_a = -(f * g_b + g * curve) / determinant;
        double step_b = -(g * f_a + f * curve) / determinant;
        while (*a + step_a <= 0 || *b + step_b <= 0) step_a /= 2, step_b /= 2;
        *a += step_a;
        *b += step_b;
        if (!isfinite(*a) || !isfinite(*b)) return false;
        if (fabs(step_a) <= 1e-12 * *a && fabs(step_b) <= 1e-12 * *b) return true;
    }
    return false;
}

static struct ends beta_ends(const struct fit_sample *sample) {
    if (sample->shares && sample->low > 0 && sample->high < 1) return (struct ends){0, 1};
    double out = (sample->high - sample->low) / (sample->count - 1);
    double low = sample->low - out;
    return (struct ends){low < 0 && sample->low >= 0 ? 0 : low, sample->high + out};
}

const char *fit_beta(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!(sample->high > sample->low)) return not_alike;
    if (sample->low == 0) return no_room;
    struct ends ends = beta_ends(sample);
    double width = ends.high - ends.low, log_low = 0, log_high = 0, count = sample->count;
    for (int32_t i = 0; i < sample->count; i++) {
        log_low += log((sample->sorted[i] - ends.low) / width);
        log_high += log((ends.high - sample->sorted[i]) / width);
    }
    double mean = (sample->mean - ends.low) / width, variance = sample->variance / (width * width);
    double both = mean * (1 - mean) / variance - 1;
    double a = mean * both, b = (1 - mean) * both; /* by moments, to begin with */
    if (!(both > 0) || !solve_beta(log_low / count, log_high / count, &a, &b))
        return "has no parameters of greatest likelihood here";
    value[LAW_ARGUMENT_A] = a;
    value[LAW_ARGUMENT_B] = b;
    value[LAW_ARGUMENT_LOW] = ends.low;
    value[LAW_ARGUMENT_HIGH] = ends.high;
    return NULL;
}
