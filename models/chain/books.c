/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See books.h: what happens to goods, as the books see it. */
#include "../floor/quick.h"

#include <string.h>

/* ---- accounts ---- */
/* What is looked at over time is in millionths, rounded down. */
static int64_t in_millionths(exact_money nano) {
    return (int64_t)(nano >= 0 ? nano / 1000 : -((-nano + 999) / 1000));
}

exact_money books_goods(const struct run *run) {
    exact_money sum = 0;
    for (int32_t i = 0; i < GOODS_BOOKS; i++) sum += run->books[i];
    return sum;
}

void capital_note_extremes(struct run *run) {
    level_extremes(&run->goods);
    level_extremes(&run->receivable);
    level_extremes(&run->payable);
    level_extremes(&run->capital);
}

void capital_shift(struct run *run, struct level *level, int64_t by) {
    if (run->capital_changed != run->now) capital_note_extremes(run);
    run->capital_changed = run->now;
    level_shift(level, run->now, by);
    level_shift(&run->capital, run->now, level == &run->payable ? -by : by);
}

static void capital_reset(struct run *run) {
    level_reset(&run->goods, run->now);
    level_reset(&run->receivable, run->now);
    level_reset(&run->payable, run->now);
    level_reset(&run->capital, run->now);
    run->open_before = run->receivable.now - run->payable.now;
}

static void move(struct run *run, int32_t from, int32_t to, exact_money value) {
    run->books[from] -= value;
    run->books[to] += value;
    if (from >= GOODS_BOOKS || to >= GOODS_BOOKS)
        capital_shift(run, &run->goods, in_millionths(books_goods(run)) - run->goods.now);
}

static exact_money standard(const struct run *run, int32_t item, int64_t amount) {
    return (exact_money)run->plant->items[item].cost_micro * amount;
}

static int32_t book_of_stock(const struct run *run, int32_t stock) {
    return run->plant->items[run->plant->stocks[stock].item].book;
}

static exact_money stock_standard(const struct run *run, int32_t stock, int64_t amount) {
    return standard(run, run->plant->stocks[stock].item, amount);
}

/* ---- goods that are bought, and on their way ---- */
void books_ordered(struct run *run, struct shipment *goods, int64_t price_micro) {
    if (!run->plant->valued) return;
    goods->value = (exact_money)price_micro * 1000;
    move(run, BOOK_SPENT, book_of_stock(run, goods->stock), goods->value);
}

void books_sent(struct run *run, struct shipment *goods) {
    goods->value = stock_standard(run, goods->stock, goods->amount);
}

void books_divided(struct shipment *ahead, struct shipment *rest, int64_t amount) {
    ahead->value = rest->value * amount / rest->amount;
    rest->value -= ahead->value;
}

/* What is bad is lost for the price that was paid; what is good comes into the store at its
 * standard. */
void books_received(struct run *run, const struct shipment *goods) {
    if (!run->plant->valued) return;
    int32_t book = book_of_stock(run, goods->stock);
    int64_t good = goods->amount - goods->bad;
    exact_money lost = goods->bad ? goods->value * goods->bad / goods->amount : 0;
    move(run, book, BOOK_LOST, lost);
    move(run, book, BOOK_VARIANCE, goods->value - lost - stock_standard(run, goods->stock, good));
}

void books_wasted(struct run *run, int32_t stock, int64_t amount) {
    move(run, book_of_stock(run, stock), BOOK_LOST, stock_standard(run, stock, amount));
}

/* ---- lots ---- */
void books_used(struct run *run, int32_t part, int32_t stock, int64_t amount) {
    if (!run->plant->valued) return;
    exact_money value = stock_standard(run, stock, amount);
    run->values[part] += value;
    move(run, book_of_stock(run, stock), BOOK_IN_PROCESS, value);
}

void books_worked(struct run *run, int32_t part, int64_t cost_micro) {
    if (!run->plant->valued) return;
    exact_money value = (exact_money)cost_micro * 1000;
    run->values[part] += value;
    move(run, BOOK_SPENT, BOOK_IN_PROCESS, value);
}

static exact_money uses_standard(const struct run *run, int32_t first, int32_t count,
                                 int32_t pieces) {
    exact_money sum = 0;
    for (int32_t i = first; i < first + count; i++)
        sum += stock_standard(run, run->plant->uses[i].stock, run->plant->uses[i].amount * pieces);
    return sum;
}

/* What its item uses is in it, and all that the steps before its own do. */
void books_stands(struct run *run, int32_t id) {
    if (!run->plant->valued) return;
    const struct part *part = &run->parts[id];
    const struct item *item = &run->plant->items[run->plant->flows[part->flow].item];
    exact_money value = uses_standard(run, item->use_first, item->use_count, part->pieces);
    int32_t own = run->plant->steps[part->step].written;
    for (int32_t s = plant_route_first(run->plant, part->step); s < own; s++)
        value += (exact_money)run->settings.steps[s].piece_cost_micro * 1000 * part->pieces +
                 uses_standard(run, run->plant->steps[s].use_first, run->plant->steps[s].use_count,
                               part->pieces);
    run->values[id] = value;
    move(run, BOOK_OPENING, BOOK_IN_PROCESS, value);
}

void books_split(struct run *run, int32_t rest, int32_t front) {
    if (!run->plant->valued) return;
    int64_t taken = run->parts[front].pieces, left = run->parts[rest].pieces;
    run->values[front] = run->values[rest] * taken / (taken + left);
    run->values[rest] -= run->values[front];
}

void books_scrapped(struct run *run, int32_t part, int32_t pieces) {
    if (!run->plant->valued) return;
    exact_money value = run->values[part] * pieces / run->parts[part].pieces;
    run->values[part] -= value;
    move(run, BOOK_IN_PROCESS, BOOK_LOST, value);
}

/* A lot is finished: to an order it goes for what it has cost, into a store for its standard, and
 * out as sold. */
void books_made(struct run *run, int32_t part) {
    if (!run->plant->valued) return;
    const struct flow *flow = &run->plant->flows[run->parts[part].flow];
    int32_t kit = kit_of(run, part);
    int32_t order = run->parts[part].order, book = run->plant->items[flow->item].book;
    exact_money value = run->values[part];
    run->values[part] = 0;
    run->flows[run->parts[part].flow].cost += value;
    if (order != NOBODY) {
        run->orders[order].value += value;
        move(run, BOOK_IN_PROCESS, book, value);
    } else if (kit != NOBODY) {
        int32_t lot = run->kits[kit].lot;
        if (lot != NOBODY)
            run->values[lot] += value;
        else
            move(run, BOOK_IN_PROCESS, BOOK_LOST, value);
    } else if (flow->stock != NOBODY) {
        exact_money in_store = standard(run, flow->item, (int64_t)run->parts[part].pieces * 1000);
        move(run, BOOK_IN_PROCESS, book, in_store);
        move(run, BOOK_IN_PROCESS, BOOK_VARIANCE, value - in_store);
    } else
        move(run, BOOK_IN_PROCESS, BOOK_SOLD, value);
}

/* ---- customers ---- */
static int32_t book_of_order(const struct run *run, const struct order *order) {
    int32_t item = order->customer == NOBODY ? run->plant->stocks[order->stock].item
                                             : run->plant->offers[order->offer].item;
    return run->plant->items[item].book;
}

void books_shipped(struct run *run, int32_t stock, struct order *order, int64_t amount) {
    if (run->plant->valued) order->value += stock_standard(run, stock, amount);
}

exact_money books_delivered(struct run *run, struct order *order) {
    exact_money value = order->value;
    if (value == 0) return 0;
    order->value = 0;
    move(run, book_of_order(run, order), BOOK_SOLD, value);
    return value;
}

exact_money books_sold(struct run *run, int32_t stock, int64_t amount) {
    if (!run->plant->valued) return 0;
    exact_money value = stock_standard(run, stock, amount);
    if (value) move(run, book_of_stock(run, stock), BOOK_SOLD, value);
    return value;
}

void books_unwanted(struct run *run, struct order *order) {
    if (order->value == 0) return;
    move(run, book_of_order(run, order), BOOK_LOST, order->value);
    order->value = 0;
}

exact_money books_returned(struct run *run, const struct shipment *goods) {
    if (!run->plant->valued || goods->stock == NOBODY) return 0;
    exact_money value = stock_standard(run, goods->stock, goods->amount);
    move(run, BOOK_SOLD, book_of_stock(run, goods->stock), value);
    return value;
}

/* ---- the beginning, and what always holds ---- */
void books_start(struct run *run) {
    memset(run->books, 0, sizeof run->books);
    run->goods = run->capital = (struct level){0};
    run->capital_changed = run->now;
    if (!run->plant->valued) return;
    run->values = memory_grown(run->values, (size_t)run->part_room, sizeof *run->values);
    memset(run->values, 0, (size_t)run->part_room * sizeof *run->values);
}

void books_opening(struct run *run, int32_t stock, int64_t amount) {
    move(run, BOOK_OPENING, book_of_stock(run, stock), stock_standard(run, stock, amount));
}

/* What is there is the opening balance of what is measured. */
void books_reset(struct run *run) {
    run->books[BOOK_SPENT] = run->books[BOOK_SOLD] = run->books[BOOK_LOST] =
        run->books[BOOK_VARIANCE] = 0;
    run->books[BOOK_OPENING] = -books_goods(run);
    capital_reset(run);
}

/* Counts what lies in store, on the floor, under way and set aside for orders. */
void books_conserved(const struct run *run) {
    const struct plant *plant = run->plant;
    exact_money counted[GOODS_BOOKS] = {0}, sum = 0;
    for (int32_t i = 0; i < BOOK_COUNT; i++) sum += run->books[i];
    CHECK(sum == 0);
    if (!plant->valued) return;
    for (int32_t i = 0; i < plant->stock_count; i++)
        counted[book_of_stock(run, i)] += stock_standard(run, i, run->stocks[i].on_hand.now);
    for (int32_t i = 0; i < run->part_count; i++) counted[BOOK_IN_PROCESS] += run->values[i];
    for (int32_t i = 0; i < run->shipment_count; i++)
        if (run->shipments[i].value)
            counted[book_of_stock(run, run->shipments[i].stock)] += run->shipments[i].value;
    for (int32_t i = 0; i < run->order_count; i++)
        if (run->orders[i].value)
            counted[book_of_order(run, &run->orders[i])] += run->orders[i].value;
    for (int32_t i = 0; i < GOODS_BOOKS; i++) CHECK(counted[i] == run->books[i]);
    CHECK(run->books[BOOK_SPENT] ==
          -1000 * (run->ledger[ACCOUNT_MATERIALS] + run->ledger[ACCOUNT_MAKING]));
}
