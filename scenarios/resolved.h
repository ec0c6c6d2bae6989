/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every parameter of a scenario as resolved: JSON with what was written, changed, or taken by
 * default.
 *
 * It goes into the results file, so that a result can be read years later without the defaults of
 * its time, and its hash tells whether two runs asked the same. */
#ifndef TAKT_SCENARIOS_RESOLVED_H
#define TAKT_SCENARIOS_RESOLVED_H

#include "reader/node.h"
#include "../models/models.h"

/* The tree that fill_spec read, written out and changed. */
const char *resolved_write(struct arena *, const struct node *root, const struct rows *);

#endif
