/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "programme.h"

#include "../floor/quick.h"
#include "../measure/kpis.h"
#include "../plan/planner.h"

#include <math.h>
#include <stdlib.h>

/* ---- memory and the beginning ---- */
void programmes_make(struct run *run) {
    const struct plant *plant = run->plant;
    if (plant->programme_count || plant->result_count) seen_make(run);
    if (!plant->programme_count && !plant->plans.set_count) return;
    run->settings_before = (struct settings){0};
    settings_copy(&run->settings_before, &plant->settings);
    if (!plant->programme_count) return;
    run->programmes =
        arena_take(&run->arena, (size_t)plant->programme_count * sizeof *run->programmes);
}

void programmes_free(struct run *run) {
    free(run->undertakings);
    free(run->settings_before.block);
    arena_clear(&run->change_arena);
}

static bool looks_at_events(const struct programme_spec *spec) {
    return spec->review.ticks == SPAN_WORD(REVIEW_EVENT);
}

void programmes_start(struct run *run) {
    const struct plant *plant = run->plant;
    run->undertaking_count = run->watching = 0;
    for (int32_t i = 0; i < plant->programme_count; i++)
        run->programmes[i] = (struct programme_state){0};
    if (plant->warm_up == 0) programmes_begin(run);
}

/* Programmes act in measured time. */
void programmes_begin(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->programme_count; i++)
        if (plant->programmes[i].at != TICK_NEVER)
            run_plan(run, plant->programme_slot + i, plant->programmes[i].at, CLASS_PLAN);
}

void programmes_reset(struct run *run) {
    if (run->result_notes) seen_reset(run);
    for (int32_t i = 0; i < run->plant->programme_count; i++) {
        level_reset(&run->programmes[i].lives, run->now);
        level_reset(&run->programmes[i].effect, run->now);
        run->programmes[i].capital_micro = 0;
    }
}

/* ---- money ---- */
static void spend(struct run *run, int32_t programme, enum account account, int64_t micro) {
    run->programmes[programme].capital_micro += micro;
    money_note(run);
    ledger_post_micro(run, account, micro);
    money_note(run);
}

/* ---- the effect ---- */
static double grown(const struct ramp_spec *ramp, double part) {
    switch ((enum ramp_shape)ramp->shape.index) {
    case RAMP_STEP: return part < 1 ? 0 : 1;
    case RAMP_LINEAR: return part;
    case RAMP_EXPONENTIAL: return (1 - exp(-3 * part)) / (1 - exp(-3));
    case RAMP_LEARNING: return log2(1 + 7 * part) / 3;
    }
    return 1;
}

/* Between two steps of the ramp, what is true in the middle. */
static double share_of(const struct run *run, const struct undertaking *work) {
    const struct ramp_spec *ramp = run->plant->programmes[work->programme].spec->ramp.block;
    if (!work->succeeds || work->introduced == TICK_NEVER) return 0;
    if (!ramp || ramp->over.ticks <= 0 || work->ramp_step >= RAMP_STEPS) return 1;
    return grown(ramp, (work->ramp_step + 0.5) / RAMP_STEPS);
}

static void apply_all(struct run *run, int32_t programme) {
    const struct programme *plan = &run->plant->programmes[programme];
    for (int32_t i = 0; i < run->undertaking_count; i++) {
        const struct undertaking *work = &run->undertakings[i];
        if (work->programme != programme) continue;
        double share = share_of(run, work);
        for (int32_t c = 0; share > 0 && c < plan->change_count; c++)
            changes_apply(&run->change_arena, &run->settings, &plan->changes[c], share);
        for (int32_t c = 0; work->dips && c < plan->dip_count; c++)
            changes_apply(&run->change_arena, &run->settings, &plan->dips[c], 1);
    }
}

static void note_levels(struct run *run) {
    for (int32_t p = 0; p < run->plant->programme_count; p++) {
        struct programme_state *state = &run->programmes[p];
        int64_t effect = 0;
        for (int32_t i = 0; i < run->undertaking_count; i++)
            if (run->undertakings[i].programme == p)
                effect += llrint(1e6 * share_of(run, &run->undertakings[i]));
        level_change(&state->effect, run->now, effect - state->effect.now);
        level_change(&state->lives, run->now, state->live - state->lives.now);
    }
}

void settings_refresh(struct run *run) {
    ledger_accrue(run);
    settings_copy(&run->settings_before, &run->settings);
    settings_copy(&run->settings, &run->plant->settings);
    if (run->planning) planning_apply(run);
    for (int32_t p = 0; p < run->plant->programme_count; p++) apply_all(run, p);
    ledger_rebase(run);
    note_levels(run);
    settings_changed(run, &run->settings_before);
}

/* ---- an undertaking ---- */
static int32_t undertaking_of(const struct run *run, int32_t slot) {
    int32_t i = 0;
    while (run->undertakings[i].slot != slot) i++;
    return i;
}

static int32_t undertaking_add(struct run *run, int32_t programme) {
    if (run->undertaking_count == run->undertaking_room) {
        run->undertaking_room = run->undertaking_room ? 2 * run->undertaking_room : 4;
        run->undertakings = memory_grown(run->undertakings, (size_t)run->undertaking_room,
                                         sizeof *run->undertakings);
    }
    int32_t slot = run_take_slot(run, SLOT_UNDERTAKING, programme);
    run->undertakings[run->undertaking_count] = (struct undertaking){
        .programme = programme, .slot = slot, .introduced = TICK_NEVER, .ends = TICK_NEVER};
    return run->undertaking_count++;
}

static tick dip_ends(const struct run *run, const struct undertaking *work) {
    const struct dip_spec *dip = run->plant->programmes[work->programme].spec->dip.block;
    return work->dips ? work->introduced + dip->lasts.ticks : TICK_NEVER;
}

static tick ramp_next(const struct run *run, const struct undertaking *work) {
    const struct ramp_spec *ramp = run->plant->programmes[work->programme].spec->ramp.block;
    if (!ramp || !work->succeeds || ramp->over.ticks <= 0 || work->ramp_step >= RAMP_STEPS)
        return TICK_NEVER;
    return work->introduced +
           (tick)((__int128)ramp->over.ticks * (work->ramp_step + 1) / RAMP_STEPS);
}

static tick least(tick a, tick b) {
    return a < b ? a : b;
}

static void plan_next(struct run *run, const struct undertaking *work) {
    tick next = least(least(dip_ends(run, work), ramp_next(run, work)), work->ends);
    if (next != TICK_NEVER) run_plan(run, work->slot, next, CLASS_PLAN);
}

static tick end_of(const struct run *run, const struct undertaking *work) {
    const struct programme_spec *spec = run->plant->programmes[work->programme].spec;
    const struct dip_spec *dip = spec->dip.block;
    if (!work->succeeds) return run->now + (dip ? dip->lasts.ticks : 0);
    tick ends = TICK_NEVER;
    if (spec->lasts.ticks != ABSENT_TICKS) ends = run->now + spec->lasts.ticks;
    if (spec->life.ticks != ABSENT_TICKS) ends = least(ends, run->now + spec->life.ticks);
    return ends;
}

static void undertaking_end(struct run *run, int32_t i) {
    struct undertaking work = run->undertakings[i];
    const struct programme *plan = &run->plant->programmes[work.programme];
    struct programme_state *state = &run->programmes[work.programme];
    SAY(run, CLASS_PLAN, plan->name, "ends");
    int64_t brings_micro = llrint(plan->spec->residual * (double)plan->spec->capex.micro);
    spend(run, work.programme, ACCOUNT_CAPEX, -brings_micro);
    asset_sell(run, work.slot, brings_micro);
    calendar_give_slot(&run->calendar, work.slot);
    run->undertaking_count--;
    for (int32_t k = i; k < run->undertaking_count; k++)
        run->undertakings[k] = run->undertakings[k + 1];
    state->decided--;
    state->live -= work.introduced != TICK_NEVER;
}

static void introduce(struct run *run, struct undertaking *work) {
    const struct programme *plan = &run->plant->programmes[work->programme];
    SAY(run, CLASS_PLAN, plan->name, work->succeeds ? "is introduced" : "is introduced and fails");
    run->programmes[work->programme].live++;
    work->introduced = run->now;
    work->dips = plan->spec->dip.block != NULL;
    work->ends = end_of(run, work);
}

/* Whoever waits for the end or the beginning of another looks again. */
static void others_look(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->programme_count; i++) {
        int32_t slot = plant->programme_slot + i;
        if (plant->programmes[i].at <= run->now && looks_at_events(plant->programmes[i].spec) &&
            calendar_pending(&run->calendar, slot) == EVENT_NEVER)
            run_plan(run, slot, run->now, CLASS_POLICY);
    }
}

/* What is due of it: introduction, steps of the ramp, the end of the dip, its end. */
void undertaking_event(struct run *run, int32_t slot) {
    int32_t i = undertaking_of(run, slot);
    struct undertaking *work = &run->undertakings[i];
    if (work->introduced == TICK_NEVER)
        introduce(run, work);
    else if (ramp_next(run, work) <= run->now)
        work->ramp_step++;
    if (dip_ends(run, work) <= run->now) work->dips = false;
    if (work->ends <= run->now)
        undertaking_end(run, i);
    else
        plan_next(run, work);
    settings_refresh(run);
    others_look(run);
}

/* ---- decisions ---- */
static bool holds(const struct run *run, const struct expr *condition) {
    struct formula_env env = {.read = world_read, .context = run};
    double value = formula_value(condition->formula, &env);
    return value != 0 && !isnan(value);
}

static bool others_allow(const struct run *run, const struct programme_spec *spec) {
    const struct programme_name_spec *needs = spec->needs.things, *bars = spec->excludes.things;
    for (int32_t i = 0; i < spec->needs.count; i++)
        if (!run->programmes[needs[i].programme.index].live) return false;
    for (int32_t i = 0; i < spec->excludes.count; i++)
        if (run->programmes[bars[i].programme.index].decided) return false;
    return true;
}

/* May it be decided now, as far as its own history goes? */
static bool may_begin(const struct programme_spec *spec, const struct programme_state *state) {
    if (state->decided && spec->again.index != PROGRAMME_STACKS) return false;
    if (state->decided >= STACK_MOST) return false;
    return state->count == 0 || (spec->again.index != PROGRAMME_ONCE && spec->when.formula);
}

/* A trigger that is looked at after every event and stacks fires when it becomes true. */
static bool triggered(const struct run *run, int32_t p, bool *now) {
    const struct programme_spec *spec = run->plant->programmes[p].spec;
    *now = !spec->when.formula || holds(run, &spec->when);
    bool edge = spec->again.index == PROGRAMME_STACKS && looks_at_events(spec);
    return *now && !(edge && run->programmes[p].held);
}

static bool should_begin(const struct run *run, int32_t p, bool *now) {
    const struct programme_spec *spec = run->plant->programmes[p].spec;
    bool fires = triggered(run, p, now);
    return fires && may_begin(spec, &run->programmes[p]) && others_allow(run, spec);
}

static bool should_end(const struct run *run, int32_t p) {
    const struct programme_spec *spec = run->plant->programmes[p].spec;
    return spec->until.formula && run->programmes[p].live && holds(run, &spec->until);
}

static bool works(const struct run *run, int32_t p) {
    const struct programme *plan = &run->plant->programmes[p];
    struct draw draw = draw_at(run_stream(run, plan->success_stream),
                               (uint64_t)run->programmes[p].count, 0, run->replication, 0);
    return plan->spec->success >= 1 || run_uniform(run, &draw) < plan->spec->success;
}

static void decide(struct run *run, int32_t p) {
    const struct programme *plan = &run->plant->programmes[p];
    struct programme_state *state = &run->programmes[p];
    SAY(run, CLASS_PLAN, plan->name, "is decided");
    int32_t i = undertaking_add(run, p);
    run->undertakings[i].succeeds = works(run, p);
    state->count++;
    state->decided++;
    spend(run, p, ACCOUNT_CAPEX, plan->spec->capex.micro);
    asset_buy(run, run->undertakings[i].slot, plan->spec->capex.micro);
    run_plan(run, run->undertakings[i].slot, run->now + plan->spec->delay.ticks, CLASS_PLAN);
}

static void end_all(struct run *run, int32_t p) {
    for (int32_t i = run->undertaking_count - 1; i >= 0; i--)
        if (run->undertakings[i].programme == p && run->undertakings[i].introduced != TICK_NEVER)
            undertaking_end(run, i);
    settings_refresh(run);
    others_look(run);
}

/* The next moment at which it is looked at by the clock. */
static tick review_next(const struct run *run, const struct programme_spec *spec) {
    tick next = TICK_NEVER;
    if (spec->review.ticks >= 0) return run->now + spec->review.ticks;
    if (spec->review.ticks != SPAN_WORD(REVIEW_SHIFT))
        return cadence_next(run->plant, spec->review, run->now);
    for (int32_t i = 0; i < run->plant->shift_count; i++) {
        const struct shift *shift = &run->settings.shifts[i].shift;
        tick opens = shift_next(shift, run->now);
        if (opens != TICK_NEVER && !shift_open(shift, opens)) opens = shift_next(shift, opens);
        next = least(next, opens);
    }
    return next;
}

void programme_event(struct run *run, int32_t p) {
    const struct programme_spec *spec = run->plant->programmes[p].spec;
    struct programme_state *state = &run->programmes[p];
    seen_note(run);
    if (should_end(run, p)) end_all(run, p);
    if (should_begin(run, p, &state->held)) decide(run, p);
    bool waits =
        spec->when.formula || spec->until.formula || spec->needs.count || spec->excludes.count;
    if (looks_at_events(spec)) {
        if (waits && !state->watched) run->watching++;
        state->watched = waits;
        return;
    }
    tick next = waits ? review_next(run, spec) : TICK_NEVER;
    if (next != TICK_NEVER) run_plan(run, run->plant->programme_slot + p, next, CLASS_PLAN);
}

void programmes_look(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t p = 0; p < plant->programme_count; p++) {
        struct programme_state *state = &run->programmes[p];
        int32_t slot = plant->programme_slot + p;
        if (!state->watched || calendar_pending(&run->calendar, slot) != EVENT_NEVER) continue;
        bool now = state->held;
        if (should_end(run, p) || should_begin(run, p, &now))
            run_plan(run, slot, run->now, CLASS_POLICY);
        else
            state->held = now;
    }
}
