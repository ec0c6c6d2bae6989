/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks that hold only so much, and sites whose stocks hold only so much together.
 *
 * What comes and finds no room waits, and what brings it is blocked. A lot that was made here waits
 * on its machine (move.c) until it fits as a whole. Goods from anywhere else stand at the door of
 * the stock: still on their way, still on order. They come in as far as there is room, in the order
 * in which they came, and before any lot that waits on a machine. A vehicle sets down what it
 * brings and drives on.
 *
 * A lot that goes to its stock along a lane sets out when there is room for it, and the place is
 * kept for it, as between stations (carry.c). So is the place of a lot on a machine with `blocking:
 * before`. What is kept is no room for anybody else. Goods of an order that are of no use take
 * none. */
#include "../floor/quick.h"

/* Of the room of a site, what a stock takes. */
static int64_t takes(const struct run *run, int32_t spot, int32_t id) {
    const struct item *item = &run->plant->items[run->plant->stocks[id].item];
    return size_taken(item_size(item, run->plant->spots[spot].size),
                      run->stocks[id].on_hand.now + run->stocks[id].kept);
}

/* Of a site, in all its stocks: of what it counts. */
static int64_t site_left(const struct run *run, int32_t spot) {
    const struct plant *plant = run->plant;
    int64_t left = plant->spots[spot].room;
    for (int32_t i = 0; i < plant->stock_count; i++)
        if (plant_contains(plant, spot, plant->stock_spots[i])) left -= takes(run, spot, i);
    return left;
}

/* The same for one of its stocks, of the unit of its item. */
static int64_t left_for(const struct run *run, int32_t spot, int32_t id) {
    const struct plant *plant = run->plant;
    enum size_kind kind = plant->spots[spot].size;
    int64_t left = site_left(run, spot);
    if (LIKELY(kind == SIZE_UNITS)) return left;
    int64_t all = size_holds(item_size(&plant->items[plant->stocks[id].item], kind),
                             left + takes(run, spot, id));
    return all - run->stocks[id].on_hand.now - run->stocks[id].kept;
}

static int64_t room_left(const struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    const struct stock_state *stock = &run->stocks[id];
    int64_t left = INT64_MAX;
    if (run->settings.stocks[id].room != INT64_MAX)
        left = run->settings.stocks[id].room - stock->on_hand.now - stock->kept;
    if (LIKELY(!plant->stocks[id].shares_room)) return left;
    for (int32_t spot = plant->stock_spots[id]; spot != 0; spot = plant->spots[spot].in) {
        if (plant->spots[spot].room == INT64_MAX) continue;
        int64_t here = left_for(run, spot, id);
        if (here < left) left = here;
    }
    return left;
}

void room_freed(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    floor_stock_retry(run, id);
    if (LIKELY(!plant->stocks[id].shares_room)) return;
    for (int32_t i = 0; i < plant->stock_count; i++)
        if (plant->stocks[i].shares_room && i != id) floor_stock_retry(run, i);
}

bool room_is_there(const struct run *run, int32_t id, int64_t amount) {
    return !room_limited(run, id) ||
           (run->stocks[id].door.first == NOBODY && room_left(run, id) >= amount);
}

void room_keep(struct run *run, int32_t id, int64_t amount) {
    run->stocks[id].kept += amount;
    CHECK(run->stocks[id].kept >= 0);
    if (amount < 0) room_freed(run, id);
}

/* ---- at the door ---- */
static void come_in(struct run *run, int32_t shipment_id) {
    struct shipment goods = shipment_give(run, shipment_id);
    stock_change(run, goods.stock, &run->stocks[goods.stock].under_way, -goods.amount);
    supply_received(run, &goods);
}

/* How much of these goods may come in now, with what is of no use. */
static int64_t may_come_in(const struct run *run, const struct shipment *goods) {
    const struct item *item = &run->plant->items[run->plant->stocks[goods->stock].item];
    int64_t left = room_left(run, goods->stock);
    if (left >= goods->amount - goods->bad) return goods->amount;
    if (dimension_same(item->dimension, (struct dimension){0})) left -= left % 1000;
    return left > 0 ? left + goods->bad : 0;
}

void room_let_in(struct run *run, int32_t id) {
    struct goods_list *door = &run->stocks[id].door;
    while (door->first != NOBODY) {
        int32_t first = door->first;
        int64_t all = run->shipments[first].amount; /* 0 when nothing was left of it */
        int64_t amount = may_come_in(run, &run->shipments[first]);
        if (amount == 0 && all > 0) return;
        if (amount < all) {
            come_in(run, goods_divide(run, first, amount));
            continue;
        }
        door->first = run->shipments[first].next;
        if (door->first == NOBODY) door->last = NOBODY;
        come_in(run, first);
    }
}

bool room_stops(struct run *run, int32_t id) {
    struct shipment *goods = &run->shipments[id];
    if (goods->keeps_place) {
        goods->keeps_place = false;
        run->stocks[goods->stock].kept -= goods->amount;
        return false;
    }
    if (!room_limited(run, goods->stock)) return false;
    int32_t stock = goods->stock;
    struct goods_list *door = &run->stocks[stock].door;
    goods->next = NOBODY;
    *(door->first == NOBODY ? &door->first : &run->shipments[door->last].next) = id;
    door->last = id;
    room_let_in(run, stock);
    if (door->first != NOBODY)
        SAY(run, CLASS_RECEIVE, run->plant->stocks[stock].name,
            "has no room for %.6g that stand at its door",
            (double)run->shipments[door->last].amount / 1000);
    return true;
}

/* Nobody here ordered it. */
void room_bring(struct run *run, int32_t id, int64_t amount) {
    if (room_is_there(run, id, amount)) {
        stock_receive(run, id, amount);
        return;
    }
    struct shipment goods = {.stock = id,
                             .supplier = NOBODY,
                             .origin = run->plant->stocks[id].made_origin,
                             .amount = amount,
                             .number = NOBODY,
                             .customer = NOBODY,
                             .unordered = true,
                             .placed = run->now};
    books_sent(run, &goods);
    stock_change(run, id, &run->stocks[id].under_way, amount);
    run->stocks[id].unordered += amount;
    (void)room_stops(run, shipment_keep(run, goods));
}

/* ---- what must hold ---- */
void rooms_conserved(const struct run *run) {
    for (int32_t spot = 1; spot <= run->plant->site_count; spot++)
        if (run->plant->spots[spot].room != INT64_MAX) CHECK(site_left(run, spot) >= 0);
}

void room_conserved(const struct run *run, int32_t id) {
    const struct stock_state *stock = &run->stocks[id];
    int64_t at_door = 0;
    for (int32_t at = stock->door.first; at != NOBODY; at = run->shipments[at].next)
        at_door += run->shipments[at].amount;
    CHECK(at_door <= stock->under_way.now);
    CHECK(stock->kept >= 0);
    if (run->plant->programme_count == 0)
        CHECK(stock->on_hand.now <= run->settings.stocks[id].room - stock->kept);
}
