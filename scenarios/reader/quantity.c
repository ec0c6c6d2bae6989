/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities: `8 h`, `2.5 EUR/kg`, `20 %/y`, `3 pieces`. See quantity.h and value.h. */
#include "quantity.h"

#include <math.h>
#include <string.h>

/* What each field wants, in words; and units to offer when one is missing, with $ for the currency.
 */
static const struct wanted {
    const char *what, *missing, *offers[2];
} wanted_rows[UNIT_COUNT_OF] = {
    [UNIT_NONE] = {"a plain number is wanted", NULL, {0}},
    [UNIT_COUNT] = {"a count is wanted", NULL, {0}},
    [UNIT_TIME] = {"a time is wanted", "a time needs a unit", {"min", "h"}},
    [UNIT_WORK_TIME] = {"a time is wanted", "a time needs a unit", {"min", "h"}},
    [UNIT_SHARE] = {"a share is wanted", NULL, {0}},
    [UNIT_RATE] = {"a number a time is wanted", "a rate needs a unit", {"/h", "/d"}},
    [UNIT_MONEY] = {"money is wanted", "money needs a unit", {"$"}},
    [UNIT_PRICE] = {"money a unit is wanted", "money needs a unit", {"$"}},
    [UNIT_MONEY_RATE] = {"money a time is wanted", "money a time needs a unit", {"$/h", "$/mo"}},
    [UNIT_HOLDING] = {"a share a time or money a time is wanted",
                      "the cost of holding needs a unit",
                      {"%/y", "$/y"}},
    [UNIT_SHARE_RATE] = {"a share a time is wanted",
                         "a share a time needs a unit",
                         {"%/y", "%/mo"}},
    [UNIT_AMOUNT] = {"an amount is wanted", NULL, {0}},
    [UNIT_AMOUNT_RATE] = {"an amount a time is wanted",
                          "an amount a time needs a unit",
                          {"/d", "/wk"}},
    [UNIT_POWER] = {"energy a time is wanted", "a power needs a unit", {"kW", "W"}},
    [UNIT_EMISSION] = {"a mass a mass or length is wanted", NULL, {0}},
    [UNIT_SPEED] = {"a speed is wanted", "a speed needs a unit", {"m/s", "km/h"}},
    [UNIT_MASS] = {"a mass is wanted", "a mass needs a unit", {"kg", "t"}},
    [UNIT_LENGTH] = {"a length is wanted", "a length needs a unit", {"m", "km"}},
    [UNIT_VOLUME] = {"a volume is wanted", "a volume needs a unit", {"m3", "l"}},
    [UNIT_RANGE] = {"a length or a time of driving is wanted", "a range needs a unit", {"km", "h"}},
    [UNIT_MONEY_LENGTH] = {"money a length is wanted", "money a length needs a unit", {"$/km"}},
    [UNIT_MONEY_MASS] = {"money a mass is wanted", "money a mass needs a unit", {"$/t"}},
    [UNIT_MONEY_ENERGY] = {"money an energy is wanted", "money an energy needs a unit", {"$/kWh"}},
    [UNIT_MASS_ENERGY] = {"a mass an energy is wanted",
                          "a mass an energy needs a unit",
                          {"kg/kWh", "kg/MWh"}},
    [UNIT_HOURS_A_DAY] = {"hours a day are wanted", "hours a day need a unit", {"h/d"}},
    [UNIT_PLAIN] = {"a plain number is wanted", NULL, {0}},
    [UNIT_CARDS] = {"a number or a time of work is wanted", NULL, {0}},
    [UNIT_ANY] = {"a value is wanted", NULL, {0}},
};

const char *quantity_wanted(enum field_unit unit) {
    return wanted_rows[unit].what;
}

/* ---- Which dimensions a field takes ---- */

/* Pieces, or a mass, length, area or volume; nothing else is in it. */
static bool is_amount(struct dimension d) {
    if (d.time || d.money || d.energy) return false;
    if (d.mass) return d.mass == 1 && d.length == 0;
    return d.length >= 0 && d.length <= 3;
}

/* What is left when money (by EXPONENT) and time are taken out is one over an amount. */
static bool is_by_amount(struct dimension d, int8_t money, int8_t time) {
    if (d.money != money || d.time != time) return false;
    return is_amount((struct dimension){
        .mass = (int8_t)-d.mass, .length = (int8_t)-d.length, .energy = (int8_t)-d.energy});
}

bool value_fits(enum field_unit unit, struct dimension d) {
    const struct dimension none = {0};
    struct dimension without_time = d;
    without_time.time = 0;
    switch (unit) {
    case UNIT_NONE:
    case UNIT_COUNT:
    case UNIT_SHARE:
    case UNIT_HOURS_A_DAY:
    case UNIT_PLAIN: return dimension_same(d, none);
    case UNIT_TIME:
    case UNIT_WORK_TIME: return dimension_same(d, (struct dimension){.time = 1});
    case UNIT_RATE:
    case UNIT_SHARE_RATE: return dimension_same(d, (struct dimension){.time = -1});
    case UNIT_MONEY: return dimension_same(d, (struct dimension){.money = 1});
    case UNIT_PRICE: return is_by_amount(d, 1, 0);
    case UNIT_MONEY_RATE: return dimension_same(d, (struct dimension){.money = 1, .time = -1});
    case UNIT_POWER: return dimension_same(d, (struct dimension){.energy = 1, .time = -1});
    case UNIT_EMISSION:
        return dimension_same(d, none) ||
               dimension_same(d, (struct dimension){.mass = 1, .length = -1});
    case UNIT_SPEED: return dimension_same(d, (struct dimension){.length = 1, .time = -1});
    case UNIT_MASS: return dimension_same(d, (struct dimension){.mass = 1});
    case UNIT_LENGTH: return dimension_same(d, (struct dimension){.length = 1});
    case UNIT_VOLUME: return dimension_same(d, (struct dimension){.length = 3});
    case UNIT_RANGE:
        return dimension_same(d, (struct dimension){.length = 1}) ||
               dimension_same(d, (struct dimension){.time = 1});
    case UNIT_MONEY_LENGTH: return dimension_same(d, (struct dimension){.money = 1, .length = -1});
    case UNIT_MONEY_MASS: return dimension_same(d, (struct dimension){.money = 1, .mass = -1});
    case UNIT_MONEY_ENERGY: return dimension_same(d, (struct dimension){.money = 1, .energy = -1});
    case UNIT_MASS_ENERGY: return dimension_same(d, (struct dimension){.mass = 1, .energy = -1});
    case UNIT_HOLDING:
        return dimension_same(d, (struct dimension){.time = -1}) || is_by_amount(d, 1, -1);
    case UNIT_CARDS:
        return dimension_same(d, none) || dimension_same(d, (struct dimension){.time = 1});
    case UNIT_AMOUNT: return is_amount(d);
    case UNIT_AMOUNT_RATE: return d.time == -1 && is_amount(without_time);
    case UNIT_ANY: return true;
    case UNIT_COUNT_OF: break;
    }
    CHECK(false);
    return false;
}

/* "5 min? 5 h?" */
static const char *offer(struct value_context *context, const struct wanted *row,
                         const char *written) {
    const char *currency = *context->currency ? context->currency : "EUR";
    const char *hint = NULL;
    for (int i = 0; i < 2 && row->offers[i]; i++) {
        bool money = row->offers[i][0] == '$';
        hint = arena_text(context->arena, "%s%s%s %s%s?", hint ? hint : "", hint ? " " : "",
                          written, money ? currency : "", row->offers[i] + money);
    }
    return hint;
}

bool quantity_fits(struct value_context *context, enum field_unit unit, struct dimension d,
                   struct place place, const char *written) {
    const struct wanted *row = &wanted_rows[unit];
    bool plain = dimension_same(d, (struct dimension){0});
    bool forgotten =
        unit == UNIT_HOURS_A_DAY && written; /* h/d has no dimension, but it is a unit */
    if (value_fits(unit, d) && !forgotten) return true;
    if (plain && written && row->missing)
        fault_error(context->faults, place, offer(context, row, written), "%s", row->missing);
    else
        fault_error(context->faults, place, NULL, "%s, this is %s", row->what,
                    units_dimension_name(context->arena, d));
    return false;
}

/* ---- Reading ---- */

bool quantity_read(struct value_context *context, const char *text, struct place place,
                   const char **at, struct quantity_text *out) {
    *out = (struct quantity_text){.at = *at, .unit = {.up = 1, .down = 1}};
    out->negative = **at == '-';
    const char *end = units_decimal(*at + out->negative, &out->number);
    if (!end) return false;
    out->end = end;
    const char *word = text_skip_blanks(end);
    enum unit_found found = units_read(context, &word, text_place(place, text, word), &out->unit);
    out->has_unit = found == UNIT_FOUND;
    *at = out->has_unit ? word : end;
    return found != UNIT_FAULT;
}

double quantity_value(const struct quantity_text *quantity) {
    double value = units_value(quantity->number, &quantity->unit);
    return quantity->negative ? -value : value;
}

bool quantity_small(struct value_context *context, struct place place, double value,
                    struct dimension d) {
    bool is_time = dimension_same(d, (struct dimension){.time = 1});
    if (isfinite(value) && fabs(value) < (is_time ? 0x1p62 : 1e300)) return true;
    fault_error(context->faults, place, is_time ? "takt's clock holds 146 000 years" : NULL, "%s",
                is_time ? "this time is too long" : "this number is too large");
    return false;
}

/* A blank separates only groups of three: `1 000`, but not `5 20`. */
bool quantity_separated(const char *at) {
    if (!*at || !strchr(",'_ ", *at) || !text_is_digit(at[1])) return false;
    if (*at != ' ') return true;
    return text_is_digit(at[2]) && text_is_digit(at[3]) && !text_is_digit(at[4]);
}

/* `1,000`, `1'000`, `1 000`: the digits without what is between them, or NULL. */
static const char *without_separators(struct arena *arena, const char *text, const char *at) {
    const char *from = at;
    while (from > text && (text_is_digit(from[-1]) || from[-1] == '.')) from--;
    char *joined = arena_copy(arena, from, strlen(from));
    size_t count = (size_t)(at - from);
    while (*at && strchr(",'_ ", *at) && text_is_digit(at[1])) {
        at++;
        size_t group = 0;
        for (; text_is_digit(*at); at++, group++) joined[count++] = *at;
        if (group != 3) return NULL;
    }
    joined[count] = 0;
    return joined;
}

static bool fault_separator(struct value_context *context, const char *text, struct place place,
                            const char *at) {
    const char *joined = without_separators(context->arena, text, at);
    const char *hint = "one number and one unit";
    if (joined)
        hint = arena_text(context->arena, "write %s", joined);
    else if (*at == ',')
        hint = "decimals stand behind a point: 2.5";
    fault_error(context->faults, text_place(place, text, at), hint,
                *at == ' ' ? "a number has no blanks" : "a number has no '%c'", *at);
    return false;
}

bool quantity_rest(struct value_context *context, const char *text, struct place place,
                   const char *at, bool bare) {
    if (bare && quantity_separated(at)) return fault_separator(context, text, place, at);
    at = text_skip_blanks(at);
    struct place here = text_place(place, text, at);
    int count = 0;
    while (text_is_letter(at[count]) || (count && text_is_digit(at[count]))) count++;
    if (bare && count) {
        const char *near = units_nearest(at, count);
        fault_error(context->faults, here,
                    near ? arena_text(context->arena, "did you mean '%s'?", near) : NULL,
                    "there is no unit '%.*s'", count, at);
    } else {
        fault_error(context->faults, here, "one number and one unit",
                    "'%s' does not belong to this value", at);
    }
    return false;
}

/* A value that is a quantity and nothing else. */
static bool read_whole(struct value_context *context, const char *text, struct place place,
                       enum field_unit unit, struct quantity_text *out) {
    const char *at = text_skip_blanks(text);
    struct place start = text_place(place, text, at);
    int32_t errors = context->faults->error_count;
    if (!quantity_read(context, text, place, &at, out)) {
        if (context->faults->error_count > errors) return false;
        const char *hint =
            wanted_rows[unit].offers[0] ? offer(context, &wanted_rows[unit], "5") : NULL;
        fault_error(context->faults, start, hint, "%s, this is '%s'", quantity_wanted(unit),
                    text_skip_blanks(text));
        return false;
    }
    if (*text_skip_blanks(at)) return quantity_rest(context, text, place, at, !out->has_unit);
    const char *written = arena_copy(context->arena, out->at, (size_t)(out->end - out->at));
    return quantity_fits(context, unit, out->unit.dimension, start,
                         out->has_unit ? NULL : written) &&
           quantity_small(context, start, quantity_value(out), out->unit.dimension);
}

bool quantity_whole(struct value_context *context, struct place place, double value,
                    const char *written) {
    if (value == floor(value)) return true;
    fault_error(context->faults, place, NULL, "a whole number is wanted, this is %s", written);
    return false;
}

bool value_quantity(struct value_context *context, const char *text, struct place place,
                    enum field_unit unit, struct quantity *out) {
    struct quantity_text read;
    if (!read_whole(context, text, place, unit, &read)) return false;
    *out = (struct quantity){quantity_value(&read), read.unit.dimension,
                             read.unit.counted ? COUNTED_LOTS + (enum counted)read.unit.per
                                               : COUNTED_BARE};
    return unit != UNIT_COUNT ||
           quantity_whole(context, text_place(place, text, read.at), out->value, read.at);
}

bool value_count(struct value_context *context, const char *text, struct place place,
                 int32_t *out) {
    struct quantity quantity;
    if (!value_quantity(context, text, place, UNIT_COUNT, &quantity)) return false;
    if (fabs(quantity.value) > INT32_MAX) {
        fault_error(context->faults, text_place(place, text, text_skip_blanks(text)), NULL,
                    "a count is at most %d", INT32_MAX);
        return false;
    }
    *out = (int32_t)quantity.value;
    return true;
}

bool value_bool(struct value_context *context, const char *text, struct place place, bool *out) {
    static const char *const words[] = {"no", "yes", "false", "true"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(text, words[i]) != 0) continue;
        *out = i % 2;
        return true;
    }
    fault_error(context->faults, place, NULL, "yes or no is wanted, this is '%s'", text);
    return false;
}
