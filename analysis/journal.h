/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: every finished unit of work, on disk while the experiment goes on.
 *
 * OUT.h5 is written in one piece at the end. Until then OUT.h5.journal beside it keeps each unit as
 * soon as it is done, so that nothing is lost by Ctrl-C, kill -9, a full disk, or a power cut, and
 * `--resume` goes on from there. It is removed when the results file is complete.
 *
 * The file is a line `takt journal 1`, then records. A record is a mark, a checksum, a size and as
 * many bytes, filled up to a multiple of 8; numbers are as this kind of computer has them. The
 * first record is the identity of the experiment as text (identity.h), each of the others one unit:
 * point, replication, and its block or why it stopped; or one trial (trials.h): key, replication
 * and the one number that counts. Records are only ever added. What a crash or
 * a bad disk leaves of a record does not check, and is skipped: the units in it are done again.
 *
 * A record is in the hands of the system when journal_add returns, so it outlives the process; it
 * is on the disk within about a second, when the owner calls journal_sync often enough.
 *
 * A lock (fcntl) on the file keeps other processes out, also when they are on other computers of
 * one file system. */
#ifndef TAKT_ANALYSIS_JOURNAL_H
#define TAKT_ANALYSIS_JOURNAL_H

#include "../sim/sim.h"

struct journal;

/* A unit of work on its way into or out of a journal. */
struct journal_unit {
    int32_t point, replication;
    const char *why; /* why it stopped, or NULL */
    size_t why_size;
    const double *values; /* its block; NULL when it stopped */
    int64_t value_count;
};

/* A replication of a point that is not one of the experiment, on the same way: see trials.h. */
struct journal_trial {
    char key[64]; /* without a zero */
    int32_t replication, none;
    double value; /* NaN when it stopped */
};

/* What one takes from a journal: called for each unit in the order of the file. False: there is no
 * such unit in this experiment. */
typedef bool journal_take(void *context, const struct journal_unit *);
typedef void journal_take_trial(void *context, const struct journal_trial *);

struct journal_options {
    const char *output;             /* the results file beside which the journal lies */
    const char *identity;           /* identity_text of this experiment */
    bool resume;                    /* go on from a journal that is there */
    journal_take *take;             /* of the units that it holds */
    void *context;                  /* of take */
    journal_take_trial *take_trial; /* of the trials; NULL: none are looked for */
    void *trials;                   /* its context */
    struct arena *arena;            /* of messages */
};

/* Opens and locks a journal, begins it where there is none, and hands over what it holds. *MESSAGE
 * becomes why not, or with TAKT_OK what one should know, or NULL. Errors: TAKT_CANNOT_CREATE (not
 * allowed, no room, somebody else writes it, or it is there and nobody asked to resume),
 * TAKT_USAGE (it is of another experiment, or none). *JOURNAL is NULL after an error. */
enum takt_status journal_open(struct journal **, const struct journal_options *,
                              const char **message) MUST_USE;

/* Unlocks and closes; a journal without units and trials is removed. */
void journal_close(struct journal *);

/* Removes and closes: everything in it is in the results file now. */
void journal_finish(struct journal *);

/* Adds one unit; from any thread. False if it could not be written: then nothing more will be, and
 * journal_failure says why. */
bool journal_add(struct journal *, const struct journal_unit *);
bool journal_add_trial(struct journal *, const struct journal_trial *);
const char *journal_failure(const struct journal *);

/* Sends what was added to the disk, if the last time was about a second ago or longer. */
void journal_sync(struct journal *);

const char *journal_output(const struct journal *);
int64_t journal_count(const struct journal *); /* units and trials */

#endif
