/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad pieces and inspections, where chance has nothing to say. */
#include "world.h"

/* Ten lots of four, all of it bad at the first step. */
static void inspected(const char *inspect, const char *path, double right) {
    char text[600];
    struct world world;
    snprintf(text, sizeof text,
             "run: {length: until empty}\n"
             "items: {x: {lot: 4, route: {a: {time: 1 h, defects: 100 %%}, b: {time: 1 h%s},\n"
             "  c: {time: 1 h, next: out}, again: {time: 2 h, next: b}}}}\n"
             "releases: {in: {item: x, at: [0 h], size: 40}}\n"
             "stations: {a: 1, b: 1, c: 1, again: 1}\n",
             inspect);
    world_run(&world, text);
    expect_value(&world, path, right);
    world_close(&world);
}

Test(quality, what_nobody_looks_for_leaves) {
    inspected("", "system.output", 40);
    inspected("", "system.defect-ratio", 1);
    inspected(", inspect: {finds: 0 %}", "system.defect-ratio", 1);
}

Test(quality, what_is_found_is_lost) {
    inspected(", inspect: {}", "system.scrap-ratio", 1);
    inspected(", inspect: {}", "stations.c.throughput", 0);
    inspected(", inspect: {pieces: 1}", "system.output", 30);
    inspected(", inspect: {pieces: 3}", "system.defect-ratio", 1);
    inspected(", inspect: {pieces: 1, accept: 1}", "system.output", 40);
    inspected(", inspect: {pieces: 2, accept: 1}", "system.scrap-ratio", 1);
}

Test(quality, what_is_worked_again_is_made_good) {
    inspected(", inspect: {}, rework: {share: bad, to: again}", "system.defect-ratio", 0);
    inspected(", inspect: {}, rework: {share: bad, to: again}", "system.rework-ratio", 1);
    inspected(", inspect: {}, rework: {share: bad, to: a, times: 2, then: pass}",
              "system.defect-ratio", 1);
    inspected(", inspect: {}, rework: {share: bad, to: a, times: 2}", "system.scrap-ratio", 1);
}

Test(quality, rework_of_what_is_bad_needs_an_inspection) {
    world_expect_fault("run: {length: 20 h}\n"
                       "items: {x: {route: {a: {time: 1 h, rework: {share: bad}}}}}\n"
                       "releases: {in: {item: x, at: [0 h]}}\n"
                       "stations: {a: 1}\n",
                       "works bad lots again, but does not inspect");
}
