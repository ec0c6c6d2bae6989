/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "size.h"

#include "results/results.h"

#include <math.h>
#include <stdlib.h>

/* Rows for each visit of a lot to a station (it waits, starts, ends; the queue and the machine
 * change), for each lot beside that, and for each order with the stock that fills it. */
static const double rows_a_visit = 6.5, rows_a_lot = 4, rows_an_order = 3.5;

double size_log_rows(const struct plant *plant, const struct station_load *loads) {
    if (plant->length == TICK_NEVER) return NAN;
    double hours = (double)(plant->warm_up + plant->length) / (double)TICK_H, rows = 0;
    for (int32_t s = 0; s < plant->station_count; s++) {
        const struct station_load *load = &loads[s];
        double visits = load->saturated ? load->capacity / load->work_hours : load->lots_per_hour;
        if (isfinite(visits)) rows += rows_a_visit * visits;
    }
    for (int32_t f = 0; f < plant->flow_count; f++) {
        double pieces, lots = load_flow_lots(plant, f, &pieces) * (double)TICK_H;
        if (isfinite(lots)) rows += rows_a_lot * lots;
    }
    for (int32_t i = plant->release_count; i < plant->source_count; i++) {
        double orders = load_source_rate(plant, i) * (double)TICK_H;
        if (isfinite(orders)) rows += rows_an_order * orders;
    }
    return rows * hours;
}

/* As measured: what HDF5 needs for a column and its statistics, and what deflate leaves of a number
 * with all its digits, of a count, and of a row of a log. */
static const double bytes_a_column = 4300, bytes_a_number = 6, bytes_a_count = 1, bytes_a_row = 9;

double size_file(const struct layout *layout, int32_t points, int32_t replications,
                 double log_rows) {
    bool *seen = memory_zeroed((size_t)(kpi_count * KPI_STAT_COUNT), sizeof *seen);
    double columns = 0;
    for (int32_t i = 0; i < layout->column_count; i++) {
        const struct column *column = &layout->columns[i];
        bool *key = &seen[column->kpi * KPI_STAT_COUNT + (int32_t)column->stat];
        columns += !*key;
        *key = true;
    }
    free(seen);
    double horizons = layout->horizon_count, units = (double)points * replications;
    double numbers = horizons * layout->column_count;
    double counts = horizons * layout->histogram_count * HISTOGRAM_PART;
    double series = (1.0 + SERIES_STAT_COUNT) * points * layout->series_count * layout->grid_count;
    return bytes_a_column * columns + units * (bytes_a_number * numbers + bytes_a_count * counts) +
           bytes_a_number * series + bytes_a_row * log_rows;
}
