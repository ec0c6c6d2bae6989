/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations, machines, cards and people. */
#include "writer.h"
#include "../floor/people.h"
#include "active.h"

static double state_ticks(const struct writer *writer, const struct station_state *station,
                          enum machine_state state) {
    return (double)clock_time(station->moment[state], station->in_state[state], writer->run->now);
}

/* Overall equipment effectiveness and its three factors, from the row of availability on. Their
 * product is the share of the planned time in which work for good pieces was done, so it is no
 * ratio of sums. WASTED: ticks of work in vain; BAD of the pieces MADE are no good. */
static void put_effect(struct writer *writer, enum kpi_id availability,
                       const double ticks[STATE_COUNT], tick wasted, int64_t made, int64_t bad) {
    enum kpi_id kpi = availability;
    double e10[E10_COUNT] = {0}, open = 0;
    for (int32_t i = 0; i < STATE_COUNT; i++) e10[machine_state_e10[i]] += ticks[i];
    for (int32_t i = 0; i < E10_COUNT; i++) open += i == E10_NON_SCHEDULED ? 0 : e10[i];
    double down = e10[E10_UNSCHEDULED_DOWN] + e10[E10_SCHEDULED_DOWN];
    double work = e10[E10_PRODUCTIVE] - (double)wasted;
    put_rest(writer, kpi++, down, open);
    put_ratio(writer, kpi++, work, open - down);
    put_rest(writer, kpi++, (double)bad, (double)made);
    put(writer, kpi, ratio(work, open) * (1 - ratio((double)bad, (double)made)));
}

static void put_activity(struct writer *writer, enum kpi_id kpi, int32_t place, bool limited) {
    struct bottleneck_time time = writer->active[place];
    double span = limited ? (double)writer->span : 0; /* without a limit it is none */
    put_ratio(writer, kpi, (double)time.sole, span);
    put_ratio(writer, kpi + 1, (double)time.shifting, span);
}

static void put_station_energy(const struct run *run, struct writer *writer, int32_t id) {
    double sum = 0;
    for (int32_t s = 0; s < STATE_COUNT; s++)
        sum += energy_in_state(run, id, (enum machine_state)s);
    put_total(writer, KPI_STATIONS_ENERGY, sum);
}

void measure_station(struct run *run, struct writer *writer, int32_t id) {
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
    put_effect(writer, KPI_STATIONS_AVAILABILITY, ticks, station->wasted,
               station->pieces + station->cut_off, station->scrapped + station->reworked);
    put_ratio(writer, KPI_STATIONS_SETUP_RATIO, ticks[STATE_SETUP], busy);
    put_total(writer, KPI_STATIONS_PREEMPTIONS, (double)station->preemptions);
    put_per_hour(writer, KPI_STATIONS_THROUGHPUT, station->pieces);
    put_level(writer, KPI_STATIONS_QUEUE_LENGTH, &station->queue.length, 1);
    const struct tally *wait = &station->queue.wait;
    const struct sketch *waits = station->queue.wait_sketch;
    put_tally(writer, KPI_STATIONS_QUEUE_WAIT, wait, waits);
    put_rest(writer, KPI_STATIONS_QUEUE_DELAYED, sketch_count(waits, 0), (double)wait->count);
    if (run->backlogs)
        put_level(writer, KPI_STATIONS_QUEUE_WORK, &run->backlogs[id].work, (double)TICK_H);
    put_sum(writer, KPI_STATIONS_BATCH_SIZE, &station->batch, 1);
    put_total(writer, KPI_STATIONS_BATCH_SIZE, (double)station->batch.count);
    put_total(writer, KPI_STATIONS_EXPENSE, (double)station->hours.posted / 1e6);
    put_station_energy(run, writer, id);
    if (writer->active)
        put_activity(writer, KPI_STATIONS_ACTIVE_SOLE, id, !run->plant->stations[id].unlimited);
}

void measure_stops(struct run *run, struct writer *writer, bool planned, enum kpi_id first) {
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
    const double *power = run->plant->stations[run->machines[id].station].power;
    double ticks[STATE_COUNT], all = 0, energy = 0;
    for (int32_t i = 0; i < STATE_COUNT; i++) {
        all += ticks[i] = (double)own_ticks(run, id, (enum machine_state)i);
        energy += power ? power[i] * ticks[i] : 0;
    }
    double open = all - ticks[STATE_OFF_SHIFT], busy = ticks[STATE_WORKING] + ticks[STATE_SETUP];
    static const enum machine_state states[] = {
        STATE_WORKING,     STATE_SETUP,     STATE_STARVED,        STATE_BLOCKED,
        STATE_NO_MATERIAL, STATE_NO_PEOPLE, STATE_WAITING_REPAIR, STATE_FAILED,
        STATE_MAINTENANCE, STATE_PREEMPTED, STATE_OFF_SHIFT};
    put_ratio(writer, KPI_OWN_UTILIZATION, busy, open);
    for (int32_t i = 0; i < (int32_t)(sizeof states / sizeof *states); i++)
        put_ratio(writer, (enum kpi_id)(KPI_OWN_WORKING + i), ticks[states[i]], all);
    put_effect(writer, KPI_OWN_AVAILABILITY, ticks, own->wasted, own->pieces + own->cut_off,
               own->bad);
    put_ratio(writer, KPI_OWN_SETUP_RATIO, ticks[STATE_SETUP], busy);
    put_per_hour(writer, KPI_OWN_THROUGHPUT, own->pieces);
    put_total(writer, KPI_OWN_EXPENSE, (double)own->hours.posted / 1e6);
    put_total(writer, KPI_OWN_ENERGY, energy);
    int32_t place = run->plant->station_count + run->plant->machines[id].own;
    if (writer->active) put_activity(writer, KPI_OWN_ACTIVE_SOLE, place, true);
}

void measure_machines(struct run *run, struct writer *writer) {
    for (int32_t id = 0; run->owns && id < run->plant->machine_count; id++)
        if (run->plant->machines[id].own != NOBODY) measure_machine(run, writer, id);
}

static void measure_loop(struct run *run, struct writer *writer, int32_t i) {
    const struct loop_state *loop = &run->loops[i];
    bool work = run->plant->loops[i].counts == CARD_WORK;
    put_level(writer, KPI_CARDS_IN_USE, &loop->use, work ? (double)TICK_H : 1);
    put_tally(writer, KPI_CARDS_WAIT, &loop->wait, loop->wait_sketch);
}

void measure_cards(struct run *run, struct writer *writer) {
    for (int32_t i = 0; i < run->plant->loop_count; i++) measure_loop(run, writer, i);
}

void measure_crews(struct run *run, struct writer *writer) {
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
