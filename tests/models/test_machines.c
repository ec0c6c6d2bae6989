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

/* ---- how well each is used ---- */
static void expect_effect(const struct world *world, const char *machine, double availability,
                          double effectiveness, double quality, double expense) {
    const double factors[] = {availability, effectiveness, quality,
                              availability * effectiveness * quality, expense};
    static const char *const names[] = {"availability", "effectiveness", "quality", "oee",
                                        "expense"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "stations.s.machines.%s.%s", machine, names[i]);
        expect_value(world, path, factors[i]);
    }
}

/* Two lots of 4 h at 0. The second machine is down from 3 to 4: its lot goes on, begins again (3 h
 * in vain, and 4 h more), or is lost (3 h of work for 2 pieces that are no good). */
Test(machines, each_answers_for_what_it_spoils) {
    static const char text[] = "run: {length: 20 h}\n"
                               "items: {x: {lot: 2, route: {s: 2 h/piece}}}\n" LOTS_AT(
                                   "0 h, 0 h") "stations:\n"
                                               "  s:\n"
                                               "    cost: 6 EUR/h\n"
                                               "    energy: {working: 3 kW, starved: 1 kW}\n"
                                               "    interrupted: %s\n"
                                               "    machines: {a: {}, b: {failures: {jam: {clock: "
                                               "up, first: 3 h, after: 1 y, "
                                               "lasts: 1 h}}}}\n";
    static const struct {
        const char *interrupted;
        double hours, good_hours, quality;
    } cases[] = {{"resume", 4, 4, 1}, {"restart", 7, 4, 1}, {"scrap", 3, 3, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char whole[1024];
        struct world world;
        double hours = cases[i].hours;
        snprintf(whole, sizeof whole, text, cases[i].interrupted);
        world_run(&world, whole);
        expect_effect(&world, "a", 1, 4 / 20.0, 1, 24);
        expect_effect(&world, "b", 19 / 20.0, cases[i].good_hours / 19, cases[i].quality,
                      6 * hours);
        expect_value(&world, "stations.s.expense", 24 + 6 * hours);
        expect_value(&world, "stations.s.machines.a.energy", 4 * 3 + 16);
        expect_value(&world, "stations.s.machines.b.energy", hours * 3 + (19 - hours));
        expect_value(&world, "stations.s.energy", 4 * 3 + 16 + hours * 3 + (19 - hours));
        world_close(&world);
    }
}

/* All that a works is bad, and half of what b works is work for the second time. */
Test(machines, each_has_the_quality_of_what_it_works) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  x: {route: {s: {scrap: 100 %}}}\n"
                      "  y: {route: {s: {rework: {share: 100 %, times: 1, then: pass}}}}\n"
                      "releases: {x: {item: x, at: 0 h}, y: {item: y, at: 0 h}}\n"
                      "stations: {s: {time: 2 h, machines: {a: {items: x}, b: {items: y}}}}\n");
    expect_effect(&world, "a", 1, 2 / 20.0, 0, 0);
    expect_effect(&world, "b", 1, 4 / 20.0, 1 / 2.0, 0);
    expect_value(&world, "stations.s.quality", 1 / 3.0);
    world_close(&world);
}

/* 2 h at 6 EUR and 2 h at 12 EUR, of which the last 1 h at each price is measured. */
Test(machines, each_hour_has_the_cost_of_its_time) {
    struct world world;
    world_run(&world, "run: {warm-up: 1 h, length: 9 h}\n"
                      "items: {x: {route: {s: 4 h}}}\n"
                      "releases: {r: {item: x, at: -1 h}}\n"
                      "stations: {s: {cost: 6 EUR/h, machines: [a, b]}}\n"
                      "programmes: {p: {at: 1 h, change: {stations.s.cost: 12 EUR/h}}}\n");
    expect_value(&world, "stations.s.machines.a.expense", 6 + 2 * 12);
    expect_value(&world, "stations.s.machines.b.expense", 0);
    expect_value(&world, "stations.s.expense", 6 + 2 * 12);
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
