/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of chance: what a number of the scenario may be when it is not always the same.
 *
 * A law is plain data of 64 bytes: a kind, up to four numbers and, for a few kinds, a table in the
 * arena of the spec. It holds no state and takes its chance from a draw (sim/draw.h), so that it is
 * shared by all threads and copied with the settings of a run. Its values and parameters are in
 * base units (sim/dimension.h): times in ticks.
 *
 * Laws are made by law_make from named arguments; it either returns NULL, or says in English what
 * is wrong with them. Each law states its own mean, variance and distribution function, and one
 * test loops over all. A new law is a line in LAWS, a case in each `switch` (the compiler names
 * those that lack it) and a sample in tests/sim/test_law.c. */
#ifndef TAKT_SIM_LAW_H
#define TAKT_SIM_LAW_H

#include "arena.h"
#include "base.h"
#include "ziggurat.h"

#include <stdbool.h>
#include <stdint.h>

struct formula;
struct formula_env;

/* What stands between the brackets of a law, for reader, manual and schema. */
enum law_takes {
    LAW_TAKES_NUMBERS, /* numbers; `forms` lists the choices, a name without `=` stands by its place
                        */
    LAW_TAKES_PAIRS,   /* value=weight ... */
    LAW_TAKES_VALUES,  /* value ... */
    LAW_TAKES_TRACE,   /* value ... then stop | last | repeat */
    LAW_TAKES_MIXTURE, /* weight LAW ... */
    LAW_TAKES_LAW,     /* LAW low high */
    LAW_TAKES_INTERNAL /* never written by a user */
};

/* Kind, word, what it takes, forms of its arguments, COUNTS when its values are counts (its
 * arguments then are plain numbers, and a unit behind it scales the law whole: law_scale), help. */
#define LAWS(X)                                                                                    \
    X(CONSTANT, "constant", NUMBERS, "mean", 0, "Always the same.")                                \
    X(EXPONENTIAL, "exponential", NUMBERS, "mean", 0,                                              \
      "Without memory: times between independent events.")                                         \
    X(POISSON, "poisson", NUMBERS, "mean", 1, "How many independent events fall into a period.")   \
    X(GEOMETRIC, "geometric", NUMBERS, "mean", 1,                                                  \
      "Trials up to and with the first success; starts at 1.")                                     \
    X(UNIFORM, "uniform", NUMBERS, "low high | mean= half=", 0,                                    \
      "Everything between two limits alike; half is half the width.")                              \
    X(TRIANGULAR, "triangular", NUMBERS, "low mode high", 0,                                       \
      "Least, most likely and greatest value.")                                                    \
    X(PERT, "pert", NUMBERS, "low mode high", 0,                                                   \
      "As triangular, but smooth, and nearer to the mode.")                                        \
    X(NORMAL, "normal", NUMBERS, "mean= sd= | mean= cv=", 0,                                       \
      "The bell; drawn again below 0 where a negative value has no meaning.")                      \
    X(LOGNORMAL, "lognormal", NUMBERS, "mean= sd= | mean= cv=", 0,                                 \
      "Skewed to the right, long tail: manual work, repairs.")                                     \
    X(GAMMA, "gamma", NUMBERS, "mean= sd= | mean= cv=", 0,                                         \
      "Skewed to the right, lighter tail than lognormal.")                                         \
    X(ERLANG, "erlang", NUMBERS, "k mean=", 0, "Sum of k exponential phases.")                     \
    X(WEIBULL, "weibull", NUMBERS, "shape= scale= | shape= mean=", 0,                              \
      "Lives: shape above 1 wears out, below 1 dies young.")                                       \
    X(BETA, "beta", NUMBERS, "mean= sd= | a= b= low= high=", 0,                                    \
      "Shares, or anything between two limits.")                                                   \
    X(BINOMIAL, "binomial", NUMBERS, "n p", 1, "How many of n succeed, each with probability p.")  \
    X(NEGATIVE_BINOMIAL, "negative-binomial", NUMBERS, "mean= sd=", 1,                             \
      "Counts that vary more than poisson.")                                                       \
    X(DISCRETE, "discrete", PAIRS, "value=weight ...", 0, "A few values, each with its weight.")   \
    X(EMPIRICAL, "empirical", VALUES, "value ...", 0, "One of the observed values, all alike.")    \
    X(SEQUENCE, "sequence", TRACE, "value ... then stop | last | repeat", 0,                       \
      "The values one after the other: a trace, no chance.")                                       \
    X(MIXTURE, "mixture", MIXTURE, "weight LAW ...", 0, "One of several laws, picked by weight.")  \
    X(TRUNCATED, "truncated", LAW, "LAW low high", 0, "A law, drawn again outside the limits.")    \
    X(FORMULA, "formula", INTERNAL, "", 0, "The value of an expression.")                          \
    X(COMPUTED, "computed", INTERNAL, "", 0, "A law whose arguments are expressions.")             \
    X(AFFINE, "affine", INTERNAL, "", 0, "A law times a factor plus a shift.")                     \
    X(INVERTED, "inverted", INTERNAL, "", 0, "A law by inversion from one word.")

enum law_kind {
#define X(name, word, takes, forms, counts, help) LAW_##name,
    LAWS(X)
#undef X
        LAW_COUNT
};

/* Named arguments: name, word, PLAIN when it is a plain number whatever the unit of the law. */
#define LAW_ARGUMENTS(X)                                                                           \
    X(MEAN, "mean", 0)                                                                             \
    X(SD, "sd", 0)                                                                                 \
    X(CV, "cv", 1)                                                                                 \
    X(HALF, "half", 0)                                                                             \
    X(SHAPE, "shape", 1)                                                                           \
    X(SCALE, "scale", 0)                                                                           \
    X(K, "k", 1)                                                                                   \
    X(N, "n", 1)                                                                                   \
    X(P, "p", 1)                                                                                   \
    X(A, "a", 1)                                                                                   \
    X(B, "b", 1)                                                                                   \
    X(LOW, "low", 0)                                                                               \
    X(MODE, "mode", 0)                                                                             \
    X(HIGH, "high", 0)

enum law_argument {
#define X(name, word, plain) LAW_ARGUMENT_##name,
    LAW_ARGUMENTS(X)
#undef X
        LAW_ARGUMENT_COUNT
};

struct law_kind_row {
    const char *word, *forms, *help;
    enum law_takes takes;
    bool counts;
};
extern const struct law_kind_row law_kinds[LAW_COUNT];

struct law_argument_row {
    const char *word;
    bool plain;
};
extern const struct law_argument_row law_argument_rows[LAW_ARGUMENT_COUNT];

enum law_then { LAW_THEN_STOP, LAW_THEN_LAST, LAW_THEN_REPEAT };
enum law_per { LAW_PER_LOT, LAW_PER_PIECE, LAW_PER_BATCH }; /* what one drawn time is for */

struct law_table;

struct law {
    int32_t kind; /* enum law_kind */
    int32_t per;  /* enum law_per; only times of work look at it */
    /* A normal is drawn again below 0; its mean, variance and cdf are those of what remains. */
    bool non_negative;
    double a, b, c, d;             /* by kind: sim/law.c, `Parameters` */
    const struct law_table *table; /* immutable, in the arena; NULL for most laws */
    const struct formula *formula; /* LAW_FORMULA only */
};
_Static_assert(sizeof(struct law) == 64, "a law is one cache line");

/* What a law is made of. Zero it, then fill in what stands in the text. */
struct law_arguments {
    double value[LAW_ARGUMENT_COUNT];
    bool given[LAW_ARGUMENT_COUNT];
    /* Instead of a value: computed at each draw. NUMBERS only. */
    const struct formula *formula[LAW_ARGUMENT_COUNT];
    /* PAIRS: both; VALUES and TRACE: values; MIXTURE: weights. All lists are copied. */
    const double *values, *weights;
    const struct law *laws; /* MIXTURE: count; LAW: one, with low and high given */
    int32_t count;
    enum law_then then;
    bool non_negative; /* the quantity has no meaning below 0: a time, an amount */
};

/* The kind of this word, or LAW_COUNT; never an internal one. */
enum law_kind law_kind_named(const char *word);
/* The argument of this word, or LAW_ARGUMENT_COUNT. */
enum law_argument law_argument_named(const char *word);
/* The argument that stands at this position (from 0) without a name, or LAW_ARGUMENT_COUNT when all
 * are named. */
enum law_argument law_argument_at(enum law_kind, int32_t position);

/* Makes a law. Returns NULL, or what is wrong as the end of a sentence without a stop ("a standard
 * deviation must not be negative"; lives as long as the arena). The same rules hold for arguments
 * that are expressions, at each draw. */
MUST_USE const char *law_make(struct arena *, struct law *out, enum law_kind,
                              const struct law_arguments *);
struct law law_of_constant(double value);
struct law law_of_formula(const struct formula *); /* a constant one gives a constant law */

/* A law scaled or shifted whole: `times 0.7`, `plus 2 h`, a unit behind a law. FACTOR is finite. */
void law_scale(struct arena *, struct law *, double factor);
void law_shift(struct arena *, struct law *, double by);

/* One value. NAN when a sequence has stopped, or when an expression has no value or breaks the
 * rules of its law. ENV is where expressions find their names; NULL is fine for laws without. */
double law_value_general(const struct law *, struct draw *, const struct formula_env *);

static inline double law_value(const struct law *law, struct draw *draw,
                               const struct formula_env *env) {
    if (law->kind == LAW_CONSTANT) return law->a;
    if (law->kind == LAW_EXPONENTIAL) return law->a * ziggurat_exponential(draw);
    return law_value_general(law, draw, env);
}

/* The value from the first words of a draw, for the commonest laws and nearly always: the same
 * value as law_value would give, without a draw to keep. False: draw in full. */
static inline bool law_value_at_once(const struct law *law, const uint64_t *words, int32_t count,
                                     double *value) {
    if (law->kind == LAW_EXPONENTIAL) {
        if (!ziggurat_exponential_at_once(words[0], value)) return false;
        *value *= law->a;
        return true;
    }
    if (law->kind == LAW_UNIFORM) {
        *value = law->a + (law->b - law->a) * uniform_of_word(words[0]);
        return true;
    }
    if (law->kind != LAW_ERLANG || law->a > count) return false;
    double sum = 0, one;
    for (int32_t i = 0; i < (int32_t)law->a; i++) {
        if (!ziggurat_exponential_at_once(words[i], &one)) return false;
        sum += one;
    }
    *value = law->b * sum;
    return true;
}

/* Rounds a duration to ticks, half to even; negative gives 0; NAN and what is beyond the clock give
 * TICK_NEVER. Up to 2^52 adding 2^52 leaves no bits for a fraction, which rounds as llrint does but
 * without a call. */
static inline tick law_round(double duration) {
    if (__builtin_expect(duration < 0x1p52, 1))
        return duration > 0 ? (tick)(duration + 0x1p52 - 0x1p52) : 0;
    return duration < 0x1p63 ? (tick)duration : TICK_NEVER;
}

/* One duration in ticks, rounded once and never negative. A normal is drawn again (non_negative);
 * what else falls below 0 (a law shifted down, an expression) is 0. TICK_NEVER at the end of a
 * sequence. */
static inline tick law_ticks(const struct law *law, struct draw *draw,
                             const struct formula_env *env) {
    return law_round(law_value(law, draw, env));
}

/* Mean and variance; NAN for a law with expressions, unless its mean needs no names. A sequence has
 * those of its list. */
double law_mean(const struct law *);
double law_variance(const struct law *);

/* Mean with expressions evaluated in ENV and every law in them at its own mean: what is expected
 * now. Exact for expressions linear in their laws. */
double law_expected(const struct law *, const struct formula_env *);

/* The law with numbers in place of expressions, as they are in ENV. False when an expression draws
 * by itself, or has no finite value. */
bool law_settled(const struct law *, const struct formula_env *, struct law *out);

/* P(value <= x); NAN for a law with expressions and for a sequence. */
double law_cdf(const struct law *, double x);

/* The least value whose cdf is at least u, 0 < u < 1, for antithetic pairs; NAN where there is no
 * cdf. By formula for most laws; poisson, binomial, negative-binomial, beta, pert, gamma, erlang
 * and mixture search, 10 us and more. */
double law_inverse(const struct law *, double u);

/* The same law drawn by inversion, so that a great uniform gives a great value: what opposite luck
 * needs. `law->a` then says whether the uniform is turned round, 1 - u, at each draw. False, and
 * unchanged, where there is no inverse. */
bool law_invert(struct arena *, struct law *);

/* The least and the greatest value possible, or the limit where there is none; NAN for a law with
 * expressions. */
double law_low(const struct law *);
double law_high(const struct law *);

/* Always the same value, without chance or expression. */
static inline bool law_constant(const struct law *law) {
    return law->kind == LAW_CONSTANT;
}
/* Has a sequence in it, so that its draws must be keyed by an occurrence: 0, 1, 2 ... */
bool law_is_traced(const struct law *);
/* Takes several words for every value: an Erlang, or what is made of one. The others take one, most
 * of the time. */
bool law_takes_words(const struct law *);
/* Has expressions, so that it needs an env. */
bool law_needs_env(const struct law *);

/* The `what` of the first name from 0 on (one that only its place knows: of a job, a stock) that an
 * expression in the law sees, however deep and whether or not it would be evaluated; -1: none. */
int32_t law_local_name(const struct law *);

/* Do two laws that were read apart from each other say the same? */
bool law_same(const struct law *, const struct law *);

/* Has a law that must not be negative no value below 0? law_make sees to it; to be asked again
 * after law_shift. */
bool law_valid(const struct law *);

#endif
