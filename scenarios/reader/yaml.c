/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libyaml gives events: a map begins, a text, a map ends. A stack of open maps and lists, at most
 * YAML_DEPTH_MOST, turns them into nodes. What can only be judged with all entries at hand (commas
 * that cut a value, blank values, repeated keys) is judged when the map or list ends. */
#include "yaml.h"

#include "comma.h"
#include "syntax.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A map or list that has begun and not ended. In a map names and values alternate. */
struct open_node {
    struct node *node;
    bool flow;       /* written with { } or [ ] */
    bool value_next; /* in a map: its name has been read */
    bool refused;    /* the name is none; its value is read, but not kept */
    bool as_key;     /* stands where a name is wanted */
    const char *key;
    struct place key_place;
};

struct reading {
    struct arena *arena;
    const struct source_text *file;
    int32_t source;
    struct faults *faults;
    yaml_parser_t parser;
    struct node *root;
    struct open_node open[YAML_DEPTH_MOST];
    int32_t depth, node_count;
    struct place last_text; /* where the last plain or quoted text began; line 0: none */
    int32_t line;           /* a line of the file, and the byte where it begins */
    size_t line_start;
};

/* Stands for a value that is not there, until its map or list ends. */
static const char blank_text[] = "";

static struct place place_of(const struct reading *reading, yaml_mark_t mark) {
    return (struct place){reading->source, (int32_t)mark.line + 1, (int32_t)mark.column + 1};
}

/* The bytes from the start of a line to the end of the file. Events come in order, so this walks
 * the file once. */
static const char *line_text(struct reading *reading, int32_t line, size_t *size) {
    const struct source_text *file = reading->file;
    while (reading->line < line) {
        const char *from = file->text + reading->line_start;
        const char *end = memchr(from, '\n', file->size - reading->line_start);
        reading->line_start = end ? (size_t)(end + 1 - file->text) : file->size;
        reading->line++;
    }
    *size = file->size - reading->line_start;
    return file->text + reading->line_start;
}

/* The first line of a | or > text that is not blank; the | itself when there is none. */
static struct place block_place(struct reading *reading, const yaml_event_t *event) {
    struct place place = place_of(reading, event->start_mark);
    for (int32_t line = place.line + 1; line <= (int32_t)event->end_mark.line + 1; line++) {
        size_t size, blanks = 0;
        const char *text = line_text(reading, line, &size);
        while (blanks < size && text[blanks] == ' ') blanks++;
        if (blanks < size && text[blanks] != '\n' && text[blanks] != '\r' &&
            event->data.scalar.length)
            return (struct place){reading->source, line, (int32_t)blanks + 1};
    }
    return place;
}

/* Anchors and tags, which stand before a value. Returns whether there are any. */
static bool refuse_marks(struct reading *reading, struct place place, const yaml_char_t *anchor,
                         const yaml_char_t *tag) {
    if (anchor)
        fault_error(reading->faults, place, "write the value out where it is needed",
                    "anchors such as '&%.40s' have no meaning here", (const char *)anchor);
    if (tag)
        fault_error(reading->faults, place, "a text that begins with '!' needs quotes",
                    "tags have no meaning here");
    return anchor || tag;
}

/* A text as it is kept; NULL and a fault if it may not be. Escapes can make what no file holds. */
static const char *checked_text(struct reading *reading, const yaml_event_t *event,
                                struct place place, size_t most) {
    const char *text = (const char *)event->data.scalar.value;
    size_t size = event->data.scalar.length;
    if (size > most) {
        fault_error(reading->faults, place, NULL, "this text is longer than %zu bytes", most);
        return NULL;
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 ? c != 0x7F : c == '\n' || c == '\t') continue;
        fault_error(reading->faults, place, NULL, "this text holds a control character (U+%04X)",
                    c);
        return NULL;
    }
    return arena_copy(reading->arena, text, size);
}

static struct open_node *innermost(struct reading *reading) {
    return reading->depth ? &reading->open[reading->depth - 1] : NULL;
}

static bool is_key(struct reading *reading) {
    const struct open_node *in = innermost(reading);
    return in && in->node->kind == NODE_MAP && !in->value_next;
}

/* A name that is none: its value is read for faults, but not kept. */
static void refuse_key(struct reading *reading) {
    innermost(reading)->value_next = innermost(reading)->refused = true;
}

static void read_key(struct reading *reading, const yaml_event_t *event) {
    struct place place = place_of(reading, event->start_mark);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    refuse_marks(reading, place, event->data.scalar.anchor, event->data.scalar.tag);
    const char *key = checked_text(reading, event, place, YAML_KEY_MOST);
    if (!key) {
        refuse_key(reading);
        return;
    }
    struct open_node *in = innermost(reading);
    const char *brace = plain && !in->flow ? strpbrk(key, "{[") : NULL;
    if (!*key) {
        fault_error(reading->faults, place, NULL, "a name is missing before ':'");
    } else if (plain && strcmp(key, "<<") == 0) {
        fault_error(reading->faults, place, "`base: FILE` takes another file",
                    "merge keys (<<) have no meaning here");
    } else if (brace && (brace == key || brace[-1] == ' ')) {
        fault_error(reading->faults, place, NULL, "a ':' is missing before '%c'", *brace);
    } else {
        in->value_next = true;
        in->key = key;
        in->key_place = place;
        return;
    }
    refuse_key(reading);
}

/* Puts a finished value under its name or into its list. */
static void attach(struct reading *reading, struct node *node) {
    struct open_node *in = innermost(reading);
    if (!in) {
        reading->root = node;
    } else if (in->node->kind == NODE_LIST) {
        node_append(in->node, node);
    } else {
        if (!in->refused) {
            node->key = in->key;
            node->key_place = in->key_place;
            node_append(in->node, node);
        }
        in->value_next = in->refused = false;
    }
}

static void read_text(struct reading *reading, const yaml_event_t *event) {
    struct place start = place_of(reading, event->start_mark), place = start;
    yaml_scalar_style_t style = event->data.scalar.style;
    bool blank = style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.length == 0;
    if (!blank) reading->last_text = start;
    if (is_key(reading)) {
        read_key(reading, event);
        return;
    }
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        place = block_place(reading, event);
    struct node *node = node_make(reading->arena, NODE_TEXT, place);
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    if (!refuse_marks(reading, start, event->data.scalar.anchor, event->data.scalar.tag))
        node->text = blank ? blank_text : checked_text(reading, event, place, YAML_TEXT_MOST);
    attach(reading, node);
}

static void read_alias(struct reading *reading, const yaml_event_t *event) {
    struct place place = place_of(reading, event->start_mark);
    fault_error(
        reading->faults, place, "write the value out; a text that begins with '*' needs quotes",
        "aliases such as '*%.40s' have no meaning here", (const char *)event->data.alias.anchor);
    if (is_key(reading))
        refuse_key(reading);
    else
        attach(reading, node_make(reading->arena, NODE_TEXT, place));
}

static bool begin(struct reading *reading, enum node_kind kind, struct place place, bool flow) {
    if (reading->depth == YAML_DEPTH_MOST) {
        fault_error(reading->faults, place, NULL, "maps and lists are more than %d deep here",
                    YAML_DEPTH_MOST);
        return false;
    }
    bool as_key = is_key(reading);
    if (as_key) {
        fault_error(reading->faults, place, "a text that begins with { or [ needs quotes",
                    "a name is wanted here, not a %s", kind == NODE_MAP ? "map" : "list");
        refuse_key(reading);
    }
    struct node *node = node_make(reading->arena, kind, place);
    reading->open[reading->depth++] =
        (struct open_node){.node = node, .flow = flow, .as_key = as_key};
    return true;
}

static void report_blanks(const struct node *parent, struct faults *faults) {
    for (struct node *node = parent->first; node; node = node->next) {
        if (node->kind != NODE_TEXT || node->text != blank_text || !node->parent) continue;
        node->text = NULL;
        const char *hint = NULL;
        if (node->key) {
            node->place = node->key_place;
            hint = strchr(node->key, ':') ? "a blank belongs after ':'"
                                          : "{} takes the defaults, none removes";
        }
        fault_error(faults, node->place, hint, "no value");
    }
}

/* Names that differ only by - and _ are one name misspelt, so both count as the same character. */
static int compare_keys(const char *a, const char *b) {
    for (;; a++, b++) {
        char x = *a == '_' ? '-' : *a, y = *b == '_' ? '-' : *b;
        if (x != y || !x) return (unsigned char)x - (unsigned char)y;
    }
}

static int compare_entries(const void *a, const void *b) {
    const struct node *x = *(struct node *const *)a, *y = *(struct node *const *)b;
    int order = compare_keys(x->key, y->key);
    if (order) return order;
    if (x->key_place.line != y->key_place.line)
        return x->key_place.line < y->key_place.line ? -1 : 1;
    return (x->key_place.column > y->key_place.column) -
           (x->key_place.column < y->key_place.column);
}

/* The first of equal names stays. Sorting keeps this O(n log n), whatever the names are. */
static void report_repeats(const struct node *map, struct faults *faults) {
    if (map->count < 2) return;
    struct node **sorted = memory_zeroed((size_t)map->count, sizeof *sorted);
    size_t count = 0;
    for (struct node *node = map->first; node; node = node->next)
        if (node->parent) sorted[count++] = node;
    qsort(sorted, count, sizeof *sorted, compare_entries);
    for (size_t i = 1, first = 0; i < count; i++) {
        struct node *node = sorted[i], *before = sorted[first];
        if (compare_keys(before->key, node->key) != 0) {
            first = i;
            continue;
        }
        if (strcmp(before->key, node->key) == 0)
            fault_error(faults, node->key_place, NULL, "'%s' is given twice, first in line %d",
                        node->key, before->key_place.line);
        else
            fault_error(faults, node->key_place, "give one of them another name",
                        "'%s' and '%s' in line %d differ only by - and _", node->key, before->key,
                        before->key_place.line);
        node->parent = NULL;
    }
    free(sorted);
}

/* Takes out the children that have lost their parent. */
static void unlink_refused(struct node *parent) {
    struct node *child = parent->first, *next;
    parent->first = parent->last = NULL;
    parent->count = 0;
    for (; child; child = next) {
        next = child->next;
        child->next = NULL;
        if (!child->parent) continue;
        child->parent = NULL;
        node_append(parent, child);
    }
}

static void finish(struct reading *reading, const struct open_node *open) {
    if (open->flow) comma_find(open->node, blank_text, reading->faults);
    report_blanks(open->node, reading->faults);
    if (open->node->kind == NODE_MAP) report_repeats(open->node, reading->faults);
    unlink_refused(open->node);
}

static void end(struct reading *reading) {
    struct open_node ended = reading->open[--reading->depth];
    finish(reading, &ended);
    if (!ended.as_key) attach(reading, ended.node);
}

/* After %YAML and --- there may be one document. Returns false when there is another. */
static bool begin_document(struct reading *reading, const yaml_event_t *event) {
    struct place place = place_of(reading, event->start_mark);
    if (reading->root) {
        fault_error(reading->faults, place, "give each scenario its own file",
                    "a second document begins here");
        return false;
    }
    const yaml_tag_directive_t *tags = event->data.document_start.tag_directives.start;
    if (tags != event->data.document_start.tag_directives.end)
        fault_error(reading->faults, place, NULL, "%%TAG has no meaning here");
    return true;
}

/* Returns false when there is nothing more to read or to understand. */
static bool read_event(struct reading *reading, const yaml_event_t *event) {
    struct place place = place_of(reading, event->start_mark);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: return begin_document(reading, event);
    case YAML_SCALAR_EVENT: read_text(reading, event); break;
    case YAML_ALIAS_EVENT: read_alias(reading, event); break;
    case YAML_MAPPING_START_EVENT:
        refuse_marks(reading, place, event->data.mapping_start.anchor,
                     event->data.mapping_start.tag);
        return begin(reading, NODE_MAP, place,
                     event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
    case YAML_SEQUENCE_START_EVENT:
        refuse_marks(reading, place, event->data.sequence_start.anchor,
                     event->data.sequence_start.tag);
        return begin(reading, NODE_LIST, place,
                     event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: end(reading); break;
    default: break;
    }
    return true;
}

static bool too_many(struct reading *reading, const yaml_event_t *event) {
    if (++reading->node_count <= YAML_NODES_MOST) return false;
    fault_error(reading->faults, place_of(reading, event->start_mark),
                "put large tables into CSV files and name them with `table:`",
                "there are more than %d names and values", YAML_NODES_MOST);
    return true;
}

/* Returns false when the rest cannot be read. */
static bool read_all(struct reading *reading) {
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reading->parser, &event)) {
            syntax_report(&reading->parser, reading->file, reading->source, reading->last_text,
                          reading->faults);
            return false;
        }
        bool at_end = event.type == YAML_STREAM_END_EVENT;
        bool goes_on = !too_many(reading, &event) && read_event(reading, &event);
        yaml_event_delete(&event);
        if (at_end || !goes_on) return goes_on;
    }
}

/* What was wrong before the text broke off. In the line that broke off a value may only seem to be
 * blank. */
static void finish_open(struct reading *reading) {
    int32_t line = (int32_t)reading->parser.problem_mark.line + 1;
    while (reading->depth) {
        const struct open_node *open = &reading->open[--reading->depth];
        struct node *last = open->node->last;
        if (!open->flow && last && last->text == blank_text && last->key_place.line == line)
            last->text = NULL;
        finish(reading, open);
    }
}

static struct node *read_file(struct reading *reading) {
    size_t mark = utf8_mark(reading->file->text, reading->file->size);
    yaml_parser_set_encoding(&reading->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reading->parser,
                                 (const unsigned char *)reading->file->text + mark,
                                 reading->file->size - mark);
    reading->line = 1;
    reading->line_start = mark;
    if (!read_all(reading)) {
        finish_open(reading);
        return NULL;
    }
    if (reading->root && reading->root->text != blank_text) return reading->root;
    fault_error(reading->faults, (struct place){.source = reading->source}, NULL,
                "there is nothing in it");
    return NULL;
}

struct node *yaml_read(struct arena *arena, const struct sources *sources, int32_t source,
                       struct faults *faults) {
    CHECK(source >= 0 && source < sources->count);
    const struct source_text *file = &sources->list[source];
    if (!utf8_check(file, source, faults)) return NULL;
    struct reading *reading = memory_zeroed(1, sizeof *reading);
    *reading = (struct reading){.arena = arena, .file = file, .source = source, .faults = faults};
    CHECK(yaml_parser_initialize(&reading->parser));
    struct node *root = read_file(reading);
    yaml_parser_delete(&reading->parser);
    free(reading);
    return root;
}
