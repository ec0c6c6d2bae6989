/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lots wait for before a batch: each other, or the machine (the wait-to-batch time of Hopp and
 * Spearman, Factory Physics, chapter 9).
 *
 * A batch is formed when so many of its lots have come as it needs, its minimum, or with `rule:
 * full` its maximum; or when one of them has waited as long as it may. Until then they wait for
 * each other, whatever the machine does, and from then on for the machine, as other lots do. Who
 * comes when it is formed already waits for the machine alone. */
#include "floor.h"

static int64_t size_of(const struct run *run, int32_t station, int32_t part) {
    return run->plant->stations[station].batch_pieces ? run->parts[part].pieces : 1;
}

/* MOMENT: when the lots of the list had come to this size, looking at the moments at which any
 * came, one after the other. False: all together have not, and it is when the last one came.
 * O(lots^2), as the choice of them was. */
static bool came_to(const struct run *run, int32_t station, int32_t first, int64_t size,
                    tick *moment) {
    for (*moment = -1;;) {
        tick next = TICK_NEVER;
        int64_t sum = 0;
        for (int32_t part = first; part != NOBODY; part = run->parts[part].next) {
            tick came = run->batch_waits[part].came;
            if (came <= *moment)
                sum += size_of(run, station, part);
            else if (came < next)
                next = came;
        }
        if (sum >= size) return true;
        if (next == TICK_NEVER) return false;
        *moment = next;
    }
}

/* When the first of them had waited as long as it may. */
static tick waited_enough(const struct run *run, int32_t first) {
    tick least = TICK_NEVER;
    for (int32_t part = first; part != NOBODY; part = run->parts[part].next) {
        tick wait = run->settings.steps[run->parts[part].step].batch_wait;
        tick came = run->batch_waits[part].came;
        if (wait < TICK_NEVER - came && came + wait < least) least = came + wait;
    }
    return least;
}

static void waited(struct run *run, int32_t id, tick time) {
    struct part *part = &run->parts[id];
    if (!(part->has_waited & WAITED_FOR_BATCH)) run->batch_waits[id].waited = 0;
    part->has_waited |= WAITED_FOR_BATCH;
    part->times[IN_QUEUE] -= time;
    run->batch_waits[id].waited += time;
}

void batch_formed(struct run *run, int32_t station, int32_t first) {
    const struct step_settings *settings = &run->settings.steps[run->parts[first].step];
    bool full = run->plant->stations[station].batch_rule == BATCH_FULL;
    int64_t needed = full ? settings->batch_max : settings->batch_min;
    tick formed, enough = waited_enough(run, first);
    bool complete = came_to(run, station, first, needed, &formed);
    if (enough <= run->now && (!complete || enough < formed)) formed = enough;
    for (int32_t part = first; part != NOBODY; part = run->parts[part].next)
        if (run->batch_waits[part].came < formed)
            waited(run, part, formed - run->batch_waits[part].came);
}
