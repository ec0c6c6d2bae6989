/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crossover.h"

#include "comparison.h"
#include "identity.h"
#include "json.h"
#include "summary.h"
#include "trials.h"
#include "units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_MOST = 8,                   /* halvings: a 256th of the range */
    TRIALS_MOST = 2 + 3 * STEPS_MOST, /* the ends, the crossover, the borders of doubt */
    CHOICES_MOST = 12
};

/* One value of the parameter, and what was found there. */
struct trial {
    double x;
    struct interval difference;
    int32_t sign; /* of a - b, beyond doubt; else 0 */
};

struct search {
    struct takt_scenario *scenario;
    const struct takt_run_options *options;
    struct takt_results *results; /* of the whole experiment */
    const struct sweep_factor *factor;
    struct crossover *found;
    struct trial trials[TRIALS_MOST];
    int32_t count;
    double left, right; /* where the sign is known: of `from` at the left, of `to` right */
    enum takt_status status;
};

static const char *kept(struct takt_results *results, const char *text) {
    return arena_copy(&results->arena, text, strlen(text));
}

/* ---- One value ---- */

/* Under which the trials of a point are kept. */
static struct trial_key key_of(const struct search *search, const struct prepared *prepared,
                               const char *path) {
    struct trial_key key = {.column = layout_find(&prepared->plant->layout, path)};
    struct arena scratch;
    arena_init(&scratch);
    trials_key(identity_point(&scratch, search->scenario, prepared), path, key.key);
    arena_clear(&scratch);
    return key;
}

static void take_layout(struct takt_results *results, int32_t p, struct prepared *prepared) {
    results->points[p].arm = prepared->arm.name;
    results->points[p].layout = memory_zeroed(1, sizeof(struct layout));
    *results->points[p].layout = prepared->plant->layout;
    results->chance |= prepared->plant->chance;
}

/* The interval of a - b after the last horizon; NaN where one of them has no such quantity. */
static struct interval difference_of(const struct search *search,
                                     const struct takt_results *results) {
    const char *paths[] = {search->found->kpi, search->found->other};
    double *values[2];
    int32_t count = results->points[0].replication_count;
    struct interval difference = {.mean = NAN, .half_width = NAN, .sd = NAN};
    for (int32_t p = 0; p < 2; p++) {
        const struct layout *layout = results->points[p].layout;
        int32_t column = layout_find(layout, paths[p]);
        values[p] = memory_zeroed((size_t)count, sizeof(double));
        if (column < 0)
            for (int32_t r = 0; r < count; r++) values[p][r] = NAN;
        else
            summary_values(results, p, layout->horizon_count - 1, column, values[p]);
    }
    if (count > 0)
        difference = interval_paired(values[0], values[1], count,
                                     1 - (1 - search->results->confidence) / TRIALS_MOST);
    free(values[0]);
    free(values[1]);
    return difference;
}

static int32_t sign_of(struct interval difference, bool chance) {
    double half_width = difference.half_width;
    if (isnan(half_width)) half_width = chance ? INFINITY : 0;
    return difference.mean - half_width > 0 ? 1 : difference.mean + half_width < 0 ? -1 : 0;
}

static void simulate(struct search *search, struct prepared *prepared, struct trial *trial) {
    struct takt_run_options options = *search->options;
    struct takt_results *results = results_create();
    int32_t n = search->results->replication_count;
    options.output = NULL;
    options.ranks = NULL; /* a few runs; the others have none of the results */
    results->seed = search->results->seed;
    results->confidence = search->results->confidence;
    results_size(results, 2, 0);
    for (int32_t p = 0; p < 2; p++) take_layout(results, p, &prepared[p]);
    struct units *units = units_create(prepared, 2, &options, results);
    struct trial_key keys[] = {key_of(search, &prepared[0], search->found->kpi),
                               key_of(search, &prepared[1], search->found->other)};
    units_try(units, search->results->trials, keys);
    search->status = units_run(units, (const int32_t[]){n, n});
    units_delete(units);
    if (search->status != TAKT_OK) {
        search->results->complete = false;
        search->results->message = kept(search->results, results->message);
    }
    for (int32_t p = 0; p < 2; p++) prepared[p].plant->layout = (struct layout){0};
    if (search->status == TAKT_OK) {
        trial->difference = difference_of(search, results);
        trial->sign = sign_of(trial->difference, results->chance);
    }
    takt_results_delete(results);
}

/* The sign at X; 0 also when nothing can be run any more. */
static int32_t look(struct search *search, double x) {
    struct scenario *core = search->scenario->scenario;
    const char *arms[] = {search->found->a, search->found->b};
    struct prepared *prepared;
    struct sweep_points points;
    if (search->status != TAKT_OK || search->count == TRIALS_MOST) return 0;
    struct trial *trial = &search->trials[search->count];
    *trial = (struct trial){.x = x};
    sweep_at(search->factor, x, &core->arena, &points);
    search->status = prepare_at(search->scenario, arms, 2, &points, &prepared);
    if (search->status == TAKT_OK) simulate(search, prepared, trial);
    prepared_delete(prepared, 2);
    if (search->status != TAKT_OK) return 0;
    search->count++;
    return trial->sign;
}

/* ---- The search ---- */

static double least_step(const struct search *search) {
    const struct sweep_range *range = &search->factor->range;
    return search->found->whole ? 1 : (range->last - range->first) / (1 << STEPS_MOST);
}

static double middle(const struct search *search, double left, double right) {
    double x = left + (right - left) / 2;
    return search->found->whole ? floor(x) : x;
}

/* Halves what lies between a value INSIDE, which has the sign, and one OUTSIDE, which has not, down
 * to the least step. Returns the last value with the sign. */
static double border(struct search *search, double inside, double outside, int32_t sign) {
    while (fabs(outside - inside) > least_step(search) * 1.000001 && search->status == TAKT_OK) {
        double low = fmin(inside, outside), x = middle(search, low, fmax(inside, outside));
        if (look(search, x) == sign)
            inside = x;
        else
            outside = x;
    }
    return inside;
}

static void halve(struct search *search, int32_t from_sign, int32_t to_sign) {
    while (search->right - search->left > least_step(search) * 1.000001 &&
           search->status == TAKT_OK) {
        double x = middle(search, search->left, search->right);
        int32_t sign = look(search, x);
        if (sign == from_sign) {
            search->left = x;
        } else if (sign == to_sign) {
            search->right = x;
        } else {
            search->left = border(search, search->left, x, from_sign);
            search->right = border(search, search->right, x, to_sign);
            return;
        }
    }
}

static int compare_trials(const void *a, const void *b) {
    const struct trial *x = a, *y = b;
    return (x->x > y->x) - (x->x < y->x);
}

/* Where the means cross, between the two trials beside it. */
static double estimate(struct search *search) {
    struct trial *trials = search->trials;
    qsort(trials, (size_t)search->count, sizeof *trials, compare_trials);
    for (int32_t i = 1; i < search->count; i++) {
        double before = trials[i - 1].difference.mean, after = trials[i].difference.mean;
        if (trials[i - 1].x < search->left || trials[i].x > search->right) continue;
        if (!((before > 0) != (after > 0))) continue;
        if (search->found->whole) return trials[i].x;
        return trials[i - 1].x + (trials[i].x - trials[i - 1].x) * before / (before - after);
    }
    return NAN;
}

static void run_search(struct search *search) {
    struct crossover *found = search->found;
    const struct sweep_range *range = &search->factor->range;
    found->whole = range->whole;
    found->unit_size = range->unit_size;
    found->from = range->first;
    found->to = range->last;
    found->low = found->high = found->estimate = NAN;
    search->left = range->first;
    search->right = range->last;
    found->sign_from = look(search, range->first);
    found->sign_to = look(search, range->last);
    if (found->sign_from && found->sign_from == found->sign_to) found->crossing = CROSSING_NONE;
    if (found->sign_from && found->sign_from == -found->sign_to) {
        halve(search, found->sign_from, found->sign_to);
        found->crossing = CROSSING_FOUND;
        found->low = search->left;
        found->high = search->right;
        found->estimate = estimate(search);
    }
    found->values = search->count;
}

/* ---- What is asked for ---- */

static enum takt_status find(struct takt_scenario *scenario, const struct takt_run_options *options,
                             struct takt_results *results, const char *setting,
                             struct crossover crossover) {
    struct sweep_factor factor;
    if (!scenario_range(scenario->scenario, setting, &factor)) return TAKT_BAD_SCENARIO;
    struct crossover *found = &results->crossovers[results->crossover_count++];
    *found = crossover;
    found->path = kept(results, factor.path);
    found->unit = kept(results, factor.range.unit);
    struct search search = {.scenario = scenario,
                            .options = options,
                            .results = results,
                            .factor = &factor,
                            .found = found};
    run_search(&search);
    return search.status;
}

/* The first quantity of interest of which more, or less, is better. */
static const char *usual_quantity(const struct takt_results *results) {
    const char *chosen[CHOICES_MOST];
    const char **show = results->show;
    int32_t count = results->show_count;
    if (count == 0) {
        show = chosen;
        count = summary_choose(results, chosen, CHOICES_MOST);
    }
    const struct layout *layout = results->points[0].layout;
    for (int32_t i = 0; i < count; i++) {
        int32_t column = layout_find(layout, show[i]);
        if (column >= 0 && comparison_better(&layout->columns[column]) != 0) return show[i];
    }
    return "system.cycle-time";
}

static enum takt_status find_asked(struct takt_scenario *scenario,
                                   const struct takt_run_options *options,
                                   struct takt_results *results) {
    const char *kpi = options->crossover_of ? options->crossover_of : usual_quantity(results);
    const char *last = results->points[0].arm;
    for (int32_t p = 1; p < results->point_count; p++) {
        if (strcmp(results->points[p].arm, last) == 0) continue;
        last = results->points[p].arm;
        struct crossover crossover = {.kpi = kept(results, kpi),
                                      .other = kept(results, kpi),
                                      .a = last,
                                      .b = results->points[0].arm};
        TAKT_TRY(find(scenario, options, results, options->crossover, crossover));
    }
    return TAKT_OK;
}

static bool was_run(const struct takt_results *results, const char *arm) {
    for (int32_t p = 0; p < results->point_count; p++)
        if (strcmp(results->points[p].arm, arm) == 0) return true;
    return false;
}

/* The arm that leads a path, and the path behind it. */
static const char *split(struct takt_results *results, const char *path, const char **rest) {
    size_t size = strcspn(path, ".");
    *rest = kept(results, path[size] ? path + size + 1 : path);
    return arena_copy(&results->arena, path, size);
}

static enum takt_status find_claimed(struct takt_scenario *scenario,
                                     const struct takt_run_options *options,
                                     struct takt_results *results) {
    for (int32_t i = 0; i < scenario->claims.count; i++) {
        struct claim *claim = &scenario->claims.list[i];
        if (claim->kind != CLAIM_CROSSOVER) continue;
        struct crossover crossover = {0};
        crossover.a = split(results, claim->left->name, &crossover.kpi);
        crossover.b = split(results, claim->right->name, &crossover.other);
        if (!was_run(results, crossover.a) || !was_run(results, crossover.b)) continue;
        claim->crossover = results->crossover_count;
        TAKT_TRY(find(scenario, options, results, claim->setting, crossover));
    }
    return TAKT_OK;
}

enum takt_status crossovers_find(struct takt_scenario *scenario,
                                 const struct takt_run_options *options,
                                 struct takt_results *results) {
    size_t most = (size_t)scenario->claims.count + (size_t)results->point_count;
    results->crossovers = arena_take(&results->arena, most * sizeof *results->crossovers);
    if (!results->trials) results->trials = trials_create();
    trials_keep(results->trials, results->journal);
    if (options->crossover) TAKT_TRY(find_asked(scenario, options, results));
    return find_claimed(scenario, options, results);
}

/* ---- Claims ---- */

/* In the unit of the search; `= Q` like any equality: inside, and narrow. */
void crossover_judge(const struct claim *claim, const struct takt_results *results,
                     struct claim_result *result) {
    if (claim->crossover < 0) {
        result->why = "judged by compare";
        return;
    }
    const struct crossover *found = &results->crossovers[claim->crossover];
    result->left = found->estimate;
    result->low = found->low;
    result->high = found->high;
    result->unit = found->unit;
    if (found->crossing == CROSSING_NOT_SHOWN) {
        result->why = "no difference is shown at an end of the range";
    } else if (found->crossing == CROSSING_NONE) {
        result->verdict = VERDICT_REFUTED;
        result->why = "the same arm is ahead at both ends";
    } else if (claim->value_count == 0) {
        result->verdict = VERDICT_SUPPORTED;
    } else {
        double value = claim->values[0].value / found->unit_size;
        double within = claim->within > 0 ? claim->within : 0.005;
        result->right = value;
        if (value < found->low || value > found->high)
            result->verdict = VERDICT_REFUTED;
        else if (found->high - found->low <= 2 * within * fabs(value))
            result->verdict = VERDICT_SUPPORTED;
        else
            result->why = "the interval is too wide: more replications, or a shorter range";
    }
}

/* ---- As JSON ---- */

static const char *const words[] = {
    [CROSSING_NOT_SHOWN] = "not shown", [CROSSING_NONE] = "none", [CROSSING_FOUND] = "found"};

void crossovers_json(const struct takt_results *results, FILE *file) {
    for (int32_t i = 0; i < results->crossover_count; i++) {
        const struct crossover *crossover = &results->crossovers[i];
        fprintf(file, "%s\n  {\"along\":", i ? "," : "");
        json_text(file, crossover->path);
        fputs(",\"kpi\":", file);
        json_text(file, crossover->kpi);
        fputs(",\"a\":", file);
        json_text(file, crossover->a);
        fputs(",\"b\":", file);
        json_text(file, crossover->b);
        fprintf(file, ",\"crossover\":\"%s\",\"estimate\":", words[crossover->crossing]);
        json_number(file, crossover->estimate);
        fputs(",\"low\":", file);
        json_number(file, crossover->low);
        fputs(",\"high\":", file);
        json_number(file, crossover->high);
        fputs(",\"unit\":", file);
        json_text(file, *crossover->unit ? crossover->unit : "1");
        fputc('}', file);
    }
}
