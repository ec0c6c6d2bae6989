/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../floor/people.h"
#include "../measure/active.h"
#include "../plan/planner.h"
#include "../floor/quick.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIVELOCK = 1000000 }; /* events of one instant */

/* ---- memory: one fixed part, and pools that grow ---- */
#define TAKE(RUN, MEMBER, COUNT)                                                                   \
    ((RUN)->MEMBER = arena_take(&(RUN)->arena, (size_t)(COUNT) * sizeof *(RUN)->MEMBER))

/* Sanitizer and test builds start every pool at one element, so that each growth is tried. */
#ifdef TAKT_SLOW_CHECKS
enum { POOL_FIRST = 1 };
#else
enum { POOL_FIRST = 256 };
#endif

static struct sketch *take_sketch(struct run *run) {
    return arena_take(&run->arena, sizeof(struct sketch));
}

static void take_sketches(struct run *run) {
    const struct plant *plant = run->plant;
    run->scratch = take_sketch(run);
    for (int32_t i = 0; i < plant->station_count; i++)
        run->stations[i].queue.wait_sketch = take_sketch(run);
    for (int32_t i = 0; i < plant->flow_count; i++)
        if (flow_has_lots(plant, i)) run->flows[i].cycle_sketch = take_sketch(run);
    for (int32_t i = 0; i < plant->supplier_count; i++)
        run->suppliers[i].cycle_sketch = take_sketch(run);
    for (int32_t i = 0; i < plant->lane_account_count; i++)
        run->lane_accounts[i].cycle_sketch = take_sketch(run);
    for (int32_t i = 0; i < plant->loop_count; i++) run->loops[i].wait_sketch = take_sketch(run);
}

/* What moves goods: stocks, their sources and customers, lanes and vehicles. */
static void take_chain(struct run *run) {
    const struct plant *plant = run->plant;
    TAKE(run, stocks, plant->stock_count);
    TAKE(run, material_waiters, plant->stock_count);
    TAKE(run, last_receipts, plant->origin_count);
    TAKE(run, origins, plant->origin_count);
    TAKE(run, histories, plant->history_count);
    TAKE(run, customers, plant->customer_count);
    if (plant->owing_priced) TAKE(run, owings, plant->offer_count);
    TAKE(run, counters, plant->customer_count);
    TAKE(run, askings, plant->customer_count);
    TAKE(run, suppliers, plant->supplier_count);
    TAKE(run, outages, plant->outage_count);
    TAKE(run, parties, plant->supplier_count + plant->customer_count);
    TAKE(run, ways, plant->way_count);
    TAKE(run, vehicles, plant->vehicle_count);
    TAKE(run, fleets, plant->fleet_count);
    TAKE(run, wrecks, plant->wreck_count);
    TAKE(run, lane_accounts, plant->lane_account_count);
}

static void take_parts(struct run *run) {
    const struct plant *plant = run->plant;
    run->part_room = POOL_FIRST;
    run->parts = memory_zeroed((size_t)run->part_room, sizeof *run->parts);
    if (plant->crew_count)
        run->people_waits = memory_zeroed((size_t)run->part_room, sizeof *run->people_waits);
    if (plant->batches)
        run->batch_waits = memory_zeroed((size_t)run->part_room, sizeof *run->batch_waits);
    if (plant->backlogs)
        run->part_works = memory_zeroed((size_t)run->part_room, sizeof *run->part_works);
    if (plant->extra) run->extras = memory_zeroed((size_t)run->part_room, sizeof *run->extras);
    if (plant->bond_most)
        run->bonds =
            memory_zeroed((size_t)run->part_room * (size_t)plant->bond_most, sizeof *run->bonds);
}

struct run *run_create(const struct plant *plant) {
    struct run *run = memory_zeroed(1, sizeof *run);
    run->plant = plant;
    settings_copy(&run->settings, &plant->settings);
    run->awake_words = plant->station_count / 64 + 1;
    TAKE(run, awake, run->awake_words);
    run->called_words =
        (plant->station_count + plant->loop_count + 3 * plant->stock_count + plant->pool_count) /
            64 +
        1;
    TAKE(run, called, run->called_words);
    TAKE(run, pipes, plant->pipe_count);
    if (plant->own_count) TAKE(run, owns, plant->own_count);
    if (plant->backlogs) TAKE(run, backlogs, plant->station_count);
    run->activity = activity_make(plant);
    run->watches_states = run->owns || run->activity;
    TAKE(run, failures, plant->failure_count);
    TAKE(run, stops, plant->stop_count);
    TAKE(run, stations, plant->station_count);
    TAKE(run, quartets, plant->step_count);
    TAKE(run, standards, plant->step_count);
    TAKE(run, sources, plant->source_count);
    run->door_count = plant->source_count + plant->stock_count;
    if (plant->loop_count || plant->kit_use_count) run->door_count += plant->station_count;
    run->door_count += plant->kit_use_count;
    TAKE(run, kit_lots, plant->kit_use_count);
    TAKE(run, doors, run->door_count);
    TAKE(run, flows, plant->flow_count);
    TAKE(run, wips, plant->wip_count);
    TAKE(run, loops, plant->loop_count);
    take_chain(run);
    TAKE(run, pool_waiters, plant->pool_count);
    TAKE(run, picks, plant->use_count);
    TAKE(run, sequence_next, plant->layout.sequence_count);
    TAKE(run, driver_memory, plant->driver_count);
    take_sketches(run);
    run->machine_room = plant->machine_count > 0 ? plant->machine_count : 1;
    run->machines = memory_zeroed((size_t)run->machine_room, sizeof *run->machines);
    moves_grow(run, run->machine_room + run->door_count + 1);
    people_make(run);
    planning_make(run);
    programmes_make(run);
    TAKE(run, shift_is_open, plant->shift_count);
    take_parts(run);
    calendar_init(&run->calendar, plant->slot_count);
    return run;
}

void run_delete(struct run *run) {
    if (!run) return;
    for (int32_t i = 0; i < run->plant->station_count; i++) free(run->stations[i].queue.heap);
    free(run->settings.block);
    free(run->slots);
    free(run->moves.list);
    free(run->parts);
    free(run->part_works);
    free(run->batch_waits);
    free(run->extras);
    free(run->bonds);
    free(run->kits);
    free(run->values);
    free(run->clocks);
    free(run->machines);
    free(run->insides);
    free(run->held);
    customers_free(run);
    people_free(run);
    lanes_free(run);
    activity_delete(run->activity);
    planning_free(run);
    programmes_free(run);
    free(run->cash_flows);
    free(run->bills);
    free(run->assets);
    free(run->orders);
    free(run->shipments);
    free(run->expected);
    free(run->aged);
    calendar_clear(&run->calendar);
    arena_clear(&run->arena);
    free(run);
}

int32_t run_take_slot(struct run *run, enum slot_kind kind, int32_t subject) {
    int32_t slot = calendar_take_slot(&run->calendar);
    if (slot >= run->slot_room) {
        run->slot_room = 2 * (slot + 1);
        run->slots = memory_grown(run->slots, (size_t)run->slot_room, sizeof *run->slots);
    }
    run->slots[slot] = (struct slot){(int32_t)kind, subject};
    return slot;
}

/* ---- the beginning ---- */
static void slots_start(struct run *run) {
    const struct plant *plant = run->plant;
    calendar_reset(&run->calendar, plant->slot_count);
    if (run->slot_room < plant->slot_count) {
        run->slot_room = plant->slot_count;
        run->slots = memory_grown(run->slots, (size_t)run->slot_room, sizeof *run->slots);
    }
    for (int32_t slot = 0; slot < plant->slot_count; slot++) run->slots[slot] = plant->slots[slot];
}

static void pools_start(struct run *run) {
    run->part_count = run->order_count = run->shipment_count = run->clock_count = 0;
    run->part_free = run->order_free = run->shipment_free = run->clock_free = NOBODY;
    run->expected_count = run->aged_count = 0;
    run->expected_free = run->aged_free = NOBODY;
    run->moves.first = run->moves.last = run->called_count = 0;
    run->called_marked = false;
    for (int32_t i = 0; i < run->called_words; i++) run->called[i] = 0;
    run->inside_count = 0;
    run->inside_free = NOBODY;
    run->kit_count = run->kit_waiting = 0;
    run->kit_free = NOBODY;
    run->kit_pieces = 0;
    run->serial = 0;
    run->released = run->finished = run->scrapped_lots = run->gone = run->instant_events = 0;
}

static void states_start(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->wip_count; i++) run->wips[i] = (struct level){0};
    for (int32_t i = 0; i < plant->failure_count; i++) run->failures[i] = (struct failure){0};
    cards_start(run);
    for (int32_t i = 0; i < plant->source_count; i++) {
        run->sources[i] = (struct source_state){0};
        feed_init(&run->sources[i].every, run_stream(run, plant->sources[i].every_stream),
                  run->replication, 0);
        feed_init(&run->sources[i].items, run_stream(run, plant->sources[i].item_stream),
                  run->replication, 0);
    }
    for (int32_t i = 0; i < run->door_count; i++) run->doors[i] = door_empty();
    for (int32_t i = 0; i < plant->kit_use_count; i++) run->kit_lots[i] = 0;
    for (int32_t i = 0; i < plant->pool_count; i++)
        run->pool_waiters[i] = (struct waiters){NOBODY, NOBODY};
    for (int32_t i = 0; i < plant->station_count; i++) {
        queue_reset(run, i);
        run->stations[i] = (struct station_state){.queue = run->stations[i].queue,
                                                  .idle_first = NOBODY,
                                                  .idle_last = NOBODY,
                                                  .room = run->settings.stations[i].room,
                                                  .feeder = plant->stations[i].feeder,
                                                  .ordinary = plant->stations[i].ordinary};
    }
    for (int32_t i = 0; i < plant->step_count; i++)
        run->quartets[i] = quartet_of(run_stream(run, plant->steps[i].time_stream));
    for (int32_t i = 0; i < plant->layout.sequence_count; i++) run->sequence_next[i] = 0;
}

/* The end of the next batch; TICK_NEVER: there is none. */
static tick batch_end(const struct run *run) {
    const struct plant *plant = run->plant;
    int32_t count = plant->layout.batch_count;
    if (run->batch_next >= count) return TICK_NEVER;
    return plant->warm_up + (tick)((__int128)plant->length * (run->batch_next + 1) / count);
}

/* Nothing changes any more when nothing is to come. */
static tick note_next(const struct run *run) {
    return calendar_first(&run->calendar) == EVENT_NEVER ? TICK_NEVER : seen_next(run);
}

static void plan_observation(struct run *run) {
    const struct plant *plant = run->plant;
    const struct layout *layout = &plant->layout;
    tick next = TICK_NEVER;
    if (run->measured_from < 0)
        next = plant->warm_up;
    else {
        if (run->horizon_next < layout->horizon_count && plant->length != TICK_NEVER)
            next = plant->warm_up + layout->horizons[run->horizon_next];
        tick grid = plant->warm_up + layout->grid_step * (run->grid_next + 1);
        if (layout->series_count && run->grid_next < layout->grid_count && grid <= next)
            next = grid;
        if (run->month_end < next) next = run->month_end;
        tick batch = batch_end(run);
        if (batch < next) next = batch;
    }
    run->note_at = note_next(run);
    run->observe_at = run->note_at < next ? run->note_at : next;
}

static void run_begin(struct run *run, uint64_t seed, uint64_t replication) {
    run->seed = seed;
    run->replication = replication;
    run->now = 0;
    run->measured_from = run->moved_at = 0;
    run->over = false;
    run->stopped = NULL;
    run->losing_any = run->repeating = run->pending = run->alone = false;
    run->until_empty = run->plant->until_empty;
    run->after_each = run->until_empty || run->plant->programme_count > 0;
    run->horizon_next = run->grid_next = run->batch_next = 0;
    run->month_end = TICK_NEVER;
    for (int32_t i = 0; i < run->plant->driver_count; i++)
        run->driver_memory[i] = (struct driver_memory){0};
    settings_copy(&run->settings, &run->plant->settings);
    standards_make(run);
    if (run->mirrored) antithetic_mirror(run);
    slots_start(run);
    pools_start(run);
    states_start(run);
    activity_start(run);
    backlogs_start(run);
    machines_start(run);
    pipes_start(run);
    people_start(run);
    lanes_start(run);
    vehicles_start(run);
    bills_start(run);
    books_start(run);
    stocks_start(run);
    customers_start(run);
    owing_start(run);
    measure_reset(run);
    run->measured_from = run->plant->warm_up > 0 ? -1 : 0;
    failures_start(run);
    absences_start(run);
    breakdowns_start(run);
    outages_start(run);
    if (run->planning) planning_start(run);
    shifts_start(run);
    release_standing(run);
    counters_start(run);
    askings_start(run);
    sources_start(run);
    programmes_start(run);
    if (run->plant->warm_up == 0) money_begin(run);
    plan_observation(run);
}

/* ---- the end, and what is observed on the way ---- */
void run_stop(struct run *run, const char *format, ...) {
    if (run->stopped) return;
    va_list list;
    va_start(list, format);
    int used = snprintf(run->reason, sizeof run->reason,
                        "at %.6g h: ", (double)(run->now - run->plant->warm_up) / (double)TICK_H);
    vsnprintf(run->reason + used, sizeof run->reason - (size_t)used, format, list);
    va_end(list);
    run->stopped = run->reason;
    run->over = true;
}

static void measuring_begins(struct run *run) {
    measure_reset(run);
    programmes_begin(run);
    money_begin(run);
}

static void observe(struct run *run) {
    const struct plant *plant = run->plant;
    const struct layout *layout = &plant->layout;
    guard_starved(run);
    if (run->over) return;
    if (run->now == run->note_at) seen_note(run);
    if (run->measured_from < 0) {
        if (run->now == plant->warm_up) measuring_begins(run);
    } else {
        if (layout->series_count && run->grid_next < layout->grid_count &&
            run->now == plant->warm_up + layout->grid_step * (run->grid_next + 1))
            measure_grid(run);
        if (run->now == run->month_end) money_month(run);
        if (run->now == batch_end(run)) measure_batch(run, run->batch_next++);
        if (run->horizon_next < layout->horizon_count &&
            run->now == plant->warm_up + layout->horizons[run->horizon_next])
            measure_horizon(run, run->horizon_next++);
    }
    if (run->horizon_next == layout->horizon_count) {
        run->over = true;
        if (plant->until_empty && run_wip(run)->now > 0)
            run_stop(run, "%lld lots are still inside: the run was to end when it is empty",
                     (long long)run_wip(run)->now);
    } else
        plan_observation(run);
}

/* Goods that expire are ordered again for ever: those on their way count only while somebody
 * is owed some.
 */
static bool goods_awaited(const struct run *run) {
    if (!run->plant->perishable) return true;
    for (int32_t i = 0; i < run->plant->stock_count; i++)
        if (run->stocks[i].owed.now > 0) return true;
    for (int32_t i = 0; i < run->plant->customer_count; i++)
        if (run->customers[i].owed.now > 0) return true;
    return false;
}

/* `until empty`: is there nothing inside and nothing to come? */
static bool run_empty(const struct run *run) {
    bool goods = goods_awaited(run);
    if (run_wip(run)->now > 0 || (goods && (run->goods_held > 0 || lanes_hold(run)))) return false;
    for (int32_t slot = 0; slot < run->calendar.slot_count; slot++) {
        int32_t kind = run->slots[slot].kind;
        bool moves = kind == SLOT_MACHINE || kind == SLOT_AGAIN || kind == SLOT_RELEASE ||
                     kind == SLOT_CUSTOMER || kind == SLOT_SERVE || kind == SLOT_RETURN ||
                     (goods && kind == SLOT_SHIPMENT);
        if (moves && calendar_pending(&run->calendar, slot) != EVENT_NEVER) return false;
    }
    for (int32_t i = 0; i < run->door_count; i++)
        if (run->doors[i].count) return false;
    return true;
}

/* What goes on for ever in a plant that stands, as goods that perish and are ordered anew do, is no
 * move: lots are worked, come or go, and customers ask, get or give up. */
static void look_if_empty(struct run *run, int32_t slot) {
    int32_t kind = run->slots[slot].kind;
    if (kind == SLOT_MACHINE || kind == SLOT_ENTRY || kind == SLOT_EXIT || kind == SLOT_RELEASE ||
        kind == SLOT_CUSTOMER || kind == SLOT_RETURN || kind == SLOT_LIMIT || kind == SLOT_PATIENCE)
        run->moved_at = run->now;
    if (run_wip(run)->now == 0 && run_empty(run))
        run->over = true;
    else
        guard_still(run);
}

/* What some runs look at after every event. */
static void look_after(struct run *run, int32_t slot) {
    if (run->until_empty) look_if_empty(run, slot);
    if (run->watching && !run->over && run->measured_from >= 0) programmes_look(run);
}

/* ---- the loop ---- */
static void handle(struct run *run, int32_t slot) {
    int32_t subject = run->slots[slot].subject;
    switch ((enum slot_kind)run->slots[slot].kind) {
    case SLOT_MACHINE:
        if (!run->alone || !machine_ends_alone(run, subject)) machine_event(run, subject);
        break;
    case SLOT_TURN: setup_turned(run, subject); break;
    case SLOT_AGAIN: machine_event(run, subject); break;
    case SLOT_ENTRY: pipe_update(run, subject); break;
    case SLOT_EXIT: pipe_exit(run, subject); break;
    case SLOT_FAILURE: failure_event(run, subject); break;
    case SLOT_CALENDAR: shift_event(run, subject); break;
    case SLOT_ABSENCE: absence_event(run, subject); break;
    case SLOT_HIRE: hire_event(run, subject); break;
    case SLOT_LIMIT: limit_event(run, subject); break;
    case SLOT_BATCH: station_wake(run, subject); break;
    case SLOT_RELEASE: release_event(run, subject); break;
    case SLOT_CUSTOMER: customer_event(run, subject); break;
    case SLOT_REVIEW: stock_review(run, subject); break;
    case SLOT_SERVE: stock_serve(run, subject); break;
    case SLOT_EXPIRE: stock_expire(run, subject); break;
    case SLOT_OUTAGE: outage_event(run, subject); break;
    case SLOT_WAY: way_event(run, subject); break;
    case SLOT_BREAKDOWN: breakdown_event(run, subject); break;
    case SLOT_VEHICLE: vehicle_event(run, subject); break;
    case SLOT_TRIP: trip_event(run, subject); break;
    case SLOT_PLAN: planning_event(run, subject); break;
    case SLOT_LATE: order_late(run, subject); break;
    case SLOT_RETURN: return_event(run, subject); break;
    case SLOT_PATIENCE: order_leaves(run, subject); break;
    case SLOT_MONEY: money_event(run); break;
    case SLOT_BILL: bills_event(run, subject); break;
    case SLOT_PROGRAMME: programme_event(run, subject); break;
    case SLOT_UNDERTAKING: undertaking_event(run, slot); break;
    case SLOT_SHIPMENT: shipment_event(run, subject); break;
    }
}

static inline int32_t first_awake(const struct run *run) {
    for (int32_t word = 0; word < run->awake_words; word++)
        if (run->awake[word]) return 64 * word + __builtin_ctzll(run->awake[word]);
    return NOBODY;
}

/* Phase C. */
static void move_and_start(struct run *run) {
    for (;;) {
        if (run->moves.first != run->moves.last) moves_run(run);
        int32_t station = first_awake(run);
        if (station != NOBODY)
            station_start(run, station);
        else if (UNLIKELY(run->people_called))
            people_answer(run);
        else if (run->losing_any)
            floor_close_doors(run);
        else if (UNLIKELY(run->repeating))
            blocking_repeat(run);
        else
            break;
        if (run->over) break;
    }
    run->pending = false;
}

/* Nothing is left before the next moment of observing: it has seen everything of its instant.
 * False: there is none. */
static bool observe_next(struct run *run) {
    if (run->observe_at == TICK_NEVER) return false;
    run->now = run->observe_at;
    if (UNLIKELY(run->recorder != NULL) && recorder_instant(run)) return true;
    observe(run);
    return true;
}

/* Phase A: moves the clock to the next event. False when there is none, or too many in one instant.
 */
static inline bool clock_moves(struct run *run, tick at, bool first_of_instant) {
    if (LIKELY(first_of_instant)) {
        run->now = at;
        run->instant_events = 0;
        return true;
    }
    if (++run->instant_events <= LIVELOCK) return true;
    run_stop(run, "livelock: a million events in one instant");
    return false;
}

/* Is there no event left of the instant of the one in hand? */
static bool instant_over(const struct calendar *calendar, tick at) {
    return calendar->held >= 0 ? !calendar_shares_tick(calendar, calendar->held)
                               : event_tick(calendar_first(calendar)) != at;
}

/* Most events are alone in their instant: nothing else happens in it, and nothing is awake. Their
 * handlers may go straight through what the phases would do one after the other: there is nobody to
 * wait for. */
static void run_loop(struct run *run) {
    struct calendar *calendar = &run->calendar;
    move_and_start(run);
    while (!run->over) {
        event_key key = calendar_first(calendar);
        tick at = event_tick(key);
        if (UNLIKELY((uint64_t)at > (uint64_t)run->observe_at)) { /* also when there is none */
            if (!observe_next(run)) break;
            continue;
        }
        bool first_of_instant = at != run->now;
        if (!clock_moves(run, at, first_of_instant)) break;
        int32_t slot = event_slot(key);
        calendar->held = slot;
        run->alone = first_of_instant && !calendar_shares_tick(calendar, slot);
        run->more_now = !run->alone;
        handle(run, slot);
        run->alone = false;
        if (run->pending && (!run->more_now || instant_over(calendar, at))) move_and_start(run);
        calendar_let_go(calendar); /* what is over is not to come */
        if (UNLIKELY(run->after_each)) look_after(run, slot);
    }
}

static const char *run_once(struct run *run, uint64_t seed, uint64_t replication, double *block,
                            struct sink *sink) {
    const struct layout *layout = &run->plant->layout;
    run->block = block;
    run->sink = sink;
    recorder_make(run);
    for (int64_t i = 0; i < layout->value_count; i++) block[i] = NAN;
    run_begin(run, seed, replication);
    recorder_begin(run);
    run_loop(run);
    recorder_end(run);
    if (!run->stopped && run->horizon_next < layout->horizon_count) {
        guard_starved(run);
        while (!run->stopped && run->horizon_next < layout->horizon_count)
            measure_horizon(run, run->horizon_next++);
    }
    if (run->stopped)
        for (int64_t i = 0; i < layout->value_count; i++) block[i] = NAN;
    return run->stopped;
}

/* The second run of a pair has the luck of the first turned round. What is measured is the mean of
 * both, so whoever looks at replications sees independent pairs and nothing else. */
static const char *run_pair(struct run *run, uint64_t seed, uint64_t replication, double *block) {
    size_t count = (size_t)run->plant->layout.value_count;
    double *second = memory_zeroed(count, sizeof *second);
    const char *why = run_once(run, seed, replication, block, NULL);
    if (!why) {
        run->mirrored = true;
        why = run_once(run, seed, replication, second, NULL);
        run->mirrored = false;
        for (size_t i = 0; i < count; i++) block[i] = (block[i] + second[i]) / 2;
    }
    free(second);
    return why;
}

const char *run_replicate(struct run *run, uint64_t seed, uint64_t replication, double *block,
                          struct sink *sink) {
    if (run->plant->antithetic && !sink) return run_pair(run, seed, replication, block);
    return run_once(run, seed, replication, block, sink);
}

void run_say(struct run *run, enum event_class class_, const char *who, const char *format, ...) {
    char text[256];
    if (!run->sink->event) return;
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    run->sink->event(run->sink->context, run->now - run->plant->warm_up, class_, who, text);
}
