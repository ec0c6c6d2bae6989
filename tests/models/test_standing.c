/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in process at the start: in small worlds whose answers are worked out by hand. Times are
 * hours. */
#include "world.h"

#define LINE(LIST)                                                                                 \
    "run: {length: 20 h}\n"                                                                        \
    "items: {x: {route: {a: 1 h, b: 2 h, c: 4 h}}}\n"                                              \
    "releases: {on-floor: {item: x, list: [" LIST "]}, in: {item: x, at: [0 h]}}\n"                \
    "stations: {a: 1, b: 1, c: 1}\n"

Test(standing, lots_go_on_from_where_they_stand) {
    /* Lot 0 waits for c, lot 1 has half an hour left at b, lot 2 waits for b, lot 3 comes in. */
    struct world world;
    world_run(&world, LINE("{step: c}, {step: b, work-left: 30 min}, {step: b}"));
    EXPECT_STARTS(&world, "a", "0/1/3");
    EXPECT_STARTS(&world, "b", "0/1/1 0.5/1/2 2.5/1/3");
    EXPECT_STARTS(&world, "c", "0/1/0 4/1/1 8/1/2 12/1/3");
    EXPECT_LEAVES(&world, "0@4 1@8 2@12 3@16");
    expect_value(&world, "releases.on-floor.output", 3);
    expect_value(&world, "system.cycle-time.min", 4);
    world_close(&world);
}

Test(standing, the_time_since_the_release_counts) {
    struct world world;
    world_run(&world, LINE("{step: c, released: -5 h, due: 3 h}"));
    expect_value(&world, "releases.on-floor.cycle-time", 9);
    expect_value(&world, "releases.on-floor.time-in.queue", 5);
    expect_value(&world, "releases.on-floor.tardiness", 1);
    world_close(&world);
}

Test(standing, a_row_with_a_later_moment_comes_then) {
    struct world world;
    world_run(&world, LINE("{step: b, at: 2 h}"));
    EXPECT_STARTS(&world, "b", "1/1/0 3/1/1"); /* the one that came in at 0 was there before */
    EXPECT_LEAVES(&world, "0@7 1@11");
    world_close(&world);
}

Test(standing, neither_room_nor_cards_keep_it_outside) {
    /* Two lots inside with one card: the next comes in when both have left. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {a: 1 h, b: 2 h}}}\n"
                      "releases: {on-floor: {item: x, list: [{step: b}, {step: b}]},\n"
                      "  in: {item: x, at: [0 h]}}\n"
                      "stations: {a: 1, b: {queue: {room: 0}}}\n"
                      "cards: {wip: {count: 1, from: a, to: b}}\n");
    EXPECT_STARTS(&world, "b", "0/1/0 2/1/1 5/1/2");
    EXPECT_STARTS(&world, "a", "4/1/2");
    world_close(&world);
}

Test(standing, a_machine_is_set_up_for_what_stands_on_it) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {a: 1 h}}, y: {route: {a: 1 h}}}\n"
                      "releases: {on-floor: {list: [{item: x, step: a, work-left: 30 min},\n"
                      "  {item: x, step: a}, {item: y, step: a}]}}\n"
                      "stations: {a: {setup: 2 h}}\n");
    EXPECT_LEAVES(&world, "0@0.5 1@1.5 2@4.5");
    world_close(&world);
}

Test(standing, people_are_needed_for_what_is_left) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "calendars: {late: {cycle: {work: 20 h, rest: 0 h}}}\n"
                      "crews: {hand: 1}\n"
                      "items: {x: {route: {a: 1 h}}, y: {route: {b: 1 h}}}\n"
                      "releases: {on-floor: {list: [{item: x, step: a, work-left: 30 min},\n"
                      "  {item: y, step: b, work-left: 15 min}]}}\n"
                      "stations: {a: {needs: {run: hand}}, b: {needs: {run: hand}}}\n");
    EXPECT_LEAVES(&world, "0@0.5 1@0.75");
    expect_value(&world, "crews.hand.utilization", 0.75 / 20);
    world_close(&world);
}

Test(standing, a_limit_counts_from_the_release_before_the_run) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: {a: 1 h, b: {time: 1 h,\n"
              "  start-within: {time: 5 h, of: release, else: out}}}}}\n"
              "releases: {on-floor: {item: x, list: [{step: b, work-left: 3 h, released: -9 h},\n"
              "  {step: b, released: -3 h}, {step: b, released: -1 h}]}}\n"
              "stations: {a: 1, b: 1}\n");
    EXPECT_LEAVES(&world, "0@3 2@4"); /* lot 1 gives up at 2 */
    expect_value(&world, "system.gave-up", 1);
    world_close(&world);
}

Test(standing, what_cannot_stand_there_is_a_fault) {
    world_expect_fault(LINE("{step: d}"), "the route of 'x' has no step 'd'");
    world_expect_fault(LINE("{step: b, work-left: 1 h}, {step: b, work-left: 1 h}"),
                       "at the start more lots are on machines of 'b' than it has machines");
    world_expect_fault(LINE("{pieces: 1}"), "'at' must be given");
    world_expect_fault(LINE("{step: b, at: 1 h, work-left: 1 h}"),
                       "is on a machine when the run begins");
    world_expect_fault(LINE("{step: b, at: 1 h, released: 2 h}"),
                       "is on the floor before it is released");
}
