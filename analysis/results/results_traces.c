/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened along the way, in the file: series (values on a grid of times) and sequences
 * (values in a row).
 *
 * Raw series of every replication would be most of the file and nobody would look at them, so the
 * first replication stands for how a run looks, and mean, sd, least and most over all replications
 * say how far others differ. Sequences are ragged: a row says which values are its own. */
#include "results_file.h"
#include "../summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const stat_suffixes[SERIES_STAT_COUNT] = {
#define X(name, suffix, words) [SERIES_##name] = suffix,
    SERIES_STATS(X)
#undef X
};

static const char *const stat_words[SERIES_STAT_COUNT] = {
#define X(name, suffix, words) [SERIES_##name] = words,
    SERIES_STATS(X)
#undef X
};

/* The columns of a series: how it looked first (suffix ""), then the statistics. */
enum { SERIES_COLUMNS = 1 + SERIES_STAT_COUNT };

static const char *suffix_of(int column) {
    return column == 0 ? "" : stat_suffixes[column - 1];
}

/* The names of the columns of one series; false if one of them is taken. */
static bool name_columns(struct arena *arena, const struct names *taken, char *base,
                         const char **names) {
    bool all_free = true;
    for (char *at = base; *at; at++)
        if (*at == '.' || *at == '-' || *at == '/') *at = '_';
    for (int c = 0; c < SERIES_COLUMNS; c++) {
        names[c] = arena_text(arena, "%s%s", base, suffix_of(c));
        if (names_find(taken, names[c]) >= 0) all_free = false;
    }
    return all_free;
}

/* Names of the columns of all series, in the order of the catalogue: the path with `_` for its
 * marks, and a number behind it where two paths would give one name. */
static const char **series_names(struct arena *arena, const struct names *paths) {
    struct names taken = {0};
    const char **names = arena_take(arena, (size_t)paths->count * SERIES_COLUMNS * sizeof *names);
    for (int32_t i = 0; i < paths->count; i++) {
        const char **own = names + i * SERIES_COLUMNS;
        bool done = name_columns(arena, &taken, arena_text(arena, "%s", paths->list[i]), own);
        for (int number = 2; !done; number++)
            done = name_columns(arena, &taken, arena_text(arena, "%s_%d", paths->list[i], number),
                                own);
        for (int c = 0; c < SERIES_COLUMNS; c++) names_add(&taken, own[c]);
    }
    names_clear(&taken);
    return names;
}

/* Where a series stands in the layout of a point, or -1. */
static int32_t series_in(const struct layout *layout, const char *path) {
    for (int32_t i = 0; i < layout->series_count; i++)
        if (strcmp(layout->series[i].path, path) == 0) return i;
    return -1;
}

static int32_t sequence_in(const struct layout *layout, const char *path) {
    for (int32_t i = 0; i < layout->sequence_count; i++)
        if (strcmp(layout->sequences[i].path, path) == 0) return i;
    return -1;
}

/* ---- Writing ---- */

/* One column of one series: point x time; NaN beyond the end of a shorter grid and where a point
 * has not the series. */
static void series_take(const struct catalogue *catalogue, const char *path, int column,
                        double *table) {
    const struct takt_results *results = catalogue->results;
    size_t grid = (size_t)catalogue->grid_count;
    for (size_t i = 0; i < (size_t)results->point_count * grid; i++) table[i] = NAN;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        int32_t series = series_in(point->layout, path);
        if (series < 0) continue;
        double *to = table + (size_t)p * grid;
        if (column > 0)
            results_series(results, p, series, (enum series_stat)(column - 1), to);
        else if (point->replication_count)
            memcpy(to, point->blocks[0] + layout_series_at(point->layout, series, 0),
                   (size_t)point->layout->grid_count * sizeof *to);
    }
}

/* The times of the grid in hours. Where points differ in their step there are no times in common,
 * and the scale counts the steps of /layouts/grid_step_us instead. */
static struct hdf5_scale *time_scale(struct results_writer *writer, struct hdf5_group group) {
    const struct catalogue *catalogue = &writer->catalogue;
    tick step = 0;
    bool common = true;
    for (int32_t l = 0; l < catalogue->layout_count; l++) {
        const struct layout *layout = catalogue->layouts[l];
        if (!layout->series_count) continue;
        if (step && layout->grid_step != step) common = false;
        step = layout->grid_step;
    }
    double *times = memory_zeroed((size_t)catalogue->grid_count + 1, sizeof *times);
    for (int32_t i = 0; i < catalogue->grid_count; i++)
        times[i] = common ? (double)((i + 1) * step) / (double)TICK_H : i + 1;
    struct hdf5_scale *scale =
        hdf5_scale(&writer->file, group, "time", HDF5_REAL, catalogue->grid_count, times);
    hdf5_attribute_text(&writer->file, group, "time", "unit", common ? "h" : "step");
    free(times);
    return scale;
}

static void write_units(struct results_writer *writer, struct hdf5_group group,
                        struct hdf5_scale *path) {
    size_t count = (size_t)writer->catalogue.series.count;
    int32_t *units = memory_zeroed(count, sizeof *units);
    for (size_t i = 0; i < count; i++) units[i] = (int32_t)writer->catalogue.series_units[i];
    hdf5_column(&writer->file, group, "unit", HDF5_INT32, HDF5_SPACE(path), units);
    hdf5_attribute_texts(&writer->file, group, "unit", "names", RESULTS_FILE_UNITS,
                         result_unit_names);
    free(units);
}

static void write_series(struct results_writer *writer) {
    const struct catalogue *catalogue = &writer->catalogue;
    const struct names *paths = &catalogue->series;
    if (!paths->count) return;
    struct hdf5_writer *file = &writer->file;
    struct hdf5_group group = hdf5_group(file, hdf5_root(file), "series");
    write_units(writer, group,
                hdf5_scale(file, group, "path", HDF5_TEXT, paths->count, paths->list));
    struct hdf5_scale *time = time_scale(writer, group);
    struct hdf5_scale *kept = results_file_counting(writer, group, "replication", 1, 1);
    size_t size = (size_t)writer->results->point_count * (size_t)catalogue->grid_count;
    double *table = memory_zeroed(size + 1, sizeof *table);
    const char **names = series_names(&file->arena, paths);
    for (int32_t i = 0; i < paths->count; i++)
        for (int c = 0; c < SERIES_COLUMNS; c++) {
            const char *name = names[i * SERIES_COLUMNS + c];
            char unit[16];
            series_take(catalogue, paths->list[i], c, table);
            hdf5_column(file, group, name, HDF5_REAL,
                        c == 0 ? HDF5_SPACE(writer->point, kept, time)
                               : HDF5_SPACE(writer->point, time),
                        table);
            hdf5_attribute_text(file, group, name, "path", paths->list[i]);
            hdf5_attribute_text(file, group, name, "long_name",
                                c == 0 ? "first replication" : stat_words[c - 1]);
            hdf5_attribute_text(file, group, name, "unit",
                                summary_unit(writer->results, catalogue->series_units[i], unit));
        }
    free(table);
}

/* Ragged values: the columns of the rows, and the values of all rows one after the other. */
enum { ROW_SEQUENCE, ROW_POINT, ROW_REPLICATION, ROW_COUNT, ROW_COLUMNS };

static const char *const row_names[ROW_COLUMNS] = {"sequence", "point", "replication", "count"};

struct ragged {
    int32_t *columns[ROW_COLUMNS];
    int64_t *first;
    double *values;
    int64_t row_count, value_count;
};

static void ragged_init(struct ragged *ragged, int64_t rows, int64_t values) {
    *ragged = (struct ragged){0};
    for (int c = 0; c < ROW_COLUMNS; c++)
        ragged->columns[c] = memory_zeroed((size_t)rows + 1, sizeof(int32_t));
    ragged->first = memory_zeroed((size_t)rows + 1, sizeof *ragged->first);
    ragged->values = memory_zeroed((size_t)values + 1, sizeof *ragged->values);
}

static void ragged_clear(struct ragged *ragged) {
    for (int c = 0; c < ROW_COLUMNS; c++) free(ragged->columns[c]);
    free(ragged->first);
    free(ragged->values);
}

/* Adds what happened: the values up to the last that is a number. */
static void ragged_add(struct ragged *ragged, int32_t sequence, int32_t point, int32_t replication,
                       const double *values, int32_t capacity) {
    int32_t count = capacity;
    while (count > 0 && isnan(values[count - 1])) count--;
    int64_t row = ragged->row_count++;
    ragged->columns[ROW_SEQUENCE][row] = sequence;
    ragged->columns[ROW_POINT][row] = point;
    ragged->columns[ROW_REPLICATION][row] = replication + 1;
    ragged->columns[ROW_COUNT][row] = count;
    ragged->first[row] = ragged->value_count;
    if (count) memcpy(ragged->values + ragged->value_count, values, (size_t)count * sizeof *values);
    ragged->value_count += count;
}

static void ragged_fill(struct ragged *ragged, const struct catalogue *catalogue) {
    const struct takt_results *results = catalogue->results;
    int64_t rows = 0, values = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct layout *layout = results->points[p].layout;
        rows += layout->sequence_count;
        values += layout->value_count - layout_sequence_at(layout, 0, 0);
    }
    ragged_init(ragged, rows * results->replication_count, values * results->replication_count);
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct layout *layout = results->points[p].layout;
        for (int32_t r = 0; r < results->points[p].replication_count; r++)
            for (int32_t s = 0; s < layout->sequence_count; s++) {
                const struct sequence_column *sequence = &layout->sequences[s];
                const double *from =
                    results->points[p].blocks[r] + layout_sequence_at(layout, s, 0);
                ragged_add(ragged, names_find(&catalogue->sequences, sequence->path), p, r, from,
                           sequence->capacity);
            }
    }
}

static void write_sequences(struct results_writer *writer) {
    const struct names *paths = &writer->catalogue.sequences;
    if (!paths->count) return;
    struct hdf5_writer *file = &writer->file;
    struct hdf5_group group = hdf5_group(file, hdf5_root(file), "sequences");
    struct ragged ragged;
    ragged_fill(&ragged, &writer->catalogue);
    hdf5_scale(file, group, "path", HDF5_TEXT, paths->count, paths->list);
    hdf5_scale(file, group, "values", HDF5_REAL, ragged.value_count, ragged.values);
    struct hdf5_scale *row = results_file_counting(writer, group, "row", 0, ragged.row_count);
    for (int c = 0; c < ROW_COLUMNS; c++)
        hdf5_column(file, group, row_names[c], HDF5_INT32, HDF5_SPACE(row), ragged.columns[c]);
    hdf5_column(file, group, "first", HDF5_INT64, HDF5_SPACE(row), ragged.first);
    ragged_clear(&ragged);
}

static int32_t months_of(const struct catalogue *catalogue) {
    int32_t most = 0;
    for (int32_t l = 0; l < catalogue->layout_count; l++) {
        int32_t sequence = sequence_in(catalogue->layouts[l], LAYOUT_CASH);
        if (sequence < 0) continue;
        int32_t months = catalogue->layouts[l]->sequences[sequence].capacity;
        if (months > most) most = months;
    }
    return most;
}

/* The sequence of cash once more, as a table: NaN beyond the end of a shorter run. */
void results_cash_write(struct results_writer *writer, struct hdf5_group money) {
    const struct takt_results *results = writer->results;
    size_t months = (size_t)months_of(&writer->catalogue);
    if (!months) return;
    size_t rows = (size_t)results->point_count * (size_t)results->replication_count;
    double *table = memory_zeroed(rows * months + 1, sizeof *table);
    for (size_t i = 0; i < rows * months; i++) table[i] = NAN;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        int32_t cash = sequence_in(point->layout, LAYOUT_CASH);
        double *to = table + (size_t)p * (size_t)results->replication_count * months;
        for (int32_t r = 0; cash >= 0 && r < point->replication_count; r++, to += months)
            memcpy(to, point->blocks[r] + layout_sequence_at(point->layout, cash, 0),
                   (size_t)point->layout->sequences[cash].capacity * sizeof *to);
    }
    struct hdf5_writer *file = &writer->file;
    struct hdf5_scale *month = results_file_counting(writer, money, "month", 1, (int64_t)months);
    hdf5_column(file, money, "cash", HDF5_REAL,
                HDF5_SPACE(writer->point, writer->replication, month), table);
    char unit[16];
    hdf5_attribute_text(file, money, "cash", "path", LAYOUT_CASH);
    hdf5_attribute_text(file, money, "cash", "long_name",
                        "balance at the end of each month of the calendar");
    hdf5_attribute_text(file, money, "cash", "unit",
                        summary_unit(results, RESULT_UNIT_MONEY, unit));
    free(table);
}

void results_traces_write(struct results_writer *writer) {
    write_series(writer);
    write_sequences(writer);
}

/* ---- Reading ---- */

/* The opposite of series_take; statistics go beside the blocks. */
static void series_put(const struct results_reader *reader, const char *path, int column,
                       const double *table) {
    struct takt_results *results = reader->results;
    size_t grid = (size_t)reader->catalogue.grid_count;
    for (int32_t p = 0; p < results->point_count; p++) {
        struct point *point = &results->points[p];
        int32_t series = series_in(point->layout, path);
        if (series < 0 || (column == 0 && !point->replication_count)) continue;
        double *to = column == 0 ? point->blocks[0] + layout_series_at(point->layout, series, 0)
                                 : point->series[column - 1] +
                                       (size_t)series * (size_t)point->layout->grid_count;
        memcpy(to, table + (size_t)p * grid, (size_t)point->layout->grid_count * sizeof *to);
    }
}

static void read_series(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    const struct names *paths = &reader->catalogue.series;
    if (!paths->count) return;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct layout *layout = results->points[p].layout;
        size_t size = (size_t)layout->series_count * (size_t)layout->grid_count;
        for (int i = 0; i < SERIES_STAT_COUNT; i++)
            results->points[p].series[i] = arena_take(&results->arena, size * sizeof(double));
        results->points[p].summed = results->points[p].replication_count;
    }
    size_t size = (size_t)results->point_count * (size_t)reader->catalogue.grid_count;
    double *table = memory_zeroed(size + 1, sizeof *table);
    const char **names = series_names(&results->arena, paths);
    for (int32_t i = 0; i < paths->count; i++)
        for (int c = 0; c < SERIES_COLUMNS; c++) {
            const char *name =
                arena_text(&results->arena, "/series/%s", names[i * SERIES_COLUMNS + c]);
            if (hdf5_read(&reader->file, name, HDF5_REAL, (int64_t)size, table))
                series_put(reader, paths->list[i], c, table);
        }
    free(table);
}

/* Copies one row into its block; false if it says what cannot be. */
static bool row_put(const struct results_reader *reader, const struct ragged *ragged, int64_t row) {
    const struct takt_results *results = reader->results;
    int32_t code = ragged->columns[ROW_SEQUENCE][row], count = ragged->columns[ROW_COUNT][row];
    int32_t point = ragged->columns[ROW_POINT][row];
    int32_t replication = ragged->columns[ROW_REPLICATION][row] - 1;
    int64_t first = ragged->first[row];
    if (code < 0 || code >= reader->catalogue.sequences.count) return false;
    if (point < 0 || point >= results->point_count) return false;
    if (replication < 0 || replication >= results->points[point].replication_count) return false;
    if (count < 0 || first < 0 || first > ragged->value_count - count) return false;
    const struct layout *layout = results->points[point].layout;
    const char *path = reader->catalogue.sequences.list[code];
    int32_t sequence = sequence_in(layout, path);
    if (sequence < 0 || count > layout->sequences[sequence].capacity) return false;
    memcpy(results->points[point].blocks[replication] + layout_sequence_at(layout, sequence, 0),
           ragged->values + first, (size_t)count * sizeof(double));
    return true;
}

static void read_sequences(struct results_reader *reader) {
    if (!reader->catalogue.sequences.count) return;
    struct hdf5_reader *file = &reader->file;
    int64_t rows = hdf5_count(file, "/sequences/row");
    int64_t values = hdf5_count(file, "/sequences/values");
    struct ragged ragged;
    ragged_init(&ragged, rows, values);
    for (int c = 0; c < ROW_COLUMNS; c++)
        hdf5_read(file, arena_text(file->arena, "/sequences/%s", row_names[c]), HDF5_INT32, rows,
                  ragged.columns[c]);
    hdf5_read(file, "/sequences/first", HDF5_INT64, rows, ragged.first);
    hdf5_read(file, "/sequences/values", HDF5_REAL, values, ragged.values);
    ragged.value_count = values;
    for (int64_t row = 0; row < rows && !file->why; row++)
        if (!row_put(reader, &ragged, row))
            hdf5_wrong(file, "'/sequences' is wrong in row %ld", (long)row);
    ragged_clear(&ragged);
}

void results_traces_read(struct results_reader *reader) {
    read_series(reader);
    read_sequences(reader);
}
