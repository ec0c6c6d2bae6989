/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that are made for a lot: see kit.h. */
#include "quick.h"

/* ---- the pool ---- */
static int32_t kit_new(struct run *run, struct kit kit) {
    int32_t id = run->kit_free;
    if (id != NOBODY)
        run->kit_free = run->kits[id].next;
    else {
        if (run->kit_count == run->kit_room) {
            run->kit_room = run->kit_room ? 2 * run->kit_room : 1;
            run->kits = memory_grown(run->kits, (size_t)run->kit_room, sizeof *run->kits);
        }
        id = run->kit_count++;
    }
    run->kits[id] = kit;
    return id;
}

static void kit_give(struct run *run, int32_t id) {
    run->kits[id] = (struct kit){.next = run->kit_free, .lot = NOBODY, .step = NOBODY};
    run->kit_free = id;
}

/* ---- parts are begun ---- */
static int32_t door_of(const struct plant *plant, int32_t use) {
    return plant->source_count + plant->stock_count + plant->station_count + use;
}

/* So many pieces of what USE says, in lots of the size of their item. The pools may move. */
static void begin_pieces(struct run *run, int32_t kit_id, int32_t use_id, int64_t pieces) {
    const struct kit_use *use = &run->plant->kit_uses[use_id];
    const struct part *parent = &run->parts[run->kits[kit_id].lot];
    uint64_t luck = stream_hash_join(parent->luck, use->luck);
    uint64_t visit = (uint64_t)parent->visits << 40;
    tick due = parent->due;
    int32_t priority = parent->priority, lot = run->settings.items[use->item].lot;
    run->kit_pieces += pieces;
    for (; pieces > 0; pieces -= lot) {
        uint64_t number = visit + (uint64_t)run->kits[kit_id].lots++;
        int32_t part = part_make(run, use->flow, stream_hash_join(luck, number),
                                 pieces < lot ? (int32_t)pieces : lot);
        run->parts[part].due = due;
        run->parts[part].priority = priority;
        run->extras[part].kit = kit_id;
        run->extras[part].number = run->kit_lots[use_id]++;
        SAY(run, CLASS_DEMAND, run->plant->items[use->item].name, "lot %u is to be made for lot %u",
            run->parts[part].serial, run->parts[run->kits[kit_id].lot].serial);
        floor_bring(run, door_of(run->plant, use_id), part);
    }
}

/* What the uses from FIRST on say for the lot: STEP's, or (NOBODY) its item's. */
static void begin_kit(struct run *run, int32_t part, int32_t step, int32_t first, int32_t count) {
    if (count == 0) return;
    int32_t id =
        kit_new(run, (struct kit){.next = run->extras[part].kits, .lot = part, .step = step});
    run->extras[part].kits = id;
    for (int32_t use = first; use < first + count; use++) {
        int64_t amount = run->plant->kit_uses[use].amount * run->parts[part].pieces;
        int64_t pieces = (amount + 999) / 1000;
        run->kits[id].missing += pieces;
        begin_pieces(run, id, use, pieces);
    }
}

void kits_begin(struct run *run, int32_t part, int32_t later_than) {
    const struct item *item = &run->plant->items[run->plant->flows[run->parts[part].flow].item];
    if (!item->kits || run->parts[part].step == NOBODY) return;
    if (later_than == NOBODY) begin_kit(run, part, NOBODY, item->kit_first, item->kit_count);
    int32_t here = run->parts[part].step, end = plant_route_end(run->plant, here);
    if (later_than != NOBODY) later_than = run->plant->steps[later_than].written;
    for (int32_t at = plant_route_first(run->plant, here); at < end; at++) {
        const struct step *step = &run->plant->steps[at];
        if ((later_than == NOBODY || at > later_than) && step->kit_count &&
            choice_does(run, &run->parts[part], at))
            begin_kit(run, part, at, step->kit_first, step->kit_count);
    }
}

/* ---- the lot waits ---- */
static bool wanted_at(const struct kit *kit, int32_t step) {
    return kit->step == step || kit->step == NOBODY;
}

static int32_t step_written(const struct run *run, int32_t part) {
    return run->plant->steps[run->parts[part].step].written;
}

static bool all_there(const struct run *run, int32_t part) {
    for (int32_t id = run->extras[part].kits; id != NOBODY; id = run->kits[id].next)
        if (wanted_at(&run->kits[id], step_written(run, part)) && run->kits[id].missing)
            return false;
    return true;
}

static bool was_begun(const struct run *run, int32_t part, int32_t step) {
    int32_t id = run->extras[part].kits;
    while (id != NOBODY && run->kits[id].step != step) id = run->kits[id].next;
    return id != NOBODY;
}

bool kit_ready(struct run *run, int32_t part) {
    int32_t at = step_written(run, part);
    const struct step *step = &run->plant->steps[at];
    if (step->kit_count && !was_begun(run, part, at))
        begin_kit(run, part, at, step->kit_first, step->kit_count);
    return all_there(run, part);
}

/* Room before the station, and its card, are asked for now. */
static void wait_over(struct run *run, int32_t id) {
    const struct plant *plant = run->plant;
    struct part *part = &run->parts[id];
    run->extras[id].awaits = false;
    run->kit_waiting--;
    part->times[IN_MATERIAL] += run->now - part->since;
    part->since = run->now;
    door_push(run, plant->source_count + plant->stock_count + plant->steps[part->step].station, id);
}

void kit_wait(struct run *run, int32_t part) {
    run->extras[part].awaits = true;
    run->kit_waiting++;
    SAY(run, CLASS_COMPLETE, run->plant->items[run->plant->flows[run->parts[part].flow].item].name,
        "lot %u waits for parts that are made for it", run->parts[part].serial);
    if (all_there(run, part)) wait_over(run, part); /* it uses none of them */
}
void kit_take(struct run *run, int32_t part) {
    for (int32_t *link = &run->extras[part].kits; *link != NOBODY;) {
        int32_t id = *link;
        struct kit *kit = &run->kits[id];
        if (wanted_at(kit, step_written(run, part))) {
            *link = kit->next;
            kit_give(run, id);
        } else
            link = &kit->next;
    }
}

/* ---- parts come, or are lost ---- */
static void fewer_missing(struct run *run, int32_t id, int32_t pieces) {
    struct kit *kit = &run->kits[id];
    kit->missing -= pieces;
    run->kit_pieces -= pieces;
    CHECK(kit->missing >= 0);
    if (kit->missing) return;
    if (kit->lot == NOBODY)
        kit_give(run, id);
    else if (run->extras[kit->lot].awaits && all_there(run, kit->lot))
        wait_over(run, kit->lot);
}

void kit_receive(struct run *run, int32_t kit, int32_t pieces) {
    fewer_missing(run, kit, pieces);
}

void kit_lost(struct run *run, int32_t kit, int32_t flow, int32_t pieces) {
    if (run->kits[kit].lot == NOBODY) {
        fewer_missing(run, kit, pieces);
        return;
    }
    run->kit_pieces -= pieces;
    begin_pieces(run, kit, run->plant->flows[flow].kit_use, pieces);
}

void kits_drop(struct run *run, int32_t part) {
    for (int32_t id = run->extras[part].kits, next; id != NOBODY; id = next) {
        next = run->kits[id].next;
        run->kits[id].lot = NOBODY;
        if (run->kits[id].missing == 0) kit_give(run, id);
    }
    run->extras[part].kits = NOBODY;
}

/* ---- conservation ---- */
/* Pieces that kits miss are those that are being made, and lots that wait are inside. */
void kits_conserved(const struct run *run) {
    int64_t missing = 0;
    for (int32_t id = 0; id < run->kit_count; id++) missing += run->kits[id].missing;
    CHECK(missing == run->kit_pieces);
    CHECK(run->kit_waiting >= 0 && run->kit_waiting <= run_wip(run)->now);
    if (run_wip(run)->now == 0 && run->kit_waiting == 0 && run->kit_pieces == 0)
        for (int32_t id = 0; id < run->kit_count; id++) CHECK(run->kits[id].lot == NOBODY);
}
