/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shop floor: how parts, queues and machines act on each other. Shared by the files of models/
 * only.
 *
 * - release.c: work that starts by itself; standing.c: what is on the floor at first
 * - part.c: a part's end and loss
 * - queue.c: who waits, and who goes next; backlog.c: how much work that is
 * - forming.c: what lots of a batch wait for: each other, or the machine
 * - setup.c: what machines are set up for, and when that changes
 * - station.c: the start of work; work.c: how long it takes; job.c: what rules see of a job
 * - own.c: machines that differ from their neighbours
 * - machine.c: idle or at work, and stops; failure.c: failures and maintenance; closing.c: shifts
 * - blocking.c: machines that start only with room ahead, or work a part again
 * - pipe.c: pipelined tools and conveyors
 * - place.c: lots choose among stations; routing.c: among routes
 * - order.c: steps in an order of each job; choice.c: steps that are passed by, bonds to machines
 * - quality.c: bad pieces and inspections
 * - card.c: cards, held and free; transfer.c: pieces that move on before the rest
 * - kit.c: parts that are made for a lot
 * - carry.c: lots between stations that a lane connects
 * - route.c: the end of work; move.c: finished parts go on, blocking; door.c: lots that could not
 *   come in; material.c: what lots use; waiters.h: who waits for what
 * - alone.c: end, move and start in one go, when nothing else happens at that instant
 * - quick.h: of all these, what nearly every event does, inline
 */
#ifndef TAKT_MODELS_FLOOR_FLOOR_H
#define TAKT_MODELS_FLOOR_FLOOR_H

#include "../chain/chain.h"
#include "../run/run.h"

/* ---- plain reads ---- */
static inline struct stream run_stream(const struct run *run, uint64_t hash) {
    return (struct stream){{run->seed, hash}};
}
/* A uniform of this run: of the second of an antithetic pair it is turned round. */
static inline double run_uniform(const struct run *run, struct draw *draw) {
    double u = draw_uniform(draw);
    return run->mirrored ? 1 - u : u;
}
static inline uint32_t run_class(const struct run *run, enum event_class what) {
    return run->plant->class_of[what];
}
static inline void run_plan(struct run *run, int32_t slot, tick at, enum event_class what) {
    if (at == run->now) run->more_now = true;
    calendar_plan(&run->calendar, slot, at, run_class(run, what));
}
/* The same with a rank among the events of its class instead of the order of planning. */
static inline void run_plan_ranked(struct run *run, int32_t slot, tick at, enum event_class what,
                                   int32_t rank) {
    if (at == run->now) run->more_now = true;
    calendar_plan_ranked(&run->calendar, slot, at, run_class(run, what), rank);
}
/* Of all lots, also those that are made for others: the system's own is without them. */
static inline struct level *run_wip(const struct run *run) {
    return &run->wips[run->plant->all_wip];
}
static inline void station_wake(struct run *run, int32_t station) {
    run->awake[station >> 6] |= UINT64_C(1) << (station & 63);
    run->pending = true;
}
/* A waiter is a machine, from 0 on, or a door, from -2 downwards (-1 is NOBODY). The same turns it
 * back. */
static inline int32_t waiter_of_door(int32_t door) {
    return -2 - door;
}

static inline struct door door_empty(void) {
    return (struct door){NOBODY, NOBODY, 0, NOBODY, NOBODY, NOBODY, false, false, false};
}

int32_t run_take_slot(struct run *, enum slot_kind, int32_t subject);
void run_stop(struct run *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void run_say(struct run *, enum event_class, const char *who, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* For traces only; costs one branch when nobody listens. */
#define SAY(RUN, ...)                                                                              \
    do {                                                                                           \
        if (__builtin_expect((RUN)->sink != NULL, 0)) run_say(RUN, __VA_ARGS__);                   \
    } while (0)

/* ---- record.c: the same for more than a line of words: TELL(run, ended, machine, part) ---- */
#define TELL(RUN, WHAT, ...)                                                                       \
    do {                                                                                           \
        if (__builtin_expect((RUN)->sink != NULL, 0)) tell_##WHAT(RUN, __VA_ARGS__);               \
    } while (0)
void tell_released(struct run *, const struct part *);
void tell_queued(struct run *, const struct part *);
void tell_refused(struct run *, const struct part *);
void tell_set_up(struct run *, int32_t machine);
void tell_set_up_done(struct run *, int32_t machine);
void tell_started(struct run *, int32_t machine);
void tell_preempted(struct run *, int32_t machine, const struct part *, tick left);
void tell_ended(struct run *, const struct machine *, const struct part *);
void tell_split(struct run *, const struct part *, const struct part *rest);
void tell_left(struct run *, const struct part *);
void tell_gave_up(struct run *, const struct part *);
void tell_late(struct run *, const struct part *, const struct limit *, tick began);
void tell_scrapped(struct run *, const struct part *, int32_t pieces);
void tell_used(struct run *, const struct part *, int32_t stock, int64_t amount);
void tell_stop(struct run *, int32_t machine, int32_t stop, tick repair); /* negative: its end */
void tell_shift(struct run *, int32_t station, bool open);
void tell_machine_shift(struct run *, int32_t machine, bool open);
void tell_change(struct run *); /* of a level, with nothing else to tell */
void tell_order(struct run *, enum record_kind, int32_t stock, const struct order *,
                int64_t amount); /* STOCK fills it; NOBODY: the factory */
void tell_shipment(struct run *,
                   const struct shipment *); /* a stock's order leaves, or its goods come */
void recorder_make(struct run *);
void recorder_begin(struct run *);   /* the run has begun */
bool recorder_instant(struct run *); /* an instant is over; true: nothing else observes it */
void recorder_end(struct run *);

/* ---- part.c ---- */
int32_t part_take_new(struct run *); /* when no used one is free: see quick.h */
void part_deliver(struct run *, int32_t part);
void part_give_up(struct run *, int32_t part); /* leaves the floor unfinished */
void part_measure_due(struct run *, struct flow_state *, const struct part *);
void part_measure_rare_times(struct run *, struct flow_state *, const struct part *);
void part_waited_for_people(struct run *, int32_t part, tick waited);
void part_lose(struct run *, int32_t part,
               int32_t pieces); /* scrap of some of its pieces, or of all: then it is gone */

/* ---- extra.c: what lots of some items know besides: see extra.h ---- */
void extra_make(struct run *, int32_t part);
void extra_clear(struct run *, int32_t part); /* it is gone */
void extra_released(struct run *, int32_t part);
bool extra_step_done(struct run *, int32_t part, int32_t step);       /* false: the lot is gone */
void extra_starts(struct run *, int32_t first_part, int32_t machine); /* it and those with it */

/* The first piece of a lot that may be a part of another: keys its draws. */
static inline int32_t part_first_piece(const struct run *run, const struct part *part) {
    return run->extras ? run->extras[part - run->parts].first_piece : 0;
}

/* ---- transfer.c ---- */
void transfer_begin(struct run *, int32_t machine); /* with a lot that it has just taken */
void transfer_next(struct run *, int32_t machine);  /* its pieces have moved: with the rest */
/* Some pieces are worked, or lost, and the rest stays with the machine. */
void transfer_worked(struct run *, int32_t rest, const struct part *);
void transfer_cut(struct run *, int32_t rest);

/* ---- quality.c: the end of a step that makes bad pieces, or looks for them ---- */
enum inspected { INSPECTED_GOOD, INSPECTED_BAD, INSPECTED_LOST };
/* INSPECTED_BAD: it is to be worked again; INSPECTED_LOST: so many pieces of it are lost. */
enum inspected quality_judge(struct run *, int32_t part, int32_t *lost);
/* What it will say of a lot on its machine, of which so many pieces will be scrap before. */
enum inspected quality_ahead(const struct run *, const struct part *, int32_t lost);
void quality_lost(struct run *, int32_t part, int32_t pieces); /* are about to be, good or bad */
void quality_split(struct run *, int32_t rest, int32_t front); /* some have become a lot */

/* ---- order.c: steps in an order of each job ---- */
enum { ORDER_MOST = 256 };
int32_t order_first(const struct run *, const struct part *);
int32_t order_next(const struct run *, const struct part *, int32_t from); /* NOBODY: it is done */
/* FROM and what comes behind it; returns how many. STEPS has ORDER_MOST places. */
int32_t order_rest(const struct run *, const struct part *, int32_t from, int32_t *steps);

/* ---- choice.c: steps that are passed by, and bonds to machines ---- */
bool choice_does(const struct run *, const struct part *, int32_t step); /* or passes it */
/* The first step from STEP on that it will do, or NOBODY. */
int32_t choice_ahead(const struct run *, const struct part *, int32_t step);
void choice_make(struct run *,
                 struct part *); /* it comes to its step: passes what it does not do */
void bonds_clear(struct run *, int32_t part);
void bonds_copy(struct run *, int32_t from, int32_t to);
void bonds_make(struct run *, int32_t first_part, int32_t machine); /* they start there */
bool bond_allows(const struct run *, const struct part *, int32_t machine);

/* ---- place.c: steps with several stations ---- */
/* The lot comes to such a step: its place at the station that it goes to, or NOBODY when there is
 * no room at any that it may go to. */
int32_t place_found(struct run *, int32_t part);
int32_t place_ahead(struct run *, int32_t part, int32_t step); /* the same of a step to come */
void place_kept(struct run *, int32_t part, int32_t station);  /* it goes to this one */
/* Lots, and ticks of work, that are there, for each machine; would a lot start there at once? */
double place_lots(const struct run *, int32_t station);
double place_work(const struct run *, int32_t station);
bool place_able(const struct run *, int32_t station);

/* ---- routing.c: items with several routes ---- */
/* The lot, outside, chooses its route, and gets the first step that it does of it (NOBODY: none).
 * False: there is no room where any of them begins. */
bool route_found(struct run *, int32_t part);
/* Would cards of this loop let the lot in, which waits outside or in a hall? If only where a rule
 * might send it now, its step becomes that. */
bool routing_takes(struct run *, int32_t part, bool outside, int32_t loop);

/* ---- kit.c: see kit.h ---- */
/* The lot is released: what it uses is begun. LATER_THAN: only for steps behind this one; NOBODY:
 * for all. */
void kits_begin(struct run *, int32_t part, int32_t later_than);
/* Is all there that its step wants? What was never begun is begun now: the pools may move. */
bool kit_ready(struct run *, int32_t part);
void kit_wait(struct run *, int32_t part);  /* until it is, beside the queue of its step */
void kit_take(struct run *, int32_t part);  /* it comes into the queue, and has it */
void kits_drop(struct run *, int32_t part); /* it is gone */
void kit_receive(struct run *, int32_t kit, int32_t pieces); /* are made */
void kit_lost(struct run *, int32_t kit, int32_t flow, int32_t pieces);
void kits_conserved(const struct run *);

/* The kit that a lot is made for, or NOBODY. */
static inline int32_t kit_of(const struct run *run, int32_t part) {
    return run->extras ? run->extras[part].kit : NOBODY;
}

/* ---- forming.c: what lots of a batch wait for ---- */
/* The list from FIRST on begins its work together; when each came is noted beside it. */
void batch_formed(struct run *, int32_t station, int32_t first);

/* ---- limit.c ---- */
void limit_copy(struct run *, int32_t clock, int32_t part);  /* the same for another lot */
void limits_begin(struct run *, int32_t part, int32_t from); /* NOBODY: its release */
void limits_end(struct run *, int32_t part, int32_t step);   /* of its start; NOBODY: all */
void limit_event(struct run *, int32_t clock);
bool limit_acts(struct run *, int32_t part, int32_t limit); /* false: the lot is gone */

/* ---- queue.c: queues with a rule; plain ones in quick.h ---- */
static inline const struct queue_rule *station_rule(const struct run *run, int32_t station) {
    return &run->settings.stations[station].rule;
}
void queue_push_ruled(struct run *, int32_t station, int32_t part);
int32_t queue_pull_ruled(struct run *, int32_t station, int32_t machine);
/* As if it had not been pulled. */
void queue_put_back(struct run *, int32_t station, int32_t part);
/* Does A, which waits for a card, go before B? By the rule of the station if they wait for the same
 * one. */
bool queue_goes_before(const struct run *, int32_t a, int32_t b);
void queue_reset(struct run *, int32_t station);
void queue_changed(struct run *, int32_t station); /* the keys of those who wait may have */
void queue_rule_changed(struct run *, int32_t station);
/* Who waits as number INDEX, in no order that means anything; BEFORE is who was asked for last. */
int32_t queue_waiting(const struct run *, int32_t station, int32_t index, int32_t before);
bool queue_remove(struct run *, int32_t station, int32_t part); /* false: it is not there */
/* The next part after FIRST that may share its batch, or NOBODY. */
int32_t queue_pull_alike(struct run *, int32_t station, int32_t machine, const struct part *first,
                         int64_t room);
/* Kinds of lots that may share a batch, as counted in one look through a queue. */
#define QUEUE_KINDS_MOST 16
struct queue_kinds {
    int32_t count;
    struct queue_kind {
        const struct part *first;
        int64_t all, smallest, largest; /* lots or pieces that wait; pieces of a lot */
        bool asked, overdue;            /* has one waited as long as it may? known once asked */
    } of[QUEUE_KINDS_MOST];
};
/* May a batch begin with this lot: do enough like it wait, or one of them long enough? KINDS is
 * what the same look has counted already: at its beginning, nothing. */
bool queue_batch_ready(const struct run *, int32_t station, int32_t machine,
                       const struct part *first, struct queue_kinds *kinds);
bool queue_alike(const struct run *, int32_t machine, const struct part *, const struct part *);
/* Is there a lot, or a batch, that this idle machine may begin? */
bool queue_offers(const struct run *, int32_t station, int32_t machine);

/* ---- move.c ---- */
bool floor_room_before(const struct run *, int32_t station);
/* A lot that goes back to the station where it is changes places with one that waits there: its
 * machine takes the next at once, so the room is not exceeded. Not where a machine holds several
 * lots, or may find none that it can begin. */
bool machine_makes_room(const struct run *, int32_t machine, const struct step *);
void moves_grow(struct run *, int32_t room);
void moves_run(struct run *);                    /* moves what can move */
void floor_retry(struct run *, int32_t station); /* room appeared before this station */
void floor_close_doors(
    struct run *); /* end of the instant: what would have to wait and may not is lost */
void door_push(struct run *, int32_t door, int32_t part);
bool floor_uses(struct run *, struct part *, const struct step *,
                int32_t machine);                       /* for a step: all or nothing */
void machine_move_again(struct run *, int32_t machine); /* blocked: its lot may go elsewhere */
void machine_block(struct run *, int32_t machine,
                   int32_t station); /* its lot waits for room before this one */
void machine_block_pool(struct run *, int32_t machine, int32_t pool); /* at any station of it */
/* Is there room in the stock for the lot of this machine? With false, the machine waits for it. */
bool machine_finds_room(struct run *, int32_t machine, int32_t stock, int64_t amount);
void machine_stands(struct run *, int32_t machine);  /* blocked */
void floor_stock_retry(struct run *, int32_t stock); /* room appeared in this stock */
void floor_material(struct run *, int32_t stock); /* there is some: who waits for it tries again */
void cards_added(struct run *, int32_t loop, int64_t cards); /* so many more circulate, or less */
void cards_call(struct run *, int32_t loop); /* one is free: lots that wait for it are tried */
void stocks_order_cards(struct run *, int32_t stock); /* a card is free that orders goods */

/* ---- carry.c: lots on lanes ---- */
bool lot_sets_out(struct run *, int32_t part); /* false: no lane leads to its next station */
void lot_arrives(struct run *, int32_t part);
void lot_goes_on(struct run *, int32_t part);

/* ---- card.c ---- */
void cards_start(struct run *);
bool cards_free(const struct run *, const struct part *); /* all that it needs at its step? */
void cards_take(struct run *, struct part *);
void cards_end(struct run *, struct part *, int32_t step); /* the step is done */
void cards_moved(struct run *, struct part *); /* it has the next: those that are done come back */
void cards_leave(struct run *,
                 struct part *); /* it leaves: they come back, or go with it to a stock */
void cards_return(struct run *, struct part *); /* all, whatever becomes of it */
bool cards_need(const struct run *, const struct part *, int32_t loop);
void cards_on_start(struct run *, int32_t stock,
                    int64_t amount);                             /* goods that lie there at first */
void cards_stocked(struct run *, int32_t stock, int64_t amount); /* goods came */
void cards_taken(struct run *, int32_t stock, int64_t amount);   /* goods went */
int64_t cards_order(const struct run *, int32_t stock);          /* how much free cards stand for */
void cards_ordered(struct run *, int32_t stock, int64_t amount);
void cards_ordered_come(struct run *, int32_t stock, int64_t amount, bool lost);

/* ---- station.c: the start of work; route.c: its end; alone.c: both in one go ---- */
bool station_start(struct run *, int32_t station); /* starts one thing; false: nothing to start */
void machine_work_ends(struct run *, int32_t machine);
void machine_event(struct run *, int32_t machine); /* the phase at hand ends */
int32_t route_ahead(const struct run *,
                    const struct part *);               /* the step after its own, or NOBODY */
bool machine_ends_alone(struct run *, int32_t machine); /* false: not so simple, nothing is done */
void station_wake_for_batch(struct run *, int32_t station); /* when a lot has waited long enough */

/* ---- preempt.c ---- */
bool preempt_wanted(const struct run *, int32_t station, int32_t part); /* may it interrupt? */
bool reserve_wanted(const struct run *, int32_t station, int32_t part); /* is one kept for it? */
/* A machine whose lot was interrupted for one that waits, or NOBODY. */
int32_t preempt_machine(struct run *, int32_t station);
bool preempt_resumes(struct run *, int32_t part); /* it was interrupted, and starts again */
void reserve_begin(struct run *, int32_t part);
void reserve_end(struct run *, int32_t part);
void reserves_begin(struct run *, int32_t first_part); /* of all lots that come onto a machine */
void machine_reserves_begin(struct run *, const struct machine *); /* of all on it, and the rest */
void machine_reserves_end(struct run *, const struct machine *);
void reserve_goes(struct run *, int32_t part); /* it may go elsewhere now */
bool reserve_lets_start(const struct run *, int32_t station);
void reserve_show(struct run *, int32_t station); /* states of idle machines */

/* ---- fit.c ---- */
bool fit_wanted(const struct run *, int32_t machine);
bool fit_would(const struct run *, int32_t station, int32_t machine, int32_t part); /* alone */
/* Takes out of the queue what goes next of all that will be done before the station closes: a lot,
 * or a list of those that are worked together; NOBODY: nothing fits. */
int32_t fit_pull(struct run *, int32_t station, int32_t machine);

/* ---- machine.c ---- */
void machine_idle(struct run *, int32_t machine);
void machine_rest(struct run *, int32_t machine); /* idle, and nobody waits for it */
void machine_busy_behind(struct run *, int32_t machine);
bool machine_prepares(struct run *, int32_t machine); /* something comes before its work */
void machine_halt(struct run *, int32_t machine);     /* breaks the phase at hand off */
void machine_lose(struct run *, int32_t machine);     /* the lots on it are scrapped */
tick work_of_batch(const struct run *, int32_t first_part);
void machine_stop(struct run *, int32_t machine, int32_t bit, int32_t then);
void machine_clear(struct run *, int32_t machine, int32_t bit);
int32_t station_new_machine(struct run *, int32_t station);
void machines_start(struct run *);
void station_machines(struct run *, int32_t station, int32_t count); /* so many are there */
void machine_material(struct run *, int32_t machine);                /* material may have come */
void machine_wants_parts(struct run *, int32_t machine);

/* ---- blocking.c ---- */
/* The stock that a lot goes to when it is done, or NOBODY. */
static inline int32_t lot_stock(const struct run *run, int32_t part) {
    const struct part *lot = &run->parts[part];
    return lot->order == NOBODY ? run->plant->flows[lot->flow].stock : NOBODY;
}
/* Where the lot of this machine will go next: the station of its next step, or NOBODY when it is a
 * stock. */
static inline int32_t machine_target(const struct run *run, int32_t machine) {
    const struct machine *at = &run->machines[machine];
    int32_t step = run->parts[at->part].step;
    if (at->waits_ahead) return at->ahead < 0 ? NOBODY : at->ahead;
    return step == NOBODY ? NOBODY : run->plant->steps[step].station;
}
/* A stock among what a machine may keep a place in (machine.ahead): from -2 downwards. The same
 * turns it back. */
static inline int32_t ahead_of_stock(int32_t stock) {
    return -2 - stock;
}
/* The pool at which its lot is still to choose, or NOBODY: machine_target is the first of it. */
static inline int32_t machine_pool(const struct run *run, int32_t machine) {
    const struct machine *at = &run->machines[machine];
    const struct part *part = &run->parts[at->part];
    int32_t step = at->waits_ahead ? route_ahead(run, part) : part->step;
    if (step == NOBODY || !run->plant->steps[step].place_count) return NOBODY;
    return run->plant->steps[step].pool;
}
bool ahead_keep(struct run *run, int32_t machine);       /* false: it waits for room ahead */
void ahead_again(struct run *run, int32_t machine);      /* there may be some */
void ahead_leave(struct run *run, int32_t machine);      /* the place is no longer kept */
int32_t ahead_kept(const struct run *, int32_t station); /* places that machines have kept there */
void blocking_repeat(struct run *run);                   /* end of the instant */
void repeat_wait(struct run *run, int32_t machine);      /* done, and no room ahead */
void repeat_over(struct run *run, int32_t machine);      /* it is not worked again any more */
void repeat_end(struct run *run, int32_t machine);       /* done again */
bool machine_waits_no_more(struct run *, int32_t machine); /* out of all lists for room */

/* ---- pipe.c ---- */
void pipes_start(struct run *);
void pipe_take(struct run *, int32_t machine, int32_t first_part);        /* they go in together */
int32_t pipe_emptiest(const struct run *, int32_t station);               /* with the fewest lots */
void pipe_stands(struct run *, int32_t machine, int32_t part, tick left); /* at the start */
void pipe_exit(struct run *, int32_t machine);
void pipe_expects(struct run *, int32_t machine);     /* do stations wait for what is in it? */
void pipe_left(struct run *, int32_t machine);        /* what was at its end has gone */
void pipe_shut(struct run *, int32_t machine);        /* it takes nothing in any more */
bool pipe_works(const struct run *, int32_t machine); /* is anything on its way in it? */
void pipe_update(struct run *, int32_t machine);      /* something has changed: what now? */
void machine_open(struct run *, int32_t machine);     /* its intake is free: among the idle */

/* ---- ahead.c: lots that are at work and come next ---- */
/* Is it better to wait for some of them before a batch of SIZE begins with this lot? */
bool batch_awaits(const struct run *, int32_t machine, const struct part *first, int64_t size);
tick batch_next_comes(const struct run *, int32_t station); /* the first of them; TICK_NEVER */

/* ---- own.c: machines with names ---- */
bool own_works(const struct run *, int32_t machine, const struct part *); /* may it? */
double own_speed(const struct run *, int32_t machine);
tick own_time(const struct run *, int32_t machine, tick work, tick beside);
/* It goes from its state to this one, and somebody wants to know. */
void machine_state_watched(struct run *, const struct machine *, enum machine_state to);
/* The end of work on a machine with a name: so many pieces, and so many of them bad. */
void own_worked(struct run *, int32_t machine, int32_t pieces, int64_t bad);
/* Of any machine: work that is begun again, and pieces that are lost with the work at hand. */
void machine_wasted(struct run *, int32_t machine, tick work);
void machine_cut_off(struct run *, int32_t machine, int32_t pieces);
tick own_ticks(const struct run *, int32_t machine, enum machine_state); /* in this state */
int32_t own_calendar(const struct run *, int32_t machine); /* of settings.shifts, or NOBODY */
void own_conserved(const struct run *);

/* ---- failure.c ---- */
enum machine_state machine_stopped(const struct run *, const struct machine *);
int32_t failure_machine(const struct run *, int32_t failure);
int32_t failure_priority(const struct run *, int32_t failure);
void failures_start(struct run *);
void failure_event(struct run *, int32_t failure);
void failures_resume(struct run *, int32_t machine); /* work goes on: busy clocks run */
void failures_pause(struct run *, int32_t machine);
void failures_away(struct run *, int32_t machine); /* it is not there any more */
void failures_back(struct run *, int32_t machine);
void failures_count(struct run *, int32_t machine, int32_t pieces); /* a part is done */
void failures_due(struct run *, int32_t machine);                   /* the part at hand is gone */

/* ---- closing.c ---- */
void shifts_start(struct run *);
void shift_event(struct run *, int32_t shift);
void absence_event(struct run *, int32_t absent); /* of those who are away at times */
void hire_event(struct run *, int32_t crew);
void shift_changed(struct run *, int32_t shift); /* it has other hours */

/* ---- release.c ---- */
void release_standing(struct run *); /* lots that are on the floor when the run begins */
void sources_start(struct run *);
void release_event(struct run *, int32_t source);
int32_t release_feed(struct run *,
                     int32_t source); /* a part for a station that would starve, or NOBODY */
void release_always(struct run *, int32_t source); /* another waits at the door */
void source_plan(struct run *, int32_t source);    /* plans the next order */
/* The moment when a source with a calendar will have been open for so long from now on. */
tick source_open_after(const struct run *, int32_t source, tick);
int32_t source_flow_drawn(const struct run *, int32_t source, int64_t number);

/* ---- standing.c: work in process ---- */
/* A new lot that is on the floor already, at this step. */
void standing_put(struct run *, int32_t part, int32_t step, const struct list_entry_spec *);

/* ---- job.c: what formulas see of a job ---- */
struct job {
    const struct run *run;
    const struct part *part;
    int32_t machine; /* that is free, or NOBODY */
};
/* Work that is expected of a lot at a step, and from a step to the end of its route as written, in
 * ticks. The second is known from sums, which are made anew when settings change: standard.c. */
double standard_here(const struct run *, const struct part *, int32_t step);
double standard_from(const struct run *, const struct part *, int32_t step);
void standards_make(struct run *);

/* queue.length and the like of a station. */
double station_value(const struct run *, int32_t station, int32_t name);
double job_value(const struct run *, const struct part *, int32_t name, int32_t machine);
double job_read(const void *job, int32_t what, int32_t index);

/* ---- work.c ---- */
double world_read(const void *run, int32_t what, int32_t index);
/* One draw of a law of work for this part, keyed by its luck, its visits and the piece. */
tick work_drawn(const struct run *, const struct part *, const struct law *, uint64_t stream,
                uint64_t piece);
/* The same for the work of a step, piece 0. */
tick work_drawn_at(const struct run *, const struct part *, int32_t step);
tick work_of_pieces(const struct run *, const struct part *, const struct law *, uint64_t stream);
tick work_in_full(const struct run *, const struct part *, int32_t step);
tick work_phases(const struct run *, const struct part *, int32_t step); /* load and unload */
tick work_phase(const struct run *, const struct part *, int32_t phase); /* load or unload */
tick work_beside(const struct run *, int32_t first_part); /* both, of all on a machine */
/* Work that takes so long by the book, at this speed. */
static inline tick people_time(tick left, double speed) {
    return speed == 1 ? left : (tick)((double)left / speed + 0.5);
}

/* ---- setup.c ---- */
tick setup_time(const struct run *, const struct part *, int32_t machine); /* 0: none is due */
/* Is a setup due for the lot at hand? Then it is counted, and machine->setup says how long. */
bool setup_take(struct run *, int32_t machine);
void setup_stands(struct run *, int32_t machine); /* it is set up for the lot at hand */
bool setups_alike(const struct run *, const struct part *, const struct part *);
/* Must this machine go on with what it is set up for, because its run is too short and some wait?
 */
bool setup_held(const struct run *, int32_t machine);
void setup_turn(struct run *, int32_t station); /* nothing waits: idle machines turn to the next */
void setup_turned(struct run *, int32_t machine);    /* it is set up for the next */
void setup_turn_ends(struct run *, int32_t machine); /* whether or not it is set up */

/* ---- measure.c ---- */
void measure_reset(struct run *);
void measure_horizon(struct run *, int32_t horizon);
void measure_batch(struct run *, int32_t batch);
void measure_now(struct run *, double *values, double *room);
void measure_sums(struct run *, double *sums);
double measure_watched(const struct run *, const struct watched *);
void measure_controls(struct run *);
void antithetic_mirror(struct run *);
void measure_grid(struct run *);
void measure_sequence(struct run *, int32_t stock, int32_t what, double value); /* enum watch */

/* ---- guard.c ---- */
void guard_block(struct run *, int32_t machine);
void guard_starved(struct run *);
void guard_still(struct run *);
void guard_conserved(struct run *);

#endif
