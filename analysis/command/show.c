/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

enum takt_status verb_show(const struct options *options) {
    const char *path = options->arguments[0];
    struct takt_results *results = NULL;
    enum takt_status status = takt_results_read(path, &results);
    struct terminal terminal = terminal_of(stdout);
    struct takt_table_options table = {
        .colour = terminal.colour, .width = terminal.width, .all = options->all, .kept = path};
    if (status != TAKT_OK)
        fprintf(stderr, "takt: %s\n",
                results ? takt_results_message(results) : takt_status_text(status));
    else if (options->histogram || options->quantity) {
        table.json = options->json;
        status = options->histogram
                     ? takt_results_histogram(results, options->histogram, stdout, &table)
                     : takt_results_quantity(results, options->quantity, stdout, &table);
        if (status != TAKT_OK) fprintf(stderr, "takt: %s\n", takt_results_message(results));
    } else if (options->json)
        takt_results_json(results, stdout);
    else
        takt_results_table(results, stdout, &table);
    takt_results_delete(results);
    return status;
}
