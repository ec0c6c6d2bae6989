/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M/M/c with machines that differ.
 *
 * Gumbel (Operations Research 8, 1960) lets chance choose among idle machines; here the one that
 * has been idle longest goes first, so the state is who is idle, in the order in which they became
 * it. While all are busy the queue grows and shrinks as that of one machine with the sum of their
 * speeds, a geometric tail; what is left is a chain of at most 326 states, solved by the method of
 * Grassmann, Taksar and Heyman (Operations Research 33, 1985), which subtracts nothing. */
#include "queueing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MACHINES_MOST = QUEUEING_UNEVEN_MOST, STATES_MOST = 326 };

struct idle {
    int32_t count;
    int32_t list[MACHINES_MOST]; /* longest idle first */
};

struct uneven {
    int32_t machines, count;
    struct idle states[STATES_MOST];
    double *flows; /* count x count */
};

static bool is_in(const struct idle *idle, int32_t machine) {
    for (int32_t i = 0; i < idle->count; i++)
        if (idle->list[i] == machine) return true;
    return false;
}

/* All lists, each once: every list, then those that are one longer. */
static void list_states(struct uneven *chain) {
    chain->states[chain->count++].count = 0;
    for (int32_t s = 0; s < chain->count; s++)
        for (int32_t m = 0; m < chain->machines; m++) {
            if (is_in(&chain->states[s], m)) continue;
            struct idle *longer = &chain->states[chain->count++];
            *longer = chain->states[s];
            longer->list[longer->count++] = m;
        }
}

static int32_t state_of(const struct uneven *chain, const struct idle *idle) {
    int32_t s = 0;
    while (chain->states[s].count != idle->count ||
           memcmp(chain->states[s].list, idle->list, (size_t)idle->count * sizeof *idle->list) != 0)
        s++;
    return s;
}

/* While all are busy a machine that is done goes on or, when nothing waits, falls idle. */
static void list_flows(struct uneven *chain, double rate, const double *speeds) {
    for (int32_t s = 0; s < chain->count; s++) {
        const struct idle *idle = &chain->states[s];
        double *row = chain->flows + (ptrdiff_t)s * chain->count;
        struct idle next = {.count = idle->count - 1};
        if (idle->count > 0) {
            for (int32_t i = 0; i < next.count; i++) next.list[i] = idle->list[i + 1];
            row[state_of(chain, &next)] += rate;
        }
        for (int32_t m = 0; m < chain->machines; m++) {
            if (is_in(idle, m)) continue;
            next = *idle;
            next.list[next.count++] = m;
            row[state_of(chain, &next)] += speeds[m];
        }
    }
}

/* Chances of the states, up to a factor. */
static void solve(struct uneven *chain, double *chances) {
    int32_t n = chain->count;
    double *q = chain->flows;
    for (int32_t s = n - 1; s > 0; s--) {
        double out = 0;
        for (int32_t j = 0; j < s; j++) out += q[s * n + j];
        for (int32_t i = 0; i < s; i++) q[i * n + s] /= out;
        for (int32_t i = 0; i < s; i++)
            for (int32_t j = 0; j < s; j++)
                if (i != j) q[i * n + j] += q[i * n + s] * q[s * n + j];
    }
    chances[0] = 1;
    for (int32_t s = 1; s < n; s++) {
        chances[s] = 0;
        for (int32_t i = 0; i < s; i++) chances[s] += chances[i] * q[i * n + s];
    }
}

struct queueing_uneven queueing_uneven(double rate, const double *speeds, int32_t machines) {
    double speed = 0, all = 0, busy = 0;
    for (int32_t m = 0; m < machines; m++) speed += speeds[m];
    double load = rate / speed;
    if (load >= 1) return (struct queueing_uneven){INFINITY, machines};
    CHECK(machines >= 1 && machines <= MACHINES_MOST);
    struct uneven *chain = memory_zeroed(1, sizeof *chain);
    chain->machines = machines;
    list_states(chain);
    size_t count = (size_t)chain->count;
    chain->flows = memory_zeroed(count * count, sizeof *chain->flows);
    double *chances = memory_zeroed(count, sizeof *chances);
    list_flows(chain, rate, speeds);
    solve(chain, chances);
    double none = chances[0]; /* nobody is idle, and nothing waits */
    for (int32_t s = 0; s < chain->count; s++) {
        double chance = s == 0 ? none / (1 - load) : chances[s];
        all += chance;
        busy += chance * (machines - chain->states[s].count);
    }
    free(chances);
    free(chain->flows);
    free(chain);
    return (struct queueing_uneven){none * load / (1 - load) / (1 - load) / all, busy / all};
}
