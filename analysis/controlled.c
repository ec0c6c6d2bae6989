/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "controlled.h"

#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which controls ---- */

static const char orders[] = ".orders", work[] = ".work";

static bool ends_with(const char *text, const char *end) {
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

static void add_deviations(const struct controlling *controlling, int32_t control, double *sum) {
    const struct point *point = &controlling->results->points[controlling->point];
    int64_t at = layout_control_at(point->layout, control);
    for (int32_t r = 0; r < point->replication_count; r++) sum[r] += point->blocks[r][at];
}

static double *next_room(const struct controlling *controlling) {
    const struct point *point = &controlling->results->points[controlling->point];
    return controlling->memory + (size_t)controlling->count * (size_t)point->replication_count;
}

static void take_orders(struct controlling *controlling, const struct layout *layout) {
    double *sum = next_room(controlling);
    bool any = false;
    for (int32_t i = 0; i < layout->control_count; i++) {
        if (!ends_with(layout->controls[i], orders)) continue;
        add_deviations(controlling, i, sum);
        any = true;
    }
    if (!any) return;
    controlling->names[controlling->count] = "orders";
    controlling->list[controlling->count++].deviations = sum;
}

/* How busy the station is whose work this control is: the mean utilization. */
static double busy(const struct controlling *controlling, const char *control) {
    const struct takt_results *results = controlling->results;
    char path[256];
    int size = (int)(strlen(control) - strlen(work));
    if (snprintf(path, sizeof path, "%.*s.utilization", size, control) >= (int)sizeof path)
        return -1;
    int32_t column = layout_find(results->points[controlling->point].layout, path);
    if (column < 0) return -1;
    return summary_interval(results, controlling->point, results->horizon_count - 1, column).mean;
}

/* The busiest station that is not among the controls yet. */
static void take_work(struct controlling *controlling, const struct layout *layout, bool *taken) {
    int32_t best = -1;
    double most = -1;
    for (int32_t i = 0; i < layout->control_count; i++) {
        if (taken[i] || !ends_with(layout->controls[i], work)) continue;
        double here = busy(controlling, layout->controls[i]);
        if (!(here > most)) continue;
        most = here;
        best = i;
    }
    if (best < 0) return;
    taken[best] = true;
    double *values = next_room(controlling);
    add_deviations(controlling, best, values);
    controlling->names[controlling->count] = layout->controls[best];
    controlling->list[controlling->count++].deviations = values;
}

enum { REPLICATIONS_EACH = 10 };

void controlling_init(struct controlling *controlling, const struct takt_results *results,
                      int32_t point) {
    const struct layout *layout = results->points[point].layout;
    int32_t count = results->points[point].replication_count, most = count / REPLICATIONS_EACH;
    if (most > CONTROLS_MOST) most = CONTROLS_MOST;
    *controlling = (struct controlling){.results = results, .point = point};
    if (most == 0 || layout->control_count == 0) return;
    controlling->memory = memory_zeroed((size_t)most * (size_t)count, sizeof(double));
    take_orders(controlling, layout);
    bool *taken = memory_zeroed((size_t)layout->control_count, sizeof *taken);
    for (int32_t before = -1; controlling->count < most && controlling->count > before;) {
        before = controlling->count;
        take_work(controlling, layout, taken);
    }
    free(taken);
}

void controlling_clear(struct controlling *controlling) {
    free(controlling->memory);
    controlling->memory = NULL;
}

struct controlled controlling_mean(const struct controlling *controlling, int32_t column) {
    const struct takt_results *results = controlling->results;
    const struct point *point = &results->points[controlling->point];
    struct controlled none = {.interval = {.mean = NAN, .half_width = NAN}, .reduction = NAN};
    if (!controlling->count || point->layout->columns[column].stat != STAT_MEAN) return none;
    double *values = memory_zeroed((size_t)point->replication_count, sizeof *values);
    summary_values(results, controlling->point, results->horizon_count - 1, column, values);
    struct controlled controlled =
        controlled_mean(values, point->replication_count, controlling->list, controlling->count,
                        results->confidence);
    free(values);
    bool gained = controlled.used && controlled.interval.sd > 0;
    return gained ? controlled : none;
}

/* ---- In the table ---- */

static void print_names(const struct page *page, const struct controlling *controlling) {
    fputs("taken off is what follows from chance whose mean is known: ", page->file);
    for (int32_t i = 0; i < controlling->count; i++)
        fprintf(page->file, "%s%s", i ? ", " : "", controlling->names[i]);
    fputs("\nworth 2: as sure as twice the replications\n", page->file);
}

static bool set_row(struct grid *grid, int32_t at, const struct page *page,
                    const struct controlling *controlling, const struct table_row *row) {
    int32_t horizon = page->results->horizon_count - 1;
    int32_t column = layout_find(page->results->points[0].layout, row->path);
    if (column < 0) return false;
    struct controlled controlled = controlling_mean(controlling, column);
    if (isnan(controlled.reduction)) return false;
    struct interval plain = summary_interval(page->results, 0, horizon, column);
    char text[FRIENDLY_SIZE];
    grid_set(grid, at, 0, "%s", row->path);
    grid_set(grid, at, 1, "%s", row->unit.name);
    grid_set(grid, at, 2, "%s", friendly_interval(text, plain, row->unit.factor, false));
    grid_set(grid, at, 3, "%s",
             friendly_interval(text, controlled.interval, row->unit.factor, false));
    grid_set(grid, at, 4, "%.2f", controlled.reduction);
    return true;
}

void table_controlled(const struct page *page, const struct table_row *rows, int32_t row_count) {
    struct controlling controlling;
    controlling_init(&controlling, page->results, 0);
    struct grid grid;
    grid_init(&grid, row_count + 1, 5, 2);
    static const char *const heads[] = {"quantity", "", "plain", "controlled", "worth"};
    for (int32_t i = 0; i < 5; i++) grid_set(&grid, 0, i, "%s", heads[i]);
    int32_t count = 0;
    for (int32_t i = 0; i < row_count; i++)
        count += set_row(&grid, count + 1, page, &controlling, &rows[i]);
    if (count) {
        grid.row_count = count + 1;
        table_title(page, "With control variates");
        grid_print(&grid, page->file, page->width, page->colour);
        print_names(page, &controlling);
    }
    grid_clear(&grid);
    controlling_clear(&controlling);
}

/* ---- In the file ---- */

static void names_of(const struct takt_results *results, struct names *names) {
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t i = 0; i < results->points[p].layout->control_count; i++)
            names_add(names, results->points[p].layout->controls[i]);
}

/* Calls for every deviation of every point and replication: which it is in its block, and where it
 * stands in the table point x replication x control. */
static void each_deviation(const struct takt_results *results, const struct names *names,
                           double *table, void (*work_on)(double *in_block, double *in_table)) {
    size_t replications = (size_t)results->replication_count, controls = (size_t)names->count;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        for (int32_t i = 0; i < point->layout->control_count; i++) {
            size_t at = (size_t)names_find(names, point->layout->controls[i]);
            for (int32_t r = 0; r < point->replication_count; r++)
                work_on(&point->blocks[r][layout_control_at(point->layout, i)],
                        &table[((size_t)p * replications + (size_t)r) * controls + at]);
        }
    }
}

static void block_to_table(double *in_block, double *in_table) {
    *in_table = *in_block;
}

static void table_to_block(double *in_block, double *in_table) {
    *in_block = *in_table;
}

/* Which controls a point has. */
static void write_used(struct results_writer *writer, struct hdf5_group group,
                       struct hdf5_scale *control, const struct names *names) {
    const struct takt_results *results = writer->results;
    size_t count = (size_t)names->count;
    uint8_t *has = memory_zeroed((size_t)results->point_count * count + 1, sizeof *has);
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t i = 0; i < results->points[p].layout->control_count; i++)
            has[(size_t)p * count +
                (size_t)names_find(names, results->points[p].layout->controls[i])] = 1;
    hdf5_column(&writer->file, group, "used", HDF5_BYTE, HDF5_SPACE(writer->point, control), has);
    free(has);
}

static void write_deviations(struct results_writer *writer, const struct names *names) {
    struct hdf5_writer *file = &writer->file;
    const struct takt_results *results = writer->results;
    size_t size =
        (size_t)results->point_count * (size_t)results->replication_count * (size_t)names->count;
    double *table = memory_zeroed(size + 1, sizeof *table);
    for (size_t i = 0; i < size; i++) table[i] = NAN;
    each_deviation(results, names, table, block_to_table);
    struct hdf5_group group = hdf5_group(file, hdf5_root(file), "controls");
    struct hdf5_scale *control =
        hdf5_scale(file, group, "control", HDF5_TEXT, names->count, names->list);
    write_used(writer, group, control, names);
    hdf5_column(file, group, "deviation", HDF5_REAL,
                HDF5_SPACE(writer->point, writer->replication, control), table);
    hdf5_attribute_text(file, group, "deviation", "long_name",
                        "orders, or hours of work, more than were to be expected");
    free(table);
}

/* The columns of /statistics/controlled. */
struct controlled_rows {
    int32_t *point;
    const char **path;
    double *mean, *half_width, *reduction;
    int64_t count;
};

static void add_point(struct controlled_rows *rows, const struct takt_results *results,
                      int32_t point) {
    struct controlling controlling;
    controlling_init(&controlling, results, point);
    const struct layout *layout = results->points[point].layout;
    for (int32_t c = 0; controlling.count && c < layout->column_count; c++) {
        struct controlled controlled = controlling_mean(&controlling, c);
        if (isnan(controlled.reduction)) continue;
        rows->point[rows->count] = point;
        rows->path[rows->count] = layout->columns[c].path;
        rows->mean[rows->count] = controlled.interval.mean;
        rows->half_width[rows->count] = controlled.interval.half_width;
        rows->reduction[rows->count++] = controlled.reduction;
    }
    controlling_clear(&controlling);
}

static void write_statistics(struct results_writer *writer, struct hdf5_group statistics) {
    struct hdf5_writer *file = &writer->file;
    const struct takt_results *results = writer->results;
    size_t room = 0;
    for (int32_t p = 0; p < results->point_count; p++)
        room += (size_t)results->points[p].layout->column_count;
    struct controlled_rows rows = {.point = arena_take(&file->arena, room * sizeof *rows.point),
                                   .path = arena_take(&file->arena, room * sizeof *rows.path),
                                   .mean = arena_take(&file->arena, room * sizeof(double)),
                                   .half_width = arena_take(&file->arena, room * sizeof(double)),
                                   .reduction = arena_take(&file->arena, room * sizeof(double))};
    for (int32_t p = 0; p < results->point_count; p++) add_point(&rows, results, p);
    if (!rows.count) return;
    struct hdf5_group group = hdf5_group(file, statistics, "controlled");
    struct hdf5_space row = HDF5_SPACE(results_file_counting(writer, group, "row", 0, rows.count));
    hdf5_column(file, group, "point", HDF5_INT32, row, rows.point);
    hdf5_column(file, group, "path", HDF5_TEXT, row, rows.path);
    hdf5_column(file, group, "mean", HDF5_REAL, row, rows.mean);
    hdf5_column(file, group, "half_width", HDF5_REAL, row, rows.half_width);
    hdf5_column(file, group, "reduction", HDF5_REAL, row, rows.reduction);
    hdf5_attribute_text(file, group, "reduction", "long_name",
                        "variance of the plain mean over that of the controlled one");
}

void controlled_write(struct results_writer *writer, struct hdf5_group statistics) {
    struct names names = {0};
    names_of(writer->results, &names);
    if (names.count) {
        write_deviations(writer, &names);
        write_statistics(writer, statistics);
    }
    names_clear(&names);
}

void controlled_read_names(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    int32_t count = results_file_count(reader, "/controls/control");
    if (!count) return;
    size_t points = (size_t)results->point_count, controls = (size_t)count;
    const char **names = arena_take(&results->arena, controls * sizeof *names);
    uint8_t *used = memory_zeroed(points * controls, sizeof *used);
    hdf5_read(&reader->file, "/controls/control", HDF5_TEXT, count, names);
    hdf5_read(&reader->file, "/controls/used", HDF5_BYTE, (int64_t)(points * controls), used);
    for (size_t p = 0; p < points && !reader->file.why; p++) {
        const char **own = arena_take(&results->arena, controls * sizeof *own);
        int32_t own_count = 0;
        for (size_t i = 0; i < controls; i++)
            if (used[p * controls + i]) own[own_count++] = names[i];
        layout_controls(results->points[p].layout, own, own_count);
    }
    free(used);
}

void controlled_read(struct results_reader *reader) {
    const struct takt_results *results = reader->results;
    struct names names = {0};
    names_of(results, &names);
    size_t size =
        (size_t)results->point_count * (size_t)results->replication_count * (size_t)names.count;
    double *table = memory_zeroed(size + 1, sizeof *table);
    if (names.count &&
        hdf5_read(&reader->file, "/controls/deviation", HDF5_REAL, (int64_t)size, table))
        each_deviation(results, &names, table, table_to_block);
    free(table);
    names_clear(&names);
}
