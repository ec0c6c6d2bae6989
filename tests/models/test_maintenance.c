/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintenance and what it shares with failures: moments, waiting for a piece or lot, joining and
 * renewing. In small worlds whose answers are worked out by hand; times are hours. */
#include "world.h"

/* Lots of 2 h at 0 0 0 and 10; the stops of the saw in STOPS. */
static void maintained(struct world *world, const char *stops, const char *leaves,
                       const char *begins) {
    char text[700];
    snprintf(text, sizeof text,
             "run: {length: 30 h}\n"
             "items: {x: {lot: 2, route: {saw: 2 h}}}\n"
             "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 10 h]}}\n"
             "stations: {saw: {%s}}\n",
             stops);
    world_run(world, text);
    EXPECT_LEAVES(world, leaves);
    EXPECT_WHEN(world, "saw", "stops", begins);
}

static void maintains(const char *stops, const char *leaves, const char *begins) {
    struct world world;
    maintained(&world, stops, leaves, begins);
    world_close(&world);
}

Test(maintenance, has_a_state_and_measures_of_its_own) {
    struct world world;
    maintained(&world, "maintenance: {pm: {clock: pieces, after: 4, lasts: 1 h}}",
               "0@2 1@4 2@7 3@12", "4 12");
    expect_value(&world, "stations.saw.states.maintenance", 2 / 30.0);
    expect_value(&world, "stations.saw.states.failed", 0);
    expect_value(&world, "stations.saw.availability", 28 / 30.0);
    expect_value(&world, "stations.saw.maintenance.pm.count", 2);
    expect_value(&world, "stations.saw.maintenance.pm.mtbf", 4);
    expect_value(&world, "stations.saw.maintenance.pm.mttr", 1);
    world_close(&world);
}

Test(maintenance, counts_from_start_to_start_and_waits_for_the_part_by_default) {
    /* Due at 5, when lot 2 runs until 6; five hours later lot 3 runs until 12; then it is idle. */
    maintains("maintenance: {pm: {after: 5 h, lasts: 2 h}}", "0@2 1@4 2@6 3@12", "6 12 17 22 27");
}

Test(maintenance, comes_at_the_moments_given) {
    maintains("maintenance: {pm: {at: [9 h, 3 h], lasts: 2 h}}", "0@2 1@4 2@8 3@13", "4 9");
    maintains("maintenance: {pm: {at: [3 h, 9 h], lasts: 2 h, stops: now}}", "0@2 1@6 2@8 3@13",
              "3 9");
    /* One that comes while the one before lasts follows it. */
    maintains("maintenance: {pm: {at: [3 h, 4 h], lasts: 2 h, stops: now}}", "0@2 1@8 2@10 3@12",
              "3 5");
    maintains("failures: {jam: {at: [3 h], lasts: 1 h, then: restart}}", "0@2 1@6 2@8 3@12", "3");
}

Test(maintenance, comes_at_dates_and_not_for_those_that_are_over) {
    struct world world;
    world_run(&world, "run: {length: 30 h, start: 2027-01-04 06:00, warm-up: 10 h}\n"
                      "items: {x: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: x, at: [2 h]}}\n"
                      "stations: {saw: {maintenance: {pm: {lasts: 2 h, stops: now,\n"
                      "  at: [2027-01-03, 2027-01-03 22:00, 2027-01-04 09:00]}}}}\n");
    EXPECT_WHEN(&world, "saw", "stops", "-8 3");
    EXPECT_LEAVES(&world, "0@6");
    expect_value(&world, "stations.saw.maintenance.pm.count", 1);
    world_close(&world);
}

/* A lot of 3 pieces of 2 h each at 0. */
static void of_pieces(const char *stops, const char *leaves, const char *begins) {
    char text[700];
    snprintf(text, sizeof text,
             "run: {length: 30 h}\n"
             "items: {x: {lot: 3, route: {saw: 2 h/piece}}}\n"
             "releases: {in: {item: x, at: [0 h]}}\n"
             "stations: {saw: {%s}}\n",
             stops);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    EXPECT_WHEN(&world, "saw", "stops", begins);
    world_close(&world);
}

Test(maintenance, waits_for_the_piece_or_for_the_lot) {
    of_pieces("maintenance: {pm: {at: [3 h], lasts: 1 h}}", "0@7", "4");
    of_pieces("maintenance: {pm: {at: [4 h], lasts: 1 h}}", "0@7", "4");
    of_pieces("maintenance: {pm: {at: [3 h], lasts: 1 h, stops: after-lot}}", "0@6", "6");
    of_pieces("maintenance: {pm: {at: [5 h], lasts: 1 h}}", "0@6", "6");
    of_pieces("load: 30 min, maintenance: {pm: {at: [3 h], lasts: 1 h}}", "0@7.5", "4.5");
    of_pieces("failures: {jam: {after: 3 h, lasts: 1 h, stops: after-part, then: scrap}}", "0@7",
              "4");
}

Test(maintenance, waits_on_for_the_piece_when_another_stop_comes_between) {
    of_pieces("maintenance: {pm: {at: [3 h], lasts: 1 h}},"
              "failures: {jam: {at: [3.5 h], lasts: 1 h}}",
              "0@8", "3.5 5");
    /* The piece begins again, and with it the wait. */
    of_pieces("maintenance: {pm: {at: [3 h], lasts: 1 h}},"
              "failures: {jam: {at: [3.5 h], lasts: 1 h, then: restart}}",
              "0@11.5", "3.5 6.5");
}

Test(maintenance, begins_when_the_part_that_it_waits_for_is_lost) {
    maintains("maintenance: {pm: {at: [2.5 h], lasts: 5 h}},"
              "failures: {jam: {at: [3 h], lasts: 1 h, then: scrap}}",
              "0@2 2@10 3@12", "3 3");
}

Test(maintenance, waits_for_the_piece_of_people_at_their_pace) {
    /* Half as fast: pieces end at 4, 8 and 12. */
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "crews: {hand: {skills: {hand: 50 %}}}\n"
                      "items: {x: {lot: 3, route: {saw: 2 h/piece}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {needs: {run: hand}, maintenance: {pm: {at: [5 h], lasts: "
                      "1 h}}}}\n");
    EXPECT_WHEN(&world, "saw", "stops", "8");
    EXPECT_LEAVES(&world, "0@13");
    world_close(&world);
}

Test(maintenance, may_join_a_stop_that_comes_before_it) {
    struct world world;
    maintained(&world,
               "failures: {jam: {clock: up, first: 3 h, after: 100 h, lasts: 1 h}},"
               "maintenance: {pm: {clock: up, after: 5 h, lasts: 2 h, join: yes}}",
               "0@2 1@6 2@8 3@14", "3 3 10 17 24");
    expect_value(&world, "stations.saw.states.failed", 1 / 30.0);
    expect_value(&world, "stations.saw.states.maintenance", 7 / 30.0);
    world_close(&world);
    /* It takes the next of its moments with it. */
    maintains("failures: {jam: {at: [3 h], lasts: 1 h}},"
              "maintenance: {pm: {at: [5 h, 20 h], lasts: 2 h, join: yes}}",
              "0@2 1@6 2@8 3@12", "3 3 20");
}

Test(maintenance, renews_the_clocks_that_it_names) {
    maintains("failures: {wear: {after: 3 h, lasts: 1 h, renews: [pm]}},"
              "maintenance: {pm: {clock: up, after: 4 h, lasts: 1 h, stops: now, renews: wear}}",
              "0@2 1@5 2@7 3@12", "3 7 12 17 22 27");
    /* A calendar clock from the beginning of the stop, any other from its end. */
    maintains("failures: {a: {clock: calendar, after: 7 h, lasts: 1 min}},"
              "maintenance: {pm: {at: [20 h], lasts: 5 h, renews: a}}",
              "0@2 1@4 2@6 3@12", "7 14 20 27");
}

Test(maintenance, holds_the_clocks_that_it_renews_until_it_is_over) {
    /* `a` would strike at 5 while the maintenance lasts; it begins anew at 6. */
    maintains("failures: {a: {clock: up, after: 5 h, lasts: 1 h}},"
              "maintenance: {pm: {at: [4 h], lasts: 2 h, renews: a}}",
              "0@2 1@4 2@8 3@13", "4 11 17 23 29");
}

Test(maintenance, waits_for_its_people) {
    struct world world;
    world_run(&world,
              "run: {length: 10 h}\n"
              "crews: {fitter: 1}\n"
              "items: {x: {route: {saw: 2 h}}}\n"
              "releases: {in: {item: x, at: [0 h]}}\n"
              "stations: {saw: {machines: 2,\n"
              "  maintenance: {pm: {at: [1 h], lasts: 2 h, stops: now, needs: fitter}}}}\n");
    expect_value(&world, "stations.saw.states.maintenance", 4 / 20.0);
    expect_value(&world, "stations.saw.states.waiting-repair", 2 / 20.0);
    expect_value(&world, "crews.fitter.wait", 1);
    EXPECT_LEAVES(&world, "0@4");
    world_close(&world);
}

Test(maintenance, is_hidden_by_a_failure_and_by_closing) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "calendars: {day: {cycle: {work: 4 h, rest: 4 h}}}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, at: [9 h]}}\n"
                      "stations: {saw: {calendar: day,\n"
                      "  failures: {jam: {at: [2 h], lasts: 1 h}},\n"
                      "  maintenance: {pm: {at: [1 h], lasts: 4 h}}}}\n");
    expect_value(&world, "stations.saw.states.failed", 1 / 10.0);
    expect_value(&world, "stations.saw.states.maintenance", 2 / 10.0);
    expect_value(&world, "stations.saw.states.off-shift", 4 / 10.0);
    world_close(&world);
}

/* ---- mistakes ---- */
static void wrong(const char *stop) {
    char text[500];
    struct takt_scenario *scenario;
    struct prepared *prepared = NULL;
    snprintf(text, sizeof text,
             "run: {length: 30 h}\n"
             "items: {x: {route: {saw: 2 h}}}\n"
             "releases: {in: {item: x, at: [0 h]}}\n"
             "stations: {saw: {maintenance: {pm: {%s}}}}\n",
             stop);
    enum takt_status status = world_read(text, &scenario);
    if (status == TAKT_OK) status = prepare_arms(scenario, &(const char *){NULL}, 1, &prepared);
    cr_expect_neq(status, TAKT_OK, "%s", stop);
    if (prepared) prepared_delete(prepared, 1);
    takt_scenario_delete(scenario);
}

Test(maintenance, is_refused_where_it_says_nothing_or_too_much) {
    wrong("lasts: 1 h");
    wrong("after: 1 h, at: [2 h], lasts: 1 h");
    wrong("at: [2 h], first: 1 h, lasts: 1 h");
    wrong("at: [2 h], clock: up, lasts: 1 h");
    wrong("after: 3, lasts: 1 h");
    wrong("clock: pieces, after: 3 h, lasts: 1 h");
    wrong("after: 1 h, lasts: 1 h, renews: [oil]");
}
