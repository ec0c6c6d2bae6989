/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trap of commas: inside { } and [ ] a comma ends a value, so that YAML reads
 *
 *     {lasts: lognormal(25, 10) min}    as    {lasts: 'lognormal(25', '10) min': }
 *
 * A plain value whose bracket is closed by an entry that has nothing but a name was cut in two, and
 * so was a number followed by a name of digits (`price: 1,000 EUR`). One fault says so, and the
 * pieces are taken out of the tree, so that nothing else is said about them. */
#ifndef TAKT_SCENARIOS_COMMA_H
#define TAKT_SCENARIOS_COMMA_H

#include "node.h"

/* Finds cut values among the children of a map or list that was written with { } or [ ]. A child
 * whose text is BLANK (the pointer) has no value. What was cut loses its text; pieces behind it
 * lose their parent, and the caller unlinks them. O(length of the texts). */
void comma_find(const struct node *parent, const char *blank, struct faults *);

#endif
