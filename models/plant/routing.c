/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items with several routes, of which each lot goes one: see floor/routing.c. */
#include "build.h"

#include <math.h>
#include <string.h>

/* ---- the rule ---- */
static bool is_route(const struct item_spec *spec, int32_t hash) {
    for (int32_t i = 0; i < spec->routes.count; i++)
        if (world_name_hash(THINGS(spec->routes, route)[i].thing.name) == hash) return true;
    return false;
}

/* Every name in it is a rule or a route of the item. */
static void check_names(struct build *build, const struct item_spec *spec) {
    const struct formula *formula = spec->choose.formula;
    bool names = false;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        if (op->code != FORMULA_VARIABLE) continue;
        int32_t rule = op->what - JOB_NAME_COUNT;
        names |= op->what == FORMULA_LOOSE || (rule >= 0 && rule < ROUTE_RULE_COUNT);
        if (op->what == FORMULA_LOOSE && !is_route(spec, op->index))
            fault_error(build->faults, spec->thing.place, NULL,
                        "`choose` of item '%s' names what is neither a route of it nor known of a "
                        "lot: %s",
                        spec->thing.name, formula->text);
    }
    if (!names)
        fault_error(build->faults, spec->thing.place, "choose: if pieces > 10 then long else short",
                    "`choose` of item '%s' names no route: %s", spec->thing.name, formula->text);
}

static bool is_rule(const char *name) {
    for (int32_t i = 0; i < ROUTE_RULE_COUNT; i++)
        if (strcmp(route_scope.list[i].name, name) == 0) return true;
    return false;
}

/* ---- shares ---- */
/* Are they given? A fault when only some are. */
static bool has_shares(struct build *build, const struct item_spec *spec) {
    const struct route_spec *routes = spec->routes.things;
    int32_t given = 0;
    for (int32_t i = 0; i < spec->routes.count; i++) given += !isnan(routes[i].share);
    if (given > 0 && given < spec->routes.count)
        fault_error(build->faults, spec->thing.place, "routes: {long: {share: 30 %, steps: [...]}}",
                    "only some routes of item '%s' have a share", spec->thing.name);
    return given == spec->routes.count;
}

static void add_routes(struct build *build, const struct item_spec *spec, struct item *item,
                       bool given) {
    struct plant *plant = build->plant;
    const struct route_spec *routes = spec->routes.things;
    double sum = 0, so_far = 0;
    int32_t first = item->first_step;
    item->route_first = plant->route_count;
    item->route_count = spec->routes.count;
    for (int32_t i = 0; i < item->route_count; i++) sum += given ? routes[i].share : 1;
    if (!(sum > 0))
        fault_error(build->faults, spec->thing.place, NULL,
                    "the shares of the routes of item '%s' are all 0", spec->thing.name);
    for (int32_t i = 0; i < item->route_count; i++) {
        so_far += (given ? routes[i].share : 1) / sum;
        plant->routes[plant->route_count++] = (struct route){routes[i].thing.name, first, so_far};
        first += routes[i].steps.count;
        if (is_rule(routes[i].thing.name))
            fault_error(build->faults, routes[i].thing.place, "take another name",
                        "route '%s' of item '%s' is called like a rule of `choose`",
                        routes[i].thing.name, spec->thing.name);
    }
}

static void build_item(struct build *build, const struct item_spec *spec, int32_t self) {
    struct plant *plant = build->plant;
    struct item *item = &plant->items[self];
    struct item_settings *settings = &plant->settings.items[self];
    const struct formula *formula = spec->choose.formula;
    bool given = has_shares(build, spec);
    add_routes(build, spec, item, given);
    item->extra = true;
    item->choose_stream = build_stream(build, "items.%s/choose", item->name);
    settings->choose_formula = formula;
    settings->choose =
        formula ? build_rule_alone(formula, JOB_NAME_COUNT, ROUTE_RULE_COUNT) : ROUTE_SHARE;
    if (settings->choose == ROUTE_RULE_COUNT) check_names(build, spec);
    if (given && settings->choose != ROUTE_SHARE && settings->choose != ROUTE_RULE_COUNT)
        fault_error(build->faults, spec->thing.place, "choose: share, or leave out the shares",
                    "item '%s' has shares for its routes, and does not choose by them",
                    spec->thing.name);
    if (spec->order.index == ORDER_RANDOM)
        fault_error(build->faults, spec->thing.place, "order: written",
                    "the steps of '%s' come in any order, so one route is enough",
                    spec->thing.name);
    plant->chance |= settings->choose == ROUTE_SHARE || (formula && formula->draw_count > 0) ||
                     (formula && strstr(formula->text, "share"));
}

void build_routing(struct build *build) {
    struct plant *plant = build->plant;
    int32_t count = 0;
    for (int32_t i = 0; i < plant->item_count; i++)
        count += THINGS(build->world->items, item)[i].routes.count;
    BUILD_TAKE(build, routes, count);
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *spec = &THINGS(build->world->items, item)[i];
        for (int32_t r = 0; r < spec->routes.count; r++) {
            const struct route_spec *route = &THINGS(spec->routes, route)[r];
            if (route->steps.count == 0)
                fault_error(build->faults, route->thing.place, "steps: [cut, glue]",
                            "route '%s' of item '%s' has no steps", route->thing.name,
                            spec->thing.name);
        }
        if (spec->routes.count > 1 && plant->items[i].first_step != NOBODY)
            build_item(build, spec, i);
    }
}
