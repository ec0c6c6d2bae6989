/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of a verb, read by getopt_long from the one table in command.h. */
#include "command.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct option_row option_rows[OPTION_COUNT] = {
#define X(id, name, letter, argument, help) [OPTION_##id] = {name, letter, argument, help},
    OPTIONS(X)
#undef X
};

enum { LONG_BASE = 256 }; /* getopt_long returns this and the option's number */

/* ---- Values ---- */

static bool wrong(enum option_id id, const char *wanted, const char *given) {
    fprintf(stderr, "takt: --%s wants %s, not '%s'\n", option_rows[id].name, wanted, given);
    return false;
}

static bool read_whole(enum option_id id, const char *text, int64_t low, int64_t high,
                       int64_t *out) {
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || end == text || *end || value < low || value > high)
        return wrong(id, low > 0 ? "a whole number from 1" : "a whole number from 0", text);
    *out = value;
    return true;
}

static bool read_count(enum option_id id, const char *text, int64_t low, int32_t *out) {
    int64_t value;
    if (!read_whole(id, text, low, INT32_MAX, &value)) return false;
    *out = (int32_t)value;
    return true;
}

/* A time with its unit, in hours. */
static bool read_time(enum option_id id, const char *text, double *out) {
    static const struct {
        const char *name;
        double hours;
    } units[] = {{"s", 1.0 / 3600}, {"min", 1.0 / 60}, {"h", 1},   {"d", 24},
                 {"wk", 168},       {"mo", 730},       {"y", 8760}};
    char *end;
    double value = strtod(text, &end);
    bool number = end != text && isfinite(value);
    end += strspn(end, " ");
    for (size_t i = 0; number && i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].name) == 0) {
            *out = value * units[i].hours;
            return true;
        }
    return wrong(id, "a time such as \"4 h\"", text);
}

/* 1% or 0.01, between 0 and 1. */
static bool read_share(enum option_id id, const char *text, double *out) {
    char *end;
    double value = strtod(text, &end);
    bool number = end != text && isfinite(value);
    end += strspn(end, " ");
    if (number && strcmp(end, "%") == 0) {
        value /= 100;
        end++;
    }
    if (!number || *end || value <= 0 || value > 1) return wrong(id, "a share such as 1%", text);
    *out = value;
    return true;
}

static bool take(struct options *options, enum option_id id, const char *value) {
    switch (id) {
    case OPTION_SET: options->sets[options->set_count++] = value; return true;
    case OPTION_INCLUDE: options->includes[options->include_count++] = value; return true;
    case OPTION_SEED: return read_whole(id, value, 1, INT32_MAX, &options->seed);
    case OPTION_REPLICATIONS: return read_count(id, value, 1, &options->replications);
    case OPTION_PRECISION: return read_share(id, value, &options->precision);
    case OPTION_STEP: return read_share(id, value, &options->step);
    case OPTION_SELECT: options->selection.goal = value; return true;
    case OPTION_OF: options->selection.of = value; return true;
    case OPTION_INDIFFERENCE: options->selection.indifference = value; return true;
    case OPTION_METHOD: options->selection.method = value; return true;
    case OPTION_BUDGET: return read_whole(id, value, 1, INT32_MAX, &options->selection.budget);
    case OPTION_JOBS: return read_count(id, value, 1, &options->jobs);
    case OPTION_REPLICATION: return read_count(id, value, 1, &options->replication);
    case OPTION_MOST: return read_whole(id, value, 1, INT64_MAX, &options->most);
    case OPTION_FROM: options->from_given = true; return read_time(id, value, &options->from);
    case OPTION_TO: return read_time(id, value, &options->to);
    case OPTION_OUTPUT: options->output = value; return true;
    case OPTION_ARM: options->arm = value; return true;
    case OPTION_FORMAT: options->format = value; return true;
    case OPTION_TABLE: options->table = value; return true;
    case OPTION_CROSSOVER: options->crossover = value; return true;
    case OPTION_HISTOGRAM: options->histogram = value; return true;
    case OPTION_QUANTITY: options->quantity = value; return true;
    case OPTION_STATION: options->station = value; return true;
    case OPTION_RESUME: options->resume = true; return true;
    case OPTION_COLUMN: options->column = value; return true;
    case OPTION_UNIT: options->unit = value; return true;
    case OPTION_LAWS: options->laws = value; return true;
    case OPTION_EVERY: options->every = value; return true;
    case OPTION_SAMPLES: return read_count(id, value, 0, &options->samples);
    case OPTION_ARRIVALS: options->arrivals = true; return true;
    case OPTION_MIXED: options->mixed = true; return true;
    case OPTION_JSON: options->json = true; return true;
    case OPTION_ALL: options->all = true; return true;
    case OPTION_QUIET: options->quiet = true; return true;
    case OPTION_NO_RUN: options->no_run = true; return true;
    case OPTION_MAN: options->man = true; return true;
    case OPTION_HELP: options->help = true; return true;
    case OPTION_COUNT: break;
    }
    return false;
}

/* ---- The command line ---- */

/* How many options of the verb begin so; getopt_long takes a beginning that is one's alone. */
static int32_t say_begins(const struct verb *verb, const char *begin) {
    int32_t count = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!verb_takes(verb, i) || strncmp(option_rows[i].name, begin, strlen(begin)) != 0)
            continue;
        fprintf(stderr, "%s--%s", count++ ? ", " : "", option_rows[i].name);
    }
    return count;
}

/* The verbs that take an option which this one does not. */
static void say_elsewhere(const char *name) {
    int option = 0, count = 0;
    while (option < OPTION_COUNT && strcmp(option_rows[option].name, name) != 0) option++;
    for (int32_t i = 0; option < OPTION_COUNT && i < verb_count; i++)
        if (verb_takes(&verbs[i], option))
            fprintf(stderr, "%s %s", count++ ? "," : "; it is one of", verbs[i].name);
}

static void say_unknown(const struct verb *verb, const char *word) {
    const char *names[OPTION_COUNT];
    int32_t count = 0;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (verb_takes(verb, i)) names[count++] = option_rows[i].name;
    size_t dashes = strspn(word, "-");
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + dashes, "="), word + dashes);
    const char *nearest = dashes == 2 ? word_nearest(name, names, count) : NULL;
    if (dashes == 2 && say_begins(verb, name) > 0) {
        fprintf(stderr, " begin with '%s': which is meant?\n", word);
        return;
    }
    fprintf(stderr, "there is no option '%s'", word);
    if (dashes == 2) say_elsewhere(name);
    if (nearest) fprintf(stderr, "; did you mean '--%s'?", nearest);
    fprintf(stderr, "\ntakt help %s lists them\n", verb->name);
}

/* What getopt_long could not take: it leaves the option in optopt when it knows it, else the word
 * behind it. */
static void say_wrong(const struct verb *verb, int found, char **argv) {
    fprintf(stderr, "takt %s: ", verb->name);
    bool is_long = optopt >= LONG_BASE;
    char letter[] = {'-', (char)optopt, 0};
    const char *known = is_long ? option_rows[optopt - LONG_BASE].name : letter;
    if (found == ':')
        fprintf(stderr, "%s%s wants a value\n", is_long ? "--" : "", known);
    else if (is_long)
        fprintf(stderr, "--%s takes no value\n", known);
    else
        say_unknown(verb, optopt ? letter : argv[optind - 1]);
}

static enum option_id id_of(int found) {
    if (found >= LONG_BASE) return (enum option_id)(found - LONG_BASE);
    int i = 0;
    while (i < OPTION_COUNT && (!option_rows[i].letter || option_rows[i].letter != found)) i++;
    return (enum option_id)i;
}

/* What getopt_long wants to know of the options of a verb. */
struct table {
    struct option names[OPTION_COUNT + 1];
    char letters[2 * OPTION_COUNT + 2];
};

static void table_fill(struct table *table, const struct verb *verb) {
    int names = 0, letters = 0;
    *table = (struct table){0};
    table->letters[letters++] = ':'; /* a missing argument is told from an unknown option */
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!verb_takes(verb, i)) continue;
        int takes = option_rows[i].argument ? required_argument : no_argument;
        table->names[names++] = (struct option){option_rows[i].name, takes, NULL, LONG_BASE + i};
        if (!option_rows[i].letter) continue;
        table->letters[letters++] = option_rows[i].letter;
        if (option_rows[i].argument) table->letters[letters++] = ':';
    }
}

static bool read_all(struct options *options, const struct verb *verb, int argc, char **argv) {
    struct table table;
    table_fill(&table, verb);
    opterr = 0;
    optind = 1;
    for (;;) {
        int found = getopt_long(argc, argv, table.letters, table.names, NULL);
        if (found == -1) break;
        if (found == ':' || found == '?') {
            say_wrong(verb, found, argv);
            return false;
        }
        if (!take(options, id_of(found), optarg)) return false;
    }
    while (optind < argc) options->arguments[options->argument_count++] = argv[optind++];
    return true;
}

static bool check_together(const struct options *options, const struct verb *verb) {
    const struct takt_selection *selection = &options->selection;
    const char *wrong_pair = NULL;
    if (options->precision > 0 && options->replications > 0)
        wrong_pair = "--replications fixes what --precision is to find: give one of them";
    else if (options->precision > 0 && selection->goal)
        wrong_pair = "--select goes on until the best is found, --precision until means are known: "
                     "give one of them";
    else if (verb_takes(verb, OPTION_SELECT) && !selection->goal &&
             ((selection->of && !options->crossover) || selection->indifference ||
              selection->method || selection->budget > 0))
        wrong_pair = "--of, --indifference, --method and --budget say how to --select best";
    if (wrong_pair) fprintf(stderr, "takt: %s\n", wrong_pair);
    return wrong_pair == NULL;
}

static bool check_arguments(const struct options *options, const struct verb *verb) {
    int32_t count = options->argument_count;
    if (options->help || (count >= verb->argument_least && count <= verb->argument_most))
        return true;
    if (count < verb->argument_least)
        fprintf(stderr, "takt %s wants %s\n", verb->name, verb->arguments);
    else
        fprintf(stderr, "takt %s: '%s' is one argument too many\n", verb->name,
                options->arguments[verb->argument_most]);
    fprintf(stderr, "takt help %s shows examples\n", verb->name);
    return false;
}

/* The words joined by blanks; those with blanks in quotes. */
static char *joined(int argc, char **argv) {
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file) return NULL;
    fputs("takt", file);
    for (int i = 0; i < argc; i++)
        fprintf(file, strpbrk(argv[i], " \t'\"$") ? " '%s'" : " %s", argv[i]);
    fclose(file);
    return text;
}

bool options_read(struct options *options, const struct verb *verb, int argc, char **argv) {
    size_t room = (size_t)argc;
    *options = (struct options){.sets = calloc(room, sizeof(char *)),
                                .includes = calloc(room, sizeof(char *)),
                                .arguments = calloc(room, sizeof(char *)),
                                .samples = -1,
                                .command_line = joined(argc, argv)};
    if (!options->sets || !options->includes || !options->arguments) {
        fputs("takt: no memory\n", stderr);
        return false;
    }
    return read_all(options, verb, argc, argv) && check_together(options, verb) &&
           check_arguments(options, verb);
}

void options_clear(struct options *options) {
    free(options->sets);
    free(options->includes);
    free(options->arguments);
    free((char *)options->command_line);
}
