/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log.h"

#include <stdlib.h>
#include <string.h>

const struct log_column log_columns[LOG_COLUMN_COUNT] = {
#define X(column, codes, words) {#column, words, codes, offsetof(struct record, column)},
    RECORD_COLUMNS(X)
#undef X
};

struct listener {
    struct log *log;
    int64_t rows_most;
};

static void keep_record(void *context, const struct record *record) {
    struct listener *listener = context;
    struct log *log = listener->log;
    if (log->count == listener->rows_most) log->cut = true;
    if (log->cut) return;
    if (log->count == log->room) {
        log->room = log->room ? 2 * log->room : 4096;
        log->rows = memory_grown(log->rows, (size_t)log->room, sizeof *log->rows);
    }
    log->rows[log->count++] = *record;
    log->to = record->at;
}

/* A log that is full ends with the last instant that is in it whole. */
static void cut_instant(struct log *log) {
    tick last = log->to;
    while (log->count > 0 && log->rows[log->count - 1].at == last) log->count--;
    log->to = log->count ? last : log->from;
}

const char *log_make(struct arena *arena, const struct plant *plant, uint64_t seed,
                     int32_t replication, int64_t rows_most, struct log *log) {
    *log = (struct log){.replication = replication, .from = -plant->warm_up, .to = -plant->warm_up};
    struct listener listener = {log, rows_most};
    struct sink sink = {.context = &listener, .record = keep_record};
    struct run *run = run_create(plant);
    double *block = memory_zeroed((size_t)plant->layout.value_count + 1, sizeof *block);
    const char *why = run_replicate(run, seed, (uint64_t)replication, block, &sink);
    if (log->cut)
        cut_instant(log);
    else
        log->to = run->now - plant->warm_up;
    if (why) why = arena_copy(arena, why, strlen(why));
    run_delete(run);
    free(block);
    return why;
}

void log_clear(struct log *log) {
    free(log->rows);
    *log = (struct log){0};
}

const char *const *log_steps(struct arena *arena, const struct plant *plant) {
    const char **steps = arena_take(arena, (size_t)plant->step_count * sizeof *steps);
    for (int32_t i = 0; i < plant->step_count; i++)
        steps[i] = arena_text(arena, "%s.%s", plant->items[plant->steps[i].item].name,
                              plant->steps[i].name);
    return steps;
}

const char *log_name(const struct log_names *names, int32_t codes, int32_t code) {
    if (codes == RECORD_NUMBERS || code < 0) return NULL;
    CHECK(code < names->counts[codes]);
    return names->lists[codes][code];
}

struct log_names log_names_of(const struct layout *layout, const char *const *steps,
                              int32_t step_count) {
    struct log_names names = {0};
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++) {
        names.counts[s] = layout->object_counts[s];
        names.lists[s] = layout->object_names[s];
    }
    names.counts[RECORD_STEPS] = step_count;
    names.lists[RECORD_STEPS] = steps;
    names.counts[RECORD_STATES] = STATE_COUNT;
    names.lists[RECORD_STATES] = machine_state_names;
    return names;
}
