/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records: what happened in a run, as rows of plain numbers for whoever wants to keep them.
 *
 * A trace says things in words, for a person; a record says the same in columns, for a table, a
 * picture or an event log. Every row has a moment, what happened, and the things that it happened
 * to, as indices into the plant; NOBODY where a column does not apply.
 *
 * Events are told when they happen. States of machines and levels (queues, work in process, stock)
 * are compared when an instant is over and told when they differ from before: what lasts no time is
 * no state. So the share of time that the rows give a state is the share that the run measures. */
#ifndef TAKT_MODELS_MEASURE_RECORD_H
#define TAKT_MODELS_MEASURE_RECORD_H

#include "layout.h"

/* X(NAME, word in files, what it means, what its value is) */
#define RECORD_KINDS(X)                                                                            \
    X(RELEASED, "released", "a lot comes onto the floor", "pieces")                                \
    X(QUEUED, "queued", "a lot comes to wait before a station", "pieces")                          \
    X(SET_UP, "set-up", "a machine begins to be set up for a lot", "hours planned")                \
    X(STARTED, "started", "work on a lot begins", "hours planned")                                 \
    X(PREEMPTED, "preempted", "work on a lot is interrupted by a more urgent one", "hours left")   \
    X(ENDED, "ended", "work on a lot has ended", "pieces")                                         \
    X(SPLIT, "split", "pieces move on before the rest of their lot, as a lot of their own",        \
      "pieces")                                                                                    \
    X(LEFT, "left", "a lot has done its route", "hours of cycle time")                             \
    X(SCRAPPED, "scrapped", "pieces of a lot are scrapped", "pieces")                              \
    X(GAVE_UP, "gave-up", "a lot has waited too long for a step: it leaves or goes elsewhere",     \
      "pieces")                                                                                    \
    X(REFUSED, "refused", "a lot finds no room and is lost", "pieces")                             \
    X(USED, "used", "a lot takes material out of a stock", "amount")                               \
    X(STOPPED, "stopped", "a failure or maintenance stops a machine", "hours that it takes")       \
    X(REPAIRED, "repaired", "a failure is repaired, or maintenance done", "")                      \
    X(OPENED, "opened", "a station opens", "")                                                     \
    X(CLOSED, "closed", "a station closes", "")                                                    \
    X(ORDERED, "ordered", "a customer or a stock places an order", "amount")                       \
    X(SERVED, "served", "an order is filled, or a part of it", "amount")                           \
    X(LOST, "lost", "what is open of an order is lost", "amount")                                  \
    X(RECEIVED, "received", "goods that a stock has ordered arrive", "amount")                     \
    X(STATE, "state", "a machine is in another state from now on", "")                             \
    X(WIP, "wip", "lots released and not yet finished, from now on", "lots")                       \
    X(QUEUE, "queue", "lots that wait before a station, from now on", "lots")                      \
    X(ON_HAND, "on-hand", "goods in a stock, from now on", "amount")                               \
    X(OWED, "owed", "amount ordered from a stock and not filled, from now on", "amount")           \
    X(ON_ORDER, "on-order", "amount that a stock has on order, from now on", "amount")

enum record_kind {
#define X(name, word, meaning, value) RECORD_##name,
    RECORD_KINDS(X)
#undef X
        RECORD_KIND_COUNT
};

/* Of what a column is a code, beside the sections of results. */
enum record_codes {
    RECORD_NUMBERS = RESULT_SECTION_COUNT, /* of nothing: numbers */
    RECORD_STEPS,                          /* "ITEM.STEP" */
    RECORD_STATES                          /* states of machines */
};

/* X(column, what its numbers are codes of, in words) */
#define RECORD_COLUMNS(X)                                                                          \
    X(station, RESULT_STATIONS, "station")                                                         \
    X(machine, RECORD_NUMBERS, "machine of the station, from 1")                                   \
    X(state, RECORD_STATES, "state of the machine")                                                \
    X(failure, RESULT_FAILURES, "failure of the station")                                          \
    X(maintenance, RESULT_MAINTENANCE, "maintenance of the station")                               \
    X(lot, RECORD_NUMBERS, "lot, by its birth in the run, from 0")                                 \
    X(item, RESULT_ITEMS, "item of the lot, or of what is ordered")                                \
    X(step, RECORD_STEPS, "step of the route")                                                     \
    X(release, RESULT_RELEASES, "release that the lot came from")                                  \
    X(customer, RESULT_CUSTOMERS, "customer who ordered")                                          \
    X(order, RECORD_NUMBERS, "order of this customer or stock, from 0")                            \
    X(stock, RESULT_STOCKS, "stock; of an order, the one that is to fill it")                      \
    X(receiver, RESULT_STOCKS, "stock that ordered, or that the lot is made for")                  \
    X(supplier, RESULT_SUPPLIERS, "supplier of the goods")

struct record {
    tick at;      /* from the moment that measuring begins; negative in the warm-up */
    double value; /* NaN: none */
    int32_t what; /* enum record_kind */
#define X(column, codes, words) int32_t column;
    RECORD_COLUMNS(X)
#undef X
};

struct record_kind_row {
    const char *word, *meaning, *value;
};
extern const struct record_kind_row record_kinds[RECORD_KIND_COUNT];

#endif
