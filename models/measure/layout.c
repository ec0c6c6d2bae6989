/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout.h"

#include <stdlib.h>
#include <string.h>

const char *const result_section_names[RESULT_SECTION_COUNT] = {
#define X(name, text) [RESULT_##name] = text,
    RESULT_SECTIONS(X)
#undef X
};

const char *const result_unit_names[] = {
#define X(name, text) [RESULT_UNIT_##name] = text,
    RESULT_UNITS(X)
#undef X
};

const char *const kpi_stat_suffixes[KPI_STAT_COUNT] = {
#define X(name, suffix) [STAT_##name] = suffix,
    KPI_STATS(X)
#undef X
};

/* What "%s.%s.%s%s" would write; the second may be missing. A large model has a million paths. */
static const char *joined(struct arena *arena, const char *section, const char *object,
                          const char *name, const char *suffix) {
    size_t sizes[4] = {strlen(section), object ? strlen(object) + 1 : 0, strlen(name) + 1,
                       strlen(suffix)};
    char *path = arena_take(arena, sizes[0] + sizes[1] + sizes[2] + sizes[3] + 1), *at = path;
    memcpy(at, section, sizes[0]);
    at += sizes[0];
    if (object) {
        *at = '.';
        memcpy(at + 1, object, sizes[1] - 1);
        at += sizes[1];
    }
    *at = '.';
    memcpy(at + 1, name, sizes[2] - 1);
    memcpy(at + sizes[2], suffix, sizes[3] + 1);
    return path;
}

const char *layout_path(struct arena *arena, const struct kpi *kpi, const char *object,
                        enum kpi_stat stat) {
    const char *section = result_section_names[kpi->section], *suffix = kpi_stat_suffixes[stat];
    if (!object || !object[0]) return joined(arena, section, NULL, kpi->name, suffix);
    if (kpi->section != RESULT_FAILURES && kpi->section != RESULT_MAINTENANCE &&
        kpi->section != RESULT_OWN)
        return joined(arena, section, object, kpi->name, suffix);
    const char *dot = strrchr(object, '.'); /* STATION.MODE, STATION.machines.MACHINE.MODE */
    CHECK(dot);
    return arena_text(arena, "%s.%.*s.%s.%s.%s%s", result_section_names[RESULT_STATIONS],
                      (int)(dot - object), object, section, dot + 1, kpi->name, suffix);
}

static void find_histograms(struct layout *layout) {
    int32_t *histograms =
        arena_take(&layout->arena, ((size_t)layout->column_count + 1) * sizeof *histograms);
    layout->histogram_count = 0;
    for (int32_t i = 0; i < layout->column_count; i++)
        if (layout->columns[i].stat == STAT_MEAN && kpis[layout->columns[i].kpi].shape == KPI_TALLY)
            histograms[layout->histogram_count++] = i;
    layout->histograms = histograms;
}

static bool has_sums(const struct column *column) {
    return column->stat == STAT_MEAN || column->stat == STAT_COUNT;
}

static void find_batched(struct layout *layout) {
    int32_t *batched =
        arena_take(&layout->arena, ((size_t)layout->column_count + 1) * sizeof *batched);
    layout->batched_count = 0;
    for (int32_t i = 0; i < layout->column_count; i++)
        batched[i] = has_sums(&layout->columns[i]) ? layout->batched_count++ : -1;
    layout->batched = batched;
}

int64_t layout_histogram_at(const struct layout *layout, int32_t horizon, int32_t histogram) {
    int64_t first = layout_sequence_at(layout, layout->sequence_count, 0);
    return first + ((int64_t)horizon * layout->histogram_count + histogram) * HISTOGRAM_PART;
}

int32_t layout_histogram_of(const struct layout *layout, int32_t column) {
    int32_t low = 0, high = layout->histogram_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (layout->histograms[middle] == column) return middle;
        if (layout->histograms[middle] < column)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* ---- paths: an open table, at most half full ---- */
/* FNV-1a of the first COUNT characters. */
static uint64_t path_hash(const char *path, size_t count) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ (unsigned char)path[i]) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 32;
}

static void enter_paths(struct layout *layout) {
    uint64_t room = 2;
    while (room < 2 * (uint64_t)layout->column_count) room *= 2;
    int32_t *by_path = arena_take(&layout->arena, room * sizeof *by_path);
    memset(by_path, 0xff, room * sizeof *by_path);
    layout->path_mask = room - 1;
    layout->by_path = by_path;
    for (int32_t i = 0; i < layout->column_count; i++) {
        const char *path = layout->columns[i].path;
        uint64_t at = path_hash(path, strlen(path)) & layout->path_mask;
        while (by_path[at] >= 0) at = (at + 1) & layout->path_mask;
        by_path[at] = i;
    }
}

/* The column whose path is the first COUNT characters of this one, or -1. */
static int32_t find(const struct layout *layout, const char *path, size_t count) {
    for (uint64_t at = path_hash(path, count) & layout->path_mask; layout->by_path[at] >= 0;
         at = (at + 1) & layout->path_mask) {
        const char *other = layout->columns[layout->by_path[at]].path;
        if (strncmp(other, path, count) == 0 && other[count] == '\0') return layout->by_path[at];
    }
    return -1;
}

void layout_finish(struct layout *layout) {
    find_histograms(layout);
    find_batched(layout);
    layout->value_count = layout_histogram_at(layout, layout->horizon_count, 0);
    enter_paths(layout);
}

void layout_batches(struct layout *layout, int32_t count) {
    layout->value_count += (count - layout->batch_count) * layout_batch_size(layout);
    layout->batch_count = count;
}

void layout_controls(struct layout *layout, const char **names, int32_t count) {
    CHECK(layout->batch_count == 0 && layout->control_count == 0);
    layout->controls = names;
    layout->control_count = count;
    layout->value_count += count;
}

static bool same_texts(const char *const *a, const char *const *b, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (strcmp(a[i], b[i]) != 0) return false;
    return true;
}

static bool same_objects(const struct layout *a, const struct layout *b) {
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++)
        if (a->object_counts[s] != b->object_counts[s] ||
            !same_texts(a->object_names[s], b->object_names[s], a->object_counts[s]))
            return false;
    return true;
}

/* Columns follow from objects. */
static bool same_layout(const struct layout *a, const struct layout *b) {
    if (a->value_count != b->value_count || a->column_count != b->column_count ||
        a->horizon_count != b->horizon_count || a->series_count != b->series_count ||
        a->grid_count != b->grid_count || a->grid_step != b->grid_step ||
        a->sequence_count != b->sequence_count || a->control_count != b->control_count ||
        a->batch_count != b->batch_count || !same_objects(a, b) ||
        !same_texts(a->controls, b->controls, a->control_count))
        return false;
    for (int32_t i = 0; i < a->horizon_count; i++)
        if (a->horizons[i] != b->horizons[i]) return false;
    for (int32_t i = 0; i < a->series_count; i++)
        if (strcmp(a->series[i].path, b->series[i].path) != 0) return false;
    for (int32_t i = 0; i < a->sequence_count; i++)
        if (strcmp(a->sequences[i].path, b->sequences[i].path) != 0 ||
            a->sequences[i].capacity != b->sequences[i].capacity)
            return false;
    return true;
}

void layout_share(struct layout *layout, struct layout *with) {
    if (!same_layout(layout, with)) return;
    layout_clear(layout);
    if (!with->users) {
        with->users = arena_take(&with->arena, sizeof *with->users);
        *with->users = 1;
    }
    *layout = *with;
    ++*layout->users;
}

void layout_clear(struct layout *layout) {
    if (!layout->users || --*layout->users == 0) arena_clear(&layout->arena);
    *layout = (struct layout){0};
}

int64_t layout_sequence_at(const struct layout *layout, int32_t sequence, int32_t position) {
    int64_t at = layout_series_at(layout, layout->series_count, 0) + position;
    for (int32_t i = 0; i < sequence; i++) at += layout->sequences[i].capacity;
    return at;
}

int32_t layout_find(const struct layout *layout, const char *path) {
    CHECK(layout->by_path);
    static const char mean[] = ".mean";
    size_t count = strlen(path), tail = sizeof mean - 1;
    int32_t column = find(layout, path, count);
    if (column >= 0 || count <= tail || strcmp(path + count - tail, mean) != 0) return column;
    column = find(layout, path, count - tail);
    return column >= 0 && layout->columns[column].stat == STAT_MEAN ? column : -1;
}
