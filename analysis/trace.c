/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces: one line an event of one replication. */
#include "json.h"
#include "scenario.h"
#include "takt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct tracer {
    FILE *file;
    const struct takt_trace_options *options;
    int64_t count;
};

static void trace_line(void *context, tick at, enum event_class class_, const char *who,
                       const char *what) {
    struct tracer *tracer = context;
    const struct takt_trace_options *options = tracer->options;
    double hours = (double)at / (double)TICK_H;
    if (hours < options->from || (options->to > 0 && hours > options->to)) return;
    if (options->station && strcmp(options->station, who) != 0) return;
    if (options->most > 0 && tracer->count >= options->most) return;
    tracer->count++;
    if (options->json) {
        fprintf(tracer->file, "{\"time\":%.9g,\"class\":", hours);
        json_text(tracer->file, event_classes[class_].name);
        fputs(",\"who\":", tracer->file);
        json_text(tracer->file, who);
        fputs(",\"what\":", tracer->file);
        json_text(tracer->file, what);
        fputs("}\n", tracer->file);
    } else
        fprintf(tracer->file, "%16.6f h  %-9s %-16s %s\n", hours, event_classes[class_].name, who,
                what);
}

enum takt_status takt_trace(struct takt_scenario *scenario,
                            const struct takt_trace_options *options, FILE *file) {
    static const struct takt_trace_options none = {0};
    if (!options) options = &none;
    struct prepared *prepared;
    enum takt_status status = prepare_arms(scenario, &options->arm, 1, &prepared);
    if (status == TAKT_OK) {
        const struct plant *plant = prepared->plant;
        struct tracer tracer = {file, options, 0};
        struct sink sink = {.context = &tracer, .event = trace_line};
        struct run *run = run_create(plant);
        double *block = memory_zeroed((size_t)plant->layout.value_count, sizeof *block);
        int64_t seed = options->seed > 0 ? options->seed : prepared->arm.spec->question.run.seed;
        int32_t replication = options->replication > 0 ? options->replication : 1;
        const char *why = run_replicate(run, (uint64_t)seed, (uint64_t)replication, block, &sink);
        if (why) {
            fprintf(file, "stopped %s\n", why);
            status = TAKT_STOPPED;
        }
        run_delete(run);
        free(block);
    }
    prepared_delete(prepared, 1);
    return status;
}
