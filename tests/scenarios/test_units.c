/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "valued.h"

#include "../../scenarios/reader/units.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static double number(const char *text) {
    struct decimal decimal;
    const char *end = units_decimal(text, &decimal);
    cr_assert(end && !*end, "%s", text);
    return units_value(decimal, NULL);
}

Test(units, numbers_are_the_nearest_doubles) {
    cr_assert(number("0") == 0);
    cr_assert(number("0.1") == 0.1);
    cr_assert(number("3.14159265358979") == 3.14159265358979);
    cr_assert(number(".5") == 0.5);
    cr_assert(number("1e3") == 1000);
    cr_assert(number("2.5E-3") == 0.0025);
    cr_assert(number("12345678901234567890123") == 12345678901234567890123.0);
    cr_assert(number("0.000000000000000000000000000000125") == 1.25e-31);
    cr_assert(isinf(number("1e999999")));
    cr_assert(number("1e-999999") == 0);
    cr_assert(number("0e999999") == 0);
}

Test(units, what_is_no_decimal_number_is_refused) {
    struct decimal decimal;
    static const char *const wrong[] = {"", "inf", "nan", ".", "e5", "-1", "+1", "x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_null(units_decimal(wrong[i], &decimal), "%s", wrong[i]);
    cr_assert_str_eq(units_decimal("0x10", &decimal), "x10");
    cr_assert_str_eq(units_decimal("1..4", &decimal), "..4");
    cr_assert_str_eq(units_decimal("1e", &decimal), "e");
    cr_assert_str_eq(units_decimal("3,5", &decimal), ",5");
}

Test(units, the_locale_does_not_matter) {
    setlocale(LC_ALL, "de_DE.UTF-8");
    cr_assert(number("0.25") == 0.25);
    setlocale(LC_ALL, "C");
}

Test(units, every_unit_has_its_size_and_dimension) {
    static const struct {
        const char *text;
        double value;
        struct dimension dimension;
    } rows[] = {
        {"us", 1, {.time = 1}},
        {"ms", 1e3, {.time = 1}},
        {"s", 1e6, {.time = 1}},
        {"min", 60e6, {.time = 1}},
        {"h", 3600e6, {.time = 1}},
        {"d", 86400e6, {.time = 1}},
        {"wk", 604800e6, {.time = 1}},
        {"mo", 2628000e6, {.time = 1}},
        {"y", 31536000e6, {.time = 1}},
        {"%", 0.01, {0}},
        {"ppm", 1e-6, {0}},
        {"g", 0.001, {.mass = 1}},
        {"kg", 1, {.mass = 1}},
        {"t", 1000, {.mass = 1}},
        {"mm", 0.001, {.length = 1}},
        {"cm", 0.01, {.length = 1}},
        {"m", 1, {.length = 1}},
        {"km", 1000, {.length = 1}},
        {"m2", 1, {.length = 2}},
        {"m3", 1, {.length = 3}},
        {"l", 0.001, {.length = 3}},
        {"Wh", 0.001, {.energy = 1}},
        {"kWh", 1, {.energy = 1}},
        {"MWh", 1000, {.energy = 1}},
        {"EUR", 1, {.money = 1}},
        {"kEUR", 1e3, {.money = 1}},
        {"MEUR", 1e6, {.money = 1}},
        {"pieces", 1, {0}},
        {"batches", 1, {0}},
        {"people", 1, {0}},
        {"orders", 1, {0}},
        {"cases", 1, {0}},
        {"/h", 1 / 3600e6, {.time = -1}},
        {"%/y", 1 / 31536000e8, {.time = -1}},
        {"m/s", 1e-6, {.length = 1, .time = -1}},
        {"h/d", 1.0 / 24, {0}},
        {"EUR/kg", 1, {.money = 1, .mass = -1}},
        {"EUR/kg/mo", 1 / 2628000e6, {.money = 1, .mass = -1, .time = -1}},
        {"kg/kg", 1, {0}},
    };
    struct valued valued;
    valued_init(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i].text;
        struct unit unit;
        cr_assert_eq(units_read(&valued.context, &at, valued_place, &unit), UNIT_FOUND, "%s",
                     rows[i].text);
        cr_assert(!*at, "%s", rows[i].text);
        struct decimal one = {1, 0};
        cr_assert(units_value(one, &unit) == rows[i].value, "%s", rows[i].text);
        cr_assert(dimension_same(unit.dimension, rows[i].dimension), "%s", rows[i].text);
    }
    valued_clear(&valued);
}

Test(units, the_last_part_says_what_a_time_is_for) {
    struct valued valued;
    valued_init(&valued);
    static const struct {
        const char *text;
        enum law_per per;
        bool counted;
    } rows[] = {{"min", LAW_PER_LOT, false},
                {"min/lot", LAW_PER_LOT, true},
                {"min/piece", LAW_PER_PIECE, true},
                {"h/batch", LAW_PER_BATCH, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i].text;
        struct unit unit;
        cr_assert_eq(units_read(&valued.context, &at, valued_place, &unit), UNIT_FOUND);
        cr_assert_eq(unit.per, rows[i].per, "%s", rows[i].text);
        cr_assert_eq(unit.counted, rows[i].counted, "%s", rows[i].text);
    }
    valued_clear(&valued);
}

static enum unit_found read(struct valued *valued, const char *text) {
    struct unit unit;
    return units_read(&valued->context, &text, valued_place, &unit);
}

Test(units, words_that_go_on_like_names_are_no_units) {
    struct valued valued;
    valued_init(&valued);
    static const char *const names[] = {"h-max", "m.x", "min_2", "then", "work",
                                        "/ h",   "/5",  "(",     ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_assert_eq(read(&valued, names[i]), UNIT_ABSENT, "%s", names[i]);
    cr_assert_str_eq(valued_said(&valued), "");
    valued_clear(&valued);
}

Test(units, a_scenario_has_one_currency) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_eq(read(&valued, "EUT"), UNIT_FAULT);
    cr_assert_str_eq(valued_said(&valued), "1 there is no currency 'EUT' · did you mean 'EUR'?");
    cr_assert_eq(read(&valued, "kUSD/h"), UNIT_FOUND);
    cr_assert_eq(read(&valued, "EUR"), UNIT_FAULT);
    cr_assert_str_eq(valued_said(&valued),
                     "1 this is in EUR, but money so far is in USD · a scenario has one currency");
    cr_assert_eq(read(&valued, "QQQ"), UNIT_FAULT);
    cr_assert_str_eq(valued_said(&valued), "1 there is no currency 'QQQ'");
    valued_clear(&valued);
}

Test(units, behind_a_slash_a_unit_is_due) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_eq(read(&valued, "/growth"), UNIT_FAULT);
    cr_assert_str_eq(valued_said(&valued),
                     "2 there is no unit 'growth' · a division stands between blanks: / growth");
    cr_assert_eq(read(&valued, "EUR/hour"), UNIT_FAULT);
    cr_assert_str_eq(valued_said(&valued), "5 there is no unit 'hour' · did you mean 'h'?");
    cr_assert_eq(read(&valued, "m3/m3/m3/m3/m3/m/m3/m3"), UNIT_FAULT);
    cr_assert_str_eq(valued_said(&valued), "16 a unit has too many parts");
    valued_clear(&valued);
}

Test(units, dimensions_have_names) {
    struct valued valued;
    valued_init(&valued);
    static const struct {
        struct dimension dimension;
        const char *name;
    } rows[] = {
        {{0}, "a plain number"},
        {{.time = 1}, "a time"},
        {{.time = -1}, "a number a time"},
        {{.money = 1, .time = -1}, "money a time"},
        {{.money = 1, .mass = -1}, "money a mass"},
        {{.mass = -1}, "a number a mass"},
        {{.time = 1, .money = -1}, "a time for money"},
        {{.time = 2}, "a quantity in time^2"},
        {{.time = -1, .money = 1, .mass = -1}, "a quantity in time^-1 money mass^-1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_str_eq(units_dimension_name(&valued.arena, rows[i].dimension), rows[i].name);
    valued_clear(&valued);
}

Test(units, slips_of_the_pen_find_their_word) {
    static const char *const words[] = {"machines", "time", "machine", "mean", "sd"};
    cr_assert_str_eq(value_nearest("machnies", words, 5), "machines");
    cr_assert_str_eq(value_nearest("tiem", words, 5), "time");
    cr_assert_str_eq(value_nearest("men", words, 5), "mean");
    cr_assert_null(value_nearest("queue", words, 5));
    cr_assert_null(value_nearest("xy", words, 5));
    cr_assert_null(value_nearest("", words, 5));
    cr_assert_null(value_nearest("time", words, 0));
}

Test(units, columns_count_characters) {
    const char *text = "\xC3\xA9\xE2\x82\xAC x";
    cr_assert_eq(text_place(valued_place, text, strchr(text, 'x')).column, 4);
}
