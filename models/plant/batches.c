/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be worked together: steps at one station whose item, family, tool or whatever the batch
 * is `of` has one name are of one kind, which is the number of the first of them. */
#include "build.h"

#include <string.h>

/* NULL: goes with all others that have none. */
static const char *name_of(struct build *build, const struct station *station, int32_t at) {
    const struct step *step = &build->plant->steps[at];
    const struct item_spec *item = &THINGS(build->world->items, item)[step->item];
    switch (station->batch_of) {
    case BATCH_OF_ITEM: return item->thing.name;
    case BATCH_OF_STEP:
        return arena_text(&build->plant->arena, "%s.%s", item->thing.name, step->name);
    case BATCH_OF_FAMILY: return item->family ? item->family : item->thing.name;
    case BATCH_OF_TOOL: return step->spec->tool;
    default: return NULL;
    }
}

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* A whole lot that goes in must leave room for what is missing to the minimum, or it waits for
 * ever. */
static void check_lots(struct build *build, const struct station *station, int32_t at) {
    const struct step_settings *settings = &build->plant->settings.steps[at];
    const struct item *item = &build->plant->items[build->plant->steps[at].item];
    int32_t lot = build->plant->settings.items[build->plant->steps[at].item].lot;
    bool one_size = station->batch_of == BATCH_OF_ITEM || station->batch_of == BATCH_OF_STEP;
    if (!station->batch_pieces || !one_size || settings->batch_wait != TICK_NEVER) return;
    int64_t most = lot <= settings->batch_max ? settings->batch_max / lot * lot : lot;
    for (int32_t i = 0; i < build->world->releases.count; i++)
        if (THINGS(build->world->releases, release)[i].lot > 0 ||
            THINGS(build->world->releases, release)[i].source.size.kind != (int32_t)ABSENT_LAW)
            return; /* lots of other sizes may come */
    if (most < settings->batch_min)
        fault_error(build->faults,
                    THINGS(build->world->items, item)[build->plant->steps[at].item].thing.place,
                    "a larger max, or a `wait`",
                    "whole lots of %d of '%s' never make a batch of %lld to %lld pieces at '%s'",
                    lot, item->name, (long long)settings->batch_min, (long long)settings->batch_max,
                    station->name);
}

void build_batches(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->step_count; i++) {
        const struct station *station = &plant->stations[plant->steps[i].station];
        plant->steps[i].batch_kind = i;
        if (!station->has_batch) continue;
        plant->batches = true;
        const char *name = name_of(build, station, i);
        for (int32_t first = 0; first < i; first++)
            if (plant->steps[first].station == plant->steps[i].station &&
                same(name, name_of(build, station, first))) {
                plant->steps[i].batch_kind = plant->steps[first].batch_kind;
                break;
            }
        if (plant->steps[i].place_count == 0) check_lots(build, station, i);
    }
}
