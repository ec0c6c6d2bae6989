/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../plan/planner.h"
#include "build.h"

#include "../floor/floor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- streams of chance ---- */
uint64_t build_stream(struct build *build, const char *format, ...) {
    struct plant *plant = build->plant;
    va_list list;
    va_start(list, format);
    const char *name = arena_text_va(&plant->arena, format, list);
    va_end(list);
    if (plant->stream_count == plant->stream_room) {
        plant->stream_room = plant->stream_room ? 2 * plant->stream_room : 64;
        plant->stream_names = memory_grown(plant->stream_names, (size_t)plant->stream_room,
                                           sizeof *plant->stream_names);
        plant->stream_hashes = memory_grown(plant->stream_hashes, (size_t)plant->stream_room,
                                            sizeof *plant->stream_hashes);
    }
    uint64_t hash = stream_hash(name);
    plant->stream_names[plant->stream_count] = name;
    plant->stream_hashes[plant->stream_count++] = hash;
    return hash;
}

static int hash_order(const void *a, const void *b, void *hashes) {
    const uint64_t *list = hashes;
    uint64_t x = list[*(const int32_t *)a], y = list[*(const int32_t *)b];
    return x < y ? -1 : x > y;
}

/* Two names that hash alike would share their luck. */
static void check_streams(struct build *build) {
    struct plant *plant = build->plant;
    int32_t *order = memory_zeroed((size_t)plant->stream_count, sizeof *order);
    for (int32_t i = 0; i < plant->stream_count; i++) order[i] = i;
    qsort_r(order, (size_t)plant->stream_count, sizeof *order, hash_order, plant->stream_hashes);
    for (int32_t i = 1; i < plant->stream_count; i++)
        if (plant->stream_hashes[order[i]] == plant->stream_hashes[order[i - 1]])
            fault_error(build->faults, (struct place){0}, "rename one of the two",
                        "the streams of chance '%s' and '%s' have the same key",
                        plant->stream_names[order[i - 1]], plant->stream_names[order[i]]);
    free(order);
}

/* ---- units ---- */
bool dimension_none(struct dimension dimension) {
    return dimension_same(dimension, (struct dimension){0});
}

int64_t build_amount(struct build *build, struct amount amount, int32_t item, struct place place,
                     const char *what) {
    const struct item *of = &build->plant->items[item];
    double value = amount.value;
    if (!dimension_none(amount.dimension)) {
        if (!dimension_same(amount.dimension, of->dimension)) {
            fault_error(build->faults, place, NULL,
                        "%s is not counted in the unit of '%s', which is %s", what, of->name,
                        of->unit);
            return 0;
        }
        value /= of->unit_scale;
    }
    if (!(fabs(value) < 9e15 / 1000)) {
        fault_error(build->faults, place, "choose a larger unit for the item",
                    "%s is too large: %g %s", what, value, of->unit);
        return 0;
    }
    return llrint(value * 1000);
}

double build_price(struct build *build, struct quantity price, int32_t item, struct place place,
                   const char *what) {
    const struct item *of = &build->plant->items[item];
    struct dimension unit = price.dimension;
    unit.money = 0;
    if (isnan(price.value) || dimension_none(unit)) return price.value;
    unit = (struct dimension){
        .mass = (int8_t)-unit.mass, .length = (int8_t)-unit.length, .energy = (int8_t)-unit.energy};
    if (!dimension_same(unit, of->dimension))
        fault_error(build->faults, place, NULL, "%s is not for the unit of '%s', which is %s", what,
                    of->name, of->unit);
    return price.value * of->unit_scale;
}

bool build_chance(const struct law *law) {
    if (law->kind == LAW_CONSTANT || law->kind == LAW_SEQUENCE || law->kind == (int32_t)ABSENT_LAW)
        return false;
    return law->kind != LAW_FORMULA || law->formula->draw_count > 0;
}

/* ---- settings: one block ---- */
static size_t rounded(size_t size) {
    return (size + 63) / 64 * 64;
}

static void settings_make(struct plant *plant) {
    struct settings *settings = &plant->settings;
    settings->size = 64;
#define X(MEMBER, COUNT, TYPE)                                                                     \
    settings->size += rounded((size_t)plant->COUNT * sizeof *settings->MEMBER);
    SETTINGS(X)
#undef X
    char *at = settings->block = memory_zeroed(1, settings->size);
#define X(MEMBER, COUNT, TYPE)                                                                     \
    settings->MEMBER = (void *)at;                                                                 \
    at += rounded((size_t)plant->COUNT * sizeof *settings->MEMBER);
    SETTINGS(X)
#undef X
}

void settings_copy(struct settings *to, const struct settings *from) {
    if (!to->block) to->block = memory_zeroed(1, from->size);
    to->size = from->size;
    memcpy(to->block, from->block, from->size);
#define X(MEMBER, COUNT, TYPE)                                                                     \
    to->MEMBER =                                                                                   \
        (void *)((char *)to->block + ((const char *)from->MEMBER - (const char *)from->block));
    SETTINGS(X)
#undef X
}

/* ---- sizes, known before anything is filled in ---- */
static void count_transport(struct plant *plant, const struct world_spec *world) {
    plant->fleet_count = world->vehicles.count;
    for (int32_t i = 0; i < world->vehicles.count; i++)
        plant->vehicle_count += THINGS(world->vehicles, vehicle)[i].number;
    for (int32_t i = 0; i < world->vehicles.count; i++)
        plant->breakdown_count += THINGS(world->vehicles, vehicle)[i].failures.count;
    plant->lane_count = plant->lane_account_count = world->lanes.count;
    for (int32_t i = 0; i < world->lanes.count; i++) {
        int32_t modes = THINGS(world->lanes, lane)[i].modes.count;
        plant->way_count += modes ? modes : 1;
        plant->lane_account_count += modes;
        plant->outage_count += THINGS(world->lanes, lane)[i].way.failures.count;
        for (int32_t m = 0; m < modes; m++)
            plant->outage_count +=
                THINGS(THINGS(world->lanes, lane)[i].modes, mode)[m].way.failures.count;
    }
}

static void count_things(struct build *build) {
    const struct world_spec *world = build->world;
    struct plant *plant = build->plant;
    plant->item_count = world->items.count;
    plant->station_count = world->stations.count;
    plant->release_count = world->releases.count;
    plant->customer_count = world->customers.count;
    plant->source_count = plant->release_count + plant->customer_count;
    plant->loop_count = world->cards.count;
    plant->stock_count = world->stocks.count;
    plant->supplier_count = world->suppliers.count;
    plant->driver_count = world->drivers.count;
    plant->crew_count = world->crews.count;
    plant->programme_count = world->programmes.count;
    plant->keeps_months = money_by_months(world);
    plant->money_count = 1;
    plant->parameter_count = build->question->parameter_count;
    plant->shift_room = world->calendars.count + world->stations.count + world->crews.count;
    count_transport(plant, world);
    for (int32_t i = 0; i < world->items.count; i++) {
        const struct item_spec *item = &THINGS(world->items, item)[i];
        for (int32_t r = 0; r < build_route_count(item); r++) {
            const struct map *route = build_route(item, r);
            plant->step_count += route->count;
            for (int32_t s = 0; s < route->count; s++) {
                const struct step_spec *step = &THINGS(*route, step)[s];
                plant->step_count += build_place_count(step);
                plant->limit_count += step->start_within.block != NULL;
                plant->quality_count += step_has_quality(step);
            }
        }
    }
    for (int32_t i = 0; i < world->stocks.count; i++)
        plant->origin_count += build_source_count(build, i);
    for (int32_t i = 0; i < world->customers.count; i++) {
        const struct customer_spec *customer = &THINGS(world->customers, customer)[i];
        plant->offer_count +=
            (customer->buys.count + customer->instead.count) * customer->from.count;
        plant->substitute_count += customer->instead.count;
    }
    for (int32_t i = 0; i < world->suppliers.count; i++) {
        plant->supply_count += THINGS(world->suppliers, supplier)[i].supplies.count;
        plant->outage_count += THINGS(world->suppliers, supplier)[i].failures.count;
    }
    for (int32_t i = 0; i < world->stations.count; i++) {
        const struct station_spec *station = &THINGS(world->stations, station)[i];
        int32_t machines = build_machines_planned(build, i),
                stops = station->failures.count + station->maintenance.count;
        for (int32_t m = 0; m < station->named.count; m++)
            stops += THINGS(station->named, machine)[m].failures.count +
                     THINGS(station->named, machine)[m].maintenance.count;
        const struct setup_spec *setup = station->setup.block;
        plant->setup_count += setup ? setup->changes.count : 0;
        plant->machine_count += machines;
        plant->stop_count += stops;
        plant->failure_count += stops * machines;
        plant->own_count += station->named.count;
    }
}

/* ---- order of events ---- */
static void order_events(struct build *build) {
    static const char *const words[] = {"receive", "demand", "serve", "order", "expire"};
    static const uint8_t classes[] = {CLASS_RECEIVE, CLASS_DEMAND, CLASS_SERVE, CLASS_ORDER,
                                      CLASS_EXPIRE};
    static const char from_source[] = "order-from-source";
    enum { WORDS = 5, MUST = 15 };
    const struct question *question = build->question;
    uint8_t *class_of = build->plant->class_of;
    for (uint8_t i = 0; i < CLASS_COUNT; i++) class_of[i] = i;
    if (question->order_of_events_count == 0) return;
    unsigned seen = 0;
    int32_t place = 0;
    for (int32_t i = 0; i < question->order_of_events_count; i++) {
        const char *word = question->order_of_events[i];
        if (strcmp(word, from_source) == 0) {
            build->plant->orders_from_source = true;
            word = "order";
        }
        for (int32_t w = 0; w < WORDS; w++)
            if (strcmp(word, words[w]) == 0) {
                seen |= 1u << w;
                if (place < WORDS) class_of[classes[w]] = classes[place];
                place++;
            }
    }
    bool once = place == __builtin_popcount(seen) && place == question->order_of_events_count;
    if ((seen & MUST) != MUST || !once)
        fault_error(build->faults, question->order_place,
                    "[receive, demand, serve, order] in any order, expire if it is not last, and "
                    "order-from-source for order",
                    "order-of-events must name receive, demand, serve and order, each once");
}

/* ---- slots of the calendar ---- */
static int32_t slots_of(struct plant *plant, enum slot_kind kind, int32_t count) {
    int32_t first = plant->slot_count;
    for (int32_t i = 0; i < count; i++)
        plant->slots[plant->slot_count++] = (struct slot){(int32_t)kind, i};
    return first;
}

static void give_slots(struct build *build) {
    struct plant *plant = build->plant;
    int32_t batching = 0;
    for (int32_t i = 0; i < plant->station_count; i++) batching += plant->stations[i].has_batch;
    int32_t count = plant->machine_count + plant->failure_count + plant->shift_count +
                    plant->source_count + 2 * plant->stock_count + plant->outage_count +
                    plant->absent_count + plant->crew_count + plant->way_count +
                    plant->vehicle_count + plant->wreck_count + plant->programme_count +
                    plant->keeps_months + batching + 2 * plant->pipe_count +
                    PLAN_SLOTS * plant->plans.count + (plant->perishable ? plant->stock_count : 0);
    BUILD_TAKE(build, slots, count);
    slots_of(plant, SLOT_MACHINE, plant->machine_count);
    plant->source_slot = slots_of(plant, SLOT_RELEASE, plant->release_count);
    slots_of(plant, SLOT_CUSTOMER, plant->customer_count);
    for (int32_t i = 0; i < plant->customer_count; i++)
        plant->slots[plant->source_slot + plant->release_count + i].subject += plant->release_count;
    plant->failure_slot = slots_of(plant, SLOT_FAILURE, plant->failure_count);
    plant->shift_slot = slots_of(plant, SLOT_CALENDAR, plant->shift_count);
    plant->review_slot = slots_of(plant, SLOT_REVIEW, plant->stock_count);
    plant->serve_slot = slots_of(plant, SLOT_SERVE, plant->stock_count);
    if (plant->perishable) plant->expire_slot = slots_of(plant, SLOT_EXPIRE, plant->stock_count);
    plant->outage_slot = slots_of(plant, SLOT_OUTAGE, plant->outage_count);
    plant->vehicle_slot = slots_of(plant, SLOT_VEHICLE, plant->vehicle_count);
    plant->absence_slot = slots_of(plant, SLOT_ABSENCE, plant->absent_count);
    plant->hire_slot = slots_of(plant, SLOT_HIRE, plant->crew_count);
    plant->breakdown_slot = slots_of(plant, SLOT_BREAKDOWN, plant->wreck_count);
    plant->way_slot = slots_of(plant, SLOT_WAY, plant->way_count);
    plant->plans.slot = slots_of(plant, SLOT_PLAN, PLAN_SLOTS * plant->plans.count);
    plant->money_slot = slots_of(plant, SLOT_MONEY, plant->keeps_months);
    plant->programme_slot = slots_of(plant, SLOT_PROGRAMME, plant->programme_count);
    for (int32_t i = 0; i < plant->station_count; i++) {
        if (!plant->stations[i].has_batch) continue;
        plant->stations[i].batch_slot = slots_of(plant, SLOT_BATCH, 1);
        plant->slots[plant->stations[i].batch_slot].subject = i;
    }
    plant->entry_slot = slots_of(plant, SLOT_ENTRY, plant->pipe_count);
    plant->exit_slot = slots_of(plant, SLOT_EXIT, plant->pipe_count);
    for (int32_t i = 0; i < plant->station_count; i++) {
        const struct station *station = &plant->stations[i];
        for (int32_t m = 0; station->pipes && m < station->machine_count; m++) {
            int32_t pipe = station->pipe_first + m, machine = station->machine_first + m;
            plant->slots[plant->entry_slot + pipe].subject = machine;
            plant->slots[plant->exit_slot + pipe].subject = machine;
        }
    }
    CHECK(plant->slot_count == count);
}

/* Of a level that is summed from so far back, all before weighs less than the last bit. */
static int32_t periods_of_memory(double correlation) {
    double weight = fabs(correlation);
    return weight > 0 ? (int32_t)ceil(log(0x1p-53) / log(weight)) : 0;
}

static void build_driver(struct build *build, const struct driver_spec *spec,
                         struct driver *driver) {
    bool level = !isnan(spec->ar1);
    *driver = (struct driver){.kind = spec->table.count    ? DRIVER_TABLE
                                      : level              ? DRIVER_LEVEL
                                      : spec->pulses.count ? DRIVER_PULSES
                                                           : DRIVER_FORMULA,
                              .formula = spec->value.formula,
                              .values = spec->table.things,
                              .value_count = spec->table.count,
                              .then = spec->then.index,
                              .every = spec->every,
                              .correlation = spec->ar1,
                              .sd = spec->sd,
                              .pulses = spec->pulses.things,
                              .pulse_count = spec->pulses.count};
    if (!level) return;
    driver->memory = periods_of_memory(spec->ar1);
    driver->stream = build_stream(build, "drivers.%s/level", spec->thing.name);
    build->plant->chance = true;
}

static void build_drivers(struct build *build) {
    BUILD_TAKE(build, drivers, build->plant->driver_count);
    for (int32_t i = 0; i < build->plant->driver_count; i++)
        build_driver(build, &THINGS(build->world->drivers, driver)[i], &build->plant->drivers[i]);
}

static void build_parameters(struct build *build) {
    const struct question *question = build->question;
    for (int32_t i = 0; i < question->parameter_count; i++)
        build->plant->settings.parameters[i].value = question->parameters[i].value;
}

static void build_times(struct build *build) {
    struct plant *plant = build->plant;
    const struct question *question = build->question;
    plant->warm_up = question->warm_up;
    plant->length = question->length;
    plant->until_empty = question->until_empty;
    plant->antithetic = question->antithetic;
    plant->activity = question->activity;
    plant->backlogs = question->backlogs;
    plant->start_second = question->start_given ? question->start_second : 0;
    /* 1970-01-01 was a Thursday. */
    int64_t start = question->start_given ? question->start_second - 4 * 86400 : 0;
    int64_t week = 7 * 86400, into = (start % week + week) % week;
    plant->day_start = into * TICK_S - plant->warm_up % TICK_WK;
    if (plant->day_start < 0) plant->day_start += TICK_WK;
}

struct plant *plant_build(const struct world_spec *world, const struct question *question,
                          struct faults *faults) {
    struct plant *plant = memory_zeroed(1, sizeof *plant);
    struct build build = {plant,
                          world,
                          question,
                          faults,
                          question->machines_planned,
                          question->machines_change,
                          question->people_planned,
                          question->sources_planned};
    plant->world = world;
    build_times(&build);
    build_variants(&build);
    count_things(&build);
    settings_make(plant);
    order_events(&build);
    plant->settings.money[0] =
        (struct money_settings){.fixed_per_tick = world->money.fixed.value,
                                .energy_price = world->money.energy_price.value,
                                .carbon = world->money.carbon.value};
    build_drivers(&build);
    build_parameters(&build);
    build_items(&build);
    build_shifts(&build);
    build_crews(&build);
    build_stations(&build);
    build_lanes(&build);
    build_fleets(&build);
    build_machines(&build);
    build_suppliers(&build);
    build_chain(&build);
    build_site_rooms(&build);
    build_lane_ends(&build);
    build_steps(&build);
    build_routing(&build);
    build_pools(&build);
    build_machine_items(&build);
    build_batches(&build);
    build_pipes(&build);
    build_setups(&build);
    build_step_needs(&build);
    build_staffings(&build);
    build_qualities(&build);
    build_choices(&build);
    build_kits(&build);
    build_extras(&build);
    build_places(&build);
    build_sources(&build);
    build_standards(&build);
    build_plans(&build);
    build_lane_cards(&build);
    give_slots(&build);
    build_layout(&build);
    build_programmes(&build);
    build_controls(&build);
    if (question->antithetic) build_antithetic(&build);
    check_streams(&build);
    return plant;
}

void plant_delete(struct plant *plant) {
    if (!plant) return;
    for (int32_t i = 0; i < plant->variant_count; i++) plant_delete(plant->variants[i]);
    layout_clear(&plant->layout);
    free(plant->settings.block);
    free(plant->stream_names);
    free(plant->stream_hashes);
    arena_clear(&plant->arena);
    free(plant);
}
