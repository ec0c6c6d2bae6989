/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lookup.h"

#include "rows.h"
#include "scalar.h"
#include "tree.h"

#include <string.h>

struct known_name {
    const char *name;
    const struct node *driver; /* NULL for a parameter */
    enum { NAME_NEW, NAME_IN_WORK, NAME_GOOD, NAME_BAD } state;
    int32_t what, index;
    struct dimension dimension;
};

/* ---- Paths ---- */

static const struct rows *rows_inside(const struct field *field, const struct node *node) {
    if (field->shape == SHAPE_BLOCK || field->shape == SHAPE_OPTION) return field->more;
    if (field->shape != SHAPE_VARIANT || !node || node->kind != NODE_MAP) return NULL;
    const struct variants *variants = field->more;
    const struct node *word = node_child(node, variants->key);
    int32_t kind = word && word->text ? rows_kind(variants, word->text) : -1;
    return kind < 0 ? NULL : variants->rows[kind];
}

const struct field *lookup_path(const struct node *root, const struct rows *rows, const char *path,
                                const struct node **node) {
    char key[256];
    const struct field *field = NULL;
    *node = root;
    for (const char *at = path; rows;) {
        size_t length = strcspn(at, ".");
        if (length == 0 || length >= sizeof key) return NULL;
        memcpy(key, at, length);
        key[length] = 0;
        bool last = !at[length];
        at += length + !last;
        if (field && field->shape == SHAPE_MAP) {
            const struct node *thing = *node ? node_child(*node, key) : NULL;
            if (!thing || last) return NULL;
            *node = thing;
            field = NULL;
            continue;
        }
        *node = *node && (*node)->kind == NODE_MAP ? node_child(*node, key) : NULL;
        field = rows_of_node(rows, key, *node);
        if (!field) return NULL;
        if (last) return field;
        rows = field->shape == SHAPE_MAP ? field->more : rows_inside(field, *node);
    }
    return NULL;
}

/* ---- Drivers ---- */

/* A driver measures what its value measures; one without a value (a random level) is a plain
 * number. */
static bool define_driver(struct lookup *lookup, struct known_name *driver) {
    const struct node *block = driver->driver;
    const struct node *value = block->kind == NODE_MAP ? node_child(block, "value") : NULL;
    const struct formula *formula;
    if (!value || !value->text) return true;
    if (!value_formula(&lookup->reader->value, value->text, value->place, UNIT_ANY, NULL, &formula))
        return false;
    driver->dimension = formula->dimension;
    return true;
}

/* ---- Parameters ---- */

/* Reads the parameter as the fill would, default and adjusts included. */
static bool parameter_value(struct lookup *lookup, const char *path, struct quantity *out) {
    union {
        int32_t count;
        double number;
        tick ticks;
        int64_t micro;
        struct amount amount;
        struct quantity quantity;
        struct law law;
        struct expr expr;
    } member = {.law = {.kind = 0}};
    const struct node *node;
    const struct field *field = lookup_path(lookup->root, lookup->rows, path, &node);
    if (!field || field->shape < SHAPE_COUNT || field->shape > SHAPE_EXPR ||
        field->shape == SHAPE_TEXT)
        return false;
    struct node fallback = {.kind = NODE_TEXT, .text = field->fallback, .place = {.source = -1}};
    if (!node && (!field->fallback || strcmp(field->fallback, "none") == 0)) return false;
    if (node && (node->kind != NODE_TEXT || !node->text)) return false;
    bool good = (!node && scalar_set_zero(field, &member)) ||
                scalar_read(lookup->reader, node ? node : &fallback, field, &member);
    return good && scalar_number(field, &member, out);
}

/* A reader may know the numbers of some from readings before. */
static int32_t add_parameter(struct reader *reader, struct parameter_value parameter) {
    for (int32_t i = 0; i < reader->parameter_count; i++)
        if (strcmp(reader->parameters[i].path, parameter.path) == 0) {
            reader->parameters[i] = parameter;
            return i;
        }
    if (reader->parameter_count == reader->parameter_capacity) {
        struct parameter_value *old = reader->parameters;
        reader->parameter_capacity = old ? 2 * reader->parameter_capacity : 16;
        reader->parameters =
            arena_take(reader->arena, (size_t)reader->parameter_capacity * sizeof *old);
        if (old) memcpy(reader->parameters, old, (size_t)reader->parameter_count * sizeof *old);
    }
    reader->parameters[reader->parameter_count] = parameter;
    return reader->parameter_count++;
}

static bool define_parameter(struct lookup *lookup, struct known_name *name) {
    struct quantity value;
    if (!parameter_value(lookup, name->name, &value)) return false;
    name->dimension = value.dimension;
    name->index =
        add_parameter(lookup->reader, (struct parameter_value){.path = name->name,
                                                               .value = value.value,
                                                               .dimension = value.dimension});
    return true;
}

/* ---- The callback of the formulas ---- */

static void define(struct lookup *lookup, struct known_name *name) {
    if (name->state == NAME_IN_WORK || lookup->depth == LOOKUP_DEPTH_MOST) {
        const struct node *node = name->driver;
        if (!node) lookup_path(lookup->root, lookup->rows, name->name, &node);
        fault_error(lookup->reader->faults, tree_place(node ? node : lookup->root), NULL,
                    name->state == NAME_IN_WORK ? "'%s' is defined by itself"
                                                : "'%s' is defined by too many other names in turn",
                    name->name);
        name->state = NAME_BAD;
    }
    if (name->state != NAME_NEW) return;
    name->state = NAME_IN_WORK;
    lookup->depth++;
    bool good = name->driver ? define_driver(lookup, name) : define_parameter(lookup, name);
    lookup->depth--;
    name->state = good && name->state == NAME_IN_WORK ? NAME_GOOD : NAME_BAD;
}

static struct known_name *add_name(struct lookup *lookup, const char *text,
                                   const struct node *driver) {
    struct arena *arena = lookup->reader->arena;
    struct known_name *name = arena_take(arena, sizeof *name);
    *name = (struct known_name){.name = arena_copy(arena, text, strlen(text)),
                                .driver = driver,
                                .what = driver ? lookup->reader->driver_what
                                               : lookup->reader->parameter_what};
    name_table_add(&lookup->names, NULL, name->name, name);
    return name;
}

static bool find_name(void *names, const char *text, int32_t *what, int32_t *index,
                      struct dimension *dimension) {
    struct lookup *lookup = names;
    struct reader *reader = lookup->reader;
    struct known_name *name = name_table_find(&lookup->names, NULL, text);
    if (!name && strchr(text, '.')) name = add_name(lookup, text, NULL);
    if (name) define(lookup, name);
    if (name && name->state == NAME_GOOD) {
        *what = name->what;
        *index = name->index;
        *dimension = name->dimension;
        return true;
    }
    return reader->results_at && reader->beyond &&
           reader->beyond(reader->beyond_data, text, *reader->results_at, what, index, dimension);
}

static bool find_thing(void *names, const struct target *target, const char *text, int32_t *what,
                       int32_t *index) {
    const struct lookup *lookup = names;
    const struct reader *reader = lookup->reader;
    int32_t word = rows_word(&target->words, text);
    const char *tail = NULL;
    if (word < 0) word = rows_word_led(target, text, &tail);
    *what = reader->thing_what + 1 + word;
    *index = tail ? -1 - world_name_hash(tail) : 0;
    if (word >= 0) return true;
    for (int32_t i = 0; i < reader->section_count; i++) {
        const struct node *section =
            target->sections >> i & 1 ? node_child(lookup->root, reader->section_keys[i]) : NULL;
        if (!section || section->kind != NODE_MAP) continue;
        *what = reader->thing_what - i;
        *index = 0;
        for (const struct node *node = section->first; node; node = node->next, ++*index)
            if (strcmp(node->key, text) == 0) return true;
    }
    return false;
}

static void find_drivers(struct lookup *lookup) {
    const struct node *drivers = node_child(lookup->root, "drivers");
    int32_t index = 0;
    if (!drivers || drivers->kind != NODE_MAP) return;
    for (const struct node *node = drivers->first; node; node = node->next)
        add_name(lookup, node->key, node)->index = index++;
}

void lookup_init(struct lookup *lookup, struct reader *reader, const struct node *root,
                 const struct rows *rows) {
    *lookup = (struct lookup){.reader = reader, .root = root, .rows = rows};
    reader->value.lookup = find_name;
    reader->value.thing = find_thing;
    reader->value.names = lookup;
    find_drivers(lookup);
    const struct node *start;
    bool has_time;
    const struct field *field = lookup_path(root, rows, "run.start", &start);
    if (field && start && start->text)
        reader->value.start_given = value_date(&reader->value, start->text, start->place,
                                               &reader->value.start_second, &has_time);
}

void lookup_clear(struct lookup *lookup) {
    name_table_clear(&lookup->names);
    lookup->reader->value.lookup = NULL;
    lookup->reader->value.thing = NULL;
    lookup->reader->value.names = NULL;
}
