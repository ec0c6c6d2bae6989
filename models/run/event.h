/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of simultaneous events: a published contract, one class a line with its reason.
 *
 * Events of one instant run in this order; within a class in the order in which they were planned,
 * but stocks by their place in the chain. The list is printed in the manual. `order-of-events`
 * permutes the five lines that are marked. */
#ifndef TAKT_MODELS_RUN_EVENT_H
#define TAKT_MODELS_RUN_EVENT_H

#include "../../sim/sim.h"

/* X(NAME, words, reason) */
#define EVENT_CLASSES(X)                                                                           \
    X(RECEIVE, "receive",                                                                          \
      "what arrives is there for everybody else of the instant (order-of-events: receive)")        \
    X(COMPLETE, "complete", "a part that ends with the shift is done")                             \
    X(OPEN, "open", "a machine repaired or opened now can start now")                              \
    X(CANCEL, "cancel", "who leaves now is not served now")                                        \
    X(DEMAND, "demand", "what is ordered now can be served now (order-of-events: demand)")         \
    X(SERVE, "serve", "stocks fill orders, from the source downwards (order-of-events: serve)")    \
    X(PLAN, "plan", "a plan is there before who uses it")                                          \
    X(ORDER, "order",                                                                              \
      "stocks order, from the customer upwards (order-of-events: order, order-from-source)")       \
    X(EXPIRE, "expire",                                                                            \
      "goods can be used until their time is over, that moment included (order-of-events: "        \
      "expire)")                                                                                   \
    X(POLICY, "policy", "event policies see all of the above")                                     \
    X(CLOSE, "close", "a machine that closes or fails now has worked until now")                   \
    X(OBSERVE, "observe", "what is measured now has seen everything of the instant")

enum event_class {
#define X(name, words, reason) CLASS_##name,
    EVENT_CLASSES(X)
#undef X
        CLASS_COUNT
};

struct event_class_row {
    const char *name, *reason;
};
extern const struct event_class_row event_classes[CLASS_COUNT];

/* What owns a slot of the calendar. */
enum slot_kind {
    SLOT_MACHINE,     /* ends the phase of work */
    SLOT_TURN,        /* the same of a machine that is set up for no lot: see setup.c */
    SLOT_AGAIN,       /* the same of a lot that is worked again: see blocking.c */
    SLOT_ENTRY,       /* the next lot may go into a pipelined tool, or onto a conveyor */
    SLOT_EXIT,        /* a lot comes out of it */
    SLOT_FAILURE,     /* a machine's failure mode: fails, or is repaired */
    SLOT_CALENDAR,    /* opens or closes */
    SLOT_ABSENCE,     /* a person of a crew is away, or comes back */
    SLOT_HIRE,        /* people of a crew come or go for good */
    SLOT_LIMIT,       /* a lot has waited as long as it may: see extra.h */
    SLOT_BATCH,       /* a station's longest wait for a batch is over */
    SLOT_RELEASE,     /* the next lot of a release */
    SLOT_CUSTOMER,    /* the next order of a customer */
    SLOT_REVIEW,      /* a stock reviews its position */
    SLOT_SERVE,       /* a stock fills what is owed */
    SLOT_EXPIRE,      /* goods of a stock are waste */
    SLOT_OUTAGE,      /* a supplier or a lane stops, or is back */
    SLOT_WAY,         /* goods held at a lane go, or it is time for a trip */
    SLOT_PLAN,        /* a plan sees, acts, or is computed: see planner.h */
    SLOT_LATE,        /* an order of a customer is due */
    SLOT_RETURN,      /* goods that a customer sends back */
    SLOT_PATIENCE,    /* an order of a customer has waited as long as it may */
    SLOT_MONEY,       /* the end of a month, or a payment */
    SLOT_BILL,        /* bills of a supplier or customer are paid */
    SLOT_PROGRAMME,   /* a programme's date, trigger and end are looked at */
    SLOT_UNDERTAKING, /* something of a programme that was decided is due */
    SLOT_BREAKDOWN,   /* a vehicle breaks down, or goes on */
    SLOT_VEHICLE,     /* has come, loaded, arrived or unloaded */
    SLOT_TRIP,        /* along a lane: arrives */
    SLOT_SHIPMENT     /* goods or an order on their way */
};

#endif
