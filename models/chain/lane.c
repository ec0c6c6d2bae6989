/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See lane.h. */
#include "lane.h"
#include "../floor/quick.h"

#include <math.h>
#include <stdlib.h>

/* ---- pools ---- */
static int32_t cargo_take(struct run *run, struct cargo cargo) {
    int32_t id = run->cargo_free;
    if (id != NOBODY)
        run->cargo_free = run->cargos[id].next;
    else {
        if (run->cargo_count == run->cargo_room) {
            run->cargo_room = run->cargo_room ? 2 * run->cargo_room : 1;
            run->cargos = memory_grown(run->cargos, (size_t)run->cargo_room, sizeof *run->cargos);
        }
        id = run->cargo_count++;
    }
    run->cargos[id] = cargo;
    return id;
}

static int32_t trip_take(struct run *run, int32_t way) {
    int32_t id = run->trip_free;
    if (id != NOBODY)
        run->trip_free = run->trips[id].next;
    else {
        if (run->trip_count == run->trip_room) {
            run->trip_room = run->trip_room ? 2 * run->trip_room : 1;
            run->trips = memory_grown(run->trips, (size_t)run->trip_room, sizeof *run->trips);
        }
        id = run->trip_count++;
    }
    run->trips[id] =
        (struct trip){.slot = run_take_slot(run, SLOT_TRIP, id), .way = way, .first = NOBODY};
    return id;
}

static void trip_give(struct run *run, int32_t id) {
    calendar_give_slot(&run->calendar, run->trips[id].slot);
    run->trips[id].next = run->trip_free;
    run->trip_free = id;
}

/* ---- cost ---- */
static void pay(struct run *run, int32_t way, double money) {
    if (money == 0) return;
    ledger_post(run, ACCOUNT_TRANSPORT, money);
    run->ways[way].expense_micro += llrint(money * 1e6);
}

static double cost_of_cargo(const struct run *run, const struct way *way,
                            const struct cargo *cargo) {
    const struct item *item = &run->plant->items[cargo->item];
    double units = (double)cargo->amount / 1000;
    return way->order_cost + units * (way->unit_cost + way->mass_cost * item->weight +
                                      way->value_cost * run->settings.items[cargo->item].cost);
}

/* ---- trips ---- */
static tick time_drawn(const struct run *run, int32_t id, const struct cargo *cargo) {
    const struct law *law = &run->settings.ways[id].time;
    if (law_constant(law)) return law_round(law->a);
    bool traced = law_is_traced(law);
    struct draw draw = draw_at(run_stream(run, run->plant->ways[id].time_stream),
                               traced ? (uint64_t)run->ways[id].number : cargo->luck,
                               traced ? 0 : cargo->number, run->replication, 0);
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_ticks(law, &draw, &env);
}

static int32_t pull(struct run *run, struct way_state *state) {
    int32_t id = state->first;
    state->first = run->cargos[id].next;
    if (state->first == NOBODY) state->last = NOBODY;
    state->size -= run->cargos[id].size;
    state->waiting--;
    tally_add(&state->wait, run->now - run->cargos[id].since);
    run->cargos[id].next = NOBODY;
    return id;
}

/* One trip, with as much as it carries of what waits. */
static void leave(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    struct way_state *state = &run->ways[id];
    int32_t trip = trip_take(run, id), last = NOBODY;
    int64_t size = 0, loads = 1;
    while (state->first != NOBODY &&
           (last == NOBODY || run->cargos[state->first].size <= way->load - size)) {
        int32_t cargo = pull(run, state);
        size += run->cargos[cargo].size;
        *(last == NOBODY ? &run->trips[trip].first : &run->cargos[last].next) = cargo;
        last = cargo;
    }
    if (size > way->load) loads = (size + way->load - 1) / way->load;
    if (way->until || way->every)
        SAY(run, CLASS_COMPLETE, way->name, "leaves with %.6g", (double)size / 1000);
    state->trips += loads;
    state->carried += size;
    pay(run, id, way->load_cost * (double)loads);
    tick time = time_drawn(run, id, &run->cargos[run->trips[trip].first]);
    state->number++;
    run_plan(run, run->trips[trip].slot, run->now + time, CLASS_RECEIVE);
}

static void arrive(struct run *run, int32_t way, const struct cargo *cargo) {
    struct way_state *state = &run->ways[way];
    level_change(&state->under_way, run->now, -1);
    tally_add(&state->cycle, run->now - cargo->since);
    sketch_add(state->cycle_sketch, run->now - cargo->since);
    state->moved += cargo->amount;
    switch (cargo->kind) {
    case CARGO_LOT: lot_arrives(run, cargo->what); break;
    }
}

void trip_event(struct run *run, int32_t id) {
    int32_t way = run->trips[id].way, next = run->trips[id].first;
    trip_give(run, id);
    while (next != NOBODY) {
        int32_t at = next;
        struct cargo cargo = run->cargos[at];
        next = cargo.next;
        run->cargos[at].next = run->cargo_free;
        run->cargo_free = at;
        arrive(run, way, &cargo);
    }
}

/* ---- when trips leave ---- */
/* The first of what is held has waited long enough when it strikes. */
static void watch_the_first(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    int32_t slot = run->plant->way_slot + id, first = run->ways[id].first;
    if (first != NOBODY && way->wait != TICK_NEVER)
        run_plan(run, slot, run->cargos[first].since + way->wait, CLASS_CLOSE);
    else if (calendar_pending(&run->calendar, slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot);
}

static void look(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    struct way_state *state = &run->ways[id];
    if (way->every) return;
    while (state->first != NOBODY && state->size >= way->until) leave(run, id);
    if (way->until) watch_the_first(run, id);
}

void way_event(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    struct way_state *state = &run->ways[id];
    if (way->every) {
        if (state->first != NOBODY) leave(run, id);
        run_plan(run, run->plant->way_slot + id, run->now + way->every, CLASS_CLOSE);
        return;
    }
    while (state->first != NOBODY && run->now - run->cargos[state->first].since >= way->wait)
        leave(run, id);
    watch_the_first(run, id);
}

void lane_takes(struct run *run, int32_t lane, struct cargo cargo) {
    int32_t id = run->plant->lanes[lane].way_first;
    const struct way *way = &run->plant->ways[id];
    struct way_state *state = &run->ways[id];
    cargo.since = run->now;
    cargo.next = NOBODY;
    cargo.size = way->weighed ? llrint((double)cargo.amount * run->plant->items[cargo.item].weight)
                              : cargo.amount;
    int32_t at = cargo_take(run, cargo);
    *(state->last == NOBODY ? &state->first : &run->cargos[state->last].next) = at;
    state->last = at;
    state->size += cargo.size;
    state->waiting++;
    level_change(&state->under_way, run->now, 1);
    pay(run, id, cost_of_cargo(run, way, &cargo));
    look(run, id);
}

/* ---- the beginning, and what is measured ---- */
void lanes_start(struct run *run) {
    const struct plant *plant = run->plant;
    run->cargo_count = run->trip_count = 0;
    run->cargo_free = run->trip_free = NOBODY;
    for (int32_t i = 0; i < plant->way_count; i++) {
        struct sketch *sketch = run->ways[i].cycle_sketch;
        run->ways[i] = (struct way_state){.first = NOBODY, .last = NOBODY, .cycle_sketch = sketch};
        if (plant->ways[i].every) run_plan(run, plant->way_slot + i, run->now, CLASS_CLOSE);
    }
}

void lanes_reset(struct run *run) {
    for (int32_t i = 0; i < run->plant->way_count; i++) {
        struct way_state *state = &run->ways[i];
        level_reset(&state->under_way, run->now);
        tally_reset(&state->cycle);
        tally_reset(&state->wait);
        sketch_reset(state->cycle_sketch);
        state->trips = state->moved = state->carried = state->expense_micro = 0;
    }
}

void lanes_free(struct run *run) {
    free(run->cargos);
    free(run->trips);
}

/* What is handed over waits at its lane or is on a trip. */
void lanes_conserved(const struct run *run) {
    int64_t under_way = 0, free_cargos = 0;
    for (int32_t i = 0; i < run->plant->way_count; i++) {
        const struct way_state *state = &run->ways[i];
        int64_t count = 0, size = 0;
        for (int32_t id = state->first; id != NOBODY; id = run->cargos[id].next) {
            count++;
            size += run->cargos[id].size;
        }
        CHECK(count == state->waiting);
        CHECK(size == state->size);
        CHECK(count <= state->under_way.now);
        under_way += state->under_way.now;
    }
    for (int32_t id = run->cargo_free; id != NOBODY; id = run->cargos[id].next) free_cargos++;
    CHECK(under_way + free_cargos == run->cargo_count);
}
