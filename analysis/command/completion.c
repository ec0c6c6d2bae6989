/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shells need to complete the words of takt, from the rows of verbs and options.
 *
 * What may follow is told by the word for it: FILE is a file, FOLDER a folder, SCENARIO a YAML
 * file, and what the scenario on the line knows of itself (its arms, stations and parameters) is
 * asked of takt when it is needed. */
#include "command.h"

#include <ctype.h>
#include <string.h>

/* What completes a word. */
enum completes { BY_NOTHING, BY_FILE, BY_FOLDER, BY_VERB, BY_SHELL, BY_ARM, BY_STATION, BY_PATH };

static enum completes completes_option(int32_t option) {
    const char *argument = option_rows[option].argument;
    if (option == OPTION_ARM) return BY_ARM;
    if (option == OPTION_STATION) return BY_STATION;
    if (option == OPTION_SET) return BY_PATH;
    if (argument && strcmp(argument, "FILE") == 0) return BY_FILE;
    if (argument && strcmp(argument, "FOLDER") == 0) return BY_FOLDER;
    return BY_NOTHING;
}

/* The list that takt prints of a scenario for it, or NULL. */
static const char *list_of(enum completes completes) {
    return completes == BY_ARM       ? "arms"
           : completes == BY_STATION ? "stations"
           : completes == BY_PATH    ? "paths"
                                     : NULL;
}

static enum completes completes_argument(const struct verb *verb) {
    if (strstr(verb->arguments, "VERB")) return BY_VERB;
    if (strstr(verb->arguments, "SHELL")) return BY_SHELL;
    return *verb->arguments ? BY_FILE : BY_NOTHING;
}

/* The endings of the files that a verb takes, as alternatives: "yaml|yml|json". */
static const char *endings(const struct verb *verb) {
    if (strstr(verb->arguments, "SCENARIO")) return "yaml|yml|json";
    if (strstr(verb->arguments, ".h5")) return "h5";
    if (strstr(verb->arguments, ".csv")) return "csv";
    return "yaml|yml";
}

/* ---- bash ---- */

static void bash_words(const struct verb *verb) {
    for (int32_t i = 0; i < OPTION_COUNT; i++) {
        if (!verb_takes(verb, i)) continue;
        printf(" --%s", option_rows[i].name);
        if (option_rows[i].letter) printf(" -%c", option_rows[i].letter);
    }
}

static void bash_option_values(void) {
    for (int32_t i = 0; i < OPTION_COUNT; i++) {
        if (!option_rows[i].argument) continue;
        enum completes completes = completes_option(i);
        printf("        --%s", option_rows[i].name);
        if (option_rows[i].letter) printf("|-%c", option_rows[i].letter);
        fputs(") ", stdout);
        if (completes == BY_FILE)
            fputs("_takt_files ''", stdout);
        else if (completes == BY_FOLDER)
            fputs("mapfile -t COMPREPLY < <(compgen -d -- \"$word\")", stdout);
        else if (list_of(completes))
            printf("_takt_of_scenario %s", list_of(completes));
        fputs(completes == BY_NOTHING ? "return ;;\n" : "; return ;;\n", stdout);
    }
}

static void bash_verbs(void) {
    for (int32_t i = 0; i < verb_count; i++) {
        const struct verb *verb = &verbs[i];
        printf("        %s) options='", verb->name);
        bash_words(verb);
        switch (completes_argument(verb)) {
        case BY_VERB: fputs("' words=\"$verbs\"", stdout); break;
        case BY_SHELL: fputs("' words='bash zsh fish'", stdout); break;
        case BY_FILE: printf("' ending='%s'", endings(verb)); break;
        default: fputs("'", stdout); break;
        }
        fputs(" ;;\n", stdout);
    }
}

static void print_bash(void) {
    fputs("# bash completion for takt, printed by `takt completion bash`\n"
          "_takt_files() {\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    mapfile -t COMPREPLY < <(compgen -d -- \"$word\"; compgen -f -- \"$word\" |\n"
          "        if [[ $1 ]]; then grep -E \"\\\\.($1)\\$\"; else cat; fi)\n"
          "}\n"
          "_takt_of_scenario() {\n"
          "    local file\n"
          "    for file in \"${COMP_WORDS[@]:2}\"; do\n"
          "        [[ $file == *.y?(a)ml && -r $file ]] || continue\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$(takt completion \"$1\" \"$file\" "
          "2>/dev/null)\" "
          "-- \"$word\")\n"
          "    done\n"
          "    [[ $1 == paths ]] && compopt -o nospace 2>/dev/null\n"
          "}\n"
          "_takt() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    local options='' words='' ending='' verbs='",
          stdout);
    for (int32_t i = 0; i < verb_count; i++) printf("%s%s", i ? " " : "", verbs[i].name);
    fputs("'\n"
          "    if ((COMP_CWORD == 1)); then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$verbs --help --version\" -- \"$word\")\n"
          "        return\n"
          "    fi\n"
          "    case $before in\n",
          stdout);
    bash_option_values();
    fputs("    esac\n"
          "    case ${COMP_WORDS[1]} in\n",
          stdout);
    bash_verbs();
    fputs("    esac\n"
          "    if [[ $word == -* ]]; then words=$options\n"
          "    elif [[ $ending ]]; then _takt_files \"$ending\"; return\n"
          "    fi\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
          "}\n"
          "complete -F _takt takt\n",
          stdout);
}

/* ---- zsh ---- */

/* Between single quotes of a shell; zsh's specifications also end at brackets and colons. */
static void print_quoted(const char *text, const char *escaped) {
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr(escaped, *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void zsh_value(int32_t option) {
    enum completes completes = completes_option(option);
    const char *argument = option_rows[option].argument;
    if (!argument) return;
    fputc(':', stdout);
    print_quoted(argument, ":[]");
    if (completes == BY_FILE)
        fputs(":_files", stdout);
    else if (completes == BY_FOLDER)
        fputs(":_files -/", stdout);
    else if (list_of(completes))
        printf(":{_takt_of_scenario %s}", list_of(completes));
    else
        fputs(": ", stdout);
}

static void zsh_verb(const struct verb *verb) {
    printf("        %s) _arguments", verb->name);
    for (int32_t i = 0; i < OPTION_COUNT; i++) {
        if (!verb_takes(verb, i)) continue;
        const struct option_row *row = &option_rows[i];
        for (int32_t form = 0; form < 1 + (row->letter != 0); form++) {
            fputs(" \\\n            '", stdout);
            if (form == 0) printf("--%s", row->name);
            if (form == 1) printf("-%c", row->letter);
            fputc('[', stdout);
            print_quoted(row->help, "[]");
            fputc(']', stdout);
            zsh_value(i);
            fputc('\'', stdout);
        }
    }
    switch (completes_argument(verb)) {
    case BY_VERB: fputs(" \\\n            '1:verb:_takt_verbs'", stdout); break;
    case BY_SHELL: fputs(" \\\n            '1:shell:(bash zsh fish)'", stdout); break;
    case BY_FILE:
        printf(" \\\n            '*:file:_files -g \"*.(%s)(-.)\"'", endings(verb));
        break;
    default: break;
    }
    fputs(" ;;\n", stdout);
}

static void print_zsh(void) {
    fputs("#compdef takt\n"
          "# zsh completion for takt, printed by `takt completion zsh`\n"
          "_takt_verbs() {\n"
          "    local -a verbs=(\n",
          stdout);
    for (int32_t i = 0; i < verb_count; i++) {
        printf("        '%s:", verbs[i].name);
        print_quoted(verbs[i].purpose, "");
        fputs("'\n", stdout);
    }
    fputs("    )\n"
          "    _describe verb verbs\n"
          "}\n"
          "_takt_of_scenario() {\n"
          "    local file\n"
          "    local -a names\n"
          "    for file in ${(M)words:#*.y(a|)ml}; do\n"
          "        names+=(${(f)\"$(takt completion $1 $file 2>/dev/null)\"})\n"
          "    done\n"
          "    compadd -a names\n"
          "}\n"
          "_takt() {\n"
          "    if ((CURRENT == 2)); then _takt_verbs; return; fi\n"
          "    local verb=$words[2]\n"
          "    shift words\n"
          "    ((CURRENT--))\n"
          "    case $verb in\n",
          stdout);
    for (int32_t i = 0; i < verb_count; i++) zsh_verb(&verbs[i]);
    fputs("    esac\n"
          "}\n"
          "if [[ $funcstack[1] == _takt ]]; then _takt \"$@\"; else compdef _takt takt; fi\n",
          stdout);
}

/* ---- fish ---- */

static void fish_option(const struct verb *verb, int32_t option) {
    const struct option_row *row = &option_rows[option];
    enum completes completes = completes_option(option);
    printf("complete -c takt -n '__fish_seen_subcommand_from %s' -l %s", verb->name, row->name);
    if (row->letter) printf(" -s %c", row->letter);
    if (row->argument) fputs(" -r", stdout);
    if (completes == BY_FILE)
        fputs(" -F", stdout);
    else if (completes == BY_FOLDER)
        fputs(" -f -a '(__fish_complete_directories)'", stdout);
    else if (list_of(completes))
        printf(" -f -a '(__takt_of_scenario %s)'", list_of(completes));
    else if (row->argument)
        fputs(" -f", stdout);
    fputs(" -d '", stdout);
    for (const char *at = row->help; *at; at++) printf(*at == '\'' ? "\\'" : "%c", *at);
    fputs("'\n", stdout);
}

static void fish_verb(const struct verb *verb) {
    printf("complete -c takt -n __fish_use_subcommand -f -a %s -d '", verb->name);
    for (const char *at = verb->purpose; *at; at++) printf(*at == '\'' ? "\\'" : "%c", *at);
    fputs("'\n", stdout);
    for (int32_t i = 0; i < OPTION_COUNT; i++)
        if (verb_takes(verb, i)) fish_option(verb, i);
    printf("complete -c takt -n '__fish_seen_subcommand_from %s' -f", verb->name);
    switch (completes_argument(verb)) {
    case BY_VERB: fputs(" -a '(takt completion verbs)'", stdout); break;
    case BY_SHELL: fputs(" -a 'bash zsh fish'", stdout); break;
    case BY_FILE:
        fputs(" -k -a '(__takt_files ", stdout);
        for (const char *at = endings(verb); *at; at++) putchar(*at == '|' ? ' ' : *at);
        fputs(")'", stdout);
        break;
    default: break;
    }
    fputc('\n', stdout);
}

static void print_fish(void) {
    fputs("# fish completion for takt, printed by `takt completion fish`\n"
          "function __takt_of_scenario\n"
          "    for file in (commandline -opc | string match -r '.*\\.ya?ml$')\n"
          "        takt completion $argv[1] $file 2>/dev/null\n"
          "    end\n"
          "end\n"
          "function __takt_files\n"
          "    for ending in $argv\n"
          "        __fish_complete_suffix .$ending\n"
          "    end\n"
          "end\n"
          "complete -c takt -n __fish_use_subcommand -f -l version -s V -d 'the version of takt'\n",
          stdout);
    for (int32_t i = 0; i < verb_count; i++) fish_verb(&verbs[i]);
}

/* ---- The verb ---- */

static enum takt_status list_names(const char *what, const char *path) {
    struct takt_scenario *scenario;
    enum takt_status status = takt_scenario_read(path, NULL, &scenario);
    if (status == TAKT_OK && !takt_scenario_names(scenario, what, stdout)) status = TAKT_USAGE;
    takt_scenario_delete(scenario);
    return status;
}

enum takt_status verb_completion(const struct options *options) {
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    static const char *const lists[] = {"arms", "stations", "paths"};
    const char *what = options->arguments[0];
    if (options->argument_count == 1)
        for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
            if (strcmp(shells[i].name, what) == 0) {
                shells[i].print();
                return TAKT_OK;
            }
    if (options->argument_count == 1 && strcmp(what, "verbs") == 0) {
        for (int32_t i = 0; i < verb_count; i++) puts(verbs[i].name);
        return TAKT_OK;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists && options->argument_count == 2; i++)
        if (strcmp(lists[i], what) == 0) return list_names(what, options->arguments[1]);
    fprintf(stderr, "takt completion: bash, zsh or fish is wanted, not '%s'\n", what);
    return TAKT_USAGE;
}
