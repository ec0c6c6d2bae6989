/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maximum likelihood for the laws of counts with two parameters.
 *
 * Binomial varies less than poisson, negative-binomial more; a sample on the other side of poisson
 * has no parameters of greatest likelihood (F. J. Anscombe, Biometrika 37, 1950; I. Olkin, A. J.
 * Petkau, J. V. Zidek, JASA 76, 1981). */
#include "fit.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

static const double POISSON_NEAR = 1e-6; /* sd squared over the mean, less 1 */

/* ---- Binomial ---- */

/* Of the trials N, with the p that is best for them. */
static double binomial_profile(const struct fit_sample *sample, double n) {
    double sum = 0, p = sample->mean / n, last = NAN, choices = 0;
    for (int32_t i = 0; i < sample->count; i++) {
        double x = sample->sorted[i];
        if (x != last)
            choices = gsl_sf_lngamma(n + 1) - gsl_sf_lngamma(x + 1) - gsl_sf_lngamma(n - x + 1);
        last = x;
        sum += choices;
    }
    double left = n - sample->mean;
    return sum + sample->count * (sample->mean * log(p) + (left > 0 ? left * log1p(-p) : 0));
}

/* The profile rises to its greatest value and falls behind it: doubled steps pass it, then the
 * bracket shrinks. */
const char *fit_binomial(const struct fit_sample *sample, double value[LAW_ARGUMENT_COUNT]) {
    if (!(sample->high > sample->low)) return "wants values that are not all alike";
    if (sample->variance >= sample->mean * (1 - POISSON_NEAR))
        return "varies less than poisson, and these counts do not";
    double low = sample->high, step = 1;
    while (step < 1e8 &&
           binomial_profile(sample, low + 2 * step) > binomial_profile(sample, low + step))
        step *= 2;
    double high = low + 2 * step;
    while (high - low > 2) {
        double third = floor((high - low) / 3), left = low + third, right = high - third;
        if (binomial_profile(sample, left) < binomial_profile(sample, right))
            low = left;
        else
            high = right;
        if (third == 0) break;
    }
    double best = low;
    for (double n = low; n <= high; n++)
        if (binomial_profile(sample, n) > binomial_profile(sample, best)) best = n;
    value[LAW_ARGUMENT_N] = best;
    value[LAW_ARGUMENT_P] = sample->mean / best;
    return NULL;
}

/* ---- Negative binomial ---- */

/* The slope of its profile likelihood at this exponent r, over n; it falls through 0. The sum of
 * psi(x + r) - psi(r) is that of (values above j) / (r + j) over j. */
static double exponent_slope(double log_r, const void *context) {
    const struct fit_sample *sample = context;
    double r = exp(log_r), sum = 0;
    int32_t below = 0;
    for (int32_t j = 0; j < (int32_t)sample->high; j++) {
        while (sample->sorted[below] <= j) below++;
        sum += (sample->count - below) / (r + j);
    }
    return sum / sample->count - log1p(sample->mean / r);
}

const char *fit_negative_binomial(const struct fit_sample *sample,
                                  double value[LAW_ARGUMENT_COUNT]) {
    double mean = sample->mean;
    if (!(mean > 0)) return "wants values that are not all alike";
    if (sample->variance <= mean * (1 + POISSON_NEAR))
        return "varies more than poisson, and these counts do not";
    if (sample->high > 1e6) return "wants counts up to a million";
    double guess = log(mean * mean / (sample->variance - mean)), low = guess, high = guess;
    while (exponent_slope(low, sample) < 0) low -= 1;
    while (high < 40 && exponent_slope(high, sample) > 0) high += 1;
    double r = exp(fit_root(exponent_slope, sample, low, high));
    value[LAW_ARGUMENT_MEAN] = mean;
    value[LAW_ARGUMENT_SD] = sqrt(mean + mean * mean / r);
    return NULL;
}
