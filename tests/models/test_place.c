/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps with several stations: where lots go. Times are hours. */
#include "world.h"

/* ---- rules ---- */
Test(place, lots_go_where_fewest_are_and_of_equals_to_the_first_written) {
    struct world world;
    /* 0 and 1 start at once; 2 finds one at each and goes to a, 3 then to b; at 3 h, a (1) is
     * shorter than b (2). */
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {do: {at: [a, b]}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h, 3 h]}}\n"
                      "stations: {a: {time: 2 h}, b: {time: 5 h}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 2/1/2 4/1/4");
    EXPECT_STARTS(&world, "b", "0/1/1 5/1/3");
    expect_value(&world, "stations.a.utilization", 6.0 / 40);
    expect_value(&world, "stations.b.utilization", 10.0 / 40);
    world_close(&world);
}

Test(place, shortest_queue_counts_lots_for_each_machine) {
    struct world world;
    /* a has three machines: of five lots four go there, 0 to 2 at 0, 1/3, 2/3 of a lot each. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {do: {at: [a, b], time: 4 h}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {a: 3, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 0/2/2 0/3/3 4/1/4");
    EXPECT_STARTS(&world, "b", "0/1/1");
    world_close(&world);
}

Test(place, least_work_counts_what_is_left_on_machines) {
    struct world world;
    /* At 3 h a has 7 h left and b two lots of 1 h. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items:\n"
                      "  long: {route: {do: {at: a, time: 10 h}}}\n"
                      "  short: {route: {do: {at: b, time: 1 h}}}\n"
                      "  x: {route: {do: {at: [a, b], time: 1 h, choose: least-work}}}\n"
                      "releases:\n"
                      "  l: {item: long, at: [0 h]}\n"
                      "  s: {item: short, at: [3 h, 3 h]}\n"
                      "  in: {item: x, at: [3 h, 8.5 h]}\n"
                      "stations: {a: 1, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/0");
    EXPECT_STARTS(&world, "b", "3/1/1 4/1/2 5/1/3 8.5/1/4");
    world_close(&world);
}

static void expect_place(const char *rule, const char *stations, const char *at_a,
                         const char *at_b) {
    char text[600];
    snprintf(text, sizeof text,
             "run: {length: 40 h}\n"
             "items: {x: {route: {do: {at: [a, b], choose: %s}}}}\n"
             "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
             "stations: {%s}\n",
             rule, stations);
    struct world world;
    world_run(&world, text);
    EXPECT_STARTS(&world, "a", at_a);
    EXPECT_STARTS(&world, "b", at_b);
    world_close(&world);
}

Test(place, each_rule_looks_at_what_it_says) {
    expect_place("fastest", "a: {time: 3 h}, b: {time: 2 h}", "", "0/1/0 2/1/1 4/1/2");
    expect_place("fastest", "a: {time: 2 h}, b: {time: 1 h, load: 90 min}", "0/1/0 2/1/1 4/1/2",
                 "");
    expect_place("cheapest", "a: {time: 2 h, cost: 5 EUR/h}, b: {time: 3 h, cost: 3 EUR/h}", "",
                 "0/1/0 3/1/1 6/1/2");
    expect_place("first-able", "a: {time: 3 h}, b: {time: 3 h}", "0/1/0 3/1/2", "0/1/1");
}

Test(place, an_expression_names_the_station) {
    struct world world;
    world_run(
        &world,
        "run: {length: 40 h}\n"
        "items: {x: {route: {do: {at: [a, b], time: 1 h/lot,\n"
        "  choose: if pieces > 10 then b else if priority > 0 then shortest-queue else a}}}}\n"
        "releases:\n"
        "  in: {list: [{item: x, at: 0 h, pieces: 20}, {item: x, at: 0 h, pieces: 2},\n"
        "    {item: x, at: 0 h, pieces: 3}, {item: x, at: 0 h, pieces: 4, priority: 1}]}\n"
        "stations: {a: 1, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/1 1/1/2");
    EXPECT_STARTS(&world, "b", "0/1/0 1/1/3");
    world_close(&world);
}

/* Of 4000 lots about 30 % go to a, and always the same. */
static double lots_at_a(const char *more) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: until empty}\n"
             "items: {x: {route: {do: {at: {a: 30 %%, b: 70 %%}, time: 1 h}}}}\n"
             "releases: {in: {item: x, at: [0 h], size: 4000}}\n"
             "stations: {a: {%s}, b: 1}\n",
             more);
    struct world world;
    world_run(&world, text);
    double lots = world_value(&world, "stations.a.queue.wait.count");
    world_close(&world);
    return lots;
}

Test(place, shares_are_drawn_by_the_luck_of_lots) {
    double lots = lots_at_a("machines: 1");
    cr_expect(fabs(lots - 1200) < 3.3 * sqrt(4000 * 0.3 * 0.7), "%g lots", lots);
    cr_expect_eq(lots, lots_at_a("machines: 3, queue: {rule: lifo}"));
}

/* ---- luck ---- */
Test(place, how_long_the_work_takes_does_not_depend_on_the_choice) {
    static const char *const rules[] = {"shortest-queue", "least-work", "b", "first-able"};
    double first = 0;
    for (int32_t i = 0; i < 4; i++) {
        char text[500];
        snprintf(text, sizeof text,
                 "run: {length: until empty}\n"
                 "items: {x: {route: {do: {at: [a, b], time: exponential(1 h), choose: %s}}}}\n"
                 "releases: {in: {item: x, at: [0 h], size: 200}}\n"
                 "stations: {a: 1, b: 2}\n",
                 rules[i]);
        struct world world;
        world_run(&world, text);
        double work = world_value(&world, "system.time-in.work");
        if (i == 0) first = work;
        cr_expect_eq(work, first, "%s: %g, not %g", rules[i], work, first);
        world_close(&world);
    }
}

/* ---- room ---- */
Test(place, a_station_with_room_is_taken_before_a_shorter_one_without) {
    struct world world;
    /* Nobody may wait at a; b has two lots there when 3 comes. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {do: {at: [a, b], time: 4 h}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {a: {queue: {room: 0}}, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/0");
    EXPECT_STARTS(&world, "b", "0/1/1 4/1/2 8/1/3");
    world_close(&world);
}

Test(place, a_blocked_machine_gives_its_lot_to_the_first_that_has_room) {
    struct world world;
    /* 2 is done at 3 h and finds no room; b is free at 6 h, a at 7 h. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {cut: 1 h, do: {at: [a, b]}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {cut: 1, a: {time: 6 h, queue: {room: 0}},\n"
                      "  b: {time: 4 h, queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "cut", "0/1/0 1/1/1 2/1/2 6/1/3");
    EXPECT_STARTS(&world, "a", "1/1/0 7/1/3");
    EXPECT_STARTS(&world, "b", "2/1/1 6/1/2");
    world_close(&world);
}

Test(place, who_waits_for_any_station_goes_in_the_order_of_coming) {
    struct world world;
    /* c1 is blocked from 2.5 h, c2 from 3 h; b is free at 5 h, a at 6 h. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items:\n"
                      "  x: {route: {c1: 2 h, do: {at: [a, b], time: 10 h}}}\n"
                      "  y: {route: {c2: 1 h, do: {at: [b, a], time: 4 h}}}\n"
                      "releases: {ys: {item: y, at: [0 h, 0 h, 0 h]}, xs: {item: x, at: [0.5 h]}}\n"
                      "stations: {c1: 1, c2: 1, a: {queue: {room: 0}}, b: {queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "b", "1/1/0 5/1/3");
    EXPECT_STARTS(&world, "a", "2/1/1 6/1/2");
    world_close(&world);
}

Test(place, a_machine_that_starts_with_room_ahead_keeps_it_where_its_lot_will_go) {
    struct world world;
    /* cut starts 2 only at 5 h, when b is free, and b is kept for it. */
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {x: {route: {cut: 1 h, do: {at: [a, b]}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {cut: {blocking: before}, a: {time: 9 h, queue: {room: 1}},\n"
                      "  b: {time: 4 h, queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "cut", "0/1/0 1/1/1 2/1/2 6/1/3");
    EXPECT_STARTS(&world, "a", "1/1/0 10/1/2");
    EXPECT_STARTS(&world, "b", "2/1/1 7/1/3");
    world_close(&world);
}

Test(place, a_knot_of_stations_with_choices_is_named) {
    expect_stop("run: {length: 100 h}\n"
                "items:\n"
                "  x: {route: {one: {at: a, time: 1 h}, two: {at: [b, c], time: 2 h},\n"
                "    three: {at: a, time: 1 h}}}\n"
                "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h, 0 h, 0 h]}}\n"
                "stations: {a: {queue: {room: 0}}, b: {queue: {room: 0}}, c: {queue: {room: 0}}}\n",
                "deadlock: the machines of a, b, c wait for each other's room");
}

Test(place, a_source_without_end_feeds_every_station) {
    struct world world;
    world_run(&world, "run: {length: 12 h}\n"
                      "items: {x: {route: {do: {at: [a, b]}}}}\n"
                      "releases: {in: {item: x, when: always}}\n"
                      "stations: {a: {time: 2 h}, b: {time: 3 h}}\n");
    expect_value(&world, "stations.a.utilization", 1);
    expect_value(&world, "stations.b.utilization", 1);
    expect_value(&world, "system.output", 10);
    world_close(&world);
}

/* ---- with others ---- */
Test(place, a_card_of_a_station_is_asked_for_by_who_goes_there) {
    struct world world;
    /* One card at a, three at b: 0 to a, 1 to b (equal, the one with cards first), 2 to b, 3 waits.
     */
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {x: {route: {do: {at: [a, b], time: 2 h}}}}\n"
              "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
              "cards: {for-a: {count: 1, from: a, to: a}, for-b: {count: 2, from: b, to: b}}\n"
              "stations: {a: 1, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 2/1/3");
    EXPECT_STARTS(&world, "b", "0/1/1 2/1/2");
    world_close(&world);
}

Test(place, a_limit_ends_with_the_start_at_any_station) {
    struct world world;
    world_run(
        &world,
        "run: {length: 40 h}\n"
        "items: {x: {route: {do: {at: [a, b], time: 4 h, start-within: {time: 5 h, of: release,\n"
        "  else: out}}}}}\n"
        "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h, 0 h]}}\n"
        "stations: {a: 1, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 4/1/2");
    EXPECT_STARTS(&world, "b", "0/1/1 4/1/3");
    expect_value(&world, "system.late-starts", 0.2);
    world_close(&world);
}

Test(place, setups_are_those_of_the_station_chosen) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items:\n"
                      "  x: {route: {do: {at: [a, b], time: 1 h}}}\n"
                      "  y: {route: {do: {at: [a, b], time: 1 h}}}\n"
                      "releases: {xs: {item: x, at: [0 h]}, ys: {item: y, at: [2 h]}}\n"
                      "stations: {a: {setup: {time: 3 h}, tool: x}, b: {setup: {time: 5 h}}}\n");
    EXPECT_LEAVES(&world, "0@1 1@6");
    expect_value(&world, "stations.a.states.setup", 3.0 / 40);
    world_close(&world);
}

Test(place, work_that_is_done_again_may_go_to_the_other_station) {
    struct world world;
    /* All is done twice; 1 h at a, then a is taken by 1 when 0 comes back. */
    world_run(&world,
              "run: {length: 40 h}\n"
              "items: {x: {route: {do: {at: [a, b], time: 3 h, rework: {share: 100 %, times: 1,\n"
              "  then: pass}}}}, y: {route: {do: {at: a, time: 2 h}}}}\n"
              "releases: {in: {item: x, at: [0 h]}, other: {item: y, at: [2 h, 2 h]}}\n"
              "stations: {a: 1, b: 1}\n");
    EXPECT_STARTS(&world, "b", "3/1/0");
    world_close(&world);
}

/* ---- what cannot be ---- */
#define FLOOR(STEP)                                                                                \
    "run: {length: 40 h}\n"                                                                        \
    "items: {x: {route: {do: {" STEP "}}}}\n"                                                      \
    "releases: {in: {item: x, rate: 1 /h}}\n"                                                      \
    "stations: {a: {time: 1 h}, b: {time: 1 h}, c: {time: 1 h}}\n"

Test(place, what_makes_no_sense_is_refused) {
    world_expect_fault(FLOOR("at: [a, d]"), "there is no station 'd'");
    world_expect_fault(FLOOR("at: a, choose: fastest"),
                       "step 'do' has one station, so there is nothing to choose");
    world_expect_fault(FLOOR("at: {a: 1, b: {}}"), "only some stations of step 'do' have a share");
    world_expect_fault(FLOOR("at: {a: 0 %, b: 0 %}"),
                       "the shares of the stations of step 'do' are all 0");
    world_expect_fault(FLOOR("at: {a: 30 %, b: 70 %}, choose: fastest"),
                       "step 'do' has shares for its stations, and does not choose by them");
    world_expect_fault(FLOOR("at: [a, b], choose: if pieces > 3 then a else c"),
                       "`choose` of step 'do' names what is no station of it");
    world_expect_fault(FLOOR("at: [a, b], choose: pieces + 1"),
                       "`choose` of step 'do' names no station: pieces + 1");
    world_expect_fault(FLOOR("at: [a, b], choose: nearest"), "it is not known where 'a' stands");
}

Test(place, an_expression_that_gives_no_station_stops_the_run) {
    expect_stop("run: {length: 40 h}\n"
                "items: {x: {route: {do: {at: [a, b], time: 1 h, choose: a + 5 * pieces}}}}\n"
                "releases: {in: {item: x, at: [0 h]}}\n"
                "stations: {a: 1, b: 1}\n",
                "`choose` of step do gives no station of it: a + 5 * pieces");
}
