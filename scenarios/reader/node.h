/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of a scenario: maps, lists and texts, each with its place in the source.
 *
 * Every value is text until its key says what it is (so `no`, `010` and `06:00` never change type).
 * The tree is made once per file, normalised (short forms written out, tables added), changed
 * (base, change, arms, --set) and then read into the spec; see normal.h, change.h and fill.h. Nodes
 * live in the scenario's arena. */
#ifndef TAKT_SCENARIOS_NODE_H
#define TAKT_SCENARIOS_NODE_H

#include "../../sim/sim.h"

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

/* `times 0.7`, `plus 2 h`, `minus 1`: applied to the value after it is read, in order. */
struct adjust {
    enum adjust_kind { ADJUST_TIMES, ADJUST_PLUS, ADJUST_MINUS } kind;
    const char *text; /* what stands behind the word */
    struct place place;
    const struct adjust *next;
};

struct node {
    enum node_kind kind;
    bool quoted; /* a text in quotes or a | block: never a number, never a short form's word */
    struct place place; /* of the value (in a map the key's place is key_place) */
    struct place key_place;
    const char *key;  /* in a map; NULL in a list */
    const char *text; /* of a text; NULL when it cannot be used and a fault already says why */
    int32_t count;    /* of children */
    struct node *first, *last, *next, *parent;
    const struct adjust *adjusts;
};

/* A node without children, key and text. */
struct node *node_make(struct arena *, enum node_kind, struct place);

/* A child without parent becomes the last of PARENT. */
void node_append(struct node *parent, struct node *child);

/* Takes CHILD out of its parent. O(count). */
void node_remove(struct node *child);

/* A copy of the node with all below it, without parent; texts are shared. */
struct node *node_copy(struct arena *, const struct node *);

/* The child of a map with this key, or NULL. O(count). */
struct node *node_child(const struct node *map, const char *key);

#endif
