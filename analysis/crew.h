/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The crew: units of work done by other processes (ranks.h).
 *
 * Rank 0 hands each helper some units at a time, many while many are left and few towards the end,
 * so that all are done at about the same time: guided self-scheduling (Polychronopoulos and Kuck,
 * IEEE Transactions on Computers C-36, 1987). A helper hands back each unit as soon as it is done,
 * and rank 0 keeps it as if it were its own; so it does not matter who did it. Helpers begin when
 * they are ready: rank 0 does not wait for them. */
#ifndef TAKT_ANALYSIS_CREW_H
#define TAKT_ANALYSIS_CREW_H

#include "journal.h"
#include "ranks.h"
#include "scenario.h"

/* One replication of one point. */
struct replication {
    int32_t point, replication;
};

/* ---- Rank 0 ---- */

struct crew;

/* Whose units they are. */
struct crew_owner {
    void *context;
    int64_t (*left)(void *context); /* units that nobody has begun */
    int32_t (*take)(void *context, struct replication *list, int32_t most);
    void (*put)(void *context, const struct journal_unit *); /* one that a helper has done */
};

struct crew_options {
    struct takt_ranks *ranks;
    const char *identity; /* of this experiment, as rank 0 sees it */
    bool mixed;           /* helpers may be of another build or kind of processor */
    int32_t threads;      /* of rank 0 itself */
    struct crew_owner owner;
    struct arena *arena; /* of the failure */
};

/* The options are copied. */
struct crew *crew_create(const struct crew_options *);
void crew_delete(struct crew *);

/* Takes in what has come and hands out what there is. False if nothing has come. */
bool crew_look(struct crew *);

bool crew_busy(const struct crew *); /* has any helper a unit? */
void crew_drop(struct crew *);       /* what is running is finished, and nothing more is begun */

/* Why it is no crew: a helper that sees another experiment, or computes otherwise; or NULL. */
const char *crew_failure(const struct crew *);

/* ---- Helpers ---- */

struct crew_service {
    struct takt_ranks *ranks;
    const char *identity;
    const struct prepared *points;
    int32_t point_count, threads;
    uint64_t seed;
};

/* Runs what rank 0 hands out until it says that all is over. */
void crew_serve(const struct crew_service *);

#endif
