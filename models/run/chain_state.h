/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the chain in a run: orders, goods on their way, stocks, suppliers, customers. */
#ifndef TAKT_MODELS_RUN_CHAIN_STATE_H
#define TAKT_MODELS_RUN_CHAIN_STATE_H

#include "floor_state.h"

struct order { /* a customer's or stock's order at a stock, or a customer's at the factory */
    int32_t next, before;
    int32_t customer, stock; /* who ordered: one of the two, the other NOBODY */
    int32_t origin;          /* of a stock that ordered: as which of its sources */
    int32_t late_slot;       /* of the event at its due date, or NOBODY */
    int32_t offer;           /* of a customer: what he is to have, and where from */
    int32_t patience_slot;   /* of the end of its patience, or NOBODY */
    int64_t amount, open;    /* thousandths */
    int64_t number;          /* of who ordered: from 0 */
    tick placed, due;
    tick keep_by; /* goods are kept for it by then: see models/plan/kept.c */
    int32_t priority;
    bool in_parts, is_late;
    bool seen;                    /* its stock has tried to serve it */
    bool substituted;             /* it, or a part of it */
    int64_t delivered, sent_back; /* of it so far */
    int64_t ordered;              /* as it was placed */
    exact_money value;            /* of goods set aside for it, or on their way: see books.h */
    bool is_last; /* of a delivery on a lane: nothing of its order follows; see goods.c */
    int32_t item;
    tick on_way; /* the time that a delivery took */
    bool gone;   /* who ordered it has left, and it is still being made */
};

/* Something on its way: goods to a stock, or a stock's order to its source. */
struct shipment {
    int32_t next; /* in the free list */
    int32_t slot;
    int32_t stock;    /* that gets the goods, or that ordered */
    int32_t supplier; /* whose goods, or NOBODY */
    bool is_order;
    int32_t origin; /* of an order: where it goes */
    int64_t amount;
    int64_t number; /* of the stock's order, from 0; NOBODY: ordered before the run */
    tick placed;
    /* of goods of a supplier: see supplier.c */
    int32_t before;        /* in one of his lists, with `next` */
    uint8_t stage;         /* enum goods_stage */
    int32_t customer;      /* who sends it back, or NOBODY */
    bool unordered;        /* made without an order of the stock */
    bool keeps_place;      /* where it goes: see room.c */
    bool divided, was_bad; /* the rest of it follows; some that went ahead was bad */
    exact_money value;     /* in the books: see books.h */
    int64_t open_micro;    /* of its price: to be paid some time after it has come */
    int64_t missing, bad;  /* ordered and not made; delivered and of no use */
    tick work, processing, left, expected;
    tick expires; /* of goods that come from another stock; 0: fresh */
};

/* Where the goods of a supplier are; his lists hold those of a stage. */
enum goods_stage {
    GOODS_UNDER_WAY,
    GOODS_TO_LANE,    /* as long as the supplier's lead time */
    GOODS_ORDERED,    /* wait for his capacity, or until he takes orders again */
    GOODS_AT_WORK,    /* take his capacity */
    GOODS_PROCESSING, /* on their own, before they leave */
    GOODS_READY,      /* could leave */
    GOODS_HERE,       /* have come and are not received */
    GOODS_STAGE_COUNT
};

struct goods_list {
    int32_t first, last;
};

/* What a stock with several sources has on order at one of them, as it was ordered. */
struct expected {
    int32_t next;
    int64_t amount;
    tick at; /* when it should be there, on average */
};

struct origin_state {
    int32_t first, last; /* of run->expected: what is still to come */
    int64_t on_order;
    int64_t due; /* of the review at hand */
};

/* Goods of a stock that expire together: see shelf.c. */
struct aged {
    int32_t next, before;
    int64_t amount;
    tick expires;
};

struct stock_state {
    int32_t order_first, order_last; /* what a sale over the counter touches stands together */
    tick changed, sold; /* when a level of it changed last, and when over the counter */
    struct level on_hand, net;
    int64_t net_before, owed_before; /* before this instant, if it was now */
    int64_t demanded, served_at_once;
    int64_t asked;                 /* amount asked of it since its last review */
    int64_t bought, bought_before; /* by customers and the floor, ever and at that review */
    int64_t periods, ready_periods, owed_at_ends;
    struct tally net_at_ends; /* of periods */
    int32_t aged_first, aged_last;
    int64_t waste; /* measured */
    struct level owed, on_order, under_way;
    int64_t order_number, sent_number,
        lot_number; /* of orders, deliveries and lots made for it: key their draws */
    int64_t ordered, orders, stock_outs;           /* measured */
    struct tally reviewed_orders, reviewed_demand; /* amounts between reviews */
    int32_t unseen_count;                          /* orders that it has not tried to serve yet */
    int64_t orders_away;     /* amount of its orders that are on the way to the source */
    struct tally asked_ever; /* between reviews, from the beginning of the run */
    int64_t travel_number;   /* of goods on lanes: keys their draws */
    int64_t unordered;       /* of what is under way: made without an order of it */
    int64_t review_number;   /* keys what an `order` expression draws */
    struct accrual held, moved, short_of; /* on hand, under way, owed */
    /* Of what is owed to customers with a price of their own: the area, and what that has cost. */
    __int128 priced;
    int64_t priced_micro;
    /* Of one with limited room: see room.c. */
    int64_t kept;                /* places kept for lots on machines and on lanes */
    struct goods_list door;      /* goods that have come and find no room */
    struct waiters room_waiters; /* machines whose lots find none */
};

/* What a customer thinks: see opinion.c. It survives the end of the warm-up. */
struct opinion {
    double sum, weight; /* of the worth of his orders */
    double now;         /* satisfaction, 0..1 */
    tick judged;        /* when he judged last */
    double present;     /* share of the demand that has not left, */
    tick drifted;       /* at this moment */
    struct level level; /* satisfaction in millionths */
};

struct customer_state {
    struct opinion opinion;
    int64_t orders, demanded, served, lost, at_once;                    /* amounts in thousandths */
    int64_t ended, on_time, in_full, on_time_in_full, gave_up, perfect; /* orders */
    int64_t away;                  /* orders that those who have left did not place */
    int64_t substituted, returned; /* amounts */
    struct level owed, late;
    tick changed; /* when one of the two changed last */
    struct tally cycle;
    struct small_sketch cycle_sketch;
    struct accrual waiting, lateness; /* of what is owed, and late */
    int64_t revenue_micro;
    int64_t serve_micro;    /* transport and tariffs of deliveries, and what was lost */
    exact_money goods_cost; /* of what was delivered */
    exact_money not_earned; /* margin of what was lost */
};

/* What a customer asks for, period by period: see chain/asking.c. */
struct asking {
    bool clocked;      /* orders by the clock: each order is a period, else a day is */
    tick ends;         /* the day at hand, before this moment */
    int64_t today;     /* asked for in it, */
    int64_t before;    /* and of that before measuring began */
    int64_t last;      /* in the last period */
    struct tally seen; /* whole periods, in thousandths */
};

/* Of an offer: what its stock owes its customer, and what that costs at his own price (posted with
 * the customer's). See chain/owing.c. */
struct owing {
    struct level owed;
    struct accrual cost;
};

/* Of a customer who buys over the counter (see counter.c): what each sale needs, and what was sold
 * since it was last added to the customer. */
struct counter {
    uint64_t size_stream;
    double unit_scale, price;
    int64_t reserve;
    int32_t stock;
    int64_t orders, amount, revenue_micro;
    exact_money goods_cost;
};

struct supplier_state {
    int64_t orders;
    struct tally cycle;
    struct sketch *cycle_sketch;
    int64_t received, on_time, in_full; /* orders */
    int64_t expense_micro;
    struct goods_list goods[GOODS_STAGE_COUNT];
    int32_t stopped[OUTAGE_PART_COUNT]; /* how many outages and closings stop it */
    int32_t down;                       /* outages that last */
    struct level up;                    /* 1 without an outage */
    tick down_since;
    bool surviving, recovering; /* no stock of his has run short yet; one has, and is not over it */
    struct tally survived, recovered;
};

struct outage_state {
    int64_t count; /* occurrences, for the draws */
    tick next;     /* of a calendar clock */
    bool down;
};

#endif
