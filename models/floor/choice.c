/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a lot does of its route: steps that it passes by (`sample`), and machines that it has to
 * come back to (`same-machine-as`).
 *
 * A step with `sample` is done by a share of the lots, and by whom is their luck: a draw of the
 * step's own, keyed as all that belongs to a job at a step, so that it can be known beforehand. The
 * others pass it in the moment at which they would have come to it, and go where those go that have
 * done it.
 *
 * A bond is between two steps at one station: the machine that did the first must do the second. A
 * lot remembers a machine for each bond of its item, beside what else is in its struct part_extra;
 * one that has not done the first step may go to any. */
#include "quick.h"

/* ---- steps that are passed ---- */
bool choice_does(const struct run *run, const struct part *part, int32_t at) {
    if (!(run->plant->steps[at].flags & STEP_SAMPLED)) return true;
    struct draw draw = draw_at(run_stream(run, run->plant->steps[at].sample_stream), part->luck,
                               part->visits, run->replication, 0);
    return run_uniform(run, &draw) < run->settings.steps[at].sample;
}

static int32_t after(const struct run *run, const struct part *part, int32_t at) {
    const struct step *step = &run->plant->steps[at];
    return run->plant->items[step->item].shuffled ? order_next(run, part, at) : step->next;
}

int32_t choice_ahead(const struct run *run, const struct part *part, int32_t step) {
    while (step != NOBODY && !choice_does(run, part, step)) step = after(run, part, step);
    return step;
}

void choice_make(struct run *run, struct part *part) {
    while (part->step != NOBODY && !choice_does(run, part, part->step)) {
        int32_t at = part->step;
        part->step = after(run, part, at);
        if (part->cards != NOBODY && part->step != NOBODY) cards_end(run, part, at);
    }
}

/* ---- bonds ---- */
static int32_t *bonds_of(const struct run *run, int32_t part) {
    return run->bonds + (ptrdiff_t)part * run->plant->bond_most;
}

void bonds_clear(struct run *run, int32_t part) {
    int32_t *bonds = bonds_of(run, part);
    for (int32_t i = 0; i < run->plant->bond_most; i++) bonds[i] = NOBODY;
}

void bonds_copy(struct run *run, int32_t from, int32_t to) {
    const int32_t *known = bonds_of(run, from);
    int32_t *bonds = bonds_of(run, to);
    for (int32_t i = 0; i < run->plant->bond_most; i++) bonds[i] = known[i];
}

void bonds_make(struct run *run, int32_t first_part, int32_t machine) {
    for (int32_t part = first_part; part != NOBODY; part = run->parts[part].next) {
        int32_t bond = run->plant->steps[run->parts[part].step].binds;
        if (bond != NOBODY) bonds_of(run, part)[bond] = machine;
    }
}

bool bond_allows(const struct run *run, const struct part *part, int32_t machine) {
    int32_t bond = run->plant->steps[part->step].bound;
    if (bond == NOBODY) return true;
    int32_t with = bonds_of(run, (int32_t)(part - run->parts))[bond];
    return with == NOBODY || with == machine;
}
