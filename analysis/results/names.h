/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names: a list in the order of first appearance, in which a name is found in O(1).
 *
 * The texts are borrowed and must outlive the list. */
#ifndef TAKT_ANALYSIS_NAMES_H
#define TAKT_ANALYSIS_NAMES_H

#include "../../sim/sim.h"

struct names {
    const char **list;
    int32_t count, room;
    int32_t *slots; /* positions in the list plus 1, where the hash says; 0 is free */
    uint32_t slot_count;
};

void names_clear(struct names *);
int32_t names_add(struct names *, const char *name);        /* its position, also if it was there */
int32_t names_find(const struct names *, const char *name); /* -1: not there */

#endif
