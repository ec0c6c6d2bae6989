/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>

#include "small_language.h"

#include <math.h>

static void fills(struct small *small, const char *text) {
    small_read(small, text);
    cr_expect(small_fill(small));
    cr_expect_str_eq(small_faults(small), "");
}

static void faults(const char *text, const char *wanted) {
    struct small small;
    small_read(&small, text);
    cr_expect_not(small_fill(&small));
    cr_expect_str_eq(small_faults(&small), wanted);
    small_clear(&small);
}

#define RUN "run: 1 d\n"

Test(fill, what_is_given_is_typed_and_in_base_units) {
    struct small small;
    fills(
        &small,
        "takt: 1\ntitle: A line\nrun: {length: 2 wk, horizons: [1 d, 1 wk]}\n"
        "stations: {cut: {machines: 3, time: exponential(5 min), shared: yes, "
        "setup: {time: 6 min, when: lot changes, cost: 2.5 EUR}, grace: 1 h}}\n"
        "stocks: {s: {room: 40, shipped: [4 at 1 d], holding: 20 %/y}}\n"
        "items: {chair: {cost: 60 EUR, lot: 5, route: {cut: {time: 3 min/piece, scrap: 2 %}}}}\n");
    const struct small_scenario_spec *spec = &small.spec;
    cr_expect_str_eq(spec->title, "A line");
    cr_expect_eq(spec->run.length.ticks, 2 * TICK_WK);
    cr_expect_eq(spec->run.horizons.count, 2);
    cr_expect_eq(((struct small_moment_entry_spec *)spec->run.horizons.things)[1].at.ticks,
                 TICK_WK);
    const struct small_station_spec *cut = SMALL_THINGS(station, spec->world.stations);
    cr_expect_str_eq(cut->thing.name, "cut");
    cr_expect_eq(cut->thing.place.line, 4);
    cr_expect_eq(cut->machines, 3);
    cr_expect_eq(cut->time.kind, LAW_EXPONENTIAL);
    cr_expect_float_eq(cut->time.a, 5.0 * (double)TICK_MIN, 1e-6);
    cr_expect(cut->shared);
    cr_expect_eq(cut->grace.ticks, TICK_H);
    const struct small_setup_spec *setup = cut->setup.block;
    cr_expect_eq(setup->when.index, 1);
    cr_expect_eq(setup->cost.micro, 2500000);
    const struct small_stock_spec *stock = SMALL_THINGS(stock, spec->world.stocks);
    cr_expect(stock->room.given);
    cr_expect_eq(stock->room.value, 40);
    const struct small_ship_spec *shipped = stock->shipped.things;
    cr_expect_eq(shipped->amount.value, 4);
    cr_expect_eq(shipped->moment.ticks, TICK_D);
    cr_expect_float_eq(stock->holding.value * (double)TICK_Y, 0.2, 1e-12);
    cr_expect_eq(stock->holding.dimension.time, -1);
    const struct small_item_spec *chair = SMALL_THINGS(item, spec->world.items);
    cr_expect_eq(chair->cost.value, 60);
    const struct small_step_spec *step = SMALL_THINGS(step, chair->route);
    cr_expect_eq(step->time.per, LAW_PER_PIECE);
    cr_expect_float_eq(step->scrap, 0.02, 1e-15);
    small_clear(&small);
}

Test(fill, what_is_not_given_has_its_default) {
    struct small small;
    fills(&small, RUN "stations: [cut]\nstocks: [s]\nitems: {a: {route: [cut]}}\nsuppliers: [n]\n");
    const struct small_station_spec *cut = SMALL_THINGS(station, small.spec.world.stations);
    cr_expect_eq(cut->machines, 1);
    cr_expect(law_constant(&cut->time) && cut->time.a == 0);
    cr_expect_eq(cut->queue.room, COUNT_WORD(0));
    cr_expect_eq(cut->queue.rule.count, 1);
    cr_expect_str_eq(((struct small_rule_spec *)cut->queue.rule.things)->rule, "fifo");
    cr_expect_not(cut->shared);
    const struct small_stock_spec *stock = SMALL_THINGS(stock, small.spec.world.stocks);
    cr_expect_not(stock->room.given);
    cr_expect(isinf(stock->room.value));
    cr_expect_eq(stock->holding.value, 0);
    const struct small_supplier_spec *supplier = SMALL_THINGS(supplier, small.spec.world.suppliers);
    cr_expect_eq(supplier->order_cost.micro, 0);
    cr_expect_eq(small.spec.takt, 1);
    small_clear(&small);
}

Test(fill, what_is_left_out_says_so) {
    struct small small;
    fills(&small, RUN "stations: [cut]\nstocks: [s]\nitems: {a: {route: [cut]}}\narms: {b: {}}\n");
    const struct small_station_spec *cut = SMALL_THINGS(station, small.spec.world.stations);
    cr_expect_null(cut->setup.block);
    cr_expect_eq(cut->grace.ticks, ABSENT_TICKS);
    const struct small_stock_spec *stock = SMALL_THINGS(stock, small.spec.world.stocks);
    cr_expect_eq(stock->reorder.kind, -1);
    cr_expect_eq(stock->from.index, -1);
    cr_expect_null(stock->from.name);
    cr_expect_eq(stock->shipped.count, 0);
    const struct small_step_spec *step =
        SMALL_THINGS(step, SMALL_THINGS(item, small.spec.world.items)->route);
    cr_expect_eq(step->time.kind, ABSENT_LAW);
    cr_expect(isnan(step->scrap));
    cr_expect_null(small.spec.title);
    cr_expect_null(SMALL_THINGS(arm, small.spec.arms)->change);
    small_clear(&small);
}

Test(fill, none_leaves_out_what_may_be_left_out) {
    struct small small;
    fills(&small, RUN "stations: {cut: {setup: none, grace: none, with: none, queue: none}}\n"
                      "stocks: {s: {reorder: none, from: none}}\narms: none\n");
    const struct small_station_spec *cut = SMALL_THINGS(station, small.spec.world.stations);
    cr_expect_null(cut->setup.block);
    cr_expect_eq(cut->grace.ticks, ABSENT_TICKS);
    cr_expect_eq(cut->queue.room, COUNT_WORD(0));
    small_clear(&small);
}

Test(fill, words_stand_in_place_of_values) {
    struct small small;
    fills(&small, "run: until empty\nstations: {cut: {queue: {room: unlimited}}}\nstocks: {s: "
                  "{room: unlimited}}\n");
    cr_expect_eq(small.spec.run.length.ticks, SPAN_WORD(0));
    small_clear(&small);
}

Test(fill, the_kind_of_a_variant_picks_its_rows) {
    struct small small;
    fills(&small, RUN "stocks: {a: {reorder: {policy: base-stock, level: 5, every: 1 d}},\n"
                      "  b: {reorder: {policy: min-max, min: 2, max: 9}}}\n");
    const struct small_stock_spec *stocks = SMALL_THINGS(stock, small.spec.world.stocks);
    cr_expect_eq(stocks[0].reorder.kind, 0);
    cr_expect_eq(((struct small_level_spec *)stocks[0].reorder.block)->level.value, 5);
    cr_expect_eq(((struct small_level_spec *)stocks[0].reorder.block)->every.ticks, TICK_D);
    cr_expect_eq(stocks[1].reorder.kind, 1);
    cr_expect_eq(((struct small_band_spec *)stocks[1].reorder.block)->max.value, 9);
    cr_expect_eq(((struct small_band_spec *)stocks[1].reorder.block)->every.ticks, ABSENT_TICKS);
    small_clear(&small);
}

Test(fill, references_know_section_and_index) {
    struct small small;
    fills(&small,
          RUN "items: {a: {route: {s: {uses: {c: 2, b: 1}}}}, b: {}, c: {route: {x: {at: glue}}}}\n"
              "stations: [cut, glue]\nsuppliers: [north, south]\n"
              "stocks: {s: {from: south, holds: b}, t: {from: s}, u: {from: factory}}\n");
    const struct small_stock_spec *stocks = SMALL_THINGS(stock, small.spec.world.stocks);
    cr_expect_eq(stocks[0].from.section, SMALL_SUPPLIERS);
    cr_expect_eq(stocks[0].from.index, 1);
    cr_expect_eq(stocks[0].holds.index, 1);
    cr_expect_eq(stocks[1].from.section, SMALL_STOCKS);
    cr_expect_eq(stocks[1].from.index, 0);
    cr_expect_eq(stocks[2].from.section, -1);
    cr_expect_eq(stocks[2].from.index, 0);
    const struct small_item_spec *items = SMALL_THINGS(item, small.spec.world.items);
    cr_expect_eq(SMALL_THINGS(step, items[2].route)->at.index, 1);
    const struct small_use_spec *uses = SMALL_THINGS(use, SMALL_THINGS(step, items[0].route)->uses);
    cr_expect_eq(uses[0].self.index, 2);
    cr_expect_eq(uses[1].self.index, 1);
    cr_expect_eq(uses[0].amount.value, 2);
    small_clear(&small);
}

Test(fill, what_is_kept_as_written_keeps_its_nodes_and_places) {
    struct small small;
    fills(&small, RUN
          "arms:\n  fast: {change: {stations.cut.machines: 2}}\nstations: {cut: {queue: [edd]}}\n");
    const struct small_arm_spec *arm = SMALL_THINGS(arm, small.spec.arms);
    cr_expect_eq(arm->change->kind, NODE_MAP);
    cr_expect_str_eq(arm->change->first->key, "stations.cut.machines");
    const struct small_rule_spec *rule =
        SMALL_THINGS(station, small.spec.world.stations)->queue.rule.things;
    cr_expect_eq(rule->place.line, 4);
    cr_expect_eq(rule->place.column, 26);
    small_clear(&small);
}

Test(fill, formulas_see_drivers_and_parameters) {
    struct small small;
    fills(&small, RUN
          "drivers: {growth: 1.5, risk: 2 /y, level: 10 * growth, pace: 2 * stations.cut.machines, "
          "wait: stations.cut.setup.time + stations.cut.grace}\n"
          "stations: {cut: {machines: 4, setup: 30 min, grace: 1 h}}\n");
    const struct small_driver_spec *drivers = SMALL_THINGS(driver, small.spec.world.drivers);
    const struct formula *level = drivers[2].value.formula, *pace = drivers[3].value.formula;
    cr_expect_eq(level->variable_count, 1);
    cr_expect_eq(pace->variable_count, 1);
    bool driver = false, parameter = false;
    for (int32_t i = 0; i < level->op_count; i++)
        driver |= level->ops[i].code == FORMULA_VARIABLE && level->ops[i].what == SMALL_DRIVER &&
                  level->ops[i].index == 0;
    for (int32_t i = 0; i < pace->op_count; i++)
        parameter |= pace->ops[i].code == FORMULA_VARIABLE &&
                     pace->ops[i].what == SMALL_PARAMETER && pace->ops[i].index == 0;
    cr_expect(driver && parameter);
    cr_expect_eq(small.reader.parameter_count, 3);
    cr_expect_eq(small.reader.parameters[0].value, 4);
    cr_expect_str_eq(small.reader.parameters[1].path, "stations.cut.setup.time");
    cr_expect_eq(small.reader.parameters[1].value, 30.0 * (double)TICK_MIN);
    cr_expect_eq(small.reader.parameters[2].dimension.time, 1);
    cr_expect_eq(drivers[4].value.formula->dimension.time, 1);
    small_clear(&small);
}

/* ---- What is wrong ---- */

Test(fault, unknown_keys_are_told_with_what_was_meant) {
    faults(RUN "stations:\n  cut: {machnies: 2}\n",
           "3:9 unknown key 'machnies' in stations.cut [did you mean 'machines'?]");
    faults(RUN "statoins: {}\n", "2:1 unknown key 'statoins' [did you mean 'stations'?]");
    faults(RUN "stations: {cut: {setup: {time: 1 min, xyzzy: 2}}}\n",
           "2:39 unknown key 'xyzzy' in stations.cut.setup [the keys are time, when and cost]");
    faults(RUN "stocks: {s: {reorder: {policy: base-stock, level: 3, point: 2}}}\n",
           "2:54 unknown key 'point' in stocks.s.reorder [the keys are level and every]");
}

Test(fault, what_must_be_given_is_missed_where_it_should_stand) {
    faults(RUN "stations: {cut: {setup: {when: lot changes}}}\n",
           "2:18 'time' must be given in stations.cut.setup");
    faults(RUN "stocks:\n  s:\n    list:\n      - {size: 3}\n",
           "5:9 'at' must be given in stocks.s.list.1");
    faults(
        RUN "stocks: {s: {reorder: {level: 3}}}\n",
        "2:14 'policy' must be given in stocks.s.reorder [the words are base-stock and min-max]");
    faults("run: {horizons: [1 d]}\n", "1:1 'length' must be given in run");
}

Test(fault, words_have_to_be_known) {
    faults(RUN "stations: {cut: {setup: {time: 1 min, when: lot change}}}\n",
           "2:45 'lot change' is no word for 'when' in stations.cut.setup [did you mean 'lot "
           "changes'?]");
    faults(RUN "stocks: {s: {reorder: {policy: min-mux, min: 1, max: 2}}}\n",
           "2:32 'min-mux' is no word for 'policy' in stocks.s.reorder [did you mean 'min-max'?]");
    faults(
        RUN "stations: {cut: {queue: {room: unlimted}}}\n",
        "2:32 'unlimted' is no word for 'room' in stations.cut.queue [did you mean 'unlimited'?]");
}

Test(fault, references_have_to_lead_somewhere) {
    faults(RUN "suppliers: [north, south]\nstocks:\n  s: {from: nroth}\n",
           "4:13 there is no source 'nroth' [did you mean supplier 'north'? Sources are suppliers, "
           "stocks and factory]");
    faults(RUN "stocks: {s: {from: factroy}}\n",
           "2:20 there is no source 'factroy' [did you mean 'factory'? Sources are suppliers, "
           "stocks and factory]");
    faults(RUN "stocks: {s: {from: elsewhere}}\n",
           "2:20 there is no source 'elsewhere' [Sources are suppliers, stocks and factory]");
    faults(RUN "items: {a: {route: {s: {at: ctu}}}}\nstations: [cut]\n",
           "2:29 there is no station 'ctu' [did you mean station 'cut'?]");
    faults(RUN "items: {wood: {}}\nsuppliers: {n: {supplies: wod}}\n",
           "3:27 there is no item 'wod' [did you mean item 'wood'?]");
}

Test(fault, bounds_are_in_the_units_of_the_manual) {
    faults(RUN "stations: {cut: 0}\n", "2:17 'machines' in stations.cut must be at least 1");
    faults(RUN "stations: {cut: 101}\n", "2:17 'machines' in stations.cut must be at most 100");
    faults(RUN "stations: {cut: {grace: 2 d}}\n",
           "2:25 'grace' in stations.cut must be at most 24 h");
    faults(RUN "stations: {cut: {time: 1001 h}}\n",
           "2:24 'time' in stations.cut must be at most 1000 h");
    faults(RUN "items: {a: {route: {s: {scrap: 120 %}}}}\n",
           "2:32 'scrap' in items.a.route.s must be at most 100 %");
    faults(RUN "items: {a: {cost: 2000000 EUR}}\n",
           "2:19 'cost' in items.a must be at most 1000000");
    faults("takt: 2\n" RUN, "1:7 'takt' must be at most 1");
}

Test(fault, one_value_a_list_and_a_map_are_told_apart) {
    faults(RUN "stations: {cut: {machines: {a: 1}}}\n",
           "2:28 'machines' in stations.cut takes one value, not a map");
    faults(RUN "stations: {cut: {machines: [1]}}\n",
           "2:28 'machines' in stations.cut takes one value, not a list");
    faults(RUN "stations: {cut: {with: {a: b}}}\n",
           "2:24 'with' in stations.cut takes a list, not a map [put [ ] around it]");
    faults(RUN "stocks: {s: 5}\n",
           "2:13 's' in stocks takes keys, not one value [the keys are holds, from, room, "
           "shipped, list, reorder and holding]");
    faults("- a\n", "1:1 a scenario takes keys, not a list [the keys are takt, title, change, run, "
                    "drivers, items, "
                    "stations, stocks, suppliers, arms and claims]");
}

Test(fault, names_have_a_form) {
    faults(RUN "stations: {2cut: {}}\n",
           "2:12 '2cut' is no name [names begin with a letter and have letters, digits, - and _]");
    faults(RUN "stations: [factory]\n",
           "2:12 'factory' is a word with a meaning [take another name]");
    faults(RUN "stations: [a-b, a_b]\n", "2:17 'a_b' and 'a-b' in line 2 differ only by - and _ "
                                         "[give one of them another name]");
}

Test(fault, a_step_is_not_called_out_but_a_stock_may_be) {
    struct small small;
    fills(&small, RUN "stocks: {out: {}}\n");
    small_clear(&small);
    faults(RUN "items: {a: {route: [out]}}\n",
           "2:21 'out' is a word with a meaning [take another name]");
}

Test(fault, base_is_a_name_for_an_arm_alone) {
    struct small small;
    fills(&small, RUN "arms: {base: {}}\n");
    small_clear(&small);
    faults(RUN "stocks: {base: {}}\n", "2:10 'base' is a word with a meaning [take another name]");
}

Test(fault, what_comes_later_is_said_to_come) {
    faults(
        RUN "stations: {cut: {conveyor: {length: 5 m}}}\ncrews: [ann]\n",
        "2:18 'conveyor' is part of the language, but this version of takt does not know it yet\n"
        "3:1 'crews' is part of the language, but this version of takt does not know it yet");
}

Test(fault, checks_of_a_block_follow_when_its_keys_are_sound) {
    faults(RUN "stocks: {s: {reorder: {policy: min-max, min: 9, max: 2}}}\n",
           "2:14 max (2) lies below min (9)");
}

Test(fault, all_faults_come_in_one_go) {
    faults(RUN "stations:\n  cut: {machnies: 2, setup: {}}\n  glue: -1\n",
           "3:9 unknown key 'machnies' in stations.cut [did you mean 'machines'?]\n"
           "3:22 'time' must be given in stations.cut.setup\n"
           "4:9 'machines' in stations.glue must be at least 1");
}

Test(fault, units_are_checked_by_the_row) {
    struct small small;
    small_read(&small, RUN "stations: {cut: {grace: 20 EUR}}\n");
    cr_expect_not(small_fill(&small));
    cr_expect_str_eq(small.faults.list[0].reason, "a time is wanted, this is money");
    small_clear(&small);
}

Test(fault, names_are_not_defined_by_themselves) {
    struct small small;
    small_read(&small, RUN "drivers: {a: 2 * b, b: 3 * a}\n");
    cr_expect_not(small_fill(&small));
    cr_expect(strstr(small_faults(&small), "2:21 'b' is defined by itself"), "%s",
              small_faults(&small));
    small_clear(&small);
    small_read(&small, RUN "stations: {cut: {time: 2 * stations.cut.time + stations.cut.time}}\n");
    cr_expect_not(small_fill(&small));
    cr_expect(strstr(small_faults(&small), "2:18 'stations.cut.time' is defined by itself"), "%s",
              small_faults(&small));
    small_clear(&small);
}
