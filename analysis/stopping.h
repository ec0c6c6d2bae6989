/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the experiment began to measure, when it stopped, and how sure a single run is: for people,
 * scripts and the file.
 *
 * A given warm-up and number of replications need no words; what takt found itself is said with its
 * reason, and above all when it does not suffice. */
#ifndef TAKT_ANALYSIS_STOPPING_H
#define TAKT_ANALYSIS_STOPPING_H

#include "results/results_file.h"

#include <stdio.h>

/* Lines for the head of the tables: none when all was given. */
void stopping_print(const struct takt_results *, FILE *);

/* `"warm_up":{...}` and, if it was asked for, `,"precision":{...}`. */
void stopping_json(const struct takt_results *, FILE *);

/* /statistics/warm_up, /statistics/precision and /statistics/batches. Reading wants the layouts. */
void stopping_write(struct results_writer *, struct hdf5_group statistics);
void stopping_read(struct results_reader *);

#endif
