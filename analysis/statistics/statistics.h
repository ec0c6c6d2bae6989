/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics over replications: intervals, tests, and what they say about a claim.
 *
 * A replication gives one number per quantity. Replications are independent, so the mean of n of
 * them lies within t(n - 1) * sd / sqrt(n) of the truth as often as the confidence says. Points of
 * an experiment share their luck (common random numbers), so two of them are compared replication
 * by replication: the interval of the differences is far narrower than the two intervals suggest.
 *
 * Not-a-number means that a replication has not the quantity, or stopped: then there is no honest
 * mean, and mean and half-width are NaN, never those of the survivors. `n` still counts what is
 * there. Quantiles come from GSL. */
#ifndef TAKT_ANALYSIS_STATISTICS_H
#define TAKT_ANALYSIS_STATISTICS_H

#include "../../sim/sim.h"

/* The t interval of a mean: mean - half_width .. mean + half_width. Of one value the mean is known
 * and its half-width is NaN; values that are all alike have half-width 0. */
struct interval {
    double mean, half_width, sd;
    int32_t n;
};

struct interval interval_t(const double *values, int32_t count, double confidence);
/* The same, where T is t_two_sided(confidence, COUNT - 1). */
struct interval interval_at(const double *values, int32_t count, double t);

/* Of the differences a[i] - b[i]: both come from the same replication. */
struct interval interval_paired(const double *a, const double *b, int32_t count, double confidence);

/* What common random numbers were worth to a pair: the correlation of a[i] and b[i], and how many
 * replications with independent luck give an interval as narrow as one with the same luck: (var a +
 * var b) / var(a - b). Without correlation 1; below 1 the same luck did harm. NaN where nothing
 * varies, infinite where only the difference does not. */
struct pairing {
    double correlation, saved;
};

struct pairing pairing_of(const double *a, const double *b, int32_t count);

/* Two means from independent replications: Welch's interval of mean(a) - mean(b) (Biometrika 34,
 * 1947), with the degrees of freedom of Satterthwaite (1946). */
struct interval interval_independent(const double *a, int32_t a_count, const double *b,
                                     int32_t b_count, double confidence);

/* The same mean and sd at another confidence. */
struct interval interval_widened(struct interval, double confidence);

/* t such that a t-distributed number with these degrees of freedom lies in -t..t with this
 * probability. */
double t_two_sided(double confidence, double degrees);

/* How probable a mean as far from zero as this one is, when the truth is zero: the two-sided
 * p-value of the t test. Of values that are all alike it is 1 if they are zero, else 0; of fewer
 * than two values, NaN. */
double interval_p_value(struct interval);

/* Holm's step-down test of several hypotheses at once (Scandinavian Journal of Statistics 6, 1979):
 * the chance that any true one is rejected is at most ALPHA. levels[i] becomes the level at which
 * hypothesis i is decided: it is rejected if and only if p[i] <= levels[i], so an interval with
 * confidence 1 - levels[i] agrees with the verdict. NaN among p are never rejected and do not
 * count. O(count^2). */
void holm_levels(const double *p, int32_t count, double alpha, double *levels);

/* ---- Verdicts of claims (LANGUAGE, section 5) ---- */

enum verdict { VERDICT_UNDECIDED, VERDICT_SUPPORTED, VERDICT_REFUTED };

enum order_sign { ORDER_LESS, ORDER_LESS_EQUAL, ORDER_GREATER, ORDER_GREATER_EQUAL };

/* An order between two sides, from the interval of LEFT - RIGHT: decided when zero is outside it.
 * Where all differences are alike, the numbers themselves decide. */
enum verdict verdict_order(struct interval difference, enum order_sign);

#define CONFIDENCE_ORDER 0.95
#define CONFIDENCE_EQUAL 0.999

/* What an equality is judged against. */
struct equality {
    double value; /* what is expected */
    double
        within; /* widest half-width that may support it, as a share of value; 0: the usual 0.5 % */
    double error;  /* 95 % half-width of an uncertain source; 0 if it is exact */
    double digits; /* half a unit of the last digit written: what rounding may hide when there is no
                      chance */
};

/* An equality under chance, from the 99.9 % interval of the left side. Refuted when VALUE lies
 * outside the half-width and 1.68 ERROR added in quadrature (1.68 = 3.29 / 1.96 turns 95 %
 * into 99.9 %); supported when it lies inside and the half-width is narrow: a wide interval proves
 * nothing. */
enum verdict verdict_equal(struct interval left, const struct equality *);

/* An equality without chance: equal in the digits written, or within the share or error that the
 * claim allows. */
enum verdict verdict_equal_exact(double left, const struct equality *);

#endif
