/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../analysis/fit/fit.h"

#include <criterion/criterion.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <string.h>

enum { MOST = 2000 };

struct made {
    double values[MOST], logs[MOST];
    struct fit_sample sample;
    struct arena arena;
};

static void make(struct made *made, const double *values, int32_t count) {
    arena_init(&made->arena);
    memcpy(made->values, values, (size_t)count * sizeof *values);
    fit_sample_init(&made->sample, made->values, made->logs, count);
}

/* So many values of a law, each as likely as the others: no luck in them. */
static void make_quantiles(struct made *made, const struct law *law, int32_t count) {
    double values[MOST];
    for (int32_t i = 0; i < count; i++) values[i] = law_inverse(law, (i + 0.5) / count);
    make(made, values, count);
}

static struct law law_of(struct arena *arena, enum law_kind kind, enum law_argument a, double x,
                         enum law_argument b, double y) {
    struct law_arguments arguments = {0};
    arguments.value[a] = x, arguments.given[a] = true;
    arguments.value[b] = y, arguments.given[b] = true;
    struct law law;
    const char *why = law_make(arena, &law, kind, &arguments);
    cr_assert(why == NULL, "%s", why);
    return law;
}

static struct law fitted(struct made *made, enum law_kind kind, struct law_arguments *arguments) {
    struct law law;
    const char *why = fit_arguments(&made->sample, kind, arguments);
    cr_assert(why == NULL, "%s", why);
    why = law_make(&made->arena, &law, kind, arguments);
    cr_assert(why == NULL, "%s", why);
    return law;
}

static void close_to(double value, double expected, double within) {
    cr_assert(fabs(value - expected) <= within * fabs(expected), "%.12g, not %.12g", value,
              expected);
}

/* ---- The lives of 23 ball bearings, millions of turns: Lieblein and Zelen (1956) ---- */

static const double bearings[] = {17.88, 28.92, 33.00,  41.52,  42.12,  45.60,  48.48, 51.84,
                                  51.96, 54.12, 55.56,  67.80,  68.64,  68.64,  68.88, 84.12,
                                  93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40};

Test(fit, ball_bearings_have_their_published_parameters) {
    struct made made;
    struct law_arguments arguments;
    make(&made, bearings, 23);
    struct law weibull = fitted(&made, LAW_WEIBULL, &arguments);
    close_to(weibull.a, 2.1020588752, 1e-9);
    close_to(weibull.b, 81.8783340515, 1e-9);
    struct law gamma = fitted(&made, LAW_GAMMA, &arguments);
    close_to(gamma.a, 4.0254146179, 1e-9);
    close_to(gamma.b, 17.9420891216, 1e-9);
    struct law exponential = fitted(&made, LAW_EXPONENTIAL, &arguments);
    close_to(exponential.a, 1661.16 / 23, 1e-12);
    close_to(fit_distance(&exponential, &made.sample).value[FIT_AD], 2.8114444822, 1e-9);
    arena_clear(&made.arena);
}

Test(fit, a_text_names_what_the_language_names) {
    struct made made;
    struct fitted weibull = {.kind = LAW_WEIBULL}, erlang = {.kind = LAW_ERLANG};
    make(&made, bearings, 23);
    fitted(&made, LAW_WEIBULL, &weibull.arguments);
    fitted(&made, LAW_ERLANG, &erlang.arguments);
    cr_assert_str_eq(fit_text(&made.arena, &weibull, "min", 4),
                     "weibull(shape=2.102 scale=81.88) min");
    cr_assert_str_eq(fit_text(&made.arena, &erlang, "", 4), "erlang(4 mean=72.22)");
    arena_clear(&made.arena);
}

/* ---- Estimators ---- */

Test(fit, laws_with_a_formula_have_it) {
    struct made made;
    struct law_arguments arguments;
    const double values[] = {1, 2, 4, 8, 16};
    make(&made, values, 5);
    struct law lognormal = fitted(&made, LAW_LOGNORMAL, &arguments);
    close_to(lognormal.a, log(4), 1e-12);
    close_to(lognormal.b, sqrt(2) * log(2), 1e-12);
    struct law uniform = fitted(&made, LAW_UNIFORM, &arguments);
    cr_assert_eq(uniform.a, 1);
    cr_assert_eq(uniform.b, 16);
    close_to(fitted(&made, LAW_POISSON, &arguments).a, 6.2, 1e-12);
    close_to(fitted(&made, LAW_GEOMETRIC, &arguments).a, 6.2, 1e-12);
    arena_clear(&made.arena);
    const double both_signs[] = {-3, -1, 1, 3};
    make(&made, both_signs, 4);
    struct law normal = fitted(&made, LAW_NORMAL, &arguments);
    cr_assert_eq(normal.a, 0);
    close_to(normal.b, sqrt(5), 1e-12);
    arena_clear(&made.arena);
}

/* Mean and mean square are sufficient for a bell cut at 0, so its likelihood is greatest where both
 * are those of the sample. */
Test(fit, a_bell_cut_at_zero_has_the_moments_of_its_sample) {
    struct made made;
    struct law_arguments arguments;
    const double values[] = {0.2, 0.5, 1, 1.5, 2, 4};
    make(&made, values, 6);
    struct law law = fitted(&made, LAW_NORMAL, &arguments);
    cr_assert(law.a < 1.5, "most of the bell is cut away");
    close_to(law_mean(&law), made.sample.mean, 1e-9);
    close_to(law_variance(&law), made.sample.variance, 1e-8);
    arena_clear(&made.arena);
}

/* The two equations of the likelihood of beta. */
Test(fit, beta_solves_its_equations) {
    struct made made;
    struct law_arguments arguments;
    const double values[] = {0.1, 0.2, 0.25, 0.4, 0.7};
    double log_low = 0, log_high = 0;
    for (int i = 0; i < 5; i++) log_low += log(values[i]) / 5, log_high += log1p(-values[i]) / 5;
    make(&made, values, 5);
    made.sample.shares = true;
    struct law law = fitted(&made, LAW_BETA, &arguments);
    cr_assert_eq(law.c, 0);
    cr_assert_eq(law.d, 1);
    close_to(gsl_sf_psi(law.a) - gsl_sf_psi(law.a + law.b), log_low, 1e-9);
    close_to(gsl_sf_psi(law.b) - gsl_sf_psi(law.a + law.b), log_high, 1e-9);
    arena_clear(&made.arena);
}

Test(fit, binomial_has_the_trials_of_greatest_likelihood) {
    struct made made;
    struct law_arguments arguments;
    const double values[] = {3, 4, 5, 5, 5, 6, 6, 7, 4, 5, 6, 5};
    make(&made, values, 12);
    struct law law = fitted(&made, LAW_BINOMIAL, &arguments);
    double best = fit_log_likelihood(&law, &made.sample);
    for (int n = 7; n < 300; n++) {
        struct law other = law_of(&made.arena, LAW_BINOMIAL, LAW_ARGUMENT_N, n, LAW_ARGUMENT_P,
                                  made.sample.mean / n);
        cr_assert(fit_log_likelihood(&other, &made.sample) <= best + 1e-9, "n = %d", n);
    }
    arena_clear(&made.arena);
}

/* Moves each argument by a part in a thousand, both ways. */
static void no_neighbour_is_likelier(struct made *made, enum law_kind kind) {
    struct law_arguments arguments;
    struct law law = fitted(made, kind, &arguments);
    double best = fit_log_likelihood(&law, &made->sample);
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++) {
        for (int sign = -1; sign <= 1 && arguments.given[i]; sign += 2) {
            struct law_arguments moved = arguments;
            moved.value[i] *= 1 + sign * 1e-3;
            if (law_make(&made->arena, &law, kind, &moved)) continue;
            double score = fit_log_likelihood(&law, &made->sample);
            cr_assert(score <= best + 1e-6, "%s: %s %+d: %.9g > %.9g", law_kinds[kind].word,
                      law_argument_rows[i].word, sign, score, best);
        }
    }
}

Test(fit, no_neighbour_of_a_fitted_law_is_likelier) {
    static const enum law_kind kinds[] = {LAW_EXPONENTIAL, LAW_GAMMA,  LAW_WEIBULL,
                                          LAW_LOGNORMAL,   LAW_NORMAL, LAW_UNIFORM,
                                          LAW_TRIANGULAR,  LAW_PERT};
    struct made made;
    make(&made, bearings, 23);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        no_neighbour_is_likelier(&made, kinds[i]);
    arena_clear(&made.arena);
    const double counts[] = {1, 1, 1, 2, 2, 3, 3, 5, 9, 14, 1, 4};
    make(&made, counts, 12);
    no_neighbour_is_likelier(&made, LAW_POISSON);
    no_neighbour_is_likelier(&made, LAW_GEOMETRIC);
    no_neighbour_is_likelier(&made, LAW_NEGATIVE_BINOMIAL);
    arena_clear(&made.arena);
}

Test(fit, values_that_are_a_law_give_it_back) {
    struct made made;
    struct law_arguments arguments;
    struct arena arena;
    arena_init(&arena);
    struct law_arguments points = {
        .value = {[LAW_ARGUMENT_LOW] = 4, [LAW_ARGUMENT_MODE] = 5, [LAW_ARGUMENT_HIGH] = 8},
        .given = {
            [LAW_ARGUMENT_LOW] = true, [LAW_ARGUMENT_MODE] = true, [LAW_ARGUMENT_HIGH] = true}};
    static const enum law_kind kinds[] = {LAW_TRIANGULAR, LAW_PERT};
    for (int i = 0; i < 2; i++) {
        struct law law;
        cr_assert(law_make(&arena, &law, kinds[i], &points) == NULL);
        make_quantiles(&made, &law, MOST);
        fitted(&made, kinds[i], &arguments);
        close_to(arguments.value[LAW_ARGUMENT_LOW], 4, 0.02);
        close_to(arguments.value[LAW_ARGUMENT_MODE], 5, 0.02);
        close_to(arguments.value[LAW_ARGUMENT_HIGH], 8, 0.02);
        arena_clear(&made.arena);
    }
    struct law negative =
        law_of(&arena, LAW_NEGATIVE_BINOMIAL, LAW_ARGUMENT_MEAN, 10, LAW_ARGUMENT_SD, 5);
    make_quantiles(&made, &negative, MOST);
    fitted(&made, LAW_NEGATIVE_BINOMIAL, &arguments);
    close_to(arguments.value[LAW_ARGUMENT_MEAN], 10, 0.001);
    close_to(arguments.value[LAW_ARGUMENT_SD], 5, 0.01);
    arena_clear(&made.arena);
    arena_clear(&arena);
}

Test(fit, what_a_law_cannot_have_is_said) {
    struct made made;
    struct law_arguments arguments;
    const double with_zero[] = {0, 1, 2, 3.5}, alike[] = {4, 4, 4}, even[] = {2, 3, 3, 3, 3, 4};
    make(&made, with_zero, 4);
    cr_assert(fit_arguments(&made.sample, LAW_WEIBULL, &arguments) != NULL);
    cr_assert(fit_arguments(&made.sample, LAW_LOGNORMAL, &arguments) != NULL);
    cr_assert(fit_arguments(&made.sample, LAW_POISSON, &arguments) != NULL, "no counts");
    cr_assert(fit_arguments(&made.sample, LAW_EXPONENTIAL, &arguments) == NULL);
    make(&made, alike, 3);
    for (int32_t kind = 0; kind < LAW_COUNT; kind++) {
        if (!fit_knows((enum law_kind)kind)) continue;
        struct law law;
        const char *why = fit_arguments(&made.sample, (enum law_kind)kind, &arguments);
        if (!why) why = law_make(&made.arena, &law, (enum law_kind)kind, &arguments);
        cr_assert(why || fit_parameters((enum law_kind)kind) == 1, "%s", law_kinds[kind].word);
    }
    make(&made, even, 6);
    cr_assert(fit_arguments(&made.sample, LAW_NEGATIVE_BINOMIAL, &arguments) != NULL);
    arena_clear(&made.arena);
}

/* ---- Densities ---- */

/* A density is the slope of the distribution function, a probability its step. */
Test(fit, densities_are_those_of_the_distribution_function) {
    struct made made;
    struct law_arguments arguments;
    make(&made, bearings, 23);
    for (int32_t kind = 0; kind < LAW_COUNT; kind++) {
        if (!fit_knows((enum law_kind)kind) || law_kinds[kind].counts) continue;
        struct law law = fitted(&made, (enum law_kind)kind, &arguments);
        for (double x = 20; x < 170; x += 7) {
            double step = 1e-3, slope = (law_cdf(&law, x + step) - law_cdf(&law, x - step)) / 2e-3;
            close_to(exp(fit_log_density(&law, x)), slope, 2e-4);
        }
    }
    arena_clear(&made.arena);
    const double counts[] = {1, 1, 1, 2, 2, 3, 3, 5, 9, 14, 1, 4},
                 even[] = {3, 4, 5, 5, 5, 6, 6, 7};
    for (int32_t kind = 0; kind < LAW_COUNT; kind++) {
        if (!law_kinds[kind].counts) continue;
        make(&made, kind == LAW_BINOMIAL ? even : counts, kind == LAW_BINOMIAL ? 8 : 12);
        struct law law = fitted(&made, (enum law_kind)kind, &arguments);
        for (double k = 1; k < 7; k++)
            close_to(exp(fit_log_density(&law, k)), law_cdf(&law, k) - law_cdf(&law, k - 1), 1e-9);
        arena_clear(&made.arena);
    }
}

/* ---- Distances ---- */

Test(fit, distances_of_three_values_are_those_on_paper) {
    struct made made;
    const double values[] = {0.1, 0.4, 0.8};
    make(&made, values, 3);
    struct law law = law_of(&made.arena, LAW_UNIFORM, LAW_ARGUMENT_LOW, 0, LAW_ARGUMENT_HIGH, 1);
    struct fit_distance distance = fit_distance(&law, &made.sample);
    close_to(distance.value[FIT_KS], 2.0 / 3 - 0.4, 1e-12);
    double paper =
        -3 - (log(0.1) + log(0.2) + 3 * (log(0.4) + log(0.6)) + 5 * (log(0.8) + log(0.9))) / 3;
    close_to(distance.value[FIT_AD], paper, 1e-12);
    cr_assert(isnan(distance.value[FIT_CHI]), "three values are too few for cells");
    arena_clear(&made.arena);
}

Test(fit, chi_square_counts_equally_probable_cells) {
    struct made made;
    double values[20];
    for (int i = 0; i < 20; i++) values[i] = i < 11 ? 0.1 : i < 14 ? 0.3 : i < 17 ? 0.6 : 0.8;
    make(&made, values, 20);
    struct law law = law_of(&made.arena, LAW_UNIFORM, LAW_ARGUMENT_LOW, 0, LAW_ARGUMENT_HIGH, 1);
    struct fit_distance distance = fit_distance(&law, &made.sample);
    cr_assert_eq(distance.cells, 4);
    close_to(distance.value[FIT_CHI], (36 + 4 + 4 + 4) / 5.0, 1e-12);
    arena_clear(&made.arena);
}

/* Critical values of Kolmogorov's distribution: 1.2238 at 10 %, 1.3581 at 5 %, 1.6276 at 1 %
 * (Smirnov, Annals of Mathematical Statistics 19, 1948). */
Test(fit, kolmogorov_has_its_published_quantiles) {
    int32_t n = 100 * 1000 * 1000;
    close_to(fit_kolmogorov(1.2238e-4, n), 0.10, 1e-3);
    close_to(fit_kolmogorov(1.3581e-4, n), 0.05, 1e-3);
    close_to(fit_kolmogorov(1.6276e-4, n), 0.01, 1e-3);
    cr_assert_eq(fit_kolmogorov(0, n), 1);
}

/* ---- The bootstrap ---- */

static double p_of_sample(const struct law *law, enum law_kind kind, uint64_t number,
                          int32_t count) {
    struct made made;
    double values[MOST], p[FIT_TEST_COUNT];
    struct law_arguments arguments;
    for (int32_t i = 0; i < count; i++) {
        struct draw draw = draw_at(stream_named(1, "data"), (uint64_t)i, 0, number, 0);
        values[i] = law_value(law, &draw, NULL);
    }
    make(&made, values, count);
    struct law found = fitted(&made, kind, &arguments);
    struct fit_distance distance = fit_distance(&found, &made.sample);
    fit_bootstrap(&found, kind, &made.sample, &distance, 1, 99, p);
    arena_clear(&made.arena);
    return p[FIT_AD];
}

/* Of 400 samples of an exponential law 40 have a p of at most 0.1, give or take 6: four times that
 * is allowed. The same of a gamma law are found out. */
Test(fit, the_true_law_is_refuted_as_often_as_it_says_and_a_wrong_one_oftener) {
    struct arena arena;
    arena_init(&arena);
    struct law_arguments mean = {.value = {[LAW_ARGUMENT_MEAN] = 5},
                                 .given = {[LAW_ARGUMENT_MEAN] = true}};
    struct law exponential;
    cr_assert(law_make(&arena, &exponential, LAW_EXPONENTIAL, &mean) == NULL);
    struct law gamma = law_of(&arena, LAW_GAMMA, LAW_ARGUMENT_MEAN, 5, LAW_ARGUMENT_CV, 0.5);
    int32_t wrongly = 0, rightly = 0;
    for (uint64_t i = 0; i < 400; i++) {
        wrongly += p_of_sample(&exponential, LAW_EXPONENTIAL, i, 20) <= 0.1;
        if (i < 50) rightly += p_of_sample(&gamma, LAW_EXPONENTIAL, i, 60) <= 0.01;
    }
    cr_assert(wrongly > 16 && wrongly < 64, "%d of 400", wrongly);
    cr_assert(rightly > 45, "%d of 50", rightly);
    arena_clear(&arena);
}

Test(fit, a_law_has_the_same_p_whatever_else_is_tried) {
    struct made made;
    struct fit all, alone;
    struct fit_question question = {.seed = 7, .samples = 99};
    make(&made, bearings, 23);
    fit_usual(false, question.tried);
    fit_rank(&all, &made.sample, &question);
    memset(question.tried, 0, sizeof question.tried);
    question.tried[LAW_WEIBULL] = true;
    fit_rank(&alone, &made.sample, &question);
    cr_assert_eq(alone.count, 1);
    bool found = false;
    for (int32_t i = 0; i < all.count; i++) {
        if (all.laws[i].kind != LAW_WEIBULL) continue;
        found = memcmp(all.laws[i].p, alone.laws[0].p, sizeof all.laws[i].p) == 0;
    }
    cr_assert(found);
    fit_clear(&all);
    fit_clear(&alone);
    arena_clear(&made.arena);
}

Test(fit, without_samples_nothing_is_judged) {
    struct made made;
    struct fit fit;
    struct fit_question question = {.seed = 1, .samples = 0, .tried = {[LAW_EXPONENTIAL] = true}};
    make(&made, bearings, 23);
    fit_rank(&fit, &made.sample, &question);
    cr_assert_eq(fit.laws[0].verdict, FIT_UNTESTED);
    fit_clear(&fit);
    arena_clear(&made.arena);
}
