/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas as trees: what was written, before anything is known about its names.
 *
 * A formula of a field is compiled (compile.h) right after it is parsed. Claims walk the tree
 * themselves, because their names are paths of results, and read on with the tokens behind an
 * expression (`within 5 %`). */
#ifndef TAKT_SCENARIOS_FORMULA_H
#define TAKT_SCENARIOS_FORMULA_H

#include "tokens.h"

enum expression_kind {
    EXPRESSION_NUMBER,    /* quantity */
    EXPRESSION_NAME,      /* name: a name or path, perhaps with `*` */
    EXPRESSION_OPERATION, /* code: an operator or function of sim/formula.h; min and max may have
                             many parts */
    EXPRESSION_AND,
    EXPRESSION_OR,
    EXPRESSION_IF, /* three parts */
    EXPRESSION_SINE,
    EXPRESSION_SUM, /* of all that a path with `*` names; results only, as are the next two */
    EXPRESSION_MEAN,
    EXPRESSION_THEORY,
    EXPRESSION_LAW /* code: enum law_kind; parts are its arguments; the unit behind it is in
                      quantity */
};

struct expression {
    enum expression_kind kind;
    int32_t code;
    int32_t depth;                  /* of the tree below, from 1 */
    int32_t count;                  /* of parts */
    struct place place, mark_place; /* of its first letter; of its operator */
    const char *at, *end;           /* as written */
    const char *name;               /* of a name or function */
    const char *argument;           /* as an argument of a law or of sine: its word, or NULL */
    struct quantity_text quantity;
    struct expression *first, *last, *next; /* parts; the next part of the whole */
    const struct expression
        *weight;               /* of an argument: discrete(value=weight), mixture(weight LAW) */
    const char *file, *column; /* of a law: its values stand in this column */
    struct place file_place;
    enum law_then then;
};

/* How much is taken: the whole, or no comparison and no `and`, `or`, `not`. */
enum formula_level { FORMULA_WHOLE, FORMULA_SUM };

/* Parses one expression from tokens->now on and stops at the first token that cannot go on. NULL
 * after a fault. Trees are made in the context's arena; depth is bounded, so walking them by
 * recursion is safe. */
struct expression *formula_parse(struct tokens *, enum formula_level);

/* Parses a text that is one expression and nothing else. */
struct expression *formula_parse_text(struct value_context *, const char *text, struct place);

/* The words of functions that this version has, one after the other from 0; NULL behind the last.
 * For the manual. */
const char *formula_function(int32_t index);

#endif
