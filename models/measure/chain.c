/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks, suppliers, lanes, vehicles, customers and plans. */
#include "writer.h"
#include "../plan/planner.h"

void measure_stock(struct run *run, struct writer *writer, int32_t id) {
    const struct stock_state *stock = &run->stocks[id];
    double demanded = (double)stock->demanded / 1000,
           on_hand = (double)level_area(&stock->on_hand, run->now) / 1000;
    put_level(writer, KPI_STOCKS_ON_HAND, &stock->on_hand, 1000);
    put_level(writer, KPI_STOCKS_OWED, &stock->owed, 1000);
    put_level(writer, KPI_STOCKS_ON_ORDER, &stock->on_order, 1000);
    put_level(writer, KPI_STOCKS_NET, &stock->net, 1000);
    put_ratio(writer, KPI_STOCKS_FILL, (double)stock->served_at_once, (double)stock->demanded);
    put_ratio(writer, KPI_STOCKS_READY, (double)stock->ready_periods, (double)stock->periods);
    put_rest(writer, KPI_STOCKS_GAMMA, (double)stock->owed_at_ends, (double)stock->demanded);
    put_total(writer, KPI_STOCKS_STOCK_OUTS, (double)stock->stock_outs);
    put_total(writer, KPI_STOCKS_ORDERED, (double)stock->ordered / 1000);
    put_total(writer, KPI_STOCKS_ORDERS, (double)stock->orders);
    put(writer, KPI_STOCKS_BULLWHIP,
        ratio(tally_variance(&stock->reviewed_orders), tally_variance(&stock->reviewed_demand)));
    put(writer, KPI_STOCKS_NET_BULLWHIP,
        ratio(tally_variance(&stock->net_at_ends), tally_variance(&stock->reviewed_demand)));
    put_parts(writer, KPI_STOCKS_DAYS, ratio(on_hand, demanded) / (double)TICK_D,
              on_hand / (double)TICK_D, demanded);
    put_ratio(writer, KPI_STOCKS_TURNS, demanded * (double)TICK_Y, on_hand);
    put_sum(writer, KPI_STOCKS_ORDERED_NOW, &stock->reviewed_orders, 1000);
    put_total(writer, KPI_STOCKS_ORDERED_NOW, (double)stock->reviewed_orders.count);
    put_total(writer, KPI_STOCKS_WASTE, (double)stock->waste / 1000);
    int64_t expense =
        stock->held.posted + stock->moved.posted + stock->short_of.posted + stock->priced_micro;
    put_total(writer, KPI_STOCKS_EXPENSE, (double)expense / 1e6);
}

static void measure_deliveries(struct run *run, struct writer *writer,
                               const struct supplier_state *supplier) {
    double received = (double)supplier->received;
    put_ratio(writer, KPI_SUPPLIERS_ON_TIME, (double)supplier->on_time, received);
    put_ratio(writer, KPI_SUPPLIERS_IN_FULL, (double)supplier->in_full, received);
    put_ratio(writer, KPI_SUPPLIERS_UP, (double)level_area(&supplier->up, run->now),
              (double)writer->span);
    put_times(writer, KPI_SUPPLIERS_SURVIVE, &supplier->survived);
    put_times(writer, KPI_SUPPLIERS_RECOVER, &supplier->recovered);
    put_total(writer, KPI_SUPPLIERS_EXPENSE, (double)supplier->expense_micro / 1e6);
}

void measure_suppliers(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->supplier_count; i++) {
        put_total(writer, KPI_SUPPLIERS_ORDERS, (double)run->suppliers[i].orders);
        put_tally(writer, KPI_SUPPLIERS_ORDER_CYCLE, &run->suppliers[i].cycle,
                  run->suppliers[i].cycle_sketch);
        measure_deliveries(run, writer, &run->suppliers[i]);
    }
}

void measure_lanes(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->lane_account_count; i++) {
        const struct lane_account *way = &run->lane_accounts[i];
        put_total(writer, KPI_LANES_TRIPS, (double)way->trips);
        put_total(writer, KPI_LANES_MOVED, (double)way->moved / 1000);
        put_tally(writer, KPI_LANES_ORDER_CYCLE, &way->cycle, way->cycle_sketch);
        put_times(writer, KPI_LANES_WAIT, &way->wait);
        put_level(writer, KPI_LANES_UNDER_WAY, &way->under_way, 1);
        put_ratio(writer, KPI_LANES_LOAD_FACTOR, way->carried, way->room);
        put_ratio(writer, KPI_LANES_UP, (double)level_area(&way->up, run->now),
                  (double)writer->span);
        put_total(writer, KPI_LANES_CO2, way->co2);
        put_total(writer, KPI_LANES_TARIFFS, (double)way->tariffs_micro / 1e6);
        put_total(writer, KPI_LANES_EXPENSE, (double)way->expense_micro / 1e6);
    }
}

void measure_fleets(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->fleet_count; i++) {
        const struct fleet_state *fleet = &run->fleets[i];
        double all = (double)writer->span * run->plant->fleets[i].number;
        put_ratio(writer, KPI_VEHICLES_UTILIZATION, (double)level_area(&fleet->busy, run->now),
                  all);
        put_ratio(writer, KPI_VEHICLES_UP, all - (double)level_area(&fleet->down, run->now), all);
        put_ratio(writer, KPI_VEHICLES_WAITING_REPAIR,
                  (double)level_area(&fleet->unmended, run->now), all);
        put_ratio(writer, KPI_VEHICLES_NO_PEOPLE, (double)level_area(&fleet->unmanned, run->now),
                  all);
        put_ratio(writer, KPI_VEHICLES_EMPTY, (double)level_area(&fleet->empty, run->now), all);
        put_ratio(writer, KPI_VEHICLES_CHARGING, (double)level_area(&fleet->charging, run->now),
                  all);
        put_total(writer, KPI_VEHICLES_TRIPS, (double)fleet->trips);
        put_total(writer, KPI_VEHICLES_MOVED, (double)fleet->moved / 1000);
        put_ratio(writer, KPI_VEHICLES_LOAD_FACTOR, fleet->carried, fleet->room);
        put_total(writer, KPI_VEHICLES_DISTANCE, fleet->driven / 1000);
        put_total(writer, KPI_VEHICLES_EXPENSE,
                  (double)(fleet->expense_micro + fleet->hours.posted) / 1e6);
    }
}

/* Who judges nothing has no satisfaction. */
static void put_opinion(struct run *run, struct writer *writer, int32_t id) {
    const struct customer_state *customer = &run->customers[id];
    const struct source *source = &run->plant->sources[run->plant->release_count + id];
    if (source->judged_by)
        put_level(writer, KPI_CUSTOMERS_SATISFACTION, &customer->opinion.level, 1e6);
    for (int32_t i = 0; i < 4 && !source->judged_by; i++)
        put(writer, KPI_CUSTOMERS_SATISFACTION, NAN);
    put_ratio(writer, KPI_CUSTOMERS_CHURNED, (double)customer->away,
              (double)(customer->away + customer->orders));
}

void measure_customer(struct run *run, struct writer *writer, int32_t id) {
    const struct customer_state *customer = &run->customers[id];
    put_total(writer, KPI_CUSTOMERS_ORDERS, (double)customer->orders);
    put_total(writer, KPI_CUSTOMERS_ORDERED, (double)customer->demanded / 1000);
    struct tally demand = asking_seen(run, id);
    put_sum(writer, KPI_CUSTOMERS_DEMAND, &demand, 1000);
    put_total(writer, KPI_CUSTOMERS_DEMAND, (double)demand.count);
    put_total(writer, KPI_CUSTOMERS_SERVED, (double)customer->served / 1000);
    put_total(writer, KPI_CUSTOMERS_LOST, (double)customer->lost / 1000);
    put_total(writer, KPI_CUSTOMERS_SUBSTITUTED, (double)customer->substituted / 1000);
    put_total(writer, KPI_CUSTOMERS_RETURNED, (double)customer->returned / 1000);
    put_total(writer, KPI_CUSTOMERS_GAVE_UP, (double)customer->gave_up);
    put_level(writer, KPI_CUSTOMERS_OWED, &customer->owed, 1000);
    put_ratio(writer, KPI_CUSTOMERS_FILL, (double)customer->at_once, (double)customer->demanded);
    put_ratio(writer, KPI_CUSTOMERS_ON_TIME, (double)customer->on_time, (double)customer->ended);
    put_ratio(writer, KPI_CUSTOMERS_IN_FULL, (double)customer->in_full, (double)customer->ended);
    put_ratio(writer, KPI_CUSTOMERS_OTIF, (double)customer->on_time_in_full,
              (double)customer->ended);
    put_ratio(writer, KPI_CUSTOMERS_PERFECT, (double)customer->perfect, (double)customer->ended);
    if (writer->out) small_sketch_spread(&customer->cycle_sketch, run->scratch);
    put_tally(writer, KPI_CUSTOMERS_ORDER_CYCLE, &customer->cycle, run->scratch);
    put_opinion(run, writer, id);
    double revenue = (double)customer->revenue_micro / 1e6;
    put_total(writer, KPI_CUSTOMERS_REVENUE, revenue);
    put_total(writer, KPI_CUSTOMERS_MARGIN, revenue - (double)customer->goods_cost / 1e9);
    put_total(writer, KPI_CUSTOMERS_LOST_MARGIN, (double)customer->not_earned / 1e9);
    int64_t serve = customer->serve_micro + customer->waiting.posted + customer->lateness.posted;
    put_total(writer, KPI_CUSTOMERS_COST_TO_SERVE, (double)serve / 1e6);
}

/* ---- plans ---- */
void measure_plan(struct run *run, struct writer *writer, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    const struct plan_state *state = &run->planning->plans[id];
    double next = 0;
    for (int32_t s = 0; s < plan->own_count; s++) next += outlook_next(run, plan->series_first + s);
    bool sop = plan->kind == PLAN_SOP;
    put(writer, KPI_PLANS_NEXT, plan->kind == PLAN_FORECAST ? next : sop ? state->makes : NAN);
    put_ratio(writer, KPI_PLANS_OVERLOAD, state->overload, (double)state->checked);
    put(writer, KPI_PLANS_PLANNED_COST, sop ? state->expects : NAN);
    put_ratio(writer, KPI_PLANS_ERROR, state->error_sum, (double)state->error_count);
    put_ratio(writer, KPI_PLANS_BIAS, state->bias_sum, state->seen_sum);
    put_ratio(writer, KPI_PLANS_ADHERENCE, (double)(state->to_come - state->late),
              (double)state->to_come);
    put_ratio(writer, KPI_PLANS_CHANGES,
              plan->kind == PLAN_MRP ? (double)state->changed * (double)TICK_WK : NAN,
              (double)writer->span);
    put_total(writer, KPI_PLANS_EXPENSE, (double)state->cost_micro / 1e6);
}
