/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who are away, who walk, who are hired and dismissed, and who come to their site alone, in
 * small worlds whose answers are worked out by hand. Times are hours. */
#include "world.h"

/* ---- absence ---- */
Test(crews, work_breaks_off_when_its_person_is_away_and_another_goes_on) {
    /* Each is away from 3 to 5 and, three hours after he is back, from 8 to 10; so both are. The
     * work of 6 h from 1 on: 1-3, 5-8, 10-11. */
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "crews: {hand: {people: 2, wage: 10 EUR/h, absence: {after: 3 h, lasts: 2 h}}}\n"
              "items: {x: {route: [saw]}}\n"
              "releases: {in: {item: x, at: [1 h]}}\n"
              "stations: {saw: {time: 6 h, needs: {run: hand}}}\n");
    EXPECT_LEAVES(&world, "0@11");
    expect_value(&world, "crews.hand.absent", 8 / 20.0); /* 3-5, 8-10, 13-15, 18-20 */
    expect_value(&world, "crews.hand.utilization", 6 / 24.0);
    expect_value(&world, "system.time-in.people", 4);
    expect_value(&world, "money.wages", 400);
    world_close(&world);
}

Test(crews, who_is_at_work_may_finish_it_before_he_is_away) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "crews: {hand: {absence: {clock: calendar, first: 3 h, after: 6 h, lasts: 2 h, "
              "stops: after-part}}}\n"
              "items: {x: {route: [saw]}}\n"
              "releases: {in: {item: x, at: [1 h, 1 h]}}\n"
              "stations: {saw: {time: 4 h, needs: {run: hand}}}\n");
    /* Away 5-7, and from 11 on, when the second is done: it was due at 11 (six hours after 5). */
    EXPECT_LEAVES(&world, "0@5 1@11");
    expect_value(&world, "crews.hand.absent", 6 / 20.0); /* 5-7, 11-13, 17-19 */
    world_close(&world);
}

Test(crews, a_busy_clock_counts_work) {
    /* After every three hours of work an hour of rest: 0-3, 4-7, 8-9 and 10-11 (the second lot
     * comes at 10), which is three; away 12-13 after 11-12. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "crews: {hand: {absence: {clock: busy, after: 3 h, lasts: 1 h}}}\n"
                      "items: {x: {route: [saw]}}\n"
                      "releases: {in: {item: x, at: [0 h, 10 h]}}\n"
                      "stations: {saw: {time: 7 h, needs: {run: hand}}}\n");
    EXPECT_LEAVES(&world, "0@9 1@19");
    expect_value(&world, "crews.hand.absent", 4 / 20.0); /* 3, 7, 12 and 16 */
    world_close(&world);
}

Test(crews, another_takes_over_from_who_is_away) {
    /* Of two lots at two machines; the first of the crew is away from 2 on, the second never again
     * is free. The lot of the first waits until he is back at 4. */
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "crews: {old: {absence: {first: 2 h, after: 90 h, lasts: 2 h}, skills: saw},\n"
              "        young: {skills: {saw: 50 %}}}\n"
              "items: {x: {route: [saw]}}\n"
              "releases: {in: {item: x, at: [0 h]}}\n"
              "stations: {saw: {time: 3 h, needs: {run: saw}}}\n");
    EXPECT_LEAVES(&world, "0@4"); /* an hour of the old is two of the young, from 2 on */
    world_close(&world);
}

/* ---- walking ---- */
Test(crews, who_worked_elsewhere_last_walks) {
    /* At the saw 0-2, on the way until 2.5, at the mill until 3.5, back until 4, saw 4-6; the last
     * lot of the mill is begun at 6.5. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "crews: {hand: {walk: 30 min}}\n"
                      "items: {a: {route: [saw]}, b: {route: [mill]}}\n"
                      "releases: {a: {item: a, at: [0 h, 1 h]}, b: {item: b, at: [0.5 h, 3 h]}}\n"
                      "stations:\n"
                      "  saw: {time: 2 h, needs: {run: hand}}\n"
                      "  mill: {time: 1 h, needs: {run: hand}}\n");
    EXPECT_LEAVES(&world, "0@2 1@3.5 2@6 3@7.5");
    expect_value(&world, "crews.hand.utilization", 7.5 / 20);
    expect_value(&world, "crews.hand.wait", (0 + 2 + 2 + 3) / 4.0); /* asked at 0, .5, 2 and 3.5 */
    expect_value(&world, "stations.saw.states.no-people", 2 / 20.0);
    world_close(&world);
}

Test(crews, a_machine_that_fails_sends_back_who_is_on_the_way) {
    /* To the saw 2-3; it fails at 2.5 until 4.5. He comes at 3 and is there: the work begins at
     * 4.5. */
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "crews: {hand: {walk: 1 h}}\n"
              "items: {a: {route: [mill]}, b: {route: [saw]}}\n"
              "releases: {a: {item: a, at: [0 h]}, b: {item: b, at: [1 h]}}\n"
              "stations:\n"
              "  mill: {time: 2 h, needs: {run: hand}}\n"
              "  saw: {time: 2 h, needs: {run: hand},\n"
              "        failures: {f: {clock: up, first: 2.5 h, after: 90 h, lasts: 2 h}}}\n");
    EXPECT_LEAVES(&world, "0@2 1@6.5");
    world_close(&world);
}

Test(crews, who_repairs_walks_to_the_machine) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "crews: {fitter: {walk: 1 h}}\n"
                      "items: {a: {route: [mill]}, b: {route: [saw]}}\n"
                      "releases: {a: {item: a, at: [0 h]}, b: {item: b, at: [1 h]}}\n"
                      "stations:\n"
                      "  mill: {time: 2 h, needs: {run: fitter}}\n"
                      "  saw: {time: 4 h, needs: {repair: fitter},\n"
                      "        failures: {f: {clock: up, first: 3 h, after: 90 h, lasts: 2 h}}}\n");
    EXPECT_LEAVES(&world, "0@2 1@8"); /* stands 3-6 */
    expect_value(&world, "stations.saw.states.waiting-repair", 1 / 20.0);
    expect_value(&world, "stations.saw.states.failed", 2 / 20.0);
    world_close(&world);
}

/* ---- hiring ---- */
Test(crews, who_is_hired_comes_after_the_delay_and_costs) {
    /* The second is wanted from 4 on and comes at 7; no longer wanted at 12, he would go at 14 and
     * finishes his lot until 16. Both machines have a lot; who has waited longest goes first. */
    struct world world;
    world_run(&world,
              "run: {length: 24 h}\n"
              "crews: {hand: {people: 1, wage: 10 EUR/h,\n"
              "               hire: {cost: 500 EUR, delay: 3 h, notice: 2 h}}}\n"
              "items: {x: {route: [saw]}}\n"
              "releases: {in: {item: x, at: [0 h], size: 20}}\n"
              "stations: {saw: {machines: 2, time: 3 h, needs: {run: hand}}}\n"
              "programmes: {more: {at: 4 h, for: 8 h, change: {crews.hand.people: plus 1}}}\n");
    EXPECT_LEAVES(&world, "0@3 1@6 2@9 3@10 4@12 5@13 6@15 7@16 8@18 9@21 10@24");
    expect_value(&world, "money.wages", 24 * 10 + 9 * 10 + 500); /* 7-16 */
    expect_value(&world, "crews.hand.expense", 24 * 10 + 9 * 10 + 500);
    world_close(&world);
}

Test(crews, a_change_takes_back_what_has_not_happened_yet) {
    struct world world;
    world_run(&world,
              "run: {length: 24 h}\n"
              "crews: {hand: {people: 1, wage: 10 EUR/h, hire: {cost: 500 EUR, delay: 5 h}}}\n"
              "items: {x: {route: [saw]}}\n"
              "releases: {in: {item: x, at: [0 h], size: 20}}\n"
              "stations: {saw: {machines: 2, time: 3 h, needs: {run: hand}}}\n"
              "programmes: {more: {at: 4 h, for: 4 h, change: {crews.hand.people: 2}}}\n");
    expect_value(&world, "money.wages", 240);
    world_close(&world);
}

Test(crews, come_to_stations_of_their_site_alone) {
    world_expect_fault("run: {length: 20 h}\n"
                       "sites: {north: {}, south: {}}\n"
                       "crews: {hand: {site: south}}\n"
                       "items: {x: {route: [saw]}}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n"
                       "stations: {saw: {time: 4 h, needs: {run: hand}, site: north}}\n",
                       "no crew or skill 'hand' comes to the site where it is wanted");
}

Test(crews, of_a_larger_site_come_to_what_lies_in_it) {
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "sites: {north: {}, hall: {in: north}, south: {}}\n"
              "crews: {a: {site: south, skills: weld}, b: {site: north, skills: {weld: 50 %}}}\n"
              "items: {x: {route: [saw]}}\n"
              "releases: {in: {item: x, at: [0 h]}}\n"
              "stations: {saw: {time: 4 h, needs: {run: weld}, site: hall}}\n");
    EXPECT_LEAVES(&world, "0@8");
    world_close(&world);
}

Test(crews, people_may_be_away_at_moments) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 20 h}\n"
                      "items: {part: {route: {a: 3 h}}}\n"
                      "stations: {a: {needs: {run: hand}}}\n"
                      "crews: {hand: {absence: {at: [5 h, 1 h], lasts: 2 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 4.5 h]}}\n");
    EXPECT_LEAVES(&world, "0@5 1@10");
    world_close(&world);
}
