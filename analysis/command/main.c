/* SPDX-License-Identifier: GPL-3.0-or-later */
/* takt, the program. Only here a status becomes an exit code. */
#include "command.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/* What could not be written is an error, also when it happens in the last buffer; a reader who has
 * seen enough
 * (`takt trace F | head`) is none. */
static int finish(enum takt_status status) {
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fflush(stdout) != 0) failed = true;
    if (!failed || errno == EPIPE) return takt_status_exit(status);
    fprintf(stderr, "takt: standard output cannot be written: %s\n",
            errno ? strerror(errno) : "a write failed");
    return takt_status_exit(TAKT_CANNOT_WRITE);
}

static enum takt_status run_verb(const struct verb *verb, int argc, char **argv) {
    struct options options;
    enum takt_status status = TAKT_USAGE;
    if (options_read(&options, verb, argc, argv)) {
        if (options.help) {
            help_verb(stdout, verb);
            status = TAKT_OK;
        } else {
            status = verb->run(&options);
        }
    }
    options_clear(&options);
    return status;
}

static bool is_one_of(const char *word, const char *a, const char *b) {
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    takt_start();
    if (argc < 2) {
        help_program(stderr);
        return takt_status_exit(TAKT_USAGE);
    }
    if (is_one_of(argv[1], "--help", "-h")) {
        help_program(stdout);
        return finish(TAKT_OK);
    }
    if (is_one_of(argv[1], "--version", "-V")) {
        printf("takt %s\n", takt_version());
        return finish(TAKT_OK);
    }
    const struct verb *verb = verb_named(argv[1]);
    if (!verb) {
        verb_unknown(argv[1]);
        return takt_status_exit(TAKT_USAGE);
    }
    return finish(run_verb(verb, argc - 1, argv + 1));
}
