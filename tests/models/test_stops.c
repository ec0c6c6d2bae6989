/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stops machines, in small worlds whose answers are worked out by hand: failures by each
 * clock, repairs, shifts. Times are hours. */
#include "world.h"

/* ---- failures ---- */
/* Lots of 2 h at 0 0 0 and, if LATE, at 10; the failure's rows in FAILURE. */
static void fails(const char *failure, const char *leaves, const char *stops) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 30 h}\n"
             "items: {x: {lot: 2, route: {saw: 2 h}}}\n"
             "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 10 h]}}\n"
             "stations: {saw: {failures: {jam: {%s}}}}\n",
             failure);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    EXPECT_WHEN(&world, "saw", "stops", stops);
    world_close(&world);
}

Test(stops, a_clock_counts_what_it_says) {
    /* At work: 0 to 3, stands, 4 to 7, when lot 2 is done as well; then 10 to 12. */
    fails("clock: busy, after: 3 h, lasts: 1 h", "0@2 1@5 2@7 3@12", "3 7");
    /* Time since the repair, working or not. */
    fails("clock: up, after: 9 h, lasts: 2 h", "0@2 1@4 2@6 3@13", "9 20");
    /* From start to start, also while it stands. */
    fails("clock: calendar, after: 5 h, lasts: 2 h", "0@2 1@4 2@8 3@14", "5 10 15 20 25 30");
    /* Two pieces a lot: after each second lot. */
    fails("clock: pieces, after: 4, lasts: 1 h", "0@2 1@4 2@7 3@12", "4 12");
    fails("clock: cycles, after: 3, lasts: 1 h", "0@2 1@4 2@6 3@12", "6");
    /* The first time is another. */
    fails("clock: up, first: 1 h, after: 100 h, lasts: 1 h", "0@3 1@5 2@7 3@12", "1");
}

Test(stops, work_that_ends_as_the_machine_fails_is_done) {
    fails("clock: busy, after: 2 h, lasts: 1 h", "0@2 1@5 2@8 3@12", "2 5 8 12");
    fails("clock: up, first: 4 h, after: 100 h, lasts: 1 h", "0@2 1@4 2@7 3@12", "4");
}

Test(stops, a_part_cut_off_is_resumed_restarted_or_lost) {
    fails("clock: up, first: 3 h, after: 100 h, lasts: 1 h, then: resume", "0@2 1@5 2@7 3@12", "3");
    fails("clock: up, first: 3 h, after: 100 h, lasts: 1 h, then: restart", "0@2 1@6 2@8 3@12",
          "3");
    fails("clock: up, first: 3 h, after: 100 h, lasts: 1 h, then: scrap", "0@2 2@6 3@12", "3");
}

Test(stops, a_failure_may_wait_for_the_part_at_hand) {
    fails("clock: up, first: 3 h, after: 100 h, lasts: 1 h, stops: after-part", "0@2 1@4 2@7 3@12",
          "4");
    fails("clock: busy, after: 3 h, lasts: 1 h, stops: after-part", "0@2 1@4 2@7 3@12", "4 12");
    /* Idle at 9: it stands at once. */
    fails("clock: up, first: 9 h, after: 100 h, lasts: 3 h, stops: after-part", "0@2 1@4 2@6 3@14",
          "9");
}

Test(stops, failures_that_overlap_stand_until_the_last_is_repaired) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 10 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations:\n"
                      "  saw:\n"
                      "    failures:\n"
                      "      a: {clock: up, first: 2 h, after: 100 h, lasts: 4 h}\n"
                      "      b: {clock: up, first: 3 h, after: 100 h, lasts: 1 h}\n"
                      "      c: {clock: up, first: 5 h, after: 100 h, lasts: 2 h}\n");
    EXPECT_LEAVES(&world, "0@15"); /* stands from 2 to 7 */
    expect_value(&world, "stations.saw.states.failed", 5 / 20.0);
    expect_value(&world, "stations.saw.availability", 15 / 20.0);
    expect_value(&world, "system.time-in.repair", 5);
    expect_value(&world, "stations.saw.failures.a.count", 1);
    expect_value(&world, "stations.saw.failures.a.mttr", 4);
    expect_value(&world, "stations.saw.failures.a.mtbf", 10);
    world_close(&world);
}

Test(stops, a_stop_that_waits_for_the_part_survives_another_stop) {
    /* `a` is due at 2 and waits for the part; `b` cuts it off from 4 to 5; the part ends at 11. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 10 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations:\n"
                      "  saw:\n"
                      "    failures:\n"
                      "      a: {clock: busy, after: 2 h, lasts: 3 h, stops: after-part}\n"
                      "      b: {clock: up, first: 4 h, after: 100 h, lasts: 1 h}\n");
    EXPECT_LEAVES(&world, "0@11");
    EXPECT_WHEN(&world, "saw", "(a) for", "11");
    expect_value(&world, "stations.saw.states.failed", 4 / 20.0);
    world_close(&world);
}

Test(stops, each_machine_fails_by_itself) {
    /* Two lots of 8 h on two machines; each stands after 3 busy hours of its own. */
    struct world world;
    world_run(&world,
              "run: {length: 20 h}\n"
              "items: {x: {route: {saw: 4 h}}}\n"
              "releases: {in: {item: x, at: [0 h, 1 h]}}\n"
              "stations: {saw: {machines: 2, failures: {jam: {after: 3 h, lasts: 2 h}}}}\n");
    EXPECT_LEAVES(&world, "0@6 1@7");
    EXPECT_WHEN(&world, "saw", "stops", "3 4");
    world_close(&world);
}

Test(stops, two_intervals_of_a_calendar_clock_are_drawn_apart) {
    struct world world;
    world_run(&world, "run: {length: 100 h}\n"
                      "items: {x: {route: {saw: 1 h}}}\n"
                      "releases: {in: {item: x, at: [0 h]}}\n"
                      "stations: {saw: {failures:\n"
                      "  {jam: {clock: calendar, after: uniform(5 15) h, lasts: 1 min}}}}\n");
    tick stops[3];
    int32_t count = 0;
    for (int32_t i = 0; i < world.said_count && count < 3; i++)
        if (strstr(world.said[i].what, "stops")) stops[count++] = world.said[i].at;
    cr_assert_eq(count, 3);
    cr_expect_neq(stops[1] - stops[0], stops[0]);
    cr_expect_neq(stops[2] - stops[1], stops[1] - stops[0]);
    world_close(&world);
}

/* ---- shifts ---- */
static void shift_end(const char *rule, const char *failure, const char *leaves, double working) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 48 h}\n"
             "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
             "items: {x: {route: {saw: 3 h}}}\n"
             "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
             "stations: {saw: {calendar: day, at-shift-end: %s%s}}\n",
             rule, failure);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    expect_value(&world, "stations.saw.states.working", working / 48);
    world_close(&world);
}

Test(stops, a_part_at_hand_is_suspended_finished_or_not_begun) {
    shift_end("suspend", "", "0@3 1@6 2@25 3@28", 12);
    shift_end("finish", "", "0@3 1@6 2@9 3@27", 12);
    shift_end("fit", "", "0@3 1@6 2@27 3@30", 12);
}

Test(stops, utilization_is_of_open_time) {
    struct world world;
    world_run(&world, "run: {length: 50 h}\n"
                      "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
                      "items: {x: {route: {saw: 4 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 30 h]}}\n"
                      "stations: {saw: {calendar: day}}\n");
    expect_value(&world, "stations.saw.states.off-shift", 32 / 50.0);
    expect_value(&world, "stations.saw.utilization", 8 / 18.0);
    expect_value(&world, "stations.saw.states.starved", 10 / 50.0);
    world_close(&world);
}

Test(stops, a_closed_machine_lets_its_finished_part_go) {
    /* The saw closes at 8 while blocked; at 10 the drill takes its part. */
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
                      "items: {x: {route: {saw: 4 h, drill: 6 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {calendar: day}, drill: {queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 4/1/1 24/1/2");
    EXPECT_STARTS(&world, "drill", "4/1/0 10/1/1 28/1/2");
    world_close(&world);
}
