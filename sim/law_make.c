/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes laws from the arguments that a user gave, or says what is wrong with them. */
#include "law.h"

#include "formula.h"
#include "law_table.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* ---- Forms: which arguments go together ---- */

/* One word of a form, such as `mean=`: moves *TEXT behind it. False at the end of the form. */
struct form_word {
    enum law_argument argument;
    bool named;
};

static bool form_next(const char **text, struct form_word *out) {
    char word[16];
    *text += strspn(*text, " ");
    size_t count = strcspn(*text, " =|");
    if (count == 0 || count >= sizeof word) return false;
    memcpy(word, *text, count);
    word[count] = '\0';
    *text += count;
    out->named = **text == '=';
    *text += out->named;
    out->argument = law_argument_named(word);
    return out->argument != LAW_ARGUMENT_COUNT;
}

enum law_argument law_argument_at(enum law_kind kind, int32_t position) {
    if (law_kinds[kind].takes != LAW_TAKES_NUMBERS) return LAW_ARGUMENT_COUNT;
    struct form_word word;
    for (const char *text = law_kinds[kind].forms; form_next(&text, &word);)
        if (!word.named && position-- == 0) return word.argument;
    return LAW_ARGUMENT_COUNT;
}

/* Is exactly one of the forms given? */
static bool form_fits(const char *forms, const struct law_arguments *arguments) {
    for (const char *text = forms;; text++) {
        bool wanted[LAW_ARGUMENT_COUNT] = {false};
        struct form_word word;
        while (form_next(&text, &word)) wanted[word.argument] = true;
        if (memcmp(wanted, arguments->given, sizeof wanted) == 0) return true;
        if (!*text) return false;
    }
}

static bool has_formula(const struct law_arguments *arguments) {
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++)
        if (arguments->formula[i]) return true;
    return false;
}

static const char *arguments_fit(struct arena *arena, enum law_kind kind,
                                 const struct law_arguments *arguments) {
    const struct law_kind_row *row = &law_kinds[kind];
    bool fits = row->takes != LAW_TAKES_NUMBERS || form_fits(row->forms, arguments);
    if (row->takes == LAW_TAKES_LAW)
        fits = arguments->laws && arguments->given[LAW_ARGUMENT_LOW] &&
               arguments->given[LAW_ARGUMENT_HIGH];
    if (row->takes != LAW_TAKES_NUMBERS && has_formula(arguments))
        return "its limits must be plain numbers";
    if (!fits) return arena_text(arena, "it is written %s(%s)", row->word, row->forms);
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++)
        if (arguments->given[i] && !arguments->formula[i] && !isfinite(arguments->value[i]))
            return "its arguments must be finite";
    return NULL;
}

/* ---- Laws of plain numbers ---- */

static double given(const struct law_arguments *arguments, enum law_argument argument) {
    return arguments->value[argument];
}
#define GIVEN(name) given(arguments, LAW_ARGUMENT_##name)

static const char *become_constant(struct law *law, double value) {
    law->kind = LAW_CONSTANT;
    law->a = value;
    return NULL;
}

static const char *make_mean_only(struct law *law, const struct law_arguments *arguments) {
    double mean = GIVEN(MEAN);
    if (law->kind == LAW_CONSTANT || mean == 0) return become_constant(law, mean);
    if (mean < 0) return "a mean must not be negative";
    if (law->kind == LAW_POISSON && mean > 1e9) return "the mean of poisson must be at most 1e9";
    law->a = mean;
    return NULL;
}

static const char *make_geometric(struct law *law, const struct law_arguments *arguments) {
    double mean = GIVEN(MEAN);
    if (mean < 1) return "the mean of geometric must be at least 1, its least value";
    if (mean == 1) return become_constant(law, 1);
    law->a = mean;
    law->b = -1 / log1p(-1 / mean);
    return NULL;
}

static const char *make_uniform(struct law *law, const struct law_arguments *arguments) {
    bool half = arguments->given[LAW_ARGUMENT_HALF];
    law->a = half ? GIVEN(MEAN) - GIVEN(HALF) : GIVEN(LOW);
    law->b = half ? GIVEN(MEAN) + GIVEN(HALF) : GIVEN(HIGH);
    if (law->b < law->a) return half ? "half must not be negative" : "low must not be above high";
    return law->a == law->b ? become_constant(law, law->a) : NULL;
}

static const char *make_three_points(struct law *law, const struct law_arguments *arguments) {
    double low = GIVEN(LOW), mode = GIVEN(MODE), high = GIVEN(HIGH);
    if (!(low <= mode && mode <= high)) return "low, mode and high must rise";
    if (low == high) return become_constant(law, low);
    law->a = low, law->b = mode, law->c = high;
    if (law->kind == LAW_TRIANGULAR) return NULL;
    /* The mean of pert is (low + 4 mode + high) / 6. */
    law->a = 1 + 4 * (mode - low) / (high - low), law->b = 1 + 4 * (high - mode) / (high - low);
    law->c = low, law->d = high;
    return NULL;
}

static const char *make_mean_and_sd(struct law *law, const struct law_arguments *arguments) {
    double mean = GIVEN(MEAN);
    bool relative = arguments->given[LAW_ARGUMENT_CV];
    if (relative && GIVEN(CV) < 0) return "a coefficient of variation must not be negative";
    double sd = relative ? GIVEN(CV) * fabs(mean) : GIVEN(SD);
    if (sd < 0) return "a standard deviation must not be negative";
    if (sd == 0) return become_constant(law, mean);
    law->a = mean, law->b = sd;
    if (law->kind == LAW_NORMAL)
        return law->non_negative && mean < -3 * sd ? "it is hardly ever above 0" : NULL;
    if (mean <= 0) return "the mean must be positive";
    double square = (sd / mean) * (sd / mean);
    if (law->kind == LAW_GAMMA) {
        if (square > 1e6) return "the coefficient of variation must be at most 1000";
        law->a = 1 / square, law->b = mean * square;
    } else {
        law->b = sqrt(log1p(square));
        law->a = log(mean) - 0.5 * law->b * law->b;
    }
    return NULL;
}

static const char *make_erlang(struct law *law, const struct law_arguments *arguments) {
    double k = GIVEN(K), mean = GIVEN(MEAN);
    if (k < 1 || k > 1e6 || k != floor(k)) return "k must be a whole number from 1 to a million";
    if (mean < 0) return "a mean must not be negative";
    if (mean == 0) return become_constant(law, 0);
    law->a = k, law->b = mean / k;
    return NULL;
}

static const char *make_weibull(struct law *law, const struct law_arguments *arguments) {
    bool by_mean = arguments->given[LAW_ARGUMENT_MEAN];
    law->a = GIVEN(SHAPE);
    if (law->a < 0.05 || law->a > 1000) return "shape must be from 0.05 to 1000";
    law->b = by_mean ? GIVEN(MEAN) / tgamma(1 + 1 / law->a) : GIVEN(SCALE);
    if (law->b <= 0) return by_mean ? "a mean must be positive" : "scale must be positive";
    return NULL;
}

static const char *make_beta(struct law *law, const struct law_arguments *arguments) {
    if (arguments->given[LAW_ARGUMENT_MEAN]) {
        double mean = GIVEN(MEAN), sd = GIVEN(SD);
        if (mean <= 0 || mean >= 1) return "the mean of beta must be between 0 and 1";
        if (sd < 0) return "a standard deviation must not be negative";
        if (sd == 0) return become_constant(law, mean);
        double both = mean * (1 - mean) / (sd * sd) - 1;
        if (both <= 0) return "sd must be below the root of mean (1 - mean)";
        law->a = mean * both, law->b = (1 - mean) * both;
        law->c = 0, law->d = 1;
    } else {
        law->a = GIVEN(A), law->b = GIVEN(B), law->c = GIVEN(LOW), law->d = GIVEN(HIGH);
        if (law->a <= 0 || law->b <= 0) return "a and b must be positive";
        if (law->d < law->c) return "low must not be above high";
        if (law->d == law->c) return become_constant(law, law->c);
    }
    return NULL;
}

static const char *make_binomial(struct law *law, const struct law_arguments *arguments) {
    double n = GIVEN(N), p = GIVEN(P);
    if (n < 0 || n > 1e9 || n != floor(n)) return "n must be a whole number from 0 to 1e9";
    if (p < 0 || p > 1) return "p must be from 0 to 1";
    if (n == 0 || p == 0 || p == 1) return become_constant(law, n * p);
    law->a = n, law->b = p;
    return NULL;
}

static const char *make_negative_binomial(struct law *law, const struct law_arguments *arguments) {
    law->a = GIVEN(MEAN), law->b = GIVEN(SD);
    if (law->a <= 0 || law->a > 1e6) return "the mean must be above 0 and at most 1e6";
    if (law->b < 0) return "a standard deviation must not be negative";
    double excess = law->b * law->b / law->a - 1;
    if (excess < 1e-6) return "sd must be above the root of the mean (at the root it is poisson)";
    if (excess > 1e6) return "sd squared must be at most a million times the mean";
    return NULL;
}

const char *law_from_numbers(struct law *law, enum law_kind kind,
                             const struct law_arguments *arguments) {
    *law = (struct law){.kind = (int32_t)kind, .non_negative = arguments->non_negative};
    switch (kind) {
    case LAW_CONSTANT:
    case LAW_EXPONENTIAL:
    case LAW_POISSON: return make_mean_only(law, arguments);
    case LAW_GEOMETRIC: return make_geometric(law, arguments);
    case LAW_UNIFORM: return make_uniform(law, arguments);
    case LAW_TRIANGULAR:
    case LAW_PERT: return make_three_points(law, arguments);
    case LAW_NORMAL:
    case LAW_LOGNORMAL:
    case LAW_GAMMA: return make_mean_and_sd(law, arguments);
    case LAW_ERLANG: return make_erlang(law, arguments);
    case LAW_WEIBULL: return make_weibull(law, arguments);
    case LAW_BETA: return make_beta(law, arguments);
    case LAW_BINOMIAL: return make_binomial(law, arguments);
    case LAW_NEGATIVE_BINOMIAL: return make_negative_binomial(law, arguments);
    case LAW_DISCRETE:
    case LAW_EMPIRICAL:
    case LAW_SEQUENCE:
    case LAW_MIXTURE:
    case LAW_TRUNCATED:
    case LAW_FORMULA:
    case LAW_COMPUTED:
    case LAW_AFFINE:
    case LAW_INVERTED:
    case LAW_COUNT: break;
    }
    CHECK(false);
}
#undef GIVEN

struct law law_of_constant(double value) {
    return (struct law){.kind = LAW_CONSTANT, .a = value};
}

struct law law_of_formula(const struct formula *formula) {
    if (formula->constant) return law_of_constant(formula->value);
    return (struct law){.kind = LAW_FORMULA, .formula = formula};
}

/* ---- Laws of numbers that are expressions ---- */

static const char *make_computed(struct arena *arena, struct law *law, enum law_kind kind,
                                 const struct law_arguments *arguments) {
    struct law_table *table = arena_take(arena, sizeof *table);
    struct law_arguments *kept = arena_take(arena, sizeof *kept);
    *kept = *arguments;
    *table = (struct law_table){.kind = kind, .arguments = kept};
    *law =
        (struct law){.kind = LAW_COMPUTED, .non_negative = arguments->non_negative, .table = table};
    return NULL;
}

const char *law_make(struct arena *arena, struct law *out, enum law_kind kind,
                     const struct law_arguments *arguments) {
    CHECK(kind < LAW_COUNT && law_kinds[kind].takes != LAW_TAKES_INTERNAL);
    struct law law = {0};
    const char *reason = arguments_fit(arena, kind, arguments);
    if (!reason) {
        if (law_kinds[kind].takes != LAW_TAKES_NUMBERS)
            reason = law_from_lists(arena, &law, kind, arguments);
        else if (has_formula(arguments))
            reason = make_computed(arena, &law, kind, arguments);
        else
            reason = law_from_numbers(&law, kind, arguments);
    }
    if (!reason && !law_valid(&law)) reason = "it can be below 0, where this has no meaning";
    if (!reason) *out = law;
    return reason;
}
