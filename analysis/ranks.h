/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks: the processes, on one computer or many, that mpirun started for one experiment.
 *
 * Each reads the scenario and makes its plants. Rank 0 does what takt alone would do: it decides,
 * journals, prints and writes. The others are its helpers: they ask nothing and decide nothing, but
 * run the units of work that rank 0 hands them (crew.h) until it says that all is over.
 *
 * MPI itself is in a module of its own, libtakt-mpi.so, which is opened only under mpirun: so takt
 * starts as quickly as ever where there is none, and needs none to be there. It is looked for
 * beside the program or library, and in lib/takt of where they are installed. */
#ifndef TAKT_ANALYSIS_RANKS_H
#define TAKT_ANALYSIS_RANKS_H

#include "../sim/sim.h"

/* What the module gives; takt_mpi is its one symbol. Called from the main thread only. */
struct ranks_module {
    int32_t version;                               /* RANKS_VERSION, or it is of another takt */
    void *(*begin)(int32_t *mine, int32_t *count); /* what the others want first; NULL: no MPI */
    void (*end)(void *); /* waits until all that was sent is received, everywhere */

    /* The bytes are copied; never waits. */
    void (*send)(void *, int32_t rank, int32_t kind, const void *bytes, size_t size);

    /* Is there a message? Never waits. It must be received next. */
    bool (*next)(void *, int32_t *rank, int32_t *kind, size_t *size);
    void (*receive)(void *, int32_t rank, int32_t kind, void *bytes, size_t size);
};

enum { RANKS_VERSION = 1 };

/* Kinds of messages. */
enum ranks_kind {
    RANKS_HELLO = 1, /* to rank 0: struct ranks_hello and an identity (identity.h) */
    RANKS_WORK,      /* from rank 0: struct replication of units to be done */
    RANKS_UNIT,      /* to rank 0: one that is done */
    RANKS_DROP,      /* from rank 0: begin no more */
    RANKS_DROPPED,   /* to rank 0: none is running any more, and all were sent */
    RANKS_OVER       /* from rank 0: the last message */
};

struct ranks_hello {
    int32_t status;  /* TAKT_OK, or why this rank cannot help */
    int32_t threads; /* that it works with */
    char host[64];
};

struct takt_ranks {
    void *library;
    const struct ranks_module *module;
    void *context; /* of the module */
    int32_t mine, count;
    bool *heard;     /* rank 0: whose hello was received */
    bool said, over; /* helpers: hello was said; the last message has come */
};

void ranks_send(struct takt_ranks *, int32_t rank, enum ranks_kind, const void *bytes, size_t size);

/* A message, its bytes to be freed; false if there is none now. */
struct ranks_message {
    int32_t rank, kind;
    size_t size;
    void *bytes; /* aligned for any type; a zero stands behind them */
};
bool ranks_receive(struct takt_ranks *, struct ranks_message *);

/* A fifth of a millisecond: who waits for messages looks now and then, for MPI itself would keep a
 * processor busy. */
void ranks_wait_a_little(void);

/* Helpers: says hello. */
void ranks_say_hello(struct takt_ranks *, enum takt_status, int32_t threads, const char *identity);

/* How many threads a process should use that is one of several on this computer. */
int32_t ranks_threads(void);

#endif
