/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the scenario of a verb, and `takt check`. */
#include "command.h"

enum takt_status scenario_open_quietly(const struct options *options,
                                       struct takt_scenario **scenario) {
    struct takt_scenario_options reading = {.sets = options->sets,
                                            .set_count = options->set_count,
                                            .includes = options->includes,
                                            .include_count = options->include_count};
    return takt_scenario_read(options->arguments[0], &reading, scenario);
}

enum takt_status scenario_open(const struct options *options, struct takt_scenario **scenario) {
    enum takt_status status = scenario_open_quietly(options, scenario);
    if (status != TAKT_OK || !options->quiet)
        takt_scenario_faults(*scenario, stderr, terminal_of(stderr).colour);
    return status;
}

enum takt_status verb_check(const struct options *options) {
    struct takt_scenario *scenario;
    enum takt_status status = scenario_open(options, &scenario);
    if (status == TAKT_OK) status = takt_scenario_check(scenario, stdout, options->json);
    takt_scenario_delete(scenario);
    return status;
}
