/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trials: replications that only help to answer a question, such as where the better arm changes
 * (crossover.h).
 *
 * A trial is one replication of a point that is not one of the experiment. Of it only one quantity
 * counts, so that number is all that is kept: in the journal as soon as it is there, and in memory
 * for whoever asks for the same replication again, for another crossover or after --resume. It is
 * found by a key, which hashes what shapes the point (identity.h) and the name of the quantity. */
#ifndef TAKT_ANALYSIS_TRIALS_H
#define TAKT_ANALYSIS_TRIALS_H

#include "journal.h"

struct trials;

struct trials *trials_create(void);
void trials_delete(struct trials *);

/* The key of a quantity of a point, 64 hexadecimal digits. */
void trials_key(const char *point_sha256, const char *path, char key[65]);

/* Where those that are done are kept from now on; NULL: nowhere. */
void trials_keep(struct trials *, struct journal *);
struct journal *trials_journal(const struct trials *);

/* One that is known from before, from a journal. */
void trials_recall(struct trials *, const struct journal_trial *);

/* One that is done; from any thread. False if the journal could not be written. */
bool trials_add(struct trials *, const struct journal_trial *);

int64_t trials_count(const struct trials *);

/* Calls KNOWN for every trial of this key. */
typedef void trial_known(void *context, const struct journal_trial *);
void trials_each(const struct trials *, const char *key, trial_known *known, void *context);

#endif
