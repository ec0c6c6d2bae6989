/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suppliers: what they sell at which terms, and their outages. */
#include "build.h"

#include <math.h>

static void build_breaks(struct build *build, struct supply *supply, const struct list *list,
                         struct place place) {
    const struct price_break_spec *specs = list->things;
    struct price_break *breaks =
        arena_take(&build->plant->arena, (size_t)list->count * sizeof *breaks);
    for (int32_t i = 0; i < list->count; i++) {
        breaks[i] = (struct price_break){
            build_amount(build, specs[i].from, supply->item, place, "the break"),
            build_price(build, specs[i].price, supply->item, place, "the price of the break")};
        if (i && breaks[i].from <= breaks[i - 1].from)
            fault_error(build->faults, place, "write them from the smallest order to the largest",
                        "the price breaks of '%s' do not ascend",
                        build->plant->items[supply->item].name);
    }
    supply->breaks = breaks;
    supply->break_count = list->count;
}

/* Thousandths of the item's unit a tick. */
static double capacity_of(struct build *build, struct quantity capacity, int32_t item,
                          struct place place) {
    if (isnan(capacity.value)) return 0;
    struct dimension unit = capacity.dimension;
    unit.time = 0;
    if (!dimension_same(unit, (struct dimension){0}) &&
        !dimension_same(unit, build->plant->items[item].dimension))
        fault_error(build->faults, place, NULL,
                    "the capacity is not counted in the unit of '%s', which is %s",
                    build->plant->items[item].name, build->plant->items[item].unit);
    if (!(capacity.value > 0))
        fault_error(build->faults, place, "leave it out where there is no limit",
                    "a capacity is above 0");
    double scale =
        dimension_same(unit, (struct dimension){0}) ? 1 : build->plant->items[item].unit_scale;
    return capacity.value / scale * 1000;
}

static const struct law *law_or(const struct law *law, const struct law *otherwise) {
    return law->kind == (int32_t)ABSENT_LAW ? otherwise : law;
}

/* The terms of one item: its own, or else the supplier's. */
static void build_supply(struct build *build, int32_t at, int32_t supplier,
                         const struct supplier_spec *spec, const struct supply_spec *own) {
    struct plant *plant = build->plant;
    int32_t item = own->self.index;
    struct place place = own->thing.place;
    const char *path =
        arena_text(&plant->arena, "suppliers.%s.supplies.%s", spec->thing.name, own->thing.name);
    struct supply *supply = &plant->supplies[at];
    *supply = (struct supply){.supplier = supplier,
                              .item = item,
                              .lead_stream = build_stream(build, "%s/lead-time", path),
                              .processing_stream = build_stream(build, "%s/processing", path),
                              .yield_stream = build_stream(build, "%s/yield", path),
                              .breaks_on = own->breaks_on.index < 0 ? spec->breaks_on.index
                                                                    : own->breaks_on.index};
    build_breaks(build, supply, own->breaks.count ? &own->breaks : &spec->breaks, place);
    double price = build_price(build, isnan(own->price.value) ? spec->price : own->price, item,
                               place, "price");
    plant->settings.supplies[at] = (struct supplier_settings){
        .lead_time = *law_or(&own->lead_time, &spec->lead_time),
        .processing = *law_or(&own->processing, &spec->processing),
        .yield = spec->yield,
        .price = isnan(price) ? plant->settings.items[item].cost : price,
        .capacity = capacity_of(build, isnan(own->capacity.value) ? spec->capacity : own->capacity,
                                item, place),
        .defects = spec->defects,
        .order_cost_micro = spec->order_cost.micro,
        .pays = spec->pays.ticks,
        .min_order = build_amount(build, own->min_order.given ? own->min_order : spec->min_order,
                                  item, spec->thing.place, "min-order"),
        .multiple = build_amount(build, own->multiple.given ? own->multiple : spec->multiple, item,
                                 spec->thing.place, "multiple")};
    const struct supplier_settings *settings = &plant->settings.supplies[at];
    plant->chance |= build_chance(&settings->lead_time) || build_chance(&settings->processing) ||
                     build_chance(&settings->yield);
}

/* Do goods leave when they are ordered, all of them? */
static bool supply_plain(const struct supplier_settings *settings) {
    return law_constant(&settings->processing) && settings->processing.a == 0 &&
           law_constant(&settings->yield) && settings->yield.a == 1 && settings->defects == 0 &&
           settings->capacity == 0;
}

void build_suppliers(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, suppliers, plant->supplier_count);
    BUILD_TAKE(build, supplies, plant->supply_count);
    int32_t at = 0;
    for (int32_t i = 0; i < plant->supplier_count; i++) {
        const struct supplier_spec *spec = &THINGS(build->world->suppliers, supplier)[i];
        struct supplier *supplier = &plant->suppliers[i];
        *supplier = (struct supplier){.name = spec->thing.name,
                                      .crossing = spec->crossing,
                                      .partial = spec->partial,
                                      .plain = !spec->failures.count && spec->calendar.index < 0,
                                      .supply_first = at,
                                      .supply_count = spec->supplies.count,
                                      .calendar = spec->calendar.index};
        for (int32_t s = 0; s < spec->supplies.count; s++, at++) {
            const struct supply_spec *own = &THINGS(spec->supplies, supply)[s];
            if (own->self.index < 0) continue;
            build_supply(build, at, i, spec, own);
            supplier->plain &= supply_plain(&plant->settings.supplies[at]);
        }
        build_outages(build, &spec->failures, (struct outage){.supplier = i, .way = NOBODY},
                      arena_text(&plant->arena, "suppliers.%s", spec->thing.name));
    }
}
