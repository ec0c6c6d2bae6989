/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots between stations that a lane connects.
 *
 * A lot sets out when there is room for it where it goes, and the place is kept for it: it never
 * waits on its way for room, and nothing on the way can lock. The place is kept by making the room
 * smaller until the lot is there, so that whoever else asks for room sees what is left. All its
 * cards are taken when it sets out. */
#include "quick.h"

static void keep_place(struct run *run, int32_t station, int32_t lots) {
    run->stations[station].coming += lots;
    if (run->stations[station].room != INT32_MAX) run->stations[station].room -= lots;
}

bool lot_sets_out(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    struct part *part = &run->parts[id];
    int32_t from = run->extras[id].at, to = plant->steps[part->step].station;
    int32_t lane = from == NOBODY ? NOBODY : plant_leads(plant, from, to);
    if (lane == NOBODY) return false;
    keep_place(run, to, 1);
    part->since = run->now;
    part->next = NOBODY;
    SAY(run, CLASS_COMPLETE, plant->lanes[lane].name, "takes lot %u to %s", part->serial,
        plant->stations[to].name);
    lane_takes(run, lane,
               (struct cargo){.kind = CARGO_LOT,
                              .what = id,
                              .item = plant->flows[part->flow].item,
                              .amount = (int64_t)part->pieces * 1000,
                              .luck = part->luck,
                              .number = (uint64_t)part->visits << 32 |
                                        (uint32_t)plant->steps[part->step].position});
    return true;
}

void lot_arrives(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    int32_t station = run->plant->steps[part->step].station, broken = run->extras[id].broken;
    if (!(part->has_waited & HAS_TRAVELLED)) run->extras[id].travelled = 0;
    part->has_waited |= HAS_TRAVELLED;
    run->extras[id].travelled += run->now - part->since;
    part->since = run->now;
    run->extras[id].at = station;
    keep_place(run, station, -1);
    if (broken == NOBODY) {
        queue_push(run, station, id);
        return;
    }
    bool stays = limit_acts(run, id, broken); /* it is late: its place is free again */
    if (run->stations[station].room != INT32_MAX) floor_retry(run, station);
    if (stays) lot_goes_on(run, id);
}

/* To the station of its step, where there is room: by a lane, or at once. */
void lot_goes_on(struct run *run, int32_t id) {
    const struct step *step = &run->plant->steps[run->parts[id].step];
    if (UNLIKELY(step->flags & STEP_LED_TO) && lot_sets_out(run, id)) return;
    queue_push(run, step->station, id);
}
