/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shift.h"

/* The start of the period that holds AT. */
static tick period_start(const struct shift *shift, tick at) {
    tick into = (at - shift->origin) % shift->period;
    return at - (into < 0 ? into + shift->period : into);
}

static bool pattern_open(const struct shift *shift, tick at) {
    tick into = at - period_start(shift, at);
    for (int32_t i = 0; i < shift->interval_count; i++) {
        const struct interval_open *open = &shift->intervals[i];
        if (into >= open->from && into < open->to) return true;
        if (into + shift->period < open->to) return true; /* reaches over from the period before */
    }
    return false;
}

static bool in_any(const struct interval_open *intervals, int32_t count, tick at) {
    for (int32_t i = 0; i < count; i++)
        if (at >= intervals[i].from && at < intervals[i].to) return true;
    return false;
}

bool shift_open(const struct shift *shift, tick at) {
    if (shift->always && shift->closed_count == 0) return true;
    return ((shift->always || pattern_open(shift, at)) &&
            !in_any(shift->closed, shift->closed_count, at)) ||
           in_any(shift->extras, shift->extra_count, at);
}

static tick edge_of_any(const struct interval_open *intervals, int32_t count, tick at, tick next) {
    for (int32_t i = 0; i < count; i++) {
        if (intervals[i].from > at && intervals[i].from < next) next = intervals[i].from;
        if (intervals[i].to > at && intervals[i].to < next) next = intervals[i].to;
    }
    return next;
}

/* The first edge of pattern, holidays or extra days after AT; it may be no change. */
static tick next_edge(const struct shift *shift, tick at) {
    tick next = TICK_NEVER;
    if (!shift->always) {
        tick start = period_start(shift, at);
        for (int32_t i = 0; i < shift->interval_count; i++) {
            const tick edges[] = {shift->intervals[i].from, shift->intervals[i].to,
                                  shift->intervals[i].from + shift->period,
                                  shift->intervals[i].to - shift->period,
                                  shift->intervals[i].to + shift->period};
            for (int32_t e = 0; e < 5; e++)
                if (start + edges[e] > at && start + edges[e] < next) next = start + edges[e];
        }
    }
    next = edge_of_any(shift->closed, shift->closed_count, at, next);
    return edge_of_any(shift->extras, shift->extra_count, at, next);
}

tick shift_next(const struct shift *shift, tick at) {
    bool open = shift_open(shift, at);
    for (tick edge = next_edge(shift, at); edge != TICK_NEVER; edge = next_edge(shift, edge))
        if (shift_open(shift, edge) != open) return edge;
    return TICK_NEVER;
}

tick shift_open_time(const struct shift *shift, tick from, tick to) {
    tick sum = 0;
    while (from < to) {
        tick next = shift_next(shift, from);
        if (next > to) next = to;
        if (shift_open(shift, from)) sum += next - from;
        from = next;
    }
    return sum;
}

double shift_share(const struct shift *shift) {
    if (shift->always) return 1;
    tick sum = 0;
    for (int32_t i = 0; i < shift->interval_count; i++)
        sum += shift->intervals[i].to - shift->intervals[i].from;
    return (double)sum / (double)shift->period;
}
