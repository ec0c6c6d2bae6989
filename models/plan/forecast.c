/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of forecast methods, and `best`, which tries all others. */
#include "forecast.h"

#include "../../sim/sim.h"

#include <math.h>

const struct forecast_method_row forecast_methods[FORECAST_COUNT] = {
#define X(name, word, functions, help)                                                             \
    {word, help, functions##_memory, functions##_see, functions##_ahead},
    FORECAST_METHODS(X)
#undef X
};

int32_t forecaster_memory(const struct forecast_rule *rule) {
    return forecast_methods[rule->method].memory(rule);
}

void forecaster_start(struct forecaster *forecaster, const struct forecast_rule *rule,
                      double *memory) {
    *forecaster = (struct forecaster){.rule = rule, .memory = memory};
    for (int32_t i = 0; i < forecaster_memory(rule); i++) memory[i] = 0;
}

void forecaster_see(struct forecaster *forecaster, double value) {
    forecast_methods[forecaster->rule->method].see(forecaster, value);
    forecaster->seen++;
}

double forecaster_ahead(const struct forecaster *forecaster, int32_t ahead) {
    CHECK(ahead > 0);
    if (forecaster->seen == 0) return NAN;
    return forecast_methods[forecaster->rule->method].ahead(forecaster, ahead);
}

/* ---- best ----
 * Each method is followed beside the others, and what it said of the last periods is held against
 * what they brought: absolute errors, each period weighing a tenth less than the one after it. The
 * method with the least is believed; of equals the one that stands first. Memory: for each method
 * its error, a forecaster's numbers, and its own memory. */
enum { BEST_ERROR, BEST_LEVEL, BEST_SLOPE, BEST_SIZE, BEST_INTERVAL, BEST_SINCE, BEST_OWN };
static const double forgotten = 0.9;

static bool is_tried(const struct forecast_rule *rule, int32_t method) {
    bool seasonal = method == FORECAST_HOLT_WINTERS || method == FORECAST_HOLT_WINTERS_TIMES;
    return method != FORECAST_BEST && (!seasonal || rule->season > 1);
}

static struct forecast_rule rule_of(const struct forecast_rule *rule, int32_t method) {
    struct forecast_rule own = *rule;
    own.method = method;
    return own;
}

int32_t best_memory(const struct forecast_rule *rule) {
    int32_t sum = 0;
    for (int32_t m = 0; m < FORECAST_COUNT; m++) {
        struct forecast_rule own = rule_of(rule, m);
        if (is_tried(rule, m)) sum += BEST_OWN + forecaster_memory(&own);
    }
    return sum;
}

/* The forecaster that lies at MEMORY. */
static struct forecaster taken(const struct forecaster *best, const struct forecast_rule *own,
                               double *memory) {
    return (struct forecaster){.rule = own,
                               .seen = best->seen,
                               .level = memory[BEST_LEVEL],
                               .slope = memory[BEST_SLOPE],
                               .size = memory[BEST_SIZE],
                               .interval = memory[BEST_INTERVAL],
                               .since = (int64_t)memory[BEST_SINCE],
                               .memory = memory + BEST_OWN};
}

static void put_back(const struct forecaster *own, double *memory) {
    memory[BEST_LEVEL] = own->level;
    memory[BEST_SLOPE] = own->slope;
    memory[BEST_SIZE] = own->size;
    memory[BEST_INTERVAL] = own->interval;
    memory[BEST_SINCE] = (double)own->since;
}

void best_see(struct forecaster *forecaster, double value) {
    double *memory = forecaster->memory;
    for (int32_t m = 0; m < FORECAST_COUNT; m++) {
        if (!is_tried(forecaster->rule, m)) continue;
        struct forecast_rule rule = rule_of(forecaster->rule, m);
        struct forecaster own = taken(forecaster, &rule, memory);
        if (own.seen > 0)
            memory[BEST_ERROR] =
                forgotten * memory[BEST_ERROR] + fabs(value - forecaster_ahead(&own, 1));
        forecaster_see(&own, value);
        put_back(&own, memory);
        memory += BEST_OWN + forecaster_memory(&rule);
    }
}

/* Where the method with the least error lies. */
static double *least(const struct forecaster *forecaster, struct forecast_rule *rule) {
    double *memory = forecaster->memory, *found = NULL;
    for (int32_t m = 0; m < FORECAST_COUNT; m++) {
        if (!is_tried(forecaster->rule, m)) continue;
        struct forecast_rule own = rule_of(forecaster->rule, m);
        if (!found || memory[BEST_ERROR] < found[BEST_ERROR]) {
            found = memory;
            *rule = own;
        }
        memory += BEST_OWN + forecaster_memory(&own);
    }
    return found;
}

double best_ahead(const struct forecaster *forecaster, int32_t ahead) {
    struct forecast_rule rule = {0};
    double *memory = least(forecaster, &rule);
    struct forecaster own = taken(forecaster, &rule, memory);
    return forecaster_ahead(&own, ahead);
}

enum forecast_method forecaster_method(const struct forecaster *forecaster) {
    struct forecast_rule rule = *forecaster->rule;
    if (rule.method == FORECAST_BEST) least(forecaster, &rule);
    return (enum forecast_method)rule.method;
}
