/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots from their release to their end, in small worlds whose answers are worked out by hand:
 * quality and routes, material, releases, and what of a run is measured. Times are hours. */
#include "world.h"

/* ---- quality and routes ---- */
static void quality(const char *step, const char *leaves, const char *path, double right) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {x: {route: {saw: {time: 1 h%s}, drill: 1 h}}}\n"
             "releases: {in: {item: x, at: [0 h]}}\n"
             "stations: {saw: 1, drill: 1}\n",
             step);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    expect_value(&world, path, right);
    world_close(&world);
}

Test(lots, rework_has_a_limit_and_an_end) {
    quality(", rework: {share: 100 %, times: 2, then: pass}", "0@4", "system.rework-ratio", 1);
    quality(", rework: {share: 100 %, times: 2, then: pass}", "0@4", "system.first-pass", 0);
    quality(", rework: {share: 100 %, times: 2, then: scrap}", "", "system.scrap-ratio", 1);
    quality(", rework: {share: 100 %, times: 2}", "", "stations.saw.throughput", 3 / 20.0);
    quality(", rework: {share: 0 %, times: 2}", "0@2", "system.first-pass", 1);
}

Test(lots, a_trace_of_work_goes_by_the_number_of_the_lot) {
    static const char *const laws[] = {"sequence(1 2 3 then repeat) h",
                                       "2 * sequence(0.5 1 1.5 then repeat) h"};
    for (int32_t i = 0; i < 2; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "run: {length: 20 h}\n"
                 "items: {x: {route: {saw: %s}}}\n"
                 "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                 "stations: {saw: 1}\n",
                 laws[i]);
        struct world world;
        world_run(&world, text);
        EXPECT_LEAVES(&world, "0@1 1@3 2@6 3@7");
        world_close(&world);
    }
}

Test(lots, rework_may_go_back_to_an_earlier_step) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 1 h, drill: {time: 2 h,\n"
                      "  rework: {share: 100 %, to: saw, times: 1, then: pass}}}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: 1, drill: 1}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/1/0");
    EXPECT_STARTS(&world, "drill", "1/1/0 4/1/0");
    EXPECT_LEAVES(&world, "0@6");
    world_close(&world);
}

Test(lots, next_says_what_comes_after) {
    quality(", next: out", "0@1", "stations.drill.throughput", 0);
    quality(", next: {drill: 100 %, out: 0 %}", "0@2", "stations.drill.throughput", 1 / 20.0);
    quality(", next: {drill: 0 %, out: 100 %}", "0@1", "stations.drill.throughput", 0);
}

Test(lots, next_may_skip_steps) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {a: {time: 1 h, next: c}, b: 5 h, c: 2 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {a: 1, b: 1, c: 1}\n");
    EXPECT_LEAVES(&world, "0@3");
    world_close(&world);
}

Test(lots, scrap_takes_pieces_and_with_the_last_one_the_lot) {
    quality(", scrap: 100 %", "", "stations.saw.quality", 0);
    quality(", scrap: 0 %", "0@2", "stations.saw.quality", 1);
    struct world world;
    world_run(&world, "run: {length: 500 h}\n"
                      "items: {x: {lot: 4, route: {saw: {time: 1 h, scrap: 50 %}}}}\n"
                      "releases: {in: {item: x, every: 1 h, until: 399 h}}\n"
                      "stations: {saw: 1}\n");
    double good = world_value(&world, "system.output"),
           lost = 1600 * world_value(&world, "system.scrap-ratio");
    cr_expect_eq(good + round(lost), 1600);
    expect_value(&world, "stations.saw.quality", good / 1600);
    /* Of 1600 fair coins 800 +- 20 (sd); of 400 lots of four a sixteenth is lost whole. */
    cr_expect(fabs(good - 800) < 100);
    double lots = world_value(&world, "system.cycle-time.count");
    cr_expect(fabs(lots - 375) < 25);
    expect_value(&world, "system.wip.now", 0);
    world_close(&world);
}

/* ---- material ---- */
Test(lots, an_item_takes_its_parts_when_it_is_released) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {uses: {screw: 2}, route: {saw: 1 h}}, screw: {}}\n"
                      "stocks: {bin: {holds: screw, start: 3, shipped: [2 at 5 h, 1 at 7 h]}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: 1}\n");
    EXPECT_LEAVES(&world, "0@1 1@6 2@8");
    expect_value(&world, "system.cycle-time.max", 1); /* it waits outside */
    expect_value(&world, "stocks.bin.on-hand.now", 0);
    expect_value(&world, "stocks.bin.on-hand.max", 3);
    world_close(&world);
}

Test(lots, a_step_takes_its_parts_when_it_starts_and_the_machine_waits) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {lot: 2, route: {saw: {time: 1 h, uses: {screw: 1}}}}, screw: {}}\n"
              "stocks: {bin: {holds: screw, start: 3, shipped: 1 at 5 h}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
              "stations: {saw: 1}\n");
    EXPECT_LEAVES(&world, "0@1 1@6");
    expect_value(&world, "stations.saw.states.no-material", 4 / 20.0);
    expect_value(&world, "system.time-in.material.max", 4);
    expect_value(&world, "system.time-in.work.max", 1);
    world_close(&world);
}

Test(lots, each_lot_of_a_batch_takes_its_parts) {
    /* Two screws are there, one for lot 0 and one for lot 1; that of lot 2 comes at 5. */
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: {oven: {time: 1 h/batch, uses: {screw: 1}}}}, screw: {}}\n"
              "stocks: {bin: {holds: screw, start: 2, shipped: 2 at 5 h}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
              "stations: {oven: {batch: {min: 3, max: 3}}}\n");
    EXPECT_LEAVES(&world, "0@6 1@6 2@6");
    expect_value(&world, "stocks.bin.on-hand.now", 1);
    expect_value(&world, "system.time-in.material.min", 5);
    expect_value(&world, "system.time-in.work.max", 1);
    expect_value(&world, "stations.oven.states.no-material", 5 / 20.0);
    world_close(&world);
}

Test(lots, material_goes_to_who_waits_longest) {
    /* The saw needs 3 since 0, the drill 1 since 1; what comes is kept for the saw. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  x: {route: {saw: {time: 1 h, uses: {screw: 3}}}}\n"
                      "  y: {route: {drill: {time: 1 h, uses: {screw: 1}}}}\n"
                      "  screw: {}\n"
                      "stocks: {bin: {holds: screw, shipped: [2 at 2 h, 1 at 3 h, 1 at 4 h]}}\n"
                      "releases: {x: {item: x, at: [0 h]}, y: {item: y, at: [1 h]}}\n"
                      "stations: {saw: 1, drill: 1}\n");
    EXPECT_LEAVES(&world, "0@4 1@5");
    world_close(&world);
}

Test(lots, who_turns_out_to_lack_something_else_lets_the_next_one_take) {
    /* At 2 screws come: the saw also needs a nut, that comes at 9; the drill needs none. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  x: {route: {saw: {time: 1 h, uses: {screw: 1, nut: 1}}}}\n"
                      "  y: {route: {drill: {time: 1 h, uses: {screw: 1}}}}\n"
                      "  screw: {}\n"
                      "  nut: {}\n"
                      "stocks: {bin: {holds: screw, shipped: 2 at 2 h},\n"
                      "         box: {holds: nut, shipped: 1 at 9 h}}\n"
                      "releases: {x: {item: x, at: [0 h]}, y: {item: y, at: [1 h]}}\n"
                      "stations: {saw: 1, drill: 1}\n");
    EXPECT_LEAVES(&world, "1@3 0@10");
    world_close(&world);
}

/* ---- releases ---- */
Test(lots, a_constant_time_between_begins_at_once_and_ends_with_until) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, every: 3 h, until: 9 h}}\n"
                      "stations: {saw: 1}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/1/1 6/1/2 9/1/3");
    world_close(&world);
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, every: 3 h, first: 2 h}}\n"
                      "stations: {saw: 1}\n");
    EXPECT_STARTS(&world, "saw", "2/1/0 5/1/1 8/1/2");
    world_close(&world);
}

Test(lots, a_rate_that_sinks_to_nothing_ends) {
    /* 1000 an hour for ten hours: of 10 000 expected 5 sd are 500. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 0 h}}}\n"
                      "releases: {in: {item: x, rate: if now < 10 h then 1000 /h else 0 /h}}\n"
                      "stations: {saw: 1}\n");
    cr_expect(fabs(world_value(&world, "releases.in.orders") - 10000) < 500);
    cr_expect_leq(world_value(&world, "system.makespan"), 10);
    world_close(&world);
}

Test(lots, what_is_left_of_a_size_is_a_smaller_lot) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 4, route: {saw: 1 h/piece}}}\n"
                      "releases: {in: {item: x, at: [0 h], size: 10}}\n"
                      "stations: {saw: 1}\n");
    EXPECT_LEAVES(&world, "0@4 1@8 2@10");
    expect_value(&world, "system.output", 10);
    expect_value(&world, "releases.in.orders", 3);
    world_close(&world);
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 4, route: {saw: 1 h/piece}}}\n"
                      "releases: {in: {item: x, at: [0 h], size: 10, lot: 5}}\n"
                      "stations: {saw: 1}\n");
    EXPECT_LEAVES(&world, "0@5 1@10");
    world_close(&world);
}

Test(lots, a_list_says_of_each_order_what_it_is) {
    /* Listed in any order; the entries say item, pieces, priority and due date. */
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: {saw: 1 h/piece}}, y: {lot: 9, route: {saw: 1 h/piece}}}\n"
              "releases:\n"
              "  in:\n"
              "    priority: 1\n"
              "    list:\n"
              "      - {at: 1 h, item: x, pieces: 1, priority: 5, due: 2 h}\n"
              "      - {at: 0 h, item: y, pieces: 3}\n"
              "      - {at: 1 h, item: y, size: 2, due: 10 h}\n"
              "stations: {saw: {queue: priority}}\n");
    EXPECT_LEAVES(&world, "0@3 1@4 2@6");
    expect_value(&world, "items.x.lateness", 1);
    expect_value(&world, "items.x.tardiness", 1);
    expect_value(&world, "items.y.lateness", -5);
    expect_value(&world, "items.y.tardiness", 0);
    expect_value(&world, "system.on-time", 0.5);
    expect_value(&world, "system.lateness.count", 2);
    world_close(&world);
}

Test(lots, always_keeps_the_first_station_at_work) {
    struct world world;
    world_run(&world, "run: {length: 9 h}\n"
                      "items: {x: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: x, when: always}}\n"
                      "stations: {saw: {machines: 2}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 0/2/1 2/1/2 2/2/3 4/1/4 4/2/5 6/1/6 6/2/7 8/1/8 8/2/9");
    expect_value(&world, "stations.saw.utilization", 1);
    expect_value(&world, "system.output", 8);
    world_close(&world);
}

Test(lots, due_dates_count_from_the_order_even_when_it_waits_outside) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 4 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h], due: 5 h}}\n"
                      "stations: {saw: {queue: {room: 0}}}\n");
    EXPECT_LEAVES(&world, "0@4 1@8");
    expect_value(&world, "system.lateness.min", -1);
    expect_value(&world, "system.lateness.max", 3);
    expect_value(&world, "system.tardiness", 1.5);
    expect_value(&world, "system.on-time", 0.5);
    world_close(&world);
}

/* ---- the time of a run ---- */
Test(lots, the_warm_up_is_simulated_and_not_measured) {
    /* Lots of 3 h each 2 h since -4: at 0 the third of them is at work since -1... lot k runs from
     * 3k - 4. In 6 h: 12 h of work are waiting at most, the saw never rests. */
    struct world world;
    world_run(&world, "run: {length: 6 h, warm-up: 4 h}\n"
                      "items: {x: {route: {saw: 3 h}}}\n"
                      "releases: {in: {item: x, every: 2 h}}\n"
                      "stations: {saw: 1}\n");
    EXPECT_STARTS(&world, "saw", "-4/1/0 -1/1/1 2/1/2 5/1/3");
    EXPECT_LEAVES(&world, "0@-1 1@2 2@5");
    expect_value(&world, "system.output", 2);       /* at 2 and 5 */
    expect_value(&world, "system.cycle-time", 4.5); /* from -2, and from 0 */
    expect_value(&world, "stations.saw.utilization", 1);
    expect_value(&world, "releases.in.orders", 3);        /* at 2, 4 and 6; that of 0 came before */
    expect_value(&world, "stations.saw.queue.wait", 2.5); /* of starts at 2 and 5: 2 and 3 */
    world_close(&world);
}

Test(lots, until_empty_ends_with_the_last_lot) {
    /* Neither the calendar nor a failure that would come later keeps it going. */
    struct world world;
    world_run(&world, "run: {length: until empty}\n"
                      "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
                      "items: {x: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 1 h]}}\n"
                      "stations: {saw: {calendar: day, failures:\n"
                      "  {jam: {clock: up, after: 100 h, lasts: 1 h}}}}\n");
    expect_value(&world, "system.makespan", 4);
    expect_value(&world, "stations.saw.utilization", 1);
    expect_value(&world, "system.throughput", 0.5);
    expect_value(&world, "system.wip", 5 / 4.0);
    world_close(&world);
}

Test(lots, horizons_are_first_parts_of_the_whole) {
    struct world world;
    world_run(&world, "run: {length: 10 h, horizons: [2 h, 5 h]}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, every: 2 h}}\n"
                      "stations: {saw: 1}\n");
    const struct layout *layout = &world.plant->layout;
    int32_t column = layout_find(layout, "stations.saw.utilization");
    static const double right[] = {0.5, 3 / 5.0, 0.5};
    for (int32_t i = 0; i < layout->horizon_count; i++)
        cr_expect_eq(world.block[layout_at(layout, i, column)], right[i]);
    world_close(&world);
}
