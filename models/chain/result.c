/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as formulas see them while the run goes on: a level as it is, any result as measured so
 * far, or its mean over the last time. The first is simply read; the others are noted whenever
 * somebody is about to look (seen_note), because that measures everything anew. Means need to know
 * what there was a window ago: for that notes are taken at even moments too, a twentieth of the
 * shortest window apart. */
#include "programme.h"

#include "../floor/floor.h"

#include <math.h>
#include <string.h>

enum { WINDOW_NOTES = 20 };

struct result_note { /* numerator and denominator since measuring began */
    tick at;
    double above, below;
};

struct result_ring {
    struct result_note *notes; /* ascending */
    int32_t count, room;
};

struct result_notes {
    double *values, *room, *sums; /* all columns */
    bool values_wanted, sums_wanted;
    struct result_ring *rings; /* one a result */
    tick step;                 /* between notes; 0: none but when somebody looks */
};

void seen_make(struct run *run) {
    const struct plant *plant = run->plant;
    const struct layout *layout = &plant->layout;
    struct result_notes *notes = run->result_notes = arena_take(&run->arena, sizeof *notes);
    size_t columns = (size_t)layout->column_count + 1;
    for (int32_t i = 0; i < plant->result_count; i++) {
        notes->values_wanted |= plant->results[i].watched == NOBODY && !plant->results[i].window;
        notes->sums_wanted |= plant->results[i].window > 0;
        tick step = (plant->results[i].window + WINDOW_NOTES - 1) / WINDOW_NOTES;
        if (step > 0 && (notes->step == 0 || step < notes->step)) notes->step = step;
    }
    if (notes->values_wanted) {
        size_t room = (size_t)layout->histogram_count * HISTOGRAM_PART + 1;
        notes->values = arena_take(&run->arena, columns * sizeof(double));
        notes->room = arena_take(&run->arena, room * sizeof(double));
    }
    if (notes->sums_wanted) notes->sums = arena_take(&run->arena, 2 * columns * sizeof(double));
    notes->rings =
        arena_take(&run->arena, ((size_t)plant->result_count + 1) * sizeof *notes->rings);
}

void seen_reset(struct run *run) {
    for (int32_t i = 0; i < run->plant->result_count; i++) run->result_notes->rings[i].count = 0;
}

/* Forgets what lies further back than the window, but for the last note before it. */
static void ring_add(struct arena *arena, struct result_ring *ring, struct result_note note,
                     tick window) {
    int32_t old = 0;
    while (old + 1 < ring->count && ring->notes[old + 1].at <= note.at - window) old++;
    ring->count -= old;
    if (old) memmove(ring->notes, ring->notes + old, (size_t)ring->count * sizeof *ring->notes);
    if (ring->count && ring->notes[ring->count - 1].at == note.at) ring->count--;
    if (ring->count == ring->room) {
        struct result_note *before = ring->notes;
        ring->room = ring->room ? 2 * ring->room : 16;
        ring->notes = arena_take(arena, (size_t)ring->room * sizeof *before);
        if (before) memcpy(ring->notes, before, (size_t)ring->count * sizeof *before);
    }
    ring->notes[ring->count++] = note;
}

void seen_note(struct run *run) {
    struct result_notes *notes = run->result_notes;
    if (notes->values_wanted) measure_now(run, notes->values, notes->room);
    if (!notes->sums_wanted) return;
    measure_sums(run, notes->sums);
    for (int32_t i = 0; i < run->plant->result_count; i++) {
        const struct result *result = &run->plant->results[i];
        if (!result->window) continue;
        const double *sums = notes->sums + 2 * result->column;
        ring_add(&run->arena, &notes->rings[i], (struct result_note){run->now, sums[0], sums[1]},
                 result->window);
    }
}

/* What a law is drawn with is not looked into. */
static bool is_measured(const struct run *run, const struct formula_op *op) {
    if (op->code == FORMULA_DRAW) return true;
    return op->code == FORMULA_VARIABLE && op->what == FORMULA_RESULT &&
           run->plant->results[op->index].watched == NOBODY;
}

void seen_by(struct run *run, const struct formula *formula) {
    if (run->plant->result_count == 0) return;
    for (int32_t i = 0; i < formula->op_count; i++)
        if (is_measured(run, &formula->ops[i])) {
            seen_note(run);
            return;
        }
}

bool seen_in(const struct formula *formula) {
    for (int32_t i = 0; i < formula->op_count; i++)
        if (formula->ops[i].code == FORMULA_VARIABLE && formula->ops[i].what == FORMULA_RESULT)
            return true;
    return false;
}

tick seen_next(const struct run *run) {
    tick step = run->result_notes ? run->result_notes->step : 0;
    return step ? (run->now / step + 1) * step : TICK_NEVER;
}

/* Over the window, or since measuring began where that is shorter. */
static double recent(const struct result_ring *ring, tick window) {
    if (ring->count == 0) return NAN;
    struct result_note then = ring->notes[0], now = ring->notes[ring->count - 1];
    if (then.at > now.at - window) then = (struct result_note){0, 0, 0};
    return now.below > then.below ? (now.above - then.above) / (now.below - then.below) : NAN;
}

double seen_value(const struct run *run, int32_t id) {
    const struct result *result = &run->plant->results[id];
    if (result->window)
        return result->scale * recent(&run->result_notes->rings[id], result->window);
    if (result->watched == NOBODY) return result->scale * run->result_notes->values[result->column];
    struct watched watched = {(enum watch)result->watched, result->index};
    return result->scale * measure_watched(run, &watched);
}
