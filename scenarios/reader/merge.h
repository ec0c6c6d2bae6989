/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting maps together: rows of tables of one name, and what stands beside a table. */
#ifndef TAKT_SCENARIOS_MERGE_H
#define TAKT_SCENARIOS_MERGE_H

#include "name_table.h"
#include "reader.h"

/* Finds keys of large maps in constant time. Start with {.reader = ...}; merge_clear gives back its
 * memory. */
struct merge {
    struct reader *reader;
    struct name_table keys;
};

void merge_clear(struct merge *);

/* Adds CHILD, which has a key and no parent, to MAP: maps of one key are put together, the same
 * value said twice is one, two different values are a fault. */
void merge_child(struct merge *, struct node *map, struct node *child);

#endif
