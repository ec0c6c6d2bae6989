/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `at-shift-end: fit`: nothing starts that would not be done before its station closes.
 *
 * Lots are looked at in the order of the queue's rule, and the first that fits is taken, so that a
 * short one may pass a long one at the end of a shift. What fits is all that would be on the
 * machine, with the setup before it: a batch takes lots as long as the whole still fits, and does
 * not begin if it would stay below its minimum for that. Times are by the book. */
#include "people.h"
#include "quick.h"

struct closing {
    int32_t station, machine;
    tick left; /* until it closes */
};

/* Would the lots behind FIRST, and it, be done? */
static bool fits(const struct run *run, const struct closing *closing, int32_t first) {
    const struct part *part = &run->parts[first];
    tick work = part->ahead;
    if (run->plant->stations[closing->station].has_batch)
        work = work_of_batch(run, first);
    else if (work < 0)
        work = work_time(run, part, part->step);
    if (run->plant->stations[closing->station].named)
        work = own_time(run, closing->machine, work, work_beside(run, first));
    return setup_time(run, part, closing->machine) + work <= closing->left;
}

static int64_t size_of(const struct run *run, int32_t station, int32_t part) {
    return run->plant->stations[station].batch_pieces ? run->parts[part].pieces : 1;
}

/* A batch that could be larger if there were more time: may it begin as it is? */
static bool large_enough(const struct run *run, int32_t first, int64_t size) {
    if (size >= run->settings.steps[run->parts[first].step].batch_min) return true;
    for (int32_t id = first; id != NOBODY; id = run->parts[id].next)
        if (run->now - run->parts[id].since >= run->settings.steps[run->parts[id].step].batch_wait)
            return true;
    return false;
}

static void put_back_all(struct run *run, int32_t station, int32_t first) {
    for (int32_t id = first, next; id != NOBODY; id = next) {
        next = run->parts[id].next;
        queue_put_back(run, station, id);
    }
}

/* FIRST is out of the queue: takes out with it, as a list, what is worked together with it. False:
 * it does not fit, and nothing else was taken out. */
static bool form(struct run *run, const struct closing *closing, int32_t first) {
    int32_t station = closing->station;
    run->parts[first].next = NOBODY;
    if (!fits(run, closing, first)) return false;
    if (!run->plant->stations[station].has_batch) return true;
    int64_t room = run->settings.steps[run->parts[first].step].batch_max,
            size = size_of(run, station, first);
    for (int32_t last = first, more; room > size; last = more) {
        more = queue_pull_alike(run, station, closing->machine, &run->parts[first], room - size);
        if (more == NOBODY) break;
        run->parts[more].next = NOBODY;
        run->parts[last].next = more;
        size += size_of(run, station, more);
        if (fits(run, closing, first)) continue;
        run->parts[last].next = NOBODY;
        size -= size_of(run, station, more);
        queue_put_back(run, station, more);
        if (large_enough(run, first, size)) break;
        put_back_all(run, station, run->parts[first].next);
        run->parts[first].next = NOBODY;
        return false;
    }
    return true;
}

bool fit_wanted(const struct run *run, int32_t machine) {
    return own_calendar(run, machine) != NOBODY &&
           run->settings.stations[run->machines[machine].station].at_shift_end == SHIFT_END_FIT;
}

bool fit_would(const struct run *run, int32_t station, int32_t machine, int32_t part) {
    tick closes = overtime_machine_closes(run, machine);
    struct closing closing = {station, machine,
                              closes == TICK_NEVER ? TICK_NEVER : closes - run->now};
    return fits(run, &closing, part);
}

int32_t fit_pull(struct run *run, int32_t station, int32_t machine) {
    const struct station *plan = &run->plant->stations[station];
    tick closes = overtime_machine_closes(run, machine);
    struct closing closing = {station, machine,
                              closes == TICK_NEVER ? TICK_NEVER : closes - run->now};
    int32_t aside = NOBODY, found = NOBODY;
    while (found == NOBODY && run->stations[station].queue.count > 0) {
        if ((plan->has_batch || plan->choosy) && !queue_offers(run, station, machine)) {
            station_wake_for_batch(run, station);
            break;
        }
        int32_t part = queue_pull(run, station, machine);
        if (form(run, &closing, part))
            found = part;
        else {
            run->parts[part].next = aside;
            aside = part;
        }
    }
    put_back_all(run, station, aside);
    return found;
}
