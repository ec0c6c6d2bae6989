/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stopping.h"

#include "json.h"
#include "warm_up.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* ---- For people ---- */

/* The series that took longest; one that did not settle before all others. */
static const struct pilot_series *slowest(const struct warm_up_found *found) {
    const struct pilot_series *slowest = NULL;
    for (int32_t i = 0; i < found->series_count; i++) {
        const struct pilot_series *here = &found->series[i];
        bool slower = !slowest || (slowest->settled && !here->settled) ||
                      (slowest->settled == here->settled &&
                       here->deleted * here->step_hours > slowest->deleted * slowest->step_hours);
        if (slower) slowest = here;
    }
    return slowest;
}

/* A length of time in the largest unit of which it is at least one. */
static void print_time(FILE *file, double hours) {
    if (hours >= 48)
        fprintf(file, "%.3g d", hours / 24);
    else if (hours >= 1 || hours == 0)
        fprintf(file, "%.3g h", hours);
    else
        fprintf(file, "%.3g min", hours * 60);
}

static void print_of(const struct takt_results *results, int32_t point, const char *path,
                     FILE *file) {
    fprintf(file, "%s", path);
    if (results->point_count > 1) fprintf(file, " of %s", results->points[point].arm);
}

static void print_warm_up(const struct takt_results *results, FILE *file) {
    const struct warm_up_found *found = &results->warm_up;
    const struct pilot_series *series = slowest(found);
    if (!found->automatic || !series) return;
    fputs("warm-up ", file);
    print_time(file, found->hours);
    fprintf(file, ", found by MSER-5 in %" PRId32 " pilot runs: ", found->pilots);
    print_of(results, series->point, series->path, file);
    fputs(series->settled
              ? " took longest to settle\n"
              : " had not settled in the first half.\n"
                "The run is too short to say when it settles: give it more length, or a "
                "warm-up of your own\n",
          file);
}

static void print_precision(const struct takt_results *results, FILE *file) {
    const struct precision_found *found = &results->precision;
    if (!(found->asked > 0)) return;
    fprintf(file, "± %.3g %% of each mean was asked for, and ", 100 * found->asked);
    if (found->reached)
        fputs("reached", file);
    else
        fprintf(file, "not reached in %" PRId32 " replications", results->replication_count);
    if (found->path) {
        fputs(": ", file);
        print_of(results, found->point, found->path, file);
        if (isfinite(found->widest))
            fprintf(file, " is widest, ± %.3g %%", 100 * found->widest);
        else
            fputs(isnan(found->widest) ? " has no mean" : " is zero in the mean", file);
    }
    fputc('\n', file);
}

void stopping_print(const struct takt_results *results, FILE *file) {
    print_warm_up(results, file);
    print_precision(results, file);
}

/* ---- For scripts ---- */

static void json_warm_up(const struct takt_results *results, FILE *file) {
    const struct warm_up_found *found = &results->warm_up;
    fputs("\"warm_up\":{\"hours\":", file);
    json_number(file, found->hours);
    if (found->automatic) {
        fprintf(file, ",\"method\":\"MSER-5\",\"pilots\":%" PRId32 ",\"settled\":%s,\"series\":[",
                found->pilots, warm_up_settled(found) ? "true" : "false");
        for (int32_t i = 0; i < found->series_count; i++) {
            const struct pilot_series *series = &found->series[i];
            fprintf(file, "%s\n  {\"point\":%" PRId32 ",\"path\":", i ? "," : "", series->point);
            json_text(file, series->path);
            fputs(",\"hours\":", file);
            json_number(file, series->deleted * series->step_hours);
            fprintf(file, ",\"settled\":%s}", series->settled ? "true" : "false");
        }
        fputc(']', file);
    }
    fputc('}', file);
}

static void json_precision(const struct takt_results *results, FILE *file) {
    const struct precision_found *found = &results->precision;
    if (!(found->asked > 0)) return;
    fputs(",\"precision\":{\"asked\":", file);
    json_number(file, found->asked);
    fprintf(file, ",\"reached\":%s,\"widest\":", found->reached ? "true" : "false");
    json_number(file, found->widest);
    fputs(",\"path\":", file);
    json_text(file, found->path);
    fprintf(file, ",\"point\":%" PRId32 "}", found->point);
}

void stopping_json(const struct takt_results *results, FILE *file) {
    json_warm_up(results, file);
    json_precision(results, file);
}

/* ---- For the file ---- */

static const char *or_empty(const char *text) {
    return text ? text : "";
}

/* The columns of the series of the pilots: (row), and (row, step) for what has a grid. */
struct pilot_rows {
    int32_t count, steps;
    const char **path;
    int32_t *point, *settled, *deleted, *window, *step_count, *unit;
    double *step_hours, *mean, *welch;
};

static struct pilot_rows rows_take(struct arena *arena, int32_t count, int32_t steps) {
    size_t rows = (size_t)count, cells = rows * (size_t)steps;
    struct pilot_rows taken = {.count = count, .steps = steps};
    int32_t **numbers[] = {&taken.point,  &taken.settled,    &taken.deleted,
                           &taken.window, &taken.step_count, &taken.unit};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = arena_take(arena, rows * sizeof **numbers[i]);
    taken.path = arena_take(arena, rows * sizeof *taken.path);
    taken.step_hours = arena_take(arena, rows * sizeof *taken.step_hours);
    taken.mean = arena_take(arena, cells * sizeof *taken.mean);
    taken.welch = arena_take(arena, cells * sizeof *taken.welch);
    return taken;
}

static void rows_fill(struct pilot_rows *rows, const struct warm_up_found *found) {
    for (int32_t r = 0; r < rows->count; r++) {
        const struct pilot_series *series = &found->series[r];
        rows->path[r] = series->path;
        rows->point[r] = series->point;
        rows->settled[r] = series->settled;
        rows->deleted[r] = series->deleted;
        rows->window[r] = series->window;
        rows->step_count[r] = series->count;
        rows->unit[r] = (int32_t)series->unit;
        rows->step_hours[r] = series->step_hours;
        for (int32_t i = 0; i < rows->steps; i++) {
            size_t at = (size_t)r * (size_t)rows->steps + (size_t)i;
            rows->mean[at] = i < series->count ? series->mean[i] : NAN;
            rows->welch[at] = i < series->count ? series->welch[i] : NAN;
        }
    }
}

/* The numbers of a row. X(member, name in the file) */
#define ROW_NUMBERS(X)                                                                             \
    X(point, "point")                                                                              \
    X(settled, "settled")                                                                          \
    X(deleted, "deleted") X(window, "window") X(step_count, "steps") X(unit, "unit")

static void write_warm_up(struct results_writer *writer, struct hdf5_group statistics) {
    const struct warm_up_found *found = &writer->results->warm_up;
    struct hdf5_writer *file = &writer->file;
    struct hdf5_group group = hdf5_group(file, statistics, "warm_up");
    int32_t steps = 0;
    hdf5_column(file, group, "hours", HDF5_REAL, (struct hdf5_space){0}, &found->hours);
    hdf5_column(file, group, "pilots", HDF5_INT32, (struct hdf5_space){0}, &found->pilots);
    hdf5_attribute_text(file, group, "hours", "long_name", "simulated before measuring");
    hdf5_attribute_text(file, group, "pilots", "long_name",
                        "pilot runs that found it by MSER-5; 0: it was given");
    if (!found->automatic) return;
    for (int32_t i = 0; i < found->series_count; i++)
        if (found->series[i].count > steps) steps = found->series[i].count;
    struct pilot_rows rows = rows_take(&file->arena, found->series_count, steps);
    rows_fill(&rows, found);
    struct hdf5_scale *row = results_file_counting(writer, group, "row", 0, rows.count);
    struct hdf5_scale *step = results_file_counting(writer, group, "step", 1, steps);
    hdf5_column(file, group, "path", HDF5_TEXT, HDF5_SPACE(row), rows.path);
#define X(member, name) hdf5_column(file, group, name, HDF5_INT32, HDF5_SPACE(row), rows.member);
    ROW_NUMBERS(X)
#undef X
    hdf5_attribute_text(file, group, "deleted", "long_name", "steps that are warm-up");
    hdf5_attribute_text(file, group, "window", "long_name",
                        "steps on each side in the moving average");
    hdf5_attribute_texts(file, group, "unit", "names", RESULTS_FILE_UNITS, result_unit_names);
    hdf5_column(file, group, "step_hours", HDF5_REAL, HDF5_SPACE(row), rows.step_hours);
    hdf5_column(file, group, "mean", HDF5_REAL, HDF5_SPACE(row, step), rows.mean);
    hdf5_attribute_text(file, group, "mean", "long_name", "mean over the pilot runs");
    hdf5_column(file, group, "moving_average", HDF5_REAL, HDF5_SPACE(row, step), rows.welch);
    hdf5_attribute_text(file, group, "moving_average", "long_name", "Welch's moving average");
}

static void write_precision(struct results_writer *writer, struct hdf5_group statistics) {
    const struct precision_found *found = &writer->results->precision;
    if (!(found->asked > 0)) return;
    struct hdf5_writer *file = &writer->file;
    struct hdf5_group group = hdf5_group(file, statistics, "precision");
    const struct hdf5_space one = {0};
    const char *path = or_empty(found->path);
    int32_t reached = found->reached;
    hdf5_column(file, group, "asked", HDF5_REAL, one, &found->asked);
    hdf5_attribute_text(file, group, "asked", "long_name", "half-width over mean");
    hdf5_column(file, group, "widest", HDF5_REAL, one, &found->widest);
    hdf5_column(file, group, "path", HDF5_TEXT, one, &path);
    hdf5_column(file, group, "point", HDF5_INT32, one, &found->point);
    hdf5_column(file, group, "reached", HDF5_INT32, one, &reached);
}

/* The intervals of single runs: a row for each column that has one. */
static void write_batches(struct results_writer *writer, struct hdf5_group statistics) {
    const struct takt_results *results = writer->results;
    struct hdf5_writer *file = &writer->file;
    int64_t room = 0, count = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        if (results->points[p].batches) room += results->points[p].layout->column_count;
    if (!room) return;
    int32_t *point = arena_take(&file->arena, (size_t)room * sizeof *point),
            *batches = arena_take(&file->arena, (size_t)room * sizeof *batches);
    const char **path = arena_take(&file->arena, (size_t)room * sizeof *path);
    double *half_width = arena_take(&file->arena, (size_t)room * sizeof *half_width);
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct batch_interval *intervals = results->points[p].batches;
        const struct layout *layout = results->points[p].layout;
        for (int32_t c = 0; intervals && c < layout->column_count; c++) {
            if (!intervals[c].batches) continue;
            point[count] = p;
            path[count] = layout->columns[c].path;
            batches[count] = intervals[c].batches;
            half_width[count++] = intervals[c].half_width;
        }
    }
    struct hdf5_group group = hdf5_group(file, statistics, "batches");
    struct hdf5_space row = HDF5_SPACE(results_file_counting(writer, group, "row", 0, count));
    hdf5_column(file, group, "point", HDF5_INT32, row, point);
    hdf5_column(file, group, "path", HDF5_TEXT, row, path);
    hdf5_column(file, group, "batches", HDF5_INT32, row, batches);
    hdf5_column(file, group, "half_width", HDF5_REAL, row, half_width);
    hdf5_attribute_text(file, group, "half_width", "long_name",
                        "of the mean in the long run, at the last horizon");
}

void stopping_write(struct results_writer *writer, struct hdf5_group statistics) {
    write_warm_up(writer, statistics);
    write_precision(writer, statistics);
    write_batches(writer, statistics);
}

static void read_series(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct warm_up_found *found = &results->warm_up;
    struct hdf5_reader *file = &reader->file;
    int32_t count = results_file_count(reader, "/statistics/warm_up/row");
    int32_t steps = results_file_count(reader, "/statistics/warm_up/step");
    if (!count || !steps || hdf5_count(file, "/statistics/warm_up/mean") != (int64_t)count * steps)
        return hdf5_wrong(file, "its warm-up has no series");
    struct pilot_rows rows = rows_take(&results->arena, count, steps);
    hdf5_read(file, "/statistics/warm_up/path", HDF5_TEXT, count, rows.path);
#define X(member, name)                                                                            \
    hdf5_read(file, "/statistics/warm_up/" name, HDF5_INT32, count, rows.member);
    ROW_NUMBERS(X)
#undef X
    hdf5_read(file, "/statistics/warm_up/step_hours", HDF5_REAL, count, rows.step_hours);
    hdf5_read(file, "/statistics/warm_up/mean", HDF5_REAL, (int64_t)count * steps, rows.mean);
    hdf5_read(file, "/statistics/warm_up/moving_average", HDF5_REAL, (int64_t)count * steps,
              rows.welch);
    found->series = arena_take(&results->arena, (size_t)count * sizeof *found->series);
    for (int32_t r = 0; r < count && !file->why; r++) {
        if (rows.point[r] < 0 || rows.point[r] >= results->point_count || rows.step_count[r] < 0 ||
            rows.step_count[r] > steps || rows.unit[r] < 0 || rows.unit[r] >= RESULTS_FILE_UNITS)
            return hdf5_wrong(file, "row %d of its warm-up is none", r);
        found->series[found->series_count++] =
            (struct pilot_series){.point = rows.point[r],
                                  .path = rows.path[r],
                                  .unit = (enum result_unit)rows.unit[r],
                                  .step_hours = rows.step_hours[r],
                                  .count = rows.step_count[r],
                                  .window = rows.window[r],
                                  .deleted = rows.deleted[r],
                                  .settled = rows.settled[r] != 0,
                                  .mean = rows.mean + (size_t)r * (size_t)steps,
                                  .welch = rows.welch + (size_t)r * (size_t)steps};
    }
}

static void read_warm_up(struct results_reader *reader) {
    struct warm_up_found *found = &reader->results->warm_up;
    if (!hdf5_count(&reader->file, "/statistics/warm_up/hours")) return; /* of an older takt */
    hdf5_read(&reader->file, "/statistics/warm_up/hours", HDF5_REAL, 1, &found->hours);
    hdf5_read(&reader->file, "/statistics/warm_up/pilots", HDF5_INT32, 1, &found->pilots);
    found->automatic = found->pilots > 0;
    if (found->automatic) read_series(reader);
}

static void read_precision(struct results_reader *reader) {
    struct precision_found *found = &reader->results->precision;
    struct hdf5_reader *file = &reader->file;
    int32_t reached = 0;
    if (!hdf5_count(file, "/statistics/precision/asked")) return;
    hdf5_read(file, "/statistics/precision/asked", HDF5_REAL, 1, &found->asked);
    hdf5_read(file, "/statistics/precision/widest", HDF5_REAL, 1, &found->widest);
    hdf5_read(file, "/statistics/precision/path", HDF5_TEXT, 1, &found->path);
    hdf5_read(file, "/statistics/precision/point", HDF5_INT32, 1, &found->point);
    hdf5_read(file, "/statistics/precision/reached", HDF5_INT32, 1, &reached);
    if (file->why) return;
    found->reached = reached != 0;
    if (!found->path[0]) found->path = NULL;
    if (found->point < 0 || found->point >= reader->results->point_count)
        hdf5_wrong(file, "its precision is of no point");
}

static void read_batches(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct hdf5_reader *file = &reader->file;
    int32_t count = results_file_count(reader, "/statistics/batches/row");
    if (!count) return;
    size_t rows = (size_t)count;
    int32_t *point = arena_take(&results->arena, rows * sizeof *point),
            *batches = arena_take(&results->arena, rows * sizeof *batches);
    const char **path = arena_take(&results->arena, rows * sizeof *path);
    double *half_width = arena_take(&results->arena, rows * sizeof *half_width);
    hdf5_read(file, "/statistics/batches/point", HDF5_INT32, count, point);
    hdf5_read(file, "/statistics/batches/path", HDF5_TEXT, count, path);
    hdf5_read(file, "/statistics/batches/batches", HDF5_INT32, count, batches);
    hdf5_read(file, "/statistics/batches/half_width", HDF5_REAL, count, half_width);
    for (int32_t i = 0; i < count && !file->why; i++) {
        if (point[i] < 0 || point[i] >= results->point_count)
            return hdf5_wrong(file, "row %d of its batches is of no point", i);
        struct point *here = &results->points[point[i]];
        int32_t column = layout_find(here->layout, path[i]);
        if (column < 0) return hdf5_wrong(file, "row %d of its batches is of no quantity", i);
        if (!here->batches)
            here->batches = arena_take(&results->arena,
                                       (size_t)here->layout->column_count * sizeof *here->batches);
        here->batches[column] = (struct batch_interval){half_width[i], batches[i]};
    }
}

void stopping_read(struct results_reader *reader) {
    read_warm_up(reader);
    read_precision(reader);
    read_batches(reader);
}
