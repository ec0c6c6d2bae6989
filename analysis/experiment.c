/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments: every replication of every point, on threads, into results.
 *
 * A unit of work (point, replication) is a pure function of plant, seed and numbers, and its block
 * has its place before it starts; so neither the number of threads nor their timing can change a
 * bit. */
#include "scenario.h"

#include "fingerprint.h"
#include "sha256.h"
#include "takt.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct work {
    const struct prepared *points;
    struct takt_results *results;
    int64_t unit_count, next, done; /* next and done are shared: atomic */
    const volatile int *interrupt;
    bool *finished;        /* one a unit */
    pthread_mutex_t mutex; /* of the arena that keeps why runs stopped */
};

static bool interrupted(const struct work *work) {
    return work->interrupt && __atomic_load_n(work->interrupt, __ATOMIC_RELAXED);
}

static void note_stop(struct work *work, int32_t point, int32_t replication, const char *why) {
    pthread_mutex_lock(&work->mutex);
    work->results->points[point].stopped[replication] =
        arena_copy(&work->results->arena, why, strlen(why));
    pthread_mutex_unlock(&work->mutex);
}

/* Works off units, one after the other; the memory of a run serves as long as the point stays the
 * same. */
static void *worker(void *context) {
    struct work *work = context;
    struct takt_results *results = work->results;
    struct run *run = NULL;
    int32_t run_point = -1;
    while (!interrupted(work)) {
        int64_t unit = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);
        if (unit >= work->unit_count) break;
        int32_t point = (int32_t)(unit / results->replication_count),
                replication = (int32_t)(unit % results->replication_count);
        if (point != run_point) {
            run_delete(run);
            run = run_create(work->points[point].plant);
            run_point = point;
        }
        size_t size = (size_t)work->points[point].plant->layout.value_count;
        results->points[point].blocks[replication] = memory_zeroed(size, sizeof(double));
        const char *why = run_replicate(run, results->seed, (uint64_t)replication + 1,
                                        results->points[point].blocks[replication], NULL);
        if (why) note_stop(work, point, replication, why);
        __atomic_store_n(&work->finished[unit], true, __ATOMIC_RELEASE);
        __atomic_fetch_add(&work->done, 1, __ATOMIC_RELAXED);
    }
    run_delete(run);
    return NULL;
}

static double clock_seconds(clockid_t clock) {
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void show_progress(struct work *work, const struct takt_run_options *options, double begun) {
    struct takt_progress progress = {.total = work->unit_count, .what = "replications"};
    do {
        struct timespec tenth = {.tv_nsec = 100 * 1000 * 1000};
        nanosleep(&tenth, NULL);
        progress.done = __atomic_load_n(&work->done, __ATOMIC_RELAXED);
        progress.seconds = clock_seconds(CLOCK_MONOTONIC) - begun;
        options->progress(options->progress_context, &progress);
    } while (progress.done < progress.total && !interrupted(work));
}

static int32_t thread_count(const struct takt_run_options *options, int64_t unit_count) {
    int64_t count = options->jobs > 0 ? options->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    if (count > unit_count) count = unit_count;
    return (int32_t)(count < 1 ? 1 : count);
}

/* With one thread and nobody to show progress to, all happens here. */
static void work_off(struct work *work, const struct takt_run_options *options) {
    double begun = clock_seconds(CLOCK_MONOTONIC);
    int32_t count = thread_count(options, work->unit_count), started = 0;
    if (count == 1 && !options->progress) {
        worker(work);
        return;
    }
    pthread_t *threads = memory_zeroed((size_t)count, sizeof *threads);
    while (started < count && pthread_create(&threads[started], NULL, worker, work) == 0) started++;
    if (started == 0) worker(work);
    if (options->progress) show_progress(work, options, begun);
    for (int32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    free(threads);
}

/* ---- what the results say of the scenario ---- */
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

/* The point takes over the layout of its plant. */
static void describe_point(struct takt_results *results, int32_t index, struct prepared *from) {
    struct point *point = &results->points[index];
    struct plant *plant = from->plant;
    struct arena *arena = &results->arena;
    point->arm = text_kept(arena, from->arm.name);
    point->layout = memory_zeroed(1, sizeof *point->layout);
    *point->layout = plant->layout;
    point->stream_count = (uint64_t)plant->stream_count;
    point->stream_names = arena_take(arena, (size_t)plant->stream_count * sizeof(char *));
    point->stream_hashes = arena_take(arena, (size_t)plant->stream_count * sizeof(uint64_t));
    for (int32_t i = 0; i < plant->stream_count; i++) {
        point->stream_names[i] = text_kept(arena, plant->stream_names[i]);
        point->stream_hashes[i] = plant->stream_hashes[i];
    }
    results->chance |= plant->chance;
}

/* Ctrl-C: what is kept is the replications that every point has finished, in order. */
static void keep_prefix(struct work *work) {
    struct takt_results *results = work->results;
    int32_t most = results->replication_count, kept = most;
    for (int64_t unit = 0; unit < work->unit_count; unit++)
        if (!work->finished[unit] && unit % most < kept) kept = (int32_t)(unit % most);
    results->complete = kept == most;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t r = kept; r < most; r++) {
            free(results->points[p].blocks[r]);
            results->points[p].blocks[r] = NULL;
        }
    results->replication_count = kept;
}

static bool any_stopped(const struct takt_results *results) {
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t r = 0; r < results->replication_count; r++)
            if (results->points[p].stopped[r]) return true;
    return false;
}

static enum takt_status simulate(struct takt_scenario *scenario, struct prepared *points,
                                 int32_t count, const struct takt_run_options *options,
                                 struct takt_results *results) {
    const struct run_spec *run = &points[0].arm.spec->question.run;
    results->seed = options->seed > 0 ? (uint64_t)options->seed : (uint64_t)run->seed;
    results_size(results, count,
                 options->replications > 0 ? options->replications : run->replications);
    describe(results, scenario, &points[0]);
    for (int32_t i = 0; i < count; i++) describe_point(results, i, &points[i]);
    struct work work = {.points = points,
                        .results = results,
                        .unit_count = (int64_t)count * results->replication_count,
                        .interrupt = options->interrupt};
    work.finished = memory_zeroed((size_t)work.unit_count, sizeof *work.finished);
    pthread_mutex_init(&work.mutex, NULL);
    double wall = clock_seconds(CLOCK_MONOTONIC), cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    work_off(&work, options);
    results->wall_seconds = clock_seconds(CLOCK_MONOTONIC) - wall;
    results->cpu_seconds = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    keep_prefix(&work);
    pthread_mutex_destroy(&work.mutex);
    free(work.finished);
    for (int32_t i = 0; i < count; i++)
        points[i].plant->layout = (struct layout){0}; /* the results own it now */
    claims_judge(&scenario->claims, results);
    if (!results->complete) return TAKT_INTERRUPTED;
    return any_stopped(results) ? TAKT_STOPPED : TAKT_OK;
}

static enum takt_status run_arms(struct takt_scenario *scenario, const char *const *names,
                                 int32_t count, const struct takt_run_options *options,
                                 struct takt_results **out) {
    static const struct takt_run_options none = {0};
    struct prepared *points;
    *out = NULL;
    enum takt_status status = prepare_arms(scenario, names, count, &points);
    if (status == TAKT_OK) {
        *out = results_create();
        status = simulate(scenario, points, count, options ? options : &none, *out);
    }
    prepared_delete(points, count);
    return status;
}

enum takt_status takt_run(struct takt_scenario *scenario, const struct takt_run_options *options,
                          struct takt_results **out) {
    const char *arm = options ? options->arm : NULL;
    return run_arms(scenario, &arm, 1, options, out);
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
    enum takt_status status = run_arms(scenario, names, count, options, out);
    free(names);
    return status;
}
