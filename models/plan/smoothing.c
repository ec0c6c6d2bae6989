/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts from means and smoothing, without seasons: naive, moving average, simple exponential
 * smoothing, and Holt's with a trend.
 *
 * Smoothing begins with the first value as its level; Holt's level begins with the second value and
 * its trend with the step from the first (Hyndman & Athanasopoulos 2021, ch. 8). Check: alpha .3 on
 * 3 10 12 13 12 10 12 forecasts 10.523217, with 144.566808 as the sum of squared errors; Holt with
 * alpha .3 and beta .2 ends with level 21.87915936 and slope 3.47527571 on the same data. */
#include "forecast.h"

#include <math.h>

static int32_t nothing(void) {
    return 0;
}

/* ---- naive ---- */
int32_t naive_memory(const struct forecast_rule *rule) {
    (void)rule;
    return nothing();
}

void naive_see(struct forecaster *forecaster, double value) {
    forecaster->level = value;
}

double naive_ahead(const struct forecaster *forecaster, int32_t ahead) {
    (void)ahead;
    return forecaster->level;
}

/* ---- the mean of the last periods ---- */
int32_t moving_average_memory(const struct forecast_rule *rule) {
    return rule->window;
}

/* The sum is made anew each time, so that no rounding is carried along. */
void moving_average_see(struct forecaster *forecaster, double value) {
    int64_t window = forecaster->rule->window;
    forecaster->memory[forecaster->seen % window] = value;
    int64_t count = forecaster->seen + 1 < window ? forecaster->seen + 1 : window;
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += forecaster->memory[i];
    forecaster->level = sum / (double)count;
}

double moving_average_ahead(const struct forecaster *forecaster, int32_t ahead) {
    (void)ahead;
    return forecaster->level;
}

/* ---- simple exponential smoothing ---- */
int32_t ses_memory(const struct forecast_rule *rule) {
    (void)rule;
    return nothing();
}

void ses_see(struct forecaster *forecaster, double value) {
    if (forecaster->seen == 0) forecaster->level = value;
    forecaster->level += forecaster->rule->alpha * (value - forecaster->level);
}

double ses_ahead(const struct forecaster *forecaster, int32_t ahead) {
    (void)ahead;
    return forecaster->level;
}

/* ---- with a trend ---- */
int32_t holt_memory(const struct forecast_rule *rule) {
    (void)rule;
    return nothing();
}

void holt_see(struct forecaster *forecaster, double value) {
    const struct forecast_rule *rule = forecaster->rule;
    double level = forecaster->level;
    if (forecaster->seen < 2) {
        forecaster->slope = forecaster->seen == 0 ? 0 : value - level;
        forecaster->level = value;
        return;
    }
    forecaster->level = rule->alpha * value + (1 - rule->alpha) * (level + forecaster->slope);
    forecaster->slope =
        rule->beta * (forecaster->level - level) + (1 - rule->beta) * forecaster->slope;
}

double holt_ahead(const struct forecaster *forecaster, int32_t ahead) {
    return forecaster->level + ahead * forecaster->slope;
}
