/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves: the first half of phase C. Finished parts go where there is room; who finds none waits for
 * it in order. */
#include "waiters.h"

#include <stdlib.h>

/* Makes the ring larger, keeping what is in it. */
void moves_grow(struct run *run, int32_t room) {
    struct moves *moves = &run->moves;
    room++; /* NOBODY may stand there too */
    int32_t *list = memory_zeroed((size_t)room, sizeof *list), count = 0;
    for (int32_t i = moves->first; i != moves->last; i = i + 1 == moves->room ? 0 : i + 1)
        list[count++] = moves->list[i];
    free(moves->list);
    *moves = (struct moves){.list = list, .last = count, .room = room};
}

bool floor_room_before(const struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    int32_t room = state->room;
    if (state->queue.count < room || run->plant->stations[station].unlimited) return true;
    /* An idle machine that is open will take one from the queue, or holds it while it is down. */
    const struct station *plan = &run->plant->stations[station];
    return !plan->has_batch && !plan->choosy && state->queue.count - state->open_idle < room;
}

/* Room appeared before this station: those who wait for it at any of several know it too. */
static void call_pools(struct run *run, int32_t station) {
    const struct plant *plant = run->plant;
    for (int32_t pool = 0; pool < plant->pool_count; pool++) {
        const struct pool *of = &plant->pools[pool];
        if (run->pool_waiters[pool].first == NOBODY) continue;
        for (int32_t i = of->first; i < of->first + of->count; i++)
            if (plant->pool_stations[i] == station) call(run, thing_of_pool(run, pool));
    }
}

void floor_retry(struct run *run, int32_t station) {
    struct waiters *waiters = &run->stations[station].queue.waiters;
    bool pooled = run->plant->stations[station].pooled;
    if (LIKELY(waiters->first == NOBODY && !pooled) || !floor_room_before(run, station)) return;
    if (waiters->first != NOBODY) call(run, station);
    if (UNLIKELY(pooled)) call_pools(run, station);
}

/* ---- where lots go ---- */
void cards_call(struct run *run, int32_t loop) {
    if (run->cards_wanted) call(run, thing_of_loop(run, loop));
}

bool machine_makes_room(const struct run *run, int32_t id, const struct step *step) {
    const struct station *station = &run->plant->stations[step->station];
    return run->machines[id].station == step->station && !station->has_batch && !station->choosy &&
           !station->pipes && !(step->flags & STEP_LED_TO);
}

/* It does so now: it is open, stays, and has no other lot. */
static bool makes_room(const struct run *run, int32_t part, int32_t waiter) {
    const struct step *step = &run->plant->steps[run->parts[part].step];
    if (waiter < 0 || !machine_makes_room(run, waiter, step)) return false;
    const struct machine *machine = &run->machines[waiter];
    const struct station_state *state = &run->stations[step->station];
    return !(machine->stops & STOPS_AWAY) && !machine->retiring &&
           run->parts[part].next == NOBODY && state->queue.count - state->open_idle <= state->room;
}

/* Is there room where the lot goes? One that has several stations chooses. With false, WAITER will
 * be told. */
static bool finds_room(struct run *run, int32_t id, int32_t waiter) {
    const struct step *step = &run->plant->steps[run->parts[id].step];
    if (UNLIKELY(step->place_count)) {
        int32_t place = place_found(run, id);
        if (place != NOBODY)
            run->parts[id].step = place;
        else
            waiters_push(run, &run->pool_waiters[step->pool], waiter);
        return place != NOBODY;
    }
    if (floor_has_room(run, step->station) || makes_room(run, id, waiter)) return true;
    waiters_push(run, &run->stations[step->station].queue.waiters, waiter);
    return false;
}

enum placed floor_place(struct run *run, int32_t id, int32_t waiter) {
    const struct step *step = &run->plant->steps[run->parts[id].step];
    if (UNLIKELY(step->flags & STEP_KIT) && !kit_ready(run, id)) {
        if (run->plant->reserves) reserve_end(run, id);
        return NO_KIT;
    }
    if (!finds_room(run, id, waiter)) return NO_ROOM;
    step = &run->plant->steps[run->parts[id].step];
    if (LIKELY(!step->take_count) || cards_free(run, &run->parts[id])) return PLACED;
    if (run->plant->reserves) reserve_end(run, id);
    floor_retry(run, step->station); /* the room that this one leaves is for the next */
    return NO_CARD;
}

void floor_put(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    const struct step *step = &run->plant->steps[part->step];
    if (UNLIKELY(step->take_count)) cards_take(run, part);
    if (UNLIKELY(part->cards != NOBODY)) cards_moved(run, part);
    if (UNLIKELY(step->flags & STEP_KIT)) kit_take(run, id);
    if (UNLIKELY(step->flags & STEP_LED_TO) && lot_sets_out(run, id)) return;
    queue_push(run, step->station, id);
}

/* The lot has been worked and needs a card for what comes next: it leaves the machine. */
static void wait_for_card(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    int32_t station = plant->steps[run->parts[id].step].station;
    door_push(run, plant->source_count + plant->stock_count + station, id);
}

/* ---- machines that have finished ---- */
/* What its lot needs next is not there: it keeps the lot, and waits. */
void machine_stands(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    struct machine *machine = &run->machines[id];
    int32_t station = machine_target(run, id);
    if (machine->condition != STATE_BLOCKED) {
        SAY(run, CLASS_COMPLETE, plant->stations[machine->station].name,
            "machine %d is blocked: no room %s %s%s",
            id - plant->stations[machine->station].machine_first + 1,
            station == NOBODY ? "in" : "before",
            station == NOBODY ? plant->stocks[lot_stock(run, machine->part)].name
                              : plant->stations[station].name,
            machine_pool(run, id) == NOBODY ? "" : " and its likes");
        machine_state_set(run, machine, STATE_BLOCKED);
    }
    if (station != NOBODY) guard_block(run, id);
}

void machine_block_pool(struct run *run, int32_t id, int32_t pool) {
    waiters_push(run, &run->pool_waiters[pool], id);
    machine_stands(run, id);
}

void machine_block(struct run *run, int32_t id, int32_t station) {
    waiters_push(run, &run->stations[station].queue.waiters, id);
    machine_stands(run, id);
}

/* A limit of the lot was broken while the machine held it: it goes elsewhere, or is gone: true. */
static bool broken_while_held(struct run *run, int32_t part) {
    return run->extras && run->extras[part].broken != NOBODY &&
           !limit_acts(run, part, run->extras[part].broken);
}

/* Its lot stays on it. */
static void stays(struct run *run, int32_t id) {
    const struct station *station = &run->plant->stations[run->machines[id].station];
    if (station->blocking == BLOCKING_REPEAT)
        repeat_wait(run, id);
    else
        machine_stands(run, id);
    if (LIKELY(!station->pipes)) return;
    if (run->plant->reserves) pipe_expects(run, id);
    pipe_update(run, id);
}

/* Who waited before keeps its place, and nobody passes those who wait. */
bool machine_finds_room(struct run *run, int32_t id, int32_t stock, int64_t amount) {
    struct waiters *waiters = &run->stocks[stock].room_waiters;
    bool waited = run->machines[id].condition == STATE_BLOCKED;
    if ((waited || waiters->first == NOBODY) && room_is_there(run, stock, amount)) return true;
    (waited ? waiters_push_first : waiters_push)(run, waiters, id);
    return false;
}

/* The lot has done its route: is there room where it goes? */
static bool may_finish(struct run *run, int32_t id, int32_t part) {
    int32_t stock = lot_stock(run, part);
    bool kept = run->machines[id].ahead != NOBODY;
    if (LIKELY(stock == NOBODY) || kept || !room_limited(run, stock)) return true;
    return machine_finds_room(run, id, stock, (int64_t)run->parts[part].pieces * 1000);
}

static void move_machine(struct run *run, int32_t id) {
    for (int32_t part; (part = run->machines[id].part) != NOBODY;) {
        int32_t next = run->parts[part].next;
        if (run->parts[part].since != run->now) {
            run->parts[part].times[IN_BLOCKED] += run->now - run->parts[part].since;
            run->parts[part].since = run->now;
        }
        if (broken_while_held(run, part)) {
            run->machines[id].part = next;
            continue;
        }
        if (run->parts[part].step == NOBODY) {
            if (!may_finish(run, id, part)) {
                stays(run, id);
                return;
            }
            if (UNLIKELY(run->machines[id].ahead != NOBODY)) ahead_leave(run, id);
            if (run->parts[part].cards != NOBODY) cards_leave(run, &run->parts[part]);
            part_finish(run, part);
        } else {
            if (UNLIKELY(run->machines[id].ahead != NOBODY)) {
                place_kept(run, part, run->machines[id].ahead);
                ahead_leave(run, id);
            }
            enum placed placed = floor_place(run, part, id);
            if (placed == NO_ROOM) {
                stays(run, id);
                return;
            }
            if (placed == PLACED)
                floor_put(run, part);
            else if (placed == NO_KIT)
                kit_wait(run, part);
            else
                wait_for_card(run, part);
        }
        run->machines[id].part = next;
    }
    if (UNLIKELY(run->machines[id].ahead != NOBODY)) ahead_leave(run, id);
    if (UNLIKELY(run->plant->stations[run->machines[id].station].pipes))
        pipe_left(run, id);
    else
        machine_idle(run, id);
}

bool machine_waits_no_more(struct run *run, int32_t id) {
    bool waited = false;
    for (int32_t i = 0; i < run->plant->station_count && !waited; i++)
        waited = waiters_drop(run, &run->stations[i].queue.waiters, id);
    for (int32_t i = 0; i < run->plant->pool_count && !waited; i++)
        waited = waiters_drop(run, &run->pool_waiters[i], id);
    int32_t part = run->machines[id].part, stock = part == NOBODY ? NOBODY : lot_stock(run, part);
    return waited || (stock != NOBODY && waiters_drop(run, &run->stocks[stock].room_waiters, id));
}

void machine_move_again(struct run *run, int32_t id) {
    if (machine_waits_no_more(run, id)) moves_push(run, id); /* else it is about to be tried */
}

/* ---- the phase ---- */
static void try(struct run *run, int32_t waiter) {
    if (waiter < 0) {
        struct door *door = &run->doors[waiter_of_door(waiter)];
        door->queued = false;
        move_door(run, waiter_of_door(waiter));
    } else if (run->machines[waiter].finished)
        move_machine(run, waiter);
    else if (UNLIKELY(run->machines[waiter].waits_ahead))
        ahead_again(run, waiter);
    else
        machine_material(run, waiter);
}

/* What it waited for is there: all that stand at a door are tried anew. */
static void try_again(struct run *run, int32_t waiter) {
    if (waiter < 0) {
        struct door *door = &run->doors[waiter_of_door(waiter)];
        door->listed = false;
        door->fresh = door->first;
        door->fresh_before = NOBODY;
        move_door(run, waiter_of_door(waiter));
    } else
        try(run, waiter);
}

static struct waiters *waiters_of(struct run *run, int32_t thing) {
    int32_t loop = thing - run->plant->station_count, stock = loop - run->plant->loop_count;
    int32_t room = stock - run->plant->stock_count;
    if (loop < 0) return &run->stations[thing].queue.waiters;
    return room < 0 ? &run->material_waiters[stock] : &run->stocks[room].room_waiters;
}

static bool there_is(const struct run *run, int32_t thing) {
    int32_t loop = thing - run->plant->station_count, stock = loop - run->plant->loop_count;
    int32_t room = stock - run->plant->stock_count;
    if (loop < 0) return floor_room_before(run, thing);
    return room < 0 ? run->stocks[stock].on_hand.now > 0 : room_is_there(run, room, 1);
}

/* What may be used instead has come, or room at one of several stations: all who wait are tried
 * once, in their order, for the first may be one that takes nothing else. */
static void answer_choice(struct run *run, struct waiters *waiters) {
    struct waiters old = *waiters, still = {NOBODY, NOBODY};
    *waiters = (struct waiters){NOBODY, NOBODY};
    for (int32_t waiter; (waiter = waiters_pull(run, &old)) != NOBODY;) {
        try_again(run, waiter);
        if (waiters->first != waiter) continue;
        (void)waiters_pull(run, waiters);
        waiters_push(run, &still, waiter);
    }
    *waiters = still;
}

/* Tries those who wait for what was called first, in their order, as long as there is some of it.
 * Whoever needs more of it than there is stays first and ends that; whoever turns out to wait for
 * something else leaves it to the next. */
static void answer_call(struct run *run) {
    int32_t word = 0;
    while (!run->called[word]) word++;
    int32_t thing = 64 * word + __builtin_ctzll(run->called[word]);
    run->called[word] &= run->called[word] - 1;
    run->called_count--;
    int32_t loop = thing - run->plant->station_count;
    if (loop >= 0 && loop < run->plant->loop_count) {
        answer_cards(run, loop);
        return;
    }
    if (thing >= thing_of_choice(run, 0)) {
        int32_t pool = thing - thing_of_pool(run, 0);
        answer_choice(run, pool >= 0 ? &run->pool_waiters[pool]
                                     : &run->material_waiters[thing - thing_of_choice(run, 0)]);
        return;
    }
    int32_t room = loop - run->plant->loop_count - run->plant->stock_count;
    if (room >= 0) room_let_in(run, room);
    struct waiters *waiters = waiters_of(run, thing);
    for (int32_t waiter = NOBODY;
         waiters->first != NOBODY && waiters->first != waiter && there_is(run, thing);) {
        waiter = waiters_pull(run, waiters);
        try_again(run, waiter);
    }
}

void moves_run(struct run *run) {
    struct moves *moves = &run->moves;
    for (;;) {
        if (run->called_count) {
            answer_call(run);
            continue;
        }
        if (moves->first == moves->last) break;
        int32_t waiter = moves->list[moves->first];
        if (++moves->first == moves->room) moves->first = 0;
        if (waiter == NOBODY)
            run->called_marked = false;
        else
            try(run, waiter);
    }
}
