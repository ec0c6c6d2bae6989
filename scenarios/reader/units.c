/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See units.h.
 *
 * Currencies are the alphabetic codes of ISO 4217. A scenario has one; the first that is read is
 * it. */
#include "units.h"

#include <math.h>
#include <string.h>

enum { DIGITS_MOST = 18, EXPONENT_MOST = 5000, POWER_MOST = 9, UNIT_WORD_MOST = 15 };

struct unit_row {
    const char *word;
    long double up, down;
    struct dimension dimension;
    bool counted;
    enum law_per per;
};

#define TIME_UNIT                                                                                  \
    { .time = 1 }
#define COUNTED(WORD, PER)                                                                         \
    { WORD, 1, 1, {0}, true, PER }
#define COUNT(WORD)                                                                                \
    { WORD, 1, 1, {0}, false, LAW_PER_LOT }

static const struct unit_row unit_rows[] = {
    {"us", 1, 1, TIME_UNIT, false, 0},
    {"ms", 1000, 1, TIME_UNIT, false, 0},
    {"s", TICK_S, 1, TIME_UNIT, false, 0},
    {"min", TICK_MIN, 1, TIME_UNIT, false, 0},
    {"h", TICK_H, 1, TIME_UNIT, false, 0},
    {"d", TICK_D, 1, TIME_UNIT, false, 0},
    {"wk", TICK_WK, 1, TIME_UNIT, false, 0},
    {"mo", TICK_Y / 12, 1, TIME_UNIT, false,
     0}, /* a twelfth of 365 days is a whole number of ticks */
    {"y", TICK_Y, 1, TIME_UNIT, false, 0},
    {"%", 1, 100, {0}, false, 0},
    {"ppm", 1, 1000000, {0}, false, 0},
    {"g", 1, 1000, {.mass = 1}, false, 0},
    {"kg", 1, 1, {.mass = 1}, false, 0},
    {"t", 1000, 1, {.mass = 1}, false, 0},
    {"mm", 1, 1000, {.length = 1}, false, 0},
    {"cm", 1, 100, {.length = 1}, false, 0},
    {"m", 1, 1, {.length = 1}, false, 0},
    {"km", 1000, 1, {.length = 1}, false, 0},
    {"m2", 1, 1, {.length = 2}, false, 0},
    {"m3", 1, 1, {.length = 3}, false, 0},
    {"l", 1, 1000, {.length = 3}, false, 0},
    {"Wh", 1, 1000, {.energy = 1}, false, 0},
    {"kWh", 1, 1, {.energy = 1}, false, 0},
    {"MWh", 1000, 1, {.energy = 1}, false, 0},
    {"W", 1, 1000 * TICK_H, {.energy = 1, .time = -1}, false, 0},
    {"kW", 1, TICK_H, {.energy = 1, .time = -1}, false, 0},
    {"MW", 1000, TICK_H, {.energy = 1, .time = -1}, false, 0},
    COUNTED("piece", LAW_PER_PIECE),
    COUNTED("pieces", LAW_PER_PIECE),
    COUNTED("lot", LAW_PER_LOT),
    COUNTED("lots", LAW_PER_LOT),
    COUNTED("batch", LAW_PER_BATCH),
    COUNTED("batches", LAW_PER_BATCH),
    COUNT("person"),
    COUNT("people"),
    COUNT("order"),
    COUNT("orders"),
    COUNT("case"),
    COUNT("cases"),
};
enum { UNIT_ROW_COUNT = sizeof unit_rows / sizeof *unit_rows };

/* ISO 4217, list one: currencies in use. */
static const char *const currencies[] = {
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD",
    "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE",
    "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL",
    "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR",
    "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD",
    "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK",
    "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO",
    "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON",
    "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD",
    "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV",
    "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
};
enum { CURRENCY_COUNT = sizeof currencies / sizeof *currencies };

const char *units_listed(int32_t index, struct dimension *dimension) {
    if (index >= UNIT_ROW_COUNT) return NULL;
    *dimension = unit_rows[index].dimension;
    return unit_rows[index].word;
}

/* ---- Numbers ---- */

/* Digits beyond the eighteenth are dropped; they are below what a double can tell apart. */
static const char *read_digits(const char *at, struct decimal *out, bool fraction) {
    for (; text_is_digit(*at); at++) {
        bool room = out->digits < UINT64_C(1000000000000000000) / 10;
        if (room) out->digits = 10 * out->digits + (uint64_t)(*at - '0');
        if (room == fraction && out->exponent > -EXPONENT_MOST && out->exponent < EXPONENT_MOST)
            out->exponent += fraction ? -1 : 1;
    }
    return at;
}

static const char *read_exponent(const char *at, struct decimal *out) {
    const char *digit = at + 1;
    bool negative = *digit == '-';
    if (*digit == '-' || *digit == '+') digit++;
    if (!text_is_digit(*digit)) return at;
    int32_t exponent = 0;
    for (; text_is_digit(*digit); digit++)
        if (exponent < EXPONENT_MOST) exponent = 10 * exponent + (*digit - '0');
    out->exponent += negative ? -exponent : exponent;
    return digit;
}

const char *units_decimal(const char *text, struct decimal *out) {
    *out = (struct decimal){0};
    const char *at = read_digits(text, out, false);
    bool any = at > text;
    if (*at == '.' && text_is_digit(at[1])) {
        at = read_digits(at + 1, out, true);
        any = true;
    }
    if (!any) return NULL;
    if (*at == 'e' || *at == 'E') at = read_exponent(at, out);
    return at;
}

static long double power_of_ten(int32_t exponent) {
    long double power = 1;
    if (exponent > 27) return powl(10, exponent);
    while (exponent-- > 0) power *= 10; /* exact: 10^27 needs 63 bits */
    return power;
}

/* Products of whole numbers below 2^53 and one division: a double then gives the nearest result.
 * Larger numbers take the 64 bits of a long double and lose at most its last. */
double units_value(struct decimal decimal, const struct unit *unit) {
    long double over = (long double)decimal.digits * (unit ? unit->up : 1);
    long double under = unit ? unit->down : 1;
    if (over == 0) return 0;
    if (decimal.exponent > 0) over *= power_of_ten(decimal.exponent);
    if (decimal.exponent < 0) under *= power_of_ten(-decimal.exponent);
    if (over < 0x1p53L && under < 0x1p53L) return (double)over / (double)under;
    return (double)(over / under);
}

/* ---- Units ---- */

static const struct unit_row *row_named(const char *word, size_t count) {
    for (int32_t i = 0; i < UNIT_ROW_COUNT; i++)
        if (strlen(unit_rows[i].word) == count && memcmp(unit_rows[i].word, word, count) == 0)
            return &unit_rows[i];
    return NULL;
}

static bool is_currency(const char *code) {
    for (int32_t i = 0; i < CURRENCY_COUNT; i++)
        if (strcmp(currencies[i], code) == 0) return true;
    return false;
}

/* Three capitals, with `k` or `M` before them if you like. */
static bool looks_like_money(const char *word, size_t count) {
    if (count == 4 && (*word == 'k' || *word == 'M')) word++, count--;
    if (count != 3) return false;
    for (int i = 0; i < 3; i++)
        if (word[i] < 'A' || word[i] > 'Z') return false;
    return true;
}

/* The word at AT as far as it may be a unit, or 0 when it goes on like a name (h-max, m.x). */
static size_t word_size(const char *at) {
    if (*at == '%') return 1;
    size_t count = 0;
    while (text_is_letter(at[count]) || (count && text_is_digit(at[count]))) count++;
    char end = at[count];
    if (end == '_' || end == '-') return text_is_letter(at[count + 1]) || end == '_' ? 0 : count;
    if (end == '.' && (text_is_letter(at[count + 1]) || at[count + 1] == '*')) return 0;
    return count <= UNIT_WORD_MOST ? count : 0;
}

static bool read_money(struct value_context *context, const char *word, size_t count,
                       struct place place, struct unit_row *out) {
    char code[4] = {0};
    memcpy(code, word + count - 3, 3);
    char prefix = count == 4 ? *word : 0;
    if (!is_currency(code)) {
        const char *own = context->currency;
        const char *near = value_nearest(code, &own, *own ? 1 : 0);
        if (!near) near = value_nearest(code, currencies, CURRENCY_COUNT);
        fault_error(context->faults, place,
                    near ? arena_text(context->arena, "did you mean '%s'?", near) : NULL,
                    "there is no currency '%s'", code);
        return false;
    }
    if (!*context->currency) memcpy(context->currency, code, sizeof code);
    if (strcmp(context->currency, code) != 0) {
        fault_error(context->faults, place, "a scenario has one currency",
                    "this is in %s, but money so far is in %s", code, context->currency);
        return false;
    }
    long double up = prefix == 'k' ? 1000 : prefix == 'M' ? 1000000 : 1;
    *out = (struct unit_row){"", up, 1, {.money = 1}, false, LAW_PER_LOT};
    return true;
}

static enum unit_found read_word(struct value_context *context, const char **at, struct place place,
                                 struct unit_row *out) {
    size_t count = word_size(*at);
    const struct unit_row *row = count ? row_named(*at, count) : NULL;
    if (row) {
        *out = *row;
    } else {
        if (!count || !looks_like_money(*at, count)) return UNIT_ABSENT;
        if (!read_money(context, *at, count, place, out)) return UNIT_FAULT;
    }
    *at += count;
    return UNIT_FOUND;
}

static bool divide_by(struct unit *unit, const struct unit_row *row) {
    unit->up *= row->down;
    unit->down *= row->up;
    unit->counted = row->counted;
    unit->per = row->per;
    return units_combine(&unit->dimension, row->dimension, -1) && unit->down < 0x1p200L;
}

static enum unit_found fault_behind_slash(struct value_context *context, const char *word,
                                          struct place place) {
    size_t count = 0;
    while (text_is_letter(word[count]) || text_is_digit(word[count]) || word[count] == '_' ||
           word[count] == '-')
        count++;
    const char *near = units_nearest(word, (int32_t)count);
    const char *hint = near ? arena_text(context->arena, "did you mean '%s'?", near)
                            : arena_text(context->arena, "a division stands between blanks: / %.*s",
                                         (int)count, word);
    fault_error(context->faults, place, hint, "there is no unit '%.*s'", (int)count, word);
    return UNIT_FAULT;
}

enum unit_found units_read(struct value_context *context, const char **at, struct place place,
                           struct unit *out) {
    const char *text = *at;
    struct unit_row row = {"", 1, 1, {0}, false, LAW_PER_LOT};
    if (*text != '/') {
        enum unit_found found = read_word(context, at, place, &row);
        if (found != UNIT_FOUND) return found;
    } else if (!text_is_letter(text[1])) {
        return UNIT_ABSENT;
    }
    *out = (struct unit){row.up, row.down, row.dimension, row.counted, row.per};
    while (**at == '/' && text_is_letter((*at)[1])) {
        const char *word = ++*at;
        struct place word_place = text_place(place, text, word);
        enum unit_found found = read_word(context, at, word_place, &row);
        if (found == UNIT_FAULT) return UNIT_FAULT;
        if (found == UNIT_ABSENT) return fault_behind_slash(context, word, word_place);
        if (!divide_by(out, &row)) {
            fault_error(context->faults, word_place, NULL, "a unit has too many parts");
            return UNIT_FAULT;
        }
    }
    return UNIT_FOUND;
}

const char *units_nearest(const char *word, int32_t count) {
    char text[UNIT_WORD_MOST + 1] = {0};
    if (count < 1 || count > UNIT_WORD_MOST) return NULL;
    memcpy(text, word, (size_t)count);
    /* Words that people write for these units; spelling alone would not find them. */
    static const char *const others[][2] = {
        {"sec", "s"},       {"second", "s"},  {"seconds", "s"}, {"mins", "min"}, {"minute", "min"},
        {"minutes", "min"}, {"hr", "h"},      {"hrs", "h"},     {"hour", "h"},   {"hours", "h"},
        {"day", "d"},       {"days", "d"},    {"w", "wk"},      {"week", "wk"},  {"weeks", "wk"},
        {"month", "mo"},    {"months", "mo"}, {"yr", "y"},      {"year", "y"},   {"years", "y"},
        {"percent", "%"},   {"gram", "g"},    {"tonne", "t"},   {"ton", "t"},    {"meter", "m"},
        {"metre", "m"},     {"liter", "l"},   {"litre", "l"},   {"L", "l"},      {"pcs", "pieces"},
        {"pc", "piece"},    {"H", "h"},       {"D", "d"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(text, others[i][0]) == 0) return others[i][1];
    if (count < 2) return NULL;
    const char *words[UNIT_ROW_COUNT];
    for (int32_t i = 0; i < UNIT_ROW_COUNT; i++) words[i] = unit_rows[i].word;
    return value_nearest(text, words, UNIT_ROW_COUNT);
}

/* ---- Dimensions ---- */

static const char *single_name(struct dimension d) {
    static const struct {
        struct dimension dimension;
        const char *name;
    } names[] = {
        {{0}, "a plain number"},           {{.time = 1}, "a time"},
        {{.money = 1}, "money"},           {{.mass = 1}, "a mass"},
        {{.length = 1}, "a length"},       {{.length = 2}, "an area"},
        {{.length = 3}, "a volume"},       {{.energy = 1}, "an energy"},
        {{.time = -1}, "a number a time"}, {{.length = 1, .time = -1}, "a speed"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dimension_same(names[i].dimension, d)) return names[i].name;
    return NULL;
}

/* "money" over "mass" gives "money a mass"; what has no such words is spelled with its powers. */
const char *units_dimension_name(struct arena *arena, struct dimension d) {
    const char *name = single_name(d);
    if (name) return name;
    struct dimension up = {d.time > 0 ? d.time : (int8_t)0, d.money > 0 ? d.money : (int8_t)0,
                           d.mass > 0 ? d.mass : (int8_t)0, d.length > 0 ? d.length : (int8_t)0,
                           d.energy > 0 ? d.energy : (int8_t)0};
    struct dimension down = up;
    units_combine(&down, d, -1);
    const char *over = single_name(up), *under = single_name(down);
    if (over && under && !dimension_same(down, (struct dimension){0})) {
        if (strcmp(under, "money") == 0) return arena_text(arena, "%s for money", over);
        return arena_text(arena, "%s %s",
                          dimension_same(up, (struct dimension){0}) ? "a number" : over, under);
    }
    static const char *const powers[] = {"time", "money", "mass", "length", "energy"};
    const int8_t exponents[] = {d.time, d.money, d.mass, d.length, d.energy};
    const char *text = "a quantity in";
    for (int i = 0; i < 5; i++) {
        if (!exponents[i]) continue;
        text = exponents[i] == 1 ? arena_text(arena, "%s %s", text, powers[i])
                                 : arena_text(arena, "%s %s^%d", text, powers[i], exponents[i]);
    }
    return text;
}

static bool combine_one(int8_t *exponent, int8_t other, int sign) {
    int sum = *exponent + sign * other;
    *exponent = (int8_t)sum;
    return sum >= -POWER_MOST && sum <= POWER_MOST;
}

bool units_combine(struct dimension *d, struct dimension other, int sign) {
    bool small = combine_one(&d->time, other.time, sign);
    small = combine_one(&d->money, other.money, sign) && small;
    small = combine_one(&d->mass, other.mass, sign) && small;
    small = combine_one(&d->length, other.length, sign) && small;
    return combine_one(&d->energy, other.energy, sign) && small;
}

/* ---- Text ---- */

const char *text_skip_blanks(const char *at) {
    while (text_is_blank(*at)) at++;
    return at;
}

struct place text_place(struct place place, const char *text, const char *at) {
    for (; text < at; text++)
        if (((unsigned char)*text & 0xC0) != 0x80) place.column++;
    return place;
}
