/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources: the texts that places point into.
 *
 * A source is a file, standard input, or an option of the command line such as `--set
 * stations.cut.machines=3`. All are kept whole and unchanged until the faults have been printed, so
 * that each fault can show its line.
 *
 * A scenario may come from anybody, so the files it names are read only from its own folder and
 * from folders that the user opened with --include. The check is made on real paths: neither `..`
 * nor a symbolic link leads out. */
#ifndef TAKT_SCENARIOS_SOURCE_H
#define TAKT_SCENARIOS_SOURCE_H

#include "../../sim/sim.h"

enum { SOURCE_SIZE_MOST = 64 * 1024 * 1024 }; /* bytes a file may have */

struct source_text {
    const char
        *name; /* as messages show it: the path as given, "-" for standard input, or the option */
    const char *text; /* the bytes as they are, and a zero behind them */
    size_t size;
    bool option;      /* of the command line: messages leave line and column out */
    int32_t parent;   /* the source that named this file, or -1 */
    const char *path; /* real path of a file, NULL otherwise */
};

struct sources {
    struct source_text *list;
    int32_t count, capacity;
    const char **folders; /* real paths of --include */
    int32_t folder_count;
    struct arena arena;
};

void sources_init(struct sources *);
void sources_clear(struct sources *);

/* Adds a text that is no file; both are copied. A name that begins with -- makes it an option.
 * Returns its index. */
int32_t source_add_text(struct sources *, const char *name, const char *text, size_t size);

/* Reads a file that the user named; "-" is standard input. WHY is the place of a fault: where the
 * name stands, or
 * {.source = -1} for the command line. TAKT_CANNOT_READ and a fault if the file is missing, a
 * folder, unreadable or larger than SOURCE_SIZE_MOST. */
enum takt_status source_add_file(struct sources *, const char *path, struct place why,
                                 struct faults *, int32_t *source) MUST_USE;

/* Reads a file that source BY names at WHY: looked for beside BY, then in the folders of --include.
 * A file that was read before is not read again. Outside of these folders: a fault and
 * TAKT_BAD_SCENARIO. */
enum takt_status source_add_named(struct sources *, int32_t by, const char *relative,
                                  struct place why, struct faults *, int32_t *source) MUST_USE;

/* Opens a folder to the scenarios (--include). A fault and TAKT_CANNOT_READ if there is no such
 * folder. */
enum takt_status source_include(struct sources *, const char *folder, struct faults *) MUST_USE;

#endif
