/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small language of its own for tests of the walk over field rows: every shape, nothing of the
 * world. */
#ifndef TAKT_TESTS_SMALL_LANGUAGE_H
#define TAKT_TESTS_SMALL_LANGUAGE_H

#include "../../scenarios/reader/base.h"
#include "../../scenarios/reader/change.h"
#include "../../scenarios/reader/fill.h"
#include "../../scenarios/reader/normal.h"
#include "../../scenarios/reader/tree.h"
#include "../../scenarios/reader/yaml.h"
#include "../../models/models.h"

#include <stdio.h>
#include <string.h>

/* ROWS, of structs that begin with small_: a block is still called `station`. */
#define SMALL_ROWS(NAME, FIELDS, CHECK_FUNCTION, HELP)                                             \
    {                                                                                              \
#NAME, sizeof(struct small_##NAME##_spec), (int32_t)(sizeof(FIELDS) / sizeof *(FIELDS)),   \
            FIELDS, CHECK_FUNCTION, HELP, NULL                                                     \
    }
#define WORDS_OF(LIST)                                                                             \
    { (int32_t)(sizeof(LIST) / sizeof *(LIST)), LIST }

enum { SMALL_DRIVERS, SMALL_ITEMS, SMALL_STATIONS, SMALL_STOCKS, SMALL_SUPPLIERS, SMALL_SECTIONS };
enum { SMALL_DRIVER = 7, SMALL_PARAMETER = 8 };

struct small_text_entry_spec {
    const char *text;
};
struct small_moment_entry_spec {
    struct moment at;
};
struct small_driver_spec {
    struct thing thing;
    struct expr value;
};
struct small_use_spec {
    struct thing thing;
    struct ref self;
    struct amount amount;
};
struct small_step_spec {
    struct thing thing;
    struct ref at;
    struct law time;
    double scrap;
    struct map uses;
};
struct small_item_spec {
    struct thing thing;
    struct quantity cost;
    int32_t lot;
    struct map route;
};
struct small_rule_spec {
    const char *rule;
    struct place place;
};
struct small_queue_spec {
    int32_t room;
    struct list rule;
};
struct small_setup_spec {
    struct law time;
    struct choice when;
    struct money cost;
};
struct small_station_spec {
    struct thing thing;
    int32_t machines;
    struct law time;
    struct small_queue_spec queue;
    struct option setup;
    struct span grace;
    bool shared;
    struct list with;
};
struct small_ship_spec {
    struct amount amount;
    struct moment moment;
};
struct small_order_spec {
    struct moment at;
    struct amount size;
    int32_t priority;
};
struct small_level_spec {
    struct amount level;
    struct span every;
};
struct small_band_spec {
    struct amount min, max;
    struct span every;
};
struct small_stock_spec {
    struct thing thing;
    struct ref holds, from;
    struct amount room;
    struct list shipped, list;
    struct variant reorder;
    struct quantity holding;
};
struct small_supplier_spec {
    struct thing thing;
    struct law lead_time;
    struct money order_cost;
    struct map supplies;
};
struct small_arm_spec {
    struct thing thing;
    const char *about;
    const struct node *change;
};
struct small_run_spec {
    struct span length;
    const char *start;
    struct list horizons;
};
struct small_world_spec {
    struct map drivers, items, stations, stocks, suppliers;
};
struct small_scenario_spec {
    int32_t takt;
    const char *title;
    const struct node *change;
    struct small_run_spec run;
    struct small_world_spec world;
    struct map arms;
    struct list claims;
};

static const struct target small_item = {1u << SMALL_ITEMS, "item", NULL, {0, NULL}};
static const struct target small_station = {1u << SMALL_STATIONS, "station", NULL, {0, NULL}};
static const struct word small_factory[] = {{"factory", "it is made here"}};
static const struct target small_source = {1u << SMALL_STOCKS | 1u << SMALL_SUPPLIERS, "source",
                                           "Sources are suppliers, stocks and factory",
                                           WORDS_OF(small_factory)};

static const struct field text_entry_fields[] = {
    FIELD(small_text_entry, text, NONE, MAIN, NULL, 0, 0, NULL, "A text."),
};
static const struct rows text_entry_rows =
    SMALL_ROWS(text_entry, text_entry_fields, NULL, "A text.");
static const struct field moment_entry_fields[] = {
    FIELD(small_moment_entry, at, TIME, MAIN, NULL, 0, 0, NULL, "A moment."),
};
static const struct rows moment_entry_rows =
    SMALL_ROWS(moment_entry, moment_entry_fields, NULL, "A moment.");

static const struct field driver_fields[] = {
    FIELD(small_driver, value, ANY, LIVE | MAIN, NULL, 0, 0, NULL, "Its value."),
};
static const struct rows driver_rows =
    SMALL_ROWS(driver, driver_fields, NULL, "A number of the world.");

static const struct field use_fields[] = {
    FIELD(small_use, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(small_use, amount, AMOUNT, LIVE | MAIN, "1", 0, 1e9, NULL, "Needed for one."),
};
static const struct rows use_rows = {
    "use", sizeof(struct small_use_spec), 2, use_fields, NULL, "A part needed.", &small_item};

static const struct field step_fields[] = {
    FIELD(small_step, at, NONE, FIXED | OPTIONAL, NULL, 0, 0, &small_station, "Station."),
    FIELD(small_step, time, WORK_TIME, LIVE | MAIN | OPTIONAL, NULL, 0, 0, NULL, "Work."),
    FIELD(small_step, scrap, SHARE, LIVE | OPTIONAL, NULL, 0, 1, NULL, "Share that is lost."),
    FIELD(small_step, uses, NONE, FIXED, "{}", 0, 0, &use_rows, "Parts."),
};
static const struct rows step_rows = SMALL_ROWS(step, step_fields, NULL, "A step.");

static const struct field item_fields[] = {
    FIELD(small_item, cost, PRICE, LIVE, "0 EUR", 0, 1e6, NULL, "Cost of one."),
    FIELD(small_item, lot, COUNT, LIVE, "1", 1, 1000, NULL, "Pieces together."),
    FIELD(small_item, route, NONE, FIXED | MAIN, "{}", 0, 0, &step_rows, "Steps."),
};
static const struct rows item_rows = SMALL_ROWS(item, item_fields, NULL, "What is made.");

static const struct field rule_fields[] = {
    FIELD(small_rule, rule, NONE, MAIN, NULL, 0, 0, NULL, "A rule."),
    FIELD(small_rule, place, NONE, FIXED, NULL, 0, 0, NULL, ""),
};
static const struct rows rule_rows = SMALL_ROWS(rule, rule_fields, NULL, "A rule.");
static const struct word small_unlimited[] = {{"unlimited", "no limit"}};
static const struct words small_unlimited_words = WORDS_OF(small_unlimited);
static const struct field queue_fields[] = {
    FIELD(small_queue, room, COUNT, LIVE, "unlimited", 0, 1e6, &small_unlimited_words,
          "Lots that may wait."),
    FIELD(small_queue, rule, NONE, LIVE | MAIN, "[fifo]", 0, 0, &rule_rows, "Who goes next."),
};
static const struct rows queue_rows = SMALL_ROWS(queue, queue_fields, NULL, "What waits.");

static const struct word small_whens[] = {{"item changes", "another item"},
                                          {"lot changes", "every lot"}};
static const struct words small_when_words = WORDS_OF(small_whens);
static const struct field setup_fields[] = {
    FIELD(small_setup, time, TIME, LIVE | MAIN, NULL, 0, 10, NULL, "How long."),
    FIELD(small_setup, when, NONE, FIXED, "item changes", 0, 0, &small_when_words, "When."),
    FIELD(small_setup, cost, MONEY, LIVE, "0 EUR", 0, 1e6, NULL, "Cost of each."),
};
static const struct rows setup_rows = SMALL_ROWS(setup, setup_fields, NULL, "A change of work.");

static const struct field station_fields[] = {
    FIELD(small_station, machines, COUNT, LIVE | MAIN, "1", 1, 100, NULL,
          "Machines that share the queue."),
    FIELD(small_station, time, WORK_TIME, LIVE, "0 s", 0, 1000, NULL, "Work | for every step."),
    FIELD(small_station, queue, NONE, FIXED, "{}", 0, 0, &queue_rows, "What waits before it."),
    FIELD(small_station, setup, NONE, FIXED, "none", 0, 0, &setup_rows,
          "Time between different work."),
    FIELD(small_station, grace, TIME, LIVE, "none", 0, 24, NULL, "Longest wait."),
    FIELD(small_station, shared, NONE, FIXED, "no", 0, 0, NULL, "Shared with others?"),
    FIELD(small_station, with, NONE, FIXED, "[]", 0, 0, &text_entry_rows, "Helpers."),
    LATER("conveyor", "The station is a conveyor."),
};
static const struct rows station_rows =
    SMALL_ROWS(station, station_fields, NULL, "Where work is done.");

static const struct field ship_fields[] = {
    FIELD(small_ship, amount, AMOUNT, MAIN, NULL, 0, 0, NULL, "How much,"),
    FIELD(small_ship, moment, NONE, FIXED, NULL, 0, 0, NULL, "and when."),
};
static const struct rows ship_rows = SMALL_ROWS(ship, ship_fields, NULL, "On its way.");
static const struct field order_fields[] = {
    FIELD(small_order, at, NONE, FIXED, NULL, 0, 0, NULL, "When."),
    FIELD(small_order, size, AMOUNT, FIXED, "1", 0, 1e9, NULL, "How much."),
    FIELD(small_order, priority, COUNT, FIXED, "0", -10, 10, NULL, "Urgency."),
};
static const struct rows order_rows = SMALL_ROWS(order, order_fields, NULL, "An order.");

static const struct field level_fields[] = {
    FIELD(small_level, level, AMOUNT, LIVE, NULL, 0, 1e9, NULL, "Up to this."),
    FIELD(small_level, every, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL, "Review."),
};
static const struct rows level_rows = {
    "base-stock", sizeof(struct small_level_spec), 2, level_fields, NULL, "Up to a level.", NULL};
static void check_band(const void *block, struct place place, struct faults *faults) {
    const struct small_band_spec *band = block;
    if (band->max.value < band->min.value)
        fault_error(faults, place, NULL, "max (%g) lies below min (%g)", band->max.value,
                    band->min.value);
}
static const struct field band_fields[] = {
    FIELD(small_band, min, AMOUNT, LIVE, NULL, 0, 1e9, NULL, "At or below this,"),
    FIELD(small_band, max, AMOUNT, LIVE, NULL, 0, 1e9, NULL, "up to this."),
    FIELD(small_band, every, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL, "Review."),
};
static const struct rows band_rows = {"min-max",  sizeof(struct small_band_spec), 3,   band_fields,
                                      check_band, "Between two levels.",          NULL};
static const struct rows *const reorder_kinds[] = {&level_rows, &band_rows};
static const struct variants reorder_variants = {"policy", 2, reorder_kinds};

static const struct field stock_fields[] = {
    FIELD(small_stock, holds, NONE, FIXED | OPTIONAL, NULL, 0, 0, &small_item, "Its item."),
    FIELD(small_stock, from, NONE, FIXED, "none", 0, 0, &small_source, "Where goods come from."),
    FIELD(small_stock, room, AMOUNT, LIVE, "unlimited", 0, 1e9, &small_unlimited_words,
          "Capacity."),
    FIELD(small_stock, shipped, NONE, FIXED, "[]", 0, 0, &ship_rows, "On the way."),
    FIELD(small_stock, list, NONE, FIXED, "[]", 0, 0, &order_rows, "Orders."),
    FIELD(small_stock, reorder, NONE, FIXED, "none", 0, 0, &reorder_variants, "Who refills it."),
    FIELD(small_stock, holding, HOLDING, LIVE, "0 %/y", 0, 0, NULL, "Cost of keeping one."),
};
static const struct rows stock_rows =
    SMALL_ROWS(stock, stock_fields, NULL, "One item at one place.");

static const struct field supplier_fields[] = {
    FIELD(small_supplier, lead_time, TIME, LIVE, "0 s", 0, 0, NULL, "From order to receipt."),
    FIELD(small_supplier, order_cost, MONEY, LIVE, "0 EUR", 0, 1e6, NULL, "Cost of an order."),
    FIELD(small_supplier, supplies, NONE, FIXED, "{}", 0, 0, &use_rows, "What he sells."),
};
static const struct rows supplier_rows =
    SMALL_ROWS(supplier, supplier_fields, NULL, "Who delivers.");

static const struct field arm_fields[] = {
    FIELD(small_arm, about, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL, "About."),
    FIELD(small_arm, change, NONE, FIXED | MAIN, "none", 0, 0, NULL, "What it changes."),
};
static const struct rows arm_rows = SMALL_ROWS(arm, arm_fields, NULL, "A policy.");

static const struct word small_lengths[] = {{"until empty", "until all is done"}};
static const struct words small_length_words = WORDS_OF(small_lengths);
static const struct field run_fields[] = {
    FIELD(small_run, length, TIME, FIXED | MAIN, NULL, 0, 1e9, &small_length_words, "How long."),
    FIELD(small_run, start, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL, "When measuring begins."),
    FIELD(small_run, horizons, NONE, FIXED, "[]", 0, 0, &moment_entry_rows, "First parts."),
};
static const struct rows run_rows = SMALL_ROWS(run, run_fields, NULL, "How long.");

static const struct field small_world_fields[] = {
    FIELD(small_world, drivers, NONE, FIXED, "{}", 0, 0, &driver_rows, "Numbers."),
    FIELD(small_world, items, NONE, FIXED, "{}", 0, 0, &item_rows, "Items."),
    FIELD(small_world, stations, NONE, FIXED, "{}", 0, 0, &station_rows, "Stations."),
    FIELD(small_world, stocks, NONE, FIXED, "{}", 0, 0, &stock_rows, "Stocks."),
    FIELD(small_world, suppliers, NONE, FIXED, "{}", 0, 0, &supplier_rows, "Suppliers."),
    LATER("crews", "People."),
};
static const struct rows small_world_rows =
    SMALL_ROWS(world, small_world_fields, NULL, "The world.");

static const struct field small_fields[] = {
    FIELD(small_scenario, takt, COUNT, FIXED, "1", 1, 1, NULL, "Version."),
    FIELD(small_scenario, title, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL, "Title."),
    FIELD(small_scenario, change, NONE, FIXED, "none", 0, 0, NULL, "Changes."),
    FIELD(small_scenario, run, NONE, FIXED, "{}", 0, 0, &run_rows, "The run."),
    FIELD(small_scenario, world, NONE, INLINE, "{}", 0, 0, &small_world_rows, ""),
    FIELD(small_scenario, arms, NONE, FIXED, "{}", 0, 0, &arm_rows, "Policies."),
    FIELD(small_scenario, claims, NONE, FIXED, "[]", 0, 0, &text_entry_rows, "What is expected."),
};
static const struct rows small_rows = SMALL_ROWS(scenario, small_fields, NULL, "A small scenario.");
static const char *const small_section_keys[] = {"drivers", "items", "stations", "stocks",
                                                 "suppliers"};

/* ---- Reading it ---- */

struct small {
    struct arena arena;
    struct faults faults;
    struct sources sources;
    struct reader reader;
    struct node *root;
    struct small_scenario_spec spec;
};

static inline void small_init(struct small *small) {
    memset(small, 0, sizeof *small);
    arena_init(&small->arena);
    faults_init(&small->faults);
    sources_init(&small->sources);
    small->reader = (struct reader){.arena = &small->arena,
                                    .faults = &small->faults,
                                    .sources = &small->sources,
                                    .section_keys = small_section_keys,
                                    .section_count = SMALL_SECTIONS,
                                    .driver_what = SMALL_DRIVER,
                                    .parameter_what = SMALL_PARAMETER};
}

static inline void small_clear(struct small *small) {
    sources_clear(&small->sources);
    faults_clear(&small->faults);
    arena_clear(&small->arena);
}

/* The tree of a text, written out. */
static inline struct node *small_tree(struct small *small, const char *text) {
    int32_t source = source_add_text(&small->sources, "small.yaml", text, strlen(text));
    struct node *root = yaml_read(&small->arena, &small->sources, source, &small->faults);
    if (root) normal_write_out(&small->reader, root, &small_rows);
    return root;
}

static inline void small_read(struct small *small, const char *text) {
    small_init(small);
    small->root = small_tree(small, text);
}

static inline bool small_fill(struct small *small) {
    return fill_spec(&small->reader, small->root, &small_rows, &small->spec);
}

/* "LINE:COLUMN reason [hint]" of every fault, one a line; options have no line. */
static inline const char *small_faults(struct small *small) {
    char *all = arena_text(&small->arena, "%s", "");
    for (int32_t i = 0; i < small->faults.count; i++) {
        const struct fault *fault = &small->faults.list[i];
        all = arena_text(&small->arena, "%s%s%d:%d %s%s%s%s", all, i ? "\n" : "", fault->place.line,
                         fault->place.column, fault->reason, fault->hint ? " [" : "",
                         fault->hint ? fault->hint : "", fault->hint ? "]" : "");
    }
    return all;
}

/* The tree in one line of flow text. */
static inline const char *small_flow(struct arena *arena, const struct node *node) {
    if (node->kind == NODE_TEXT) {
        const char *text = node->text ? node->text : "~";
        for (const struct adjust *adjust = node->adjusts; adjust; adjust = adjust->next)
            text = arena_text(arena, "%s <%d %s>", text, adjust->kind, adjust->text);
        return text;
    }
    bool map = node->kind == NODE_MAP;
    const char *all = map ? "{" : "[";
    for (const struct node *child = node->first; child; child = child->next)
        all = arena_text(arena, "%s%s%s%s%s", all, child == node->first ? "" : ", ",
                         map ? child->key : "", map ? ": " : "", small_flow(arena, child));
    return arena_text(arena, "%s%s", all, map ? "}" : "]");
}

/* The things of a map of the spec. */
#define SMALL_THINGS(TYPE, MAP) ((const struct small_##TYPE##_spec *)(MAP).things)

#endif
