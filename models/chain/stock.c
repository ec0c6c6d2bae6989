/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks: what is on hand, what is owed, and who gets it. Within an instant they fill orders from
 * the source downwards (models/run/event.h). */
#include "../floor/quick.h"
#include "../plan/planner.h"

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

/* To who has ordered. */
static void owe_order(struct run *run, int32_t id, const struct order *order, int64_t by) {
    owe(run, id, by);
    if (UNLIKELY(run->owings != NULL) && order->offer != NOBODY) owing_shift(run, order->offer, by);
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

/* Who divides what is there waits until all stocks below have ordered in this instant. */
static void plan_serve_of(struct run *run, int32_t id, const struct order *order) {
    const struct plant *plant = run->plant;
    if (order->stock == NOBODY || run->settings.stocks[id].serve != SERVE_SHARE)
        plan_serve(run, id);
    else
        run_plan_ranked(run, plant->serve_slot + id, run->now, CLASS_ORDER,
                        stock_turn(plant, id, true));
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
    if (run->settings.stocks[id].policy == REORDER_CARDS)
        cards_ordered_come(run, id, ordered, good == 0);
    if (good) receive(run, id, good, expires);
    if (good < ordered) stock_position_fell(run, id);
}

void stock_arrive(struct run *run, int32_t id, int32_t origin, int64_t ordered, int64_t good,
                  tick expires) {
    SAY(run, CLASS_RECEIVE, run->plant->stocks[id].name, "receives %.6g", (double)good / 1000);
    come(run, id, origin, ordered, good, expires);
}

void stock_made(struct run *run, int32_t flow, int64_t ordered, int64_t good) {
    come(run, run->plant->flows[flow].stock, run->plant->flows[flow].origin, ordered, good, 0);
}

void stock_ask(struct run *run, int32_t id, int64_t amount) {
    run->stocks[id].demanded += amount;
    run->stocks[id].asked += amount;
    run->stocks[id].bought += amount;
    if (UNLIKELY(run->planning != NULL)) planning_asked(run, id, NOBODY, amount);
    owe(run, id, amount);
    if (run->stocks[id].on_hand.now < run->stocks[id].owed.now) suppliers_short(run, id);
    if (amount > 0) stock_position_fell(run, id);
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
    owe_order(run, id, order, order->amount);
    list_insert(run, id, taken);
    stock->unseen_count++;
    plan_serve_of(run, id, order);
    stock_position_fell(run, id);
}

void stock_take_over(struct run *run, int32_t id, int32_t order) {
    int64_t open = run->orders[order].open;
    run->orders[order].keep_by = keep_by(run, id, &run->orders[order]);
    run->stocks[id].demanded += open;
    run->stocks[id].asked += open;
    run->stocks[id].bought += open;
    owe_order(run, id, &run->orders[order], open);
    run->orders[order].seen = false;
    list_insert(run, id, order);
    run->stocks[id].unseen_count++;
    plan_serve(run, id);
    stock_position_fell(run, id);
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
    if (!run->settings.stocks[id].every) {
        stock->periods++;
        stock->ready_periods++;
    }
    stock_position_fell(run, id);
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
    owe_order(run, id, order, -amount);
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
    owe_order(run, id, order, -order->open);
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
    if (run->settings.stocks[id].every) return; /* service is counted by period */
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
    stock_position_fell(run, id);
}

/* ---- the beginning ---- */
static void start_pipeline(struct run *run, int32_t id) {
    const struct stock *stock = &run->plant->stocks[id];
    for (int32_t i = 0; i < stock->pipeline_count; i++) {
        const struct pipeline *at = &run->plant->pipelines[stock->pipeline_first + i];
        stock_change(run, id, &run->stocks[id].on_order, at->amount);
        if (run->settings.stocks[id].policy == REORDER_CARDS) cards_ordered(run, id, at->amount);
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
        stock_reviews_start(run, id);
    }
}
