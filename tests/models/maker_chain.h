/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, sources, stocks, customers, plans and programmes made at random. */
#ifndef TAKT_TESTS_MODELS_MAKER_CHAIN_H
#define TAKT_TESTS_MODELS_MAKER_CHAIN_H

#include "maker.h"

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
        if (one_in(maker, 3)) say(maker, ", calendar: %s", ANY(maker, "turns", "days"));
        return;
    }
    say(maker, "time: %s", work(maker));
    if (one_in(maker, 2))
        say(maker, ", load: %u%s", 2 + dice(maker, 9), ANY(maker, "", " kg", " l"));
    if (one_in(maker, 3))
        say(maker, ", hold: {wait: %s}", ANY(maker, "9 min", "0 min"));
    else if (one_in(maker, 3))
        say(maker, ", every: 7 min");
    if (one_in(maker, 2))
        say(maker, ", cost: {order: 1 EUR, load: 2 EUR, unit: 0.1 EUR/%s, value: 10 %%}",
            ANY(maker, "kg", "m3"));
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
        "vehicles: {cart: {number: %u, speed: 1 m/s, carries: %u%s, load: 10 s, unload: %s, rule: "
        "%s%s, cost: {hour: 3 EUR/h, distance: 1 EUR/km}%s%s%s%s}}\n"
        "lanes:\n",
        maker->until_empty || !maker->chain
            ? ""
            : ANY(maker, "", ", room: 120", ", room: 90 kg", ", room: 110 l"),
        1 + dice(maker, 3), 1 + dice(maker, 6), ANY(maker, "", "", " l"),
        ANY(maker, "0 s", "exponential(20 s)"), ANY(maker, "nearest", "oldest"),
        ANY(maker, "", ", home: yard", ", home: corner"), ANY(maker, "", ", calendar: days"),
        ANY(maker, "",
            maker->crews ? ", failures: {a: {after: exponential(90 min), lasts: 9 min, needs: "
                           "fitter}, b: {clock: up, after: exponential(90 min), lasts: 20 min, "
                           "needs: fix}}"
                         : ", failures: {a: {after: exponential(90 min), lasts: 4 min}}",
            ", failures: {a: {clock: up, after: exponential(90 min), lasts: 4 min}, "
            "b: {clock: calendar, after: 50 min, lasts: uniform(0 100) min}, "
            "c: {at: [1 h, 3 h], lasts: 20 min}}"),
        ANY(maker, "", "", ", battery: {range: 350 m, charge: uniform(5 20) min, at: corner}",
            ", battery: {range: 700 s, charge: 9 min, below: 40 %}"),
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
            say(maker, ", work-left: %s",
                maker->pipes[step] == 2 ? ANY(maker, "0 min", "90 s")
                                        : ANY(maker, "0 min", "7 min", "80 min"));
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
/* Parts, and what is made of them. */
static void make_stores(struct maker *maker) {
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
}

/* Customers beside the first shop. */
static void make_shops(struct maker *maker, const char *until) {
    say(maker,
        "  picky: {buys: bolt, from: [bolts, steels], instead: {steel: 60 %%}, size: %u,\n"
        "          every: exponential(3 h), if-short: %s%s%s, price: 3 EUR%s%s}\n",
        1 + dice(maker, 9), ANY(maker, "lose", "part-wait, patience: 1 h", "wait, priority: 1"),
        ANY(maker, "", ", returns: 10 %", ", returns: {share: 30 %, after: exponential(1 h)}",
            ", judges: {by: on-time, over: 5 h}",
            ", judges: {by: 0.5 * on-time + 0.5 * quality - wait / 9 h, over: 5 h}, "
            "churn: {below: 70 %, rate: 10 %/h, returns-above: 80 %}"),
        until, ANY(maker, "", ", pays: 5 h"), maker->scrap ? ", owed-cost: 2 EUR/h" : "");
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
}

static void make_chain(struct maker *maker) {
    const char *until = maker->until_empty ? ", until: 30 h" : "";
    make_stores(maker);
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
    make_shops(maker, until);
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
    if (maker->chain && !maker->scrap) say(maker, ", customers.picky.owed-cost: 2 EUR/h");
    if (maker->cards) say(maker, ", cards.c0.count: 1%s", maker->cards_in_time ? " min" : "");
    if (maker->stations % 2) say(maker, ", items.i0.lot: %u", 1 + dice(maker, 3));
    say(maker, "}}\nmoney: {fixed: 1 EUR/h, tax: 30 %%, cash: 50 EUR, rate: 5 %%/y%s}\n",
        ANY(maker, "", ", depreciation: 3 h, carbon: 1 EUR/kg",
            ", depreciation: {over: 2 y, method: declining}, energy-price: 1 EUR/kWh"));
}

#endif
