/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tree of a formula to what a run evaluates: names are looked up, units checked, constants
 * computed. */
#ifndef TAKT_SCENARIOS_COMPILE_H
#define TAKT_SCENARIOS_COMPILE_H

#include "formula.h"

/* What the times of a formula are for (min/piece, min/lot): one and the same for all. */
struct compile_per {
    bool seen, split;
    enum law_per per;
    struct place split_place; /* the first that differs from those before */
};

/* What a formula is compiled in. */
struct compiler {
    struct value_context *context;
    const struct scope *scope; /* may be NULL */
    bool non_negative;         /* the value has no meaning below 0, so laws in it are cut there */
    struct compile_per *per;   /* NULL where it does not matter */
};

/* Compiles into *OUT, whose ops are in the context's arena; false after a fault. */
bool compile_formula(const struct compiler *, const struct expression *, struct formula *out);

/* Makes the law of an EXPRESSION_LAW. OUTER is the unit that stands behind a law around it, or
 * NULL. */
bool compile_law(const struct compiler *, const struct expression *, const struct unit *outer,
                 struct law *out, struct dimension *);

/* What this name is at its place: sets op->what and op->index. False: there is no such name. */
bool compile_name(const struct compiler *, const char *name, struct formula_op *op,
                  struct dimension *);
/* The expression that this name stands for, or NULL: then it is a value of the run. */
const char *compile_stands_for(const struct compiler *, const char *name);
/* The fault for a name that is not there, with what was probably meant. */
void compile_fault_name(const struct compiler *, const struct expression *);

/* Notes what a time with this unit is for. */
void compile_note_unit(const struct compiler *, const struct unit *, struct place);

/* Names that every expression sees. */
extern const struct scope scope_everywhere;

#endif
