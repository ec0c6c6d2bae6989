/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicles: what carries cargo along lanes that say `by`.
 *
 * A fleet has so many vehicles. One that is free is sent to a lane where cargo waits, drives there
 * empty, loads what is there by then and fits, carries it, unloads it, and is free where that lane
 * ends; with a home it drives back there when nothing waits. A lane wants as many vehicles as it
 * has loads waiting, less those that are on their way to it. When a vehicle is free and several
 * lanes want one, or the other way round, the fleet's rule decides: the pair that is nearest, or
 * the cargo that waits longest and the vehicle nearest to it. */
#ifndef TAKT_MODELS_FLOOR_VEHICLE_H
#define TAKT_MODELS_FLOOR_VEHICLE_H

#include "../chain/programme.h"

struct run;

enum vehicle_phase {
    VEHICLE_FREE,
    VEHICLE_CALLED, /* it is to go somewhere, and waits for who drives it */
    VEHICLE_COMES,  /* empty, for cargo */
    VEHICLE_LOADS,
    VEHICLE_CARRIES,
    VEHICLE_UNLOADS,
    VEHICLE_GOES_HOME,
    VEHICLE_GOES_TO_CHARGE,
    VEHICLE_CHARGES
};

struct vehicle {
    int32_t fleet;
    int32_t spot; /* where it is, or where it drives */
    enum vehicle_phase phase;
    enum vehicle_phase aim; /* of one that is called */
    bool unmanned;          /* it waits for people to drive it, or to go on */
    int32_t way, trip;      /* at hand */
    int32_t down;           /* breakdowns that last */
    int32_t mended;         /* of these, that nobody has to come for any more */
    bool unmended;          /* it is broken down, and all wait for people */
    tick left;              /* of its phase, by the book, while it stands */
    double range;           /* m, that its battery takes it */
    int64_t charges;        /* so far: keys of draws */
};

static inline bool vehicle_is_busy(enum vehicle_phase phase) {
    return phase != VEHICLE_FREE && phase != VEHICLE_CALLED && phase != VEHICLE_CHARGES;
}

static inline bool vehicle_drives_empty(enum vehicle_phase phase) {
    return phase == VEHICLE_COMES || phase == VEHICLE_GOES_HOME || phase == VEHICLE_GOES_TO_CHARGE;
}

struct wreck {  /* one failure of one vehicle */
    tick left;  /* until it strikes; busy: of work */
    tick since; /* when the work at hand began to count */
    int64_t count;
    bool down;
};

struct fleet_state {
    struct level busy, empty; /* vehicles at work; of those, that drive without cargo */
    struct level charging;
    struct level unmanned; /* that wait for people to drive them */
    struct level down;     /* that are broken down */
    struct level unmended; /* of those, that wait for people */
    int64_t number;        /* trips of the run: keys of draws */
    int64_t trips, moved;
    double carried, room;
    double driven; /* m */
    int64_t expense_micro;
    struct accrual hours;
};

void vehicles_wanted(struct run *, int32_t fleet);   /* cargo came, or one is free */
void vehicles_unwanted(struct run *, int32_t fleet); /* there may be less for them to fetch */
void vehicle_event(struct run *, int32_t vehicle);
void vehicle_sets_out(struct run *, int32_t vehicle);    /* to its aim */
void vehicle_goes_home(struct run *, int32_t vehicle);   /* if it is free and has one */
void vehicle_is_given_up(struct run *, int32_t vehicle); /* one that was called */
void vehicles_shift(struct run *, int32_t shift, bool open);
void vehicles_start(struct run *);
void vehicles_reset(struct run *);
void vehicles_conserved(const struct run *);

/* ---- manning.c: people who drive them ---- */
/* Do people who drive it have to come first? Then it is called, and sets out when they are there.
 */
bool vehicle_is_called(struct run *, int32_t vehicle);
void vehicle_is_not_called(struct run *, int32_t vehicle); /* any more: it is free */
void vehicle_left_alone(struct run *, int32_t vehicle); /* who drove it goes, if the trip is over */
void vehicle_stands(struct run *, int32_t vehicle);     /* broken down: they go, or need not come */
void vehicle_waits_to_go_on(struct run *, int32_t vehicle);          /* for them; it is repaired */
void vehicle_unmanned(struct run *, int32_t vehicle, bool unmanned); /* from now on */
tick vehicle_time(const struct run *, int32_t vehicle, tick by_the_book);
void manning_conserved(const struct run *, int32_t vehicle);

/* ---- breakdown.c ---- */
void breakdowns_start(struct run *);
void breakdown_event(struct run *, int32_t wreck);
void breakdowns_conserved(const struct run *);
void breakdowns_work(struct run *, int32_t vehicle, bool works); /* it begins or ends to be busy */

/* ---- battery.c ---- */
bool battery_reaches(const struct run *, const struct vehicle *, int32_t way);
bool battery_takes_home(const struct run *, const struct vehicle *);
bool battery_is_low(const struct run *, const struct vehicle *);
bool battery_is_full(const struct run *, const struct vehicle *); /* and at its charger */
int32_t battery_charger(const struct run *, const struct vehicle *);
tick battery_charges(struct run *, int32_t vehicle); /* how long; it is full then */

#endif
