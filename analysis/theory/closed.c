/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "closed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct closed_limits closed_limits(const struct closed_station *stations, int32_t count,
                                   int32_t jobs) {
    struct closed_limits limits = {.bottleneck_rate = INFINITY};
    for (int32_t i = 0; i < count; i++) {
        double work = stations[i].work * stations[i].visits;
        limits.raw_time += work;
        if (stations[i].servers == 0 || work <= 0) continue;
        double rate = stations[i].servers / work;
        if (!(rate < limits.bottleneck_rate)) continue;
        limits.bottleneck_rate = rate;
        limits.bottleneck = i;
    }
    double rate = limits.bottleneck_rate, raw = limits.raw_time;
    limits.critical_wip = rate * raw;
    limits.best = fmin(jobs / raw, rate);
    limits.worst = 1 / raw;
    limits.practical_worst =
        isinf(rate) ? jobs / raw : jobs / (limits.critical_wip + jobs - 1) * rate;
    return limits;
}

/* ---- product form ---- */

/* Convolves G with station STATION: the weight of k jobs there is the product of its demand over
 * min(j, servers), j = 1..k. */
static void convolve(double *g, const struct closed_station *station, double scale, int32_t jobs) {
    double *weights = memory_zeroed((size_t)jobs + 1, 2 * sizeof *weights);
    double *sum = weights + jobs + 1;
    weights[0] = 1;
    for (int32_t k = 1; k <= jobs; k++) {
        int32_t busy = station->servers && k > station->servers ? station->servers : k;
        weights[k] = weights[k - 1] * station->work * station->visits / scale / busy;
    }
    for (int32_t n = 0; n <= jobs; n++)
        for (int32_t k = 0; k <= n; k++) sum[n] += g[n - k] * weights[k];
    memcpy(g, sum, ((size_t)jobs + 1) * sizeof *g);
    free(weights);
}

/* The normalising constants of 0..jobs jobs, without station WITHOUT (-1: all). */
static void constants(double *g, const struct closed_station *stations, int32_t count, double scale,
                      int32_t jobs, int32_t without) {
    for (int32_t n = 0; n <= jobs; n++) g[n] = n == 0;
    for (int32_t i = 0; i < count; i++)
        if (i != without) convolve(g, &stations[i], scale, jobs);
}

double closed_exponential(struct closed_station *stations, int32_t count, int32_t jobs) {
    struct closed_limits limits = closed_limits(stations, count, jobs);
    double scale = isinf(limits.bottleneck_rate) ? limits.raw_time : 1 / limits.bottleneck_rate;
    size_t room = (size_t)jobs + 1;
    double *all = memory_zeroed(3 * room, sizeof *all), *others = all + room;
    double *weights = others + room;
    constants(all, stations, count, scale, jobs, -1);
    for (int32_t i = 0; i < count; i++) {
        constants(others, stations, count, scale, jobs, i);
        for (int32_t k = 0; k <= jobs; k++) weights[k] = k == 0;
        convolve(weights, &stations[i], scale, jobs);
        stations[i].jobs = 0;
        for (int32_t k = 1; k <= jobs; k++)
            stations[i].jobs += k * weights[k] * others[jobs - k] / all[jobs];
    }
    double throughput = all[jobs - 1] / all[jobs] / scale;
    free(all);
    return throughput;
}

double closed_general(struct closed_station *stations, int32_t count, int32_t jobs) {
    double throughput = 0;
    double *times = memory_zeroed((size_t)count, sizeof *times);
    for (int32_t i = 0; i < count; i++) stations[i].jobs = 0;
    for (int32_t n = 1; n <= jobs; n++) {
        double cycle = 0;
        for (int32_t i = 0; i < count; i++) {
            const struct closed_station *at = &stations[i];
            double rest = 0.5 * (at->cv2 - 1) * at->work * at->work * throughput * at->visits;
            times[i] = at->servers ? at->work * (1 + at->jobs) + rest : at->work;
            cycle += at->visits * times[i];
        }
        throughput = n / cycle;
        for (int32_t i = 0; i < count; i++)
            stations[i].jobs = throughput * stations[i].visits * times[i];
    }
    free(times);
    return throughput;
}

/* ---- lines that block ---- */

/* The state of a line of n machines: x[i], i = 1..n-1, counts the parts that have left the work of
 * machine i - 1 and not yet that of machine i, those that block machine i - 1 among them. */
struct chain {
    const double *rates;
    const int32_t *rooms;
    int32_t count, state_count;
    int32_t *states; /* count numbers each; x[0] is not used */
    double *flows;   /* rate from state to state */
};

/* A blocked machine still holds its finished part, so the buffer before it takes one fewer. */
static bool is_blocked(const struct chain *chain, const int32_t *x, int32_t machine) {
    bool blocked = false;
    for (int32_t i = chain->count - 2; i >= machine; i--)
        blocked = x[i + 1] == chain->rooms[i] + (blocked ? 0 : 1) + 1;
    return blocked;
}

static int32_t state_find(struct chain *chain, const int32_t *x) {
    size_t size = (size_t)chain->count * sizeof *x;
    for (int32_t s = 0; s < chain->state_count; s++)
        if (memcmp(chain->states + (ptrdiff_t)s * chain->count, x, size) == 0) return s;
    if (chain->state_count == CLOSED_STATES_MOST) return -1;
    memcpy(chain->states + (ptrdiff_t)chain->state_count * chain->count, x, size);
    return chain->state_count++;
}

/* Follows every completion from every state that is met; false when there are too many. */
static bool chain_explore(struct chain *chain, int32_t *x) {
    (void)state_find(chain, x);
    for (int32_t from = 0; from < chain->state_count; from++)
        for (int32_t machine = 0; machine < chain->count; machine++) {
            memcpy(x, chain->states + (ptrdiff_t)from * chain->count,
                   (size_t)chain->count * sizeof *x);
            if ((machine > 0 && x[machine] == 0) || is_blocked(chain, x, machine)) continue;
            if (machine > 0) x[machine]--;
            if (machine + 1 < chain->count) x[machine + 1]++;
            int32_t to = state_find(chain, x);
            if (to < 0) return false;
            chain->flows[(ptrdiff_t)from * CLOSED_STATES_MOST + to] += chain->rates[machine];
        }
    return true;
}

/* Chances of the states: elimination without a subtraction. */
static void chain_solve(struct chain *chain, double *chances) {
    double *q = chain->flows;
    const ptrdiff_t row = CLOSED_STATES_MOST;
    for (int32_t n = chain->state_count - 1; n > 0; n--) {
        double out = 0;
        for (int32_t k = 0; k < n; k++) out += q[n * row + k];
        for (int32_t i = 0; i < n; i++) {
            q[i * row + n] /= out;
            double share = q[i * row + n];
            for (int32_t k = 0; share > 0 && k < n; k++) q[i * row + k] += share * q[n * row + k];
        }
    }
    double sum = chances[0] = 1;
    for (int32_t n = 1; n < chain->state_count; n++) {
        chances[n] = 0;
        for (int32_t i = 0; i < n; i++) chances[n] += chances[i] * q[i * row + n];
        sum += chances[n];
    }
    for (int32_t n = 0; n < chain->state_count; n++) chances[n] /= sum;
}

double closed_blocking(const double *rates, const int32_t *rooms, int32_t count) {
    const size_t most = CLOSED_STATES_MOST;
    struct chain chain = {.rates = rates, .rooms = rooms, .count = count};
    chain.states = memory_zeroed(most * (size_t)count, sizeof *chain.states);
    chain.flows = memory_zeroed(most * most, sizeof *chain.flows);
    int32_t *x = memory_zeroed((size_t)count, sizeof *x);
    double *chances = memory_zeroed(most, sizeof *chances);
    double throughput = NAN;
    if (chain_explore(&chain, x)) {
        chain_solve(&chain, chances);
        throughput = 0;
        for (int32_t s = 0; s < chain.state_count; s++)
            if (count == 1 || chain.states[(ptrdiff_t)s * count + count - 1] > 0)
                throughput += chances[s] * rates[count - 1];
    }
    free(chances);
    free(x);
    free(chain.flows);
    free(chain.states);
    return throughput;
}

/* ---- two machines that fail ---- */

enum { FIRST_DOWN, BETWEEN, SECOND_DOWN, PLACES };

/* What happens next, and to X: completions, failures and repairs of both machines. */
static double pair_rate(const struct closed_machine machines[2], int32_t room, int32_t what,
                        int32_t x[PLACES]) {
    int32_t machine = what / 3, down = machine ? SECOND_DOWN : FIRST_DOWN;
    bool works = machine ? x[BETWEEN] > 0 : x[BETWEEN] < room + 2;
    switch (what % 3) {
    case 0:
        if (!works || x[down]) return 0;
        x[BETWEEN] += machine ? -1 : 1;
        return machines[machine].rate;
    case 1:
        if (!works || x[down]) return 0;
        x[down] = 1;
        return machines[machine].fails;
    default:
        if (!x[down]) return 0;
        x[down] = 0;
        return machines[machine].repairs;
    }
}

static bool pair_explore(struct chain *chain, const struct closed_machine machines[2],
                         int32_t room) {
    int32_t x[PLACES] = {0};
    (void)state_find(chain, x);
    for (int32_t from = 0; from < chain->state_count; from++)
        for (int32_t what = 0; what < 6; what++) {
            memcpy(x, chain->states + (ptrdiff_t)from * PLACES, sizeof x);
            double rate = pair_rate(machines, room, what, x);
            if (!(rate > 0)) continue;
            int32_t to = state_find(chain, x);
            if (to < 0) return false;
            chain->flows[(ptrdiff_t)from * CLOSED_STATES_MOST + to] += rate;
        }
    return true;
}

double closed_failing(const struct closed_machine machines[2], int32_t room) {
    const size_t most = CLOSED_STATES_MOST;
    struct chain chain = {.count = PLACES};
    chain.states = memory_zeroed(most * PLACES, sizeof *chain.states);
    chain.flows = memory_zeroed(most * most, sizeof *chain.flows);
    double *chances = memory_zeroed(most, sizeof *chances), throughput = NAN;
    if (pair_explore(&chain, machines, room)) {
        chain_solve(&chain, chances);
        throughput = 0;
        for (int32_t s = 0; s < chain.state_count; s++) {
            const int32_t *x = chain.states + (ptrdiff_t)s * PLACES;
            if (x[BETWEEN] > 0 && !x[SECOND_DOWN]) throughput += chances[s] * machines[1].rate;
        }
    }
    free(chances);
    free(chain.flows);
    free(chain.states);
    return throughput;
}

/* ---- longer lines, two by two ---- */

struct pair {        /* around a buffer */
    double up, down; /* rates of what feeds it and of what empties it */
    double starves, blocks, throughput;
};

/* 0 .. room + 2 parts have left the first machine's work and not the second's: M/M/1 with so many
 * places. The chance that who leaves leaves nothing behind, and that who comes fills it. */
static void pair_solve(struct pair *pair, int32_t room) {
    enum { UNLIMITED = 5000 };
    int32_t most = (room > UNLIMITED ? UNLIMITED : room) + 2;
    double load = pair->up / pair->down, weight = 1, sum = 1, before = 1, first = 0;
    double turned = load > 1 ? 1 / load : load; /* from the end that is likelier */
    for (int32_t n = 1; n <= most; n++) {
        before = weight;
        weight *= turned;
        if (n == 1) first = weight;
        sum += weight;
    }
    double empty = load > 1 ? weight / sum : 1 / sum, one = load > 1 ? before / sum : first / sum;
    double full = load > 1 ? 1 / sum : weight / sum, nearly = load > 1 ? first / sum : before / sum;
    pair->starves = one / (1 - empty);
    pair->blocks = nearly / (1 - full);
    pair->throughput = pair->down * (1 - empty);
}

double closed_decomposed(const double *rates, const int32_t *rooms, int32_t count) {
    enum { ROUNDS = 10000 };
    int32_t pairs = count - 1;
    if (pairs == 0) return rates[0];
    struct pair *list = memory_zeroed((size_t)pairs, sizeof *list);
    for (int32_t i = 0; i < pairs; i++) {
        list[i] = (struct pair){.up = rates[i], .down = rates[i + 1]};
        pair_solve(&list[i], rooms[i]);
    }
    for (int32_t round = 0, settled = 0; round < ROUNDS && !settled; round++) {
        double before = list[0].throughput;
        for (int32_t i = 1; i < pairs; i++) {
            list[i].up = 1 / (1 / rates[i] + list[i - 1].starves / list[i - 1].up);
            pair_solve(&list[i], rooms[i]);
        }
        for (int32_t i = pairs - 2; i >= 0; i--) {
            list[i].down = 1 / (1 / rates[i + 1] + list[i + 1].blocks / list[i + 1].down);
            pair_solve(&list[i], rooms[i]);
        }
        settled = fabs(list[0].throughput - before) <= 1e-12 * before;
    }
    double throughput = list[0].throughput;
    free(list);
    return throughput;
}
