/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blocks.h"

#include "reader/rows.h"

#include <string.h>

static void add_fields(struct blocks *, struct arena *, const struct rows *, const char *path);

const char *blocks_name(const struct blocks *blocks, const void *rows) {
    for (int32_t i = 0; i < blocks->count; i++)
        if (blocks->list[i].rows == rows || blocks->list[i].variants == rows)
            return blocks->list[i].name;
    return NULL;
}

/* "share", and "share-2" for another block of that name. */
static const char *free_name(const struct blocks *blocks, struct arena *arena, const char *wanted) {
    const char *key = rows_key(arena, wanted), *name = key;
    for (int32_t number = 2, i = 0; i < blocks->count; i++) {
        if (strcmp(blocks->list[i].name, name) != 0) continue;
        name = arena_text(arena, "%s-%d", key, number++);
        i = -1;
    }
    return name;
}

static bool add(struct blocks *blocks, struct arena *arena, struct listed_block block,
                const char *wanted) {
    if (blocks_name(blocks, block.rows ? (const void *)block.rows : block.variants)) return false;
    if (blocks->count == blocks->capacity) {
        struct listed_block *old = blocks->list;
        blocks->capacity = old ? 2 * blocks->capacity : 64;
        blocks->list = arena_take(arena, (size_t)blocks->capacity * sizeof *blocks->list);
        if (old) memcpy(blocks->list, old, (size_t)blocks->count * sizeof *old);
    }
    block.name = free_name(blocks, arena, wanted);
    blocks->list[blocks->count++] = block;
    return true;
}

static void add_rows(struct blocks *blocks, struct arena *arena, const struct rows *rows,
                     const char *path) {
    if (add(blocks, arena, (struct listed_block){.rows = rows, .path = path}, rows->name))
        add_fields(blocks, arena, rows, path);
}

static void add_variants(struct blocks *blocks, struct arena *arena,
                         const struct variants *variants, const char *key, const char *path) {
    if (!add(blocks, arena, (struct listed_block){.variants = variants, .path = path}, key)) return;
    for (int32_t i = 0; i < variants->count; i++) add_rows(blocks, arena, variants->rows[i], path);
}

static void add_field(struct blocks *blocks, struct arena *arena, const struct field *field,
                      const char *before) {
    const char *dot = *before ? "." : "";
    const char *key = rows_key(arena, field->name);
    const char *path = arena_text(arena, "%s%s%s", before, dot, key);
    switch (field->shape) {
    case SHAPE_MAP: add_rows(blocks, arena, field->more, arena_text(arena, "%s.NAME", path)); break;
    case SHAPE_BLOCK:
    case SHAPE_OPTION:
    case SHAPE_LIST: add_rows(blocks, arena, field->more, path); break;
    case SHAPE_VARIANT: add_variants(blocks, arena, field->more, key, path); break;
    default: break;
    }
}

static void add_fields(struct blocks *blocks, struct arena *arena, const struct rows *rows,
                       const char *path) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & INLINE)
            add_fields(blocks, arena, field->more, path);
        else if (!rows_hidden(field))
            add_field(blocks, arena, field, path);
    }
}

struct blocks blocks_of(struct arena *arena, const struct rows *root) {
    struct blocks blocks = {.count = 0};
    add_rows(&blocks, arena, root, "");
    return blocks;
}
