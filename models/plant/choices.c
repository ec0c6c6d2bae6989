/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that lots may pass, and machines that they must come back to: see floor/choice.c. */
#include "build.h"

#include <string.h>

/* ---- sample ---- */
static void build_sample(struct build *build, struct item *item, const struct step_spec *spec,
                         int32_t at) {
    struct plant *plant = build->plant;
    struct step *step = &plant->steps[at];
    if (!(spec->sample < 1)) return;
    step->flags |= STEP_SAMPLED;
    item->extra = item->chooses = plant->chance = true;
    if (step->flags & STEP_BRANCH)
        fault_error(build->faults, spec->thing.place, "give the branches to a step of their own",
                    "lots that pass '%s' must know where to go, and its `next` has several steps",
                    spec->thing.name);
    else if (step->next != NOBODY && step->next <= at)
        fault_error(build->faults, spec->thing.place, NULL,
                    "a step with `sample` goes on to a later one: '%s' goes back",
                    spec->thing.name);
}

/* ---- same-machine-as ---- */
/* One machine does both: what stands in the way of that? */
static void check_bond(struct build *build, const struct step_spec *spec, int32_t at,
                       int32_t with) {
    const struct plant *plant = build->plant;
    const struct station *station = &plant->stations[plant->steps[at].station];
    const char *why = NULL;
    if (plant->steps[with].place_count || plant->steps[at].place_count)
        why = "lots choose among several stations";
    else if (plant->steps[with].station != plant->steps[at].station)
        why = "the two steps are at different stations";
    else if (with == at)
        why = "it is the same step";
    else if (station->unlimited)
        why = "that station has as many machines as it needs";
    else if (station->preempt)
        why = "that station lets lots interrupt others";
    else if (station->has_batch && station->batch_rule == BATCH_LOOK_AHEAD)
        why = "that station looks ahead for its batches";
    else if (station->setup_cycles)
        why = "that station is set up in turn";
    else if (plant->settings.stations[plant->steps[at].station].room == 0)
        why = "there is no room to wait for it";
    if (why)
        fault_error(build->faults, spec->thing.place, NULL,
                    "'%s' cannot be bound to the machine of '%s': %s", spec->thing.name,
                    plant->steps[with].name, why);
}

static void build_bond(struct build *build, int32_t item, const struct step_spec *spec, int32_t at,
                       int32_t *count) {
    struct plant *plant = build->plant;
    int32_t with = build_step_named(build, at, spec->same_machine_as);
    if (with == NOBODY) {
        fault_error(build->faults, spec->thing.place, NULL,
                    "the route of '%s' has no step '%s', whose machine '%s' is to be done on",
                    plant->items[item].name, spec->same_machine_as, spec->thing.name);
        return;
    }
    check_bond(build, spec, at, with);
    struct station *station = &plant->stations[plant->steps[at].station];
    struct step *first = &plant->steps[with];
    if (first->binds == NOBODY) first->binds = (*count)++;
    first->flags |= STEP_BINDS;
    plant->steps[at].bound = first->binds;
    plant->items[item].extra = true;
    station->choosy = station->dynamic = true;
}

void build_choices(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->item_count; i++) {
        const struct item *item = &plant->items[i];
        int32_t bonds = 0;
        for (int32_t at = item->first_step; at < item->first_step + item->step_count; at++) {
            const struct step_spec *spec = build_written(build, at);
            if (!spec) continue;
            build_sample(build, &plant->items[i], spec, at);
            if (spec->same_machine_as) build_bond(build, i, spec, at, &bonds);
        }
        if (bonds > plant->bond_most) plant->bond_most = bonds;
    }
}
