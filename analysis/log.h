/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of a replication: every record of it, in the order in which things happened.
 *
 * A replication is a pure function of plant, seed and number, so its log is not kept while the
 * experiment runs: the few replications whose log is wanted are run once more, with somebody who
 * listens. Blocks, threads and journals know nothing of logs. */
#ifndef TAKT_ANALYSIS_LOG_H
#define TAKT_ANALYSIS_LOG_H

#include "../scenarios/scenarios.h"

/* A row in memory is 72 bytes, so all logs of an experiment together take at most 290 MB. */
enum { LOG_ROWS_MOST = 4000000 };

struct log {
    int32_t replication; /* from 1 */
    tick from, to;       /* of the run, from the moment that measuring begins */
    bool cut;            /* there was no room for what happened after `to` */
    int64_t count, room;
    struct record *rows;
};

/* What the codes of rows mean. */
struct log_names {
    int32_t counts[RECORD_STATES + 1];
    const char *const *lists[RECORD_STATES + 1]; /* of a section, of steps, of states */
};

/* Runs a replication and keeps its log, of at most ROWS_MOST rows. Returns NULL, or why the run
 * stopped (in the arena); the log then ends there. The log must be cleared in any case. */
const char *log_make(struct arena *, const struct plant *, uint64_t seed, int32_t replication,
                     int64_t rows_most, struct log *);
void log_clear(struct log *);

/* Adds to the results the logs that the scenario asks for, of replications that they have; or of
 * every point the log of replication ONLY, from 1. The plants still have their layouts. */
struct prepared;
struct takt_results;
void logs_make(struct takt_results *, const struct prepared *points, int32_t only);

/* The steps of a plant, "ITEM.STEP", in the arena. */
const char *const *log_steps(struct arena *, const struct plant *);

/* What a code of these codes is called; NULL: it is none, or a number. */
const char *log_name(const struct log_names *, int32_t codes, int32_t code);

/* The names of the objects of a layout, of steps, and of states. */
struct log_names log_names_of(const struct layout *, const char *const *steps, int32_t step_count);

/* The columns of codes and numbers, in their order. */
#define X(column, codes, words) +1
enum { LOG_COLUMN_COUNT = 0 RECORD_COLUMNS(X) };
#undef X

struct log_column {
    const char *name, *words;
    int32_t codes; /* a section of results, or enum record_codes */
    size_t offset; /* in struct record */
};
extern const struct log_column log_columns[LOG_COLUMN_COUNT];

static inline int32_t log_code(const struct record *record, const struct log_column *column) {
    return *(const int32_t *)((const char *)record + column->offset);
}

#endif
