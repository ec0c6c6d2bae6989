/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small worlds from the text of a scenario, run once, with all that was said on the way.
 *
 * Most are counted in hours, so that every answer can be worked out by hand: what starts where and
 * when is one line of text, `HOUR/MACHINE/LOT` for each start, lots counted from 0. */
#ifndef TAKT_TESTS_MODELS_WORLD_H
#define TAKT_TESTS_MODELS_WORLD_H

#include "../../analysis/scenario.h"
#include "../../analysis/takt.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct said {
    tick at;
    enum event_class class_;
    char who[32], what[88];
};

struct world {
    struct takt_scenario *scenario;
    struct prepared *prepared;
    const struct plant *plant;
    struct run *run;
    double *block;
    const char *why; /* it stopped, or NULL */
    struct said *said;
    int32_t said_count, said_room;
    struct sink sink;
    char text[4096]; /* of the last answer */
    size_t used;
};

/* Reads a scenario without its first line (`takt: 1`). */
__attribute__((unused)) static enum takt_status world_read(const char *text,
                                                           struct takt_scenario **scenario) {
    char path[] = "/tmp/takt-world-XXXXXX.yaml";
    int file = mkstemps(path, 5);
    cr_assert(file >= 0);
    dprintf(file, "takt: 1\n%s", text);
    close(file);
    enum takt_status status = takt_scenario_read(path, NULL, scenario);
    unlink(path);
    return status;
}

/* A scenario that is refused, and why. */
static void world_expect_said(const char *text, enum takt_status status, const char *fault) {
    struct takt_scenario *scenario;
    cr_expect_eq(world_read(text, &scenario), status);
    char *said = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&said, &size);
    takt_scenario_faults(scenario, to, false);
    fclose(to);
    cr_expect(strstr(said, fault), "%s does not say: %s", said, fault);
    free(said);
    takt_scenario_delete(scenario);
}

__attribute__((unused)) static void world_expect_fault(const char *text, const char *fault) {
    world_expect_said(text, TAKT_BAD_SCENARIO, fault);
}
__attribute__((unused)) static void world_expect_warning(const char *text, const char *warning) {
    world_expect_said(text, TAKT_OK, warning);
}

static void world_hear(void *context, tick at, enum event_class class_, const char *who,
                       const char *what) {
    struct world *world = context;
    if (world->said_count == world->said_room) {
        world->said_room = world->said_room ? 2 * world->said_room : 64;
        world->said = realloc(world->said, (size_t)world->said_room * sizeof *world->said);
    }
    struct said *said = &world->said[world->said_count++];
    said->at = at;
    said->class_ = class_;
    snprintf(said->who, sizeof said->who, "%s", who);
    snprintf(said->what, sizeof said->what, "%s", what);
}

/* The base, or the arm of this name. */
__attribute__((unused)) static void world_open_arm(struct world *world, const char *text,
                                                   const char *arm) {
    *world = (struct world){0};
    enum takt_status status = world_read(text, &world->scenario);
    if (status == TAKT_OK) status = prepare_arms(world->scenario, &arm, 1, &world->prepared);
    if (status != TAKT_OK) takt_scenario_faults(world->scenario, stderr, false);
    cr_assert_eq(status, TAKT_OK);
    world->plant = world->prepared->plant;
    world->run = run_create(world->plant);
    world->block = calloc((size_t)world->plant->layout.value_count, sizeof(double));
}

__attribute__((unused)) static void world_open(struct world *world, const char *text) {
    world_open_arm(world, text, NULL);
}

__attribute__((unused)) static void world_close(struct world *world) {
    free(world->said);
    free(world->block);
    run_delete(world->run);
    prepared_delete(world->prepared, 1);
    takt_scenario_delete(world->scenario);
}

/* One replication; LISTEN keeps what is said. */
__attribute__((unused)) static void world_replicate(struct world *world, uint64_t seed,
                                                    uint64_t replication, bool listen) {
    world->said_count = 0;
    world->sink = (struct sink){.context = world, .event = world_hear};
    world->why =
        run_replicate(world->run, seed, replication, world->block, listen ? &world->sink : NULL);
}

/* Opens, and runs the first replication. */
__attribute__((unused)) static void world_run(struct world *world, const char *text) {
    world_open(world, text);
    world_replicate(world, 1, 1, true);
}

__attribute__((unused)) static double world_value(const struct world *world, const char *path) {
    const struct layout *layout = &world->plant->layout;
    int32_t column = layout_find(layout, path);
    cr_assert(column >= 0, "there is no %s", path);
    return world->block[layout_at(layout, layout->horizon_count - 1, column)];
}

/* Equal but for the rounding of a division or two. */
__attribute__((unused)) static void expect_value(const struct world *world, const char *path,
                                                 double right) {
    double value = world_value(world, path);
    cr_expect(fabs(value - right) <= 1e-12 * fmax(1, fabs(right)), "%s is %.15g, not %.15g", path,
              value, right);
}

/* ---- what was said ---- */
__attribute__((format(printf, 2, 3))) static void world_add(struct world *world, const char *format,
                                                            ...) {
    va_list list;
    va_start(list, format);
    if (world->used && world->used < sizeof world->text - 1) world->text[world->used++] = ' ';
    world->used += (size_t)vsnprintf(world->text + world->used, sizeof world->text - world->used,
                                     format, list);
    va_end(list);
    cr_assert_lt(world->used, sizeof world->text);
}

static double hours(tick at) {
    return (double)at / (double)TICK_H;
}

/* Starts at a station: HOUR/MACHINE/LOT; the lot is the one that names a batch. */
__attribute__((unused)) static const char *world_starts(struct world *world, const char *station) {
    world->text[world->used = 0] = '\0';
    for (int32_t i = 0; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        int machine;
        long long lot;
        if (strcmp(said->who, station) == 0 &&
            sscanf(said->what, "machine %d starts lot %lld", &machine, &lot) == 2)
            world_add(world, "%g/%d/%lld", hours(said->at), machine, lot);
    }
    return world->text;
}

/* Lots that leave: LOT@HOUR. */
__attribute__((unused)) static const char *world_leaves(struct world *world) {
    world->text[world->used = 0] = '\0';
    for (int32_t i = 0; i < world->said_count; i++) {
        long long lot;
        char word[8];
        if (sscanf(world->said[i].what, "lot %lld %7s", &lot, word) == 2 &&
            strcmp(word, "leaves") == 0)
            world_add(world, "%lld@%g", lot, hours(world->said[i].at));
    }
    return world->text;
}

/* Hours at which WHO said something that holds WORD. */
__attribute__((unused)) static const char *world_when(struct world *world, const char *who,
                                                      const char *word) {
    world->text[world->used = 0] = '\0';
    for (int32_t i = 0; i < world->said_count; i++)
        if (strcmp(world->said[i].who, who) == 0 && strstr(world->said[i].what, word))
            world_add(world, "%g", hours(world->said[i].at));
    return world->text;
}

#define EXPECT_STARTS(WORLD, STATION, RIGHT)                                                       \
    cr_expect_str_eq(world_starts(WORLD, STATION), RIGHT, "%s starts %s, not %s", STATION,         \
                     (WORLD)->text, RIGHT)
#define EXPECT_LEAVES(WORLD, RIGHT)                                                                \
    cr_expect_str_eq(world_leaves(WORLD), RIGHT, "leaves %s, not %s", (WORLD)->text, RIGHT)
#define EXPECT_WHEN(WORLD, WHO, WORD, RIGHT)                                                       \
    cr_expect_str_eq(world_when(WORLD, WHO, WORD), RIGHT, "%s: '%s' at %s, not %s", WHO, WORD,     \
                     (WORLD)->text, RIGHT)

/* A world whose run must stop, and say this. */
__attribute__((unused)) static void expect_stop(const char *text, const char *reason) {
    struct world world;
    world_run(&world, text);
    cr_expect(world.why && strstr(world.why, reason), "stopped: %s, not %s",
              world.why ? world.why : "never", reason);
    for (int64_t i = 0; i < world.plant->layout.value_count; i++)
        cr_assert(!world.why || isnan(world.block[i]));
    world_close(&world);
}

#endif
