/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People at machines and repairs.
 *
 * Whoever needs people has a *team*: each failure mode of each machine (its repairs), and each
 * machine (the phases of its work). So have each failure mode of each vehicle, and each vehicle
 * (who drives it). A team asks, waits, and is answered in phase C, all or nothing: larger priority
 * first, then who has waited longest, then repairs of machines, those of vehicles, vehicles, and
 * work, each as written. People are there as long as the phase, repair or trip runs; they go when
 * it ends or when the machine stands, so nobody waits while holding others. Of several crews that
 * can do it the fastest goes, and of a crew the one who has been free longest; the slowest of a
 * team sets its pace.
 *
 * When a crew's calendar closes, those who are free go at once; what the others do follows
 * `at-shift-end` of the station: they break off, finish the phase, or had not begun it. Who drives
 * finishes the trip: see manning.c. */
#ifndef TAKT_MODELS_FLOOR_PEOPLE_H
#define TAKT_MODELS_FLOOR_PEOPLE_H

#include "floor.h"

enum team_state { TEAM_AWAY, TEAM_WAITS, TEAM_COMES, TEAM_WORKS };

struct person {
    int32_t crew;
    int32_t team;                   /* NOBODY: free */
    int32_t next;                   /* in the team */
    int32_t free_next, free_before; /* while he is free: see crew_state */
    int32_t station; /* where he worked last, or NOBODY; after the stations come the vehicles */
    tick free_since; /* when he was done last */
    int64_t walks, absences; /* so far: key the draws */
    tick left, since;      /* until the next absence; a busy clock: of work, which has run since */
    bool employed, leaves; /* leaves: is dismissed, and finishes what is at hand */
    bool absent, due;      /* due: will be, when the work at hand is done */
};

struct team {
    struct need_list needs;
    int32_t first; /* person */
    int32_t next;  /* in the list of those who wait */
    int32_t priority;
    uint8_t state, phase; /* enum team_state, work_phase */
    bool told;            /* the start of the work at hand */
    tick since;           /* asked */
    tick left;            /* of the phase or repair, by the book */
    double speed;         /* of who is there */
    tick spent;           /* on the repair at hand */
    tick walk;            /* how long they take to come */
    tick times[PHASE_COUNT];
};

struct crew_state {
    struct level busy, there; /* people */
    struct level paid, overtime;
    struct tally wait;
    struct level employed, away; /* all its people; of them those who are absent */
    int32_t free_count;          /* employed, not in a team and not absent, whether open or not */
    int32_t free_first,
        free_last;     /* these people: who has been free longest first, then as numbered */
    int32_t leaving;   /* of those employed */
    int32_t brought;   /* by the overtime of stations, while it is closed */
    bool open, turned; /* turned: it opens or closes at this moment */
    uint8_t day;       /* enum work_day */
    struct accrual wages, extra_wages; /* overtime */
    int64_t hire_micro;                /* spent */
    struct staff_change {              /* decided and still to come, in the order of time */
        tick at;
        int32_t people; /* negative: they go */
    } * staff_changes;
    int32_t staff_change_count, staff_change_room;
};

struct brought { /* people of a crew that the overtime of a station brings: see overtime.c */
    struct level people;
    int32_t count;
    struct accrual wages;
};

static inline int32_t team_of_wreck(const struct run *run, int32_t wreck) {
    return run->plant->failure_count + wreck;
}

static inline int32_t team_of_vehicle(const struct run *run, int32_t vehicle) {
    return run->plant->failure_count + run->plant->wreck_count + vehicle;
}

static inline int32_t team_of_machine(const struct run *run, int32_t machine) {
    return team_of_vehicle(run, run->plant->vehicle_count) + machine;
}

/* Is this a vehicle, and no station? */
static inline bool place_is_vehicle(const struct run *run, int32_t place) {
    return place >= run->plant->station_count;
}

/* For a log: a machine may be in another state, with nothing else to tell. */
static inline void people_seen(struct run *run) {
    if (__builtin_expect(run->sink != NULL, 0)) tell_change(run);
}

/* ---- people.c ---- */
void people_make(struct run *);
void people_free(struct run *);
void people_start(struct run *);
void people_grow(struct run *);                  /* there is room for more machines */
void people_join(struct run *, int32_t machine); /* a new machine */
void people_reset(struct run *);
void people_conserved(const struct run *);
void team_ask(struct run *, int32_t team, struct need_list, tick left);
void team_leave(struct run *, int32_t team); /* its people are free, or it no longer waits */
void people_call(struct run *);              /* somebody who waits may begin now */
void people_answer(struct run *);            /* phase C */
int32_t team_station(const struct run *, int32_t team); /* or the vehicle: see struct person */
void team_arrives(struct run *, int32_t team);          /* its people have come */
bool team_comes(const struct run *, int32_t team);
void team_deserted(struct run *, int32_t team); /* its people go, with the work undone */
bool team_works(const struct run *, int32_t team);
bool team_drives(const struct run *, int32_t team); /* it is on a trip, and finishes it */
bool team_waits(const struct run *, int32_t team);

/* ---- crew.c ---- */
int32_t crew_present(const struct run *, int32_t crew); /* that may work, if it is open */
void crew_levels(struct run *, int32_t crew);
void person_is_free(struct run *, int32_t person);  /* from now on */
void person_is_taken(struct run *, int32_t person); /* he was free */
void crew_differs(struct run *, int32_t crew);      /* in how many are there */
void crew_conserved(const struct run *, int32_t crew);
void crews_start(struct run *);
__int128 crew_overtime(const struct run *, int32_t crew); /* ticks of all its people */
int64_t crew_expense_micro(const struct run *, int32_t crew);
void crews_shift(struct run *, int32_t shift);   /* it has opened or closed */
void crews_leave(struct run *, int32_t station); /* where overtime may be over */

/* ---- hire.c: how many there are ---- */
void crew_wanted(struct run *, int32_t crew, int32_t people); /* from now on */
void hires_free(struct run *);
void person_goes(struct run *, int32_t person); /* for good; he is free */

/* ---- absence.c ---- */
void absences_start(struct run *);
void absence_comes(struct run *, int32_t person); /* a new one: his clock is set */
void absence_goes(struct run *, int32_t person);
void absence_work_begins(struct run *, int32_t person);
void absence_work_ends(struct run *, int32_t person); /* he is free; he may be away now */

/* ---- overtime.c ---- */
void overtime_turn_station(struct run *, int32_t station); /* decides, when it would begin */
bool overtime_turn_crew(struct run *, int32_t crew);       /* the same; is it there? */
bool overtime_station_open(const struct run *, int32_t station);
/* The next closing that overtime is not sure to put off; of a crew, for who works at a station. */
tick overtime_machine_closes(const struct run *, int32_t machine);
tick overtime_crew_goes(const struct run *, int32_t crew, int32_t station);
/* Of somebody whom it brings, relative to his wage. */
double overtime_pay(const struct run *, int32_t station, int32_t crew);
void overtime_staff(struct run *); /* who is brought, anew */
int32_t overtime_brought(const struct run *, int32_t crew, int32_t station);
int32_t overtime_at_work(const struct run *, int32_t crew, int32_t station);

/* ---- phase.c: the work of a machine where people are needed ---- */
void phases_begin_midway(struct run *, int32_t machine, tick left); /* in the midst of its run */
void phases_begin(struct run *, int32_t machine);
/* By the book: how long its run is, while it runs, and how fast; else TICK_NEVER. */
bool phase_has_begun(const struct run *, int32_t machine); /* any of them, at any time */
tick phase_position(const struct run *, int32_t machine, double *speed);
void phases_again(struct run *, int32_t machine); /* the run alone: see blocking.c */
bool phase_end(struct run *, int32_t machine);    /* false: the work is done */
void phase_stand(struct run *, int32_t machine, tick left);
void phase_interrupted(struct run *, int32_t machine, int32_t then);
void phase_resume(struct run *, int32_t machine);
tick phases_end(struct run *, int32_t machine);     /* broken off for good: what is left of them */
void phase_staffed(struct run *, int32_t machine);  /* its people are there */
void phase_waited(struct run *, int32_t machine);   /* the wait until now is the lots' own */
void phase_deserted(struct run *, int32_t machine); /* they go, with the phase undone */

/* ---- failure.c ---- */
void repair_staffed(struct run *, int32_t failure);
void repair_deserted(struct run *, int32_t failure);

/* ---- manning.c ---- */
void vehicle_staffed(struct run *, int32_t vehicle);
void vehicle_deserted(struct run *, int32_t vehicle); /* they turn round on their way to it */

/* ---- breakdown.c ---- */
int32_t wreck_vehicle(const struct run *, int32_t wreck);
void wreck_staffed(struct run *, int32_t wreck);
void wreck_deserted(struct run *, int32_t wreck);

#endif
