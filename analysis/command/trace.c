/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

enum takt_status verb_trace(const struct options *options) {
    struct takt_scenario *scenario;
    enum takt_status status = scenario_open(options, &scenario);
    if (status == TAKT_OK) {
        struct takt_trace_options tracing = {.arm = options->arm,
                                             .seed = options->seed,
                                             .replication = options->replication,
                                             .from = options->from,
                                             .to = options->to,
                                             .station = options->station,
                                             .most = options->most,
                                             .json = options->json};
        status = takt_trace(scenario, &tracing, stdout);
        if (status == TAKT_BAD_SCENARIO)
            takt_scenario_faults(scenario, stderr, terminal_of(stderr).colour);
    }
    takt_scenario_delete(scenario);
    return status;
}
