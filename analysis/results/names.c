/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names.h"

#include <stdlib.h>
#include <string.h>

void names_clear(struct names *names) {
    free(names->list);
    free(names->slots);
    *names = (struct names){0};
}

/* FNV-1a (Fowler, Noll and Vo; IETF draft-eastlake-fnv). Check value: "a" gives af63dc4c8601ec8c.
 */
static uint64_t hash(const char *name) {
    uint64_t value = UINT64_C(0xcbf29ce484222325);
    for (; *name; name++) value = (value ^ (uint8_t)*name) * UINT64_C(0x100000001b3);
    return value;
}

/* The slot of a name, or the free one where it belongs. There is always a free one. */
static uint32_t slot_of(const struct names *names, const char *name) {
    uint32_t mask = names->slot_count - 1, slot = (uint32_t)hash(name) & mask;
    while (names->slots[slot] && strcmp(names->list[names->slots[slot] - 1], name) != 0)
        slot = (slot + 1) & mask;
    return slot;
}

static void grow(struct names *names) {
    names->room = names->room ? 2 * names->room : 16;
    names->list = memory_grown(names->list, (size_t)names->room, sizeof *names->list);
    free(names->slots);
    names->slot_count = 2 * (uint32_t)names->room;
    names->slots = memory_zeroed(names->slot_count, sizeof *names->slots);
    for (int32_t i = 0; i < names->count; i++) names->slots[slot_of(names, names->list[i])] = i + 1;
}

int32_t names_find(const struct names *names, const char *name) {
    return names->slot_count ? names->slots[slot_of(names, name)] - 1 : -1;
}

int32_t names_add(struct names *names, const char *name) {
    int32_t known = names_find(names, name);
    if (known >= 0) return known;
    if (names->count == names->room) grow(names);
    names->slots[slot_of(names, name)] = names->count + 1;
    names->list[names->count] = name;
    return names->count++;
}
