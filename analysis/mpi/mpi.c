/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module of MPI: messages between the ranks, and nothing of takt.
 *
 * Only the main thread calls it, so that MPI needs no locks (MPI_THREAD_FUNNELED). A message is on
 * its way until the other side receives it; its bytes are kept here so long, and nobody waits. */
#include "../ranks.h"

#include <mpi.h>
#include <stdlib.h>
#include <string.h>

struct sending {
    MPI_Request request;
    void *bytes;
    struct sending *next;
};

/* What is on its way. */
struct post {
    struct sending *sendings;
};

static void *begin(int32_t *mine, int32_t *count) {
    int given;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &given) != MPI_SUCCESS) return NULL;
    if (given < MPI_THREAD_FUNNELED) return NULL;
    MPI_Comm_rank(MPI_COMM_WORLD, mine);
    MPI_Comm_size(MPI_COMM_WORLD, count);
    return memory_zeroed(1, sizeof(struct post));
}

static void send_bytes(void *context, int32_t rank, int32_t kind, const void *bytes, size_t size) {
    struct post *post = context;
    CHECK(size <= INT32_MAX);
    struct sending *sending = memory_zeroed(1, sizeof *sending);
    sending->bytes = memory_zeroed(size, 1);
    if (size) memcpy(sending->bytes, bytes, size);
    sending->next = post->sendings;
    post->sendings = sending;
    MPI_Isend(sending->bytes, (int)size, MPI_BYTE, rank, kind, MPI_COMM_WORLD, &sending->request);
}

/* Forgets what has arrived. */
static void clean(struct post *post) {
    for (struct sending **at = &post->sendings; *at;) {
        struct sending *sending = *at;
        int done;
        MPI_Test(&sending->request, &done, MPI_STATUS_IGNORE);
        if (!done) {
            at = &sending->next;
            continue;
        }
        *at = sending->next;
        free(sending->bytes);
        free(sending);
    }
}

static bool next(void *context, int32_t *rank, int32_t *kind, size_t *size) {
    int there, count;
    MPI_Status status;
    clean(context);
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status);
    if (!there) return false;
    MPI_Get_count(&status, MPI_BYTE, &count);
    *rank = status.MPI_SOURCE;
    *kind = status.MPI_TAG;
    *size = (size_t)count;
    return true;
}

static void receive(void *context, int32_t rank, int32_t kind, void *bytes, size_t size) {
    (void)context;
    MPI_Recv(bytes, (int)size, MPI_BYTE, rank, kind, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

static void end(void *context) {
    struct post *post = context;
    while (post->sendings) clean(post);
    free(post);
    MPI_Finalize();
}

__attribute__((visibility("default"))) extern const struct ranks_module takt_mpi;
const struct ranks_module takt_mpi = {.version = RANKS_VERSION,
                                      .begin = begin,
                                      .end = end,
                                      .send = send_bytes,
                                      .next = next,
                                      .receive = receive};
