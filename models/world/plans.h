/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans, money and programmes. See world.h. */
#ifndef TAKT_MODELS_WORLD_PLANS_H
#define TAKT_MODELS_WORLD_PLANS_H

#include "things.h"
#include "fields.h"

/* ---- plans ---- */
enum plan_kind { PLAN_FORECAST, PLAN_SOP, PLAN_MRP, PLAN_SCHEDULE, PLAN_PROMISE, PLAN_KIND_COUNT };
enum { LEVEL_PRODUCTION, LEVEL_OPERATIONS };

struct class_spec { /* classes.CUSTOMER */
    struct thing thing;
    struct ref self;
    double share;
};

struct plan_of_spec { /* of.NAME: an item or a customer */
    struct thing thing;
    struct ref self;
};

struct sees_spec {
    struct span age, per;
    double error;
};

struct schedule_row_spec { /* a row of a schedule's `list` */
    struct moment at;
    struct ref stock;
    struct amount amount;
};

struct plan_set_spec {
    const char *path;
    int32_t least, most; /* of people */
};

struct plan_spec {
    struct thing thing;
    struct choice kind, level, method, strategy, capacity;
    struct span every, takes;
    struct money costs;
    struct option sees; /* sees_spec */
    struct map of;      /* of plan_of_spec */
    struct span horizon, season, window;
    double alpha, beta, gamma;
    struct ref forecast;
    struct span frozen, slushy;
    struct map classes; /* of class_spec */
    struct list sets;   /* of plan_set_spec */
    struct list list;   /* of schedule_row_spec */
};

struct flow_spec { /* `-100 EUR at 0 y` */
    struct money amount;
    struct moment moment;
};

enum { DEPRECIATION_STRAIGHT, DEPRECIATION_DECLINING };
struct depreciation_spec {
    struct span over;
    struct choice method;
};

struct money_spec {
    struct quantity fixed, energy_price, energy_co2, carbon;
    struct option depreciation; /* depreciation_spec */
    double rate;                /* a tick */
    struct money cash;
    double tax;
    struct list flows; /* of flow_spec */
};

/* ---- programmes ---- */
/* Formulas with this scope see results of the run, by their paths. */
extern const struct scope result_scope;

enum { REVIEW_SHIFT = EVERY_YEAR + 1, REVIEW_EVENT }; /* SPAN_WORD(i), behind EVERY_DAY ... */
enum { PROGRAMME_NEVER };                             /* the word of `at` */
enum { PROGRAMME_ONCE, PROGRAMME_AGAIN, PROGRAMME_STACKS };
enum ramp_shape { RAMP_STEP, RAMP_LINEAR, RAMP_EXPONENTIAL, RAMP_LEARNING };

struct programme_name_spec {
    struct ref programme;
};

struct dip_spec {
    struct span lasts;
    const struct node *change;
};

struct ramp_spec {
    struct choice shape;
    struct span over;
};

struct programme_spec {
    struct thing thing;
    struct choice level;
    const char *about;
    struct moment at; /* or PROGRAMME_NEVER */
    struct expr when, until;
    struct span lasts; /* `for` */
    struct span review;
    struct choice again;
    const struct node *change;
    struct money capex;
    struct quantity cost; /* money a time */
    struct span delay, life;
    double residual, success;
    struct option dip, ramp;
    struct list excludes, needs; /* of programme_name_spec */
};

#endif
