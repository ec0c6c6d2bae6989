/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lots of some items know besides what every lot knows.
 *
 * A lot is two cache lines, and most lots need no more. An item whose steps say `start-within`,
 * `transfer` and the like is *extra*: beside each lot of the pool then stands a struct part_extra,
 * and its steps take the general way, never the straight one (alone.c). A plant without such items
 * has no extras at all.
 *
 * A limit (`start-within`) is a clock of its own for each lot. It begins with the release of the
 * lot or with the end of a step, and ends with the start of the step that it belongs to. When it
 * strikes before, the lot acts at once if it waits in a queue or stands on a machine that is
 * blocked; one that is being worked at another step acts when that work is done. A lot that has
 * passed the step by (by a branch) is no longer late for it. */
#ifndef TAKT_MODELS_FLOOR_EXTRA_H
#define TAKT_MODELS_FLOOR_EXTRA_H

#include "../../sim/sim.h"

struct part_extra {
    int32_t clocks;      /* first of its limits that run, or NOBODY */
    int32_t at;          /* station where it was worked last or went last, or NOBODY: see carry.c */
    tick travelled;      /* of its time, if it says HAS_TRAVELLED */
    int32_t reserves;    /* station that keeps a machine for it, or NOBODY: see preempt.c */
    int32_t broken;      /* limit that was broken while a machine held it, or NOBODY */
    int32_t first_piece; /* of the lot that it was a part of: see transfer.c */
    int32_t bad;         /* pieces that are: see quality.c */
    int32_t kits;        /* first of those that are made for it, or NOBODY: see kit.h */
    int32_t kit;         /* that it is made for, or NOBODY */
    bool awaits;         /* stands beside a queue until its kit is there */
    int64_t number;      /* of its use, if it is made for a kit */
    tick work_left;      /* of that lot at this step, if it is not said for each piece */
};

struct limit_clock { /* a limit that runs for a lot */
    int32_t next;    /* of the lot, or in the free list */
    int32_t slot, part, limit;
    tick began;
};

#endif
