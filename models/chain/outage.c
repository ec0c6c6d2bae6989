/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outages: when suppliers and lanes stop, and when they are back. What they stop is theirs: see
 * supplier.c and lane.c. Draws are keyed by occurrence. */
#include "../floor/quick.h"
#include "lane.h"

static tick drawn(const struct run *run, int32_t id, const struct law *law, uint64_t stream) {
    return supply_drawn(run, law, stream, run->outages[id].count);
}

static void plan(struct run *run, int32_t id, tick at) {
    if (at == TICK_NEVER) return;
    run_plan(run, run->plant->outage_slot + id, at > run->now ? at : run->now, CLASS_CLOSE);
}

static tick next(const struct run *run, int32_t id, const struct law *law) {
    const struct outage *outage = &run->plant->outages[id];
    if (outage->moments.at) return moment_next(&outage->moments, run->outages[id].count);
    tick after = drawn(run, id, law, outage->after_stream);
    return after == TICK_NEVER ? TICK_NEVER : run->now + after;
}

void outages_start(struct run *run) {
    for (int32_t id = 0; id < run->plant->outage_count; id++) {
        const struct outage_settings *settings = &run->settings.outages[id];
        bool own = settings->first.kind != (int32_t)ABSENT_LAW;
        run->outages[id] = (struct outage_state){0};
        plan(run, id, next(run, id, own ? &settings->first : &settings->after));
    }
}

static const char *owner(const struct run *run, const struct outage *outage) {
    return outage->way != NOBODY ? run->plant->ways[outage->way].name
                                 : run->plant->suppliers[outage->supplier].name;
}

static void turn(struct run *run, const struct outage *outage, bool begins) {
    if (outage->way != NOBODY)
        way_outage(run, outage, begins);
    else
        supplier_outage(run, outage, begins);
}

static void begin(struct run *run, int32_t id) {
    const struct outage *outage = &run->plant->outages[id];
    const struct outage_settings *settings = &run->settings.outages[id];
    struct outage_state *self = &run->outages[id];
    tick lasts = drawn(run, id, &settings->lasts, outage->lasts_stream);
    SAY(run, CLASS_CLOSE, owner(run, outage), "stops (%s) for %.6g h", outage->name,
        (double)lasts / (double)TICK_H);
    self->down = true;
    self->count++;
    if (outage->clock == OUTAGE_CALENDAR) self->next = next(run, id, &settings->after);
    turn(run, outage, true);
    if (lasts != TICK_NEVER)
        run_plan(run, run->plant->outage_slot + id, run->now + lasts, CLASS_OPEN);
}

static void end(struct run *run, int32_t id) {
    const struct outage *outage = &run->plant->outages[id];
    struct outage_state *self = &run->outages[id];
    SAY(run, CLASS_OPEN, owner(run, outage), "is back (%s)", outage->name);
    self->down = false;
    plan(run, id,
         outage->clock == OUTAGE_CALENDAR ? self->next
                                          : next(run, id, &run->settings.outages[id].after));
    turn(run, outage, false);
}

void outage_event(struct run *run, int32_t id) {
    if (run->outages[id].down)
        end(run, id);
    else
        begin(run, id);
}
