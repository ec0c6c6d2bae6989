/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>

#include "small_language.h"

#include <math.h>

/* Reads TEXT and applies its own `change:`, as for a file without a base. */
static void change(struct small *small, const char *text) {
    small_read(small, text);
    struct node *changes = node_child(small->root, "change");
    if (changes) node_remove(changes);
    change_apply_map(&small->reader, small->root, &small_rows, changes);
}

static void becomes(const char *text, const char *wanted) {
    struct small small;
    change(&small, text);
    cr_expect_str_eq(small_flow(&small.arena, small.root), wanted);
    cr_expect_str_eq(small_faults(&small), "");
    small_clear(&small);
}

static void faults(const char *text, const char *wanted) {
    struct small small;
    change(&small, text);
    cr_expect_str_eq(small_faults(&small), wanted);
    small_clear(&small);
}

Test(change, what_stands_there_is_replaced_whole) {
    becomes("{stations: {cut: {machines: 2, setup: {time: 1 min, cost: 2 EUR}}}, "
            "change: {stations.cut.setup: {time: 3 min}}}",
            "{stations: {cut: {machines: 2, setup: {time: 3 min}}}}");
    becomes("{stations: {cut: {machines: 2, setup: {time: 1 min}}}, change: {stations.cut: {time: "
            "3 min}}}",
            "{stations: {cut: {time: 3 min}}}");
}

Test(change, goes_deeper_to_change_less) {
    becomes("{stations: {cut: {setup: {time: 1 min, cost: 2 EUR}}}, change: "
            "{stations.cut.setup.time: 3 min}}",
            "{stations: {cut: {setup: {time: 3 min, cost: 2 EUR}}}}");
}

Test(change, short_forms_are_written_out_at_their_place) {
    becomes("{stations: {cut: {}}, change: {stations.cut.queue.rule: [edd, spt]}}",
            "{stations: {cut: {queue: {rule: [{rule: edd}, {rule: spt}]}}}}");
    becomes("{stations: {cut: {}}, change: {stations.cut.setup: 5 min, stations.cut: 4}}",
            "{stations: {cut: {machines: 4}}}");
    becomes("{items: {a: {route: [x]}}, change: {items.a.route: [y, z]}}",
            "{items: {a: {route: {y: {}, z: {}}}}}");
}

Test(change, none_takes_away) {
    becomes("{stations: {cut: {machines: 2, setup: 1 min}, glue: {}}, arms: {a: {}}, "
            "change: {stations.cut.setup: none, stations.glue: none, arms: none}}",
            "{stations: {cut: {machines: 2}}}");
}

Test(change, the_last_name_may_be_new_in_a_map) {
    becomes("{stations: {cut: {}}, change: {stations.glue: 3}}",
            "{stations: {cut: {}, glue: {machines: 3}}}");
    becomes("{items: {a: {}}, change: {items.a.route.cut: 2 min}}",
            "{items: {a: {route: {cut: {time: 2 min}}}}}");
}

Test(change, blocks_on_the_way_are_made) {
    becomes("{stations: {cut: {}}, change: {stations.cut.queue.room: 4}}",
            "{stations: {cut: {queue: {room: 4}}}}");
    becomes("{stations: {cut: {}}, change: {stations.cut.setup.time: 4 min}}",
            "{stations: {cut: {setup: {time: 4 min}}}}");
}

Test(change, a_star_is_every_name) {
    becomes("{stations: {cut: {}, glue: 2}, change: {stations.*.queue.room: 4}}",
            "{stations: {cut: {queue: {room: 4}}, glue: {machines: 2, queue: {room: 4}}}}");
    becomes("{stations: {cut: {}, glue: {}}, change: {stations.*: 3}}",
            "{stations: {cut: {machines: 3}, glue: {machines: 3}}}");
    becomes(
        "{items: {a: {route: [x, y]}, b: {route: [x]}}, change: {items.*.route.*.scrap: 1 %}}",
        "{items: {a: {route: {x: {scrap: 1 %}, y: {scrap: 1 %}}}, b: {route: {x: {scrap: 1 %}}}}}");
}

Test(change, a_star_passes_over_things_without_the_place) {
    becomes("{stocks: {a: {reorder: {policy: base-stock, level: 3}}, "
            "b: {reorder: {policy: min-max, min: 1, max: 2}}, c: {}}, change: "
            "{stocks.*.reorder.level: 5}}",
            "{stocks: {a: {reorder: {policy: base-stock, level: 5}}, "
            "b: {reorder: {policy: min-max, min: 1, max: 2}}, c: {}}}");
    becomes(
        "{stations: {cut: {setup: 4 min}, glue: {}}, change: {stations.*.setup.time: times 0.5}}",
        "{stations: {cut: {setup: {time: 4 min <0 0.5>}}, glue: {}}}");
}

Test(change, adjusts_are_kept_in_order_on_the_value_or_its_default) {
    becomes("{stations: {cut: 4}, change: {stations.cut.machines: plus 2, stations.*.machines: "
            "times 2}}",
            "{stations: {cut: {machines: 4 <1 2> <0 2>}}}");
    becomes("{stations: {cut: {}}, change: {stations.cut.machines: plus 2}}",
            "{stations: {cut: {machines: 1 <1 2>}}}");
    becomes("{stations: {cut: 4}, change: {stations.cut: minus 1}}",
            "{stations: {cut: {machines: 4 <2 1>}}}");
}

Test(change, behind_change_the_rest_is_one_key) {
    becomes("{arms: {a: {change: {items.x.lot: 3}}}, change: {arms.a.change.items.x.lot: 5}}",
            "{arms: {a: {change: {items.x.lot: 5}}}}");
    becomes("{arms: {a: {change: {items.x.lot: 3, items.y.lot: 4}}}, change: "
            "{arms.a.change.items.x.lot: none}}",
            "{arms: {a: {change: {items.y.lot: 4}}}}");
    becomes("{arms: {a: {}}, change: {arms.a.change.items.x.lot: times 2}}",
            "{arms: {a: {change: {items.x.lot: times 2}}}}");
}

Test(change, a_variant_may_change_its_kind) {
    becomes("{stocks: {s: {reorder: {policy: base-stock, level: 3}}}, "
            "change: {stocks.s.reorder: {policy: min-max, min: 1, max: 2}}}",
            "{stocks: {s: {reorder: {policy: min-max, min: 1, max: 2}}}}");
}

/* ---- What adjusts make of values ---- */

Test(adjust, every_kind_of_number_can_be_scaled_and_shifted) {
    struct small small;
    change(&small,
           "run: {length: 2 d}\n"
           "stations: {cut: {machines: 4, time: exponential(4 min), grace: 2 h, setup: {time: 3 "
           "min, cost: 10 EUR}}}\n"
           "stocks: {s: {room: 10}}\nitems: {a: {cost: 8 EUR, route: {x: {scrap: 10 %}}}}\n"
           "drivers: {d: 1 + 2}\n"
           "change:\n  run.length: times 0.5\n  stations.cut.machines: times 50 %\n"
           "  stations.cut.time: times 0.5\n  stations.cut.grace: plus 30 min\n"
           "  stations.cut.setup.cost: minus 2.5 EUR\n  stocks.s.room: plus 5\n"
           "  items.a.cost: times 1.5\n  items.a.route.x.scrap: times 0.3\n  drivers.d: times 4\n");
    cr_expect(small_fill(&small), "%s", small_faults(&small));
    cr_expect_eq(small.spec.run.length.ticks, TICK_D);
    const struct small_station_spec *cut = SMALL_THINGS(station, small.spec.world.stations);
    cr_expect_eq(cut->machines, 2);
    cr_expect_float_eq(law_mean(&cut->time), 2.0 * (double)TICK_MIN, 1e-3);
    cr_expect_eq(cut->grace.ticks, 5 * TICK_H / 2);
    cr_expect_eq(((struct small_setup_spec *)cut->setup.block)->cost.micro, 7500000);
    cr_expect_eq(SMALL_THINGS(stock, small.spec.world.stocks)->room.value, 15);
    const struct small_item_spec *item = SMALL_THINGS(item, small.spec.world.items);
    cr_expect_eq(item->cost.value, 12);
    cr_expect_float_eq(SMALL_THINGS(step, item->route)->scrap, 0.03, 1e-12);
    cr_expect_eq(SMALL_THINGS(driver, small.spec.world.drivers)->value.formula->value, 12);
    small_clear(&small);
}

Test(adjust, laws_are_shifted_whole) {
    struct small small;
    change(&small, "run: 1 d\nstations: {cut: {time: exponential(4 min)}}\nchange: "
                   "{stations.cut.time: plus 1 min}\n");
    cr_expect(small_fill(&small), "%s", small_faults(&small));
    const struct law *time = &SMALL_THINGS(station, small.spec.world.stations)->time;
    cr_expect_float_eq(law_mean(time), 5.0 * (double)TICK_MIN, 1e-3);
    cr_expect_float_eq(law_low(time), (double)TICK_MIN, 1e-3);
    small_clear(&small);
}

static void fill_faults(const char *text, const char *wanted) {
    struct small small;
    change(&small, text);
    cr_expect_not(small_fill(&small));
    cr_expect_str_eq(small_faults(&small), wanted);
    small_clear(&small);
}

Test(adjust, results_are_held_against_the_row) {
    fill_faults("run: 1 d\nstations: {cut: 3}\nchange: {stations.cut.machines: times 1.5}\n",
                "3:39 'times 1.5' cannot be applied: 3 would become 4.5, and this is a count");
    fill_faults("run: 1 d\nstations: {cut: 3}\nchange: {stations.cut.machines: minus 3}\n",
                "3:39 'machines' in stations.cut must be at least 1");
    fill_faults("run: 1 d\nstations: {cut: {queue: {room: unlimited}}}\nchange: "
                "{stations.cut.queue.room: plus 1}\n",
                "3:40 'plus 1' cannot be applied: the value is a word");
    fill_faults("run: until empty\nchange: {run.length: times 2}\n",
                "2:28 'times 2' cannot be applied: the value is a word");
}

/* ---- What can go wrong ---- */

Test(fault, paths_have_to_name_something) {
    faults("stations: [cut]\nchange:\n  stations.cut.machnies: 2\n",
           "3:3 unknown key 'machnies' in stations.cut [did you mean 'machines'?]");
    faults("stations: [cut]\nchange: {stations.*.machnies: 2}\n",
           "2:10 unknown key 'machnies' in stations.* [did you mean 'machines'?]");
    faults("stations: [cut]\nchange: {statoins.cut: 2}\n",
           "2:10 unknown key 'statoins' [did you mean 'stations'?]");
    faults("stations: [cut]\nchange: {stations.cutt.machines: 2}\n",
           "2:10 there is no station 'cutt' at 'stations.cutt.machines' [did you mean 'cut'?]");
    faults("stations: [cut]\nchange: {stations.cut.machines.first: 2}\n",
           "2:10 'stations.cut.machines' is one value; nothing in it has a path");
    faults("run: {length: 1 d, horizons: [1 h]}\nchange: {run.horizons.1: 2 h}\n",
           "2:10 'run.horizons' is a list; nothing in it has a path");
    faults("stocks: [s]\nchange: {stocks.s.reorder.level: 2}\n",
           "2:10 'stocks.s' has no 'reorder' yet, so nothing in it can be changed [give the whole "
           "block]");
    faults("stations: {}\nchange: {stations.*.machines: 2}\n",
           "2:10 nothing is at 'stations.*.machines'");
    faults("stations: [cut]\nchange: {crews.ann: 2}\n",
           "2:10 'crews' is part of the language, but this version of takt does not know it yet");
    faults("stations: [cut]\nchange: {stations.glue: none}\n",
           "2:10 there is no station 'glue' at 'stations.glue'");
}

Test(fault, there_must_be_something_to_adjust) {
    faults(
        "stations: [cut]\nchange: {stations.cut.grace: times 2}\n",
        "2:10 nothing is given at 'stations.cut.grace' that could be changed [give a value first]");
    faults("arms: {a: {}}\nchange: {arms.a.change.items.x.lot: none}\n",
           "2:10 there is nothing at 'arms.a.change.items.x.lot' to take away");
}

Test(fault, a_change_is_a_map) {
    faults("change: [a, b]\n",
           "1:9 a map of paths and values is wanted here [change: {stations.cut.machines: 2}]");
}

Test(change, looks_before_it_leaps) {
    struct small small;
    small_read(&small, "{stations: {cut: {}}, stocks: {s: {}}}");
    const char *before = small_flow(&small.arena, small.root);
    cr_expect(change_finds(&small.reader, small.root, &small_rows, "stations.*.queue.room"));
    cr_expect(change_finds(&small.reader, small.root, &small_rows, "stations.cut.setup.time"));
    cr_expect_not(change_finds(&small.reader, small.root, &small_rows, "stations.glue.machines"));
    cr_expect_not(change_finds(&small.reader, small.root, &small_rows, "items.*.lot"));
    cr_expect_not(change_finds(&small.reader, small.root, &small_rows, "stocks.*.reorder.level"));
    cr_expect_str_eq(small_flow(&small.arena, small.root), before);
    cr_expect_str_eq(small_faults(&small), "");
    small_clear(&small);
}

/* ---- --set ---- */

static void set(const char *setting, const char *wanted, const char *said) {
    struct small small;
    small_read(&small, "{run: 1 d, stations: {cut: 2}}");
    change_apply_set(&small.reader, small.root, &small_rows, setting);
    cr_expect_str_eq(small_flow(&small.arena, node_child(small.root, "stations")), wanted);
    cr_expect_str_eq(small_faults(&small), said);
    if (small.faults.count) {
        const struct source_text *source = &small.sources.list[small.faults.list[0].place.source];
        cr_expect(source->option);
        cr_expect_str_eq(source->name, arena_text(&small.arena, "--set %s", setting));
    }
    small_clear(&small);
}

Test(set, changes_what_the_path_names) {
    set("stations.cut.machines=3", "{cut: {machines: 3}}", "");
    set("stations.cut.time=lognormal(mean=25 sd=10) min",
        "{cut: {machines: 2, time: lognormal(mean=25 sd=10) min}}", "");
    set("stations.cut.queue.rule=[edd, spt]",
        "{cut: {machines: 2, queue: {rule: [{rule: edd}, {rule: spt}]}}}", "");
    set("stations.cut.machines=plus 1", "{cut: {machines: 2 <1 1>}}", "");
    set("stations.cut={time: 3 min}", "{cut: {time: 3 min}}", "");
}

Test(set, faults_name_the_option) {
    set("stations.cut.machnies=3", "{cut: {machines: 2}}",
        "1:1 unknown key 'machnies' in stations.cut [did you mean 'machines'?]");
    set("stations.cut.machines", "{cut: {machines: 2}}",
        "1:1 a path, = and a value are wanted here [--set stations.cut.machines=3]");
    set("=3", "{cut: {machines: 2}}",
        "1:1 a path, = and a value are wanted here [--set stations.cut.machines=3]");
}

/* ---- base ---- */

static void adds(const char *base_text, const char *file_text, const char *wanted,
                 const char *said) {
    struct small small;
    small_init(&small);
    struct node *base = small_tree(&small, base_text), *file = small_tree(&small, file_text);
    base_add(&small.reader, base, file);
    struct node *changes = node_child(base, "change");
    if (changes) node_remove(changes);
    change_apply_map(&small.reader, base, &small_rows, changes);
    cr_expect_str_eq(small_flow(&small.arena, base), wanted);
    cr_expect_str_eq(small_faults(&small), said);
    small_clear(&small);
}

Test(base, sections_add_things) {
    adds("{title: A, stations: {cut: {}}, claims: [x]}",
         "{title: B, base: a.yaml, stations: {glue: {}}, stocks: {s: {}}, claims: [y]}",
         "{title: B, stations: {cut: {}, glue: {}}, claims: [{text: x}, {text: y}], stocks: {s: "
         "{}}}",
         "");
}

Test(base, changes_come_after) {
    adds("{stations: {cut: {}}}",
         "{base: a, stations: {glue: {}}, change: {stations.*.machines: 2}}",
         "{stations: {cut: {machines: 2}, glue: {machines: 2}}}", "");
}

Test(base, a_section_that_is_given_anew_is_the_files_alone) {
    adds("{claims: [x], stations: {cut: {}}}", "{base: a, claims: [y], change: {claims: none}}",
         "{stations: {cut: {}}, claims: [{text: y}]}", "");
}

Test(base, the_same_name_twice_is_a_fault) {
    adds("{stations: {cut: {}}}", "{base: a,\n stations: {cut: 2}}", "{stations: {cut: {}}}",
         "2:13 'stations.cut' is given twice, first in small.yaml line 1 [to replace it, say it "
         "under change: "
         "stations.cut]");
}
