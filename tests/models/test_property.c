/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worlds made at random from all blocks that compose, to see that what must always hold does: no
 * check fires, lots and time are conserved, Little's law is an identity, and a run leaves nothing
 * behind for the next. */
#include "maker_chain.h"
#include "maker_floor.h"

#include <inttypes.h>

enum { WORLDS = 300 };

/* TAKT_WORLDS in the environment makes so many of them; TAKT_WORLDS_FROM begins later,
 * TAKT_WORLDS_SHOW writes each down: `takt run FILE --seed NUMBER` runs the same. */
static uint64_t number_given(const char *name, uint64_t otherwise) {
    const char *given = getenv(name);
    return given ? strtoull(given, NULL, 10) : otherwise;
}

static void make_things(struct maker *maker) {
    if (maker->lanes) make_lanes(maker);
    say(maker, "items:\n");
    for (int32_t i = 0; i < maker->items; i++) make_item(maker, i);
    if (maker->kits) make_kits(maker);
    if (maker->chain)
        say(maker,
            "  bolt: {weight: 100 g, volume: 0.3 l, planning: {lots: %s, order-cost: 9 EUR}%s}\n"
            "  steel: {weight: 3 kg, volume: 1.1 l%s}\n  rod: {weight: 1 kg, volume: 2 l, cost: 2 "
            "EUR}\n",
            lots(maker), maker->until_empty ? "" : ANY(maker, "", ", shelf-life: 5 h"),
            ANY(maker, "", ", shelf-life: 9 h")); /* goods that expire may never be enough */
    say(maker, "stations:\n");
    for (int32_t i = 0; i < maker->stations; i++) make_station(maker, i);
    for (int32_t i = 0; i < maker->stations; i++)
        if (maker->others[i]) make_other(maker, i);
    if (maker->cards) make_cards(maker);
}

static void make_world(struct maker *maker, uint64_t seed) {
    *maker = (struct maker){.state = seed * UINT64_C(0x9e3779b97f4a7c15)};
    dice(maker, 2);
    maker->stations = 2 + (int32_t)dice(maker, STATIONS_MOST - 1);
    maker->items = 1 + (int32_t)dice(maker, ITEMS_MOST);
    maker->until_empty = one_in(maker, 2);
    maker->rooms = one_in(maker, 2);
    maker->cards = one_in(maker, 4);
    maker->chain = one_in(maker, 3);
    maker->plans = maker->chain && one_in(maker, 2);
    maker->requirements = maker->plans && one_in(maker, 2);
    maker->big = maker->plans && !maker->requirements && one_in(maker, 2);
    maker->scrap = one_in(maker, 2);
    for (int32_t i = 0; i < STATIONS_MOST; i++) {
        maker->setups[i] = one_in(maker, 3);
        maker->pipes[i] = one_in(maker, 3) ? 1 + dice(maker, maker->setups[i] ? 1 : 2) : 0;
        maker->transfers[i] = one_in(maker, 6);
        maker->batches[i] = !maker->pipes[i] && !maker->transfers[i] && one_in(maker, 4);
        maker->bonds[i] = !maker->rooms && !maker->cards && one_in(maker, 4);
    }
    for (int32_t i = 0; i < maker->stations && seed % 3 == 1; i++)
        maker->others[i] = !maker->bonds[i] && maker->pipes[i] != 2 && one_in(maker, 2);
    maker->routes = seed % 4 < 2 && seed % 3 != 0;
    maker->crews = one_in(maker, 2);
    maker->standing = one_in(maker, 4);
    maker->quality = one_in(maker, 3);
    maker->shuffles = one_in(maker, 3);
    maker->samples = one_in(maker, 3);
    maker->lanes = one_in(maker, 2) && !(maker->cards && maker->chain);
    /* Lots with cards would wait for parts that wait for the same cards. */
    maker->kits = !maker->cards && one_in(maker, 3);
    if (maker->until_empty)
        say(maker, "run: {length: until empty}\n");
    else
        say(maker, "run: {length: 2 d, warm-up: %s, horizons: [11 h]}\n",
            ANY(maker, "0 h", "10 h"));
    say(maker, "record: {active: %s, queue-work: %s}\n", maker->items % 2 ? "yes" : "no ",
        maker->stations % 2 ? "yes" : "no ");
    say(maker, "calendars:\n"
               "  turns: {cycle: {work: 5 h, rest: 1 h}}\n"
               "  days: {hours: [06:00-14:00, 14:00-05:00], breaks: 12:00-12:30}\n");
    if (maker->crews) make_crews(maker);
    make_things(maker);
    say(maker, "releases:\n");
    for (int32_t i = 0; i < maker->items; i++) make_release(maker, i);
    if (maker->kits) say(maker, "  sets: {item: set, at: [0 h, 5 h, 5 h], size: 3}\n");
    for (int32_t i = 0; i < maker->items && maker->standing; i++)
        if (one_in(maker, 2)) make_standing(maker, i);
    if (maker->chain) make_chain(maker);
    if (one_in(maker, 2)) make_programmes(maker);
}

/* ---- what must hold ---- */
static void states_sum_to_one(const struct world *world) {
    for (int32_t s = 0; s < world->plant->station_count; s++) {
        const struct station_state *station = &world->run->stations[s];
        int64_t sum = 0, machines = 0;
        for (int32_t i = 0; i < STATE_COUNT; i++) {
            tick time = clock_time(station->moment[i], station->in_state[i], world->run->now);
            cr_assert_geq(time, 0);
            cr_assert_geq(station->in_state[i], 0);
            sum += time;
            machines += station->in_state[i];
        }
        if (world->plant->stations[s].unlimited) continue;
        cr_assert_eq(machines, world->plant->stations[s].machine_count);
        cr_assert_eq(sum, machines * (world->run->now - world->run->measured_from));
    }
}

/* Overall equipment effectiveness is the product of three shares. */
static void effect_is_a_product(const struct world *world, const char *object) {
    static const char *const factors[] = {"availability", "effectiveness", "quality"};
    double product = 1;
    char path[128];
    for (int32_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "stations.%s.%s", object, factors[i]);
        double factor = world_value(world, path);
        cr_assert(!(factor > 1 + 1e-12), "%s is %g", path, factor);
        /* Work in vain is counted when it is begun again, so it may be of the warm-up. */
        cr_assert(!(factor < 0) || (i == 1 && world->run->measured_from > 0), "%s is %g", path,
                  factor);
        product *= factor;
    }
    snprintf(path, sizeof path, "stations.%s.oee", object);
    double oee = world_value(world, path);
    cr_assert(isnan(product) || fabs(oee - product) <= 1e-12, "%s is %g, not %g", path, oee,
              product);
}

static void machine_name(const struct world *world, int32_t id, char name[static 96]) {
    const struct machine_plan *machine = &world->plant->machines[id];
    snprintf(name, 96, "%s.machines.%s", world->plant->stations[machine->station].name,
             machine->name);
}

static void effects_are_products(const struct world *world) {
    for (int32_t s = 0; s < world->plant->station_count; s++)
        effect_is_a_product(world, world->plant->stations[s].name);
    for (int32_t id = 0; world->run->owns && id < world->plant->machine_count; id++) {
        char name[96];
        machine_name(world, id, name);
        if (world->plant->machines[id].own != NOBODY) effect_is_a_product(world, name);
    }
}

/* What machines with names did is what their station did. */
static void machines_are_their_station(const struct world *world) {
    const struct run *run = world->run;
    for (int32_t s = 0; run->owns && s < world->plant->station_count; s++) {
        const struct station_state *station = &run->stations[s];
        int64_t pieces = 0, cut_off = 0, bad = 0, posted = 0, count = 0;
        tick wasted = 0;
        for (int32_t id = 0; id < world->plant->machine_count; id++) {
            const struct machine_plan *machine = &world->plant->machines[id];
            if (machine->own == NOBODY || machine->station != s) continue;
            const struct own_state *own = &run->owns[machine->own];
            pieces += own->pieces;
            cut_off += own->cut_off;
            bad += own->bad;
            wasted += own->wasted;
            posted += own->hours.posted;
            count++;
        }
        if (!count) continue;
        cr_assert(pieces == station->pieces && cut_off == station->cut_off);
        cr_assert(bad == station->scrapped + station->reworked && wasted == station->wasted);
        cr_assert_leq(llabs(posted - station->hours.posted), 10 * count); /* each is rounded */
    }
}

/* One alone at a time; a station is it alone, or with others, or not at all. */
static void bottlenecks_share_the_time(const struct world *world) {
    double alone = 0;
    for (int32_t s = 0; world->plant->activity && s < world->plant->station_count; s++) {
        char path[128];
        snprintf(path, sizeof path, "stations.%s.active.sole", world->plant->stations[s].name);
        double sole = world_value(world, path);
        snprintf(path, sizeof path, "stations.%s.active.shifting", world->plant->stations[s].name);
        double shifting = world_value(world, path);
        if (world->plant->stations[s].unlimited || isnan(sole)) continue;
        cr_assert(sole >= 0 && shifting >= 0 && sole + shifting <= 1 + 1e-12);
        alone += sole;
    }
    cr_assert_leq(alone, 1 + 1e-12);
}

/* Work waits where lots do, and nowhere else. */
static void work_waits_in_queues(const struct world *world) {
    for (int32_t s = 0; world->run->backlogs && s < world->plant->station_count; s++) {
        const struct level *work = &world->run->backlogs[s].work;
        cr_assert(work->min >= 0 && work->now >= 0 && work->max >= work->now);
        cr_assert(world->run->stations[s].queue.count > 0 || work->now == 0);
        cr_assert(world->run->stations[s].queue.length.max > 0 || work->max == 0);
    }
}

/* What is measured besides changes nothing else: the same world without it has the same numbers. */
static void looking_changes_nothing(const struct world *world, struct maker *maker, uint64_t seed) {
    char *asks = strstr(maker->text, "queue-work: yes");
    if (!asks || seed % 4) return;
    memcpy(asks, "queue-work: no ", sizeof "queue-work: no " - 1);
    struct world blind;
    world_open(&blind, maker->text);
    world_replicate(&blind, seed, 1, false);
    const struct layout *layout = &world->plant->layout, *less = &blind.plant->layout;
    cr_assert_lt(less->column_count, layout->column_count);
    for (int32_t i = 0; i < less->column_count; i++) {
        int32_t column = layout_find(layout, less->columns[i].path);
        for (int32_t h = 0; h < less->horizon_count; h++)
            cr_assert_eq(memcmp(&blind.block[layout_at(less, h, i)],
                                &world->block[layout_at(layout, h, column)], sizeof(double)),
                         0, "world %llu: %s", (unsigned long long)seed, less->columns[i].path);
    }
    world_close(&blind);
}

/* The parts of the cycle time are all of it. */
static void times_sum_to_cycles(const struct world *world) {
    for (int32_t f = 0; f < world->plant->flow_count; f++) {
        const struct flow_state *flow = &world->run->flows[f];
        __int128 sum = 0;
        for (int32_t i = 0; i < PART_TIME_COUNT; i++) sum += flow->times[i].sum;
        cr_assert(sum == flow->cycle.sum, "flow %d", f);
    }
}

static void some_pieces_may_be_bad(const struct world *world) {
    for (int32_t f = 0; f < world->plant->flow_count; f++) {
        const struct flow_state *flow = &world->run->flows[f];
        cr_assert(flow->defective >= 0 && flow->defective <= flow->pieces, "flow %d", f);
    }
}

/* What lots of all items have in PATH, times their number where it is a mean; parts that are made
 * for lots are in no result of the system. */
static double sum_of_items(const struct world *world, const char *path, bool mean) {
    double sum = 0;
    char text[128];
    for (int32_t i = 0; i < world->plant->item_count; i++) {
        snprintf(text, sizeof text, "items.%s.%s", world->plant->items[i].name, path);
        double value = world_value(world, text);
        snprintf(text, sizeof text, "items.%s.cycle-time.count", world->plant->items[i].name);
        double count = mean ? world_value(world, text) : 1;
        if (count > 0) sum += count * value;
    }
    return sum;
}

/* L = lambda W without any error, when all that came has gone. */
static void little_is_an_identity(const struct world *world) {
    const struct run *run = world->run;
    for (int32_t s = 0; s < world->plant->station_count; s++) {
        const struct queue *queue = &run->stations[s].queue;
        cr_assert_eq(queue->count, 0);
        cr_assert(level_area(&queue->length, run->now) == queue->wait.sum, "station %d", s);
    }
    cr_assert_eq(run->released, run->finished + run->scrapped_lots + run->gone);
    double span = (double)run->now / (double)TICK_H,
           spent = sum_of_items(world, "wip", false) * span + (double)run->earlier / (double)TICK_H,
           cycles = sum_of_items(world, "cycle-time", true);
    if (run->scrapped_lots + run->gone == 0)
        cr_assert(run->finished == 0 || fabs(spent - cycles) <= 1e-9 * cycles);
    else
        cr_assert(isnan(cycles) || spent >= cycles * (1 - 1e-9));
}

static void cards_are_where_they_should_be(const struct world *world) {
    for (int32_t i = 0; i < world->plant->loop_count; i++) {
        cr_assert_eq(world->run->loops[i].free + world->run->loops[i].use.now,
                     loop_limit(&world->run->settings.loops[i]));
    }
}

/* Programmes make them twice as many at most; cards that have become too many go as they come back.
 */
static void no_more_lots_than_cards(const struct world *world) {
    for (int32_t i = 0; i < world->plant->loop_count; i++) {
        int64_t most = loop_limit(&world->plant->settings.loops[i]);
        if (world->plant->programme_count) most *= 2;
        if (world->plant->loops[i].counts == CARD_LOTS)
            cr_assert_leq(world->run->loops[i].use.now, most);
    }
}

static void rooms_hold_what_they_may(const struct world *world) {
    for (int32_t s = 0; s < world->plant->station_count; s++) {
        int32_t room = world->plant->settings.stations[s].room;
        if (room == INT32_MAX || world->plant->stations[s].unlimited) continue;
        /* A part may wait for each machine that is down but not closed. */
        cr_assert_leq(world->run->stations[s].queue.length.max,
                      room + world->plant->stations[s].machine_count, "station %d", s);
    }
}

static void check_world(struct maker *maker, uint64_t seed) {
    struct world world;
    world_open(&world, maker->text);
    world_replicate(&world, seed, 1, true);
    cr_assert_null(world.why, "world %llu stopped: %s\n%s", (unsigned long long)seed, world.why,
                   maker->text);
    states_sum_to_one(&world);
    times_sum_to_cycles(&world);
    effects_are_products(&world);
    machines_are_their_station(&world);
    some_pieces_may_be_bad(&world);
    bottlenecks_share_the_time(&world);
    work_waits_in_queues(&world);
    cards_are_where_they_should_be(&world);
    if (!maker->standing) { /* what stands on the floor at first asks neither cards nor room */
        no_more_lots_than_cards(&world);
        rooms_hold_what_they_may(&world);
    }
    if (maker->until_empty) little_is_an_identity(&world);
    size_t size = (size_t)world.plant->layout.value_count * sizeof(double);
    double *first = malloc(size);
    memcpy(first, world.block, size);
    world_replicate(&world, seed, 2, false);
    world_replicate(&world, seed, 1, false);
    cr_assert_eq(memcmp(first, world.block, size), 0);
    free(first);
    looking_changes_nothing(&world, maker, seed);
    struct log log;
    cr_assert_null(
        log_make(&world.scenario->scenario->arena, world.plant, seed, 1, INT32_MAX, &log));
    log_agrees(&world, &log);
    log_clear(&log);
    world_close(&world);
}

/* Quarters, so that several processes share the work and a fault names its part. */
static void check_worlds(uint64_t first) {
    struct maker *maker = calloc(1, sizeof *maker);
    uint64_t from = number_given("TAKT_WORLDS_FROM", 0),
             count = number_given("TAKT_WORLDS", WORLDS);
    for (uint64_t seed = from + first; seed < from + count; seed += 4) {
        make_world(maker, seed + 1);
        if (getenv("TAKT_WORLDS_SHOW"))
            fprintf(stderr, "# world %" PRIu64 "\ntakt: 1\n%s", seed + 1, maker->text);
        check_world(maker, seed + 1);
    }
    free(maker);
}

Test(property, what_must_hold_does_in_any_world_a) {
    check_worlds(0);
}
Test(property, what_must_hold_does_in_any_world_b) {
    check_worlds(1);
}
Test(property, what_must_hold_does_in_any_world_c) {
    check_worlds(2);
}
Test(property, what_must_hold_does_in_any_world_d) {
    check_worlds(3);
}
