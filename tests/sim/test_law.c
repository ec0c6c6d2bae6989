/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every law, by one loop over a list of samples: what it draws has the mean, variance and
 * distribution that it states; inverse, limits, scale and shift agree with them. Then what single
 * laws promise beyond that. Seeds are 1. */
#include <criterion/criterion.h>

#include "../../sim/formula.h"
#include "../../sim/law.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GIVE(name, number)                                                                         \
    .value[LAW_ARGUMENT_##name] = (number), .given[LAW_ARGUMENT_##name] = true

static const double FACES[] = {5, 1, 2, 5, 9}, WEIGHTS[] = {0.1, 0.5, 0.3, 0.1, 0};
static const double OBSERVED[] = {3, 4, 4, 7.5}, HALVES[] = {0.8, 0.2};

struct sample {
    enum law_kind kind;
    struct law_arguments arguments;
    double mean,
        variance; /* worked out apart from the code; NAN where only the stated ones are tested */
};

/* At least one of every kind that has a distribution, at the borders of each algorithm. */
static const struct sample SAMPLES[] = {
    {LAW_CONSTANT, {GIVE(MEAN, 3.5)}, 3.5, 0},
    {LAW_EXPONENTIAL, {GIVE(MEAN, 4)}, 4, 16},
    {LAW_POISSON, {GIVE(MEAN, 0.3)}, 0.3, 0.3},
    {LAW_POISSON, {GIVE(MEAN, 9.9)}, 9.9, 9.9},
    {LAW_POISSON, {GIVE(MEAN, 10)}, 10, 10},
    {LAW_POISSON, {GIVE(MEAN, 1234.5)}, 1234.5, 1234.5},
    {LAW_GEOMETRIC, {GIVE(MEAN, 1)}, 1, 0},
    {LAW_GEOMETRIC, {GIVE(MEAN, 4)}, 4, 12}, /* (1 - p) / p^2 with p = 1/4 */
    {LAW_UNIFORM, {GIVE(LOW, -2), GIVE(HIGH, 4)}, 1, 3},
    {LAW_UNIFORM, {GIVE(MEAN, 10), GIVE(HALF, 3)}, 10, 3},
    {LAW_TRIANGULAR, {GIVE(LOW, 1), GIVE(MODE, 2), GIVE(HIGH, 6)}, 3, 21.0 / 18},
    {LAW_TRIANGULAR, {GIVE(LOW, 1), GIVE(MODE, 1), GIVE(HIGH, 4)}, 2, 0.5},
    {LAW_PERT, {GIVE(LOW, 1), GIVE(MODE, 2), GIVE(HIGH, 9)}, 3, 12.0 / 7}, /* (m - l)(h - m) / 7 */
    {LAW_NORMAL, {GIVE(MEAN, -3), GIVE(SD, 2)}, -3, 4},
    {LAW_NORMAL, {GIVE(MEAN, 10), GIVE(CV, 0.2)}, 10, 4},
    /* What is left of a standard normal above 0: sqrt(2 / pi), 1 - 2 / pi. */
    {LAW_NORMAL,
     {GIVE(MEAN, 0), GIVE(SD, 1), .non_negative = true},
     0.7978845608028654,
     0.3633802276324186},
    {LAW_NORMAL, {GIVE(MEAN, 2), GIVE(SD, 3), .non_negative = true}, NAN, NAN},
    {LAW_LOGNORMAL, {GIVE(MEAN, 25), GIVE(SD, 10)}, 25, 100},
    {LAW_LOGNORMAL, {GIVE(MEAN, 3), GIVE(CV, 1)}, 3, 9},
    {LAW_GAMMA, {GIVE(MEAN, 6), GIVE(SD, 2)}, 6, 4},
    {LAW_GAMMA, {GIVE(MEAN, 6), GIVE(CV, 2)}, 6, 144},
    {LAW_ERLANG, {GIVE(K, 3), GIVE(MEAN, 6)}, 6, 12},
    {LAW_ERLANG, {GIVE(K, 9), GIVE(MEAN, 6)}, 6, 4},
    {LAW_WEIBULL, {GIVE(SHAPE, 1), GIVE(SCALE, 3)}, 3, 9},
    {LAW_WEIBULL,
     {GIVE(SHAPE, 2), GIVE(SCALE, 2)},
     1.772453850905516,
     0.858407346410207}, /* 4 - pi */
    {LAW_WEIBULL, {GIVE(SHAPE, 0.8), GIVE(MEAN, 5)}, 5, NAN},
    {LAW_BETA, {GIVE(MEAN, 0.2), GIVE(SD, 0.1)}, 0.2, 0.01},
    {LAW_BETA,
     {GIVE(A, 0.5), GIVE(B, 0.7), GIVE(LOW, 2), GIVE(HIGH, 14)},
     7,
     144 * 0.35 / (1.44 * 2.2)},
    {LAW_BINOMIAL, {GIVE(N, 10), GIVE(P, 0.3)}, 3, 2.1},
    {LAW_BINOMIAL, {GIVE(N, 500), GIVE(P, 0.9)}, 450, 45},
    {LAW_NEGATIVE_BINOMIAL, {GIVE(MEAN, 4), GIVE(SD, 3)}, 4, 9},
    {LAW_NEGATIVE_BINOMIAL, {GIVE(MEAN, 60), GIVE(SD, 40)}, 60, 1600},
    {LAW_DISCRETE, {.values = FACES, .weights = WEIGHTS, .count = 5}, 2.1, 2.29},
    {LAW_EMPIRICAL, {.values = OBSERVED, .count = 4}, 4.625, 2.921875},
};
enum { SAMPLE_COUNT = sizeof SAMPLES / sizeof *SAMPLES, COMPOSED_COUNT = 11 };

static struct law made(struct arena *arena, enum law_kind kind, struct law_arguments arguments) {
    struct law law;
    const char *reason = law_make(arena, &law, kind, &arguments);
    cr_assert(!reason, "%s: %s", law_kinds[kind].word, reason);
    return law;
}

/* Laws made of laws, so that the loops see them too. */
static void compose(struct arena *arena, struct law laws[COMPOSED_COUNT]) {
    const struct law normal =
        made(arena, LAW_NORMAL, (struct law_arguments){GIVE(MEAN, 5), GIVE(SD, 2)});
    const struct law poisson = made(arena, LAW_POISSON, (struct law_arguments){GIVE(MEAN, 3)});
    const struct law parts[] = {
        normal, made(arena, LAW_EXPONENTIAL, (struct law_arguments){GIVE(MEAN, 30)})};
    const struct law_arguments of_two = {.laws = parts, .weights = HALVES, .count = 2};
    laws[0] = made(arena, LAW_MIXTURE, of_two);
    laws[1] = made(arena, LAW_TRUNCATED,
                   (struct law_arguments){.laws = &normal, GIVE(LOW, 3), GIVE(HIGH, 8)});
    laws[2] = made(arena, LAW_TRUNCATED, /* seldom inside: by inversion */
                   (struct law_arguments){.laws = &normal, GIVE(LOW, 9), GIVE(HIGH, 20)});
    laws[3] = made(arena, LAW_TRUNCATED,
                   (struct law_arguments){.laws = &poisson, GIVE(LOW, 1), GIVE(HIGH, 5)});
    laws[4] = made(arena, LAW_TRUNCATED,
                   (struct law_arguments){.laws = &laws[0], GIVE(LOW, 4), GIVE(HIGH, 60)});
    laws[5] = poisson;
    law_scale(arena, &laws[5], 0.3);
    laws[6] = poisson;
    law_scale(arena, &laws[6], -2);
    law_shift(arena, &laws[6], 7);
    laws[7] = laws[0];
    law_scale(arena, &laws[7], 60);
    laws[8] = made(arena, LAW_EXPONENTIAL, (struct law_arguments){GIVE(MEAN, 30)});
    law_scale(arena, &laws[8], 0);
    laws[9] = made(arena, LAW_LOGNORMAL, (struct law_arguments){GIVE(MEAN, 5), GIVE(SD, 2)});
    laws[10] = poisson;
    cr_assert(law_invert(arena, &laws[9]) && law_invert(arena, &laws[10]));
    laws[10].a = 1; /* turned round, which changes the luck and not the law */
}

enum { LAWS_MOST = SAMPLE_COUNT + COMPOSED_COUNT };

static void make_all(struct arena *arena, struct law laws[LAWS_MOST]) {
    arena_init(arena);
    for (int i = 0; i < SAMPLE_COUNT; i++)
        laws[i] = made(arena, SAMPLES[i].kind, SAMPLES[i].arguments);
    compose(arena, laws + SAMPLE_COUNT);
}

static int rising(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

enum { DRAWS = 20000 };

static void draw_sorted(const struct law *law, int index, double values[DRAWS]) {
    struct stream stream = stream_named(1, law_kinds[law->kind].word);
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct draw draw = draw_at(stream, i, 0, 0, (uint64_t)index);
        values[i] = law_value(law, &draw, NULL);
    }
    qsort(values, DRAWS, sizeof *values, rising);
}

/* One draw, and the same turned round: u and 1 - u of the distribution function. */
Test(law, opposite_luck_is_on_the_opposite_side_of_the_distribution) {
    struct arena arena;
    arena_init(&arena);
    struct law law =
        made(&arena, LAW_WEIBULL, (struct law_arguments){GIVE(SHAPE, 2), GIVE(SCALE, 3)});
    struct law plain = law, turned;
    cr_assert(law_invert(&arena, &law));
    turned = law;
    turned.a = 1;
    for (uint64_t i = 0; i < 100; i++) {
        struct draw one = draw_at(stream_named(1, "opposite"), i, 0, 0, 0), other = one;
        double u = law_cdf(&plain, law_value(&law, &one, NULL)),
               v = law_cdf(&plain, law_value(&turned, &other, NULL));
        cr_expect_float_eq(u + v, 1, 1e-12);
    }
    arena_clear(&arena);
}

Test(law, every_kind_with_a_distribution_is_in_the_list) {
    struct arena arena;
    struct law laws[LAWS_MOST];
    bool seen[LAW_COUNT] = {[LAW_SEQUENCE] = true, [LAW_FORMULA] = true, [LAW_COMPUTED] = true};
    make_all(&arena, laws);
    for (int i = 0; i < LAWS_MOST; i++) seen[laws[i].kind] = true;
    for (int kind = 0; kind < LAW_COUNT; kind++) cr_expect(seen[kind], "%s", law_kinds[kind].word);
    arena_clear(&arena);
}

Test(law, every_stated_mean_and_variance_is_that_of_the_textbook) {
    struct arena arena;
    struct law laws[LAWS_MOST];
    make_all(&arena, laws);
    for (int i = 0; i < SAMPLE_COUNT; i++) {
        const struct sample *sample = &SAMPLES[i];
        double mean = law_mean(&laws[i]), variance = law_variance(&laws[i]);
        if (!isnan(sample->mean))
            cr_expect_float_eq(mean, sample->mean, 1e-12 * fabs(mean) + 1e-15, "sample %d: %g", i,
                               mean);
        if (!isnan(sample->variance))
            cr_expect_float_eq(variance, sample->variance, 1e-11 * variance + 1e-15,
                               "sample %d: %g", i, variance);
    }
    arena_clear(&arena);
}

/* 44 laws, 4.5 standard errors: a sound generator fails one time in 3000. */
Test(law, every_sample_mean_and_variance_lies_near_what_is_stated) {
    static double values[DRAWS];
    struct arena arena;
    struct law laws[LAWS_MOST];
    make_all(&arena, laws);
    for (int i = 0; i < LAWS_MOST; i++) {
        draw_sorted(&laws[i], i, values);
        double mean = law_mean(&laws[i]), variance = law_variance(&laws[i]);
        double sum = 0, squares = 0, fourths = 0;
        for (int k = 0; k < DRAWS; k++) {
            double off = values[k] - mean;
            sum += off, squares += off * off, fourths += off * off * off * off;
        }
        double error = sqrt(variance / DRAWS), spread = squares / DRAWS;
        double spread_error = sqrt((fourths / DRAWS - spread * spread) / DRAWS);
        cr_expect_float_eq(sum / DRAWS, 0, 4.5 * error + 1e-12,
                           "law %d, %s: mean is off by %g of %g", i, law_kinds[laws[i].kind].word,
                           sum / DRAWS, mean);
        cr_expect_float_eq(spread, variance, 4.5 * spread_error + 1e-12,
                           "law %d, %s: variance %g, not %g", i, law_kinds[laws[i].kind].word,
                           spread, variance);
    }
    arena_clear(&arena);
}

/* Kolmogorov's distance on both sides of every value, which holds for steps too. D sqrt(n) > 2.3
 * once in 20 000. */
Test(law, every_sample_follows_its_distribution_function) {
    static double values[DRAWS];
    struct arena arena;
    struct law laws[LAWS_MOST];
    make_all(&arena, laws);
    for (int i = 0; i < LAWS_MOST; i++) {
        draw_sorted(&laws[i], i, values);
        double distance = 0;
        for (int first = 0, after; first < DRAWS; first = after) {
            for (after = first + 1; after < DRAWS && values[after] == values[first];) after++;
            double up_to = law_cdf(&laws[i], values[first]);
            double below = law_cdf(&laws[i], values[first] - 1e-12 * (1 + fabs(values[first])));
            distance = fmax(distance, fabs(up_to - (double)after / DRAWS));
            distance = fmax(distance, fabs(below - (double)first / DRAWS));
        }
        cr_expect_lt(distance * sqrt(DRAWS), 2.3, "law %d, %s: distance %g", i,
                     law_kinds[laws[i].kind].word, distance);
        cr_expect_geq(values[0], law_low(&laws[i]));
        cr_expect_leq(values[DRAWS - 1], law_high(&laws[i]));
    }
    arena_clear(&arena);
}

Test(law, every_inverse_is_the_least_value_that_reaches_its_share) {
    struct arena arena;
    struct law laws[LAWS_MOST];
    make_all(&arena, laws);
    for (int i = 0; i < LAWS_MOST; i++)
        for (double u = 0.003; u < 1; u += 0.07) {
            double x = law_inverse(&laws[i], u), slack = 1e-9 * (1 + fabs(x));
            cr_expect_geq(law_cdf(&laws[i], x + slack), u, "law %d at %g: %g", i, u, x);
            cr_expect_leq(law_cdf(&laws[i], x - slack), u, "law %d at %g: %g", i, u, x);
        }
    arena_clear(&arena);
}

/* The mean of the inverse over a fine grid is the mean of the law: cdf and moments agree without
 * chance. */
Test(law, every_inverse_has_the_stated_mean) {
    struct arena arena;
    struct law laws[LAWS_MOST];
    make_all(&arena, laws);
    for (int i = 0; i < LAWS_MOST; i++) {
        enum { GRID = 2000 };
        double sum = 0;
        for (int k = 0; k < GRID; k++) sum += law_inverse(&laws[i], (k + 0.5) / GRID);
        double allowed = 0.002 * sqrt(law_variance(&laws[i])) + 1e-9;
        cr_expect_float_eq(sum / GRID, law_mean(&laws[i]), allowed, "law %d, %s: %g", i,
                           law_kinds[laws[i].kind].word, sum / GRID);
    }
    arena_clear(&arena);
}

static void expect_same_chance(const struct law *law, const struct law *changed, double factor,
                               double by, int index) {
    double scale = fabs(factor) * (fabs(law_mean(law)) + sqrt(law_variance(law))) + fabs(by);
    cr_expect_float_eq(law_mean(changed), factor * law_mean(law) + by, 1e-10 * scale);
    cr_expect_float_eq(law_variance(changed), factor * factor * law_variance(law),
                       1e-9 * scale * scale);
    for (uint64_t k = 0; k < 50; k++) {
        struct draw draw = draw_at(stream_named(1, "scale"), k, 0, 0, 0), same = draw;
        double before = law_value(law, &draw, NULL), after = law_value(changed, &same, NULL);
        cr_expect_float_eq(after, factor * before + by, 1e-12 * (fabs(after) + scale),
                           "law %d: %g became %g", index, before, after);
        double margin = 1e-9 * (1 + fabs(before));
        cr_expect_leq(law_cdf(changed, after - margin), law_cdf(law, before + margin) + 1e-9);
        cr_expect_geq(law_cdf(changed, after + margin * (1 + factor)), law_cdf(law, before) - 1e-9);
    }
}

Test(law, every_law_is_scaled_and_shifted_whole) {
    struct arena arena;
    struct law laws[LAWS_MOST];
    make_all(&arena, laws);
    for (int i = 0; i < LAWS_MOST; i++) {
        struct law changed = laws[i];
        changed.per = LAW_PER_PIECE;
        law_scale(&arena, &changed, 2.5);
        expect_same_chance(&laws[i], &changed, 2.5, 0, i);
        law_shift(&arena, &changed, 3);
        expect_same_chance(&laws[i], &changed, 2.5, 3, i);
        law_scale(&arena, &changed, 2);
        expect_same_chance(&laws[i], &changed, 5, 6, i);
        cr_expect_eq(changed.per, LAW_PER_PIECE);
    }
    arena_clear(&arena);
}

/* (0.1 k + 0.7 - 0.7) / 0.1 is not always k. */
Test(law, a_scaled_law_of_counts_has_its_steps_at_its_values) {
    struct arena arena;
    arena_init(&arena);
    const struct law poisson = made(&arena, LAW_POISSON, (struct law_arguments){GIVE(MEAN, 9)});
    struct law changed = poisson;
    law_scale(&arena, &changed, 0.1);
    law_shift(&arena, &changed, 0.7);
    for (int k = 0; k < 40; k++)
        cr_expect_eq(law_cdf(&changed, 0.7 + 0.1 * k), law_cdf(&poisson, k), "%d", k);
    arena_clear(&arena);
}

/* Laws of counts, cell by cell: the rejection of poisson and binomial, where it
 * begins. */
Test(law, a_million_counts_have_the_probabilities_of_their_law) {
    enum { COUNT = 1000000, CELLS = 100, LEAST = 20 };
    struct arena arena;
    arena_init(&arena);
    const struct law laws[] = {
        made(&arena, LAW_POISSON, (struct law_arguments){GIVE(MEAN, 10)}),
        made(&arena, LAW_POISSON, (struct law_arguments){GIVE(MEAN, 40)}),
        made(&arena, LAW_BINOMIAL, (struct law_arguments){GIVE(N, 40), GIVE(P, 0.25)}),
        made(&arena, LAW_BINOMIAL, (struct law_arguments){GIVE(N, 80), GIVE(P, 0.6)}),
    };
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        int32_t cells[CELLS] = {0}, freedom = -1;
        struct draw draw = draw_at(stream_named(1, "counts"), i, 0, 0, 0);
        for (int k = 0; k < COUNT; k++)
            cells[(int)fmin(CELLS - 1, law_value(&laws[i], &draw, NULL))]++;
        double score = 0;
        for (int k = 0; k < CELLS; k++) {
            double expected = COUNT * (law_cdf(&laws[i], k) - law_cdf(&laws[i], k - 1));
            if (expected < LEAST) continue;
            score += pow(cells[k] - expected, 2) / expected;
            freedom++;
        }
        cr_expect_lt(fabs(score - freedom) / sqrt(2.0 * freedom), 4, "law %zu: %g", i, score);
    }
    arena_clear(&arena);
}

Test(law, durations_are_rounded_once_half_to_even_and_never_negative) {
    const double durations[] = {0.4999999999999999, 0.5,          1.5,          2.5,
                                3e9 + 0.5,          0x1p51 + 0.5, 0x1p52 - 0.5, 0x1p52 + 1};
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++)
        cr_expect_eq(law_round(durations[i]), llrint(durations[i]), "%.17g", durations[i]);
    for (double x = 0; x < 1e12; x = 1.37 * x + 0.3) cr_expect_eq(law_round(x), llrint(x));
    cr_expect_eq(law_round(-3), 0);
    cr_expect_eq(law_round(-INFINITY), 0);
    cr_expect_eq(law_round(1e300), TICK_NEVER);
    cr_expect_eq(law_round(NAN), TICK_NEVER);
}

static double occurrence(const struct law *law, uint64_t index) {
    struct draw draw = {.at = {index}};
    return law_value(law, &draw, NULL);
}

Test(law, a_sequence_tells_its_values_in_order_and_then_stops_stays_or_repeats) {
    struct arena arena;
    arena_init(&arena);
    struct law_arguments arguments = {.values = OBSERVED, .count = 4};
    struct law stops = made(&arena, LAW_SEQUENCE, arguments);
    arguments.then = LAW_THEN_LAST;
    struct law stays = made(&arena, LAW_SEQUENCE, arguments);
    arguments.then = LAW_THEN_REPEAT;
    struct law repeats = made(&arena, LAW_SEQUENCE, arguments);
    for (uint64_t i = 0; i < 4; i++) cr_expect_eq(occurrence(&stops, i), OBSERVED[i]);
    cr_expect(isnan(occurrence(&stops, 4)));
    cr_expect_eq(law_ticks(&stops, &(struct draw){.at = {4}}, NULL), TICK_NEVER);
    cr_expect_eq(occurrence(&stays, 100), 7.5);
    cr_expect_eq(occurrence(&repeats, 4001), 4);
    cr_expect_eq(law_mean(&repeats), 4.625);
    arena_clear(&arena);
}

Test(law, a_normal_time_is_never_negative) {
    struct arena arena;
    arena_init(&arena);
    const struct law inner =
        made(&arena, LAW_NORMAL, (struct law_arguments){GIVE(MEAN, 1), GIVE(SD, 2)});
    struct law_arguments arguments = {
        .laws = &inner, .weights = HALVES, .count = 1, .non_negative = true};
    struct law mixture = made(&arena, LAW_MIXTURE, arguments);
    for (uint64_t i = 0; i < 1000; i++) {
        struct draw draw = draw_at(stream_named(1, "normal"), i, 0, 0, 0);
        cr_expect_geq(law_value(&mixture, &draw, NULL), 0);
    }
    arena_clear(&arena);
}

/* What a user can get wrong, and what is said. */
Test(law, wrong_arguments_are_refused_with_a_reason) {
    static const double bad[] = {1, -1}, none[] = {0, 0};
    static const struct law normal = {.kind = LAW_NORMAL, .b = 1}, trace = {.kind = LAW_FORMULA};
    const struct {
        enum law_kind kind;
        struct law_arguments arguments;
        const char *reason;
    } rows[] = {
        {LAW_NORMAL, {GIVE(MEAN, 1), GIVE(SD, -1)}, "a standard deviation must not be negative"},
        {LAW_NORMAL, {GIVE(MEAN, 1)}, "it is written normal(mean= sd= | mean= cv=)"},
        {LAW_NORMAL,
         {GIVE(MEAN, -9), GIVE(SD, 1), .non_negative = true},
         "it is hardly ever above 0"},
        {LAW_UNIFORM,
         {GIVE(LOW, 1), GIVE(HIGH, 2), GIVE(MEAN, 1)},
         "it is written uniform(low high | mean= half=)"},
        {LAW_UNIFORM, {GIVE(LOW, 3), GIVE(HIGH, 2)}, "low must not be above high"},
        {LAW_UNIFORM,
         {GIVE(LOW, -1), GIVE(HIGH, 2), .non_negative = true},
         "it can be below 0, where this has no meaning"},
        {LAW_EXPONENTIAL, {GIVE(MEAN, INFINITY)}, "its arguments must be finite"},
        {LAW_EXPONENTIAL, {GIVE(MEAN, -1)}, "a mean must not be negative"},
        {LAW_GEOMETRIC,
         {GIVE(MEAN, 0.5)},
         "the mean of geometric must be at least 1, its least value"},
        {LAW_TRIANGULAR,
         {GIVE(LOW, 1), GIVE(MODE, 5), GIVE(HIGH, 4)},
         "low, mode and high must rise"},
        {LAW_ERLANG, {GIVE(K, 1.5), GIVE(MEAN, 4)}, "k must be a whole number from 1 to a million"},
        {LAW_BETA,
         {GIVE(MEAN, 0.5), GIVE(SD, 0.5)},
         "sd must be below the root of mean (1 - mean)"},
        {LAW_BINOMIAL, {GIVE(N, 5), GIVE(P, 1.1)}, "p must be from 0 to 1"},
        {LAW_NEGATIVE_BINOMIAL,
         {GIVE(MEAN, 4), GIVE(SD, 2)},
         "sd must be above the root of the mean (at the root it is poisson)"},
        {LAW_DISCRETE,
         {.values = FACES, .weights = bad, .count = 2},
         "a weight must not be negative"},
        {LAW_DISCRETE,
         {.values = FACES, .weights = none, .count = 2},
         "one of its weights must be positive"},
        {LAW_EMPIRICAL, {.count = 0}, "it needs at least one value"},
        {LAW_TRUNCATED,
         {.laws = &normal, GIVE(LOW, 9), GIVE(HIGH, 10)},
         "its law hardly ever lies between low and high"},
        {LAW_TRUNCATED,
         {.laws = &trace, GIVE(LOW, 9), GIVE(HIGH, 10)},
         "only a law with a distribution can be truncated, not this one"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct law law;
        const char *reason = law_make(&arena, &law, rows[i].kind, &rows[i].arguments);
        cr_assert(reason, "row %zu was taken", i);
        cr_expect_str_eq(reason, rows[i].reason);
    }
    arena_clear(&arena);
}

Test(law, words_and_places_of_arguments_are_found) {
    cr_expect_eq(law_kind_named("negative-binomial"), LAW_NEGATIVE_BINOMIAL);
    cr_expect_eq(law_kind_named("formula"), LAW_COUNT);
    cr_expect_eq(law_argument_named("cv"), LAW_ARGUMENT_CV);
    cr_expect_eq(law_argument_named("cvx"), LAW_ARGUMENT_COUNT);
    cr_expect_eq(law_argument_at(LAW_TRIANGULAR, 2), LAW_ARGUMENT_HIGH);
    cr_expect_eq(law_argument_at(LAW_ERLANG, 0), LAW_ARGUMENT_K);
    cr_expect_eq(law_argument_at(LAW_ERLANG, 1), LAW_ARGUMENT_COUNT);
    cr_expect_eq(law_argument_at(LAW_NORMAL, 0), LAW_ARGUMENT_COUNT);
}

/* Laws made of integer and rounded arithmetic alone draw the same bits on every machine; a change
 * here changes the results of every scenario that uses them. */
Test(law, golden_values_stay) {
    struct arena arena;
    arena_init(&arena);
    const struct law laws[] = {
        made(&arena, LAW_UNIFORM, (struct law_arguments){GIVE(LOW, 1e6), GIVE(HIGH, 9e6)}),
        made(&arena, LAW_TRIANGULAR,
             (struct law_arguments){GIVE(LOW, 1e6), GIVE(MODE, 2e6), GIVE(HIGH, 9e6)}),
        made(&arena, LAW_DISCRETE,
             (struct law_arguments){.values = FACES, .weights = WEIGHTS, .count = 5}),
        made(&arena, LAW_EMPIRICAL, (struct law_arguments){.values = OBSERVED, .count = 4}),
    };
    const uint64_t golden[] = {0x0fcf86ad3f41d075, 0xd72d6eeee3e28017, 0x1831ec03dfbd2b5d,
                               0xa3403df1f1101b9a};
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        uint64_t hash = 0;
        for (uint64_t k = 0; k < 1000; k++) {
            struct draw draw = draw_at(stream_named(1, "golden"), k, 0, 0, 0);
            hash = (hash ^ (uint64_t)law_ticks(&laws[i], &draw, NULL)) * UINT64_C(0x100000001B3);
        }
        cr_expect_eq(hash, golden[i], "law %zu: 0x%016lx", i, hash);
    }
    arena_clear(&arena);
}
