/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the shop floor in a run: parts, queues, machines, stops, flows, doors, cards. */
#ifndef TAKT_MODELS_RUN_FLOOR_STATE_H
#define TAKT_MODELS_RUN_FLOOR_STATE_H

#include "../plant/plant.h"

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

#endif
