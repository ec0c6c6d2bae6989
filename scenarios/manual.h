/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key tables of the manual, from the field rows: Markdown, one section a block. */
#ifndef TAKT_SCENARIOS_MANUAL_H
#define TAKT_SCENARIOS_MANUAL_H

#include "../models/models.h"

/* All blocks reachable from ROOT, each once, in the order met; headings of level 3. */
const char *manual_write(struct arena *, const struct rows *root);

#endif
