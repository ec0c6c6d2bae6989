/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>

#include "../../scenarios/manual.h"
#include "../../scenarios/resolved.h"
#include "../../scenarios/schema.h"
#include "small_language.h"

static void contains(const char *text, const char *part) {
    cr_expect(strstr(text, part), "'%s' is not in\n%s", part, text);
}

/* JSON is a part of what the reader of scenarios reads. */
static void is_json(struct small *small, const char *text) {
    int32_t source = source_add_text(&small->sources, "page.json", text, strlen(text));
    cr_expect(yaml_read(&small->arena, &small->sources, source, &small->faults));
    cr_expect_str_eq(small_faults(small), "");
}

Test(schema, is_json_and_always_the_same) {
    struct small small;
    small_init(&small);
    const char *schema = schema_write(&small.arena, &small_rows);
    cr_expect_str_eq(schema, schema_write(&small.arena, &small_rows));
    is_json(&small, schema);
    small_clear(&small);
}

Test(schema, describes_every_shape) {
    struct small small;
    small_init(&small);
    const char *schema = schema_write(&small.arena, &small_rows);
    contains(schema, "\"$schema\": \"http://json-schema.org/draft-07/schema#\"");
    contains(
        schema,
        "\"machines\": {\"description\": \"Machines that share the queue.\", \"default\": \"1\", "
        "\"allOf\": [{\"type\": [\"integer\", \"string\"], \"minimum\": 1, \"maximum\": 100}]}");
    contains(schema, "{\"enum\": [\"item changes\", \"lot changes\"]}");
    contains(schema, "\"patternProperties\": {\"^[A-Za-z][A-Za-z0-9_-]*$\": {\"$ref\": "
                     "\"#/definitions/station\"}}, "
                     "\"additionalProperties\": false}");
    contains(schema, "\"policy\": {\"const\": \"min-max\"}");
    contains(schema, "{\"enum\": [\"base-stock\", \"min-max\", \"none\"]}");
    contains(
        schema,
        "\"conveyor\": {\"description\": \"The station is a conveyor. (not yet in this version)\", "
        "\"allOf\": [{\"not\": {}}]}");
    contains(schema, "\"order-cost\"");
    cr_expect_null(strstr(schema, "\"self\""));
    cr_expect_null(strstr(schema, "\"place\""));
    cr_expect_null(strstr(schema, "\"world\""));
    small_clear(&small);
}

Test(manual, lists_every_block_once_with_its_keys) {
    struct small small;
    small_init(&small);
    const char *manual = manual_write(&small.arena, &small_rows);
    cr_expect_str_eq(manual, manual_write(&small.arena, &small_rows));
    contains(manual,
             "\n### station\n\n`stations.NAME`. Where work is done.\n\n"
             "| key | kind | default | range | | meaning |\n|---|---|---|---|---|---|\n"
             "| **`machines`** | n | `1` | 1 .. 100 | live | Machines that share the queue. |\n"
             "| `time` | law of time (/lot, /piece, /batch) | `0 s` | 0 .. 1000 h | live | "
             "Work \\| for every step. |\n");
    contains(manual, "| `queue` | [queue](#queue) |");
    contains(manual, "| `from` | source, `factory` | `none` |");
    contains(manual, "| `scrap` | share |  | 0 .. 100 % | live |");
    contains(manual, "`when`: `item changes` another item; `lot changes` every lot.");
    contains(
        manual,
        "`policy` picks the keys that follow: [base-stock](#base-stock), [min-max](#min-max).");
    contains(manual, "Of the language, but not yet of takt: `conveyor`.");
    const char *first = strstr(manual, "\n### use\n");
    cr_expect(first && !strstr(first + 1, "\n### use\n"));
    small_clear(&small);
}

Test(resolved, holds_what_was_given_changed_and_taken_by_default) {
    struct small small;
    small_read(&small,
               "{run: 1 d, stations: {cut: {machines: 2, time: 3 min}}, stocks: {s: {reorder: "
               "{policy: base-stock, level: 4}}}, arms: {a: {change: {x.y: [1, 2]}}}}");
    change_apply_set(&small.reader, small.root, &small_rows, "stations.cut.time=times 0.7");
    const char *json = resolved_write(&small.arena, small.root, &small_rows);
    contains(json, "{\"takt\":\"1\",\"title\":\"none\",\"change\":\"none\",\"run\":{\"length\":\"1 "
                   "d\",\"start\":\"none\","
                   "\"horizons\":[]},\"drivers\":{},");
    contains(json, "\"stations\":{\"cut\":{\"machines\":\"2\",\"time\":\"3 min times "
                   "0.7\",\"queue\":{\"room\":"
                   "\"unlimited\",\"rule\":\"[fifo]\"},\"setup\":\"none\",\"grace\":\"none\","
                   "\"shared\":\"no\",\"with\":[]}}");
    contains(json, "\"reorder\":{\"policy\":\"base-stock\",\"level\":\"4\",\"every\":\"none\"}");
    contains(json, "\"change\":{\"x.y\":[\"1\",\"2\"]}");
    is_json(&small, json);
    small_clear(&small);
}

Test(resolved, both_spellings_are_the_same) {
    struct small a, b;
    small_read(&a, "{run: 1 d, stations: [cut], items: {x: [cut]}}");
    small_read(&b, "{run: {length: 1 d}, stations: {cut: {}}, items: {x: {route: {cut: {}}}}}");
    cr_expect_str_eq(resolved_write(&a.arena, a.root, &small_rows),
                     resolved_write(&b.arena, b.root, &small_rows));
    small_clear(&a);
    small_clear(&b);
}
