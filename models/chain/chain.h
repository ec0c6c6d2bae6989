/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain: stocks and who supplies, carries and buys, and the money that all of it moves, file by
 * file of this folder. */
#ifndef TAKT_MODELS_CHAIN_H
#define TAKT_MODELS_CHAIN_H

#include "../run/run.h"

/* ---- stock.c: holds, owes and gives; supply.c: what is on its way; customer.c ---- */
void stocks_start(struct run *);
/* To a customer over the counter, if there is that much beyond what is kept back: see counter.c. */
bool stock_sells(struct run *, int32_t stock, int64_t amount, int64_t reserve);
void stock_receive(struct run *, int32_t stock,
                   int64_t amount); /* goods that nobody here ordered */
void stock_arrive(struct run *, int32_t stock, int32_t origin, int64_t ordered, int64_t good,
                  tick expires); /* goods that it ordered of this source */
void stock_made(struct run *, int32_t flow, int64_t ordered,
                int64_t good); /* of an order to make: what came of it */
/* The floor needs this much (less than 0: no longer), and takes it. AT_ONCE: it has not waited. */
void stock_ask(struct run *, int32_t stock, int64_t amount);
void stock_use(struct run *, int32_t stock, int64_t amount, bool at_once);
/* What was asked of a stock is taken of another instead. */
void stock_use_other(struct run *, int32_t stock, int64_t asked, int32_t other, int64_t amount,
                     bool at_once);
void stock_serve(struct run *, int32_t stock);
void stock_expire(struct run *, int32_t stock);
void stock_forget(struct run *, int32_t stock, int32_t order);    /* who ordered has left */
void stock_take_over(struct run *, int32_t stock, int32_t order); /* of another stock */
/* Changes one of its levels; extremes follow when the instant is over. */
void stock_change(struct run *, int32_t stock, struct level *, int64_t by);
void stocks_note_extremes(struct run *); /* before they are read */
void customers_note_extremes(struct run *);
double supply_lead_expected(const struct run *, int32_t stock); /* ticks from order to receipt */
void stock_demand(struct run *, int32_t stock, const struct order *);
/* The stock orders this much of this source of its. */
void supply_order(struct run *, int32_t stock, int32_t origin, int64_t amount);
tick supply_lead_of(const struct run *, int32_t stock, int32_t origin,
                    int64_t amount); /* the same of one order at one source */
int64_t supply_rounded(const struct run *, int32_t origin, int64_t amount); /* to what he takes */
/* From another stock; the goods will be waste at EXPIRES (0: a shelf life from now on). */
void supply_send(struct run *, const struct order *, int64_t amount, tick expires);
void supply_on_its_way(struct run *, int32_t stock, const struct pipeline *);
void shipment_event(struct run *, int32_t shipment);
int32_t shipment_keep(struct run *, struct shipment); /* in the pool; its id */
/* Its next event. What a lane carries has none of its own, and no slot of the calendar. */
void shipment_plan(struct run *, int32_t shipment, tick at, enum event_class);
struct shipment shipment_give(struct run *, int32_t shipment); /* takes it out of the pool */
/* A time of this law, drawn by number. */
tick supply_drawn(const struct run *, const struct law *, uint64_t stream, int64_t number);
/* The time that goods of this stock are under way when no lane carries them. */
tick supply_lead_drawn(const struct run *, int32_t stock, int32_t origin, int64_t number);
void supply_leaves(struct run *, struct shipment, tick lead); /* goods begin their way */
void supply_received(struct run *, const struct shipment *);

/* ---- reorder.c: when a stock orders, and how much ---- */
/* What an expression of this stock sees (enum stock_name). */
double stock_value(const struct run *, int32_t stock, int32_t what, int32_t index);
int64_t stock_position(const struct run *, int32_t stock);
/* The amount that a rule of the stock gives now: FIXED, or what FORMULA says. */
int64_t stock_amount(struct run *, int32_t stock, int64_t fixed, const struct formula *);
void stock_review(struct run *, int32_t stock);
void stock_order(struct run *, int32_t stock, int64_t amount); /* of its source or sources */
void stock_review_now(struct run *, int32_t stock);    /* when its turn comes in this instant */
void stock_position_fell(struct run *, int32_t stock); /* who looks at it all the time looks now */
void stock_reviews_start(struct run *, int32_t stock); /* the next that its policy makes */
void stock_reviews_anew(struct run *, int32_t stock);  /* it looks at other moments */
/* The turn of a stock in an instant: to order, or to serve when all below it have ordered. */
int32_t stock_turn(const struct plant *, int32_t stock, bool serves);

/* ---- room.c: stocks and sites that hold only so much ---- */
static inline bool room_limited(const struct run *run, int32_t stock) {
    return run->settings.stocks[stock].room != INT64_MAX || run->plant->stocks[stock].shares_room;
}
void room_freed(struct run *, int32_t stock); /* those who wait for it are called */
bool room_is_there(const struct run *, int32_t stock, int64_t amount);
void room_keep(struct run *, int32_t stock, int64_t amount); /* a place; given back when negative */
void room_let_in(struct run *,
                 int32_t stock); /* what stands at its door, as far as there is room */
bool room_stops(struct run *, int32_t shipment); /* goods have come; true: they are taken care of */
void room_bring(struct run *, int32_t stock, int64_t amount); /* goods that nobody here ordered */
void rooms_conserved(const struct run *);                     /* of sites */
void room_conserved(const struct run *, int32_t stock);

/* ---- sourcing.c: a stock with several sources ---- */
void sourcing_start(struct run *);
/* Which source gets an order of this amount? */
int32_t sourcing_chosen(struct run *, int32_t stock, int64_t amount);
int32_t sourcing_only(const struct run *, int32_t stock); /* or NOBODY: it has several, or none */
/* Divides what is due among the sources: run->origins[].due; returns the sum. */
int64_t sourcing_divide(struct run *, int32_t stock, int64_t amount);
bool sourcing_divides(const struct run *, int32_t stock);
void sourcing_ordered(struct run *, int32_t origin, int64_t amount, tick expected);
void sourcing_came(struct run *, int32_t origin, int64_t amount); /* or will never come */

/* ---- demand.c: what was asked of a stock from review to review ---- */
int64_t demand_now(const struct run *, int32_t stock); /* since the review before */
/* Between reviews on average, in the item's unit: of the last so many, this one too; 0: of all. */
double demand_mean(const struct run *, int32_t stock, int32_t reviews);
int64_t demand_newsvendor(const struct run *, int32_t stock); /* its level */
bool stock_counted(const struct run *, int32_t stock);        /* in pieces */
/* Thousandths, rounded up to whole pieces of an item that is counted. */
int64_t stock_whole(const struct run *, int32_t stock, double amount);
int64_t buffer_due(struct run *, int32_t stock);                /* what ddmrp orders now */
void demand_look(struct run *, int32_t stock);                  /* a review begins */
void demand_seen(struct run *, int32_t stock, int64_t ordered); /* and ends */

/* ---- share.c ---- */
enum fate { FATE_SERVED, FATE_WAITS, FATE_LOST, FATE_MOVED };
void stock_serve_shares(struct run *, int32_t stock);
/* Serves an order with this at most, as its own rule allows. */
void stock_serve_some(struct run *, int32_t stock, int32_t order, int64_t most);
enum fate stock_serve_end(struct run *, int32_t stock, int32_t order); /* nothing more for it now */
/* The same, and it leaves the list if it does not wait: what is open of it if it does, else 0. */
int64_t stock_serve_over(struct run *, int32_t stock, int32_t order);
bool stock_serves_parts(const struct run *, const struct order *);

/* ---- shelf.c: goods that expire ---- */
void shelf_put(struct run *, int32_t stock, int64_t amount, tick expires); /* 0: fresh */
void shelf_take(struct run *, int32_t stock, int64_t amount);
/* How much of this amount is issued first and expires together, and when. */
int64_t shelf_alike(const struct run *, int32_t stock, int64_t amount, tick *expires);
int64_t shelf_expired(struct run *, int32_t stock); /* takes what is waste now */
int64_t shelf_sum(const struct run *, int32_t stock);

/* ---- supplier.c ---- */
void suppliers_start(struct run *);
void supplier_ordered(struct run *, const struct shipment *order);
void supplier_goods_event(struct run *, int32_t shipment); /* a stage of its goods ends */
bool supplier_holds_back(const struct run *, const struct shipment *); /* goods that have come? */
void supplier_keeps(struct run *, int32_t shipment); /* until it may be received */
double supply_expected(const struct run *, int32_t supply, int64_t amount); /* ticks to receipt */
double supply_price(const struct run *, int32_t supply, int64_t amount);    /* of the whole order */
void suppliers_short(struct run *, int32_t stock);   /* it cannot serve somebody */
void suppliers_cleared(struct run *, int32_t stock); /* it owes less */
void suppliers_shift(struct run *, int32_t shift, bool open);
void supplier_outage(struct run *, const struct outage *, bool begins);
/* ---- outage.c ---- */
void outages_start(struct run *);
void outage_event(struct run *, int32_t outage);
int32_t order_take(struct run *);
void order_give(struct run *, int32_t order);
void order_watch(struct run *, int32_t order); /* from its due date on it is late */
void order_watch_due(struct run *, int32_t order);
void order_late(struct run *, int32_t order);
/* offer.c: where a customer buys, what he takes instead and what he sends back. */
int32_t offer_chosen(struct run *, int32_t flow, const struct order *);
bool offer_instead(struct run *, int32_t order); /* its stock is short: true: it is another's now */
void offer_sent_back(struct run *, struct order *, int64_t amount); /* of what was delivered now */
void return_event(struct run *, int32_t shipment);
/* opinion.c: what a customer thinks of his orders, and who leaves. */
struct opinion opinion_at_start(void);
void opinion_forms(struct run *, const struct order *, bool on_time,
                   bool in_full);                                          /* it has ended */
bool opinion_orders(struct run *, int32_t source, int64_t number);         /* false: he has left */
double customer_price(const struct run *, int32_t customer, int32_t item); /* of a unit */
/* ---- asking.c: what customers ask for, period by period ---- */
void askings_start(struct run *);
void askings_reset(struct run *);
void asking_close(struct asking *, tick now); /* the days that have ended */
struct tally asking_seen(const struct run *, int32_t customer);
double asking_now(const struct run *, int32_t customer); /* units, in the last period */
static inline void asking_add(struct run *run, int32_t customer, int64_t amount) {
    struct asking *asking = &run->askings[customer];
    if (asking->clocked) {
        asking->last = amount;
        tally_add(&asking->seen, amount);
        return;
    }
    if (run->now >= asking->ends) asking_close(asking, run->now);
    asking->today += amount;
}

/* ---- counter.c: orders that are filled whole as they come ---- */
void counters_start(struct run *);
bool counter_sells(struct run *, int32_t source, int64_t number); /* false: by the long way */
void counter_fetch(const struct run *, int32_t source, int32_t last);
bool orders_by_the_clock(const struct run *, int32_t source); /* `every` is one constant time */
void counters_settle(struct run *); /* what was sold is added to the customers */

void order_leaves(struct run *, int32_t order); /* its patience is at an end */
void customers_start(struct run *);
void customers_free(struct run *);
void customer_event(struct run *, int32_t source);
void customer_served(struct run *, int32_t order, int64_t amount);
void customer_lost(struct run *, const struct order *);  /* what is open of it */
void customer_delivered(struct run *, int32_t delivery); /* on a lane: see goods.c */
/* SPOT: where it was made, or NOBODY. */
void customer_made(struct run *, int32_t order, int64_t amount, int32_t spot);
void customer_gave_up(struct run *, int32_t order, int64_t amount, int32_t spot);
void order_to_make(struct run *, int32_t flow, int64_t amount, int32_t order, tick due,
                   int32_t priority);

/* ---- owing.c: what is owed to customers who have a price of their own for it ---- */
void owing_start(struct run *);
void owing_reset(struct run *);                            /* measuring begins */
void owing_shift(struct run *, int32_t offer, int64_t by); /* only if run->owings */
void owing_sum(struct run *);                              /* `priced` of every stock, up to now */
void owing_conserved(const struct run *);

/* ---- ledger.c ---- */
void ledger_rebase(struct run *); /* prices change: what is posted stays */
void ledger_post_micro(struct run *, enum account, int64_t micro);
void ledger_post(struct run *, enum account,
                 double money);         /* currency; rounded once, half to even */
void ledger_accrue(struct run *);       /* what accrues with time, up to now */
__int128 ledger_unposted(struct run *); /* millionths that would be posted now */
void ledger_reset(struct run *);
void ledger_conserved(const struct run *);
__int128 ledger_profit(const struct run *); /* millionths */
__int128 ledger_contribution(const struct run *);

/* ---- bills.c ---- */
void bill_customer(struct run *, int32_t customer, int64_t micro); /* sold; negative: sent back */
/* Ordered from a supplier: what of it is to be paid after receipt (see bill_received). */
int64_t bill_ordered(struct run *, int32_t supply, int64_t micro);
void bill_received(struct run *, const struct shipment *);
void bills_event(struct run *, int32_t party);
void bills_start(struct run *);
void bills_conserved(const struct run *);

/* ---- capital.c: what programmes have bought ---- */
void asset_buy(struct run *, int32_t undertaking_slot, int64_t micro);
void asset_sell(struct run *, int32_t undertaking_slot, int64_t brings_micro);
void assets_accrue(struct run *);
void assets_reset(struct run *);
void assets_conserved(const struct run *);

/* ---- books.c: what becomes of the worth of goods ---- */
exact_money books_goods(const struct run *); /* of all that are here */
void books_ordered(struct run *, struct shipment *, int64_t price_micro);
void books_sent(struct run *, struct shipment *); /* by a store */
void books_divided(struct shipment *ahead, struct shipment *rest, int64_t amount);
void books_received(struct run *, const struct shipment *);
void books_wasted(struct run *, int32_t stock, int64_t amount);
void books_used(struct run *, int32_t part, int32_t stock, int64_t amount); /* by a lot */
void books_worked(struct run *, int32_t part, int64_t cost_micro);
void books_stands(struct run *, int32_t part); /* when the run begins */
void books_split(struct run *, int32_t rest, int32_t front);
void books_scrapped(struct run *, int32_t part, int32_t pieces); /* of those it has */
void books_made(struct run *, int32_t part);
void books_shipped(struct run *, int32_t stock, struct order *, int64_t amount);
exact_money books_delivered(struct run *, struct order *); /* what it had cost */
void books_unwanted(struct run *, struct order *);         /* what is left for it is nobody's */
exact_money books_sold(struct run *, int32_t stock, int64_t amount); /* over the counter */
exact_money books_returned(struct run *, const struct shipment *);
void books_start(struct run *);
void books_opening(struct run *, int32_t stock, int64_t amount);
void books_reset(struct run *);
/* Shifts goods, receivable or payable, and with it the working capital. */
void capital_shift(struct run *, struct level *, int64_t by);
void capital_note_extremes(struct run *);
void books_conserved(const struct run *);

/* ---- money.c ---- */
void money_pay(struct run *, int64_t micro);     /* for a cost; negative: received */
bool money_by_months(const struct world_spec *); /* is what accrues posted each month? */
void money_note(struct run *);                   /* what was paid since the last note is one flow */
void money_reset(struct run *);
void money_begin(struct run *); /* measuring begins */
void money_event(struct run *);
void money_month(struct run *); /* its end is observed */
void money_tax(struct run *);
double money_worth(const struct run *);   /* now, of all that was paid and received */
double money_return(const struct run *);  /* a year */
double money_payback(const struct run *); /* ticks */

/* ---- energy.c ---- */
double energy_in_state(const struct run *, int32_t station, enum machine_state); /* kWh */
double energy_drawn(const struct run *);                                         /* of all */
double energy_emitted(const struct run *); /* kg of CO2: of energy, and of lanes */

#endif
