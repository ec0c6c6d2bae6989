/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims after the run. Each side becomes one number a replication; the statistics of these numbers
 * decide. */
#include "claims-judging.h"
#include "../crossover.h"

#include "../comparison.h"
#include "../summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which arms a claim needs ---- */

/* Does a path name an arm that was not run? Then its first word is neither a point nor a section of
 * results. */
static bool names_absent_arm(const struct judging *judging, const struct expression *expression) {
    if (expression->kind == EXPRESSION_NAME) {
        const char *path;
        judging_point(judging, expression->name, &path);
        size_t size = strcspn(path, ".");
        for (int32_t i = 0; i < RESULT_SECTION_COUNT; i++)
            if (strlen(result_section_names[i]) == size &&
                strncmp(result_section_names[i], path, size) == 0)
                return false;
        return true;
    }
    for (const struct expression *part = expression->first; part; part = part->next)
        if (names_absent_arm(judging, part)) return true;
    return false;
}

/* Replications that every point has which the expression names, MOST at most. */
static int32_t common_count(const struct judging *judging, const struct expression *expression,
                            int32_t most) {
    if (expression->kind == EXPRESSION_NAME) {
        const char *path;
        int32_t own = judging->results->points[judging_point(judging, expression->name, &path)]
                          .replication_count;
        return own < most ? own : most;
    }
    for (const struct expression *part = expression->first; part; part = part->next)
        most = common_count(judging, part, most);
    return most;
}

/* ---- The unit of what is found ---- */

/* Units in which a claim shows its numbers: as its right side writes them, else those of the
 * results. */
struct shown {
    const char *name;
    double factor; /* one of it in base units */
};

static const struct expression *literal_of(const struct expression *expression) {
    while (expression->kind == EXPRESSION_OPERATION && expression->code == FORMULA_NEGATE)
        expression = expression->first;
    return expression->kind == EXPRESSION_NUMBER ? expression : NULL;
}

static double unit_factor(const struct quantity_text *quantity) {
    return (double)(quantity->unit.up / quantity->unit.down);
}

/* The first name in an expression, or NULL. */
static const struct expression *first_name(const struct expression *expression) {
    if (expression->kind == EXPRESSION_NAME) return expression;
    for (const struct expression *part = expression->first; part; part = part->next) {
        const struct expression *name = first_name(part);
        if (name) return name;
    }
    return NULL;
}

static struct shown shown_unit(const struct judging *judging) {
    const struct expression *literal = literal_of(judging->claim->right);
    if (literal && (literal->quantity.has_unit || quantity_value(&literal->quantity) != 0)) {
        const char *at = text_skip_blanks(literal->quantity.end);
        struct arena *arena = &judging->results->arena;
        return (struct shown){at < literal->end ? arena_copy(arena, at, (size_t)(literal->end - at))
                                                : "",
                              unit_factor(&literal->quantity)};
    }
    const struct expression *left = judging->claim->left;
    bool plain = left->kind == EXPRESSION_NAME || left->kind == EXPRESSION_SUM ||
                 left->kind == EXPRESSION_MEAN;
    const struct expression *name = plain ? first_name(left) : NULL;
    if (!name) return (struct shown){"", 1};
    const char *path;
    int32_t point = judging_point(judging, name->name, &path);
    const struct layout *layout = judging->results->points[point].layout;
    enum spread spread;
    int32_t spread_of = spread_column(layout, path, &spread);
    for (int32_t i = 0; i < layout->column_count; i++) {
        if (i != spread_of && !summary_matches(path, layout->columns[i].path)) continue;
        char text[16];
        const char *unit =
            summary_unit(judging->results, summary_unit_of(&layout->columns[i]), text);
        if (strcmp(unit, "1") == 0) unit = "";
        return (struct shown){arena_copy(&judging->results->arena, unit, strlen(unit)),
                              judging_factor(&layout->columns[i])};
    }
    return (struct shown){"", 1};
}

/* ---- Verdicts ---- */

/* Sums of doubles are rounded: sides that differ in the 13th digit are equal. */
static const double rounding = 1e-12;

static bool is_exact(const struct judging *judging) {
    return !judging->results->chance || judging->interval.sd == 0;
}

/* The least certain formula that an expression asks for; THEORY_EXACT when it asks for none. */
static enum theory_kind theory_least(const struct judging *judging,
                                     const struct expression *expression, bool *any) {
    enum theory_kind least = THEORY_EXACT;
    if (expression->kind == EXPRESSION_THEORY) {
        const struct theory_value *theory = judging_theory(judging, expression);
        *any = true;
        return theory ? theory->kind : THEORY_NONE;
    }
    for (const struct expression *part = expression->first; part; part = part->next) {
        enum theory_kind kind = theory_least(judging, part, any);
        if (kind < least) least = kind;
    }
    return least;
}

/* An approximation is as good as the claim says when the whole interval lies within that share of
 * it, and not when the whole interval lies outside. */
static void judge_near(struct judging *judging, struct interval left, double value) {
    double near = judging->claim->within * fabs(value), apart = fabs(left.mean - value);
    double half_width = is_exact(judging) ? 0 : left.half_width;
    struct claim_result *result = judging->result;
    if (apart + half_width <= near)
        result->verdict = VERDICT_SUPPORTED;
    else if (apart - half_width > near)
        result->verdict = VERDICT_REFUTED;
    else
        result->why = "the interval is partly near enough: more replications";
    result->low = left.mean - half_width;
    result->high = left.mean + half_width;
}

/* Verdicts come before distances: any place that fails is worse than any that does not. */
static double equal_slack(const struct judging *judging, double half_width, double value) {
    static const double ranks[] = {
        [VERDICT_REFUTED] = 0, [VERDICT_UNDECIDED] = 10, [VERDICT_SUPPORTED] = 20};
    double off = fabs(judging->result->left - value);
    return ranks[judging->result->verdict] - (off > 0 ? off / (off + half_width) : 0);
}

static void judge_equal(struct judging *judging) {
    const struct claim *claim = judging->claim;
    int32_t count = judging->count;
    double confidence = 1 - (1 - CONFIDENCE_EQUAL) / judging->places; /* of all places together */
    struct interval left = interval_t(judging->left, count, confidence);
    struct interval difference = interval_widened(judging->interval, confidence);
    struct equality expected = {.value = interval_t(judging->right, count, CONFIDENCE_EQUAL).mean,
                                .within = claim->within,
                                .error =
                                    claim->error ? judging_value(judging, claim->error, 0) : 0};
    const struct expression *literal = literal_of(claim->right);
    bool theory = false;
    enum theory_kind left_kind = theory_least(judging, claim->left, &theory);
    enum theory_kind right_kind = theory_least(judging, claim->right, &theory);
    if (left_kind == THEORY_APPROXIMATE || right_kind == THEORY_APPROXIMATE) {
        difference.mean = left.mean;
        judge_near(judging, difference, expected.value);
        judging->slack = equal_slack(judging, difference.half_width, expected.value);
        return;
    }
    if (theory) expected.digits = 1e-6 * fabs(expected.value); /* times are whole microseconds */
    int32_t along = claim_along(judging->arms, claim, judging->at);
    if (along >= 0 && claim->value_count)
        expected.digits = claim->values[along].digits;
    else if (literal)
        expected.digits =
            0.5 * pow(10, literal->quantity.number.exponent) * unit_factor(&literal->quantity);
    difference.mean = left.mean;
    if (is_exact(judging)) {
        judging->result->verdict = verdict_equal_exact(left.mean, &expected);
        difference.half_width = 0;
    } else {
        judging->result->verdict = verdict_equal(difference, &expected);
        if (judging->result->verdict == VERDICT_UNDECIDED)
            judging->result->why = count < 2 ? "one replication shows no spread"
                                             : "the interval is too wide: more replications";
    }
    judging->result->low = left.mean - difference.half_width;
    judging->result->high = left.mean + difference.half_width;
    judging->slack = equal_slack(judging, difference.half_width, expected.value);
}

/* An order is decided at the level that Holm's procedure gives it among all orders of the file. */
static void judge_order(struct judging *judging, double level) {
    struct interval difference = interval_widened(judging->interval, 1 - level);
    if (is_exact(judging)) {
        double size = fmax(fabs(judging->left[0]), fabs(judging->right[0]));
        if (fabs(difference.mean) <= rounding * size) difference.mean = 0;
        difference.half_width = 0;
    }
    judging->result->verdict = verdict_order(difference, judging->claim->sign);
    judging->result->low = difference.mean - difference.half_width;
    judging->result->high = difference.mean + difference.half_width;
    judging->result->compared = true;
    if (judging->result->verdict == VERDICT_UNDECIDED)
        judging->result->why = judging->count < 2 ? "one replication shows no spread"
                                                  : "the interval of the difference holds zero";
}

static bool same_value(double found, struct claim_value expected) {
    return fabs(found - expected.value) <= expected.digits + rounding * fabs(expected.value);
}

/* Every replication must show the trace. What comes behind its last value is not looked at. */
static void judge_trace(struct judging *judging) {
    const struct claim *claim = judging->claim;
    struct claim_result *result = judging->result;
    const char *path;
    int32_t point = judging_point(judging, claim->left->name, &path);
    const struct point *here = &judging->results->points[point];
    int32_t sequence = 0;
    while (sequence < here->layout->sequence_count &&
           strcmp(here->layout->sequences[sequence].path, path) != 0)
        sequence++;
    if (sequence == here->layout->sequence_count) {
        result->why = "this was not recorded";
        return;
    }
    struct arena *arena = &judging->results->arena;
    for (int32_t r = 0; r < judging->count; r++)
        for (int32_t i = 0; i < claim->value_count; i++) {
            double found = here->blocks[r][layout_sequence_at(here->layout, sequence, i)];
            if (same_value(found, claim->values[i])) continue;
            result->verdict = VERDICT_REFUTED;
            result->why = isnan(found) ? arena_text(arena, "it ends after %" PRId32 " values", i)
                                       : arena_text(arena, "value %" PRId32 " is %g, not %g", i + 1,
                                                    found, claim->values[i].value);
            return;
        }
    result->verdict = VERDICT_SUPPORTED;
}

/* ---- All claims ---- */

static bool set_horizon(struct judging *judging) {
    const struct layout *layout = judging->results->points[0].layout;
    judging->horizon = layout->horizon_count - 1;
    if (!judging->claim->at_given) return true;
    for (int32_t i = 0; i < layout->horizon_count; i++)
        if (layout->horizons[i] == judging->claim->at) {
            judging->horizon = i;
            return true;
        }
    return false;
}

/* Why a side has no mean: a replication stopped, or does not have the quantity. */
static const char *why_missing(const struct judging *judging) {
    const struct takt_results *results = judging->results;
    for (int32_t p = 0; p < results->point_count; p++)
        for (int32_t r = 0; r < results->points[p].replication_count; r++)
            if (results->points[p].stopped[r])
                return arena_text(&judging->results->arena, "replication %" PRId32 " of %s stopped",
                                  r, results->points[p].arm);
    return "a replication has no such value";
}

static void measure_sides(struct judging *judging) {
    const struct claim *claim = judging->claim;
    int32_t count = judging->count;
    int32_t along = claim_along(judging->arms, claim, judging->at);
    for (int32_t r = 0; r < count; r++) {
        judging->left[r] = judging_value(judging, claim->left, r);
        judging->right[r] = along >= 0 && claim->value_count
                                ? claim->values[along].value
                                : judging_value(judging, claim->right, r);
    }
    judging->interval = interval_paired(judging->left, judging->right, count, CONFIDENCE_ORDER);
    judging->result->left = interval_t(judging->left, count, CONFIDENCE_ORDER).mean;
    judging->result->right = interval_t(judging->right, count, CONFIDENCE_ORDER).mean;
}

/* How many standard errors the difference is on the right side. */
static double order_slack(const struct judging *judging) {
    enum order_sign sign = judging->claim->sign;
    bool less = sign == ORDER_LESS || sign == ORDER_LESS_EQUAL;
    double right = less ? -judging->interval.mean : judging->interval.mean;
    if (!is_exact(judging)) return right / judging->interval.sd;
    return judging->result->verdict == VERDICT_SUPPORTED ? INFINITY
           : judging->result->verdict == VERDICT_REFUTED ? -INFINITY
                                                         : 0;
}

static void judge_sides(struct judging *judging) {
    judging->pending = false;
    measure_sides(judging);
    if (isnan(judging->interval.mean)) {
        judging->result->why = why_missing(judging);
        judging->slack = -INFINITY;
        return;
    }
    if (judging->claim->kind == CLAIM_EQUAL) {
        judge_equal(judging);
        return;
    }
    judging->pending = !is_exact(judging);
    if (!judging->pending) judge_order(judging, 1 - CONFIDENCE_ORDER);
    judging->slack = order_slack(judging);
}

/* ---- Places of a sweep ---- */

static void judge_here(struct judging *judging) {
    const struct claim *claim = judging->claim;
    judging->count = judging->results->replication_count;
    if (claim->left) judging->count = common_count(judging, claim->left, judging->count);
    if (claim->right) judging->count = common_count(judging, claim->right, judging->count);
    judging->slack = 0;
    if (judging->count == 0) {
        judging->result->why = "no replication was finished";
    } else if (claim->kind == CLAIM_SAME_AS) {
        judge_trace(judging);
        judging->slack = judging->result->verdict == VERDICT_SUPPORTED ? 1 : -1;
    } else {
        judge_sides(judging);
    }
}

/* Of several places the worst one decides: all must hold. For an order this is the intersection-
 * union test (Berger, Technometrics 24, 1982): the claim is supported when its least sure place is,
 * at the level of one. A refutation at one of several places has to be so much surer (Bonferroni),
 * and so have equalities: see judge_equal. */
static void judge_places(struct judging *judging, const int32_t *places, int32_t count,
                         struct arena *arena) {
    struct judging worst = *judging;
    struct claim_result blank = *judging->result, kept = blank;
    judging->places = count;
    for (int32_t i = 0; i < count; i++) {
        *judging->result = blank;
        judging->at = places[i];
        judge_here(judging);
        if (i > 0 && judging->slack >= worst.slack) continue;
        worst = *judging;
        kept = *judging->result;
    }
    *judging = worst;
    *judging->result = kept;
    if (count > 1)
        judging->place =
            arena_text(&judging->results->arena, "%s, of %" PRId32 " points",
                       results_point_name(judging->results, judging->at, arena), count);
}

static const char *text_kept(struct arena *arena, const char *text) {
    return arena_copy(arena, text, strlen(text));
}

static void judge_first(struct judging *judging) {
    const struct claim *claim = judging->claim;
    struct claim_result *result = judging->result;
    struct arena *arena = &judging->results->arena;
    *result = (struct claim_result){.text = arena_copy(arena, claim->text, strlen(claim->text)),
                                    .source = claim->source ? arena_text(arena, "%s", claim->source)
                                                            : NULL,
                                    .low = NAN,
                                    .high = NAN,
                                    .left = NAN,
                                    .right = NAN};
    struct arena scratch;
    arena_init(&scratch);
    int32_t count;
    bool absent = claim->kind == CLAIM_FAULTY || names_absent_arm(judging, claim->left) ||
                  (claim->right && names_absent_arm(judging, claim->right));
    const char *why = "judged by compare";
    const int32_t *places =
        absent ? NULL : claim_places(judging->arms, claim, &scratch, &count, &why);
    if (claim->kind == CLAIM_CROSSOVER)
        crossover_judge(claim, judging->results, result);
    else if (!places)
        result->why = text_kept(arena, why);
    else if (!set_horizon(judging))
        result->why = "not measured at this horizon";
    else
        judge_places(judging, places, count, &scratch);
    arena_clear(&scratch);
}

static void judge_pending(struct judging *list, int32_t count) {
    double *p = memory_zeroed((size_t)count, sizeof *p);
    double *levels = memory_zeroed((size_t)count, sizeof *levels);
    for (int32_t i = 0; i < count; i++) {
        p[i] = list[i].pending ? interval_p_value(list[i].interval) : NAN;
        if (list[i].pending && list[i].slack < 0) p[i] = fmin(1, p[i] * list[i].places);
    }
    holm_levels(p, count, 1 - CONFIDENCE_ORDER, levels);
    for (int32_t i = 0; i < count; i++) {
        if (!list[i].pending) continue;
        judge_order(&list[i], list[i].slack < 0 ? levels[i] / list[i].places : levels[i]);
    }
    free(levels);
    free(p);
}

/* Of several places the one that decided: where the claim fails, or is the least sure. */
static void say_place(struct judging *judging) {
    struct claim_result *result = judging->result;
    struct arena *arena = &judging->results->arena;
    if (!judging->place) return;
    const char *sure = result->verdict == VERDICT_REFUTED ? "" : "least sure at ";
    result->why = result->why ? arena_text(arena, "%s; %s%s", result->why, sure, judging->place)
                              : arena_text(arena, "%s%s", sure, judging->place);
}

static void show_in_its_unit(struct judging *judging) {
    struct claim_result *result = judging->result;
    if (isnan(result->left) || judging->claim->kind == CLAIM_CROSSOVER) return;
    struct shown shown = shown_unit(judging);
    result->unit = shown.name;
    result->left /= shown.factor;
    result->right /= shown.factor;
    result->low /= shown.factor;
    result->high /= shown.factor;
}

void claims_judge(const struct claims *claims, struct takt_results *results) {
    int32_t count = claims->count;
    size_t values = (size_t)results->replication_count;
    struct arena arena;
    arena_init(&arena);
    struct claim_arms arms;
    claim_arms_init(&arms, results, &arena);
    struct judging *list = arena_take(&arena, (size_t)count * sizeof *list);
    struct judged_spread *spreads = NULL;
    results->claims = arena_take(&results->arena, (size_t)count * sizeof *results->claims);
    results->claim_count = count;
    for (int32_t i = 0; i < count; i++) {
        list[i] = (struct judging){.results = results,
                                   .claim = &claims->list[i],
                                   .result = &results->claims[i],
                                   .arms = &arms,
                                   .spreads = &spreads,
                                   .arena = &arena,
                                   .left = arena_take(&arena, values * sizeof(double)),
                                   .right = arena_take(&arena, values * sizeof(double))};
        judge_first(&list[i]);
    }
    judge_pending(list, count);
    for (int32_t i = 0; i < count; i++) {
        say_place(&list[i]);
        show_in_its_unit(&list[i]);
    }
    arena_clear(&arena);
}
