/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots that interrupt others and lots that machines are kept for, in small worlds worked out by
 * hand. Times are hours. */
#include "world.h"

#define LOT(AT, ITEM, PRIORITY) "{at: " AT " h, item: " ITEM ", priority: " PRIORITY "}"

/* Plain lots of 4 h and urgent ones of 2 h; what the saw says besides in STATION. */
static void opened(struct world *world, const char *station, const char *lots, const char *leaves) {
    char text[900];
    snprintf(text, sizeof text,
             "run: {length: 40 h}\n"
             "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
             "crews: {hand: 1}\n"
             "items: {x: {route: {saw: 4 h}}, y: {route: {saw: 2 h}}}\n"
             "releases: {in: {list: [%s]}}\n"
             "stations: {saw: {queue: {preempt: priority > 0}%s}}\n",
             lots, station);
    world_run(world, text);
    cr_expect_null(world->why);
    EXPECT_LEAVES(world, leaves);
}

static void leaves(const char *station, const char *lots, const char *right) {
    struct world world;
    opened(&world, station, lots, right);
    world_close(&world);
}

Test(preempt, a_lot_interrupted_goes_on_begins_again_or_is_lost) {
    const char *lots = LOT("0", "x", "0") ", " LOT("1", "y", "1");
    struct world world;
    opened(&world, "", lots, "1@3 0@6");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 3/1/0");
    expect_value(&world, "stations.saw.preemptions", 1);
    expect_value(&world, "items.x.time-in.work", 4);
    expect_value(&world, "items.x.time-in.queue", 2);
    expect_value(&world, "stations.saw.states.working", 6 / 40.0);
    world_close(&world);
    opened(&world, ", interrupted: restart", lots, "1@3 0@7");
    expect_value(&world, "items.x.time-in.work", 4);
    expect_value(&world, "items.x.time-in.repair", 1);
    expect_value(&world, "stations.saw.effectiveness", 6 / 40.0);
    world_close(&world);
    opened(&world, ", interrupted: scrap", lots, "1@3");
    expect_value(&world, "items.x.scrap-ratio", 1);
    world_close(&world);
}

Test(preempt, only_a_lower_priority_is_interrupted) {
    leaves("", LOT("0", "x", "1") ", " LOT("1", "y", "1"), "0@4 1@6");
    leaves("", LOT("0", "x", "2") ", " LOT("1", "y", "1"), "0@4 1@6");
    leaves("", LOT("0", "x", "-1") ", " LOT("1", "y", "0"), "0@4 1@6");
    /* An urgent lot is itself interrupted by one that is more so. */
    leaves("", LOT("0", "x", "0") ", " LOT("1", "y", "1") ", " LOT("2", "y", "2"), "2@4 1@5 0@8");
}

Test(preempt, the_lowest_priority_and_then_the_latest_is_interrupted) {
    const char *two = ", machines: 2";
    leaves(two, LOT("0", "x", "0") ", " LOT("1", "x", "0") ", " LOT("2", "y", "1"), "0@4 2@4 1@7");
    leaves(two, LOT("0", "x", "0") ", " LOT("1", "x", "1") ", " LOT("2", "y", "2"), "2@4 1@5 0@6");
}

Test(preempt, no_lot_is_begun_to_be_interrupted_at_once) {
    struct world world;
    opened(&world, ", interrupted: scrap",
           LOT("0", "x", "1") ", " LOT("0.5", "x", "0") ", " LOT("1", "y", "1"), "0@4 2@6 1@10");
    expect_value(&world, "stations.saw.preemptions", 0);
    world_close(&world);
    opened(&world, "",
           LOT("0", "x", "0") ", " LOT("0.5", "x", "0") ", " LOT("1", "y", "1") ", " LOT("2", "y",
                                                                                         "1"),
           "2@3 3@5 1@9 0@12");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/2 3/1/3 5/1/1 9/1/0");
    world_close(&world);
}

Test(preempt, a_setup_that_is_interrupted_was_in_vain) {
    struct world world;
    opened(&world, ", setup: 1 h", LOT("0", "x", "0") ", " LOT("0.5", "y", "1"), "1@3.5 0@8.5");
    expect_value(&world, "items.x.time-in.setup", 1.5);
    expect_value(&world, "items.x.time-in.queue", 3);
    world_close(&world);
}

Test(preempt, people_go_on_with_the_phase_that_was_interrupted) {
    const char *needs = ", load: 1 h, needs: {load: hand, run: hand}";
    leaves(needs, LOT("0", "x", "0") ", " LOT("2", "y", "1"), "1@5 0@8");
    leaves(needs, LOT("0", "x", "0") ", " LOT("0.5", "y", "1"), "1@3.5 0@8");
    leaves(", setup: {time: 1 h, needs: hand}", LOT("0", "x", "0") ", " LOT("0.5", "y", "1"),
           "1@3.5 0@8.5");
}

Test(preempt, a_machine_that_was_down_is_taken_when_it_is_repaired) {
    leaves(", failures: {jam: {at: [1 h], lasts: 1 h}}",
           LOT("0", "x", "0") ", " LOT("1.5", "y", "1"), "1@4 0@7");
}

Test(preempt, nothing_is_interrupted_for_what_would_not_be_done) {
    leaves(", calendar: day, at-shift-end: fit", LOT("3", "x", "0") ", " LOT("6.5", "y", "1"),
           "0@7 1@26");
}

Test(preempt, a_lot_that_goes_on_takes_its_material_once) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "items: {bolt: {}, x: {route: {saw: {time: 4 h, uses: bolt}}},\n"
                      "        y: {route: {saw: 2 h}}}\n"
                      "stocks: {bolts: {holds: bolt, from: north, start: 1}}\n"
                      "suppliers: {north: {supplies: bolt}}\n"
                      "releases: {in: {list: [" LOT("0", "x", "0") ", " LOT(
                          "1", "y", "1") "]}}\n"
                                         "stations: {saw: {queue: {preempt: priority > 0}}}\n");
    EXPECT_LEAVES(&world, "1@3 0@6");
    world_close(&world);
}

/* ---- machines that are kept ---- */
/* Hot lots are cut before they come to the saw; plain ones come at once. */
static void kept(struct world *world, const char *cut, const char *saw, const char *lots,
                 const char *starts) {
    char text[900];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {hot: {route: {cut: 4 h, saw: 1 h}}, plain: {route: {saw: 3 h}}}\n"
             "releases: {in: {list: [%s]}}\n"
             "stations: {cut: {%s}, saw: {queue: {reserve: priority > 0}%s}}\n",
             lots, cut, saw);
    world_run(world, text);
    cr_expect_null(world->why);
    EXPECT_STARTS(world, "saw", starts);
}

Test(preempt, the_next_free_machine_is_kept_for_a_lot_on_its_way) {
    struct world world;
    kept(&world, "", "",
         LOT("0", "plain", "0") ", " LOT("0", "plain", "0") ", " LOT("1", "hot", "1"),
         "0/1/0 5/1/2 6/1/1");
    expect_value(&world, "stations.saw.states.preempted", 2 / 20.0);
    expect_value(&world, "stations.saw.states.starved", 11 / 20.0);
    world_close(&world);
    /* Of two machines the other works on. */
    kept(&world, "", ", machines: 2",
         LOT("0", "hot", "1") ", " LOT("0", "plain", "0") ", " LOT("0", "plain",
                                                                   "0") ", " LOT("0", "plain", "0"),
         "0/1/1 3/2/2 4/1/0 5/1/3");
    world_close(&world);
    /* One that does not hold is not waited for. */
    kept(&world, "", "",
         LOT("0", "plain", "0") ", " LOT("0", "plain", "0") ", " LOT("1", "hot", "0"),
         "0/1/0 3/1/1 6/1/2");
    world_close(&world);
}

Test(preempt, a_machine_is_let_go_when_the_lot_is_lost) {
    struct world world;
    kept(&world, "failures: {jam: {at: [4 h], lasts: 1 h, then: scrap}}", "",
         LOT("0", "plain", "0") ", " LOT("0", "plain", "0") ", " LOT("1", "hot", "1"),
         "0/1/0 4/1/1");
    expect_value(&world, "stations.saw.states.preempted", 1 / 20.0);
    world_close(&world);
}

/* The second plain lot fills the room: were none of them begun, the first piece could not come, nor
 * the rest after it. */
Test(preempt, no_machine_is_kept_before_a_full_station) {
    const char *lots = LOT("0", "hot", "1") ", " LOT("1", "plain", "0") ", " LOT("2", "plain", "0");
    struct world world;
    char text[900];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {hot: {lot: 2, route: {cut: {time: 4 h/piece, transfer: 1}, saw: 1 h}}, "
             "plain: {route: {saw: 3 h}}}\n"
             "releases: {in: {list: [%s]}}\n"
             "stations: {cut: 1, saw: {queue: {reserve: priority > 0, room: 1}}}\n",
             lots);
    world_run(&world, text);
    cr_expect_null(world.why);
    EXPECT_STARTS(&world, "saw", "2/1/2 5/1/1 9/1/0 10/1/3");
    world_close(&world);
}
