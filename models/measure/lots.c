/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of lots: the system, items and releases, each merged from its flows. */
#include "writer.h"

static void flow_merge(struct flow_state *into, const struct flow_state *from) {
    struct sketch *sketch = into->cycle_sketch;
    if (!from->cycle_sketch) return; /* no lots */
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
    into->cost += from->cost;
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
    static const enum part_time times[] = {IN_QUEUE,  IN_BATCH,     IN_SETUP,
                                           IN_WORK,   IN_TRANSPORT, IN_BLOCKED,
                                           IN_REPAIR, IN_MATERIAL,  IN_PEOPLE};
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

struct flow_state flows_empty(struct run *run) {
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

/* In the order of the rows of `energy-in`. */
static const enum machine_state powered[] = {
    STATE_WORKING,     STATE_SETUP,     STATE_STARVED,        STATE_BLOCKED,
    STATE_NO_MATERIAL, STATE_NO_PEOPLE, STATE_WAITING_REPAIR, STATE_FAILED,
    STATE_MAINTENANCE, STATE_PREEMPTED, STATE_OFF_SHIFT,      STATE_INACTIVE};

/* Of all stations, as a whole, by state and by piece. */
static void put_energy(const struct run *run, struct writer *writer, double pieces) {
    double drawn = energy_drawn(run), emitted = energy_emitted(run);
    put_total(writer, KPI_SYSTEM_ENERGY, drawn);
    for (int32_t s = 0; s < (int32_t)(sizeof powered / sizeof *powered); s++) {
        double sum = 0;
        for (int32_t i = 0; i < run->plant->station_count; i++)
            sum += energy_in_state(run, i, powered[s]);
        put_total(writer, (enum kpi_id)(KPI_SYSTEM_ENERGY_WORKING + s), sum);
    }
    put_ratio(writer, KPI_SYSTEM_UNIT_ENERGY, drawn, pieces);
    put_total(writer, KPI_SYSTEM_CO2, emitted);
    put_ratio(writer, KPI_SYSTEM_UNIT_CO2, emitted, pieces);
}

void measure_system(struct run *run, struct writer *writer) {
    struct flow_state lots = flows_begin(run, writer);
    const struct level *wip = &run->wips[run->plant->system_wip];
    for (int32_t i = 0; i < run->plant->flow_count; i++)
        if (run->plant->flows[i].kit_use == NOBODY) flow_merge(&lots, &run->flows[i]);
    put_lots(writer, KPI_SYSTEM_THROUGHPUT, &lots, wip);
    put(writer, KPI_SYSTEM_MAKESPAN,
        lots.cycle.count ? (double)(run->makespan - run->plant->warm_up) / (double)TICK_H : NAN);
    put_ratio(writer, KPI_SYSTEM_WIP_TURNS, (double)lots.cycle.count * (double)TICK_Y,
              (double)level_area(wip, run->now));
    put_ratio(writer, KPI_SYSTEM_UNIT_COST, (double)measured_costs(run) / 1e6, (double)lots.pieces);
    put_energy(run, writer, (double)lots.pieces);
}

static void put_unit_cost(struct writer *writer, enum kpi_id kpi, const struct flow_state *lots) {
    put_ratio(writer, kpi, (double)lots->cost / 1e9, (double)lots->pieces);
}

void measure_items(struct run *run, struct writer *writer) {
    for (int32_t item = 0; item < run->plant->item_count; item++) {
        struct flow_state lots = flows_begin(run, writer);
        bool made = run->plant->items[item].first_step != NOBODY;
        for (int32_t i = 0; made && i < run->plant->flow_count; i++)
            if (run->plant->flows[i].item == item) flow_merge(&lots, &run->flows[i]);
        put_lots(writer, KPI_ITEMS_THROUGHPUT, &lots, &run->wips[run->plant->item_wips[item]]);
        put_unit_cost(writer, KPI_ITEMS_UNIT_COST, &lots);
    }
}

void measure_releases(struct run *run, struct writer *writer) {
    for (int32_t source = 0; source < run->plant->release_count; source++) {
        struct flow_state lots = flows_begin(run, writer);
        for (int32_t i = 0; i < run->plant->flow_count; i++)
            if (run->plant->flows[i].source == source) flow_merge(&lots, &run->flows[i]);
        put_lots(writer, KPI_RELEASES_THROUGHPUT, &lots,
                 &run->wips[run->plant->source_wips[source]]);
        put_unit_cost(writer, KPI_RELEASES_UNIT_COST, &lots);
        put_total(writer, KPI_RELEASES_ORDERS, (double)run->sources[source].orders);
        put_total(writer, KPI_RELEASES_LOST, (double)run->sources[source].lost);
    }
}
