/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks by formula: service, stock and cost of the usual policies in the long run.
 *
 * Pure functions of plain numbers, as in queueing.h. Demand of a time or of some periods is a
 * struct demand; what is short is owed (backlogged) unless lost sales are named. */
#ifndef TAKT_ANALYSIS_INVENTORY_H
#define TAKT_ANALYSIS_INVENTORY_H

#include "../../sim/sim.h"

/* Demand of a period, or of several: laws whose sums are known. */
enum demand_kind { DEMAND_CONSTANT, DEMAND_POISSON, DEMAND_NORMAL, DEMAND_GAMMA };

struct demand {
    enum demand_kind kind;
    double mean, variance;
};

/* The demand of one period as a law says it; false when the sum of several has no formula here. A
 * normal counts when less than 1e-9 of it lies below 0. */
bool demand_of_law(const struct law *, struct demand *);

struct demand demand_sum(struct demand, double periods);   /* of independent periods */
double demand_at_most(struct demand, double level);        /* P(demand <= level) */
double demand_beyond(struct demand, double level);         /* E[(demand - level)+] */
double demand_quantile(struct demand, double probability); /* least level with that P */

/* What a stock gives in the long run. */
struct stock_figures {
    double on_hand, owed, on_order; /* means over time */
    double fill;                    /* units served at once */
    double ready;                   /* periods that end with nothing owed */
    double gamma;                   /* 1 - owed at ends of periods over demand of a period */
    double orders;                  /* per unit of time, or period */
};

/* One for one up to LEVEL, Poisson demand, orders that may cross: on order is Poisson, whatever the
 * law of the lead time. Palm 1938; Feeney and Sherbrooke 1966. */
struct stock_figures inventory_one_for_one(double rate, double lead, double level);

/* (r, Q): QUANTITY is ordered when the position falls to POINT; unit Poisson demand, constant lead
 * time. The position is uniform on point + 1 .. point + quantity. Zipkin 2000, chapter 6;
 * Federgruen and Zheng 1992. */
struct stock_figures inventory_point_quantity(double rate, double lead, double point,
                                              double quantity);

/* Base stock, reviewed every period: AT_RISK periods of demand lie between a review and the moment
 * at which what it orders has come and the demand up to then is seen. Zipkin 2000, chapter 9. */
struct stock_figures inventory_periodic(struct demand period, double at_risk, double level);

/* (s, S) reviewed every period, Poisson demand of MEAN: the order comes when the position is at or
 * below MIN. Cost per period of stock and of what is owed, and orders per period. Zheng and
 * Federgruen 1991: the position after the review is a renewal process from S downwards. */
struct stock_figures inventory_min_max(double mean, double at_risk, int32_t min, int32_t max);

/* A stock refilled one for one by an M/M/1 machine with this load: what is on order is geometric.
 * Buzacott and Shanthikumar 1993, chapter 4. */
struct stock_figures inventory_made(double rate, double load, int32_t level);

/* A base with Poisson demand RATE and base stock LEVEL, refilled after TRANSPORT by a depot with
 * base stock DEPOT_LEVEL, its own lead time DEPOT_LEAD and demand DEPOT_RATE in all: what the depot
 * owes is split among its bases by chance. Exact for constant times, Graves 1985. */
struct stock_figures inventory_base_of_depot(double rate, double transport, int32_t level,
                                             double depot_rate, double depot_lead,
                                             int32_t depot_level);

/* Economic order quantity, Harris 1913; with a rate of production, Taft 1918 (INFINITY: at once).
 * Cost per time of orders and stock. */
struct lot_figures {
    double quantity, cost;
};
struct lot_figures inventory_economic_lot(double demand, double order_cost, double holding,
                                          double production);

#endif
