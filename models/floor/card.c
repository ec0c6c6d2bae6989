/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards: what may be started.
 *
 * A lot takes the cards that its next step asks for, all or none, and holds each until the way of
 * its loop is over; `when taken`, until it holds the next one. A card that ends at a stock stays on
 * the goods until they are taken, the oldest first. Cards of a stock that orders with them are on
 * its orders, then on its goods, and order anew as soon as they are free. A lot with more work than
 * a loop allows in all may start when nothing else is out. */
#include "quick.h"

/* ---- the pool of held cards ---- */
static int32_t held_take(struct run *run, struct held held) {
    int32_t id = run->held_free;
    if (id != NOBODY)
        run->held_free = run->held[id].next;
    else {
        if (run->held_count == run->held_room) {
            run->held_room = run->held_room ? 2 * run->held_room : 1;
            run->held = memory_grown(run->held, (size_t)run->held_room, sizeof *run->held);
        }
        id = run->held_count++;
    }
    run->held[id] = held;
    return id;
}

static void held_give(struct run *run, int32_t id) {
    run->held[id].next = run->held_free;
    run->held_free = id;
}

/* ---- free and in use ---- */
static void use_cards(struct run *run, int32_t loop, int64_t cards) {
    run->loops[loop].free -= cards;
    level_change(&run->loops[loop].use, run->now, cards);
}

static void call_for(struct run *run, int32_t loop) {
    if (run->plant->loops[loop].orders)
        stocks_order_cards(run, run->plant->loops[loop].to_stock);
    else
        cards_call(run, loop);
}

static void free_cards(struct run *run, int32_t loop, int64_t cards) {
    if (cards == 0) return;
    use_cards(run, loop, -cards);
    call_for(run, loop);
}

void cards_added(struct run *run, int32_t loop, int64_t cards) {
    run->loops[loop].free += cards;
    if (cards > 0) call_for(run, loop);
}

void cards_start(struct run *run) {
    run->held_count = 0;
    run->held_free = NOBODY;
    run->cards_wanted = false;
    for (int32_t i = 0; i < run->plant->loop_count; i++)
        run->loops[i] = (struct loop_state){.free = loop_limit(&run->settings.loops[i]),
                                            .wait_sketch = run->loops[i].wait_sketch,
                                            .goods_first = NOBODY,
                                            .goods_last = NOBODY};
}

/* ---- lots ---- */
/* What the lot takes of a loop: cards, or the work that it will bring to the station. */
static int64_t cards_for(const struct run *run, const struct part *part, int32_t id) {
    const struct loop *loop = &run->plant->loops[id];
    if (loop->counts == CARD_LOTS) return 1;
    if (loop->counts == CARD_PIECES)
        return (1000 * (int64_t)part->pieces + loop->size - 1) / loop->size;
    const struct plant *plant = run->plant;
    int32_t here = part->step;
    int64_t work = plant->steps[here].station == loop->work_at ? work_time(run, part, here) : 0;
    for (int32_t at = plant->steps[here].written + 1; at < plant_route_end(plant, here); at++)
        if (plant->steps[at].station == loop->work_at && choice_does(run, part, at))
            work += work_time(run, part, at);
    return work;
}

static int32_t held_of(const struct run *run, const struct part *part, int32_t loop) {
    int32_t id = part->cards;
    while (id != NOBODY && run->held[id].loop != loop) id = run->held[id].next;
    return id;
}

static bool are_free(const struct run *run, const struct part *part, int32_t id) {
    const struct loop_state *loop = &run->loops[id];
    return loop->use.now == 0 || loop->free >= cards_for(run, part, id);
}

bool cards_need(const struct run *run, const struct part *part, int32_t loop) {
    if (part->step == NOBODY) return false;
    const struct step *step = &run->plant->steps[part->step];
    for (int32_t i = 0; i < step->take_count; i++)
        if (run->plant->loop_lists[step->take_first + i] == loop)
            return held_of(run, part, loop) == NOBODY;
    return false;
}

bool cards_free(const struct run *run, const struct part *part) {
    if (part->step == NOBODY) return true; /* it passes all steps */
    const struct step *step = &run->plant->steps[part->step];
    for (int32_t i = 0; i < step->take_count; i++) {
        int32_t loop = run->plant->loop_lists[step->take_first + i];
        if (!are_free(run, part, loop) && held_of(run, part, loop) == NOBODY) return false;
    }
    return true;
}

void cards_take(struct run *run, struct part *part) {
    const struct step *step = &run->plant->steps[part->step];
    for (int32_t i = 0; i < step->take_count; i++) {
        int32_t loop = run->plant->loop_lists[step->take_first + i];
        int32_t kept = held_of(run, part, loop);
        if (kept != NOBODY) { /* one of the same loop, which would come back now: it stays */
            run->held[kept].done = false;
            continue;
        }
        int64_t cards = cards_for(run, part, loop);
        use_cards(run, loop, cards);
        part->cards =
            held_take(run, (struct held){.next = part->cards, .loop = loop, .cards = cards});
        tally_add(&run->loops[loop].wait, run->now - part->since);
        sketch_add(run->loops[loop].wait_sketch, run->now - part->since);
    }
}

static bool ends_at(const struct plant *plant, const struct step *step, int32_t loop) {
    for (int32_t i = 0; i < step->give_count; i++)
        if (plant->loop_lists[step->give_first + i] == loop) return true;
    return false;
}

/* Takes a card off the lot, which LINK leads to. */
static void give_back(struct run *run, int32_t *link) {
    int32_t id = *link;
    *link = run->held[id].next;
    free_cards(run, run->held[id].loop, run->held[id].cards);
    held_give(run, id);
}

void cards_end(struct run *run, struct part *part, int32_t at) {
    const struct step *step = &run->plant->steps[at];
    for (int32_t *link = &part->cards; *link != NOBODY;) {
        struct held *held = &run->held[*link];
        bool ends = ends_at(run->plant, step, held->loop);
        if (ends && !run->plant->loops[held->loop].when_taken)
            give_back(run, link);
        else {
            held->done |= ends;
            link = &held->next;
        }
    }
}

void cards_moved(struct run *run, struct part *part) {
    for (int32_t *link = &part->cards; *link != NOBODY;)
        if (run->held[*link].done)
            give_back(run, link);
        else
            link = &run->held[*link].next;
}

void cards_return(struct run *run, struct part *part) {
    while (part->cards != NOBODY) give_back(run, &part->cards);
}

void cards_leave(struct run *run, struct part *part) {
    int32_t stock = part->order == NOBODY ? run->plant->flows[part->flow].stock : NOBODY;
    for (int32_t *link = &part->cards; *link != NOBODY;) {
        struct held *held = &run->held[*link];
        const struct loop *loop = &run->plant->loops[held->loop];
        if (stock != NOBODY && loop->when_taken && loop->to_stock == stock) {
            run->loops[held->loop].coming += held->cards;
            int32_t id = *link;
            *link = held->next;
            held_give(run, id);
        } else
            give_back(run, link);
    }
}

/* ---- goods ---- */
/* What lies in a stock at the start lies there with cards, as many as there are. */
void cards_on_start(struct run *run, int32_t stock, int64_t amount) {
    const struct stock *plan = &run->plant->stocks[stock];
    for (int32_t i = 0; i < plan->loop_count; i++) {
        int32_t id = run->plant->loop_lists[plan->loop_first + i];
        const struct loop *loop = &run->plant->loops[id];
        int64_t each = loop->counts == CARD_LOTS && !loop->orders
                           ? 1000 * (int64_t)run->settings.items[plan->item].lot
                           : loop->size;
        int64_t cards = loop->counts == CARD_WORK ? 0 : (amount + each - 1) / each;
        if (cards > run->loops[id].free) cards = run->loops[id].free;
        use_cards(run, id, cards);
        run->loops[id].coming = cards;
    }
}

void cards_stocked(struct run *run, int32_t stock, int64_t amount) {
    const struct stock *plan = &run->plant->stocks[stock];
    for (int32_t i = 0; i < plan->loop_count; i++) {
        struct loop_state *loop = &run->loops[run->plant->loop_lists[plan->loop_first + i]];
        int32_t id =
            held_take(run, (struct held){.next = NOBODY,
                                         .loop = run->plant->loop_lists[plan->loop_first + i],
                                         .cards = loop->coming,
                                         .pieces = amount});
        loop->coming = 0;
        if (loop->goods_first == NOBODY)
            loop->goods_first = id;
        else
            run->held[loop->goods_last].next = id;
        loop->goods_last = id;
    }
}

/* Cards that stay on goods of which so much is left: one for each begun card's worth. */
static int64_t cards_left(const struct run *run, const struct held *held) {
    const struct loop *loop = &run->plant->loops[held->loop];
    if (held->pieces == 0) return 0;
    int64_t each = loop->size;
    if (loop->counts == CARD_WORK || (held->cards == 1 && !loop->orders)) return held->cards;
    if (loop->counts == CARD_LOTS && !loop->orders)
        each = 1000 * (int64_t)run->settings.items[run->plant->stocks[loop->to_stock].item].lot;
    int64_t left = (held->pieces + each - 1) / each;
    return left < held->cards ? left : held->cards;
}

static void take_goods(struct run *run, int32_t loop, int64_t amount) {
    struct loop_state *state = &run->loops[loop];
    while (amount > 0 && state->goods_first != NOBODY) {
        int32_t id = state->goods_first;
        struct held *held = &run->held[id];
        int64_t taken = held->pieces < amount ? held->pieces : amount;
        amount -= taken;
        held->pieces -= taken;
        int64_t left = cards_left(run, held), back = held->cards - left;
        held->cards = left;
        if (held->pieces == 0) {
            state->goods_first = held->next;
            held_give(run, id);
        }
        free_cards(run, loop, back);
    }
}

void cards_taken(struct run *run, int32_t stock, int64_t amount) {
    const struct stock *plan = &run->plant->stocks[stock];
    for (int32_t i = 0; i < plan->loop_count; i++)
        take_goods(run, run->plant->loop_lists[plan->loop_first + i], amount);
}

/* ---- a stock that orders with cards ---- */
static int32_t ordering_loop(const struct run *run, int32_t stock) {
    const struct stock *plan = &run->plant->stocks[stock];
    int32_t i = 0;
    while (!run->plant->loops[run->plant->loop_lists[plan->loop_first + i]].orders) i++;
    return run->plant->loop_lists[plan->loop_first + i];
}

int64_t cards_order(const struct run *run, int32_t stock) {
    int32_t loop = ordering_loop(run, stock);
    return run->loops[loop].free > 0 ? run->loops[loop].free * run->plant->loops[loop].size : 0;
}

/* Cards on an order; no more than are free, when the source takes larger orders only. */
void cards_ordered(struct run *run, int32_t stock, int64_t amount) {
    int32_t loop = ordering_loop(run, stock);
    struct loop_state *state = &run->loops[loop];
    int64_t each = run->plant->loops[loop].size;
    int64_t cards = (amount + each - 1) / each;
    if (cards > state->free) cards = state->free;
    use_cards(run, loop, cards);
    state->ordered += cards;
}

/* Goods that were ordered come, or never will: LOST. Each card comes with the last of what it
 * stands for. */
void cards_ordered_come(struct run *run, int32_t stock, int64_t amount, bool lost) {
    int32_t loop = ordering_loop(run, stock);
    struct loop_state *state = &run->loops[loop];
    int64_t each = run->plant->loops[loop].size;
    state->part_come += amount;
    int64_t cards = state->part_come / each;
    state->part_come -= cards * each;
    if (run->stocks[stock].on_order.now == 0) cards = state->ordered; /* the last: none is behind */
    if (cards > state->ordered) cards = state->ordered;
    state->ordered -= cards;
    if (lost)
        free_cards(run, loop, cards);
    else
        state->coming += cards;
    if (run->stocks[stock].on_order.now == 0) state->part_come = 0;
}
