/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations whose machines hold lots one behind the other: pipelined tools and conveyors. */
#include "build.h"

#include <math.h>

static bool law_said(const struct law *law) {
    return law->kind != (int32_t)ABSENT_LAW && !(law_constant(law) && law->a == 0);
}

/* What cannot be had at once: each with its reason. */
static void check_pipes(struct build *build, const struct station_spec *spec,
                        const struct station *station) {
    const char *what = NULL;
    if (station->unlimited) what = "unlimited machines";
    if (station->machines_change) what = "machines that come and go";
    if (station->blocking != BLOCKING_AFTER) what = "`blocking` other than after";
    if (station->belt && station->has_setup) what = "a setup";
    if (spec->setup.block &&
        ((const struct setup_spec *)spec->setup.block)->idle.index == SETUP_CYCLES)
        what = "a setup that turns when nothing waits";
    if (station->interrupted != THEN_RESUME) what = "`interrupted` other than resume";
    if (spec->at_shift_end.index != SHIFT_END_SUSPEND) what = "`at-shift-end` other than suspend";
    if (station->preempt) what = "`preempt`: a lot in it cannot be taken out";
    if (station->belt && station->has_batch) what = "batches";
    if (station->belt && (law_said(&spec->time) || law_said(&spec->load) ||
                          law_said(&spec->unload) || law_said(&spec->cascade)))
        what = "times of work: the way on it takes the time";
    for (int32_t i = 0; i < station->stop_count; i++) {
        int32_t then = build->plant->settings.stops[station->stop_first + i].then;
        if (then != THEN_STATION && then != THEN_RESUME) what = "stops that do not resume";
    }
    if (what)
        fault_error(build->faults, spec->thing.place, NULL,
                    station->belt ? "a conveyor such as '%s' has no %s"
                                  : "a pipelined station such as '%s' has no %s",
                    station->name, what);
}

static void check_pipe_step(struct build *build, const struct station_spec *spec, int32_t at) {
    const struct plant *plant = build->plant;
    const struct step *step = &plant->steps[at];
    const struct step_settings *settings = &plant->settings.steps[at];
    const struct station *station = &plant->stations[step->station];
    const char *what = NULL;
    if (step->use_count) what = "uses no parts";
    if (station->has_needs) what = "needs no people";
    if (step->flags & STEP_TRANSFER) what = "has no `transfer`: its lots are whole";
    if (station->belt && (law_said(&settings->time) || step->flags & STEP_PHASES))
        what = "takes no time but the way";
    if (!station->belt && settings->cascade.kind == (int32_t)ABSENT_LAW)
        what = "must say its `cascade`, as others there do";
    if (what)
        fault_error(build->faults, spec->thing.place, NULL, "step '%s' at station '%s' %s",
                    step->name, station->name, what);
}

static void make_belt(struct build *build, const struct station_spec *spec,
                      struct station *station) {
    const struct conveyor_spec *conveyor = spec->conveyor.block;
    station->belt = true;
    station->accumulates = conveyor->accumulates;
    station->belt_time = (tick)llrint(conveyor->length.value / conveyor->speed.value);
    station->belt_gap = (tick)llrint(conveyor->spacing.value / conveyor->speed.value);
    station->places =
        (int32_t)fmin(1e9, floor(conveyor->length.value / conveyor->spacing.value * (1 + 1e-12)));
    if (station->belt_gap == 0)
        fault_error(build->faults, spec->thing.place, "a slower conveyor",
                    "lots would come onto '%s' without any time between them", station->name);
}

void build_pipes(struct build *build) {
    struct plant *plant = build->plant;
    for (int32_t i = 0; i < plant->step_count; i++)
        if (plant->settings.steps[i].cascade.kind != (int32_t)ABSENT_LAW) {
            plant->stations[plant->steps[i].station].pipes = true;
            plant->chance |= build_chance(&plant->settings.steps[i].cascade);
        }
    for (int32_t s = 0; s < plant->station_count; s++) {
        struct station *station = &plant->stations[s];
        const struct station_spec *spec = &THINGS(build->world->stations, station)[s];
        station->places = INT32_MAX;
        if (spec->conveyor.block) {
            station->pipes = true;
            make_belt(build, spec, station);
        }
        if (!station->pipes) continue;
        station->pipe_first = plant->pipe_count;
        plant->pipe_count += station->machine_count;
        check_pipes(build, spec, station);
        for (int32_t i = 0; i < plant->step_count; i++)
            if (plant->steps[i].station == s && plant->steps[i].place_count == 0)
                check_pipe_step(build, spec, i);
    }
}
