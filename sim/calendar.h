/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar: what happens next.
 *
 * A winner tree (a tournament; Knuth, The Art of Computer Programming 3, 5.4.1) with one leaf per
 * *slot*. A slot belongs to one source of events (a machine, a failure clock, a stream of arrivals)
 * that has at most one event pending. Plan, move and cancel are one operation: write the leaf and
 * let the smaller key of each pair climb. No event is allocated, none is searched for, and the cost
 * does not depend on how many are cancelled.
 *
 * A key is 128 bits: tick 64, class 4, sequence 38, slot 22. Comparing keys is comparing (tick,
 * class, sequence); the sequence settles every tie, so the slot below it only says whose event it
 * is.
 *
 * The slot whose event is being handled is *held*: it keeps its key until its handler plans into it
 * or lets go, so an event that plans its successor costs one climb and not two. */
#ifndef TAKT_SIM_CALENDAR_H
#define TAKT_SIM_CALENDAR_H

#include "base.h"

typedef unsigned __int128 event_key;

enum {
    CALENDAR_SLOT_BITS = 22,
    CALENDAR_SEQUENCE_BITS = 38,
    CALENDAR_SLOTS_MOST = 1 << CALENDAR_SLOT_BITS,
    CALENDAR_CLASSES = 16
};

#define EVENT_NEVER (~(event_key)0)

struct calendar {
    event_key *tree;   /* 2 * capacity: leaves from capacity on, the smallest key at 1 */
    uint32_t capacity; /* a power of two, at least 2 */
    int32_t held;      /* slot of the event in hand, or -1 */
    uint64_t sequence; /* given to the next event planned; starts above all ranks */
    int32_t slot_count;
    int32_t free_count, free_room;
    int32_t *free; /* slots given back */
};

void calendar_init(struct calendar *, int32_t slot_count);
void calendar_clear(struct calendar *);                     /* gives memory back */
void calendar_reset(struct calendar *, int32_t slot_count); /* empty again, keeping its memory */

/* A slot for something that passes (a shipment), and back. The tree doubles when full: O(capacity)
 * then. */
int32_t calendar_take_slot(struct calendar *);
void calendar_give_slot(struct calendar *, int32_t slot);

static inline tick event_tick(event_key key) {
    return (tick)(uint64_t)(key >> 64);
}
static inline uint32_t event_class(event_key key) {
    return (uint32_t)((uint64_t)key >> (CALENDAR_SLOT_BITS + CALENDAR_SEQUENCE_BITS));
}
static inline int32_t event_slot(event_key key) {
    return (int32_t)((uint64_t)key & (CALENDAR_SLOTS_MOST - 1));
}
/* The smallest key at this instant and class: what is below comes before all of the class. */
static inline event_key event_bound(tick at, uint32_t class_) {
    return (event_key)(uint64_t)at << 64 |
           (event_key)((uint64_t)class_ << (CALENDAR_SLOT_BITS + CALENDAR_SEQUENCE_BITS));
}

/* Key of the next event, EVENT_NEVER when there is none. */
static inline event_key calendar_first(const struct calendar *calendar) {
    return calendar->tree[1];
}

/* Is another event pending at this slot's tick, before which there is none? It would be the first
 * of one of the subtrees beside the slot's way up. O(log capacity), no stores. */
static inline bool calendar_shares_tick(const struct calendar *calendar, int32_t slot) {
    const event_key *tree = calendar->tree;
    uint32_t i = calendar->capacity + (uint32_t)slot;
    for (tick at = event_tick(tree[i]); i > 1; i >>= 1)
        if (event_tick(tree[i ^ 1]) == at) return true;
    return false;
}

static inline void calendar_put(struct calendar *calendar, int32_t slot, event_key key) {
    event_key *tree = calendar->tree;
    uint32_t i = calendar->capacity + (uint32_t)slot;
    tree[i] = key;
    while (i > 1) {
        event_key other = tree[i ^ 1];
        key = other < key ? other : key;
        tree[i >>= 1] = key;
    }
}

/* Plans the slot's event, or moves the one pending. AT must not lie before the event in hand. */
static inline void calendar_plan(struct calendar *calendar, int32_t slot, tick at,
                                 uint32_t class_) {
    CHECK_SLOW(at >= 0 && class_ < CALENDAR_CLASSES);
    CHECK_SLOW(slot >= 0 && slot < calendar->slot_count);
    uint64_t sequence = calendar->sequence++;
    if (slot == calendar->held) calendar->held = -1;
    uint64_t below = sequence << CALENDAR_SLOT_BITS | (uint32_t)slot;
    calendar_put(calendar, slot, event_bound(at, class_) | (event_key)below);
}

/* The same with a rank instead of a sequence number: within the class, smaller ranks come first,
 * and all of them before what is planned without. RANK >= 0. */
static inline void calendar_plan_ranked(struct calendar *calendar, int32_t slot, tick at,
                                        uint32_t class_, int32_t rank) {
    CHECK_SLOW(at >= 0 && class_ < CALENDAR_CLASSES && rank >= 0);
    if (slot == calendar->held) calendar->held = -1;
    uint64_t below = (uint64_t)rank << CALENDAR_SLOT_BITS | (uint32_t)slot;
    calendar_put(calendar, slot, event_bound(at, class_) | (event_key)below);
}

static inline void calendar_cancel(struct calendar *calendar, int32_t slot) {
    if (slot == calendar->held) calendar->held = -1;
    calendar_put(calendar, slot, EVENT_NEVER);
}

/* The slot's own key; EVENT_NEVER when nothing is pending. */
static inline event_key calendar_pending(const struct calendar *calendar, int32_t slot) {
    return calendar->tree[calendar->capacity + (uint32_t)slot];
}

/* Takes the event in hand out of the tree unless its handler has planned into its slot. */
static inline void calendar_let_go(struct calendar *calendar) {
    if (calendar->held >= 0) calendar_cancel(calendar, calendar->held);
}

#endif
