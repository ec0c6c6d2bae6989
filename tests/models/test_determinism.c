/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may not change a bit: threads, reuse of memory, what else stands in the scenario. */
#include "../../analysis/results/results.h"
#include "world.h"

/* Some of everything, with laws that need no mathematics beyond sums and products. */
#define SHOP_ITEMS                                                                                 \
    "items:\n"                                                                                     \
    "  gear:\n"                                                                                    \
    "    lot: 3\n"                                                                                 \
    "    route:\n"                                                                                 \
    "      saw: uniform(1 3) min/piece\n"                                                          \
    "      oven: {time: 20 min/batch}\n"                                                           \
    "      mill: {time: uniform(4 9) min, rework: {share: 10 %, times: 2, then: pass}}\n"          \
    "      check: {time: 2 min, scrap: 3 %}\n"                                                     \
    "  shaft:\n"                                                                                   \
    "    route:\n"                                                                                 \
    "      mill: {time: uniform(2 8) min, next: {check: 70 %, saw: 30 %}}\n"                       \
    "      saw: {time: 3 min, load: uniform(0 1) min}\n"                                           \
    "      check: 1 min\n"
#define SHOP_RELEASES                                                                              \
    "releases:\n"                                                                                  \
    "  gears: {item: gear, every: uniform(10 20) min, due: uniform(60 120) min}\n"                 \
    "  shafts: {item: shaft, every: uniform(5 13) min, priority: 2}\n"
#define SHOP_STATIONS                                                                              \
    "  saw: {machines: 2, queue: {room: 4, rule: [priority, spt]}}\n"                              \
    "  oven: {batch: {min: 2, max: 3, wait: 45 min}}\n"                                            \
    "  mill: {machines: 2, setup: {time: uniform(1 2) min}, queue: edd,\n"                         \
    "         failures: {jam: {after: uniform(50 150) min, lasts: uniform(5 15) min},\n"           \
    "                    care: {clock: up, after: 8 h, lasts: 20 min, stops: after-part}}}\n"      \
    "  check: {calendar: day, at-shift-end: finish}\n"
#define SHOP_REST                                                                                  \
    "calendars: {day: {cycle: {work: 23 h, rest: 1 h}}}\n"                                         \
    "cards: {loop: {count: 9, from: mill, to: check}}\n"
#define SHOP(RUN, MORE)                                                                            \
    "run: {" RUN "}\n" SHOP_ITEMS SHOP_RELEASES "stations:\n" MORE SHOP_STATIONS SHOP_REST

static const char *const shop = SHOP("length: 4 d, warm-up: 1 d, replications: 12", "");

static struct takt_results *run_on(const char *text, int32_t jobs, bool compare) {
    struct takt_scenario *scenario;
    struct takt_results *results;
    enum takt_status status = world_read(text, &scenario);
    if (status != TAKT_OK) takt_scenario_faults(scenario, stderr, false);
    cr_assert_eq(status, TAKT_OK);
    struct takt_run_options options = {.jobs = jobs};
    status = compare ? takt_compare(scenario, &options, &results)
                     : takt_run(scenario, &options, &results);
    cr_assert_eq(status, TAKT_OK);
    takt_scenario_delete(scenario);
    return results;
}

static void expect_same_bits(const struct takt_results *a, const struct takt_results *b) {
    cr_assert_eq(a->point_count, b->point_count);
    cr_assert_eq(a->replication_count, b->replication_count);
    for (int32_t p = 0; p < a->point_count; p++)
        for (int32_t r = 0; r < a->replication_count; r++)
            cr_expect_eq(memcmp(a->points[p].blocks[r], b->points[p].blocks[r],
                                (size_t)a->points[p].layout->value_count * sizeof(double)),
                         0, "point %d, replication %d", p, r);
}

Test(determinism, the_number_of_threads_changes_no_bit) {
    struct takt_results *one = run_on(shop, 1, false);
    for (int32_t jobs = 2; jobs <= 8; jobs *= 2) {
        struct takt_results *many = run_on(shop, jobs, false);
        expect_same_bits(one, many);
        takt_results_delete(many);
    }
    takt_results_delete(one);
}

#define ARMS                                                                                       \
    "arms:\n"                                                                                      \
    "  more: {change: {stations.mill.machines: 3}}\n"                                              \
    "  rule: {change: {stations.saw.queue.rule: fifo}}\n"

Test(determinism, the_number_of_threads_changes_no_bit_of_any_arm) {
    static const char *const text = SHOP("length: 2 d, replications: 5", "") ARMS;
    struct takt_results *one = run_on(text, 1, true), *eight = run_on(text, 8, true);
    cr_assert_eq(one->point_count, 3);
    expect_same_bits(one, eight);
    takt_results_delete(one);
    takt_results_delete(eight);
}

Test(determinism, replications_differ_and_their_memory_does_not_matter) {
    struct world world;
    world_open(&world, shop);
    size_t size = (size_t)world.plant->layout.value_count * sizeof(double);
    double *first = malloc(size);
    world_replicate(&world, 1, 1, false);
    memcpy(first, world.block, size);
    world_replicate(&world, 1, 2, false);
    cr_expect_neq(memcmp(first, world.block, size), 0);
    world_replicate(&world, 2, 1, true);
    cr_expect_neq(memcmp(first, world.block, size), 0);
    world_replicate(&world, 1, 1, true); /* whether somebody listens or not */
    cr_expect_eq(memcmp(first, world.block, size), 0);
    free(first);
    world_close(&world);
}

/* ---- the order of events ---- */
/* FNV-1a. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* Of moments, classes, names and numbers; not of words, which may be improved. */
static uint64_t hash_said(const struct world *world) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int32_t i = 0; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        int32_t class_ = (int32_t)said->class_;
        hash = hash_bytes(hash, &said->at, sizeof said->at);
        hash = hash_bytes(hash, &class_, sizeof class_);
        hash = hash_bytes(hash, said->who, strlen(said->who));
        for (const char *at = said->what; *at; at++)
            if ((*at >= '0' && *at <= '9') || *at == '.') hash = hash_bytes(hash, at, 1);
    }
    return hash;
}

/* If this fails, the order of events or a draw has changed: that is a change of every result, and
 * wants a line in the changelog with the new number. */
Test(determinism, the_sequence_of_events_is_the_same_for_ever) {
    struct world world;
    world_run(&world, shop);
    cr_expect_null(world.why);
    cr_expect_eq(world.said_count, 5456, "%d", world.said_count);
    cr_expect_eq(hash_said(&world), UINT64_C(0xc2b02e1c59f02d6e), "the hash is 0x%016llx",
                 (unsigned long long)hash_said(&world));
    world_close(&world);
}

/* ---- what does not belong to it ---- */
/* Every number of A is in B, with the same bits, but those whose path holds EXCEPT. */
static void expect_contained(const struct world *a, const struct world *b, const char *except) {
    const struct layout *layout = &a->plant->layout, *other = &b->plant->layout;
    for (int32_t i = 0; i < layout->column_count; i++) {
        const char *path = layout->columns[i].path;
        if (except && strstr(path, except)) continue;
        int32_t column = layout_find(other, path);
        cr_assert(column >= 0, "%s", path);
        cr_assert_eq(memcmp(&a->block[layout_at(layout, 0, i)],
                            &b->block[layout_at(other, 0, column)], sizeof(double)),
                     0, "%s", path);
    }
}

Test(determinism, an_unused_station_changes_no_bit_of_the_others) {
    struct world plain, with;
    world_run(&plain, SHOP("length: 3 d", ""));
    world_run(&with,
              SHOP("length: 3 d",
                   "  unused: {machines: 7, time: 3 min, queue: {room: 2}, cost: 0 EUR/h}\n"));
    expect_contained(&plain, &with, NULL);
    world_close(&plain);
    world_close(&with);
}

Test(determinism, an_arm_changes_no_bit_of_the_base) {
    struct takt_results *plain = run_on(SHOP("length: 2 d, replications: 3", ""), 1, true),
                        *with = run_on(SHOP("length: 2 d, replications: 3", "") ARMS, 1, true);
    cr_assert_eq(plain->point_count, 1);
    with->point_count = 1;
    expect_same_bits(plain, with);
    with->point_count = 3;
    takt_results_delete(plain);
    takt_results_delete(with);
}

Test(determinism, another_line_beside_it_changes_no_bit_of_a_line) {
    static const char *const other_items = "  pin: {route: {press: uniform(1 4) min}}\n",
                             *const other_release =
                                 "  pins: {item: pin, every: uniform(2 4) min}\n",
                             *const other_station =
                                 "  press: {failures: {jam: {after: 1 h, lasts: 2 min}}}\n";
    char text[4000];
    snprintf(text, sizeof text, "run: {length: 3 d}\n%s%s%s%sstations:\n%s%s%s", "items:\n",
             other_items, &SHOP_ITEMS[strlen("items:\n")], SHOP_RELEASES, other_station,
             SHOP_STATIONS, SHOP_REST);
    /* the release goes behind the last one of the shop */
    char *at = strstr(text, "stations:\n");
    memmove(at + strlen(other_release), at, strlen(at) + 1);
    memcpy(at, other_release, strlen(other_release));
    struct world plain, with;
    world_run(&plain, SHOP("length: 3 d", ""));
    world_run(&with, text);
    cr_assert_gt(world_value(&with, "items.pin.output"), 1000);
    expect_contained(&plain, &with, "system.");
    world_close(&plain);
    world_close(&with);
}

/* ---- common random numbers ---- */
enum { LOTS_MOST = 4096, STATIONS_MOST = 8, VISITS_MOST = 4 };

/* Hours of work by station, lot and visit, as they were said at their starts. */
struct works {
    char hours[STATIONS_MOST][LOTS_MOST][VISITS_MOST][16];
    int32_t visits[STATIONS_MOST][LOTS_MOST];
};

static int32_t station_named(const struct world *world, const char *name) {
    for (int32_t i = 0; i < world->plant->station_count; i++)
        if (strcmp(world->plant->stations[i].name, name) == 0) return i;
    return -1;
}

static struct works *works_of(const struct world *world) {
    struct works *works = calloc(1, sizeof *works);
    for (int32_t i = 0; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        int machine;
        long long lot;
        char text[16];
        int32_t station = station_named(world, said->who);
        if (station < 0 ||
            sscanf(said->what, "machine %d starts lot %lld: %15s", &machine, &lot, text) != 3 ||
            lot >= LOTS_MOST)
            continue;
        int32_t visit = works->visits[station][lot]++;
        if (visit < VISITS_MOST) strcpy(works->hours[station][lot][visit], text);
    }
    return works;
}

Test(determinism, a_job_needs_the_same_work_in_every_arm) {
    static const char *const text =
        "run: {length: 20 d}\n"
        "items:\n"
        "  a: {route: {saw: exponential(8 min),\n"
        "              mill: {time: lognormal(mean=9 cv=2) min, rework: 20 %},\n"
        "              check: uniform(1 4) min}}\n"
        "  b: {lot: 3, route: {mill: gamma(mean=2 cv=0.7) min/piece, check: uniform(1 4) min}}\n"
        "releases: {in: {item: {a: 60 %, b: 40 %}, every: exponential(10 min)}}\n"
        "stations: {saw: 1, mill: {machines: 2, queue: spt}, check: 1}\n"
        "arms:\n"
        "  fast: {change: {stations.mill.machines: 5, stations.mill.queue.rule: lifo,\n"
        "                  stations.saw.machines: 3,\n"
        "                  stations.saw.failures: {jam: {after: 1 h, lasts: 1 min}}}}\n";
    struct world base, fast;
    world_open(&base, text);
    world_open_arm(&fast, text, "fast");
    world_replicate(&base, 1, 1, true);
    world_replicate(&fast, 1, 1, true);
    struct works *x = works_of(&base), *y = works_of(&fast);
    int32_t compared = 0;
    for (int32_t station = 0; station < 3; station++)
        for (int32_t lot = 0; lot < LOTS_MOST; lot++)
            for (int32_t visit = 0; visit < VISITS_MOST; visit++) {
                const char *a = x->hours[station][lot][visit], *b = y->hours[station][lot][visit];
                if (!*a || !*b) continue;
                cr_assert_str_eq(a, b, "station %d, lot %d, visit %d: %s and %s", station, lot,
                                 visit, a, b);
                compared++;
            }
    cr_expect_gt(compared, 6000, "%d", compared);
    cr_expect_lt(world_value(&fast, "system.cycle-time"), world_value(&base, "system.cycle-time"));
    free(x);
    free(y);
    world_close(&base);
    world_close(&fast);
}
