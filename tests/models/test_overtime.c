/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overtime that is decided when it would begin, and the people whom that of a station brings, in
 * small worlds whose answers are worked out by hand. Times are hours from Monday 00:00; the day is
 * from 8 to 16. */
#include "world.h"

/* Twelve lots of an hour come at 8. At 16 eight are done and four wait. */
static const char *const twelve =
    "run: {length: 48 h}\n"
    "calendars: {day: {hours: 08:00-16:00}}\n"
    "crews: {operator: {calendar: day, wage: 20 EUR/h}}\n"
    "items: {x: {route: [saw]}}\n"
    "releases: {in: {item: x, at: [8 h], size: 12}}\n"
    "stations: {saw: {time: 1 h, needs: {run: operator}, calendar: day, at-shift-end: %s,\n"
    "                 overtime: {up-to: 3 h/d, when: \"%s\", pay: 150 %%}}}\n";

static void run_twelve(struct world *world, const char *at_shift_end, const char *when) {
    char text[1000];
    snprintf(text, sizeof text, twelve, at_shift_end, when);
    world_run(world, text);
}

Test(overtime, is_worked_when_its_condition_holds_as_it_would_begin) {
    /* On Monday four wait at 16: three are done until 19. On Tuesday nobody waits at 16. */
    struct world world;
    run_twelve(&world, "suspend", "queue.length > 3");
    EXPECT_LEAVES(&world, "0@9 1@10 2@11 3@12 4@13 5@14 6@15 7@16 8@17 9@18 10@19 11@33");
    expect_value(&world, "crews.operator.overtime-hours", 3);
    expect_value(&world, "crews.operator.expense", 16 * 20 + 3 * 30);
    expect_value(&world, "money.wages", 16 * 20 + 3 * 30);
    expect_value(&world, "crews.operator.utilization", 12 / 19.0);
    expect_value(&world, "stations.saw.states.off-shift", (48 - 19) / 48.0);
    world_close(&world);
}

Test(overtime, is_not_worked_when_it_does_not) {
    struct world world;
    run_twelve(&world, "suspend", "queue.work > 4 h or machines > 1");
    EXPECT_LEAVES(&world, "0@9 1@10 2@11 3@12 4@13 5@14 6@15 7@16 8@33 9@34 10@35 11@36");
    expect_value(&world, "crews.operator.overtime-hours", 0);
    expect_value(&world, "money.wages", 16 * 20);
    world_close(&world);
}

/* Seven lots of 90 min from 8 on; the sixth could begin at 15:30 and needs overtime. */
static void ninety_minutes(const char *when, const char *leaves) {
    char text[800];
    snprintf(text, sizeof text,
             "run: {length: 48 h}\n"
             "calendars: {day: {hours: 08:00-16:00}}\n"
             "crews: {operator: {calendar: day}}\n"
             "items: {x: {route: [saw]}}\n"
             "releases: {in: {item: x, at: [8 h], size: 7}}\n"
             "stations: {saw: {time: 90 min, needs: {run: operator}, calendar: day,\n"
             "                 at-shift-end: fit, overtime: {up-to: 3 h/d%s}}}\n",
             when);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    world_close(&world);
}

Test(overtime, that_is_not_sure_lets_nothing_begin_that_would_need_it) {
    ninety_minutes(", when: now > 0 h", "0@9.5 1@11 2@12.5 3@14 4@15.5 5@17.5 6@19");
    ninety_minutes("", "0@9.5 1@11 2@12.5 3@14 4@15.5 5@17 6@18.5");
}

Test(overtime, of_a_station_brings_the_people_that_it_needs_and_no_others) {
    /* Both work until 16. One stays for the saw; the mill, which is always open, has its lot wait
     * until the next day. */
    struct world world;
    world_run(&world, "run: {length: 48 h}\n"
                      "calendars: {day: {hours: 08:00-16:00}}\n"
                      "crews: {hand: {people: 2, calendar: day, wage: 10 EUR/h}}\n"
                      "items: {a: {route: [saw]}, b: {route: [mill]}}\n"
                      "releases: {a: {item: a, at: [14 h]}, b: {item: b, at: [15 h]}}\n"
                      "stations:\n"
                      "  mill: {time: 3 h, needs: {run: hand}}\n"
                      "  saw: {time: 3 h, needs: {run: hand}, calendar: day,\n"
                      "        overtime: {up-to: 2 h/d, pay: 200 %}}\n");
    EXPECT_LEAVES(&world, "0@17 1@34");
    expect_value(&world, "crews.hand.overtime-hours", 4); /* two days */
    expect_value(&world, "money.wages", 2 * 16 * 10 + 4 * 20);
    expect_value(&world, "crews.hand.utilization", 6 / 36.0);
    world_close(&world);
}

Test(overtime, of_a_station_that_says_no_pay_is_paid_as_the_crew_says) {
    /* The crew adds no hours of its own; one of the two stays for the saw from 16 to 17. */
    static const struct {
        const char *station, *crew;
        double pay;
    } cases[] = {{"", "overtime: {pay: 150 %}, ", 1.5},
                 {", pay: 200 %", "overtime: {pay: 150 %}, ", 2},
                 {"", "", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[800];
        snprintf(text, sizeof text,
                 "run: {length: 24 h}\n"
                 "calendars: {day: {hours: 08:00-16:00}}\n"
                 "crews: {hand: {people: 2, calendar: day, %swage: 10 EUR/h}}\n"
                 "items: {a: {route: [saw]}}\n"
                 "releases: {a: {item: a, at: [14 h]}}\n"
                 "stations: {saw: {time: 3 h, needs: {run: hand}, calendar: day,\n"
                 "                 overtime: {up-to: 1 h/d%s}}}\n",
                 cases[i].crew, cases[i].station);
        struct world world;
        world_run(&world, text);
        EXPECT_LEAVES(&world, "0@17");
        expect_value(&world, "crews.hand.overtime-hours", 1);
        expect_value(&world, "money.wages", 160 + 10 * cases[i].pay);
        world_close(&world);
    }
}

/* What the station did not say cannot grow: four fifths of the ramp are over at 16. */
Test(overtime, a_ramp_to_a_pay_that_was_not_said_is_there_at_its_first_step) {
    struct world world;
    world_run(&world, "run: {length: 24 h}\n"
                      "calendars: {day: {hours: 08:00-16:00}}\n"
                      "crews: {hand: {people: 2, calendar: day, overtime: {pay: 150 %}, wage: 10 "
                      "EUR/h}}\n"
                      "items: {a: {route: [saw]}}\n"
                      "releases: {a: {item: a, at: [14 h]}}\n"
                      "stations: {saw: {time: 3 h, needs: {run: hand}, calendar: day, overtime: "
                      "{up-to: 1 h/d}}}\n"
                      "programmes: {p: {at: 0 h, ramp: {over: 20 h}, change: "
                      "{stations.saw.overtime.pay: 200 %}}}\n");
    expect_value(&world, "money.wages", 160 + 10 * 2);
    world_close(&world);
}

Test(overtime, brings_who_repairs) {
    /* The saw fails at 15:30 for an hour, and goes on at 16:30. */
    struct world world;
    world_run(&world,
              "run: {length: 24 h}\n"
              "calendars: {day: {hours: 08:00-16:00}}\n"
              "crews: {fitter: {calendar: day, wage: 10 EUR/h}}\n"
              "items: {a: {route: [saw]}}\n"
              "releases: {a: {item: a, at: [14 h]}}\n"
              "stations:\n"
              "  saw: {time: 2 h, needs: {repair: fitter}, calendar: day, overtime: 2 h/d,\n"
              "        failures: {f: {clock: up, first: 15.5 h, after: 1000 h, lasts: 1 h}}}\n");
    EXPECT_LEAVES(&world, "0@17");
    expect_value(&world, "money.wages", 100);
    world_close(&world);
}

/* A lot of 3 h begins at 17, in the overtime from 16 to 18. */
static void over(const char *rule, const char *leaves) {
    char text[800];
    snprintf(text, sizeof text,
             "run: {length: 48 h}\n"
             "calendars: {day: {hours: 08:00-16:00}}\n"
             "crews: {hand: {calendar: day}}\n"
             "items: {a: {route: [saw]}}\n"
             "releases: {a: {item: a, at: [17 h]}}\n"
             "stations: {saw: {time: 3 h, needs: {run: hand}, calendar: day, overtime: 2 h/d,\n"
             "                 at-shift-end: %s}}\n",
             rule);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, leaves);
    world_close(&world);
}

Test(overtime, ends_as_a_shift_does) {
    over("suspend", "0@34");
    over("finish", "0@20");
    over("fit", "0@35");
}

Test(overtime, of_a_crew_sees_all_stations_where_it_works) {
    /* Two lots wait at the saw and one at the mill when the crew would go, on Monday alone. */
    struct world world;
    world_run(&world,
              "run: {length: 48 h}\n"
              "calendars: {day: {hours: 08:00-16:00}}\n"
              "crews: {hand: {calendar: day, wage: 10 EUR/h,\n"
              "               overtime: {up-to: 4 h/d, when: queue.length = 3, pay: 125 %}}}\n"
              "items: {a: {route: [saw]}, b: {route: [mill]}}\n"
              "releases: {a: {item: a, at: [15 h], size: 3}, b: {item: b, at: [15 h], size: 2}}\n"
              "stations:\n"
              "  saw: {time: 1 h, needs: {run: hand}}\n"
              "  mill: {time: 1 h, needs: {run: hand}}\n");
    EXPECT_LEAVES(&world, "0@16 3@17 1@18 4@19 2@20");
    expect_value(&world, "crews.hand.overtime-hours", 4);
    expect_value(&world, "money.wages", 160 + 4 * 12.5);
    world_close(&world);
}

Test(overtime, needs_hours_after_which_it_begins) {
    world_expect_fault("run: {length: 48 h}\n"
                       "calendars: {turns: {cycle: {work: 8 h, rest: 16 h}}}\n"
                       "items: {a: {route: [saw]}}\n"
                       "releases: {a: {item: a, at: [17 h]}}\n"
                       "stations: {saw: {time: 3 h, calendar: turns, overtime: 2 h/d}}\n",
                       "has no `hours`");
}
