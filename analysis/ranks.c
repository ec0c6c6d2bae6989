/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranks.h"

#include "takt.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- Was this process started by mpirun, and with how many others? ---- */

static int64_t number_of(const char *name) {
    const char *text = getenv(name);
    return text ? strtoll(text, NULL, 10) : 0;
}

/* By mpirun itself, by a launcher with the older interface of process managers (PMI), or by srun of
 * Slurm with the newer (PMIx), which does not tell how many there are. */
static bool under_mpirun(void) {
    return number_of("OMPI_COMM_WORLD_SIZE") > 1 || number_of("PMI_SIZE") > 1 ||
           (getenv("PMIX_RANK") && number_of("SLURM_NTASKS") > 1);
}

int32_t ranks_threads(void) {
    cpu_set_t allowed;
    int64_t online = sysconf(_SC_NPROCESSORS_ONLN), here = number_of("OMPI_COMM_WORLD_LOCAL_SIZE");
    int64_t mine =
        sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : online;
    int64_t share = online / (here > 1 ? here : 1);
    if (mine > share) mine = share;
    return mine < 1 ? 1 : (int32_t)mine;
}

/* ---- The module ---- */

static bool load(struct takt_ranks *ranks) {
    ranks->library = module_open("libtakt-mpi.so", (void *)(uintptr_t)takt_ranks_join,
                                 RTLD_NOW | RTLD_GLOBAL); /* the modules of MPI want it global */
    if (ranks->library) ranks->module = dlsym(ranks->library, "takt_mpi");
    if (!ranks->module || ranks->module->version != RANKS_VERSION) return false;
    sigset_t all, before; /* the threads of MPI must not take the Ctrl-C of others */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    ranks->context = ranks->module->begin(&ranks->mine, &ranks->count);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ranks->context != NULL;
}

enum takt_status takt_ranks_join(struct takt_ranks **out, FILE *messages) {
    *out = NULL;
    if (!under_mpirun()) return TAKT_OK;
    struct takt_ranks *ranks = memory_zeroed(1, sizeof *ranks);
    if (!load(ranks)) {
        if (number_of("OMPI_COMM_WORLD_RANK") == 0)
            fputs("takt: mpirun has started several processes, but libtakt-mpi.so is not there, by "
                  "which they would share the work: make MPI=1 builds it\n",
                  messages);
        free(ranks);
        return TAKT_USAGE;
    }
    ranks->heard = memory_zeroed((size_t)ranks->count, sizeof *ranks->heard);
    *out = ranks;
    return TAKT_OK;
}

bool takt_ranks_helps(const struct takt_ranks *ranks) {
    return ranks && ranks->mine > 0;
}

/* ---- Messages ---- */

void ranks_send(struct takt_ranks *ranks, int32_t rank, enum ranks_kind kind, const void *bytes,
                size_t size) {
    ranks->module->send(ranks->context, rank, (int32_t)kind, bytes, size);
}

bool ranks_receive(struct takt_ranks *ranks, struct ranks_message *message) {
    if (!ranks->module->next(ranks->context, &message->rank, &message->kind, &message->size))
        return false;
    message->bytes = memory_zeroed(message->size + 1, 1);
    ranks->module->receive(ranks->context, message->rank, message->kind, message->bytes,
                           message->size);
    if (message->kind == RANKS_HELLO) ranks->heard[message->rank] = true;
    if (message->kind == RANKS_OVER) ranks->over = true;
    return true;
}

/* ---- The beginning and the end ---- */

void ranks_say_hello(struct takt_ranks *ranks, enum takt_status status, int32_t threads,
                     const char *identity) {
    size_t size = strlen(identity);
    struct ranks_hello hello = {.status = (int32_t)status, .threads = threads};
    gethostname(hello.host, sizeof hello.host - 1);
    char *message = memory_zeroed(sizeof hello + size + 1, 1);
    memcpy(message, &hello, sizeof hello);
    memcpy(message + sizeof hello, identity, size);
    ranks_send(ranks, 0, RANKS_HELLO, message, sizeof hello + size);
    free(message);
    ranks->said = true;
}

void ranks_wait_a_little(void) {
    nanosleep(&(struct timespec){.tv_nsec = 200 * 1000}, NULL);
}

/* Receives a message that nobody wants any more, or waits a little for one. */
static void discard(struct takt_ranks *ranks) {
    struct ranks_message message;
    if (ranks_receive(ranks, &message))
        free(message.bytes);
    else
        ranks_wait_a_little();
}

static bool all_heard(const struct takt_ranks *ranks) {
    for (int32_t i = 1; i < ranks->count; i++)
        if (!ranks->heard[i]) return false;
    return true;
}

void takt_ranks_leave(struct takt_ranks *ranks, enum takt_status status) {
    if (!ranks) return;
    if (ranks->mine == 0) {
        while (!all_heard(ranks)) discard(ranks);
        for (int32_t i = 1; i < ranks->count; i++) ranks_send(ranks, i, RANKS_OVER, NULL, 0);
    } else {
        if (!ranks->said) ranks_say_hello(ranks, status, 0, "");
        while (!ranks->over) discard(ranks);
    }
    ranks->module->end(ranks->context);
    free(ranks->heard);
    free(ranks); /* the library stays: MPI leaves threads and handlers behind */
}
