/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and units: the two halves of a quantity.
 *
 * A number is kept as its decimal digits and a power of ten until its unit is known, so that 0.7
 * min is exactly 42 000 000 ticks and not the nearest double to 0.7 times sixty million. A unit is
 * a ratio of two whole numbers of base units (a gram is 1 kg over 1000) and a dimension. No
 * function here looks at the locale. */
#ifndef TAKT_SCENARIOS_UNITS_H
#define TAKT_SCENARIOS_UNITS_H

#include "value.h"

/* digits * 10^exponent, never negative. */
struct decimal {
    uint64_t digits;
    int32_t exponent;
};

struct unit {
    long double up, down; /* one of it is up / down base units; both whole and positive */
    struct dimension dimension;
    bool counted; /* its last part is a piece, lot or batch: `per` says which */
    enum law_per per;
};

/* Where the number that starts at TEXT ends, or NULL if none starts there. No sign, inf, nan or
 * hexadecimal. */
const char *units_decimal(const char *text, struct decimal *);

/* The number in base units; infinite when it is too large. UNIT may be NULL for a plain number. */
double units_value(struct decimal, const struct unit *);

/* What stood where a unit may stand. */
enum unit_found { UNIT_ABSENT, UNIT_FOUND, UNIT_FAULT };

/* Reads the unit at *AT (the start of a word, or `/` and a letter) and moves *AT behind it. PLACE
 * is that of *AT. A word that is no unit is absent, but behind `/` it is a fault; a second currency
 * in a scenario is a fault too. */
enum unit_found units_read(struct value_context *, const char **at, struct place, struct unit *);

/* The unit whose spelling is nearest to this word of COUNT letters, or NULL. */
const char *units_nearest(const char *word, int32_t count);

/* The spellings of units, one after the other from 0, with their dimension; NULL behind the last.
 * For the manual; currencies are not among them. */
const char *units_listed(int32_t index, struct dimension *);

/* "a time", "money", "money a mass": a dimension in words, for messages. */
const char *units_dimension_name(struct arena *, struct dimension);

/* The sum (sign 1) or difference (sign -1) of exponents: the dimension of a product or quotient.
 * False when a text piles up more powers than any quantity has. */
bool units_combine(struct dimension *, struct dimension other, int sign);

/* Reading along a text. */
static inline bool text_is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
static inline bool text_is_digit(char c) {
    return c >= '0' && c <= '9';
}
static inline bool text_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
const char *text_skip_blanks(const char *);

/* The place of AT in a text that starts at TEXT, which stands at PLACE. Columns count characters of
 * UTF-8. */
struct place text_place(struct place, const char *text, const char *at);

#endif
