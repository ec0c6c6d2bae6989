/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts of demand with many zeros: Croston, Syntetos & Boylan's approximation, and Teunter,
 * Syntetos & Babai.
 *
 * All begin with the first demand: its size, and the number of periods until it. Croston smooths
 * both at each demand and says size over interval, which is too much on average; SBA takes
 * alpha / 2 of that away. TSB smooths the chance of a demand in every period, so that it dies away
 * when demand ends.
 *
 * Check: alpha .1 on 0 1 0 11 0 0 0 0 2 0 6 3 0 0 0 0 0 7 0 0 0 0 is 1.1523707834 by Croston and
 * 1.0947522442 by SBA. */
#include "forecast.h"

static void first_demand(struct forecaster *forecaster, double value) {
    forecaster->size = value;
    forecaster->interval = (double)(forecaster->since + 1);
    forecaster->since = 0;
}

/* ---- Croston ---- */
int32_t croston_memory(const struct forecast_rule *rule) {
    (void)rule;
    return 0;
}

void croston_see(struct forecaster *forecaster, double value) {
    double alpha = forecaster->rule->alpha;
    if (value <= 0)
        forecaster->since++;
    else if (forecaster->size <= 0)
        first_demand(forecaster, value);
    else {
        forecaster->size += alpha * (value - forecaster->size);
        forecaster->interval += alpha * ((double)(forecaster->since + 1) - forecaster->interval);
        forecaster->since = 0;
    }
}

double croston_ahead(const struct forecaster *forecaster, int32_t ahead) {
    (void)ahead;
    return forecaster->size > 0 ? forecaster->size / forecaster->interval : 0;
}

/* ---- SBA ---- */
int32_t sba_memory(const struct forecast_rule *rule) {
    (void)rule;
    return 0;
}

void sba_see(struct forecaster *forecaster, double value) {
    croston_see(forecaster, value);
}

double sba_ahead(const struct forecaster *forecaster, int32_t ahead) {
    return (1 - forecaster->rule->alpha / 2) * croston_ahead(forecaster, ahead);
}

/* ---- TSB: `interval` holds the chance of a demand ---- */
int32_t tsb_memory(const struct forecast_rule *rule) {
    (void)rule;
    return 0;
}

void tsb_see(struct forecaster *forecaster, double value) {
    const struct forecast_rule *rule = forecaster->rule;
    if (forecaster->size <= 0) {
        if (value > 0) {
            first_demand(forecaster, value);
            forecaster->interval = 1 / forecaster->interval;
        } else
            forecaster->since++;
        return;
    }
    forecaster->interval += rule->beta * ((value > 0 ? 1 : 0) - forecaster->interval);
    if (value > 0) forecaster->size += rule->alpha * (value - forecaster->size);
}

double tsb_ahead(const struct forecaster *forecaster, int32_t ahead) {
    (void)ahead;
    return forecaster->size * forecaster->interval;
}
