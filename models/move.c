/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves: the first half of phase C. Finished parts go where there is room; who finds none waits for
 * it in order.
 *
 * A *waiter* is a machine with finished parts (its number, from 0) or a door (from -2 down), where
 * lots stand that could not come in yet. Each waits for one thing at a time: room before a station,
 * or a card. */
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

static int32_t waiters_pull(struct run *run, struct waiters *waiters) {
    int32_t waiter = waiters->first;
    if (waiter != NOBODY) waiters->first = *waiter_next(run, waiter);
    return waiter;
}

/* ---- what is tried in this instant ---- */
/* What waiters wait for: room before a station, a card of a loop, goods of a stock. */
static int32_t thing_of_loop(const struct run *run, int32_t loop) {
    return run->plant->station_count + loop;
}
static int32_t thing_of_stock(const struct run *run, int32_t stock) {
    return run->plant->station_count + run->plant->loop_count + stock;
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
    return !run->plant->stations[station].has_batch && state->queue.count - state->open_idle < room;
}

void floor_retry(struct run *run, int32_t station) {
    struct waiters *waiters = &run->stations[station].queue.waiters;
    if (waiters->first != NOBODY && floor_room_before(run, station)) call(run, station);
}

/* ---- cards ---- */
static bool cards_free(struct run *run, const struct part *part, int32_t station, int32_t waiter) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->loop_count; i++) {
        if (plant->loops[i].from != station || part->cards >> i & 1 || run->loop_free[i] > 0)
            continue;
        waiters_push(run, &run->loop_waiters[i], waiter);
        return false;
    }
    return true;
}

static void cards_take(struct run *run, struct part *part, int32_t station) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->loop_count; i++)
        if (plant->loops[i].from == station && !(part->cards >> i & 1)) {
            part->cards |= 1u << i;
            run->loop_free[i]--;
            level_up(&run->loop_use[i], run->now);
        }
}

void loop_return(struct run *run, struct part *part, int32_t station) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; part->cards && i < plant->loop_count; i++) {
        if (!(part->cards >> i & 1) || (station != NOBODY && plant->loops[i].to != station))
            continue;
        part->cards &= ~(1u << i);
        run->loop_free[i]++;
        level_down(&run->loop_use[i], run->now);
        if (run->loop_waiters[i].first != NOBODY) call(run, thing_of_loop(run, i));
    }
}

/* Puts the part into the queue of its step's station. False: it has to wait, and WAITER will be
 * told. */
static bool floor_place(struct run *run, int32_t id, int32_t waiter) {
    struct part *part = &run->parts[id];
    int32_t station = run->plant->steps[part->step].station;
    const struct station *plan = &run->plant->stations[station];
    if (!floor_has_room(run, station)) {
        waiters_push(run, &run->stations[station].queue.waiters, waiter);
        return false;
    }
    if (plan->loop_count) {
        if (!cards_free(run, part, station, waiter)) {
            floor_retry(run, station); /* the room that this one leaves is for the next */
            return false;
        }
        cards_take(run, part, station);
    }
    if (waiter < 0) TELL(run, released, part);
    queue_push(run, station, id);
    return true;
}

/* ---- machines that have finished ---- */
/* What its lot needs next is not there: it keeps the lot, and waits. */
static void stand_blocked(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    struct machine *machine = &run->machines[id];
    if (machine->condition != STATE_BLOCKED) {
        SAY(run, CLASS_COMPLETE, plant->stations[machine->station].name,
            "machine %d is blocked: no room before %s",
            id - plant->stations[machine->station].machine_first + 1,
            plant->stations[plant->steps[run->parts[machine->part].step].station].name);
        machine_state_set(run, machine, STATE_BLOCKED);
    }
    guard_block(run, id);
}

void machine_block(struct run *run, int32_t id, int32_t station) {
    waiters_push(run, &run->stations[station].queue.waiters, id);
    stand_blocked(run, id);
}

static void move_machine(struct run *run, int32_t id) {
    for (int32_t part; (part = run->machines[id].part) != NOBODY;) {
        int32_t next = run->parts[part].next;
        if (run->parts[part].since != run->now) {
            run->parts[part].times[IN_BLOCKED] += run->now - run->parts[part].since;
            run->parts[part].since = run->now;
        }
        if (run->parts[part].step == NOBODY) {
            if (run->parts[part].cards) loop_return(run, &run->parts[part], NOBODY);
            part_finish(run, part);
        } else if (!floor_place(run, part, id)) {
            stand_blocked(run, id);
            return;
        }
        run->machines[id].part = next;
    }
    machine_idle(run, id);
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

void door_push(struct run *run, int32_t id, int32_t part) {
    struct door *door = &run->doors[id];
    const struct item *item = &run->plant->items[run->plant->flows[run->parts[part].flow].item];
    ask_for_uses(run, &run->parts[part], item->use_first, item->use_count, false);
    run->parts[part].next = NOBODY;
    if (door->first == NOBODY)
        door->first = part;
    else
        run->parts[door->last].next = part;
    door->last = part;
    if (door->count++ == 0) moves_push(run, waiter_of_door(id));
}

static bool take_uses(struct run *run, struct part *part, int32_t first, int32_t count,
                      int32_t waiter);

static void move_door(struct run *run, int32_t id) {
    struct door *door = &run->doors[id];
    bool source = id < run->plant->source_count;
    while (door->first != NOBODY) {
        int32_t part_id = door->first, waiter = waiter_of_door(id);
        struct part *part = &run->parts[part_id];
        int32_t next = part->next;
        const struct item *made = &run->plant->items[run->plant->flows[part->flow].item];
        part->born = run->now;
        if (!part->has_uses && !take_uses(run, part, made->use_first, made->use_count, waiter))
            return;
        part->has_uses = true;
        if (!floor_place(run, part_id, waiter)) {
            if (source && run->settings.sources[id].if_full == IF_FULL_LOSE) run->losing_any = true;
            return;
        }
        door->first = next;
        door->count--;
        part_release(run, &run->parts[part_id]);
        if (source && run->plant->sources[id].always) release_always(run, id);
    }
}

/* ---- material ---- */
static void waiters_push_first(struct run *run, struct waiters *waiters, int32_t waiter) {
    *waiter_next(run, waiter) = waiters->first;
    if (waiters->first == NOBODY) waiters->last = waiter;
    waiters->first = waiter;
}

/* Takes what PART's pieces need of each use and was asked for, all or nothing. False: WAITER waits
 * for the first stock that is short; who waited before keeps its place. */
static bool take_uses(struct run *run, struct part *part, int32_t first, int32_t count,
                      int32_t waiter) {
    const struct use *uses = run->plant->uses + first;
    for (int32_t i = 0; i < count; i++) {
        if (run->stocks[uses[i].stock].on_hand.now >= uses[i].amount * part->pieces) continue;
        struct waiters *waiters = &run->material_waiters[uses[i].stock];
        if (part->has_waited)
            waiters_push_first(run, waiters, waiter);
        else
            waiters_push(run, waiters, waiter);
        part->has_waited = true;
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        TELL(run, used, part, uses[i].stock, uses[i].amount * part->pieces);
        stock_use(run, uses[i].stock, uses[i].amount * part->pieces, part->since == run->now);
        floor_material(run, uses[i].stock);
    }
    part->has_waited = false;
    return true;
}

bool floor_uses(struct run *run, struct part *part, const struct step *step, int32_t machine) {
    if (!part->has_waited) ask_for_uses(run, part, step->use_first, step->use_count, false);
    return take_uses(run, part, step->use_first, step->use_count, machine);
}

void floor_material(struct run *run, int32_t stock) {
    struct waiters *waiters = &run->material_waiters[stock];
    if (waiters->first != NOBODY && run->stocks[stock].on_hand.now > 0)
        call(run, thing_of_stock(run, stock));
}

/* ---- the phase ---- */
static void try(struct run *run, int32_t waiter) {
    if (waiter < 0)
        move_door(run, waiter_of_door(waiter));
    else if (run->machines[waiter].finished)
        move_machine(run, waiter);
    else
        machine_material(run, waiter);
}

static struct waiters *waiters_of(struct run *run, int32_t thing) {
    int32_t loop = thing - run->plant->station_count, stock = loop - run->plant->loop_count;
    if (loop < 0) return &run->stations[thing].queue.waiters;
    return stock < 0 ? &run->loop_waiters[loop] : &run->material_waiters[stock];
}

static bool there_is(const struct run *run, int32_t thing) {
    int32_t loop = thing - run->plant->station_count, stock = loop - run->plant->loop_count;
    if (loop < 0) return floor_room_before(run, thing);
    return stock < 0 ? run->loop_free[loop] > 0 : run->stocks[stock].on_hand.now > 0;
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
    struct waiters *waiters = waiters_of(run, thing);
    for (int32_t waiter = NOBODY;
         waiters->first != NOBODY && waiters->first != waiter && there_is(run, thing);) {
        waiter = waiters_pull(run, waiters);
        try(run, waiter);
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

/* What a lot has taken goes back to its stock, and what it waits for is no longer asked. */
static void give_back_uses(struct run *run, const struct part *part) {
    const struct item *item = &run->plant->items[run->plant->flows[part->flow].item];
    if (!part->has_uses) ask_for_uses(run, part, item->use_first, item->use_count, true);
    for (int32_t i = item->use_first; part->has_uses && i < item->use_first + item->use_count; i++)
        stock_receive(run, run->plant->uses[i].stock, run->plant->uses[i].amount * part->pieces);
}

/* Empties a door: its lots find no room, and `if-full: lose` says not to wait. */
static void lose_door(struct run *run, int32_t source) {
    struct door *door = &run->doors[source];
    for (int32_t id = door->first, next; id != NOBODY; id = next) {
        next = run->parts[id].next;
        run->sources[source].lost++;
        give_back_uses(run, &run->parts[id]);
        TELL(run, refused, &run->parts[id]);
        part_give(run, id);
    }
    *door = (struct door){NOBODY, NOBODY, 0, NOBODY};
}

static void waiters_drop(struct run *run, struct waiters *waiters, int32_t waiter) {
    int32_t before = NOBODY;
    for (int32_t at = waiters->first; at != NOBODY; before = at, at = *waiter_next(run, at)) {
        if (at != waiter) continue;
        if (before == NOBODY)
            waiters->first = *waiter_next(run, at);
        else
            *waiter_next(run, before) = *waiter_next(run, at);
        if (waiters->last == at) waiters->last = before;
        return;
    }
}

void floor_close_doors(struct run *run) {
    const struct plant *plant = run->plant;
    run->losing_any = false;
    for (int32_t source = 0; source < plant->release_count; source++) {
        if (run->settings.sources[source].if_full != IF_FULL_LOSE || !run->doors[source].count)
            continue;
        int32_t waiter = waiter_of_door(source);
        int32_t station = plant->steps[run->parts[run->doors[source].first].step].station;
        waiters_drop(run, &run->stations[station].queue.waiters, waiter);
        for (int32_t i = 0; i < plant->loop_count; i++)
            waiters_drop(run, &run->loop_waiters[i], waiter);
        for (int32_t i = 0; i < plant->stock_count; i++)
            waiters_drop(run, &run->material_waiters[i], waiter);
        lose_door(run, source);
    }
}
