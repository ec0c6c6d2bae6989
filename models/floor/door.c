/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doors: where lots stand that could not come in yet, and how they come in. */
#include "waiters.h"

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

void move_door(struct run *run, int32_t id) {
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
        if (station_rule(run, run->plant->steps[lot->step].station)->key_count == 0) break;
    }
}

void answer_cards(struct run *run, int32_t loop) {
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

/* ---- who may not wait ---- */
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
