/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expected work of lots, for queue rules and the jobs' own times.
 *
 * Rules such as `cr` look at the work that is left on a route of perhaps five hundred steps, of
 * every lot that waits, at every choice. So the sums from each step to the end of the route are
 * kept: a part that every lot has and one for each of its pieces. Laws with expressions may depend
 * on the lot and the moment; sums that hold one are NaN, and are reckoned for each lot anew. */
#include "floor.h"

#include <math.h>

enum { LAW_COUNT_OF_STEP = 3 };

static void laws_of(const struct run *run, int32_t step, const struct law *laws[]) {
    const struct step_settings *settings = &run->settings.steps[step];
    laws[0] = &settings->time;
    laws[1] = &settings->load;
    laws[2] = &settings->unload;
}

/* The step, and what comes behind it. */
static struct standard with_rest(const struct run *run, int32_t at, struct standard sum) {
    const struct law *laws[LAW_COUNT_OF_STEP];
    laws_of(run, at, laws);
    for (int32_t i = 0; i < LAW_COUNT_OF_STEP; i++) {
        double mean = law_mean(laws[i]);
        if (laws[i]->per == LAW_PER_PIECE)
            sum.of_piece += mean;
        else
            sum.of_lot += mean;
    }
    return sum;
}

void standards_make(struct run *run) {
    const struct plant *plant = run->plant;
    struct standard rest = {0}; /* of the steps behind, by who does them */
    for (int32_t at = plant->step_count - 1; at >= 0; at--) {
        const struct step *step = &plant->steps[at];
        if (step->written != at) continue;
        if (at == plant_route_end(plant, at) - 1) rest = (struct standard){0};
        struct standard sum = run->standards[at] = with_rest(run, at, rest);
        for (int32_t i = step->place_first; i < step->place_first + step->place_count; i++)
            run->standards[i] = with_rest(run, i, rest);
        double share = run->settings.steps[at].sample;
        if (share < 1) {
            sum.of_lot = rest.of_lot + share * (sum.of_lot - rest.of_lot);
            sum.of_piece = rest.of_piece + share * (sum.of_piece - rest.of_piece);
        }
        rest = sum;
    }
}

double standard_here(const struct run *run, const struct part *part, int32_t step) {
    const struct law *laws[LAW_COUNT_OF_STEP];
    double sum = 0;
    laws_of(run, step, laws);
    for (int32_t i = 0; i < LAW_COUNT_OF_STEP; i++) {
        struct job job = {run, part, NOBODY};
        struct formula_env env = {.read = job_read, .context = &job};
        double mean = law_expected(laws[i], &env);
        sum += laws[i]->per == LAW_PER_PIECE ? mean * part->pieces : mean;
    }
    return sum;
}

/* Of a step that it may pass. */
static double share_of(const struct run *run, const struct part *part, int32_t step) {
    bool here = step == run->plant->steps[part->step].written;
    double share = here ? 1 : run->settings.steps[step].sample;
    return share * standard_here(run, part, here ? part->step : step);
}

double standard_from(const struct run *run, const struct part *part, int32_t step) {
    const struct standard *known = &run->standards[step];
    if (run->plant->items[run->plant->steps[step].item].shuffled) {
        int32_t steps[ORDER_MOST], count = order_rest(run, part, step, steps);
        double rest = 0;
        for (int32_t i = 0; i < count; i++) rest += share_of(run, part, steps[i]);
        return rest;
    }
    double sum = known->of_lot + known->of_piece * part->pieces;
    if (!isnan(sum)) return sum;
    sum = 0;
    int32_t end = plant_route_end(run->plant, step);
    for (int32_t at = run->plant->steps[step].written; at < end; at++)
        sum += share_of(run, part, at);
    return sum;
}
