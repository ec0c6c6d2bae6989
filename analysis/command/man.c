/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Manual pages, from the rows of verbs and options, so that they cannot be stale. They are made by
 * `make install`, and bear no date, so that a build can be repeated. */
#include "command.h"

#include <string.h>

/* Text in roff: a dash that may be typed is no hyphen, a backslash is an escape, and no line begins
 * with a control character. */
static void print_text(FILE *file, const char *text) {
    bool begin = true;
    for (; *text; text++) {
        if (begin && (*text == '.' || *text == '\'')) fputs("\\&", file);
        begin = *text == '\n';
        if (*text == '-')
            fputs("\\-", file);
        else if (*text == '\\')
            fputs("\\e", file);
        else if (*text == '\'')
            fputs("\\(aq", file);
        else
            fputc(*text, file);
    }
}

static void print_paragraph(FILE *file, const char *text) {
    print_text(file, text);
    fputc('\n', file);
}

static void print_head(FILE *file, const char *verb, const char *purpose) {
    fputs(".TH TAKT", file);
    for (const char *at = verb; *at; at++) {
        if (at == verb) fputs("\\-", file);
        fputc(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at, file);
    }
    fprintf(file, " 1 \"\" \"takt %s\" \"takt\"\n.SH NAME\ntakt%s", takt_version(),
            *verb ? "\\-" : "");
    print_text(file, verb);
    fputs(" \\- ", file);
    print_paragraph(file, purpose);
}

static void print_examples(FILE *file, const char *examples) {
    fputs(".SH EXAMPLES\n.nf\n", file);
    print_text(file, examples);
    fputs(".fi\n", file);
}

static void print_exits(FILE *file) {
    fputs(".SH EXIT STATUS\n", file);
    for (const struct exit_row *row = exit_rows(); row->meaning; row++) {
        fprintf(file, ".TP\n.B %d\n", row->code);
        print_paragraph(file, row->meaning);
    }
}

/* ---- takt(1) ---- */

void man_program(FILE *file) {
    print_head(file, "", "simulate factories and their supply chains");
    fputs(".SH SYNOPSIS\n.B takt\n.I VERB\n[\\fIoptions\\fR] [\\fIarguments\\fR]\n", file);
    fputs(".SH DESCRIPTION\n", file);
    print_paragraph(file,
                    "One text file, the scenario, describes stations, queues, shifts, failures, "
                    "stocks, suppliers, customers, and the policies that run them.\n"
                    "takt runs it many times, with other luck each time, compares policies on the "
                    "same luck, and says how sure it is.");
    fputs(".PP\nEach verb has a page of its own, such as\n.BR takt\\-run (1).\n", file);
    print_paragraph(file, "A file - is standard input. What was asked for goes to standard output, "
                          "messages and progress to standard error.");
    fputs(".SH VERBS\n", file);
    for (int32_t i = 0; i < verb_count; i++) {
        fprintf(file, ".TP\n.B %s\n", verbs[i].name);
        print_paragraph(file, verbs[i].purpose);
    }
    print_exits(file);
    fputs(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, also on a terminal.\n", file);
    print_examples(file, "takt new line.yaml\ntakt check line.yaml\ntakt run line.yaml\n"
                         "takt compare line.yaml\n");
    fputs(".SH SEE ALSO\n", file);
    for (int32_t i = 0; i < verb_count; i++)
        fprintf(file, ".BR takt\\-%s (1)%s\n", verbs[i].name, i + 1 < verb_count ? "," : "");
}

/* ---- takt-VERB(1) ---- */

static void print_options(FILE *file, const struct verb *verb) {
    fputs(".SH OPTIONS\n", file);
    for (int32_t i = 0; i < OPTION_COUNT; i++) {
        if (!verb_takes(verb, i)) continue;
        const struct option_row *row = &option_rows[i];
        fputs(".TP\n", file);
        if (row->letter) fprintf(file, "\\fB\\-%c\\fR, ", row->letter);
        fputs("\\fB\\-\\-", file);
        print_text(file, row->name);
        fputs("\\fR", file);
        if (row->argument) fprintf(file, " \\fI%s\\fR", row->argument);
        fputc('\n', file);
        print_paragraph(file, row->help);
    }
}

void man_verb(FILE *file, const struct verb *verb) {
    print_head(file, verb->name, verb->purpose);
    fprintf(file, ".SH SYNOPSIS\n.B takt %s\n[\\fIoptions\\fR]", verb->name);
    if (*verb->arguments) fprintf(file, " \\fI%s\\fR", verb->arguments);
    fputs("\n.SH DESCRIPTION\n", file);
    print_paragraph(file, verb->about);
    print_examples(file, verb->examples);
    print_options(file, verb);
    fputs(".SH SEE ALSO\n.BR takt (1)\n", file);
}
