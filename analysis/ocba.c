/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ocba.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static bool takes_part(struct interval system) {
    return !isnan(system.mean) && !isnan(system.sd);
}

static int32_t best_of(const struct interval *systems, int32_t count, int sign) {
    int32_t best = -1;
    for (int32_t i = 0; i < count; i++) {
        if (!takes_part(systems[i])) continue;
        if (best < 0 || sign * systems[i].mean > sign * systems[best].mean) best = i;
    }
    return best;
}

/* What stands for a distance of zero: a thousandth of the greatest standard error of a mean. */
static double hair_of(const struct interval *systems, int32_t count) {
    double most = 0;
    for (int32_t i = 0; i < count; i++)
        if (takes_part(systems[i])) most = fmax(most, systems[i].sd / sqrt(systems[i].n));
    return most / 1000;
}

int32_t ocba_shares(const struct interval *systems, int32_t count, int sign, double budget,
                    double *shares) {
    int32_t best = best_of(systems, count, sign);
    double hair = hair_of(systems, count), sum = 0, squares = 0;
    for (int32_t i = 0; i < count; i++) {
        shares[i] = 0;
        if (i == best || !takes_part(systems[i]) || systems[i].sd == 0) continue;
        double distance = fmax(hair, fabs(systems[i].mean - systems[best].mean));
        double ratio = systems[i].sd / distance;
        shares[i] = ratio * ratio;
        sum += shares[i];
        squares += shares[i] * shares[i] / (systems[i].sd * systems[i].sd);
    }
    if (best < 0) return best;
    shares[best] = systems[best].sd * sqrt(squares);
    sum += shares[best];
    if (sum == 0) shares[best] = sum = 1;
    for (int32_t i = 0; i < count; i++) shares[i] *= budget / sum;
    return best;
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

double ocba_probability(const struct interval *systems, int32_t count, int sign) {
    int32_t best = best_of(systems, count, sign);
    if (best < 0) return NAN;
    double wrong = 0, own = systems[best].sd * systems[best].sd / systems[best].n;
    for (int32_t i = 0; i < count; i++) {
        if (i == best || !takes_part(systems[i])) continue;
        double error = sqrt(own + systems[i].sd * systems[i].sd / systems[i].n);
        double gap = fabs(systems[best].mean - systems[i].mean);
        if (error > 0) wrong += gsl_cdf_ugaussian_Q(gap / error);
    }
    return fmax(0, 1 - wrong);
}
