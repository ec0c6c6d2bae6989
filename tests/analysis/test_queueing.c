/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas of queues, lines and stocks against published numbers and independent computations. */
#include "../../analysis/theory/closed.h"
#include "../../analysis/theory/inventory.h"
#include "../../analysis/theory/queueing.h"

#include <criterion/criterion.h>
#include <math.h>

static void expect(double found, double wanted, double tolerance) {
    cr_expect(fabs(found - wanted) <= tolerance, "%.9g is not %.9g", found, wanted);
}

static const double SIX = 0.6e-6; /* six decimals */

static struct law law_of(enum law_kind kind, double a, double b) {
    return (struct law){.kind = (int32_t)kind, .a = a, .b = b};
}

/* ---- queues ---- */

Test(queueing, waits_of_erlang) {
    expect(queueing_mmc_wait(0.8, 1, 1), 4, 1e-12);
    expect(queueing_mmc_wait(1.6, 1, 2), 1.777778, SIX);
    expect(queueing_erlang_wait(1.6, 2), 0.711111, SIX);
    expect(queueing_mmc_wait(2.4, 1, 3), 1.078652, SIX);
    cr_expect(isinf(queueing_mmc_wait(2, 1, 2)));
}

Test(queueing, many_servers_lose_no_digits) {
    /* 1000 servers, 1000 offered: B is near sqrt(2 / (pi c)) (Jagerman 1974). */
    double loss = queueing_erlang_loss(1000, 1000);
    cr_expect(fabs(loss - sqrt(2 / (acos(-1) * 1000))) < 0.001);
    expect(queueing_erlang_loss(10, 10), 0.214582, SIX);
}

Test(queueing, room_for_five) {
    struct queueing_loss queue = queueing_mmck(0.8, 1, 1, 4);
    expect(queue.lost, 0.088819, SIX);
    expect(queue.in_system, 1.868332, SIX);
    expect(queueing_mmck(10, 1, 10, 0).lost, queueing_erlang_loss(10, 10), 1e-12);
}

Test(queueing, wait_of_pollaczek_and_khinchine) {
    expect(queueing_mg1_wait(0.8, 1, 0), 2, 1e-12);
    expect(queueing_mg1_wait(0.8, 1, 0.5), 3, 1e-12);
    expect(queueing_mg1_wait(0.8, 1, 4), 10, 1e-12);
}

Test(queueing, arrivals_of_any_law_at_an_exponential_machine) {
    struct law constant = law_of(LAW_CONSTANT, 1.25, 0);
    double root = queueing_gm1_root(&constant, 1);
    expect(root / (1 - root), 1.692731, SIX);
    struct law poisson = law_of(LAW_EXPONENTIAL, 1.25, 0);
    expect(queueing_gm1_root(&poisson, 1), 0.8, 1e-9);
}

Test(queueing, transforms_are_those_of_the_laws) {
    struct law erlang = law_of(LAW_ERLANG, 3, 2), uniform = law_of(LAW_UNIFORM, 1, 4);
    expect(queueing_transform(&erlang, 0.7), pow(1 + 0.7 * 2, -3), 1e-9);
    expect(queueing_transform(&uniform, 0.7), (exp(-0.7) - exp(-2.8)) / 0.7 / 3, 1e-9);
}

Test(queueing, priorities_of_cobham) {
    struct queueing_class classes[] = {{0.4, 1, 0}, {0.4, 1, 0}};
    queueing_priorities(classes, 2, 1, 0.8);
    expect(classes[0].wait, 1.333333, SIX);
    expect(classes[1].wait, 6.666667, SIX);
    /* Conservation (Kleinrock 1965): the mean over all is the wait of first come, first served. */
    expect(0.5 * (classes[0].wait + classes[1].wait), 4, 1e-9);
}

Test(queueing, shortest_work_first_of_phipps) {
    struct law work = law_of(LAW_EXPONENTIAL, 1, 0), halves[] = {work, work};
    double rate = 0.8, parts[] = {0.3, 0.5};
    expect(queueing_shortest_wait(&work, &rate, 1), 1.882219, SIX);
    expect(queueing_shortest_wait(halves, parts, 2), 1.882219, SIX);
    struct law constant = law_of(LAW_CONSTANT, 1, 0);
    cr_expect(isnan(queueing_shortest_wait(&constant, &rate, 1)));
}

Test(queueing, effective_time_of_hopp_and_spearman) {
    struct queueing_time work = {15, 3.35 * 3.35 / 225};
    struct queueing_time time = queueing_with_failures(work, 744, (struct queueing_time){248, 1});
    expect(time.mean, 20, 1e-9);
    expect(time.cv2, 6.249878, SIX);
}

Test(queueing, effective_time_with_setups) {
    /* A setup of 4 for every lot adds itself; one in two lots adds 2 and its own spread. */
    struct queueing_time work = {10, 0}, setup = {4, 0};
    expect(queueing_with_setups(work, 1, setup).mean, 14, 1e-12);
    expect(queueing_with_setups(work, 1, setup).cv2, 0, 1e-12);
    expect(queueing_with_setups(work, 2, setup).cv2 * 144, 4, 1e-12);
}

Test(queueing, failing_machines) {
    struct queueing_time work = {1, 1};
    struct queueing_time busy = queueing_with_failures(work, 100, (struct queueing_time){10, 1});
    double wait = queueing_mg1_wait(0.7, busy.mean, busy.cv2);
    expect(0.7 * (wait + busy.mean), 5.478261, SIX);
    expect(queueing_failing_in_system(0.7, work, 100, 10), 6.114625, SIX);
}

Test(queueing, machine_repairman) {
    struct queueing_repairman repairman = queueing_repairman(5, 10, 2);
    expect(repairman.up, 0.715132, SIX);
    expect(repairman.wait, 1.983429, SIX);
}

Test(queueing, batches_of_neuts) {
    struct queueing_batches any = queueing_batches(3, 1, 1, 4), full = queueing_batches(3, 1, 4, 4);
    expect(any.in_queue, 7.657496, SIX);
    expect(any.load, 0.964066, SIX);
    expect(full.in_queue, 6.442917, SIX);
    expect(full.load, 0.75, 1e-9);
    expect(queueing_batches(0.8, 1, 1, 1).in_queue, 3.2, 1e-6);
}

Test(queueing, departures_of_poisson_queues_are_poisson) {
    expect(queueing_departures_cv2(1, 1, 0.7, 3), 1, 1e-12);
    expect(queueing_departures_cv2(0.3, 2, 1, 1), 2, 1e-12);
    expect(queueing_departures_cv2(0.3, 2, 0, 1), 0.3, 1e-12);
}

/* ---- lines ---- */

Test(closed, penny_fab_one) {
    static const double wanted[] = {.125, .2, .25, .285714, .3125, .333333, .35, .363636};
    struct closed_station line[4];
    for (int32_t i = 0; i < 4; i++) line[i] = (struct closed_station){2, 1, 1, 1, 0};
    for (int32_t jobs = 1; jobs <= 8; jobs++) {
        struct closed_limits limits = closed_limits(line, 4, jobs);
        expect(closed_exponential(line, 4, jobs), wanted[jobs - 1], SIX);
        expect(closed_general(line, 4, jobs), wanted[jobs - 1], SIX);
        expect(limits.practical_worst, wanted[jobs - 1], SIX);
        expect(limits.best, fmin(jobs / 8.0, 0.5), 1e-12);
        expect(line[0].jobs, jobs / 4.0, 1e-9);
    }
    expect(closed_limits(line, 4, 3).critical_wip, 4, 1e-12);
}

Test(closed, penny_fab_two) {
    struct closed_station line[] = {
        {2, 1, 1, 1, 0}, {5, 1, 1, 2, 0}, {10, 1, 1, 6, 0}, {3, 1, 1, 2, 0}};
    double throughput = closed_exponential(line, 4, 8);
    expect(throughput, 0.310219, SIX);
    expect(8 / throughput, 25.7882, 5e-5);
    expect(line[0].jobs + line[1].jobs + line[2].jobs + line[3].jobs, 8, 1e-9);
    cr_expect_eq(closed_limits(line, 4, 8).bottleneck, 1);
    expect(closed_limits(line, 4, 8).raw_time, 20, 1e-12);
    expect(closed_limits(line, 4, 8).bottleneck_rate, 0.4, 1e-12);
}

Test(closed, five_stations_with_cards) {
    struct closed_station line[5];
    for (int32_t i = 0; i < 5; i++) line[i] = (struct closed_station){1, 1, 1, 1, 0};
    line[2].work = 1.25;
    expect(closed_exponential(line, 5, 8), 0.627516, SIX);
    expect(closed_general(line, 5, 8), 0.627516, SIX);
}

Test(closed, machines_and_their_crew_are_a_closed_line) {
    /* The five machines run for 10 and queue for one crew: .357566 repairs a unit of time. */
    struct closed_station shop[] = {{10, 1, 1, 0, 0}, {2, 1, 1, 1, 0}};
    expect(closed_exponential(shop, 2, 5) * 10 / 5, 0.715132, SIX);
}

Test(closed, work_without_spread_is_near_the_best_case) {
    struct closed_station line[4];
    for (int32_t i = 0; i < 4; i++) line[i] = (struct closed_station){2, 1, 0, 1, 0};
    double throughput = closed_general(line, 4, 4);
    struct closed_limits limits = closed_limits(line, 4, 4);
    cr_expect(throughput > limits.practical_worst && throughput <= limits.best);
}

Test(closed, lines_that_block) {
    static const double two[] = {.666667, .75, .8, .875, .923077},
                        three[] = {.564103, .670466, .734017};
    static const int32_t rooms[] = {0, 1, 2, 5, 10};
    const double rates[] = {1, 1, 1};
    for (int32_t i = 0; i < 5; i++) expect(closed_blocking(rates, &rooms[i], 2), two[i], SIX);
    for (int32_t i = 0; i < 3; i++) {
        int32_t both[] = {rooms[i], rooms[i]};
        expect(closed_blocking(rates, both, 3), three[i], SIX);
    }
}

Test(closed, a_line_turned_round_makes_as_much) {
    /* Reversibility of blocking lines: Muth 1979. */
    const double rates[] = {1, 1.3, 0.8}, turned[] = {0.8, 1.3, 1};
    int32_t rooms[] = {2, 0}, turned_rooms[] = {0, 2};
    expect(closed_blocking(rates, rooms, 3), closed_blocking(turned, turned_rooms, 3), 1e-9);
}

/* The chains of scenarios/oracles/line-2-failures-buffer-0 and -5. */
Test(closed, two_machines_that_fail) {
    static const struct closed_machine both[2] = {{1, .01, .1}, {1, .01, .1}};
    static const struct closed_machine never[2] = {{1, 0, 1}, {1.3, 0, 1}};
    expect(closed_failing(both, 0), .589955, SIX);
    expect(closed_failing(both, 5), .756197, SIX);
    int32_t room = 3;
    const double rates[] = {1, 1.3};
    expect(closed_failing(never, 3), closed_blocking(rates, &room, 2), 1e-9);
}

Test(closed, pairs_are_exact_for_two_machines_and_near_for_more) {
    static const double rates[] = {1, 1.25, 0.8, 1, 0.9}, three[] = {.564103, .670466, .734017};
    for (int32_t room = 0; room < 3; room++) {
        int32_t rooms[] = {room, room};
        const double alike[] = {1, 1, 1};
        expect(closed_decomposed(rates, rooms, 2), closed_blocking(rates, rooms, 2), 1e-9);
        double found = closed_decomposed(alike, rooms, 3);
        cr_expect_lt(fabs(found / three[room] - 1), 0.035, "room %d: %g", room, found);
    }
    int32_t few[] = {1, 1, 1, 1}, none[] = {INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX};
    double right = closed_blocking(rates, few, 5), found = closed_decomposed(rates, few, 5);
    cr_expect_lt(fabs(found / right - 1), 0.04, "%g, not %g", found, right);
    cr_expect_float_eq(closed_decomposed(rates, none, 5), 0.8, 1e-3);
}

Test(closed, too_many_states_are_refused) {
    const double rates[] = {1, 1, 1};
    int32_t rooms[] = {100, 100};
    cr_expect(isnan(closed_blocking(rates, rooms, 3)));
}

/* ---- stocks ---- */

static const struct demand poisson_10 = {DEMAND_POISSON, 10, 10};

Test(inventory, palm) {
    struct stock_figures stock = inventory_one_for_one(5, 2, 12);
    expect(stock.fill, 0.696776, SIX);
    expect(stock.owed, 0.530916, SIX);
    expect(stock.on_hand - stock.owed, 2, 1e-9);
}

Test(inventory, point_and_quantity) {
    struct stock_figures stock = inventory_point_quantity(1.5, 2, 3, 5);
    expect(100 * stock.orders + 20 * stock.on_hand + 150 * stock.owed, 107.923581, SIX);
    /* A quantity of one is one for one up to r + 1. */
    expect(inventory_point_quantity(5, 2, 11, 1).owed, 0.530916, SIX);
}

Test(inventory, services_of_a_reviewed_base_stock) {
    struct stock_figures stock = inventory_periodic(poisson_10, 3, 36);
    expect(stock.ready, 0.880373, SIX);
    expect(stock.fill, 0.958590, SIX);
    expect(stock.gamma, 0.958505, SIX);
}

Test(inventory, newsvendor) {
    struct demand demand = {DEMAND_NORMAL, 50, 64};
    double level = demand_quantile(demand, 0.7 / 0.88);
    struct stock_figures stock = inventory_periodic(demand, 1, level);
    expect(level, 56.60396, 6e-6);
    expect(0.18 * stock.on_hand + 0.7 * stock.owed, 1.997605, SIX);
}

Test(inventory, min_and_max) {
    struct stock_figures stock = inventory_min_max(10, 1, 6, 40);
    expect(64 * stock.orders + stock.on_hand + 9 * stock.owed, 35.021555, SIX);
}

Test(inventory, made_to_stock) {
    struct stock_figures stock = inventory_made(0.8, 0.8, 10);
    expect(stock.fill, 0.892626, SIX);
    expect(stock.on_hand + 9 * stock.owed, 10.294967, SIX);
}

Test(inventory, two_echelons_of_graves) {
    struct stock_figures stock = inventory_base_of_depot(0.6, 1, 2, 1.8, 3, 2);
    expect(stock.owed, 0.428626, SIX);
    /* A depot that never owes leaves the base alone with its transport. */
    expect(inventory_base_of_depot(0.6, 1, 2, 1.8, 3, 100).owed,
           inventory_one_for_one(0.6, 1, 2).owed, 1e-9);
}

Test(inventory, economic_lots) {
    struct lot_figures at_once = inventory_economic_lot(1300, 8, 0.225, INFINITY);
    struct lot_figures made = inventory_economic_lot(1300, 8, 0.225, 2000);
    expect(at_once.quantity, 304.0468, 1e-4);
    expect(at_once.cost, 68.4105, 1e-4);
    expect(made.quantity, 513.9329, 1e-4);
    expect(made.cost, 40.47221, 1e-5);
}

Test(inventory, what_lies_beyond_a_level_is_the_integral_of_the_tail) {
    static const struct demand demands[] = {{DEMAND_NORMAL, 50, 64}, {DEMAND_GAMMA, 50, 500}};
    for (size_t i = 0; i < 2; i++) {
        double sum = 0;
        for (double x = 55; x < 400; x += 0.01)
            sum += 0.01 * (1 - demand_at_most(demands[i], x + 0.005));
        expect(demand_beyond(demands[i], 55), sum, 1e-5);
    }
}

/* Chains with a queue of 300 and more places, solved without any of this (numpy.linalg.lstsq). */
Test(queueing, machines_that_differ_take_turns) {
    static const struct {
        double rate, speeds[3];
        int32_t machines;
        double in_queue, busy;
    } known[] = {{1, {2, 1}, 2, 0.088235293, 0.705882352},
                 {2, {2, 1}, 2, 1.090909091, 1.363636364},
                 {2.4, {2, 0.7, 0.5}, 3, 1.820384513, 2.369765604}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct queueing_uneven queue =
            queueing_uneven(known[i].rate, known[i].speeds, known[i].machines);
        cr_expect_float_eq(queue.in_queue, known[i].in_queue, 2e-8);
        cr_expect_float_eq(queue.busy, known[i].busy, 2e-8);
    }
    static const double alike[] = {1, 1, 1, 1, 1};
    for (int32_t machines = 1; machines <= QUEUEING_UNEVEN_MOST; machines++) {
        double rate = 0.8 * machines;
        struct queueing_uneven queue = queueing_uneven(rate, alike, machines);
        cr_expect_float_eq(queue.in_queue / rate, queueing_mmc_wait(rate, 1, machines), 1e-12);
        cr_expect_float_eq(queue.busy, rate, 1e-12);
    }
    cr_expect(isinf(queueing_uneven(3, alike, 3).in_queue));
}
