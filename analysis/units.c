/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "units.h"
#include "crew.h"
#include "identity.h"
#include "ranks.h"
#include "trials.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REPLICATIONS_MOST = 1 << 30 }; /* that a point can have */

struct units {
    const struct prepared *points;
    struct takt_results *results;
    const struct takt_run_options *options;
    double begun;                         /* s, on the monotonic clock */
    double half_width, half_width_wanted; /* for the progress: see units_note_precision */
    int64_t done;                         /* units in the results; shared by the threads: atomic */
    int64_t known;                        /* of those, how many were recalled */
    int broken;                           /* the journal cannot be written: atomic */

    struct crew *crew;            /* other processes, or NULL */
    struct trials *trials;        /* NULL: these are units of the experiment */
    const struct trial_key *keys; /* of trials, one a point */

    /* What the call of units_run has to do. */
    struct replication *list;
    int64_t count, next;   /* next: shared, atomic */
    int32_t workers;       /* threads that still work; under the mutex, like the reasons below */
    pthread_mutex_t mutex; /* also of the arena that keeps why runs stopped */
    pthread_cond_t finished;
};

static double seconds_now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

struct units *units_create(const struct prepared *points, int32_t point_count,
                           const struct takt_run_options *options, struct takt_results *results) {
    CHECK(results->point_count == point_count);
    struct units *units = memory_zeroed(1, sizeof *units);
    *units = (struct units){
        .points = points, .results = results, .options = options, .begun = seconds_now()};
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&units->finished, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&units->mutex, NULL);
    results->complete = true;
    return units;
}

void units_delete(struct units *units) {
    if (!units) return;
    crew_delete(units->crew);
    pthread_cond_destroy(&units->finished);
    pthread_mutex_destroy(&units->mutex);
    free(units);
}

void units_note_precision(struct units *units, double half_width, double wanted) {
    units->half_width = half_width;
    units->half_width_wanted = wanted;
}

/* ---- Doing units ---- */

static bool must_end(const struct units *units) {
    const volatile int *interrupt = units->options->interrupt;
    return (interrupt && __atomic_load_n(interrupt, __ATOMIC_RELAXED)) ||
           __atomic_load_n(&units->broken, __ATOMIC_RELAXED);
}

static struct journal *journal_of(const struct units *units) {
    return units->trials ? trials_journal(units->trials) : units->results->journal;
}

/* Nothing more is begun: the experiment cannot go on as it is. */
static void give_up(struct units *units) {
    __atomic_store_n(&units->broken, 1, __ATOMIC_RELAXED);
}

/* Puts what a unit gave where it belongs. The block comes last: it says that the unit is done. */
static void keep(struct units *units, const struct journal_unit *unit, double *block) {
    struct point *point = &units->results->points[unit->point];
    if (unit->why) {
        pthread_mutex_lock(&units->mutex);
        point->stopped[unit->replication] =
            arena_copy(&units->results->arena, unit->why, unit->why_size);
        pthread_mutex_unlock(&units->mutex);
    }
    __atomic_store_n(&point->blocks[unit->replication], block, __ATOMIC_RELEASE);
    __atomic_fetch_add(&units->done, 1, __ATOMIC_RELAXED);
}

/* A copy of a unit that somebody else did. */
static bool take_in(struct units *units, const struct journal_unit *unit) {
    if (unit->point < 0 || unit->point >= units->results->point_count) return false;
    const struct point *point = &units->results->points[unit->point];
    int64_t value_count = point->layout->value_count;
    if (unit->replication < 0 || unit->replication >= REPLICATIONS_MOST) return false;
    /* A single run kept the sums of its batches behind all else: many runs leave them out. */
    if (!unit->why && unit->value_count < value_count) return false;
    int32_t room = 2 * point->room > unit->replication ? 2 * point->room : unit->replication + 1;
    if (point->room <= unit->replication) results_room(units->results, unit->point, room);
    if (point->blocks[unit->replication]) return false;
    double *block = memory_zeroed((size_t)value_count, sizeof *block);
    if (unit->why)
        for (int64_t i = 0; i < value_count; i++) block[i] = NAN;
    else
        memcpy(block, unit->values, (size_t)value_count * sizeof *block);
    keep(units, unit, block);
    return true;
}

bool units_recall(struct units *units, const struct journal_unit *unit) {
    bool taken = take_in(units, unit);
    units->known += taken;
    return taken;
}

int64_t units_known(const struct units *units) {
    return units->known;
}

/* ---- Trials ---- */

static int64_t trial_at(const struct units *units, int32_t p) {
    const struct layout *layout = units->results->points[p].layout;
    return layout_at(layout, layout->horizon_count - 1, units->keys[p].column);
}

struct known_trials { /* of a point */
    struct units *units;
    int32_t point;
    double *block; /* filled with NaN but for the value */
};

static void take_trial(void *context, const struct journal_trial *trial) {
    struct known_trials *known = context;
    known->block[trial_at(known->units, known->point)] = trial->value;
    (void)units_recall(
        known->units,
        &(struct journal_unit){
            .point = known->point,
            .replication = trial->replication,
            .values = known->block,
            .value_count = known->units->results->points[known->point].layout->value_count});
}

void units_try(struct units *units, struct trials *trials, const struct trial_key *points) {
    units->trials = trials;
    units->keys = points;
    for (int32_t p = 0; p < units->results->point_count; p++) {
        int64_t count = units->results->points[p].layout->value_count;
        if (points[p].column < 0) continue;
        struct known_trials known = {units, p, memory_zeroed((size_t)count, sizeof(double))};
        for (int64_t i = 0; i < count; i++) known.block[i] = NAN;
        trials_each(trials, points[p].key, take_trial, &known);
        free(known.block);
    }
}

static bool keep_trial(struct units *units, const struct journal_unit *unit) {
    if (units->keys[unit->point].column < 0) return true;
    struct journal_trial trial = {.replication = unit->replication,
                                  .value = unit->values[trial_at(units, unit->point)]};
    memcpy(trial.key, units->keys[unit->point].key, sizeof trial.key);
    return trials_add(units->trials, &trial);
}

void units_forget(struct units *units, int32_t p) {
    struct point *point = &units->results->points[p];
    for (int32_t r = 0; r < point->room; r++) {
        units->done -= point->blocks[r] != NULL;
        free(point->blocks[r]);
        point->blocks[r] = NULL;
        point->stopped[r] = NULL;
    }
    point->replication_count = point->summed = 0;
}

/* Runs one unit, and keeps it: on disk first. */
static void do_unit(struct units *units, struct run *run, struct replication unit) {
    int64_t value_count = run->plant->layout.value_count;
    double *block = memory_zeroed((size_t)value_count, sizeof *block);
    const char *why =
        run_replicate(run, units->results->seed, (uint64_t)unit.replication + 1, block, NULL);
    struct journal_unit done = {.point = unit.point,
                                .replication = unit.replication,
                                .why = why,
                                .why_size = why ? strlen(why) : 0,
                                .values = block,
                                .value_count = value_count};
    if (units->trials ? !keep_trial(units, &done)
                      : units->results->journal && !journal_add(units->results->journal, &done))
        give_up(units);
    keep(units, &done, block);
}

/* Works off units, one after the other; the memory of a run serves as long as the point stays the
 * same. */
static void work(struct units *units) {
    struct run *run = NULL;
    int32_t run_point = -1;
    while (!must_end(units)) {
        int64_t next = __atomic_fetch_add(&units->next, 1, __ATOMIC_RELAXED);
        if (next >= units->count) break;
        struct replication unit = units->list[next];
        if (unit.point != run_point) {
            run_delete(run);
            run = run_create(units->points[unit.point].plant);
            run_point = unit.point;
        }
        do_unit(units, run, unit);
    }
    run_delete(run);
}

static void *worker(void *context) {
    struct units *units = context;
    work(units);
    pthread_mutex_lock(&units->mutex);
    if (--units->workers == 0) pthread_cond_signal(&units->finished);
    pthread_mutex_unlock(&units->mutex);
    return NULL;
}

static int32_t thread_count(const struct units *units) {
    return units->options->jobs > 0 ? units->options->jobs : ranks_threads();
}

/* ---- Other processes ---- */

static int64_t units_left(void *context) {
    struct units *units = context;
    int64_t next = __atomic_load_n(&units->next, __ATOMIC_RELAXED);
    return next < units->count && !must_end(units) ? units->count - next : 0;
}

static int32_t hand_over(void *context, struct replication *list, int32_t most) {
    struct units *units = context;
    if (must_end(units)) return 0;
    int64_t next = __atomic_fetch_add(&units->next, most, __ATOMIC_RELAXED);
    int64_t left = units->count - next;
    int32_t count = left < 0 ? 0 : left < most ? (int32_t)left : most;
    if (count) memcpy(list, units->list + next, (size_t)count * sizeof *list);
    return count;
}

static void take_back(void *context, const struct journal_unit *unit) {
    struct units *units = context;
    if (units->results->journal && !journal_add(units->results->journal, unit)) give_up(units);
    CHECK(take_in(units, unit));
}

static void enrol(struct units *units) {
    struct takt_results *results = units->results;
    struct crew_options options = {
        .ranks = units->options->ranks,
        .identity = identity_text(&results->arena, results),
        .mixed = units->options->mixed,
        .threads = thread_count(units),
        .owner = {.context = units, .left = units_left, .take = hand_over, .put = take_back},
        .arena = &results->arena};
    units->crew = crew_create(&options);
}

bool units_serve(struct units *units) {
    struct takt_ranks *ranks = units->options->ranks;
    if (!takt_ranks_helps(ranks)) return false;
    struct takt_results *results = units->results;
    struct crew_service service = {.ranks = ranks,
                                   .identity = identity_text(&results->arena, results),
                                   .points = units->points,
                                   .point_count = results->point_count,
                                   .threads = thread_count(units),
                                   .seed = results->seed};
    crew_serve(&service);
    return true;
}

/* ---- The threads ---- */

/* A tenth of a second later. */
static struct timespec soon(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += 100 * 1000 * 1000;
    if (at.tv_nsec >= 1000 * 1000 * 1000) {
        at.tv_nsec -= 1000 * 1000 * 1000;
        at.tv_sec++;
    }
    return at;
}

/* What is done ten times a second, beside the work. */
static void look_after(struct units *units, int64_t total) {
    const struct takt_run_options *options = units->options;
    if (journal_of(units)) journal_sync(journal_of(units));
    if (!options->progress) return;
    struct takt_progress progress = {.done = __atomic_load_n(&units->done, __ATOMIC_RELAXED),
                                     .total = total,
                                     .known = units->known,
                                     .seconds = seconds_now() - units->begun,
                                     .what = "replications",
                                     .half_width = units->half_width,
                                     .half_width_wanted = units->half_width_wanted};
    options->progress(options->progress_context, &progress);
}

static bool needs_looking_after(const struct units *units) {
    return units->options->progress || journal_of(units) || units->options->ranks;
}

static bool workers_at_work(struct units *units) {
    pthread_mutex_lock(&units->mutex);
    bool any = units->workers > 0;
    pthread_mutex_unlock(&units->mutex);
    return any;
}

/* The same with a crew: messages come much more often than ten times a second. */
static void wait_for_all(struct units *units, int64_t total) {
    double due = seconds_now();
    for (;;) {
        bool any = crew_look(units->crew);
        if (crew_failure(units->crew)) give_up(units);
        if (must_end(units)) crew_drop(units->crew);
        if (!workers_at_work(units) && !crew_busy(units->crew) && units_left(units) == 0) return;
        if (seconds_now() >= due) {
            look_after(units, total);
            due = seconds_now() + 0.1;
        }
        if (!any) ranks_wait_a_little();
    }
}

static void wait_for_workers(struct units *units, int64_t total) {
    pthread_mutex_lock(&units->mutex);
    while (units->workers > 0) {
        struct timespec moment = soon();
        if (!needs_looking_after(units)) {
            pthread_cond_wait(&units->finished, &units->mutex);
        } else if (pthread_cond_timedwait(&units->finished, &units->mutex, &moment) != 0) {
            pthread_mutex_unlock(&units->mutex);
            look_after(units, total);
            pthread_mutex_lock(&units->mutex);
        }
    }
    pthread_mutex_unlock(&units->mutex);
}

/* With one thread and nothing to be looked after, all happens here. */
static void work_off(struct units *units, int64_t total) {
    int32_t count = thread_count(units), started = 0;
    if (count > units->count) count = (int32_t)units->count;
    if (units->count == 0) return;
    if (count == 1 && !needs_looking_after(units)) {
        work(units);
        return;
    }
    pthread_t *threads = memory_zeroed((size_t)count, sizeof *threads);
    units->workers = count;
    while (started < count && pthread_create(&threads[started], NULL, worker, units) == 0)
        started++;
    pthread_mutex_lock(&units->mutex);
    units->workers -= count - started;
    pthread_mutex_unlock(&units->mutex);
    if (started == 0) work(units);
    if (units->crew)
        wait_for_all(units, total);
    else
        wait_for_workers(units, total);
    for (int32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    free(threads);
}

/* ---- What is to be done, and what was ---- */

/* Points take turns of so many replications: enough to make good use of a run's memory, few enough
 * that all points have about as many when somebody presses Ctrl-C. */
enum { TURN = 8 };

/* All units below the targets that are not done. Returns how many there are below the targets. */
static int64_t list_units(struct units *units, const int32_t *targets) {
    struct takt_results *results = units->results;
    int64_t total = 0;
    int32_t most = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        results_room(results, p, targets[p]);
        total += targets[p];
        if (targets[p] > most) most = targets[p];
    }
    units->list = memory_zeroed((size_t)total, sizeof *units->list);
    units->count = units->next = 0;
    for (int32_t first = 0; first < most; first += TURN)
        for (int32_t p = 0; p < results->point_count; p++)
            for (int32_t r = first; r < first + TURN && r < targets[p]; r++)
                if (!results->points[p].blocks[r])
                    units->list[units->count++] = (struct replication){p, r};
    return total;
}

/* The replications that a point has without a gap, TARGET at most. */
static int32_t prefix_of(const struct point *point, int32_t target) {
    int32_t count = point->replication_count;
    while (count < target && point->blocks[count]) count++;
    return count;
}

/* Keeps what the targets ask for; after Ctrl-C as many as every point has finished. */
static bool count_units(struct units *units, const int32_t *targets) {
    struct takt_results *results = units->results;
    size_t points = (size_t)results->point_count;
    int32_t *counts = memory_zeroed(points, sizeof *counts), cut = INT32_MAX;
    for (size_t p = 0; p < points; p++) {
        counts[p] = prefix_of(&results->points[p], targets[p]);
        if (counts[p] < targets[p] && counts[p] < cut) cut = counts[p];
    }
    for (size_t p = 0; p < points; p++) {
        int32_t before = results->points[p].replication_count;
        if (cut < INT32_MAX && before < results->points[p].summed)
            before = results->points[p].summed;
        if (counts[p] > cut) counts[p] = cut;
        if (counts[p] < before) counts[p] = before;
    }
    results_count(results, counts);
    free(counts);
    return cut == INT32_MAX;
}

enum takt_status units_run(struct units *units, const int32_t *targets) {
    int64_t total = list_units(units, targets);
    if (units->options->ranks && !units->crew) enrol(units);
    work_off(units, total);
    free(units->list);
    units->list = NULL;
    units->results->complete = count_units(units, targets);
    if (!units->broken) return units->results->complete ? TAKT_OK : TAKT_INTERRUPTED;
    if (units->crew && crew_failure(units->crew))
        return results_fail(units->results, TAKT_USAGE, "%s", crew_failure(units->crew));
    struct journal *journal = journal_of(units);
    return results_fail(units->results, TAKT_CANNOT_WRITE, "cannot write the journal of '%s': %s",
                        journal_output(journal), journal_failure(journal));
}
