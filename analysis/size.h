/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a results file will be, before anything is run: from the layout, which knows every
 * number of it, and for logs from the means that also give the static load. */
#ifndef TAKT_ANALYSIS_SIZE_H
#define TAKT_ANALYSIS_SIZE_H

#include "../models/models.h"

/* Rows of the log of one replication, warm-up included, to within a factor of two; NaN when the
 * length is not known. */
double size_log_rows(const struct plant *, const struct station_load *);

/* Bytes of a file with so many points and replications of each, and of LOG_ROWS rows in all. */
double size_file(const struct layout *, int32_t points, int32_t replications, double log_rows);

#endif
