/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates a formula: one pass over its ops with a stack of doubles.
 *
 * Numbers, variables and draws push one value; an operator or function pops its arguments and
 * pushes its result. The condition of JUMP_IF_FALSE stays on the stack, and POP drops it, so that
 * `and`, `or` and `if` need no ops of their own: `a and b` is  a, JUMP_IF_FALSE end, POP, b, end;
 * `if a then b else c` is  a, JUMP_IF_FALSE else, POP, b, JUMP end, else: POP, c, end.  What is not
 * chosen is not evaluated and draws nothing. */
#include "formula.h"

#include "base.h"

#include <math.h>
#include <stddef.h>

static double variable(const struct formula_op *op, const struct formula_env *env) {
    return env && env->read ? env->read(env->context, op->what, op->index) : NAN;
}

static double drawn(const struct formula_op *op, const struct formula_env *env) {
    return env && env->draw ? law_value(op->law, env->draw, env) : law_expected(op->law, env);
}

/* The result of an operator or function; X are its arguments. */
static double applied(int32_t code, const double *x) {
    switch ((enum formula_code)code) {
    case FORMULA_NEGATE: return -x[0];
    case FORMULA_POWER: return pow(x[0], x[1]);
    case FORMULA_LESS: return x[0] < x[1];
    case FORMULA_LESS_EQUAL: return x[0] <= x[1];
    case FORMULA_EQUAL: return x[0] == x[1];
    case FORMULA_UNEQUAL: return x[0] != x[1];
    case FORMULA_GREATER_EQUAL: return x[0] >= x[1];
    case FORMULA_GREATER: return x[0] > x[1];
    case FORMULA_NOT: return x[0] == 0;
    case FORMULA_ABS: return fabs(x[0]);
    case FORMULA_SQRT: return sqrt(x[0]);
    case FORMULA_EXP: return exp(x[0]);
    case FORMULA_LN: return log(x[0]);
    case FORMULA_FLOOR: return floor(x[0]);
    case FORMULA_CEIL: return ceil(x[0]);
    case FORMULA_ROUND: return round(x[0]);
    case FORMULA_SIN: return sin(x[0]);
    case FORMULA_MIN: return x[0] < x[1] ? x[0] : x[1];
    case FORMULA_MAX: return x[0] > x[1] ? x[0] : x[1];
    case FORMULA_CLAMP: return x[0] < x[1] ? x[1] : x[0] > x[2] ? x[2] : x[0];
    case FORMULA_NUMBER:
    case FORMULA_VARIABLE:
    case FORMULA_DRAW:
    case FORMULA_ADD: /* these four at once: see formula_value */
    case FORMULA_SUBTRACT:
    case FORMULA_MULTIPLY:
    case FORMULA_DIVIDE:
    case FORMULA_JUMP:
    case FORMULA_JUMP_IF_FALSE:
    case FORMULA_POP: break;
    }
    CHECK(false);
}

int32_t formula_arguments(int32_t code) {
    switch ((enum formula_code)code) {
    case FORMULA_NEGATE:
    case FORMULA_NOT:
    case FORMULA_ABS:
    case FORMULA_SQRT:
    case FORMULA_EXP:
    case FORMULA_LN:
    case FORMULA_FLOOR:
    case FORMULA_CEIL:
    case FORMULA_ROUND:
    case FORMULA_SIN: return 1;
    case FORMULA_CLAMP: return 3;
    default: return 2;
    }
}

double formula_value(const struct formula *formula, const struct formula_env *env) {
    if (formula->constant) return formula->value;
    double stack[FORMULA_DEPTH];
    int32_t count = 0;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        CHECK(count < FORMULA_DEPTH);
        switch ((enum formula_code)op->code) {
        case FORMULA_NUMBER: stack[count++] = op->number; break;
        case FORMULA_VARIABLE: stack[count++] = variable(op, env); break;
        case FORMULA_DRAW: stack[count++] = drawn(op, env); break;
        case FORMULA_POP: count--; break;
        case FORMULA_ADD: count--, stack[count - 1] += stack[count]; break;
        case FORMULA_SUBTRACT: count--, stack[count - 1] -= stack[count]; break;
        case FORMULA_MULTIPLY: count--, stack[count - 1] *= stack[count]; break;
        case FORMULA_DIVIDE: count--, stack[count - 1] /= stack[count]; break;
        case FORMULA_JUMP: i = op->index - 1; break;
        case FORMULA_JUMP_IF_FALSE:
            if (stack[count - 1] == 0) i = op->index - 1;
            break;
        default:
            count -= formula_arguments(op->code);
            CHECK(count >= 0);
            stack[count] = applied(op->code, &stack[count]);
            count++;
        }
    }
    CHECK(count == 1);
    return stack[0];
}
