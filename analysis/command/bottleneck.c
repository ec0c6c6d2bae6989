/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt bottleneck`: what limits, by every method. */
#include "command.h"

static enum takt_status print(struct takt_scenario *scenario, const struct takt_results *results,
                              const struct options *options) {
    struct terminal terminal = terminal_of(stdout);
    struct takt_table_options table = {
        .colour = terminal.colour, .width = terminal.width, .json = options->json};
    struct takt_run_options running = {
        .arm = options->arm, .step = options->step, .sensitivity_of = options->selection.of};
    return takt_bottleneck_table(scenario, results, &running, stdout, &table);
}

enum takt_status verb_bottleneck(const struct options *options) {
    struct takt_scenario *scenario;
    struct takt_results *results = NULL;
    enum takt_status status = scenario_open(options, &scenario), printed = TAKT_OK;
    if (status == TAKT_OK) {
        status = run_simulate(takt_bottleneck, scenario, options, &results);
        if (status == TAKT_OK || status == TAKT_STOPPED)
            printed = print(scenario, results, options);
        else if (status == TAKT_BAD_SCENARIO)
            takt_scenario_faults(scenario, stderr, terminal_of(stderr).colour);
        else
            fprintf(stderr, "takt: %s\n",
                    status == TAKT_USAGE ? takt_results_message(results)
                                         : takt_status_text(status));
    }
    takt_results_delete(results);
    takt_scenario_delete(scenario);
    return printed == TAKT_OK ? status : printed;
}
