/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling what happens: words for a trace, rows for a record. Called only when somebody listens, so
 * nothing here is on the way of an ordinary run. */
#include "record.h"
#include "../floor/floor.h"

#include <math.h>
#include <stdlib.h>

const struct record_kind_row record_kinds[RECORD_KIND_COUNT] = {
#define X(name, word, meaning, value) {word, meaning, value},
    RECORD_KINDS(X)
#undef X
};

const char *const machine_state_names[STATE_COUNT] = {
#define X(name, path, e10) path,
    MACHINE_STATES(X)
#undef X
};

const enum e10_state machine_state_e10[STATE_COUNT] = {
#define X(name, path, e10) E10_##e10,
    MACHINE_STATES(X)
#undef X
};

/* How things were when the instant before was over. */
struct machine_seen {
    int32_t state;  /* NOBODY: not told yet */
    int32_t number; /* in its station, from 1 */
};
struct stock_seen {
    int64_t on_hand, owed, on_order;
};

struct recorder {
    bool begun;      /* the run has begun: instants end */
    bool waiting;    /* this instant is looked at when it is over */
    bool seen;       /* an instant was looked at: all things were told once */
    tick observe_at; /* when the run itself wanted to observe next */
    int64_t wip, *queues;
    struct stock_seen *stocks;
    struct machine_seen *machines;
    int32_t machine_count, machine_room;
    int32_t *made; /* machines of each station so far */
};

/* ---- rows ---- */
static struct record record_of(const struct run *run, enum record_kind what, double value) {
    struct record record = {
        .at = run->now - run->plant->warm_up, .value = value, .what = (int32_t)what};
#define X(column, codes, words) record.column = NOBODY;
    RECORD_COLUMNS(X)
#undef X
    return record;
}

/* Has this instant looked at when it is over, before the run observes anything else. */
void tell_change(struct run *run) {
    struct recorder *recorder = run->recorder;
    if (!recorder || !recorder->begun || recorder->waiting) return;
    recorder->waiting = true;
    recorder->observe_at = run->observe_at;
    run->observe_at = run->now;
}

static void tell(struct run *run, const struct record *record) {
    run->sink->record(run->sink->context, record);
    tell_change(run);
}

/* Machines that were made since they were last looked at get their number. */
static void know_machines(const struct run *run, struct recorder *recorder) {
    if (run->machine_count > recorder->machine_room) {
        recorder->machine_room = 2 * run->machine_count;
        recorder->machines = memory_grown(recorder->machines, (size_t)recorder->machine_room,
                                          sizeof *recorder->machines);
    }
    for (int32_t id = recorder->machine_count; id < run->machine_count; id++)
        recorder->machines[id] =
            (struct machine_seen){NOBODY, ++recorder->made[run->machines[id].station]};
    recorder->machine_count = run->machine_count;
}

static struct record record_of_machine(const struct run *run, enum record_kind what, double value,
                                       int32_t id) {
    know_machines(run, run->recorder);
    struct record record = record_of(run, what, value);
    record.station = run->machines[id].station;
    record.machine = run->recorder->machines[id].number;
    return record;
}

/* Adds the lot, where it came from and for whom it is made. */
static struct record with_lot(const struct run *run, struct record record,
                              const struct part *part) {
    const struct plant *plant = run->plant;
    const struct flow *flow = &plant->flows[part->flow];
    record.lot = (int32_t)part->serial;
    record.item = flow->item;
    record.receiver = flow->stock;
    if (flow->source != NOBODY) {
        const struct source *source = &plant->sources[flow->source];
        if (!source->is_customer)
            record.release = source->index;
        else
            record.customer = source->index;
    }
    if (part->order != NOBODY) record.order = (int32_t)run->orders[part->order].number;
    return record;
}

static double hours(tick ticks) {
    return (double)ticks / (double)TICK_H;
}

/* ---- lots ---- */
void tell_queued(struct run *run, const struct part *part) {
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_QUEUED, part->pieces), part);
    record.station = run->plant->steps[part->step].station;
    record.step = part->step;
    tell(run, &record);
}

void tell_released(struct run *run, const struct part *part) {
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_RELEASED, part->pieces), part);
    tell(run, &record);
}

void tell_refused(struct run *run, const struct part *part) {
    SAY(run, CLASS_DEMAND, run->plant->sources[run->plant->flows[part->flow].source].name,
        "lot %lld is lost: no room", (long long)part->serial);
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_REFUSED, part->pieces), part);
    tell(run, &record);
}

static void tell_each_lot(struct run *run, int32_t id, enum record_kind what, double value) {
    if (!run->recorder) return;
    for (int32_t at = run->machines[id].part; at != NOBODY; at = run->parts[at].next) {
        const struct part *part = &run->parts[at];
        struct record record = with_lot(run, record_of_machine(run, what, value, id), part);
        record.step = part->step;
        tell(run, &record);
    }
}

/* Setups and the work behind them are not said in words. */
void tell_set_up(struct run *run, int32_t id) {
    tell_each_lot(run, id, RECORD_SET_UP, hours(run->machines[id].setup));
}

void tell_set_up_done(struct run *run, int32_t id) {
    tell_each_lot(run, id, RECORD_STARTED, hours(run->machines[id].work));
}

void tell_started(struct run *run, int32_t id) {
    const struct machine *machine = &run->machines[id];
    const struct station *plan = &run->plant->stations[machine->station];
    SAY(run, CLASS_COMPLETE, plan->name, "machine %d starts lot %lld: %.6g h",
        id - plan->machine_first + 1, (long long)run->parts[machine->part].serial,
        hours(machine->work));
    tell_each_lot(run, id, RECORD_STARTED, hours(run->machines[id].work));
}

void tell_preempted(struct run *run, int32_t id, const struct part *part, tick left) {
    const struct station *plan = &run->plant->stations[run->machines[id].station];
    SAY(run, CLASS_COMPLETE, plan->name, "machine %d is taken from lot %lld: %.6g h are left",
        id - plan->machine_first + 1, (long long)part->serial, hours(left));
    if (!run->recorder) return;
    struct record record =
        with_lot(run, record_of_machine(run, RECORD_PREEMPTED, hours(left), id), part);
    record.step = part->step;
    tell(run, &record);
}

void tell_ended(struct run *run, const struct machine *machine, const struct part *part) {
    if (!run->recorder) return;
    int32_t id = (int32_t)(machine - run->machines);
    struct record record =
        with_lot(run, record_of_machine(run, RECORD_ENDED, part->pieces, id), part);
    record.step = part->step;
    tell(run, &record);
}

void tell_split(struct run *run, const struct part *part, const struct part *rest) {
    SAY(run, CLASS_COMPLETE, run->plant->items[run->plant->flows[part->flow].item].name,
        "lot %lld is the first %d of lot %lld", (long long)part->serial, part->pieces,
        (long long)rest->serial);
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_SPLIT, part->pieces), part);
    record.step = part->step;
    tell(run, &record);
}

void tell_left(struct run *run, const struct part *part) {
    double cycle = hours(run->now - part->born);
    SAY(run, CLASS_COMPLETE, run->plant->items[run->plant->flows[part->flow].item].name,
        "lot %lld leaves after %.6g h", (long long)part->serial, cycle);
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_LEFT, cycle), part);
    tell(run, &record);
}

void tell_late(struct run *run, const struct part *part, const struct limit *limit, tick began) {
    SAY(run, CLASS_CANCEL, run->plant->items[run->plant->flows[part->flow].item].name,
        "lot %lld has not started %s within %.6g h", (long long)part->serial,
        run->plant->steps[limit->step].name, hours(run->now - began));
}

void tell_gave_up(struct run *run, const struct part *part) {
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_GAVE_UP, part->pieces), part);
    tell(run, &record);
}

void tell_scrapped(struct run *run, const struct part *part, int32_t pieces) {
    SAY(run, CLASS_COMPLETE, run->plant->items[run->plant->flows[part->flow].item].name,
        "%d of lot %lld scrapped", pieces, (long long)part->serial);
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_SCRAPPED, pieces), part);
    tell(run, &record);
}

void tell_used(struct run *run, const struct part *part, int32_t stock, int64_t amount) {
    if (!run->recorder) return;
    struct record record = with_lot(run, record_of(run, RECORD_USED, (double)amount / 1000), part);
    record.stock = stock;
    tell(run, &record);
}

/* ---- machines ---- */
void tell_stop(struct run *run, int32_t id, int32_t stop, tick repair) {
    if (!run->recorder) return;
    bool begins = repair >= 0;
    struct record record = record_of_machine(run, begins ? RECORD_STOPPED : RECORD_REPAIRED,
                                             begins ? hours(repair) : NAN, id);
    const struct stop *plan = &run->plant->stops[stop];
    *(plan->planned ? &record.maintenance : &record.failure) = plan->object;
    tell(run, &record);
}

void tell_shift(struct run *run, int32_t station, bool open) {
    if (!run->recorder) return;
    struct record record = record_of(run, open ? RECORD_OPENED : RECORD_CLOSED, NAN);
    record.station = station;
    tell(run, &record);
}

void tell_machine_shift(struct run *run, int32_t id, bool open) {
    const struct station *plan = &run->plant->stations[run->machines[id].station];
    SAY(run, open ? CLASS_OPEN : CLASS_CLOSE, plan->name, "machine %d %s",
        id - plan->machine_first + 1, open ? "opens" : "closes");
    if (!run->recorder) return;
    struct record record = record_of_machine(run, open ? RECORD_OPENED : RECORD_CLOSED, NAN, id);
    tell(run, &record);
}

/* ---- orders and goods ---- */
/* An order at STOCK, or (NOBODY) at the factory. */
void tell_order(struct run *run, enum record_kind what, int32_t stock, const struct order *order,
                int64_t amount) {
    if (!run->recorder) return;
    struct record record = record_of(run, what, (double)amount / 1000);
    record.stock = stock;
    record.customer = order->customer;
    record.receiver = order->stock;
    record.order = (int32_t)order->number;
    int32_t of = stock != NOBODY ? stock : order->stock;
    if (of != NOBODY) record.item = run->plant->stocks[of].item;
    tell(run, &record);
}

void tell_shipment(struct run *run, const struct shipment *shipment) {
    if (!run->recorder) return;
    const struct plant *plant = run->plant;
    struct record record = record_of(run, shipment->is_order ? RECORD_ORDERED : RECORD_RECEIVED,
                                     (double)shipment->amount / 1000);
    record.receiver = shipment->stock;
    record.item = plant->stocks[shipment->stock].item;
    record.order = (int32_t)shipment->number;
    record.supplier = shipment->supplier;
    if (shipment->is_order) {
        const struct origin *origin = &plant->origins[shipment->origin];
        if (origin->kind == FROM_SUPPLIER)
            record.supplier = plant->supplies[origin->index].supplier;
        else if (origin->kind == FROM_STOCK)
            record.stock = origin->index;
    }
    tell(run, &record);
}

/* ---- what an instant leaves behind ---- */
static void see_machines(struct run *run, struct recorder *recorder) {
    know_machines(run, recorder);
    for (int32_t id = 0; id < run->machine_count; id++) {
        if (recorder->machines[id].state == run->machines[id].state) continue;
        recorder->machines[id].state = run->machines[id].state;
        struct record record = record_of_machine(run, RECORD_STATE, NAN, id);
        record.state = run->machines[id].state;
        run->sink->record(run->sink->context, &record);
    }
}

static void see_queues(struct run *run, struct recorder *recorder, bool all) {
    for (int32_t s = 0; s < run->plant->station_count; s++) {
        int64_t now = run->stations[s].queue.length.now;
        if (!all && recorder->queues[s] == now) continue;
        recorder->queues[s] = now;
        struct record record = record_of(run, RECORD_QUEUE, (double)now);
        record.station = s;
        run->sink->record(run->sink->context, &record);
    }
}

static void see_level(struct run *run, enum record_kind what, int32_t stock, int64_t *seen,
                      int64_t now, bool all) {
    if (!all && *seen == now) return;
    *seen = now;
    struct record record = record_of(run, what, (double)now / 1000);
    record.stock = stock;
    record.item = run->plant->stocks[stock].item;
    run->sink->record(run->sink->context, &record);
}

static void see_all(struct run *run, struct recorder *recorder, bool all) {
    int64_t wip = run->wips[run->plant->system_wip].now;
    see_machines(run, recorder);
    if (all || wip != recorder->wip) {
        struct record record = record_of(run, RECORD_WIP, (double)wip);
        run->sink->record(run->sink->context, &record);
    }
    recorder->wip = wip;
    see_queues(run, recorder, all);
    for (int32_t i = 0; i < run->plant->stock_count; i++) {
        const struct stock_state *stock = &run->stocks[i];
        struct stock_seen *seen = &recorder->stocks[i];
        see_level(run, RECORD_ON_HAND, i, &seen->on_hand, stock->on_hand.now, all);
        see_level(run, RECORD_OWED, i, &seen->owed, stock->owed.now, all);
        see_level(run, RECORD_ON_ORDER, i, &seen->on_order, stock->on_order.now, all);
    }
}

void recorder_make(struct run *run) {
    const struct plant *plant = run->plant;
    if (!run->sink || !run->sink->record) return;
    struct recorder *recorder = memory_zeroed(1, sizeof *recorder);
    recorder->queues = memory_zeroed((size_t)plant->station_count + 1, sizeof *recorder->queues);
    recorder->stocks = memory_zeroed((size_t)plant->stock_count + 1, sizeof *recorder->stocks);
    recorder->made = memory_zeroed((size_t)plant->station_count + 1, sizeof *recorder->made);
    run->recorder = recorder;
}

/* The first instant has begun: everything is told as it is when it ends. */
void recorder_begin(struct run *run) {
    if (!run->recorder) return;
    struct recorder *recorder = run->recorder;
    recorder->begun = recorder->waiting = true;
    recorder->observe_at = run->observe_at;
    run->observe_at = run->now;
}

bool recorder_instant(struct run *run) {
    struct recorder *recorder = run->recorder;
    see_all(run, recorder, !recorder->seen);
    recorder->seen = true;
    if (!recorder->waiting) return false;
    recorder->waiting = false;
    run->observe_at = recorder->observe_at;
    return run->observe_at != run->now;
}

void recorder_end(struct run *run) {
    struct recorder *recorder = run->recorder;
    if (!recorder) return;
    see_all(run, recorder, !recorder->seen);
    free(recorder->machines);
    free(recorder->made);
    free(recorder->stocks);
    free(recorder->queues);
    free(recorder);
    run->recorder = NULL;
}
