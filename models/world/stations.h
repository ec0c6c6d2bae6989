/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations with their queues, stops and setups; and the cards that circulate between them. See
 * world.h. */
#ifndef TAKT_MODELS_WORLD_STATIONS_H
#define TAKT_MODELS_WORLD_STATIONS_H

#include "people.h"
#include "things.h"
#include "fields.h"
#include "../floor/job.h"

/* ---- stations ---- */
enum { CLOCK_BUSY, CLOCK_UP, CLOCK_CALENDAR, CLOCK_PIECES, CLOCK_CYCLES };
enum { THEN_STATION, THEN_RESUME, THEN_RESTART, THEN_SCRAP };
enum { STOPS_NOW, STOPS_AFTER_PART, STOPS_AFTER_LOT };

struct renew_spec { /* another stop of the same station */
    struct ref stop;
};

struct stop_spec { /* failures.NAME and maintenance.NAME, which have other defaults */
    struct thing thing;
    struct choice clock; /* not given: busy, of maintenance calendar */
    struct law after, first, lasts;
    struct list at;     /* of moment_spec: instead of `after` */
    struct map needs;   /* of need_spec */
    struct list renews; /* of renew_spec */
    bool join;
    struct choice stops, then;
    struct money cost;
    int32_t priority;
};

/* What names of formulas are besides those seen everywhere (sim/formula.h): the value of driver
 * `index`, or of the parameter `index` of the question, or a result of the run. */
enum { FORMULA_DRIVER = -100, FORMULA_PARAMETER = -101, FORMULA_RESULT = -102 };

/* Where a formula says which of several things: a thing of section s is FORMULA_THING - s with its
 * index, word w of the target FORMULA_THING + 1 + w. */
enum { FORMULA_THING = -200 };
/* A name that only the builder of the plant knows (a scope whose things are loose): its index is
 * world_name_hash. */
enum { FORMULA_LOOSE = -400 };
int32_t world_name_hash(const char *name);

struct rule_entry_spec {
    struct expr rule;
};

struct queue_spec {
    int32_t room;
    struct list
        rule; /* of rule_entry_spec: smallest first, each breaks the ties of the one before */
    struct expr preempt, reserve;
};

enum { SETUP_ITEM, SETUP_FAMILY, SETUP_STEP, SETUP_TOOL, SETUP_LOT, SETUP_EVERY };
enum { SETUP_STAYS, SETUP_CYCLES };

struct setup_change_spec { /* a cell of a matrix of setup times */
    const char *from, *to; /* `any` stands for all that no other cell names */
    struct law time;
    struct place place;
};

struct setup_spec {
    struct choice when;
    struct law time;
    struct list changes; /* of setup_change_spec: `time` written out */
    struct money cost;
    int32_t min_run;
    struct choice idle;
    struct map needs; /* of need_spec */
};

enum { BATCH_OF_ANY, BATCH_OF_ITEM, BATCH_OF_STEP, BATCH_OF_FAMILY, BATCH_OF_TOOL };
enum { BATCH_READY, BATCH_FULL, BATCH_BEST_FAMILY, BATCH_LOOK_AHEAD };

struct batch_spec {
    struct amount min, max; /* lots, or pieces */
    struct choice of, rule;
    struct span wait;
    struct choice counts;
};

struct power_spec { /* energy.STATE */
    struct thing thing;
    struct ref self; /* index: enum machine_state */
    struct quantity power;
};

struct conveyor_spec {
    struct quantity length, speed, spacing;
    bool accumulates;
};

enum { BLOCKING_AFTER, BLOCKING_BEFORE, BLOCKING_REPEAT };

enum { SHIFT_END_SUSPEND, SHIFT_END_FINISH, SHIFT_END_FIT };

struct machine_spec { /* machines.NAME */
    struct thing thing;
    double speed;
    struct map items; /* of machine_item_spec: names of items */
    struct ref calendar;
    struct map failures, maintenance; /* of stop_spec */
};

struct machine_item_spec {
    struct thing thing;
    struct ref self;
};

struct station_spec {
    struct thing thing;
    int32_t machines;
    struct map named; /* of machine_spec: `machines` written out */
    struct law time, load, unload, cascade;
    double scrap;
    struct option conveyor; /* conveyor_spec */
    struct queue_spec queue;
    struct needs_spec needs;
    struct option setup, batch;
    struct ref calendar;
    struct option overtime;
    struct choice at_shift_end, blocking;
    struct map failures, maintenance; /* of stop_spec */
    struct choice interrupted;
    struct quantity cost; /* money a time of work */
    struct map energy;    /* of power_spec */
    struct ref site;
    const char *tool; /* the setup at the start */
};

/* ---- cards ---- */
enum { BACK_AT_END, BACK_WHEN_TAKEN };

struct cards_spec {
    struct thing thing;
    struct quantity count; /* cards, or a time of work */
    struct ref from, to;   /* stations, stocks, suppliers; not found: a step; or a word: */
    struct choice back;
    const char *counts; /* lots, pieces, work at STATION */
    struct amount size;
    struct map of; /* of card_item_spec */
};

enum { CARD_PLACE_FACTORY, CARD_PLACE_BOTTLENECK };

struct card_item_spec {
    struct thing thing;
    struct ref self;
};

#endif
