/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the settings of a run: the one way in which programmes and plans act on it.
 *
 * Everything that may change during a run lies in the settings block (models/plant/plant.h). What a
 * change of the scenario's text does to it is found when the plant is built: a plant is built of
 * the world with the change made, and what differs between the two blocks is what the change does
 * (changes_find). So all that holds for a change before the run (units, defaults, `*`, `times`,
 * what follows from what) holds for one during the run, and nothing has to be said twice.
 *
 * A run that changes anything begins again with the settings of its plant and applies what is in
 * force, in the order written; so what has ended leaves no trace, and two changes of the same
 * number act one on top of the other: `times` multiplies, `plus` adds, a plain value replaces. An
 * effect may be there in part (a ramp): numbers and laws then lie between what they were and what
 * they become.
 *
 * A change acts on what starts after it: work at hand keeps its time; machines and places that are
 * too many are emptied first. */
#ifndef TAKT_MODELS_RUN_CHANGE_H
#define TAKT_MODELS_RUN_CHANGE_H

#include "../../sim/sim.h"

struct plant;
struct run;
struct settings;
struct programme_variant;

/* What lies at a place of the settings. */
enum change_shape {
    CHANGED_REAL,    /* double */
    CHANGED_AMOUNT,  /* int64_t */
    CHANGED_COUNT,   /* int32_t: a count, or a word; changes at once */
    CHANGED_LAW,     /* struct law */
    CHANGED_FORMULA, /* const struct formula *; changes at once */
    CHANGED_RULE,    /* struct queue_rule; changes at once */
    CHANGED_SHIFT    /* struct shift; changes at once */
};

struct change {
    enum change_shape shape;
    int32_t kind;          /* enum change_kind */
    size_t at;             /* bytes from the beginning of the block */
    const void *from, *to; /* the two values, in the blocks of the plant and of the variant */
    double operand;        /* of times and plus, as it acts on this number */
};

struct changes {
    int32_t count;
    struct change *list;
};

/* What a plant of the changed world has otherwise, into the arena. O(size of the settings). */
struct changes changes_find(struct arena *, const struct plant *, const struct plant *changed,
                            int32_t kind);

/* Can this change be there in part? A law can if it is scaled or shifted, or if both are of one
 * kind with plain numbers. */
bool change_grows(const struct change *);

/* Applies changes to settings, SHARE of them (0..1). Laws in between are made in the arena. */
void changes_apply(struct arena *, struct settings *, const struct changes *, double share);

/* Everything that a run has to see to when its settings have become others; BEFORE is how they
 * were. */
void settings_changed(struct run *, const struct settings *before);

#endif
