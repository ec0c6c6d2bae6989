/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ocba.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static bool takes_part(struct interval system) {
    return !isnan(system.mean) && !isnan(system.sd);
}

/* What stands for a distance of zero: a thousandth of the greatest standard error of a mean. */
static double hair_of(const struct interval *systems, int32_t count) {
    double most = 0;
    for (int32_t i = 0; i < count; i++)
        if (takes_part(systems[i])) most = fmax(most, systems[i].sd / sqrt(systems[i].n));
    return most / 1000;
}

/* How far a system is from the best. */
static double distance_of(const struct interval *systems, int32_t system, int32_t best,
                          enum ocba_luck luck) {
    double best_mean = luck == OCBA_OWN_LUCK ? systems[best].mean : 0;
    return fabs(systems[system].mean - best_mean);
}

void ocba_shares(const struct interval *systems, int32_t count, int32_t best, enum ocba_luck luck,
                 double budget, double *shares) {
    double hair = hair_of(systems, count), sum = 0, squares = 0, most = 0;
    for (int32_t i = 0; i < count; i++) {
        shares[i] = 0;
        if (i == best || !takes_part(systems[i]) || systems[i].sd == 0) continue;
        double ratio = systems[i].sd / fmax(hair, distance_of(systems, i, best, luck));
        shares[i] = ratio * ratio;
        sum += shares[i];
        squares += shares[i] * shares[i] / (systems[i].sd * systems[i].sd);
        most = fmax(most, shares[i]);
    }
    shares[best] = luck == OCBA_OWN_LUCK ? systems[best].sd * sqrt(squares) : most;
    sum += shares[best];
    if (sum == 0) shares[best] = sum = 1;
    for (int32_t i = 0; i < count; i++) shares[i] *= budget / sum;
}

int64_t ocba_targets(const double *shares, const int32_t *done, int32_t count, int64_t budget,
                     int32_t *targets) {
    double wanted = 0, need_most = 0, carry = 0;
    int32_t neediest = 0;
    int64_t room = budget, added = 0;
    for (int32_t i = 0; i < count; i++) {
        double need = fmax(0, shares[i] - done[i]);
        targets[i] = done[i];
        room -= done[i];
        wanted += need;
        if (need > need_most) neediest = i;
        need_most = fmax(need, need_most);
    }
    if (room <= 0 || wanted <= 0) return 0;
    double scale = fmin(1, (double)room / wanted);
    for (int32_t i = 0; i < count; i++) { /* what rounding cuts off goes to the next */
        carry += fmax(0, shares[i] - done[i]) * scale;
        int32_t whole = (int32_t)floor(carry + 1e-9);
        carry -= whole;
        targets[i] += whole;
        added += whole;
    }
    if (added > 0) return added;
    targets[neediest]++;
    return 1;
}

double ocba_probability(const struct interval *systems, int32_t count, int32_t best,
                        enum ocba_luck luck) {
    double right = 1;
    for (int32_t i = 0; i < count; i++) {
        if (i == best || !takes_part(systems[i])) continue;
        double error = systems[i].sd / sqrt(systems[i].n);
        double gap = distance_of(systems, i, best, luck);
        if (luck == OCBA_OWN_LUCK) error = hypot(error, systems[best].sd / sqrt(systems[best].n));
        if (error == 0) continue;
        right *= luck == OCBA_OWN_LUCK ? gsl_cdf_ugaussian_P(gap / error)
                                       : gsl_cdf_tdist_P(gap / error, systems[i].n - 1);
    }
    return right;
}
