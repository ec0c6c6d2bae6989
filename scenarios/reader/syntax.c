/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libyaml says what its grammar missed and where; a person made another mistake, often on an
 * earlier line. So each of its messages has a function here that looks at the text around and says
 * what was probably meant. */
#include "syntax.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* The error, and the text around it. */
struct syntax {
    struct faults *faults;
    const char *problem;
    struct place at;      /* where libyaml stopped */
    struct place context; /* where what it was reading began */
    struct place last_text;
    const char *here, *began;     /* the text from both places on; both end with a zero */
    bool first_in_line;           /* only blanks stand before `at` */
    int32_t indent, began_indent; /* of their lines, in characters */
};

static const char ENDS_TEXT[] = "': ' or '?' ends a plain text here";

static void tell(struct syntax *s, struct place place, const char *hint, const char *reason) {
    fault_error(s->faults, place, hint, "%s", reason);
}

/* A text cannot begin with this character. */
static void bad_start(struct syntax *s) {
    if (*s->here == '\t') {
        tell(s, s->at, "indent with blanks", "a tab stands in the indentation");
        return;
    }
    fault_error(s->faults, s->at, "put it in quotes", "a text cannot begin with '%c'", *s->here);
}

static void tab(struct syntax *s) {
    tell(s, s->at, "indent with blanks", "a tab stands in the indentation");
}

static void no_colon(struct syntax *s, struct place place) {
    tell(s, place, "a line is a name, ':', a blank and a value", "a ':' is missing in this line");
}

/* `title: Lesson 5: queues`, or a line that is indented as if it belonged to the value above. */
static void second_colon(struct syntax *s) {
    if (s->last_text.line == s->at.line) {
        tell(s, s->at, "put it in quotes", ENDS_TEXT);
    } else if (s->last_text.line && s->last_text.column == s->indent + 1) {
        no_colon(s, s->last_text);
    } else {
        fault_error(s->faults, (struct place){s->at.source, s->at.line, s->indent + 1},
                    "indent it like the lines it belongs to",
                    "this line is indented as a part of the value in line %d", s->last_text.line);
    }
}

static void question_mark(struct syntax *s) {
    tell(s, s->at, "put it in quotes", ENDS_TEXT);
}

static void list_on_key_line(struct syntax *s) {
    tell(s, s->at, "begin the list on the next line, or write [a, b]",
         "a list of '- ' lines cannot begin here");
}

static void missing_colon(struct syntax *s) {
    if (*s->began == '-')
        tell(s, s->context, "a blank belongs after '-'", "this is no entry of a list");
    else
        no_colon(s, s->context);
}

static void unclosed(struct syntax *s) {
    fault_error(s->faults, s->context, NULL, "'%c' is not closed", *s->began);
}

/* Inside { } or [ ] something stands that is neither an end nor a comma. */
static void inside_brackets(struct syntax *s) {
    char close = *s->began == '{' ? '}' : ']';
    if (!*s->here) {
        unclosed(s);
    } else if (*s->here == '}' || *s->here == ']') {
        fault_error(s->faults, s->at, NULL, "'%c' is wanted here, for '%c' in line %d", close,
                    *s->began, s->context.line);
    } else if (s->at.line > s->context.line && s->indent <= s->began_indent) {
        unclosed(s);
    } else if (*s->here == ':' && s->last_text.line == s->at.line) {
        tell(s, s->at, "put it in quotes, or a comma between two entries", ENDS_TEXT);
    } else if (*s->here == ':') {
        fault_error(s->faults, (struct place){s->at.source, s->at.line, s->indent + 1}, NULL,
                    "a ',' is missing before this line, or '%c' before it", close);
    } else {
        fault_error(s->faults, s->at, NULL, "',' or '%c' is wanted here", close);
    }
}

/* A map of lines goes on with something that is no `name:` at its margin. */
static void key_wanted(struct syntax *s) {
    if (strchr("}],", *s->here) && *s->here)
        fault_error(s->faults, s->at, NULL, "'%c' closes nothing", *s->here);
    else if (*s->here == ':')
        tell(s, s->at, NULL, "a name is missing before ':'");
    else if (!s->first_in_line)
        tell(s, s->at, "quote the whole value", "text stands behind the end of this value");
    else if (strncmp(s->here, "- ", 2) == 0)
        fault_error(s->faults, s->at, NULL,
                    "an entry of a list stands among the names that begin in line %d",
                    s->context.line);
    else
        tell(s, s->at, "indent it like the lines it belongs to",
             "this line is indented like none above it");
}

static void entry_wanted(struct syntax *s) {
    if (!s->first_in_line)
        tell(s, s->at, "quote the whole value", "text stands behind the end of this value");
    else
        fault_error(s->faults, s->at, NULL, "'- ' is wanted here, as in line %d", s->context.line);
}

static void value_wanted(struct syntax *s) {
    switch (*s->here) {
    case '}':
    case ']': fault_error(s->faults, s->at, NULL, "'%c' cannot stand here", *s->here); break;
    case ',': tell(s, s->at, NULL, "a value is missing before ','"); break;
    case ':': tell(s, s->at, NULL, "a name is missing before ':'"); break;
    case '?': question_mark(s); break;
    case '-':
        tell(s, s->at, "inside brackets a list is written [a, b]",
             "a list of '- ' lines cannot begin here");
        break;
    default: tell(s, s->at, NULL, "a value is wanted here");
    }
}

static void colon_before_end(struct syntax *s) {
    tell(s, s->at, "{} takes the defaults, none removes; a text that ends with ':' needs quotes",
         "no value behind ':'");
}

static void unclosed_quote(struct syntax *s) {
    fault_error(s->faults, s->context,
                *s->began == '\'' ? "inside '...' an apostrophe is written ''" : NULL,
                "the text that begins with this %c is not closed", *s->began);
}

static void unknown_escape(struct syntax *s) {
    char reason[] = "'\\x' has no meaning inside \"...\"";
    reason[2] = s->here[1] > ' ' && s->here[1] < 0x7F ? s->here[1] : '?';
    tell(s, s->at, "write \\\\ for a backslash, or use '...'", reason);
}

static void bad_code(struct syntax *s) {
    tell(s, s->at, "write the character itself", "this is the code of no character");
}

static void behind_block(struct syntax *s) {
    tell(s, s->at, "begin the text on the next line, indented",
         "nothing may stand behind | or > but a comment");
}

static void star(struct syntax *s) {
    fault_error(s->faults, s->context, "put it in quotes", "a text cannot begin with '%c'",
                *s->began);
}

static void directive(struct syntax *s) {
    tell(s, (struct place){s->at.source, s->at.line, 1}, "a text that begins with '%' needs quotes",
         "only %YAML 1.2 may stand here");
}

static void tag(struct syntax *s) {
    tell(s, s->context.line ? s->context : s->at, "a text that begins with '!' needs quotes",
         "tags have no meaning here");
}

static void behind_end(struct syntax *s) {
    tell(s, s->at, "one file holds one scenario, and all of it is one map",
         "the scenario has ended before this");
}

/* Parts of libyaml's context and problem ("" fits all), the first that fits. */
static const struct {
    const char *context, *problem;
    void (*report)(struct syntax *);
} reports[] = {
    {"", "cannot start any token", bad_start},
    {"", "tab character", tab},
    {"", "mapping values are not allowed", second_colon},
    {"", "mapping keys are not allowed", question_mark},
    {"", "block sequence entries are not allowed", list_on_key_line},
    {"", "could not find expected ':'", missing_colon},
    {"", "did not find expected ',' or ", inside_brackets},
    {"", "did not find expected key", key_wanted},
    {"", "did not find expected '-' indicator", entry_wanted},
    {"", "did not find expected node content", value_wanted},
    {"", "found unexpected ':'", colon_before_end},
    {"quoted scalar", "found unexpected", unclosed_quote},
    {"quoted scalar", "unknown escape", unknown_escape},
    {"quoted scalar", "", bad_code},
    {"block scalar", "", behind_block},
    {"alias", "", star},
    {"anchor", "", star},
    {"tag", "", tag},
    {"", "undefined tag handle", tag},
    {"directive", "", directive},
    {"", "directive", directive},
    {"", "incompatible YAML document", directive},
    {"", "<document start>", behind_end},
};

/* The text at a place, and the blanks that its line begins with. The end of the text for places
 * behind it. */
static const char *text_at(const struct source_text *file, struct place place, int32_t *indent) {
    const char *end = file->text + file->size;
    const char *text = file->text + utf8_mark(file->text, file->size);
    for (int32_t line = 1; line < place.line && text < end; line++) {
        const char *next = memchr(text, '\n', (size_t)(end - text));
        text = next ? next + 1 : end;
    }
    *indent = (int32_t)strspn(text, " ");
    uint32_t character;
    for (int32_t column = 1; column < place.column && text < end && *text != '\n'; column++)
        text += utf8_next(text, (size_t)(end - text), &character);
    return text;
}

void syntax_report(const yaml_parser_t *parser, const struct source_text *file, int32_t source,
                   struct place last_text, struct faults *faults) {
    struct syntax s = {
        .faults = faults,
        .problem = parser->problem ? parser->problem : "out of memory",
        .at = {source, (int32_t)parser->problem_mark.line + 1,
               (int32_t)parser->problem_mark.column + 1},
        .context = {source, (int32_t)parser->context_mark.line + 1,
                    (int32_t)parser->context_mark.column + 1},
        .last_text = last_text,
    };
    s.here = text_at(file, s.at, &s.indent);
    s.began = text_at(file, s.context, &s.began_indent);
    s.first_in_line = s.indent + 1 == s.at.column;
    const char *context = parser->context ? parser->context : "";
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        if (!strstr(context, reports[i].context) || !strstr(s.problem, reports[i].problem))
            continue;
        reports[i].report(&s);
        return;
    }
    fault_error(faults, s.at, NULL, "this cannot be read: %s", s.problem);
}
