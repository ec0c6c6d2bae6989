/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as tables for a person at a terminal.
 *
 * One page says what was run, the quantities of interest with their intervals, per arm and horizon,
 * how the arms differ and which is best in what, the stations one by one, what became of the
 * claims, and where the results are kept. takt_results_table (analysis/takt.h) prints all of it;
 * the parts are here so that each has one file. */
#ifndef TAKT_ANALYSIS_TABLE_H
#define TAKT_ANALYSIS_TABLE_H

#include "friendly.h"
#include "grid.h"
#include "../takt.h"

/* What is printed, where, and how. */
struct page {
    const struct takt_results *results;
    FILE *file;
    int32_t width;
    bool colour, all;
};

/* One quantity of a table: a path, with a column that says what it is and the unit of the row. */
struct table_row {
    const char *path;
    const struct column *column;
    struct friendly_unit unit;
};

/* OPTIONS may be NULL. */
struct page table_page(const struct takt_results *, FILE *, const struct takt_table_options *);

void table_title(const struct page *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A remark under a table, in lines that fit the page. */
void table_note(const struct page *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One column a horizon (of a single point), or one grid a horizon with a column for each arm. */
void table_quantities(const struct page *, const struct table_row *, int32_t row_count);

/* Each arm against the base, which arm is best, and what the same luck was worth. */
void table_differences(const struct page *, const struct table_row *, int32_t row_count);

/* What point A has more or less than point B, with a mark for whether that is better. */
enum { TABLE_DIFFERENCE_SIZE = FRIENDLY_SIZE + 8 };
const char *table_difference(const struct page *, const struct table_row *, int32_t a, int32_t b,
                             int32_t horizon, char text[TABLE_DIFFERENCE_SIZE]);
void table_legend(const struct page *); /* of the marks */

/* The points of a sweep, a row each, and how arms differ at each of them; a tornado as bars. */
void table_sweep(const struct page *, const struct table_row *, int32_t row_count);

/* What says which point a row is: its arm, when there are several, and the value of each factor.
 * Both fill the first columns of a row; a factor that the point has not is shown as of another. */
int32_t table_label_count(const struct takt_results *);
int32_t table_label_headings(struct grid *, const struct takt_results *);
void table_labels(struct grid *, int32_t at_row, const struct takt_results *, int32_t point,
                  int32_t shown_factors_of);

/* The value of a factor at a point, as written. */
const char *table_factor(const struct takt_results *, int32_t factor, int32_t point);

/* Stations, stocks and customers of the first point, a row each. */
void table_objects(const struct page *);

/* Profit and loss of the first point, and what it owns. */
void table_money(const struct page *);

/* Where the better arm changes, as sentences. */
void table_crossovers(const struct page *);

void table_claims(const struct page *);

#endif
