/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names to things, in constant time: a map of a scenario may come from a table of 100 000 rows. */
#ifndef TAKT_SCENARIOS_NAME_TABLE_H
#define TAKT_SCENARIOS_NAME_TABLE_H

#include <stdint.h>

/* A zeroed table is empty. The same name may stand for something in each of many owners. */
struct name_table {
    struct name_slot *slots;
    uint32_t capacity, count;
};

void name_table_clear(struct name_table *);

/* What stands for NAME of OWNER, or NULL. */
void *name_table_find(const struct name_table *, const void *owner, const char *name);

/* Adds it, unless the name is taken: returns what stands there, or NULL. NAME is not copied. */
void *name_table_add(struct name_table *, const void *owner, const char *name, void *thing);

#endif
