/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules in a run: what stocks have made, and when.
 *
 * A schedule with a `list` orders what its rows say, at their moments. One without is made anew on
 * its cadence: each of its stocks gets what it lacks until what is ordered in the next period has
 * come (orders with a date by then, or its forecast if that is more, and its safety stock, less
 * what is on hand and on order), in lots. With `capacity: check` there are no more of them than the
 * hours of its stations allow, the same share of every stock's; part of a lot is carried over to
 * the next period.
 *
 * The lots of the period are levelled: of n the k-th (from 0) is ordered at (2 k + 1) / 2 n of the
 * period, where even production would be half through it (Kubiak and Sethi, Management Science 37
 * (1991) 121; the levelled schedule of Monden, Toyota Production System, 1983). What did not come
 * by its planned lead time counts against adherence. */
#include "../floor/quick.h"
#include "planner.h"

#include <math.h>

static struct node_state *state_of(struct run *run, const struct plan *plan, int32_t n) {
    return &run->planning->nodes[plan->node_first + n];
}

/* ---- what is released, and when ---- */
static tick lot_at(const struct run *run, int32_t id, const struct node_state *state) {
    const struct plan_state *plan = &run->planning->plans[id];
    double share = (2. * (double)state->released + 1) / (2. * (double)state->lots);
    return plan->from + llrint(share * (double)(plan->until - plan->from));
}

static tick row_at(const struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    int32_t next = run->planning->plans[id].row;
    return next < plan->row_count ? run->plant->plans.rows[plan->row_first + next].at : TICK_NEVER;
}

static tick next_release(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    tick next = row_at(run, id);
    for (int32_t n = 0; n < plan->node_count; n++) {
        const struct node_state *state = state_of(run, plan, n);
        if (state->released == state->lots) continue;
        tick at = lot_at(run, id, state);
        if (at < next) next = at;
    }
    return next > run->now ? next : run->now;
}

static void release(struct run *run, int32_t node, int64_t amount) {
    run->planning->nodes[node].due += amount;
    stock_review_now(run, run->plant->plans.nodes[node].stock);
}

static void release_rows(struct run *run, int32_t id) {
    const struct plans *plans = &run->plant->plans;
    const struct plan *plan = &plans->list[id];
    for (; row_at(run, id) <= run->now; run->planning->plans[id].row++) {
        const struct plan_row *row = &plans->rows[plan->row_first + run->planning->plans[id].row];
        release(run, row->node, row->amount);
    }
}

static void release_lots(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    for (int32_t n = 0; n < plan->node_count; n++) {
        struct node_state *state = state_of(run, plan, n);
        for (; state->released < state->lots && lot_at(run, id, state) <= run->now;
             state->released++)
            release(run, plan->node_first + n, run->plant->plans.nodes[plan->node_first + n].lot);
    }
}

void schedule_release(struct run *run, int32_t id) {
    release_rows(run, id);
    release_lots(run, id);
}

tick schedule_next(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    bool more = row_at(run, id) != TICK_NEVER;
    for (int32_t n = 0; n < plan->node_count; n++)
        more |= state_of(run, plan, n)->released < state_of(run, plan, n)->lots;
    return more ? next_release(run, id) : TICK_NEVER;
}

void schedule_start(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    requirements_start(run, id);
    for (int32_t n = 0; n < plan->node_count; n++) {
        struct node_state *state = state_of(run, plan, n);
        state->lots = state->released = 0;
        state->carried = 0;
    }
}

/* ---- made on a cadence ---- */
/* What it has still to order: what is due now, and what is due before the next schedule acts. */
static int64_t to_order(struct run *run, int32_t id, int32_t n) {
    const struct plan *plan = &run->plant->plans.list[id];
    struct node_state ahead = *state_of(run, plan, n);
    int64_t sum = ahead.due;
    for (; ahead.released < ahead.lots && lot_at(run, id, &ahead) < run->now + plan->takes;
         ahead.released++)
        sum += run->plant->plans.nodes[plan->node_first + n].lot;
    return sum;
}

/* Thousandths that a stock lacks until so late. */
static int64_t lacks(struct run *run, const struct plan_node *node, tick until) {
    const struct stock_state *stock = &run->stocks[node->stock];
    int64_t asked = stock->owed.now;
    for (int32_t id = stock->order_first; id != NOBODY; id = run->orders[id].next)
        if (run->orders[id].due != TICK_NEVER && run->orders[id].due > until)
            asked -= run->orders[id].open;
    double expected =
        node->series == NOBODY ? NAN : outlook_between(run, node->series, run->now, until) * 1000;
    if (expected > (double)asked) asked = llrint(expected);
    int64_t least = planned_least(run, run->plant->plans.node_of[node->stock], until);
    return asked + least - stock->on_hand.now - stock->on_order.now;
}

/* The share of all lots that the hours of stations allow. */
static double share_allowed(struct run *run, int32_t id, tick until) {
    const struct plan *plan = &run->plant->plans.list[id];
    double share = 1;
    for (int32_t s = 0; plan->checks && s < run->plant->station_count; s++) {
        double load = 0;
        for (int32_t n = 0; n < plan->node_count; n++)
            load += run->plant->plans.nodes[plan->node_first + n].node.work[s] *
                    (double)state_of(run, plan, n)->planned / 1000;
        if (load > 0) share = fmin(share, station_hours(run, s, NULL, run->now, until) / load);
    }
    return share;
}

void schedule_compute(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    struct plan_state *state = &run->planning->plans[id];
    requirements_judge(run, id);
    state->computed = run->now;
    tick until = cadence_next(run->plant, plan->every, run->now) + plan->takes;
    if (plan->row_count) return;
    for (int32_t n = 0; n < plan->node_count; n++) {
        const struct plan_node *node = &run->plant->plans.nodes[plan->node_first + n];
        int64_t amount =
            lacks(run, node, until + planned_lead(run, node->stock)) - to_order(run, id, n);
        state_of(run, plan, n)->planned = amount > 0 ? amount : 0;
    }
    double share = share_allowed(run, id, until);
    for (int32_t n = 0; n < plan->node_count; n++) {
        struct node_state *of = state_of(run, plan, n);
        int64_t lot = run->plant->plans.nodes[plan->node_first + n].lot;
        int64_t lots = (of->planned + lot - 1) / lot;
        double allowed = (double)lots * share + of->carried + 1e-9;
        of->next_lots = share < 1 && allowed < (double)lots ? (int64_t)allowed : lots;
        of->carried = share < 1 ? fmax(0, allowed - (double)of->next_lots) : 0;
    }
}

/* What the schedule before has not released yet is in this one. */
void schedule_act(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    struct plan_state *own = &run->planning->plans[id];
    own->from = run->now;
    own->until = cadence_next(run->plant, plan->every, own->computed) + plan->takes;
    for (int32_t n = 0; n < plan->node_count && !plan->row_count; n++) {
        struct node_state *state = state_of(run, plan, n);
        const struct plan_node *node = &run->plant->plans.nodes[plan->node_first + n];
        state->lots = state->next_lots;
        state->released = 0;
        if (state->lots)
            SAY(run, CLASS_PLAN, plan->name, "schedules %.6g for %s",
                (double)(state->lots * node->lot) / 1000, run->plant->stocks[node->stock].name);
    }
}

void schedule_supply(struct run *run, int32_t stock,
                     void (*add)(void *context, tick at, int64_t amount), void *context) {
    const struct plans *plans = &run->plant->plans;
    int32_t node = plans->node_of[stock], id = plans->nodes[node].plan;
    const struct plan *plan = &plans->list[id];
    tick lead = planned_lead(run, stock);
    for (int32_t r = run->planning->plans[id].row; r < plan->row_count; r++)
        if (plans->rows[plan->row_first + r].node == node)
            add(context, plans->rows[plan->row_first + r].at + lead,
                plans->rows[plan->row_first + r].amount);
    struct node_state ahead = run->planning->nodes[node];
    for (; ahead.released < ahead.lots; ahead.released++)
        add(context, lot_at(run, id, &ahead) + lead, plans->nodes[node].lot);
}
