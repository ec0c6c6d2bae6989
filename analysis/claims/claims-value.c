/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an expression of a claim is worth in one replication. */
#include "claims-judging.h"

#include "../comparison.h"
#include "../summary.h"

#include <math.h>
#include <stdlib.h>

int32_t judging_point(const struct judging *judging, const char *name, const char **path) {
    return claim_point(judging->arms, name, judging->at, path);
}

double judging_factor(const struct column *column) {
    return claim_unit_factor(summary_unit_of(column));
}

static double column_value(const struct judging *judging, int32_t point, int32_t column,
                           int32_t replication) {
    const struct point *here = &judging->results->points[point];
    double value = here->blocks[replication][layout_at(here->layout, judging->horizon, column)];
    return value * judging_factor(&here->layout->columns[column]);
}

static const double *spread_values(const struct judging *judging, int32_t point, int32_t column,
                                   enum spread spread) {
    struct judged_spread *known = *judging->spreads;
    for (; known; known = known->next)
        if (known->point == point && known->column == column && known->spread == spread &&
            known->horizon == judging->horizon && known->count == judging->count)
            return known->values;
    const struct column *of = &judging->results->points[point].layout->columns[column];
    known = arena_take(judging->arena, sizeof *known);
    *known = (struct judged_spread){
        .next = *judging->spreads,
        .point = point,
        .column = column,
        .horizon = judging->horizon,
        .count = judging->count,
        .spread = spread,
        .values = arena_take(judging->arena, (size_t)judging->count * sizeof(double))};
    for (int32_t r = 0; r < judging->count; r++)
        known->values[r] = column_value(judging, point, column, r);
    spread_linear(known->values, judging->count, spread, comparison_better(of));
    *judging->spreads = known;
    return known->values;
}

static double name_value(const struct judging *judging, const struct expression *name,
                         int32_t replication) {
    const char *path;
    int32_t point = judging_point(judging, name->name, &path);
    const struct layout *layout = judging->results->points[point].layout;
    int32_t column = layout_find(layout, path);
    if (column >= 0) return column_value(judging, point, column, replication);
    enum spread spread;
    column = spread_column(layout, path, &spread);
    return column < 0 ? NAN : spread_values(judging, point, column, spread)[replication];
}

/* Sum, mean, min or max of all that a path with `*` names. */
struct fold {
    double sum, min, max;
    int32_t count;
};

static struct fold fold_pattern(const struct judging *judging, const struct expression *name,
                                int32_t replication) {
    const char *pattern;
    int32_t point = judging_point(judging, name->name, &pattern);
    const struct layout *layout = judging->results->points[point].layout;
    struct fold fold = {.min = NAN, .max = NAN};
    for (int32_t i = 0; i < layout->column_count; i++) {
        if (!summary_matches(pattern, layout->columns[i].path)) continue;
        double value = column_value(judging, point, i, replication);
        fold.sum += value;
        fold.min = fmin(fold.min, value);
        fold.max = fmax(fold.max, value);
        fold.count++;
    }
    if (isnan(fold.sum) || fold.count == 0) return (struct fold){NAN, NAN, NAN, 0};
    return fold;
}

const struct theory_value *judging_theory(const struct judging *judging,
                                          const struct expression *expression) {
    const char *path;
    const struct theory_model *model;
    int32_t point = judging_point(judging, expression->first->name, &path);
    const struct theory *theory = judging->results->points[point].theory;
    return theory ? theory_find(theory, path, &model) : NULL;
}

static double apply(int32_t code, double a, double b) {
    switch (code) {
    case FORMULA_ADD: return a + b;
    case FORMULA_SUBTRACT: return a - b;
    case FORMULA_MULTIPLY: return a * b;
    case FORMULA_DIVIDE: return b == 0 ? NAN : a / b;
    case FORMULA_POWER: return pow(a, b);
    case FORMULA_MIN: return a < b ? a : b;
    case FORMULA_MAX: return a > b ? a : b;
    default: return NAN;
    }
}

static double operation_value(const struct judging *judging, const struct expression *operation,
                              int32_t replication) {
    const struct expression *first = operation->first;
    bool extreme = operation->code == FORMULA_MIN || operation->code == FORMULA_MAX;
    if (extreme && operation->count == 1 && first->kind == EXPRESSION_NAME) {
        struct fold fold = fold_pattern(judging, first, replication);
        return operation->code == FORMULA_MIN ? fold.min : fold.max;
    }
    double value = judging_value(judging, first, replication);
    if (operation->code == FORMULA_NEGATE) return -value;
    if (operation->code == FORMULA_ABS) return fabs(value);
    for (const struct expression *part = first->next; part; part = part->next) {
        double other = judging_value(judging, part, replication);
        value = isnan(value) || isnan(other) ? NAN : apply(operation->code, value, other);
    }
    return value;
}

double judging_value(const struct judging *judging, const struct expression *expression,
                     int32_t replication) {
    if (expression->kind == EXPRESSION_NUMBER) return quantity_value(&expression->quantity);
    if (expression->kind == EXPRESSION_NAME) return name_value(judging, expression, replication);
    if (expression->kind == EXPRESSION_OPERATION)
        return operation_value(judging, expression, replication);
    if (expression->kind == EXPRESSION_THEORY) {
        const struct theory_value *theory = judging_theory(judging, expression);
        return theory ? theory->value * claim_unit_factor(theory->unit) : NAN;
    }
    CHECK(expression->kind == EXPRESSION_SUM || expression->kind == EXPRESSION_MEAN);
    struct fold fold = fold_pattern(judging, expression->first, replication);
    return expression->kind == EXPRESSION_SUM ? fold.sum : fold.sum / fold.count;
}
