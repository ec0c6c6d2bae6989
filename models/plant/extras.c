/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items whose lots know more than others: see extra.h. */
#include "../floor/floor.h"
#include "build.h"

#include <string.h>

/* ---- start-within ---- */
static int32_t limit_from(struct build *build, int32_t item, const struct step_spec *spec,
                          int32_t step) {
    const struct limit_spec *limit = spec->start_within.block;
    if (!limit->of) return build->plant->steps[step].position ? step - 1 : NOBODY;
    if (strcmp(limit->of, "release") == 0) return NOBODY;
    int32_t from = build_step_named(build, step, limit->of);
    if (from == NOBODY)
        fault_error(build->faults, spec->thing.place, "of: release counts from the release",
                    "the route of '%s' has no step '%s', of which '%s' is to start in time",
                    build->plant->items[item].name, limit->of, spec->thing.name);
    return from;
}

/* A lot that gives up its place cannot wait for another. */
static void check_goes(struct build *build, const struct step_spec *spec, const struct limit *to) {
    const struct plant *plant = build->plant;
    int32_t station = plant->steps[to->to].station;
    if (plant->settings.stations[station].room != INT32_MAX)
        fault_error(build->faults, spec->thing.place, "give it unlimited room",
                    "lots that are late for '%s' go to '%s', and may have to wait for room there",
                    spec->thing.name, plant->stations[station].name);
}

/* Who waits for a card stands in no queue that a limit could take it out of. */
static void check_cards(struct build *build, const struct step_spec *spec) {
    if (build->world->cards.count > 0)
        fault_error(build->faults, spec->thing.place, "else: report only counts it",
                    "in a plant with cards, lots that are late for '%s' can only be reported",
                    spec->thing.name);
}

/* Behind the others that begin when it does. */
static void chain_limit(struct plant *plant, int32_t self, int32_t item) {
    int32_t from = plant->limits[self].from;
    int32_t *link = from == NOBODY ? &plant->items[item].limits : &plant->steps[from].limits;
    while (*link != NOBODY) link = &plant->limits[*link].next;
    *link = self;
}

static void build_limit(struct build *build, int32_t self, int32_t step) {
    static const char *const words[] = {"report", "scrap", "out"};
    struct plant *plant = build->plant;
    const struct step_spec *spec = plant->steps[step].spec;
    const struct limit_spec *said = spec->start_within.block;
    int32_t item = plant->steps[step].item;
    struct limit *limit = &plant->limits[self];
    *limit = (struct limit){
        .step = step,
        .from = limit_from(build, item, spec, step),
        .next = NOBODY,
        .otherwise = LATE_GOES,
        .to = NOBODY,
        .stream = build_stream(build, "%s/start-within", build_step_path(build, step))};
    chain_limit(plant, self, item);
    plant->settings.limits[self].time = said->time;
    plant->chance |= build_chance(&said->time);
    plant->steps[step].flags |= STEP_LIMITED;
    plant->items[item].extra = true;
    for (int32_t i = 0; i < 3; i++)
        if (strcmp(said->otherwise, words[i]) == 0) limit->otherwise = i;
    if (limit->otherwise != LATE_REPORT) check_cards(build, spec);
    if (limit->otherwise != LATE_GOES) return;
    limit->to = build_step_named(build, step, said->otherwise);
    if (limit->to != NOBODY)
        check_goes(build, spec, limit);
    else
        fault_error(build->faults, spec->thing.place, "report, scrap, out or a step of the route",
                    "the route of '%s' has no step '%s'", plant->items[item].name, said->otherwise);
}

/* ---- lanes ---- */
/* Does a lane lead from any other station of the route to this step? */
static bool led_to(struct build *build, const struct item *item, int32_t step) {
    const struct plant *plant = build->plant;
    bool any = false;
    for (int32_t i = item->first_step; i < item->first_step + item->step_count; i++) {
        int32_t lane = plant_leads(plant, plant->steps[i].station, plant->steps[step].station);
        if (lane != NOBODY) build_carried(build, lane, plant->steps[step].item);
        any |= lane != NOBODY;
    }
    return any;
}

static bool makes_to_order(const struct customer_spec *customer) {
    const struct share_spec *sources = customer->from.things;
    for (int32_t i = 0; i < customer->from.count; i++)
        if (sources[i].self.section < 0) return true;
    return false;
}

/* Does a lane lead from any station of the route to who gets what is made? */
static bool led_away(struct build *build, int32_t self) {
    const struct plant *plant = build->plant;
    const struct item *item = &plant->items[self];
    bool any = false;
    for (int32_t s = item->first_step; s < item->first_step + item->step_count; s++) {
        int32_t from = plant->station_spots[plant->steps[s].station], lane = NOBODY;
        for (int32_t i = 0; i < plant->stock_count && lane == NOBODY; i++)
            if (plant->stocks[i].item == self)
                lane = plant_lane(plant, from, plant->stock_spots[i]);
        for (int32_t i = 0; i < plant->customer_count && lane == NOBODY; i++)
            if (makes_to_order(&THINGS(build->world->customers, customer)[i]))
                lane = plant_lane(plant, from, plant->customer_spots[i]);
        if (lane != NOBODY) build_carried(build, lane, self);
        any |= lane != NOBODY;
    }
    return any;
}

static void mark_led_to(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    struct item *item = &plant->items[self];
    if (plant->lane_count == 0 || item->first_step == NOBODY) return;
    item->extra |= led_away(build, self);
    for (int32_t i = item->first_step; i < item->first_step + item->step_count; i++) {
        if (!led_to(build, item, i)) continue;
        plant->steps[i].flags |= STEP_LED_TO;
        item->extra = true;
    }
}

/* ---- reserve ---- */
/* Steps before which a machine may be kept, and the steps before them. */
static void mark_reserving(struct plant *plant, struct item *item) {
    for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
        struct step *step = &plant->steps[at];
        const struct step *next = step->next == NOBODY ? NULL : &plant->steps[step->next];
        if (!item->chooses && !plant->stations[step->station].reserve &&
            (!next || !plant->stations[next->station].reserve))
            continue;
        step->flags |= STEP_RESERVES;
        item->extra = plant->reserves = true;
    }
}

/* ---- transfer ---- */
static void build_transfer(struct build *build, int32_t item, const struct step_spec *spec,
                           int32_t at) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[at];
    const struct station *station = &plant->stations[step->station];
    step->flags |= STEP_TRANSFER;
    plant->items[item].extra = true;
    if (station->has_batch)
        fault_error(build->faults, spec->thing.place, NULL,
                    "pieces of '%s' cannot move on from '%s' before the rest of their batch",
                    plant->items[item].name, station->name);
    if (station->preempt)
        fault_error(build->faults, spec->thing.place, NULL,
                    "pieces of '%s' cannot move on from '%s', where lots interrupt others",
                    plant->items[item].name, station->name);
    if (step->flags & STEP_PHASES)
        fault_error(build->faults, spec->thing.place, "put them into `time`",
                    "a step with `transfer` has neither load nor unload: '%s'", spec->thing.name);
}

/* ---- steps in any order ---- */
static void build_order(struct build *build, const struct item_spec *spec, struct item *item) {
    struct place place = spec->thing.place;
    item->extra = item->shuffled = build->plant->chance = true;
    item->order_stream = build_stream(build, "items.%s/order", item->name);
    int32_t count = build->plant->steps[item->first_step].steps_in_route;
    if (count > ORDER_MOST)
        fault_error(build->faults, place, NULL, "'%s' has more than %d steps in random order",
                    item->name, ORDER_MOST);
    if (build->world->cards.count)
        fault_error(build->faults, place, NULL,
                    "cards go from step to step as written, and those of '%s' come in any order",
                    item->name);
    for (int32_t s = 0; s < count; s++) {
        const struct step_spec *step = build->plant->steps[item->first_step + s].spec;
        int32_t station = build->plant->steps[item->first_step + s].station;
        if (build->plant->stations[station].reserve)
            fault_error(build->faults, step->thing.place, NULL,
                        "no machine can be kept for '%s', whose steps come in any order",
                        item->name);
        if (step->next.count || step->start_within.block || step->rework.block)
            fault_error(build->faults, step->thing.place, NULL,
                        "a step in random order has no next, rework or start-within: '%s'",
                        step->thing.name);
    }
}

/* ---- all ---- */
void build_extras(struct build *build) {
    struct plant *plant = build->plant;
    int32_t limit = 0;
    BUILD_TAKE(build, limits, plant->limit_count);
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *spec = &THINGS(build->world->items, item)[i];
        struct item *item = &plant->items[i];
        item->limits = NOBODY;
        int32_t end = item->first_step + item->step_count;
        for (int32_t at = item->first_step; at < end; at++) {
            const struct step_spec *step = plant->steps[at].spec;
            if (step->start_within.block && build_written(build, at))
                build_limit(build, limit++, at);
            if (step->transfer != ABSENT_COUNT) build_transfer(build, i, step, at);
        }
        if (spec->order.index == ORDER_RANDOM && item->step_count > 1)
            build_order(build, spec, item);
        mark_led_to(build, i);
        mark_reserving(plant, item);
        for (int32_t at = item->first_step; item->extra && at < end; at++) {
            uint32_t *flags = &plant->steps[at].flags;
            *flags = (*flags | STEP_EXTRA) & ~(uint32_t)STEP_AHEAD;
        }
        plant->extra |= item->extra;
    }
}
