/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a lot does of its route: steps that it passes, and machines that it comes back to. Times are
 * hours. */
#include "world.h"

/* ---- sample ---- */
Test(choice, a_step_that_nobody_does_is_as_if_it_were_not_there) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {a: 1 h, b: {time: 5 h, sample: 0 %}, c: 2 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                      "stations: {a: 1, b: 1, c: 1}\n");
    EXPECT_LEAVES(&world, "0@3 1@5");
    expect_value(&world, "stations.b.utilization", 0);
    world_close(&world);
}

Test(choice, a_lot_that_passes_every_step_leaves_at_once) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {a: {time: 1 h, sample: 0 %}}}}\n"
                      "releases: {in: {item: x, at: [1 h, 4 h]}}\n"
                      "stations: {a: 1}\n");
    EXPECT_LEAVES(&world, "0@1 1@4");
    expect_value(&world, "system.cycle-time.max", 0);
    expect_value(&world, "system.wip.now", 0);
    world_close(&world);
}

/* Of 4000 lots about a third does b, and always the same: what else they do and who goes first does
 * not matter. */
static double lots_at_b(const char *rule, const char *time) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: until empty}\n"
             "items: {x: {route: {a: %s, b: {time: 1 h, sample: 33 %%}, c: 1 h}}}\n"
             "releases: {in: {item: x, at: [0 h], size: 4000}}\n"
             "stations: {a: {queue: {rule: %s}}, b: 1, c: 1}\n",
             time, rule);
    struct world world;
    world_run(&world, text);
    double lots = world_value(&world, "stations.b.queue.wait.count");
    expect_value(&world, "stations.c.queue.wait.count", 4000);
    world_close(&world);
    return lots;
}

Test(choice, who_is_sampled_is_its_luck) {
    double lots = lots_at_b("fifo", "1 h");
    cr_expect(fabs(lots - 1320) < 3.3 * sqrt(4000 * 0.33 * 0.67), "%g lots", lots);
    cr_expect_eq(lots, lots_at_b("lifo", "exponential(2 h)"));
}

Test(choice, rules_know_what_will_be_passed) {
    struct world world;
    /* b counts for nobody, so x has less left than y and goes first. */
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  x: {route: {a: 1 h, b: {time: 5 h, sample: 0 %}, c: 1 h}}\n"
                      "  y: {route: {a: 1 h, c: 2 h}}\n"
                      "releases: {ys: {item: y, at: [0 h]}, xs: {item: x, at: [0 h]}}\n"
                      "stations: {a: {queue: {rule: lwkr}}, b: 1, c: 1}\n");
    EXPECT_LEAVES(&world, "1@2 0@4");
    world_close(&world);
}

Test(choice, a_sampled_step_knows_where_to_go_on) {
    world_expect_fault(
        "run: {length: 1 h}\n"
        "items: {x: {route: {a: {time: 1 h, sample: 50 %, next: {b: 50 %, c: 50 %}},\n"
        "  b: 1 h, c: 1 h}}}\n"
        "releases: {in: {item: x, every: 1 h}}\n"
        "stations: {a: 1, b: 1, c: 1}\n",
        "must know where to go");
}

/* ---- same-machine-as ---- */
#define LAYERS(STATION, RELEASES)                                                                  \
    "run: {length: 40 h}\n"                                                                        \
    "items: {x: {route: {one: {at: s, time: sequence(4 1 1 1 then last) h}, away: 1 h,\n"          \
    "  two: {at: s, time: 2 h, same-machine-as: one}}}}\n"                                         \
    "releases: {in: {item: x, at: [" RELEASES "]}}\n"                                              \
    "stations: {s: {machines: 2" STATION "}, away: {machines: unlimited}}\n"

Test(choice, a_lot_comes_back_to_its_machine) {
    struct world world;
    world_run(&world, LAYERS("", "0 h, 0 h"));
    /* Machine 1 has lot 0 until 4, machine 2 lot 1 until 1; that comes back at 2, lot 0 at 5, when
     * machine 2 has been idle longer. */
    EXPECT_STARTS(&world, "s", "0/1/0 0/2/1 2/2/1 5/1/0");
    EXPECT_LEAVES(&world, "1@4 0@7");
    world_close(&world);
}

Test(choice, an_idle_machine_passes_over_lots_of_others) {
    struct world world;
    world_run(&world, LAYERS("", "0 h, 0 h, 1 h, 1.5 h"));
    /* Machine 2: lot 1 until 1, lot 2 until 2, then lot 3, which came before lot 1 was back, until
     * 3; lots 1 and 2 are its own and wait, and machine 1 is idle from 4 to 5. */
    EXPECT_STARTS(&world, "s", "0/1/0 0/2/1 1/2/2 2/2/3 3/2/1 5/1/0 5/2/2 7/2/3");
    world_close(&world);
}

Test(choice, a_lot_waits_for_its_machine_to_be_repaired) {
    struct world world;
    world_run(&world, LAYERS(", failures: {f: {at: [1.5 h], lasts: 7 h}}", "0 h, 0 h"));
    /* Both machines stand from 1.5 to 8.5, lot 0 has 2.5 h left. */
    EXPECT_STARTS(&world, "s", "0/1/0 0/2/1 8.5/2/1 12/1/0");
    world_close(&world);
}

Test(choice, a_batch_is_of_one_machine) {
    struct world world;
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {x: {route: {one: {at: s, time: 1 h}, away: 1 h,\n"
              "  two: {at: t, time: 1 h}, three: {at: s, time: 2 h, same-machine-as: one}}}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
              "stations: {s: {machines: 2, batch: {min: 2, max: 2, of: step}},\n"
              "  t: 1, away: {machines: unlimited}}\n");
    /* Lots 0 and 1 are of machine 1, lots 2 and 3 of machine 2; t gives one an hour. */
    EXPECT_STARTS(&world, "s", "0/1/0 0/2/2 4/1/0 6/2/2");
    world_close(&world);
}

Test(choice, bonds_that_cannot_hold_are_refused) {
    world_expect_fault("run: {length: 1 h}\n"
                       "items: {x: {route: {a: 1 h, b: {time: 1 h, same-machine-as: a}}}}\n"
                       "releases: {in: {item: x, every: 1 h}}\n"
                       "stations: {a: 1, b: 1}\n",
                       "the two steps are at different stations");
    world_expect_fault("run: {length: 1 h}\n"
                       "items: {x: {route: {a: 1 h, b: {at: a, time: 1 h, same-machine-as: c}}}}\n"
                       "releases: {in: {item: x, every: 1 h}}\n"
                       "stations: {a: 1}\n",
                       "the route of 'x' has no step 'c'");
}
