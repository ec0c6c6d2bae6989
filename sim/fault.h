/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults: what is wrong with what a user gave, all of it at once.
 *
 * A place is a source (a file, or an option of the command line), a line and a column, both from 1;
 * line 0 means the source as a whole. Every part of takt that finds a user's mistake adds a fault
 * and goes on looking. Whoever holds the sources (scenarios/) prints them: `file:line:col: error:
 * reason`, the line, a caret, a hint. */
#ifndef TAKT_SIM_FAULT_H
#define TAKT_SIM_FAULT_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

struct place {
    int32_t source, line, column;
};

enum fault_kind { FAULT_ERROR, FAULT_WARNING, FAULT_NOTE };

struct fault {
    enum fault_kind kind;
    struct place place;
    const char *reason, *hint; /* hint may be NULL */
};

enum { FAULTS_MOST = 100 }; /* kept in detail; the rest is counted */

struct faults {
    struct arena arena;
    struct fault *list;
    int32_t count, room;
    int32_t error_count, warning_count; /* also of those beyond FAULTS_MOST */
};

void faults_init(struct faults *);
void faults_clear(struct faults *);

/* Adds a fault; the same reason at one place is added once. HINT may be NULL; both are copied. */
void fault_add(struct faults *, enum fault_kind, struct place, const char *hint, const char *format,
               ...) __attribute__((format(printf, 5, 6)));

/* Is there a fault at this very place? */
bool fault_known(const struct faults *, struct place);

#define fault_error(FAULTS, PLACE, HINT, ...)                                                      \
    fault_add(FAULTS, FAULT_ERROR, PLACE, HINT, __VA_ARGS__)
#define fault_warning(FAULTS, PLACE, HINT, ...)                                                    \
    fault_add(FAULTS, FAULT_WARNING, PLACE, HINT, __VA_ARGS__)

#endif
