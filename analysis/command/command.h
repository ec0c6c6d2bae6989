/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of takt: `takt VERB [options] [arguments]`.
 *
 * A verb is one row: what it is for, examples, the options that it takes, and the function that
 * does it. The rows are in verbs.c, the functions one file a verb. Options are read by options.c,
 * from the same rows that help is printed from. What a person asked for goes to standard output,
 * and everything else to standard error.
 *
 * Only the public door of the library is used here (analysis/takt.h). */
#ifndef TAKT_COMMAND_H
#define TAKT_COMMAND_H

#include "../takt.h"

/* X(NAME, long name, short letter or 0, argument or NULL, help) */
#define OPTIONS(X)                                                                                 \
    X(SET, "set", 0, "PATH=VALUE",                                                                 \
      "change a parameter of the scenario, or sweep it: 1..4, [2, 4, 8]; may be repeated")         \
    X(SEED, "seed", 0, "N", "another seed than the scenario's")                                    \
    X(REPLICATIONS, "replications", 0, "N", "another number of replications")                      \
    X(PRECISION, "precision", 0, "SHARE",                                                          \
      "replicate until half-widths are this share of their means, such as 1%")                     \
    X(SELECT, "select", 0, "GOAL",                                                                 \
      "find the arm that is best (or has most, least), not comparing the rest further")            \
    X(OF, "of", 0, "RESULT", "of this quantity, such as money.profit, or 'money.profit at 4 wk'")  \
    X(INDIFFERENCE, "indifference", 0, "QUANTITY",                                                 \
      "a difference that does not matter, such as '2 kEUR'")                                       \
    X(METHOD, "method", 0, "NAME", "kn: a promise; ocba: the best use of a budget")                \
    X(BUDGET, "budget", 0, "N", "replications of all arms together")                               \
    X(JOBS, "jobs", 'j', "N", "threads; one per processor without it")                             \
    X(OUTPUT, "output", 'o', "FILE", "keep the results in this file (HDF5; rates: CSV)")           \
    X(RESUME, "resume", 0, NULL,                                                                   \
      "go on with what FILE.journal, or FILE itself, has of it already")                           \
    X(MIXED, "mixed", 0, NULL,                                                                     \
      "under mpirun: processors of other kinds may help; the last digits may differ")              \
    X(JSON, "json", 0, NULL, "print JSON instead of tables")                                       \
    X(ARM, "arm", 0, "NAME", "run this arm instead of the scenario as it is")                      \
    X(ALL, "all", 0, NULL, "show every quantity, not only those of interest")                      \
    X(INCLUDE, "include", 0, "FOLDER",                                                             \
      "a folder whose files the scenario may name; may be repeated")                               \
    X(QUIET, "quiet", 'q', NULL, "no progress and no warnings")                                    \
    X(FROM, "from", 0, "TIME", "from this moment on, such as \"4 h\"")                             \
    X(TO, "to", 0, "TIME", "to this moment")                                                       \
    X(CROSSOVER, "crossover", 0, "PATH=A..B",                                                      \
      "find at which value of a parameter the better arm changes, in the quantity of --of")        \
    X(STATION, "station", 0, "NAME", "only events of this station")                                \
    X(REPLICATION, "replication", 0, "N", "which replication, from 1")                             \
    X(STEP, "step", 0, "SHARE", "how much faster and slower a station is made; 5% without it")     \
    X(NO_RUN, "no-run", 0, NULL, "only the formulas, without a run beside them")                   \
    X(MOST, "most", 0, "N", "stop after so many lines")                                            \
    X(COLUMN, "column", 0, "NAME", "which column of the file")                                     \
    X(UNIT, "unit", 0, "UNIT", "of the values, such as min")                                       \
    X(LAWS, "laws", 0, "LIST", "only these laws, such as gamma,weibull")                           \
    X(ARRIVALS, "arrivals", 0, NULL, "the column holds moments: fit a rate, or times between")     \
    X(EVERY, "every", 0, "TIME", "a rate for each such part of the day, an hour without it")       \
    X(SAMPLES, "samples", 0, "N", "samples drawn for a p-value; 0 for none")                       \
    X(MAN, "man", 0, NULL, "print the manual page, for man -l")                                    \
    X(FORMAT, "format", 0, "FORMAT", "csv, json, ocel or perfetto; csv without it")                \
    X(HISTOGRAM, "histogram", 0, "PATH", "draw how this quantity is spread")                       \
    X(QUANTITY, "quantity", 0, "PATH",                                                             \
      "look closely at this quantity: quantiles, risk, and what one run's batches say")            \
    X(TABLE, "table", 0, "TABLE",                                                                  \
      "of csv and json: results, statistics, series, histograms, sequences or log")                \
    X(HELP, "help", 'h', NULL, "print this")

enum option_id {
#define X(id, name, letter, argument, help) OPTION_##id,
    OPTIONS(X)
#undef X
        OPTION_COUNT
};

struct option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: none */
    const char *help;
};
extern const struct option_row option_rows[OPTION_COUNT];

#define HAS(ID) (UINT64_C(1) << OPTION_##ID)
_Static_assert(OPTION_COUNT <= 64, "the options of a verb are one word");

/* What the options say. */
struct options {
    const char **sets, **includes; /* as many as there are arguments at most */
    int32_t set_count, include_count;
    int64_t seed, most;
    int32_t replications, replication, jobs;
    const char *crossover; /* the parameter and its range */
    const char *output, *arm, *station, *format, *table, *histogram, *quantity;
    double from, to; /* h */
    bool from_given;
    double precision, step;          /* shares; 0: not given */
    struct takt_selection selection; /* goal NULL: none is wanted */
    bool json, all, quiet, help, resume, mixed;
    const char *column, *unit, *laws, *every;
    int32_t samples; /* -1: not given */
    bool arrivals, no_run, man;
    const char **arguments; /* those without a dash */
    int32_t argument_count;
    const char *command_line; /* as typed, for the results file */
};

/* `about` and `examples` are of lines; those of `about` are joined and broken anew where they are
 * shown. */
struct verb {
    const char *name, *purpose, *arguments, *about, *examples;
    uint64_t options; /* HAS(...) | HAS(...) */
    int32_t argument_least, argument_most;
    enum takt_status (*run)(const struct options *);
};

static inline bool verb_takes(const struct verb *verb, int32_t option) {
    return verb->options >> option & 1;
}

extern const struct verb verbs[];
extern const int32_t verb_count;

/* ---- options.c ---- */

/* Reads argv behind the verb. False, with a message on standard error, when something is wrong. */
bool options_read(struct options *, const struct verb *, int argc, char **argv);
void options_clear(struct options *);

/* ---- help.c ---- */
void help_program(FILE *);
void help_verb(FILE *, const struct verb *);
const struct verb *verb_named(const char *name); /* NULL: none */
void verb_unknown(const char *name);             /* says so, with the nearest one */

/* The exit codes of the program, each with its meaning; the last has no meaning. */
struct exit_row {
    int32_t code;
    const char *meaning;
};
const struct exit_row *exit_rows(void);

/* Words of a text, broken into lines of WIDTH places that begin with so many blanks; the first one
 * is begun already at place AT. */
void help_wrapped(FILE *, const char *text, int32_t at, int32_t indent, int32_t width);

/* The nearest of the words when it can be a typing mistake, else NULL. */
const char *word_nearest(const char *word, const char *const *words, int32_t count);

/* ---- man.c ---- */

/* The manual page takt(1), or takt-VERB(1), in the macros of man(7). */
void man_program(FILE *);
void man_verb(FILE *, const struct verb *);

/* ---- terminal.c ---- */
struct terminal {
    bool colour;
    int32_t width; /* 0: not a terminal */
};
struct terminal terminal_of(FILE *);

/* How far a run is: a bar on a terminal, else one line a minute. `context` of progress_show is a
 * struct progress_bar. */
struct progress_bar {
    bool terminal, drawn;
    double line_due; /* s from the beginning */
};
struct progress_bar progress_begin(FILE *);
void progress_show(void *bar, const struct takt_progress *);
void progress_clear(struct progress_bar *);

/* ---- scenario.c ---- */

/* Reads the scenario that the first argument names and prints what is wrong with it. *scenario is
 * made in any case, and the caller deletes it. */
enum takt_status scenario_open(const struct options *, struct takt_scenario **scenario);

/* The same without printing. */
enum takt_status scenario_open_quietly(const struct options *, struct takt_scenario **scenario);

/* ---- run.c ---- */
typedef enum takt_status experiment(struct takt_scenario *, const struct takt_run_options *,
                                    struct takt_results **);

/* Runs with a progress bar; the first Ctrl-C lets the running units finish. */
enum takt_status run_simulate(experiment *, struct takt_scenario *, const struct options *,
                              struct takt_results **);

/* ---- One function a verb ---- */
enum takt_status verb_check(const struct options *);
enum takt_status verb_run(const struct options *);
enum takt_status verb_sweep(const struct options *);
enum takt_status verb_compare(const struct options *);
enum takt_status verb_bottleneck(const struct options *);
enum takt_status verb_theory(const struct options *);
enum takt_status verb_trace(const struct options *);
enum takt_status verb_show(const struct options *);
enum takt_status verb_export(const struct options *);
enum takt_status verb_schema(const struct options *);
enum takt_status verb_doc(const struct options *);
enum takt_status verb_new(const struct options *);
enum takt_status verb_fit(const struct options *);
enum takt_status verb_completion(const struct options *);
enum takt_status verb_help(const struct options *);

#endif
