/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What machines do when there is no room ahead. Traces by hand, in hours. */
#include "world.h"

/* Two machines in a row without room between them: 1 h and 3 h. */
#define LINE(BLOCKING)                                                                             \
    "run: {length: 12 h}\n"                                                                        \
    "items: {x: {route: [a, b]}}\n"                                                                \
    "releases: {r: {item: x, at: [0 h, 0 h, 0 h]}}\n"                                              \
    "stations: {a: {time: 1 h" BLOCKING "}, b: {time: 3 h, queue: {room: 0}}}\n"

/* Every lot is welded twice, and one may wait: what comes from the machine takes the place of what
 * goes onto it, so that nobody waits for ever. The third lot comes when the first has gone. */
Test(blocking, a_lot_that_goes_back_changes_places) {
    struct world world;
    world_run(&world,
              "run: {length: 30 h}\n"
              "items: {x: {route: {cut: 1 h, weld: {time: 3 h, rework: {share: 100 %, to: weld, "
              "times: 1}}}}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
              "stations: {cut: {}, weld: {queue: {room: 1}}}\n");
    EXPECT_STARTS(&world, "cut", "0/1/0 1/1/1 2/1/2");
    EXPECT_STARTS(&world, "weld", "1/1/0 4/1/1 7/1/0 10/1/1 13/1/2 16/1/2");
    expect_value(&world, "stations.cut.states.blocked", 7.0 / 30); /* 3..10 */
    expect_value(&world, "stations.weld.queue.length.max", 1);
    expect_value(&world, "stations.weld.states.blocked", 0);
    world_close(&world);
}

Test(blocking, after_it_a_part_waits_on_the_machine) {
    struct world world;
    world_run(&world, LINE(""));
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/1 4/1/2");
    EXPECT_LEAVES(&world, "0@4 1@7 2@10");
    expect_value(&world, "stations.a.states.blocked", 4.0 / 12); /* 2..4 and 5..7 */
    world_close(&world);
}

/* Lot 1 lies on the machine from 1 on, and starts when b takes nothing more in: at 4, when the
 * place that it needs is free. */
Test(blocking, before_it_a_place_is_kept) {
    struct world world;
    world_run(&world, LINE(", blocking: before"));
    EXPECT_STARTS(&world, "a", "0/1/0 4/1/1 8/1/2");
    EXPECT_STARTS(&world, "b", "1/1/0 5/1/1 9/1/2");
    EXPECT_LEAVES(&world, "0@4 1@8 2@12");
    expect_value(&world, "stations.a.states.blocked", 6.0 / 12); /* 1..4 and 5..8 */
    expect_value(&world, "items.x.time-in.blocked", 2);
    world_close(&world);
}

/* Two sources of parts for one place: who keeps it has it. */
Test(blocking, a_kept_place_is_nobody_elses) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: [a, c]}, y: {route: [b, c]}}\n"
                      "releases: {r: {item: x, at: 0 h}, s: {item: y, at: 1 h}}\n"
                      "stations: {a: {time: 4 h, blocking: before}, b: {time: 1 h}, c: {time: 2 h, "
                      "queue: {room: 0}}}\n");
    EXPECT_LEAVES(&world, "0@6 1@8");
    expect_value(&world, "stations.b.states.blocked", 4.0 / 20); /* 2..6 */
    world_close(&world);
}

/* The fixer is busy until 9 h: only lots that the inspection will find bad wait for it, and what it
 * finds is known by their luck. */
static void expect_test_blocked(const char *defects, const char *test, const char *right) {
    char text[900];
    snprintf(
        text, sizeof text,
        "run: {length: 12 h}\n"
        "items: {y: {route: [fix]}, x: {lot: 2, route: {make: {time: 1 h, defects: %s},\n"
        "  test: {time: 1 h, inspect: {}, rework: {share: bad, to: fix}%s}, pack: {time: 0 h,\n"
        "  next: out}, fix: {time: 1 h, next: test}}}}\n"
        "releases: {r: {item: y, at: 0 h}, s: {item: x, at: 0 h, size: 2}}\n"
        "stations: {make: 1, test: {blocking: before}, pack: 1, fix: {time: 9 h, queue: "
        "{room: 0}}}\n",
        defects, test);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "test", right);
    world_close(&world);
}

Test(blocking, an_inspection_keeps_a_place_only_for_what_it_will_find) {
    expect_test_blocked("0 %", "", "1/1/1");
    expect_test_blocked("0 %", ", scrap: 50 %", "1/1/1");
    expect_test_blocked("100 %", "", "9/1/1 11/1/1");
}

/* Lot 1 is done at 2 and worked again until 3 and 4; at 4 lot 0 leaves b at the same moment, which
 * is soon enough. */
Test(blocking, a_part_is_worked_again_until_there_is_room) {
    struct world world;
    world_run(&world, LINE(", blocking: repeat"));
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/1 4/1/2");
    EXPECT_WHEN(&world, "a", "again", "2 3 5 6");
    EXPECT_LEAVES(&world, "0@4 1@7 2@10");
    expect_value(&world, "stations.a.states.blocked", 0);
    expect_value(&world, "stations.a.states.working", 7.0 / 12);
    expect_value(&world, "stations.a.throughput", 3.0 / 12); /* counted once */
    world_close(&world);
}

Test(blocking, who_waits_for_each_other_s_places_is_named) {
    expect_stop("run: {length: 20 h}\n"
                "items: {x: {route: [a, b, c]}, y: {route: [b, a, c]}}\n"
                "releases: {r: {item: x, at: [0 h, 0 h]}, s: {item: y, at: [0 h, 0 h]}}\n"
                "stations:\n"
                "  a: {time: 1 h, queue: {room: 1}, blocking: before}\n"
                "  b: {time: 1 h, queue: {room: 1}, blocking: before}\n"
                "  c: {time: 1 h}\n",
                "deadlock: the machines of a, b wait for each other's room");
}

/* Lot 1 is done at 2. What is worked again is no longer a's to give away. */
Test(blocking, what_is_worked_again_is_not_interrupted) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: [a, b]}}\n"
              "releases: {r: {list: [{at: 0 h, item: x}, {at: 0 h, item: x}, "
              "{at: 2.5 h, item: x, priority: 1}]}}\n"
              "stations: {a: {time: 1 h, blocking: repeat, queue: {preempt: priority > 0}}, "
              "b: {time: 3 h, queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/1 4/1/2");
    EXPECT_LEAVES(&world, "0@4 1@7 2@10");
    world_close(&world);
}

/* The fitter works lot 1 until 2 and lot 2 until 3. Both then are worked again, and more urgent
 * than the repair that would make room; but what is worked in vain comes after it. */
Test(blocking, a_repair_comes_before_what_is_worked_again) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "crews: {fitter: 1}\n"
              "items: {x: {route: [a, b]}}\n"
              "releases: {r: {item: x, at: [0 h, 0 h, 0 h], priority: 2}}\n"
              "stations: {a: {time: 1 h, machines: 2, blocking: repeat, needs: {run: fitter}},\n"
              "  b: {time: 1 h, queue: {room: 0}, failures: {f: {at: [0.5 h], lasts: 1 h, "
              "needs: fitter}}}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 1/2/1 2/1/2");
    EXPECT_STARTS(&world, "b", "4/1/0 5/1/1 6/1/2");
    EXPECT_LEAVES(&world, "0@5 1@6 2@7");
    world_close(&world);
}
