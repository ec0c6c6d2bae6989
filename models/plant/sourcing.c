/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of its sources a stock orders from: rules, and expressions that name a source. */
#include "build.h"

#include <string.h>

/* `factory` is the only word among sources, and may lead the name of a route, whose hash, below 0,
 * stands for it. Things of a section follow each other. */
enum { THINGS_OF_A_SECTION = 1 << 24 };

const char *sourcing_route(const struct ref *source) {
    const char *dot = source->section < 0 ? strchr(source->name, '.') : NULL;
    return dot ? dot + 1 : NULL;
}

int32_t sourcing_thing(const struct ref *source) {
    const char *route = sourcing_route(source);
    if (route) return -1 - world_name_hash(route);
    return source->section < 0 ? 0 : (source->section + 1) * THINGS_OF_A_SECTION + source->index;
}

int32_t sourcing_named(const struct plant *plant, const struct stock *stock, int32_t thing) {
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++)
        if (plant->origins[i].thing == thing) return i;
    return NOBODY;
}

double sourcing_value(int32_t what, int32_t index) {
    if (what > FORMULA_THING) return index;
    return (double)(FORMULA_THING - what + 1) * THINGS_OF_A_SECTION + index;
}

bool sourcing_divides_orders(int32_t rule) {
#define X(name, word, divides, help) divides,
    static const bool rules[] = {CHOOSE_RULES(X)};
#undef X
    return rule < CHOOSE_RULE_COUNT && rules[rule];
}

static const char *word_of(int32_t rule) {
    return choose_scope.list[rule].name;
}

int32_t sourcing_called(const struct plant *plant, const struct stock *stock, int32_t rule) {
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        const struct origin *origin = &plant->origins[i];
        const char *name = NULL;
        if (origin->kind == FROM_STOCK)
            name = THINGS(plant->world->stocks, stock)[origin->index].thing.name;
        else if (origin->kind == FROM_SUPPLIER && origin->index != NOBODY)
            name = plant->suppliers[plant->supplies[origin->index].supplier].name;
        if (name && strcmp(name, word_of(rule)) == 0) return i;
    }
    return NOBODY;
}

bool sourcing_looks_at(const struct plant *plant, int32_t id, int32_t rule) {
    const struct stock_settings *settings = &plant->settings.stocks[id];
    if (settings->choose != CHOOSE_RULE_COUNT) return settings->choose == rule;
    if (!settings->choose_formula || sourcing_called(plant, &plant->stocks[id], rule) != NOBODY)
        return false;
    for (int32_t i = 0; i < settings->choose_formula->op_count; i++) {
        const struct formula_op *op = &settings->choose_formula->ops[i];
        if (op->code == FORMULA_VARIABLE && op->what == STOCK_NAME_COUNT + rule) return true;
    }
    return false;
}

/* Every name in it is a source of the stock, and no rule that divides an order. */
static void check_names(struct build *build, const struct stock *stock, struct place place,
                        const struct formula *formula) {
    bool names = false;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        if (op->code != FORMULA_VARIABLE) continue;
        int32_t rule = op->what - STOCK_NAME_COUNT;
        bool is_rule = rule >= 0 && rule < CHOOSE_RULE_COUNT;
        bool is_thing = op->what <= FORMULA_THING + 1 && op->what > FORMULA_THING - SECTION_COUNT;
        names |= is_rule || is_thing;
        if (is_rule && sourcing_divides_orders(rule) &&
            sourcing_called(build->plant, stock, rule) == NOBODY)
            fault_error(build->faults, place, NULL,
                        "'%s' divides an order, so it stands alone in the `choose` of stock '%s'",
                        word_of(rule), stock->name);
        if (is_thing && sourcing_named(build->plant, stock,
                                       (int32_t)sourcing_value(op->what, op->index)) == NOBODY)
            fault_error(build->faults, place, "write it in its `from`",
                        "`choose` of stock '%s' names what is no source of it: %s", stock->name,
                        formula->text);
    }
    if (!names)
        fault_error(build->faults, place, "choose: if net < 0 then near else far",
                    "`choose` of stock '%s' names no source: %s", stock->name, formula->text);
}

static void check_two(struct build *build, const struct stock *stock, const struct stock_spec *spec,
                      int32_t rule) {
    if (spec->from.count != 2)
        fault_error(build->faults, spec->thing.place, NULL,
                    "'%s' is for two sources, and stock '%s' has %d", word_of(rule), stock->name,
                    spec->from.count);
}

/* What is ordered at each review must be what may be ordered, or it would be raised. */
static void check_steady(struct build *build, const struct stock *stock,
                         const struct stock_settings *settings, struct place place) {
    const struct origin *origin = &build->plant->origins[stock->origin_first];
    if (origin->kind != FROM_SUPPLIER || origin->index == NOBODY || settings->steady <= 0) return;
    const struct supplier_settings *supply = &build->plant->settings.supplies[origin->index];
    bool whole = supply->multiple == 0 || settings->steady % supply->multiple == 0;
    if (settings->steady < supply->min_order)
        fault_warning(
            build->faults, place, NULL,
            "stock '%s' orders %.6g at each review of a source whose `min-order` is %.6g: "
            "so much will come",
            stock->name, (double)settings->steady / 1000, (double)supply->min_order / 1000);
    else if (!whole)
        fault_warning(build->faults, place, NULL,
                      "stock '%s' orders %.6g at each review of a source that sells multiples of "
                      "%.6g: so the next one will come",
                      stock->name, (double)settings->steady / 1000,
                      (double)supply->multiple / 1000);
}

static void check_levels(struct build *build, const struct stock *stock, struct place place,
                         const struct stock_spec *spec, bool dual) {
    const struct base_stock_spec *base =
        spec->reorder.kind == REORDER_BASE_STOCK ? spec->reorder.block : NULL;
    if (dual && (!base || base->levels.count != spec->from.count))
        fault_error(build->faults, place,
                    "reorder: {policy: base-stock, level: {near: 6, far: 12}}",
                    "'dual-index' wants a base-stock policy with a level for each source of "
                    "stock '%s'",
                    stock->name);
    else if (!dual && base && base->levels.count)
        fault_error(build->faults, place, "choose: dual-index",
                    "stock '%s' has a level for each source, which only dual-index looks at",
                    stock->name);
}

/* The station of a step: the one it names, or the one of its own name. */
static const struct station_spec *station_of(const struct build *build,
                                             const struct step_spec *step) {
    const struct map *stations = &build->world->stations;
    const struct share_spec *at = step->at.things;
    for (int32_t i = 0; i < stations->count; i++)
        if (step->at.count
                ? at[0].self.index == i
                : strcmp(THINGS(*stations, station)[i].thing.name, step->thing.name) == 0)
            return &THINGS(*stations, station)[i];
    return NULL;
}

/* A lot that nothing waits for, by the means of its steps. */
static tick lot_work(const struct build *build, const struct item_spec *item, const char *named) {
    double sum = 0;
    const struct map *route = build_route_count(item) ? build_route(item, 0) : &item->route;
    for (int32_t i = 0; named && i < item->routes.count; i++)
        if (strcmp(THINGS(item->routes, route)[i].thing.name, named) == 0)
            route = build_route(item, i);
    for (int32_t i = 0; i < route->count; i++) {
        const struct step_spec *step = &THINGS(*route, step)[i];
        const struct law *time = &step->time;
        const struct station_spec *station = station_of(build, step);
        if (time->kind == (int32_t)ABSENT_LAW && station) time = &station->time;
        double mean = time->kind == (int32_t)ABSENT_LAW ? 0 : law_mean(time);
        if (mean > 0) sum += time->per == LAW_PER_PIECE ? mean * item->lot : mean;
    }
    return law_round(sum);
}

void build_sourcing(struct build *build, struct stock *stock, struct stock_settings *settings,
                    const struct stock_spec *spec) {
    struct place place = spec->thing.place;
    const struct formula *choose = spec->choose.formula;
    settings->steady =
        spec->steady.given ? build_amount(build, spec->steady, stock->item, place, "steady") : -1;
    settings->choose =
        choose ? build_rule_alone(choose, STOCK_NAME_COUNT, CHOOSE_RULE_COUNT) : CHOOSE_SHARE;
    settings->choose_formula = choose;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        struct origin *origin = &build->plant->origins[i];
        if (origin->kind == FROM_FACTORY)
            origin->work = lot_work(build, &THINGS(build->world->items, item)[stock->item],
                                    origin->route_name);
    }
    check_levels(build, stock, place, spec, settings->choose == CHOOSE_DUAL_INDEX);
    if (spec->from.count > 1) build->plant->chance |= settings->choose == CHOOSE_SHARE;
    if (choose && settings->choose == CHOOSE_RULE_COUNT) {
        check_names(build, stock, place, choose);
        build->plant->chance |= choose->draw_count > 0 || strstr(choose->text, "share") != NULL;
    }
    if (settings->choose == CHOOSE_BASE_SURGE || settings->choose == CHOOSE_EMERGENCY)
        check_two(build, stock, spec, settings->choose);
    if (settings->choose == CHOOSE_BASE_SURGE) check_steady(build, stock, settings, place);
    if (settings->choose == CHOOSE_BASE_SURGE && settings->every == 0)
        fault_error(build->faults, place, "reorder: {every: 1 d, ...}",
                    "'base-surge' orders at every review, and stock '%s' has none", stock->name);
}
