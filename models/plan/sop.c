/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sop.h"

#include "../../sim/sim.h"

#include <math.h>
#include <stdlib.h>

/* ---- by hand: so much in a period, in the cheapest ways first ---- */
static int32_t cheapest_way(const struct sop *sop, unsigned used) {
    int32_t found = -1;
    for (int32_t way = 0; way < SOP_WAY_COUNT; way++)
        if (!(used >> way & 1) && (found < 0 || sop->cost[way] < sop->cost[found])) found = way;
    return found;
}

/* What could not be made. */
static double make(const struct sop *sop, int32_t period, double amount, struct sop_plan *plan) {
    unsigned used = 0;
    for (int32_t i = 0; i < SOP_WAY_COUNT; i++) {
        int32_t way = cheapest_way(sop, used);
        double made = fmin(amount, sop->most[way][period]);
        plan->made[way][period] = made;
        amount -= made;
        used |= 1u << way;
    }
    return amount;
}

static double made_in(const struct sop_plan *plan, int32_t period) {
    double sum = 0;
    for (int32_t way = 0; way < SOP_WAY_COUNT; way++) sum += plan->made[way][period];
    return sum;
}

/* Stock and cost of what is made. */
static void account(const struct sop *sop, struct sop_plan *plan) {
    double stock = sop->stock;
    plan->cost = 0;
    for (int32_t t = 0; t < sop->periods; t++) {
        stock += made_in(plan, t) - sop->demand[t];
        plan->stock[t] = stock;
        plan->cost += sop->holding * fmax(stock, 0);
        for (int32_t way = 0; way < SOP_WAY_COUNT; way++)
            plan->cost += sop->cost[way] * plan->made[way][t];
    }
}

static double asked_at(const struct sop *sop, int32_t period) {
    return sop->demand[period] + (period == sop->periods - 1 ? sop->left : 0);
}

static bool chase(const struct sop *sop, struct sop_plan *plan) {
    bool possible = true;
    double stock = sop->stock;
    for (int32_t t = 0; t < sop->periods; t++) {
        double wanted = fmax(0, asked_at(sop, t) - stock);
        possible &= make(sop, t, wanted, plan) <= 0;
        stock += made_in(plan, t) - sop->demand[t];
    }
    return possible;
}

static bool level(const struct sop *sop, struct sop_plan *plan) {
    double asked = -sop->stock, rate = 0;
    for (int32_t t = 0; t < sop->periods; t++) {
        asked += asked_at(sop, t);
        rate = fmax(rate, asked / (t + 1));
    }
    bool possible = true;
    for (int32_t t = 0; t < sop->periods; t++) possible &= make(sop, t, rate, plan) <= 0;
    return possible;
}

/* ---- the linear programme ----
 * Columns: each way in each period, then the stock at each end. Rows: stock before + made - stock
 * after = demand. */
struct programme {
    double *cost, *most, *low, *high, *x;
    struct lp_term *terms;
};

static int32_t column_of(const struct sop *sop, int32_t way, int32_t period) {
    return way * sop->periods + period;
}

static int32_t write_terms(const struct sop *sop, struct lp_term *terms) {
    int32_t count = 0;
    for (int32_t t = 0; t < sop->periods; t++) {
        for (int32_t way = 0; way < SOP_WAY_COUNT; way++)
            terms[count++] = (struct lp_term){t, column_of(sop, way, t), 1};
        terms[count++] = (struct lp_term){t, column_of(sop, SOP_WAY_COUNT, t), -1};
        if (t > 0) terms[count++] = (struct lp_term){t, column_of(sop, SOP_WAY_COUNT, t - 1), 1};
    }
    return count;
}

/* The end asks for what is to be left as if it were demand, which is then stock all the same. */
static void write_bounds(const struct sop *sop, const struct programme *to) {
    for (int32_t t = 0; t < sop->periods; t++) {
        for (int32_t way = 0; way < SOP_WAY_COUNT; way++) {
            to->cost[column_of(sop, way, t)] = sop->cost[way];
            to->most[column_of(sop, way, t)] = sop->most[way][t];
        }
        to->cost[column_of(sop, SOP_WAY_COUNT, t)] = sop->holding;
        to->most[column_of(sop, SOP_WAY_COUNT, t)] = INFINITY;
        to->low[t] = to->high[t] = asked_at(sop, t) - (t == 0 ? sop->stock : 0);
    }
}

static bool cheapest(const struct sop *sop, const struct lp_solver *solver, struct sop_plan *plan) {
    if (!solver->module) return false;
    size_t periods = (size_t)sop->periods, columns = (SOP_WAY_COUNT + 1) * periods;
    struct programme own = {
        .cost = memory_zeroed(columns, sizeof(double)),
        .most = memory_zeroed(columns, sizeof(double)),
        .low = memory_zeroed(periods, sizeof(double)),
        .high = memory_zeroed(periods, sizeof(double)),
        .x = memory_zeroed(columns, sizeof(double)),
        .terms = memory_zeroed((SOP_WAY_COUNT + 2) * periods, sizeof(struct lp_term))};
    write_bounds(sop, &own);
    struct lp lp = {.row_count = sop->periods,
                    .column_count = (int32_t)columns,
                    .term_count = write_terms(sop, own.terms),
                    .cost = own.cost,
                    .most = own.most,
                    .low = own.low,
                    .high = own.high,
                    .terms = own.terms};
    double cost;
    bool solved = solver->module->solve(&lp, own.x, &cost);
    for (int32_t way = 0; solved && way < SOP_WAY_COUNT; way++)
        for (int32_t t = 0; t < sop->periods; t++)
            plan->made[way][t] = own.x[column_of(sop, way, t)];
    double *const blocks[] = {own.cost, own.most, own.low, own.high, own.x};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) free(blocks[i]);
    free(own.terms);
    return solved;
}

bool sop_solve(const struct sop *sop, enum sop_strategy strategy, const struct lp_solver *solver,
               struct sop_plan *plan) {
    bool possible = strategy == SOP_LEVEL   ? level(sop, plan)
                    : strategy == SOP_CHASE ? chase(sop, plan)
                                            : cheapest(sop, solver, plan);
    /* What cannot be is made as far as it can be. */
    if (!possible && strategy == SOP_CHEAPEST) chase(sop, plan);
    account(sop, plan);
    return possible;
}
