/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All blocks of the language, each once: what a page about all keys has to list. */
#ifndef TAKT_SCENARIOS_BLOCKS_H
#define TAKT_SCENARIOS_BLOCKS_H

#include "../models/models.h"

struct blocks {
    struct listed_block {
        const struct rows *rows;
        const struct variants *variants; /* instead of rows */
        const char *name;                /* different for each */
        const char *path;                /* where it was met first: "stations.NAME.queue" */
    } * list;
    int32_t count, capacity;
};

/* The blocks reachable from ROOT, itself first, in the order met. */
struct blocks blocks_of(struct arena *, const struct rows *root);

/* The name of a block by its rows or variants. */
const char *blocks_name(const struct blocks *, const void *rows);

#endif
