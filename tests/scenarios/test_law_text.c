/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "valued.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* `growth` is a driver, `every.csv` a file. */
static bool lookup(void *names, const char *name, int32_t *what, int32_t *index,
                   struct dimension *dimension) {
    (void)names;
    if (strcmp(name, "growth") != 0 && strcmp(name, "supply-risk") != 0) return false;
    *what = 7;
    *index = name[0] == 'g' ? 0 : 1;
    *dimension = name[0] == 'g' ? (struct dimension){0} : (struct dimension){.time = -1};
    return true;
}

static const struct value_cell *column(void *files, const char *file, const char *name,
                                       struct place place, int32_t *count) {
    static const struct value_cell minutes[] = {
        {"3 min", {1, 2, 1}}, {"4 min", {1, 3, 1}}, {"-0.5 min", {1, 4, 1}}};
    static const struct value_cell bare[] = {{"3", {1, 2, 1}}, {"oops", {1, 3, 9}}};
    struct faults *faults = files;
    *count = strcmp(name, "minutes") == 0 ? 3 : strcmp(name, "bare") == 0 ? 1 : 2;
    if (strcmp(file, "data/every.csv") != 0) {
        fault_error(faults, place, NULL, "there is no file '%s'", file);
        return NULL;
    }
    return *count == 3 ? minutes : bare;
}

static double fixed(const void *context, int32_t what, int32_t index) {
    (void)context;
    cr_assert(what == 7 || what == 1);
    return what == 1 ? 20 : index == 0 ? 1.5 : 1 / 3600e6;
}

static void begin(struct valued *valued) {
    valued_init(valued);
    valued->context.lookup = lookup;
    valued->context.column = column;
    valued->context.files = &valued->faults;
}

static const struct scope_name names[] = {{"pieces", 1, {0}, "of the lot", NULL}};
static const struct scope scope = {"job", 1, names, NULL, NULL};

static struct law law_in(struct valued *valued, const char *text, enum field_unit unit) {
    struct law law;
    bool fine = value_law(&valued->context, text, valued_place, unit, &scope, &law);
    cr_assert(fine, "%s: %s", text, valued_said(valued));
    return law;
}

static struct law law_of(struct valued *valued, const char *text) {
    return law_in(valued, text, UNIT_TIME);
}

static const char *refused_in(struct valued *valued, const char *text, enum field_unit unit) {
    struct law law;
    cr_assert(!value_law(&valued->context, text, valued_place, unit, &scope, &law), "%s", text);
    return valued_said(valued);
}

static const char *refused(struct valued *valued, const char *text) {
    return refused_in(valued, text, UNIT_TIME);
}

static bool close_to(double value, double wanted) {
    return fabs(value - wanted) <= 1e-9 * fabs(wanted);
}

Test(law_text, every_law_has_the_mean_it_says) {
    static const struct {
        const char *text;
        enum law_kind kind;
        double minutes;
    } rows[] = {
        {"3 min", LAW_CONSTANT, 3},
        {"constant(3 min)", LAW_CONSTANT, 3},
        {"exponential(5 min)", LAW_EXPONENTIAL, 5},
        {"exponential(5) min", LAW_EXPONENTIAL, 5},
        {"exponential(mean=0.25 h)", LAW_EXPONENTIAL, 15},
        {"exponential(1 h / 1.2)", LAW_EXPONENTIAL, 50},
        {"exponential(2.6 min/piece)", LAW_EXPONENTIAL, 2.6},
        {"uniform(2 4) min", LAW_UNIFORM, 3},
        {"uniform(2, 4) min", LAW_UNIFORM, 3},
        {"uniform(mean=7.5 half=2.5) min", LAW_UNIFORM, 7.5},
        {"triangular(4 5 9) min", LAW_TRIANGULAR, 6},
        {"triangular(4 min 5 min 0.15 h)", LAW_TRIANGULAR, 6},
        {"triangular(high=9 low=4 mode=5)min", LAW_TRIANGULAR, 6},
        {"pert(1 4 7) min", LAW_PERT, 4},
        {"lognormal(mean=25 sd=10) min", LAW_LOGNORMAL, 25},
        {"lognormal(mean=2 cv=0.3) h", LAW_LOGNORMAL, 120},
        {"gamma(mean=8 min sd=2 min)", LAW_GAMMA, 8},
        {"erlang(2 mean=0.5 h)", LAW_ERLANG, 30},
        {"erlang(2 mean=0.5) h", LAW_ERLANG, 30},
        {"weibull(shape=2 mean=7) min", LAW_WEIBULL, 7},
        {"beta(mean=0.5 sd=0.1) h", LAW_BETA, 30},
        {"beta(a=2 b=2 low=0 high=8) min", LAW_BETA, 4},
        {"poisson(5) min", LAW_AFFINE, 5},
        {"geometric(mean=400) s", LAW_AFFINE, 400.0 / 60},
        {"binomial(10 0.5) min", LAW_AFFINE, 5},
        {"discrete(1=1/6 2=1/3 3=1/3 4=1/6) min", LAW_DISCRETE, 2.5},
        {"discrete(1 min=0.5, 3 min=0.5)", LAW_DISCRETE, 2},
        {"discrete(1=50 % 3=50 %) min", LAW_DISCRETE, 2},
        {"empirical(3 4 4 7) min", LAW_EMPIRICAL, 4.5},
        {"empirical(data/every.csv minutes)", LAW_EMPIRICAL, 6.5 / 3},
        {"sequence(5 4 6 then stop) min", LAW_SEQUENCE, 5},
        {"sequence(data/every.csv bare then repeat) min", LAW_SEQUENCE, 3},
        {"mixture(0.8 exponential(1 h) 0.2 exponential(9 h))", LAW_MIXTURE, 156},
        {"mixture(0.8 exponential(1), 0.2 exponential(9)) h", LAW_MIXTURE, 156},
        {"mixture(1/2 exponential(1) 1/2 3) h", LAW_MIXTURE, 120},
        {"truncated(uniform(0 20) 5 15) min", LAW_TRUNCATED, 10},
        {"truncated(uniform(0 20) min 5 min 15 min)", LAW_TRUNCATED, 10},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct law law = law_in(&valued, rows[i].text, UNIT_ANY);
        cr_assert_eq(law.kind, (int32_t)rows[i].kind, "%s is %d", rows[i].text, law.kind);
        cr_assert(close_to(law_mean(&law), 60e6 * rows[i].minutes), "%s: %g", rows[i].text,
                  law_mean(&law) / 60e6);
    }
    valued_clear(&valued);
}

Test(law_text, whole_ticks_stay_exact) {
    struct valued valued;
    begin(&valued);
    cr_assert(law_of(&valued, "0.7 min").a == 42000000);
    cr_assert(law_of(&valued, "exponential(0.7) min").a == 42000000);
    cr_assert(law_of(&valued, "uniform(0.1 0.7) s").b == 700000);
    valued_clear(&valued);
}

Test(law_text, a_normal_time_is_never_negative_but_a_term_may_be) {
    struct valued valued;
    begin(&valued);
    cr_assert(law_of(&valued, "normal(mean=9 sd=6) min").non_negative);
    cr_assert(!law_in(&valued, "normal(mean=9 sd=6) min", UNIT_ANY).non_negative);
    struct law sum = law_of(&valued, "9 h + normal(mean=0 sd=2) h");
    cr_assert_eq(sum.kind, LAW_FORMULA);
    cr_assert(!sum.formula->ops[1].law->non_negative);
    struct law product = law_of(&valued, "pieces * normal(mean=3 sd=2) h");
    cr_assert(product.formula->ops[1].law->non_negative);
    valued_clear(&valued);
}

Test(law_text, the_unit_says_what_a_time_is_for) {
    static const struct {
        const char *text;
        enum law_per per;
    } rows[] = {
        {"4 min", LAW_PER_LOT},
        {"4 min/lot", LAW_PER_LOT},
        {"4 min/piece", LAW_PER_PIECE},
        {"triangular(1.5 2 3.5) min/piece", LAW_PER_PIECE},
        {"exponential(2.6 min/piece)", LAW_PER_PIECE},
        {"1 h/batch", LAW_PER_BATCH},
        {"mixture(1 exponential(1 min/piece) 1 2 min/piece)", LAW_PER_PIECE},
        {"pieces * uniform(2 3) min", LAW_PER_LOT},
        {"if now < 4 wk then 2 min/piece else 3 min/piece", LAW_PER_PIECE},
    };
    struct valued valued;
    begin(&valued);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct law law = law_in(&valued, rows[i].text, UNIT_WORK_TIME);
        cr_assert_eq(law.per, (int32_t)rows[i].per, "%s", rows[i].text);
    }
    cr_assert_eq(law_of(&valued, "4 min/piece").per, LAW_PER_LOT);
    cr_assert_str_eq(refused_in(&valued, "2 min + 3 min/piece", UNIT_WORK_TIME),
                     "9 these times are not all for the same: lot, piece or batch · "
                     "split it over the fields time and load");
    valued_clear(&valued);
}

Test(law_text, arguments_may_be_expressions) {
    struct valued valued;
    begin(&valued);
    struct formula_env env = {.read = fixed};
    struct law law = law_in(&valued, "poisson(60 * growth)", UNIT_AMOUNT);
    cr_assert_eq(law.kind, LAW_COMPUTED);
    cr_assert(close_to(law_expected(&law, &env), 90));
    law = law_of(&valued, "exponential(1 / supply-risk)");
    cr_assert(close_to(law_expected(&law, &env), 3600e6));
    law = law_of(&valued, "exponential(2 * growth) min");
    cr_assert(close_to(law_expected(&law, &env), 180e6));
    law = law_in(&valued, "pieces * uniform(2 3) min", UNIT_WORK_TIME);
    cr_assert_eq(law.kind, LAW_FORMULA);
    cr_assert_eq(law.formula->draw_count, 1);
    cr_assert(close_to(law_expected(&law, &env), 20 * 150e6));
    law = law_in(&valued, "14 /h * growth * 2", UNIT_RATE);
    cr_assert(close_to(law_expected(&law, &env), 42 / 3600e6));
    valued_clear(&valued);
}

Test(law_text, a_unit_is_asked_for) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused(&valued, "5"), "1 a time needs a unit · 5 min? 5 h?");
    cr_assert_str_eq(refused(&valued, " triangular(4 5 8)"),
                     "2 a time needs a unit · triangular(4 5 8) min? triangular(4 5 8) h?");
    cr_assert_str_eq(refused(&valued, "poisson(5)"),
                     "1 a time needs a unit · poisson(5) min? poisson(5) h?");
    cr_assert_str_eq(refused_in(&valued, "8", UNIT_RATE), "1 a rate needs a unit · 8 /h? 8 /d?");
    cr_assert_str_eq(refused(&valued, "20 EUR"), "1 a time is wanted, this is money");
    cr_assert_str_eq(refused(&valued, "uniform(1 2) EUR/h"),
                     "1 a time is wanted, this is money a time");
    cr_assert_str_eq(refused(&valued, "growth * 2"), "1 a time is wanted, this is a plain number");
    valued_clear(&valued);
}

Test(law_text, the_unit_stands_once) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused(&valued, "uniform(2 min 3) min"),
                     "9 the unit is given twice · in each argument, or once behind the law");
    cr_assert_str_eq(refused(&valued, "exponential(1 / supply-risk) min"),
                     "13 the unit is given twice · in each argument, or once behind the law");
    cr_assert_str_eq(refused(&valued, "triangular(4 5 8 min)"),
                     "16 one argument is a plain number, another a time · "
                     "the unit stands in each argument, or once behind the law");
    cr_assert_str_eq(refused(&valued, "uniform(4 EUR 8 min)"),
                     "15 one argument is money, another a time · "
                     "the unit stands in each argument, or once behind the law");
    cr_assert_str_eq(refused(&valued, "mixture(1 exponential(1 h)) h"),
                     "23 the unit is given twice · in each argument, or once behind the law");
    cr_assert_str_eq(refused(&valued, "mixture(1 exponential(1) h) h"),
                     "11 the unit is given twice · in each argument, or once behind the law");
    cr_assert_str_eq(refused(&valued, "poisson(5 min)"),
                     "9 poisson takes plain numbers, this is a time · "
                     "a unit behind scales it whole: poisson(...) h");
    cr_assert_str_eq(refused(&valued, "erlang(2 h mean=3 h)"),
                     "8 k is a plain number, this is a time");
    cr_assert_str_eq(refused(&valued, "mixture(1 h exponential(1 h))"),
                     "9 a weight is a plain number, this is a time");
    valued_clear(&valued);
}

Test(law_text, bare_numbers_need_names_where_they_could_mean_two_things) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused(&valued, "lognormal(25 10) min"),
                     "1 lognormal does not say what 25 and 10 are · lognormal(mean=25 sd=10) min");
    cr_assert_str_eq(refused(&valued, "lognormal(25 sd=10) min"),
                     "1 lognormal does not say what 25 is · lognormal(mean=25 sd=10) min");
    cr_assert_str_eq(refused(&valued, "erlang(2 0.5 h)"),
                     "1 erlang does not say what 0.5 h is · erlang(2 mean=0.5 h)");
    cr_assert_str_eq(refused(&valued, "beta(1 2 3 4)"),
                     "1 beta does not say what 1, 2, 3 and 4 are · beta(a=1 b=2 low=3 high=4)");
    cr_assert_str_eq(refused(&valued, "normal(25) min"),
                     "1 normal is written normal(mean= sd= | mean= cv=)");
    valued_clear(&valued);
}

Test(law_text, wrong_arguments_are_refused) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused(&valued, "triangular(4 5) min"),
                     "1 triangular is written triangular(low mode high)");
    cr_assert_str_eq(refused(&valued, "exponential() min"),
                     "1 exponential is written exponential(mean)");
    cr_assert_str_eq(refused(&valued, "uniform(1 2 3) min"),
                     "1 uniform is written uniform(low high | mean= half=)");
    cr_assert_str_eq(refused(&valued, "normal(mean=9 ds=1) min"),
                     "18 normal has no argument 'ds' · did you mean 'sd'?");
    cr_assert_str_eq(refused(&valued, "normal(mean=9 scale=1) min"),
                     "21 normal has no argument 'scale' · normal(mean= sd= | mean= cv=)");
    cr_assert_str_eq(refused(&valued, "normal(mean=9 mean=1) min"), "20 'mean' is given twice");
    cr_assert_str_eq(refused(&valued, "lognormal(mean=9 sd=-1) min"),
                     "1 lognormal: a standard deviation must not be negative");
    cr_assert_str_eq(refused(&valued, "uniform(-2 3) min"),
                     "1 uniform: it can be below 0, where this has no meaning");
    cr_assert_str_eq(refused(&valued, "truncated(5 1 2) min"),
                     "1 truncated is written truncated(LAW low high)");
    cr_assert_str_eq(refused(&valued, "discrete(1=growth) min"), "12 'growth' cannot stand here");
    cr_assert_str_eq(refused(&valued, "discrete(growth=1) min"),
                     "10 discrete takes values that never change");
    cr_assert_str_eq(refused(&valued, "discrete(1 2) min"),
                     "10 this value has no weight · discrete(value=weight ...)");
    cr_assert_str_eq(refused(&valued, "empirical() min"),
                     "1 empirical: it needs at least one value");
    cr_assert_str_eq(refused(&valued, "sequence(1 2 then go) min"),
                     "19 what comes after the values is missing · then stop, last or repeat");
    valued_clear(&valued);
}

Test(law_text, a_law_that_is_not_there_is_looked_for) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused(&valued, "expnential(5 min)"),
                     "1 there is no law or function 'expnential' · did you mean 'exponential'?");
    cr_assert_str_eq(refused(&valued, "foo(5 min)"), "1 there is no law or function 'foo'");
    cr_assert_str_eq(refused(&valued, "formula(5 min)"), "1 there is no law or function 'formula'");
    cr_assert_str_eq(refused(&valued, "exponential(5 min"), "18 something is missing at the end");
    cr_assert_str_eq(refused(&valued, "exponential(5 mins)"),
                     "15 there is no unit 'mins' · did you mean 'min'?");
    cr_assert_str_eq(refused(&valued, "1,000 min"), "2 a number has no ',' · write 1000");
    cr_assert_str_eq(refused_in(&valued, "2.5 pieces", UNIT_COUNT),
                     "1 a whole number is wanted, this is 2.5 pieces");
    valued_clear(&valued);
}

Test(law_text, faults_of_a_file_stand_in_the_file) {
    struct valued valued;
    begin(&valued);
    cr_assert_str_eq(refused(&valued, "empirical(no.csv x) min"), "11 there is no file 'no.csv'");
    cr_assert_str_eq(refused(&valued, "empirical(data/every.csv oops) min"),
                     "9 a number is wanted, this is 'oops'");
    cr_assert_str_eq(refused(&valued, "empirical(data/every.csv minutes) min"),
                     "1 the unit is given twice · in each argument, or once behind the law");
    valued.context.column = NULL;
    cr_assert_str_eq(refused(&valued, "empirical(data/every.csv bare) min"),
                     "11 files cannot be read here");
    valued_clear(&valued);
}

Test(law_text, laws_are_scaled_and_shifted_whole) {
    struct valued valued;
    begin(&valued);
    struct law law = law_of(&valued, "uniform(2 4) min");
    cr_assert(value_law_times(&valued.context, &law, 0.5));
    cr_assert(close_to(law_mean(&law), 90e6));
    cr_assert(value_law_plus(&valued.context, &law, 60e6));
    cr_assert(close_to(law_mean(&law), 150e6));
    cr_assert(!value_law_times(&valued.context, &law, INFINITY));
    valued_clear(&valued);
}
