/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations with their rules and stops, and calendars. */
#include "build.h"
#include "../run/run.h" /* states of machines */

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- calendars: weekly patterns of open intervals ---- */
static void interval_add(struct shift *shift, tick from, tick to) {
    if (to <= from) return;
    shift->intervals[shift->interval_count++] = (struct interval_open){from, to};
}

/* Sorts and merges intervals that touch. */
static void intervals_merge(struct shift *shift) {
    struct interval_open *list = shift->intervals;
    for (int32_t i = 1; i < shift->interval_count; i++)
        for (int32_t k = i; k > 0 && list[k].from < list[k - 1].from; k--) {
            struct interval_open swap = list[k];
            list[k] = list[k - 1];
            list[k - 1] = swap;
        }
    int32_t kept = 0;
    for (int32_t i = 0; i < shift->interval_count; i++)
        if (kept && list[i].from <= list[kept - 1].to) {
            if (list[i].to > list[kept - 1].to) list[kept - 1].to = list[i].to;
        } else
            list[kept++] = list[i];
    shift->interval_count = kept;
    /* Over the edge of the period: the last may run into the first of the next. */
    if (kept && list[kept - 1].to >= shift->period + list[0].from) {
        tick reach = list[0].to + shift->period;
        if (kept == 1)
            shift->always = list[0].to - list[0].from >= shift->period;
        else {
            if (reach > list[kept - 1].to) list[kept - 1].to = reach;
            memmove(list, list + 1, (size_t)(kept - 1) * sizeof *list);
            shift->interval_count--;
        }
    }
}

/* Takes a pause out of every interval. */
static void interval_cut(struct shift *shift, tick from, tick to) {
    for (int32_t i = shift->interval_count - 1; i >= 0; i--) {
        struct interval_open *at = &shift->intervals[i];
        if (to <= at->from || from >= at->to) continue;
        tick end = at->to;
        at->to = from > at->from ? from : at->from;
        if (end > to) interval_add(shift, to > at->from ? to : at->from, end);
    }
}

static void week_pattern(struct shift *shift, const struct calendar_spec *spec, tick overtime) {
    const struct clock_text_spec *hours = spec->hours.things, *breaks = spec->breaks.things;
    for (int32_t day = 0; day < 7; day++) {
        if (!(spec->days_open >> day & 1)) continue;
        tick midnight = day * TICK_D, last = 0;
        if (spec->hours.count == 0) interval_add(shift, midnight, midnight + TICK_D);
        for (int32_t i = 0; i < spec->hours.count; i++) {
            tick to = hours[i].to > hours[i].from ? hours[i].to : hours[i].to + TICK_D;
            interval_add(shift, midnight + hours[i].from, midnight + to);
            if (to > last) last = to;
        }
        if (overtime && spec->hours.count)
            interval_add(shift, midnight + last, midnight + last + overtime);
        for (int32_t i = 0; i < spec->breaks.count; i++) {
            tick to = breaks[i].to > breaks[i].from ? breaks[i].to : breaks[i].to + TICK_D;
            interval_cut(shift, midnight + breaks[i].from, midnight + to);
            interval_cut(shift, midnight + TICK_D + breaks[i].from, midnight + TICK_D + to);
        }
    }
}

static void shift_closed_days(struct build *build, struct shift *shift,
                              const struct calendar_spec *spec) {
    const struct clock_text_spec *closed = spec->closed.things;
    shift->closed_count = spec->closed.count;
    shift->closed =
        arena_take(&build->plant->arena, (size_t)spec->closed.count * sizeof *shift->closed);
    if ((spec->closed.count || spec->open.count) && !build->question->start_given)
        fault_error(build->faults, spec->thing.place, "run: {start: 2027-01-04}",
                    "dates need run.start");
    for (int32_t i = 0; i < spec->closed.count; i++) {
        int64_t start = build->question->start_second;
        shift->closed[i] = (struct interval_open){
            (closed[i].from * 86400 - start) * TICK_S + build->plant->warm_up,
            ((closed[i].to + 1) * 86400 - start) * TICK_S + build->plant->warm_up};
    }
}

static tick run_time_of(const struct build *build, int64_t day) {
    return (day * 86400 - build->question->start_second) * TICK_S + build->plant->warm_up;
}

static void shift_extra_days(struct build *build, struct shift *shift,
                             const struct calendar_spec *spec) {
    const struct open_text_spec *open = spec->open.things;
    int64_t count = 0;
    for (int32_t i = 0; i < spec->open.count; i++) count += open[i].last - open[i].first + 1;
    shift->extras = arena_take(&build->plant->arena, (size_t)count * sizeof *shift->extras);
    for (int32_t i = 0; i < spec->open.count; i++)
        for (int64_t day = open[i].first; day <= open[i].last; day++) {
            tick to = open[i].to > open[i].from ? open[i].to : open[i].to + TICK_D;
            tick midnight = run_time_of(build, day);
            shift->extras[shift->extra_count++] =
                (struct interval_open){midnight + open[i].from, midnight + to};
        }
}

void build_shift(struct build *build, struct shift *shift, const struct calendar_spec *spec,
                 tick overtime) {
    const struct cycle_spec *cycle = spec->cycle.block;
    int32_t room = 7 * (spec->hours.count + 2) * (2 * spec->breaks.count + 1) * 2 + 2;
    *shift = (struct shift){
        .name = spec->thing.name, .period = TICK_WK, .origin = -build->plant->day_start};
    shift->intervals = arena_take(&build->plant->arena, (size_t)room * sizeof *shift->intervals);
    if (cycle) {
        shift->period = cycle->work.ticks + cycle->rest.ticks;
        shift->origin = build->plant->warm_up;
        interval_add(shift, 0, cycle->work.ticks);
        if (cycle->rest.ticks <= 0) shift->always = true;
    } else {
        week_pattern(shift, spec, overtime);
        intervals_merge(shift);
    }
    if (shift->interval_count == 0 && !shift->always)
        fault_error(build->faults, spec->thing.place, NULL, "calendar '%s' is never open",
                    spec->thing.name);
    shift_closed_days(build, shift, spec);
    shift_extra_days(build, shift, spec);
}

/* One shift for each calendar, and one more for each calendar with an overtime of its own. */
void build_shifts(struct build *build) {
    struct plant *plant = build->plant;
    const struct world_spec *world = build->world;
    for (int32_t i = 0; i < world->calendars.count; i++)
        build_shift(build, &plant->settings.shifts[plant->shift_count++].shift,
                    &THINGS(world->calendars, calendar)[i], 0);
}

/* The calendar (UP_TO is negative), or a shift that is longer by so much a day (a share of it: h/d
 * has no dimension). */
int32_t build_overtime_shift(struct build *build, const struct ref *calendar, double up_to) {
    struct plant *plant = build->plant;
    if (up_to < 0) return calendar->index;
    const struct calendar_spec *spec = &THINGS(build->world->calendars, calendar)[calendar->index];
    if (spec->cycle.block || spec->hours.count == 0)
        fault_error(build->faults, calendar->place, "hours: 06:00-14:00",
                    "overtime begins when the day's work ends, and calendar '%s' has no `hours`",
                    spec->thing.name);
    build_shift(build, &plant->settings.shifts[plant->shift_count].shift, spec,
                (tick)llrint(up_to * (double)TICK_D));
    return plant->shift_count++;
}

static int32_t station_shift(struct build *build, const struct station_spec *spec) {
    const struct overtime_spec *overtime = spec->overtime.block;
    if (spec->calendar.index < 0) {
        if (overtime)
            fault_error(build->faults, spec->thing.place, "add `calendar`",
                        "station '%s' has overtime and no calendar", spec->thing.name);
        return NOBODY;
    }
    return build_overtime_shift(build, &spec->calendar, overtime ? overtime->up_to : -1);
}

/* ---- rules ---- */
static bool key_sees(const struct queue_key *key, int32_t name) {
    for (int32_t i = 0; i < key->formula->op_count; i++)
        if (key->formula->ops[i].code == FORMULA_VARIABLE && key->formula->ops[i].what == name)
            return true;
    return false;
}

static bool key_is_static(const struct queue_key *key) {
    if (key->name < JOB_NAME_COUNT) return !job_name_changes(key->name);
    for (int32_t i = 0; i < key->formula->op_count; i++) {
        const struct formula_op *op = &key->formula->ops[i];
        if (op->code == FORMULA_VARIABLE && (op->what < 0 || job_name_changes(op->what)))
            return false;
    }
    return true;
}

static void build_rule(struct build *build, const struct station_spec *spec, int32_t self) {
    struct station *station = &build->plant->stations[self];
    struct queue_rule *rule = &build->plant->settings.stations[self].rule;
    const struct rule_entry_spec *entries = spec->queue.rule.things;
    int32_t count = spec->queue.rule.count;
    if (count > RULE_KEYS_MOST) {
        fault_error(build->faults, spec->thing.place, NULL,
                    "a rule has at most %d keys; station '%s' has %d", RULE_KEYS_MOST,
                    spec->thing.name, count);
        count = RULE_KEYS_MOST;
    }
    for (int32_t i = 0; i < count; i++) {
        const struct formula *formula = entries[i].rule.formula;
        if (!formula) continue;
        struct queue_key *key = &rule->keys[rule->key_count++];
        *key = (struct queue_key){JOB_NAME_COUNT, formula};
        if (formula->op_count == 1 && formula->ops[0].code == FORMULA_VARIABLE &&
            formula->ops[0].what >= 0)
            key->name = formula->ops[0].what;
        rule->dynamic |= !key_is_static(key);
    }
    if (rule->key_count && rule->keys[0].name == JOB_ARRIVED &&
        (rule->key_count == 1 || rule->keys[1].name == JOB_SERIAL))
        *rule = (struct queue_rule){0}; /* arrival and serial settle every tie by themselves */
    for (int32_t i = 0; i < rule->key_count; i++)
        if (!station->random_stream && key_sees(&rule->keys[i], JOB_RANDOM)) {
            station->random_stream = build_stream(build, "stations.%s/rule", spec->thing.name);
            build->plant->chance = true;
        }
}

static bool never(const struct formula *formula) {
    return !formula || (formula->constant && formula_value(formula, NULL) == 0);
}

/* Lots that interrupt others, and that machines are kept for. */
static void build_hot(struct build *build, const struct station_spec *spec,
                      struct station *station) {
    const struct formula *preempt = spec->queue.preempt.formula,
                         *reserve = spec->queue.reserve.formula;
    station->preempt = never(preempt) ? NULL : preempt;
    station->reserve = never(reserve) ? NULL : reserve;
    if (!station->preempt && !station->reserve) return;
    station->dynamic = true; /* who goes next may depend on the moment */
    if (station->named)
        fault_error(build->faults, spec->thing.place, "machines: 3",
                    "a station whose machines have names knows no hot lots: '%s' has `preempt` or "
                    "`reserve`",
                    spec->thing.name);
    if (station->preempt && station->has_batch)
        fault_error(build->faults, spec->thing.place, "reserve keeps a machine for a hot lot",
                    "a batch is not interrupted: station '%s' has both `batch` and `preempt`",
                    spec->thing.name);
}

/* ---- stops ---- */
/* One stop of the station, or (MACHINE) of one of its machines alone. */
static void build_stop(struct build *build, const struct station_spec *spec,
                       const struct stop_spec *said, struct station *station, bool planned,
                       int32_t machine) {
    struct plant *plant = build->plant;
    int32_t place = machine - station->machine_first;
    const char *at = machine == NOBODY
                         ? spec->thing.name
                         : arena_text(&plant->arena, "%s.machines.%s", spec->thing.name,
                                      THINGS(spec->named, machine)[place].thing.name);
    struct stop *stop = &plant->stops[plant->stop_count];
    int32_t clock = said->clock.index >= 0 ? said->clock.index
                    : planned              ? CLOCK_CALENDAR
                                           : CLOCK_BUSY;
    const char *path = arena_text(&plant->arena, "stations.%s.%s.%s", at,
                                  planned ? "maintenance" : "failures", said->thing.name);
    *stop = (struct stop){
        .name = said->thing.name,
        .station = (int32_t)(station - plant->stations),
        .machine = machine,
        .clock = said->at.count ? CLOCK_CALENDAR : clock,
        .bit = ++station->stop_count,
        .planned = planned,
        .object = planned ? plant->plan_count++ : plant->mode_count++,
        .joins = said->join,
        .needs = build_needs(build, said->needs.count ? &said->needs : &spec->needs.repair,
                             spec->site.index),
        .after_stream = build_stream(build, "%s/after", path),
        .lasts_stream = build_stream(build, "%s/lasts", path)};
    struct moments moments = build_stop_moments(build, &said->at);
    stop->moments = moments.at;
    stop->moment_count = moments.count;
    plant->settings.stops[plant->stop_count++] =
        (struct stop_settings){.after = said->after,
                               .first = said->first,
                               .lasts = said->lasts,
                               .cost_micro = said->cost.micro,
                               .stops = said->stops.index,
                               .then = said->then.index,
                               .priority = said->priority};
    station->work_counts |= stop->clock == CLOCK_BUSY;
    station->busy_stops |= station->work_counts || said->stops.index == STOPS_AFTER_PART;
    station->joins |= stop->joins;
    plant->chance |= build_chance(&said->after) || build_chance(&said->lasts);
}

/* The others that a stop renews, by name: a failure and a maintenance plan of one name are both
 * meant. */
static void build_renewals(struct build *build, struct station *station,
                           const struct stop_spec *said, struct stop *stop) {
    const struct renew_spec *renews = said->renews.things;
    for (int32_t i = 0; i < said->renews.count; i++) {
        bool found = false;
        for (int32_t mode = 0; mode < station->stop_count; mode++) {
            const struct stop *other = &build->plant->stops[station->stop_first + mode];
            if (strcmp(other->name, renews[i].stop.name) != 0) continue;
            found = true;
            if (other != stop) stop->renews |= UINT64_C(1) << mode;
        }
        if (!found)
            fault_error(build->faults, renews[i].stop.place, NULL,
                        "station '%s' has no failure or maintenance '%s'", station->name,
                        renews[i].stop.name);
    }
    station->renews |= stop->renews != 0;
}

/* Stops of the station (MACHINE -1), or those of a machine. */
static const struct map *stops_at(const struct station_spec *spec, int32_t machine, bool planned) {
    if (machine < 0) return planned ? &spec->maintenance : &spec->failures;
    const struct machine_spec *own = &THINGS(spec->named, machine)[machine];
    return planned ? &own->maintenance : &own->failures;
}

static int32_t stops_of(const struct station_spec *spec) {
    int32_t count = 0;
    for (int32_t m = -1; m < spec->named.count; m++)
        count += stops_at(spec, m, false)->count + stops_at(spec, m, true)->count;
    return count;
}

static void build_stops(struct build *build, const struct station_spec *spec,
                        struct station *station, int32_t self) {
    enum { STOPS_MOST = 60 }; /* bits of a machine's stops, less those with a meaning */
    struct plant *plant = build->plant;
    station->stop_first = plant->stop_count;
    station->failure_first = plant->failure_count;
    int32_t count = stops_of(spec);
    if (count > STOPS_MOST) {
        fault_error(build->faults, spec->thing.place, NULL,
                    "a station has at most %d failures and maintenance plans", STOPS_MOST);
        return;
    }
    const struct stop_spec *said[STOPS_MOST];
    for (int32_t planned = 0; planned < 2; planned++)
        for (int32_t m = -1; m < spec->named.count; m++) {
            const struct map *stops = stops_at(spec, m, planned == 1);
            for (int32_t i = 0; i < stops->count; i++) {
                said[station->stop_count] = &THINGS(*stops, stop)[i];
                build_stop(build, spec, said[station->stop_count], station, planned == 1,
                           m < 0 ? NOBODY : station->machine_first + m);
            }
        }
    for (int32_t i = 0; i < count; i++)
        build_renewals(build, station, said[i], &plant->stops[station->stop_first + i]);
    for (int32_t i = 0; i < station->machine_count * station->stop_count; i++)
        plant->failure_stations[plant->failure_count++] = self;
    if (count && station->unlimited)
        fault_error(build->faults, spec->thing.place, NULL,
                    "a station with unlimited machines has no failures and no maintenance");
}

bool plant_stop_holds(const struct plant *plant, int32_t id, int32_t machine) {
    const struct stop *stop = &plant->stops[id];
    const struct station *station = &plant->stations[stop->station];
    if (stop->machine != NOBODY) return stop->machine == machine;
    for (int32_t i = station->stop_first; i < station->stop_first + station->stop_count; i++)
        if (plant->stops[i].machine == machine && strcmp(plant->stops[i].name, stop->name) == 0)
            return false;
    return true;
}

/* What its machines draw in each state. */
static const double *power_of(struct build *build, const struct station_spec *spec) {
    if (spec->energy.count == 0) return NULL;
    double *power = arena_take(&build->plant->arena, STATE_COUNT * sizeof *power);
    for (int32_t i = 0; i < STATE_COUNT; i++) power[i] = 0;
    for (int32_t i = 0; i < spec->energy.count; i++) {
        const struct power_spec *entry = &THINGS(spec->energy, power)[i];
        power[entry->self.index] = entry->power.value;
    }
    return power;
}

/* Places for machines: as many as there will be at most. */
int32_t build_machines_planned(const struct build *build, int32_t station) {
    const struct station_spec *spec = &THINGS(build->world->stations, station)[station];
    if (spec->named.count) return spec->named.count;
    if (spec->machines == COUNT_WORD(0)) return 0;
    return build->machines_planned ? build->machines_planned[station] : spec->machines;
}

void build_batch_counts(struct build *build, int32_t self, const struct amount *min,
                        const struct amount *max, struct place place) {
    struct station *station = &build->plant->stations[self];
    const struct amount *said[] = {min, max};
    for (int32_t i = 0; i < 2; i++) {
        if (!said[i]->given || said[i]->counted == COUNTED_BARE) continue;
        bool pieces = said[i]->counted == COUNTED_PIECES;
        if (!station->batch_counted) station->batch_pieces = pieces;
        station->batch_counted = true;
        if (station->batch_pieces == pieces && said[i]->counted != COUNTED_BATCHES) continue;
        fault_error(build->faults, place, "lots, or pieces, in all that is said of these batches",
                    "batches of station '%s' count %s, and this does not", station->name,
                    station->batch_pieces ? "pieces" : "lots");
    }
}

static void build_batch(struct build *build, const struct station_spec *spec, int32_t self) {
    struct station *station = &build->plant->stations[self];
    const struct batch_spec *batch = spec->batch.block;
    struct place place = spec->thing.place;
    station->has_batch = true;
    station->batch_pieces = batch->counts.index == 1;
    station->batch_counted = batch->counts.index >= 0;
    station->batch_of = batch->of.index;
    station->batch_rule = batch->rule.index;
    build_batch_counts(build, self, &batch->min, &batch->max, place);
    if (station->blocking != BLOCKING_AFTER)
        fault_error(build->faults, place, "blocking: after",
                    "station '%s' works batches, whose lots go on one by one", station->name);
    if (spec->queue.room != COUNT_WORD(0) &&
        spec->queue.room < (station->batch_pieces ? 1 : batch->min.value))
        fault_error(build->faults, place, NULL,
                    "the room before station '%s' is for %d lots, too few for its batch",
                    station->name, spec->queue.room);
    if (batch->max.given && batch->max.value < batch->min.value)
        fault_error(build->faults, place, NULL, "the batch of station '%s' has max %g below min %g",
                    station->name, batch->max.value, batch->min.value);
}

static void build_station(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct station_spec *spec = &THINGS(build->world->stations, station)[self];
    struct station *station = &plant->stations[self];
    const struct setup_spec *setup = spec->setup.block;
    const struct overtime_spec *overtime = spec->overtime.block;
    int32_t machines = build_machines_planned(build, self);
    bool unlimited = spec->named.count == 0 && spec->machines == COUNT_WORD(0);
    *station =
        (struct station){.name = spec->thing.name,
                         .machine_first = plant->machine_count,
                         .machine_count = machines,
                         .named = spec->named.count > 0,
                         .unlimited = unlimited,
                         .calendar = station_shift(build, spec),
                         .regular = spec->overtime.block ? spec->calendar.index : NOBODY,
                         .has_setup = setup != NULL,
                         .setup_each_lot = setup && setup->when.index == SETUP_LOT,
                         .setup_at_start = NOBODY,
                         .batch_of = BATCH_OF_ANY,
                         .batch_rule = BATCH_READY,
                         .interrupted = spec->interrupted.index + THEN_RESUME,
                         .machines_change = build->machines_change && build->machines_change[self],
                         .blocking = spec->blocking.index,
                         .power = power_of(build, spec),
                         .feeder = NOBODY};
    station->calendars = station->calendar != NOBODY;
    plant->machine_count += station->machine_count;
    plant->settings.stations[self] = (struct station_settings){
        .machines = spec->named.count ? spec->named.count
                    : unlimited       ? 0
                                      : spec->machines,
        .setup_cost_micro = setup ? setup->cost.micro : 0,
        .work_cost_per_tick = spec->cost.value,
        .room = spec->queue.room == COUNT_WORD(0) ? INT32_MAX : spec->queue.room,
        .at_shift_end = spec->at_shift_end.index,
        .overtime_when = overtime ? overtime->when.formula : NULL,
        .overtime_pay = overtime ? overtime->pay : NAN};
    if (spec->batch.block) build_batch(build, spec, self);
    build_rule(build, spec, self);
    build_hot(build, spec, station);
    build_stops(build, spec, station, self);
    if (unlimited && station->calendar != NOBODY)
        fault_error(build->faults, spec->thing.place, NULL,
                    "a station with unlimited machines has no calendar");
}

void build_stations(struct build *build) {
    struct plant *plant = build->plant;
    BUILD_TAKE(build, stations, plant->station_count);
    BUILD_TAKE(build, stops, plant->stop_count);
    BUILD_TAKE(build, failure_stations, plant->failure_count);
    plant->machine_count = plant->stop_count = plant->failure_count =
        0; /* counted before, now filled in */
    for (int32_t i = 0; i < plant->station_count; i++) build_station(build, i);
}
