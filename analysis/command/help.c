/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help is printed from the rows of verbs and options, examples first. */
#include "command.h"

#include <string.h>

static const struct option_row {
    const char *name;
    char letter;
    const char *argument, *help;
} rows[OPTION_COUNT] = {
#define X(id, name, letter, argument, help) [OPTION_##id] = {name, letter, argument, help},
    OPTIONS(X)
#undef X
};

enum { NAME_PLACES = 10, OPTION_PLACES = 28 };

static void print_indented(FILE *file, const char *text) {
    while (*text) {
        size_t size = strcspn(text, "\n");
        fprintf(file, "  %.*s\n", (int)size, text);
        text += size + (text[size] == '\n');
    }
}

void help_program(FILE *file) {
    fputs("takt simulates factories and their supply chains.\n\n"
          "  takt new line.yaml          a scenario to start from\n"
          "  takt check line.yaml        is it right, and which station is busiest?\n"
          "  takt run line.yaml          simulate it\n\n"
          "takt VERB [options] FILE\n",
          file);
    for (int32_t i = 0; i < verb_count; i++)
        fprintf(file, "  %-*s%s\n", NAME_PLACES, verbs[i].name, verbs[i].purpose);
    fputs("\ntakt help VERB explains a verb. A file - is standard input.\n"
          "Exit status: 0 fine; 1 a claim was refuted or a run stopped; 2 wrong use; 65 the "
          "scenario has faults;\n"
          "66 a file cannot be read; 70 an error of takt; 73, 74 a file cannot be written; 130 "
          "interrupted.\n",
          file);
}

static void print_option(FILE *file, const struct option_row *row) {
    char text[64];
    char letter[5] = "    ";
    if (row->letter) snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(text, sizeof text, "%s--%s%s%s", letter, row->name, row->argument ? " " : "",
             row->argument ? row->argument : "");
    fprintf(file, "  %-*s%s\n", OPTION_PLACES, text, row->help);
}

void help_verb(FILE *file, const struct verb *verb) {
    fprintf(file, "takt %s: %s\n\n", verb->name, verb->purpose);
    print_indented(file, verb->examples);
    fprintf(file, "\ntakt %s [options]%s%s\n%s\n\n", verb->name, *verb->arguments ? " " : "",
            verb->arguments, verb->about);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (verb_takes(verb, i)) print_option(file, &rows[i]);
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
        help_program(stdout);
        return TAKT_OK;
    }
    const struct verb *verb = verb_named(options->arguments[0]);
    if (!verb) {
        verb_unknown(options->arguments[0]);
        return TAKT_USAGE;
    }
    help_verb(stdout, verb);
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
