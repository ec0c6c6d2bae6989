/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cash: every posting takes it or brings it, the same integer to both sides. What accrues with time
 * is posted at the end of each month, when cash, taxes or discounting are asked for.
 *
 * The net present value discounts each posting to the moment at which measuring begins, by the year
 * of 365 days. The internal rate of return and the payback look at the same postings; what comes
 * within a month they see at its end, but capital and the payments of `flows` at their moment. */
#include "../floor/floor.h"

#include <math.h>
#include <stdlib.h>

/* ---- cash ---- */
static double discount(const struct run *run, tick at) {
    double rate = run->plant->world->money.rate * (double)TICK_Y;
    double years = (double)(at - run->plant->warm_up) / (double)TICK_Y;
    return rate != 0 ? pow(1 + rate, -years) : 1;
}

/* What is paid in one instant is one payment: its sum is exact, whatever comes first. */
static void new_instant(struct run *run) {
    level_extremes(&run->cash);
    run->worth = money_worth(run);
    run->paid_now = 0;
    run->paid_at = run->now;
}

/* Cash that goes for a cost, or comes for income (negative). */
void money_pay(struct run *run, int64_t micro) {
    if (run->now != run->paid_at) new_instant(run);
    level_shift(&run->cash, run->now, -micro);
    run->cash_paid += micro;
    run->paid_now += micro;
}

static void flow_add(struct run *run, int64_t micro) {
    if (micro == 0) return;
    if (run->cash_flow_count && run->cash_flows[run->cash_flow_count - 1].at == run->now) {
        run->cash_flows[run->cash_flow_count - 1].micro += micro;
        return;
    }
    if (run->cash_flow_count == run->cash_flow_room) {
        run->cash_flow_room = run->cash_flow_room ? 2 * run->cash_flow_room : 16;
        run->cash_flows =
            memory_grown(run->cash_flows, (size_t)run->cash_flow_room, sizeof *run->cash_flows);
    }
    run->cash_flows[run->cash_flow_count++] = (struct cash_flow){run->now, micro};
}

/* All that was paid or received since the last note is one flow of this moment. */
void money_note(struct run *run) {
    int64_t since = (int64_t)(run->cash_noted - run->cash_paid);
    run->cash_noted = run->cash_paid;
    flow_add(run, since);
}

/* ---- the beginning, and the months ---- */
bool money_by_months(const struct world_spec *world) {
    const struct money_spec *money = &world->money;
    return money->rate != 0 || money->cash.micro != 0 || money->flows.count || money->tax > 0;
}

static const struct flow_spec *flow_of(const struct run *run, int32_t i) {
    return (const struct flow_spec *)run->plant->world->money.flows.things + i;
}

static tick month_behind(const struct run *run) {
    return cadence_next(run->plant, (struct span){SPAN_WORD(EVERY_MONTH)}, run->now);
}

static void money_plan(struct run *run) {
    const struct plant *plant = run->plant;
    tick next = month_behind(run);
    for (int32_t i = 0; i < plant->world->money.flows.count; i++) {
        tick at = flow_of(run, i)->moment.ticks + plant->warm_up;
        if (at > run->now && at < next) next = at;
    }
    run_plan(run, plant->money_slot, next, CLASS_PLAN);
}

/* Cash of the past is forgotten, and there is what there is at the start. */
void money_reset(struct run *run) {
    int64_t opening = run->plant->world->money.cash.micro;
    run->cash = (struct level){.now = opening};
    level_reset(&run->cash, run->now);
    run->cash_paid = run->cash_noted = 0;
    run->worth = 0;
    run->paid_now = 0;
    run->paid_at = run->now;
    run->cash_flow_count = 0;
}

void money_begin(struct run *run) {
    if (run->plant->keeps_months) run_plan(run, run->plant->money_slot, run->now, CLASS_PLAN);
    if (run->plant->month_count) run->month_end = month_behind(run);
}

/* A payment of `flows`, or the end of a month. */
void money_event(struct run *run) {
    const struct plant *plant = run->plant;
    ledger_accrue(run);
    money_note(run);
    for (int32_t i = 0; i < plant->world->money.flows.count; i++)
        if (flow_of(run, i)->moment.ticks + plant->warm_up == run->now)
            ledger_post_micro(run, ACCOUNT_OTHER, -flow_of(run, i)->amount.micro);
    money_note(run);
    money_plan(run);
}

/* Cash as it is when all of the instant has happened and is posted, as a horizon sees it. */
void money_month(struct run *run) {
    ledger_accrue(run);
    measure_sequence(run, 0, WATCH_CASH, (double)run->cash.now / 1e6);
    run->month_end = month_behind(run);
}

/* Losses are carried forward: in all a share of the profit so far is paid, and never less than 0 in
 * all. */
void money_tax(struct run *run) {
    double share = run->plant->world->money.tax;
    if (!(share > 0)) return;
    __int128 profit = ledger_profit(run) + run->ledger[ACCOUNT_TAXES];
    int64_t due = profit > 0 ? llrint(share * (double)profit) : 0;
    ledger_post_micro(run, ACCOUNT_TAXES, due - (int64_t)run->ledger[ACCOUNT_TAXES]);
}

/* ---- what it is worth ---- */
double money_worth(const struct run *run) {
    if (run->paid_now == 0) return run->worth;
    return run->worth - (double)run->paid_now / 1e6 * discount(run, run->paid_at);
}

static double worth_at(const struct run *run, double rate) {
    double sum = 0;
    for (int32_t i = 0; i < run->cash_flow_count; i++) {
        double years = (double)(run->cash_flows[i].at - run->plant->warm_up) / (double)TICK_Y;
        sum += (double)run->cash_flows[i].micro * pow(1 + rate, -years);
    }
    return sum;
}

/* The rate a year at which the flows are worth nothing, by halving; NaN where they do not first
 * cost and then bring more than that, which is where there is one such rate for certain. */
double money_return(const struct run *run) {
    double low = 0, high = 1;
    if (run->cash_flow_count < 2 || run->cash_flows[0].micro >= 0) return NAN;
    if (worth_at(run, 0) < 0) {
        low = -0.999, high = 0;
        if (worth_at(run, low) < 0) return NAN;
    }
    while (high < 1e6 && worth_at(run, high) > 0) low = high, high *= 2;
    for (int32_t i = 0; i < 200; i++) {
        double middle = low + (high - low) / 2;
        if (worth_at(run, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

/* Ticks until what was paid has come back, evenly between one flow and the next; NaN: it has not,
 * or nothing was ever short. */
double money_payback(const struct run *run) {
    double sum = 0, back = NAN;
    bool was_short = false;
    tick before = run->plant->warm_up;
    for (int32_t i = 0; i < run->cash_flow_count; i++) {
        double flow = (double)run->cash_flows[i].micro;
        tick at = run->cash_flows[i].at;
        if (sum < 0 && sum + flow >= 0)
            back = (double)(before - run->plant->warm_up) + (double)(at - before) * (-sum / flow);
        sum += flow;
        was_short |= sum < 0;
        before = at;
    }
    return was_short && sum >= 0 ? back : NAN;
}
