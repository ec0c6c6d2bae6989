/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicles that people drive: small worlds counted in hours, at one km an hour. */
#include "world.h"

/* Three lots wait at the hall from 1 h on, 5 km from the yard. A trip takes 6.5 h from there, and
 * 11.5 h from the yard. MORE is about the vehicles, and may close their block. */
#define PLACES                                                                                     \
    "title: tiny\n"                                                                                \
    "run: {length: 100 h}\n"                                                                       \
    "sites: {hall: {at: [0 km, 0 km]}, yard: {at: [3 km, 4 km]}, shed: {at: [0 km, 2 km]}}\n"      \
    "calendars: {early: {hours: 00:00-04:00}, late: {hours: 00:00-08:00}}\n"                       \
    "items: {part: {route: {a: 1 h, b: 10 min}}}\n"                                                \
    "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"

#define TRIPS "load: 1 h, unload: 30 min, "

static void drive(struct world *world, const char *crew, const char *more, const char *right) {
    char text[2000];
    snprintf(text, sizeof text,
             PLACES "releases: {in: {item: part, at: [0 h, 0 h, 0 h]}}\n"
                    "lanes: {road: {from: hall, to: yard, by: cart}}\n"
                    "crews: {driver: {people: %s}}\n"
                    "vehicles: {cart: {speed: 1 km/h, needs: driver, cost: {hour: 2 EUR/h}, %s}}\n",
             crew, more);
    world_run(world, text);
    cr_assert_null(world->why, "%s", world->why);
    EXPECT_STARTS(world, "b", right);
}

/* 1-7.5 the first; 7.5-14 the second; 14-25.5 the first again, with 5 km without cargo. */
Test(manning, one_drives_two_vehicles_one_after_the_other) {
    struct world world;
    drive(&world, "1, wage: 10 EUR/h", TRIPS "number: 2", "7.5/1/0 14/1/1 25.5/1/2");
    expect_value(&world, "vehicles.cart.no-people", (6.5 + 6.5) / 200);
    expect_value(&world, "vehicles.cart.utilization", 24.5 / 200);
    expect_value(&world, "vehicles.cart.empty", 5 / 200.0);
    expect_value(&world, "vehicles.cart.expense", 49);
    expect_value(&world, "crews.driver.utilization", 0.245);
    expect_value(&world, "crews.driver.wait", 13 / 3.0);
    expect_value(&world, "crews.driver.expense", 1000);
    expect_value(&world, "money.wages", 1000);
    world_close(&world);
}

/* The third is fetched from the yard. */
Test(manning, with_people_enough_it_is_as_if_they_drove_alone) {
    struct world world;
    drive(&world, "2", TRIPS "number: 2", "7.5/1/0 7.66667/1/1 19/1/2");
    expect_value(&world, "vehicles.cart.no-people", 0);
    expect_value(&world, "crews.driver.utilization", 0.245 / 2);
    world_close(&world);
}

/* Until 7.5, after the shift; the next days the second from 24, and the first from 48. */
Test(manning, who_drives_finishes_the_trip_when_his_crew_goes_home) {
    struct world world;
    drive(&world, "1, calendar: early", TRIPS "number: 2", "7.5/1/0 30.5/1/1 59.5/1/2");
    expect_value(&world, "vehicles.cart.no-people", (23 + 40.5) / 200);
    world_close(&world);
}

/* He would be away from 3 to 13, and is from 7.5 to 17.5. */
Test(manning, who_drives_finishes_the_trip_before_he_is_away) {
    struct world world;
    drive(&world, "1, absence: {at: [3 h], lasts: 10 h}", TRIPS "number: 2",
          "7.5/1/0 24/1/1 35.5/1/2");
    world_close(&world);
}

/* Half an hour from one vehicle to the other. */
Test(manning, who_drives_walks_from_one_to_the_other) {
    struct world world;
    drive(&world, "1, walk: 30 min", TRIPS "number: 2", "7.5/1/0 14.5/1/1 26.5/1/2");
    expect_value(&world, "crews.driver.utilization", 0.255);
    world_close(&world);
}

/* At 8 he is on his way to the second, which asks anew: after the first, which asked at 7.5. So the
 * first has him at 26 and the second at 50. */
Test(manning, who_walks_to_it_turns_round_when_his_crew_goes_home) {
    struct world world;
    drive(&world, "1, walk: 2 h, calendar: late", TRIPS "number: 2", "7.5/1/0 37.5/1/1 56.5/1/2");
    world_close(&world);
}

/* All of it takes twice as long: 13, 13 and 23 h. */
Test(manning, who_drives_sets_the_pace) {
    struct world world;
    drive(&world, "1, skills: {driver: 50 %}", TRIPS "number: 2", "14/1/0 27/1/1 50/1/2");
    world_close(&world);
}

/* ---- at home ---- */
/* The first is back at 12.5, and he drives until then; the second at 24, the third at 35.5. */
Test(manning, who_drives_brings_it_home_when_nothing_waits) {
    struct world world;
    drive(&world, "1", TRIPS "number: 3, home: hall", "7.5/1/0 19/1/1 30.5/1/2");
    expect_value(&world, "crews.driver.utilization", (6.5 * 3 + 5 * 3) / 100);
    world_close(&world);
}

/* ---- requests that are withdrawn ---- */
/* The second waits from 1 to 4. At 24 the first is driven to the hall, and the second waits until
 * 28 and is driven at 48. */
Test(manning, it_no_longer_waits_when_its_calendar_closes) {
    struct world world;
    drive(&world, "1", TRIPS "number: 2, calendar: early", "7.5/1/0 35.5/1/1 54.5/1/2");
    expect_value(&world, "vehicles.cart.no-people", (3 + 4) / 200.0);
    world_close(&world);
}

/* From 3 to 7 no trip may leave: the second waits from 1 to 3 and from 7 to 7.5. */
Test(manning, it_no_longer_waits_when_the_lane_is_closed) {
    struct world world;
    drive(&world, "1",
          TRIPS "number: 2}}\nchange: {lanes.road.failures: {x: {at: [3 h], lasts: 4 h, stops: "
                "shipments}",
          "7.5/1/0 14/1/1 25.5/1/2");
    expect_value(&world, "vehicles.cart.no-people", (2 + 0.5 + 6.5) / 200);
    world_close(&world);
}

/* A lot of three loads: the first vehicle has it at 6 h, when the two others give up. */
Test(manning, it_no_longer_waits_when_another_has_taken_all) {
    struct world world;
    world_run(&world, PLACES "releases: {in: {item: part, lot: 3, at: [0 h]}}\n"
                             "lanes: {road: {from: hall, to: yard, by: cart}}\n"
                             "crews: {driver: 1}\n"
                             "vehicles: {cart: {number: 3, speed: 1 km/h, home: yard, needs: "
                             "driver}}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "b", "11/1/0");
    expect_value(&world, "vehicles.cart.no-people", 10 / 300.0);
    expect_value(&world, "vehicles.cart.trips", 1);
    expect_value(&world, "crews.driver.utilization", 0.1);
    world_close(&world);
}

/* ---- breakdowns ---- */
/* Both break down at 3 for 2 h. The first goes on at 5, with 4 of 5 km before it; the second no
 * longer waits from 3 to 5. */
Test(manning, a_vehicle_that_stands_has_nobody_and_asks_anew_to_go_on) {
    struct world world;
    drive(&world, "1", TRIPS "number: 2, failures: {jam: {at: [3 h], lasts: 2 h}}",
          "9.5/1/0 16/1/1 27.5/1/2");
    expect_value(&world, "vehicles.cart.no-people", (2 + 4.5 + 6.5) / 200);
    expect_value(&world, "vehicles.cart.utilization", (8.5 + 6.5 + 11.5) / 200);
    expect_value(&world, "vehicles.cart.up", 1 - 4 / 200.0);
    expect_value(&world, "crews.driver.utilization", (24.5) / 100);
    world_close(&world);
}

/* He repairs the first until 5 and the second until 7, and then the first goes on. */
Test(manning, who_drives_may_repair_it_too) {
    struct world world;
    drive(&world, "1", TRIPS "number: 2, failures: {jam: {at: [3 h], lasts: 2 h, needs: driver}}",
          "11.5/1/0 18/1/1 29.5/1/2");
    expect_value(&world, "crews.driver.utilization", 0.285);
    expect_value(&world, "vehicles.cart.waiting-repair", 2 / 200.0);
    expect_value(&world, "vehicles.cart.no-people", (2 + 2 + 4.5 + 6.5) / 200);
    world_close(&world);
}

/* At half the speed 1 h of the 5 is driven at 5, and 4 are left: 7-15, and 1 h to unload. */
Test(manning, what_is_left_of_a_drive_is_left_to_others_at_their_pace) {
    struct world world;
    drive(&world, "1, skills: {driver: 50 %}",
          TRIPS "number: 1, failures: {jam: {at: [5 h], lasts: 2 h}}", "16/1/0 39/1/1 62/1/2");
    world_close(&world);
}

/* The first works for 6.5 h, waits as long, and breaks down at 14.5 and 31.5. */
Test(manning, waiting_for_people_is_no_work) {
    struct world world;
    drive(&world, "1", TRIPS "number: 2, failures: {jam: {clock: busy, after: 7 h, lasts: 10 h}}",
          "7.5/1/0 14/1/1 45.5/1/2");
    world_close(&world);
}

/* ---- batteries ---- */
/* It is charged where it stands, where nobody has to be: 4 h from 6 on, and 8 h from 20 on. */
Test(manning, nobody_stays_while_it_is_charged) {
    struct world world;
    drive(&world, "1", "battery: {range: 12.5 km, charge: 10 h}", "6/1/0 20/1/1 38/1/2");
    expect_value(&world, "vehicles.cart.charging", 0.12);
    expect_value(&world, "crews.driver.utilization", 0.25);
    world_close(&world);
}

/* ---- faults, and runs that cannot go on ---- */
Test(manning, people_who_are_not_there_are_a_fault) {
    world_expect_fault(PLACES "releases: {in: {item: part, at: [0 h]}}\n"
                              "vehicles: {cart: {speed: 1 km/h, needs: driver}}\n"
                              "lanes: {road: {from: hall, to: yard, by: cart}}\n",
                       "there is no crew or skill 'driver'");
}

Test(manning, vehicles_that_wait_for_ever_are_named) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: until empty}\n"
                      "sites: {hall: {at: [0 km, 0 km]}, yard: {at: [3 km, 4 km]}}\n"
                      "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
                      "stations: {a: {site: hall}, b: {site: yard}}\n"
                      "releases: {in: {item: part, at: [0 h]}}\n"
                      "vehicles: {cart: {number: 2, speed: 1 km/h, needs: driver}}\n"
                      "lanes: {road: {from: hall, to: yard, by: cart}}\n"
                      "crews: {driver: 1}\n"
                      "programmes: {dismiss: {at: 30 min, change: {crews.driver.people: 0}}}\n");
    cr_assert_not_null(world.why);
    cr_assert_not_null(strstr(world.why, "1 of the vehicles cart wait for people"), "%s",
                       world.why);
    world_close(&world);
}
