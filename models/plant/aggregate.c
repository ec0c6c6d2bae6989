/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans of sales and operations made ready: what they are about, and what they set. They are about
 * the stocks that customers buy from and that are made here; what one unit of them takes counts its
 * parts too, if those are made here. */
#include "../plan/planner.h"
#include "../plan/sop.h"
#include "build.h"
#include "load.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- what they set ---- */
/* The name between HEAD and TAIL, or NULL. */
static const char *name_between(struct build *build, const char *path, const char *head,
                                const char *tail) {
    size_t length = strlen(path), first = strlen(head), last = strlen(tail);
    if (length <= first + last || strncmp(path, head, first) != 0) return NULL;
    if (strcmp(path + length - last, tail) != 0) return NULL;
    return arena_text(&build->plant->arena, "%.*s", (int)(length - first - last), path + first);
}

struct settable {
    const char *head, *tail;
    enum plan_sets what;
};
static const struct settable settables[] = {
    {"stocks.", ".reorder.level", SETS_LEVEL},
    {"stocks.", ".steady", SETS_STEADY},
    {"crews.", ".overtime.up-to", SETS_CREW_OVERTIME},
    {"stations.", ".overtime.up-to", SETS_STATION_OVERTIME},
    {"crews.", ".people", SETS_PEOPLE},
};

static bool is_of_crew(enum plan_sets what) {
    return what == SETS_CREW_OVERTIME || what == SETS_PEOPLE;
}

static int32_t index_of(const struct build *build, enum plan_sets what, const char *name) {
    const struct world_spec *world = build->world;
    int32_t count = is_of_crew(what)                ? world->crews.count
                    : what == SETS_STATION_OVERTIME ? world->stations.count
                                                    : world->stocks.count;
    for (int32_t i = 0; i < count; i++) {
        const struct thing *thing = is_of_crew(what) ? &THINGS(world->crews, crew)[i].thing
                                    : what == SETS_STATION_OVERTIME
                                        ? &THINGS(world->stations, station)[i].thing
                                        : &THINGS(world->stocks, stock)[i].thing;
        if (strcmp(thing->name, name) == 0) return i;
    }
    return NOBODY;
}

/* The calendar and the most overtime of what it sets; false: it has none. */
static bool overtime_of(const struct build *build, struct plan_set *set,
                        const struct ref **calendar, double *up_to) {
    if (set->what == SETS_CREW_OVERTIME) {
        const struct crew_spec *crew = &THINGS(build->world->crews, crew)[set->index];
        const struct overtime_spec *overtime = crew->overtime.block;
        *calendar = &crew->calendar;
        *up_to = overtime ? overtime->up_to : 0;
        set->shift = build->plant->crews[set->index].shift;
    } else {
        const struct station_spec *station = &THINGS(build->world->stations, station)[set->index];
        const struct overtime_spec *overtime = station->overtime.block;
        *calendar = &station->calendar;
        *up_to = overtime ? overtime->up_to : 0;
        set->shift = build->plant->stations[set->index].calendar;
    }
    return *up_to > 0 && (*calendar)->index >= 0;
}

static bool build_overtime(struct build *build, struct plan_set *set) {
    const struct ref *calendar;
    double up_to;
    if (!overtime_of(build, set, &calendar, &up_to)) return false;
    tick most = (tick)(up_to * (double)TICK_D + 0.5);
    set->shift_count = (int32_t)((most + OVERTIME_STEP - 1) / OVERTIME_STEP) + 1;
    struct shift *shifts =
        arena_take(&build->plant->arena, (size_t)set->shift_count * sizeof *shifts);
    for (int32_t i = 0; i < set->shift_count; i++) {
        tick longer = i * OVERTIME_STEP < most ? i * OVERTIME_STEP : most;
        build_shift(build, &shifts[i], &THINGS(build->world->calendars, calendar)[calendar->index],
                    longer);
    }
    set->shifts = shifts;
    return true;
}

static const struct plan_good *good_of(const struct plans *plans, const struct plan *plan,
                                       int32_t stock) {
    for (int32_t g = plan->good_first; g < plan->good_first + plan->good_count; g++)
        if (plans->goods[g].stock == stock) return &plans->goods[g];
    return NULL;
}

static void check_set(struct build *build, const struct plan *plan, const struct plan_set *set,
                      const char *path, struct place place) {
    const struct plant *plant = build->plant;
    const struct stock *stock = &plant->stocks[set->index];
    const struct stock_settings *settings = &plant->settings.stocks[set->index];
    if (!good_of(&plant->plans, plan, set->index))
        fault_error(build->faults, place, NULL,
                    "'%s' sets '%s': a plan of sales and operations is about stocks that customers "
                    "buy from and that are made here",
                    plan->name, path);
    else if (set->what == SETS_LEVEL && settings->policy == REORDER_CARDS)
        fault_warning(build->faults, place, NULL,
                      "'%s' sets '%s', and stock '%s' orders with cards: their number stays",
                      plan->name, path, stock->name);
    else if (set->what == SETS_LEVEL && settings->policy != REORDER_BASE_STOCK &&
             settings->policy != REORDER_PLAN)
        fault_error(build->faults, place, "reorder: {policy: base-stock, level: 0}",
                    "'%s' sets '%s', and stock '%s' has no such level", plan->name, path,
                    stock->name);
    else if (set->what == SETS_STEADY &&
             (plant->settings.stocks[set->index].choose != CHOOSE_BASE_SURGE ||
              plant->origins[stock->origin_first].kind != FROM_FACTORY ||
              plant->origins[stock->origin_first + 1].kind != FROM_SUPPLIER))
        fault_error(build->faults, place,
                    "from: {factory: 50 %, SUPPLIER: 50 %}, choose: base-surge",
                    "'%s' sets '%s': that is for a stock with the factory as its first source and "
                    "a supplier as its second",
                    plan->name, path);
}

/* ---- people ---- */
static void check_people(struct build *build, const struct plan *plan, const struct plan_set *set,
                         const char *path, struct place place) {
    const struct crew_spec *crew = &THINGS(build->world->crews, crew)[set->index];
    if (set->most == ABSENT_COUNT)
        fault_error(build->faults, place,
                    arena_text(&build->plant->arena, "sets: [{path: %s, most: 20}]", path),
                    "'%s' sets '%s' and does not say how many there can be at most: a station "
                    "that needs them has any number of machines",
                    plan->name, path);
    else if (set->most < set->least)
        fault_error(build->faults, place, NULL, "'%s' sets '%s': at least %d and at most %d",
                    plan->name, path, set->least, set->most);
    else if (isnan(crew->wage.value) || crew->wage.value == 0)
        fault_warning(build->faults, place, "wage: 25 EUR/h",
                      "'%s' decides how many are in crew '%s', and they cost nothing", plan->name,
                      crew->thing.name);
}

int32_t build_people_set(const struct build *build, int32_t crew) {
    const struct map *plans = &build->world->plans;
    const char *name = THINGS(build->world->crews, crew)[crew].thing.name;
    int32_t most = 0;
    for (int32_t p = 0; p < plans->count; p++) {
        const struct list *sets = &THINGS(*plans, plan)[p].sets;
        for (int32_t i = 0; i < sets->count; i++) {
            const struct plan_set_spec *set = &((const struct plan_set_spec *)sets->things)[i];
            char path[512];
            snprintf(path, sizeof path, "crews.%s.people", name);
            if (!set->path || strcmp(set->path, path) != 0) continue;
            int32_t own = set->most == ABSENT_COUNT ? build_people_used(build, crew) : set->most;
            if (own != ABSENT_COUNT && own > most) most = own;
        }
    }
    return most;
}

/* A key that is not of people says nothing of how many. */
static void check_counts(struct build *build, const struct plan_set_spec *spec, enum plan_sets what,
                         struct place place) {
    if (what != SETS_PEOPLE && (spec->most != ABSENT_COUNT || spec->least != 0))
        fault_error(build->faults, place, NULL, "`least` and `most` are for people, not for '%s'",
                    spec->path);
}

static void add_set(struct build *build, struct plan *plan, const struct plan_set_spec *spec,
                    struct place place) {
    struct plans *plans = &build->plant->plans;
    const char *path = spec->path;
    for (size_t i = 0; i < sizeof settables / sizeof *settables; i++) {
        const struct settable *settable = &settables[i];
        const char *name = name_between(build, path, settable->head, settable->tail);
        if (!name) continue;
        struct plan_set set = {.plan = (int32_t)(plan - plans->list),
                               .what = settable->what,
                               .index = index_of(build, settable->what, name),
                               .least = spec->least,
                               .most = spec->most};
        check_counts(build, spec, set.what, place);
        bool of_stock = set.what == SETS_LEVEL || set.what == SETS_STEADY;
        if (set.index == NOBODY)
            fault_error(build->faults, place, NULL, "'%s' sets '%s', and there is no '%s'",
                        plan->name, path, name);
        else if (of_stock)
            check_set(build, plan, &set, path, place);
        else if (set.what == SETS_PEOPLE) {
            if (set.most == ABSENT_COUNT) set.most = build_people_used(build, set.index);
            check_people(build, plan, &set, path, place);
        } else if (!build_overtime(build, &set))
            fault_error(build->faults, place, "overtime: {up-to: 2 h/d}",
                        "'%s' sets '%s', and there is no overtime: what is written is the most",
                        plan->name, path);
        plans->sets[plans->set_count++] = set;
        plan->set_count++;
        return;
    }
    fault_error(build->faults, place,
                "stocks.NAME.reorder.level, stocks.NAME.steady, crews.NAME.people, "
                "crews.NAME.overtime.up-to or stations.NAME.overtime.up-to",
                "a plan of sales and operations cannot set '%s'", path);
}

/* ---- what they are about ---- */
/* For so many units of an item, with the parts that are made here. */
static void add_work(const struct plant *plant, int32_t item_id, double units, int32_t depth,
                     double *work, double *materials);

static void add_part(const struct plant *plant, const struct use *use, double units, int32_t depth,
                     double *work, double *materials) {
    double amount = units * (double)use->amount / 1000;
    bool made = use->stock == NOBODY || plant->stocks[use->stock].made;
    if (made && depth < plant->item_count)
        add_work(plant, use->item, amount, depth + 1, work, materials);
    else
        *materials += amount * item_worth(plant, &plant->settings, use->item);
}

static void add_work(const struct plant *plant, int32_t item_id, double units, int32_t depth,
                     double *work, double *materials) {
    const struct item *item = &plant->items[item_id];
    load_unit(plant, item_id, units, work, work + plant->station_count);
    for (int32_t u = item->use_first; u < item->use_first + item->use_count; u++)
        add_part(plant, &plant->uses[u], units, depth, work, materials);
    int32_t first = item->first_step;
    for (int32_t s = first; s != NOBODY && s < plant_route_end(plant, first); s++) {
        const struct step *step = &plant->steps[s];
        *materials += units * (double)plant->settings.steps[s].piece_cost_micro / 1e6;
        for (int32_t u = step->use_first; u < step->use_first + step->use_count; u++)
            add_part(plant, &plant->uses[u], units, depth, work, materials);
    }
}

static bool is_bought(const struct plant *plant, int32_t stock) {
    for (int32_t s = plant->release_count; s < plant->source_count; s++)
        if (load_orders_share(plant, s, stock) > 0) return true;
    return false;
}

static void add_good(struct build *build, struct plan *plan, int32_t stock) {
    struct plant *plant = build->plant;
    size_t resources = (size_t)(plant->station_count + plant->crew_count);
    double *work = arena_take(&plant->arena, (resources + 1) * sizeof *work);
    struct plan_good *good = &plant->plans.goods[plant->plans.good_count++];
    *good = (struct plan_good){.plan = (int32_t)(plan - plant->plans.list),
                               .stock = stock,
                               .series = NOBODY,
                               .work = work};
    for (size_t r = 0; r < resources; r++) work[r] = 0;
    add_work(plant, plant->stocks[stock].item, 1, 0, work, &good->materials);
    plan->good_count++;
}

static void check_units(struct build *build, const struct plan *plan, struct place place) {
    const struct plant *plant = build->plant;
    const struct plan_good *goods = plant->plans.goods + plan->good_first;
    for (int32_t g = 1; g < plan->good_count; g++)
        if (!dimension_same(plant->items[plant->stocks[goods[g].stock].item].dimension,
                            plant->items[plant->stocks[goods[0].stock].item].dimension)) {
            fault_error(build->faults, place, NULL,
                        "'%s' adds up what it is about, and '%s' and '%s' have not one unit",
                        plan->name, plant->stocks[goods[0].stock].name,
                        plant->stocks[goods[g].stock].name);
            return;
        }
}

void build_shares_up(struct build *build) {
    struct plant *plant = build->plant;
    if (plant->plans.share_up) return;
    double *up = arena_take(&plant->arena, (size_t)plant->station_count * sizeof *up);
    for (int32_t s = 0; s < plant->station_count; s++)
        up[s] = load_share_up(plant, &plant->stations[s], plant->stations[s].machine_first);
    plant->plans.share_up = up;
}

static void check_solver(struct build *build, const struct plan *plan, struct place place) {
    struct lp_solver solver = lp_open();
    if (plan->strategy == SOP_CHEAPEST && !solver.module)
        fault_error(build->faults, place, "strategy: chase",
                    "'%s' needs linear programmes, and takt was built without GLPK", plan->name);
    lp_close(&solver);
}

void build_aggregate(struct build *build, int32_t id) {
    struct plant *plant = build->plant;
    struct plan *plan = &plant->plans.list[id];
    const struct plan_spec *spec = &THINGS(build->world->plans, plan)[id];
    const struct plan_set_spec *sets = spec->sets.things;
    struct place place = spec->thing.place;
    build_shares_up(build);
    plan->good_first = plant->plans.good_count;
    plan->set_first = plant->plans.set_count;
    for (int32_t s = 0; s < plant->stock_count; s++)
        if (plant->stocks[s].made && is_bought(plant, s)) add_good(build, plan, s);
    if (plan->good_count == 0)
        fault_error(build->faults, place, NULL,
                    "'%s' has nothing to plan: no customer buys from a stock that is made here",
                    plan->name);
    for (int32_t i = 0; i < spec->sets.count; i++) add_set(build, plan, &sets[i], place);
    check_units(build, plan, place);
    check_solver(build, plan, place);
    if (build->question->antithetic)
        fault_error(build->faults, place, "antithetic: no",
                    "plans that set and antithetic replications do not go together");
}
