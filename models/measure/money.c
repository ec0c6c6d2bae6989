/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money and programmes. */
#include "writer.h"

__int128 measured_costs(const struct run *run) {
    __int128 cost = 0;
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++)
        if (i != ACCOUNT_REVENUE) cost += run->ledger[i];
    return cost;
}

/* Days of a level: over what passes through it a day. */
static double days_of(const struct run *run, const struct level *level, double passes) {
    return passes > 0 ? (double)level_area(level, run->now) / passes / (double)TICK_D : 0;
}

static void measure_capital(struct run *run, struct writer *writer) {
    put_level(writer, KPI_MONEY_INVENTORY, &run->goods, 1e6);
    for (int32_t i = 0; i < GOODS_BOOKS; i++)
        put(writer, (enum kpi_id)(KPI_MONEY_RAW + i), (double)run->books[i] / 1e9);
    put(writer, KPI_MONEY_EQUIPMENT, (double)run->equipment / 1e6);
    put_level(writer, KPI_MONEY_WORKING_CAPITAL, &run->capital, 1e6);
    double days = days_of(run, &run->goods, (double)run->books[BOOK_SOLD] / 1000) +
                  days_of(run, &run->receivable, (double)run->ledger[ACCOUNT_REVENUE]) -
                  days_of(run, &run->payable, (double)run->ledger[ACCOUNT_MATERIALS]);
    put(writer, KPI_MONEY_CASH_TO_CASH, run->books[BOOK_SOLD] > 0 ? days : NAN);
}

static exact_money not_earned(const struct run *run) {
    exact_money sum = 0;
    for (int32_t i = 0; i < run->plant->customer_count; i++) sum += run->customers[i].not_earned;
    return sum;
}

void measure_money(struct run *run, struct writer *writer) {
    const __int128 cost = measured_costs(run);
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++)
        put_total(writer, (enum kpi_id)(KPI_MONEY_REVENUE + i), (double)run->ledger[i] / 1e6);
    put_total(writer, KPI_MONEY_COST, (double)cost / 1e6);
    put_ratio(writer, KPI_MONEY_COST_RATE, (double)cost / 1e6 * (double)TICK_D,
              (double)writer->span);
    put_total(writer, KPI_MONEY_SOLD, (double)run->books[BOOK_SOLD] / 1e9);
    put_total(writer, KPI_MONEY_SCRAP, (double)run->books[BOOK_LOST] / 1e9);
    put_total(writer, KPI_MONEY_VARIANCE, (double)run->books[BOOK_VARIANCE] / 1e9);
    put_total(writer, KPI_MONEY_WRITTEN_OFF, (double)run->written_off / 1e6);
    double profit = (double)ledger_profit(run) / 1e6,
           throughput = (double)ledger_contribution(run) / 1e6;
    put_total(writer, KPI_MONEY_PROFIT, profit);
    put_total(writer, KPI_MONEY_CONTRIBUTION, throughput);
    put_total(writer, KPI_MONEY_THROUGHPUT, throughput);
    put_total(writer, KPI_MONEY_OPERATING_EXPENSE, throughput - profit);
    put(writer, KPI_MONEY_INVESTMENT, (double)(run->goods.now + run->equipment) / 1e6);
    put_total(writer, KPI_MONEY_LOST_MARGIN, (double)not_earned(run) / 1e9);
    put_level(writer, KPI_MONEY_BALANCE, &run->cash, 1e6);
    measure_capital(run, writer);
    put_level(writer, KPI_MONEY_RECEIVABLE, &run->receivable, 1e6);
    put_level(writer, KPI_MONEY_PAYABLE, &run->payable, 1e6);
    put(writer, KPI_MONEY_NPV, money_worth(run));
    put(writer, KPI_MONEY_IRR, money_return(run));
    put(writer, KPI_MONEY_PAYBACK, money_payback(run) / (double)TICK_H);
}

void measure_programmes(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->programme_count; i++) {
        const struct programme_state *state = &run->programmes[i];
        double span = (double)writer->span;
        put_ratio(writer, KPI_PROGRAMMES_LIVE, (double)level_area(&state->lives, run->now), span);
        put_ratio(writer, KPI_PROGRAMMES_EFFECT, (double)level_area(&state->effect, run->now) / 1e6,
                  span);
        put_total(writer, KPI_PROGRAMMES_EXPENSE,
                  (double)(state->running.posted + state->capital_micro) / 1e6);
    }
}
