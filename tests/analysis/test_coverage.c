/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do intervals hold as often as they say, and is what is selected the best as often as promised?
 *
 * Normal systems with known means, sharing their luck, are compared a thousand times (COVERAGE in
 * the environment says how many times instead; `make oracles` asks for more). What is promised is a
 * probability, so what is counted is a proportion with its Wilson interval at 99.9 %: a procedure
 * that promises at least 95 % fails when all of the interval lies below; one that is exact must
 * have 95 % inside. The luck is fixed, so a test that passes, passes always. */
#include "../../analysis/statistics/best.h"
#include "../../analysis/statistics/kn.h"
#include "../../analysis/statistics/ocba.h"
#include "../../analysis/statistics/subset.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

/* ---- Systems ---- */

enum { SYSTEMS = 5, LONGEST = 4000 };

/* value = mean + common * (what all share) + own * (its own). */
struct system {
    double mean, common, own;
};

struct world {
    int32_t count;
    struct system systems[SYSTEMS];
    double data[SYSTEMS][LONGEST];
    const double *values[SYSTEMS];
};

/* Replications FIRST to N - 1 of all systems. */
static void draw_more(struct world *world, const char *name, int32_t trial, int32_t first,
                      int32_t n) {
    struct stream stream = stream_named(1, name);
    for (int32_t r = first; r < n; r++) {
        struct draw draw = draw_at(stream, (uint64_t)r, 0, (uint64_t)trial + 1, 0);
        double shared = ziggurat_normal(&draw);
        for (int32_t i = 0; i < world->count; i++) {
            const struct system *system = &world->systems[i];
            double own = ziggurat_normal(&draw);
            world->data[i][r] = system->mean + system->common * shared + system->own * own;
        }
    }
    for (int32_t i = 0; i < world->count; i++) world->values[i] = world->data[i];
}

static void draw_world(struct world *world, const char *name, int32_t trial, int32_t n) {
    draw_more(world, name, trial, 0, n);
}

/* ---- Counting ---- */

static int32_t trials(void) {
    const char *text = getenv("COVERAGE");
    int32_t count = text ? atoi(text) : 0;
    return count > 0 ? count : 1000;
}

/* Wilson (J. American Statistical Association 22, 1927); 3.29 for 99.9 %. */
static void proportion(int32_t hits, int32_t count, double *low, double *high) {
    double z = 3.290526731, n = count, p = hits / n, z2 = z * z;
    double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    *low = middle - half;
    *high = middle + half;
}

static void expect_at_least(int32_t hits, double promised) {
    double low, high;
    proportion(hits, trials(), &low, &high);
    cr_expect(high >= promised, "%d of %d: %.4f .. %.4f is less than %g", hits, trials(), low, high,
              promised);
}

static void expect_exactly(int32_t hits, double promised) {
    double low, high;
    proportion(hits, trials(), &low, &high);
    cr_expect(low <= promised && promised <= high, "%d of %d: %.4f .. %.4f has not %g", hits,
              trials(), low, high, promised);
}

/* ---- Intervals ---- */

/* Very different variances and correlations of either sign: what arms of a factory are like. */
static const struct world unlike = {
    .count = 5, .systems = {{3, 2, 1}, {2.6, -1, 1}, {1, 6, 0.5}, {2.9, 2, 0.1}, {0, 0, 9}}};

/* All differences have the same variance, and all but the best are alike: the hardest case. */
static const struct world alike = {
    .count = 5, .systems = {{1, 2, 1}, {0, 2, 1}, {0, 2, 1}, {0, 2, 1}, {0, 2, 1}}};

static double distance(const struct world *world, int32_t system, int sign) {
    double best = -INFINITY;
    for (int32_t i = 0; i < world->count; i++)
        if (i != system) best = fmax(best, sign * world->systems[i].mean);
    return sign * world->systems[system].mean - best;
}

/* In how many trials all intervals hold what they should, and none that calls a system best or not
 * best is wrong. */
static int32_t covered(const struct world *kind, const char *name, int32_t n, int sign,
                       enum best_way way) {
    struct world *world = malloc(sizeof *world);
    *world = *kind;
    int32_t hits = 0;
    for (int32_t trial = 0; trial < trials(); trial++) {
        struct best_interval got[SYSTEMS];
        bool all = true;
        draw_world(world, name, trial, n);
        best_intervals(world->values, world->count, n, sign, 0.95, way, false, got);
        for (int32_t i = 0; i < world->count; i++) {
            double truth = distance(world, i, sign);
            all = all && got[i].low <= truth && truth <= got[i].high;
            all = all && (got[i].verdict == BEST_YES ? truth > 0 : true);
            all = all && (got[i].verdict == BEST_NO ? truth < 0 : true);
        }
        hits += all;
    }
    free(world);
    return hits;
}

Test(coverage, comparisons_with_the_best_hold_for_systems_unlike) {
    expect_at_least(covered(&unlike, "unlike", 10, 1, BEST_PAIRED), 0.95);
    expect_at_least(covered(&unlike, "unlike", 5, -1, BEST_PAIRED), 0.95);
}

Test(coverage, comparisons_with_the_best_hold_for_systems_alike) {
    expect_at_least(covered(&alike, "alike", 10, 1, BEST_PAIRED), 0.95);
    expect_at_least(covered(&alike, "alike", 10, 1, BEST_SPHERICAL), 0.95);
}

/* With two systems nothing is given away. */
Test(coverage, comparisons_of_two_are_exact) {
    struct world two = {.count = 2, .systems = {{0.1, 2, 1}, {0, 1, 1}}};
    struct world *world = malloc(sizeof *world);
    *world = two;
    int32_t hits = 0;
    for (int32_t trial = 0; trial < trials(); trial++) {
        struct best_interval got[2];
        draw_world(world, "two", trial, 10);
        best_intervals(world->values, 2, 10, 1, 0.95, BEST_PAIRED, false, got);
        hits += got[0].high >= 0.1 - 1e-12;
    }
    free(world);
    expect_exactly(hits, 0.95);
}

/* Each system against the first, two-sided, Bonferroni: what `compare` prints. */
Test(coverage, differences_from_the_base_hold_together) {
    struct world *world = malloc(sizeof *world);
    *world = unlike;
    int32_t hits = 0;
    for (int32_t trial = 0; trial < trials(); trial++) {
        bool all = true;
        draw_world(world, "base", trial, 8);
        for (int32_t i = 1; i < SYSTEMS; i++) {
            struct interval difference =
                interval_paired(world->values[i], world->values[0], 8, 1 - 0.05 / (SYSTEMS - 1));
            double truth = unlike.systems[i].mean - unlike.systems[0].mean;
            all = all && fabs(difference.mean - truth) <= difference.half_width;
        }
        hits += all;
    }
    free(world);
    expect_at_least(hits, 0.95);
}

/* ---- Selection ---- */

/* In how many trials KN finds the first system. */
static int32_t found(const struct world *kind, const char *name, int32_t first_stage, int sign,
                     double zone, int64_t *spent) {
    struct world *world = malloc(sizeof *world);
    *world = *kind;
    int32_t hits = 0;
    *spent = 0;
    for (int32_t trial = 0; trial < trials(); trial++) {
        struct kn kn;
        kn_init(&kn, world->count, first_stage, sign, zone, 0.95);
        for (int32_t r = 0; r < LONGEST && !kn_is_over(&kn); r += 50) {
            draw_more(world, name, trial, r, r + 50);
            kn_advance(&kn, world->values, r + 50);
        }
        cr_assert(kn_is_over(&kn), "it is not over after %d", LONGEST);
        hits += kn_best(&kn) == 0;
        for (int32_t i = 0; i < world->count; i++) *spent += kn.out[i] ? kn.out[i] : kn.stage;
        kn_clear(&kn);
    }
    free(world);
    return hits;
}

/* The slippage configuration: all others are just a zone worse. */
Test(coverage, kn_finds_the_best_by_a_zone) {
    int64_t spent;
    expect_at_least(found(&alike, "alike", 10, 1, 1, &spent), 0.95);
    struct world mirror = alike;
    mirror.systems[0].mean = -1;
    expect_at_least(found(&mirror, "mirror", 5, -1, 1, &spent), 0.95);
}

Test(coverage, kn_finds_the_best_of_systems_unlike) {
    struct world world = unlike;
    world.systems[0].mean = 3.9; /* the next has 2.9 */
    int64_t spent;
    expect_at_least(found(&world, "kn-unlike", 10, 1, 1, &spent), 0.95);
}

/* The same variances with independent luck: differences vary with 2 (4 + 1) instead of 2 * 1. */
Test(coverage, kn_is_quicker_with_the_same_luck) {
    struct world apart = alike;
    for (int32_t i = 0; i < SYSTEMS; i++) apart.systems[i] = (struct system){i == 0, 0, sqrt(5)};
    int64_t same_luck, own_luck;
    found(&alike, "alike", 10, 1, 1, &same_luck);
    expect_at_least(found(&apart, "apart", 10, 1, 1, &own_luck), 0.95);
    cr_expect(2 * same_luck < own_luck, "%lld and %lld", (long long)same_luck, (long long)own_luck);
}

/* The best is hardly better: the hardest case. */
Test(coverage, a_subset_holds_the_best) {
    struct world *world = malloc(sizeof *world);
    int32_t paired = 0, independent = 0;
    for (int32_t trial = 0; trial < trials(); trial++) {
        bool kept[SYSTEMS];
        struct interval intervals[SYSTEMS];
        *world = alike;
        world->systems[0].mean = 0.01;
        draw_world(world, "subset", trial, 10);
        subset_paired(world->values, SYSTEMS, 10, 1, 0, 0.95, kept);
        paired += kept[0];
        for (int32_t i = 0; i < SYSTEMS; i++) world->systems[i].common = 0;
        draw_world(world, "subset", trial, 10);
        for (int32_t i = 0; i < SYSTEMS; i++)
            intervals[i] = interval_t(world->values[i], 5 + 5 * (i % 2), 0.95);
        subset_independent(intervals, SYSTEMS, 1, 0.95, kept);
        independent += kept[0];
    }
    free(world);
    expect_at_least(paired, 0.95);
    expect_at_least(independent, 0.95);
}

/* With the same budget OCBA is right more often than equal shares. */
Test(coverage, ocba_is_right_more_often_than_equal_shares) {
    enum { BUDGET = 150, FIRST = 10, STEP = 10 };
    struct world *world = malloc(sizeof *world);
    *world = (struct world){
        .count = 5, .systems = {{0.0, 0, 1}, {-0.4, 0, 1}, {-0.8, 0, 1}, {-3, 0, 2}, {-4, 0, 2}}};
    int32_t hits = 0, equal_hits = 0;
    for (int32_t trial = 0; trial < trials(); trial++) {
        int32_t done[SYSTEMS] = {FIRST, FIRST, FIRST, FIRST, FIRST}, best = -1, equal_best = 0;
        double shares[SYSTEMS];
        struct interval now[SYSTEMS];
        draw_world(world, "ocba", trial, BUDGET);
        for (int64_t spent = SYSTEMS * FIRST, added = 1; added > 0; spent += added) {
            for (int32_t i = 0; i < SYSTEMS; i++)
                now[i] = interval_t(world->values[i], done[i], 0.95);
            int64_t budget = spent + STEP < BUDGET ? spent + STEP : BUDGET;
            best = 0;
            for (int32_t i = 1; i < SYSTEMS; i++)
                if (now[i].mean > now[best].mean) best = i;
            ocba_shares(now, SYSTEMS, best, OCBA_OWN_LUCK, (double)budget, shares);
            added = ocba_targets(shares, done, SYSTEMS, budget, done);
        }
        hits += best == 0;
        for (int32_t i = 0; i < SYSTEMS; i++)
            now[i] = interval_t(world->values[i], BUDGET / SYSTEMS, 0.95);
        for (int32_t i = 1; i < SYSTEMS; i++)
            if (now[i].mean > now[equal_best].mean) equal_best = i;
        equal_hits += equal_best == 0;
    }
    free(world);
    double low, high, equal_low, equal_high;
    proportion(hits, trials(), &low, &high);
    proportion(equal_hits, trials(), &equal_low, &equal_high);
    cr_expect(low > equal_high, "%d and %d of %d", hits, equal_hits, trials());
}
