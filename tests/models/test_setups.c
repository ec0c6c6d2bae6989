/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setups: when they are due, how long they take, and who goes next because of them. All traces are
 * worked out by hand. */
#include "world.h"

/* One machine, work of one hour, and lots of these items at time zero. */
#define SHOP(STATION, ITEMS, ORDERS)                                                               \
    "run: {length: until empty}\n"                                                                 \
    "stations: {s: {time: 1 h, " STATION "}}\n"                                                    \
    "items: {" ITEMS "}\n"                                                                         \
    "releases: {r: {list: [" ORDERS "]}}\n"
#define A   "{at: 0 h, item: a}"
#define B   "{at: 0 h, item: b}"
#define C   "{at: 0 h, item: c}"
#define ABC "a: {route: s}, b: {route: s}, c: {route: s}"

static void expect_leaves(const char *text, const char *right) {
    struct world world;
    world_run(&world, text);
    EXPECT_LEAVES(&world, right);
    world_close(&world);
}

#define MATRIX                                                                                     \
    "setup: {time: [{to: a, time: 3 h}, {from: a, to: b, time: 2 h}, {from: b, to: c, time: 5 h}," \
    " {time: 7 h}]}"

Test(setups, matrix_gives_the_time_from_one_to_the_other) {
    expect_leaves(SHOP("tool: a, " MATRIX, ABC, A "," B "," C "," A "," C),
                  "0@1 1@4 2@10 3@14 4@22");
}

Test(setups, machine_without_a_setup_comes_from_any) {
    expect_leaves(SHOP(MATRIX, ABC, A "," B), "0@4 1@7");
}

Test(setups, least_setup_looks_at_the_matrix) {
    expect_leaves(SHOP("queue: least-setup, tool: b, " MATRIX, ABC, C "," A "," B),
                  "2@1 1@5 0@13"); /* b now, a in 3 h or c in 5 h, then c in 7 h */
}

Test(setups, family_needs_no_setup_between_its_items) {
    expect_leaves(SHOP("tool: x, setup: {when: family changes, time: 1 h}",
                       "a: {family: x, route: s}, b: {family: x, route: s}, c: {route: s}",
                       A "," B "," C "," A),
                  "0@1 1@2 2@4 3@6");
}

Test(setups, step_without_a_tool_takes_what_is_there) {
    expect_leaves(SHOP("tool: drill, setup: {when: tool changes, time: 1 h}",
                       "a: {route: {s: {tool: drill}}}, b: {route: s}, c: {route: {s: {tool: "
                       "mill}}}",
                       A "," B "," A "," C),
                  "0@1 1@2 2@3 3@5");
}

Test(setups, steps_of_one_item_may_need_different_setups) {
    expect_leaves(SHOP("setup: {when: step changes, time: 1 h}",
                       "a: {route: {s: {}, again: {at: s}}}", A "," A),
                  "0@5 1@6"); /* set up, 2 lots, set up, 2 lots */
}

Test(setups, setup_may_be_due_after_so_many_pieces) {
    expect_leaves(SHOP("setup: {when: every 4 pieces, time: 1 h}", "a: {lot: 3, route: s}",
                       A "," A "," A "," A "," A),
                  "0@1 1@2 2@4 3@5 4@7");
}

Test(setups, run_goes_on_for_its_least_number_of_lots) {
    expect_leaves(SHOP("tool: a, setup: {time: 1 h, min-run: 2}", ABC, A "," B "," A "," B "," A),
                  "0@1 2@2 1@4 3@5 4@7");
}

Test(setups, run_ends_early_when_none_of_its_kind_waits) {
    expect_leaves(SHOP("tool: a, setup: {time: 1 h, min-run: 9}", ABC, A "," B "," A),
                  "0@1 2@2 1@4");
}

Test(setups, step_may_have_a_setup_of_its_own) {
    expect_leaves(
        SHOP("tool: a, setup: 1 h", "a: {route: s}, b: {route: {s: {setup: 4 h}}}", A "," B "," A),
        "0@1 1@6 2@8");
}

Test(setups, batch_holds_what_one_setup_fits) {
    expect_leaves(SHOP("setup: {when: family changes, time: 1 h}, batch: {max: 3, of: any}",
                       "a: {family: x, route: s}, b: {family: x, route: s}, c: {route: s}",
                       A "," C "," B),
                  "0@2 2@2 1@4");
}

#define POLLING(MORE)                                                                              \
    "run: {length: 20 h}\n"                                                                        \
    "stations: {s: {time: 1 h, setup: {time: 30 min, idle: cycle}" MORE "}}\n"                     \
    "items: {a: {route: s}, b: {route: s}}\n"                                                      \
    "releases: {r: {list: [{at: 10.2 h, item: a}, {at: 15.2 h, item: b}]}}\n"

Test(setups, idle_machine_turns_until_something_comes) {
    struct world world;
    world_run(&world, POLLING(""));
    /* At 10 it turns to a; at 11.5 to b, so at 15 to a again, and only then to b. */
    EXPECT_LEAVES(&world, "0@11.5 1@17");
    expect_value(&world, "stations.s.states.setup", 18. / 20);
    world_close(&world);
}

Test(setups, turn_that_is_stopped_goes_on_where_it_was) {
    expect_leaves(POLLING(", failures: {f: {clock: calendar, after: 10.1 h, lasts: 1 h}}"),
                  "0@12.5 1@17");
}

Test(setups, turning_is_not_what_a_run_until_empty_waits_for) {
    struct world world;
    world_run(&world, "run: {length: until empty}\n"
                      "stations: {s: {time: 1 h, setup: {time: 30 min, idle: cycle}}}\n"
                      "items: {a: {route: s}, b: {route: s}}\n"
                      "releases: {r: {list: [{at: 10.2 h, item: a}]}}\n");
    cr_expect_null(world.why);
    expect_value(&world, "system.makespan", 11.5);
    world_close(&world);
}

Test(setups, mistakes_are_named) {
    world_expect_fault(SHOP("setup: {time: [{from: a, to: b, time: 2 h}]}", ABC, A),
                       "has no time from 'b' to 'a'");
    world_expect_fault(SHOP("setup: {time: [{from: z, to: b, time: 2 h}, {time: 1 h}]}", ABC, A),
                       "no item 'z' comes to station 's'");
    world_expect_fault(SHOP("setup: {time: [{time: 2 h}, {time: 1 h}]}", ABC, A), "is given twice");
    world_expect_fault(SHOP("setup: {when: every N pieces, time: 2 h}", ABC, A),
                       "how many pieces?");
    world_expect_fault(SHOP("setup: {when: tool changes}", ABC, A), "'time' must be given");
    world_expect_fault(SHOP("tool: z, setup: 1 h", ABC, A),
                       "no step at station 's' wants the setup 'z'");
    world_expect_fault(SHOP("queue: fifo", "a: {route: {s: {setup: 1 h}}}", A),
                       "speaks of a setup");
    world_expect_fault(SHOP("setup: {time: 0 h, idle: cycle}", ABC, A), "without any time passing");
}
