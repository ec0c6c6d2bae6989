/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena: memory that is taken piece by piece and given back all at once.
 *
 * What is made while a scenario is read (nodes, texts, blocks of the spec, formulas) lives exactly
 * as long as the scenario or spec itself, so it is taken from an arena and never freed alone. */
#ifndef TAKT_SIM_ARENA_H
#define TAKT_SIM_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;
struct arena {
    struct arena_chunk *last;
    size_t size; /* bytes taken in all */
};

void arena_init(struct arena *);
void arena_clear(struct arena *); /* gives all back; the arena is empty and usable again */

void *arena_take(struct arena *, size_t size); /* zeroed, aligned for any type */
char *arena_copy(struct arena *, const char *text,
                 size_t count); /* copy of count bytes, zero-terminated */
char *arena_text(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_text_va(struct arena *, const char *format, va_list)
    __attribute__((format(printf, 2, 0)));

#endif
