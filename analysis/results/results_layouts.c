/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts in the file: tables of codes, a row for each thing that a layout has.
 *
 * The tables of values hold what all points have together, with NaN for what a point has not. Which
 * NaN is "has not" and which is "could not be measured" is said here, once for each layout that is
 * different. */
#include "results_file.h"

#include <stdlib.h>
#include <string.h>

/* ---- Tables of codes ---- */

enum { CODES_MOST = 4 };

struct code_form {
    const char *path;
    int width;
    const char *names[CODES_MOST];
};

static const struct code_form object_form = {
    "/layouts/objects", 3, {"layout", "section", "object"}};
static const struct code_form column_form = {
    "/layouts/columns", 4, {"layout", "kpi", "object", "stat"}};
static const struct code_form series_form = {"/layouts/series", 2, {"layout", "series"}};
static const struct code_form sequence_form = {
    "/layouts/sequences", 3, {"layout", "sequence", "capacity"}};

struct code_row {
    int32_t codes[CODES_MOST];
};

struct code_table {
    struct code_row *rows;
    int32_t count, room;
    int32_t *first; /* when read: rows first[l] to first[l + 1] are of layout l */
};

static void code_add(struct code_table *table, struct code_row row) {
    if (table->count == table->room) {
        table->room = table->room ? 2 * table->room : 64;
        table->rows = memory_grown(table->rows, (size_t)table->room, sizeof *table->rows);
    }
    table->rows[table->count++] = row;
}

static void codes_clear(struct code_table *table) {
    free(table->rows);
    free(table->first);
}

static void codes_write(struct results_writer *writer, const struct code_form *form,
                        struct code_table *table) {
    if (table->count) {
        struct hdf5_group group =
            hdf5_group(&writer->file, hdf5_root(&writer->file), form->path + 1);
        struct hdf5_scale *row = results_file_counting(writer, group, "row", 0, table->count);
        int32_t *codes = memory_zeroed((size_t)table->count, sizeof *codes);
        for (int i = 0; i < form->width; i++) {
            for (int32_t r = 0; r < table->count; r++) codes[r] = table->rows[r].codes[i];
            hdf5_column(&writer->file, group, form->names[i], HDF5_INT32, HDF5_SPACE(row), codes);
        }
        free(codes);
    }
    codes_clear(table);
}

/* Rows must come in the order of layouts, and codes lie in 0..limits[i] - 1. */
static void codes_check(struct results_reader *reader, const struct code_form *form,
                        struct code_table *table, const int32_t *limits) {
    for (int32_t r = 0; r < table->count; r++) {
        const int32_t *codes = table->rows[r].codes;
        bool ordered = r == 0 || codes[0] >= table->rows[r - 1].codes[0];
        for (int i = 0; i < form->width; i++)
            if (!ordered || codes[i] < 0 || codes[i] >= limits[i])
                return hdf5_wrong(&reader->file, "'%s' has wrong codes in row %d", form->path, r);
        table->first[codes[0] + 1]++;
    }
    for (int32_t l = 0; l < limits[0]; l++) table->first[l + 1] += table->first[l];
}

static void codes_read(struct results_reader *reader, const struct code_form *form,
                       const int32_t *limits, struct code_table *table) {
    struct arena *arena = &reader->results->arena;
    int32_t count = results_file_count(reader, arena_text(arena, "%s/row", form->path));
    *table = (struct code_table){.count = count};
    table->first = memory_zeroed((size_t)limits[0] + 1, sizeof *table->first);
    table->rows = memory_zeroed((size_t)table->count + 1, sizeof *table->rows);
    int32_t *codes = memory_zeroed((size_t)table->count + 1, sizeof *codes);
    for (int i = 0; i < form->width && table->count; i++) {
        const char *path = arena_text(arena, "%s/%s", form->path, form->names[i]);
        if (!hdf5_read(&reader->file, path, HDF5_INT32, table->count, codes)) break;
        for (int32_t r = 0; r < table->count; r++) table->rows[r].codes[i] = codes[r];
    }
    free(codes);
    if (!reader->file.why) codes_check(reader, form, table, limits);
}

/* ---- Writing ---- */

static void write_objects(struct results_writer *writer) {
    struct code_table table = {0};
    for (int32_t l = 0; l < writer->catalogue.layout_count; l++) {
        const struct layout *layout = writer->catalogue.layouts[l];
        const struct layout_index *index = &writer->catalogue.indexes[l];
        for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++)
            for (int32_t i = 0; i < layout->object_counts[s]; i++)
                code_add(&table, (struct code_row){{l, s, index->object_of[s][i]}});
    }
    codes_write(writer, &object_form, &table);
}

static void write_columns(struct results_writer *writer) {
    struct code_table table = {0};
    for (int32_t l = 0; l < writer->catalogue.layout_count; l++) {
        const struct layout *layout = writer->catalogue.layouts[l];
        for (int32_t i = 0; i < layout->column_count; i++) {
            struct column column = layout->columns[i];
            int32_t section = (int32_t)kpis[column.kpi].section;
            int32_t object = writer->catalogue.indexes[l].object_of[section][column.object];
            code_add(&table, (struct code_row){{l, column.kpi, object, (int32_t)column.stat}});
        }
    }
    codes_write(writer, &column_form, &table);
}

static void write_traces(struct results_writer *writer) {
    const struct catalogue *catalogue = &writer->catalogue;
    struct code_table series = {0}, sequences = {0};
    for (int32_t l = 0; l < catalogue->layout_count; l++) {
        const struct layout *layout = catalogue->layouts[l];
        for (int32_t i = 0; i < layout->series_count; i++) {
            int32_t code = names_find(&catalogue->series, layout->series[i].path);
            code_add(&series, (struct code_row){{l, code}});
        }
        for (int32_t i = 0; i < layout->sequence_count; i++) {
            const struct sequence_column *sequence = &layout->sequences[i];
            int32_t code = names_find(&catalogue->sequences, sequence->path);
            code_add(&sequences, (struct code_row){{l, code, sequence->capacity}});
        }
    }
    codes_write(writer, &series_form, &series);
    codes_write(writer, &sequence_form, &sequences);
}

/* What the codes mean: the names of all quantities, sections and statistics that this takt knows.
 */
static void write_names(struct results_writer *writer, struct hdf5_group group) {
    struct arena *arena = &writer->file.arena;
    const char **names = arena_take(arena, (size_t)kpi_count * sizeof *names);
    for (int32_t i = 0; i < kpi_count; i++)
        names[i] = results_file_pattern(arena, &kpis[i], STAT_MEAN);
    hdf5_scale(&writer->file, group, "kpi", HDF5_TEXT, kpi_count, names);
    hdf5_scale(&writer->file, group, "section", HDF5_TEXT, RESULT_SECTION_COUNT,
               result_section_names);
    hdf5_scale(&writer->file, group, "stat", HDF5_TEXT, KPI_STAT_COUNT, kpi_stat_suffixes);
}

void results_layouts_write(struct results_writer *writer) {
    const struct catalogue *catalogue = &writer->catalogue;
    struct hdf5_group group = hdf5_group(&writer->file, hdf5_root(&writer->file), "layouts");
    struct hdf5_scale *scale =
        results_file_counting(writer, group, "layout", 0, catalogue->layout_count);
    size_t layouts = (size_t)catalogue->layout_count;
    size_t horizons = (size_t)writer->results->horizon_count;
    tick *ticks = memory_zeroed(layouts * horizons + 1, sizeof *ticks);
    tick *steps = memory_zeroed(layouts + 1, sizeof *steps);
    int32_t *counts = memory_zeroed(layouts + 1, sizeof *counts);
    for (size_t l = 0; l < layouts; l++) {
        const struct layout *layout = catalogue->layouts[l];
        memcpy(ticks + l * horizons, layout->horizons, horizons * sizeof *ticks);
        steps[l] = layout->grid_step;
        counts[l] = layout->grid_count;
    }
    hdf5_column(&writer->file, group, "horizon_us", HDF5_INT64, HDF5_SPACE(scale, writer->horizon),
                ticks);
    hdf5_column(&writer->file, group, "grid_step_us", HDF5_INT64, HDF5_SPACE(scale), steps);
    hdf5_column(&writer->file, group, "grid_count", HDF5_INT32, HDF5_SPACE(scale), counts);
    hdf5_column(&writer->file, group, "of_point", HDF5_INT32, HDF5_SPACE(writer->point),
                catalogue->layout_of);
    free(ticks);
    free(steps);
    free(counts);
    write_names(writer, group);
    write_objects(writer);
    write_columns(writer);
    write_traces(writer);
}

/* ---- Reading ---- */

/* Everything of /layouts, from which the layout of each point is made. */
struct shelf {
    int32_t layout_count, *of_point, *grid_counts;
    tick *horizons, *grid_steps;
    const char **kpi_names;
    int32_t kpi_count, *kpi_of; /* codes of the file in kpis[]; -1: not known here */
    const char **object_names[RESULT_SECTION_COUNT];
    int32_t object_counts[RESULT_SECTION_COUNT];
    int32_t *local_of[RESULT_SECTION_COUNT]; /* their places in the layout being made, or -1 */
    const char **series_paths, **sequence_paths;
    int32_t series_count, sequence_count, *series_units;
    struct code_table objects, columns, series, sequences;
};

/* A column of COUNT elements, or of as many as it has (*count -1 before). In the arena; empty after
 * a failure. */
static void *read_list(struct results_reader *reader, const char *path, enum hdf5_kind kind,
                       size_t size, int32_t *count) {
    if (*count < 0) *count = results_file_count(reader, path);
    if (reader->file.why) *count = 0;
    void *list = arena_take(&reader->results->arena, (size_t)*count * size);
    if (*count && !hdf5_read(&reader->file, path, kind, *count, list)) *count = 0;
    return list;
}

static const char **read_names(struct results_reader *reader, const char *path, int32_t *count) {
    *count = -1;
    return read_list(reader, path, HDF5_TEXT, sizeof(char *), count);
}

/* The sections and statistics of the file must be those of this takt; its quantities may be others.
 */
static void read_meanings(struct results_reader *reader, struct shelf *shelf) {
    struct arena *arena = &reader->results->arena;
    int32_t sections, stats;
    const char **section_names = read_names(reader, "/layouts/section", &sections);
    const char **stat_names = read_names(reader, "/layouts/stat", &stats);
    shelf->kpi_names = read_names(reader, "/layouts/kpi", &shelf->kpi_count);
    shelf->kpi_of = arena_take(arena, (size_t)shelf->kpi_count * sizeof *shelf->kpi_of);
    if (reader->file.why) return;
    bool same = sections == RESULT_SECTION_COUNT && stats == KPI_STAT_COUNT;
    for (int32_t i = 0; same && i < sections; i++)
        same = strcmp(section_names[i], result_section_names[i]) == 0;
    for (int32_t i = 0; same && i < stats; i++)
        same = strcmp(stat_names[i], kpi_stat_suffixes[i]) == 0;
    if (!same) return hdf5_wrong(&reader->file, "its sections or statistics are of another takt");
    struct names known = {0};
    for (int32_t i = 0; i < kpi_count; i++)
        names_add(&known, results_file_pattern(arena, &kpis[i], STAT_MEAN));
    for (int32_t i = 0; i < shelf->kpi_count; i++)
        shelf->kpi_of[i] = names_find(&known, shelf->kpi_names[i]);
    names_clear(&known);
}

static void read_object_names(struct results_reader *reader, struct shelf *shelf) {
    const char **unnamed = arena_take(&reader->results->arena, sizeof *unnamed);
    unnamed[0] = "";
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++) {
        const char *scale = results_file_scale((enum result_section)s);
        shelf->object_counts[s] = 1;
        shelf->object_names[s] = unnamed;
        if (!scale) continue;
        const char *path =
            arena_text(&reader->results->arena, "/%s/%s", result_section_names[s], scale);
        shelf->object_names[s] = read_names(reader, path, &shelf->object_counts[s]);
    }
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++)
        shelf->local_of[s] =
            arena_take(&reader->results->arena, (size_t)shelf->object_counts[s] * sizeof(int32_t));
}

static void read_codes(struct results_reader *reader, struct shelf *shelf) {
    int32_t layouts = shelf->layout_count, objects_most = 0;
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++)
        if (shelf->object_counts[s] > objects_most) objects_most = shelf->object_counts[s];
    codes_read(reader, &object_form, (int32_t[]){layouts, RESULT_SECTION_COUNT, objects_most},
               &shelf->objects);
    codes_read(reader, &column_form,
               (int32_t[]){layouts, shelf->kpi_count, objects_most, KPI_STAT_COUNT},
               &shelf->columns);
    codes_read(reader, &series_form, (int32_t[]){layouts, shelf->series_count}, &shelf->series);
    codes_read(reader, &sequence_form, (int32_t[]){layouts, shelf->sequence_count, INT32_MAX},
               &shelf->sequences);
}

static void read_units(struct results_reader *reader, struct shelf *shelf) {
    shelf->series_units = read_list(reader, "/series/unit", HDF5_INT32, sizeof(int32_t),
                                    &(int32_t){shelf->series_count});
    for (int32_t i = 0; i < shelf->series_count && !reader->file.why; i++)
        if (shelf->series_units[i] < 0 || shelf->series_units[i] >= RESULTS_FILE_UNITS)
            hdf5_wrong(&reader->file, "'/series/unit' has a wrong code");
}

static void read_sizes(struct results_reader *reader, struct shelf *shelf) {
    int64_t layouts = hdf5_count(&reader->file, "/layouts/layout");
    int64_t horizons = reader->results->horizon_count;
    if (layouts > reader->results->point_count || layouts * horizons > INT32_MAX)
        hdf5_wrong(&reader->file, "it has too many layouts");
    shelf->layout_count = reader->file.why ? 0 : (int32_t)layouts;
    int32_t count = shelf->layout_count, points = reader->results->point_count;
    shelf->of_point = read_list(reader, "/layouts/of_point", HDF5_INT32, sizeof(int32_t), &points);
    shelf->grid_counts =
        read_list(reader, "/layouts/grid_count", HDF5_INT32, sizeof(int32_t), &count);
    shelf->grid_steps =
        read_list(reader, "/layouts/grid_step_us", HDF5_INT64, sizeof(tick), &count);
    shelf->horizons = read_list(reader, "/layouts/horizon_us", HDF5_INT64, sizeof(tick),
                                &(int32_t){(int32_t)(count * horizons)});
    for (int32_t p = 0; p < points && !reader->file.why; p++)
        if (shelf->of_point[p] < 0 || shelf->of_point[p] >= count)
            hdf5_wrong(&reader->file, "point %d has no layout", p);
    for (int32_t l = 0; l < count && !reader->file.why; l++)
        if (shelf->grid_counts[l] < 0) hdf5_wrong(&reader->file, "layout %d has no grid", l);
}

static void make_objects(struct results_reader *reader, const struct shelf *shelf, int32_t l,
                         struct layout *layout) {
    const struct code_table *table = &shelf->objects;
    int32_t first = table->first[l], end = table->first[l + 1];
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++) {
        size_t room = (size_t)(end - first);
        layout->object_names[s] = arena_take(&layout->arena, room * sizeof(char *));
        for (int32_t i = 0; i < shelf->object_counts[s]; i++) shelf->local_of[s][i] = -1;
    }
    for (int32_t r = first; r < end; r++) {
        int32_t s = table->rows[r].codes[1], object = table->rows[r].codes[2];
        if (object >= shelf->object_counts[s])
            return hdf5_wrong(&reader->file, "layout %d has an unknown object", l);
        shelf->local_of[s][object] = layout->object_counts[s];
        layout->object_names[s][layout->object_counts[s]++] = shelf->object_names[s][object];
    }
}

static void make_columns(struct results_reader *reader, const struct shelf *shelf, int32_t l,
                         struct layout *layout) {
    const struct code_table *table = &shelf->columns;
    int32_t first = table->first[l], count = table->first[l + 1] - first;
    struct column *columns = arena_take(&layout->arena, (size_t)count * sizeof *columns);
    for (int32_t i = 0; i < count; i++) {
        const int32_t *codes = table->rows[first + i].codes;
        int32_t kpi = shelf->kpi_of[codes[1]];
        if (kpi < 0)
            return hdf5_wrong(&reader->file, "it has '%s', which this takt does not know",
                              shelf->kpi_names[codes[1]]);
        enum result_section section = kpis[kpi].section;
        bool known = codes[2] < shelf->object_counts[section];
        int32_t object = known ? shelf->local_of[section][codes[2]] : -1;
        if (object < 0) return hdf5_wrong(&reader->file, "layout %d has an unknown object", l);
        enum kpi_stat stat = (enum kpi_stat)codes[3];
        columns[i] =
            (struct column){.kpi = kpi,
                            .object = object,
                            .stat = stat,
                            .path = layout_path(&layout->arena, &kpis[kpi],
                                                layout->object_names[section][object], stat)};
    }
    layout->columns = columns;
    layout->column_count = count;
}

static void make_traces(const struct shelf *shelf, int32_t l, struct layout *layout) {
    const int32_t *first = shelf->series.first + l;
    layout->series_count = first[1] - first[0];
    struct series_column *series =
        arena_take(&layout->arena, (size_t)layout->series_count * sizeof *series);
    for (int32_t i = 0; i < layout->series_count; i++) {
        int32_t code = shelf->series.rows[first[0] + i].codes[1];
        series[i].path = shelf->series_paths[code];
        series[i].unit = (enum result_unit)shelf->series_units[code];
    }
    layout->series = series;
    first = shelf->sequences.first + l;
    layout->sequence_count = first[1] - first[0];
    struct sequence_column *sequences =
        arena_take(&layout->arena, (size_t)layout->sequence_count * sizeof *sequences);
    for (int32_t i = 0; i < layout->sequence_count; i++) {
        const int32_t *codes = shelf->sequences.rows[first[0] + i].codes;
        sequences[i].path = shelf->sequence_paths[codes[1]];
        sequences[i].capacity = codes[2];
    }
    layout->sequences = sequences;
}

static struct layout *layout_make(struct results_reader *reader, const struct shelf *shelf,
                                  int32_t l) {
    struct layout *layout = memory_zeroed(1, sizeof *layout);
    arena_init(&layout->arena);
    size_t horizons = (size_t)reader->results->horizon_count;
    tick *ticks = arena_take(&layout->arena, horizons * sizeof *ticks);
    memcpy(ticks, shelf->horizons + (size_t)l * horizons, horizons * sizeof *ticks);
    layout->horizons = ticks;
    layout->horizon_count = reader->results->horizon_count;
    layout->grid_step = shelf->grid_steps[l];
    layout->grid_count = shelf->grid_counts[l];
    make_objects(reader, shelf, l, layout);
    make_columns(reader, shelf, l, layout);
    make_traces(shelf, l, layout);
    layout_finish(layout);
    return layout;
}

void results_layouts_read(struct results_reader *reader) {
    struct takt_results *results = reader->results;
    struct shelf shelf = {0};
    read_sizes(reader, &shelf);
    read_meanings(reader, &shelf);
    read_object_names(reader, &shelf);
    shelf.series_paths = read_names(reader, "/series/path", &shelf.series_count);
    shelf.sequence_paths = read_names(reader, "/sequences/path", &shelf.sequence_count);
    read_units(reader, &shelf);
    read_codes(reader, &shelf);
    for (int32_t p = 0; p < results->point_count && !reader->file.why; p++)
        results->points[p].layout = layout_make(reader, &shelf, shelf.of_point[p]);
    codes_clear(&shelf.objects);
    codes_clear(&shelf.columns);
    codes_clear(&shelf.series);
    codes_clear(&shelf.sequences);
}
