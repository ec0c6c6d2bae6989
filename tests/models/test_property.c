/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worlds made at random from all blocks that compose, to see that what must always hold does: no
 * check fires, lots and time are conserved, Little's law is an identity, and a run leaves nothing
 * behind for the next. What would lock a line for good reason is not made: routes go forward
 * through finite rooms, and a batch waits only so long for its minimum. */
#include "logged.h"

#include <inttypes.h>

enum { STATIONS_MOST = 6, ITEMS_MOST = 3, WORLDS = 300 };

/* TAKT_WORLDS in the environment makes so many of them; TAKT_WORLDS_FROM begins later,
 * TAKT_WORLDS_SHOW writes each down: `takt run FILE --seed NUMBER` runs the same. */
static uint64_t number_given(const char *name, uint64_t otherwise) {
    const char *given = getenv(name);
    return given ? strtoull(given, NULL, 10) : otherwise;
}

struct maker {
    uint64_t state;
    char text[16384];
    size_t used;
    int32_t stations, items;
    int32_t last; /* station of the last step of the first item */
    bool until_empty, rooms, cards, cards_in_time, chain, scrap, crews, lanes, plans, requirements,
        big;
    bool quality;  /* bad pieces and inspections */
    bool shuffles; /* steps in random order */
    bool samples;  /* steps that lots pass */
    bool batches[STATIONS_MOST];
    bool bonds[STATIONS_MOST];  /* may another step here want the same machine? */
    bool others[STATIONS_MOST]; /* has it another beside it, to choose between? */
    bool standing;              /* work in process at the start */
    bool routes;                /* items with several routes */
    bool plain;                 /* has any item one route? */
    bool kits;                  /* parts that are made for lots */
    bool users;                 /* of the item at hand: uses some, */
    bool moved;                 /* and its pieces may have moved on one by one */
    bool carts;                 /* may this lane be one of vehicles? */
    bool setups[STATIONS_MOST], transfers[STATIONS_MOST];
    uint32_t pipes[STATIONS_MOST];   /* 1: pipelined, 2: a conveyor */
    int32_t machines[STATIONS_MOST]; /* of which no lot has taken one yet; 0: none, or unlimited */
    int32_t counts[STATIONS_MOST];   /* of machines, where they are a plain number */
    uint32_t steps[ITEMS_MOST];      /* a bit for each station of the route */
};

static uint32_t dice(struct maker *maker, uint32_t sides) { /* a linear congruence (Knuth, MMIX) */
    maker->state = maker->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(maker->state >> 33) % sides;
}

static bool one_in(struct maker *maker, uint32_t sides) {
    return dice(maker, sides) == 0;
}

__attribute__((format(printf, 2, 3))) static void say(struct maker *maker, const char *format,
                                                      ...) {
    va_list list;
    va_start(list, format);
    maker->used += (size_t)vsnprintf(maker->text + maker->used, sizeof maker->text - maker->used,
                                     format, list);
    va_end(list);
    cr_assert_lt(maker->used, sizeof maker->text);
}

static const char *any(struct maker *maker, const char *const *texts, uint32_t count) {
    return texts[dice(maker, count)];
}
#define ANY(MAKER, ...)                                                                            \
    any(MAKER, (const char *const[]){__VA_ARGS__},                                                 \
        sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static const char *work(struct maker *maker) {
    return ANY(maker, "4 min", "0 min", "uniform(1 7) min", "exponential(5) min",
               "triangular(1 3 9) min", "gamma(mean=4 cv=0.5) min", "lognormal(mean=4 cv=1) min");
}

static const char *lots(struct maker *maker) {
    return ANY(maker, "lot-for-lot", "multiple 5", "fixed 3", "period 4 h", "eoq", "silver-meal",
               "wagner-whitin");
}

/* ---- stations ---- */
static const char *lasts(struct maker *maker) {
    return ANY(maker, "10 min", "0 min", "exponential(12 min)");
}

/* When it comes: by a clock, or at moments. */
/* What runs while a machine works comes more rarely than its longest work ends: who begins again
 * after each stop would never be done. */
static void make_clock(struct maker *maker) {
    const char *clock = ANY(maker, "busy", "up", "calendar", "pieces", "cycles", "");
    bool works = clock[0] == 'b' || clock[0] == 'u';
    bool counted = clock[0] == 'p' || (clock[0] == 'c' && clock[1] == 'y');
    if (!clock[0])
        say(maker, "at: [%s]", ANY(maker, "0 h", "90 min, 3 h, 5 h, 5 h", "7 h, 29 h"));
    else
        say(maker, "clock: %s, after: %s", clock,
            counted
                ? ANY(maker, "7", "uniform(3 30)")
                : ANY(maker, works ? "4 h" : "90 min", "exponential(3 h)", "uniform(1 300) min"));
}

static void make_stop(struct maker *maker, const char *name, const char *renews) {
    say(maker, "%s: {", name);
    make_clock(maker);
    say(maker, ", lasts: %s", lasts(maker));
    if (!one_in(maker, 3)) say(maker, ", stops: %s", ANY(maker, "now", "after-part", "after-lot"));
    say(maker, ", then: %s%s",
        maker->scrap ? ANY(maker, "as-station", "resume", "restart", "scrap")
                     : ANY(maker, "as-station", "resume", "restart"),
        maker->crews ? ANY(maker, "", ", needs: fitter", ", needs: {hand: 1, fix: 1}, priority: 2")
                     : "");
    if (one_in(maker, 4)) say(maker, ", join: yes");
    if (renews && one_in(maker, 3)) say(maker, ", renews: %s", renews);
    say(maker, "}");
}

static void make_failures(struct maker *maker) {
    static const char *const names[] = {"a", "b", "c"};
    uint32_t failures = dice(maker, 4), plans = dice(maker, 3);
    const char *renews = failures && plans ? ANY(maker, "a", "p", "[a, p]", "[p, a]") : NULL;
    for (uint32_t i = 0; i < failures; i++) {
        say(maker, i ? ", " : ", failures: {");
        make_stop(maker, names[i], renews);
    }
    if (failures) say(maker, "}");
    for (uint32_t i = 0; i < plans; i++) {
        say(maker, i ? ", " : ", maintenance: {");
        make_stop(maker, i ? "q" : "p", renews);
    }
    if (plans) say(maker, "}");
}

/* Machines that differ; the first works all that comes. */
static void make_machines(struct maker *maker, bool choosy) {
    say(maker, "{");
    for (uint32_t i = 0, count = 1 + dice(maker, 3); i < count; i++) {
        say(maker, "%sm%u: {speed: %s", i ? ", " : "", i, ANY(maker, "100 %", "70 %", "2"));
        if (choosy && i) say(maker, ", items: [i0%s]", maker->items > 1 ? ", i1" : "");
        if (one_in(maker, 3)) say(maker, ", calendar: %s", ANY(maker, "turns", "days"));
        if (one_in(maker, 3)) make_failures(maker);
        say(maker, "}");
    }
    say(maker, "}");
}

static void make_setup(struct maker *maker, bool unlimited) {
    const char *when = ANY(maker, "item changes", "family changes", "tool changes", "step changes",
                           "lot changes", "every 5 pieces");
    bool changes = when[0] != 'l' && when[0] != 'e';
    say(maker, ", setup: {when: %s, time: %s", when,
        ANY(maker, "1 min", "uniform(0 2) min", "[{time: exponential(1 min)}]"));
    if (one_in(maker, 3)) say(maker, ", min-run: %u", 1 + dice(maker, 4));
    if (changes && !unlimited && !maker->crews && !maker->rooms && one_in(maker, 3))
        say(maker, ", idle: cycle");
    say(maker, "}");
}

/* ---- people ---- */
static const char *who(struct maker *maker) {
    return ANY(maker, "hand", "{hand: 2}", "fix", "{hand: 1, fitter: 1}", "{lift: 2}");
}

static void make_needs(struct maker *maker) {
    const char *phases[] = {"run", "load", "unload", "setup", "repair"};
    bool any = false;
    for (int32_t i = 0; i < 5; i++) {
        if (!one_in(maker, 2)) continue;
        say(maker, "%s%s: %s", any ? ", " : ", needs: {", phases[i], who(maker));
        any = true;
    }
    if (any) say(maker, "}");
}

static void make_crews(struct maker *maker) {
    say(maker,
        "crews:\n"
        "  hand: {people: %u, skills: {lift: %s}%s, wage: 20 EUR/h%s%s,\n"
        "         hire: {cost: 900 EUR, delay: %s, notice: %s}}\n"
        "  fitter: {people: %u, skills: {lift: 100 %%, fix: 70 %%}%s%s%s}\n",
        2 + dice(maker, 4), ANY(maker, "100 %", "60 %"),
        ANY(maker, "", ", calendar: turns",
            ", calendar: days, overtime: {up-to: 1 h/d, pay: 150 %, when: queue.length > 2}"),
        ANY(maker, "", ", walk: 3 min", ", walk: exponential(20 min)"),
        ANY(maker, "", ", absence: {after: exponential(9 h), lasts: uniform(0 3) h}",
            ", absence: {at: [2 h, 1 h, 150 min], lasts: 40 min}",
            ", absence: {clock: calendar, after: 5 h, first: 1 h, lasts: 40 min, stops: "
            "after-part}"),
        ANY(maker, "0 h", "90 min"), ANY(maker, "0 h", "7 h"), 1 + dice(maker, 3),
        ANY(maker, "", ", calendar: days"), ANY(maker, "", ", walk: uniform(0 9) min"),
        ANY(maker, "", ", absence: {clock: busy, after: exponential(2 h), lasts: 15 min}",
            ", absence: {clock: busy, after: 1 h, lasts: 5 min, stops: after-part}"));
}

/* Machines that hold lots one behind the other. */
static void make_pipe(struct maker *maker, int32_t i, uint32_t kind) {
    say(maker, "  s%d: {machines: %u, queue: {rule: %s", i, 1 + dice(maker, 2),
        ANY(maker, "fifo", "lifo", "slack"));
    if (maker->rooms && one_in(maker, 2)) say(maker, ", room: %u", 3 + dice(maker, 3));
    say(maker, "}");
    if (kind == 2)
        say(maker, ", conveyor: {length: %s, speed: 1 m/min, spacing: 2 m, accumulates: %s}",
            ANY(maker, "2 m", "7 m", "20 m"), ANY(maker, "yes", "no"));
    else
        say(maker, ", cascade: %s", ANY(maker, "1 min", "0 min", "exponential(2 min)"));
    if (kind == 1 && one_in(maker, 3)) say(maker, ", batch: {max: 3, wait: 5 min, min: 2}");
    if (one_in(maker, 3)) say(maker, ", calendar: %s", ANY(maker, "turns", "days"));
    if (one_in(maker, 2))
        say(maker,
            ", failures: {a: {clock: %s, after: %s, lasts: uniform(0 20) min}, b: {clock: pieces, "
            "after: 9, lasts: 3 min}}",
            ANY(maker, "busy", "up", "calendar"), ANY(maker, "90 min", "exponential(3 h)"));
    say(maker, "}\n");
}

static void make_station(struct maker *maker, int32_t i) {
    if (maker->pipes[i]) {
        make_pipe(maker, i, maker->pipes[i]);
        return;
    }
    bool unlimited = !maker->bonds[i] && one_in(maker, 8), named = !unlimited && one_in(maker, 4);
    bool choosy = named && maker->items > 1 && one_in(maker, 2);
    say(maker, "  s%d: {machines: ", i);
    if (unlimited)
        say(maker, "unlimited");
    else if (named)
        make_machines(maker, choosy);
    else
        say(maker, "%d", maker->counts[i] = maker->machines[i] = 1 + (int32_t)dice(maker, 3));
    if (maker->bonds[i]) maker->counts[i] = 0; /* who is bound to a machine that is gone stays */
    say(maker, ", queue: {rule: %s",
        ANY(maker, "fifo", "lifo", "spt", "edd", "[priority, lwkr]", "slack", "least-setup",
            "work-here / (1 + pieces)"));
    bool batch = maker->batches[i];
    uint32_t min = 1 + dice(maker, 3);
    if (!batch && !named && !maker->transfers[i] && !maker->bonds[i] && one_in(maker, 3))
        say(maker, ", preempt: %s",
            ANY(maker, "priority > 0", "never", "pieces < 3", "due - now < 3 h", "serial - 5"));
    if (!named && !maker->shuffles && !maker->others[i] && one_in(maker, 4))
        say(maker, ", reserve: %s", ANY(maker, "priority > 0", "pieces > 1"));
    if (maker->rooms && one_in(maker, 2))
        say(maker, ", room: %u", batch ? min + dice(maker, 3) : choosy + dice(maker, 5));
    say(maker, "}");
    if (batch)
        say(maker, ", batch: {min: %u, max: %u, wait: %s, of: %s, counts: %s, rule: %s}", min,
            min + dice(maker, 4), ANY(maker, "0 min", "20 min"),
            ANY(maker, "any", "item", "step", "family", "tool"), ANY(maker, "lots", "pieces"),
            maker->bonds[i] ? ANY(maker, "ready", "full", "best-family")
                            : ANY(maker, "ready", "full", "best-family", "look-ahead"));
    if (!batch && one_in(maker, 2))
        say(maker, ", blocking: %s", ANY(maker, "before", "repeat", "after"));
    if (maker->setups[i]) make_setup(maker, unlimited || choosy || maker->bonds[i]);
    if (!unlimited && one_in(maker, 3))
        say(maker, ", calendar: %s, at-shift-end: %s",
            ANY(maker, "turns", "days", "days, overtime: {up-to: 2 h/d, when: queue.work > 10 min}",
                "days, overtime: 3 h/d"),
            ANY(maker, "suspend", "finish", "fit"));
    if (!unlimited && one_in(maker, 2)) make_failures(maker);
    if (maker->scrap && one_in(maker, 3))
        say(maker, ", interrupted: scrap");
    else if (one_in(maker, 4))
        say(maker, ", interrupted: restart");
    if (maker->crews && one_in(maker, 2)) make_needs(maker);
    if (!maker->transfers[i] && one_in(maker, 5))
        say(maker, ", load: 30 s, unload: uniform(0 1) min");
    if (maker->lanes && !one_in(maker, 3))
        say(maker, ", site: %s", ANY(maker, "hall", "yard", "corner"));
    say(maker, "}\n");
}

/* A station beside another, to which the lots of that may go as well. */
static void make_other(struct maker *maker, int32_t i) {
    say(maker, "  a%d: {machines: %s, queue: {rule: %s", i, ANY(maker, "1", "2", "unlimited"),
        ANY(maker, "fifo", "lifo", "spt"));
    if (maker->rooms && one_in(maker, 2))
        say(maker, ", room: %u", maker->batches[i] + dice(maker, 3));
    say(maker, "}");
    if (maker->batches[i])
        say(maker, ", batch: {min: 1, max: 3, wait: 9 min, of: %s}", ANY(maker, "any", "step"));
    else
        say(maker, ", blocking: %s", ANY(maker, "before", "repeat", "after"));
    if (maker->setups[i]) make_setup(maker, true);
    if (one_in(maker, 3)) say(maker, ", time: 3 min, cost: 5 EUR/h");
    if (maker->crews && one_in(maker, 2)) make_needs(maker);
    if (maker->lanes && !one_in(maker, 3))
        say(maker, ", site: %s", ANY(maker, "hall", "yard", "corner"));
    say(maker, "}\n");
}

/* The first written is where lots stand at the start. */
static void make_choice(struct maker *maker, int32_t station) {
    if (one_in(maker, 4)) {
        say(maker, "at: {s%d: 60 %%, a%d: 40 %%}, ", station, station);
        return;
    }
    say(maker, "at: [s%d, a%d], ", station, station);
    const char *choose =
        ANY(maker, "", "shortest-queue", "least-work", "fastest", "cheapest", "first-able", "share",
            "if pieces > 2 then fastest else share", "STATION");
    if (choose[0] == 'S')
        say(maker, "choose: if priority > 0 then a%d else shortest-queue, ", station);
    else if (choose[0])
        say(maker, "choose: %s, ", choose);
}

/* ---- items ---- */
/* How long it may wait. Who goes elsewhere needs room there; what is made to order would be made
 * again, for ever where no lot can be in time. */
static void make_limit(struct maker *maker, int32_t last) {
    say(maker, ", start-within: {time: %s%s", ANY(maker, "20 min", "exponential(40 min)", "0 min"),
        one_in(maker, 2) ? ", of: release" : "");
    if (maker->kits)
        ; /* nobody may give up who is waited for, or waits */
    else if (maker->scrap && !maker->chain && !maker->cards)
        say(maker, ", else: %s", ANY(maker, "scrap", "out"));
    else if (!maker->rooms && !maker->cards && one_in(maker, 2))
        say(maker, ", else: s%d", last);
    say(maker, "}");
}

/* Where nothing may be lost, inspections accept everything: what is made to order would be made
 * again. */
static bool make_quality(struct maker *maker) {
    if (one_in(maker, 2)) say(maker, ", defects: %u %%", 5 + dice(maker, 30));
    if (one_in(maker, 4)) say(maker, ", measure: {value: normal(mean=10 sd=1) mm, low: 9 mm}");
    if (!one_in(maker, 2)) return false;
    say(maker, ", inspect: {%s, finds: 90 %%, false-alarms: 5 %%",
        ANY(maker, "sample: 50 %", "pieces: 2", "sample: 100 %"));
    if (!maker->scrap)
        say(maker, ", accept: 1000");
    else if (one_in(maker, 2))
        say(maker, ", accept: 1");
    say(maker, "}");
    return true;
}

/* Bolts out of their stock, with something instead, and parts that are made for the lot. */
static void make_uses(struct maker *maker, bool bolts, bool kits) {
    if (!bolts && !kits) return;
    say(maker, ", uses: {");
    if (bolts)
        say(maker, "bolt: {amount: %u%s}%s", 1 + dice(maker, 3),
            ANY(maker, "", "", ", or: {steel: 1}"), kits ? ", " : "");
    if (kits) say(maker, "%s", ANY(maker, "k0: 1", "k1: 1", "k0: 2, k1: 0.5"));
    say(maker, "}");
}

static void make_step(struct maker *maker, int32_t station, int32_t last, bool shuffled) {
    bool belt = maker->pipes[station] == 2;
    say(maker, "      s%d: {", station);
    if (maker->others[station] && !one_in(maker, 3)) make_choice(maker, station);
    say(maker, "time: %s%s", belt ? "0 min" : work(maker),
        !belt && one_in(maker, 4) ? "/piece" : "");
    if (maker->scrap && one_in(maker, 3)) say(maker, ", scrap: 15 %%");
    bool inspects = maker->quality && make_quality(maker);
    if (!shuffled && !maker->rooms && !maker->cards && one_in(maker, 4))
        say(maker, ", rework: {share: %s, times: %u, then: %s}",
            inspects && one_in(maker, 2) ? "bad" : "20 %", dice(maker, 3),
            maker->scrap ? ANY(maker, "scrap", "pass") : "pass");
    if (!shuffled && one_in(maker, 6)) make_limit(maker, last);
    if (maker->batches[station] && one_in(maker, 2))
        say(maker, ", batch: {max: %u%s}", 5 + dice(maker, 3), ANY(maker, "", ", wait: 7 min"));
    bool branches = !shuffled && station < last && one_in(maker, 4);
    if (branches) say(maker, ", next: {s%d: 60 %%, out: 40 %%}", last);
    if (maker->samples && !branches && one_in(maker, 2))
        say(maker, ", sample: %s", ANY(maker, "50 %", "0 %", "90 %"));
    if (maker->setups[station] && one_in(maker, 2)) say(maker, ", tool: t%u", dice(maker, 2));
    if (maker->setups[station] && one_in(maker, 4)) say(maker, ", setup: 90 s");
    if (maker->transfers[station] && !maker->pipes[station] && one_in(maker, 2)) {
        say(maker, ", transfer: %u", 1 + dice(maker, 2));
        maker->moved = true;
    }
    make_uses(maker, maker->chain && !maker->pipes[station] && one_in(maker, 3),
              maker->users && !maker->moved && !shuffled && one_in(maker, 3));
    if (maker->chain && one_in(maker, 6))
        say(maker, ", makes: {%s}", ANY(maker, "bolt: 1", "steel: 0.5", "bolt: 2, steel: 1"));
    if (one_in(maker, 5)) say(maker, ", cost: 0.3 EUR");
    say(maker, "}\n");
}

/* Two or three ways through the same stations, by every rule. */
static void make_routes(struct maker *maker, int32_t i, int32_t last) {
    const char *choose = ANY(maker, "", "shortest-queue", "least-work", "fastest", "cheapest",
                             "first-able", "share", "if pieces > 2 then ra else shortest-queue");
    if (choose[0]) say(maker, "    choose: %s\n", choose);
    say(maker, "    routes:\n");
    for (uint32_t r = 0, count = 2 + dice(maker, 2); r < count; r++) {
        say(maker, "     r%s:\n", r == 0 ? "a" : r == 1 ? "b" : "c");
        if (!choose[0]) say(maker, "      share: %u\n", 1 + dice(maker, 3));
        say(maker, "      steps:\n");
        for (int32_t s = 0; s <= last; s++)
            if (s == last || !one_in(maker, 3)) {
                say(maker, "  ");
                make_step(maker, s, last, false);
                if (r == 0) maker->steps[i] |= 1u << s;
            }
    }
}

static void make_item(struct maker *maker, int32_t i) {
    int32_t last = maker->stations - 1 - (int32_t)dice(maker, 2);
    if (i == 0) maker->last = last;
    maker->users = maker->kits && one_in(maker, 2);
    maker->moved = false;
    say(maker, "  i%d:\n    weight: 2 kg\n    lot: %u\n", i, 1 + dice(maker, 4));
    if (one_in(maker, 2)) say(maker, "    family: f%u\n", dice(maker, 2));
    const char *parts = maker->users && one_in(maker, 2) ? ANY(maker, "k0: 1", "k1: 2") : "";
    bool steel = maker->chain && one_in(maker, 2);
    if (steel || parts[0])
        say(maker, "    uses: {%s%s%s}\n", steel ? "steel: 1" : "", steel && parts[0] ? ", " : "",
            parts);
    if (one_in(maker, 3)) say(maker, "    price: 9 EUR\n%s", ANY(maker, "", "    cost: 7 EUR\n"));
    bool shuffled = maker->shuffles && !maker->rooms && !maker->cards && one_in(maker, 2);
    if (maker->routes && !shuffled && !steel && !parts[0]) {
        make_routes(maker, i, last);
        return;
    }
    if (shuffled) say(maker, "    order: random\n");
    maker->plain = true;
    say(maker, "    route:\n");
    for (int32_t s = 0; s <= last; s++)
        if (s == last || !one_in(maker, 3)) {
            make_step(maker, s, last, shuffled);
            maker->steps[i] |= 1u << s;
            if (maker->bonds[s] && one_in(maker, 2))
                say(maker, "      again-%d: {at: s%d, time: %s, same-machine-as: s%d}\n", s, s,
                    maker->pipes[s] == 2 ? "0 min" : work(maker), s);
        }
}

/* Items that are made for others; all of them are used. */
static void make_kits(struct maker *maker) {
    for (int32_t i = 0; i < 2; i++) {
        int32_t last = maker->stations - 1 - (int32_t)dice(maker, 2);
        maker->moved = maker->users = false;
        say(maker, "  k%d:\n    weight: 1 kg\n    lot: %u\n%s    route:\n", i, 1 + dice(maker, 3),
            i ? "    uses: {k0: 1}\n" : "");
        for (int32_t s = 0; s <= last; s++)
            if (s == last || !one_in(maker, 2)) make_step(maker, s, last, false);
    }
    say(maker, "  set:\n    weight: 2 kg\n    uses: {k0: 1, k1: 1}\n    route: {s0: 0 min}\n");
}

/* Loops that some route goes through; those that end at a store only where customers never stop. */
static void make_cards(struct maker *maker) {
    say(maker, "cards:\n");
    for (uint32_t i = 0, count = 1 + dice(maker, 3); i < count; i++) {
        char last[8], work[24];
        snprintf(last, sizeof last, "s%d", maker->last);
        snprintf(work, sizeof work, "work at s%d", maker->last);
        const char *counts = ANY(maker, "lots", "pieces", work);
        bool pieces = counts[0] == 'p', store = maker->chain && !maker->until_empty;
        if (i == 0) maker->cards_in_time = counts[0] == 'w';
        say(maker, "  c%u: {from: %s, to: %s, back: %s, counts: %s, count: %u%s", i,
            ANY(maker, "factory", last), ANY(maker, "factory", last, store ? "store" : last),
            ANY(maker, "at end", "when taken"), counts, 1 + dice(maker, 9),
            counts[0] == 'w' ? " min" : "");
        if (pieces) say(maker, ", size: %u", 1 + dice(maker, 3));
        if (one_in(maker, 4)) say(maker, ", of: i0");
        say(maker, "}\n");
    }
    if (maker->chain)
        say(maker, "  bins: {count: 4, size: 15, from: north, to: bolts, back: when taken}\n");
}

/* ---- places ---- */
static const char *site(struct maker *maker) {
    return maker->lanes ? ANY(maker, "", ", site: hall", ", site: yard", ", site: corner") : "";
}

static void make_way(struct maker *maker) {
    if (maker->carts && one_in(maker, 2)) {
        say(maker, "by: cart%s%s", ANY(maker, "", ", time: exponential(4 min)"),
            ANY(maker, "", "",
                ", failures: {a: {after: exponential(2 h), lasts: 9 min}, b: {clock: calendar, "
                "after: 50 min, lasts: uniform(0 90) min, stops: receipts}}"));
        return;
    }
    say(maker, "time: %s", work(maker));
    if (one_in(maker, 2)) say(maker, ", load: %u%s", 2 + dice(maker, 9), ANY(maker, "", " kg"));
    if (one_in(maker, 3))
        say(maker, ", hold: {wait: %s}", ANY(maker, "9 min", "0 min"));
    else if (one_in(maker, 3))
        say(maker, ", every: 7 min");
    if (one_in(maker, 2))
        say(maker, ", cost: {order: 1 EUR, load: 2 EUR, unit: 0.1 EUR/kg, value: 10 %%}");
    if (one_in(maker, 3))
        say(maker, ", failures: {a: {after: exponential(2 h), lasts: 9 min, stops: %s}%s}",
            ANY(maker, "shipments", "orders", "receipts", "[orders, receipts]"),
            ANY(maker, "", ", b: {at: [1 h, 70 min, 9 h], lasts: 20 min, stops: orders}"));
    if (one_in(maker, 3)) say(maker, ", calendar: %s", ANY(maker, "turns", "days"));
}

static void make_lane(struct maker *maker, const char *name, const char *from, const char *to) {
    say(maker, "  %s: {from: %s, to: %s, ", name, from, to);
    if (one_in(maker, 4)) {
        say(maker, "choose: \"%s\", modes: {a: {",
            ANY(maker, "cheapest", "fastest", "if system.wip > 9 then a else b",
                "if pieces > 1 then b else fastest",
                "if mean(system.wip, 2 h) > 6 or system.cycle-time > 5 h then a else cheapest"));
        make_way(maker);
        say(maker, "}, b: {");
        make_way(maker);
        say(maker, "}}");
    } else if (one_in(maker, 4))
        say(maker, "time: 3 min, load: %u, hold: {until: 2, wait: 20 min}", 2 + dice(maker, 5));
    else
        make_way(maker);
    say(maker, "}\n");
}

static void make_lanes(struct maker *maker) {
    say(maker,
        "sites: {hall: {at: [0 m, 0 m]}, corner: {in: hall, at: [9 m, 0 m]}, "
        "yard: {cost: 9 EUR/h, at: [90 m, 60 m]%s}}\n"
        "vehicles: {cart: {number: %u, speed: 1 m/s, carries: %u, load: 10 s, unload: %s, rule: "
        "%s%s, cost: {hour: 3 EUR/h, distance: 1 EUR/km}%s%s%s%s}}\n"
        "lanes:\n",
        maker->until_empty || !maker->chain ? "" : ANY(maker, "", ", room: 120", ", room: 90"),
        1 + dice(maker, 3), 1 + dice(maker, 6), ANY(maker, "0 s", "exponential(20 s)"),
        ANY(maker, "nearest", "oldest"), ANY(maker, "", ", home: yard", ", home: corner"),
        ANY(maker, "", ", calendar: days"),
        ANY(maker, "",
            maker->crews ? ", failures: {a: {after: exponential(90 min), lasts: 9 min, needs: "
                           "fitter}, b: {clock: up, after: exponential(90 min), lasts: 20 min, "
                           "needs: fix}}"
                         : ", failures: {a: {after: exponential(90 min), lasts: 4 min}}",
            ", failures: {a: {clock: up, after: exponential(90 min), lasts: 4 min}, "
            "b: {clock: calendar, after: 50 min, lasts: uniform(0 100) min}, "
            "c: {at: [1 h, 3 h], lasts: 20 min}}"),
        ANY(maker, "", "", ", battery: {range: 350 m, charge: uniform(5 20) min, at: corner}",
            ", battery: {range: 700 m, charge: 9 min, below: 40 %}"),
        !maker->crews ? "" : ANY(maker, "", ", needs: fitter", ", needs: {hand: 1, fix: 1}"));
    maker->carts = one_in(maker, 2);
    make_lane(maker, "across", "hall", "yard");
    if (one_in(maker, 2)) make_lane(maker, "back", "yard", "corner");
    maker->carts = false;
    if (one_in(maker, 2)) make_lane(maker, "aside", ANY(maker, "corner", "s1"), "any");
    if (one_in(maker, 2))
        make_lane(maker, "around", "any", ANY(maker, "any", "yard", maker->chain ? "store" : "s0"));
    if (maker->chain && one_in(maker, 2))
        make_lane(maker, "in", "north", ANY(maker, "bolts", "any"));
    if (maker->chain && one_in(maker, 2)) make_lane(maker, "out", "store", "shop");
}

static void make_things(struct maker *maker) {
    if (maker->lanes) make_lanes(maker);
    say(maker, "items:\n");
    for (int32_t i = 0; i < maker->items; i++) make_item(maker, i);
    if (maker->kits) make_kits(maker);
    if (maker->chain)
        say(maker,
            "  bolt: {weight: 100 g, planning: {lots: %s, order-cost: 9 EUR}%s}\n"
            "  steel: {weight: 3 kg%s}\n  rod: {weight: 1 kg, cost: 2 EUR}\n",
            lots(maker), maker->until_empty ? "" : ANY(maker, "", ", shelf-life: 5 h"),
            ANY(maker, "", ", shelf-life: 9 h")); /* goods that expire may never be enough */
    say(maker, "stations:\n");
    for (int32_t i = 0; i < maker->stations; i++) make_station(maker, i);
    for (int32_t i = 0; i < maker->stations; i++)
        if (maker->others[i]) make_other(maker, i);
    if (maker->cards) make_cards(maker);
}

/* ---- sources ---- */
static void make_release(struct maker *maker, int32_t i) {
    const char *until = maker->until_empty ? ", until: 30 h" : "";
    say(maker, "  r%d: {item: i%d, ", i, i);
    switch (dice(maker, 4)) {
    case 0: say(maker, "at: [0 h, 0 h, 1 h, 1 h, 1 h, 9 h], size: %u", 1 + dice(maker, 9)); break;
    case 1: say(maker, "every: 25 min%s", until); break;
    default:
        say(maker, "every: %s%s", ANY(maker, "exponential(24 min)", "uniform(10 40) min"), until);
    }
    if (one_in(maker, 3)) say(maker, ", due: uniform(1 9) h");
    if (one_in(maker, 2)) say(maker, ", priority: %u", dice(maker, 3));
    if (one_in(maker, 4)) say(maker, ", if-full: lose");
    say(maker, "}\n");
}

/* Lots on the floor when the run begins, or put there later. */
static void make_standing(struct maker *maker, int32_t i) {
    say(maker, "  w%d: {item: i%d, list: [", i, i);
    for (uint32_t lot = 0, count = 1 + dice(maker, 6); lot < count; lot++) {
        int32_t step = (int32_t)dice(maker, STATIONS_MOST);
        while (!(maker->steps[i] >> step & 1)) step = (step + 1) % STATIONS_MOST;
        say(maker, "%s{step: s%d", lot ? ", " : "", step);
        if (maker->machines[step] > 0 && one_in(maker, 2)) {
            say(maker, ", work-left: %s", ANY(maker, "0 min", "7 min", "80 min"));
            maker->machines[step]--;
        } else if (one_in(maker, 4))
            say(maker, ", at: 4 h");
        if (one_in(maker, 2)) say(maker, ", released: %s", ANY(maker, "-3 d", "-11 h"));
        if (one_in(maker, 3)) say(maker, ", pieces: %u", 1 + dice(maker, 3));
        say(maker, "}");
    }
    say(maker, "]}\n");
}

/* Steel from two sources, by every rule that picks or divides. */
static void make_steels(struct maker *maker) {
    const char *choose = ANY(maker, "share", "cheapest", "fastest", "first-able", "base-surge",
                             "dual-index", "emergency", "if on-hand < 3 then west else north",
                             "if suppliers.north.up < 0.9 then west else fastest",
                             "if net < 1 then fastest else share");
    const char *policy =
        ANY(maker, "fixed, point: 5, quantity: 8", "min-max, min: 4 + floor(now / 1 d), max: 12",
            "base-stock, level: 9 + demand", "rule, order: 10 - position",
            "rule, order: \"4 + 0.1 * mean(stocks.bolts.on-order, 5 h) - position\"",
            "base-stock, level: 9 + 3 * customers.picky.fill",
            "base-stock, level: \"4 + 2 * mean(demand, 3)\"", "vmi, min: 4, max: 12",
            "newsvendor, service: 90 %, every: 2 h");
    if (strcmp(choose, "dual-index") == 0) policy = "base-stock, level: {north: 12, west: 5}";
    bool reviews = strcmp(choose, "base-surge") == 0 || one_in(maker, 3);
    if (strstr(policy, "every")) reviews = false;
    say(maker,
        "  steels: {holds: steel, from: {north: 70 %%, west: 30 %%}, choose: %s, start: 9%s,\n"
        "           shipped: [2 at 1 h], reorder: {policy: %s%s}}\n",
        choose, ANY(maker, "", "", ", room: 10"), policy, reviews ? ", every: 2 h" : "");
}

/* Forecasts, and requirements that follow from them. */
static void make_plans(struct maker *maker) {
    say(maker,
        "plans:\n"
        "  outlook: {kind: forecast, of: [i0, bolt%s], every: %s, method: %s, season: 20 h, "
        "horizon: 30 h%s%s}\n",
        one_in(maker, 2) ? "" : ", shop", ANY(maker, "1 h", "5 h", "day"),
        ANY(maker, "naive", "moving-average", "ses", "holt", "croston", "sba", "tsb", "best"),
        ANY(maker, "", ", takes: 20 min", ", costs: 3 EUR"),
        ANY(maker, "", ", sees: {age: 7 h, error: 20 %}", ", sees: {per: 2 h}"));
    say(maker, "  dates: {kind: promise, method: %s, every: %s, classes: {shop: 60 %%}}\n",
        ANY(maker, "atp", "ctp", "fixed"), ANY(maker, "10 min", "5 h"));
    if (maker->big)
        say(maker,
            "  big: {kind: sop, strategy: %s, every: %s%s%s, horizon: 20 h, sets: "
            "[stocks.store.reorder.level%s]}\n",
            ANY(maker, "level", "chase", "cheapest"), ANY(maker, "5 h", "day"),
            ANY(maker, "", ", forecast: outlook"), ANY(maker, "", ", takes: 1 h"),
            maker->crews /* some machine needs two of them */
                ? ANY(maker, "", ", {path: crews.hand.people, least: 2, most: 6}")
                : "");
    if (maker->requirements && one_in(maker, 3))
        say(maker, "  needs: {kind: schedule, every: %s%s%s%s}\n", ANY(maker, "1 h", "7 h", "day"),
            ANY(maker, "", ", forecast: outlook"),
            maker->until_empty || maker->cards || maker->big /* they order otherwise */
                ? ""
                : ANY(maker, "",
                      ", list: [{at: 1 h, stock: bolts, amount: 30}, {at: 9 h, stock: store, "
                      "amount: 6}]"),
            ANY(maker, "", ", takes: 20 min", ", capacity: check"));
    else if (maker->requirements)
        say(maker, "  needs: {kind: mrp, every: %s, horizon: 12 h%s%s%s}\n",
            ANY(maker, "1 h", "90 min", "4 h"), ANY(maker, "", ", forecast: outlook"),
            ANY(maker, "", ", frozen: 2 h", ", frozen: 1 h, slushy: 5 h"),
            ANY(maker, "", ", takes: 20 min", ", capacity: check"));
}

/* Who chooses between two stocks, by every rule that picks one. */
static void make_fickle(struct maker *maker, const char *until) {
    const char *choose =
        ANY(maker, "share", "first-able", "most-stock", "cheapest", "fastest", "nearest",
            "if pieces > 2 then near else cheapest", "if stocks.away.net < 1 then near else away",
            "if due - now < 1 h then fastest else most-stock",
            "if mean(stocks.near.owed, 3 h) > 1 or weekday > 5 then away else share",
            "if priority > 0 then nearest else near");
    if (!maker->lanes && strstr(choose, "nearest")) choose = "most-stock"; /* nobody knows */
    say(maker,
        "  fickle: {buys: rod, from: {near: 1, away: 3}, choose: \"%s\", rate: %s, size: %s, "
        "if-short: %s%s%s%s%s}\n",
        choose, ANY(maker, "1 /h", "0.2 /h"), ANY(maker, "1", "uniform(1 5)"),
        ANY(maker, "wait", "lose", "part-wait"),
        ANY(maker, "", ", due: uniform(0 3) h", ", priority: 2"),
        ANY(maker, "", ", calendar: turns", ", calendar: days"),
        maker->lanes ? ANY(maker, ", site: corner", ", site: hall") : "", until);
}

/* Goods for what is made, and a stock that has its own made. */
static void make_chain(struct maker *maker) {
    const char *until = maker->until_empty ? ", until: 30 h" : "";
    say(maker,
        "stocks:\n"
        "  bolts: {holds: bolt, from: north, start: 40, issue: newest%s%s, reorder: {policy: %s}}\n"
        "  store: {holds: i0, from: factory, start: 5, serve: %s%s%s,\n"
        "          reorder: {policy: %s}}\n",
        site(maker), ANY(maker, "", "", ", room: 40", ", room: 52"),
        maker->cards          ? "cards"
        : maker->requirements ? "plan, plan: needs"
        : maker->plans        ? "forecast, forecast: outlook, service: 90 %, every: 2 h"
                              : "base-stock, level: 60",
        maker->plans ? ANY(maker, "fifo", "priority") : ANY(maker, "fifo", "priority", "share"),
        site(maker), maker->until_empty ? "" : ANY(maker, "", ", room: 9", ", room: 12"),
        maker->big            ? "base-stock, level: 5"
        : maker->requirements ? "plan, plan: needs"
        : maker->plans        ? ANY(maker, "forecast, forecast: outlook, scope: echelon",
                                    "ddmrp, plan: outlook, min-order: 4, cycle: 2 h",
                                    "ddmrp, plan: outlook, spike-threshold: 10 %, every: 1 h")
                              : "min-max, min: 3, max: 8");
    make_steels(maker);
    bool fickle = one_in(maker, 2);
    if (fickle)
        say(maker,
            "  near: {holds: rod, from: north, start: 6, reorder: {policy: base-stock, level: "
            "6}%s}\n  away: {holds: rod, from: [west, near], choose: first-able, start: 3, "
            "reorder: {policy: min-max, min: 2, max: 5%s}%s}\n",
            maker->lanes ? ", site: hall" : "", ANY(maker, "", ", every: 1 h"),
            maker->lanes ? ", site: yard" : "");
    say(maker,
        "suppliers:\n"
        "  west: {supplies: {steel: {price: 2 EUR}, rod: {}}, lead-time: %s%s%s}\n"
        "  north: {supplies: [bolt, steel, rod], lead-time: %s, crossing: %s%s%s}\n"
        "customers:\n"
        "  shop: {buys: i0, from: store, every: exponential(1 h), if-short: %s%s%s%s%s}\n",
        ANY(maker, "10 min", "uniform(5 90) min"), ANY(maker, "", ", pays: 3 h", ", pays: 0 h"),
        site(maker), ANY(maker, "30 min", "exponential(1 h)"), ANY(maker, "yes", "no"),
        ANY(maker, "", "",
            ", processing: uniform(0 30) min, capacity: 300 /h, "
            "failures: {a: {after: exponential(9 h), lasts: exponential(1 h)}, "
            "b: {clock: calendar, after: 5 h, lasts: 6 h, stops: [receipts]}, "
            "c: {at: [1 h, 4 h], lasts: 2 h}}",
            ", capacity: 200 /h, yield: beta(mean=0.9 sd=0.1), partial: no, calendar: turns",
            ", yield: beta(mean=0.9 sd=0.1), defects: 2 %"),
        site(maker),
        ANY(maker, "wait", "lose", "part-wait", "part-lose", "wait, patience: exponential(2 h)",
            "part-wait, size: 3, patience: 40 min"),
        maker->plans ? ANY(maker, "", ", promise: dates", ", due: 2 h, promise: dates") : "",
        site(maker), ANY(maker, "", "", ", calendar: turns", ", calendar: days"), until);
    if (fickle) make_fickle(maker, until);
    say(maker,
        "  picky: {buys: bolt, from: [bolts, steels], instead: {steel: 60 %%}, size: %u,\n"
        "          every: exponential(3 h), if-short: %s%s%s, price: 3 EUR%s}\n",
        1 + dice(maker, 9), ANY(maker, "lose", "part-wait, patience: 1 h", "wait, priority: 1"),
        ANY(maker, "", ", returns: 10 %", ", returns: {share: 30 %, after: exponential(1 h)}",
            ", judges: {by: on-time, over: 5 h}",
            ", judges: {by: 0.5 * on-time + 0.5 * quality - wait / 9 h, over: 5 h}, "
            "churn: {below: 70 %, rate: 10 %/h, returns-above: 80 %}"),
        until, ANY(maker, "", ", pays: 5 h"));
    if (one_in(maker, 2))
        say(maker,
            "  either: {buys: i0, from: {store: 2, factory: 1}, choose: %s, rate: 0.3 /h%s}\n",
            ANY(maker, "share", "first-able", "if pieces > 1 then factory else first-able",
                "if stocks.store.net > 2 or customers.shop.fill < 0.5 then store else share"),
            until);
    if (maker->items > 1)
        say(maker,
            "  direct: {buys: i1, from: factory, every: exponential(2 h), size: %u, due: 4 "
            "h%s%s%s}\n",
            1 + dice(maker, 5), ANY(maker, "", ", late-cost: 1 EUR/h, patience: 3 h"), site(maker),
            until);
    if (maker->plans) make_plans(maker);
}

/* ---- programmes ---- */
/* Machines come and go, work gets shorter and longer, and shifts change, by the clock and by the
 * work inside. */
static void make_programmes(struct maker *maker) {
    const char *times = maker->plain ? "items.*.route.*.time" : "items.*.routes.*.steps.*.time";
    say(maker,
        "programmes:\n"
        "  sooner: {at: %s, for: %s, capex: 100 EUR, residual: 10 %%, cost: 2 EUR/h,\n"
        "    ramp: {shape: %s, over: 2 h}, dip: {for: 1 h, change: {%s: times 1.5}},\n"
        "    change: {%s: times 0.6, calendars.turns.cycle.work: 3 h",
        ANY(maker, "0 h", "3 h"), ANY(maker, "5 h", "9 h"), ANY(maker, "linear", "learning"), times,
        times);
    for (int32_t i = 0; i < maker->stations; i++)
        if (maker->counts[i] && one_in(maker, 2)) say(maker, ", stations.s%d.machines: plus 1", i);
    if (maker->crews) say(maker, ", crews.hand.people: plus 2, crews.hand.walk: times 2");
    if (maker->cards) say(maker, ", cards.*.count: times 2");
    say(maker,
        "}}\n"
        "  fewer: {when: system.wip > %u, until: system.wip < 2, delay: %s, capex: 3 EUR,\n"
        "    change: {money.fixed: 3 EUR/h",
        2 + dice(maker, 4), ANY(maker, "0 min", "20 min"));
    for (int32_t i = 0; i < maker->stations; i++)
        if (maker->counts[i]) say(maker, ", stations.s%d.machines: 1", i);
    if (maker->crews) say(maker, ", crews.fitter.people: plus 1");
    if (maker->cards) say(maker, ", cards.c0.count: 1%s", maker->cards_in_time ? " min" : "");
    say(maker, "}}\nmoney: {fixed: 1 EUR/h, tax: 30 %%, cash: 50 EUR, rate: 5 %%/y%s}\n",
        ANY(maker, "", ", depreciation: 3 h, carbon: 1 EUR/kg",
            ", depreciation: {over: 2 y, method: declining}, energy-price: 1 EUR/kWh"));
}

static void make_world(struct maker *maker, uint64_t seed) {
    *maker = (struct maker){.state = seed * UINT64_C(0x9e3779b97f4a7c15)};
    dice(maker, 2);
    maker->stations = 2 + (int32_t)dice(maker, STATIONS_MOST - 1);
    maker->items = 1 + (int32_t)dice(maker, ITEMS_MOST);
    maker->until_empty = one_in(maker, 2);
    maker->rooms = one_in(maker, 2);
    maker->cards = one_in(maker, 4);
    maker->chain = one_in(maker, 3);
    maker->plans = maker->chain && one_in(maker, 2);
    maker->requirements = maker->plans && one_in(maker, 2);
    maker->big = maker->plans && !maker->requirements && one_in(maker, 2);
    maker->scrap = one_in(maker, 2);
    for (int32_t i = 0; i < STATIONS_MOST; i++) {
        maker->setups[i] = one_in(maker, 3);
        maker->pipes[i] = !maker->setups[i] && one_in(maker, 3) ? 1 + dice(maker, 2) : 0;
        maker->transfers[i] = one_in(maker, 6);
        maker->batches[i] = !maker->pipes[i] && !maker->transfers[i] && one_in(maker, 4);
        maker->bonds[i] = !maker->rooms && !maker->cards && one_in(maker, 4);
    }
    for (int32_t i = 0; i < maker->stations && seed % 3 == 1; i++)
        maker->others[i] = !maker->bonds[i] && maker->pipes[i] != 2 && one_in(maker, 2);
    maker->routes = seed % 4 < 2 && seed % 3 != 0;
    maker->crews = one_in(maker, 2);
    maker->standing = one_in(maker, 4);
    maker->quality = one_in(maker, 3);
    maker->shuffles = one_in(maker, 3);
    maker->samples = one_in(maker, 3);
    maker->lanes = one_in(maker, 2) && !(maker->cards && maker->chain);
    /* Lots with cards would wait for parts that wait for the same cards. */
    maker->kits = !maker->cards && one_in(maker, 3);
    if (maker->until_empty)
        say(maker, "run: {length: until empty}\n");
    else
        say(maker, "run: {length: 2 d, warm-up: %s, horizons: [11 h]}\n",
            ANY(maker, "0 h", "10 h"));
    say(maker, "record: {active: %s, queue-work: %s}\n", maker->items % 2 ? "yes" : "no ",
        maker->stations % 2 ? "yes" : "no ");
    say(maker, "calendars:\n"
               "  turns: {cycle: {work: 5 h, rest: 1 h}}\n"
               "  days: {hours: [06:00-14:00, 14:00-05:00], breaks: 12:00-12:30}\n");
    if (maker->crews) make_crews(maker);
    make_things(maker);
    say(maker, "releases:\n");
    for (int32_t i = 0; i < maker->items; i++) make_release(maker, i);
    if (maker->kits) say(maker, "  sets: {item: set, at: [0 h, 5 h, 5 h], size: 3}\n");
    for (int32_t i = 0; i < maker->items && maker->standing; i++)
        if (one_in(maker, 2)) make_standing(maker, i);
    if (maker->chain) make_chain(maker);
    if (one_in(maker, 2)) make_programmes(maker);
}

/* ---- what must hold ---- */
static void states_sum_to_one(const struct world *world) {
    for (int32_t s = 0; s < world->plant->station_count; s++) {
        const struct station_state *station = &world->run->stations[s];
        int64_t sum = 0, machines = 0;
        for (int32_t i = 0; i < STATE_COUNT; i++) {
            tick time = clock_time(station->moment[i], station->in_state[i], world->run->now);
            cr_assert_geq(time, 0);
            cr_assert_geq(station->in_state[i], 0);
            sum += time;
            machines += station->in_state[i];
        }
        if (world->plant->stations[s].unlimited) continue;
        cr_assert_eq(machines, world->plant->stations[s].machine_count);
        cr_assert_eq(sum, machines * (world->run->now - world->run->measured_from));
    }
}

/* Overall equipment effectiveness is the product of three shares. */
static void effect_is_a_product(const struct world *world, const char *object) {
    static const char *const factors[] = {"availability", "effectiveness", "quality"};
    double product = 1;
    char path[128];
    for (int32_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "stations.%s.%s", object, factors[i]);
        double factor = world_value(world, path);
        cr_assert(!(factor > 1 + 1e-12), "%s is %g", path, factor);
        /* Work in vain is counted when it is begun again, so it may be of the warm-up. */
        cr_assert(!(factor < 0) || (i == 1 && world->run->measured_from > 0), "%s is %g", path,
                  factor);
        product *= factor;
    }
    snprintf(path, sizeof path, "stations.%s.oee", object);
    double oee = world_value(world, path);
    cr_assert(isnan(product) || fabs(oee - product) <= 1e-12, "%s is %g, not %g", path, oee,
              product);
}

static void machine_name(const struct world *world, int32_t id, char name[static 96]) {
    const struct machine_plan *machine = &world->plant->machines[id];
    snprintf(name, 96, "%s.machines.%s", world->plant->stations[machine->station].name,
             machine->name);
}

static void effects_are_products(const struct world *world) {
    for (int32_t s = 0; s < world->plant->station_count; s++)
        effect_is_a_product(world, world->plant->stations[s].name);
    for (int32_t id = 0; world->run->owns && id < world->plant->machine_count; id++) {
        char name[96];
        machine_name(world, id, name);
        if (world->plant->machines[id].own != NOBODY) effect_is_a_product(world, name);
    }
}

/* What machines with names did is what their station did. */
static void machines_are_their_station(const struct world *world) {
    const struct run *run = world->run;
    for (int32_t s = 0; run->owns && s < world->plant->station_count; s++) {
        const struct station_state *station = &run->stations[s];
        int64_t pieces = 0, cut_off = 0, bad = 0, posted = 0, count = 0;
        tick wasted = 0;
        for (int32_t id = 0; id < world->plant->machine_count; id++) {
            const struct machine_plan *machine = &world->plant->machines[id];
            if (machine->own == NOBODY || machine->station != s) continue;
            const struct own_state *own = &run->owns[machine->own];
            pieces += own->pieces;
            cut_off += own->cut_off;
            bad += own->bad;
            wasted += own->wasted;
            posted += own->hours.posted;
            count++;
        }
        if (!count) continue;
        cr_assert(pieces == station->pieces && cut_off == station->cut_off);
        cr_assert(bad == station->scrapped + station->reworked && wasted == station->wasted);
        cr_assert_leq(llabs(posted - station->hours.posted), 10 * count); /* each is rounded */
    }
}

/* One alone at a time; a station is it alone, or with others, or not at all. */
static void bottlenecks_share_the_time(const struct world *world) {
    double alone = 0;
    for (int32_t s = 0; world->plant->activity && s < world->plant->station_count; s++) {
        char path[128];
        snprintf(path, sizeof path, "stations.%s.active.sole", world->plant->stations[s].name);
        double sole = world_value(world, path);
        snprintf(path, sizeof path, "stations.%s.active.shifting", world->plant->stations[s].name);
        double shifting = world_value(world, path);
        if (world->plant->stations[s].unlimited || isnan(sole)) continue;
        cr_assert(sole >= 0 && shifting >= 0 && sole + shifting <= 1 + 1e-12);
        alone += sole;
    }
    cr_assert_leq(alone, 1 + 1e-12);
}

/* Work waits where lots do, and nowhere else. */
static void work_waits_in_queues(const struct world *world) {
    for (int32_t s = 0; world->run->backlogs && s < world->plant->station_count; s++) {
        const struct level *work = &world->run->backlogs[s].work;
        cr_assert(work->min >= 0 && work->now >= 0 && work->max >= work->now);
        cr_assert(world->run->stations[s].queue.count > 0 || work->now == 0);
        cr_assert(world->run->stations[s].queue.length.max > 0 || work->max == 0);
    }
}

/* What is measured besides changes nothing else: the same world without it has the same numbers. */
static void looking_changes_nothing(const struct world *world, struct maker *maker, uint64_t seed) {
    char *asks = strstr(maker->text, "queue-work: yes");
    if (!asks || seed % 4) return;
    memcpy(asks, "queue-work: no ", sizeof "queue-work: no " - 1);
    struct world blind;
    world_open(&blind, maker->text);
    world_replicate(&blind, seed, 1, false);
    const struct layout *layout = &world->plant->layout, *less = &blind.plant->layout;
    cr_assert_lt(less->column_count, layout->column_count);
    for (int32_t i = 0; i < less->column_count; i++) {
        int32_t column = layout_find(layout, less->columns[i].path);
        for (int32_t h = 0; h < less->horizon_count; h++)
            cr_assert_eq(memcmp(&blind.block[layout_at(less, h, i)],
                                &world->block[layout_at(layout, h, column)], sizeof(double)),
                         0, "world %llu: %s", (unsigned long long)seed, less->columns[i].path);
    }
    world_close(&blind);
}

/* The parts of the cycle time are all of it. */
static void times_sum_to_cycles(const struct world *world) {
    for (int32_t f = 0; f < world->plant->flow_count; f++) {
        const struct flow_state *flow = &world->run->flows[f];
        __int128 sum = 0;
        for (int32_t i = 0; i < PART_TIME_COUNT; i++) sum += flow->times[i].sum;
        cr_assert(sum == flow->cycle.sum, "flow %d", f);
    }
}

static void some_pieces_may_be_bad(const struct world *world) {
    for (int32_t f = 0; f < world->plant->flow_count; f++) {
        const struct flow_state *flow = &world->run->flows[f];
        cr_assert(flow->defective >= 0 && flow->defective <= flow->pieces, "flow %d", f);
    }
}

/* What lots of all items have in PATH, times their number where it is a mean; parts that are made
 * for lots are in no result of the system. */
static double sum_of_items(const struct world *world, const char *path, bool mean) {
    double sum = 0;
    char text[128];
    for (int32_t i = 0; i < world->plant->item_count; i++) {
        snprintf(text, sizeof text, "items.%s.%s", world->plant->items[i].name, path);
        double value = world_value(world, text);
        snprintf(text, sizeof text, "items.%s.cycle-time.count", world->plant->items[i].name);
        double count = mean ? world_value(world, text) : 1;
        if (count > 0) sum += count * value;
    }
    return sum;
}

/* L = lambda W without any error, when all that came has gone. */
static void little_is_an_identity(const struct world *world) {
    const struct run *run = world->run;
    for (int32_t s = 0; s < world->plant->station_count; s++) {
        const struct queue *queue = &run->stations[s].queue;
        cr_assert_eq(queue->count, 0);
        cr_assert(level_area(&queue->length, run->now) == queue->wait.sum, "station %d", s);
    }
    cr_assert_eq(run->released, run->finished + run->scrapped_lots + run->gone);
    double span = (double)run->now / (double)TICK_H,
           spent = sum_of_items(world, "wip", false) * span + (double)run->earlier / (double)TICK_H,
           cycles = sum_of_items(world, "cycle-time", true);
    if (run->scrapped_lots + run->gone == 0)
        cr_assert(run->finished == 0 || fabs(spent - cycles) <= 1e-9 * cycles);
    else
        cr_assert(isnan(cycles) || spent >= cycles * (1 - 1e-9));
}

static void cards_are_where_they_should_be(const struct world *world) {
    for (int32_t i = 0; i < world->plant->loop_count; i++) {
        cr_assert_eq(world->run->loops[i].free + world->run->loops[i].use.now,
                     loop_limit(&world->run->settings.loops[i]));
    }
}

/* Programmes make them twice as many at most; cards that have become too many go as they come back.
 */
static void no_more_lots_than_cards(const struct world *world) {
    for (int32_t i = 0; i < world->plant->loop_count; i++) {
        int64_t most = loop_limit(&world->plant->settings.loops[i]);
        if (world->plant->programme_count) most *= 2;
        if (world->plant->loops[i].counts == CARD_LOTS)
            cr_assert_leq(world->run->loops[i].use.now, most);
    }
}

static void rooms_hold_what_they_may(const struct world *world) {
    for (int32_t s = 0; s < world->plant->station_count; s++) {
        int32_t room = world->plant->settings.stations[s].room;
        if (room == INT32_MAX || world->plant->stations[s].unlimited) continue;
        /* A part may wait for each machine that is down but not closed. */
        cr_assert_leq(world->run->stations[s].queue.length.max,
                      room + world->plant->stations[s].machine_count, "station %d", s);
    }
}

static void check_world(struct maker *maker, uint64_t seed) {
    struct world world;
    world_open(&world, maker->text);
    world_replicate(&world, seed, 1, true);
    cr_assert_null(world.why, "world %llu stopped: %s\n%s", (unsigned long long)seed, world.why,
                   maker->text);
    states_sum_to_one(&world);
    times_sum_to_cycles(&world);
    effects_are_products(&world);
    machines_are_their_station(&world);
    some_pieces_may_be_bad(&world);
    bottlenecks_share_the_time(&world);
    work_waits_in_queues(&world);
    cards_are_where_they_should_be(&world);
    if (!maker->standing) { /* what stands on the floor at first asks neither cards nor room */
        no_more_lots_than_cards(&world);
        rooms_hold_what_they_may(&world);
    }
    if (maker->until_empty) little_is_an_identity(&world);
    size_t size = (size_t)world.plant->layout.value_count * sizeof(double);
    double *first = malloc(size);
    memcpy(first, world.block, size);
    world_replicate(&world, seed, 2, false);
    world_replicate(&world, seed, 1, false);
    cr_assert_eq(memcmp(first, world.block, size), 0);
    free(first);
    looking_changes_nothing(&world, maker, seed);
    struct log log;
    cr_assert_null(
        log_make(&world.scenario->scenario->arena, world.plant, seed, 1, INT32_MAX, &log));
    log_agrees(&world, &log);
    log_clear(&log);
    world_close(&world);
}

/* Quarters, so that several processes share the work and a fault names its part. */
static void check_worlds(uint64_t first) {
    struct maker *maker = calloc(1, sizeof *maker);
    uint64_t from = number_given("TAKT_WORLDS_FROM", 0),
             count = number_given("TAKT_WORLDS", WORLDS);
    for (uint64_t seed = from + first; seed < from + count; seed += 4) {
        make_world(maker, seed + 1);
        if (getenv("TAKT_WORLDS_SHOW"))
            fprintf(stderr, "# world %" PRIu64 "\ntakt: 1\n%s", seed + 1, maker->text);
        check_world(maker, seed + 1);
    }
    free(maker);
}

Test(property, what_must_hold_does_in_any_world_a) {
    check_worlds(0);
}
Test(property, what_must_hold_does_in_any_world_b) {
    check_worlds(1);
}
Test(property, what_must_hold_does_in_any_world_c) {
    check_worlds(2);
}
Test(property, what_must_hold_does_in_any_world_d) {
    check_worlds(3);
}
