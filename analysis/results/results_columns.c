/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measured quantities in the file: in the group of their section a column for each quantity and
 * statistic, and in /statistics the same once more, as intervals over replications. */
#include "../comparison.h"
#include "results_file.h"
#include "../statistics/statistics.h"
#include "../summary.h"

#include <stdlib.h>
#include <string.h>

const char *results_file_scale(enum result_section section) {
    static const char *const scales[RESULT_SECTION_COUNT] = {
        [RESULT_ITEMS] = "item",
        [RESULT_RELEASES] = "release",
        [RESULT_STATIONS] = "station",
        [RESULT_FAILURES] = "failure",
        [RESULT_MAINTENANCE] = "maintenance",
        [RESULT_OWN] = "machine",
        [RESULT_CARDS] = "card",
        [RESULT_STOCKS] = "stock",
        [RESULT_CREWS] = "crew",
        [RESULT_SUPPLIERS] = "supplier",
        [RESULT_CUSTOMERS] = "customer",
        [RESULT_LANES] = "lane",
        [RESULT_VEHICLES] = "vehicle",
        [RESULT_PLANS] = "plan",
        [RESULT_PROGRAMMES] = "programme",
    };
    return scales[section];
}

const char *results_file_pattern(struct arena *arena, const struct kpi *kpi, enum kpi_stat stat) {
    bool of_station = kpi->section == RESULT_FAILURES || kpi->section == RESULT_MAINTENANCE ||
                      kpi->section == RESULT_OWN;
    const char *any = of_station ? "*.*" : "*";
    return layout_path(arena, kpi, results_file_scale(kpi->section) ? any : NULL, stat);
}

/* "queue.wait" and the 95 % quantile: queue_wait_p95. */
const char *results_file_column(struct arena *arena, int32_t key) {
    char *name = arena_text(arena, "%s%s", kpis[key / KPI_STAT_COUNT].name,
                            kpi_stat_suffixes[key % KPI_STAT_COUNT]);
    for (char *at = name; *at; at++)
        if (*at == '.' || *at == '-') *at = '_';
    return name;
}

/* ---- Writing ---- */

/* One section of the results on its way into the file. */
struct section_writer {
    struct results_writer *writer;
    enum result_section section;
    struct hdf5_group group, statistics;
    struct hdf5_scale *object; /* NULL: the one object has no name */
    double *table;             /* room for one column */
};

static struct hdf5_space space_of(const struct section_writer *to, bool replications) {
    struct hdf5_space space = HDF5_SPACE(to->writer->point, to->writer->horizon);
    if (replications) space.scales[space.count++] = to->writer->replication;
    if (to->object) space.scales[space.count++] = to->object;
    return space;
}

static void describe(struct results_writer *writer, struct hdf5_group group, const char *name,
                     int32_t key) {
    static const char *const stat_words[KPI_STAT_COUNT] = {
        [STAT_MEAN] = "",
        [STAT_SD] = ", standard deviation",
        [STAT_MIN] = ", least",
        [STAT_MAX] = ", most",
        [STAT_P50] = ", median",
        [STAT_P90] = ", 90 % quantile",
        [STAT_P95] = ", 95 % quantile",
        [STAT_P99] = ", 99 % quantile",
        [STAT_COUNT] = ", number of observations",
        [STAT_NOW] = ", at the end",
    };
    struct arena *arena = &writer->file.arena;
    const struct kpi *kpi = &kpis[key / KPI_STAT_COUNT];
    enum kpi_stat stat = (enum kpi_stat)(key % KPI_STAT_COUNT);
    const struct column column = {.kpi = key / KPI_STAT_COUNT, .stat = stat};
    enum result_unit unit = summary_unit_of(&column);
    int32_t better = comparison_better(&column);
    char text[16], *words = arena_text(arena, "%s%s", kpi->name, stat_words[stat]);
    for (char *at = words; *at && *at != ','; at++)
        if (*at == '.' || *at == '-') *at = ' ';
    hdf5_attribute_text(&writer->file, group, name, "path", results_file_pattern(arena, kpi, stat));
    hdf5_attribute_text(&writer->file, group, name, "long_name", words);
    hdf5_attribute_text(&writer->file, group, name, "unit",
                        summary_unit(writer->results, unit, text));
    hdf5_attribute_text(&writer->file, group, name, "formula", kpi->formula ? kpi->formula : "");
    hdf5_attribute(&writer->file, group, name, "better", HDF5_INT32, &better);
}

/* Intervals over replications, from the table of a column: one for each point, horizon and object.
 */
static void write_intervals(const struct section_writer *to, const char *name, int32_t key) {
    const struct takt_results *results = to->writer->results;
    size_t objects = (size_t)to->writer->catalogue.objects[to->section].count;
    size_t replications = (size_t)results->replication_count;
    size_t point_size = (size_t)results->horizon_count * objects;
    size_t count = (size_t)results->point_count * point_size;
    double *mean = memory_zeroed(count + 1, sizeof *mean);
    double *half_width = memory_zeroed(count + 1, sizeof *half_width);
    double *values = memory_zeroed(replications + 1, sizeof *values);
    int32_t *n = memory_zeroed(count + 1, sizeof *n);
    for (size_t i = 0; i < count; i++) {
        const double *first = to->table + i / objects * replications * objects + i % objects;
        int32_t own = results->points[i / point_size].replication_count;
        for (int32_t r = 0; r < own; r++) values[r] = first[(size_t)r * objects];
        struct interval interval = interval_t(values, own, results->confidence);
        mean[i] = interval.mean;
        half_width[i] = interval.half_width;
        n[i] = interval.n;
    }
    struct hdf5_writer *file = &to->writer->file;
    struct hdf5_group group = hdf5_group(file, to->statistics, name);
    describe(to->writer, group, ".", key);
    hdf5_column(file, group, "mean", HDF5_REAL, space_of(to, false), mean);
    hdf5_column(file, group, "half_width", HDF5_REAL, space_of(to, false), half_width);
    hdf5_column(file, group, "n", HDF5_INT32, space_of(to, false), n);
    results_comparisons_write(to->writer, group, space_of(to, false), key);
    free(n);
    free(values);
    free(half_width);
    free(mean);
}

/* KPIs of a section once more, side by side as one column with an axis of its own. */
struct side_by_side {
    enum result_section section;
    const char *column, *scale, *path, *about, *unit; /* unit NULL: that of the first */
    bool (*belongs)(const struct kpi *);
};

static bool is_state(const struct kpi *kpi) {
    return kpi->section == RESULT_STATIONS && strncmp(kpi->name, "states.", 7) == 0;
}

/* Accounts come first, up to their sum. */
static bool is_account(const struct kpi *kpi) {
    for (int32_t k = 0; k < kpi_count; k++) {
        if (kpis[k].section != RESULT_MONEY) continue;
        if (strcmp(kpis[k].name, "cost") == 0) return false;
        if (&kpis[k] == kpi) return true;
    }
    return false;
}

static const struct side_by_side together[] = {
    {RESULT_STATIONS, "states", "state", "stations.*.states.*",
     "share of all time; they add up to 1", "1", is_state},
    {RESULT_MONEY, "ledger", "account", "money.*",
     "revenue, and what was spent, by its nature; profit and loss and the worth of goods stand "
     "beside it",
     NULL, is_account},
};

static void write_together(const struct section_writer *to, const struct side_by_side *what) {
    struct results_writer *writer = to->writer;
    size_t size = catalogue_size(&writer->catalogue, to->section), count = 0, i = 0;
    for (int32_t k = 0; k < kpi_count; k++) count += what->belongs(&kpis[k]);
    const char **names = memory_zeroed(count + 1, sizeof *names);
    double *values = memory_zeroed(size * count + 1, sizeof *values);
    char unit[16] = "1";
    for (int32_t k = 0; k < kpi_count; k++) {
        if (!what->belongs(&kpis[k])) continue;
        catalogue_take(&writer->catalogue, catalogue_key(k, STAT_MEAN), to->table);
        for (size_t at = 0; at < size; at++) values[at * count + i] = to->table[at];
        const char *dot = strchr(kpis[k].name, '.');
        names[i++] = dot ? dot + 1 : kpis[k].name;
        if (!what->unit) (void)summary_unit(writer->results, kpis[k].unit, unit);
    }
    struct hdf5_space space = space_of(to, true);
    space.scales[space.count++] =
        hdf5_scale(&writer->file, to->group, what->scale, HDF5_TEXT, (int64_t)count, names);
    hdf5_column(&writer->file, to->group, what->column, HDF5_REAL, space, values);
    hdf5_attribute_text(&writer->file, to->group, what->column, "path", what->path);
    hdf5_attribute_text(&writer->file, to->group, what->column, "long_name", what->about);
    hdf5_attribute_text(&writer->file, to->group, what->column, "unit",
                        what->unit ? what->unit : unit);
    free(values);
    free(names);
}

static void write_section(struct results_writer *writer, struct hdf5_group statistics,
                          enum result_section section) {
    const struct names *objects = &writer->catalogue.objects[section];
    if (!objects->count) return;
    const char *name = result_section_names[section], *scale = results_file_scale(section);
    struct section_writer to = {.writer = writer, .section = section};
    to.table = memory_zeroed(catalogue_size(&writer->catalogue, section) + 1, sizeof *to.table);
    to.group = hdf5_group(&writer->file, hdf5_root(&writer->file), name);
    to.statistics = hdf5_group(&writer->file, statistics, name);
    if (scale)
        to.object =
            hdf5_scale(&writer->file, to.group, scale, HDF5_TEXT, objects->count, objects->list);
    for (int32_t key = 0; key < kpi_count * KPI_STAT_COUNT; key++) {
        if (kpis[key / KPI_STAT_COUNT].section != section ||
            !catalogue_has(&writer->catalogue, key))
            continue;
        const char *column = results_file_column(&writer->file.arena, key);
        catalogue_take(&writer->catalogue, key, to.table);
        hdf5_column(&writer->file, to.group, column, HDF5_REAL, space_of(&to, true), to.table);
        describe(writer, to.group, column, key);
        write_intervals(&to, column, key);
    }
    for (size_t i = 0; i < sizeof together / sizeof *together; i++)
        if (together[i].section == section) write_together(&to, &together[i]);
    results_histograms_write(writer, section, to.object);
    if (section == RESULT_MONEY) results_cash_write(writer, to.group);
    free(to.table);
}

void results_columns_write(struct results_writer *writer, struct hdf5_group statistics) {
    results_comparisons_begin(writer, statistics);
    for (int32_t s = 0; s < RESULT_SECTION_COUNT; s++)
        write_section(writer, statistics, (enum result_section)s);
}

/* ---- Reading ---- */

void results_columns_read(struct results_reader *reader) {
    for (int32_t key = 0; key < kpi_count * KPI_STAT_COUNT && !reader->file.why; key++) {
        if (!catalogue_has(&reader->catalogue, key)) continue;
        enum result_section section = kpis[key / KPI_STAT_COUNT].section;
        size_t size = catalogue_size(&reader->catalogue, section);
        const char *path =
            arena_text(&reader->results->arena, "/%s/%s", result_section_names[section],
                       results_file_column(&reader->results->arena, key));
        double *table = memory_zeroed(size + 1, sizeof *table);
        if (hdf5_read(&reader->file, path, HDF5_REAL, (int64_t)size, table))
            catalogue_put(&reader->catalogue, key, table);
        free(table);
    }
}
