/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One text read into one member: value functions, words, adjusts and bounds in one place. */
#ifndef TAKT_SCENARIOS_SCALAR_H
#define TAKT_SCENARIOS_SCALAR_H

#include "reader.h"

/* Reads a text, applies its adjusts and holds it against the bounds of its row. FIELD is scalar,
 * MEMBER is what its shape says. False after a fault. */
bool scalar_read(struct reader *, const struct node *, const struct field *, void *member);

/* What MEMBER, of any shape, holds when its key is left out and has no default. */
void scalar_set_absent(const struct field *, void *member);

/* Is the default a zero ("0 EUR/h")? It is read here, as it is the same in every currency. */
bool scalar_set_zero(const struct field *, void *member);

/* The number in a member, for formulas; false if it is none, or not always the same. */
bool scalar_number(const struct field *, const void *member, struct quantity *out);

#endif
