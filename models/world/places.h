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

struct battery_spec {      /* of each vehicle of a fleet */
    struct quantity range; /* a length, or a time of driving at the speed of the fleet */
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

/* What an expression of `choose` sees of what is handed over, and rules that pick a mode. It may
 * name a mode, or a rule. X(NAME, word, meaning) */
#define MODE_NAMES(X) X(PIECES, "pieces", "what is handed over together, in the unit of its item")
#define MODE_RULES(X)                                                                              \
    X(CHEAPEST, "cheapest",                                                                        \
      "the mode that costs least for what is handed over, as if it went alone")                    \
    X(FASTEST, "fastest", "the mode whose trips take least on average")

enum mode_name {
#define X(name, word, help) MODE_##name,
    MODE_NAMES(X)
#undef X
        MODE_NAME_COUNT
};
enum mode_rule {
#define X(name, word, help) MODE_##name,
    MODE_RULES(X)
#undef X
        MODE_RULE_COUNT
};

extern const struct scope mode_scope; /* a rule is MODE_NAME_COUNT and its number */

struct lane_spec {
    struct thing thing;
    struct ref from, to; /* sites, stations, stocks, suppliers, customers; or any */
    struct way_spec way;
    struct map modes; /* of mode_spec */
    struct expr choose;
};

#endif
