/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From data to law: which law of chance could these values have come from?
 *
 *     fit_data      one column of a CSV file becomes values, each of which knows its line
 *     fit_laws      a sample and a kind become a law: the parameters of greatest likelihood
 *     fit_tests     how far sample and law are apart, and how often chance alone is as far
 *     fit_rank      which laws are refuted, and the others in order
 *     fit_arrivals  moments become counts an interval, a rate, and times between
 *
 * The distances are those of Kolmogorov and Smirnov, of Anderson and Darling, and chi-square. A law
 * that was fitted to the values is nearer to them than the true one, so no table of critical values
 * holds. Instead the whole is repeated: samples are drawn from the fitted law, fitted anew and
 * measured (W. Stute, W. Gonzalez Manteiga, M. Presedo Quindimil, Metrika 40 (1993) 243-256; for
 * counts N. Henze, Canadian J. of Statistics 24 (1996) 81-93). The share of them that is as far
 * away is the p-value. Its chance is keyed by the name of the law and the seed, so a law has the
 * same p-value whatever else is tried.
 *
 * A law that is not refuted is possible, no more: with few values all of them are. Laws are put in
 * order by Akaike's criterion, and nothing is called right. A. M. Law, Simulation Modeling and
 * Analysis, 5th ed. (2015), chapter 6, is the practice that this follows. */
#ifndef TAKT_ANALYSIS_FIT_H
#define TAKT_ANALYSIS_FIT_H

#include "../../sim/sim.h"

/* What estimators need of the values. */
struct fit_sample {
    const double *sorted; /* rising */
    const double *logs;   /* of the sorted ones; NULL unless all are above 0 */
    int32_t count;
    double low, high, mean;
    double variance;         /* divided by count */
    double log_mean, log_sd; /* of the logarithms; sd divided by count */
    bool shares;             /* plain numbers from 0 to 1: the limits of beta */
};

/* Sorts VALUES in place; LOGS is room for as many. Both must outlive the sample. */
void fit_sample_init(struct fit_sample *, double *values, double *logs, int32_t count);

bool fit_sample_whole(const struct fit_sample *); /* counts: whole numbers, none below 0 */

/* ---- fit_laws.c, fit_ends.c, fit_counts.c: the parameters of greatest likelihood ---- */

/* Fills in the arguments of this kind of law. Returns NULL, or why the law cannot be, as the end of
 * a sentence. */
const char *fit_arguments(const struct fit_sample *, enum law_kind, struct law_arguments *);

/* Kinds that fit_arguments knows, those of counts apart. How many numbers are free in them. */
bool fit_knows(enum law_kind);
int32_t fit_parameters(enum law_kind);

/* The logarithm of the density, or of the probability of a count. */
double fit_log_density(const struct law *, double x);
double fit_log_likelihood(const struct law *, const struct fit_sample *);

const char *fit_triangular(const struct fit_sample *, double value[LAW_ARGUMENT_COUNT]);
const char *fit_pert(const struct fit_sample *, double value[LAW_ARGUMENT_COUNT]);
const char *fit_beta(const struct fit_sample *, double value[LAW_ARGUMENT_COUNT]);
const char *fit_binomial(const struct fit_sample *, double value[LAW_ARGUMENT_COUNT]);
const char *fit_negative_binomial(const struct fit_sample *, double value[LAW_ARGUMENT_COUNT]);

/* Where a rising or falling function is 0, between two places at which its signs differ. */
double fit_root(double (*f)(double, const void *), const void *context, double low, double high);

/* ---- fit_tests.c: how far apart ---- */

#define FIT_TESTS(X)                                                                               \
    X(KS, "kolmogorov_smirnov", "KS")                                                              \
    X(AD, "anderson_darling", "A2")                                                                \
    X(CHI, "chi_square", "chi2")

enum fit_test {
#define X(id, name, heading) FIT_##id,
    FIT_TESTS(X)
#undef X
        FIT_TEST_COUNT
};

struct fit_distance {
    double value[FIT_TEST_COUNT]; /* NAN where a test has too few values */
    int32_t cells;                /* of chi-square */
};

struct fit_distance fit_distance(const struct law *, const struct fit_sample *);

/* P(distance of a sample of this law from its own fit >= DISTANCE), from so many samples; NAN
 * without samples. When not one of the first 99 is as far by Anderson and Darling, the law is
 * refuted, and no more are drawn. Returns how many were. O(samples x cost of a fit). */
int32_t fit_bootstrap(const struct law *, enum law_kind, const struct fit_sample *,
                      const struct fit_distance *, uint64_t seed, int32_t samples,
                      double p[FIT_TEST_COUNT]);

/* Kolmogorov's distribution: P(sup |F_n - F| >= d) of a law that was not fitted; Stephens' form for
 * finite n (J. Royal Statistical Society B 32, 1970). */
double fit_kolmogorov(double d, int32_t count);

/* ---- fit_rank.c: all laws ---- */

enum fit_verdict { FIT_UNTESTED, FIT_POSSIBLE, FIT_DOUBTFUL, FIT_REFUTED, FIT_IMPOSSIBLE };

struct fitted {
    enum law_kind kind;
    const char *why; /* not possible: the end of a sentence; NULL otherwise */
    struct law_arguments arguments;
    struct law law;
    double log_likelihood, aic, bic;
    struct fit_distance distance;
    double p[FIT_TEST_COUNT];
    int32_t samples; /* that were drawn for p */
    enum fit_verdict verdict;
};

struct fit_question {
    bool tried[LAW_COUNT]; /* which laws */
    uint64_t seed;
    int32_t samples; /* of the bootstrap; -1: as many as the number of values lets wait for */
};

struct fit {
    struct fitted *laws; /* best first: those not refuted by Akaike's criterion, then the others */
    int32_t count;       /* of all that were tried */
    int32_t possible_count; /* those that could be fitted come first */
    int32_t samples;
    struct arena arena;
};

void fit_rank(struct fit *, const struct fit_sample *, const struct fit_question *);
void fit_clear(struct fit *);

/* The laws that are tried unless others are named: those of counts, or the others. */
void fit_usual(bool counts, bool tried[LAW_COUNT]);

/* The law as a scenario writes it, with so many digits: "weibull(shape=2.102 scale=81.88) min". */
const char *fit_text(struct arena *, const struct fitted *, const char *unit, int digits);

#endif
