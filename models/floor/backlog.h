/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work that waits before stations, as a level over time: `stations.NAME.queue.work`.
 *
 * Nobody pays for it who does not ask: a plant that keeps backlogs sends every lot that comes or
 * goes by the way of queues with a rule (queue_push_ruled, queue_pull_ruled), and only there is it
 * counted. What a lot adds is its own work at its step as it will be drawn, with load and unload,
 * at the speed of a machine that has none of its own; of one that was interrupted, what is left.
 * It is kept beside the lot, so that the same is taken away when the lot goes, whatever has become
 * of laws meanwhile. When a programme changes the times of work, all who wait are counted anew. */
#ifndef TAKT_MODELS_FLOOR_BACKLOG_H
#define TAKT_MODELS_FLOOR_BACKLOG_H

#include "../../sim/sim.h"

struct run;

struct backlog { /* of a station */
    struct level work;
    tick changed; /* when it changed last: of several changes in an instant only the last counts */
};

void backlogs_start(struct run *);
void backlog_add(struct run *, int32_t station, int32_t part);
void backlog_take(struct run *, int32_t station, int32_t part);
void backlog_recount(struct run *, int32_t station, int32_t part); /* its work is another */
void backlogs_recount(struct run *);                               /* that of all who wait */
void backlogs_note_extremes(struct run *);                         /* before they are read */
void backlogs_reset(struct run *);
void backlogs_conserved(const struct run *);

#endif
