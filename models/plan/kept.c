/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises are kept: what a stock gives to whom, when a plan promises dates from what is available.
 *
 * Every order at such a stock has a date by which its goods are kept for it: that which its
 * customer was promised, and for all others that which would be promised to them. Orders are served
 * in the order of these dates. Who stands behind may be served before, from what those before him
 * do not need: the goods on hand, less what their orders up to any date have beyond the supply that
 * is expected by then. So an order for which too little is there does not hold up small ones, and
 * nobody gets early what was promised to others. A class that may take only a share of what is
 * available may do so until its date, and has a right to its goods from then on.
 *
 * What was ordered is expected a planned lead time later. What is late by then counts for nothing
 * here until it is there. Check: on hand 10, 20 expected on day 4; 25 are promised for day 4. Then
 * 10 + 20 - 25 = 5 are free at once, and no more. */
#include "../floor/quick.h"
#include "planner.h"

#include <stdlib.h>

/* ---- what is expected ---- */
static void expect(struct node_state *state, int64_t amount, tick due) {
    if (state->order_count == state->order_room) {
        state->order_room = state->order_room ? 2 * state->order_room : 4;
        state->orders =
            memory_grown(state->orders, (size_t)state->order_room, sizeof *state->orders);
    }
    int32_t place = state->order_count++;
    for (; place > 0 && state->orders[place - 1].due > due; place--)
        state->orders[place] = state->orders[place - 1];
    state->orders[place] = (struct open_order){.amount = amount, .open = amount, .due = due};
}

/* What has come is taken from what was expected first. */
static void take(struct node_state *state, int64_t come) {
    int32_t gone = 0;
    for (; gone < state->order_count && state->orders[gone].open <= come; gone++)
        come -= state->orders[gone].open;
    if (gone < state->order_count) state->orders[gone].open -= come;
    state->order_count -= gone;
    for (int32_t i = 0; i < state->order_count; i++) state->orders[i] = state->orders[gone + i];
}

void kept_note(struct run *run, int32_t stock) {
    struct node_state *state = &run->planning->expected[stock];
    int64_t open = 0, on_order = run->stocks[stock].on_order.now;
    for (int32_t i = 0; i < state->order_count; i++) open += state->orders[i].open;
    if (on_order > open) expect(state, on_order - open, run->now + planned_lead(run, stock));
    if (on_order < open) take(state, open - on_order);
}

void kept_start(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t s = 0; s < plant->stock_count; s++) {
        const struct stock *stock = &plant->stocks[s];
        run->planning->expected[s].order_count = 0;
        for (int32_t i = 0; stock->keeps && i < stock->pipeline_count; i++) {
            const struct pipeline *at = &plant->pipelines[stock->pipeline_first + i];
            expect(&run->planning->expected[s], at->amount,
                   at->at + (at->is_order ? planned_lead(run, s) : 0));
        }
    }
}

void kept_supply(struct run *run, int32_t stock,
                 void (*add)(void *context, tick at, int64_t amount), void *context) {
    if (run->plant->plans.node_of[stock] != NOBODY) {
        requirements_supply(run, stock, add, context);
        return;
    }
    const struct node_state *state = &run->planning->expected[stock];
    kept_note(run, stock);
    for (int32_t i = 0; i < state->order_count; i++)
        add(context, state->orders[i].due, state->orders[i].open);
}

struct until {
    tick now, by;
    int64_t sum;
};

static void add_until(void *context, tick at, int64_t amount) {
    struct until *until = context;
    if (at > until->now && at <= until->by) until->sum += amount;
}

static int64_t supply_by(struct run *run, int32_t stock, tick by) {
    struct until until = {run->now, by, 0};
    kept_supply(run, stock, add_until, &until);
    return until.sum;
}

/* ---- serving ---- */
static double share_of(const struct run *run, const struct order *order) {
    return order->customer == NOBODY ? 1 : run->plant->plans.promised[order->customer].share;
}

/* Of what is free for an order before its date. */
static int64_t early_share(const struct run *run, const struct order *order, int64_t free) {
    double share = share_of(run, order);
    if (share >= 1 || order->keep_by <= run->now) return free;
    int64_t some = (int64_t)((double)free * share);
    return order->open <= some || stock_serves_parts(run, order) ? some : 0;
}

static int64_t limit_of(const struct run *run, int32_t stock, const struct order *order,
                        int64_t kept) {
    int64_t free = run->stocks[stock].on_hand.now - kept;
    if (free > 0) free = early_share(run, order, free);
    const struct dimension none = {0};
    const struct item *item = &run->plant->items[run->plant->stocks[stock].item];
    if (free > 0 && dimension_same(item->dimension, none)) free = free / 1000 * 1000;
    return free > 0 ? free : 0;
}

tick kept_serve(struct run *run, int32_t stock) {
    int64_t ahead = 0, kept = 0;
    tick again = TICK_NEVER;
    for (int32_t id = run->stocks[stock].order_first, next; id != NOBODY; id = next) {
        next = run->orders[id].next;
        tick by = run->orders[id].keep_by;
        stock_serve_some(run, stock, id, limit_of(run, stock, &run->orders[id], kept));
        int64_t open = stock_serve_over(run, stock, id);
        if (open == 0) continue;
        ahead += open;
        int64_t lacks = ahead - supply_by(run, stock, by);
        if (lacks > kept) kept = lacks;
        if (by > run->now && by < again && run->stocks[stock].on_hand.now > 0) again = by;
    }
    return again;
}
