/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt export`: of a results file, or of a scenario that is run for it. */
#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Where it goes: a file that is there whole or not at all, or standard output ---- */
struct destination {
    const char *path; /* NULL: standard output */
    char *temporary;
    FILE *file;
};

static bool destination_fail(const struct destination *to, const char *what) {
    fprintf(stderr, "takt: cannot %s '%s': %s\n", what, to->path, strerror(errno));
    return false;
}

static bool same_file(const char *a, const char *b) {
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static bool destination_open(struct destination *to, const char *path, const char *source) {
    *to = (struct destination){.path = path, .file = stdout};
    if (!path || strcmp(path, "-") == 0) {
        to->path = NULL;
        return true;
    }
    if (same_file(path, source)) {
        fprintf(stderr, "takt: '%s' would be written over itself\n", path);
        return false;
    }
    struct stat old;
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode)) {
        fprintf(stderr, "takt: '%s' is not an ordinary file\n", path);
        return false;
    }
    if (asprintf(&to->temporary, "%s.tmp-%ld", path, (long)getpid()) < 0) to->temporary = NULL;
    to->file = to->temporary ? fopen(to->temporary, "wx") : NULL;
    return to->file ? true : destination_fail(to, "create");
}

/* KEEP: it is complete. */
static enum takt_status destination_close(struct destination *to, bool keep) {
    if (!to->path) return TAKT_OK;
    if (!to->file) {
        free(to->temporary);
        return TAKT_CANNOT_CREATE;
    }
    bool written = !ferror(to->file);
    written = fclose(to->file) == 0 && written;
    if (keep && written) written = rename(to->temporary, to->path) == 0;
    if (keep && !written) destination_fail(to, "write");
    if (!keep || !written) unlink(to->temporary);
    free(to->temporary);
    return keep && !written ? TAKT_CANNOT_WRITE : TAKT_OK;
}

/* ---- What is exported ---- */

/* An HDF5 file says so in its first bytes (HDF5 File Format Specification, II.A). */
static bool is_hdf5(const char *path) {
    static const char signature[8] = "\x89HDF\r\n\x1a\n";
    char first[sizeof signature];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    bool is = file && fread(first, sizeof first, 1, file) == 1 &&
              memcmp(first, signature, sizeof first) == 0;
    if (file) fclose(file);
    return is;
}

static enum takt_status results_of_file(const char *path, struct takt_results **results) {
    enum takt_status status = takt_results_read(path, results);
    if (status != TAKT_OK)
        fprintf(stderr, "takt: %s\n",
                *results ? takt_results_message(*results) : takt_status_text(status));
    return status;
}

/* Runs the scenario; of logs, only the replication that is wanted. */
static enum takt_status results_of_scenario(const struct options *options,
                                            const struct takt_export_options *exporting,
                                            struct takt_results **results) {
    struct takt_scenario *scenario;
    enum takt_status status = scenario_open(options, &scenario);
    if (status == TAKT_OK) {
        int32_t replication = options->replication > 0 ? options->replication : 1;
        struct takt_run_options running = {.arm = options->arm,
                                           .seed = options->seed,
                                           .replications = options->replications,
                                           .jobs = options->jobs};
        if (takt_export_needs_log(exporting)) running.log = replication;
        status = takt_run(scenario, &running, results);
        if (status == TAKT_BAD_SCENARIO)
            takt_scenario_faults(scenario, stderr, terminal_of(stderr).colour);
        else if (status != TAKT_OK && status != TAKT_STOPPED)
            fprintf(stderr, "takt: %s\n", takt_status_text(status));
    }
    takt_scenario_delete(scenario);
    return status == TAKT_STOPPED ? TAKT_OK : status;
}

static enum takt_status write_export(struct takt_results *results, const struct options *options,
                                     const struct takt_export_options *exporting) {
    struct destination to;
    if (!destination_open(&to, options->output, options->arguments[0])) {
        destination_close(&to, false);
        return TAKT_CANNOT_CREATE;
    }
    enum takt_status status = takt_export(results, exporting, to.file);
    if (status != TAKT_OK) fprintf(stderr, "takt: %s\n", takt_results_message(results));
    enum takt_status closed = destination_close(&to, status == TAKT_OK);
    return status == TAKT_OK ? closed : status;
}

enum takt_status verb_export(const struct options *options) {
    const char *path = options->arguments[0], *why;
    struct takt_export_options exporting = {.format = options->format,
                                            .table = options->table,
                                            .arm = options->arm,
                                            .replication = options->replication,
                                            .from = options->from,
                                            .to = options->to,
                                            .from_given = options->from_given};
    if (!takt_export_takes(&exporting, &why)) {
        fprintf(stderr, "takt: %s\n", why);
        return TAKT_USAGE;
    }
    struct takt_results *results = NULL;
    enum takt_status status = is_hdf5(path) ? results_of_file(path, &results)
                                            : results_of_scenario(options, &exporting, &results);
    if (status == TAKT_OK) status = write_export(results, options, &exporting);
    takt_results_delete(results);
    return status;
}
