/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `takt new`: a scenario to start from. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char starter[] =
    "takt: 1\n"
    "title: My first line\n"
    "about: |\n"
    "  Chairs are cut, glued and painted to order. What limits the line, and how long does a "
    "customer wait?\n"
    "\n"
    "# How long is simulated, and how often: each replication has its own luck.\n"
    "run: {length: 20 d, warm-up: 2 d, replications: 20}\n"
    "\n"
    "# What is made, and on which stations, in order.\n"
    "items:\n"
    "  chair: {price: 60 EUR, route: [cut, glue, paint]}\n"
    "\n"
    "# Where it is made. A time is fixed (30 min) or a law of chance.\n"
    "stations:\n"
    "  cut:   {time: triangular(4 5 8) min}\n"
    "  glue:  {time: exponential(5 min), machines: 2}\n"
    "  paint: {time: 30 min, batch: {min: 2, max: 6}}   # two to six chairs at a time\n"
    "\n"
    "# Who buys: eight orders an hour on average, each for one chair.\n"
    "customers:\n"
    "  shop: {buys: chair, from: factory, rate: 8 /h}\n"
    "\n"
    "# Other ways to run it; `takt compare` shows how they differ.\n"
    "arms:\n"
    "  second-saw: {change: {stations.cut.machines: 2}}\n"
    "\n"
    "# What you expect. takt says: supported, refuted, or undecided.\n"
    "claims:\n"
    "  - second-saw.system.cycle-time < base.system.cycle-time\n";

static enum takt_status cannot(const char *path, enum takt_status status) {
    const char *why = errno == EEXIST ? "it is there already" : strerror(errno);
    fprintf(stderr, "takt: %s cannot be written: %s\n", path, why);
    return status;
}

/* O_EXCL: a file that is there already, whoever made it, stays as it is. */
static enum takt_status write_file(const char *path) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (descriptor < 0) return cannot(path, TAKT_CANNOT_CREATE);
    size_t size = strlen(starter);
    ssize_t written = write(descriptor, starter, size);
    if (written != (ssize_t)size) {
        enum takt_status status = cannot(path, TAKT_CANNOT_WRITE);
        close(descriptor);
        unlink(path);
        return status;
    }
    if (close(descriptor) != 0) return cannot(path, TAKT_CANNOT_WRITE);
    printf("%s is written. Now: takt check %s, takt run %s\n", path, path, path);
    return TAKT_OK;
}

enum takt_status verb_new(const struct options *options) {
    const char *path = options->arguments[0];
    if (strcmp(path, "-") != 0) return write_file(path);
    fputs(starter, stdout);
    return TAKT_OK;
}
