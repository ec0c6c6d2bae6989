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
