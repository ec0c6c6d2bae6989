/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `base:`, a scenario on top of another. */
#ifndef TAKT_SCENARIOS_BASE_H
#define TAKT_SCENARIOS_BASE_H

#include "reader.h"

/* Adds the sections of FILE to those of BASE, both written out, BASE with its own changes made.
 * Names and keys that both have are faults, except for texts of the head (takt, title, about),
 * which are the file's. A section that the file gives and that its `change` sets to `none` is the
 * file's alone: the old one goes, and the change is done. Afterwards BASE has the `change` of FILE,
 * not yet made. */
bool base_add(struct reader *, struct node *base, struct node *file);

#endif
