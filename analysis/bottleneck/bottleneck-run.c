/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs: the scenario as it is, and every station faster and slower, all on the same luck. */
#include "../experiment.h"
#include "../summary.h"
#include "../warm_up.h"
#include "bottleneck.h"

#include <stdlib.h>
#include <string.h>

enum { REPLICATIONS_LEAST = 10 };

static void law_faster(struct arena *arena, struct law *law, double speed) {
    if (law->kind != (int32_t)ABSENT_LAW) law_scale(arena, law, 1 / speed);
}

/* As `speed` of a machine: the work takes less time; setups, loading, unloading and repairs stay.
 */
static void make_faster(struct plant *plant, int32_t id, double speed) {
    for (int32_t i = 0; i < plant->step_count; i++) {
        struct step_settings *step = &plant->settings.steps[i];
        if (plant->steps[i].station != id) continue;
        law_faster(&plant->arena, &step->time, speed);
        law_faster(&plant->arena, &step->cascade, speed);
    }
    struct station *station = &plant->stations[id];
    station->belt_time = (tick)((double)station->belt_time / speed + 0.5);
    station->belt_gap = (tick)((double)station->belt_gap / speed + 0.5);
}

/* The base, and two points a station. */
static enum takt_status prepare_all(struct takt_scenario *scenario, const char *arm,
                                    struct prepared *base, double step, struct prepared **out,
                                    int32_t *count) {
    int32_t stations = base->plant->station_count;
    *count = 1 + 2 * stations;
    const char **names = memory_zeroed((size_t)*count, sizeof *names);
    for (int32_t i = 0; i < *count; i++) names[i] = arm;
    enum takt_status status = prepare_arms(scenario, names, *count, out);
    for (int32_t s = 0; s < stations && status == TAKT_OK; s++) {
        make_faster((*out)[1 + 2 * s].plant, s, 1 + step);
        make_faster((*out)[2 + 2 * s].plant, s, 1 - step);
    }
    free(names);
    return status;
}

/* Without chance one is as good as many. */
static int32_t replications_of(const struct prepared *base,
                               const struct takt_run_options *options) {
    int32_t said = base->arm.spec->question.run.replications;
    if (options->replications > 0) return options->replications;
    if (!base->plant->chance) return 1;
    return said < REPLICATIONS_LEAST ? REPLICATIONS_LEAST : said;
}

/* One place of the parameters: --set with several values makes many. */
static bool is_one_point(struct takt_scenario *scenario) {
    struct scenario *core = scenario->scenario;
    for (int32_t i = 0; i < core->setting_count; i++) {
        if (!core->settings[i].swept) continue;
        fault_error(&core->faults, core->settings[i].place, "look at one value after the other",
                    "`bottleneck` takes one value of a parameter");
        return false;
    }
    return true;
}

/* Said before the work, not after. */
static enum takt_status check_quantity(const struct prepared *base, const char *path,
                                       struct takt_results *results) {
    const struct layout *layout = &base->plant->layout;
    if (!path || layout_find(layout, path) >= 0) return TAKT_OK;
    const char *nearest = summary_nearest(layout, path);
    return results_fail(results, TAKT_USAGE, "there is no result '%s'%s%s%s", path,
                        nearest ? "; did you mean '" : "", nearest ? nearest : "",
                        nearest ? "'?" : "");
}

enum takt_status takt_bottleneck(struct takt_scenario *scenario,
                                 const struct takt_run_options *given, struct takt_results **out) {
    struct takt_run_options options = given ? *given : (struct takt_run_options){0};
    double step = options.step > 0 ? options.step : TAKT_BOTTLENECK_STEP;
    struct prepared *base = NULL, *points = NULL;
    int32_t count = 0;
    *out = NULL;
    if (!is_one_point(scenario)) return TAKT_BAD_SCENARIO;
    scenario->scenario->activity = true;
    enum takt_status status = prepare_arms(scenario, &options.arm, 1, &base);
    if (status == TAKT_OK) {
        *out = results_create();
        status = check_quantity(base, options.sensitivity_of, *out);
    }
    if (status == TAKT_OK) status = warm_up_settle(scenario, base, 1, &options, *out);
    if (status == TAKT_OK) {
        options.replications = replications_of(base, &options);
        status = prepare_all(scenario, options.arm, base, step, &points, &count);
    }
    if (status == TAKT_OK)
        status = experiment_replicate(scenario, points, count, &options, *out);
    else if (status != TAKT_USAGE) {
        takt_results_delete(*out);
        *out = NULL;
    }
    prepared_delete(points, count);
    prepared_delete(base, 1);
    return status;
}
