/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results: the blocks of all units of work, with what is needed to read them without the scenario.
 *
 * A block a point and replication, each a flat array of doubles described by the layout of its
 * point (models/measure/layout.h). Points may have different numbers of replications, for a
 * procedure may look closer at some: point p has replications 0 .. points[p].replication_count - 1,
 * and replication_count is the most of all points. Two points are compared over what both have:
 * their common prefix. Results are made by an experiment or read back from a file; tables, JSON,
 * claims and the file are pure functions of them. A replication that stopped (deadlock, starvation)
 * has stopped[] set and NaN in its block. */
#ifndef TAKT_ANALYSIS_RESULTS_H
#define TAKT_ANALYSIS_RESULTS_H

#include "../../scenarios/scenarios.h"
#include "../log.h"
#include "../statistics/statistics.h"

struct journal;
struct trials;

struct claim_result {
    const char *text, *source; /* source may be NULL */
    enum verdict verdict;
    double low, high; /* interval of left side (or of LEFT - RIGHT, for comparisons); NaN if none */
    bool compared;    /* low and high are of LEFT - RIGHT */
    const char
        *unit; /* of low, high, left and right: as the claim writes it, else that of the result */
    double left, right; /* means */
    const char *why;    /* a short reason, for undecided and for what could not be judged */
};

/* What a series gives over the replications of a point. X(NAME, suffix in the file, in words) */
#define SERIES_STATS(X)                                                                            \
    X(MEAN, "_mean", "mean over replications")                                                     \
    X(SD, "_sd", "standard deviation over replications")                                           \
    X(MIN, "_min", "least of the replications")                                                    \
    X(MAX, "_max", "most of the replications")                                                     \
    X(SQUARES, "_squares", "sum of squared deviations from the mean, for more replications")

enum series_stat {
#define X(name, suffix, words) SERIES_##name,
    SERIES_STATS(X)
#undef X
        SERIES_STAT_COUNT
};

/* Of one column of a single run: see batches.h. BATCHES 0: there is no interval. */
struct batch_interval {
    double half_width;
    int32_t batches;
};

struct point {
    const char *arm;       /* "base" for the file as it is */
    struct layout *layout; /* from memory_zeroed; belongs to the results, like the blocks */
    int32_t replication_count, room; /* replications that it has; room in blocks[] and stopped[] */
    double **blocks; /* one per replication, each from memory_zeroed; NULL beyond those it has */
    double *series[SERIES_STAT_COUNT]; /* of the first `summed` replications, series_count x
                                          grid_count: from a file. See results_series */
    int32_t summed;                    /* 0: blocks have the series of every replication */
    struct batch_interval *batches;    /* one a column, at the last horizon; NULL: none */
    const char **stopped;              /* one per replication: NULL, or why it stopped */
    const struct theory *theory;       /* of it, when a claim asks; in the results' arena */
    const char *sha256;                /* of what shapes it (identity.h); "" when nobody asked */
    int32_t rival;                     /* see results_rival */
    uint64_t stream_count;
    const char **stream_names; /* names and hashes of the streams of chance, for /streams */
    uint64_t *stream_hashes;
    struct log *logs; /* of replications whose log is wanted */
    int32_t log_count, log_step_count;
    const char *const *log_steps; /* what the steps in logs are called */
};

/* What the pilot runs of a point showed of one series: see warm_up.h. */
struct pilot_series {
    int32_t point;
    const char *path;
    enum result_unit unit;
    double step_hours;     /* of the grid; the first moment is one step after the start */
    int32_t count, window; /* moments; of Welch's moving average, on each side */
    int32_t deleted;       /* moments that are warm-up */
    bool settled;
    double *mean, *welch; /* over the pilots; its moving average, NaN in the last `window` */
};

struct warm_up_found {
    double hours; /* simulated before measuring, also when it was given */
    bool automatic;
    int32_t pilots; /* and the rest only when automatic */
    int32_t series_count;
    struct pilot_series *series;
};

/* What became of `precision`: see precision.h. */
struct precision_found {
    double asked;     /* share of the mean; 0: it was not asked for */
    double widest;    /* half-width over mean; NaN: one has no mean */
    const char *path; /* that is so wide, NULL if there is none; and in which point */
    int32_t point;
    bool reached;
};

/* A parameter that differs from point to point of a sweep. */
struct factor {
    const char *path;
    const char *unit;   /* of the numbers, as in the manual: "h", "1/h", "1"; NULL: no numbers */
    const char **texts; /* one a point, as written; NULL where the point leaves it as it is */
    double *numbers;    /* one a point, or NULL; NaN where it is left as it is */
};

/* What became of a selection of the best: see selection.h. */
struct selection_found {
    const char *path; /* the quantity; NULL: it was not asked for */
    int32_t horizon;
    int sign;              /* +1: more is better, -1: less */
    bool ocba;             /* else KN */
    double zone;           /* a difference that does not matter; 0: none was given */
    int64_t budget, spent; /* replications in all; budget 0: as many as it takes */
    int32_t first_stage;
    int32_t best;       /* point; -1: none */
    bool decided;       /* it went to its end */
    bool screened;      /* the first stage only screened */
    int32_t left;       /* points that were in the race at its end */
    double probability; /* that the best mean is the best, of OCBA; NaN */
    double rinott;      /* replications that Rinott's procedure would take; NaN */
    int32_t *out;       /* of each point: the replications after which it was out, 0 for none */
};

/* Where the better of two arms changes: see crossover.h. */
enum crossing { CROSSING_NOT_SHOWN, CROSSING_NONE, CROSSING_FOUND };

struct crossover {
    const char *path, *unit; /* of the parameter; the unit as written, "" where there is none */
    const char *kpi, *other; /* paths of results: of A, and of B */
    const char *a, *b;       /* arms */
    double unit_size;        /* of the unit, in base units; not in the file */
    bool whole;              /* the parameter counts */
    double from, to;         /* where it was looked for */
    enum crossing crossing;
    int32_t sign_from, sign_to; /* of a - b at the ends: 1, -1, or 0 where it is not shown */
    int32_t values;             /* that were looked at */
    double low, high, estimate; /* NaN where none was found */
};

struct takt_results {
    struct arena arena;
    const char *title, *scenario_path, *scenario_text, *resolved_json, *currency;
    char sha256[65];
    const char *takt_version, *revision; /* of the takt that made them */
    const char *arithmetic;              /* fingerprint of log, exp and pow */
    uint64_t seed;
    int64_t start_second; /* at which measuring begins: after 1970-01-01; 0 when none is given */
    int32_t replication_count; /* the most of all points */
    int32_t horizon_count, point_count;
    const char **horizon_texts; /* "26 wk" */
    double *horizon_hours;
    struct point *points;
    const char *design; /* of the sweep: "full", "tornado" ...; "" without one */
    int32_t factor_count;
    struct factor *factors;
    int32_t pair_count; /* see results_pair_points; 0 without a sweep */
    int32_t show_count;
    const char **show; /* paths, without statistic; chosen when the scenario names none */
    int32_t crossover_count;
    struct crossover *crossovers;
    int32_t claim_count;
    struct claim_result *claims;
    struct warm_up_found warm_up;
    struct precision_found precision;
    struct selection_found selection;
    bool chance; /* anything was drawn: replications may differ, even where they happen not to */
    bool antithetic; /* a replication is a pair of runs: see models/run/antithetic.c */
    bool complete;
    double confidence;                /* 0.95 */
    const char *message;              /* why a file could not be written or read */
    struct trials *trials;            /* see trials.h; NULL: none */
    struct journal *journal;          /* of the units that no file holds yet, or NULL */
    bool resumed;                     /* it may have gone on from an unfinished file */
    double wall_seconds, cpu_seconds; /* not part of the file */
};

/* Empty results, and then their points, each with this many replications (without layouts and
 * blocks). They are deleted by takt_results_delete, with the layouts and blocks that they were
 * given. */
struct takt_results *results_create(void);
void results_size(struct takt_results *, int32_t point_count, int32_t replication_count);

/* Makes room for this many replications of a point; those that it has stay. */
void results_room(struct takt_results *, int32_t point, int32_t replications);

/* Says how many replications each point has, now that their blocks are there. */
void results_count(struct takt_results *, const int32_t *replications);

/* One series of a point over all replications, into values[grid_count]. A file keeps raw series of
 * the first replication only: ask here, not the blocks. What it sums up is gone on from, one
 * replication after the other, so more of them end in the same bits as all at once. A missing value
 * makes it NaN. */
void results_series(const struct takt_results *, int32_t point, int32_t series, enum series_stat,
                    double *values);

/* Two points that are compared: A minus B. */
struct pair {
    int32_t a, b;
};

/* Every point of every arm but the first, with that of the first arm at the same place of the
 * sweep: where no factor that both have differs, which for an arm that lacks a factor are several.
 * From memory_zeroed. O(points) unless factors are lacking. */
struct pair *results_pairs(const struct takt_results *, int32_t *count);

/* Is no factor different that both points have? */
bool results_same_place(const struct takt_results *, int32_t a, int32_t b);

/* The first that point P is compared with, or -1. Of a sweep it is known after results_pair_points,
 * which also counts the pairs. */
int32_t results_rival(const struct takt_results *, int32_t p);
void results_pair_points(struct takt_results *);

/* "base", or "base at stations.cut.machines 2, customers.shop.rate 8 /h". */
const char *results_point_name(const struct takt_results *, int32_t point, struct arena *);

/* A histogram of a point at a horizon over all its replications, in ticks: INDEX among those of the
 * layout. To be cleared. */
void results_histogram(const struct takt_results *, int32_t point, int32_t horizon, int32_t index,
                       struct histogram *);

/* Leaves a message for takt_results_message and returns STATUS. */
enum takt_status results_fail(struct takt_results *, enum takt_status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
