/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand that is known without a forecast: orders of lists and moments by the dates at which they
 * are due, and of other customers what is usual when measuring begins. */
#include "../plant/load.h"
#include "planner.h"

#include <math.h>

static tick due_after(const struct run *run, int32_t source, const struct list_entry_spec *entry) {
    const struct law *due = &run->settings.sources[source].due;
    if (entry && entry->due.kind != (int32_t)ABSENT_LAW) due = &entry->due;
    if (due->kind == (int32_t)ABSENT_LAW || law_needs_env(due)) return 0;
    double mean = law_mean(due);
    return mean < 9e17 ? law_round(mean) : 0;
}

/* Of one date of a customer, in units. */
static double of_moment(const struct run *run, int32_t source_id, int32_t place, int32_t item) {
    const struct source *source = &run->plant->sources[source_id];
    if (!source->list_count) return load_order_units(run->plant, source_id, item);
    const struct list_entry_spec *entry = &source->list[source->list_order[place]];
    return entry->size.given ? entry->size.value / run->plant->items[item].unit_scale
                             : load_order_units(run->plant, source_id, item);
}

/* Orders to come; those that have come are with the stock. */
static double of_moments(const struct run *run, int32_t id, int32_t item, tick from, tick to) {
    const struct source *source = &run->plant->sources[id];
    double sum = 0;
    for (int32_t i = 0; i < source->moment_count; i++) {
        const struct list_entry_spec *entry =
            source->list_count ? &source->list[source->list_order[i]] : NULL;
        tick at = source->moments[i], due = at + due_after(run, id, entry);
        if (at > run->now && due >= from && due < to) sum += of_moment(run, id, i, item);
    }
    return sum;
}

double known_demand(const struct run *run, int32_t stock, tick from, tick to) {
    const struct plant *plant = run->plant;
    double sum = 0;
    for (int32_t s = plant->release_count; s < plant->source_count; s++) {
        double share = load_orders_share(plant, s, stock);
        int32_t item = plant->stocks[stock].item;
        if (!(share > 0)) continue;
        if (plant->sources[s].moment_count)
            sum += share * of_moments(run, s, item, from, to);
        else
            sum += share * load_source_rate(plant, s) * (double)(to - from) *
                   load_order_units(plant, s, item);
    }
    return isfinite(sum) ? sum : 0;
}
