/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits, and for what: lists of waiters, and what moves, doors and materials ask of each other.
 *
 * A *waiter* is a machine with finished parts (its number, from 0) or a door (from -2 down), where
 * lots stand that could not come in yet. Each waits for one thing at a time: room before a station,
 * or material. For cards lots wait one by one, and pass those who need others. */
#ifndef TAKT_MODELS_FLOOR_WAITERS_H
#define TAKT_MODELS_FLOOR_WAITERS_H

#include "quick.h"

/* ---- lists of waiters ---- */
static inline int32_t *waiter_next(struct run *run, int32_t waiter) {
    return waiter >= 0 ? &run->machines[waiter].next_waiter
                       : &run->doors[waiter_of_door(waiter)].next_waiter;
}

static inline void waiters_push(struct run *run, struct waiters *waiters, int32_t waiter) {
    *waiter_next(run, waiter) = NOBODY;
    if (waiters->first == NOBODY)
        waiters->first = waiter;
    else
        *waiter_next(run, waiters->last) = waiter;
    waiters->last = waiter;
}

static inline void waiters_push_first(struct run *run, struct waiters *waiters, int32_t waiter) {
    *waiter_next(run, waiter) = waiters->first;
    if (waiters->first == NOBODY) waiters->last = waiter;
    waiters->first = waiter;
}

static inline int32_t waiters_pull(struct run *run, struct waiters *waiters) {
    int32_t waiter = waiters->first;
    if (waiter != NOBODY) waiters->first = *waiter_next(run, waiter);
    return waiter;
}

/* False: it does not wait there. */
static inline bool waiters_drop(struct run *run, struct waiters *waiters, int32_t waiter) {
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

/* ---- what they wait for ---- */
/* What waiters wait for: room before a station, a card of a loop, goods of a stock, room in it. */
static inline int32_t thing_of_loop(const struct run *run, int32_t loop) {
    return run->plant->station_count + loop;
}
static inline int32_t thing_of_stock(const struct run *run, int32_t stock) {
    return run->plant->station_count + run->plant->loop_count + stock;
}

static inline int32_t thing_of_room(const struct run *run, int32_t stock) {
    return thing_of_stock(run, stock) + run->plant->stock_count;
}

/* Something that may be used instead of what is in this stock. */
static inline int32_t thing_of_choice(const struct run *run, int32_t stock) {
    return thing_of_room(run, stock) + run->plant->stock_count;
}

/* Room at some station of a pool. */
static inline int32_t thing_of_pool(const struct run *run, int32_t pool) {
    return thing_of_choice(run, run->plant->stock_count) + pool;
}

/* There is some of it: who waits for it is tried before anybody who comes now. */
static inline void call(struct run *run, int32_t thing) {
    uint64_t bit = UINT64_C(1) << (thing & 63), *word = &run->called[thing >> 6];
    run->called_count += !(*word & bit);
    *word |= bit;
    if (!run->called_marked) moves_push(run, NOBODY); /* so that phase C has something to try */
    run->called_marked = true;
}

/* ---- move.c ---- */
enum placed { PLACED, NO_ROOM, NO_CARD, NO_KIT };

/* May the part come into the queue of its step's station? With NO_ROOM, WAITER will be told. */
enum placed floor_place(struct run *, int32_t part, int32_t waiter);
void floor_put(struct run *, int32_t part); /* it may: it comes */

/* ---- door.c ---- */
void move_door(struct run *, int32_t door);    /* tries those who were not tried yet */
void answer_cards(struct run *, int32_t loop); /* lets in who can come in now that some are free */

/* ---- material.c ---- */
/* Asks stocks for what a lot uses, or takes that back. */
void ask_for_uses(struct run *, const struct part *, int32_t first, int32_t count, bool taken_back);
/* Takes what PART's pieces need of each use and was asked for, all or nothing. False: WAITER waits
 * for the first stock that is short; who waited before keeps its place. */
bool take_uses(struct run *, struct part *, int32_t first, int32_t count, int32_t waiter);

#endif
