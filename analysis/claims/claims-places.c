/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "claims-places.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void claim_arms_init(struct claim_arms *arms, const struct takt_results *results,
                     struct arena *arena) {
    size_t most = (size_t)results->point_count;
    *arms = (struct claim_arms){.results = results,
                                .names = arena_take(arena, most * sizeof *arms->names),
                                .first = arena_take(arena, most * sizeof *arms->first),
                                .points = arena_take(arena, most * sizeof *arms->points)};
    for (int32_t p = 0; p < results->point_count; p++) {
        const char *name = results->points[p].arm;
        if (!arms->count || strcmp(arms->names[arms->count - 1], name) != 0) {
            arms->names[arms->count] = name;
            arms->first[arms->count++] = p;
        }
        arms->points[arms->count - 1]++;
    }
}

/* ---- The point of a path ---- */

static int32_t arm_of(const struct claim_arms *arms, const char *name, const char **rest) {
    int32_t arm = claim_path_arm(name, arms->names, arms->count, rest);
    if (*rest != name || arms->count == 1) return arm;
    for (int32_t i = 0; i < arms->count; i++)
        if (strcmp(arms->names[i], "base") == 0) return i;
    return 0;
}

int32_t claim_point(const struct claim_arms *arms, const char *name, int32_t at,
                    const char **rest) {
    int32_t arm = arm_of(arms, name, rest), first = arms->first[arm];
    if (arms->results->factor_count == 0 || arms->points[arm] == 1) return first;
    /* Arms mostly have the same points in the same order. */
    int32_t of_at = 0;
    while (of_at + 1 < arms->count && arms->first[of_at + 1] <= at) of_at++;
    int32_t guess = first + at - arms->first[of_at];
    if (guess < first + arms->points[arm] && results_same_place(arms->results, guess, at))
        return guess;
    for (int32_t p = first; p < first + arms->points[arm]; p++)
        if (results_same_place(arms->results, p, at)) return p;
    return first;
}

/* ---- The places of a claim ---- */

/* The arm with the most points of those that the expression names. */
static void largest_arm(const struct claim_arms *arms, const struct expression *expression,
                        int32_t *arm) {
    if (!expression) return;
    if (expression->kind == EXPRESSION_NAME) {
        const char *rest;
        int32_t named = arm_of(arms, expression->name, &rest);
        if (*arm < 0 || arms->points[named] > arms->points[*arm]) *arm = named;
    }
    for (const struct expression *part = expression->first; part; part = part->next)
        largest_arm(arms, part, arm);
}

static int32_t factor_of(const struct takt_results *results, const char *path) {
    for (int32_t f = 0; f < results->factor_count; f++)
        if (strcmp(results->factors[f].path, path) == 0) return f;
    return -1;
}

bool claim_same_value(const char *a, const char *b) {
    double left, right;
    char left_unit[32], right_unit[32];
    if (strcmp(a, b) == 0) return true;
    return sweep_number(NULL, a, "", &left, left_unit) &&
           sweep_number(NULL, b, "", &right, right_unit) && strcmp(left_unit, right_unit) == 0 &&
           fabs(left - right) <= 1e-8 * fabs(right);
}

/* An arm that lacks a factor is the same at all of its values; in a tornado a point without a value
 * is as the file says. */
static bool is_at(const struct takt_results *results, int32_t point, const struct claim_at *at) {
    int32_t f = factor_of(results, at->path);
    if (f < 0) return false;
    const char *text = results->factors[f].texts[point];
    return text ? claim_same_value(text, at->value) : strcmp(results->design, "tornado") != 0;
}

static bool is_at_all(const struct takt_results *results, int32_t point,
                      const struct claim *claim) {
    for (int32_t i = 0; i < claim->place_count; i++)
        if (!is_at(results, point, &claim->places[i])) return false;
    return true;
}

/* Values of a factor, in the order of the sweep, up to that of point AT, which is not counted. */
static int32_t values_before(const struct takt_results *results, int32_t factor, int32_t at) {
    const char **texts = results->factors[factor].texts;
    int32_t count = 0;
    for (int32_t p = 0; p < results->point_count; p++) {
        int32_t before = 0;
        if (!texts[p]) continue;
        while (before < p && !(texts[before] && strcmp(texts[before], texts[p]) == 0)) before++;
        if (before < p) continue;
        if (at < results->point_count && strcmp(texts[p], texts[at]) == 0) return count;
        count++;
    }
    return count;
}

int32_t claim_along(const struct claim_arms *arms, const struct claim *claim, int32_t at) {
    int32_t f = claim->along ? factor_of(arms->results, claim->along) : -1;
    if (f < 0 || !arms->results->factors[f].texts[at]) return -1;
    return values_before(arms->results, f, at);
}

static const char *along_fault(const struct takt_results *results, const struct claim *claim,
                               struct arena *arena) {
    int32_t f = factor_of(results, claim->along);
    if (f < 0) return arena_text(arena, "'%s' is not swept", claim->along);
    int32_t count = values_before(results, f, results->point_count);
    if (claim->value_count == 0 || claim->value_count == count) return NULL;
    return arena_text(arena, "there are %" PRId32 " values of '%s', and %" PRId32 " here", count,
                      claim->along, claim->value_count);
}

int32_t *claim_places(const struct claim_arms *arms, const struct claim *claim, struct arena *arena,
                      int32_t *count, const char **why) {
    const struct takt_results *results = arms->results;
    int32_t arm = -1;
    *count = 0;
    *why = NULL;
    if (results->factor_count == 0 && (claim->place_count > 0 || claim->along)) {
        *why = "judged by sweep";
        return NULL;
    }
    if (claim->along) *why = along_fault(results, claim, arena);
    if (*why) return NULL;
    largest_arm(arms, claim->left, &arm);
    largest_arm(arms, claim->right, &arm);
    if (arm < 0) arm = 0;
    int32_t *places = arena_take(arena, (size_t)arms->points[arm] * sizeof *places);
    for (int32_t p = arms->first[arm]; p < arms->first[arm] + arms->points[arm]; p++)
        if (is_at_all(results, p, claim)) places[(*count)++] = p;
    if (*count == 0) *why = "the sweep has no such point";
    return *count ? places : NULL;
}
