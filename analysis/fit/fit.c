/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt fit`, from a file to a page. */
#include "fit.h"

#include "fit_arrivals.h"
#include "fit_data.h"
#include "fit_report.h"
#include "../takt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double EVERY_S = 3600; /* one rate an hour, unless asked otherwise */

/* ---- Which laws ---- */

static void fault_of_law(struct fit_data *data, struct place place, const char *word) {
    const char *words[LAW_COUNT], *all = "";
    int32_t count = 0;
    for (int32_t i = 0; i < LAW_COUNT; i++) {
        if (!fit_knows((enum law_kind)i)) continue;
        words[count++] = law_kinds[i].word;
        all = arena_text(&data->arena, "%s%s%s", all, *all ? " " : "", law_kinds[i].word);
    }
    const char *nearest = value_nearest(word, words, count);
    fault_error(&data->faults, place,
                nearest ? arena_text(&data->arena, "did you mean '%s'?", nearest) : all,
                "'%s' is no law that can be fitted", word);
}

/* A list such as "gamma,weibull". */
static bool read_laws(struct fit_data *data, const char *list, bool tried[LAW_COUNT]) {
    const char *option = arena_text(&data->arena, "--laws %s", list);
    struct place place = {source_add_text(&data->sources, option, option, strlen(option)), 1, 1};
    bool right = true;
    char *words = arena_copy(&data->arena, list, strlen(list)), *rest;
    memset(tried, 0, LAW_COUNT * sizeof *tried);
    for (char *word = strtok_r(words, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
        enum law_kind kind = law_kind_named(word);
        bool known = kind != LAW_COUNT && fit_knows(kind);
        if (known) tried[kind] = true;
        if (!known) fault_of_law(data, place, word);
        right = right && known;
    }
    return right;
}

static bool choose_laws(struct fit_data *data, const struct fit_sample *sample, const char *list,
                        bool tried[LAW_COUNT]) {
    if (list) return read_laws(data, list, tried);
    fit_usual(!*data->unit && fit_sample_whole(sample), tried);
    return true;
}

/* ---- A column of values ---- */

/* The law of the values themselves, where its text can be written without quotes. The file has to
 * lie beside the scenario, so its folder is left out. */
static const char *empirical_text(struct fit_data *data) {
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-";
    bool named = *data->column && strspn(data->column, plain) == strlen(data->column);
    if (!named || strcmp(data->path, "-") == 0 || strspn(data->path, plain) != strlen(data->path))
        return NULL;
    const char *slash = strrchr(data->path, '/');
    return arena_text(&data->arena, "empirical(%s %s)%s%s", slash ? slash + 1 : data->path,
                      data->column, *data->unit ? " " : "", data->unit);
}

static const char *what_of(struct fit_data *data) {
    const char *path = strcmp(data->path, "-") == 0 ? "standard input" : data->path;
    if (!*data->column) return path;
    return arena_text(&data->arena, "%s, column %s", path, data->column);
}

static const char *key_of(const struct fit_data *data, const struct fit_sample *sample) {
    if (dimension_same(data->dimension, (struct dimension){.time = 1})) return "time";
    return !*data->unit && fit_sample_whole(sample) ? "size" : "value";
}

static void print_values(const struct fit_report *report, bool json) {
    if (json) {
        fputc('{', report->file);
        fit_json(report);
        fputs("}\n", report->file);
        return;
    }
    fit_print_values(report);
    fit_print_laws(report);
    fit_print_proposals(report);
}

static enum takt_status fit_values(struct fit_data *data, const struct takt_fit_options *options,
                                   FILE *file) {
    size_t count = (size_t)data->count;
    double *values = memory_zeroed(count, sizeof *values),
           *logs = memory_zeroed(count, sizeof *logs);
    memcpy(values, data->values, count * sizeof *values);
    struct fit_sample sample;
    fit_sample_init(&sample, values, logs, data->count);
    sample.shares = !*data->unit;
    struct fit_question question = {.seed = (uint64_t)options->seed, .samples = options->samples};
    enum takt_status status = TAKT_USAGE;
    if (choose_laws(data, &sample, options->laws, question.tried)) {
        struct fit fit;
        fit_rank(&fit, &sample, &question);
        fit_warn(data, &sample, data->values, data->places);
        struct fit_report report = {.data = data,
                                    .sample = &sample,
                                    .fit = &fit,
                                    .what = what_of(data),
                                    .unit = data->unit,
                                    .key = key_of(data, &sample),
                                    .again = empirical_text(data),
                                    .seed = question.seed,
                                    .file = file,
                                    .width = options->width,
                                    .colour = options->colour};
        print_values(&report, options->json);
        fit_clear(&fit);
        status = TAKT_OK;
    }
    free(values);
    free(logs);
    return status;
}

/* ---- Both ---- */

enum { VALUES_LEAST = 5 }; /* fewer tell nothing of a law */

static enum takt_status fit_all(struct fit_data *data, const char *path,
                                const struct takt_fit_options *options, FILE *file) {
    struct fit_data_options reading = {options->column, options->unit, options->arrivals};
    struct fit_arrivals_options arrivals = {.seed = (uint64_t)options->seed,
                                            .samples = options->samples,
                                            .every_s = EVERY_S,
                                            .table = options->table,
                                            .file = file,
                                            .width = options->width,
                                            .json = options->json,
                                            .colour = options->colour};
    if (options->every && !fit_data_time(data, "--every", options->every, &arrivals.every_s))
        return TAKT_USAGE;
    TAKT_TRY(fit_data_read(data, path, &reading));
    if (data->count < VALUES_LEAST) {
        fault_error(&data->faults, (struct place){.source = 0}, NULL,
                    "there %s %d value%s, at least five are wanted",
                    data->count == 1 ? "is" : "are", data->count, data->count == 1 ? "" : "s");
        return TAKT_BAD_SCENARIO;
    }
    if (!options->arrivals) return fit_values(data, options, file);
    return fit_arrivals(data, &arrivals);
}

enum takt_status takt_fit(const char *path, const struct takt_fit_options *given, FILE *file,
                          FILE *messages) {
    struct takt_fit_options options = given ? *given : (struct takt_fit_options){.samples = -1};
    if (options.seed <= 0) options.seed = 1;
    if (options.width <= 0) options.width = 100;
    struct fit_data data;
    fit_data_init(&data);
    enum takt_status status = fit_all(&data, path, &options, file);
    if (messages) faults_print(&data.faults, &data.sources, messages, options.colour_messages);
    fit_data_clear(&data);
    return status;
}
