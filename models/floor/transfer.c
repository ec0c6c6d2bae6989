/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfer batches (lot streaming): pieces of a lot move on without waiting for the rest.
 *
 * A lot that is larger than the step's `transfer` is worked in parts. The first pieces become a lot
 * of their own, with the same history, order and luck, and the machine works them; the rest stays
 * with the machine (`machine.rest`). When those pieces have moved on, it goes on with the next; it
 * takes nothing else in between, and is not set up anew. As a finished part they block it as long
 * as there is no room for them ahead.
 *
 * Draws of a lot are keyed by its luck and the number of its first piece, so that each piece has
 * the same luck however many move together. Work that is said for the lot and not for the piece is
 * drawn once and spread evenly. */
#include "people.h"
#include "quick.h"

/* ---- a lot becomes two ---- */
static void copy_clocks(struct run *run, int32_t from, int32_t to) {
    for (int32_t id = run->extras[from].clocks; id != NOBODY; id = run->clocks[id].next)
        limit_copy(run, id, to);
}

/* Takes the first PIECES out of a lot. The pool may move. */
static int32_t split(struct run *run, int32_t rest_id, int32_t pieces) {
    int32_t id = part_take(run);
    struct part *front = &run->parts[id], *rest = &run->parts[rest_id];
    const struct flow *flow = &run->plant->flows[rest->flow];
    *front = *rest;
    front->next = NOBODY;
    front->serial = run->serial++;
    front->cards = NOBODY; /* they come with the last pieces */
    front->pieces = pieces;
    rest->pieces -= pieces;
    run->extras[id] = run->extras[rest_id];
    run->extras[id].clocks = run->extras[id].broken = run->extras[id].reserves = NOBODY;
    run->extras[id].bad = 0;
    run->extras[id].kits = NOBODY; /* no step behind this one has any: see plant/kits.c */
    run->extras[rest_id].first_piece += pieces;
    if (run->extras[rest_id].bad) quality_split(run, rest_id, id);
    books_split(run, rest_id, id);
    if (run->people_waits) run->people_waits[id] = run->people_waits[rest_id];
    if (run->batch_waits) run->batch_waits[id] = run->batch_waits[rest_id];
    copy_clocks(run, rest_id, id);
    if (run->bonds) bonds_copy(run, rest_id, id);
    run->released++;
    run->earlier += run->now - front->born;
    for (int32_t i = 0; i < flow->wip_count; i++) level_up(&run->wips[flow->wips[i]], run->now);
    TELL(run, split, &run->parts[id], &run->parts[rest_id]);
    return id;
}

/* ---- work ---- */
/* The next pieces of the lot come onto the machine, or all that is left of it. */
static void take_pieces(struct run *run, int32_t id, int32_t lot) {
    int32_t at = run->parts[lot].step, most = run->settings.steps[at].transfer;
    bool spread = run->settings.steps[at].time.per != LAW_PER_PIECE;
    if (run->parts[lot].pieces <= most) {
        if (spread) run->parts[lot].ahead = run->extras[lot].work_left;
        run->machines[id].part = lot;
        run->machines[id].rest = NOBODY;
        return;
    }
    tick share = (tick)((__int128)run->extras[lot].work_left * most / run->parts[lot].pieces);
    int32_t front = split(run, lot, most);
    if (spread) {
        run->parts[front].ahead = share;
        run->extras[lot].work_left -= share;
    }
    run->machines[id].part = front;
    run->machines[id].rest = lot;
}

void transfer_begin(struct run *run, int32_t id) {
    int32_t lot = run->machines[id].part;
    const struct part *part = &run->parts[lot];
    const struct step_settings *settings = &run->settings.steps[part->step];
    if (part->pieces <= settings->transfer) return;
    if (settings->time.per != LAW_PER_PIECE)
        run->extras[lot].work_left = work_time(run, part, part->step);
    take_pieces(run, id, lot);
}

void transfer_worked(struct run *run, int32_t rest_id, const struct part *front) {
    struct part *rest = &run->parts[rest_id];
    for (int32_t i = 0; i < IN_PEOPLE; i++) rest->times[i] = front->times[i];
    rest->has_waited |= front->has_waited & WAITED_FOR_PEOPLE;
    if (run->people_waits)
        run->people_waits[rest_id] = run->people_waits[(int32_t)(front - run->parts)];
    rest->since = run->now;
}

void transfer_cut(struct run *run, int32_t rest_id) {
    struct part *rest = &run->parts[rest_id];
    rest->times[IN_REPAIR] += run->now - rest->since;
    rest->since = run->now;
}

void transfer_next(struct run *run, int32_t id) {
    int32_t lot = run->machines[id].rest;
    struct part *part = &run->parts[lot];
    part->times[IN_BLOCKED] += run->now - part->since;
    part->since = run->now;
    take_pieces(run, id, lot);
    struct machine *machine = &run->machines[id];
    machine->finished = false;
    machine->goes_on = true;
    machine->began = run->now;
    if (run->plant->steps[run->parts[machine->part].step].flags & STEP_USES)
        machine_wants_parts(run, id);
    else
        work_begin(run, id);
}
