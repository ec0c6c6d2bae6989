/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt run`, `takt sweep` and `takt compare`: they differ only in which points are run. */
#include "command.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Ctrl-C ---- */

/* A thread waits for the signal, so that no handler and no global variable is needed. The first one
 * lets the running units finish, the second ends the program. */
struct watch {
    pthread_t thread;
    sigset_t signals;
    volatile int interrupted, over;
};

static void *watch_signals(void *context) {
    struct watch *watch = context;
    int signal_number;
    while (sigwait(&watch->signals, &signal_number) == 0) {
        if (__atomic_load_n(&watch->over, __ATOMIC_RELAXED)) break;
        if (watch->interrupted) _exit(takt_status_exit(TAKT_INTERRUPTED));
        __atomic_store_n(&watch->interrupted, 1, __ATOMIC_RELAXED);
    }
    return NULL;
}

static bool watch_start(struct watch *watch) {
    *watch = (struct watch){0};
    sigemptyset(&watch->signals);
    sigaddset(&watch->signals, SIGINT);
    sigaddset(&watch->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &watch->signals, NULL);
    if (pthread_create(&watch->thread, NULL, watch_signals, watch) == 0) return true;
    pthread_sigmask(SIG_UNBLOCK, &watch->signals, NULL);
    return false;
}

static void watch_stop(struct watch *watch) {
    __atomic_store_n(&watch->over, 1, __ATOMIC_RELAXED);
    pthread_kill(watch->thread, SIGTERM);
    pthread_join(watch->thread, NULL);
    pthread_sigmask(SIG_UNBLOCK, &watch->signals, NULL);
}

/* ---- Running ---- */

static void print_note(void *context, const char *text) {
    const struct options *options = context;
    if (!options->quiet) fprintf(stderr, "takt: %s\n", text);
}

static enum takt_status simulate(experiment *run, struct takt_scenario *scenario,
                                 const struct options *options, struct takt_ranks *ranks,
                                 struct takt_results **results) {
    struct progress_bar bar = progress_begin(stderr);
    struct watch watch;
    bool watched = watch_start(&watch);
    struct takt_run_options running = {
        .arm = options->arm,
        .seed = options->seed,
        .replications = options->replications,
        .precision = options->precision,
        .select = options->selection.goal ? &options->selection : NULL,
        .jobs = options->jobs,
        .step = options->step,
        .sensitivity_of = options->selection.of,
        .crossover = options->crossover,
        .crossover_of = options->selection.of,
        .progress = options->quiet || takt_ranks_helps(ranks) ? NULL : progress_show,
        .progress_context = &bar,
        .output = options->output,
        .resume = options->resume,
        .note = print_note,
        .note_context = (void *)options,
        .ranks = ranks,
        .mixed = options->mixed,
        .interrupt = &watch.interrupted};
    enum takt_status status = run(scenario, &running, results);
    if (watched) watch_stop(&watch);
    progress_clear(&bar);
    return status;
}

enum takt_status run_simulate(experiment *run, struct takt_scenario *scenario,
                              const struct options *options, struct takt_results **results) {
    return simulate(run, scenario, options, NULL, results);
}

static int32_t threads_of(const struct options *options) {
    if (options->jobs > 0) return options->jobs;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 ? (int32_t)processors : 1;
}

/* Of a quantity that nobody has, that is said. */
static enum takt_status print_results(struct takt_results *results, const struct options *options,
                                      bool kept) {
    enum takt_status status = TAKT_OK;
    struct terminal terminal = terminal_of(stdout);
    struct takt_table_options table = {.colour = terminal.colour,
                                       .width = terminal.width,
                                       .all = options->all,
                                       .jobs = threads_of(options),
                                       .json = options->json,
                                       .kept = kept ? options->output : NULL};
    if (options->json && !options->quantity)
        takt_results_json(results, stdout);
    else if (!options->json)
        takt_results_table(results, stdout, &table);
    if (options->quantity) {
        status = takt_results_quantity(results, options->quantity, stdout, &table);
        if (status != TAKT_OK) fprintf(stderr, "takt: %s\n", takt_results_message(results));
    }
    return status;
}

static bool has_message(const struct takt_results *results) {
    return takt_results_message(results)[0] != 0;
}

/* Keeps and prints results; the first thing that went wrong decides. */
static enum takt_status report(struct takt_results *results, const struct options *options,
                               enum takt_status status) {
    static const char to_go_on[] = "; the same command with --resume goes on from here";
    if (has_message(results)) { /* nothing was run, or not all of it could be kept */
        fprintf(stderr, "takt: %s%s\n", takt_results_message(results),
                status == TAKT_CANNOT_WRITE ? to_go_on : "");
        return status;
    }
    enum takt_status written = TAKT_OK;
    if (options->output) {
        written = takt_results_write(results, options->output, options->command_line);
        if (written != TAKT_OK)
            fprintf(stderr, "takt: %s%s\n", takt_results_message(results), to_go_on);
        else if (status == TAKT_INTERRUPTED)
            fprintf(stderr, "takt: interrupted%s\n", to_go_on);
    }
    enum takt_status printed = print_results(results, options, written == TAKT_OK);
    if (written != TAKT_OK) return written;
    if (printed != TAKT_OK) return printed;
    if (status == TAKT_OK && takt_results_refuted(results) > 0) return TAKT_STOPPED;
    return status;
}

static enum takt_status lead(const struct options *options, experiment *run,
                             struct takt_ranks *ranks) {
    enum takt_status status =
        options->output ? takt_results_check(options->output, options->resume, stderr) : TAKT_OK;
    if (status != TAKT_OK) return status;
    struct takt_scenario *scenario;
    struct takt_results *results = NULL;
    status = scenario_open(options, &scenario);
    if (status == TAKT_OK) {
        status = simulate(run, scenario, options, ranks, &results);
        if (status == TAKT_BAD_SCENARIO)
            takt_scenario_faults(scenario, stderr, terminal_of(stderr).colour);
        if (results)
            status = report(results, options, status);
        else if (status != TAKT_BAD_SCENARIO)
            fprintf(stderr, "takt: %s\n", takt_status_text(status));
    }
    takt_results_delete(results);
    takt_scenario_delete(scenario);
    return status;
}

/* One of several processes, and not the first: it reads the same scenario and works on it, and
 * leaves talking to the first. */
static enum takt_status help(const struct options *options, experiment *run,
                             struct takt_ranks *ranks) {
    struct takt_scenario *scenario;
    struct takt_results *results = NULL;
    enum takt_status status = scenario_open_quietly(options, &scenario);
    if (status == TAKT_OK) status = simulate(run, scenario, options, ranks, &results);
    takt_results_delete(results);
    takt_scenario_delete(scenario);
    return status;
}

static enum takt_status run_experiment(const struct options *options, experiment *run) {
    if (options->resume && !options->output) {
        fputs("takt: --resume wants the file to go on with: -o FILE\n", stderr);
        return TAKT_USAGE;
    }
    struct takt_ranks *ranks;
    enum takt_status status = takt_ranks_join(&ranks, stderr);
    if (status != TAKT_OK) return status;
    bool helps = takt_ranks_helps(ranks);
    status = helps ? help(options, run, ranks) : lead(options, run, ranks);
    takt_ranks_leave(ranks, status);
    return helps ? TAKT_OK : status;
}

enum takt_status verb_run(const struct options *options) {
    return run_experiment(options, takt_run);
}

enum takt_status verb_sweep(const struct options *options) {
    return run_experiment(options, takt_sweep);
}

enum takt_status verb_compare(const struct options *options) {
    return run_experiment(options, takt_compare);
}
