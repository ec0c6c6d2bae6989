/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations, stocks and customers, a row each: where work waits, and what machines do all day. */
#include "table.h"

#include "../summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OBJECT_KPIS = 15, OBJECTS_MOST = 30, PATH_SIZE = 512 };

struct object_table {
    enum result_section section;
    const char *title;
    const char *names[OBJECT_KPIS]; /* of KPIs; those that are zero everywhere are left out */
};

static const struct object_table object_tables[] = {
    {RESULT_STATIONS,
     "Stations",
     {"utilization", "queue.wait", "queue.length", "states.working", "states.setup",
      "states.starved", "states.blocked", "states.no-material", "states.no-people",
      "states.waiting-repair", "states.failed", "states.maintenance", "states.preempted",
      "states.off-shift"}},
    {RESULT_OWN,
     "Machines",
     {"utilization", "throughput", "states.working", "states.setup", "states.starved",
      "states.blocked", "states.no-people", "states.waiting-repair", "states.failed",
      "states.maintenance", "states.off-shift"}},
    {RESULT_CREWS, "Crews", {"utilization", "wait", "overtime-hours", "expense"}},
    {RESULT_STOCKS,
     "Stocks",
     {"on-hand", "owed", "on-order", "fill", "ready", "stock-outs", "turns", "expense"}},
    {RESULT_LANES,
     "Lanes",
     {"trips", "moved", "load-factor", "order-cycle", "wait", "under-way", "expense"}},
    {RESULT_VEHICLES,
     "Vehicles",
     {"utilization", "empty", "trips", "load-factor", "moved", "distance", "expense"}},
    {RESULT_CUSTOMERS,
     "Customers",
     {"orders", "served", "lost", "fill", "on-time", "otif", "order-cycle", "revenue"}},
};

/* A KPI of all objects: means after the last horizon, NaN where there is none. */
struct figure {
    const char *name;
    double *means;
    struct friendly_unit unit;
    int decimals;
};

/* Shares that are less than this everywhere are as good as nothing: a hundredth of a percent. */
static const double SHARE_SHOWN = 1e-4;

/* All numbers of a column have as many decimals as its largest has with four digits, at most two.
 */
static int decimals_of(double largest) {
    int before = largest < 1 ? 1 : 1 + (int)floor(log10(largest));
    return before >= 4 ? 0 : before == 3 ? 1 : 2;
}

static bool find_figure(const struct takt_results *results, const struct object_table *table,
                        const char *name, struct figure *figure) {
    const struct layout *layout = results->points[0].layout;
    const struct column *found = NULL;
    double largest = 0;
    for (int32_t i = 0; i < layout->object_counts[table->section]; i++) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s.%s.%s", result_section_names[table->section],
                 layout->object_names[table->section][i], name);
        int32_t column = layout_find(layout, path);
        figure->means[i] = NAN;
        if (column < 0) continue;
        found = &layout->columns[column];
        figure->means[i] = summary_interval(results, 0, results->horizon_count - 1, column).mean;
        largest = fmax(largest, fabs(figure->means[i]));
    }
    bool share = found && summary_unit_of(found) == RESULT_UNIT_DIMENSIONLESS;
    if (!found || largest < (share ? SHARE_SHOWN : 0) || largest == 0) return false;
    figure->name = name;
    figure->unit = friendly_unit(results, found, largest);
    figure->decimals = decimals_of(largest * figure->unit.factor);
    return true;
}

/* The last word of a KPI's name ("wait" of queue.wait), and below it the unit. */
static void set_heading(struct grid *grid, int32_t column, const struct figure *figure) {
    const char *dot = strrchr(figure->name, '.');
    grid_set(grid, 0, column, "%s", dot ? dot + 1 : figure->name);
    grid_set(grid, 1, column, "%s", figure->unit.name);
}

static void print_grid(const struct page *page, const struct object_table *table,
                       const struct figure *figures, int32_t figure_count) {
    const struct layout *layout = page->results->points[0].layout;
    int32_t count = layout->object_counts[table->section];
    int32_t shown = count < OBJECTS_MOST ? count : OBJECTS_MOST;
    struct grid grid;
    grid_init(&grid, 2 + shown, 1 + figure_count, 1);
    for (int32_t k = 0; k < figure_count; k++) set_heading(&grid, 1 + k, &figures[k]);
    for (int32_t i = 0; i < shown; i++) {
        grid_set(&grid, 2 + i, 0, "%s", layout->object_names[table->section][i]);
        for (int32_t k = 0; k < figure_count; k++) {
            char text[FRIENDLY_SIZE];
            double value = figures[k].means[i] * figures[k].unit.factor;
            grid_set(&grid, 2 + i, 1 + k, "%s", friendly_fixed(text, value, figures[k].decimals));
        }
    }
    table_title(page, "%s after %s", table->title,
                page->results->horizon_texts[page->results->horizon_count - 1]);
    grid_print(&grid, page->file, page->width, page->colour);
    if (shown < count) fprintf(page->file, "and %" PRId32 " more: --json has all\n", count - shown);
    grid_clear(&grid);
}

static void print_table(const struct page *page, const struct object_table *table) {
    int32_t count = page->results->points[0].layout->object_counts[table->section];
    if (count == 0) return;
    double *means = memory_zeroed((size_t)count * OBJECT_KPIS, sizeof *means);
    struct figure figures[OBJECT_KPIS];
    int32_t figure_count = 0;
    for (int32_t k = 0; k < OBJECT_KPIS && table->names[k]; k++) {
        figures[figure_count].means = means + (ptrdiff_t)figure_count * count;
        if (find_figure(page->results, table, table->names[k], &figures[figure_count]))
            figure_count++;
    }
    if (figure_count > 0) print_grid(page, table, figures, figure_count);
    free(means);
}

void table_objects(const struct page *page) {
    for (size_t i = 0; i < sizeof object_tables / sizeof *object_tables; i++)
        print_table(page, &object_tables[i]);
}
