/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written is valid JSON and reads back to the same numbers. */
#include "fixture.h"

#include "../../analysis/json.h"
#include "../../analysis/takt.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_written(void (*write)(FILE *, const void *), const void *value,
                           const char *wanted) {
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    write(file, value);
    fclose(file);
    cr_expect(strcmp(text, wanted) == 0, "%s, not %s", text, wanted);
    free(text);
}

static void write_number(FILE *file, const void *value) {
    json_number(file, *(const double *)value);
}
static void write_text(FILE *file, const void *value) {
    json_text(file, value);
}
static void write_results(FILE *file, const void *value) {
    takt_results_json(value, file);
}

static void expect_number(double value, const char *wanted) {
    expect_written(write_number, &value, wanted);
}

Test(json, numbers_are_the_shortest_that_read_back) {
    expect_number(0.1, "0.1");
    expect_number(0.1 + 0.2, "0.30000000000000004");
    expect_number(1.0 / 3, "0.3333333333333333");
    expect_number(1e21, "1e+21");
    expect_number(-42, "-42");
    expect_number(0, "0");
    expect_number(-0.0, "-0");
    expect_number(120000, "120000");
    expect_number(-999999999999999, "-999999999999999");
    expect_number(1e15, "1e+15");
    expect_number(NAN, "null");
    expect_number(-INFINITY, "null");
}

Test(json, texts_are_escaped) {
    expect_written(write_text, "a\"b\\c\n\t\x01", "\"a\\\"b\\\\c\\n\\t\\u0001\"");
    expect_written(write_text, "Straße ± 工場", "\"Straße ± 工場\"");
    expect_written(write_text, NULL, "null");
}

/* A lone byte, an overlong slash, a surrogate, a text that ends within a character. */
Test(json, what_is_not_utf8_is_replaced) {
    expect_written(write_text,
                   "a\xff"
                   "b",
                   "\"a\xef\xbf\xbd"
                   "b\"");
    expect_written(write_text, "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    expect_written(write_text, "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    expect_written(write_text, "\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
}

/* Everything but wip is missing, and each arm has two replications. */
Test(json, results_are_one_object) {
    static const char *const arms[] = {"base", "fast"};
    static struct claim_result claims[] = {{.text = "fast.system.wip < base.system.wip",
                                            .verdict = VERDICT_SUPPORTED,
                                            .low = -1,
                                            .high = NAN}};
    struct fixture fixture;
    fixture_init(&fixture, arms, 2, 2, NULL, 0);
    fixture.layout.columns += layout_find(&fixture.layout, "system.wip");
    fixture.layout.column_count = 1;
    fixture.layout.horizon_count = fixture.results.horizon_count = 1;
    layout_finish(&fixture.layout); /* paths are found among the one column */
    for (int p = 0; p < 2; p++)
        for (int r = 0; r < 2; r++) fixture.points[p].blocks[r][0] = 4 - p;
    fixture.points[1].stopped[1] = "deadlock";
    fixture.results.claims = claims;
    fixture.results.claim_count = 1;
    expect_written(
        write_results, &fixture.results,
        "{\"scenario\":\"two.yaml\",\"takt_version\":\"" TAKT_VERSION "\",\"seed\":1,"
        "\"warm_up\":{\"hours\":0},\"points\":[\n"
        "  {\"point\":0,\"arm\":\"base\",\"replications\":2,\"kpis\":[\n"
        "    {\"path\":\"system.wip\",\"horizon\":\"10 d\",\"mean\":4,\"half_width\":0,"
        "\"unit\":\"lots\",\"n\":2}]},\n"
        "  {\"point\":1,\"arm\":\"fast\",\"replications\":2,\"kpis\":[\n"
        "    {\"path\":\"system.wip\",\"horizon\":\"10 d\",\"mean\":3,\"half_width\":0,"
        "\"unit\":\"lots\",\"n\":2}],\"stopped\":[{\"replication\":1,\"why\":\"deadlock\"}]}],"
        "\"claims\":[\n"
        "  {\"text\":\"fast.system.wip < base.system.wip\",\"verdict\":\"supported\","
        "\"low\":-1,\"high\":null}],\"differences\":[\n"
        "  {\"kpi\":\"system.wip\",\"horizon\":\"10 d\",\"a\":\"fast\",\"b\":\"base\","
        "\"mean\":-1,\"low\":-1,\"high\":-1,\"correlation\":null,\"saved\":null,\"n\":2}],"
        "\"best\":[\n"
        "  {\"kpi\":\"system.wip\",\"horizon\":\"10 d\",\"point\":0,\"arm\":\"base\","
        "\"best\":\"no\",\"low\":-1,\"high\":0},\n"
        "  {\"kpi\":\"system.wip\",\"horizon\":\"10 d\",\"point\":1,\"arm\":\"fast\","
        "\"best\":\"yes\",\"low\":0,\"high\":1}]}\n");
    fixture_clear(&fixture);
}
