/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments: which points, how many replications of each, and what the results say of them.
 * units.c runs them. */
#include "resume.h"

#include "batches.h"
#include "experiment.h"
#include "crossover.h"
#include "results/fingerprint.h"
#include "identity.h"
#include "precision.h"
#include "selection.h"
#include "results/sha256.h"
#include "theory/theory.h"
#include "warm_up.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- What the results say of the scenario ---- */
static const char *horizon_text(struct arena *arena, tick horizon) {
    static const struct {
        const char *name;
        tick ticks;
    } units[] = {{"y", TICK_Y}, {"wk", TICK_WK},   {"d", TICK_D},
                 {"h", TICK_H}, {"min", TICK_MIN}, {"s", TICK_S}};
    if (horizon == TICK_NEVER) return "the end";
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (horizon % units[i].ticks == 0)
            return arena_text(arena, "%lld %s", (long long)(horizon / units[i].ticks),
                              units[i].name);
    return arena_text(arena, "%lld us", (long long)horizon);
}

static const char *text_kept(struct arena *arena, const char *text) {
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static void describe(struct takt_results *results, const struct takt_scenario *scenario,
                     const struct prepared *base) {
    const struct scenario *core = scenario->scenario;
    const struct question_spec *question = &base->arm.spec->question;
    struct arena *arena = &results->arena;
    results->title =
        question->title ? text_kept(arena, question->title) : text_kept(arena, core->path);
    results->scenario_path = text_kept(arena, core->path);
    results->scenario_text = arena_copy(arena, core->text, core->text_size);
    results->resolved_json = resolved_write(arena, base->arm.root, &spec_rows);
    results->currency = text_kept(arena, base->arm.reader->value.currency);
    sha256_text(core->text, core->text_size, results->sha256);
    results->arithmetic = fingerprint_text(arena);
    results->start_second = base->plant->start_second;
    const struct layout *layout = &base->plant->layout;
    results->horizon_count = layout->horizon_count;
    results->horizon_texts = arena_take(arena, (size_t)layout->horizon_count * sizeof(char *));
    results->horizon_hours = arena_take(arena, (size_t)layout->horizon_count * sizeof(double));
    for (int32_t i = 0; i < layout->horizon_count; i++) {
        results->horizon_texts[i] = horizon_text(arena, layout->horizons[i]);
        results->horizon_hours[i] =
            layout->horizons[i] == TICK_NEVER ? 0 : (double)layout->horizons[i] / (double)TICK_H;
    }
    const struct text_entry_spec *show = question->run.show.things;
    results->show_count = question->run.show.count;
    results->show = arena_take(arena, (size_t)results->show_count * sizeof(char *));
    for (int32_t i = 0; i < results->show_count; i++)
        results->show[i] = text_kept(arena, show[i].text);
}

/* What is KEPT is also identified. The point takes over the layout of its plant. */
static void describe_point(struct takt_results *results, const struct takt_scenario *scenario,
                           int32_t index, struct prepared *from, bool kept) {
    struct point *point = &results->points[index];
    struct plant *plant = from->plant;
    struct arena *arena = &results->arena;
    point->arm = text_kept(arena, from->arm.name);
    if (kept) point->sha256 = identity_point(arena, scenario, from);
    point->layout = memory_zeroed(1, sizeof *point->layout);
    *point->layout = plant->layout;
    point->stream_count = (uint64_t)plant->stream_count;
    point->stream_names = arena_take(arena, (size_t)plant->stream_count * sizeof(char *));
    point->stream_hashes = arena_take(arena, (size_t)plant->stream_count * sizeof(uint64_t));
    for (int32_t i = 0; i < plant->stream_count; i++) {
        point->stream_names[i] = text_kept(arena, plant->stream_names[i]);
        point->stream_hashes[i] = plant->stream_hashes[i];
    }
    if (claims_name_theory(&scenario->claims)) point->theory = theory_make(arena, from);
    results->chance |= plant->chance;
    results->antithetic |= plant->antithetic;
}

/* ---- What the results say of the sweep ---- */

/* A factor has numbers when all of its values are quantities of one unit. */
static void describe_numbers(struct takt_results *results, struct factor *factor,
                             const struct field *field) {
    struct arena *arena = &results->arena;
    char first[32] = "", unit[32];
    factor->numbers = arena_take(arena, (size_t)results->point_count * sizeof(double));
    for (int32_t p = 0; p < results->point_count; p++) {
        factor->numbers[p] = NAN;
        if (!factor->texts[p]) continue;
        bool fine =
            sweep_number(field, factor->texts[p], results->currency, &factor->numbers[p], unit);
        if (fine && !*first) memcpy(first, unit, sizeof first);
        if (fine && strcmp(first, unit) == 0) continue;
        factor->numbers = NULL;
        return;
    }
    factor->unit = arena_copy(arena, first, strlen(first));
}

/* Values are named once, so that points with the same one share its text. */
static void describe_sweep(struct takt_results *results, const struct sweep_points *points,
                           const struct prepared *prepared) {
    static const char *const names[] = {[DESIGN_FULL] = "full",
                                        [DESIGN_LATIN] = "latin",
                                        [DESIGN_SOBOL] = "sobol",
                                        [DESIGN_TORNADO] = "tornado"};
    struct arena *arena = &results->arena;
    if (points->factor_count == 0) return;
    results->design = names[points->design];
    results->factor_count = points->factor_count;
    results->factors = arena_take(arena, (size_t)points->factor_count * sizeof *results->factors);
    for (int32_t f = 0; f < points->factor_count; f++) {
        struct factor *factor = &results->factors[f];
        factor->path = text_kept(arena, points->factors[f]->path);
        factor->texts = arena_take(arena, (size_t)results->point_count * sizeof(char *));
        for (int32_t p = 0; p < results->point_count; p++) {
            const struct node *value = sweep_value(points, prepared[p].point, f);
            bool lacks = prepared[p].lacks && prepared[p].lacks[f];
            factor->texts[p] = value && !lacks ? sweep_text(arena, value) : NULL;
        }
        describe_numbers(results, factor, points->factors[f]->field);
    }
    results_pair_points(results);
}

static double clock_seconds(clockid_t clock) {
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static bool any_stopped(const struct takt_results *results) {
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t r = 0; r < results->points[p].replication_count; r++)
            if (results->points[p].stopped[r]) return true;
    return false;
}

/* The same number of replications for every point. */
static enum takt_status replicate(struct units *units, int32_t point_count, int32_t replications) {
    int32_t *targets = memory_zeroed((size_t)point_count, sizeof *targets);
    for (int32_t i = 0; i < point_count; i++) targets[i] = replications;
    enum takt_status status = units_run(units, targets);
    free(targets);
    return status;
}

enum { PRECISION_MOST = 500 }; /* as the row of `precision.most` */

/* As the options say, else the scenario; 0: as many as a precision needs. */
static int32_t replications_given(const struct run_spec *run,
                                  const struct takt_run_options *options) {
    if (options->replications > 0) return options->replications;
    if (options->precision > 0 || run->precision.block) return 0;
    return run->replications == ABSENT_COUNT ? 1 : run->replications;
}

static enum takt_status replicate_enough(struct units *units, const struct run_spec *run,
                                         const struct takt_run_options *options,
                                         struct takt_results *results) {
    const struct precision_spec *spec = run->precision.block;
    int32_t given = replications_given(run, options);
    if (given) return replicate(units, results->point_count, given);
    struct precision_wanted wanted = {.half_width = options->precision, .most = PRECISION_MOST};
    if (options->precision <= 0) wanted.half_width = spec->half_width;
    if (spec) {
        const struct text_entry_spec *of = spec->of.things;
        wanted.most = spec->most;
        wanted.path_count = spec->of.count;
        wanted.paths = arena_take(&results->arena, (size_t)spec->of.count * sizeof *wanted.paths);
        for (int32_t i = 0; i < spec->of.count; i++)
            wanted.paths[i] = text_kept(&results->arena, of[i].text);
    }
    return precision_replicate(units, &wanted, results);
}

static uint64_t seed_of(const struct takt_scenario *scenario,
                        const struct takt_run_options *options) {
    if (options->seed > 0) return (uint64_t)options->seed;
    return (uint64_t)scenario->scenario->base.spec->question.run.seed;
}

/* Logs that the scenario asks for, of replications that were not simulated. */
static void note_missing_logs(const struct takt_results *results, const struct list *wanted,
                              const struct takt_run_options *options) {
    const struct count_entry_spec *numbers = wanted->things;
    int32_t most = results->replication_count;
    char text[160];
    for (int32_t i = 0; i < wanted->count && options->note; i++) {
        if (numbers[i].number <= most) continue;
        snprintf(text, sizeof text,
                 "record.log asks for replication %lld, but there are only %" PRId32
                 ": it has no log",
                 (long long)numbers[i].number, most);
        options->note(options->note_context, text);
    }
}

/* HELPED: this process only helps another, and there are no results here. */
static enum takt_status replicate_points(struct takt_scenario *scenario, struct prepared *points,
                                         int32_t count, const struct sweep_points *sweep,
                                         const struct selection_wanted *selection,
                                         const struct takt_run_options *options,
                                         struct takt_results *results, bool *helped) {
    const struct run_spec *run = &points[0].arm.spec->question.run;
    results->seed = seed_of(scenario, options);
    results_size(results, count, 0);
    describe(results, scenario, &points[0]);
    for (int32_t i = 0; i < count; i++) {
        struct plant *plant = points[i].plant;
        batches_ask(&plant->layout, replications_given(run, options), plant->chance);
        describe_point(results, scenario, i, &points[i], options->output || options->ranks);
    }
    describe_sweep(results, sweep, points);
    double wall = clock_seconds(CLOCK_MONOTONIC), cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    struct units *units = units_create(points, count, options, results);
    enum takt_status status = TAKT_OK;
    *helped = units_serve(units);
    if (!*helped) {
        status = resume(units, results, options);
        if (status == TAKT_OK && !options->log)
            status = options->select ? selection_replicate(units, selection, results)
                                     : replicate_enough(units, run, options, results);
        if (status == TAKT_OK) status = resume_settle(units, results, options);
    }
    units_delete(units);
    logs_make(results, points, options->log);
    results->wall_seconds = clock_seconds(CLOCK_MONOTONIC) - wall;
    results->cpu_seconds = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    for (int32_t i = 0; i < count; i++)
        points[i].plant->layout = (struct layout){0}; /* the results own it now */
    return status;
}

enum takt_status experiment_replicate(struct takt_scenario *scenario, struct prepared *points,
                                      int32_t count, const struct takt_run_options *options,
                                      struct takt_results *results) {
    static const struct sweep_points one = {0};
    bool helped;
    enum takt_status status =
        replicate_points(scenario, points, count, &one, NULL, options, results, &helped);
    return status == TAKT_OK && any_stopped(results) ? TAKT_STOPPED : status;
}

static enum takt_status simulate(struct takt_scenario *scenario, struct prepared *points,
                                 int32_t count, const struct sweep_points *sweep,
                                 const struct selection_wanted *selection,
                                 const struct takt_run_options *options,
                                 struct takt_results *results) {
    bool helped;
    enum takt_status status =
        replicate_points(scenario, points, count, sweep, selection, options, results, &helped);
    if (helped) return TAKT_OK;
    if (!options->log)
        note_missing_logs(results, &points[0].arm.spec->question.record.log, options);
    batches_judge(results);
    if (status == TAKT_OK) status = crossovers_find(scenario, options, results);
    /* Where numbers of replications depend on what they show, the intervals of claims do not hold.
     */
    if (!options->select) claims_judge(&scenario->claims, results);
    if (status != TAKT_OK) return status;
    return any_stopped(results) ? TAKT_STOPPED : TAKT_OK;
}

static enum takt_status run_points(struct takt_scenario *scenario, const char *const *names,
                                   int32_t name_count, enum sweep_scope scope,
                                   const struct takt_run_options *options,
                                   struct takt_results **out) {
    static const struct takt_run_options none = {0};
    struct prepared *points;
    struct sweep_points sweep;
    int32_t count;
    struct selection_wanted selection = {0};
    *out = NULL;
    if (!options) options = &none;
    struct sweep_factor ignored; /* a wrong one is said before the work, not after */
    if (options->crossover && !scenario_range(scenario->scenario, options->crossover, &ignored))
        return TAKT_BAD_SCENARIO;
    enum takt_status status = prepare_points(scenario, names, name_count, scope,
                                             seed_of(scenario, options), &sweep, &points, &count);
    if (status == TAKT_OK && options->select)
        status = selection_read(scenario, points, count, options, &selection);
    if (status == TAKT_OK) {
        *out = results_create();
        status = warm_up_settle(scenario, points, count, options, *out);
        if (status == TAKT_OK) {
            status = simulate(scenario, points, count, &sweep, &selection, options, *out);
        } else { /* there is nothing to show yet */
            takt_results_delete(*out);
            *out = NULL;
        }
    }
    prepared_delete(points, count);
    return status;
}

enum takt_status takt_run(struct takt_scenario *scenario, const struct takt_run_options *options,
                          struct takt_results **out) {
    const char *arm = options ? options->arm : NULL;
    return run_points(scenario, &arm, 1, SWEEP_SETTINGS, options, out);
}

enum takt_status takt_sweep(struct takt_scenario *scenario, const struct takt_run_options *options,
                            struct takt_results **out) {
    const char *arm = options ? options->arm : NULL;
    return run_points(scenario, &arm, 1, SWEEP_ALL, options, out);
}

/* All arms; the file as it is comes first, whether it is written as `base: {}` or not. */
enum takt_status takt_compare(struct takt_scenario *scenario,
                              const struct takt_run_options *options, struct takt_results **out) {
    const struct map *arms = &scenario->scenario->base.spec->question.arms;
    const char **names = memory_zeroed((size_t)arms->count + 1, sizeof *names);
    int32_t count = 1;
    for (int32_t i = 0; i < arms->count; i++) {
        const char *name = ((const struct arm_spec *)arms->things)[i].thing.name;
        if (strcmp(name, "base") == 0)
            names[0] = name;
        else
            names[count++] = name;
    }
    enum takt_status status = run_points(scenario, names, count, SWEEP_ALL, options, out);
    free(names);
    return status;
}
