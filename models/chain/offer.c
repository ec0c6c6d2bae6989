/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a customer buys: which of several sources an order goes to, what is taken instead when a
 * stock is short, and what comes back. All of it is drawn by the number of the order. */
#include "../floor/quick.h"
#include "lane.h"

#include <math.h>

static const struct source *source_of(const struct run *run, const struct order *order) {
    return &run->plant->sources[run->plant->release_count + order->customer];
}

static struct draw draw_of(const struct run *run, uint64_t stream, const struct order *order,
                           uint64_t part) {
    return draw_at(run_stream(run, stream), (uint64_t)order->number, 0, run->replication, part);
}

/* ---- which source ---- */
/* What is there for this customer and promised to nobody before him. */
static int64_t free_for(const struct run *run, int32_t id) {
    return run->stocks[run->plant->offers[id].stock].net.now - run->settings.offers[id].reserve;
}

static bool can_fill(const struct run *run, int32_t id, int64_t amount) {
    return run->plant->offers[id].stock == NOBODY || free_for(run, id) >= amount;
}

static int32_t first_able(const struct run *run, int32_t first, int32_t count, int64_t amount) {
    for (int32_t i = first; i < first + count; i++)
        if (can_fill(run, i, amount)) return i;
    return NOBODY;
}

static int32_t most_stock(const struct run *run, int32_t first, int32_t count) {
    int32_t most = first;
    for (int32_t i = first + 1; i < first + count; i++)
        if (run->stocks[run->plant->offers[i].stock].net.now >
            run->stocks[run->plant->offers[most].stock].net.now)
            most = i;
    return most;
}

static int32_t nearest(const struct run *run, int32_t first, int32_t count) {
    int32_t best = first;
    for (int32_t i = first + 1; i < first + count; i++)
        if (run->plant->offers[i].away < run->plant->offers[best].away) best = i;
    return best;
}

static int32_t lane_of(const struct run *run, int32_t offer, const struct order *order) {
    const struct plant *plant = run->plant;
    return plant_lane(plant, plant->stock_spots[plant->offers[offer].stock],
                      plant->customer_spots[order->customer]);
}

static double delivery_cost(struct run *run, int32_t offer, const struct order *order) {
    int32_t lane = lane_of(run, offer, order);
    return lane == NOBODY ? 0 : lane_cost(run, lane, run->plant->offers[offer].item, order->amount);
}

/* A stock that is short gets its goods first. */
static double delivery_time(struct run *run, int32_t offer, const struct order *order) {
    int32_t lane = lane_of(run, offer, order);
    double wait = can_fill(run, offer, order->amount)
                      ? 0
                      : supply_lead_expected(run, run->plant->offers[offer].stock);
    return wait + (lane == NOBODY ? 0 : lane_expected(run, lane));
}

typedef double offer_score(struct run *, int32_t offer, const struct order *);

static int32_t least(struct run *run, int32_t first, int32_t count, const struct order *order,
                     offer_score *score) {
    int32_t best = first;
    double best_value = score(run, first, order);
    for (int32_t i = first + 1; i < first + count; i++) {
        double value = score(run, i, order);
        if (!(value < best_value)) continue;
        best = i;
        best_value = value;
    }
    return best;
}

static int32_t by_share(const struct run *run, const struct source *source, int32_t first,
                        int32_t count, const struct order *order) {
    struct draw draw = draw_of(run, source->choose_stream, order, 0);
    double u = run_uniform(run, &draw);
    int32_t i = first;
    while (i < first + count - 1 && u >= run->plant->offers[i].upto) i++;
    return i;
}

static int32_t picked(struct run *run, int32_t flow_id, const struct order *order,
                      enum buys_rule rule) {
    const struct flow *flow = &run->plant->flows[flow_id];
    int32_t first = flow->offer_first, count = flow->offer_count, able;
    switch (rule) {
    case BUYS_FIRST_ABLE:
        able = first_able(run, first, count, order->amount);
        return able == NOBODY ? first : able;
    case BUYS_NEAREST: return nearest(run, first, count);
    case BUYS_MOST_STOCK: return most_stock(run, first, count);
    case BUYS_CHEAPEST: return least(run, first, count, order, delivery_cost);
    case BUYS_FASTEST: return least(run, first, count, order, delivery_time);
    case BUYS_SHARE:
    case BUYS_RULE_COUNT: break;
    }
    return by_share(run, source_of(run, order), first, count, order);
}

/* ---- an expression that names a source ---- */
struct offer_view {
    struct run *run;
    int32_t flow;
    const struct order *order;
};

static double offer_read(const void *context, int32_t what, int32_t index) {
    const struct offer_view *view = context;
    const struct plant *plant = view->run->plant;
    const struct order *order = view->order;
    if (what >= BUYS_NAME_COUNT) {
        enum buys_rule rule = (enum buys_rule)(what - BUYS_NAME_COUNT);
        return plant->offers[picked(view->run, view->flow, order, rule)].thing;
    }
    if (what <= FORMULA_THING + 1) return sourcing_value(what, index);
    switch ((enum buys_name)what) {
    case BUYS_PIECES: return (double)order->amount / 1000;
    case BUYS_PRIORITY: return order->priority;
    case BUYS_DUE:
        return order->due == TICK_NEVER ? INFINITY : (double)(order->due - plant->warm_up);
    case BUYS_NAME_COUNT: break;
    }
    return world_read(view->run, what, index);
}

static int32_t named(struct run *run, int32_t flow_id, const struct order *order,
                     const struct formula *choose) {
    const struct source *source = source_of(run, order);
    const struct flow *flow = &run->plant->flows[flow_id];
    struct draw draw = draw_of(run, source->choose_stream, order, 1);
    struct offer_view view = {run, flow_id, order};
    struct formula_env env = {.read = offer_read, .context = &view, .draw = &draw};
    seen_by(run, choose);
    double thing = formula_value(choose, &env);
    for (int32_t i = flow->offer_first; i < flow->offer_first + flow->offer_count; i++)
        if ((double)run->plant->offers[i].thing == thing) return i;
    run_stop(run, "`choose` of customer %s gives no source of %s for him: %s", source->name,
             run->plant->items[flow->item].name, choose->text);
    return flow->offer_first;
}

int32_t offer_chosen(struct run *run, int32_t flow_id, const struct order *order) {
    const struct flow *flow = &run->plant->flows[flow_id];
    const struct customer_settings *settings = &run->settings.customers[order->customer];
    if (LIKELY(flow->offer_count == 1)) return flow->offer_first;
    return settings->choose == BUYS_RULE_COUNT
               ? named(run, flow_id, order, settings->choose_formula)
               : picked(run, flow_id, order, (enum buys_rule)settings->choose);
}

/* ---- what instead ---- */
/* The items are tried as they are written; who takes which is drawn, the same for each order
 * whatever is in stock. */
bool offer_instead(struct run *run, int32_t id) {
    struct order *order = &run->orders[id];
    const struct source *source = source_of(run, order);
    if (LIKELY(source->substitute_count == 0) || order->substituted) return false;
    struct draw draw = draw_of(run, source->instead_stream, order, 0);
    for (int32_t i = 0; i < source->substitute_count; i++) {
        const struct substitute *other = &run->plant->substitutes[source->substitute_first + i];
        bool takes = run_uniform(run, &draw) < other->share;
        if (!takes ||
            run->plant->offers[other->offer_first].item == run->plant->offers[order->offer].item)
            continue;
        int32_t offer = first_able(run, other->offer_first, other->offer_count, order->open);
        if (offer == NOBODY || run->plant->offers[offer].stock == NOBODY) continue;
        if (UNLIKELY(run->owings != NULL)) owing_shift(run, order->offer, -order->open);
        order->offer = offer;
        order->substituted = true;
        SAY(run, CLASS_SERVE, source->name, "takes %s instead",
            run->plant->items[run->plant->offers[offer].item].name);
        return true;
    }
    return false;
}

/* ---- what comes back ---- */
static int64_t returned_drawn(const struct run *run, const struct order *order, int64_t amount) {
    double share = run->settings.customers[order->customer].returned;
    const struct item *item = &run->plant->items[run->plant->offers[order->offer].item];
    if (!dimension_same(item->dimension, (struct dimension){0}))
        return llrint((double)amount * share);
    const struct law pieces = {.kind = LAW_BINOMIAL, .a = (double)(amount / 1000), .b = share};
    if (amount < 1000 || !(share > 0)) return 0;
    if (!(share < 1)) return amount;
    struct draw draw =
        draw_of(run, source_of(run, order)->returns_stream, order, (uint64_t)order->open);
    if (!run->plant->antithetic) return 1000 * llrint(law_value(&pieces, &draw, NULL));
    double u = run_uniform(run, &draw);
    return u > 0 && u < 1 ? 1000 * llrint(law_inverse(&pieces, u)) : 0;
}

/* Drawn at the delivery; the goods are in the customer's hands until they come. */
void offer_sent_back(struct run *run, struct order *order, int64_t amount) {
    const struct customer_settings *settings = &run->settings.customers[order->customer];
    if (LIKELY(!(settings->returned > 0))) return;
    int64_t back = returned_drawn(run, order, amount);
    if (back == 0) return;
    order->sent_back += back;
    struct draw draw =
        draw_of(run, source_of(run, order)->after_stream, order, (uint64_t)order->open);
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    tick after = law_ticks(&settings->returned_after, &draw, &env);
    if (after >= TICK_NEVER - run->now) return;
    int32_t id =
        shipment_keep(run, (struct shipment){.stock = run->plant->offers[order->offer].stock,
                                             .supplier = NOBODY,
                                             .customer = order->customer,
                                             .origin = order->offer,
                                             .amount = back,
                                             .number = order->number,
                                             .placed = order->placed});
    shipment_plan(run, id, run->now + after, CLASS_RECEIVE);
    run->slots[run->shipments[id].slot].kind = SLOT_RETURN;
}

/* The price is paid back; what had been made to order is of no use to anybody else. */
void return_event(struct run *run, int32_t id) {
    struct shipment goods = shipment_give(run, id);
    struct customer_state *customer = &run->customers[goods.customer];
    double price = customer_price(run, goods.customer, run->plant->offers[goods.origin].item);
    int64_t micro = (int64_t)llrint(price * ((double)goods.amount / 1000) * 1e6);
    SAY(run, CLASS_RECEIVE, run->plant->sources[run->plant->release_count + goods.customer].name,
        "sends back %.6g", (double)goods.amount / 1000);
    customer->returned += goods.amount;
    customer->revenue_micro -= micro;
    bill_customer(run, goods.customer, -micro);
    customer->goods_cost -= books_returned(run, &goods);
    if (goods.stock != NOBODY) room_bring(run, goods.stock, goods.amount);
}
