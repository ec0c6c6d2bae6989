/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts in a run. At the end of each period what was asked in it goes to the forecaster; what
 * it then expects of the periods to come is said when the plan is computed and decided. The last
 * period said stands for all behind it. */
#include "../floor/quick.h"
#include "planner.h"

#include <math.h>

static struct outlook *outlook_of(const struct run *run, int32_t series) {
    return &run->planning->outlooks[series];
}

static const struct plan *plan_of(const struct run *run, int32_t series) {
    return &run->plant->plans.list[run->plant->plans.series[series].plan];
}

void outlook_start(struct run *run, int32_t id) {
    const struct plans *plans = &run->plant->plans;
    const struct plan *plan = &plans->list[id];
    for (int32_t s = plan->series_first; s < plan->series_first + plan->series_count; s++) {
        struct outlook *outlook = outlook_of(run, s);
        *outlook = (struct outlook){0};
        forecaster_start(&outlook->forecaster, &plan->rule,
                         run->planning->memory + plans->series[s].memory);
        for (int32_t i = 0; i < plan->periods; i++)
            run->planning->says[run->planning->says_at[s] + i] = NAN;
    }
}

/* ---- a period ends ---- */
/* A plan does not know better than `sees` says. */
static double seen_wrong(const struct run *run, int32_t series, double value) {
    const struct plan *plan = plan_of(run, series);
    if (!(plan->error > 0)) return value;
    struct draw draw =
        draw_at(run_stream(run, plan->error_stream), (uint64_t)outlook_of(run, series)->seen,
                run->plant->plans.series[series].key, run->replication, 0);
    double normal = ziggurat_normal(&draw);
    return fmax(0, value * (1 + plan->error * (run->mirrored ? -normal : normal)));
}

/* The mean of all squared errors at first; later each weighs a twentieth less than the next. */
static void note_error(struct outlook *outlook, double error) {
    double weight = fmax(0.05, 1 / (double)++outlook->errors);
    outlook->square += weight * (error * error - outlook->square);
}

static void measure_error(struct run *run, int32_t series, double forecast, double value) {
    int32_t id = run->plant->plans.series[series].plan;
    struct plan_state *state = &run->planning->plans[id];
    const struct plan *plan = &run->plant->plans.list[id];
    if (series - plan->series_first >= plan->own_count) return;
    state->bias_sum += forecast - value;
    state->seen_sum += value;
    if (value <= 0) return;
    state->error_sum += fabs(forecast - value) / value;
    state->error_count++;
}

static void learn(struct run *run, int32_t series, double asked) {
    struct outlook *outlook = outlook_of(run, series);
    double value = seen_wrong(run, series, asked);
    if (outlook->seen > 0) {
        double forecast = forecaster_ahead(&outlook->forecaster, 1);
        note_error(outlook, value - forecast);
        measure_error(run, series, forecast, value);
    }
    forecaster_see(&outlook->forecaster, value);
    outlook->seen++;
}

static struct seen_period *waiting(const struct run *run, int32_t series, int32_t place) {
    int32_t lag = plan_of(run, series)->lag;
    return &run->planning->waiting[run->planning->waiting_at[series] + place % lag];
}

/* A period that is over is known when it is as old as the view. */
static void series_learns(struct run *run, int32_t series) {
    struct outlook *outlook = outlook_of(run, series);
    const struct plan *plan = plan_of(run, series);
    while (outlook->waiting_count > 0) {
        const struct seen_period *period = waiting(run, series, outlook->waiting_first);
        if (period->end + plan->age > run->now) return;
        learn(run, series, period->asked);
        outlook->pending_based = period->end;
        outlook->waiting_first = (outlook->waiting_first + 1) % plan->lag;
        outlook->waiting_count--;
    }
}

static void series_sees(struct run *run, int32_t series) {
    struct outlook *outlook = outlook_of(run, series);
    if (outlook->counting) {
        CHECK(outlook->waiting_count < plan_of(run, series)->lag);
        *waiting(run, series, outlook->waiting_first + outlook->waiting_count++) =
            (struct seen_period){outlook->asked, run->now};
    }
    outlook->counting = true;
    outlook->asked = 0;
    series_learns(run, series);
}

void outlook_sees(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    for (int32_t s = plan->series_first; s < plan->series_first + plan->series_count; s++)
        series_sees(run, s);
}

/* ---- what it says ---- */
void outlook_computes(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    for (int32_t s = plan->series_first; s < plan->series_first + plan->series_count; s++) {
        double *computed = run->planning->computed + run->planning->says_at[s];
        series_learns(run, s);
        for (int32_t i = 0; i < plan->periods; i++)
            computed[i] = fmax(0, forecaster_ahead(&outlook_of(run, s)->forecaster, i + 1));
        if (outlook_of(run, s)->seen == 0) computed[0] = NAN;
    }
}

void outlook_acts(struct run *run, int32_t id) {
    const struct plan *plan = &run->plant->plans.list[id];
    for (int32_t s = plan->series_first; s < plan->series_first + plan->series_count; s++) {
        int64_t at = run->planning->says_at[s];
        for (int32_t i = 0; i < plan->periods; i++)
            run->planning->says[at + i] = run->planning->computed[at + i];
        outlook_of(run, s)->based = outlook_of(run, s)->pending_based;
    }
    SAY(run, CLASS_PLAN, plan->name, "forecasts %.6g", outlook_next(run, plan->series_first));
}

double outlook_next(const struct run *run, int32_t series) {
    return run->planning->says[run->planning->says_at[series]];
}

double outlook_between(const struct run *run, int32_t series, tick from, tick to) {
    const struct plan *plan = plan_of(run, series);
    const double *says = run->planning->says + run->planning->says_at[series];
    if (isnan(says[0]) || to <= from) return isnan(says[0]) ? NAN : 0;
    tick based = outlook_of(run, series)->based, length = plan->period;
    double sum = 0;
    for (int64_t i = from > based ? (from - based) / length : 0;; i++) {
        tick begins = based + i * length, ends = begins + length;
        tick low = begins > from ? begins : from, high = ends < to ? ends : to;
        double value = says[i < plan->periods ? i : plan->periods - 1];
        if (i >= plan->periods) return sum + value * (double)(to - low) / (double)length;
        if (high > low) sum += value * (double)(high - low) / (double)length;
        if (ends >= to) return sum;
    }
}

/* Errors of periods are taken as independent (Silver, Pyke & Thomas, Inventory and Production
 * Management in Supply Chains, 4th ed. 2017, 3.10). */
double outlook_sd(const struct run *run, int32_t series, double ticks) {
    const struct outlook *outlook = outlook_of(run, series);
    if (outlook->errors == 0) return NAN;
    return sqrt(outlook->square * ticks / (double)plan_of(run, series)->period);
}
