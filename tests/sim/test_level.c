/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels and clocks: areas beside the sum of level times duration, step by step. */
#include "../../sim/level.h"

#include <criterion/criterion.h>

static uint64_t dice(uint64_t *state) { /* a linear congruence (Knuth, MMIX) */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* What a level should be, kept the slow way. */
struct slow_level {
    int64_t now, min, max;
    __int128 area;
    tick at;
};

static void slow_change(struct slow_level *slow, tick at, int64_t by) {
    slow->area += (__int128)slow->now * (at - slow->at);
    slow->at = at;
    slow->now += by;
    if (slow->now < slow->min) slow->min = slow->now;
    if (slow->now > slow->max) slow->max = slow->now;
}

static void expect_same(const struct level *level, struct slow_level *slow, tick at) {
    slow_change(slow, at, 0);
    cr_assert(level_area(level, at) == slow->area);
    cr_assert_eq(level->now, slow->now);
    cr_assert_eq(level->min, slow->min);
    cr_assert_eq(level->max, slow->max);
}

static void walk(tick scale, int64_t most) {
    struct level level = {0};
    struct slow_level slow = {0};
    uint64_t state = 1;
    tick at = 0;
    for (int32_t i = 0; i < 5000; i++) {
        at += (tick)(dice(&state) % 5) * scale;
        int64_t by = (int64_t)(dice(&state) % (uint64_t)(2 * most + 1)) - most;
        switch (dice(&state) % 8) {
        case 0:
            level_up(&level, at);
            slow_change(&slow, at, 1);
            break;
        case 1:
            level_down(&level, at);
            slow_change(&slow, at, -1);
            break;
        case 2:
            if (i % 50) break;
            level_reset(&level, at);
            slow = (struct slow_level){slow.now, slow.now, slow.now, 0, at};
            break;
        default: level_change(&level, at, by); slow_change(&slow, at, by);
        }
        expect_same(&level, &slow, at + (tick)(dice(&state) % 3));
    }
}

Test(level, the_area_is_the_sum_of_level_times_duration_also_after_resets) {
    walk(1, 3);
}

Test(level, areas_beyond_64_bits_are_exact) {
    walk(TICK_Y / 100, INT64_C(1000000000000));
    struct level level = {0};
    level_change(&level, 0, INT64_C(1) << 62);
    cr_expect(level_area(&level, INT64_C(1) << 62) == (__int128)1 << 124);
    level_change(&level, INT64_C(1) << 62, -(INT64_C(1) << 62));
    cr_expect(level_area(&level, INT64_MAX) == (__int128)1 << 124);
}

Test(level, reset_counts_from_that_moment_on) {
    struct level level = {0};
    level_change(&level, 10, 4);
    level_change(&level, 20, -3);
    cr_expect_eq(level.max, 4);
    level_reset(&level, 30);
    cr_expect(level_area(&level, 30) == 0);
    cr_expect(level_area(&level, 35) == 5);
    cr_expect_eq(level.max, 1);
    cr_expect_eq(level.min, 1);
}

Test(level, a_moment_of_no_length_has_no_area_but_is_an_extreme) {
    struct level level = {0};
    level_up(&level, 7);
    level_down(&level, 7);
    cr_expect(level_area(&level, 100) == 0);
    cr_expect_eq(level.max, 1);
    cr_expect_eq(level.min, 0);
}

/* MACHINES move between states; each state's clock must show the machine-time spent in it. */
static void clocks_beside_sums(tick begin, tick step) {
    enum { MACHINES = 7, STATES = 3 };
    uint64_t moments[STATES] = {0}, state = 5;
    int32_t inside[STATES] = {MACHINES, 0, 0}, where[MACHINES] = {0};
    tick sums[STATES] = {0}, at = begin;
    for (int32_t i = 0; i < MACHINES; i++) clock_enter(&moments[0], begin);
    for (int32_t i = 0; i < 2000; i++) {
        tick next = at + (tick)(dice(&state) % 4) * step;
        for (int32_t s = 0; s < STATES; s++) sums[s] += inside[s] * (next - at);
        at = next;
        for (int32_t s = 0; s < STATES; s++)
            cr_assert_eq(clock_time(moments[s], inside[s], at), sums[s]);
        int32_t machine = (int32_t)(dice(&state) % MACHINES), to = (int32_t)(dice(&state) % STATES);
        clock_leave(&moments[where[machine]], at);
        inside[where[machine]]--;
        clock_enter(&moments[to], at);
        inside[to]++;
        where[machine] = to;
    }
}

Test(level, clocks_give_the_time_in_each_state) {
    clocks_beside_sums(0, 1);
}

Test(level, clocks_are_exact_where_their_moments_wrap_around) {
    /* Seven machines at ticks near 2^62: sums of moments pass 2^64 thousands of times. */
    clocks_beside_sums(INT64_C(1) << 62, 1000003);
}
