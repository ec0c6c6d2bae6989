/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of orders, each with its own data, and what of them stands on the floor already. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

tick build_run_time(const struct build *build, tick measured) {
    if (measured == ABSENT_TICKS) return TICK_NEVER;
    tick at = measured + build->plant->warm_up;
    return at < 0 ? 0 : at;
}

/* ---- the order of rows ---- */
struct row {
    tick at;
    int32_t entry;
    bool stands; /* on the floor when the run begins */
};

static int row_order(const void *a, const void *b) {
    const struct row *x = a, *y = b;
    if (x->stands != y->stands) return x->stands ? -1 : 1;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return x->entry < y->entry ? -1 : 1;
}

static struct row row_of(const struct build *build, const struct list_entry_spec *entry,
                         int32_t index) {
    bool stands = list_entry_stands(entry);
    tick at = entry->at.ticks == ABSENT_TICKS ? 0 : build_run_time(build, entry->at.ticks);
    return (struct row){at, index, stands && at == 0};
}

void build_list(struct build *build, struct source *source, const struct list *list) {
    struct arena *arena = &build->plant->arena;
    int32_t count = list->count;
    struct row *rows = memory_zeroed((size_t)count + 1, sizeof *rows);
    int32_t *order = arena_take(arena, (size_t)count * sizeof *order);
    source->list = list->things;
    source->list_count = source->moment_count = count;
    source->moments = arena_take(arena, (size_t)count * sizeof *source->moments);
    for (int32_t i = 0; i < count; i++) rows[i] = row_of(build, &source->list[i], i);
    qsort(rows, (size_t)count, sizeof *rows, row_order);
    for (int32_t i = 0; i < count; i++) {
        source->moments[i] = rows[i].at;
        order[i] = rows[i].entry;
        source->standing_count += rows[i].stands;
    }
    source->list_order = order;
    free(rows);
}

/* ---- where lots stand ---- */
static bool starts_item(const struct plant *plant, const struct source *source, int32_t item) {
    for (int32_t i = 0; i < source->share_count; i++)
        if (plant->flows[source->flow_first + i].item == item) return true;
    return false;
}

static int32_t item_of(struct build *build, const struct release_spec *spec,
                       const struct source *source, const struct list_entry_spec *entry) {
    if (entry->item.index < 0 && spec->item.count == 0)
        fault_error(build->faults, spec->thing.place, NULL,
                    "an entry of the list of '%s' says no item", spec->thing.name);
    else if (entry->item.index < 0)
        return source->share_count ? build->plant->flows[source->flow_first].item : NOBODY;
    else if (starts_item(build->plant, source, entry->item.index))
        return entry->item.index;
    else
        fault_error(build->faults, entry->item.place, NULL, "release '%s' does not start '%s'",
                    spec->thing.name, entry->item.name);
    return NOBODY;
}

/* Of the first route that has it; of several stations the first written. */
static int32_t step_of_item(const struct build *build, int32_t item, const char *name) {
    const struct item *of = &build->plant->items[item];
    for (int32_t at = of->first_step; at < of->first_step + of->step_count; at++)
        if (strcmp(build->plant->steps[at].name, name) == 0)
            return build->plant->steps[at].place_count ? build->plant->steps[at].place_first : at;
    return NOBODY;
}

static int32_t step_of(struct build *build, int32_t item, const struct list_entry_spec *entry,
                       struct place place) {
    const struct item *of = &build->plant->items[item];
    if (of->first_step == NOBODY) return NOBODY;
    if (!entry->step) return step_of_item(build, item, build->plant->steps[of->first_step].name);
    int32_t step = step_of_item(build, item, entry->step);
    if (step == NOBODY)
        fault_error(build->faults, place, NULL, "the route of '%s' has no step '%s'", of->name,
                    entry->step);
    return step;
}

/* Each lot that is being worked needs a machine, or a place in one. */
static void check_machine(struct build *build, int32_t step, struct place place, tick left,
                          int32_t *taken) {
    int32_t id = build->plant->steps[step].station;
    const struct station *station = &build->plant->stations[id];
    build->plant->stands_in_work = true;
    if (station->choosy && station->named)
        fault_error(build->faults, place, "leave out `work-left`: it then waits there",
                    "machines of station '%s' do not work all items, so it is not clear which one "
                    "a lot is on at the start",
                    station->name);
    if (station->belt && left > station->belt_time)
        fault_error(build->faults, place, NULL,
                    "a lot has more left than the whole way on conveyor '%s' takes", station->name);
    int64_t most = (int64_t)station->machine_count * (station->pipes ? station->places : 1);
    if (station->unlimited || ++taken[id] != most + 1) return;
    if (station->belt) {
        fault_error(build->faults, place, "leave out `work-left` of those that wait",
                    "at the start more lots are on '%s' than it has places", station->name);
        return;
    }
    fault_error(build->faults, place, "leave out `work-left` of those that wait",
                "at the start more lots are on machines of '%s' than it has machines",
                station->name);
}

/* A lot is not there before it is released. */
static void check_released(struct build *build, const struct list_entry_spec *entry,
                           const struct thing *thing) {
    if (entry->released.ticks == ABSENT_TICKS ||
        entry->released.ticks + build->plant->warm_up <= row_of(build, entry, 0).at)
        return;
    fault_error(build->faults, thing->place, "released: -9 d",
                "a lot of '%s' is on the floor before it is released", thing->name);
}

static void build_steps_of_list(struct build *build, int32_t self, int32_t *taken) {
    struct plant *plant = build->plant;
    const struct release_spec *spec = &THINGS(build->world->releases, release)[self];
    struct source *source = &plant->sources[self];
    int32_t *steps = arena_take(&plant->arena, (size_t)source->list_count * sizeof *steps);
    for (int32_t i = 0; i < source->list_count; i++) {
        const struct list_entry_spec *entry = &source->list[i];
        int32_t item = item_of(build, spec, source, entry);
        steps[i] = item == NOBODY || !list_entry_stands(entry)
                       ? NOBODY
                       : step_of(build, item, entry, spec->thing.place);
        check_released(build, entry, &spec->thing);
        if (steps[i] != NOBODY && entry->work_left.ticks != ABSENT_TICKS)
            check_machine(build, steps[i], spec->thing.place, entry->work_left.ticks, taken);
    }
    source->list_steps = steps;
}

void build_standing(struct build *build) {
    int32_t *taken = memory_zeroed((size_t)build->plant->station_count + 1, sizeof *taken);
    for (int32_t i = 0; i < build->plant->release_count; i++) build_steps_of_list(build, i, taken);
    free(taken);
}
