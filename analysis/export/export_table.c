/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tidy tables (Wickham 2014): one value a row, and in columns what it is of. As CSV (RFC 4180), or
 * as JSON, a list of objects, one a line. What is no number is empty, or null. */
#include "export.h"
#include "../json.h"
#include "../summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Rows ---- */
struct tidy {
    FILE *file;
    bool json;
    const char **columns;
    int32_t column_count, column_room, column; /* column: the next cell's */
    int64_t row_count;
};

static void tidy_column(struct tidy *tidy, const char *name) {
    if (tidy->column_count == tidy->column_room) {
        tidy->column_room = tidy->column_room ? 2 * tidy->column_room : 32;
        tidy->columns =
            memory_grown(tidy->columns, (size_t)tidy->column_room, sizeof *tidy->columns);
    }
    tidy->columns[tidy->column_count++] = name;
}

static void tidy_columns(struct tidy *tidy, const char *const *names) {
    for (; *names; names++) tidy_column(tidy, *names);
}
#define TIDY_COLUMNS(TIDY, ...) tidy_columns(TIDY, (const char *const[]){__VA_ARGS__, NULL})

/* Quotes only where they are needed. */
static void csv_text(FILE *file, const char *text) {
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, file);
        return;
    }
    fputc('"', file);
    for (; *text; text++) fprintf(file, *text == '"' ? "\"\"" : "%c", *text);
    fputc('"', file);
}

static void tidy_begin(struct tidy *tidy) {
    if (tidy->json) {
        fputs("[", tidy->file);
        return;
    }
    for (int32_t i = 0; i < tidy->column_count; i++)
        fprintf(tidy->file, "%s%s", i ? "," : "", tidy->columns[i]);
    fputs("\n", tidy->file);
}

static void tidy_end(struct tidy *tidy) {
    CHECK(tidy->column == 0);
    if (tidy->json) fputs("\n]\n", tidy->file);
    free(tidy->columns);
}

static void cell_begin(struct tidy *tidy) {
    if (tidy->json) {
        if (tidy->column == 0) fputs(tidy->row_count ? ",\n{" : "\n{", tidy->file);
        fprintf(tidy->file, "%s\"%s\":", tidy->column ? "," : "", tidy->columns[tidy->column]);
    } else if (tidy->column)
        fputc(',', tidy->file);
}

static void cell_end(struct tidy *tidy) {
    if (++tidy->column < tidy->column_count) return;
    fputs(tidy->json ? "}" : "\n", tidy->file);
    tidy->column = 0;
    tidy->row_count++;
}

/* NULL: nothing. */
static void cell_text(struct tidy *tidy, const char *text) {
    cell_begin(tidy);
    if (tidy->json)
        json_text(tidy->file, text);
    else if (text)
        csv_text(tidy->file, text);
    cell_end(tidy);
}

static void cell_number(struct tidy *tidy, double value) {
    cell_begin(tidy);
    if (tidy->json || isfinite(value)) json_number(tidy->file, value);
    cell_end(tidy);
}

static void cell_whole(struct tidy *tidy, int64_t value) {
    cell_begin(tidy);
    fprintf(tidy->file, "%" PRId64, value);
    cell_end(tidy);
}

/* ---- What every row begins with ---- */
static void point_columns(struct tidy *tidy, const struct takt_results *results) {
    TIDY_COLUMNS(tidy, "point", "arm");
    for (int32_t f = 0; f < results->factor_count; f++) tidy_column(tidy, results->factors[f].path);
}

static void point_cells(struct tidy *tidy, const struct takt_results *results, int32_t p) {
    cell_whole(tidy, p);
    cell_text(tidy, results->points[p].arm);
    for (int32_t f = 0; f < results->factor_count; f++) {
        const struct factor *factor = &results->factors[f];
        if (factor->numbers)
            cell_number(tidy, factor->numbers[p]);
        else
            cell_text(tidy, factor->texts[p]);
    }
}

/* ---- The tables ---- */
static void horizon_cells(struct tidy *tidy, const struct takt_results *results, int32_t horizon) {
    cell_text(tidy, results->horizon_texts[horizon]);
    cell_number(tidy, results->horizon_hours[horizon]);
}

static void path_cells(struct tidy *tidy, const struct takt_results *results,
                       const struct column *column) {
    char unit[16];
    cell_text(tidy, column->path);
    cell_text(tidy, summary_unit(results, summary_unit_of(column), unit));
}

static void rows_of_results(struct tidy *tidy, const struct takt_results *results, int32_t p) {
    const struct point *point = &results->points[p];
    const struct layout *layout = point->layout;
    for (int32_t h = 0; h < results->horizon_count; h++)
        for (int32_t r = 0; r < point->replication_count; r++)
            for (int32_t c = 0; c < layout->column_count; c++) {
                point_cells(tidy, results, p);
                horizon_cells(tidy, results, h);
                cell_whole(tidy, r + 1);
                path_cells(tidy, results, &layout->columns[c]);
                cell_number(tidy, point->blocks[r][layout_at(layout, h, c)]);
            }
}

static void rows_of_statistics(struct tidy *tidy, const struct takt_results *results, int32_t p) {
    const struct layout *layout = results->points[p].layout;
    for (int32_t h = 0; h < results->horizon_count; h++)
        for (int32_t c = 0; c < layout->column_count; c++) {
            struct interval interval = summary_interval(results, p, h, c);
            point_cells(tidy, results, p);
            horizon_cells(tidy, results, h);
            path_cells(tidy, results, &layout->columns[c]);
            cell_number(tidy, interval.mean);
            cell_number(tidy, interval.half_width);
            cell_whole(tidy, interval.n);
        }
}

static void series_rows(struct tidy *tidy, const struct takt_results *results, int32_t p,
                        int32_t series, const char *statistic, const double *values) {
    const struct layout *layout = results->points[p].layout;
    for (int32_t i = 0; i < layout->grid_count; i++) {
        char unit[16];
        point_cells(tidy, results, p);
        cell_text(tidy, layout->series[series].path);
        cell_text(tidy, summary_unit(results, layout->series[series].unit, unit));
        cell_text(tidy, statistic);
        cell_number(tidy, (double)((i + 1) * layout->grid_step) / (double)TICK_H);
        cell_number(tidy, values[i]);
    }
}

/* Results of a file know the first replication and statistics over all; so does every export. */
static void rows_of_series(struct tidy *tidy, const struct takt_results *results, int32_t p) {
    static const char *const statistics[] = {
        [SERIES_MEAN] = "mean", [SERIES_SD] = "sd", [SERIES_MIN] = "min", [SERIES_MAX] = "max"};
    const struct point *point = &results->points[p];
    const struct layout *layout = point->layout;
    double *values = memory_zeroed((size_t)layout->grid_count + 1, sizeof *values);
    for (int32_t s = 0; s < layout->series_count; s++) {
        if (point->replication_count)
            series_rows(tidy, results, p, s, "first",
                        point->blocks[0] + layout_series_at(layout, s, 0));
        for (size_t stat = 0; stat < sizeof statistics / sizeof *statistics; stat++) {
            results_series(results, p, s, (enum series_stat)stat, values);
            series_rows(tidy, results, p, s, statistics[stat], values);
        }
    }
    free(values);
}

static void rows_of_histograms(struct tidy *tidy, const struct takt_results *results, int32_t p) {
    const struct layout *layout = results->points[p].layout;
    for (int32_t h = 0; h < results->horizon_count; h++)
        for (int32_t i = 0; i < layout->histogram_count; i++) {
            struct histogram histogram;
            results_histogram(results, p, h, i, &histogram);
            for (int32_t b = 0; b < histogram.count; b++) {
                point_cells(tidy, results, p);
                horizon_cells(tidy, results, h);
                cell_text(tidy, layout->columns[layout->histograms[i]].path);
                cell_number(tidy, histogram.edges[b] / (double)TICK_H);
                cell_number(tidy, histogram.edges[b + 1] / (double)TICK_H);
                cell_whole(tidy, histogram.counts[b]);
            }
            histogram_clear(&histogram);
        }
}

static void rows_of_sequences(struct tidy *tidy, const struct takt_results *results, int32_t p) {
    const struct point *point = &results->points[p];
    const struct layout *layout = point->layout;
    for (int32_t s = 0; s < layout->sequence_count; s++)
        for (int32_t r = 0; r < point->replication_count; r++)
            for (int32_t i = 0; i < layout->sequences[s].capacity; i++) {
                double value = point->blocks[r][layout_sequence_at(layout, s, i)];
                if (isnan(value)) break;
                point_cells(tidy, results, p);
                cell_whole(tidy, r + 1);
                cell_text(tidy, layout->sequences[s].path);
                cell_whole(tidy, i + 1);
                cell_number(tidy, value);
            }
}

static void log_row(struct tidy *tidy, const struct export_log *log, const struct record *row) {
    cell_whole(tidy, log->log->replication);
    cell_number(tidy, (double)row->at / (double)TICK_H);
    cell_text(tidy, record_kinds[row->what].word);
    cell_number(tidy, row->value);
    for (int c = 0; c < LOG_COLUMN_COUNT; c++) {
        int32_t codes = log_columns[c].codes, code = log_code(row, &log_columns[c]);
        if (codes == RECORD_NUMBERS && code != NOBODY)
            cell_whole(tidy, code);
        else
            cell_text(tidy, log_name(&log->names, codes, code));
    }
}

static void rows_of_log(struct tidy *tidy, const struct takt_results *results, int32_t p,
                        const struct takt_export_options *options) {
    const struct point *point = &results->points[p];
    for (int32_t l = 0; l < point->log_count; l++) {
        if (!export_wants(options, point, &point->logs[l])) continue;
        struct export_log log = export_log_of(results, point, &point->logs[l], options);
        for (int64_t i = 0; i < log.log->count; i++) {
            const struct record *row = &log.log->rows[i];
            if (row->at < log.from || row->at > log.to) continue;
            point_cells(tidy, results, p);
            log_row(tidy, &log, row);
        }
    }
}

static void table_columns(struct tidy *tidy, enum export_table table) {
    switch (table) {
    case TABLE_RESULTS:
        TIDY_COLUMNS(tidy, "horizon", "horizon_h", "replication", "path", "unit", "value");
        break;
    case TABLE_STATISTICS:
        TIDY_COLUMNS(tidy, "horizon", "horizon_h", "path", "unit", "mean", "half_width", "n");
        break;
    case TABLE_SERIES: TIDY_COLUMNS(tidy, "path", "unit", "statistic", "time_h", "value"); break;
    case TABLE_HISTOGRAMS:
        TIDY_COLUMNS(tidy, "horizon", "horizon_h", "path", "from_h", "to_h", "count");
        break;
    case TABLE_SEQUENCES: TIDY_COLUMNS(tidy, "replication", "path", "period", "value"); break;
    case TABLE_LOG:
        TIDY_COLUMNS(tidy, "replication", "time_h", "what", "value");
        for (int c = 0; c < LOG_COLUMN_COUNT; c++) tidy_column(tidy, log_columns[c].name);
        break;
    case EXPORT_TABLE_COUNT: break;
    }
}

void export_tidy(const struct takt_results *results, enum export_table table,
                 const struct takt_export_options *options, bool json, FILE *file) {
    struct tidy tidy = {.file = file, .json = json};
    point_columns(&tidy, results);
    table_columns(&tidy, table);
    tidy_begin(&tidy);
    for (int32_t p = 0; p < results->point_count; p++) {
        if (options->arm && strcmp(options->arm, results->points[p].arm) != 0) continue;
        switch (table) {
        case TABLE_RESULTS: rows_of_results(&tidy, results, p); break;
        case TABLE_STATISTICS: rows_of_statistics(&tidy, results, p); break;
        case TABLE_SERIES: rows_of_series(&tidy, results, p); break;
        case TABLE_HISTOGRAMS: rows_of_histograms(&tidy, results, p); break;
        case TABLE_SEQUENCES: rows_of_sequences(&tidy, results, p); break;
        case TABLE_LOG: rows_of_log(&tidy, results, p, options); break;
        case EXPORT_TABLE_COUNT: break;
        }
    }
    tidy_end(&tidy);
}
