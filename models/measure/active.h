/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Active periods: which machine is the bottleneck at each moment (Roser, Nakano and Tanaka, "A
 * practical bottleneck detection method", WSC 2001, and "Shifting bottleneck detection", WSC 2002).
 *
 * A machine is active while it waits for nobody: it works, is set up, repaired or maintained. It
 * waits when it is starved or blocked, or lacks material, people or a repair crew. A machine that
 * closes stays what it was: closing neither begins nor ends an active period, and a pause of no
 * length ends none either.
 *
 * At a moment the bottleneck is the machine whose active period around that moment is the longest,
 * from its beginning to its end, so it is known only later. A period that is the longest at some
 * moment is a bottleneck's; where several of these overlap the bottleneck shifts from one machine
 * to another, elsewhere there is one alone. Two that are equally long are both. A machine with a
 * name has its own share of time alone and shifting. A station has that of all its machines
 * together: two of them at once are still this station alone.
 *
 * Periods that began before measuring count with their whole length, and those that last beyond a
 * horizon end there, for nobody knows what comes. Unlimited stations keep nobody waiting and have
 * no bottleneck's time. Nothing of this is kept unless somebody asks for it. */
#ifndef TAKT_MODELS_MEASURE_ACTIVE_H
#define TAKT_MODELS_MEASURE_ACTIVE_H

#include "../run/run.h"

struct bottleneck_time {
    tick sole, shifting;
};

/* Made and deleted with the run; NULL when nobody asked. */
struct activity *activity_make(const struct plant *);
void activity_delete(struct activity *);

/* A run begins: every machine waits. */
void activity_start(struct run *);

/* A machine goes to another state. */
void activity_changes(struct run *, int32_t machine, enum machine_state to);

/* Measuring begins. */
void activity_reset(struct run *);

/* Time as bottleneck since measuring began, as if the run ended now: first of all stations, then of
 * the machines with a name. It lives until the next call. O(periods that are not over yet). */
const struct bottleneck_time *activity_times(struct run *);

#endif
