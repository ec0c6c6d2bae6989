/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The straight way beside the phases: worlds of ordinary stations, run as they are and run with no
 * step marked as common, so that phases B and C do everything. Numbers and events must be the same.
 * Times are of few whole minutes here and of many microseconds there, so that instants are shared
 * here and nearly never there. */
#include "world.h"

enum { WORLDS = 240, STATIONS_MOST = 6 };

struct maker {
    uint64_t state;
    char text[4096];
    size_t used;
};

static uint32_t dice(struct maker *maker, uint32_t sides) { /* a linear congruence (Knuth, MMIX) */
    maker->state = maker->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(maker->state >> 33) % sides;
}

__attribute__((format(printf, 2, 3))) static void say(struct maker *maker, const char *format,
                                                      ...) {
    va_list list;
    va_start(list, format);
    maker->used += (size_t)vsnprintf(maker->text + maker->used, sizeof maker->text - maker->used,
                                     format, list);
    va_end(list);
    cr_assert_lt(maker->used, sizeof maker->text);
}

static void say_station(struct maker *maker, uint32_t i, bool tied) {
    static const char *const times[] = {"exponential(3 min)", "erlang(2 mean=3 min)",
                                        "uniform(1 5) min"};
    static const char *const whole[] = {"2 min", "3 min", "discrete(1=50 2=30 7=20) min"};
    static const char *const rules[] = {"fifo", "spt", "[priority, lifo]"};
    say(maker, "  s%u: {machines: %u, time: %s", i, 1 + dice(maker, 3) / 2,
        (tied ? whole : times)[dice(maker, 3)]);
    say(maker, ", queue: {rule: %s", rules[dice(maker, 5) / 2]);
    if (dice(maker, 3)) say(maker, ", room: %u", dice(maker, 4));
    say(maker, "}}\n");
}

/* Items go forward, past some stations; stations stand in the file in an order of their own. */
static void make_world(struct maker *maker, uint64_t seed) {
    bool tied = seed % 2, always = seed % 3 == 0;
    *maker = (struct maker){.state = seed * 7919 + 1};
    uint32_t stations = 1 + dice(maker, STATIONS_MOST), items = 1 + dice(maker, 2);
    say(maker, "run: {length: 2 d, warm-up: 2 h}\nrecord: {queue-work: %s}\nitems:\n",
        seed % 5 == 0 ? "yes" : "no");
    for (uint32_t i = 0; i < items; i++) {
        say(maker, "  i%u: {route: [s0", i);
        for (uint32_t s = 1; s < stations; s++)
            if (dice(maker, 4)) say(maker, ", s%u", s);
        say(maker, "]}\n");
    }
    say(maker, "releases:\n");
    for (uint32_t i = 0; i < items; i++)
        say(maker, "  r%u: {item: i%u, %s}\n", i, i,
            always && i == 0 ? "when: always"
            : tied           ? "every: 4 min"
                             : "every: exponential(5 min)");
    say(maker, "stations:\n");
    bool falling = dice(maker, 2);
    for (uint32_t s = 0; s < stations; s++)
        say_station(maker, falling ? stations - 1 - s : s, tied);
}

static void all_by_phases(const struct world *world) {
    for (int32_t i = 0; i < world->plant->step_count; i++)
        world->plant->steps[i].flags &= ~(uint32_t)STEP_COMMON;
}

/* How many steps could go straight. */
static int32_t compare_ways(const struct maker *maker, uint64_t seed) {
    struct world straight, phases;
    world_open(&straight, maker->text);
    world_open(&phases, maker->text);
    int32_t common = 0;
    for (int32_t i = 0; i < straight.plant->step_count; i++)
        common += (straight.plant->steps[i].flags & STEP_COMMON) != 0;
    all_by_phases(&phases);
    world_replicate(&straight, seed, 1, true);
    world_replicate(&phases, seed, 1, true);
    cr_assert_eq(straight.said_count, phases.said_count, "world %d:\n%s", (int)seed, maker->text);
    for (int32_t i = 0; i < phases.said_count; i++) {
        const struct said *a = &straight.said[i], *b = &phases.said[i];
        cr_assert(a->at == b->at && !strcmp(a->who, b->who) && !strcmp(a->what, b->what),
                  "world %d, event %d: %s %s, by phases %s %s\n%s", (int)seed, i, a->who, a->what,
                  b->who, b->what, maker->text);
    }
    cr_assert(!memcmp(straight.block, phases.block,
                      (size_t)phases.plant->layout.value_count * sizeof(double)),
              "world %d:\n%s", (int)seed, maker->text);
    world_close(&straight);
    world_close(&phases);
    return common;
}

Test(alone, the_straight_way_ends_where_the_phases_do) {
    int32_t common = 0;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        struct maker maker;
        make_world(&maker, seed);
        common += compare_ways(&maker, seed);
    }
    cr_expect_gt(common, WORLDS);
}
