/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well machines are used, in small worlds whose answers are worked out by hand. */
#include "world.h"

/* A lot of two pieces, 2 h each, from time 0 and from 10 h on; what STATION and STEP say. */
static void effect(const char *station, const char *step, double availability, double effectiveness,
                   double quality) {
    char text[500];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n"
             "items: {x: {lot: 2, route: {saw: {time: 2 h/piece%s}}}}\n"
             "releases: {in: {item: x, at: [0 h, 10 h]}}\n"
             "stations: {saw: {%s}}\n",
             step, station);
    struct world world;
    world_run(&world, text);
    expect_value(&world, "stations.saw.availability", availability);
    expect_value(&world, "stations.saw.effectiveness", effectiveness);
    expect_value(&world, "stations.saw.quality", quality);
    expect_value(&world, "stations.saw.oee", availability * effectiveness * quality);
    world_close(&world);
}

Test(effect, of_all_time_a_machine_works_that_share) {
    effect("machines: 1", "", 1, 8 / 20.0, 1);
    effect("machines: 2", "", 1, 8 / 40.0, 1);
    effect("setup: {when: lot changes, time: 1 h}", "", 18 / 20.0, 8 / 18.0, 1);
}

Test(effect, what_a_failure_spoils_is_counted_once) {
    /* From 3 to 4 it stands. The lot goes on; or begins again, 3 h in vain; or is lost, and then
     * it is a fault of quality, not of speed: 3 h at work for two pieces that are no good. */
    const char *jam = "interrupted: %s, failures: {jam: {clock: up, first: 3 h, after: 1 y, "
                      "lasts: 1 h}}";
    char text[200];
    snprintf(text, sizeof text, jam, "resume");
    effect(text, "", 19 / 20.0, 8 / 19.0, 1);
    snprintf(text, sizeof text, jam, "restart");
    effect(text, "", 19 / 20.0, 8 / 19.0, 1);
    snprintf(text, sizeof text, jam, "scrap");
    effect(text, "", 19 / 20.0, 7 / 19.0, 0.5);
}

Test(effect, a_piece_sent_back_is_no_good_piece) {
    /* Each lot is worked twice; the second time it passes, or is thrown away. */
    effect("machines: 1", ", rework: {share: 100 %, times: 1, then: pass}", 1, 16 / 20.0, 0.5);
    effect("machines: 1", ", rework: {share: 100 %, times: 1, then: scrap}", 1, 16 / 20.0, 0);
    effect("machines: 1", ", scrap: 100 %", 1, 8 / 20.0, 0);
}

Test(effect, delayed_is_the_share_of_lots_that_wait_at_all) {
    /* The second of the pair waits; the third comes as the second ends, and does not. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {x: {route: {saw: 2 h}}}\n"
                      "releases: {in: {item: x, at: [0 h, 0 h, 4 h, 9 h]}}\n"
                      "stations: {saw: 1}\n");
    expect_value(&world, "stations.saw.queue.delayed", 1 / 4.0);
    world_close(&world);
}
