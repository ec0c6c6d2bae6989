/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results sharpened by what is known of their chance.
 *
 * A run says how many orders came and how much work was drawn beyond what was to be expected
 * (models/run/control.c); controls.h takes what follows from that off the mean. Which of them are
 * used is fixed before any result is looked at, or the interval would be too good: the sum over all
 * sources first, then the work of the stations, the busiest first; one for ten replications, five
 * at most. It is done at the last horizon, for what is a mean, a ratio or a total in a run. */
#ifndef TAKT_ANALYSIS_CONTROLLED_H
#define TAKT_ANALYSIS_CONTROLLED_H

#include "statistics/controls.h"
#include "results/results_file.h"
#include "tables/table.h"

enum { CONTROLS_MOST = 5 };

/* The controls of one point. */
struct controlling {
    const struct takt_results *results;
    int32_t point, count;
    struct control list[CONTROLS_MOST];
    const char *names[CONTROLS_MOST]; /* "orders", or of a station: "stations.saw.work" */
    double *memory;
};

void controlling_init(struct controlling *, const struct takt_results *, int32_t point);
void controlling_clear(struct controlling *);

/* The controlled mean of a column; NaN where there is none, or nothing to gain. */
struct controlled controlling_mean(const struct controlling *, int32_t column);

/* The rows of a table once more, as they are and controlled, and what that is worth. */
void table_controlled(const struct page *, const struct table_row *, int32_t row_count);

/* /controls: name, and deviation(point, replication, control); /statistics/controlled. The names
 * are read before there are blocks, the deviations into them. */
void controlled_write(struct results_writer *, struct hdf5_group statistics);
void controlled_read_names(struct results_reader *);
void controlled_read(struct results_reader *);

#endif
