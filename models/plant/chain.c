/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stocks, and where their goods come from. */
#include "build.h"

#include <math.h>
#include <stdlib.h>

static int32_t supply_of(struct build *build, int32_t supplier, int32_t item, struct place place) {
    const struct plant *plant = build->plant;
    const struct supplier *of = &plant->suppliers[supplier];
    for (int32_t i = 0; i < of->supply_count; i++)
        if (plant->supplies[of->supply_first + i].item == item) return of->supply_first + i;
    fault_error(build->faults, place, NULL, "supplier '%s' does not supply '%s'", of->name,
                plant->items[item].name);
    return NOBODY;
}

int32_t build_source_count(const struct build *build, int32_t stock) {
    if (build->sources_planned) return build->sources_planned[stock].count;
    return THINGS(build->world->stocks, stock)[stock].from.count;
}

static const struct ref *planned_source(const struct build *build, const struct stock_spec *spec,
                                        int32_t stock, int32_t at) {
    if (build->sources_planned) return build->sources_planned[stock].refs[at];
    return &((const struct share_spec *)spec->from.things)[at].self;
}

/* What this world says of it, or NULL. */
static const struct share_spec *share_of(const struct stock_spec *spec, const struct ref *source) {
    const struct share_spec *shares = spec->from.things;
    for (int32_t i = 0; i < spec->from.count; i++)
        if (sourcing_thing(&shares[i].self) == sourcing_thing(source)) return &shares[i];
    return NULL;
}

static struct origin origin_of(struct build *build, const struct stock *stock,
                               const struct ref *source) {
    const struct plant *plant = build->plant;
    struct origin origin = {.kind = FROM_FACTORY,
                            .index = NOBODY,
                            .thing = sourcing_thing(source),
                            .lane = NOBODY,
                            .away = NAN,
                            .route_name = sourcing_route(source),
                            .flow = NOBODY};
    if (source->section == SECTION_SUPPLIERS) {
        origin.kind = FROM_SUPPLIER;
        origin.index = supply_of(build, source->index, stock->item, source->place);
    } else if (source->section == SECTION_STOCKS) {
        origin.kind = FROM_STOCK;
        origin.index = source->index;
        const struct stock_spec *from = &THINGS(build->world->stocks, stock)[source->index];
        if (from->holds.index != stock->item)
            fault_error(build->faults, source->place, NULL, "'%s' does not hold '%s'",
                        from->thing.name, plant->items[stock->item].name);
    }
    return origin;
}

static void build_origins(struct build *build, struct stock *stock, const struct stock_spec *spec) {
    struct plant *plant = build->plant;
    const struct share_spec *shares = spec->from.things;
    int32_t self = (int32_t)(stock - plant->stocks);
    double sum = 0, so_far = 0;
    stock->origin_first = plant->origin_count;
    for (int32_t i = 0; i < spec->from.count; i++) sum += shares[i].share;
    for (int32_t i = 0; i < build_source_count(build, self); i++) {
        const struct ref *source = planned_source(build, spec, self, i);
        const struct share_spec *share = share_of(spec, source);
        if (source->index < 0) continue;
        if (share) so_far += share->share / sum;
        plant->origins[plant->origin_count] = origin_of(build, stock, source);
        plant->settings.origins[plant->origin_count].upto = so_far;
        plant->settings.origins[plant->origin_count].listed =
            share ? 1 + (int32_t)(share - (const struct share_spec *)spec->from.things) : 0;
        if (plant->origins[plant->origin_count].kind == FROM_FACTORY &&
            stock->made_origin == NOBODY)
            stock->made_origin = plant->origin_count;
        plant->origin_count++;
    }
    stock->made = stock->made_origin != NOBODY;
    stock->origin_count = plant->origin_count - stock->origin_first;
    if (spec->from.count && !(sum > 0))
        fault_error(build->faults, spec->thing.place, NULL,
                    "the shares of the sources of stock '%s' are all 0", spec->thing.name);
    if (spec->from.count == 0 && (spec->reorder.kind >= 0 || spec->ordered.count))
        fault_error(build->faults, spec->thing.place, "add `from`", "stock '%s' %s from nowhere",
                    spec->thing.name, spec->reorder.kind >= 0 ? "reorders" : "has ordered");
}

/* An amount that never changes goes to the settings; what is computed at every look is returned. */
static const struct formula *build_rule(struct build *build, const struct expr *expr, int32_t item,
                                        struct place place, const char *what, int64_t *amount) {
    const struct formula *formula = expr->formula;
    if (!formula) return NULL;
    struct amount value = {.value = formula->constant ? formula->value : 0,
                           .dimension = formula->dimension,
                           .given = true};
    *amount = build_amount(build, value, item, place, what);
    build->plant->chance |= formula->draw_count > 0;
    return formula->constant ? NULL : formula;
}

static void build_levels(struct build *build, const struct stock *stock, const struct map *levels) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < levels->count; i++) {
        const struct source_level_spec *level = &THINGS(*levels, source_level)[i];
        int32_t at = sourcing_named(plant, stock, sourcing_thing(&level->self));
        if (at == NOBODY) {
            fault_error(build->faults, level->thing.place, NULL,
                        "'%s' is no source of stock '%s', and has a level there", level->thing.name,
                        stock->name);
            continue;
        }
        struct origin_settings *settings = &plant->settings.origins[at];
        settings->level_formula = build_rule(build, &level->level, stock->item, level->thing.place,
                                             "level", &settings->level);
    }
}

/* How many reviews back the formulas of a stock look. */
static void build_history(struct build *build, struct stock *stock,
                          const struct stock_settings *settings) {
    const struct stock_formulas *of = &settings->formulas;
    const struct formula *all[] = {of->level,
                                   of->min,
                                   of->max,
                                   of->point,
                                   of->quantity,
                                   settings->order,
                                   settings->choose_formula};
    for (size_t f = 0; f < sizeof all / sizeof *all; f++)
        for (int32_t i = 0; all[f] && i < all[f]->op_count; i++) {
            const struct formula_op *op = &all[f]->ops[i];
            bool back = op->code == FORMULA_VARIABLE && op->what == STOCK_MEAN_DEMAND;
            if (back && op->index > stock->history_count) stock->history_count = op->index;
        }
    for (int32_t v = 0; v < build->plant->variant_count; v++) { /* what a programme makes of them */
        const struct plant *variant = build->plant->variants[v];
        int32_t self = (int32_t)(stock - build->plant->stocks);
        if (variant && self < variant->stock_count &&
            variant->stocks[self].history_count > stock->history_count)
            stock->history_count = variant->stocks[self].history_count;
    }
    stock->history_first = build->plant->history_count;
    build->plant->history_count += stock->history_count;
}

static void set_reviews(struct stock *stock, struct stock_settings *settings, struct span every,
                        struct moment first, struct choice scope) {
    settings->every = every.ticks, settings->first = first.ticks;
    stock->echelon = scope.index == SCOPE_ECHELON;
}

/* From the moment at which the run begins, and by the calendar where `every` is a word. */
static void count_reviews(struct stock_settings *settings, tick warm_up) {
    const struct span every = {settings->every == ABSENT_TICKS ? 0 : settings->every};
    settings->calendar = every.ticks < 0 ? every.ticks : 0;
    settings->every = cadence_length(every);
    settings->first = settings->first == ABSENT_TICKS ? 0 : settings->first + warm_up;
}

static void build_reorder(struct build *build, struct stock *stock, struct stock_settings *settings,
                          const struct stock_spec *spec) {
    struct place place = spec->thing.place;
    struct stock_formulas *formulas = &settings->formulas;
    settings->policy = spec->reorder.kind;
    const struct base_stock_spec *base = spec->reorder.block;
    const struct min_max_spec *limits = spec->reorder.block;
    const struct fixed_spec *fixed = spec->reorder.block;
    const struct rule_reorder_spec *rule = spec->reorder.block;
    const struct cards_reorder_spec *cards = spec->reorder.block;
    const struct newsvendor_spec *newsvendor = spec->reorder.block;
    const struct forecast_reorder_spec *forecast = spec->reorder.block;
    const struct ddmrp_spec *buffer = spec->reorder.block;
    switch (spec->reorder.kind) {
    case REORDER_BASE_STOCK:
        formulas->level =
            build_rule(build, &base->level, stock->item, place, "level", &settings->level);
        build_levels(build, stock, &base->levels);
        set_reviews(stock, settings, base->every, base->first, base->scope);
        break;
    case REORDER_MIN_MAX:
    case REORDER_VMI:
        formulas->min = build_rule(build, &limits->min, stock->item, place, "min", &settings->min);
        formulas->max = build_rule(build, &limits->max, stock->item, place, "max", &settings->max);
        set_reviews(stock, settings, limits->every, limits->first, limits->scope);
        break;
    case REORDER_FIXED:
        formulas->point =
            build_rule(build, &fixed->point, stock->item, place, "point", &settings->point);
        formulas->quantity = build_rule(build, &fixed->quantity, stock->item, place, "quantity",
                                        &settings->quantity);
        set_reviews(stock, settings, fixed->every, fixed->first, fixed->scope);
        break;
    case REORDER_RULE:
        settings->order = rule->order.formula;
        set_reviews(stock, settings, rule->every, rule->first, rule->scope);
        build->plant->chance |= settings->order && settings->order->draw_count > 0;
        break;
    case REORDER_FORECAST:
        settings->service = forecast->service;
        set_reviews(stock, settings, forecast->every, forecast->first, forecast->scope);
        break;
    case REORDER_NEWSVENDOR:
        settings->service = newsvendor->service;
        set_reviews(stock, settings, newsvendor->every, newsvendor->first, newsvendor->scope);
        break;
    case REORDER_DDMRP:
        settings->lead_time_factor = buffer->lead_time_factor;
        settings->variability_factor = buffer->variability_factor;
        settings->spike_threshold = buffer->spike_threshold;
        settings->min_order =
            build_amount(build, buffer->min_order, stock->item, place, "min-order");
        settings->cycle = buffer->cycle.ticks,
        settings->spike_horizon = buffer->spike_horizon.ticks;
        settings->every = buffer->every.ticks, settings->first = buffer->first.ticks;
        break;
    case REORDER_CARDS:
        settings->every = cards->every.ticks, settings->first = cards->first.ticks;
        break;
    default: return;
    }
    count_reviews(settings, build->plant->warm_up);
}

static void build_pipeline(struct build *build, struct stock *stock, const struct stock_spec *spec,
                           const struct list *list, bool orders) {
    struct plant *plant = build->plant;
    const struct pipeline_entry_spec *entries = list->things;
    for (int32_t i = 0; i < list->count; i++) {
        tick at = entries[i].moment.ticks + plant->warm_up;
        plant->pipelines[plant->pipeline_count++] = (struct pipeline){
            build_amount(build, entries[i].amount, stock->item, spec->thing.place, "the amount"),
            at < 0 ? 0 : at, orders};
    }
    stock->pipeline_count += list->count;
}

/* Of pieces, as many whole ones as fit when it is told by mass or volume. */
static int64_t stock_room(struct build *build, const struct stock_spec *spec, int32_t item) {
    const struct item *of = &build->plant->items[item];
    enum size_kind kind;
    int64_t size;
    bool known = build_room_size(spec->room, &kind, &size);
    if (!known || kind == SIZE_UNITS || dimension_same(spec->room.dimension, of->dimension))
        return build_amount(build, spec->room, item, spec->thing.place, "room");
    if (item_size(of, kind) > 0) {
        int64_t room = size_holds(item_size(of, kind), size);
        return dimension_none(of->dimension) ? room - room % 1000 : room;
    }
    fault_error(build->faults, spec->thing.place,
                kind == SIZE_MASS ? "weight: 6 kg, of the item" : "volume: 20 l, of the item",
                "the room of stock '%s' counts %s, and '%s' has none", spec->thing.name,
                kind == SIZE_MASS ? "kg" : "volume", of->name);
    return 0;
}

static void build_stock(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct stock_spec *spec = &THINGS(build->world->stocks, stock)[self];
    struct stock *stock = &plant->stocks[self];
    struct stock_settings *settings = &plant->settings.stocks[self];
    int32_t item = spec->holds.index;
    const char *path = arena_text(&plant->arena, "stocks.%s", spec->thing.name);
    *stock = (struct stock){.name = spec->thing.name,
                            .item = item < 0 ? 0 : item,
                            .lead_stream = build_stream(build, "%s/lead-time", path),
                            .order_stream = build_stream(build, "%s/order-delay", path),
                            .origin_stream = build_stream(build, "%s/from", path),
                            .rule_stream = build_stream(build, "%s/order", path),
                            .luck = stream_hash(path),
                            .made_origin = NOBODY};
    if (item < 0) return;
    if (plant->items[item].stock == NOBODY) plant->items[item].stock = self;
    stock->start = build_amount(build, spec->start, item, spec->thing.place, "start");
    *settings = (struct stock_settings){.policy = NOBODY,
                                        .lead_time = spec->lead_time,
                                        .order_delay = spec->order_delay,
                                        .holding_under_way_per_tick = spec->holding_under_way.value,
                                        .owed_cost_per_tick = spec->owed_cost.value,
                                        .if_short = spec->if_short.index,
                                        .serve = spec->serve.index,
                                        .issue = spec->issue.index,
                                        .room = INT64_MAX};
    if (spec->room.given) settings->room = stock_room(build, spec, item);
    if (stock->start > settings->room)
        fault_error(build->faults, spec->thing.place, NULL,
                    "stock '%s' has no room for what it holds at the start", spec->thing.name);
    stock->perishable = plant->settings.items[item].shelf_life != TICK_NEVER;
    plant->perishable |= stock->perishable;
    stock->pipeline_first = plant->pipeline_count;
    build_pipeline(build, stock, spec, &spec->ordered, true);
    build_pipeline(build, stock, spec, &spec->shipped, false);
    build_origins(build, stock, spec);
    build_reorder(build, stock, settings, spec);
    build_sourcing(build, stock, settings, spec);
    build_history(build, stock, settings);
    plant->chance |= build_chance(&spec->lead_time) || build_chance(&spec->order_delay);
}

/* Place in the chain: a stock that others are refilled from ranks above them. A circle has no
 * place. */
static void rank_stocks(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t round = 0; round <= plant->stock_count; round++) {
        bool again = false;
        for (int32_t i = 0; i < plant->stock_count; i++)
            for (int32_t o = 0; o < plant->stocks[i].origin_count; o++) {
                const struct origin *origin = &plant->origins[plant->stocks[i].origin_first + o];
                if (origin->kind != FROM_STOCK ||
                    plant->stocks[origin->index].rank > plant->stocks[i].rank)
                    continue;
                plant->stocks[origin->index].rank = plant->stocks[i].rank + 1;
                again = true;
            }
        if (!again) return;
    }
    fault_error(build->faults, THINGS(build->world->stocks, stock)[0].thing.place, NULL,
                "stocks order from each other in a circle");
}

/* ---- echelons ---- */
static bool is_below(const struct build *build, const bool *below, int32_t stock) {
    const struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->stocks[stock].origin_count; i++) {
        const struct origin *origin = &plant->origins[plant->stocks[stock].origin_first + i];
        if (origin->kind == FROM_STOCK && below[origin->index]) return true;
    }
    return false;
}

/* The stocks that are refilled from this one, directly or not: from the source downwards, so that
 * one pass for each place of the chain finds them. */
static void build_echelon(struct build *build, int32_t self, bool *below) {
    struct plant *plant = build->plant;
    struct stock *stock = &plant->stocks[self];
    for (int32_t i = 0; i < plant->stock_count; i++) below[i] = i == self;
    for (int32_t rank = stock->rank - 1; rank >= 0; rank--)
        for (int32_t i = 0; i < plant->stock_count; i++)
            if (plant->stocks[i].rank == rank) below[i] = is_below(build, below, i);
    below[self] = false;
    int32_t *list = arena_take(&plant->arena, (size_t)plant->stock_count * sizeof *list);
    for (int32_t i = 0; i < plant->stock_count; i++) {
        if (!below[i]) continue;
        list[stock->below_count++] = i;
        if (plant->stocks[i].origin_count > 1)
            fault_error(build->faults, THINGS(build->world->stocks, stock)[i].thing.place, NULL,
                        "stock '%s' has several sources, so what lies there does not belong to "
                        "the echelon of '%s' alone",
                        plant->stocks[i].name, stock->name);
    }
    stock->below = list;
}

static void build_echelons(struct build *build) {
    struct plant *plant = build->plant;
    bool *below = memory_zeroed((size_t)plant->stock_count + 1, sizeof *below);
    for (int32_t i = 0; i < plant->stock_count; i++)
        if (plant->stocks[i].echelon) {
            plant->echelons = true;
            build_echelon(build, i, below);
        }
    free(below);
}

void build_chain(struct build *build) {
    struct plant *plant = build->plant;
    int32_t pipelines = 0;
    for (int32_t i = 0; i < plant->stock_count; i++) {
        const struct stock_spec *spec = &THINGS(build->world->stocks, stock)[i];
        pipelines += spec->ordered.count + spec->shipped.count;
    }
    BUILD_TAKE(build, pipelines, pipelines);
    BUILD_TAKE(build, stocks, plant->stock_count);
    BUILD_TAKE(build, origins, plant->origin_count);
    plant->origin_count = 0; /* counted before, now filled in */
    for (int32_t i = 0; i < plant->stock_count; i++) build_stock(build, i);
    rank_stocks(build);
    build_echelons(build);
}
