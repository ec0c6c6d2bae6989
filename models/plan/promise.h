/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be promised when.
 *
 * Available to promise (ATP): of the supply of a period (on hand, and receipts planned for it) what
 * the orders until the next supply do not take; where they take more, the supplies before give it
 * up (discrete ATP with look-back; Vollmann, Berry, Whybark & Jacobs, Manufacturing Planning and
 * Control, 5th ed. 2005, ch. 6). Capable to promise (CTP): what is not there by then could also be
 * made, a lead time after free capacity.
 *
 * Check: on hand 20, 50 in weeks 3 and 6, orders 15 3 25 10 5 20 10 0: week 1 has 2, week 3 has 10,
 * week 6 has 20. */
#ifndef TAKT_MODELS_PLAN_PROMISE_H
#define TAKT_MODELS_PLAN_PROMISE_H

#include <stdint.h>

/* How a plan promises. X(NAME, word, in words) */
#define PROMISE_METHODS(X)                                                                         \
    X(ATP, "atp", "when it is there and nobody else was promised it")                              \
    X(CTP, "ctp", "the same, or when it can be made if that is sooner")                            \
    X(FIXED, "fixed", "what the customer wants")

enum promise_method {
#define X(name, word, help) PROMISE_##name,
    PROMISE_METHODS(X)
#undef X
        PROMISE_COUNT
};

/* SUPPLY of period 0 includes what is on hand. ATP of a period without supply is 0; what all
 * supplies together lack stands in period 0 as a negative number. */
void atp_of(const int64_t *supply, const int64_t *orders, int32_t count, int64_t *atp);

/* Room to make more: thousandths of a unit that could still be released in each period. */
struct capable {
    const int64_t *room; /* NULL: none, so ATP alone */
    int32_t lead;        /* periods from release to receipt */
};

/* The first period by whose end AMOUNT can be given; COUNT: none of them. O(count). */
int32_t promise_first(const int64_t *atp, int32_t count, const struct capable *, int64_t amount);

/* Takes AMOUNT for an order of this period from ATP, the latest supply first; what is not there
 * remains, and is returned. */
int64_t promise_take(int64_t *atp, int32_t period, int64_t amount);

#endif
