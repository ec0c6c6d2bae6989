/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When things are open, who works, and what changes by itself: calendars, crews, drivers. See
 * world.h. */
#ifndef TAKT_MODELS_WORLD_PEOPLE_H
#define TAKT_MODELS_WORLD_PEOPLE_H

#include "fields.h"

/* ---- outside: when, and what changes ---- */
/* 06:00-14:00 or 2027-05-01..2027-05-09. The reader turns the text into ticks: of the day, or days
 * of the calendar. */
struct clock_text_spec {
    const char *text;
    tick from, to;
};

/* 2027-05-01 06:00-14:00: days of the calendar, and ticks of each. */
struct open_text_spec {
    const char *text;
    tick first, last, from, to;
};

struct cycle_spec {
    struct span work, rest;
};

struct calendar_spec {
    struct thing thing;
    const char *days;
    unsigned days_open;        /* `days` read: bit 0 is Monday */
    struct list hours, breaks; /* of clock_text_spec */
    struct list closed;        /* of clock_text_spec: dates and ranges */
    struct list open;          /* of open_text_spec */
    struct option cycle;       /* cycle_spec */
};

/* ---- people ---- */
struct need_spec { /* NAME of a crew or skill: how many */
    struct thing thing;
    int32_t people;
};

struct needs_spec { /* of a station, or a step: then without `repair` */
    struct map run, load, unload, setup, repair;
};

struct skill_spec { /* skills.NAME */
    struct thing thing;
    double share;
};

struct overtime_spec { /* of crews and stations */
    double up_to, pay;
    struct expr when;
};

enum absence_clock { ABSENT_UP, ABSENT_CALENDAR, ABSENT_BUSY };
enum { ABSENT_NOW, ABSENT_AFTER_PART };

struct absence_spec {           /* of each person of a crew */
    struct choice clock, stops; /* clock not given: up */
    struct law after, first, lasts;
    struct list at; /* of moment_spec: instead of `after` */
};

struct hire_spec {
    struct money cost;
    struct span delay, notice;
};

struct crew_spec {
    struct thing thing;
    int32_t people;
    struct law walk;
    struct option absence; /* absence_spec */
    struct option hire;    /* hire_spec */
    struct ref site;
    struct ref calendar;
    struct map skills; /* of skill_spec */
    struct quantity wage;
    struct option overtime; /* overtime_spec */
};

struct driver_value_spec { /* a row of `table` */
    double value;
};

struct pulse_spec {
    double value;
    struct moment from, to;
};

enum { EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_QUARTER, EVERY_YEAR }; /* SPAN_WORD(i) */
enum { DRIVER_THEN_LAST, DRIVER_THEN_REPEAT, DRIVER_THEN_STOP };

struct driver_spec {
    struct thing thing;
    struct expr value;
    struct list table; /* of driver_value_spec */
    struct span every;
    struct choice then;
    double ar1, sd;
    struct list pulses; /* of pulse_spec */
    const char *about;
};

#endif
