/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Standard costs: what a unit of each item counts in the books.
 *
 * It is the item's `cost`; of an item without one that is made, what its parts count and its steps
 * cost; of one that is bought, the price of the first supplier who has it. It is that of the
 * beginning and stays so: what a run pays otherwise is a variance (models/chain/books.c). Holding
 * that is said as a share is one of it too. */
#include "build.h"

#include <math.h>

enum { UNKNOWN = -1, AT_HAND = -2 }; /* AT_HAND: being added up, so it cannot count in itself */

static double standard_of(struct build *build, double *known, int32_t item);

static double uses_cost(struct build *build, double *known, int32_t first, int32_t count) {
    double sum = 0;
    for (int32_t i = first; i < first + count; i++) {
        const struct use *use = &build->plant->uses[i];
        sum += (double)use->amount / 1000 * standard_of(build, known, use->item);
    }
    return sum;
}

static double kits_cost(struct build *build, double *known, int32_t first, int32_t count) {
    double sum = 0;
    for (int32_t i = first; i < first + count; i++) {
        const struct kit_use *use = &build->plant->kit_uses[i];
        sum += (double)use->amount / 1000 * standard_of(build, known, use->item);
    }
    return sum;
}

static double made_cost(struct build *build, double *known, const struct item *item) {
    const struct plant *plant = build->plant;
    double sum = uses_cost(build, known, item->use_first, item->use_count) +
                 kits_cost(build, known, item->kit_first, item->kit_count);
    for (int32_t s = item->first_step; s < plant_route_end(plant, item->first_step); s++)
        sum += (double)plant->settings.steps[s].piece_cost_micro / 1e6 +
               uses_cost(build, known, plant->steps[s].use_first, plant->steps[s].use_count) +
               kits_cost(build, known, plant->steps[s].kit_first, plant->steps[s].kit_count);
    return sum;
}

static double bought_cost(const struct plant *plant, int32_t item) {
    for (int32_t i = 0; i < plant->supply_count; i++)
        if (plant->supplies[i].item == item) return plant->settings.supplies[i].price;
    return 0;
}

static double standard_of(struct build *build, double *known, int32_t id) {
    const struct plant *plant = build->plant;
    const struct item *item = &plant->items[id];
    if (known[id] == AT_HAND) return 0;
    if (known[id] != UNKNOWN) return known[id];
    known[id] = AT_HAND;
    double cost = plant->settings.items[id].cost;
    if (!(cost > 0))
        cost = item->first_step == NOBODY ? bought_cost(plant, id) : made_cost(build, known, item);
    return known[id] = cost;
}

/* What the stock itself says, or else its item: money, or a share of what a unit is worth. */
static void build_holding(struct build *build, int32_t id) {
    struct plant *plant = build->plant;
    const struct stock_spec *spec = &THINGS(build->world->stocks, stock)[id];
    int32_t item = spec->holds.index;
    if (item < 0) return;
    const struct item_spec *of = &THINGS(build->world->items, item)[item];
    double worth = of->holding.dimension.money ? 1 : item_worth(plant, &plant->settings, item);
    plant->settings.stocks[id].holding_per_tick =
        isnan(spec->holding.value) ? of->holding.value * worth : spec->holding.value;
}

static bool is_sold(const struct plant *plant, int32_t item) {
    for (int32_t i = 0; i < plant->offer_count; i++)
        if (plant->offers[i].item == item) return true;
    return false;
}

void build_standards(struct build *build) {
    struct plant *plant = build->plant;
    double *known = arena_take(&plant->arena, ((size_t)plant->item_count + 1) * sizeof *known);
    for (int32_t i = 0; i < plant->item_count; i++) known[i] = UNKNOWN;
    for (int32_t i = 0; i < plant->item_count; i++) {
        struct item *item = &plant->items[i];
        double cost = standard_of(build, known, i);
        item->cost_micro = cost < 9e9 ? llrint(cost * 1e6) : 0;
        item->book = is_sold(plant, i)            ? BOOK_FINISHED
                     : item->first_step == NOBODY ? BOOK_RAW
                                                  : BOOK_IN_PROCESS;
        plant->valued |= item->cost_micro > 0;
    }
    for (int32_t i = 0; i < plant->stock_count; i++) build_holding(build, i);
    for (int32_t s = 0; s < plant->step_count; s++)
        plant->valued |= (plant->steps[s].flags & STEP_COST) != 0;
    for (int32_t f = 0; f < plant->flow_count; f++) plant->flows[f].ordered |= plant->valued;
}
