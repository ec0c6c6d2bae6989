/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas: expressions of the scenario language, compiled to a short stack program.
 *
 * The reader (scenarios/) parses and checks units; here is only what a run needs: evaluate. What a
 * name means is the business of who evaluates: a variable is a pair (what, index), read through a
 * callback. All values are doubles in base units (sim/dimension.h); truth is 1 and 0. A formula is
 * immutable and shared by threads. */
#ifndef TAKT_SIM_FORMULA_H
#define TAKT_SIM_FORMULA_H

#include "dimension.h"
#include "law.h"

#include <stdbool.h>
#include <stdint.h>

enum { FORMULA_DEPTH = 64 }; /* most values on the stack; the compiler refuses deeper formulas */

#define FORMULA_OPS(X)                                                                             \
    X(NUMBER)                                                                                      \
    X(VARIABLE)                                                                                    \
    X(DRAW)                                                                                        \
    X(NEGATE)                                                                                      \
    X(ADD)                                                                                         \
    X(SUBTRACT)                                                                                    \
    X(MULTIPLY)                                                                                    \
    X(DIVIDE)                                                                                      \
    X(POWER)                                                                                       \
    X(LESS)                                                                                        \
    X(LESS_EQUAL)                                                                                  \
    X(EQUAL)                                                                                       \
    X(UNEQUAL)                                                                                     \
    X(GREATER_EQUAL)                                                                               \
    X(GREATER)                                                                                     \
    X(NOT)                                                                                         \
    X(ABS)                                                                                         \
    X(SQRT)                                                                                        \
    X(EXP)                                                                                         \
    X(LN) X(FLOOR) X(CEIL) X(ROUND) X(SIN) X(MIN) X(MAX) X(CLAMP) X(JUMP) X(JUMP_IF_FALSE) X(POP)

enum formula_code {
#define X(name) FORMULA_##name,
    FORMULA_OPS(X)
#undef X
};

/* What is seen in every formula: the `what` of these variables. Other names have one from 0 on. */
enum formula_everywhere {
    FORMULA_NOW = -1,     /* ticks since measuring began, negative in the warm-up */
    FORMULA_HOUR = -2,    /* of the day, 0 to below 24 */
    FORMULA_WEEKDAY = -3, /* Monday is 1 */
    FORMULA_MONTH = -4    /* January is 1 */
};

struct formula_op {
    int32_t code;        /* enum formula_code */
    int32_t what, index; /* of a variable; of a jump, index is the op to go to */
    double number;
    const struct law *law; /* of a draw; its own arguments may be formulas (LAW_FORMULA) */
};

struct formula {
    const char *text; /* as written, for messages and the results file */
    struct dimension dimension;
    bool constant; /* no variable and no draw: always `value` */
    double value;
    int32_t op_count, variable_count, draw_count;
    const struct formula_op *ops;
};

struct draw;

typedef double formula_read(const void *context, int32_t what, int32_t index);

struct formula_env {
    formula_read *read;
    const void *context;
    struct draw *draw; /* where laws take their chance from; NULL when the formula has none */
};

double formula_value(const struct formula *, const struct formula_env *);

/* How many values an operation or function takes from the stack. */
int32_t formula_arguments(int32_t code);

/* Do two formulas that were read apart from each other say the same? */
bool formula_same(const struct formula *, const struct formula *);

#endif
