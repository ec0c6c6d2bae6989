/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "name_table.h"

#include "../../sim/sim.h"

#include <stdlib.h>
#include <string.h>

struct name_slot {
    uint64_t hash;
    const void *owner;
    const char *name; /* NULL: the slot is free */
    void *thing;
};

enum { CAPACITY_FIRST = 64 };

void name_table_clear(struct name_table *table) {
    free(table->slots);
    *table = (struct name_table){0};
}

/* FNV-1a over the name, from a start that the owner shifts; the last step spreads the high bits. */
static uint64_t hash_of(const void *owner, const char *name) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)(uintptr_t)owner;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static struct name_slot *slot_of(const struct name_table *table, uint64_t hash, const void *owner,
                                 const char *name) {
    uint32_t mask = table->capacity - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        struct name_slot *slot = &table->slots[i];
        if (!slot->name) return slot;
        if (slot->hash == hash && slot->owner == owner && strcmp(slot->name, name) == 0)
            return slot;
    }
}

void *name_table_find(const struct name_table *table, const void *owner, const char *name) {
    if (table->count == 0) return NULL;
    return slot_of(table, hash_of(owner, name), owner, name)->thing;
}

static void grow(struct name_table *table) {
    struct name_table old = *table;
    table->capacity = old.capacity ? 2 * old.capacity : CAPACITY_FIRST;
    table->slots = memory_zeroed(table->capacity, sizeof *table->slots);
    for (uint32_t i = 0; i < old.capacity; i++) {
        const struct name_slot *slot = &old.slots[i];
        if (slot->name) *slot_of(table, slot->hash, slot->owner, slot->name) = *slot;
    }
    free(old.slots);
}

void *name_table_add(struct name_table *table, const void *owner, const char *name, void *thing) {
    if (2 * table->count >= table->capacity) grow(table);
    uint64_t hash = hash_of(owner, name);
    struct name_slot *slot = slot_of(table, hash, owner, name);
    if (slot->name) return slot->thing;
    *slot = (struct name_slot){.hash = hash, .owner = owner, .name = name, .thing = thing};
    table->count++;
    return NULL;
}
