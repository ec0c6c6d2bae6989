/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measurement: what the run has kept becomes the numbers of a block, in the order of kpis.h.
 *
 * Nothing is measured twice: lots are kept by flow (one item from one source), and items, releases
 * and the system are merged from flows here, at a horizon, where speed does not matter. */
#include "writer.h"
#include "../floor/people.h"
#include "active.h"
#include "../plan/planner.h"

#include <math.h>

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
    backlogs_note_extremes(run);
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

/* In the warm-up what has been measured since the beginning counts. */
static tick measured_time(const struct run *run) {
    return run->now - (run->measured_from < 0 ? 0 : run->plant->warm_up);
}

/* All columns as they are now; ROOM is for the histograms that nobody looks at. */
void measure_now(struct run *run, double *values, double *room) {
    ledger_accrue(run);
    struct writer writer = {
        .run = run, .out = values, .histograms = room, .span = measured_time(run)};
    measure_all(run, &writer);
}

/* What they are made of: numerators and denominators. */
void measure_sums(struct run *run, double *sums) {
    ledger_accrue(run);
    struct writer writer = {.run = run, .sums = sums, .span = measured_time(run)};
    measure_all(run, &writer);
}

/* ---- series and sequences ---- */
double measure_watched(const struct run *run, const struct watched *watched) {
    switch (watched->what) {
    case WATCH_WIP: return (double)run->wips[run->plant->system_wip].now;
    case WATCH_ITEM_WIP: return (double)run->wips[run->plant->item_wips[watched->index]].now;
    case WATCH_QUEUE: return (double)run->stations[watched->index].queue.length.now;
    case WATCH_QUEUE_WORK: return (double)run->backlogs[watched->index].work.now / (double)TICK_H;
    case WATCH_ON_HAND: return (double)run->stocks[watched->index].on_hand.now / 1000;
    case WATCH_OWED: return (double)run->stocks[watched->index].owed.now / 1000;
    case WATCH_ON_ORDER: return (double)run->stocks[watched->index].on_order.now / 1000;
    case WATCH_NET: return (double)run->stocks[watched->index].net.now / 1000;
    case WATCH_CUSTOMER_OWED: return (double)run->customers[watched->index].owed.now / 1000;
    case WATCH_DEMAND: return asking_now(run, watched->index);
    case WATCH_SATISFACTION: return run->customers[watched->index].opinion.now;
    case WATCH_CASH:
    case WATCH_BALANCE: return (double)run->cash.now / 1e6;
    case WATCH_INVENTORY: return (double)run->goods.now / 1e6;
    case WATCH_WORKING_CAPITAL: return (double)run->capital.now / 1e6;
    case WATCH_RECEIVABLE: return (double)run->receivable.now / 1e6;
    case WATCH_PAYABLE: return (double)run->payable.now / 1e6;
    case WATCH_ORDERED_NOW: return NAN;
    }
    return NAN;
}

/* Where nothing is paid by the month, what has accrued is only posted at horizons; it is gone all
 * the same, and to look at it changes nothing. */
static double on_grid(struct run *run, const struct watched *watched) {
    double value = measure_watched(run, watched);
    if (watched->what != WATCH_BALANCE || run->plant->keeps_months) return value;
    return value - (double)ledger_unposted(run) / 1e6;
}

void measure_grid(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->layout.series_count; i++)
        run->block[layout_series_at(&plant->layout, i, run->grid_next)] =
            on_grid(run, &plant->watched[i]);
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
