/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beyond node.h: what it takes to rewrite a tree. */
#ifndef TAKT_SCENARIOS_TREE_H
#define TAKT_SCENARIOS_TREE_H

#include "node.h"

struct node *tree_text(struct arena *, const char *text, struct place);

/* Puts CHILD where the child with its key stands, or behind the others. O(children). */
void tree_set(struct node *map, struct node *child);

/* Makes VALUE a map or list whose only child is what VALUE was. */
struct node *tree_wrap(struct arena *, struct node *value, enum node_kind, const char *key);

bool tree_same(const struct node *, const struct node *);

/* A plain `none`. */
bool tree_none(const struct node *);

/* "stations.cut"; entries of lists by number from 1; "" for the root. */
const char *tree_path(struct arena *, const struct node *);

/* Where a fault about a thing as a whole points: its key, or the value where it has none. */
struct place tree_place(const struct node *);

#endif
