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

/* ---- people, where what is made is known ---- */
static double people_for(const struct sop_crew *crew, const struct sop_plan *plan, int32_t t) {
    double regular = plan->made[SOP_REGULAR][t] * crew->work, longer = crew->longer[t];
    double all = regular + plan->made[SOP_OVERTIME][t] * crew->work - crew->others[t];
    double people = crew->hours[t] > 0 ? regular / crew->hours[t] : 0;
    if (longer > 0) people = fmax(people, all / longer);
    return fmin(fmax(ceil(people - 1e-9), crew->least), crew->most);
}

static void staff(const struct sop *sop, struct sop_plan *plan) {
    for (int32_t c = 0; c < sop->crew_count; c++)
        for (int32_t t = 0; t < sop->periods; t++)
            plan->people[c * sop->periods + t] = people_for(&sop->crews[c], plan, t);
}

static double people_cost(const struct sop *sop, const struct sop_plan *plan, int32_t c) {
    const struct sop_crew *crew = &sop->crews[c];
    double sum = 0, before = crew->now;
    for (int32_t t = 0; t < sop->periods; t++) {
        double people = plan->people[c * sop->periods + t], change = people - before;
        sum += people * crew->hours[t] * crew->wage;
        sum += change > 0 ? change * crew->hire : -change * crew->dismiss;
        before = people;
    }
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
    for (int32_t c = 0; c < sop->crew_count; c++) plan->cost += people_cost(sop, plan, c);
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
 * Columns: each way in each period, then the stock at each end, then of each crew the people, who
 * come and who go. Rows: stock before + made - stock after = demand; of each crew the hours of
 * regular work, those with overtime, people before + come - go = people, and at least so many. */
enum { PEOPLE, COME, GO, CREW_COLUMNS };
enum { HOURS, LONGER, CHANGE, LEAST, CREW_ROWS };

struct programme {
    double *cost, *most, *low, *high, *x;
    bool *whole;
    struct lp_term *terms;
    int32_t term_count;
};

static int32_t column_of(const struct sop *sop, int32_t way, int32_t period) {
    return way * sop->periods + period;
}

static int32_t crew_column(const struct sop *sop, int32_t crew, int32_t what, int32_t period) {
    return column_of(sop, SOP_WAY_COUNT + 1 + crew * CREW_COLUMNS + what, period);
}

static int32_t crew_row(const struct sop *sop, int32_t crew, int32_t what, int32_t period) {
    return (1 + crew * CREW_ROWS + what) * sop->periods + period;
}

static void add_term(struct programme *to, int32_t row, int32_t column, double factor) {
    if (factor != 0) to->terms[to->term_count++] = (struct lp_term){row, column, factor};
}

static void write_terms(const struct sop *sop, struct programme *to) {
    for (int32_t t = 0; t < sop->periods; t++) {
        for (int32_t way = 0; way < SOP_WAY_COUNT; way++)
            add_term(to, t, column_of(sop, way, t), 1);
        add_term(to, t, column_of(sop, SOP_WAY_COUNT, t), -1);
        if (t > 0) add_term(to, t, column_of(sop, SOP_WAY_COUNT, t - 1), 1);
    }
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

static void bound_row(const struct programme *to, int32_t row, double low, double high) {
    to->low[row] = low;
    to->high[row] = high;
}

static void write_crew(const struct sop *sop, struct programme *to, int32_t c) {
    const struct sop_crew *crew = &sop->crews[c];
    for (int32_t t = 0; t < sop->periods; t++) {
        int32_t people = crew_column(sop, c, PEOPLE, t), come = crew_column(sop, c, COME, t),
                go = crew_column(sop, c, GO, t);
        int32_t hours = crew_row(sop, c, HOURS, t), longer = crew_row(sop, c, LONGER, t),
                change = crew_row(sop, c, CHANGE, t), least = crew_row(sop, c, LEAST, t);
        to->cost[people] = crew->hours[t] * crew->wage;
        to->cost[come] = crew->hire;
        to->cost[go] = crew->dismiss;
        to->most[people] = crew->most;
        to->most[come] = to->most[go] = INFINITY;
        to->whole[people] = true;
        add_term(to, hours, column_of(sop, SOP_REGULAR, t), crew->work);
        add_term(to, hours, people, -crew->hours[t]);
        add_term(to, hours, come, crew->missed[t]);
        add_term(to, longer, column_of(sop, SOP_REGULAR, t), crew->work);
        add_term(to, longer, column_of(sop, SOP_OVERTIME, t), crew->work);
        add_term(to, longer, people, -crew->longer[t]);
        add_term(to, longer, come, crew->missed[t]);
        add_term(to, change, people, 1);
        add_term(to, change, come, -1);
        add_term(to, change, go, 1);
        if (t > 0) add_term(to, change, crew_column(sop, c, PEOPLE, t - 1), -1);
        add_term(to, least, people, 1);
        bound_row(to, hours, -INFINITY, 0);
        bound_row(to, longer, -INFINITY, crew->others[t]);
        bound_row(to, change, t == 0 ? crew->now : 0, t == 0 ? crew->now : 0);
        bound_row(to, least, crew->least, INFINITY);
    }
}

static void read_answer(const struct sop *sop, const struct programme *from,
                        struct sop_plan *plan) {
    for (int32_t t = 0; t < sop->periods; t++) {
        for (int32_t way = 0; way < SOP_WAY_COUNT; way++)
            plan->made[way][t] = from->x[column_of(sop, way, t)];
        for (int32_t c = 0; c < sop->crew_count; c++)
            plan->people[c * sop->periods + t] = round(from->x[crew_column(sop, c, PEOPLE, t)]);
    }
}

static bool cheapest(const struct sop *sop, const struct lp_solver *solver, struct sop_plan *plan) {
    if (!solver->module) return false;
    size_t periods = (size_t)sop->periods, crews = (size_t)sop->crew_count;
    size_t columns = (SOP_WAY_COUNT + 1 + crews * CREW_COLUMNS) * periods;
    size_t rows = (1 + crews * CREW_ROWS) * periods;
    struct programme own = {
        .cost = memory_zeroed(columns, sizeof(double)),
        .most = memory_zeroed(columns, sizeof(double)),
        .low = memory_zeroed(rows, sizeof(double)),
        .high = memory_zeroed(rows, sizeof(double)),
        .x = memory_zeroed(columns, sizeof(double)),
        .whole = memory_zeroed(columns, sizeof(bool)),
        .terms = memory_zeroed((SOP_WAY_COUNT + 2 + crews * 12) * periods, sizeof(struct lp_term))};
    write_bounds(sop, &own);
    write_terms(sop, &own);
    for (int32_t c = 0; c < sop->crew_count; c++) write_crew(sop, &own, c);
    struct lp lp = {.row_count = (int32_t)rows,
                    .column_count = (int32_t)columns,
                    .term_count = own.term_count,
                    .cost = own.cost,
                    .most = own.most,
                    .low = own.low,
                    .high = own.high,
                    .terms = own.terms,
                    .whole = crews ? own.whole : NULL};
    double cost;
    bool solved = solver->module->solve(&lp, own.x, &cost);
    if (solved) read_answer(sop, &own, plan);
    void *const blocks[] = {own.cost, own.most, own.low, own.high, own.x, own.whole, own.terms};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) free(blocks[i]);
    return solved;
}

bool sop_solve(const struct sop *sop, enum sop_strategy strategy, const struct lp_solver *solver,
               struct sop_plan *plan) {
    bool possible = strategy == SOP_LEVEL   ? level(sop, plan)
                    : strategy == SOP_CHASE ? chase(sop, plan)
                                            : cheapest(sop, solver, plan);
    /* What cannot be is made as far as it can be. */
    bool by_hand = !possible || strategy != SOP_CHEAPEST;
    if (!possible && strategy == SOP_CHEAPEST) chase(sop, plan);
    if (by_hand) staff(sop, plan);
    account(sop, plan);
    return possible;
}
