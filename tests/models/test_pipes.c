/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines that hold lots one behind the other: pipelined tools and conveyors. Traces by hand, in
 * hours. */
#include "world.h"

/* 6 h inside, the next after 2 h. */
Test(pipes, the_next_lot_starts_while_others_are_inside) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: [wet]}}\n"
                      "releases: {r: {item: x, at: [0 h, 0 h, 1 h, 9 h]}}\n"
                      "stations: {wet: {time: 6 h, cascade: 2 h}}\n");
    EXPECT_STARTS(&world, "wet", "0/1/0 2/1/1 4/1/2 9/1/3");
    EXPECT_LEAVES(&world, "0@6 1@8 2@10 3@15");
    expect_value(&world, "stations.wet.states.working", 15.0 / 20);
    expect_value(&world, "items.x.time-in.work", 6);
    world_close(&world);
}

/* No lot passes another: the second is done at 2 + 1 = 3 and waits for the first. */
Test(pipes, lots_come_out_as_they_went_in) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {wet: {time: 6 h}}}, y: {route: {wet: {time: 1 h}}}}\n"
                      "releases: {r: {item: x, at: 0 h}, s: {item: y, at: 0 h}}\n"
                      "stations: {wet: {cascade: 2 h}}\n");
    EXPECT_LEAVES(&world, "0@6 1@6");
    expect_value(&world, "items.y.time-in.blocked", 3);
    world_close(&world);
}

/* Stopped from 3 to 5: all inside are two hours later, and so is the next start. */
Test(pipes, a_stop_stops_all_that_is_inside) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: [wet]}}\n"
              "releases: {r: {item: x, at: [0 h, 0 h, 0 h]}}\n"
              "stations: {wet: {time: 6 h, cascade: 2 h, failures: {jam: {at: [3 h], lasts: "
              "2 h}}}}\n");
    EXPECT_STARTS(&world, "wet", "0/1/0 2/1/1 6/1/2");
    EXPECT_LEAVES(&world, "0@8 1@10 2@12");
    expect_value(&world, "items.x.time-in.repair", 4.0 / 3);
    world_close(&world);
}

/* 10 m at 1 m/h, 2 m apart: 10 h on it, one every 2 h, 5 lots at most. */
#define BELT(MORE, NEXT)                                                                           \
    "run: {length: 60 h}\n"                                                                        \
    "items: {x: {route: [belt, end]}}\n"                                                           \
    "releases: {r: {item: x, at: [0 h, 0 h, 0 h, 0 h, 0 h, 0 h, 0 h]}}\n"                          \
    "stations: {belt: {conveyor: {length: 10 m, speed: 1 m/h, spacing: 2 m" MORE "}}, end: "       \
    "{time: " NEXT ", queue: {room: 0}}}\n"

Test(pipes, a_conveyor_moves_lots_one_behind_the_other) {
    struct world world;
    world_run(&world, BELT("", "1 h"));
    EXPECT_STARTS(&world, "belt", "0/1/0 2/1/1 4/1/2 6/1/3 8/1/4 10/1/5 12/1/6");
    EXPECT_STARTS(&world, "end", "10/1/0 12/1/1 14/1/2 16/1/3 18/1/4 20/1/5 22/1/6");
    world_close(&world);
}

/* The machine behind takes 5 h. Lots are at the end at 10, 12, and so on; the belt stands whenever
 * one cannot leave: lot 1 from 12 to 15, then it moves 2 h until lot 2 is there at 17, and stands
 * until 20. So it has moved 12 h at 15, 14 at 17 and 20, 16 at 22 and 25. Lot 5 goes in when it has
 * moved 10 h, at 10; lot 6 at 12 h. */
Test(pipes, a_conveyor_stands_behind_what_cannot_leave) {
    struct world world;
    world_run(&world, BELT("", "5 h"));
    EXPECT_STARTS(&world, "belt", "0/1/0 2/1/1 4/1/2 6/1/3 8/1/4 10/1/5 15/1/6");
    EXPECT_STARTS(&world, "end", "10/1/0 15/1/1 20/1/2 25/1/3 30/1/4 35/1/5 40/1/6");
    world_close(&world);
}

/* Accumulating, lots close up: with lot 1 at the end from 12 on, lots 2 to 5 follow, five in all,
 * and lot 6 finds a place when lot 1 leaves at 15. */
Test(pipes, lots_close_up_on_a_conveyor_that_accumulates) {
    struct world world;
    world_run(&world, BELT(", accumulates: yes", "5 h"));
    EXPECT_STARTS(&world, "belt", "0/1/0 2/1/1 4/1/2 6/1/3 8/1/4 10/1/5 15/1/6");
    EXPECT_STARTS(&world, "end", "10/1/0 15/1/1 20/1/2 25/1/3 30/1/4 35/1/5 40/1/6");
    world_close(&world);
}

/* One lot at the end cannot leave for 20 h; a late one comes: where the belt stands it has the
 * whole way before it, where lots close up it has gone it meanwhile. */
Test(pipes, only_a_conveyor_that_accumulates_moves_behind_a_lot_that_stands) {
    static const char text[] =
        "run: {length: 80 h}\n"
        "items: {x: {route: [belt, end]}}\n"
        "releases: {r: {item: x, at: [0 h, 0 h, 13 h]}}\n"
        "stations: {belt: {conveyor: {length: 10 m, speed: 1 m/h, spacing: 2 m%s}}, end: {time: 20 "
        "h, queue: {room: 0}}}\n";
    for (int i = 0; i < 2; i++) {
        struct world world;
        char with[512];
        snprintf(with, sizeof with, text, i ? ", accumulates: yes" : "");
        world_run(&world, with);
        /* Lot 1 is at the end from 12 to 30. Lot 2 goes on at 13, or, when nothing moves, at 30. */
        EXPECT_STARTS(&world, "belt", i ? "0/1/0 2/1/1 13/1/2" : "0/1/0 2/1/1 30/1/2");
        EXPECT_STARTS(&world, "end", "10/1/0 30/1/1 50/1/2");
        expect_value(&world, "items.x.time-in.blocked", i ? 45.0 / 3 : 28.0 / 3);
        world_close(&world);
    }
}

/* ---- setups ---- */
/* 6 h inside, the next after 2 h; an hour of setup before another item. Lot 2 is taken at 5, waits
 * until lot 1 is out at 9, and is set up for until 10. */
#define CHANGE(TIME, MORE)                                                                         \
    "run: {length: 20 h}\n"                                                                        \
    "items: {x: {route: {wet: {time: 6 h}}}, y: {route: {wet: {time: " TIME "}}}}\n"               \
    "releases: {r: {item: x, at: [0 h, 0 h]}, s: {item: y, at: [1 h]}}\n"                          \
    "stations: {wet: {cascade: 2 h, setup: 1 h" MORE "}}\n"

Test(pipes, a_setup_waits_until_the_tool_is_empty) {
    struct world world;
    world_run(&world, CHANGE("6 h", ""));
    EXPECT_LEAVES(&world, "0@7 1@9 2@16");
    expect_value(&world, "stations.wet.states.setup", 2.0 / 20);
    expect_value(&world, "stations.wet.states.working", 14.0 / 20);
    expect_value(&world, "items.y.time-in.queue", 4);
    expect_value(&world, "items.y.time-in.blocked", 4);
    expect_value(&world, "items.y.time-in.setup", 1);
    expect_value(&world, "items.y.time-in.work", 6);
    world_close(&world);
    world_run(&world, CHANGE("0 h", ""));
    EXPECT_LEAVES(&world, "0@7 1@9 2@10");
    expect_value(&world, "stations.wet.states.setup", 2.0 / 20);
    world_close(&world);
}

Test(pipes, a_stop_holds_a_setup) {
    struct world world;
    world_run(&world, CHANGE("6 h", ", failures: {jam: {at: [9.5 h], lasts: 2 h}}"));
    EXPECT_LEAVES(&world, "0@7 1@9 2@18");
    expect_value(&world, "stations.wet.states.setup", 2.0 / 20);
    world_close(&world);
}

/* ---- places that are kept ---- */
/* The hot lot is cut from 1 to 5. Lot 1 could go in at 2; the tool is empty from 3 on. */
Test(pipes, the_next_place_is_kept_for_a_lot_on_its_way) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {hot: {route: {cut: 4 h, wet: 3 h}}, plain: {route: {wet: 3 h}}}\n"
                      "releases: {p: {item: plain, at: [0 h, 0 h]}, h: {item: hot, at: [1 h], "
                      "priority: 1}}\n"
                      "stations: {cut: 1, wet: {cascade: 2 h, queue: {reserve: priority > 0}}}\n");
    EXPECT_STARTS(&world, "wet", "0/1/0 5/1/2 7/1/1");
    EXPECT_LEAVES(&world, "0@3 2@8 1@10");
    expect_value(&world, "stations.wet.states.preempted", 2.0 / 20);
    expect_value(&world, "stations.wet.states.working", 8.0 / 20);
    world_close(&world);
}

/* Lot 0, at the end from 3 on, has no room before the saw until the plain lot there is taken at 8;
 * the hot one behind it, for which a saw would be kept, comes after it. */
Test(pipes, what_is_behind_a_lot_that_cannot_leave_is_not_waited_for) {
    struct world world;
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {cold: {route: {wet: 3 h, dry: 5 h, saw: 1 h}}, hot: {route: {wet: 3 h, saw: "
              "1 h}}, plain: {route: {saw: 2 h}}, slow: {route: {dry: 8 h}}}\n"
              "releases: {d: {item: slow, at: [0 h]}, c: {item: cold, at: [0 h]}, h: {item: hot, "
              "at: [0 h], priority: 1}, p: {item: plain, at: [2.5 h]}}\n"
              "stations: {wet: {cascade: 2 h}, dry: {queue: {room: 0}}, saw: {queue: {reserve: "
              "priority > 0}}}\n");
    /* It is waited for from 2, when it goes in, to 3; then the plain lot is taken. */
    EXPECT_STARTS(&world, "saw", "3/1/3 8/1/2 13/1/1");
    world_close(&world);
}

/* ---- at the start ---- */
/* The last went in half an hour ago, so the next does so at 1.5. */
Test(pipes, what_stands_inside_has_gone_as_far_as_its_work_left_says) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {wet: {time: 6 h}}}}\n"
                      "releases: {w: {item: x, list: [{step: wet, work-left: 3 h}, {step: wet, "
                      "work-left: 1 h}, {step: wet, work-left: 5.5 h}, {step: wet}]}}\n"
                      "stations: {wet: {cascade: 2 h}}\n");
    EXPECT_LEAVES(&world, "1@1 0@3 2@5.5 3@7.5");
    expect_value(&world, "stations.wet.states.working", 7.5 / 20);
    world_close(&world);
}

Test(pipes, lots_that_stand_inside_are_dealt_to_the_machines) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {wet: {time: 6 h}}}}\n"
                      "releases: {w: {item: x, list: [{step: wet, work-left: 6 h}, {step: wet, "
                      "work-left: 5 h}, {step: wet, work-left: 1 h}, {step: wet}]}}\n"
                      "stations: {wet: {machines: 2, cascade: 2 h}}\n");
    /* Machine 2 has lot 1, which went in an hour ago. */
    EXPECT_STARTS(&world, "wet", "0/1/0 0/2/1 0/1/2 1/2/3");
    EXPECT_LEAVES(&world, "2@1 1@5 0@6 3@7");
    world_close(&world);
}

#define BELT_WITH(LIST)                                                                            \
    "run: {length: 60 h}\n"                                                                        \
    "items: {x: {route: [belt]}}\n"                                                                \
    "releases: {w: {item: x, list: [" LIST ", {step: belt}]}}\n"                                   \
    "stations: {belt: {conveyor: {length: 10 m, speed: 1 m/h, spacing: 2 m, accumulates: yes}}}\n"

Test(pipes, what_stands_on_a_conveyor_has_so_much_of_the_way_left) {
    struct world world;
    world_run(&world, BELT_WITH("{step: belt, work-left: 30 min}, {step: belt, work-left: 9 h}"));
    EXPECT_LEAVES(&world, "0@0.5 1@9 2@11");
    world_close(&world);
    world_expect_fault(BELT_WITH("{step: belt, work-left: 11 h}"),
                       "a lot has more left than the whole way on conveyor 'belt' takes");
#define TWO "{step: belt, work-left: 2 h}, {step: belt, work-left: 4 h}"
    world_expect_fault(BELT_WITH(TWO ", " TWO ", " TWO),
                       "at the start more lots are on 'belt' than it has places");
}
