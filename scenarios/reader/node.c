/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "node.h"

#include <string.h>

struct node *node_make(struct arena *arena, enum node_kind kind, struct place place) {
    struct node *node = arena_take(arena, sizeof *node);
    node->kind = kind;
    node->place = node->key_place = place;
    return node;
}

void node_append(struct node *parent, struct node *child) {
    CHECK(!child->parent && !child->next);
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

void node_remove(struct node *child) {
    struct node *parent = child->parent, *before = NULL;
    CHECK(parent);
    if (parent->first != child)
        for (before = parent->first; before->next != child;) before = before->next;
    if (before)
        before->next = child->next;
    else
        parent->first = child->next;
    if (parent->last == child) parent->last = before;
    parent->count--;
    child->parent = child->next = NULL;
}

struct node *node_copy(struct arena *arena, const struct node *node) {
    struct node *copy = arena_take(arena, sizeof *copy);
    *copy = *node;
    copy->parent = copy->next = copy->first = copy->last = NULL;
    copy->count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        node_append(copy, node_copy(arena, child));
    return copy;
}

struct node *node_child(const struct node *map, const char *key) {
    for (struct node *child = map->first; child; child = child->next)
        if (child->key && strcmp(child->key, key) == 0) return child;
    return NULL;
}
