/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar beside a reference that cannot be wrong: a plain array of what is pending, searched
 * from end to end for the smallest (tick, class, turn). */
#include "../../sim/calendar.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { SLOTS_MOST = 600 };

struct pending {
    bool set;
    tick at;
    uint32_t class_;
    uint64_t turn; /* ranks come before all turns of plans without a rank */
};

struct reference {
    struct pending slots[SLOTS_MOST];
    int32_t count;
    uint64_t turn;
};

static bool sooner(const struct pending *a, const struct pending *b) {
    if (a->at != b->at) return a->at < b->at;
    if (a->class_ != b->class_) return a->class_ < b->class_;
    return a->turn < b->turn;
}

/* The slot whose event comes first; BESIDES is left out; -1: none. */
static int32_t reference_first(const struct reference *reference, int32_t besides) {
    int32_t first = -1;
    for (int32_t i = 0; i < reference->count; i++)
        if (reference->slots[i].set && i != besides &&
            (first < 0 || sooner(&reference->slots[i], &reference->slots[first])))
            first = i;
    return first;
}

static void both_plan(struct calendar *calendar, struct reference *reference, int32_t slot, tick at,
                      uint32_t class_) {
    calendar_plan(calendar, slot, at, class_);
    reference->slots[slot] =
        (struct pending){true, at, class_, CALENDAR_SLOTS_MOST + reference->turn++};
}

static void both_rank(struct calendar *calendar, struct reference *reference, int32_t slot, tick at,
                      uint32_t class_, int32_t rank) {
    calendar_plan_ranked(calendar, slot, at, class_, rank);
    reference->slots[slot] = (struct pending){true, at, class_, (uint64_t)rank};
}

static void both_cancel(struct calendar *calendar, struct reference *reference, int32_t slot) {
    calendar_cancel(calendar, slot);
    reference->slots[slot].set = false;
}

static void expect_key(event_key key, const struct reference *reference, int32_t slot) {
    if (slot < 0) {
        cr_assert(key == EVENT_NEVER);
        return;
    }
    cr_assert(key != EVENT_NEVER);
    cr_assert_eq(event_slot(key), slot);
    cr_assert_eq(event_tick(key), reference->slots[slot].at);
    cr_assert_eq(event_class(key), reference->slots[slot].class_);
}

static uint64_t dice(uint64_t *state) { /* a linear congruence (Knuth, MMIX) */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static int32_t any_slot(const struct reference *reference, uint64_t *state) {
    return (int32_t)(dice(state) % (uint64_t)reference->count);
}

/* Takes the first event as the loop of a run does: its slot is held until the handler has planned
 * into it or it is let go. */
static void take_first(struct calendar *calendar, struct reference *reference, uint64_t *state,
                       tick *now) {
    int32_t slot = reference_first(reference, -1);
    expect_key(calendar_first(calendar), reference, slot);
    if (slot < 0) return;
    *now = reference->slots[slot].at;
    calendar->held = slot;
    for (uint64_t i = dice(state) % 3; i > 0; i--) { /* the handler plans for others */
        int32_t other = any_slot(reference, state);
        if (other != slot)
            both_plan(calendar, reference, other, *now + (tick)(dice(state) % 4),
                      (uint32_t)(dice(state) % CALENDAR_CLASSES));
    }
    int32_t next = reference_first(reference, slot);
    cr_assert_eq(calendar_shares_tick(calendar, slot),
                 next >= 0 && reference->slots[next].at == *now);
    if (dice(state) % 2) { /* and for itself */
        both_plan(calendar, reference, slot, *now + (tick)(dice(state) % 50),
                  (uint32_t)(dice(state) % CALENDAR_CLASSES));
        cr_assert_eq(calendar->held, -1);
    } else
        reference->slots[slot].set = false;
    calendar_let_go(calendar);
    cr_assert_eq(calendar->held, -1);
}

/* A hold model with many ties: few ticks, few classes, cancellations, ranks. */
static void hold_beside_reference(int32_t slots, int32_t steps, uint64_t seed) {
    struct calendar calendar;
    calendar_init(&calendar, slots);
    struct reference *reference = calloc(1, sizeof *reference);
    reference->count = slots;
    uint64_t state = seed;
    tick now = 0;
    for (int32_t step = 0; step < steps; step++) {
        int32_t slot = any_slot(reference, &state);
        switch (dice(&state) % 6) {
        case 0: both_cancel(&calendar, reference, slot); break;
        case 1: both_rank(&calendar, reference, slot, now, 5, slot / 2); break;
        case 2:
            both_plan(&calendar, reference, slot, now + (tick)(dice(&state) % 20),
                      (uint32_t)(dice(&state) % CALENDAR_CLASSES));
            break;
        default: take_first(&calendar, reference, &state, &now); break;
        }
        if (dice(&state) % 7 == 0 && reference->count < SLOTS_MOST) {
            cr_assert_eq(calendar_take_slot(&calendar), reference->count);
            reference->count++;
        }
        expect_key(calendar_pending(&calendar, slot), reference,
                   reference->slots[slot].set ? slot : -1);
    }
    free(reference);
    calendar_clear(&calendar);
}

/* Slots 2k and 2k + 1 share a rank: the lower slot comes first, in the reference too. */
Test(calendar, gives_events_in_the_order_of_a_sorted_reference) {
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (int32_t slots = 1; slots <= 33; slots += 4) hold_beside_reference(slots, 3000, seed);
}

static int32_t take(struct calendar *calendar) {
    event_key key = calendar_first(calendar);
    if (key == EVENT_NEVER) return -1;
    calendar_cancel(calendar, event_slot(key));
    return event_slot(key);
}

Test(calendar, keeps_the_order_of_planning_among_equal_times) {
    struct calendar calendar;
    calendar_init(&calendar, 5);
    static const int32_t order[] = {3, 0, 4, 1, 2};
    for (int32_t i = 0; i < 5; i++) calendar_plan(&calendar, order[i], 7, 2);
    for (int32_t i = 0; i < 5; i++) cr_expect_eq(take(&calendar), order[i]);
    cr_expect_eq(take(&calendar), -1);
    calendar_clear(&calendar);
}

Test(calendar, a_lower_class_comes_first_whenever_it_was_planned) {
    struct calendar calendar;
    calendar_init(&calendar, 4);
    calendar_plan(&calendar, 0, 7, 15);
    calendar_plan(&calendar, 1, 7, 1);
    calendar_plan(&calendar, 2, 6, 15);
    calendar_plan(&calendar, 3, 7, 0);
    static const int32_t order[] = {2, 3, 1, 0};
    for (int32_t i = 0; i < 4; i++) cr_expect_eq(take(&calendar), order[i]);
    calendar_clear(&calendar);
}

Test(calendar, moving_an_event_puts_it_last_of_its_instant) {
    struct calendar calendar;
    calendar_init(&calendar, 3);
    for (int32_t i = 0; i < 3; i++) calendar_plan(&calendar, i, 7, 2);
    calendar_plan(&calendar, 0, 7, 2);
    static const int32_t order[] = {1, 2, 0};
    for (int32_t i = 0; i < 3; i++) cr_expect_eq(take(&calendar), order[i]);
    calendar_clear(&calendar);
}

Test(calendar, ranked_plans_come_by_rank_before_all_others_of_their_class) {
    struct calendar calendar;
    calendar_init(&calendar, 6);
    calendar_plan(&calendar, 0, 7, 5);
    calendar_plan_ranked(&calendar, 1, 7, 5, 9);
    calendar_plan_ranked(&calendar, 2, 7, 5, 0);
    calendar_plan_ranked(&calendar, 3, 7, 6, 0);
    calendar_plan(&calendar, 4, 7, 4);
    calendar_plan_ranked(&calendar, 5, 7, 5, 4);
    static const int32_t order[] = {4, 2, 5, 1, 0, 3};
    for (int32_t i = 0; i < 6; i++) cr_expect_eq(take(&calendar), order[i]);
    calendar_clear(&calendar);
}

Test(calendar, growing_keeps_what_is_pending) {
    struct calendar calendar;
    calendar_init(&calendar, 0);
    for (int32_t i = 0; i < SLOTS_MOST; i++) {
        cr_assert_eq(calendar_take_slot(&calendar), i);
        calendar_plan(&calendar, i, SLOTS_MOST - i, 0);
        cr_assert_eq(event_slot(calendar_first(&calendar)), i);
    }
    cr_expect_eq(calendar.capacity, 1024);
    for (int32_t i = SLOTS_MOST - 1; i >= 0; i--) cr_assert_eq(take(&calendar), i);
    calendar_clear(&calendar);
}

Test(calendar, growing_in_a_handler_keeps_the_held_slot) {
    struct calendar calendar;
    calendar_init(&calendar, 2);
    calendar_plan(&calendar, 0, 3, 0);
    calendar_plan(&calendar, 1, 4, 0);
    calendar.held = 0;
    int32_t slot = calendar_take_slot(&calendar);
    calendar_plan(&calendar, slot, 3, 0);
    cr_expect(calendar_shares_tick(&calendar, 0));
    calendar_let_go(&calendar);
    cr_expect(calendar_pending(&calendar, 0) == EVENT_NEVER);
    cr_expect_eq(take(&calendar), slot);
    cr_expect_eq(take(&calendar), 1);
    calendar_clear(&calendar);
}

Test(calendar, a_slot_given_back_is_empty_and_taken_again) {
    struct calendar calendar;
    calendar_init(&calendar, 1);
    int32_t a = calendar_take_slot(&calendar), b = calendar_take_slot(&calendar);
    calendar_plan(&calendar, a, 5, 0);
    calendar_plan(&calendar, b, 6, 0);
    calendar_give_slot(&calendar, a);
    cr_expect_eq(event_slot(calendar_first(&calendar)), b);
    cr_expect_eq(calendar_take_slot(&calendar), a);
    cr_expect(calendar_pending(&calendar, a) == EVENT_NEVER);
    calendar_clear(&calendar);
}

Test(calendar, reset_forgets_everything_and_keeps_its_memory) {
    struct calendar calendar;
    calendar_init(&calendar, 3);
    for (int32_t i = 3; i < 40; i++) calendar_plan(&calendar, calendar_take_slot(&calendar), i, 0);
    uint32_t capacity = calendar.capacity;
    calendar_reset(&calendar, 3);
    cr_expect_eq(calendar.capacity, capacity);
    cr_expect_eq(calendar.slot_count, 3);
    cr_expect(calendar_first(&calendar) == EVENT_NEVER);
    cr_expect_eq(calendar_take_slot(&calendar), 3);
    calendar_clear(&calendar);
}

Test(calendar, a_key_says_what_was_planned_up_to_its_limits) {
    static const tick ticks[] = {0, 1, TICK_Y, INT64_MAX};
    struct calendar calendar;
    calendar_init(&calendar, 2);
    for (size_t t = 0; t < sizeof ticks / sizeof *ticks; t++)
        for (uint32_t class_ = 0; class_ < CALENDAR_CLASSES; class_++) {
            calendar_plan(&calendar, 1, ticks[t], class_);
            event_key key = calendar_first(&calendar);
            cr_expect_eq(event_tick(key), ticks[t]);
            cr_expect_eq(event_class(key), class_);
            cr_expect_eq(event_slot(key), 1);
            cr_expect(key > event_bound(ticks[t], class_));
            if (class_ + 1 < CALENDAR_CLASSES) cr_expect(key < event_bound(ticks[t], class_ + 1));
        }
    calendar_clear(&calendar);
}
