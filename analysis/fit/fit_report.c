/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit_report.h"

#include "../tables/friendly.h"
#include "../tables/grid.h"
#include "../json.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 4, PROPOSALS_MOST = 3 };

void fit_print_title(const struct fit_report *report, const char *format, ...) {
    va_list list;
    fprintf(report->file, "\n%s", report->colour ? "\033[1m" : "");
    va_start(list, format);
    vfprintf(report->file, format, list);
    va_end(list);
    fprintf(report->file, "%s\n", report->colour ? "\033[0m" : "");
}

/* ---- The values ---- */

enum { BINS_MOST = 100, BAR_PLACES = 40 };

struct bars {
    double first, step;
    int32_t count;
    int32_t observed[BINS_MOST];
    double expected[BINS_MOST];
};

/* The greatest of 1, 2 or 5 times a power of ten that is at most this. */
static double round_step(double most) {
    double power = pow(10, floor(log10(most) + 1e-9));
    return most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
}

/* At least 1 + log2 n bins (H. A. Sturges, JASA 21, 1926), in steps that read well. */
static struct bars histogram_of(const struct fit_sample *sample, const struct law *law,
                                bool counts) {
    double range = sample->high - sample->low, step = range / (1 + ceil(log2(sample->count)));
    step = round_step(counts && step < 1 ? 1 : step);
    double first = floor(sample->low / step) * step;
    struct bars histogram = {
        .first = first, .step = step, .count = (int32_t)floor((sample->high - first) / step) + 1};
    CHECK(histogram.count <= BINS_MOST);
    for (int32_t i = 0; i < sample->count; i++) {
        int32_t bin = (int32_t)floor((sample->sorted[i] - first) / step);
        histogram.observed[bin < histogram.count ? bin : histogram.count - 1]++;
    }
    for (int32_t i = 0; law && i < histogram.count; i++) {
        double low = first + i * step - (counts ? 0.5 : 0);
        histogram.expected[i] = sample->count * (law_cdf(law, low + step) - law_cdf(law, low));
    }
    return histogram;
}

/* A bar of eighths of a place, and a mark where the law expects its end. */
static void print_bar(FILE *file, double length, double mark) {
    static const char *const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    int32_t at = mark > 0 ? (int32_t)lround(mark) : -1;
    int32_t end = (int32_t)fmax(ceil(length), at + 1);
    for (int32_t i = 0; i < end; i++) {
        double part = fmin(1, fmax(0, length - i));
        fputs(i == at ? "│" : eighths[lround(8 * part)], file);
    }
}

static void print_histogram(const struct fit_report *report) {
    const struct fitted *best = report->fit->possible_count ? &report->fit->laws[0] : NULL;
    bool counts = fit_sample_whole(report->sample) && !*report->unit;
    struct bars histogram = histogram_of(report->sample, best ? &best->law : NULL, counts);
    double most = 1;
    for (int32_t i = 0; i < histogram.count; i++)
        most = fmax(most, fmax(histogram.observed[i], histogram.expected[i]));
    fputc('\n', report->file);
    for (int32_t i = 0; i < histogram.count; i++) {
        char low[FRIENDLY_SIZE];
        double from = histogram.first + i * histogram.step;
        friendly_number(low, fabs(from) < 1e-9 * histogram.step ? 0 : from);
        fprintf(report->file, "%10s %7d  ", low, histogram.observed[i]);
        print_bar(report->file, BAR_PLACES * histogram.observed[i] / most,
                  BAR_PLACES * histogram.expected[i] / most);
        fputc('\n', report->file);
    }
    fprintf(report->file, "%s from, number of values", *report->unit ? report->unit : "value");
    if (best) fprintf(report->file, "; │ is what %s expects", law_kinds[best->kind].word);
    fputc('\n', report->file);
}

void fit_print_values(const struct fit_report *report) {
    const struct fit_sample *sample = report->sample;
    char text[6][FRIENDLY_SIZE];
    grid_text(report->file, report->what);
    fprintf(report->file, ": %d values%s%s\n", sample->count, *report->unit ? " in " : "",
            report->unit);
    fprintf(report->file, "least %s, quartiles %s, %s, %s, greatest %s\n",
            friendly_number(text[0], sample->low),
            friendly_number(text[1], fit_quantile(sample, 0.25)),
            friendly_number(text[2], fit_quantile(sample, 0.5)),
            friendly_number(text[3], fit_quantile(sample, 0.75)),
            friendly_number(text[4], sample->high));
    double sd = sqrt(sample->variance * sample->count / fmax(1, sample->count - 1));
    fprintf(report->file, "mean %s, sd %s", friendly_number(text[0], sample->mean),
            friendly_number(text[1], sd));
    if (sample->mean > 0) fprintf(report->file, ", cv %.3f", sd / sample->mean);
    if (sample->variance > 0) fprintf(report->file, ", skewness %.2f", fit_skewness(sample));
    fputc('\n', report->file);
    if (sample->variance > 0) print_histogram(report);
}

/* ---- The laws ---- */

static const char *const verdicts[] = {[FIT_UNTESTED] = "untested",
                                       [FIT_POSSIBLE] = "possible",
                                       [FIT_DOUBTFUL] = "doubtful",
                                       [FIT_REFUTED] = "refuted",
                                       [FIT_IMPOSSIBLE] = "impossible"};

static void set_p(struct grid *grid, int32_t row, int32_t column, double p, int32_t samples) {
    if (isnan(p))
        grid_set(grid, row, column, "–");
    else if (p * (1 + samples) < 1.5)
        grid_set(grid, row, column, "≤ %.2g", p);
    else
        grid_set(grid, row, column, p < 0.1 ? "%.3f" : "%.2f", p);
}

static void set_row(struct grid *grid, int32_t row, const struct fit_report *report,
                    const struct fitted *fitted) {
    const struct fitted *best = &report->fit->laws[0];
    int32_t column = 0;
    grid_set(grid, row, column++, "%s", law_kinds[fitted->kind].word);
    grid_set(grid, row, column++, "%s", verdicts[fitted->verdict]);
    grid_set(grid, row, column++, "%.1f", fitted->aic - best->aic);
    grid_set(grid, row, column++, "%.1f", fitted->bic - best->bic);
    static const enum fit_test order[] = {FIT_AD, FIT_KS, FIT_CHI};
    for (int32_t i = 0; i < FIT_TEST_COUNT; i++) {
        double distance = fitted->distance.value[order[i]];
        if (isnan(distance))
            grid_set(grid, row, column++, "–");
        else
            grid_set(grid, row, column++, "%.*f", order[i] == FIT_CHI ? 1 : 3, distance);
        set_p(grid, row, column++, fitted->p[order[i]], fitted->samples);
    }
}

static void print_impossible(const struct fit_report *report) {
    const struct fit *fit = report->fit;
    for (int32_t i = fit->possible_count; i < fit->count; i++)
        fprintf(report->file, "%s %s\n", law_kinds[fit->laws[i].kind].word, fit->laws[i].why);
}

static int32_t not_refuted(const struct fit *fit) {
    int32_t count = 0;
    while (count < fit->possible_count && fit->laws[count].verdict < FIT_REFUTED) count++;
    return count;
}

/* What may be concluded, and no more. */
static void print_conclusion(const struct fit_report *report) {
    const struct fit *fit = report->fit;
    int32_t count = not_refuted(fit), near = 0;
    fputc('\n', report->file);
    if (fit->samples == 0) {
        fputs("Nothing is judged without samples: compare the distances. --samples 99 judges, but "
              "of very "
              "many\nvalues every law is refuted that is not exact.\n",
              report->file);
    } else if (count == 0) {
        fputs("None of these laws explains the values. Are there several kinds of work among them?",
              report->file);
        fputs("\nThe values themselves are a law as well; or compare the distances: with many "
              "values even a\nlaw that is good enough is refuted.\n",
              report->file);
        return;
    }
    while (near < count && fit->laws[near].aic - fit->laws[0].aic < 2) near++;
    if (near > 1) {
        fprintf(report->file, "%d values cannot tell these apart:", report->sample->count);
        for (int32_t i = 0; i < near; i++)
            fprintf(report->file, "%s %s", i ? "," : "", law_kinds[fit->laws[i].kind].word);
        fputs(".\n", report->file);
    } else if (count > 1)
        fprintf(report->file, "%s is nearest; %d others are not refuted.\n",
                law_kinds[fit->laws[0].kind].word, count - 1);
    else if (count == 1)
        fprintf(report->file, "Only %s is not refuted, of those that were tried.\n",
                law_kinds[fit->laws[0].kind].word);
}

static bool all_alike(const struct fit_report *report) {
    return report->sample->low == report->sample->high;
}

void fit_print_laws(const struct fit_report *report) {
    static const char *const heading[] = {"law", "",   "ΔAIC", "ΔBIC", "A²",
                                          "p",   "KS", "p",    "χ²",   "p"};
    enum { COLUMNS = sizeof heading / sizeof *heading };
    const struct fit *fit = report->fit;
    fputc('\n', report->file);
    if (all_alike(report)) {
        fputs("All values are alike: there is no chance in them.\n", report->file);
        return;
    }
    if (fit->possible_count > 0) {
        struct grid grid;
        grid_init(&grid, fit->possible_count + 1, COLUMNS, 2);
        for (int32_t i = 0; i < COLUMNS; i++) grid_set(&grid, 0, i, "%s", heading[i]);
        for (int32_t i = 0; i < fit->possible_count; i++)
            set_row(&grid, i + 1, report, &fit->laws[i]);
        grid_print(&grid, report->file, report->width, report->colour);
        grid_clear(&grid);
    }
    print_impossible(report);
    if (fit->possible_count == 0) return;
    if (fit->samples > 0)
        fprintf(report->file,
                "p: the share of up to %d samples of the law itself that are as far from their own "
                "fit\n(seed %llu).\n",
                fit->samples, (unsigned long long)report->seed);
    print_conclusion(report);
}

void fit_print_proposals(const struct fit_report *report) {
    const struct fit *fit = report->fit;
    if (all_alike(report)) {
        fit_print_title(report, "For a scenario");
        fprintf(report->file, "  %s: %.10g%s%s\n", report->key, report->sample->low,
                *report->unit ? " " : "", report->unit);
        return;
    }
    int32_t count = not_refuted(fit);
    if (count == 0 && fit->possible_count > 0) count = 1;
    if (count > PROPOSALS_MOST) count = PROPOSALS_MOST;
    if (count == 0 && !report->again) return;
    struct arena arena;
    arena_init(&arena);
    fit_print_title(report, "For a scenario, the nearest first");
    for (int32_t i = 0; i < count; i++)
        fprintf(report->file, "  %s: %s%s\n", report->key,
                fit_text(&arena, &fit->laws[i], report->unit, DIGITS),
                fit->laws[i].verdict == FIT_REFUTED ? "   # refuted" : "");
    if (report->again)
        fprintf(report->file, "  %s: %s   # the values themselves, file beside the scenario\n",
                report->key, report->again);
    arena_clear(&arena);
}

/* ---- JSON ---- */

enum { QUANTILES_MOST = 200 };

static void json_member(FILE *file, const char *name, double value) {
    fprintf(file, ",\"%s\":", name);
    json_number(file, value);
}

static void json_arguments(FILE *file, const struct law_arguments *arguments) {
    const char *separator = "";
    fputs(",\"arguments\":{", file);
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++) {
        if (!arguments->given[i]) continue;
        fprintf(file, "%s\"%s\":", separator, law_argument_rows[i].word);
        json_number(file, arguments->value[i]);
        separator = ",";
    }
    fputc('}', file);
}

/* Shares at which sample and law are compared: one for each value, or as many as can be drawn. */
static int32_t quantile_count(const struct fit_sample *sample) {
    return sample->count < QUANTILES_MOST ? sample->count : QUANTILES_MOST;
}

static void json_quantiles(const struct fit_report *report, const struct law *law) {
    int32_t count = quantile_count(report->sample);
    fprintf(report->file, ",\"%s\":[", law ? "quantiles" : "observed_quantiles");
    for (int32_t i = 0; i < count; i++) {
        double share = (i + 0.5) / count;
        int32_t at = (int32_t)(share * report->sample->count);
        if (i) fputc(',', report->file);
        json_number(report->file, law ? law_inverse(law, share) : report->sample->sorted[at]);
    }
    fputc(']', report->file);
}

static void json_law(const struct fit_report *report, const struct fitted *fitted) {
    struct arena arena;
    arena_init(&arena);
    FILE *file = report->file;
    fprintf(file, "  {\"law\":\"%s\",\"verdict\":\"%s\"", law_kinds[fitted->kind].word,
            verdicts[fitted->verdict]);
    if (fitted->why) {
        fputs(",\"why\":", file);
        json_text(file, fitted->why);
    } else {
        fputs(",\"text\":", file);
        json_text(file, fit_text(&arena, fitted, report->unit, DIGITS));
        json_arguments(file, &fitted->arguments);
        fprintf(file, ",\"parameters\":%d,\"samples\":%d", fit_parameters(fitted->kind),
                fitted->samples);
        json_member(file, "log_likelihood", fitted->log_likelihood);
        json_member(file, "aic", fitted->aic);
        json_member(file, "bic", fitted->bic);
        static const char *const names[] = {
#define X(id, name, heading) name,
            FIT_TESTS(X)
#undef X
        };
        for (int32_t t = 0; t < FIT_TEST_COUNT; t++) {
            fprintf(file, ",\"%s\":{\"statistic\":", names[t]);
            json_number(file, fitted->distance.value[t]);
            json_member(file, "p", fitted->p[t]);
            if (t == FIT_CHI) fprintf(file, ",\"cells\":%d", fitted->distance.cells);
            fputc('}', file);
        }
        json_quantiles(report, &fitted->law);
    }
    fputc('}', file);
    arena_clear(&arena);
}

void fit_json(const struct fit_report *report) {
    FILE *file = report->file;
    const struct fit_sample *sample = report->sample;
    fputs("\"of\":", file);
    json_text(file, report->what);
    fputs(",\"unit\":", file);
    json_text(file, report->unit);
    fprintf(file, ",\"count\":%d", sample->count);
    json_member(file, "mean", sample->mean);
    json_member(file, "sd", sqrt(sample->variance * sample->count / fmax(1, sample->count - 1)));
    json_member(file, "skewness", fit_skewness(sample));
    json_member(file, "min", sample->low);
    json_member(file, "median", fit_quantile(sample, 0.5));
    json_member(file, "max", sample->high);
    fprintf(file, ",\"samples\":%d,\"seed\":%llu", report->fit->samples,
            (unsigned long long)report->seed);
    json_quantiles(report, NULL);
    fputs(",\"laws\":[\n", file);
    for (int32_t i = 0; i < report->fit->count; i++) {
        if (i) fputs(",\n", file);
        json_law(report, &report->fit->laws[i]);
    }
    fputs("]", file);
}
