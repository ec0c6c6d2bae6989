/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario: the tree of a file, with its base and its own changes made; and its arms, each read
 * into a spec.
 *
 * Order of what is said: base, file, `change`, arm, --set. Everything made here lives as long as
 * the scenario. */
#ifndef TAKT_SCENARIOS_SCENARIO_H
#define TAKT_SCENARIOS_SCENARIO_H

#include "question.h"
#include "reader/reader.h"

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
    struct node *tree; /* NULL when nothing could be read */
    const char **sets;
    int32_t set_count;
    struct scenario_arm base;
    tick warm_up; /* in place of `warm-up: auto`: what pilot runs found, or 0 before them */
    bool pilot;   /* questions are those of pilot runs: see scenario_question */
};

/* Reads a file ("-": standard input) up to the spec of its base. *SCENARIO is always made. */
enum takt_status scenario_read(const char *path, const char *const *sets, int32_t set_count,
                               const char *const *includes, int32_t include_count,
                               struct scenario **scenario) MUST_USE;
void scenario_delete(struct scenario *);

/* The spec of an arm; NULL or "base" is the file as it is. False after a fault. */
bool scenario_arm(struct scenario *, const char *name, struct scenario_arm *out);

/* What of the question shapes a plant. SEQUENCES are those that claims ask for. While
 * scenario->pilot is set it is the question of a pilot run: from the very start, without warm-up,
 * with a series of the work inside and of each net stock, or of what is recorded. */
struct question scenario_question(struct scenario *, const struct scenario_arm *,
                                  const struct sequence_column *sequences, int32_t sequence_count);

#endif
