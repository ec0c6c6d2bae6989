/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resolved.h"

#include "reader/rows.h"
#include "reader/tree.h"
#include "text.h"

#include <string.h>

struct writer {
    struct text text;
    struct arena *arena;
};

static void write_rows(struct writer *, const struct node *, const struct rows *, bool *first);
static void write_block(struct writer *, const struct node *, const struct rows *);

const char *resolved_write(struct arena *arena, const struct node *root, const struct rows *rows) {
    struct writer writer = {.arena = arena};
    write_block(&writer, root, rows);
    text_add(&writer.text, "\n");
    return text_finish(&writer.text, arena);
}

/* A value as written, with what changes did to it: "3 min times 0.7". */
static void write_value(struct writer *writer, const struct node *node) {
    static const char *const words[] = {
        [ADJUST_TIMES] = "times", [ADJUST_PLUS] = "plus", [ADJUST_MINUS] = "minus"};
    const char *text = node->text;
    for (const struct adjust *adjust = node->adjusts; adjust; adjust = adjust->next)
        text = arena_text(writer->arena, "%s %s %s", text, words[adjust->kind], adjust->text);
    text_add_json(&writer->text, text);
}

/* What no row describes, such as a change, as it is. */
static void write_raw(struct writer *writer, const struct node *node) {
    if (node->kind == NODE_TEXT) {
        write_value(writer, node);
        return;
    }
    text_add(&writer->text, node->kind == NODE_MAP ? "{" : "[");
    for (const struct node *child = node->first; child; child = child->next) {
        if (child != node->first) text_add(&writer->text, ",");
        if (child->key) {
            text_add_json(&writer->text, child->key);
            text_add(&writer->text, ":");
        }
        write_raw(writer, child);
    }
    text_add(&writer->text, node->kind == NODE_MAP ? "}" : "]");
}

static void write_things(struct writer *writer, const struct node *node, const struct rows *rows) {
    text_add(&writer->text, node->kind == NODE_MAP ? "{" : "[");
    for (const struct node *child = node->first; child; child = child->next) {
        if (child != node->first) text_add(&writer->text, ",");
        if (child->key) {
            text_add_json(&writer->text, child->key);
            text_add(&writer->text, ":");
        }
        write_block(writer, child, rows);
    }
    text_add(&writer->text, node->kind == NODE_MAP ? "}" : "]");
}

static void write_variant(struct writer *writer, const struct node *node,
                          const struct variants *variants) {
    const struct node *word = node_child(node, variants->key);
    int32_t kind = word && word->text ? rows_kind(variants, word->text) : -1;
    if (kind < 0) {
        write_raw(writer, node);
        return;
    }
    bool first = false;
    text_add(&writer->text, "{");
    text_add_json(&writer->text, variants->key);
    text_add(&writer->text, ":");
    text_add_json(&writer->text, word->text);
    write_rows(writer, node, variants->rows[kind], &first);
    text_add(&writer->text, "}");
}

static void write_given(struct writer *writer, const struct node *node, const struct field *field) {
    if (node->kind == NODE_TEXT) {
        write_value(writer, node);
        return;
    }
    switch (field->shape) {
    case SHAPE_MAP:
    case SHAPE_LIST: write_things(writer, node, field->more); break;
    case SHAPE_BLOCK:
    case SHAPE_OPTION: write_block(writer, node, field->more); break;
    case SHAPE_VARIANT: write_variant(writer, node, field->more); break;
    default: write_raw(writer, node); break;
    }
}

/* An embedded block has its defaults even when nothing of it is given. */
static void write_default(struct writer *writer, const struct field *field) {
    const struct node empty = {.kind = NODE_MAP};
    if (field->shape == SHAPE_BLOCK)
        write_block(writer, &empty, field->more);
    else if (field->fallback && strcmp(field->fallback, "[]") == 0)
        text_add(&writer->text, "[]");
    else if (field->fallback && strcmp(field->fallback, "{}") == 0)
        text_add(&writer->text, "{}");
    else
        text_add_json(&writer->text, field->fallback ? field->fallback : "none");
}

static void write_rows(struct writer *writer, const struct node *node, const struct rows *rows,
                       bool *first) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & INLINE) {
            write_rows(writer, node, field->more, first);
            continue;
        }
        if (rows_hidden(field) || field->shape == SHAPE_LATER) continue;
        const char *key = rows_key(writer->arena, field->name);
        const struct node *given = node_child(node, key);
        if (field != rows_of_node(rows, key, given)) continue; /* the other row of the key */
        text_add(&writer->text, *first ? "" : ",");
        *first = false;
        text_add_json(&writer->text, key);
        text_add(&writer->text, ":");
        if (given && !tree_none(given))
            write_given(writer, given, field);
        else
            write_default(writer, field);
    }
}

static void write_block(struct writer *writer, const struct node *node, const struct rows *rows) {
    bool first = true;
    if (node->kind != NODE_MAP) {
        write_raw(writer, node);
        return;
    }
    text_add(&writer->text, "{");
    write_rows(writer, node, rows, &first);
    text_add(&writer->text, "}");
}
