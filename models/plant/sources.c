/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Releases and customers as sources of lots and orders, and the flows that they start. */
#include "../chain/bound.h"
#include "../floor/floor.h"
#include "build.h"

#include <string.h>

#include <math.h>
#include <stdlib.h>

/* ---- what is ordered ---- */
void build_check_made(struct build *build, int32_t item, struct place place, const char *by) {
    if (build->plant->items[item].first_step == NOBODY)
        fault_error(build->faults, place, "give it a route",
                    "'%s' has no route, and %s would make it", build->plant->items[item].name, by);
}

static void add_flow(struct build *build, struct source *source, int32_t self, int32_t item,
                     double upto) {
    struct plant *plant = build->plant;
    plant->shares[plant->share_count++] = (struct share){upto, item};
    plant->flows[plant->flow_count++] = (struct flow){.source = self,
                                                      .item = item,
                                                      .stock = source->to,
                                                      .origin = NOBODY,
                                                      .route = NOBODY,
                                                      .kit_use = NOBODY};
    source->share_count++;
}

void build_shares(struct build *build, struct source *source, int32_t self,
                  const struct map *shares) {
    const struct share_spec *list = shares->things;
    struct plant *plant = build->plant;
    double sum = 0, so_far = 0;
    source->share_first = plant->share_count;
    source->flow_first = plant->flow_count;
    for (int32_t i = 0; i < shares->count; i++) sum += list[i].share;
    for (int32_t i = 0; i < shares->count; i++) {
        if (list[i].self.section < 0 || list[i].self.index < 0) continue;
        so_far += list[i].share / sum;
        add_flow(build, source, self, list[i].self.index, so_far);
        if (!source->is_customer)
            build_check_made(build, list[i].self.index, list[i].thing.place, source->name);
    }
    if (source->share_count > 1 && !source->each) plant->chance = true;
}

/* `each`, or a list whose entries name their own items: one share for every item that has a route.
 */
static void share_all(struct build *build, struct source *source, int32_t self) {
    source->share_first = build->plant->share_count;
    source->flow_first = build->plant->flow_count;
    for (int32_t i = 0; i < build->plant->item_count; i++)
        if (build->plant->items[i].first_step != NOBODY) add_flow(build, source, self, i, 1);
}

/* ---- when ---- */
static int tick_order(const void *a, const void *b) {
    tick x = *(const tick *)a, y = *(const tick *)b;
    return x < y ? -1 : x > y;
}

static void build_moments(struct build *build, struct source *source,
                          const struct source_spec *spec) {
    const struct moment_spec *at = spec->at.things;
    if (spec->list.count) {
        build_list(build, source, &spec->list);
        return;
    }
    source->moment_count = spec->at.count;
    source->moments =
        arena_take(&build->plant->arena, (size_t)spec->at.count * sizeof *source->moments);
    for (int32_t i = 0; i < spec->at.count; i++)
        source->moments[i] = build_run_time(build, at[i].moment.ticks);
    qsort(source->moments, (size_t)spec->at.count, sizeof *source->moments, tick_order);
}

void build_source(struct build *build, int32_t self, const struct source_spec *spec,
                  const struct thing *thing, bool customer) {
    struct plant *plant = build->plant;
    struct source *source = &plant->sources[self];
    const char *path =
        arena_text(&plant->arena, "%s.%s", customer ? "customers" : "releases", thing->name);
    *source = (struct source){.name = thing->name,
                              .spec = spec,
                              .is_customer = customer,
                              .index = customer ? self - plant->release_count : self,
                              .luck = stream_hash(path),
                              .every_stream = build_stream(build, "%s/every", path),
                              .item_stream = build_stream(build, "%s/item", path),
                              .size_stream = build_stream(build, "%s/size", path),
                              .due_stream = build_stream(build, "%s/due", path),
                              .to = NOBODY,
                              .from = NOBODY,
                              .feeds = NOBODY,
                              .calendar = spec->calendar.index,
                              .first = build_run_time(build, spec->first.ticks),
                              .until = build_run_time(build, spec->until.ticks)};
    plant->settings.sources[self] = (struct source_settings){.every = spec->every,
                                                             .size = spec->size,
                                                             .due = spec->due,
                                                             .rate = spec->rate.formula,
                                                             .priority = spec->priority,
                                                             .weight = 1};
    if (spec->rate.formula) {
        tick end = plant->warm_up + (plant->length == TICK_NEVER ? 10 * TICK_Y : plant->length);
        source->rate_max = bound_rate(plant, spec->rate.formula, end, &source->rate_sure);
        if (!source->rate_sure)
            fault_warning(build->faults, thing->place, "divide by nothing that may be 0",
                          "how high the rate of '%s' rises cannot be proved; a run in which it "
                          "rises beyond %.4g /h stops",
                          thing->name, source->rate_max * (double)TICK_H);
    }
    build_moments(build, source, spec);
    plant->chance |= build_chance(&spec->every) || build_chance(&spec->size) ||
                     build_chance(&spec->due) || spec->rate.formula != NULL;
}

/* ---- releases ---- */
/* Does a lot need a card to come to this step, or to any of its places? */
static bool takes_cards(const struct plant *plant, int32_t at) {
    const struct step *step = &plant->steps[at];
    bool any = step->take_count > 0;
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        any |= plant->steps[i].take_count > 0;
    return any;
}

/* Is a card needed wherever its routes begin? */
static bool cards_everywhere(const struct plant *plant, int32_t item) {
    const struct item *of = &plant->items[item];
    bool all = of->route_count > 0;
    for (int32_t r = of->route_first; r < of->route_first + of->route_count; r++)
        all &= takes_cards(plant, plant->routes[r].first_step);
    return all;
}

static void feed_station(struct build *build, int32_t self, const struct release_spec *spec,
                         int32_t station) {
    struct plant *plant = build->plant;
    if (plant->stations[station].feeder != NOBODY) {
        fault_error(build->faults, spec->thing.place, NULL,
                    "station '%s' is kept fed by '%s' already", plant->stations[station].name,
                    plant->sources[plant->stations[station].feeder].name);
        return;
    }
    plant->sources[self].feeds = station;
    plant->stations[station].feeder = self;
}

/* A lot comes to whichever station would starve. */
static void feed_places(struct build *build, int32_t self, const struct release_spec *spec,
                        const struct step *first) {
    struct plant *plant = build->plant;
    const struct source *source = &plant->sources[self];
    int32_t rule = plant->settings.steps[first->written].choose;
    bool alike = rule != PLACE_SHARE && rule != PLACE_RULE_COUNT;
    for (int32_t i = 0; i < source->share_count; i++) {
        int32_t item = plant->flows[source->flow_first + i].item;
        alike &= plant->items[item].first_step != NOBODY &&
                 plant->steps[plant->items[item].first_step].pool == first->pool;
    }
    if (!alike)
        fault_error(build->faults, spec->thing.place, "every: 5 min",
                    "'%s' keeps all stations of step '%s' fed, so lots do not choose there by "
                    "shares or an expression, nor do other items begin elsewhere",
                    spec->thing.name, first->name);
    for (int32_t i = first->place_first; alike && i < first->place_first + first->place_count; i++)
        feed_station(build, self, spec, plant->steps[i].station);
}

/* A saturated source feeds the first station directly, unless cards stand before it. */
static void build_feeder(struct build *build, int32_t self, const struct release_spec *spec) {
    struct plant *plant = build->plant;
    struct source *source = &plant->sources[self];
    if (source->share_count == 0) return;
    int32_t item = plant->flows[source->flow_first].item;
    if (plant->items[item].first_step == NOBODY) return;
    int32_t station = plant->steps[plant->items[item].first_step].station;
    if (plant->items[item].route_count && !cards_everywhere(plant, item))
        fault_error(build->faults, spec->thing.place, "every: 5 min",
                    "'%s' has several routes: no station is the first to be kept fed",
                    plant->items[item].name);
    if (plant->items[item].shuffled)
        fault_error(build->faults, spec->thing.place, "every: 5 min",
                    "the steps of '%s' come in any order: no station is the first to be kept fed",
                    plant->items[item].name);
    if (plant->steps[plant->items[item].first_step].flags & STEP_SAMPLED)
        fault_error(build->faults, spec->thing.place, "every: 5 min",
                    "some lots of '%s' pass its first step: no station is the first to be kept fed",
                    plant->items[item].name);
    bool kit = plant->steps[plant->items[item].first_step].flags & STEP_KIT;
    bool cards = takes_cards(plant, plant->items[item].first_step);
    if (kit && !cards)
        fault_error(build->faults, spec->thing.place,
                    "cards: {orders: {count: 5, from: FIRST, to: "
                    "LAST}}, with stations of its route",
                    "lots of '%s' would be released without end, for each begins with parts that "
                    "are made for it",
                    plant->items[item].name);
    if (cards || plant->items[item].use_count || kit || plant->items[item].route_count) return;
    const struct step *first = &plant->steps[plant->items[item].first_step];
    if (first->place_count) {
        feed_places(build, self, spec, first);
        return;
    }
    feed_station(build, self, spec, station);
}

static void build_release(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct release_spec *spec = &THINGS(build->world->releases, release)[self];
    build_source(build, self, &spec->source, &spec->thing, false);
    struct source *source = &plant->sources[self];
    source->always = spec->when.index == WHEN_ALWAYS;
    source->to = spec->to.index;
    const struct share_spec *items = spec->item.things;
    source->each = spec->item.count == 1 && items[0].self.section < 0 && items[0].self.index == 0;
    plant->settings.sources[self].lot = spec->lot == ABSENT_COUNT ? 0 : spec->lot;
    plant->settings.sources[self].if_full = spec->if_full.index;
    plant->settings.sources[self].weight = spec->weight;
    if (source->each || spec->item.count == 0)
        share_all(build, source, self);
    else
        build_shares(build, source, self, &spec->item);
    source->one_lot =
        !source->list_count && !source->each && spec->source.size.kind == (int32_t)ABSENT_LAW;
    if (source->to >= 0)
        for (int32_t i = 0; i < source->share_count; i++)
            if (plant->flows[source->flow_first + i].item != plant->stocks[source->to].item)
                fault_error(build->faults, spec->to.place, NULL, "'%s' does not hold '%s'",
                            plant->stocks[source->to].name,
                            plant->items[plant->flows[source->flow_first + i].item].name);
}

static int32_t count_shares(const struct build *build) {
    int32_t count = 0;
    for (int32_t i = 0; i < build->world->releases.count; i++)
        count += THINGS(build->world->releases, release)[i].item.count + build->plant->item_count;
    for (int32_t i = 0; i < build->world->customers.count; i++)
        count += THINGS(build->world->customers, customer)[i].buys.count;
    return count;
}

/* May lots of this flow be made? */
static bool is_made(const struct plant *plant, const struct flow *flow) {
    if (flow->source == NOBODY || !plant->sources[flow->source].is_customer) return true;
    for (int32_t i = 0; i < flow->offer_count; i++)
        if (plant->offers[flow->offer_first + i].stock == NOBODY) return true;
    return false;
}

/* A made item that nobody orders is a slip. */
static void check_ordered(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->item_count; i++) {
        if (plant->items[i].first_step == NOBODY) continue;
        bool ordered = false;
        for (int32_t f = 0; f < plant->flow_count; f++)
            ordered |= plant->flows[f].item == i && is_made(plant, &plant->flows[f]);
        if (!ordered)
            fault_error(build->faults, THINGS(build->world->items, item)[i].thing.place,
                        "add a release, or `from: factory` somewhere",
                        "nothing orders '%s', so nothing will be made", plant->items[i].name);
    }
}

/* A lot goes into a stock as a whole. */
static void check_room(struct build *build, const struct flow *flow) {
    const struct plant *plant = build->plant;
    if (flow->stock == NOBODY || (flow->source != NOBODY && plant->sources[flow->source].from >= 0))
        return;
    int32_t own = flow->source == NOBODY ? 0 : plant->settings.sources[flow->source].lot;
    int64_t lot = own > 0 ? own : plant->settings.items[flow->item].lot;
    if (lot * 1000 <= plant->settings.stocks[flow->stock].room) return;
    fault_error(build->faults, THINGS(build->world->stocks, stock)[flow->stock].thing.place, NULL,
                "stock '%s' never has room for a lot of %lld '%s'", plant->stocks[flow->stock].name,
                (long long)lot, plant->items[flow->item].name);
}

/* ---- work in process ---- */
/* The flows of an item or of a source. */
struct group {
    int32_t count;
    int32_t other; /* the only source of the item, or item of the source; NOBODY: several */
    int32_t level;
};

static void group_add(struct group *group, int32_t other) {
    group->other = group->count == 0 || group->other == other ? other : NOBODY;
    group->count++;
}

/* One level counts all sets of the same flows, so a plant of one item and one source keeps one
 * level and not three. All flows are a set; an item and a source have the same ones
 * when each has the other alone. SAME: the group of the only other. */
static void group_level(struct plant *plant, struct group *group, const struct group *same,
                        int32_t *none) {
    bool alike = same && same->count == group->count && same->level != NOBODY;
    if (group->count == plant->flow_count)
        group->level = plant->all_wip;
    else if (alike)
        group->level = same->level;
    else if (group->count > 0)
        group->level = plant->wip_count++;
    else {
        if (*none == NOBODY) *none = plant->wip_count++;
        group->level = *none;
    }
}

static void count_in(struct flow *flow, int32_t level) {
    for (int32_t i = 0; i < flow->wip_count; i++)
        if (flow->wips[i] == level) return;
    flow->wips[flow->wip_count++] = level;
}

static void build_wips(struct build *build) {
    struct plant *plant = build->plant;
    size_t count = (size_t)(plant->item_count + plant->source_count) + 1;
    struct group *items = memory_zeroed(count, sizeof *items);
    struct group *sources = items + plant->item_count;
    BUILD_TAKE(build, item_wips, plant->item_count);
    BUILD_TAKE(build, source_wips, plant->source_count);
    for (size_t i = 0; i < count; i++) items[i].level = NOBODY;
    for (int32_t f = 0; f < plant->flow_count; f++) {
        const struct flow *flow = &plant->flows[f];
        group_add(&items[flow->item], flow->source);
        if (flow->source != NOBODY) group_add(&sources[flow->source], flow->item);
    }
    int32_t none = plant->flow_count == 0 ? 0 : NOBODY;
    plant->all_wip = plant->wip_count++;
    plant->system_wip = plant->kit_use_count ? plant->wip_count++ : plant->all_wip;
    for (int32_t i = 0; i < plant->item_count; i++) {
        group_level(plant, &items[i], NULL, &none);
        plant->item_wips[i] = items[i].level;
    }
    for (int32_t i = 0; i < plant->source_count; i++) {
        int32_t item = sources[i].count > 0 ? sources[i].other : NOBODY;
        group_level(plant, &sources[i], item == NOBODY ? NULL : &items[item], &none);
        plant->source_wips[i] = sources[i].level;
    }
    for (int32_t f = 0; f < plant->flow_count; f++) {
        struct flow *flow = &plant->flows[f];
        count_in(flow, plant->all_wip);
        if (flow->kit_use == NOBODY) count_in(flow, plant->system_wip);
        count_in(flow, plant->item_wips[flow->item]);
        if (flow->source != NOBODY) count_in(flow, plant->source_wips[flow->source]);
    }
    free(items);
}

/* Steps that alone.c may end in one go: an ordinary step at an ordinary station, and no cards
 * anywhere; and those after which it may start the next. */
static void mark_common_steps(struct plant *plant) {
    bool kept = plant->lane_count > 0; /* may a machine that is idle be kept for somebody? */
    for (int32_t i = 0; i < plant->station_count; i++)
        kept |= plant->stations[i].blocking == BLOCKING_BEFORE;
    for (int32_t i = 0; i < plant->station_count; i++) {
        struct station *station = &plant->stations[i];
        station->ordinary = !station->has_batch && !station->prepares && station->stop_count == 0 &&
                            !station->unlimited && !station->calendars &&
                            station->blocking == BLOCKING_AFTER && !station->pipes &&
                            plant->loop_count == 0 && !station->machines_change;
    }
    for (int32_t i = 0; i < plant->step_count; i++) {
        struct step *step = &plant->steps[i];
        if (step->flags & STEP_EXTRA || plant->stations[step->station].pooled ||
            plant->stations[step->station].preempt)
            plant->stations[step->station].ordinary = false;
    }
    for (int32_t i = 0; i < plant->step_count; i++) {
        struct step *step = &plant->steps[i];
        const struct step *next = step->next == NOBODY ? NULL : &plant->steps[step->next];
        step->next_station = next ? next->station : NOBODY;
        if (plant->stations[step->station].ordinary &&
            (step->flags & ~(uint32_t)(STEP_AHEAD | STEP_ON_COMMON)) == 0)
            step->flags |= STEP_COMMON;
        if (next && plant->stations[next->station].ordinary && !(next->flags & STEP_USES) &&
            plant->stations[next->station].feeder == NOBODY &&
            !(kept && plant->settings.stations[next->station].room != INT32_MAX))
            step->flags |= STEP_ON_COMMON;
    }
}

/* ---- lots made for stocks ---- */
static int32_t route_called(struct build *build, const struct stock *stock, const char *name,
                            struct place place) {
    const struct plant *plant = build->plant;
    const struct item *item = &plant->items[stock->item];
    for (int32_t i = item->route_first; name && i < item->route_first + item->route_count; i++)
        if (strcmp(plant->routes[i].name, name) == 0) return i;
    if (name)
        fault_error(build->faults, place, "its `routes` have names",
                    "item '%s' has no route '%s', by which stock '%s' has it made", item->name,
                    name, stock->name);
    return NOBODY;
}

/* One flow a route. */
static void build_made(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    struct stock *stock = &plant->stocks[self];
    struct place place = THINGS(build->world->stocks, stock)[self].thing.place;
    if (stock->made) build_check_made(build, stock->item, place, stock->name);
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        struct origin *origin = &plant->origins[i];
        if (origin->kind != FROM_FACTORY) continue;
        origin->flow = plant->flow_count;
        plant->flows[plant->flow_count++] =
            (struct flow){.source = NOBODY,
                          .item = stock->item,
                          .stock = self,
                          .origin = i,
                          .route = route_called(build, stock, origin->route_name, place),
                          .kit_use = NOBODY};
    }
}

void build_sources(struct build *build) {
    struct plant *plant = build->plant;
    int32_t shares = count_shares(build);
    BUILD_TAKE(build, sources, plant->source_count);
    BUILD_TAKE(build, shares, shares);
    BUILD_TAKE(build, flows, shares + plant->origin_count + plant->kit_use_count);
    for (int32_t i = 0; i < plant->release_count; i++) build_release(build, i);
    build_customers(build);
    build_standing(build);
    for (int32_t i = 0; i < plant->stock_count; i++) build_made(build, i);
    build_kit_flows(build);
    check_ordered(build);
    for (int32_t i = 0; i < plant->flow_count; i++) check_room(build, &plant->flows[i]);
    build_loops(build);
    for (int32_t i = 0; i < plant->release_count; i++)
        if (plant->sources[i].always)
            build_feeder(build, i, &THINGS(build->world->releases, release)[i]);
    build_wips(build);
    mark_common_steps(plant);
    for (int32_t i = 0; i < plant->flow_count; i++) {
        struct flow *flow = &plant->flows[i];
        const struct item *item = &plant->items[flow->item];
        flow->first_step = item->first_step;
        flow->ordered = flow->stock != NOBODY || flow->kit_use != NOBODY;
        if (item->first_step == NOBODY) continue;
        flow->extra = item->extra;
        flow->enters_freely =
            item->use_count == 0 && !item->extra && plant->steps[item->first_step].take_count == 0;
    }
}
