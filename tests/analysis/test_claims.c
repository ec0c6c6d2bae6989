/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims from their text to their verdict, on results made by hand. */
#include "../../analysis/claims/claims.h"
#include "fixture.h"

#include <criterion/criterion.h>

/* One file of claims, read, checked and judged. */
struct court {
    struct arena arena;
    struct faults faults;
    struct value_context context;
    struct claims claims;
    struct fixture fixture;
};

enum { CLAIMS_MOST = 8 };

static void court_read(struct court *court, const char *const *texts, int32_t count) {
    struct node *nodes = arena_take(&court->arena, CLAIMS_MOST * sizeof *nodes);
    struct claim_spec *specs = arena_take(&court->arena, CLAIMS_MOST * sizeof *specs);
    for (int32_t i = 0; i < count; i++) {
        nodes[i] = (struct node){.kind = NODE_TEXT, .text = texts[i], .place = {0, i + 1, 1}};
        specs[i].claim = &nodes[i];
    }
    struct list list = {.count = count, .things = specs};
    claims_read(&court->claims, &court->context, &list);
}

static const char *const arm_names[FIXTURE_POINTS] = {"base", "fast", "", ""};

static void court_open(struct court *court, const char *const *texts, int32_t count, int32_t arms,
                       int32_t replications) {
    *court = (struct court){.context = {.arena = &court->arena, .faults = &court->faults}};
    court_read(court, texts, count);
    int32_t sequence_count;
    const struct sequence_column *sequences =
        claims_sequences(&court->claims, &court->arena, arm_names, 2, &sequence_count);
    fixture_init(&court->fixture, arm_names, arms, replications, sequences, sequence_count);
    const struct claims_arm claims_arms[] = {{"base", &court->fixture.layout, NULL},
                                             {"fast", &court->fixture.layout, NULL}};
    claims_check(&court->claims, &court->faults, claims_arms, 2);
}

static void court_close(struct court *court) {
    fixture_clear(&court->fixture);
    faults_clear(&court->faults);
    arena_clear(&court->arena);
}

static enum verdict verdict_of(struct court *court, int32_t claim) {
    return court->fixture.results.claims[claim].verdict;
}

/* The fault of a claim that cannot be read or checked. */
static void expect_fault(const char *text, int32_t column, const char *reason) {
    struct court court;
    court_open(&court, &text, 1, 2, 1);
    cr_expect(court.faults.count == 1, "%s: %d faults", text, court.faults.count);
    if (court.faults.count > 0) {
        const struct fault *fault = &court.faults.list[0];
        cr_expect(strstr(fault->reason, reason), "%s: '%s', not '%s'", text, fault->reason, reason);
        cr_expect(fault->place.column == column, "%s: column %d", text, fault->place.column);
    }
    court_close(&court);
}

static const double waits[] = {0.0660, 0.0665, 0.0670, 0.0668, 0.0671}; /* h: 4.0 min */

/* A mean of 4.0008 min; t(4, 99.9 %) = 8.610, sd 0.0266, so the half-width is 0.1025 min, 2.6 %. */
Test(claims, an_equality_needs_a_narrow_interval) {
    const char *texts[] = {
        "stations.saw.queue.wait = 4 min", "stations.saw.queue.wait = 4 min within 3 %",
        "stations.saw.queue.wait = 240 s +- 7 s", "stations.saw.queue.wait = 3.89 min within 3 %",
        "stations.saw.queue.wait = 4.2 min"};
    struct court court;
    court_open(&court, texts, 5, 1, 5);
    cr_assert(court.faults.count == 0, "%s", court.faults.list[0].reason);
    fixture_set(&court.fixture, 0, "stations.saw.queue.wait", waits);
    claims_judge(&court.claims, &court.fixture.results);
    cr_expect(verdict_of(&court, 0) == VERDICT_UNDECIDED);
    cr_expect(verdict_of(&court, 1) == VERDICT_SUPPORTED);
    cr_expect(verdict_of(&court, 2) == VERDICT_SUPPORTED);
    cr_expect(verdict_of(&court, 3) == VERDICT_REFUTED);
    cr_expect(verdict_of(&court, 4) == VERDICT_REFUTED);
    const struct claim_result *claim = &court.fixture.results.claims[0];
    cr_expect_str_eq(claim->unit, "min");
    cr_expect(fabs(claim->left - 4.0008) < 1e-9, "%.12g", claim->left);
    cr_expect(fabs(claim->high - claim->left - 0.1025) < 5e-4, "%g", claim->high - claim->left);
    court_close(&court);
}

Test(claims, without_chance_digits_decide) {
    const char *texts[] = {"money.cost = 102 EUR",
                           "money.cost = 102.0 EUR",
                           "system.throughput = 0.564103 /h",
                           "system.throughput = 13.538 /d",
                           "system.wip = 5",
                           "stations.saw.utilization = 56.41 %"};
    struct court court;
    court_open(&court, texts, 6, 1, 1);
    cr_assert(court.faults.count == 0, "%s", court.faults.list[0].reason);
    court.fixture.results.chance = false;
    fixture_set(&court.fixture, 0, "money.cost", (double[]){101.6});
    fixture_set(&court.fixture, 0, "system.throughput", (double[]){22.0 / 39});
    fixture_set(&court.fixture, 0, "system.wip", (double[]){5.6});
    fixture_set(&court.fixture, 0, "stations.saw.utilization", (double[]){22.0 / 39});
    claims_judge(&court.claims, &court.fixture.results);
    enum verdict verdicts[] = {VERDICT_SUPPORTED, VERDICT_REFUTED, VERDICT_SUPPORTED,
                               VERDICT_SUPPORTED, VERDICT_REFUTED, VERDICT_SUPPORTED};
    for (int32_t i = 0; i < 6; i++) cr_expect(verdict_of(&court, i) == verdicts[i], "%s", texts[i]);
    court_close(&court);
}

/* Pairs share their luck: fast is 0.1 less each time, though both vary by far more. */
Test(claims, orders_are_judged_by_pairs) {
    const char *texts[] = {"fast.system.wip < base.system.wip", "fast.system.wip >= system.wip",
                           "system.wip - fast.system.wip > 0.05",
                           "system.wip - fast.system.wip > 0.1"};
    struct court court;
    court_open(&court, texts, 4, 2, 4);
    cr_assert(court.faults.count == 0, "%s", court.faults.list[0].reason);
    fixture_set(&court.fixture, 0, "system.wip", (double[]){3, 8, 5, 4});
    fixture_set(&court.fixture, 1, "system.wip", (double[]){2.9, 7.91, 4.9, 3.89});
    claims_judge(&court.claims, &court.fixture.results);
    cr_expect(verdict_of(&court, 0) == VERDICT_SUPPORTED);
    cr_expect(verdict_of(&court, 1) == VERDICT_REFUTED);
    cr_expect(verdict_of(&court, 2) == VERDICT_SUPPORTED);
    cr_expect(verdict_of(&court, 3) == VERDICT_UNDECIDED);
    const struct claim_result *claim = &court.fixture.results.claims[0];
    cr_expect(claim->compared && claim->high < 0 && claim->low > -0.2);
    court_close(&court);
}

Test(claims, ratios_and_sums_are_taken_by_replication) {
    const char *texts[] = {"releases.arrivals.lost / releases.arrivals.orders = 0.35",
                           "sum(stations.*.queue.wait) = 3 h",
                           "max(stations.saw.queue.wait, stations.drill.queue.wait) = 2 h",
                           "mean(stations.*.queue.wait) = 90 min",
                           "2 * stations.saw.queue.wait + 30 min = 150 min",
                           "stations.drill.queue.wait ^ 2 / stations.saw.queue.wait = 4 h"};
    struct court court;
    court_open(&court, texts, 6, 1, 2);
    cr_assert(court.faults.count == 0, "%s", court.faults.list[0].reason);
    court.fixture.results.chance = false;
    fixture_set(&court.fixture, 0, "releases.arrivals.lost", (double[]){10, 100});
    fixture_set(&court.fixture, 0, "releases.arrivals.orders", (double[]){100, 1000.0 / 6});
    fixture_set(&court.fixture, 0, "stations.saw.queue.wait", (double[]){1, 1});
    fixture_set(&court.fixture, 0, "stations.drill.queue.wait", (double[]){2, 2});
    claims_judge(&court.claims, &court.fixture.results);
    for (int32_t i = 0; i < 6; i++)
        cr_expect(verdict_of(&court, i) == VERDICT_SUPPORTED, "%s: %g", texts[i],
                  court.fixture.results.claims[i].left);
    court_close(&court);
}

Test(claims, a_trace_is_compared_value_by_value) {
    const char *texts[] = {"stocks.store.ordered-now same-as 0 0 25 10",
                           "fast.stocks.store.ordered-now same-as 0 0 25 11 4"};
    struct court court;
    court_open(&court, texts, 2, 2, 1);
    cr_assert(court.faults.count == 0, "%s", court.faults.list[0].reason);
    cr_assert(court.fixture.layout.sequence_count == 1);
    cr_assert(court.fixture.layout.sequences[0].capacity == 5);
    const double trace[] = {0, 0, 25, 10};
    int64_t at = layout_sequence_at(&court.fixture.layout, 0, 0);
    for (int32_t p = 0; p < 2; p++)
        memcpy(&court.fixture.points[p].blocks[0][at], trace, sizeof trace);
    claims_judge(&court.claims, &court.fixture.results);
    cr_expect(verdict_of(&court, 0) == VERDICT_SUPPORTED);
    cr_expect(verdict_of(&court, 1) == VERDICT_REFUTED);
    cr_expect_str_eq(court.fixture.results.claims[1].why, "value 4 is 10, not 11");
    court_close(&court);
}

Test(claims, what_was_not_run_is_not_judged) {
    const char *texts[] = {"fast.system.wip < base.system.wip", "system.wip = 5 within 5 %",
                           "stations.saw.utilization = 0.8"};
    struct court court;
    court_open(&court, texts, 3, 1, 1);
    fixture_set(&court.fixture, 0, "system.wip", (double[]){5});
    claims_judge(&court.claims, &court.fixture.results);
    for (int32_t i = 0; i < 3; i++) cr_expect(verdict_of(&court, i) == VERDICT_UNDECIDED);
    cr_expect_str_eq(court.fixture.results.claims[0].why, "judged by compare");
    cr_expect_str_eq(court.fixture.results.claims[1].why, "one replication shows no spread");
    cr_expect_str_eq(court.fixture.results.claims[2].why, "a replication has no such value");
    court_close(&court);
}

Test(claims, a_horizon_is_looked_at_where_it_is_named) {
    const char *texts[] = {"system.wip = 4 at 10 d", "system.wip = 6 at 20 d", "system.wip = 6"};
    struct court court;
    court_open(&court, texts, 3, 1, 1);
    cr_assert(court.faults.count == 0, "%s", court.faults.list[0].reason);
    court.fixture.results.chance = false;
    fixture_set(&court.fixture, 0, "system.wip", (double[]){6});
    int32_t column = layout_find(&court.fixture.layout, "system.wip");
    court.fixture.points[0].blocks[0][layout_at(&court.fixture.layout, 0, column)] = 4;
    claims_judge(&court.claims, &court.fixture.results);
    for (int32_t i = 0; i < 3; i++) cr_expect(verdict_of(&court, i) == VERDICT_SUPPORTED);
    court_close(&court);
}

Test(claims, mistakes_are_named_at_their_place) {
    expect_fault("stations.saw.queue.weit = 4 min", 1, "there is no result");
    expect_fault("slow.system.wip = 4", 1, "there is no result 'slow.system.wip'");
    expect_fault("stations.saw.queue.wait = 4", 27, "this is a plain number");
    expect_fault("stations.saw.queue.wait = 4 EUR", 27, "this is money");
    expect_fault("stations.*.queue.wait = 4 h", 1, "names several results");
    expect_fault("system.wip = 4 at 30 d", 19, "not asked for");
    expect_fault("system.wip", 11, "a claim compares two sides");
    expect_fault("system.wip = 4 within 3 min", 23, "a share is wanted");
    expect_fault("system.wip = 4 5 6", 1, "several values want 'along'");
    expect_fault("system.wip = 4 5 x along cards.loop.count", 18, "there is no unit 'x'");
    expect_fault("system.wip = 4 along 3", 22, "a path is wanted");
    expect_fault("system.wip = 4 at cards.loop.count", 19, "a horizon, or a path and its value");
    expect_fault("system.wip = 4 at 10 d at 20 d", 27, "two horizons");
    expect_fault("crossover of system.wip and system.wip along x from 1 to exists", 58,
                 "a quantity is wanted");
    expect_fault("crossover of system.wip and system.wip along x from 1 to 2", 59,
                 "'exists' or '=' is wanted");
    expect_fault("study.best.npv > 0 EUR", 1, "not in this version");
    expect_fault("theory(system.wip) = 4", 8, "no formula gives");
    expect_fault("system.wip same-as 1 2 x", 1, "is no number");
}

Test(claims, the_nearest_path_is_suggested) {
    const char *text = "stations.saw.utilisation = 0.8";
    struct court court;
    court_open(&court, &text, 1, 1, 1);
    cr_assert(court.faults.count == 1);
    cr_expect_str_eq(court.faults.list[0].hint, "did you mean 'stations.saw.utilization'?");
    court_close(&court);
}

/* ---- Places of a sweep ---- */

/* Four points: three of base at counts 1 2 3, and one of an arm that has no count. */
static void swept_open(struct court *court, const char *const *texts, int32_t count,
                       const double wips[4][3]) {
    static const char *counts[] = {"1", "2", "3", NULL};
    static struct factor factor = {.path = "cards.loop.count", .texts = counts};
    court_open(court, texts, count, 4, 3);
    struct takt_results *results = &court->fixture.results;
    for (int32_t p = 0; p < 4; p++) {
        results->points[p].arm = p < 3 ? "base" : "fast";
        fixture_set(&court->fixture, p, "system.wip", wips[p]);
    }
    results->design = "full";
    results->factor_count = 1;
    results->factors = &factor;
    claims_judge(&court->claims, results);
}

Test(claims, along_a_sweep_each_point_has_its_value) {
    static const double wips[4][3] = {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {9, 9, 9}};
    const char *texts[] = {"system.wip = 1 2 3 along cards.loop.count",
                           "system.wip = 1 2 4 along cards.loop.count",
                           "system.wip = 1 2 along cards.loop.count",
                           "fast.system.wip = 9 at cards.loop.count 2",
                           "system.wip = 2 at cards.loop.count 2",
                           "fast.system.wip > base.system.wip",
                           "system.wip < 3",
                           "system.wip = 2 at cards.loop.count 7"};
    static const enum verdict right[] = {VERDICT_SUPPORTED, VERDICT_REFUTED,   VERDICT_UNDECIDED,
                                         VERDICT_SUPPORTED, VERDICT_SUPPORTED, VERDICT_SUPPORTED,
                                         VERDICT_REFUTED,   VERDICT_UNDECIDED};
    struct court court;
    swept_open(&court, texts, 8, wips);
    for (int32_t i = 0; i < 8; i++) cr_expect_eq(verdict_of(&court, i), right[i], "%s", texts[i]);
    cr_expect_str_eq(court.fixture.results.claims[1].why,
                     "base at cards.loop.count 3, of 3 points");
    cr_expect_str_eq(court.fixture.results.claims[2].why,
                     "there are 3 values of 'cards.loop.count', and 2 here");
    court_close(&court);
}

/* The least sure point decides: at count 2 the difference is 0.1 with sd 1. */
Test(claims, an_order_holds_where_it_is_least_sure) {
    static const double wips[4][3] = {{1, 1.1, 0.9}, {4, 5.9, 4.8}, {2, 2.1, 1.9}, {5, 5, 5}};
    const char *texts[] = {"base.system.wip < fast.system.wip",
                           "base.system.wip < fast.system.wip at cards.loop.count 1",
                           "base.system.wip > fast.system.wip"};
    struct court court;
    swept_open(&court, texts, 3, wips);
    cr_expect_eq(verdict_of(&court, 0), VERDICT_UNDECIDED);
    cr_expect_eq(verdict_of(&court, 1), VERDICT_SUPPORTED);
    cr_expect_eq(verdict_of(&court, 2), VERDICT_REFUTED);
    court_close(&court);
}
