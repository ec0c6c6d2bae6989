/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "refer.h"

#include "name_table.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>

/* A section: its things, and what one of them is called. */
struct section {
    const struct map *map;
    const struct rows *rows;
    bool entered; /* in names */
};

struct refer {
    struct reader *reader;
    struct section *sections;
    struct name_table names; /* (section, name) -> struct thing */
};

static void refer_block(struct refer *, const struct rows *, char *block);

void refer_spec(struct reader *reader, const struct rows *rows, void *spec) {
    struct refer refer = {.reader = reader};
    if (reader->section_count)
        refer.sections =
            arena_take(reader->arena, (size_t)reader->section_count * sizeof *refer.sections);
    for (int32_t i = 0; i < reader->section_count; i++) {
        size_t offset;
        const struct field *field = rows_find_at(rows, reader->section_keys[i], &offset);
        if (field && field->shape == SHAPE_MAP)
            refer.sections[i] =
                (struct section){.map = (const void *)((char *)spec + offset), .rows = field->more};
    }
    refer_block(&refer, rows, spec);
    name_table_clear(&refer.names);
}

/* ---- Finding a name ---- */

static struct thing *thing_at(const struct section *section, int32_t index) {
    return (void *)((char *)section->map->things + (size_t)index * section->rows->size);
}

static void enter(struct refer *refer, struct section *section) {
    if (section->entered) return;
    section->entered = true;
    for (int32_t i = 0; i < section->map->count; i++) {
        struct thing *thing = thing_at(section, i);
        name_table_add(&refer->names, section, thing->name, thing);
    }
}

static bool may_name(const struct refer *refer, const struct target *target, int32_t section) {
    return target->sections >> section & 1 && refer->sections[section].map;
}

static bool find(struct refer *refer, const struct target *target, struct ref *ref) {
    ref->section = -1;
    ref->index = rows_word(&target->words, ref->name);
    if (ref->index >= 0) return true;
    for (int32_t i = 0; i < refer->reader->section_count; i++) {
        if (!may_name(refer, target, i)) continue;
        struct section *section = &refer->sections[i];
        enter(refer, section);
        const char *thing = name_table_find(&refer->names, section, ref->name);
        if (!thing) continue;
        ref->section = i;
        ref->index =
            (int32_t)((size_t)(thing - (char *)section->map->things) / section->rows->size);
        return true;
    }
    const char *tail;
    ref->index = rows_word_led(target, ref->name, &tail);
    return ref->index >= 0;
}

/* ---- What to say when it is not there ---- */

static void add_candidates(const struct refer *refer, const struct target *target,
                           const char **names, const char **kinds) {
    int32_t count = 0;
    for (int32_t i = 0; i < refer->reader->section_count; i++)
        for (int32_t j = 0; may_name(refer, target, i) && j < refer->sections[i].map->count; j++) {
            names[count] = thing_at(&refer->sections[i], j)->name;
            kinds[count++] = refer->sections[i].rows->name;
        }
    for (int32_t i = 0; i < target->words.count; i++) {
        names[count] = target->words.list[i].name;
        kinds[count++] = NULL;
    }
}

static const char *nearest(const struct refer *refer, const struct target *target,
                           const char *name) {
    int32_t count = target->words.count;
    const char *found = NULL;
    for (int32_t i = 0; i < refer->reader->section_count; i++)
        if (may_name(refer, target, i)) count += refer->sections[i].map->count;
    if (count == 0) return NULL;
    const char **names = memory_zeroed((size_t)count, sizeof *names);
    const char **kinds = memory_zeroed((size_t)count, sizeof *kinds);
    add_candidates(refer, target, names, kinds);
    const char *best = value_nearest(name, names, count);
    for (int32_t i = 0; best && i < count && !found; i++)
        if (strcmp(names[i], best) == 0)
            found = arena_text(refer->reader->arena, "did you mean %s%s'%s'?",
                               kinds[i] ? rows_key(refer->reader->arena, kinds[i]) : "",
                               kinds[i] ? " " : "", best);
    free(names);
    free(kinds);
    return found;
}

static void not_there(const struct refer *refer, const struct target *target,
                      const struct ref *ref) {
    struct faults *faults = refer->reader->faults;
    const char *hint = target->kinds;
    if (faults->error_count < FAULTS_MOST) {
        const char *near = nearest(refer, target, ref->name);
        if (near && hint)
            hint = arena_text(refer->reader->arena, "%s %s", near, hint);
        else if (near)
            hint = near;
    }
    fault_error(faults, ref->place, hint, "there is no %s '%s'", target->noun, ref->name);
}

/* ---- The walk ---- */

static void resolve(struct refer *refer, const struct target *target, struct ref *ref) {
    if (ref->name && !find(refer, target, ref) && !(target->sections & TARGET_LOOSE))
        not_there(refer, target, ref);
}

static void refer_things(struct refer *refer, const struct rows *rows, int32_t count,
                         char *things) {
    for (int32_t i = 0; i < count; i++) refer_block(refer, rows, things + (size_t)i * rows->size);
}

static void refer_names(struct refer *refer, const struct rows *rows, const struct map *map) {
    for (int32_t i = 0; rows->names && i < map->count; i++) {
        const struct thing *thing = (const void *)((char *)map->things + (size_t)i * rows->size);
        struct ref ref = {.name = thing->name, .place = thing->place};
        resolve(refer, rows->names, &ref);
    }
}

static void refer_field(struct refer *refer, const struct field *field, char *member) {
    void *any = member;
    switch (field->shape) {
    case SHAPE_REF: resolve(refer, field->more, any); break;
    case SHAPE_BLOCK: refer_block(refer, field->more, member); break;
    case SHAPE_OPTION: {
        struct option *option = any;
        if (option->block) refer_block(refer, field->more, option->block);
        break;
    }
    case SHAPE_VARIANT: {
        struct variant *variant = any;
        const struct variants *variants = field->more;
        if (variant->kind >= 0) refer_block(refer, variants->rows[variant->kind], variant->block);
        break;
    }
    case SHAPE_MAP: {
        struct map *map = any;
        refer_names(refer, field->more, map);
        refer_things(refer, field->more, map->count, map->things);
        break;
    }
    case SHAPE_LIST: {
        struct list *list = any;
        refer_things(refer, field->more, list->count, list->things);
        break;
    }
    default: break;
    }
}

static void refer_block(struct refer *refer, const struct rows *rows, char *block) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        void *member = block + field->offset;
        if (!rows_hidden(field))
            refer_field(refer, field, member);
        else if (field->shape == SHAPE_REF && rows->names)
            resolve(refer, rows->names, member);
    }
}
