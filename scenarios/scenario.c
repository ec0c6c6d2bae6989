/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario.h"

#include "arms.h"
#include "calendars.h"
#include "programmes.h"
#include "reader/base.h"
#include "reader/change.h"
#include "reader/fill.h"
#include "reader/normal.h"
#include "reader/table.h"
#include "reader/tree.h"
#include "reader/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { BASES_MOST = 16 }; /* files, one on top of the other */

static struct reader *reader_of(struct scenario *scenario) {
    struct reader *reader = arena_take(&scenario->arena, sizeof *reader);
    *reader = (struct reader){
        .arena = &scenario->arena,
        .faults = &scenario->faults,
        .sources = &scenario->sources,
        .value = {.arena = &scenario->arena, .faults = &scenario->faults, .column = table_column},
        .section_keys = world_section_keys,
        .section_count = SECTION_COUNT,
        .driver_what = FORMULA_DRIVER,
        .parameter_what = FORMULA_PARAMETER,
        .thing_what = FORMULA_THING};
    reader->value.files = reader;
    programmes_know_results(reader);
    return reader;
}

/* ---- one file, with its base below it ---- */
static struct node *read_tree(struct scenario *scenario, struct reader *reader, int32_t source,
                              int32_t depth);

static const struct node *text_child(const struct node *tree, const char *key) {
    const struct node *child = node_child(tree, key);
    return child && child->kind == NODE_TEXT && child->text ? child : NULL;
}

/* Is SOURCE one of those that led to BY? */
static bool source_above(const struct sources *sources, int32_t source, int32_t by) {
    for (; by >= 0; by = sources->list[by].parent)
        if (by == source) return true;
    return false;
}

static struct node *add_base(struct scenario *scenario, struct reader *reader, int32_t source,
                             struct node *tree, int32_t depth) {
    const struct node *base = text_child(tree, "base");
    if (!base) return tree;
    int32_t below;
    if (source_add_named(&scenario->sources, source, base->text, base->place, &scenario->faults,
                         &below) != TAKT_OK)
        return tree;
    if (depth == BASES_MOST || source_above(&scenario->sources, below, source)) {
        fault_error(&scenario->faults, base->place, NULL, "'%s' is its own base", base->text);
        return tree;
    }
    struct node *under = read_tree(scenario, reader, below, depth + 1);
    if (!under) return tree;
    (void)base_add(reader, under, tree);
    return under;
}

static struct node *read_tree(struct scenario *scenario, struct reader *reader, int32_t source,
                              int32_t depth) {
    struct node *tree = yaml_read(&scenario->arena, &scenario->sources, source, &scenario->faults);
    if (!tree) return NULL;
    if (tree->kind != NODE_MAP) {
        fault_error(&scenario->faults, tree->place, "takt: 1", "a scenario is a map of sections");
        return NULL;
    }
    normal_write_out(reader, tree, &spec_rows);
    tree = add_base(scenario, reader, source, tree, depth);
    const struct node *change = node_child(tree, "change");
    if (change) (void)change_apply_map(reader, tree, &spec_rows, change);
    return tree;
}

/* ---- arms ---- */
static void apply_value(struct reader *reader, struct node *root, const struct sweep_points *points,
                        int32_t point, int32_t factor) {
    const struct node *value = sweep_value(points, point, factor);
    const struct sweep_factor *from = points->factors[factor];
    if (value) (void)change_apply(reader, root, &spec_rows, from->path, from->place, value);
}

/* Which factor of the points a --set made; -1: none. */
static int32_t factor_of(const struct sweep_points *points, int32_t setting) {
    for (int32_t f = 0; points && f < points->factor_count; f++)
        if (points->factors[f]->setting == setting) return f;
    return -1;
}

bool scenario_point(struct scenario *scenario, const char *name, const struct sweep_points *points,
                    int32_t point, const bool *lacks, struct scenario_arm *out) {
    struct reader *reader = reader_of(scenario);
    int32_t before = scenario->faults.error_count;
    struct node *root = arm_tree(scenario, reader, name);
    *out = (struct scenario_arm){.name = name ? name : "base", .root = root, .reader = reader};
    for (int32_t f = 0; points && f < points->factor_count; f++)
        if (points->factors[f]->setting < 0 && !(lacks && lacks[f]))
            apply_value(reader, root, points, point, f);
    for (int32_t i = 0; i < scenario->setting_count; i++) {
        const struct setting *set = &scenario->settings[i];
        int32_t f = set->swept ? factor_of(points, i) : -1;
        if (f >= 0 && !(lacks && lacks[f])) apply_value(reader, root, points, point, f);
        if (!set->swept && set->value)
            (void)change_apply(reader, root, &spec_rows, set->path, set->place, set->value);
    }
    out->spec = arena_take(&scenario->arena, sizeof *out->spec);
    (void)fill_spec(reader, root, &spec_rows, out->spec);
    calendars_read(&reader->value, &out->spec->world);
    return scenario->faults.error_count == before;
}

bool scenario_arm(struct scenario *scenario, const char *name, struct scenario_arm *out) {
    return scenario_point(scenario, name, NULL, 0, NULL, out);
}

void scenario_lacks(struct scenario *scenario, const char *name, const struct sweep_points *points,
                    bool *lacks) {
    struct reader *reader = reader_of(scenario);
    const struct node *root = arm_tree(scenario, reader, name);
    for (int32_t f = 0; f < points->factor_count; f++)
        lacks[f] = !change_finds(reader, root, &spec_rows, points->factors[f]->path);
}

/* ---- the question ---- */
static struct place text_place(const struct node *root, const char *key) {
    const struct node *child = node_child(root, key);
    return child ? child->place : root->place;
}

enum { PILOT_GRID = 1000 };

static void make_pilot(const struct scenario_arm *arm, struct question *question) {
    question->warm_up = 0;
    question->series_every = question->length / PILOT_GRID;
    if (question->series_every < 1) question->series_every = 1;
    if (question->series_count) return;
    static const char *const usual[] = {"system.wip", "stocks.*.net"};
    question->series = usual;
    question->series_count = arm->spec->world.stocks.count ? 2 : 1;
}

/* Does anything below ask for a result like `stations.saw.active.sole`? Results that cost something
 * are measured only then. */
static bool names_part(const struct node *node, const char *part) {
    if (!node) return false;
    if (node->text && strstr(node->text, part)) return true;
    for (const struct node *child = node->first; child; child = child->next)
        if (names_part(child, part)) return true;
    return false;
}

struct question scenario_question(struct scenario *scenario, const struct scenario_arm *arm,
                                  const struct sequence_column *sequences, int32_t sequence_count) {
    const struct run_spec *run = &arm->spec->question.run;
    const struct record_spec *record = &arm->spec->question.record;
    bool automatic = run->warm_up.ticks == SPAN_WORD(WARM_UP_AUTO);
    struct question question = {
        .warm_up = automatic ? scenario->warm_up : run->warm_up.ticks,
        .length = run->length.ticks,
        .antithetic = run->antithetic,
        .activity = scenario->activity || record->active || names_part(arm->root, ".active."),
        .backlogs = record->queue_work || names_part(arm->root, ".queue.work"),
        .start_given = arm->reader->value.start_given,
        .start_second = arm->reader->value.start_second,
        .sequences = sequences,
        .sequence_count = sequence_count,
        .parameters = arm->reader->parameters,
        .parameter_count = arm->reader->parameter_count};
    if (run->length.ticks == SPAN_WORD(LENGTH_UNTIL_EMPTY)) {
        question.until_empty = true;
        question.length = TICK_NEVER;
    }
    tick *horizons =
        arena_take(&scenario->arena, (size_t)(run->horizons.count + 1) * sizeof *horizons);
    const struct moment_entry_spec *moments = run->horizons.things;
    for (int32_t i = 0; i < run->horizons.count; i++) {
        if (moments[i].at.ticks > question.length || moments[i].at.ticks <= 0)
            fault_error(&scenario->faults, text_place(arm->root, "run"), NULL,
                        "a horizon lies within the length of the run");
        horizons[question.horizon_count++] = moments[i].at.ticks;
    }
    if (!question.horizon_count || horizons[question.horizon_count - 1] < question.length)
        horizons[question.horizon_count++] = question.length;
    for (int32_t i = 1; i < question.horizon_count; i++)
        if (horizons[i] <= horizons[i - 1])
            fault_error(&scenario->faults, text_place(arm->root, "run"), NULL,
                        "horizons are given in order, each once");
    question.horizons = horizons;
    const char **order =
        arena_take(&scenario->arena, (size_t)run->order_of_events.count * sizeof *order);
    for (int32_t i = 0; i < run->order_of_events.count; i++)
        order[i] = ((const struct text_entry_spec *)run->order_of_events.things)[i].text;
    question.order_of_events = order;
    question.order_of_events_count = run->order_of_events.count;
    question.order_place = question.series_place = question.sequences_place =
        text_place(arm->root, "run");
    const char **series =
        arena_take(&scenario->arena, (size_t)record->series.count * sizeof *series);
    for (int32_t i = 0; i < record->series.count; i++)
        series[i] = ((const struct text_entry_spec *)record->series.things)[i].text;
    question.series = series;
    question.series_count = record->series.count;
    question.series_every =
        record->every.ticks == ABSENT_TICKS ? question.length / 200 : record->every.ticks;
    if (question.series_count && question.length != TICK_NEVER &&
        question.length / 1000 > question.series_every)
        question.series_every = question.length / 1000;
    if (scenario->pilot) make_pilot(arm, &question);
    programmes_read(scenario, arm, &question, reader_of);
    return question;
}

/* ---- sweeps ---- */

/* Is there an arm in which the path finds a place? */
static bool found_anywhere(struct scenario *scenario, struct reader *reader, const char *path) {
    const struct map *arms = &scenario->base.spec->question.arms;
    if (change_finds(reader, scenario->tree, &spec_rows, path)) return true;
    for (int32_t i = 0; i < arms->count; i++) {
        const char *name = ((const struct arm_spec *)arms->things)[i].thing.name;
        if (change_finds(reader, arm_tree(scenario, reader, name), &spec_rows, path)) return true;
    }
    return false;
}

/* A factor that no arm has a place for is a fault: the one that a change of the base would give. */
static void read_sweep(struct scenario *scenario) {
    struct reader *reader = scenario->base.reader;
    const struct option *sweep = &scenario->base.spec->question.sweep;
    sweep_read(&scenario->sweep, reader, scenario->tree, sweep->block, scenario->settings,
               scenario->setting_count);
    struct arena *arena = &scenario->arena;
    struct sweep_points points;
    (void)sweep_points(&scenario->sweep, SWEEP_ALL, 1, arena, &scenario->faults, &points);
    for (int32_t f = 0; f < scenario->sweep.factor_count; f++) {
        const struct sweep_factor *factor = &scenario->sweep.factors[f];
        if (found_anywhere(scenario, reader, factor->path)) continue;
        struct node *root = node_copy(arena, scenario->tree);
        const struct node *value =
            factor->level_count ? factor->levels[0] : tree_text(arena, "1", factor->place);
        (void)change_apply(reader, root, &spec_rows, factor->path, factor->place, value);
    }
}

bool scenario_range(struct scenario *scenario, const char *setting, struct sweep_factor *out) {
    struct reader *reader = scenario->base.reader;
    *out = (struct sweep_factor){.setting = -1};
    const struct node *value =
        change_read_set(reader, "--crossover", setting, &out->path, &out->place);
    if (!value || !sweep_read_range(reader, scenario->tree, out, value)) return false;
    if (change_finds(reader, scenario->tree, &spec_rows, out->path)) return true;
    struct node *root = node_copy(&scenario->arena, scenario->tree);
    return change_apply(reader, root, &spec_rows, out->path, out->place, value);
}

/* ---- reading ---- */
static enum takt_status read_all(struct scenario *scenario, const char *const *sets,
                                 const char *const *includes, int32_t include_count) {
    struct place command_line = {.source = -1};
    for (int32_t i = 0; i < include_count; i++)
        TAKT_TRY(source_include(&scenario->sources, includes[i], &scenario->faults));
    int32_t source;
    TAKT_TRY(source_add_file(&scenario->sources, scenario->path, command_line, &scenario->faults,
                             &source));
    scenario->text = scenario->sources.list[source].text;
    scenario->text_size = scenario->sources.list[source].size;
    struct reader *reader = reader_of(scenario);
    scenario->tree = read_tree(scenario, reader, source, 0);
    if (!scenario->tree) return TAKT_BAD_SCENARIO;
    for (int32_t i = 0; i < scenario->setting_count; i++) {
        struct setting *set = &scenario->settings[i];
        const char *text = arena_copy(&scenario->arena, sets[i], strlen(sets[i]));
        set->value = change_read_set(reader, "--set", text, &set->path, &set->place);
    }
    sweep_mark(reader, scenario->tree, scenario->settings, scenario->setting_count);
    if (scenario_arm(scenario, NULL, &scenario->base)) read_sweep(scenario);
    return scenario->faults.error_count ? TAKT_BAD_SCENARIO : TAKT_OK;
}

enum takt_status scenario_read(const char *path, const char *const *sets, int32_t set_count,
                               const char *const *includes, int32_t include_count,
                               struct scenario **out) {
    struct scenario *scenario = *out = memory_zeroed(1, sizeof *scenario);
    sources_init(&scenario->sources);
    scenario->path = arena_copy(&scenario->arena, path, strlen(path));
    scenario->settings =
        arena_take(&scenario->arena, (size_t)set_count * sizeof *scenario->settings);
    scenario->setting_count = set_count;
    return read_all(scenario, sets, includes, include_count);
}

void scenario_delete(struct scenario *scenario) {
    if (!scenario) return;
    sources_clear(&scenario->sources);
    faults_clear(&scenario->faults);
    arena_clear(&scenario->arena);
    free(scenario);
}
