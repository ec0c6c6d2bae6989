/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario from a text, run once, with all that the run knows at its end. */
#ifndef TAKT_TESTS_MODELS_TINY_WORLD_H
#define TAKT_TESTS_MODELS_TINY_WORLD_H

#include "../../models/floor.h"
#include "../../scenarios/scenarios.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tiny {
    struct scenario *scenario;
    struct plant *plant;
    struct run *run;
    double *block;
    const char *stopped;
};

/* Reads and builds; what is wrong is in scenario->faults. */
static inline struct tiny tiny_build(const char *text, const char *set) {
    struct tiny tiny = {0};
    char path[] = "/tmp/takt-tiny-XXXXXX";
    int file = mkstemp(path);
    cr_assert_geq(file, 0);
    cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    enum takt_status status = scenario_read(path, &set, set != NULL, NULL, 0, &tiny.scenario);
    unlink(path);
    if (status != TAKT_OK) return tiny;
    struct question question = scenario_question(tiny.scenario, &tiny.scenario->base, NULL, 0);
    tiny.plant = plant_build(&tiny.scenario->base.spec->world, &question, &tiny.scenario->faults);
    return tiny;
}

static inline void tiny_delete(struct tiny *tiny) {
    free(tiny->block);
    run_delete(tiny->run);
    plant_delete(tiny->plant);
    scenario_delete(tiny->scenario);
}

/* The faults, one a line. */
static inline void tiny_said(const struct tiny *tiny, char *text, size_t size) {
    text[0] = '\0';
    for (int32_t i = 0; i < tiny->scenario->faults.count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s\n", tiny->scenario->faults.list[i].reason);
    }
}

/* Runs replication 0 of TEXT until UNTIL ("2.5 d"). */
static inline struct tiny tiny_run(const char *text, const char *until) {
    char set[64], said[1000];
    snprintf(set, sizeof set, "run.length=%s", until);
    struct tiny tiny = tiny_build(text, set);
    tiny_said(&tiny, said, sizeof said);
    cr_assert(tiny.plant && tiny.scenario->faults.error_count == 0, "%s", said);
    tiny.run = run_create(tiny.plant);
    tiny.block = memory_zeroed((size_t)tiny.plant->layout.value_count, sizeof *tiny.block);
    tiny.stopped = run_replicate(tiny.run, 1, 0, tiny.block, NULL);
    cr_assert_null(tiny.stopped, "%s", tiny.stopped);
    return tiny;
}

/* The value of a path at the end. */
static inline double tiny_value(const struct tiny *tiny, const char *path) {
    int32_t column = layout_find(&tiny->plant->layout, path);
    cr_assert_geq(column, 0, "there is no %s", path);
    return tiny->block[layout_at(&tiny->plant->layout, 0, column)];
}

/* The same of a run that is needed for nothing else. */
static inline double tiny_value_of(const char *text, const char *until, const char *path) {
    struct tiny tiny = tiny_run(text, until);
    double value = tiny_value(&tiny, path);
    tiny_delete(&tiny);
    return value;
}

#define EXPECT_VALUE(TINY, PATH, VALUE)                                                            \
    cr_expect_float_eq(tiny_value(TINY, PATH), VALUE, 1e-9, "%s: %.9g", PATH,                      \
                       tiny_value(TINY, PATH))

#endif
