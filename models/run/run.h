/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run: all mutable state of one replication, and the loop that makes it move.
 *
 * Three phases (Tocher 1963). A: the clock moves to the next instant. B: the events of this instant
 * run in the order of models/run/event.h; they finish, receive, decide and wake, but start no
 * machine. C, when none is left: finished parts move until nothing moves; then the first woken
 * station, in the order of the scenario, starts one thing; again, until none is awake. Then the
 * instant is observed, and only then the clock moves on. So a dispatching rule sees every candidate
 * of the instant.
 *
 * Parts are passive data. A station is a queue and its machines; a machine is the unit of work,
 * state, setup and stops. Everything that stops a machine owns one bit of its `stops`, so overlaps
 * need no special case. */
#ifndef TAKT_MODELS_RUN_RUN_H
#define TAKT_MODELS_RUN_RUN_H

#include "../chain/lane.h"
#include "../floor/backlog.h"
#include "../floor/extra.h"
#include "../floor/kit.h"
#include "../floor/vehicle.h"
#include "../plant/plant.h"
#include "../measure/record.h"

/* What a part's time in the system was spent on. */
enum part_time {
    IN_QUEUE,
    IN_SETUP,
    IN_WORK,
    IN_BLOCKED,
    IN_REPAIR,
    IN_MATERIAL,
    IN_PEOPLE,    /* few wait for them: kept beside the part, see run.people_waits */
    IN_TRANSPORT, /* few travel: struct part_extra */
    IN_BATCH,     /* few are worked in batches: run.batch_waits */
    PART_TIME_COUNT
};

/* What SEMI E10 makes of a state; engineering time is not known here. */
enum e10_state {
    E10_NON_SCHEDULED,
    E10_UNSCHEDULED_DOWN,
    E10_SCHEDULED_DOWN,
    E10_STANDBY,
    E10_PRODUCTIVE,
    E10_COUNT
};

/* States of a machine, exclusive: the first that holds. X(NAME, path of the share, of E10) */
#define MACHINE_STATES(X)                                                                          \
    X(INACTIVE, "inactive", NON_SCHEDULED)                                                         \
    X(OFF_SHIFT, "off-shift", NON_SCHEDULED)                                                       \
    X(FAILED, "failed", UNSCHEDULED_DOWN)                                                          \
    X(MAINTENANCE, "maintenance", SCHEDULED_DOWN)                                                  \
    X(WAITING_REPAIR, "waiting-repair", UNSCHEDULED_DOWN)                                          \
    X(PREEMPTED, "preempted", STANDBY)                                                             \
    X(SETUP, "setup", SCHEDULED_DOWN)                                                              \
    X(WORKING, "working", PRODUCTIVE)                                                              \
    X(BLOCKED, "blocked", STANDBY)                                                                 \
    X(NO_MATERIAL, "no-material", STANDBY)                                                         \
    X(NO_PEOPLE, "no-people", STANDBY)                                                             \
    X(STARVED, "starved", STANDBY)

enum machine_state {
#define X(name, path, e10) STATE_##name,
    MACHINE_STATES(X)
#undef X
        STATE_COUNT
};

extern const char *const machine_state_names[STATE_COUNT];
extern const enum e10_state machine_state_e10[STATE_COUNT];

/* A lot on its way: 128 bytes, of which most events touch the first line only. */
struct part {
    int32_t next; /* in a queue, on a machine, or in the free list */
    int32_t step;
    tick since;      /* when it came where it is */
    tick ahead;      /* its work at this step, drawn when it came here; negative: not drawn yet */
    uint64_t luck;   /* key of its draws */
    tick born;       /* released */
    tick due;        /* TICK_NEVER: none */
    uint32_t serial; /* order of birth: breaks the last ties */
    int32_t flow, pieces;
    int32_t priority;
    int32_t order;   /* customer's order that it is made for, or NOBODY */
    int32_t cards;   /* first of the cards that it holds (run->held), or NOBODY */
    uint16_t visits; /* times it was sent back: keys its draws */
    uint16_t reworks;
    bool is_short;      /* pieces of it were scrapped */
    bool wants_parts;   /* those that its step uses are not */
    uint8_t has_waited; /* for material: keeps its place; for people: bits */
    tick times[IN_PEOPLE];
};
enum {
    WAITED_FOR_MATERIAL = 1,
    WAITED_FOR_PEOPLE = 2,
    HAS_TRAVELLED = 4,
    WAS_INTERRUPTED = 8,
    WAITED_FOR_BATCH = 16
};
_Static_assert(sizeof(struct part) == 128, "a part is two cache lines");

struct batch_wait { /* of a part: see floor/forming.c */
    tick came;      /* before the station whose batch takes it */
    tick waited;    /* of its time, if it says WAITED_FOR_BATCH */
};

enum queue_mode { QUEUE_LIST, QUEUE_HEAP, QUEUE_SCAN };

struct queue_entry { /* of a heap: smallest first */
    double keys[RULE_KEYS_MOST];
    tick since;
    uint32_t serial;
    int32_t part;
};

/* Who waits for something: machines with a finished part (>= 0) and doors (-2 - door), in order. */
struct waiters {
    int32_t first, last;
};

struct queue {
    int32_t first, last; /* of a list */
    int32_t count;
    enum queue_mode mode;
    bool always_wakes; /* its station makes machines as it needs them */
    bool appends;      /* who comes goes to its end, and nothing else is to do */
    bool gives_first;  /* who is first goes next, and nothing else is to do */
    struct queue_entry *heap;
    int32_t heap_room;
    struct waiters waiters;
    struct level length;
    struct tally wait;
    struct sketch *wait_sketch;
};

/* Bits of a machine's stops besides those of its failures. */
#define STOP_CLOSED   UINT64_C(1)
#define STOP_INACTIVE (UINT64_C(1) << 63) /* it is not there: see station_machines */
#define STOPS_AWAY    (STOP_CLOSED | STOP_INACTIVE)

struct machine {
    uint64_t stops;   /* one bit for each source of interruption that holds */
    tick ends;        /* when the phase at hand ends; TICK_NEVER while it stands */
    tick left;        /* of the phase, while it stands */
    tick began;       /* of the part at hand: when it came onto the machine */
    tick work, setup; /* of the part at hand: planned */
    int32_t station, part, slot, next_idle;
    int32_t next_waiter;
    int32_t set_up;               /* what it is set up for, or NOBODY */
    int32_t run_lots, run_pieces; /* begun since its last setup */
    int32_t turns;                /* setups for no lot: see setup.c */
    int32_t rest; /* of a lot of which some pieces are at hand, or NOBODY: see transfer.c */
    tick idle_since;
    uint8_t condition; /* enum machine_state without the stops */
    uint8_t state;
    bool in_setup;
    bool finished;        /* its parts are done and wait to be moved */
    bool finishing;       /* closes when the part at hand is done */
    bool after_part;      /* some stop waits for the part at hand */
    bool stop_due;        /* some stop is `due`; false: none is */
    bool phased;          /* its work goes by phases: see phase.c */
    bool retiring;        /* is taken away when the part at hand has gone */
    bool goes_on;         /* with the rest of a lot: it is not set up for it */
    bool shut;            /* a pipe that takes nothing in now: it is not among the idle */
    bool waits_ahead;     /* its lot does not start, for there is no room behind: see blocking.c */
    bool again;           /* its lot is done, and is worked again */
    int32_t ahead;        /* where a place is kept for its lot, or waited for: see blocking.c */
    int32_t ahead_pieces; /* in a stock: for how many */
    int32_t worked;       /* where work may be repeated: the step that was worked, */
    int32_t repeats;      /* and how often again */
};

struct failure {   /* one stop of one machine */
    tick left;     /* busy ticks, or pieces, until it strikes; TICK_NEVER: never */
    tick since;    /* when the machine stood or started: for what is counted of the time at hand */
    int64_t count; /* occurrences, for the draws */
    int64_t renewed;     /* times that another one set its clock anew, for the draws */
    int32_t moment_next; /* of its moments */
    bool down;
    bool due; /* waits for the part at hand */
};

/* Expected work from a step to the end of its route, in ticks: of a lot, and of each of its pieces.
 */
struct standard {
    double of_lot, of_piece;
};

struct stop_state {
    struct tally repair;
    int64_t count;
};

/* Of whoever has overtime: it works by its regular calendar, longer, or is done for the day. */
enum work_day { DAY_REGULAR, DAY_OVERTIME, DAY_OVER };

struct station_state {
    struct queue queue;
    int32_t idle_first, idle_last, idle_count; /* machines, longest idle first */
    int32_t fresh_idle; /* became idle in this instant and still show their old state */
    int32_t open_idle;  /* idle and not closed: room for a part on its way */
    int32_t in_state[STATE_COUNT];
    uint64_t moment[STATE_COUNT];
    int64_t lots, pieces, scrapped, preemptions;
    int32_t expected;     /* lots that machines are kept for */
    int64_t cut_off;      /* pieces scrapped because their work was interrupted: not in `pieces` */
    int64_t reworked;     /* pieces sent back after their work here */
    tick wasted;          /* work that was begun again */
    struct accrual hours; /* of work and setup */
    struct tally batch;
    int32_t room, feeder; /* of its settings and its plant: what every event asks for */
    int32_t coming;       /* lots on their way here, each with a place kept: see carry.c */
    bool ordinary;
    bool closed; /* by its calendar */
    uint8_t day; /* enum work_day */
};

struct inside { /* lots that went into a pipe together */
    int32_t next, part;
    tick entered, at,
        stood; /* when; by its clock; how long it had stood for what could not leave */
    tick setup, work;
    tick ready; /* by its clock it is at the end; TICK_NEVER: it waits for its setup */
};

struct pipe {                   /* a machine with lots one behind the other: see pipe.c */
    int32_t first, last, count; /* COUNT includes the one at the end that has not left */
    tick clock, since;          /* time that it moved, until SINCE */
    tick stood;                 /* time that it stood because something could not leave */
    tick free_at, left_at;      /* by its clock: the next may go in; the last one left */
    tick set_up_at;             /* by its clock: the setup is over */
    bool runs, stands;          /* it moves; it stands because something cannot leave */
    bool counts;                /* busy clocks of its failures run */
    bool let_go;                /* stations wait for none of what is in it: see pipe_expects */
};

struct own_state { /* what is measured of a machine with a name */
    tick since;    /* it is in its state */
    tick in[STATE_COUNT];
    int64_t pieces, cut_off, bad; /* as of stations; bad: scrapped or sent back */
    tick wasted;
    struct accrual hours;
};

struct flow_state {
    struct tally cycle, lateness, tardiness, times[PART_TIME_COUNT];
    struct sketch *cycle_sketch; /* NULL: it has no lots, see flow_has_lots */
    int64_t pieces, on_time, with_due, first_pass, reworked, scrapped, defective;
    int64_t lots_scrapped, late_starts, gave_up; /* lots, limits broken, lots */
    exact_money cost;                            /* of what is in lots finished: see books.h */
};

struct source_state {
    struct feed every;
    int64_t number, lot_number; /* orders, and lots made to order, so far: key their draws */
    int64_t orders, lost;       /* measured */
    int32_t list_next;
    int32_t together;  /* customers: so many from this one on order with one event, */
    bool led;          /* which is that of one before: see counter.c */
    bool straight;     /* its orders take the straight way: see release.c, counter.c */
    struct feed items; /* which of several items an order is for, by its number */
};

/* Where lots wait before a queue. The door of a source, or of a stock that has goods made: lots
 * wait outside for material, cards or room. The hall of a station: lots that are inside wait for a
 * card to come before it. Lots may pass those that wait for another card. */
struct door {
    int32_t first, last, count, next_waiter;
    int32_t fresh, fresh_before; /* the first that was not tried yet, and who stands before it */
    bool queued;                 /* stands among the moves */
    bool listed;                 /* stands among those who wait for room or material */
    bool for_cards;              /* some of its lots wait for cards */
};

/* Cards of one loop that a lot holds, or that lie on goods in a stock. */
struct held {
    int32_t next;
    int32_t loop;
    int64_t cards;  /* or ticks of work */
    int64_t pieces; /* of goods: thousandths that are left of them */
    bool done;      /* its way is over, and the card comes back when the lot has the next */
};

struct loop_state {
    int64_t free; /* cards; less than nothing when more work than there is place for was let in */
    struct level use;
    struct tally wait;
    struct sketch *wait_sketch;
    int32_t goods_first, goods_last; /* cards on goods in its stock, oldest first */
    int64_t coming;                  /* cards on the goods that arrive now */
    int64_t ordered, part_come; /* cards on orders of goods; what has come for less than one card */
};

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
    int64_t today;     /* asked for in it */
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

/* Accounts of the ledger. X(NAME, path, sign: +1 income, -1 cost) */
#define ACCOUNTS(X)                                                                                \
    X(REVENUE, "revenue", 1)                                                                       \
    X(MATERIALS, "materials", -1)                                                                  \
    X(MACHINES, "machines", -1)                                                                    \
    X(SETUPS, "setups", -1)                                                                        \
    X(MAKING, "making", -1)                                                                        \
    X(WAGES, "wages", -1)                                                                          \
    X(HOLDING, "holding", -1)                                                                      \
    X(TRANSPORT, "transport", -1)                                                                  \
    X(TARIFFS, "tariffs", -1)                                                                      \
    X(ORDERING, "ordering", -1)                                                                    \
    X(PENALTIES, "penalties", -1)                                                                  \
    X(ENERGY, "energy", -1)                                                                        \
    X(EMISSIONS, "emissions", -1)                                                                  \
    X(REPAIRS, "repairs", -1)                                                                      \
    X(PLANNING, "planning-costs", -1)                                                              \
    X(CAPEX, "capex", -1)                                                                          \
    X(OTHER, "other", -1)                                                                          \
    X(TAXES, "taxes", -1)                                                                          \
    X(PROGRAMMES, "programmes", -1)                                                                \
    X(FIXED, "fixed-costs", -1)

enum account {
#define X(name, path, sign) ACCOUNT_##name,
    ACCOUNTS(X)
#undef X
        ACCOUNT_COUNT,
    ACCOUNT_NONE = ACCOUNT_COUNT /* a part of what some account has anyhow */
};

struct asset {    /* see capital.c */
    int32_t slot; /* of the undertaking that bought it */
    tick bought;
    int64_t micro, written; /* price, and what of it is written off */
};

/* Bills that are open: see bills.c. */
struct bill {
    int32_t next, before;
    tick at; /* when it is paid */
    int64_t micro;
};

struct bills { /* of one supplier or customer, by their dates */
    int32_t first, last;
    int32_t slot; /* of the first, or NOBODY */
};

struct cash_flow { /* received, or paid when negative */
    tick at;
    int64_t micro;
};

/* Who wants to see events as they happen: absent unless asked for. Either of the two may be NULL.
 */
struct sink {
    void *context;
    void (*event)(void *context, tick at, enum event_class, const char *who, const char *what);
    void (*record)(void *context, const struct record *);
};

struct recorder; /* record.c */
struct planning; /* planner.h */

struct moves {
    int32_t *list;
    int32_t first, last, room;
}; /* a ring of waiters */

struct run {
    const struct plant *plant;
    struct settings settings;
    uint64_t seed, replication;
    tick now, measured_from; /* measured_from: the last reset */
    struct calendar calendar;
    tick observe_at; /* start of measuring, grid, month, batch, horizon: whichever comes next */
    bool pending;    /* phase C has something to try */
    tick moved_at; /* until empty: when a lot or a customer's order came, was served or left last */
    bool until_empty;
    bool after_each; /* something is looked at after every event */
    bool more_now;   /* there may be other events of this instant */
    bool alone;      /* the event in hand is the only one of its instant: see run_loop */
    struct slot *slots;
    int32_t slot_room;

    uint64_t *awake; /* a bit for each station */
    int32_t awake_words;
    struct moves moves;
    uint64_t *called; /* a bit for each thing that there is and that others wait for: see move.c */
    int32_t called_words, called_count;
    bool called_marked; /* NOBODY stands among the moves for them */
    bool losing_any;    /* a door is to be emptied at the end of the instant */
    bool repeating;     /* a machine is to work its lot again at the end of the instant */

    struct part *parts;
    int32_t part_count, part_room, part_free;
    struct part_extra *extras; /* one a part; NULL: no item of the plant has them */
    int32_t *bonds;            /* machines, bond_most a part: see choice.c; NULL: no step has one */
    struct limit_clock *clocks;
    int32_t clock_count, clock_room, clock_free;
    struct kit *kits;
    int32_t kit_count, kit_room, kit_free;
    int64_t *kit_lots;   /* by use: lots made for it so far, which traces go by */
    int64_t kit_pieces;  /* that are being made for some lot: conservation */
    int32_t kit_waiting; /* lots that wait for theirs */
    uint32_t serial;
    struct machine *machines;
    int32_t machine_count, machine_room;
    struct pipe *pipes;
    struct inside *insides;
    int32_t inside_count, inside_room, inside_free;
    struct own_state *owns;    /* NULL: no machine has a name */
    struct activity *activity; /* measure/active.h; NULL: nobody asks for it */
    struct backlog *backlogs;  /* one a station: floor/backlog.h; NULL: nobody asks for them */
    tick *part_works;          /* what each part adds to the backlog in which it waits */
    bool watches_states;       /* for one of the two */
    struct failure *failures;
    struct stop_state *stops;
    struct station_state *stations;
    struct standard *standards; /* one a step */
    struct quartet *quartets;   /* words for the work at each step */
    struct source_state *sources;
    struct door *doors; /* of sources, then of stocks, then halls of stations, then of kits */
    struct flow_state *flows;
    struct person *persons; /* of all crews: see people.h */
    struct crew_state *crews;
    struct team *teams;             /* see people.h; NULL without crews */
    int32_t team_first, team_last;  /* those who wait, in the order of the answer */
    int32_t *wanted;                /* of each crew, by who is looked at */
    int32_t *people_left;           /* of each crew, by overtime_staff */
    struct brought *brought;        /* one a staffing of the plant */
    bool people_called;             /* somebody who waits may begin now */
    tick *people_waits;             /* of the parts that say so */
    struct batch_wait *batch_waits; /* one a part; NULL: no station has batches */
    int64_t wip_at_reset;
    struct level *wips; /* work in process: see struct flow */
    struct loop_state *loops;
    struct held *held;
    int32_t held_count, held_room, held_free;
    int32_t door_count; /* of all these */
    bool cards_wanted;  /* some lot waits for one */
    struct stock_state *stocks;
    struct customer_state *customers;
    struct owing *owings;     /* one an offer; NULL: no customer has a price for what he is owed */
    struct counter *counters; /* one a customer */
    struct asking *askings;   /* one a customer */
    struct supplier_state *suppliers;
    struct outage_state *outages;
    struct way_state *ways; /* of lanes: see chain/lane.h */
    struct lane_account *lane_accounts;
    struct vehicle *vehicles; /* of all fleets */
    struct fleet_state *fleets;
    struct wreck *wrecks; /* of each vehicle and failure of its fleet */
    struct cargo *cargos;
    int32_t cargo_count, cargo_room, cargo_free;
    struct trip *trips;
    int32_t trip_count, trip_room, trip_free;
    struct planning *planning; /* NULL: there are no plans */
    int32_t goods_held;        /* by suppliers, until something else happens */
    struct order *orders;
    int32_t order_count, order_room, order_free;
    struct shipment *shipments;
    int32_t shipment_count, shipment_room, shipment_free;
    struct waiters *pool_waiters;     /* for room at any station of a pool */
    struct waiters *material_waiters; /* per stock */
    int32_t *picks;                   /* scratch: what is taken of each use: see move.c */
    tick *last_receipts;              /* per origin: of suppliers that do not let orders cross */
    struct origin_state *origins;
    struct aged *aged;
    int32_t aged_count, aged_room, aged_free;
    int64_t *histories; /* what was asked before each of the last reviews: see demand.c */
    struct expected *expected;
    int32_t expected_count, expected_room, expected_free;
    __int128 ledger[ACCOUNT_COUNT];
    struct accrual overhead;
    __int128 unposted; /* added up here by ledger_unposted */

    __int128 earlier; /* cycle time of lots before they came onto the floor: see standing.c */
    int64_t released, finished, scrapped_lots, gone; /* lots since the beginning: conservation */
    int64_t instant_events;
    bool over;           /* the end was reached */
    const char *stopped; /* why it stopped before its end, or NULL */
    char reason[256];
    tick makespan;
    struct level cash;                /* millionths, from money.cash on */
    exact_money books[BOOK_COUNT];    /* of goods: see books.h */
    exact_money *values;              /* one a part; NULL: nothing is worth anything */
    struct level goods;               /* all of them, in millionths */
    struct level receivable, payable; /* millionths: see bills.c */
    struct level capital;             /* working: goods and receivable less payable */
    tick capital_changed;             /* when one of the four changed last */
    int64_t open_before;              /* the first less the second when measuring began */
    struct asset *assets;
    int32_t asset_count, asset_room;
    int64_t equipment, written_off; /* what assets count; of them since measuring began */
    struct accrual energy, emissions;
    struct bill *bills;
    int32_t bill_count, bill_room, bill_free;
    struct bills *parties;          /* suppliers, then customers */
    __int128 cash_paid, cash_noted; /* net, since measuring began; and as of the last note */
    double worth;                   /* discounted, of what was paid before: */
    tick paid_at;
    __int128 paid_now;            /* in that instant */
    struct cash_flow *cash_flows; /* noted: see money.c */
    int32_t cash_flow_count, cash_flow_room;
    struct programme_state *programmes;
    struct undertaking *undertakings; /* decided and not over */
    int32_t undertaking_count, undertaking_room;
    int32_t watching;                /* programmes that are looked at after every event */
    struct settings settings_before; /* what they were before a change */
    struct arena change_arena;       /* laws that changes have made */
    bool *shift_is_open;
    struct result_notes *result_notes;   /* what formulas of results need: see result.c */
    struct driver_memory *driver_memory; /* one a driver; NULL: see driver.c */
    struct sink *sink;
    struct recorder *recorder; /* of a sink that wants records */
    double *block;             /* where results go */
    int32_t horizon_next, grid_next, batch_next;
    tick note_at;   /* when results that formulas look back at are noted next; TICK_NEVER */
    tick month_end; /* when cash is measured next; TICK_NEVER: it is not kept by month */
    bool mirrored;  /* the second run of an antithetic pair: every uniform u is 1 - u */
    int32_t *sequence_next;
    struct sketch *scratch; /* for merging */
    struct arena arena;     /* the fixed part */
};

/* Makes a run of this plant; it may be used for many replications one after the other. */
struct run *run_create(const struct plant *);
void run_delete(struct run *);

/* Runs one replication and fills BLOCK (layout.value_count doubles). Of an antithetic plant it is a
 * pair of runs with opposite luck, and the block holds the means of both; a sink hears the first
 * alone. Returns NULL, or why it
 * stopped before its end (valid until the next use of the run); the block then is NaN. SINK may be
 * NULL. */
const char *run_replicate(struct run *, uint64_t seed, uint64_t replication, double *block,
                          struct sink *sink);

#endif
