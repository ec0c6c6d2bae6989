/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base.h"

#include "name_table.h"
#include "tree.h"

#include <string.h>

static void given_twice(struct reader *reader, const struct node *old, const struct node *child) {
    const char *path = tree_path(reader->arena, old);
    fault_error(reader->faults, tree_place(child),
                arena_text(reader->arena, "to replace it, say it under change: %s", path),
                "'%s' is given twice, first in %s line %d", path,
                reader->sources->list[tree_place(old).source].name, tree_place(old).line);
}

static void take_away(struct node *map, const char *key) {
    struct node *old = node_child(map, key);
    if (old) node_remove(old);
}

/* Moves all children of FROM to TO; in a map, a key that is there already is a fault. */
static void add_children(struct reader *reader, struct node *to, struct node *from) {
    struct name_table keys = {0};
    for (struct node *child = to->first; child && child->key; child = child->next)
        name_table_add(&keys, NULL, child->key, child);
    for (struct node *child = from->first, *next; child; child = next) {
        next = child->next;
        const struct node *old = child->key ? name_table_find(&keys, NULL, child->key) : NULL;
        child->parent = child->next = NULL;
        if (old)
            given_twice(reader, old, child);
        else
            node_append(to, child);
    }
    name_table_clear(&keys);
}

static void add_section(struct reader *reader, struct node *base, struct node *section) {
    struct node *old = node_child(base, section->key);
    if (!old || section->kind == NODE_TEXT)
        tree_set(base, section);
    else if (old->kind != section->kind)
        given_twice(reader, old, section);
    else
        add_children(reader, old, section);
}

/* Sections that the file gives anew: `change: {claims: none}` beside `claims:`. */
static void drop_replaced(struct node *base, struct node *file) {
    struct node *change = node_child(file, "change");
    if (!change || change->kind != NODE_MAP) return;
    for (struct node *entry = change->first, *next; entry; entry = next) {
        next = entry->next;
        if (!tree_none(entry) || !node_child(file, entry->key)) continue;
        take_away(base, entry->key);
        node_remove(entry);
    }
}

bool base_add(struct reader *reader, struct node *base, struct node *file) {
    int32_t before = reader->faults->error_count;
    take_away(base, "change");
    take_away(base, "base");
    drop_replaced(base, file);
    for (struct node *section = file->first, *next; section; section = next) {
        next = section->next;
        section->parent = section->next = NULL;
        if (strcmp(section->key, "base") != 0) add_section(reader, base, section);
    }
    return reader->faults->error_count == before;
}
