/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All laws, those that are possible first. */
#include "fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A law is judged by Anderson and Darling's distance, which sees the tails, where queues are made.
 */
static const double DOUBTFUL = 0.05, REFUTED = 0.01;

enum {
    SAMPLES_MOST = 499,
    SAMPLES_LEAST = 99,
    DRAWN_MOST = 500 * 1000, /* in all samples of a law */
    TESTED_MOST = 20 * 1000  /* values; of more every law is refuted that is not exact */
};

/* As many samples as take a few seconds. */
static int32_t usual_samples(int32_t count) {
    if (count > TESTED_MOST) return 0;
    int32_t samples = DRAWN_MOST / count;
    return samples > SAMPLES_MOST    ? SAMPLES_MOST
           : samples < SAMPLES_LEAST ? SAMPLES_LEAST
                                     : samples;
}

static void fit_one(struct fit *fit, const struct fit_sample *sample,
                    const struct fit_question *question, struct fitted *fitted) {
    fitted->verdict = FIT_IMPOSSIBLE;
    fitted->why = fit_arguments(sample, fitted->kind, &fitted->arguments);
    if (!fitted->why)
        fitted->why = law_make(&fit->arena, &fitted->law, fitted->kind, &fitted->arguments);
    if (!fitted->why && fitted->law.kind == LAW_CONSTANT) fitted->why = "is constant here";
    if (fitted->why) return;
    double parameters = fit_parameters(fitted->kind);
    fitted->log_likelihood = fit_log_likelihood(&fitted->law, sample);
    fitted->aic = 2 * parameters - 2 * fitted->log_likelihood;
    fitted->bic = parameters * log(sample->count) - 2 * fitted->log_likelihood;
    fitted->distance = fit_distance(&fitted->law, sample);
    fitted->samples = fit_bootstrap(&fitted->law, fitted->kind, sample, &fitted->distance,
                                    question->seed, fit->samples, fitted->p);
    double p = fitted->p[FIT_AD];
    fitted->verdict = isnan(p)        ? FIT_UNTESTED
                      : p <= REFUTED  ? FIT_REFUTED
                      : p <= DOUBTFUL ? FIT_DOUBTFUL
                                      : FIT_POSSIBLE;
}

/* Those not refuted come first, doubtful or not; then the nearest by Akaike. */
static int by_verdict(const void *left, const void *right) {
    const struct fitted *a = left, *b = right;
    int a_class = a->verdict < FIT_REFUTED ? 0 : (int)a->verdict;
    int b_class = b->verdict < FIT_REFUTED ? 0 : (int)b->verdict;
    if (a_class != b_class) return a_class - b_class;
    if (a->verdict != FIT_IMPOSSIBLE && a->aic != b->aic) return a->aic < b->aic ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

void fit_rank(struct fit *fit, const struct fit_sample *sample,
              const struct fit_question *question) {
    *fit = (struct fit){.samples = question->samples < 0 ? usual_samples(sample->count)
                                                         : question->samples};
    arena_init(&fit->arena);
    fit->laws = arena_take(&fit->arena, LAW_COUNT * sizeof *fit->laws);
    for (int32_t kind = 0; kind < LAW_COUNT; kind++) {
        if (!question->tried[kind]) continue;
        struct fitted *fitted = &fit->laws[fit->count++];
        fitted->kind = (enum law_kind)kind;
        fit_one(fit, sample, question, fitted);
        fit->possible_count += fitted->verdict != FIT_IMPOSSIBLE;
    }
    qsort(fit->laws, (size_t)fit->count, sizeof *fit->laws, by_verdict);
}

void fit_clear(struct fit *fit) {
    arena_clear(&fit->arena);
}

/* So many digits, but never fewer than stand before the point. */
static void add_number(FILE *file, double value, int digits) {
    if (value == 0 || !isfinite(value)) {
        fprintf(file, "%g", value);
        return;
    }
    int decimals = digits - 1 - (int)floor(log10(fabs(value)));
    char text[400];
    snprintf(text, sizeof text, "%.*f", decimals < 0 ? 0 : decimals > 20 ? 20 : decimals, value);
    size_t end = strlen(text);
    if (strchr(text, '.')) {
        while (text[end - 1] == '0') end--;
        if (text[end - 1] == '.') end--;
    }
    fprintf(file, "%.*s", (int)end, text);
}

/* Those that stand by their place come first, in their order; then those with names. */
const char *fit_text(struct arena *arena, const struct fitted *fitted, const char *unit,
                     int digits) {
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CHECK(file);
    fprintf(file, "%s(", law_kinds[fitted->kind].word);
    const struct law_arguments *arguments = &fitted->arguments;
    bool written[LAW_ARGUMENT_COUNT] = {false};
    const char *separator = "";
    for (int32_t i = 0; law_argument_at(fitted->kind, i) != LAW_ARGUMENT_COUNT; i++) {
        enum law_argument argument = law_argument_at(fitted->kind, i);
        fputs(separator, file);
        add_number(file, arguments->value[argument], digits);
        written[argument] = true;
        separator = " ";
    }
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++) {
        if (!arguments->given[i] || written[i]) continue;
        fprintf(file, "%s%s=", separator, law_argument_rows[i].word);
        add_number(file, arguments->value[i], digits);
        separator = " ";
    }
    fprintf(file, ")%s%s", *unit ? " " : "", unit);
    fclose(file);
    char *kept = arena_copy(arena, text, size);
    free(text);
    return kept;
}
