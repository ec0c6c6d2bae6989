/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Birth, end and loss of a part. Lots are measured by flow: one record a lot, from which items,
 * releases and the system are added up. */
#include "quick.h"

int32_t part_take_new(struct run *run) {
    if (run->part_count == run->part_room) {
        CHECK(run->part_room < 1 << 28);
        run->part_room = run->part_room ? 2 * run->part_room : 1;
        run->parts = memory_grown(run->parts, (size_t)run->part_room, sizeof *run->parts);
    }
    return run->part_count++;
}

/* Takes the part out of the work in process. */
static inline void leave_floor(struct run *run, const struct part *part) {
    const struct flow *flow = &run->plant->flows[part->flow];
    for (int32_t i = 0; i < flow->wip_count; i++) level_down(&run->wips[flow->wips[i]], run->now);
    run->makespan = run->now;
}

static void measure_due(struct run *run, struct flow_state *flow, const struct part *part) {
    tick late = run->now - part->due;
    flow->with_due++;
    flow->on_time += late <= 0;
    tally_add(&flow->lateness, late);
    tally_add(&flow->tardiness, late > 0 ? late : 0);
}

/* Times that most lots have nothing of: zeros are not recorded but added at the end. */
static void measure_rare_times(struct flow_state *flow, const struct part *part) {
    for (int32_t i = 0; i < PART_TIME_COUNT; i++)
        if (i != IN_QUEUE && i != IN_WORK && part->times[i])
            tally_add(&flow->times[i], part->times[i]);
}

static inline void measure_lot(struct run *run, const struct part *part) {
    struct flow_state *flow = &run->flows[part->flow];
    tick cycle = run->now - part->born;
    tally_add(&flow->cycle, cycle);
    sketch_add(flow->cycle_sketch, cycle);
    tally_add(&flow->times[IN_QUEUE], part->times[IN_QUEUE]);
    tally_add(&flow->times[IN_WORK], part->times[IN_WORK]);
    if (part->times[IN_SETUP] | part->times[IN_BLOCKED] | part->times[IN_REPAIR] |
        part->times[IN_MATERIAL])
        measure_rare_times(flow, part);
    flow->pieces += part->pieces;
    if (part->reworks == 0 && !part->is_short) flow->first_pass++;
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
    part->is_short = true;
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
