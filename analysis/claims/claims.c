/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a claim: LEFT OP RIGHT, and then in any order what narrows it. */
#include "claims.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char not_yet[] = "this version of takt cannot judge it";

/* A claim on its way through its words. */
struct reading {
    struct value_context *context;
    struct tokens tokens;
    struct claim *claim;
};

static bool refuse(struct reading *reading, const char *hint, const char *reason) {
    struct place place = token_place(&reading->tokens, &reading->tokens.now);
    fault_error(reading->context->faults, place, hint, "%s", reason);
    return false;
}

static bool word_is(const struct reading *reading, const char *word) {
    return token_is(&reading->tokens.now, word);
}

/* ---- Traces: PATH same-as 0 0 25 10, PATH same-as FILE column NAME ---- */

/* One value of a trace; `nan` or nothing where there is none. */
static bool read_value(const char *text, struct claim_value *out) {
    bool negative = *text == '-';
    struct decimal decimal;
    const char *end = units_decimal(text + negative, &decimal);
    if (!end || *end) return false;
    double value = units_value(decimal, NULL);
    *out = (struct claim_value){.value = negative ? -value : value,
                                .digits = 0.5 * pow(10, decimal.exponent)};
    return isfinite(value);
}

static bool read_written_trace(struct reading *reading, char **words, int32_t count) {
    struct claim_value *values =
        arena_take(reading->context->arena, (size_t)count * sizeof *values);
    for (int32_t i = 0; i < count; i++)
        if (!read_value(words[i], &values[i])) {
            fault_error(reading->context->faults, reading->claim->place,
                        "same-as 0 0 25 10, or same-as FILE column NAME", "'%s' is no number",
                        words[i]);
            return false;
        }
    reading->claim->values = values;
    reading->claim->value_count = count;
    return true;
}

static bool read_file_trace(struct reading *reading, const char *file, const char *column) {
    struct value_context *context = reading->context;
    CHECK(context->column);
    int32_t count = 0;
    const struct value_cell *cells =
        context->column(context->files, file, column, reading->claim->place, &count);
    if (!cells) return false;
    while (count > 0 && !*cells[count - 1].text) count--; /* the trace ends where the column does */
    struct claim_value *values = arena_take(context->arena, (size_t)count * sizeof *values);
    bool fine = true;
    for (int32_t i = 0; i < count; i++)
        if (!read_value(cells[i].text, &values[i])) {
            fault_error(context->faults, cells[i].place, NULL, "'%s' is no number", cells[i].text);
            fine = false;
        }
    reading->claim->values = values;
    reading->claim->value_count = count;
    return fine;
}

enum { TRACE_MOST = 100000 };

/* The words behind `same-as` are split by blanks, because names of files are no names of the
 * language. */
static bool read_trace(struct reading *reading) {
    if (reading->claim->left->kind != EXPRESSION_NAME)
        return refuse(reading, NULL, "one path stands before same-as");
    const char *text = reading->tokens.now.end;
    char *copy = arena_copy(reading->context->arena, text, strlen(text));
    char **words = arena_take(reading->context->arena, (strlen(text) / 2 + 2) * sizeof *words);
    int32_t count = 0;
    char *rest = copy;
    for (char *word; (word = strtok_r(rest, " \t\r\n", &rest));) words[count++] = word;
    if (count > TRACE_MOST) return refuse(reading, NULL, "the trace is too long");
    reading->claim->kind = CLAIM_SAME_AS;
    if (count == 3 && strcmp(words[1], "column") == 0)
        return read_file_trace(reading, words[0], words[2]);
    if (count == 0)
        return refuse(reading, "same-as 0 0 25 10, or same-as FILE column NAME", "same-as what?");
    return read_written_trace(reading, words, count);
}

/* ---- What follows RIGHT ---- */

/* A number with its unit stands next: its value and dimension. */
static bool read_number(struct reading *reading, const char *what, double *value,
                        struct dimension *dimension) {
    const struct token *now = &reading->tokens.now;
    if (now->kind == TOKEN_FAULTY) return false;
    if (now->kind != TOKEN_NUMBER) return refuse(reading, NULL, what);
    *value = quantity_value(&now->quantity);
    *dimension = now->quantity.unit.dimension;
    return true;
}

static bool read_within(struct reading *reading) {
    struct dimension dimension = {0};
    tokens_next(&reading->tokens);
    if (!read_number(reading, "a share is wanted behind 'within'", &reading->claim->within,
                     &dimension))
        return false;
    if (!dimension_same(dimension, (struct dimension){0}) || reading->claim->within <= 0)
        return refuse(reading, "within 1 %", "a share is wanted behind 'within'");
    tokens_next(&reading->tokens);
    return true;
}

/* Where a value that may be any text ends: before the next word that goes on, outside of brackets.
 */
static const char *value_end(const char *text) {
    static const char *const words[] = {" at ", " along ", " within "};
    int depth = 0;
    for (; *text; text++) {
        depth += (*text == '(') - (*text == ')');
        for (size_t i = 0; depth == 0 && i < sizeof words / sizeof *words; i++)
            if (strncmp(text, words[i], strlen(words[i])) == 0) return text;
    }
    return text;
}

/* `at PATH VALUE`: the value is whatever may stand at the path, so it is taken as text. */
static bool read_place(struct reading *reading) {
    struct claim *claim = reading->claim;
    struct arena *arena = reading->context->arena;
    const struct token *now = &reading->tokens.now;
    if (claim->place_count == CLAIM_PLACES_MOST)
        return refuse(reading, NULL, "there are too many places here");
    struct claim_at *at = &claim->places[claim->place_count++];
    *at = (struct claim_at){.path = arena_copy(arena, now->at, (size_t)(now->end - now->at)),
                            .place = token_place(&reading->tokens, now)};
    const char *text = text_skip_blanks(now->end), *end = value_end(text);
    while (end > text && text_is_blank(end[-1])) end--;
    at->value = arena_copy(arena, text, (size_t)(end - text));
    if (!*at->value)
        return refuse(reading, "at stations.cut.machines 2",
                      "a horizon, or a path and its value, is wanted behind 'at'");
    reading->tokens.now.end = end;
    tokens_next(&reading->tokens);
    return true;
}

static bool read_horizon(struct reading *reading) {
    reading->claim->at_place = token_place(&reading->tokens, &reading->tokens.now);
    double value = 0;
    struct dimension dimension = {0};
    if (!read_number(reading, "a horizon is wanted behind 'at'", &value, &dimension)) return false;
    if (!dimension_same(dimension, (struct dimension){.time = 1}) || value <= 0)
        return refuse(reading, "at 60 d", "a horizon is a time");
    reading->claim->at_given = true;
    reading->claim->at = llround(value);
    tokens_next(&reading->tokens);
    return true;
}

static bool read_at(struct reading *reading) {
    tokens_next(&reading->tokens);
    if (reading->tokens.now.kind == TOKEN_NAME) return read_place(reading);
    if (!reading->claim->at_given) return read_horizon(reading);
    return refuse(reading, NULL, "there are two horizons here");
}

static bool read_along(struct reading *reading) {
    tokens_next(&reading->tokens);
    const struct token *now = &reading->tokens.now;
    if (now->kind != TOKEN_NAME)
        return refuse(reading, "along stations.cut.machines", "a path is wanted behind 'along'");
    reading->claim->along =
        arena_copy(reading->context->arena, now->at, (size_t)(now->end - now->at));
    reading->claim->along_place = token_place(&reading->tokens, now);
    tokens_next(&reading->tokens);
    return true;
}

static bool read_rest(struct reading *reading) {
    struct claim *claim = reading->claim;
    while (reading->tokens.now.kind != TOKEN_END) {
        bool fine = false;
        if (word_is(reading, "within") && claim->within == 0)
            fine = read_within(reading);
        else if (word_is(reading, "at"))
            fine = read_at(reading);
        else if (word_is(reading, "along") && !claim->along)
            fine = read_along(reading);
        else
            tokens_unexpected(&reading->tokens);
        if (!fine) return false;
    }
    if (claim->value_count == 0 || claim->along) return true;
    fault_error(reading->context->faults, claim->place, "along stations.cut.machines",
                "several values want 'along' and a path of the sweep behind them");
    return false;
}

/* ---- LEFT OP RIGHT ---- */

static bool read_operator(struct reading *reading) {
    static const struct {
        enum token_kind token;
        enum claim_kind kind;
        enum order_sign sign;
    } signs[] = {{TOKEN_EQUAL, CLAIM_EQUAL, ORDER_LESS},
                 {TOKEN_LESS, CLAIM_ORDER, ORDER_LESS},
                 {TOKEN_LESS_EQUAL, CLAIM_ORDER, ORDER_LESS_EQUAL},
                 {TOKEN_GREATER, CLAIM_ORDER, ORDER_GREATER},
                 {TOKEN_GREATER_EQUAL, CLAIM_ORDER, ORDER_GREATER_EQUAL}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (reading->tokens.now.kind != signs[i].token) continue;
        reading->claim->kind = signs[i].kind;
        reading->claim->sign = signs[i].sign;
        tokens_next(&reading->tokens);
        return true;
    }
    if (reading->tokens.now.kind == TOKEN_FAULTY) return false;
    return refuse(reading, "LEFT = RIGHT, LEFT < RIGHT or PATH same-as VALUES",
                  "a claim compares two sides");
}

/* A number, behind a sign or none. */
static bool at_number(const struct reading *reading) {
    enum token_kind kind = reading->tokens.now.kind;
    return kind == TOKEN_NUMBER || kind == TOKEN_SIGN;
}

/* RIGHT is one value for each point along a path: `0.2 0.4 0.5 /h`. The unit behind the last holds
 * for those that have none. */
static bool read_values(struct reading *reading) {
    struct claim *claim = reading->claim;
    const struct expression *first = claim->right;
    if (!at_number(reading) || claim->kind != CLAIM_EQUAL) return true;
    bool minus = first->kind == EXPRESSION_OPERATION && first->code == FORMULA_NEGATE;
    if (minus) first = first->first;
    if (first->kind != EXPRESSION_NUMBER) return true;
    size_t most = strlen(claim->text) / 2 + 1; /* a digit and a blank each */
    struct quantity_text *numbers = arena_take(reading->context->arena, most * sizeof *numbers);
    numbers[0] = first->quantity;
    if (minus) numbers[0].negative = true;
    int32_t count = 1;
    const struct expression *last = claim->right;
    while (at_number(reading)) {
        last = formula_parse(&reading->tokens, FORMULA_SUM);
        if (!last) return false;
        minus = last->kind == EXPRESSION_OPERATION && last->code == FORMULA_NEGATE;
        const struct expression *number = minus ? last->first : last;
        if (number->kind != EXPRESSION_NUMBER)
            return refuse(reading, NULL, "a value for each point is one number");
        numbers[count] = number->quantity;
        if (minus) numbers[count].negative = true;
        count++;
    }
    struct claim_value *values =
        arena_take(reading->context->arena, (size_t)count * sizeof *values);
    for (int32_t i = 0; i < count; i++) {
        if (!numbers[i].has_unit) numbers[i].unit = numbers[count - 1].unit;
        double one = (double)(numbers[i].unit.up / numbers[i].unit.down);
        values[i] = (struct claim_value){.value = quantity_value(&numbers[i]),
                                         .digits = 0.5 * pow(10, numbers[i].number.exponent) * one};
    }
    claim->right = last;
    claim->values = values;
    claim->value_count = count;
    return true;
}

static bool read_error(struct reading *reading) {
    if (reading->tokens.now.kind != TOKEN_PLUS_MINUS) return true;
    if (reading->claim->kind != CLAIM_EQUAL)
        return refuse(reading, NULL, "only behind '=' a value has an error");
    tokens_next(&reading->tokens);
    reading->claim->error = formula_parse(&reading->tokens, FORMULA_SUM);
    return reading->claim->error != NULL;
}

/* ---- crossover of PATH and PATH along PATH from Q to Q exists, or = Q ---- */

static bool take_word(struct reading *reading, const char *word) {
    if (!word_is(reading, word))
        return refuse(reading, "crossover of a.PATH and b.PATH along PATH from 1 /h to 4 /h exists",
                      arena_text(reading->context->arena, "'%s' is wanted here", word));
    tokens_next(&reading->tokens);
    return true;
}

static bool take_path(struct reading *reading, const struct expression **path) {
    *path = formula_parse(&reading->tokens, FORMULA_SUM);
    if (!*path) return false;
    if ((*path)->kind == EXPRESSION_NAME) return true;
    fault_error(reading->context->faults, (*path)->place, NULL, "a path is wanted here");
    return false;
}

/* A quantity, and its text. */
static bool take_quantity(struct reading *reading, const char **text, struct claim_value *value) {
    const struct expression *number = formula_parse(&reading->tokens, FORMULA_SUM);
    if (!number) return false;
    *text = arena_copy(reading->context->arena, number->at, (size_t)(number->end - number->at));
    if (number->kind == EXPRESSION_NUMBER) {
        *value = (struct claim_value){.value = quantity_value(&number->quantity)};
        return true;
    }
    fault_error(reading->context->faults, number->place, NULL, "a quantity is wanted here");
    return false;
}

static bool read_crossover(struct reading *reading) {
    struct claim *claim = reading->claim;
    struct arena *arena = reading->context->arena;
    const struct expression *along;
    const char *from, *to, *at;
    struct claim_value *value = arena_take(arena, sizeof *value);
    claim->kind = CLAIM_CROSSOVER;
    claim->crossover = -1;
    if (!take_word(reading, "crossover") || !take_word(reading, "of") ||
        !take_path(reading, &claim->left) || !take_word(reading, "and") ||
        !take_path(reading, &claim->right) || !take_word(reading, "along") ||
        !take_path(reading, &along) || !take_word(reading, "from") ||
        !take_quantity(reading, &from, value) || !take_word(reading, "to") ||
        !take_quantity(reading, &to, value))
        return false;
    claim->setting = arena_text(arena, "%s=%s .. %s", along->name, from, to);
    if (word_is(reading, "exists")) {
        tokens_next(&reading->tokens);
    } else {
        if (reading->tokens.now.kind != TOKEN_EQUAL)
            return refuse(reading, NULL, "'exists' or '=' is wanted here");
        tokens_next(&reading->tokens);
        if (!take_quantity(reading, &at, value)) return false;
        claim->values = value;
        claim->value_count = 1;
        if (word_is(reading, "within") && !read_within(reading)) return false;
    }
    if (reading->tokens.now.kind == TOKEN_END) return true;
    tokens_unexpected(&reading->tokens);
    return false;
}

static bool read_claim(struct reading *reading) {
    if (word_is(reading, "crossover")) return read_crossover(reading);
    if (strncmp(reading->tokens.now.at, "study.best", strlen("study.best")) == 0)
        return refuse(reading, not_yet, "studies are not in this version");
    reading->claim->left = formula_parse(&reading->tokens, FORMULA_SUM);
    if (!reading->claim->left) return false;
    if (word_is(reading, "same-as")) return read_trace(reading);
    if (!read_operator(reading)) return false;
    reading->claim->right = formula_parse(&reading->tokens, FORMULA_SUM);
    return reading->claim->right && read_values(reading) && read_error(reading) &&
           read_rest(reading);
}

void claims_read(struct claims *claims, struct value_context *context, const struct list *specs) {
    const struct claim_spec *list = specs->things;
    *claims = (struct claims){.count = specs->count};
    claims->list = arena_take(context->arena, (size_t)specs->count * sizeof *claims->list);
    for (int32_t i = 0; i < specs->count; i++) {
        struct claim *claim = &claims->list[i];
        const struct node *node = list[i].claim;
        claim->text = node && node->kind == NODE_TEXT && node->text ? node->text : "";
        claim->source = list[i].source;
        if (node) claim->place = node->place;
        struct reading reading = {.context = context, .claim = claim};
        if (!*claim->text) {
            fault_error(context->faults, claim->place, "stations.saw.utilization = 0.8",
                        "a claim is a text");
            continue;
        }
        tokens_start(&reading.tokens, context, claim->text, claim->place);
        if (!read_claim(&reading)) claim->kind = CLAIM_FAULTY;
    }
}

/* ---- Shared ---- */

int32_t claim_path_arm(const char *path, const char *const *arms, int32_t arm_count,
                       const char **rest) {
    size_t size = strcspn(path, ".");
    for (int32_t i = 0; i < arm_count; i++) {
        if (strlen(arms[i]) != size || strncmp(arms[i], path, size) != 0 || !path[size]) continue;
        *rest = path + size + 1;
        return i;
    }
    *rest = path;
    return 0;
}

static const struct {
    double factor;
    struct dimension dimension;
} units[] = {
    [RESULT_UNIT_HOURS] = {(double)TICK_H, {.time = 1}},
    [RESULT_UNIT_PER_HOUR] = {1.0 / (double)TICK_H, {.time = -1}},
    [RESULT_UNIT_DIMENSIONLESS] = {1, {0}},
    [RESULT_UNIT_LOTS] = {1, {0}},
    [RESULT_UNIT_PIECES] = {1, {0}},
    [RESULT_UNIT_ITEM_UNITS] = {1, {0}},
    [RESULT_UNIT_MONEY] = {1, {.money = 1}},
    [RESULT_UNIT_MONEY_PER_DAY] = {1.0 / (double)TICK_D, {.time = -1, .money = 1}},
    [RESULT_UNIT_COUNT] = {1, {0}},
    [RESULT_UNIT_PER_YEAR] = {1.0 / (double)TICK_Y, {.time = -1}},
    [RESULT_UNIT_DAYS] = {(double)TICK_D, {.time = 1}},
    [RESULT_UNIT_MONEY_PER_UNIT] = {1, {.money = 1}},
    [RESULT_UNIT_ENERGY] = {1, {.energy = 1}},
    [RESULT_UNIT_ENERGY_PER_UNIT] = {1, {.energy = 1}},
    [RESULT_UNIT_MASS_PER_UNIT] = {1, {.mass = 1}},
    [RESULT_UNIT_MASS] = {1, {.mass = 1}},
    [RESULT_UNIT_DISTANCE] = {1000, {.length = 1}},
};

double claim_unit_factor(enum result_unit unit) {
    return units[unit].factor;
}

struct dimension claim_unit_dimension(enum result_unit unit) {
    return units[unit].dimension;
}

static struct sequence_column *sequence_of(struct sequence_column *list, int32_t count,
                                           const char *path) {
    for (int32_t i = 0; i < count; i++)
        if (strcmp(list[i].path, path) == 0) return &list[i];
    return NULL;
}

static bool names_theory(const struct expression *expression) {
    if (!expression) return false;
    if (expression->kind == EXPRESSION_THEORY) return true;
    for (const struct expression *part = expression->first; part; part = part->next)
        if (names_theory(part)) return true;
    return false;
}

bool claims_name_theory(const struct claims *claims) {
    for (int32_t i = 0; i < claims->count; i++)
        if (claims->list[i].kind != CLAIM_FAULTY &&
            (names_theory(claims->list[i].left) || names_theory(claims->list[i].right)))
            return true;
    return false;
}

const struct sequence_column *claims_sequences(const struct claims *claims, struct arena *arena,
                                               const char *const *arms, int32_t arm_count,
                                               int32_t *count) {
    struct sequence_column *list = arena_take(arena, (size_t)claims->count * sizeof *list);
    *count = 0;
    for (int32_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->list[i];
        if (claim->kind != CLAIM_SAME_AS) continue;
        const char *path;
        claim_path_arm(claim->left->name, arms, arm_count, &path);
        struct sequence_column *known = sequence_of(list, *count, path);
        if (!known)
            list[(*count)++] = (struct sequence_column){path, claim->value_count};
        else if (known->capacity < claim->value_count)
            known->capacity = claim->value_count;
    }
    return list;
}
