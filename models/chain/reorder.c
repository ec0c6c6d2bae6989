/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a stock orders, and how much.
 *
 * The inventory position is what is on hand, on order and not yet owed to somebody: on hand + on
 * order - owed. Policies look at it: continuously, at every change that lowers it, or at reviews.
 * Within an instant stocks order from the customer upwards (models/run/event.h). */
#include "../floor/quick.h"
#include "../plan/planner.h"
#include "driver.h"

#include <math.h>

/* Net stock and what is on order; with the scope of an echelon, also that of the stocks below. */
int64_t stock_position(const struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    int64_t position = run->stocks[id].net.now + run->stocks[id].on_order.now;
    /* What a stock below has ordered it is owed here, so the two cancel; but not while the order is
     * on its way. */
    for (int32_t i = 0; i < stock->below_count; i++) {
        const struct stock_state *below = &run->stocks[stock->below[i]];
        position += below->net.now + below->on_order.now - below->orders_away;
    }
    return position;
}

/* ---- when ---- */
/* In the order of stocks from the customer upwards; behind those below, a stock may serve first.
 * Where the stocks nearest the source order first, it serves when all have ordered. */
int32_t stock_turn(const struct plant *plant, int32_t id, bool serves) {
    int32_t plans = PLAN_SLOTS * plant->plans.count; /* go first, also when orders come early */
    int32_t rank = plant->stocks[id].rank, last = plant->stock_count;
    if (UNLIKELY(plant->orders_from_source)) rank = (serves ? 2 * last : last) - rank;
    return plans + rank * (last + 1) + (serves ? 0 : 1 + id);
}

static void plan_review(struct run *run, int32_t id, tick at) {
    const struct plant *plant = run->plant;
    run_plan_ranked(run, plant->review_slot + id, at, CLASS_ORDER, stock_turn(plant, id, false));
}

/* The first review at or after this moment. */
static tick review_from(const struct run *run, int32_t id, tick at) {
    const struct span calendar = {run->settings.stocks[id].calendar};
    return calendar.ticks ? cadence_next(run->plant, calendar, at - 1) : at;
}

static tick next_review(const struct run *run, int32_t id) {
    const struct stock_settings *settings = &run->settings.stocks[id];
    return review_from(run, id, run->now + (settings->calendar ? 1 : settings->every));
}

/* Does it look by itself? A plan of requirements orders when it releases. */
static bool reviewed(const struct stock_settings *settings) {
    return settings->policy != NOBODY && settings->policy != REORDER_PLAN;
}

static tick round_up(tick time, tick every) {
    return (time + every - 1) / every * every;
}

void stock_reviews_start(struct run *run, int32_t id) {
    const struct stock_settings *settings = &run->settings.stocks[id];
    if (!reviewed(settings)) return;
    tick at = settings->every ? settings->first : run->now;
    if (run->now > at) /* the next of them */
        at = settings->calendar ? run->now : at + round_up(run->now - at, settings->every);
    plan_review(run, id, settings->every ? review_from(run, id, at) : at);
}

void stock_reviews_anew(struct run *run, int32_t id) {
    int32_t slot = run->plant->review_slot + id;
    if (calendar_pending(&run->calendar, slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, slot);
    stock_reviews_start(run, id);
}

void stock_review_now(struct run *run, int32_t id) {
    plan_review(run, id, run->now);
}

/* The position of the stocks above has fallen too, for those that look at their echelon. */
static void echelon_fell(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    const struct stock *stock = &plant->stocks[id];
    if (stock->echelon && run->settings.stocks[id].every == 0) plan_review(run, id, run->now);
    for (int32_t i = 0; i < stock->origin_count; i++) {
        const struct origin *origin = &plant->origins[stock->origin_first + i];
        if (origin->kind == FROM_STOCK) echelon_fell(run, origin->index);
    }
}

/* The position has fallen: a policy without reviews looks at once, in its turn. */
void stock_position_fell(struct run *run, int32_t id) {
    const struct stock_settings *settings = &run->settings.stocks[id];
    if (reviewed(settings) && settings->every == 0) plan_review(run, id, run->now);
    if (UNLIKELY(run->plant->echelons)) echelon_fell(run, id);
}

void stocks_order_cards(struct run *run, int32_t id) {
    if (run->settings.stocks[id].every == 0) plan_review(run, id, run->now);
}

/* ---- how much ---- */
struct stock_view { /* what an expression of a stock sees */
    const struct run *run;
    int32_t stock;
};

double stock_value(const struct run *run, int32_t id, int32_t what, int32_t index) {
    const struct stock_state *stock = &run->stocks[id];
    switch ((enum stock_name)what) {
    case STOCK_ON_HAND: return (double)stock->on_hand.now / 1000;
    case STOCK_OWED: return (double)stock->owed.now / 1000;
    case STOCK_ON_ORDER: return (double)stock->on_order.now / 1000;
    case STOCK_NET: return (double)stock->net.now / 1000;
    case STOCK_POSITION: return (double)stock_position(run, id) / 1000;
    case STOCK_DEMAND: return (double)demand_now(run, id) / 1000;
    case STOCK_MEAN_DEMAND: return demand_mean(run, id, index);
    case STOCK_FORECAST: return planning_next(run, id);
    case STOCK_LEAD_TIME: return supply_lead_expected(run, id);
    case STOCK_NAME_COUNT: break;
    }
    return world_read(run, what, index);
}

static double stock_read(const void *context, int32_t what, int32_t index) {
    const struct stock_view *view = context;
    return stock_value(view->run, view->stock, what, index);
}

static double computed(struct run *run, int32_t id, const struct formula *formula) {
    struct draw draw = draw_at(run_stream(run, run->plant->stocks[id].rule_stream),
                               (uint64_t)run->stocks[id].review_number, 0, run->replication, 0);
    struct stock_view view = {run, id};
    seen_by(run, formula);
    struct formula_env env = {.read = stock_read, .context = &view, .draw = &draw};
    return formula_value(formula, &env);
}

int64_t stock_amount(struct run *run, int32_t id, int64_t fixed, const struct formula *formula) {
    if (LIKELY(!formula)) return fixed;
    double amount = computed(run, id, formula);
    const struct dimension unit = formula->dimension, none = {0};
    if (!dimension_same(unit, none))
        amount /= run->plant->items[run->plant->stocks[id].item].unit_scale;
    if (fabs(amount) < 9e12) return llrint(amount * 1000);
    if (isnan(amount) && seen_in(formula)) return 0; /* nothing has been measured yet */
    run_stop(run, "a rule of stock %s gives %g: %s", run->plant->stocks[id].name, amount,
             formula->text);
    return 0;
}

/* What an `order` expression says: nothing when it is not above 0. */
static int64_t rule_due(struct run *run, int32_t id) {
    double amount = computed(run, id, run->settings.stocks[id].order);
    if (!(amount > 0)) return 0;
    if (amount < 9e12) return llrint(amount * 1000);
    run_stop(run, "stock %s would order %g", run->plant->stocks[id].name, amount);
    return 0;
}

static int64_t lots_due(struct run *run, int32_t id, int64_t lacks, int64_t quantity) {
    if (quantity > 0) return (lacks / quantity + 1) * quantity;
    run_stop(run, "the quantity of stock %s is not above 0", run->plant->stocks[id].name);
    return 0;
}

/* A source that decides itself sends what it has, and owes nothing. */
static int64_t source_can(const struct run *run, int32_t id, int64_t amount) {
    const struct stock *stock = &run->plant->stocks[id];
    const struct origin *origin = &run->plant->origins[stock->origin_first];
    if (run->settings.stocks[id].policy != REORDER_VMI || origin->kind != FROM_STOCK) return amount;
    const struct stock_state *source = &run->stocks[origin->index];
    int64_t free = source->on_hand.now - source->owed.now;
    return free < amount ? (free > 0 ? free : 0) : amount;
}

static int64_t order_due(struct run *run, int32_t id) {
    const struct stock_settings *settings = &run->settings.stocks[id];
    const struct stock_formulas *formulas = &settings->formulas;
    int64_t now = stock_position(run, id), at;
    switch ((enum reorder_policy)settings->policy) {
    case REORDER_BASE_STOCK:
        at = stock_amount(run, id, settings->level, formulas->level);
        return now < at ? at - now : 0;
    case REORDER_MIN_MAX:
    case REORDER_VMI:
        if (now > stock_amount(run, id, settings->min, formulas->min)) return 0;
        at = stock_amount(run, id, settings->max, formulas->max);
        return now < at ? source_can(run, id, at - now) : 0;
    case REORDER_FIXED:
        at = stock_amount(run, id, settings->point, formulas->point);
        if (now > at) return 0;
        return lots_due(run, id, at - now,
                        stock_amount(run, id, settings->quantity, formulas->quantity));
    case REORDER_RULE: return rule_due(run, id);
    case REORDER_CARDS: return cards_order(run, id);
    case REORDER_FORECAST: return planning_level(run, id) > now ? planning_level(run, id) - now : 0;
    case REORDER_PLAN: return requirements_due(run, id);
    case REORDER_DDMRP: return buffer_due(run, id);
    case REORDER_NEWSVENDOR: at = demand_newsvendor(run, id); return now < at ? at - now : 0;
    }
    return 0;
}

/* The period that ends now was ready if nothing was owed until this instant. */
static void count_period(struct run *run, int32_t id) {
    struct stock_state *stock = &run->stocks[id];
    if (run->now == 0 || run->measured_from < 0 || run->now == run->measured_from) return;
    bool changed = stock->changed == run->now, sold = stock->sold == run->now;
    int64_t owed = changed ? stock->owed_before : stock->owed.now,
            net = changed || sold ? stock->net_before : stock->net.now;
    stock->periods++;
    stock->ready_periods += owed == 0;
    stock->owed_at_ends += owed;
    tally_add(&stock->net_at_ends, net);
    measure_sequence(run, id, WATCH_NET, (double)net / 1000);
    measure_sequence(run, id, WATCH_OWED, (double)owed / 1000);
    measure_sequence(run, id, WATCH_ON_HAND, (double)(net + owed) / 1000);
}

/* To its source; of several, to one or to each what it should deliver. */
void stock_order(struct run *run, int32_t id, int64_t amount) {
    const struct stock *stock = &run->plant->stocks[id];
    int32_t first = stock->origin_first;
    if (LIKELY(stock->origin_count == 1))
        supply_order(run, id, first, amount);
    else if (!sourcing_divides(run, id))
        supply_order(run, id, sourcing_chosen(run, id, amount), amount);
    else
        for (int32_t i = first; i < first + stock->origin_count; i++)
            if (run->origins[i].due > 0) supply_order(run, id, i, run->origins[i].due);
}

/* Stocks that stand one after the other in the scenario often look at the same moment: of the next
 * one, and of where its goods come from, what its review will need. */
static void fetch_next(const struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    if (id + 2 >= plant->stock_count) return;
    memory_fetch(&run->settings.stocks[id + 2], sizeof *run->settings.stocks);
    memory_fetch(&plant->stocks[id + 2], sizeof *plant->stocks);
    memory_fetch(&run->stocks[id + 2], sizeof *run->stocks);
    const struct stock *next = &plant->stocks[id + 1];
    if (next->origin_count == 0) return;
    const struct origin *origin = &plant->origins[next->origin_first];
    if (origin->kind != FROM_STOCK) return;
    memory_fetch(&run->stocks[origin->index], sizeof *run->stocks);
    memory_fetch(&plant->stocks[origin->index], sizeof *plant->stocks);
}

void stock_review(struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    const struct stock_settings *settings = &run->settings.stocks[id];
    if (settings->every) fetch_next(run, id);
    if (settings->every) count_period(run, id);
    if (settings->every || UNLIKELY(stock->history_count)) demand_look(run, id);
    int64_t amount = order_due(run, id);
    if (UNLIKELY(stock->origin_count > 1) && sourcing_divides(run, id))
        amount = sourcing_divide(run, id, amount);
    demand_seen(run, id, amount);
    if (run->measured_from >= 0)
        measure_sequence(run, id, WATCH_ORDERED_NOW, (double)amount / 1000);
    if (settings->every) plan_review(run, id, next_review(run, id));
    if (amount > 0 && settings->policy == REORDER_PLAN)
        requirements_order(run, id, amount);
    else if (amount > 0)
        stock_order(run, id, amount);
    if (UNLIKELY(stock->keeps)) kept_note(run, id);
}
