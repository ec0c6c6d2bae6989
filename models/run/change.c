/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change.h"

#include "../floor/people.h"
#include "../floor/quick.h"

#include <math.h>
#include <string.h>

/* ---- the places of the settings ---- */
enum settings_array {
#define X(array, count, type) ARRAY_##array,
    SETTINGS(X)
#undef X
        ARRAY_COUNT
};

struct setting_row {
    enum settings_array array;
    size_t offset;
    enum change_shape shape;
};

#define SHAPE_OF_SETTING(MEMBER)                                                                   \
    _Generic((MEMBER), double: CHANGED_REAL, int64_t: CHANGED_AMOUNT, int32_t: CHANGED_COUNT,      \
        struct law: CHANGED_LAW, const struct formula *: CHANGED_FORMULA,                          \
        struct queue_rule: CHANGED_RULE, struct shift: CHANGED_SHIFT)
#define SETTING(ARRAY, TYPE, MEMBER)                                                               \
    {                                                                                              \
        ARRAY_##ARRAY, offsetof(struct TYPE##_settings, MEMBER),                                   \
            SHAPE_OF_SETTING(((struct TYPE##_settings *)0)->MEMBER)                                \
    }

static const struct setting_row setting_rows[] = {
    SETTING(steps, step, time),
    SETTING(steps, step, load),
    SETTING(steps, step, unload),
    SETTING(steps, step, cascade),
    SETTING(steps, step, scrap),
    SETTING(steps, step, rework_share),
    SETTING(steps, step, rework_times),
    SETTING(steps, step, rework_then),
    SETTING(steps, step, choose),
    SETTING(steps, step, choose_formula),
    SETTING(steps, step, transfer),
    SETTING(steps, step, piece_cost_micro),
    SETTING(steps, step, setup),
    SETTING(steps, step, setup_cost_micro),
    SETTING(steps, step, sample),
    SETTING(steps, step, batch_min),
    SETTING(steps, step, batch_max),
    SETTING(steps, step, batch_wait),
    SETTING(limits, limit, time),
    SETTING(qualities, quality, defects),
    SETTING(qualities, quality, measured),
    SETTING(qualities, quality, low),
    SETTING(qualities, quality, high),
    SETTING(qualities, quality, sample),
    SETTING(qualities, quality, sample_pieces),
    SETTING(qualities, quality, accept),
    SETTING(qualities, quality, finds),
    SETTING(qualities, quality, false_alarms),
    SETTING(stops, stop, after),
    SETTING(stops, stop, first),
    SETTING(stops, stop, lasts),
    SETTING(stops, stop, cost_micro),
    SETTING(stops, stop, stops),
    SETTING(stops, stop, then),
    SETTING(stops, stop, priority),
    SETTING(setups, setup, time),
    SETTING(stations, station, setup),
    SETTING(stations, station, setup_cost_micro),
    SETTING(stations, station, work_cost_per_tick),
    SETTING(stations, station, room),
    SETTING(stations, station, at_shift_end),
    SETTING(stations, station, min_run),
    SETTING(stations, station, machines),
    SETTING(stations, station, rule),
    SETTING(stations, station, overtime_when),
    SETTING(stations, station, overtime_pay),
    SETTING(machines, machine, speed),
    SETTING(sources, source, every),
    SETTING(sources, source, size),
    SETTING(sources, source, due),
    SETTING(sources, source, rate),
    SETTING(sources, source, priority),
    SETTING(sources, source, lot),
    SETTING(sources, source, if_full),
    SETTING(sources, source, weight),
    SETTING(customers, customer, late_cost_per_tick),
    SETTING(customers, customer, owed_cost_per_tick),
    SETTING(customers, customer, lost_cost),
    SETTING(customers, customer, price),
    SETTING(customers, customer, pays),
    SETTING(customers, customer, patience),
    SETTING(customers, customer, if_short),
    SETTING(customers, customer, choose),
    SETTING(customers, customer, choose_formula),
    SETTING(customers, customer, returned),
    SETTING(customers, customer, returned_after),
    SETTING(customers, customer, leaves_below),
    SETTING(customers, customer, returns_above),
    SETTING(customers, customer, churn_per_tick),
    SETTING(offers, offer, reserve),
    SETTING(stocks, stock, lead_time),
    SETTING(stocks, stock, order_delay),
    SETTING(stocks, stock, steady),
    SETTING(stocks, stock, choose),
    SETTING(stocks, stock, choose_formula),
    SETTING(origins, origin, upto),
    SETTING(origins, origin, listed),
    SETTING(origins, origin, level),
    SETTING(origins, origin, level_formula),
    SETTING(stocks, stock, policy),
    SETTING(stocks, stock, every),
    SETTING(stocks, stock, first),
    SETTING(stocks, stock, calendar),
    SETTING(stocks, stock, cycle),
    SETTING(stocks, stock, spike_horizon),
    SETTING(stocks, stock, level),
    SETTING(stocks, stock, min),
    SETTING(stocks, stock, max),
    SETTING(stocks, stock, point),
    SETTING(stocks, stock, quantity),
    SETTING(stocks, stock, formulas.level),
    SETTING(stocks, stock, formulas.min),
    SETTING(stocks, stock, formulas.max),
    SETTING(stocks, stock, formulas.point),
    SETTING(stocks, stock, formulas.quantity),
    SETTING(stocks, stock, room),
    SETTING(stocks, stock, service),
    SETTING(stocks, stock, lead_time_factor),
    SETTING(stocks, stock, variability_factor),
    SETTING(stocks, stock, spike_threshold),
    SETTING(stocks, stock, min_order),
    SETTING(stocks, stock, issue),
    SETTING(stocks, stock, holding_per_tick),
    SETTING(stocks, stock, holding_under_way_per_tick),
    SETTING(stocks, stock, owed_cost_per_tick),
    SETTING(stocks, stock, order),
    SETTING(stocks, stock, if_short),
    SETTING(stocks, stock, serve),
    SETTING(supplies, supplier, lead_time),
    SETTING(supplies, supplier, processing),
    SETTING(supplies, supplier, yield),
    SETTING(supplies, supplier, price),
    SETTING(supplies, supplier, capacity),
    SETTING(supplies, supplier, defects),
    SETTING(supplies, supplier, order_cost_micro),
    SETTING(supplies, supplier, pays),
    SETTING(supplies, supplier, min_order),
    SETTING(supplies, supplier, multiple),
    SETTING(loops, loop, cards),
    SETTING(loops, loop, work),
    SETTING(lanes, lane, choose),
    SETTING(lanes, lane, choose_formula),
    SETTING(ways, way, time),
    SETTING(fleets, fleet, load),
    SETTING(fleets, fleet, unload),
    SETTING(fleets, fleet, charge),
    SETTING(breakdowns, breakdown, after),
    SETTING(breakdowns, breakdown, first),
    SETTING(breakdowns, breakdown, lasts),
    SETTING(outages, outage, after),
    SETTING(outages, outage, first),
    SETTING(outages, outage, lasts),
    SETTING(items, item, cost),
    SETTING(items, item, price),
    SETTING(items, item, lot),
    SETTING(items, item, choose),
    SETTING(items, item, choose_formula),
    SETTING(crews, crew, wage_per_tick),
    SETTING(crews, crew, overtime_pay),
    SETTING(crews, crew, overtime_when),
    SETTING(crews, crew, people),
    SETTING(crews, crew, walk),
    SETTING(crews, crew, absence_after),
    SETTING(crews, crew, absence_first),
    SETTING(crews, crew, absence_lasts),
    SETTING(crews, crew, hire_cost_micro),
    SETTING(crews, crew, hire_delay),
    SETTING(crews, crew, hire_notice),
    SETTING(money, money, fixed_per_tick),
    SETTING(money, money, energy_price),
    SETTING(money, money, carbon),
    SETTING(parameters, parameter, value),
    SETTING(shifts, shift, shift),
};

struct settings_view { /* an array of the settings */
    size_t at, size;   /* in the block; of one */
    int32_t count;
};

static struct settings_view view_of(const struct plant *plant, enum settings_array array) {
    const struct settings *settings = &plant->settings;
    switch (array) {
#define X(ARRAY, COUNT, TYPE)                                                                      \
    case ARRAY_##ARRAY:                                                                            \
        return (struct settings_view){                                                             \
            (size_t)((const char *)settings->ARRAY - (const char *)settings->block),               \
            sizeof(struct TYPE), plant->COUNT};
        SETTINGS(X)
#undef X
    case ARRAY_COUNT: break;
    }
    return (struct settings_view){0, 0, 0};
}

/* ---- what a change does ---- */
static bool real_same(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static bool intervals_same(const struct interval_open *a, int32_t count,
                           const struct interval_open *b, int32_t other) {
    if (count != other) return false;
    for (int32_t i = 0; i < count; i++)
        if (a[i].from != b[i].from || a[i].to != b[i].to) return false;
    return true;
}

static bool shift_same(const struct shift *a, const struct shift *b) {
    return a->period == b->period && a->origin == b->origin && a->always == b->always &&
           intervals_same(a->intervals, a->interval_count, b->intervals, b->interval_count) &&
           intervals_same(a->closed, a->closed_count, b->closed, b->closed_count) &&
           intervals_same(a->extras, a->extra_count, b->extras, b->extra_count);
}

static bool rule_same(const struct queue_rule *a, const struct queue_rule *b) {
    if (a->key_count != b->key_count) return false;
    for (int32_t i = 0; i < a->key_count; i++)
        if (!formula_same(a->keys[i].formula, b->keys[i].formula)) return false;
    return true;
}

static bool value_same(enum change_shape shape, const void *a, const void *b) {
    switch (shape) {
    case CHANGED_REAL: return real_same(*(const double *)a, *(const double *)b);
    case CHANGED_AMOUNT: return *(const int64_t *)a == *(const int64_t *)b;
    case CHANGED_COUNT: return *(const int32_t *)a == *(const int32_t *)b;
    case CHANGED_LAW: return law_same(a, b);
    case CHANGED_FORMULA:
        return formula_same(*(const struct formula *const *)a, *(const struct formula *const *)b);
    case CHANGED_RULE: return rule_same(a, b);
    case CHANGED_SHIFT: return shift_same(a, b);
    }
    return false;
}

/* A number that stands for the value: of a law its mean. */
static double number_of(enum change_shape shape, const void *value) {
    switch (shape) {
    case CHANGED_REAL: return *(const double *)value;
    case CHANGED_AMOUNT: return (double)*(const int64_t *)value;
    case CHANGED_COUNT: return (double)*(const int32_t *)value;
    case CHANGED_LAW: return law_mean(value);
    case CHANGED_FORMULA:
    case CHANGED_RULE:
    case CHANGED_SHIFT: break;
    }
    return NAN;
}

/* A change that multiplies or adds does so on top of others; one that cannot replaces. */
static void find_operand(struct change *change, int32_t kind) {
    double from = number_of(change->shape, change->from);
    double to = number_of(change->shape, change->to);
    double operand = kind == CHANGE_TIMES ? to / from : to - from;
    bool acts = kind != CHANGE_SETS && isfinite(operand);
    change->kind = acts ? kind : CHANGE_SETS;
    change->operand = acts ? operand : NAN;
}

struct changes changes_find(struct arena *arena, const struct plant *plant,
                            const struct plant *changed, int32_t kind) {
    struct changes changes = {0};
    int32_t room = 0;
    for (size_t r = 0; r < sizeof setting_rows / sizeof *setting_rows; r++) {
        const struct setting_row *row = &setting_rows[r];
        struct settings_view view = view_of(plant, row->array);
        for (int32_t i = 0; i < view.count; i++) {
            size_t at = view.at + (size_t)i * view.size + row->offset;
            const void *from = (const char *)plant->settings.block + at;
            const void *to = (const char *)changed->settings.block + at;
            if (value_same(row->shape, from, to)) continue;
            if (changes.count == room) {
                struct change *old = changes.list;
                room = room ? 2 * room : 4;
                changes.list = arena_take(arena, (size_t)room * sizeof *old);
                if (old) memcpy(changes.list, old, (size_t)changes.count * sizeof *old);
            }
            struct change *change = &changes.list[changes.count++];
            *change = (struct change){.shape = row->shape, .at = at, .from = from, .to = to};
            find_operand(change, kind);
        }
    }
    return changes;
}

/* ---- in part ---- */
static bool plain_numbers(const struct law *law) {
    return !law->table && !law->formula && law->kind != LAW_ERLANG && law->kind != LAW_BINOMIAL &&
           law->kind != (int32_t)ABSENT_LAW;
}

bool change_grows(const struct change *change) {
    const struct law *from = change->from, *to = change->to;
    if (change->shape != CHANGED_LAW || change->kind != CHANGE_SETS) return true;
    return from->kind == to->kind && from->per == to->per && plain_numbers(from);
}

static double between(double from, double to, double share) {
    return share == 1 ? to : from + (to - from) * share;
}

/* NOW may be the outcome of other changes already. From what was not given, and to it, there is no
 * way: it changes at once. */
static double number_changed(const struct change *change, double now, double share) {
    double from = number_of(change->shape, change->from), to = number_of(change->shape, change->to);
    if (isnan(now) || isnan(to)) return share > 0 ? to : now;
    switch (change->kind) {
    case CHANGE_TIMES:
        return now == from ? between(from, to, share) : now * between(1, change->operand, share);
    case CHANGE_PLUS: return now == from ? between(from, to, share) : now + change->operand * share;
    default: return between(now, to, share);
    }
}

static void law_changed(struct arena *arena, const struct change *change, struct law *law,
                        double share) {
    const struct law *from = change->from, *to = change->to;
    if (share == 1 && (change->kind == CHANGE_SETS || law_same(law, from)))
        *law = *to;
    else if (change->kind == CHANGE_TIMES)
        law_scale(arena, law, between(1, change->operand, share));
    else if (change->kind == CHANGE_PLUS)
        law_shift(arena, law, change->operand * share);
    else if (law->kind == to->kind && plain_numbers(law) && plain_numbers(to)) {
        law->a = between(law->a, to->a, share);
        law->b = between(law->b, to->b, share);
        law->c = between(law->c, to->c, share);
        law->d = between(law->d, to->d, share);
    }
}

/* Amounts that stand for none or for ever (ticks of a wait, room) are no numbers to go between. */
static int64_t amount_changed(const struct change *change, int64_t now, double share) {
    double number = number_changed(change, (double)now, share);
    return fabs(number) < 9e15 ? llrint(number) : *(const int64_t *)change->to;
}

static int32_t count_changed(const struct change *change, int32_t now) {
    double number = number_changed(change, (double)now, 1);
    if (number >= INT32_MAX) return INT32_MAX;
    return number <= INT32_MIN ? INT32_MIN : (int32_t)lrint(number);
}

static void change_apply(struct arena *arena, struct settings *settings,
                         const struct change *change, double share) {
    void *at = (char *)settings->block + change->at;
    switch (change->shape) {
    case CHANGED_REAL: *(double *)at = number_changed(change, *(double *)at, share); break;
    case CHANGED_AMOUNT: *(int64_t *)at = amount_changed(change, *(int64_t *)at, share); break;
    case CHANGED_COUNT: *(int32_t *)at = count_changed(change, *(int32_t *)at); break;
    case CHANGED_LAW: law_changed(arena, change, at, share); break;
    case CHANGED_FORMULA: memcpy(at, change->to, sizeof(const struct formula *)); break;
    case CHANGED_RULE: *(struct queue_rule *)at = *(const struct queue_rule *)change->to; break;
    case CHANGED_SHIFT: *(struct shift *)at = *(const struct shift *)change->to; break;
    }
}

void changes_apply(struct arena *arena, struct settings *settings, const struct changes *changes,
                   double share) {
    for (int32_t i = 0; i < changes->count; i++)
        change_apply(arena, settings, &changes->list[i], share);
}

/* ---- what follows ---- */
static void stations_changed(struct run *run, const struct settings *before) {
    for (int32_t i = 0; i < run->plant->station_count; i++) {
        const struct station_settings *now = &run->settings.stations[i];
        const struct station_settings *old = &before->stations[i];
        if (now->room == INT32_MAX || old->room == INT32_MAX)
            run->stations[i].room = now->room == INT32_MAX
                                        ? INT32_MAX
                                        : now->room - ahead_kept(run, i) - run->stations[i].coming;
        else /* places that are kept stay so */
            run->stations[i].room += now->room - old->room;
        if (now->machines != old->machines) station_machines(run, i, now->machines);
        if (now->room > old->room) floor_retry(run, i);
        if (!rule_same(&now->rule, &old->rule)) queue_rule_changed(run, i);
        station_wake(run, i); /* batches, runs and rules may let something start */
    }
}

/* Work that was drawn when a lot came to wait is drawn anew when it starts. */
static void work_changed(struct run *run, const struct settings *before) {
    bool changed = false;
    for (int32_t i = 0; i < run->plant->step_count; i++)
        changed |= !law_same(&run->settings.steps[i].time, &before->steps[i].time);
    if (!changed) return;
    for (int32_t i = 0; i < run->part_count; i++) run->parts[i].ahead = -1;
    for (int32_t i = 0; i < run->plant->station_count; i++) queue_changed(run, i);
}

/* Orders of a rate have no memory; of a time between, what is left of it in open time is left. */
static void open_hours_changed(struct run *run, int32_t id, const struct settings *before) {
    int32_t slot = run->plant->source_slot + id, calendar = run->plant->sources[id].calendar;
    if (calendar < 0) return;
    const struct shift *old = &before->shifts[calendar].shift;
    if (shift_same(&run->settings.shifts[calendar].shift, old)) return;
    event_key pending = calendar_pending(&run->calendar, slot);
    if (pending == EVENT_NEVER) return;
    calendar_cancel(&run->calendar, slot);
    if (run->settings.sources[id].rate) {
        source_plan(run, id);
        return;
    }
    tick left = shift_open_time(old, run->now, event_tick(pending));
    tick next = source_open_after(run, id, left);
    if (next != TICK_NEVER && next <= run->plant->sources[id].until)
        run_plan(run, slot, next, CLASS_DEMAND);
}

static void sources_changed(struct run *run, const struct settings *before) {
    for (int32_t i = 0; i < run->plant->source_count; i++) {
        const struct source_settings *now = &run->settings.sources[i], *old = &before->sources[i];
        int32_t slot = run->plant->source_slot + i;
        bool waits = calendar_pending(&run->calendar, slot) == EVENT_NEVER;
        run->sources[i].straight &= run->settings.sources[i].rate == NULL;
        if (!formula_same(now->rate, old->rate) && run->plant->sources[i].rate_changes) {
            if (!waits) calendar_cancel(&run->calendar, slot); /* without memory */
            source_plan(run, i);
        } else if (waits && now->every.kind != (int32_t)ABSENT_LAW &&
                   !law_same(&now->every, &old->every))
            source_plan(run, i);
        else
            open_hours_changed(run, i, before);
    }
}

static void shifts_changed(struct run *run, const struct settings *before) {
    for (int32_t i = 0; i < run->plant->shift_count; i++)
        if (!shift_same(&run->settings.shifts[i].shift, &before->shifts[i].shift))
            shift_changed(run, i);
}

/* Policies that look at every change of a stock look at it now. */
static void stocks_changed(struct run *run, const struct settings *before) {
    for (int32_t i = 0; i < run->plant->stock_count; i++) {
        const struct stock_settings *now = &run->settings.stocks[i], *old = &before->stocks[i];
        bool level = now->level != old->level || now->min != old->min || now->max != old->max ||
                     now->point != old->point || now->quantity != old->quantity ||
                     !formula_same(now->order, old->order) ||
                     memcmp(&now->formulas, &old->formulas, sizeof now->formulas) != 0;
        bool reviews = now->policy != old->policy || now->every != old->every ||
                       now->first != old->first || now->calendar != old->calendar;
        if (reviews)
            stock_reviews_anew(run, i);
        else if (level && now->policy != NOBODY && now->every == 0)
            stocks_order_cards(run, i);
        if (now->room > old->room) floor_stock_retry(run, i);
    }
}

/* Cards that are too many go as they come back. */
static void loops_changed(struct run *run, const struct settings *before) {
    for (int32_t i = 0; i < run->plant->loop_count; i++) {
        int64_t more = loop_limit(&run->settings.loops[i]) - loop_limit(&before->loops[i]);
        if (more) cards_added(run, i, more);
    }
}

static void crews_changed(struct run *run, const struct settings *before) {
    for (int32_t i = 0; i < run->plant->crew_count; i++)
        if (run->settings.crews[i].people != before->crews[i].people)
            crew_wanted(run, i, run->settings.crews[i].people);
}

void settings_changed(struct run *run, const struct settings *before) {
    standards_make(run); /* the rules that stations now choose by look at them */
    crews_changed(run, before);
    shifts_changed(run, before);
    stations_changed(run, before);
    work_changed(run, before);
    backlogs_recount(run);
    sources_changed(run, before);
    stocks_changed(run, before);
    loops_changed(run, before);
    if (run->sink) tell_change(run); /* states of machines may be others */
}
