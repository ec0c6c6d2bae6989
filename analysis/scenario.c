/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios through the public door: reading, faults, and making arms ready to run. */
#include "scenario.h"

#include "precision.h"
#include "takt.h"
#include "theory/theory.h"

#include <stdlib.h>
#include <string.h>

/* Every arm that is written, and the base before them, unless it is written too. */
static const char **all_arms(const struct takt_scenario *scenario, int32_t *count) {
    const struct map *arms = &scenario->scenario->base.spec->question.arms;
    const char **names = memory_zeroed((size_t)arms->count + 1, sizeof *names);
    names[0] = "base";
    *count = 1;
    for (int32_t i = 0; i < arms->count; i++) {
        const char *name = ((const struct arm_spec *)arms->things)[i].thing.name;
        if (strcmp(name, "base") != 0) names[(*count)++] = name;
    }
    return names;
}

/* What all that is prepared together shares. */
struct preparing {
    struct takt_scenario *scenario;
    const struct sequence_column *sequences;
    int32_t sequence_count;
};

static struct preparing begin(struct takt_scenario *scenario) {
    int32_t arm_count;
    struct preparing preparing = {.scenario = scenario};
    const char **arms = all_arms(scenario, &arm_count);
    preparing.sequences = claims_sequences(&scenario->claims, &scenario->scenario->arena, arms,
                                           arm_count, &preparing.sequence_count);
    free(arms);
    return preparing;
}

static void build(const struct preparing *preparing, struct prepared *prepared) {
    struct scenario *core = preparing->scenario->scenario;
    struct question question =
        scenario_question(core, &prepared->arm, preparing->sequences, preparing->sequence_count);
    prepared->plant = plant_build(&prepared->arm.spec->world, &question, &core->faults);
}

enum takt_status prepare_arms(struct takt_scenario *scenario, const char *const *names,
                              int32_t count, struct prepared **out) {
    struct scenario *core = scenario->scenario;
    struct prepared *prepared = *out = memory_zeroed((size_t)count, sizeof *prepared);
    struct preparing preparing = begin(scenario);
    for (int32_t i = 0; i < count; i++) {
        prepared[i].point = -1;
        if (scenario_arm(core, names[i], &prepared[i].arm)) build(&preparing, &prepared[i]);
    }
    return core->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}

/* ---- Points of a sweep ---- */

static bool any(const bool *list, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (list[i]) return true;
    return false;
}

/* Is the point the same as an earlier one for an arm that lacks these factors? */
static bool repeats(const struct sweep_points *points, const bool *lacks, int32_t point) {
    for (int32_t before = 0; before < point; before++) {
        int32_t f = 0;
        while (f < points->factor_count &&
               (lacks[f] || sweep_value(points, before, f) == sweep_value(points, point, f)))
            f++;
        if (f == points->factor_count) return true;
    }
    return false;
}

/* Says where a fault comes from, unless it stands at one of the values themselves. */
static void note_point(struct scenario *core, const struct sweep_points *points, int32_t point,
                       const bool *lacks) {
    const char *text = "this is so with", *comma = "";
    struct place place = {.source = -1};
    for (int32_t f = 0; f < points->factor_count; f++) {
        const struct node *value = sweep_value(points, point, f);
        if (!value || (lacks && lacks[f])) continue;
        if (fault_known(&core->faults, value->place)) return;
        text = arena_text(&core->arena, "%s%s %s %s", text, comma, points->factors[f]->path,
                          sweep_text(&core->arena, value));
        if (!*comma) place = points->factors[f]->place;
        comma = " and";
    }
    if (*comma) fault_add(&core->faults, FAULT_NOTE, place, NULL, "%s", text);
}

/* The points of one arm, behind those that are there. */
static void prepare_arm_points(const struct preparing *preparing, const char *name,
                               const struct sweep_points *points, struct prepared *list,
                               int32_t *list_count) {
    struct scenario *core = preparing->scenario->scenario;
    bool *lacks = arena_take(&core->arena, (size_t)points->factor_count * sizeof *lacks);
    scenario_lacks(core, name, points, lacks);
    bool partly = any(lacks, points->factor_count);
    for (int32_t point = 0; point < points->count; point++) {
        if (partly && repeats(points, lacks, point)) continue;
        int32_t before = core->faults.error_count;
        struct prepared *prepared = &list[(*list_count)++];
        prepared->point = point;
        prepared->lacks = partly ? lacks : NULL;
        if (scenario_point(core, name, points, point, prepared->lacks, &prepared->arm))
            build(preparing, prepared);
        if (prepared > list && prepared->plant && prepared[-1].plant)
            layout_share(&prepared->plant->layout, &prepared[-1].plant->layout);
        if (core->faults.error_count > before) note_point(core, points, point, prepared->lacks);
    }
}

enum takt_status prepare_at(struct takt_scenario *scenario, const char *const *names, int32_t count,
                            const struct sweep_points *points, struct prepared **out) {
    struct scenario *core = scenario->scenario;
    struct preparing preparing = begin(scenario);
    *out = memory_zeroed((size_t)count, sizeof **out);
    for (int32_t i = 0; i < count; i++)
        if (scenario_point(core, names[i], points, 0, NULL, &(*out)[i].arm))
            build(&preparing, &(*out)[i]);
    return core->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}

enum takt_status prepare_points(struct takt_scenario *scenario, const char *const *names,
                                int32_t count, enum sweep_scope scope, uint64_t seed,
                                struct sweep_points *points, struct prepared **out,
                                int32_t *out_count) {
    struct scenario *core = scenario->scenario;
    *out = NULL;
    *out_count = 0;
    if (!sweep_points(&core->sweep, scope, seed, &core->arena, &core->faults, points))
        return TAKT_BAD_SCENARIO;
    if (points->factor_count == 0) {
        *out_count = count;
        return prepare_arms(scenario, names, count, out);
    }
    *out = memory_zeroed((size_t)count * (size_t)points->count, sizeof **out);
    struct preparing preparing = begin(scenario);
    for (int32_t i = 0; i < count; i++)
        prepare_arm_points(&preparing, names[i], points, *out, out_count);
    return core->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}

void prepare_plant(struct takt_scenario *scenario, struct prepared *prepared) {
    struct preparing preparing = begin(scenario);
    build(&preparing, prepared);
}

void prepared_delete(struct prepared *prepared, int32_t count) {
    for (int32_t i = 0; i < count; i++) plant_delete(prepared[i].plant);
    free(prepared);
}

/* Claims are about the sweep that is written; who sets factors otherwise knows. */
static void check_sweep(struct takt_scenario *scenario) {
    struct scenario *core = scenario->scenario;
    struct sweep_points points;
    for (int32_t i = 0; i < scenario->claims.count; i++) {
        struct sweep_factor ignored;
        const struct claim *claim = &scenario->claims.list[i];
        if (claim->kind == CLAIM_CROSSOVER) (void)scenario_range(core, claim->setting, &ignored);
    }
    bool spread = core->sweep.design == DESIGN_LATIN || core->sweep.design == DESIGN_SOBOL;
    if (core->setting_count > 0 || spread) return;
    if (sweep_points(&core->sweep, SWEEP_ALL, 1, &core->arena, &core->faults, &points))
        claims_check_sweep(&scenario->claims, &core->faults, &points);
}

/* A scenario that can be read is also built, so that what does not fit together is found at once,
 * in every arm and in every claim. */
static enum takt_status check_arms(struct takt_scenario *scenario) {
    struct faults *faults = &scenario->scenario->faults;
    int32_t count, before = faults->error_count; /* claims may have faults already */
    const char **names = all_arms(scenario, &count);
    struct prepared *prepared;
    enum takt_status status = prepare_arms(scenario, names, count, &prepared);
    if (faults->error_count == before) {
        struct claims_arm *arms = memory_zeroed((size_t)count, sizeof *arms);
        bool theory = claims_name_theory(&scenario->claims);
        for (int32_t i = 0; i < count; i++)
            arms[i] = (struct claims_arm){
                names[i], &prepared[i].plant->layout,
                theory ? theory_make(&scenario->scenario->arena, &prepared[i]) : NULL};
        claims_check(&scenario->claims, faults, arms, count);
        check_sweep(scenario);
        precision_check(scenario, prepared, count);
        if (faults->error_count) status = TAKT_BAD_SCENARIO;
        free(arms);
        check_load(scenario, &prepared[0]);
    }
    prepared_delete(prepared, count);
    free(names);
    return status;
}

enum takt_status takt_scenario_read(const char *path, const struct takt_scenario_options *options,
                                    struct takt_scenario **out) {
    static const struct takt_scenario_options none = {0};
    if (!options) options = &none;
    struct takt_scenario *scenario = *out = memory_zeroed(1, sizeof *scenario);
    TAKT_TRY(scenario_read(path, options->sets, options->set_count, options->includes,
                           options->include_count, &scenario->scenario));
    const struct scenario_arm *base = &scenario->scenario->base;
    claims_read(&scenario->claims, &base->reader->value, &base->spec->question.claims);
    return check_arms(scenario);
}

void takt_scenario_delete(struct takt_scenario *scenario) {
    if (!scenario) return;
    scenario_delete(scenario->scenario);
    free(scenario);
}

void takt_scenario_faults(const struct takt_scenario *scenario, FILE *file, bool colour) {
    faults_print(&scenario->scenario->faults, &scenario->scenario->sources, file, colour);
}
