/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema.h"

#include "blocks.h"
#include "reader/bounds.h"
#include "reader/rows.h"
#include "text.h"

#include <string.h>

#define NAME_PATTERN "^[A-Za-z][A-Za-z0-9_-]*$"

struct writer {
    struct text text;
    struct arena *arena;
    struct blocks blocks;
};

static void write_field(struct writer *, const struct field *, const struct field *written_out);

/* ---- What may stand behind a key ---- */

static void write_ref(struct writer *writer, const void *rows) {
    text_print(&writer->text, "{\"$ref\": \"#/definitions/%s\"}",
               blocks_name(&writer->blocks, rows));
}

/* A word may have a number in it: `every N pieces`. */
static bool write_counted(struct writer *writer, const char *word) {
    size_t before;
    const char *behind;
    if (!rows_counted(word, &before, &behind)) return false;
    text_print(&writer->text, "{\"pattern\": \"^%.*s[1-9][0-9]*%s$\"}", (int)before, word, behind);
    return true;
}

static void write_words(struct writer *writer, const struct words *words) {
    bool counted = false;
    for (int32_t i = 0; i < words->count; i++) {
        size_t before;
        const char *behind;
        counted |= rows_counted(words->list[i].name, &before, &behind);
    }
    text_add(&writer->text, counted ? "{\"anyOf\": [" : "{\"enum\": [");
    for (int32_t i = 0; i < words->count; i++) {
        if (i) text_add(&writer->text, ", ");
        if (counted && write_counted(writer, words->list[i].name)) continue;
        if (counted) text_add(&writer->text, "{\"const\": ");
        text_add_json(&writer->text, words->list[i].name);
        if (counted) text_add(&writer->text, "}");
    }
    text_add(&writer->text, "]}");
}

/* Whole numbers have bounds in a schema; what has a unit is a text to it. */
static void write_count(struct writer *writer, const struct field *field) {
    text_add(&writer->text, "{\"type\": [\"integer\", \"string\"]");
    if (bounds_given(field))
        text_print(&writer->text, ", \"minimum\": %.15g, \"maximum\": %.15g", field->low,
                   field->high);
    text_add(&writer->text, "}");
}

/* The keys that stand beside the names of a map, or instead of a list. */
static void write_table(struct writer *writer) {
    text_add(
        &writer->text,
        "\"properties\": {\"table\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", "
        "\"items\": {\"type\": \"string\"}}]}, \"where\": {\"type\": \"string\"}, "
        "\"columns\": {\"type\": \"object\"}}, \"dependencies\": {\"where\": [\"table\"], "
        "\"columns\": [\"table\"]}, ");
}

static void write_map(struct writer *writer, const struct rows *rows) {
    text_add(&writer->text, "{\"anyOf\": [{\"type\": \"object\", ");
    write_table(writer);
    text_add(&writer->text, "\"patternProperties\": {\"" NAME_PATTERN "\": ");
    write_ref(writer, rows);
    text_add(&writer->text, "}, \"additionalProperties\": false}, {\"type\": \"array\", \"items\": "
                            "{\"type\": \"string\"}}, {\"type\": \"string\"}]}");
}

static void write_list(struct writer *writer, const struct rows *rows) {
    text_add(&writer->text, "{\"anyOf\": [{\"type\": \"array\", \"items\": ");
    write_ref(writer, rows);
    text_add(&writer->text, "}, {\"type\": \"object\", ");
    write_table(writer);
    text_add(&writer->text, "\"required\": [\"table\"], \"additionalProperties\": false}");
    if (rows_main(rows)) text_add(&writer->text, ", {\"type\": [\"string\", \"number\"]}");
    text_add(&writer->text, "]}");
}

static void write_shape(struct writer *writer, const struct field *field) {
    switch (field->shape) {
    case SHAPE_BOOL: text_add(&writer->text, "{\"enum\": [\"yes\", \"no\", true, false]}"); break;
    case SHAPE_COUNT: write_count(writer, field); break;
    case SHAPE_CHOICE: write_words(writer, field->more); break;
    case SHAPE_REF: text_add(&writer->text, "{\"type\": \"string\"}"); break;
    case SHAPE_MAP: write_map(writer, field->more); break;
    case SHAPE_LIST: write_list(writer, field->more); break;
    case SHAPE_BLOCK:
    case SHAPE_VARIANT: write_ref(writer, field->more); break;
    case SHAPE_OPTION:
        text_add(&writer->text, "{\"anyOf\": [");
        write_ref(writer, field->more);
        text_add(&writer->text, ", {\"const\": \"none\"}]}");
        break;
    case SHAPE_RAW: text_add(&writer->text, "{}"); break;
    case SHAPE_LATER: text_add(&writer->text, "{\"not\": {}}"); break;
    default: text_add(&writer->text, "{\"type\": [\"string\", \"number\", \"boolean\"]}");
    }
}

/* WRITTEN_OUT is the other row of the key, or NULL. */
static void write_field(struct writer *writer, const struct field *field,
                        const struct field *written_out) {
    bool later = field->shape == SHAPE_LATER;
    text_add(&writer->text, "{\"description\": ");
    text_add_json(&writer->text,
                  later ? arena_text(writer->arena, "%s (not yet in this version)", field->help)
                        : field->help);
    if (field->fallback && !later && strcmp(field->fallback, "none") != 0 &&
        field->shape < SHAPE_LIST) {
        text_add(&writer->text, ", \"default\": ");
        text_add_json(&writer->text, field->fallback);
    }
    text_add(&writer->text, written_out ? ", \"anyOf\": [" : ", \"allOf\": [");
    write_shape(writer, field);
    if (written_out) {
        text_add(&writer->text, ", ");
        write_shape(writer, written_out);
    }
    text_add(&writer->text, "]}");
}

/* ---- Blocks ---- */

static void write_properties(struct writer *writer, const struct rows *rows, bool *first) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & INLINE) {
            write_properties(writer, field->more, first);
            continue;
        }
        if (rows_hidden(field) || field->flags & WRITTEN_OUT) continue;
        text_add(&writer->text, *first ? "\n          " : ",\n          ");
        *first = false;
        text_add_json(&writer->text, rows_key(writer->arena, field->name));
        text_add(&writer->text, ": ");
        write_field(writer, field, rows_written_out(rows, field->name));
    }
}

/* KEY and WORD are what picks these rows of a variant, or NULL. */
static void write_object(struct writer *writer, const struct rows *rows, const char *key,
                         const char *word) {
    bool first = true;
    text_add(&writer->text, "{\"type\": \"object\", \"properties\": {");
    if (key) {
        text_add(&writer->text, "\n          ");
        text_add_json(&writer->text, key);
        text_add(&writer->text, ": {\"const\": ");
        text_add_json(&writer->text, word);
        text_add(&writer->text, "}");
        first = false;
    }
    write_properties(writer, rows, &first);
    text_add(&writer->text, "\n        }, \"additionalProperties\": false");
    if (key) {
        text_add(&writer->text, ", \"required\": [");
        text_add_json(&writer->text, key);
        text_add(&writer->text, "]");
    }
    text_add(&writer->text, "}");
}

/* The keys, or in their place the value of the main key. */
static void write_rows(struct writer *writer, const struct rows *rows) {
    const struct field *main = rows_main(rows);
    text_add(&writer->text, main ? "      \"anyOf\": [\n        " : "      \"allOf\": [\n        ");
    write_object(writer, rows, NULL, NULL);
    if (main) text_add(&writer->text, ",\n        ");
    if (main && main->shape == SHAPE_RAW)
        text_add(&writer->text, "{\"type\": [\"string\", \"number\", \"array\"]}");
    else if (main)
        write_shape(writer, main);
    text_add(&writer->text, "\n      ]");
}

static void write_variants(struct writer *writer, const struct variants *variants) {
    text_add(&writer->text, "      \"anyOf\": [");
    for (int32_t i = 0; i < variants->count; i++) {
        text_add(&writer->text, i ? ",\n        " : "\n        ");
        write_object(writer, variants->rows[i], variants->key,
                     rows_key(writer->arena, variants->rows[i]->name));
    }
    text_add(&writer->text, ",\n        {\"enum\": [");
    for (int32_t i = 0; i < variants->count; i++) {
        if (i) text_add(&writer->text, ", ");
        text_add_json(&writer->text, rows_key(writer->arena, variants->rows[i]->name));
    }
    text_add(&writer->text, ", \"none\"]}");
    for (int32_t i = 0; i < variants->count; i++) /* `multiple 50` */
        if (rows_main(variants->rows[i]))
            text_print(&writer->text, ",\n        {\"type\": \"string\", \"pattern\": \"^%s .+\"}",
                       rows_key(writer->arena, variants->rows[i]->name));
    text_add(&writer->text, "\n      ]");
}

const char *schema_write(struct arena *arena, const struct rows *root) {
    struct writer writer = {.arena = arena, .blocks = blocks_of(arena, root)};
    struct text *text = &writer.text;
    text_add(text,
             "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"
             "  \"$comment\": \"Generated from the field rows by `takt schema`; do not edit.\",\n"
             "  \"title\": \"Scenario of takt\",\n");
    text_print(text, "  \"allOf\": [{\"$ref\": \"#/definitions/%s\"}],\n  \"definitions\": {",
               writer.blocks.list[0].name);
    for (int32_t i = 0; i < writer.blocks.count; i++) {
        const struct listed_block *block = &writer.blocks.list[i];
        text_add(text, i ? ",\n    " : "\n    ");
        text_add_json(text, block->name);
        text_add(text, ": {\n");
        if (block->rows) {
            text_add(text, "      \"description\": ");
            text_add_json(text, block->rows->help);
            text_add(text, ",\n");
            write_rows(&writer, block->rows);
        } else
            write_variants(&writer, block->variants);
        text_add(text, "\n    }");
    }
    text_add(text, "\n  }\n}\n");
    return text_finish(text, arena);
}
