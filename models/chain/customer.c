/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: orders come as from any source (release.c); they are served from a stock, or made. An
 * order is ended when it is delivered whole, or lost. */
#include "../floor/quick.h"
#include "../plan/planner.h"

#include <math.h>

int32_t order_take(struct run *run) {
    if (run->order_free != NOBODY) {
        int32_t id = run->order_free;
        run->order_free = run->orders[id].next;
        return id;
    }
    if (run->order_count == run->order_room) {
        run->order_room = run->order_room ? 2 * run->order_room : 1;
        run->orders = memory_grown(run->orders, (size_t)run->order_room, sizeof *run->orders);
    }
    return run->order_count++;
}

void order_give(struct run *run, int32_t id) {
    books_unwanted(run, &run->orders[id]);
    if (run->orders[id].late_slot != NOBODY)
        calendar_give_slot(&run->calendar, run->orders[id].late_slot);
    if (run->orders[id].patience_slot != NOBODY)
        calendar_give_slot(&run->calendar, run->orders[id].patience_slot);
    run->orders[id].next = run->order_free;
    run->order_free = id;
}

/* ---- what is owed and late ---- */
static void note_extremes(struct customer_state *customer) {
    level_extremes(&customer->owed);
    level_extremes(&customer->late);
}

void customers_note_extremes(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++) note_extremes(&run->customers[i]);
}

/* What is filled at once is owed for no time: extremes are taken when an instant is over. */
static void change(struct run *run, struct customer_state *customer, struct level *level,
                   int64_t by) {
    if (customer->changed != run->now) note_extremes(customer);
    customer->changed = run->now;
    level_shift(level, run->now, by);
}

static const struct source *source_of(const struct run *run, const struct order *order) {
    return &run->plant->sources[run->plant->release_count + order->customer];
}

/* The stock that fills it, or NOBODY: it is made. */
static int32_t place_of(const struct run *run, const struct order *order) {
    return run->plant->offers[order->offer].stock;
}

static double drawn(const struct run *run, const struct law *law, uint64_t stream, int64_t number) {
    if (law_constant(law)) return law->a;
    struct draw draw = draw_at(run_stream(run, stream), (uint64_t)number, 0, run->replication, 0);
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_value(law, &draw, &env);
}

/* ---- being late, and losing patience ---- */
/* Lateness that costs is an event: what is not delivered when it is due counts as late from then
 * on.
 */
void order_watch_due(struct run *run, int32_t id) {
    const struct order *order = &run->orders[id];
    if (order->due == TICK_NEVER) return;
    if (!(run->settings.customers[order->customer].late_cost_per_tick > 0)) return;
    int32_t slot = run_take_slot(run, SLOT_LATE, id);
    run->orders[id].late_slot = slot;
    run_plan(run, slot, order->due, CLASS_CLOSE);
}

/* Who has no patience at all still looks whether the goods are there. */
static void watch_patience(struct run *run, int32_t id) {
    const struct order *order = &run->orders[id];
    const struct law *law = &run->settings.customers[order->customer].patience;
    if (law->kind == (int32_t)ABSENT_LAW) return;
    tick after = law_round(drawn(run, law, source_of(run, order)->patience_stream, order->number));
    if (after >= TICK_NEVER - run->now) return;
    int32_t slot = run_take_slot(run, SLOT_PATIENCE, id);
    run->orders[id].patience_slot = slot;
    run_plan(run, slot, run->now + (after > 0 ? after : 1), CLASS_CANCEL);
}

void order_watch(struct run *run, int32_t id) {
    if (run->orders[id].customer == NOBODY) return;
    order_watch_due(run, id);
    watch_patience(run, id);
}

static bool waits_whole(const struct run *run, const struct order *order) {
    int32_t rule = run->settings.customers[order->customer].if_short;
    return rule == SHORT_WAIT || rule == SHORT_LOSE;
}

void order_late(struct run *run, int32_t id) {
    struct order *order = &run->orders[id];
    calendar_give_slot(&run->calendar, order->late_slot);
    order->late_slot = NOBODY;
    order->is_late = true;
    struct customer_state *customer = &run->customers[order->customer];
    change(run, customer, &customer->late, waits_whole(run, order) ? order->amount : order->open);
}

/* ---- ordering ---- */
/* Thousandths of the item's unit, as the law says: also a part of a piece. */
static int64_t size_drawn(const struct run *run, const struct source *source, int32_t id,
                          int64_t number, int32_t item) {
    const struct law *law = &run->settings.sources[id].size;
    double scale = run->plant->items[item].unit_scale;
    double size =
        law->kind == (int32_t)ABSENT_LAW ? 1 : drawn(run, law, source->size_stream, number) / scale;
    return size > 0 ? llrint(size * 1000) : 0; /* a sequence that has stopped is NaN: nothing */
}

static struct order order_of(struct run *run, int32_t id, int64_t number, int32_t item) {
    const struct source *source = &run->plant->sources[id];
    const struct source_settings *settings = &run->settings.sources[id];
    struct order order = {.customer = source->index,
                          .stock = NOBODY,
                          .item = item,
                          .late_slot = NOBODY,
                          .patience_slot = NOBODY,
                          .number = number,
                          .placed = run->now,
                          .due = TICK_NEVER,
                          .priority = settings->priority};
    const struct law *due = &settings->due;
    if (source->list_count) {
        const struct list_entry_spec *entry =
            &source->list[source->list_order[run->sources[id].list_next]];
        order.amount = entry->size.given
                           ? llrint(entry->size.value / run->plant->items[item].unit_scale * 1000)
                           : size_drawn(run, source, id, number, item);
        if (entry->due.kind != (int32_t)ABSENT_LAW) due = &entry->due;
        if (entry->priority != ABSENT_COUNT) order.priority = entry->priority;
    } else
        order.amount = size_drawn(run, source, id, number, item);
    order.open = order.ordered = order.amount;
    if (due->kind == (int32_t)ABSENT_LAW) return order;
    tick after = law_round(drawn(run, due, source->due_stream, number));
    if (after != TICK_NEVER) order.due = run->now + after;
    return order;
}

static void place(struct run *run, int32_t flow, const struct order *order) {
    int32_t stock = run->plant->offers[order->offer].stock;
    if (stock != NOBODY) {
        stock_demand(run, stock, order);
        return;
    }
    int32_t taken = order_take(run);
    run->orders[taken] = *order;
    order_watch(run, taken);
    order_to_make(run, flow, (order->amount + 999) / 1000 * 1000, taken, order->due,
                  order->priority);
}

static void order_now(struct run *run, int32_t id, int64_t number) {
    const struct source *source = &run->plant->sources[id];
    struct customer_state *customer = &run->customers[source->index];
    int32_t flow = source_flow(run, id, number);
    struct order order = order_of(run, id, number, run->plant->flows[flow].item);
    asking_add(run, source->index, order.amount);
    if (order.amount <= 0) return;
    order.offer = offer_chosen(run, flow, &order);
    SAY(run, CLASS_DEMAND, source->name, "orders %.6g", (double)order.amount / 1000);
    if (UNLIKELY(run->planning != NULL))
        order.due = promise_date(run, source->index, run->plant->offers[order.offer].stock,
                                 run->plant->offers[order.offer].item, &order);
    TELL(run, order, RECORD_ORDERED, place_of(run, &order), &order, order.amount);
    customer->orders++;
    customer->demanded += order.amount;
    if (UNLIKELY(run->planning != NULL))
        planning_ordered(run, run->plant->flows[flow].item, source->index, order.amount);
    change(run, customer, &customer->owed, order.amount);
    place(run, flow, &order);
}

static void order_by(struct run *run, int32_t id) {
    int64_t number = run->sources[id].number++;
    bool sold = run->sources[id].straight && counter_sells(run, id, number);
    if (!sold && opinion_orders(run, id, number))
        order_now(run, id, number);
    else if (!sold)
        asking_add(run, run->plant->sources[id].index, 0);
    run->sources[id].list_next++;
}

/* Of all who order together the one event. */
void customer_event(struct run *run, int32_t id) {
    int32_t last = id + run->sources[id].together - 1;
    if (last > id) run->alone = false;
    if (last > id) run->more_now = true;
    for (int32_t i = id; i <= last; i++) {
        counter_fetch(run, i, last);
        order_by(run, i);
    }
    source_plan(run, id);
}

/* ---- the beginning, and the end ---- */
void customers_start(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++) {
        struct customer_state *customer = &run->customers[i];
        *customer = (struct customer_state){.cycle_sketch = customer->cycle_sketch,
                                            .opinion = opinion_at_start()};
    }
}

void customers_free(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++)
        small_sketch_clear(&run->customers[i].cycle_sketch);
}

/* ---- delivery ---- */
double customer_price(const struct run *run, int32_t customer, int32_t item) {
    double price = run->settings.customers[customer].price;
    return isnan(price) ? run->settings.items[item].price : price;
}

static void sold(struct run *run, struct customer_state *customer, const struct order *order,
                 int64_t amount) {
    int32_t item = run->plant->offers[order->offer].item;
    double price = customer_price(run, order->customer, item);
    int64_t micro = (int64_t)llrint(price * ((double)amount / 1000) * 1e6);
    customer->revenue_micro += micro;
    bill_customer(run, order->customer, micro);
}

/* It is delivered whole. */
static void end_order(struct run *run, struct customer_state *customer, const struct order *order) {
    bool on_time = order->due == TICK_NEVER ? run->now - order->on_way == order->placed
                                            : run->now <= order->due;
    bool in_full = !order->in_parts;
    customer->ended++;
    customer->on_time += on_time;
    customer->in_full += in_full;
    customer->on_time_in_full += on_time && in_full;
    customer->perfect += on_time && in_full && !order->substituted && order->sent_back == 0;
    opinion_forms(run, order, on_time, in_full);
    tally_add(&customer->cycle, run->now - order->placed);
    small_sketch_add(&customer->cycle_sketch, run->now - order->placed);
}

/* AMOUNT of the order is delivered; its `open` is already less by that. */
static void deliver(struct run *run, int32_t id, int64_t amount, bool last) {
    struct order *order = &run->orders[id];
    TELL(run, order, RECORD_SERVED, place_of(run, order), order, amount);
    struct customer_state *customer = &run->customers[order->customer];
    customer->served += amount;
    run->moved_at = run->now;
    order->delivered += amount;
    if (order->substituted) customer->substituted += amount;
    if (order->placed == run->now - order->on_way) customer->at_once += amount;
    change(run, customer, &customer->owed, -amount);
    if (order->is_late) change(run, customer, &customer->late, -amount);
    sold(run, customer, order, amount);
    customer->goods_cost += books_delivered(run, order);
    offer_sent_back(run, order, amount);
    if (last) end_order(run, customer, order);
}

void customer_served(struct run *run, int32_t id, int64_t amount) {
    deliver(run, id, amount, run->orders[id].open == 0);
}

void customer_delivered(struct run *run, int32_t id) {
    deliver(run, id, run->orders[id].amount, run->orders[id].is_last);
}

/* What its price would have brought beyond the standard cost of the item that was ordered. */
static exact_money margin_of(const struct run *run, const struct order *order, int64_t amount) {
    int64_t price_micro = llrint(customer_price(run, order->customer, order->item) * 1e6);
    return (exact_money)(price_micro - run->plant->items[order->item].cost_micro) * amount;
}

/* What is open of it is lost; more of it may come. */
static void lose(struct run *run, const struct order *order) {
    TELL(run, order, RECORD_LOST, place_of(run, order), order, order->open);
    struct customer_state *customer = &run->customers[order->customer];
    customer->lost += order->open;
    customer->not_earned += margin_of(run, order, order->open);
    change(run, customer, &customer->owed, -order->open);
    if (order->is_late) change(run, customer, &customer->late, -order->open);
    double cost = run->settings.customers[order->customer].lost_cost * ((double)order->open / 1000);
    ledger_post(run, ACCOUNT_PENALTIES, cost);
    customer->serve_micro += llrint(cost * 1e6);
}

/* Nothing more of it comes. */
static void end_unfilled(struct run *run, const struct order *order) {
    run->customers[order->customer].ended++;
    opinion_forms(run, order, false, false);
}

void customer_lost(struct run *run, const struct order *order) {
    lose(run, order);
    end_unfilled(run, order);
}

/* A lot made to order is finished. What was made beyond the order (whole pieces) goes with it. An
 * order that may not come in parts waits for its last lot. */
void customer_made(struct run *run, int32_t id, int64_t amount, int32_t spot) {
    struct order *order = &run->orders[id];
    if (amount > order->open) amount = order->open;
    order->open -= amount;
    bool ended = order->open == 0;
    if (order->gone) {
        if (ended) order_give(run, id);
        return;
    }
    if (waits_whole(run, order)) {
        if (!ended) return;
        amount = order->amount;
    } else if (!ended)
        order->in_parts = true;
    order_sent(run, spot, id, amount);
    if (ended) order_give(run, id);
}

/* A lot made to order has waited too long and is gone: that much of the order is lost. */
void customer_gave_up(struct run *run, int32_t id, int64_t amount, int32_t spot) {
    struct order *order = &run->orders[id];
    if (order->gone) {
        customer_made(run, id, amount, spot);
        return;
    }
    if (amount > order->open) amount = order->open;
    struct order lost = *order;
    bool whole = waits_whole(run, order);
    lost.open = amount;
    lose(run, &lost);
    order->amount -= amount;
    order->open -= amount;
    order->in_parts = true;
    if (order->open > 0) return;
    if (whole && order->amount > 0)
        order_sent(run, spot, id, order->amount);
    else
        end_unfilled(run, order);
    order_give(run, id);
}

/* What is being made for who leaves is finished all the same, and nobody's. */
static void leave_factory(struct run *run, int32_t id) {
    struct order *order = &run->orders[id];
    struct order lost = *order;
    if (waits_whole(run, order)) lost.open = order->amount;
    order->gone = true;
    customer_lost(run, &lost);
    if (order->late_slot == NOBODY) return;
    calendar_give_slot(&run->calendar, order->late_slot);
    order->late_slot = NOBODY;
}

void order_leaves(struct run *run, int32_t id) {
    struct order *order = &run->orders[id];
    calendar_give_slot(&run->calendar, order->patience_slot);
    order->patience_slot = NOBODY;
    SAY(run, CLASS_CANCEL, source_of(run, order)->name, "has waited too long for %.6g",
        (double)order->open / 1000);
    run->customers[order->customer].gave_up++;
    int32_t stock = place_of(run, order);
    if (stock == NOBODY)
        leave_factory(run, id);
    else
        stock_forget(run, stock, id);
}
