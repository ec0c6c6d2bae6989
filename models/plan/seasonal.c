/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts with seasons: Holt and Winters (Winters, Management Science 6 (1960) 324).
 *
 * They begin when two seasons have been seen: the level is the mean of the first, the trend the
 * mean step from one season to the next, and each period of the season is what it had beside the
 * level (Makridakis, Wheelwright & Hyndman, Forecasting, 3rd ed. 1998, 4/3/2); the second season is
 * then smoothed like all that follow. Until then they say the mean of what there was.
 *
 * Memory: the season's summands or factors, and the values of the first two seasons. */
#include "forecast.h"

#include <math.h>

static int32_t memory_of(const struct forecast_rule *rule) {
    return 3 * (rule->season > 1 ? rule->season : 1);
}

int32_t holt_winters_memory(const struct forecast_rule *rule) {
    return memory_of(rule);
}

int32_t holt_winters_times_memory(const struct forecast_rule *rule) {
    return memory_of(rule);
}

/* VALUE without its season, with it, and the season in it. What has no level has no factors. */
static double without(bool times, double value, double season) {
    if (!times) return value - season;
    return season > 0 ? value / season : value;
}

static double with(bool times, double level, double season) {
    return times ? level * season : level + season;
}

static double season_in(bool times, double value, double level) {
    if (!times) return value - level;
    return level > 0 ? value / level : 1;
}

/* PLACE in the season. */
static void smooth(struct forecaster *forecaster, bool times, double value, int64_t place) {
    const struct forecast_rule *rule = forecaster->rule;
    double *season = &forecaster->memory[place];
    double level = forecaster->level, trend = forecaster->slope;
    forecaster->level =
        rule->alpha * without(times, value, *season) + (1 - rule->alpha) * (level + trend);
    forecaster->slope = rule->beta * (forecaster->level - level) + (1 - rule->beta) * trend;
    *season = rule->gamma * season_in(times, value, level + trend) + (1 - rule->gamma) * *season;
}

static void begin(struct forecaster *forecaster, bool times) {
    int32_t season = forecaster->rule->season;
    double *seen = forecaster->memory + season, first = 0, second = 0;
    for (int32_t i = 0; i < season; i++) first += seen[i], second += seen[season + i];
    forecaster->level = first / season;
    forecaster->slope = (second - first) / season / season;
    for (int32_t i = 0; i < season; i++)
        forecaster->memory[i] = season_in(times, seen[i], forecaster->level);
    for (int32_t i = 0; i < season; i++) smooth(forecaster, times, seen[season + i], i);
}

static void see(struct forecaster *forecaster, bool times, double value) {
    int64_t season = forecaster->rule->season, seen = forecaster->seen;
    if (seen >= 2 * season) {
        smooth(forecaster, times, value, seen % season);
        return;
    }
    forecaster->memory[season + seen] = value;
    forecaster->level += (value - forecaster->level) / (double)(seen + 1);
    if (seen + 1 == 2 * season) begin(forecaster, times);
}

static double ahead_of(const struct forecaster *forecaster, bool times, int32_t ahead) {
    int64_t season = forecaster->rule->season, seen = forecaster->seen;
    if (seen < 2 * season) return forecaster->level;
    return with(times, forecaster->level + ahead * forecaster->slope,
                forecaster->memory[(seen + ahead - 1) % season]);
}

void holt_winters_see(struct forecaster *forecaster, double value) {
    see(forecaster, false, value);
}

double holt_winters_ahead(const struct forecaster *forecaster, int32_t ahead) {
    return ahead_of(forecaster, false, ahead);
}

void holt_winters_times_see(struct forecaster *forecaster, double value) {
    see(forecaster, true, value);
}

double holt_winters_times_ahead(const struct forecaster *forecaster, int32_t ahead) {
    return ahead_of(forecaster, true, ahead);
}
