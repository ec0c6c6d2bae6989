/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works: people, what stops machines, machines and stations. See plant.h. */
#ifndef TAKT_MODELS_PLANT_STATIONS_H
#define TAKT_MODELS_PLANT_STATIONS_H

#include "settings.h"

/* What people do at a machine, one after the other: each phase needs its own. */
enum work_phase { PHASE_NONE, PHASE_SETUP, PHASE_LOAD, PHASE_RUN, PHASE_UNLOAD, PHASE_COUNT };

struct need_option { /* a crew that can do it, and how fast: 1 is by the book */
    int32_t crew;
    double speed;
};

struct need { /* so many people of the options, fastest crew first */
    int32_t people, option_first, option_count;
};

struct need_list { /* all of them at once; count 0: nobody */
    int32_t first, count;
};

struct moments {    /* at which something stops, instead of by a clock */
    const tick *at; /* of the run, ascending; NULL: by a clock */
    int32_t count;
};

/* The one after so many. */
static inline tick moment_next(const struct moments *moments, int64_t number) {
    return number < moments->count ? moments->at[number] : TICK_NEVER;
}

struct crew_plan {
    const char *name;
    int32_t person_first, person_count; /* places for people: as many as there will be at most */
    int32_t shift, paid_shift;          /* with and without overtime; NOBODY: always there */
    bool changes;                       /* some programme changes how many there are */
    int32_t absent_first; /* of its people among all that are away at times, or NOBODY */
    int32_t absence_clock, absence_stops;
    struct moments absent_at;
    uint64_t absence_after_stream, absence_lasts_stream, walk_stream;
};

/* A crew that may work at a station, and how many people its overtime brings if they have gone: for
 * each machine what its most demanding work needs, and what one repair needs. Needs take the
 * fastest crew first. */
struct staffing {
    int32_t station, crew;
    int32_t each_machine, one_repair;
};

struct stop { /* a failure mode or a maintenance plan of a station: failures come first */
    const char *name;
    int32_t station, clock;
    int32_t bit; /* of the machine's stops */
    bool planned;
    int32_t object;      /* among the failures or the maintenance plans of the plant */
    bool joins;          /* begins with another that comes first */
    uint64_t renews;     /* others of the station whose clocks start anew with it: bits by place */
    const tick *moments; /* ascending, instead of a clock */
    int32_t moment_count;
    struct need_list needs;
    uint64_t after_stream, lasts_stream;
    int32_t machine; /* whose own it is; NOBODY: of all that have none of this name */
};

struct machine_plan { /* of a machine with a name */
    const char *name;
    int32_t station, calendar; /* calendar: of settings.shifts, or NOBODY */
    const bool *works;         /* by item; NULL: all that come */
    int32_t own;               /* place of what is measured of it: see struct own_state */
};

struct station {
    const char *name;
    int32_t machine_first, machine_count; /* count of places planned; unlimited: grows by need */
    bool unlimited;
    int32_t stop_first, stop_count;
    int32_t calendar; /* index of settings.shifts, or NOBODY */
    int32_t regular;  /* the same without overtime; NOBODY: it has no overtime */
    int32_t staffing_first, staffing_count;
    bool dynamic;           /* whatever the rule, who goes next is looked for when one is taken */
    bool machines_change;   /* some programme changes how many there are */
    uint64_t random_stream; /* for the rule `random` */
    const struct formula *preempt, *reserve; /* NULL: never */
    bool has_setup, setup_each_lot;
    int32_t setup_when, setup_every;
    int32_t setup_count; /* things that it may be set up for: items, families, steps, tools */
    const char **setup_names;
    const int32_t
        *setup_cells;       /* a matrix: from (row 0: nothing yet), to; NULL: one time for all */
    int32_t setup_at_start; /* or NOBODY */
    bool setup_cycles;      /* turns to the next when nothing waits */
    bool setup_plain;       /* one law for every change of item or lot */
    uint64_t turn_stream;
    bool has_batch, batch_pieces;
    bool batch_counted; /* does anything say whether its batches count lots or pieces? */
    int32_t batch_slot;
    int32_t batch_of, batch_rule;
    int32_t interrupted; /* enum THEN_ */
    int32_t blocking;    /* enum BLOCKING_ */
    int32_t feeder;      /* release with `when: always` that keeps it fed, or NOBODY */
    bool pipes;          /* lots are in its machines one behind the other: see pipe.c */
    bool belt, accumulates;
    tick belt_time, belt_gap;   /* of a conveyor: from end to end, and between two lots */
    int32_t places, pipe_first; /* lots on one; the first of its machines among all such */
    bool named;                 /* its machines have names, and may differ: see own.c */
    bool calendars;             /* it or some machine of it has a calendar */
    bool choosy;                /* some machine of it does not work all that comes */
    bool busy_stops;            /* has stops that count work or wait for a piece of it */
    bool work_counts;           /* has stops that count work */
    bool joins, renews;         /* has stops that do */
    bool has_needs;             /* people must be there for some phase: see phase.c */
    bool prepares;              /* work does not simply begin: see machine_prepares */
    bool ordinary;         /* lots come and go, machines work whenever there is one; no cards */
    bool pooled;           /* some lots choose between it and others */
    const double *power;   /* kWh a tick and machine, by state (run.h); NULL: draws none */
    int32_t failure_first; /* failures of machine m, mode k: first + m * stop_count + k */
};

/* A source of lots or orders: releases first, then customers. */

#endif
