/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "valued.h"

#include <criterion/criterion.h>
#include <time.h>

Test(clock, a_day_goes_from_0_to_24) {
    struct valued valued;
    valued_init(&valued);
    tick out;
    cr_assert(value_clock(&valued.context, "06:00", valued_place, &out));
    cr_assert_eq(out, 6 * TICK_H);
    cr_assert(value_clock(&valued.context, "24:00", valued_place, &out));
    cr_assert_eq(out, TICK_D);
    cr_assert(value_clock(&valued.context, "7:05:30", valued_place, &out));
    cr_assert_eq(out, 7 * TICK_H + 5 * TICK_MIN + 30 * TICK_S);
    cr_assert(!value_clock(&valued.context, "24:01", valued_place, &out));
    cr_assert_str_eq(valued_said(&valued),
                     "1 there is no time of day 24:01 · a day goes from 00:00 to 24:00");
    cr_assert(!value_clock(&valued.context, "6 h", valued_place, &out));
    cr_assert_str_eq(valued_said(&valued), "1 a time of day is wanted, this is '6 h' · 06:00");
    cr_assert(!value_clock(&valued.context, "06:00 am", valued_place, &out));
    cr_assert_str_eq(valued_said(&valued), "7 a time of day is wanted, this is '06:00 am' · 06:00");
    valued_clear(&valued);
}

Test(clock, shifts_may_pass_midnight) {
    struct valued valued;
    valued_init(&valued);
    tick from, to;
    cr_assert(value_clock_range(&valued.context, "22:00-06:00", valued_place, &from, &to));
    cr_assert_eq(from, 22 * TICK_H);
    cr_assert_eq(to, 6 * TICK_H);
    cr_assert(value_clock_range(&valued.context, "06:00 - 14:00", valued_place, &from, &to));
    cr_assert_eq(to, 14 * TICK_H);
    cr_assert(!value_clock_range(&valued.context, "06:00", valued_place, &from, &to));
    cr_assert_str_eq(valued_said(&valued),
                     "6 times of day are wanted, this is '06:00' · 06:00-14:00");
    cr_assert(!value_clock_range(&valued.context, "06:00-14", valued_place, &from, &to));
    cr_assert_str_eq(valued_said(&valued), "7 a time of day is wanted, this is '06:00-14' · 06:00");
    valued_clear(&valued);
}

Test(clock, dates_agree_with_the_calendar_of_the_system) {
    struct valued valued;
    valued_init(&valued);
    for (int64_t day = -719162; day < 2932896; day += 3571) {
        time_t second = (time_t)day * 86400;
        struct tm tm;
        char text[48];
        gmtime_r(&second, &tm);
        snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        int64_t out;
        bool has_time;
        cr_assert(value_date(&valued.context, text, valued_place, &out, &has_time), "%s", text);
        cr_assert_eq(out, second, "%s", text);
        cr_assert(!has_time);
    }
    valued_clear(&valued);
}

Test(clock, a_date_may_have_a_time) {
    struct valued valued;
    valued_init(&valued);
    int64_t second;
    bool has_time;
    cr_assert(value_date(&valued.context, "2027-01-04 06:00", valued_place, &second, &has_time));
    cr_assert(has_time);
    cr_assert_eq(second, 1799042400);
    cr_assert(!value_date(&valued.context, "2027-02-29", valued_place, &second, &has_time));
    cr_assert_str_eq(valued_said(&valued),
                     "1 there is no date 2027-02-29 · year, month, day: 2027-01-04");
    cr_assert(!value_date(&valued.context, "4.1.2027", valued_place, &second, &has_time));
    cr_assert_str_eq(valued_said(&valued), "1 a date is wanted, this is '4.1.2027' · 2027-01-04");
    cr_assert(!value_date(&valued.context, "2027-01-04 noon", valued_place, &second, &has_time));
    cr_assert_str_eq(valued_said(&valued), "12 a date is wanted, this is '2027-01-04 noon' · "
                                           "2027-01-04 or 2027-01-04 06:00");
    valued_clear(&valued);
}

Test(clock, date_ranges_count_days) {
    struct valued valued;
    valued_init(&valued);
    int64_t first, last;
    cr_assert(
        value_date_range(&valued.context, "2027-05-01..2027-05-09", valued_place, &first, &last));
    cr_assert_eq(last - first, 8);
    cr_assert(value_date_range(&valued.context, "1970-01-02", valued_place, &first, &last));
    cr_assert(first == 1 && last == 1);
    cr_assert(!value_date_range(&valued.context, "2027-05-09 .. 2027-05-01", valued_place, &first,
                                &last));
    cr_assert_str_eq(valued_said(&valued), "15 this range ends before it begins");
    cr_assert(
        !value_date_range(&valued.context, "2027-05-01-2027-05-09", valued_place, &first, &last));
    cr_assert_str_eq(
        valued_said(&valued),
        "11 dates are wanted, this is '2027-05-01-2027-05-09' · 2027-05-01..2027-05-09");
    valued_clear(&valued);
}

Test(clock, moments_are_times_or_dates) {
    struct valued valued;
    valued_init(&valued);
    tick out;
    cr_assert(value_moment(&valued.context, "-2 h", valued_place, &out));
    cr_assert_eq(out, -2 * TICK_H);
    cr_assert(!value_moment(&valued.context, "2027-01-05", valued_place, &out));
    cr_assert_str_eq(valued_said(&valued),
                     "1 a date needs run.start · run: {start: 2027-01-04 06:00} "
                     "says when measuring begins");
    valued.context.start_given = true;
    valued.context.start_second = 1799042400;
    cr_assert(value_moment(&valued.context, "2027-01-05", valued_place, &out));
    cr_assert_eq(out, 18 * TICK_H);
    cr_assert(!value_moment(&valued.context, "4", valued_place, &out));
    cr_assert_str_eq(valued_said(&valued), "1 a time needs a unit · 4 min? 4 h?");
    valued_clear(&valued);
}

Test(clock, days_of_the_week_are_bits_from_monday) {
    struct valued valued;
    valued_init(&valued);
    unsigned days;
    cr_assert(value_days(&valued.context, "Mon-Fri", valued_place, &days));
    cr_assert_eq(days, 0x1Fu);
    cr_assert(value_days(&valued.context, "Sat", valued_place, &days));
    cr_assert_eq(days, 0x20u);
    cr_assert(value_days(&valued.context, "Sat-Mon, Wed", valued_place, &days));
    cr_assert_eq(days, 0x65u);
    cr_assert(!value_days(&valued.context, "Mon-Fry", valued_place, &days));
    cr_assert_str_eq(valued_said(&valued), "5 days of the week are wanted, this is 'Mon-Fry' · "
                                           "Mon Tue Wed Thu Fri Sat Sun, or Mon-Fri");
    valued_clear(&valued);
}

struct range {
    double first, last, step;
    bool stepless;
};

static struct range range(struct valued *valued, const char *text, enum field_unit unit) {
    struct quantity first, last, step;
    struct range out;
    bool fine = value_range(&valued->context, text, valued_place, unit, &first, &last, &step,
                            &out.stepless);
    cr_assert(fine, "%s: %s", text, valued_said(valued));
    out.first = first.value, out.last = last.value, out.step = step.value;
    return out;
}

static const char *no_range(struct valued *valued, const char *text, enum field_unit unit) {
    struct quantity first, last, step;
    bool stepless;
    cr_assert(
        !value_range(&valued->context, text, valued_place, unit, &first, &last, &step, &stepless));
    return valued_said(valued);
}

Test(clock, ranges_have_steps_or_none) {
    struct valued valued;
    valued_init(&valued);
    struct range r = range(&valued, "1..4", UNIT_COUNT);
    cr_assert(r.first == 1 && r.last == 4 && r.step == 1 && !r.stepless);
    r = range(&valued, "4..20 step 4", UNIT_COUNT);
    cr_assert(r.first == 4 && r.last == 20 && r.step == 4 && !r.stepless);
    r = range(&valued, "0.2 .. 3 /h", UNIT_RATE);
    cr_assert(r.first == 2 / 36000e6 && r.last == 3 / 3600e6 && r.stepless);
    r = range(&valued, "1 h .. 120 min step 30 min", UNIT_TIME);
    cr_assert(r.first == 3600e6 && r.last == 7200e6 && r.step == 1800e6 && !r.stepless);
    r = range(&valued, "5 min", UNIT_TIME);
    cr_assert(r.first == r.last && r.first == 300e6 && !r.stepless);
    r = range(&valued, "-0.5..0.5", UNIT_PLAIN);
    cr_assert(r.first == -0.5 && r.last == 0.5 && r.stepless);
    valued_clear(&valued);
}

Test(clock, wrong_ranges_are_refused) {
    struct valued valued;
    valued_init(&valued);
    cr_assert_str_eq(no_range(&valued, "4..1", UNIT_COUNT), "4 this range ends before it begins");
    cr_assert_str_eq(no_range(&valued, "1..4 step 0", UNIT_COUNT), "11 a step is above 0");
    cr_assert_str_eq(no_range(&valued, "1..4", UNIT_TIME), "1 a time needs a unit · 1 min? 1 h?");
    cr_assert_str_eq(no_range(&valued, "1 h..4", UNIT_TIME),
                     "6 the range goes from a time to a plain number · "
                     "the unit stands in each part, or once at the end");
    cr_assert_str_eq(no_range(&valued, "1 h .. 4 EUR", UNIT_TIME),
                     "8 the range goes from a time to money · "
                     "the unit stands in each part, or once at the end");
    cr_assert_str_eq(no_range(&valued, "1..", UNIT_COUNT),
                     "4 a count is wanted, this is '1..' · 1..4, 4..20 step 4, 0.2 .. 3 /y");
    cr_assert_str_eq(no_range(&valued, "1..4 EUR", UNIT_COUNT),
                     "1 a count is wanted, this is money");
    cr_assert_str_eq(no_range(&valued, "1-4", UNIT_COUNT),
                     "2 '-4' does not belong to this value · one number and one unit");
    valued_clear(&valued);
}
