/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items, routes and their steps. */
#include "build.h"

#include <math.h>
#include <string.h>

/* ---- items ---- */
struct unit_word {
    const char *word;
    struct dimension dimension;
    double scale;
};
static const struct unit_word unit_words[] = {
    {"g", {.mass = 1}, 1e-3},    {"kg", {.mass = 1}, 1},      {"t", {.mass = 1}, 1e3},
    {"mm", {.length = 1}, 1e-3}, {"cm", {.length = 1}, 1e-2}, {"m", {.length = 1}, 1},
    {"km", {.length = 1}, 1e3},  {"m2", {.length = 2}, 1},    {"m3", {.length = 3}, 1},
    {"l", {.length = 3}, 1e-3},  {"kWh", {.energy = 1}, 1},
};

static void item_unit(struct item *item, const char *unit) {
    item->unit = unit;
    item->unit_scale = 1;
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strcmp(unit, unit_words[i].word) == 0) {
            item->dimension = unit_words[i].dimension;
            item->unit_scale = unit_words[i].scale;
        }
}

void build_items(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, items, plant->item_count);
    int32_t step = 0;
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *spec = &THINGS(build->world->items, item)[i];
        struct item *item = &plant->items[i];
        *item = (struct item){.name = spec->thing.name,
                              .first_step = spec->route.count ? step : NOBODY,
                              .step_count = spec->route.count,
                              .lot = spec->lot,
                              .weight = spec->weight,
                              .stock = NOBODY};
        item_unit(item, spec->unit);
        if (item->dimension.mass) item->weight = item->unit_scale;
        step += spec->route.count;
        plant->settings.items[i] = (struct item_settings){
            build_price(build, spec->cost, i, spec->thing.place, "cost"),
            build_price(build, spec->price, i, spec->thing.place, "price"), spec->shelf_life.ticks};
    }
}

/* ---- uses: bills of materials ---- */
/* The stock that holds the item; of several, the one that lies where the station does. NOBODY, and
 * OTHER one of several, when that does not tell. */
static int32_t stock_at(const struct build *build, int32_t item, int32_t station, int32_t *other) {
    const struct world_spec *world = build->world;
    int32_t site =
        station == NOBODY ? NOBODY : THINGS(world->stations, station)[station].site.index;
    int32_t any = NOBODY, here = NOBODY, count = 0, near = 0;
    for (int32_t i = 0; i < build->plant->stock_count; i++) {
        if (build->plant->stocks[i].item != item) continue;
        count++;
        any = i;
        if (site < 0 || THINGS(world->stocks, stock)[i].site.index != site) continue;
        near++;
        here = i;
    }
    *other = any;
    return count == 1 ? any : near == 1 ? here : NOBODY;
}

/* The stock that GIVEN names, or that the item has: KEY would say which. */
static int32_t stock_said(struct build *build, const struct thing *thing, int32_t item,
                          const struct ref *given, int32_t station, const char *key) {
    const struct plant *plant = build->plant;
    int32_t other;
    if (given->index >= 0) {
        if (plant->stocks[given->index].item != item)
            fault_error(build->faults, given->place, NULL, "'%s' does not hold '%s'", given->name,
                        thing->name);
        return given->index;
    }
    int32_t found = stock_at(build, item, station, &other);
    if (found != NOBODY) return found;
    if (other == NOBODY)
        fault_error(build->faults, thing->place, "add a stock that holds it",
                    "no stock holds '%s', which %s here", thing->name,
                    strcmp(key, "to") == 0 ? "comes out" : "is used");
    else
        fault_error(build->faults, thing->place,
                    arena_text(&build->plant->arena, "say which with `%s`", key),
                    "'%s' is held by '%s' and by others", thing->name, plant->stocks[other].name);
    return NOBODY;
}

static bool add_use(struct build *build, const struct use_spec *spec, int32_t station) {
    struct plant *plant = build->plant;
    if (spec->self.index < 0) return false;
    int32_t stock = stock_said(build, &spec->thing, spec->self.index, &spec->from, station, "from");
    if (stock == NOBODY) return false;
    plant->uses[plant->use_count++] =
        (struct use){.item = spec->self.index,
                     .stock = stock,
                     .amount = build_amount(build, spec->amount, spec->self.index,
                                            spec->thing.place, "the amount")};
    return true;
}

static void add_choices(struct build *build, const struct use_spec *spec, int32_t use,
                        int32_t station) {
    struct plant *plant = build->plant;
    const struct use_spec *choices = spec->or.things;
    plant->uses[use].or_first = plant->use_count;
    for (int32_t i = 0; i < spec->or.count; i++) {
        if (!add_use(build, &choices[i], station)) continue;
        plant->stocks[plant->uses[plant->use_count - 1].stock].replaces = true;
        plant->use_choices = true;
    }
    plant->uses[use].or_count = plant->use_count - plant->uses[use].or_first;
}

/* The uses, one behind the other, and behind them what may be taken instead. */
static void build_uses(struct build *build, const struct map *uses, int32_t station, int32_t *first,
                       int32_t *count) {
    const struct use_spec *specs = uses->things;
    *first = build->plant->use_count;
    for (int32_t i = 0; i < uses->count; i++) {
        bool kit = build_is_kit(build, &specs[i]);
        if (kit && specs[i].or.count)
            fault_error(build->faults, specs[i].thing.place, "a stock of it may be short",
                        "'%s' is made for each lot, so nothing is used instead",
                        specs[i].thing.name);
        if (!kit) (void)add_use(build, &specs[i], station);
    }
    *count = build->plant->use_count - *first;
    for (int32_t i = 0, use = *first; i < uses->count && use < *first + *count; i++)
        if (specs[i].self.index == build->plant->uses[use].item)
            add_choices(build, &specs[i], use++, station);
}

static void build_makes(struct build *build, const struct step_spec *spec, struct step *step) {
    struct plant *plant = build->plant;
    const struct make_spec *makes = spec->makes.things;
    step->make_first = plant->make_count;
    for (int32_t i = 0; i < spec->makes.count; i++) {
        if (makes[i].self.index < 0) continue;
        int32_t stock = stock_said(build, &makes[i].thing, makes[i].self.index, &makes[i].to,
                                   step->station, "to");
        int64_t amount = build_amount(build, makes[i].amount, makes[i].self.index,
                                      makes[i].thing.place, "the amount");
        if (stock != NOBODY) plant->makes[plant->make_count++] = (struct make){stock, amount};
    }
    step->make_count = plant->make_count - step->make_first;
    if (step->make_count) step->flags |= STEP_MAKES;
}

/* ---- steps ---- */
static int32_t station_of(struct build *build, const struct step_spec *spec) {
    if (spec->at.index >= 0) return spec->at.index;
    if (spec->at.name) return 0; /* a fault was added when the name was looked up */
    const struct map *stations = &build->world->stations;
    for (int32_t i = 0; i < stations->count; i++)
        if (strcmp(THINGS(*stations, station)[i].thing.name, spec->thing.name) == 0) return i;
    fault_error(build->faults, spec->thing.place,
                "a step has the name of its station, or says it: {at: NAME}",
                "there is no station '%s'", spec->thing.name);
    return NOBODY;
}

static int32_t step_named(const struct build *build, const struct item_spec *item, int32_t first,
                          const char *name) {
    (void)build;
    for (int32_t i = 0; i < item->route.count; i++)
        if (strcmp(THINGS(item->route, step)[i].thing.name, name) == 0) return first + i;
    return NOBODY;
}

int32_t build_step_named(const struct build *build, int32_t item, const char *name) {
    return step_named(build, &THINGS(build->world->items, item)[item],
                      build->plant->items[item].first_step, name);
}

static void build_branches(struct build *build, const struct item_spec *item, int32_t first,
                           const struct step_spec *spec, struct step *step) {
    struct plant *plant = build->plant;
    const struct share_spec *shares = spec->next.things;
    double sum = 0, so_far = 0;
    for (int32_t i = 0; i < spec->next.count; i++) sum += shares[i].share;
    step->branch_first = plant->branch_count;
    for (int32_t i = 0; i < spec->next.count; i++) {
        bool out = strcmp(shares[i].thing.name, "out") == 0;
        int32_t to = out ? NOBODY : step_named(build, item, first, shares[i].thing.name);
        if (!out && to == NOBODY)
            fault_error(build->faults, shares[i].thing.place, "`out` leaves",
                        "the route of '%s' has no step '%s'", item->thing.name,
                        shares[i].thing.name);
        so_far += shares[i].share / sum;
        plant->branches[plant->branch_count++] = (struct branch){so_far, to};
    }
    step->branch_count = spec->next.count;
    if (spec->next.count > 1)
        step->flags |= STEP_BRANCH;
    else if (spec->next.count == 1)
        step->next = plant->branches[step->branch_first].step;
    if (sum > 1 + 1e-9 && spec->next.count > 1)
        fault_error(build->faults, spec->thing.place, NULL,
                    "the shares of 'next' add up to %.6g %%", sum * 100);
}

static void build_rework(struct build *build, const struct item_spec *item, int32_t first,
                         const struct step_spec *spec, struct step *step,
                         struct step_settings *settings, int32_t self) {
    const struct rework_spec *rework = spec->rework.block;
    if (!rework) return;
    step->flags |= STEP_REWORK;
    step->rework_to = rework->to ? step_named(build, item, first, rework->to) : self;
    if (step->rework_to == NOBODY)
        fault_error(build->faults, spec->thing.place, NULL,
                    "the route of '%s' has no step '%s' for rework", item->thing.name, rework->to);
    settings->rework_share = rework->share;
    settings->rework_times = rework->times;
    settings->rework_then = rework->then.index;
}

static bool law_given(const struct law *law) {
    return law->kind != (int32_t)ABSENT_LAW;
}

static bool law_nothing(const struct law *law) {
    return law_constant(law) && law->a == 0;
}

static void build_step_setup(struct build *build, const struct step_spec *spec,
                             struct step_settings *settings, const struct station_spec *at) {
    const struct step_setup_spec *own = spec->setup.block;
    const struct setup_spec *setup = at->setup.block;
    const struct batch_spec *batch = at->batch.block;
    bool sorts = batch && batch->of.index == BATCH_OF_TOOL; /* tools also tell batches apart */
    if ((own || (spec->tool && !sorts)) && !setup)
        fault_error(build->faults, spec->thing.place, "give the station a `setup`",
                    "step '%s' speaks of a setup, and station '%s' has none", spec->thing.name,
                    at->thing.name);
    if (!own || !setup) return;
    settings->setup = own->time;
    settings->setup_cost_micro =
        own->cost.micro == ABSENT_MONEY ? setup->cost.micro : own->cost.micro;
    build->plant->chance |= build_chance(&own->time);
}

/* What batches a lot for this step begins. */
static void build_step_batch(struct build *build, const struct step_spec *spec,
                             struct step_settings *settings, const struct station_spec *at) {
    const struct step_batch_spec *own = spec->batch.block;
    const struct batch_spec *batch = at->batch.block;
    settings->batch_min = settings->batch_max = 1;
    settings->batch_wait = TICK_NEVER;
    if (own && !batch)
        fault_error(build->faults, spec->thing.place, "give the station a `batch`",
                    "step '%s' speaks of a batch, and station '%s' has none", spec->thing.name,
                    at->thing.name);
    if (!batch) return;
    struct amount min = own && own->min.given ? own->min : batch->min,
                  max = own && own->max.given ? own->max : batch->max;
    settings->batch_min = llrint(min.value);
    settings->batch_max = llrint(max.value);
    settings->batch_wait =
        own && own->wait.ticks != ABSENT_TICKS ? own->wait.ticks : batch->wait.ticks;
    if (!max.given)
        fault_error(build->faults, spec->thing.place, "batch: {max: 4}, at the station or the step",
                    "'max' must be given for the batches of '%s' at station '%s'", spec->thing.name,
                    at->thing.name);
    else if (own && min.value > max.value)
        fault_error(build->faults, spec->thing.place, NULL,
                    "the batch of step '%s' has max %g below min %g", spec->thing.name, max.value,
                    min.value);
    else if (own && at->queue.room != COUNT_WORD(0) && batch->counts.index == 0 &&
             at->queue.room < min.value)
        fault_error(build->faults, spec->thing.place, NULL,
                    "the room before station '%s' is for %d lots, too few for the batch of '%s'",
                    at->thing.name, at->queue.room, spec->thing.name);
}

static void build_step(struct build *build, int32_t item_index, int32_t position, int32_t self) {
    struct plant *plant = build->plant;
    const struct item_spec *item = &THINGS(build->world->items, item)[item_index];
    const struct step_spec *spec = &THINGS(item->route, step)[position];
    struct step *step = &plant->steps[self];
    int32_t station = station_of(build, spec), first = self - position;
    const char *path =
        arena_text(&plant->arena, "items.%s.route.%s", item->thing.name, spec->thing.name);
    *step = (struct step){.item = item_index,
                          .station = station == NOBODY ? 0 : station,
                          .next = position + 1 < item->route.count ? self + 1 : NOBODY,
                          .position = position,
                          .steps_in_route = item->route.count,
                          .setup = NOBODY,
                          .binds = NOBODY,
                          .bound = NOBODY,
                          .name = spec->thing.name,
                          .time_stream = build_stream(build, "%s/time", path),
                          .load_stream = build_stream(build, "%s/load", path),
                          .cascade_stream = build_stream(build, "%s/cascade", path),
                          .unload_stream = build_stream(build, "%s/unload", path),
                          .setup_stream = build_stream(build, "%s/setup", path),
                          .scrap_stream = build_stream(build, "%s/scrap", path),
                          .rework_stream = build_stream(build, "%s/rework", path),
                          .next_stream = build_stream(build, "%s/next", path),
                          .sample_stream = build_stream(build, "%s/sample", path)};
    if (station ==
        NOBODY) { /* a fault: it asks nothing of a station that happens to be the first */
        plant->settings.steps[self].cascade.kind = ABSENT_LAW;
        plant->settings.steps[self].sample = 1;
        return;
    }
    const struct station_spec *at = &THINGS(build->world->stations, station)[station];
    struct step_settings *settings = &plant->settings.steps[self];
    *settings = (struct step_settings){
        .time = law_given(&spec->time) ? spec->time : at->time,
        .load = law_given(&spec->load) ? spec->load : at->load,
        .cascade = law_given(&spec->cascade) ? spec->cascade : at->cascade,
        .unload = law_given(&spec->unload) ? spec->unload : at->unload,
        .scrap = isnan(spec->scrap) ? at->scrap : spec->scrap,
        .piece_cost_micro = spec->cost.micro,
        .transfer = spec->transfer == ABSENT_COUNT ? INT32_MAX : spec->transfer,
        .setup = {.kind = ABSENT_LAW},
        .sample = spec->sample};
    build_step_setup(build, spec, settings, at);
    build_step_batch(build, spec, settings, at);
    if (!law_nothing(&settings->load) || !law_nothing(&settings->unload))
        step->flags |= STEP_PHASES;
    if (settings->scrap > 0) step->flags |= STEP_SCRAP;
    if (settings->piece_cost_micro) step->flags |= STEP_COST;
    bool alone = !law_needs_env(&settings->time) && !law_is_traced(&settings->time);
    if (alone && !(step->flags & STEP_PHASES) && !plant->stations[station].has_batch)
        step->flags |= STEP_AHEAD;
    build_branches(build, item, first, spec, step);
    build_rework(build, item, first, spec, step, settings, self);
    build_uses(build, &spec->uses, step->station, &step->use_first, &step->use_count);
    build_makes(build, spec, step);
    if (step->use_count) step->flags |= STEP_USES;
    plant->chance |=
        build_chance(&settings->time) || step->flags & (STEP_SCRAP | STEP_REWORK | STEP_BRANCH);
}

static int32_t count_uses(const struct map *uses) {
    int32_t count = uses->count;
    for (int32_t i = 0; i < uses->count; i++) count += THINGS(*uses, use)[i].or.count;
    return count;
}

void build_steps(struct build *build) {
    struct plant *plant = build->plant;
    int32_t uses = 0, makes = 0, branches = 0, self = 0;
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *item = &THINGS(build->world->items, item)[i];
        uses += count_uses(&item->uses);
        for (int32_t s = 0; s < item->route.count; s++) {
            uses += count_uses(&THINGS(item->route, step)[s].uses);
            makes += THINGS(item->route, step)[s].makes.count;
            branches += THINGS(item->route, step)[s].next.count;
        }
    }
    BUILD_TAKE(build, uses, uses);
    BUILD_TAKE(build, makes, makes);
    BUILD_TAKE(build, branches, branches);
    BUILD_TAKE(build, steps, plant->step_count);
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *item = &THINGS(build->world->items, item)[i];
        int32_t first = self;
        for (int32_t s = 0; s < item->route.count; s++) build_step(build, i, s, self++);
        build_uses(build, &item->uses, item->route.count ? plant->steps[first].station : NOBODY,
                   &plant->items[i].use_first, &plant->items[i].use_count);
    }
}
