/* SPDX-License-Identifier: GPL-3.0-or-later */
/* takt: a discrete-event simulator of factories and their supply chains. The public door of the
 * library.
 *
 * A thing walks through takt once, in one direction:
 *
 *     takt_scenario_read   a file (or text) becomes a scenario: every fault with its place
 *     takt_run             the base world, or one arm: many replications become results
 *     takt_compare         every arm, on common random numbers, becomes results
 *     takt_results_*       tables, JSON, claims, an HDF5 file, and back from a file
 *
 * In C:
 *
 *     takt_start();
 *     struct takt_scenario *scenario;
 *     struct takt_results *results = NULL;
 *     if (takt_scenario_read("line.yaml", NULL, &scenario) != TAKT_OK)
 *         takt_scenario_faults(scenario, stderr, false);
 *     else if (takt_run(scenario, NULL, &results) == TAKT_OK)
 *         takt_results_table(results, stdout, NULL);
 *     takt_results_delete(results);
 *     takt_scenario_delete(scenario);
 *
 * Nothing here prints unless it is given a FILE to print to; nothing exits. Results are a pure
 * function of scenario, seed and number of replications: the number of threads changes no bit of
 * them. */
#ifndef TAKT_H
#define TAKT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TAKT_API __attribute__((visibility("default")))

#define TAKT_VERSION "0.1.0"

/* takt_status_exit gives the exit code of the program, takt_status_text a sentence. */
#ifndef TAKT_SIM_BASE_H
enum takt_status {
    TAKT_OK = 0,
    TAKT_STOPPED = 1,
    TAKT_USAGE = 2,
    TAKT_BAD_SCENARIO = 65,
    TAKT_CANNOT_READ = 66,
    TAKT_INTERNAL = 70,
    TAKT_CANNOT_CREATE = 73,
    TAKT_CANNOT_WRITE = 74,
    TAKT_INTERRUPTED = 130
};
#endif

struct takt_scenario;
struct takt_results;

/* Called once before anything else: switches off GSL's own error handling. */
TAKT_API void takt_start(void);
TAKT_API const char *takt_version(void);
TAKT_API const char *takt_revision(void); /* the commit it was built from, or "unknown" */
TAKT_API int takt_status_exit(enum takt_status);
TAKT_API const char *takt_status_text(enum takt_status);

/* ---- Scenarios ---- */
struct takt_scenario_options {
    /* "PATH=VALUE", as after --set. Several values, "PATH=[1, 2]" or "PATH=1..4", where one is due,
     * make a sweep. */
    const char *const *sets;
    int32_t set_count;
    const char *const *includes; /* folders whose files may be named besides the scenario's own */
    int32_t include_count;
};

/* Reads and checks a scenario from a file; "-" is standard input. *scenario is always made (so that
 * its faults can be printed) and must be deleted. OPTIONS may be NULL. Errors: TAKT_BAD_SCENARIO,
 * TAKT_CANNOT_READ. */
TAKT_API enum takt_status takt_scenario_read(const char *path, const struct takt_scenario_options *,
                                             struct takt_scenario **scenario);
TAKT_API void takt_scenario_delete(struct takt_scenario *);

/* Prints every fault: file:line:col, reason, the line, a caret, a hint. */
TAKT_API void takt_scenario_faults(const struct takt_scenario *, FILE *, bool colour);

/* The static load of each station, and warnings. */
TAKT_API enum takt_status takt_scenario_check(struct takt_scenario *, FILE *, bool json);

/* Prints names, one a line: "arms", "stations", or "paths", all that `sets` may change. False when
 * WHAT is none of these. */
TAKT_API bool takt_scenario_names(const struct takt_scenario *, const char *what, FILE *);

/* ---- Many processes: MPI ---- */
struct takt_ranks;

/* Joins the other processes if mpirun has started this one with others; else *RANKS becomes NULL.
 * Prints what is wrong. All must then run the same experiment with it, and leave. TAKT_USAGE: takt
 * was built without MPI. */
TAKT_API enum takt_status takt_ranks_join(struct takt_ranks **ranks, FILE *messages);

/* Is this process one that only helps? Then its results are empty and not to be shown. */
TAKT_API bool takt_ranks_helps(const struct takt_ranks *);

/* Waits for the others. STATUS: how it went here. May be NULL. */
TAKT_API void takt_ranks_leave(struct takt_ranks *, enum takt_status status);

/* ---- Running ---- */
struct takt_progress {
    int64_t done, total; /* units of work */
    int64_t known;       /* of those done: known before, from a file; they took no time */
    double seconds;
    const char *what;
    double half_width, half_width_wanted; /* shares of a mean; wanted 0: there is no such goal */
};

/* Which point is best, with no more replications of each than that takes. Faults of these texts are
 * faults of the scenario. */
struct takt_selection {
    const char *goal; /* "best", as the quantity says, "most" or "least" */
    const char *of;   /* the quantity, and its horizon if not the last: "money.profit at 4 wk" */
    const char *indifference; /* a difference that does not matter, "2 kEUR"; NULL: none */
    const char *method;       /* "kn", "ocba"; NULL: kn if there is an indifference, else ocba */
    int64_t budget;           /* replications of all points together; 0: as many as it takes */
};

struct takt_run_options {
    const char *arm;      /* NULL: the base world */
    int64_t seed;         /* 0: the scenario's */
    int32_t replications; /* 0: the scenario's */
    double precision;     /* replicate until half-widths are this share of their means; 0: as the
                             scenario says, unless replications are given */
    /* Replicate until the best is found, `replications` (or 10) of each point first. NULL: all
     * points alike. */
    const struct takt_selection *select;
    int32_t jobs; /* threads; 0: one per processor */
    /* Of takt_compare: "PATH=FROM..TO" finds at which value of a parameter the better arm changes,
     * in the quantity CROSSOVER_OF (NULL: the first of those shown that have a direction). */
    const char *crossover, *crossover_of;
    /* Of takt_bottleneck: so much faster and slower, a share (0: 5 %), and the quantity that the
     * sensitivity is of (NULL: throughput; cycle time where what comes sets the throughput). */
    double step;
    const char *sensitivity_of;
    /* Called from one thread, about ten times a second. */
    void (*progress)(void *context, const struct takt_progress *);
    void *progress_context;
    /* The results will be written to this file (takt_results_write); until then a journal beside
     * it, OUTPUT.journal, keeps every finished unit of work. NULL: none. */
    const char *output;
    int32_t log; /* only the log of this replication, from 1, for takt_export; 0: replications */
    bool resume; /* go on from that journal, or from the file if it has fewer replications */
    void (*note)(void *context, const char *text); /* a line to tell the user; no error */
    void *note_context;
    struct takt_ranks *ranks; /* processes to share the work with, or NULL */
    bool mixed;               /* they may be of another build or kind of processor */
    /* Set to nonzero, by a signal handler, to finish the running units and stop. */
    const volatile int *interrupt;
};

/* takt_run: one arm, as it is, or over the values of `sets`. takt_sweep: one arm over all points of
 * `sweep:` and `sets`. takt_compare: all arms, over all of these points.
 *
 * Errors: TAKT_BAD_SCENARIO (an arm's change is faulty), TAKT_STOPPED (a replication stopped;
 * results are made), TAKT_INTERRUPTED (results are made of the complete prefix), TAKT_CANNOT_WRITE
 * (the journal could not be written: likewise); and of OUTPUT and its journal TAKT_CANNOT_CREATE
 * and TAKT_USAGE (what is there is of another experiment), with results that hold nothing but the
 * message. */
TAKT_API enum takt_status takt_run(struct takt_scenario *, const struct takt_run_options *,
                                   struct takt_results **);
TAKT_API enum takt_status takt_sweep(struct takt_scenario *, const struct takt_run_options *,
                                     struct takt_results **);
TAKT_API enum takt_status takt_compare(struct takt_scenario *, const struct takt_run_options *,
                                       struct takt_results **);

/* One arm, as it is and with every station faster and slower, on the same luck; at least 10
 * replications unless OPTIONS says how many. Errors: as of takt_run; TAKT_USAGE (no result is
 * called like sensitivity_of) with results that hold nothing but the message. */
TAKT_API enum takt_status takt_bottleneck(struct takt_scenario *, const struct takt_run_options *,
                                          struct takt_results **);
#define TAKT_BOTTLENECK_STEP 0.05
/* One line per event of one replication: time, class, who, what, why it could not start. FROM and
 * TO in hours after measuring begins, TO 0 for the end; STATION NULL for all. */
struct takt_trace_options {
    const char *arm;
    int64_t seed;
    int32_t replication; /* from 1; 0: the first */
    double from, to;
    const char *station;
    int64_t most;
    bool json;
};
TAKT_API enum takt_status takt_trace(struct takt_scenario *, const struct takt_trace_options *,
                                     FILE *);

/* ---- Exports ---- */
struct takt_export_options {
    const char *format; /* csv (NULL), json, ocel or perfetto */
    const char *table; /* of csv and json: results (NULL), statistics, series, histograms, sequences
                          or log */
    const char *arm;   /* NULL: all, or of logs the first */
    int32_t replication; /* of logs: from 1; 0: all, or the first */
    double from, to;     /* of logs: hours after measuring begins; to 0: the end */
    bool from_given;     /* else from the beginning, the warm-up included */
};
/* Writes results, or a log that they hold, for other programs. Errors: TAKT_USAGE (format or
 * table), TAKT_CANNOT_READ (they hold nothing of it); takt_results_message says why. */
TAKT_API enum takt_status takt_export(struct takt_results *, const struct takt_export_options *,
                                      FILE *);
/* Are format and table known? If not, *why says which are. */
TAKT_API bool takt_export_takes(const struct takt_export_options *, const char **why);
/* Is it made of the log of one replication, and not of the results of all? */
TAKT_API bool takt_export_needs_log(const struct takt_export_options *);

/* ---- From data to laws ---- */
struct takt_fit_options {
    const char *column; /* of the CSV file; NULL: its only one */
    const char *unit; /* of the values, such as "min"; NULL: that of the header, or plain numbers */
    const char *laws; /* which laws to try, separated by commas; NULL: all that may be */
    bool arrivals;    /* the column holds moments of arrivals, not values */
    const char *every; /* of arrivals: the length of an interval, such as "1 h" (NULL) */
    const char *table; /* of arrivals: a CSV file to write the rates to; NULL: none */
    int64_t seed;      /* 0: 1 */
    int32_t samples;   /* of the bootstrap; -1: as many as a few seconds allow; 0: no p-values */
    int32_t width;     /* columns of the terminal; 0: 100 */
    bool json, colour, colour_messages;
};

/* Fits laws to a column of a CSV file ("-": standard input) and prints to FILE what was found, and
 * to MESSAGES (NULL: nowhere) what is wrong with the data. OPTIONS may be NULL. Errors: TAKT_USAGE
 * (an option), TAKT_BAD_SCENARIO (the data), TAKT_CANNOT_READ, and those of a table. */
TAKT_API enum takt_status takt_fit(const char *path, const struct takt_fit_options *, FILE *file,
                                   FILE *messages);

/* ---- Results ---- */
TAKT_API void takt_results_delete(struct takt_results *);
struct takt_table_options {
    bool colour;
    bool all;         /* every KPI, not only what `show` names */
    int32_t width;    /* columns of the terminal; 0: 100 */
    int32_t jobs;     /* threads that were used; 0: not known */
    const char *kept; /* where the results are kept; NULL: nowhere */
    bool json;        /* of histograms and quantities: for a script */
};
TAKT_API void takt_results_table(const struct takt_results *, FILE *,
                                 const struct takt_table_options *);
TAKT_API void takt_results_json(const struct takt_results *, FILE *);
/* The histogram of a quantity that has quantiles, such as system.cycle-time: of every point after
 * the last horizon; with `all` after each. Errors: TAKT_USAGE (there is none of this path);
 * takt_results_message says why. */
TAKT_API enum takt_status takt_results_histogram(struct takt_results *, const char *path, FILE *,
                                                 const struct takt_table_options *);
/* One quantity looked at closely: quantiles over the replications, the worst twentieth, how many
 * times one arm is the other and how often it is better, the batches of a single run. After the
 * last horizon; with `all` after each. Errors: TAKT_USAGE (no point has this path). */
TAKT_API enum takt_status takt_results_quantity(struct takt_results *, const char *path, FILE *,
                                                const struct takt_table_options *);
/* What formulas say of an arm (NULL: the base), exact, approximate or not at all, beside the
 * results of a run of that arm (NULL: alone). Errors: TAKT_BAD_SCENARIO (an arm's change is
 * faulty). */
TAKT_API enum takt_status takt_theory(struct takt_scenario *, const char *arm,
                                      const struct takt_results *, FILE *,
                                      const struct takt_table_options *, bool json);
/* What these results say about bottlenecks, method by method. OPTIONS are those that they were made
 * with. Errors: TAKT_BAD_SCENARIO. */
TAKT_API enum takt_status takt_bottleneck_table(struct takt_scenario *, const struct takt_results *,
                                                const struct takt_run_options *, FILE *,
                                                const struct takt_table_options *);
/* Counts of verdicts of the claims. */
TAKT_API int32_t takt_results_refuted(const struct takt_results *);

/* Writes an HDF5 file: to a temporary name, flushed, synced, renamed; then the journal that was
 * kept for it is removed, unless the results are not complete. An existing file is replaced only if
 * takt wrote it and it is complete, or these results went on from it. Errors: TAKT_CANNOT_CREATE,
 * TAKT_CANNOT_WRITE; takt_results_message says why. */
TAKT_API enum takt_status takt_results_write(struct takt_results *, const char *path,
                                             const char *command_line);
/* Whether takt_results_write could begin at PATH: said before hours of work, not after. Prints why
 * not. Errors: TAKT_CANNOT_CREATE. */
TAKT_API enum takt_status takt_results_check(const char *path, bool resume, FILE *messages);
TAKT_API enum takt_status takt_results_read(const char *path, struct takt_results **);
TAKT_API const char *takt_results_message(const struct takt_results *);

/* ---- What takt says of itself ---- */
TAKT_API void takt_schema(FILE *);
TAKT_API void takt_manual(FILE *);

#ifdef __cplusplus
}
#endif
#endif
