/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question that a scenario asks: how long and how often to run, what to keep and show, which
 * arms to compare, what is expected. The world itself is models/world/world.h. */
#ifndef TAKT_SCENARIOS_QUESTION_H
#define TAKT_SCENARIOS_QUESTION_H

#include "../models/models.h"

struct moment_entry_spec {
    struct moment at;
};
struct text_entry_spec {
    const char *text;
};
struct count_entry_spec {
    int32_t number;
};

enum { LENGTH_UNTIL_EMPTY }; /* words of run.length: SPAN_WORD(i) */
enum { WARM_UP_AUTO };       /* of run.warm-up */

struct precision_spec {
    double half_width; /* share of the mean */
    struct list of;    /* of text_entry_spec: paths, may hold `*` */
    int32_t most;
};

struct run_spec {
    struct span length;
    struct span warm_up;
    int32_t replications;    /* ABSENT_COUNT: 1, or as `precision` needs */
    struct option precision; /* precision_spec, or NULL */
    int32_t seed;
    bool antithetic;
    const char *start;           /* date and time, or NULL */
    struct list horizons;        /* of moment_entry_spec */
    struct list order_of_events; /* of text_entry_spec */
    struct list show;            /* of text_entry_spec: paths */
};

struct record_spec {
    struct list series; /* of text_entry_spec: paths, may hold `*` */
    struct span every;
    struct list log; /* of count_entry_spec: replications, from 1 */
    bool active, queue_work;
};

struct arm_spec {
    struct thing thing;
    const char *about;
    struct choice level; /* none, production, operations */
    const struct node *change;
    const struct node *at; /* as a programme reads it; NULL: from the beginning */
    struct list with;      /* of text_entry_spec: names of arms */
};

/* Which points of a sweep are run: see sweep.h. */
enum sweep_design { DESIGN_FULL, DESIGN_LATIN, DESIGN_SOBOL, DESIGN_TORNADO };

struct sweep_spec {
    struct place place;
    const struct node *over; /* a map of path: list or range */
    struct choice design;    /* enum sweep_design */
    int32_t points;          /* or ABSENT_COUNT */
};

struct claim_spec {
    const struct node *claim; /* its text; place of it in ->place */
    const char *source;
};

struct question_spec {
    int32_t takt;
    const char *title, *about;
    const char *base;
    const struct node *change;
    struct run_spec run;
    struct record_spec record;
    struct map arms;     /* of arm_spec */
    struct option sweep; /* sweep_spec, or NULL */
    struct list claims;  /* of claim_spec */
};

/* The whole of a scenario. */
struct spec_spec {
    struct question_spec question;
    struct world_spec world;
};

extern const struct rows spec_rows;

#endif
