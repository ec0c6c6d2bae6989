/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "friendly.h"

#include "../summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Units of one kind, largest first. The first whose step the number reaches is taken, else the last
 * one. */
struct unit_step {
    double reached; /* in the unit of results */
    const char *name;
    double factor;
};

static const struct unit_step times[] = {
    {72, "d", 1.0 / 24}, {1, "h", 1}, {1.0 / 60, "min", 60}, {0, "s", 3600}};
static const struct unit_step rates[] = {{0.9, "/h", 1}, {0.9 / 24, "/d", 24}, {0, "/wk", 168}};

static struct friendly_unit by_size(const struct unit_step *steps, size_t count, double size) {
    size_t i = 0;
    while (i + 1 < count && size < steps[i].reached) i++;
    if (size == 0) i = count > 3 ? 1 : 0; /* nothing at all is 0 h, not 0 s */
    struct friendly_unit unit = {.factor = steps[i].factor};
    snprintf(unit.name, sizeof unit.name, "%s", steps[i].name);
    return unit;
}

/* kEUR and MEUR, as a scenario may write them. */
static struct friendly_unit large_money(const char *name, double largest) {
    bool millions = largest >= 1e8;
    struct friendly_unit unit = {.factor = millions ? 1e-6 : 1e-3};
    snprintf(unit.name, sizeof unit.name, "%s%s", millions ? "M" : "k", name);
    return unit;
}

struct friendly_unit friendly_unit(const struct takt_results *results, const struct column *column,
                                   double largest) {
    enum result_unit unit = summary_unit_of(column);
    struct friendly_unit plain = {.name = "", .factor = 1};
    if (unit == RESULT_UNIT_HOURS)
        return by_size(times, sizeof times / sizeof *times, fabs(largest));
    if (unit == RESULT_UNIT_PER_HOUR)
        return by_size(rates, sizeof rates / sizeof *rates, fabs(largest));
    if (unit == RESULT_UNIT_COUNT || unit == RESULT_UNIT_ITEM_UNITS) return plain;
    if (unit == RESULT_UNIT_DIMENSIONLESS) {
        bool share = fabs(largest) <= 1;
        return share ? (struct friendly_unit){.name = "%", .factor = 100} : plain;
    }
    char text[16];
    const char *name = summary_unit(results, unit, text);
    bool money = unit == RESULT_UNIT_MONEY || unit == RESULT_UNIT_MONEY_PER_DAY;
    if (money && fabs(largest) >= 1e5) return large_money(name, fabs(largest));
    snprintf(plain.name, sizeof plain.name, "%s", strncmp(name, "1/", 2) == 0 ? name + 1 : name);
    return plain;
}

/* Puts a blank between groups of three digits before the point. */
static void group_thousands(char text[FRIENDLY_SIZE]) {
    size_t sign = strspn(text, "+-");
    size_t whole = strspn(text + sign, "0123456789");
    for (size_t from_right = 3; whole > 3 && from_right < whole; from_right += 3) {
        char *at = text + sign + whole - from_right;
        memmove(at + 1, at, strlen(at) + 1);
        *at = ' ';
    }
}

static const char *with_decimals(char text[FRIENDLY_SIZE], double value, int decimals,
                                 bool with_sign) {
    snprintf(text, FRIENDLY_SIZE / 2, with_sign ? "%+.*f" : "%.*f", decimals, value);
    if (strspn(text, "+-0.") == strlen(text)) /* a rounded zero has no sign */
        snprintf(text, FRIENDLY_SIZE / 2, "%.*f", decimals, 0.0);
    group_thousands(text);
    return text;
}

/* Decimals that show this many significant digits of VALUE, at least none and at most nine. */
static int decimals_for(double value, int digits) {
    if (value == 0 || !isfinite(value)) return 0;
    int decimals = digits - 1 - (int)floor(log10(fabs(value)));
    return decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
}

/* Beyond this, digits before the point mean nothing. */
static const double huge_number = 1e15;

/* So many significant digits, without zeros at the end. */
static const char *trimmed(char text[FRIENDLY_SIZE], double value, int digits, bool with_sign) {
    if (!isfinite(value)) {
        snprintf(text, FRIENDLY_SIZE, "–");
        return text;
    }
    if (fabs(value) >= huge_number) {
        snprintf(text, FRIENDLY_SIZE, "%.*e", digits - 1, value);
        return text;
    }
    with_decimals(text, value, decimals_for(value, digits), with_sign);
    if (!strchr(text, '.')) return text;
    size_t end = strlen(text);
    while (text[end - 1] == '0') end--;
    if (text[end - 1] == '.') end--;
    text[end] = 0;
    return text;
}

const char *friendly_fixed(char text[FRIENDLY_SIZE], double value, int decimals) {
    if (!isfinite(value) || fabs(value) >= huge_number) return trimmed(text, value, 4, false);
    return with_decimals(text, value, decimals, false);
}

const char *friendly_number(char text[FRIENDLY_SIZE], double value) {
    return trimmed(text, value, 4, false);
}

/* Without a half-width six significant digits are shown, as many as claims usually write. */
const char *friendly_interval(char text[FRIENDLY_SIZE], struct interval interval, double factor,
                              bool with_sign) {
    double mean = interval.mean * factor, half_width = interval.half_width * fabs(factor);
    bool plain = !isfinite(mean) || fabs(mean) >= huge_number || half_width >= huge_number;
    if (plain || !(half_width > 0)) return trimmed(text, mean, 6, with_sign);
    int decimals = decimals_for(half_width, 2);
    char width[FRIENDLY_SIZE];
    with_decimals(width, half_width, decimals, false);
    with_decimals(text, mean, decimals, with_sign);
    size_t used = strlen(text);
    snprintf(text + used, FRIENDLY_SIZE - used, " ± %s", width);
    return text;
}

const char *friendly_range(char text[FRIENDLY_SIZE], double low, double high, double factor) {
    double ends[2] = {low * factor, high * factor};
    int decimals = decimals_for((ends[1] - ends[0]) / 2, 2);
    text[0] = 0;
    for (int i = 0; i < 2; i++) {
        char end[FRIENDLY_SIZE];
        bool plain = !isfinite(ends[i]) || fabs(ends[i]) >= huge_number || ends[i] == 0;
        if (plain)
            trimmed(end, ends[i], 4, ends[i] != 0);
        else
            with_decimals(end, ends[i], decimals, true);
        size_t used = strlen(text);
        snprintf(text + used, FRIENDLY_SIZE - used, "%s%s", i ? " .. " : "", end);
    }
    return text;
}
