/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves: the first half of phase C. Finished parts go where there is room; who finds none waits for
 * it in order.
 *
 * A *waiter* is a machine with finished parts (its number, from 0) or a door (from -2 down), where
 * lots stand that could not come in yet. Each waits for one thing at a time: room before a station,
 * or a card. */
#include "floor.h"

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
void moves_push(struct run *run, int32_t waiter) {
    struct moves *moves = &run->moves;
    moves->list[moves->last] = waiter; /* room for every waiter at once: each is in one list only */
    if (++moves->last == moves->room) moves->last = 0;
}

/* Makes the ring larger, keeping what is in it. */
void moves_grow(struct run *run, int32_t room) {
    struct moves *moves = &run->moves;
    int32_t *list = memory_zeroed((size_t)room, sizeof *list), count = 0;
    for (int32_t i = moves->first; i != moves->last; i = i + 1 == moves->room ? 0 : i + 1)
        list[count++] = moves->list[i];
    free(moves->list);
    *moves = (struct moves){.list = list, .last = count, .room = room};
}

static bool room_before(const struct run *run, int32_t station) {
    const struct station_state *state = &run->stations[station];
    int32_t room = run->settings.stations[station].room;
    if (state->queue.count < room) return true;
    /* An idle machine that is open will take one from the queue, or holds it while it is down. */
    return !run->plant->stations[station].has_batch && state->queue.count - state->open_idle < room;
}

void floor_retry(struct run *run, int32_t station) {
    struct waiters *waiters = &run->stations[station].queue.waiters;
    if (waiters->first != NOBODY && room_before(run, station))
        moves_push(run, waiters_pull(run, waiters));
}

/* ---- cards ---- */
static bool cards_free(struct run *run, const struct part *part, int32_t station, int32_t waiter) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->loop_count; i++) {
        if (plant->loops[i].from != station || part->cards & 1 << i || run->loop_free[i] > 0)
            continue;
        waiters_push(run, &run->loop_waiters[i], waiter);
        return false;
    }
    return true;
}

static void cards_take(struct run *run, struct part *part, int32_t station) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->loop_count; i++)
        if (plant->loops[i].from == station && !(part->cards & 1 << i)) {
            part->cards |= 1 << i;
            run->loop_free[i]--;
            level_up(&run->loop_use[i], run->now);
        }
}

void loop_return(struct run *run, struct part *part, int32_t station) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; part->cards && i < plant->loop_count; i++) {
        if (!(part->cards & 1 << i) || (station != NOBODY && plant->loops[i].to != station))
            continue;
        part->cards &= ~(1 << i);
        run->loop_free[i]++;
        level_down(&run->loop_use[i], run->now);
        int32_t waiter = waiters_pull(run, &run->loop_waiters[i]);
        if (waiter != NOBODY) moves_push(run, waiter);
    }
}

/* Puts the part into the queue of its step's station. False: it has to wait, and WAITER will be
 * told. */
bool floor_place(struct run *run, int32_t id, int32_t waiter) {
    struct part *part = &run->parts[id];
    int32_t station = run->plant->steps[part->step].station;
    const struct station *plan = &run->plant->stations[station];
    if (run->settings.stations[station].room != INT32_MAX && !room_before(run, station)) {
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
    queue_push(run, station, id);
    return true;
}

/* ---- machines that have finished ---- */
static void move_machine(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    for (int32_t part; (part = run->machines[id].part) != NOBODY;) {
        int32_t next = run->parts[part].next;
        tick blocked = run->now - run->parts[part].since;
        run->parts[part].times[IN_BLOCKED] += blocked;
        run->parts[part].since = run->now;
        if (run->parts[part].step == NOBODY)
            part_finish(run, part);
        else if (!floor_place(run, part, id)) {
            struct machine *machine = &run->machines[id];
            if (machine->condition != STATE_BLOCKED) {
                SAY(run, CLASS_COMPLETE, plant->stations[machine->station].name,
                    "machine %d is blocked: no room before %s",
                    id - plant->stations[machine->station].machine_first + 1,
                    plant->stations[plant->steps[run->parts[part].step].station].name);
                machine_state_set(run, machine, STATE_BLOCKED);
            }
            guard_block(run, id);
            return;
        }
        run->machines[id].part = next;
    }
    run->machines[id].finished = false;
    machine_idle(run, id);
}

/* ---- doors ---- */
void door_push(struct run *run, int32_t id, int32_t part) {
    struct door *door = &run->doors[id];
    run->parts[part].next = NOBODY;
    if (door->first == NOBODY)
        door->first = part;
    else
        run->parts[door->last].next = part;
    door->last = part;
    if (door->count++ == 0) moves_push(run, waiter_of_door(id));
}

static void move_door(struct run *run, int32_t id) {
    struct door *door = &run->doors[id];
    bool source = id < run->plant->source_count;
    while (door->first != NOBODY) {
        int32_t part_id = door->first, waiter = waiter_of_door(id);
        struct part *part = &run->parts[part_id];
        int32_t next = part->next;
        const struct item *made = &run->plant->items[run->plant->flows[part->flow].item];
        part->born = run->now;
        if (!part->has_uses && !floor_uses(run, part, made->use_first, made->use_count, waiter))
            return;
        part->has_uses = true;
        if (!floor_place(run, part_id, waiter)) {
            if (source && run->settings.sources[id].if_full == IF_FULL_LOSE) run->losing_any = true;
            return;
        }
        door->first = next;
        door->count--;
        part_release(run, part_id);
        if (source && run->plant->sources[id].always) release_always(run, id);
    }
}

/* ---- material ---- */
static void waiters_push_first(struct run *run, struct waiters *waiters, int32_t waiter) {
    *waiter_next(run, waiter) = waiters->first;
    if (waiters->first == NOBODY) waiters->last = waiter;
    waiters->first = waiter;
}

/* Takes what PART's pieces need of each use, all or nothing. False: WAITER waits for the first
 * stock that is short; who waited before keeps its place. */
bool floor_uses(struct run *run, struct part *part, int32_t first, int32_t count, int32_t waiter) {
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
        stock_use(run, uses[i].stock, uses[i].amount * part->pieces);
        floor_material(run, uses[i].stock);
    }
    part->has_waited = false;
    return true;
}

void floor_material(struct run *run, int32_t stock) {
    struct waiters *waiters = &run->material_waiters[stock];
    if (waiters->first != NOBODY && run->stocks[stock].on_hand.now > 0)
        moves_push(run, waiters_pull(run, waiters));
}

/* ---- the phase ---- */
bool moves_run(struct run *run) {
    struct moves *moves = &run->moves;
    if (moves->first == moves->last) return false;
    do {
        int32_t waiter = moves->list[moves->first];
        if (++moves->first == moves->room) moves->first = 0;
        if (waiter < 0)
            move_door(run, waiter_of_door(waiter));
        else if (run->machines[waiter].finished)
            move_machine(run, waiter);
        else
            machine_material(run, waiter);
    } while (moves->first != moves->last);
    return true;
}

/* Empties a door: its lots find no room, and `if-full: lose` says not to wait. */
static void lose_door(struct run *run, int32_t source) {
    struct door *door = &run->doors[source];
    for (int32_t id = door->first, next; id != NOBODY; id = next) {
        next = run->parts[id].next;
        run->sources[source].lost++;
        SAY(run, CLASS_DEMAND, run->plant->sources[source].name, "lot %lld is lost: no room",
            (long long)run->parts[id].serial);
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
