/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: money in integer millionths of the currency, rounded once when it is posted, half to
 * even. What accrues with time (holding, what is owed, machine hours) is posted from the exact area
 * at each horizon and before its price changes. */
#include "../floor/people.h"

#include <math.h>

/* Both sides: the account, and cash. */
void ledger_post_micro(struct run *run, enum account account, int64_t micro) {
    run->ledger[account] += micro;
    money_pay(run, account == ACCOUNT_REVENUE ? -micro : micro);
}

void ledger_post(struct run *run, enum account account, double money) {
    if (money == 0) return;
    CHECK(fabs(money) < 9e12);
    ledger_post_micro(run, account, llrint(money * 1e6));
}

/* ---- what accrues ---- */
/* An area and what one tick of it (and a whole unit, person, machine) costs. */
typedef void accrual_visit(struct run *, enum account, struct accrual *, __int128 area,
                           double price);

static void visit_post(struct run *run, enum account account, struct accrual *accrual,
                       __int128 area, double price) {
    double money = price == 0 ? 0 : (double)(area - accrual->from) * price;
    CHECK(fabs(money) < 9e12);
    int64_t micro = accrual->before + llrint(money * 1e6);
    if (micro != accrual->posted && account != ACCOUNT_NONE)
        ledger_post_micro(run, account, micro - accrual->posted);
    accrual->posted = micro;
}

static void visit_look(struct run *run, enum account account, struct accrual *accrual,
                       __int128 area, double price) {
    double money = price == 0 ? 0 : (double)(area - accrual->from) * price;
    if (account != ACCOUNT_NONE)
        run->unposted += accrual->before + llrint(money * 1e6) - accrual->posted;
}

/* From here on it has another price. */
static void visit_rebase(struct run *run, enum account account, struct accrual *accrual,
                         __int128 area, double price) {
    (void)run, (void)account, (void)price;
    accrual->from = area;
    accrual->before = accrual->posted;
}

static void visit_reset(struct run *run, enum account account, struct accrual *accrual,
                        __int128 area, double price) {
    (void)run, (void)account, (void)area, (void)price;
    *accrual = (struct accrual){0};
}

static void visit_stock(struct run *run, int32_t id, accrual_visit *visit) {
    struct stock_state *stock = &run->stocks[id];
    const struct stock_settings *settings = &run->settings.stocks[id];
    visit(run, ACCOUNT_HOLDING, &stock->held, level_area(&stock->on_hand, run->now),
          settings->holding_per_tick / 1000);
    visit(run, ACCOUNT_HOLDING, &stock->moved, level_area(&stock->under_way, run->now),
          settings->holding_under_way_per_tick / 1000);
    visit(run, ACCOUNT_PENALTIES, &stock->short_of,
          level_area(&stock->owed, run->now) - stock->priced, settings->owed_cost_per_tick / 1000);
}

static double owed_price(const struct run *run, int32_t customer) {
    double price = run->settings.customers[customer].owed_cost_per_tick;
    return isnan(price) ? 0 : price / 1000;
}

static void visit_customer(struct run *run, int32_t id, accrual_visit *visit) {
    struct customer_state *customer = &run->customers[id];
    const struct customer_settings *settings = &run->settings.customers[id];
    visit(run, ACCOUNT_PENALTIES, &customer->waiting, level_area(&customer->owed, run->now),
          owed_price(run, id));
    visit(run, ACCOUNT_PENALTIES, &customer->lateness, level_area(&customer->late, run->now),
          settings->late_cost_per_tick / 1000);
}

/* The stock's part of what its customer's orders cost, which are posted there. */
static void visit_owing(struct run *run, int32_t id, accrual_visit *visit) {
    const struct offer *offer = &run->plant->offers[id];
    struct owing *owing = &run->owings[id];
    if (offer->stock == NOBODY) return;
    visit(run, ACCOUNT_NONE, &owing->cost, level_area(&owing->owed, run->now),
          owed_price(run, offer->customer));
    run->stocks[offer->stock].priced_micro += owing->cost.posted;
}

static void visit_station(struct run *run, int32_t id, accrual_visit *visit) {
    struct station_state *station = &run->stations[id];
    tick busy =
        clock_time(station->moment[STATE_WORKING], station->in_state[STATE_WORKING], run->now) +
        clock_time(station->moment[STATE_SETUP], station->in_state[STATE_SETUP], run->now);
    visit(run, ACCOUNT_MACHINES, &station->hours, busy,
          run->settings.stations[id].work_cost_per_tick);
}

/* Its part of the hours of its station, which are posted there. */
static void visit_machine(struct run *run, int32_t id, accrual_visit *visit) {
    int32_t own = run->plant->machines[id].own;
    if (own == NOBODY) return;
    visit(run, ACCOUNT_NONE, &run->owns[own].hours,
          own_ticks(run, id, STATE_WORKING) + own_ticks(run, id, STATE_SETUP),
          run->settings.stations[run->machines[id].station].work_cost_per_tick);
}

/* Wages are paid for the calendar, overtime on top. */
static void visit_crew(struct run *run, int32_t id, accrual_visit *visit) {
    struct crew_state *crew = &run->crews[id];
    const struct crew_settings *settings = &run->settings.crews[id];
    visit(run, ACCOUNT_WAGES, &crew->wages, level_area(&crew->paid, run->now),
          settings->wage_per_tick);
    visit(run, ACCOUNT_WAGES, &crew->extra_wages, level_area(&crew->overtime, run->now),
          settings->wage_per_tick * settings->overtime_pay);
}

/* People that the overtime of a station brings. */
static void visit_brought(struct run *run, int32_t id, accrual_visit *visit) {
    const struct staffing *staffing = &run->plant->staffings[id];
    visit(run, ACCOUNT_WAGES, &run->brought[id].wages,
          level_area(&run->brought[id].people, run->now),
          run->settings.crews[staffing->crew].wage_per_tick *
              overtime_pay(run, staffing->station, staffing->crew));
}

static void visit_programme(struct run *run, int32_t id, accrual_visit *visit) {
    struct programme_state *programme = &run->programmes[id];
    visit(run, ACCOUNT_PROGRAMMES, &programme->running, level_area(&programme->lives, run->now),
          run->plant->programmes[id].spec->cost.value);
}

static void visit_fleet(struct run *run, int32_t id, accrual_visit *visit) {
    struct fleet_state *fleet = &run->fleets[id];
    visit(run, ACCOUNT_TRANSPORT, &fleet->hours, level_area(&fleet->busy, run->now),
          run->plant->fleets[id].hour_cost);
}

/* Thousandths of a Wh, and milligrams. */
static void visit_energy(struct run *run, accrual_visit *visit) {
    const struct money_settings *money = run->settings.money;
    if (money->energy_price != 0)
        visit(run, ACCOUNT_ENERGY, &run->energy, (__int128)llrint(energy_drawn(run) * 1e6),
              money->energy_price / 1e6);
    if (money->carbon != 0)
        visit(run, ACCOUNT_EMISSIONS, &run->emissions, (__int128)llrint(energy_emitted(run) * 1e6),
              money->carbon / 1e6);
}

/* All that accrues, once. */
static void visit_all(struct run *run, accrual_visit *visit) {
    const struct plant *plant = run->plant;
    owing_sum(run);
    for (int32_t i = 0; run->owings && i < plant->offer_count; i++) visit_owing(run, i, visit);
    for (int32_t i = 0; i < plant->stock_count; i++) visit_stock(run, i, visit);
    for (int32_t i = 0; i < plant->customer_count; i++) visit_customer(run, i, visit);
    for (int32_t i = 0; i < plant->station_count; i++) visit_station(run, i, visit);
    for (int32_t i = 0; run->owns && i < plant->machine_count; i++) visit_machine(run, i, visit);
    for (int32_t i = 0; i < plant->crew_count; i++) visit_crew(run, i, visit);
    for (int32_t i = 0; i < plant->staffing_count; i++) visit_brought(run, i, visit);
    for (int32_t i = 0; i < plant->fleet_count; i++) visit_fleet(run, i, visit);
    for (int32_t i = 0; i < plant->programme_count; i++) visit_programme(run, i, visit);
    visit_energy(run, visit);
    visit(run, ACCOUNT_FIXED, &run->overhead, run->now - run->measured_from,
          run->settings.money->fixed_per_tick);
}

void ledger_accrue(struct run *run) {
    visit_all(run, visit_post);
    assets_accrue(run);
    money_tax(run);
}

__int128 ledger_unposted(struct run *run) {
    run->unposted = 0;
    visit_all(run, visit_look);
    return run->unposted;
}

void ledger_rebase(struct run *run) {
    visit_all(run, visit_rebase);
}

void ledger_reset(struct run *run) {
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++) run->ledger[i] = 0;
    visit_all(run, visit_reset);
    money_reset(run);
    books_reset(run);
    assets_reset(run);
}

/* What was spent on goods counts when they are sold or lost: what is here now beyond what was here
 * at first is not lost. Nor is what assets still count. */
__int128 ledger_profit(const struct run *run) {
    __int128 profit = run->ledger[ACCOUNT_REVENUE];
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++)
        if (i != ACCOUNT_REVENUE) profit -= run->ledger[i];
    return profit + run->equipment + (books_goods(run) + run->books[BOOK_OPENING]) / 1000;
}

__int128 ledger_contribution(const struct run *run) {
    __int128 sold = run->books[BOOK_SOLD] / 1000;
    if (!run->plant->valued) sold = run->ledger[ACCOUNT_MATERIALS] + run->ledger[ACCOUNT_MAKING];
    return run->ledger[ACCOUNT_REVENUE] - sold - run->ledger[ACCOUNT_TRANSPORT] -
           run->ledger[ACCOUNT_TARIFFS];
}

/* The books balance: cash is what there was, and what came in less what went out, but for what is
 * not paid yet. */
void ledger_conserved(const struct run *run) {
    if (run->owings) owing_conserved(run);
    bills_conserved(run);
    books_conserved(run);
    assets_conserved(run);
    __int128 cash = run->plant->world->money.cash.micro + run->ledger[ACCOUNT_REVENUE] +
                    run->open_before - run->receivable.now + run->payable.now;
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++)
        if (i != ACCOUNT_REVENUE) cash -= run->ledger[i];
    CHECK(cash == run->cash.now);
    CHECK(run->cash.now + run->cash_paid == run->plant->world->money.cash.micro);
}
