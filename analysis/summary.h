/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summaries of results: one column of one point, over its replications, as an interval.
 *
 * Tables, JSON and the file all say the same numbers because all of them ask here. */
#ifndef TAKT_ANALYSIS_SUMMARY_H
#define TAKT_ANALYSIS_SUMMARY_H

#include "results/results.h"

/* The values of a column, one for each replication of the point, into
 * values[points[point].replication_count]. */
void summary_values(const struct takt_results *, int32_t point, int32_t horizon, int32_t column,
                    double *values);

/* Of one replication the half-width is that of its batches, where there are some, and sd is NaN. */
struct interval summary_interval(const struct takt_results *, int32_t point, int32_t horizon,
                                 int32_t column);

/* Batches that the half-width of summary_interval comes from; 0: none, it comes from replications.
 */
int32_t summary_batches(const struct takt_results *, int32_t point, int32_t horizon,
                        int32_t column);

/* Point A minus point B in the column with this path, replication by replication as far as both
 * have them. The interval is simultaneous over all arms and horizons of the quantity: its
 * confidence is that of the results after Bonferroni's correction. Returns false when one of the
 * points has not the column. */
bool summary_difference(const struct takt_results *, int32_t a, int32_t b, int32_t horizon,
                        const char *path, struct interval *);

/* The unit of a column's numbers; a count of observations has the unit of counts. */
enum result_unit summary_unit_of(const struct column *);

/* A unit as files and people see it: money is named by its currency ("EUR/d"). */
const char *summary_unit(const struct takt_results *, enum result_unit, char text[16]);

/* Does a path with `*` in place of names mean this path? Each `*` is one whole word between dots.
 */
bool summary_matches(const char *pattern, const char *path);

/* The path of a column or sequence that this one is probably a typing mistake of, or NULL. */
const char *summary_nearest(const struct layout *, const char *path);

/* What tables show when the scenario names nothing: about ten quantities of interest, of those that
 * the points have and that are not zero everywhere. Writes at most CAPACITY paths of the first
 * point; returns how many. */
int32_t summary_choose(const struct takt_results *, const char **paths, int32_t capacity);

#endif
