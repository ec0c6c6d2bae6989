/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: money in integer millionths of the currency, rounded once when it is posted, half to
 * even. What accrues with time (holding, what is owed, machine hours) is posted from the exact area
 * at each horizon and before a reset. */
#include "../floor/people.h"

#include <math.h>

void ledger_post_micro(struct run *run, enum account account, int64_t micro) {
    run->ledger[account] += micro;
}

void ledger_post(struct run *run, enum account account, double money) {
    if (money == 0) return;
    CHECK(fabs(money) < 9e12);
    run->ledger[account] += (__int128)llrint(money * 1e6);
}

/* Posts what has come on top of *SO_FAR, the part of a growing sum that is posted already. */
static void post_growth(struct run *run, enum account account, int64_t *so_far, double money) {
    CHECK(fabs(money) < 9e12);
    int64_t micro = (int64_t)llrint(money * 1e6);
    run->ledger[account] += micro - *so_far;
    *so_far = micro;
}

/* Money for an area of thousandths of a unit times ticks. */
static double accrued(__int128 area, double cost_per_tick) {
    return cost_per_tick == 0 ? 0 : (double)area / 1000 * cost_per_tick;
}

static void accrue_stock(struct run *run, int32_t id) {
    struct stock_state *stock = &run->stocks[id];
    const struct stock_settings *settings = &run->settings.stocks[id];
    const double holding =
        accrued(level_area(&stock->on_hand, run->now), settings->holding_per_tick) +
        accrued(level_area(&stock->under_way, run->now), settings->holding_under_way_per_tick);
    const double owed = accrued(level_area(&stock->owed, run->now), settings->owed_cost_per_tick);
    post_growth(run, ACCOUNT_HOLDING, &stock->held_micro, holding);
    post_growth(run, ACCOUNT_PENALTIES, &stock->owed_micro, owed);
}

static void accrue_customer(struct run *run, int32_t id) {
    struct customer_state *customer = &run->customers[id];
    const struct customer_settings *settings = &run->settings.customers[id];
    double money = accrued(level_area(&customer->owed, run->now), settings->owed_cost_per_tick) +
                   accrued(level_area(&customer->late, run->now), settings->late_cost_per_tick);
    post_growth(run, ACCOUNT_PENALTIES, &customer->owed_micro, money);
}

static void accrue_station(struct run *run, int32_t id) {
    struct station_state *station = &run->stations[id];
    tick busy =
        clock_time(station->moment[STATE_WORKING], station->in_state[STATE_WORKING], run->now) +
        clock_time(station->moment[STATE_SETUP], station->in_state[STATE_SETUP], run->now);
    post_growth(run, ACCOUNT_MACHINES, &station->cost_micro,
                (double)busy * run->settings.stations[id].work_cost_per_tick);
}

/* Wages are paid for the calendar, overtime on top. */
static void accrue_crew(struct run *run, int32_t id) {
    struct crew_state *crew = &run->crews[id];
    const struct crew_settings *settings = &run->settings.crews[id];
    double hours = (double)level_area(&crew->paid, run->now) +
                   (double)level_area(&crew->overtime, run->now) * settings->overtime_pay;
    post_growth(run, ACCOUNT_WAGES, &crew->wages_micro, hours * settings->wage_per_tick);
}

void ledger_accrue(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->stock_count; i++) accrue_stock(run, i);
    for (int32_t i = 0; i < plant->customer_count; i++) accrue_customer(run, i);
    for (int32_t i = 0; i < plant->station_count; i++) accrue_station(run, i);
    for (int32_t i = 0; i < plant->crew_count; i++) accrue_crew(run, i);
    post_growth(run, ACCOUNT_FIXED, &run->fixed_micro,
                (double)(run->now - run->measured_from) * plant->fixed_per_tick);
}

void ledger_reset(struct run *run) {
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++) run->ledger[i] = 0;
    for (int32_t i = 0; i < run->plant->stock_count; i++)
        run->stocks[i].held_micro = run->stocks[i].owed_micro = 0;
    for (int32_t i = 0; i < run->plant->customer_count; i++) run->customers[i].owed_micro = 0;
    for (int32_t i = 0; i < run->plant->station_count; i++) run->stations[i].cost_micro = 0;
    for (int32_t i = 0; i < run->plant->crew_count; i++) run->crews[i].wages_micro = 0;
    run->fixed_micro = 0;
}
