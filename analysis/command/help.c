/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help is printed from the rows of verbs and options, examples first. */
#include "command.h"

#include <string.h>

enum { NAME_PLACES = 12, OPTION_PLACES = 28, WIDTH_USUAL = 80, WIDTH_MOST = 100 };

/* ---- Lines ---- */

void help_wrapped(FILE *file, const char *text, int32_t at, int32_t indent, int32_t width) {
    bool first = true;
    for (text += strspn(text, " \n"); *text; text += strspn(text, " \n")) {
        size_t size = strcspn(text, " \n");
        int32_t places = 0; /* a later byte of a UTF-8 character takes none */
        for (size_t i = 0; i < size; i++) places += (text[i] & 0xc0) != 0x80;
        if (!first && at + 1 + places > width) {
            fprintf(file, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            fputc(' ', file);
            at++;
        }
        fwrite(text, 1, size, file);
        at += places;
        text += size;
        first = false;
    }
    fputc('\n', file);
}

static int32_t width_of(FILE *file) {
    int32_t width = terminal_of(file).width;
    return width <= 0 ? WIDTH_USUAL : width > WIDTH_MOST ? WIDTH_MOST : width;
}

static void print_heading(FILE *file, const char *text) {
    bool colour = terminal_of(file).colour;
    fprintf(file, "%s%s%s\n", colour ? "\033[1m" : "", text, colour ? "\033[0m" : "");
}

static void print_indented(FILE *file, const char *text) {
    while (*text) {
        size_t size = strcspn(text, "\n");
        fprintf(file, "  %.*s\n", (int)size, text);
        text += size + (text[size] == '\n');
    }
}

/* ---- The overview ---- */

const struct exit_row *exit_rows(void) {
    static const struct exit_row rows[] = {{0, "fine"},
                                           {1, "a claim was refuted, or a run stopped"},
                                           {2, "wrong use of the command line"},
                                           {65, "the scenario, or the data, has faults"},
                                           {66, "a file cannot be read"},
                                           {70, "an error of takt"},
                                           {73, "a file cannot be created"},
                                           {74, "a file cannot be written"},
                                           {130, "interrupted"},
                                           {0, NULL}};
    return rows;
}

/* Verbs stand in groups; a group begins with this verb. */
static const struct {
    const char *first, *title;
} groups[] = {
    {"new", "Prepare"}, {"run", "Simulate"}, {"trace", "Look closer"}, {"schema", "Learn more"}};

static void print_verb(FILE *file, const struct verb *verb) {
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strcmp(groups[i].first, verb->name) != 0) continue;
        fputc('\n', file);
        print_heading(file, groups[i].title);
    }
    fprintf(file, "  %-*s", NAME_PLACES, verb->name);
    help_wrapped(file, verb->purpose, 2 + NAME_PLACES, 2 + NAME_PLACES, width_of(file));
}

static void print_exits(FILE *file) {
    char text[512] = "Exit status:";
    for (const struct exit_row *row = exit_rows(); row->meaning; row++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, " %d %s%s", row->code, row->meaning,
                 row[1].meaning ? ";" : ".");
    }
    help_wrapped(file, text, 0, 0, width_of(file));
}

void help_program(FILE *file) {
    fprintf(file, "takt %s simulates factories and their supply chains.\n\n", takt_version());
    fputs("  takt new line.yaml        a scenario to start from, which explains itself\n"
          "  takt check line.yaml      is it right, and which station will be busiest?\n"
          "  takt run line.yaml        simulate it, and see how sure the answer is\n"
          "  takt compare line.yaml    all ways to run it that it names, on the same luck\n",
          file);
    for (int32_t i = 0; i < verb_count; i++) print_verb(file, &verbs[i]);
    fputs("\ntakt help VERB explains a verb, examples first. A file - is standard input.\n", file);
    print_exits(file);
}

/* ---- One verb ---- */

static void print_option(FILE *file, const struct option_row *row) {
    char text[64];
    char letter[5] = "    ";
    if (row->letter) snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(text, sizeof text, "%s--%s%s%s", letter, row->name, row->argument ? " " : "",
             row->argument ? row->argument : "");
    fprintf(file, "  %-*s ", OPTION_PLACES - 1, text);
    help_wrapped(file, row->help, 2 + OPTION_PLACES, 2 + OPTION_PLACES, width_of(file));
}

void help_verb(FILE *file, const struct verb *verb) {
    char line[256];
    snprintf(line, sizeof line, "takt %s: %s", verb->name, verb->purpose);
    print_heading(file, line);
    fputc('\n', file);
    print_indented(file, verb->examples);
    fputc('\n', file);
    snprintf(line, sizeof line, "takt %s [options]%s%s", verb->name, *verb->arguments ? " " : "",
             verb->arguments);
    print_heading(file, line);
    help_wrapped(file, verb->about, 0, 0, width_of(file));
    fputc('\n', file);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (verb_takes(verb, i)) print_option(file, &option_rows[i]);
}

const struct verb *verb_named(const char *name) {
    for (int32_t i = 0; i < verb_count; i++)
        if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    return NULL;
}

enum { VERBS_MOST = 32 };

void verb_unknown(const char *name) {
    const char *names[VERBS_MOST];
    for (int32_t i = 0; i < verb_count; i++) names[i] = verbs[i].name;
    const char *nearest = word_nearest(name, names, verb_count);
    fprintf(stderr, "takt: there is no verb '%s'", name);
    if (nearest) fprintf(stderr, "; did you mean '%s'?", nearest);
    fputs("\ntakt help lists the verbs\n", stderr);
}

enum takt_status verb_help(const struct options *options) {
    if (options->argument_count == 0) {
        (options->man ? man_program : help_program)(stdout);
        return TAKT_OK;
    }
    const struct verb *verb = verb_named(options->arguments[0]);
    if (!verb) {
        verb_unknown(options->arguments[0]);
        return TAKT_USAGE;
    }
    (options->man ? man_verb : help_verb)(stdout, verb);
    return TAKT_OK;
}

/* ---- Typing mistakes ---- */

enum { WORD_MOST = 32 };

static int least_of(int a, int b, int c) {
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Letters inserted, left out or replaced (Levenshtein, Soviet Physics Doklady 10, 1966). */
static int distance(const char *a, const char *b) {
    int row[WORD_MOST + 1];
    int size = (int)strlen(b);
    for (int j = 0; j <= size; j++) row[j] = j;
    for (int i = 1; a[i - 1]; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= size; j++) {
            int above = row[j];
            row[j] = least_of(diagonal + (a[i - 1] != b[j - 1]), above + 1, row[j - 1] + 1);
            diagonal = above;
        }
    }
    return row[size];
}

const char *word_nearest(const char *word, const char *const *words, int32_t count) {
    const char *nearest = NULL;
    int allowed = strlen(word) > 4 ? 2 : 1;
    if (strlen(word) > WORD_MOST) return NULL;
    for (int32_t i = 0; i < count; i++) {
        if (strlen(words[i]) > WORD_MOST) continue;
        int edits = distance(word, words[i]);
        if (edits > allowed) continue;
        nearest = words[i];
        allowed = edits - 1;
    }
    return nearest;
}
