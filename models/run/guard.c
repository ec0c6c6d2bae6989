/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guards: a run that cannot go on says so and names the knot, and what must always hold is checked.
 */
#include "../floor/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool all_blocked(const struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    const struct station *plan = &run->plant->stations[station];
    int32_t blocked = state->in_state[STATE_BLOCKED];
    if (blocked == 0 || blocked != plan->machine_count - state->in_state[STATE_INACTIVE])
        return false;
    for (int32_t i = 0; i < plan->machine_count;
         i++) { /* one that has just been emptied still shows its state */
        const struct machine *machine = &run->machines[plan->machine_first + i];
        if (machine->part == NOBODY && machine->state != STATE_INACTIVE) return false;
    }
    return true;
}

/* Does this machine wait for room that only machines of suspect stations could make? */
static bool waits_for_suspects(const struct run *run, int32_t machine, const bool *suspect) {
    int32_t target = machine_target(run, machine), pool = machine_pool(run, machine);
    if (target == NOBODY) return false;
    if (pool == NOBODY) return suspect[target] && !floor_room_before(run, target);
    const struct pool *of = &run->plant->pools[pool];
    for (int32_t i = of->first; i < of->first + of->count; i++) {
        int32_t station = run->plant->pool_stations[i];
        if (!suspect[station] || floor_room_before(run, station)) return false;
    }
    return true;
}

/* Takes stations off the set of suspects while any machine of theirs waits for a station that is
 * not in it, or that has room: then it waits for a card. */
static void clear_suspects(const struct run *run, bool *suspect) {
    for (bool again = true; again;) {
        again = false;
        for (int32_t s = 0; s < run->plant->station_count; s++) {
            const struct station *station = &run->plant->stations[s];
            for (int32_t i = 0; suspect[s] && i < station->machine_count; i++) {
                if (run->machines[station->machine_first + i].state == STATE_INACTIVE) continue;
                if (waits_for_suspects(run, station->machine_first + i, suspect)) continue;
                suspect[s] = false;
                again = true;
            }
        }
    }
}

/* A closed knot: every machine of a set of stations is blocked, waiting for room in the set. Called
 * when a machine blocks; the chain of single blocked stations, by far the commonest, is followed
 * without looking at the rest. */
void guard_block(struct run *run, int32_t machine) {
    int32_t from = run->machines[machine].station;
    int32_t station = machine_target(run, machine), most = run->plant->station_count;
    while (station != NOBODY && all_blocked(run, station) &&
           run->plant->stations[station].machine_count == 1 && most-- > 0)
        station = machine_target(run, run->plant->stations[station].machine_first);
    if (station == NOBODY || !all_blocked(run, station)) return;
    bool *suspect = memory_zeroed((size_t)run->plant->station_count, sizeof *suspect);
    for (int32_t s = 0; s < run->plant->station_count; s++) suspect[s] = all_blocked(run, s);
    clear_suspects(run, suspect);
    if (suspect[from]) {
        char names[160] = "";
        for (int32_t s = 0; s < run->plant->station_count && strlen(names) < 120; s++)
            if (suspect[s]) {
                size_t used = strlen(names);
                snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "",
                         run->plant->stations[s].name);
            }
        run_stop(run, "deadlock: the machines of %s wait for each other's room", names);
    }
    free(suspect);
}

/* The first stock for whose room a machine waits, or NOBODY. */
static int32_t full_stock(const struct run *run) {
    for (int32_t i = 0; i < run->plant->stock_count; i++)
        if (run->stocks[i].room_waiters.first != NOBODY) return i;
    return NOBODY;
}

/* The first vehicles that wait for people to drive them, or NOBODY. */
static int32_t unmanned_fleet(const struct run *run) {
    for (int32_t i = 0; i < run->plant->fleet_count; i++)
        if (run->fleets[i].unmanned.now > 0) return i;
    return NOBODY;
}

static void stop_starved(struct run *run, const char *how) {
    int32_t unmanned = unmanned_fleet(run);
    if (unmanned != NOBODY) {
        run_stop(run,
                 "starvation: %lld lots are inside and %s; %lld of the vehicles %s wait for "
                 "people",
                 (long long)run_wip(run)->now, how, (long long)run->fleets[unmanned].unmanned.now,
                 run->plant->fleets[unmanned].name);
        return;
    }
    int32_t full = full_stock(run);
    if (full != NOBODY) {
        int32_t machine = run->stocks[full].room_waiters.first;
        run_stop(run, "starvation: %lld lots are inside and %s; %s waits for room in stock %s",
                 (long long)run_wip(run)->now, how,
                 run->plant->stations[run->machines[machine].station].name,
                 run->plant->stocks[full].name);
        return;
    }
    for (int32_t s = 0; s < run->plant->station_count; s++)
        if (run->stations[s].queue.count) {
            run_stop(run, "starvation: %lld lots are inside and %s; %d wait at %s",
                     (long long)run_wip(run)->now, how, run->stations[s].queue.count,
                     run->plant->stations[s].name);
            return;
        }
    if (run->kit_waiting)
        run_stop(run, "starvation: %lld lots are inside and %s; %d wait for parts made for them",
                 (long long)run_wip(run)->now, how, run->kit_waiting);
    else
        run_stop(run, "starvation: %lld lots are inside and %s", (long long)run_wip(run)->now, how);
}

/* Does anything wait outside for room, a card or parts? */
static bool doors_wait(const struct run *run) {
    for (int32_t i = 0; i < run->door_count; i++)
        if (run->doors[i].count) return true;
    return false;
}

/* A store is full, and nobody is owed anything: what was wanted has been made. */
static bool made_enough(const struct run *run) {
    for (int32_t i = 0; i < run->plant->stock_count; i++)
        if (run->stocks[i].owed.now > 0) return false;
    return full_stock(run) != NOBODY;
}

/* Parts inside, and no event pending of a kind that moves, feeds, repairs or opens. In a run of
 * fixed length that is no fault when no more work is to come (a last lot may wait for others to
 * fill its batch) or no more is wanted. */
void guard_starved(struct run *run) {
    if (run_wip(run)->now == 0 || run->stopped) return;
    if (!run->until_empty && (!doors_wait(run) || made_enough(run))) return;
    for (int32_t slot = 0; slot < run->calendar.slot_count; slot++)
        if (run->slots[slot].kind != SLOT_LATE && run->slots[slot].kind != SLOT_MONEY &&
            run->slots[slot].kind != SLOT_BILL && run->slots[slot].kind != SLOT_TURN &&
            run->slots[slot].kind != SLOT_PATIENCE &&
            calendar_pending(&run->calendar, slot) != EVENT_NEVER)
            return;
    stop_starved(run, "nothing will move them");
}

/* A run until empty may see shifts and failures come and go for ever, with nothing left to work. */
void guard_still(struct run *run) {
    if (run->now - run->moved_at > 10 * TICK_Y)
        stop_starved(run, "nothing has moved for ten years");
}

/* What stocks hold, owe and wait for hangs together. */
static void guard_stocks(const struct run *run) {
    rooms_conserved(run);
    for (int32_t i = 0; i < run->plant->stock_count; i++) {
        const struct stock_state *stock = &run->stocks[i];
        CHECK(stock->on_hand.now >= 0);
        CHECK(stock->owed.now >= 0);
        CHECK(stock->net.now == stock->on_hand.now - stock->owed.now);
        CHECK(stock->under_way.now >= 0 && stock->orders_away >= 0);
        CHECK(stock->unordered >= 0 && stock->unordered <= stock->under_way.now);
        CHECK(stock->under_way.now - stock->unordered + stock->orders_away <= stock->on_order.now);
        room_conserved(run, i);
        if (run->plant->stocks[i].perishable) CHECK(shelf_sum(run, i) == stock->on_hand.now);
        if (run->plant->stocks[i].origin_count < 2) continue;
        int64_t on_order = 0;
        for (int32_t o = 0; o < run->plant->stocks[i].origin_count; o++)
            on_order += run->origins[run->plant->stocks[i].origin_first + o].on_order;
        CHECK(on_order == stock->on_order.now);
    }
    for (int32_t i = 0; i < run->plant->customer_count; i++) {
        CHECK(run->customers[i].late.now >= 0);
        CHECK(run->customers[i].late.now <= run->customers[i].owed.now);
    }
}

/* Places kept in stocks are those of lots on machines and of goods on lanes. */
static void guard_kept_in_stocks(const struct run *run) {
    int64_t kept = 0;
    for (int32_t i = 0; i < run->plant->stock_count; i++) kept += run->stocks[i].kept;
    for (int32_t i = 0; i < run->shipment_count; i++)
        if (run->shipments[i].keeps_place) kept -= run->shipments[i].amount;
    for (int32_t i = 0; i < run->machine_count; i++) {
        const struct machine *machine = &run->machines[i];
        if (machine->ahead < NOBODY && !machine->waits_ahead)
            kept -= (int64_t)machine->ahead_pieces * 1000;
    }
    CHECK(kept == 0);
}

/* Places kept ahead are what stations have less of, as are those of lots on lanes. */
static void guard_kept(const struct run *run) {
    guard_kept_in_stocks(run);
    for (int32_t s = 0; s < run->plant->station_count; s++) {
        if (run->stations[s].room == INT32_MAX) continue;
        CHECK(run->stations[s].room + ahead_kept(run, s) <= run->settings.stations[s].room);
    }
}

/* Every card is free, on a lot, on goods or on an order of goods. */
static void guard_cards(const struct run *run) {
    for (int32_t i = 0; i < run->plant->loop_count; i++)
        CHECK(run->loops[i].free + run->loops[i].use.now == loop_limit(&run->settings.loops[i]));
    for (int32_t i = 0; i < run->plant->loop_count; i++) {
        int64_t on_goods = 0;
        for (int32_t id = run->loops[i].goods_first; id != NOBODY; id = run->held[id].next)
            on_goods += run->held[id].cards;
        CHECK(run->loops[i].coming == 0);
        CHECK(on_goods + run->loops[i].ordered <= run->loops[i].use.now);
        if (run_wip(run)->now == 0)
            CHECK(on_goods + run->loops[i].ordered == run->loops[i].use.now);
    }
}

/* Lots in = lots out + inside + lost; the states of the machines of a station sum to elapsed time.
 */
void guard_conserved(struct run *run) {
    guard_stocks(run);
    guard_cards(run);
    people_conserved(run);
    ledger_conserved(run);
    backlogs_conserved(run);
    kits_conserved(run);
    lanes_conserved(run);
    own_conserved(run);
    guard_kept(run);
    vehicles_conserved(run);
    CHECK(run->released == run->finished + run->scrapped_lots + run->gone + run_wip(run)->now);
    for (int32_t s = 0; s < run->plant->station_count; s++) {
        const struct station_state *station = &run->stations[s];
        tick sum = 0;
        int32_t machines = 0;
        for (int32_t i = 0; i < STATE_COUNT; i++) {
            sum += clock_time(station->moment[i], station->in_state[i], run->now);
            machines += station->in_state[i];
        }
        if (!run->plant->stations[s].unlimited) {
            CHECK(machines == run->plant->stations[s].machine_count);
            CHECK(sum == (run->now - run->measured_from) * machines);
        }
    }
    /* Little's law as an identity: the area under the work in process is what each lot spent
     * inside; what it spent there before it came into the run is known beside. */
    if (run_wip(run)->now > 0 || run->wip_at_reset > 0 || run->scrapped_lots + run->gone > 0)
        return;
    __int128 spent = 0;
    for (int32_t f = 0; f < run->plant->flow_count; f++) spent += run->flows[f].cycle.sum;
    CHECK(spent == level_area(run_wip(run), run->now) + run->earlier);
}
