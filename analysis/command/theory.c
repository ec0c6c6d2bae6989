/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt theory`: formulas beside a run. */
#include "command.h"

enum takt_status verb_theory(const struct options *options) {
    struct takt_scenario *scenario;
    struct takt_results *results = NULL;
    enum takt_status status = scenario_open(options, &scenario), run = TAKT_OK;
    if (status == TAKT_OK && !options->no_run) {
        run = run_simulate(takt_run, scenario, options, &results);
        if (!results) status = run;
    }
    if (status == TAKT_OK) {
        struct terminal terminal = terminal_of(stdout);
        struct takt_table_options table = {.colour = terminal.colour, .width = terminal.width};
        status = takt_theory(scenario, options->arm, results, stdout, &table, options->json);
    }
    if (status == TAKT_BAD_SCENARIO)
        takt_scenario_faults(scenario, stderr, terminal_of(stderr).colour);
    takt_results_delete(results);
    takt_scenario_delete(scenario);
    return status == TAKT_OK ? run : status;
}
