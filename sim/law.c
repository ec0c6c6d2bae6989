/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of laws, and laws scaled and shifted. law_make.c makes them, law_shape.c knows their
 * moments and distribution.
 *
 * Parameters: what the numbers of a law mean.
 *   kind                a        b       c      d
 *   CONSTANT            value
 *   EXPONENTIAL         mean
 *   POISSON             mean
 *   GEOMETRIC           mean     -1 / ln(1 - 1 / mean)
 *   UNIFORM             low      high
 *   TRIANGULAR          low      mode    high
 *   PERT, BETA          alpha    beta    low    high
 *   NORMAL              mean     sd          (of the whole bell)
 *   LOGNORMAL           mean     sd          (of the logarithm)
 *   GAMMA, WEIBULL      shape    scale
 *   ERLANG              phases   mean of a phase
 *   BINOMIAL            n        p
 *   NEGATIVE_BINOMIAL   mean     sd
 *   TRUNCATED           low      high    P(below low)   P(between)
 *   AFFINE              factor   shift */
#include "law.h"

#include "formula.h"
#include "law_table.h"
#include "samplers.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const struct law_kind_row law_kinds[LAW_COUNT] = {
#define X(name, word, takes, forms, counts, help) {word, forms, help, LAW_TAKES_##takes, counts},
    LAWS(X)
#undef X
};

const struct law_argument_row law_argument_rows[LAW_ARGUMENT_COUNT] = {
#define X(name, word, plain) {word, plain},
    LAW_ARGUMENTS(X)
#undef X
};

enum law_kind law_kind_named(const char *word) {
    int32_t kind = 0;
    while (kind < LAW_COUNT &&
           (law_kinds[kind].takes == LAW_TAKES_INTERNAL || strcmp(law_kinds[kind].word, word) != 0))
        kind++;
    return (enum law_kind)kind;
}

enum law_argument law_argument_named(const char *word) {
    int32_t argument = 0;
    while (argument < LAW_ARGUMENT_COUNT && strcmp(law_argument_rows[argument].word, word) != 0)
        argument++;
    return (enum law_argument)argument;
}

/* One word picks the slot with its high part and stays or goes with the rest. */
static int32_t pick(const struct law_table *table, struct draw *draw) {
    __extension__ typedef unsigned __int128 wide;
    wide place = (wide)draw_word(draw) * (wide)table->count;
    const struct alias *slot = &table->aliases[(size_t)(place >> 64)];
    return (uint64_t)place < slot->keep ? (int32_t)(place >> 64) : slot->other;
}

static double normal_value(const struct law *law, struct draw *draw) {
    double value;
    do value = law->a + law->b * ziggurat_normal(draw);
    while (law->non_negative && value < 0);
    return value;
}

/* 1 + the whole part of an exponential is geometric. */
static double geometric_value(const struct law *law, struct draw *draw) {
    return 1 + floor(law->b * ziggurat_exponential(draw));
}

static double beta_value(const struct law *law, struct draw *draw) {
    return law->c + (law->d - law->c) * sample_beta(draw, law->a, law->b);
}

/* Poisson with a gamma for its mean. */
static double negative_binomial_value(const struct law *law, struct draw *draw) {
    double excess = (law->b * law->b - law->a) / law->a;
    return sample_poisson(draw, excess * sample_gamma(draw, law->a / excess));
}

static double sequence_value(const struct law_table *table, const struct draw *draw) {
    uint64_t count = (uint64_t)table->count, occurrence = draw->at[0];
    if (occurrence < count) return table->values[occurrence];
    if (table->then == LAW_THEN_STOP) return NAN;
    return table->values[table->then == LAW_THEN_LAST ? count - 1 : occurrence % count];
}

/* Drawn again outside the limits; where most would be, inverted within them instead. */
static double truncated_value(const struct law *law, struct draw *draw,
                              const struct formula_env *env) {
    static const double OFTEN = 0.1;
    if (law->d < OFTEN) return law_inverse(law, draw_uniform(draw));
    double value;
    do value = law_value(law->table->laws, draw, env);
    while (value < law->a || value > law->b);
    return value;
}

static double computed_value(const struct law *law, struct draw *draw,
                             const struct formula_env *env) {
    struct law computed;
    return law_computed(law, env, &computed) ? law_value(&computed, draw, env) : NAN;
}

static double formula_law_value(const struct law *law, struct draw *draw,
                                const struct formula_env *env) {
    struct formula_env with_draw = env ? *env : (struct formula_env){0};
    with_draw.draw = draw;
    return formula_value(law->formula, &with_draw);
}

/* What an expression or a shift has brought below 0 is 0 where less has no meaning. */
static double clipped(const struct law *law, double value) {
    return law->non_negative && value < 0 ? 0 : value;
}

static double inverted_value(const struct law *law, struct draw *draw) {
    double u = draw_uniform(draw);
    return clipped(law, law_inverse(law->table->laws, law->a == 1 ? 1 - u : u));
}

double law_value_general(const struct law *law, struct draw *draw, const struct formula_env *env) {
    const struct law_table *table = law->table;
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: return law->a;
    case LAW_EXPONENTIAL: return law->a * ziggurat_exponential(draw);
    case LAW_POISSON: return sample_poisson(draw, law->a);
    case LAW_GEOMETRIC: return geometric_value(law, draw);
    case LAW_UNIFORM: return law->a + (law->b - law->a) * draw_uniform(draw);
    case LAW_TRIANGULAR: return law_inverse(law, draw_uniform(draw));
    case LAW_PERT:
    case LAW_BETA: return beta_value(law, draw);
    case LAW_NORMAL: return normal_value(law, draw);
    case LAW_LOGNORMAL: return exp(law->a + law->b * ziggurat_normal(draw));
    case LAW_GAMMA: return law->b * sample_gamma(draw, law->a);
    case LAW_ERLANG: return law->b * sample_erlang(draw, (int32_t)law->a);
    case LAW_WEIBULL: return law->b * pow(ziggurat_exponential(draw), 1 / law->a);
    case LAW_BINOMIAL: return sample_binomial(draw, law->a, law->b);
    case LAW_NEGATIVE_BINOMIAL: return negative_binomial_value(law, draw);
    case LAW_DISCRETE:
    case LAW_EMPIRICAL: return table->values[pick(table, draw)];
    case LAW_SEQUENCE: return sequence_value(table, draw);
    case LAW_MIXTURE: return law_value(&table->laws[pick(table, draw)], draw, env);
    case LAW_TRUNCATED: return truncated_value(law, draw, env);
    case LAW_FORMULA: return clipped(law, formula_law_value(law, draw, env));
    case LAW_COMPUTED: return clipped(law, computed_value(law, draw, env));
    case LAW_AFFINE: return clipped(law, law->b + law->a * law_value(table->laws, draw, env));
    case LAW_INVERTED: return inverted_value(law, draw);
    case LAW_COUNT: break;
    }
    CHECK(false);
}

bool law_computed(const struct law *law, const struct formula_env *env, struct law *out) {
    struct law_arguments now = *law->table->arguments;
    for (int32_t i = 0; i < LAW_ARGUMENT_COUNT; i++) {
        if (now.formula[i]) now.value[i] = formula_value(now.formula[i], env);
        if (now.given[i] && !isfinite(now.value[i])) return false;
    }
    return !law_from_numbers(out, law->table->kind, &now);
}

bool law_settled(const struct law *law, const struct formula_env *env, struct law *out) {
    *out = *law;
    if (!law_needs_env(law)) return true;
    if (law->kind == LAW_COMPUTED) {
        bool fine = law_computed(law, env, out);
        out->per = law->per;
        out->non_negative = law->non_negative;
        return fine;
    }
    if (law->kind != LAW_FORMULA || law->formula->draw_count > 0) return false;
    double value = formula_value(law->formula, env);
    *out = (struct law){.kind = LAW_CONSTANT, .per = law->per, .a = clipped(law, value)};
    return isfinite(value);
}

/* The law becomes `factor * itself + shift` with the same chance: what was drawn before is drawn
 * again, changed. */
static void wrap(struct arena *arena, struct law *law, double factor, double shift) {
    struct law *inner = arena_take(arena, sizeof *inner);
    struct law_table *table = arena_take(arena, sizeof *table);
    *inner = *law;
    *table = (struct law_table){.count = 1, .laws = inner};
    *law = (struct law){.kind = LAW_AFFINE,
                        .per = law->per,
                        .non_negative = law->non_negative,
                        .a = factor,
                        .b = shift,
                        .table = table};
}

bool law_invert(struct arena *arena, struct law *law) {
    if (isnan(law_inverse(law, 0.5))) return false;
    wrap(arena, law, 0, 0);
    law->kind = LAW_INVERTED;
    return true;
}

void law_scale(struct arena *arena, struct law *law, double factor) {
    CHECK(isfinite(factor));
    bool wraps = factor <= 0;
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: law->a *= factor; return;
    case LAW_AFFINE:
        law->a *= factor;
        law->b *= factor;
        return;
    case LAW_EXPONENTIAL:
        if (!wraps) law->a *= factor;
        break;
    case LAW_UNIFORM:
    case LAW_NORMAL:
        if (!wraps) law->a *= factor, law->b *= factor;
        break;
    case LAW_TRIANGULAR:
        if (!wraps) law->a *= factor, law->b *= factor, law->c *= factor;
        break;
    case LAW_PERT:
    case LAW_BETA:
        if (!wraps) law->c *= factor, law->d *= factor;
        break;
    case LAW_LOGNORMAL:
        if (!wraps) law->a += log(factor);
        break;
    case LAW_GAMMA:
    case LAW_ERLANG:
    case LAW_WEIBULL:
        if (!wraps) law->b *= factor;
        break;
    default: wraps = true;
    }
    if (wraps) wrap(arena, law, factor, 0);
}

void law_shift(struct arena *arena, struct law *law, double by) {
    CHECK(isfinite(by));
    switch ((enum law_kind)law->kind) {
    case LAW_CONSTANT: law->a += by; return;
    case LAW_AFFINE: law->b += by; return;
    case LAW_UNIFORM: law->a += by, law->b += by; return;
    case LAW_TRIANGULAR: law->a += by, law->b += by, law->c += by; return;
    case LAW_PERT:
    case LAW_BETA: law->c += by, law->d += by; return;
    default: wrap(arena, law, 1, by);
    }
}
