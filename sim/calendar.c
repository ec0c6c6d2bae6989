/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendar.h"

#include <stdlib.h>
#include <string.h>

static uint32_t capacity_for(int32_t slot_count) {
    uint32_t capacity = 2;
    while (capacity < (uint32_t)slot_count) capacity *= 2;
    return capacity;
}

/* Makes room for CAPACITY slots, all empty. */
static void make_tree(struct calendar *calendar, uint32_t capacity) {
    calendar->tree = memory_grown(calendar->tree, 2 * (size_t)capacity, sizeof *calendar->tree);
    memset(calendar->tree, 0xff, 2 * (size_t)capacity * sizeof *calendar->tree);
    calendar->capacity = capacity;
}

void calendar_init(struct calendar *calendar, int32_t slot_count) {
    *calendar = (struct calendar){0};
    calendar_reset(calendar, slot_count);
}

void calendar_reset(struct calendar *calendar, int32_t slot_count) {
    CHECK(slot_count >= 0 && slot_count < CALENDAR_SLOTS_MOST);
    uint32_t capacity = capacity_for(slot_count);
    make_tree(calendar, capacity > calendar->capacity ? capacity : calendar->capacity);
    calendar->held = -1;
    calendar->sequence = CALENDAR_SLOTS_MOST;
    calendar->slot_count = slot_count;
    calendar->free_count = 0;
}

void calendar_clear(struct calendar *calendar) {
    free(calendar->tree);
    free(calendar->free);
    *calendar = (struct calendar){0};
}

/* Doubles the tree: the leaves move to the second half, the inner nodes are played again. */
static void grow(struct calendar *calendar) {
    uint32_t old = calendar->capacity;
    event_key *leaves = memory_zeroed(old, sizeof *leaves);
    memcpy(leaves, calendar->tree + old, old * sizeof *leaves);
    make_tree(calendar, 2 * old);
    event_key *tree = calendar->tree;
    memcpy(tree + 2 * (size_t)old, leaves, old * sizeof *leaves);
    free(leaves);
    for (uint32_t i = 2 * old - 1; i >= 1; i--)
        tree[i] = tree[2 * i] < tree[2 * i + 1] ? tree[2 * i] : tree[2 * i + 1];
}

int32_t calendar_take_slot(struct calendar *calendar) {
    if (calendar->free_count) return calendar->free[--calendar->free_count];
    CHECK(calendar->slot_count < CALENDAR_SLOTS_MOST - 1);
    if ((uint32_t)calendar->slot_count == calendar->capacity) grow(calendar);
    return calendar->slot_count++;
}

void calendar_give_slot(struct calendar *calendar, int32_t slot) {
    if (calendar_pending(calendar, slot) != EVENT_NEVER) calendar_cancel(calendar, slot);
    if (calendar->free_count == calendar->free_room) {
        calendar->free_room = calendar->free_room ? 2 * calendar->free_room : 16;
        calendar->free =
            memory_grown(calendar->free, (size_t)calendar->free_room, sizeof *calendar->free);
    }
    calendar->free[calendar->free_count++] = slot;
}
