/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shop floor in small worlds without chance, whose answers are worked out by hand beside each
 * test: who goes first, rooms and cards, batches, setups, and runs that cannot go on. Times are
 * hours. */
#include "world.h"

/* ---- order of simultaneous events ---- */
Test(floor, a_part_that_comes_when_the_machine_is_done_starts_at_once) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {part: {route: [saw]}}\n"
                      "releases: {in: {item: part, at: [0 h, 2 h, 3 h]}}\n"
                      "stations: {saw: {time: 2 h}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 2/1/1 4/1/2");
    EXPECT_LEAVES(&world, "0@2 1@4 2@6");
    expect_value(&world, "stations.saw.queue.wait", 1 / 3.0);
    expect_value(&world, "stations.saw.queue.wait.max", 1);
    expect_value(&world, "stations.saw.queue.length.max", 1); /* what came at 2 never waited */
    expect_value(&world, "stations.saw.queue.length", 0.1);
    expect_value(&world, "stations.saw.utilization", 0.6);
    expect_value(&world, "system.cycle-time", 7 / 3.0);
    expect_value(&world, "system.makespan", 6);
    world_close(&world);
}

Test(floor, a_part_that_ends_with_the_shift_is_done) {
    struct world world;
    world_run(&world, "run: {length: 40 h}\n"
                      "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
                      "items: {part: {route: [saw]}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                      "stations: {saw: {time: 8 h, calendar: day}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 24/1/1");
    EXPECT_LEAVES(&world, "0@8 1@32");
    world_close(&world);
}

Test(floor, a_rule_sees_every_candidate_of_the_instant) {
    /* At 4 the drill is done, and both saws send a lot: the shorter one goes first, although it
     * comes from the station that is written last. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  first: {route: {drill: 4 h}}\n"
                      "  long: {route: {saw: 4 h, drill: 3 h}}\n"
                      "  short: {route: {mill: 4 h, drill: 1 h}}\n"
                      "releases: {in: {item: each, at: [0 h]}}\n"
                      "stations: {drill: {queue: spt}, saw: 1, mill: 1}\n");
    EXPECT_STARTS(&world, "drill", "0/1/0 4/1/2 5/1/1");
    world_close(&world);
}

Test(floor, parts_that_arrive_together_go_by_their_serial) {
    /* Both reach `c` at 4. Lot 1's work at `b` was planned earlier, so it moves first; lot 0 is
     * still the elder. */
    static const char *const rules[] = {"fifo", "edd", "[spt, edd]", "slack"};
    for (int32_t i = 0; i < 4; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "run: {length: 20 h}\n"
                 "items:\n"
                 "  x: {route: {a: 2 h, b: 2 h, c: 1 h}}\n"
                 "  y: {route: {b: 4 h, c: 1 h}}\n"
                 "releases: {in: {item: each, at: [0 h]}}\n"
                 "stations: {a: 1, b: 2, c: {queue: %s}}\n",
                 rules[i]);
        struct world world;
        world_run(&world, text);
        EXPECT_STARTS(&world, "b", "0/1/1 2/2/0");
        EXPECT_STARTS(&world, "c", "4/1/0 5/1/1");
        world_close(&world);
    }
}

Test(floor, stations_start_in_the_order_of_the_file_and_finished_parts_move_first) {
    /* At 1: lot 0 is done at `b` and goes back to `a`, before `a` takes its next; serials say who
     * is first there, for both came at 0 or later. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  x: {route: {one: {at: b, time: 1 h}, two: {at: a, time: 1 h}}}\n"
                      "  y: {route: {a: 1 h}}\n"
                      "releases: {in: {item: each, at: [0 h, 1 h]}}\n"
                      "stations: {a: 1, b: 1}\n");
    EXPECT_STARTS(&world, "a", "0/1/1 1/1/0 2/1/3 3/1/2");
    world_close(&world);
}

/* ---- which machine ---- */
Test(floor, the_machine_idle_longest_takes_the_next_part) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {part: {route: [saw]}}\n"
                      "releases: {in: {item: part, at: [0 h, 2 h, 2.5 h, 4 h]}}\n"
                      "stations: {saw: {time: 1 h, machines: 3}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 2/2/1 2.5/3/2 4/1/3");
    world_close(&world);
}

Test(floor, machines_that_became_idle_together_go_by_number) {
    /* 3 2 1 end at 3, in this order of planning; then each takes one. */
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {a: {route: {saw: 3 h}}, b: {route: {saw: 2 h}},\n"
                      "        c: {route: {saw: 1 h}}, d: {route: {saw: 1 h}}}\n"
                      "releases:\n"
                      "  a: {item: a, at: [0 h]}\n"
                      "  b: {item: b, at: [1 h]}\n"
                      "  c: {item: c, at: [2 h]}\n"
                      "  d: {item: d, at: [5 h, 5 h, 5 h]}\n"
                      "stations: {saw: {machines: 3}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/2/1 2/3/2 5/1/3 5/2/4 5/3/5");
    world_close(&world);
}

Test(floor, unlimited_machines_keep_nobody_waiting) {
    struct world world;
    world_run(&world,
              "run: {length: 10 h}\n"
              "items: {part: {route: {oven: 2 h, cool: 3 h}}}\n"
              "releases: {in: {item: part, at: [0 h, 0 h, 0 h, 1 h, 4 h]}}\n"
              "stations: {oven: unlimited, cool: {machines: unlimited, queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "oven", "0/1/0 0/2/1 0/3/2 1/4/3 4/1/4");
    EXPECT_LEAVES(&world, "0@5 1@5 2@5 3@6 4@9");
    expect_value(&world, "stations.cool.queue.wait.max", 0);
    world_close(&world);
}

/* ---- rooms and blocking ---- */
Test(floor, a_machine_keeps_its_finished_part_until_there_is_room) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {part: {route: {saw: 1 h, drill: 3 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: 1, drill: {queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 4/1/2");
    EXPECT_STARTS(&world, "drill", "1/1/0 4/1/1 7/1/2");
    EXPECT_LEAVES(&world, "0@4 1@7 2@10");
    expect_value(&world, "stations.saw.states.blocked", 0.4); /* 2 to 4, 5 to 7 */
    expect_value(&world, "stations.saw.states.working", 0.3);
    expect_value(&world, "stations.saw.states.starved", 0.3);
    expect_value(&world, "system.time-in.blocked", 4 / 3.0);
    expect_value(&world, "system.time-in.queue", 5 / 3.0);
    expect_value(&world, "system.cycle-time", 7);
    world_close(&world);
}

Test(floor, room_for_one_takes_one) {
    struct world world;
    world_run(&world, "run: {length: 13 h}\n"
                      "items: {part: {route: {saw: 1 h, drill: 3 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: 1, drill: {queue: {room: 1}}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 2/1/2 4/1/3");
    EXPECT_STARTS(&world, "drill", "1/1/0 4/1/1 7/1/2 10/1/3");
    expect_value(&world, "stations.saw.states.blocked", 3 / 13.0); /* 3 to 4, 5 to 7 */
    expect_value(&world, "stations.drill.queue.length.max", 1);
    world_close(&world);
}

Test(floor, a_release_waits_outside_a_full_queue) {
    /* Its lots are inside from the moment that they find room. */
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {part: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: {queue: {room: 1}}}\n");
    EXPECT_LEAVES(&world, "0@2 1@4 2@6");
    expect_value(&world, "system.cycle-time", 10 / 3.0); /* 2 4 4 */
    expect_value(&world, "system.wip.max", 2);
    expect_value(&world, "releases.in.orders", 3);
    expect_value(&world, "releases.in.lost", 0);
    world_close(&world);
}

Test(floor, a_release_that_may_not_wait_is_lost) {
    struct world world;
    world_run(&world, "run: {length: 10 h}\n"
                      "items: {part: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h, 0 h, 1 h, 2 h], if-full: lose}}\n"
                      "stations: {saw: {queue: {room: 1}}}\n");
    EXPECT_LEAVES(&world, "0@2 1@4 4@6");
    expect_value(&world, "releases.in.orders", 5);
    expect_value(&world, "releases.in.lost", 2);
    world_close(&world);
}

Test(floor, who_is_blocked_longest_goes_first) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  x: {route: {a: 3 h, d: 4 h}}\n"
                      "  y: {route: {b: 2 h, d: 4 h}}\n"
                      "  z: {route: {c: 1 h, d: 4 h}}\n"
                      "releases: {in: {item: each, at: [0 h]}}\n"
                      "stations: {a: 1, b: 1, c: 1, d: {queue: {room: 0}}}\n");
    EXPECT_STARTS(&world, "d", "1/1/2 5/1/1 9/1/0");
    world_close(&world);
}

/* At 5 the room before `d` comes free and another part is done: the one that has waited since 2
 * goes first, whichever of the two events came first. */
static void newcomer(const char *slow) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items:\n"
             "  first: {route: {a: 1 h, d: 4 h}}\n"
             "  waits: {route: {b: 2 h, d: 4 h}}\n"
             "  comes: {route: {%s, d: 4 h}}\n"
             "releases: {in: {item: each, at: [0 h]}}\n"
             "stations: {a: 1, b: 1, c: 1, e: 1, d: {queue: {room: 0}}}\n",
             slow);
    struct world world;
    world_run(&world, text);
    EXPECT_STARTS(&world, "d", "1/1/0 5/1/1 9/1/2");
    world_close(&world);
}

Test(floor, nobody_overtakes_a_blocked_machine_in_the_instant_of_room) {
    newcomer("c: 5 h");         /* planned before the drill's own end */
    newcomer("e: 2 h, c: 3 h"); /* planned after it */
}

Test(floor, a_batch_that_starts_makes_room_for_as_many) {
    /* Room for 2 before the oven. At 1: a and b send one each; at 2: they block with the next ones,
     * for the oven is at work until 5. Then both places come free at once. */
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "items:\n"
                      "  x: {route: {a: 1 h, oven: 4 h/batch}}\n"
                      "  y: {route: {b: 1 h, oven: 4 h/batch}}\n"
                      "releases: {in: {item: each, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {a: 1, b: 1,\n"
                      "           oven: {batch: {min: 2, max: 2, of: any}, queue: {room: 2}}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/2 2/1/4");
    EXPECT_STARTS(&world, "b", "0/1/1 1/1/3 2/1/5");
    EXPECT_LEAVES(&world, "0@5 1@5 2@9 3@9 4@13 5@13");
    expect_value(&world, "stations.a.states.blocked", 2 / 30.0); /* 3 to 5 */
    expect_value(&world, "stations.b.states.blocked", 2 / 30.0);
    world_close(&world);
}

/* ---- cards ---- */
Test(floor, cards_limit_what_is_between_their_stations) {
    struct world world;
    world_run(&world, "run: {length: 9 h}\n"
                      "items: {part: {route: {saw: 1 h, drill: 2 h}}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {saw: 1, drill: 1}\n"
                      "cards: {loop: {count: 1, from: saw, to: drill}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/1/1 6/1/2");
    EXPECT_LEAVES(&world, "0@3 1@6 2@9");
    expect_value(&world, "cards.loop.in-use", 1);
    expect_value(&world, "cards.loop.in-use.max", 1);
    expect_value(&world, "system.wip", 1);
    expect_value(&world, "system.cycle-time.max", 3);
    world_close(&world);
}

Test(floor, cards_keep_a_line_that_is_always_fed_at_their_count) {
    /* Two cards, saw 1 h, drill 2 h: one lot each 2 h, two inside. The first needs 3 h, the second
     * waits twice and needs 5, all others 4. */
    struct world world;
    world_run(&world, "run: {length: 21 h}\n"
                      "items: {part: {route: {saw: 1 h, drill: 2 h}}}\n"
                      "releases: {in: {item: part, when: always}}\n"
                      "stations: {saw: 1, drill: 1}\n"
                      "cards: {loop: {count: 2, from: saw, to: drill}}\n");
    expect_value(&world, "system.output", 10);
    expect_value(&world, "system.wip", 2);
    expect_value(&world, "system.cycle-time.min", 3);
    expect_value(&world, "system.cycle-time.max", 5);
    expect_value(&world, "system.cycle-time", 4);
    expect_value(&world, "stations.drill.utilization", 20 / 21.0);
    expect_value(&world, "system.wip.max", 2); /* one leaves before the next one comes */
    world_close(&world);
}

Test(floor, a_lot_that_leaves_or_is_lost_gives_its_card_back) {
    static const char *const ways[] = {"next: {out: 100 %}", "scrap: 100 %",
                                       "rework: {share: 100 %, times: 0}"};
    for (int32_t i = 0; i < 3; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "run: {length: 9 h}\n"
                 "items: {part: {route: {saw: {time: 1 h, %s}, drill: 2 h}}}\n"
                 "releases: {in: {item: part, at: [0 h, 0 h, 0 h]}}\n"
                 "stations: {saw: 1, drill: 1}\n"
                 "cards: {loop: {count: 1, from: saw, to: drill}}\n",
                 ways[i]);
        struct world world;
        world_run(&world, text);
        EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 2/1/2");
        expect_value(&world, "cards.loop.in-use.now", 0);
        world_close(&world);
    }
}

/* ---- work and setups ---- */
Test(floor, load_work_and_unload_add_up) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {lot: 3, route: {saw: {time: 1 h/piece, load: 2 h}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                      "stations: {saw: {unload: 0.5 h}}\n");
    EXPECT_LEAVES(&world, "0@5.5 1@11");
    world_close(&world);
}

static void setups(const char *when, const char *right, double share) {
    char text[400];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {x: {route: {saw: 2 h}}, y: {route: {saw: 2 h}}}\n"
             "releases: {x: {item: x, at: [0 h, 1 h]}, y: {item: y, at: [2 h]}}\n"
             "stations: {saw: {setup: {when: %s, time: 1 h, cost: 7 EUR}}}\n",
             when);
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, right);
    expect_value(&world, "stations.saw.states.setup", share);
    expect_value(&world, "stations.saw.states.working", 6 / 20.0);
    expect_value(&world, "stations.saw.utilization", 6 / 20.0 + share);
    expect_value(&world, "money.setups", 7 * 20 * share);
    expect_value(&world, "system.time-in.setup", 20 * share / 3);
    world_close(&world);
}

Test(floor, a_machine_is_set_up_for_another_item_or_for_every_lot) {
    setups("item changes", "0@3 1@5 2@8", 2 / 20.0);
    setups("lot changes", "0@3 1@6 2@9", 3 / 20.0);
}

Test(floor, least_setup_goes_on_with_the_same_item) {
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "items: {x: {route: {saw: 2 h}}, y: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: each, at: [0 h, 0 h]}}\n" /* x y x y */
                      "stations: {saw: {setup: {time: 1 h}, queue: least-setup}}\n");
    EXPECT_LEAVES(&world, "0@3 2@5 1@8 3@10");
    world_close(&world);
}

/* ---- runs that cannot go on ---- */
Test(floor, two_stations_that_feed_each_other_lock_and_are_named) {
    /* At 1 lot 0 goes to b and lot 1 starts at a; at 2 lot 1 is done and lot 0 is at b until 3:
     * then it wants back to a, where lot 1 stands. */
    expect_stop("run: {length: 20 h}\n"
                "items: {x: {route: {one: {at: a, time: 1 h}, two: {at: b, time: 2 h},\n"
                "                    three: {at: a, time: 1 h}}}}\n"
                "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                "stations: {a: {queue: {room: 0}}, b: {queue: {room: 0}}, c: 1}\n",
                "at 3 h: deadlock: the machines of a, b wait for each other's room");
}

Test(floor, a_knot_that_closes_while_a_station_is_closed_is_found_when_it_opens) {
    /* b waits for room before a since 3, and closes at 4; at 5 a has a lot for b; at 6 b opens. */
    expect_stop("run: {length: 50 h}\n"
                "calendars: {day: {cycle: {work: 4 h, rest: 2 h}}}\n"
                "items:\n"
                "  p: {route: {one: {at: a, time: 1 h}, two: {at: b, time: 2 h},\n"
                "              three: {at: a, time: 1 h}}}\n"
                "  q: {route: {a: 4 h, b: 1 h}}\n"
                "releases: {in: {item: each, at: [0 h]}}\n"
                "stations: {a: {queue: {room: 0}}, b: {queue: {room: 0}, calendar: day}}\n",
                "at 6 h: deadlock: the machines of a, b wait for each other's room");
}

Test(floor, stations_that_feed_each_other_with_room_do_not_lock) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {one: {at: a, time: 1 h}, two: {at: b, time: 2 h},\n"
                      "                    three: {at: a, time: 1 h}}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                      "stations: {a: {queue: {room: 1}}, b: {queue: {room: 1}}}\n");
    cr_expect_null(world.why);
    EXPECT_LEAVES(&world, "0@4 1@6");
    world_close(&world);
}

Test(floor, who_waits_for_a_card_leaves_the_machine_to_others) {
    /* Both cards are out: p has one at d until 21, r took one to b. At 2 q is done at a and waits
     * for a card, but not on the machine: at 3 r is done at b and starts there, though there is no
     * room to wait. At 21 p gives its card to q. */
    struct world world;
    world_run(&world, "run: {length: 30 h}\n"
                      "items:\n"
                      "  p: {route: {b: 1 h, d: 20 h}}\n"
                      "  q: {route: {a: 2 h, b: 1 h, d: 0 h}}\n"
                      "  r: {route: {b: 2 h, a: 1 h, d: 0 h}}\n"
                      "releases:\n"
                      "  p: {item: p, at: [0 h]}\n"
                      "  q: {item: q, at: [0 h]}\n"
                      "  r: {item: r, at: [1 h]}\n"
                      "cards: {loop: {count: 2, from: b, to: d}}\n"
                      "stations: {a: {queue: {room: 0}}, b: 1, d: 1}\n");
    cr_expect_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "a", "0/1/1 3/1/2");
    EXPECT_LEAVES(&world, "0@21 2@21 1@22");
    expect_value(&world, "cards.loop.wait.max", 19);
    expect_value(&world, "cards.loop.in-use.max", 2);
    world_close(&world);
}

Test(floor, lots_that_nothing_will_move_are_a_starvation_and_named) {
    expect_stop("run: {length: until empty}\n"
                "items: {x: {route: {saw: 1 h, oven: 1 h/batch}}}\n"
                "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
                "stations: {saw: 1, oven: {batch: {min: 3, max: 3}}}\n",
                "starvation: 2 lots are inside and nothing will move them; 2 wait at oven");
}

Test(floor, shifts_and_failures_without_end_hide_no_starvation) {
    expect_stop(
        "run: {length: until empty}\n"
        "calendars: {day: {cycle: {work: 8 h, rest: 16 h}}}\n"
        "items: {x: {route: {saw: 1 h, oven: 1 h/batch}}}\n"
        "releases: {in: {item: x, at: [0 h, 0 h]}}\n"
        "stations: {saw: {calendar: day}, oven: {batch: {min: 3, max: 3}, failures:\n"
        "  {jam: {clock: up, after: 9 h, lasts: 1 h}}}}\n",
        "starvation: 2 lots are inside and nothing has moved for ten years; 2 wait at oven");
}

Test(floor, lots_that_wait_for_a_batch_when_a_run_ends_are_no_fault) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {oven: 1 h/batch}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 0 h]}}\n"
                      "stations: {oven: {batch: {min: 2, max: 2}}}\n");
    cr_expect_null(world.why);
    expect_value(&world, "system.output", 2);
    expect_value(&world, "system.wip.now", 1);
    world_close(&world);
}

Test(floor, a_batch_that_its_room_does_not_hold_is_refused) {
    struct takt_scenario *scenario;
    cr_expect_eq(world_read("run: {length: 20 h}\n"
                            "items: {x: {route: {oven: 1 h/batch}}}\n"
                            "releases: {in: {item: x, at: [0 h]}}\n"
                            "stations: {oven: {batch: {min: 2, max: 3}, queue: {room: 1}}}\n",
                            &scenario),
                 TAKT_BAD_SCENARIO);
    takt_scenario_delete(scenario);
}

Test(floor, work_without_end_in_one_instant_is_a_livelock) {
    expect_stop("run: {length: 20 h}\n"
                "items: {x: {route: {saw: {time: 0 s, rework: {share: 100 %, then: pass}}}}}\n"
                "releases: {in: {item: x, at: [1 h], lot: 1}, more: {item: x, at: [1 h]}}\n"
                "stations: {saw: 1}\n",
                "at 1 h: livelock");
}
