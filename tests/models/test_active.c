/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Active periods: whose is the longest of each moment. */
#include "world.h"

#include "../../models/measure/active.h"

/* Three stations; each lot is an hour of work. Active from .. to:
 *
 *     m1  0-5, 8-14        m2  4-11 (a lot comes at 10, just when it would rest)
 *     m3  2-3, 12-20
 *
 * Of 18 hours: until 4 m1 alone (its period ends at 5), 4-11 m2, 11-12 m1 alone, from 12 on m1 and
 * m3, which are both 6 h long when the end cuts m3 off at 18. m3 at 2 lies within m1. So alone are
 * m1 0-4, 11-12; m2 5-8; m3 14-18; and shifting m1-m2 4-5, 8-11; m1-m3 12-14. */
static const char three[] = "title: t\n"
                            "run: {%s}\n"
                            "record: {active: yes}\n"
                            "items: {a: {route: [m1]}, b: {route: [m2]}, c: {route: [m3]}}\n"
                            "stations: {m1: {time: 1 h}, m2: {time: 1 h}, m3: {time: 1 h}}\n"
                            "releases:\n"
                            "  a: {item: a, every: sequence(0 0 0 0 0 8 0 0 0 0 0 then stop) h}\n"
                            "  b: {item: b, every: sequence(4 0 0 0 0 0 6 then stop) h}\n"
                            "  c: {item: c, every: sequence(2 10 0 0 0 0 0 0 0 then stop) h}\n";

static void expect_hours(const struct world *world, const char *station, double hours, double sole,
                         double shifting) {
    char path[64];
    snprintf(path, sizeof path, "stations.%s.active.sole", station);
    cr_expect_float_eq(world_value(world, path) * hours, sole, 1e-9, "%s: %.17g", path,
                       world_value(world, path) * hours);
    snprintf(path, sizeof path, "stations.%s.active.shifting", station);
    cr_expect_float_eq(world_value(world, path) * hours, shifting, 1e-9, "%s: %.17g", path,
                       world_value(world, path) * hours);
}

static void run_three(struct world *world, const char *more) {
    char text[2048];
    snprintf(text, sizeof text, three, more);
    world_run(world, text);
    cr_assert_null(world->why);
}

Test(active, the_longest_period_of_each_moment_is_the_bottleneck) {
    struct world world;
    run_three(&world, "length: 18 h");
    expect_hours(&world, "m1", 18, 5, 6);
    expect_hours(&world, "m2", 18, 3, 4);
    expect_hours(&world, "m3", 18, 4, 2);
    world_close(&world);
}

/* As if it ended at 13: m3 at 12 lies within m1 8-13. */
Test(active, a_horizon_cuts_periods_off_and_changes_nothing_later) {
    struct world world;
    run_three(&world, "length: 18 h, horizons: [13 h]");
    const struct layout *layout = &world.plant->layout;
    static const struct {
        const char *path;
        double hours;
    } at13[] = {{"stations.m1.active.sole", 6}, {"stations.m1.active.shifting", 4},
                {"stations.m2.active.sole", 3}, {"stations.m2.active.shifting", 4},
                {"stations.m3.active.sole", 0}, {"stations.m3.active.shifting", 0}};
    for (size_t i = 0; i < sizeof at13 / sizeof *at13; i++) {
        double value = world.block[layout_at(layout, 0, layout_find(layout, at13[i].path))];
        cr_expect_float_eq(13 * value, at13[i].hours, 1e-9, "%s: %g h", at13[i].path, 13 * value);
    }
    double end = world.block[layout_at(layout, 1, layout_find(layout, "stations.m3.active.sole"))];
    cr_expect_float_eq(18 * end, 4, 1e-9);
    world_close(&world);
}

/* Measuring begins after 6 hours, when m2's period of 7 hours has 5 to go. */
Test(active, the_warm_up_is_not_counted_but_periods_keep_their_beginning) {
    struct world world;
    run_three(&world, "warm-up: 6 h, length: 12 h");
    expect_hours(&world, "m1", 12, 1, 5);
    expect_hours(&world, "m2", 12, 2, 3);
    expect_hours(&world, "m3", 12, 4, 2);
    world_close(&world);
}

Test(active, nothing_is_measured_unless_somebody_asks) {
    struct world world;
    static const char plain[] =
        "title: t\nrun: {length: 5 h}\nitems: {a: {route: [m]}}\n"
        "stations: {m: {time: 1 h}}\nreleases: {r: {item: a, every: 2 h}}\n";
    world_run(&world, plain);
    cr_expect_lt(layout_find(&world.plant->layout, "stations.m.active.sole"), 0);
    cr_expect_null(world.run->activity);
    world_close(&world);
    char text[1024];
    snprintf(text, sizeof text, "%sclaims: [stations.m.active.sole < 1]\n", plain);
    world_run(&world, text);
    cr_expect_geq(layout_find(&world.plant->layout, "stations.m.active.sole"), 0);
    world_close(&world);
}

/* ---- against counting moment by moment ---- */

enum { MACHINES = 12, STATIONS = 5, CHANGES = 6000, PERIODS_MOST = 2 * CHANGES };

struct watched_period {
    tick from, to;
    int32_t machine;
    bool bottleneck;
};

struct rehearsal {
    struct station stations[STATIONS];
    struct machine_plan machines[MACHINES];
    struct plant plant;
    struct run run;
    struct watched_period periods[PERIODS_MOST];
    int32_t count, lasting[MACHINES]; /* the period of a machine, or -1 */
    tick moments[2 * PERIODS_MOST + 2];
    double sole[STATIONS + MACHINES], shifting[STATIONS + MACHINES];
};

static void begin_rehearsal(struct rehearsal *r) {
    static const int32_t machines_of[STATIONS] = {1, 4, 1, 3, 3};
    int32_t first = 0;
    for (int32_t s = 0; s < STATIONS; s++) {
        r->stations[s] = (struct station){.machine_first = first, .machine_count = machines_of[s]};
        for (int32_t m = 0; m < machines_of[s]; m++)
            r->machines[first + m] =
                (struct machine_plan){.station = s, .own = s == 1 || s == 3 ? first + m : -1};
        first += machines_of[s];
    }
    r->plant = (struct plant){.activity = true,
                              .machine_count = MACHINES,
                              .station_count = STATIONS,
                              .own_count = MACHINES,
                              .stations = r->stations,
                              .machines = r->machines};
    r->run.plant = &r->plant;
    r->run.activity = activity_make(&r->plant);
    activity_start(&r->run);
    for (int32_t i = 0; i < MACHINES; i++) r->lasting[i] = -1;
}

/* A change of a machine, noted; a pause of no length is none. */
static void change(struct rehearsal *r, int32_t machine) {
    int32_t at = r->lasting[machine];
    activity_changes(&r->run, machine, at < 0 ? STATE_WORKING : STATE_STARVED);
    if (at >= 0) {
        r->periods[at].to = r->run.now;
        r->lasting[machine] = -1;
        return;
    }
    for (int32_t i = r->count - 1; i >= 0; i--)
        if (r->periods[i].machine == machine) {
            if (r->periods[i].to == r->run.now) at = i;
            break;
        }
    if (at < 0) {
        at = r->count++;
        r->periods[at] = (struct watched_period){.from = r->run.now, .machine = machine};
    }
    r->periods[at].to = TICK_NEVER;
    r->lasting[machine] = at;
}

static int ascending(const void *a, const void *b) {
    tick left = *(const tick *)a, right = *(const tick *)b;
    return (left > right) - (left < right);
}

static tick end_of(const struct rehearsal *r, const struct watched_period *period) {
    return period->to == TICK_NEVER ? r->run.now : period->to;
}

static bool covers(const struct rehearsal *r, const struct watched_period *period, tick at) {
    return period->from <= at && end_of(r, period) > at;
}

/* Everything again from all periods, for each stretch of time in which nothing changes. */
static void count_all(struct rehearsal *r, tick from) {
    int32_t count = 0;
    for (int32_t i = 0; i < r->count; i++) {
        r->periods[i].bottleneck = false;
        r->moments[count++] = r->periods[i].from;
        r->moments[count++] = end_of(r, &r->periods[i]);
    }
    r->moments[count++] = from;
    qsort(r->moments, (size_t)count, sizeof *r->moments, ascending);
    for (int32_t k = 0; k + 1 < count; k++) {
        if (r->moments[k] == r->moments[k + 1]) continue;
        tick longest = 0;
        for (int32_t pass = 0; pass < 2; pass++)
            for (int32_t i = 0; i < r->count; i++) {
                struct watched_period *period = &r->periods[i];
                if (!covers(r, period, r->moments[k])) continue;
                tick length = end_of(r, period) - period->from;
                if (pass == 0 && length > longest) longest = length;
                if (pass == 1 && length == longest) period->bottleneck = true;
            }
    }
    for (int32_t k = 0; k + 1 < count; k++) {
        int32_t of[STATIONS] = {0}, all = 0, stations = 0;
        double span = (double)(r->moments[k + 1] - r->moments[k]);
        if (r->moments[k] < from) continue;
        for (int32_t i = 0; i < r->count; i++)
            if (r->periods[i].bottleneck && covers(r, &r->periods[i], r->moments[k])) {
                stations += of[r->machines[r->periods[i].machine].station]++ == 0;
                all++;
            }
        for (int32_t s = 0; s < STATIONS; s++)
            if (of[s]) (stations == 1 ? r->sole : r->shifting)[s] += span;
        for (int32_t i = 0; i < r->count; i++)
            if (r->periods[i].bottleneck && covers(r, &r->periods[i], r->moments[k]) &&
                r->machines[r->periods[i].machine].own >= 0)
                (all == 1 ? r->sole : r->shifting)[STATIONS + r->periods[i].machine] += span;
    }
}

static uint32_t next_number(uint32_t *state) {
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

/* Changes at few different times, so that many share an instant and many periods are equal. Some
 * machines are active for long, most for short. */
static void rehearse(struct rehearsal *r, uint32_t seed, uint32_t pause, tick reset) {
    uint32_t state = seed;
    begin_rehearsal(r);
    for (int32_t i = 0; i < CHANGES; i++) {
        tick before = r->run.now;
        r->run.now += (tick)(next_number(&state) % pause);
        if (before < reset && r->run.now >= reset) {
            tick now = r->run.now;
            r->run.now = reset;
            activity_reset(&r->run);
            r->run.now = now;
        }
        int32_t machine = (int32_t)(next_number(&state) % MACHINES);
        bool lasts = r->lasting[machine] >= 0 && machine % 4 == 0;
        if (!lasts || next_number(&state) % 16 == 0) change(r, machine);
        if (i % 997 == 0) (void)activity_times(&r->run); /* looking changes nothing */
    }
    r->run.now += 5;
    const struct bottleneck_time *times = activity_times(&r->run);
    count_all(r, reset);
    for (int32_t i = 0; i < STATIONS + MACHINES; i++) {
        cr_expect_eq((double)times[i].sole, r->sole[i], "seed %u, %d alone: %lld, not %g", seed, i,
                     (long long)times[i].sole, r->sole[i]);
        cr_expect_eq((double)times[i].shifting, r->shifting[i], "seed %u, %d shifting: %lld, %g",
                     seed, i, (long long)times[i].shifting, r->shifting[i]);
    }
    activity_delete(r->run.activity);
}

Test(active, times_are_those_of_counting_every_moment) {
    static const uint32_t pauses[] = {2, 3, 10, 1000};
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t late = 0; late < 2; late++) {
            struct rehearsal *r = calloc(1, sizeof *r);
            rehearse(r, 7 + i, pauses[i], late ? (tick)pauses[i] * 1000 : 0);
            free(r);
        }
}
