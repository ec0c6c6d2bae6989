/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logs in the results and in the file: /log, one column for each thing that an event may happen to.
 *
 * Codes in the file are places in lists of names that hold for all points; a column says in
 * `codes_of` which list that is. /log/runs says which rows belong to which replication. */
#include "../log.h"
#include "results_file.h"
#include "../scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Making ---- */

static bool is_wanted(const struct list *wanted, int32_t replication) {
    const struct count_entry_spec *numbers = wanted->things;
    for (int32_t i = 0; i < wanted->count; i++)
        if (numbers[i].number == replication) return true;
    return false;
}

static void log_replication(struct takt_results *results, const struct prepared *points, int32_t p,
                            int32_t replication, int64_t rows_most) {
    struct point *point = &results->points[p];
    (void)log_make(&results->arena, points[p].plant, results->seed, replication, rows_most,
                   &point->logs[point->log_count++]);
}

void logs_make(struct takt_results *results, const struct prepared *points, int32_t only) {
    const struct list *wanted = &points[0].arm.spec->question.record.log;
    int64_t count = only ? results->point_count : 0;
    for (int32_t p = 0; p < results->point_count && !only; p++)
        for (int32_t r = 1; r <= results->points[p].replication_count; r++)
            count += is_wanted(wanted, r);
    int64_t rows_most = count ? LOG_ROWS_MOST / count : 0;
    for (int32_t p = 0; p < results->point_count && count; p++) {
        struct point *point = &results->points[p];
        size_t room = only ? 1 : (size_t)wanted->count;
        point->logs = arena_take(&results->arena, room * sizeof *point->logs);
        point->log_steps = log_steps(&results->arena, points[p].plant);
        point->log_step_count = points[p].plant->step_count;
        if (only) log_replication(results, points, p, only, rows_most);
        for (int32_t r = 1; r <= point->replication_count && !only; r++)
            if (is_wanted(wanted, r)) log_replication(results, points, p, r, rows_most);
    }
}

/* ---- What both directions share ---- */

/* The columns of /log/runs. */
enum { RUN_POINT, RUN_REPLICATION, RUN_COMPLETE, RUN_INTS };
static const char *const run_ints[RUN_INTS] = {"point", "replication", "complete"};
enum { RUN_FIRST, RUN_ROWS, RUN_FROM, RUN_TO, RUN_LONGS };
static const char *const run_longs[RUN_LONGS] = {"first", "count", "from_us", "to_us"};

struct run_table {
    int32_t *ints[RUN_INTS], count;
    int64_t *longs[RUN_LONGS];
};

static void run_table_init(struct run_table *table, int32_t count) {
    table->count = count;
    for (int i = 0; i < RUN_INTS; i++)
        table->ints[i] = memory_zeroed((size_t)count + 1, sizeof(int32_t));
    for (int i = 0; i < RUN_LONGS; i++)
        table->longs[i] = memory_zeroed((size_t)count + 1, sizeof(int64_t));
}

static void run_table_clear(struct run_table *table) {
    for (int i = 0; i < RUN_INTS; i++) free(table->ints[i]);
    for (int i = 0; i < RUN_LONGS; i++) free(table->longs[i]);
}

/* Where the names of these codes stand in the file; NULL: they are numbers. */
static const char *names_of_codes(struct arena *arena, int32_t codes) {
    if (codes == RECORD_STEPS) return "/log/step_names";
    if (codes == RECORD_STATES) return "/log/state_names";
    if (codes == RECORD_NUMBERS) return NULL;
    enum result_section section = (enum result_section)codes;
    return arena_text(arena, "/%s/%s", result_section_names[section], results_file_scale(section));
}

/* ---- Writing ---- */

struct log_writer {
    struct results_writer *writer;
    struct hdf5_group group;
    struct hdf5_scale *row;
    int64_t row_count;
    struct names steps; /* of all points */
    void *values;       /* room for one column */
};

/* Turns the codes of a point into those of the file; NULL: they are the same. */
static int32_t *recoding(struct log_writer *to, int32_t p, int32_t codes, int32_t *count) {
    const struct catalogue *catalogue = &to->writer->catalogue;
    const struct point *point = &to->writer->results->points[p];
    if (codes == RECORD_NUMBERS || codes == RECORD_STATES) return NULL;
    *count = codes == RECORD_STEPS ? point->log_step_count : point->layout->object_counts[codes];
    int32_t *table = memory_zeroed((size_t)*count + 1, sizeof *table);
    for (int32_t i = 0; i < *count; i++)
        table[i] = codes == RECORD_STEPS
                       ? names_find(&to->steps, point->log_steps[i])
                       : catalogue->indexes[catalogue->layout_of[p]].object_of[codes][i];
    return table;
}

static void write_codes(struct log_writer *to, const struct log_column *column) {
    const struct takt_results *results = to->writer->results;
    const char *codes_of = names_of_codes(&to->writer->file.arena, column->codes);
    if (column->codes < RESULT_SECTION_COUNT && !to->writer->catalogue.objects[column->codes].count)
        return; /* there is nothing of the kind */
    int32_t *values = to->values;
    int64_t at = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        int32_t count = 0, *table = recoding(to, p, column->codes, &count);
        for (int32_t l = 0; l < point->log_count; l++)
            for (int64_t i = 0; i < point->logs[l].count; i++) {
                int32_t code = log_code(&point->logs[l].rows[i], column);
                values[at++] = table && code >= 0 ? table[code] : code;
            }
        free(table);
    }
    struct hdf5_writer *file = &to->writer->file;
    hdf5_column(file, to->group, column->name, HDF5_INT32, HDF5_SPACE(to->row), values);
    hdf5_attribute_text(file, to->group, column->name, "long_name", column->words);
    if (codes_of) hdf5_attribute_text(file, to->group, column->name, "codes_of", codes_of);
}

static void write_times(struct log_writer *to) {
    const struct takt_results *results = to->writer->results;
    tick *times = to->values;
    int64_t at = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t l = 0; l < results->points[p].log_count; l++)
            for (int64_t i = 0; i < results->points[p].logs[l].count; i++)
                times[at++] = results->points[p].logs[l].rows[i].at;
    hdf5_column(&to->writer->file, to->group, "time_us", HDF5_INT64, HDF5_SPACE(to->row), times);
    hdf5_attribute_text(&to->writer->file, to->group, "time_us", "unit", "us");
    hdf5_attribute_text(&to->writer->file, to->group, "time_us", "long_name",
                        "from the moment that measuring begins");
}

static void write_whats(struct log_writer *to) {
    const struct takt_results *results = to->writer->results;
    struct hdf5_writer *file = &to->writer->file;
    double *values = to->values;
    int64_t at = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t l = 0; l < results->points[p].log_count; l++)
            for (int64_t i = 0; i < results->points[p].logs[l].count; i++)
                values[at++] = results->points[p].logs[l].rows[i].value;
    hdf5_column(file, to->group, "value", HDF5_REAL, HDF5_SPACE(to->row), values);
    int32_t *whats = to->values;
    at = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t l = 0; l < results->points[p].log_count; l++)
            for (int64_t i = 0; i < results->points[p].logs[l].count; i++)
                whats[at++] = results->points[p].logs[l].rows[i].what;
    hdf5_column(file, to->group, "what", HDF5_INT32, HDF5_SPACE(to->row), whats);
    hdf5_attribute_text(file, to->group, "what", "codes_of", "/log/what_names");
    hdf5_attribute_text(file, to->group, "what", "long_name", "what happened");
}

static void write_names(struct log_writer *to) {
    struct hdf5_writer *file = &to->writer->file;
    const char *words[RECORD_KIND_COUNT], *meanings[RECORD_KIND_COUNT], *units[RECORD_KIND_COUNT];
    for (int i = 0; i < RECORD_KIND_COUNT; i++) {
        words[i] = record_kinds[i].word;
        meanings[i] = record_kinds[i].meaning;
        units[i] = record_kinds[i].value;
    }
    struct hdf5_scale *kind =
        hdf5_scale(file, to->group, "what_names", HDF5_TEXT, RECORD_KIND_COUNT, words);
    hdf5_column(file, to->group, "what_meanings", HDF5_TEXT, HDF5_SPACE(kind), meanings);
    hdf5_column(file, to->group, "what_values", HDF5_TEXT, HDF5_SPACE(kind), units);
    hdf5_scale(file, to->group, "state_names", HDF5_TEXT, STATE_COUNT, machine_state_names);
    if (to->steps.count)
        hdf5_scale(file, to->group, "step_names", HDF5_TEXT, to->steps.count, to->steps.list);
}

static void write_runs(struct log_writer *to, int32_t run_count) {
    const struct takt_results *results = to->writer->results;
    struct hdf5_writer *file = &to->writer->file;
    struct hdf5_group group = hdf5_group(file, to->group, "runs");
    struct run_table table;
    run_table_init(&table, run_count);
    int64_t first = 0;
    int32_t run = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t l = 0; l < results->points[p].log_count; l++, run++) {
            const struct log *log = &results->points[p].logs[l];
            table.ints[RUN_POINT][run] = p;
            table.ints[RUN_REPLICATION][run] = log->replication;
            table.ints[RUN_COMPLETE][run] = !log->cut;
            table.longs[RUN_FIRST][run] = first;
            table.longs[RUN_ROWS][run] = log->count;
            table.longs[RUN_FROM][run] = log->from;
            table.longs[RUN_TO][run] = log->to;
            first += log->count;
        }
    struct hdf5_scale *scale = results_file_counting(to->writer, group, "run", 0, run_count);
    for (int i = 0; i < RUN_INTS; i++)
        hdf5_column(file, group, run_ints[i], HDF5_INT32, HDF5_SPACE(scale), table.ints[i]);
    for (int i = 0; i < RUN_LONGS; i++)
        hdf5_column(file, group, run_longs[i], HDF5_INT64, HDF5_SPACE(scale), table.longs[i]);
    run_table_clear(&table);
}

void results_log_write(struct results_writer *writer) {
    const struct takt_results *results = writer->results;
    struct log_writer to = {.writer = writer};
    int32_t run_count = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        run_count += point->log_count;
        for (int32_t l = 0; l < point->log_count; l++) to.row_count += point->logs[l].count;
        for (int32_t i = 0; i < point->log_step_count; i++)
            names_add(&to.steps, point->log_steps[i]);
    }
    if (!run_count) return;
    to.values = memory_zeroed((size_t)to.row_count + 1, sizeof(double));
    to.group = hdf5_group(&writer->file, hdf5_root(&writer->file), "log");
    to.row = results_file_counting(writer, to.group, "row", 0, to.row_count);
    write_runs(&to, run_count);
    write_times(&to);
    write_whats(&to);
    for (int c = 0; c < LOG_COLUMN_COUNT; c++) write_codes(&to, &log_columns[c]);
    write_names(&to);
    names_clear(&to.steps);
    free(to.values);
}

/* ---- Reading ---- */

struct log_reader {
    struct results_reader *reader;
    int64_t row_count;
    struct run_table runs;
    const char **steps;
    int32_t step_count;
};

/* Which log a run of the file is. */
static struct log *log_of_run(const struct log_reader *from, int32_t run) {
    struct point *point = &from->reader->results->points[from->runs.ints[RUN_POINT][run]];
    for (int32_t l = 0; l < point->log_count; l++)
        if (point->logs[l].replication == from->runs.ints[RUN_REPLICATION][run])
            return &point->logs[l];
    return NULL;
}

/* Makes the logs of the points, with room for their rows. */
static void make_logs(struct log_reader *from) {
    struct takt_results *results = from->reader->results;
    struct hdf5_reader *file = &from->reader->file;
    int64_t next = 0;
    for (int32_t run = 0; run < from->runs.count; run++) {
        int32_t p = from->runs.ints[RUN_POINT][run];
        int64_t count = from->runs.longs[RUN_ROWS][run];
        bool right = p >= 0 && p < results->point_count && count >= 0 &&
                     from->runs.longs[RUN_FIRST][run] == next && next <= from->row_count - count;
        if (!right) return hdf5_wrong(file, "'/log/runs' has a wrong row %d", run);
        next += count;
        struct point *point = &results->points[p];
        if (!point->logs)
            point->logs =
                arena_take(&results->arena, (size_t)from->runs.count * sizeof *point->logs);
        point->log_steps = from->steps;
        point->log_step_count = from->step_count;
        point->logs[point->log_count++] =
            (struct log){.replication = from->runs.ints[RUN_REPLICATION][run],
                         .from = from->runs.longs[RUN_FROM][run],
                         .to = from->runs.longs[RUN_TO][run],
                         .cut = !from->runs.ints[RUN_COMPLETE][run],
                         .count = count,
                         .room = count,
                         .rows = memory_zeroed((size_t)count + 1, sizeof(struct record))};
    }
}

/* Turns codes of the file into those of a point; NULL: they are the same. */
static int32_t *recoding_back(const struct log_reader *from, int32_t p, int32_t codes) {
    const struct catalogue *catalogue = &from->reader->catalogue;
    if (codes >= RESULT_SECTION_COUNT) return NULL;
    int32_t count = catalogue->objects[codes].count;
    int32_t *table = memory_zeroed((size_t)count + 1, sizeof *table);
    for (int32_t i = 0; i < count; i++) table[i] = -1;
    const struct layout *layout = from->reader->results->points[p].layout;
    for (int32_t i = 0; i < layout->object_counts[codes]; i++)
        table[catalogue->indexes[catalogue->layout_of[p]].object_of[codes][i]] = i;
    return table;
}

/* How many codes the file has for a column; INT32_MAX for numbers. */
static int32_t code_limit(const struct log_reader *from, int32_t codes) {
    if (codes == RECORD_STEPS) return from->step_count;
    if (codes == RECORD_STATES) return STATE_COUNT;
    if (codes == RECORD_NUMBERS) return INT32_MAX;
    return from->reader->catalogue.objects[codes].count;
}

/* OFFSET: of the member of a row, where `codes` go. */
static void read_codes(struct log_reader *from, const char *name, int32_t codes, int32_t limit,
                       size_t offset) {
    struct hdf5_reader *file = &from->reader->file;
    const char *path = arena_text(file->arena, "/log/%s", name);
    int32_t *values = memory_zeroed((size_t)from->row_count + 1, sizeof *values);
    bool there =
        hdf5_count(file, path) > 0 && hdf5_read(file, path, HDF5_INT32, from->row_count, values);
    for (int32_t run = 0; run < from->runs.count && !file->why; run++) {
        struct log *log = log_of_run(from, run);
        int64_t first = from->runs.longs[RUN_FIRST][run];
        int32_t *table = recoding_back(from, from->runs.ints[RUN_POINT][run], codes);
        for (int64_t i = 0; i < log->count; i++) {
            int32_t code = there ? values[first + i] : NOBODY;
            if (code < NOBODY || code >= limit) {
                hdf5_wrong(file, "'%s' has a wrong code", path);
                break;
            }
            *(int32_t *)((char *)&log->rows[i] + offset) = table && code >= 0 ? table[code] : code;
        }
        free(table);
    }
    free(values);
}

static void read_rows(struct log_reader *from) {
    struct hdf5_reader *file = &from->reader->file;
    size_t count = (size_t)from->row_count + 1;
    tick *times = memory_zeroed(count, sizeof *times);
    double *values = memory_zeroed(count, sizeof *values);
    hdf5_read(file, "/log/time_us", HDF5_INT64, from->row_count, times);
    hdf5_read(file, "/log/value", HDF5_REAL, from->row_count, values);
    for (int32_t run = 0; run < from->runs.count && !file->why; run++) {
        struct log *log = log_of_run(from, run);
        int64_t first = from->runs.longs[RUN_FIRST][run];
        for (int64_t i = 0; i < log->count; i++) {
            log->rows[i].at = times[first + i];
            log->rows[i].value = values[first + i];
        }
    }
    free(values);
    free(times);
    read_codes(from, "what", RECORD_NUMBERS, RECORD_KIND_COUNT, offsetof(struct record, what));
    for (int c = 0; c < LOG_COLUMN_COUNT; c++)
        read_codes(from, log_columns[c].name, log_columns[c].codes,
                   code_limit(from, log_columns[c].codes), log_columns[c].offset);
}

/* The kinds of events and states must be those of this takt. */
static void check_names(struct log_reader *from) {
    struct hdf5_reader *file = &from->reader->file;
    const char *whats[RECORD_KIND_COUNT], *states[STATE_COUNT];
    bool same = hdf5_count(file, "/log/what_names") == RECORD_KIND_COUNT &&
                hdf5_count(file, "/log/state_names") == STATE_COUNT &&
                hdf5_read(file, "/log/what_names", HDF5_TEXT, RECORD_KIND_COUNT, whats) &&
                hdf5_read(file, "/log/state_names", HDF5_TEXT, STATE_COUNT, states);
    for (int i = 0; same && i < RECORD_KIND_COUNT; i++)
        same = strcmp(whats[i], record_kinds[i].word) == 0;
    for (int i = 0; same && i < STATE_COUNT; i++)
        same = strcmp(states[i], machine_state_names[i]) == 0;
    if (!same) hdf5_wrong(file, "its log is of another takt");
}

void results_log_read(struct results_reader *reader) {
    struct hdf5_reader *file = &reader->file;
    struct log_reader from = {.reader = reader};
    int32_t run_count = results_file_count(reader, "/log/runs/run");
    if (!run_count) return;
    from.row_count = hdf5_count(file, "/log/row");
    from.step_count = results_file_count(reader, "/log/step_names");
    from.steps = arena_take(file->arena, (size_t)from.step_count * sizeof *from.steps);
    if (from.step_count) hdf5_read(file, "/log/step_names", HDF5_TEXT, from.step_count, from.steps);
    check_names(&from);
    run_table_init(&from.runs, run_count);
    for (int i = 0; i < RUN_INTS; i++)
        hdf5_read(file, arena_text(file->arena, "/log/runs/%s", run_ints[i]), HDF5_INT32, run_count,
                  from.runs.ints[i]);
    for (int i = 0; i < RUN_LONGS; i++)
        hdf5_read(file, arena_text(file->arena, "/log/runs/%s", run_longs[i]), HDF5_INT64,
                  run_count, from.runs.longs[i]);
    if (!file->why) make_logs(&from);
    if (!file->why) read_rows(&from);
    run_table_clear(&from.runs);
}
