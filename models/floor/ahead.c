/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches that look ahead: is it better to start with what waits, or to wait for lots that are at
 * work elsewhere and come here next?
 *
 * The dynamic batching heuristic of Glassey and Weng (1991). T is the work of the batch. Of the
 * lots that will come within T, each can be waited for; what counts is how long all these lots
 * wait, taken together, until T has passed: those that are here by the delay of the start, those
 * that are waited for by what is left of it, all others until T. The least delay wins, and of
 * equals the earlier start. Only what is certain is seen: lots on machines that run, where they go
 * by their luck. */
#include "people.h"
#include "quick.h"

enum { COMING_MOST = 64 };

struct coming {
    tick after; /* from now */
    int64_t size;
};

/* When its work ends, from now; TICK_NEVER: nobody knows. */
static tick time_to_end(const struct run *run, const struct machine *machine) {
    if (machine->part == NOBODY || machine->ends == TICK_NEVER || machine->phased ||
        machine->waits_ahead || run->slots[machine->slot].kind == SLOT_TURN)
        return TICK_NEVER;
    return machine->ends - run->now + (machine->in_setup ? machine->work : 0);
}

static bool comes_to(const struct run *run, const struct machine *machine, const struct part *part,
                     int32_t station) {
    int32_t step = machine->again ? part->step : route_ahead(run, part);
    return step != NOBODY && run->plant->steps[step].station == station &&
           !run->plant->steps[step].place_count; /* else it is not known yet where it goes */
}

tick batch_next_comes(const struct run *run, int32_t station) {
    tick first = TICK_NEVER;
    for (int32_t m = 0; m < run->machine_count; m++) {
        tick after = time_to_end(run, &run->machines[m]);
        if (after == TICK_NEVER || after == 0) continue;
        for (int32_t id = run->machines[m].part; id != NOBODY; id = run->parts[id].next)
            if (comes_to(run, &run->machines[m], &run->parts[id], station) && after < first)
                first = after;
    }
    return first == TICK_NEVER ? TICK_NEVER : run->now + first;
}

/* Those of one kind that come within TIME, the first to come first. */
static int32_t find_coming(const struct run *run, int32_t machine, const struct part *first,
                           tick time, struct coming *list) {
    int32_t count = 0, station = run->machines[machine].station;
    bool pieces = run->plant->stations[station].batch_pieces;
    for (int32_t m = 0; m < run->machine_count; m++) {
        const struct machine *from = &run->machines[m];
        tick after = time_to_end(run, from);
        if (after >= time) continue;
        for (int32_t id = from->part; id != NOBODY && count < COMING_MOST;
             id = run->parts[id].next) {
            if (!comes_to(run, from, &run->parts[id], station)) continue;
            struct part then = run->parts[id];
            if (!from->again) then.step = route_ahead(run, &run->parts[id]);
            if (!queue_alike(run, machine, first, &then)) continue;
            int32_t at = count++;
            for (; at > 0 && list[at - 1].after > after; at--) list[at] = list[at - 1];
            list[at] = (struct coming){after, pieces ? then.pieces : 1};
        }
    }
    return count;
}

static int32_t lots_waiting(const struct run *run, int32_t machine, const struct part *first) {
    int32_t count = 0, station = run->machines[machine].station;
    for (int32_t id = run->stations[station].queue.first; id != NOBODY; id = run->parts[id].next)
        count += queue_alike(run, machine, first, &run->parts[id]);
    return count;
}

bool batch_awaits(const struct run *run, int32_t machine, const struct part *first, int64_t size) {
    struct coming list[COMING_MOST];
    int64_t room = run->settings.steps[first->step].batch_max - size;
    tick time = work_time(run, first, first->step);
    int32_t count = find_coming(run, machine, first, time, list);
    int32_t here = lots_waiting(run, machine, first);
    __int128 others = 0, waited = 0;
    for (int32_t i = 0; i < count; i++) others += time - list[i].after;
    __int128 least = others;
    bool awaits = false;
    for (int32_t k = 0; k < count && list[k].size <= room; k++) {
        tick gap = list[k].after - (k ? list[k - 1].after : 0);
        room -= list[k].size;
        others -= time - list[k].after;
        waited += (__int128)gap * (here + k);
        if (waited + others >= least) continue;
        least = waited + others;
        awaits = true;
    }
    return awaits;
}
