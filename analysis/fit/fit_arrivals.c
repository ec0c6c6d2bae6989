/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt fit --arrivals`. */
#include "fit_arrivals.h"

#include "../results/file.h"
#include "fit_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double DAY_S = 86400;

struct stream_data {
    double *moments, *gaps, *sorted, *logs;
    int32_t count; /* moments; gaps are one fewer */
};

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void stream_init(struct stream_data *stream, const struct fit_data *data) {
    size_t count = (size_t)data->count;
    *stream = (struct stream_data){.moments = memory_zeroed(count, sizeof(double)),
                                   .gaps = memory_zeroed(count, sizeof(double)),
                                   .sorted = memory_zeroed(count, sizeof(double)),
                                   .logs = memory_zeroed(count, sizeof(double)),
                                   .count = data->count};
    memcpy(stream->moments, data->values, count * sizeof(double));
    qsort(stream->moments, count, sizeof(double), by_size);
}

static void stream_clear(struct stream_data *stream) {
    free(stream->moments);
    free(stream->gaps);
    free(stream->sorted);
    free(stream->logs);
}

/* The unit in which times between read best: that of the file, or the largest that the mean
 * reaches. */
struct gap_unit {
    const char *name;
    double seconds;
};

static struct gap_unit unit_of(const struct fit_data *data, double mean_s) {
    static const struct gap_unit units[] = {{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}};
    if (*data->unit) return (struct gap_unit){data->unit, data->unit_size / (double)TICK_S};
    int32_t i = 0;
    while (i < 3 && mean_s < 2 * units[i].seconds) i++;
    return units[i];
}

/* ---- What must hold ---- */

static bool check_every(struct fit_data *data, double every_s) {
    double slots = DAY_S / every_s;
    if (slots >= 1 && slots <= 1440 && fabs(slots - round(slots)) < 1e-9) return true;
    fault_error(&data->faults, (struct place){.source = 0}, "--every '1 h', 30 min, 1 d",
                "--every must divide the day, in parts of a minute or more");
    return false;
}

static bool check_span(struct fit_data *data, const struct stream_data *stream, double every_s) {
    double span = stream->moments[stream->count - 1] - stream->moments[0];
    const char *reason = !(span > 0) ? "all arrivals are at one moment"
                         : span / every_s > RATES_INTERVALS_MOST
                             ? "there are more than a million intervals between the first arrival "
                               "and the last"
                             : NULL;
    if (!reason) return true;
    fault_error(&data->faults, (struct place){.source = 0},
                "is the unit right? --every makes intervals longer", "%s", reason);
    return false;
}

static void warn_order(struct fit_data *data) {
    for (int32_t i = 1; i < data->count; i++)
        if (data->values[i] < data->values[i - 1]) {
            fault_warning(&data->faults, data->places[i], "are all of them of one stream?",
                          "this moment is earlier than the one above; they are put in order");
            return;
        }
}

/* ---- Times between ---- */

static void report_gaps(struct fit_data *data, const struct fit_arrivals_options *options,
                        struct stream_data *stream) {
    int32_t count = stream->count - 1;
    double span = stream->moments[count] - stream->moments[0];
    struct gap_unit unit = unit_of(data, span / count);
    for (int32_t i = 0; i < count; i++)
        stream->gaps[i] = (stream->moments[i + 1] - stream->moments[i]) / unit.seconds;
    memcpy(stream->sorted, stream->gaps, (size_t)count * sizeof(double));
    struct fit_sample sample;
    fit_sample_init(&sample, stream->sorted, stream->logs, count);
    struct fit_question question = {.seed = options->seed, .samples = options->samples};
    fit_usual(false, question.tried);
    struct fit fit;
    fit_rank(&fit, &sample, &question);
    fit_warn(data, &sample, stream->gaps, NULL);
    struct fit_report report = {.data = data,
                                .sample = &sample,
                                .fit = &fit,
                                .what = "Times between",
                                .unit = unit.name,
                                .key = "every",
                                .seed = options->seed,
                                .file = options->file,
                                .width = options->width,
                                .colour = options->colour};
    if (options->json) {
        fputs(",\"between\":{", options->file);
        fit_json(&report);
        fputc('}', options->file);
    } else {
        fputc('\n', options->file);
        fit_print_values(&report);
        fit_print_laws(&report);
        fit_print_proposals(&report);
    }
    fit_clear(&fit);
}

/* ---- The table ---- */

static enum takt_status write_table(struct fit_data *data, const struct rates *rates,
                                    const char *path) {
    char *text = NULL;
    const char *why = "";
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CHECK(file);
    rates_csv(rates, file);
    fclose(file);
    enum takt_status status = file_replace(&data->arena, path, text, size, &why);
    free(text);
    if (status != TAKT_OK) fault_error(&data->faults, (struct place){.source = 0}, NULL, "%s", why);
    return status;
}

/* ---- All of it ---- */

static void report_all(struct fit_data *data, const struct fit_arrivals_options *options,
                       struct stream_data *stream, const struct rates *rates) {
    const char *what = strcmp(data->path, "-") == 0 ? "standard input" : data->path;
    if (*data->column) what = arena_text(&data->arena, "%s, column %s", what, data->column);
    bool gaps = rates->best == FIT_CONSTANT && stream->count > 2;
    if (options->json) {
        fputc('{', options->file);
        rates_json(rates, options->file);
        if (gaps) report_gaps(data, options, stream);
        fputs("}\n", options->file);
        return;
    }
    rates_print_page(rates, what, options->file, options->width, options->colour);
    if (rates->poisson || rates->best != FIT_CONSTANT) {
        fprintf(options->file, "\n%sFor a scenario%s\n", options->colour ? "\033[1m" : "",
                options->colour ? "\033[0m" : "");
        rates_print_lines(rates, options->file);
    }
    if (gaps) report_gaps(data, options, stream);
    if (options->table) fprintf(options->file, "\nThe rates are kept in %s\n", options->table);
}

enum takt_status fit_arrivals(struct fit_data *data, const struct fit_arrivals_options *options) {
    if (!check_every(data, options->every_s)) return TAKT_USAGE;
    struct stream_data stream;
    stream_init(&stream, data);
    enum takt_status status = TAKT_BAD_SCENARIO;
    if (check_span(data, &stream, options->every_s)) {
        struct rates rates;
        rates_fit(&rates, &data->arena, stream.moments, stream.count, options->every_s,
                  data->dated);
        warn_order(data);
        status = options->table ? write_table(data, &rates, options->table) : TAKT_OK;
        if (status == TAKT_OK) report_all(data, options, &stream, &rates);
    }
    stream_clear(&stream);
    return status;
}
