/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histograms of ticks: what a sketch has seen, in few bins, and of several runs together.
 *
 * The bins of one run are buckets of its sketch, 2^shift of them in each, so that no value is
 * counted in a wrong bin; they reach down from the largest value as far as there is room for, and
 * what is smaller still (at most a fiftieth, or less than a two-thousandth of the largest) is
 * counted together. Values of exactly 0 are counted on their own: who waits not at all is worth
 * knowing. A run chooses its shift as small as its values allow; several runs are put together with
 * the largest of theirs. The bins of a larger shift are made of whole ones of a smaller, so counts
 * stay exact, and the order of the runs does not matter. */
#ifndef TAKT_SIM_HISTOGRAM_H
#define TAKT_SIM_HISTOGRAM_H

#include "sketch.h"
#include "tally.h"

/* A part is the histogram of one run, as so many doubles of its block. */
enum { PART_SHIFT, PART_FIRST, PART_ZEROS, PART_BELOW, PART_BINS, HISTOGRAM_PART = 48 };

/* Fills PART from a sketch and the tally of the same values. O(buckets between least and most). */
void histogram_part(const struct sketch *, const struct tally *, double part[HISTOGRAM_PART]);

/* Bins that follow each other: bin i counts the values from edges[i] on and below edges[i + 1], in
 * ticks. */
struct histogram {
    int32_t count; /* of bins; 0: no values */
    double *edges; /* count + 1 */
    int64_t *counts;
    int64_t total;
};

/* Puts parts together; those that are none (NaN: the run stopped) are left out. LEAST and MOST of
 * all values, where they are known, begin the first bin and end the last. */
void histogram_init(struct histogram *, const double *const *parts, int32_t part_count,
                    double least, double most);
void histogram_clear(struct histogram *);

/* How many of the values lie below AT: within a bin they are taken as evenly spread. */
double histogram_below(const struct histogram *, double at);

#endif
