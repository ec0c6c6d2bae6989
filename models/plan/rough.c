/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rough-cut capacity: hours of stations, period by period, and what a plan loads beyond them. */
#include "../floor/quick.h"
#include "planner.h"

#include <math.h>

double calendar_hours(const struct run *run, int32_t calendar, const struct shift *instead,
                      tick from, tick to) {
    if (calendar == NOBODY) return (double)(to - from) / (double)TICK_H;
    const struct shift *shift = instead ? instead : &run->settings.shifts[calendar].shift;
    return (double)shift_open_time(shift, from, to) / (double)TICK_H;
}

double station_hours(const struct run *run, int32_t id, const struct shift *instead, tick from,
                     tick to) {
    const struct station *station = &run->plant->stations[id];
    double sum = 0, up = run->plant->plans.share_up[id];
    if (station->unlimited) return INFINITY;
    if (!station->named)
        return up * run->settings.stations[id].machines *
               calendar_hours(run, station->calendar, instead, from, to);
    for (int32_t m = station->machine_first; m < station->machine_first + station->machine_count;
         m++) {
        int32_t calendar = run->plant->machines[m].calendar;
        sum +=
            run->settings.machines[m].speed *
            calendar_hours(run, calendar, calendar == station->calendar ? instead : NULL, from, to);
    }
    return up * sum;
}

void rough_capacity(const struct run *run, const struct plan *plan, double *hours) {
    for (int32_t s = 0; s < run->plant->station_count; s++)
        for (int32_t t = 0; t < plan->periods; t++)
            hours[(int64_t)s * plan->periods + t] = station_hours(
                run, s, NULL, run->now + t * plan->period, run->now + (t + 1) * plan->period);
}

void rough_judge(struct run *run, int32_t id, const double *hours, const double *load) {
    const struct plan *plan = &run->plant->plans.list[id];
    struct plan_state *state = &run->planning->plans[id];
    int64_t count = (int64_t)run->plant->station_count * plan->periods;
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += fmax(0, load[i] - hours[i]);
    state->overload += sum;
    state->checked++;
    if (sum > 1e-6) SAY(run, CLASS_PLAN, plan->name, "has no room for %.6g h", sum);
}
