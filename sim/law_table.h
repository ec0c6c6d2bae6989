/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a law needs beyond four numbers: its values and weights, its parts, its expressions. Made
 * once, never changed. */
#ifndef TAKT_SIM_LAW_TABLE_H
#define TAKT_SIM_LAW_TABLE_H

#include "law.h"

#include <stdint.h>

/* A slot of the alias method: all slots are equally likely, and each is shared by itself and one
 * other. A. J. Walker, ACM TOMS 3 (1977); built as by M. D. Vose, IEEE Trans. Software Eng. 17
 * (1991). */
struct alias {
    uint64_t keep; /* stay when 64 random bits are below this */
    int32_t other;
};

struct law_table {
    int32_t count;
    enum law_then then;    /* SEQUENCE */
    double mean, variance; /* DISCRETE, EMPIRICAL, SEQUENCE, MIXTURE, TRUNCATED */
    const double *values;  /* DISCRETE, EMPIRICAL: rising, all different; SEQUENCE: as written */
    const double *shares;  /* DISCRETE, EMPIRICAL, MIXTURE: probabilities, sum 1 */
    const struct alias *aliases; /* the same, to pick by */
    const struct law *laws;      /* MIXTURE: count; TRUNCATED, AFFINE: one */
    enum law_kind kind;          /* COMPUTED: the law that its arguments are for */
    const struct law_arguments *arguments;
};

/* The parameters of a law of plain numbers from complete and finite arguments: law_make without the
 * checks of form. Needs no memory, so that a law whose arguments are expressions can be made anew
 * at each draw. */
const char *law_from_numbers(struct law *, enum law_kind, const struct law_arguments *);

/* The same for laws that are lists of values or of other laws. */
const char *law_from_lists(struct arena *, struct law *, enum law_kind,
                           const struct law_arguments *);

/* A COMPUTED law as it is now, in ENV (whose draw may be NULL: expected values). False when an
 * argument has no finite value or breaks a rule. */
bool law_computed(const struct law *, const struct formula_env *, struct law *out);

/* Mean and variance of a law between two limits, from its distribution function. */
void law_truncated_moments(const struct law *truncated, double *mean, double *variance);

#endif
