/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lots use: out of which stock it is taken, and who waits for it. */
#include "waiters.h"

/* A lot waits for what it uses like any order, so that stocks see it and can order. */
void ask_for_uses(struct run *run, const struct part *part, int32_t first, int32_t count,
                  bool taken_back) {
    for (int32_t i = first; i < first + count; i++) {
        const struct use *use = &run->plant->uses[i];
        stock_ask(run, use->stock,
                  taken_back ? -use->amount * part->pieces : use->amount * part->pieces);
    }
}

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

bool take_uses(struct run *run, struct part *part, int32_t first, int32_t count, int32_t waiter) {
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
