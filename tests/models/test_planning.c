/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lot sizing, MRP, promising, and plans of sales and operations against known answers. */
#include "../../models/plan/mrp.h"
#include "../../models/plan/promise.h"
#include "../../models/plan/sop.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

/* Amounts of the tables are whole units. */
static void scale(const int32_t *from, int64_t *to, int32_t count) {
    for (int32_t i = 0; i < count; i++) to[i] = INT64_C(1000) * from[i];
}

static void expect_row(const char *what, const int64_t *row, const int32_t *right, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        cr_expect_eq(row[i], 1000 * right[i], "%s of period %d: %g, not %d", what, i,
                     (double)row[i] / 1000, right[i]);
}

/* ---- lots ---- */
enum { NEEDS = 12 };
static const int32_t needs[NEEDS] = {10, 62, 12, 130, 154, 129, 88, 52, 124, 160, 238, 41};

static double cost_of(struct lot_rule rule) {
    int64_t net[NEEDS], lots[NEEDS], sum = 0;
    rule.grain = 1000, rule.order_cost = 54, rule.holding = 0.4;
    scale(needs, net, NEEDS);
    lots_of(&rule, net, NEEDS, lots);
    for (int32_t i = 0; i < NEEDS; i++) {
        sum += lots[i] - net[i];
        cr_expect_geq(sum, 0, "rule %d is short in period %d", rule.kind, i);
    }
    return lots_cost(&rule, net, lots, NEEDS);
}

Test(lots, rules_cost_what_is_known) {
    cr_expect_float_eq(cost_of((struct lot_rule){.kind = LOTS_LOT_FOR_LOT}), 648, 1e-9);
    cr_expect_float_eq(cost_of((struct lot_rule){.kind = LOTS_SILVER_MEAL}), 501.2, 1e-9);
    cr_expect_float_eq(cost_of((struct lot_rule){.kind = LOTS_WAGNER_WHITIN}), 501.2, 1e-9);
}

/* Every way to join periods, by counting. */
static double least_cost(const int32_t *need, int32_t count, double order, double holding) {
    double least = INFINITY;
    for (unsigned cut = 0; cut < 1u << count; cut++) {
        double cost = 0;
        int32_t from = -1;
        for (int32_t i = 0; i < count; i++) {
            if (cut >> i & 1) from = i, cost += order;
            if (from < 0 && need[i] > 0) cost = INFINITY;
            if (from >= 0) cost += holding * (i - from) * need[i];
        }
        least = fmin(least, cost);
    }
    return least;
}

Test(lots, wagner_whitin_is_the_cheapest_of_all) {
    srand(1);
    for (int32_t round = 0; round < 200; round++) {
        int32_t need[9];
        int64_t net[9], lots[9];
        for (int32_t i = 0; i < 9; i++) need[i] = rand() % 3 ? rand() % 100 : 0;
        struct lot_rule rule = {.kind = LOTS_WAGNER_WHITIN,
                                .grain = 1000,
                                .order_cost = rand() % 200,
                                .holding = 0.25 * (rand() % 8)};
        scale(need, net, 9);
        lots_of(&rule, net, 9, lots);
        cr_expect_float_eq(lots_cost(&rule, net, lots, 9),
                           least_cost(need, 9, rule.order_cost, rule.holding), 1e-6);
    }
}

Test(lots, simple_rules_by_hand) {
    int64_t net[6], lots[6];
    scale((int32_t[]){30, 0, 45, 10, 0, 70}, net, 6);
    struct lot_rule rule = {.kind = LOTS_MULTIPLE, .size = 50000, .grain = 1000};
    lots_of(&rule, net, 6, lots);
    expect_row("multiples", lots, (int32_t[]){50, 0, 50, 0, 0, 100}, 6);
    rule = (struct lot_rule){.kind = LOTS_PERIOD, .periods = 2, .grain = 1000};
    lots_of(&rule, net, 6, lots);
    expect_row("periods", lots, (int32_t[]){30, 0, 55, 0, 0, 70}, 6);
    /* sqrt(2 x 15 x 155/6 / 0.5) = 39.37: 39 whole pieces, or what is needed */
    rule = (struct lot_rule){.kind = LOTS_EOQ, .grain = 1000, .order_cost = 15, .holding = 0.5};
    lots_of(&rule, net, 6, lots);
    expect_row("eoq", lots, (int32_t[]){39, 0, 39, 39, 0, 39}, 6);
}

Test(lots, broken_needs_are_rounded_to_whole_pieces) {
    for (int32_t kind = LOTS_LOT_FOR_LOT; kind < LOTS_COUNT; kind++) {
        int64_t net[] = {300, 300, 300, 300}, lots[4], sum = 0;
        struct lot_rule rule = {
            .kind = kind, .size = 2000, .periods = 2, .grain = 1000, .order_cost = 1, .holding = 1};
        lots_of(&rule, net, 4, lots);
        for (int32_t i = 0; i < 4; i++) {
            sum += lots[i] - net[i];
            cr_expect(lots[i] % 1000 == 0 && sum >= 0, "kind %d", kind);
        }
    }
}

/* ---- MRP: A of two B ---- */
enum { WEEKS = 8 };
struct two { /* A is node 0 */
    struct mrp mrp;
    struct mrp_node nodes[2];
    struct mrp_part part;
    int64_t gross[2 * WEEKS], coming[2 * WEEKS], earlier[2 * WEEKS], releases[2 * WEEKS],
        receipts[2 * WEEKS], projected[2 * WEEKS], scratch[2 * WEEKS];
};

static void two_make(struct two *two) {
    *two = (struct two){.part = {1, 2000}};
    two->nodes[0] = (struct mrp_node){.lots = {.kind = LOTS_LOT_FOR_LOT, .grain = 1000},
                                      .lead = 1,
                                      .on_hand = 25000,
                                      .part_count = 1};
    two->nodes[1] = (struct mrp_node){
        .lots = {.kind = LOTS_MULTIPLE, .size = 50000, .grain = 1000}, .lead = 2, .on_hand = 40000};
    two->mrp = (struct mrp){.node_count = 2,
                            .periods = WEEKS,
                            .nodes = two->nodes,
                            .parts = &two->part,
                            .gross = two->gross,
                            .coming = two->coming,
                            .releases = two->releases,
                            .receipts = two->receipts,
                            .projected = two->projected,
                            .scratch = two->scratch};
    scale((int32_t[]){0, 20, 0, 30, 10, 25, 15, 20}, two->gross, WEEKS);
    two->coming[WEEKS + 1] = 50000;
    cr_assert(mrp_levels(&two->mrp));
}

Test(mrp, explodes_the_known_case) {
    struct two two;
    two_make(&two);
    mrp_explode(&two.mrp);
    expect_row("A releases", two.releases, (int32_t[]){0, 0, 25, 10, 25, 15, 20, 0}, WEEKS);
    expect_row("B receipts", two.receipts + WEEKS, (int32_t[]){0, 0, 0, 0, 50, 50, 0, 0}, WEEKS);
    expect_row("B releases", two.releases + WEEKS, (int32_t[]){0, 0, 50, 50, 0, 0, 0, 0}, WEEKS);
    expect_row("B on hand", two.projected + WEEKS, (int32_t[]){40, 90, 40, 20, 20, 40, 0, 0},
               WEEKS);
}

/* A week of safety time: all a week earlier; 5 as safety stock: the first lot is 5 larger. */
Test(mrp, safety_time_and_stock_ask_for_more_and_earlier) {
    struct two two;
    two_make(&two);
    two.nodes[0].early = 1;
    two.nodes[0].safety_stock = 5000;
    mrp_explode(&two.mrp);
    expect_row("A releases", two.releases, (int32_t[]){0, 30, 10, 25, 15, 20, 0, 0}, WEEKS);
}

/* What should have been released before now is released now. */
Test(mrp, what_is_late_is_released_at_once) {
    struct two two;
    two_make(&two);
    two.nodes[0].on_hand = 0;
    two.nodes[0].lead = 3;
    mrp_explode(&two.mrp);
    expect_row("A releases", two.releases, (int32_t[]){50, 10, 25, 15, 20, 0, 0, 0}, WEEKS);
    expect_row("A receipts", two.receipts, (int32_t[]){0, 0, 0, 50, 10, 25, 15, 20}, WEEKS);
}

/* Case A: demand of week 4 grows from 30 to 40, and the fences keep the release of week 3 as it
 * was: within the frozen fence the 10 come in the first week behind it, the fourth. Case B: only
 * slushy, so they are added in week 3. */
Test(mrp, fences_keep_the_near_future_still) {
    struct two two;
    two_make(&two);
    mrp_explode(&two.mrp);
    for (int32_t i = 0; i < 2 * WEEKS; i++) two.earlier[i] = two.releases[i];
    two_make(&two);
    for (int32_t i = 0; i < WEEKS; i++) two.earlier[i] = 1000 * (i == 2 ? 25 : i == 3 ? 10 : 0);
    two.mrp.earlier = two.earlier;
    two.gross[3] = 40000;
    two.mrp.frozen = two.mrp.slushy = 3;
    mrp_explode(&two.mrp);
    expect_row("A releases", two.releases, (int32_t[]){0, 0, 25, 20, 25, 15, 20, 0}, WEEKS);
    two_make(&two);
    two.mrp.earlier = two.earlier;
    for (int32_t i = 0; i < WEEKS; i++) two.earlier[i] = 1000 * (i == 2 ? 25 : i == 3 ? 10 : 0);
    two.gross[3] = 40000;
    two.mrp.slushy = 3;
    mrp_explode(&two.mrp);
    expect_row("A releases", two.releases, (int32_t[]){0, 0, 35, 10, 25, 15, 20, 0}, WEEKS);
}

/* Demand falls away: what lies within the slushy fence is ordered all the same. */
Test(mrp, within_the_slushy_fence_nothing_is_taken_back) {
    struct two two;
    two_make(&two);
    two.mrp.earlier = two.earlier;
    two.mrp.slushy = 4;
    two.earlier[2] = 25000, two.earlier[5] = 99000;
    for (int32_t i = 0; i < WEEKS; i++) two.gross[i] = 0;
    mrp_explode(&two.mrp);
    expect_row("A releases", two.releases, (int32_t[]){0, 0, 25, 0, 0, 0, 0, 0}, WEEKS);
}

Test(mrp, what_needs_itself_is_found) {
    struct two two;
    two_make(&two);
    two.nodes[1].part_count = 1;
    cr_expect_not(mrp_levels(&two.mrp));
}

/* ---- promising ---- */
Test(promise, gives_the_known_case) {
    int64_t supply[WEEKS], orders[WEEKS], atp[WEEKS];
    scale((int32_t[]){20, 0, 50, 0, 0, 50, 0, 0}, supply, WEEKS);
    scale((int32_t[]){15, 3, 25, 10, 5, 20, 10, 0}, orders, WEEKS);
    atp_of(supply, orders, WEEKS, atp);
    expect_row("ATP", atp, (int32_t[]){2, 0, 10, 0, 0, 20, 0, 0}, WEEKS);
    struct capable none = {0};
    cr_expect_eq(promise_first(atp, WEEKS, &none, 2000), 0);
    cr_expect_eq(promise_first(atp, WEEKS, &none, 3000), 2);
    cr_expect_eq(promise_first(atp, WEEKS, &none, 13000), 5);
    cr_expect_eq(promise_first(atp, WEEKS, &none, 33000), WEEKS);
    cr_expect_eq(promise_take(atp, 5, 25000), 0);
    expect_row("ATP left", atp, (int32_t[]){2, 0, 5, 0, 0, 0, 0, 0}, WEEKS);
}

Test(promise, a_later_order_takes_from_earlier_supply) {
    int64_t supply[4], orders[4], atp[4];
    scale((int32_t[]){20, 0, 10, 0}, supply, 4);
    scale((int32_t[]){5, 0, 0, 18}, orders, 4);
    atp_of(supply, orders, 4, atp);
    expect_row("ATP", atp, (int32_t[]){7, 0, 0, 0}, 4);
}

/* Ten can be made in each week, and come two weeks later: 2 + 30 by week 5 (index 4). */
Test(promise, what_can_be_made_can_be_promised) {
    int64_t atp[WEEKS] = {2000}, room[WEEKS];
    for (int32_t i = 0; i < WEEKS; i++) room[i] = 10000;
    struct capable capable = {room, 2};
    cr_expect_eq(promise_first(atp, WEEKS, &capable, 2000), 0);
    cr_expect_eq(promise_first(atp, WEEKS, &capable, 12000), 2);
    cr_expect_eq(promise_first(atp, WEEKS, &capable, 30000), 4);
}

/* ---- sales and operations ---- */
enum { PERIODS = 4 };
static double solve(enum sop_strategy strategy, bool expected, double *stock) {
    static const double demand[] = {80, 100, 160, 60};
    static const double regular[] = {100, 100, 100, 100}, overtime[] = {20, 20, 20, 20},
                        outside[] = {INFINITY, INFINITY, INFINITY, INFINITY};
    double made[SOP_WAY_COUNT][PERIODS];
    struct sop sop = {.periods = PERIODS,
                      .demand = demand,
                      .most = {regular, overtime, outside},
                      .cost = {10, 15, 18},
                      .holding = 1};
    struct sop_plan plan = {.made = {made[0], made[1], made[2]}, .stock = stock};
    struct lp_solver solver = lp_open();
    cr_expect_eq(sop_solve(&sop, strategy, &solver, &plan), expected);
    lp_close(&solver);
    return plan.cost;
}

Test(sop, strategies_cost_what_is_known) {
    double stock[PERIODS];
    struct lp_solver solver = lp_open();
    if (solver.module) cr_expect_float_eq(solve(SOP_CHEAPEST, true, stock), 4260, 1e-9);
    lp_close(&solver);
    cr_expect_float_eq(solve(SOP_CHASE, true, stock), 4420, 1e-9);
    /* 340 by the end of period 3: 340/3 each period; stock 33.33, 46.67, 0, 53.33; regular 4000,
     * overtime 4 x 13.33 x 15. */
    double rate = 340 / 3., held = rate - 80 + 2 * rate - 180 + 4 * rate - 400;
    cr_expect_float_eq(solve(SOP_LEVEL, true, stock), 4000 + 4 * (rate - 100) * 15 + held, 1e-9);
    cr_expect_float_eq(stock[3], 4 * rate - 400, 1e-9);
}

/* Two makers of one thing: x + y = 10, x <= 4, costs 1 and 3: 4 and 6. */
Test(lp, solves_and_says_when_it_cannot) {
    struct lp_solver solver = lp_open();
    if (!solver.module) return;
    double cost[] = {1, 3}, most[] = {4, INFINITY}, sum[] = {10}, x[2], value;
    struct lp_term terms[] = {{0, 0, 1}, {0, 1, 1}};
    struct lp lp = {1, 2, 2, cost, most, sum, sum, terms, NULL};
    cr_expect(solver.module->solve(&lp, x, &value));
    cr_expect_float_eq(x[0], 4, 1e-12);
    cr_expect_float_eq(x[1], 6, 1e-12);
    cr_expect_float_eq(value, 22, 1e-12);
    most[1] = 5;
    cr_expect_not(solver.module->solve(&lp, x, &value));
    lp_close(&solver);
}

/* 5 x + 4 y at most under 6 x + 4 y <= 24, x + 2 y <= 6: 21 at (3, 1.5); in whole numbers 20 at
 * (4, 0), which is no rounding of it. */
Test(lp, finds_the_best_whole_numbers) {
    struct lp_solver solver = lp_open();
    if (!solver.module) return;
    double cost[] = {-5, -4}, most[] = {INFINITY, INFINITY}, low[] = {-INFINITY, -INFINITY},
           high[] = {24, 6}, x[2], value;
    bool whole[] = {true, true};
    struct lp_term terms[] = {{0, 0, 6}, {0, 1, 4}, {1, 0, 1}, {1, 1, 2}};
    struct lp lp = {2, 2, 4, cost, most, low, high, terms, NULL};
    cr_expect(solver.module->solve(&lp, x, &value));
    cr_expect_float_eq(value, -21, 1e-9);
    lp.whole = whole;
    cr_expect(solver.module->solve(&lp, x, &value));
    cr_expect_float_eq(value, -20, 1e-9);
    cr_expect_float_eq(x[0], 4, 1e-9);
    cr_expect_float_eq(x[1], 0, 1e-9);
    lp_close(&solver);
}
