/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "normal.h"

#include "name_table.h"
#include "rows.h"
#include "table.h"
#include "tree.h"

#include <string.h>

void normal_write_out(struct reader *reader, struct node *root, const struct rows *rows) {
    normal_block(reader, root, rows);
}

/* ---- Maps and lists ---- */

static void one_name(struct reader *reader, struct node *value) {
    const char *name = value->text;
    struct node *thing = tree_wrap(reader->arena, value, NODE_MAP, name);
    thing->kind = NODE_MAP;
    thing->text = NULL;
}

/* Is the entry of a list the name of a thing, and none that came before? */
static bool is_new_name(struct reader *reader, struct name_table *seen, struct node *entry) {
    if (entry->kind == NODE_TEXT && !entry->text) return false;
    if (entry->kind != NODE_TEXT) {
        fault_error(reader->faults, entry->place, NULL, "a name is wanted here");
        return false;
    }
    const struct node *before = name_table_add(seen, NULL, entry->text, entry);
    if (before)
        fault_error(reader->faults, entry->place, NULL, "'%s' is given twice, first in line %d",
                    entry->text, before->place.line);
    return !before;
}

/* [cut, glue] -> {cut: {}, glue: {}} */
static void list_of_names(struct reader *reader, struct node *value) {
    struct name_table seen = {0};
    struct node *entry = value->first;
    value->kind = NODE_MAP;
    value->first = value->last = NULL;
    value->count = 0;
    for (struct node *next; entry; entry = next) {
        next = entry->next;
        entry->parent = entry->next = NULL;
        if (!is_new_name(reader, &seen, entry)) continue;
        entry->kind = NODE_MAP;
        entry->key = entry->text;
        entry->key_place = entry->place;
        entry->text = NULL;
        node_append(value, entry);
    }
    name_table_clear(&seen);
}

static void normal_map(struct reader *reader, struct node *value, const struct field *field) {
    if (value->kind == NODE_TEXT) {
        if (!tree_none(value)) one_name(reader, value);
    } else if (value->kind == NODE_LIST) {
        list_of_names(reader, value);
    } else if (node_child(value, "table")) {
        table_expand(reader, value, field);
        return;
    }
    struct node *next = value->first;
    for (struct node *thing = next; thing; thing = next) {
        next = thing->next;
        if (tree_none(thing))
            node_remove(thing);
        else
            normal_block(reader, thing, field->more);
    }
}

static void normal_list(struct reader *reader, struct node *value, const struct field *field) {
    if (value->kind == NODE_TEXT && strcmp(value->key, "table") == 0 && !tree_none(value))
        tree_wrap(reader->arena, value, NODE_MAP, "table"); /* a driver's: the name of the file */
    if (value->kind == NODE_MAP) {
        if (node_child(value, "table")) table_expand(reader, value, field);
        return;
    }
    if (tree_none(value)) return;
    if (value->kind == NODE_TEXT) tree_wrap(reader->arena, value, NODE_LIST, NULL);
    for (struct node *entry = value->first; entry; entry = entry->next)
        normal_block(reader, entry, field->more);
}

/* ---- Blocks ---- */

/* `multiple 50`: the word that picks the kind, and what its main key is. */
static bool word_and_main(struct reader *reader, struct node *value,
                          const struct variants *variants) {
    const char *blank = value->text && !value->quoted ? strchr(value->text, ' ') : NULL;
    if (!blank) return false;
    const char *word = arena_copy(reader->arena, value->text, (size_t)(blank - value->text));
    int32_t kind = rows_kind(variants, word);
    const struct field *main = kind < 0 ? NULL : rows_main(variants->rows[kind]);
    if (!main) return false;
    struct place place = value->place;
    place.column += (int32_t)(blank - value->text) + 1;
    struct node *second = tree_text(reader->arena, blank + 1, place);
    second->key = rows_key(reader->arena, main->name);
    struct node *first = tree_wrap(reader->arena, value, NODE_MAP, variants->key);
    first->text = word;
    node_append(value, second);
    return true;
}

static void pick(struct reader *reader, struct node *value, const struct variants *variants) {
    if (value->kind == NODE_TEXT && !tree_none(value) && !word_and_main(reader, value, variants))
        tree_wrap(reader->arena, value, NODE_MAP, variants->key);
    if (value->kind != NODE_MAP) return;
    const struct node *word = node_child(value, variants->key);
    int32_t kind = word && word->text ? rows_kind(variants, word->text) : -1;
    if (kind >= 0) normal_block(reader, value, variants->rows[kind]);
}

/* `4 at 1 wk`: an amount with its moment. */
static bool amount_at(struct reader *reader, struct node *value, const struct rows *rows) {
    const struct field *moment = rows_moment(rows);
    const char *at = moment && !value->quoted ? strstr(value->text, " at ") : NULL;
    if (!at) return false;
    struct place place = value->place;
    place.column += (int32_t)(at - value->text) + 4;
    struct node *second = tree_text(reader->arena, at + 4, place);
    second->key = rows_key(reader->arena, moment->name);
    struct node *first =
        tree_wrap(reader->arena, value, NODE_MAP, rows_key(reader->arena, rows_main(rows)->name));
    first->text = arena_copy(reader->arena, first->text, (size_t)(at - first->text));
    node_append(value, second);
    return true;
}

void normal_block(struct reader *reader, struct node *block, const struct rows *rows) {
    const struct field *main = rows_main(rows);
    if (block->kind == NODE_TEXT && !block->text) return;
    if (block->kind != NODE_MAP) {
        if (!main) return;
        if (block->kind != NODE_TEXT || !amount_at(reader, block, rows))
            tree_wrap(reader->arena, block, NODE_MAP, rows_key(reader->arena, main->name));
    }
    for (struct node *child = block->first; child; child = child->next) {
        const struct field *field = rows_of_node(rows, child->key, child);
        if (field) normal_field(reader, child, field);
    }
}

void normal_field(struct reader *reader, struct node *value, const struct field *field) {
    if (value->kind == NODE_TEXT && !value->text) return;
    switch (field->shape) {
    case SHAPE_MAP: normal_map(reader, value, field); break;
    case SHAPE_LIST: normal_list(reader, value, field); break;
    case SHAPE_BLOCK:
    case SHAPE_OPTION:
        if (!tree_none(value)) normal_block(reader, value, field->more);
        break;
    case SHAPE_VARIANT: pick(reader, value, field->more); break;
    default: break;
    }
}
