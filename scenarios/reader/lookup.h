/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names in formulas are: drivers, and parameters by path. */
#ifndef TAKT_SCENARIOS_LOOKUP_H
#define TAKT_SCENARIOS_LOOKUP_H

#include "name_table.h"
#include "reader.h"

enum { LOOKUP_DEPTH_MOST = 32 }; /* names that are defined by other names, one in the other */

struct lookup {
    struct reader *reader;
    const struct node *root;
    const struct rows *rows;
    struct name_table names; /* to struct known_name; each is looked up once */
    int32_t depth;
};

/* Makes the names of the tree known to the formulas of the reader, and run.start to its dates. */
void lookup_init(struct lookup *, struct reader *, const struct node *root, const struct rows *);
void lookup_clear(struct lookup *);

/* The row at a path, and the node there or NULL when nothing is given. NULL when the path names
 * nothing. */
const struct field *lookup_path(const struct node *root, const struct rows *, const char *path,
                                const struct node **node);

#endif
