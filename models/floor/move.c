/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves: the first half of phase C. Finished parts go where there is room; who finds none waits for
 * it in order.
 *
 * A *waiter* is a machine with finished parts (its number, from 0) or a door (from -2 down), where
 * lots stand that could not come in yet. Each waits for one thing at a time: room before a station,
 * or material. For cards lots wait one by one, and pass those who need others. */
#include "quick.h"

#include <stdlib.h>

/* ---- lists of waiters ---- */
static int32_t *waiter_next(struct run *run, int32_t waiter) {
    return waiter >= 0 ? &run->machines[waiter].next_waiter
                       : &run->doors[waiter_of_door(waiter)].next_waiter;
}

static void waiters_push(struct run *run, struct waiters *waiters, int32_t waiter) {
    *waiter_next(run, waiter) = NOBODY;
    if (waiters->first == NOBODY)
        waiters->first = waiter;
    else
        *waiter_next(run, waiters->last) = waiter;
    waiters->last = waiter;
}

static void waiters_push_first(struct run *run, struct waiters *waiters, int32_t waiter) {
    *waiter_next(run, waiter) = waiters->first;
    if (waiters->first == NOBODY) waiters->last = waiter;
    waiters->first = waiter;
}

static int32_t waiters_pull(struct run *run, struct waiters *waiters) {
    int32_t waiter = waiters->first;
    if (waiter != NOBODY) waiters->first = *waiter_next(run, waiter);
    return waiter;
}

/* False: it does not wait there. */
static bool waiters_drop(struct run *run, struct waiters *waiters, int32_t waiter) {
    int32_t before = NOBODY;
    for (int32_t at = waiters->first; at != NOBODY; before = at, at = *waiter_next(run, at)) {
        if (at != waiter) continue;
        if (before == NOBODY)
            waiters->first = *waiter_next(run, at);
        else
            *waiter_next(run, before) = *waiter_next(run, at);
        if (waiters->last == at) waiters->last = before;
        return true;
    }
    return false;
}

/* ---- what is tried in this instant ---- */
/* What waiters wait for: room before a station, a card of a loop, goods of a stock, room in it. */
static int32_t thing_of_loop(const struct run *run, int32_t loop) {
    return run->plant->station_count + loop;
}
static int32_t thing_of_stock(const struct run *run, int32_t stock) {
    return run->plant->station_count + run->plant->loop_count + stock;
}

static int32_t thing_of_room(const struct run *run, int32_t stock) {
    return thing_of_stock(run, stock) + run->plant->stock_count;
}

/* Something that may be used instead of what is in this stock. */
static int32_t thing_of_choice(const struct run *run, int32_t stock) {
    return thing_of_room(run, stock) + run->plant->stock_count;
}

/* Room at some station of a pool. */
static int32_t thing_of_pool(const struct run *run, int32_t pool) {
    return thing_of_choice(run, run->plant->stock_count) + pool;
}

/* There is some of it: who waits for it is tried before anybody who comes now. */
static void call(struct run *run, int32_t thing) {
    uint64_t bit = UINT64_C(1) << (thing & 63), *word = &run->called[thing >> 6];
    run->called_count += !(*word & bit);
    *word |= bit;
    if (!run->called_marked) moves_push(run, NOBODY); /* so that phase C has something to try */
    run->called_marked = true;
}

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

enum placed { PLACED, NO_ROOM, NO_CARD, NO_KIT };

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
    if (floor_has_room(run, step->station)) return true;
    waiters_push(run, &run->stations[step->station].queue.waiters, waiter);
    return false;
}

/* May the part come into the queue of its step's station? With NO_ROOM, WAITER will be told. */
static enum placed floor_place(struct run *run, int32_t id, int32_t waiter) {
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

/* It may: it comes. */
static void floor_put(struct run *run, int32_t id) {
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
    if (UNLIKELY(station->pipes)) pipe_update(run, id);
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

/* ---- doors ---- */
/* A lot waits for what it uses like any order, so that stocks see it and can order. */
static void ask_for_uses(struct run *run, const struct part *part, int32_t first, int32_t count,
                         bool taken_back) {
    for (int32_t i = first; i < first + count; i++) {
        const struct use *use = &run->plant->uses[i];
        stock_ask(run, use->stock,
                  taken_back ? -use->amount * part->pieces : use->amount * part->pieces);
    }
}

static bool is_hall(const struct run *run, int32_t door) {
    int32_t first = run->plant->source_count + run->plant->stock_count;
    return door >= first && door < first + run->plant->station_count;
}

void door_push(struct run *run, int32_t id, int32_t part) {
    struct door *door = &run->doors[id];
    const struct item *item = &run->plant->items[run->plant->flows[run->parts[part].flow].item];
    if (UNLIKELY(item->shuffled) && !is_hall(run, id))
        run->parts[part].step = order_first(run, &run->parts[part]);
    if (UNLIKELY(item->chooses) && !item->route_count && !is_hall(run, id))
        choice_make(run, &run->parts[part]);
    if (!is_hall(run, id))
        ask_for_uses(run, &run->parts[part], item->use_first, item->use_count, false);
    run->parts[part].next = NOBODY;
    if (door->fresh == NOBODY) {
        door->fresh = part;
        door->fresh_before = door->last;
    }
    if (door->first == NOBODY)
        door->first = part;
    else
        run->parts[door->last].next = part;
    door->last = part;
    door->count++;
    if (door->queued || door->listed) return;
    door->queued = true;
    moves_push(run, waiter_of_door(id));
}

static void door_remove(struct run *run, struct door *door, int32_t before, int32_t part) {
    int32_t next = run->parts[part].next;
    if (before == NOBODY)
        door->first = next;
    else
        run->parts[before].next = next;
    if (door->last == part) door->last = before;
    if (door->fresh == part) door->fresh = next;
    if (door->fresh_before == part) door->fresh_before = before;
    if (--door->count == 0) door->for_cards = false;
}

static bool take_uses(struct run *run, struct part *part, int32_t first, int32_t count,
                      int32_t waiter);

/* There is room and a card for the lot: takes what its item uses out of the stores. */
static enum placed door_uses(struct run *run, struct part *part, int32_t waiter) {
    const struct item *made = &run->plant->items[run->plant->flows[part->flow].item];
    if (take_uses(run, part, made->use_first, made->use_count, waiter)) return PLACED;
    if (part->step != NOBODY) /* the room is for the next */
        floor_retry(run, run->plant->steps[part->step].station);
    return NO_ROOM;
}

/* A lot with a kit for its first step is released as soon as the cards for that are there: what it
 * waits for is made then. */
static void release_with_kit(struct run *run, int32_t id) {
    if (run->plant->steps[run->parts[id].step].take_count) cards_take(run, &run->parts[id]);
    part_release(run, &run->parts[id]);
    extra_released(run, id);
    kits_begin(run, id, NOBODY);
    kit_wait(run, id);
}

static bool chooses_route(const struct run *run, const struct part *part) {
    return run->plant->items[run->plant->flows[part->flow].item].route_count > 0;
}

/* The lot behind BEFORE comes in, if it can. Without a card it lets others pass; without room or
 * material the whole door waits. */
static enum placed door_let_in(struct run *run, int32_t id, int32_t before, int32_t part_id) {
    struct door *door = &run->doors[id];
    struct part *part = &run->parts[part_id];
    int32_t waiter = waiter_of_door(id);
    bool hall = is_hall(run, id);
    bool routed = chooses_route(run, part) && !hall, found = !routed || route_found(run, part_id);
    bool stays = part->step != NOBODY;                             /* or passes all its steps */
    if (stays) part->step = run->plant->steps[part->step].written; /* it chooses anew */
    bool kit = !hall && stays && run->plant->steps[part->step].flags & STEP_KIT;
    if (!hall) part->born = run->now;
    if (!found)
        waiters_push(run,
                     &run->pool_waiters[run->plant->items[run->plant->flows[part->flow].item].pool],
                     waiter);
    enum placed placed = !found                  ? NO_ROOM
                         : !stays                ? PLACED
                         : !kit                  ? floor_place(run, part_id, waiter)
                         : cards_free(run, part) ? PLACED
                                                 : NO_CARD;
    part = &run->parts[part_id]; /* the pool may have moved */
    if (placed == PLACED && !hall) placed = door_uses(run, part, waiter);
    if (placed != PLACED) {
        door->listed = placed == NO_ROOM;
        if (placed == NO_CARD) door->for_cards = run->cards_wanted = true;
        if (id < run->plant->release_count && run->settings.sources[id].if_full == IF_FULL_LOSE)
            run->losing_any = true;
        return placed;
    }
    door_remove(run, door, before, part_id);
    if (hall)
        part->times[IN_QUEUE] += run->now - part->since;
    else
        TELL(run, released, part);
    if (kit)
        release_with_kit(run, part_id);
    else {
        if (stays) floor_put(run, part_id);
        if (!hall) part_release(run, &run->parts[part_id]);
        if (!hall && run->plant->extra) extra_released(run, part_id);
        if (!hall && run->plant->kit_use_count) kits_begin(run, part_id, NOBODY);
    }
    if (!stays) part_finish(run, part_id);
    if (id < run->plant->source_count && run->plant->sources[id].always) release_always(run, id);
    return PLACED;
}

/* Tries those who were not tried yet. */
static void move_door(struct run *run, int32_t id) {
    struct door *door = &run->doors[id];
    while (door->fresh != NOBODY && !door->listed) {
        int32_t part = door->fresh;
        if (door_let_in(run, id, door->fresh_before, part) != NO_CARD) continue;
        door->fresh_before = part;
        door->fresh = run->parts[part].next;
    }
}

/* ---- who gets a card ---- */
struct candidate {
    int32_t part, before, door;
};

/* The lot of a door that goes first of those that a card of this loop lets in. */
static void look_through_door(struct run *run, int32_t id, int32_t loop, struct candidate *best) {
    const struct door *door = &run->doors[id];
    for (int32_t before = NOBODY, part = door->first; part != NOBODY;
         before = part, part = run->parts[part].next) {
        const struct part *lot = &run->parts[part];
        if (!routing_takes(run, part, !is_hall(run, id), loop)) continue;
        if (best->part == NOBODY || queue_goes_before(run, part, best->part))
            *best = (struct candidate){part, before, id};
        if (run->plant->stations[run->plant->steps[lot->step].station].fifo) break;
    }
}

/* Lets in who can come in now that cards of this loop are free. */
static void answer_cards(struct run *run, int32_t loop) {
    while (run->loops[loop].free > 0) {
        struct candidate best = {NOBODY, NOBODY, NOBODY};
        bool wanted = false;
        for (int32_t id = 0; id < run->door_count; id++) {
            wanted |= run->doors[id].for_cards;
            if (run->doors[id].for_cards && !run->doors[id].listed)
                look_through_door(run, id, loop, &best);
        }
        run->cards_wanted = wanted;
        if (best.part == NOBODY) return;
        if (door_let_in(run, best.door, best.before, best.part) == NO_CARD) return;
    }
}

/* ---- material ---- */
/* Is there enough of this use, beside what the first PICKED uses of the lot take? */
static bool enough(const struct run *run, const struct part *part, int32_t use, int32_t picked) {
    const struct use *uses = run->plant->uses;
    int64_t need = uses[use].amount;
    for (int32_t i = 0; run->plant->use_choices && i < picked; i++)
        if (uses[run->picks[i]].stock == uses[use].stock) need += uses[run->picks[i]].amount;
    return run->stocks[uses[use].stock].on_hand.now >= need * part->pieces;
}

/* The use, or the first that may be taken instead and of which there is enough; or NOBODY. */
static int32_t pick_use(const struct run *run, const struct part *part, int32_t id,
                        int32_t picked) {
    const struct use *use = &run->plant->uses[id];
    if (enough(run, part, id, picked)) return id;
    for (int32_t i = use->or_first; i < use->or_first + use->or_count; i++)
        if (enough(run, part, i, picked)) return i;
    return NOBODY;
}

static void take_use(struct run *run, const struct part *part, int32_t asked, int32_t taken) {
    const struct use *use = &run->plant->uses[asked], *pick = &run->plant->uses[taken];
    int64_t amount = pick->amount * part->pieces;
    bool at_once = part->since == run->now;
    TELL(run, used, part, pick->stock, amount);
    if (LIKELY(asked == taken))
        stock_use(run, pick->stock, amount, at_once);
    else
        stock_use_other(run, use->stock, use->amount * part->pieces, pick->stock, amount, at_once);
    books_used(run, (int32_t)(part - run->parts), pick->stock, amount);
    floor_material(run, pick->stock);
}

/* Takes what PART's pieces need of each use and was asked for, all or nothing. False: WAITER waits
 * for the first stock that is short; who waited before keeps its place. */
static bool take_uses(struct run *run, struct part *part, int32_t first, int32_t count,
                      int32_t waiter) {
    for (int32_t i = 0; i < count; i++) {
        run->picks[i] = pick_use(run, part, first + i, i);
        if (run->picks[i] != NOBODY) continue;
        struct waiters *waiters = &run->material_waiters[run->plant->uses[first + i].stock];
        if (part->has_waited & WAITED_FOR_MATERIAL)
            waiters_push_first(run, waiters, waiter);
        else
            waiters_push(run, waiters, waiter);
        part->has_waited |= WAITED_FOR_MATERIAL;
        return false;
    }
    for (int32_t i = 0; i < count; i++) take_use(run, part, first + i, run->picks[i]);
    part->has_waited &= (uint8_t)~WAITED_FOR_MATERIAL;
    return true;
}

bool floor_uses(struct run *run, struct part *part, const struct step *step, int32_t machine) {
    if (!(part->has_waited & WAITED_FOR_MATERIAL))
        ask_for_uses(run, part, step->use_first, step->use_count, false);
    return take_uses(run, part, step->use_first, step->use_count, machine);
}

/* Who waits for something that this stock may stand in for. */
static void call_choosers(struct run *run, int32_t stock) {
    const struct use *uses = run->plant->uses;
    for (int32_t i = 0; i < run->plant->use_count; i++)
        for (int32_t k = uses[i].or_first; k < uses[i].or_first + uses[i].or_count; k++)
            if (uses[k].stock == stock && run->material_waiters[uses[i].stock].first != NOBODY)
                call(run, thing_of_choice(run, uses[i].stock));
}

void floor_material(struct run *run, int32_t stock) {
    struct waiters *waiters = &run->material_waiters[stock];
    if (run->stocks[stock].on_hand.now <= 0) return;
    if (waiters->first != NOBODY) call(run, thing_of_stock(run, stock));
    if (UNLIKELY(run->plant->stocks[stock].replaces)) call_choosers(run, stock);
}

void floor_stock_retry(struct run *run, int32_t stock) {
    const struct stock_state *state = &run->stocks[stock];
    if (state->door.first != NOBODY || state->room_waiters.first != NOBODY)
        call(run, thing_of_room(run, stock));
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

/* Empties a door: its lots find no room, and `if-full: lose` says not to wait. */
static void lose_door(struct run *run, int32_t source) {
    struct door *door = &run->doors[source];
    for (int32_t id = door->first, next; id != NOBODY; id = next) {
        next = run->parts[id].next;
        run->sources[source].lost++;
        const struct item *item = &run->plant->items[run->plant->flows[run->parts[id].flow].item];
        ask_for_uses(run, &run->parts[id], item->use_first, item->use_count, true);
        TELL(run, refused, &run->parts[id]);
        part_give(run, id);
    }
    *door = door_empty();
}

void floor_close_doors(struct run *run) {
    const struct plant *plant = run->plant;
    run->losing_any = false;
    for (int32_t source = 0; source < plant->release_count; source++) {
        if (run->settings.sources[source].if_full != IF_FULL_LOSE || !run->doors[source].count)
            continue;
        int32_t waiter = waiter_of_door(source);
        for (int32_t i = 0; i < plant->station_count; i++)
            waiters_drop(run, &run->stations[i].queue.waiters, waiter);
        for (int32_t i = 0; i < plant->pool_count; i++)
            waiters_drop(run, &run->pool_waiters[i], waiter);
        for (int32_t i = 0; i < plant->stock_count; i++)
            waiters_drop(run, &run->material_waiters[i], waiter);
        lose_door(run, source);
    }
}
