/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it is found without keeping all periods until the end of the run.
 *
 * A period that lies within a longer one is never the longest. So of those that end only the ones
 * that began before every period that still lasts are kept: in the order of their ends they are
 * also in the order of their beginnings, a flight of stairs. Nothing that lasts reaches back before
 * its beginning; what ended before then is judged, and its time counted, whenever the list is
 * full. What remains overlaps one moment, so it is at most one period a machine, and the list has
 * room for several times that: each period costs O(1) on average. */
#include "active.h"

#include <stdlib.h>
#include <string.h>

struct period {
    tick from, to;
    int32_t machine;
    bool bottleneck; /* known to be one */
};

struct active_machine {
    tick since;           /* it is active */
    int32_t before, next; /* among those that are, in the order in which they began */
    bool active, ending;  /* ending: not any more, but it may go on in this instant */
};

struct activity {
    const struct plant *plant;
    struct active_machine *machines; /* those that there are from the beginning */
    int32_t first, last;
    int32_t *ending, ending_count; /* at ENDED */
    tick ended;
    struct period *periods, *scratch;
    int32_t period_count, period_room;
    tick counted; /* shares are counted up to here */
    struct bottleneck_time *times, *view;
    int32_t time_count;
    int32_t *stations;    /* of machines */
    int32_t *seen, stamp; /* of stations: in this stretch of time already */
};

/* ---- whole lists of periods ---- */

/* The periods are sorted by both ends, and nothing that is not among them began before LIMIT. Marks
 * the bottlenecks of those that ended by then: each that has a moment to itself, or shares it with
 * none that is longer. */
static void judge(struct period *periods, int32_t count, tick limit) {
    for (int32_t i = 0; i < count && periods[i].to <= limit; i++) {
        struct period *period = &periods[i];
        tick length = period->to - period->from, from = period->from, to = period->to;
        for (int32_t j = i - 1; j >= 0 && periods[j].to > period->from; j--)
            if (periods[j].to - periods[j].from > length) {
                from = periods[j].to;
                break;
            }
        for (int32_t j = i + 1; j < count && periods[j].from < period->to; j++)
            if (periods[j].to - periods[j].from > length) {
                to = periods[j].from;
                break;
            }
        period->bottleneck = period->bottleneck || from < to;
    }
}

static void add_time(struct bottleneck_time *time, bool alone, tick span) {
    if (alone)
        time->sole += span;
    else
        time->shifting += span;
}

/* Is it the first of its station in the stretch of time at hand? */
static bool station_is_fresh(struct activity *activity, int32_t station) {
    bool fresh = activity->seen[station] != activity->stamp;
    activity->seen[station] = activity->stamp;
    return fresh;
}

static int32_t count_stations(struct activity *activity, const struct period *periods,
                              int32_t count) {
    int32_t stations = 0;
    activity->stamp++;
    for (int32_t i = 0; i < count; i++)
        stations += station_is_fresh(activity, activity->stations[periods[i].machine]);
    return stations;
}

/* These bottlenecks share so much time. */
static void count_stretch(struct activity *activity, struct bottleneck_time *times,
                          const struct period *periods, int32_t count, tick span) {
    const struct plant *plant = activity->plant;
    bool alone = count_stations(activity, periods, count) == 1;
    activity->stamp++;
    for (int32_t i = 0; i < count; i++) {
        int32_t machine = periods[i].machine, station = activity->stations[machine];
        int32_t own = plant->machines ? plant->machines[machine].own : NOBODY;
        if (station_is_fresh(activity, station)) add_time(&times[station], alone, span);
        if (own != NOBODY) add_time(&times[plant->station_count + own], count == 1, span);
    }
}

/* Adds the time from COUNTED to LIMIT: all bottlenecks before LIMIT are known. */
static void count_times(struct activity *activity, struct bottleneck_time *times,
                        const struct period *periods, int32_t count, tick counted, tick limit) {
    int32_t first = 0, end = 0; /* those that share the moment at hand */
    for (tick at = counted; at < limit;) {
        while (first < count && periods[first].to <= at) first++;
        if (end < first) end = first;
        while (end < count && periods[end].from <= at) end++;
        tick next = limit;
        if (end < count && periods[end].from < next) next = periods[end].from;
        if (first < end && periods[first].to < next) next = periods[first].to;
        if (first < end) count_stretch(activity, times, periods + first, end - first, next - at);
        at = next;
    }
}

/* Takes away what is no bottleneck, of those that are judged. */
static int32_t keep_bottlenecks(struct period *periods, int32_t count, tick limit) {
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++)
        if (periods[i].bottleneck || periods[i].to > limit) periods[kept++] = periods[i];
    return kept;
}

/* Judges what nothing that lasts can change, counts the time for which that is enough, and takes
 * out of the list what is not needed any more. */
static void settle(struct activity *activity) {
    struct period *periods = activity->periods;
    tick begun = activity->first == NOBODY ? TICK_NEVER : activity->machines[activity->first].since;
    judge(periods, activity->period_count, begun);
    tick limit = begun == TICK_NEVER ? activity->ended : begun;
    for (int32_t i = activity->period_count - 1; i >= 0 && periods[i].to > begun; i--)
        if (periods[i].from < limit) limit = periods[i].from;
    int32_t count = keep_bottlenecks(periods, activity->period_count, begun);
    if (limit > activity->counted) {
        /* Those that are not judged begin at LIMIT, or later. */
        count_times(activity, activity->times, periods, count, activity->counted, limit);
        activity->counted = limit;
    }
    int32_t gone = 0;
    while (gone < count && periods[gone].to <= limit) gone++;
    memmove(periods, periods + gone, (size_t)(count - gone) * sizeof *periods);
    activity->period_count = count - gone;
}

/* ---- machines ---- */

static void link_last(struct activity *activity, int32_t id) {
    activity->machines[id].before = activity->last;
    activity->machines[id].next = NOBODY;
    if (activity->last == NOBODY)
        activity->first = id;
    else
        activity->machines[activity->last].next = id;
    activity->last = id;
}

static void unlink_active(struct activity *activity, int32_t id) {
    const struct active_machine *machine = &activity->machines[id];
    if (machine->before == NOBODY)
        activity->first = machine->next;
    else
        activity->machines[machine->before].next = machine->next;
    if (machine->next == NOBODY)
        activity->last = machine->before;
    else
        activity->machines[machine->next].before = machine->before;
}

/* The periods that ended at the last instant with an end did so for good. Of those the longest are
 * kept, if nothing that lasts is older. */
static void end_periods(struct activity *activity) {
    tick oldest = TICK_NEVER;
    for (int32_t i = 0; i < activity->ending_count; i++) {
        struct active_machine *machine = &activity->machines[activity->ending[i]];
        if (!machine->ending) continue; /* it went on */
        unlink_active(activity, activity->ending[i]);
        machine->active = false;
        if (machine->since < oldest) oldest = machine->since;
    }
    bool kept = activity->first == NOBODY || oldest < activity->machines[activity->first].since;
    for (int32_t i = 0; i < activity->ending_count; i++) {
        struct active_machine *machine = &activity->machines[activity->ending[i]];
        if (machine->ending && kept && machine->since == oldest && oldest < activity->ended)
            activity->periods[activity->period_count++] =
                (struct period){oldest, activity->ended, activity->ending[i], false};
        machine->ending = false;
    }
    activity->ending_count = 0;
    if (activity->period_count > activity->period_room / 2) settle(activity);
}

static bool waits(enum machine_state state) {
    return state == STATE_STARVED || state == STATE_BLOCKED || state == STATE_NO_MATERIAL ||
           state == STATE_NO_PEOPLE || state == STATE_WAITING_REPAIR || state == STATE_PREEMPTED ||
           state == STATE_INACTIVE;
}

void activity_changes(struct run *run, int32_t id, enum machine_state to) {
    struct activity *activity = run->activity;
    if (id >= activity->plant->machine_count || to == STATE_OFF_SHIFT) return;
    if (activity->ending_count && activity->ended < run->now) end_periods(activity);
    struct active_machine *machine = &activity->machines[id];
    if (waits(to)) {
        if (!machine->active || machine->ending) return;
        machine->ending = true;
        activity->ended = run->now;
        activity->ending[activity->ending_count++] = id;
    } else if (machine->ending) {
        machine->ending = false; /* a pause of no length: it keeps its place in the list */
        for (int32_t i = 0; i < activity->ending_count; i++)
            if (activity->ending[i] == id)
                activity->ending[i--] = activity->ending[--activity->ending_count];
    } else if (!machine->active) {
        machine->active = true;
        machine->since = run->now;
        link_last(activity, id);
    }
}

/* ---- the run ---- */

struct activity *activity_make(const struct plant *plant) {
    if (!plant->activity) return NULL;
    struct activity *activity = memory_zeroed(1, sizeof *activity);
    size_t machines = (size_t)plant->machine_count + 1, stations = (size_t)plant->station_count + 1;
    activity->plant = plant;
    activity->machines = memory_zeroed(machines, sizeof *activity->machines);
    activity->ending = memory_zeroed(machines, sizeof *activity->ending);
    activity->period_room = 8 * plant->machine_count + 256;
    activity->periods = memory_zeroed((size_t)activity->period_room, sizeof *activity->periods);
    activity->scratch = memory_zeroed((size_t)activity->period_room, sizeof *activity->scratch);
    activity->time_count = plant->station_count + plant->own_count;
    size_t times = (size_t)activity->time_count + 1;
    activity->times = memory_zeroed(times, sizeof *activity->times);
    activity->view = memory_zeroed(times, sizeof *activity->view);
    activity->seen = memory_zeroed(stations, sizeof *activity->seen);
    activity->stations = memory_zeroed(machines, sizeof *activity->stations);
    for (int32_t i = 0; i < plant->station_count; i++)
        for (int32_t m = 0; m < plant->stations[i].machine_count; m++)
            activity->stations[plant->stations[i].machine_first + m] = i;
    return activity;
}

void activity_delete(struct activity *activity) {
    if (!activity) return;
    free(activity->machines);
    free(activity->ending);
    free(activity->periods);
    free(activity->scratch);
    free(activity->times);
    free(activity->view);
    free(activity->seen);
    free(activity->stations);
    free(activity);
}

void activity_start(struct run *run) {
    struct activity *activity = run->activity;
    if (!activity) return;
    for (int32_t i = 0; i < activity->plant->machine_count; i++)
        activity->machines[i] = (struct active_machine){.before = NOBODY, .next = NOBODY};
    activity->first = activity->last = NOBODY;
    activity->ending_count = activity->period_count = 0;
    activity->ended = 0;
    activity_reset(run);
}

/* What lies before is not counted; periods keep their beginning. */
void activity_reset(struct run *run) {
    struct activity *activity = run->activity;
    if (!activity) return;
    activity->counted = run->now;
    memset(activity->times, 0, (size_t)activity->time_count * sizeof *activity->times);
}

/* All that lasts ends now: of these only the oldest are the longest at some moment. */
const struct bottleneck_time *activity_times(struct run *run) {
    struct activity *activity = run->activity;
    if (activity->ending_count && activity->ended < run->now) end_periods(activity);
    struct period *periods = activity->scratch;
    int32_t count = activity->period_count;
    memcpy(periods, activity->periods, (size_t)count * sizeof *periods);
    memcpy(activity->view, activity->times, (size_t)activity->time_count * sizeof *activity->view);
    int32_t first = activity->first;
    for (int32_t id = first; id != NOBODY; id = activity->machines[id].next) {
        tick since = activity->machines[id].since;
        if (since > activity->machines[first].since || since == run->now) break;
        periods[count++] = (struct period){since, run->now, id, false};
    }
    judge(periods, count, TICK_NEVER);
    count = keep_bottlenecks(periods, count, TICK_NEVER);
    count_times(activity, activity->view, periods, count, activity->counted, run->now);
    return activity->view;
}
