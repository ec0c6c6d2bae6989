/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measurement: what the run has kept becomes the numbers of a block, in the order of kpis.h.
 *
 * Nothing is measured twice: lots are kept by flow (one item from one source), and items, releases
 * and the system are merged from flows here, at a horizon, where speed does not matter. */
#include "kpis.h"
#include "../floor/people.h"
#include "active.h"
#include "../plan/planner.h"

#include <math.h>

/* Where the next number goes: columns come in the order of the layout, each with all its
 * statistics. At the end of a batch the same walk keeps what the numbers are made of instead. */
struct writer {
    const struct run *run;
    double *out;           /* values; NULL: */
    double *histograms;    /* where the next one goes */
    double *sums;          /* numerators and denominators: see layout_batches */
    const int32_t *places; /* among them, by column; NULL: all have one */
    int32_t column;
    const struct bottleneck_time *active; /* of stations and machines; NULL: not asked for */
    tick span;                            /* measured so far */
};

/* VALUE is the ratio of ABOVE to BELOW, sums that have grown since measuring began. */
static void put_parts(struct writer *writer, enum kpi_id kpi, double value, double above,
                      double below) {
    CHECK_SLOW(writer->run->plant->layout.columns[writer->column].kpi == (int32_t)kpi);
    (void)kpi;
    int32_t column = writer->column++;
    if (writer->out) {
        writer->out[column] = value;
        return;
    }
    int32_t place = writer->places ? writer->places[column] : column;
    if (place < 0) return;
    writer->sums[2 * place] = above;
    writer->sums[2 * place + 1] = below;
}

/* What is no ratio of sums: least, most, quantiles. */
static void put(struct writer *writer, enum kpi_id kpi, double value) {
    put_parts(writer, kpi, value, NAN, NAN);
}

static double ratio(double a, double b) {
    return b > 0 ? a / b : NAN;
}

static void put_ratio(struct writer *writer, enum kpi_id kpi, double above, double below) {
    put_parts(writer, kpi, ratio(above, below), above, below);
}

/* The share that is not: 1 - PART / ALL. */
static void put_rest(struct writer *writer, enum kpi_id kpi, double part, double all) {
    put_parts(writer, kpi, 1 - ratio(part, all), all - part, all);
}

/* A sum over all of the measured time; of a part of it, it is that part of the whole. */
static void put_total(struct writer *writer, enum kpi_id kpi, double value) {
    put_parts(writer, kpi, value, value, (double)writer->span / (double)writer->run->plant->length);
}

static void put_sum(struct writer *writer, enum kpi_id kpi, const struct tally *tally,
                    double unit) {
    bool seen = tally->count > 0;
    put_parts(writer, kpi, tally_mean(tally) / unit, (double)tally->sum / unit,
              (double)tally->count);
    put(writer, kpi, sqrt(tally_variance(tally)) / unit);
    put(writer, kpi, seen ? (double)tally->min / unit : NAN);
    put(writer, kpi, seen ? (double)tally->max / unit : NAN);
}

/* Hours. */
static void put_times(struct writer *writer, enum kpi_id kpi, const struct tally *tally) {
    put_sum(writer, kpi, tally, (double)TICK_H);
    put_total(writer, kpi, (double)tally->count);
}

static void put_tally(struct writer *writer, enum kpi_id kpi, const struct tally *tally,
                      const struct sketch *sketch) {
    put_sum(writer, kpi, tally, (double)TICK_H);
    static const double shares[] = {0.5, 0.9, 0.95, 0.99};
    for (int32_t i = 0; i < 4; i++) {
        if (!writer->out) {
            put(writer, kpi, NAN);
            continue;
        }
        double value = sketch_quantile(sketch, tally->count, shares[i]);
        if (value > (double)tally->max)
            value = (double)tally->max; /* the middle of a bucket may lie beyond */
        if (value < (double)tally->min) value = (double)tally->min;
        put(writer, kpi, value / (double)TICK_H);
    }
    put_total(writer, kpi, (double)tally->count);
    if (!writer->out) return;
    histogram_part(sketch, tally, writer->histograms);
    writer->histograms += HISTOGRAM_PART;
}

static void put_level(struct writer *writer, enum kpi_id kpi, const struct level *level,
                      double unit) {
    double area = (double)level_area(level, writer->run->now);
    double span = (double)writer->span;
    put_parts(writer, kpi, span > 0 ? area / span / unit : NAN, area / unit, span);
    put(writer, kpi, (double)level->min / unit);
    put(writer, kpi, (double)level->max / unit);
    put(writer, kpi, (double)level->now / unit);
}

static void put_per_hour(struct writer *writer, enum kpi_id kpi, int64_t count) {
    put_ratio(writer, kpi, (double)count * (double)TICK_H, (double)writer->span);
}

/* ---- lots: flows merged ---- */
static void flow_merge(struct flow_state *into, const struct flow_state *from) {
    struct sketch *sketch = into->cycle_sketch;
    tally_merge(&into->cycle, &from->cycle);
    if (sketch) sketch_merge(sketch, from->cycle_sketch);
    tally_merge(&into->lateness, &from->lateness);
    tally_merge(&into->tardiness, &from->tardiness);
    for (int32_t i = 0; i < PART_TIME_COUNT; i++) tally_merge(&into->times[i], &from->times[i]);
    into->pieces += from->pieces;
    into->on_time += from->on_time;
    into->with_due += from->with_due;
    into->first_pass += from->first_pass;
    into->reworked += from->reworked;
    into->scrapped += from->scrapped;
    into->defective += from->defective;
    into->lots_scrapped += from->lots_scrapped;
    into->late_starts += from->late_starts;
    into->gave_up += from->gave_up;
}

/* Lots whose time in a rare state was nothing were not recorded one by one. */
static void add_zeros(struct tally *tally, int64_t lots) {
    if (tally->count == lots) return;
    if (tally->min > 0) tally->min = 0;
    if (tally->max < 0) tally->max = 0;
    tally->count = lots;
}

static void put_lots(struct writer *writer, enum kpi_id first, const struct flow_state *lots,
                     const struct level *wip) {
    enum kpi_id kpi = first;
    int64_t count = lots->cycle.count;
    put_per_hour(writer, kpi++, lots->pieces);
    put_total(writer, kpi++, (double)lots->pieces);
    put_level(writer, kpi++, wip, 1);
    put_tally(writer, kpi++, &lots->cycle, lots->cycle_sketch);
    static const enum part_time times[] = {IN_QUEUE,   IN_SETUP,  IN_WORK,     IN_TRANSPORT,
                                           IN_BLOCKED, IN_REPAIR, IN_MATERIAL, IN_PEOPLE};
    for (int32_t i = 0; i < PART_TIME_COUNT; i++) {
        struct tally tally = lots->times[times[i]];
        add_zeros(&tally, count);
        put_times(writer, kpi++, &tally);
    }
    put_ratio(writer, kpi++, (double)lots->cycle.sum, (double)lots->times[IN_WORK].sum);
    put_times(writer, kpi++, &lots->lateness);
    put_times(writer, kpi++, &lots->tardiness);
    put_ratio(writer, kpi++, (double)lots->on_time, (double)lots->with_due);
    put_ratio(writer, kpi++, (double)lots->scrapped, (double)(lots->scrapped + lots->pieces));
    put_ratio(writer, kpi++, (double)lots->defective, (double)lots->pieces);
    put_ratio(writer, kpi++, (double)lots->reworked, (double)count);
    put_ratio(writer, kpi++, (double)lots->first_pass, (double)count);
    put_ratio(writer, kpi++, (double)lots->late_starts,
              (double)(count + lots->lots_scrapped + lots->gave_up));
    put_total(writer, kpi++, (double)lots->gave_up);
}

static struct flow_state flows_empty(struct run *run) {
    struct flow_state sum = {.cycle_sketch = run->scratch};
    sketch_reset(run->scratch);
    tally_reset(&sum.cycle);
    tally_reset(&sum.lateness);
    tally_reset(&sum.tardiness);
    for (int32_t i = 0; i < PART_TIME_COUNT; i++) tally_reset(&sum.times[i]);
    return sum;
}

/* Of the end of a batch nobody wants quantiles. */
static struct flow_state flows_begin(struct run *run, const struct writer *writer) {
    struct flow_state sum = flows_empty(run);
    if (!writer->out) sum.cycle_sketch = NULL;
    return sum;
}

static double state_ticks(const struct writer *writer, const struct station_state *station,
                          enum machine_state state) {
    return (double)clock_time(station->moment[state], station->in_state[state], writer->run->now);
}

/* Millionths of the currency. */
static __int128 all_costs(const struct run *run) {
    __int128 cost = 0;
    for (int32_t i = 0; i < ACCOUNT_COUNT; i++)
        if (i != ACCOUNT_REVENUE) cost += run->ledger[i];
    return cost;
}

static void measure_system(struct run *run, struct writer *writer) {
    struct flow_state lots = flows_begin(run, writer);
    const struct level *wip = &run->wips[run->plant->system_wip];
    for (int32_t i = 0; i < run->plant->flow_count; i++)
        if (run->plant->flows[i].kit_use == NOBODY) flow_merge(&lots, &run->flows[i]);
    put_lots(writer, KPI_SYSTEM_THROUGHPUT, &lots, wip);
    put(writer, KPI_SYSTEM_MAKESPAN,
        lots.cycle.count ? (double)(run->makespan - run->plant->warm_up) / (double)TICK_H : NAN);
    put_ratio(writer, KPI_SYSTEM_WIP_TURNS, (double)lots.cycle.count * (double)TICK_Y,
              (double)level_area(wip, run->now));
    put_ratio(writer, KPI_SYSTEM_UNIT_COST, (double)all_costs(run) / 1e6, (double)lots.pieces);
    put_total(writer, KPI_SYSTEM_ENERGY, energy_drawn(run));
    put_total(writer, KPI_SYSTEM_CO2, energy_emitted(run));
}

static void measure_items(struct run *run, struct writer *writer) {
    for (int32_t item = 0; item < run->plant->item_count; item++) {
        struct flow_state lots = flows_begin(run, writer);
        for (int32_t i = 0; i < run->plant->flow_count; i++)
            if (run->plant->flows[i].item == item) flow_merge(&lots, &run->flows[i]);
        put_lots(writer, KPI_ITEMS_THROUGHPUT, &lots, &run->wips[run->plant->item_wips[item]]);
    }
}

static void measure_releases(struct run *run, struct writer *writer) {
    for (int32_t source = 0; source < run->plant->release_count; source++) {
        struct flow_state lots = flows_begin(run, writer);
        for (int32_t i = 0; i < run->plant->flow_count; i++)
            if (run->plant->flows[i].source == source) flow_merge(&lots, &run->flows[i]);
        put_lots(writer, KPI_RELEASES_THROUGHPUT, &lots,
                 &run->wips[run->plant->source_wips[source]]);
        put_total(writer, KPI_RELEASES_ORDERS, (double)run->sources[source].orders);
        put_total(writer, KPI_RELEASES_LOST, (double)run->sources[source].lost);
    }
}

/* ---- stations ---- */
/* Overall equipment effectiveness and its three factors. Their product is the share of the planned
 * time in which work for good pieces was done, so it is no ratio of sums. */
static void put_effect(struct writer *writer, const struct station_state *station,
                       const double ticks[STATE_COUNT]) {
    double e10[E10_COUNT] = {0}, open = 0;
    for (int32_t i = 0; i < STATE_COUNT; i++) e10[machine_state_e10[i]] += ticks[i];
    for (int32_t i = 0; i < E10_COUNT; i++) open += i == E10_NON_SCHEDULED ? 0 : e10[i];
    double down = e10[E10_UNSCHEDULED_DOWN] + e10[E10_SCHEDULED_DOWN];
    double work = e10[E10_PRODUCTIVE] - (double)station->wasted;
    double made = (double)(station->pieces + station->cut_off);
    double bad = (double)(station->scrapped + station->reworked);
    put_rest(writer, KPI_STATIONS_AVAILABILITY, down, open);
    put_ratio(writer, KPI_STATIONS_EFFECTIVENESS, work, open - down);
    put_rest(writer, KPI_STATIONS_QUALITY, bad, made);
    put(writer, KPI_STATIONS_OEE, ratio(work, open) * (1 - ratio(bad, made)));
}

static void put_activity(struct writer *writer, enum kpi_id kpi, int32_t place, bool limited) {
    struct bottleneck_time time = writer->active[place];
    double span = limited ? (double)writer->span : 0; /* without a limit it is none */
    put_ratio(writer, kpi, (double)time.sole, span);
    put_ratio(writer, kpi + 1, (double)time.shifting, span);
}

static void measure_station(struct run *run, struct writer *writer, int32_t id) {
    const struct station_state *station = &run->stations[id];
    double ticks[STATE_COUNT], all = 0;
    for (int32_t i = 0; i < STATE_COUNT; i++)
        all += ticks[i] = state_ticks(writer, station, (enum machine_state)i);
    all -= ticks[STATE_INACTIVE]; /* not there */
    double open = all - ticks[STATE_OFF_SHIFT], busy = ticks[STATE_WORKING] + ticks[STATE_SETUP];
    put_ratio(writer, KPI_STATIONS_UTILIZATION, busy, open);
    put_ratio(writer, KPI_STATIONS_WORKING, ticks[STATE_WORKING], all);
    put_ratio(writer, KPI_STATIONS_SETUP, ticks[STATE_SETUP], all);
    put_ratio(writer, KPI_STATIONS_STARVED, ticks[STATE_STARVED], all);
    put_ratio(writer, KPI_STATIONS_BLOCKED, ticks[STATE_BLOCKED], all);
    put_ratio(writer, KPI_STATIONS_NO_MATERIAL, ticks[STATE_NO_MATERIAL], all);
    put_ratio(writer, KPI_STATIONS_NO_PEOPLE, ticks[STATE_NO_PEOPLE], all);
    put_ratio(writer, KPI_STATIONS_WAITING_REPAIR, ticks[STATE_WAITING_REPAIR], all);
    put_ratio(writer, KPI_STATIONS_MAINTENANCE, ticks[STATE_MAINTENANCE], all);
    put_ratio(writer, KPI_STATIONS_FAILED, ticks[STATE_FAILED], all);
    put_ratio(writer, KPI_STATIONS_PREEMPTED, ticks[STATE_PREEMPTED], all);
    put_ratio(writer, KPI_STATIONS_OFF_SHIFT, ticks[STATE_OFF_SHIFT], all);
    put_effect(writer, station, ticks);
    put_ratio(writer, KPI_STATIONS_SETUP_RATIO, ticks[STATE_SETUP], busy);
    put_total(writer, KPI_STATIONS_PREEMPTIONS, (double)station->preemptions);
    put_per_hour(writer, KPI_STATIONS_THROUGHPUT, station->pieces);
    put_level(writer, KPI_STATIONS_QUEUE_LENGTH, &station->queue.length, 1);
    const struct tally *wait = &station->queue.wait;
    const struct sketch *waits = station->queue.wait_sketch;
    put_tally(writer, KPI_STATIONS_QUEUE_WAIT, wait, waits);
    put_rest(writer, KPI_STATIONS_QUEUE_DELAYED, sketch_count(waits, 0), (double)wait->count);
    put_sum(writer, KPI_STATIONS_BATCH_SIZE, &station->batch, 1);
    put_total(writer, KPI_STATIONS_BATCH_SIZE, (double)station->batch.count);
    put_total(writer, KPI_STATIONS_EXPENSE, (double)station->hours.posted / 1e6);
    if (writer->active)
        put_activity(writer, KPI_STATIONS_ACTIVE_SOLE, id, !run->plant->stations[id].unlimited);
}

static void measure_stops(struct run *run, struct writer *writer, bool planned, enum kpi_id first) {
    for (int32_t i = 0; i < run->plant->stop_count; i++) {
        if (run->plant->stops[i].planned != planned) continue;
        enum kpi_id kpi = first;
        const struct stop_state *stop = &run->stops[i];
        const struct station_state *station = &run->stations[run->plant->stops[i].station];
        int32_t own = run->plant->stops[i].machine; /* of one machine alone */
        double working = own == NOBODY ? state_ticks(writer, station, STATE_WORKING)
                                       : (double)own_ticks(run, own, STATE_WORKING);
        double count = (double)stop->count;
        put_total(writer, kpi++, count);
        put_parts(writer, kpi++, ratio(working, count) / (double)TICK_H, working / (double)TICK_H,
                  count);
        put_times(writer, kpi++, &stop->repair);
    }
}

/* ---- machines with names ---- */
static void measure_machine(struct run *run, struct writer *writer, int32_t id) {
    const struct own_state *own = &run->owns[run->plant->machines[id].own];
    double ticks[STATE_COUNT], all = 0, down = 0;
    for (int32_t i = 0; i < STATE_COUNT; i++) {
        all += ticks[i] = (double)own_ticks(run, id, (enum machine_state)i);
        if (machine_state_e10[i] == E10_UNSCHEDULED_DOWN ||
            machine_state_e10[i] == E10_SCHEDULED_DOWN)
            down += ticks[i];
    }
    double open = all - ticks[STATE_OFF_SHIFT], busy = ticks[STATE_WORKING] + ticks[STATE_SETUP];
    static const enum machine_state states[] = {
        STATE_WORKING,   STATE_SETUP,          STATE_STARVED, STATE_BLOCKED,     STATE_NO_MATERIAL,
        STATE_NO_PEOPLE, STATE_WAITING_REPAIR, STATE_FAILED,  STATE_MAINTENANCE, STATE_OFF_SHIFT};
    put_ratio(writer, KPI_OWN_UTILIZATION, busy, open);
    for (int32_t i = 0; i < (int32_t)(sizeof states / sizeof *states); i++)
        put_ratio(writer, (enum kpi_id)(KPI_OWN_WORKING + i), ticks[states[i]], all);
    put_rest(writer, KPI_OWN_AVAILABILITY, down, open);
    put_ratio(writer, KPI_OWN_SETUP_RATIO, ticks[STATE_SETUP], busy);
    put_per_hour(writer, KPI_OWN_THROUGHPUT, own->pieces);
    int32_t place = run->plant->station_count + run->plant->machines[id].own;
    if (writer->active) put_activity(writer, KPI_OWN_ACTIVE_SOLE, place, true);
}

static void measure_machines(struct run *run, struct writer *writer) {
    for (int32_t id = 0; run->owns && id < run->plant->machine_count; id++)
        if (run->plant->machines[id].own != NOBODY) measure_machine(run, writer, id);
}

static void measure_loop(struct run *run, struct writer *writer, int32_t i) {
    const struct loop_state *loop = &run->loops[i];
    bool work = run->plant->loops[i].counts == CARD_WORK;
    put_level(writer, KPI_CARDS_IN_USE, &loop->use, work ? (double)TICK_H : 1);
    put_tally(writer, KPI_CARDS_WAIT, &loop->wait, loop->wait_sketch);
}

static void measure_cards(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->loop_count; i++) measure_loop(run, writer, i);
}

static void measure_crews(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->crew_count; i++) {
        const struct crew_state *crew = &run->crews[i];
        double hour = (double)TICK_H;
        put_ratio(writer, KPI_CREWS_UTILIZATION, (double)level_area(&crew->busy, run->now),
                  (double)level_area(&crew->there, run->now));
        put_times(writer, KPI_CREWS_WAIT, &crew->wait);
        put_ratio(writer, KPI_CREWS_ABSENT, (double)level_area(&crew->away, run->now),
                  (double)level_area(&crew->employed, run->now));
        put_total(writer, KPI_CREWS_OVERTIME_HOURS, (double)crew_overtime(run, i) / hour);
        put_total(writer, KPI_CREWS_EXPENSE, (double)crew_expense_micro(run, i) / 1e6);
    }
}

/* ---- the chain ---- */
static void measure_stock(struct run *run, struct writer *writer, int32_t id) {
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
    put_parts(writer, KPI_STOCKS_DAYS, ratio(on_hand, demanded) / (double)TICK_D,
              on_hand / (double)TICK_D, demanded);
    put_ratio(writer, KPI_STOCKS_TURNS, demanded * (double)TICK_Y, on_hand);
    put_sum(writer, KPI_STOCKS_ORDERED_NOW, &stock->reviewed_orders, 1000);
    put_total(writer, KPI_STOCKS_ORDERED_NOW, (double)stock->reviewed_orders.count);
    put_total(writer, KPI_STOCKS_WASTE, (double)stock->waste / 1000);
    int64_t expense = stock->held.posted + stock->moved.posted + stock->short_of.posted;
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

static void measure_suppliers(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->supplier_count; i++) {
        put_total(writer, KPI_SUPPLIERS_ORDERS, (double)run->suppliers[i].orders);
        put_tally(writer, KPI_SUPPLIERS_ORDER_CYCLE, &run->suppliers[i].cycle,
                  run->suppliers[i].cycle_sketch);
        measure_deliveries(run, writer, &run->suppliers[i]);
    }
}

static void measure_lanes(struct run *run, struct writer *writer) {
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
        put_total(writer, KPI_LANES_EXPENSE, (double)way->expense_micro / 1e6);
    }
}

static void measure_fleets(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->fleet_count; i++) {
        const struct fleet_state *fleet = &run->fleets[i];
        double all = (double)writer->span * run->plant->fleets[i].number;
        put_ratio(writer, KPI_VEHICLES_UTILIZATION, (double)level_area(&fleet->busy, run->now),
                  all);
        put_ratio(writer, KPI_VEHICLES_UP, all - (double)level_area(&fleet->down, run->now), all);
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

static void measure_customer(struct run *run, struct writer *writer, int32_t id) {
    const struct customer_state *customer = &run->customers[id];
    put_total(writer, KPI_CUSTOMERS_ORDERS, (double)customer->orders);
    put_total(writer, KPI_CUSTOMERS_DEMAND, (double)customer->demanded / 1000);
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
    int64_t serve = customer->serve_micro + customer->waiting.posted + customer->lateness.posted;
    put_total(writer, KPI_CUSTOMERS_COST_TO_SERVE, (double)serve / 1e6);
}

/* ---- plans ---- */
static void measure_plan(struct run *run, struct writer *writer, int32_t id) {
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

static void measure_money(struct run *run, struct writer *writer) {
    const __int128 cost = all_costs(run);
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
    put_level(writer, KPI_MONEY_BALANCE, &run->cash, 1e6);
    measure_capital(run, writer);
    put_level(writer, KPI_MONEY_RECEIVABLE, &run->receivable, 1e6);
    put_level(writer, KPI_MONEY_PAYABLE, &run->payable, 1e6);
    put(writer, KPI_MONEY_NPV, money_worth(run));
    put(writer, KPI_MONEY_IRR, money_return(run));
    put(writer, KPI_MONEY_PAYBACK, money_payback(run) / (double)TICK_H);
}

static void measure_programmes(struct run *run, struct writer *writer) {
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

static void measure_all(struct run *run, struct writer *writer) {
    const struct plant *plant = run->plant;
    counters_settle(run);
    measure_system(run, writer);
    measure_items(run, writer);
    measure_releases(run, writer);
    writer->active = run->activity ? activity_times(run) : NULL;
    for (int32_t i = 0; i < plant->station_count; i++) measure_station(run, writer, i);
    measure_stops(run, writer, false, KPI_FAILURES_COUNT);
    measure_stops(run, writer, true, KPI_MAINTENANCE_COUNT);
    measure_machines(run, writer);
    measure_cards(run, writer);
    measure_crews(run, writer);
    for (int32_t i = 0; i < plant->stock_count; i++) measure_stock(run, writer, i);
    measure_suppliers(run, writer);
    measure_lanes(run, writer);
    measure_fleets(run, writer);
    for (int32_t i = 0; i < plant->customer_count; i++) measure_customer(run, writer, i);
    for (int32_t i = 0; i < plant->plans.count; i++) measure_plan(run, writer, i);
    measure_money(run, writer);
    measure_programmes(run, writer);
    CHECK(writer->column == plant->layout.column_count);
}

void measure_horizon(struct run *run, int32_t horizon) {
    const struct plant *plant = run->plant;
    ledger_accrue(run);
    money_note(run);
    guard_conserved(run);
    stocks_note_extremes(run);
    customers_note_extremes(run);
    capital_note_extremes(run);
    level_extremes(&run->cash);
    struct writer writer = {.run = run,
                            .out = run->block + layout_at(&plant->layout, horizon, 0),
                            .histograms =
                                run->block + layout_histogram_at(&plant->layout, horizon, 0),
                            .span = run->now - plant->warm_up};
    measure_all(run, &writer);
    if (horizon == plant->layout.horizon_count - 1) measure_controls(run);
}

/* What has accrued is posted: sums since measuring began, so posting more often changes none. */
void measure_batch(struct run *run, int32_t batch) {
    const struct plant *plant = run->plant;
    ledger_accrue(run);
    struct writer writer = {.run = run,
                            .sums = run->block + layout_batch_first(&plant->layout, batch),
                            .places = plant->layout.batched,
                            .span = run->now - plant->warm_up};
    measure_all(run, &writer);
}

/* All columns as they are now; ROOM is for the histograms that nobody looks at. */
void measure_now(struct run *run, double *values, double *room) {
    ledger_accrue(run);
    struct writer writer = {
        .run = run, .out = values, .histograms = room, .span = run->now - run->plant->warm_up};
    measure_all(run, &writer);
}

/* What they are made of: numerators and denominators. */
void measure_sums(struct run *run, double *sums) {
    ledger_accrue(run);
    struct writer writer = {.run = run, .sums = sums, .span = run->now - run->plant->warm_up};
    measure_all(run, &writer);
}

/* ---- the start of measuring ---- */
static void reset_lots(struct run *run) {
    for (int32_t i = 0; i < run->plant->flow_count; i++) {
        struct flow_state *flow = &run->flows[i];
        struct sketch *sketch = flow->cycle_sketch;
        *flow = flows_empty(run);
        flow->cycle_sketch = sketch;
        sketch_reset(sketch);
    }
    for (int32_t i = 0; i < run->plant->wip_count; i++) level_reset(&run->wips[i], run->now);
    run->wip_at_reset = run_wip(run)->now;
    for (int32_t i = 0; i < run->plant->source_count; i++) {
        run->sources[i].orders = run->sources[i].lost = 0;
    }
    for (int32_t i = 0; i < run->plant->loop_count; i++) {
        level_reset(&run->loops[i].use, run->now);
        tally_reset(&run->loops[i].wait);
        sketch_reset(run->loops[i].wait_sketch);
    }
}

static void reset_stations(struct run *run) {
    for (int32_t i = 0; i < run->plant->station_count; i++) {
        struct station_state *station = &run->stations[i];
        level_reset(&station->queue.length, run->now);
        tally_reset(&station->queue.wait);
        sketch_reset(station->queue.wait_sketch);
        tally_reset(&station->batch);
        for (int32_t s = 0; s < STATE_COUNT; s++)
            station->moment[s] = (uint64_t)station->in_state[s] * (uint64_t)run->now;
        station->lots = station->pieces = station->scrapped = 0;
        station->preemptions = 0;
        station->cut_off = station->reworked = station->wasted = 0;
    }
    for (int32_t i = 0; i < run->plant->own_count; i++)
        run->owns[i] = (struct own_state){.since = run->now};
    for (int32_t i = 0; i < run->plant->stop_count; i++) {
        run->stops[i].count = 0;
        tally_reset(&run->stops[i].repair);
    }
}

static void reset_chain(struct run *run) {
    counters_settle(run);
    for (int32_t i = 0; i < run->plant->stock_count; i++) {
        struct stock_state *stock = &run->stocks[i];
        struct level *levels[] = {&stock->on_hand, &stock->owed, &stock->on_order,
                                  &stock->under_way, &stock->net};
        for (int32_t l = 0; l < 5; l++) level_reset(levels[l], run->now);
        stock->demanded = stock->served_at_once = stock->ordered = stock->orders =
            stock->stock_outs = 0;
        stock->periods = stock->ready_periods = stock->owed_at_ends = stock->waste = 0;
        tally_reset(&stock->reviewed_orders);
        tally_reset(&stock->reviewed_demand);
    }
    for (int32_t i = 0; i < run->plant->supplier_count; i++) {
        struct supplier_state *supplier = &run->suppliers[i];
        supplier->orders = supplier->received = supplier->on_time = supplier->in_full =
            supplier->expense_micro = 0;
        tally_reset(&supplier->survived);
        tally_reset(&supplier->recovered);
        level_reset(&supplier->up, run->now);
        tally_reset(&run->suppliers[i].cycle);
        sketch_reset(run->suppliers[i].cycle_sketch);
    }
    for (int32_t i = 0; i < run->plant->customer_count; i++) {
        struct customer_state *customer = &run->customers[i];
        struct customer_state kept = *customer;
        *customer = (struct customer_state){.owed = kept.owed,
                                            .late = kept.late,
                                            .cycle_sketch = kept.cycle_sketch,
                                            .opinion = kept.opinion};
        level_reset(&customer->opinion.level, run->now);
        level_reset(&customer->owed, run->now);
        level_reset(&customer->late, run->now);
        tally_reset(&customer->cycle);
        small_sketch_reset(&customer->cycle_sketch);
    }
}

void measure_reset(struct run *run) {
    reset_lots(run);
    reset_stations(run);
    reset_chain(run);
    people_reset(run);
    activity_reset(run);
    lanes_reset(run);
    vehicles_reset(run);
    planning_reset(run);
    programmes_reset(run);
    ledger_reset(run);
    run->measured_from = run->makespan = run->now;
    run->earlier = 0;
}

/* ---- series and sequences ---- */
double measure_watched(const struct run *run, const struct watched *watched) {
    switch (watched->what) {
    case WATCH_WIP: return (double)run->wips[run->plant->system_wip].now;
    case WATCH_ITEM_WIP: return (double)run->wips[run->plant->item_wips[watched->index]].now;
    case WATCH_QUEUE: return (double)run->stations[watched->index].queue.length.now;
    case WATCH_ON_HAND: return (double)run->stocks[watched->index].on_hand.now / 1000;
    case WATCH_OWED: return (double)run->stocks[watched->index].owed.now / 1000;
    case WATCH_ON_ORDER: return (double)run->stocks[watched->index].on_order.now / 1000;
    case WATCH_NET: return (double)run->stocks[watched->index].net.now / 1000;
    case WATCH_CUSTOMER_OWED: return (double)run->customers[watched->index].owed.now / 1000;
    case WATCH_SATISFACTION: return run->customers[watched->index].opinion.now;
    case WATCH_ORDERED_NOW: return NAN;
    }
    return NAN;
}

void measure_grid(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->layout.series_count; i++) {
        const struct watched *watched = &plant->watched[i];
        run->block[layout_series_at(&plant->layout, i, run->grid_next)] =
            measure_watched(run, watched);
    }
    run->grid_next++;
}

void measure_sequence(struct run *run, int32_t stock, int32_t what, double value) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->layout.sequence_count; i++) {
        const struct watched *watched = &plant->watched[plant->layout.series_count + i];
        if ((int32_t)watched->what != what || watched->index != stock) continue;
        if (run->sequence_next[i] >= plant->layout.sequences[i].capacity) continue;
        run->block[layout_sequence_at(&plant->layout, i, run->sequence_next[i]++)] = value;
    }
}
