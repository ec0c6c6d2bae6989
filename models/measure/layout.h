/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of results: what a run gives, as one flat block of doubles.
 *
 * A unit of work (one replication of one point) ends as one block: for each horizon every column,
 * then the series on their grid, then the sequences that claims ask for, then for each horizon the
 * histograms of what has quantiles, then the controls, then the sums of batches. Threads hand it
 * over, the journal stores it, HDF5 takes it as slabs. Only the layout knows what stands where. A
 * column is one statistic of one measured quantity (struct kpi) of one object; its path is the path
 * of the language: `stations.saw.queue.wait.p95`.
 *
 * Values are in the units of the manual: hours, per hour, shares 0..1, the item's own unit, the
 * file's currency. What does not apply or could not be measured is NaN. */
#ifndef TAKT_MODELS_MEASURE_LAYOUT_H
#define TAKT_MODELS_MEASURE_LAYOUT_H

#include "../../sim/sim.h"

/* Kinds of object that have results. X(NAME, group of the results file and head of the path) */
#define RESULT_SECTIONS(X)                                                                         \
    X(SYSTEM, "system")                                                                            \
    X(ITEMS, "items")                                                                              \
    X(RELEASES, "releases")                                                                        \
    X(STATIONS, "stations")                                                                        \
    X(FAILURES,                                                                                    \
      "failures") /* objects are STATION.MODE; the path is stations.STATION.failures.MODE.KPI */   \
    X(MAINTENANCE, "maintenance") /* in the same way */                                            \
    X(OWN, "machines") /* those with a name: STATION.MACHINE, as stations.STATION.machines.MACHINE \
                        */                                                                         \
    X(CARDS, "cards")                                                                              \
    X(CREWS, "crews")                                                                              \
    X(STOCKS, "stocks")                                                                            \
    X(SUPPLIERS, "suppliers")                                                                      \
    X(LANES, "lanes")                                                                              \
    X(VEHICLES, "vehicles")                                                                        \
    X(CUSTOMERS, "customers")                                                                      \
    X(PLANS, "plans")                                                                              \
    X(MONEY, "money")                                                                              \
    X(PROGRAMMES, "programmes")

enum result_section {
#define X(name, text) RESULT_##name,
    RESULT_SECTIONS(X)
#undef X
        RESULT_SECTION_COUNT
};

extern const char *const result_section_names[RESULT_SECTION_COUNT];

/* Units of results. X(NAME, text in files and JSON) */
#define RESULT_UNITS(X)                                                                            \
    X(HOURS, "h")                                                                                  \
    X(PER_HOUR, "1/h")                                                                             \
    X(DIMENSIONLESS, "1")                                                                          \
    X(LOTS, "lots")                                                                                \
    X(PIECES, "pieces")                                                                            \
    X(ITEM_UNITS, "unit")                                                                          \
    X(MONEY, "money")                                                                              \
    X(MONEY_PER_DAY, "money/d")                                                                    \
    X(COUNT, "count")                                                                              \
    X(PER_WEEK, "1/wk")                                                                            \
    X(PER_YEAR, "1/y")                                                                             \
    X(DAYS, "d")                                                                                   \
    X(MONEY_PER_UNIT, "money/unit")                                                                \
    X(ENERGY, "kWh")                                                                               \
    X(MASS, "kg") X(ENERGY_PER_UNIT, "kWh/unit") X(MASS_PER_UNIT, "kg/unit") X(DISTANCE, "km")

enum result_unit {
#define X(name, text) RESULT_UNIT_##name,
    RESULT_UNITS(X)
#undef X
};

extern const char *const result_unit_names[];

/* What a KPI gives: one value; a tally (seen many times in a run); a level (over time); a tally
 * without quantiles; the time to an event, which is NaN when the horizon came first. */
enum kpi_shape { KPI_VALUE, KPI_TALLY, KPI_LEVEL, KPI_SUM, KPI_EVENT };

/* Does a KPI of this shape have this statistic? */
bool kpi_has(enum kpi_shape, int stat);

/* Statistics within a run. X(NAME, suffix of the path, shapes that have it) */
#define KPI_STATS(X)                                                                               \
    X(MEAN, "")                                                                                    \
    X(SD, ".sd")                                                                                   \
    X(MIN, ".min")                                                                                 \
    X(MAX, ".max")                                                                                 \
    X(P50, ".p50") X(P90, ".p90") X(P95, ".p95") X(P99, ".p99") X(COUNT, ".count") X(NOW, ".now")

enum kpi_stat {
#define X(name, suffix) STAT_##name,
    KPI_STATS(X)
#undef X
        KPI_STAT_COUNT
};

extern const char *const kpi_stat_suffixes[KPI_STAT_COUNT];

struct kpi {
    enum result_section section;
    const char *name; /* "queue.wait" */
    enum kpi_shape shape;
    enum result_unit unit;
    int better;          /* +1: more is better, -1: less is better, 0: neither */
    const char *formula; /* in words, for the manual and the file */
};

/* Every measured quantity, in the order of tables. */
extern const struct kpi kpis[];
extern const int32_t kpi_count;

struct column {
    int32_t kpi;    /* in kpis[] */
    int32_t object; /* in objects of the section */
    enum kpi_stat stat;
    const char *path;
};

struct series_column {
    const char *path;
    enum result_unit unit;
};
/* The sequence of cash at the ends of months, of those whose money is posted by month. */
#define LAYOUT_CASH "money.cash"

struct sequence_column {
    const char *path;
    int32_t capacity;
}; /* values beyond what happened are NaN */

struct layout {
    int32_t object_counts[RESULT_SECTION_COUNT];
    const char **object_names[RESULT_SECTION_COUNT]; /* one unnamed object for system and money */
    int32_t column_count;
    const struct column *columns; /* by section, object, kpi, stat */
    int32_t horizon_count;
    const tick
        *horizons; /* ascending; the last is the length (0 when it is not known in advance) */
    int32_t series_count, grid_count;
    const struct series_column *series;
    tick grid_step; /* series are values at grid_step, 2 grid_step, ... after measuring begins */
    int32_t sequence_count;
    const struct sequence_column *sequences;
    int32_t histogram_count;
    const int32_t *histograms; /* the columns that have one: means of what has quantiles */
    int32_t control_count;     /* see models/run/control.c */
    const char **controls;     /* names: releases.arrivals.orders, stations.saw.work */
    int32_t batch_count;       /* parts of the length whose sums are kept: see layout_batches */
    int32_t batched_count;
    const int32_t *batched; /* by column: its place among those that have sums, or -1 */
    int64_t value_count;    /* doubles of a whole block */
    const int32_t *by_path; /* columns by the hashes of their paths, for layout_find; -1: none */
    uint64_t path_mask;     /* of the hashes: their number, a power of two, less 1 */
    struct arena arena;     /* all of the above lives here */
    int32_t *users;         /* layouts that share it, NULL: this one alone; see layout_share */
};

/* The path of a column: "stations.saw.queue.wait.p95". OBJECT is the name in the layout, so
 * STATION.MODE for failures and NULL or "" for the unnamed one. */
const char *layout_path(struct arena *, const struct kpi *, const char *object, enum kpi_stat);

/* Called once when objects, columns, horizons, series and sequences are filled in: counts the
 * values of a block and enters the paths. */
void layout_finish(struct layout *);

/* Lets LAYOUT stand in the memory of WITH when both say the same, for a sweep has many points of
 * one layout. It lives until the last of them is cleared. */
void layout_share(struct layout *, struct layout *with);

void layout_clear(struct layout *);

/* Positions in a block. */
static inline int64_t layout_at(const struct layout *layout, int32_t horizon, int32_t column) {
    return (int64_t)horizon * layout->column_count + column;
}
static inline int64_t layout_series_at(const struct layout *layout, int32_t series, int32_t point) {
    return (int64_t)layout->horizon_count * layout->column_count +
           (int64_t)series * layout->grid_count + point;
}
int64_t layout_sequence_at(const struct layout *, int32_t sequence, int32_t position);

/* Where the HISTOGRAM_PART doubles of a histogram begin (sim/histogram.h). */
int64_t layout_histogram_at(const struct layout *, int32_t horizon, int32_t histogram);

/* The histogram of this column, or -1. O(log count). */
int32_t layout_histogram_of(const struct layout *, int32_t column);

/* Asks for the sums of so many batches of equal length: for each, and for each column that is a
 * mean, a ratio or a total, its numerator and its denominator since measuring began, so that
 * differences of neighbouring batches give the column over one batch. A deviation, an extreme, a
 * quantile or what there is at last has no sums; a value that is no ratio keeps NaN. */
void layout_batches(struct layout *, int32_t count);

/* Where the sums of a batch begin, and how many doubles they are. */
static inline int64_t layout_batch_size(const struct layout *layout) {
    return 2 * (int64_t)layout->batched_count;
}
static inline int64_t layout_batch_first(const struct layout *layout, int32_t batch) {
    return layout->value_count - (layout->batch_count - batch) * layout_batch_size(layout);
}

/* Where the numerator of a column at the end of a batch stands, the denominator is behind it; -1:
 * it has none. */
static inline int64_t layout_batch_at(const struct layout *layout, int32_t batch, int32_t column) {
    int32_t place = layout->batched[column];
    return place < 0 ? -1 : layout_batch_first(layout, batch) + 2 * (int64_t)place;
}

/* Adds controls, before batches are asked for. The names live as long as the layout. */
void layout_controls(struct layout *, const char **names, int32_t count);

static inline int64_t layout_control_at(const struct layout *layout, int32_t control) {
    return layout_batch_first(layout, 0) - layout->control_count + control;
}

/* The column with this path, or -1; `.mean` may follow a path that has it. O(1). */
int32_t layout_find(const struct layout *, const char *path);

#endif
