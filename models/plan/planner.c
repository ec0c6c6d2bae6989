/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner.h"

#include "../floor/quick.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- memory ---- */
static int64_t *count_rows(const struct plans *plans, int64_t *all) {
    int64_t *at = memory_zeroed((size_t)plans->count, sizeof *at);
    *all = 0;
    for (int32_t i = 0; i < plans->count; i++) {
        at[i] = *all;
        if (plans->list[i].kind == PLAN_MRP)
            *all += (REQUIREMENT_ROWS * (int64_t)plans->list[i].node_count + 2) *
                    plans->list[i].periods;
    }
    return at;
}

static int64_t *count_waiting(const struct plans *plans, int64_t *all) {
    int64_t *at = memory_zeroed((size_t)plans->series_count + 1, sizeof *at);
    *all = 0;
    for (int32_t i = 0; i < plans->series_count; i++) {
        at[i] = *all;
        *all += plans->list[plans->series[i].plan].lag;
    }
    return at;
}

static int64_t *count_says(const struct plans *plans, int64_t *all) {
    int64_t *at = memory_zeroed((size_t)plans->series_count + 1, sizeof *at);
    *all = 0;
    for (int32_t i = 0; i < plans->series_count; i++) {
        at[i] = *all;
        *all += plans->list[plans->series[i].plan].periods;
    }
    return at;
}

void planning_make(struct run *run) {
    const struct plans *plans = &run->plant->plans;
    if (plans->count == 0) return;
    struct planning *planning = run->planning = memory_zeroed(1, sizeof *planning);
    int64_t says, rows, waiting;
    planning->says_at = count_says(plans, &says);
    planning->rows_at = count_rows(plans, &rows);
    planning->waiting_at = count_waiting(plans, &waiting);
    planning->waiting = memory_zeroed((size_t)waiting + 1, sizeof *planning->waiting);
    planning->plans = memory_zeroed((size_t)plans->count, sizeof *planning->plans);
    planning->outlooks = memory_zeroed((size_t)plans->series_count + 1, sizeof *planning->outlooks);
    planning->memory = memory_zeroed((size_t)plans->memory_count + 1, sizeof(double));
    planning->says = memory_zeroed((size_t)says + 1, sizeof(double));
    planning->computed = memory_zeroed((size_t)says + 1, sizeof(double));
    planning->rows = memory_zeroed((size_t)rows + 1, sizeof(int64_t));
    planning->sets = memory_zeroed((size_t)plans->set_count + 1, sizeof(int64_t));
    planning->sets_from = memory_zeroed((size_t)plans->set_count + 1, sizeof(int64_t));
    planning->sets_computed = memory_zeroed((size_t)plans->set_count + 1, sizeof(int64_t));
    if (plans->set_count) planning->solver = lp_open();
    planning->nodes = memory_zeroed((size_t)plans->node_count + 1, sizeof *planning->nodes);
    planning->expected =
        memory_zeroed((size_t)run->plant->stock_count + 1, sizeof *planning->expected);
}

void planning_free(struct run *run) {
    struct planning *planning = run->planning;
    if (!planning) return;
    for (int32_t i = 0; i < run->plant->plans.node_count; i++) free(planning->nodes[i].orders);
    for (int32_t i = 0; i < run->plant->stock_count; i++) free(planning->expected[i].orders);
    lp_close(&planning->solver);
    void *const blocks[] = {planning->plans,         planning->outlooks,   planning->memory,
                            planning->says,          planning->computed,   planning->says_at,
                            planning->nodes,         planning->rows,       planning->rows_at,
                            planning->waiting,       planning->waiting_at, planning->sets,
                            planning->sets_computed, planning->expected,   planning->sets_from};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) free(blocks[i]);
    free(planning);
}

/* ---- when ---- */
static void plan_next(struct run *run, int32_t id, enum plan_event what, tick at) {
    const struct plans *plans = &run->plant->plans;
    int32_t slot = plans->slot + PLAN_SLOTS * id + (int32_t)what;
    if (at == TICK_NEVER) return;
    run_plan_ranked(run, slot, at, CLASS_PLAN, (int32_t)what * plans->count + plans->list[id].rank);
}

static void plan_sees(struct run *run, int32_t id, tick after) {
    plan_next(run, id, PLAN_SEES, cadence_next(run->plant, run->plant->plans.list[id].per, after));
}

void planning_start(struct run *run) {
    const struct plans *plans = &run->plant->plans;
    kept_start(run);
    for (int32_t i = 0; i < plans->count; i++) {
        const struct plan *plan = &plans->list[i];
        run->planning->plans[i] = (struct plan_state){0};
        if (plan->kind == PLAN_FORECAST) {
            outlook_start(run, i);
            plan_sees(run, i, -1);
        } else if (plan->kind == PLAN_MRP)
            requirements_start(run, i);
        else if (plan->kind == PLAN_SCHEDULE) {
            schedule_start(run, i);
            plan_next(run, i, PLAN_SEES, schedule_next(run, i));
        } else if (plan->kind != PLAN_SOP)
            continue; /* promises are made when orders come */
        plan_next(run, i, PLAN_COMPUTES, cadence_next(run->plant, plan->every, -1));
    }
}

void planning_reset(struct run *run) {
    for (int32_t i = 0; run->planning && i < run->plant->plans.count; i++) {
        struct plan_state *state = &run->planning->plans[i];
        *state = (struct plan_state){.acted = state->acted,
                                     .computed = state->computed,
                                     .from = state->from,
                                     .until = state->until,
                                     .row = state->row,
                                     .makes = state->makes,
                                     .expects = state->expects};
    }
}

static void act(struct run *run, int32_t id) {
    if (run->plant->plans.list[id].kind == PLAN_FORECAST)
        outlook_acts(run, id);
    else if (run->plant->plans.list[id].kind == PLAN_SOP)
        aggregate_act(run, id);
    else if (run->plant->plans.list[id].kind == PLAN_SCHEDULE) {
        schedule_act(run, id);
        plan_next(run, id, PLAN_SEES, schedule_next(run, id));
    } else
        requirements_act(run, id);
    run->planning->plans[id].acted = true;
}

static void compute(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    if (plan->kind == PLAN_FORECAST)
        outlook_computes(run, id);
    else if (plan->kind == PLAN_SOP)
        aggregate_compute(run, id);
    else if (plan->kind == PLAN_SCHEDULE)
        schedule_compute(run, id);
    else
        requirements_compute(run, id);
    ledger_post_micro(run, ACCOUNT_PLANNING, plan->cost_micro);
    run->planning->plans[id].cost_micro += plan->cost_micro;
    plan_next(run, id, PLAN_COMPUTES, cadence_next(run->plant, plan->every, run->now));
    if (plan->takes > 0)
        plan_next(run, id, PLAN_ACTS, run->now + plan->takes);
    else
        act(run, id);
}

void planning_event(struct run *run, int32_t subject) {
    int32_t id = subject / PLAN_SLOTS;
    switch ((enum plan_event)(subject % PLAN_SLOTS)) {
    case PLAN_SEES:
        if (run->plant->plans.list[id].kind == PLAN_SCHEDULE) {
            schedule_release(run, id);
            plan_next(run, id, PLAN_SEES, schedule_next(run, id));
            break;
        }
        outlook_sees(run, id);
        plan_sees(run, id, run->now);
        break;
    case PLAN_ACTS: act(run, id); break;
    case PLAN_COMPUTES: compute(run, id); break;
    case PLAN_SLOTS: break;
    }
}

/* ---- what is heard ---- */
static void hear(struct run *run, int32_t first, int32_t customer, int64_t amount) {
    const struct plan_listener *listeners = run->plant->plans.listeners;
    for (int32_t i = first; i != NOBODY; i = listeners[i].next) {
        if (listeners[i].customers_only && customer == NOBODY) continue;
        if (listeners[i].customer != NOBODY && listeners[i].customer != customer) continue;
        run->planning->outlooks[listeners[i].series].asked += (double)amount / 1000;
    }
}

void planning_ordered(struct run *run, int32_t item, int32_t customer, int64_t amount) {
    hear(run, run->plant->plans.item_listeners[item], customer, amount);
}

void planning_asked(struct run *run, int32_t stock, int32_t customer, int64_t amount) {
    hear(run, run->plant->plans.stock_listeners[stock], customer, amount);
}

tick planned_lead(const struct run *run, int32_t stock) {
    if (run->plant->plans.leads[stock] != TICK_NEVER) return run->plant->plans.leads[stock];
    double lead = supply_lead_expected(run, stock);
    return lead < 9e17 ? law_round(lead) : 0;
}

double planning_next(const struct run *run, int32_t stock) {
    if (!run->planning || run->plant->plans.series_of[stock] == NOBODY) return NAN;
    return outlook_next(run, run->plant->plans.series_of[stock]);
}

/* ---- the level of a stock with a forecast ---- */
/* Of the time from order to receipt, as far as laws know it: squared ticks. */
static double lead_variance(const struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    const struct law *laws[3] = {&run->settings.stocks[id].lead_time,
                                 &run->settings.stocks[id].order_delay, NULL};
    int32_t only = sourcing_only(run, id);
    if (only != NOBODY && plant->origins[only].kind == FROM_SUPPLIER)
        laws[2] = &run->settings.supplies[plant->origins[only].index].lead_time;
    double sum = 0;
    for (int32_t i = 0; i < 3; i++)
        if (laws[i] && laws[i]->kind != LAW_FORMULA) sum += law_variance(laws[i]);
    return isfinite(sum) ? sum : 0;
}

/* What is expected from now until the receipt of the order after this one, and so many standard
 * deviations of that as the service asks for (Silver, Pyke & Thomas 2017, 6.7 and 6.9). */
int64_t planning_level(const struct run *run, int32_t id) {
    int32_t series = run->plant->plans.series_of[id];
    double lead = (double)planned_lead(run, id),
           time = lead + (double)run->settings.stocks[id].every;
    double expected = outlook_between(run, series, run->now, run->now + (tick)time);
    double sd = outlook_sd(run, series, time);
    if (isnan(expected) || isnan(sd)) return -1;
    double rate = time > 0 ? expected / time : 0;
    double spread = sqrt(sd * sd + rate * rate * lead_variance(run, id));
    double level = expected + gsl_cdf_ugaussian_Pinv(run->settings.stocks[id].service) * spread;
    return level > 0 && level < 9e12 ? stock_whole(run, id, level * 1000) : 0;
}
