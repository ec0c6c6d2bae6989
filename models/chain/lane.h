/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes: how things get from one place to another.
 *
 * What is handed over to a lane is a *cargo*: a lot on its way to its next station. It
 * waits at the lane until a *trip* leaves, which carries one cargo or several, and arrives with all
 * of them. A lane that neither holds goods back nor keeps a timetable sends each cargo at once, as
 * many side by side as there are. A trip carries no more than the lane's load; a single cargo that
 * is larger goes on several trips side by side.
 *
 * How long a trip takes is drawn with the luck of its first cargo, so it is the same in all arms.
 */
#ifndef TAKT_MODELS_CHAIN_LANE_H
#define TAKT_MODELS_CHAIN_LANE_H

#include "../../sim/sim.h"

struct run;

enum cargo_kind { CARGO_LOT };

struct cargo {
    int32_t next; /* behind it at the lane, on the trip, or in the free list */
    int32_t what; /* the part */
    int32_t item;
    enum cargo_kind kind;
    int64_t amount;        /* thousandths of the item's unit */
    int64_t size;          /* of what the lane counts: thousandths of a piece or kg */
    tick since;            /* when it was handed over */
    uint64_t luck, number; /* key what is drawn for it */
};

struct trip {
    int32_t next; /* in the free list */
    int32_t slot, way;
    int32_t first; /* cargo */
};

struct way_state {
    int32_t first, last;    /* cargo that waits, in the order in which it came */
    int64_t size;           /* of all that waits */
    int64_t waiting;        /* cargos of it */
    struct level under_way; /* cargos: those that wait and those on trips */
    struct tally cycle, wait;
    struct sketch *cycle_sketch;
    int64_t number;                /* trips of the run: keys of a trace */
    int64_t trips, moved, carried; /* measured; carried: size */
    int64_t expense_micro;
};

/* Hands it over: since, next and size are filled in here. */
void lane_takes(struct run *, int32_t lane, struct cargo);
void trip_event(struct run *, int32_t trip);
void way_event(struct run *, int32_t way); /* a departure by timetable, or goods held long enough */
void lanes_start(struct run *);
void lanes_reset(struct run *); /* of what is measured */
void lanes_free(struct run *);
void lanes_conserved(const struct run *);

#endif
