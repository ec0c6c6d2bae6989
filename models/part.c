/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Birth, end and loss of a part. Lots are measured by flow: one record a lot, from which items,
 * releases and the system are added up. */
#include "floor.h"

#include <string.h>

int32_t part_take(struct run *run) {
    int32_t id = run->part_free;
    if (id != NOBODY) {
        run->part_free = run->parts[id].next;
        return id;
    }
    if (run->part_count == run->part_room) {
        CHECK(run->part_room < 1 << 28);
        run->part_room = run->part_room ? 2 * run->part_room : 1;
        run->parts = memory_grown(run->parts, (size_t)run->part_room, sizeof *run->parts);
    }
    return run->part_count++;
}

void part_give(struct run *run, int32_t part) {
    run->parts[part].next = run->part_free;
    run->part_free = part;
}

int32_t part_make(struct run *run, int32_t flow, uint64_t luck, int32_t pieces) {
    const struct plant *plant = run->plant;
    int32_t id = part_take(run);
    run->parts[id] = (struct part){.next = NOBODY,
                                   .step = plant->items[plant->flows[flow].item].first_step,
                                   .since = run->now,
                                   .born = run->now,
                                   .luck = luck,
                                   .serial = run->serial++,
                                   .due = TICK_NEVER,
                                   .flow = flow,
                                   .pieces = pieces,
                                   .born_pieces = pieces,
                                   .order = NOBODY};
    return id;
}

void part_release(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    const struct flow *flow = &run->plant->flows[part->flow];
    part->born = part->since = run->now;
    run->released++;
    level_up(&run->wip, run->now);
    level_up(&run->item_wip[flow->item], run->now);
    if (flow->source >= 0) level_up(&run->sources[flow->source].wip, run->now);
}

/* Takes the part out of the work in process. */
static void leave_floor(struct run *run, const struct part *part) {
    const struct flow *flow = &run->plant->flows[part->flow];
    level_down(&run->wip, run->now);
    level_down(&run->item_wip[flow->item], run->now);
    if (flow->source >= 0) level_down(&run->sources[flow->source].wip, run->now);
    run->makespan = run->now;
}

static void measure_due(struct run *run, struct flow_state *flow, const struct part *part) {
    tick late = run->now - part->due;
    flow->with_due++;
    flow->on_time += late <= 0;
    tally_add(&flow->lateness, late);
    tally_add(&flow->tardiness, late > 0 ? late : 0);
}

static void measure_lot(struct run *run, const struct part *part) {
    struct flow_state *flow = &run->flows[part->flow];
    tick cycle = run->now - part->born;
    tally_add(&flow->cycle, cycle);
    sketch_add(flow->cycle_sketch, cycle);
    tally_add(&flow->times[IN_QUEUE], part->times[IN_QUEUE]);
    tally_add(&flow->times[IN_WORK], part->times[IN_WORK]);
    for (int32_t i = 0; i < PART_TIME_COUNT;
         i++) /* the rarer ones: their zeros are added at the end */
        if (i != IN_QUEUE && i != IN_WORK && part->times[i])
            tally_add(&flow->times[i], part->times[i]);
    flow->pieces += part->pieces;
    if (part->reworks == 0 && part->pieces == part->born_pieces) flow->first_pass++;
    if (part->due != TICK_NEVER) measure_due(run, flow, part);
}

void part_finish(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    const struct flow *flow = &run->plant->flows[part->flow];
    SAY(run, CLASS_COMPLETE, run->plant->items[flow->item].name, "lot %lld leaves after %.6g h",
        (long long)part->serial, (double)(run->now - part->born) / (double)TICK_H);
    leave_floor(run, part);
    measure_lot(run, part);
    run->finished++;
    int32_t pieces = part->pieces, order = part->order, stock = flow->stock;
    bool ordered = flow->source == NOBODY;
    part_give(run, id);
    if (order != NOBODY)
        customer_made(run, order, (int64_t)pieces * 1000);
    else if (stock != NOBODY) {
        if (ordered)
            stock_made(run, stock, (int64_t)pieces * 1000, (int64_t)pieces * 1000);
        else
            stock_receive(run, stock, (int64_t)pieces * 1000);
    }
}

void part_lose(struct run *run, int32_t id, int32_t pieces) {
    struct part *part = &run->parts[id];
    struct part lost = *part;
    run->flows[part->flow].scrapped += pieces;
    part->pieces -= pieces;
    SAY(run, CLASS_COMPLETE, run->plant->items[run->plant->flows[lost.flow].item].name,
        "%d of lot %lld scrapped", pieces, (long long)lost.serial);
    const struct flow *flow = &run->plant->flows[lost.flow];
    if (lost.pieces == pieces) {
        leave_floor(run, part);
        run->scrapped_lots++;
        part_give(run, id);
    }
    if (lost.order != NOBODY)
        order_to_make(run, lost.flow, (int64_t)pieces * 1000, lost.order, lost.due, lost.priority);
    else if (flow->source == NOBODY && flow->stock != NOBODY)
        stock_made(run, flow->stock, (int64_t)pieces * 1000, 0);
}
