/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt fit`: from data to a line of a scenario. */
#include "command.h"

enum takt_status verb_fit(const struct options *options) {
    if (options->output && !options->arrivals) {
        fputs("takt fit: -o keeps the rates of --arrivals; without it there are none\n", stderr);
        return TAKT_USAGE;
    }
    if (options->every && !options->arrivals) {
        fputs("takt fit: --every goes with --arrivals\n", stderr);
        return TAKT_USAGE;
    }
    struct terminal terminal = terminal_of(stdout);
    struct takt_fit_options fitting = {.column = options->column,
                                       .unit = options->unit,
                                       .laws = options->laws,
                                       .arrivals = options->arrivals,
                                       .every = options->every,
                                       .table = options->output,
                                       .seed = options->seed,
                                       .samples = options->samples,
                                       .width = terminal.width,
                                       .json = options->json,
                                       .colour = terminal.colour,
                                       .colour_messages = terminal_of(stderr).colour};
    return takt_fit(options->arguments[0], &fitting, stdout, options->quiet ? NULL : stderr);
}
