/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: CSV files as RFC 4180 describes them, with names of columns in the first row.
 *
 * Cells are separated by commas; a cell in double quotes may hold commas, line ends and doubled
 * quotes. Beyond the RFC: lines that begin with # and blank lines are skipped, so is a byte order
 * mark, and blanks around a cell without quotes do not belong to it. Each cell knows its place. */
#ifndef TAKT_SCENARIOS_CSV_H
#define TAKT_SCENARIOS_CSV_H

#include "source.h"

enum { CSV_COLUMNS_MOST = 10 * 1000, CSV_CELLS_MOST = 4 * 1000 * 1000 };

struct csv_cell {
    const char *text; /* "" when empty */
    struct place place;
    bool quoted;
};

struct csv {
    int32_t column_count, row_count; /* rows without the header */
    const struct csv_slot *slots;    /* (row_count + 1) x column_count; the header first */
    int32_t source;
};

/* Reads a source and adds all faults found. NULL when there are no columns to go on with: the
 * source is empty or no text, its cells are not separated by commas, or it is too large. A row with
 * too few cells is filled up with empty ones, of a row with too many the rest is left out; both are
 * faults. */
const struct csv *csv_read(struct arena *, const struct sources *, int32_t source, struct faults *);

struct csv_cell csv_header(const struct csv *, int32_t column);
struct csv_cell csv_cell(const struct csv *, int32_t row, int32_t column); /* rows from 0 */

/* The column of this name, or -1. O(columns). */
int32_t csv_column(const struct csv *, const char *name);

#endif
