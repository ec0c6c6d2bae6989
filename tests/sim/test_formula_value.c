/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas from hand-made ops: arithmetic, choice, names, chance; and laws whose arguments are
 * formulas. */
#include <criterion/criterion.h>

#include "../../sim/draw.h"
#include "../../sim/formula.h"

#include <math.h>

#define NUMBER(x)                                                                                  \
    { .code = FORMULA_NUMBER, .number = (x) }
#define NAME(what_, index_)                                                                        \
    { .code = FORMULA_VARIABLE, .what = (what_), .index = (index_) }
#define DRAW(law_)                                                                                 \
    { .code = FORMULA_DRAW, .law = (law_) }
#define TO(code_, index_)                                                                          \
    { .code = FORMULA_##code_, .index = (index_) }
#define DO(code_)                                                                                  \
    { .code = FORMULA_##code_ }
#define FORMULA(ops_)                                                                              \
    { .ops = (ops_), .op_count = sizeof(ops_) / sizeof *(ops_) }

static double value_of(const struct formula_op *ops, int32_t count, const struct formula_env *env) {
    struct formula formula = {.ops = ops, .op_count = count};
    return formula_value(&formula, env);
}
#define VALUE(ops_, env_) value_of(ops_, (int32_t)(sizeof(ops_) / sizeof *(ops_)), env_)

/* Names mean: 10 what + index, times what the context says. */
static double read_name(const void *context, int32_t what, int32_t index) {
    return *(const double *)context * (10 * what + index);
}

Test(formula, every_operator_and_function_gives_its_value) {
    const struct {
        int32_t count; /* of arguments */
        enum formula_code code;
        double x[3], value;
    } rows[] = {
        {1, FORMULA_NEGATE, {3}, -3},
        {2, FORMULA_ADD, {3, 4}, 7},
        {2, FORMULA_SUBTRACT, {3, 4}, -1},
        {2, FORMULA_MULTIPLY, {3, 4}, 12},
        {2, FORMULA_DIVIDE, {3, 4}, 0.75},
        {2, FORMULA_POWER, {3, 4}, 81},
        {2, FORMULA_LESS, {3, 3}, 0},
        {2, FORMULA_LESS, {2, 3}, 1},
        {2, FORMULA_LESS_EQUAL, {3, 3}, 1},
        {2, FORMULA_LESS_EQUAL, {4, 3}, 0},
        {2, FORMULA_EQUAL, {3, 3}, 1},
        {2, FORMULA_EQUAL, {3, 4}, 0},
        {2, FORMULA_UNEQUAL, {3, 3}, 0},
        {2, FORMULA_UNEQUAL, {3, 4}, 1},
        {2, FORMULA_GREATER_EQUAL, {3, 3}, 1},
        {2, FORMULA_GREATER_EQUAL, {2, 3}, 0},
        {2, FORMULA_GREATER, {3, 3}, 0},
        {2, FORMULA_GREATER, {4, 3}, 1},
        {1, FORMULA_NOT, {0}, 1},
        {1, FORMULA_NOT, {0.5}, 0},
        {1, FORMULA_ABS, {-2.5}, 2.5},
        {1, FORMULA_SQRT, {6.25}, 2.5},
        {1, FORMULA_EXP, {0}, 1},
        {1, FORMULA_LN, {1}, 0},
        {1, FORMULA_FLOOR, {-2.5}, -3},
        {1, FORMULA_CEIL, {-2.5}, -2},
        {1, FORMULA_ROUND, {2.5}, 3},
        {1, FORMULA_SIN, {0}, 0},
        {2, FORMULA_MIN, {3, 4}, 3},
        {2, FORMULA_MAX, {3, 4}, 4},
        {3, FORMULA_CLAMP, {5, 1, 3}, 3},
        {3, FORMULA_CLAMP, {0, 1, 3}, 1},
        {3, FORMULA_CLAMP, {2, 1, 3}, 2},
    };
    bool seen[FORMULA_POP + 1] = {
        [FORMULA_NUMBER] = true, [FORMULA_VARIABLE] = true,      [FORMULA_DRAW] = true,
        [FORMULA_JUMP] = true,   [FORMULA_JUMP_IF_FALSE] = true, [FORMULA_POP] = true};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct formula_op ops[4];
        for (int32_t k = 0; k < rows[i].count; k++)
            ops[k] = (struct formula_op)NUMBER(rows[i].x[k]);
        ops[rows[i].count] = (struct formula_op){.code = (int32_t)rows[i].code};
        cr_expect_eq(value_of(ops, rows[i].count + 1, NULL), rows[i].value, "row %zu", i);
        seen[rows[i].code] = true;
    }
    for (int32_t code = 0; code <= FORMULA_POP; code++) cr_expect(seen[code], "op %d", code);
}

Test(formula, names_are_read_where_they_are_asked) {
    const double factor = 2;
    const struct formula_env env = {.read = read_name, .context = &factor};
    const struct formula_op ops[] = {NAME(1, 2), NAME(3, 4), DO(SUBTRACT)};
    cr_expect_eq(VALUE(ops, &env), 2 * (12 - 34));
    cr_expect(isnan(VALUE(ops, NULL)));
}

Test(formula, a_constant_formula_runs_no_op) {
    const struct formula formula = {.constant = true, .value = 42};
    cr_expect_eq(formula_value(&formula, NULL), 42);
}

Test(formula, and_or_and_if_evaluate_only_what_is_chosen) {
    const double factor = 1;
    struct draw draw = {0};
    const struct formula_env env = {.read = read_name, .context = &factor, .draw = &draw};
    const struct law law = {.kind = LAW_UNIFORM, .a = 1, .b = 2};
    for (double a = 0; a <= 1; a++) {
        const struct formula_op either[] = {NUMBER(a), TO(JUMP_IF_FALSE, 3), TO(JUMP, 5), DO(POP),
                                            DRAW(&law)};
        const struct formula_op both[] = {NUMBER(a), TO(JUMP_IF_FALSE, 4), DO(POP), DRAW(&law)};
        const struct formula_op choice[] = {
            NUMBER(a), TO(JUMP_IF_FALSE, 5), DO(POP), NAME(1, 1), TO(JUMP, 7), DO(POP), DRAW(&law)};
        draw = draw_at(stream_named(1, "formula"), 0, 0, 0, 0);
        cr_expect_eq(VALUE(either, &env) == 1, a == 1);
        cr_expect_eq(draw.used, a == 0);
        cr_expect_eq(VALUE(both, &env) == 0, a == 0);
        cr_expect_eq(draw.used, 1);
        cr_expect_eq(VALUE(choice, &env) == 11, a == 1);
        cr_expect_eq(draw.used, a == 0 ? 2 : 1);
    }
}

Test(formula, laws_in_it_draw_one_after_the_other) {
    const struct law uniform = {.kind = LAW_UNIFORM, .a = 0, .b = 1};
    const struct formula_op ops[] = {DRAW(&uniform), DRAW(&uniform), DO(SUBTRACT)};
    struct draw draw = draw_at(stream_named(1, "formula"), 0, 0, 0, 0), same = draw;
    const struct formula_env env = {.draw = &draw};
    double first = draw_uniform(&same), second = draw_uniform(&same);
    cr_expect_eq(VALUE(ops, &env), first - second);
}

/* 2 * normal(5, 1) + 3 */
static const struct law BELL = {.kind = LAW_NORMAL, .a = 5, .b = 1};
static const struct formula_op TWICE[] = {NUMBER(2), DRAW(&BELL), DO(MULTIPLY), NUMBER(3), DO(ADD)};

Test(formula, without_a_draw_every_law_stands_at_its_mean) {
    cr_expect_float_eq(VALUE(TWICE, NULL), 13, 1e-12);
    struct formula formula = FORMULA(TWICE);
    struct law law = law_of_formula(&formula);
    cr_expect_float_eq(law_mean(&law), 13, 1e-12);
    cr_expect(isnan(law_variance(&law)));
    cr_expect(isnan(law_cdf(&law, 1)));
    cr_expect(law_needs_env(&law));
}

Test(formula, a_law_that_is_a_formula_draws_from_the_draw_of_the_law) {
    struct formula formula = FORMULA(TWICE);
    struct law law = law_of_formula(&formula);
    double sum = 0;
    for (uint64_t i = 0; i < 10000; i++) {
        struct draw draw = draw_at(stream_named(1, "formula"), i, 0, 0, 0), same = draw;
        double value = law_value(&law, &draw, NULL);
        cr_expect_eq(value, 2 * law_value(&BELL, &same, NULL) + 3);
        sum += value;
    }
    cr_expect_float_eq(sum / 10000, 13, 4 * 2 / sqrt(10000));
}

/* poisson(60 * growth) */
Test(law, arguments_that_are_expressions_are_computed_at_each_draw) {
    const struct formula_op ops[] = {NUMBER(60), NAME(0, 1), DO(MULTIPLY)};
    const struct formula formula = FORMULA(ops);
    struct law_arguments arguments = {.formula[LAW_ARGUMENT_MEAN] = &formula,
                                      .given[LAW_ARGUMENT_MEAN] = true};
    struct arena arena;
    arena_init(&arena);
    struct law law;
    cr_assert(!law_make(&arena, &law, LAW_POISSON, &arguments));
    for (double growth = 0; growth < 2; growth += 0.5) {
        const struct formula_env env = {.read = read_name, .context = &growth};
        struct law_arguments plain = {.value[LAW_ARGUMENT_MEAN] = 60 * growth,
                                      .given[LAW_ARGUMENT_MEAN] = true};
        struct law same;
        cr_assert(!law_make(&arena, &same, LAW_POISSON, &plain));
        struct draw draw = draw_at(stream_named(1, "growth"), 1, 0, 0, 0), again = draw;
        cr_expect_eq(law_value(&law, &draw, &env), law_value(&same, &again, NULL));
        cr_expect_eq(law_expected(&law, &env), 60 * growth);
    }
    const double shrinking = -1;
    const struct formula_env env = {.read = read_name, .context = &shrinking};
    struct draw draw = draw_at(stream_named(1, "growth"), 1, 0, 0, 0);
    cr_expect(isnan(law_value(&law, &draw, &env)), "a negative mean has no value");
    cr_expect(isnan(law_mean(&law)));
    arena_clear(&arena);
}
