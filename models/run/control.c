/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls: what the chance of a run gave, less what was to be expected of it.
 *
 * The mean of a law is known, so it is known what a run should have seen. Two things are looked at,
 * because the run counts them anyway: orders that came, against measured time over the mean time
 * between them; and lots worked at a station, times the mean of their work, against the time at
 * work. Both have mean zero whatever the model does with them: exactly for an exponential law,
 * whose counts less their intensity are a martingale, and for any other law in a settled state, so
 * others are looked at behind a warm-up only. What follows from these differences can be taken off
 * the results (analysis/controls.h).
 *
 * A source qualifies when it gives one order at a time, by one law or a constant rate; a station
 * when one step alone is worked there, by one law a lot, without batches, loading, and stops, and
 * no lot of the plant is on a machine when the run begins. */
#include "../floor/floor.h"
#include "../plant/build.h"

#include <math.h>

/* The mean of a law, if it can serve. */
static bool mean_known(const struct build *build, const struct law *law, double *mean) {
    bool plain = !law_constant(law) && !law_needs_env(law) && !law_is_traced(law);
    if (!plain || !(law_low(law) >= 0)) return false;
    if (law->kind != LAW_EXPONENTIAL && build->plant->warm_up == 0) return false;
    *mean = law_mean(law);
    return isfinite(*mean) && *mean > 0;
}

static bool source_known(const struct build *build, int32_t id, double *mean) {
    const struct source *source = &build->plant->sources[id];
    const struct source_settings *settings = &build->plant->settings.sources[id];
    bool one_by_one = source->is_customer ? settings->size.kind == (int32_t)ABSENT_LAW
                                          : source->one_lot && !source->each;
    if (source->always || !one_by_one || source->list_count || source->moment_count) return false;
    if (source->calendar >= 0) return false;
    if (source->first != TICK_NEVER || source->until != TICK_NEVER) return false;
    if (source->is_customer && build->plant->settings.customers[source->index].churn_per_tick > 0)
        return false;
    if (!settings->rate) return mean_known(build, &settings->every, mean);
    if (!settings->rate->constant || !(source->rate_max > 0)) return false;
    *mean = 1 / source->rate_max;
    return true;
}

static bool station_known(const struct build *build, int32_t id, double *mean) {
    const struct plant *plant = build->plant;
    const struct station *station = &plant->stations[id];
    int32_t only = NOBODY, count = 0;
    for (int32_t i = 0; i < plant->step_count; i++)
        if (plant->steps[i].station == id && plant->steps[i].place_count == 0) {
            only = i;
            count++;
        }
    if (count != 1 || station->has_batch || station->stop_count || station->named ||
        station->pipes || station->blocking == BLOCKING_REPEAT || plant->stands_in_work)
        return false;
    const struct law *law = &plant->settings.steps[only].time;
    if (plant->steps[only].flags & (STEP_PHASES | STEP_TRANSFER) || law->per != LAW_PER_LOT)
        return false;
    return mean_known(build, law, mean);
}

void build_controls(struct build *build) {
    struct plant *plant = build->plant;
    struct layout *layout = &plant->layout;
    size_t most = (size_t)(plant->source_count + plant->station_count);
    BUILD_TAKE(build, controls, plant->source_count + plant->station_count);
    const char **names = arena_take(&layout->arena, most * sizeof *names);
    double mean;
    for (int32_t i = 0; i < plant->source_count; i++) {
        if (!source_known(build, i, &mean)) continue;
        const struct source *source = &plant->sources[i];
        names[plant->control_count] =
            arena_text(&layout->arena, "%s.%s.orders",
                       source->is_customer ? "customers" : "releases", source->name);
        plant->controls[plant->control_count++] = (struct known_mean){i, NOBODY, mean};
    }
    for (int32_t i = 0; i < plant->station_count; i++) {
        if (!station_known(build, i, &mean)) continue;
        names[plant->control_count] =
            arena_text(&layout->arena, "stations.%s.work", plant->stations[i].name);
        plant->controls[plant->control_count++] = (struct known_mean){NOBODY, i, mean};
    }
    layout_controls(layout, names, plant->control_count);
}

/* Orders, or hours of work, more than were to be expected. */
static double deviation(const struct run *run, const struct known_mean *control) {
    if (control->source == NOBODY) {
        const struct station_state *station = &run->stations[control->station];
        tick worked =
            clock_time(station->moment[STATE_WORKING], station->in_state[STATE_WORKING], run->now);
        return ((double)worked - (double)station->lots * control->mean) / (double)TICK_H;
    }
    const struct source *source = &run->plant->sources[control->source];
    int64_t orders = source->is_customer ? run->customers[source->index].orders
                                         : run->sources[control->source].orders;
    return (double)orders - (double)(run->now - run->measured_from) / control->mean;
}

void measure_controls(struct run *run) {
    const struct plant *plant = run->plant;
    for (int32_t i = 0; i < plant->control_count; i++)
        run->block[layout_control_at(&plant->layout, i)] = deviation(run, &plant->controls[i]);
}
