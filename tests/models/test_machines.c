/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines that share a queue and differ: speed, items, hours and stops. Traces by hand, in hours.
 */
#include "world.h"

#define LOTS_AT(TIMES) "releases: {r: {item: x, at: [" TIMES "]}}\n"

Test(machines, speed_stretches_work_but_not_loading) {
    struct world world;
    world_run(
        &world,
        "run: {length: 20 h}\n"
        "items: {x: {route: [s]}}\n" LOTS_AT(
            "0 h, 0 h, 0 h") "stations: {s: {time: 3 h, load: 1 h, machines: {quick: 150 %, slow: "
                             "{speed: 50 %}}}}\n");
    /* 1 + 3 / 1.5 = 3 h on the quick one, 1 + 3 / 0.5 = 7 h on the other. */
    EXPECT_STARTS(&world, "s", "0/1/0 0/2/1 3/1/2");
    EXPECT_LEAVES(&world, "0@3 2@6 1@7");
    expect_value(&world, "stations.s.machines.quick.utilization", 6.0 / 20);
    expect_value(&world, "stations.s.machines.slow.utilization", 7.0 / 20);
    expect_value(&world, "stations.s.utilization", 13.0 / 40);
    expect_value(&world, "stations.s.machines.quick.throughput", 2.0 / 20);
    world_close(&world);
}

/* Lots 0 to 3 are x y y x; a works both, b only y. At 0 a takes x and b passes nothing by: it takes
 * the first y. At 2 both are done: a is asked first (idle at the same time, lower number) and takes
 * y, so b has nothing; x waits for a. */
Test(machines, who_may_not_work_it_is_passed_by) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: [s]}, y: {route: [s]}}\n"
                      "releases:\n"
                      "  r: {item: {x: 50 %, y: 50 %}, list: [{at: 0 h, item: x}, {at: 0 h, item: "
                      "y}, {at: 1 h, item: y}, {at: 1 h, item: x}]}\n"
                      "stations: {s: {time: 2 h, machines: {a: {}, b: {items: y}}}}\n");
    EXPECT_STARTS(&world, "s", "0/1/0 0/2/1 2/1/2 4/1/3");
    expect_value(&world, "stations.s.machines.b.states.starved", 18.0 / 20);
    world_close(&world);
}

/* The rule is asked about what the machine may work: b starts the later y though x has priority. */
Test(machines, a_machine_takes_the_best_of_what_it_may_work) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: [s]}, y: {route: [s]}}\n"
                      "releases:\n"
                      "  r: {item: {x: 50 %, y: 50 %}, list: [{at: 0 h, item: x}, {at: 0 h, item: "
                      "x, priority: 9}, {at: 0 h, item: y}, {at: 0 h, item: y, priority: 1}]}\n"
                      "stations: {s: {time: 2 h, queue: priority, machines: {b: {items: y}, a: "
                      "{items: x}}}}\n");
    EXPECT_STARTS(&world, "s", "0/1/3 0/2/1 2/1/2 2/2/0");
    world_close(&world);
}

Test(machines, each_keeps_its_own_hours_and_stops) {
    struct world world;
    world_run(
        &world,
        "run: {length: 10 h}\n"
        "calendars: {half: {cycle: {work: 2 h, rest: 2 h}}}\n"
        "items: {x: {route: [s]}}\n" LOTS_AT(
            "0 h, 0 h") "stations:\n"
                        "  s:\n"
                        "    time: 3 h\n"
                        "    failures: {jam: {clock: up, after: 1 h, lasts: 1 h}}\n"
                        "    machines:\n"
                        "      a: {calendar: half}\n"
                        "      b: {failures: {jam: {clock: up, after: 100 h, lasts: 1 h}}}\n");
    /* a: works 0-1, down 1-2 (closed from 2 on), open again at 4; the next jam would be at 3 for an
     * hour, so it works 4-5, is down 5-6, closed 6-8, works 8-9. b: never stops. */
    EXPECT_LEAVES(&world, "1@3 0@9");
    expect_value(&world, "stations.s.machines.a.states.working", 0.3);
    expect_value(&world, "stations.s.machines.a.states.off-shift", 0.4);
    expect_value(&world, "stations.s.machines.b.states.working", 0.3);
    expect_value(&world, "stations.s.machines.b.states.failed", 0);
    expect_value(&world, "stations.s.machines.b.failures.jam.count", 0);
    cr_expect_geq(world_value(&world, "stations.s.failures.jam.count"), 4);
    world_close(&world);
}

/* The same machines with names change no bit of what they do. */
Test(machines, names_alone_change_nothing) {
    static const char text[] =
        "run: {length: 30 d}\n"
        "items: {x: {route: [s, t]}}\n"
        "releases: {r: {item: x, rate: 1.5 /h}}\n"
        "stations: {s: {time: exponential(1 h), machines: %s}, t: {time: exponential(30 min)}}\n";
    double values[2];
    for (int i = 0; i < 2; i++) {
        char with[512];
        struct world world;
        snprintf(with, sizeof with, text, i ? "[a, b]" : "2");
        world_run(&world, with);
        values[i] = world_value(&world, "system.cycle-time");
        world_close(&world);
    }
    cr_expect_eq(values[0], values[1]);
}

Test(machines, an_item_that_no_machine_works_is_a_fault) {
    world_expect_fault("run: {length: 20 h}\n"
                       "items: {x: {route: [s]}, y: {route: [s]}}\n"
                       "releases: {r: {item: each, every: 1 h}}\n"
                       "stations: {s: {time: 1 h, machines: {a: {items: x}}}}\n",
                       "'y' comes to station 's', where no machine works it");
}
