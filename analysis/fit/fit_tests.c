/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances between a sample and a law, and how often chance is as far away.
 *
 * Of laws of counts the distances are taken at the whole numbers: Kolmogorov-Smirnov's as the
 * greatest difference there, Anderson-Darling's as a sum over them (V. Choulakian, R. A. Lockhart,
 * M. A. Stephens, Canadian J. of Statistics 22, 1994). Chi-square has cells that are equally
 * probable, 2 n^0.4 of them (D. S. Moore in D'Agostino and Stephens, Goodness-of-Fit Techniques,
 * 1986) and at least five values in each; of counts as many whole numbers in each as that takes. */
#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_LEAST = 5, CELLS_LEAST = 3, ENOUGH = 99 };

/* ---- Laws of measured values ---- */

static struct fit_distance distance_of_values(const struct law *law,
                                              const struct fit_sample *sample) {
    const double nearly =
        1e-16; /* a value that the law does not have is far away, not infinitely */
    int32_t n = sample->count;
    double cells = fmin(floor((double)n / CELL_LEAST), ceil(2 * pow(n, 0.4))), ks = 0, sum = 0;
    double chi = 0, in_cell = 0, cell = 0, last = NAN, below = 0;
    for (int32_t i = 0; i < n; i++) {
        if (sample->sorted[i] != last) below = law_cdf(law, sample->sorted[i]);
        last = sample->sorted[i];
        ks = fmax(ks, fmax((i + 1.0) / n - below, below - (double)i / n));
        double p = fmax(below, nearly), q = fmax(1 - below, nearly);
        sum += (2 * i + 1) * log(p) + (2 * (n - i) - 1) * log(q);
        double here = fmin(floor(below * cells), cells - 1);
        if (here != cell) chi += in_cell * in_cell, in_cell = 0, cell = here;
        in_cell++;
    }
    chi = (chi + in_cell * in_cell) * cells / n - n;
    bool enough = cells >= CELLS_LEAST;
    return (struct fit_distance){
        .value = {[FIT_KS] = ks, [FIT_AD] = -n - sum / n, [FIT_CHI] = enough ? chi : NAN},
        .cells = enough ? (int32_t)cells : 0};
}

/* ---- Laws of counts ---- */

struct cells {
    double expected, observed, last_expected, last_observed;
    double chi;
    int32_t count;
};

/* A cell is closed when enough is expected in it; what is left at the end joins the last one. */
static void cells_add(struct cells *cells, double expected, double observed) {
    cells->expected += expected;
    cells->observed += observed;
    if (cells->expected < CELL_LEAST) return;
    if (cells->count > 0) {
        double off = cells->last_observed - cells->last_expected;
        cells->chi += off * off / cells->last_expected;
    }
    cells->last_expected = cells->expected;
    cells->last_observed = cells->observed;
    cells->expected = cells->observed = 0;
    cells->count++;
}

static double cells_close(struct cells *cells) {
    cells->last_expected += cells->expected;
    cells->last_observed += cells->observed;
    double off = cells->last_observed - cells->last_expected;
    if (cells->count < CELLS_LEAST) return NAN;
    return cells->chi + off * off / cells->last_expected;
}

static struct fit_distance distance_of_counts(const struct law *law,
                                              const struct fit_sample *sample) {
    int32_t n = sample->count, upto = 0;
    struct cells cells = {0};
    double ks = 0, ad = 0, before = 0;
    /* Counts far from 0 begin where the law does. */
    double k = fmax(0, fmin(sample->low, floor(law_mean(law) - 12 * sqrt(law_variance(law)))));
    for (; before < 1 - 1e-12 || upto < n; k++) {
        int32_t first = upto;
        while (upto < n && sample->sorted[upto] <= k) upto++;
        double below = law_cdf(law, k), share = (double)upto / n, p = below - before;
        ks = fmax(ks, fabs(share - below));
        if (p > 0 && below < 1) ad += (share - below) * (share - below) * p / (below * (1 - below));
        cells_add(&cells, n * p, upto - first);
        before = below;
        if (p <= 0 && upto < n && sample->sorted[upto] > k + 1) k = sample->sorted[upto] - 1;
    }
    double chi = cells_close(&cells);
    return (struct fit_distance){.value = {[FIT_KS] = ks, [FIT_AD] = n * ad, [FIT_CHI] = chi},
                                 .cells = isnan(chi) ? 0 : cells.count};
}

struct fit_distance fit_distance(const struct law *law, const struct fit_sample *sample) {
    return law_kinds[law->kind].counts ? distance_of_counts(law, sample)
                                       : distance_of_values(law, sample);
}

/* ---- The bootstrap ---- */

/* A sample that lies on the other side of poisson is poisson's. */
static bool fit_again(struct arena *arena, enum law_kind kind, const struct fit_sample *sample,
                      struct law *law) {
    struct law_arguments arguments;
    const char *why = fit_arguments(sample, kind, &arguments);
    if (why && (kind == LAW_BINOMIAL || kind == LAW_NEGATIVE_BINOMIAL))
        why = fit_arguments(sample, kind = LAW_POISSON, &arguments);
    return !why && !law_make(arena, law, kind, &arguments);
}

struct bootstrap {
    const struct law *law;
    enum law_kind kind;
    struct stream stream;
    struct arena arena;
    double *values, *logs;
    int32_t count;
    bool shares;
};

/* The distance of the sample of this number from its own fit. False when it cannot be fitted, such
 * as when all of its values are alike. */
static bool bootstrap_once(struct bootstrap *bootstrap, int32_t number, struct fit_distance *out) {
    for (int32_t i = 0; i < bootstrap->count; i++) {
        struct draw draw = draw_at(bootstrap->stream, (uint64_t)i, 0, (uint64_t)number, 0);
        bootstrap->values[i] = law_value(bootstrap->law, &draw, NULL);
    }
    struct fit_sample sample;
    struct law law;
    fit_sample_init(&sample, bootstrap->values, bootstrap->logs, bootstrap->count);
    sample.shares = bootstrap->shares;
    bool fits = fit_again(&bootstrap->arena, bootstrap->kind, &sample, &law);
    if (fits) *out = fit_distance(&law, &sample);
    arena_clear(&bootstrap->arena);
    return fits;
}

/* p = (1 + samples as far away) / (1 + samples): A. C. Davison, D. V. Hinkley, Bootstrap Methods
 * (1997), 4.2. */
int32_t fit_bootstrap(const struct law *law, enum law_kind kind, const struct fit_sample *sample,
                      const struct fit_distance *distance, uint64_t seed, int32_t samples,
                      double p[FIT_TEST_COUNT]) {
    char name[64] = "fit/";
    strncat(name, law_kinds[kind].word, sizeof name - strlen(name) - 1);
    size_t count = (size_t)sample->count;
    struct bootstrap bootstrap = {.law = law,
                                  .kind = kind,
                                  .stream = stream_named(seed, name),
                                  .values = memory_zeroed(count, sizeof(double)),
                                  .logs = memory_zeroed(count, sizeof(double)),
                                  .count = sample->count,
                                  .shares = sample->shares};
    arena_init(&bootstrap.arena);
    int32_t done[FIT_TEST_COUNT] = {0}, far[FIT_TEST_COUNT] = {0}, drawn_count = 0;
    for (int32_t i = 0; i < samples; i++, drawn_count++) {
        if (i == ENOUGH && far[FIT_AD] == 0) break;
        struct fit_distance drawn;
        if (!bootstrap_once(&bootstrap, i, &drawn)) continue;
        for (int32_t t = 0; t < FIT_TEST_COUNT; t++) {
            if (isnan(drawn.value[t])) continue;
            done[t]++;
            far[t] += drawn.value[t] >= distance->value[t];
        }
    }
    for (int32_t t = 0; t < FIT_TEST_COUNT; t++)
        p[t] = done[t] > 0 && !isnan(distance->value[t]) ? (1.0 + far[t]) / (1.0 + done[t]) : NAN;
    arena_clear(&bootstrap.arena);
    free(bootstrap.values);
    free(bootstrap.logs);
    return drawn_count;
}

double fit_kolmogorov(double d, int32_t count) {
    double root = sqrt(count), x = (root + 0.12 + 0.11 / root) * d, sum = 0;
    if (x < 0.2) return 1;
    for (int32_t j = 1; j <= 100; j++) {
        double term = exp(-2 * (double)j * j * x * x);
        sum += j % 2 ? term : -term;
        if (term < 1e-17) break;
    }
    return fmin(1, fmax(0, 2 * sum));
}
