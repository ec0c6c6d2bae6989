/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfer batches: pieces that move on before the rest of their lot, in small worlds whose answers
 * are worked out by hand. Times are hours. */
#include "world.h"

Test(transfer, the_machine_takes_nothing_else_before_the_lot_is_done) {
    /* Two lots of three; b starts a piece as soon as a has given it. Lots 2, 3 are pieces of 0,
     * lots 4, 5 of 1. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 3, route: {a: {time: 1 h/piece, transfer: 1},\n"
                      "  b: 30 min/piece}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                      "stations: {a: {setup: {when: lot changes, time: 1 h}}, b: 1}\n");
    EXPECT_STARTS(&world, "b", "2/1/2 3/1/3 4/1/0 6/1/4 7/1/5 8/1/1");
    expect_value(&world, "stations.a.states.setup", 2 / 20.0);
    expect_value(&world, "system.output", 6);
    expect_value(&world, "system.cycle-time", (2.5 + 3.5 + 4.5 + 6.5 + 7.5 + 8.5) / 6);
    expect_value(&world, "system.wip.now", 0);
    world_close(&world);
}

Test(transfer, pieces_without_room_block_the_machine) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 3, route: {a: {time: 1 h/piece, transfer: 1},\n"
                      "  b: 3 h/piece}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {a: 1, b: {queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "b", "1/1/1 4/1/2 7/1/0");
    EXPECT_STARTS(&world, "a", "0/1/1 1/1/2 4/1/0");
    expect_value(&world, "stations.a.states.blocked", 4 / 20.0);
    expect_value(&world, "system.time-in.blocked", (0 + 2 + 4) / 3.0);
    expect_value(&world, "system.time-in.work", (4 + 5 + 6) / 3.0);
    world_close(&world);
}

Test(transfer, work_of_the_lot_is_spread_evenly) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 5, route: {a: {time: 10 h, transfer: 2}}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {a: 1}\n");
    EXPECT_LEAVES(&world, "1@4 2@8 0@10");
    world_close(&world);
}

/* Sum of the work of all pieces at both steps. */
static double work_with(const char *transfer) {
    char text[500];
    struct world world;
    snprintf(text, sizeof text,
             "run: {length: until empty}\n"
             "items: {x: {lot: 6, route: {a: {time: exponential(1) h/piece, transfer: %s},\n"
             "  b: {time: exponential(1) h/piece, transfer: %s}}}}\n"
             "releases: {in: {item: x, at: [0 h, 1 h, 2 h]}}\n"
             "stations: {a: 1, b: 1}\n",
             transfer, transfer);
    world_run(&world, text);
    double work =
        world_value(&world, "stations.a.states.working") * world_value(&world, "system.makespan");
    work +=
        world_value(&world, "stations.b.states.working") * world_value(&world, "system.makespan");
    world_close(&world);
    return work;
}

Test(transfer, each_piece_has_the_same_luck_however_many_move_together) {
    double whole = work_with("6");
    cr_assert_gt(whole, 1);
    cr_expect_float_eq(work_with("1"), whole, 1e-8); /* each piece is rounded to a tick once */
    cr_expect_float_eq(work_with("4"), whole, 1e-8);
}

Test(transfer, an_order_is_filled_when_its_last_pieces_come) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 4, route: {a: {time: 1 h/piece, transfer: 1}}}}\n"
                      "stations: {a: 1}\n"
                      "customers: {buyer: {buys: x, from: factory, at: [0 h], size: 4},\n"
                      "  eager: {buys: x, from: factory, at: [8 h], size: 2,\n"
                      "    if-short: part-wait}}\n");
    expect_value(&world, "customers.buyer.order-cycle", 4);
    expect_value(&world, "customers.buyer.in-full", 1);
    expect_value(&world, "customers.eager.in-full", 0);
    expect_value(&world, "customers.eager.served", 2);
    world_close(&world);
}

Test(transfer, a_limit_is_each_pieces_own) {
    /* b takes one piece for 3 h; those that wait longer than 2 h since the release of the lot at 0
     * and the end of a: pieces end a at 1, 2, 3. */
    struct world world;
    world_run(
        &world,
        "run: {length: 20 h}\n"
        "items: {x: {lot: 3, route: {a: {time: 1 h/piece, transfer: 1}, b: {time: 3 h/piece,\n"
        "  start-within: {time: 150 min, of: a, else: out}}}}}\n"
        "releases: {in: {item: x, at: [0 h]}}\n"
        "stations: {a: 1, b: 1}\n");
    EXPECT_LEAVES(&world, "1@4 2@7"); /* the third, here at 3, gives up at 5.5 */
    expect_value(&world, "system.gave-up", 1);
    world_close(&world);
}

Test(transfer, batches_and_loading_do_not_go_with_it) {
    world_expect_fault("run: {length: 20 h}\n"
                       "items: {x: {lot: 3, route: {a: {time: 1 h, transfer: 1}}}}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n"
                       "stations: {a: {batch: {min: 1, max: 2}}}\n",
                       "cannot move on from 'a' before the rest of their batch");
    world_expect_fault("run: {length: 20 h}\n"
                       "items: {x: {lot: 3, route: {a: {time: 1 h, load: 1 h, transfer: 1}}}}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n"
                       "stations: {a: 1}\n",
                       "has neither load nor unload");
}
