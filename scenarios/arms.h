/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arms: named sets of changes, each one on top of those that it names. */
#ifndef TAKT_SCENARIOS_ARMS_H
#define TAKT_SCENARIOS_ARMS_H

#include "scenario.h"

/* A copy of the scenario's tree with the changes of this arm made, before sweep and --set; NULL is
 * the file as it is. An arm with `at` becomes a programme of its name that makes the changes then,
 * for nothing: until that moment its run is the one of the base. Faults go to the scenario. */
struct node *arm_tree(struct scenario *, struct reader *, const char *name);

#endif
