/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short forms and tables written out, so that both spellings of a thing are the same tree and the
 * same path.
 *
 *     route: [cut, glue]           ->  route: {cut: {}, glue: {}}     a list of names where a map
 * is due cut: 3 min                   ->  cut: {time: 3 min}             a plain value or a list
 * where a block is due supplies: steel              ->  supplies: [steel]              one name
 * where a list is due needs: {run: welder}         ->  needs: {run: {welder: {}}}     one name
 * where a map of amounts is due; the default of its main key is the amount items: {table:
 * routes.csv}   ->  the rows of the table          where a map or a list is due
 *
 * A plain value where a variant is due is the word that picks its kind, and what its main key is
 * may stand behind: `multiple 50`. `none` where a block, map or list is due stays as it is. Every
 * node made here has the place of what the user wrote, so that faults point there. */
#ifndef TAKT_SCENARIOS_NORMAL_H
#define TAKT_SCENARIOS_NORMAL_H

#include "reader.h"

/* Rewrites the tree of a whole scenario in place. */
void normal_write_out(struct reader *, struct node *root, const struct rows *);

/* The same for one value where FIELD is due, and for one thing of a map or entry of a list. */
void normal_field(struct reader *, struct node *value, const struct field *);
void normal_block(struct reader *, struct node *block, const struct rows *);

#endif
