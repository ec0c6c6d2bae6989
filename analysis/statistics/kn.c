/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kn.h"

#include "statistics.h"

#include <math.h>
#include <stdlib.h>

double kn_eta(int32_t count, int32_t first_stage, double confidence) {
    double each = 2 * (1 - confidence) / (count - 1);
    return (pow(each, -2.0 / (first_stage - 1)) - 1) / 2;
}

double kn_h2(int32_t count, int32_t first_stage, double confidence) {
    return 2 * kn_eta(count, first_stage, confidence) * (first_stage - 1);
}

void kn_init(struct kn *kn, int32_t count, int32_t first_stage, int sign, double zone,
             double confidence) {
    CHECK(count >= 1 && first_stage >= 2 && zone > 0);
    size_t systems = (size_t)count;
    *kn = (struct kn){
        .count = count, .first_stage = first_stage, .sign = sign, .zone = zone, .left = count};
    if (count > 1) kn->h2 = kn_h2(count, first_stage, confidence);
    kn->out = memory_zeroed(systems, sizeof *kn->out);
    kn->sums = memory_zeroed(systems, sizeof *kn->sums);
    kn->variances = memory_zeroed(systems * systems, sizeof *kn->variances);
}

void kn_clear(struct kn *kn) {
    free(kn->out);
    free(kn->sums);
    free(kn->variances);
    *kn = (struct kn){0};
}

static double variance_of(const struct kn *kn, int32_t i, int32_t j) {
    return kn->variances[(size_t)i * (size_t)kn->count + (size_t)j];
}

static void leave(struct kn *kn, int32_t system, int32_t stage) {
    kn->out[system] = stage;
    kn->left--;
}

/* The next replication of every system that is in. */
static void add_stage(struct kn *kn, const double *const *values) {
    int32_t r = kn->stage++;
    for (int32_t i = 0; i < kn->count; i++) {
        if (kn->out[i]) continue;
        kn->sums[i] += kn->sign * values[i][r];
        if (isnan(kn->sums[i])) leave(kn, i, kn->stage);
    }
}

static void measure(struct kn *kn, const double *const *values) {
    for (int32_t i = 0; i < kn->count; i++)
        for (int32_t j = 0; j < i; j++) {
            if (kn->out[i] || kn->out[j]) continue;
            double sd = interval_paired(values[i], values[j], kn->first_stage, 0.5).sd;
            kn->variances[(size_t)i * (size_t)kn->count + (size_t)j] = sd * sd;
            kn->variances[(size_t)j * (size_t)kn->count + (size_t)i] = sd * sd;
        }
}

/* How far one may lie behind the other after so many replications: less and less, at last not at
 * all. */
static double allowance(const struct kn *kn, int32_t i, int32_t j) {
    double reach = kn->h2 * variance_of(kn, i, j) / (kn->zone * kn->zone);
    return fmax(0, kn->zone / (2 * kn->stage) * (reach - kn->stage));
}

/* Is it beaten by one that was in when this stage began? */
static bool is_beaten(const struct kn *kn, int32_t system) {
    for (int32_t other = 0; other < kn->count; other++) {
        bool was_in = kn->out[other] == 0 || kn->out[other] == kn->stage;
        if (other == system || !was_in || isnan(kn->sums[other])) continue;
        double behind = (kn->sums[other] - kn->sums[system]) / kn->stage;
        if (behind > allowance(kn, system, other)) return true;
    }
    return false;
}

int32_t kn_best(const struct kn *kn) {
    int32_t best = -1;
    for (int32_t i = 0; i < kn->count; i++)
        if (!kn->out[i] && (best < 0 || kn->sums[i] > kn->sums[best])) best = i;
    return best;
}

int32_t kn_longest(const struct kn *kn) {
    double most = 0;
    for (int32_t i = 0; i < kn->count; i++)
        for (int32_t j = 0; j < i; j++)
            if (!kn->out[i] && !kn->out[j]) most = fmax(most, variance_of(kn, i, j));
    double stage = floor(kn->h2 * most / (kn->zone * kn->zone)) + 1;
    if (stage < kn->first_stage) return kn->first_stage;
    return stage < INT32_MAX ? (int32_t)stage : INT32_MAX;
}

/* Those that are alike to the last digit would go on for ever: behind the longest stage the best
 * mean decides. */
static void decide(struct kn *kn) {
    int32_t best = kn_best(kn);
    for (int32_t i = 0; i < kn->count; i++)
        if (i != best && !kn->out[i]) leave(kn, i, kn->stage);
}

static void screen(struct kn *kn) {
    for (int32_t i = 0; i < kn->count; i++)
        if (!kn->out[i] && is_beaten(kn, i)) leave(kn, i, kn->stage);
    if (kn->left > 1 && kn->stage >= kn_longest(kn)) decide(kn);
}

void kn_advance(struct kn *kn, const double *const *values, int32_t available) {
    if (kn->stage == 0) {
        if (available < kn->first_stage) return;
        while (kn->stage < kn->first_stage) add_stage(kn, values);
        measure(kn, values);
        screen(kn);
    }
    while (!kn_is_over(kn) && kn->stage < available) {
        add_stage(kn, values);
        screen(kn);
    }
}

bool kn_is_over(const struct kn *kn) {
    return kn->stage >= kn->first_stage && kn->left <= 1;
}
