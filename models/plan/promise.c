/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "promise.h"

#include <stddef.h>

void atp_of(const int64_t *supply, const int64_t *orders, int32_t count, int64_t *atp) {
    int64_t asked = 0; /* by orders of this period and until the next supply */
    for (int32_t t = count - 1; t >= 0; t--) {
        asked += orders[t];
        atp[t] = 0;
        if (supply[t] == 0 && t > 0) continue;
        int64_t left = supply[t] - asked;
        atp[t] = left > 0 || t == 0 ? left : 0;
        asked = left < 0 ? -left : 0; /* the supplies before give it up */
    }
}

int32_t promise_first(const int64_t *atp, int32_t count, const struct capable *capable,
                      int64_t amount) {
    int64_t there = 0;
    for (int32_t t = 0; t < count; t++) {
        there += atp[t];
        if (capable->room && t >= capable->lead) there += capable->room[t - capable->lead];
        if (there >= amount) return t;
    }
    return count;
}

int64_t promise_take(int64_t *atp, int32_t period, int64_t amount) {
    for (int32_t t = period; t >= 0 && amount > 0; t--) {
        int64_t taken = atp[t] < amount ? atp[t] : amount;
        if (taken <= 0) continue;
        atp[t] -= taken;
        amount -= taken;
    }
    return amount;
}
