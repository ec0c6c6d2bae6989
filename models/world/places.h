/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, and the ways between them. See world.h. */
#ifndef TAKT_MODELS_WORLD_PLACES_H
#define TAKT_MODELS_WORLD_PLACES_H

#include "people.h"
#include "fields.h"

/* ---- places and ways between them ---- */
struct axis_spec {
    double length;
};

struct site_spec {
    struct thing thing;
    struct ref in;
    struct list at; /* of axis_spec: two, or none */
    struct amount room;
    struct quantity cost;
};

struct lane_cost_spec {
    struct money order, load;
    struct quantity unit, distance;
    double value;
};

struct hold_spec {
    struct amount until;
    struct span wait;
};

struct vehicle_cost_spec {
    struct quantity hour, distance;
};

enum vehicle_rule { VEHICLE_NEAREST, VEHICLE_OLDEST };

enum breakdown_clock { BREAKDOWN_UP, BREAKDOWN_CALENDAR, BREAKDOWN_BUSY };

struct breakdown_spec { /* vehicles.NAME.failures.NAME */
    struct thing thing;
    struct choice clock; /* not given: busy */
    struct law after, first, lasts;
    struct list at;   /* of moment_spec: instead of `after` */
    struct map needs; /* of need_spec */
};

struct battery_spec { /* of each vehicle of a fleet */
    double range;     /* m */
    struct law charge;
    struct ref at;
    double below; /* share */
};

struct vehicle_spec {
    struct thing thing;
    struct option battery; /* battery_spec */
    struct ref calendar;
    struct map failures; /* of breakdown_spec */
    struct map needs;    /* of need_spec */
    int32_t number;
    double speed;
    struct amount carries;
    struct law load, unload;
    struct choice rule;
    struct ref home;
    struct option cost; /* vehicle_cost_spec */
};

struct way_spec { /* of a lane */
    struct ref by;
    struct law time;
    double distance;
    struct amount load;
    struct option cost; /* lane_cost_spec */
    struct option hold; /* hold_spec */
    struct span every;
    struct ref calendar;
    struct map failures; /* of outage_spec */
    struct quantity co2;
};

struct mode_spec {
    struct thing thing;
    struct way_spec way;
};

enum lane_choose { LANE_CHEAPEST, LANE_FASTEST };

struct lane_spec {
    struct thing thing;
    struct ref from, to; /* sites, stations, stocks, suppliers, customers; or any */
    struct way_spec way;
    struct map modes; /* of mode_spec */
    struct choice choose;
};

#endif
