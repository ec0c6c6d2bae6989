/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See lane.h. */
#include "lane.h"
#include "../floor/quick.h"

#include <math.h>
#include <stdlib.h>

/* ---- pools ---- */
static int32_t cargo_take(struct run *run, struct cargo cargo) {
    int32_t id = run->cargo_free;
    if (id != NOBODY) {
        run->cargo_free = run->cargos[id].next;
        if (run->cargo_free != NOBODY)
            memory_fetch(&run->cargos[run->cargo_free], sizeof *run->cargos);
    } else {
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
    run->trips[id] = (struct trip){
        .slot = run_take_slot(run, SLOT_TRIP, id), .way = way, .first = NOBODY, .left = -1};
    return id;
}

static void trip_give(struct run *run, int32_t id) {
    calendar_give_slot(&run->calendar, run->trips[id].slot);
    run->trips[id].way = NOBODY;
    run->trips[id].next = run->trip_free;
    run->trip_free = id;
}

/* ---- accounts: of the lane, and of its mode ---- */
#define EACH_ACCOUNT(RUN, WAY, ACCOUNT, ...)                                                       \
    do {                                                                                           \
        const int32_t ids[] = {(RUN)->plant->ways[WAY].lane, (RUN)->plant->ways[WAY].account};     \
        for (int32_t each = 0; each < 2 && ids[each] != NOBODY; each++) {                          \
            struct lane_account *ACCOUNT = &(RUN)->lane_accounts[ids[each]];                       \
            __VA_ARGS__;                                                                           \
        }                                                                                          \
    } while (0)

static void pay(struct run *run, int32_t way, double money) {
    if (money == 0) return;
    ledger_post(run, ACCOUNT_TRANSPORT, money);
    EACH_ACCOUNT(run, way, account, account->expense_micro += llrint(money * 1e6));
}

static void pay_tariff(struct run *run, int32_t way, double money) {
    if (money == 0) return;
    int64_t micro = llrint(money * 1e6);
    ledger_post_micro(run, ACCOUNT_TARIFFS, micro);
    EACH_ACCOUNT(run, way, account, {
        account->tariffs_micro += micro;
        account->expense_micro += micro;
    });
}

/* A delivery is paid for its customer. */
static void serve(struct run *run, const struct cargo *cargo, double money) {
    if (cargo->kind == CARGO_DELIVERY)
        run->customers[run->orders[cargo->what].customer].serve_micro += llrint(money * 1e6);
}

/* ---- trips ---- */
static tick time_drawn(const struct run *run, int32_t id, const struct cargo *cargo) {
    const struct law *law = &run->settings.ways[id].time;
    if (law_constant(law)) return law_round(law->a);
    bool traced = law_is_traced(law);
    struct draw draw = draw_at(run_stream(run, run->plant->ways[id].time_stream),
                               traced ? (uint64_t)run->ways[id].number : cargo->luck,
                               traced ? 0 : cargo->number, run->replication, cargo->divided);
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_ticks(law, &draw, &env);
}

static int32_t pull(struct run *run, int32_t way) {
    struct way_state *state = &run->ways[way];
    int32_t id = state->first;
    state->first = run->cargos[id].next;
    if (state->first == NOBODY) state->last = NOBODY;
    state->size -= run->cargos[id].size;
    state->waiting--;
    EACH_ACCOUNT(run, way, account, tally_add(&account->wait, run->now - run->cargos[id].since));
    run->cargos[id].next = NOBODY;
    return id;
}

/* Of goods that are too large for the ROOM that is left, as much as fits goes ahead: the cargo that
 * stands first then. False: they are not to be divided, or nothing of them fits. */
static bool divide_first(struct run *run, int32_t way_id, int64_t room) {
    const struct way *way = &run->plant->ways[way_id];
    struct way_state *state = &run->ways[way_id];
    struct cargo rest = run->cargos[state->first], ahead = rest;
    if (rest.kind != CARGO_GOODS) return false;
    const struct item *item = &run->plant->items[rest.item];
    ahead.amount =
        way->size == SIZE_UNITS ? room : (int64_t)((double)room / item_size(item, way->size));
    if (dimension_same(item->dimension, (struct dimension){0})) ahead.amount -= ahead.amount % 1000;
    if (ahead.amount <= 0) return false;
    ahead.what = goods_divide(run, rest.what, ahead.amount);
    ahead.size = cargo_size(run, way, &ahead);
    rest.amount -= ahead.amount;
    rest.size -= ahead.size;
    rest.divided++;
    run->cargos[state->first] = rest;
    ahead.next = state->first;
    int32_t id = cargo_take(run, ahead);
    if (ahead.next == state->last) state->last = ahead.next;
    state->first = id;
    state->waiting++;
    EACH_ACCOUNT(run, way_id, account, level_change(&account->under_way, run->now, 1));
    return true;
}

/* May the first that waits come along, or a part of it? */
static bool fits(struct run *run, int32_t way, int64_t size) {
    int32_t first = run->ways[way].first;
    if (first == NOBODY) return false;
    int64_t room = run->plant->ways[way].load - size;
    if (run->cargos[first].size <= room) return true;
    return (room > 0 && divide_first(run, way, room)) || size == 0;
}

static void count_trip(struct run *run, int32_t id, int64_t size, double mass) {
    const struct way *way = &run->plant->ways[id];
    int64_t loads = way_loads(way, size);
    if (way->until || way->every)
        SAY(run, CLASS_COMPLETE, way->name, "leaves with %.6g", (double)size / 1000);
    EACH_ACCOUNT(run, id, account, {
        account->trips += loads;
        account->carried += way->load == INT64_MAX ? 0 : (double)size;
        account->room += way->load == INT64_MAX ? 0 : (double)loads * (double)way->load;
        account->co2 += way->co2_load * (double)loads + way->co2_mass * mass;
    });
    pay(run, id, way->load_cost * (double)loads);
}

int32_t way_load(struct run *run, int32_t id, int64_t *size) {
    int32_t trip = trip_take(run, id), last = NOBODY;
    double mass = 0;
    *size = 0;
    while (fits(run, id, *size)) {
        int32_t cargo = pull(run, id);
        *size += run->cargos[cargo].size;
        mass += (double)run->cargos[cargo].amount / 1000 *
                run->plant->items[run->cargos[cargo].item].weight;
        *(last == NOBODY ? &run->trips[trip].first : &run->cargos[last].next) = cargo;
        last = cargo;
    }
    count_trip(run, id, *size, mass);
    double load_cost =
        run->plant->ways[id].load_cost * (double)way_loads(&run->plant->ways[id], *size);
    for (int32_t at = run->trips[trip].first; load_cost != 0 && at != NOBODY;
         at = run->cargos[at].next)
        serve(run, &run->cargos[at],
              load_cost * (double)run->cargos[at].size / (double)(*size > 0 ? *size : 1));
    return trip;
}

tick way_time(const struct run *run, int32_t way, int32_t trip) {
    return time_drawn(run, way, &run->cargos[run->trips[trip].first]);
}

/* One trip, with as much as it carries of what waits. */
static void leave(struct run *run, int32_t id) {
    int64_t size;
    int32_t trip = way_load(run, id, &size);
    tick time = way_time(run, id, trip);
    run->ways[id].number++;
    run_plan(run, run->trips[trip].slot, run->now + time, CLASS_RECEIVE);
}

static void arrive(struct run *run, int32_t way, const struct cargo *cargo) {
    tick on_way = run->now - cargo->since;
    EACH_ACCOUNT(run, way, account, {
        level_change(&account->under_way, run->now, -1);
        tally_add(&account->cycle, on_way);
        sketch_add(account->cycle_sketch, on_way);
        account->moved += cargo->amount;
    });
    int32_t by = run->plant->ways[way].by;
    if (by != NOBODY) run->fleets[by].moved += cargo->amount;
    switch (cargo->kind) {
    case CARGO_LOT: lot_arrives(run, cargo->what); break;
    case CARGO_GOODS: goods_arrive(run, cargo->what); break;
    case CARGO_DELIVERY: delivery_arrives(run, cargo->what, on_way); break;
    }
}

/* What has come to a closed door waits behind those that came before. */
static void hold_trip(struct run *run, int32_t id) {
    struct way_state *state = &run->ways[run->trips[id].way];
    run->trips[id].next = NOBODY;
    *(state->held_first == NOBODY ? &state->held_first : &run->trips[state->held_last].next) = id;
    state->held_last = id;
}

/* A trip may carry thousands of cargos, which were not touched since it left. Of the next one its
 * stock, of that behind it the goods, and the third are fetched. */
static void fetch_behind(const struct run *run, int32_t next) {
    if (next == NOBODY) return;
    const struct cargo *cargo = &run->cargos[next];
    if (cargo->kind == CARGO_GOODS) {
        int32_t stock = run->shipments[cargo->what].stock;
        memory_fetch(&run->stocks[stock], sizeof *run->stocks);
        memory_fetch(&run->plant->stocks[stock], sizeof *run->plant->stocks);
    }
    if (cargo->next == NOBODY) return;
    cargo = &run->cargos[cargo->next];
    if (cargo->kind == CARGO_GOODS)
        memory_fetch(&run->shipments[cargo->what], sizeof *run->shipments);
    if (cargo->next != NOBODY) memory_fetch(&run->cargos[cargo->next], sizeof *run->cargos);
}

void trip_event(struct run *run, int32_t id) {
    int32_t way = run->trips[id].way, next = run->trips[id].first;
    if (UNLIKELY(run->ways[way].stopped[OUTAGE_RECEIPTS] > 0)) {
        hold_trip(run, id);
        return;
    }
    trip_give(run, id);
    while (next != NOBODY) {
        int32_t at = next;
        struct cargo cargo = run->cargos[at];
        next = cargo.next;
        run->cargos[at].next = run->cargo_free;
        run->cargo_free = at;
        fetch_behind(run, next);
        arrive(run, way, &cargo);
    }
}

/* ---- when trips leave ---- */
/* The first of what is held has waited long enough when it strikes. */
static void watch_the_first(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    int32_t slot = run->plant->way_slot + id, first = run->ways[id].first;
    if (first != NOBODY && way->wait != TICK_NEVER && way_is_open(run, id))
        run_plan(run, slot, run->cargos[first].since + way->wait, CLASS_CLOSE);
    else if (calendar_pending(&run->calendar, slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot);
}

static void look(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    struct way_state *state = &run->ways[id];
    if (way->every || !way_is_open(run, id)) return;
    if (way->by != NOBODY) {
        vehicles_wanted(run, way->by);
        return;
    }
    while (state->first != NOBODY && state->size >= way->until) leave(run, id);
    if (way->until) watch_the_first(run, id);
}

/* Those go whose first has waited long enough. */
static void waited(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    const struct way_state *state = &run->ways[id];
    while (state->first != NOBODY && run->now - run->cargos[state->first].since >= way->wait)
        leave(run, id);
    watch_the_first(run, id);
}

void way_event(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    if (!way->every) {
        waited(run, id);
        return;
    }
    if (run->ways[id].first != NOBODY && way_is_open(run, id)) leave(run, id);
    run_plan(run, run->plant->way_slot + id, run->now + way->every, CLASS_CLOSE);
}

/* What has waited for the opening goes; nothing leaves after the closing. */
static void turn(struct run *run, int32_t id) {
    const struct way *way = &run->plant->ways[id];
    bool open = way_is_open(run, id);
    if (way->every) return;
    if (open && way->until && way->wait != TICK_NEVER) waited(run, id);
    if (open)
        look(run, id);
    else if (way->by != NOBODY)
        vehicles_unwanted(run, way->by);
    else if (way->until)
        watch_the_first(run, id);
}

void lanes_shift(struct run *run, int32_t shift, bool open) {
    (void)open;
    for (int32_t id = 0; id < run->plant->way_count; id++)
        if (run->plant->ways[id].calendar == shift) turn(run, id);
}

/* ---- closed for a time ---- */
static void pause(struct run *run, int32_t way) {
    for (int32_t id = 0; id < run->trip_count; id++) {
        struct trip *trip = &run->trips[id];
        if (trip->way != way || calendar_pending(&run->calendar, trip->slot) == EVENT_NEVER)
            continue;
        trip->left = event_tick(calendar_pending(&run->calendar, trip->slot)) - run->now;
        calendar_cancel(&run->calendar, trip->slot);
    }
}

static void resume(struct run *run, int32_t way) {
    for (int32_t id = 0; id < run->trip_count; id++) {
        struct trip *trip = &run->trips[id];
        if (trip->way != way || trip->left < 0) continue;
        run_plan(run, trip->slot, run->now + trip->left, CLASS_RECEIVE);
        trip->left = -1;
    }
}

static void let_in(struct run *run, int32_t way) {
    int32_t next = run->ways[way].held_first;
    run->ways[way].held_first = run->ways[way].held_last = NOBODY;
    while (next != NOBODY) {
        int32_t id = next;
        next = run->trips[id].next;
        run_plan(run, run->trips[id].slot, run->now, CLASS_RECEIVE);
    }
}

/* A lane is open while one of its modes is. */
static void count_open(struct run *run, int32_t way_id) {
    const struct way *way = &run->plant->ways[way_id];
    const struct lane *lane = &run->plant->lanes[way->lane];
    bool open = run->ways[way_id].down == 0, any = false;
    for (int32_t i = lane->way_first; i < lane->way_first + lane->way_count; i++)
        any |= run->ways[i].down == 0;
    struct level *up = &run->lane_accounts[way->lane].up;
    level_change(up, run->now, any - up->now);
    if (way->account == NOBODY) return;
    up = &run->lane_accounts[way->account].up;
    level_change(up, run->now, open - up->now);
}

void way_outage(struct run *run, const struct outage *outage, bool begins) {
    int32_t id = outage->way;
    struct way_state *state = &run->ways[id];
    state->down += begins ? 1 : -1;
    for (int32_t part = 0; part < OUTAGE_PART_COUNT; part++)
        if (outage->stops >> part & 1) state->stopped[part] += begins ? 1 : -1;
    count_open(run, id);
    if (outage->stops >> OUTAGE_ORDERS & 1 && state->stopped[OUTAGE_ORDERS] == begins)
        (begins ? pause : resume)(run, id);
    if (!begins && state->stopped[OUTAGE_RECEIPTS] == 0) let_in(run, id);
    turn(run, id);
}

void lane_takes(struct run *run, int32_t lane, struct cargo cargo) {
    int32_t id = lane_way(run, lane, &cargo);
    const struct way *way = &run->plant->ways[id];
    struct way_state *state = &run->ways[id];
    cargo.since = run->now;
    cargo.next = NOBODY;
    cargo.size = cargo_size(run, way, &cargo);
    int32_t at = cargo_take(run, cargo);
    *(state->last == NOBODY ? &state->first : &run->cargos[state->last].next) = at;
    state->last = at;
    state->size += cargo.size;
    state->waiting++;
    EACH_ACCOUNT(run, id, account, level_change(&account->under_way, run->now, 1));
    double freight = cargo_freight(run, way, &cargo), tariff = cargo_tariff(run, way, &cargo);
    pay(run, id, freight);
    pay_tariff(run, id, tariff);
    serve(run, &cargo, freight + tariff);
    look(run, id);
}

/* ---- the beginning, and what is measured ---- */
void lanes_start(struct run *run) {
    const struct plant *plant = run->plant;
    run->cargo_count = run->trip_count = 0;
    run->cargo_free = run->trip_free = NOBODY;
    for (int32_t i = 0; i < plant->lane_account_count; i++)
        run->lane_accounts[i] =
            (struct lane_account){.cycle_sketch = run->lane_accounts[i].cycle_sketch, .up.now = 1};
    for (int32_t i = 0; i < plant->way_count; i++) {
        run->ways[i] = (struct way_state){
            .first = NOBODY, .last = NOBODY, .held_first = NOBODY, .held_last = NOBODY};
        if (plant->ways[i].every) run_plan(run, plant->way_slot + i, run->now, CLASS_CLOSE);
    }
}

void lanes_reset(struct run *run) {
    for (int32_t i = 0; i < run->plant->lane_account_count; i++) {
        struct lane_account *account = &run->lane_accounts[i];
        struct level under_way = account->under_way, up = account->up;
        *account = (struct lane_account){.cycle_sketch = account->cycle_sketch};
        account->under_way = under_way;
        account->up = up;
        level_reset(&account->up, run->now);
        level_reset(&account->under_way, run->now);
        tally_reset(&account->cycle);
        tally_reset(&account->wait);
        sketch_reset(account->cycle_sketch);
    }
}

bool lanes_hold(const struct run *run) {
    for (int32_t i = 0; i < run->plant->lane_count; i++)
        if (run->lane_accounts[i].under_way.now > 0) return true;
    return false;
}

void lanes_free(struct run *run) {
    free(run->cargos);
    free(run->trips);
}

/* What is handed over waits at its lane or is on a trip. */
void lanes_conserved(const struct run *run) {
    int64_t under_way = 0, waiting = 0, free_cargos = 0;
    for (int32_t i = 0; i < run->plant->way_count; i++) {
        const struct way_state *state = &run->ways[i];
        int64_t count = 0, size = 0;
        for (int32_t id = state->first; id != NOBODY; id = run->cargos[id].next) {
            count++;
            size += run->cargos[id].size;
        }
        CHECK(count == state->waiting);
        CHECK(state->held_first == NOBODY || state->stopped[OUTAGE_RECEIPTS] > 0);
        CHECK(size == state->size);
        waiting += count;
    }
    for (int32_t i = 0; i < run->plant->lane_count; i++)
        under_way += run->lane_accounts[i].under_way.now;
    for (int32_t id = run->cargo_free; id != NOBODY; id = run->cargos[id].next) free_cargos++;
    CHECK(waiting <= under_way);
    CHECK(under_way + free_cargos == run->cargo_count);
}
