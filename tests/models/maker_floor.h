/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations, people, items, routes and cards made at random. What would lock a line for good reason
 * is not made: routes go forward through finite rooms, and a batch waits only so long for its
 * minimum. */
#ifndef TAKT_TESTS_MODELS_MAKER_FLOOR_H
#define TAKT_TESTS_MODELS_MAKER_FLOOR_H

#include "maker.h"

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
    uint32_t machines = 1 + dice(maker, 2);
    say(maker, "  s%d: {machines: %u, queue: {rule: %s", i, machines,
        ANY(maker, "fifo", "lifo", "slack", "least-setup"));
    maker->machines[i] = kind == 1 ? 3 : (int32_t)machines;
    if (!maker->shuffles && !maker->others[i] && one_in(maker, 4))
        say(maker, ", reserve: %s", ANY(maker, "priority > 0", "pieces > 1"));
    if (maker->rooms && one_in(maker, 2)) say(maker, ", room: %u", 3 + dice(maker, 3));
    say(maker, "}");
    if (kind == 2)
        say(maker, ", conveyor: {length: %s, speed: 1 m/min, spacing: 2 m, accumulates: %s}",
            ANY(maker, "2 m", "7 m", "20 m"), ANY(maker, "yes", "no"));
    else
        say(maker, ", cascade: %s", ANY(maker, "1 min", "0 min", "exponential(2 min)"));
    if (kind == 1 && one_in(maker, 3)) say(maker, ", batch: {max: 3, wait: 5 min, min: 2}");
    if (maker->setups[i]) make_setup(maker, true);
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
    say(maker, "  i%d:\n    weight: 2 kg\n    volume: 7 l\n    lot: %u\n", i, 1 + dice(maker, 4));
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
        say(maker, "  k%d:\n    weight: 1 kg\n    volume: 300 l\n    lot: %u\n%s    route:\n", i,
            1 + dice(maker, 3), i ? "    uses: {k0: 1}\n" : "");
        for (int32_t s = 0; s <= last; s++)
            if (s == last || !one_in(maker, 2)) make_step(maker, s, last, false);
    }
    say(maker, "  set:\n    weight: 2 kg\n    volume: 1 l\n    uses: {k0: 1, k1: 1}\n    route: "
               "{s0: 0 min}\n");
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

#endif
