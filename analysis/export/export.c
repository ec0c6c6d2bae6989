/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export.h"

#include <string.h>

static const struct {
    const char *word;
    bool of_log;
} formats[EXPORT_FORMAT_COUNT] = {
#define X(name, word, of_log, help) {word, of_log},
    EXPORT_FORMATS(X)
#undef X
};

static const char *const tables[EXPORT_TABLE_COUNT] = {
#define X(name, word, rows) word,
    EXPORT_TABLES(X)
#undef X
};

static int32_t format_named(const char *word) {
    int32_t i = 0;
    while (i < EXPORT_FORMAT_COUNT && strcmp(formats[i].word, word) != 0) i++;
    return i;
}

static int32_t table_named(const char *word) {
    int32_t i = 0;
    while (i < EXPORT_TABLE_COUNT && strcmp(tables[i], word) != 0) i++;
    return i;
}

static const struct takt_export_options none;

bool takt_export_takes(const struct takt_export_options *options, const char **why) {
    if (options->format && format_named(options->format) == EXPORT_FORMAT_COUNT) {
        *why = "formats are csv, json, ocel and perfetto";
        return false;
    }
    if (options->table && table_named(options->table) == EXPORT_TABLE_COUNT) {
        *why = "tables are results, statistics, series, histograms, sequences and log";
        return false;
    }
    return true;
}

bool takt_export_needs_log(const struct takt_export_options *options) {
    if (options->format && formats[format_named(options->format)].of_log) return true;
    return options->table && table_named(options->table) == TABLE_LOG;
}

bool export_wants(const struct takt_export_options *options, const struct point *point,
                  const struct log *log) {
    if (options->arm && strcmp(options->arm, point->arm) != 0) return false;
    return options->replication <= 0 || options->replication == log->replication;
}

struct export_log export_log_of(const struct takt_results *results, const struct point *point,
                                const struct log *log, const struct takt_export_options *options) {
    double last = (double)log->to / (double)TICK_H;
    struct export_log export = {
        .results = results,
        .point = point,
        .log = log,
        .names = log_names_of(point->layout, point->log_steps, point->log_step_count),
        .from = log->from,
        .to = log->to};
    if (options->from_given) export.from = (tick)(options->from * (double)TICK_H);
    if (options->to > 0 && options->to < last) export.to = (tick)(options->to * (double)TICK_H);
    if (export.from < log->from) export.from = log->from;
    return export;
}

/* The first of the logs that are wanted, or why there is none. */
static enum takt_status export_one_log(struct takt_results *results, enum export_format format,
                                       const struct takt_export_options *options, FILE *file) {
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        for (int32_t l = 0; l < point->log_count; l++) {
            if (!export_wants(options, point, &point->logs[l])) continue;
            struct export_log log = export_log_of(results, point, &point->logs[l], options);
            format == EXPORT_OCEL ? export_ocel(&log, file) : export_perfetto(&log, file);
            return TAKT_OK;
        }
    }
    return results_fail(results, TAKT_CANNOT_READ,
                        "these results hold no log%s: write `record: {log: [1]}` into the scenario "
                        "and run it again, or export the scenario itself",
                        options->arm || options->replication ? " of this arm and replication" : "");
}

/* What a table is made of, and how a scenario asks for it; NULL: it is always there. */
static const char *wish_for(enum export_table table) {
    switch (table) {
    case TABLE_SERIES: return "`record: {series: [system.wip]}`";
    case TABLE_LOG: return "`record: {log: [1]}`";
    case TABLE_SEQUENCES: return "a claim with `same-as`";
    case TABLE_RESULTS:
    case TABLE_STATISTICS:
    case TABLE_HISTOGRAMS:
    case EXPORT_TABLE_COUNT: break;
    }
    return NULL;
}

static bool is_there(const struct takt_results *results, enum export_table table) {
    int64_t count = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        if (table == TABLE_SERIES) count += point->layout->series_count;
        if (table == TABLE_SEQUENCES) count += point->layout->sequence_count;
        if (table == TABLE_LOG) count += point->log_count;
    }
    return count > 0;
}

enum takt_status takt_export(struct takt_results *results,
                             const struct takt_export_options *options, FILE *file) {
    if (!options) options = &none;
    const char *why;
    if (!takt_export_takes(options, &why)) return results_fail(results, TAKT_USAGE, "%s", why);
    enum export_format format = EXPORT_CSV;
    enum export_table table = TABLE_RESULTS;
    if (options->format) format = (enum export_format)format_named(options->format);
    if (options->table) table = (enum export_table)table_named(options->table);
    if (formats[format].of_log) return export_one_log(results, format, options, file);
    const char *wish = wish_for(table);
    if (wish && !is_there(results, table))
        return results_fail(results, TAKT_CANNOT_READ,
                            "these results hold no %s: %s in the scenario asks for it",
                            tables[table], wish);
    export_tidy(results, table, options, format == EXPORT_JSON, file);
    return TAKT_OK;
}
