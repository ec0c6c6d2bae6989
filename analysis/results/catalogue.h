/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of results: what all points of an experiment have, taken together.
 *
 * Points may differ in what they are made of (an arm adds a station), so each has its own layout. A
 * file, and whoever compares points, wants one table per quantity for all of them: point x horizon
 * x replication x object, where the objects of a kind are the union of their names over all points,
 * in the order of first appearance, and what a point has not (a replication, an object) is NaN.
 * Most points share a layout, so the work is done once for each that is different. */
#ifndef TAKT_ANALYSIS_CATALOGUE_H
#define TAKT_ANALYSIS_CATALOGUE_H

#include "names.h"
#include "results.h"

struct catalogue {
    const struct takt_results *results;
    struct names objects[RESULT_SECTION_COUNT];
    struct names series, sequences; /* paths */
    enum result_unit *series_units; /* of series.list */
    int32_t grid_count;             /* of the longest series */
    int32_t layout_count;
    const struct layout **layouts; /* those that are different */
    int32_t *layout_of;            /* of each point */
    struct layout_index *indexes;  /* of each layout */
    struct arena arena;
};

struct layout_index {
    int32_t
        *object_of[RESULT_SECTION_COUNT]; /* an object of the layout among those of the catalogue */
    int32_t *columns;                     /* those of each quantity and statistic together */
    int32_t *first;                       /* of columns: first[KEY] to first[KEY + 1] */
};

/* A measured quantity and a statistic of it: KEY = kpi * KPI_STAT_COUNT + stat. */
static inline int32_t catalogue_key(int32_t kpi, enum kpi_stat stat) {
    return kpi * KPI_STAT_COUNT + (int32_t)stat;
}

void catalogue_init(struct catalogue *, const struct takt_results *);
void catalogue_clear(struct catalogue *);

bool catalogue_has(const struct catalogue *, int32_t key);

/* Doubles of one table: points x horizons x replications x objects of the section. */
size_t catalogue_size(const struct catalogue *, enum result_section);

/* Between the blocks and a table of that many doubles; take gives, put sets. */
void catalogue_take(const struct catalogue *, int32_t key, double *table);
void catalogue_put(const struct catalogue *, int32_t key, double *table);

#endif
