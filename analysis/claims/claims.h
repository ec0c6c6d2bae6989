/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims: what a scenario expects of its results, read before the run and judged after it.
 *
 *     stations.saw.queue.wait = 4 min within 1 %         an equality: inside a narrow interval
 *     fast.system.wip < base.system.wip at 60 d          an order: by the interval of the
 * difference stocks.store.ordered-now same-as 0 0 25 10 25      value by value, of what is seen per
 * review or period
 *
 * A path may be led by an arm; without one it means the base, or the only point that was run. Both
 * sides are worked out replication by replication (so a ratio is a mean of ratios, and arms that
 * share their luck are compared as pairs), in base units: ticks, money, shares. A claim passes
 * through three files: claims.c reads its text, claims-check.c looks up its paths and units before
 * the run, claims-judge.c gives the verdict. */
#ifndef TAKT_ANALYSIS_CLAIMS_H
#define TAKT_ANALYSIS_CLAIMS_H

#include "../results/results.h"

enum claim_kind { CLAIM_FAULTY, CLAIM_EQUAL, CLAIM_ORDER, CLAIM_SAME_AS, CLAIM_CROSSOVER };

/* One value of a trace or along a sweep, with half a unit of its last digit. */
struct claim_value {
    double value, digits;
};

/* `at PATH VALUE`: points of a sweep. */
struct claim_at {
    const char *path, *value; /* as written */
    struct place place;
};

enum { CLAIM_PLACES_MOST = 8 };

struct claim {
    enum claim_kind kind;
    const char *text, *source; /* source may be NULL */
    struct place place;
    enum order_sign sign;                  /* of an order */
    const struct expression *left, *right; /* of a trace only left, which is a path */
    double within;                         /* a share; 0 if not given */
    const struct expression *error;        /* behind +-; NULL if not given */
    bool at_given;
    tick at; /* horizon */
    struct place at_place;
    int32_t place_count;
    struct claim_at places[CLAIM_PLACES_MOST];
    const char *along; /* RIGHT has a value for each of the values of this path; NULL: it has not */
    struct place along_place;
    const char *setting; /* of a crossover: PATH=FROM..TO; no values: it exists, one: it is there */
    int32_t crossover;   /* in the results; -1: it was not looked for */
    int32_t value_count; /* of a trace, or along a sweep */
    const struct claim_value *values;
};

struct claims {
    int32_t count;
    struct claim *list; /* in the context's arena, like everything else of the claims */
};

/* An arm of the experiment, with the layout of its results. The first is the base. */
struct claims_arm {
    const char *name;
    const struct layout *layout;
    const struct theory *theory; /* NULL: nothing is known, or no claim asks */
};

/* Does any claim ask for a formula, so that arms and points need their theory? */
bool claims_name_theory(const struct claims *);

/* Reads the claims of a question (a list of struct claim_spec). Adds a fault for each that cannot
 * be read. */
void claims_read(struct claims *, struct value_context *, const struct list *specs);

/* The sequences that layouts must hold for these claims: each path once, without its arm, with room
 * for all values that a claim names. Made in ARENA. */
const struct sequence_column *claims_sequences(const struct claims *, struct arena *,
                                               const char *const *arms, int32_t arm_count,
                                               int32_t *count);

/* Adds a fault for each path that no result has, each horizon that is not asked for, each unit that
 * does not fit. */
void claims_check(const struct claims *, struct faults *, const struct claims_arm *,
                  int32_t arm_count);

/* Adds a fault for each path that is not swept, and each value that the sweep has not. */
void claims_check_sweep(const struct claims *, struct faults *, const struct sweep_points *);

/* Fills results->claims, in the results' arena. */
void claims_judge(const struct claims *, struct takt_results *);

/* ---- Shared by the files of claims ---- */

/* Splits a path: its arm (an index of ARMS, 0 when it names none) and the path behind it. */
int32_t claim_path_arm(const char *path, const char *const *arms, int32_t arm_count,
                       const char **rest);

/* What one unit of a result is in base units: an hour is 3.6e9 ticks. */
double claim_unit_factor(enum result_unit);
struct dimension claim_unit_dimension(enum result_unit);

/* `0.5 h` is `30 min`; what are no numbers are the same texts. */
bool claim_same_value(const char *a, const char *b);

#endif
