/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing and selecting among several systems: constants against published tables, procedures
 * against numbers worked out by hand. */
#include "../../analysis/statistics/best.h"
#include "../../analysis/statistics/critical.h"
#include "../../analysis/statistics/kn.h"
#include "../../analysis/statistics/ocba.h"
#include "../../analysis/statistics/subset.h"

#include <criterion/criterion.h>
#include <math.h>

static void near(double got, double wanted, double tolerance) {
    cr_expect(fabs(got - wanted) <= tolerance, "%.12g, not %.12g", got, wanted);
}

/* ---- Critical values ---- */

/* Wilcox, J. Quality Technology 16 (1984): probability 0.95, first stage 10. */
Test(critical, rinott_is_that_of_the_tables) {
    near(critical_rinott(2, 10, 0.95), 2.614, 1e-3);
    near(critical_rinott(3, 10, 0.95), 3.166, 1e-3);
    near(critical_rinott(5, 10, 0.95), 3.693, 1e-3);
    near(critical_rinott(10, 10, 0.95), 4.290, 1e-3);
}

/* With known variances h is sqrt(2) times the normal quantile for two systems. */
Test(critical, rinott_tends_to_the_normal_value) {
    near(critical_rinott(2, 100001, 0.95), sqrt(2) * 1.6448536, 1e-3);
}

/* Dunnett 1955 and 1964: 3 treatments and a control, 20 degrees of freedom. */
Test(critical, dunnett_is_that_of_the_tables) {
    near(critical_dunnett_one_sided(3, 20, 0.95), 2.192, 1e-3);
    near(critical_dunnett_two_sided(3, 20, 0.95), 2.540, 1e-3);
}

Test(critical, dunnett_of_one_comparison_is_student) {
    for (int degrees = 1; degrees <= 64; degrees *= 4) {
        near(critical_dunnett_two_sided(1, degrees, 0.95) / t_two_sided(0.95, degrees), 1, 1e-6);
        near(critical_dunnett_one_sided(1, degrees, 0.95) / t_two_sided(0.90, degrees), 1, 1e-6);
    }
}

Test(critical, dunnett_is_sharper_than_bonferroni) {
    for (int count = 2; count <= 20; count++) {
        double bonferroni = t_two_sided(1 - 0.05 / count, 12);
        double dunnett = critical_dunnett_two_sided(count, 12, 0.95);
        cr_expect(dunnett < bonferroni && dunnett > 0.8 * bonferroni, "%d comparisons", count);
    }
}

/* ---- KN ---- */

Test(kn, constants_are_those_of_the_formula) {
    near(kn_eta(5, 10, 0.95), 0.6349672652, 1e-10);
    near(kn_h2(5, 10, 0.95), 11.4294108, 1e-7);
}

/* Two systems, first stage 3, confidence 0.9: eta = (0.2^-1 - 1) / 2 = 2, h^2 = 8. The differences
 * 1, 3, 5 have mean 3 and variance 4; the zone is 2: the allowance after r is (2 / 2r)(8 * 4 / 4 -
 * r) = 8 / r - 1. After three it is 5/3 and the mean is 3: the second is out. */
Test(kn, is_over_at_once_when_the_first_stage_is_clear) {
    double first[] = {11, 13, 15}, second[] = {10, 10, 10};
    const double *values[] = {first, second};
    struct kn kn;
    kn_init(&kn, 2, 3, 1, 2, 0.9);
    near(kn.h2, 8, 1e-12);
    kn_advance(&kn, values, 2);
    cr_expect(kn.stage == 0 && !kn_is_over(&kn));
    kn_advance(&kn, values, 3);
    cr_expect(kn_is_over(&kn) && kn_best(&kn) == 0 && kn.out[1] == 3);
    kn_clear(&kn);
}

/* Differences -1, 1, 3: mean 1, variance 4, allowance 5/3 after three, so it goes on; then 1: mean
 * 1 after four, allowance 1, which is not more than 1; after five 3/5 < 1: out. */
Test(kn, goes_on_until_the_allowance_is_used_up) {
    double first[] = {9, 11, 13, 11, 11, 0, 0}, second[] = {10, 10, 10, 10, 10, 99, 99};
    const double *values[] = {first, second};
    for (int batch = 1; batch <= 7; batch++) {
        struct kn kn;
        kn_init(&kn, 2, 3, 1, 2, 0.9);
        for (int32_t r = batch; !kn_is_over(&kn); r += batch) kn_advance(&kn, values, r);
        cr_expect(kn_best(&kn) == 0 && kn.out[1] == 5, "%d at a time: out at %d", batch, kn.out[1]);
        kn_clear(&kn);
    }
}

Test(kn, less_may_be_better) {
    double first[] = {11, 13, 15}, second[] = {10, 10, 10};
    const double *values[] = {first, second};
    struct kn kn;
    kn_init(&kn, 2, 3, -1, 2, 0.9);
    kn_advance(&kn, values, 3);
    cr_expect(kn_is_over(&kn) && kn_best(&kn) == 1);
    kn_clear(&kn);
}

Test(kn, systems_alike_end_with_one) {
    double same[] = {1, 2, 3, 4};
    const double *values[] = {same, same, same};
    struct kn kn;
    kn_init(&kn, 3, 3, 1, 0.1, 0.95);
    kn_advance(&kn, values, 4);
    cr_expect(kn_is_over(&kn) && kn_best(&kn) == 0 && kn.stage == 3);
    kn_clear(&kn);
}

Test(kn, a_system_that_stopped_is_out) {
    double first[] = {11, NAN, 15}, second[] = {10, 10, 10}, third[] = {9.9, 10.1, 9};
    const double *values[] = {first, second, third};
    struct kn kn;
    kn_init(&kn, 3, 3, 1, 50, 0.9);
    kn_advance(&kn, values, 3);
    cr_expect(kn.out[0] == 2 && kn_best(&kn) == 1);
    kn_clear(&kn);
}

/* ---- OCBA ---- */

static const struct interval five[] = {
    {1, 0, 1, 20}, {2, 0, 1, 20}, {3, 0, 1, 20}, {4, 0, 1, 20}, {5, 0, 1, 20}};

/* By hand: the others as 1 : 1/4 : 1/9 : 1/16, the best as the root of 1 + 1/16 + 1/81 + 1/256. */
Test(ocba, shares_are_those_of_the_formula) {
    static const double wanted[] = {421.823, 406.134, 101.534, 45.126, 25.383};
    double shares[5];
    ocba_shares(five, 5, 0, OCBA_OWN_LUCK, 1000, shares);
    for (int i = 0; i < 5; i++) near(shares[i], wanted[i], 5e-4);
    ocba_shares(five, 5, 4, OCBA_OWN_LUCK, 1000, shares);
    for (int i = 0; i < 5; i++) near(shares[i], wanted[4 - i], 5e-4);
}

Test(ocba, targets_spend_the_budget_and_take_nothing_back) {
    double shares[5];
    int32_t done[] = {20, 20, 20, 20, 30}, targets[5], sum = 0;
    ocba_shares(five, 5, 0, OCBA_OWN_LUCK, 1000, shares);
    cr_expect(ocba_targets(shares, done, 5, 1000, targets) == 890);
    for (int i = 0; i < 5; i++) {
        cr_expect(targets[i] >= done[i]);
        sum += targets[i];
    }
    cr_expect(sum == 1000 && targets[4] == 30, "%d", sum);
    cr_expect(ocba_targets(shares, targets, 5, 1000, targets) == 0);
    cr_expect(ocba_targets(shares, done, 5, 111, targets) == 1);
}

Test(ocba, systems_without_chance_get_nothing) {
    struct interval systems[] = {{3, 0, 0, 5}, {2, 0, 0, 5}, {NAN, NAN, NAN, 5}};
    double shares[3];
    ocba_shares(systems, 3, 0, OCBA_OWN_LUCK, 100, shares);
    cr_expect(shares[0] == 100 && shares[1] == 0 && shares[2] == 0);
    cr_expect(ocba_probability(systems, 3, 0, OCBA_OWN_LUCK) == 1);
}

/* Two systems, both means with standard error 1/sqrt(2), one apart: Phi(1). */
Test(ocba, probability_is_normal) {
    struct interval systems[] = {{3, 0, 1, 2}, {2, 0, 1, 2}};
    near(ocba_probability(systems, 2, 0, OCBA_OWN_LUCK), 0.8413447461, 1e-9);
}

/* Differences from the first: the others as 4 : 1, and the first as many as the most of them. */
Test(ocba, with_the_same_luck_the_best_has_as_many_as_the_next) {
    struct interval systems[] = {{0, 0, 0, 20}, {-1, 0, 2, 10}, {-2, 0, 2, 4}};
    double shares[3];
    ocba_shares(systems, 3, 0, OCBA_SAME_LUCK, 90, shares);
    near(shares[0], 40, 1e-12);
    near(shares[1], 40, 1e-12);
    near(shares[2], 10, 1e-12);
    /* Student's distribution: P(t9 < 1.5811388) and P(t3 < 2) */
    double right = 0.9258476 * 0.9303370;
    near(ocba_probability(systems, 3, 0, OCBA_SAME_LUCK), right, 1e-6);
}

/* ---- Multiple comparisons with the best ---- */

enum { N = 4 };
static const double low[N] = {1, 2, 3, 2}, middle[N] = {9, 11, 10, 10},
                    high[N] = {9.5, 10.5, 11, 11};

/* Three systems, four replications: t(0.975; 3) = 3.182446 one-sided at 0.05 / 2. high - middle:
 * 0.5 -0.5 1 1, mean 0.5, sd 0.7071068, allowance 1.125165; high - low: 8.5 8.5 8 9, mean 8.5, sd
 * 0.4082483, allowance 0.649614; middle - low: 8 9 7 8, mean 8, sd 0.8164966, allowance 1.299229.
 */
Test(best, intervals_are_those_worked_out_by_hand) {
    const double *values[] = {low, middle, high};
    struct best_interval got[3];
    best_intervals(values, 3, N, 1, 0.95, BEST_PAIRED, false, got);
    near(got[2].mean, 0.5, 1e-12);
    near(got[2].high, 1.625165, 1e-6);
    near(got[2].low, -0.625165, 1e-6);
    near(got[1].high, 0.625165, 1e-6);
    near(got[1].low, -1.625165, 1e-6);
    near(got[0].high, 0, 0);
    near(got[0].low, -9.299229, 1e-6); /* the least of -8 - 1.299229 and -8.5 - 0.649614 */
    cr_expect(got[0].verdict == BEST_NO && got[1].verdict == BEST_MAY_BE &&
              got[2].verdict == BEST_MAY_BE);
    best_intervals(values, 3, N, -1, 0.95, BEST_PAIRED, false, got);
    near(got[0].low, 0, 0);
    near(got[0].high, 9.149614, 1e-6);
    cr_expect(got[0].verdict == BEST_YES && got[1].verdict == BEST_NO && got[2].verdict == BEST_NO);
}

Test(best, two_ways_agree_for_two_systems) {
    const double *values[] = {middle, high};
    struct best_interval paired[2], spherical[2];
    best_intervals(values, 2, N, 1, 0.95, BEST_PAIRED, false, paired);
    best_intervals(values, 2, N, 1, 0.95, BEST_SPHERICAL, false, spherical);
    near(spherical[0].low, paired[0].low, 1e-6);
    near(spherical[1].high, paired[1].high, 1e-6);
}

Test(best, one_without_a_mean_does_not_take_part) {
    double stopped[N] = {20, NAN, 20, 20};
    const double *values[] = {low, stopped, high};
    struct best_interval got[3];
    best_intervals(values, 3, N, 1, 0.95, BEST_PAIRED, false, got);
    cr_expect(got[1].verdict == BEST_NOT_KNOWN && isnan(got[1].low));
    cr_expect(got[2].verdict == BEST_YES && got[0].verdict == BEST_NO);
    near(got[2].high, 8.5 + 2.353363 * 0.4082483 / 2, 1e-5); /* two are left: t(0.95; 3) */
}

Test(best, those_alike_share_the_place) {
    const double *values[] = {high, high, low};
    struct best_interval got[3];
    best_intervals(values, 3, N, 1, 0.95, BEST_PAIRED, false, got);
    cr_expect(got[0].verdict == BEST_MAY_BE && got[1].verdict == BEST_MAY_BE);
    cr_expect(got[2].verdict == BEST_NO);
}

Test(best, without_chance_one_replication_is_enough) {
    const double *values[] = {low, middle, high}; /* 1, 9 and 9.5 */
    struct best_interval got[3];
    best_intervals(values, 3, 1, 1, 0.95, BEST_PAIRED, false, got);
    cr_expect(got[2].verdict == BEST_NOT_KNOWN);
    best_intervals(values, 3, 1, 1, 0.95, BEST_PAIRED, true, got);
    cr_expect(got[2].verdict == BEST_YES && got[1].verdict == BEST_NO);
    cr_expect(got[2].low == 0 && got[2].high == 0.5 && got[0].low == -8.5);
}

/* ---- Subsets ---- */

/* The allowances are those of the comparisons with the best above: 0.5 < 1.125165 keeps middle. */
Test(subset, keeps_what_may_be_the_best) {
    const double *values[] = {low, middle, high};
    bool kept[3];
    cr_expect(subset_paired(values, 3, N, 1, 0, 0.95, kept) == 2);
    cr_expect(!kept[0] && kept[1] && kept[2]);
    cr_expect(subset_paired(values, 3, N, 1, 0.7, 0.95, kept) == 1); /* 0.5 > 1.125165 - 0.7 */
    cr_expect(kept[2]);
    cr_expect(subset_paired(values, 3, N, -1, 0, 0.95, kept) == 1);
    cr_expect(kept[0]);
}

/* t(0.95; 9) = 1.833113 for both of two: the allowance is 1.833113 sqrt(1/10 + 4/10) = 1.296207. */
Test(subset, independent_systems_have_their_own_variance) {
    struct interval near_by[] = {{5, 0, 1, 10}, {6.29, 0, 2, 10}};
    struct interval apart[] = {{5, 0, 1, 10}, {6.30, 0, 2, 10}};
    bool kept[2];
    cr_expect(subset_independent(near_by, 2, 1, 0.95, kept) == 2);
    cr_expect(subset_independent(apart, 2, 1, 0.95, kept) == 1 && kept[1]);
}

/* ---- What the same luck saves ---- */

/* Variances 5/3 and 20/3, covariance 10/3: of b = 2a the difference is -a. */
Test(pairing, says_how_much_was_saved) {
    double a[] = {1, 2, 3, 4}, twice[] = {2, 4, 6, 8}, against[] = {4, 3, 2, 1},
           same[] = {7, 7, 7, 7};
    struct pairing pairing = pairing_of(a, twice, 4);
    near(pairing.correlation, 1, 1e-12);
    near(pairing.saved, 5, 1e-12);
    pairing = pairing_of(a, against, 4);
    near(pairing.correlation, -1, 1e-12);
    near(pairing.saved, 0.5, 1e-12);
    pairing = pairing_of(a, a, 4);
    near(pairing.correlation, 1, 1e-12);
    cr_expect(isinf(pairing.saved));
    pairing = pairing_of(a, same, 4);
    cr_expect(isnan(pairing.correlation));
    near(pairing.saved, 1, 1e-12);
    pairing = pairing_of(same, same, 4);
    cr_expect(isnan(pairing.correlation) && isnan(pairing.saved));
    cr_expect(isnan(pairing_of(a, twice, 1).saved));
}
