/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include "node.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS_MOST = 256, KEYS_LISTED = 12 };

bool rows_key_is(const char *member, const char *key) {
    while (*member && (*member == '_' ? '-' : *member) == *key) member++, key++;
    return *member == *key;
}

const char *rows_key(struct arena *arena, const char *member) {
    char *key = arena_copy(arena, member, strlen(member));
    for (char *c = key; *c; c++)
        if (*c == '_') *c = '-';
    return key;
}

const struct field *rows_find_at(const struct rows *rows, const char *key, size_t *offset) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & INLINE) {
            const struct field *inner = rows_find_at(field->more, key, offset);
            if (!inner) continue;
            *offset += field->offset;
            return inner;
        }
        if (!rows_hidden(field) && rows_key_is(field->name, key)) {
            *offset = field->offset;
            return field;
        }
    }
    return NULL;
}

const struct field *rows_find(const struct rows *rows, const char *key) {
    size_t offset;
    return rows_find_at(rows, key, &offset);
}

const struct field *rows_written_out(const struct rows *rows, const char *key) {
    for (int32_t i = 0; i < rows->count; i++)
        if (rows->fields[i].flags & WRITTEN_OUT && rows_key_is(rows->fields[i].name, key))
            return &rows->fields[i];
    return NULL;
}

const struct field *rows_of_node(const struct rows *rows, const char *key,
                                 const struct node *node) {
    const struct field *plain = rows_find(rows, key);
    const struct field *written_out = node && node->kind != NODE_TEXT && plain && rows_scalar(plain)
                                          ? rows_written_out(rows, key)
                                          : NULL;
    return written_out ? written_out : plain;
}

const struct field *rows_main(const struct rows *rows) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & MAIN) return field;
        const struct field *inner = field->flags & INLINE ? rows_main(field->more) : NULL;
        if (inner) return inner;
    }
    return NULL;
}

const struct field *rows_moment(const struct rows *rows) {
    const struct field *amount = rows_main(rows);
    if (!amount || (amount->shape != SHAPE_AMOUNT && amount->shape != SHAPE_MONEY)) return NULL;
    for (int32_t i = 0; i < rows->count; i++)
        if (rows->fields[i].shape == SHAPE_MOMENT) return &rows->fields[i];
    return NULL;
}

bool rows_hidden(const struct field *field) {
    if (field->shape == SHAPE_REF) return strcmp(field->name, "self") == 0;
    return field->shape == SHAPE_BLOCK && !field->more;
}

bool rows_scalar(const struct field *field) {
    return field->shape < SHAPE_LIST;
}

bool rows_may_be_absent(const struct field *field) {
    return field->fallback ? strcmp(field->fallback, "none") == 0 : (field->flags & OPTIONAL) != 0;
}

int32_t rows_word(const struct words *words, const char *word) {
    for (int32_t i = 0; words && i < words->count; i++)
        if (strcmp(words->list[i].name, word) == 0) return i;
    return -1;
}

int32_t rows_word_led(const struct target *target, const char *name, const char **tail) {
    const char *dot = strchr(name, '.');
    for (int32_t i = 0; target->sections & TARGET_LEADS && dot && i < target->words.count; i++) {
        const char *word = target->words.list[i].name;
        if (strlen(word) != (size_t)(dot - name) || strncmp(word, name, strlen(word)) != 0)
            continue;
        *tail = dot + 1;
        return i;
    }
    return -1;
}

bool rows_counted(const char *word, size_t *before, const char **behind) {
    const char *at = strstr(word, " N ");
    if (!at) return false;
    *before = (size_t)(at - word) + 1;
    *behind = at + 2;
    return true;
}

int32_t rows_word_counted(const struct words *words, const char *word, int32_t *number) {
    for (int32_t i = 0; words && i < words->count; i++) {
        size_t before;
        const char *behind;
        if (!rows_counted(words->list[i].name, &before, &behind)) continue;
        if (strncmp(word, words->list[i].name, before) != 0) continue;
        size_t digits = strspn(word + before, "0123456789");
        if (digits == 0 || digits > 9 || strcmp(word + before + digits, behind) != 0) continue;
        *number = (int32_t)strtol(word + before, NULL, 10);
        return i;
    }
    return -1;
}

const struct words *rows_words(const struct field *field) {
    switch (field->shape) {
    case SHAPE_COUNT:
    case SHAPE_NUMBER:
    case SHAPE_SPAN:
    case SHAPE_MOMENT:
    case SHAPE_AMOUNT:
    case SHAPE_CHOICE: return field->more;
    case SHAPE_REF: return &((const struct target *)field->more)->words;
    default: return NULL;
    }
}

int32_t rows_kind(const struct variants *variants, const char *word) {
    for (int32_t i = 0; i < variants->count; i++)
        if (rows_key_is(variants->rows[i]->name, word)) return i;
    return -1;
}

/* ---- Hints ---- */

struct names {
    const char *list[KEYS_MOST];
    int32_t count;
};

static const char *hint(struct arena *arena, const struct names *names, const char *name,
                        const char *before_list) {
    const char *nearest = name ? value_nearest(name, names->list, names->count) : NULL;
    if (nearest) return arena_text(arena, "did you mean '%s'?", nearest);
    if (names->count == 0 || names->count > KEYS_LISTED) return NULL;
    const char *all = names->list[0];
    for (int32_t i = 1; i < names->count; i++)
        all =
            arena_text(arena, "%s%s%s", all, i + 1 < names->count ? ", " : " and ", names->list[i]);
    return arena_text(arena, "%s %s", before_list, all);
}

static void add_keys(struct arena *arena, struct names *names, const struct rows *rows) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        if (field->flags & INLINE)
            add_keys(arena, names, field->more);
        else if (!rows_hidden(field) && field->shape != SHAPE_LATER &&
                 !(field->flags & WRITTEN_OUT) && names->count < KEYS_MOST)
            names->list[names->count++] = rows_key(arena, field->name);
    }
}

const char *rows_hint(struct arena *arena, const struct rows *rows, const char *key) {
    struct names names = {.count = 0};
    add_keys(arena, &names, rows);
    return hint(arena, &names, key, names.count == 1 ? "the only key is" : "the keys are");
}

const char *rows_words_hint(struct arena *arena, const struct words *words, const char *word) {
    struct names names = {.count = 0};
    for (int32_t i = 0; i < words->count && i < KEYS_MOST; i++)
        names.list[names.count++] = words->list[i].name;
    return hint(arena, &names, word, "the words are");
}

const char *rows_kinds_hint(struct arena *arena, const struct variants *variants,
                            const char *word) {
    struct names names = {.count = 0};
    for (int32_t i = 0; i < variants->count && i < KEYS_MOST; i++)
        names.list[names.count++] = rows_key(arena, variants->rows[i]->name);
    return hint(arena, &names, word, "the words are");
}
