/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters of UTF-8 (RFC 3629), and what makes bytes a text at all. */
#ifndef TAKT_SCENARIOS_UTF8_H
#define TAKT_SCENARIOS_UTF8_H

#include "source.h"

/* The bytes of the first character of TEXT, 1 to 4, and the character; 0 if it is not UTF-8. */
size_t utf8_next(const char *text, size_t size, uint32_t *character);

/* Never to be sent to a terminal: control characters, and those that turn the direction of writing
 * or are invisible. */
bool utf8_unprintable(uint32_t character);

/* Bytes of the byte order mark that some editors put first: 3 or 0. */
size_t utf8_mark(const char *text, size_t size);

/* Is the source a text in UTF-8 with lines that end in LF or CR LF, and no control characters but
 * tabs? The first thing that is wrong becomes a fault. Afterwards only LF counts as the end of a
 * line, everywhere. */
bool utf8_check(const struct source_text *, int32_t source, struct faults *);

#endif
