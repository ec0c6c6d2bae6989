/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One long run: intervals from its batches.
 *
 * With one replication there is no spread over replications. But a long run is much like many short
 * ones behind each other, so the run keeps its sums at the ends of 40 parts of equal length, and
 * the spread of the parts tells how sure the mean over all is. That holds only if the parts are
 * nearly independent: while von Neumann's ratio finds neighbours too alike, two and two are put
 * together, which leaves 20 or 10 (Fishman, Management Science 24, 1978). If even 10 are not
 * independent, the run is too short for an interval and there is none, nor is there one for what is
 * no mean (a least, a quantile) or did not happen in every batch.
 *
 * Such an interval is about the mean in the long run. What is asked of a first week that starts
 * empty needs replications. Claims are judged by replications only. */
#ifndef TAKT_ANALYSIS_BATCHES_H
#define TAKT_ANALYSIS_BATCHES_H

#include "results/results.h"

enum { BATCH_COUNT = 40, BATCH_COUNT_LEAST = 10 };

/* Asks the plants' layouts for batches where they make sense: one replication of what depends on
 * chance, for a time that is known. */
void batches_ask(struct layout *, int32_t replications, bool chance);

/* After the run: the intervals of all columns of all points with one replication, at the last
 * horizon. */
void batches_judge(struct takt_results *);

/* The interval of one column from the sums at the ends of COUNT batches (pairs, STRIDE doubles
 * apart), and from how many batches it is. Exposed for tests. */
struct batch_interval batch_interval(const double *sums, int64_t stride, int32_t count,
                                     double confidence);

#endif
