/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suppliers: from the order that reaches them to the goods that leave, and what stops them.
 *
 * An order waits for the supplier's capacity, which works orders one after the other as they came,
 * each for its amount over the capacity; then it is processed, by itself; then it leaves. What
 * depends on chance is drawn by order number when the order comes. An outage or a closed calendar
 * stops some of this: work that it stops goes on afterwards where it was. The goods of each stage
 * are a list of their supplier. */
#include "../floor/quick.h"

#include <math.h>

/* ---- lists of goods ---- */
static struct goods_list *list_of(struct run *run, int32_t supplier, enum goods_stage stage) {
    return &run->suppliers[supplier].goods[stage];
}

static void goods_push(struct run *run, int32_t id, enum goods_stage stage) {
    struct shipment *goods = &run->shipments[id];
    struct goods_list *list = list_of(run, goods->supplier, stage);
    goods->stage = (uint8_t)stage;
    goods->before = list->last;
    goods->next = NOBODY;
    if (list->last == NOBODY)
        list->first = id;
    else
        run->shipments[list->last].next = id;
    list->last = id;
    run->goods_held++;
}

static void goods_pull(struct run *run, int32_t id) {
    struct shipment *goods = &run->shipments[id];
    struct goods_list *list = list_of(run, goods->supplier, (enum goods_stage)goods->stage);
    if (goods->before == NOBODY)
        list->first = goods->next;
    else
        run->shipments[goods->before].next = goods->next;
    if (goods->next == NOBODY)
        list->last = goods->before;
    else
        run->shipments[goods->next].before = goods->before;
    run->goods_held--;
}

/* ---- terms ---- */
double supply_price(const struct run *run, int32_t supply_id, int64_t amount) {
    const struct supply *supply = &run->plant->supplies[supply_id];
    double price = run->settings.supplies[supply_id].price, sum = 0;
    int64_t from = 0;
    for (int32_t i = 0; i < supply->break_count && amount >= supply->breaks[i].from; i++) {
        sum += price * ((double)(supply->breaks[i].from - from) / 1000);
        from = supply->breaks[i].from;
        price = supply->breaks[i].price;
    }
    return supply->breaks_on == BREAKS_ALL_UNITS ? price * ((double)amount / 1000)
                                                 : sum + price * ((double)(amount - from) / 1000);
}

static double work_of(const struct supplier_settings *settings, int64_t amount) {
    return settings->capacity > 0 ? (double)amount / settings->capacity : 0;
}

double supply_expected(const struct run *run, int32_t supply, int64_t amount) {
    const struct supplier_settings *settings = &run->settings.supplies[supply];
    struct formula_env env = {.read = world_read, .context = run};
    return law_expected(&settings->lead_time, &env) + law_expected(&settings->processing, &env) +
           work_of(settings, amount);
}

/* When the stock may expect it: on average, if nobody stands before it and nothing stops it. */
static tick expected_at(const struct run *run, const struct shipment *order, int32_t supply) {
    struct formula_env env = {.read = world_read, .context = run};
    int32_t lane = run->plant->origins[order->origin].lane;
    double lead =
        supply_expected(run, supply, order->amount) +
        (lane == NOBODY ? law_expected(&run->settings.stocks[order->stock].lead_time, &env)
                        : lane_expected(run, lane));
    return lead < 9e17 ? run->now + law_round(lead) : TICK_NEVER;
}

/* ---- what becomes of an order ---- */
enum { ROUNDS_MOST = 1000 };

/* Draws what the yield leaves, and how long it takes to make it: in one go, or until it is whole.
 */
static void make_drawn(struct run *run, struct shipment *goods, int32_t supply_id) {
    const struct supply *supply = &run->plant->supplies[supply_id];
    const struct supplier_settings *settings = &run->settings.supplies[supply_id];
    bool whole = !run->plant->suppliers[supply->supplier].partial;
    struct formula_env env = {.read = world_read, .context = run};
    int64_t left = goods->amount;
    double work = 0;
    for (uint64_t round = 0; round == 0 || (whole && left > 0); round++) {
        if (round == ROUNDS_MOST) {
            run_stop(run, "supplier %s never makes an order whole: his yield is too low",
                     run->plant->suppliers[supply->supplier].name);
            break;
        }
        struct draw draw = draw_at(run_stream(run, supply->yield_stream), (uint64_t)goods->number,
                                   round, run->replication, 0);
        env.draw = &draw;
        double share = law_value(&settings->yield, &draw, &env);
        share = share > 0 ? fmin(share, 1) : 0;
        work += work_of(settings, left);
        left -= llrint((double)left * share);
        goods->processing += supply_drawn(run, &settings->processing, supply->processing_stream,
                                          goods->number + (int64_t)(round << 40));
    }
    goods->work = llrint(work);
    goods->missing = left;
    goods->amount -= left;
    goods->bad = llrint((double)goods->amount * settings->defects);
}

/* The goods leave: from here on they are under way. */
static void ship(struct run *run, struct shipment goods, int32_t supply_id) {
    const struct plant *plant = run->plant;
    const struct supply *supply = &plant->supplies[supply_id];
    tick lead = supply_drawn(run, &run->settings.supplies[supply_id].lead_time, supply->lead_stream,
                             goods.number) +
                supply_lead_drawn(run, goods.stock, goods.origin, goods.number);
    if (!plant->suppliers[supply->supplier].crossing) {
        tick *last = &run->last_receipts[goods.origin];
        if (run->now + lead < *last) lead = *last - run->now;
        *last = run->now + lead;
    }
    supply_leaves(run, goods, lead);
}

static bool stands(const struct run *run, int32_t supplier, enum outage_part part) {
    return run->suppliers[supplier].stopped[part] > 0;
}

static void leave(struct run *run, int32_t id) {
    if (stands(run, run->shipments[id].supplier, OUTAGE_SHIPMENTS)) {
        goods_push(run, id, GOODS_READY);
        return;
    }
    struct shipment goods = shipment_give(run, id);
    ship(run, goods, run->plant->origins[goods.origin].index);
}

static void process(struct run *run, int32_t id) {
    tick lasts = run->shipments[id].processing;
    if (lasts == 0) {
        leave(run, id);
        return;
    }
    goods_push(run, id, GOODS_PROCESSING);
    shipment_plan(run, id, run->now + lasts, CLASS_COMPLETE);
}

static void work(struct run *run, int32_t id) {
    goods_pull(run, id);
    tick lasts = run->shipments[id].work;
    if (lasts == 0) {
        process(run, id);
        return;
    }
    goods_push(run, id, GOODS_AT_WORK);
    shipment_plan(run, id, run->now + lasts, CLASS_COMPLETE);
}

/* Orders are begun in the order in which they came, while the capacity is free. */
static void begin(struct run *run, int32_t supplier) {
    struct goods_list *waiting = list_of(run, supplier, GOODS_ORDERED),
                      *at_work = list_of(run, supplier, GOODS_AT_WORK);
    while (!stands(run, supplier, OUTAGE_ORDERS) && waiting->first != NOBODY &&
           at_work->first == NOBODY)
        work(run, waiting->first);
}

void supplier_ordered(struct run *run, const struct shipment *order) {
    const struct plant *plant = run->plant;
    int32_t supply_id = plant->origins[order->origin].index,
            supplier_id = plant->supplies[supply_id].supplier;
    const struct supplier *supplier = &plant->suppliers[supplier_id];
    struct supplier_state *state = &run->suppliers[supplier_id];
    struct shipment goods = *order;
    goods.is_order = false;
    goods.supplier = supplier_id;
    goods.number = run->stocks[order->stock].sent_number++;
    goods.expected = expected_at(run, order, supply_id);
    if (!supplier->plain) make_drawn(run, &goods, supply_id);
    state->orders++;
    double price = supply_price(run, supply_id, goods.amount);
    CHECK(price < 9e12);
    int64_t price_micro = llrint(price * 1e6);
    ledger_post_micro(run, ACCOUNT_ORDERING, run->settings.supplies[supply_id].order_cost_micro);
    goods.open_micro = bill_ordered(run, supply_id, price_micro);
    books_ordered(run, &goods, price_micro);
    state->expense_micro += run->settings.supplies[supply_id].order_cost_micro + price_micro;
    if (supplier->plain) {
        ship(run, goods, supply_id);
        return;
    }
    goods_push(run, shipment_keep(run, goods), GOODS_ORDERED);
    begin(run, supplier_id);
}

void supplier_goods_event(struct run *run, int32_t id) {
    int32_t supplier = run->shipments[id].supplier;
    bool worked = run->shipments[id].stage == GOODS_AT_WORK;
    goods_pull(run, id);
    if (worked)
        process(run, id);
    else
        leave(run, id);
    if (worked) begin(run, supplier);
}

bool supplier_holds_back(const struct run *run, const struct shipment *goods) {
    return goods->supplier != NOBODY && stands(run, goods->supplier, OUTAGE_RECEIPTS);
}

void supplier_keeps(struct run *run, int32_t shipment) {
    goods_push(run, shipment, GOODS_HERE);
}

/* ---- stops ---- */
static void pause(struct run *run, int32_t supplier, enum goods_stage stage) {
    for (int32_t id = list_of(run, supplier, stage)->first; id != NOBODY;
         id = run->shipments[id].next) {
        struct shipment *goods = &run->shipments[id];
        goods->left = event_tick(calendar_pending(&run->calendar, goods->slot)) - run->now;
        calendar_cancel(&run->calendar, goods->slot);
    }
}

static void resume(struct run *run, int32_t supplier, enum goods_stage stage) {
    for (int32_t id = list_of(run, supplier, stage)->first; id != NOBODY;
         id = run->shipments[id].next)
        shipment_plan(run, id, run->now + run->shipments[id].left, CLASS_COMPLETE);
}

static void stop_part(struct run *run, int32_t supplier, enum outage_part part) {
    if (run->suppliers[supplier].stopped[part]++ > 0 || part != OUTAGE_ORDERS) return;
    pause(run, supplier, GOODS_AT_WORK);
    pause(run, supplier, GOODS_PROCESSING);
}

static void clear_part(struct run *run, int32_t supplier, enum outage_part part) {
    CHECK(run->suppliers[supplier].stopped[part] > 0);
    if (--run->suppliers[supplier].stopped[part] > 0) return;
    struct goods_list *ready = list_of(run, supplier, GOODS_READY),
                      *here = list_of(run, supplier, GOODS_HERE);
    switch (part) {
    case OUTAGE_ORDERS:
        resume(run, supplier, GOODS_AT_WORK);
        resume(run, supplier, GOODS_PROCESSING);
        begin(run, supplier);
        break;
    case OUTAGE_SHIPMENTS:
        while (ready->first != NOBODY) {
            int32_t id = ready->first;
            goods_pull(run, id);
            leave(run, id);
        }
        break;
    case OUTAGE_RECEIPTS:
        while (here->first != NOBODY) {
            int32_t id = here->first;
            goods_pull(run, id);
            run->shipments[id].stage = GOODS_UNDER_WAY;
            shipment_plan(run, id, run->now, CLASS_RECEIVE);
        }
        break;
    case OUTAGE_PART_COUNT: break;
    }
}

void suppliers_shift(struct run *run, int32_t shift, bool open) {
    static const enum outage_part parts[] = {OUTAGE_SHIPMENTS, OUTAGE_ORDERS};
    for (int32_t i = 0; i < run->plant->supplier_count; i++)
        for (int32_t p = 0; run->plant->suppliers[i].calendar == shift && p < 2; p++)
            (open ? clear_part : stop_part)(run, i, parts[p]);
}

/* ---- how long stocks survive an outage, and when all is well again ---- */
static bool supplies(const struct run *run, int32_t supplier, int32_t stock) {
    const struct stock *of = &run->plant->stocks[stock];
    for (int32_t i = of->origin_first; i < of->origin_first + of->origin_count; i++) {
        const struct origin *origin = &run->plant->origins[i];
        if (origin->kind == FROM_SUPPLIER &&
            run->plant->supplies[origin->index].supplier == supplier)
            return true;
    }
    return false;
}

void suppliers_short(struct run *run, int32_t stock) {
    if (run->plant->outage_count == 0) return;
    for (int32_t i = 0; i < run->plant->supplier_count; i++) {
        struct supplier_state *state = &run->suppliers[i];
        if (!state->surviving || !supplies(run, i, stock)) continue;
        tally_add(&state->survived, run->now - state->down_since);
        state->surviving = false;
        state->recovering = true;
    }
}

static void look_if_cleared(struct run *run, int32_t supplier) {
    struct supplier_state *state = &run->suppliers[supplier];
    if (!state->recovering || state->down > 0) return;
    for (int32_t s = 0; s < run->plant->stock_count; s++)
        if (run->stocks[s].owed.now > 0 && supplies(run, supplier, s)) return;
    tally_add(&state->recovered, run->now - state->down_since);
    state->recovering = false;
}

void suppliers_cleared(struct run *run, int32_t stock) {
    if (run->stocks[stock].owed.now > 0) return;
    for (int32_t i = 0; i < run->plant->supplier_count; i++) look_if_cleared(run, i);
}

/* ---- outages ---- */
static void goes_down(struct run *run, struct supplier_state *state) {
    if (state->down++ > 0) return;
    level_shift(&state->up, run->now, -1);
    if (state->recovering) return;
    state->down_since = run->now;
    state->surviving = true;
}

static void is_back(struct run *run, struct supplier_state *state) {
    if (--state->down > 0) return;
    level_shift(&state->up, run->now, 1);
    if (state->surviving) tally_add(&state->survived, run->now - state->down_since);
    state->surviving = false;
}

void supplier_outage(struct run *run, const struct outage *outage, bool begins) {
    struct supplier_state *state = &run->suppliers[outage->supplier];
    if (begins) {
        goes_down(run, state);
        for (int32_t part = 0; part < OUTAGE_PART_COUNT; part++)
            if (outage->stops >> part & 1) stop_part(run, outage->supplier, (enum outage_part)part);
        return;
    }
    is_back(run, state);
    for (int32_t part = OUTAGE_PART_COUNT - 1; part >= 0; part--)
        if (outage->stops >> part & 1) clear_part(run, outage->supplier, (enum outage_part)part);
    look_if_cleared(run, outage->supplier);
}

void suppliers_start(struct run *run) {
    run->goods_held = 0;
    for (int32_t i = 0; i < run->plant->supplier_count; i++) {
        struct supplier_state *state = &run->suppliers[i];
        *state = (struct supplier_state){.cycle_sketch = state->cycle_sketch};
        for (int32_t s = 0; s < GOODS_STAGE_COUNT; s++)
            state->goods[s] = (struct goods_list){NOBODY, NOBODY};
        level_shift(&state->up, run->now, 1);
    }
}
