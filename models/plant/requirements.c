/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans of requirements and schedules: which stocks order by them, and what these are made of. */
#include "../plan/planner.h"
#include "build.h"
#include "load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The plan of requirements or schedule that it orders by, if it is of this kind. */
static int32_t plan_of_stock(struct build *build, int32_t stock, enum plan_kind kind) {
    const struct stock_spec *spec = &THINGS(build->world->stocks, stock)[stock];
    const struct ref *ref = build_reorder_plan(spec);
    if (!ref || ref->index < 0 || spec->reorder.kind != REORDER_PLAN) return NOBODY;
    return build->plant->plans.list[ref->index].kind == kind ? ref->index : NOBODY;
}

/* ---- plans of requirements ---- */
static struct lot_rule lots_rule(struct build *build, int32_t item, const struct plan *plan,
                                 const struct item_spec *spec) {
    const struct variant *lots = &spec->planning.lots;
    const struct lots_amount_spec *amount = lots->block;
    const struct lots_period_spec *period = lots->block;
    bool counted = build->plant->items[item].dimension.mass == 0 &&
                   build->plant->items[item].dimension.length == 0;
    struct lot_rule rule = {.kind = lots->kind < 0 ? LOTS_LOT_FOR_LOT : lots->kind,
                            .grain = counted ? 1000 : 1};
    if (rule.kind == LOTS_MULTIPLE || rule.kind == LOTS_FIXED)
        rule.size = build_amount(build, amount->amount, item, spec->thing.place, "the lot");
    if (rule.kind == LOTS_PERIOD) rule.periods = build_periods(period->time.ticks, plan->period, 1);
    if (rule.size == 0 && (rule.kind == LOTS_MULTIPLE || rule.kind == LOTS_FIXED)) rule.size = 1;
    return rule;
}

/* Of one unit at each station, then of crews. */
static const double *work_of(struct plant *plant, int32_t item, bool made) {
    size_t count = (size_t)(plant->station_count + plant->crew_count) + 1;
    double *work = arena_take(&plant->arena, count * sizeof *work);
    for (size_t i = 0; i < count; i++) work[i] = 0;
    if (made) load_unit(plant, item, 1, work, work + plant->station_count);
    return work;
}

static void build_node(struct build *build, struct plan *plan, int32_t stock) {
    struct plant *plant = build->plant;
    int32_t item = plant->stocks[stock].item, id = plant->plans.node_count++;
    const struct item_spec *spec = &THINGS(build->world->items, item)[item];
    struct plan_node *node = &plant->plans.nodes[id];
    tick early = spec->planning.safety_time.ticks;
    *node = (struct plan_node){.plan = (int32_t)(plan - plant->plans.list),
                               .stock = stock,
                               .series = NOBODY,
                               .set = NOBODY,
                               .order_cost = (double)spec->planning.order_cost.micro / 1e6};
    node->node.lots = lots_rule(build, item, plan, spec);
    node->node.early = early ? build_periods(early, plan->period, 0) : 0;
    node->node.safety_stock =
        build_amount(build, spec->planning.safety_stock, item, spec->thing.place, "safety-stock");
    if (plan->checks) node->node.work = work_of(plant, item, plant->stocks[stock].made);
    plant->plans.node_of[stock] = id;
    plan->node_count++;
}

static void add_part(struct build *build, const struct plan *plan, struct plan_node *node,
                     int32_t stock, int64_t amount) {
    struct plans *plans = &build->plant->plans;
    int32_t part = stock == NOBODY ? NOBODY : plans->node_of[stock];
    if (part < plan->node_first || part >= plan->node_first + plan->node_count) return;
    for (int32_t i = plans->part_count - node->node.part_count; i < plans->part_count; i++)
        if (plans->parts[i].node == part - plan->node_first) {
            plans->parts[i].amount += amount;
            return;
        }
    plans->parts[plans->part_count++] = (struct mrp_part){part - plan->node_first, amount};
    node->node.part_count++;
}

static void add_uses(struct build *build, const struct plan *plan, struct plan_node *node,
                     int32_t first, int32_t count, double times) {
    for (int32_t u = first; u < first + count; u++)
        add_part(build, plan, node, build->plant->uses[u].stock,
                 llrint((double)build->plant->uses[u].amount * times));
}

static void add_made(struct build *build, const struct plan *plan, struct plan_node *node,
                     int32_t item, double times);

static void add_kits(struct build *build, const struct plan *plan, struct plan_node *node,
                     int32_t first, int32_t count, double times) {
    const struct kit_use *uses = build->plant->kit_uses;
    for (int32_t k = first; k < first + count; k++)
        add_made(build, plan, node, uses[k].item, times * (double)uses[k].amount / 1000);
}

/* What so many of an item use, and what is used by what is made for them. */
static void add_made(struct build *build, const struct plan *plan, struct plan_node *node,
                     int32_t id, double times) {
    const struct item *item = &build->plant->items[id];
    add_uses(build, plan, node, item->use_first, item->use_count, times);
    add_kits(build, plan, node, item->kit_first, item->kit_count, times);
    int32_t first = item->first_step;
    for (int32_t s = first; s != NOBODY && s < plant_route_end(build->plant, first); s++) {
        const struct step *step = &build->plant->steps[s];
        add_uses(build, plan, node, step->use_first, step->use_count, times);
        add_kits(build, plan, node, step->kit_first, step->kit_count, times);
    }
}

/* What one unit comes from: a stock, or what its item and its steps use. */
static void build_parts(struct build *build, const struct plan *plan, struct plan_node *node) {
    const struct plant *plant = build->plant;
    const struct stock *stock = &plant->stocks[node->stock];
    node->node.part_first = plant->plans.part_count - plan->part_first;
    double before = 0;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        if (plant->origins[i].kind == FROM_STOCK)
            add_part(build, plan, node, plant->origins[i].index,
                     llrint((plant->settings.origins[i].upto - before) * 1000));
        before = plant->settings.origins[i].upto;
    }
    if (!stock->made) return;
    add_made(build, plan, node, stock->item, 1);
}

void build_requirements(struct build *build, int32_t id) {
    struct plans *plans = &build->plant->plans;
    struct plan *plan = &plans->list[id];
    if (plan->checks) build_shares_up(build);
    plan->node_first = plans->node_count;
    plan->part_first = plans->part_count;
    for (int32_t s = 0; s < build->plant->stock_count; s++)
        if (plan_of_stock(build, s, PLAN_MRP) == id) build_node(build, plan, s);
    struct mrp_node *nodes = memory_zeroed((size_t)plan->node_count + 1, sizeof *nodes);
    for (int32_t n = 0; n < plan->node_count; n++) {
        build_parts(build, plan, &plans->nodes[plan->node_first + n]);
        nodes[n] = plans->nodes[plan->node_first + n].node;
    }
    struct mrp mrp = {
        .node_count = plan->node_count, .nodes = nodes, .parts = plans->parts + plan->part_first};
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[id];
    if (!mrp_levels(&mrp))
        fault_error(build->faults, spec->thing.place, NULL,
                    "among the items of plan '%s' one is needed for itself", plan->name);
    else if (plan->node_count == 0)
        fault_error(build->faults, spec->thing.place,
                    "stocks.NAME.reorder: {policy: plan, plan: NAME}",
                    "no stock orders by plan '%s'", plan->name);
    for (int32_t n = 0; n < plan->node_count; n++)
        plans->nodes[plan->node_first + n].node.level = nodes[n].level;
    free(nodes);
}

/* ---- schedules ---- */
/* What one order of it is: the size of its lot rule, or a lot of the item. */
static int64_t lot_of(const struct plant *plant, const struct plan_node *node) {
    const struct lot_rule *rule = &node->node.lots;
    int64_t lot = 1000 * (int64_t)plant->settings.items[plant->stocks[node->stock].item].lot;
    return rule->size > 0 ? rule->size : lot > 0 ? lot : 1000;
}

static int32_t row_node(struct build *build, const struct plan *plan,
                        const struct schedule_row_spec *row, struct place place) {
    const struct plans *plans = &build->plant->plans;
    for (int32_t n = plan->node_first; n < plan->node_first + plan->node_count; n++)
        if (row->stock.name ? plans->nodes[n].stock == row->stock.index : plan->node_count == 1)
            return n;
    if (row->stock.name)
        fault_error(build->faults, row->stock.place,
                    arena_text(&build->plant->arena, "stocks.%s.reorder: {policy: plan, plan: %s}",
                               row->stock.name, plan->name),
                    "stock '%s' does not order by plan '%s'", row->stock.name, plan->name);
    else
        fault_error(build->faults, place, "{at: 1 d, stock: NAME, amount: 40}",
                    "several stocks order by '%s', and a row of its list says none", plan->name);
    return NOBODY;
}

static void add_row(struct build *build, struct plan *plan, const struct schedule_row_spec *spec,
                    struct place place) {
    struct plans *plans = &build->plant->plans;
    int32_t node = row_node(build, plan, spec, place);
    if (node == NOBODY) return;
    int32_t item = build->plant->stocks[plans->nodes[node].stock].item;
    struct plan_row row = {.at = build_run_time(build, spec->at.ticks),
                           .node = node,
                           .amount = build_amount(build, spec->amount, item, place, "the amount")};
    int32_t at = plans->row_count++;
    for (; at > plan->row_first && plans->rows[at - 1].at > row.at; at--)
        plans->rows[at] = plans->rows[at - 1];
    plans->rows[at] = row;
    plan->row_count++;
}

void build_schedule(struct build *build, int32_t id) {
    struct plans *plans = &build->plant->plans;
    struct plan *plan = &plans->list[id];
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[id];
    if (plan->checks) build_shares_up(build);
    plan->node_first = plans->node_count;
    plan->row_first = plans->row_count;
    for (int32_t s = 0; s < build->plant->stock_count; s++)
        if (plan_of_stock(build, s, PLAN_SCHEDULE) == id) build_node(build, plan, s);
    for (int32_t n = plan->node_first; n < plans->node_count; n++)
        plans->nodes[n].lot = lot_of(build->plant, &plans->nodes[n]);
    if (plan->node_count == 0)
        fault_error(build->faults, spec->thing.place,
                    "stocks.NAME.reorder: {policy: plan, plan: NAME}",
                    "no stock orders by plan '%s'", plan->name);
    for (int32_t i = 0; i < spec->list.count && plan->node_count; i++)
        add_row(build, plan, (const struct schedule_row_spec *)spec->list.things + i,
                spec->thing.place);
}
