/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual.h"

#include "blocks.h"
#include "reader/bounds.h"
#include "reader/rows.h"
#include "text.h"

#include <string.h>

enum { SCOPES_MOST = 64 };

struct writer {
    struct text text;
    struct arena *arena;
    struct blocks blocks;
    const struct scope *scopes[SCOPES_MOST];
    int32_t scope_count;
};

/* ---- One key, one line of the table ---- */

/* In a cell of a Markdown table a bar would end it. */
static void write_cell(struct writer *writer, const char *cell) {
    for (const char *at = cell; *at; at++)
        text_print(&writer->text, "%s%c", *at == '|' ? "\\" : "", *at);
}

static void write_link(struct writer *writer, const char *before, const void *rows) {
    const char *name = blocks_name(&writer->blocks, rows);
    text_print(&writer->text, "%s[%s](#%s)", before, name, name);
}

static void write_words(struct writer *writer, const struct words *words, bool first) {
    for (int32_t i = 0; words && i < words->count; i++)
        text_print(&writer->text, "%s`%s`", i || !first ? ", " : "", words->list[i].name);
}

static void write_unit(struct writer *writer, const char *kind, const struct field *field) {
    static const char *const units[] = {
#define X(name, manual, example) [UNIT_##name] = manual,
        FIELD_UNITS(X)
#undef X
    };
    const char *unit = units[field->unit];
    text_print(&writer->text, "%s%s%s", kind, *kind && *unit ? " of " : "", unit);
}

static void write_kind(struct writer *writer, const struct field *field) {
    struct text *text = &writer->text;
    switch (field->shape) {
    case SHAPE_BOOL: text_add(text, "`yes`, `no`"); break;
    case SHAPE_COUNT: text_add(text, "n"); break;
    case SHAPE_TEXT: text_add(text, "text"); break;
    case SHAPE_SPAN: text_add(text, "time"); break;
    case SHAPE_MOMENT: text_add(text, "time or date"); break;
    case SHAPE_MONEY: text_add(text, "money"); break;
    case SHAPE_AMOUNT: text_add(text, "amount"); break;
    case SHAPE_NUMBER:
    case SHAPE_QUANTITY: write_unit(writer, "", field); break;
    case SHAPE_LAW: write_unit(writer, "law", field); break;
    case SHAPE_EXPR: write_unit(writer, "expression", field); break;
    case SHAPE_CHOICE: break;
    case SHAPE_REF: text_add(text, ((const struct target *)field->more)->noun); break;
    case SHAPE_LIST: write_link(writer, "list of ", field->more); break;
    case SHAPE_MAP: write_link(writer, "map of ", field->more); break;
    case SHAPE_BLOCK:
    case SHAPE_OPTION:
    case SHAPE_VARIANT: write_link(writer, "", field->more); break;
    default: text_add(text, "as written");
    }
    write_words(writer, rows_words(field), field->shape == SHAPE_CHOICE);
}

static void write_default(struct writer *writer, const struct field *field) {
    if (!field->fallback)
        text_add(&writer->text, field->flags & OPTIONAL ? "" : "must be given");
    else if (strcmp(field->fallback, "{}") != 0 && strcmp(field->fallback, "[]") != 0) {
        text_add(&writer->text, "`");
        write_cell(writer, field->fallback);
        text_add(&writer->text, "`");
    }
}

static void write_range(struct writer *writer, const struct field *field) {
    struct bound_unit unit = bound_unit_of(field);
    if (bounds_given(field))
        text_print(&writer->text, "%.15g .. %.15g%s", field->low * unit.shown,
                   field->high * unit.shown, unit.text);
}

static void write_key(struct writer *writer, const struct field *field) {
    const char *mark = field->flags & MAIN ? "**" : "";
    text_print(&writer->text, "| %s`%s`%s | ", mark, rows_key(writer->arena, field->name), mark);
    write_kind(writer, field);
    text_add(&writer->text, " | ");
    write_default(writer, field);
    text_add(&writer->text, " | ");
    write_range(writer, field);
    text_print(&writer->text, " | %s | ", field->flags & LIVE ? "live" : "");
    write_cell(writer, field->help);
    text_add(&writer->text, " |\n");
}

/* ---- What stands below a table ---- */

static void each_field(struct writer *writer, const struct rows *rows,
                       void (*act)(struct writer *, const struct field *)) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & INLINE)
            each_field(writer, field->more, act);
        else if (!rows_hidden(field))
            act(writer, field);
    }
}

static void write_line(struct writer *writer, const struct field *field) {
    if (field->shape != SHAPE_LATER) write_key(writer, field);
}

static void write_meanings(struct writer *writer, const struct field *field) {
    const struct words *words = rows_words(field);
    if (!words || !words->count) return;
    text_print(&writer->text, "\n`%s`:", rows_key(writer->arena, field->name));
    for (int32_t i = 0; i < words->count; i++)
        text_print(&writer->text, "%s `%s` %s", i ? ";" : "", words->list[i].name,
                   words->list[i].help);
    text_add(&writer->text, ".\n");
}

static void note_scope(struct writer *writer, const struct field *field) {
    if ((field->shape != SHAPE_LAW && field->shape != SHAPE_EXPR) || !field->more) return;
    if (field->more == &job_scope || field->more == &rule_scope)
        return; /* have a chapter of their own: guide.c */
    for (int32_t i = 0; i < writer->scope_count; i++)
        if (writer->scopes[i] == field->more) return;
    CHECK(writer->scope_count < SCOPES_MOST);
    writer->scopes[writer->scope_count++] = field->more;
}

static void write_later(struct writer *writer, const struct rows *rows) {
    bool first = true;
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->shape != SHAPE_LATER) continue;
        text_print(&writer->text, "%s `%s`",
                   first ? "\nOf the language, but not yet of takt:" : ",",
                   rows_key(writer->arena, field->name));
        first = false;
    }
    if (!first) text_add(&writer->text, ".\n");
}

static void write_block(struct writer *writer, const struct listed_block *block) {
    struct text *text = &writer->text;
    const char *help = block->rows ? block->rows->help : "";
    text_print(text, "\n### %s\n\n", block->name);
    if (*block->path) text_print(text, "`%s`%s", block->path, *help ? ". " : "");
    text_print(text, "%s\n", help);
    if (block->variants) {
        text_print(text, "\n`%s` picks the keys that follow:", block->variants->key);
        for (int32_t i = 0; i < block->variants->count; i++)
            write_link(writer, i ? ", " : " ", block->variants->rows[i]);
        text_add(text, ".\n");
        return;
    }
    text_add(text, "\n| key | kind | default | range | | meaning |\n|---|---|---|---|---|---|\n");
    each_field(writer, block->rows, write_line);
    each_field(writer, block->rows, write_meanings);
    each_field(writer, block->rows, note_scope);
    write_later(writer, block->rows);
}

static void write_names(struct writer *writer, const struct scope *scope) {
    for (int32_t i = 0; i < scope->count; i++) {
        text_print(&writer->text, "| `%s` | ", scope->list[i].name);
        write_cell(writer, scope->list[i].help);
        text_add(&writer->text, " |\n");
    }
}

/* With what it also sees, but for what is told elsewhere. */
static void write_scope(struct writer *writer, const struct scope *scope) {
    text_print(&writer->text, "\n### names of the %s\n\n", scope->name);
    if (scope != &result_scope) text_add(&writer->text, "| name | meaning |\n|---|---|\n");
    const char *more = NULL;
    for (; scope; scope = scope->also) {
        if (scope == &job_scope) more = "What is known of a lot is in the chapter on queues";
        if (scope == &result_scope) more = "Results are seen by their paths: chapter Expressions";
        if (scope != &job_scope) write_names(writer, scope);
    }
    if (more) text_print(&writer->text, "\n%s.\n", more);
}

const char *manual_write(struct arena *arena, const struct rows *root) {
    struct writer writer = {.arena = arena, .blocks = blocks_of(arena, root)};
    for (int32_t i = 0; i < writer.blocks.count; i++) write_block(&writer, &writer.blocks.list[i]);
    for (int32_t i = 0; i < writer.scope_count; i++) write_scope(&writer, writer.scopes[i]);
    return text_finish(&writer.text, arena);
}
