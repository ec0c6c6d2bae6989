/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work that waits before stations. Hours of work times hours of waiting, by hand. */
#include "world.h"

static const char asked[] = "record: {queue-work: yes}\nitems: {a: {route: [saw]}}\n";

/* The area under `queue.work` of the saw, in h * h, of a run of 10 hours. */
static void expect_area(const char *text, double area, double most) {
    struct world world;
    char whole[2048];
    snprintf(whole, sizeof whole, "title: t\nrun: {length: 10 h}\n%s%s", asked, text);
    world_run(&world, whole);
    cr_assert_null(world.why);
    expect_value(&world, "stations.saw.queue.work", area / 10);
    expect_value(&world, "stations.saw.queue.work.max", most);
    expect_value(&world, "stations.saw.queue.work.min", 0);
    world_close(&world);
}

/* 2 h are worked from 0 on, so they never wait; 3 h and 1 h wait from 1 on. First come, first
 * served they go at 2 and at 5; shortest first at 3 and at 2. */
Test(backlog, it_is_the_work_of_those_who_wait) {
    static const char times[] = "time: sequence(2 3 1 then stop) h",
                      at[] = "releases: {r: {item: a, at: [0 h, 1 h, 1 h]}}\n";
    char text[512];
    snprintf(text, sizeof text, "stations: {saw: {%s}}\n%s", times, at);
    expect_area(text, 4 * 1 + 1 * 3, 4);
    snprintf(text, sizeof text, "stations: {saw: {%s, queue: {rule: spt}}}\n%s", times, at);
    expect_area(text, 4 * 1 + 3 * 1, 4);
    snprintf(text, sizeof text, "stations: {saw: {%s, queue: {rule: random}}}\n%s",
             "time: sequence(2 3 3 then stop) h", at);
    expect_area(text, 6 * 1 + 3 * 3, 6);
}

/* 10 + 2 * 20 + 10 min a lot of two pieces: an hour. Both come at 0, and one waits for an hour. */
Test(backlog, load_and_unload_and_every_piece_are_work) {
    expect_area("stations: {saw: {time: 20 min/piece, load: 10 min, unload: 10 min}}\n"
                "releases: {r: {item: a, at: [0 h, 0 h], size: 2, lot: 2}}\n",
                1, 1);
}

/* 1 and 2 wait for a batch of two from 0 and 1 on; 3 from 2 on. It starts at 1, and at 3 there is
 * one alone, which may not start and waits to the end. */
Test(backlog, lots_of_a_batch_leave_it_together) {
    expect_area("stations: {saw: {time: 2 h, batch: {min: 2, max: 2}}}\n"
                "releases: {r: {item: a, at: [0 h, 1 h, 2 h]}}\n",
                2 * 1 + 2 * 8, 2);
}

/* The second lot waits from 0 until it gives up at 3. */
Test(backlog, who_gives_up_takes_his_work_with_him) {
    expect_area("change: {items.a.route.saw.start-within: {time: 3 h, of: release, else: out}}\n"
                "stations: {saw: {time: 5 h}}\n"
                "releases: {r: {item: a, at: [0 h, 0 h]}}\n",
                5 * 3, 5);
}

/* 5 h are begun at 0 and interrupted at 2 for an hour: 3 h of it wait, or all of it. */
Test(backlog, of_an_interrupted_lot_the_rest_waits) {
    static const char text[] = "stations: {saw: {time: sequence(5 1 then stop) h, interrupted: %s,"
                               " queue: {preempt: priority > 0}}}\n"
                               "releases:\n"
                               "  r: {item: a, list: [{at: 0 h}, {at: 2 h, priority: 1}]}\n";
    char whole[512];
    snprintf(whole, sizeof whole, text, "resume");
    expect_area(whole, 3, 3);
    snprintf(whole, sizeof whole, text, "restart");
    expect_area(whole, 5, 5);
}

/* 4 h wait for 2 h; from then on work takes half as long, and the 2 h wait for 2 h more. */
Test(backlog, work_that_gets_shorter_is_counted_anew) {
    expect_area("stations: {saw: {time: 4 h}}\n"
                "releases: {r: {item: a, at: [0 h, 0 h]}}\n"
                "programmes: {p: {at: 2 h, change: {stations.saw.time: times 0.5}}}\n",
                4 * 2 + 2 * 2, 4);
}

/* From 1 on 3 + 1 h wait until 2; measured from 1 on for 9 h, and until 2 as a first horizon. */
Test(backlog, it_is_measured_from_the_end_of_the_warm_up_to_each_horizon) {
    struct world world;
    char text[1024];
    snprintf(text, sizeof text,
             "title: t\nrun: {warm-up: 90 min, length: 5 h, horizons: [30 min]}\n%s"
             "stations: {saw: {time: sequence(2 3 1 then stop) h}}\n"
             "releases: {r: {item: a, at: [-90 min, -30 min, -30 min]}}\n",
             asked);
    world_run(&world, text);
    cr_assert_null(world.why);
    const struct layout *layout = &world.plant->layout;
    int32_t column = layout_find(layout, "stations.saw.queue.work");
    cr_expect_float_eq(world.block[layout_at(layout, 0, column)], 4, 1e-12);
    cr_expect_float_eq(world.block[layout_at(layout, 1, column)], (4 * 0.5 + 1 * 3) / 5, 1e-12);
    expect_value(&world, "stations.saw.queue.work.max", 4);
    world_close(&world);
}

/* Lots of 2 h come every hour: at 3 h there are 3 on the way, of which 2 wait. The programme sees
 * more than 3 h as the second of them comes, and buys the second machine. */
Test(backlog, a_trigger_sees_it_as_it_is) {
    struct world world;
    world_run(&world, "title: t\nrun: {length: 10 h}\nitems: {a: {route: [saw]}}\n"
                      "stations: {saw: {time: 2 h}}\n"
                      "releases: {r: {item: a, at: [0 h, 1 h, 2 h, 3 h]}}\n"
                      "programmes:\n"
                      "  p: {when: stations.saw.queue.work > 3 h, for: 1 d,\n"
                      "      change: {stations.saw.machines: plus 1}}\n");
    cr_assert_null(world.why);
    EXPECT_STARTS(&world, "saw", "0/1/0 2/1/1 3/2/2 4/1/3");
    world_close(&world);
}

Test(backlog, nothing_is_measured_unless_somebody_asks) {
    static const char plain[] =
        "title: t\nrun: {length: 5 h}\nitems: {a: {route: [m]}}\n"
        "stations: {m: {time: 1 h}}\nreleases: {r: {item: a, every: 2 h}}\n";
    static const char *const askers[] = {"claims: [stations.m.queue.work < 1 h]\n",
                                         "record: {series: [stations.*.queue.work], every: 1 h}\n",
                                         "record: {queue-work: yes}\n"};
    struct world world;
    world_run(&world, plain);
    cr_expect_lt(layout_find(&world.plant->layout, "stations.m.queue.work"), 0);
    cr_expect_null(world.run->backlogs);
    world_close(&world);
    for (size_t i = 0; i < sizeof askers / sizeof *askers; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s%s", plain, askers[i]);
        world_run(&world, text);
        cr_expect_geq(layout_find(&world.plant->layout, "stations.m.queue.work"), 0);
        cr_expect_not_null(world.run->backlogs);
        world_close(&world);
    }
}
