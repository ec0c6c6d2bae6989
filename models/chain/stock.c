/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks: what is on hand, what is owed, and when to order.
 *
 * The inventory position is what is on hand, on order and not yet owed to somebody: on hand + on
 * order - owed. Policies look at it: continuously, at every change that lowers it, or at reviews.
 * Within an instant stocks fill orders from the source downwards and order from the customer
 * upwards (models/run/event.h). */
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

/* An order that is filled at once is owed for no time, so extremes are taken when an instant is
 * over. */
static void note_extremes(struct stock_state *stock) {
    level_extremes(&stock->on_hand);
    level_extremes(&stock->owed);
    level_extremes(&stock->on_order);
    level_extremes(&stock->under_way);
    level_extremes(&stock->net);
}

void stocks_note_extremes(struct run *run) {
    for (int32_t i = 0; i < run->plant->stock_count; i++) note_extremes(&run->stocks[i]);
}

/* The first change of an instant: keeps what was before, for the service measures of periods. What
 * is sold over the counter changes two levels alone, and looks at no other. */
static void first_sale(struct run *run, struct stock_state *stock) {
    level_extremes(&stock->on_hand);
    level_extremes(&stock->net);
    stock->net_before = stock->net.now;
    stock->sold = run->now;
}

static void new_instant(struct run *run, struct stock_state *stock) {
    if (stock->sold != run->now) first_sale(run, stock);
    level_extremes(&stock->owed);
    level_extremes(&stock->on_order);
    level_extremes(&stock->under_way);
    stock->owed_before = stock->owed.now;
    stock->changed = run->now;
}

void stock_change(struct run *run, int32_t id, struct level *level, int64_t by) {
    if (UNLIKELY(run->sink != NULL)) tell_change(run);
    if (run->stocks[id].changed != run->now) new_instant(run, &run->stocks[id]);
    level_shift(level, run->now, by);
}

static void owe(struct run *run, int32_t id, int64_t by) {
    stock_change(run, id, &run->stocks[id].owed, by);
    stock_change(run, id, &run->stocks[id].net, -by);
    if (UNLIKELY(run->plant->outage_count > 0) && by < 0) suppliers_cleared(run, id);
}

static void hold_more(struct run *run, int32_t id, int64_t by) {
    stock_change(run, id, &run->stocks[id].on_hand, by);
    stock_change(run, id, &run->stocks[id].net, by);
    if (UNLIKELY(room_limited(run, id)) && by < 0) room_freed(run, id);
    if (UNLIKELY(run->plant->stocks[id].loop_count)) {
        if (by > 0)
            cards_stocked(run, id, by);
        else
            cards_taken(run, id, -by);
    }
}

/* EXPIRES: of what comes and is not fresh, else 0. */
static void hold(struct run *run, int32_t id, int64_t by, tick expires) {
    hold_more(run, id, by);
    if (LIKELY(!run->plant->stocks[id].perishable)) return;
    if (by > 0)
        shelf_put(run, id, by, expires);
    else
        shelf_take(run, id, -by);
}

static void plan_serve(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    run_plan_ranked(run, plant->serve_slot + id, run->now, CLASS_SERVE,
                    plant->stock_count - plant->stocks[id].rank);
}

/* In the order of stocks from the customer upwards; behind those below, a stock may serve first.
 * Where the stocks nearest the source order first, it serves when all have ordered. */
static int32_t order_rank(const struct plant *plant, int32_t id, bool serves) {
    int32_t plans = PLAN_SLOTS * plant->plans.count; /* go first, also when orders come early */
    int32_t rank = plant->stocks[id].rank, last = plant->stock_count;
    if (UNLIKELY(plant->orders_from_source)) rank = (serves ? 2 * last : last) - rank;
    return plans + rank * (last + 1) + (serves ? 0 : 1 + id);
}

static void plan_review(struct run *run, int32_t id, tick at) {
    const struct plant *plant = run->plant;
    run_plan_ranked(run, plant->review_slot + id, at, CLASS_ORDER, order_rank(plant, id, false));
}

/* The first review at or after this moment. */
static tick review_from(const struct run *run, int32_t id, tick at) {
    const struct stock *stock = &run->plant->stocks[id];
    return stock->calendar.ticks ? cadence_next(run->plant, stock->calendar, at - 1) : at;
}

static tick next_review(const struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    return review_from(run, id, run->now + (stock->calendar.ticks ? 1 : stock->every));
}

void stock_review_now(struct run *run, int32_t id) {
    plan_review(run, id, run->now);
}

/* Who divides what is there waits until all stocks below have ordered in this instant. */
static void plan_serve_of(struct run *run, int32_t id, const struct order *order) {
    const struct plant *plant = run->plant;
    if (order->stock == NOBODY || run->settings.stocks[id].serve != SERVE_SHARE)
        plan_serve(run, id);
    else
        run_plan_ranked(run, plant->serve_slot + id, run->now, CLASS_ORDER,
                        order_rank(plant, id, true));
}

/* The position of the stocks above has fallen too, for those that look at their echelon. */
static void echelon_fell(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    const struct stock *stock = &plant->stocks[id];
    if (stock->echelon && stock->every == 0) plan_review(run, id, run->now);
    for (int32_t i = 0; i < stock->origin_count; i++) {
        const struct origin *origin = &plant->origins[stock->origin_first + i];
        if (origin->kind == FROM_STOCK) echelon_fell(run, origin->index);
    }
}

/* The position has fallen: a policy without reviews looks at once, in its turn. */
static void position_fell(struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    if (stock->policy != NOBODY && stock->policy != REORDER_PLAN && stock->every == 0)
        plan_review(run, id, run->now);
    if (UNLIKELY(run->plant->echelons)) echelon_fell(run, id);
}

void stocks_order_cards(struct run *run, int32_t id) {
    if (run->plant->stocks[id].every == 0) plan_review(run, id, run->now);
}

/* ---- goods come and go ---- */
static void goods_came(struct run *run, int32_t id) {
    floor_material(run, id);
    if (run->stocks[id].order_first != NOBODY) plan_serve(run, id);
}

static void receive(struct run *run, int32_t id, int64_t amount, tick expires) {
    hold(run, id, amount, expires);
    goods_came(run, id);
}

void stock_receive(struct run *run, int32_t id, int64_t amount) {
    receive(run, id, amount, 0);
}

static void less_on_order(struct run *run, int32_t id, int32_t origin, int64_t amount) {
    stock_change(run, id, &run->stocks[id].on_order, -amount);
    if (UNLIKELY(run->plant->stocks[id].keeps)) kept_note(run, id);
    if (UNLIKELY(run->plant->stocks[id].origin_count > 1)) sourcing_came(run, origin, amount);
}

/* What was ordered has come, all or some of it good. */
static void come(struct run *run, int32_t id, int32_t origin, int64_t ordered, int64_t good,
                 tick expires) {
    less_on_order(run, id, origin, ordered);
    if (run->plant->stocks[id].policy == REORDER_CARDS)
        cards_ordered_come(run, id, ordered, good == 0);
    if (good) receive(run, id, good, expires);
    if (good < ordered) position_fell(run, id);
}

void stock_arrive(struct run *run, int32_t id, int32_t origin, int64_t ordered, int64_t good,
                  tick expires) {
    SAY(run, CLASS_RECEIVE, run->plant->stocks[id].name, "receives %.6g", (double)good / 1000);
    come(run, id, origin, ordered, good, expires);
}

void stock_made(struct run *run, int32_t id, int64_t ordered, int64_t good) {
    come(run, id, run->plant->stocks[id].made_origin, ordered, good, 0);
}

void stock_ask(struct run *run, int32_t id, int64_t amount) {
    run->stocks[id].demanded += amount;
    run->stocks[id].asked += amount;
    run->stocks[id].bought += amount;
    if (UNLIKELY(run->planning != NULL)) planning_asked(run, id, NOBODY, amount);
    owe(run, id, amount);
    if (run->stocks[id].on_hand.now < run->stocks[id].owed.now) suppliers_short(run, id);
    if (amount > 0) position_fell(run, id);
}

void stock_use(struct run *run, int32_t id, int64_t amount, bool at_once) {
    if (at_once) run->stocks[id].served_at_once += amount;
    hold(run, id, -amount, 0);
    owe(run, id, -amount);
}

/* The demand stays with the stock that could not fill it. */
void stock_use_other(struct run *run, int32_t id, int64_t asked, int32_t other, int64_t amount,
                     bool at_once) {
    owe(run, id, -asked);
    stock_ask(run, other, amount);
    stock_use(run, other, amount, at_once);
}

/* ---- demand ---- */
/* Is this order, which is there, served before that one, which comes? */
static bool goes_first(const struct run *run, int32_t stock, int32_t id, int32_t other) {
    const struct order *a = &run->orders[id], *b = &run->orders[other];
    if (run->plant->stocks[stock].keeps && a->keep_by != b->keep_by) return a->keep_by < b->keep_by;
    return run->settings.stocks[stock].serve != SERVE_PRIORITY || a->priority >= b->priority;
}

/* Orders of a stock: a list in the order in which they are served. */
static void list_insert(struct run *run, int32_t stock, int32_t id) {
    struct stock_state *state = &run->stocks[stock];
    int32_t before = state->order_last;
    if (run->settings.stocks[stock].serve == SERVE_PRIORITY || run->plant->stocks[stock].keeps)
        while (before != NOBODY && !goes_first(run, stock, before, id))
            before = run->orders[before].before;
    int32_t next = before == NOBODY ? state->order_first : run->orders[before].next;
    run->orders[id].before = before;
    run->orders[id].next = next;
    if (before == NOBODY)
        state->order_first = id;
    else
        run->orders[before].next = id;
    if (next == NOBODY)
        state->order_last = id;
    else
        run->orders[next].before = id;
}

static void list_remove(struct run *run, int32_t stock, int32_t id) {
    struct stock_state *state = &run->stocks[stock];
    int32_t before = run->orders[id].before, next = run->orders[id].next;
    if (before == NOBODY)
        state->order_first = next;
    else
        run->orders[before].next = next;
    if (next == NOBODY)
        state->order_last = before;
    else
        run->orders[next].before = before;
}

/* By when its goods are kept for it. */
static tick keep_by(struct run *run, int32_t id, const struct order *order) {
    const struct plans *plans = &run->plant->plans;
    if (!run->plant->stocks[id].keeps) return 0;
    int32_t plan = order->customer == NOBODY ? NOBODY : plans->promised[order->customer].plan;
    bool promised = plan != NOBODY && plans->list[plan].promises != PROMISE_FIXED;
    return promised && !order->substituted ? order->due : promise_own(run, id, order);
}

void stock_demand(struct run *run, int32_t id, const struct order *order) {
    struct stock_state *stock = &run->stocks[id];
    int32_t taken = order_take(run);
    run->orders[taken] = *order;
    run->orders[taken].keep_by = keep_by(run, id, order);
    order_watch(run, taken);
    SAY(run, CLASS_DEMAND, run->plant->stocks[id].name, "is asked for %.6g",
        (double)order->amount / 1000);
    stock->demanded += order->amount;
    stock->asked += order->amount;
    if (order->customer != NOBODY) stock->bought += order->amount;
    if (UNLIKELY(run->planning != NULL)) planning_asked(run, id, order->customer, order->amount);
    owe(run, id, order->amount);
    list_insert(run, id, taken);
    stock->unseen_count++;
    plan_serve_of(run, id, order);
    position_fell(run, id);
}

void stock_take_over(struct run *run, int32_t id, int32_t order) {
    int64_t open = run->orders[order].open;
    run->orders[order].keep_by = keep_by(run, id, &run->orders[order]);
    run->stocks[id].demanded += open;
    run->stocks[id].asked += open;
    run->stocks[id].bought += open;
    owe(run, id, open);
    run->orders[order].seen = false;
    list_insert(run, id, order);
    run->stocks[id].unseen_count++;
    plan_serve(run, id);
    position_fell(run, id);
}

bool stock_sells(struct run *run, int32_t id, int64_t amount, int64_t reserve) {
    struct stock_state *stock = &run->stocks[id];
    if (stock->order_first != NOBODY || stock->on_hand.now - reserve < amount) return false;
    if (stock->sold != run->now && stock->changed != run->now) first_sale(run, stock);
    level_shift(&stock->on_hand, run->now, -amount);
    level_shift(&stock->net, run->now, -amount);
    stock->demanded += amount;
    stock->asked += amount;
    stock->bought += amount;
    stock->served_at_once += amount;
    if (!run->plant->stocks[id].every) {
        stock->periods++;
        stock->ready_periods++;
    }
    position_fell(run, id);
    return true;
}

/* ---- serving ---- */
static int32_t if_short(const struct run *run, const struct order *order) {
    if (order->customer != NOBODY) return run->settings.customers[order->customer].if_short;
    int32_t rule = run->settings.stocks[order->stock].if_short;
    return rule == SHORT_WAIT ? SHORT_PART_WAIT
                              : rule; /* a stock's order is filled as far as the goods reach */
}

/* Goods that expire together: see shelf.c. Shipping may take from the pool of orders: no pointer
 * into it is kept across. */
static void ship_alike(struct run *run, int32_t id, int32_t order_id, int64_t amount,
                       tick expires) {
    struct order *order = &run->orders[order_id];
    hold(run, id, -amount, 0);
    owe(run, id, -amount);
    order->open -= amount;
    SAY(run, CLASS_SERVE, run->plant->stocks[id].name, "serves %.6g", (double)amount / 1000);
    if (order->customer != NOBODY) {
        books_shipped(run, id, order, amount);
        order_sent(run, run->plant->stock_spots[id], order_id, amount);
    } else {
        TELL(run, order, RECORD_SERVED, id, order, amount);
        supply_send(run, order, amount, expires);
    }
}

static void ship(struct run *run, int32_t id, int32_t order_id, int64_t amount) {
    struct stock_state *stock = &run->stocks[id];
    struct order *order = &run->orders[order_id];
    if (order->placed == run->now) stock->served_at_once += amount;
    if (order->customer != NOBODY || !run->plant->stocks[id].perishable) {
        ship_alike(run, id, order_id, amount, 0);
        return;
    }
    for (int64_t left = amount; left > 0;) {
        tick expires;
        int64_t alike = shelf_alike(run, id, left, &expires);
        ship_alike(run, id, order_id, alike, expires);
        left -= alike;
    }
}

static void lose(struct run *run, int32_t id, struct order *order) {
    owe(run, id, -order->open);
    if (order->customer != NOBODY)
        customer_lost(run, order);
    else {
        TELL(run, order, RECORD_LOST, id, order, order->open);
        less_on_order(run, order->stock, order->origin, order->open);
    }
    order->open = 0;
}

/* What is kept back from who has ordered. */
static int64_t reserve_for(const struct run *run, int32_t order_id) {
    int32_t offer = run->orders[order_id].offer;
    return offer == NOBODY ? 0 : run->settings.offers[offer].reserve;
}

bool stock_serves_parts(const struct run *run, const struct order *order) {
    int32_t rule = if_short(run, order);
    return rule == SHORT_PART_WAIT || rule == SHORT_PART_LOSE;
}

void stock_serve_some(struct run *run, int32_t id, int32_t order_id, int64_t most) {
    struct order *order = &run->orders[order_id];
    int64_t there = run->stocks[id].on_hand.now - reserve_for(run, order_id);
    if (there > most) there = most;
    if (there >= order->open)
        ship(run, id, order_id, order->open);
    else if (there > 0 && stock_serves_parts(run, order)) {
        order->in_parts = true;
        ship(run, id, order_id, there);
    }
}

enum fate stock_serve_end(struct run *run, int32_t id, int32_t order_id) {
    struct order *order = &run->orders[order_id];
    int32_t rule = if_short(run, order);
    if (order->open > 0 && order->customer != NOBODY && !order->seen &&
        offer_instead(run, order_id))
        return FATE_MOVED;
    if (order->open > 0 && (rule == SHORT_LOSE || rule == SHORT_PART_LOSE)) {
        lose(run, id, order);
        return FATE_LOST;
    }
    return order->open ? FATE_WAITS : FATE_SERVED;
}

/* Serves one order as far as it can be served now. PASSED: an order before it waits, so it gets
 * nothing. */
static enum fate serve_one(struct run *run, int32_t id, int32_t order, bool passed) {
    stock_serve_some(run, id, order, passed ? 0 : INT64_MAX);
    return stock_serve_end(run, id, order);
}

/* Of a list in order of arrival: goes back from its end. */
static int32_t first_unseen(const struct run *run, const struct stock_state *stock) {
    int32_t order = stock->order_last;
    for (int32_t i = 1; i < stock->unseen_count; i++) order = run->orders[order].before;
    return order;
}

/* The first look at an order: was it filled at once? */
static void look_at(struct run *run, int32_t id, int32_t order, enum fate fate) {
    struct stock_state *stock = &run->stocks[id];
    run->orders[order].seen = true;
    stock->unseen_count--;
    stock->stock_outs += fate != FATE_SERVED;
    if (fate != FATE_SERVED) suppliers_short(run, id);
    if (run->plant->stocks[id].every) return; /* service is counted by period */
    stock->periods++;
    stock->ready_periods += fate == FATE_SERVED;
}

/* Its customer takes another item instead, of which there is enough. */
static void move(struct run *run, int32_t id, int32_t order) {
    owe(run, id, -run->orders[order].open);
    stock_take_over(run, run->plant->offers[run->orders[order].offer].stock, order);
}

static void end_service(struct run *run, int32_t id, int32_t order, enum fate fate) {
    if (!run->orders[order].seen) look_at(run, id, order, fate);
    if (fate == FATE_WAITS) return;
    list_remove(run, id, order);
    if (fate == FATE_MOVED)
        move(run, id, order);
    else
        order_give(run, order);
}

int64_t stock_serve_over(struct run *run, int32_t id, int32_t order) {
    enum fate fate = stock_serve_end(run, id, order);
    int64_t open = run->orders[order].open;
    end_service(run, id, order, fate);
    return fate == FATE_WAITS ? open : 0;
}

/* Whom it can serve later of what is there, it looks at again then. */
static void serve_promised(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    tick again = kept_serve(run, id);
    if (again != TICK_NEVER)
        run_plan_ranked(run, plant->serve_slot + id, again, CLASS_SERVE,
                        plant->stock_count - plant->stocks[id].rank);
}

/* Fills what is owed in its order until one has to wait. Who stands behind that one gets nothing
 * (but may be lost by its own rule), unless less is kept back from him. */
void stock_serve(struct run *run, int32_t id) {
    struct stock_state *stock = &run->stocks[id];
    if (UNLIKELY(run->plant->stocks[id].keeps)) {
        serve_promised(run, id);
        return;
    }
    if (UNLIKELY(run->settings.stocks[id].serve == SERVE_SHARE)) {
        stock_serve_shares(run, id);
        for (int32_t order = stock->order_first, next; order != NOBODY; order = next) {
            next = run->orders[order].next;
            end_service(run, id, order, stock_serve_end(run, id, order));
        }
        return;
    }
    int64_t barrier = INT64_MAX; /* the least that is kept back from one who waits */
    for (int32_t order = stock->order_first, next;
         order != NOBODY && (barrier > 0 || stock->unseen_count); order = next) {
        next = run->orders[order].next;
        bool seen = run->orders[order].seen, passed = reserve_for(run, order) >= barrier;
        if (passed && seen) {
            if (barrier == 0 && run->settings.stocks[id].serve == SERVE_FIFO)
                next = first_unseen(run, stock); /* the newest stand last */
            continue;
        }
        enum fate fate = serve_one(run, id, order, passed);
        int64_t reserve = reserve_for(run, order);
        end_service(run, id, order, fate);
        if (fate == FATE_WAITS && reserve < barrier) barrier = reserve;
    }
}

/* Who waited behind may be served now. */
void stock_forget(struct run *run, int32_t id, int32_t order) {
    run->stocks[id].unseen_count -= !run->orders[order].seen;
    lose(run, id, &run->orders[order]);
    list_remove(run, id, order);
    order_give(run, order);
    if (run->stocks[id].order_first != NOBODY) plan_serve(run, id);
}

/* ---- waste ---- */
void stock_expire(struct run *run, int32_t id) {
    int64_t waste = shelf_expired(run, id);
    run->stocks[id].waste += waste;
    SAY(run, CLASS_EXPIRE, run->plant->stocks[id].name, "throws %.6g away", (double)waste / 1000);
    books_wasted(run, id, waste);
    hold_more(run, id, -waste);
    position_fell(run, id);
}

/* ---- ordering ---- */
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
    if (stock->policy != REORDER_VMI || origin->kind != FROM_STOCK) return amount;
    const struct stock_state *source = &run->stocks[origin->index];
    int64_t free = source->on_hand.now - source->owed.now;
    return free < amount ? (free > 0 ? free : 0) : amount;
}

static int64_t order_due(struct run *run, int32_t id) {
    const struct stock_settings *settings = &run->settings.stocks[id];
    const struct stock_formulas *formulas = &settings->formulas;
    int64_t now = stock_position(run, id), at;
    switch ((enum reorder_policy)run->plant->stocks[id].policy) {
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
    if (stock->every) fetch_next(run, id);
    if (stock->every) count_period(run, id);
    if (stock->every || UNLIKELY(stock->history_count)) demand_look(run, id);
    int64_t amount = order_due(run, id);
    if (UNLIKELY(stock->origin_count > 1) && sourcing_divides(run, id))
        amount = sourcing_divide(run, id, amount);
    demand_seen(run, id, amount);
    if (run->measured_from >= 0)
        measure_sequence(run, id, WATCH_ORDERED_NOW, (double)amount / 1000);
    if (stock->every) plan_review(run, id, next_review(run, id));
    if (amount > 0 && stock->policy == REORDER_PLAN)
        requirements_order(run, id, amount);
    else if (amount > 0)
        stock_order(run, id, amount);
    if (UNLIKELY(stock->keeps)) kept_note(run, id);
}

/* ---- the beginning ---- */
static void start_pipeline(struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    for (int32_t i = 0; i < stock->pipeline_count; i++) {
        const struct pipeline *at = &run->plant->pipelines[stock->pipeline_first + i];
        stock_change(run, id, &run->stocks[id].on_order, at->amount);
        if (stock->policy == REORDER_CARDS) cards_ordered(run, id, at->amount);
        if (at->is_order) run->stocks[id].orders_away += at->amount;
        supply_on_its_way(run, id, at);
    }
}

void stocks_start(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->origin_count; i++) run->last_receipts[i] = 0;
    suppliers_start(run);
    sourcing_start(run);
    for (int32_t id = 0; id < plant->stock_count; id++) {
        const struct stock *stock = &plant->stocks[id];
        run->stocks[id] = (struct stock_state){.order_first = NOBODY,
                                               .order_last = NOBODY,
                                               .aged_first = NOBODY,
                                               .aged_last = NOBODY,
                                               .door = {NOBODY, NOBODY},
                                               .room_waiters = {NOBODY, NOBODY},
                                               .changed = -1,
                                               .sold = -1};
        tally_reset(&run->stocks[id].asked_ever);
        run->material_waiters[id] = (struct waiters){NOBODY, NOBODY};
        if (UNLIKELY(stock->loop_count)) cards_on_start(run, id, stock->start);
        if (stock->start) hold(run, id, stock->start, 0);
        books_opening(run, id, stock->start);
        start_pipeline(run, id);
        if (stock->policy != NOBODY && stock->policy != REORDER_PLAN)
            plan_review(run, id, stock->every ? review_from(run, id, stock->first) : 0);
    }
}
