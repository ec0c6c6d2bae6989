/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: who hears what, which stocks a plan orders for, and what they are made of. */
#include "../plan/planner.h"
#include "../plan/sop.h"
#include "build.h"
#include "load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int32_t build_periods(tick time, tick period, int32_t otherwise) {
    if (time == ABSENT_TICKS) return otherwise;
    tick count = (time + period - 1) / period;
    return count < 1 ? 1 : count > 10000 ? 10000 : (int32_t)count;
}

static double given_or(double value, double otherwise) {
    return isnan(value) ? otherwise : value;
}

static void build_rule(struct plan *plan, const struct plan_spec *spec) {
    plan->rule =
        (struct forecast_rule){.method = spec->method.index < 0 ? FORECAST_SES : spec->method.index,
                               .alpha = given_or(spec->alpha, 0.2),
                               .beta = given_or(spec->beta, 0.1),
                               .gamma = given_or(spec->gamma, 0.1),
                               .window = build_periods(spec->window.ticks, plan->period, 4),
                               .season = build_periods(spec->season.ticks, plan->period, 0)};
}

static void check_season(struct build *build, const struct plan *plan,
                         const struct plan_spec *spec) {
    int32_t method = plan->rule.method;
    bool seasonal = method == FORECAST_HOLT_WINTERS || method == FORECAST_HOLT_WINTERS_TIMES;
    if (seasonal && plan->rule.season < 2)
        fault_error(build->faults, spec->thing.place, "season: 52 wk",
                    "%s needs a season of at least two periods", forecast_methods[method].name);
}

/* Months are shorter than their mean, but by less than a fifth. */
static int32_t lag_of(const struct plan *plan) {
    tick periods = plan->age / plan->period;
    return 2 + (int32_t)(periods < 1000 ? periods * 6 / 5 : 0);
}

static void build_plan(struct build *build, int32_t id) {
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[id];
    const struct sees_spec *sees = spec->sees.block;
    struct plan *plan = &build->plant->plans.list[id];
    *plan = (struct plan){.name = spec->thing.name,
                          .kind = (enum plan_kind)spec->kind.index,
                          .every = spec->every,
                          .per = spec->every,
                          .period = cadence_length(spec->every),
                          .takes = spec->takes.ticks,
                          .cost_micro = spec->costs.micro,
                          .forecast = spec->forecast.name ? spec->forecast.index : NOBODY,
                          .error_stream = build_stream(build, "plans.%s/sees", spec->thing.name)};
    if (sees) {
        plan->age = sees->age.ticks;
        plan->error = sees->error;
        build->plant->chance |= sees->error > 0;
        if (sees->per.ticks != ABSENT_TICKS) plan->per = sees->per;
        plan->period = cadence_length(plan->per);
        if (sees->age.ticks / plan->period >= 1000)
            fault_error(build->faults, spec->thing.place, NULL,
                        "'%s' sees nothing younger than a thousand periods", plan->name);
    }
    plan->strategy = spec->strategy.index < 0 ? SOP_CHEAPEST : spec->strategy.index;
    plan->lag = lag_of(plan);
    plan->periods = build_periods(spec->horizon.ticks, plan->period, 12);
    plan->frozen = spec->frozen.ticks == ABSENT_TICKS || spec->frozen.ticks == 0
                       ? 0
                       : build_periods(spec->frozen.ticks, plan->period, 0);
    plan->slushy = build_periods(spec->slushy.ticks, plan->period, 0);
    plan->checks = spec->capacity.index == 1;
    if (plan->slushy < plan->frozen) plan->slushy = plan->frozen;
    if (plan->kind == PLAN_PROMISE && spec->method.index >= FORECAST_COUNT)
        plan->promises = spec->method.index - FORECAST_COUNT;
    build_rule(plan, spec);
    check_season(build, plan, spec);
    if (plan->takes >= cadence_length(spec->every))
        fault_error(build->faults, spec->thing.place, "takes: 1 d",
                    "'%s' is not decided before it is computed anew", plan->name);
    if (plan->kind == PLAN_MRP && plan->period != spec->every.ticks && plan->period > TICK_WK)
        fault_error(build->faults, spec->thing.place, "every: week",
                    "the periods of requirements are all of one length: not calendar months");
}

/* ---- order of plans within an instant ---- */
static bool goes_before(const struct plan *list, int32_t a, int32_t b) {
    tick x = cadence_length(list[a].every), y = cadence_length(list[b].every);
    if (x != y) return x > y;
    if (list[a].kind != list[b].kind) return list[a].kind < list[b].kind;
    return a < b;
}

static void rank_plans(struct plans *plans) {
    for (int32_t i = 0; i < plans->count; i++)
        for (int32_t k = 0; k < plans->count; k++)
            plans->list[i].rank += goes_before(plans->list, k, i);
}

/* ---- series and who hears ---- */
static int32_t add_series(struct build *build, int32_t plan_id, int32_t item) {
    struct plans *plans = &build->plant->plans;
    struct plan *plan = &plans->list[plan_id];
    int32_t id = plans->series_count++;
    CHECK(plan->series_first + plan->series_count == id);
    plan->series_count++;
    plans->series[id] = (struct plan_series){plan_id, item, plans->memory_count,
                                             (uint64_t)(id - plan->series_first)};
    plans->memory_count += forecaster_memory(&plan->rule);
    return id;
}

static void add_listener(struct build *build, int32_t *first, struct plan_listener listener) {
    struct plans *plans = &build->plant->plans;
    listener.next = *first;
    *first = plans->listener_count;
    plans->listeners[plans->listener_count++] = listener;
}

/* What a customer buys. */
static void hear_customer(struct build *build, int32_t series, int32_t customer) {
    const struct plant *plant = build->plant;
    const struct source *source = &plant->sources[plant->release_count + customer];
    for (int32_t i = 0; i < source->share_count; i++)
        add_listener(build,
                     &build->plant->plans.item_listeners[plant->flows[source->flow_first + i].item],
                     (struct plan_listener){.series = series, .customer = customer});
}

static void build_own_series(struct build *build, int32_t id) {
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[id];
    const struct plan_of_spec *of = spec->of.things;
    struct plans *plans = &build->plant->plans;
    for (int32_t i = 0; i < spec->of.count; i++) {
        bool customer = of[i].self.section == SECTION_CUSTOMERS;
        if (of[i].self.index < 0) continue;
        int32_t series = add_series(build, id, customer ? NOBODY : of[i].self.index);
        if (customer)
            hear_customer(build, series, of[i].self.index);
        else
            add_listener(build, &plans->item_listeners[of[i].self.index],
                         (struct plan_listener){.series = series, .customer = NOBODY});
    }
    plans->list[id].own_count = plans->list[id].series_count;
}

/* Is the plan of this item, or of customers? */
static bool is_of(const struct build *build, int32_t plan, int32_t item) {
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[plan];
    const struct plan_of_spec *of = spec->of.things;
    for (int32_t i = 0; i < spec->of.count; i++)
        if (of[i].self.section == SECTION_CUSTOMERS || of[i].self.index == item) return true;
    return false;
}

/* Of customers alone if the plan is of customers. */
static void hear_stock(struct build *build, int32_t series, int32_t stock, bool customers_only) {
    struct plans *plans = &build->plant->plans;
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[plans->series[series].plan];
    const struct plan_of_spec *of = spec->of.things;
    int32_t *first = &plans->stock_listeners[stock];
    bool of_customers = false;
    for (int32_t i = 0; i < spec->of.count; i++) {
        if (of[i].self.section != SECTION_CUSTOMERS) continue;
        of_customers = true;
        add_listener(build, first,
                     (struct plan_listener){.series = series, .customer = of[i].self.index});
    }
    if (!of_customers)
        add_listener(build, first,
                     (struct plan_listener){
                         .series = series, .customer = NOBODY, .customers_only = customers_only});
}

/* What is asked of the stock; of its echelon, what customers order there and below. */
static int32_t stock_series(struct build *build, int32_t plan, int32_t id, bool customers_only) {
    const struct stock *stock = &build->plant->stocks[id];
    int32_t series = add_series(build, plan, stock->item);
    hear_stock(build, series, id, customers_only || stock->echelon);
    for (int32_t i = 0; stock->echelon && i < stock->below_count; i++)
        hear_stock(build, series, stock->below[i], true);
    return series;
}

/* ---- stocks ---- */
const struct ref *build_reorder_plan(const struct stock_spec *spec) {
    const struct forecast_reorder_spec *forecast = spec->reorder.block;
    const struct rule_reorder_spec *rule = spec->reorder.block;
    const struct plan_reorder_spec *plan = spec->reorder.block;
    const struct ddmrp_spec *buffer = spec->reorder.block;
    switch (spec->reorder.kind) {
    case REORDER_DDMRP: return &buffer->plan;
    case REORDER_FORECAST: return &forecast->forecast;
    case REORDER_RULE: return rule->forecast.name ? &rule->forecast : NULL;
    case REORDER_PLAN: return &plan->plan;
    default: return NULL;
    }
}

/* The plan whose forecast a stock orders by. */
static int32_t forecast_of(const struct world_spec *world, int32_t stock) {
    const struct stock_spec *spec = &THINGS(world->stocks, stock)[stock];
    const struct ref *ref = build_reorder_plan(spec);
    return !ref || ref->index < 0 || spec->reorder.kind == REORDER_PLAN ? NOBODY : ref->index;
}

static void wrong_kind(struct build *build, const struct ref *ref, enum plan_kind wanted) {
    const struct plan *plan = &build->plant->plans.list[ref->index];
    fault_error(build->faults, ref->place, NULL, "a plan with `kind: %s` is wanted; '%s' is %s",
                plan_kind_words.list[wanted].name, plan->name,
                plan_kind_words.list[plan->kind].name);
}

/* A plan may only look at forecasts. */
static void check_forecast(struct build *build, int32_t id) {
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[id];
    const struct ref *ref = &spec->forecast;
    if (!ref->name || ref->index < 0) return;
    if (build->plant->plans.list[ref->index].kind != PLAN_FORECAST)
        wrong_kind(build, ref, PLAN_FORECAST);
}

static void check_stock(struct build *build, int32_t stock) {
    const struct stock_spec *spec = &THINGS(build->world->stocks, stock)[stock];
    const struct ref *ref = build_reorder_plan(spec);
    if (!ref || ref->index < 0) return;
    const struct plan *plan = &build->plant->plans.list[ref->index];
    enum plan_kind wanted = spec->reorder.kind == REORDER_PLAN ? PLAN_MRP : PLAN_FORECAST;
    if (wanted == PLAN_MRP && plan->kind == PLAN_SCHEDULE) return;
    int32_t item = build->plant->stocks[stock].item;
    if (plan->kind != wanted)
        wrong_kind(build, ref, wanted);
    else if (wanted == PLAN_FORECAST && !is_of(build, ref->index, item))
        fault_error(build->faults, ref->place, NULL, "plan '%s' does not forecast '%s'", plan->name,
                    build->plant->items[item].name);
}

static void build_stock_series(struct build *build, int32_t id) {
    struct plant *plant = build->plant;
    for (int32_t s = 0; s < plant->stock_count; s++)
        if (forecast_of(build->world, s) == id)
            plant->plans.series_of[s] = stock_series(build, id, s, false);
    for (int32_t n = 0; n < plant->plans.node_count; n++) {
        struct plan_node *node = &plant->plans.nodes[n];
        if (plant->plans.list[node->plan].forecast != id) continue;
        if (is_of(build, id, plant->stocks[node->stock].item))
            node->series = stock_series(build, id, node->stock, true);
    }
    for (int32_t g = 0; g < plant->plans.good_count; g++) {
        struct plan_good *good = &plant->plans.goods[g];
        bool used = plant->plans.list[good->plan].forecast == id;
        if (used && is_of(build, id, plant->stocks[good->stock].item))
            good->series = stock_series(build, id, good->stock, true);
    }
}

/* Stocks that a programme lets order by it are forecast from the start. Those that do so anyway
 * come before, so that their luck stays. */
static void build_later_series(struct build *build, int32_t id) {
    struct plans *plans = &build->plant->plans;
    for (int32_t v = 0; v < build->question->variant_count; v++) {
        const struct world_spec *world = build->question->variants[v].world;
        for (int32_t s = 0; s < build->plant->stock_count && s < world->stocks.count; s++)
            if (plans->series_of[s] == NOBODY && forecast_of(world, s) == id)
                plans->series_of[s] = stock_series(build, id, s, false);
    }
}

/* ---- promises ---- */
static double class_share(const struct plan_spec *plan, int32_t customer) {
    const struct class_spec *classes = plan->classes.things;
    for (int32_t i = 0; i < plan->classes.count; i++)
        if (classes[i].self.index == customer) return classes[i].share;
    return 1;
}

static bool made_to_order(const struct plant *plant, const struct flow *flow) {
    for (int32_t i = flow->offer_first; i < flow->offer_first + flow->offer_count; i++)
        if (plant->offers[i].stock == NOBODY) return true;
    return false;
}

/* What is made to order needs a lead time to be promised by. */
static void check_leads(struct build *build, const struct source *source, struct place place) {
    const struct plant *plant = build->plant;
    for (int32_t i = 0; i < source->share_count; i++) {
        const struct flow *flow = &plant->flows[source->flow_first + i];
        if (!made_to_order(plant, flow)) continue;
        if (plant->plans.item_leads[flow->item] != TICK_NEVER) continue;
        const char *name = plant->items[flow->item].name;
        fault_error(build->faults, place,
                    arena_text(&build->plant->arena, "items.%s.planning.lead-time: 1 wk", name),
                    "nothing says how long it takes to make '%s' to order", name);
    }
}

/* The stocks that it promises from keep what it promises. */
static void keep_promises(struct build *build, const struct source *source, int32_t plan,
                          struct place place) {
    struct plant *plant = build->plant;
    for (int32_t f = source->flow_first; f < source->flow_first + source->share_count; f++)
        for (int32_t i = 0; i < plant->flows[f].offer_count; i++) {
            int32_t id = plant->offers[plant->flows[f].offer_first + i].stock;
            if (id == NOBODY) continue;
            struct stock *stock = &plant->stocks[id];
            if (plant->settings.stocks[id].serve == SERVE_SHARE)
                fault_error(build->faults, place, "serve: fifo",
                            "stock '%s' divides what is there by shares (`serve: share`), so "
                            "nothing of it can be promised",
                            stock->name);
            if (!stock->keeps) stock->keeper = plan;
            stock->keeps = true;
        }
}

static void build_promised(struct build *build, int32_t id) {
    struct plans *plans = &build->plant->plans;
    const struct customer_spec *spec = &THINGS(build->world->customers, customer)[id];
    const struct source *source = &build->plant->sources[build->plant->release_count + id];
    struct promised *promised = &plans->promised[id];
    *promised = (struct promised){NOBODY, 1};
    if (!spec->promise.name || spec->promise.index < 0) return;
    const struct plan *plan = &plans->list[spec->promise.index];
    promised->plan = spec->promise.index;
    promised->share = class_share(&THINGS(build->world->plans, plan)[promised->plan], id);
    if (plan->kind != PLAN_PROMISE)
        wrong_kind(build, &spec->promise, PLAN_PROMISE);
    else if (plan->promises != PROMISE_FIXED) {
        check_leads(build, source, spec->promise.place);
        keep_promises(build, source, promised->plan, spec->promise.place);
    }
}

/* ---- sizes, known before anything is filled in ---- */
static int32_t *nobodies(struct build *build, int32_t count) {
    int32_t *list = arena_take(&build->plant->arena, (size_t)count * sizeof *list);
    for (int32_t i = 0; i < count; i++) list[i] = NOBODY;
    return list;
}

static void take(struct build *build) {
    struct plant *plant = build->plant;
    struct plans *plans = &plant->plans;
    size_t goods = (size_t)plans->count * (size_t)plant->stock_count, sets = 0, rows = 0;
    size_t series = 2 * (size_t)plant->stock_count + goods, parts = (size_t)plant->origin_count,
           heard = 0;
    for (int32_t i = 0; i < plans->count; i++) {
        series += (size_t)THINGS(build->world->plans, plan)[i].of.count;
        sets += (size_t)THINGS(build->world->plans, plan)[i].sets.count;
        rows += (size_t)THINGS(build->world->plans, plan)[i].list.count;
    }
    heard = series * (size_t)(plant->item_count + plant->stock_count + plant->customer_count);
    parts += (size_t)plant->stock_count * (size_t)plant->use_count;
    plans->list = arena_take(&plant->arena, (size_t)plans->count * sizeof *plans->list);
    plans->rows = arena_take(&plant->arena, (rows + 1) * sizeof *plans->rows);
    plans->sets = arena_take(&plant->arena, sets * sizeof *plans->sets);
    plans->goods = arena_take(&plant->arena, goods * sizeof *plans->goods);
    plans->series = arena_take(&plant->arena, series * sizeof *plans->series);
    plans->listeners = arena_take(&plant->arena, heard * sizeof *plans->listeners);
    plans->nodes = arena_take(&plant->arena, (size_t)plant->stock_count * sizeof *plans->nodes);
    plans->parts = arena_take(&plant->arena, parts * sizeof *plans->parts);
    plans->item_listeners = nobodies(build, plant->item_count);
    plans->stock_listeners = nobodies(build, plant->stock_count);
    plans->node_of = nobodies(build, plant->stock_count);
    plans->series_of = nobodies(build, plant->stock_count);
    plans->promised =
        arena_take(&plant->arena, (size_t)plant->customer_count * sizeof *plans->promised);
    plans->item_leads =
        arena_take(&plant->arena, (size_t)plant->item_count * sizeof *plans->item_leads);
    for (int32_t i = 0; i < plant->item_count; i++)
        plans->item_leads[i] = THINGS(build->world->items, item)[i].planning.lead_time.ticks;
    plans->leads = arena_take(&plant->arena, (size_t)plant->stock_count * sizeof *plans->leads);
    for (int32_t i = 0; i < plant->stock_count; i++)
        plans->leads[i] = plans->item_leads[plant->stocks[i].item];
}

/* Plans come before who uses them, and orders may come early (order-of-events): so do plans. */
static void class_plans(struct plant *plant) {
    if (plant->class_of[CLASS_ORDER] < plant->class_of[CLASS_PLAN])
        plant->class_of[CLASS_PLAN] = plant->class_of[CLASS_ORDER];
}

/* Stocks that order by a plan hear through it what they are to hold. */
static void build_levels(struct plans *plans) {
    for (int32_t i = 0; i < plans->set_count; i++) {
        const struct plan_set *set = &plans->sets[i];
        if (set->what != SETS_LEVEL || set->index == NOBODY) continue;
        int32_t node = plans->node_of[set->index];
        if (node != NOBODY) plans->nodes[node].set = i;
    }
}

void build_plans(struct build *build) {
    struct plans *plans = &build->plant->plans;
    plans->count = build->world->plans.count;
    if (plans->count == 0 || build->faults->error_count) return;
    take(build);
    for (int32_t i = 0; i < plans->count; i++) build_plan(build, i);
    rank_plans(plans);
    class_plans(build->plant);
    for (int32_t i = 0; i < plans->count; i++) check_forecast(build, i);
    for (int32_t s = 0; s < build->plant->stock_count; s++) check_stock(build, s);
    for (int32_t i = 0; i < plans->count; i++)
        if (plans->list[i].kind == PLAN_MRP)
            build_requirements(build, i);
        else if (plans->list[i].kind == PLAN_SCHEDULE)
            build_schedule(build, i);
        else if (plans->list[i].kind == PLAN_SOP)
            build_aggregate(build, i);
    build_levels(plans);
    for (int32_t i = 0; i < build->plant->customer_count; i++) build_promised(build, i);
    for (int32_t i = 0; i < plans->count; i++) {
        plans->list[i].series_first = plans->series_count;
        if (plans->list[i].kind != PLAN_FORECAST) continue;
        build_own_series(build, i);
        build_stock_series(build, i);
        build_later_series(build, i);
    }
}
