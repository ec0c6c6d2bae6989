/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buffers of demand driven MRP (Ptak & Smith, Demand Driven Material Requirements Planning, 3rd ed.
 * 2019, ch. 7 to 9).
 *
 * The average daily usage is what the forecast expects of its next period. Over the lead time of
 * the stock (its decoupled lead time) it gives three zones: yellow, the usage of a lead time; red,
 * its base a part of that (`lead-time-factor`) and its safety a part of the base
 * (`variability-factor`); green, the largest of that same part, the least order and the usage of an
 * order cycle.
 *
 * The net flow position is what is on hand and on order, less qualified demand: what is owed and
 * due within a day, and days to come on which more is due than a part of the red zone, up to the
 * spike horizon. At or below the top of yellow the stock orders up to the top of green.
 *
 * Check: usage 10 a day, lead time 4 d, factors 50 % and 50 %, least order 25: yellow 40, red 20 +
 * 10, green 25; tops 30, 70, 95. */
#include "../floor/quick.h"
#include "../plan/planner.h"

#include <math.h>
#include <stdlib.h>

struct zones {
    double red, yellow, green; /* how wide they are: thousandths */
};

static struct zones zones_of(const struct run *run, int32_t id, double usage_per_tick) {
    const struct stock_settings *settings = &run->settings.stocks[id];
    double lead = usage_per_tick * (double)planned_lead(run, id) * 1000;
    double cycle = usage_per_tick * (double)run->settings.stocks[id].cycle * 1000;
    double base = lead * settings->lead_time_factor;
    return (struct zones){.red = base * (1 + settings->variability_factor),
                          .yellow = lead,
                          .green = fmax(base, fmax(cycle, (double)settings->min_order))};
}

/* The days on which orders are due that have not to be filled today yet. */
static int32_t days_ahead(const struct run *run, int32_t id) {
    tick horizon = run->settings.stocks[id].spike_horizon;
    if (horizon == ABSENT_TICKS) horizon = planned_lead(run, id);
    tick days = (horizon + TICK_D - 1) / TICK_D;
    return days < 10000 ? (int32_t)days : 10000;
}

/* Of what is owed, orders that are due later than today; of them, what lies on days of spikes. */
static int64_t later(const struct run *run, int32_t id, double red, int64_t *spikes) {
    int32_t count = days_ahead(run, id);
    int64_t sum = 0, *days = NULL;
    for (int32_t i = run->stocks[id].order_first; i != NOBODY; i = run->orders[i].next) {
        const struct order *order = &run->orders[i];
        if (order->due == TICK_NEVER || order->due < run->now + TICK_D) continue;
        tick day = (order->due - run->now) / TICK_D;
        sum += order->open;
        if (!days) days = memory_zeroed((size_t)count + 1, sizeof *days);
        if (day <= count) days[day] += order->open;
    }
    double threshold = red * run->settings.stocks[id].spike_threshold;
    *spikes = 0;
    for (int32_t day = 1; days && day <= count; day++)
        if ((double)days[day] > threshold) *spikes += days[day];
    free(days);
    return sum;
}

int64_t buffer_due(struct run *run, int32_t id) {
    const struct stock_state *stock = &run->stocks[id];
    const struct plans *plans = &run->plant->plans;
    int32_t series = plans->series_of[id];
    double next = outlook_next(run, series);
    if (isnan(next)) return 0; /* nothing is known yet */
    const struct plan *plan = &plans->list[plans->series[series].plan];
    struct zones zones = zones_of(run, id, next / (double)plan->period);
    int64_t spikes, waiting = later(run, id, zones.red, &spikes);
    int64_t flow = stock->net.now + stock->on_order.now + waiting - spikes;
    if ((double)flow > zones.red + zones.yellow) return 0;
    const struct item *item = &run->plant->items[run->plant->stocks[id].item];
    double grain = dimension_same(item->dimension, (struct dimension){0}) ? 1000 : 1;
    double due = ceil((zones.red + zones.yellow + zones.green - (double)flow) / grain) * grain;
    return due > 0 && due < 9e15 ? (int64_t)due : 0;
}
