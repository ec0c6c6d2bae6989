/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programmes made ready. A plant is built of the world with each change made; what it has otherwise
 * is what the change does to the settings of a run. What depends on settings and cannot change in a
 * run (sizes, and what the straight way of the floor takes for granted) is made fit for all of
 * them. */
#include "build.h"
#include "../floor/floor.h"

#include <math.h>
#include <string.h>

/* ---- the plants of the changed worlds ---- */
static int32_t machines_of(const struct world_spec *world, int32_t station) {
    const struct station_spec *spec = &THINGS(world->stations, station)[station];
    return spec->named.count ? spec->named.count : spec->machines;
}

/* How often a change may be in force on top of itself. */
static double most_at_once(const struct build *build, const struct programme_variant *variant) {
    const struct programme_spec *programme =
        &THINGS(build->world->programmes, programme)[variant->programme];
    return programme->again.index == PROGRAMME_STACKS ? STACK_MOST : 1;
}

/* As many as there can be at once: what is added, as often as it may be, and then multiplied. */
static void plan_machines(struct build *build) {
    const struct question *question = build->question;
    int32_t count = build->world->stations.count;
    int32_t *planned = arena_take(&build->plant->arena, (size_t)count * sizeof *planned);
    bool *change = arena_take(&build->plant->arena, (size_t)count * sizeof *change);
    for (int32_t s = 0; s < count; s++) {
        int32_t first = machines_of(build->world, s);
        double most = first, factor = 1;
        for (int32_t v = 0; v < question->variant_count; v++) {
            const struct programme_variant *variant = &question->variants[v];
            int32_t machines =
                s < variant->world->stations.count ? machines_of(variant->world, s) : first;
            double times = most_at_once(build, variant);
            change[s] |= machines != first;
            if (machines == first) continue;
            if (THINGS(build->world->stations, station)[s].named.count)
                fault_error(build->faults, variant->place, NULL,
                            "machines with names cannot come or go during a run");
            else if (first == COUNT_WORD(0) || machines == COUNT_WORD(0))
                fault_error(build->faults, variant->place, NULL,
                            "'unlimited' cannot come or go during a run");
            else if (variant->kind == CHANGE_TIMES && first > 0)
                factor *= pow(fmax(1, (double)machines / first), times);
            else
                most += times * fmax(0, machines - first);
        }
        planned[s] = (int32_t)fmin(1e6, ceil(most * factor));
    }
    build->machines_planned = planned;
    build->machines_change = change;
}

/* The same of crews. */
static void plan_people(struct build *build) {
    const struct question *question = build->question;
    int32_t count = build->world->crews.count;
    int32_t *planned = arena_take(&build->plant->arena, (size_t)count * sizeof *planned + 1);
    for (int32_t c = 0; c < count; c++) {
        int32_t first = THINGS(build->world->crews, crew)[c].people;
        double most = fmax(first, build_people_set(build, c)), factor = 1;
        for (int32_t v = 0; v < question->variant_count; v++) {
            const struct programme_variant *variant = &question->variants[v];
            if (c >= variant->world->crews.count) continue;
            int32_t people = THINGS(variant->world->crews, crew)[c].people;
            double times = most_at_once(build, variant);
            if (variant->kind == CHANGE_TIMES && first > 0)
                factor *= pow(fmax(1, (double)people / first), times);
            else
                most += times * fmax(0, people - first);
        }
        planned[c] = (int32_t)fmin(1e5, ceil(most * factor));
    }
    build->people_planned = planned;
}

/* Those that it has not yet of one world. */
static void add_sources(struct arena *arena, struct source_list *list, const struct map *from) {
    const struct share_spec *shares = from->things;
    const struct ref **all =
        arena_take(arena, ((size_t)(list->count + from->count) + 1) * sizeof *all);
    for (int32_t i = 0; i < list->count; i++) all[i] = list->refs[i];
    list->refs = all;
    for (int32_t i = 0; i < from->count; i++) {
        int32_t known = 0;
        while (known < list->count && sourcing_thing(all[known]) != sourcing_thing(&shares[i].self))
            known++;
        if (known == list->count) all[list->count++] = &shares[i].self;
    }
}

/* A source that a stock turns to is one of it from the start, without a share. */
static void plan_sources(struct build *build) {
    const struct question *question = build->question;
    struct arena *arena = &build->plant->arena;
    int32_t count = build->world->stocks.count;
    struct source_list *planned = arena_take(arena, (size_t)count * sizeof *planned + 1);
    for (int32_t s = 0; s < count; s++) {
        planned[s] = (struct source_list){0};
        add_sources(arena, &planned[s], &THINGS(build->world->stocks, stock)[s].from);
        for (int32_t v = 0; v < question->variant_count; v++) {
            const struct map *stocks = &question->variants[v].world->stocks;
            if (s < stocks->count) add_sources(arena, &planned[s], &THINGS(*stocks, stock)[s].from);
        }
    }
    build->sources_planned = planned;
}

void build_variants(struct build *build) {
    struct plant *plant = build->plant;
    const struct question *question = build->question;
    if (question->variant_count == 0) return;
    BUILD_TAKE(build, variants, question->variant_count);
    plan_machines(build);
    plan_people(build);
    plan_sources(build);
    for (int32_t v = 0; v < question->variant_count; v++) {
        struct question of_variant = *question;
        of_variant.variant_count = of_variant.series_count = of_variant.sequence_count =
            of_variant.result_count = 0;
        of_variant.parameters = question->variants[v].parameters;
        of_variant.machines_planned = build->machines_planned;
        of_variant.machines_change = build->machines_change;
        of_variant.people_planned = build->people_planned;
        of_variant.sources_planned = build->sources_planned;
        int32_t before = build->faults->error_count;
        plant->variants[plant->variant_count++] =
            plant_build(question->variants[v].world, &of_variant, build->faults);
        if (build->faults->error_count > before)
            fault_add(build->faults, FAULT_NOTE, question->variants[v].place, NULL,
                      "this is so with the change of '%s'", question->variants[v].path);
    }
}

/* ---- what they have in common ---- */
static bool same_sizes(const struct plant *a, const struct plant *b) {
#define X(array, count, type)                                                                      \
    if (a->count != b->count) return false;
    SETTINGS(X)
#undef X
    return true;
}

enum {
    STEP_FEATURES = STEP_PHASES | STEP_SCRAP | STEP_REWORK | STEP_BRANCH | STEP_USES | STEP_COST |
                    STEP_EXTRA | STEP_LIMITED | STEP_SAMPLED | STEP_KIT | STEP_MAKES,
    STEP_SHORT_WAYS = STEP_AHEAD | STEP_COMMON | STEP_ON_COMMON
};

/* What a feature needs is there if any of the worlds has it; a short way is taken if all allow. */
static void make_fit(struct plant *plant, const struct plant *variant) {
    for (int32_t i = 0; i < plant->step_count; i++) {
        uint32_t *flags = &plant->steps[i].flags, others = variant->steps[i].flags;
        *flags |= others & STEP_FEATURES;
        *flags &= others | ~(uint32_t)STEP_SHORT_WAYS;
    }
    for (int32_t i = 0; i < plant->item_count; i++) {
        plant->items[i].extra |= variant->items[i].extra;
        plant->items[i].chooses |= variant->items[i].chooses;
    }
    for (int32_t i = 0; i < plant->flow_count; i++) {
        plant->flows[i].extra |= variant->flows[i].extra;
        plant->flows[i].enters_freely &= variant->flows[i].enters_freely;
    }
    plant->extra |= variant->extra;
    for (int32_t i = 0; i < plant->station_count; i++)
        plant->stations[i].ordinary &= variant->stations[i].ordinary;
    for (int32_t i = 0; i < plant->supplier_count; i++)
        plant->suppliers[i].plain &= variant->suppliers[i].plain;
    for (int32_t i = 0; i < plant->flow_count; i++)
        plant->flows[i].ordered |= variant->flows[i].ordered;
    plant->valued |= variant->valued;
    plant->chance |= variant->chance;
    for (int32_t i = 0; i < plant->station_count; i++)
        if (variant->stations[i].random_stream)
            plant->stations[i].random_stream = variant->stations[i].random_stream;
}

/* The highest that the rate of a source can become when changes act one on top of the other. */
static void rate_limits(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t s = 0; s < plant->source_count; s++) {
        struct source *source = &plant->sources[s];
        double highest = source->rate_max, factor = 1;
        for (int32_t v = 0; v < plant->variant_count; v++) {
            const struct plant *variant = plant->variants[v];
            if (!variant || s >= variant->source_count) continue;
            source->rate_changes |=
                !formula_same(plant->settings.sources[s].rate, variant->settings.sources[s].rate);
            double other = variant->sources[s].rate_max;
            if (other > source->rate_max && source->rate_max > 0)
                factor *= other / source->rate_max;
            else if (other > highest)
                highest = other;
        }
        source->rate_max = highest * factor;
    }
}

/* ---- the programmes ---- */
static void check_growth(struct build *build, const struct programme *programme,
                         const struct programme_variant *variant, const struct changes *changes) {
    const struct ramp_spec *ramp = programme->spec->ramp.block;
    if (!ramp || ramp->shape.index == RAMP_STEP || variant->dip) return;
    for (int32_t i = 0; i < changes->count; i++)
        if (!change_grows(&changes->list[i])) {
            fault_error(build->faults, variant->place, "times 0.8 scales the law that is there",
                        "one law cannot grow into the other, so '%s' cannot have a ramp",
                        variant->path);
            return;
        }
}

/* What a batch counts is not changed by the way, with `max: 8 pieces`. */
static void check_batches(struct build *build, const struct programme_variant *variant,
                          const struct plant *changed) {
    const struct plant *plant = build->plant;
    for (int32_t s = 0; s < plant->station_count; s++)
        if (plant->stations[s].batch_pieces != changed->stations[s].batch_pieces)
            fault_error(build->faults, variant->place, NULL,
                        "batches of station '%s' count %s, which '%s' cannot change during a run",
                        plant->stations[s].name,
                        plant->stations[s].batch_pieces ? "pieces" : "lots", variant->path);
}

static int32_t forecast_of(const struct plant *plant, int32_t stock) {
    if (!plant->plans.series_of || plant->plans.series_of[stock] == NOBODY) return NOBODY;
    return plant->plans.series[plant->plans.series_of[stock]].plan;
}

/* Cards lie on goods, plans of requirements know what they order, and forecasts what was asked. */
static const char *reorder_stays(const struct plant *plant, const struct plant *changed,
                                 int32_t stock) {
    int32_t from = plant->settings.stocks[stock].policy,
            to = changed->settings.stocks[stock].policy;
    if (from != to && (from == REORDER_CARDS || to == REORDER_CARDS)) return "cards";
    if (from != to && (from == REORDER_PLAN || to == REORDER_PLAN))
        return "orders of a plan of requirements";
    if (plant->stocks[stock].echelon != changed->stocks[stock].echelon) return "the scope";
    int32_t forecast = forecast_of(changed, stock);
    return forecast != NOBODY && forecast != forecast_of(plant, stock) ? "the forecast" : NULL;
}

/* Rules that divide an order know their sources by place, and plans of requirements all of them. */
static void check_sources(struct build *build, const struct programme_variant *variant,
                          const struct plant *changed, int32_t id) {
    const struct plant *plant = build->plant;
    const struct stock *stock = &plant->stocks[id];
    bool moved = false;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++)
        moved |= plant->settings.origins[i].listed != changed->settings.origins[i].listed;
    bool divides = sourcing_divides_orders(plant->settings.stocks[id].choose) ||
                   sourcing_divides_orders(changed->settings.stocks[id].choose);
    bool planned = plant->plans.node_of && plant->plans.node_of[id] != NOBODY;
    if (moved && (divides || planned))
        fault_error(build->faults, variant->place, NULL,
                    "'%s' changes the sources of stock '%s', which %s", variant->path, stock->name,
                    divides ? "divides its orders between two" : "a plan of requirements knows");
}

static void check_reorders(struct build *build, const struct programme_variant *variant,
                           const struct plant *changed) {
    const struct plant *plant = build->plant;
    for (int32_t s = 0; s < plant->stock_count; s++) {
        const char *what = reorder_stays(plant, changed, s);
        if (what)
            fault_error(build->faults, variant->place,
                        "other policies, their levels and the times of reviews may change",
                        "'%s' changes %s of stock '%s', which cannot be done during a run",
                        variant->path, what, plant->stocks[s].name);
    }
}

static void add_variant(struct build *build, int32_t at) {
    struct plant *plant = build->plant;
    const struct programme_variant *variant = &build->question->variants[at];
    const struct plant *changed = plant->variants[at];
    struct programme *programme = &plant->programmes[variant->programme];
    if (!same_sizes(plant, changed)) {
        fault_error(build->faults, variant->place,
                    "write it from the start, such that it does nothing at first",
                    "'%s' makes or removes something, which cannot be done during a run",
                    variant->path);
        return;
    }
    check_batches(build, variant, changed);
    check_reorders(build, variant, changed);
    for (int32_t s = 0; s < plant->stock_count; s++) check_sources(build, variant, changed, s);
    struct changes changes = changes_find(&plant->arena, plant, changed, variant->kind);
    if (changes.count == 0 && !fault_known(build->faults, variant->place))
        fault_warning(build->faults, variant->place, NULL,
                      "programme '%s' does nothing with '%s': it is so already, or nothing uses it",
                      programme->name, variant->path);
    check_growth(build, programme, variant, &changes);
    if (variant->dip)
        programme->dips[programme->dip_count++] = changes;
    else
        programme->changes[programme->change_count++] = changes;
    make_fit(plant, changed);
}

static void build_programme(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct programme_spec *spec = &THINGS(build->world->programmes, programme)[self];
    struct programme *programme = &plant->programmes[self];
    size_t room = 1;
    for (int32_t v = 0; v < build->question->variant_count; v++)
        room += build->question->variants[v].programme == self;
    *programme = (struct programme){
        .name = spec->thing.name,
        .spec = spec,
        .at = spec->at.ticks == SPAN_WORD(PROGRAMME_NEVER) ? TICK_NEVER
                                                           : spec->at.ticks + plant->warm_up,
        .changes = arena_take(&plant->arena, room * sizeof *programme->changes),
        .dips = arena_take(&plant->arena, room * sizeof *programme->dips),
        .success_stream = build_stream(build, "programmes.%s/success", spec->thing.name)};
    plant->chance |= spec->success < 1;
    if (programme->at < plant->warm_up)
        fault_error(build->faults, spec->thing.place, "at: 0 d",
                    "'%s' would start before measuring begins", spec->thing.name);
    if (build->question->antithetic)
        fault_error(build->faults, spec->thing.place, "antithetic: no",
                    "programmes and antithetic replications do not go together");
}

static void build_result(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct result_name *name = &build->question->results[self];
    struct watched watched;
    bool level = !name->window && build_level_at(build, name->path, &watched);
    int32_t column = layout_find(&plant->layout, name->path);
    plant->results[self] = (struct result){.watched = level ? (int32_t)watched.what : NOBODY,
                                           .index = level ? watched.index : NOBODY,
                                           .column = column,
                                           .scale = name->scale,
                                           .window = name->window,
                                           .path = name->path};
    if (column < 0 && !level)
        fault_error(build->faults, name->place, NULL, "there is no result '%s'", name->path);
    else if (!level && name->often)
        fault_error(build->faults, name->place, "review: day",
                    "'%s' is measured over time and cannot be looked at after every event",
                    name->path);
}

void build_programmes(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, programmes, plant->programme_count);
    plant->result_count = build->question->result_count;
    BUILD_TAKE(build, results, plant->result_count);
    for (int32_t i = 0; i < plant->result_count; i++) build_result(build, i);
    for (int32_t i = 0; i < plant->programme_count; i++) build_programme(build, i);
    for (int32_t v = 0; v < plant->variant_count; v++) add_variant(build, v);
    rate_limits(build);
}
