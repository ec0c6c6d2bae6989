/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sourcing: a stock with several sources.
 *
 * Most rules pick one source for a whole order: by shares, by price, by time, who is able, or as an
 * expression says. Three divide what is due:
 *
 * Dual index (Veeraraghavan and Scheller-Wolf 2008, Now or later: a simple policy for effective
 * dual sourcing in capacitated systems). A source sees of what is on order only what should be
 * there by the time its own goods come, and raises that to its level; the fastest goes first. With
 * two sources whose lead times differ by one period this is optimal (Fukuda 1964).
 *
 * Tailored base-surge (Allon and Van Mieghem 2010, Global dual sourcing: tailored base-surge
 * allocation to near- and offshore production). The first source gets the same at every review,
 * whatever happens; the second what the policy wants beyond it.
 *
 * Emergency. The second gets what is owed and not on order there, the first the rest.
 *
 * What is on order at each source is kept in the order of ordering. Goods that come are those that
 * were ordered there first: where orders cross, only the expected times are exchanged. */
#include "../floor/quick.h"

#include <math.h>

/* ---- what is on order, by source ---- */
static int32_t expected_take(struct run *run) {
    if (run->expected_free != NOBODY) {
        int32_t id = run->expected_free;
        run->expected_free = run->expected[id].next;
        return id;
    }
    if (run->expected_count == run->expected_room) {
        run->expected_room = run->expected_room ? 2 * run->expected_room : 1;
        run->expected =
            memory_grown(run->expected, (size_t)run->expected_room, sizeof *run->expected);
    }
    return run->expected_count++;
}

void sourcing_ordered(struct run *run, int32_t origin_id, int64_t amount, tick at) {
    int32_t id = expected_take(run);
    struct origin_state *origin = &run->origins[origin_id];
    run->expected[id] = (struct expected){.next = NOBODY, .amount = amount, .at = at};
    if (origin->last == NOBODY)
        origin->first = id;
    else
        run->expected[origin->last].next = id;
    origin->last = id;
    origin->on_order += amount;
}

void sourcing_came(struct run *run, int32_t origin_id, int64_t amount) {
    struct origin_state *origin = &run->origins[origin_id];
    origin->on_order -= amount;
    while (amount > 0) {
        CHECK(origin->first != NOBODY);
        int32_t id = origin->first;
        struct expected *oldest = &run->expected[id];
        int64_t taken = oldest->amount < amount ? oldest->amount : amount;
        amount -= taken;
        oldest->amount -= taken;
        if (oldest->amount > 0) return;
        origin->first = oldest->next;
        if (origin->first == NOBODY) origin->last = NOBODY;
        oldest->next = run->expected_free;
        run->expected_free = id;
    }
}

void sourcing_start(struct run *run) {
    for (int32_t i = 0; i < run->plant->origin_count; i++)
        run->origins[i] = (struct origin_state){.first = NOBODY, .last = NOBODY};
}

/* What this stock has on order that should come after this moment. */
static int64_t comes_after(const struct run *run, const struct stock *stock, tick moment) {
    int64_t sum = 0;
    for (int32_t o = stock->origin_first; o < stock->origin_first + stock->origin_count; o++)
        for (int32_t id = run->origins[o].first; id != NOBODY; id = run->expected[id].next)
            if (run->expected[id].at > moment) sum += run->expected[id].amount;
    return sum;
}

int32_t sourcing_only(const struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    int32_t only = NOBODY, count = 0;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++)
        if (run->settings.origins[i].listed) only = i, count++;
    return count == 1 ? only : NOBODY;
}

/* ---- rules that pick ---- */
static int32_t drawn(struct run *run, const struct stock *stock, int64_t number) {
    struct draw draw =
        draw_at(run_stream(run, stock->origin_stream), (uint64_t)number, 0, run->replication, 0);
    double u = run_uniform(run, &draw);
    int32_t i = stock->origin_first, last = i + stock->origin_count - 1;
    while (i < last && u >= run->settings.origins[i].upto) i++;
    return i;
}

/* Of a unit, when so much is wanted: a supplier may only deliver more. */
static double unit_cost(const struct run *run, const struct stock *stock, int32_t origin_id,
                        int64_t amount) {
    const struct origin *origin = &run->plant->origins[origin_id];
    if (origin->kind != FROM_SUPPLIER) return item_worth(run->plant, &run->settings, stock->item);
    amount = supply_rounded(run, origin_id, amount);
    double order = (double)run->settings.supplies[origin->index].order_cost_micro / 1e6;
    return (order + supply_price(run, origin->index, amount)) / ((double)amount / 1000);
}

static bool has_enough(const struct run *run, int32_t stock, int64_t amount) {
    return run->stocks[stock].on_hand.now - run->stocks[stock].owed.now >= amount;
}

/* A stock that is short gets its goods first. */
static double time_to_receipt(const struct run *run, int32_t id, int32_t origin_id,
                              int64_t amount) {
    const struct origin *origin = &run->plant->origins[origin_id];
    double time = (double)supply_lead_of(run, id, origin_id, amount);
    if (origin->kind == FROM_STOCK && !has_enough(run, origin->index, amount))
        time += supply_lead_expected(run, origin->index);
    return time;
}

static bool is_able(const struct run *run, int32_t origin_id, int64_t amount) {
    const struct origin *origin = &run->plant->origins[origin_id];
    switch (origin->kind) {
    case FROM_SUPPLIER:
        return run->suppliers[run->plant->supplies[origin->index].supplier].down == 0;
    case FROM_STOCK: return has_enough(run, origin->index, amount);
    case FROM_FACTORY:
    case FROM_NOWHERE: break;
    }
    return true;
}

static double score(const struct run *run, int32_t id, int32_t rule, int32_t origin,
                    int64_t amount) {
    if (rule == CHOOSE_CHEAPEST) return unit_cost(run, &run->plant->stocks[id], origin, amount);
    if (rule == CHOOSE_NEAREST) return run->plant->origins[origin].away;
    return time_to_receipt(run, id, origin, amount);
}

static int32_t least(const struct run *run, int32_t id, int32_t rule, int64_t amount) {
    const struct stock *stock = &run->plant->stocks[id];
    int32_t best = stock->origin_first;
    double best_value = INFINITY;
    for (int32_t i = best; i < stock->origin_first + stock->origin_count; i++) {
        double value = run->settings.origins[i].listed ? score(run, id, rule, i, amount) : INFINITY;
        if (!(value < best_value)) continue;
        best = i;
        best_value = value;
    }
    return best;
}

/* In the order written; when nobody is able, the first. */
static int32_t first_able(const struct run *run, const struct stock *stock, int64_t amount) {
    const struct origin_settings *settings = run->settings.origins;
    int32_t first = NOBODY, able = NOBODY;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        if (!settings[i].listed) continue;
        if (first == NOBODY || settings[i].listed < settings[first].listed) first = i;
        if (able != NOBODY && settings[i].listed > settings[able].listed) continue;
        if (is_able(run, i, amount)) able = i;
    }
    return able == NOBODY ? first : able;
}

static int32_t picked(struct run *run, int32_t id, int32_t rule, int64_t amount) {
    const struct stock *stock = &run->plant->stocks[id];
    switch ((enum choose_rule)rule) {
    case CHOOSE_CHEAPEST:
    case CHOOSE_NEAREST:
    case CHOOSE_FASTEST: return least(run, id, rule, amount);
    case CHOOSE_FIRST_ABLE: return first_able(run, stock, amount);
    case CHOOSE_SHARE:
    case CHOOSE_BASE_SURGE:
    case CHOOSE_DUAL_INDEX:
    case CHOOSE_EMERGENCY:
    case CHOOSE_RULE_COUNT: break;
    }
    return drawn(run, stock, run->stocks[id].order_number);
}

/* ---- an expression that names a source ---- */
struct choice_view {
    struct run *run;
    int32_t stock;
    int64_t amount;
};

static double choice_read(const void *context, int32_t what, int32_t index) {
    const struct choice_view *view = context;
    const struct plant *plant = view->run->plant;
    if (what >= STOCK_NAME_COUNT) {
        int32_t rule = what - STOCK_NAME_COUNT,
                origin = sourcing_called(plant, &plant->stocks[view->stock], rule);
        if (origin == NOBODY) origin = picked(view->run, view->stock, rule, view->amount);
        return plant->origins[origin].thing;
    }
    if (what <= FORMULA_THING + 1) return sourcing_value(what, index);
    return stock_value(view->run, view->stock, what, index);
}

static int32_t named(struct run *run, int32_t id, int64_t amount) {
    const struct stock *stock = &run->plant->stocks[id];
    const struct formula *choose = run->settings.stocks[id].choose_formula;
    struct draw draw = draw_at(run_stream(run, stock->origin_stream),
                               (uint64_t)run->stocks[id].order_number, 1, run->replication, 0);
    struct choice_view view = {run, id, amount};
    seen_by(run, choose);
    struct formula_env env = {.read = choice_read, .context = &view, .draw = &draw};
    double thing = formula_value(choose, &env);
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++)
        if (run->settings.origins[i].listed && (double)run->plant->origins[i].thing == thing)
            return i;
    run_stop(run, "`choose` of stock %s gives no source of it: %s", stock->name, choose->text);
    return stock->origin_first;
}

int32_t sourcing_chosen(struct run *run, int32_t id, int64_t amount) {
    int32_t rule = run->settings.stocks[id].choose;
    return rule == CHOOSE_RULE_COUNT ? named(run, id, amount) : picked(run, id, rule, amount);
}

/* ---- rules that divide ---- */
bool sourcing_divides(const struct run *run, int32_t id) {
    int32_t rule = run->settings.stocks[id].choose;
    return rule == CHOOSE_DUAL_INDEX || rule == CHOOSE_BASE_SURGE || rule == CHOOSE_EMERGENCY;
}

/* The fastest source after those that have been looked at. */
static int32_t next_fastest(const struct run *run, int32_t id, tick after, int32_t after_origin) {
    const struct stock *stock = &run->plant->stocks[id];
    int32_t best = NOBODY;
    tick best_lead = 0;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        if (!run->settings.origins[i].listed) continue;
        tick lead = supply_lead_of(run, id, i, 0);
        if (lead < after || (lead == after && i <= after_origin)) continue;
        if (best != NOBODY && lead >= best_lead) continue;
        best = i;
        best_lead = lead;
    }
    return best;
}

static int64_t by_indices(struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    int64_t position = stock_position(run, id), sum = 0;
    tick lead = -1;
    for (int32_t i = next_fastest(run, id, -1, NOBODY); i != NOBODY;
         i = next_fastest(run, id, lead, i)) {
        lead = supply_lead_of(run, id, i, 0);
        const struct origin_settings *settings = &run->settings.origins[i];
        int64_t level = stock_amount(run, id, settings->level, settings->level_formula),
                seen = position - comes_after(run, stock, run->now + lead) + sum;
        run->origins[i].due = level > seen ? level - seen : 0;
        sum += run->origins[i].due;
    }
    return sum;
}

/* Of the first source, at every review. An item that is counted comes in whole pieces. */
static int64_t steady(const struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    if (run->settings.stocks[id].steady >= 0) return run->settings.stocks[id].steady;
    double share = run->settings.origins[stock->origin_first].upto * demand_mean(run, id, 0) * 1000;
    return stock_counted(run, id) ? llrint(share / 1000) * 1000 : llrint(share);
}

static int64_t lesser(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t sourcing_divide(struct run *run, int32_t id, int64_t amount) {
    struct origin_state *first = &run->origins[run->plant->stocks[id].origin_first],
                        *last = first + 1;
    const struct stock_state *stock = &run->stocks[id];
    switch ((enum choose_rule)run->settings.stocks[id].choose) {
    case CHOOSE_DUAL_INDEX: return by_indices(run, id);
    case CHOOSE_BASE_SURGE:
        first->due = steady(run, id);
        last->due = amount > first->due ? amount - first->due : 0;
        return first->due + last->due;
    case CHOOSE_EMERGENCY: {
        int64_t owed = -stock->net.now - last->on_order;
        last->due = owed > 0 ? lesser(owed, amount) : 0;
        first->due = amount - last->due;
        return amount;
    }
    case CHOOSE_SHARE:
    case CHOOSE_CHEAPEST:
    case CHOOSE_FASTEST:
    case CHOOSE_NEAREST:
    case CHOOSE_FIRST_ABLE:
    case CHOOSE_RULE_COUNT: break;
    }
    return amount;
}
