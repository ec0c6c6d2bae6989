/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge.h"

#include "tree.h"

enum { SEARCHED = 16 }; /* up to so many children are searched one by one */

void merge_clear(struct merge *merge) {
    name_table_clear(&merge->keys);
}

/* The child with this key. A map that has grown is entered in the table first; "" marks that it is
 * there. */
static struct node *find(struct merge *merge, struct node *map, const char *key) {
    if (map->count <= SEARCHED) return node_child(map, key);
    if (!name_table_add(&merge->keys, map, "", map))
        for (struct node *child = map->first; child; child = child->next)
            name_table_add(&merge->keys, map, child->key, child);
    return name_table_find(&merge->keys, map, key);
}

static void twice(struct merge *merge, const struct node *old, const struct node *child) {
    struct place first = tree_place(old), place = tree_place(child);
    const char *path = tree_path(merge->reader->arena, old);
    if (first.source == place.source)
        fault_error(merge->reader->faults, place, NULL, "'%s' is given twice, first in line %d",
                    path, first.line);
    else
        fault_error(merge->reader->faults, place, NULL, "'%s' is given twice, first in %s line %d",
                    path, merge->reader->sources->list[first.source].name, first.line);
}

void merge_child(struct merge *merge, struct node *map, struct node *child) {
    struct node *old = find(merge, map, child->key);
    if (!old) {
        node_append(map, child);
        if (map->count > SEARCHED + 1) name_table_add(&merge->keys, map, child->key, child);
        return;
    }
    if (old->kind != NODE_MAP || child->kind != NODE_MAP) {
        if (!tree_same(old, child)) twice(merge, old, child);
        return;
    }
    for (struct node *inner = child->first, *next; inner; inner = next) {
        next = inner->next;
        inner->next = inner->parent = NULL;
        merge_child(merge, old, inner);
    }
}
