/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a name in a formula means, and what was probably meant by one that means nothing. */
#include "compile.h"

#include <string.h>

static const struct scope_name everywhere[] = {
    {"now", FORMULA_NOW, {.time = 1}, "time since measuring began", NULL},
    {"hour", FORMULA_HOUR, {0}, "of the day", NULL},
    {"weekday", FORMULA_WEEKDAY, {0}, "Monday is 1", NULL},
    {"month", FORMULA_MONTH, {0}, "January is 1", NULL},
};
enum { EVERYWHERE_COUNT = sizeof everywhere / sizeof *everywhere, CANDIDATES_MOST = 100 };

const struct scope scope_everywhere = {"world", EVERYWHERE_COUNT, everywhere, NULL, NULL};

static const struct scope_name *name_in(const struct scope *scope, const char *name) {
    for (; scope; scope = scope->also)
        for (int32_t i = 0; i < scope->count; i++)
            if (strcmp(scope->list[i].name, name) == 0) return &scope->list[i];
    return NULL;
}

const char *compile_stands_for(const struct compiler *compiler, const char *name) {
    const struct scope_name *row = name_in(compiler->scope, name);
    return row ? row->expression : NULL;
}

/* A thing has no dimension: it is passed on, not computed with. */
static bool is_thing(const struct compiler *compiler, const char *name, struct formula_op *op,
                     struct dimension *d) {
    const struct value_context *context = compiler->context;
    for (const struct scope *scope = compiler->scope; scope && context->thing; scope = scope->also)
        if (scope->things &&
            context->thing(context->names, scope->things, name, &op->what, &op->index)) {
            *d = (struct dimension){0};
            return true;
        }
    return false;
}

/* A name without dots that is left to whoever builds the plant. */
static bool is_loose(const struct compiler *compiler, const char *name, struct formula_op *op,
                     struct dimension *d) {
    const struct target *things = compiler->scope ? compiler->scope->things : NULL;
    if (!things || !(things->sections & TARGET_LOOSE) || strchr(name, '.')) return false;
    op->what = FORMULA_LOOSE;
    op->index = world_name_hash(name);
    *d = (struct dimension){0};
    return true;
}

/* The scope of the place wins over what is seen everywhere, and that over drivers and paths. */
bool compile_name(const struct compiler *compiler, const char *name, struct formula_op *op,
                  struct dimension *d) {
    const struct value_context *context = compiler->context;
    const struct scope_name *row = name_in(compiler->scope, name);
    if (!row) row = name_in(&scope_everywhere, name);
    *op = (struct formula_op){.code = FORMULA_VARIABLE};
    if (row) {
        op->what = row->what;
        *d = row->dimension;
        return true;
    }
    if (is_thing(compiler, name, op, d)) return true;
    if (context->lookup && context->lookup(context->names, name, &op->what, &op->index, d))
        return true;
    return is_loose(compiler, name, op, d);
}

static bool is_known(const struct compiler *compiler, const char *name) {
    struct formula_op op;
    struct dimension d;
    struct decimal number;
    const char *end = units_decimal(name, &number);
    return (end && !*end) || compile_name(compiler, name, &op, &d);
}

/* `due-now` is `due - now` when both are known: the commonest slip. */
static const char *hint_of_minus(const struct compiler *compiler, const char *name) {
    struct arena *arena = compiler->context->arena;
    for (const char *minus = strchr(name, '-'); minus; minus = strchr(minus + 1, '-')) {
        const char *left = arena_copy(arena, name, (size_t)(minus - name));
        if (*left && minus[1] && is_known(compiler, left) && is_known(compiler, minus + 1))
            return arena_text(arena, "a minus stands between blanks: %s - %s", left, minus + 1);
    }
    return NULL;
}

static const char *hint_of_nearest(const struct compiler *compiler, const char *name) {
    const char *candidates[CANDIDATES_MOST];
    int32_t count = 0;
    for (; count < EVERYWHERE_COUNT; count++) candidates[count] = everywhere[count].name;
    for (const struct scope *scope = compiler->scope; scope; scope = scope->also)
        for (int32_t i = 0; i < scope->count && count < CANDIDATES_MOST; i++)
            candidates[count++] = scope->list[i].name;
    const char *near = value_nearest(name, candidates, count);
    return near ? arena_text(compiler->context->arena, "did you mean '%s'?", near) : NULL;
}

void compile_fault_name(const struct compiler *compiler, const struct expression *part) {
    const char *hint = hint_of_minus(compiler, part->name);
    if (!hint) hint = hint_of_nearest(compiler, part->name);
    fault_error(compiler->context->faults, part->place, hint, "there is no name '%s'", part->name);
}
