/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor as formulas see it: how much work comes to each station, how variable arrivals and work
 * are, and what stands in the way of an exact answer. Times are in hours. */
#ifndef TAKT_ANALYSIS_THEORY_FLOOR_H
#define TAKT_ANALYSIS_THEORY_FLOOR_H

#include "queueing.h"
#include "theory.h"

/* The lots of one flow at one step. */
struct floor_visit {
    int32_t flow, step, station;
    double rate;   /* lots per hour; of a flow without end, visits per lot */
    double pieces; /* in a lot */
    struct queueing_time work;
    struct law law; /* of the whole work, when `plain` */
    bool plain;
    double wait; /* the answer; NaN when there is none */
};

struct floor_station {
    double rate;                  /* lots per hour, all visits */
    struct queueing_time natural; /* work of a lot, mixed over what comes */
    struct queueing_time work;    /* with setups and failures */
    double busy;                  /* machines at work or setup on average */
    double load;                  /* share of the open time that work, setups and repairs take */
    double open;                  /* share of time, by the calendar */
    bool alike;                   /* all work has one law: that of visits[first] */
    int32_t first;                /* its first visit; -1: nothing comes here */
    double arrivals_cv2;
    bool uneven;             /* its machines differ, in speed alone; then it is also unclear */
    const char *not_poisson; /* why its arrivals are no Poisson stream; NULL: they are */
    const char *unclear;     /* why nothing can be said of its work, or NULL */
    const char *unknown;     /* a key that no formula takes into account, or NULL */
    int32_t blocked_by;      /* a station after it that has little room, or NOBODY */
    enum theory_kind kind;   /* the answer: of its wait */
    double lost;             /* share of what comes that finds no room */
};

struct floor {
    const struct plant *plant;
    const struct node *root;
    struct arena *arena;
    int32_t visit_count;
    struct floor_visit *visits;
    struct floor_station *stations;
    double *flows;       /* lots per hour from station to station: count x count */
    double *from_source; /* lots per hour from each source to each station */
    int32_t always;      /* the source that never ends, or NOBODY */
    const char *refusal; /* why there is no long run to speak of, or NULL */
    const char *doubt;   /* why nothing on the floor is exact, or NULL */
};

void floor_facts(struct floor *, struct arena *, const struct prepared *);

/* Squared coefficient of variation of the lots of a source at one station, and why they are no
 * Poisson stream (NULL: they are). */
const char *floor_source_stream(const struct floor *, int32_t source, double *cv2);

/* Waits of all stations that work comes to and goes from freely. */
void theory_stations(struct theory *, struct floor *);

/* Throughput, cycle time and work in process of what comes to the floor and goes through it. */
void theory_routes(struct theory *, const struct floor *);

/* Lines with work without end. */
void theory_lines(struct theory *, struct floor *);

void theory_stocks(struct theory *, const struct floor *);

#endif
