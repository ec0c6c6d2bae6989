/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a selection of the best, in tables, JSON and the file of results. */
#ifndef TAKT_ANALYSIS_SELECTED_H
#define TAKT_ANALYSIS_SELECTED_H

#include "results/results_file.h"
#include "tables/table.h"

/* Which is best, how sure that is, and what each point took; nothing if nobody asked. */
void selected_print(const struct page *);

/* `,"selection":{...}`. */
void selected_json(const struct takt_results *, FILE *);

/* /statistics/selection. */
void selected_write(struct results_writer *, struct hdf5_group statistics);
void selected_read(struct results_reader *);

#endif
