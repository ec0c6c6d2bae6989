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
#include "chain_state.h"

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
