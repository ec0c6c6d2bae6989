/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct text *text, size_t more) {
    if (text->size + more < text->capacity) return;
    while (text->size + more >= text->capacity)
        text->capacity = text->capacity ? 2 * text->capacity : 1024;
    text->bytes = memory_grown(text->bytes, text->capacity, 1);
}

static void add_bytes(struct text *text, const char *bytes, size_t count) {
    reserve(text, count);
    memcpy(text->bytes + text->size, bytes, count);
    text->size += count;
    text->bytes[text->size] = 0;
}

void text_add(struct text *text, const char *more) {
    add_bytes(text, more, strlen(more));
}

void text_print(struct text *text, const char *format, ...) {
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int count = vsnprintf(NULL, 0, format, list);
    va_end(list);
    CHECK(count >= 0);
    reserve(text, (size_t)count);
    vsnprintf(text->bytes + text->size, (size_t)count + 1, format, again);
    va_end(again);
    text->size += (size_t)count;
}

void text_add_json(struct text *text, const char *string) {
    if (!string) {
        text_add(text, "null");
        return;
    }
    text_add(text, "\"");
    for (const char *at = string; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            text_print(text, "\\%c", c);
        else if (c == '\n')
            text_add(text, "\\n");
        else if (c < 0x20)
            text_print(text, "\\u%04x", c);
        else
            add_bytes(text, at, 1);
    }
    text_add(text, "\"");
}

const char *text_finish(struct text *text, struct arena *arena) {
    const char *copy = arena_copy(arena, text->bytes, text->size);
    free(text->bytes);
    *text = (struct text){0};
    return copy;
}
