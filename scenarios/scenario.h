/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario: the tree of a file, with its base and its own changes made; and its arms, each read
 * into a spec, as they are or at a point of a sweep.
 *
 * Order of what is said: base, file, `change`, arm, point of the sweep, --set. Everything made here
 * lives as long as the scenario. */
#ifndef TAKT_SCENARIOS_SCENARIO_H
#define TAKT_SCENARIOS_SCENARIO_H

#include "question.h"
#include "reader/reader.h"
#include "sweep.h"

struct scenario_arm {
    const char *name;        /* "base": the file as it is */
    const struct node *root; /* the tree that was read */
    struct spec_spec *spec;
    struct reader *reader; /* with the parameters that its formulas name */
};

struct scenario {
    struct arena arena;
    struct faults faults;
    struct sources sources;
    const char *path, *text;
    size_t text_size;
    struct node *tree;        /* NULL when nothing could be read */
    struct setting *settings; /* what --set says */
    int32_t setting_count;
    struct scenario_arm base;
    struct sweep sweep;
    tick warm_up;  /* in place of `warm-up: auto`: what pilot runs found, or 0 before them */
    bool pilot;    /* questions are those of pilot runs: see scenario_question */
    bool activity; /* active periods are wanted, whatever the file says */
};

/* Reads a file ("-": standard input) up to the spec of its base. *SCENARIO is always made. */
enum takt_status scenario_read(const char *path, const char *const *sets, int32_t set_count,
                               const char *const *includes, int32_t include_count,
                               struct scenario **scenario) MUST_USE;
void scenario_delete(struct scenario *);

/* The spec of an arm; NULL or "base" is the file as it is. False after a fault. */
bool scenario_arm(struct scenario *, const char *name, struct scenario_arm *out);

/* The same at a point of a sweep. LACKS says for each factor whether the arm has no place for it;
 * NULL: it has all. */
bool scenario_point(struct scenario *, const char *name, const struct sweep_points *, int32_t point,
                    const bool *lacks, struct scenario_arm *out);

/* Fills LACKS: which of the factors find no place in an arm. */
void scenario_lacks(struct scenario *, const char *name, const struct sweep_points *, bool *lacks);

/* Reads PATH=FROM..TO, a parameter and where to look for its crossover. False after a fault. */
bool scenario_range(struct scenario *, const char *setting, struct sweep_factor *out);

/* What of the question shapes a plant. SEQUENCES are those that claims ask for. While
 * scenario->pilot is set it is the question of a pilot run: from the very start, without warm-up,
 * with a series of the work inside and of each net stock, or of what is recorded. */
struct question scenario_question(struct scenario *, const struct scenario_arm *,
                                  const struct sequence_column *sequences, int32_t sequence_count);

#endif
