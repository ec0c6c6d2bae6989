/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number and its unit, and what to say when they are not what a field wants. Shared by the files
 * that read values. */
#ifndef TAKT_SCENARIOS_QUANTITY_H
#define TAKT_SCENARIOS_QUANTITY_H

#include "units.h"

struct quantity_text {
    const char *at,
        *end; /* from the sign or first digit to behind the number; the unit is not in it */
    bool negative, has_unit;
    struct decimal number;
    struct unit unit; /* where there is none, up and down are 1 */
};

/* Reads `[-]number [unit]` and moves *AT behind it. TEXT, at PLACE, is the whole value. False, with
 * a fault, when the unit is wrong, and false without one when no number stands here. */
bool quantity_read(struct value_context *, const char *text, struct place, const char **at,
                   struct quantity_text *);

/* In base units. */
double quantity_value(const struct quantity_text *);

/* Is the value a number that takt can hold (finite; a time of less than 146 000 years)? Else a
 * fault. */
bool quantity_small(struct value_context *, struct place, double value, struct dimension);

/* Does the dimension fit the field? Else a fault; WRITTEN is the text whose unit is missing ("5",
 * "uniform(2 3)"), or NULL when it has one. */
bool quantity_fits(struct value_context *, enum field_unit, struct dimension, struct place,
                   const char *written);

/* The fault for what stands at AT behind a number that ended there: a separator of thousands, a
 * word that is no unit, anything else. BARE: the number has no unit yet. Returns false. */
bool quantity_rest(struct value_context *, const char *text, struct place, const char *at,
                   bool bare);

/* Does a number that ends at AT go on behind a separator of thousands or a decimal comma? */
bool quantity_separated(const char *at);

/* Is it a whole number? Else a fault; WRITTEN is what stands at the place. */
bool quantity_whole(struct value_context *, struct place, double value, const char *written);

/* "a time is wanted" and the like. */
const char *quantity_wanted(enum field_unit);

#endif
