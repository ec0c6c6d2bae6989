/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakdowns of vehicles: each stands for a while and goes on with what it was about.
 *
 * Each vehicle has a clock for each failure of its fleet: `up` and `calendar` run with the time,
 * `busy` while it is not free and not broken down. Draws are keyed by vehicle and occurrence.
 *
 * A breakdown that needs people waits for them as a repair of a machine does (see people.h). When
 * they go home or are away they break off, and what is left of it waits for others. */
#include "../chain/lane.h"
#include "people.h"
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

int32_t wreck_vehicle(const struct run *run, int32_t wreck) {
    return vehicle_of(run, wreck);
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
static bool is_driven(const struct run *run, const struct vehicle *vehicle) {
    return run->plant->fleets[vehicle->fleet].needs.count && vehicle_is_busy(vehicle->phase);
}

static void stand(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    int32_t slot = run->plant->vehicle_slot + id;
    if (vehicle->phase == VEHICLE_CALLED)
        vehicle_is_given_up(run, id);
    else if (vehicle->phase != VEHICLE_FREE && !vehicle->unmanned) {
        if (vehicle_is_busy(vehicle->phase)) breakdowns_work(run, id, false);
        vehicle->left = event_tick(calendar_pending(&run->calendar, slot)) - run->now;
        calendar_cancel(&run->calendar, slot);
    }
    if (UNLIKELY(is_driven(run, vehicle))) vehicle_stands(run, id);
    level_change(&run->fleets[vehicle->fleet].down, run->now, 1);
}

static void go_on(struct run *run, int32_t id) {
    struct vehicle *vehicle = &run->vehicles[id];
    level_change(&run->fleets[vehicle->fleet].down, run->now, -1);
    if (vehicle->phase == VEHICLE_FREE) {
        vehicles_wanted(run, vehicle->fleet);
        vehicle_goes_home(run, id);
        return;
    }
    if (UNLIKELY(is_driven(run, vehicle))) {
        vehicle_waits_to_go_on(run, id);
        return;
    }
    run_plan(run, run->plant->vehicle_slot + id, run->now + vehicle->left, CLASS_RECEIVE);
    if (vehicle_is_busy(vehicle->phase)) breakdowns_work(run, id, true);
}

/* ---- who repairs it ---- */
/* A vehicle waits for people while none of its breakdowns is worked on. */
static void count_mended(struct run *run, int32_t id, int32_t more) {
    struct vehicle *vehicle = &run->vehicles[id];
    vehicle->mended += more;
    bool waits = vehicle->down > 0 && vehicle->mended == 0;
    level_change(&run->fleets[vehicle->fleet].unmended, run->now, waits - vehicle->unmended);
    vehicle->unmended = waits;
}

/* LASTS by the book: the people for it are asked for, or its end is planned. */
static void repair_begins(struct run *run, int32_t wreck, tick lasts) {
    const struct breakdown *at = breakdown_of(run, wreck);
    count_mended(run, vehicle_of(run, wreck), at->needs.count == 0);
    if (at->needs.count)
        team_ask(run, team_of_wreck(run, wreck), at->needs, lasts);
    else
        run_plan(run, slot_of(run, wreck), run->now + lasts, CLASS_OPEN);
}

void wreck_staffed(struct run *run, int32_t wreck) {
    const struct team *team = &run->teams[team_of_wreck(run, wreck)];
    run_plan(run, slot_of(run, wreck), run->now + people_time(team->left, team->speed), CLASS_OPEN);
    count_mended(run, vehicle_of(run, wreck), 1);
}

void wreck_deserted(struct run *run, int32_t wreck) {
    int32_t id = team_of_wreck(run, wreck), slot = slot_of(run, wreck);
    struct team *team = &run->teams[id];
    tick left = team->left;
    if (team->state == TEAM_WORKS) {
        tick time = event_tick(calendar_pending(&run->calendar, slot)) - run->now;
        left = (tick)((double)time * team->speed + 0.5);
        calendar_cancel(&run->calendar, slot);
        count_mended(run, vehicle_of(run, wreck), -1);
    }
    team_leave(run, id);
    team_ask(run, id, team->needs, left);
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
    repair_begins(run, wreck, lasts);
    if (at->clock == BREAKDOWN_CALENDAR) clock_set(run, wreck, &settings->after);
    SAY(run, CLASS_CLOSE, run->plant->fleets[at->fleet].name, "%d breaks down (%s) for %.6g h",
        wreck - at->first + 1, at->name, (double)lasts / (double)TICK_H);
    if (UNLIKELY(run->plant->fleets[at->fleet].needs.count))
        vehicles_wanted(run, at->fleet); /* another may fetch what it was called for */
}

static void repaired(struct run *run, int32_t wreck) {
    const struct breakdown *at = breakdown_of(run, wreck);
    struct wreck *state = &run->wrecks[wreck];
    int32_t id = vehicle_of(run, wreck);
    state->down = false;
    if (at->needs.count) team_leave(run, team_of_wreck(run, wreck));
    SAY(run, CLASS_OPEN, run->plant->fleets[at->fleet].name, "%d goes on (%s)",
        wreck - at->first + 1, at->name);
    if (at->clock == BREAKDOWN_CALENDAR)
        plan_strike(run, wreck, state->left);
    else
        clock_set(run, wreck, &settings_of(run, wreck)->after);
    run->vehicles[id].down--;
    count_mended(run, id, -1);
    if (run->vehicles[id].down == 0) go_on(run, id);
}

void breakdown_event(struct run *run, int32_t wreck) {
    bool down = run->wrecks[wreck].down;
    if (down && breakdown_of(run, wreck)->needs.count && team_comes(run, team_of_wreck(run, wreck)))
        team_arrives(run, team_of_wreck(run, wreck));
    else if (down)
        repaired(run, wreck);
    else
        strike(run, wreck);
}

/* Who needs people and is broken down waits for them or has them, and nobody else does. */
void breakdowns_conserved(const struct run *run) {
    for (int32_t w = 0; w < run->plant->wreck_count; w++) {
        if (!breakdown_of(run, w)->needs.count) continue;
        int32_t team = team_of_wreck(run, w);
        CHECK(run->wrecks[w].down == (team_waits(run, team) || team_works(run, team)));
    }
}
