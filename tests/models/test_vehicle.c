/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicles: small worlds counted in hours, at one km an hour. */
#include "world.h"

#define PLACES                                                                                     \
    "title: tiny\n"                                                                                \
    "run: {length: 100 h}\n"                                                                       \
    "sites: {hall: {at: [0 km, 0 km]}, yard: {at: [3 km, 4 km]}, shed: {at: [0 km, 2 km]}}\n"

/* Lots that are done at a at 1 h each, and start at b. */
static void starts_at_b(const char *vehicle, const char *lots, const char *right) {
    char text[2000];
    snprintf(text, sizeof text,
             PLACES "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
                    "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"
                    "releases: {in: {item: part, %s}}\n"
                    "vehicles: {cart: {speed: 1 km/h, %s}}\n"
                    "lanes: {road: {from: hall, to: yard, by: cart}}\n",
             lots, vehicle);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "b", right);
    world_close(&world);
}

/* 5 km apart: the first is there at 6 h, the second is fetched and there 10 h later. */
Test(vehicle, one_that_stays_where_it_unloaded_drives_back_empty) {
    starts_at_b("number: 1", "at: [0 h, 0 h]", "6/1/0 16/1/1");
}

Test(vehicle, more_of_them_drive_side_by_side) {
    starts_at_b("number: 2", "at: [0 h, 0.5 h]", "6/1/0 6.5/1/1");
}

/* It is back at 11 h, when the lots of 3, 8 and 10 h wait. */
Test(vehicle, it_carries_several_that_are_there_when_it_comes) {
    starts_at_b("number: 1, carries: 2", "at: [0 h, 2 h, 7 h]", "6/1/0 16/1/1 16.1667/1/2");
    starts_at_b("number: 1, carries: 2", "at: [0 h, 2 h, 7 h, 9 h]",
                "6/1/0 16/1/1 16.1667/1/2 26/1/3");
}

Test(vehicle, loading_and_unloading_take_their_time) {
    starts_at_b("number: 1, load: 1 h, unload: 2 h", "at: [0 h, 0 h]", "9/1/0 22/1/1");
}

/* Back at 14 h it loads for three. */
Test(vehicle, a_programme_may_change_how_long_it_loads) {
    starts_at_b("number: 1, load: 1 h, unload: 2 h}}\n"
                "programmes: {slow: {at: 10 h, change: {vehicles.cart.load: 3 h}",
                "at: [0 h, 0 h]", "9/1/0 24/1/1");
}

/* The shed is 2 km away from the hall and 4.2426 from the yard. */
Test(vehicle, with_a_home_it_waits_there) {
    starts_at_b("number: 1, home: shed", "at: [0 h]", "8/1/0");
    starts_at_b("number: 1, home: hall", "at: [0 h, 20 h]", "6/1/0 26/1/1");
}

#define TRIANGLE                                                                                   \
    PLACES                                                                                         \
    "items: {one: {route: {a: 1 h, b: 0 h}}, two: {route: {c: 1 h, b: 0 h}}}\n"                    \
    "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}, "                           \
    "c: {machines: unlimited, site: shed}}\n"                                                      \
    "lanes: {road: {from: hall, to: yard, distance: 5 km, by: cart}, "                             \
    "path: {from: shed, to: yard, distance: 3 km, by: cart}}\n"                                    \
    "releases: {ones: {item: one, at: [0 h, 2 h]}, twos: {item: two, at: [3 h]}}\n"

static void leaves(const char *rule, const char *right) {
    char text[2000];
    snprintf(text, sizeof text, TRIANGLE "vehicles: {cart: {speed: 1 km/h, rule: %s}}\n", rule);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_LEAVES(&world, right);
    world_close(&world);
}

/* At 6 h it is free at the yard; one waits at the hall since 3 h, two at the shed since 4 h. */
Test(vehicle, the_rule_says_which_of_two_is_fetched_first) {
    leaves("nearest", "0@6 2@12 1@22");
    leaves("oldest", "0@6 1@16 2@22");
}

Test(vehicle, what_they_do_is_counted_and_costs) {
    struct world world;
    world_run(&world,
              PLACES "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
                     "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"
                     "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                     "vehicles: {cart: {number: 2, speed: 1 km/h, carries: 3, load: 1 h, cost: "
                     "{hour: 2 EUR/h, distance: 3 EUR/km}}}\n"
                     "lanes: {road: {from: hall, to: yard, by: cart, cost: {load: 7 EUR}}}\n");
    expect_value(&world, "vehicles.cart.trips", 1);
    expect_value(&world, "vehicles.cart.moved", 2);
    expect_value(&world, "vehicles.cart.load-factor", 2 / 3.0);
    expect_value(&world, "vehicles.cart.utilization", 6 / 200.0);
    expect_value(&world, "vehicles.cart.empty", 0);
    expect_value(&world, "vehicles.cart.distance", 5);
    expect_value(&world, "vehicles.cart.expense", 12 + 15);
    expect_value(&world, "lanes.road.expense", 7);
    expect_value(&world, "money.transport", 34);
    expect_value(&world, "system.time-in.transport", 6);
    world_close(&world);
}

Test(vehicle, a_drive_of_unknown_length_is_a_fault) {
    world_expect_fault("title: tiny\n"
                       "run: {length: 1 h}\n"
                       "sites: [hall, yard, shed]\n"
                       "items: {part: {route: {a: 1 h, b: 1 h, c: 1 h}}}\n"
                       "stations: {a: {site: hall}, b: {site: yard}, c: {site: shed}}\n"
                       "releases: {in: {item: part, at: [0 h]}}\n"
                       "vehicles: {cart: {number: 1}}\n"
                       "lanes: {one: {from: hall, to: yard, time: 1 h, by: cart}, "
                       "two: {from: yard, to: shed, time: 1 h, by: cart}}\n",
                       "how long 'cart' drives without cargo");
}

/* ---- who repairs them ---- */
/* Of two vehicles that set out at 1 h for 5 h each, both break down at 3 h for 2 h. */
static void both_break_down(struct world *world, const char *crews, const char *right) {
    char text[2000];
    snprintf(text, sizeof text,
             PLACES "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
                    "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"
                    "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                    "vehicles: {cart: {number: 2, speed: 1 km/h, failures: {jam: {clock: up, "
                    "first: 3 h, after: 1000 h, lasts: 2 h, needs: fitter}}}}\n"
                    "lanes: {road: {from: hall, to: yard, by: cart}}\n"
                    "%s\n",
             crews);
    world_run(world, text);
    cr_assert_null(world->why, "%s", world->why);
    EXPECT_STARTS(world, "b", right);
}

/* 3-5 and 5-7: they stand for 2 and 4 h, and arrive at 8 and 10. */
Test(vehicle, a_breakdown_waits_for_who_repairs_it) {
    struct world world;
    both_break_down(&world, "crews: {fitter: {people: 1}}", "8/1/0 10/1/1");
    expect_value(&world, "vehicles.cart.up", 1 - 6 / 200.0);
    expect_value(&world, "vehicles.cart.waiting-repair", 2 / 200.0);
    expect_value(&world, "vehicles.cart.utilization", (5 + 5 + 2 + 4) / 200.0);
    expect_value(&world, "crews.fitter.utilization", 4 / 100.0);
    expect_value(&world, "crews.fitter.wait", 1);
    world_close(&world);
}

/* 3-4; what is left of it asks anew, so the next day it is the other from 24 on, and then it. */
Test(vehicle, who_repairs_it_goes_home_and_comes_back_to_it) {
    struct world world;
    both_break_down(&world,
                    "crews: {fitter: {people: 1, calendar: early}}\n"
                    "calendars: {early: {hours: 00:00-04:00}}",
                    "29/1/1 30/1/0");
    expect_value(&world, "vehicles.cart.waiting-repair", (22 + 21) / 200.0);
    world_close(&world);
}

/* 3-4, then he is away for an hour; the other 5-7, and what is left 7-8. */
Test(vehicle, who_repairs_it_may_be_absent) {
    struct world world;
    both_break_down(&world, "crews: {fitter: {people: 1, absence: {at: [4 h], lasts: 1 h}}}",
                    "10/1/1 11/1/0");
    world_close(&world);
}

/* 3-5, and half an hour later he is at the other vehicle. */
Test(vehicle, who_repairs_them_walks_from_one_to_the_other) {
    struct world world;
    both_break_down(&world, "crews: {fitter: {people: 1, walk: 30 min}}", "8/1/0 10.5/1/1");
    expect_value(&world, "vehicles.cart.waiting-repair", 2.5 / 200.0);
    world_close(&world);
}

/* At half the speed it takes 4 h each. */
Test(vehicle, who_repairs_it_has_a_speed) {
    struct world world;
    both_break_down(&world, "crews: {all: {people: 1, skills: {fitter: 50 %}}}", "10/1/0 14/1/1");
    world_close(&world);
}

/* ---- calendars and breakdowns ---- */
/* There at 4 + 1 h, but for an hour from 3 on; what it carries is there 1 h later, and it goes
 * on. */
Test(vehicle, one_that_breaks_down_stands_and_goes_on) {
    starts_at_b("failures: {jam: {clock: up, first: 3 h, after: 1000 h, lasts: 2 h}}", "at: [0 h]",
                "8/1/0");
}

/* Of 90 min of work each, from 1 on: it stands 2.5-3.5, 5-6, 7.5-8.5 and arrives after 5 h. */
Test(vehicle, a_busy_clock_counts_the_time_in_which_it_is_not_free) {
    starts_at_b("failures: {jam: {clock: busy, after: 90 min, lasts: 1 h}}", "at: [0 h]", "9/1/0");
}

/* The free one is broken down when cargo comes, and is not sent before 4. */
Test(vehicle, one_that_is_broken_down_is_not_sent) {
    starts_at_b("failures: {jam: {clock: calendar, first: 0.5 h, after: 1000 h, lasts: 3.5 h}}",
                "at: [0 h]", "9/1/0");
}

/* Open 2-4: sent at 2, it is there at 7, and not sent again for the second, that comes at 5. */
Test(vehicle, one_is_sent_while_its_calendar_is_open) {
    struct world world;
    world_run(&world, PLACES "calendars: {morning: {hours: 02:00-04:00}}\n"
                             "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
                             "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"
                             "releases: {in: {item: part, at: [0 h, 4 h]}}\n"
                             "vehicles: {cart: {speed: 1 km/h, calendar: morning}}\n"
                             "lanes: {road: {from: hall, to: yard, by: cart}}\n");
    EXPECT_STARTS(&world, "b", "7/1/0 36/1/1");
    world_close(&world);
}

/* ---- lanes that are closed ---- */
/* Lots at 1 h; the first is there at 6 h, and the vehicle would be back at 11 h. */
static void closed_lane(const char *failure, const char *right) {
    char text[1200];
    snprintf(text, sizeof text,
             PLACES "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
                    "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"
                    "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                    "vehicles: {cart: {speed: 1 km/h}}\n"
                    "lanes: {road: {from: hall, to: yard, by: cart, failures: {x: {%s}}}}\n",
             failure);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "b", right);
    world_close(&world);
}

Test(vehicle, it_is_not_sent_to_a_lane_that_is_closed) {
    closed_lane("at: [3 h], lasts: 4 h", "6/1/0 17/1/1");
}

Test(vehicle, it_waits_where_it_finds_a_lane_closed) {
    closed_lane("at: [8 h], lasts: 5 h", "6/1/0 18/1/1");
}

Test(vehicle, it_sets_down_what_is_not_let_in_and_drives_on) {
    closed_lane("at: [3 h], lasts: 4 h, stops: receipts", "7/1/0 16/1/1");
}

Test(vehicle, it_breaks_down_at_a_moment) {
    starts_at_b("number: 1, failures: {x: {at: [13 h, 3 h], lasts: 2 h}}", "at: [0 h, 0 h]",
                "8/1/0 20/1/1");
}

/* ---- batteries ---- */
/* 5 km of 26 there; 5 back and 5 there; then it goes to the hall to be charged with 6 km left: 20
 * of 26 are missing, which takes 10 h. Lots come every hour; the
 * 21st trip begins in the last instant. */
Test(vehicle, one_that_could_not_come_back_goes_to_be_charged) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 300 h}\n"
                      "sites: {hall: {at: [0 km, 0 km]}, yard: {at: [3 km, 4 km]}}\n"
                      "items: {part: {route: {a: 0 h, b: 0 h}}}\n"
                      "stations: {a: {site: hall}, b: {site: yard}}\n"
                      "releases: {in: {item: part, every: 1 h, first: 0 h}}\n"
                      "vehicles: {cart: {speed: 1 km/h, battery: {range: 26 km, charge: 13 h, at: "
                      "hall}}}\n"
                      "lanes: {road: {from: hall, to: yard, by: cart}}\n");
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "vehicles.cart.trips", 21);
    expect_value(&world, "vehicles.cart.distance", 205);
    expect_value(&world, "vehicles.cart.charging", 1 / 3.0);
    expect_value(&world, "vehicles.cart.utilization", 2 / 3.0);
    expect_value(&world, "vehicles.cart.empty", 1 / 3.0);
    world_close(&world);
}

/* 5 of 12.5 km there: it is charged for 4 h where it stands, and for 8 h when it has fetched the
 * second. */
Test(vehicle, without_a_place_it_is_charged_where_it_stands) {
    starts_at_b("battery: {range: 12.5 km, charge: 10 h}", "at: [0 h, 0 h, 0 h]",
                "6/1/0 20/1/1 38/1/2");
}

/* With 10 of 25 km left it is charged for 6 h, though it could go once more. */
Test(vehicle, one_that_has_less_than_it_should_is_charged_when_it_has_unloaded) {
    starts_at_b("battery: {range: 25 km, charge: 10 h}", "at: [0 h, 0 h, 0 h]",
                "6/1/0 16/1/1 26/1/2");
    starts_at_b("battery: {range: 25 km, charge: 10 h, below: 50 %}", "at: [0 h, 0 h, 0 h]",
                "6/1/0 16/1/1 32/1/2");
}

/* Charged at home, 2 km from the hall and 3.6056 from the yard. */
Test(vehicle, at_home_it_waits_with_enough_to_be_charged) {
    starts_at_b("home: shed, battery: {range: 12 km, charge: 12 h, at: shed}", "at: [0 h, 0 h]",
                "8/1/0 29.2111/1/1");
}

/* At 1 km/h. */
Test(vehicle, a_battery_may_tell_its_range_by_time) {
    starts_at_b("battery: {range: 12.5 h, charge: 10 h}", "at: [0 h, 0 h, 0 h]",
                "6/1/0 20/1/1 38/1/2");
    world_expect_fault(PLACES "items: {part: {route: {a: 1 h, b: 1 h}}}\n"
                              "stations: {a: {site: hall}, b: {site: yard}}\n"
                              "releases: {in: {item: part, at: [0 h]}}\n"
                              "vehicles: {cart: {battery: {range: 9 h, charge: 1 h}}}\n"
                              "lanes: {road: {from: hall, to: yard, time: 1 h, by: cart}}\n",
                       "it is not known how fast");
}

/* Nothing lies on the map. Lots go 3 km from a to b and 4 km from there to c; the only cart comes
 * back from c the same 7 km. The first lot is at b at 3 h and at c at 7 h, the second is fetched
 * when the cart has driven 7 km: at 14 h, so it is at b at 17 h. */
Test(vehicle, without_a_map_it_drives_back_along_several_lanes) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 100 h}\n"
                      "sites: [here, there, yonder]\n"
                      "items: {part: {route: {a: 0 h, b: 0 h, c: 0 h}}}\n"
                      "stations: {a: {site: here}, b: {site: there}, c: {site: yonder}}\n"
                      "releases: {in: {item: part, at: [0 h, 8 h]}}\n"
                      "vehicles: {cart: {speed: 1 km/h}}\n"
                      "lanes:\n"
                      "  first: {from: here, to: there, distance: 3 km, by: cart}\n"
                      "  second: {from: there, to: yonder, distance: 4 km, by: cart}\n");
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "b", "3/1/0 18/1/1");
    EXPECT_STARTS(&world, "c", "7/1/0 22/1/1");
    expect_value(&world, "vehicles.cart.distance", 21);
    world_close(&world);
}

/* The lane is open for 4 h and closed for 6 h, 5 km long. */
Test(vehicle, a_lane_that_is_closed_by_its_calendar_lets_no_vehicle_leave) {
    static const char world_text[] =
        PLACES "calendars: {turns: {cycle: {work: 4 h, rest: 6 h}}}\n"
               "items: {part: {route: {a: 1 h, b: 10 min}}}\n"
               "stations: {a: {machines: unlimited, site: hall}, b: {site: yard}}\n"
               "releases: {in: {item: part, at: [%s]}}\n"
               "vehicles: {cart: {speed: 1 km/h%s}}\n"
               "lanes: {road: {from: hall, to: yard, by: cart, calendar: turns}}\n";
    static const struct {
        const char *lots, *cart, *right;
    } cases[] = {
        /* ready at 5 h, closed until 10 h */
        {"4 h", "", "15/1/0"},
        /* the second is ready at 3 h; the cart is free at 6 h at the yard, is sent at 10 h and is
         * there at 15 h, in vain; it stays, loads at 20 h */
        {"0 h, 2 h", "", "6/1/0 25/1/1"},
        /* at home at 11 h, and at 21 h, when the lane is open */
        {"0 h, 2 h, 5 h", ", home: hall", "6/1/0 16/1/1 26/1/2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2000];
        struct world world;
        snprintf(text, sizeof text, world_text, cases[i].lots, cases[i].cart);
        world_run(&world, text);
        cr_assert_null(world.why, "%s", world.why);
        EXPECT_STARTS(&world, "b", cases[i].right);
        world_close(&world);
    }
}

Test(vehicle, one_whose_battery_is_too_small_is_a_fault) {
    static const char places[] =
        PLACES "items: {part: {route: {a: 1 h, b: 1 h}}}\n"
               "stations: {a: {site: hall}, b: {site: yard}}\n"
               "releases: {in: {item: part, at: [0 h]}}\n"
               "vehicles: {cart: {speed: 1 km/h, battery: {range: 9 km, charge: 1 h%s}}}\n"
               "lanes: {road: {from: hall, to: yard, by: cart}}\n";
    char text[1000];
    snprintf(text, sizeof text, places, "");
    world_expect_fault(text, "drives 9000 m with a full battery, and needs 10000 m");
    snprintf(text, sizeof text, places, ", at: shed");
    world_expect_fault(text, "drives 9000 m with a full battery, and needs 10605.6 m");
}
