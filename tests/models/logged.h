/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the log of a replication must agree with: the numbers that the run itself has measured. The
 * rows are added up here in another way than the run does it, so that both must be right. */
#ifndef TAKT_TESTS_MODELS_LOGGED_H
#define TAKT_TESTS_MODELS_LOGGED_H

#include "../../analysis/log.h"
#include "world.h"

enum { LOGGED_MACHINES = 4096 };

/* Machine ticks in each state of a station, between the start of measuring and the end. */
struct logged_station {
    int32_t state[LOGGED_MACHINES + 1];
    tick since[LOGGED_MACHINES + 1];
    double ticks[STATE_COUNT];
    int32_t machine_count;
};

static void logged_state_until(struct logged_station *station, int32_t machine, tick at) {
    tick since = station->since[machine] > 0 ? station->since[machine] : 0;
    if (station->state[machine] != NOBODY && at > since)
        station->ticks[station->state[machine]] += (double)(at - since);
    station->since[machine] = at;
}

/* The states of a station last as long as its KPIs say. */
static void logged_states_agree(const struct world *world, const struct log *log, int32_t s) {
    struct logged_station *station = calloc(1, sizeof *station);
    for (int64_t i = 0; i < log->count; i++) {
        const struct record *row = &log->rows[i];
        if (row->what != RECORD_STATE || row->station != s) continue;
        cr_assert(row->machine >= 1 && row->machine <= LOGGED_MACHINES);
        if (row->machine > station->machine_count) {
            cr_assert_eq(row->machine, ++station->machine_count);
            station->state[row->machine] = NOBODY;
        }
        cr_assert_neq(row->state, station->state[row->machine]); /* only what changes is told */
        logged_state_until(station, row->machine, row->at);
        station->state[row->machine] = row->state;
    }
    double all = 0;
    for (int32_t m = 1; m <= station->machine_count; m++) logged_state_until(station, m, log->to);
    for (int32_t i = 0; i < STATE_COUNT; i++) all += i == STATE_INACTIVE ? 0 : station->ticks[i];
    for (int32_t i = 0; i < STATE_COUNT && all > 0; i++) {
        if (i == STATE_INACTIVE) continue;
        char path[128];
        snprintf(path, sizeof path, "stations.%s.states.%s", world->plant->stations[s].name,
                 machine_state_names[i]);
        expect_value(world, path, station->ticks[i] / all);
    }
    free(station);
}

/* The mean over time of a level is that of its KPI. */
static void logged_level_agrees(const struct world *world, const struct log *log, int32_t what,
                                int32_t station, int32_t stock, const char *path) {
    double area = 0, now = 0;
    tick since = 0;
    for (int64_t i = 0; i <= log->count; i++) {
        const struct record *row = &log->rows[i];
        bool last = i == log->count;
        if (!last && (row->what != what || row->station != station || row->stock != stock))
            continue;
        tick at = last ? log->to : row->at;
        if (at > since) area += now * (double)(at - since);
        if (at > since) since = at;
        if (!last) now = row->value;
    }
    if (log->to <= 0) return;
    double mean = area / (double)log->to, right = world_value(world, path);
    cr_assert(fabs(mean - right) <= 1e-9 * fmax(1, fabs(right)), "%s: %.15g in the log, not %.15g",
              path, mean, right);
}

/* Lots that left while it was measured: as many, and as long inside. What happens at the moment at
 * which a warm-up ends still belongs to it, except for what a change at that very moment sets in
 * motion after it has been observed. */
static void logged_lots_agree(const struct world *world, const struct log *log) {
    double count = 0, sum = 0, late_count = 0, late_sum = 0;
    tick before = log->from;
    for (int64_t i = 0; i < log->count; i++) {
        const struct record *row = &log->rows[i];
        cr_assert_geq(row->at, before);
        before = row->at;
        if (row->what != RECORD_LEFT || row->at < 0) continue;
        bool turn = row->at == 0 && log->from < 0;
        *(turn ? &late_count : &count) += 1;
        *(turn ? &late_sum : &sum) += row->value;
    }
    double lots = 0, hours = 0; /* of all items: the system is without parts made for lots */
    for (int32_t f = 0; f < world->plant->flow_count; f++) {
        lots += (double)world->run->flows[f].cycle.count;
        hours += (double)world->run->flows[f].cycle.sum / (double)TICK_H;
    }
    double slack = 1e-9 * fmax(1, hours);
    cr_assert(lots >= count && lots <= count + late_count, "%g lots left, not %g", count, lots);
    cr_assert(hours >= sum - slack && hours <= sum + late_sum + slack);
}

/* Each lot comes, waits, is worked and goes on, in this order. */
static void logged_ways_are_whole(const struct log *log) {
    int32_t lots = 0;
    for (int64_t i = 0; i < log->count; i++)
        if (log->rows[i].lot >= lots) lots = log->rows[i].lot + 1;
    int32_t *last = malloc(((size_t)lots + 1) * sizeof *last);
    for (int32_t i = 0; i < lots; i++) last[i] = NOBODY;
    for (int64_t i = 0; i < log->count; i++) {
        const struct record *row = &log->rows[i];
        if (row->lot == NOBODY || row->what == RECORD_USED || row->what == RECORD_REFUSED) continue;
        int32_t was = last[row->lot];
        switch (row->what) {
        case RECORD_RELEASED: cr_assert_eq(was, NOBODY); break;
        case RECORD_QUEUED:
            cr_assert(was == RECORD_RELEASED || was == RECORD_ENDED || was == RECORD_GAVE_UP ||
                      was == RECORD_PREEMPTED);
            break;
        case RECORD_PREEMPTED: cr_assert(was == RECORD_SET_UP || was == RECORD_STARTED); break;
        case RECORD_GAVE_UP: /* twice, where it is late again on its way elsewhere */
            cr_assert(was == RECORD_QUEUED || was == RECORD_ENDED || was == RECORD_GAVE_UP);
            break;
        case RECORD_SET_UP: cr_assert(was == RECORD_QUEUED || was == RECORD_SPLIT); break;
        case RECORD_STARTED: /* at once where it is on a machine at the start */
            cr_assert(was == RECORD_QUEUED || was == RECORD_SET_UP || was == RECORD_RELEASED ||
                      was == RECORD_SPLIT);
            break;
        case RECORD_SPLIT: cr_assert_eq(was, NOBODY); break;
        case RECORD_ENDED: cr_assert_eq(was, RECORD_STARTED); break;
        case RECORD_LEFT: /* at once where it passes all its steps */
            cr_assert(was == RECORD_ENDED || was == RECORD_RELEASED);
            break;
        case RECORD_SCRAPPED: continue; /* of some of its pieces; or it is its end */
        default: cr_assert_fail("a lot was %s", record_kinds[row->what].word);
        }
        last[row->lot] = row->what;
    }
    free(last);
}

/* The block of WORLD is that of the same replication. */
__attribute__((unused)) static void log_agrees(const struct world *world, const struct log *log) {
    char path[128];
    const struct plant *plant = world->plant;
    cr_assert(!log->cut);
    logged_lots_agree(world, log);
    logged_ways_are_whole(log);
    logged_level_agrees(world, log, RECORD_WIP, NOBODY, NOBODY, "system.wip");
    for (int32_t s = 0; s < plant->station_count; s++) {
        logged_states_agree(world, log, s);
        snprintf(path, sizeof path, "stations.%s.queue.length", plant->stations[s].name);
        logged_level_agrees(world, log, RECORD_QUEUE, s, NOBODY, path);
    }
    for (int32_t i = 0; i < plant->stock_count; i++)
        for (int32_t what = RECORD_ON_HAND; what <= RECORD_ON_ORDER; what++) {
            snprintf(path, sizeof path, "stocks.%s.%s", plant->stocks[i].name,
                     record_kinds[what].word);
            logged_level_agrees(world, log, what, NOBODY, i, path);
        }
}

#endif
