/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards by hand: where they are taken, what they count, and when they come back. */
#include "world.h"

#define LINE                                                                                       \
    "items: {part: {route: {saw: 1 h, drill: 2 h}}}\n"                                             \
    "stations: {saw: 1, drill: 1}\n"
#define THREE "releases: {in: {item: part, at: [0 h, 0 h, 0 h]}}\n"

static void expect(const struct world *world, const char *path, double value) {
    double is = world_value(world, path);
    cr_expect(fabs(is - value) <= 1e-9 * (1 + fabs(value)), "%s is %.12g, not %.12g", path, is,
              value);
}

Test(cards, a_card_that_comes_back_when_taken_leaves_the_machine_free) {
    /* The saw has two cards: it works the second lot at 1 while the first is drilled until 3, and
     * the third at 3, when the second has come to the drill. Without the word it starts at 2. */
    struct world world;
    world_run(&world, "run: {length: 9 h}\n" LINE THREE "cards:\n"
                      "  a: {count: 1, from: saw, to: saw, back: when taken}\n"
                      "  b: {count: 1, from: drill, to: drill, back: when taken}\n");
    cr_expect_null(world.why);
    EXPECT_STARTS(&world, "saw", "0/1/0 1/1/1 3/1/2");
    EXPECT_STARTS(&world, "drill", "1/1/0 3/1/1 5/1/2");
    expect(&world, "cards.b.wait.max", 1);
    expect(&world, "stations.saw.states.blocked", 0);
    expect(&world, "cards.a.in-use.now", 0);
    world_close(&world);
}

Test(cards, a_card_from_factory_to_factory_is_held_all_the_way) {
    struct world world;
    world_run(&world, "run: {length: 9 h}\n" LINE THREE
                      "cards: {all: {count: 1, from: factory, to: factory}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/1/1 6/1/2");
    expect(&world, "cards.all.wait", 3);
    expect(&world, "cards.all.wait.max", 6);
    expect(&world, "cards.all.in-use", 1);
    world_close(&world);
}

Test(cards, steps_are_places_too_and_others_pass_who_wait) {
    /* Only `b` needs the card of the step `late`; `a` comes later and passes it. */
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items:\n"
                      "  a: {route: {saw: 1 h}}\n"
                      "  b: {route: {late: {at: saw, time: 4 h}}}\n"
                      "stations: {saw: {machines: 2}}\n"
                      "releases: {b: {item: b, at: [0 h, 0 h]}, a: {item: a, at: [1 h]}}\n"
                      "cards: {one: {count: 1, from: late, to: late}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 1/2/2 4/2/1");
    world_close(&world);
}

Test(cards, pieces_need_as_many_cards_as_hold_them) {
    /* Lots of 5 need three cards of two pieces: of five cards only one lot has them at a time. */
    struct world world;
    world_run(&world, "run: {length: 9 h}\n"
                      "items: {part: {lot: 5, route: {saw: 1 h, drill: 2 h}}}\n"
                      "stations: {saw: 1, drill: 1}\n" THREE
                      "cards: {box: {count: 5, from: saw, to: drill, counts: pieces, size: 2}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/1/1 6/1/2");
    expect(&world, "cards.box.in-use.max", 3);
    world_close(&world);
}

Test(cards, work_counts_in_hours_and_too_large_a_lot_comes_alone) {
    /* The drill is the bottleneck: 2 h a lot. With 4 h two are let in; with 1 h one at a time. */
    static const char *const counts[] = {"4 h", "1 h"};
    static const char *const starts[] = {"0/1/0 1/1/1 3/1/2", "0/1/0 3/1/1 6/1/2"};
    for (int32_t i = 0; i < 2; i++) {
        char text[500];
        snprintf(text, sizeof text,
                 "run: {length: 9 h}\n" LINE THREE
                 "cards: {rope: {count: %s, from: factory, to: bottleneck, counts: work at "
                 "bottleneck}}\n",
                 counts[i]);
        struct world world;
        world_run(&world, text);
        EXPECT_STARTS(&world, "saw", starts[i]);
        expect(&world, "cards.rope.in-use.max", i ? 2 : 4);
        world_close(&world);
    }
}

Test(cards, who_waits_goes_by_the_rule_of_the_station) {
    struct world world;
    world_run(&world, "run: {length: 9 h}\n"
                      "items: {part: {route: {saw: 1 h, drill: 2 h}}}\n"
                      "stations: {saw: {queue: priority}, drill: 1}\n"
                      "releases: {in: {item: part, list: [{at: 0 h}, {at: 0 h}, {at: 1 h, "
                      "priority: 5}]}}\n"
                      "cards: {all: {count: 1, from: factory, to: factory}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 3/1/2 6/1/1");
    world_close(&world);
}

Test(cards, on_goods_they_wait_until_the_goods_are_taken) {
    /* One card: the next is made when the customer has taken the first, at 5. */
    struct world world;
    world_run(&world, "run: {length: 9 h}\n"
                      "items: {part: {route: {saw: 1 h}}}\n"
                      "stations: {saw: 1}\n"
                      "releases: {in: {item: part, when: always, to: store}}\n"
                      "stocks: {store: {holds: part}}\n"
                      "customers: {buyer: {buys: part, from: store, at: [5 h]}}\n"
                      "cards: {one: {count: 1, from: saw, to: store, back: when taken}}\n");
    EXPECT_STARTS(&world, "saw", "0/1/0 5/1/1");
    expect(&world, "cards.one.in-use", 1);
    world_close(&world);
}

Test(cards, two_bins_order_one_when_one_is_empty) {
    /* Eight screws in two bins of four, two for a lamp: at 1 h the first bin is empty, at 3 h the
     * second, and each is full again three hours later. The lamp of 4 h takes two of the first. */
    struct world world;
    world_run(&world,
              "run: {length: 9 h}\n"
              "items: {lamp: {uses: {screw: 2}, route: {bench: 1 min}}, screw: {}}\n"
              "stations: {bench: 1}\n"
              "releases: {in: {item: lamp, at: [0 h, 1 h, 2 h, 3 h, 4 h]}}\n"
              "stocks: {bins: {holds: screw, from: shop, start: 8, reorder: {policy: "
              "cards}}}\n"
              "suppliers: {shop: {supplies: screw, lead-time: 3 h}}\n"
              "cards: {bin: {count: 2, size: 4, from: shop, to: bins, back: when taken}}\n");
    expect(&world, "stocks.bins.ordered", 8);
    expect(&world, "stocks.bins.orders", 2);
    expect(&world, "stocks.bins.on-hand.now", 6);
    expect(&world, "stocks.bins.on-hand.max", 8);
    expect(&world, "cards.bin.in-use", 2);
    world_close(&world);
}

Test(cards, a_card_stands_for_an_amount_in_the_unit_of_the_goods) {
    /* Two cards of half a square metre; the customer takes a whole one: both are free, and both
     * are ordered. */
    struct world world;
    world_run(&world, "run: {length: 9 h}\n"
                      "items: {board: {unit: m2}}\n"
                      "stocks: {rack: {holds: board, from: mill, start: 1 m2, reorder: {policy: "
                      "cards}}}\n"
                      "suppliers: {mill: {supplies: board, lead-time: 3 h}}\n"
                      "customers: {yard: {buys: board, from: rack, at: [1 h], size: 1 m2}}\n"
                      "cards: {bin: {count: 2, size: 0.5 m2, from: mill, to: rack, back: when "
                      "taken}}\n");
    expect(&world, "stocks.rack.ordered", 1);
    expect(&world, "cards.bin.in-use", 2);
    world_close(&world);
    world_expect_fault("run: {length: 9 h}\n"
                       "items: {board: {unit: m2}}\n"
                       "stocks: {rack: {holds: board, from: mill, reorder: {policy: cards}}}\n"
                       "suppliers: {mill: {supplies: board}}\n"
                       "cards: {bin: {count: 2, size: 2 kg, from: mill, to: rack, back: when "
                       "taken}}\n",
                       "the size is not counted in the unit of 'board', which is m2");
    world_expect_fault("run: {length: 9 h}\n"
                       "items: {part: {route: {saw: 1 h}}}\n"
                       "stations: {saw: 1}\n"
                       "releases: {in: {item: part, every: 1 h}}\n"
                       "cards: {few: {count: 2, size: 2.5, counts: pieces, from: saw, to: saw}}\n",
                       "the size of cards 'few' is a whole number of pieces");
}

/* ---- cards that come and go during a run ---- */
/* Four lots at 0 h, all of whose way through saw and drill is a loop; a programme changes it. */
static void starts_at_saw(const char *cards, const char *programme, const char *right) {
    char text[1000];
    snprintf(text, sizeof text,
             "run: {length: 20 h}\n" LINE "releases: {in: {item: part, at: [0 h, 0 h, 0 h, 0 h]}}\n"
             "cards: {all: {%s, from: factory, to: factory}}\nprogrammes: {p: {%s}}\n",
             cards, programme);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "saw", right);
    expect(&world, "cards.all.in-use.now", 0);
    world_close(&world);
}

Test(cards, more_cards_let_in_at_once_who_waits_for_one) {
    static const char *right = "0/1/0 3/1/1 4/1/2 6/1/3";
    starts_at_saw("count: 1", "at: 4 h, change: {cards.all.count: plus 1}", right);
    starts_at_saw("count: 2 h, counts: work at drill", "at: 4 h, change: {cards.all.count: 4 h}",
                  right);
}

/* Two lots are inside when one card goes: the next waits until both are out. */
Test(cards, cards_that_are_too_many_go_as_they_come_back) {
    starts_at_saw("count: 2", "at: 1.5 h, change: {cards.all.count: 1}", "0/1/0 1/1/1 5/1/2 8/1/3");
    starts_at_saw("count: 2", "at: 1.5 h, for: 4 h, change: {cards.all.count: 1}",
                  "0/1/0 1/1/1 5/1/2 6/1/3");
}

Test(cards, another_bin_is_filled_at_once_and_goes_when_it_is_empty) {
    static const char text[] =
        "run: {length: %s}\nitems: {bolt: {}}\nsuppliers: {maker: {supplies: bolt}}\n"
        "stocks: {store: {holds: bolt, from: maker, start: 10, reorder: {policy: cards}}}\n"
        "cards: {bins: {count: 2, size: 5, from: maker, to: store}}\n"
        "programmes: {p: {at: 4 h, for: 2 h, change: {cards.bins.count: 3}}}\n"
        "customers: {shop: {buys: bolt, from: store, at: [7 h, 8 h], size: 5}}\n";
    static const struct {
        const char *until;
        double on_hand;
    } expected[] = {{"3 h", 10}, {"5 h", 15}, {"6.5 h", 15}, {"7.5 h", 10}, {"8.5 h", 10}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char whole[1000];
        snprintf(whole, sizeof whole, text, expected[i].until);
        struct world world;
        world_run(&world, whole);
        cr_assert_null(world.why, "%s", world.why);
        expect(&world, "stocks.store.on-hand.now", expected[i].on_hand);
        world_close(&world);
    }
}

Test(cards, a_programme_cannot_make_work_of_cards) {
    world_expect_fault("run: {length: 9 h}\n" LINE THREE
                       "cards: {all: {count: 1, from: factory, to: factory}}\n"
                       "programmes: {p: {at: 1 h, change: {cards.all.count: 2 h}}}\n",
                       "and they do not count work");
}
