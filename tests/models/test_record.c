/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of small worlds, worked out by hand. That logs agree with what runs measure is tested
 * with worlds made at random: test_property.c. */
#include "logged.h"

static void log_open(struct world *world, struct log *log, const char *text, int64_t rows_most) {
    world_open(world, text);
    const char *why =
        log_make(&world->scenario->scenario->arena, world->plant, 1, 1, rows_most, log);
    cr_assert_null(why, "stopped: %s", why);
}

static void log_close(struct world *world, struct log *log) {
    log_clear(log);
    world_close(world);
}

/* Rows of these kinds, one text each: HOUR WHAT THING=CODE ... */
static const char *log_text(struct world *world, const struct log *log, int32_t first,
                            int32_t last) {
    world->text[world->used = 0] = '\0';
    for (int64_t i = 0; i < log->count; i++) {
        const struct record *row = &log->rows[i];
        if (row->what < first || row->what > last) continue;
        world_add(world, "%g:%s", hours(row->at), record_kinds[row->what].word);
        for (int32_t c = 0; c < LOG_COLUMN_COUNT; c++)
            if (strcmp(log_columns[c].name, "state") == 0 && row->state != NOBODY)
                world_add(world, "state=%s", machine_state_names[row->state]);
            else if (log_code(row, &log_columns[c]) != NOBODY)
                world_add(world, "%s=%d", log_columns[c].name, log_code(row, &log_columns[c]));
        if (!isnan(row->value)) world_add(world, "(%g)", row->value);
        world_add(world, "|");
    }
    return world->text;
}

#define EXPECT_LOG(WORLD, LOG, FIRST, LAST, RIGHT)                                                 \
    cr_expect_str_eq(log_text(WORLD, LOG, FIRST, LAST), RIGHT, "the log says\n%s\nnot\n%s",        \
                     (WORLD)->text, RIGHT)

Test(record, each_step_of_a_lot_is_a_row) {
    struct world world;
    struct log log;
    log_open(&world, &log,
             "run: {length: 10 h}\n"
             "items: {a: {lot: 2, route: {saw: 1 h, mill: 2 h}}}\n"
             "stations: {saw: {}, mill: {setup: {when: lot changes, time: 3 h}}}\n"
             "releases: {r: {item: a, at: [1 h]}}\n",
             1000);
    EXPECT_LOG(&world, &log, RECORD_RELEASED, RECORD_LEFT,
               "1:released lot=0 item=0 release=0 (2) | "
               "1:queued station=0 lot=0 item=0 step=0 release=0 (2) | "
               "1:started station=0 machine=1 lot=0 item=0 step=0 release=0 (1) | "
               "2:ended station=0 machine=1 lot=0 item=0 step=0 release=0 (2) | "
               "2:queued station=1 lot=0 item=0 step=1 release=0 (2) | "
               "2:set-up station=1 machine=1 lot=0 item=0 step=1 release=0 (3) | "
               "5:started station=1 machine=1 lot=0 item=0 step=1 release=0 (2) | "
               "7:ended station=1 machine=1 lot=0 item=0 step=1 release=0 (2) | "
               "7:left lot=0 item=0 release=0 (6) |");
    log_close(&world, &log);
}

/* The first states and levels are those at the end of the first instant; then only changes. */
Test(record, states_and_levels_are_told_when_they_change) {
    struct world world;
    struct log log;
    log_open(&world, &log,
             "run: {length: 10 h}\n"
             "items: {a: {route: {saw: 1 h, mill: 2 h}}}\n"
             "stations: {saw: {}, mill: {queue: {room: 0}}}\n"
             "releases: {r: {item: a, at: [0 h, 0 h, 0 h]}}\n",
             1000);
    EXPECT_LOG(
        &world, &log, RECORD_STATE, RECORD_WIP,
        "0:state station=0 machine=1 state=working | 0:state station=1 machine=1 state=starved | "
        "0:wip (3) | 1:state station=1 machine=1 state=working | "
        "2:state station=0 machine=1 state=blocked | 3:state station=0 machine=1 state=working | "
        "3:wip (2) | 4:state station=0 machine=1 state=blocked | "
        "5:state station=0 machine=1 state=starved | 5:wip (1) | "
        "7:state station=1 machine=1 state=starved | 7:wip (0) |");
    EXPECT_LOG(&world, &log, RECORD_QUEUE, RECORD_QUEUE,
               "0:queue station=0 (2) | 0:queue station=1 (0) | 1:queue station=0 (1) | "
               "3:queue station=0 (0) |");
    log_close(&world, &log);
}

Test(record, orders_have_the_number_of_who_placed_them) {
    struct world world;
    struct log log;
    log_open(&world, &log,
             "run: {length: 20 h}\n"
             "items: {a: {}}\n"
             "stocks:\n"
             "  shelf: {holds: a, from: depot, start: 1, lead-time: 1 h,\n"
             "          reorder: {policy: base-stock, level: 1}}\n"
             "  depot: {holds: a, from: maker, start: 0, reorder: {policy: base-stock, level: 0}}\n"
             "suppliers: {maker: {supplies: a, lead-time: 3 h}}\n"
             "customers: {c: {buys: a, from: shelf, at: [2 h, 4 h]}}\n",
             1000);
    EXPECT_LOG(&world, &log, RECORD_ORDERED, RECORD_RECEIVED,
               "2:ordered item=0 customer=0 order=0 stock=0 (1) | "
               "2:served item=0 customer=0 order=0 stock=0 (1) | "
               "2:ordered item=0 order=0 stock=1 receiver=0 (1) | "
               "2:ordered item=0 order=0 receiver=1 supplier=0 (1) | "
               "4:ordered item=0 customer=0 order=1 stock=0 (1) | "
               "4:ordered item=0 order=1 stock=1 receiver=0 (1) | "
               "4:ordered item=0 order=1 receiver=1 supplier=0 (1) | "
               "5:received item=0 order=0 receiver=1 supplier=0 (1) | "
               "5:served item=0 order=0 stock=1 receiver=0 (1) | "
               "6:received item=0 order=0 receiver=0 (1) | "
               "6:served item=0 customer=0 order=1 stock=0 (1) | "
               "7:received item=0 order=1 receiver=1 supplier=0 (1) | "
               "7:served item=0 order=1 stock=1 receiver=0 (1) | "
               "8:received item=0 order=1 receiver=0 (1) |");
    log_close(&world, &log);
}

Test(record, machines_made_by_need_are_counted_in_their_own_station) {
    struct world world;
    struct log log;
    log_open(&world, &log,
             "run: {length: 10 h}\n"
             "items: {a: {route: {one: 4 h}}, b: {route: {two: 4 h}}}\n"
             "stations: {one: {machines: unlimited}, two: {machines: unlimited}}\n"
             "releases: {r: {item: a, at: [0 h, 1 h]}, s: {item: b, at: [0 h, 2 h, 5 h]}}\n",
             1000);
    EXPECT_LOG(&world, &log, RECORD_STARTED, RECORD_STARTED,
               "0:started station=0 machine=1 lot=0 item=0 step=0 release=0 (4) | "
               "0:started station=1 machine=1 lot=1 item=1 step=1 release=1 (4) | "
               "1:started station=0 machine=2 lot=2 item=0 step=0 release=0 (4) | "
               "2:started station=1 machine=2 lot=3 item=1 step=1 release=1 (4) | "
               "5:started station=1 machine=1 lot=4 item=1 step=1 release=1 (4) |");
    log_close(&world, &log);
}

Test(record, a_full_log_ends_with_a_whole_instant) {
    static const char *const text = "run: {length: 10 h}\n"
                                    "items: {a: {route: {saw: 1 h}}}\n"
                                    "stations: {saw: {}}\n"
                                    "releases: {r: {item: a, every: 2 h}}\n";
    struct world world;
    struct log all, some;
    log_open(&world, &all, text, 1000);
    cr_assert(!all.cut);
    cr_expect_eq(all.to, 10 * TICK_H);
    for (int64_t most = 1; most < all.count; most++) {
        cr_assert_null(log_make(&world.scenario->scenario->arena, world.plant, 1, 1, most, &some));
        cr_assert(some.cut);
        cr_assert_leq(some.count, most);
        for (int64_t i = 0; i < some.count; i++)
            cr_assert_eq(memcmp(&some.rows[i], &all.rows[i], sizeof *some.rows), 0);
        cr_assert(some.count == 0 || some.rows[some.count - 1].at < some.to);
        cr_assert_eq(all.rows[some.count].at, some.to); /* what comes next comes then */
        log_clear(&some);
    }
    log_close(&world, &all);
}

Test(record, a_run_that_stops_leaves_the_log_until_then) {
    struct world world;
    struct log log;
    world_open(&world, "run: {length: 10 h}\n"
                       "items: {a: {route: {one: {at: s}, two: {at: t}, three: {at: s},\n"
                       "                    four: {at: t}}}}\n"
                       "stations: {s: {time: 1 h, queue: {room: 0}},\n"
                       "           t: {time: 1 h, queue: {room: 0}}}\n"
                       "releases: {r: {item: a, when: always}}\n");
    const char *why = log_make(&world.scenario->scenario->arena, world.plant, 1, 1, 1000, &log);
    cr_assert(why && strstr(why, "deadlock"));
    cr_expect(log.count > 0 && !log.cut);
    cr_expect_eq(log.to, 2 * TICK_H);
    log_close(&world, &log);
}
