/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sales over the counter: an order that its stock fills whole in the instant in which it comes is
 * not put into a list to be taken out of it again. A network has tens of millions of them.
 *
 * That is the same sale, to the bit, as by the long way (customer.c, stock.c) as long as nobody can
 * tell the difference: goods lie there, nobody stands before this customer, between demand and
 * serving nothing looks at the stock, and the customer forms no opinion. Which customers buy like
 * this for all of the run is found when it begins; who listens to events hears of the long way.
 *
 * Customers who stand one after the other in the scenario and order at the same constant intervals
 * share one event: nothing can come between them. Before one is served, what the next ones will
 * need is fetched into the cache. */
#include "../floor/quick.h"

#include <math.h>

/* What a sale touches of a stock stands at its head. */
enum { FETCHED_AHEAD = 6, SALE_SIZE = 256 };

static bool goods_are_plain(const struct run *run, int32_t stock) {
    const struct stock *place = &run->plant->stocks[stock];
    return !place->perishable && !place->loop_count && !room_limited(run, stock) &&
           run->settings.stocks[stock].serve == SERVE_FIFO;
}

/* Nobody looks while an instant goes on, and all things of it happen in their usual order. */
static bool is_plain(const struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < CLASS_COUNT; i++)
        if (plant->class_of[i] != i) return false;
    return !run->sink && !run->planning && !run->after_each && plant->outage_count == 0 &&
           plant->result_count == 0;
}

static bool buys_plainly(const struct run *run, const struct source *source) {
    const struct customer_settings *settings = &run->settings.customers[source->index];
    const struct law *due = &run->settings.sources[run->plant->release_count + source->index].due;
    return source->share_count == 1 && !source->list_count && !source->judged_by &&
           !(settings->churn_per_tick > 0) && !(settings->returned > 0) &&
           (due->kind == (int32_t)ABSENT_LAW || law_low(due) >= 0);
}

/* The stock where this customer buys over the counter, or NOBODY. */
static int32_t counter_of(const struct run *run, const struct source *source) {
    const struct plant *plant = run->plant;
    const struct flow *flow = &plant->flows[source->flow_first];
    if (!buys_plainly(run, source) || flow->offer_count != 1) return NOBODY;
    int32_t stock = plant->offers[flow->offer_first].stock;
    if (stock == NOBODY || !goods_are_plain(run, stock)) return NOBODY;
    int32_t spot = plant->stock_spots[stock];
    if (spot != NOBODY && plant_lane(plant, spot, plant->customer_spots[source->index]) != NOBODY)
        return NOBODY;
    return stock;
}

static void counter_start(struct run *run, int32_t customer) {
    const struct plant *plant = run->plant;
    int32_t id = plant->release_count + customer;
    const struct source *source = &plant->sources[id];
    int32_t stock = counter_of(run, source);
    run->sources[id].straight = stock != NOBODY;
    if (stock == NOBODY) return;
    int32_t offer = plant->flows[source->flow_first].offer_first;
    int32_t item = plant->offers[offer].item;
    run->counters[customer] = (struct counter){.size_stream = source->size_stream,
                                               .unit_scale = plant->items[item].unit_scale,
                                               .price = customer_price(run, customer, item),
                                               .reserve = run->settings.offers[offer].reserve,
                                               .stock = stock};
}

/* ---- who orders together ---- */
bool orders_by_the_clock(const struct run *run, int32_t id) {
    const struct source *source = &run->plant->sources[id];
    const struct source_settings *settings = &run->settings.sources[id];
    return !source->list_count && !source->moment_count && !settings->rate &&
           law_constant(&settings->every) && settings->every.a >= 1;
}

static bool orders_with(const struct run *run, int32_t id, int32_t before) {
    const struct source *a = &run->plant->sources[id], *b = &run->plant->sources[before];
    return b->is_customer && orders_by_the_clock(run, before) && orders_by_the_clock(run, id) &&
           a->first == b->first && a->until == b->until && a->calendar == b->calendar &&
           run->settings.sources[id].every.a == run->settings.sources[before].every.a;
}

void counters_start(struct run *run) {
    const struct plant *plant = run->plant;
    bool plain = is_plain(run);
    int32_t leader = plant->release_count;
    for (int32_t i = 0; i < plant->customer_count; i++) {
        int32_t id = plant->release_count + i;
        if (plain) counter_start(run, i);
        if (i == 0 || run->after_each || !orders_with(run, id, id - 1)) leader = id;
        run->sources[leader].together = id - leader + 1;
        run->sources[id].led = id != leader;
    }
}

/* ---- selling ---- */
static int64_t amount_asked(const struct run *run, int32_t id, const struct counter *counter,
                            int64_t number) {
    const struct law *law = &run->settings.sources[id].size;
    if (law->kind == (int32_t)ABSENT_LAW) return 1000;
    struct draw draw =
        draw_at(run_stream(run, counter->size_stream), (uint64_t)number, 0, run->replication, 0);
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    double size = law_value(law, &draw, &env) / counter->unit_scale;
    return size > 0 ? llrint(size * 1000) : 0;
}

bool counter_sells(struct run *run, int32_t id, int64_t number) {
    int32_t customer = id - run->plant->release_count;
    struct counter *counter = &run->counters[customer];
    int64_t amount = amount_asked(run, id, counter, number);
    if (amount <= 0) {
        asking_add(run, customer, 0);
        return true;
    }
    if (!stock_sells(run, counter->stock, amount, counter->reserve)) return false;
    int64_t micro = (int64_t)llrint(counter->price * ((double)amount / 1000) * 1e6);
    counter->orders++;
    counter->amount += amount;
    asking_add(run, customer, amount);
    counter->revenue_micro += micro;
    run->moved_at = run->now;
    bill_customer(run, customer, micro);
    counter->goods_cost += books_sold(run, counter->stock, amount);
    return true;
}

/* Of a customer who is served soon, and of his stock. */
void counter_fetch(const struct run *run, int32_t id, int32_t last) {
    int32_t far = id + 2 * FETCHED_AHEAD, near = id + FETCHED_AHEAD;
    if (far <= last) {
        memory_fetch(&run->counters[far - run->plant->release_count], sizeof *run->counters);
        memory_fetch(&run->askings[far - run->plant->release_count], sizeof *run->askings);
        memory_fetch(&run->sources[far], sizeof *run->sources);
        memory_fetch(&run->settings.sources[far].size, sizeof(struct law));
    }
    if (near <= last && run->sources[near].straight)
        memory_fetch(&run->stocks[run->counters[near - run->plant->release_count].stock],
                     SALE_SIZE);
}

/* ---- what was sold ---- */
static void counter_settle(struct customer_state *customer, struct counter *counter) {
    int64_t orders = counter->orders, amount = counter->amount;
    if (orders == 0) return;
    customer->orders += orders;
    customer->demanded += amount;
    customer->served += amount;
    customer->at_once += amount;
    customer->ended += orders;
    customer->on_time += orders;
    customer->in_full += orders;
    customer->on_time_in_full += orders;
    customer->perfect += orders;
    customer->revenue_micro += counter->revenue_micro;
    customer->goods_cost += counter->goods_cost;
    tally_add_zeros(&customer->cycle, orders);
    customer->cycle_sketch.zeros += orders;
    counter->orders = counter->amount = counter->revenue_micro = 0;
    counter->goods_cost = 0;
}

void counters_settle(struct run *run) {
    for (int32_t i = 0; i < run->plant->customer_count; i++)
        counter_settle(&run->customers[i], &run->counters[i]);
}
