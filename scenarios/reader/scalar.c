/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scalar.h"

#include "bounds.h"
#include "rows.h"
#include "tree.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Beyond this a duration or an amount of money is no plan but a slip; below it integers do not
 * overflow. */
#define INTEGER_MOST 0x1p62

/* ---- Left out, and zero ---- */

void scalar_set_absent(const struct field *field, void *member) {
    switch (field->shape) {
    case SHAPE_BOOL: *(bool *)member = false; break;
    case SHAPE_COUNT: *(int32_t *)member = ABSENT_COUNT; break;
    case SHAPE_NUMBER: *(double *)member = NAN; break;
    case SHAPE_SPAN:
    case SHAPE_MOMENT: *(tick *)member = ABSENT_TICKS; break;
    case SHAPE_MONEY: *(int64_t *)member = ABSENT_MONEY; break;
    case SHAPE_AMOUNT: *(struct amount *)member = (struct amount){.given = false}; break;
    case SHAPE_QUANTITY: *(struct quantity *)member = (struct quantity){.value = NAN}; break;
    case SHAPE_LAW: *(struct law *)member = (struct law){.kind = ABSENT_LAW}; break;
    case SHAPE_CHOICE: *(struct choice *)member = (struct choice){.index = -1}; break;
    case SHAPE_REF: *(struct ref *)member = (struct ref){.section = -1, .index = -1}; break;
    case SHAPE_VARIANT: *(struct variant *)member = (struct variant){.kind = -1}; break;
    case SHAPE_LIST: *(struct list *)member = (struct list){0}; break;
    case SHAPE_MAP: *(struct map *)member = (struct map){0}; break;
    case SHAPE_TEXT: *(const char **)member = NULL; break;
    case SHAPE_EXPR: *(struct expr *)member = (struct expr){0}; break;
    case SHAPE_OPTION: *(struct option *)member = (struct option){0}; break;
    case SHAPE_RAW: *(const struct node **)member = NULL; break;
    case SHAPE_BLOCK: /* is always there */
    case SHAPE_LATER: break;
    }
}

/* What the values of a unit measure, where the unit leaves no choice. */
static struct dimension dimension_of(enum field_unit unit) {
    switch (unit) {
    case UNIT_TIME:
    case UNIT_WORK_TIME: return (struct dimension){.time = 1};
    case UNIT_RATE:
    case UNIT_HOLDING:
    case UNIT_SHARE_RATE:
    case UNIT_AMOUNT_RATE: return (struct dimension){.time = -1};
    case UNIT_MONEY:
    case UNIT_PRICE: return (struct dimension){.money = 1};
    case UNIT_MONEY_RATE: return (struct dimension){.money = 1, .time = -1};
    case UNIT_POWER: return (struct dimension){.energy = 1, .time = -1};
    case UNIT_SPEED: return (struct dimension){.length = 1, .time = -1};
    case UNIT_MASS: return (struct dimension){.mass = 1};
    case UNIT_LENGTH: return (struct dimension){.length = 1};
    case UNIT_MONEY_LENGTH: return (struct dimension){.money = 1, .length = -1};
    case UNIT_MONEY_MASS: return (struct dimension){.money = 1, .mass = -1};
    case UNIT_MONEY_ENERGY: return (struct dimension){.money = 1, .energy = -1};
    case UNIT_MASS_ENERGY: return (struct dimension){.mass = 1, .energy = -1};
    default: return (struct dimension){0};
    }
}

bool scalar_set_zero(const struct field *field, void *member) {
    const char *text = field->fallback;
    if (text[0] != '0' || (text[1] && text[1] != ' ')) return false;
    struct dimension dimension = dimension_of(field->unit);
    switch (field->shape) {
    case SHAPE_QUANTITY:
        *(struct quantity *)member = (struct quantity){.dimension = dimension};
        return true;
    case SHAPE_MONEY: *(int64_t *)member = 0; return true;
    case SHAPE_NUMBER: *(double *)member = 0; return true;
    case SHAPE_LAW: *(struct law *)member = law_of_constant(0); return true;
    default: return false;
    }
}

/* A row with words has no negative counts, so these are its words. */
static bool count_is_word(const struct field *field, int32_t count) {
    return rows_words(field) && count < 0;
}

bool scalar_number(const struct field *field, const void *member, struct quantity *out) {
    *out = (struct quantity){.dimension = dimension_of(field->unit)};
    switch (field->shape) {
    case SHAPE_COUNT:
        out->value = *(const int32_t *)member;
        return !count_is_word(field, *(const int32_t *)member) && out->value != ABSENT_COUNT;
    case SHAPE_NUMBER: out->value = *(const double *)member; break;
    case SHAPE_SPAN:
    case SHAPE_MOMENT: {
        tick ticks = *(const tick *)member;
        *out = (struct quantity){.value = (double)ticks, .dimension = {.time = 1}};
        return ticks != ABSENT_TICKS && fabs(out->value) < INTEGER_MOST;
    }
    case SHAPE_MONEY:
        out->value = (double)*(const int64_t *)member * 1e-6;
        out->dimension = (struct dimension){.money = 1};
        return *(const int64_t *)member != ABSENT_MONEY;
    case SHAPE_AMOUNT: {
        const struct amount *amount = member;
        *out = (struct quantity){.value = amount->value, .dimension = amount->dimension};
        return amount->given;
    }
    case SHAPE_QUANTITY: *out = *(const struct quantity *)member; break;
    case SHAPE_LAW: {
        const struct law *law = member;
        out->value = law->a;
        return law->kind == LAW_CONSTANT;
    }
    case SHAPE_EXPR: {
        const struct formula *formula = ((const struct expr *)member)->formula;
        if (!formula || !formula->constant) return false;
        *out = (struct quantity){.value = formula->value, .dimension = formula->dimension};
        return true;
    }
    default: return false;
    }
    return !isnan(out->value);
}

/* ---- Reading ---- */

/* A word of the row stands in place of a value. */
static bool read_word(const struct node *node, const struct field *field, void *member) {
    int32_t word = node->quoted ? -1 : rows_word(rows_words(field), node->text);
    int32_t number = 0;
    if (word < 0 && !node->quoted && field->shape == SHAPE_CHOICE)
        word = rows_word_counted(field->more, node->text, &number);
    if (word < 0) return false;
    switch (field->shape) {
    case SHAPE_COUNT: *(int32_t *)member = COUNT_WORD(word); return true;
    case SHAPE_SPAN:
    case SHAPE_MOMENT: *(tick *)member = SPAN_WORD(word); return true;
    case SHAPE_NUMBER: *(double *)member = INFINITY; return true;
    case SHAPE_AMOUNT: *(struct amount *)member = (struct amount){.value = INFINITY}; return true;
    case SHAPE_CHOICE: *(struct choice *)member = (struct choice){word, number}; return true;
    default: return false;
    }
}

static const char *where(struct reader *reader, const struct node *node) {
    bool shown = reader->faults->count < FAULTS_MOST;
    if (!shown || !node->parent || !node->parent->parent) return "";
    return arena_text(reader->arena, " in %s", tree_path(reader->arena, node->parent));
}

static bool unknown_word(struct reader *reader, const struct node *node,
                         const struct field *field) {
    const char *key = rows_key(reader->arena, field->name);
    fault_error(reader->faults, node->place,
                rows_words_hint(reader->arena, rows_words(field), node->text),
                "'%s' is no word for '%s'%s", node->text, key, where(reader, node));
    return false;
}

static bool read_integer(struct reader *reader, const struct node *node, enum field_unit unit,
                         double scale, int64_t *out) {
    struct quantity quantity;
    if (!value_quantity(&reader->value, node->text, node->place, unit, &quantity)) return false;
    if (fabs(quantity.value * scale) < INTEGER_MOST) {
        *out = llrint(quantity.value * scale);
        return true;
    }
    fault_error(reader->faults, node->place, NULL, "'%s' is too large", node->text);
    return false;
}

static bool read_amount(struct reader *reader, const struct node *node, struct amount *out) {
    struct quantity quantity;
    if (!value_quantity(&reader->value, node->text, node->place, UNIT_AMOUNT, &quantity))
        return false;
    *out = (struct amount){.value = quantity.value,
                           .dimension = quantity.dimension,
                           .given = true,
                           .counted = quantity.counted};
    return true;
}

static bool read_number(struct reader *reader, const struct node *node, const struct field *field,
                        double *out) {
    struct quantity quantity;
    if (!value_quantity(&reader->value, node->text, node->place, field->unit, &quantity))
        return false;
    *out = quantity.value;
    return true;
}

/* Adjusts of a formula become part of its text, since its value is not known yet. */
static const char *adjusted_text(struct reader *reader, const struct node *node) {
    const char *text = node->text;
    static const char signs[] = {[ADJUST_TIMES] = '*', [ADJUST_PLUS] = '+', [ADJUST_MINUS] = '-'};
    for (const struct adjust *adjust = node->adjusts; adjust; adjust = adjust->next)
        text = arena_text(reader->arena, "(%s) %c (%s)", text, signs[adjust->kind], adjust->text);
    return text;
}

static bool sees_results(const struct scope *scope) {
    while (scope && scope != &result_scope) scope = scope->also;
    return scope != NULL;
}

/* A path in it may name a parameter that is a formula itself. */
static bool read_formula(struct reader *reader, const struct node *node, const struct field *field,
                         struct expr *out) {
    const struct place *outer = reader->results_at;
    reader->results_at = sees_results(field->more) ? &node->place : NULL;
    bool good = value_formula(&reader->value, adjusted_text(reader, node), node->place, field->unit,
                              field->more, &out->formula);
    reader->results_at = outer;
    return good;
}

static bool read_value(struct reader *reader, const struct node *node, const struct field *field,
                       void *member) {
    struct value_context *value = &reader->value;
    const char *text = node->text;
    struct place place = node->place;
    switch (field->shape) {
    case SHAPE_BOOL: return value_bool(value, text, place, member);
    case SHAPE_COUNT: return value_count(value, text, place, member);
    case SHAPE_NUMBER: return read_number(reader, node, field, member);
    case SHAPE_TEXT: *(const char **)member = text; return true;
    case SHAPE_SPAN: return read_integer(reader, node, UNIT_TIME, 1, member);
    case SHAPE_MOMENT: return value_moment(value, text, place, member);
    case SHAPE_MONEY: return read_integer(reader, node, UNIT_MONEY, 1e6, member);
    case SHAPE_AMOUNT: return read_amount(reader, node, member);
    case SHAPE_QUANTITY: return value_quantity(value, text, place, field->unit, member);
    case SHAPE_LAW: return value_law(value, text, place, field->unit, field->more, member);
    case SHAPE_EXPR: return read_formula(reader, node, field, member);
    case SHAPE_CHOICE: return unknown_word(reader, node, field);
    case SHAPE_REF:
        *(struct ref *)member =
            (struct ref){.name = text, .place = place, .section = -1, .index = -1};
        return true;
    default: return false;
    }
}

/* ---- Adjusts ---- */

static const char *const adjust_words[] = {
    [ADJUST_TIMES] = "times", [ADJUST_PLUS] = "plus", [ADJUST_MINUS] = "minus"};

static bool cannot_adjust(struct reader *reader, const struct adjust *adjust, const char *why) {
    fault_error(reader->faults, adjust->place, NULL, "'%s %s' cannot be applied: %s",
                adjust_words[adjust->kind], adjust->text, why);
    return false;
}

/* A factor is a plain number or a share; what is added is of the kind of the value. */
static bool read_operand(struct reader *reader, const struct adjust *adjust, enum field_unit unit,
                         struct quantity *out) {
    if (adjust->kind == ADJUST_TIMES) unit = strchr(adjust->text, '%') ? UNIT_SHARE : UNIT_PLAIN;
    if (!value_quantity(&reader->value, adjust->text, adjust->place, unit, out)) return false;
    if (adjust->kind == ADJUST_MINUS) out->value = -out->value;
    return true;
}

static bool adjust_law(struct reader *reader, const struct adjust *adjust, double operand,
                       struct law *law) {
    if (adjust->kind == ADJUST_TIMES) return value_law_times(&reader->value, law, operand);
    return value_law_plus(&reader->value, law, operand);
}

static bool adjust_integer(struct reader *reader, const struct adjust *adjust, double scale,
                           double operand, int64_t *value) {
    double result =
        adjust->kind == ADJUST_TIMES ? (double)*value * operand : (double)*value + operand * scale;
    if (!(fabs(result) < INTEGER_MOST)) return cannot_adjust(reader, adjust, "it is too large");
    *value = llrint(result);
    return true;
}

static bool adjust_count(struct reader *reader, const struct adjust *adjust,
                         const struct field *field, double operand, int32_t *count) {
    if (count_is_word(field, *count)) return cannot_adjust(reader, adjust, "the value is a word");
    double result = adjust->kind == ADJUST_TIMES ? *count * operand : *count + operand;
    if (result != nearbyint(result)) {
        char why[80];
        snprintf(why, sizeof why, "%d would become %g, and this is a count", *count, result);
        return cannot_adjust(reader, adjust, why);
    }
    if (fabs(result) > INT32_MAX) return cannot_adjust(reader, adjust, "it is too large");
    *count = (int32_t)result;
    return true;
}

static bool adjust_double(struct reader *reader, const struct adjust *adjust,
                          const struct quantity *operand, struct dimension dimension,
                          double *value) {
    if (adjust->kind == ADJUST_TIMES)
        *value *= operand->value;
    else if (*value != 0 && !dimension_same(operand->dimension, dimension))
        return cannot_adjust(reader, adjust, "the value is of another kind");
    else
        *value += operand->value;
    return true;
}

static bool adjust_one(struct reader *reader, const struct adjust *adjust,
                       const struct field *field, void *member) {
    struct quantity operand;
    enum field_unit unit = field->unit;
    if (field->shape == SHAPE_SPAN || field->shape == SHAPE_MOMENT) unit = UNIT_TIME;
    if (field->shape == SHAPE_MONEY) unit = UNIT_MONEY;
    if (!read_operand(reader, adjust, unit, &operand)) return false;
    struct quantity *quantity = member;
    struct amount *amount = member;
    switch (field->shape) {
    case SHAPE_COUNT: return adjust_count(reader, adjust, field, operand.value, member);
    case SHAPE_NUMBER: return adjust_double(reader, adjust, &operand, operand.dimension, member);
    case SHAPE_SPAN:
    case SHAPE_MOMENT:
        if (*(tick *)member < -(tick)INTEGER_MOST)
            return cannot_adjust(reader, adjust, "the value is a word");
        return adjust_integer(reader, adjust, 1, operand.value, member);
    case SHAPE_MONEY: return adjust_integer(reader, adjust, 1e6, operand.value, member);
    case SHAPE_AMOUNT:
        return adjust_double(reader, adjust, &operand, amount->dimension, &amount->value);
    case SHAPE_QUANTITY:
        return adjust_double(reader, adjust, &operand, quantity->dimension, &quantity->value);
    case SHAPE_LAW: return adjust_law(reader, adjust, operand.value, member);
    default: return cannot_adjust(reader, adjust, "the value is no number");
    }
}

/* ---- Bounds ---- */

static bool within_bounds(struct reader *reader, const struct node *node, const struct field *field,
                          const void *member) {
    struct quantity number;
    if (!bounds_given(field)) return true;
    if ((field->shape == SHAPE_COUNT || field->shape == SHAPE_NUMBER) && !node->adjusts &&
        rows_word(rows_words(field), node->text) >= 0)
        return true;
    if (field->shape == SHAPE_COUNT)
        number.value = *(const int32_t *)member;
    else if (!scalar_number(field, member, &number))
        return true;
    struct bound_unit unit = bound_unit_of(field);
    double value = number.value / unit.size, slack = 1e-12 * fabs(value);
    bool low = value < field->low - slack;
    if (!low && value <= field->high + slack) return true;
    fault_error(reader->faults, node->adjusts ? node->adjusts->place : node->place, NULL,
                "'%s'%s must be at %s %.15g%s", rows_key(reader->arena, field->name),
                where(reader, node), low ? "least" : "most",
                (low ? field->low : field->high) * unit.shown, unit.text);
    return false;
}

static bool looks_like_a_word(const char *text) {
    if (!isalpha((unsigned char)*text)) return false;
    while (isalnum((unsigned char)*text) || *text == '-' || *text == '_' || *text == ' ') text++;
    return !*text;
}

bool scalar_read(struct reader *reader, const struct node *node, const struct field *field,
                 void *member) {
    CHECK(rows_scalar(field));
    if (read_word(node, field, member)) {
        if (!node->adjusts) return true;
    } else {
        const struct words *words = rows_words(field);
        bool word =
            words && words->count && field->shape != SHAPE_REF && looks_like_a_word(node->text);
        if (word) return unknown_word(reader, node, field);
        if (!read_value(reader, node, field, member)) return false;
    }
    for (const struct adjust *adjust = field->shape == SHAPE_EXPR ? NULL : node->adjusts; adjust;
         adjust = adjust->next)
        if (!adjust_one(reader, adjust, field, member)) return false;
    return within_bounds(reader, node, field, member);
}
