/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ground floor: time, status codes, checks.
 *
 * Time is an integer count of ticks of one microsecond. A duration is rounded once, when it is read
 * or drawn; from then on the simulation adds and compares integers, so 0.1 s + 0.2 s ties with 0.3
 * s, and no order of adding matters.
 *
 * Two worlds of error. A user can be wrong: a status code plus faults (sim/fault.h). A programmer
 * can be wrong: CHECK, which stops the program. Nothing in the library prints or exits on a user's
 * mistake. */
#ifndef TAKT_SIM_BASE_H
#define TAKT_SIM_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t tick;

#define TICK_S     INT64_C(1000000)
#define TICK_MIN   (60 * TICK_S)
#define TICK_H     (60 * TICK_MIN)
#define TICK_D     (24 * TICK_H)
#define TICK_WK    (7 * TICK_D)
#define TICK_Y     (365 * TICK_D)
#define TICK_NEVER INT64_MAX

/* Every status of the library, with the text a person sees and the exit code of the program. */
#define TAKT_STATUSES(X)                                                                           \
    X(TAKT_OK, 0, "ok")                                                                            \
    X(TAKT_STOPPED, 1, "a run stopped before its end, or a claim was refuted")                     \
    X(TAKT_USAGE, 2, "wrong use of the command line")                                              \
    X(TAKT_BAD_SCENARIO, 65, "the scenario has faults")                                            \
    X(TAKT_CANNOT_READ, 66, "a file cannot be read")                                               \
    X(TAKT_INTERNAL, 70, "internal error")                                                         \
    X(TAKT_CANNOT_CREATE, 73, "a file cannot be created")                                          \
    X(TAKT_CANNOT_WRITE, 74, "a file cannot be written")                                           \
    X(TAKT_INTERRUPTED, 130, "interrupted")

enum takt_status {
#define X(name, code, text) name = code,
    TAKT_STATUSES(X)
#undef X
};

#define MUST_USE __attribute__((warn_unused_result))

/* Returns from the calling function with the status of EXPR unless it is TAKT_OK. */
#define TAKT_TRY(EXPR)                                                                             \
    do {                                                                                           \
        enum takt_status try_status_ = (EXPR);                                                     \
        if (try_status_ != TAKT_OK) return try_status_;                                            \
    } while (0)

/* Cheap, always on: a wrong value would travel. Prints the condition and its place, and aborts. */
#define CHECK(COND)                                                                                \
    do {                                                                                           \
        if (__builtin_expect(!(COND), 0)) check_failed(#COND, __FILE__, __LINE__);                 \
    } while (0)

/* Dear checks, on in tests and sanitizer builds (-DTAKT_SLOW_CHECKS). */
#ifdef TAKT_SLOW_CHECKS
#define CHECK_SLOW(COND) CHECK(COND)
#else
#define CHECK_SLOW(COND) ((void)sizeof(COND))
#endif

_Noreturn void check_failed(const char *condition, const char *file, int line);

/* malloc, calloc and realloc that CHECK instead of returning NULL: takt caps what a scenario may
 * ask for long before memory ends, so running out is not a state that callers could handle. Zeroed
 * where the name says so. */
void *memory_zeroed(size_t count, size_t size);
void *memory_grown(void *old, size_t count, size_t size);

/* Begins to bring what will soon be written into the cache; nothing else comes of it. Worth it for
 * what was not touched for long, a few hundred instructions ahead. */
static inline void memory_fetch(const void *at, size_t size) {
    enum { CACHE_LINE = 64 };
    const char *bytes = at;
    for (size_t i = 0; i < size; i += CACHE_LINE) __builtin_prefetch(bytes + i, 1);
}

#endif
