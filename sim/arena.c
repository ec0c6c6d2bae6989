/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arena.h"

#include "base.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_LEAST = 2 * 1024, CHUNK_MOST = 64 * 1024, ALIGNMENT = alignof(max_align_t) };

struct arena_chunk {
    struct arena_chunk *before;
    size_t used, size;
    alignas(ALIGNMENT) char bytes[];
};

void arena_init(struct arena *arena) {
    *arena = (struct arena){0};
}

void arena_clear(struct arena *arena) {
    for (struct arena_chunk *chunk = arena->last; chunk;) {
        struct arena_chunk *before = chunk->before;
        free(chunk);
        chunk = before;
    }
    arena_init(arena);
}

/* Of a new chunk: as much as there is by now, so that a small arena is small and a large one has
 * few chunks. */
static size_t chunk_size(const struct arena *arena, size_t least) {
    size_t size = arena->size;
    if (size < CHUNK_LEAST) size = CHUNK_LEAST;
    if (size > CHUNK_MOST) size = CHUNK_MOST;
    return size < least ? least : size;
}

void *arena_take(struct arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_chunk *chunk = arena->last;
    if (!chunk || chunk->size - chunk->used < size) {
        size_t room = chunk_size(arena, size);
        chunk = memory_zeroed(1, sizeof *chunk + room);
        *chunk = (struct arena_chunk){.before = arena->last, .size = room};
        arena->last = chunk;
    }
    void *taken = chunk->bytes + chunk->used;
    chunk->used += size;
    arena->size += size;
    return taken;
}

char *arena_copy(struct arena *arena, const char *text, size_t count) {
    char *copy = arena_take(arena, count + 1);
    if (count) memcpy(copy, text, count);
    return copy;
}

char *arena_text_va(struct arena *arena, const char *format, va_list list) {
    va_list again;
    va_copy(again, list);
    int count = vsnprintf(NULL, 0, format, again);
    va_end(again);
    CHECK(count >= 0);
    char *text = arena_take(arena, (size_t)count + 1);
    vsnprintf(text, (size_t)count + 1, format, list);
    return text;
}

char *arena_text(struct arena *arena, const char *format, ...) {
    va_list list;
    va_start(list, format);
    char *text = arena_text_va(arena, format, list);
    va_end(list);
    return text;
}
