/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values read in tests: a context, and the faults it collects as `column reason · hint`. */
#ifndef TAKT_TESTS_VALUED_H
#define TAKT_TESTS_VALUED_H

#include "../../scenarios/reader/value.h"

#include <stdio.h>

struct valued {
    struct arena arena;
    struct faults faults;
    struct value_context context;
};

static const struct place valued_place = {.source = 0, .line = 1, .column = 1};

static inline void valued_init(struct valued *valued) {
    arena_init(&valued->arena);
    faults_init(&valued->faults);
    valued->context = (struct value_context){.arena = &valued->arena, .faults = &valued->faults};
}

static inline void valued_clear(struct valued *valued) {
    faults_clear(&valued->faults);
    arena_clear(&valued->arena);
}

/* The faults since the last call, in one text; "" when there are none. */
static inline const char *valued_said(struct valued *valued) {
    const char *text = "";
    for (int32_t i = 0; i < valued->faults.count; i++) {
        const struct fault *fault = &valued->faults.list[i];
        text = arena_text(&valued->arena, "%s%s%d %s%s%s", text, i ? "\n" : "", fault->place.column,
                          fault->reason, fault->hint ? " · " : "", fault->hint ? fault->hint : "");
    }
    faults_clear(&valued->faults);
    return text;
}

#endif
