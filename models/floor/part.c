/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Birth, end and loss of a part. Lots are measured by flow: one record a lot, from which items,
 * releases and the system are added up. */
#include "quick.h"

static void values_grow(struct run *run) {
    run->values = memory_grown(run->values, (size_t)run->part_room, sizeof *run->values);
    for (int32_t i = run->part_count; i < run->part_room; i++) run->values[i] = 0;
}

int32_t part_take_new(struct run *run) {
    if (run->part_count == run->part_room) {
        CHECK(run->part_room < 1 << 28);
        run->part_room = run->part_room ? 2 * run->part_room : 1;
        run->parts = memory_grown(run->parts, (size_t)run->part_room, sizeof *run->parts);
        if (run->plant->crew_count)
            run->people_waits =
                memory_grown(run->people_waits, (size_t)run->part_room, sizeof *run->people_waits);
        if (run->batch_waits)
            run->batch_waits =
                memory_grown(run->batch_waits, (size_t)run->part_room, sizeof *run->batch_waits);
        if (run->plant->valued) values_grow(run);
        if (run->backlogs)
            run->part_works =
                memory_grown(run->part_works, (size_t)run->part_room, sizeof *run->part_works);
        if (run->extras)
            run->extras = memory_grown(run->extras, (size_t)run->part_room, sizeof *run->extras);
        if (run->bonds)
            run->bonds =
                memory_grown(run->bonds, (size_t)run->part_room * (size_t)run->plant->bond_most,
                             sizeof *run->bonds);
    }
    if (run->extras) extra_make(run, run->part_count);
    return run->part_count++;
}

void part_measure_due(struct run *run, struct flow_state *flow, const struct part *part) {
    tick late = run->now - part->due;
    flow->with_due++;
    flow->on_time += late <= 0;
    tally_add(&flow->lateness, late);
    tally_add(&flow->tardiness, late > 0 ? late : 0);
}

/* Times that most lots have nothing of: zeros are not recorded but added at the end. */
void part_measure_rare_times(struct run *run, struct flow_state *flow, const struct part *part) {
    for (int32_t i = 0; i < IN_PEOPLE; i++)
        if (i != IN_QUEUE && i != IN_WORK && part->times[i])
            tally_add(&flow->times[i], part->times[i]);
    if (part->has_waited & WAITED_FOR_PEOPLE)
        tally_add(&flow->times[IN_PEOPLE], run->people_waits[part - run->parts]);
    if (part->has_waited & WAITED_FOR_BATCH)
        tally_add(&flow->times[IN_BATCH], run->batch_waits[part - run->parts].waited);
    if (part->has_waited & HAS_TRAVELLED)
        tally_add(&flow->times[IN_TRANSPORT], run->extras[part - run->parts].travelled);
}

void part_waited_for_people(struct run *run, int32_t id, tick waited) {
    struct part *part = &run->parts[id];
    if (!(part->has_waited & WAITED_FOR_PEOPLE)) run->people_waits[id] = 0;
    part->has_waited |= WAITED_FOR_PEOPLE;
    run->people_waits[id] += waited;
}

/* The station where it is, as far as lots of its item know; the spot of that. */
static int32_t place_of(const struct run *run, int32_t part) {
    return run->extras ? run->extras[part].at : NOBODY;
}

static int32_t spot_of(const struct run *run, int32_t station) {
    return station == NOBODY ? NOBODY : run->plant->station_spots[station];
}

/* A finished lot goes to the customer or stock that it was made for, or out. */
void part_deliver(struct run *run, int32_t id) {
    const struct part *part = &run->parts[id];
    int32_t flow_id = part->flow;
    const struct flow *flow = &run->plant->flows[flow_id];
    int64_t amount = (int64_t)part->pieces * 1000;
    int32_t order = part->order, stock = flow->stock, at = place_of(run, id);
    int32_t kit = kit_of(run, id), pieces = part->pieces;
    books_made(run, id);
    part_give(run, id);
    if (order != NOBODY)
        customer_made(run, order, amount, spot_of(run, at));
    else if (kit != NOBODY)
        kit_receive(run, kit, pieces);
    else if (stock == NOBODY)
        return;
    else if (goods_made_set_out(run, at, flow_id, amount))
        return;
    else if (flow->source == NOBODY)
        stock_made(run, flow_id, amount, amount);
    else
        stock_receive(run, stock, amount);
}

void part_lose(struct run *run, int32_t id, int32_t pieces) {
    struct part *part = &run->parts[id];
    struct part lost = *part;
    int32_t kit = kit_of(run, id);
    run->flows[part->flow].scrapped += pieces;
    books_scrapped(run, id, pieces);
    part->pieces -= pieces;
    part->is_short = true;
    TELL(run, scrapped, part, pieces);
    const struct flow *flow = &run->plant->flows[lost.flow];
    if (lost.pieces == pieces) {
        part_leave(run, part);
        run->scrapped_lots++;
        run->flows[lost.flow].lots_scrapped++;
        part_give(run, id);
    }
    if (lost.order != NOBODY && run->orders[lost.order].gone)
        customer_made(run, lost.order, (int64_t)pieces * 1000, NOBODY);
    else if (lost.order != NOBODY)
        order_to_make(run, lost.flow, (int64_t)pieces * 1000, lost.order, lost.due, lost.priority);
    else if (kit != NOBODY)
        kit_lost(run, kit, lost.flow, pieces);
    else if (flow->source == NOBODY && flow->stock != NOBODY)
        stock_made(run, lost.flow, (int64_t)pieces * 1000, 0);
}

void part_give_up(struct run *run, int32_t id) {
    struct part *part = &run->parts[id];
    int32_t flow_id = part->flow;
    const struct flow *flow = &run->plant->flows[flow_id];
    int64_t amount = (int64_t)part->pieces * 1000;
    int32_t order = part->order, at = place_of(run, id), kit = kit_of(run, id);
    cards_return(run, part);
    part_leave(run, part);
    run->gone++;
    run->flows[part->flow].gave_up++;
    books_scrapped(run, id, part->pieces);
    part_give(run, id);
    if (order != NOBODY)
        customer_gave_up(run, order, amount, spot_of(run, at));
    else if (kit != NOBODY)
        kit_lost(run, kit, flow_id, (int32_t)(amount / 1000));
    else if (flow->source == NOBODY)
        stock_made(run, flow_id, amount, 0);
}
