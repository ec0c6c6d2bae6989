/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that are made for a lot, what is used instead of what is short, and what comes out beside
 * the item, in small worlds whose answers are worked out by hand. Times are hours. */
#include "world.h"

static void leaves(const char *text, const char *right) {
    struct world world;
    world_run(&world, text);
    cr_expect_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, right);
    world_close(&world);
}

/* ---- made for a lot ---- */
#define FORK                                                                                       \
    "run: {length: until empty}\n"                                                                 \
    "stations: {a: 1, b: 1, join: 1}\n"

Test(kits, parts_are_made_in_parallel_and_the_lot_waits_for_the_last) {
    struct world world;
    world_run(&world, FORK "items: {left: {route: {a: 2 h}}, right: {route: {b: 5 h}},\n"
                           "  job: {uses: {left: 2, right: 1}, route: {join: 1 h}}}\n"
                           "releases: {in: {item: job, at: [1 h]}}\n");
    EXPECT_STARTS(&world, "a", "1/1/1 3/1/2");
    EXPECT_STARTS(&world, "b", "1/1/3");
    EXPECT_LEAVES(&world, "1@3 2@5 3@6 0@7");
    expect_value(&world, "items.job.cycle-time", 6);
    expect_value(&world, "items.job.time-in.material", 5);
    expect_value(&world, "system.cycle-time", 6);
    expect_value(&world, "system.output", 1);
    expect_value(&world, "items.left.output", 2);
    world_close(&world);
}

Test(kits, parts_have_parts_of_their_own) {
    leaves(FORK "items: {pin: {route: {a: 1 h}}, left: {uses: {pin: 2}, route: {a: 2 h}},\n"
                "  job: {uses: left, route: {join: 1 h}}}\n"
                "releases: {in: {item: job, at: [0 h]}}\n",
           "2@1 3@2 1@4 0@5");
}

Test(kits, what_a_step_uses_is_made_from_the_release_on) {
    /* The part is there when the lot comes to its second step, or the lot waits beside it. */
    leaves(FORK "items: {left: {route: {a: 2 h}}, job: {route: {b: 3 h, join: {time: 1 h, uses: "
                "left}}}}\n"
                "releases: {in: {item: job, at: [0 h]}}\n",
           "1@2 0@4");
    leaves(FORK "items: {left: {route: {a: 5 h}}, job: {route: {b: 3 h, join: {time: 1 h, uses: "
                "left}}}}\n"
                "releases: {in: {item: job, at: [0 h, 0 h]}}\n",
           "2@5 0@6 3@10 1@11");
}

Test(kits, a_lot_that_waits_for_parts_holds_no_machine_and_lets_others_pass) {
    leaves(FORK "items: {left: {route: {a: 9 h}}, job: {route: {b: 1 h, join: {time: 1 h, uses: "
                "left}}}, quick: {route: {b: 1 h, join: 1 h}}}\n"
                "releases: {in: {item: job, at: [0 h]}, other: {item: quick, at: [0 h, 0 h]}}\n",
           "1@3 2@4 3@9 0@10");
}

Test(kits, parts_come_in_lots_of_their_size_and_the_last_is_smaller) {
    struct world world;
    world_run(&world, FORK "items: {left: {lot: 4, route: {a: 1 h}},\n"
                           "  job: {lot: 2, uses: {left: 3}, route: {join: 1 h/piece}}}\n"
                           "releases: {in: {item: job, at: [0 h]}}\n");
    EXPECT_LEAVES(&world, "1@1 2@2 0@4");
    expect_value(&world, "items.left.output", 6);
    world_close(&world);
}

Test(kits, due_dates_and_priorities_are_those_of_the_lot) {
    leaves("run: {length: until empty}\n"
           "items: {left: {route: {a: 2 h}}, job: {uses: left, route: {join: 1 h}}, other: {route: "
           "{a: 2 h}}}\n"
           "stations: {a: {queue: {rule: edd}}, join: 1}\n"
           "releases: {in: {item: job, list: [{at: 0 h, due: 30 h}, {at: 1 h, due: 9 h}]},\n"
           "  more: {item: other, at: [1 h], due: 20 h}}\n",
           "1@2 0@3 4@4 3@5 2@6");
}

Test(kits, what_is_scrapped_is_begun_anew) {
    struct world world;
    world_run(&world, "run: {length: 1000 h}\n"
                      "items: {left: {route: {a: {time: 1 h, scrap: 50 %}}},\n"
                      "  job: {uses: left, route: {join: 0 h}}}\n"
                      "stations: {a: unlimited, join: unlimited}\n"
                      "releases: {in: {item: job, every: 1 h, until: 900 h}}\n");
    expect_value(&world, "items.job.output", 901);
    expect_value(&world, "items.left.output", 901);
    double lost = 1 / (1 - world_value(&world, "items.left.scrap-ratio")) - 1;
    cr_expect(fabs(lost - 1) < 0.15, "%g lost for each good one", lost);
    /* Each try takes an hour, and as many as a fair coin says. */
    cr_expect(fabs(world_value(&world, "items.job.cycle-time") - 2) < 0.15);
    world_close(&world);
}

Test(kits, what_is_made_for_a_lot_that_is_lost_is_thrown_away) {
    struct world world;
    world_run(&world, FORK "items: {left: {route: {a: 5 h}}, job: {route: {b: {time: 1 h, scrap: "
                           "100 %}, join: {time: 1 h, uses: left}}}}\n"
                           "releases: {in: {item: job, at: [0 h]}}\n");
    EXPECT_LEAVES(&world, "1@5");
    expect_value(&world, "items.job.output", 0);
    expect_value(&world, "items.left.output", 1);
    world_close(&world);
}

Test(kits, a_lot_that_comes_again_is_made_another_kit) {
    leaves(FORK "items: {left: {route: {a: 2 h}}, job: {route: {join: {time: 1 h, uses: left, "
                "rework: {share: 100 %, times: 1, then: pass}}}}}\n"
                "releases: {in: {item: job, at: [0 h]}}\n",
           "1@2 2@5 0@6");
}

Test(kits, a_lot_that_stands_at_its_step_has_its_parts) {
    leaves(FORK "items: {left: {route: {a: 2 h}}, job: {uses: left, route: {b: {time: 1 h, uses: "
                "left}, join: {time: 1 h, uses: left}}}}\n"
                "releases: {in: {item: job, list: [{step: b}]}}\n",
           "1@2 0@3");
}

Test(kits, cards_are_taken_at_the_release_and_so_bound_the_parts) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {left: {route: {a: 2 h}}, job: {uses: left, route: {join: 1 h}}}\n"
                      "stations: {a: unlimited, join: unlimited}\n"
                      "cards: {orders: {count: 3, from: join, to: join}}\n"
                      "releases: {in: {item: job, when: always}}\n");
    expect_value(&world, "items.job.output", 18);
    expect_value(&world, "items.job.cycle-time", 3);
    expect_value(&world, "system.wip", 3);
    world_close(&world);
}

Test(kits, room_before_the_station_is_asked_when_the_parts_are_there) {
    struct world world;
    world_run(&world, "run: {length: until empty}\n"
                      "items: {left: {route: {a: 1 h}}, job: {uses: left, route: {join: 3 h}}}\n"
                      "stations: {a: unlimited, join: {queue: {room: 0}}}\n"
                      "releases: {in: {item: job, at: [0 h, 0 h, 0 h]}}\n");
    EXPECT_STARTS(&world, "join", "1/1/0 4/1/1 7/1/2");
    expect_value(&world, "stations.join.queue.length.max", 0);
    world_close(&world);
}

Test(kits, parts_use_material_of_stocks) {
    leaves(FORK "items: {bolt: {}, left: {uses: {bolt: 2}, route: {a: 1 h}}, job: {uses: left, "
                "route: {join: 1 h}}}\n"
                "stocks: {bolts: {holds: bolt, start: 3, shipped: [1 at 4 h]}}\n"
                "releases: {in: {item: job, at: [0 h, 0 h]}}\n",
           "2@1 0@2 3@5 1@6");
}

/* The k-th lot is made the same parts, whatever else is made. */
Test(kits, the_luck_of_a_part_is_that_of_its_lot) {
    static const char *const more[] = {"", ", other: {item: two, every: 70 min}"};
    double first[2];
    for (int32_t i = 0; i < 2; i++) {
        char text[700];
        snprintf(text, sizeof text,
                 "run: {length: 400 h}\n"
                 "items: {left: {route: {a: exponential(1 h)}}, right: {route: {b: exponential(1 "
                 "h)}}, job: {uses: [left, right], route: {join: 0 h}}, two: {uses: {left: 2}, "
                 "route: {join: 0 h}}}\n"
                 "stations: {a: unlimited, b: unlimited, join: unlimited}\n"
                 "releases: {in: {item: job, every: 1 h}, spare: {item: two, at: [300 h]}%s}\n",
                 more[i]);
        struct world world;
        world_run(&world, text);
        first[i] = world_value(&world, "items.job.cycle-time");
        world_close(&world);
    }
    cr_expect_eq(first[0], first[1]);
    cr_expect(fabs(first[0] - 1.5) < 0.2, "%g", first[0]); /* the larger of two exponentials */
}

Test(kits, a_customer_may_order_what_has_parts) {
    leaves(FORK "items: {left: {route: {a: 2 h}}, job: {uses: left, route: {join: 1 h}}}\n"
                "customers: {shop: {buys: job, from: factory, list: [{at: 0 h, size: 2}]}}\n",
           "2@2 0@3 3@4 1@5");
}

Test(kits, an_item_that_needs_itself_is_a_fault) {
    world_expect_fault(FORK "items: {x: {uses: y, route: [a]}, y: {uses: x, route: [b]}}\n"
                            "releases: {in: {item: x, at: [0 h]}}\n",
                       "'y' is made for 'x', and that for 'y'");
    world_expect_fault(FORK "items: {x: {route: {a: {uses: x}}}}\n"
                            "releases: {in: {item: x, at: [0 h]}}\n",
                       "neither could ever begin");
}

Test(kits, what_cannot_be_is_refused) {
    world_expect_fault(FORK "items: {y: {route: [a]}, x: {uses: y, route: [b]}}\n"
                            "releases: {in: {item: x, when: always}}\n",
                       "would be released without end");
    world_expect_fault(FORK "items: {z: {}, y: {route: [a]}, x: {uses: {y: {or: z}}, route: [b]}}\n"
                            "stocks: {zs: {holds: z}}\n"
                            "releases: {in: {item: x, at: [0 h]}}\n",
                       "so nothing is used instead");
    world_expect_fault(FORK "items: {y: {route: [a]}, x: {uses: {y: 200000}, route: [b]}}\n"
                            "releases: {in: {item: x, at: [0 h]}}\n",
                       "lots would be made for each lot of 'x'");
    world_expect_fault(FORK "items: {y: {route: [a]}, x: {lot: 4, route: {b: {time: 1 h/piece, "
                            "transfer: 1}, join: {uses: y}}}}\n"
                            "releases: {in: {item: x, at: [0 h]}}\n",
                       "pieces come there one after the other");
}

/* ---- used instead ---- */
#define STORES(BOLTS, PINS, MORE)                                                                  \
    "run: {length: until empty}\n"                                                                 \
    "stations: {bench: 1, stand: 1}\n"                                                             \
    "stocks: {bolts: {holds: bolt, start: " BOLTS "}, pins: {holds: pin, start: " PINS MORE "}}\n"
#define EITHER "{bolt: {amount: 2, or: {pin: 3}}}"

static void after(const char *text, const char *right, double bolts, double pins) {
    struct world world;
    world_run(&world, text);
    cr_expect_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, right);
    expect_value(&world, "stocks.bolts.on-hand.now", bolts);
    expect_value(&world, "stocks.pins.on-hand.now", pins);
    expect_value(&world, "stocks.bolts.owed.now", 0);
    expect_value(&world, "stocks.pins.owed.now", 0);
    world_close(&world);
}

Test(kits, another_part_is_taken_where_one_is_short) {
    after(STORES("3", "7",
                 "") "items: {bolt: {}, pin: {}, x: {route: {bench: {time: 1 h, uses: " EITHER
                     "}}}}\n"
                     "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n",
          "0@1 1@2 2@3", 1, 1);
    after(STORES("3", "7", "") "items: {bolt: {}, pin: {}, x: {uses: " EITHER
                               ", route: {bench: 1 h}}}\n"
                               "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n",
          "0@1 1@2 2@3", 1, 1);
}

Test(kits, who_waits_goes_on_when_either_comes) {
    after(STORES("1", "2", ", shipped: [1 at 4 h]") "items: {bolt: {}, pin: {}, x: {route: {bench: "
                                                    "{time: 1 h, uses: " EITHER "}}}}\n"
                                                    "releases: {in: {item: x, at: [0 h]}}\n",
          "0@5", 1, 0);
}

/* The first in line takes bolts alone; the one behind it need not wait for them. */
Test(kits, who_takes_nothing_else_keeps_nobody_from_what_comes) {
    struct world world;
    world_run(
        &world,
        STORES("0", "0", ", shipped: [3 at 2 h]") "items: {bolt: {}, pin: {}, y: {route: {bench: "
                                                  "{time: 1 h, uses: bolt}}},"
                                                  " x: {route: {stand: {time: 1 h, uses: " EITHER
                                                  "}}}}\n"
                                                  "releases: {in: {item: y, at: [0 h]}, too: "
                                                  "{item: x, at: [1 h]},\n"
                                                  "  last: {item: y, at: [9 h]}}\n");
    EXPECT_LEAVES(&world, "1@3");
    cr_expect(world.why && strstr(world.why, "starvation"));
    world_close(&world);
}

Test(kits, what_two_uses_take_of_one_stock_is_added) {
    /* 4 pins: 3 instead of bolts leave too few for the 2 besides. */
    after(STORES("0", "4", ", shipped: [1 at 6 h]") "items: {bolt: {}, pin: {}, x: {route: {bench: "
                                                    "{time: 1 h, uses: {bolt: {amount: 2, "
                                                    "or: {pin: 3}}, pin: 2}}}}}\n"
                                                    "releases: {in: {item: x, at: [0 h]}}\n",
          "0@7", 0, 0);
}

/* ---- comes out beside ---- */
Test(kits, what_a_step_makes_goes_to_its_stock) {
    after(STORES("0", "0", "") "items: {bolt: {}, pin: {}, x: {lot: 2, route: {bench: {time: 1 h, "
                               "makes: {bolt: 4, pin: 1}}}}, y: {route: {stand: {time: 2 h, uses: "
                               "{bolt: 5}}}}}\n"
                               "releases: {in: {item: x, at: [0 h]}, out: {item: y, at: [0 h]}}\n",
          "0@1 1@3", 3, 2);
}

Test(kits, what_is_sent_back_or_lost_makes_nothing) {
    after(STORES("0", "0", "") "items: {bolt: {}, pin: {}, x: {route: {bench: {time: 1 h, makes: "
                               "{bolt: 2}, rework: {share: 100 %, times: 2, then: pass}}, stand: "
                               "{time: 1 h, scrap: 100 %, makes: {pin: 1}}}}}\n"
                               "releases: {in: {item: x, at: [0 h]}}\n",
          "", 2, 0);
}

Test(kits, a_stock_at_the_place_of_the_station_is_meant) {
    struct world world;
    world_run(&world, "run: {length: until empty}\n"
                      "sites: [hall, yard]\n"
                      "items: {chip: {}, x: {route: {bench: {time: 1 h, makes: chip}}}}\n"
                      "stations: {bench: {site: hall}}\n"
                      "stocks: {far: {holds: chip, site: yard}, near: {holds: chip, site: hall}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n");
    expect_value(&world, "stocks.near.on-hand.now", 1);
    expect_value(&world, "stocks.far.on-hand.now", 0);
    world_close(&world);
    world_expect_fault("run: {length: 1 h}\n"
                       "items: {chip: {}, x: {route: {bench: {makes: chip}}}}\n"
                       "stations: {bench: 1}\n"
                       "stocks: {one: {holds: chip}, two: {holds: chip}}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n",
                       "say which with `to`");
    world_expect_fault("run: {length: 1 h}\n"
                       "items: {chip: {}, x: {route: {bench: {makes: chip}}}}\n"
                       "stations: {bench: 1}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n",
                       "no stock holds 'chip', which comes out here");
}
