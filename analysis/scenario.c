/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios through the public door: reading, faults, and making arms ready to run. */
#include "scenario.h"

#include "takt.h"

#include <stdlib.h>
#include <string.h>

enum takt_status prepare_arms(struct takt_scenario *scenario, const char *const *names,
                              int32_t count, struct prepared **out) {
    struct scenario *core = scenario->scenario;
    struct prepared *prepared = *out = memory_zeroed((size_t)count, sizeof *prepared);
    const char **arms = memory_zeroed((size_t)count, sizeof *arms);
    for (int32_t i = 0; i < count; i++) arms[i] = names[i] ? names[i] : "base";
    int32_t sequence_count;
    const struct sequence_column *sequences =
        claims_sequences(&scenario->claims, &core->arena, arms, count, &sequence_count);
    struct claims_arm *layouts = memory_zeroed((size_t)count, sizeof *layouts);
    for (int32_t i = 0; i < count; i++) {
        if (!scenario_arm(core, names[i], &prepared[i].arm)) continue;
        struct question question =
            scenario_question(core, &prepared[i].arm, sequences, sequence_count);
        prepared[i].plant = plant_build(&prepared[i].arm.spec->world, &question, &core->faults);
        layouts[i] = (struct claims_arm){arms[i], &prepared[i].plant->layout};
    }
    if (core->faults.error_count == 0)
        claims_check(&scenario->claims, &core->faults, layouts, count);
    free(layouts);
    free(arms);
    return core->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}

void prepared_delete(struct prepared *prepared, int32_t count) {
    for (int32_t i = 0; i < count; i++) plant_delete(prepared[i].plant);
    free(prepared);
}

/* A scenario that can be read is also built, so that what does not fit together is found at once,
 * in every arm. */
static enum takt_status check_arms(struct takt_scenario *scenario) {
    const struct map *arms = &scenario->scenario->base.spec->question.arms;
    int32_t count = arms->count + 1;
    const char **names = memory_zeroed((size_t)count, sizeof *names);
    for (int32_t i = 1; i < count; i++)
        names[i] = ((const struct arm_spec *)arms->things)[i - 1].thing.name;
    struct prepared *prepared;
    enum takt_status status = prepare_arms(scenario, names, count, &prepared);
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
