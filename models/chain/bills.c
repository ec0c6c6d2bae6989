/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment terms: what was sold and is not paid yet (receivable), and what was bought and is not
 * (payable).
 *
 * A sale or a purchase is posted when it happens; with a term, its other side is not cash but what
 * is open. A bill of a customer runs from the delivery, one of a supplier from the receipt of the
 * goods; before that, what was ordered is payable without a date. Each party has one list of bills
 * by their dates, and one slot of the calendar while there are any. */
#include "../floor/quick.h"

/* ---- the pool, and the lists ---- */
static int32_t bill_take(struct run *run) {
    if (run->bill_free != NOBODY) {
        int32_t id = run->bill_free;
        run->bill_free = run->bills[id].next;
        return id;
    }
    if (run->bill_count == run->bill_room) {
        run->bill_room = run->bill_room ? 2 * run->bill_room : 1;
        run->bills = memory_grown(run->bills, (size_t)run->bill_room, sizeof *run->bills);
    }
    return run->bill_count++;
}

/* Nearly always the last: terms that have become shorter are the exception. */
static void bill_insert(struct run *run, int32_t party, struct bill bill) {
    struct bills *bills = &run->parties[party];
    int32_t before = bills->last;
    while (before != NOBODY && run->bills[before].at > bill.at) before = run->bills[before].before;
    if (before != NOBODY && run->bills[before].at == bill.at) {
        run->bills[before].micro += bill.micro;
        return;
    }
    int32_t id = bill_take(run);
    bill.before = before;
    bill.next = before == NOBODY ? bills->first : run->bills[before].next;
    run->bills[id] = bill;
    *(before == NOBODY ? &bills->first : &run->bills[before].next) = id;
    *(bill.next == NOBODY ? &bills->last : &run->bills[bill.next].before) = id;
}

static void plan_first(struct run *run, int32_t party) {
    struct bills *bills = &run->parties[party];
    if (bills->slot == NOBODY) bills->slot = run_take_slot(run, SLOT_BILL, party);
    if (bills->first != NOBODY && run->bills[bills->first].at != TICK_NEVER) {
        run_plan(run, bills->slot, run->bills[bills->first].at, CLASS_RECEIVE);
        return;
    }
    calendar_give_slot(&run->calendar, bills->slot);
    bills->slot = NOBODY;
}

/* ---- what is open ---- */
/* Of whom: suppliers first, then customers. */
static bool is_customer(const struct run *run, int32_t party) {
    return party >= run->plant->supplier_count;
}

static void settle(struct run *run, int32_t party, int64_t micro) {
    bool sold = is_customer(run, party);
    capital_shift(run, sold ? &run->receivable : &run->payable, -micro);
    money_pay(run, sold ? -micro : micro);
}

static void bill(struct run *run, int32_t party, int64_t micro, tick term) {
    if (term <= 0) {
        settle(run, party, micro);
        return;
    }
    tick at = term < TICK_NEVER - run->now ? run->now + term : TICK_NEVER;
    bill_insert(run, party, (struct bill){.at = at, .micro = micro});
    plan_first(run, party);
}

void bills_event(struct run *run, int32_t party) {
    struct bills *bills = &run->parties[party];
    while (bills->first != NOBODY && run->bills[bills->first].at <= run->now) {
        int32_t id = bills->first;
        bills->first = run->bills[id].next;
        *(bills->first == NOBODY ? &bills->last : &run->bills[bills->first].before) = NOBODY;
        settle(run, party, run->bills[id].micro);
        run->bills[id].next = run->bill_free;
        run->bill_free = id;
    }
    plan_first(run, party);
}

/* ---- sales and purchases ---- */
void bill_customer(struct run *run, int32_t customer, int64_t micro) {
    tick term = run->settings.customers[customer].pays;
    if (LIKELY(term == 0)) {
        ledger_post_micro(run, ACCOUNT_REVENUE, micro);
        return;
    }
    run->ledger[ACCOUNT_REVENUE] += micro;
    capital_shift(run, &run->receivable, micro);
    bill(run, run->plant->supplier_count + customer, micro, term);
}

int64_t bill_ordered(struct run *run, int32_t supply, int64_t micro) {
    if (LIKELY(run->settings.supplies[supply].pays == TICK_NEVER)) {
        ledger_post_micro(run, ACCOUNT_MATERIALS, micro);
        return 0;
    }
    run->ledger[ACCOUNT_MATERIALS] += micro;
    capital_shift(run, &run->payable, micro);
    return micro;
}

void bill_received(struct run *run, const struct shipment *goods) {
    if (LIKELY(goods->open_micro == 0)) return;
    int32_t supply = run->plant->origins[goods->origin].index;
    tick term = run->settings.supplies[supply].pays;
    bill(run, goods->supplier, goods->open_micro, term == TICK_NEVER ? 0 : term);
}

/* ---- the beginning, and what always holds ---- */
void bills_start(struct run *run) {
    run->bill_count = 0;
    run->bill_free = NOBODY;
    run->receivable = run->payable = (struct level){0};
    for (int32_t i = 0; i < run->plant->supplier_count + run->plant->customer_count; i++)
        run->parties[i] = (struct bills){NOBODY, NOBODY, NOBODY};
}

/* What is receivable is the sum of the bills, and what is payable that and what was ordered. */
void bills_conserved(const struct run *run) {
    __int128 sums[2] = {0, 0};
    for (int32_t i = 0; i < run->plant->supplier_count + run->plant->customer_count; i++)
        for (int32_t id = run->parties[i].first; id != NOBODY; id = run->bills[id].next)
            sums[is_customer(run, i)] += run->bills[id].micro;
    for (int32_t i = 0; i < run->shipment_count; i++) sums[0] += run->shipments[i].open_micro;
    CHECK(sums[1] == run->receivable.now);
    CHECK(sums[0] == run->payable.now);
}
