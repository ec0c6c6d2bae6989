/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON Schema (draft-07) of the language, from the field rows: for editors that complete and
 * check while one types. It allows the short forms and tables, and is wider than takt where a
 * schema cannot see: units, laws, references, and keys that must be given (a table, base or change
 * may give them). */
#ifndef TAKT_SCENARIOS_SCHEMA_H
#define TAKT_SCENARIOS_SCHEMA_H

#include "../models/models.h"

/* The schema as text, in the arena; the same rows give the same bytes. */
const char *schema_write(struct arena *, const struct rows *root);

#endif
