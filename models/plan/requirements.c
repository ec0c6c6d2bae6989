/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans of requirements in a run: what stocks hold and have coming, what is asked of them, and the
 * orders that follow (mrp.h).
 *
 * Gross requirements of a stock are customers' orders by their due dates, together with a forecast
 * whichever is more in each period; what is owed already counts now. What the plan had ordered is
 * expected when its lead time is over; what should have come by now, now.
 *
 * Where a plan of sales and operations says what a stock is to hold, that is what there is to be at
 * least: it grows evenly over the period for which that plan acts. */
#include "../floor/quick.h"
#include "planner.h"

#include <math.h>
#include <stdlib.h>

static int64_t *row(const struct run *run, int32_t id, int32_t kind, int32_t node) {
    const struct plan *plan = &run->plant->plans.list[id];
    return run->planning->rows + run->planning->rows_at[id] +
           ((int64_t)kind * plan->node_count + node) * plan->periods;
}

static int32_t whole_periods(tick time, tick period) {
    tick count = (time + period - 1) / period;
    return count < INT32_MAX ? (int32_t)count : INT32_MAX;
}

/* ---- orders that are open ---- */
static void add_order(struct node_state *state, int64_t amount, tick due) {
    if (state->order_count == state->order_room) {
        state->order_room = state->order_room ? 2 * state->order_room : 4;
        state->orders =
            memory_grown(state->orders, (size_t)state->order_room, sizeof *state->orders);
    }
    state->orders[state->order_count++] =
        (struct open_order){.amount = amount, .open = amount, .due = due};
}

/* The source may want more than the plan said. */
static void order(struct run *run, int32_t node, int64_t amount) {
    int32_t stock = run->plant->plans.nodes[node].stock;
    int64_t before = run->stocks[stock].ordered;
    stock_order(run, stock, amount);
    add_order(&run->planning->nodes[node], run->stocks[stock].ordered - before,
              run->now + planned_lead(run, stock));
}

void requirements_order(struct run *run, int32_t stock, int64_t amount) {
    int32_t node = run->plant->plans.node_of[stock];
    const struct lot_rule *lots = &run->plant->plans.nodes[node].node.lots;
    bool divided = sourcing_divides(run, stock); /* among its sources, as a whole */
    int64_t one = lots->kind == LOTS_FIXED && !divided ? lots->size : amount;
    for (; amount > 0; amount -= one) order(run, node, one < amount ? one : amount);
}

/* What was on its way before the first plan. */
static void add_pipeline(struct run *run, int32_t node) {
    const struct stock *stock = &run->plant->stocks[run->plant->plans.nodes[node].stock];
    for (int32_t i = 0; i < stock->pipeline_count; i++) {
        const struct pipeline *at = &run->plant->pipelines[stock->pipeline_first + i];
        tick lead = at->is_order ? planned_lead(run, run->plant->plans.nodes[node].stock) : 0;
        add_order(&run->planning->nodes[node], at->amount, at->at + lead);
    }
}

void requirements_start(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    for (int32_t n = 0; n < plan->node_count; n++) {
        struct node_state *state = &run->planning->nodes[plan->node_first + n];
        state->order_count = 0;
        state->due = 0;
        add_pipeline(run, plan->node_first + n);
        if (plan->kind == PLAN_SCHEDULE) continue;
        for (int32_t t = 0; t < plan->periods; t++) row(run, id, ROW_EARLIER, n)[t] = 0;
    }
}

/* What has come is taken from the oldest orders. */
static void take_receipts(struct run *run, int32_t node) {
    struct node_state *state = &run->planning->nodes[node];
    int64_t open = 0;
    for (int32_t i = 0; i < state->order_count; i++) open += state->orders[i].open;
    int64_t come = open - run->stocks[run->plant->plans.nodes[node].stock].on_order.now;
    for (int32_t i = 0; i < state->order_count && come > 0; i++) {
        int64_t taken = state->orders[i].open < come ? state->orders[i].open : come;
        state->orders[i].open -= taken;
        come -= taken;
    }
}

/* Had come, by the end of the period, what was to come in it? */
static void judge(struct run *run, int32_t id, struct node_state *state) {
    struct plan_state *plan = &run->planning->plans[id];
    int32_t kept = 0;
    for (int32_t i = 0; i < state->order_count; i++) {
        struct open_order *order = &state->orders[i];
        if (order->due <= run->now && !order->judged) {
            plan->to_come += order->amount;
            plan->late += order->open;
            order->judged = true;
        }
        if (order->open > 0 || !order->judged) state->orders[kept++] = *order;
    }
    state->order_count = kept;
}

void requirements_judge(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    for (int32_t n = plan->node_first; n < plan->node_first + plan->node_count; n++) {
        take_receipts(run, n);
        judge(run, id, &run->planning->nodes[n]);
    }
}

/* ---- what is needed ---- */
static int32_t period_of(const struct run *run, const struct plan *plan, tick at) {
    if (at <= run->now) return 0;
    tick period = (at - run->now) / plan->period;
    return period < plan->periods ? (int32_t)period : plan->periods;
}

static void read_coming(struct run *run, int32_t id, int32_t n) {
    const struct plan *plan = &run->plant->plans.list[id];
    const struct node_state *state = &run->planning->nodes[plan->node_first + n];
    int64_t *coming = row(run, id, ROW_COMING, n);
    for (int32_t t = 0; t < plan->periods; t++) coming[t] = 0;
    for (int32_t i = 0; i < state->order_count; i++) {
        int32_t period = period_of(run, plan, state->orders[i].due);
        if (period < plan->periods) coming[period] += state->orders[i].open;
    }
}

/* Orders with a date to come; the rest of what is owed is returned: it is needed now. */
static int64_t read_orders(const struct run *run, const struct plan *plan, int32_t stock,
                           int64_t *gross) {
    int64_t now = run->stocks[stock].owed.now;
    for (int32_t id = run->stocks[stock].order_first; id != NOBODY; id = run->orders[id].next) {
        const struct order *order = &run->orders[id];
        if (order->due == TICK_NEVER || order->due <= run->now) continue;
        int32_t period = period_of(run, plan, order->due);
        if (period < plan->periods) gross[period] += order->open;
        now -= order->open;
    }
    return now;
}

/* A forecast is rounded to whole grains as it adds up. */
static void read_forecast(const struct run *run, const struct plan *plan,
                          const struct plan_node *node, int64_t *gross) {
    double sum = 0;
    int64_t counted = 0, grain = node->node.lots.grain;
    for (int32_t t = 0; t < plan->periods; t++) {
        tick from = run->now + t * plan->period;
        double expected = outlook_between(run, node->series, from, from + plan->period);
        if (isnan(expected)) return;
        sum += expected * 1000;
        int64_t amount = (int64_t)llrint(sum / (double)grain) * grain - counted;
        counted += amount;
        if (amount > gross[t]) gross[t] = amount;
    }
}

static void read_gross(struct run *run, int32_t id, int32_t n) {
    const struct plan *plan = &run->plant->plans.list[id];
    const struct plan_node *node = &run->plant->plans.nodes[plan->node_first + n];
    int64_t *gross = row(run, id, ROW_GROSS, n);
    for (int32_t t = 0; t < plan->periods; t++) gross[t] = 0;
    int64_t now = read_orders(run, plan, node->stock, gross);
    if (node->series != NOBODY) read_forecast(run, plan, node, gross);
    gross[0] += now;
}

static void read_least(struct run *run, int32_t id, int32_t n) {
    const struct plan *plan = &run->plant->plans.list[id];
    int64_t *least = row(run, id, ROW_LEAST, n);
    for (int32_t t = 0; t < plan->periods; t++)
        least[t] = planned_least(run, plan->node_first + n, run->now + (t + 1) * plan->period);
}

/* ---- the plan ---- */
static struct mrp_node node_now(const struct run *run, const struct plan *plan,
                                const struct plan_node *node) {
    struct mrp_node now = node->node;
    now.lead = whole_periods(planned_lead(run, node->stock), plan->period);
    now.on_hand = run->stocks[node->stock].on_hand.now;
    now.lots.order_cost = node->order_cost;
    now.lots.holding = run->settings.stocks[node->stock].holding_per_tick * (double)plan->period;
    return now;
}

static void explode(struct run *run, int32_t id, struct mrp_node *nodes, const double *capacity,
                    double *load) {
    const struct plan *plan = &run->plant->plans.list[id];
    const struct plan_state *state = &run->planning->plans[id];
    struct mrp mrp = {.node_count = plan->node_count,
                      .periods = plan->periods,
                      .frozen = state->acted ? plan->frozen : 0,
                      .slushy = plan->slushy,
                      .nodes = nodes,
                      .parts = run->plant->plans.parts + plan->part_first,
                      .gross = row(run, id, ROW_GROSS, 0),
                      .least = row(run, id, ROW_LEAST, 0),
                      .coming = row(run, id, ROW_COMING, 0),
                      .earlier = row(run, id, ROW_EARLIER, 0),
                      .releases = row(run, id, ROW_RELEASES, 0),
                      .receipts = row(run, id, ROW_RECEIPTS, 0),
                      .projected = row(run, id, ROW_PROJECTED, 0),
                      .scratch = row(run, id, REQUIREMENT_ROWS, 0),
                      .resource_count = run->plant->station_count,
                      .capacity = capacity,
                      .load = load};
    mrp_explode(&mrp);
}

static void explode_checked(struct run *run, int32_t id, struct mrp_node *nodes) {
    const struct plan *plan = &run->plant->plans.list[id];
    size_t count = (size_t)run->plant->station_count * (size_t)plan->periods + 1;
    double *capacity = memory_zeroed(2 * count, sizeof *capacity), *load = capacity + count;
    rough_capacity(run, plan, capacity);
    explode(run, id, nodes, capacity, load);
    rough_judge(run, id, capacity, load);
    free(capacity);
}

/* Releases that are not what the plan before had said, and what this one says for the next. */
static void remember(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    struct plan_state *state = &run->planning->plans[id];
    for (int32_t n = 0; n < plan->node_count; n++) {
        int64_t *earlier = row(run, id, ROW_EARLIER, n);
        const int64_t *releases = row(run, id, ROW_RELEASES, n);
        for (int32_t t = 0; t < plan->periods; t++) {
            if (state->acted && t + 1 < plan->periods) state->changed += earlier[t] != releases[t];
            earlier[t] = t + 1 < plan->periods ? releases[t + 1] : 0;
        }
    }
}

void requirements_compute(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    run->planning->plans[id].computed = run->now;
    struct mrp_node *nodes = memory_zeroed((size_t)plan->node_count + 1, sizeof *nodes);
    requirements_judge(run, id);
    for (int32_t n = 0; n < plan->node_count; n++) {
        read_coming(run, id, n);
        read_gross(run, id, n);
        read_least(run, id, n);
        nodes[n] = node_now(run, plan, &run->plant->plans.nodes[plan->node_first + n]);
    }
    if (plan->checks)
        explode_checked(run, id, nodes);
    else
        explode(run, id, nodes, NULL, NULL);
    free(nodes);
}

/* What the first period asks for is ordered now. */
void requirements_act(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    remember(run, id);
    for (int32_t n = 0; n < plan->node_count; n++) {
        int32_t node = plan->node_first + n;
        run->planning->nodes[node].due = row(run, id, ROW_RELEASES, n)[0];
        stock_review_now(run, run->plant->plans.nodes[node].stock);
    }
    SAY(run, CLASS_PLAN, plan->name, "releases");
}

/* What is open, and what later periods of the last plan will release. */
void requirements_supply(struct run *run, int32_t stock,
                         void (*add)(void *context, tick at, int64_t amount), void *context) {
    const struct plans *plans = &run->plant->plans;
    int32_t node = plans->node_of[stock], id = plans->nodes[node].plan;
    const struct plan *plan = &plans->list[id];
    const struct node_state *state = &run->planning->nodes[node];
    take_receipts(run, node);
    for (int32_t i = 0; i < state->order_count; i++)
        add(context, state->orders[i].due, state->orders[i].open);
    if (plan->kind == PLAN_SCHEDULE) {
        schedule_supply(run, stock, add, context);
        return;
    }
    if (!run->planning->plans[id].acted) return;
    const int64_t *releases = row(run, id, ROW_RELEASES, node - plan->node_first);
    tick lead = planned_lead(run, stock);
    for (int32_t t = 1; t < plan->periods; t++)
        add(context, run->planning->plans[id].computed + t * plan->period + lead, releases[t]);
}

int64_t requirements_due(struct run *run, int32_t stock) {
    struct node_state *state = &run->planning->nodes[run->plant->plans.node_of[stock]];
    int64_t due = state->due;
    state->due = 0;
    return due;
}
