/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal can do, and the progress bar. */
#include "command.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Colour only on a terminal, and not when NO_COLOR is set (no-color.org). */
struct terminal terminal_of(FILE *file) {
    struct terminal terminal = {0};
    if (!isatty(fileno(file))) return terminal;
    const char *no_color = getenv("NO_COLOR"), *kind = getenv("TERM");
    terminal.colour = !(no_color && *no_color) && kind && strcmp(kind, "dumb") != 0;
    struct winsize size;
    if (ioctl(fileno(file), TIOCGWINSZ, &size) == 0) terminal.width = size.ws_col;
    return terminal;
}

enum { BAR_PLACES = 30 };

static void print_time(double seconds) {
    if (seconds < 100)
        fprintf(stderr, "%.0f s", seconds);
    else if (seconds < 6000)
        fprintf(stderr, "%.0f min", seconds / 60);
    else
        fprintf(stderr, "%.1f h", seconds / 3600);
}

void progress_draw(void *context, const struct takt_progress *progress) {
    struct progress_bar *bar = context;
    if (!bar->shown || progress->total <= 0) return;
    double done = (double)progress->done / (double)progress->total;
    int full = (int)(done * BAR_PLACES);
    fputs("\r[", stderr);
    for (int i = 0; i < BAR_PLACES; i++) fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %" PRId64 " of %" PRId64 " %s", progress->done, progress->total,
            progress->what ? progress->what : "");
    if (progress->done > 0 && progress->seconds > 0) {
        double rate = (double)progress->done / progress->seconds;
        fprintf(stderr, ", %.3g /s, ", rate);
        print_time((double)(progress->total - progress->done) / rate);
        fputs(" left", stderr);
    }
    fputs("\033[K", stderr);
    fflush(stderr);
    bar->drawn = true;
}

void progress_clear(struct progress_bar *bar) {
    if (bar->drawn) fputs("\r\033[K", stderr);
    bar->drawn = false;
}
