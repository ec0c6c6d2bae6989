/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "samplers.h"

#include "ziggurat.h"

#include <math.h>

enum { ERLANG_SUM_MOST = 8 };         /* from here on a gamma is faster than the sum */
static const double SEARCH_MOST = 10; /* rejection is made for means from 10 on */

double sample_erlang(struct draw *draw, int32_t count) {
    if (count > ERLANG_SUM_MOST) return sample_gamma(draw, count);
    double sum = 0;
    for (int32_t i = 0; i < count; i++) sum += ziggurat_exponential(draw);
    return sum;
}

/* G. Marsaglia, W. W. Tsang: A simple method for generating gamma variables, ACM TOMS 26 (2000). A
 * shape below 1 is reached from shape + 1 by a power of a uniform. */
double sample_gamma(struct draw *draw, double shape) {
    if (shape < 1) {
        double below = pow(draw_uniform(draw), 1 / shape);
        return below * sample_gamma(draw, shape + 1);
    }
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = ziggurat_normal(draw), root = 1 + c * x;
        if (root <= 0) continue;
        double v = root * root * root, u = draw_uniform(draw), square = x * x;
        if (u < 1 - 0.0331 * square * square) return d * v;
        if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
    }
}

/* From two gammas. With tiny a and b both can be below the least double; then the law is all at its
 * two ends. */
double sample_beta(struct draw *draw, double a, double b) {
    double x = sample_gamma(draw, a), y = sample_gamma(draw, b);
    if (x + y > 0) return x / (x + y);
    return draw_uniform(draw) * (a + b) < a ? 1 : 0;
}

/* lgamma without its global sign. */
static double log_factorial(double k) {
    int sign;
    return lgamma_r(k + 1, &sign);
}

/* Inversion by search from 0; the chance of 150 is below 1e-110. */
static double poisson_by_search(struct draw *draw, double mean) {
    double u = draw_uniform(draw), term = exp(-mean), sum = term;
    int32_t k = 0;
    while (u > sum && k < 150) {
        k++;
        term *= mean / k;
        sum += term;
    }
    return k;
}

/* Transformed rejection with squeeze (PTRS).
 * W. Hörmann: The transformed rejection method for generating Poisson random variables, Insurance:
 * Mathematics and Economics 12 (1993). */
static double poisson_by_rejection(struct draw *draw, double mean) {
    const double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    const double squeeze = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        double u = draw_uniform(draw) - 0.5, v = draw_uniform(draw), edge = 0.5 - fabs(u);
        double k = floor((2 * a / edge + b) * u + mean + 0.43);
        if (edge >= 0.07 && v <= squeeze) return k;
        if (k < 0 || (edge < 0.013 && v > edge)) continue;
        double scaled = v * (1.1239 + 1.1328 / (b - 3.4)) / (a / (edge * edge) + b);
        if (log(scaled) <= k * log(mean) - mean - log_factorial(k)) return k;
    }
}

double sample_poisson(struct draw *draw, double mean) {
    return mean < SEARCH_MOST ? poisson_by_search(draw, mean) : poisson_by_rejection(draw, mean);
}

/* The same search for small n p; P <= 1/2. */
static double binomial_by_search(struct draw *draw, double n, double p) {
    const double odds = p / (1 - p);
    double u = draw_uniform(draw), term = exp(n * log1p(-p)), sum = term, k = 0;
    while (u > sum && k < n && k < 150) {
        term *= odds * (n - k) / (k + 1);
        sum += term;
        k++;
    }
    return k;
}

/* Transformed rejection with squeeze (BTRS); P <= 1/2.
 * W. Hörmann: The generation of binomial random variates, J. Stat. Computation and Simulation 46
 * (1993). */
static double binomial_by_rejection(struct draw *draw, double n, double p) {
    const double deviation = sqrt(n * p * (1 - p)), b = 1.15 + 2.53 * deviation;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p, squeeze = 0.92 - 4.2 / b;
    for (;;) {
        double u = draw_uniform(draw) - 0.5, v = draw_uniform(draw), edge = 0.5 - fabs(u);
        double k = floor((2 * a / edge + b) * u + n * p + 0.5);
        if (edge >= 0.07 && v <= squeeze) return k;
        if (k < 0 || k > n) continue;
        double scaled = v * (2.83 + 5.1 / b) * deviation / (a / (edge * edge) + b);
        double mode = floor((n + 1) * p);
        double ratio = log_factorial(mode) + log_factorial(n - mode) - log_factorial(k) -
                       log_factorial(n - k) + (k - mode) * log(p / (1 - p));
        if (log(scaled) <= ratio) return k;
    }
}

double sample_binomial(struct draw *draw, double n, double p) {
    if (p > 0.5) return n - sample_binomial(draw, n, 1 - p);
    return n * p < SEARCH_MOST ? binomial_by_search(draw, n, p) : binomial_by_rejection(draw, n, p);
}
