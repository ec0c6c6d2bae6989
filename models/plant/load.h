/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The static load of stations: work that comes in the long run over what the machines can do, from
 * means alone. */
#ifndef TAKT_MODELS_PLANT_LOAD_H
#define TAKT_MODELS_PLANT_LOAD_H

#include "plant.h"

struct station_load {
    double lots_per_hour; /* coming, visits of branches, rework and losses counted */
    double work_hours;    /* mean work and setup of a lot */
    double share_open;    /* of time, by the calendar */
    double share_up;      /* of open time, less failures that run with the time at work */
    double capacity;      /* machines x speed x open x up */
    double load;    /* lots x work over capacity; NaN when it cannot be known. Where machines do
                       not work all that comes: of the busiest, shared as well as can be */
    bool saturated; /* fed without end */
};

/* People of a crew: what is asked of them for work, setups of each lot and repairs, over the hours
 * that they are paid for. Work that several crews can do is shared by those hours. */
struct crew_load {
    double hours; /* asked of its people each hour; NaN: without end */
    double paid;  /* people x open, without overtime and absence */
    double load;  /* the first over the second */
};

/* ---- what comes to the floor, for whoever reckons with it ---- */

/* Orders of a source per tick; NaN when it gives work without end. */
double load_source_rate(const struct plant *, int32_t source);

/* Lots of a flow that are released per tick, and their size; 0 for a flow without end. */
double load_flow_lots(const struct plant *, int32_t flow, double *pieces);

/* How often each step of an item is worked per lot released by this route (NOBODY: by the shares of
 * its routes), into VISITS, which has a place for every step of the plant. */
void load_visits(const struct plant *, int32_t item, int32_t route, double pieces, double *visits);

/* The steps that LOTS released for an item come to first, added to INFLOW: some may be passed. */
void load_released(const struct plant *, int32_t item, int32_t route, double lots, double *inflow);

/* What LOTS at step AT send on to each step of the same route, added to INFLOW. */
void load_pass_on(const struct plant *, int32_t at, double pieces, double lots, double *inflow);

/* Hours of work that so many units of an item need by its route, in lots of the usual size, added
 * to those of stations and of people of crews. */
void load_unit(const struct plant *, int32_t item, double units, double *stations, double *crews);

/* Units in an order of a source, on average; orders of a customer at this stock, as a share of all
 * his orders; share of its open time that a machine is up. */
double load_order_units(const struct plant *, int32_t source, int32_t item);
double load_orders_share(const struct plant *, int32_t source, int32_t stock);
double load_share_up(const struct plant *, const struct station *, int32_t machine);

/* Mean of a law that asks nothing of a lot, in hours (of a count: an hour's ticks to the one). Mean
 * hours of a phase of work for a lot of so many pieces, with its share of a batch. */
double load_mean_hours(const struct plant *, const struct law *);
double load_phase_hours(const struct plant *, int32_t step, int32_t phase, double pieces);

/* A law with numbers in place of its expressions, for a lot of so many pieces. False when it
 * depends on more than that, or changes with time. */
bool load_law(const struct plant *, const struct law *, double pieces, struct law *out);

/* How busy the busiest must be at least when WORK of each kind is shared as well as can be among
 * those who MAY do it (kinds x servers): eligible.c. Infinite when nobody may. */
double load_least(const double *work, int32_t kinds, const double *capacity, int32_t servers,
                  const bool *may);

/* How busy each station is beside the others, into SHARES: its load; where work comes without end,
 * its share of the load of the one with the most work a machine. Unlimited ones have 0. */
void load_relative(const struct plant *, double *shares);

/* The station with the most work a machine. Work without end counts in the proportions in which it
 * comes. */
int32_t load_bottleneck(const struct plant *);

/* One for each station, in LOADS. A rate with drivers counts as it is at the start of measuring. */
void load_stations(const struct plant *, struct station_load *loads);

/* One for each crew, in CREWS. Setups that follow the order of the lots are not known and left out,
 * and so are stops at given moments, breakdowns of vehicles by their work, and who drives. */
void load_crews(const struct plant *, const struct station_load *stations, struct crew_load *crews);

#endif
