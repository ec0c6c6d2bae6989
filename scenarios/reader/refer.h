/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass of the fill: what the names in a spec refer to. */
#ifndef TAKT_SCENARIOS_REFER_H
#define TAKT_SCENARIOS_REFER_H

#include "reader.h"

/* Sets section and index of every reference, and checks the names of maps whose rows have `names`.
 * O(size of the spec). */
void refer_spec(struct reader *, const struct rows *, void *spec);

#endif
