/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Card loops: which lots need a card, where, and where its way ends.
 *
 * Places become steps: `from` a station is every step there, `from: factory` is the first step of
 * each route. A lot needs the card at such a step when `to` comes later on its route (or at the
 * same step), so a loop between two stations binds those lots only that go from one to the other.
 */
#include "load.h"
#include "build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a loop begins or ends. One of these holds; a step is named, for several items may have it.
 */
struct card_place {
    int32_t station, stock, supplier;
    const char *step;
    bool factory;
};

static bool step_exists(const struct build *build, const char *name) {
    for (int32_t i = 0; i < build->plant->step_count; i++)
        if (build->plant->steps[i].name && strcmp(build->plant->steps[i].name, name) == 0)
            return true;
    return false;
}

static struct card_place place_of(struct build *build, const struct ref *ref) {
    struct card_place place = {NOBODY, NOBODY, NOBODY, NULL, false};
    switch (ref->section) {
    case SECTION_STATIONS: place.station = ref->index; return place;
    case SECTION_STOCKS: place.stock = ref->index; return place;
    case SECTION_SUPPLIERS: place.supplier = ref->index; return place;
    default: break;
    }
    if (ref->index == CARD_PLACE_BOTTLENECK)
        place.station = load_bottleneck(build->plant);
    else if (ref->index == CARD_PLACE_FACTORY || !ref->name || step_exists(build, ref->name)) {
        place.factory = ref->index == CARD_PLACE_FACTORY;
        place.step = place.factory ? NULL : ref->name;
    } else
        fault_error(build->faults, ref->place,
                    "cards go between stations, steps, stocks, suppliers, factory and bottleneck",
                    "there is no station, step, stock or supplier '%s'", ref->name);
    return place;
}

static bool place_is_step(const struct plant *plant, const struct card_place *place, int32_t at) {
    const struct step *step = &plant->steps[at];
    if (place->station != NOBODY) return step->station == place->station;
    if (place->step) return strcmp(step->name, place->step) == 0;
    return false;
}

/* ---- what is counted ---- */
static void build_counts(struct build *build, const struct cards_spec *spec, struct loop *loop) {
    static const char work_at[] = "work at ";
    const char *counts = spec->counts;
    bool time = spec->count.dimension.time != 0;
    if (strcmp(counts, "pieces") == 0)
        loop->counts = CARD_PIECES;
    else if (strncmp(counts, work_at, sizeof work_at - 1) == 0) {
        loop->counts = CARD_WORK;
        const char *name = counts + sizeof work_at - 1;
        loop->work_at = NOBODY;
        if (strcmp(name, "bottleneck") == 0) loop->work_at = load_bottleneck(build->plant);
        for (int32_t i = 0; i < build->plant->station_count; i++)
            if (strcmp(build->plant->stations[i].name, name) == 0) loop->work_at = i;
        if (loop->work_at == NOBODY) {
            fault_error(build->faults, spec->thing.place, "counts: work at STATION",
                        "cards '%s' count work at '%s', which is no station", loop->name, name);
            loop->work_at = 0;
        }
    } else if (strcmp(counts, "lots") != 0)
        fault_error(build->faults, spec->thing.place, "counts: work at STATION",
                    "cards count lots, pieces or work at a station, not '%s'", counts);
    if (time != (loop->counts == CARD_WORK))
        fault_error(build->faults, spec->thing.place,
                    "{count: 8 h, counts: work at STATION} and {count: 8} go together",
                    time ? "the count of cards '%s' is a time, and they do not count work"
                         : "cards '%s' count work, so their count must be a time",
                    loop->name);
}

/* ---- whose cards order goods ---- */
static bool source_is(const struct build *build, const struct stock *stock,
                      const struct card_place *from) {
    const struct plant *plant = build->plant;
    for (int32_t i = stock->origin_first; i < stock->origin_first + stock->origin_count; i++) {
        const struct origin *origin = &plant->origins[i];
        switch (origin->kind) {
        case FROM_STOCK:
            if (origin->index == from->stock) return true;
            break;
        case FROM_SUPPLIER:
            if (plant->supplies[origin->index].supplier == from->supplier) return true;
            break;
        default:
            if (from->factory) return true;
        }
    }
    return false;
}

static void check_orders(struct build *build, const struct cards_spec *spec,
                         const struct loop *loop, const struct card_place *from) {
    struct place at = spec->thing.place;
    const struct stock *stock = &build->plant->stocks[loop->to_stock];
    if (!source_is(build, stock, from))
        fault_error(build->faults, spec->from.place, NULL,
                    "stock '%s' gets nothing from '%s', where cards '%s' begin", stock->name,
                    spec->from.name, loop->name);
    if (!loop->when_taken)
        fault_error(build->faults, at, "back: when taken",
                    "cards '%s' order goods, so they lie on them until they are taken", loop->name);
    if (loop->counts == CARD_WORK)
        fault_error(build->faults, at, NULL, "cards '%s' order goods and cannot count work",
                    loop->name);
    if (spec->of.count)
        fault_error(build->faults, at, NULL, "cards '%s' order what '%s' holds: leave out 'of'",
                    loop->name, stock->name);
}

/* Goods are counted in the unit of their item, lots in pieces. */
static int64_t build_size(struct build *build, const struct cards_spec *spec,
                          const struct loop *loop) {
    if (loop->orders)
        return build_amount(build, spec->size, build->plant->stocks[loop->to_stock].item,
                            spec->thing.place, "the size");
    if (dimension_none(spec->size.dimension) && spec->size.value == floor(spec->size.value))
        return (int64_t)spec->size.value * 1000;
    fault_error(build->faults, spec->thing.place, "size: 50",
                "the size of cards '%s' is a whole number of pieces", loop->name);
    return 1000;
}

static void build_loop(struct build *build, int32_t self, struct card_place *from,
                       struct card_place *to) {
    struct plant *plant = build->plant;
    const struct cards_spec *spec = &THINGS(build->world->cards, cards)[self];
    struct loop *loop = &plant->loops[self];
    *from = place_of(build, &spec->from);
    *to = place_of(build, &spec->to);
    *loop = (struct loop){.name = spec->thing.name,
                          .from = from->station,
                          .to = to->station,
                          .to_stock = to->stock,
                          .when_taken = spec->back.index == BACK_WHEN_TAKEN};
    struct loop_settings *settings = &plant->settings.loops[self];
    if (spec->count.dimension.time)
        settings->work = (tick)spec->count.value;
    else
        settings->cards = (int32_t)spec->count.value;
    build_counts(build, spec, loop);
    if (to->stock != NOBODY)
        loop->orders = plant->settings.stocks[to->stock].policy == REORDER_CARDS;
    loop->when_taken |= loop->orders && spec->back.index < 0;
    loop->size = build_size(build, spec, loop);
    if (loop->orders)
        check_orders(build, spec, loop, from);
    else if (loop->size > 1000 && loop->counts != CARD_PIECES)
        fault_error(build->faults, spec->thing.place, "counts: pieces",
                    "a size belongs to cards that count pieces");
    if (to->supplier != NOBODY)
        fault_error(build->faults, spec->to.place, NULL, "cards cannot end at a supplier");
    if (!loop->orders && (from->stock != NOBODY || from->supplier != NOBODY))
        fault_error(build->faults, spec->from.place,
                    "stocks: {NAME: {reorder: {policy: cards}}}, and NAME is where they end",
                    "cards '%s' begin at '%s' and move goods, but no stock orders with them",
                    loop->name, spec->from.name);
}

/* ---- steps ---- */
static bool loop_is_of(const struct cards_spec *spec, int32_t item) {
    for (int32_t i = 0; i < spec->of.count; i++)
        if (THINGS(spec->of, card_item)[i].self.index == item) return true;
    return spec->of.count == 0;
}

/* Is it there, or may it be: is any of its places? */
static bool may_be_at(const struct plant *plant, const struct card_place *place, int32_t at) {
    const struct step *step = &plant->steps[at];
    bool any = place_is_step(plant, place, at);
    for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
        any |= place_is_step(plant, place, i);
    return any;
}

/* Does a lot that comes to step AT need the card? */
static bool step_takes(const struct build *build, int32_t loop_id, const struct card_place *from,
                       const struct card_place *to, int32_t at) {
    const struct plant *plant = build->plant;
    const struct loop *loop = &plant->loops[loop_id];
    const struct step *step = &plant->steps[at];
    if (loop->orders || !loop_is_of(&THINGS(build->world->cards, cards)[loop_id], step->item))
        return false;
    if (step->place_count) return false; /* lots that have not chosen ask for none */
    if (from->factory ? step->position != 0 : !place_is_step(plant, from, at)) return false;
    if (to->factory) return true;
    if (to->stock != NOBODY) return plant->stocks[to->stock].item == step->item;
    if (place_is_step(plant, to, at)) return true;
    for (int32_t later = step->written + 1; later < plant_route_end(plant, at); later++)
        if (may_be_at(plant, to, later)) return true;
    return false;
}

static void list_loop(struct plant *plant, int32_t *room, int32_t *first, int32_t *count,
                      int32_t loop) {
    if (*count == 0) *first = *room;
    plant->loop_lists[(*room)++] = loop;
    ++*count;
}

static void build_step_loops(struct build *build, const struct card_place *from,
                             const struct card_place *to, int32_t at, int32_t *room) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[at];
    for (int32_t i = 0; i < plant->loop_count; i++)
        if (step_takes(build, i, &from[i], &to[i], at))
            list_loop(plant, room, &step->take_first, &step->take_count, i);
    for (int32_t i = 0; i < plant->loop_count; i++)
        if (!plant->loops[i].orders && place_is_step(plant, &to[i], at))
            list_loop(plant, room, &step->give_first, &step->give_count, i);
}

/* A loop that no lot ever comes to may be a slip, and so is a stock without the cards it orders
 * with.
 */
static void check_loops(struct build *build) {
    const struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->loop_count; i++) {
        bool used = plant->loops[i].orders;
        for (int32_t at = 0; at < plant->step_count && !used; at++)
            for (int32_t k = 0; k < plant->steps[at].take_count; k++)
                used |= plant->loop_lists[plant->steps[at].take_first + k] == i;
        if (!used)
            fault_warning(build->faults, THINGS(build->world->cards, cards)[i].thing.place, NULL,
                          "no route goes from where cards '%s' begin to where they end",
                          plant->loops[i].name);
    }
    for (int32_t s = 0; s < plant->stock_count; s++) {
        int32_t orders = 0;
        for (int32_t i = 0; i < plant->loop_count; i++)
            orders += plant->loops[i].orders && plant->loops[i].to_stock == s;
        if (plant->settings.stocks[s].policy == REORDER_CARDS && orders != 1)
            fault_error(build->faults, THINGS(build->world->stocks, stock)[s].thing.place,
                        "cards: {bins: {count: 2, from: SOURCE, to: THIS STOCK, back: when taken, "
                        "size: 50}}",
                        "stock '%s' orders with cards, and %d loops of cards end there",
                        plant->stocks[s].name, orders);
    }
}

void build_loops(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, loops, plant->loop_count);
    BUILD_TAKE(build, loop_lists, plant->loop_count * (2 * plant->step_count + 1));
    for (int32_t i = 0; i < plant->loop_count; i++)
        plant->loops[i].name = THINGS(build->world->cards, cards)[i].thing.name;
    if (!build->faults->error_count) {
        struct card_place *from = memory_zeroed((size_t)plant->loop_count + 1, sizeof *from),
                          *to = memory_zeroed((size_t)plant->loop_count + 1, sizeof *to);
        int32_t room = 0;
        for (int32_t i = 0; i < plant->loop_count; i++) build_loop(build, i, &from[i], &to[i]);
        for (int32_t at = 0; at < plant->step_count; at++)
            build_step_loops(build, from, to, at, &room);
        for (int32_t s = 0; s < plant->stock_count; s++)
            for (int32_t i = 0; i < plant->loop_count; i++)
                if (plant->loops[i].to_stock == s && plant->loops[i].when_taken)
                    list_loop(plant, &room, &plant->stocks[s].loop_first,
                              &plant->stocks[s].loop_count, i);
        free(from);
        free(to);
        if (!build->faults->error_count) check_loops(build);
    }
}
