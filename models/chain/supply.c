/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Supply: a stock's order goes to its source, and goods come back. Sources are suppliers, other
 * stocks and the factory. Lead times and the choice of a source are drawn by order number, so that
 * arms share their luck. */
#include "../floor/quick.h"

#include <math.h>

/* ---- the pool of what is on its way ---- */
static int32_t shipment_take(struct run *run) {
    if (run->shipment_free != NOBODY) {
        int32_t id = run->shipment_free, next = run->shipments[id].next;
        run->shipment_free = next;
        if (next != NOBODY) memory_fetch(&run->shipments[next], sizeof *run->shipments);
        return id;
    }
    if (run->shipment_count == run->shipment_room) {
        run->shipment_room = run->shipment_room ? 2 * run->shipment_room : 1;
        run->shipments =
            memory_grown(run->shipments, (size_t)run->shipment_room, sizeof *run->shipments);
    }
    return run->shipment_count++;
}

int32_t shipment_keep(struct run *run, struct shipment shipment) {
    int32_t id = shipment_take(run);
    shipment.slot = NOBODY;
    run->shipments[id] = shipment;
    return id;
}

void shipment_plan(struct run *run, int32_t id, tick at, enum event_class what) {
    if (run->shipments[id].slot == NOBODY)
        run->shipments[id].slot = run_take_slot(run, SLOT_SHIPMENT, id);
    run_plan(run, run->shipments[id].slot, at, what);
}

struct shipment shipment_give(struct run *run, int32_t id) {
    struct shipment shipment = run->shipments[id];
    if (shipment.slot != NOBODY) calendar_give_slot(&run->calendar, shipment.slot);
    run->shipments[id].open_micro = 0;
    run->shipments[id].value = 0;
    run->shipments[id].next = run->shipment_free;
    run->shipment_free = id;
    return shipment;
}

static void depart(struct run *run, struct shipment shipment, tick at, enum event_class what) {
    shipment_plan(run, shipment_keep(run, shipment), at, what);
}

tick supply_drawn(const struct run *run, const struct law *law, uint64_t stream, int64_t number) {
    if (law_constant(law)) return law_round(law->a);
    struct draw draw = draw_at(run_stream(run, stream), (uint64_t)number, 0, run->replication, 0);
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_ticks(law, &draw, &env);
}

/* ---- goods ---- */
void supply_received(struct run *run, const struct shipment *shipment) {
    if (shipment->supplier != NOBODY && !shipment->divided) {
        struct supplier_state *supplier = &run->suppliers[shipment->supplier];
        tally_add(&supplier->cycle, run->now - shipment->placed);
        sketch_add(supplier->cycle_sketch, run->now - shipment->placed);
        supplier->received++;
        supplier->on_time += run->now <= shipment->expected;
        supplier->in_full += shipment->missing == 0 && shipment->bad == 0 && !shipment->was_bad;
    }
    TELL(run, shipment, shipment);
    bill_received(run, shipment);
    books_received(run, shipment);
    if (shipment->unordered) {
        run->stocks[shipment->stock].unordered -= shipment->amount;
        stock_receive(run, shipment->stock, shipment->amount);
        return;
    }
    stock_arrive(run, shipment->stock, shipment->origin, shipment->amount + shipment->missing,
                 shipment->amount - shipment->bad, shipment->expires);
}

/* What takes no time is received at once, before anything else of the instant. */
void supply_leaves(struct run *run, struct shipment shipment, tick lead) {
    int32_t lane = run->plant->origins[shipment.origin].lane;
    shipment.stage = lane == NOBODY ? GOODS_UNDER_WAY : GOODS_TO_LANE;
    if (lane != NOBODY && lead == 0) {
        stock_change(run, shipment.stock, &run->stocks[shipment.stock].under_way, shipment.amount);
        goods_set_out(run, lane, shipment_keep(run, shipment));
        return;
    }
    bool is_here = lead == 0 && !supplier_holds_back(run, &shipment);
    if (is_here && !room_limited(run, shipment.stock)) {
        supply_received(run, &shipment);
        return;
    }
    stock_change(run, shipment.stock, &run->stocks[shipment.stock].under_way, shipment.amount);
    if (UNLIKELY(is_here)) {
        (void)room_stops(run, shipment_keep(run, shipment));
        return;
    }
    depart(run, shipment, run->now + lead, CLASS_RECEIVE);
}

tick supply_lead_drawn(const struct run *run, int32_t stock, int32_t origin, int64_t number) {
    if (run->plant->origins[origin].lane != NOBODY) return 0;
    return supply_drawn(run, &run->settings.stocks[stock].lead_time,
                        run->plant->stocks[stock].lead_stream, number);
}

void supply_send(struct run *run, const struct order *order, int64_t amount, tick expires) {
    int32_t to = order->stock;
    struct shipment goods = {.stock = to,
                             .supplier = NOBODY,
                             .origin = order->origin,
                             .amount = amount,
                             .number = order->number,
                             .placed = order->placed,
                             .expires = expires};
    books_sent(run, &goods);
    int64_t number = run->stocks[to].sent_number++;
    supply_leaves(run, goods, supply_lead_drawn(run, to, order->origin, number));
}

/* ---- orders ---- */
static void order_reaches(struct run *run, const struct shipment *order) {
    const struct origin *origin = &run->plant->origins[order->origin];
    switch (origin->kind) {
    case FROM_SUPPLIER: supplier_ordered(run, order); break;
    case FROM_STOCK:
        stock_demand(run, origin->index,
                     &(struct order){.customer = NOBODY,
                                     .stock = order->stock,
                                     .origin = order->origin,
                                     .offer = NOBODY,
                                     .late_slot = NOBODY,
                                     .patience_slot = NOBODY,
                                     .amount = order->amount,
                                     .open = order->amount,
                                     .number = order->number,
                                     .placed = run->now,
                                     .due = TICK_NEVER});
        break;
    case FROM_FACTORY:
        order_to_make(run, origin->flow, order->amount, NOBODY, TICK_NEVER, 0);
        break;
    case FROM_NOWHERE: break;
    }
}

/* What may be ordered: at least the minimum, in multiples, whole pieces of what is made. */
int64_t supply_rounded(const struct run *run, int32_t origin_id, int64_t amount) {
    const struct origin *origin = &run->plant->origins[origin_id];
    if (origin->kind == FROM_FACTORY) return (amount + 999) / 1000 * 1000;
    if (origin->kind != FROM_SUPPLIER) return amount;
    const struct supplier_settings *settings = &run->settings.supplies[origin->index];
    if (amount < settings->min_order) amount = settings->min_order;
    if (settings->multiple)
        amount = (amount + settings->multiple - 1) / settings->multiple * settings->multiple;
    return amount;
}

void supply_order(struct run *run, int32_t id, int32_t origin, int64_t amount) {
    const struct stock *stock = &run->plant->stocks[id];
    struct stock_state *state = &run->stocks[id];
    int64_t number = state->order_number++;
    amount = supply_rounded(run, origin, amount);
    stock_change(run, id, &state->on_order, amount);
    if (UNLIKELY(stock->origin_count > 1))
        sourcing_ordered(run, origin, amount, run->now + supply_lead_of(run, id, origin, amount));
    if (run->settings.stocks[id].policy == REORDER_CARDS) cards_ordered(run, id, amount);
    state->ordered += amount;
    state->orders++;
    SAY(run, CLASS_ORDER, stock->name, "orders %.6g", (double)amount / 1000);
    tick delay =
        run->settings.stocks[id].policy == REORDER_VMI
            ? 0
            : supply_drawn(run, &run->settings.stocks[id].order_delay, stock->order_stream, number);
    struct shipment order = {.stock = id,
                             .supplier = NOBODY,
                             .is_order = true,
                             .origin = origin,
                             .amount = amount,
                             .number = number,
                             .placed = run->now};
    TELL(run, shipment, &order);
    if (delay == 0)
        order_reaches(run, &order);
    else {
        state->orders_away += amount;
        depart(run, order, run->now + delay, CLASS_DEMAND);
    }
}

tick supply_lead_of(const struct run *run, int32_t id, int32_t origin_id, int64_t amount) {
    const struct origin *origin = &run->plant->origins[origin_id];
    const struct stock_settings *settings = &run->settings.stocks[id];
    struct formula_env env = {.read = world_read, .context = run};
    double sum = law_expected(&settings->order_delay, &env);
    if (origin->lane != NOBODY)
        sum += lane_expected(run, origin->lane);
    else if (origin->kind != FROM_FACTORY)
        sum += law_expected(&settings->lead_time, &env);
    switch (origin->kind) {
    case FROM_SUPPLIER: sum += supply_expected(run, origin->index, amount); break;
    case FROM_FACTORY: sum += (double)origin->work; break;
    case FROM_STOCK:
    case FROM_NOWHERE: break;
    }
    return law_round(sum);
}

double supply_lead_expected(const struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    const struct stock *stock = &plant->stocks[id];
    const struct stock_settings *settings = &run->settings.stocks[id];
    struct formula_env env = {.read = world_read, .context = run};
    double sum = law_expected(&settings->lead_time, &env) +
                 law_expected(&settings->order_delay, &env),
           before = 0;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        const struct origin *origin = &plant->origins[i];
        if (origin->kind == FROM_SUPPLIER)
            sum +=
                (run->settings.origins[i].upto - before) * supply_expected(run, origin->index, 0);
        before = run->settings.origins[i].upto;
    }
    return sum;
}

void supply_on_its_way(struct run *run, int32_t id, const struct pipeline *at) {
    struct shipment shipment = {.stock = id,
                                .supplier = NOBODY,
                                .is_order = at->is_order,
                                .origin = run->plant->stocks[id].origin_first,
                                .amount = at->amount,
                                .number = NOBODY};
    if (!at->is_order) {
        stock_change(run, id, &run->stocks[id].under_way, at->amount);
        books_opening(run, id, at->amount);
        books_sent(run, &shipment);
    }
    if (run->plant->stocks[id].origin_count > 1)
        sourcing_ordered(
            run, shipment.origin, at->amount,
            at->at + (at->is_order ? supply_lead_of(run, id, shipment.origin, at->amount) : 0));
    depart(run, shipment, at->at, at->is_order ? CLASS_DEMAND : CLASS_RECEIVE);
}

void shipment_event(struct run *run, int32_t id) {
    if (run->shipments[id].stage == GOODS_TO_LANE) {
        goods_set_out(run, run->plant->origins[run->shipments[id].origin].lane, id);
        return;
    }
    if (run->shipments[id].stage != GOODS_UNDER_WAY) {
        supplier_goods_event(run, id);
        return;
    }
    if (UNLIKELY(supplier_holds_back(run, &run->shipments[id]))) {
        supplier_keeps(run, id);
        return;
    }
    if (!run->shipments[id].is_order && room_stops(run, id)) return;
    struct shipment shipment = shipment_give(run, id);
    if (shipment.is_order) {
        run->stocks[shipment.stock].orders_away -= shipment.amount;
        order_reaches(run, &shipment);
        return;
    }
    stock_change(run, shipment.stock, &run->stocks[shipment.stock].under_way, -shipment.amount);
    supply_received(run, &shipment);
}

/* ---- orders to make ---- */
/* Lots of the item's size, the last one smaller, wait at the door of who ordered them. */
void order_to_make(struct run *run, int32_t flow_id, int64_t amount, int32_t order, tick due,
                   int32_t priority) {
    const struct plant *plant = run->plant;
    const struct flow *flow = &plant->flows[flow_id];
    bool for_stock = flow->source == NOBODY;
    int32_t lot = run->settings.items[flow->item].lot;
    int32_t door = for_stock ? plant->source_count + flow->stock : flow->source;
    uint64_t luck = for_stock ? plant->stocks[flow->stock].luck : plant->sources[flow->source].luck;
    int64_t *number =
        for_stock ? &run->stocks[flow->stock].lot_number : &run->sources[flow->source].lot_number;
    for (int64_t pieces = amount / 1000; pieces > 0; pieces -= lot) {
        int32_t part = part_make(run, flow_id, luck + (uint64_t)(*number)++,
                                 pieces < lot ? (int32_t)pieces : lot);
        run->parts[part].order = order;
        run->parts[part].due = due;
        run->parts[part].priority = priority;
        floor_bring(run, door, part);
    }
}
