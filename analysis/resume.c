/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resume.h"

#include "identity.h"
#include "journal.h"
#include "trials.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void note(const struct takt_run_options *options, const char *text) {
    if (text && options->note) options->note(options->note_context, text);
}

/* ---- From the journal ---- */

static bool take_unit(void *context, const struct journal_unit *unit) {
    return units_recall(context, unit);
}

static void take_trial(void *context, const struct journal_trial *trial) {
    trials_recall(context, trial);
}

static enum takt_status open_journal(struct units *units, struct takt_results *results,
                                     const struct takt_run_options *options, const char *identity) {
    const char *message;
    results->trials = trials_create();
    enum takt_status status = journal_open(&results->journal,
                                           &(struct journal_options){.output = options->output,
                                                                     .identity = identity,
                                                                     .resume = options->resume,
                                                                     .take = take_unit,
                                                                     .context = units,
                                                                     .take_trial = take_trial,
                                                                     .trials = results->trials,
                                                                     .arena = &results->arena},
                                           &message);
    if (status != TAKT_OK) return results_fail(results, status, "%s", message);
    note(options, message);
    return TAKT_OK;
}

/* ---- From the results file ---- */

/* Goes on from the sums of a point of the file. */
static void recall_sums(struct takt_results *results, const struct takt_results *file, int32_t p) {
    const struct point *from = &file->points[p];
    struct point *point = &results->points[p];
    size_t size = (size_t)from->layout->series_count * (size_t)from->layout->grid_count;
    if (size == 0) return;
    for (int i = 0; i < SERIES_STAT_COUNT; i++) {
        point->series[i] = arena_take(&results->arena, size * sizeof(double));
        memcpy(point->series[i], from->series[i], size * sizeof(double));
    }
    point->summed = from->summed;
}

static void recall_file(struct units *units, struct takt_results *results,
                        const struct takt_results *file) {
    for (int32_t p = 0; p < file->point_count; p++) {
        const struct point *point = &file->points[p];
        for (int32_t r = 0; r < point->replication_count; r++) {
            const char *why = point->stopped[r];
            struct journal_unit unit = {.point = p,
                                        .replication = r,
                                        .why = why,
                                        .why_size = why ? strlen(why) : 0,
                                        .values = point->blocks[r],
                                        .value_count = point->layout->value_count};
            (void)units_recall(units, &unit); /* the journal may have it too */
        }
        recall_sums(results, file, p);
    }
}

/* A file of another experiment is in the way only when there is nothing else to go on from. */
static enum takt_status use_file(struct units *units, struct takt_results *results,
                                 const struct takt_run_options *options,
                                 const struct takt_results *file, const char *identity) {
    struct arena *arena = &results->arena;
    const char *doubt;
    const char *why = identity_refusal(arena, identity_text(arena, file), identity, &doubt);
    if (why && journal_count(results->journal) > 0) return TAKT_OK;
    if (why)
        return results_fail(results, TAKT_USAGE, "cannot resume: '%s' %s", options->output, why);
    if (doubt) note(options, arena_text(arena, "'%s' %s", options->output, doubt));
    recall_file(units, results, file);
    return TAKT_OK;
}

static enum takt_status read_file(struct units *units, struct takt_results *results,
                                  const struct takt_run_options *options, const char *identity) {
    if (access(options->output, F_OK) != 0) {
        if (journal_count(results->journal) == 0)
            note(options, arena_text(&results->arena, "there is nothing of '%s' yet to resume",
                                     options->output));
        return TAKT_OK;
    }
    struct takt_results *file;
    enum takt_status status = takt_results_read(options->output, &file);
    if (status == TAKT_OK)
        status = use_file(units, results, options, file, identity);
    else
        status = results_fail(results, TAKT_USAGE, "cannot resume: %s", takt_results_message(file));
    takt_results_delete(file);
    return status;
}

enum takt_status resume(struct units *units, struct takt_results *results,
                        const struct takt_run_options *options) {
    if (!options->output) return TAKT_OK;
    const char *identity = identity_text(&results->arena, results);
    TAKT_TRY(open_journal(units, results, options, identity));
    if (!options->resume) return TAKT_OK;
    results->resumed = true;
    TAKT_TRY(read_file(units, results, options, identity));
    int64_t known = units_known(units);
    if (known > 0)
        note(options,
             arena_text(&results->arena, "%" PRId64 " replications are known already", known));
    int64_t trials = trials_count(results->trials);
    if (trials > 0)
        note(options, arena_text(&results->arena,
                                 "%" PRId64 " trials of crossovers are known already", trials));
    return TAKT_OK;
}

enum takt_status resume_settle(struct units *units, struct takt_results *results,
                               const struct takt_run_options *options) {
    int32_t *targets = memory_zeroed((size_t)results->point_count, sizeof *targets);
    bool any = false;
    for (int32_t p = 0; p < results->point_count; p++) {
        targets[p] = results->points[p].replication_count;
        if (results->points[p].summed <= targets[p]) continue;
        units_forget(units, p);
        any = true;
    }
    enum takt_status status = TAKT_OK;
    if (any) {
        note(options, arena_text(&results->arena,
                                 "'%s' has the series of more replications together: the fewer of "
                                 "now are done again",
                                 options->output));
        status = units_run(units, targets);
    }
    free(targets);
    return status;
}
