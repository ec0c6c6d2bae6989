/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What takt says of itself, and what it needs before anything else. */
#include "results/results.h"
#include "takt.h"

#include <gsl/gsl_errno.h>

#ifndef TAKT_REVISION
#define TAKT_REVISION "unknown"
#endif

void takt_start(void) {
    gsl_set_error_handler_off();
}

const char *takt_version(void) {
    return TAKT_VERSION;
}

const char *takt_revision(void) {
    return TAKT_REVISION;
}

static const struct {
    enum takt_status status;
    const char *text;
} statuses[] = {
#define X(name, code, text) {name, text},
    TAKT_STATUSES(X)
#undef X
};

int takt_status_exit(enum takt_status status) {
    return (int)status; /* sim/base.h gives each status its exit code as its number */
}

const char *takt_status_text(enum takt_status status) {
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].status == status) return statuses[i].text;
    return "a status that takt does not know";
}

void takt_schema(FILE *file) {
    struct arena arena;
    arena_init(&arena);
    fputs(schema_write(&arena, &spec_rows), file);
    arena_clear(&arena);
}

void takt_manual(FILE *file) {
    struct arena arena;
    arena_init(&arena);
    fputs(guide_write(&arena), file);
    fputs(manual_write(&arena, &spec_rows), file);
    arena_clear(&arena);
}
