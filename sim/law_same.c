/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do two laws, read apart from each other, say the same? */
#include "law_table.h"

#include "formula.h"

#include <string.h>

static bool number_same(double a, double b) {
    return a == b || (a != a && b != b);
}

static bool numbers_same(const double *a, const double *b, int32_t count) {
    if (!a || !b) return a == b;
    for (int32_t i = 0; i < count; i++)
        if (!number_same(a[i], b[i])) return false;
    return true;
}

bool formula_same(const struct formula *a, const struct formula *b) {
    if (!a || !b) return a == b;
    if (a->op_count != b->op_count || strcmp(a->text, b->text) != 0) return false;
    for (int32_t i = 0; i < a->op_count; i++) {
        const struct formula_op *x = &a->ops[i], *y = &b->ops[i];
        if (x->code != y->code || x->what != y->what || x->index != y->index ||
            !number_same(x->number, y->number))
            return false;
    }
    return true; /* the laws of its draws stand in its text */
}

static bool arguments_same(const struct law_arguments *a, const struct law_arguments *b) {
    if (!a || !b) return a == b;
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++)
        if (a->given[i] != b->given[i] || !number_same(a->value[i], b->value[i]) ||
            !formula_same(a->formula[i], b->formula[i]))
            return false;
    return true;
}

static bool tables_same(const struct law_table *a, const struct law_table *b) {
    if (!a || !b) return a == b;
    if (a->count != b->count || a->then != b->then || a->kind != b->kind) return false;
    if (!numbers_same(a->values, b->values, a->count) ||
        !numbers_same(a->shares, b->shares, a->count) ||
        !arguments_same(a->arguments, b->arguments))
        return false;
    if (!a->laws || !b->laws) return a->laws == b->laws;
    for (int32_t i = 0; i < a->count; i++)
        if (!law_same(&a->laws[i], &b->laws[i])) return false;
    return true;
}

bool law_same(const struct law *a, const struct law *b) {
    return a->kind == b->kind && a->per == b->per && a->non_negative == b->non_negative &&
           number_same(a->a, b->a) && number_same(a->b, b->b) && number_same(a->c, b->c) &&
           number_same(a->d, b->d) && tables_same(a->table, b->table) &&
           formula_same(a->formula, b->formula);
}
