/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels: what has a value at every moment (parts in a queue, stock on hand), measured as area
 * under its curve.
 *
 * The area needs no multiplication while the level only changes by one: with every change d at time
 * t, area(T) = level(T) * T - sum of d * t, so a change adds or subtracts its time. Exact 128-bit
 * integers: levels merge, and Little's law holds as an identity and not as an approximation. */
#ifndef TAKT_SIM_LEVEL_H
#define TAKT_SIM_LEVEL_H

#include "base.h"

struct level {
    int64_t now, min, max;
    __int128 moment; /* sum of change * time since the reset */
};

static inline void level_extremes(struct level *level) {
    if (level->now < level->min) level->min = level->now;
    if (level->now > level->max) level->max = level->now;
}

static inline void level_up(struct level *level, tick at) {
    level->now++;
    level->moment += at;
    if (level->now > level->max) level->max = level->now;
}

static inline void level_down(struct level *level, tick at) {
    level->now--;
    level->moment -= at;
    if (level->now < level->min) level->min = level->now;
}

static inline void level_change(struct level *level, tick at, int64_t by) {
    level->now += by;
    level->moment += (__int128)by * at;
    level_extremes(level);
}

/* The same without extremes: of several changes in one instant only what comes of them counts. Call
 * level_extremes when the instant is over. */
static inline void level_shift(struct level *level, tick at, int64_t by) {
    level->now += by;
    level->moment += (__int128)by * at;
}

/* Forgets the past: area and extremes count from AT on. */
static inline void level_reset(struct level *level, tick at) {
    level->moment = (__int128)level->now * at;
    level->min = level->max = level->now;
}

/* Area since the reset, in level * ticks. */
static inline __int128 level_area(const struct level *level, tick at) {
    return (__int128)level->now * at - level->moment;
}

/* Clocks: how long each of a few exclusive states lasted, summed over the machines of a station.
 * The same trick, modulo 2^64: the times themselves fit (machines * elapsed < 2^63), so wrapping
 * sums give them exactly. */
static inline void clock_enter(uint64_t *moment, tick at) {
    *moment += (uint64_t)at;
}
static inline void clock_leave(uint64_t *moment, tick at) {
    *moment -= (uint64_t)at;
}
static inline tick clock_time(uint64_t moment, int32_t inside, tick at) {
    return (tick)((uint64_t)inside * (uint64_t)at - moment);
}

#endif
