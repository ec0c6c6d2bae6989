/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports: results and logs in the formats of other programs.
 *
 *     csv, json   tidy tables: one value a row, everything that it is of in columns export_table.c
 *     ocel        OCEL 2.0, an object-centric event log, for process mining           export_ocel.c
 *     perfetto    Chrome trace events, a Gantt chart in ui.perfetto.dev export_perfetto.c
 *
 * Whoever adds a format adds a line to EXPORT_FORMATS; a table, to EXPORT_TABLES. */
#ifndef TAKT_ANALYSIS_EXPORT_H
#define TAKT_ANALYSIS_EXPORT_H

#include "../log.h"
#include "../results/results.h"
#include "../takt.h"

/* X(NAME, word, it is made of a log, what for) */
#define EXPORT_FORMATS(X)                                                                          \
    X(CSV, "csv", false, "a table for spreadsheets, pandas and R")                                 \
    X(JSON, "json", false, "the same as a list of objects")                                        \
    X(OCEL, "ocel", true, "an event log for process mining (OCEL 2.0)")                            \
    X(PERFETTO, "perfetto", true, "machines and levels over time (ui.perfetto.dev)")

enum export_format {
#define X(name, word, of_log, help) EXPORT_##name,
    EXPORT_FORMATS(X)
#undef X
        EXPORT_FORMAT_COUNT
};

/* X(NAME, word, one row for each) */
#define EXPORT_TABLES(X)                                                                           \
    X(RESULTS, "results", "quantity, horizon and replication")                                     \
    X(STATISTICS, "statistics", "quantity and horizon, with its interval")                         \
    X(SERIES, "series", "moment of the grid, of what record.series names")                         \
    X(HISTOGRAMS, "histograms", "bin, over all replications, of what has quantiles")               \
    X(SEQUENCES, "sequences", "period, of what claims compare value by value")                     \
    X(LOG, "log", "event of the replications that record.log names")

enum export_table {
#define X(name, word, rows) TABLE_##name,
    EXPORT_TABLES(X)
#undef X
        EXPORT_TABLE_COUNT
};

/* A log, with what its codes mean. */
struct export_log {
    const struct takt_results *results;
    const struct point *point;
    const struct log *log;
    struct log_names names;
    tick from, to; /* rows of this time are wanted, both ends included */
};

void export_tidy(const struct takt_results *, enum export_table, const struct takt_export_options *,
                 bool json, FILE *);
void export_ocel(const struct export_log *, FILE *);
void export_perfetto(const struct export_log *, FILE *);

/* Is this one of the logs that are wanted? */
bool export_wants(const struct takt_export_options *, const struct point *, const struct log *);
struct export_log export_log_of(const struct takt_results *, const struct point *,
                                const struct log *, const struct takt_export_options *);

#endif
