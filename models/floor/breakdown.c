/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakdowns of vehicles: each stands for a while and goes on with what it was about.
 *
 * Each vehicle has a clock for each failure of its fleet: `up` and `calendar` run with the time,
 * `busy` while it is not free and not broken down. Draws are keyed by vehicle and occurrence. */
#include "../chain/lane.h"
#include "quick.h"

static const struct breakdown *breakdown_of(const struct run *run, int32_t wreck) {
    const struct breakdown *at = run->plant->breakdowns;
    while (wreck >= at->first + run->plant->fleets[at->fleet].number) at++;
    return at;
}

static int32_t vehicle_of(const struct run *run, int32_t wreck) {
    const struct breakdown *at = breakdown_of(run, wreck);
    return run->plant->fleets[at->fleet].first + wreck - at->first;
}

static const struct breakdown_settings *settings_of(const struct run *run, int32_t wreck) {
    return &run->settings.breakdowns[breakdown_of(run, wreck) - run->plant->breakdowns];
}

static tick drawn(const struct run *run, int32_t wreck, const struct law *law, uint64_t stream) {
    struct draw draw =
        draw_at(run_stream(run, stream), (uint64_t)run->wrecks[wreck].count, 0, run->replication,
                (uint64_t)(wreck - breakdown_of(run, wreck)->first));
    struct formula_env env = {.read = world_read, .context = run, .draw = &draw};
    return law_ticks(law, &draw, &env);
}

/* ---- clocks ---- */
static int32_t slot_of(const struct run *run, int32_t wreck) {
    return run->plant->breakdown_slot + wreck;
}

static void plan_strike(struct run *run, int32_t wreck, tick at) {
    if (at != TICK_NEVER)
        run_plan(run, slot_of(run, wreck), at > run->now ? at : run->now, CLASS_CLOSE);
}

static void clock_set(struct run *run, int32_t wreck, const struct law *law) {
    const struct breakdown *at = breakdown_of(run, wreck);
    struct wreck *state = &run->wrecks[wreck];
    tick after = at->moments.at ? TICK_NEVER : drawn(run, wreck, law, at->after_stream);
    bool busy = at->clock == BREAKDOWN_BUSY;
    state->left = busy || after == TICK_NEVER ? after : run->now + after;
    if (at->moments.at) state->left = moment_next(&at->moments, state->count);
    if (!busy && !state->down) plan_strike(run, wreck, state->left);
}

/* Every clock of this vehicle that counts its work. */
typedef void visit_clock(struct run *, int32_t wreck, struct wreck *);

static void visit_busy(struct run *run, int32_t vehicle, visit_clock *visit) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->breakdown_count; i++) {
        const struct breakdown *at = &plant->breakdowns[i];
        int32_t place = vehicle - plant->fleets[at->fleet].first;
        if (at->fleet != run->vehicles[vehicle].fleet || at->clock != BREAKDOWN_BUSY) continue;
        struct wreck *state = &run->wrecks[at->first + place];
        if (!state->down && state->left != TICK_NEVER) visit(run, at->first + place, state);
    }
}

static void clock_runs(struct run *run, int32_t wreck, struct wreck *state) {
    state->since = run->now;
    plan_strike(run, wreck, run->now + state->left);
}

/* What is used up strikes at the end of this instant. */
static void clock_stands(struct run *run, int32_t wreck, struct wreck *state) {
    state->left -= run->now - state->since;
    if (state->left > 0) calendar_cancel(&run->calendar, slot_of(run, wreck));
}

void breakdowns_work(struct run *run, int32_t vehicle, bool works) {
    if (run->vehicles[vehicle].down == 0)
        visit_busy(run, vehicle, works ? clock_runs : clock_stands);
}

void breakdowns_start(struct run *run) {
    for (int32_t w = 0; w < run->plant->wreck_count; w++) {
        const struct breakdown_settings *settings = settings_of(run, w);
        bool own = settings->first.kind != (int32_t)ABSENT_LAW;
        run->wrecks[w] = (struct wreck){0};
        clock_set(run, w, own ? &settings->first : &settings->after);
    }
}

/* ---- standing, and going on ---- */
static void stand(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    int32_t slot = run->plant->vehicle_slot + id;
    if (vehicle->phase != VEHICLE_FREE) {
        if (vehicle_is_busy(vehicle->phase)) breakdowns_work(run, id, false);
        vehicle->left = event_tick(calendar_pending(&run->calendar, slot)) - run->now;
        calendar_cancel(&run->calendar, slot);
    }
    level_change(&run->fleets[vehicle->fleet].down, run->now, 1);
}

static void go_on(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    level_change(&run->fleets[vehicle->fleet].down, run->now, -1);
    if (vehicle->phase == VEHICLE_FREE) {
        vehicles_wanted(run, vehicle->fleet);
        return;
    }
    run_plan(run, run->plant->vehicle_slot + id, run->now + vehicle->left, CLASS_RECEIVE);
    if (vehicle_is_busy(vehicle->phase)) breakdowns_work(run, id, true);
}

static void strike(struct run *run, int32_t wreck) {
    const struct breakdown *at = breakdown_of(run, wreck);
    const struct breakdown_settings *settings = settings_of(run, wreck);
    struct wreck *state = &run->wrecks[wreck];
    int32_t id = vehicle_of(run, wreck);
    tick lasts = drawn(run, wreck, &settings->lasts, at->lasts_stream);
    if (run->vehicles[id].down == 0) stand(run, id);
    run->vehicles[id].down++;
    state->down = true;
    state->count++;
    run_plan(run, slot_of(run, wreck), run->now + lasts, CLASS_OPEN);
    if (at->clock == BREAKDOWN_CALENDAR) clock_set(run, wreck, &settings->after);
    SAY(run, CLASS_CLOSE, run->plant->fleets[at->fleet].name, "%d breaks down (%s) for %.6g h",
        wreck - at->first + 1, at->name, (double)lasts / (double)TICK_H);
}

static void repaired(struct run *run, int32_t wreck) {
    const struct breakdown *at = breakdown_of(run, wreck);
    struct wreck *state = &run->wrecks[wreck];
    int32_t id = vehicle_of(run, wreck);
    state->down = false;
    SAY(run, CLASS_OPEN, run->plant->fleets[at->fleet].name, "%d goes on (%s)",
        wreck - at->first + 1, at->name);
    if (at->clock == BREAKDOWN_CALENDAR)
        plan_strike(run, wreck, state->left);
    else
        clock_set(run, wreck, &settings_of(run, wreck)->after);
    if (--run->vehicles[id].down == 0) go_on(run, id);
}

void breakdown_event(struct run *run, int32_t wreck) {
    if (run->wrecks[wreck].down)
        repaired(run, wreck);
    else
        strike(run, wreck);
}
