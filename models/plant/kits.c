/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that are made for the lots that use them: see floor/kit.h. */
#include "../floor/floor.h"
#include "build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More lots than this for one are a slip in an amount. */
enum { LOTS_MOST = 100000 };

bool build_is_kit(const struct build *build, const struct use_spec *spec) {
    const struct plant *plant = build->plant;
    if (spec->from.name || spec->self.index < 0) return false;
    if (plant->items[spec->self.index].first_step == NOBODY) return false;
    for (int32_t i = 0; i < plant->stock_count; i++)
        if (plant->stocks[i].item == spec->self.index) return false;
    return true;
}

/* ---- uses ---- */
static void add_kit_uses(struct build *build, int32_t user, const struct map *uses,
                         const char *path, int32_t *first, int32_t *count) {
    struct plant *plant = build->plant;
    *first = plant->kit_use_count;
    for (int32_t i = 0; i < uses->count; i++) {
        const struct use_spec *spec = &THINGS(*uses, use)[i];
        if (!build_is_kit(build, spec)) continue;
        struct kit_use *use = &plant->kit_uses[plant->kit_use_count++];
        *use = (struct kit_use){.item = spec->self.index,
                                .flow = NOBODY,
                                .user = user,
                                .amount = build_amount(build, spec->amount, spec->self.index,
                                                       spec->thing.place, "the amount"),
                                .luck = build_stream(build, "%s/uses.%s", path, spec->thing.name)};
        plant->items[use->item].extra = true;
    }
    *count = plant->kit_use_count - *first;
}

/* ---- where lots wait for them ---- */
static void mark_steps(struct plant *plant, const struct item *item, bool any_first) {
    for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
        struct step *step = &plant->steps[at];
        bool first = step->position == 0 || any_first;
        if (step->kit_count || (item->kit_count && first)) step->flags |= STEP_KIT;
    }
}

/* A lot of pieces that have gone ahead of each other has no one moment at which its parts are
 * wanted. */
static void check_step(struct build *build, const struct item_spec *spec, int32_t at) {
    const struct plant *plant = build->plant;
    const struct item *item = &plant->items[plant->steps[at].item];
    const struct step_spec *step = plant->steps[at].spec;
    const struct limit_spec *limit = step->start_within.block;
    if (limit && strcmp(limit->otherwise, "report") != 0)
        fault_error(build->faults, step->thing.place, "else: report only counts it",
                    "lots of '%s', for which parts are made, can only be reported when they are "
                    "late for '%s'",
                    item->name, step->thing.name);
    if (plant->steps[at].flags & STEP_KIT && plant->steps[at].place_count &&
        build->world->cards.count)
        fault_error(build->faults, step->thing.place, "at: one station",
                    "in a plant with cards, a step for which parts are made has one station: '%s'",
                    step->thing.name);
    if (!plant->steps[at].kit_count) return;
    for (int32_t s = plant_route_first(plant, at); s < at; s++)
        if (plant->steps[s].spec->transfer != ABSENT_COUNT)
            fault_error(build->faults, step->thing.place,
                        "let the item use them, or leave out "
                        "`transfer`",
                        "parts are made for '%s', and pieces come there one after the other",
                        step->thing.name);
    if (spec->order.index == ORDER_RANDOM)
        fault_error(build->faults, step->thing.place, "let the item use them",
                    "parts are made for '%s', and the steps of '%s' come in any order",
                    step->thing.name, item->name);
}

/* ---- knots ---- */
/* All that is made for ITEM, and for what is made for it. */
static void mark_made(const struct plant *plant, int32_t item, bool *made) {
    for (int32_t i = 0; i < plant->kit_use_count; i++) {
        const struct kit_use *use = &plant->kit_uses[i];
        if (use->user != item || made[use->item]) continue;
        made[use->item] = true;
        mark_made(plant, use->item, made);
    }
}

static void check_knots(struct build *build, const struct map *uses, int32_t user, bool *made) {
    const struct plant *plant = build->plant;
    for (int32_t i = 0; i < uses->count; i++) {
        const struct use_spec *spec = &THINGS(*uses, use)[i];
        if (!build_is_kit(build, spec)) continue;
        int32_t item = spec->self.index;
        for (int32_t m = 0; m < plant->item_count; m++) made[m] = m == item;
        mark_made(plant, item, made);
        if (made[user])
            fault_error(build->faults, spec->thing.place,
                        "a stock of one of them, which is refilled in time, unties the knot",
                        "'%s' is made for '%s', and that for '%s': neither could ever begin",
                        spec->thing.name, plant->items[user].name, spec->thing.name);
    }
}

/* A fault was found: nobody goes round in circles. */
static void cut_knots(struct plant *plant) {
    for (int32_t i = 0; i < plant->item_count; i++) plant->items[i].kit_count = 0;
    for (int32_t i = 0; i < plant->step_count; i++) plant->steps[i].kit_count = 0;
}

/* ---- how many ---- */
/* Lots that are made in all for a lot of each item, itself included; KNOWN keeps what was found. */
static double lots_for(const struct plant *plant, int32_t item, double *known) {
    if (known[item] > 0) return known[item];
    double sum = 1;
    for (int32_t i = 0; i < plant->kit_use_count; i++) {
        const struct kit_use *use = &plant->kit_uses[i];
        if (use->user != item) continue;
        double pieces = (double)use->amount / 1000 * plant->settings.items[item].lot;
        sum += fmax(1, ceil(pieces / plant->settings.items[use->item].lot)) *
               lots_for(plant, use->item, known);
    }
    return known[item] = sum;
}

static void check_lots(struct build *build) {
    const struct plant *plant = build->plant;
    double *known = memory_zeroed((size_t)plant->item_count + 1, sizeof *known);
    for (int32_t i = 0; i < plant->item_count; i++) {
        double lots = lots_for(plant, i, known);
        if (lots > LOTS_MOST)
            fault_error(build->faults, THINGS(build->world->items, item)[i].thing.place,
                        "a stock would be refilled in time; a larger lot is one lot",
                        "%.3g lots would be made for each lot of '%s'", lots, plant->items[i].name);
    }
    free(known);
}

/* ---- all ---- */
static int32_t count_uses(const struct build *build) {
    int32_t count = 0;
    for (int32_t i = 0; i < build->plant->item_count; i++) {
        const struct item_spec *spec = &THINGS(build->world->items, item)[i];
        count += spec->uses.count;
        for (int32_t r = 0; r < build_route_count(spec); r++)
            for (int32_t s = 0; s < build_route(spec, r)->count; s++)
                count += THINGS(*build_route(spec, r), step)[s].uses.count;
    }
    return count;
}

static void build_item_kits(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct item_spec *spec = &THINGS(build->world->items, item)[self];
    struct item *item = &plant->items[self];
    int32_t before = plant->kit_use_count;
    if (item->first_step == NOBODY) return;
    const char *path = arena_text(&plant->arena, "items.%s", item->name);
    add_kit_uses(build, self, &spec->uses, path, &item->kit_first, &item->kit_count);
    for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
        struct step *step = &plant->steps[at];
        if (build_written(build, at))
            add_kit_uses(build, self, &step->spec->uses, build_step_path(build, at),
                         &step->kit_first, &step->kit_count);
    }
    item->kits = plant->kit_use_count > before;
    item->extra |= item->kits;
}

void build_kits(struct build *build) {
    struct plant *plant = build->plant;
    int32_t faults = build->faults->error_count;
    bool *made = arena_take(&plant->arena, (size_t)plant->item_count * sizeof *made);
    BUILD_TAKE(build, kit_uses, count_uses(build));
    for (int32_t i = 0; i < plant->item_count; i++) build_item_kits(build, i);
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item_spec *spec = &THINGS(build->world->items, item)[i];
        const struct item *item = &plant->items[i];
        if (!item->kits) continue;
        check_knots(build, &spec->uses, i, made);
        mark_steps(plant, item, spec->order.index == ORDER_RANDOM || item->chooses);
        for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
            if (!build_written(build, at)) continue;
            check_knots(build, &plant->steps[at].spec->uses, i, made);
            check_step(build, spec, at);
        }
    }
    if (build->faults->error_count == faults)
        check_lots(build);
    else
        cut_knots(plant);
}

void build_kit_flows(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->kit_use_count; i++) {
        plant->kit_uses[i].flow = plant->flow_count;
        plant->flows[plant->flow_count++] = (struct flow){.source = NOBODY,
                                                          .item = plant->kit_uses[i].item,
                                                          .stock = NOBODY,
                                                          .origin = NOBODY,
                                                          .route = NOBODY,
                                                          .kit_use = i};
    }
}
