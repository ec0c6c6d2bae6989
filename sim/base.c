/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void check_failed(const char *condition, const char *file, int line) {
    fprintf(stderr, "takt: internal error: %s does not hold (%s:%d)\n", condition, file, line);
    abort();
}

void *memory_zeroed(size_t count, size_t size) {
    void *block = calloc(count ? count : 1, size ? size : 1);
    CHECK(block);
    return block;
}

void *memory_grown(void *old, size_t count, size_t size) {
    CHECK(size == 0 || count <= SIZE_MAX / size);
    size_t bytes = count * size;
    void *block = realloc(old, bytes ? bytes : 1);
    CHECK(block);
    return block;
}
