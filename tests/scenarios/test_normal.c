/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>

#include "small_language.h"

#include <stdlib.h>
#include <unistd.h>

static void becomes(const char *text, const char *wanted) {
    struct small small;
    small_read(&small, text);
    cr_expect_str_eq(small_flow(&small.arena, small.root), wanted);
    cr_expect_str_eq(small_faults(&small), "");
    small_clear(&small);
}

static void faults(const char *text, const char *wanted) {
    struct small small;
    small_read(&small, text);
    cr_expect_str_eq(small_faults(&small), wanted);
    small_clear(&small);
}

Test(normal, a_list_of_names_is_a_map_of_things) {
    becomes("stations: [cut, glue]", "{stations: {cut: {}, glue: {}}}");
    becomes("stations: cut", "{stations: {cut: {}}}");
}

Test(normal, a_plain_value_for_a_block_is_its_main_key) {
    becomes("stations: {s1: 3}", "{stations: {s1: {machines: 3}}}");
    becomes("items: {chair: {route: {cut: 3 min}}}",
            "{items: {chair: {route: {cut: {time: 3 min}}}}}");
    becomes("run: 5 d", "{run: {length: 5 d}}");
    becomes("stations: {cut: {setup: 5 min}}", "{stations: {cut: {setup: {time: 5 min}}}}");
}

Test(normal, a_list_for_a_block_is_its_main_key) {
    becomes("stations: {cut: {queue: [edd, spt]}}",
            "{stations: {cut: {queue: {rule: [{rule: edd}, {rule: spt}]}}}}");
    becomes("items: {chair: [cut, glue]}", "{items: {chair: {route: {cut: {}, glue: {}}}}}");
}

Test(normal, one_name_for_a_list_is_a_list_of_it) {
    becomes("stations: {cut: {with: ann}}", "{stations: {cut: {with: [{text: ann}]}}}");
    becomes("stations: {cut: {queue: {rule: edd}}}",
            "{stations: {cut: {queue: {rule: [{rule: edd}]}}}}");
    becomes("run: {length: 1 d, horizons: 1 h}", "{run: {length: 1 d, horizons: [{at: 1 h}]}}");
}

Test(normal, one_name_for_a_map_of_amounts_is_the_default_of_it) {
    becomes("items: {chair: {route: {cut: {uses: wood}}}}",
            "{items: {chair: {route: {cut: {uses: {wood: {}}}}}}}");
    becomes("items: {chair: {route: {cut: {uses: {wood: 2}}}}}",
            "{items: {chair: {route: {cut: {uses: {wood: {amount: 2}}}}}}}");
}

Test(normal, an_amount_may_have_a_moment) {
    becomes("stocks: {s: {shipped: [4 at 0 wk, 5 at 1 wk]}}",
            "{stocks: {s: {shipped: [{amount: 4, moment: 0 wk}, {amount: 5, moment: 1 wk}]}}}");
    becomes("stocks: {s: {shipped: {amount: 4, moment: 0 wk}}}",
            "{stocks: {s: {shipped: {amount: 4, moment: 0 wk}}}}");
}

Test(normal, a_word_for_a_variant_picks_its_kind) {
    becomes("stocks: {s: {reorder: min-max}}", "{stocks: {s: {reorder: {policy: min-max}}}}");
}

Test(normal, none_takes_away_and_is_no_name) {
    becomes("stations: {cut: {setup: none}, glue: none}", "{stations: {cut: {setup: none}}}");
    becomes("arms: none", "{arms: none}");
}

Test(normal, long_forms_stay_as_they_are) {
    const char *text = "{stations: {cut: {machines: 2, queue: {rule: [{rule: edd}]}}}}";
    becomes(text, text);
}

Test(normal, unknown_keys_are_left_to_the_fill) {
    becomes("machnies: [a, b]", "{machnies: [a, b]}");
}

Test(normal, a_map_of_names_is_not_a_list_of_maps) {
    faults("stations:\n  - cut\n  - {glue: 2}\n", "3:5 a name is wanted here");
    faults("stations:\n  - cut\n  - glue\n  - cut\n", "4:5 'cut' is given twice, first in line 2");
}

Test(normal, places_are_those_of_what_was_written) {
    struct small small;
    small_read(&small, "stations:\n  cut: 3\n  glue: {setup: 4 min}\n");
    const struct node *stations = node_child(small.root, "stations");
    const struct node *machines = node_child(stations->first, "machines");
    cr_expect_eq(machines->place.line, 2);
    cr_expect_eq(machines->place.column, 8);
    cr_expect_eq(machines->key_place.column, 8);
    const struct node *time = node_child(node_child(stations->last, "setup"), "time");
    cr_expect_eq(time->place.line, 3);
    cr_expect_eq(time->place.column, 17);
    small_clear(&small);
}

/* ---- Tables ---- */

static char folder[40];

static void make_file(const char *name, const char *text) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
}

static void read_with(struct small *small, const char *csv, const char *text) {
    small_init(small);
    strcpy(folder, "/tmp/takt-normal-XXXXXX");
    cr_assert(mkdtemp(folder));
    make_file("t.csv", csv);
    cr_assert_eq(source_include(&small->sources, folder, &small->faults), TAKT_OK);
    small->root = small_tree(small, text);
}

static void clear_with(struct small *small) {
    char path[200];
    snprintf(path, sizeof path, "%s/t.csv", folder);
    unlink(path);
    rmdir(folder);
    small_clear(small);
}

static void table_becomes(const char *csv, const char *text, const char *wanted) {
    struct small small;
    read_with(&small, csv, text);
    cr_expect_str_eq(small_flow(&small.arena, small.root), wanted);
    cr_expect_str_eq(small_faults(&small), "");
    clear_with(&small);
}

static void table_faults(const char *csv, const char *text, const char *wanted) {
    struct small small;
    read_with(&small, csv, text);
    cr_expect_str_eq(small_faults(&small), wanted);
    clear_with(&small);
}

Test(table, rows_of_one_name_are_merged_in_order) {
    table_becomes(
        "name,route.name,route.at,route.time [min]\n"
        "job-1,op-1,m3,1\njob-1,op-2,m1,3\njob-2,op-1,m2,8\n",
        "items: {table: t.csv}",
        "{items: {job-1: {route: {op-1: {at: m3, time: 1 min}, op-2: {at: m1, time: 3 min}}}, "
        "job-2: {route: {op-1: {at: m2, time: 8 min}}}}}");
}

Test(table, empty_cells_say_nothing) {
    table_becomes("name,machines,setup.time,queue.rule\ncut,2,,edd spt\nglue,,4 min,\n",
                  "stations: {table: t.csv}",
                  "{stations: {cut: {machines: 2, queue: {rule: [{rule: edd}, {rule: spt}]}}, "
                  "glue: {setup: {time: 4 min}}}}");
}

Test(table, what_stands_beside_is_added) {
    table_becomes("name,machines\ncut,2\n",
                  "stations: {table: t.csv, cut: {setup: 3 min}, paint: 4}",
                  "{stations: {cut: {machines: 2, setup: {time: 3 min}}, paint: {machines: 4}}}");
}

Test(table, things_of_a_map_may_be_columns) {
    table_becomes("name,route.name,route.uses.wood,route.uses.glue\nchair,cut,2,\n",
                  "items: {table: t.csv}",
                  "{items: {chair: {route: {cut: {uses: {wood: {amount: 2}}}}}}}");
}

Test(table, every_row_is_an_entry_of_a_list) {
    table_becomes("name,at,size\nfirst,1 d,3\nsecond,2 d,\n", "stocks: {s: {list: {table: t.csv}}}",
                  "{stocks: {s: {list: [{at: 1 d, size: 3}, {at: 2 d}]}}}");
}

Test(table, where_picks_rows) {
    table_becomes(
        "name,machines,area\na,1,wet\nb,2,dry\nc,3,wet\n",
        "stations: {table: t.csv, where: area = wet and name != c, columns: {machines: machines}}",
        "{stations: {a: {machines: 1}}}");
}

Test(table, columns_rename_and_fill_templates) {
    table_becomes("STEP,STNFAM,PTIME,PTIME2,rest\ns1,m1,4,1,x\ns2,m2,,1,x\n",
                  "items: {chair: {route: {table: t.csv, columns: {name: STEP, at: STNFAM, "
                  "time: \"uniform(mean=[PTIME] half=[PTIME2]) min\"}}}}",
                  "{items: {chair: {route: {s1: {at: m1, time: uniform(mean=4 half=1) min}, "
                  "s2: {at: m2}}}}}");
}

Test(table, variants_are_filled_by_columns) {
    table_becomes("name,reorder.policy,reorder.level\ns,base-stock,4\n", "stocks: {table: t.csv}",
                  "{stocks: {s: {reorder: {policy: base-stock, level: 4}}}}");
}

Test(table, faults_point_into_the_table) {
    table_faults("name,machnies\ncut,2\n", "stations: {table: t.csv}",
                 "1:6 column 'machnies' means nothing here: there is no key 'machnies' "
                 "[did you mean 'machines'?]");
    table_faults("name,machines\ncut,2\ncut,3\n", "stations: {table: t.csv}",
                 "3:5 'stations.cut.machines' is given twice, first in line 2");
    table_faults("machines\n2\n", "stations: {table: t.csv}", "1:19 t.csv has no column 'name'");
    table_faults("name,machines\n,2\n", "stations: {table: t.csv}", "2:1 this row has no name");
    table_faults("name,route.name,route.at\na,,m1\n", "items: {table: t.csv}",
                 "2:4 this row does not name what the column 'route.at' is about");
    table_faults("name\na\n", "stations: {table: t.csv, where: b = 2}",
                 "1:33 there is no column 'b'");
    table_faults("name\na\n", "stations: {table: t.csv, columns: {machines: M}}",
                 "1:46 there is no column 'M'");
}

Test(table, what_stands_beside_must_not_contradict) {
    table_faults("name,machines\ncut,2\n", "stations: {table: t.csv, cut: 3}",
                 "1:31 'stations.cut.machines' is given twice, first in t.csv line 2");
}

Test(table, laws_take_their_values_from_columns) {
    struct small small;
    read_with(&small, "wait [min]\n3\n\n5\n",
              "run: 1 d\nstations: {cut: {setup: empirical(t.csv wait)}}");
    cr_expect(small_fill(&small), "%s", small_faults(&small));
    const struct small_setup_spec *setup =
        SMALL_THINGS(station, small.spec.world.stations)->setup.block;
    cr_expect_float_eq(law_mean(&setup->time), 4.0 * (double)TICK_MIN, 1e-3);
    clear_with(&small);
}

Test(table, a_hundred_thousand_rows_are_no_matter) {
    enum { ROWS = 100000 };
    size_t room = 64 * (size_t)ROWS;
    char *csv = malloc(room), *at = csv;
    at += sprintf(at, "name,cost,lot,route.name,route.at,route.time [min]\n");
    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, "item-%d,%d EUR,,step-%d,cut,%d\n", i / 4, i / 4, i % 4, i % 7);
    struct small small;
    read_with(&small, csv, "run: 1 d\nitems: {table: t.csv}\nstations: [cut]");
    cr_expect(small_fill(&small), "%s", small_faults(&small));
    cr_expect_eq(small.spec.world.items.count, ROWS / 4);
    const struct small_item_spec *last = &SMALL_THINGS(item, small.spec.world.items)[ROWS / 4 - 1];
    cr_expect_str_eq(last->thing.name, "item-24999");
    cr_expect_eq(last->route.count, 4);
    cr_expect_eq(last->cost.value, 24999);
    clear_with(&small);
    free(csv);
}
