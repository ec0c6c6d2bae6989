/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See compile.h.
 *
 * One walk over the tree writes the ops in the order in which a stack machine runs them, and
 * computes the dimension of every part on the way. An operation on numbers is done at once by the
 * evaluator of sim/ itself, so that a constant has the same value here and there. */
#include "compile.h"

#include <math.h>
#include <string.h>

struct program {
    const struct compiler *compiler;
    struct formula_op *ops;
    int32_t count, room;
    int32_t depth; /* values on the stack here */
    int32_t variable_count, draw_count;
};

static const struct dimension plain = {0};

static bool emit(struct program *, const struct expression *, struct dimension *);

/* ---- Faults ---- */

static const char *named(const struct program *program, struct dimension d) {
    return units_dimension_name(program->compiler->context->arena, d);
}

static bool fault(const struct program *program, struct place place, const char *hint,
                  const char *reason) {
    fault_error(program->compiler->context->faults, place, hint, "%s", reason);
    return false;
}

static bool wants_plain(const struct program *program, const struct expression *part,
                        struct dimension d, const char *what) {
    if (dimension_same(d, plain)) return true;
    fault_error(program->compiler->context->faults, part->place, NULL, "%s, this is %s", what,
                named(program, d));
    return false;
}

/* Both sides of WHOLE must be of one kind: "a time is compared with money". */
static bool same_kind(const struct program *program, const struct expression *whole,
                      struct dimension left, struct dimension right, const char *joined) {
    if (dimension_same(left, right)) return true;
    bool lacking = dimension_same(left, plain) || dimension_same(right, plain);
    fault_error(program->compiler->context->faults, whole->mark_place,
                lacking ? "does a number lack its unit?" : NULL, "%s %s %s", named(program, left),
                joined, named(program, right));
    return false;
}

/* ---- Ops ---- */

static bool append(struct program *program, struct formula_op op) {
    if (program->count == program->room) {
        struct formula_op *old = program->ops;
        program->room = program->room ? 2 * program->room : 16;
        program->ops = arena_take(program->compiler->context->arena,
                                  (size_t)program->room * sizeof *program->ops);
        if (old) memcpy(program->ops, old, (size_t)program->count * sizeof *old);
    }
    program->ops[program->count++] = op;
    return true;
}

static bool push(struct program *program, struct place place, struct formula_op op) {
    if (program->depth == FORMULA_DEPTH)
        return fault(program, place, "split it: a driver is a formula with a name",
                     "this formula is too deep");
    program->depth++;
    return append(program, op);
}

static bool push_number(struct program *program, struct place place, double number) {
    return push(program, place, (struct formula_op){.code = FORMULA_NUMBER, .number = number});
}

static double evaluated(const struct formula_op *ops, int32_t count) {
    struct formula formula = {.op_count = count, .ops = ops};
    return formula_value(&formula, NULL);
}

/* Is all since the op START only ARGUMENTS numbers? */
static bool only_numbers(const struct program *program, int32_t start, int32_t arguments) {
    if (program->count - start != arguments) return false;
    for (int32_t i = start; i < program->count; i++)
        if (program->ops[i].code != FORMULA_NUMBER) return false;
    return true;
}

/* Adds an operator for the last ARGUMENTS values, whose ops begin at START; numbers are computed.
 */
static bool apply(struct program *program, const struct expression *part, int32_t code,
                  int32_t start, int32_t arguments) {
    bool constant = only_numbers(program, start, arguments);
    append(program, (struct formula_op){.code = code});
    program->depth -= arguments - 1;
    if (!constant) return true;
    double value = evaluated(program->ops + start, program->count - start);
    if (!isfinite(value))
        return fault(program, part->mark_place, NULL, "this has no value as a number");
    program->count = start;
    return append(program, (struct formula_op){.code = FORMULA_NUMBER, .number = value});
}

/* ---- Numbers and names ---- */

static bool is_time(struct dimension d) {
    return dimension_same(d, (struct dimension){.time = 1});
}

void compile_note_unit(const struct compiler *compiler, const struct unit *unit,
                       struct place place) {
    struct compile_per *per = compiler->per;
    if (!per || !is_time(unit->dimension)) return;
    if (per->seen && per->per != unit->per && !per->split) {
        per->split = true;
        per->split_place = place;
    }
    per->seen = true;
    per->per = unit->per;
}

static bool emit_number(struct program *program, const struct expression *part,
                        struct dimension *d) {
    double value = quantity_value(&part->quantity);
    *d = part->quantity.unit.dimension;
    if (!quantity_small(program->compiler->context, part->place, value, *d)) return false;
    if (part->quantity.has_unit)
        compile_note_unit(program->compiler, &part->quantity.unit, part->place);
    return push_number(program, part->place, value);
}

static bool push_variable(struct program *program, struct place place, struct formula_op op) {
    program->variable_count++;
    return push(program, place, op);
}

static bool emit_name(struct program *program, const struct expression *part, struct dimension *d) {
    *d = plain;
    if (strcmp(part->name, "true") == 0) return push_number(program, part->place, 1);
    if (strcmp(part->name, "false") == 0) return push_number(program, part->place, 0);
    const char *stands_for = compile_stands_for(program->compiler, part->name);
    if (stands_for) {
        const struct expression *tree =
            formula_parse_text(program->compiler->context, stands_for, part->place);
        return tree && emit(program, tree, d);
    }
    struct formula_op op;
    if (!compile_name(program->compiler, part->name, &op, d)) {
        compile_fault_name(program->compiler, part);
        return false;
    }
    return push_variable(program, part->place, op);
}

/* `mean(demand, 5)`: of a name of the place that is known as `mean-demand` too, so many back. */
static bool is_recent(struct program *program, const struct expression *part, struct formula_op *op,
                      struct dimension *d) {
    const struct expression *name = part->first, *count = part->last;
    enum { MOST = 1000 };
    if (part->count != 2 || name->kind != EXPRESSION_NAME || count->kind != EXPRESSION_NUMBER ||
        count->quantity.has_unit)
        return false;
    const char *text =
        arena_text(program->compiler->context->arena, "%s-%s", part->name, name->name);
    if (!compile_name(program->compiler, text, op, d)) return false;
    double number = quantity_value(&count->quantity);
    op->index = number >= 1 && number <= MOST && number == floor(number) ? (int32_t)number : -1;
    return true;
}

/* `mean(PATH, 4 wk)`: whoever looks names up is asked for the whole text. */
static bool emit_result(struct program *program, const struct expression *part,
                        struct dimension *d) {
    const struct value_context *context = program->compiler->context;
    const char *text = arena_copy(context->arena, part->at, (size_t)(part->end - part->at));
    struct formula_op op = {.code = FORMULA_VARIABLE};
    if (is_recent(program, part, &op, d)) {
        if (op.index > 0) return push_variable(program, part->place, op);
        return fault(program, part->last->place, NULL, "a whole number from 1 to 1000 is wanted");
    }
    if (context->lookup && context->lookup(context->names, text, &op.what, &op.index, d))
        return push_variable(program, part->place, op);
    fault_error(context->faults, part->place, NULL, "%s of results is not known here", part->name);
    return false;
}

/* ---- Parts that are not the value itself ---- */

/* What a comparison or condition looks at is not the time of work that comes out. */
static bool emit_aside(struct program *program, const struct expression *part,
                       struct dimension *d) {
    const struct compiler *outer = program->compiler;
    struct compiler aside = *outer;
    aside.per = NULL;
    aside.non_negative = false;
    program->compiler = &aside;
    bool fine = emit(program, part, d);
    program->compiler = outer;
    return fine;
}

/* A term of a sum may be below 0 where the sum may not. */
static bool emit_term(struct program *program, const struct expression *part, struct dimension *d) {
    const struct compiler *outer = program->compiler;
    struct compiler term = *outer;
    term.non_negative = false;
    program->compiler = &term;
    bool fine = emit(program, part, d);
    program->compiler = outer;
    return fine;
}

/* ---- Laws ---- */

static bool emit_law(struct program *program, const struct expression *part, struct dimension *d) {
    struct law *law = arena_take(program->compiler->context->arena, sizeof *law);
    if (!compile_law(program->compiler, part, NULL, law, d)) return false;
    if (law_constant(law)) return push_number(program, part->place, law->a);
    program->draw_count++;
    return push(program, part->place, (struct formula_op){.code = FORMULA_DRAW, .law = law});
}

/* 1 + swing * sin(2 pi now / period) */
static bool emit_sine(struct program *program, const struct expression *part, struct dimension *d) {
    const struct expression *period = NULL, *swing = NULL;
    for (const struct expression *e = part->first; e; e = e->next) {
        if (e->argument && strcmp(e->argument, "period") == 0) period = e;
        if (e->argument && strcmp(e->argument, "swing") == 0) swing = e;
    }
    if (!period || !swing)
        return fault(program, part->place, "sine(period=52 wk swing=20 %)",
                     "sine wants a period and a swing");
    int32_t start = program->count;
    if (!push_number(program, part->place, 1) || !emit_aside(program, swing, d) ||
        !wants_plain(program, swing, *d, "a swing is a share"))
        return false;
    if (!push_number(program, part->place, 2 * 3.14159265358979323846)) return false;
    struct formula_op now = {.code = FORMULA_VARIABLE, .what = FORMULA_NOW};
    if (!push_variable(program, part->place, now)) return false;
    apply(program, part, FORMULA_MULTIPLY, start, 2);
    if (!emit_aside(program, period, d)) return false;
    if (!is_time(*d)) {
        fault_error(program->compiler->context->faults, period->place, NULL,
                    "a period is a time, this is %s", named(program, *d));
        return false;
    }
    apply(program, part, FORMULA_DIVIDE, start, 2);
    apply(program, part, FORMULA_SIN, start, 1);
    apply(program, part, FORMULA_MULTIPLY, start, 2);
    *d = plain;
    return apply(program, part, FORMULA_ADD, start, 2);
}

/* ---- Operators ---- */

static bool emit_condition(struct program *program, const struct expression *part) {
    struct dimension d;
    return emit_aside(program, part, &d) && wants_plain(program, part, d, "a condition is wanted");
}

static bool is_comparison(int32_t code) {
    return code >= FORMULA_LESS && code <= FORMULA_GREATER;
}

/* min, max and clamp; plus, minus and comparisons: all parts of one kind. */
static bool emit_alike(struct program *program, const struct expression *whole, const char *joined,
                       struct dimension *d) {
    int32_t start = program->count, code = whole->code;
    bool at_once = code == FORMULA_CLAMP;
    for (const struct expression *part = whole->first; part; part = part->next) {
        struct dimension other;
        bool fine = is_comparison(code) ? emit_aside(program, part, &other)
                                        : emit_term(program, part, &other);
        if (!fine) return false;
        if (part == whole->first) {
            *d = other;
            continue;
        }
        if (!same_kind(program, whole, *d, other, joined)) return false;
        if (!at_once && !apply(program, whole, code, start, 2)) return false;
    }
    if (is_comparison(code)) *d = plain;
    return !at_once || apply(program, whole, code, start, 3);
}

static bool emit_product(struct program *program, const struct expression *whole,
                         struct dimension *d) {
    int32_t start = program->count;
    struct dimension right;
    if (!emit(program, whole->first, d) || !emit(program, whole->last, &right)) return false;
    if (!units_combine(d, right, whole->code == FORMULA_MULTIPLY ? 1 : -1))
        return fault(program, whole->mark_place, NULL, "this multiplies too many units");
    return apply(program, whole, whole->code, start, 2);
}

static bool emit_power(struct program *program, const struct expression *whole,
                       struct dimension *d) {
    int32_t start = program->count;
    struct dimension right, base;
    if (!emit_term(program, whole->first, &base)) return false;
    int32_t exponent = program->count;
    if (!emit_term(program, whole->last, &right) ||
        !wants_plain(program, whole->last, right, "an exponent is a plain number"))
        return false;
    *d = plain;
    if (!dimension_same(base, plain)) {
        double times = only_numbers(program, exponent, 1) ? program->ops[exponent].number : NAN;
        if (!(fabs(times) <= 9) || times != floor(times))
            return fault(program, whole->mark_place, NULL,
                         "what has a unit is raised to whole constants only");
        for (int i = 0; i < fabs(times); i++)
            if (!units_combine(d, base, times > 0 ? 1 : -1))
                return fault(program, whole->mark_place, NULL, "this multiplies too many units");
    }
    return apply(program, whole, whole->code, start, 2);
}

static bool emit_root(struct program *program, const struct expression *whole,
                      struct dimension *d) {
    int32_t start = program->count;
    if (!emit_term(program, whole->first, d)) return false;
    if (d->time % 2 || d->money % 2 || d->mass % 2 || d->length % 2 || d->energy % 2) {
        fault_error(program->compiler->context->faults, whole->first->place, NULL,
                    "there is no square root of %s", named(program, *d));
        return false;
    }
    *d = (struct dimension){(int8_t)(d->time / 2), (int8_t)(d->money / 2), (int8_t)(d->mass / 2),
                            (int8_t)(d->length / 2), (int8_t)(d->energy / 2)};
    return apply(program, whole, whole->code, start, 1);
}

/* exp, ln, floor, ceil and round have no meaning before a unit is chosen. */
static bool emit_function(struct program *program, const struct expression *whole,
                          struct dimension *d) {
    int32_t start = program->count;
    if (!emit_term(program, whole->first, d)) return false;
    if (!dimension_same(*d, plain)) {
        struct arena *arena = program->compiler->context->arena;
        const char *hint =
            is_time(*d) ? arena_text(arena, "divide by a unit: %s(... / 1 h)", whole->name) : NULL;
        fault_error(program->compiler->context->faults, whole->first->place, hint,
                    "%s is of a plain number, this is %s", whole->name, named(program, *d));
        return false;
    }
    return apply(program, whole, whole->code, start, 1);
}

static bool emit_operation(struct program *program, const struct expression *whole,
                           struct dimension *d) {
    int32_t start = program->count;
    switch (whole->code) {
    case FORMULA_ADD: return emit_alike(program, whole, "is added to", d);
    case FORMULA_SUBTRACT: return emit_alike(program, whole, "is lessened by", d);
    case FORMULA_MIN:
    case FORMULA_MAX:
    case FORMULA_CLAMP: return emit_alike(program, whole, "is compared with", d);
    case FORMULA_MULTIPLY:
    case FORMULA_DIVIDE: return emit_product(program, whole, d);
    case FORMULA_POWER: return emit_power(program, whole, d);
    case FORMULA_SQRT: return emit_root(program, whole, d);
    case FORMULA_NEGATE:
    case FORMULA_ABS:
        return emit_term(program, whole->first, d) && apply(program, whole, whole->code, start, 1);
    case FORMULA_NOT:
        *d = plain;
        return emit_condition(program, whole->first) &&
               apply(program, whole, whole->code, start, 1);
    default: break;
    }
    if (is_comparison(whole->code)) return emit_alike(program, whole, "is compared with", d);
    return emit_function(program, whole, d);
}

/* ---- Choices: see sim/formula.c for how the jumps leave the stack ---- */

static int32_t jump(struct program *program, int32_t code) {
    append(program, (struct formula_op){.code = code});
    return program->count - 1;
}

static void pop(struct program *program) {
    append(program, (struct formula_op){.code = FORMULA_POP});
    program->depth--;
}

/* A truth of 1 or 0 from any number, so that `a and b` is one too. */
static bool emit_truth(struct program *program, const struct expression *part) {
    int32_t start = program->count;
    if (!emit_condition(program, part)) return false;
    if (part->kind == EXPRESSION_OPERATION &&
        (is_comparison(part->code) || part->code == FORMULA_NOT))
        return true;
    return push_number(program, part->place, 0) && apply(program, part, FORMULA_UNEQUAL, start, 2);
}

static bool emit_logic(struct program *program, const struct expression *whole,
                       struct dimension *d) {
    *d = plain;
    if (!emit_truth(program, whole->first)) return false;
    int32_t when_false = jump(program, FORMULA_JUMP_IF_FALSE), when_true = -1;
    if (whole->kind == EXPRESSION_OR) {
        when_true = jump(program, FORMULA_JUMP);
        program->ops[when_false].index = program->count;
    }
    pop(program);
    if (!emit_truth(program, whole->last)) return false;
    program->ops[when_true < 0 ? when_false : when_true].index = program->count;
    return true;
}

/* Only the branch that a constant condition takes is kept; the other is looked at for its faults.
 */
static bool emit_known_if(struct program *program, const struct expression *whole, bool truth,
                          struct dimension *yes, struct dimension *no) {
    const struct expression *taken = truth ? whole->first->next : whole->last;
    const struct expression *other = truth ? whole->last : whole->first->next;
    struct program before = *program;
    if (!emit(program, other, truth ? no : yes)) return false;
    *program = before;
    return emit(program, taken, truth ? yes : no);
}

static bool emit_if(struct program *program, const struct expression *whole, struct dimension *d) {
    int32_t start = program->count;
    struct dimension other = plain;
    *d = plain;
    if (!emit_condition(program, whole->first)) return false;
    if (only_numbers(program, start, 1)) {
        bool truth = program->ops[start].number != 0;
        program->count = start;
        program->depth--;
        if (!emit_known_if(program, whole, truth, d, &other)) return false;
    } else {
        int32_t when_false = jump(program, FORMULA_JUMP_IF_FALSE);
        pop(program);
        if (!emit(program, whole->first->next, d)) return false;
        int32_t behind = jump(program, FORMULA_JUMP);
        program->ops[when_false].index = program->count;
        pop(program);
        if (!emit(program, whole->last, &other)) return false;
        program->ops[behind].index = program->count;
    }
    if (dimension_same(*d, other)) return true;
    fault_error(program->compiler->context->faults, whole->mark_place, NULL,
                "one branch is %s, the other %s", named(program, *d), named(program, other));
    return false;
}

static bool emit(struct program *program, const struct expression *part, struct dimension *d) {
    switch (part->kind) {
    case EXPRESSION_NUMBER: return emit_number(program, part, d);
    case EXPRESSION_NAME: return emit_name(program, part, d);
    case EXPRESSION_OPERATION: return emit_operation(program, part, d);
    case EXPRESSION_AND:
    case EXPRESSION_OR: return emit_logic(program, part, d);
    case EXPRESSION_IF: return emit_if(program, part, d);
    case EXPRESSION_SINE: return emit_sine(program, part, d);
    case EXPRESSION_SUM:
    case EXPRESSION_MEAN:
    case EXPRESSION_THEORY: return emit_result(program, part, d);
    case EXPRESSION_LAW: return emit_law(program, part, d);
    }
    CHECK(false);
    return false;
}

bool compile_formula(const struct compiler *compiler, const struct expression *tree,
                     struct formula *out) {
    struct program program = {.compiler = compiler};
    struct dimension dimension = plain;
    if (!emit(&program, tree, &dimension)) return false;
    bool constant = program.variable_count == 0 && program.draw_count == 0;
    *out = (struct formula){
        .text = arena_copy(compiler->context->arena, tree->at, (size_t)(tree->end - tree->at)),
        .dimension = dimension,
        .constant = constant,
        .value = constant ? evaluated(program.ops, program.count) : 0,
        .op_count = program.count,
        .variable_count = program.variable_count,
        .draw_count = program.draw_count,
        .ops = program.ops};
    return !constant || quantity_small(compiler->context, tree->place, out->value, dimension);
}
