/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../scenarios/design.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* Antonov and Saleev's order, the point 0 left out: Press et al., Numerical Recipes, section 7.8.
 */
Test(design, sobol_begins_as_published) {
    static const double published[] = {.5,   .5,   .75,  .25,  .25,  .75,  .375,
                                       .375, .875, .875, .625, .125, .125, .625};
    double points[14];
    design_sobol(2, 7, points);
    for (int i = 0; i < 14; i++) cr_expect_eq(points[i], published[i], "number %d", i);
}

Test(design, sobol_of_a_power_of_two_less_one_is_in_every_stratum) {
    enum { FACTORS = 5, COUNT = 63 };
    double points[FACTORS * COUNT];
    design_sobol(FACTORS, COUNT, points);
    for (int f = 0; f < FACTORS; f++) {
        int seen[COUNT + 1] = {0};
        for (int p = 0; p < COUNT; p++) seen[(int)(points[p * FACTORS + f] * (COUNT + 1))]++;
        for (int s = 1; s <= COUNT; s++) cr_expect_eq(seen[s], 1, "factor %d stratum %d", f, s);
    }
}

static const char *const names[] = {"a", "b", "c"};

Test(design, latin_has_each_stratum_of_each_factor_once) {
    for (int count = 1; count <= 100; count = 3 * count + 1) {
        double points[3 * 100];
        design_latin(7, names, 3, count, points);
        for (int f = 0; f < 3; f++) {
            int seen[100] = {0};
            for (int p = 0; p < count; p++) {
                double u = points[3 * p + f];
                cr_assert(u > 0 && u < 1);
                seen[(int)(u * count)]++;
            }
            for (int s = 0; s < count; s++) cr_expect_eq(seen[s], 1);
        }
    }
}

Test(design, a_factor_of_latin_does_not_depend_on_the_others) {
    double two[2 * 20], three[3 * 20], other[3 * 20];
    int same = 0;
    design_latin(7, names, 2, 20, two);
    design_latin(7, names, 3, 20, three);
    design_latin(8, names, 3, 20, other);
    for (int p = 0; p < 20; p++) {
        cr_expect_eq(two[2 * p], three[3 * p]);
        cr_expect_eq(two[2 * p + 1], three[3 * p + 1]);
        same += three[3 * p] == other[3 * p];
    }
    cr_expect_eq(same, 0, "another seed gives another design");
}

/* Factors are matched at random: over many designs of 10 points the mean correlation of ranks is
 * 0 within 4 standard errors, each with standard deviation 1/sqrt(9). */
Test(design, strata_of_latin_are_matched_by_chance) {
    enum { DESIGNS = 2000, COUNT = 10 };
    double sum = 0;
    for (int d = 0; d < DESIGNS; d++) {
        double points[2 * COUNT];
        design_latin((uint64_t)d, names, 2, COUNT, points);
        for (int p = 0; p < COUNT; p++)
            sum += (floor(points[2 * p] * COUNT) - 4.5) * (floor(points[2 * p + 1] * COUNT) - 4.5) /
                   (COUNT * 8.25);
    }
    cr_expect_lt(fabs(sum / DESIGNS), 4 / sqrt(9.0 * DESIGNS));
}
