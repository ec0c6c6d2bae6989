/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that grows: for pages that are written piece by piece. */
#ifndef TAKT_SCENARIOS_TEXT_H
#define TAKT_SCENARIOS_TEXT_H

#include "../sim/sim.h"

/* A zeroed one is empty. */
struct text {
    char *bytes; /* with a zero behind, once something was added */
    size_t size, capacity;
};

void text_add(struct text *, const char *);
void text_print(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "..." with what JSON escapes; NULL gives null. */
void text_add_json(struct text *, const char *);

/* What was written, in the arena; the text is empty again and holds no memory. */
const char *text_finish(struct text *, struct arena *);

#endif
