/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "valued.h"

#include <criterion/criterion.h>
#include <math.h>

static double value(struct valued *valued, const char *text, enum field_unit unit) {
    struct quantity quantity;
    bool fine = value_quantity(&valued->context, text, valued_place, unit, &quantity);
    cr_assert(fine, "%s: %s", text, valued_said(valued));
    return quantity.value;
}

static const char *refused(struct valued *valued, const char *text, enum field_unit unit) {
    struct quantity quantity;
    cr_assert(!value_quantity(&valued->context, text, valued_place, unit, &quantity), "%s", text);
    return valued_said(valued);
}

Test(quantity, whole_ticks_are_exact) {
    struct valued valued;
    valued_init(&valued);
    cr_assert(value(&valued, "0.25 h", UNIT_TIME) == 900000000);
    cr_assert(value(&valued, "0.7 min", UNIT_TIME) == 42000000);
    cr_assert(value(&valued, "0.1 s", UNIT_TIME) == 100000);
    cr_assert(value(&valued, "27397.61min", UNIT_TIME) == 1643856600000);
    cr_assert(value(&valued, " -1.5 d ", UNIT_TIME) == -129600000000);
    cr_assert(value(&valued, "119.9999 mo", UNIT_TIME) == 315359737200000);
    for (int i = 0; i < 1000; i++) {
        char text[32];
        snprintf(text, sizeof text, "%d.%03d s", i % 7, i);
        cr_assert(value(&valued, text, UNIT_TIME) == (i % 7) * 1e6 + i * 1000, "%s", text);
    }
    valued_clear(&valued);
}

Test(quantity, units_of_one_kind_convert) {
    struct valued valued;
    valued_init(&valued);
    cr_assert(value(&valued, "20 %", UNIT_SHARE) == 0.2);
    cr_assert(value(&valued, "0.2", UNIT_SHARE) == 0.2);
    cr_assert(value(&valued, "250 kEUR", UNIT_MONEY) == 250000);
    cr_assert(value(&valued, "2.5 EUR/kg", UNIT_PRICE) == 2.5);
    cr_assert(value(&valued, "2.5 EUR/pieces", UNIT_PRICE) == 2.5);
    cr_assert(value(&valued, "18 kEUR/mo", UNIT_MONEY_RATE) == 18000 / 2628000e6);
    cr_assert(value(&valued, "36 kW", UNIT_POWER) == 1e-8);
    cr_assert(value(&valued, "36 kWh/h", UNIT_POWER) == 1e-8);
    cr_assert(value(&valued, "36000 W", UNIT_POWER) == 1e-8);
    cr_assert(value(&valued, "20 %/y", UNIT_HOLDING) == 0.2 / 31536000e6);
    cr_assert(value(&valued, "1 EUR/d", UNIT_HOLDING) == 1 / 86400e6);
    cr_assert(value(&valued, "1 EUR/kg/d", UNIT_HOLDING) == 1 / 86400e6);
    cr_assert(value(&valued, "900 pieces/wk", UNIT_AMOUNT_RATE) == 900 / 604800e6);
    cr_assert(value(&valued, "2 h/d", UNIT_HOURS_A_DAY) == 2.0 / 24);
    cr_assert(value(&valued, "4000 kg", UNIT_AMOUNT) == 4000);
    cr_assert(value(&valued, "0.3 m2", UNIT_AMOUNT) == 0.3);
    cr_assert(value(&valued, "1 m/s", UNIT_ANY) == 1e-6);
    cr_assert(value(&valued, "3 pieces", UNIT_COUNT) == 3);
    valued_clear(&valued);
}

Test(quantity, a_unit_is_asked_for) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_str_eq(refused(&valued, "5", UNIT_TIME), "1 a time needs a unit · 5 min? 5 h?");
    cr_assert_str_eq(refused(&valued, "  5", UNIT_WORK_TIME),
                     "3 a time needs a unit · 5 min? 5 h?");
    cr_assert_str_eq(refused(&valued, "8", UNIT_RATE), "1 a rate needs a unit · 8 /h? 8 /d?");
    cr_assert_str_eq(refused(&valued, "-8.5", UNIT_MONEY), "1 money needs a unit · -8.5 EUR?");
    cr_assert_str_eq(refused(&valued, "8", UNIT_HOLDING),
                     "1 the cost of holding needs a unit · 8 %/y? 8 EUR/y?");
    cr_assert_str_eq(refused(&valued, "2", UNIT_HOURS_A_DAY), "1 hours a day need a unit · 2 h/d?");
    value(&valued, "5 CHF", UNIT_MONEY);
    cr_assert_str_eq(refused(&valued, "8", UNIT_MONEY_RATE),
                     "1 money a time needs a unit · 8 CHF/h? 8 CHF/mo?");
    valued_clear(&valued);
}

Test(quantity, the_wrong_kind_is_named) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_str_eq(refused(&valued, "20 EUR", UNIT_TIME), "1 a time is wanted, this is money");
    cr_assert_str_eq(refused(&valued, "20 %", UNIT_TIME),
                     "1 a time is wanted, this is a plain number");
    cr_assert_str_eq(refused(&valued, "5 min", UNIT_MONEY), "1 money is wanted, this is a time");
    cr_assert_str_eq(refused(&valued, "5 EUR/h", UNIT_PRICE),
                     "1 money a unit is wanted, this is money a time");
    cr_assert_str_eq(refused(&valued, "2 h", UNIT_HOURS_A_DAY),
                     "1 hours a day are wanted, this is a time");
    cr_assert_str_eq(refused(&valued, "2 h", UNIT_COUNT), "1 a count is wanted, this is a time");
    cr_assert_str_eq(refused(&valued, "2 kWh", UNIT_AMOUNT),
                     "1 an amount is wanted, this is an energy");
    valued_clear(&valued);
}

Test(quantity, what_is_no_number_is_refused) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_str_eq(refused(&valued, "soon", UNIT_TIME),
                     "1 a time is wanted, this is 'soon' · 5 min? 5 h?");
    cr_assert_str_eq(refused(&valued, "inf h", UNIT_TIME),
                     "1 a time is wanted, this is 'inf h' · 5 min? 5 h?");
    cr_assert_str_eq(refused(&valued, "nan", UNIT_SHARE), "1 a share is wanted, this is 'nan'");
    cr_assert_str_eq(refused(&valued, "", UNIT_PLAIN), "1 a plain number is wanted, this is ''");
    cr_assert_str_eq(refused(&valued, "0x10", UNIT_PLAIN), "2 there is no unit 'x10'");
    cr_assert_str_eq(refused(&valued, "1e400", UNIT_PLAIN), "1 this number is too large");
    cr_assert_str_eq(refused(&valued, "1e6 y", UNIT_TIME),
                     "1 this time is too long · takt's clock holds 146 000 years");
    valued_clear(&valued);
}

Test(quantity, what_stands_behind_is_refused) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_str_eq(refused(&valued, "1,000 EUR", UNIT_MONEY),
                     "2 a number has no ',' · write 1000");
    cr_assert_str_eq(refused(&valued, "12'500'000 EUR", UNIT_MONEY),
                     "3 a number has no ''' · write 12500000");
    cr_assert_str_eq(refused(&valued, "1 000 EUR", UNIT_MONEY),
                     "2 a number has no blanks · write 1000");
    cr_assert_str_eq(refused(&valued, "3,5 h", UNIT_TIME),
                     "2 a number has no ',' · decimals stand behind a point: 2.5");
    cr_assert_str_eq(refused(&valued, "5 mins", UNIT_TIME),
                     "3 there is no unit 'mins' · did you mean 'min'?");
    cr_assert_str_eq(refused(&valued, "5 min 30 s", UNIT_TIME),
                     "7 '30 s' does not belong to this value · one number and one unit");
    cr_assert_str_eq(refused(&valued, "5 EUT", UNIT_MONEY),
                     "3 there is no currency 'EUT' · did you mean 'EUR'?");
    valued_clear(&valued);
}

Test(quantity, counts_are_whole) {
    struct valued valued;
    valued_init(&valued);
    int32_t count;
    cr_assert(value_count(&valued.context, "3 lots", valued_place, &count));
    cr_assert_eq(count, 3);
    cr_assert(value_count(&valued.context, "1e3", valued_place, &count));
    cr_assert_eq(count, 1000);
    cr_assert(!value_count(&valued.context, "2.5 pieces", valued_place, &count));
    cr_assert_str_eq(valued_said(&valued), "1 a whole number is wanted, this is 2.5 pieces");
    cr_assert(!value_count(&valued.context, "3000000000", valued_place, &count));
    cr_assert_str_eq(valued_said(&valued), "1 a count is at most 2147483647");
    valued_clear(&valued);
}

Test(quantity, yes_and_no_are_words) {
    struct valued valued;
    valued_init(&valued);
    bool out;
    cr_assert(value_bool(&valued.context, "yes", valued_place, &out) && out);
    cr_assert(value_bool(&valued.context, "no", valued_place, &out) && !out);
    cr_assert(value_bool(&valued.context, "true", valued_place, &out) && out);
    cr_assert(value_bool(&valued.context, "false", valued_place, &out) && !out);
    cr_assert(!value_bool(&valued.context, "Yes", valued_place, &out));
    cr_assert_str_eq(valued_said(&valued), "1 yes or no is wanted, this is 'Yes'");
    valued_clear(&valued);
}
