/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "valued.h"

#include "../../scenarios/reader/formula.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* What a job sees here, in the order of their codes; times in h, money in EUR. */
enum { DUE, WORK_LEFT, PRIORITY, COST, POSITION };
static const struct scope_name names[] = {
    {"due", DUE, {.time = 1}, "", NULL},   {"work-left", WORK_LEFT, {.time = 1}, "", NULL},
    {"priority", PRIORITY, {0}, "", NULL}, {"cost", COST, {.money = 1}, "", NULL},
    {"position", POSITION, {0}, "", NULL},
};
static const struct scope scope = {"job", 5, names, NULL, NULL};

static bool lookup(void *unused, const char *name, int32_t *what, int32_t *index,
                   struct dimension *dimension) {
    (void)unused;
    static const char *const paths[] = {"drivers.growth", "stations.*.queue.length",
                                        "mean(stations.cut.queue.wait, 4 wk)"};
    for (*index = 0; *index < 3; ++*index)
        if (strcmp(paths[*index], name) == 0) {
            *what = 100;
            *dimension = (struct dimension){.time = *index == 2};
            return true;
        }
    return false;
}

static double read_value(const void *context, int32_t what, int32_t index) {
    (void)context;
    switch (what) {
    case DUE: return 10 * 3600e6;
    case WORK_LEFT: return 2 * 3600e6;
    case PRIORITY: return 3;
    case COST: return 50;
    case POSITION: return -4;
    case FORMULA_NOW: return 4 * 3600e6;
    case FORMULA_HOUR: return 13.5;
    case FORMULA_WEEKDAY: return 2;
    case FORMULA_MONTH: return 11;
    case 100: return index == 0 ? 1.25 : index == 1 ? 7 : 3600e6;
    default: cr_assert(false, "no name %d", what); return 0;
    }
}

static void begin(struct valued *valued) {
    valued_init(valued);
    valued->context.lookup = lookup;
}

static const struct formula *formula_of(struct valued *valued, const char *text) {
    const struct formula *formula = NULL;
    bool fine = value_formula(&valued->context, text, valued_place, UNIT_ANY, &scope, &formula);
    cr_assert(fine, "%s: %s", text, valued_said(valued));
    return formula;
}

static double value(struct valued *valued, const char *text) {
    struct formula_env env = {.read = read_value};
    return formula_value(formula_of(valued, text), &env);
}

static const char *refused_in(struct valued *valued, const char *text, enum field_unit unit) {
    const struct formula *formula;
    cr_assert(!value_formula(&valued->context, text, valued_place, unit, &scope, &formula), "%s",
              text);
    return valued_said(valued);
}

static const char *refused(struct valued *valued, const char *text) {
    return refused_in(valued, text, UNIT_ANY);
}

Test(formula_text, operators_bind_as_in_school) {
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"1 + 2 * 3", 7},
        {"(1 + 2) * 3", 9},
        {"2 - 3 - 4", -5},
        {"12 / 3 / 2", 2},
        {"2 ^ 3 ^ 2", 512},
        {"-2 ^ 2", -4},
        {"2 ^ -1", 0.5},
        {"2*3+1", 7},
        {"- 2 + 5", 3},
        {"2 * -3", -6},
        {"1 < 2", 1},
        {"2 <= 1", 0},
        {"1 = 1 and 2 != 2", 0},
        {"1 > 2 or 2 >= 2", 1},
        {"not 1 > 2 and true", 1},
        {"not (1 < 2 or false)", 0},
        {"3 and 2", 1},
        {"0 or 5", 1},
        {"if 1 < 2 then 10 else 20 + 1", 10},
        {"if false then 10 else if true then 30 else 40", 30},
        {"min(3, 1, 2) + max(4, 6)", 7},
        {"abs(-3) + sqrt(16) + floor(2.7) + ceil(2.2) + round(2.5)", 15},
        {"ln(exp(2))", 2},
        {"clamp(7, 0, 5) + clamp(-7, 0, 5)", 5},
        {"2 h - 30 min", 5400e6},
        {"3 h / 30 min", 6},
        {"10 % * 50", 5},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct formula *formula = formula_of(&valued, rows[i].text);
        cr_assert(formula->constant, "%s", rows[i].text);
        cr_assert(fabs(formula->value - rows[i].value) < 1e-12 * fabs(rows[i].value) + 1e-15,
                  "%s is %g", rows[i].text, formula->value);
        cr_assert_str_eq(formula->text, rows[i].text);
    }
    valued_clear(&valued);
}

Test(formula_text, names_are_read_when_it_is_evaluated) {
    struct valued valued;
    begin(&valued);
    cr_assert(value(&valued, "due - now - work-left") == 4 * 3600e6);
    cr_assert(value(&valued, "(due - now - work-left) / 2") == 2 * 3600e6);
    cr_assert(value(&valued, "-priority") == -3);
    cr_assert(value(&valued, "hour + weekday + month") == 26.5);
    cr_assert(value(&valued, "drivers.growth * stations.*.queue.length") == 8.75);
    cr_assert(value(&valued, "if now < 4 wk then 4 else max(0, position)") == 4);
    cr_assert(value(&valued, "if now < 4 h then 4 else max(0, position)") == 0);
    cr_assert(value(&valued, "priority >= 3 and due > now") == 1);
    cr_assert(value(&valued, "priority and position") == 1);
    cr_assert(value(&valued, "priority > 3 or position = -4") == 1);
    cr_assert(value(&valued, "not priority") == 0);
    cr_assert(value(&valued, "priority < 1 or position > 1") == 0);
    cr_assert(value(&valued, "clamp(priority, 0, 2)") == 2);
    cr_assert(value(&valued, "1 + 0.05 /h * now") == 1.2);
    cr_assert(value(&valued, "mean(stations.cut.queue.wait, 4 wk) < 2 h") == 1);
    cr_assert(fabs(value(&valued, "sine(period=16 h swing=20 %)") - 1.2) < 1e-12);
    cr_assert_eq(formula_of(&valued, "due - now")->variable_count, 2);
    valued_clear(&valued);
}

Test(formula_text, constants_are_computed_once) {
    struct valued valued;
    begin(&valued);
    const struct formula *formula = formula_of(&valued, "priority * (2 + 3 * 4)");
    cr_assert_eq(formula->op_count, 3);
    cr_assert(formula->ops[1].number == 14);
    formula = formula_of(&valued, "if 1 < 2 then priority else position");
    cr_assert_eq(formula->op_count, 1);
    cr_assert_eq(formula->ops[0].what, PRIORITY);
    formula = formula_of(&valued, "if 1 > 2 then priority + priority * 3 else position");
    cr_assert_eq(formula->op_count, 1);
    cr_assert_eq(formula->variable_count, 1);
    cr_assert_eq(formula->ops[0].what, POSITION);
    valued_clear(&valued);
}

Test(formula_text, dimensions_follow_the_arithmetic) {
    static const struct {
        const char *text;
        struct dimension dimension;
    } rows[] = {
        {"due - now", {.time = 1}},
        {"cost / due", {.money = 1, .time = -1}},
        {"due * due", {.time = 2}},
        {"due ^ 3", {.time = 3}},
        {"due ^ -1", {.time = -1}},
        {"sqrt(due * due)", {.time = 1}},
        {"due / now", {0}},
        {"abs(cost)", {.money = 1}},
        {"max(due, now)", {.time = 1}},
        {"if priority > 2 then due else now", {.time = 1}},
        {"due < now", {0}},
        {"2.5 EUR/kg * 3 kg", {.money = 1}},
        {"uniform(2 3) min", {.time = 1}},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert(dimension_same(formula_of(&valued, rows[i].text)->dimension, rows[i].dimension),
                  "%s", rows[i].text);
    valued_clear(&valued);
}

Test(formula_text, both_sides_of_a_misfit_are_named) {
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"now < cost", "5 a time is compared with money"},
        {"now + cost", "5 a time is added to money"},
        {"cost - due", "6 money is lessened by a time"},
        {"due - 5", "5 a time is lessened by a plain number · does a number lack its unit?"},
        {"max(0, due)", "1 a plain number is compared with a time · does a number lack its unit?"},
        {"if due then 1 else 2", "4 a condition is wanted, this is a time"},
        {"if priority > 1 then due else cost", "1 one branch is a time, the other money"},
        {"if true then due else cost", "1 one branch is a time, the other money"},
        {"if false then due else cost", "1 one branch is a time, the other money"},
        {"priority and cost", "14 a condition is wanted, this is money"},
        {"not due", "5 a condition is wanted, this is a time"},
        {"ln(due)", "4 ln is of a plain number, this is a time · divide by a unit: ln(... / 1 h)"},
        {"round(cost)", "7 round is of a plain number, this is money"},
        {"sqrt(due)", "6 there is no square root of a time"},
        {"2 ^ due", "5 an exponent is a plain number, this is a time"},
        {"due ^ priority", "5 what has a unit is raised to whole constants only"},
        {"due ^ 0.5", "5 what has a unit is raised to whole constants only"},
        {"due ^ 9 * due", "9 this multiplies too many units"},
        {"sine(period=5 swing=20 %)", "13 a period is a time, this is a plain number"},
        {"sine(period=5 h swing=2 h)", "23 a swing is a share, this is a time"},
        {"sine(5 h 20 %)", "1 sine wants a period and a swing · sine(period=52 wk swing=20 %)"},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_str_eq(refused(&valued, rows[i].text), rows[i].said, "%s", rows[i].text);
    valued_clear(&valued);
}

Test(formula_text, the_result_fits_the_field) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused_in(&valued, "cost + cost", UNIT_TIME),
                     "1 a time is wanted, this is money");
    cr_assert_str_eq(refused_in(&valued, "4", UNIT_TIME), "1 a time needs a unit · 4 min? 4 h?");
    cr_assert_str_eq(refused_in(&valued, "due", UNIT_PLAIN),
                     "1 a plain number is wanted, this is a time");
    valued_clear(&valued);
}

Test(formula_text, a_minus_and_a_slash_stand_between_blanks) {
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"due-now", "1 there is no name 'due-now' · a minus stands between blanks: due - now"},
        {"2 * (due-work-left)",
         "6 there is no name 'due-work-left' · a minus stands between blanks: due - work-left"},
        {"priority-1",
         "1 there is no name 'priority-1' · a minus stands between blanks: priority - 1"},
        {"due -now", "5 '-' cannot stand here · a minus stands between blanks: due - now"},
        {"3-1", "2 '-' cannot stand here · a minus stands between blanks: 3 - 1"},
        {"(1)-(2)", "4 '-' cannot stand here · a minus stands between blanks"},
        {"due/now", "4 '/' cannot stand here · a division stands between blanks: due / now"},
        {"6/2", "2 '/' cannot stand here · a division stands between blanks: 6 / 2"},
        {"4 /priority",
         "4 there is no unit 'priority' · a division stands between blanks: / priority"},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_str_eq(refused(&valued, rows[i].text), rows[i].said, "%s", rows[i].text);
    valued_clear(&valued);
}

Test(formula_text, what_cannot_be_read_is_pointed_at) {
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"", "1 something is missing at the end"},
        {"1 +", "4 something is missing at the end"},
        {"(1 + 2", "7 something is missing at the end"},
        {"1 + 2)", "6 ')' cannot stand here"},
        {"* 2", "1 '*' cannot stand here"},
        {"1 == 2", "3 '==' cannot stand here · one = compares"},
        {"1 < 2 < 3", "7 a comparison has two sides · write a < b and b < c"},
        {"priority & 1", "10 '&' cannot stand here"},
        {"\xE2\x82\xAC 5", "1 '\xE2\x82\xAC' cannot stand here"},
        {"if 1 then 2", "12 something is missing at the end"},
        {"then", "1 'then' cannot stand here"},
        {"5 parsecs", "3 there is no unit 'parsecs'"},
        {"5 hours", "3 there is no unit 'hours' · did you mean 'h'?"},
        {"prority + 1", "1 there is no name 'prority' · did you mean 'priority'?"},
        {"nothing", "1 there is no name 'nothing'"},
        {"maxx(1, 2)", "1 there is no law or function 'maxx' · did you mean 'max'?"},
        {"max(1)", "1 max has two or more arguments"},
        {"sqrt(1, 2)", "1 sqrt has one argument"},
        {"clamp(1, 2)", "1 clamp has three arguments"},
        {"sum(stations.*.queue.length)", "1 sum of results is not known here"},
        {"1 / 0", "3 this has no value as a number"},
        {"sqrt(-1)", "1 this has no value as a number"},
        {"due +- 2", "5 '+-' cannot stand here"},
        {"1 EUR + 1 USD",
         "11 this is in USD, but money so far is in EUR · a scenario has one currency"},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_str_eq(refused(&valued, rows[i].text), rows[i].said, "%s", rows[i].text);
    valued_clear(&valued);
}

/* N times OPEN, a number, N times CLOSE. */
static const char *nested(struct valued *valued, const char *open, int count, const char *close) {
    const char *text = "1";
    for (int i = 0; i < count; i++) text = arena_text(&valued->arena, "%s%s%s", open, text, close);
    return text;
}

Test(formula_text, depth_is_bounded) {
    struct valued valued;
    begin(&valued);
    static const char *const deep = "this formula is too deep";
    cr_assert(value(&valued, nested(&valued, "(", 40, ")")) == 1);
    cr_assert(value(&valued, nested(&valued, "1 + ", 150, "")) == 151);
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "(", 5000, ")")), deep));
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "-", 5000, "")), deep));
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "not ", 5000, "")), deep));
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "2 ^ ", 5000, "")), deep));
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "1 + ", 5000, "")), deep));
    cr_assert_not_null(
        strstr(refused(&valued, nested(&valued, "if 1 then 1 else ", 5000, "")), deep));
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "uniform(", 5000, ")")), deep));
    cr_assert_not_null(strstr(refused(&valued, nested(&valued, "mean(", 5000, ")")), deep));
    valued_clear(&valued);
}

Test(formula_text, claims_can_read_on_behind_an_expression) {
    struct valued valued;
    begin(&valued);
    struct tokens tokens;
    tokens_start(&tokens, &valued.context,
                 "theory(a.system.cycle-time) + sum(b.*.wip) = 17.94 h +- 0.67 h within 4 %",
                 valued_place);
    struct expression *left = formula_parse(&tokens, FORMULA_SUM);
    cr_assert_eq(left->code, FORMULA_ADD);
    cr_assert_eq(left->first->kind, EXPRESSION_THEORY);
    cr_assert_str_eq(left->first->first->name, "a.system.cycle-time");
    cr_assert_eq(left->last->kind, EXPRESSION_SUM);
    cr_assert_eq(tokens.now.kind, TOKEN_EQUAL);
    tokens_next(&tokens);
    struct expression *right = formula_parse(&tokens, FORMULA_SUM);
    cr_assert(quantity_value(&right->quantity) == 64584000000);
    cr_assert_eq(tokens.now.kind, TOKEN_PLUS_MINUS);
    tokens_next(&tokens);
    cr_assert_not_null(formula_parse(&tokens, FORMULA_SUM));
    cr_assert(token_is(&tokens.now, "within"));
    cr_assert_eq(token_place(&tokens, &tokens.now).column, 64);
    cr_assert_str_eq(valued_said(&valued), "");
    valued_clear(&valued);
}
