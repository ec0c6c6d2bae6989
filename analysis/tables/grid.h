/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text grids: rows and columns for a terminal.
 *
 * Columns are as wide as their widest cell, measured in places on the screen, not in bytes (a minus
 * sign has three bytes and one place). The first columns say what a row is and are aligned left;
 * the others hold numbers and are aligned right. A grid that is wider than the terminal is printed
 * in several parts, each with the first columns. Control characters are not printed, so that a name
 * from a stranger's file cannot drive the terminal. With colour the heading is bold, and ▲ ▼ ★ at
 * the end of a cell are green, red and yellow. */
#ifndef TAKT_ANALYSIS_GRID_H
#define TAKT_ANALYSIS_GRID_H

#include "../../sim/sim.h"

#include <stdio.h>

struct grid {
    int32_t row_count, column_count, label_count; /* labels: the first columns */
    const char **cells; /* row by row; row 0 is the heading; NULL is blank */
    struct arena arena;
};

void grid_init(struct grid *, int32_t row_count, int32_t column_count, int32_t label_count);
void grid_clear(struct grid *);

/* Sets a cell to the formatted text. */
void grid_set(struct grid *, int32_t row, int32_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void grid_print(const struct grid *, FILE *, int32_t width, bool colour);

/* Places on the screen that a UTF-8 text takes. */
int32_t grid_width(const char *text);

/* Writes a text without its control characters. */
void grid_text(FILE *, const char *text);

#endif
