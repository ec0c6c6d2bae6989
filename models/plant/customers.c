/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: what they buy, where they may have it from, and what they take instead. */
#include "build.h"

#include <math.h>
#include <string.h>

/* ---- due dates ---- */
/* A customer's order is no job yet: its due date cannot ask for its work. */
static void check_due(struct build *build, const struct law *due, struct place place) {
    int32_t name = due->kind == (int32_t)ABSENT_LAW ? NOBODY : law_local_name(due);
    if (name != NOBODY)
        fault_error(build->faults, place, "due: 2 d",
                    "a customer's due date cannot use '%s': there is no job yet when it orders",
                    job_scope.list[name].name);
}

static void check_dues(struct build *build, const struct customer_spec *spec) {
    const struct list_entry_spec *entries = spec->source.list.things;
    check_due(build, &spec->source.due, spec->thing.place);
    for (int32_t i = 0; i < spec->source.list.count; i++) {
        check_due(build, &entries[i].due, spec->thing.place);
        if (list_entry_stands(&entries[i]))
            fault_error(build->faults, spec->thing.place, "releases: {on-floor: {list: ...}}",
                        "step, work-left and released are of a release's lots, not of an order");
    }
}

/* ---- where from ---- */
/* Does this source have the item? */
static bool source_has(const struct build *build, const struct ref *source, int32_t item) {
    const struct plant *plant = build->plant;
    if (source->section == SECTION_STOCKS)
        return source->index >= 0 && plant->stocks[source->index].item == item;
    return source->index >= 0 && plant->items[item].first_step != NOBODY;
}

/* What a stock keeps back from a customer. */
static int64_t reserve_of(struct build *build, int32_t customer, int32_t stock) {
    const struct map *reserves = &THINGS(build->world->stocks, stock)[stock].reserve;
    for (int32_t i = 0; i < reserves->count; i++) {
        const struct reserve_spec *entry = &THINGS(*reserves, reserve)[i];
        if (entry->self.index == customer)
            return build_amount(build, entry->amount, build->plant->stocks[stock].item,
                                entry->thing.place, "the reserve");
    }
    return 0;
}

static bool buys_from(const struct customer_spec *customer, int32_t stock) {
    for (int32_t i = 0; i < customer->from.count; i++) {
        const struct ref *from = &THINGS(customer->from, share)[i].self;
        if (from->section == SECTION_STOCKS && from->index == stock) return true;
    }
    return false;
}

/* A reserve for a customer of another stock is kept for nobody: a slip, or for an arm in which he
 * comes. */
static void check_reserves(struct build *build, int32_t id) {
    const struct stock_spec *stock = &THINGS(build->world->stocks, stock)[id];
    for (int32_t i = 0; i < stock->reserve.count; i++) {
        const struct reserve_spec *entry = &THINGS(stock->reserve, reserve)[i];
        if (entry->self.index < 0 ||
            buys_from(&THINGS(build->world->customers, customer)[entry->self.index], id))
            continue;
        fault_warning(build->faults, entry->thing.place, NULL,
                      "customer '%s' does not buy from '%s', so nothing is kept back from him",
                      entry->thing.name, stock->thing.name);
    }
}

/* Adds an offer for each source that has the item; returns how many. */
static int32_t add_offers(struct build *build, int32_t customer, const struct customer_spec *spec,
                          int32_t item) {
    struct plant *plant = build->plant;
    const struct share_spec *from = spec->from.things;
    int32_t first = plant->offer_count;
    double sum = 0, so_far = 0;
    for (int32_t i = 0; i < spec->from.count; i++)
        if (source_has(build, &from[i].self, item)) sum += from[i].share;
    if (!(sum > 0)) return 0;
    for (int32_t i = 0; i < spec->from.count; i++) {
        if (!source_has(build, &from[i].self, item)) continue;
        bool stock = from[i].self.section == SECTION_STOCKS;
        so_far += from[i].share / sum;
        plant->settings.offers[plant->offer_count].reserve =
            stock ? reserve_of(build, customer, from[i].self.index) : 0;
        int32_t at = stock ? from[i].self.index : NOBODY;
        double away =
            stock ? plant_away(plant, plant->stock_spots[at], plant->customer_spots[customer])
                  : NAN;
        plant->offers[plant->offer_count++] =
            (struct offer){so_far, item, at, sourcing_thing(&from[i].self), away, customer};
    }
    return plant->offer_count - first;
}

/* Says why nothing that the customer names has the item. */
static void fault_nowhere(struct build *build, const struct customer_spec *spec,
                          const struct share_spec *item) {
    const struct share_spec *from = spec->from.things;
    const char *name = build->plant->items[item->self.index].name;
    if (spec->from.count == 1 && from->self.section == SECTION_STOCKS && from->self.index >= 0)
        fault_error(build->faults, from->thing.place, "from: [one, another]",
                    "'%s' holds '%s' only", build->plant->stocks[from->self.index].name,
                    build->plant->items[build->plant->stocks[from->self.index].item].name);
    else if (spec->from.count == 1 && from->self.index >= 0)
        build_check_made(build, item->self.index, item->thing.place, spec->thing.name);
    else if (spec->from.count)
        fault_error(build->faults, item->thing.place, "name a stock that holds it in `from`",
                    "'%s' buys '%s', and nothing that it buys from has it", spec->thing.name, name);
}

/* ---- which of them ---- */
static bool looks_at_stocks(int32_t rule) {
    return rule == BUYS_MOST_STOCK || rule == BUYS_CHEAPEST || rule == BUYS_FASTEST;
}

/* Can the rule tell these sources apart? */
static void check_rule(struct build *build, const struct customer_spec *spec,
                       const struct offer *offer, int32_t rule) {
    if (isnan(offer->away) && rule == BUYS_NEAREST)
        fault_error(build->faults, spec->thing.place,
                    "give him and the stocks a site with a place on the map, or lanes with a "
                    "`distance`",
                    "customer '%s' buys from the nearest, and it is not known how far away all "
                    "his sources are",
                    spec->thing.name);
    if (offer->stock == NOBODY && looks_at_stocks(rule))
        fault_error(build->faults, spec->thing.place, "choose: first-able",
                    "`%s` cannot choose the factory, which has no stock",
                    buys_scope.list[rule].name);
}

static bool is_source(const struct customer_spec *spec, int32_t thing) {
    for (int32_t i = 0; i < spec->from.count; i++)
        if (sourcing_thing(&THINGS(spec->from, share)[i].self) == thing) return true;
    return false;
}

/* Every name in it is a source of the customer, and no source is called like a rule. */
static void check_names(struct build *build, const struct customer_spec *spec) {
    const struct formula *formula = spec->choose.formula;
    struct place place = spec->thing.place;
    bool names = false;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        if (op->code != FORMULA_VARIABLE) continue;
        bool is_thing = op->what <= FORMULA_THING + 1 && op->what > FORMULA_THING - SECTION_COUNT;
        int32_t rule = op->what - BUYS_NAME_COUNT;
        names |= is_thing || (rule >= 0 && rule < BUYS_RULE_COUNT);
        if (is_thing && !is_source(spec, (int32_t)sourcing_value(op->what, op->index)))
            fault_error(build->faults, place, "write it in his `from`",
                        "`choose` of customer '%s' names what is no source of his: %s",
                        spec->thing.name, formula->text);
    }
    if (!names)
        fault_error(build->faults, place, "choose: if pieces > 10 then central else near",
                    "`choose` of customer '%s' names no source: %s", spec->thing.name,
                    formula->text);
    for (int32_t i = 0; i < spec->from.count; i++)
        for (int32_t rule = 0; rule < BUYS_RULE_COUNT; rule++)
            if (strcmp(THINGS(spec->from, share)[i].thing.name, buys_scope.list[rule].name) == 0)
                fault_error(build->faults, place, "take another name",
                            "source '%s' of customer '%s' is called like a rule of `choose`",
                            buys_scope.list[rule].name, spec->thing.name);
}

/* Does he choose by this rule, alone or in an expression? */
static bool looks_at(const struct customer_spec *spec, int32_t rule) {
    const struct formula *formula = spec->choose.formula;
    if (!formula) return rule == BUYS_SHARE;
    for (int32_t i = 0; i < formula->op_count; i++)
        if (formula->ops[i].code == FORMULA_VARIABLE &&
            formula->ops[i].what == BUYS_NAME_COUNT + rule)
            return true;
    return false;
}

static void check_offers(struct build *build, const struct customer_spec *spec,
                         const struct flow *flow) {
    for (int32_t o = flow->offer_first; o < flow->offer_first + flow->offer_count; o++)
        for (int32_t rule = 0; rule < BUYS_RULE_COUNT; rule++)
            if (looks_at(spec, rule)) check_rule(build, spec, &build->plant->offers[o], rule);
}

static void build_offers(struct build *build, int32_t index, struct source *source,
                         const struct customer_spec *spec) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < source->share_count; i++) {
        struct flow *flow = &plant->flows[source->flow_first + i];
        flow->offer_first = plant->offer_count;
        flow->offer_count = add_offers(build, index, spec, flow->item);
        for (int32_t b = 0; flow->offer_count == 0 && b < spec->buys.count; b++)
            if (THINGS(spec->buys, share)[b].self.index == flow->item)
                fault_nowhere(build, spec, &THINGS(spec->buys, share)[b]);
        plant->chance |= flow->offer_count > 1 && looks_at(spec, BUYS_SHARE);
        for (int32_t o = 0; o < flow->offer_count; o++) {
            const struct offer *offer = &plant->offers[flow->offer_first + o];
            if (i == 0 && o == 0) source->from = offer->stock;
            source->several |= offer->stock != source->from;
        }
        if (flow->offer_count > 1) check_offers(build, spec, flow);
    }
}

static void build_choice(struct build *build, struct customer_settings *settings,
                         const struct customer_spec *spec) {
    const struct formula *formula = spec->choose.formula;
    settings->choose_formula = formula;
    settings->choose =
        formula ? build_rule_alone(formula, BUYS_NAME_COUNT, BUYS_RULE_COUNT) : BUYS_SHARE;
    if (settings->choose != BUYS_RULE_COUNT) return;
    check_names(build, spec);
    build->plant->chance |= formula->draw_count > 0;
}

static void build_substitutes(struct build *build, int32_t index, struct source *source,
                              const struct customer_spec *spec) {
    struct plant *plant = build->plant;
    const struct share_spec *list = spec->instead.things;
    source->substitute_first = plant->substitute_count;
    for (int32_t i = 0; i < spec->instead.count; i++) {
        if (list[i].self.index < 0) continue;
        struct substitute other = {list[i].share, plant->offer_count, 0};
        const struct item *item = &plant->items[list[i].self.index],
                          *first = &plant->items[plant->flows[source->flow_first].item];
        other.offer_count = add_offers(build, index, spec, list[i].self.index);
        if (other.offer_count == 0)
            fault_error(build->faults, list[i].thing.place, "name its stock in `from` too",
                        "'%s' would take '%s' instead, and no stock that it buys from holds that",
                        spec->thing.name, item->name);
        if (!dimension_same(item->dimension, first->dimension) ||
            item->unit_scale != first->unit_scale)
            fault_error(build->faults, list[i].thing.place, NULL,
                        "'%s' and '%s' are not counted in the same unit", item->name, first->name);
        plant->substitutes[plant->substitute_count++] = other;
        plant->chance |= other.share > 0 && other.share < 1;
    }
    source->substitute_count = plant->substitute_count - source->substitute_first;
}

/* ---- what he thinks ---- */
static void build_opinion(struct build *build, int32_t index, struct source *source,
                          const struct customer_spec *spec) {
    struct plant *plant = build->plant;
    struct customer_settings *settings = &plant->settings.customers[index];
    const struct judges_spec *judges = spec->judges.block;
    const struct churn_spec *churn = spec->churn.block;
    if (judges) {
        source->judged_by = judges->by.formula;
        source->remembers = judges->over.ticks;
        if (source->judged_by && source->judged_by->draw_count)
            fault_error(build->faults, spec->thing.place, NULL,
                        "what '%s' judges by has no chance in it", spec->thing.name);
    }
    if (!churn) return;
    settings->leaves_below = churn->below;
    settings->returns_above = isnan(churn->returns_above) ? INFINITY : churn->returns_above;
    settings->churn_per_tick = churn->rate.value;
    plant->chance |= churn->rate.value > 0;
}

/* ---- all of it ---- */
static void build_settings(struct build *build, int32_t index, struct source *source,
                           const struct customer_spec *spec) {
    struct plant *plant = build->plant;
    int32_t item = plant->flows[source->flow_first].item;
    const struct returns_spec *returns = spec->returns.block;
    plant->settings.customers[index] = (struct customer_settings){
        .late_cost_per_tick = spec->late_cost.value,
        .owed_cost_per_tick = spec->owed_cost.value,
        .lost_cost = build_price(build, spec->lost_cost, item, spec->thing.place, "lost-cost"),
        .price = build_price(build, spec->price, item, spec->thing.place, "price"),
        .pays = spec->pays.ticks,
        .if_short = spec->if_short.index,
        .patience = spec->patience};
    build_choice(build, &plant->settings.customers[index], spec);
    plant->chance |= build_chance(&spec->patience);
    plant->owing_priced |= !isnan(spec->owed_cost.value) || plant->programme_count > 0;
    if (!returns) return;
    plant->settings.customers[index].returned = returns->share;
    plant->settings.customers[index].returned_after = returns->after;
    plant->chance |= (returns->share > 0 && returns->share < 1) || build_chance(&returns->after);
}

static void build_customer(struct build *build, int32_t index) {
    struct plant *plant = build->plant;
    const struct customer_spec *spec = &THINGS(build->world->customers, customer)[index];
    int32_t self = plant->release_count + index;
    const char *name = spec->thing.name;
    build_source(build, self, &spec->source, &spec->thing, true);
    check_dues(build, spec);
    struct source *source = &plant->sources[self];
    build_shares(build, source, self, &spec->buys);
    if (source->share_count == 0) return;
    source->patience_stream = build_stream(build, "customers.%s/patience", name);
    source->choose_stream = build_stream(build, "customers.%s/from", name);
    source->instead_stream = build_stream(build, "customers.%s/instead", name);
    source->returns_stream = build_stream(build, "customers.%s/returns", name);
    source->churn_stream = build_stream(build, "customers.%s/churn", name);
    source->after_stream = build_stream(build, "customers.%s/returns-after", name);
    build_offers(build, index, source, spec);
    build_substitutes(build, index, source, spec);
    build_settings(build, index, source, spec);
    build_opinion(build, index, source, spec);
}

void build_customers(struct build *build) {
    struct plant *plant = build->plant;
    int32_t offers = plant->offer_count, substitutes = plant->substitute_count;
    BUILD_TAKE(build, offers, offers);
    BUILD_TAKE(build, substitutes, substitutes);
    plant->offer_count = plant->substitute_count = 0; /* counted anew as they are added */
    for (int32_t i = 0; i < plant->customer_count; i++) build_customer(build, i);
    for (int32_t i = 0; i < plant->stock_count; i++) check_reserves(build, i);
}
