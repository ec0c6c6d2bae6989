/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shelf life: goods of an item that does not keep are known by when they will be waste.
 *
 * The clock starts when goods are first received, or made, and goes on when they move from one
 * stock to another. A stock issues its oldest or its newest. What is left when its time is over is
 * thrown away: by itself as the last thing of its instant, so that it can still be used in it (see
 * models/run/event.h). The goods of a stock are a list, the first to expire first. */
#include "../floor/quick.h"

static int32_t aged_take(struct run *run) {
    if (run->aged_free != NOBODY) {
        int32_t id = run->aged_free;
        run->aged_free = run->aged[id].next;
        return id;
    }
    if (run->aged_count == run->aged_room) {
        run->aged_room = run->aged_room ? 2 * run->aged_room : 1;
        run->aged = memory_grown(run->aged, (size_t)run->aged_room, sizeof *run->aged);
    }
    return run->aged_count++;
}

static void aged_remove(struct run *run, int32_t stock, int32_t id) {
    struct stock_state *state = &run->stocks[stock];
    int32_t before = run->aged[id].before, next = run->aged[id].next;
    if (before == NOBODY)
        state->aged_first = next;
    else
        run->aged[before].next = next;
    if (next == NOBODY)
        state->aged_last = before;
    else
        run->aged[next].before = before;
    run->aged[id].next = run->aged_free;
    run->aged_free = id;
}

static void plan_expiry(struct run *run, int32_t stock) {
    int32_t slot = run->plant->expire_slot + stock, first = run->stocks[stock].aged_first;
    if (first == NOBODY) {
        calendar_cancel(&run->calendar, slot);
        return;
    }
    tick at = run->aged[first].expires;
    run_plan(run, slot, at > run->now ? at : run->now, CLASS_EXPIRE);
}

/* Most goods are the last to expire of those that are there. */
void shelf_put(struct run *run, int32_t stock, int64_t amount, tick expires) {
    struct stock_state *state = &run->stocks[stock];
    int32_t before = state->aged_last;
    if (expires == 0)
        expires = run->now + run->settings.items[run->plant->stocks[stock].item].shelf_life;
    while (before != NOBODY && run->aged[before].expires > expires)
        before = run->aged[before].before;
    if (before != NOBODY && run->aged[before].expires == expires) {
        run->aged[before].amount += amount;
        return;
    }
    int32_t id = aged_take(run);
    int32_t next = before == NOBODY ? state->aged_first : run->aged[before].next;
    run->aged[id] =
        (struct aged){.next = next, .before = before, .amount = amount, .expires = expires};
    if (before == NOBODY)
        state->aged_first = id;
    else
        run->aged[before].next = id;
    if (next == NOBODY)
        state->aged_last = id;
    else
        run->aged[next].before = id;
    if (before == NOBODY) plan_expiry(run, stock);
}

static int32_t next_issued(const struct run *run, int32_t stock) {
    return run->settings.stocks[stock].issue == ISSUE_OLDEST ? run->stocks[stock].aged_first
                                                             : run->stocks[stock].aged_last;
}

void shelf_take(struct run *run, int32_t stock, int64_t amount) {
    int32_t first = run->stocks[stock].aged_first;
    while (amount > 0) {
        int32_t id = next_issued(run, stock);
        CHECK(id != NOBODY);
        int64_t taken = run->aged[id].amount < amount ? run->aged[id].amount : amount;
        run->aged[id].amount -= taken;
        amount -= taken;
        if (run->aged[id].amount == 0) aged_remove(run, stock, id);
    }
    if (run->stocks[stock].aged_first != first) plan_expiry(run, stock);
}

int64_t shelf_alike(const struct run *run, int32_t stock, int64_t amount, tick *expires) {
    const struct aged *aged = &run->aged[next_issued(run, stock)];
    *expires = aged->expires;
    return aged->amount < amount ? aged->amount : amount;
}

int64_t shelf_expired(struct run *run, int32_t stock) {
    struct stock_state *state = &run->stocks[stock];
    int64_t sum = 0;
    while (state->aged_first != NOBODY && run->aged[state->aged_first].expires <= run->now) {
        sum += run->aged[state->aged_first].amount;
        aged_remove(run, stock, state->aged_first);
    }
    plan_expiry(run, stock);
    return sum;
}

int64_t shelf_sum(const struct run *run, int32_t stock) {
    int64_t sum = 0;
    for (int32_t id = run->stocks[stock].aged_first; id != NOBODY; id = run->aged[id].next)
        sum += run->aged[id].amount;
    return sum;
}
