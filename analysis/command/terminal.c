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

enum { BAR_PLACES = 20, LINE_SECONDS = 60 };

static void print_time(double seconds) {
    if (seconds < 100)
        fprintf(stderr, "%.0f s", seconds);
    else if (seconds < 6000)
        fprintf(stderr, "%.0f min", seconds / 60);
    else
        fprintf(stderr, "%.1f h", seconds / 3600);
}

/* ", 35 /s, 4 min left; ± 2.1 %, wanted 1 %" */
static void print_pace(const struct takt_progress *progress) {
    int64_t done = progress->done - progress->known;
    if (done > 0 && progress->seconds > 0) {
        double rate = (double)done / progress->seconds;
        fprintf(stderr, ", %.3g /s, ", rate);
        print_time((double)(progress->total - progress->done) / rate);
        fputs(" left", stderr);
    }
    if (progress->half_width_wanted <= 0) return;
    if (progress->half_width > 0)
        fprintf(stderr, "; ± %.2g %%, wanted %.2g %%", 100 * progress->half_width,
                100 * progress->half_width_wanted);
}

static void print_count(const struct takt_progress *progress) {
    fprintf(stderr, "%" PRId64 " of %" PRId64 " %s", progress->done, progress->total,
            progress->what ? progress->what : "");
}

static void draw_bar(struct progress_bar *bar, const struct takt_progress *progress) {
    double done = (double)progress->done / (double)progress->total;
    int full = (int)(done * BAR_PLACES);
    fputs("\r[", stderr);
    for (int i = 0; i < BAR_PLACES; i++) fputc(i < full ? '#' : '.', stderr);
    fputs("] ", stderr);
    print_count(progress);
    print_pace(progress);
    fputs("\033[K", stderr);
    fflush(stderr);
    bar->drawn = true;
}

/* Into a log, where every line stays: one a minute. */
static void print_line(struct progress_bar *bar, const struct takt_progress *progress) {
    if (progress->seconds < bar->line_due) return;
    bar->line_due = progress->seconds + LINE_SECONDS;
    fputs("takt: ", stderr);
    print_count(progress);
    print_pace(progress);
    fputc('\n', stderr);
}

struct progress_bar progress_begin(FILE *file) {
    return (struct progress_bar){.terminal = isatty(fileno(file)), .line_due = LINE_SECONDS};
}

void progress_show(void *context, const struct takt_progress *progress) {
    struct progress_bar *bar = context;
    if (progress->total <= 0) return;
    if (bar->terminal)
        draw_bar(bar, progress);
    else
        print_line(bar, progress);
}

void progress_clear(struct progress_bar *bar) {
    if (bar->drawn) fputs("\r\033[K", stderr);
    bar->drawn = false;
}
