/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each method makes of the runs. */
#include "bottleneck.h"

#include "../comparison.h"
#include "../summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const bottleneck_method_words[METHOD_COUNT] = {
#define X(name, word, meaning) [METHOD_##name] = word,
    BOTTLENECK_METHODS(X)
#undef X
};

/* Values of a quantity, one a replication; POINT 0 is the scenario as it is. */
struct sample {
    double *values;
    int32_t count;
};

static int32_t replications(const struct bottleneck *b) {
    int32_t least = INT32_MAX;
    for (int32_t p = 0; p < b->results->point_count; p++)
        if (b->results->points[p].replication_count < least)
            least = b->results->points[p].replication_count;
    return least;
}

static struct sample sample_of(struct bottleneck *b, int32_t point, const char *path) {
    const struct point *at = &b->results->points[point];
    struct sample sample = {
        arena_take(&b->arena, ((size_t)at->replication_count + 1) * sizeof(double)),
        replications(b)};
    int32_t column = layout_find(at->layout, path);
    CHECK(column >= 0);
    summary_values(b->results, point, b->horizon, column, sample.values);
    return sample;
}

static struct sample share_of(struct bottleneck *b, int32_t station, const char *name) {
    return sample_of(b, 0,
                     arena_text(&b->arena, "stations.%s.%s", b->stations[station].name, name));
}

static struct interval interval_of(const struct bottleneck *b, struct sample sample) {
    struct interval interval = interval_t(sample.values, sample.count, b->results->confidence);
    if (!b->results->chance) interval.half_width = 0;
    return interval;
}

/* ---- who has most ---- */

/* A method that goes by one number: named are the station with the largest, and those that cannot
 * be told apart from it. Stations that do not take part have no values. */
static void name_largest(struct bottleneck *b, enum bottleneck_method method,
                         const struct sample *samples) {
    int32_t most = -1;
    double best = -INFINITY;
    for (int32_t s = 0; s < b->station_count; s++) {
        if (!samples[s].values) continue;
        double mean = interval_of(b, samples[s]).mean;
        if (mean > best) {
            best = mean;
            most = s;
        }
    }
    if (most < 0 || !(best > 0)) {
        b->silent[method] = "no station stands out";
        return;
    }
    for (int32_t s = 0; s < b->station_count; s++) {
        if (!samples[s].values) continue;
        struct interval apart = interval_paired(samples[most].values, samples[s].values,
                                                samples[s].count, b->results->confidence);
        if (!b->results->chance) apart.half_width = 1e-12;
        b->stations[s].named[method] = s == most || apart.mean <= apart.half_width;
    }
}

static void add_to(struct sample *sum, struct sample more, double factor) {
    for (int32_t r = 0; r < sum->count; r++) sum->values[r] += factor * more.values[r];
}

static void look_at_shares(struct bottleneck *b) {
    struct sample *busy = arena_take(&b->arena, (size_t)b->station_count * sizeof *busy);
    struct sample *active = arena_take(&b->arena, (size_t)b->station_count * sizeof *active);
    for (int32_t s = 0; s < b->station_count; s++) {
        struct bottleneck_station *station = &b->stations[s];
        struct sample starved = share_of(b, s, "states.starved");
        add_to(&starved, share_of(b, s, "states.no-material"), 1);
        station->starved = interval_of(b, starved);
        station->blocked = interval_of(b, share_of(b, s, "states.blocked"));
        struct sample sole = share_of(b, s, "active.sole");
        struct sample shifting = share_of(b, s, "active.shifting");
        struct sample working = share_of(b, s, "utilization");
        station->utilization = interval_of(b, working);
        station->sole = interval_of(b, sole);
        station->shifting = interval_of(b, shifting);
        if (!station->works) continue;
        busy[s] = working;
        active[s] = sole;
        add_to(&active[s], shifting, 1);
    }
    name_largest(b, METHOD_UTILIZATION, busy);
    name_largest(b, METHOD_ACTIVE, active);
}

static void look_at_load(struct bottleneck *b, const struct plant *plant) {
    double *loads = memory_zeroed((size_t)b->station_count + 1, sizeof *loads), most = 0;
    load_relative(plant, loads);
    for (int32_t s = 0; s < b->station_count; s++) {
        b->stations[s].load = loads[s];
        if (loads[s] > most) most = loads[s];
    }
    for (int32_t s = 0; s < b->station_count; s++)
        b->stations[s].named[METHOD_LOAD] = most > 0 && loads[s] >= most * (1 - 1e-9);
    if (!(most > 0)) b->silent[METHOD_LOAD] = "the work that comes is not known beforehand";
    free(loads);
}

/* ---- blocking and starving ---- */

/* Where lots go from station to station. */
static bool *links_of(struct bottleneck *b, const struct plant *plant) {
    size_t count = (size_t)b->station_count;
    bool *links = arena_take(&b->arena, (count * count + 1) * sizeof *links);
    for (int32_t i = 0; i < plant->step_count; i++) {
        const struct step *step = &plant->steps[i];
        size_t from = (size_t)step->station * count;
        if (!(step->flags & STEP_BRANCH) && step->next != NOBODY)
            links[from + (size_t)plant->steps[step->next].station] = true;
        for (int32_t k = 0; step->flags & STEP_BRANCH && k < step->branch_count; k++) {
            int32_t to = plant->branches[step->branch_first + k].step;
            if (to != NOBODY) links[from + (size_t)plant->steps[to].station] = true;
        }
    }
    return links;
}

static bool anything_blocks(const struct bottleneck *b) {
    for (int32_t s = 0; s < b->station_count; s++)
        if (b->stations[s].blocked.mean > 0) return true;
    return false;
}

static void look_at_arrows(struct bottleneck *b, const bool *links) {
    int32_t count = b->station_count;
    for (int32_t i = 0; i < count; i++) {
        double severity = 0;
        bool leaves = false, linked = false;
        for (int32_t j = 0; j < count; j++) {
            double ahead = b->stations[i].blocked.mean - b->stations[j].starved.mean;
            double behind = b->stations[j].blocked.mean - b->stations[i].starved.mean;
            if (i == j) continue;
            if (links[i * count + j]) {
                linked = true;
                leaves |= ahead > 0;
                severity += fabs(ahead);
            }
            if (links[j * count + i]) {
                linked = true;
                leaves |= behind <= 0;
                severity += fabs(behind);
            }
        }
        b->stations[i].severity = leaves || !linked ? NAN : severity;
        b->stations[i].named[METHOD_ARROWS] = linked && !leaves;
    }
}

/* Stations in the order of a line; false: it is none. */
static bool line_order(const struct bottleneck *b, const bool *links, int32_t *order) {
    int32_t count = b->station_count, first = -1, length = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t in = 0, out = 0;
        for (int32_t j = 0; j < count; j++) {
            if (i != j && links[j * count + i]) in++;
            if (i != j && links[i * count + j]) out++;
        }
        if (in > 1 || out > 1 || (in == 0 && out == 0)) return false;
        if (in == 0 && first >= 0) return false;
        if (in == 0) first = i;
    }
    for (int32_t at = first; at >= 0 && length < count;) {
        order[length++] = at;
        int32_t next = -1;
        for (int32_t j = 0; j < count; j++)
            if (j != at && links[at * count + j]) next = j;
        at = next;
    }
    return length == count;
}

static double idle_share(const struct bottleneck_station *station) {
    return station->blocked.mean + station->starved.mean;
}

static void look_for_turn(struct bottleneck *b, const bool *links) {
    int32_t *order = arena_take(&b->arena, (size_t)b->station_count * sizeof *order);
    int32_t last = b->station_count - 1, found = 0;
    if (last < 1 || !line_order(b, links, order)) {
        b->silent[METHOD_TURNING] = "it is of lines, one station behind the other";
        return;
    }
    for (int32_t i = 0; i <= last; i++) {
        struct bottleneck_station *at = &b->stations[order[i]];
        const struct bottleneck_station *before = i > 0 ? &b->stations[order[i - 1]] : NULL;
        const struct bottleneck_station *behind = i < last ? &b->stations[order[i + 1]] : NULL;
        bool turns = true;
        if (before)
            turns =
                before->blocked.mean > before->starved.mean && idle_share(at) < idle_share(before);
        if (behind)
            turns = turns && behind->starved.mean > behind->blocked.mean &&
                    idle_share(at) < idle_share(behind);
        at->named[METHOD_TURNING] = turns;
        found += turns;
    }
    if (!found) b->silent[METHOD_TURNING] = "blocking does not turn into starving anywhere";
}

static void look_at_blocking(struct bottleneck *b, const struct plant *plant) {
    for (int32_t s = 0; s < b->station_count; s++) b->stations[s].severity = NAN;
    if (!anything_blocks(b)) {
        b->silent[METHOD_ARROWS] = b->silent[METHOD_TURNING] = "no station is ever blocked";
        return;
    }
    const bool *links = links_of(b, plant);
    look_at_arrows(b, links);
    look_for_turn(b, links);
}

/* ---- sensitivity ---- */

/* Per cent for per cent: (faster - slower) / (2 step) over the mean. */
static void look_at_sensitivity(struct bottleneck *b) {
    struct sample base = sample_of(b, 0, b->quantity);
    double mean = interval_of(b, base).mean;
    struct sample *gains = arena_take(&b->arena, (size_t)b->station_count * sizeof *gains);
    for (int32_t s = 0; s < b->station_count; s++) {
        if (!b->stations[s].works) continue;
        struct sample change = sample_of(b, 1 + 2 * s, b->quantity);
        add_to(&change, sample_of(b, 2 + 2 * s, b->quantity), -1);
        for (int32_t r = 0; r < change.count; r++) change.values[r] /= 2 * b->step * mean;
        b->stations[s].sensitivity = interval_of(b, change);
        for (int32_t r = 0; b->better < 0 && r < change.count; r++)
            change.values[r] = -change.values[r];
        gains[s] = change;
    }
    name_largest(b, METHOD_SENSITIVITY, gains);
}

/* What limits: throughput, or how long it takes? */
static const char *quantity_of(const struct bottleneck *b, const struct plant *plant) {
    bool limited = false;
    for (int32_t s = 0; s < plant->source_count; s++) limited |= plant->sources[s].always;
    for (int32_t s = 0; s < b->station_count; s++) limited |= b->stations[s].load >= 1;
    return limited ? "system.throughput" : "system.cycle-time";
}

static void look_if_agreed(struct bottleneck *b) {
    for (int32_t s = 0; s < b->station_count; s++) {
        bool all = !b->silent[METHOD_SENSITIVITY];
        for (int32_t m = 0; m < METHOD_COUNT; m++)
            all = all && (b->silent[m] || b->stations[s].named[m]);
        b->stations[s].agreed = all;
        b->agree = b->agree || all;
    }
}

static void look_if_stopped(struct bottleneck *b) {
    for (int32_t p = 0; p < b->results->point_count && !b->stopped; p++)
        for (int32_t r = 0; r < b->results->points[p].replication_count && !b->stopped; r++)
            b->stopped = b->results->points[p].stopped[r];
}

void bottleneck_make(struct bottleneck *b, const struct plant *plant,
                     const struct takt_results *results, const char *quantity, double step) {
    *b = (struct bottleneck){.results = results,
                             .station_count = plant->station_count,
                             .horizon = results->horizon_count - 1,
                             .step = step > 0 ? step : TAKT_BOTTLENECK_STEP};
    arena_init(&b->arena);
    b->stations = arena_take(&b->arena, (size_t)b->station_count * sizeof *b->stations);
    for (int32_t s = 0; s < plant->source_count; s++) b->saturated |= plant->sources[s].always;
    for (int32_t s = 0; s < b->station_count; s++) {
        b->stations[s].name = plant->stations[s].name;
        b->stations[s].works = !plant->stations[s].unlimited;
        b->stations[s].sensitivity = (struct interval){.mean = NAN, .half_width = NAN};
    }
    look_at_load(b, plant);
    b->quantity = quantity ? quantity : quantity_of(b, plant);
    const struct layout *layout = results->points[0].layout;
    int32_t column = layout_find(layout, b->quantity);
    CHECK(column >= 0);
    b->better = comparison_better(&layout->columns[column]);
    look_at_shares(b);
    look_at_blocking(b, plant);
    look_at_sensitivity(b);
    look_if_agreed(b);
    look_if_stopped(b);
}

void bottleneck_clear(struct bottleneck *b) {
    arena_clear(&b->arena);
}
