/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in process: lots that a release's list puts onto the floor at a step.
 *
 * They are there: neither room nor cards can keep them outside, what their item uses was taken
 * before, and the cards that they would have taken on their way are with them. One that says
 * `work-left` is on a machine, which is set up for it. What lies between its release and its coming
 * counts as waiting. */
#include "people.h"
#include "quick.h"

/* Goes through the steps before its own, as far as cards know. */
static void take_cards(struct run *run, struct part *part, int32_t step) {
    const struct plant *plant = run->plant;
    int32_t own = plant->steps[step].written;
    for (int32_t at = plant_route_first(plant, step); at <= own; at++) {
        /* Of several stations on its way, it has been at the first. */
        part->step = at == own                      ? step
                     : plant->steps[at].place_count ? plant->steps[at].place_first
                                                    : at;
        if (plant->steps[part->step].take_count) cards_take(run, part);
        cards_moved(run, part);
        if (at < own) cards_end(run, part, part->step);
    }
}

static void put_on_machine(struct run *run, int32_t id, tick left) {
    struct part *part = &run->parts[id];
    const struct step *step = &run->plant->steps[part->step];
    if (run->plant->stations[step->station].pipes) {
        int32_t pipe = pipe_emptiest(run, step->station);
        if (step->flags & (STEP_LIMITED | STEP_RESERVES | STEP_BINDS)) extra_starts(run, id, pipe);
        pipe_stands(run, pipe, id, left);
        return;
    }
    int32_t machine_id = run->stations[step->station].idle_first;
    if (machine_id == NOBODY) machine_id = station_new_machine(run, step->station);
    struct machine *machine = &run->machines[machine_id];
    machine_busy(run, machine_id);
    machine->part = id;
    machine->began = run->now;
    machine->work = left;
    if (step->flags & (STEP_LIMITED | STEP_RESERVES | STEP_BINDS))
        extra_starts(run, id, machine_id);
    setup_stands(run, machine_id);
    if (run->plant->stations[step->station].has_needs) {
        phases_begin_midway(run, machine_id, left);
        return;
    }
    machine_state_set(run, machine, STATE_WORKING);
    TELL(run, started, machine_id);
    machine_go(run, machine_id, left);
}

void standing_put(struct run *run, int32_t id, int32_t step, const struct list_entry_spec *entry) {
    struct part *part = &run->parts[id];
    take_cards(run, part, step);
    part->step = step;
    books_stands(run, id);
    part_release(run, part);
    if (entry->released.ticks != ABSENT_TICKS) {
        part->born = entry->released.ticks + run->plant->warm_up;
        part->times[IN_QUEUE] = run->now - part->born;
        run->earlier += run->now - part->born;
    }
    SAY(run, CLASS_DEMAND, run->plant->items[run->plant->steps[step].item].name,
        "lot %lld stands at %s", (long long)part->serial, run->plant->steps[step].name);
    TELL(run, released, part);
    if (run->plant->flows[part->flow].extra) extra_released(run, id);
    if (run->plant->kit_use_count) kits_begin(run, id, step);
    if (entry->work_left.ticks != ABSENT_TICKS)
        put_on_machine(run, id, entry->work_left.ticks);
    else
        queue_push(run, run->plant->steps[step].station, id);
}
