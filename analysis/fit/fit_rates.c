/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates of arrivals by hour of the day and of the week, and whether they are a Poisson stream's. */
#include "fit_arrivals.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double DAY_S = 86400, REFUTED = 0.01;

enum { WEEK_DAYS = 7, DAYS_LEAST = 2, WEEKS_LEAST = 2, TESTED_LEAST = 10, EPOCH_WEEKDAY = 3 };

/* ---- Intervals: [number * every, (number + 1) * every) ---- */

static int32_t slot_of(const struct rates *rates, enum fit_pattern pattern, double interval) {
    if (pattern == FIT_CONSTANT) return 0;
    double day = floor(interval / rates->day_slots);
    int32_t slot = (int32_t)(interval - day * rates->day_slots);
    if (pattern == FIT_DAY) return slot;
    double weekday = fmod(day + EPOCH_WEEKDAY, WEEK_DAYS); /* 1970-01-01 was a Thursday */
    if (weekday < 0) weekday += WEEK_DAYS;
    return (int32_t)weekday * rates->day_slots + slot;
}

/* An interval as it was watched, and the arrivals in it. */
struct interval_seen {
    double number, from, to;
    int32_t first, count; /* moments[first ...] */
    bool whole;
};

/* Walks over the intervals. Begin with {0}; false at the end. */
static bool interval_next(const struct rates *rates, struct interval_seen *seen) {
    double begin = rates->moments[0], end = rates->moments[rates->count - 1];
    bool at_begin = seen->to == 0 && seen->first == 0;
    seen->number = at_begin ? floor(begin / rates->every_s) : seen->number + 1;
    seen->first = at_begin ? 1 : seen->first + seen->count;
    seen->from = seen->number * rates->every_s;
    seen->to = seen->from + rates->every_s;
    if (seen->from >= end) return false;
    seen->whole = seen->from >= begin && seen->to <= end;
    seen->from = fmax(seen->from, begin);
    bool last = seen->to >= end; /* the last arrival belongs to what was watched */
    seen->to = fmin(seen->to, end);
    seen->count = 0;
    while (seen->first + seen->count < rates->count) {
        double moment = rates->moments[seen->first + seen->count];
        if (!last && moment >= seen->to) break;
        seen->count++;
    }
    return true;
}

/* ---- Patterns ---- */

/* Rates that are a factor of the hour times one of the weekday. Each set in turn is what the counts
 * ask for, given the other (iterative proportional fitting: W. E. Deming, F. F. Stephan, Annals of
 * Mathematical Statistics 11, 1940). The weekday factors have mean 1. */
static void multiply_out(struct pattern_fit *pattern, int32_t day_slots) {
    double *hours = pattern->hours, *weekdays = pattern->weekdays;
    for (int32_t day = 0; day < WEEK_DAYS; day++) weekdays[day] = 1;
    for (int32_t round = 0; round < 200; round++) {
        for (int32_t set = 0; set < 2; set++)
            for (int32_t i = 0; i < (set ? WEEK_DAYS : day_slots); i++) {
                double count = 0, watched = 0;
                for (int32_t j = 0; j < (set ? day_slots : WEEK_DAYS); j++) {
                    int32_t hour = set ? j : i, day = set ? i : j;
                    const struct rate_slot *slot = &pattern->slots[day * day_slots + hour];
                    count += slot->count;
                    watched += slot->watched_s * (set ? hours[hour] : weekdays[day]);
                }
                (set ? weekdays : hours)[i] = watched > 0 ? count / watched : 0;
            }
    }
    double mean = 0;
    for (int32_t day = 0; day < WEEK_DAYS; day++) mean += weekdays[day] / WEEK_DAYS;
    for (int32_t day = 0; day < WEEK_DAYS && mean > 0; day++) weekdays[day] /= mean;
    for (int32_t hour = 0; hour < day_slots; hour++) hours[hour] *= mean;
    for (int32_t i = 0; i < pattern->slot_count; i++)
        pattern->slots[i].rate = hours[i % day_slots] * weekdays[i / day_slots];
}

static double slot_log_likelihood(const struct rate_slot *slot) {
    double expected = slot->rate * slot->watched_s;
    return (slot->count > 0 ? slot->count * log(slot->rate) : 0) - expected;
}

static void fit_pattern(struct rates *rates, enum fit_pattern which) {
    struct pattern_fit *pattern = &rates->patterns[which];
    struct interval_seen seen = {0};
    while (interval_next(rates, &seen)) {
        struct rate_slot *slot = &pattern->slots[slot_of(rates, which, seen.number)];
        slot->watched_s += seen.to - seen.from;
        slot->count += seen.count;
    }
    for (int32_t i = 0; i < pattern->slot_count; i++) {
        struct rate_slot *slot = &pattern->slots[i];
        if (!(slot->watched_s > 0)) continue;
        pattern->rate_count++;
        slot->rate = slot->count / slot->watched_s;
    }
    if (which == FIT_DAYS) {
        multiply_out(pattern, rates->day_slots);
        pattern->rate_count = rates->day_slots + WEEK_DAYS - 1;
    }
    for (int32_t i = 0; i < pattern->slot_count; i++)
        pattern->log_likelihood += slot_log_likelihood(&pattern->slots[i]);
    pattern->bic = pattern->rate_count * log(rates->count) - 2 * pattern->log_likelihood;
}

/* ---- Without memory? ---- */

static void test_dispersion(struct rates *rates) {
    const struct pattern_fit *pattern = &rates->patterns[rates->best];
    struct interval_seen seen = {0};
    double sum = 0, expected_all = 0;
    int32_t count = 0;
    while (interval_next(rates, &seen)) {
        double rate = pattern->slots[slot_of(rates, rates->best, seen.number)].rate;
        if (!seen.whole || !(rate > 0)) continue;
        double expected = rate * rates->every_s, off = seen.count - expected;
        sum += off * off / expected;
        expected_all += expected;
        count++;
    }
    int32_t used = pattern->rate_count;
    if (rates->best != FIT_DAYS) /* slots without arrivals were left out above */
        for (int32_t i = 0; i < pattern->slot_count; i++)
            used -= pattern->slots[i].watched_s > 0 && !(pattern->slots[i].rate > 0);
    rates->dispersion = rates->dispersion_p = NAN;
    rates->dispersion_df = count - used;
    if (rates->dispersion_df < TESTED_LEAST || expected_all < count) return;
    rates->dispersion = sum / rates->dispersion_df;
    double above = gsl_cdf_chisq_Q(sum, rates->dispersion_df);
    rates->dispersion_p = 2 * fmin(above, 1 - above);
}

/* Of J arrivals in an interval, the j-th divides what was left of it; (J + 1 - j) times the
 * logarithm of that part is exponential, with mean 1, whatever the rate of the interval is. */
static void test_memory(struct rates *rates, struct arena *arena) {
    double *parts = arena_take(arena, (size_t)rates->count * sizeof *parts);
    double *logs = arena_take(arena, (size_t)rates->count * sizeof *logs);
    struct interval_seen seen = {0};
    int32_t count = 0;
    while (interval_next(rates, &seen)) {
        double before = seen.from;
        int32_t inside = seen.count;
        while (inside > 0 && rates->moments[seen.first + inside - 1] >= seen.to) inside--;
        for (int32_t j = 0; j < inside; j++) {
            double moment = rates->moments[seen.first + j];
            parts[count++] = (inside - j) * log((seen.to - before) / (seen.to - moment));
            before = moment;
        }
    }
    rates->memory = rates->memory_p = NAN;
    rates->memory_count = count;
    if (count < TESTED_LEAST) return;
    struct fit_sample sample;
    fit_sample_init(&sample, parts, logs, count);
    struct law_arguments mean_one = {.value = {[LAW_ARGUMENT_MEAN] = 1},
                                     .given = {[LAW_ARGUMENT_MEAN] = true}};
    struct law law;
    const char *why = law_make(arena, &law, LAW_EXPONENTIAL, &mean_one);
    CHECK(!why);
    rates->memory = fit_distance(&law, &sample).value[FIT_KS];
    rates->memory_p = fit_kolmogorov(rates->memory, count);
}

/* ---- All of it ---- */

void rates_fit(struct rates *rates, struct arena *arena, const double *moments, int32_t count,
               double every_s, bool dated) {
    double span = moments[count - 1] - moments[0];
    CHECK(count > 1 && span > 0 && span / every_s <= RATES_INTERVALS_MOST);
    *rates = (struct rates){.moments = moments,
                            .count = count,
                            .every_s = every_s,
                            .dated = dated,
                            .day_slots = (int32_t)lround(DAY_S / every_s)};
    bool weeks = dated && span >= WEEKS_LEAST * WEEK_DAYS * DAY_S;
    const int32_t slots[] = {1, rates->day_slots, WEEK_DAYS * rates->day_slots,
                             WEEK_DAYS * rates->day_slots};
    const bool eligible[] = {true, rates->day_slots > 1 && span >= DAYS_LEAST * DAY_S,
                             rates->day_slots > 1 && weeks, weeks};
    int32_t together = 0;
    for (int32_t i = 1; i < count; i++) together += moments[i] == moments[i - 1];
    rates->together = (double)together / (count - 1);
    for (int32_t i = 0; i < FIT_PATTERN_COUNT; i++) {
        struct pattern_fit *pattern = &rates->patterns[i];
        pattern->slot_count = slots[i];
        pattern->slots = arena_take(arena, (size_t)slots[i] * sizeof *pattern->slots);
        pattern->hours = arena_take(arena, (size_t)rates->day_slots * sizeof(double));
        pattern->weekdays = arena_take(arena, WEEK_DAYS * sizeof(double));
        pattern->eligible = eligible[i];
        fit_pattern(rates, (enum fit_pattern)i);
        if (pattern->eligible && pattern->bic < rates->patterns[rates->best].bic)
            rates->best = (enum fit_pattern)i;
    }
    test_dispersion(rates);
    test_memory(rates, arena);
    rates->poisson = !(rates->dispersion_p < REFUTED) && !(rates->memory_p < REFUTED);
}
