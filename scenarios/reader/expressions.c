/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values that may depend on chance or on the state of a run: laws and formulas of fields. */
#include "compile.h"

#include <math.h>

/* Quantities that have no meaning below 0, so that a normal law is drawn again there. */
static bool is_non_negative(enum field_unit unit) {
    switch (unit) {
    case UNIT_COUNT:
    case UNIT_TIME:
    case UNIT_WORK_TIME:
    case UNIT_SHARE:
    case UNIT_RATE:
    case UNIT_SHARE_RATE:
    case UNIT_AMOUNT:
    case UNIT_AMOUNT_RATE:
    case UNIT_EMISSION:
    case UNIT_MASS_ENERGY:
    case UNIT_SPEED:
    case UNIT_MASS:
    case UNIT_LENGTH:
    case UNIT_VOLUME:
    case UNIT_RANGE:
    case UNIT_HOURS_A_DAY: return true;
    default: return false;
    }
}

/* What was written when a unit may have been forgotten: a bare number or a law of bare numbers. */
static const char *without_unit(struct value_context *context, const struct expression *tree) {
    const struct expression *number = tree;
    if (tree->kind == EXPRESSION_OPERATION && tree->code == FORMULA_NEGATE) number = tree->first;
    bool simple = number->kind == EXPRESSION_NUMBER || number->kind == EXPRESSION_LAW;
    if (!simple || number->quantity.has_unit) return NULL;
    return arena_copy(context->arena, tree->at, (size_t)(tree->end - tree->at));
}

static bool fits(struct value_context *context, enum field_unit unit, const struct expression *tree,
                 struct dimension d) {
    const char *written = without_unit(context, tree);
    /* h/d has no dimension: only what is surely bare may be said to lack it. */
    if (unit == UNIT_HOURS_A_DAY && tree->kind != EXPRESSION_NUMBER) written = NULL;
    return quantity_fits(context, unit, d, tree->place, written);
}

bool value_formula(struct value_context *context, const char *text, struct place place,
                   enum field_unit unit, const struct scope *scope, const struct formula **out) {
    struct expression *tree = formula_parse_text(context, text, place);
    if (!tree) return false;
    struct compiler compiler = {context, scope, is_non_negative(unit), NULL};
    struct formula *formula = arena_take(context->arena, sizeof *formula);
    if (!compile_formula(&compiler, tree, formula)) return false;
    if (!fits(context, unit, tree, formula->dimension)) return false;
    *out = formula;
    return true;
}

static bool compile_any(const struct compiler *compiler, const struct expression *tree,
                        struct law *out, struct dimension *d) {
    if (tree->kind == EXPRESSION_LAW) return compile_law(compiler, tree, NULL, out, d);
    struct formula *formula = arena_take(compiler->context->arena, sizeof *formula);
    if (!compile_formula(compiler, tree, formula)) return false;
    *out = law_of_formula(formula);
    *d = formula->dimension;
    return true;
}

bool value_law(struct value_context *context, const char *text, struct place place,
               enum field_unit unit, const struct scope *scope, struct law *out) {
    struct expression *tree = formula_parse_text(context, text, place);
    if (!tree) return false;
    struct compile_per per = {.per = LAW_PER_LOT};
    struct compiler compiler = {context, scope, is_non_negative(unit), &per};
    struct law law;
    struct dimension d;
    if (!compile_any(&compiler, tree, &law, &d) || !fits(context, unit, tree, d)) return false;
    if (unit == UNIT_COUNT && law_constant(&law) &&
        !quantity_whole(context, tree->place, law.a, text_skip_blanks(text)))
        return false;
    if (unit == UNIT_WORK_TIME && per.split) {
        fault_error(context->faults, per.split_place, "split it over the fields time and load",
                    "these times are not all for the same: lot, piece or batch");
        return false;
    }
    law.per = unit == UNIT_WORK_TIME ? (int32_t)per.per : LAW_PER_LOT;
    *out = law;
    return true;
}

bool value_law_times(struct value_context *context, struct law *law, double factor) {
    struct law scaled = *law;
    if (!isfinite(factor)) return false;
    law_scale(context->arena, &scaled, factor);
    if (!law_valid(&scaled)) return false;
    *law = scaled;
    return true;
}

bool value_law_plus(struct value_context *context, struct law *law, double shift) {
    struct law shifted = *law;
    if (!isfinite(shift)) return false;
    law_shift(context->arena, &shifted, shift);
    if (!law_valid(&shifted)) return false;
    *law = shifted;
    return true;
}
