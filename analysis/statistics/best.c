/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "best.h"
#include "critical.h"

#include <math.h>
#include <stdlib.h>

/* How far apart two systems are: first less second, more being better; and how much of it may be
 * chance. */
struct gap {
    double mean, allowance;
};

/* Those that take part, each against each other. */
struct contest {
    const double *const *values;
    const int32_t *systems;
    int32_t count, n;
    int sign;
    enum best_way way;
    bool exact;
    double critical;     /* times the standard error of a difference */
    double pooled_error; /* of the spherical way */
    struct gap *gaps;    /* count x count */
};

static struct gap gap_of(const struct contest *contest, int32_t first, int32_t second) {
    return contest->gaps[first * contest->count + second];
}

static void measure_gaps(struct contest *contest) {
    for (int32_t i = 0; i < contest->count; i++)
        for (int32_t j = 0; j < i; j++) {
            struct interval difference =
                interval_paired(contest->values[contest->systems[i]],
                                contest->values[contest->systems[j]], contest->n, 0.5);
            double mean = contest->sign * difference.mean;
            double error = contest->way == BEST_PAIRED ? difference.sd / sqrt(contest->n)
                                                       : contest->pooled_error;
            double allowance = contest->exact ? 0 : contest->critical * error;
            contest->gaps[i * contest->count + j] = (struct gap){mean, allowance};
            contest->gaps[j * contest->count + i] = (struct gap){-mean, allowance};
        }
}

/* The standard error of a difference when all have the same variance: from what is left of the
 * values when the means of systems and of replications are taken out. */
static double pooled_error_of(const struct contest *contest) {
    int32_t count = contest->count, n = contest->n;
    double *means = memory_zeroed((size_t)count, sizeof *means), squares = 0, all = 0;
    for (int32_t i = 0; i < count; i++) {
        means[i] = interval_t(contest->values[contest->systems[i]], n, 0.5).mean;
        all += means[i] / count;
    }
    for (int32_t r = 0; r < n; r++) {
        double block = 0;
        for (int32_t i = 0; i < count; i++)
            block += contest->values[contest->systems[i]][r] / count;
        for (int32_t i = 0; i < count; i++) {
            double left = contest->values[contest->systems[i]][r] - means[i] - block + all;
            squares += left * left;
        }
    }
    free(means);
    return sqrt(2 * squares / ((count - 1) * (double)(n - 1)) / n);
}

static void measure_chance(struct contest *contest, double confidence) {
    double degrees = contest->n - 1;
    if (contest->exact) return;
    if (contest->way == BEST_PAIRED) {
        double each = (1 - confidence) / (contest->count - 1);
        contest->critical = t_two_sided(1 - 2 * each, degrees);
        return;
    }
    contest->critical =
        critical_dunnett_one_sided(contest->count - 1, degrees * (contest->count - 1), confidence);
    contest->pooled_error = pooled_error_of(contest);
}

/* How far above the best of the others a system is, and may be at most. */
static void measure_top(const struct contest *contest, int32_t system, double *mean,
                        double *highest) {
    *mean = *highest = INFINITY;
    for (int32_t other = 0; other < contest->count; other++) {
        if (other == system) continue;
        struct gap gap = gap_of(contest, system, other);
        *mean = fmin(*mean, gap.mean);
        *highest = fmin(*highest, gap.mean + gap.allowance);
    }
}

/* How far below it may be: only those that may be the best can be so far above it. */
static double lowest(const struct contest *contest, const bool *may, int32_t system) {
    double least = 0;
    for (int32_t other = 0; other < contest->count; other++) {
        if (other == system || !may[other]) continue;
        struct gap gap = gap_of(contest, system, other);
        least = fmin(least, gap.mean - gap.allowance);
    }
    return least;
}

/* Those that are alike in every replication share a place. */
static void judge(const struct contest *contest, struct best_interval *intervals) {
    bool *may = memory_zeroed((size_t)contest->count, sizeof *may);
    int32_t rivals = 0;
    for (int32_t i = 0; i < contest->count; i++) {
        struct best_interval *interval = &intervals[contest->systems[i]];
        double highest;
        measure_top(contest, i, &interval->mean, &highest);
        interval->high = fmax(0, highest);
        may[i] = highest >= 0;
        rivals += may[i];
    }
    for (int32_t i = 0; i < contest->count; i++) {
        struct best_interval *interval = &intervals[contest->systems[i]];
        interval->low = lowest(contest, may, i);
        interval->verdict = !may[i] ? BEST_NO : rivals > 1 ? BEST_MAY_BE : BEST_YES;
    }
    free(may);
}

static bool is_whole(const double *values, int32_t n) {
    for (int32_t r = 0; r < n; r++)
        if (isnan(values[r])) return false;
    return n > 0;
}

void best_intervals(const double *const *values, int32_t count, int32_t n, int sign,
                    double confidence, enum best_way way, bool exact,
                    struct best_interval *intervals) {
    int32_t *systems = memory_zeroed((size_t)count + 1, sizeof *systems), taking_part = 0;
    for (int32_t i = 0; i < count; i++) {
        intervals[i] = (struct best_interval){.mean = NAN, .low = NAN, .high = NAN};
        if (is_whole(values[i], n)) systems[taking_part++] = i;
    }
    struct contest contest = {.values = values,
                              .count = taking_part,
                              .n = n,
                              .sign = sign,
                              .way = way,
                              .exact = exact,
                              .systems = systems};
    if (taking_part >= 2 && (n >= 2 || exact)) {
        size_t pairs = (size_t)taking_part * (size_t)taking_part;
        contest.gaps = memory_zeroed(pairs, sizeof *contest.gaps);
        measure_chance(&contest, confidence);
        measure_gaps(&contest);
        judge(&contest, intervals);
        free(contest.gaps);
    }
    free(systems);
}
