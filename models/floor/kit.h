/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kits: parts that are made for a lot (fork and join).
 *
 * An item that another one `uses`, which has a route and which no stock holds, is made for each lot
 * that uses it. The parts of a lot are begun when it is released, all at once and in parallel, in
 * lots of the size of their item; their parts when they are released, and so on down. What the item
 * uses is its first kit; each step that uses such items has one of its own. A lot waits beside the
 * queue of a step until all of its kit is there. It keeps nobody from passing, and holds no machine
 * and no place in the queue; the cards of its first step it took at its release.
 *
 * A part that is scrapped, or gives up, is begun anew. What is still being made for a lot that is
 * lost goes on and is thrown away in the end. A lot that comes to a step for the second time is
 * made another kit then.
 *
 * The luck of a part is a hash of the luck of the lot, of who uses what, and of its number in the
 * kit: it is the same whatever else is made. */
#ifndef TAKT_MODELS_FLOOR_KIT_H
#define TAKT_MODELS_FLOOR_KIT_H

#include <stdint.h>

struct kit {
    int32_t next;    /* of the lot, or in the free list */
    int32_t lot;     /* NOBODY: it is gone */
    int32_t step;    /* that uses it; NOBODY: the item does */
    int64_t missing; /* pieces that are still being made */
    int64_t lots;    /* begun for it so far: keys their luck */
};

#endif
