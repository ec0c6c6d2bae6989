/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lots of some items know besides: limits of `start-within`, in small worlds whose answers are
 * worked out by hand. Times are hours. */
#include "world.h"

/* ---- start-within ---- */
/* Three lots at 0, each 2 h of saw; 3 h is the limit: the third would start at 4. */
static void limited(const char *limit, const char *leaves, const char *path, double right) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {x: {route: {saw: {time: 2 h, start-within: %s}, paint: 1 h}}}\n"
             "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
             "stations: {saw: 1, paint: 1}\n",
             limit);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    expect_value(&world, path, right);
    world_close(&world);
}

Test(extra, a_limit_acts_at_the_moment_it_is_broken) {
    limited("3 h", "0@3 1@5 2@7", "system.late-starts", 1 / 3.0);
    limited("5 h", "0@3 1@5 2@7", "system.late-starts", 0);
    limited("{time: 3 h, else: out}", "0@3 1@5", "system.gave-up", 1);
    limited("{time: 3 h, else: out}", "0@3 1@5", "system.late-starts", 1 / 3.0);
    limited("{time: 3 h, else: out}", "0@3 1@5", "stations.saw.queue.length", 5 / 20.0);
    limited("{time: 3 h, else: scrap}", "0@3 1@5", "system.scrap-ratio", 1 / 3.0);
    limited("{time: 3 h, else: paint}", "0@3 2@4 1@5", "system.output", 3);
    limited("{time: 3 h, else: paint}", "0@3 2@4 1@5", "stations.saw.throughput", 2 / 20.0);
}

Test(extra, who_would_start_at_the_very_moment_has_gone) {
    limited("{time: 4 h, else: out}", "0@3 1@5", "system.gave-up", 1);
}

Test(extra, a_limit_counts_from_the_end_of_its_step) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {a: 1 h, b: 2 h,\n"
                      "  c: {time: 4 h, start-within: {time: 3 h, of: a, else: out}}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {a: 1, b: 1, c: 1}\n");
    /* Ends of a: 1, 2, 3; of b: 3, 5, 7. c starts the first at 3; the second is late at 5, while b
     * has just given it away; the third at 6, in the midst of b, and leaves when that is done. */
    EXPECT_LEAVES(&world, "0@7");
    EXPECT_STARTS(&world, "b", "1/1/0 3/1/1 5/1/2");
    EXPECT_WHEN(&world, "x", "has not started c", "5 6");
    expect_value(&world, "system.wip.now", 0);
    world_close(&world);
}

Test(extra, who_is_late_on_a_blocked_machine_lets_it_go) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: {a: 1 h, b: {time: 6 h, start-within: {time: 3 h, of: a,\n"
              "  else: scrap}}}}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
              "stations: {a: 1, b: {queue: {room: 0}}}\n");
    /* The second is done at 2 and blocked; at 5 it is lost, the third goes on, is done at 6 and
     * enters b at 7. */
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/1 5/1/2");
    EXPECT_STARTS(&world, "b", "1/1/0 7/1/2");
    EXPECT_LEAVES(&world, "0@7 2@13");
    world_close(&world);
}

Test(extra, a_queue_with_a_rule_gives_up_from_its_middle) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {saw: {time: sequence(4 3 1 5 2 6 then last) h,\n"
                      "  start-within: {time: sequence(9 9 9 6 5 2 then last) h, of: release,\n"
                      "  else: out}}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {queue: {rule: lpt}}}\n");
    /* Longest first: 5 (6 h) starts at once; 4 gives up at 5; at 6, when 3 would be next, it is
     * late too, so 0 starts (4 h); 1 and 2 are late at 9. */
    EXPECT_STARTS(&world, "saw", "0/1/5 6/1/0");
    expect_value(&world, "system.gave-up", 4);
    world_close(&world);
}

Test(extra, an_order_whose_lots_give_up_is_lost) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {price: 5 EUR, route: {saw: {time: 2 h,\n"
                      "  start-within: {time: 3 h, else: out}}}}}\n"
                      "customers: {shop: {buys: x, from: factory, at: [0 h], size: 3}}\n"
                      "stations: {saw: 1}\n");
    expect_value(&world, "customers.shop.served", 2);
    expect_value(&world, "customers.shop.lost", 1);
    expect_value(&world, "customers.shop.in-full", 0);
    expect_value(&world, "customers.shop.owed.now", 0);
    expect_value(&world, "money.revenue", 10);
    world_close(&world);
}

Test(extra, what_does_not_fit_together_is_said) {
    world_expect_fault(
        "run: {length: 20 h}\n"
        "items: {x: {route: {saw: {time: 2 h, start-within: {time: 1 h, of: mill}}}}}\n"
        "releases: {in: {item: x, at: [0 h]}}\nstations: {saw: 1}\n",
        "has no step 'mill'");
    world_expect_fault(
        "run: {length: 20 h}\n"
        "items: {x: {route: {saw: {time: 2 h, start-within: {time: 1 h, else: mill}}}}}\n"
        "releases: {in: {item: x, at: [0 h]}}\nstations: {saw: 1}\n",
        "has no step 'mill'");
    world_expect_fault(
        "run: {length: 20 h}\n"
        "items: {x: {route: {a: {time: 2 h, start-within: {time: 1 h, else: b}}, b: 1 h}}}\n"
        "releases: {in: {item: x, at: [0 h]}}\nstations: {a: 1, b: {queue: {room: 1}}}\n",
        "may have to wait for room");
}
