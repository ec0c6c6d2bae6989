/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that make pieces bad, and those that look for them: see floor/quality.c. */
#include "build.h"

#include <math.h>

bool step_has_quality(const struct step_spec *step) {
    return step->defects > 0 || step->measure.block || step->inspect.block;
}

static void check_rework(struct build *build, const struct step_spec *spec) {
    const struct rework_spec *rework = spec->rework.block;
    if (rework && isinf(rework->share) && !spec->inspect.block)
        fault_error(build->faults, spec->thing.place, "inspect: {finds: 95 %}",
                    "step '%s' works bad lots again, but does not inspect", spec->thing.name);
}

static void build_measure(struct build *build, const struct step_spec *spec,
                          struct quality_settings *settings) {
    const struct measure_spec *measure = spec->measure.block;
    settings->low = isnan(measure->low.value) ? -INFINITY : measure->low.value;
    settings->high = isnan(measure->high.value) ? INFINITY : measure->high.value;
    settings->measured = measure->value;
    build->plant->chance |= build_chance(&measure->value);
    if (!(settings->low <= settings->high))
        fault_error(build->faults, spec->thing.place, NULL,
                    "what '%s' measures has its low limit above its high one", spec->thing.name);
    if (isinf(settings->low) && isinf(settings->high))
        fault_error(build->faults, spec->thing.place, "measure: {value: LAW, low: 9, high: 11}",
                    "what '%s' measures has neither a low nor a high limit", spec->thing.name);
}

static void build_quality(struct build *build, int32_t item, const struct step_spec *spec,
                          int32_t at, int32_t self) {
    struct plant *plant = build->plant;
    const struct inspect_spec *inspect = spec->inspect.block;
    struct step *step = &plant->steps[at];
    struct quality *quality = &plant->qualities[self];
    struct quality_settings *settings = &plant->settings.qualities[self];
    const char *path = build_step_path(build, at);
    step->flags |= STEP_QUALITY;
    step->quality = self;
    plant->items[item].extra = plant->chance = true;
    *quality = (struct quality){.makes_bad = spec->defects > 0 || spec->measure.block,
                                .measures = spec->measure.block != NULL,
                                .inspects = inspect != NULL,
                                .reworks = step->flags & STEP_REWORK &&
                                           isinf(plant->settings.steps[at].rework_share),
                                .defects_stream = build_stream(build, "%s/defects", path),
                                .measure_stream = build_stream(build, "%s/measure", path),
                                .inspect_stream = build_stream(build, "%s/inspect", path)};
    settings->defects = spec->defects;
    if (spec->measure.block) build_measure(build, spec, settings);
    if (!inspect) return;
    settings->sample = inspect->sample;
    settings->sample_pieces = inspect->pieces == ABSENT_COUNT ? 0 : inspect->pieces;
    settings->accept = inspect->accept;
    settings->finds = inspect->finds;
    settings->false_alarms = inspect->false_alarms;
}

void build_qualities(struct build *build) {
    struct plant *plant = build->plant;
    int32_t self = 0;
    BUILD_TAKE(build, qualities, plant->quality_count);
    for (int32_t at = 0; at < plant->step_count; at++) {
        const struct step_spec *spec = build_written(build, at);
        if (!spec) continue;
        plant->steps[at].bad_stream = build_stream(build, "%s/bad", build_step_path(build, at));
        check_rework(build, spec);
        if (step_has_quality(spec)) build_quality(build, plant->steps[at].item, spec, at, self++);
    }
}
