/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *object_name(const struct layout *layout, int32_t section, int32_t object) {
    const char **names = layout->object_names[section];
    return names && names[object] ? names[object] : "";
}

static bool objects_same(const struct layout *a, const struct layout *b) {
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++) {
        if (a->object_counts[s] != b->object_counts[s]) return false;
        for (int32_t i = 0; i < a->object_counts[s]; i++)
            if (strcmp(object_name(a, s, i), object_name(b, s, i)) != 0) return false;
    }
    return true;
}

static bool columns_same(const struct layout *a, const struct layout *b) {
    if (a->column_count != b->column_count) return false;
    for (int32_t i = 0; i < a->column_count; i++) {
        const struct column *x = &a->columns[i], *y = &b->columns[i];
        if (x->kpi != y->kpi || x->object != y->object || x->stat != y->stat) return false;
    }
    return true;
}

static bool traces_same(const struct layout *a, const struct layout *b) {
    if (a->series_count != b->series_count || a->sequence_count != b->sequence_count) return false;
    if (a->grid_count != b->grid_count || a->grid_step != b->grid_step) return false;
    for (int32_t i = 0; i < a->series_count; i++)
        if (strcmp(a->series[i].path, b->series[i].path) != 0) return false;
    for (int32_t i = 0; i < a->sequence_count; i++)
        if (strcmp(a->sequences[i].path, b->sequences[i].path) != 0 ||
            a->sequences[i].capacity != b->sequences[i].capacity)
            return false;
    return true;
}

static bool layouts_same(const struct layout *a, const struct layout *b) {
    return objects_same(a, b) && columns_same(a, b) && traces_same(a, b) &&
           memcmp(a->horizons, b->horizons, (size_t)a->horizon_count * sizeof *a->horizons) == 0;
}

/* Counting sort of the columns by key; within a key they stay in order. */
static void index_columns(struct arena *arena, const struct layout *layout,
                          struct layout_index *index) {
    int32_t key_count = kpi_count * KPI_STAT_COUNT;
    int32_t *first = arena_take(arena, ((size_t)key_count + 2) * sizeof *first);
    int32_t *columns = arena_take(arena, (size_t)layout->column_count * sizeof *columns);
    for (int32_t i = 0; i < layout->column_count; i++)
        first[catalogue_key(layout->columns[i].kpi, layout->columns[i].stat) + 2]++;
    for (int32_t key = 0; key < key_count; key++) first[key + 2] += first[key + 1];
    for (int32_t i = 0; i < layout->column_count; i++)
        columns[first[catalogue_key(layout->columns[i].kpi, layout->columns[i].stat) + 1]++] = i;
    index->first = first;
    index->columns = columns;
}

static void index_objects(struct catalogue *catalogue, const struct layout *layout,
                          struct layout_index *index) {
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++) {
        int32_t count = layout->object_counts[s];
        index->object_of[s] = arena_take(&catalogue->arena, (size_t)count * sizeof(int32_t));
        for (int32_t i = 0; i < count; i++)
            index->object_of[s][i] = names_add(&catalogue->objects[s], object_name(layout, s, i));
    }
}

static void layout_add(struct catalogue *catalogue, const struct layout *layout) {
    struct layout_index *index = &catalogue->indexes[catalogue->layout_count];
    catalogue->layouts[catalogue->layout_count++] = layout;
    index_objects(catalogue, layout, index);
    index_columns(&catalogue->arena, layout, index);
    for (int32_t i = 0; i < layout->series_count; i++)
        names_add(&catalogue->series, layout->series[i].path);
    for (int32_t i = 0; i < layout->sequence_count; i++)
        names_add(&catalogue->sequences, layout->sequences[i].path);
    if (layout->series_count && layout->grid_count > catalogue->grid_count)
        catalogue->grid_count = layout->grid_count;
}

static void units_of_series(struct catalogue *catalogue) {
    size_t count = (size_t)catalogue->series.count;
    catalogue->series_units = arena_take(&catalogue->arena, count * sizeof(enum result_unit));
    for (int32_t l = 0; l < catalogue->layout_count; l++) {
        const struct layout *layout = catalogue->layouts[l];
        for (int32_t i = 0; i < layout->series_count; i++) {
            int32_t at = names_find(&catalogue->series, layout->series[i].path);
            catalogue->series_units[at] = layout->series[i].unit;
        }
    }
}

void catalogue_init(struct catalogue *catalogue, const struct takt_results *results) {
    *catalogue = (struct catalogue){.results = results};
    arena_init(&catalogue->arena);
    size_t points = (size_t)results->point_count;
    catalogue->layouts = arena_take(&catalogue->arena, points * sizeof(const struct layout *));
    catalogue->indexes = arena_take(&catalogue->arena, points * sizeof *catalogue->indexes);
    catalogue->layout_of = arena_take(&catalogue->arena, points * sizeof *catalogue->layout_of);
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct layout *layout = results->points[p].layout;
        CHECK(layout->horizon_count == results->horizon_count);
        int32_t same = 0;
        while (same < catalogue->layout_count && !layouts_same(catalogue->layouts[same], layout))
            same++;
        if (same == catalogue->layout_count) layout_add(catalogue, layout);
        catalogue->layout_of[p] = same;
    }
    units_of_series(catalogue);
}

void catalogue_clear(struct catalogue *catalogue) {
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++) names_clear(&catalogue->objects[s]);
    names_clear(&catalogue->series);
    names_clear(&catalogue->sequences);
    arena_clear(&catalogue->arena);
}

bool catalogue_has(const struct catalogue *catalogue, int32_t key) {
    for (int32_t i = 0; i < catalogue->layout_count; i++)
        if (catalogue->indexes[i].first[key] < catalogue->indexes[i].first[key + 1]) return true;
    return false;
}

size_t catalogue_size(const struct catalogue *catalogue, enum result_section section) {
    const struct takt_results *results = catalogue->results;
    return (size_t)results->point_count * (size_t)results->horizon_count *
           (size_t)results->replication_count * (size_t)catalogue->objects[section].count;
}

/* One column of one point as it stands in a table: a value every STEP, horizon by horizon,
 * replication by replication. */
struct strip {
    double *const *blocks;
    const struct layout *layout;
    int32_t column, replications;
    size_t first, step, next; /* NEXT: from one horizon to the next */
};

/* Where the strips of a key lie, for each column of each point: calls WORK(strip, table). */
static void strips_of(const struct catalogue *catalogue, int32_t key, double *table,
                      void (*work)(const struct strip *, double *table)) {
    const struct takt_results *results = catalogue->results;
    enum result_section section = kpis[key / KPI_STAT_COUNT].section;
    size_t objects = (size_t)catalogue->objects[section].count;
    size_t horizon_size = (size_t)results->replication_count * objects;
    size_t point_size = (size_t)results->horizon_count * horizon_size;
    for (int32_t p = 0; p < results->point_count; p++) {
        const struct point *point = &results->points[p];
        const struct layout_index *index = &catalogue->indexes[catalogue->layout_of[p]];
        for (int32_t i = index->first[key]; i < index->first[key + 1]; i++) {
            int32_t column = index->columns[i];
            int32_t object = index->object_of[section][point->layout->columns[column].object];
            struct strip strip = {.blocks = point->blocks,
                                  .layout = point->layout,
                                  .column = column,
                                  .replications = point->replication_count,
                                  .first = (size_t)p * point_size + (size_t)object,
                                  .step = objects,
                                  .next = horizon_size};
            work(&strip, table);
        }
    }
}

static void strip_take(const struct strip *strip, double *table) {
    for (int32_t h = 0; h < strip->layout->horizon_count; h++) {
        double *to = table + strip->first + (size_t)h * strip->next;
        int64_t at = layout_at(strip->layout, h, strip->column);
        for (int32_t r = 0; r < strip->replications; r++, to += strip->step)
            *to = strip->blocks[r][at];
    }
}

static void strip_put(const struct strip *strip, double *table) {
    for (int32_t h = 0; h < strip->layout->horizon_count; h++) {
        const double *from = table + strip->first + (size_t)h * strip->next;
        int64_t at = layout_at(strip->layout, h, strip->column);
        for (int32_t r = 0; r < strip->replications; r++, from += strip->step)
            strip->blocks[r][at] = *from;
    }
}

void catalogue_take(const struct catalogue *catalogue, int32_t key, double *table) {
    size_t size = catalogue_size(catalogue, kpis[key / KPI_STAT_COUNT].section);
    for (size_t i = 0; i < size; i++) table[i] = NAN;
    strips_of(catalogue, key, table, strip_take);
}

void catalogue_put(const struct catalogue *catalogue, int32_t key, double *table) {
    strips_of(catalogue, key, table, strip_put);
}
