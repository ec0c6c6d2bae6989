/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables in a scenario: `table: FILE.csv` where a map or a list is due.
 *
 * In a map, column `name` is the thing that a row is about; rows of one name are merged in order.
 * In a list every row is one entry. A column `a.b` is key b of block a; where a is a map, column
 * `a.name` says which thing of it the row is about, and without such a column `a.b.c` is key c of
 * its thing b. Empty cells say nothing. `time [min]` puts the unit behind every cell. Where a list
 * or a map of names is due, a cell holds them separated by blanks.
 *
 *     where: item = logic       only such rows; also `!=`, and several tests joined by `and`
 *     columns: {at: STNFAM, time: "uniform(mean=[A] half=[B]) min"}
 *
 * `columns` reads a file that has columns of its own: each key is one of them, or a text with
 * [COLUMN] in it. Further columns are left out, but for `name`.
 *
 * What stands beside `table:` is added to the rows. A key may be said twice only if it says the
 * same. */
#ifndef TAKT_SCENARIOS_TABLE_H
#define TAKT_SCENARIOS_TABLE_H

#include "reader.h"

/* Replaces `table`, `where` and `columns` of VALUE by the rows of the files; VALUE, a map, becomes
 * a list where FIELD is one. Rows come first, in order. O(cells). */
void table_expand(struct reader *, struct node *value, const struct field *);

/* For value_context.column: a column of a file as texts. FILES is a struct reader. */
const struct value_cell *table_column(void *files, const char *file, const char *column,
                                      struct place, int32_t *count);

#endif
