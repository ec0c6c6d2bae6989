/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims before the run: does every path name a result, and do the units of both sides fit? */
#include "claims.h"

#include "../spread.h"
#include "../summary.h"
#include "../theory/theory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    struct faults *faults;
    const struct claims_arm *arms;
    const char **names; /* of the arms */
    int32_t arm_count;
    const struct claim *claim;
    struct arena arena; /* words of messages */
};

static bool number_is(const struct expression *expression, double value) {
    return expression->kind == EXPRESSION_NUMBER && quantity_value(&expression->quantity) == value;
}

/* ---- Paths ---- */

static void unknown_path(struct checking *checking, const struct layout *layout, struct place place,
                         const char *path) {
    const char *nearest = summary_nearest(layout, path);
    const char *hint = nearest ? arena_text(&checking->arena, "did you mean '%s'?", nearest) : NULL;
    fault_error(checking->faults, place, hint, "there is no result '%s'", path);
}

static const struct layout *split(struct checking *checking, const struct expression *name,
                                  const char **path) {
    int32_t arm = claim_path_arm(name->name, checking->names, checking->arm_count, path);
    return checking->arms[arm].layout;
}

/* A path with `*`, inside sum(), mean(), min() or max(). What one KPI gives has one dimension. */
static bool check_pattern(struct checking *checking, const struct expression *name,
                          struct dimension *dimension) {
    const char *pattern;
    const struct layout *layout = split(checking, name, &pattern);
    for (int32_t i = 0; i < layout->column_count; i++) {
        if (!summary_matches(pattern, layout->columns[i].path)) continue;
        *dimension = claim_unit_dimension(summary_unit_of(&layout->columns[i]));
        return true;
    }
    unknown_path(checking, layout, name->place, pattern);
    return false;
}

static bool check_name(struct checking *checking, const struct expression *name,
                       struct dimension *dimension) {
    if (strchr(name->name, '*')) {
        fault_error(checking->faults, name->place, "sum(PATH), mean(PATH), min(PATH), max(PATH)",
                    "a path with '*' names several results");
        return false;
    }
    const char *path;
    const struct layout *layout = split(checking, name, &path);
    int32_t column = layout_find(layout, path);
    enum spread spread;
    if (column < 0) column = spread_column(layout, path, &spread);
    if (column < 0)
        unknown_path(checking, layout, name->place, path);
    else
        *dimension = claim_unit_dimension(summary_unit_of(&layout->columns[column]));
    return column >= 0;
}

/* theory(PATH): a formula must give it, and only an exact one may be equal to something. */
static bool check_theory(struct checking *checking, const struct expression *theory,
                         struct dimension *dimension) {
    const struct expression *name = theory->first;
    if (theory->count != 1 || name->kind != EXPRESSION_NAME) {
        fault_error(checking->faults, theory->place, "theory(system.cycle-time)",
                    "one path is wanted here");
        return false;
    }
    if (!check_name(checking, name, dimension)) return false;
    const char *path;
    int32_t arm = claim_path_arm(name->name, checking->names, checking->arm_count, &path);
    const struct theory *known = checking->arms[arm].theory;
    const struct theory_model *model = NULL;
    const struct theory_value *value = known ? theory_find(known, path, &model) : NULL;
    if (!value) {
        fault_error(checking->faults, name->place, "takt theory says which formulas hold, and why",
                    "no formula gives '%s' here", path);
        return false;
    }
    if (value->kind != THEORY_APPROXIMATE || checking->claim->kind != CLAIM_EQUAL ||
        checking->claim->within > 0)
        return true;
    fault_error(checking->faults, name->place, "say how near it must be: within 10 %",
                "the formula for '%s' is approximate here: %s", path,
                model->why ? model->why : model->name);
    return false;
}

/* ---- Units ---- */

static bool check_expression(struct checking *, const struct expression *, struct dimension *);

/* Two parts that are added or compared. Zero fits everything. */
static bool check_same(struct checking *checking, const struct expression *a, struct dimension left,
                       const struct expression *b, struct dimension right) {
    if (dimension_same(left, right) || number_is(a, 0) || number_is(b, 0)) return true;
    struct arena *arena = &checking->arena;
    bool bare = b->kind == EXPRESSION_NUMBER && !b->quantity.has_unit;
    bool amount = right.mass || right.length || right.energy;
    const char *hint = bare     ? "write the unit behind the number"
                       : amount ? "amounts are in the item's own unit: write the number alone"
                                : NULL;
    fault_error(checking->faults, b->place, hint, "this is %s, but %.*s is %s",
                units_dimension_name(arena, right), (int)(a->end - a->at), a->at,
                units_dimension_name(arena, left));
    return false;
}

/* A whole power of a quantity, any power of a plain number. */
static bool check_power(struct checking *checking, const struct expression *base,
                        const struct expression *power, struct dimension *dimension) {
    struct dimension one = *dimension, of_power;
    if (!check_expression(checking, power, &of_power)) return false;
    bool plain = dimension_same(one, (struct dimension){0});
    if (dimension_same(of_power, (struct dimension){0}) && plain) return true;
    double times = power->kind == EXPRESSION_NUMBER ? quantity_value(&power->quantity) : NAN;
    bool fine = times == 1;
    if (times == 2 || times == 3) {
        fine = true;
        for (int i = 1; i < (int)times; i++) fine = units_combine(dimension, one, 1) && fine;
    }
    if (!fine)
        fault_error(checking->faults, power->place, NULL,
                    "%.*s has a unit, so only its powers 2 and 3 have a meaning",
                    (int)(base->end - base->at), base->at);
    return fine;
}

static bool check_operation(struct checking *checking, const struct expression *operation,
                            struct dimension *dimension) {
    const struct expression *first = operation->first;
    bool several = operation->code == FORMULA_MIN || operation->code == FORMULA_MAX;
    if (several && operation->count == 1 && first->kind == EXPRESSION_NAME)
        return check_pattern(checking, first, dimension);
    if (!check_expression(checking, first, dimension)) return false;
    if (operation->code == FORMULA_POWER)
        return check_power(checking, first, first->next, dimension);
    for (const struct expression *part = first->next; part; part = part->next) {
        struct dimension other;
        if (!check_expression(checking, part, &other)) return false;
        bool multiplies = operation->code == FORMULA_MULTIPLY || operation->code == FORMULA_DIVIDE;
        if (multiplies &&
            !units_combine(dimension, other, operation->code == FORMULA_MULTIPLY ? 1 : -1))
            return false;
        if (!multiplies && !check_same(checking, first, *dimension, part, other)) return false;
        if (!multiplies && number_is(first, 0)) *dimension = other;
    }
    return true;
}

static bool is_arithmetic(int32_t code) {
    return code == FORMULA_NEGATE || code == FORMULA_ADD || code == FORMULA_SUBTRACT ||
           code == FORMULA_MULTIPLY || code == FORMULA_DIVIDE || code == FORMULA_POWER ||
           code == FORMULA_ABS || code == FORMULA_MIN || code == FORMULA_MAX;
}

static bool check_expression(struct checking *checking, const struct expression *expression,
                             struct dimension *dimension) {
    *dimension = (struct dimension){0};
    switch (expression->kind) {
    case EXPRESSION_NUMBER: *dimension = expression->quantity.unit.dimension; return true;
    case EXPRESSION_NAME: return check_name(checking, expression, dimension);
    case EXPRESSION_SUM:
    case EXPRESSION_MEAN:
        if (expression->count == 1 && expression->first->kind == EXPRESSION_NAME)
            return check_pattern(checking, expression->first, dimension);
        fault_error(checking->faults, expression->place, "sum(items.*.cycle-time)",
                    "one path with '*' is wanted here");
        return false;
    case EXPRESSION_OPERATION:
        if (is_arithmetic(expression->code))
            return check_operation(checking, expression, dimension);
        break;
    case EXPRESSION_THEORY: return check_theory(checking, expression, dimension);
    default: break;
    }
    fault_error(checking->faults,
                expression->mark_place.line ? expression->mark_place : expression->place,
                "+ - * / ^ sum mean min max", "this has no meaning in a claim");
    return false;
}

/* ---- A whole claim ---- */

static void check_horizon(struct checking *checking) {
    const struct layout *layout = checking->arms[0].layout;
    for (int32_t i = 0; i < layout->horizon_count; i++)
        if (layout->horizons[i] == checking->claim->at) return;
    fault_error(checking->faults, checking->claim->at_place, "name it in run.horizons",
                "results are not asked for at this horizon");
}

static void check_trace(struct checking *checking) {
    const char *path;
    const struct layout *layout = split(checking, checking->claim->left, &path);
    for (int32_t i = 0; i < layout->sequence_count; i++)
        if (strcmp(layout->sequences[i].path, path) == 0) return;
    if (layout_find(layout, path) >= 0)
        fault_error(checking->faults, checking->claim->left->place, NULL,
                    "'%s' is not seen per review or period", path);
    else
        unknown_path(checking, layout, checking->claim->left->place, path);
}

static void check_sides(struct checking *checking) {
    const struct claim *claim = checking->claim;
    struct dimension left, right, error;
    bool left_fine = check_expression(checking, claim->left, &left);
    bool right_fine = check_expression(checking, claim->right, &right);
    if (!left_fine || !right_fine) return;
    if (!check_same(checking, claim->left, left, claim->right, right) || !claim->error) return;
    if (check_expression(checking, claim->error, &error))
        check_same(checking, claim->left, left, claim->error, error);
}

void claims_check(const struct claims *claims, struct faults *faults, const struct claims_arm *arms,
                  int32_t arm_count) {
    struct checking checking = {.faults = faults, .arms = arms, .arm_count = arm_count};
    checking.names = memory_zeroed((size_t)arm_count, sizeof *checking.names);
    for (int32_t i = 0; i < arm_count; i++) checking.names[i] = arms[i].name;
    for (int32_t i = 0; i < claims->count; i++) {
        checking.claim = &claims->list[i];
        if (checking.claim->kind == CLAIM_FAULTY) continue;
        struct dimension ignored;
        if (checking.claim->kind == CLAIM_SAME_AS)
            check_trace(&checking);
        else if (checking.claim->kind == CLAIM_CROSSOVER)
            (void)(check_name(&checking, checking.claim->left, &ignored) &&
                   check_name(&checking, checking.claim->right, &ignored));
        else
            check_sides(&checking);
        if (checking.claim->at_given) check_horizon(&checking);
    }
    free(checking.names);
    arena_clear(&checking.arena);
}

/* ---- Places of a sweep ---- */

static int32_t swept(const struct sweep_points *points, const char *path) {
    for (int32_t f = 0; f < points->factor_count; f++)
        if (strcmp(points->factors[f]->path, path) == 0) return f;
    return -1;
}

static void not_swept(struct checking *checking, struct place place, const char *path) {
    fault_error(checking->faults, place,
                arena_text(&checking->arena, "sweep: {over: {%s: [...]}}", path),
                "'%s' is not swept", path);
}

static void check_value(struct checking *checking, const struct sweep_points *points,
                        const struct claim_at *at) {
    int32_t f = swept(points, at->path);
    const char *all = "";
    if (f < 0) {
        not_swept(checking, at->place, at->path);
        return;
    }
    for (int32_t p = 0; p < points->count; p++) {
        const struct node *node = sweep_value(points, p, f);
        if (!node) continue;
        const char *text = sweep_text(&checking->arena, node);
        if (claim_same_value(text, at->value)) return;
        if (strlen(all) < 100 && !strstr(all, text))
            all = arena_text(&checking->arena, "%s%s%s", all, *all ? ", " : "", text);
    }
    fault_error(checking->faults, at->place, all, "the sweep has no '%s' of %s", at->path,
                at->value);
}

static void check_along(struct checking *checking, const struct sweep_points *points) {
    const struct claim *claim = checking->claim;
    int32_t f = swept(points, claim->along), count = 0;
    if (f < 0) {
        not_swept(checking, claim->along_place, claim->along);
        return;
    }
    for (int32_t p = 0; p < points->count; p++) {
        const struct node *node = sweep_value(points, p, f);
        int32_t before = 0;
        while (before < p && sweep_value(points, before, f) != node) before++;
        count += node && before == p;
    }
    if (claim->value_count && claim->value_count != count)
        fault_error(checking->faults, claim->along_place, NULL,
                    "the sweep has %d values of '%s', and the claim has %d", count, claim->along,
                    claim->value_count);
}

void claims_check_sweep(const struct claims *claims, struct faults *faults,
                        const struct sweep_points *points) {
    struct checking checking = {.faults = faults};
    for (int32_t i = 0; i < claims->count; i++) {
        checking.claim = &claims->list[i];
        if (checking.claim->kind == CLAIM_FAULTY) continue;
        for (int32_t place = 0; place < checking.claim->place_count; place++)
            check_value(&checking, points, &checking.claim->places[place]);
        if (checking.claim->along) check_along(&checking, points);
    }
    arena_clear(&checking.arena);
}
