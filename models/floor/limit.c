/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a lot may wait for a step (`start-within`): see extra.h. */
#include "quick.h"

/* ---- clocks ---- */
static int32_t clock_take(struct run *run) {
    int32_t id = run->clock_free;
    if (id != NOBODY) {
        run->clock_free = run->clocks[id].next;
        return id;
    }
    if (run->clock_count == run->clock_room) {
        run->clock_room = run->clock_room ? 2 * run->clock_room : 1;
        run->clocks = memory_grown(run->clocks, (size_t)run->clock_room, sizeof *run->clocks);
    }
    return run->clock_count++;
}

/* Ends the clock that LINK leads to; LINK then leads to the next. */
static void clock_end(struct run *run, int32_t *link) {
    int32_t id = *link;
    struct limit_clock *clock = &run->clocks[id];
    *link = clock->next;
    if (calendar_pending(&run->calendar, clock->slot) != EVENT_NEVER)
        calendar_cancel(&run->calendar, clock->slot);
    calendar_give_slot(&run->calendar, clock->slot);
    clock->next = run->clock_free;
    run->clock_free = id;
}

static void clock_begin(struct run *run, int32_t part_id, int32_t limit) {
    const struct part *part = &run->parts[part_id];
    tick time =
        work_of_lot(run, part, &run->settings.limits[limit].time, run->plant->limits[limit].stream);
    if (time >= TICK_NEVER - run->now) return;
    bool from_release = run->plant->limits[limit].from == NOBODY;
    tick began = from_release ? part->born : run->now; /* see standing.c */
    int32_t id = clock_take(run);
    run->clocks[id] = (struct limit_clock){.next = run->extras[part_id].clocks,
                                           .slot = run_take_slot(run, SLOT_LIMIT, id),
                                           .part = part_id,
                                           .limit = limit,
                                           .began = began};
    run->extras[part_id].clocks = id;
    tick ends = began + time;
    run_plan(run, run->clocks[id].slot, ends > run->now ? ends : run->now, CLASS_CANCEL);
}

void limit_copy(struct run *run, int32_t from, int32_t part) {
    tick ends = event_tick(calendar_pending(&run->calendar, run->clocks[from].slot));
    int32_t id = clock_take(run);
    run->clocks[id] = run->clocks[from];
    run->clocks[id].next = run->extras[part].clocks;
    run->clocks[id].part = part;
    run->clocks[id].slot = run_take_slot(run, SLOT_LIMIT, id);
    run->extras[part].clocks = id;
    run_plan(run, run->clocks[id].slot, ends, CLASS_CANCEL);
}

void limits_end(struct run *run, int32_t part, int32_t step) {
    if (step != NOBODY) step = run->plant->steps[step].written;
    for (int32_t *link = &run->extras[part].clocks; *link != NOBODY;) {
        struct limit_clock *clock = &run->clocks[*link];
        if (step == NOBODY || run->plant->limits[clock->limit].step == step)
            clock_end(run, link);
        else
            link = &clock->next;
    }
}

/* A limit that runs already (the step was worked again) begins anew. */
void limits_begin(struct run *run, int32_t part, int32_t from) {
    const struct plant *plant = run->plant;
    if (run->parts[part].step == NOBODY) return;
    int32_t i = from == NOBODY ? plant->items[plant->flows[run->parts[part].flow].item].limits
                               : plant->steps[plant->steps[from].written].limits;
    for (; i != NOBODY; i = plant->limits[i].next) {
        int32_t first = plant_route_first(plant, plant->limits[i].step);
        if (first != plant_route_first(plant, run->parts[part].step)) continue;
        limits_end(run, part, plant->limits[i].step);
        clock_begin(run, part, i);
    }
}

/* ---- what becomes of who is late ---- */
bool limit_acts(struct run *run, int32_t id, int32_t limit_id) {
    const struct limit *limit = &run->plant->limits[limit_id];
    struct part *part = &run->parts[id];
    run->extras[id].broken = NOBODY;
    TELL(run, gave_up, part);
    switch (limit->otherwise) {
    case LATE_OUT: part_give_up(run, id); return false;
    case LATE_SCRAP:
        cards_return(run, part);
        part_lose(run, id, part->pieces);
        return false;
    case LATE_GOES:
        part->visits++;
        part->step = limit->to;
        if (run->plant->reserves) reserve_goes(run, id);
        return true;
    default: return true;
    }
}

/* It waits: it is taken out of its queue, and its wait ends here. */
static void leave_queue(struct run *run, int32_t id, int32_t limit) {
    struct part *part = &run->parts[id];
    struct queue *queue = &run->stations[run->plant->steps[part->step].station].queue;
    tick wait = run->now - part->since;
    tally_add(&queue->wait, wait);
    sketch_add(queue->wait_sketch, wait);
    part->times[IN_QUEUE] += wait;
    part->since = run->now;
    part->next = NOBODY;
    run->extras[id].at = run->plant->steps[part->step].station;
    if (limit_acts(run, id, limit)) lot_goes_on(run, id);
}

/* The machine that holds it with its work done, or NOBODY: then it is being worked. */
static int32_t blocked_machine_of(const struct run *run, int32_t part) {
    for (int32_t id = 0; id < run->machine_count; id++) {
        if (run->machines[id].condition != STATE_BLOCKED) continue;
        for (int32_t at = run->machines[id].part; at != NOBODY; at = run->parts[at].next)
            if (at == part) return id;
    }
    return NOBODY;
}

static bool passed_by(const struct run *run, const struct part *part, const struct limit *limit) {
    return part->step == NOBODY ||
           run->plant->steps[part->step].position > run->plant->steps[limit->step].position;
}

void limit_event(struct run *run, int32_t clock_id) {
    struct limit_clock clock = run->clocks[clock_id];
    const struct limit *limit = &run->plant->limits[clock.limit];
    struct part *part = &run->parts[clock.part];
    limits_end(run, clock.part, limit->step);
    if (passed_by(run, part, limit)) return;
    run->flows[part->flow].late_starts++;
    TELL(run, late, part, limit, clock.began);
    if (limit->otherwise == LATE_REPORT) return;
    if (queue_remove(run, run->plant->steps[part->step].station, clock.part)) {
        leave_queue(run, clock.part, clock.limit);
        return;
    }
    run->extras[clock.part].broken = clock.limit;
    int32_t machine = blocked_machine_of(run, clock.part);
    if (machine != NOBODY) machine_move_again(run, machine);
}
