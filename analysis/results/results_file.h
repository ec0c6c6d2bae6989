/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of results, part by part: what writes a part of it stands beside what reads it.
 *
 *     /             attributes: what was run, by which takt, with which seed     results_file.c
 *     /scenario     text, resolved, show
 *     /points       the scales point, horizon (h), replication; arm, sha256, stopped ...
 *     /streams      names and hashes of the streams of chance
 *     /layouts      which points have which columns                              results_layouts.c
 *     /system, /items, /stations ...                                             results_columns.c
 *                   a column per quantity and statistic: point x horizon x replication [x object]
 *     /money/cash   at the end of each month: point x replication x month    results_traces.c
 *     /statistics   the same over replications: mean, half_width, n; claims and their verdicts;
 *                   of several points how they compare                    results_comparisons.c
 *     /histograms   of quantities that have quantiles                     results_histograms.c
 *     /series       values over time                                             results_traces.c
 *     /sequences    values in a row, as many as happened
 *     /log          events of chosen replications                                results_log.c
 *
 * Apart from `created` and `command_line` the file is a pure function of the results and of the
 * version of takt. */
#ifndef TAKT_ANALYSIS_RESULTS_FILE_H
#define TAKT_ANALYSIS_RESULTS_FILE_H

#include "catalogue.h"
#include "hdf5.h"

/* Raised when an older takt could not read a file any more, or would read it wrongly. */
enum { RESULTS_FILE_FORMAT = 2 };

/* How many units there are, for the table of their names. */
#define X(name, text) +1
enum { RESULTS_FILE_UNITS = RESULT_UNITS(X) };
#undef X

struct results_writer {
    const struct takt_results *results;
    struct catalogue catalogue;
    struct hdf5_writer file;
    struct hdf5_scale *point, *horizon, *replication;
    struct hdf5_group histograms; /* path NULL: not made yet */
    struct hdf5_scale *compared;  /* of comparisons; NULL for a single point */
};

struct results_reader {
    struct takt_results *results;
    struct catalogue catalogue; /* once the layouts are known */
    struct hdf5_reader file;
};

/* The scale of a section's objects, "station"; NULL where the one object has no name. */
const char *results_file_scale(enum result_section);

/* A scale that counts: FROM, FROM + 1 ... */
struct hdf5_scale *results_file_counting(struct results_writer *, struct hdf5_group,
                                         const char *name, int32_t from, int64_t count);

/* The name of a quantity and statistic in the file: "queue_wait_p95". */
const char *results_file_column(struct arena *, int32_t key);

/* The path of a quantity with `*` for its object: "stations.*.queue.wait.p95". */
const char *results_file_pattern(struct arena *, const struct kpi *, enum kpi_stat);

/* Elements of a column of the file; 0 if there is none, or after a failure. */
int32_t results_file_count(struct results_reader *, const char *path);

void results_layouts_write(struct results_writer *);
void results_layouts_read(struct results_reader *);

void results_columns_write(struct results_writer *, struct hdf5_group statistics);

/* The comparisons of points: what they say, and those of a quantity, into its group of /statistics.
 * Nothing for a single point. */
void results_comparisons_begin(struct results_writer *, struct hdf5_group statistics);
void results_comparisons_write(struct results_writer *, struct hdf5_group, struct hdf5_space,
                               int32_t key);
void results_columns_read(struct results_reader *);

void results_crossovers_write(struct results_writer *, struct hdf5_group statistics);
void results_crossovers_read(struct results_reader *);

void results_histograms_write(struct results_writer *, enum result_section,
                              struct hdf5_scale *object); /* NULL: the one object has no name */
void results_histograms_read(struct results_reader *);

void results_traces_write(struct results_writer *);
void results_cash_write(struct results_writer *, struct hdf5_group money);
void results_traces_read(struct results_reader *);

void results_log_write(struct results_writer *);
void results_log_read(struct results_reader *);

#endif
