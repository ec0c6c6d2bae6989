/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "critical.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_roots.h>
#include <math.h>

enum { NODES = 64 };

/* Where a density is looked at, and its share of the whole there; the shares add up to 1. */
struct spread {
    double at[NODES], share[NODES];
};

/* Nodes on 0..1, moved to LOW..HIGH; a CROWD of 1 leaves them where they are, more crowds them near
 * the low end. */
static void spread_make(struct spread *spread, double low, double high, double crowd,
                        double (*density)(double at, double degrees), double degrees) {
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(NODES);
    CHECK(table != NULL);
    double sum = 0;
    for (size_t i = 0; i < NODES; i++) {
        double place, weight;
        gsl_integration_glfixed_point(0, 1, i, &place, &weight, table);
        spread->at[i] = low + (high - low) * pow(place, crowd);
        spread->share[i] = weight * crowd * pow(place, crowd - 1) * density(spread->at[i], degrees);
        sum += spread->share[i];
    }
    for (size_t i = 0; i < NODES; i++) spread->share[i] /= sum;
    gsl_integration_glfixed_table_free(table);
}

/* Of an estimated standard deviation over the true one, less a constant factor. */
static double chi_density(double at, double degrees) {
    return at * gsl_ran_chisq_pdf(degrees * at * at, degrees);
}

static double normal_density(double at, double degrees) {
    (void)degrees;
    return gsl_ran_ugaussian_pdf(at);
}

static const double far = 8; /* standard deviations: beyond them lies 1e-15 of the chance */

/* The ends by Wilson and Hilferty (Proceedings of the National Academy of Sciences 17, 1931): the
 * cube root of a chi-square over its degrees is nearly normal.
 * With few degrees what is decisive happens near zero. */
static void spread_of_chi(struct spread *spread, double degrees) {
    double variance = 2 / (9 * degrees);
    double low = pow(fmax(0, 1 - variance - far * sqrt(variance)), 1.5);
    double high = pow(1 - variance + far * sqrt(variance), 1.5);
    spread_make(spread, low, high, low > 0 ? 1 : 4, chi_density, degrees);
}

static void spread_of_normal(struct spread *spread) {
    spread_make(spread, -far, far, 1, normal_density, 0);
}

/* ---- The root of a rising probability ---- */

struct question {
    struct spread outer, inner;
    int32_t count;
    double wanted;
    double (*probability)(const struct question *, double critical);
};

static double above_wanted(double critical, void *context) {
    const struct question *question = context;
    return question->probability(question, critical) - question->wanted;
}

/* Brent's method between a value that is too small and one that is not. */
static double root_of(struct question *question) {
    double low = 0, high = 1;
    while (above_wanted(high, question) < 0) {
        low = high;
        high *= 2;
        if (high > 1e9) return NAN;
    }
    gsl_function function = {above_wanted, question};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    CHECK(solver != NULL);
    int status = gsl_root_fsolver_set(solver, &function, low, high);
    for (int i = 0; i < 100 && status == GSL_SUCCESS && high - low > 1e-12 * high; i++) {
        status = gsl_root_fsolver_iterate(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
    }
    double root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return root;
}

/* ---- Rinott ---- */

/* That the best beats all others: given its own standard deviation (outer), each of the others,
 * with its own (inner), is beaten independently. */
static double probability_rinott(const struct question *question, double h) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
        double own = question->outer.at[i], one = 0;
        for (int j = 0; j < NODES; j++) {
            double other = question->inner.at[j];
            double noise = sqrt(1 / (own * own) + 1 / (other * other));
            one += question->inner.share[j] * gsl_cdf_ugaussian_P(h / noise);
        }
        sum += question->outer.share[i] * pow(one, question->count - 1);
    }
    return sum;
}

double critical_rinott(int32_t count, int32_t first_stage, double probability) {
    CHECK(count >= 2 && first_stage >= 2 && probability > 0 && probability < 1);
    struct question question = {
        .count = count, .wanted = probability, .probability = probability_rinott};
    spread_of_chi(&question.outer, first_stage - 1);
    question.inner = question.outer;
    return root_of(&question);
}

/* ---- Dunnett ---- */

/* Differences with one control share its error: they are normal with correlation 1/2, so each is
 * (own + common) / sqrt(2), and given the common part (inner) they are independent. */
static double probability_one_sided(const struct question *question, double critical) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
        double limit = critical * question->outer.at[i] * sqrt(2), all = 0;
        for (int j = 0; j < NODES; j++) {
            double one = gsl_cdf_ugaussian_P(limit + question->inner.at[j]);
            all += question->inner.share[j] * pow(one, question->count);
        }
        sum += question->outer.share[i] * all;
    }
    return sum;
}

static double probability_two_sided(const struct question *question, double critical) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
        double limit = critical * question->outer.at[i] * sqrt(2), all = 0;
        for (int j = 0; j < NODES; j++) {
            double common = question->inner.at[j];
            double one = gsl_cdf_ugaussian_P(limit + common) - gsl_cdf_ugaussian_P(common - limit);
            all += question->inner.share[j] * pow(one, question->count);
        }
        sum += question->outer.share[i] * all;
    }
    return sum;
}

static double dunnett(int32_t count, double degrees, double confidence,
                      double (*probability)(const struct question *, double)) {
    CHECK(count >= 1 && degrees > 0 && confidence > 0 && confidence < 1);
    struct question question = {.count = count, .wanted = confidence, .probability = probability};
    spread_of_chi(&question.outer, degrees);
    spread_of_normal(&question.inner);
    return root_of(&question);
}

double critical_dunnett_one_sided(int32_t count, double degrees, double confidence) {
    return dunnett(count, degrees, confidence, probability_one_sided);
}

double critical_dunnett_two_sided(int32_t count, double degrees, double confidence) {
    return dunnett(count, degrees, confidence, probability_two_sided);
}
