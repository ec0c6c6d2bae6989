/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lanes carry of the chain: goods on their way to a stock, and deliveries to customers. See
 * lane.h.
 *
 * Goods of a stock are a shipment, which counts as under way from the moment its source lets it go.
 * Of a customer's order, every delivery that goes along a lane is an order of its own until it
 * arrives: it may be late by itself, and its customer is still owed what it holds. */
#include "../floor/quick.h"
#include "lane.h"

/* ---- goods ---- */
void goods_set_out(struct run *run, int32_t lane, int32_t id) {
    const struct shipment *goods = &run->shipments[id];
    const struct stock *stock = &run->plant->stocks[goods->stock];
    run->shipments[id].stage = GOODS_UNDER_WAY;
    SAY(run, CLASS_SERVE, run->plant->lanes[lane].name, "takes %.6g to %s",
        (double)goods->amount / 1000, stock->name);
    lane_takes(run, lane,
               (struct cargo){.kind = CARGO_GOODS,
                              .what = id,
                              .item = stock->item,
                              .amount = goods->amount,
                              .luck = stock->luck,
                              .number = (uint64_t)run->stocks[goods->stock].travel_number++});
}

int32_t goods_divide(struct run *run, int32_t id, int64_t amount) {
    struct shipment ahead = run->shipments[id];
    ahead.amount = amount;
    ahead.missing = 0;
    ahead.bad = ahead.bad < amount ? ahead.bad : amount;
    ahead.divided = true;
    books_divided(&ahead, &run->shipments[id], amount);
    ahead.open_micro = (int64_t)((__int128)ahead.open_micro * amount / run->shipments[id].amount);
    run->shipments[id].open_micro -= ahead.open_micro;
    run->shipments[id].amount -= amount;
    run->shipments[id].bad -= ahead.bad;
    run->shipments[id].was_bad |= ahead.bad > 0;
    return shipment_keep(run, ahead);
}

void goods_arrive(struct run *run, int32_t id) {
    shipment_event(run, id);
}

bool goods_made_set_out(struct run *run, int32_t station, int32_t flow, int64_t amount) {
    const struct plant *plant = run->plant;
    int32_t stock = plant->flows[flow].stock;
    bool ordered = plant->flows[flow].source == NOBODY;
    int32_t lane = station == NOBODY ? NOBODY
                                     : plant_lane(plant, plant->station_spots[station],
                                                  plant->stock_spots[stock]);
    if (lane == NOBODY) return false;
    struct shipment goods = {.stock = stock,
                             .supplier = NOBODY,
                             .origin = ordered ? plant->flows[flow].origin
                                               : plant->stocks[stock].made_origin,
                             .amount = amount,
                             .number = NOBODY,
                             .customer = NOBODY,
                             .unordered = !ordered,
                             .keeps_place = room_limited(run, stock),
                             .placed = run->now};
    books_sent(run, &goods);
    stock_change(run, stock, &run->stocks[stock].under_way, amount);
    if (!ordered) run->stocks[stock].unordered += amount;
    if (goods.keeps_place) room_keep(run, stock, amount);
    goods_set_out(run, lane, shipment_keep(run, goods));
    return true;
}

/* ---- deliveries ---- */
void order_sent(struct run *run, int32_t spot, int32_t id, int64_t amount) {
    const struct plant *plant = run->plant;
    const struct order *order = &run->orders[id];
    int32_t lane =
        spot == NOBODY ? NOBODY : plant_lane(plant, spot, plant->customer_spots[order->customer]);
    if (lane == NOBODY) {
        customer_served(run, id, amount);
        return;
    }
    const struct source *source = &plant->sources[plant->release_count + order->customer];
    struct order delivery = *order;
    delivery.is_last = order->open == 0;
    delivery.amount = delivery.open = amount;
    delivery.late_slot = delivery.patience_slot = NOBODY;
    run->orders[id].delivered += amount;
    run->orders[id].value = 0;
    int32_t taken = order_take(run);
    run->orders[taken] = delivery;
    if (!delivery.is_late) order_watch_due(run, taken);
    SAY(run, CLASS_SERVE, plant->lanes[lane].name, "takes %.6g to %s", (double)amount / 1000,
        source->name);
    lane_takes(run, lane,
               (struct cargo){.kind = CARGO_DELIVERY,
                              .what = taken,
                              .item = delivery.item,
                              .amount = amount,
                              .luck = source->luck,
                              .number = (uint64_t)delivery.number << 20 |
                                        ((uint64_t)(delivery.placed ^ run->now) & 0xfffff)});
}

void delivery_arrives(struct run *run, int32_t id, tick on_way) {
    run->orders[id].on_way = on_way;
    customer_delivered(run, id);
    order_give(run, id);
}
