/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of work: which replications of which points are done, and who does the rest.
 *
 * A unit is one replication of one point: a pure function of plant, seed and the two numbers, whose
 * result is one block of doubles. It has its place in the results before it starts, so neither the
 * number of threads nor their timing can change a bit.
 *
 * An experiment says how many replications each point shall have, and may say so again with more
 * when it has looked at those (precision, selection of the best):
 *
 *     struct units *units = units_create(points, count, options, results);
 *     while (status == TAKT_OK && !enough(results, targets)) status = units_run(units, targets);
 *     units_delete(units);
 *
 * Where the results have a journal, each unit goes into it as soon as it is done.
 *
 * What a procedure sees between two calls is always complete: exactly the replications it asked
 * for, whatever was finished first. So what it decides does not depend on timing either. */
#ifndef TAKT_ANALYSIS_UNITS_H
#define TAKT_ANALYSIS_UNITS_H

#include "journal.h"
#include "results/results.h"
#include "scenario.h"
#include "takt.h"

struct trials;
struct units;

/* The points, with their plants, and the results, of the same number of points and described
 * (layout, seed), must outlive the units. */
struct units *units_create(const struct prepared *points, int32_t point_count,
                           const struct takt_run_options *, struct takt_results *);
void units_delete(struct units *);

/* Puts a unit that is known from before into the results (a copy of it). False if there is no place
 * for such a unit, or it is there already. */
bool units_recall(struct units *, const struct journal_unit *);
int64_t units_known(const struct units *); /* how many were put in so */

/* These units are trials (trials.h): of each point only one quantity counts, that of a key and of a
 * column at the last horizon, -1 if the point has it not. What is known of them is put into the
 * results, as blocks that hold nothing else; what is done is kept under its key. */
struct trial_key {
    char key[65];
    int32_t column;
};
void units_try(struct units *, struct trials *, const struct trial_key *points);

/* Takes all units of a point, and its sums of series, out of the results again. */
void units_forget(struct units *, int32_t point);

/* On a helper among the processes of mpirun (ranks.h): works for rank 0 until all is over. False
 * elsewhere, and then it does nothing. */
bool units_serve(struct units *);

/* Afterwards every point p has the replications 0 .. targets[p] - 1 in the results, and as many as
 * before where the target is less. Nothing that is there is done again. TAKT_INTERRUPTED: the
 * running units were finished, every point has the replications that all points have finished (and
 * those of earlier calls, and those whose series a file has summed up), and results->complete is
 * false. TAKT_CANNOT_WRITE: likewise, because the journal of the results could not be written; they
 * have the message. */
enum takt_status units_run(struct units *, const int32_t *targets) MUST_USE;

/* What the progress shows beside: the widest half-width so far, and the one wanted, as shares. */
void units_note_precision(struct units *, double half_width, double wanted);

#endif
