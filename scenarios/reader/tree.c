/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include <string.h>

struct node *tree_text(struct arena *arena, const char *text, struct place place) {
    struct node *node = node_make(arena, NODE_TEXT, place);
    node->text = text;
    return node;
}

void tree_set(struct node *map, struct node *child) {
    struct node *before = NULL, *old = map->first;
    while (old && strcmp(old->key, child->key) != 0) before = old, old = old->next;
    if (!old) {
        node_append(map, child);
        return;
    }
    child->parent = map;
    child->next = old->next;
    if (before)
        before->next = child;
    else
        map->first = child;
    if (map->last == old) map->last = child;
}

struct node *tree_wrap(struct arena *arena, struct node *value, enum node_kind kind,
                       const char *key) {
    struct node *inner = arena_take(arena, sizeof *inner);
    *inner = *value;
    inner->key = key;
    inner->key_place = value->place;
    inner->next = inner->parent = NULL;
    for (struct node *child = inner->first; child; child = child->next) child->parent = inner;
    *value = (struct node){.kind = kind,
                           .place = value->place,
                           .key_place = value->key_place,
                           .key = value->key,
                           .next = value->next,
                           .parent = value->parent};
    node_append(value, inner);
    return inner;
}

static bool same_text(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool tree_same(const struct node *a, const struct node *b) {
    if (a->kind != b->kind || a->count != b->count || !same_text(a->text, b->text)) return false;
    const struct node *other = b->first;
    for (const struct node *child = a->first; child; child = child->next, other = other->next)
        if (!same_text(child->key, other->key) || !tree_same(child, other)) return false;
    return true;
}

bool tree_none(const struct node *node) {
    return node->kind == NODE_TEXT && !node->quoted && same_text(node->text, "none");
}

static int32_t position(const struct node *entry) {
    int32_t position = 1;
    for (const struct node *other = entry->parent->first; other != entry; other = other->next)
        position++;
    return position;
}

const char *tree_path(struct arena *arena, const struct node *node) {
    if (!node->parent) return "";
    const char *before = tree_path(arena, node->parent);
    const char *dot = *before ? "." : "";
    if (node->key) return arena_text(arena, "%s%s%s", before, dot, node->key);
    return arena_text(arena, "%s%s%d", before, dot, position(node));
}

struct place tree_place(const struct node *node) {
    return node->key ? node->key_place : node->place;
}
