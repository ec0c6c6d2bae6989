/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of day, dates, days of the week, and ranges of all that has an order.
 *
 * Dates are of the proleptic Gregorian calendar, without zones or daylight saving: a day has 86 400
 * seconds. Days are counted from 1970-01-01. */
#include "quantity.h"

#include <math.h>
#include <string.h>

enum { DAY_SECONDS = 86400, EPOCH_DAY = 719162 /* days before 1970 */ };

/* What a text is read with: where one is, and where faults are put. */
struct reading {
    struct value_context *context;
    const char *text, *at;
    struct place place;
};

static bool wrong(struct reading *reading, const char *at, const char *hint, const char *reason) {
    fault_error(reading->context->faults, text_place(reading->place, reading->text, at), hint,
                "%s, this is '%s'", reason, text_skip_blanks(reading->text));
    return false;
}

static struct reading begin(struct value_context *context, const char *text, struct place place) {
    return (struct reading){context, text, text_skip_blanks(text), place};
}

static bool take(struct reading *reading, const char *mark) {
    size_t count = strlen(mark);
    if (strncmp(reading->at, mark, count) != 0) return false;
    reading->at += count;
    return true;
}

static void skip(struct reading *reading) {
    reading->at = text_skip_blanks(reading->at);
}

/* Reads at least LEAST and at most MOST digits. */
static bool take_digits(struct reading *reading, int least, int most, int *out) {
    int count = 0;
    *out = 0;
    for (; count < most && text_is_digit(reading->at[count]); count++)
        *out = 10 * *out + (reading->at[count] - '0');
    if (count < least || text_is_digit(reading->at[count])) return false;
    reading->at += count;
    return true;
}

/* ---- Times of day ---- */

static bool take_clock(struct reading *reading, tick *out) {
    const char *from = reading->at;
    int hour, minute, second = 0;
    if (!take_digits(reading, 1, 2, &hour) || !take(reading, ":") ||
        !take_digits(reading, 2, 2, &minute) ||
        (take(reading, ":") && !take_digits(reading, 2, 2, &second)))
        return wrong(reading, from, "06:00", "a time of day is wanted");
    int seconds = 3600 * hour + 60 * minute + second;
    if (minute > 59 || second > 59 || seconds > DAY_SECONDS) {
        fault_error(reading->context->faults, text_place(reading->place, reading->text, from),
                    "a day goes from 00:00 to 24:00", "there is no time of day %.*s",
                    (int)(reading->at - from), from);
        return false;
    }
    *out = seconds * TICK_S;
    return true;
}

static bool ends(struct reading *reading, const char *hint, const char *reason) {
    skip(reading);
    return *reading->at ? wrong(reading, reading->at, hint, reason) : true;
}

bool value_clock(struct value_context *context, const char *text, struct place place, tick *out) {
    struct reading reading = begin(context, text, place);
    return take_clock(&reading, out) && ends(&reading, "06:00", "a time of day is wanted");
}

bool value_clock_range(struct value_context *context, const char *text, struct place place,
                       tick *from, tick *to) {
    static const char *const reason = "times of day are wanted";
    struct reading reading = begin(context, text, place);
    if (!take_clock(&reading, from)) return false;
    skip(&reading);
    if (!take(&reading, "-")) return wrong(&reading, reading.at, "06:00-14:00", reason);
    skip(&reading);
    return take_clock(&reading, to) && ends(&reading, "06:00-14:00", reason);
}

/* ---- Dates ---- */

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1970-01-01. Years 1 to 9999. */
static int64_t day_number(int year, int month, int day) {
    int before = year - 1;
    int64_t days = INT64_C(365) * before + before / 4 - before / 100 + before / 400;
    for (int m = 1; m < month; m++) days += days_in_month(year, m);
    return days + day - 1 - EPOCH_DAY;
}

static bool take_date(struct reading *reading, int64_t *out) {
    const char *from = reading->at;
    int year, month, day;
    if (!take_digits(reading, 4, 4, &year) || !take(reading, "-") ||
        !take_digits(reading, 2, 2, &month) || !take(reading, "-") ||
        !take_digits(reading, 2, 2, &day))
        return wrong(reading, from, "2027-01-04", "a date is wanted");
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
        fault_error(reading->context->faults, text_place(reading->place, reading->text, from),
                    "year, month, day: 2027-01-04", "there is no date %.*s",
                    (int)(reading->at - from), from);
        return false;
    }
    *out = day_number(year, month, day);
    return true;
}

bool value_date(struct value_context *context, const char *text, struct place place,
                int64_t *second, bool *has_time) {
    struct reading reading = begin(context, text, place);
    int64_t day;
    if (!take_date(&reading, &day)) return false;
    const char *behind = reading.at;
    skip(&reading);
    tick clock = 0;
    *has_time = text_is_digit(*reading.at) && reading.at > behind;
    if (*has_time && !take_clock(&reading, &clock)) return false;
    *second = day * DAY_SECONDS + clock / TICK_S;
    return ends(&reading, "2027-01-04 or 2027-01-04 06:00", "a date is wanted");
}

bool value_date_range(struct value_context *context, const char *text, struct place place,
                      int64_t *first_day, int64_t *last_day) {
    struct reading reading = begin(context, text, place);
    if (!take_date(&reading, first_day)) return false;
    *last_day = *first_day;
    skip(&reading);
    if (!take(&reading, "..")) return ends(&reading, "2027-05-01..2027-05-09", "dates are wanted");
    skip(&reading);
    const char *last = reading.at;
    if (!take_date(&reading, last_day) ||
        !ends(&reading, "2027-05-01..2027-05-09", "dates are wanted"))
        return false;
    if (*last_day >= *first_day) return true;
    fault_error(context->faults, text_place(place, text, last), NULL,
                "this range ends before it begins");
    return false;
}

bool value_open_day(struct value_context *context, const char *text, struct place place,
                    struct open_day *day) {
    static const char like[] = "2027-05-01 06:00-14:00";
    static const char *const reason = "a date with hours is wanted";
    struct reading reading = begin(context, text, place);
    if (!take_date(&reading, &day->first)) return false;
    day->last = day->first;
    skip(&reading);
    if (take(&reading, "..")) {
        skip(&reading);
        if (!take_date(&reading, &day->last)) return false;
        skip(&reading);
    }
    const char *hours = reading.at;
    if (*hours == '\0') return wrong(&reading, hours, like, reason);
    if (!take_clock(&reading, &day->from)) return false;
    skip(&reading);
    if (!take(&reading, "-")) return wrong(&reading, reading.at, like, reason);
    skip(&reading);
    if (!take_clock(&reading, &day->to) || !ends(&reading, like, reason)) return false;
    if (day->last >= day->first) return true;
    fault_error(context->faults, place, NULL, "this range ends before it begins");
    return false;
}

static bool looks_like_date(const char *at) {
    int digits = 0;
    while (text_is_digit(at[digits])) digits++;
    return digits > 0 && at[digits] == '-' && text_is_digit(at[digits + 1]);
}

bool value_moment(struct value_context *context, const char *text, struct place place, tick *out) {
    const char *at = text_skip_blanks(text);
    if (!looks_like_date(at)) {
        struct quantity time;
        if (!value_quantity(context, text, place, UNIT_TIME, &time)) return false;
        *out = (tick)llrint(time.value);
        return true;
    }
    int64_t second;
    bool has_time;
    if (!value_date(context, text, place, &second, &has_time)) return false;
    if (!context->start_given) {
        fault_error(context->faults, text_place(place, text, at),
                    "run: {start: 2027-01-04 06:00} says when measuring begins",
                    "a date needs run.start");
        return false;
    }
    *out = (second - context->start_second) * TICK_S;
    return true;
}

/* ---- Days of the week ---- */

static bool take_day(struct reading *reading, unsigned *day) {
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (*day = 0; *day < 7; ++*day)
        if (strncmp(reading->at, names[*day], 3) == 0 && !text_is_letter(reading->at[3])) {
            reading->at += 3;
            return true;
        }
    return wrong(reading, reading->at, "Mon Tue Wed Thu Fri Sat Sun, or Mon-Fri",
                 "days of the week are wanted");
}

bool value_days(struct value_context *context, const char *text, struct place place,
                unsigned *days) {
    struct reading reading = begin(context, text, place);
    *days = 0;
    do {
        unsigned first, last;
        if (!take_day(&reading, &first)) return false;
        last = first;
        skip(&reading);
        if (take(&reading, "-")) {
            skip(&reading);
            if (!take_day(&reading, &last)) return false;
        }
        for (unsigned day = first;; day = (day + 1) % 7) {
            *days |= 1U << day;
            if (day == last) break;
        }
        skip(&reading);
        if (take(&reading, ",")) skip(&reading);
    } while (*reading.at);
    return true;
}

/* ---- Ranges of quantities ---- */

static bool take_quantity(struct reading *reading, enum field_unit unit,
                          struct quantity_text *out) {
    skip(reading);
    const char *from = reading->at;
    int32_t errors = reading->context->faults->error_count;
    if (quantity_read(reading->context, reading->text, reading->place, &reading->at, out))
        return true;
    if (reading->context->faults->error_count > errors) return false;
    return wrong(reading, from, "1..4, 4..20 step 4, 0.2 .. 3 /y", quantity_wanted(unit));
}

/* The parts of a range: first, last, step. Where only the last one written has a unit, it holds for
 * all. */
static bool share_unit(struct reading *reading, struct quantity_text *parts, int count) {
    const struct quantity_text *last = &parts[count - 1];
    for (int i = 0; i < count - 1; i++) {
        if (last->has_unit && !parts[i].has_unit) parts[i].unit = last->unit;
        if (dimension_same(parts[i].unit.dimension, last->unit.dimension)) continue;
        struct arena *arena = reading->context->arena;
        fault_error(reading->context->faults, text_place(reading->place, reading->text, last->at),
                    "the unit stands in each part, or once at the end",
                    "the range goes from %s to %s",
                    units_dimension_name(arena, parts[i].unit.dimension),
                    units_dimension_name(arena, last->unit.dimension));
        return false;
    }
    return true;
}

static bool range_parts(struct reading *reading, enum field_unit unit, struct quantity_text *parts,
                        int *count) {
    *count = 1;
    if (!take_quantity(reading, unit, &parts[0])) return false;
    skip(reading);
    if (take(reading, "..")) {
        *count = 2;
        if (!take_quantity(reading, unit, &parts[1])) return false;
        skip(reading);
        if (take(reading, "step")) {
            *count = 3;
            if (!take_quantity(reading, unit, &parts[2])) return false;
            skip(reading);
        }
    }
    if (*reading->at)
        return quantity_rest(reading->context, reading->text, reading->place, reading->at,
                             !parts[*count - 1].has_unit);
    return share_unit(reading, parts, *count);
}

static bool fault_at(struct reading *reading, const struct quantity_text *part,
                     const char *reason) {
    fault_error(reading->context->faults, text_place(reading->place, reading->text, part->at), NULL,
                "%s", reason);
    return false;
}

bool value_range(struct value_context *context, const char *text, struct place place,
                 enum field_unit unit, struct quantity *first, struct quantity *last,
                 struct quantity *step, bool *stepless) {
    struct reading reading = begin(context, text, place);
    struct quantity_text parts[3];
    int count;
    if (!range_parts(&reading, unit, parts, &count)) return false;
    struct dimension dimension = parts[0].unit.dimension;
    const char *written =
        arena_copy(context->arena, parts[0].at, (size_t)(parts[0].end - parts[0].at));
    bool bare = !parts[count - 1].has_unit;
    double values[3] = {0};
    for (int i = 0; i < count; i++) {
        struct place here = text_place(place, text, parts[i].at);
        values[i] = quantity_value(&parts[i]);
        if (!quantity_fits(context, unit, dimension, here, bare ? written : NULL)) return false;
        if (!quantity_small(context, here, values[i], dimension)) return false;
    }
    if (count > 1 && values[1] < values[0])
        return fault_at(&reading, &parts[1], "this range ends before it begins");
    if (count == 3 && !(values[2] > 0)) return fault_at(&reading, &parts[2], "a step is above 0");
    bool plain = dimension_same(dimension, (struct dimension){0});
    bool whole = plain && values[0] == floor(values[0]) && values[1] == floor(values[1]);
    *first = (struct quantity){.value = values[0], .dimension = dimension};
    *last = (struct quantity){.value = count > 1 ? values[1] : values[0], .dimension = dimension};
    *step = (struct quantity){.value = count == 3 ? values[2] : count == 2 && whole,
                              .dimension = dimension};
    *stepless = count == 2 && !whole;
    return true;
}
