/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes: a path and what shall stand there.
 *
 * Variants, arms, sweeps, studies and --set all come down to this. What stands at the path is
 * replaced whole, never merged; `none` takes it away, so that its default holds; `times x`, `plus
 * x` and `minus x` act on the old value (or the default) when it is read, one after the other. `*`
 * is every name of a map: a thing where the rest of the path leads nowhere is passed over, as long
 * as one is left. Things on the way must exist; blocks on the way are made; the last name may be
 * new where a map is due. Behind a key whose value is kept as written (`change`, `over`) all the
 * rest of the path is one key. */
#ifndef TAKT_SCENARIOS_CHANGE_H
#define TAKT_SCENARIOS_CHANGE_H

#include "reader.h"

/* One change. VALUE is copied and written out by the row at the path. False after a fault. */
bool change_apply(struct reader *, struct node *root, const struct rows *, const char *path,
                  struct place path_place, const struct node *value);

/* The same for a change during a run: only rows that are LIVE may be set, and no thing is made or
 * taken away. */
bool change_apply_live(struct reader *, struct node *root, const struct rows *, const char *path,
                       struct place path_place, const struct node *value);

/* All of a map path: value, in order, such as `change:` of the file or of an arm. CHANGES may be
 * NULL. */
bool change_apply_map(struct reader *, struct node *root, const struct rows *,
                      const struct node *changes);

/* Reads PATH=VALUE behind an option such as --set: the path, its place, and the value; NULL after a
 * fault. */
const struct node *change_read_set(struct reader *, const char *option, const char *setting,
                                   const char **path, struct place *place);

/* --set PATH=VALUE. The value is read as it would be in a file; faults name the option. */
bool change_apply_set(struct reader *, struct node *root, const struct rows *, const char *setting);

/* Can the path name something in this tree, so that a change there would find its place? Adds no
 * faults. */
bool change_finds(struct reader *, const struct node *root, const struct rows *, const char *path);

/* The row of the value that a change at the path would set: of a block or thing the row of its
 * main key. NULL where the path finds no place, or what stands there is no one value. */
const struct field *change_row(struct reader *, const struct node *root, const struct rows *,
                               const char *path);

#endif
