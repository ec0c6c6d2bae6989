/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps: which values of which parameters an experiment runs.
 *
 *     sweep: {over: {stations.cut.machines: 1..4, customers.shop.rate: [6 /h, 8 /h]}}
 *     --set stations.cut.machines=1..4
 *
 * A factor is a path and the values that it takes: a list, or a range to take them from. A design
 * says which combinations are points: `full` all of them, `latin` and `sobol` so many spread over
 * the ranges (design.h), `tornado` each factor by itself, low and high, with all others as they
 * are. A point is one value for each factor, and a value is what would stand at the path in the
 * file, so a point is nothing but a list of changes.
 *
 * `--set PATH=LIST` or RANGE makes a factor too, where one plain value is due at the path; it takes
 * the place of a factor of the file with the same path. */
#ifndef TAKT_SCENARIOS_SWEEP_H
#define TAKT_SCENARIOS_SWEEP_H

#include "question.h"
#include "reader/reader.h"

/* One --set, read: what is to stand at which path. */
struct setting {
    const char *path;
    struct place place;
    const struct node *value; /* NULL after a fault */
    bool swept;               /* it is a factor */
};

struct sweep_range {
    double first, last, step; /* in its unit; step 0: none is given */
    const char *unit;         /* as written, "" where there is none */
    double unit_size;         /* in base units */
    bool whole;               /* only whole numbers fit */
};

struct sweep_factor {
    const char *path;
    struct place place;
    const struct field *field; /* the row at the path */
    int32_t setting;           /* the --set that made it, or -1: the file did */
    int32_t level_count;       /* 0: a range */
    const struct node **levels;
    struct sweep_range range;
    struct place range_place;
};

struct sweep {
    enum sweep_design design;
    int32_t points; /* asked for by latin and sobol; 0: not said */
    struct place place;
    int32_t factor_count;
    struct sweep_factor *factors; /* those of the file first */
};

/* Points made: the values of each. */
struct sweep_points {
    enum sweep_design design;
    int32_t factor_count, count;
    const struct sweep_factor **factors;
    const struct node **values; /* count x factor_count; NULL: the factor stays as it is */
};

/* Marks those of the settings that give several values where one is due. ROOT is a tree in which
 * paths are looked up. */
void sweep_mark(struct reader *, const struct node *root, struct setting *, int32_t count);

/* Factors of the file (SPEC, or NULL) and of the settings. Adds faults. */
void sweep_read(struct sweep *, struct reader *, const struct node *root, const struct sweep_spec *,
                const struct setting *, int32_t setting_count);

enum sweep_scope {
    SWEEP_ALL,     /* all factors */
    SWEEP_SETTINGS /* only those of --set, all combinations */
};

/* Makes the points, in ARENA; none when there are no factors. Latin points take their chance from
 * SEED. False after a fault. */
bool sweep_points(const struct sweep *, enum sweep_scope, uint64_t seed, struct arena *,
                  struct faults *, struct sweep_points *out);

/* Fills in the row and the range of a factor with a path. False after a fault. */
bool sweep_read_range(struct reader *, const struct node *root, struct sweep_factor *,
                      const struct node *range);

/* The one point of a factor that is its range at X, in its unit. FACTOR must outlive it. */
void sweep_at(const struct sweep_factor *, double x, struct arena *, struct sweep_points *out);

static inline const struct node *sweep_value(const struct sweep_points *points, int32_t point,
                                             int32_t factor) {
    return points->values[(size_t)point * (size_t)points->factor_count + (size_t)factor];
}

/* A value as a person would write it: `6 /h`, `[edd, spt]`. */
const char *sweep_text(struct arena *, const struct node *);

/* A value as a number in the unit of the manual, and that unit ("h", "1/h", "1", "EUR"; CURRENCY
 * is the scenario's); false if it is no plain quantity. */
bool sweep_number(const struct field *, const char *text, const char *currency, double *number,
                  char unit[32]);

#endif
