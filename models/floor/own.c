/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines with names: they share a queue and need not be alike.
 *
 * Each has a speed, which stretches its work and nothing else; the items that it works; a calendar;
 * and stops of its own. The machine that has been idle longest goes first and takes what the rule
 * of the queue puts first of what it may work; when nothing that waits is for it, the next one is
 * asked. What belongs to a lot is drawn by the book, so its luck is the same on every machine. */
#include "../measure/active.h"
#include "quick.h"

bool own_works(const struct run *run, int32_t machine, const struct part *part) {
    if (!run->plant->stations[run->machines[machine].station].choosy) return true;
    if (run->bonds && !bond_allows(run, part, machine)) return false;
    const bool *works = run->plant->machines ? run->plant->machines[machine].works : NULL;
    return !works || works[run->plant->steps[part->step].item];
}

double own_speed(const struct run *run, int32_t machine) {
    return machine < run->plant->machine_count ? run->settings.machines[machine].speed : 1;
}

/* How long WORK by the book takes on this machine; what stands BESIDE it (loading and unloading) is
 * part of it and keeps its time. */
tick own_time(const struct run *run, int32_t machine, tick work, tick beside) {
    return beside + people_time(work - beside, own_speed(run, machine));
}

int32_t own_calendar(const struct run *run, int32_t machine) {
    const struct station *station = &run->plant->stations[run->machines[machine].station];
    return station->named ? run->plant->machines[machine].calendar : station->calendar;
}

/* ---- what is measured of each ---- */
static struct own_state *own_of(const struct run *run, int32_t machine) {
    int32_t own = machine < run->plant->machine_count ? run->plant->machines[machine].own : NOBODY;
    return own == NOBODY ? NULL : &run->owns[own];
}

void machine_state_watched(struct run *run, const struct machine *machine, enum machine_state to) {
    int32_t id = (int32_t)(machine - run->machines);
    struct own_state *own = run->owns ? own_of(run, id) : NULL;
    if (run->activity) activity_changes(run, id, to);
    if (!own) return;
    own->in[machine->state] += run->now - own->since;
    own->since = run->now;
}

void own_worked(struct run *run, int32_t machine, int32_t pieces, int64_t bad) {
    struct own_state *own = own_of(run, machine);
    own->pieces += pieces;
    own->bad += bad;
}

void machine_wasted(struct run *run, int32_t machine, tick work) {
    struct own_state *own = run->owns ? own_of(run, machine) : NULL;
    run->stations[run->machines[machine].station].wasted += work;
    if (own) own->wasted += work;
}

void machine_cut_off(struct run *run, int32_t machine, int32_t pieces) {
    struct station_state *station = &run->stations[run->machines[machine].station];
    struct own_state *own = run->owns ? own_of(run, machine) : NULL;
    station->scrapped += pieces;
    station->cut_off += pieces;
    if (!own) return;
    own->bad += pieces;
    own->cut_off += pieces;
}

tick own_ticks(const struct run *run, int32_t machine, enum machine_state state) {
    const struct own_state *own = own_of(run, machine);
    return own->in[state] + (run->machines[machine].state == state ? run->now - own->since : 0);
}

void own_conserved(const struct run *run) {
    for (int32_t id = 0; run->owns && id < run->plant->machine_count; id++) {
        if (!own_of(run, id)) continue;
        tick sum = 0;
        for (int32_t i = 0; i < STATE_COUNT; i++) sum += own_ticks(run, id, (enum machine_state)i);
        CHECK(sum == run->now - run->measured_from);
    }
}
