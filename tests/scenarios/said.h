/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What takt says about a text: all faults in the order found, one a line, as `line:column reason ·
 * hint`. */
#ifndef TAKT_TESTS_SAID_H
#define TAKT_TESTS_SAID_H

#include "../../scenarios/reader/csv.h"
#include "../../scenarios/reader/print.h"
#include "../../scenarios/reader/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One text and everything read from it. */
struct reading {
    struct sources sources;
    struct faults faults;
    struct arena arena;
    const struct node *root;
    const struct csv *csv;
};

static inline void reading_init(struct reading *reading) {
    sources_init(&reading->sources);
    faults_init(&reading->faults);
    arena_init(&reading->arena);
    reading->root = NULL;
    reading->csv = NULL;
}

static inline void reading_clear(struct reading *reading) {
    faults_clear(&reading->faults);
    sources_clear(&reading->sources);
    arena_clear(&reading->arena);
}

static inline void reading_of_yaml(struct reading *reading, const char *text, size_t size) {
    reading_init(reading);
    int32_t source = source_add_text(&reading->sources, "test.yaml", text, size);
    reading->root = yaml_read(&reading->arena, &reading->sources, source, &reading->faults);
}

static inline void reading_of_csv(struct reading *reading, const char *text, size_t size) {
    reading_init(reading);
    int32_t source = source_add_text(&reading->sources, "test.csv", text, size);
    reading->csv = csv_read(&reading->arena, &reading->sources, source, &reading->faults);
}

/* The faults, short; "" when there are none. In the arena. */
static inline const char *said(struct reading *reading) {
    const char *text = "";
    for (int32_t i = 0; i < reading->faults.count; i++) {
        const struct fault *fault = &reading->faults.list[i];
        text = arena_text(&reading->arena, "%s%s%d:%d %s%s%s", text, i ? "\n" : "",
                          fault->place.line, fault->place.column, fault->reason,
                          fault->hint ? " · " : "", fault->hint ? fault->hint : "");
    }
    return text;
}

#endif
