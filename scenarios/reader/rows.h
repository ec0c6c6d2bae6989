/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking things up in field rows. */
#ifndef TAKT_SCENARIOS_ROWS_H
#define TAKT_SCENARIOS_ROWS_H

#include "../../models/models.h"

/* Is KEY the key of this member: the same with `-` for `_`? */
bool rows_key_is(const char *member, const char *key);
/* The key of a member, in the arena. */
const char *rows_key(struct arena *, const char *member);

/* The row of a key, also of INLINE blocks; NULL if there is none. O(rows). */
const struct field *rows_find(const struct rows *, const char *key);
/* The same, and the offset of its member in the whole struct. */
const struct field *rows_find_at(const struct rows *, const char *key, size_t *offset);

/* The second row of a key that may be written out; NULL if there is none. */
const struct field *rows_written_out(const struct rows *, const char *key);

/* The one of the two that takes this node; the plain one for NULL. */
const struct field *rows_of_node(const struct rows *, const char *key, const struct node *);

/* The row of short form 2, or NULL. */
const struct field *rows_main(const struct rows *);

/* In rows of an amount and its moment, `4 at 1 wk`: the row of the moment; NULL for other rows. */
const struct field *rows_moment(const struct rows *);

/* Is the field no key: `self` and `place` receive what stands elsewhere (see fill.h)? */
bool rows_hidden(const struct field *);

/* Does the row read one text, so that a number may stand there? */
bool rows_scalar(const struct field *);

/* May it be left out without a default? */
bool rows_may_be_absent(const struct field *);

/* Position of a word, or -1. */
int32_t rows_word(const struct words *, const char *word);
/* The word before the first dot, where a name may follow it: TAIL. Or -1. */
int32_t rows_word_led(const struct target *, const char *name, const char **tail);
/* The same for words with a number in them: `every 10 pieces` is `every N pieces`. */
int32_t rows_word_counted(const struct words *, const char *word, int32_t *number);
/* The text before and behind the N of such a word; false if there is none. */
bool rows_counted(const char *word, size_t *before, const char **behind);
/* The words of a row of this shape, or NULL. */
const struct words *rows_words(const struct field *);

/* The kind that a word picks, or -1. */
int32_t rows_kind(const struct variants *, const char *word);

/* "did you mean 'machines'?", or a list of the keys if they are few, or NULL. KEY may be NULL. */
const char *rows_hint(struct arena *, const struct rows *, const char *key);
/* The same for words, and for kinds. */
const char *rows_words_hint(struct arena *, const struct words *, const char *word);
const char *rows_kinds_hint(struct arena *, const struct variants *, const char *word);

#endif
