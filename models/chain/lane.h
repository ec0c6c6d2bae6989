/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes: how things get from one place to another.
 *
 * What is handed over to a lane is a *cargo*: a lot on its way to its next station, goods of a
 * stock on their way there, or what is delivered to a customer. It waits at one of the lane's
 * *ways* (a lane without modes has one) until a *trip* leaves, which carries one cargo or several,
 * and arrives with all of them. A way that neither holds goods back nor keeps a timetable sends
 * each cargo at once, as many side by side as there are. A trip carries no more than the way's
 * load: goods of a stock are divided, and a single lot or delivery that is larger goes on several
 * trips side by side.
 *
 * A way may be closed for a time (`failures`): then no trip leaves, and what was under way goes on,
 * or stands still until it is open again, or comes and waits to be let in.
 *
 * How long a trip takes is drawn with the luck of its first cargo, so it is the same in all arms.
 */
#ifndef TAKT_MODELS_CHAIN_LANE_H
#define TAKT_MODELS_CHAIN_LANE_H

#include "../plant/plant.h"

struct run;

enum cargo_kind { CARGO_LOT, CARGO_GOODS, CARGO_DELIVERY };

struct cargo {
    int32_t next; /* behind it at the lane, on the trip, or in the free list */
    int32_t what; /* part, shipment or order */
    int32_t item;
    enum cargo_kind kind;
    int64_t amount;        /* thousandths of the item's unit */
    int64_t size;          /* of what the way counts: thousandths of a unit, kg or l */
    tick since;            /* when it was handed over */
    uint64_t luck, number; /* key what is drawn for it */
    uint64_t divided;      /* times that something was taken off it */
};

struct trip {
    int32_t next; /* in the free list, or among those that have come and are not let in */
    int32_t slot, way;
    int32_t first; /* cargo */
    tick left;     /* of its time, while the way is closed */
};

struct way_state {
    int32_t first, last;                /* cargo that waits, in the order in which it came */
    int64_t waiting;                    /* cargos of it */
    int64_t size;                       /* of all of it */
    int64_t number;                     /* trips of the run: keys of a trace */
    int64_t coming;                     /* vehicles on their way to load here */
    int32_t stopped[OUTAGE_PART_COUNT]; /* closures that stop it */
    int32_t down;                       /* closures that last */
    int32_t held_first, held_last;      /* trips that have come and are not let in */
};

struct lane_account {       /* what is measured of a lane, or of one of its modes */
    struct level up;        /* 1 while it is open: one of its modes */
    struct level under_way; /* cargos: those that wait and those on trips */
    struct tally cycle, wait;
    struct sketch *cycle_sketch;
    int64_t trips, moved;
    double carried, room; /* size, and what the trips could have carried */
    double co2;
    int64_t expense_micro, tariffs_micro; /* of both together; of the second alone */
};

/* Hands it over: since, next and size are filled in here. */
void lane_takes(struct run *, int32_t lane, struct cargo);
/* What waits goes onto a trip, as much as it carries: its id, and how much that is. */
int32_t way_load(struct run *, int32_t way, int64_t *size);
tick way_time(const struct run *, int32_t way, int32_t trip);
bool lanes_hold(const struct run *); /* is anything under way? */
void trip_event(struct run *, int32_t trip);
void way_event(struct run *, int32_t way); /* a departure by timetable, or goods held long enough */
void lanes_shift(struct run *, int32_t shift, bool open);
void way_outage(struct run *, const struct outage *, bool begins);
void lanes_start(struct run *);
void lanes_reset(struct run *); /* of what is measured */
void lanes_free(struct run *);
void lanes_conserved(const struct run *);

/* ---- mode.c: what a way costs, and which mode is taken ---- */
int32_t lane_way(struct run *, int32_t lane, const struct cargo *);
bool way_is_closed(const struct run *, int32_t way); /* by a failure: no trip leaves */
bool way_is_open(const struct run *, int32_t way);   /* nor is it closed by its calendar */
/* What is paid for it beside the trip that carries it. */
double cargo_freight(const struct run *, const struct way *, const struct cargo *);
double cargo_tariff(const struct run *, const struct way *, const struct cargo *);
int64_t cargo_size(const struct run *, const struct way *, const struct cargo *);
int64_t way_loads(const struct way *, int64_t size); /* trips for it alone */
/* Of carrying so much of an item alone, the way that would be chosen now. */
double lane_cost(struct run *, int32_t lane, int32_t item, int64_t amount);
double lane_expected(const struct run *, int32_t lane); /* ticks of a trip; of modes, the least */

/* ---- goods.c: goods of stocks, and deliveries to customers ---- */
void goods_set_out(struct run *, int32_t lane, int32_t shipment);
void goods_arrive(struct run *, int32_t shipment);
/* Takes AMOUNT off a shipment: a new one, of which nothing else is known. Its id. */
int32_t goods_divide(struct run *, int32_t shipment, int64_t amount);
/* A finished lot leaves STATION for the stock that it was made for. False: no lane leads there. */
bool goods_made_set_out(struct run *, int32_t station, int32_t flow, int64_t amount);
/* AMOUNT of a customer's order leaves a spot: it goes along a lane, or is there at once. */
void order_sent(struct run *, int32_t spot, int32_t order, int64_t amount);
void delivery_arrives(struct run *, int32_t order, tick on_way);

#endif
