/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "said.h"

#include <criterion/criterion.h>

#define BLANK_HINT " · {} takes the defaults, none removes"
#define QUOTES     "': ' or '?' ends a plain text here · put it in quotes"
#define TABS       "a tab stands in the indentation · indent with blanks"
#define NOT_BELOW  " · indent it like the lines it belongs to"

static void expect_bytes(const char *text, size_t size, const char *wanted) {
    struct reading reading;
    reading_of_yaml(&reading, text, size);
    cr_expect_str_eq(said(&reading), wanted, "%s\nsays   %s\nwanted %s", text, said(&reading),
                     wanted);
    reading_clear(&reading);
}

static void expect(const char *text, const char *wanted) {
    expect_bytes(text, strlen(text), wanted);
}

/* The tree in one line: name=value, maps in { }, lists in [ ], ? for what cannot be used. */
static void write_node(FILE *out, const struct node *node) {
    if (node->key) fprintf(out, "%s=", node->key);
    if (node->kind == NODE_TEXT)
        fprintf(out, node->quoted ? "'%s'" : "%s", node->text ? node->text : "?");
    if (node->kind != NODE_TEXT) fputc(node->kind == NODE_MAP ? '{' : '[', out);
    for (const struct node *child = node->first; child; child = child->next) {
        write_node(out, child);
        if (child->next) fputc(' ', out);
    }
    if (node->kind != NODE_TEXT) fputc(node->kind == NODE_MAP ? '}' : ']', out);
}

static void expect_tree(const char *text, const char *wanted) {
    struct reading reading;
    reading_of_yaml(&reading, text, strlen(text));
    cr_assert(reading.root, "%s\nsays %s", text, said(&reading));
    char *tree = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&tree, &size);
    write_node(out, reading.root);
    fclose(out);
    cr_expect_str_eq(tree, wanted, "%s\ngives  %s\nwanted %s", text, tree, wanted);
    free(tree);
    reading_clear(&reading);
}

static const struct node *at(const struct node *node, const char *key) {
    node = node_child(node, key);
    cr_assert(node, "there is no %s", key);
    return node;
}

static void expect_place(struct place place, int32_t line, int32_t column) {
    cr_expect(place.line == line && place.column == column, "%d:%d, wanted %d:%d", place.line,
              place.column, line, column);
}

Test(yaml, maps_lists_and_texts_become_a_tree_in_the_order_written) {
    expect_tree("run: {length: 20 d, seed: 1}\nitems:\n  chair:\n    route: [cut, glue]\n",
                "{run={length=20 d seed=1} items={chair={route=[cut glue]}}}");
    expect_tree("- a\n- b: 1\n  c: 2\n-\n  - d\n", "[a {b=1 c=2} [d]]");
    expect_tree("a: [b: c]\n", "{a=[{b=c}]}");
}

Test(yaml, every_value_stays_text) {
    expect_tree("a: no\nb: 010\nc: 06:00\nd: null\ne: ~\nf: 2027-01-04\n",
                "{a=no b=010 c=06:00 d=null e=~ f=2027-01-04}");
}

Test(yaml, texts_in_quotes_and_blocks_are_marked) {
    expect_tree("a: \"x: #y\"\nb: 'it''s'\nc: ''\n", "{a='x: #y' b='it's' c=''}");
    expect_tree("a: |\n  one\n  two\nb: >\n  one\n  two\nc: |\n",
                "{a='one\ntwo\n' b='one two\n' c=''}");
}

Test(yaml, json_is_read_as_it_is) {
    expect_tree("{\n\t\"a\": 1,\n\t\"b\": [true, \"x\\/y\\u00e9\", {}],\n\t\"c\":{\"d\":[]}\n}\n",
                "{a=1 b=[true 'x/yé' {}] c={d=[]}}");
}

Test(yaml, a_version_line_a_byte_order_mark_and_windows_line_ends_are_no_matter) {
    expect_tree("%YAML 1.2\n---\na: 1\n...\n", "{a=1}");
    expect_tree("\xEF\xBB\xBF"
                "a: 1\r\nb: |\r\n  x\r\n",
                "{a=1 b='x\n'}");
}

Test(yaml, every_node_knows_its_place) {
    static const char text[] = "\xEF\xBB\xBFä: 'x'\n"
                               "run:\n"
                               "  length:  20 d\n"
                               "  show: [a, \"b\"]\n"
                               "about: |\n"
                               "\n"
                               "    first line\n"
                               "empty: |\n";
    struct reading reading;
    reading_of_yaml(&reading, text, sizeof text - 1);
    const struct node *root = reading.root, *run = at(root, "run"), *show = at(run, "show");
    expect_place(at(root, "ä")->place, 1, 4);
    expect_place(run->key_place, 2, 1);
    expect_place(run->place, 3, 3);
    expect_place(at(run, "length")->key_place, 3, 3);
    expect_place(at(run, "length")->place, 3, 12);
    expect_place(show->place, 4, 9);
    expect_place(show->first->place, 4, 10);
    expect_place(show->last->place, 4, 13);
    expect_place(at(root, "about")->place, 7, 5);
    expect_place(at(root, "empty")->place, 8, 8);
    reading_clear(&reading);
}

Test(yaml, a_copy_is_equal_and_separate) {
    struct reading reading;
    reading_of_yaml(&reading, "a: [1, 2, 3]\nb: 4\n", 18);
    struct node *copy = node_copy(&reading.arena, reading.root);
    node_remove(node_child(copy, "a")->first->next);
    cr_expect_eq(node_child(copy, "a")->count, 2);
    cr_expect_str_eq(node_child(copy, "a")->last->text, "3");
    cr_expect_eq(at(reading.root, "a")->count, 3);
    node_remove(node_child(copy, "b"));
    cr_expect_eq(copy->last, copy->first);
    cr_expect_null(node_child(copy, "b"));
    reading_clear(&reading);
}

Test(yaml, blank_values_are_refused_at_their_name) {
    expect("run:\nb: 1\n", "1:1 no value" BLANK_HINT);
    expect("a:\n  cut:   # soon\n", "2:3 no value" BLANK_HINT);
    expect("a: {b, c: , d: 1}\n", "1:5 no value" BLANK_HINT "\n1:8 no value" BLANK_HINT);
    expect("a: {time:3 min}\n", "1:5 no value · a blank belongs after ':'");
    expect("-\n- a\n", "1:2 no value");
    expect("a: {b:}\n", "1:6 no value behind ':' · {} takes the defaults, none removes; "
                        "a text that ends with ':' needs quotes");
    expect_tree("a:\nb: ''\n", "{a=? b=''}");
}

Test(yaml, repeated_names_are_refused_and_the_first_stays) {
    expect("cut: 1\nglue: 2\n\ncut: 3\ncut: 4\n",
           "4:1 'cut' is given twice, first in line 1\n5:1 'cut' is given twice, first in line 1");
    expect("a: {b: 1, b: 2}\n", "1:11 'b' is given twice, first in line 1");
    expect("warm-up: 1\nwarm_up: 2\n", "2:1 'warm_up' and 'warm-up' in line 1 differ only by - "
                                       "and _ · give one of them another name");
    expect("a: {x: 1}\nb: {x: 1}\n", "");
    expect_tree("a: 1\nb: 2\na: 3\nc: 4\n", "{a=1 b=2 c=4}");
}

Test(yaml, a_comma_that_cuts_a_law_is_one_fault_with_the_law_written_right) {
#define CUT "a comma cut this value in two · "
    expect("a: {lasts: lognormal(25, 10) min}\n",
           "1:12 " CUT "inside { } use blanks: lognormal(mean=25 sd=10) min");
    expect("a: {lasts: weibull(2, 3 h), b: 1}\n",
           "1:12 " CUT "inside { } use blanks: weibull(shape=2 scale=3 h)");
    expect("a: {lasts: normal(mean=25, sd=10) min}\n",
           "1:12 " CUT "inside { } use blanks: normal(mean=25 sd=10) min");
    expect("a: {t: triangular(1, 2, 3) min, n: 2}\n",
           "1:8 " CUT "inside { } use blanks: triangular(1 2 3) min");
    expect("a: [uniform(1, 2), 3]\n", "1:5 " CUT "inside [ ] use blanks: uniform(1 2)");
    expect("a: {t: mixture(0.8 uniform(1, 2), 0.2 9) min}\n",
           "1:8 " CUT "inside { } use blanks: mixture(0.8 uniform(1 2) 0.2 9) min");
    expect("a: {rule: max(1, due)}\n", "1:11 " CUT "inside { } put it in quotes: \"max(1, due)\"");
    expect("a: {price: 1,000 EUR}\n",
           "1:12 " CUT "a decimal point is a point, and thousands stand together");
    expect_tree("a: {t: uniform(1, 2) min, n: 2}\n", "{a={t=? n=2}}");
    expect_tree("a: [uniform(1, 2), 3]\n", "{a=[? 3]}");
}

Test(yaml, commas_that_cut_nothing_are_left_alone) {
    expect("a: uniform(1, 2) min\n", "");
    expect("a: {t: \"max(1, 2)\", u: uniform(1 2)}\n", "");
    expect("a: {t: f(1, b: 2)}\n", "");
    expect("a: [f(1, 2]\n", "");
    expect("a: {t: 1, 2b: 3}\n", "");
}

Test(yaml, what_makes_yaml_surprising_is_refused) {
    expect("a: &x 1\n", "1:4 anchors such as '&x' have no meaning here · write the value out where "
                        "it is needed");
    expect("a: [*x, 1]\n", "1:5 aliases such as '*x' have no meaning here · write the value out; a "
                           "text that begins with '*' needs quotes");
    expect("a: !t 1\n", "1:4 tags have no meaning here · a text that begins with '!' needs quotes");
    expect("a: !!str\n",
           "1:4 tags have no meaning here · a text that begins with '!' needs quotes");
    expect("a: !x!y 1\n",
           "1:4 tags have no meaning here · a text that begins with '!' needs quotes");
    expect("<<: {a: 1}\n",
           "1:1 merge keys (<<) have no meaning here · `base: FILE` takes another file");
    expect("%TAG ! x\n---\na: 1\n", "1:1 %TAG has no meaning here");
    expect("%FOO\n---\na: 1\n", "1:1 only %YAML 1.2 may stand here · a text that begins with '%' "
                                "needs quotes");
    expect("%YAML 3.0\n---\na: 1\n", "1:1 only %YAML 1.2 may stand here · a text that begins with "
                                     "'%' needs quotes");
    expect("a: 1\n---\nb: 2\n",
           "2:1 a second document begins here · give each scenario its own file");
    expect("a: 1\n...\nb: 2\n", "3:1 the scenario has ended before this · one file holds one "
                                "scenario, and all of it is one map");
    expect("[1]: 2\nb: 3\n",
           "1:1 a name is wanted here, not a list · a text that begins with { or [ "
           "needs quotes");
    expect_tree("{a: 1}: {c: d}\nb: 3\n", "{b=3}");
    expect("'': 2\n", "1:1 a name is missing before ':'");
    expect(": x\n", "1:1 a name is missing before ':'");
}

Test(yaml, a_colon_or_question_mark_inside_a_plain_text_asks_for_quotes) {
    expect("title: Lesson 5: queues\n", "1:16 " QUOTES);
    expect("a: {title: Lesson 5: queues}\n", "1:20 " QUOTES ", or a comma between two entries");
    expect("ask: ? why\n", "1:6 " QUOTES);
    expect("a: {b: ?x}\n", "1:8 " QUOTES);
    expect("ask: why? really?\nb: {c: why?}\n", "");
}

Test(yaml, a_character_that_cannot_begin_a_text_asks_for_quotes) {
    expect("a: %x\n", "1:4 a text cannot begin with '%' · put it in quotes");
    expect("a: @x\n", "1:4 a text cannot begin with '@' · put it in quotes");
    expect("a: `x`\n", "1:4 a text cannot begin with '`' · put it in quotes");
    expect("*.x: 1\n", "1:1 a text cannot begin with '*' · put it in quotes");
    expect("a: & b\n", "1:4 a text cannot begin with '&' · put it in quotes");
}

Test(yaml, wrong_indentation_is_named_where_it_begins) {
    expect("a:\n\tb: 1\n", "2:1 " TABS);
    expect("a:\n  b: 1\n\tc: 2\n", "3:1 " TABS);
    expect("a: >\n\ttab\n", "2:1 " TABS);
    expect("a:\n  b: 1\n    c: 2\n",
           "3:5 this line is indented as a part of the value in line 2" NOT_BELOW);
    expect("a:\n    b: 1\n  c: 2\n", "3:3 this line is indented like none above it" NOT_BELOW);
    expect("a: |\n   text\n  less\n", "3:3 this line is indented like none above it" NOT_BELOW);
    expect("a:\n  - b\n  c: 1\n", "3:3 '- ' is wanted here, as in line 2");
    expect("a:\n  c: 1\n  - b\n",
           "3:3 an entry of a list stands among the names that begin in line 2");
    expect("a: - b\n", "1:4 a list of '- ' lines cannot begin here · begin the list on the next "
                       "line, or write [a, b]");
    expect("a:\n- b\n-c\n", "3:1 this is no entry of a list · a blank belongs after '-'");
}

Test(yaml, a_missing_colon_is_named) {
#define COLON "a ':' is missing in this line · a line is a name, ':', a blank and a value"
    expect("a:\n  b: 1\n  cut\n  c: 1\n", "3:3 " COLON);
    expect("a:b\nc: 1\n", "1:1 " COLON);
    expect("a:\n  cut {time: 3}\n  b: 1\n", "2:3 a ':' is missing before '{'");
}

Test(yaml, unclosed_brackets_are_named_where_they_open) {
    expect("a: {b: 1\nc: 2\n", "1:4 '{' is not closed");
    expect("a: {b: 1,\n  c: 2\n", "1:4 '{' is not closed");
    expect("a: {b: {c: 1}\nd: 1\n", "1:4 '{' is not closed");
    expect("a: [1, 2\nb: 3\n", "1:4 '[' is not closed");
    expect("{\n  \"a\": 1", "1:1 '{' is not closed");
    expect("a: [1, 2}\n", "1:9 ']' is wanted here, for '[' in line 1");
    expect("a: {b: 1]\n", "1:9 '}' is wanted here, for '{' in line 1");
    expect("a: {\n  b: 1\n  c: 2\n}\n", "3:3 a ',' is missing before this line, or '}' before it");
    expect("a: {b: \"x\" y}\n", "1:12 ',' or '}' is wanted here");
    expect("a: {b: 1}\n}\n", "2:1 '}' closes nothing");
    expect("a: ]\n", "1:4 ']' cannot stand here");
    expect("a: [1,,2]\n", "1:7 a value is missing before ','");
    expect("a: {: x}\n", "1:5 a name is missing before ':'");
    expect("a: {b: - c}\n", "1:8 a list of '- ' lines cannot begin here · inside brackets a list "
                            "is written [a, b]");
}

Test(yaml, mistakes_with_quotes_are_named) {
    expect("b: 1\na: \"abc\nc: 2\n", "2:4 the text that begins with this \" is not closed");
    expect("a: 'abc\n", "1:4 the text that begins with this ' is not closed · inside '...' an "
                        "apostrophe is written ''");
    expect("a: \"x\" y\n", "1:8 text stands behind the end of this value · quote the whole value");
    expect("- \"x\" y\n", "1:7 text stands behind the end of this value · quote the whole value");
    expect("'c' d: 1\n", "1:5 text stands behind the end of this value · quote the whole value");
    expect("a: \"x\\qy\"\n", "1:6 '\\q' has no meaning inside \"...\" · write \\\\ for a "
                             "backslash, or use '...'");
    expect("a: \"\\ud83d\"\n", "1:7 this is the code of no character · write the character itself");
    expect("a: \"x\\0y\"\n", "1:4 this text holds a control character (U+0000)");
    expect("a: |x\n  t\n", "1:5 nothing may stand behind | or > but a comment · begin the text on "
                           "the next line, indented");
}

Test(yaml, faults_before_a_broken_line_are_said_too) {
    expect("a: 1\na: 2\nb:\nc: {x: uniform(1, 2)}\nd: %\n",
           "4:8 " CUT
           "inside { } use blanks: uniform(1 2)\n5:4 a text cannot begin with '%' · put it "
           "in quotes\n3:1 no value" BLANK_HINT "\n2:1 'a' is given twice, first in line 1");
}

Test(yaml, what_is_no_text_is_refused_with_its_place) {
    expect("", "0:0 there is nothing in it");
    expect("# only\n", "0:0 there is nothing in it");
    expect("---\n", "0:0 there is nothing in it");
    expect_bytes("a\0b", 3,
                 "0:0 this is no text: it holds zero bytes · a scenario or table is plain "
                 "text in UTF-8");
    expect_bytes("\xFF\xFE"
                 "a\0",
                 4, "0:0 this text is in UTF-16 · save it as UTF-8");
    expect("a: 1\nbü: K\xF6ln\n", "2:6 byte F6 is not UTF-8 · save the file as UTF-8");
    expect("a: \xED\xA0\x80\n", "1:4 byte ED is not UTF-8 · save the file as UTF-8");
    expect("a: \xC0\x80\n", "1:4 byte C0 is not UTF-8 · save the file as UTF-8");
    expect("a: caf\xC3", "1:7 byte C3 is not UTF-8 · save the file as UTF-8");
    expect("a: \x1b[31m\n", "1:4 a control character (U+001B) · remove it");
    expect("a: 1\rb: 2\n", "1:5 a carriage return without a line feed (U+000D) · remove it");
    expect("a: x\u2028y\n", "1:5 a line separator of Unicode (U+2028) · remove it");
    expect("a: x\uFEFFy\n", "1:5 a byte order mark inside the text (U+FEFF) · remove it");
}

/* TIMES copies of PIECE between two texts. */
static char *repeated(const char *before, const char *piece, size_t times, const char *after) {
    size_t size = strlen(piece), head = strlen(before);
    char *text = malloc(head + size * times + strlen(after) + 1);
    memcpy(text, before, head);
    for (size_t i = 0; i < times; i++) memcpy(text + head + i * size, piece, size);
    strcpy(text + head + size * times, after);
    return text;
}

static void expect_repeated(const char *before, const char *piece, size_t times, const char *after,
                            const char *wanted) {
    char *text = repeated(before, piece, times, after);
    struct reading reading;
    reading_of_yaml(&reading, text, strlen(text));
    cr_expect_str_eq(said(&reading), wanted, "%zu times '%s'\nsays   %s\nwanted %s", times, piece,
                     said(&reading), wanted);
    reading_clear(&reading);
    free(text);
}

Test(yaml, depth_is_limited_to_64) {
    char *text = repeated("", "[", 64, "1");
    char *closed = repeated(text, "]", 64, "");
    expect(closed, "");
    free(closed);
    free(text);
    expect_repeated("", "[", 65, "", "1:65 maps and lists are more than 64 deep here");
    expect_repeated("a: ", "[", 100000, "", "1:67 maps and lists are more than 64 deep here");
    expect_repeated("", "- ", 100000, "", "1:129 maps and lists are more than 64 deep here");
}

Test(yaml, size_is_limited) {
    expect_repeated("a: ", "xxxxxxxx", 5 * 128 * 1024, "\n", "");
    expect_repeated("a: ", "xxxxxxxx", 5 * 128 * 1024, "x\n",
                    "1:4 this text is longer than 5242880 bytes");
    expect_repeated("? ", "x", 1025, "\n: 1\n", "1:3 this text is longer than 1024 bytes");
    expect_repeated("", "-\n", 1, "", "1:2 no value");
}

Test(yaml, a_map_of_a_hundred_thousand_names_is_checked_quickly) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    for (int i = 0; i < 100000; i++) fprintf(out, "station-%d: 1\n", i);
    fprintf(out, "station-7: 2\n");
    fclose(out);
    expect(text, "100001:1 'station-7' is given twice, first in line 8");
    free(text);
}
