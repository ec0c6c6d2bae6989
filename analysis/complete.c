/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of a scenario, for shells that complete them. */
#include "scenario.h"
#include "takt.h"

#include <string.h>

/* Paths are those of the resolved scenario: every key, given or not. They are read off its JSON,
 * which takt has written and so is right; lists have no paths inside. */
struct walk {
    const char *at;
    FILE *file;
    char path[512];
};

static void skip_text(struct walk *walk) {
    for (walk->at++; *walk->at != '"'; walk->at++) walk->at += *walk->at == '\\';
    walk->at++;
}

static void skip_list(struct walk *walk) {
    int32_t depth = 0;
    do {
        if (*walk->at == '"') {
            skip_text(walk);
            continue;
        }
        depth += (*walk->at == '[' || *walk->at == '{') - (*walk->at == ']' || *walk->at == '}');
        walk->at++;
    } while (depth > 0);
}

/* A value that stands at a path of SIZE bytes. */
static void walk_value(struct walk *walk, size_t size) {
    if (*walk->at != '{') {
        fprintf(walk->file, "%s\n", walk->path);
        if (*walk->at == '"')
            skip_text(walk);
        else
            skip_list(walk);
        return;
    }
    for (walk->at++; *walk->at != '}'; walk->at += *walk->at == ',') {
        const char *key = walk->at + 1;
        skip_text(walk);
        int count = (int)(walk->at - key - 1);
        walk->at++; /* the colon */
        int added = snprintf(walk->path + size, sizeof walk->path - size, "%s%.*s", size ? "." : "",
                             count, key);
        size_t all = size + (size_t)added;
        walk_value(walk, all < sizeof walk->path ? all : size);
        walk->path[size] = '\0';
    }
    walk->at++;
}

static void print_paths(const struct takt_scenario *scenario, FILE *file) {
    struct arena arena;
    arena_init(&arena);
    struct walk walk = {.file = file};
    walk.at = resolved_write(&arena, scenario->scenario->base.root, &spec_rows);
    walk_value(&walk, 0);
    arena_clear(&arena);
}

/* Every named block begins with a struct thing. */
static void print_map(const struct map *map, size_t size, FILE *file) {
    const char *things = map->things;
    for (int32_t i = 0; i < map->count; i++)
        fprintf(file, "%s\n",
                ((const struct thing *)(const void *)(things + (size_t)i * size))->name);
}

bool takt_scenario_names(const struct takt_scenario *scenario, const char *what, FILE *file) {
    const struct spec_spec *spec = scenario->scenario->base.spec;
    if (strcmp(what, "arms") == 0)
        print_map(&spec->question.arms, sizeof(struct arm_spec), file);
    else if (strcmp(what, "stations") == 0)
        print_map(&spec->world.stations, sizeof(struct station_spec), file);
    else if (strcmp(what, "paths") == 0)
        print_paths(scenario, file);
    else
        return false;
    return true;
}
