/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work ends: what became of the pieces, and where the part goes next on its route. */
#include "people.h"
#include "quick.h"

#include <math.h>

static int32_t good_pieces(const struct run *run, const struct part *part, const struct step *step,
                           double scrap) {
    struct draw draw = draw_at(run_stream(run, step->scrap_stream), part->luck, part->visits,
                               run->replication, (uint64_t)part_first_piece(run, part));
    int32_t good = 0;
    for (int32_t i = 0; i < part->pieces; i++) good += run_uniform(run, &draw) >= scrap;
    return good;
}

static double uniform_at(const struct run *run, const struct part *part, uint64_t stream) {
    struct draw draw = draw_at(run_stream(run, stream), part->luck, part->visits, run->replication,
                               (uint64_t)part_first_piece(run, part));
    return run_uniform(run, &draw);
}

static int32_t branch_taken(const struct run *run, const struct part *part,
                            const struct step *step) {
    const struct branch *branches = run->plant->branches + step->branch_first;
    double u = uniform_at(run, part, step->next_stream);
    int32_t i = 0;
    while (i < step->branch_count - 1 && u >= branches[i].share) i++;
    return branches[i].step;
}

/* Pieces are made bad, and looked for. False: all of the lot is lost. */
static bool inspect(struct run *run, int32_t id, enum inspected *inspected) {
    struct part *part = &run->parts[id];
    int32_t lost = 0;
    *inspected = quality_judge(run, id, &lost);
    if (lost == 0) return true;
    bool all = lost == part->pieces;
    run->stations[run->plant->steps[part->step].station].scrapped += lost;
    if (all) cards_return(run, part);
    part_lose(run, id, lost);
    return !all;
}

static bool is_worked_again(const struct run *run, const struct part *part, const struct step *step,
                            enum inspected inspected) {
    double share = run->settings.steps[part->step].rework_share;
    return isinf(share) ? inspected == INSPECTED_BAD
                        : uniform_at(run, part, step->rework_stream) < share;
}

/* What comes out beside the item goes to its stock. */
static void come_out(struct run *run, const struct part *part, const struct step *step) {
    for (int32_t i = step->make_first; i < step->make_first + step->make_count; i++) {
        const struct make *make = &run->plant->makes[i];
        int64_t amount = make->amount * part->pieces;
        SAY(run, CLASS_COMPLETE, run->plant->stocks[make->stock].name, "gets %.6g out of lot %u",
            (double)amount / 1000, part->serial);
        books_used(run, (int32_t)(part - run->parts), make->stock, -amount);
        room_bring(run, make->stock, amount);
    }
}

/* The end of a step at which something may happen to the part. False: all of it is lost. */
static bool special_step(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    int32_t at = part->step;
    const struct step *step = &run->plant->steps[at];
    const struct step_settings *settings = &run->settings.steps[at];
    if (step->flags & STEP_COST) {
        int64_t cost_micro = settings->piece_cost_micro * part->pieces;
        ledger_post_micro(run, ACCOUNT_MAKING, cost_micro);
        books_worked(run, id, cost_micro);
    }
    if (step->flags & STEP_SCRAP) {
        int32_t lost = part->pieces - good_pieces(run, part, step, settings->scrap);
        bool all = lost == part->pieces;
        run->stations[step->station].scrapped += lost;
        if (lost && run->extras && run->extras[id].bad) quality_lost(run, id, lost);
        if (all) cards_return(run, part);
        if (lost) part_lose(run, id, lost);
        if (all) return false;
        part = &run->parts[id];
    }
    enum inspected inspected = INSPECTED_GOOD;
    if (step->flags & STEP_QUALITY && !inspect(run, id, &inspected)) return false;
    part = &run->parts[id];
    if (step->flags & STEP_REWORK && is_worked_again(run, part, step, inspected)) {
        if (part->reworks >= settings->rework_times && settings->rework_then == 0) {
            run->stations[step->station].scrapped += part->pieces;
            cards_return(run, part);
            part_lose(run, id, part->pieces);
            return false;
        }
        if (part->reworks < settings->rework_times) {
            if (part->reworks++ == 0) run->flows[part->flow].reworked++;
            run->stations[step->station].reworked += part->pieces;
            part->visits++;
            part->step = step->rework_to;
            if (inspected == INSPECTED_BAD) run->extras[id].bad = 0; /* they are made good */
            return true;
        }
    }
    if (step->flags & STEP_MAKES) come_out(run, part, step);
    if (UNLIKELY(run->plant->items[step->item].shuffled))
        part->step = order_next(run, part, at);
    else {
        int32_t next = step->flags & STEP_BRANCH ? branch_taken(run, part, step) : step->next;
        if (next != NOBODY && next <= step->written) part->visits++;
        part->step = next;
    }
    if (UNLIKELY(run->plant->items[step->item].chooses)) choice_make(run, part);
    return true;
}

/* What is settled at the end of the step is settled by luck, so it is known before. */
static enum inspected inspected_ahead(const struct run *run, const struct part *part,
                                      const struct step *step) {
    if (!(step->flags & STEP_QUALITY)) return INSPECTED_GOOD;
    double scrap = run->settings.steps[part->step].scrap;
    bool scraps = step->flags & STEP_SCRAP;
    return quality_ahead(run, part,
                         scraps ? part->pieces - good_pieces(run, part, step, scrap) : 0);
}

int32_t route_ahead(const struct run *run, const struct part *part) {
    const struct step *step = &run->plant->steps[part->step];
    const struct step_settings *settings = &run->settings.steps[part->step];
    if (step->flags & STEP_REWORK &&
        is_worked_again(run, part, step, inspected_ahead(run, part, step))) {
        if (part->reworks < settings->rework_times) return step->rework_to;
        if (settings->rework_then == 0) return NOBODY;
    }
    const struct item *item = &run->plant->items[step->item];
    int32_t next = step->flags & STEP_BRANCH ? branch_taken(run, part, step) : step->next;
    if (item->shuffled) next = order_next(run, part, part->step);
    if (!item->chooses || next == NOBODY) return next;
    struct part then = *part;
    if (!item->shuffled && next <= step->written) then.visits++;
    return choice_ahead(run, &then, next);
}

static bool extra_step(struct run *run, int32_t id) {
    int32_t at = run->parts[id].step;
    return special_step(run, id) && extra_step_done(run, id, at);
}

enum {
    STEP_SPECIAL = STEP_SCRAP | STEP_REWORK | STEP_BRANCH | STEP_COST | STEP_EXTRA | STEP_MAKES
};

/* Where the part goes after the step: sets part->step. False: all of it is lost. */
static inline bool route_on(struct run *run, struct part *part, int32_t id) {
    const struct step *step = &run->plant->steps[part->step];
    if (UNLIKELY(step->flags & STEP_SPECIAL))
        return step->flags & STEP_EXTRA ? extra_step(run, id) : special_step(run, id);
    if (UNLIKELY(step->next <= part->step) && step->next != NOBODY) part->visits++;
    part->step = step->next;
    return true;
}

/* Cards whose way ends at this step come back, or wait for the next to be taken; those of a lot
 * that leaves when it has left, so that it is gone before the next one comes. */
static inline void give_cards(struct run *run, int32_t id, int32_t at) {
    struct part *part = &run->parts[id]; /* the pool may have moved */
    if (part->cards != NOBODY && part->step != NOBODY) cards_end(run, part, at);
}

/* The part or batch is done: each lot gets its next step, and the machine waits to be emptied. */
void machine_work_ends(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    struct station_state *station = &run->stations[machine->station];
    if (UNLIKELY(machine->again)) {
        repeat_end(run, id);
        return;
    }
    machine->ends = TICK_NEVER;
    machine->finished = true;
    machine->worked = run->parts[machine->part].step;
    machine->repeats = 0;
    int64_t bad_before = station->scrapped + station->reworked;
    int32_t pieces = 0;
    for (int32_t part_id = machine->part, before = NOBODY, next; part_id != NOBODY;
         part_id = next) {
        struct part *part = &run->parts[part_id];
        part_done(run, part, machine);
        if (UNLIKELY(machine->rest != NOBODY)) transfer_worked(run, machine->rest, part);
        station->lots++;
        pieces += part->pieces;
        next = part->next;
        int32_t at = part->step;
        if (route_on(run, part, part_id)) {
            before = part_id;
            give_cards(run, part_id, at);
        } else if (before == NOBODY)
            machine->part = next;
        else
            run->parts[before].next = next;
    }
    station->pieces += pieces;
    if (UNLIKELY(run->plant->stations[machine->station].named))
        own_worked(run, id, pieces, station->scrapped + station->reworked - bad_before);
    if (run->plant->stations[machine->station].stop_count) failures_count(run, id, pieces);
    moves_push(run, id);
}

void machine_event(struct run *run, int32_t id) {
    struct machine *machine = &run->machines[id];
    if (UNLIKELY(machine->phased) && phase_end(run, id)) return;
    if (!machine->in_setup) {
        machine_work_ends(run, id);
        return;
    }
    machine->in_setup = false;
    TELL(run, set_up_done, id);
    machine_state_set(run, machine, STATE_WORKING);
    machine_go(run, id, machine->work);
}
