/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items, routes and their steps. */
#include "build.h"

#include <math.h>
#include <stdlib.h>
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

int32_t build_route_count(const struct item_spec *item) {
    return item->routes.count ? item->routes.count : item->route.count > 0;
}

const struct map *build_route(const struct item_spec *item, int32_t route) {
    return item->routes.count ? &THINGS(item->routes, route)[route].steps : &item->route;
}

/* Steps as written, and their places. */
static int32_t count_steps(const struct item_spec *item) {
    int32_t count = 0;
    for (int32_t r = 0; r < build_route_count(item); r++) {
        const struct map *route = build_route(item, r);
        count += route->count;
        for (int32_t s = 0; s < route->count; s++)
            count += build_place_count(&THINGS(*route, step)[s]);
    }
    return count;
}

void build_items(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, items, plant->item_count);
    int32_t step = 0;
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *spec = &THINGS(build->world->items, item)[i];
        struct item *item = &plant->items[i];
        int32_t count = count_steps(spec);
        *item = (struct item){.name = spec->thing.name,
                              .first_step = count ? step : NOBODY,
                              .step_count = count,
                              .weight = spec->weight,
                              .volume = spec->volume * 1000,
                              .stock = NOBODY};
        item_unit(item, spec->unit);
        if (item->dimension.mass) item->weight = item->unit_scale;
        if (item->dimension.length == 3) item->volume = item->unit_scale * 1000;
        step += count;
        plant->settings.items[i] = (struct item_settings){
            .lot = spec->lot,
            .cost = build_price(build, spec->cost, i, spec->thing.place, "cost"),
            .price = build_price(build, spec->price, i, spec->thing.place, "price"),
            .shelf_life = spec->shelf_life.ticks};
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
    const struct share_spec *at = spec->at.things;
    if (spec->at.count) return at[0].self.index < 0 ? 0 : at[0].self.index; /* a fault is added */
    const struct map *stations = &build->world->stations;
    for (int32_t i = 0; i < stations->count; i++)
        if (strcmp(THINGS(*stations, station)[i].thing.name, spec->thing.name) == 0) return i;
    fault_error(build->faults, spec->thing.place,
                "a step has the name of its station, or says it: {at: NAME}",
                "there is no station '%s'", spec->thing.name);
    return NOBODY;
}

int32_t build_step_named(const struct build *build, int32_t near, const char *name) {
    const struct plant *plant = build->plant;
    for (int32_t at = plant_route_first(plant, near); at < plant_route_end(plant, near); at++)
        if (strcmp(plant->steps[at].name, name) == 0) return at;
    return NOBODY;
}

const char *build_step_path(struct build *build, int32_t at) {
    const struct step *step = &build->plant->steps[at];
    const struct item_spec *item = &THINGS(build->world->items, item)[step->item];
    if (item->routes.count)
        return arena_text(&build->plant->arena, "items.%s.routes.%s.steps.%s", item->thing.name,
                          THINGS(item->routes, route)[step->route].thing.name, step->name);
    return arena_text(&build->plant->arena, "items.%s.route.%s", item->thing.name, step->name);
}

static void build_branches(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[self];
    const struct step_spec *spec = step->spec;
    const struct share_spec *shares = spec->next.things;
    double sum = 0, so_far = 0;
    for (int32_t i = 0; i < spec->next.count; i++) sum += shares[i].share;
    step->branch_first = plant->branch_count;
    for (int32_t i = 0; i < spec->next.count; i++) {
        bool out = strcmp(shares[i].thing.name, "out") == 0;
        int32_t to = out ? NOBODY : build_step_named(build, self, shares[i].thing.name);
        if (!out && to == NOBODY)
            fault_error(build->faults, shares[i].thing.place, "`out` leaves",
                        "the route of '%s' has no step '%s'", plant->items[step->item].name,
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

static void build_rework(struct build *build, int32_t self) {
    struct step *step = &build->plant->steps[self];
    struct step_settings *settings = &build->plant->settings.steps[self];
    const struct step_spec *spec = step->spec;
    const struct rework_spec *rework = spec->rework.block;
    if (!rework) return;
    step->flags |= STEP_REWORK;
    step->rework_to = rework->to ? build_step_named(build, self, rework->to) : self;
    if (step->rework_to == NOBODY)
        fault_error(build->faults, spec->thing.place, NULL,
                    "the route of '%s' has no step '%s' for rework",
                    build->plant->items[step->item].name, rework->to);
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
                             struct step_settings *settings, int32_t station) {
    const struct station_spec *at = &THINGS(build->world->stations, station)[station];
    const struct step_batch_spec *own = spec->batch.block;
    const struct batch_spec *batch = at->batch.block;
    settings->batch_min = settings->batch_max = 1;
    settings->batch_wait = TICK_NEVER;
    if (own && !batch)
        fault_error(build->faults, spec->thing.place, "give the station a `batch`",
                    "step '%s' speaks of a batch, and station '%s' has none", spec->thing.name,
                    at->thing.name);
    if (!batch) return;
    if (own) build_batch_counts(build, station, &own->min, &own->max, spec->thing.place);
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
    else if (own && at->queue.room != COUNT_WORD(0) &&
             !build->plant->stations[station].batch_pieces && at->queue.room < min.value)
        fault_error(build->faults, spec->thing.place, NULL,
                    "the room before station '%s' is for %d lots, too few for the batch of '%s'",
                    at->thing.name, at->queue.room, spec->thing.name);
}

/* What the step is called and where it stands: all that others of its route ask for. */
static void name_step(struct build *build, int32_t self, int32_t item, int32_t number,
                      int32_t position) {
    const struct map *route = build_route(&THINGS(build->world->items, item)[item], number);
    const struct step_spec *spec = &THINGS(*route, step)[position];
    build->plant->steps[self] =
        (struct step){.item = item,
                      .spec = spec,
                      .written = self,
                      .route = number,
                      .next = position + 1 < route->count ? self + 1 : NOBODY,
                      .position = position,
                      .steps_in_route = route->count,
                      .setup = NOBODY,
                      .binds = NOBODY,
                      .bound = NOBODY,
                      .limits = NOBODY,
                      .pool = NOBODY,
                      .name = spec->thing.name};
}

static void build_streams(struct build *build, int32_t self) {
    struct step *step = &build->plant->steps[self];
    const char *path = build_step_path(build, self);
    step->time_stream = build_stream(build, "%s/time", path);
    step->load_stream = build_stream(build, "%s/load", path);
    step->cascade_stream = build_stream(build, "%s/cascade", path);
    step->unload_stream = build_stream(build, "%s/unload", path);
    step->setup_stream = build_stream(build, "%s/setup", path);
    step->scrap_stream = build_stream(build, "%s/scrap", path);
    step->rework_stream = build_stream(build, "%s/rework", path);
    step->next_stream = build_stream(build, "%s/next", path);
    step->sample_stream = build_stream(build, "%s/sample", path);
    step->choose_stream = build_stream(build, "%s/choose", path);
}

/* What the step is at this station. */
static void build_at(struct build *build, int32_t self, int32_t station) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[self];
    const struct step_spec *spec = step->spec;
    const struct station_spec *at = &THINGS(build->world->stations, station)[station];
    struct step_settings *settings = &plant->settings.steps[self];
    step->station = station;
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
    build_step_batch(build, spec, settings, station);
    if (!law_nothing(&settings->load) || !law_nothing(&settings->unload))
        step->flags |= STEP_PHASES;
    if (settings->scrap > 0) step->flags |= STEP_SCRAP;
    if (settings->piece_cost_micro) step->flags |= STEP_COST;
    bool alone = !law_needs_env(&settings->time) && !law_is_traced(&settings->time);
    if (alone && !(step->flags & STEP_PHASES) && !plant->stations[station].has_batch)
        step->flags |= STEP_AHEAD;
    build_uses(build, &spec->uses, station, &step->use_first, &step->use_count);
    build_makes(build, spec, step);
    if (step->use_count) step->flags |= STEP_USES;
    plant->chance |= build_chance(&settings->time) || step->flags & STEP_SCRAP;
}

/* Copies what a step does whatever its station is. */
static void copy_rework(struct plant *plant, int32_t from, int32_t to) {
    const struct step_settings *settings = &plant->settings.steps[from];
    plant->steps[to].flags |= plant->steps[from].flags & STEP_REWORK;
    plant->steps[to].rework_to = plant->steps[from].rework_to;
    plant->settings.steps[to].rework_share = settings->rework_share;
    plant->settings.steps[to].rework_times = settings->rework_times;
    plant->settings.steps[to].rework_then = settings->rework_then;
}

/* Its places, from FIRST on. As written it is as at the first of its stations. */
static void build_step_places(struct build *build, int32_t self, int32_t first, int32_t count) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[self];
    const struct share_spec *at = step->spec->at.things;
    for (int32_t i = 0; i < count; i++) {
        plant->steps[first + i] = *step;
        build_at(build, first + i, at[i].self.index < 0 ? 0 : at[i].self.index);
    }
    *step = plant->steps[first];
    plant->settings.steps[self] = plant->settings.steps[first];
    step->place_first = first;
    step->place_count = count;
    build_rework(build, self);
    for (int32_t i = 0; i < count; i++) copy_rework(plant, self, first + i);
    build_choose(build, self);
}

/* PLACE: where its places begin, if it has any. Returns how many. */
static int32_t build_step(struct build *build, int32_t self, int32_t place) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[self];
    int32_t places = build_place_count(step->spec);
    int32_t station = places ? 0 : station_of(build, step->spec);
    build_streams(build, self);
    if (station ==
        NOBODY) { /* a fault: it asks nothing of a station that happens to be the first */
        plant->settings.steps[self].cascade.kind = ABSENT_LAW;
        plant->settings.steps[self].sample = 1;
        return 0;
    }
    build_branches(build, self);
    if (places)
        build_step_places(build, self, place, places);
    else {
        build_at(build, self, station);
        build_rework(build, self);
        build_choose(build, self);
    }
    plant->chance |= (step->flags & (STEP_REWORK | STEP_BRANCH)) != 0;
    return places;
}

static int32_t count_uses(const struct map *uses) {
    int32_t count = uses->count;
    for (int32_t i = 0; i < uses->count; i++) count += THINGS(*uses, use)[i].or.count;
    return count;
}

/* Rooms that the steps of an item need. */
struct step_rooms {
    int32_t uses, makes, branches;
};

static void add_rooms(const struct item_spec *item, struct step_rooms *rooms) {
    rooms->uses += count_uses(&item->uses);
    for (int32_t r = 0; r < build_route_count(item); r++) {
        const struct map *route = build_route(item, r);
        for (int32_t s = 0; s < route->count; s++) {
            const struct step_spec *step = &THINGS(*route, step)[s];
            int32_t times = 1 + build_place_count(step);
            rooms->uses += times * count_uses(&step->uses);
            rooms->makes += times * step->makes.count;
            rooms->branches += step->next.count;
        }
    }
}

/* All steps of an item, from FIRST on. Returns how many are written. */
static int32_t name_steps(struct build *build, int32_t item, int32_t first) {
    const struct item_spec *spec = &THINGS(build->world->items, item)[item];
    int32_t self = first;
    for (int32_t r = 0; r < build_route_count(spec); r++) {
        for (int32_t s = 0; s < build_route(spec, r)->count; s++)
            name_step(build, self++, item, r, s);
    }
    return self - first;
}

/* Does a lot that is done here come to the end, by what is known so far of the steps behind? */
static bool comes_out(const struct plant *plant, int32_t at, const bool *known, int32_t first) {
    const struct step *step = &plant->steps[at];
    if (!(step->flags & STEP_BRANCH)) return step->next == NOBODY || known[step->next - first];
    for (int32_t i = step->branch_first; i < step->branch_first + step->branch_count; i++) {
        int32_t to = plant->branches[i].step;
        if (to == NOBODY || known[to - first]) return true;
    }
    return false;
}

/* A route that leads back for ever, as when a step for rework stands behind the last one. */
static void check_ends(struct build *build, int32_t first, int32_t count) {
    const struct plant *plant = build->plant;
    bool *ends = memory_zeroed((size_t)count + 1, sizeof *ends);
    for (bool more = true; more;) {
        more = false;
        for (int32_t i = count - 1; i >= 0; i--)
            if (!ends[i] && comes_out(plant, first + i, ends, first)) more = ends[i] = true;
    }
    for (int32_t i = 0, begin = 0; i < count; i++) {
        const struct step *step = &plant->steps[first + i];
        if (i + 1 < count && step->route == step[1].route) continue; /* not its last */
        if (!ends[begin])
            fault_warning(
                build->faults, step->spec->thing.place,
                "`next: out` at the last step of good lots; steps for rework stand behind",
                "no lot of '%s' comes to the end of its route: the last step, '%s', leads "
                "back",
                plant->items[step->item].name, step->name);
        begin = i + 1;
    }
    free(ends);
}

void build_steps(struct build *build) {
    struct plant *plant = build->plant;
    struct step_rooms rooms = {0};
    for (int32_t i = 0; i < plant->item_count; i++)
        add_rooms(&THINGS(build->world->items, item)[i], &rooms);
    BUILD_TAKE(build, uses, rooms.uses);
    BUILD_TAKE(build, makes, rooms.makes);
    BUILD_TAKE(build, branches, rooms.branches);
    BUILD_TAKE(build, steps, plant->step_count);
    for (int32_t i = 0, first = 0; i < plant->item_count; i++) {
        struct item *item = &plant->items[i];
        int32_t written = name_steps(build, i, first), place = first + written;
        for (int32_t at = first; at < first + written; at++) place += build_step(build, at, place);
        check_ends(build, first, written);
        build_uses(build, &THINGS(build->world->items, item)[i].uses,
                   item->step_count ? plant->steps[first].station : NOBODY, &item->use_first,
                   &item->use_count);
        first += item->step_count;
    }
}
