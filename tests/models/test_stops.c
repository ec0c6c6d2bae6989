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

Test(stops, what_was_begun_is_finished_although_the_machine_is_down_at_closing) {
    /* Lot 2 has run from 6 to 7 when the machine fails until 9; it closes at 8. */
    const char *jam = ", failures: {jam: {at: [7 h], lasts: 2 h}}";
    shift_end("finish", jam, "0@3 1@6 2@11 3@27", 12);
    shift_end("suspend", jam, "0@3 1@6 2@26 3@29", 12);
    /* It fails after closing. */
    shift_end("finish", ", failures: {jam: {at: [8.5 h], lasts: 2 h}}", "0@3 1@6 2@11 3@27", 12);
    /* What was lost is not begun again. */
    shift_end("finish", ", interrupted: scrap, failures: {jam: {at: [7 h], lasts: 2 h}}",
              "0@3 1@6 3@27", 10);
}

Test(stops, work_by_people_that_was_begun_is_finished_after_a_repair) {
    struct world world;
    world_run(&world, "run: {length: 48 h}\n"
                      "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
                      "crews: {hand: 1}\n"
                      "items: {x: {route: {saw: 3 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {calendar: day, at-shift-end: finish, needs: {run: hand},\n"
                      "  failures: {jam: {at: [7 h], lasts: 2 h}}}}\n");
    EXPECT_LEAVES(&world, "0@3 1@6 2@11 3@27");
    world_close(&world);
}

/* Open for 8 h, then closed for 16 h; what the saw says besides in STATION, lots in LOTS. */
static void fitting(const char *station, const char *lots, const char *starts) {
    char text[700];
    snprintf(text, sizeof text,
             "run: {length: 72 h}\n"
             "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
             "items:\n"
             "  short: {route: {saw: 1 h}}\n"
             "  long: {route: {saw: 5 h}}\n"
             "  pieces: {route: {saw: 3 h/piece}}\n"
             "releases:\n"
             "  in: {list: [%s]}\n"
             "stations: {saw: {calendar: day, at-shift-end: fit%s}}\n",
             lots, station);
    struct world world;
    world_run(&world, text);
    EXPECT_STARTS(&world, "saw", starts);
    world_close(&world);
}

#define LOT(ITEM) "{at: 0 h, item: " ITEM "}"

Test(stops, a_lot_that_fits_passes_one_that_does_not) {
    const char *lots = LOT("long") ", " LOT("long") ", " LOT("short") ", " LOT("short");
    fitting("", lots, "0/1/0 5/1/2 6/1/3 24/1/1");
    /* By the rule: of those that fit the last. */
    fitting(", queue: 0 - serial", lots, "0/1/3 1/1/2 2/1/1 24/1/0");
    fitting(", queue: lpt", lots, "0/1/0 5/1/2 6/1/3 24/1/1");
    fitting(", queue: slack", lots, "0/1/0 5/1/2 6/1/3 24/1/1");
    /* A setup counts: from the long to the short one takes 3 h. */
    fitting(", setup: {time: [{from: long, to: short, time: 3 h}, {time: 0 s}]}", lots,
            "0/1/0 24/1/1 52/1/3"); /* work after a setup is not said */
}

Test(stops, a_batch_fits_as_a_whole) {
    /* Three by the piece would take 9 h: two are begun, unless three are the least. */
    const char *lots = LOT("pieces") ", " LOT("pieces") ", " LOT("pieces");
    fitting(", batch: {max: 3}", lots, "0/1/0 24/1/2");
    fitting(", batch: {max: 3, min: 3}", lots, "");
    fitting(", batch: {max: 3, min: 3, wait: 2 h}", lots, "2/1/0 24/1/2");
    /* Of two kinds the one that fits goes. */
    fitting(", batch: {max: 4, min: 4}",
            LOT("pieces") ", " LOT("pieces") ", " LOT("pieces") ", " LOT("pieces") ", " LOT(
                "short") ", " LOT("short") ", " LOT("short") ", " LOT("short"),
            "0/1/4");
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
