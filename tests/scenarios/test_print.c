/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "said.h"

#include <criterion/criterion.h>

static void expect_text(struct reading *reading, const char *wanted) {
    const char *text = faults_text(&reading->faults, &reading->sources, &reading->arena);
    cr_expect_str_eq(text, wanted, "prints\n%swanted\n%s", text, wanted);
}

/* What is printed for one error with a place in a text. */
static void expect_one(const char *text, int32_t line, int32_t column, const char *wanted) {
    struct reading reading;
    reading_init(&reading);
    source_add_text(&reading.sources, "a.yaml", text, strlen(text));
    fault_error(&reading.faults, ((struct place){0, line, column}), NULL, "bad");
    char *whole = NULL;
    cr_assert(asprintf(&whole, "a.yaml:%d:%d: error: bad\n%s1 error\n", line, column, wanted) > 0);
    expect_text(&reading, whole);
    free(whole);
    reading_clear(&reading);
}

Test(print, a_fault_shows_its_line_a_caret_and_a_hint) {
    struct reading reading;
    static const char text[] = "takt: 1\nitems:\n  a: {lasts: lognormal(25, 10) min}\n";
    reading_of_yaml(&reading, text, sizeof text - 1);
    expect_text(&reading, "test.yaml:3:14: error: a comma cut this value in two\n"
                          "    a: {lasts: lognormal(25, 10) min}\n"
                          "               ^\n"
                          "    hint: inside { } use blanks: lognormal(mean=25 sd=10) min\n"
                          "1 error\n");
    reading_clear(&reading);
}

Test(print, nothing_is_printed_when_nothing_is_wrong) {
    struct reading reading;
    reading_init(&reading);
    expect_text(&reading, "");
    reading_clear(&reading);
}

Test(print, faults_come_in_the_order_of_the_text_and_notes_stay_behind_theirs) {
    struct reading reading;
    reading_init(&reading);
    source_add_text(&reading.sources, "a.yaml", "x\ny z\n", 6);
    source_add_text(&reading.sources, "--set b=2", "b=2", 3);
    struct faults *faults = &reading.faults;
    fault_warning(faults, ((struct place){1, 1, 3}), NULL, "fifth");
    fault_error(faults, ((struct place){0, 2, 3}), NULL, "third");
    fault_add(faults, FAULT_NOTE, (struct place){0, 1, 1}, NULL, "fourth");
    fault_error(faults, ((struct place){0, 2, 1}), NULL, "second");
    fault_error(faults, ((struct place){.source = -1}), "h", "first");
    expect_text(&reading, "takt: error: first\n    hint: h\n"
                          "a.yaml:2:1: error: second\n    y z\n    ^\n"
                          "a.yaml:2:3: error: third\n    y z\n      ^\n"
                          "a.yaml:1:1: note: fourth\n    x\n    ^\n"
                          "--set b=2: warning: fifth\n    b=2\n      ^\n"
                          "3 errors, 1 warning\n");
    reading_clear(&reading);
}

Test(print, the_caret_stands_right_behind_tabs_umlauts_and_wide_characters) {
    expect_one("\tä: x", 1, 5, "        ä: x\n           ^\n");
    expect_one("日本: x", 1, 5, "    日本: x\n          ^\n");
    expect_one("e\u0301: x", 1, 5, "    e\u0301: x\n       ^\n");
    expect_one("\xEF\xBB\xBFx: y\r\n", 1, 4, "    x: y\n       ^\n");
    expect_one("    a: b", 1, 8, "    a: b\n       ^\n");
}

Test(print, a_place_behind_the_line_or_the_text_shows_the_end) {
    expect_one("a:\nb", 1, 9, "    a:\n      ^\n");
    expect_one("a:\nb\n", 3, 1, "    \n    ^\n");
    expect_one("", 1, 1, "    \n    ^\n");
    expect_one("a: 1", 7, 2, "    a: 1\n     ^\n");
}

Test(print, of_a_long_line_the_part_around_the_caret_is_shown) {
    char text[1001], wanted[400];
    for (int i = 0; i < 1000; i++) text[i] = (char)('a' + i % 26);
    text[1000] = '\0';
    snprintf(wanted, sizeof wanted, "    ...%.100s...\n    %63s^\n", text + 439, "");
    expect_one(text, 1, 500, wanted);
    snprintf(wanted, sizeof wanted, "    %.49s...\n    %9s^\n", text, "");
    expect_one(text, 1, 10, wanted);
}

Test(print, control_characters_are_shown_and_not_sent) {
    expect_one("a\x1b[31m\xFF: \u202Eb", 1, 9,
               "    a\\x1B[31m\\xFF: \\u202Eb\n                  ^\n");
    struct reading reading;
    reading_init(&reading);
    fault_error(&reading.faults, ((struct place){.source = -1}), "\a", "no '\x1b]0;x\n'");
    expect_text(&reading, "takt: error: no '\\x1B]0;x\\x0A'\n    hint: \\x07\n1 error\n");
    reading_clear(&reading);
}

Test(print, colours_change_nothing_but_colours) {
    struct reading reading;
    reading_of_yaml(&reading, "a:\n", 3);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    faults_print(&reading.faults, &reading.sources, out, true);
    fclose(out);
    cr_expect(strstr(text, "\033[1;31merror:\033[0m no value"), "%s", text);
    char *to = text;
    for (const char *from = text; (*to = *from); from++, to++)
        if (*from == '\033') {
            from = strchr(from, 'm');
            to--;
        }
    expect_text(&reading, text);
    free(text);
    reading_clear(&reading);
}

Test(print, what_is_beyond_the_most_faults_is_counted) {
    struct reading reading;
    reading_init(&reading);
    source_add_text(&reading.sources, "a.yaml", "", 0);
    for (int32_t i = 1; i <= 120; i++)
        fault_error(&reading.faults, ((struct place){0, i, 1}), NULL, "bad");
    const char *text = faults_text(&reading.faults, &reading.sources, &reading.arena);
    cr_expect(strstr(text, "a.yaml:100:1: error: bad\n"));
    cr_expect(strstr(text, "\nand 20 more\n120 errors\n"), "%s", text);
    reading_clear(&reading);
}
