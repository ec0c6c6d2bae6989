/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People at machines and repairs, in small worlds whose answers are worked out by hand. Times are
 * hours. */
#include "world.h"

Test(people, an_operator_loads_and_machines_run_by_themselves) {
    /* Loads 0-1 and 1-2; runs 1-5 and 2-6; unloads 5-6; then loads the next at 6, because of two
     * who ask at once the first machine goes first, and unloads the second at 7. */
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "crews: {operator: 1}\n"
                      "items: {x: {route: [saw]}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {machines: 2, load: 1 h, time: 4 h, unload: 1 h,\n"
                      "                 needs: {load: operator, unload: operator}}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/2/1 6/1/2");
    EXPECT_LEAVES(&world, "0@6 1@8 2@12");
    expect_value(&world, "crews.operator.utilization", 6 / 40.0);
    expect_value(&world, "system.time-in.people", 2 / 3.0); /* 1 + 1 of the second */
    expect_value(&world, "stations.saw.states.no-people", 2 / 80.0);
    world_close(&world);
}

Test(people, all_come_or_nobody) {
    /* The press needs both; the saw, asked first, has one of them until 3. The drill that needs one
     * only does not wait for the press to be served. */
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "crews: {hand: 2}\n"
                      "items: {a: {route: [saw]}, b: {route: [press]}, c: {route: [drill]}}\n"
                      "releases:\n"
                      "  a: {item: a, at: [0 h]}\n"
                      "  b: {item: b, at: [1 h]}\n"
                      "  c: {item: c, at: [2 h]}\n"
                      "stations:\n"
                      "  saw: {time: 3 h, needs: {run: hand}}\n"
                      "  press: {time: 3 h, needs: {run: {hand: 2}}}\n"
                      "  drill: {time: 3 h, needs: {run: hand}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0");
    EXPECT_STARTS(&world, "drill", "2/1/2");
    EXPECT_STARTS(&world, "press", "5/1/1");
    world_close(&world);
}

Test(people, the_slowest_of_a_team_sets_the_pace_and_the_fastest_goes) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "crews: {boy: {people: 1, skills: {saw: 50 %}}, man: {skills: [saw]}}\n"
                      "items: {x: {route: [saw]}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                      "stations: {saw: {machines: 2, time: 4 h, needs: {run: saw}}}\n");
    EXPECT_LEAVES(&world, "0@4 1@8");
    expect_value(&world, "system.time-in.work", 6);
    world_close(&world);
}

/* Work of 6 h from 4 on; the operator is there from 0 to 8 and from 24 to 32. */
static void shift_end(const char *rule, const char *leaves, double working) {
    char text[600];
    snprintf(text, sizeof text,
             "run: {length: 48 h}\n"
             "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
             "crews: {operator: {calendar: day, wage: 20 EUR/h}}\n"
             "items: {x: {route: [saw]}}\n"
             "releases: {in: {item: x, at: [4 h]}}\n"
             "stations: {saw: {time: 6 h, needs: {run: operator}, at-shift-end: %s}}\n",
             rule);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    expect_value(&world, "stations.saw.states.working", working / 48);
    expect_value(&world, "money.wages", 16 * 20);
    world_close(&world);
}

Test(people, at_the_end_of_their_shift_they_break_off_finish_or_had_not_begun) {
    shift_end("suspend", "0@26", 6);
    shift_end("finish", "0@10", 6);
    shift_end("fit", "0@30", 6);
}

Test(people, a_repair_waits_for_its_crew_by_priority) {
    /* Both fail at 2 (the saw) and 3 (the mill) while the fitter repairs the drill until 5; the
     * mill has priority. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "crews: {fitter: 1}\n"
                      "items: {a: {route: [saw]}, b: {route: [mill]}, c: {route: [drill]}}\n"
                      "releases: {a: {item: a, at: [0 h]}, b: {item: b, at: [0 h]},\n"
                      "           c: {item: c, at: [0 h]}}\n"
                      "stations:\n"
                      "  saw: {time: 9 h, failures: {f: {after: 2 h, lasts: 2 h, needs: fitter}}}\n"
                      "  mill: {time: 5 h, needs: {repair: fitter},\n"
                      "         failures: {f: {after: 3 h, lasts: 4 h, priority: 1}}}\n"
                      "  drill: {time: 2 h, needs: {repair: fitter},\n"
                      "          failures: {f: {after: 1 h, first: 1 h, lasts: 4 h}}}\n");
    EXPECT_WHEN(&world, "mill", "repaired", "9");
    expect_value(&world, "stations.mill.states.waiting-repair", 2 / 20.0);
    expect_value(&world, "stations.mill.states.failed", 4 / 20.0);
    expect_value(&world, "stations.mill.availability", 14 / 20.0);
    world_close(&world);
}

Test(people, a_machine_that_stands_lets_its_people_go) {
    /* The only man works at the saw, which fails at 2; he repairs it from 2 to 3, and goes on. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "crews: {man: 1}\n"
                      "items: {x: {route: [saw]}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {time: 4 h, needs: {run: man, repair: man},\n"
                      "  failures: {f: {clock: up, first: 2 h, after: 100 h, lasts: 1 h}}}}\n");
    EXPECT_LEAVES(&world, "0@5");
    expect_value(&world, "system.time-in.repair", 1);
    expect_value(&world, "crews.man.utilization", 5 / 20.0);
    world_close(&world);
}

Test(people, needs_that_nobody_can_fill_are_faults) {
    struct takt_scenario *scenario;
    struct prepared *prepared = NULL;
    const char *arm = NULL;
    enum takt_status status =
        world_read("run: {length: 20 h}\n"
                   "crews: {man: 1}\n"
                   "items: {x: {route: [saw]}}\n"
                   "releases: {in: {item: x, at: [0 h]}}\n"
                   "stations: {saw: {time: 4 h, needs: {run: {man: 2}, load: woman}}}\n",
                   &scenario);
    if (status == TAKT_OK) status = prepare_arms(scenario, &arm, 1, &prepared);
    cr_expect_neq(status, TAKT_OK);
    takt_scenario_delete(scenario);
}
