/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

/* ---- demand ---- */

bool demand_of_law(const struct law *law, struct demand *demand) {
    static const double AS_GOOD_AS_NONE = 1e-9;
    *demand = (struct demand){.mean = law_mean(law), .variance = law_variance(law)};
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: demand->kind = DEMAND_CONSTANT; return true;
    case LAW_POISSON: demand->kind = DEMAND_POISSON; return true;
    case LAW_NORMAL:
        demand->kind = DEMAND_NORMAL;
        return gsl_cdf_ugaussian_P(-law->a / law->b) < AS_GOOD_AS_NONE;
    case LAW_EXPONENTIAL:
    case LAW_ERLANG:
    case LAW_GAMMA: demand->kind = DEMAND_GAMMA; return true;
    default: return false;
    }
}

struct demand demand_sum(struct demand demand, double periods) {
    demand.mean *= periods;
    demand.variance *= periods;
    return demand;
}

double demand_at_most(struct demand demand, double level) {
    double mean = demand.mean, variance = demand.variance;
    if (demand.kind == DEMAND_CONSTANT || mean == 0) return level >= mean;
    if (demand.kind == DEMAND_NORMAL) return gsl_cdf_ugaussian_P((level - mean) / sqrt(variance));
    if (level < 0) return 0;
    if (demand.kind == DEMAND_POISSON) return gsl_cdf_poisson_P((unsigned)floor(level), mean);
    return gsl_cdf_gamma_P(level, mean * mean / variance, variance / mean);
}

double demand_beyond(struct demand demand, double level) {
    double mean = demand.mean, variance = demand.variance;
    if (demand.kind == DEMAND_CONSTANT || mean == 0) return fmax(0, mean - level);
    if (demand.kind == DEMAND_NORMAL) {
        double sd = sqrt(variance), z = (level - mean) / sd;
        return sd * (gsl_ran_ugaussian_pdf(z) - z * gsl_cdf_ugaussian_Q(z));
    }
    if (level <= 0) return mean - level;
    if (demand.kind == DEMAND_POISSON) {
        unsigned whole = (unsigned)floor(level);
        double at_least = whole ? gsl_cdf_poisson_Q(whole - 1, mean) : 1;
        return mean * at_least - level * gsl_cdf_poisson_Q(whole, mean);
    }
    double shape = mean * mean / variance, scale = variance / mean;
    return mean * gsl_cdf_gamma_Q(level, shape + 1, scale) -
           level * gsl_cdf_gamma_Q(level, shape, scale);
}

double demand_quantile(struct demand demand, double probability) {
    double mean = demand.mean, variance = demand.variance;
    if (demand.kind == DEMAND_CONSTANT || mean == 0) return mean;
    if (demand.kind == DEMAND_NORMAL)
        return mean + sqrt(variance) * gsl_cdf_ugaussian_Pinv(probability);
    if (demand.kind == DEMAND_GAMMA)
        return gsl_cdf_gamma_Pinv(probability, mean * mean / variance, variance / mean);
    double level = floor(fmax(0, mean - 10 * sqrt(mean)));
    while (demand_at_most(demand, level) < probability) level++;
    return level;
}

/* ---- policies ---- */

struct stock_figures inventory_one_for_one(double rate, double lead, double level) {
    struct demand on_order = {DEMAND_POISSON, rate * lead, rate * lead};
    struct stock_figures figures = {.on_order = rate * lead, .orders = rate};
    figures.owed = demand_beyond(on_order, level);
    figures.on_hand = level - on_order.mean + figures.owed;
    figures.fill = figures.ready = demand_at_most(on_order, level - 1);
    return figures;
}

struct stock_figures inventory_point_quantity(double rate, double lead, double point,
                                              double quantity) {
    struct stock_figures sum = {.on_order = rate * lead, .orders = rate / quantity};
    for (double position = point + 1; position <= point + quantity; position++) {
        struct stock_figures one = inventory_one_for_one(rate, lead, position);
        sum.owed += one.owed / quantity;
        sum.on_hand += one.on_hand / quantity;
        sum.fill += one.fill / quantity;
    }
    sum.ready = sum.fill;
    return sum;
}

struct stock_figures inventory_periodic(struct demand period, double at_risk, double level) {
    struct demand all = demand_sum(period, at_risk), before = demand_sum(period, at_risk - 1);
    struct stock_figures figures = {.orders = 1};
    figures.owed = demand_beyond(all, level);
    figures.on_hand = level - all.mean + figures.owed;
    figures.ready = demand_at_most(all, level);
    figures.fill = 1 - (figures.owed - demand_beyond(before, level)) / period.mean;
    figures.gamma = 1 - figures.owed / period.mean;
    if (period.kind == DEMAND_POISSON) figures.orders = 1 - exp(-period.mean);
    return figures;
}

/* visits[j]: how often the position is max - j in a cycle, from max down to min + 1. A demand of 0
 * leaves it where it is. */
struct stock_figures inventory_min_max(double mean, double at_risk, int32_t min, int32_t max) {
    int32_t places = max - min;
    struct stock_figures sum = {0};
    if (places < 1) return sum;
    double *visits = memory_zeroed((size_t)places, sizeof *visits), cycle = 0;
    struct demand period = {DEMAND_POISSON, mean, mean};
    double ready = 0, short_before = 0;
    for (int32_t j = 0; j < places; j++) {
        visits[j] = j == 0;
        for (int32_t k = 0; k < j; k++)
            visits[j] += visits[k] * gsl_ran_poisson_pdf((unsigned)(j - k), mean);
        visits[j] /= 1 - exp(-mean);
        cycle += visits[j];
        struct stock_figures one = inventory_periodic(period, at_risk, max - j);
        sum.owed += visits[j] * one.owed;
        sum.on_hand += visits[j] * one.on_hand;
        ready += visits[j] * one.ready;
        short_before += visits[j] * (1 - one.fill);
    }
    sum.owed /= cycle;
    sum.on_hand /= cycle;
    sum.ready = ready / cycle;
    sum.fill = 1 - short_before / cycle;
    sum.gamma = 1 - sum.owed / mean;
    sum.orders = 1 / cycle;
    free(visits);
    return sum;
}

struct stock_figures inventory_made(double rate, double load, int32_t level) {
    struct stock_figures figures = {.orders = rate, .on_order = load / (1 - load)};
    double empty = pow(load, level);
    figures.owed = empty * load / (1 - load);
    figures.on_hand = level - figures.on_order + figures.owed;
    figures.fill = figures.ready = 1 - empty;
    return figures;
}

/* P(k of N): the chance that k of the depot's backorders are this base's, each with this share. */
static double split_chance(struct demand depot, int32_t depot_level, double share, int32_t k,
                           int32_t most) {
    double chance = k == 0 ? demand_at_most(depot, depot_level) : 0;
    for (int32_t n = k > 1 ? k : 1; n <= most; n++)
        chance += gsl_ran_poisson_pdf((unsigned)(depot_level + n), depot.mean) *
                  gsl_ran_binomial_pdf((unsigned)k, share, (unsigned)n);
    return chance;
}

struct stock_figures inventory_base_of_depot(double rate, double transport, int32_t level,
                                             double depot_rate, double depot_lead,
                                             int32_t depot_level) {
    struct demand depot = {DEMAND_POISSON, depot_rate * depot_lead, depot_rate * depot_lead};
    struct demand way = {DEMAND_POISSON, rate * transport, rate * transport};
    int32_t most = (int32_t)(depot.mean + 12 * sqrt(depot.mean) + 30);
    struct stock_figures figures = {.orders = rate, .on_order = way.mean};
    for (int32_t k = 0; k <= most; k++) {
        double chance = split_chance(depot, depot_level, rate / depot_rate, k, most);
        figures.on_order += chance * k;
        figures.owed += chance * demand_beyond(way, level - k);
        figures.fill += chance * demand_at_most(way, level - 1 - k);
    }
    figures.on_hand = level - figures.on_order + figures.owed;
    figures.ready = figures.fill;
    return figures;
}

struct lot_figures inventory_economic_lot(double demand, double order_cost, double holding,
                                          double production) {
    double effective = holding * (1 - demand / production);
    return (struct lot_figures){sqrt(2 * order_cost * demand / effective),
                                sqrt(2 * order_cost * demand * effective)};
}
