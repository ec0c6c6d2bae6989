/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histograms in the results and in the file.
 *
 *     /histograms/SECTION/QUANTITY/counts   of each bin, over all replications
 *                                 /edges    of the bins, in hours; not-a-number beyond the last
 *                                 /parts    of each replication: see sim/histogram.h
 *
 * Counts and edges are for readers; takt itself reads the parts, so that more replications can be
 * added to those of a file. */
#include "results_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Over replications ---- */

/* The least or most of all replications, in ticks; NaN where it is not known. */
static double extreme_of(const struct point *point, int32_t horizon, int32_t column,
                         enum kpi_stat stat) {
    const struct layout *layout = point->layout;
    int32_t kpi = layout->columns[column].kpi;
    double extreme = NAN;
    while (column < layout->column_count && layout->columns[column].kpi == kpi &&
           layout->columns[column].stat != stat)
        column++;
    if (column == layout->column_count || layout->columns[column].kpi != kpi) return NAN;
    for (int32_t r = 0; r < point->replication_count; r++) {
        double here = point->blocks[r][layout_at(layout, horizon, column)];
        bool beyond = stat == STAT_MIN ? here < extreme : here > extreme;
        if (isnan(extreme) || beyond) extreme = here;
    }
    return round(extreme * (double)TICK_H);
}

void results_histogram(const struct takt_results *results, int32_t p, int32_t horizon,
                       int32_t index, struct histogram *histogram) {
    const struct point *point = &results->points[p];
    int64_t at = layout_histogram_at(point->layout, horizon, index);
    const double **parts = memory_zeroed((size_t)point->replication_count + 1, sizeof *parts);
    for (int32_t r = 0; r < point->replication_count; r++) parts[r] = point->blocks[r] + at;
    int32_t column = point->layout->histograms[index];
    histogram_init(histogram, parts, point->replication_count,
                   extreme_of(point, horizon, column, STAT_MIN),
                   extreme_of(point, horizon, column, STAT_MAX));
    free(parts);
}

/* ---- What both directions share ---- */

/* Of one quantity: for each point, each of its histograms and its place among the objects of the
 * section. */
struct place_of {
    int32_t point, index, object;
};

/* Fills PLACES (may be NULL); returns how many there are. */
static int32_t places_of(const struct catalogue *catalogue, int32_t kpi, struct place_of *places) {
    int32_t count = 0;
    for (int32_t p = 0; p < catalogue->results->point_count; p++) {
        const struct layout *layout = catalogue->results->points[p].layout;
        const struct layout_index *index = &catalogue->indexes[catalogue->layout_of[p]];
        for (int32_t i = 0; i < layout->histogram_count; i++) {
            const struct column *column = &layout->columns[layout->histograms[i]];
            if (column->kpi != kpi) continue;
            if (places)
                places[count] =
                    (struct place_of){p, i, index->object_of[kpis[kpi].section][column->object]};
            count++;
        }
    }
    return count;
}

static struct place_of *places_take(const struct catalogue *catalogue, int32_t kpi,
                                    int32_t *count) {
    *count = places_of(catalogue, kpi, NULL);
    struct place_of *places = memory_zeroed((size_t)*count + 1, sizeof *places);
    places_of(catalogue, kpi, places);
    return places;
}

/* Copies parts between the blocks and a table: point, horizon, replication, object, place. */
static void move_parts(const struct catalogue *catalogue, int32_t kpi, double *table, bool put) {
    const struct takt_results *results = catalogue->results;
    size_t objects = (size_t)catalogue->objects[kpis[kpi].section].count;
    size_t replications = (size_t)results->replication_count;
    int32_t count;
    struct place_of *places = places_take(catalogue, kpi, &count);
    for (int32_t i = 0; i < count; i++) {
        const struct point *point = &results->points[places[i].point];
        for (int32_t h = 0; h < results->horizon_count; h++)
            for (int32_t r = 0; r < point->replication_count; r++) {
                size_t row = (size_t)places[i].point * (size_t)results->horizon_count + (size_t)h;
                size_t cell = (row * replications + (size_t)r) * objects + (size_t)places[i].object;
                double *there = table + cell * HISTOGRAM_PART;
                double *here =
                    point->blocks[r] + layout_histogram_at(point->layout, h, places[i].index);
                memcpy(put ? here : there, put ? there : here, HISTOGRAM_PART * sizeof *here);
            }
    }
    free(places);
}

static const char *group_path(struct arena *arena, int32_t kpi) {
    return arena_text(arena, "/histograms/%s/%s", result_section_names[kpis[kpi].section],
                      results_file_column(arena, catalogue_key(kpi, STAT_MEAN)));
}

/* ---- Writing ---- */

struct histogram_writer {
    struct results_writer *writer;
    struct hdf5_group group;
    struct hdf5_scale *object;
    int32_t kpi, count;
    struct place_of *places;
};

static void describe(const struct histogram_writer *to, const char *name, const char *words,
                     const char *unit) {
    struct hdf5_writer *file = &to->writer->file;
    const char *path = results_file_pattern(&file->arena, &kpis[to->kpi], STAT_MEAN);
    hdf5_attribute_text(file, to->group, name, "path", path);
    hdf5_attribute_text(file, to->group, name, "long_name", words);
    hdf5_attribute_text(file, to->group, name, "unit", unit);
}

static struct hdf5_space space_of(const struct histogram_writer *to, bool replications,
                                  struct hdf5_scale *last) {
    struct hdf5_space space = HDF5_SPACE(to->writer->point, to->writer->horizon);
    if (replications) space.scales[space.count++] = to->writer->replication;
    if (to->object) space.scales[space.count++] = to->object;
    space.scales[space.count++] = last;
    return space;
}

static void write_parts(const struct histogram_writer *to) {
    const struct catalogue *catalogue = &to->writer->catalogue;
    size_t size = catalogue_size(catalogue, kpis[to->kpi].section) * HISTOGRAM_PART;
    double *table = memory_zeroed(size + 1, sizeof *table);
    for (size_t i = 0; i < size; i++) table[i] = NAN;
    move_parts(catalogue, to->kpi, table, false);
    struct hdf5_scale *place =
        results_file_counting(to->writer, to->group, "place", 0, HISTOGRAM_PART);
    hdf5_column(&to->writer->file, to->group, "parts", HDF5_REAL, space_of(to, true, place), table);
    describe(to, "parts", "shift, first bin, zeros, below, bins of each replication", "1");
    free(table);
}

/* Over all replications, with as many bins as the longest has. */
static void write_whole(const struct histogram_writer *to) {
    const struct takt_results *results = to->writer->results;
    size_t horizons = (size_t)results->horizon_count;
    size_t objects = (size_t)to->writer->catalogue.objects[kpis[to->kpi].section].count;
    size_t all = (size_t)to->count * horizons, bins = 0;
    struct histogram *list = memory_zeroed(all + 1, sizeof *list);
    for (size_t i = 0; i < all; i++) {
        const struct place_of *place = &to->places[i / horizons];
        results_histogram(results, place->point, (int32_t)(i % horizons), place->index, &list[i]);
        if ((size_t)list[i].count > bins) bins = (size_t)list[i].count;
    }
    size_t cells = (size_t)results->point_count * horizons * objects;
    int64_t *counts = memory_zeroed(cells * bins + 1, sizeof *counts);
    double *edges = memory_zeroed(cells * (bins + 1) + 1, sizeof *edges);
    for (size_t i = 0; i < cells * (bins + 1); i++) edges[i] = NAN;
    for (size_t i = 0; i < all; i++) {
        const struct place_of *place = &to->places[i / horizons];
        size_t cell =
            ((size_t)place->point * horizons + i % horizons) * objects + (size_t)place->object;
        for (int32_t b = 0; b < list[i].count; b++)
            counts[cell * bins + (size_t)b] = list[i].counts[b];
        for (int32_t b = 0; b <= list[i].count && list[i].count; b++)
            edges[cell * (bins + 1) + (size_t)b] = list[i].edges[b] / (double)TICK_H;
        histogram_clear(&list[i]);
    }
    struct hdf5_writer *file = &to->writer->file;
    if (bins) {
        struct hdf5_scale *bin =
            results_file_counting(to->writer, to->group, "bin", 0, (int64_t)bins);
        struct hdf5_scale *edge =
            results_file_counting(to->writer, to->group, "edge", 0, (int64_t)bins + 1);
        hdf5_column(file, to->group, "counts", HDF5_INT64, space_of(to, false, bin), counts);
        describe(to, "counts", "values from an edge on and below the next", "count");
        hdf5_column(file, to->group, "edges", HDF5_REAL, space_of(to, false, edge), edges);
        describe(to, "edges", "edges of the bins", "h");
    }
    free(edges);
    free(counts);
    free(list);
}

void results_histograms_write(struct results_writer *writer, enum result_section section,
                              struct hdf5_scale *object) {
    struct hdf5_group group = {0};
    for (int32_t kpi = 0; kpi < kpi_count; kpi++) {
        if (kpis[kpi].section != section || kpis[kpi].shape != KPI_TALLY) continue;
        struct histogram_writer to = {.writer = writer, .object = object, .kpi = kpi};
        to.places = places_take(&writer->catalogue, kpi, &to.count);
        if (to.count) {
            if (!writer->histograms.path)
                writer->histograms =
                    hdf5_group(&writer->file, hdf5_root(&writer->file), "histograms");
            if (!group.path)
                group =
                    hdf5_group(&writer->file, writer->histograms, result_section_names[section]);
            to.group =
                hdf5_group(&writer->file, group,
                           results_file_column(&writer->file.arena, catalogue_key(kpi, STAT_MEAN)));
            write_parts(&to);
            write_whole(&to);
        }
        free(to.places);
    }
}

/* ---- Reading ---- */

void results_histograms_read(struct results_reader *reader) {
    for (int32_t kpi = 0; kpi < kpi_count && !reader->file.why; kpi++) {
        if (kpis[kpi].shape != KPI_TALLY || !places_of(&reader->catalogue, kpi, NULL)) continue;
        size_t size = catalogue_size(&reader->catalogue, kpis[kpi].section) * HISTOGRAM_PART;
        struct arena *arena = &reader->results->arena;
        const char *path = arena_text(arena, "%s/parts", group_path(arena, kpi));
        double *table = memory_zeroed(size + 1, sizeof *table);
        if (hdf5_read(&reader->file, path, HDF5_REAL, (int64_t)size, table))
            move_parts(&reader->catalogue, kpi, table, true);
        free(table);
    }
}
