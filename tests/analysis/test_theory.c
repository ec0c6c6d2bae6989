/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which formula holds for a scenario, and what keeps it from being exact. The numbers themselves
 * are checked against all known answers by test_theory.py. */
#include "../../analysis/theory/theory.h"
#include "../models/world.h"

struct known {
    struct world world;
    struct arena arena;
    struct theory *theory;
};

static void known_open(struct known *known, const char *text) {
    *known = (struct known){0};
    world_open(&known->world, text);
    known->theory = theory_make(&known->arena, known->world.prepared);
}

static void known_close(struct known *known) {
    arena_clear(&known->arena);
    world_close(&known->world);
}

static const struct theory_model *model_of(const struct known *known, const char *object) {
    for (int32_t i = 0; i < known->theory->model_count; i++)
        if (strcmp(known->theory->models[i]->object, object) == 0) return known->theory->models[i];
    return NULL;
}

/* One object of a scenario: the kind of its theory, and a piece of its formula's name or reason. */
static void expect_model(const char *text, const char *object, enum theory_kind kind,
                         const char *part) {
    struct known known;
    known_open(&known, text);
    const struct theory_model *model = model_of(&known, object);
    cr_assert(model, "%s: nothing of %s", text, object);
    cr_expect(model->kind == kind, "%s: %d, '%s'", text, (int)model->kind,
              model->why ? model->why : model->name);
    const char *said = kind == THEORY_EXACT ? model->name : model->why;
    cr_expect(said && strstr(said, part), "%s: '%s', not '%s'", text, said ? said : "", part);
    known_close(&known);
}

static void expect_theory(const char *text, const char *path, enum theory_kind kind,
                          double wanted) {
    struct known known;
    known_open(&known, text);
    const struct theory_model *model;
    const struct theory_value *value = theory_find(known.theory, path, &model);
    cr_assert(value, "%s: nothing for %s", text, path);
    cr_expect(value->kind == kind, "%s: %s is of kind %d", text, path, (int)value->kind);
    cr_expect(fabs(value->value - wanted) <= 1e-6 * fabs(wanted), "%s: %s is %.9g, not %.9g", text,
              path, value->value, wanted);
    known_close(&known);
}

#define ONE                                                                                        \
    "run: {length: 100 h}\n"                                                                       \
    "items: {part: {route: [saw]}}\n"
#define POISSON "releases: {in: {item: part, rate: 0.8 /h}}\n"

/* ---- one station ---- */

Test(theory, exponential_work_is_erlangs) {
    expect_model(ONE POISSON "stations: {saw: {machines: 2, time: exponential(2 h)}}\n",
                 "station saw", THEORY_EXACT, "M/M/2");
    expect_theory(ONE POISSON "stations: {saw: {time: exponential(1 h)}}\n", "system.cycle-time",
                  THEORY_EXACT, 5);
}

Test(theory, machines_that_differ_in_speed_are_exact_when_work_is_exponential) {
#define UNEVEN(TIME)                                                                               \
    ONE POISSON "stations: {saw: {time: " TIME ", machines: {a: {speed: 2}, b: {}}}}\n"
    expect_model(UNEVEN("exponential(1 h)"), "station saw", THEORY_EXACT, "M/M/2 with machines");
    expect_model(UNEVEN("1 h"), "station saw", THEORY_APPROXIMATE, "mean speed");
    expect_model(ONE POISSON
                 "stations: {saw: {time: exponential(1 h),\n"
                 "    machines: {a: {failures: {jam: {after: 9 h, lasts: 1 h}}}, b: {}}}}\n",
                 "station saw", THEORY_NONE, "its machines differ");
    expect_theory(ONE
                  "releases: {in: {item: part, rate: 2 /h}}\n"
                  "stations: {saw: {time: exponential(1 h), machines: {a: {speed: 2}, b: {}}}}\n",
                  "stations.saw.queue.length", THEORY_EXACT, 1.0909090909);
}

Test(theory, other_work_on_one_machine_is_exact_and_on_two_approximate) {
    expect_model(ONE POISSON "stations: {saw: {time: gamma(mean=1 cv=2) h}}\n", "station saw",
                 THEORY_EXACT, "M/G/1");
    expect_model(ONE POISSON "stations: {saw: {machines: 2, time: 1 h}}\n", "station saw",
                 THEORY_APPROXIMATE, "not exponential");
}

Test(theory, arrivals_that_are_no_poisson_stream_are_exact_only_for_exponential_work) {
    const char *exponential = ONE "releases: {in: {item: part, every: erlang(2 mean=1.25 h)}}\n"
                                  "stations: {saw: {time: exponential(1 h)}}\n";
    const char *general = ONE "releases: {in: {item: part, every: erlang(2 mean=1.25 h)}}\n"
                              "stations: {saw: {time: gamma(mean=1 cv=0.5) h}}\n";
    expect_model(exponential, "station saw", THEORY_EXACT, "GI/M/1");
    expect_model(general, "station saw", THEORY_APPROXIMATE, "no Poisson stream");
    /* E2/M/1: s^2 + ... has the root s of s = (1 + .625 (1 - s))^-2, found by hand: .717157. */
    double s = 0.5;
    for (int32_t i = 0; i < 200; i++) s = pow(1 + 0.625 * (1 - s), -2);
    expect_theory(exponential, "stations.saw.queue.wait", THEORY_EXACT, s / (1 - s));
}

Test(theory, an_order_that_does_not_look_at_the_work_changes_no_mean) {
    const char *lifo = ONE POISSON "stations: {saw: {queue: lifo, time: gamma(mean=1 cv=2) h}}\n";
    const char *longest = ONE POISSON "stations: {saw: {queue: lpt, time: gamma(mean=1 cv=2) h}}\n";
    expect_theory(lifo, "stations.saw.queue.wait", THEORY_EXACT, 10);
    expect_model(longest, "station saw", THEORY_APPROXIMATE, "rule");
}

Test(theory, more_work_than_can_be_done_has_no_theory) {
    expect_model(ONE POISSON "stations: {saw: {time: exponential(2 h)}}\n", "station saw",
                 THEORY_NONE, "without end");
}

Test(theory, a_station_that_closes_has_a_load_and_no_wait) {
    const char *text = "calendars: {day: {hours: [06:00-18:00]}}\n" ONE
                       "releases: {in: {item: part, rate: 0.2 /h}}\n"
                       "stations: {saw: {time: exponential(1 h), calendar: day}}\n";
    expect_model(text, "station saw", THEORY_NONE, "calendar");
    expect_theory(text, "stations.saw.utilization", THEORY_EXACT, 0.4);
}

Test(theory, failures_are_exact_as_long_as_their_conditions_hold) {
#define FAILING(STOP) ONE POISSON "stations: {saw: {time: 1 h, failures: {break: {" STOP "}}}}\n"
    expect_model(FAILING("after: exponential(100 h), lasts: uniform(5 15) h"), "station saw",
                 THEORY_EXACT, "M/G/1 with failures");
    expect_model(FAILING("after: 100 h, lasts: 10 h"), "station saw", THEORY_APPROXIMATE,
                 "not exponential");
    expect_model(FAILING("after: exponential(100 h), lasts: 10 h, then: restart"), "station saw",
                 THEORY_APPROXIMATE, "spoils");
    expect_model(FAILING("clock: up, after: exponential(100 h), lasts: exponential(10 h)"),
                 "station saw", THEORY_EXACT, "any time");
}

Test(theory, a_setup_of_every_lot_is_part_of_its_work) {
    expect_theory(ONE "releases: {in: {item: part, rate: 0.5 /h}}\n"
                      "stations: {saw: {time: 1 h, setup: {when: lot changes, time: 0.6 h}}}\n",
                  "stations.saw.queue.wait", THEORY_EXACT, 0.8 * 1.6 / 2 / 0.2);
}

Test(theory, a_setup_between_items_is_approximate) {
    expect_model("run: {length: 100 h}\n"
                 "items: {a: {route: [saw]}, b: {route: [saw]}}\n"
                 "releases: {in: {item: {a: 50 %, b: 50 %}, rate: 0.5 /h}}\n"
                 "stations: {saw: {time: 1 h, setup: 0.6 h}}\n",
                 "station saw", THEORY_APPROXIMATE, "lot before");
}

/* ---- what is not known ---- */

Test(theory, a_key_that_no_formula_knows_is_never_exact) {
    const char *text = ONE POISSON "stations: {saw: {time: exponential(1 h)}}\n";
    struct known known;
    known_open(&known, text);
    struct node *root = (struct node *)known.world.prepared->arm.root; /* as a new key would be */
    struct node *saw = node_child(node_child(root, "stations"), "saw");
    cr_expect(!theory_unknown(&known.arena, root, "stations.saw"));
    struct node *key = node_make(&known.arena, NODE_TEXT, saw->place);
    key->key = "teleport", key->text = "yes";
    node_append(saw, key);
    const struct theory *theory = theory_make(&known.arena, known.world.prepared);
    cr_expect(theory->models[0]->kind == THEORY_APPROXIMATE);
    cr_expect(strstr(theory->models[0]->why, "teleport"), "%s", theory->models[0]->why);
    known_close(&known);
}

Test(theory, a_rate_that_changes_has_no_long_run) {
    expect_model("drivers: {volume: 1 + 0.1 /d * now}\n" ONE
                 "releases: {in: {item: part, rate: 0.5 /h * volume}}\n"
                 "stations: {saw: {time: exponential(1 h)}}\n",
                 "the whole floor", THEORY_NONE, "changes with time");
    expect_model("drivers: {volume: 1.2}\n" ONE
                 "releases: {in: {item: part, rate: 0.5 /h * volume}}\n"
                 "stations: {saw: {time: exponential(1 h)}}\n",
                 "station saw", THEORY_EXACT, "M/M/1");
}

Test(theory, work_that_changes_with_time_has_none) {
    expect_model("drivers: {speed: 1 + 0.1 /d * now}\n" ONE POISSON
                 "stations: {saw: {time: exponential(1 h * speed)}}\n",
                 "station saw", THEORY_NONE, "expression");
    expect_model("drivers: {speed: 0.5}\n" ONE POISSON
                 "stations: {saw: {time: exponential(1 h * speed)}}\n",
                 "station saw", THEORY_EXACT, "M/M/1");
}

Test(theory, lots_that_come_several_at_once_are_no_poisson_stream) {
    expect_model(ONE "releases: {in: {item: part, rate: 0.2 /h, size: 3}}\n"
                     "stations: {saw: {time: exponential(1 h)}}\n",
                 "station saw", THEORY_APPROXIMATE, "several at once");
}

/* ---- networks ---- */

#define TWO(SAW, DRILL)                                                                            \
    "run: {length: 100 h}\n"                                                                       \
    "items: {part: {route: [saw, drill]}}\n" POISSON "stations: {saw: {" SAW "}, drill: {" DRILL   \
    "}}\n"

Test(theory, what_leaves_an_exponential_station_is_a_poisson_stream) {
    /* Burke 1956: so the second station is an M/G/1 by itself. */
    expect_theory(TWO("time: exponential(1 h)", "time: 1 h"), "stations.drill.queue.wait",
                  THEORY_EXACT, 2);
    expect_model(TWO("time: 1 h", "time: exponential(1 h)"), "station drill", THEORY_APPROXIMATE,
                 "saw has work");
    expect_theory(TWO("time: 5 h, machines: unlimited", "time: 1 h"), "system.cycle-time",
                  THEORY_EXACT, 5 + 1 + 2);
}

Test(theory, little_room_ahead_blocks) {
    expect_model(TWO("time: exponential(1 h)", "time: exponential(1 h), queue: {room: 3}"),
                 "station saw", THEORY_APPROXIMATE, "blocks");
}

Test(theory, scrap_thins_what_goes_on) {
    const char *text = TWO("time: exponential(1 h), scrap: 25 %", "time: exponential(1 h)");
    expect_theory(text, "stations.drill.queue.wait", THEORY_EXACT, 1.5);
    expect_theory(text, "system.throughput", THEORY_EXACT, 0.6);
}

Test(theory, the_bottleneck_is_the_station_with_most_load) {
    struct known known;
    known_open(&known, TWO("time: exponential(1 h)", "time: exponential(1.1 h)"));
    cr_expect(strstr(known.theory->bottleneck, "drill"), "%s", known.theory->bottleneck);
    known_close(&known);
}

/* ---- lines ---- */

#define LINE(ROOM, TIME)                                                                           \
    "run: {length: 100 h}\n"                                                                       \
    "items: {part: {route: [saw, drill]}}\n"                                                       \
    "releases: {in: {item: part, when: always}}\n"                                                 \
    "stations: {saw: {time: " TIME "}, drill: {time: " TIME ROOM "}}\n"

Test(theory, saturated_lines) {
    expect_theory(LINE(", queue: {room: 2}", "exponential(1 h)"), "system.throughput", THEORY_EXACT,
                  0.8);
    expect_theory(LINE(", queue: {room: 2}", "1 h"), "system.throughput", THEORY_EXACT, 1);
    expect_theory(LINE("", "gamma(mean=2 cv=1) h"), "system.throughput", THEORY_EXACT, 0.5);
    expect_model(LINE(", queue: {room: 2}", "uniform(0 2) h"), "the line", THEORY_APPROXIMATE,
                 "pairs of them");
    expect_theory(LINE(", queue: {room: 5}",
                       "exponential(1 h), failures: {jam: {after: exponential(100 h), "
                       "lasts: exponential(10 h)}}"),
                  "system.throughput", THEORY_EXACT, 0.7561968);
}

Test(theory, closed_lines) {
    const char *cards = "cards: {loop: {count: 3, from: saw, to: drill}}\n";
    char text[1000];
    snprintf(text, sizeof text, "%s%s", LINE("", "exponential(1 h)"), cards);
    expect_theory(text, "system.throughput", THEORY_EXACT, 0.75);
    snprintf(text, sizeof text, "%s%s", LINE("", "1 h"), cards);
    expect_theory(text, "system.throughput", THEORY_EXACT, 1);
    snprintf(text, sizeof text, "%s%s", LINE("", "gamma(mean=1 cv=0.5) h"), cards);
    expect_model(text, "the line", THEORY_APPROXIMATE, "not exponential");
}

/* ---- stocks ---- */

#define STOCK(SUPPLIER, STORE, USERS)                                                              \
    "run: {length: 100 d}\nitems: {part: {}}\n"                                                    \
    "suppliers: {maker: {supplies: part, " SUPPLIER "}}\n"                                         \
    "stocks: {store: {holds: part, from: maker, start: 12, reorder: {" STORE "}}}\n"               \
    "customers: {users: {buys: part, from: store, " USERS "}}\n"
#define BASE "policy: base-stock, level: 12"

Test(theory, orders_that_cannot_cross_must_take_equally_long) {
    expect_model(STOCK("lead-time: exponential(2 d)", BASE, "rate: 5 /d"), "stock store",
                 THEORY_EXACT, "one for one");
    expect_model(STOCK("lead-time: exponential(2 d), crossing: no", BASE, "rate: 5 /d"),
                 "stock store", THEORY_APPROXIMATE, "before them");
    expect_model(STOCK("lead-time: 2 d, crossing: no", BASE, "rate: 5 /d"), "stock store",
                 THEORY_EXACT, "one for one");
}

Test(theory, demand_of_several_units_is_no_unit_demand) {
    expect_model(STOCK("lead-time: 2 d", BASE, "rate: 5 /d, size: 3"), "stock store", THEORY_NONE,
                 "single units");
}

Test(theory, lost_sales_are_erlangs) {
    expect_theory(
        STOCK("lead-time: 2 d", "policy: base-stock, level: 10", "rate: 5 /d, if-short: lose"),
        "stocks.store.fill", THEORY_EXACT, 1 - 0.21458234);
}

Test(theory, reviews_fit_demands_or_there_is_no_theory) {
    expect_model(STOCK("lead-time: 2 d", BASE ", every: 1 d",
                       "every: 1 d, size: poisson(4), "
                       "if-short: part-wait"),
                 "stock store", THEORY_EXACT, "reviews");
    expect_model(STOCK("lead-time: 2 d", BASE ", every: 2 d",
                       "every: 1 d, size: poisson(4), "
                       "if-short: part-wait"),
                 "stock store", THEORY_NONE, "known law");
    expect_model(STOCK("lead-time: 1.5 d", BASE ", every: 1 d",
                       "every: 1 d, size: poisson(4), "
                       "if-short: part-wait"),
                 "stock store", THEORY_NONE, "fit");
}

Test(theory, waiting_for_parts_of_its_own_is_not_passed_over) {
    expect_model("run: {length: 9 h}\n"
                 "items: {leg: {route: [turn]}, stool: {uses: {leg: 3}, route: [glue]}}\n"
                 "stations: {turn: {time: exponential(5 min)}, glue: {time: exponential(9 min)}}\n"
                 "releases: {orders: {item: stool, rate: 2 /h}}\n",
                 "item stool", THEORY_NONE, "parts that are made for them");
}

#define LEFT  "left: {route: [a]}, "
#define RIGHT "right: {route: [b]}, "
#define THIRD "third: {route: [c]}, "
#define FORK(ITEMS, PARTS, JOIN)                                                                   \
    "run: {length: 9 h}\n"                                                                         \
    "items: {" ITEMS "job: {uses: {" PARTS "}, route: [join]}}\n"                                  \
    "stations: {a: {time: exponential(1 h)}, b: {time: exponential(1 h)}, c: {time: "              \
    "exponential(1 h)}, d: {time: exponential(30 min)}, join: {" JOIN "}}\n"                       \
    "releases: {jobs: {item: job, rate: 0.5 /h}}\n"
#define AT_ONCE "time: 0 h, machines: unlimited"

/* (12 - 1/2) / 8 times the 2 h of one M/M/1. Three of them: H3 / H2 = 11/9, so
 * 11/9 + 4/22 (1 - 11/9) = 1.1818 times that. */
Test(theory, the_last_of_two_like_parts_is_known_of_more_nearly) {
    const char *two = FORK(LEFT RIGHT, "left: 1, right: 1", AT_ONCE);
    expect_theory(two, "items.job.cycle-time", THEORY_EXACT, 11.5 / 8 * 2);
    expect_theory(two, "items.left.cycle-time", THEORY_EXACT, 2);
    expect_theory(FORK(LEFT RIGHT THIRD, "left: 1, right: 1, third: 1", AT_ONCE),
                  "items.job.cycle-time", THEORY_APPROXIMATE,
                  (11.0 / 9 - 4.0 / 22 * 2 / 9) * 11.5 / 8 * 2);
    expect_theory(FORK(LEFT, "left: 1", AT_ONCE), "items.job.cycle-time", THEORY_EXACT, 2);
}

Test(theory, parts_of_other_kinds_are_not_known) {
    expect_model(FORK(LEFT "third: {route: [d]}, ", "left: 1, third: 1", AT_ONCE), "item job",
                 THEORY_NONE, "parts that are made for them");
    expect_model(FORK("left: {route: [d]}, ", "left: 2", AT_ONCE), "station d", THEORY_APPROXIMATE,
                 "several lots of parts");
    /* What comes to the join is no Poisson stream. */
    expect_model(FORK(LEFT RIGHT, "left: 1, right: 1", "time: exponential(1 h)"), "station join",
                 THEORY_APPROXIMATE, "when their parts are made");
}
