/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The start of measuring: what was kept so far is forgotten. */
#include "writer.h"
#include "../floor/people.h"
#include "../plan/planner.h"
#include "active.h"

static void reset_lots(struct run *run) {
    for (int32_t i = 0; i < run->plant->flow_count; i++) {
        struct flow_state *flow = &run->flows[i];
        struct sketch *sketch = flow->cycle_sketch;
        *flow = flows_empty(run);
        flow->cycle_sketch = sketch;
        if (sketch) sketch_reset(sketch);
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
    backlogs_reset(run);
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
        tally_reset(&stock->net_at_ends);
        tally_reset(&stock->reviewed_orders);
        tally_reset(&stock->reviewed_demand);
    }
    owing_reset(run);
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
    askings_reset(run);
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
