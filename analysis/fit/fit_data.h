/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One column of numbers or moments out of a CSV file.
 *
 * The first row names the columns; a single column that begins with a number is a list without
 * name. Empty cells are left out and counted; any other cell that is no number is a fault with its
 * place. A header such as `time [min]` names the unit. Nothing else is guessed: of several columns
 * one has to be named. */
#ifndef TAKT_ANALYSIS_FIT_DATA_H
#define TAKT_ANALYSIS_FIT_DATA_H

#include "../../scenarios/scenarios.h"

struct fit_data {
    struct sources sources;
    struct faults faults; /* of the user; warnings too */
    struct arena arena;
    const char *path, *column; /* column: its name without unit; "" when it has none */
    const char *unit;          /* "" for plain numbers */
    struct dimension dimension;
    double unit_size; /* base units of one unit */
    double *values;   /* in the order of the file; moments in seconds */
    struct place *places;
    int32_t count, empty_count;
    bool dated; /* moments are dates: seconds since 1970-01-01 */
};

struct fit_data_options {
    const char *column, *unit; /* NULL: not given */
    bool moments;
};

void fit_data_init(struct fit_data *);
void fit_data_clear(struct fit_data *);

/* Reads and adds all faults. */
enum takt_status fit_data_read(struct fit_data *, const char *path,
                               const struct fit_data_options *) MUST_USE;

/* A positive time in seconds from an option such as --every, or a fault and false. */
bool fit_data_time(struct fit_data *, const char *option, const char *text, double *seconds);

#endif
