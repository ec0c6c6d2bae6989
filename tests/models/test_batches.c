/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is worked together, and when it starts. Traces by hand, in hours. */
#include "world.h"

/* Lots of 7 pieces, an oven for 10 to 12: two do not go in together, so the oven waits for the 3
 * pieces that do. */
Test(batches, no_batch_of_pieces_starts_below_its_minimum) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: [s]}}\n"
              "releases:\n"
              "  r: {item: x, list: [{at: 0 h, pieces: 7, size: 7}, {at: 1 h, pieces: 7, size: 7}, "
              "{at: 5 h, pieces: 3, size: 3}]}\n"
              "stations: {s: {time: 2 h/batch, batch: {min: 10, max: 12, counts: "
              "pieces, of: any}}}\n");
    EXPECT_STARTS(&world, "s", "5/1/0");
    EXPECT_LEAVES(&world, "0@7 2@7");
    expect_value(&world, "stations.s.batch.size", 10);
    world_close(&world);
}

Test(batches, lots_that_never_make_the_minimum_are_a_fault) {
    struct takt_scenario *scenario;
    cr_expect_neq(world_read("run: {length: 20 h}\n"
                             "items: {x: {lot: 7, route: [s]}}\n"
                             "releases: {r: {item: x, every: 1 h}}\n"
                             "stations: {s: {time: 2 h/batch, batch: {min: 10, max: 12, counts: "
                             "pieces}}}\n",
                             &scenario),
                  TAKT_OK);
    takt_scenario_delete(scenario);
}

/* Hours of all lots together, by what they waited for. */
static void expect_waits(const char *text, double lots, double batch, double queue) {
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why);
    expect_value(&world, "items.x.time-in.batch", batch / lots);
    expect_value(&world, "items.x.time-in.queue", queue / lots);
    world_close(&world);
}

/* Four of a kind, or one that has waited 6 h. */
#define RULE(RULE)                                                                                 \
    "run: {length: 30 h}\n"                                                                        \
    "items: {x: {route: [s]}}\n"                                                                   \
    "releases: {r: {item: x, at: [0 h, 1 h, 2 h, 3 h, 4 h]}}\n"                                    \
    "stations: {s: {time: 2 h/batch, batch: {min: 2, max: 4, wait: 6 h, rule: " RULE "}}}\n"

Test(batches, the_rule_says_when_one_starts) {
    struct world world;
    world_run(&world, RULE("ready"));
    EXPECT_STARTS(&world, "s", "1/1/0 3/1/2 10/1/4");
    world_close(&world);
    world_run(&world, RULE("full"));
    EXPECT_STARTS(&world, "s", "3/1/0 10/1/4");
    world_close(&world);
}

/* a a b b b c c: families p = {a, c}, q = {b}. By item b is the largest, by family a and c are. */
#define KINDS(BATCH)                                                                               \
    "run: {length: 30 h}\n"                                                                        \
    "items: {a: {family: p, route: [s]}, b: {family: q, route: [s]}, c: {family: p, route: "       \
    "[s]}}\n"                                                                                      \
    "releases: {r: {item: {a: 1 %, b: 1 %, c: 98 %}, list: [{at: 0 h, item: a}, {at: 0 h, item: "  \
    "a}, {at: 0 h, item: b}, {at: 0 h, item: b}, {at: 0 h, item: b}, {at: 0 h, item: c}, {at: "    \
    "0 h, item: c}]}}\n"                                                                           \
    "stations: {s: {time: 2 h/batch, batch: {max: 9, rule: " BATCH "}}}\n"

/* Ready with two: at 1 and at 3, and the last one alone at 10. Full: at 3 with four. Those who come
 * while the oven is at work wait for it as soon as they are enough. */
Test(batches, lots_wait_for_each_other_and_then_for_the_machine) {
    expect_waits(RULE("ready"), 5, 1 + 1 + 6, 0);
    expect_waits(RULE("full"), 5, 3 + 2 + 1 + 6, 0);
#define BUSY(COUNTS)                                                                               \
    "run: {length: 30 h}\n"                                                                        \
    "items: {x: {route: [s]}}\n"                                                                   \
    "releases: {r: {item: x, at: [0 h, 0 h, 0.5 h, 1 h, 1.5 h]}}\n"                                \
    "stations: {s: {time: 4 h/batch, batch: {" COUNTS "}}}\n"
    /* At 0 two; at 4 the other three, of whom two had come at 1, and three at 1.5. */
    expect_waits(BUSY("min: 2, max: 3"), 5, 0.5, 3 + 3 + 2.5);
    expect_waits(BUSY("min: 1, max: 3"), 5, 0, 3.5 + 3 + 2.5);
    /* With three at 0.5; two are left, until the first has waited 5 h at 6. */
    expect_waits(BUSY("min: 3, max: 3, wait: 5 h"), 5, 0.5 + 0.5 + 5 + 4.5, 0);
    /* The oven is at work until 4.5, when the first has waited long enough since 3. */
    expect_waits(BUSY("min: 3, max: 3, wait: 2 h"), 5, 0.5 + 0.5 + 2 + 1.5, 1.5 + 1.5);
#undef BUSY
}

Test(batches, the_best_family_is_the_largest_batch) {
    struct world world;
    world_run(&world, KINDS("ready, of: item"));
    EXPECT_STARTS(&world, "s", "0/1/0 2/1/2 4/1/5");
    world_close(&world);
    world_run(&world, KINDS("best-family, of: item"));
    EXPECT_STARTS(&world, "s", "0/1/2 2/1/0 4/1/5");
    world_close(&world);
    world_run(&world, KINDS("best-family, of: family"));
    EXPECT_STARTS(&world, "s", "0/1/0 2/1/2");
    EXPECT_LEAVES(&world, "0@2 1@2 5@2 6@2 2@4 3@4 4@4");
    world_close(&world);
}

Test(batches, steps_with_one_tool_go_together) {
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "items: {a: {route: {s: {tool: t}}}, b: {route: [s]}, c: {route: {s: {tool: "
                      "t}}}}\n"
                      "releases: {r: {item: each, at: [0 h]}}\n"
                      "stations: {s: {time: 2 h/batch, batch: {max: 9, of: tool}}}\n");
    EXPECT_LEAVES(&world, "0@2 2@2 1@4");
    world_close(&world);
}

/* One lot waits at 2, the oven takes 10 h, and the saw finishes others at 3 and (Y) at 4. Starting
 * at once: they wait 9 + 8. At 3: 1 + 8. At 4: 2 + 1 = 3, the least. */
Test(batches, a_batch_waits_for_lots_that_come_soon) {
    static const char text[] =
        "run: {length: 40 h}\n"
        "items: {x: {route: [saw, oven]}, z: {route: [oven]}}\n"
        "releases: {r: {item: x, at: [0 h]}, q: {item: x, at: [1 h]}, w: {item: z, at: [2 h]}}\n"
        "stations: {saw: {time: 3 h, machines: 2}, oven: {time: 10 h/batch, batch: {max: %d, of: "
        "any, rule: look-ahead}}}\n";
    struct world world;
    char with[640];
    snprintf(with, sizeof with, text, 4);
    world_run(&world, with);
    EXPECT_LEAVES(&world, "2@14 0@14 1@14");
    world_close(&world);
    /* Room for two: waiting until 3 costs 1 and spares 9. */
    snprintf(with, sizeof with, text, 2);
    world_run(&world, with);
    EXPECT_LEAVES(&world, "2@13 0@13 1@23");
    world_close(&world);
}

/* The saw stops at 2.5, so that its lot does not come at 3: then the oven starts without it. */
Test(batches, what_does_not_come_is_waited_for_no_longer) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: [saw, oven]}, z: {route: [oven]}}\n"
                      "releases: {r: {item: x, at: [0 h]}, w: {item: z, at: [2 h]}}\n"
                      "stations: {saw: {time: 3 h, failures: {jam: {clock: up, after: 2.5 h, "
                      "lasts: 9 h}}}, oven: {time: 10 h/batch, batch: {max: 4, of: any, rule: "
                      "look-ahead}}}\n");
    EXPECT_STARTS(&world, "oven", "3/1/1 13/1/0");
    world_close(&world);
}

/* Two lots of x are enough, and three of y; of both no more than four go in. */
Test(batches, a_step_may_have_limits_of_its_own) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {s: {batch: {min: 2}}}}, y: {route: {s: {batch: {min: 3, "
                      "max: 3}}}}}\n"
                      "releases: {xs: {item: x, at: [0 h, 1 h, 2 h, 2 h, 2 h, 2 h, 2 h]},\n"
                      "  ys: {item: y, at: [20 h, 21 h, 22 h, 22 h]}}\n"
                      "stations: {s: {time: 5 h, batch: {of: step, max: 4}}}\n");
    EXPECT_STARTS(&world, "s", "1/1/0 6/1/2 22/1/7");
    expect_value(&world, "stations.s.batch.size.mean", 3);
    expect_value(&world, "system.output", 9);
    world_close(&world);
}

Test(batches, each_step_waits_as_long_as_it_says) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {s: {batch: {wait: 3 h}}}}, y: {route: {s: {}}}}\n"
                      "releases: {ys: {item: y, at: [0 h]}, xs: {item: x, at: [1 h]}}\n"
                      "stations: {s: {machines: 2, time: 5 h, batch: {of: step, min: 2, max: 4, "
                      "wait: 9 h}}}\n");
    EXPECT_STARTS(&world, "s", "4/1/1 9/2/0");
    world_close(&world);
}

Test(batches, limits_that_are_missing_or_cannot_be_are_refused) {
    world_expect_fault("run: {length: 1 h}\n"
                       "items: {x: {route: {s: 1 h}}}\n"
                       "releases: {in: {item: x, every: 1 h}}\n"
                       "stations: {s: {batch: {of: step}}}\n",
                       "'max' must be given for the batches of 's'");
    world_expect_fault("run: {length: 1 h}\n"
                       "items: {x: {route: {s: {time: 1 h, batch: {min: 5}}}}}\n"
                       "releases: {in: {item: x, every: 1 h}}\n"
                       "stations: {s: {batch: 4}}\n",
                       "max 4 below min 5");
}

/* ---- when it starts, and what it may mix ---- */
Test(batches, a_batch_waits_for_its_minimum_and_takes_its_maximum) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {part: {route: {oven: 2 h/batch}}}\n"
                      "releases: {in: {item: part, at: [0 h, 1 h, 1.5 h, 1.5 h, 2 h, 2 h, 8 h]}}\n"
                      "stations: {oven: {batch: {min: 2, max: 3}}}\n");
    /* 0 and 1 at 1; 2 3 4 at 3; 5 and 6 at 8. */
    EXPECT_WHEN(&world, "oven", "starts", "1 3 8");
    EXPECT_LEAVES(&world, "0@3 1@3 2@5 3@5 4@5 5@10 6@10");
    expect_value(&world, "stations.oven.batch.size", 7 / 3.0);
    expect_value(&world, "stations.oven.batch.size.max", 3);
    expect_value(&world, "stations.oven.batch.size.count", 3);
    expect_value(&world, "stations.oven.utilization", 0.3);
    world_close(&world);
}

Test(batches, a_batch_waits_no_longer_than_it_may) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {part: {route: {oven: 2 h/batch}}}\n"
                      "releases: {in: {item: part, at: [0 h, 4 h, 4.5 h, 9 h]}}\n"
                      "stations: {oven: {batch: {min: 3, max: 3, wait: 1 h}}}\n");
    EXPECT_WHEN(&world, "oven", "starts", "1 5 10");
    EXPECT_LEAVES(&world, "0@3 1@7 2@7 3@12");
    world_close(&world);
}

Test(batches, lots_of_a_batch_keep_their_order) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {part: {route: {oven: 2 h/batch, drill: 1 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {oven: {batch: {min: 4, max: 4}}, drill: 1}\n");
    EXPECT_STARTS(&world, "drill", "2/1/0 3/1/1 4/1/2 5/1/3");
    world_close(&world);
}

/* Lots of 4 3 2 5 pieces, up to 7: 4 and 3, then 2 and 5. The unit says so, of station or step. */
static void expect_batches(const char *step, const char *station) {
    char text[600];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {part: {route: {oven: {time: 1 h/batch%s}}}}\n"
             "releases: {in: {item: part, list: [{at: 0 h, pieces: 4}, {at: 0 h, pieces: 3},\n"
             "                                   {at: 0 h, pieces: 2}, {at: 0 h, pieces: 5}]}}\n"
             "stations: {oven: {batch: {%s}}}\n",
             step, station);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, "0@1 1@1 2@2 3@2");
    expect_value(&world, "stations.oven.batch.size.min", 7);
    expect_value(&world, "system.output", 14);
    world_close(&world);
}

Test(batches, a_batch_counts_pieces_when_it_should) {
    expect_batches("", "max: 7, counts: pieces");
    expect_batches("", "max: 7 pieces");
    expect_batches(", batch: {min: 2 pieces, max: 7}", "wait: 0 h");
}

Test(batches, batches_count_lots_or_pieces_and_not_both) {
    static const char *const batches[] = {"max: 7 pieces, counts: lots",
                                          "min: 2 lots, max: 7 pieces", "max: 7 batches"};
    for (int i = 0; i < 3; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "run: {length: 20 h}\nitems: {part: {route: {oven: 1 h}}}\n"
                 "releases: {in: {item: part, every: 1 h}}\nstations: {oven: {batch: {%s}}}\n",
                 batches[i]);
        world_expect_fault(text, "batches of station 'oven' count ");
    }
    world_expect_fault("run: {length: 20 h}\nitems: {part: {route: {oven: 1 h}}}\n"
                       "releases: {in: {item: part, every: 1 h}}\nstations: {oven: {batch: 4}}\n"
                       "programmes: {p: {at: 1 h, change: {stations.oven.batch.max: 8 pieces}}}\n",
                       "count lots, which 'stations.oven.batch.max' cannot change during a run");
}

/* What may be mixed: of x y x y in one route of two steps. */
static void mixed(const char *of, const char *right) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items:\n"
             "  x: {route: {one: {at: oven, time: 1 h/batch}, two: {at: oven, time: 1 h/batch}}}\n"
             "  y: {route: {oven: 1 h/batch}}\n"
             "releases: {in: {item: each, at: [0 h, 0 h]}}\n"
             "stations: {oven: {batch: {max: 9, of: %s}}}\n",
             of);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, right);
    world_close(&world);
}

Test(batches, a_batch_mixes_what_it_may) {
    mixed("any", "1@1 3@1 0@2 2@2");
    mixed("item", "1@2 3@2 0@3 2@3"); /* x at 0; y came before x's second step */
    mixed("step", "1@2 3@2 0@3 2@3");
}

Test(batches, a_batch_of_one_step_does_not_mix_two_steps_of_an_item) {
    /* At 1 lot 0 stands before its second step, lot 1 before its first. */
    static const char *const of[] = {"item", "step"};
    for (int32_t i = 0; i < 2; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "run: {length: 20 h}\n"
                 "items: {x: {route: {one: {at: oven, time: 1 h/batch},\n"
                 "                    two: {at: oven, time: 1 h/batch}}}}\n"
                 "releases: {in: {item: x, at: [0 h, 1 h]}}\n"
                 "stations: {oven: {batch: {max: 9, of: %s}}}\n",
                 of[i]);
        struct world world;
        world_run(&world, text);
        expect_value(&world, "stations.oven.batch.size.max", i == 0 ? 2 : 1);
        world_close(&world);
    }
}

Test(batches, a_kind_that_is_short_of_its_minimum_keeps_no_other_waiting) {
    /* One x waits for a second one; two y's are enough, and start. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {oven: 1 h/batch}}, y: {route: {oven: 1 h/batch}}}\n"
                      "releases: {x: {item: x, at: [0 h, 10 h]}, y: {item: y, at: [1 h, 2 h]}}\n"
                      "stations: {oven: {batch: {min: 2, max: 2}}}\n");
    EXPECT_WHEN(&world, "oven", "starts", "2 10");
    world_close(&world);
}

Test(batches, a_rule_starts_no_batch_below_the_minimum) {
    /* spt would take the y, of which there is one; the x's are enough. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {oven: 2 h/batch}}, y: {route: {oven: 1 h/batch}}}\n"
                      "releases: {x: {item: x, at: [1 h, 1 h]}, y: {item: y, at: [0 h, 10 h]}}\n"
                      "stations: {oven: {batch: {min: 2, max: 2}, queue: spt}}\n");
    EXPECT_WHEN(&world, "oven", "starts", "1 10");
    expect_value(&world, "stations.oven.batch.size.min", 2);
    world_close(&world);
}

Test(batches, work_is_counted_for_the_lot_the_piece_or_the_batch) {
    /* Two lots of 3 pieces: a lot's time once for the batch, a piece's six times. */
    static const struct {
        const char *time, *leaves;
    } rows[] = {{"2 h", "0@2 1@2"}, {"2 h/batch", "0@2 1@2"}, {"2 h/piece", "0@12 1@12"}};
    for (int32_t i = 0; i < 3; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "run: {length: 20 h}\n"
                 "items: {x: {lot: 3, route: {oven: %s}}}\n"
                 "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                 "stations: {oven: {batch: {max: 2}}}\n",
                 rows[i].time);
        struct world world;
        world_run(&world, text);
        EXPECT_LEAVES(&world, rows[i].leaves);
        world_close(&world);
    }
}
