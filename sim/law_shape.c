/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of a law: mean, variance, distribution function and its inverse, least and greatest
 * value.
 *
 * They are stated by formula, not sampled; the tests hold every law's samples against them. A law
 * without a formula for its inverse is inverted by search on its distribution function, which takes
 * some microseconds. */
#include "law.h"

#include "formula.h"
#include "law_table.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stddef.h>

/* ---- Normal, whole or what is left of it above 0 ---- */

static double normal_below(double z) {
    return 0.5 * erfc(-z * M_SQRT1_2);
}

static double normal_cut(const struct law *law) {
    return law->non_negative ? normal_below(-law->a / law->b) : 0;
}

/* Density over what is left, at the cut: the mean moves up by sd times this. */
static double normal_hazard(const struct law *law) {
    if (!law->non_negative) return 0;
    double z = law->a / law->b;
    return exp(-0.5 * z * z) * M_2_SQRTPI * 0.5 * M_SQRT1_2 / normal_below(z);
}

/* ---- Mean and variance ---- */

static double mixture_expected(const struct law_table *table, const struct formula_env *env) {
    double mean = 0;
    for (int32_t i = 0; i < table->count; i++)
        mean += table->shares[i] * law_expected(&table->laws[i], env);
    return mean;
}

static double computed_expected(const struct law *law, const struct formula_env *env) {
    struct law now;
    return law_computed(law, env, &now) ? law_mean(&now) : NAN;
}

double law_expected(const struct law *law, const struct formula_env *env) {
    struct formula_env means = env ? *env : (struct formula_env){0};
    means.draw = NULL;
    double a = law->a, b = law->b;
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT:
    case LAW_EXPONENTIAL:
    case LAW_POISSON:
    case LAW_GEOMETRIC:
    case LAW_NEGATIVE_BINOMIAL: return a;
    case LAW_UNIFORM: return a + (b - a) / 2;
    case LAW_TRIANGULAR: return (a + b + law->c) / 3;
    case LAW_PERT:
    case LAW_BETA: return law->c + (law->d - law->c) * a / (a + b);
    case LAW_NORMAL: return a + b * normal_hazard(law);
    case LAW_LOGNORMAL: return exp(a + 0.5 * b * b);
    case LAW_GAMMA:
    case LAW_ERLANG:
    case LAW_BINOMIAL: return a * b;
    case LAW_WEIBULL: return b * tgamma(1 + 1 / a);
    case LAW_DISCRETE:
    case LAW_EMPIRICAL:
    case LAW_SEQUENCE:
    case LAW_TRUNCATED: return law->table->mean;
    case LAW_MIXTURE: return mixture_expected(law->table, &means);
    case LAW_FORMULA: return formula_value(law->formula, &means);
    case LAW_COMPUTED: return computed_expected(law, &means);
    case LAW_AFFINE: return b + a * law_expected(law->table->laws, env);
    case LAW_INVERTED: return law_expected(law->table->laws, env);
    case LAW_COUNT: break;
    }
    CHECK(false);
}

double law_mean(const struct law *law) {
    return law_expected(law, NULL);
}

static double beta_variance(double a, double b) {
    return a * b / ((a + b) * (a + b) * (a + b + 1));
}

double law_variance(const struct law *law) {
    double a = law->a, b = law->b, c = law->c;
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: return 0;
    case LAW_EXPONENTIAL: return a * a;
    case LAW_POISSON: return a;
    case LAW_GEOMETRIC: return a * (a - 1);
    case LAW_UNIFORM: return (b - a) * (b - a) / 12;
    case LAW_TRIANGULAR: return ((b - a) * (b - a) + (c - a) * (c - b)) / 18;
    case LAW_PERT:
    case LAW_BETA: return (law->d - c) * (law->d - c) * beta_variance(a, b);
    case LAW_NORMAL: return b * b * (1 - normal_hazard(law) * (a / b + normal_hazard(law)));
    case LAW_LOGNORMAL: return expm1(b * b) * exp(2 * a + b * b);
    case LAW_GAMMA:
    case LAW_ERLANG: return a * b * b;
    case LAW_WEIBULL: return b * b * (tgamma(1 + 2 / a) - pow(tgamma(1 + 1 / a), 2));
    case LAW_BINOMIAL: return a * b * (1 - b);
    case LAW_NEGATIVE_BINOMIAL: return b * b;
    case LAW_DISCRETE:
    case LAW_EMPIRICAL:
    case LAW_SEQUENCE:
    case LAW_MIXTURE:
    case LAW_TRUNCATED: return law->table->variance;
    case LAW_FORMULA:
    case LAW_COMPUTED: return NAN;
    case LAW_AFFINE: return a * a * law_variance(law->table->laws);
    case LAW_INVERTED: return law_variance(law->table->laws);
    case LAW_COUNT: break;
    }
    CHECK(false);
}

/* ---- Moments of a law between two limits, by integrating its distribution function ----
 *
 * E(X - c) over x > c is the integral of P(X > x), E(X - c)^2 that of 2 (x - c) P(X > x); the same
 * below c with P(X <= x). First c is one end and the mean comes out, then c is the mean. */
struct moment {
    const struct law *law;
    double centre;
    int32_t power;
};

static double integrand(const struct moment *moment, double x) {
    double off = x - moment->centre, below = law_cdf(moment->law, x);
    if (moment->power == 1) return 1 - below;
    return off < 0 ? -2 * off * below : 2 * off * (1 - below);
}

/* Adaptive Simpson from X over WIDTH; F at both ends and in the middle. The steps of a law of
 * counts end it by depth. */
static double simpson(const struct moment *moment, double x, double width, const double f[3],
                      double tolerance, int32_t depth) {
    double left = integrand(moment, x + width / 4), right = integrand(moment, x + 3 * width / 4);
    double coarse = width / 6 * (f[0] + 4 * f[1] + f[2]);
    double fine = width / 12 * (f[0] + 4 * left + 2 * f[1] + 4 * right + f[2]);
    if (depth == 0 || fabs(fine - coarse) <= tolerance) return fine + (fine - coarse) / 15;
    const double first[3] = {f[0], left, f[1]}, second[3] = {f[1], right, f[2]};
    return simpson(moment, x, width / 2, first, tolerance, depth - 1) +
           simpson(moment, x + width / 2, width / 2, second, tolerance, depth - 1);
}

static double integral(const struct moment *moment, double low, double high) {
    enum { PANELS = 32, DEPTH = 28 };
    double width = (high - low) / PANELS, sum = 0;
    double tolerance = 1e-10 * pow(high - low, moment->power) / PANELS;
    for (int32_t i = 0; i < PANELS; i++) {
        double x = low + i * width;
        const double f[3] = {integrand(moment, x), integrand(moment, x + width / 2),
                             integrand(moment, x + width)};
        sum += simpson(moment, x, width, f, tolerance, DEPTH);
    }
    return sum;
}

/* Halves [low, high] towards the place where the distribution function leaves SHARE. */
static double end_of(const struct law *law, double low, double high, double share) {
    for (int32_t i = 0; i < 60; i++) {
        double middle = low + (high - low) / 2;
        *(law_cdf(law, middle) < share ? &low : &high) = middle;
    }
    return share < 0.5 ? low : high;
}

void law_truncated_moments(const struct law *law, double *mean, double *variance) {
    const double nothing = 1e-13; /* beyond which the law is too thin to count */
    double low = end_of(law, law->a, law->b, nothing);
    double high = end_of(law, law->a, law->b, 1 - nothing);
    const struct moment first = {.law = law, .centre = low, .power = 1};
    *mean = low + integral(&first, low, high);
    const struct moment second = {.law = law, .centre = *mean, .power = 2};
    *variance = integral(&second, low, *mean) + integral(&second, *mean, high);
}

/* ---- Distribution function ---- */

static double triangular_cdf(const struct law *law, double x) {
    double low = law->a, mode = law->b, high = law->c;
    if (x <= low) return 0;
    if (x >= high) return 1;
    if (x < mode) return (x - low) * (x - low) / ((high - low) * (mode - low));
    return 1 - (high - x) * (high - x) / ((high - low) * (high - mode));
}

/* GSL's continued fraction gives up when A and B are huge; there the law is nearly normal, after
 * cube roots (E. Paulson, Ann. Math. Stat. 13 (1942); Abramowitz and Stegun 26.5.22): less than
 * 4e-8 away. */
static double beta_cdf(double x, double a, double b) {
    static const double HUGE_SHAPE = 3e5;
    if (x <= 0 || x >= 1) return x > 0;
    if (a < HUGE_SHAPE || b < HUGE_SHAPE) return gsl_cdf_beta_P(x, a, b);
    double left = cbrt(b * x), right = cbrt(a * (1 - x));
    double off = left * (1 - 1 / (9 * b)) - right * (1 - 1 / (9 * a));
    return normal_below(3 * off / sqrt(left * left / b + right * right / a));
}

/* P(at most K) of the laws of counts, K whole: as integrals of the gamma and beta laws. */
static double count_cdf(const struct law *law, double k) {
    double a = law->a, b = law->b;
    if (k < 0) return 0;
    if (law->kind == LAW_POISSON) return gsl_cdf_gamma_Q(a, k + 1, 1);
    if (law->kind == LAW_GEOMETRIC) return -expm1(-k / b);
    if (law->kind == LAW_BINOMIAL) return k >= a ? 1 : beta_cdf(1 - b, a - k, k + 1);
    double p = a / (b * b), r = a * p / (1 - p);
    return beta_cdf(p, r, k + 1);
}

static double table_cdf(const struct law_table *table, double x) {
    if (x >= table->values[table->count - 1]) return 1;
    double sum = 0;
    for (int32_t i = 0; table->values[i] <= x; i++) sum += table->shares[i];
    return sum;
}

static double mixture_cdf(const struct law_table *table, double x) {
    double sum = 0;
    for (int32_t i = 0; i < table->count; i++)
        sum += table->shares[i] * law_cdf(&table->laws[i], x);
    return sum;
}

/* A value of the inner law that comes back a rounding error off its place must not fall below its
 * step. */
static double affine_cdf(const struct law *law, double x) {
    const struct law *inner = law->table->laws;
    if (law->a == 0) return x >= law->b;
    double y = (x - law->b) / law->a, slack = 4e-16 * fabs(y);
    return law->a > 0 ? law_cdf(inner, y + slack)
                      : 1 - law_cdf(inner, nextafter(y - slack, -INFINITY));
}

double law_cdf(const struct law *law, double x) {
    double a = law->a, b = law->b;
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: return x >= a;
    case LAW_EXPONENTIAL: return x <= 0 ? 0 : -expm1(-x / a);
    case LAW_POISSON:
    case LAW_GEOMETRIC:
    case LAW_BINOMIAL:
    case LAW_NEGATIVE_BINOMIAL: return count_cdf(law, floor(x));
    case LAW_UNIFORM: return x <= a ? 0 : x >= b ? 1 : (x - a) / (b - a);
    case LAW_TRIANGULAR: return triangular_cdf(law, x);
    case LAW_PERT:
    case LAW_BETA: return beta_cdf((x - law->c) / (law->d - law->c), a, b);
    case LAW_NORMAL: {
        double cut = normal_cut(law), below = normal_below((x - a) / b);
        return below <= cut ? 0 : (below - cut) / (1 - cut);
    }
    case LAW_LOGNORMAL: return x <= 0 ? 0 : normal_below((log(x) - a) / b);
    case LAW_GAMMA:
    case LAW_ERLANG: return x <= 0 ? 0 : gsl_cdf_gamma_P(x, a, b);
    case LAW_WEIBULL: return x <= 0 ? 0 : -expm1(-pow(x / b, a));
    case LAW_DISCRETE:
    case LAW_EMPIRICAL: return table_cdf(law->table, x);
    case LAW_MIXTURE: return mixture_cdf(law->table, x);
    case LAW_TRUNCATED:
        return x < a ? 0 : x >= b ? 1 : (law_cdf(law->table->laws, x) - law->c) / law->d;
    case LAW_SEQUENCE:
    case LAW_FORMULA:
    case LAW_COMPUTED: return NAN;
    case LAW_AFFINE: return affine_cdf(law, x);
    case LAW_INVERTED: return law_cdf(law->table->laws, x);
    case LAW_COUNT: break;
    }
    CHECK(false);
}

/* ---- Inverse ---- */

static double triangular_inverse(const struct law *law, double u) {
    double low = law->a, mode = law->b, high = law->c, at_mode = (mode - low) / (high - low);
    if (u < at_mode) return low + sqrt(u * (high - low) * (mode - low));
    return high - sqrt((1 - u) * (high - low) * (high - mode));
}

static double table_inverse(const struct law_table *table, double u) {
    int32_t i = 0;
    for (double sum = table->shares[0]; i < table->count - 1 && sum < u; sum += table->shares[i])
        i++;
    return table->values[i];
}

/* Goes from FROM in steps that double until the distribution function is past U on that side. */
static double bracket(const struct law *law, double u, double from, double step) {
    while (isfinite(from) && (law_cdf(law, from) < u) == (step > 0)) from += step, step *= 2;
    return from;
}

static double inverse_by_search(const struct law *law, double u) {
    double low = law_low(law), high = law_high(law), mean = law_mean(law);
    double step = sqrt(law_variance(law));
    if (isnan(law_cdf(law, mean)) || !(step >= 0)) return NAN;
    step = step > 0 ? step : 1;
    if (!isfinite(low)) low = bracket(law, u, mean, -step);
    if (!isfinite(high)) high = bracket(law, u, mean, step);
    if (law_cdf(law, low) >= u) return low;
    for (int32_t halving = 0; halving < 200; halving++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        if (law_cdf(law, middle) < u)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static double truncated_inverse(const struct law *law, double u) {
    double value = law_inverse(law->table->laws, law->c + u * law->d);
    return value < law->a ? law->a : value > law->b ? law->b : value;
}

double law_inverse(const struct law *law, double u) {
    double a = law->a, b = law->b;
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: return a;
    case LAW_EXPONENTIAL: return -a * log1p(-u);
    case LAW_GEOMETRIC: return fmax(1, ceil(-b * log1p(-u)));
    case LAW_UNIFORM: return a + (b - a) * u;
    case LAW_TRIANGULAR: return triangular_inverse(law, u);
    case LAW_NORMAL: {
        double cut = normal_cut(law);
        double value = a + b * gsl_cdf_ugaussian_Pinv(cut + u * (1 - cut));
        return law->non_negative && value < 0 ? 0 : value;
    }
    case LAW_LOGNORMAL: return exp(a + b * gsl_cdf_ugaussian_Pinv(u));
    case LAW_WEIBULL: return b * pow(-log1p(-u), 1 / a);
    case LAW_DISCRETE:
    case LAW_EMPIRICAL: return table_inverse(law->table, u);
    case LAW_TRUNCATED: return truncated_inverse(law, u);
    case LAW_AFFINE: return b + a * law_inverse(law->table->laws, a < 0 ? 1 - u : u);
    case LAW_INVERTED: return law_inverse(law->table->laws, u);
    case LAW_POISSON:
    case LAW_BINOMIAL:
    case LAW_NEGATIVE_BINOMIAL:
    case LAW_PERT:
    case LAW_BETA:
    case LAW_GAMMA:
    case LAW_ERLANG:
    case LAW_MIXTURE: return inverse_by_search(law, u);
    case LAW_SEQUENCE:
    case LAW_FORMULA:
    case LAW_COMPUTED: return NAN;
    case LAW_COUNT: break;
    }
    CHECK(false);
}

/* ---- Ends ---- */

/* The least (SIGN -1) or greatest (SIGN 1) value of a law that is a list. */
static double table_end(const struct law *law, int32_t sign) {
    const struct law_table *table = law->table;
    double end = -INFINITY;
    for (int32_t i = 0; i < table->count; i++) {
        if (table->shares[i] == 0) continue;
        double value = table->values ? table->values[i]
                       : sign > 0    ? law_high(&table->laws[i])
                                     : law_low(&table->laws[i]);
        end = fmax(end, sign * value);
    }
    return sign * end;
}

static double affine_end(const struct law *law, bool high) {
    if (law->a == 0) return law->b;
    const struct law *inner = law->table->laws;
    return law->b + law->a * (high == (law->a > 0) ? law_high(inner) : law_low(inner));
}

double law_low(const struct law *law) {
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT:
    case LAW_UNIFORM:
    case LAW_TRIANGULAR: return law->a;
    case LAW_PERT:
    case LAW_BETA: return law->c;
    case LAW_NORMAL: return law->non_negative ? 0 : -INFINITY;
    case LAW_EXPONENTIAL:
    case LAW_POISSON:
    case LAW_LOGNORMAL:
    case LAW_GAMMA:
    case LAW_ERLANG:
    case LAW_WEIBULL:
    case LAW_BINOMIAL:
    case LAW_NEGATIVE_BINOMIAL: return 0;
    case LAW_GEOMETRIC: return 1;
    case LAW_DISCRETE:
    case LAW_EMPIRICAL:
    case LAW_SEQUENCE:
    case LAW_MIXTURE: return table_end(law, -1);
    case LAW_TRUNCATED: return fmax(law->a, law_low(law->table->laws));
    case LAW_FORMULA:
    case LAW_COMPUTED: return NAN;
    case LAW_AFFINE: return affine_end(law, false);
    case LAW_INVERTED: return law_low(law->table->laws);
    case LAW_COUNT: break;
    }
    CHECK(false);
}

double law_high(const struct law *law) {
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT:
    case LAW_BINOMIAL: return law->a;
    case LAW_UNIFORM: return law->b;
    case LAW_TRIANGULAR: return law->c;
    case LAW_PERT:
    case LAW_BETA: return law->d;
    case LAW_EXPONENTIAL:
    case LAW_POISSON:
    case LAW_GEOMETRIC:
    case LAW_NORMAL:
    case LAW_LOGNORMAL:
    case LAW_GAMMA:
    case LAW_ERLANG:
    case LAW_WEIBULL:
    case LAW_NEGATIVE_BINOMIAL: return INFINITY;
    case LAW_DISCRETE:
    case LAW_EMPIRICAL:
    case LAW_SEQUENCE:
    case LAW_MIXTURE: return table_end(law, 1);
    case LAW_TRUNCATED: return fmin(law->b, law_high(law->table->laws));
    case LAW_FORMULA:
    case LAW_COMPUTED: return NAN;
    case LAW_AFFINE: return affine_end(law, true);
    case LAW_INVERTED: return law_high(law->table->laws);
    case LAW_COUNT: break;
    }
    CHECK(false);
}

bool law_valid(const struct law *law) {
    return !law->non_negative || !(law_low(law) < 0);
}

/* Is it a law of this kind, or made of one, however deep? */
static bool law_has(const struct law *law, enum law_kind kind) {
    const struct law_table *table = law->table;
    if (law->kind == (int32_t)kind) return true;
    if (law->kind == LAW_COMPUTED && table->kind == kind) return true;
    for (int32_t i = 0; law->kind == LAW_FORMULA && i < law->formula->op_count; i++) {
        const struct formula_op *op = &law->formula->ops[i];
        if (op->code == FORMULA_DRAW && law_has(op->law, kind)) return true;
    }
    for (int32_t i = 0; table && table->laws && i < table->count; i++)
        if (law_has(&table->laws[i], kind)) return true;
    return false;
}

bool law_is_traced(const struct law *law) {
    return law_has(law, LAW_SEQUENCE);
}

bool law_takes_words(const struct law *law) {
    return law_has(law, LAW_ERLANG);
}

static int32_t formula_local_name(const struct formula *formula) {
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        int32_t name = op->code == FORMULA_VARIABLE ? op->what
                       : op->code == FORMULA_DRAW   ? law_local_name(op->law)
                                                    : -1;
        if (name >= 0) return name;
    }
    return -1;
}

int32_t law_local_name(const struct law *law) {
    const struct law_table *table = law->table;
    int32_t name = law->formula ? formula_local_name(law->formula) : -1;
    for (int32_t i = 0; table && table->arguments && i < LAW_ARGUMENT_COUNT && name < 0; i++)
        if (table->arguments->formula[i]) name = formula_local_name(table->arguments->formula[i]);
    for (int32_t i = 0; table && table->laws && i < table->count && name < 0; i++)
        name = law_local_name(&table->laws[i]);
    return name;
}

bool law_needs_env(const struct law *law) {
    const struct law_table *table = law->table;
    if (law->kind == LAW_FORMULA || law->kind == LAW_COMPUTED) return true;
    for (int32_t i = 0; table && table->laws && i < table->count; i++)
        if (law_needs_env(&table->laws[i])) return true;
    return false;
}
