/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes between stations: small worlds counted in hours. */
#include "world.h"

#define PLACES                                                                                     \
    "title: tiny\n"                                                                                \
    "run: {length: 100 h}\n"                                                                       \
    "sites: {hall: {}, corner: {in: hall}, yard: {}}\n"
#define LINE PLACES "items: {part: {route: {a: 1 h, b: 1 h}}}\n"

/* Starts at b of lots that come every hour from 0 h on, along this lane. */
static void starts_at_b(const char *lane, int count, const char *right) {
    char text[2000];
    snprintf(text, sizeof text,
             LINE "stations: {a: {site: hall}, b: {site: yard}}\n"
                  "releases: {in: {item: part, every: 1 h, first: 0 h, until: %d h}}\n"
                  "lanes: {road: {from: hall, to: yard, %s}}\n",
             count - 1, lane);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    EXPECT_STARTS(&world, "b", right);
    world_close(&world);
}

Test(lane, a_lot_takes_the_time_of_the_lane_from_station_to_station) {
    starts_at_b("time: 2 h", 3, "3/1/0 4/1/1 5/1/2");
}

Test(lane, a_lane_that_takes_no_time_changes_nothing) {
    starts_at_b("time: 0 h", 3, "1/1/0 2/1/1 3/1/2");
}

/* Lots are handed over at 1, 2, 3, 4, 5 h. */
Test(lane, held_lots_go_when_there_are_enough) {
    starts_at_b("time: 2 h, hold: {until: 2}", 5, "4/1/0 5/1/1 6/1/2 7/1/3");
}

Test(lane, held_lots_go_when_the_first_has_waited_long_enough) {
    starts_at_b("time: 1 h, hold: {wait: 1.5 h}", 4, "3.5/1/0 4.5/1/1 5.5/1/2 6.5/1/3");
}

Test(lane, held_lots_go_by_whichever_of_both_comes_first) {
    starts_at_b("time: 1 h, hold: {until: 3, wait: 2 h}", 4, "4/1/0 5/1/1 6/1/2 7/1/3");
    starts_at_b("time: 1 h, hold: {until: 3, wait: 1 h}", 4, "3/1/0 4/1/1 5/1/2 6/1/3");
}

/* Trips leave at 0, 2.5, 5 and 7.5 h, with two lots at most. */
Test(lane, a_timetable_takes_what_is_there_and_no_more_than_fits) {
    starts_at_b("time: 1 h, every: 2.5 h, load: 2", 5, "3.5/1/0 4.5/1/1 6/1/2 7/1/3 8.5/1/4");
}

Test(lane, lots_that_are_larger_than_a_trip_go_on_several) {
    struct world world;
    world_run(&world, PLACES "items: {part: {lot: 5, route: {a: 1 h, b: 1 h}}}\n"
                             "stations: {a: {site: hall}, b: {site: yard}}\n"
                             "releases: {in: {item: part, at: [0 h], size: 5}}\n"
                             "lanes: {road: {from: hall, to: yard, time: 1 h, load: 2, "
                             "cost: {order: 3 EUR, load: 7 EUR, unit: 2 EUR}}}\n");
    expect_value(&world, "lanes.road.trips", 3);
    expect_value(&world, "lanes.road.load-factor", 5 / 6.0);
    expect_value(&world, "lanes.road.moved", 5);
    expect_value(&world, "lanes.road.expense", 3 + 3 * 7 + 5 * 2);
    expect_value(&world, "money.transport", 34);
    world_close(&world);
}

Test(lane, costs_count_weight_distance_and_worth) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 100 h}\n"
                      "sites: {hall: {at: [0 km, 0 km]}, yard: {at: [3 km, 4 km], cost: 2 EUR/h}}\n"
                      "items: {part: {cost: 50 EUR, weight: 8 kg, route: {a: 1 h, b: 1 h}}}\n"
                      "stations: {a: {site: hall}, b: {site: yard}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                      "lanes: {road: {from: hall, to: yard, time: 1 h, load: 10 kg, "
                      "cost: {unit: 1 EUR/kg, distance: 2 EUR/km, value: 10 %}}}\n");
    expect_value(&world, "lanes.road.expense", 2 * (8 + 5 * 2 + 5));
    expect_value(&world, "lanes.road.tariffs", 2 * 5);
    expect_value(&world, "money.tariffs", 10);
    expect_value(&world, "money.transport", 2 * (8 + 5 * 2));
    expect_value(&world, "lanes.road.load-factor", 0.8);
    expect_value(&world, "money.fixed-costs", 200);
    world_close(&world);
}

Test(lane, a_volume_counts_as_a_weight_does) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 100 h}\n"
                      "sites: {hall: {at: [0 km, 0 km]}, yard: {at: [3 km, 4 km], cost: 2 EUR/h}}\n"
                      "items: {part: {cost: 50 EUR, volume: 8 l, route: {a: 1 h, b: 1 h}}}\n"
                      "stations: {a: {site: hall}, b: {site: yard}}\n"
                      "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                      "lanes: {road: {from: hall, to: yard, time: 1 h, load: 0.01 m3, "
                      "cost: {unit: 1000 EUR/m3, distance: 2 EUR/km, value: 10 %}}}\n");
    expect_value(&world, "lanes.road.expense", 2 * (8 + 5 * 2 + 5));
    expect_value(&world, "lanes.road.tariffs", 2 * 5);
    expect_value(&world, "money.tariffs", 10);
    expect_value(&world, "money.transport", 2 * (8 + 5 * 2));
    expect_value(&world, "lanes.road.load-factor", 0.8);
    expect_value(&world, "money.fixed-costs", 200);
    world_close(&world);
}

/* Of boxes of 0.3 m3 a van of 1 m3 takes three, of a load of whole ones. */
Test(lane, goods_are_divided_by_volume) {
    struct world world;
    world_run(&world, "title: tiny\n"
                      "run: {length: 100 h}\n"
                      "sites: [hall, yard]\n"
                      "items: {box: {volume: 0.3 m3}}\n"
                      "suppliers: {maker: {supplies: box, site: hall}}\n"
                      "vehicles: {van: {carries: 1 m3}}\n"
                      "lanes: {road: {from: hall, to: yard, time: 1 h, by: van}}\n"
                      "stocks: {store: {holds: box, site: yard, from: maker, reorder: {policy: "
                      "base-stock, level: 7}}}\n");
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "lanes.road.trips", 3);
    expect_value(&world, "lanes.road.load-factor", 0.7);
    /* there at 1 h and 3 h, the last one at 5 h */
    expect_value(&world, "stocks.store.on-hand", (3 * 2 + 6 * 2 + 7 * 95) / 100.0);
    world_close(&world);
}

Test(lane, what_has_no_volume_cannot_be_measured) {
    world_expect_fault("title: tiny\n"
                       "run: {length: 100 h}\n"
                       "sites: [hall, yard]\n"
                       "items: {part: {weight: 8 kg, route: {a: 1 h, b: 1 h}}}\n"
                       "stations: {a: {site: hall}, b: {site: yard}}\n"
                       "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                       "lanes: {road: {from: hall, to: yard, time: 1 h, load: 10 l}}\n",
                       "lane 'road' counts volume, and 'part' has no volume");
}

/* Boxes that have no cost are worth what their supplier takes: 4. Ten come through the port at 10 %
 * and two of them go on to the town at 25 %; the tariff of a delivery is for its customer. */
#define ABROAD                                                                                     \
    "run: {length: 20 d}\n"                                                                        \
    "sites: [abroad, port, town]\n"                                                                \
    "items: {box: {price: 9 EUR, holding: 50 %/y}}\n"                                              \
    "suppliers: {far: {supplies: {box: {price: 4 EUR}}, site: abroad}}\n"                          \
    "lanes: {sea: {from: abroad, to: port, time: 3 d, cost: {order: 7 EUR, value: 10 %}},\n"       \
    "  border: {from: port, to: town, time: 1 d, cost: {unit: 1 EUR, value: 25 %}}}\n"             \
    "stocks: {shelf: {holds: box, from: far, site: port, start: 2, reorder: {policy: fixed, "      \
    "point: 1, quantity: 10}}}\n"                                                                  \
    "customers: {shop: {buys: box, from: shelf, site: town, at: [1 d, 2 d]}}\n"

Test(lane, a_tariff_is_a_share_of_what_goods_are_worth) {
    struct world world;
    world_run(&world, ABROAD);
    expect_value(&world, "money.tariffs", 10 * 0.40 + 2 * 1);
    expect_value(&world, "money.transport", 7 + 2 * 1);
    expect_value(&world, "lanes.sea.tariffs", 4);
    expect_value(&world, "lanes.sea.expense", 7 + 4);
    expect_value(&world, "lanes.border.tariffs", 2);
    expect_value(&world, "lanes.border.expense", 2 + 2);
    expect_value(&world, "customers.shop.cost-to-serve", 2 + 2);
    expect_value(&world, "money.contribution", 2 * 9 - 2 * 4 - 9 - 6);
    expect_value(&world, "money.balance.now",
                 2 * 9 - 10 * 4 - 9 - 6 - world_value(&world, "money.holding"));
    /* two boxes for a day, one for a day, none for two, ten from day 4 on */
    cr_expect_float_eq(world_value(&world, "money.holding"), (2 + 1 + 10 * 16) * 4 * 0.50 / 365,
                       1e-6);
    world_close(&world);
}

Test(lane, a_tariff_is_for_what_was_carried_since_measuring_began) {
    struct world world;
    world_run(
        &world, ABROAD
        "change: {run.warm-up: 1.5 d, stocks.shelf.start: 3, customers.shop.at: [-1 d, 1 d]}\n");
    expect_value(&world, "money.tariffs", 10 * 0.40 + 1);
    expect_value(&world, "lanes.border.tariffs", 1);
    world_close(&world);
}

/* The machine of b and the place before it are for two lots, also while they are under way: the
 * third sets out when b takes the second, the fourth when it takes the third. */
Test(lane, a_place_is_kept_for_who_is_under_way) {
    struct world world;
    world_run(&world, PLACES "items: {part: {route: {a: 1 h, b: 10 h}}}\n"
                             "stations: {a: {site: hall}, b: {site: yard, queue: {room: 1}}}\n"
                             "releases: {in: {item: part, at: [0 h, 0 h, 0 h, 0 h]}}\n"
                             "lanes: {road: {from: hall, to: yard, time: 3 h}}\n");
    EXPECT_STARTS(&world, "a", "0/1/0 1/1/1 2/1/2 14/1/3");
    EXPECT_STARTS(&world, "b", "4/1/0 14/1/1 24/1/2 34/1/3");
    expect_value(&world, "stations.b.queue.length.max", 1);
    expect_value(&world, "system.time-in.transport", 3);
    expect_value(&world, "system.time-in.transport.count", 4);
    /* the third from 3 to 14 h, the fourth from 15 to 24 h */
    expect_value(&world, "system.time-in.blocked", (11 + 9) / 4.0);
    world_close(&world);
}

static double transport_of(const char *places) {
    char text[2000];
    snprintf(text, sizeof text,
             LINE "releases: {in: {item: part, at: [0 h]}}\n"
                  "%s",
             places);
    struct world world;
    world_run(&world, text);
    double value = world_value(&world, "system.time-in.transport");
    world_close(&world);
    return value;
}

Test(lane, the_lane_whose_ends_are_closest_counts) {
    cr_expect_eq(transport_of("stations: {a: {site: corner}, b: {site: yard}}\n"
                              "lanes: {one: {from: any, to: any, time: 1 h},\n"
                              "        two: {from: hall, to: yard, time: 2 h},\n"
                              "        three: {from: hall, to: any, time: 3 h}}\n"),
                 2);
    cr_expect_eq(transport_of("stations: {a: {site: corner}, b: {site: yard}}\n"
                              "lanes: {two: {from: hall, to: yard, time: 2 h},\n"
                              "        four: {from: a, to: b, time: 4 h}}\n"),
                 4);
}

Test(lane, who_stays_inside_takes_no_lane_out_or_in) {
    cr_expect_eq(transport_of("stations: {a: {site: hall}, b: {site: corner}}\n"
                              "lanes: {out: {from: hall, to: any, time: 2 h}}\n"),
                 0);
    cr_expect_eq(transport_of("stations: {a: {site: hall}, b: {site: corner}}\n"
                              "lanes: {in: {from: hall, to: corner, time: 2 h}}\n"),
                 2);
    cr_expect_eq(transport_of("stations: {a: {site: corner}, b: {site: corner}}\n"
                              "lanes: {in: {from: hall, to: corner, time: 2 h}}\n"),
                 0);
    cr_expect_eq(transport_of("stations: {a: {site: corner}, b: {site: corner}}\n"
                              "lanes: {within: {from: hall, to: hall, time: 2 h}}\n"),
                 2);
}

/* The first is handed over at 1 h and may wait until 2 h, when it is on the road: it leaves at 4 h.
 * The second is done at 2 h, finds no place and leaves at 3 h. */
Test(lane, a_limit_that_is_broken_under_way_acts_when_the_lot_arrives) {
    struct world world;
    world_run(
        &world, PLACES
        "items: {part: {route: {a: 1 h, b: {time: 1 h, start-within: {time: 1 h, else: out}}}}}\n"
        "stations: {a: {site: hall}, b: {site: yard, queue: {room: 0}}}\n"
        "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
        "lanes: {road: {from: hall, to: yard, time: 3 h}}\n");
    expect_value(&world, "system.gave-up", 2);
    EXPECT_STARTS(&world, "b", "");
    expect_value(&world, "system.wip", (4 + 3) / 100.0);
    world_close(&world);
}

Test(lane, a_lot_takes_its_cards_when_it_sets_out) {
    struct world world;
    world_run(&world, LINE "stations: {a: {site: hall}, b: {site: yard}}\n"
                           "cards: {loop: {from: b, to: b, count: 1}}\n"
                           "releases: {in: {item: part, at: [0 h, 0 h]}}\n"
                           "lanes: {road: {from: hall, to: yard, time: 3 h}}\n");
    EXPECT_STARTS(&world, "b", "4/1/0 8/1/1"); /* the card is free at 5 h */
    world_close(&world);
}

/* ---- goods ---- */
#define SHOP                                                                                       \
    "title: tiny\n"                                                                                \
    "sites: {port: {}, hill: {}, town: {}}\n"                                                      \
    "items: {part: {cost: 2 EUR, price: 5 EUR, weight: 2 kg}}\n"                                   \
    "stocks: {store: {holds: part, site: hill, from: maker, reorder: {policy: base-stock, level: " \
    "0}}}\n"

/* Owed at the end of a run of so many hours, with these lanes: 4 ordered at 0 h, 6 at 1 h. */
static double owed_after(const char *hours, const char *lanes) {
    char text[2000];
    snprintf(text, sizeof text,
             SHOP "run: {length: %s h}\n"
                  "suppliers: {maker: {supplies: part, site: port, lead-time: 1 h}}\n"
                  "customers: {shop: {buys: part, from: store, if-short: part-wait, "
                  "list: [{at: 0 h, size: 4}, {at: 1 h, size: 6}]}}\n"
                  "lanes: {%s}\n",
             hours, lanes);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    double owed = world_value(&world, "stocks.store.owed.now");
    world_close(&world);
    return owed;
}

Test(lane, goods_of_a_supplier_take_his_lead_time_and_then_the_lane) {
    const char *lane = "sea: {from: port, to: hill, time: 2 h}";
    cr_expect_eq(owed_after("2.9", lane), 10);
    cr_expect_eq(owed_after("3", lane), 6);
    cr_expect_eq(owed_after("4", lane), 0);
}

Test(lane, a_timetable_divides_goods_that_do_not_fit) {
    const char *lane = "sea: {from: port, to: hill, time: 1 h, load: 3, every: 2 h}";
    cr_expect_eq(owed_after("2.9", lane), 10); /* there at 1 and 2 h; left at 2, 4, 6, 8 h */
    cr_expect_eq(owed_after("3", lane), 7);
    cr_expect_eq(owed_after("5", lane), 4);
    cr_expect_eq(owed_after("7", lane), 1);
    cr_expect_eq(owed_after("9", lane), 0);
}

Test(lane, goods_go_from_either_place_by_name) {
    cr_expect_eq(owed_after("3", "sea: {from: maker, to: store, time: 1 h}"), 0);
    cr_expect_eq(owed_after("2.5", "sea: {from: maker, to: store, time: 1.5 h}"), 6);
}

Test(lane, the_cheapest_mode_depends_on_the_amount) {
    struct world world;
    world_run(
        &world,
        SHOP "run: {length: 20 h}\n"
             "suppliers: {maker: {supplies: part, site: port}}\n"
             "customers: {shop: {buys: part, from: store, "
             "list: [{at: 0 h, size: 4}, {at: 1 h, size: 6}]}}\n"
             "lanes: {way: {from: port, to: hill, modes: {ship: {time: 9 h, cost: {load: 50 EUR}}, "
             "van: {time: 1 h, cost: {unit: 5 EUR/kg}}}}}\n");
    expect_value(&world, "lanes.way.trips", 2);
    expect_value(&world, "lanes.way.modes.ship.moved", 6); /* 60 EUR by van */
    expect_value(&world, "lanes.way.modes.van.expense", 40);
    expect_value(&world, "lanes.way.expense", 90);
    expect_value(&world, "money.transport", 90);
    world_close(&world);
}

/* Delivered at 3 h and due at 2 h: late for an hour. */
Test(lane, a_delivery_is_owed_until_it_arrives_and_may_be_late_on_its_way) {
    struct world world;
    world_run(
        &world,
        "title: tiny\n"
        "sites: {hill: {}, town: {}}\n"
        "run: {length: 10 h}\n"
        "items: {part: {price: 5 EUR}}\n"
        "stocks: {store: {holds: part, site: hill, start: 100}}\n"
        "customers: {shop: {buys: part, from: store, site: town, due: 2 h, late-cost: 1 EUR/h, "
        "list: [{at: 0 h, size: 4}]}}\n"
        "lanes: {road: {from: hill, to: town, time: 3 h}}\n");
    expect_value(&world, "customers.shop.order-cycle", 3);
    expect_value(&world, "customers.shop.owed", 1.2);
    expect_value(&world, "customers.shop.on-time", 0);
    expect_value(&world, "customers.shop.fill", 1);
    expect_value(&world, "stocks.store.fill", 1);
    expect_value(&world, "money.penalties", 4);
    expect_value(&world, "money.revenue", 20);
    world_close(&world);
}

/* 3 are there at once and the others at 5 h, all an hour on the road. */
Test(lane, an_order_in_parts_ends_with_its_last_delivery) {
    struct world world;
    world_run(&world,
              "title: tiny\n"
              "sites: {hill: {}, town: {}}\n"
              "run: {length: 10 h}\n"
              "items: {part: {}}\n"
              "stocks: {store: {holds: part, site: hill, start: 3, from: maker, lead-time: 5 h, "
              "reorder: {policy: base-stock, level: 3}}}\n"
              "suppliers: {maker: {supplies: part}}\n"
              "customers: {shop: {buys: part, from: store, site: town, if-short: part-wait, "
              "list: [{at: 0 h, size: 5}]}}\n"
              "lanes: {road: {from: hill, to: town, time: 1 h}}\n");
    expect_value(&world, "customers.shop.order-cycle.count", 1);
    expect_value(&world, "customers.shop.order-cycle", 6);
    expect_value(&world, "customers.shop.fill", 0.6);
    expect_value(&world, "customers.shop.served", 5);
    world_close(&world);
}

Test(lane, what_is_made_goes_from_its_last_station_to_who_ordered) {
    struct world world;
    world_run(
        &world,
        "title: tiny\n"
        "sites: {plant: {}, hill: {}, town: {}}\n"
        "run: {length: 10 h}\n"
        "items: {part: {route: {make: 1 h}}}\n"
        "stations: {make: {site: plant}}\n"
        "stocks: {store: {holds: part, site: hill, start: 0, from: factory, "
        "reorder: {policy: base-stock, level: 1}}}\n"
        "customers: {shop: {buys: part, from: factory, site: town, list: [{at: 3 h, size: 1}]}}\n"
        "lanes: {up: {from: plant, to: hill, time: 2 h}, road: {from: plant, to: town, time: 4 "
        "h}}\n");
    expect_value(&world, "stocks.store.on-hand", 0.7); /* made at 1 h, there at 3 h */
    expect_value(&world, "stocks.store.on-order", 0.3);
    expect_value(&world, "customers.shop.order-cycle", 5);
    expect_value(&world, "system.cycle-time", 1);
    world_close(&world);
}

Test(lane, trips_leave_when_the_calendar_is_open) {
    struct world world;
    world_run(&world, LINE "calendars: {hours: {cycle: {work: 1 h, rest: 2 h}}}\n"
                           "stations: {a: {site: hall}, b: {site: yard}}\n"
                           "releases: {in: {item: part, every: 1 h, first: 0 h, until: 4 h}}\n"
                           "lanes: {road: {from: hall, to: yard, time: 1 h, calendar: hours}}\n");
    /* handed over at 1, 2, 3, 4, 5 h; open from 0 to 1 h, from 3 to 4 h, from 6 to 7 h */
    EXPECT_STARTS(&world, "b", "4/1/0 5/1/1 6/1/2 7/1/3 8/1/4");
    world_close(&world);
}

/* ---- closed for a time ---- */
#define CLOSED(WHEN, STOPS) ", failures: {flood: {at: [" WHEN "], lasts: 2 h, stops: " STOPS "}}"

/* Lots are handed over at 1, 2, 3 h. */
Test(lane, when_it_is_closed_no_trip_leaves_and_those_under_way_go_on) {
    starts_at_b("time: 2 h, failures: {flood: {at: [1.5 h], lasts: 2 h}}", 3,
                "3/1/0 5.5/1/1 6.5/1/2");
}

Test(lane, when_orders_stop_those_under_way_stand_still) {
    starts_at_b("time: 2 h" CLOSED("1.5 h", "orders"), 3, "5/1/0 6/1/1 7/1/2");
    starts_at_b("time: 2 h" CLOSED("1.5 h, 4 h", "orders"), 3, "7/1/0 8/1/1 9/1/2");
}

Test(lane, when_receipts_stop_what_comes_waits_to_be_let_in) {
    starts_at_b("time: 2 h" CLOSED("2.5 h", "receipts"), 3, "4.5/1/0 5.5/1/1 6.5/1/2");
}

Test(lane, closures_that_overlap_are_over_when_the_last_is) {
    starts_at_b("time: 2 h, failures: {a: {at: [1.5 h], lasts: 3 h, stops: orders}, "
                "b: {at: [2 h], lasts: 4 h, stops: [orders, receipts]}}",
                3, "7.5/1/0 8.5/1/1 9.5/1/2");
}

Test(lane, closed_it_misses_a_departure_of_its_timetable) {
    starts_at_b("time: 1 h, every: 2.5 h" CLOSED("2 h", "shipments"), 3, "6/1/0 7/1/1 8/1/2");
}

Test(lane, closed_it_holds_what_should_have_gone) {
    starts_at_b("time: 2 h, hold: {until: 2}" CLOSED("1.5 h", "shipments"), 3,
                "5.5/1/0 6.5/1/1 7.5/1/2");
    starts_at_b("time: 2 h, hold: {wait: 1 h}" CLOSED("1.5 h", "shipments"), 3,
                "5.5/1/0 6.5/1/1 7.5/1/2");
}

Test(lane, a_mode_that_is_closed_is_not_chosen_while_another_is_open) {
    starts_at_b("choose: fastest, modes: {quick: {time: 1 h" CLOSED(
                    "1.5 h", "shipments") "}, slow: {time: 3 h}}",
                3, "2/1/0 5/1/1 6/1/2");
    starts_at_b("choose: fastest, modes: {quick: {time: 1 h" CLOSED(
                    "1.5 h", "shipments") "}, slow: {time: 3 h" CLOSED("1.5 h", "orders") "}}",
                3, "2/1/0 4.5/1/1 5.5/1/2");
}

static void expect_near(double got, double right) {
    cr_expect(fabs(got - right) < 1e-12, "%.12g, not %.12g", got, right);
}

static double up_of(const char *failures) {
    char text[1000];
    snprintf(text, sizeof text,
             LINE "stations: {a: {site: hall}, b: {site: yard}}\n"
                  "lanes: {road: {from: hall, to: yard, modes: {quick: {failures: {x: {%s}}}, "
                  "slow: {time: 1 h}}}}\n"
                  "releases: {in: {item: part, at: [0 h]}}\n",
             failures);
    struct world world;
    world_run(&world, text);
    cr_assert_null(world.why, "%s", world.why);
    expect_value(&world, "lanes.road.up", 1);
    double up = world_value(&world, "lanes.road.modes.quick.up");
    world_close(&world);
    return up;
}

Test(lane, up_is_the_share_of_time_in_which_it_is_open) {
    expect_near(up_of("after: 8 h, lasts: 2 h"), 0.8);
    expect_near(up_of("clock: calendar, after: 10 h, lasts: 2 h"), 0.82);
    expect_near(up_of("clock: calendar, after: 10 h, lasts: 2 h, first: 1 h"), 0.8);
    expect_near(up_of("at: [3 h, 90 h, 40 h], lasts: 2 h"), 0.94);
}

Test(lane, a_stop_by_a_clock_and_at_moments_is_a_fault) {
    world_expect_fault(PLACES "items: {part: {}}\n"
                              "lanes: {road: {from: hall, to: yard, failures: {x: {after: 3 h, at: "
                              "[3 h], lasts: 1 h}}}}\n",
                       "exactly one of 'after' and 'at'");
    world_expect_fault(PLACES "items: {part: {}}\n"
                              "lanes: {road: {from: hall, to: yard, failures: {x: {clock: up, at: "
                              "[3 h], lasts: 1 h}}}}\n",
                       "there is no 'clock' and no 'first'");
    world_expect_fault(
        PLACES "items: {part: {}}\n"
               "vehicles: {cart: {speed: 1 km/h}}\n"
               "lanes: {road: {from: hall, to: yard, time: 1 h, by: cart, failures: {x: {at: [3 "
               "h], lasts: 1 h, stops: orders}}}}\n",
        "what is under way does not stand still");
}
