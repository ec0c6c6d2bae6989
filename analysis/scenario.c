/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios through the public door: reading, faults, and making arms ready to run. */
#include "scenario.h"

#include "precision.h"
#include "takt.h"

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

enum takt_status prepare_arms(struct takt_scenario *scenario, const char *const *names,
                              int32_t count, struct prepared **out) {
    struct scenario *core = scenario->scenario;
    struct prepared *prepared = *out = memory_zeroed((size_t)count, sizeof *prepared);
    int32_t arm_count, sequence_count;
    const char **arms = all_arms(scenario, &arm_count);
    const struct sequence_column *sequences =
        claims_sequences(&scenario->claims, &core->arena, arms, arm_count, &sequence_count);
    for (int32_t i = 0; i < count; i++) {
        if (!scenario_arm(core, names[i], &prepared[i].arm)) continue;
        struct question question =
            scenario_question(core, &prepared[i].arm, sequences, sequence_count);
        prepared[i].plant = plant_build(&prepared[i].arm.spec->world, &question, &core->faults);
    }
    free(arms);
    return core->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}

void prepare_plant(struct takt_scenario *scenario, struct prepared *prepared) {
    struct scenario *core = scenario->scenario;
    int32_t arm_count, sequence_count;
    const char **arms = all_arms(scenario, &arm_count);
    const struct sequence_column *sequences =
        claims_sequences(&scenario->claims, &core->arena, arms, arm_count, &sequence_count);
    struct question question = scenario_question(core, &prepared->arm, sequences, sequence_count);
    prepared->plant = plant_build(&prepared->arm.spec->world, &question, &core->faults);
    free(arms);
}

void prepared_delete(struct prepared *prepared, int32_t count) {
    for (int32_t i = 0; i < count; i++) plant_delete(prepared[i].plant);
    free(prepared);
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
        for (int32_t i = 0; i < count; i++)
            arms[i] = (struct claims_arm){names[i], &prepared[i].plant->layout};
        claims_check(&scenario->claims, faults, arms, count);
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
